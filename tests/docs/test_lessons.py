"""Lessons: each has the parts that a reader expects, in the same order, and questions with explanations."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

import pytest

from tests.docs.pages import headings, lessons, name_of, rendered, site_pages
from tests.macros.rendering import DOCS

if TYPE_CHECKING:
    from pathlib import Path

LESSONS = pytest.mark.parametrize("path", lessons(), ids=name_of)
PARTS = ("guess", "idea", "worked", "trap", "flips", "check", "sources")
FEWEST_QUESTIONS = 3


def test_there_are_lessons() -> None:
    assert lessons()


@LESSONS
def test_a_lesson_says_its_question_its_objective_and_its_time(path: Path) -> None:
    opening = rendered(path).text.split("Commit to a guess")[0]
    for part in (r"Question\. \S.*\?", r"Objective\. \S", r"Time\. \S"):
        assert re.search(part, opening), part


@LESSONS
def test_a_lesson_has_its_parts_in_order(path: Path) -> None:
    ids = [written for *_, written in headings(path.read_text("utf-8"))]
    assert [each for each in ids if each in PARTS] == list(PARTS)


@LESSONS
def test_a_guess_comes_before_what_reveals_the_answer(path: Path) -> None:
    page = rendered(path)
    order = [each for each in page.below() if each.tag == "h2" or each.has(class_="question")]
    guess = order.index(page.one("h2", id="guess"))
    assert order[guess + 1].tag == "details"
    assert "open" not in order[guess + 1].attributes


@LESSONS
def test_a_lesson_shows_a_picture_and_opens_its_states(path: Path) -> None:
    page = rendered(path)
    assert page.all("svg")
    assert page.all("a", class_="cc-link")


@LESSONS
def test_a_lesson_names_its_sources_with_their_dates(path: Path) -> None:
    items = rendered(path).all("ul", class_="cc-sources")[-1].all("li")
    assert items
    assert all(re.search(r"\(\d{4}\b", each.text) for each in items)


@LESSONS
def test_a_lesson_asks_its_own_questions(path: Path) -> None:
    assert f'quiz("{path.stem}")' in path.read_text("utf-8")
    assert len(rendered(path).all(class_="cc-question")) >= FEWEST_QUESTIONS


@LESSONS
def test_the_modules_opening_page_leads_to_the_lesson(path: Path) -> None:
    assert f"]({path.name})" in (path.parent / "index.md").read_text("utf-8")


@pytest.mark.parametrize("path", sorted(DOCS.rglob("*.quiz.toml")), ids=name_of)
def test_a_quiz_belongs_to_a_page_and_explains_each_option(path: Path) -> None:
    page = path.with_name(path.name.replace(".quiz.toml", ".md"))
    assert page in site_pages()
    assert f'quiz("{page.stem}")' in page.read_text("utf-8")
    for question in tomllib.loads(path.read_text("utf-8"))["question"]:
        options = question["option"]
        assert {frozenset(each) for each in options} == {frozenset({"text", "is_right", "why"})}
        assert all(each["why"].strip().endswith((".", "!", "?")) for each in options)
        assert {each["is_right"] for each in options} == {True, False}
        assert len({each["text"] for each in options}) == len(options)


MODULES = sorted((DOCS / "modules").glob("*/index.md"))


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_opens_with_its_time_its_difficulty_and_its_prerequisites(path: Path) -> None:
    text = path.read_text("utf-8")
    assert re.search(r"^\*\*Time\.\*\* .+ \*\*Difficulty\.\*\* \w+\. \*\*Prerequisites\.\*\* \S", text, re.MULTILINE)
    assert "**[Summary and practice](summary.md)**" in text


@pytest.mark.parametrize("path", [each.with_name("summary.md") for each in MODULES], ids=name_of)
def test_a_summary_is_titled_and_ordered_like_the_others(path: Path) -> None:
    text = path.read_text("utf-8")
    assert re.search(r"^# Summary of module \w+: which ", text, re.MULTILINE)
    assert re.search(
        r"^## What to remember \{ #\w+ \}\n(.*\n)+## What you can now do .*\n(.*\n)+## Where next ", text, re.MULTILINE
    )
