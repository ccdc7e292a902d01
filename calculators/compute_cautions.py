"""What an expert adds to a decision about buying EC2."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from calculators import shown, tracing
from calculators.cautions import price_cautions
from calculators.compute_figures import HOST, SPOT, family
from calculators.compute_options import BLOCK_FAMILIES, PLANS, STOPPED_EARLY_HOURS, years
from calculators.compute_spot_cautions import spot_cautions
from calculators.results import Caution

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculators.compute_case import Case
    from calculators.compute_judgement import Verdict
    from calculators.ledger import Quote

# AWS Savings Plans page: the most that each type takes off On-Demand.
COMPUTE_CEILING_RATIO, EC2_INSTANCE_CEILING_RATIO = Decimal("0.66"), Decimal("0.72")
CEILINGS = f"{shown.percent(COMPUTE_CEILING_RATIO)} Compute, {shown.percent(EC2_INSTANCE_CEILING_RATIO)} EC2 Instance"
HOURS_PER_YEAR = 8_760


@tracing.untraced
def cautions(verdict: Verdict, host_break_even_instances: Decimal | None) -> Iterator[Caution]:
    """Yield what an expert would say about this decision."""
    case = verdict.case
    if case.inputs.licence_bound:
        yield from _of_hosts(case, host_break_even_instances)
    elif not case.is_job:
        yield from _of_plans(verdict)
    elif case.inputs.fixed_date:
        yield from _of_blocks(verdict)
    else:
        yield from spot_cautions(verdict)
    if verdict.recommended.purchase in ("spot", "capacity_block"):
        yield Caution(
            "no-plan-applies",
            "No Savings Plan covers Spot or Capacity Blocks, and what runs there does not fill one that you have.",
        )
    if verdict.recommended.purchase == "on_demand" and case.catalogue.instances[case.inputs.instance_type].accelerators:
        yield Caution(
            "quota-starts-at-0",
            "New accounts start with a quota of 0 vCPUs for accelerated instances: ask for it before you plan.",
        )
    yield from _of_the_price(case)
    yield from price_cautions(_deciding(case), case.catalogue.snapshot)


def _of_hosts(case: Case, least: Decimal | None) -> Iterator[Caution]:
    size = case.inputs.instances_per_host
    if least is not None and least > size:
        yield Caution(
            "host-never-pays-on-price",
            f"A host pays from {least:f} instances and holds {size:f}: it is bought for the licence, not for its "
            "price. Add the licence that an instance saves to the On-Demand price.",
        )
    yield Caution(
        "host-is-billed-whole",
        "A host is billed full or empty, by night too, and keeps no spare for its failure. A Host Reservation takes "
        "up to 70% off for a year or three. Dedicated Instances don't show sockets and cores.",
    )


def _of_plans(verdict: Verdict) -> Iterator[Caution]:
    case = verdict.case
    discount = case.inputs.savings_plan_discount_ratio
    if discount > EC2_INSTANCE_CEILING_RATIO:
        yield Caution(
            "discount-above-ceiling",
            f"No Savings Plan takes {shown.percent(discount)} off. AWS's ceilings: {CEILINGS}.",
        )
    elif discount > COMPUTE_CEILING_RATIO:
        yield Caution(
            "needs-an-ec2-instance-plan",
            f"{shown.percent(discount)} is above AWS's ceiling for Compute Savings Plans, "
            f"{shown.percent(COMPUTE_CEILING_RATIO)}: only an EC2 Instance Savings Plan can reach it, bound to one "
            "family in one Region.",
        )
    yield Caution("plan-rate-is-assumed", _plan_rate(case))
    if verdict.recommended.purchase in PLANS:
        commitment, (unused, _) = case.steady.commitment_usd_per_hour, case.extreme_hours
        promise = commitment * HOURS_PER_YEAR * case.inputs.savings_plan_term_years
        idle = f"In the quietest hour {shown.usd(unused)} of {shown.usd(commitment)} buys nothing. " if unused else ""
        yield Caution(
            "commitment-bills-idle-hours",
            f"The commitment is billed every hour for {years(case.inputs)}, used or not: {shown.usd(promise)} in all. "
            f"{idle}It reserves no capacity.",
        )
    if verdict.recommended.purchase == "on_demand":
        yield Caution(
            "stop-when-idle",
            "On-Demand is cheap only if the instance is stopped: set a schedule. A stopped one costs its disk. "
            "A plan that other work in the account fills at the other hours may change this.",
        )


def _plan_rate(case: Case) -> str:
    """Say that the discount is an assumption, and give the nearest public figure."""
    text = (
        f"No public list gives a Savings Plan rate per instance: the discount is assumed. AWS's ceilings: {CEILINGS}."
    )
    inputs = case.inputs
    meter = f"reserved_{inputs.savings_plan_term_years:f}y_hour"
    row = case.catalogue.find_price(inputs.instance_type, inputs.region, "", meter)
    if row is None or row.usd is None or inputs.on_demand_usd_per_hour is not None:
        return text
    off = shown.percent(1 - row.usd / case.figures.on_demand_usd_per_hour)
    return f"{text} For scale: a Reserved Instance for {years(inputs)}, all paid up front, is {off} off."


def _of_blocks(verdict: Verdict) -> Iterator[Caution]:
    block = verdict.option("capacity_block")
    is_sold = family(verdict.case.inputs.instance_type).startswith(BLOCK_FAMILIES)
    if block.suitable and block.usd_per_job is None:
        yield Caution(
            "no-public-block-price",
            "A Capacity Block would fit, but its price follows supply and demand and is not in the catalogue: "
            "search for a block and enter what AWS quotes.",
        )
    if is_sold and block.usd_per_job is not None:
        early = shown.significant(STOPPED_EARLY_HOURS * 60, 3)
        yield Caution(
            "block-is-paid-up-front",
            f"A block is paid up front and can't be cancelled. Its instances are stopped {early} minutes before "
            "its end, at 11:30 UTC.",
        )
    if verdict.recommended.purchase == "on_demand":
        yield Caution(
            "capacity-is-not-promised",
            "On-Demand may have no capacity on the day. A Capacity Reservation holds it, "
            "at the On-Demand price from the moment it is made.",
        )


def _of_the_price(case: Case) -> Iterator[Caution]:
    """Warn of a list price that older lists still carry."""
    inputs, now = case.inputs, case.figures.on_demand_usd_per_hour
    for old in case.catalogue.history():
        is_this = (old.item, old.region, old.meter) == (inputs.instance_type, inputs.region, "on_demand_hour")
        if is_this and old.usd is not None and inputs.on_demand_usd_per_hour in (None, old.usd):
            change = "you entered that price" if now == old.usd else f"it is {shown.usd(now)} now"
            yield Caution(
                "price-was-cut",
                f"{inputs.instance_type} once cost {shown.usd(old.usd)} an hour; {change}. {old.note}",
            )


def _deciding(case: Case) -> Iterator[Quote]:
    """Yield the prices that the decision rests on: a host's or Spot's only where it can be bought."""
    for what, quote in case.figures.ledger.used.items():
        is_host, is_spot = what.startswith(HOST), SPOT in what
        can_be_spot = case.is_job and case.inputs.interruptible and not case.inputs.fixed_date
        if (not is_host or case.inputs.licence_bound) and (not is_spot or can_be_spot):
            yield quote
