"""Spot: how often a job is interrupted, when to save it, what it then costs (F33 to F35)."""

from __future__ import annotations

from decimal import Decimal

HOURS_OF_THIRTY_DAYS = Decimal(720)
MOST_MEAN_TIMES = Decimal(30)  # e^30 is 10^13 attempts: a stretch of so many mean times is not worth a number


def young_interval_seconds(*, checkpoint_seconds: Decimal, mean_seconds_between_interruptions: Decimal) -> Decimal:
    """Work between two checkpoints by Young's first-order rule.

    Formula: F33
        τ = √(2·C·M)
    Symbols:
        τ: work between the end of one checkpoint and the start of the next, seconds
        C: time to write a checkpoint, seconds
        M: mean time between interruptions of the job, seconds
    Valid when: C is far below M, and interruptions have no memory.
    Source: Young, CACM 17(9), 1974; restated as √(2·μ·C) in HAL hal-02514107.
    Worked example: a checkpoint of 60 seconds, an interruption a day.
        >>> round(young_interval_seconds(
        ...     checkpoint_seconds=Decimal(60), mean_seconds_between_interruptions=Decimal(86_400)
        ... ), 2)
        Decimal('3219.94')
    """
    return (2 * checkpoint_seconds * mean_seconds_between_interruptions).sqrt()


def daly_interval_seconds(*, checkpoint_seconds: Decimal, mean_seconds_between_interruptions: Decimal) -> Decimal:
    """Work between two checkpoints by Daly's higher-order rule.

    Formula: F33
        τ = √(2·C·M)·[1 + ⅓·√(C / 2M) + (1/9)·(C / 2M)] − C where C < 2M, otherwise τ = M
    Symbols:
        τ: work between the end of one checkpoint and the start of the next, seconds
        C: time to write a checkpoint, seconds
        M: mean time between interruptions of the job, seconds
    Valid when: interruptions have no memory and M is above 0. Where C is below 120 seconds the
        interruption notice may allow one more checkpoint, as a bonus and not instead.
    Source: Daly, Future Generation Computer Systems 22(3), 2006; the exact optimum of the
        expected time (F34), found numerically, differs by 2 parts in 10^7 in the example.
    Worked example: a checkpoint of 60 seconds, an interruption a day.
        >>> round(daly_interval_seconds(
        ...     checkpoint_seconds=Decimal(60), mean_seconds_between_interruptions=Decimal(86_400)
        ... ), 2)
        Decimal('3180.06')
    """
    if checkpoint_seconds >= 2 * mean_seconds_between_interruptions:
        return mean_seconds_between_interruptions
    small = checkpoint_seconds / (2 * mean_seconds_between_interruptions)
    young = young_interval_seconds(
        checkpoint_seconds=checkpoint_seconds, mean_seconds_between_interruptions=mean_seconds_between_interruptions
    )
    return young * (1 + small.sqrt() / 3 + small / 9) - checkpoint_seconds


def checkpoint_waste_ratio(
    *, interval_seconds: Decimal, checkpoint_seconds: Decimal, mean_seconds_between_interruptions: Decimal
) -> Decimal | None:
    """Share of the time lost to checkpoints and to work done twice.

    Formula: F33
        waste ≈ C / τ + τ / 2M
    Symbols:
        waste: time lost ÷ useful time
        C: time to write a checkpoint, seconds
        τ: work between two checkpoints, seconds
        M: mean time between interruptions of the job, seconds
    Valid when: C and τ are far below M; restarts are extra. None when τ or M is 0 or less.
    Source: Young, CACM 17(9), 1974: the two losses that his rule balances.
    Worked example: every 5 minutes, where an interruption comes once a day.
        >>> round(checkpoint_waste_ratio(
        ...     interval_seconds=Decimal(300), checkpoint_seconds=Decimal(60),
        ...     mean_seconds_between_interruptions=Decimal(86_400),
        ... ), 6)
        Decimal('0.201736')
    """
    if interval_seconds <= 0 or mean_seconds_between_interruptions <= 0:
        return None
    half_lost = interval_seconds / (2 * mean_seconds_between_interruptions)
    return checkpoint_seconds / interval_seconds + half_lost


def expected_hours(
    *,
    work_hours: Decimal,
    interval_seconds: Decimal,
    checkpoint_seconds: Decimal,
    restart_seconds: Decimal,
    mean_seconds_between_interruptions: Decimal,
) -> Decimal | None:
    """Expected time of a job that is interrupted at random.

    Formula: F34
        E[T] = M·e^(R/M)·(e^((τ + C)/M) − 1)·W / τ
    Symbols:
        E[T]: expected time until the work is done, hours
        W: useful work, hours
        M: mean time between interruptions of the job, in the unit of τ, C and R
        τ: work between two checkpoints (W itself where there are none), seconds
        C: time to write a checkpoint (0 where there are none), seconds
        R: time to get a new instance and load the last checkpoint, seconds
    Valid when: the gaps between interruptions are exponential, a restart may be interrupted too,
        and waiting for capacity is part of R. None when τ or M is 0 or less, or when
        (R + τ + C)/M is above 30: then fewer than one attempt in 10^13 gets through, and the
        job does not end.
    Source: Daly, Future Generation Computer Systems 22(3), 2006; a simulation of 4,000 runs agrees.
    Worked example: 200 hours, an interruption a day, checkpoints of 60 seconds every 3,180,
        restarts of 6 minutes.
        >>> round(expected_hours(
        ...     work_hours=Decimal(200), interval_seconds=Decimal("3180.06"),
        ...     checkpoint_seconds=Decimal(60), restart_seconds=Decimal(360),
        ...     mean_seconds_between_interruptions=Decimal(86_400),
        ... ), 2)
        Decimal('208.51')
    """
    mean = mean_seconds_between_interruptions
    if interval_seconds <= 0 or mean <= 0:
        return None
    stretch = interval_seconds + checkpoint_seconds
    if restart_seconds + stretch > MOST_MEAN_TIMES * mean:
        return None
    one_stretch = mean * (restart_seconds / mean).exp() * ((stretch / mean).exp() - 1)
    return one_stretch * work_hours / interval_seconds


