"""What a decision about buying EC2 looks like."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from calculators import charts, shown, tracing
from calculators.compute_job import expected_hours
from calculators.compute_options import PURCHASES, usable_block_hours

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculators.compute_case import Case
    from calculators.compute_judgement import Verdict
    from calculators.results import Chart

SHORT = {
    "on_demand": "On-Demand",
    "savings_plan": "Peak plan",
    "mix": "Plan + On-Demand",
    "spot": "Spot",
    "dedicated_host": "Host",
    "capacity_block": "Block",
}
MOST_TIMES = 5  # a bar beyond so many times the best would flatten the rest
POINTS = 24
MOST_TIMES_LONGER = 3  # intervals with which the job takes so many times the best are not drawn
# Hundredths of the best interval, denser below it, where the curve bends most.
INTERVALS = (5, 7, 10, 14, 20, 30, 40, 55, 75, 100, 130, 170, 220, 280, 340, 420, 500)


@tracing.untraced
def charts_of(verdict: Verdict) -> Iterator[Chart]:
    """Yield the ways to buy side by side, then the curve that decides between them."""
    case = verdict.case
    yield _options(verdict)
    if case.inputs.licence_bound:
        return
    if not case.is_job:
        yield _by_commitment(case)
    elif case.inputs.fixed_date:
        yield from _by_job_hours(case, verdict)
    else:
        yield from _by_interval(case)


def _options(verdict: Verdict) -> Chart:
    best, per = verdict.recommended.purchase, "job" if verdict.case.is_job else "month"
    words = "for the job" if verdict.case.is_job else "a month"
    priced = [(usd, each) for each in verdict.options if (usd := verdict.usd_of(each)) is not None]
    priced.sort(key=lambda each: (each[0], not each[1].suitable))
    drawn = [each for each in priced if each[0] <= verdict.usd * MOST_TIMES or each[1].purchase == best]
    rows = [
        {
            "way_to_buy": SHORT[each.purchase] + ("" if each.suitable else " (unsuitable)"),
            f"usd_per_{per}": usd,
            "suitable": "yes" if each.suitable else "no",
            "shown": shown.usd(usd),
        }
        for usd, each in drawn
    ]
    fits = sum(each.suitable for _, each in priced)
    which = "the cheapest that fits" if fits > 1 else "the only one that fits and has a price"
    summary = f"{PURCHASES[best]} is {which}: {shown.usd(verdict.usd)} {words}."
    beyond = [f"{PURCHASES[each.purchase]} ({shown.usd(usd)})" for usd, each in priced if (usd, each) not in drawn]
    if beyond:
        summary += f" Far dearer, and not drawn: {', '.join(beyond)}."
    title = "What each way to buy costs"
    return charts.bars(
        "cost-by-option",
        title,
        summary,
        rows,
        category="way_to_buy",
        value=f"usd_per_{per}",
        axis=f"USD {words}",
        highlight=SHORT[best],
    )


def _by_commitment(case: Case) -> Chart:
    """Return the month's cost over the commitment, the best one marked."""
    load = case.steady
    peak, rate = max(load.usd_per_hour), 1 - load.discount_ratio
    levels = sorted({*load.usd_per_hour, *(peak * point / POINTS for point in range(POINTS + 1))})
    rows = [
        {"committed_usd_per_hour": level * rate, "line": "Cost of the month", "usd_per_month": usd}
        for level in levels
        for usd in (load.usd_per_month(level),)
    ]
    best, month = load.commitment_usd_per_hour, load.mix_usd_per_month
    if best:
        summary = f"{shown.usd(best)} an hour is the best commitment: {shown.usd(month)} a month, "
        summary += f"against {shown.usd(load.on_demand_usd_per_month)} without and "
        summary += f"{shown.usd(load.savings_plan_usd_per_month)} for the peak."
    else:
        summary = f"No commitment pays: each raises the {shown.usd(month)} of On-Demand."
    mark = {"committed_usd_per_hour": best, "usd_per_month": month, "label": "best" if best else "none"}
    return charts.lines(
        "cost-by-commitment",
        "The month by commitment",
        summary,
        rows,
        x="committed_usd_per_hour",
        x_axis={"title": "Commitment, USD an hour", "format": "$~s", "tickCount": 5},
        series="line",
        names=["Cost of the month"],
        value="usd_per_month",
        axis="USD a month",
        marks=[mark],
    )


