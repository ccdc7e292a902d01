"""Spot with checkpoints: how often a job is interrupted, when to save it, and when Spot is the wrong price."""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING, Any

from calculators import shown
from calculators.compute_options import PURCHASES
from calculators.formulas import spot
from calculators.practice import businesses, market, quiet
from calculators.practice.cases import Case, Choice, Form, Given, Slip, Topic, tell
from calculators.practice.facts import count, percent, usd

if TYPE_CHECKING:
    from calculators.catalogue import Catalogue
    from calculators.practice.dice import Dice

SECONDS_PER_HOUR = Decimal(3_600)
MONTH_HOURS = Decimal(720)
WORKS = ("fine-tunes a model", "embeds its documents again", "captions a picture archive", "trains a speech model")
LEAST_APART = Decimal("1.05")


def _firm(dice: Dice) -> Given:
    firm = dice.pick(businesses.FIRMS)
    return Given("who", firm, firm)


def _work(dice: Dice) -> Given:
    work = dice.pick(WORKS)
    return Given("work", work, work)


UNTOUCHED = (
    (
        "{who} {work} on {instances} Spot instances that run together for {hours} hours. If one is taken back, the "
        "whole job stops. One instance runs {mean} hours on average until it is interrupted. "
    ),
    (
        "{who} {work}. The job needs {instances} instances at the same time, for {hours} hours, and stops when one "
        "of them is lost. On Spot a single instance lasts {mean} hours on average. "
    ),
)


def untouched(dice: Dice, catalogue: Catalogue) -> Case | None:
    """Ask how likely a job on several instances is to end without an interruption."""
    del catalogue  # no price is asked for
    instances, hours, mean = dice.between(2, 16), dice.between(6, 120, 2), dice.between(200, 4_000, 100)
    given = (_firm(dice), _work(dice), count("instances", instances), count("hours", hours), count("mean", mean))
    expected = hours * instances / mean
    likely = (-expected).exp()
    if not Decimal("0.15") < likely < Decimal("0.93"):
        return None
    slips = (
        Slip((-hours / mean).exp(), "You counted one instance. Each of them can stop the job."),
        Slip(1 - likely, "This is the probability of at least one interruption."),
        Slip(
            1 - expected, "You subtracted the expected number of interruptions from 1. Take e to the power of minus it."
        ),
        Slip(likely * 100, "You gave per cent without the sign: as a ratio it lies between 0 and 1."),
        Slip(
            (-hours / (mean * instances)).exp(),
            "You multiplied the time between interruptions by the instances. Divide it.",
        ),
    )
    question = (
        "How probable is it that the job ends without any interruption? Interruptions come at random and apart from "
        "each other."
    )
    return Case(
        kind="number",
        text=tell(dice.pick(UNTOUCHED) + question, given),
        given=given,
        unit="ratio",
        answer=likely,
        slips=tuple(each for each in slips if each.value > 0),
        explanation=f"The job is interrupted every {shown.significant(mean / instances, 4)} hours on average, so in "
        f"{hours:f} hours {shown.significant(expected, 3)} times: e to the power of minus that is "
        f"{shown.percent(likely)}.",
        calculator="compute-purchase",
        inputs={
            "interruptible": True,
            "job_hours": hours,
            "instances_in_job": instances,
            "mean_hours_between_interruptions": mean,
        },
        output="probability_uninterrupted_ratio",
        steps=("job_mean_hours_between_interruptions", "probability_uninterrupted_ratio"),
    )


YOUNG = (
    (
        "{who} {work} on {instances} Spot instances that run together. Writing a checkpoint takes {checkpoint} "
        "seconds. One instance runs {mean} hours on average until it is interrupted, and the job stops when any of "
        "them is lost. "
    ),
    (
        "{who} {work}. All {instances} Spot instances of the job have to run at the same time; a single one lasts "
        "{mean} hours on average. To save its state the job stands still for {checkpoint} seconds. "
    ),
)


