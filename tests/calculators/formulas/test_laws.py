"""Laws that hold for every input: more never costs less, break-evens break even."""

from __future__ import annotations

from decimal import Decimal
from typing import TypeAlias

from hypothesis import given
from hypothesis import strategies as st

from calculators.formulas import quotas, tiers, tokens

TOKENS = st.integers(0, 1_000_000)
SOME_TOKENS = st.integers(1, 1_000_000)
REQUESTS = st.integers(0, 10**9)
PRICES = st.decimals("0.0001", 200, places=4)
RATIOS = st.decimals(0, 1, places=4)
DEMAND = st.lists(st.decimals(0, 6, places=2), min_size=1, max_size=24)
FOUR_PRICES = st.tuples(PRICES, PRICES, PRICES, PRICES)
FOUR_COUNTS = st.tuples(TOKENS, TOKENS, TOKENS, TOKENS)

# A write at or above the input price and a read below it, as every cached model is sold.
WRITE_RATIOS = st.decimals(1, 3, places=4)
READ_RATIOS = st.decimals(0, "0.99", places=4)

FourPrices: TypeAlias = tuple[Decimal, Decimal, Decimal, Decimal]
FourCounts: TypeAlias = tuple[Decimal | int, Decimal | int, Decimal | int, Decimal | int]


def request_usd(counts: FourCounts, prices: FourPrices) -> Decimal:
    """Price fresh, read, written and output tokens."""
    return tokens.request_usd(
        fresh_tokens=counts[0],
        cache_read_tokens=counts[1],
        cache_write_tokens=counts[2],
        output_tokens=counts[3],
        input_usd_per_mtok=prices[0],
        cache_read_usd_per_mtok=prices[1],
        cache_write_usd_per_mtok=prices[2],
        output_usd_per_mtok=prices[3],
    )


def is_close(left: Decimal, right: Decimal) -> bool:
    """Whether two costs agree to 15 digits: a break-even itself is rounded to 28."""
    return abs(left - right) <= Decimal("1e-15") * max(abs(left), abs(right))


@given(counts=FOUR_COUNTS, prices=FOUR_PRICES, meter=st.integers(0, 3), more=SOME_TOKENS)
def test_more_tokens_cost_more(counts: FourCounts, prices: FourPrices, meter: int, more: int) -> None:
    """Whichever of the four meters they run through."""
    raised = [count + more * (index == meter) for index, count in enumerate(counts)]

    assert request_usd((raised[0], raised[1], raised[2], raised[3]), prices) > request_usd(counts, prices)


@given(
    prefix=TOKENS,
    fresh=TOKENS,
    output=TOKENS,
    prices=FOUR_PRICES,
    surcharge=st.decimals(0, 5, places=4),
)
def test_caching_with_no_hits_never_saves(
    prefix: int, fresh: int, output: int, prices: FourPrices, surcharge: Decimal
) -> None:
    """Each request then writes the prefix, at no less than the input price."""
    read, write = tokens.cached_prefix_split(prefix_tokens=prefix, hit_ratio=Decimal(0))
    with_dear_writes = (prices[0], prices[1], prices[0] + surcharge, prices[3])
    cached = request_usd((fresh, read, write, output), with_dear_writes)

    assert cached >= request_usd((fresh + prefix, 0, 0, output), prices)


@given(prefix=TOKENS, hit_ratio=RATIOS)
def test_a_prefix_is_either_read_or_written(prefix: int, hit_ratio: Decimal) -> None:
    """No token of it is lost or counted twice."""
    read, write = tokens.cached_prefix_split(prefix_tokens=prefix, hit_ratio=hit_ratio)

    assert read + write == prefix
    assert read >= 0
    assert write >= 0


@given(first=REQUESTS, second=REQUESTS, usd=PRICES)
def test_a_month_is_linear_in_requests(first: int, second: int, usd: Decimal) -> None:
    """Two months of traffic cost the sum of each."""
    both = tokens.month_usd(requests_per_month=first + second, usd_per_request=usd)
    apart = [tokens.month_usd(requests_per_month=requests, usd_per_request=usd) for requests in (first, second)]

    assert both == sum(apart)


