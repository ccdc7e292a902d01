"""Compute purchase: worked examples through the calculator, oracles, laws, refusals."""

from __future__ import annotations

import json
import math
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import calculators
from calculators import InputError, catalogue, compute_purchase
from calculators.compute_case import Case
from calculators.compute_judgement import decide
from calculators.fields import specs
from calculators.steps import Receipt
from tests.calculators.compute_states import judged, option, result, usd

SPOT_JOB = {
    "instance_type": "g6e.12xlarge",
    "interruptible": True,
    "mean_hours_between_interruptions": 24,
    "spot_price_ratio": "0.35",
}


def test_f30_the_default_profile_saves_what_the_worked_example_saves() -> None:
    """At $1 an instance-hour: $16.80 committed, $679.20 a day against $872."""
    found = result(on_demand_usd_per_hour=1)
    days = Decimal(730) / 24

    assert found.recommended == "mix"
    assert found.best_commitment_usd_per_hour == Decimal("16.8")
    assert found.mix_saving_ratio == pytest.approx(Decimal("0.2211009174"), abs=Decimal("1e-9"))
    assert usd(found, "on_demand") == pytest.approx(872 * days, rel=Decimal("1e-20"))
    assert usd(found, "mix") == pytest.approx(Decimal("679.2") * days, rel=Decimal("1e-20"))
    assert usd(found, "savings_plan") == pytest.approx(Decimal("835.2") * days, rel=Decimal("1e-20"))


@pytest.mark.parametrize(("discount", "least"), [("0.40", "0.6"), ("0.66", "0.34"), ("0.72", "0.28")])
def test_f31_the_break_even_is_one_minus_the_discount(discount: str, least: str) -> None:
    assert result(savings_plan_discount_ratio=discount).commitment_break_even_utilisation_ratio == Decimal(least)


def test_f32_the_worked_host_pays_from_14_and_with_licences_from_11() -> None:
    assert result(host_usd_per_hour="5.5", on_demand_usd_per_hour="0.4").host_break_even_instances == 14
    assert result(host_usd_per_hour="5.5", on_demand_usd_per_hour="0.52").host_break_even_instances == 11


def test_f33_f34_the_worked_job_takes_four_per_cent_longer_and_costs_a_third() -> None:
    found = result(**SPOT_JOB)

    assert found.recommended == "spot"
    assert found.young_interval_seconds == pytest.approx(Decimal("3219.94"), abs=Decimal("0.005"))
    assert found.checkpoint_interval_seconds == pytest.approx(Decimal("3180.06"), abs=Decimal("0.005"))
    assert found.spot_expected_hours == pytest.approx(Decimal("208.51"), abs=Decimal("0.005"))
    assert found.spot_overhead_ratio == pytest.approx(Decimal("0.0425477"), abs=Decimal("5e-8"))
    assert found.spot_break_even_price_ratio == pytest.approx(Decimal("0.959189"), abs=Decimal("5e-7"))
    assert option(found, "spot").usd_per_job == pytest.approx(Decimal("765.735"), abs=Decimal("0.0005"))
    assert option(found, "on_demand").usd_per_job == pytest.approx(Decimal("2098.53"), abs=Decimal("0.005"))


def test_f34_without_checkpoints_the_worked_job_takes_eleven_years() -> None:
    found = result(**SPOT_JOB, checkpoint_seconds=None)

    assert found.spot_expected_hours == pytest.approx(Decimal("100239.1"), abs=Decimal("0.05"))
    assert found.checkpoint_interval_seconds is None
    assert found.recommended == "on_demand"


def test_f35_a_gang_of_sixteen_at_twenty_per_cent() -> None:
    found = result(monthly_interruption_ratio="0.2", instances_in_job=16, checkpoint_seconds=300)

    assert found.job_mean_hours_between_interruptions == pytest.approx(Decimal("201.664"), abs=Decimal("0.0005"))
    assert found.probability_uninterrupted_ratio == pytest.approx(Decimal("0.370927"), abs=Decimal("5e-7"))
    assert found.checkpoint_interval_seconds == pytest.approx(Decimal("344.523") * 60, abs=Decimal("0.05"))


def test_f36_four_weeks_of_p5en() -> None:
    block = {"capacity_block_usd_per_hour": "41.61", "capacity_block_days": 28, "job_hours": 28 * 24}
    found = result(instance_type="p5en.48xlarge", fixed_date=True, **block)

    assert found.capacity_block_break_even_utilisation_ratio == pytest.approx(Decimal("0.657388"), abs=Decimal("5e-7"))
    assert option(found, "capacity_block").usd_per_job == pytest.approx(Decimal("27961.9"), abs=Decimal("0.05"))
    assert option(found, "on_demand").usd_per_job == pytest.approx(Decimal("42534.9"), abs=Decimal("0.05"))


