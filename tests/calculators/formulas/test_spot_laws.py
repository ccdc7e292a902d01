"""Laws of Spot that hold for every input."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculators.formulas import spot

SECONDS = st.decimals(1, 100_000, places=1)
HOURS = st.decimals("0.1", 10_000, places=1)
RATIOS = st.decimals("0.001", "0.999", places=3)
COUNTS = st.integers(1, 1_000)
DIGITS = Decimal("1e-18")


def daly(checkpoint: Decimal, mean: Decimal) -> Decimal:
    """Daly's interval."""
    return spot.daly_interval_seconds(checkpoint_seconds=checkpoint, mean_seconds_between_interruptions=mean)


def young(checkpoint: Decimal, mean: Decimal) -> Decimal:
    """Young's interval."""
    return spot.young_interval_seconds(checkpoint_seconds=checkpoint, mean_seconds_between_interruptions=mean)


def waste(interval: Decimal, checkpoint: Decimal, mean: Decimal) -> Decimal:
    """Waste at an interval."""
    found = spot.checkpoint_waste_ratio(
        interval_seconds=interval, checkpoint_seconds=checkpoint, mean_seconds_between_interruptions=mean
    )
    assert found is not None
    return found


def hours(
    work: Decimal,
    interval: Decimal,
    checkpoint: Decimal = Decimal(60),
    restart: Decimal = Decimal(0),
    mean: int = 10**6,
) -> Decimal:
    """Return the expected hours of a job."""
    found = spot.expected_hours(
        work_hours=work,
        interval_seconds=interval,
        checkpoint_seconds=checkpoint,
        restart_seconds=restart,
        mean_seconds_between_interruptions=Decimal(mean),
    )
    assert found is not None
    return found


@given(checkpoint=SECONDS, mean=SECONDS, other=SECONDS)
def test_young_wastes_least(checkpoint: Decimal, mean: Decimal, other: Decimal) -> None:
    """No other interval has less first-order waste, and at Young's both losses are equal."""
    best = young(checkpoint, mean)

    assert waste(best, checkpoint, mean) <= waste(other, checkpoint, mean) * (1 + DIGITS)
    assert abs(checkpoint / best - best / (2 * mean)) <= DIGITS * checkpoint / best


@given(checkpoint=SECONDS, mean=SECONDS, factor=st.integers(2, 1_000))
def test_intervals_scale_with_the_unit_of_time(checkpoint: Decimal, mean: Decimal, factor: int) -> None:
    """Minutes in, minutes out."""
    assert abs(daly(factor * checkpoint, factor * mean) / daly(checkpoint, mean) - factor) <= DIGITS * factor
    assert abs(young(factor * checkpoint, factor * mean) / young(checkpoint, mean) - factor) <= DIGITS * factor


@given(checkpoint=SECONDS, mean=st.decimals(50, 10**7, places=1))
def test_daly_stays_between_nothing_and_the_mean_time(checkpoint: Decimal, mean: Decimal) -> None:
    """And is never longer than Young's and a checkpoint say."""
    assert 0 < daly(checkpoint, mean) <= mean


@given(mean=SECONDS)
def test_daly_nears_young_where_checkpoints_are_short(mean: Decimal) -> None:
    """C a millionth of M: less than a tenth of a per cent between them."""
    assert abs(daly(mean / 10**6, mean) / young(mean / 10**6, mean) - 1) < Decimal("0.001")


@given(work=HOURS, interval=SECONDS, checkpoint=SECONDS)
def test_without_interruptions_only_checkpoints_cost_time(
    work: Decimal, interval: Decimal, checkpoint: Decimal
) -> None:
    """M a hundred million times the stretch: E[T] nears W·(τ + C)/τ, from above."""
    mean = int(10**8 * (interval + checkpoint))
    bare = work * (interval + checkpoint) / interval

    assert 1 <= hours(work, interval, checkpoint, mean=mean) / bare < 1 + Decimal("1e-7")


@given(work=HOURS, interval=SECONDS, checkpoint=SECONDS, restart=SECONDS, more=SECONDS)
def test_interruptions_and_restarts_only_cost(
    work: Decimal, interval: Decimal, checkpoint: Decimal, restart: Decimal, more: Decimal
) -> None:
    """Rarer interruptions shorten the job, longer restarts and checkpoints lengthen it; work is linear."""
    base = hours(work, interval, checkpoint, restart)

    assert base > work
    assert hours(work, interval, checkpoint, restart, mean=2 * 10**6) < base
    assert hours(work, interval, checkpoint, restart + more) > base
    assert hours(work, interval, checkpoint + more, restart) > base
    assert abs(hours(2 * work, interval, checkpoint, restart) - 2 * base) <= DIGITS * base


@given(checkpoint=st.decimals(1, 600, places=1), factor=st.decimals("0.2", 5, places=2))
def test_daly_costs_no_more_than_any_other_interval(checkpoint: Decimal, factor: Decimal) -> None:
    """To a millionth: Daly is an expansion, not the exact optimum."""
    mean = 10**6
    best = daly(checkpoint, Decimal(mean))
    at_best = hours(Decimal(100), best, checkpoint, mean=mean)

    assert at_best <= hours(Decimal(100), best * factor, checkpoint, mean=mean) * (1 + Decimal("1e-6"))