def interval(dice: Dice, _: Catalogue) -> Case:
    """Ask for the time between checkpoints by the square-root rule."""
    instances, checkpoint = dice.between(2, 16), dice.between(30, 300, 10)
    mean = dice.between(100, 2_000, 50)
    given = (
        _firm(dice),
        _work(dice),
        count("instances", instances),
        count("checkpoint", checkpoint),
        count("mean", mean),
    )
    seconds = mean / instances * SECONDS_PER_HOUR
    best = (2 * checkpoint * seconds).sqrt()
    slips = (
        Slip(
            (2 * checkpoint * mean * SECONDS_PER_HOUR).sqrt(),
            "You counted one instance. Each of them can stop the job.",
        ),
        Slip(
            (2 * checkpoint * mean / instances).sqrt(),
            "You mixed hours and seconds. Bring both times to seconds first.",
        ),
        Slip((checkpoint * seconds).sqrt(), "You left out the 2 under the root."),
        Slip(best / 60, "This is the time in minutes. Asked are seconds."),
        Slip(
            seconds / 2, "This is half of the time between interruptions. A checkpoint is cheap: write it more often."
        ),
    )
    question = (
        "By the rule √(2 × time of a checkpoint × mean time between interruptions of the job), how many seconds of "
        "work lie between two checkpoints?"
    )
    return Case(
        kind="number",
        text=tell(dice.pick(YOUNG) + question, given),
        given=given,
        unit="seconds",
        answer=best,
        slips=slips,
        explanation=f"The job is interrupted every {shown.significant(mean / instances, 4)} hours on average, which "
        f"is {seconds:,.0f} seconds. The rule gives {shown.significant(best, 4)} seconds, about "
        f"{shown.significant(best / 60, 2)} minutes.",
        calculator="compute-purchase",
        inputs={
            "interruptible": True,
            "checkpoint_seconds": checkpoint,
            "instances_in_job": instances,
            "mean_hours_between_interruptions": mean,
        },
        output="young_interval_seconds",
        steps=(
            "job_mean_hours_between_interruptions",
            "job_mean_seconds_between_interruptions",
            "young_interval_seconds",
        ),
    )


BAND = (
    (
        "{who} {work} on {instances} instances of type {type} that run together. The Spot Instance Advisor says "
        "that {share} of such instances were interrupted within a month. "
    ),
    (
        "{who} {work}. The Spot Instance Advisor says: within a month {share} of the Spot instances of type {type} "
        "were taken back. The job needs {instances} of them at the same time. "
    ),
)


def mean_time(dice: Dice, catalogue: Catalogue) -> Case:
    """Ask for the time between interruptions of a job, from the share interrupted in a month."""
    instance_type = dice.pick(market.accelerated(catalogue.snapshot))
    instances, share = dice.between(2, 24), dice.between(5, 25, 5) / 100
    given = (
        _firm(dice),
        _work(dice),
        count("instances", instances),
        Given("type", instance_type, instance_type),
        percent("share", share),
    )
    alone = spot.mean_hours_between_interruptions(monthly_interruption_ratio=share)
    assert alone is not None  # noqa: S101 - the share lies between 0 and 1
    mean = alone / instances
    slips = (
        Slip(alone, "This is the time of one instance. The job is interrupted as soon as any of them is."),
        Slip(alone * instances, "You multiplied by the instances. More of them are interrupted more often: divide."),
        Slip(MONTH_HOURS / share, "You divided the month by the share, and left out the instances."),
        Slip(
            mean * (1 - share).ln() / (1 - share).log10(),
            "You took the logarithm to base 10. The natural one is meant.",
        ),
        Slip(
            MONTH_HOURS * (1 - share) / instances,
            "You took the share that was not interrupted as a share of the month.",
        ),
    )
    question = (
        "How many hours does the job run on average between two interruptions? Use −720 ÷ ln(1 − share) for one "
        "instance, with 720 hours in the Advisor's month."
    )
    return Case(
        kind="number",
        text=tell(dice.pick(BAND) + question, given),
        given=given,
        unit="hours",
        answer=mean,
        slips=slips,
        explanation=f"One instance runs {shown.significant(alone, 5)} hours on average. With {instances:f} of them "
        f"an interruption comes every {shown.significant(mean, 4)} hours.",
        calculator="compute-purchase",
        inputs={
            "interruptible": True,
            "instance_type": instance_type,
            "instances_in_job": instances,
            "monthly_interruption_ratio": share,
        },
        output="job_mean_hours_between_interruptions",
        steps=("instance_mean_hours", "job_mean_hours_between_interruptions"),
    )


WAYS = ("on_demand", "spot", "savings_plan", "capacity_block")
JOB = (
    "{who} {work}: one job of {hours} hours on {instances} instances of type {type}, all at the same time. ",
    "{who} {work}. The job runs once, for {hours} hours, and needs {instances} instances of type {type} together. ",
)
NO_CHECKPOINT = "It writes no checkpoint: when an instance is lost, it starts over. A restart takes {restart} minutes. "
CHECKPOINT = (
    "It writes a checkpoint, which takes {checkpoint} seconds, as often as is best. After an interruption it goes "
    "on from there within {restart} minutes. "
)
ANY_DATE = "There is no deadline. "
FIXED_DATE = (
    "All instances must start together on a day that is fixed a month ahead, and the job must not be late. A "
    "Capacity Block of {days} days would cost {block} an instance-hour, paid in full. "
)
JOB_PRICES = (
    "An instance-hour costs {on_demand} On-Demand and {spot} on Spot; a single Spot instance lasts {mean} hours on "
    "average. Which way to buy fits best?"
)


