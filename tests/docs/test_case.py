"""The chatbot case: one workload from page to page, and each phase with the parts that a reader expects."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from tests.docs.case_states import settings
from tests.docs.pages import headings, name_of, rendered
from tests.macros.rendering import DOCS

if TYPE_CHECKING:
    from pathlib import Path

CASE = DOCS / "case" / "chatbot"
IN_ORDER = [CASE / f"{each}.md" for each in ("launch", "scale", "optimize")]
PHASES = pytest.mark.parametrize("path", IN_ORDER, ids=name_of)
PARTS = ("guess", "bill", "trap", "watch", "cfo", "check", "sources")
BILL = "The bill, a month"
SET = re.compile(r"^\{% set ([\w, ]+) = (.+) %\}$", re.MULTILINE)
FEWEST_QUESTIONS, FEWEST_CFO_QUESTIONS = 3, 3


def bills(path: Path) -> list[str]:
    """Return what the row of the whole bill says, column by column."""
    rows = [[cell.text for cell in row.all("td")] for row in rendered(path).all("tr")]
    return next(row[1:] for row in rows if row and row[0] == BILL)


def test_what_a_phase_calls_after_is_before_in_the_next() -> None:
    befores_and_afters = [bills(each) for each in IN_ORDER]
    assert [len(each) for each in befores_and_afters] == [2, 2, 2]
    for (_, after), (before, _) in pairwise(befores_and_afters):
        assert after == before


@pytest.mark.parametrize("name", ["index.md", "board.md"])
def test_the_brief_and_the_board_show_what_each_phase_ends_with(name: str) -> None:
    assert bills(CASE / name) == [bills(each)[1] for each in IN_ORDER]


def test_a_name_means_the_same_on_every_page() -> None:
    """Those that a page shares with another; `per_conversation` is each phase's own."""
    written = defaultdict(set)
    for path in CASE.glob("*.md"):
        for name, value in SET.findall(path.read_text("utf-8")):
            written[name].add(value)
    assert {name for name, values in written.items() if len(values) > 1} == {"per_conversation"}


def test_a_state_is_written_once_however_it_is_called() -> None:
    written = {
        (name, state) for path in CASE.glob("*.md") for name, state in settings(f"case/chatbot/{path.name}").items()
    }
    assert len({state for _, state in written}) == len(written)


@PHASES
def test_a_phase_has_its_parts_in_order(path: Path) -> None:
    ids = [written for *_, written in headings(path.read_text("utf-8"))]
    assert [each for each in ids if each in PARTS] == list(PARTS)


@PHASES
def test_a_decision_is_asked_for_before_it_is_revealed(path: Path) -> None:
    page = rendered(path)
    order = [each for each in page.below() if each.tag == "h2" or each.has(class_="question")]
    guess = order.index(page.one("h2", id="guess"))
    assert order[guess + 1].tag == "details"
    assert "open" not in order[guess + 1].attributes


@PHASES
def test_a_phase_opens_its_states_shows_a_picture_and_asks_questions(path: Path) -> None:
    page = rendered(path)
    assert page.all("svg")
    assert page.all("a", class_="cc-link")
    assert len(page.all(class_="cc-question")) >= FEWEST_QUESTIONS
    cfo = path.read_text("utf-8").split("{ #cfo }")[1].split("\n## ")[0]
    assert len(re.findall(r"^\*\*[^*]+\?\*\*", cfo, re.MULTILINE)) >= FEWEST_CFO_QUESTIONS


@pytest.mark.parametrize("path", [*sorted(CASE.glob("*.md")), DOCS / "monitoring" / "index.md"], ids=name_of)
def test_a_page_names_the_sources_of_its_facts_with_their_dates(path: Path) -> None:
    page = rendered(path)
    items = page.all("ul", class_="cc-sources")[-1].all("li")
    assert all(re.search(r"\(\d{4}", each.text) for each in items)
    named = re.findall(r'"([\w.-]+)"', path.read_text("utf-8").split("{ #sources }")[1])
    assert {each.attributes["data-source"] for each in page.all("data", class_="cc-fact")} <= set(named)