@given(counts=FOUR_COUNTS, prices=FOUR_PRICES, factor=st.integers(0, 1_000))
def test_prices_scale_the_cost(counts: FourCounts, prices: FourPrices, factor: int) -> None:
    """All prices times k is the cost times k."""
    scaled = (prices[0] * factor, prices[1] * factor, prices[2] * factor, prices[3] * factor)

    assert request_usd(counts, scaled) == factor * request_usd(counts, prices)


@given(on_demand=PRICES, batch=PRICES, ratio=RATIOS)
def test_a_split_without_retries_lies_between_its_ends(on_demand: Decimal, batch: Decimal, ratio: Decimal) -> None:
    """Neither dearer than the dearer way nor cheaper than the cheaper one."""
    split = tokens.batch_split_usd(on_demand_usd=on_demand, batch_usd=batch, batch_ratio=ratio, retry_ratio=Decimal(0))

    assert min(on_demand, batch) <= split <= max(on_demand, batch)


@given(on_demand=PRICES, batch=PRICES, ratio=RATIOS, retry=RATIOS)
def test_retries_are_paid_on_demand(on_demand: Decimal, batch: Decimal, ratio: Decimal, retry: Decimal) -> None:
    """They add their share of the batch share, at the on-demand price."""
    with_retries, without = (
        tokens.batch_split_usd(on_demand_usd=on_demand, batch_usd=batch, batch_ratio=ratio, retry_ratio=retry_ratio)
        for retry_ratio in (retry, Decimal(0))
    )

    assert with_retries - without == ratio * retry * on_demand


@given(
    input_tokens=SOME_TOKENS,
    output_tokens=TOKENS,
    prices=FOUR_PRICES,
    batch_prices=st.tuples(PRICES, PRICES),
)
def test_batch_and_cache_cost_the_same_at_their_break_even(
    input_tokens: int,
    output_tokens: int,
    prices: FourPrices,
    batch_prices: tuple[Decimal, Decimal],
) -> None:
    """s* put back into the cost of a request, with a read at half the drawn input price."""
    prices = (prices[0], prices[0] / 2, prices[2], prices[3])
    share = tokens.batch_beats_cache_below_ratio(
        input_tokens=input_tokens,
        output_tokens=output_tokens,
        input_usd_per_mtok=prices[0],
        output_usd_per_mtok=prices[3],
        cache_read_usd_per_mtok=prices[1],
        batch_input_usd_per_mtok=batch_prices[0],
        batch_output_usd_per_mtok=batch_prices[1],
    )
    assert share is not None
    read = share * input_tokens
    cached = request_usd((input_tokens - read, read, 0, output_tokens), prices)
    batch_meters = (batch_prices[0], Decimal(0), Decimal(0), batch_prices[1])
    batch = request_usd((input_tokens, 0, 0, output_tokens), batch_meters)

    assert is_close(cached, batch)


@given(write=WRITE_RATIOS, read=READ_RATIOS)
def test_caching_costs_the_same_at_its_break_even_requests(write: Decimal, read: Decimal) -> None:
    """saving(n*) = 0, and more requests save."""
    requests = tokens.cache_break_even_requests(write_ratio=write, read_ratio=read)
    assert requests is not None
    at, above = (
        tokens.cache_saving_ratio(requests=count, write_ratio=write, read_ratio=read)
        for count in (requests, requests + 1)
    )
    assert at is not None
    assert above is not None

    assert abs(at) < Decimal("1e-15")
    assert above > 0


@given(write=WRITE_RATIOS, read=READ_RATIOS, prefix=SOME_TOKENS, price=PRICES)
def test_caching_costs_the_same_at_its_break_even_hit_ratio(
    write: Decimal, read: Decimal, prefix: int, price: Decimal
) -> None:
    """h* put back into the cost of a request."""
    hit_ratio = tokens.cache_break_even_hit_ratio(write_ratio=write, read_ratio=read)
    assert hit_ratio is not None
    reads, writes = tokens.cached_prefix_split(prefix_tokens=prefix, hit_ratio=hit_ratio)
    prices = (price, price * read, price * write, price)

    assert is_close(request_usd((0, reads, writes, 0), prices), request_usd((prefix, 0, 0, 0), prices))


