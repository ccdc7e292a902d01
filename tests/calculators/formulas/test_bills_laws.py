"""F51 to F53: laws that hold for every input, and where a figure does not exist."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculators.formulas import bills

METERS = st.lists(st.tuples(st.integers(0, 10**9), st.decimals(0, 200, places=4)), max_size=8)
SPENT = st.decimals("0.01", 10**6, places=2)
DAYS = st.integers(1, 31)

Meters = list[tuple[int, Decimal]]


@given(meters=METERS, others=METERS)
def test_two_logs_cost_what_they_cost_together(meters: Meters, others: Meters) -> None:
    """In whichever order."""
    apart = bills.logged_usd(meters=meters) + bills.logged_usd(meters=others)

    assert bills.logged_usd(meters=others + meters) == apart


@given(meters=METERS, factor=st.integers(0, 1_000))
def test_tokens_and_prices_scale_a_log_alike(meters: Meters, factor: int) -> None:
    """Twice the tokens cost as much as twice the price, and so for every factor."""
    more = bills.logged_usd(meters=[(count * factor, price) for count, price in meters])
    dearer = bills.logged_usd(meters=[(count, price * factor) for count, price in meters])

    assert more == dearer == factor * bills.logged_usd(meters=meters)


@given(meters=METERS, kept=st.integers(0, 8))
def test_a_count_of_fewer_meters_misses_a_share(meters: Meters, kept: int) -> None:
    """From nothing to all of the bill."""
    bill = bills.logged_usd(meters=meters)
    missing = bills.missing_ratio(usd=bill, counted_usd=bills.logged_usd(meters=meters[:kept]))

    if bill == 0:
        assert missing is None
    else:
        assert missing is not None
        assert 0 <= missing <= 1


@given(spent=SPENT, day=DAYS, more=st.integers(0, 30))
def test_a_forecast_is_proportional_to_the_days(spent: Decimal, day: int, more: int) -> None:
    """At the month's last day it is what was spent."""
    assert bills.forecast_usd(month_to_date_usd=spent, day=day, days=day) == spent
    forecast = bills.forecast_usd(month_to_date_usd=spent, day=day, days=day + more)
    assert forecast is not None
    assert forecast >= spent


@given(spent=SPENT, day=DAYS, days=DAYS, budget=SPENT)
def test_a_budget_ends_within_the_month_when_the_forecast_is_above_it(
    spent: Decimal, day: int, days: int, budget: Decimal
) -> None:
    """Two ways of saying the same."""
    forecast = bills.forecast_usd(month_to_date_usd=spent, day=day, days=days)
    gone = bills.exhaustion_day(budget_usd=budget, month_to_date_usd=spent, day=day)
    assert forecast is not None
    assert gone is not None
    over = bills.overrun_usd(forecast_usd=forecast, budget_usd=budget)

    if abs(over) > Decimal("1e-15") * budget:  # at the day itself the last digit is rounded
        assert (over > 0) == (gone < days)


@given(billable=st.integers(0, 10**7), training=st.integers(1, 10**7), factor=st.integers(1, 3_600))
def test_a_saving_is_the_same_in_seconds_and_hours(billable: int, training: int, factor: int) -> None:
    """It is a share; billed more than trained it would be a loss."""
    saving = bills.managed_spot_saving_ratio(billable_seconds=billable, training_seconds=training)
    scaled = bills.managed_spot_saving_ratio(billable_seconds=billable * factor, training_seconds=training * factor)
    assert saving is not None

    assert saving == scaled
    assert (saving >= 0) == (billable <= training)


@given(shared=SPENT, drivers=st.lists(st.integers(0, 10**9), min_size=1, max_size=20))
def test_the_parts_of_a_shared_cost_are_the_whole(shared: Decimal, drivers: list[int]) -> None:
    """Nothing is left unpaid, and who used more never pays less."""
    parts = [bills.shared_cost_usd(shared_usd=shared, driver=each, driver_total=sum(drivers)) for each in drivers]
    if not any(drivers):
        assert set(parts) == {None}
        return
    paid = [part for part in parts if part is not None]

    assert len(paid) == len(drivers)
    assert abs(sum(paid) - shared) <= Decimal("1e-18") * shared
    assert sorted(paid) == [part for _driver, part in sorted(zip(drivers, paid, strict=True))]


@pytest.mark.parametrize(("value", "is_none"), [(0, True), (-1, True), (1, False)])
def test_what_would_divide_by_nothing_does_not_exist(value: int, *, is_none: bool) -> None:
    """No bill, no day, nothing spent, no training, no use."""
    found = [
        bills.missing_ratio(usd=Decimal(value), counted_usd=Decimal(0)),
        bills.forecast_usd(month_to_date_usd=Decimal(5), day=value, days=30),
        bills.exhaustion_day(budget_usd=Decimal(5), month_to_date_usd=Decimal(value), day=1),
        bills.managed_spot_saving_ratio(billable_seconds=0, training_seconds=value),
        bills.shared_cost_usd(shared_usd=Decimal(5), driver=1, driver_total=value),
    ]

    assert [each is None for each in found] == [is_none] * len(found)


def test_an_empty_log_costs_nothing() -> None:
    assert bills.logged_usd(meters=()) == 0
