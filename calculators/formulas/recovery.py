"""Recovery: what a further Region must save, and which recovery pattern costs least (F40 to F42)."""

from __future__ import annotations

from decimal import Decimal

MONTHS_PER_YEAR = 12
HOURS_PER_YEAR = Decimal("365.25") * 24


def hours_avoided_per_year(*, unavailability_before: Decimal, unavailability_after: Decimal) -> Decimal:
    """Downtime that a change avoids in a year.

    Formula: F40
        H = (U_before − U_after)·8,766
    Symbols:
        H: downtime avoided, hours a year
        U_before: unavailability before the change, 0 to 1
        U_after: unavailability after it, 0 to 1
        8,766: hours of a year, 365.25·24
    Valid when: both are long-run shares of time. Below 0 the change adds downtime.
    Source: algebra on F37 and F39.
    Worked example: from one Region at 99.9% to two with 5% of the causes shared.
        >>> hours_avoided_per_year(
        ...     unavailability_before=Decimal("0.001"), unavailability_after=Decimal("0.0000509025")
        ... )
        Decimal('8.319788685000')
    """
    return (unavailability_before - unavailability_after) * HOURS_PER_YEAR


def break_even_loss_usd_per_hour(*, extra_usd_per_year: Decimal, hours_avoided_per_year: Decimal) -> Decimal | None:
    """Loss of an hour down above which the extra cost pays.

    Formula: F40
        L* = C_extra / H
    Symbols:
        L*: break-even loss of an hour down, USD per hour
        C_extra: extra cost, USD a year
        H: downtime avoided, hours a year
    Valid when: each hour costs the same; reputation and penalties are left out. None when no
        downtime is avoided: then no loss is large enough.
    Source: algebra on F37 and F39.
    Worked example: $4,200 a month extra, 8.766 hours a year avoided.
        >>> round(break_even_loss_usd_per_hour(
        ...     extra_usd_per_year=Decimal(50_400), hours_avoided_per_year=Decimal("8.766")
        ... ), 2)
        Decimal('5749.49')
    """
    if hours_avoided_per_year <= 0:
        return None
    return extra_usd_per_year / hours_avoided_per_year


def replication_usd(*, gb: Decimal | int, usd_per_gb: Decimal) -> Decimal:
    """Cost of moving data.

    Formula: F41
        C = G·r
    Symbols:
        C: transfer, USD
        G: data moved and billed, GB of 2^30 bytes
        r: rate of the route, USD per GB
    Valid when: one rate holds for all of it. Rates differ by pair of Regions; between Zones both
        directions are billed; to the internet the first 100 GB a month are free.
    Source: AWS data-transfer rates, 2024-09 to 2026-06, several transcriptions.
    Worked example: 3,000 GB to another Region at $0.02.
        >>> replication_usd(gb=3_000, usd_per_gb=Decimal("0.02"))
        Decimal('60.00')
    """
    return usd_per_gb * gb


def expected_loss_usd_per_year(
    *,
    events_per_year: Decimal,
    rto_hours: Decimal,
    rpo_hours: Decimal,
    loss_usd_per_hour: Decimal,
    data_loss_usd_per_hour: Decimal,
) -> Decimal:
    """What a year of disasters is expected to cost under a recovery pattern.

    Formula: F42
        X = λ·(RTO·L_down + RPO·L_data)
    Symbols:
        X: expected loss, USD a year
        λ: events a year that force a recovery
        RTO: time to recovery, hours
        RPO: data lost, hours of it
        L_down: loss of an hour down, USD per hour
        L_data: loss of an hour of data, USD per hour
    Valid when: events do not depend on the pattern and each recovery takes its RTO, which needs
        a tested failover.
    Source: classes of RTO and RPO from AWS Well-Architected REL13-BP02; expected value.
    Worked example: pilot light, one event in five years.
        >>> expected_loss_usd_per_year(
        ...     events_per_year=Decimal("0.2"), rto_hours=Decimal("0.75"), rpo_hours=Decimal("0.2"),
        ...     loss_usd_per_hour=Decimal(9_000), data_loss_usd_per_hour=Decimal(4_000),
        ... )
        Decimal('1510.000')
    """
    return events_per_year * (rto_hours * loss_usd_per_hour + rpo_hours * data_loss_usd_per_hour)


def recovery_usd_per_year(*, usd_per_month: Decimal, expected_loss_usd_per_year: Decimal) -> Decimal:
    """Yearly cost of a recovery pattern, expected loss included.

    Formula: F42
        C = 12·c + X
    Symbols:
        C: cost of the pattern, USD a year
        c: what the pattern costs in the recovery Region, USD a month
        X: expected loss, USD a year
    Valid when: a mean over many years. One event can cost many times X.
    Source: expected value.
    Worked example: pilot light at $900 a month.
        >>> recovery_usd_per_year(usd_per_month=Decimal(900), expected_loss_usd_per_year=Decimal(1_510))
        Decimal('12310')
    """
    return MONTHS_PER_YEAR * usd_per_month + expected_loss_usd_per_year
