"""The decision tree as a figure: nested lists whose links lead to a lesson and to the very state they tell of."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

import pytest

from calculators import page as page_door
from calculators.tier_rules import TIERS
from calculators.tier_tree import Fork, ends, grow
from macros.figures.decision_tree import LESSONS, SHORT
from tests.docs.pages import headings, site_pages, url_of
from tests.macros.rendering import LESSON, Press, target

if TYPE_CHECKING:
    from tests.macros.html_tree import Element


@pytest.fixture(scope="module")
def figure() -> Element:
    return Press().page_of('{{ figure("decision-tree") }}', LESSON).one("figure")


def test_each_outcome_links_to_a_state_that_leads_to_its_tier(figure: Element) -> None:
    outcomes = figure.all("li", class_="cc-tree__outcome")
    assert len(outcomes) == sum(len(end.outcomes) for _, end in ends(grow()))
    for each in outcomes:
        lesson, state = each.all("a")
        path, fragment = target(LESSON, state).split("#")
        name, query = fragment.split("?")
        assert (path, name) == ("calculators/tier-selection/", "tier-selection")
        inputs = dict(parse_qsl(query, keep_blank_values=True))
        request = {"version": inputs.pop("v"), "prices": inputs.pop("prices"), "inputs": inputs, "page_inputs": {}}
        opened = json.loads(page_door.answer(name, json.dumps(request)))
        tier = opened["result"]["outputs"]["recommended"]["tier"]
        assert lesson.text == SHORT.get(tier, TIERS[tier])
        shown = {each["name"]: each["text"] for each in opened["view"]["outputs"]}
        assert state.text == f"{shown['recommended.usd_per_month']} a month"


def test_each_lesson_it_links_to_has_the_heading(figure: Element) -> None:
    known = {
        f"{url_of(path)}#{identifier}"
        for path in site_pages()
        for _, _, identifier in headings(path.read_text("utf-8"))
        if identifier
    }
    linked = {target(LESSON, each) for each in figure.all("a", class_="cc-tree__tier")}
    assert linked <= known
    assert set(LESSONS) == set(TIERS)
    assert set(LESSONS.values()) <= known


def test_questions_and_answers_are_nested_lists_in_the_order_of_judgement(figure: Element) -> None:
    (trunk,) = [each for each in figure.all("ol", class_="cc-tree") if not each.has(class_="cc-tree--inner")]
    questions = [each for each in trunk.children if not isinstance(each, str)]
    asked = [each.all("p", class_="cc-tree__ask")[0].text for each in questions]
    wanted, here = [], grow()
    while isinstance(here, Fork):
        wanted.append(f"{here.question.stage} {here.question.words}")
        here = here.branches[-1].then
    assert asked == wanted
    for branch in figure.all("li", class_="cc-tree__branch"):
        assert branch.all("p", class_="cc-tree__answer")[0].text


def test_the_table_tells_every_outcome_that_is_drawn(figure: Element) -> None:
    drawn = [
        (
            each.one("a", class_="cc-tree__tier").text,
            each.one(class_="cc-tree__when").text,
            each.one("a", class_="cc-link").text.removesuffix(" a month"),
        )
        for each in figure.all("li", class_="cc-tree__outcome")
    ]
    rows = figure.one("details").one("table").rows()
    assert [(row[2], row[3], row[5]) for row in rows] == drawn
    assert all("?" in row[0] for row in rows)  # each path names its questions


def test_what_an_answer_rules_out_is_named_with_its_reason(figure: Element) -> None:
    rows = figure.one("details").one("table").rows()
    assert any("Flex, Batch: no part of the work may wait" in row[1] for row in rows)
    told = [each.text for each in figure.all(class_="cc-tree__out")]
    assert "rules out Flex, Batch" in told


def test_an_assumed_price_is_marked(figure: Element) -> None:
    examples = [each for _, end in ends(grow()) for each in end.outcomes]
    marked = ["(assumed)" in each.text for each in figure.all("li", class_="cc-tree__outcome")]
    assert marked == [each.example.is_assumed for each in examples]
    for each in examples:
        own = [name for name in each.example.inputs if name.startswith(("unit_usd", "reserved_input", "reserved_out"))]
        assert bool(own) == each.example.is_assumed