def _by_interval(case: Case) -> Iterator[Chart]:
    """Yield the job's expected time over the checkpoint interval, Daly's marked."""
    inputs, job = case.inputs, case.job
    if job.interval_seconds is None or job.mean_hours is None or job.expected_hours is None:
        return
    tried = [
        (interval / 60, hours)
        for interval in (job.interval_seconds * each / 100 for each in INTERVALS)
        if (hours := expected_hours(inputs, interval, job.mean_hours)) is not None
        and hours <= job.expected_hours * MOST_TIMES_LONGER
    ]
    ends = (tried[0][0], tried[-1][0])
    lines = [("On Spot", *each) for each in tried] + [("Useful work", minutes, inputs.job_hours) for minutes in ends]
    rows = [
        {"checkpoint_every_minutes": minutes, "line": name, "expected_hours": hours} for name, minutes, hours in lines
    ]
    every, best = shown.significant(job.interval_seconds / 60, 3), shown.significant(job.expected_hours, 4)
    often, takes = shown.significant(tried[0][0], 3), shown.significant(tried[0][1], 4)
    summary = f"A checkpoint every {every} minutes gives {best} hours on average; every {often} minutes gives {takes}."
    mark = {
        "checkpoint_every_minutes": job.interval_seconds / 60,
        "expected_hours": job.expected_hours,
        "label": "Daly",
    }
    yield charts.lines(
        "time-by-interval",
        "Time on Spot by checkpoint interval",
        summary,
        rows,
        x="checkpoint_every_minutes",
        x_axis={"title": "Minutes of work between checkpoints", "format": "~s", "tickCount": 5},
        series="line",
        names=["On Spot", "Useful work"],
        value="expected_hours",
        axis={"title": "Hours until the job is done", "format": "~s", "grid": True, "tickCount": 5},
        marks=[mark],
    )


def _by_job_hours(case: Case, verdict: Verdict) -> Iterator[Chart]:
    """Yield the cost over the hours of the job: On-Demand grows, the block is paid in full."""
    block, price, inputs = (
        verdict.option("capacity_block").usd_per_job,
        case.figures.on_demand_usd_per_hour,
        case.inputs,
    )
    if block is None:
        return
    most = max(usable_block_hours(inputs), inputs.job_hours)
    per_hour = price * inputs.instances_in_job
    rows = [
        {"job_hours": hours, "way_to_buy": name, "usd_per_job": usd}
        for hours in sorted((Decimal(0), inputs.job_hours, most))
        for name, usd in (("On-Demand", per_hour * hours), ("Capacity Block", block))
    ]
    crossing = block / per_hour
    summary = f"The block costs {shown.usd(block)}, however much of it is used"
    if crossing <= most:
        summary += f"; On-Demand costs the same at {shown.significant(crossing, 3)} hours, and this job takes "
        summary += f"{shown.significant(inputs.job_hours, 4)}."
        marks = [{"job_hours": crossing, "usd_per_job": block, "label": "equal"}]
    else:
        summary += ": more than On-Demand for every job that fits into it."
        marks = []
    yield charts.lines(
        "cost-by-job-hours",
        "On-Demand or a block, by the length of the job",
        summary,
        rows,
        x="job_hours",
        x_axis={"title": "Hours of the job (dashed: now)", "format": "~s", "tickCount": 5},
        series="way_to_buy",
        names=["On-Demand", "Capacity Block"],
        value="usd_per_job",
        axis="USD for the job",
        now=inputs.job_hours,
        marks=marks,
    )
