"""The worked example of each formula, to the digits that were published with it."""

from __future__ import annotations

from decimal import Context, Decimal

import pytest

from calculators.formulas import quotas, tiers, tokens

REQUESTS_PER_MONTH = 250_000

# 24 hours with mean 37.6/24 = 1.56667 and peak 2.9, of which 19.2, 11.9 and 6.5 unit-hours fall
# to the first, the second and the third unit: utilisations 0.8, 0.495833 and 0.270833.
HOURLY_PROFILE = tuple(
    Decimal(units)
    for units in (
        *("0.5", "0.4", "0.4", "0.4", "0.4", "0.5", "0.7", "0.9"),
        *("1.9", "2.0", "2.2", "2.9", "2.9", "2.9", "2.9", "2.9"),
        *("2.9", "2.9", "2.0", "2.0", "0.9", "0.8", "0.7", "0.6"),
    )
)

# The illustrative model unit: 120,000 in and 24,000 out a minute at $20 an hour.
UNIT_USD_PER_HOUR = Decimal(20)
UNIT_TOKENS_PER_HOUR = 60 * (120_000 + 24_000)


def six_digits(value: Decimal | None) -> Decimal:
    """Round to six significant digits, as the examples are printed."""
    assert value is not None
    return Context(prec=6).create_decimal(value)


def uncached_request_usd(input_usd_per_mtok: str, output_usd_per_mtok: str) -> Decimal:
    """Price 1,800 input and 350 output tokens without a cache."""
    return tokens.request_usd(
        fresh_tokens=1_800,
        cache_read_tokens=0,
        cache_write_tokens=0,
        output_tokens=350,
        input_usd_per_mtok=Decimal(input_usd_per_mtok),
        cache_read_usd_per_mtok=Decimal(0),
        cache_write_usd_per_mtok=Decimal(0),
        output_usd_per_mtok=Decimal(output_usd_per_mtok),
    )


def unit_hour_value_usd(input_usd_per_mtok: str, output_usd_per_mtok: str) -> Decimal:
    """Value of one hour of the illustrative unit."""
    return tiers.unit_hour_value_usd(
        unit_input_tokens_per_minute=120_000,
        unit_output_tokens_per_minute=24_000,
        input_usd_per_mtok=Decimal(input_usd_per_mtok),
        output_usd_per_mtok=Decimal(output_usd_per_mtok),
    )


def test_f01_caching_turns_1775_into_1304_dollars_a_month() -> None:
    """Claude Sonnet 5: 1,800 input of which 1,200 shared, nine hits in ten."""
    read, write = tokens.cached_prefix_split(prefix_tokens=1_200, hit_ratio=Decimal("0.9"))
    assert (read, write) == (Decimal(1_080), Decimal(120))

    cached = tokens.request_usd(
        fresh_tokens=600,
        cache_read_tokens=read,
        cache_write_tokens=write,
        output_tokens=350,
        input_usd_per_mtok=Decimal("2.00"),
        cache_read_usd_per_mtok=Decimal("0.20"),
        cache_write_usd_per_mtok=Decimal("2.50"),
        output_usd_per_mtok=Decimal("10.00"),
    )
    uncached = uncached_request_usd("2.00", "10.00")
    month = tokens.month_usd(requests_per_month=REQUESTS_PER_MONTH, usd_per_request=cached)

    assert cached == Decimal("0.005216")
    assert month == 1_304
    assert uncached == Decimal("0.0071")
    assert tokens.month_usd(requests_per_month=REQUESTS_PER_MONTH, usd_per_request=uncached) == 1_775
    assert six_digits(1 - cached / uncached) == Decimal("0.265352")


@pytest.mark.parametrize(("multiplier", "usd"), [("1", 640), ("0.5", 320), ("1.75", 1_120)])
def test_f02_tiers_multiply_the_standard_price(multiplier: str, usd: int) -> None:
    """Nova Pro on Standard, on Flex and Batch (both half price) and on Priority."""
    request = uncached_request_usd("0.80", "3.20")
    assert request == Decimal("0.00256")

    standard = tokens.month_usd(requests_per_month=REQUESTS_PER_MONTH, usd_per_request=request)
    assert tiers.tier_usd(standard_usd=standard, multiplier=Decimal(multiplier)) == usd


def test_f02_residency_costs_177_dollars_50_a_month() -> None:
    """Sonnet 5 through the geographic profile, against the global one."""
    geo = tiers.tier_usd(standard_usd=Decimal(1_775), multiplier=Decimal("1.10"))

    assert geo == Decimal("1952.5")
    assert geo - 1_775 == Decimal("177.5")