@given(work=HOURS, on_spot=HOURS, usd=st.decimals("0.01", 200, places=2), count=COUNTS)
def test_spot_costs_the_same_as_on_demand_at_its_break_even(
    work: Decimal, on_spot: Decimal, usd: Decimal, count: int
) -> None:
    """s* put back into the cost of the job."""
    ratio = spot.break_even_price_ratio(work_hours=work, hours=on_spot)
    assert ratio is not None
    cost = spot.spot_usd(price_ratio=ratio, on_demand_usd_per_hour=usd, hours=on_spot, instances=count)

    assert abs(cost - usd * work * count) <= DIGITS * cost


@given(share=RATIOS, work=HOURS, count=st.integers(1, 40))
def test_a_gang_survives_when_each_of_it_does(share: Decimal, work: Decimal, count: int) -> None:
    """Independent instances: the probabilities multiply."""
    alone = spot.mean_hours_between_interruptions(monthly_interruption_ratio=share)
    assert alone is not None
    gang = spot.job_mean_hours_between_interruptions(instance_mean_hours=alone, instances=count)
    assert gang is not None
    one = spot.probability_uninterrupted_ratio(work_hours=work, job_mean_hours=alone)
    everyone = spot.probability_uninterrupted_ratio(work_hours=work, job_mean_hours=gang)
    assert one is not None
    assert everyone is not None

    assert abs(everyone - one**count) <= Decimal("1e-15") * one**count


@given(share=RATIOS)
def test_a_month_survives_by_the_share_it_came_from(share: Decimal) -> None:
    """1 − f of the instances are still there after 720 hours."""
    mean = spot.mean_hours_between_interruptions(monthly_interruption_ratio=share)
    assert mean is not None
    month = spot.probability_uninterrupted_ratio(work_hours=Decimal(720), job_mean_hours=mean)
    assert month is not None

    assert abs(month - (1 - share)) < DIGITS


@given(work=HOURS, mean=HOURS)
def test_the_chance_of_none_follows_from_the_number_to_expect(work: Decimal, mean: Decimal) -> None:
    """A Poisson count is 0 with probability e^−k."""
    count = spot.expected_interruptions(work_hours=work, job_mean_hours=mean)
    untouched = spot.probability_uninterrupted_ratio(work_hours=work, job_mean_hours=mean)
    assert count is not None
    assert untouched is not None

    assert abs(untouched * count.exp() - 1) < DIGITS


def test_very_frequent_interruptions_leave_no_interval_but_the_mean_time() -> None:
    """C at 2·M or above: Daly's rule ends at M, and goes there without a jump."""
    mean = Decimal(100)

    assert daly(Decimal(200), mean) == daly(Decimal(500), mean) == mean
    # At C = 2M: 2M·(1 + 1/3 + 1/9) − 2M = 8/9 of M.
    assert abs(daly(Decimal("199.999999"), mean) - Decimal(800) / 9) < Decimal("0.001")


@pytest.mark.parametrize(("interval", "mean"), [(0, 100), (-1, 100), (100, 0), (100, -1)])
def test_no_interval_or_no_mean_time_has_no_answer(interval: int, mean: int) -> None:
    """Neither a waste nor an expected time."""
    times = {
        "interval_seconds": Decimal(interval),
        "checkpoint_seconds": Decimal(60),
        "mean_seconds_between_interruptions": Decimal(mean),
    }

    assert spot.checkpoint_waste_ratio(**times) is None
    assert spot.expected_hours(work_hours=Decimal(1), restart_seconds=Decimal(0), **times) is None


@pytest.mark.parametrize(("restart", "ends"), [(19, True), (20, True), (21, False)])
def test_a_job_that_never_gets_through_has_no_expected_time(restart: int, *, ends: bool) -> None:
    """(R + τ + C)/M above 30."""
    found = spot.expected_hours(
        work_hours=Decimal(1),
        interval_seconds=Decimal(5),
        checkpoint_seconds=Decimal(5),
        restart_seconds=Decimal(restart),
        mean_seconds_between_interruptions=Decimal(1),
    )

    assert (found is not None) is ends


@pytest.mark.parametrize(
    ("share", "exists"), [("0", False), ("1", False), ("-0.1", False), ("1.1", False), ("0.5", True)]
)
def test_a_share_of_none_or_all_has_no_mean_time(share: str, *, exists: bool) -> None:
    """The logarithm of 0, and a division by 0."""
    found = spot.mean_hours_between_interruptions(monthly_interruption_ratio=Decimal(share))

    assert (found is not None) is exists


@pytest.mark.parametrize("nothing", [Decimal(0), Decimal(-1)])
def test_nothing_is_divided_by_nothing(nothing: Decimal) -> None:
    """No instance, no mean time, no hours."""
    one = Decimal(1)

    assert spot.job_mean_hours_between_interruptions(instance_mean_hours=one, instances=nothing) is None
    assert spot.expected_interruptions(work_hours=one, job_mean_hours=nothing) is None
    assert spot.probability_uninterrupted_ratio(work_hours=one, job_mean_hours=nothing) is None
    assert spot.break_even_price_ratio(work_hours=one, hours=nothing) is None
