"""Tier selection: its laws, its flips and the worked examples of its formulas."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculators import InputError, catalogue, tier_selection
from calculators.fields import specs
from calculators.tier_rules import TIERS

TODAY = catalogue.load()
LLAMA_8B = "meta.llama3-1-8b-instruct-v1:0"
CHAT = sorted(each.id for each in TODAY.models.values() if each.kind == "chat")
ratios = st.integers(0, 100).map(lambda n: Decimal(n) / 100)

workloads = st.fixed_dictionaries(
    {
        "model_id": st.sampled_from(CHAT),
        "region": st.sampled_from(["us-east-1", "eu-central-1"]),
        "routing": st.sampled_from(["global", "in_region_or_geo"]),
        "requests_per_month": st.integers(1, 10**8),
        "input_tokens_per_request": st.integers(3_000, 50_000),
        "output_tokens_per_request": st.integers(1, 4_000),
        "cached_prefix_tokens": st.integers(0, 3_000),
        "cache_hit_ratio": ratios,
        "cache_ttl": st.sampled_from(["none", "5m", "1h"]),
        "deferrable_ratio": ratios,
        "acceptable_wait": st.sampled_from(["none", "minutes", "hours", "a_day"]),
        "independent_requests": st.booleans(),
        "needs_assured_capacity": st.booleans(),
        "needs_lower_latency": st.booleans(),
        "peak_to_average_ratio": st.integers(1, 40),
        "unit_usd_per_hour": st.integers(1, 60),
        "unit_input_tokens_per_minute": st.just(120_000),
        "unit_output_tokens_per_minute": st.just(24_000),
    }
)


def judged(**facts: Any) -> tier_selection.Result | None:
    """Return the result, or None where the model has no price or no such route."""
    try:
        return tier_selection.calculate(tier_selection.Inputs(**facts))
    except InputError:
        return None


def options(result: tier_selection.Result) -> dict[str, Any]:
    return {each.tier: each for each in result.options}


@given(facts=workloads)
@settings(max_examples=150)
def test_the_recommended_tier_is_offered_suitable_and_the_cheapest_of_those(facts: dict[str, Any]) -> None:
    result = judged(**facts)
    if result is None:
        return
    best = options(result)[result.recommended.tier or ""]
    assert best.offered
    assert best.suitable
    priced = [each.usd_per_month for each in result.options if each.suitable and each.usd_per_month is not None]
    assert best.usd_per_month == min(priced) == result.recommended.usd_per_month


@given(facts=workloads)
@settings(max_examples=150)
def test_batch_takes_only_what_may_wait_a_day_and_stands_alone(facts: dict[str, Any]) -> None:
    result = judged(**facts)
    if result is None or not options(result)["batch"].suitable:
        return
    assert facts["deferrable_ratio"] > 0
    assert facts["acceptable_wait"] == "a_day"
    assert facts["independent_requests"]
    may_wait = facts["requests_per_month"] * Decimal(str(facts["deferrable_ratio"]))
    assert may_wait == 0 or may_wait >= 100  # the least that a Batch job takes


def test_batch_needs_100_requests_that_may_wait() -> None:
    few, enough = (tier_selection.calculate(tier_selection.Inputs(requests_per_month=Decimal(n))) for n in (285, 286))
    assert few.recommended.tier == "standard_cached"
    assert "100 requests or more" in " ".join(options(few)["batch"].reasons)
    assert enough.recommended.tier == "batch"  # 35% of 286 is 100.1


@given(facts=workloads)
@settings(max_examples=150)
def test_a_need_is_met_or_waived_with_a_warning(facts: dict[str, Any]) -> None:
    result = judged(**facts)
    if result is None or any(each.code == "need-not-met" for each in result.warnings):
        return
    if facts["needs_assured_capacity"]:
        assert result.recommended.tier in ("provisioned", "provisioned_mix", "reserved")
    elif facts["needs_lower_latency"]:
        assert result.recommended.tier in ("priority", "provisioned", "provisioned_mix", "reserved")


@given(facts=workloads)
@settings(max_examples=100)
def test_more_requests_never_cost_less(facts: dict[str, Any]) -> None:
    less, more = judged(**facts), judged(**{**facts, "requests_per_month": facts["requests_per_month"] * 2})
    if less is None or more is None:
        return
    before, after = options(less), options(more)
    for tier, option in before.items():
        dearer = after[tier].usd_per_month
        if option.usd_per_month is not None and dearer is not None:
            assert dearer >= option.usd_per_month - Decimal("1e-9"), tier


CASES: list[dict[str, Any]] = [
    {},
    {
        "requests_per_month": 5_000,
        "input_tokens_per_request": 20_000,
        "cached_prefix_tokens": 18_000,
        "deferrable_ratio": 1,
    },
    {"model_id": "anthropic.claude-sonnet-5", "deferrable_ratio": 0, "acceptable_wait": "none"},
    {
        "model_id": "amazon.nova-2-lite-v1:0",
        "requests_per_month": 50_000_000,
        "cache_ttl": "none",
        "deferrable_ratio": 0,
        "unit_usd_per_hour": 3,
        "unit_input_tokens_per_minute": 120_000,
        "unit_output_tokens_per_minute": 24_000,
    },
]


def recommended(**facts: Any) -> str | None:
    result = judged(**facts)
    return result.recommended.tier if result else None


@pytest.mark.parametrize("facts", CASES)
def test_each_flip_really_flips_and_not_before(facts: dict[str, Any]) -> None:
    result = judged(**facts)
    assert result is not None
    assert result.flips
    known = specs(tier_selection.Inputs)
    for flip in result.flips:
        assert recommended(**{**facts, flip.input: flip.flips_at}) == flip.becomes, flip
        if isinstance(flip.flips_at, Decimal):
            step = max(abs(flip.flips_at) * Decimal("1e-6"), Decimal("1e-9"))
            nudge = Decimal(1) if known[flip.input].is_whole else step
            nudged = max(Decimal(0), flip.flips_at + (nudge if flip.now > flip.flips_at else -nudge))
            assert recommended(**{**facts, flip.input: nudged}) == result.recommended.tier, flip


@pytest.mark.parametrize("facts", CASES[:2])
def test_no_flip_of_a_share_is_nearer_than_the_one_told(facts: dict[str, Any]) -> None:
    """A fine grid between now and the flip holds no other answer."""
    result = judged(**facts)
    assert result is not None
    for flip in result.flips:
        if flip.input in ("deferrable_ratio", "cache_hit_ratio"):
            for step in range(1, 50):
                between = flip.now + (flip.flips_at - flip.now) * step / 50
                assert recommended(**{**facts, flip.input: between}) == result.recommended.tier


# F07's day, in units: mean 37.6 / 24, peak 2.9, unit utilisations 0.8, 0.495833 and 0.270833.


def unit_profile() -> list[Decimal]:
    """Return a day whose units are busy as F07's: filled layer by layer."""
    layers = [Decimal("0.8") * 24, Decimal("0.495833") * 24, Decimal("0.270833") * 24]
    hours = [Decimal(0)] * 24
    for depth, layer in enumerate(round(each, 1) for each in layers):
        most = Decimal("0.9") if depth == 2 else Decimal(1)
        hour, left = 0, Decimal(layer)
        while left > 0:
            part = min(most, left)
            hours[hour] += part
            left, hour = left - part, hour + 1
    return hours


