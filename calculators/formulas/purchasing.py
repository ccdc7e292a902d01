"""Purchasing: what On-Demand, Savings Plans, hosts and Capacity Blocks cost (F29 to F32, F36)."""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

HOURS_PER_DAY = 24


def left_on_demand_usd(
    *, on_demand_usd: Sequence[Decimal], plan_usd: Sequence[Decimal], commitment_usd: Decimal
) -> tuple[Decimal, ...]:
    """On-Demand cost of what a Savings Plan leaves of each usage in one hour.

    Formula: F29
        in falling order of the saving 1 − plan_i / od_i:
        spent_i = min(plan_i, K − Σ spent before i)
        left_i = od_i·(1 − spent_i / plan_i)
    Symbols:
        left_i: On-Demand cost of the part of usage i that the plan does not reach, USD
        od_i: cost of usage i in the hour at On-Demand rates, USD
        plan_i: cost of the same usage at plan rates, USD
        spent_i: part of the commitment spent on usage i, USD
        K: commitment for the hour, USD
    Valid when: one hour, one plan, all usage eligible (never Spot, Capacity Blocks or Bedrock
        tokens), Reserved Instances and narrower plans already applied. At the same saving the
        usage given first is covered first. Usage at a plan rate of 0 is covered for nothing.
    Source: AWS Savings Plans user guide, "How Savings Plans apply to usage", scenarios 1 to 3.
    Worked example: four r5.4xlarge, one m5.24xlarge and Lambda, with $2 committed: the r5, with
        the highest saving, are covered in part.
        >>> left = left_on_demand_usd(
        ...     on_demand_usd=(Decimal(4), Decimal(10), Decimal("22.5")),
        ...     plan_usd=(Decimal("2.8"), Decimal("8.2"), Decimal("19.125")),
        ...     commitment_usd=Decimal(2),
        ... )
        >>> [round(usage, 5) for usage in left]
        [Decimal('1.14286'), Decimal('10.00000'), Decimal('22.50000')]
    """
    usages = list(zip(on_demand_usd, plan_usd, strict=True))
    left = [on_demand for on_demand, _ in usages]
    unspent = commitment_usd
    for number in sorted(range(len(usages)), key=lambda each: _plan_ratio(*usages[each])):
        on_demand, plan = usages[number]
        spent = min(plan, unspent)
        unspent -= spent
        left[number] = Decimal(0) if spent == plan else on_demand * (1 - spent / plan)
    return tuple(left)


def _plan_ratio(on_demand_usd: Decimal, plan_usd: Decimal) -> Decimal:
    """Return what a dollar of On-Demand usage costs under the plan; usage that costs nothing comes last."""
    return plan_usd / on_demand_usd if on_demand_usd else Decimal(1)


def unused_commitment_usd(*, plan_usd: Sequence[Decimal], commitment_usd: Decimal) -> Decimal:
    """Part of a commitment that buys nothing in one hour.

    Formula: F29
        lost = max(0, K − Σ_i plan_i)
    Symbols:
        lost: commitment that is paid and not used, USD
        K: commitment for the hour, USD
        plan_i: cost of usage i in the hour at plan rates, USD
    Valid when: one hour; nothing is carried over to the next.
    Source: AWS Savings Plans user guide, "How Savings Plans apply to usage".
    Worked example: $50 committed, and usage worth $47.125 at plan rates.
        >>> usage = ("2.8", "8.2", "12", "4.8", "0.2", "19.125")
        >>> unused_commitment_usd(plan_usd=tuple(map(Decimal, usage)), commitment_usd=Decimal(50))
        Decimal('2.875')
    """
    return max(Decimal(0), commitment_usd - sum(plan_usd, Decimal(0)))


def commitment_usd_per_hour(*, covered_usd_per_hour: Decimal, discount_ratio: Decimal) -> Decimal:
    """Commitment that covers a level of usage.

    Formula: F30
        K = x·(1 − δ)
    Symbols:
        K: commitment, USD per hour
        x: usage to be covered, at On-Demand rates, USD per hour
        δ: discount of the plan, 0 to 1
    Valid when: the discount is the same for all the usage.
    Source: definition: a commitment is counted at plan rates.
    Worked example: $28 an hour of usage at a discount of 40%.
        >>> commitment_usd_per_hour(
        ...     covered_usd_per_hour=Decimal(28), discount_ratio=Decimal("0.40")
        ... )
        Decimal('16.80')
    """
    return covered_usd_per_hour * (1 - discount_ratio)


