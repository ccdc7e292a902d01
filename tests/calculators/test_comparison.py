"""Kept and now: every output of both answers, the difference between them, and the inputs that make it."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import calculators
from calculators import catalogue, page
from calculators.comparison import difference


def compared(name: str, kept: dict[str, str], now: dict[str, str]) -> dict[str, Any]:
    """Return the comparison that the page gets, its tables by id."""
    whole = {"inputs": calculators.bake(name, kept, text=True)["view"]["inputs"], "prices": ""}
    reply = json.loads(page.answer(name, json.dumps({"inputs": now, "page_inputs": {}, "kept": whole})))
    found: dict[str, Any] = reply["view"]["comparison"]
    return {"answer": found["answer"], **{each["id"]: each["rows"] for each in found["tables"]}}


@pytest.mark.parametrize("name", calculators.names())
def test_an_answer_is_the_same_as_itself(name: str) -> None:
    found = compared(name, {}, {})
    outputs = calculators.bake(name)["view"]["outputs"]
    labels = [each["label"] for each in outputs if each["value"] is not None and not each["text"].endswith(".")]
    assert [row[0] for row in found["kept-outputs"]] == labels
    assert {row[3] for row in found["kept-outputs"]} == {"same"}
    assert all(row[1] == row[2] for row in found["kept-outputs"])
    assert "kept-inputs" not in found


def test_both_answers_stand_side_by_side_with_what_makes_the_difference() -> None:
    found = compared(
        "token-cost",
        {},
        {"requests_per_month": "500k", "cache_ttl": "1h", "compare_model_ids": "amazon.nova-micro-v1:0"},
    )
    old, new = (
        calculators.bake("token-cost", each, text=True)["view"] for each in ({}, {"requests_per_month": "500k"})
    )
    assert found["answer"] == old["answer"]
    inputs = {row[0]: row[1:] for row in found["kept-inputs"]}
    assert inputs["Requests"] == [old["inputs"]["requests_per_month"], new["inputs"]["requests_per_month"]]
    assert ["not given", "Amazon Nova Micro"] in inputs.values()
    assert len(inputs) == 3
    month = next(row for row in found["kept-outputs"] if row[0] == "A month")
    assert month[1] == "$1,304.00"
    assert month[3].startswith("+$")


def test_a_flag_and_a_choice_are_told_in_words() -> None:
    found = compared("tier-selection", {}, {"needs_assured_capacity": "true", "acceptable_wait": "none"})
    inputs = {row[0]: row[1:] for row in found["kept-inputs"]}
    assert inputs["Needs assured capacity"] == ["no", "yes"]
    assert inputs["How long that share may wait"] == ["A day: 24 hours or more", "Nothing may wait"]
    assert "changed" in {row[3] for row in found["kept-outputs"]}


@given(kept=st.integers(-(10**9), 10**9), now=st.integers(-(10**9), 10**9))
def test_a_difference_has_the_sign_and_the_size_of_the_change(kept: int, now: int) -> None:
    text = difference(kept, now, "USD")
    assert (text == "same") == (kept == now)
    if kept != now:
        assert text[0] == ("+" if now > kept else "-")
        assert Decimal(text.split(" (")[0][2:].replace(",", "")) == abs(now - kept)
        assert ("%" in text) == (kept > 0)


@pytest.mark.parametrize(
    ("kept", "now", "unit", "text"),
    [
        (0.25, 0.235, "ratio", "-1.5 points"),
        (0.999, 0.9999, "availability", "+0.09 points"),
        (True, False, "yes or no", "changed"),
        (None, None, "USD", "same"),
        (2, None, "USD", "changed"),
        (-2, 2, "USD", "+$4.00"),
    ],
)
def test_a_share_differs_by_points_and_words_by_a_word(kept: object, now: object, unit: str, text: str) -> None:
    assert difference(kept, now, unit) == text


def test_a_kept_answer_that_does_not_hold_is_refused() -> None:
    request = {"inputs": {}, "kept": {"inputs": {"requests_per_month": "many"}, "prices": ""}}
    reply = json.loads(page.answer("token-cost", json.dumps(request)))
    assert [each["field"] for each in reply["errors"]] == ["requests_per_month"]
    request["kept"] = {"inputs": {}, "prices": "1999-01-01"}
    reply = json.loads(page.answer("token-cost", json.dumps(request)))
    assert catalogue.snapshots()[-1] in reply["errors"][0]["problem"]
