"""F51 to F53: the published worked examples, to the digits printed with them."""

from __future__ import annotations

from decimal import Context, Decimal

from calculators.formulas import bills

# The month of F01: 250,000 requests of 600 fresh, 1,080 read, 120 written and 350 output tokens, Claude Sonnet 5.
INPUT = (250_000 * 600, Decimal("2.00"))
OUTPUT = (250_000 * 350, Decimal("10.00"))
CACHE_READ = (250_000 * 1_080, Decimal("0.20"))
CACHE_WRITE = (250_000 * 120, Decimal("2.50"))


def six_digits(value: Decimal | None) -> Decimal:
    """Round to six significant digits, as the examples are printed."""
    assert value is not None
    return Context(prec=6).create_decimal(value)


def test_f51_a_count_without_the_cache_meters_misses_a_tenth_of_the_bill() -> None:
    """$1,304 against $1,175."""
    bill = bills.logged_usd(meters=(INPUT, OUTPUT, CACHE_READ, CACHE_WRITE))
    short = bills.logged_usd(meters=(INPUT, OUTPUT))

    assert bill == 1_304
    assert short == 1_175
    assert six_digits(bills.missing_ratio(usd=bill, counted_usd=short)) == Decimal("0.0989264")


def test_f52_a_budget_of_15000_is_gone_on_day_26() -> None:
    """$6,240 on day 11 of 30."""
    spent, budget = Decimal(6_240), Decimal(15_000)
    forecast = bills.forecast_usd(month_to_date_usd=spent, day=11, days=30)
    gone = bills.exhaustion_day(budget_usd=budget, month_to_date_usd=spent, day=11)
    assert forecast is not None

    assert six_digits(forecast) == Decimal("17018.2")
    assert six_digits(gone) == Decimal("26.4423")
    assert six_digits(bills.overrun_usd(forecast_usd=forecast, budget_usd=budget)) == Decimal("2018.18")


def test_f53_aws_bills_100_of_500_seconds() -> None:
    """A saving of 80%."""
    assert bills.managed_spot_saving_ratio(billable_seconds=100, training_seconds=500) == Decimal("0.8")


def test_f53_a_team_pays_for_its_share_of_the_tokens() -> None:
    """480 of 1,600 thousand tokens of $2,400."""
    assert bills.shared_cost_usd(shared_usd=Decimal(2_400), driver=480_000, driver_total=1_600_000) == 720