def test_f07_buys_the_two_units_that_are_busy_enough() -> None:
    """C(2) = $1,240.80 a day; by hand 2·20·24 + 6.5·43.2."""
    hours = unit_profile()
    mean = sum(hours, Decimal(0)) / 24
    assert mean.quantize(Decimal("0.00001")) == Decimal("1.56667")
    assert max(hours) == Decimal("2.9")
    result = judged(
        model_id="amazon.nova-pro-v1:0",
        routing="in_region_or_geo",
        input_usd_per_mtok=3,
        output_usd_per_mtok=15,
        requests_per_month=int(mean * 120 * 43_800),
        input_tokens_per_request=1_000,
        output_tokens_per_request=200,
        cached_prefix_tokens=0,
        cache_ttl="none",
        deferrable_ratio=0,
        hourly_profile=hours,
        unit_usd_per_hour=20,
        unit_input_tokens_per_minute=120_000,
        unit_output_tokens_per_minute=24_000,
    )
    assert result is not None
    mix = options(result)["provisioned_mix"]
    assert result.best_units == 2
    assert mix.usd_per_month == pytest.approx(Decimal("1240.80") * 730 / 24, rel=Decimal("1e-6"))
    assert options(result)["standard"].usd_per_month == pytest.approx(
        Decimal("1624.32") * 730 / 24, rel=Decimal("1e-6")
    )
    assert options(result)["provisioned"].usd_per_month == pytest.approx(Decimal(1440) * 730 / 24, rel=Decimal("1e-6"))
    assert result.break_even_utilisation_ratio == pytest.approx(Decimal("0.462963"), abs=Decimal("5e-7"))
    assert result.break_even_mtok_per_month == pytest.approx(Decimal(2920), rel=Decimal("1e-9"))


