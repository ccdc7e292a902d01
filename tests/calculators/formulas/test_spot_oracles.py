"""Spot against second ways of counting: renewal equations, Lambert's W, exponential distributions."""

from __future__ import annotations

import importlib
import math
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculators.formulas import spot

a_thousand_cases = settings(max_examples=1_000, deadline=None)
SECONDS = st.floats(1, 10_000)


def mean_of_failed_attempt(length: float, mean: float) -> float:
    """Time spent, on average, in an attempt that is interrupted before `length`."""
    return mean - length / math.expm1(length / mean)


def mean_until_through(length: float, mean: float, after_failure: float) -> float:
    """Mean time until an attempt of `length` gets through; each failure costs `after_failure` more.

    The number of failed attempts is geometric with the probability of getting through.
    """
    through = math.exp(-length / mean)
    failures = (1 - through) / through
    return length + failures * (mean_of_failed_attempt(length, mean) + after_failure)


@a_thousand_cases
@given(work=st.floats(0.1, 1_000), interval=SECONDS, checkpoint=SECONDS, restart=SECONDS, mean=st.floats(2_000, 10**6))
def test_failed_attempts_counted_and_added(
    work: float, interval: float, checkpoint: float, restart: float, mean: float
) -> None:
    """F34: a stretch fails so often, each failure costs its own time and a restart that may fail too."""
    one_restart = mean_until_through(restart, mean, 0.0)
    stretch = mean_until_through(interval + checkpoint, mean, one_restart)
    found = spot.expected_hours(
        work_hours=Decimal(work),
        interval_seconds=Decimal(interval),
        checkpoint_seconds=Decimal(checkpoint),
        restart_seconds=Decimal(restart),
        mean_seconds_between_interruptions=Decimal(mean),
    )

    assert found is not None
    assert math.isclose(found, stretch * work / interval, rel_tol=1e-9)


@pytest.mark.native
def test_daly_against_the_exact_optimum_by_lamberts_w() -> None:
    """F33: (e^((τ+C)/M) − 1)/τ is least at τ = M·(1 + W(−e^(−1−C/M))); Daly is close where C ≪ M."""
    lambertw = importlib.import_module("scipy.special").lambertw  # not there in Pyodide

    random = Random(33)  # noqa: S311 - cases, not secrets
    for _ in range(1_000):
        mean = random.uniform(1_000, 10**6)
        checkpoint = mean * 10 ** random.uniform(-5, -1)
        exact = mean * (1 + lambertw(-math.exp(-1 - checkpoint / mean)).real)
        daly = spot.daly_interval_seconds(
            checkpoint_seconds=Decimal(checkpoint), mean_seconds_between_interruptions=Decimal(mean)
        )

        # The terms that Daly drops grow with (C/2M) to the power 3/2 against τ; W is known to about 10^-7.
        assert float(daly) == pytest.approx(exact, rel=(checkpoint / (2 * mean)) ** 1.5 + 1e-6)


@pytest.mark.native
def test_young_against_a_search_for_the_least_waste() -> None:
    """F33: Brent's method on the waste, 1,000 pairs of C and M."""
    minimize_scalar = importlib.import_module("scipy.optimize").minimize_scalar  # not there in Pyodide

    random = Random(330)  # noqa: S311 - cases, not secrets
    for _ in range(1_000):
        checkpoint, mean = random.uniform(1, 1_000), random.uniform(10_000, 10**7)

        def waste(interval: float, checkpoint: float = checkpoint, mean: float = mean) -> float:
            return checkpoint / interval + interval / (2 * mean)

        found = minimize_scalar(waste, bounds=(1, 10**6), method="bounded", options={"xatol": 1e-6})
        young = spot.young_interval_seconds(
            checkpoint_seconds=Decimal(checkpoint), mean_seconds_between_interruptions=Decimal(mean)
        )
        least = spot.checkpoint_waste_ratio(
            interval_seconds=young,
            checkpoint_seconds=Decimal(checkpoint),
            mean_seconds_between_interruptions=Decimal(mean),
        )

        assert least is not None
        assert float(young) == pytest.approx(found.x, rel=1e-5)
        assert float(least) == pytest.approx(found.fun, rel=1e-9)


@pytest.mark.native
def test_bands_and_gangs_against_the_exponential_distribution() -> None:
    """F35: the mean that loses a share f in a month, and the earliest of n lives."""
    expon = importlib.import_module("scipy.stats").expon  # not there in Pyodide

    random = Random(35)  # noqa: S311 - cases, not secrets
    for _ in range(1_000):
        share, work, instances = random.uniform(0.001, 0.9), random.uniform(1, 1_000), random.randint(1, 64)
        alone = spot.mean_hours_between_interruptions(monthly_interruption_ratio=Decimal(share))
        assert alone is not None
        gang = spot.job_mean_hours_between_interruptions(instance_mean_hours=alone, instances=instances)
        assert gang is not None
        untouched = spot.probability_uninterrupted_ratio(work_hours=Decimal(work), job_mean_hours=gang)
        assert untouched is not None

        assert expon(scale=float(alone)).cdf(720) == pytest.approx(share, rel=1e-9)
        assert expon(scale=float(alone)).sf(work) ** instances == pytest.approx(float(untouched), rel=1e-6)


@a_thousand_cases
@given(share=st.integers(1, 999), work=st.integers(1, 2_000), instances=st.integers(1, 50))
def test_survival_compounded_hour_by_hour(share: int, work: int, instances: int) -> None:
    """F35: an hour survives with the 720th root of the month's survival; hours and instances multiply."""
    an_hour = (1 - Decimal(share) / 1_000) ** (Decimal(1) / 720)
    expected = an_hour ** (work * instances)
    alone = spot.mean_hours_between_interruptions(monthly_interruption_ratio=Decimal(share) / 1_000)
    assert alone is not None
    gang = spot.job_mean_hours_between_interruptions(instance_mean_hours=alone, instances=instances)
    assert gang is not None
    untouched = spot.probability_uninterrupted_ratio(work_hours=Decimal(work), job_mean_hours=gang)
    count = spot.expected_interruptions(work_hours=Decimal(work), job_mean_hours=gang)

    assert untouched is not None
    assert count is not None
    assert abs(untouched / expected - 1) < Decimal("1e-15")
    assert abs(count + expected.ln()) <= Decimal("1e-15") * count


@a_thousand_cases
@given(cents=st.integers(1, 20_000), share=st.integers(1, 100), hours=st.integers(1, 100), instances=st.integers(1, 20))
def test_spot_hours_paid_one_by_one(cents: int, share: int, hours: int, instances: int) -> None:
    """F34: in hundredths of a cent; and the ratio at which they cost the same as half the hours On-Demand."""
    paid = sum(cents * share for _hour in range(hours) for _instance in range(instances))
    cost = spot.spot_usd(
        price_ratio=Decimal(share) / 100,
        on_demand_usd_per_hour=Decimal(cents) / 100,
        hours=Decimal(hours),
        instances=instances,
    )

    assert cost * 10_000 == paid
    assert spot.break_even_price_ratio(work_hours=Decimal(hours) / 2, hours=Decimal(hours)) == Decimal("0.5")
