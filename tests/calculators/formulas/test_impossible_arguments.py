"""What does not exist is None, never a 0; the last possible value beside it is a number."""

from __future__ import annotations

from decimal import Decimal

import pytest

from calculators.formulas import quotas, tiers, tokens

NO_DEMAND = (Decimal(0),) * 24


@pytest.mark.parametrize(
    ("input_tokens", "read_price", "share"),
    [(0, "0.30", None), (100, "3", None), (100, "3.01", None), (100, "2.99", Decimal(150))],
)
def test_no_share_of_reads_beats_batch_unless_reads_are_cheaper(
    input_tokens: int, read_price: str, share: Decimal | None
) -> None:
    """s* needs some input and a cache read below the input price."""
    found = tokens.batch_beats_cache_below_ratio(
        input_tokens=input_tokens,
        output_tokens=0,
        input_usd_per_mtok=Decimal(3),
        output_usd_per_mtok=Decimal(15),
        cache_read_usd_per_mtok=Decimal(read_price),
        batch_input_usd_per_mtok=Decimal("1.5"),
        batch_output_usd_per_mtok=Decimal("7.5"),
    )

    assert found == share


@pytest.mark.parametrize(("requests", "saving"), [(0, None), (-1, None), (1, Decimal("-0.25"))])
def test_a_cache_saves_nothing_of_no_requests(requests: int, saving: Decimal | None) -> None:
    """The first request writes and loses."""
    found = tokens.cache_saving_ratio(requests=requests, write_ratio=Decimal("1.25"), read_ratio=Decimal("0.1"))

    assert found == saving


@pytest.mark.parametrize(("read", "requests"), [("1", None), ("1.1", None), ("0.75", Decimal(2))])
def test_dear_reads_never_repay_a_write(read: str, requests: Decimal | None) -> None:
    """n* needs a read below the input price."""
    found = tokens.cache_break_even_requests(write_ratio=Decimal("1.25"), read_ratio=Decimal(read))

    assert found == requests


@pytest.mark.parametrize(
    ("write", "read", "hit_ratio"),
    [
        ("1.25", "1.25", None),
        ("0", "0.25", None),
        ("1", "0.25", Decimal(0)),
        ("1.25", "1", Decimal(1)),
        ("0.5", "0.25", Decimal(-2)),
    ],
)
def test_a_break_even_hit_ratio_needs_writes_dearer_than_reads(
    write: str, read: str, hit_ratio: Decimal | None
) -> None:
    """0 or below: it always saves; 1 or above: never."""
    found = tokens.cache_break_even_hit_ratio(write_ratio=Decimal(write), read_ratio=Decimal(read))

    assert found == hit_ratio


@pytest.mark.parametrize(
    ("ttl", "write", "read", "is_none"),
    [
        ("0", "1.25", "0.1", True),
        ("-1", "1.25", "0.1", True),
        ("1", "0.1", "0.1", True),
        ("1", "1.25", "1", True),
        ("1", "1.25", "1.1", True),
        ("0.5", "1.25", "0.99", False),
        ("1", "1", "0.1", False),
    ],
)
def test_some_prices_have_no_break_even_rate(ttl: str, write: str, read: str, *, is_none: bool) -> None:
    """λ* needs a lifetime and a break-even hit ratio below 1."""
    found = tokens.cache_break_even_arrivals_per_hour(
        ttl_hours=Decimal(ttl), write_ratio=Decimal(write), read_ratio=Decimal(read)
    )

    assert (found is None) is is_none


def test_writes_at_the_input_price_pay_from_the_first_arrival() -> None:
    """λ* is 0 by the formula, not for want of an answer."""
    found = tokens.cache_break_even_arrivals_per_hour(
        ttl_hours=Decimal(1), write_ratio=Decimal(1), read_ratio=Decimal("0.25")
    )

    assert found == 0


