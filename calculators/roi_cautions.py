"""What an expert says before a return on investment is believed."""

from __future__ import annotations

from decimal import Decimal
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from calculators import shown, tracing
from calculators.results import Caution
from calculators.roi_spread import assumed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculators.roi_inputs import Inputs
    from calculators.roi_plan import Plan

MEASURED_GAIN = Decimal("0.15")  # support agents, mean of all, in the journal version of NBER 31161
FAST_ADOPTION = Decimal("0.9")
LONG_YEARS = 5
FEW_RUNS = 1_000
DRIVER_WORDS = {
    "throughput_gain_ratio": "the gain an hour",
    "development_usd": "development",
    "run_usd_per_year": "the running cost",
}


@tracing.untraced
def cautions(plan: Plan, inputs: Inputs, first_year_roi: Decimal | None) -> Iterator[Caution]:
    """Yield what applies to this plan."""
    yield from _gain_cautions(plan)
    yield from _time_cautions(plan, first_year_roi)
    yield from _cash_cautions(plan)
    yield from _range_cautions(inputs)


def _gain_cautions(plan: Plan) -> Iterator[Caution]:
    if plan.throughput_gain_ratio > MEASURED_GAIN:
        yield Caution(
            "gain-without-control-group",
            f"{shown.percent(plan.throughput_gain_ratio)} more an hour is above the mean that a study with a control "
            "group found among support agents: 14% to 15%, and 34% for novices only. In a 2025 trial, experienced "
            "developers felt faster and were 19% slower. Measure yours against people without the tool.",
        )
    if plan.gains_usd_per_year > plan.other_gains_usd_per_year and plan.realisation_ratio == 1:
        yield Caution(
            "all-freed-time-is-money",
            "A realisation of 100% takes every freed minute as money. Say which cost falls or which sale is made.",
        )
    naive = _npv_of_wrong_formula(plan)
    if plan.npv_usd < 0 < naive:
        yield Caution(
            "gain-is-not-freed-time",
            f"{shown.percent(plan.throughput_gain_ratio)} more an hour frees {shown.percent(plan.freed_ratio)} of the "
            f"time, not {shown.percent(plan.throughput_gain_ratio)}. With the wrong figure the NPV would be "
            f"{shown.usd(naive)}, and the plan would seem to pay.",
        )


def _npv_of_wrong_formula(plan: Plan) -> Decimal:
    """Return the NPV if the gain in throughput itself were taken for the freed time."""
    hours_usd = plan.hours_per_year * plan.realisation_ratio * plan.loaded_wage_usd_per_hour
    too_much = hours_usd * (plan.throughput_gain_ratio - plan.freed_ratio)
    return plan.npv_usd + plan.adoption_factor * too_much


def _time_cautions(plan: Plan, first_year_roi: Decimal | None) -> Iterator[Caution]:
    first, years = plan.adoption_ratio_by_year[0], len(plan.adoption_ratio_by_year)
    if first > FAST_ADOPTION:
        yield Caution(
            "no-ramp-up",
            f"{shown.percent(first)} adoption in year 1 leaves no time to learn. Enter what a pilot has shown.",
        )
    if first_year_roi is not None and first < 1:
        cost = plan.development_usd + plan.run_usd_per_year
        real = (first * plan.gains_usd_per_year - cost) / cost
        yield Caution(
            "one-year-roi-hides-ramp-up",
            f"The one-year ROI of {shown.percent(first_year_roi)} takes full adoption. At the "
            f"{shown.percent(first)} planned for year 1 it is {shown.percent(real)}.",
        )
    if years > LONG_YEARS:
        yield Caution(
            "horizon-over-5-years",
            f"The plan runs for {years} years. Models, prices and tasks change sooner: see what the first "
            f"{LONG_YEARS} years are worth by themselves.",
        )
    if plan.discount_rate_ratio == 0:
        yield Caution(
            "no-discount-rate",
            "At a discount rate of 0 money in the last year is worth as much as money today, and risk costs nothing.",
        )


def _cash_cautions(plan: Plan) -> Iterator[Caution]:
    if plan.changes_of_sign > 1:
        yield Caution(
            "irr-not-unique",
            "The cash flows change sign more than once, so there can be several internal rates of return. Quote the "
            "NPV.",
        )
    balance = list(accumulate(plan.cash_flows_usd))
    if any(before >= 0 > after for before, after in pairwise(balance)):
        yield Caution(
            "paid-back-then-lost",
            "The money comes back and is lost again in a later year. The payback time does not see that; the NPV does.",
        )
    if plan.run_usd_per_year == 0:
        yield Caution(
            "no-running-cost",
            "The running cost is 0. Tokens, monitoring, new evaluations and the people who do them cost money.",
        )


def _range_cautions(inputs: Inputs) -> Iterator[Caution]:
    empty = list(assumed(inputs))
    if "realisation_ratio" in empty:
        yield Caution(
            "realisation-not-measured",
            f"That {shown.percent(inputs.realisation_ratio)} of the freed time becomes money has no range of your own. "
            "It is rarely measured, and it moves the result as much as the wage does.",
        )
    others = [DRIVER_WORDS[each] for each in empty if each in DRIVER_WORDS]
    if others:
        listed = others[0] if len(others) == 1 else f"{', '.join(others[:-1])} and {others[-1]}"
        yield Caution(
            "assumed-range",
            f"The range of {listed} is assumed, in the proportions of the worked example. Enter the worst and the "
            "best that you can defend.",
        )
    if inputs.monte_carlo_runs < FEW_RUNS:
        runs = shown.significant(inputs.monte_carlo_runs, 4)
        yield Caution("few-runs", f"{runs} runs give rough percentiles. Another seed will move them.")
