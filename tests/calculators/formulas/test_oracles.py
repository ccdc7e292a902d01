"""The formulas against a second way of counting: whole nano-dollars and exact fractions.

Nothing here is computed the way the formulas do it: tokens are paid one by one, minutes and
windows are walked through, and break-evens are found between the two costs at the ends.
"""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate, chain, repeat

from hypothesis import given, settings
from hypothesis import strategies as st

from calculators.formulas import quotas, tiers, tokens

# USD per million tokens with three places is a whole number of nano-dollars a token.
NANO_USD = 1_000_000_000
NANO_PRICES = st.integers(1, 100_000)
FEW_TOKENS = st.integers(0, 300)
SOME_TOKENS = st.integers(1, 1_000_000)
PER_MILLE = st.integers(0, 1_000)
DEMAND_TENTHS = st.lists(st.integers(0, 60), min_size=1, max_size=24)

a_thousand_cases = settings(max_examples=1_000, deadline=None)


def usd_per_mtok(nano_usd_per_token: int) -> Decimal:
    """Write a price a token as the price lists do."""
    return Decimal(nano_usd_per_token) / 1_000


def ratio(per_mille: int) -> Decimal:
    """Write thousandths as a ratio."""
    return Decimal(per_mille) / 1_000


def is_exactly(value: Decimal | None, expected: Fraction) -> bool:
    """Whether a Decimal is the fraction, to the 28 digits that Decimal keeps."""
    return value is not None and abs(Fraction(value) - expected) <= abs(expected) / 10**26


@a_thousand_cases
@given(
    counts=st.tuples(FEW_TOKENS, FEW_TOKENS, FEW_TOKENS, FEW_TOKENS),
    prices=st.tuples(NANO_PRICES, NANO_PRICES, NANO_PRICES, NANO_PRICES),
    requests=st.integers(0, 1_000_000),
)
def test_tokens_paid_one_by_one(
    counts: tuple[int, int, int, int], prices: tuple[int, int, int, int], requests: int
) -> None:
    """F01: a request, then a month, in whole nano-dollars."""
    paid = sum(chain.from_iterable(map(repeat, prices, counts)))
    request = tokens.request_usd(
        fresh_tokens=counts[0],
        cache_read_tokens=counts[1],
        cache_write_tokens=counts[2],
        output_tokens=counts[3],
        input_usd_per_mtok=usd_per_mtok(prices[0]),
        cache_read_usd_per_mtok=usd_per_mtok(prices[1]),
        cache_write_usd_per_mtok=usd_per_mtok(prices[2]),
        output_usd_per_mtok=usd_per_mtok(prices[3]),
    )
    month = tokens.month_usd(requests_per_month=requests, usd_per_request=request)

    assert request * NANO_USD == paid
    assert month * NANO_USD == paid * requests


@a_thousand_cases
@given(prefix=SOME_TOKENS, hits=PER_MILLE)
def test_a_thousand_requests_with_their_hits_counted(prefix: int, hits: int) -> None:
    """F01: of a thousand requests so many read the prefix and the others write it."""
    read, write = tokens.cached_prefix_split(prefix_tokens=prefix, hit_ratio=ratio(hits))

    assert 1_000 * read == hits * prefix
    assert 1_000 * write == (1_000 - hits) * prefix


@a_thousand_cases
@given(
    waiting=st.integers(0, 50),
    others=st.integers(1, 50),
    retried_ratio=PER_MILLE,
    prices=st.tuples(NANO_PRICES, NANO_PRICES),
    multiplier=PER_MILLE,
)
def test_requests_sent_one_by_one_to_batch_or_not(
    waiting: int, others: int, retried_ratio: int, prices: tuple[int, int], multiplier: int
) -> None:
    """F02, F03: each waiting request pays batch and its share of a second try."""
    on_demand, batch = map(Fraction, prices)
    retry = Fraction(retried_ratio, 1_000) * on_demand
    paid = sum([batch + retry] * waiting + [on_demand] * others, Fraction(0))
    everything = waiting + others
    split = tokens.batch_split_usd(
        on_demand_usd=Decimal(prices[0] * everything),
        batch_usd=Decimal(prices[1] * everything),
        batch_ratio=Decimal(waiting) / everything,
        retry_ratio=ratio(retried_ratio),
    )

    # The share itself is rounded to 28 digits, and can cancel.
    assert abs(Fraction(split) - paid) <= everything * sum(prices) / Fraction(10**26)
    assert (
        tiers.tier_usd(standard_usd=Decimal(prices[0]), multiplier=ratio(multiplier)) * 1_000 == multiplier * prices[0]
    )