@settings(max_examples=1_000, deadline=None)
@given(
    profile=st.lists(st.integers(0, 60), min_size=24, max_size=24).filter(any),
    cents=st.integers(1, 5_000),
    discount=st.integers(0, 100),
)
def test_a_month_of_730_hours_billed_under_every_commitment(profile: list[int], cents: int, discount: int) -> None:
    """Oracle: each whole level of instances tried, each hour billed in exact fractions."""
    tried = {
        level: Fraction(730 * cents, 24 * 100)
        * sum(Fraction(level * (100 - discount), 100) + max(0, count - level) for count in profile)
        for level in {0, *profile}
    }
    found = judged(
        hourly_demand_instances=profile,
        on_demand_usd_per_hour=Decimal(cents) / 100,
        savings_plan_discount_ratio=Decimal(discount) / 100,
    )
    months = {name: Fraction(usd(found, name)) for name in ("on_demand", "mix", "savings_plan")}
    expected = {"on_demand": tried[0], "mix": min(tried.values()), "savings_plan": tried[max(profile)]}

    for name, month in expected.items():
        assert abs(months[name] - month) <= month / 10**20
    committed = Fraction(found.case.steady.commitment_usd_per_hour)
    assert min(
        abs(committed - Fraction(level * cents * (100 - discount), 10_000))
        for level, month in tried.items()
        if month == expected["mix"]
    ) < Fraction(1, 10**15)
    assert abs(Fraction(found.usd) - expected["mix"]) <= expected["mix"] / 10**20


@settings(max_examples=1_000, deadline=None)
@given(
    job=st.fixed_dictionaries(
        {
            "job_hours": st.integers(1, 2_000),
            "instances_in_job": st.integers(1, 30),
            "checkpoint_seconds": st.integers(1, 600),
            "restart_seconds": st.integers(0, 3_600),
            "mean_hours_between_interruptions": st.integers(100, 100_000),
        }
    ),
    share=st.integers(1, 100),
)
def test_spot_in_floating_point_by_failed_attempts(job: dict[str, int], share: int) -> None:
    """Oracle: a stretch fails a geometric number of times; each failure costs its time and a restart."""
    found = judged(interruptible=True, spot_price_ratio=Decimal(share) / 100, on_demand_usd_per_hour=1, **job)
    work, count = job["job_hours"], job["instances_in_job"]
    seconds = job["mean_hours_between_interruptions"] * 3_600 / count
    tau = float(found.case.job.interval_seconds or 0)

    def until_through(length: float, after_failure: float) -> float:
        if not length:
            return 0.0
        failures = math.expm1(length / seconds)
        return length + failures * (seconds - length / failures + after_failure)

    restart = until_through(job["restart_seconds"], 0.0)
    hours = until_through(tau + job["checkpoint_seconds"], restart) * work / tau
    assert float(found.case.job.expected_hours or 0) == pytest.approx(hours, rel=1e-9)
    assert float(option(found, "spot").usd_per_job or 0) == pytest.approx(share / 100 * hours * count, rel=1e-9)
    assert float(found.case.job.probability_uninterrupted_ratio or 0) == pytest.approx(
        math.exp(-work * 3_600 / seconds), rel=1e-9
    )
    assert found.recommended.purchase == ("spot" if share / 100 * hours < work else "on_demand")


@given(hours=st.decimals("0.1", 168, places=1), discount=st.decimals(0, 1, places=2))
def test_one_instance_is_committed_exactly_above_its_break_even(hours: Decimal, discount: Decimal) -> None:
    """F31 by its own algebra: hours ÷ 168 against 1 − δ."""
    found = judged(hours_per_week=hours, savings_plan_discount_ratio=discount, on_demand_usd_per_hour=1)
    enough = (1 - discount) * 168

    assert found.recommended.purchase == ("savings_plan" if hours > enough else "on_demand")
    assert found.case.steady.commitment_usd_per_hour == (1 - discount if hours >= enough else 0)
    assert usd(found, "on_demand") == pytest.approx(hours * 730 / 168, rel=Decimal("1e-20"))
    cheaper = min(usd(found, "on_demand"), usd(found, "savings_plan"))
    assert found.case.steady.mix_usd_per_month == pytest.approx(cheaper, rel=Decimal("1e-20"))


