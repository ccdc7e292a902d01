"""A limit as it is shown, typed into the form, is still on its side: the decision does flip."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import calculators
from calculators import shown
from calculators.fields import specs

DECISIONS = {
    "tier-selection": lambda outputs: outputs["recommended"]["tier"],
    "model-choice": lambda outputs: outputs["cheapest"],
    "compute-purchase": lambda outputs: outputs["recommended"],
    "redundancy": lambda outputs: outputs["recommended_pattern"],
}


def typed(text: str) -> str:
    """Return a figure of a table as a reader types it."""
    if text.endswith("%"):
        return str(Decimal(text.rstrip("%").replace(",", "")) / 100)
    return text.replace("$", "")


@pytest.mark.parametrize("name", DECISIONS)
def test_the_flips_shown_flip_when_they_are_typed(name: str) -> None:
    baked = calculators.bake(name)
    table = next(each for each in baked["view"]["tables"] if each["id"] == "flips")
    known = specs(calculators.calculator(name).Inputs)
    decided, tried = DECISIONS[name](baked["result"]["outputs"]), 0
    for flip, row in zip(baked["result"]["outputs"]["flips"], table["rows"], strict=True):
        if known[flip["input"]].kind != "number":
            continue
        facts: dict[str, Any] = {flip["input"]: typed(row[2])}
        assert DECISIONS[name](calculators.run(name, facts, text=True)["outputs"]) != decided, (flip, row)
        tried += 1
    assert tried


@given(value=st.decimals(-(10**9), 10**9, allow_nan=False, places=9), unit=st.sampled_from(["USD", "ratio", "hours"]))
def test_a_limit_is_rounded_to_its_own_side_and_not_far(value: Decimal, unit: str) -> None:
    up, down = (shown.beyond(value, unit, is_up=is_up) for is_up in (True, False))
    assert down <= value <= up
    assert up - down <= max(abs(value) / 100, Decimal("0.001"))