@a_thousand_cases
@given(
    counts=st.tuples(SOME_TOKENS, st.integers(0, 1_000_000)),
    prices=st.tuples(NANO_PRICES, NANO_PRICES),
    batch_prices=st.tuples(NANO_PRICES, NANO_PRICES),
    cheaper_by=PER_MILLE.filter(bool),
)
def test_the_share_of_reads_found_between_no_reads_and_all_reads(
    counts: tuple[int, int], prices: tuple[int, int], batch_prices: tuple[int, int], cheaper_by: int
) -> None:
    """F04: the cost falls in a straight line from no reads to all reads; batch cuts it at s*."""
    read_price = Fraction(prices[0]) * (1_000 - cheaper_by) / 1_000
    output = counts[1] * prices[1]
    no_reads = counts[0] * prices[0] + output
    all_reads = counts[0] * read_price + output
    batch = sum(map(int.__mul__, counts, batch_prices))
    share = tokens.batch_beats_cache_below_ratio(
        input_tokens=counts[0],
        output_tokens=counts[1],
        input_usd_per_mtok=usd_per_mtok(prices[0]),
        output_usd_per_mtok=usd_per_mtok(prices[1]),
        cache_read_usd_per_mtok=usd_per_mtok(prices[0] * (1_000 - cheaper_by)) / 1_000,
        batch_input_usd_per_mtok=usd_per_mtok(batch_prices[0]),
        batch_output_usd_per_mtok=usd_per_mtok(batch_prices[1]),
    )

    assert is_exactly(share, (no_reads - batch) / (no_reads - all_reads))


@a_thousand_cases
@given(
    requests=st.integers(1, 60),
    write=st.integers(1_000, 3_000),
    read=st.integers(0, 999),
)
def test_a_cache_followed_request_by_request(requests: int, write: int, read: int) -> None:
    """F05: the first request writes, the others read; n* is where the savings repay the write."""
    paid = sum(write if number == 0 else read for number in range(requests))
    saving = tokens.cache_saving_ratio(requests=requests, write_ratio=ratio(write), read_ratio=ratio(read))
    break_even = tokens.cache_break_even_requests(write_ratio=ratio(write), read_ratio=ratio(read))
    hit_ratio = tokens.cache_break_even_hit_ratio(write_ratio=ratio(write), read_ratio=ratio(read))

    loss_of_a_write, gain_of_a_read = write - 1_000, 1_000 - read
    assert saving is not None
    assert abs(Fraction(saving) - (1 - Fraction(paid, 1_000 * requests))) <= Fraction(1, 10**26)
    assert is_exactly(break_even, 1 + Fraction(loss_of_a_write, gain_of_a_read))
    assert is_exactly(hit_ratio, Fraction(loss_of_a_write, loss_of_a_write + gain_of_a_read))


@a_thousand_cases
@given(
    arrivals=st.integers(0, 200),
    ttl_minutes=st.integers(1, 120),
    write=st.integers(1_000, 3_000),
    read=st.integers(0, 999),
)
def test_random_arrivals_in_floating_point(arrivals: int, ttl_minutes: int, write: int, read: int) -> None:
    """F05: the platform's exponential and logarithm, to 12 digits."""
    prices = {"write_ratio": ratio(write), "read_ratio": ratio(read)}
    ttl_hours = Decimal(ttl_minutes) / 60
    multiplier = tokens.cache_price_multiplier(arrivals_per_hour=arrivals, ttl_hours=ttl_hours, **prices)
    break_even = tokens.cache_break_even_arrivals_per_hour(ttl_hours=ttl_hours, **prices)
    hits = -math.expm1(-arrivals * ttl_minutes / 60)
    odds = (write - 1_000) / (1_000 - read)

    assert break_even is not None
    mean_price = (hits * read + (1 - hits) * write) / 1_000
    assert math.isclose(multiplier, mean_price, abs_tol=1e-12)
    assert math.isclose(break_even, math.log1p(odds) * 60 / ttl_minutes, rel_tol=1e-12)


