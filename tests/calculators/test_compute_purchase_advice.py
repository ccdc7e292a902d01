"""Compute purchase: the business cases, the warnings, the flips, the charts, the words."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from calculators import catalogue, compute_purchase, view
from calculators.fields import specs
from tests.calculators.compute_states import Result, codes, option, result, usd

FIXED_DATE: dict[str, Any] = {
    "instance_type": "p5en.48xlarge",
    "fixed_date": True,
    "interruptible": True,
    "job_hours": 60,
    "instances_in_job": 4,
    "capacity_block_usd_per_hour": "41.61",
    "capacity_block_days": 3,
}
NO_DEADLINE: dict[str, Any] = {
    "instance_type": "g6e.12xlarge",
    "interruptible": True,
    "job_hours": 200,
    "checkpoint_seconds": 60,
    "mean_hours_between_interruptions": 24,
    "spot_price_ratio": "0.35",
}
# The profile of the default at $1 an instance-hour has the case's mean of $36.33.
SERVERS: dict[str, Any] = {"on_demand_usd_per_hour": 1, "savings_plan_term_years": 3}
OFFICE_HOURS: dict[str, Any] = {"instance_type": "g6.2xlarge", "hours_per_week": 40}
LICENSED: dict[str, Any] = {
    "licence_bound": True,
    "hourly_demand_instances": [15] * 24,
    "on_demand_usd_per_hour": "0.52",
    "host_usd_per_hour": "5.5",
    "instances_per_host": 20,
}


def test_s17_a_block_for_a_fixed_date() -> None:
    """$11,984 for 72 paid hours against $15,191 On-Demand; used for 83.3%, it pays above 65.7%."""
    found = result(**FIXED_DATE)
    block, on_demand = option(found, "capacity_block"), option(found, "on_demand")

    assert found.recommended == "capacity_block"
    assert block.usd_per_job == Decimal("11983.68")
    assert on_demand.usd_per_job == Decimal("15191.04")
    assert on_demand.suitable
    assert not option(found, "spot").suitable
    assert found.capacity_block_break_even_utilisation_ratio == pytest.approx(Decimal("0.657"), abs=Decimal("0.0005"))


def test_a_block_serves_a_job_that_ends_when_its_instances_are_stopped() -> None:
    """Half an hour before the end of three days; not a minute later."""
    in_time, late = (result(**{**FIXED_DATE, "job_hours": hours}) for hours in ("71.5", "71.52"))

    assert (in_time.recommended, late.recommended) == ("capacity_block", "on_demand")
    assert "71.5" in option(late, "capacity_block").reasons[0]


@pytest.mark.parametrize(("used", "suits"), [("100.7", False), ("100.9", True)])
def test_a_plan_suits_what_is_there_most_of_the_time(used: str, *, suits: bool) -> None:
    """60% of 168 hours is 100.8."""
    assert option(result(hours_per_week=used), "savings_plan").suitable is suits


def test_an_empty_spot_figure_is_the_catalogues() -> None:
    """m7i.4xlarge: $0.40914 against $0.8064; a band of 5% to 10%, whose upper end is 6,833.68 hours."""
    found = result(interruptible=True)
    step = next(each.value for each in found.steps if each.name == "spot_price_ratio")

    assert step == pytest.approx(Decimal("0.40914") / Decimal("0.8064"))
    assert found.job_mean_hours_between_interruptions == pytest.approx(Decimal("6833.68"), abs=Decimal("0.005"))


def test_s18_spot_without_a_deadline() -> None:
    """$765.74 instead of $2,099; checkpoints every 53 minutes; Spot pays below 95.9%."""
    found = result(**NO_DEADLINE)

    assert found.recommended == "spot"
    assert option(found, "spot").usd_per_job == pytest.approx(Decimal("765.74"), abs=Decimal("0.005"))
    assert option(found, "on_demand").usd_per_job == pytest.approx(Decimal(2099), abs=1)
    assert found.spot_overhead_ratio == pytest.approx(Decimal("0.043"), abs=Decimal("0.0005"))
    assert found.spot_break_even_price_ratio == pytest.approx(Decimal("0.959"), abs=Decimal("0.0005"))


def test_s19_a_plan_for_the_base_and_on_demand_above() -> None:
    """Neither the peak nor the minimum: $679.20 a day against $872, $835.20 and $718.40."""
    found = result(**SERVERS)
    days = Decimal(730) / 24

    assert found.recommended == "mix"
    assert usd(found, "mix") / days == pytest.approx(Decimal("679.2"))
    assert usd(found, "savings_plan") / days == pytest.approx(Decimal("835.2"))


@pytest.mark.parametrize(("discount", "of_a_hundred"), [("0.40", 60), ("0.72", 28)])
def test_s20_office_hours_stay_on_demand_whatever_the_discount(discount: str, of_a_hundred: int) -> None:
    """Per $100 of always-on price: $23.81 On-Demand, $60 or still $28 under a plan."""
    found = result(**OFFICE_HOURS, savings_plan_discount_ratio=discount)
    always_on = Decimal("0.9776") * 730

    assert found.recommended == "on_demand"
    assert usd(found, "on_demand") / always_on == pytest.approx(Decimal("0.2381"), abs=Decimal("0.00005"))
    assert usd(found, "savings_plan") / always_on * 100 == pytest.approx(of_a_hundred)
    assert found.best_commitment_usd_per_hour == 0


def test_s21_a_host_for_licences_by_the_core() -> None:
    """It pays from 11 machines with the licence; 15 cost $0.367 each against $0.52."""
    found = result(**LICENSED)
    host = option(found, "dedicated_host")

    assert found.recommended == "dedicated_host"
    assert found.host_break_even_instances == 11
    assert usd(found, "dedicated_host") / (15 * 730) == pytest.approx(Decimal("0.367"), abs=Decimal("0.0005"))
    assert "$0.3667" in host.reasons[0]
    assert [each.purchase for each in found.options if each.suitable] == ["dedicated_host"]


@pytest.mark.parametrize(
    ("code", "shown", "hidden"),
    [
        ("gang-interruptions", {**NO_DEADLINE, "instances_in_job": 16}, NO_DEADLINE),
        ("band-is-trailing", {"interruptible": True}, NO_DEADLINE),
        ("band-is-trailing", {"interruptible": True, "monthly_interruption_ratio": "0.1"}, {}),
        ("spot-price-moves", {"interruptible": True}, NO_DEADLINE),
        (
            "notice-shorter-than-checkpoint",
            {**NO_DEADLINE, "checkpoint_seconds": 121},
            {**NO_DEADLINE, "checkpoint_seconds": 120},
        ),
        ("no-checkpoints", {**NO_DEADLINE, "checkpoint_seconds": None}, NO_DEADLINE),
        (
            "checkpoints-too-slow",
            {**NO_DEADLINE, "checkpoint_seconds": 8640},
            {**NO_DEADLINE, "checkpoint_seconds": 8639},
        ),
        ("job-shorter-than-interval", {**NO_DEADLINE, "job_hours": "0.8"}, {**NO_DEADLINE, "job_hours": "0.9"}),
        ("spot-not-judged", {"instance_type": "m8i.xlarge", "interruptible": True}, NO_DEADLINE),
        (
            "plan-beats-spot-if-steady",
            {"interruptible": True, "savings_plan_discount_ratio": "0.66", "spot_price_ratio": "0.6"},
            {"interruptible": True, "savings_plan_discount_ratio": "0.4", "spot_price_ratio": "0.6"},
        ),
        ("no-plan-applies", NO_DEADLINE, {**NO_DEADLINE, "spot_price_ratio": 1}),
        ("no-plan-applies", FIXED_DATE, {}),
        ("block-is-paid-up-front", FIXED_DATE, {**FIXED_DATE, "fixed_date": False}),
        ("no-public-block-price", {**FIXED_DATE, "capacity_block_usd_per_hour": None}, FIXED_DATE),
        ("capacity-is-not-promised", {**FIXED_DATE, "job_hours": 40}, FIXED_DATE),
        ("plan-rate-is-assumed", {}, NO_DEADLINE),
        ("commitment-bills-idle-hours", {}, OFFICE_HOURS),
        ("stop-when-idle", OFFICE_HOURS, {}),
        ("needs-an-ec2-instance-plan", {"savings_plan_discount_ratio": "0.7"}, {"savings_plan_discount_ratio": "0.66"}),
        ("discount-above-ceiling", {"savings_plan_discount_ratio": "0.73"}, {"savings_plan_discount_ratio": "0.72"}),
        ("quota-starts-at-0", OFFICE_HOURS, {"hours_per_week": 40}),
        ("host-is-billed-whole", LICENSED, {}),
        ("host-never-pays-on-price", {"licence_bound": True}, LICENSED),
        ("price-was-cut", {"instance_type": "p5.48xlarge"}, {"instance_type": "p5.48xlarge", "region": "ap-south-1"}),
        ("price-was-cut", {"instance_type": "p4d.24xlarge", "on_demand_usd_per_hour": "32.7726"}, FIXED_DATE),
        ("price-older-than-90-days", {}, {"on_demand_usd_per_hour": 1}),
    ],
)
def test_a_warning_stands_where_it_applies_and_nowhere_else(
    code: str, shown: dict[str, Any], hidden: dict[str, Any]
) -> None:
    assert code in codes(result(**shown))
    assert code not in codes(result(**hidden))


def message(found: Result, code: str) -> str:
    return next(each.message for each in found.warnings if each.code == code)


def test_warnings_name_their_figures() -> None:
    """Counted here by other means: 201.7 is 3,227 over 16; $13.55 an hour is $118,676 a year."""
    gang = result(**{**NO_DEADLINE, "mean_hours_between_interruptions": 3227, "instances_in_job": 16})
    assert "201.7 hours" in message(gang, "gang-interruptions")

    plan = message(result(), "commitment-bills-idle-hours")
    assert f"${Decimal('13.54752') * 8760:,.2f}" in plan
    assert f"${Decimal('13.54752') - 16 * Decimal('0.8064') * Decimal('0.6'):,.2f}" in plan  # 16 run at night

    reserved = message(result(), "plan-rate-is-assumed")
    assert f"{100 * (1 - Decimal('0.497831') / Decimal('0.8064')):.1f}%" in reserved
    assert "more than 20%, counted as 20%" in message(
        result(instance_type="g6e.12xlarge", interruptible=True), "band-is-trailing"
    )
    assert "$98.32" in message(result(instance_type="p5.48xlarge"), "price-was-cut")


@pytest.mark.parametrize(
    "given", [{}, OFFICE_HOURS, NO_DEADLINE, FIXED_DATE, LICENSED, {**NO_DEADLINE, "checkpoint_seconds": None}]
)
def test_flips_really_flip_and_nearer_values_do_not(given: dict[str, Any]) -> None:
    """Entered, each value changes the recommendation to what it says; just before it, nothing changes."""
    found = result(**given)
    known = specs(compute_purchase.Inputs)
    assert found.flips
    for flip in found.flips:
        beyond = result(**{**given, flip.input: flip.flips_at})
        assert beyond.recommended == flip.becomes != found.recommended
        if isinstance(flip.flips_at, Decimal):
            step = Decimal(1) if known[flip.input].is_whole else abs(flip.flips_at - flip.now) / 1_000
            nearer = flip.flips_at + (step if flip.flips_at < flip.now else -step)
            assert result(**{**given, flip.input: nearer}).recommended == found.recommended


def test_flips_of_a_block_are_where_the_costs_cross() -> None:
    """72 hours at $41.61 are 60 hours at $49.932; a fourth day costs more than On-Demand."""
    flips = {each.input: each.flips_at for each in result(**FIXED_DATE).flips}

    assert flips["on_demand_usd_per_hour"] == pytest.approx(Decimal("41.61") * 72 / 60)
    assert flips["capacity_block_usd_per_hour"] == pytest.approx(Decimal("63.296") * 60 / 72)
    assert flips["capacity_block_days"] == 4
    assert flips["job_hours"] == pytest.approx(Decimal("71.5"))  # longer than the block's usable hours
    assert flips["instances_in_job"] == 65  # more than a block holds


def test_flips_of_spot_and_of_office_hours_are_their_break_evens() -> None:
    spot = result(**NO_DEADLINE)
    assert next(each.flips_at for each in spot.flips if each.input == "spot_price_ratio") == pytest.approx(
        spot.spot_break_even_price_ratio
    )
    office = {each.input: each.flips_at for each in result(**OFFICE_HOURS).flips}
    assert office["hours_per_week"] == pytest.approx(Decimal("0.6") * 168)
    assert office["savings_plan_discount_ratio"] == pytest.approx(1 - Decimal(40) / 168)


@pytest.mark.parametrize(
    ("given", "ids"),
    [
        ({}, ["cost-by-option", "cost-by-commitment"]),
        (NO_DEADLINE, ["cost-by-option", "time-by-interval"]),
        ({**NO_DEADLINE, "checkpoint_seconds": None}, ["cost-by-option"]),
        (FIXED_DATE, ["cost-by-option", "cost-by-job-hours"]),
        ({**FIXED_DATE, "capacity_block_usd_per_hour": None}, ["cost-by-option"]),
        (LICENSED, ["cost-by-option"]),
    ],
)
def test_charts_carry_the_decision(given: dict[str, Any], ids: list[str]) -> None:
    assert [each.id for each in result(**given).charts] == ids


def test_the_commitment_curve_is_lowest_at_its_mark() -> None:
    chart = result().charts[1]
    rows = chart.spec["data"]["values"]
    lowest = min(rows, key=lambda row: row["usd_per_month"])

    assert lowest["committed_usd_per_hour"] == pytest.approx(13.54752)
    assert "$13.55" in chart.summary
    assert rows[0]["usd_per_month"] == pytest.approx(float(usd(result(), "on_demand")))
    assert rows[-1]["usd_per_month"] == pytest.approx(float(usd(result(), "savings_plan")))


def test_the_interval_curve_is_lowest_at_dalys() -> None:
    found = result(**NO_DEADLINE)
    rows = [row for row in found.charts[1].spec["data"]["values"] if row["line"] == "On Spot"]
    lowest = min(rows, key=lambda row: row["expected_hours"])

    assert lowest["checkpoint_every_minutes"] * 60 == pytest.approx(float(found.checkpoint_interval_seconds or 0))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (
            {},
            "Savings Plan and On-Demand: $16,659.42 a month, with $13.55 an hour committed. On-Demand would be $21,388",
        ),
        (OFFICE_HOURS, "it pays only for what runs more than 60% of the time"),
        (NO_DEADLINE, "Spot: $765.74 for the job, in 208.5 hours on average. On-Demand would be $2,098.53."),
        ({**NO_DEADLINE, "spot_price_ratio": 1}, "Spot would be $2,187.82."),
        (FIXED_DATE, "Capacity Block: $11,983.68 for the job. On-Demand would be $15,191.04."),
        ({**FIXED_DATE, "capacity_block_usd_per_hour": None}, "Capacity Block has no price to compare."),
        ({**FIXED_DATE, "job_hours": 100}, "Capacity Block would be $11,983.68, and would not do."),
        (LICENSED, "Dedicated Host: $4,015.00 a month. On-Demand would be $5,694.00, without a view of the cores."),
    ],
)
def test_the_answer_can_be_read_aloud(given: dict[str, Any], said: str) -> None:
    plain = {
        name: float(value) if isinstance(value, str) and value[0].isdigit() else value for name, value in given.items()
    }
    assert said in view.bake("compute-purchase", plain)["view"]["answer"]


def test_spot_names_the_figure_that_is_missing_until_it_is_entered() -> None:
    """An instance without a band of interruptions, at half price."""
    today = catalogue.load()
    banded = {instance for instance, _ in today.spot_bands}
    facts = {"instance_type": min(set(today.instances) - banded), "on_demand_usd_per_hour": 1, "interruptible": True}
    facts["spot_price_ratio"] = "0.5"
    bare, entered = (option(result(**facts, monthly_interruption_ratio=each), "spot") for each in (None, "0.1"))

    assert bare.suitable
    assert bare.reasons == ("no public figure: enter monthly_interruption_ratio",)
    assert bare.usd_per_job is None
    assert entered.reasons == ()
    assert entered.usd_per_job is not None


def test_a_price_is_asked_for_only_where_it_is_missing() -> None:
    with_price, without = (result(**{**FIXED_DATE, "capacity_block_usd_per_hour": usd}) for usd in ("41.61", None))
    asked = "no public figure: enter capacity_block_usd_per_hour"
    assert [each.purchase for each in with_price.options if asked in each.reasons] == []
    assert [each.purchase for each in without.options if asked in each.reasons] == ["capacity_block"]


@pytest.mark.parametrize(
    ("given", "is_told"),
    [
        ({}, set()),
        (NO_DEADLINE, {"fixed_date"}),
        ({**NO_DEADLINE, "fixed_date": True, "capacity_block_usd_per_hour": 9}, {"interruptible", "fixed_date"}),
        (LICENSED, {"licence_bound"}),
        ({**LICENSED, "interruptible": True}, set()),
    ],
)
def test_a_job_is_never_held_against_the_steady_demand(given: dict[str, Any], is_told: set[str]) -> None:
    """A need whose other value has something else bought is no flip; one that leaves it may be."""
    found = result(**given)
    told = {each.input for each in found.flips} & {"interruptible", "fixed_date", "licence_bound"}
    assert told - {"licence_bound"} <= is_told
    if given == LICENSED:
        assert told == is_told


def test_the_catalogues_figure_of_an_empty_input_is_a_step_and_an_entered_one_is_none() -> None:
    empty = result(instance_type="g6e.12xlarge", interruptible=True)
    entered = result(instance_type="g6e.12xlarge", interruptible=True, spot_price_ratio="0.35")
    for found, is_entered in ((empty, False), (entered, True)):
        steps = {each.name: each.value for each in found.steps}
        flip = next(each for each in found.flips if each.input == "spot_price_ratio")
        assert steps["flips.spot_price_ratio.flips_at"] == flip.flips_at
        assert ("flips.spot_price_ratio.now" in steps) is not is_entered
        assert is_entered or steps["flips.spot_price_ratio.now"] == flip.now


@pytest.mark.parametrize(
    "profile", [[2] * 8 + [0] * 16, [0] * 15 + [1] * 9, [3, 1] * 3 + [0] * 18, [7] + [0] * 23, [0] * 17 + [13] * 7]
)
def test_where_no_commitment_pays_nothing_is_saved_to_the_last_digit(profile: list[int]) -> None:
    found = result(hourly_demand_instances=tuple(map(Decimal, profile)))
    assert found.best_commitment_usd_per_hour == 0
    assert found.mix_saving_ratio == 0
    assert usd(found, "mix") == usd(found, "on_demand")
    assert found.recommended == "on_demand"


@pytest.mark.parametrize(("size", "said"), [(20, "1 host, $0.3667 an hour"), (12, "2 hosts, $0.7333 an hour")])
def test_hosts_are_counted_and_shared_by_the_instances(size: int, said: str) -> None:
    """15 instances on hosts at $5.50."""
    host = option(result(**{**LICENSED, "instances_per_host": size}), "dedicated_host")
    assert host.reasons == (f"{said} for each of 15 instances",)
