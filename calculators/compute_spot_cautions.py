"""What an expert adds to a decision about Spot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators import shown
from calculators.compute_job import SECONDS_PER_HOUR, band, expected_hours
from calculators.compute_prices import Pricing
from calculators.results import Caution

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from calculators.compute_case import Case
    from calculators.compute_judgement import Verdict

NOTICE_SECONDS = 120
SLOW_RATIO = 10  # Young's and Daly's rules are for checkpoints far shorter than the time between interruptions


def spot_cautions(verdict: Verdict) -> Iterator[Caution]:
    """Yield what an expert would say about the job on Spot."""
    case = verdict.case
    spot = verdict.option("spot")
    if spot.suitable and spot.usd_per_job is None:
        yield Caution(
            "spot-not-judged",
            "Spot would fit, but the catalogue does not know its price or how often it is interrupted here. "
            "Enter both to compare.",
        )
    yield from _interruptions(case)
    ratio = case.figures.spot_price_ratio
    if case.inputs.spot_price_ratio is None and ratio is not None:
        yield Caution(
            "spot-price-moves",
            f"The Spot price, {shown.percent(ratio)} of On-Demand, is the average of one day. Look at today's before "
            "you decide.",
        )
    yield from _checkpoints(case)
    plan, month = case.steady.mix_usd_per_month, Pricing(case.quietly()).per_month("spot")
    if month is not None and verdict.recommended.purchase == "spot" and plan < month:
        yield Caution(
            "plan-beats-spot-if-steady",
            f"If this runs all year and is not one job, the best plan costs {shown.usd(plan)} a month for the steady "
            f"demand, and Spot {shown.usd(month)}.",
        )


def _interruptions(case: Case) -> Iterator[Caution]:
    """Say what the mean time between interruptions is worth."""
    inputs, job = case.inputs, case.job
    if job.mean_hours is None or job.instance_mean_hours is None:
        return
    if inputs.instances_in_job > 1:
        yield Caution(
            "gang-interruptions",
            f"One lost instance stops all {inputs.instances_in_job:,f}: the job is interrupted every "
            f"{shown.significant(job.mean_hours, 4)} hours on average, a single instance every "
            f"{shown.significant(job.instance_mean_hours, 4)}. Work in independent chunks does not have this problem: "
            "count it as one instance.",
        )
    if inputs.mean_hours_between_interruptions is None:
        clusters = (
            "It is a past month's and promises nothing. AWS takes capacity back in clusters: the times are optimistic."
        )
        yield Caution("band-is-trailing", f"{_share(case)} {clusters}")


def _share(case: Case) -> str:
    """Say which share of interruptions was counted with."""
    found = band(case.inputs, case.catalogue)
    if case.inputs.monthly_interruption_ratio is not None or found is None:
        return "The share of instances interrupted in a month looks back."
    least = shown.percent(found.from_ratio)
    words = (
        f"more than {least}, counted as {least}"
        if found.to_ratio is None
        else f"{least} to {shown.percent(found.to_ratio)}, counted as the upper end"
    )
    return f"Share interrupted in a month: {words} (Spot Instance Advisor, {found.as_of})."


def _checkpoints(case: Case) -> Iterator[Caution]:
    checkpoint, mean = case.inputs.checkpoint_seconds, case.job.mean_hours
    if checkpoint is None:
        yield Caution(
            "no-checkpoints", "Without checkpoints each interruption starts the job over: its time grows exponentially."
        )
        return
    if checkpoint > NOTICE_SECONDS:
        yield Caution(
            "notice-shorter-than-checkpoint",
            f"A checkpoint takes {shown.significant(checkpoint, 4)} seconds. The interruption notice comes "
            f"{NOTICE_SECONDS} seconds before, on a best-effort basis: count on no last checkpoint.",
        )
    if mean is not None and checkpoint * SLOW_RATIO >= mean * SECONDS_PER_HOUR:
        yield Caution(
            "checkpoints-too-slow",
            "A checkpoint takes a tenth or more of the time between interruptions: the rules for the interval are "
            "made for shorter ones. Make checkpoints faster, or the job smaller.",
        )
    if mean is not None and case.job.interval_seconds is not None:
        yield from _short_job(case, mean, case.job.interval_seconds)


def _short_job(case: Case, mean: Decimal, interval: Decimal) -> Iterator[Caution]:
    if interval <= case.inputs.job_hours * SECONDS_PER_HOUR:
        return
    straight = expected_hours(case.inputs, None, mean)
    took = "" if straight is None else f": {shown.significant(straight, 4)} hours on average"
    yield Caution(
        "job-shorter-than-interval",
        f"The job ends before its first checkpoint is due: it runs without{took}. The time shown counts its share "
        "of a whole interval.",
    )
