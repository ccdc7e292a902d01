"""The steady demand: what a month of it costs On-Demand, under a plan for its peak, under the best plan."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from calculators import shown
from calculators.formulas import purchasing

if TYPE_CHECKING:
    from calculators.compute_purchase import Inputs
    from calculators.steps import Receipt

HOURS_PER_MONTH, HOURS_PER_WEEK, HOURS_PER_DAY = Decimal(730), Decimal(168), Decimal(24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """Instances that run together, for how many hours of each day or week."""

    instances: tuple[Decimal, ...]
    hours: tuple[Decimal, ...]
    period_hours: Decimal

    @property
    def peak_instances(self) -> Decimal:
        """The most that run at the same time."""
        return max(self.instances)

    @property
    def instance_hours(self) -> Decimal:
        """Instance-hours of the period."""
        return sum((count * hours for count, hours in zip(self.instances, self.hours, strict=True)), Decimal(0))

    def arithmetic(self) -> str:
        """Write the instance-hours of the period as a sum."""
        if self.period_hours == HOURS_PER_WEEK:
            return shown.plain(self.hours[0])
        return f"({' + '.join(map(shown.plain, self.instances))})"


def demand(inputs: Inputs) -> Demand:
    """Return the demand: by the week for one instance, else by the hour of the day."""
    if inputs.hours_per_week is not None:
        on = inputs.hours_per_week
        return Demand(instances=(Decimal(1), Decimal(0)), hours=(on, HOURS_PER_WEEK - on), period_hours=HOURS_PER_WEEK)
    assert inputs.hourly_demand_instances is not None  # noqa: S101 - a conflict otherwise
    by_hour = inputs.hourly_demand_instances
    return Demand(instances=by_hour, hours=(Decimal(1),) * len(by_hour), period_hours=HOURS_PER_DAY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Steady:
    """A month of the demand, and the commitment that makes it cheapest."""

    demand: Demand
    usd_per_hour: tuple[Decimal, ...]  # the demand at On-Demand rates, one for each part of the period
    discount_ratio: Decimal
    instance_hours_per_month: Decimal
    on_demand_usd_per_month: Decimal
    savings_plan_usd_per_month: Decimal
    mix_usd_per_month: Decimal
    covered_usd_per_hour: Decimal
    commitment_usd_per_hour: Decimal
    break_even_utilisation_ratio: Decimal
    utilisation_ratio: Decimal  # of a plan for the peak
    mix_saving_ratio: Decimal

    def usd_per_month(self, covered_usd_per_hour: Decimal) -> Decimal:
        """Return what a month costs with so much covered."""
        period = purchasing.commitment_period_usd(
            demand_usd_per_hour=self.usd_per_hour,
            covered_usd_per_hour=covered_usd_per_hour,
            discount_ratio=self.discount_ratio,
            hours=self.demand.hours,
        )
        return period * HOURS_PER_MONTH / self.demand.period_hours


def steady(inputs: Inputs, on_demand_usd_per_hour: Decimal, receipt: Receipt) -> Steady:
    """Return what a month of the demand costs On-Demand and under commitments."""
    load, price, discount = demand(inputs), on_demand_usd_per_hour, inputs.savings_plan_discount_ratio
    hours = receipt.step(
        "instance_hours_per_month",
        load.instance_hours * HOURS_PER_MONTH / load.period_hours,
        "instance-hours per month",
        "instance_hours·month / period",
        "F30",
        instance_hours="" if receipt.is_quiet else load.arithmetic(),
        month=HOURS_PER_MONTH,
        period=load.period_hours,
    )
    whole_usd = load.instance_hours * price
    on_demand = receipt.step(
        "options.on_demand.usd_per_month",
        whole_usd * HOURS_PER_MONTH / load.period_hours,
        "USD per month",
        "hours·P",
        "F30",
        hours=hours,
        P=price,
    )
    break_even = receipt.step(
        "commitment_break_even_utilisation_ratio",
        purchasing.commitment_break_even_utilisation_ratio(discount_ratio=discount),
        "ratio",
        "1 − δ",
        "F31",
        δ=discount,
    )
    utilisation = receipt.step(
        "peak_plan_utilisation_ratio",
        hours / (load.peak_instances * HOURS_PER_MONTH),
        "ratio",
        "hours / (peak·month)",
        "F31",
        hours=hours,
        peak=load.peak_instances,
        month=HOURS_PER_MONTH,
    )
    plan = receipt.step(
        "options.savings_plan.usd_per_month",
        HOURS_PER_MONTH * load.peak_instances * price * (1 - discount),
        "USD per month",
        "month·peak·P·(1 − δ)",
        "F30",
        month=HOURS_PER_MONTH,
        peak=load.peak_instances,
        P=price,
        δ=discount,
    )
    usd_per_hour = tuple(count * price for count in load.instances)
    covered = purchasing.best_covered_usd_per_hour(
        demand_usd_per_hour=usd_per_hour, discount_ratio=discount, hours=load.hours
    )
    commitment = purchasing.commitment_usd_per_hour(covered_usd_per_hour=covered, discount_ratio=discount)
    words = "largest demand in USD per hour that is reached in at least 1 − δ of the hours"
    receipt.step("best_covered_usd_per_hour", covered, "USD per hour", words, "F30", δ=discount)
    receipt.step(
        "best_commitment_usd_per_hour",
        commitment,
        "USD per hour",
        "covered·(1 − δ)",
        "F30",
        covered=covered,
        δ=discount,
    )
    mix = _mix(load, usd_per_hour, covered, commitment, receipt)
    period_usd = purchasing.commitment_period_usd(
        demand_usd_per_hour=usd_per_hour, covered_usd_per_hour=covered, discount_ratio=discount, hours=load.hours
    )
    saving = receipt.step(
        "mix_saving_ratio",
        1 - period_usd / whole_usd,  # of the period, whose sums are exact: a month of 730 hours is rounded
        "ratio",
        "1 − mix / on_demand",
        "F30",
        mix=mix,
        on_demand=on_demand,
    )
    return Steady(
        demand=load,
        usd_per_hour=usd_per_hour,
        discount_ratio=discount,
        instance_hours_per_month=hours,
        on_demand_usd_per_month=on_demand,
        savings_plan_usd_per_month=plan,
        mix_usd_per_month=mix,
        covered_usd_per_hour=covered,
        commitment_usd_per_hour=commitment,
        break_even_utilisation_ratio=break_even,
        utilisation_ratio=utilisation,
        mix_saving_ratio=saving,
    )


def _mix(
    load: Demand, usd_per_hour: tuple[Decimal, ...], covered: Decimal, commitment: Decimal, receipt: Receipt
) -> Decimal:
    """Return the month under the best commitment, On-Demand above it included."""
    above = [(usd - covered, hours) for usd, hours in zip(usd_per_hour, load.hours, strict=True) if usd > covered]
    over = sum((usd * hours for usd, hours in above), Decimal(0)) * HOURS_PER_MONTH / load.period_hours
    terms = "" if receipt.is_quiet else " + ".join(_term(usd, hours) for usd, hours in above) or "0"
    receipt.step(
        "above_commitment_usd_per_month",
        over,
        "USD per month",
        "above·month / period",
        "F30",
        above=f"({terms})",
        month=HOURS_PER_MONTH,
        period=load.period_hours,
    )
    return receipt.step(
        "options.mix.usd_per_month",
        commitment * HOURS_PER_MONTH + over,
        "USD per month",
        "commitment·month + above",
        "F30",
        commitment=commitment,
        month=HOURS_PER_MONTH,
        above=over,
    )


def extreme_hours(load: Steady, receipt: Receipt) -> tuple[Decimal, Decimal]:
    """Return what the best commitment wastes in the quietest hour, and what it leaves On-Demand at the peak."""
    commitment, rate = load.commitment_usd_per_hour, 1 - load.discount_ratio
    least = min(usd for usd, hours in zip(load.usd_per_hour, load.demand.hours, strict=True) if hours)
    peak = max(load.usd_per_hour)
    unused = receipt.step(
        "unused_in_quietest_hour_usd",
        purchasing.unused_commitment_usd(plan_usd=(least * rate,), commitment_usd=commitment),
        "USD",
        "max(0, K − least·(1 − δ))",
        "F29",
        K=commitment,
        least=least,
        δ=load.discount_ratio,
    )
    (left,) = purchasing.left_on_demand_usd(on_demand_usd=(peak,), plan_usd=(peak * rate,), commitment_usd=commitment)
    receipt.step(
        "left_on_demand_at_peak_usd", left, "USD", "peak − covered", "F29", peak=peak, covered=load.covered_usd_per_hour
    )
    return unused, left


def _term(usd: Decimal, hours: Decimal) -> str:
    return shown.plain(usd) if hours == 1 else f"{shown.plain(usd)}·{shown.plain(hours)}"
