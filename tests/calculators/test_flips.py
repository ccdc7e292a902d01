"""Flips: the nearest one of two, whatever the limits of the input."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculators import flips
from calculators.fields import Inputs, ratio


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