def commitment_period_usd(
    *,
    demand_usd_per_hour: Sequence[Decimal],
    covered_usd_per_hour: Decimal,
    discount_ratio: Decimal,
    hours: Sequence[Decimal] = (),
) -> Decimal:
    """Cost of a day or a week under a commitment, On-Demand above it included.

    Formula: F30
        C(x) = Σ_h t_h·[x·(1 − δ) + max(0, d_h − x)]
    Symbols:
        C(x): cost of the period, USD
        x: usage that the commitment covers, at On-Demand rates, USD per hour
        d_h: usage in part h of the period at On-Demand rates, USD per hour
        t_h: length of that part, hours; 1 each where none are given
        δ: discount of the plan, 0 to 1
    Valid when: the profile repeats for the term, without growth, and δ is the same for all usage.
    Source: newsvendor argument, derived; enumeration agrees.
    Worked example: two hours of $20 and $40, $20 of which are covered at 40% off.
        >>> commitment_period_usd(
        ...     demand_usd_per_hour=(Decimal(20), Decimal(40)), covered_usd_per_hour=Decimal(20),
        ...     discount_ratio=Decimal("0.4"),
        ... )
        Decimal('44.0')
    """
    committed = commitment_usd_per_hour(covered_usd_per_hour=covered_usd_per_hour, discount_ratio=discount_ratio)
    parts = zip(demand_usd_per_hour, hours or (Decimal(1),) * len(demand_usd_per_hour), strict=True)
    return sum(
        (length * (committed + max(Decimal(0), demand - covered_usd_per_hour)) for demand, length in parts), Decimal(0)
    )


def best_covered_usd_per_hour(
    *, demand_usd_per_hour: Sequence[Decimal], discount_ratio: Decimal, hours: Sequence[Decimal] = ()
) -> Decimal:
    """Level of usage whose coverage makes the period cheapest.

    Formula: F30
        x* = the largest d_h with (hours in which demand ≥ d_h) / hours ≥ 1 − δ
    Symbols:
        x*: usage to cover, at On-Demand rates, USD per hour; 0 when no level pays
        d_h: usage in part h of the period at On-Demand rates, USD per hour
        hours: the lengths t_h of those parts, 1 each where none are given
        δ: discount of the plan, 0 to 1
    Valid when: the profile repeats for the term, without growth, and δ is the same for all
        usage. Where two levels cost the same the higher one is taken.
    Source: newsvendor argument, derived; enumeration agrees.
    Worked example: of five hours demand is at $30 or more in three: enough for 40% off.
        >>> demand = tuple(map(Decimal, (10, 20, 30, 40, 50)))
        >>> best_covered_usd_per_hour(demand_usd_per_hour=demand, discount_ratio=Decimal("0.4"))
        Decimal('30')
    """
    parts = list(zip(demand_usd_per_hour, hours or (Decimal(1),) * len(demand_usd_per_hour), strict=True))
    enough = (1 - discount_ratio) * sum((length for _, length in parts), Decimal(0))
    reached = Decimal(0)
    for level, length in sorted(parts, reverse=True):
        reached += length
        if reached >= enough:
            return level
    return Decimal(0)


def commitment_break_even_utilisation_ratio(*, discount_ratio: Decimal) -> Decimal:
    """Share of the hours in use above which a commitment pays.

    Formula: F31
        u* = 1 − δ
    Symbols:
        u*: share of the term's hours in which the capacity is used, 0 to 1
        δ: discount of the commitment against On-Demand, 0 to 1
    Valid when: the commitment is paid for every hour of the term and can't be resold.
    Source: algebra: u·P = (1 − δ)·P.
    Worked example: the highest discount of a Compute Savings Plan.
        >>> commitment_break_even_utilisation_ratio(discount_ratio=Decimal("0.66"))
        Decimal('0.34')
    """
    return 1 - discount_ratio