def test_f06_a_unit_dearer_than_all_it_serves_never_wins_and_says_so() -> None:
    result = judged(
        model_id="amazon.nova-pro-v1:0",
        routing="in_region_or_geo",
        cache_ttl="none",
        unit_usd_per_hour=20,
        unit_input_tokens_per_minute=120_000,
        unit_output_tokens_per_minute=24_000,
    )
    assert result is not None
    assert result.break_even_utilisation_ratio == pytest.approx(Decimal("1.92901"), abs=Decimal("5e-6"))
    assert any(each.code == "unit-never-pays" for each in result.warnings)


def test_the_answer_names_the_next_tier_or_says_that_there_is_none() -> None:
    urgent = tier_selection.Inputs()
    alone = tier_selection.Inputs(model_id=LLAMA_8B, region="us-west-2", customization="imported")
    for inputs in (urgent, alone):
        result = tier_selection.calculate(inputs)
        said = tier_selection.answer(inputs, result)
        assert ("Next: " in said) is bool(result.runner_up.tier)
        assert said.endswith("No other tier fits.") is not bool(result.runner_up.tier)
    assert not result.runner_up.tier


def test_what_decides_and_is_not_public_is_asked_for_by_name() -> None:
    with pytest.raises(InputError) as caught:
        tier_selection.calculate(
            tier_selection.Inputs(
                model_id="amazon.nova-pro-v1:0", routing="in_region_or_geo", customization="full_custom"
            )
        )
    assert [each.field for each in caught.value.problems] == [
        "unit_usd_per_hour",
        "unit_input_tokens_per_minute",
        "unit_output_tokens_per_minute",
    ]


def test_a_model_that_cannot_run_so_customised_is_refused() -> None:
    with pytest.raises(InputError, match="customization: Claude Sonnet 5 can't be served"):
        tier_selection.calculate(
            tier_selection.Inputs(model_id="anthropic.claude-sonnet-5", customization="full_custom")
        )


# --- order, notes and capacity -------------------------------------------------------------------

LITE_2: dict[str, Any] = {"model_id": "amazon.nova-2-lite-v1:0", "cache_ttl": "none"}
UNIT: dict[str, Any] = {
    "unit_usd_per_hour": 1,
    "unit_input_tokens_per_minute": 120_000,
    "unit_output_tokens_per_minute": 24_000,
}


def test_a_missing_price_is_told_of_what_would_fit_and_of_nothing_else() -> None:
    result = judged(**LITE_2, deferrable_ratio=1)
    assert result is not None
    told = [each.message for each in result.warnings if each.code == "no-public-price"]
    bare = [each for each in result.options if each.offered and each.usd_per_month is None]
    would_fit = [TIERS[each.tier] for each in bare if each.suitable]
    assert 0 < len(would_fit) < len(bare)
    assert [each.partition(" would fit")[0] for each in told] == would_fit


def test_at_the_same_price_batch_comes_before_flex_where_a_day_is_fine() -> None:
    result = judged(**LITE_2, deferrable_ratio=1, acceptable_wait="a_day")
    assert result is not None
    prices = options(result)
    assert prices["batch"].usd_per_month == prices["flex"].usd_per_month
    assert (result.recommended.tier, result.runner_up.tier) == ("batch", "flex")


