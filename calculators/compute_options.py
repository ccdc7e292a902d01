"""The ways to buy EC2 for one piece of work: which are suitable, and why the others are not.

Suitability comes before price. The rules are data (`RULES`), so that a picture of them can't
disagree with them.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from calculators import shown
from calculators.compute_figures import family
from calculators.results import output

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from calculators.compute_case import Case
    from calculators.compute_purchase import Inputs

PURCHASES = {
    "on_demand": "On-Demand",
    "savings_plan": "Savings Plan for the peak",
    "mix": "Savings Plan and On-Demand",
    "spot": "Spot",
    "dedicated_host": "Dedicated Host",
    "capacity_block": "Capacity Block",
}
PLANS = ("savings_plan", "mix")
BLOCK_FAMILIES = ("p4", "p5", "p6", "trn")
LARGEST_BLOCK_INSTANCES = 64
STOPPED_EARLY_HOURS = Decimal("0.5")  # instances are stopped from half an hour before the end
HOURS_PER_DAY = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One way to buy, judged and priced."""

    purchase: str = output("Way to buy", words=lambda: PURCHASES)
    suitable: bool = output("Suitable", "yes or no")
    usd_per_month: Decimal | None = output("The demand, a month", "USD per month")
    usd_per_job: Decimal | None = output("The job", "USD per job")
    reasons: tuple[str, ...] = output("Why")


@dataclass(frozen=True, slots=True)
class Rule:
    """A reason why some ways to buy don't suit the work."""

    purchases: tuple[str, ...]
    excludes: Callable[[Case], bool]
    reason: Callable[[Case], str]


def usable_block_hours(inputs: Inputs) -> Decimal:
    """Return the hours of a block until its instances are stopped."""
    return inputs.capacity_block_days * HOURS_PER_DAY - STOPPED_EARLY_HOURS


def years(inputs: Inputs) -> str:
    """Return the term of a plan in words."""
    return "1 year" if inputs.savings_plan_term_years == 1 else f"{inputs.savings_plan_term_years:f} years"


def _hours(value: Decimal) -> str:
    return f"{shown.significant(value, 4)} hours"


RULES = (
    Rule(
        ("dedicated_host",),
        lambda case: not case.inputs.licence_bound,
        lambda _: "nothing ties the work to a physical server",
    ),
    Rule(
        PLANS,
        lambda case: case.is_job,
        lambda case: f"a plan runs {years(case.inputs)}, and this is one job of {_hours(case.inputs.job_hours)}",
    ),
    Rule(
        ("savings_plan",),
        lambda case: case.steady.utilisation_ratio < case.steady.break_even_utilisation_ratio,
        lambda case: (
            f"a plan for the peak would be in use {shown.percent(case.steady.utilisation_ratio)} of the time, "
            f"and pays above {shown.percent(case.steady.break_even_utilisation_ratio)}"
        ),
    ),
    Rule(
        ("mix",),
        lambda case: case.steady.covered_usd_per_hour == 0,
        lambda case: (
            f"no part of the demand is there {shown.percent(case.steady.break_even_utilisation_ratio)} of the time"
        ),
    ),
    Rule(
        ("mix",),
        lambda case: case.steady.covered_usd_per_hour == max(case.steady.usd_per_hour),
        lambda _: "the best plan covers the peak, and leaves nothing for On-Demand",
    ),
    Rule(
        ("spot",),
        lambda case: not case.inputs.interruptible,
        lambda _: "the work can't be interrupted",
    ),
    Rule(
        ("spot",),
        lambda case: case.inputs.fixed_date,
        lambda _: "Spot promises neither a start nor an end, and the date is fixed",
    ),
    Rule(
        ("spot",),
        lambda case: case.job.is_endless,
        lambda _: "it is interrupted faster than it gets from one checkpoint to the next, and does not end",
    ),
    Rule(
        ("capacity_block",),
        lambda case: not case.inputs.fixed_date,
        lambda _: "there is no date to book a block for",
    ),
    Rule(
        ("capacity_block",),
        lambda case: not family(case.inputs.instance_type).startswith(BLOCK_FAMILIES),
        lambda case: f"blocks are sold for P and Trainium instances, not for {family(case.inputs.instance_type)}",
    ),
    Rule(
        ("capacity_block",),
        lambda case: case.inputs.job_hours > usable_block_hours(case.inputs),
        lambda case: (
            f"the job takes {_hours(case.inputs.job_hours)}, "
            f"and the block gives {_hours(usable_block_hours(case.inputs))}"
        ),
    ),
    Rule(
        ("capacity_block",),
        lambda case: case.inputs.instances_in_job > LARGEST_BLOCK_INSTANCES,
        lambda _: f"a block has at most {LARGEST_BLOCK_INSTANCES} instances",
    ),
)
LICENCE_RULE = Rule(
    tuple(each for each in PURCHASES if each != "dedicated_host"),
    lambda case: case.inputs.licence_bound,
    lambda _: "the licence counts physical cores, and only a Dedicated Host shows them",
)


def rules_against(purchase: str, case: Case) -> Iterator[Rule]:
    """Yield each rule that a way to buy breaks; where licences bind, nothing else needs saying."""
    if purchase in LICENCE_RULE.purchases and LICENCE_RULE.excludes(case):
        yield LICENCE_RULE
        return
    for rule in RULES:
        if purchase in rule.purchases and rule.excludes(case):
            yield rule
