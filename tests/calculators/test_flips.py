"""Flips: the nearest one of two, whatever the limits, the size and the kind of the input."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculators import InputError, flips
from calculators.fields import Inputs, choice, flag, number, ratio, whole

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True, kw_only=True)
class Share(Inputs):
    """One share that can't be less than a half."""

    share_ratio: Decimal = ratio("0.7", minimum="0.5", label="Share", help="A share.", group="workload")


@given(st.integers(510, 989), st.integers(510, 989), st.integers(510, 989))
def test_the_nearest_flip_of_a_share_is_found_above_its_least_value(one: int, two: int, three: int) -> None:
    """Below a first limit the decision is low, from a second on high: the nearer limit is told, and none outside."""
    low, now, high = (Decimal(each) / 1_000 for each in sorted((one, two, three)))
    tried = []

    def decide(inputs: Share) -> str:
        tried.append(inputs.share_ratio)
        return "low" if inputs.share_ratio < low else "high" if inputs.share_ratio > high else "middle"

    (flip,) = flips.find(Share(share_ratio=now), decide, searched=["share_ratio"], kind=flips.Flip)

    assert Decimal("0.5") <= min(tried) <= max(tried) <= 1
    wanted = {low: "low", high: "high"}
    nearest = min(wanted, key=lambda limit: abs(limit - now))
    assert flip.flips_at == pytest.approx(nearest, abs=Decimal("1e-9"))
    if high - now != now - low:
        assert flip.becomes == wanted[nearest]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan(Inputs):
    """An amount, a count, a flag, a choice and an amount that may be left empty."""

    amount: Decimal = number(8, label="Amount", help="", unit="USD", group="plan", maximum=10**9)
    pieces: Decimal = whole(100, label="Pieces", help="", unit="count", group="plan", maximum=10**6)
    is_on: bool = flag(default=False, label="On", help="", group="plan")
    way: str = choice("sea", lambda: {"land": "Land", "sea": "Sea", "air": "Air"}, label="Way", help="", group="plan")
    own_usd: Decimal | None = number(
        None, label="Own", help="", unit="USD", group="plan", maximum=10**6, is_nullable=True
    )


def found(
    plan: Plan, decide: Callable[[Plan], object], *, now: Callable[[str], Decimal | None] | None = None
) -> dict[str, flips.Flip]:
    told = flips.find(
        plan,
        lambda changed: str(decide(changed)),
        searched=["own_usd", "pieces", "amount"],
        switched=["way", "is_on"],
        kind=flips.Flip,
        now=now,
    )
    return {each.input: each for each in told}


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_the_limit_of_a_whole_number_is_found_exactly(now: int, limit: int) -> None:
    flips_told = found(Plan(pieces=Decimal(now)), lambda plan: plan.pieces >= limit)
    told = [(each.flips_at, each.becomes) for each in flips_told.values()]
    if now < limit:
        assert told == [(limit, "True")]
    else:  # down to 1: with nothing to do there is nothing to decide
        assert told == ([(limit - 1, "False")] if limit > 1 else [])


@given(st.integers(-9, 5), st.integers(3, 97), st.integers(3, 97))
def test_a_limit_is_found_to_eleven_digits_whatever_its_size(exponent: int, now: int, limit: int) -> None:
    """And on its far side: the last value before it is entered decides as before."""
    at, wanted = (Decimal(each).scaleb(exponent) / 7 for each in (now, limit))
    told = found(Plan(amount=at), lambda plan: plan.amount > wanted)
    flip = told["amount"]
    assert abs(flip.flips_at - wanted) <= wanted * Decimal("1e-11")
    assert (flip.flips_at > wanted) == (at <= wanted)
    assert flip.becomes == str(flip.flips_at > wanted)


def test_from_nothing_the_limit_is_found_within_a_thousand_millionth() -> None:
    flip = found(Plan(amount=Decimal(0)), lambda plan: plan.amount > Decimal("0.000731"))["amount"]
    assert 0 < flip.flips_at - Decimal("0.000731") <= Decimal("1e-9")


@pytest.mark.parametrize("limit", ["47.04", "71.5", "0.02", "1250"])
def test_a_limit_that_a_person_would_write_is_told_as_such_where_it_flips(limit: str) -> None:
    """At the limit itself, or only beyond it."""
    at = Decimal(limit)
    is_there = found(Plan(), lambda plan: (plan.amount >= at) if at > 8 else (plan.amount <= at))
    assert is_there["amount"].flips_at == at
    beyond = found(Plan(), lambda plan: (plan.amount > at) if at > 8 else (plan.amount < at))["amount"].flips_at
    assert 0 < abs(beyond - at) <= at * Decimal("1e-11")
    assert (beyond > at) == (at > 8)


@pytest.mark.parametrize("is_on", [True, False])
def test_a_flag_flips_either_way(is_on: bool) -> None:  # noqa: FBT001 - a flag is the input
    flip = found(Plan(is_on=is_on), lambda plan: plan.is_on)["is_on"]
    assert (flip.now, flip.flips_at, flip.becomes) == (is_on, not is_on, str(not is_on))


def test_of_a_choice_the_first_other_one_is_told_and_nothing_that_does_not_flip() -> None:
    told = found(Plan(), lambda plan: plan.way == "air")
    assert {name: (each.now, each.flips_at, each.becomes) for name, each in told.items()} == {
        "way": ("sea", "air", "True")
    }


def test_flips_stand_in_the_order_of_the_inputs() -> None:
    told = found(Plan(), lambda plan: (plan.amount > 9) + (plan.pieces > 200) + plan.is_on + (plan.way == "land"))
    assert list(told) == ["amount", "pieces", "is_on", "way"]


def test_an_empty_input_is_searched_from_the_figure_that_stands_for_it_and_else_left_out() -> None:
    def is_dear(plan: Plan) -> bool:
        return (Decimal(5) if plan.own_usd is None else plan.own_usd) > 6

    figures: dict[str, Any] = {"own_usd": Decimal(5)}
    assert found(Plan(), is_dear) == {}
    told = found(Plan(), is_dear, now=figures.get)
    assert list(told) == ["own_usd"]
    assert told["own_usd"].now == 5
    assert 0 < told["own_usd"].flips_at - 6 <= Decimal("1e-10")


def test_nothing_is_told_beyond_what_can_be_entered() -> None:
    """From 9 on there is no decision: what lies beyond is not searched, what lies below is."""

    def decide(plan: Plan) -> bool:
        if plan.amount >= 9:
            raise InputError([])
        return plan.amount < 4

    assert found(Plan(), lambda plan: decide(plan) or plan.amount > 20)["amount"].flips_at < 4
