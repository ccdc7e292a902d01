"""Reliability: how often copies fail together, and what an SLA gives back (F37 to F39)."""

from __future__ import annotations

from decimal import Decimal
from math import comb
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MINUTES_PER_HOUR = 60
MINUTES_PER_MONTH = 730 * MINUTES_PER_HOUR
ONE = Decimal(1)


def series_availability_ratio(*, component_availability_ratios: Sequence[Decimal]) -> Decimal:
    """Availability of components that all must work.

    Formula: F37
        A = Π a_i
    Symbols:
        A: availability of the chain, 0 to 1
        a_i: availability of component i, 0 to 1
    Valid when: failures are independent. SLA figures are thresholds of a refund, not predictions.
        Without components nothing can fail: 1.
    Source: AWS whitepaper "Availability and Beyond" (marked historical); probability of
        independent events.
    Worked example: three components at 99.99%, 99.9% and 99.95%.
        >>> series_availability_ratio(
        ...     component_availability_ratios=[Decimal("0.9999"), Decimal("0.999"), Decimal("0.9995")]
        ... )
        Decimal('0.99840064995')
    """
    chain = ONE
    for ratio in component_availability_ratios:
        chain *= ratio
    return chain


def parallel_availability_ratio(*, copy_availability_ratios: Sequence[Decimal]) -> Decimal:
    """Availability of copies of which one is enough.

    Formula: F37
        A = 1 − Π (1 − a_i)
    Symbols:
        A: availability of the whole, 0 to 1
        a_i: availability of copy i, 0 to 1
    Valid when: failures are independent (shared causes: F39) and traffic moves to the working copy
        at once. Without copies nothing works: 0.
    Source: AWS whitepaper "Availability and Beyond" (marked historical); probability of
        independent events.
    Worked example: two Regions at 99.9%.
        >>> parallel_availability_ratio(copy_availability_ratios=[Decimal("0.999")] * 2)
        Decimal('0.999999')
    """
    down = [1 - each for each in copy_availability_ratios]
    return 1 - series_availability_ratio(component_availability_ratios=down)


def k_of_n_availability_ratio(*, copy_availability_ratio: Decimal, needed: int, copies: int) -> Decimal:
    """Availability of like copies of which several must work at once.

    Formula: F37
        A = Σ_{i ≥ k} C(n, i)·a^i·(1 − a)^(n − i)
    Symbols:
        A: availability of the whole, 0 to 1
        a: availability of one copy, 0 to 1
        k: copies needed
        n: copies there are, 0 or more
        C(n, i): ways to choose i of n
    Valid when: copies are alike and fail independently. More copies needed than there are: 0.
    Source: binomial distribution.
    Worked example: two of three copies at 99.9%.
        >>> k_of_n_availability_ratio(copy_availability_ratio=Decimal("0.999"), needed=2, copies=3)
        Decimal('0.999997002')
    """
    up, down = copy_availability_ratio, 1 - copy_availability_ratio
    working = range(max(needed, 0), copies + 1)
    return sum((comb(copies, i) * _power(up, i) * _power(down, copies - i) for i in working), Decimal(0))


def downtime_minutes(*, unavailability_ratio: Decimal, period_minutes: Decimal | int = MINUTES_PER_MONTH) -> Decimal:
    """Expected downtime in a period.

    Formula: F37
        D = (1 − A)·t
    Symbols:
        D: expected downtime, minutes
        1 − A: unavailability, 0 to 1
        t: length of the period, minutes (a month of 730 hours: 43,800)
    Valid when: A is the availability to be expected; a mean, not the length of one outage.
    Source: definition; AWS's month of 730 hours.
    Worked example: a month at 99.9%.
        >>> downtime_minutes(unavailability_ratio=Decimal("0.001"))
        Decimal('43.800')
    """
    return unavailability_ratio * period_minutes


def sla_uptime_ratio(*, downtime_minutes: Decimal | int, period_minutes: Decimal | int) -> Decimal | None:
    """Monthly uptime as an SLA counts it.

    Formula: F38
        U = 1 − down / total
    Symbols:
        U: monthly uptime, 0 to 1
        down: minutes of unavailability as the SLA defines them
        total: minutes of the month (43,200 in 30 days, 44,640 in 31)
    Valid when: down is no longer than the month. None when the month has no minutes.
    Source: Amazon Bedrock SLA, last updated 2023-10-04.
    Worked example: 872 minutes down in a month of 31 days.
        >>> round(sla_uptime_ratio(downtime_minutes=872, period_minutes=44_640), 6)
        Decimal('0.980466')
    """
    if period_minutes <= 0:
        return None
    return 1 - Decimal(1) * downtime_minutes / period_minutes


