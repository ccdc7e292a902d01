"""The curriculum is taught whole: each objective by one lesson, each module with its opening and its summary."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.docs.pages import lessons, rendered
from tests.macros.rendering import DOCS

MODULES = DOCS / "modules"
CURRICULUM: dict[str, list[dict[str, Any]]] = tomllib.loads(
    Path(__file__).with_name("objectives.toml").read_text("utf-8")
)
OBJECTIVES = pytest.mark.parametrize(
    "objective", CURRICULUM["objective"], ids=[f"{each['module']}/{each['lesson']}" for each in CURRICULUM["objective"]]
)
EACH_MODULE = pytest.mark.parametrize("module", CURRICULUM["module"], ids=lambda each: each["folder"])


def objective_line(text: str) -> str:
    """Return what a lesson says its objective is."""
    found = re.search(r"\*\*Objective\.\*\* (.*?)(?= \*\*Time\.|$)", text, re.MULTILINE)
    return found[1] if found else ""


def says(line: str, words: list[str]) -> bool:
    return all(word.casefold() in line.casefold() for word in words)


@OBJECTIVES
def test_an_objective_is_taught_by_its_lesson_and_by_no_other(objective: dict[str, Any]) -> None:
    taught_by = [each for each in lessons() if says(objective_line(each.read_text("utf-8")), objective["words"])]
    assert taught_by == [MODULES / objective["module"] / f"{objective['lesson']}.md"]


@EACH_MODULE
def test_a_module_teaches_three_objectives_and_no_other_lesson(module: dict[str, str]) -> None:
    listed = [each["lesson"] for each in CURRICULUM["objective"] if each["module"] == module["folder"]]
    assert len(listed) == 3
    assert sorted(listed) == [each.stem for each in lessons() if each.parent.name == module["folder"]]


def test_the_curriculum_lists_every_module() -> None:
    assert {each["folder"] for each in CURRICULUM["module"]} >= {each.name for each in MODULES.iterdir()}


@EACH_MODULE
def test_a_modules_opening_says_its_time_difficulty_and_prerequisites(module: dict[str, str]) -> None:
    page = rendered(MODULES / module["folder"] / "index.md")
    opening = page.text.split(page.all("h2")[0].text)[0]
    for part in (r"\bhours?\b", rf"Difficulty\W+{module['difficulty']}", r"Prerequisites\W+\w|Before you start\W+\w"):
        assert re.search(part, opening, re.IGNORECASE), part


@EACH_MODULE
def test_a_modules_summary_leads_back_to_each_of_its_lessons(module: dict[str, str]) -> None:
    """It is where a learner ticks off what was learnt, so it links each lesson; the opening links the summary."""
    folder = MODULES / module["folder"]
    text = (folder / "summary.md").read_text("utf-8")
    assert [each for each in lessons() if each.parent == folder and f"]({each.name}" not in text] == []
    assert "](summary.md" in (folder / "index.md").read_text("utf-8")


def test_an_objective_that_is_missing_or_worn_down_is_seen() -> None:
    words = ["token-based pricing", "Amazon Bedrock"]
    line = objective_line("# T\n\n**Objective.** Know token-based pricing in Amazon Bedrock. **Time.** Half an hour.\n")
    assert line == "Know token-based pricing in Amazon Bedrock."
    assert says(line, words)
    assert not says("Know pricing in Amazon Bedrock.", words)
    assert objective_line("No objective here.") == ""