@pytest.mark.parametrize("share", ["0.99", "1"])
def test_a_share_that_stays_is_told_where_there_is_one(share: str) -> None:
    result = judged(**LITE_2, deferrable_ratio=Decimal(share))
    assert result is not None
    for tier in ("flex", "batch"):
        assert ("stays on Standard" in " ".join(options(result)[tier].reasons)) is (share != "1")


def test_a_unit_serves_the_peak_until_a_second_one_is_needed() -> None:
    """1,800 million tokens in 43,800 minutes: one unit of 120,000 a minute is full at 2.92 times the mean."""
    load = {"requests_per_month": 10**6, "input_tokens_per_request": 1_800, "output_tokens_per_request": 350}
    facts = {**LITE_2, **UNIT, **load, "cached_prefix_tokens": 0, "deferrable_ratio": 0}
    result = judged(**facts, peak_to_average_ratio=1)
    assert result is not None
    assert result.recommended.tier == "provisioned"
    flip = next(each for each in result.flips if each.input == "peak_to_average_ratio")
    assert (flip.now, flip.becomes) == (1, "provisioned_mix")
    assert flip.flips_at == pytest.approx(Decimal(120_000 * 43_800) / (1_800 * 10**6), rel=Decimal("1e-9"))


def test_tokens_that_cost_nothing_leave_no_unit_worth_its_price() -> None:
    result = judged(**LITE_2, **UNIT, input_usd_per_mtok=0, output_usd_per_mtok=0)
    assert result is not None
    assert result.best_units == 0
    assert options(result)["provisioned_mix"].usd_per_month == 0


@given(
    profile=st.lists(st.integers(1, 100), min_size=24, max_size=24),
    price_cents=st.integers(1, 100),
)
@settings(max_examples=60)
def test_what_is_reserved_is_the_cheapest_of_all_levels_of_the_day(profile: list[int], price_cents: int) -> None:
    """One hour after the other: what is held is paid all month, what is above it by the token at $5 and $25."""
    result = judged(
        model_id="anthropic.claude-opus-4-5-20251101-v1:0",
        routing="global",
        cache_ttl="none",
        requests_per_month=43_800 * 1_000,
        input_tokens_per_request=10_000,
        output_tokens_per_request=1_000,
        input_usd_per_mtok=5,
        output_usd_per_mtok=25,
        hourly_profile=profile,
        reserved_input_usd_per_ktpm_hour=Decimal(price_cents) / 100,
        reserved_output_usd_per_ktpm_hour=Decimal(5 * price_cents) / 100,
    )
    assert result is not None
    held_usd = 730 * (10_000 * Fraction(price_cents, 100) + 1_000 * Fraction(5 * price_cents, 100))  # at the mean
    by_token_usd = 43_800 * 1_000 * (10_000 * 5 + 1_000 * 25) / Fraction(10**6)
    mean = Fraction(sum(profile), 24)
    least_level = Fraction(1, 100)  # the smallest order: 100 thousand of 10 million tokens a minute

    def month_usd(level: Fraction) -> Fraction:
        above = sum((max(Fraction(0), each / mean - level) for each in profile), Fraction(0)) / 24
        return held_usd * level + by_token_usd * above

    wanted = min(month_usd(max(least_level, level)) for level in (Fraction(0), *(each / mean for each in profile)))
    told = options(result)["reserved"].usd_per_month
    assert told is not None
    assert abs(Fraction(told) - wanted) <= wanted / 10**20


def test_a_published_price_of_a_unit_counts_as_the_same_price_entered() -> None:
    """Today no model that takes new units has one: here a row of another model stands in for it."""
    row = TODAY._rows["amazon-nova-canvas", "", "", "model_unit_hour_none"]
    published = {**TODAY._rows, (LITE_2["model_id"], "", "", row.meter): row._replace(item=LITE_2["model_id"])}
    then = replace(TODAY, _rows=published, _found={})
    served: dict[str, Any] = {name: value for name, value in UNIT.items() if name != "unit_usd_per_hour"}
    found = tier_selection.calculate(tier_selection.Inputs(**LITE_2, **served, commitment="none"), then)
    entered = judged(**LITE_2, **served, commitment="none", unit_usd_per_hour=Decimal(row.usd))
    assert entered is not None
    assert options(found)["provisioned"] == options(entered)["provisioned"]
    assert options(found)["provisioned"].usd_per_month is not None
