"""Bills: what logs cost, when a budget ends, and who pays a shared cost (F51 to F53)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

TOKENS_PER_MTOK = Decimal(1_000_000)


def logged_usd(*, meters: Sequence[tuple[Decimal | int, Decimal]]) -> Decimal:
    """Cost of the tokens that a log counts, meter by meter.

    Formula: F51
        C = Σ_m T_m·p_m / 10^6
    Symbols:
        C: cost at list price, USD
        m: meter: input, output, cache read, cache write
        T_m: tokens that the log counts for the meter
        p_m: price of the meter, USD per 1,000,000 tokens
    Valid when: all four meters are given; discounts, free tiers and commitments are not in it.
    Source: AWS "Understanding your Bedrock CUR data".
    Worked example: 250,000 requests of Claude Sonnet 5: input, output, cache read, cache write.
        >>> logged_usd(meters=[
        ...     (150_000_000, Decimal(2)), (87_500_000, Decimal(10)),
        ...     (270_000_000, Decimal("0.20")), (30_000_000, Decimal("2.50")),
        ... ])
        Decimal('1304.00')
    """
    return sum((usd_per_mtok * tokens for tokens, usd_per_mtok in meters), Decimal(0)) / TOKENS_PER_MTOK


def missing_ratio(*, usd: Decimal, counted_usd: Decimal) -> Decimal | None:
    """Share of a bill that an incomplete count leaves out.

    Formula: F51
        missing = 1 − C_counted / C
    Symbols:
        missing: share of the bill that is not counted
        C_counted: cost of the meters that were counted, USD
        C: cost of all meters, USD
    Valid when: both are for the same log. None when the log cost nothing.
    Source: definition.
    Worked example: a bill check that forgets the two cache meters.
        >>> round(missing_ratio(usd=Decimal(1304), counted_usd=Decimal(1175)), 7)
        Decimal('0.0989264')
    """
    return None if usd <= 0 else 1 - counted_usd / usd


def forecast_usd(*, month_to_date_usd: Decimal, day: Decimal | int, days: Decimal | int) -> Decimal | None:
    """Cost of the whole month if each day goes on as before.

    Formula: F52
        C = MTD / day·days
    Symbols:
        C: cost of the month, USD
        MTD: spent since the month began, USD
        day: days of the month that are in MTD
        days: days of the month
    Valid when: spending is steady. Cost Explorer is about a day behind. None when the first day
        is not over (day is 0 or less).
    Source: arithmetic.
    Worked example: $6,240 after 11 of 30 days.
        >>> round(forecast_usd(month_to_date_usd=Decimal(6240), day=11, days=30), 1)
        Decimal('17018.2')
    """
    return None if day <= 0 else month_to_date_usd * days / day


def exhaustion_day(*, budget_usd: Decimal, month_to_date_usd: Decimal, day: Decimal | int) -> Decimal | None:
    """Day on which the budget is gone if each day goes on as before.

    Formula: F52
        day* = budget / (MTD / day)
    Symbols:
        day*: day of the month, counted from its start; beyond the month's end the budget lasts
        budget: budget of the month, USD
        MTD: spent since the month began, USD
        day: days of the month that are in MTD
    Valid when: spending is steady. None when nothing is spent: the budget then never ends.
    Source: arithmetic.
    Worked example: a budget of $15,000 with $6,240 spent after 11 days.
        >>> round(exhaustion_day(
        ...     budget_usd=Decimal(15_000), month_to_date_usd=Decimal(6240), day=11
        ... ), 4)
        Decimal('26.4423')
    """
    return None if month_to_date_usd <= 0 else budget_usd * day / month_to_date_usd


def overrun_usd(*, forecast_usd: Decimal, budget_usd: Decimal) -> Decimal:
    """What the month will cost beyond its budget.

    Formula: F52
        overrun = C − budget
    Symbols:
        overrun: cost beyond the budget, USD; below 0 some of it is left
        C: forecast cost of the month, USD
        budget: budget of the month, USD
    Valid when: spending is steady.
    Source: arithmetic.
    Worked example: a forecast of $17,018.18 against $15,000.
        >>> overrun_usd(forecast_usd=Decimal("17018.18"), budget_usd=Decimal(15_000))
        Decimal('2018.18')
    """
    return forecast_usd - budget_usd


def managed_spot_saving_ratio(*, billable_seconds: Decimal | int, training_seconds: Decimal | int) -> Decimal | None:
    """Share saved by managed Spot training.

    Formula: F53
        saving = 1 − billable / training
    Symbols:
        saving: share saved against On-Demand
        billable: BillableTimeInSeconds of the training job, seconds
        training: TrainingTimeInSeconds of the training job, seconds
    Valid when: both are of one SageMaker training job. None when the job did not train.
    Source: AWS managed Spot training page (which prints it as a percentage).
    Worked example: AWS's job of 500 seconds, of which 100 are billed.
        >>> managed_spot_saving_ratio(billable_seconds=100, training_seconds=500)
        Decimal('0.8')
    """
    return None if training_seconds <= 0 else 1 - Decimal(1) * billable_seconds / training_seconds


def shared_cost_usd(*, shared_usd: Decimal, driver: Decimal | int, driver_total: Decimal | int) -> Decimal | None:
    """One team's part of a cost that several share.

    Formula: F53
        part = shared·driver / total
    Symbols:
        part: what the team pays, USD
        shared: cost that is shared, USD
        driver: the team's use of what drives the cost (tokens, requests, seats)
        total: everybody's use of it
    Valid when: the driver causes the cost. None when nobody used it.
    Source: proportional allocation.
    Worked example: 480 of 1,600 thousand tokens of a bill of $2,400.
        >>> shared_cost_usd(shared_usd=Decimal(2400), driver=480, driver_total=1_600)
        Decimal('720')
    """
    return None if driver_total <= 0 else shared_usd * driver / driver_total
