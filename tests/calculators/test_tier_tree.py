"""The decision tree: what it draws is what the calculator does, and a rule that changes moves it."""

from __future__ import annotations

from typing import Any

import pytest

import calculators
from calculators import tier_options, tier_tree
from calculators.errors import InputError
from calculators.tier_rules import CUSTOMISATION_RULES, RULES, TIERS, Rule
from calculators.tier_tree import Branch, End, Fork, Outcome, ends, grow
from calculators.tier_tree_examples import EXAMPLES

TREE = grow()
PATHS = list(ends(TREE))
OUTCOMES = [(path, end, each) for path, end in PATHS for each in end.outcomes]


def run(outcome: Outcome) -> dict[str, Any]:
    """Return the calculator's whole answer to an example."""
    given = dict(outcome.example.inputs)
    answered: dict[str, Any] = calculators.bake("tier-selection", given, text=True)["result"]["outputs"]
    return answered


def picture(tree: Fork | End) -> Any:
    """Return all that a drawing of the tree shows."""
    if isinstance(tree, End):
        return tree.left, [(each.example.what, each.tier, each.usd_per_month) for each in tree.outcomes]
    return tree.question.words, [(each.answers, dict(each.reasons), picture(each.then)) for each in tree.branches]


@pytest.mark.parametrize(("path", "end", "outcome"), OUTCOMES, ids=lambda each: getattr(each, "tier", ""))
def test_the_calculator_recommends_what_the_tree_says(path: tuple[Branch, ...], end: End, outcome: Outcome) -> None:
    """Where a need goes unmet, the calculator judges without it, and the tree says so."""
    found = run(outcome)
    assert found["recommended"]["tier"] == outcome.tier
    assert found["recommended"]["usd_per_month"] == pytest.approx(float(outcome.usd_per_month))
    if outcome.unmet:
        assert f"No tier of this model gives {outcome.unmet[0]}" in found["recommended"]["why"]
        return
    assert outcome.tier in end.left
    fitting = {each["tier"] for each in found["options"] if each["offered"] and each["suitable"]}
    assert fitting <= set(end.left)
    assert fitting.isdisjoint(tier for branch in path for tier in branch.ruled_out)


def test_every_way_to_pay_wins_somewhere_and_every_branch_ends_in_an_example() -> None:
    assert {each.tier for _, _, each in OUTCOMES} == set(TIERS)
    assert all(end.outcomes for _, end in PATHS)


def test_each_example_stands_at_one_end() -> None:
    drawn = [each.example for _, _, each in OUTCOMES]
    assert sorted(map(id, drawn)) == sorted(map(id, EXAMPLES))


def test_what_a_branch_rules_out_and_what_it_leaves_are_all_there_was() -> None:
    for path, end in PATHS:
        out = [tier for branch in path for tier in branch.ruled_out]
        assert sorted([*out, *end.left]) == sorted(TIERS)


@pytest.mark.parametrize("rule", [*CUSTOMISATION_RULES, *RULES], ids=lambda rule: rule.reason)
def test_a_rule_that_is_gone_is_gone_from_the_picture(rule: Rule, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (tier_options, tier_tree):
        for name in ("CUSTOMISATION_RULES", "RULES"):
            rules = getattr(module, name)
            monkeypatch.setattr(module, name, tuple(each for each in rules if each is not rule))
    try:
        changed = picture(grow())
    except (InputError, ValueError):
        return  # without the rule an example has no answer or no price: it can't be drawn at all
    assert changed != picture(TREE)


def test_a_rule_that_is_turned_round_moves_an_outcome(monkeypatch: pytest.MonkeyPatch) -> None:
    """Were Flex to need a day as Batch does, the nightly reports would be Standard."""
    wait = Rule("wait", ("flex",), lambda i: i.acceptable_wait == "hours", "Flex may take a day")
    for module in (tier_options, tier_tree):
        monkeypatch.setattr(module, "RULES", (*RULES, wait))
    tiers = {each.example.what: each.tier for _, end in ends(grow()) for each in end.outcomes}
    assert tiers["nightly reports on Nova Pro"] == "standard"


def test_an_example_that_no_answer_describes_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    need = next(each for each in tier_tree.QUESTIONS if each.topic == "need")
    fewer = tuple(each for each in need.answers if each.words != "Lower latency")
    poorer = tier_tree.Question(need.topic, need.stage, need.words, fewer)
    monkeypatch.setattr(tier_tree, "QUESTIONS", (tier_tree.QUESTIONS[0], poorer, *tier_tree.QUESTIONS[2:]))
    with pytest.raises(ValueError, match="described by none of its answers"):
        grow()


def test_every_rule_belongs_to_a_question() -> None:
    assert {each.topic for each in (*CUSTOMISATION_RULES, *RULES)} == {each.topic for each in tier_tree.QUESTIONS}
