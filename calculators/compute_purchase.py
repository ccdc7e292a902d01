"""Compute purchase: On-Demand, Savings Plan, Spot, Dedicated Host or Capacity Block?

The order of judgement: suitable for what the work needs → price. Formulas F30 to F36.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from calculators import catalogue as prices_and_offers
from calculators import compute_answer, compute_cautions, compute_charts
from calculators.compute_case import Case
from calculators.compute_flips import Flip, flips
from calculators.compute_judgement import judge
from calculators.compute_options import PURCHASES, Option
from calculators.compute_prices import Pricing
from calculators.fields import (
    Conflict,
    choice,
    flag,
    instance_regions,
    instance_types,
    number,
    numbers,
    price,
    ratio,
    whole,
)
from calculators.fields import Inputs as BaseInputs
from calculators.results import Result as BaseResult
from calculators.results import exact, output
from calculators.steps import Receipt

if TYPE_CHECKING:
    from calculators.catalogue import Catalogue

NAME = "compute-purchase"
VERSION = 1
TITLE = "Compute purchase"
QUESTION = "On-Demand, Savings Plan, Spot, Dedicated Host or Capacity Block: how do you buy EC2 for this work?"
OPEN_GROUPS = 3

NEEDS, MACHINE, DEMAND = "What the work needs", "Instance", "Steady demand and Savings Plan"
JOB, HOST, BLOCK = "Job", "Dedicated Host", "Capacity Block"
SHORT_BLOCK_DAYS, WEEK_DAYS = 14, 7

# An application tier: quiet at night, 58 instances at noon, 28 or more in 15 of 24 hours.
PROFILE = (
    *("16", "16", "16", "16", "18", "20", "22", "26"),
    *("36", "44", "52", "56", "58", "56", "52", "54"),
    *("56", "52", "46", "40", "36", "30", "28", "26"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs(BaseInputs):
    """What the work needs, the steady demand, the job, and the prices that AWS doesn't publish."""

    interruptible: bool = flag(
        default=False,
        label="A job that may be interrupted",
        help="It can be stopped with two minutes' notice and go on later. Then the job is bought, not the demand.",
        group=NEEDS,
    )
    fixed_date: bool = flag(
        default=False,
        label="A job with a fixed date",
        help="All its instances must start on a day known in advance. Then the job is bought, not the demand.",
        group=NEEDS,
    )
    licence_bound: bool = flag(
        default=False,
        label="Licences count physical cores",
        help="Bring-your-own licences by socket or core, or a rule that ties machines to one physical server.",
        group=NEEDS,
    )
    instance_type: str = choice(
        "m7i.4xlarge", instance_types, label="Instance type", help="As Amazon EC2 names it.", group=MACHINE
    )
    region: str = choice("us-east-1", instance_regions, label="Region", help="Prices differ by Region.", group=MACHINE)
    on_demand_usd_per_hour: Decimal | None = price(
        label="On-Demand price",
        help="Linux, shared tenancy. For a Dedicated Host add the licence that an instance saves.",
        unit="USD per instance-hour",
        minimum="0.0001",
        group=MACHINE,
    )
    hourly_demand_instances: tuple[Decimal, ...] | None = numbers(
        24,
        default=PROFILE,
        label="Instances by hour",
        help="24 numbers, one per hour of the day: how many instances run. The day repeats for the whole term.",
        unit="instances",
        group=DEMAND,
    )
    hours_per_week: Decimal | None = number(
        None,
        label="Hours a week",
        help="For one instance that is on or off. Filled in, it takes the place of the instances by hour.",
        unit="hours per week",
        minimum="0.1",
        maximum=168,
        is_nullable=True,
        group=DEMAND,
    )
    savings_plan_discount_ratio: Decimal = ratio(
        "0.4",
        label="Savings Plan discount",
        help="Off On-Demand. AWS states only ceilings: 66% for Compute, 72% for EC2 Instance Savings Plans.",
        group=DEMAND,
    )
    savings_plan_term_years: Decimal = whole(
        1, label="Savings Plan term", help="1 or 3 years.", unit="years", minimum=1, maximum=3, group=DEMAND
    )
    job_hours: Decimal = number(
        200,
        label="Length of the job",
        help="Useful work, without interruptions, with all its instances running.",
        unit="hours",
        minimum="0.1",
        maximum=100_000,
        group=JOB,
    )
    instances_in_job: Decimal = whole(
        1,
        label="Instances in the job",
        help="They run together: if one is lost, the job goes back to its last checkpoint.",
        unit="instances",
        minimum=1,
        maximum=10_000,
        group=JOB,
    )
    checkpoint_seconds: Decimal | None = number(
        60,
        label="Writing a checkpoint",
        help="How long the job stands still for it. Empty: the job writes none and starts over.",
        unit="seconds",
        minimum=1,
        maximum=86_400,
        is_nullable=True,
        group=JOB,
    )
    restart_seconds: Decimal = number(
        360,
        label="Restart",
        help="Waiting for new capacity, starting it, loading the last checkpoint.",
        unit="seconds",
        maximum=604_800,
        group=JOB,
    )
    spot_price_ratio: Decimal | None = number(
        None,
        label="Spot price",
        help="Share of the On-Demand price. Empty: the catalogue's average of one day. Spot prices move.",
        unit="ratio",
        minimum="0.01",
        maximum=1,
        is_nullable=True,
        group=JOB,
    )
    monthly_interruption_ratio: Decimal | None = number(
        None,
        label="Interrupted in a month",
        help="Share of the instances, by the Spot Instance Advisor. Empty: the upper end of the catalogue's band.",
        unit="ratio",
        minimum="0.001",
        maximum="0.99",
        is_nullable=True,
        group=JOB,
    )
    mean_hours_between_interruptions: Decimal | None = number(
        None,
        label="Mean time between interruptions",
        help="Of one instance, if you measured it. It takes the place of the monthly share.",
        unit="hours",
        minimum="0.01",
        maximum=1_000_000,
        is_nullable=True,
        group=JOB,
    )
    host_usd_per_hour: Decimal | None = price(
        label="Price of a host",
        help="Empty: the catalogue's price for the family.",
        unit="USD per host-hour",
        group=HOST,
    )
    instances_per_host: Decimal = whole(
        12,
        label="Instances on a host",
        help="How many of this size one host holds. AWS lists it by family and size.",
        unit="instances",
        minimum=1,
        maximum=1_000,
        group=HOST,
    )
    capacity_block_usd_per_hour: Decimal | None = price(
        label="Price in a block",
        help="AWS shows it when you search for a block. None is in the catalogue.",
        unit="USD per instance-hour",
        group=BLOCK,
    )
    capacity_block_days: Decimal = whole(
        9,
        label="Length of the block",
        help="1 to 14 days, or a multiple of 7 up to 182. Paid in full, used or not.",
        unit="days",
        minimum=1,
        maximum=182,
        group=BLOCK,
    )

    def conflicts(self) -> list[Conflict]:
        """Demand must be there, and AWS sells only some terms and lengths."""
        found = []
        if self.hourly_demand_instances is None and self.hours_per_week is None:
            pair = ("hourly_demand_instances", "hours_per_week")
            found.append(Conflict(pair, "enter the instances by hour, or the hours a week"))
        if self.savings_plan_term_years not in (1, 3):
            found.append(Conflict(("savings_plan_term_years",), "enter 1 or 3: AWS sells no other term"))
        days = self.capacity_block_days
        if days > SHORT_BLOCK_DAYS and days % WEEK_DAYS:
            problem = f"enter 1 to 14 days or a multiple of 7 up to 182, not {days:f}: AWS sells no other length"
            found.append(Conflict(("capacity_block_days",), problem))
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Result(BaseResult):
    """The ways to buy, judged and priced, the recommendation, and what would change it."""

    recommended: str = output("Recommended", words=lambda: PURCHASES)
    best_commitment_usd_per_hour: Decimal = output("Best commitment, an hour", "USD per hour")
    commitment_break_even_utilisation_ratio: Decimal = output("A commitment pays above a use of", "ratio")
    mix_saving_ratio: Decimal = output("Saved by the best commitment", "ratio")
    job_mean_hours_between_interruptions: Decimal | None = output("Hours between interruptions of the job", "hours")
    probability_uninterrupted_ratio: Decimal | None = output("Probability of no interruption", "ratio")
    checkpoint_interval_seconds: Decimal | None = output("Seconds between checkpoints (Daly)", "seconds")
    young_interval_seconds: Decimal | None = output("Seconds between checkpoints (Young)", "seconds")
    spot_expected_hours: Decimal | None = output("Hours on Spot, on average", "hours")
    spot_overhead_ratio: Decimal | None = output("Time lost on Spot", "ratio")
    spot_break_even_price_ratio: Decimal | None = output("Spot pays below this share of the On-Demand price", "ratio")
    host_break_even_instances: Decimal | None = output("A host pays when it holds this many instances", "count")
    capacity_block_break_even_utilisation_ratio: Decimal | None = output("A block pays above a use of", "ratio")
    options: tuple[Option, ...] = output("Ways to buy")
    flips: tuple[Flip, ...] = output("What flips it")