def test_f03_a_third_in_batch_saves_a_sixth() -> None:
    """Claude Sonnet 4.6, batch at half price, φ = 0.35, ρ = 0.02."""
    on_demand = REQUESTS_PER_MONTH * uncached_request_usd("3", "15")
    split = tokens.batch_split_usd(
        on_demand_usd=on_demand,
        batch_usd=on_demand / 2,
        batch_ratio=Decimal("0.35"),
        retry_ratio=Decimal("0.02"),
    )

    assert on_demand == Decimal("2662.5")
    assert split == Decimal("2215.2")
    assert split / on_demand == Decimal("0.832")


def test_f04_a_cached_document_beats_batch() -> None:
    """20,000 input of which 18,000 a shared document: on-demand wins above s* = 0.583333."""
    share = tokens.batch_beats_cache_below_ratio(
        input_tokens=20_000,
        output_tokens=200,
        input_usd_per_mtok=Decimal(3),
        output_usd_per_mtok=Decimal(15),
        cache_read_usd_per_mtok=Decimal("0.30"),
        batch_input_usd_per_mtok=Decimal("1.50"),
        batch_output_usd_per_mtok=Decimal("7.50"),
    )
    on_demand, batch = (
        tokens.request_usd(
            fresh_tokens=20_000 - read,
            cache_read_tokens=read,
            cache_write_tokens=0,
            output_tokens=200,
            input_usd_per_mtok=Decimal(input_price),
            cache_read_usd_per_mtok=Decimal("0.30"),
            cache_write_usd_per_mtok=Decimal(0),
            output_usd_per_mtok=Decimal(output_price),
        )
        for read, input_price, output_price in ((18_000, "3", "15"), (0, "1.50", "7.50"))
    )

    assert six_digits(share) == Decimal("0.583333")
    assert on_demand == Decimal("0.0144")
    assert batch == Decimal("0.0315")
    assert batch / on_demand == Decimal("2.1875")


@pytest.mark.parametrize(("requests", "saving"), [(2, "0.325"), (5, "0.67"), (10, "0.785")])
def test_f05_saving_of_a_known_number_of_requests(requests: int, saving: str) -> None:
    """5-minute writes at 1.25, reads at 0.10."""
    ratio = tokens.cache_saving_ratio(requests=requests, write_ratio=Decimal("1.25"), read_ratio=Decimal("0.10"))

    assert ratio == Decimal(saving)


@pytest.mark.parametrize(
    ("write_ratio", "ttl_minutes", "requests", "hit_ratio", "arrivals"),
    [("1.25", 5, "1.27778", "0.217391", "2.94147"), ("2", 60, "2.11111", "0.526316", "0.747214")],
)
def test_f05_break_evens_of_both_lifetimes(
    write_ratio: str, ttl_minutes: int, requests: str, hit_ratio: str, arrivals: str
) -> None:
    """n*, h* and λ* for 5 minutes and for 1 hour."""
    write, read = Decimal(write_ratio), Decimal("0.10")
    ttl_hours = Decimal(ttl_minutes) / 60

    found = (
        tokens.cache_break_even_requests(write_ratio=write, read_ratio=read),
        tokens.cache_break_even_hit_ratio(write_ratio=write, read_ratio=read),
        tokens.cache_break_even_arrivals_per_hour(ttl_hours=ttl_hours, write_ratio=write, read_ratio=read),
    )

    assert [six_digits(value) for value in found] == [
        Decimal(requests),
        Decimal(hit_ratio),
        Decimal(arrivals),
    ]


@pytest.mark.parametrize(
    ("arrivals", "five_minutes", "one_hour"),
    [("0.547737", "1.19869", "1.19869"), ("6", "0.79751", "0.10471")],
)
def test_f05_random_arrivals(arrivals: str, five_minutes: str, one_hour: str) -> None:
    """Both lifetimes cost the same at 0.547737 an hour, where both lose."""
    short, long = (
        tokens.cache_price_multiplier(
            arrivals_per_hour=Decimal(arrivals),
            ttl_hours=ttl_hours,
            write_ratio=Decimal(write),
            read_ratio=Decimal("0.10"),
        )
        for ttl_hours, write in ((Decimal(5) / 60, "1.25"), (Decimal(1), "2"))
    )

    assert round(short, 5) == Decimal(five_minutes)
    assert round(long, 5) == Decimal(one_hour)