def way(dice: Dice, catalogue: Catalogue) -> Case | None:
    """Ask how to buy the instances of one job."""
    wanted = dice.wanted(("spot", "on_demand", "capacity_block"))
    is_fixed = wanted == "capacity_block"
    instance_type = dice.pick(market.accelerated(catalogue.snapshot, is_in_blocks=is_fixed))
    on_demand, on_spot = (
        catalogue.price(instance_type, "us-east-1", "", each).figure for each in ("on_demand_hour", "spot_average_hour")
    )
    has_checkpoint = wanted != "on_demand"
    hours, block = dice.between(30, 160, 5), (on_demand * dice.hundredths(50, 85)).quantize(Decimal("0.01"))
    days = ((hours + 1) / 24).to_integral_value(ROUND_CEILING) + dice.below(2)
    values = {"hours": hours, "instances": dice.between(2, 8)}
    values["mean"] = dice.between(60, 900, 20) if has_checkpoint else dice.between(60, 400, 20)
    checkpoint, restart = dice.between(30, 240, 10), dice.between(4, 20, 2)
    inputs: dict[str, Any] = {
        "instance_type": instance_type,
        "interruptible": not is_fixed,
        "fixed_date": is_fixed,
        "job_hours": values["hours"],
        "instances_in_job": values["instances"],
        "mean_hours_between_interruptions": values["mean"],
        "checkpoint_seconds": checkpoint if has_checkpoint else None,
        "restart_seconds": restart * 60,
    }
    if is_fixed:
        inputs |= {"capacity_block_usd_per_hour": block, "capacity_block_days": days}
    decided = quiet.purchases(inputs, catalogue)
    usd_per_job = {
        each.purchase: each.usd_per_job for each in decided.options if each.suitable and each.usd_per_job is not None
    }
    others = [value for name, value in usd_per_job.items() if name != wanted]
    if decided.recommended.purchase != wanted or any(value < decided.usd * LEAST_APART for value in others):
        return None
    moved = ("job_hours", "mean_hours_between_interruptions", *(("capacity_block_usd_per_hour",) if is_fixed else ()))
    if not quiet.is_steady(inputs, moved, lambda changed: quiet.purchases(changed, catalogue).recommended.purchase):
        return None
    given = (
        _firm(dice),
        _work(dice),
        Given("type", instance_type, instance_type),
        *(count(name, value) for name, value in values.items()),
        *((count("checkpoint", checkpoint),) if has_checkpoint else ()),
        count("restart", restart),
        usd("on_demand", on_demand),
        usd("spot", on_spot),
        *((count("days", days), usd("block", block)) if is_fixed else ()),
    )
    text = dice.pick(JOB) + (CHECKPOINT if has_checkpoint else NO_CHECKPOINT) + (FIXED_DATE if is_fixed else ANY_DATE)
    told = ", ".join(f"{PURCHASES[name]} {shown.usd(value)}" for name, value in usd_per_job.items())
    return Case(
        kind="choice",
        text=tell(text + JOB_PRICES, given),
        given=given,
        unit="",
        answer=wanted,
        slips=tuple(Slip(each, _why(each, decided, usd_per_job)) for each in WAYS if each != wanted),
        choices=tuple(Choice(each, PURCHASES[each].removesuffix(" for the peak")) for each in WAYS),
        explanation=f"The job costs, by the ways that fit: {told}."
        if len(usd_per_job) > 1
        else f"Only one way fits: {told} for the job.",
        calculator="compute-purchase",
        inputs=inputs,
        output="spot_overhead_ratio",
        settles=decided.case.job.overhead_ratio,
        steps=(
            "job_mean_hours_between_interruptions",
            "checkpoint_interval_seconds",
            "spot_expected_hours",
            "spot_overhead_ratio",
            *(f"options.{each}.usd_per_job" for each in WAYS),
        ),
    )


def _why(purchase: str, decided: Any, usd_per_job: dict[str, Decimal]) -> str:
    """Say what speaks against a way to buy."""
    option = decided.option(purchase)
    if option.reasons and not option.suitable:
        return f"It does not fit: {option.reasons[0]}."
    if purchase in usd_per_job:
        return (
            f"It would do, but the job costs {shown.usd(usd_per_job[purchase])} this way, not {shown.usd(decided.usd)}."
        )
    return "Without checkpoints every interruption throws the whole work away: the expected time explodes."


TOPIC = Topic(
    "spot-and-checkpoints",
    "Spot with checkpoints",
    (
        Form("untouched", "1-compute/spot-risk", untouched),
        Form("interval", "1-compute/spot-risk", interval),
        Form("mean-time", "1-compute/spot-risk", mean_time),
        Form("way", "1-compute/spot-risk", way),
    ),
)
