"""F37 to F42: the worked examples, to the digits that were published with them."""

from __future__ import annotations

from decimal import Context, Decimal

import pytest

from calculators.formulas import recovery, reliability

BEDROCK = {Decimal("0.999"): Decimal("0.10"), Decimal("0.99"): Decimal("0.25"), Decimal("0.95"): Decimal(1)}
SECONDS_PER_YEAR = 8_766 * 3_600


def six_digits(value: Decimal | None) -> Decimal:
    """Round to six significant digits, as the examples are printed."""
    assert value is not None
    return Context(prec=6).create_decimal(value)


def per_cent(availability: Decimal) -> Decimal:
    """Round to seven decimals of a per cent, as availabilities are printed."""
    return round(availability * 100, 7)


def in_parallel(ratio: str, copies: int) -> Decimal:
    """Independent copies at one availability."""
    return reliability.parallel_availability_ratio(copy_availability_ratios=[Decimal(ratio)] * copies)


def test_f37_three_components_in_series_are_down_70_minutes_a_month() -> None:
    """99.99% × 99.9% × 99.95%."""
    chain = reliability.series_availability_ratio(
        component_availability_ratios=[Decimal("0.9999"), Decimal("0.999"), Decimal("0.9995")]
    )

    assert round(chain * 100, 6) == Decimal("99.840065")
    assert six_digits(reliability.downtime_minutes(unavailability_ratio=1 - chain)) == Decimal("70.0515")


def test_f37_two_independent_regions_are_down_under_three_seconds_a_month() -> None:
    """Two at 99.9%."""
    pair = in_parallel("0.999", 2)

    assert per_cent(pair) == Decimal("99.9999000")
    assert 60 * reliability.downtime_minutes(unavailability_ratio=1 - pair) == Decimal("2.628")


def test_f37_three_copies_are_down_four_seconds_a_year() -> None:
    """Three at 99.5%: 3.9447 s, where AWS prints 3.94."""
    copies = in_parallel("0.995", 3)

    assert per_cent(copies) == Decimal("99.9999875")
    assert round((1 - copies) * SECONDS_PER_YEAR, 4) == Decimal("3.9447")


def test_f37_two_of_three() -> None:
    """Each at 99.9%."""
    quorum = reliability.k_of_n_availability_ratio(copy_availability_ratio=Decimal("0.999"), needed=2, copies=3)

    assert per_cent(quorum) == Decimal("99.9997002")


@pytest.mark.parametrize(("ratio", "minutes"), [("0.999", "43.8"), ("0.9999", "4.38")])
def test_f37_minutes_of_a_nine(ratio: str, minutes: str) -> None:
    """A month of 730 hours."""
    assert reliability.downtime_minutes(unavailability_ratio=1 - Decimal(ratio)) == Decimal(minutes)


def test_f38_a_credit_of_4500_for_a_loss_of_130800() -> None:
    """872 minutes in a month of 31 days, an $18,000 bill, $9,000 an hour lost."""
    uptime = reliability.sla_uptime_ratio(downtime_minutes=872, period_minutes=31 * 24 * 60)
    assert uptime is not None
    credit = reliability.sla_credit_ratio(uptime_ratio=uptime, credits_below=BEDROCK)

    assert round(uptime * 100, 4) == Decimal("98.0466")
    assert credit == Decimal("0.25")
    assert reliability.sla_credit_usd(credit_ratio=credit, service_bill_usd=Decimal(18_000)) == 4_500
    assert reliability.outage_loss_usd(downtime_minutes=872, loss_usd_per_hour=Decimal(9_000)) == 130_800


@pytest.mark.parametrize(
    ("uptime", "credit"),
    [
        *(("1", "0"), ("0.999", "0"), ("0.99899999", "0.1"), ("0.99", "0.1"), ("0.98999999", "0.25")),
        *(("0.95", "0.25"), ("0.94999999", "1"), ("0", "1")),
    ],
)
def test_f38_a_threshold_itself_earns_nothing(uptime: str, credit: str) -> None:
    """Below 99.9% 10%, below 99% 25%, below 95% all of it."""
    found = reliability.sla_credit_ratio(uptime_ratio=Decimal(uptime), credits_below=BEDROCK)

    assert found == Decimal(credit)


@pytest.mark.parametrize(
    ("shared", "availability", "minutes"), [("0", "99.9999000", "0.0438"), ("0.05", "99.9949098", "2.22953")]
)
def test_f39_five_per_cent_of_shared_causes_undo_most_of_the_second_region(
    shared: str, availability: str, minutes: str
) -> None:
    """At u = 0.001: from 2.628 seconds to 2.22953 minutes a month."""
    down = reliability.common_cause_unavailability_ratio(
        copy_unavailability_ratio=Decimal("0.001"), copies=2, common_cause_ratio=Decimal(shared)
    )

    assert per_cent(1 - down) == Decimal(availability)
    assert six_digits(reliability.downtime_minutes(unavailability_ratio=down)) == Decimal(minutes)


def test_f40_a_second_region_must_save_6058_dollars_an_hour() -> None:
    """$4,200 a month extra: $5,749.49 if every hour were avoided, $6,057.85 with β = 5%."""
    alone, together = Decimal("0.001"), Decimal("0.0000509025")
    every_hour = recovery.hours_avoided_per_year(unavailability_before=alone, unavailability_after=Decimal(0))
    most_hours = recovery.hours_avoided_per_year(unavailability_before=alone, unavailability_after=together)
    extra = Decimal(12 * 4_200)

    least, shared = (
        recovery.break_even_loss_usd_per_hour(extra_usd_per_year=extra, hours_avoided_per_year=hours)
        for hours in (every_hour, most_hours)
    )
    assert every_hour == Decimal("8.766")
    assert six_digits(least) == Decimal("5749.49")
    assert six_digits(shared) == Decimal("6057.85")


@pytest.mark.parametrize(
    ("gb", "rate", "usd"),
    [
        pytest.param(3_000, "0.02", 60, id="to another Region"),
        pytest.param(3_000, "0.01", 30, id="across Zones, one direction of the two"),
        pytest.param(3_000 - 100, "0.09", 261, id="to the internet, after the free 100 GB"),
    ],
)
def test_f41_what_3000_gb_cost_by_route(gb: int, rate: str, usd: int) -> None:
    """Across Zones both directions are billed: $60 in all."""
    assert recovery.replication_usd(gb=gb, usd_per_gb=Decimal(rate)) == usd


@pytest.mark.parametrize(
    ("usd_per_month", "rto", "rpo", "total"),
    [
        pytest.param(150, "24", "12", 54_600, id="backup and restore"),
        pytest.param(900, "0.75", "0.2", 12_310, id="pilot light"),
        pytest.param(2_600, "0.15", "0.01", 31_478, id="warm standby"),
        pytest.param(6_200, "0.02", "0", 74_436, id="active/active"),
    ],
)
def test_f42_pilot_light_costs_least(usd_per_month: int, rto: str, rpo: str, total: int) -> None:
    """One event in five years, $9,000 an hour down, $4,000 an hour of data."""
    loss = recovery.expected_loss_usd_per_year(
        events_per_year=Decimal("0.2"),
        rto_hours=Decimal(rto),
        rpo_hours=Decimal(rpo),
        loss_usd_per_hour=Decimal(9_000),
        data_loss_usd_per_hour=Decimal(4_000),
    )
    found = recovery.recovery_usd_per_year(usd_per_month=Decimal(usd_per_month), expected_loss_usd_per_year=loss)

    assert found == total