@a_thousand_cases
@given(
    per_minute=st.tuples(SOME_TOKENS, SOME_TOKENS),
    prices=st.tuples(NANO_PRICES, NANO_PRICES),
    cents=st.integers(1, 100_000),
    used=PER_MILLE.filter(bool),
)
def test_a_unit_hour_minute_by_minute(
    per_minute: tuple[int, int], prices: tuple[int, int], cents: int, used: int
) -> None:
    """F06, F10: sixty minutes of tokens in whole nano-dollars."""
    *_, value = accumulate(repeat(sum(map(int.__mul__, per_minute, prices)), 60))
    *_, hour_tokens = accumulate(repeat(sum(per_minute), 60))
    unit_usd = Decimal(cents) / 100
    hour_value = tiers.unit_hour_value_usd(
        unit_input_tokens_per_minute=per_minute[0],
        unit_output_tokens_per_minute=per_minute[1],
        input_usd_per_mtok=usd_per_mtok(prices[0]),
        output_usd_per_mtok=usd_per_mtok(prices[1]),
    )
    share = tiers.break_even_utilisation_ratio(unit_usd_per_hour=unit_usd, unit_hour_value_usd=hour_value)
    volume = tiers.break_even_mtok_per_month(unit_usd_per_hour=unit_usd, usd_per_mtok=usd_per_mtok(prices[0]))
    price = tiers.effective_usd_per_mtok(
        unit_usd_per_hour=unit_usd, unit_tokens_per_hour=hour_tokens, utilisation_ratio=ratio(used)
    )

    nano_usd_per_hour = cents * (NANO_USD // 100)
    assert hour_value * NANO_USD == value
    assert is_exactly(share, Fraction(nano_usd_per_hour, value))
    assert is_exactly(volume, Fraction(nano_usd_per_hour * 730, prices[0]) / 10**6)
    assert is_exactly(price, Fraction(cents, 100) / (Fraction(hour_tokens * used, 1_000) / 10**6))


@a_thousand_cases
@given(
    tenths=DEMAND_TENTHS,
    units=st.integers(0, 7),
    cents=st.tuples(st.integers(1, 10_000), st.integers(1, 10_000)),
)
def test_a_day_counted_in_tenths_of_a_unit(tenths: list[int], units: int, cents: tuple[int, int]) -> None:
    """F07: each tenth of demand above the units is one tenth of overflow."""
    demand = [Decimal(tenth) / 10 for tenth in tenths]
    unit_cents, value_cents = cents

    def overflow_tenths(bought: int) -> int:
        return sum(len(range(10 * bought, tenth)) for tenth in tenths)

    def tenths_of_a_cent(bought: int) -> int:
        return 10 * unit_cents * bought * len(tenths) + value_cents * overflow_tenths(bought)

    day = tiers.capacity_day_usd(
        demand_units=demand,
        units=units,
        unit_usd_per_hour=Decimal(unit_cents) / 100,
        unit_hour_value_usd=Decimal(value_cents) / 100,
    )
    best = tiers.best_units(demand_units=demand, break_even_utilisation_ratio=Decimal(unit_cents) / value_cents)
    busy = tiers.unit_utilisation_ratio(demand_units=demand, unit=units + 1)

    overflow = tiers.hourly_overflow_units(demand_units=demand, units=units)
    served = overflow_tenths(units) - overflow_tenths(units + 1)
    assert 10 * overflow == overflow_tenths(units)
    assert 1_000 * day == tenths_of_a_cent(units)
    assert best == min(range(9), key=tenths_of_a_cent)
    assert is_exactly(busy, Fraction(served, 10 * len(tenths)))


@a_thousand_cases
@given(tenths=DEMAND_TENTHS.filter(any))
def test_peaks_of_a_day_counted_in_tenths(tenths: list[int]) -> None:
    """F10: units for the peak are added until none of it is left."""
    demand = [Decimal(tenth) / 10 for tenth in tenths]
    peak = max(tenths)
    units = len(range(0, peak, 10))

    assert is_exactly(tiers.peak_to_average_ratio(demand_units=demand), Fraction(peak * len(tenths), sum(tenths)))
    assert is_exactly(
        tiers.peak_utilisation_ratio(demand_units=demand),
        Fraction(sum(tenths), 10 * units * len(tenths)),
    )


@a_thousand_cases
@given(
    ktpm=st.tuples(SOME_TOKENS, SOME_TOKENS),
    cents=st.tuples(st.integers(1, 100_000), st.integers(1, 100_000)),
    prices=st.tuples(NANO_PRICES, NANO_PRICES),
)
def test_a_reservation_against_a_month_of_tokens(
    ktpm: tuple[int, int], cents: tuple[int, int], prices: tuple[int, int]
) -> None:
    """F08: 365 ÷ 12 days of 24 hours of 60 minutes of tokens in whole nano-dollars."""
    minutes = 365 * 24 * 60 // 12
    value = sum(minutes * 1_000 * count * price for count, price in zip(ktpm, prices, strict=True))
    paid_cents = sum(count * cent for count, cent in zip(ktpm, cents, strict=True))
    month = tiers.reserved_month_usd(
        input_ktpm=ktpm[0],
        output_ktpm=ktpm[1],
        input_usd_per_ktpm_month=Decimal(cents[0]) / 100,
        output_usd_per_ktpm_month=Decimal(cents[1]) / 100,
    )
    full_value = tiers.reserved_month_value_usd(
        input_ktpm=ktpm[0],
        output_ktpm=ktpm[1],
        input_usd_per_mtok=usd_per_mtok(prices[0]),
        output_usd_per_mtok=usd_per_mtok(prices[1]),
    )
    share = tiers.reserved_break_even_utilisation_ratio(
        reserved_month_usd=month,
        input_ktpm=ktpm[0],
        output_ktpm=ktpm[1],
        input_usd_per_mtok=usd_per_mtok(prices[0]),
        output_usd_per_mtok=usd_per_mtok(prices[1]),
    )

    assert 100 * month == paid_cents
    assert full_value * NANO_USD == value
    assert is_exactly(share, Fraction(paid_cents * (NANO_USD // 100), value))


@a_thousand_cases
@given(
    counts=st.tuples(st.integers(1, 5_000), FEW_TOKENS, FEW_TOKENS),
    burndown=st.integers(1, 15),
    max_tokens=st.integers(0, 64_000),
    quota=st.integers(0, 100_000),
)
def test_a_quota_spent_request_by_request(
    counts: tuple[int, int, int], burndown: int, max_tokens: int, quota: int
) -> None:
    """F09: whole requests are taken out of the quota until the next one does not fit."""
    settle = quotas.quota_settle_tokens(
        input_tokens=counts[0],
        cache_write_tokens=counts[1],
        output_tokens=counts[2],
        output_burndown=burndown,
    )
    reserve = quotas.quota_reserve_tokens(input_tokens=counts[0], max_tokens=max_tokens)
    rate = quotas.quota_requests_per_minute(quota_tokens_per_minute=quota, tokens_per_request=settle)

    one_request = [*repeat(1, counts[0] + counts[1]), *repeat(burndown, counts[2])]
    whole = len(range(sum(one_request), quota + 1, sum(one_request)))
    assert settle == sum(one_request)
    assert reserve == len(range(counts[0] + max_tokens))
    assert rate is not None
    assert math.floor(rate) == whole
    assert is_exactly(rate, Fraction(quota, sum(one_request)))


@a_thousand_cases
@given(
    copies=st.integers(0, 4),
    units=st.integers(1, 8),
    windows=st.integers(0, 100),
    prices=st.tuples(st.integers(1, 100_000), st.integers(0, 100_000)),
)
def test_an_import_paid_window_by_window(copies: int, units: int, windows: int, prices: tuple[int, int]) -> None:
    """F14: each window is five minutes of each unit of each copy; prices in 1/100,000 dollar."""
    per_minute, storage = prices
    paid = storage * units
    for _window in range(windows):
        paid += sum(per_minute for _minute in range(5) for _unit in range(units * copies))
    month = tiers.import_month_usd(
        copies=copies,
        units=units,
        usd_per_unit_minute=Decimal(per_minute) / 100_000,
        active_windows=windows,
        storage_usd_per_unit_month=Decimal(storage) / 100_000,
    )

    assert 100_000 * month == paid
