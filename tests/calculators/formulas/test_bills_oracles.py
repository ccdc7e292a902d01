"""F51 to F53 counted a second way: token by token, day by day, and with NumPy."""

from __future__ import annotations

import random
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculators.formulas import bills

NANO_USD = 1_000_000_000
a_thousand_cases = settings(max_examples=1_000, deadline=None)


@a_thousand_cases
@given(meters=st.lists(st.tuples(st.integers(0, 300), st.integers(0, 100_000)), max_size=4))
def test_a_log_paid_token_by_token(meters: list[tuple[int, int]]) -> None:
    """F51: a price in thousandths of a dollar per million is whole nano-dollars a token."""
    paid = sum(price for count, price in meters for _token in range(count))

    usd = bills.logged_usd(meters=[(count, Decimal(price) / 1_000) for count, price in meters])

    assert usd * NANO_USD == paid


@a_thousand_cases
@given(
    daily_cents=st.integers(1, 1_000_000),
    day=st.integers(1, 31),
    rest=st.integers(0, 30),
    budget_cents=st.integers(0, 10**7),
)
def test_a_month_walked_day_by_day(daily_cents: int, day: int, rest: int, budget_cents: int) -> None:
    """F52: the same amount each day; the budget ends during the day on which it would be passed."""
    spent = sum(daily_cents for _ in range(day))
    month = spent + sum(daily_cents for _ in range(rest))
    whole_days, left = 0, budget_cents
    while left >= daily_cents and whole_days < 200:
        whole_days, left = whole_days + 1, left - daily_cents

    forecast = bills.forecast_usd(month_to_date_usd=Decimal(spent) / 100, day=day, days=day + rest)
    gone = bills.exhaustion_day(budget_usd=Decimal(budget_cents) / 100, month_to_date_usd=Decimal(spent) / 100, day=day)
    assert forecast is not None
    assert gone is not None

    assert abs(Fraction(forecast) - Fraction(month, 100)) <= Fraction(month, 10**26)
    if whole_days < 200:
        assert abs(Fraction(gone) - (whole_days + Fraction(left, daily_cents))) <= Fraction(1, 10**20)
    else:
        assert gone >= 200


@a_thousand_cases
@given(shared_cents=st.integers(0, 10**8), drivers=st.lists(st.integers(0, 50), min_size=1, max_size=12))
def test_a_shared_cost_split_into_equal_tickets(shared_cents: int, drivers: list[int]) -> None:
    """F53: each unit of the driver is one ticket, and each ticket pays the same."""
    tickets = [team for team, count in enumerate(drivers) for _ in range(count)]
    for team, driver in enumerate(drivers):
        part = bills.shared_cost_usd(shared_usd=Decimal(shared_cents) / 100, driver=driver, driver_total=len(tickets))
        if not tickets:
            assert part is None
            continue
        owed = Fraction(shared_cents, 100 * len(tickets)) * tickets.count(team)
        assert abs(Fraction(part or 0) - owed) <= owed / 10**26


@a_thousand_cases
@given(is_billed=st.lists(st.booleans(), min_size=1, max_size=120))
def test_a_training_job_watched_second_by_second(is_billed: list[bool]) -> None:
    """F53: the seconds that are free, of all seconds."""
    free = sum(not each for each in is_billed)

    saving = bills.managed_spot_saving_ratio(billable_seconds=sum(is_billed), training_seconds=len(is_billed))

    assert abs(Fraction(saving or 0) - Fraction(free, len(is_billed))) <= Fraction(1, 10**26)


@pytest.mark.native
def test_a_log_is_the_product_of_two_vectors() -> None:
    """F51: NumPy's dot product, 1,000 seeded logs of four meters."""
    import numpy as np  # noqa: PLC0415 - not installed inside Pyodide

    draws = random.Random(51)  # noqa: S311 - seeded cases, not a secret
    for _ in range(1_000):
        counts = [draws.randint(0, 10**10) for _ in range(4)]
        prices = [draws.randint(0, 200_000) / 1_000 for _ in range(4)]
        usd = bills.logged_usd(
            meters=[(count, Decimal(str(price))) for count, price in zip(counts, prices, strict=True)]
        )

        assert float(usd) == pytest.approx(float(np.dot(counts, prices)) / 1e6, rel=1e-12)
