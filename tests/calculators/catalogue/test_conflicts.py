"""The register of contradictions: both sides dated and sourced, and states that show what each changes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

import calculators
from calculators import catalogue, offer_source

if TYPE_CHECKING:
    from calculators.catalogue import Conflict

KNOWN = catalogue.conflicts()
EACH = pytest.mark.parametrize("found", KNOWN.values(), ids=KNOWN)
TOPICS = [  # what the course has found to be out of date, and what sources contradict each other about
    "Provisioned Throughput for any model",
    "caps the expenses",
    "token pricing",
    "pre-training",
    "customised model is hosted",
    "labels",
    "Amazon Q",
    "QuickSight",
    "second Region",
    "terms of the Reserved tier",
    "size of a Batch job",
    "output counts against the quota",
    "Sonnet 4.6 caches",
    "Batch for the newest Claude",
    "longest answer of a Nova model",
    "Custom Model Import",
    "Cost and Usage Report",
    "Opus 4.7",
    "thinking can be switched off on Claude Sonnet 5",
    "thinking can be switched off on Claude Sonnet 5.5",
    "price of Claude Sonnet 5",
    "Claude model that can be fine-tuned",
    "OpenSearch Serverless",
    "call uses the Reserved tier",
    "sold by tokens",
    "Nova Premier",
    "Flex for Nova 2 Lite",
]


def test_every_contradiction_is_in_the_register() -> None:
    topics = [each.topic.casefold() for each in KNOWN.values()]
    assert [each for each in TOPICS if not any(each.casefold() in topic for topic in topics)] == []
    assert len(topics) == len(set(topics)) == len(TOPICS)


@EACH
def test_a_conflict_has_two_sides_each_with_a_date(found: Conflict) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", found.id)
    assert found.group in catalogue.GROUPS
    assert found.uses in (0, 1, 2)
    first, second = found.sides
    assert first.says != second.says
    for side in found.sides:
        assert side.who
        assert set(side.sources) <= set(catalogue.load().sources)
        assert side.sources or re.search(r"\b20\d\d\b", side.dated)


@EACH
def test_it_says_what_the_course_does_and_what_it_changes(found: Conflict) -> None:
    assert re.match(r"The course \w+", found.course)
    assert re.search(r"\bbecause\b|: test it", found.course)
    assert all(text.endswith(".") for text in (found.course, found.changes, *(each.says for each in found.sides)))


@EACH
def test_its_states_can_be_opened_and_differ_in_what_they_show(found: Conflict) -> None:
    shown = []
    for each in found.states:
        view = calculators.bake(each.calculator, dict(each.inputs))["view"]
        outputs = {output["name"]: output["text"] for output in view["outputs"]}
        shown.append({"": each.words, "answer": view["answer"]}.get(each.shows) or outputs[each.shows])
    assert len(set(shown)) == len(shown)


def test_each_source_that_a_calculator_can_follow_is_told_of_here() -> None:
    told = {(each.calculator, each.inputs.get("offer_source")) for found in KNOWN.values() for each in found.states}
    for source in offer_source.TIER_SOURCES.keys() & {"exam_guide", "price_file"}:
        assert ("tier-selection", source) in told
    for source in offer_source.PAIR_SOURCES.keys() & {"exam_guide", "lifecycle_page"}:
        assert ("distillation-savings", source) in told