def host_break_even_instances(*, host_usd_per_hour: Decimal, instance_usd_per_hour: Decimal) -> Decimal | None:
    """Instances on one Dedicated Host from which the host costs no more than they do.

    Formula: F32
        n* = ⌈P_host / P_vm⌉
    Symbols:
        n*: instances on the host, whole
        P_host: price of the host, USD per hour
        P_vm: On-Demand price of one instance and of the licence that it saves, USD per hour
    Valid when: all instances on the host have the same size. A host that holds fewer than n*
        never pays on price. None when the instance costs nothing.
    Source: AWS Dedicated Hosts page (billing by the host); algebra.
    Worked example: an illustrative host at $5.50 an hour, instances at $0.40.
        >>> host_break_even_instances(
        ...     host_usd_per_hour=Decimal("5.50"), instance_usd_per_hour=Decimal("0.40")
        ... )
        Decimal('14')
    """
    if instance_usd_per_hour <= 0:
        return None
    return (host_usd_per_hour / instance_usd_per_hour).to_integral_value(ROUND_CEILING)


def host_usd_per_instance_hour(*, host_usd_per_hour: Decimal, instances: Decimal | int) -> Decimal | None:
    """Cost of one of the instances that share a Dedicated Host.

    Formula: F32
        c = P_host / n
    Symbols:
        c: cost of one instance, USD per hour
        P_host: price of the host, USD per hour
        n: instances on the host
    Valid when: n is at most what the host holds. None when there is no instance.
    Source: AWS Dedicated Hosts page (billing by the host); algebra.
    Worked example: an illustrative host at $5.50 an hour, filled with 20 instances.
        >>> host_usd_per_instance_hour(host_usd_per_hour=Decimal("5.50"), instances=20)
        Decimal('0.275')
    """
    if instances <= 0:
        return None
    return host_usd_per_hour / instances


def hosts_needed(*, instances: Decimal, instances_per_host: Decimal | int) -> Decimal:
    """Dedicated Hosts that hold so many instances.

    Formula: F32
        m = ⌈n / k⌉
    Symbols:
        m: hosts, whole
        n: instances that run at the same time
        k: instances that one host holds
    Valid when: all instances have the same size. A spare host for failures is extra.
    Source: definition.
    Worked example: 45 instances on hosts that hold 20.
        >>> hosts_needed(instances=Decimal(45), instances_per_host=20)
        Decimal('3')
    """
    return (instances / instances_per_host).to_integral_value(ROUND_CEILING)


def capacity_block_usd(*, block_usd_per_hour: Decimal, days: Decimal | int, instances: Decimal | int) -> Decimal:
    """Price of a Capacity Block, used or not.

    Formula: F36
        C = n·P_block·24·D
    Symbols:
        C: price of the block, paid up front, USD
        n: instances
        P_block: price of one instance in the block, USD per hour
        D: length of the block, days
    Valid when: the price was fixed at purchase; 1 to 14 days, or a multiple of 7 up to 182.
    Source: AWS "Capacity Blocks pricing and billing".
    Worked example: four weeks of one p5en.48xlarge at $41.61 (a price reported in January 2026).
        >>> capacity_block_usd(block_usd_per_hour=Decimal("41.61"), days=28, instances=1)
        Decimal('27961.92')
    """
    return block_usd_per_hour * HOURS_PER_DAY * days * instances


def capacity_block_break_even_utilisation_ratio(
    *, block_usd_per_hour: Decimal, on_demand_usd_per_hour: Decimal
) -> Decimal | None:
    """Share of a Capacity Block in use above which it costs less than On-Demand.

    Formula: F36
        u* = P_block / P_od
    Symbols:
        u*: share of the block's hours in use; above 1 the block never wins on price
        P_block: price of one instance in the block, USD per hour
        P_od: On-Demand price of the same instance, USD per hour
    Valid when: the block is paid in full, used or not, and takes no Savings Plan. None when
        On-Demand costs nothing.
    Source: AWS "Capacity Blocks pricing and billing"; algebra.
    Worked example: p5en.48xlarge at $41.61 in a block (reported in January 2026), $63.296 On-Demand.
        >>> round(capacity_block_break_even_utilisation_ratio(
        ...     block_usd_per_hour=Decimal("41.61"), on_demand_usd_per_hour=Decimal("63.296")
        ... ), 6)
        Decimal('0.657388')
    """
    if on_demand_usd_per_hour <= 0:
        return None
    return block_usd_per_hour / on_demand_usd_per_hour