def test_a_cache_that_is_never_empty_costs_the_read_price() -> None:
    """A rate so high that e^(−λτ) leaves the range of Decimal is still an answer."""
    found = tokens.cache_price_multiplier(
        arrivals_per_hour=10**12,
        ttl_hours=Decimal(1),
        write_ratio=Decimal(2),
        read_ratio=Decimal("0.1"),
    )

    assert found == Decimal("0.1")


@pytest.mark.parametrize(("value", "ratio"), [(0, None), (-1, None), (1, Decimal(20))])
def test_a_worthless_unit_has_no_break_even(value: int, ratio: Decimal | None) -> None:
    """u* and V* divide by what the tokens cost on demand."""
    utilisation = tiers.break_even_utilisation_ratio(unit_usd_per_hour=Decimal(20), unit_hour_value_usd=Decimal(value))
    volume = tiers.break_even_mtok_per_month(unit_usd_per_hour=Decimal(20), usd_per_mtok=Decimal(value))

    assert utilisation == ratio
    assert volume == (None if ratio is None else 730 * ratio)


@pytest.mark.parametrize(("input_price", "ratio"), [(0, None), (-1, None), (1, Decimal(10))])
def test_a_worthless_reservation_has_no_break_even(input_price: int, ratio: Decimal | None) -> None:
    """$438 a month for 1,000 tokens a minute worth $43.80 at $1 per million."""
    found = tiers.reserved_break_even_utilisation_ratio(
        reserved_month_usd=Decimal(438),
        input_ktpm=1,
        output_ktpm=0,
        input_usd_per_mtok=Decimal(input_price),
        output_usd_per_mtok=Decimal(15),
    )

    assert found == ratio


@pytest.mark.parametrize(("tokens_per_request", "rate"), [(0, None), (-1, None), (1, Decimal(7))])
def test_requests_without_tokens_have_no_rate(tokens_per_request: int, rate: Decimal | None) -> None:
    """A quota of tokens says nothing about requests that take none."""
    found = quotas.quota_requests_per_minute(quota_tokens_per_minute=7, tokens_per_request=tokens_per_request)

    assert found == rate


@pytest.mark.parametrize(("used", "usd"), [("0", None), ("-0.1", None), ("0.000001", Decimal(20_000_000))])
def test_unused_capacity_has_no_price_per_token(used: str, usd: Decimal | None) -> None:
    """At no use at all the price per token does not exist."""
    found = tiers.effective_usd_per_mtok(
        unit_usd_per_hour=Decimal(20),
        unit_tokens_per_hour=1_000_000,
        utilisation_ratio=Decimal(used),
    )

    assert found == usd


@pytest.mark.parametrize("demand", [NO_DEMAND, ()])
def test_no_demand_has_no_peak(demand: tuple[Decimal, ...]) -> None:
    """Neither a peak-to-average ratio nor a utilisation for the peak."""
    assert tiers.peak_to_average_ratio(demand_units=demand) is None
    assert tiers.peak_utilisation_ratio(demand_units=demand) is None


@pytest.mark.parametrize("ratio", ["1", "1.9"])
def test_units_that_never_pay_are_not_bought(ratio: str) -> None:
    """At u* of 1 or more even a full unit costs no less than on-demand."""
    full = (Decimal(5),) * 24

    assert tiers.best_units(demand_units=full, break_even_utilisation_ratio=Decimal(ratio)) == 0


def test_free_units_are_bought_for_the_peak_and_no_further() -> None:
    """With u* = 0 each unit that is ever busy pays, and none without demand."""
    free = Decimal(0)
    demand = (Decimal("0.1"), Decimal("2.9"))

    assert tiers.best_units(demand_units=demand, break_even_utilisation_ratio=free) == 3
    assert tiers.best_units(demand_units=NO_DEMAND, break_even_utilisation_ratio=free) == 0


def test_a_huge_demand_is_answered_at_once() -> None:
    """The number of units is found by halving, not by counting up to it."""
    demand = (Decimal(10**12),) * 24

    assert tiers.best_units(demand_units=demand, break_even_utilisation_ratio=Decimal("0.5")) == 10**12