def spot_usd(
    *, price_ratio: Decimal, on_demand_usd_per_hour: Decimal, hours: Decimal, instances: Decimal | int
) -> Decimal:
    """Expected cost of a job on Spot.

    Formula: F34
        C = s·P·n·E[T]
    Symbols:
        C: expected cost, USD
        s: Spot price ÷ On-Demand price, 0 to 1
        P: On-Demand price of one instance, USD per hour
        n: instances that run together
        E[T]: expected time until the work is done, hours
    Valid when: s is the mean over the run. AWS forgives an interruption in an instance's first
        hour; that is left out.
    Source: definition.
    Worked example: 208.51 hours of g6e.12xlarge at an assumed 35% of $10.49264.
        >>> spot_usd(
        ...     price_ratio=Decimal("0.35"), on_demand_usd_per_hour=Decimal("10.49264"),
        ...     hours=Decimal("208.51"), instances=1,
        ... )
        Decimal('765.737128240')
    """
    return price_ratio * on_demand_usd_per_hour * hours * instances


def break_even_price_ratio(*, work_hours: Decimal, hours: Decimal) -> Decimal | None:
    """Price of Spot, against On-Demand, below which Spot costs less.

    Formula: F34
        s* = W / E[T]
    Symbols:
        s*: Spot price ÷ On-Demand price at which both cost the same
        W: useful work, hours: what On-Demand takes
        E[T]: expected time on Spot, hours
    Valid when: On-Demand runs without interruption. None when the expected time is 0 or less.
    Source: s·P·E[T] = P·W solved for s.
    Worked example: 200 hours of work that take 208.51 on Spot.
        >>> round(break_even_price_ratio(work_hours=Decimal(200), hours=Decimal("208.51")), 4)
        Decimal('0.9592')
    """
    if hours <= 0:
        return None
    return work_hours / hours


def mean_hours_between_interruptions(*, monthly_interruption_ratio: Decimal) -> Decimal | None:
    """Mean time between interruptions of one instance.

    Formula: F35
        M_1 = −720 / ln(1 − f)
    Symbols:
        M_1: mean time between interruptions of one instance, hours
        f: share of instances interrupted within a month of 720 hours, 0 to 1
    Valid when: the survival of an instance is exponential. The share is that of the past month
        and promises nothing. None when f is 0 or less (no interruption is known) or when f is 1
        or more (the share says only that none survived).
    Source: exponential survival; shares by bands from AWS Spot Instance Advisor.
    Worked example: the band "above 20%", taken as 20%.
        >>> round(mean_hours_between_interruptions(
        ...     monthly_interruption_ratio=Decimal("0.20")
        ... ), 2)
        Decimal('3226.62')
    """
    if not 0 < monthly_interruption_ratio < 1:
        return None
    return -HOURS_OF_THIRTY_DAYS / (1 - monthly_interruption_ratio).ln()


def job_mean_hours_between_interruptions(*, instance_mean_hours: Decimal, instances: Decimal | int) -> Decimal | None:
    """Mean time between interruptions of a job whose instances must all run.

    Formula: F35
        M_n = M_1 / n
    Symbols:
        M_n: mean time between interruptions of the job, hours
        M_1: mean time between interruptions of one instance, hours
        n: instances that must run together
    Valid when: one lost instance stops the job, and instances are lost independently. AWS takes
        back capacity in clusters, so the real gaps are uneven. None when there is no instance.
    Source: the earliest of n exponential times.
    Worked example: 16 instances, each of which lasts 3,226.62 hours on average.
        >>> round(job_mean_hours_between_interruptions(
        ...     instance_mean_hours=Decimal("3226.62"), instances=16
        ... ), 3)
        Decimal('201.664')
    """
    if instances <= 0:
        return None
    return instance_mean_hours / instances


def expected_interruptions(*, work_hours: Decimal, job_mean_hours: Decimal) -> Decimal | None:
    """Interruptions to expect during the useful work.

    Formula: F35
        k = W / M_n
    Symbols:
        k: interruptions, mean
        W: useful work, hours
        M_n: mean time between interruptions of the job, hours
    Valid when: interruptions have no memory. None when M_n is 0 or less.
    Source: mean of a Poisson process.
    Worked example: 200 hours, an interruption every 50 hours.
        >>> expected_interruptions(work_hours=Decimal(200), job_mean_hours=Decimal(50))
        Decimal('4')
    """
    if job_mean_hours <= 0:
        return None
    return work_hours / job_mean_hours


def probability_uninterrupted_ratio(*, work_hours: Decimal, job_mean_hours: Decimal) -> Decimal | None:
    """Probability that a job runs through untouched.

    Formula: F35
        P = e^(−W / M_n)
    Symbols:
        P: probability of no interruption, 0 to 1
        W: useful work, hours
        M_n: mean time between interruptions of the job, hours
    Valid when: interruptions have no memory. None when M_n is 0 or less.
    Source: exponential survival.
    Worked example: 200 hours on 16 instances, an interruption every 201.664 hours.
        >>> round(probability_uninterrupted_ratio(
        ...     work_hours=Decimal(200), job_mean_hours=Decimal("201.664")
        ... ), 4)
        Decimal('0.3709')
    """
    if job_mean_hours <= 0:
        return None
    return (-work_hours / job_mean_hours).exp()
