"""How far the answer moves: one figure at a time, and all uncertain figures at once."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cmp_to_key
from typing import TYPE_CHECKING, Any, NamedTuple

from calculators import tracing
from calculators.fields import specs
from calculators.formulas import uncertainty
from calculators.formulas.uncertainty import Triangular
from calculators.results import INPUT_NAME, output
from calculators.roi_inputs import UNCERTAIN, Inputs
from calculators.roi_plan import DRIVERS, NPV, Plan

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculators.steps import Receipt

# Least, planned and greatest value of the worked example of F20. An end that is left empty stands
# to the planned figure as it does there.
ASSUMED = {
    "throughput_gain_ratio": ("0", "0.14", "0.34"),
    "realisation_ratio": ("0.2", "0.5", "0.8"),
    "development_usd": ("160000", "210000", "420000"),
    "run_usd_per_year": ("80000", "114000", "240000"),
}
ROUNDING = Decimal("1e-9")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sensitivity:
    """The NPV when one driver is less or more than planned, and nothing else changes."""

    input: str = output("Moved", INPUT_NAME)
    npv_low_usd: Decimal = output("Lowest NPV", "USD")
    npv_high_usd: Decimal = output("Highest NPV", "USD")


class Moved(NamedTuple):
    """One driver moved both ways: the NPV with less of it and with more of it."""

    driver: str
    npv_with_less_usd: Decimal
    npv_with_more_usd: Decimal

    @property
    def swing_usd(self) -> Decimal:
        """How far the NPV moves between the two."""
        return abs(self.npv_with_more_usd - self.npv_with_less_usd)


@dataclass(frozen=True, slots=True, kw_only=True)
class MonteCarlo:
    """The NPV over many runs, each with all uncertain drivers drawn from their ranges (F20)."""

    p10_usd: Decimal = output("1 run in 10 ends below", "USD")
    p50_usd: Decimal = output("half of the runs end below", "USD")
    p90_usd: Decimal = output("1 run in 10 ends above", "USD")
    mean_usd: Decimal = output("mean", "USD")
    probability_positive_ratio: Decimal = output("chance of a gain", "ratio")


def moves(plan: Plan, inputs: Inputs, receipt: Receipt) -> list[Moved]:
    """Return each driver moved both ways, the greatest swing first; a driver at 0 can't be moved."""
    found = []
    for driver in DRIVERS:
        if getattr(plan, driver) == 0:
            continue
        less, more = (
            receipt.step(f"sensitivity.{driver}.{way}", moved.npv_usd, "USD", NPV, "F19", **moved.symbols())
            for way, moved in _both_ways(plan, inputs, driver)
        )
        found.append(Moved(driver, less, more))
    return sorted(found, key=cmp_to_key(_wider_first))


def _wider_first(one: Moved, other: Moved) -> int:
    """Compare two swings: those that differ by rounding alone are equal, and keep their order."""
    wider = other.swing_usd - one.swing_usd
    if abs(wider) <= ROUNDING * (one.swing_usd + other.swing_usd):
        return 0
    return 1 if wider > 0 else -1


def _both_ways(plan: Plan, inputs: Inputs, driver: str) -> Iterator[tuple[str, Plan]]:
    """Yield the plan with less of one driver and with more of it, at most as much as can be entered."""
    by = inputs.sensitivity_ratio
    yield "less", _moved(plan, driver, 1 - by)
    yield "more", _moved(plan, driver, 1 + by)


def _moved(plan: Plan, driver: str, factor: Decimal) -> Plan:
    spec = specs(Inputs).get(driver)
    greatest = spec.maximum if spec else None

    def times(value: Decimal) -> Decimal:
        return value * factor if greatest is None else min(value * factor, greatest)

    value = getattr(plan, driver)
    changed: dict[str, Any] = {driver: tuple(map(times, value)) if isinstance(value, tuple) else times(value)}
    return replace(plan, **changed)


def sensitivity(moved: list[Moved]) -> tuple[Sensitivity, ...]:
    """Return the rows of the table, the lower NPV first whichever way the driver was moved."""
    pairs = [(each.driver, sorted((each.npv_with_less_usd, each.npv_with_more_usd))) for each in moved]
    return tuple(Sensitivity(input=driver, npv_low_usd=low, npv_high_usd=high) for driver, (low, high) in pairs)


def assumed(inputs: Inputs) -> Iterator[str]:
    """Yield each uncertain driver of which an end is left empty."""
    for driver in UNCERTAIN:
        if None in (getattr(inputs, f"{driver}_low"), getattr(inputs, f"{driver}_high")):
            yield driver


@tracing.untraced
def simulate(plan: Plan, inputs: Inputs, receipt: Receipt) -> list[float]:
    """Return the NPV of every run, smallest first."""
    ranges = {driver: _range(driver, inputs, receipt) for driver in UNCERTAIN}
    return uncertainty.simulated_npvs_usd(
        seed=int(inputs.seed),
        runs=int(inputs.monte_carlo_runs),
        **ranges,
        hours_wage_usd_per_year=float(plan.hours_per_year * plan.loaded_wage_usd_per_hour),
        other_gains_usd_per_year=float(plan.other_gains_usd_per_year),
        adoption_factor=float(plan.adoption_factor),
        annuity_factor=float(plan.annuity_factor),
    )


def _range(driver: str, inputs: Inputs, receipt: Receipt) -> Triangular:
    """Return the range of a driver; an end that is left empty is assumed, and recorded."""
    planned: Decimal = getattr(inputs, driver)
    least, mode, greatest = map(Decimal, ASSUMED[driver])
    ends: list[Decimal] = []
    for name, end in ((f"{driver}_low", least), (f"{driver}_high", greatest)):
        entered: Decimal | None = getattr(inputs, name)
        spec = specs(type(inputs))[name]
        most = spec.maximum or planned
        if entered is None:
            value, formula = min(planned * end / mode, most), "min(planned·end / mode, most)"
            receipt.step(name, value, spec.unit, formula, "F20", planned=planned, end=end, mode=mode, most=most)
        ends.append(value if entered is None else entered)
    return Triangular(float(ends[0]), float(planned), float(ends[1]))


@tracing.untraced
def monte_carlo(npvs: list[float], plan: Plan, receipt: Receipt) -> MonteCarlo:
    """Return the percentiles (nearest rank), the mean and the share of runs with a gain."""
    runs = len(npvs)
    run = "S·(people·h·12·w·ρ_i·g_i/(1 + g_i) + other) − development_i − D·run_i"

    def percentile(name: str, share: str) -> Decimal:
        found = uncertainty.percentile(ordered=npvs, share=Decimal(share))
        rank = math.ceil(Decimal(share) * runs)
        words = f"number {rank:,} of {runs:,} runs in ascending order, each {run}"
        value = Decimal(str(found))
        return receipt.step(f"monte_carlo.{name}", value, "USD", words, "F20", **plan.symbols())

    positive = sum(each > 0 for each in npvs)
    mean = Decimal(str(math.fsum(npvs) / runs))  # fsum: sum() rounds differently from one Python to the next
    return MonteCarlo(
        p10_usd=percentile("p10_usd", "0.1"),
        p50_usd=percentile("p50_usd", "0.5"),
        p90_usd=percentile("p90_usd", "0.9"),
        mean_usd=receipt.step("monte_carlo.mean_usd", mean, "USD", "sum of all runs / number of runs", "F20"),
        probability_positive_ratio=receipt.step(
            "monte_carlo.probability_positive_ratio",
            Decimal(positive) / runs,
            "ratio",
            "above_0 / runs",
            "F20",
            above_0=positive,
            runs=runs,
        ),
    )