@given(factor=st.integers(2, 1_000))
def test_prices_scale_and_decisions_do_not(factor: int) -> None:
    once, often = judged(on_demand_usd_per_hour=1), judged(on_demand_usd_per_hour=factor)

    assert usd(often, "mix") == pytest.approx(factor * usd(once, "mix"), rel=Decimal("1e-20"))
    saving = once.case.steady.mix_saving_ratio
    assert often.case.steady.mix_saving_ratio == pytest.approx(saving, rel=Decimal("1e-20"))
    assert often.recommended.purchase == once.recommended.purchase


def test_a_search_decides_as_the_result_does() -> None:
    """The quick judgement behind the flips and the full one are the same."""
    for flags in range(8):
        needs: dict[str, Any] = {
            name: bool(flags & 1 << bit) for bit, name in enumerate(("interruptible", "fixed_date", "licence_bound"))
        }
        inputs = compute_purchase.Inputs(**needs)
        quick, price = decide(Case(inputs, catalogue.load(), Receipt(is_quiet=True)))
        found = compute_purchase.calculate(inputs)

        assert found.recommended == quick
        assert price in (option(found, quick).usd_per_month, option(found, quick).usd_per_job)


def problems(**given: Any) -> dict[str, str]:
    with pytest.raises(InputError) as caught:
        calculators.run("compute-purchase", given)
    return {each.field: each.problem for each in caught.value.problems}


def test_a_missing_price_is_refused_only_where_it_decides() -> None:
    """No host of the family is listed: refused for licences, told otherwise."""
    alone = problems(instance_type="p5en.48xlarge", licence_bound=True)
    assert list(alone) == ["host_usd_per_hour"]
    assert "p5en in us-east-1" in alone["host_usd_per_hour"]
    assert result(instance_type="p5en.48xlarge").host_break_even_instances is None

    block = result(instance_type="p5en.48xlarge", fixed_date=True)
    assert block.recommended == "on_demand"
    assert option(block, "capacity_block").suitable
    assert option(block, "capacity_block").usd_per_job is None
    assert "enter capacity_block_usd_per_hour" in option(block, "capacity_block").reasons[0]


def test_without_an_on_demand_price_nothing_is_compared() -> None:
    today = catalogue.load()
    type_, region = next(
        (each, place)
        for each in today.instances
        for place in today.instance_regions
        if today.find_price(each, place, "", "on_demand_hour") is None
    )
    refused = problems(instance_type=type_, region=region)

    assert list(refused) == ["on_demand_usd_per_hour"]
    assert calculators.run("compute-purchase", {"instance_type": type_, "region": region, "on_demand_usd_per_hour": 5})[
        "outputs"
    ]["recommended"]


def test_what_aws_does_not_sell_is_refused() -> None:
    assert "1 or 3" in problems(savings_plan_term_years=2)["savings_plan_term_years"]
    assert "not 15" in problems(capacity_block_days=15)["capacity_block_days"]
    assert list(problems(hourly_demand_instances=None)) == ["hourly_demand_instances"]
    for days in (*range(1, 15), *range(21, 183, 7)):
        assert compute_purchase.Inputs(capacity_block_days=Decimal(days)).conflicts() == []


INPUTS = specs(compute_purchase.Inputs)
VALUES: dict[str, st.SearchStrategy[Any]] = {
    name: st.booleans()
    if spec.kind == "flag"
    else st.sampled_from(sorted(spec.choices()))
    if spec.kind == "choice"
    else st.lists(st.sampled_from([0, 1, 7, 10**6, 10**12]), min_size=24, max_size=24)
    if spec.kind == "numbers"
    else st.one_of(
        st.sampled_from([spec.minimum, spec.maximum]),
        st.decimals(spec.minimum, spec.maximum, places=0 if spec.is_whole else 3),
        *([st.none()] if spec.is_nullable else []),
    )
    for name, spec in INPUTS.items()
}
VALUES["savings_plan_term_years"] = st.sampled_from([1, 3])
VALUES["capacity_block_days"] = st.sampled_from([1, 14, 21, 182])


@settings(max_examples=300, deadline=None)
@given(given_inputs=st.fixed_dictionaries({}, optional=VALUES))
def test_every_input_within_its_limits_is_answered_or_refused(given_inputs: dict[str, Any]) -> None:
    """No crash, no NaN, no infinity, whatever is entered together."""
    try:
        answered = calculators.run("compute-purchase", given_inputs)
    except InputError as error:
        refused = [each.field for each in error.problems]
        assert refused in (["on_demand_usd_per_hour"], ["host_usd_per_hour"], ["hourly_demand_instances"])
        return
    assert json.dumps(answered, allow_nan=False)
    assert answered["outputs"]["recommended"]