@given(write=WRITE_RATIOS, read=READ_RATIOS, ttl=st.decimals("0.01", 2, places=2))
def test_caching_costs_the_same_at_its_break_even_arrivals(write: Decimal, read: Decimal, ttl: Decimal) -> None:
    """The price multiplier at λ* is 1, and below 1 at a higher rate."""
    arrivals = tokens.cache_break_even_arrivals_per_hour(ttl_hours=ttl, write_ratio=write, read_ratio=read)
    assert arrivals is not None
    at, above = (
        tokens.cache_price_multiplier(arrivals_per_hour=rate, ttl_hours=ttl, write_ratio=write, read_ratio=read)
        for rate in (arrivals, arrivals + 1)
    )

    assert is_close(at, Decimal(1))
    assert above < 1


@given(usd=PRICES, first=RATIOS, second=RATIOS)
def test_tier_multipliers_chain(usd: Decimal, first: Decimal, second: Decimal) -> None:
    """A tier on a routing is both multipliers, in either order."""
    one_way, other_way = (
        tiers.tier_usd(standard_usd=tiers.tier_usd(standard_usd=usd, multiplier=a), multiplier=b)
        for a, b in ((first, second), (second, first))
    )

    assert one_way == other_way


@given(input_tpm=SOME_TOKENS, output_tpm=TOKENS, prices=st.tuples(PRICES, PRICES), unit=PRICES)
def test_a_unit_at_its_break_even_costs_what_its_tokens_cost(
    input_tpm: int, output_tpm: int, prices: tuple[Decimal, Decimal], unit: Decimal
) -> None:
    """u* put back, by the hour and by the million tokens."""
    value = tiers.unit_hour_value_usd(
        unit_input_tokens_per_minute=input_tpm,
        unit_output_tokens_per_minute=output_tpm,
        input_usd_per_mtok=prices[0],
        output_usd_per_mtok=prices[1],
    )
    ratio = tiers.break_even_utilisation_ratio(unit_usd_per_hour=unit, unit_hour_value_usd=value)
    assert ratio is not None
    hour_tokens = 60 * (input_tpm + output_tpm)
    price = tiers.effective_usd_per_mtok(
        unit_usd_per_hour=unit, unit_tokens_per_hour=hour_tokens, utilisation_ratio=ratio
    )
    assert price is not None

    assert is_close(ratio * value, unit)
    assert is_close(price, value * 1_000_000 / hour_tokens)


@given(unit=PRICES, price=PRICES)
def test_a_unit_at_its_break_even_volume_costs_what_its_tokens_cost(unit: Decimal, price: Decimal) -> None:
    """V* put back: the month of the unit is the month of tokens."""
    mtok = tiers.break_even_mtok_per_month(unit_usd_per_hour=unit, usd_per_mtok=price)
    assert mtok is not None

    assert is_close(mtok * price, 730 * unit)


@given(demand=DEMAND, unit_usd=PRICES, value_usd=PRICES)
def test_the_marginal_rule_buys_what_enumeration_finds_cheapest(
    demand: list[Decimal], unit_usd: Decimal, value_usd: Decimal
) -> None:
    """Of equally cheap numbers of units, the smallest."""
    costs = [
        tiers.capacity_day_usd(
            demand_units=demand,
            units=units,
            unit_usd_per_hour=unit_usd,
            unit_hour_value_usd=value_usd,
        )
        for units in range(9)
    ]
    best = tiers.best_units(demand_units=demand, break_even_utilisation_ratio=unit_usd / value_usd)

    assert best == costs.index(min(costs))


@given(demand=DEMAND, unit=st.integers(1, 7))
def test_a_further_unit_takes_its_load_off_the_overflow(demand: list[Decimal], unit: int) -> None:
    """Overflow falls by just what the unit serves, and units serve less and less."""
    before, after = (tiers.hourly_overflow_units(demand_units=demand, units=units) for units in (unit - 1, unit))
    ratio, following = (tiers.unit_utilisation_ratio(demand_units=demand, unit=number) for number in (unit, unit + 1))

    assert is_close(before - after, ratio * len(demand))
    assert 0 <= following <= ratio <= 1