def sla_credit_ratio(*, uptime_ratio: Decimal, credits_below: Mapping[Decimal, Decimal]) -> Decimal:
    """Share of the bill that an SLA credits.

    Formula: F38
        κ = max {κ_j : U < θ_j}, 0 where there is none
    Symbols:
        κ: credited share of the service's bill, 0 to 1
        U: monthly uptime, 0 to 1
        θ_j: threshold of step j: uptime below it earns κ_j
        κ_j: credit of step j, 0 to 1
    Valid when: the credit is claimed in time, with evidence. It offsets future bills of the same
        service; it is no cash and no measure of the damage.
    Source: Amazon Bedrock SLA, last updated 2023-10-04.
    Worked example: 98.05% under Bedrock's steps.
        >>> bedrock = {Decimal("0.999"): Decimal("0.1"), Decimal("0.99"): Decimal("0.25"), Decimal("0.95"): Decimal(1)}
        >>> sla_credit_ratio(uptime_ratio=Decimal("0.9805"), credits_below=bedrock)
        Decimal('0.25')
    """
    return max((credit for below, credit in credits_below.items() if uptime_ratio < below), default=Decimal(0))


def sla_credit_usd(*, credit_ratio: Decimal, service_bill_usd: Decimal) -> Decimal:
    """Amount that an SLA credits.

    Formula: F38
        credit = κ·B
    Symbols:
        credit: credit on a later bill, USD
        κ: credited share of the service's bill, 0 to 1
        B: the month's bill of that service in that Region, USD
    Valid when: as for κ; only the Region that was down counts.
    Source: Amazon Bedrock SLA, last updated 2023-10-04.
    Worked example: a quarter of an $18,000 bill.
        >>> sla_credit_usd(credit_ratio=Decimal("0.25"), service_bill_usd=Decimal(18_000))
        Decimal('4500.00')
    """
    return credit_ratio * service_bill_usd


def outage_loss_usd(*, downtime_minutes: Decimal | int, loss_usd_per_hour: Decimal) -> Decimal:
    """What an outage costs the business.

    Formula: F38
        loss = L·down / 60
    Symbols:
        loss: loss of the outage, USD
        L: loss of an hour down, USD per hour
        down: minutes of unavailability
    Valid when: each hour costs the same; reputation and penalties are left out.
    Source: definition.
    Worked example: 872 minutes at $9,000 an hour.
        >>> outage_loss_usd(downtime_minutes=872, loss_usd_per_hour=Decimal(9_000))
        Decimal('130800')
    """
    return loss_usd_per_hour * downtime_minutes / MINUTES_PER_HOUR


def common_cause_unavailability_ratio(
    *, copy_unavailability_ratio: Decimal, copies: int, common_cause_ratio: Decimal
) -> Decimal:
    """Unavailability of copies that share causes of failure.

    Formula: F39
        U_n = ((1 − β)·u)^n + β·u for n ≥ 2
        U_1 = u
        A = 1 − U_n
    Symbols:
        U_n: unavailability of n copies of which one is enough, 0 to 1
        u: unavailability of one copy, 0 to 1
        n: copies, 1 or more
        β: share of a copy's unavailability that hits all copies at once, 0 to 1
        A: availability, 0 to 1
    Valid when: copies are alike and failures rare: both causes are added as if they never struck
        together. β = 0 is independence; with β = 1 a copy adds nothing. Shared causes are a
        common control plane, one bad deployment, the same model fault, an account-wide quota.
    Source: β-factor model of reliability engineering; algebra.
    Worked example: two Regions at 99.9%, 5% of the causes shared.
        >>> common_cause_unavailability_ratio(
        ...     copy_unavailability_ratio=Decimal("0.001"), copies=2, common_cause_ratio=Decimal("0.05")
        ... )
        Decimal('0.0000509025')
    """
    if copies == 1:
        return copy_unavailability_ratio
    shared = common_cause_ratio * copy_unavailability_ratio
    return _power(copy_unavailability_ratio - shared, copies) + shared


def _power(base: Decimal, exponent: int) -> Decimal:
    """Return base^exponent with 0^0 = 1, which Decimal leaves undefined."""
    return base**exponent if exponent else ONE
