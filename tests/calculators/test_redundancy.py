"""Redundancy: the worked examples, oracles, laws, warnings, refusals, and flips that do flip."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import calculators
from calculators import InputError, catalogue, redundancy, redundancy_sla
from calculators.redundancy_patterns import FOUR_PATTERNS, Pattern

ONE_AT_999: dict[str, Any] = {"component_availability_ratios": (Decimal("0.999"),)}


def result(**facts: Any) -> redundancy.Result:
    return redundancy.calculate(redundancy.Inputs(**facts))


def codes(**facts: Any) -> set[str]:
    return {each.code for each in result(**facts).warnings}


def say(code: str, **facts: Any) -> str:
    return next(each.message for each in result(**facts).warnings if each.code == code)


def near(value: Decimal | None, wanted: str) -> bool:
    """Whether a value is the one printed, to the digits printed."""
    printed = Decimal(wanted)
    return value is not None and round(value, -int(printed.as_tuple().exponent)) == printed


# --- the worked examples, through the calculator ------------------------------------------------


def test_f37_three_components_in_series_are_down_70_minutes_a_month() -> None:
    found = result(regions=1)
    assert near(found.series_availability_ratio * 100, "99.840065")
    assert near(found.downtime_minutes_per_month, "70.0515")
    assert found.availability_ratio == found.independent_availability_ratio == found.series_availability_ratio


def test_f37_the_components_are_counted_from_one() -> None:
    chain = next(each for each in result().steps if each.name == "series_availability_ratio")
    assert chain.formula == "a_1·a_2·a_3"


def test_f38_the_credit_is_4500_and_the_loss_130800() -> None:
    found = result()
    assert found.sla_credit_usd == 4_500
    assert found.loss_usd == 130_800
    assert found.sla_uptime_ratio == 1 - Decimal(872) / 43_800


@pytest.mark.parametrize(
    ("minutes", "usd"),
    [(0, 0), ("43.8", 0), ("43.9", 1_800), (438, 1_800), (439, 4_500), (2_190, 4_500), (2_191, 18_000)],
)
def test_f38_each_threshold_of_the_sla(minutes: Any, usd: int) -> None:
    assert result(downtime_minutes=Decimal(minutes)).sla_credit_usd == usd


def test_f39_shared_causes_turn_seconds_into_minutes() -> None:
    found = result(**ONE_AT_999)
    assert near(found.independent_availability_ratio * 100, "99.9999000")
    assert near(found.availability_ratio * 100, "99.9949098")
    assert near(found.downtime_minutes_per_month, "2.22953")


def test_f40_the_second_region_must_save_6058_dollars_an_hour() -> None:
    found = result(**ONE_AT_999)
    assert near(found.break_even_loss_usd_per_hour, "6057.85")
    assert near(found.usd_per_nine, "6057.85")


def test_f41_3000_gb_cost_60_dollars_and_count_in_the_price_of_an_hour() -> None:
    found = result(**ONE_AT_999, replicated_gb_per_month=3_000)
    assert found.transfer_usd_per_month == 60
    hours = Decimal("0.0009490975") * 8_766
    assert found.break_even_loss_usd_per_hour == pytest.approx(12 * 4_260 / hours, rel=Decimal("1e-20"))
    assert [each.value for each in found.prices if "transfer" in each.what] == [Decimal("0.02")]


def test_f42_pilot_light_costs_least() -> None:
    found = result()
    assert [each.total_usd_per_year for each in found.patterns] == [54_600, 12_310, 31_478, 74_436]
    assert found.recommended_pattern == "Pilot light"


# --- the business case: a chatbot that must be back within an hour -------------------------------


def test_the_case_has_its_answer_and_its_flip() -> None:
    """$9,000 an hour, one event in five years: pilot light; with losses ten times larger, warm standby at 20 times."""
    assert result(loss_usd_per_hour=9_000, events_per_year=Decimal("0.2")).recommended_pattern == "Pilot light"
    flip = next(each for each in result().flips if each.input == "loss_usd_per_hour")
    assert flip.becomes == "Warm standby"
    assert flip.flips_at == pytest.approx(Decimal(506_200) / 3, rel=Decimal("1e-9"))
    everything = {"loss_usd_per_hour": 90_000, "data_loss_usd_per_hour": 40_000, "events_per_year": 1}
    assert result(**everything).recommended_pattern == "Warm standby"


# --- oracles -------------------------------------------------------------------------------------


def fraction_down(copy: Fraction, shared: Fraction, copies: int) -> Fraction:
    """Unavailability in exact fractions, by multiplying out instead of a power."""
    if copies == 1:
        return copy
    own = Fraction(1)
    for _ in range(copies):
        own *= copy * (1 - shared)
    return own + copy * shared


@given(
    parts=st.lists(st.integers(900, 999), min_size=1, max_size=5),
    copies=st.integers(1, 4),
    shared=st.integers(0, 1_000),
    month=st.integers(0, 100_000),
    gb=st.integers(0, 100_000),
)
@settings(max_examples=1_000, deadline=None)
def test_the_regions_equal_an_oracle_in_fractions(
    parts: list[int], copies: int, shared: int, month: int, gb: int
) -> None:
    copy, beta = 1 - math.prod((Fraction(each, 1_000) for each in parts), start=Fraction(1)), Fraction(shared, 1_000)
    found = redundancy.calculate(
        redundancy.Inputs(
            component_availability_ratios=tuple(Decimal(each) / 1_000 for each in parts),
            regions=Decimal(copies),
            common_cause_ratio=Decimal(shared) / 1_000,
            extra_region_usd_per_month=Decimal(month),
            replicated_gb_per_month=Decimal(gb),
            transfer_usd_per_gb=Decimal("0.02"),
        ),
        is_quiet=True,
    )
    down = fraction_down(copy, beta, copies)
    each_month = month + Fraction(gb, 50)
    assert abs(Fraction(found.availability_ratio) - (1 - down)) < Fraction(1, 10**25)
    assert abs(Fraction(found.independent_availability_ratio) - (1 - copy**copies)) < Fraction(1, 10**25)
    assert abs(Fraction(found.downtime_minutes_per_month) - 730 * 60 * down) < Fraction(1, 10**20)
    assert found.transfer_usd_per_month == Decimal(gb * (copies - 1)) / 50
    if copies == 1 or shared == 1_000:
        assert found.break_even_loss_usd_per_hour is None
        assert found.usd_per_nine is None
        return
    days = Fraction(1461, 4)
    wanted = 12 * (copies - 1) * each_month / ((copy - down) * days * 24)
    last = 12 * each_month / ((fraction_down(copy, beta, copies - 1) - down) * days * 24)
    for value, right in ((found.break_even_loss_usd_per_hour, wanted), (found.usd_per_nine, last)):
        assert value is not None
        assert abs(Fraction(value) - right) <= right / 10**12


PATTERNS = st.lists(
    st.tuples(st.integers(0, 10_000), st.integers(0, 100), st.integers(0, 100)), min_size=1, max_size=8, unique=True
)


@given(entered=PATTERNS, events=st.integers(0, 40), losses=st.tuples(st.integers(0, 20_000), st.integers(0, 20_000)))
@settings(max_examples=1_000, deadline=None)
def test_the_pattern_equals_a_search_in_whole_numbers(
    entered: list[tuple[int, int, int]], events: int, losses: tuple[int, int]
) -> None:
    """`events` in twenty years, all of them lived through."""
    cost = {
        f"pattern {number}": 240 * usd + sum(rto * losses[0] + rpo * losses[1] for _ in range(events))
        for number, (usd, rto, rpo) in enumerate(entered)
    }
    inputs = redundancy.Inputs(
        events_per_year=Decimal(events) / 20,
        loss_usd_per_hour=Decimal(losses[0]),
        data_loss_usd_per_hour=Decimal(losses[1]),
        patterns=tuple(
            Pattern(name=name, usd_per_month=Decimal(usd), rto_hours=Decimal(rto), rpo_hours=Decimal(rpo))
            for name, (usd, rto, rpo) in zip(cost, entered, strict=True)
        ),
    )
    found = redundancy.calculate(inputs, is_quiet=True)
    assert {each.name: 20 * each.total_usd_per_year for each in found.patterns} == cost
    assert cost[found.recommended_pattern] == min(cost.values())


# --- flips ----------------------------------------------------------------------------------------


@given(loss=st.integers(1, 200_000), data=st.integers(1, 200_000), events=st.decimals("0.01", 20, places=2))
@settings(max_examples=60, deadline=None)
def test_a_flip_flips_and_nothing_nearer_does(loss: int, data: int, events: Decimal) -> None:
    inputs = redundancy.Inputs(
        loss_usd_per_hour=Decimal(loss), data_loss_usd_per_hour=Decimal(data), events_per_year=events
    )
    found = redundancy.calculate(inputs, is_quiet=True)
    for flip in found.flips:
        there = redundancy.calculate(replace(inputs, **{flip.input: flip.flips_at}), is_quiet=True)
        assert there.recommended_pattern == flip.becomes != found.recommended_pattern
        for share in (Decimal("0.5"), Decimal("0.999999")):
            nearer = flip.now + (flip.flips_at - flip.now) * share
            here = redundancy.calculate(replace(inputs, **{flip.input: nearer}), is_quiet=True)
            assert here.recommended_pattern == found.recommended_pattern


def test_a_single_pattern_has_no_flip() -> None:
    assert result(patterns=FOUR_PATTERNS[:1]).flips == ()


# --- laws -----------------------------------------------------------------------------------------


@given(shared=st.decimals(0, 1, places=4), copies=st.integers(1, 3))
def test_a_further_region_is_never_down_longer_and_never_cheaper(shared: Decimal, copies: int) -> None:
    fewer, more = (
        result(common_cause_ratio=shared, regions=each, replicated_gb_per_month=10) for each in (copies, copies + 1)
    )
    assert more.downtime_minutes_per_month <= fewer.downtime_minutes_per_month
    assert more.transfer_usd_per_month > fewer.transfer_usd_per_month


@given(shared=st.decimals(0, 1, places=4), more=st.decimals(0, 1, places=4))
def test_shared_causes_raise_the_price_of_an_hour(shared: Decimal, more: Decimal) -> None:
    low, high = (result(common_cause_ratio=each).break_even_loss_usd_per_hour for each in sorted((shared, more)))
    assert high is None or (low is not None and low <= high)


def test_the_price_of_an_hour_rises_from_region_to_region() -> None:
    prices = [result(regions=each).usd_per_nine for each in (2, 3, 4)]
    assert prices[0] == result(regions=2).break_even_loss_usd_per_hour
    assert all(low is not None and high is not None and 10 * low < high for low, high in pairwise(prices))


# --- null, refused, extreme -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "facts",
    [
        {"regions": 1},
        {"common_cause_ratio": 1},
        {"component_availability_ratios": (Decimal(1),)},
        {"regions": 4, "common_cause_ratio": 1},
    ],
)
def test_where_no_downtime_is_avoided_an_hour_has_no_price(facts: dict[str, Any]) -> None:
    found = result(**facts)
    assert found.break_even_loss_usd_per_hour is None
    assert found.usd_per_nine is None


def test_a_missing_rate_is_refused_where_it_is_needed_only(monkeypatch: pytest.MonkeyPatch) -> None:
    known = catalogue.load()
    monkeypatch.setattr(type(known), "find_price", lambda *_: None)
    with pytest.raises(InputError, match="transfer_usd_per_gb: there is no public price"):
        redundancy.calculate(redundancy.Inputs(replicated_gb_per_month=Decimal(1)), known)
    assert redundancy.calculate(redundancy.Inputs(), known).transfer_usd_per_month == 0


def test_a_rate_of_the_readers_own_replaces_the_catalogues() -> None:
    found = result(replicated_gb_per_month=3_000, transfer_usd_per_gb=Decimal("0.01"))
    assert found.transfer_usd_per_month == 30
    assert [each.overridden for each in found.prices if "transfer" in each.what] == [True]


RATIOS = st.decimals(0, 1, allow_nan=False) | st.sampled_from([Decimal(0), Decimal(1), Decimal("1e-50")])
AMOUNTS = st.decimals(0, 10**9, allow_nan=False)


@given(
    facts=st.fixed_dictionaries(
        {},
        optional={
            "component_availability_ratios": st.lists(RATIOS, min_size=1, max_size=20),
            "regions": st.integers(1, 4),
            "common_cause_ratio": RATIOS,
            "extra_region_usd_per_month": AMOUNTS,
            "replicated_gb_per_month": AMOUNTS,
            "transfer_usd_per_gb": st.none() | st.decimals(0, 1_000, allow_nan=False),
            "loss_usd_per_hour": AMOUNTS,
            "data_loss_usd_per_hour": AMOUNTS,
            "events_per_year": st.decimals(0, 1_000, allow_nan=False),
            "downtime_minutes": st.decimals(0, 43_800, allow_nan=False),
            "service_bill_usd": AMOUNTS,
            "patterns": st.lists(
                st.fixed_dictionaries(
                    {
                        "name": st.sampled_from(["a", "b", "c", "d"]),
                        "usd_per_month": AMOUNTS,
                        "rto_hours": st.decimals(0, 87_600, allow_nan=False),
                        "rpo_hours": st.decimals(0, 87_600, allow_nan=False),
                    }
                ),
                max_size=4,
            ),
        },
    )
)
@settings(max_examples=300, deadline=None)
def test_every_input_gives_a_result_without_nan_or_a_refusal(facts: dict[str, Any]) -> None:
    try:
        baked = calculators.bake("redundancy", facts)
    except InputError as refused:
        assert {each.field for each in refused.problems} == {"patterns"}  # noqa: PT017 - repeated names, or no row
        return
    json.dumps(baked, allow_nan=False)
    assert 0 <= baked["result"]["outputs"]["availability_ratio"] <= 1


@pytest.mark.parametrize(
    ("minutes", "shares"), [("40.32", "0 0"), ("40.33", "0.1 0"), ("44.64", "0.1 0"), ("44.65", "0.1 0.1")]
)
def test_a_month_of_28_days_is_credited_sooner_than_one_of_31(minutes: str, shares: str) -> None:
    """A thousandth of 28 days are 40.32 minutes, of 31 days 44.64: uptime must be below 99.9%."""
    assert redundancy_sla.credits_by_month(Decimal(minutes)) == tuple(map(Decimal, shares.split()))