@pytest.mark.parametrize(
    ("prices", "value", "utilisation"),
    [(("0.80", "3.20"), "10.368", "1.92901"), (("3", "15"), "43.2", "0.462963")],
)
def test_f06_a_unit_pays_against_dear_tokens_only(prices: tuple[str, str], value: str, utilisation: str) -> None:
    """$20 an hour never pays for Nova Pro, and from 46% use at 3 and 15."""
    hour = unit_hour_value_usd(*prices)
    ratio = tiers.break_even_utilisation_ratio(unit_usd_per_hour=UNIT_USD_PER_HOUR, unit_hour_value_usd=hour)

    assert hour == Decimal(value)
    assert six_digits(ratio) == Decimal(utilisation)


def test_f06_a_unit_replaces_2920_million_tokens_a_month() -> None:
    """$14,600 a month at a blended $5 per million."""
    blend = unit_hour_value_usd("3", "15") * 1_000_000 / UNIT_TOKENS_PER_HOUR

    assert tiers.HOURS_PER_MONTH * UNIT_USD_PER_HOUR == 14_600
    assert blend == 5
    assert tiers.break_even_mtok_per_month(unit_usd_per_hour=UNIT_USD_PER_HOUR, usd_per_mtok=blend) == 2_920


@pytest.mark.parametrize(("units", "usd"), [(0, "1624.32"), (1, "1274.88"), (2, "1240.8"), (3, "1440")])
def test_f07_cost_of_a_day_by_units_bought(units: int, usd: str) -> None:
    """Two units cost less than none, one, or three bought for the peak."""
    day = tiers.capacity_day_usd(
        demand_units=HOURLY_PROFILE,
        units=units,
        unit_usd_per_hour=UNIT_USD_PER_HOUR,
        unit_hour_value_usd=Decimal("43.2"),
    )

    assert day == Decimal(usd)


@pytest.mark.parametrize(("unit", "ratio"), [(1, "0.8"), (2, "0.495833"), (3, "0.270833")])
def test_f07_each_further_unit_is_less_busy(unit: int, ratio: str) -> None:
    """The utilisations that are held against u* = 0.462963."""
    utilisation = tiers.unit_utilisation_ratio(demand_units=HOURLY_PROFILE, unit=unit)

    assert six_digits(utilisation) == Decimal(ratio)


def test_f07_two_units_are_best() -> None:
    """The marginal rule buys 2 and saves 0.236111."""
    best = tiers.best_units(
        demand_units=HOURLY_PROFILE,
        break_even_utilisation_ratio=UNIT_USD_PER_HOUR / Decimal("43.2"),
    )

    assert best == 2
    assert tiers.hourly_overflow_units(demand_units=HOURLY_PROFILE, units=2) == Decimal("6.5")
    assert six_digits(1 - Decimal("1240.8") / Decimal("1624.32")) == Decimal("0.236111")


def test_f08_a_reservation_pays_from_68_per_cent_use() -> None:
    """An assumed quote of $90 and $450, Claude Sonnet 4.6 at 3 and 15."""
    month, smallest = (
        tiers.reserved_month_usd(
            input_ktpm=input_ktpm,
            output_ktpm=output_ktpm,
            input_usd_per_ktpm_month=Decimal(90),
            output_usd_per_ktpm_month=Decimal(450),
        )
        for input_ktpm, output_ktpm in ((400, 40), (100, 10))
    )
    ratio = tiers.reserved_break_even_utilisation_ratio(
        reserved_month_usd=month,
        input_ktpm=400,
        output_ktpm=40,
        input_usd_per_mtok=Decimal(3),
        output_usd_per_mtok=Decimal(15),
    )

    assert month == 54_000
    assert smallest == 13_500
    assert six_digits(ratio) == Decimal("0.684932")


@pytest.mark.parametrize(("input_ktpm", "output_ktpm", "usd"), [(1, 0, "131.4"), (0, 1, "657"), (400, 40, "78840")])
def test_f08_reserved_tokens_have_an_on_demand_value(input_ktpm: int, output_ktpm: int, usd: str) -> None:
    """1,000 tokens a minute, used all month, at 3 in and 15 out."""
    value = tiers.reserved_month_value_usd(
        input_ktpm=input_ktpm,
        output_ktpm=output_ktpm,
        input_usd_per_mtok=Decimal(3),
        output_usd_per_mtok=Decimal(15),
    )

    assert value == Decimal(usd)