@exact
def calculate(inputs: Inputs, catalogue: Catalogue | None = None, *, is_quiet: bool = False) -> Result:
    """Return how to buy the compute, every way with its price, and how far the choice is from flipping.

    Quiet, it leaves out steps and charts: the same numbers, for many rows. Raises InputError where
    a price that decides is not public. Source: F30 to F36 of the formula reference.

    >>> calculate(Inputs()).recommended
    'mix'
    """
    case = Case(inputs, catalogue or prices_and_offers.load(), Receipt(is_quiet=is_quiet))
    verdict, pricing = judge(case), Pricing(case)
    steady, job = case.steady, case.job
    host, block = pricing.host_break_even(), pricing.block_break_even()
    found, warnings = tuple(flips(case)), tuple(compute_cautions.cautions(verdict, host))
    _note(found, case)
    return Result(
        recommended=verdict.recommended.purchase,
        best_commitment_usd_per_hour=steady.commitment_usd_per_hour,
        commitment_break_even_utilisation_ratio=steady.break_even_utilisation_ratio,
        mix_saving_ratio=steady.mix_saving_ratio,
        job_mean_hours_between_interruptions=job.mean_hours,
        probability_uninterrupted_ratio=job.probability_uninterrupted_ratio,
        checkpoint_interval_seconds=job.interval_seconds,
        young_interval_seconds=job.young_seconds,
        spot_expected_hours=job.expected_hours,
        spot_overhead_ratio=job.overhead_ratio,
        spot_break_even_price_ratio=job.break_even_price_ratio,
        host_break_even_instances=host,
        capacity_block_break_even_utilisation_ratio=block,
        options=verdict.options,
        flips=found,
        steps=tuple(case.receipt.steps),
        prices=tuple(case.figures.ledger.used.values()),
        warnings=warnings,
        charts=() if is_quiet else tuple(compute_charts.charts_of(verdict)),
    )


def answer(inputs: Inputs, result: Result) -> str:
    """Return the recommendation in one or two sentences."""
    return compute_answer.sentence(inputs, result)


def _note(found: tuple[Flip, ...], case: Case) -> None:
    """Record each number of the flips as a step."""
    for flip in found:
        if isinstance(flip.flips_at, Decimal):
            words = f"nearest value at which {PURCHASES[flip.becomes]} is recommended"
            case.receipt.step(f"flips.{flip.input}.flips_at", flip.flips_at, "", words)
            if getattr(case.inputs, flip.input) is None:
                case.receipt.step(f"flips.{flip.input}.now", flip.now, "", "the catalogue's figure")