@given(demand=DEMAND.filter(any))
def test_peaks_bound_the_mean(demand: list[Decimal]) -> None:
    """The peak is at least the mean, and its units are never more than full."""
    peak = tiers.peak_to_average_ratio(demand_units=demand)
    used = tiers.peak_utilisation_ratio(demand_units=demand)
    assert peak is not None
    assert used is not None

    assert 1 <= peak <= len(demand)
    assert 0 < used <= 1


@given(
    ktpm=st.tuples(SOME_TOKENS, TOKENS),
    quotes=st.tuples(PRICES, PRICES),
    prices=st.tuples(PRICES, PRICES),
)
def test_a_reservation_at_its_break_even_costs_what_its_tokens_cost(
    ktpm: tuple[int, int], quotes: tuple[Decimal, Decimal], prices: tuple[Decimal, Decimal]
) -> None:
    """u* put back into a month of tokens at Standard prices."""
    month = tiers.reserved_month_usd(
        input_ktpm=ktpm[0],
        output_ktpm=ktpm[1],
        input_usd_per_ktpm_month=quotes[0],
        output_usd_per_ktpm_month=quotes[1],
    )
    ratio = tiers.reserved_break_even_utilisation_ratio(
        reserved_month_usd=month,
        input_ktpm=ktpm[0],
        output_ktpm=ktpm[1],
        input_usd_per_mtok=prices[0],
        output_usd_per_mtok=prices[1],
    )
    assert ratio is not None
    used_minutes = ratio * 43_800
    on_demand = request_usd(
        (ktpm[0] * 1_000 * used_minutes, 0, 0, ktpm[1] * 1_000 * used_minutes),
        (prices[0], Decimal(0), Decimal(0), prices[1]),
    )

    assert is_close(on_demand, month)


@given(quota=SOME_TOKENS, input_tokens=SOME_TOKENS, max_tokens=TOKENS, more=SOME_TOKENS)
def test_a_higher_output_limit_admits_fewer_requests(quota: int, input_tokens: int, max_tokens: int, more: int) -> None:
    """And the requests admitted just fill the quota."""
    reserves = [
        quotas.quota_reserve_tokens(input_tokens=input_tokens, max_tokens=limit)
        for limit in (max_tokens, max_tokens + more)
    ]
    rate, lower = (
        quotas.quota_requests_per_minute(quota_tokens_per_minute=quota, tokens_per_request=reserve)
        for reserve in reserves
    )
    assert rate is not None
    assert lower is not None

    assert lower < rate
    assert is_close(rate * reserves[0], Decimal(quota))


@given(fresh=TOKENS, write=TOKENS, output=SOME_TOKENS, burndown=st.integers(1, 15))
def test_burndown_makes_output_count_more(fresh: int, write: int, output: int, burndown: int) -> None:
    """One step more of burn-down settles the output once more."""
    settled, next_settled = (
        quotas.quota_settle_tokens(
            input_tokens=fresh, cache_write_tokens=write, output_tokens=output, output_burndown=rate
        )
        for rate in (burndown, burndown + 1)
    )

    assert next_settled - settled == output
    assert settled >= fresh + write + output


@given(
    copies=st.integers(1, 10),
    units=st.integers(1, 16),
    price=PRICES,
    storage=PRICES,
    windows=st.tuples(st.integers(0, 8_760), st.integers(0, 8_760)),
)
def test_an_import_is_linear_in_windows(
    copies: int, units: int, price: Decimal, storage: Decimal, windows: tuple[int, int]
) -> None:
    """Storage is paid once, however often the model wakes."""
    first, second, both = (
        tiers.import_month_usd(
            copies=copies,
            units=units,
            usd_per_unit_minute=price,
            active_windows=active,
            storage_usd_per_unit_month=storage,
        )
        for active in (windows[0], windows[1], sum(windows))
    )

    assert first + second - both == units * storage