def test_f09_the_four_examples_of_aws() -> None:
    """3,000 in, 4,000 read, 1,000 written, 1,000 out; and 1,000 in, 100 out; both at b = 5."""
    input_tokens = 3_000 + 1_000
    assert quotas.quota_reserve_tokens(input_tokens=input_tokens, max_tokens=32_000) == 36_000
    assert quotas.quota_reserve_tokens(input_tokens=input_tokens, max_tokens=1_250) == 5_250

    cached, plain = (
        quotas.quota_settle_tokens(input_tokens=fresh, cache_write_tokens=write, output_tokens=out, output_burndown=5)
        for fresh, write, out in ((3_000, 1_000, 1_000), (1_000, 0, 100))
    )
    assert cached == 9_000
    assert plain == 1_500


@pytest.mark.parametrize(("burndown", "requests"), [(1, "1052.63"), (5, "571.429"), (10, "363.636"), (15, "266.667")])
def test_f09_burndown_decides_the_steady_rate(burndown: int, requests: str) -> None:
    """2,000,000 tokens a minute, 1,500 in and 400 out."""
    settle = quotas.quota_settle_tokens(
        input_tokens=1_500, cache_write_tokens=0, output_tokens=400, output_burndown=burndown
    )
    rate = quotas.quota_requests_per_minute(quota_tokens_per_minute=2_000_000, tokens_per_request=settle)

    assert six_digits(rate) == Decimal(requests)


@pytest.mark.parametrize(("max_tokens", "requests"), [(1_000, "1333.33"), (64_000, "31.0078")])
def test_f09_max_tokens_decides_the_burst(max_tokens: int, requests: str) -> None:
    """2,000,000 tokens a minute, 500 in."""
    reserve = quotas.quota_reserve_tokens(input_tokens=500, max_tokens=max_tokens)
    rate = quotas.quota_requests_per_minute(quota_tokens_per_minute=2_000_000, tokens_per_request=reserve)

    assert six_digits(rate) == Decimal(requests)


@pytest.mark.parametrize(("utilisation", "usd"), [("1", "2.31481"), ("0.46", "5.03221"), ("0.20", "11.5741")])
def test_f10_idle_capacity_makes_tokens_dear(utilisation: str, usd: str) -> None:
    """The illustrative unit at full, 46% and 20% use."""
    price = tiers.effective_usd_per_mtok(
        unit_usd_per_hour=UNIT_USD_PER_HOUR,
        unit_tokens_per_hour=UNIT_TOKENS_PER_HOUR,
        utilisation_ratio=Decimal(utilisation),
    )

    assert six_digits(price) == Decimal(usd)


def test_f10_buying_for_the_peak_leaves_half_idle() -> None:
    """Mean 1.56667 and peak 2.9 need three units."""
    mean = sum(HOURLY_PROFILE) / len(HOURLY_PROFILE)
    used = tiers.peak_utilisation_ratio(demand_units=HOURLY_PROFILE)
    assert used is not None

    assert six_digits(Decimal(mean)) == Decimal("1.56667")
    assert max(HOURLY_PROFILE) == Decimal("2.9")
    assert six_digits(tiers.peak_to_average_ratio(demand_units=HOURLY_PROFILE)) == Decimal("1.85106")
    assert six_digits(1 - used) == Decimal("0.477778")


@pytest.mark.parametrize(
    ("units", "windows", "rate", "storage", "usd"),
    [
        pytest.param(2, 600, "0.05718", "1.95", "346.98", id="20 windows a day and storage"),
        pytest.param(2, 600, "0.05718", "0", "343.08", id="20 windows a day"),
        pytest.param(2, 0, "0.05718", "1.95", "3.9", id="storage"),
        pytest.param(2, 1, "0.05718", "0", "0.5718", id="one window"),
        pytest.param(2, 8_760, "0.05718", "0", "5008.968", id="awake all month"),
        pytest.param(1, 12, "0.07144", "0", "4.2864", id="Frankfurt, one hour"),
        pytest.param(1, 1, "0.07144", "0", "0.3572", id="Frankfurt, the least"),
    ],
)
def test_f14_an_import_is_paid_by_the_window(units: int, windows: int, rate: str, storage: str, usd: str) -> None:
    """One copy; awake all month is printed as $5,008.97."""
    month = tiers.import_month_usd(
        copies=1,
        units=units,
        usd_per_unit_minute=Decimal(rate),
        active_windows=windows,
        storage_usd_per_unit_month=Decimal(storage),
    )

    assert month == Decimal(usd)


def test_f14_the_printed_formula_is_300_times_too_small() -> None:
    """Windows ÷ 60 at a price per minute gives $1.1436 where $343.08 is due."""
    literal = 2 * Decimal("0.05718") * 600 / 60

    assert literal == Decimal("1.1436")
    assert Decimal("343.08") / literal == 300
