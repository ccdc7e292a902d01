"""Return on investment: does faster work repay what the tool costs, and what must be true for it?

The freed share of time is g/(1 + g), not g; only the realised part of it is money. The answer is a
net present value with its range, never a single percentage. Formulas F15 to F20.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from calculators import roi_charts, shown
from calculators.results import Result as BaseResult
from calculators.results import exact, output
from calculators.roi_cautions import cautions
from calculators.roi_charts import whole_usd, years_text
from calculators.roi_inputs import Inputs
from calculators.roi_must_be_true import MustBeTrue, must_be_true
from calculators.roi_plan import break_even_realisation, explain_gains, explain_worth, irr, payback, plan_of
from calculators.roi_spread import MonteCarlo, Sensitivity, monte_carlo, moves, sensitivity, simulate
from calculators.steps import Receipt

if TYPE_CHECKING:
    from calculators.catalogue import Catalogue
    from calculators.results import Chart

__all__ = ["NAME", "OPEN_GROUPS", "QUESTION", "TITLE", "VERSION", "Inputs", "Result", "answer", "calculate"]

NAME = "roi"
VERSION = 1
TITLE = "Return on investment"
QUESTION = "Does faster work repay what the tool costs, and what must be true for it?"
OPEN_GROUPS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Result(BaseResult):
    """What the plan is worth, how sure that is, and what must be true for it to pay."""

    npv_usd: Decimal = output("Net present value, as planned", "USD")
    monte_carlo: MonteCarlo = output("NPV over the ranges")
    break_even_realisation_ratio: Decimal | None = output("Breaks even at a realisation of", "ratio")
    payback_years: Decimal | None = output("Payback in years", "years")
    discounted_payback_years: Decimal | None = output("Payback in years, discounted", "years")
    irr_ratio: Decimal | None = output("Internal rate of return", "ratio")
    irr_is_unique: bool = output("Rate of return unambiguous", "yes or no")
    first_year_roi_ratio: Decimal | None = output("ROI of one year at full adoption", "ratio")
    gains_usd_per_year: Decimal = output("Gains of a year at full adoption", "USD per year")
    freed_ratio: Decimal = output("Time freed", "ratio")
    development_usd: Decimal = output("Development cost", "USD")
    cash_flows_usd: tuple[Decimal, ...] = output("Cash flows", "USD")
    must_be_true: tuple[MustBeTrue, ...] = output("What must be true for an NPV of 0")
    sensitivity: tuple[Sensitivity, ...] = output("The NPV when one figure moves")


@exact
def calculate(
    inputs: Inputs,
    catalogue: Catalogue | None = None,  # noqa: ARG001 - every calculator takes one; this one needs no price
    *,
    is_quiet: bool = False,
) -> Result:
    """Return what the plan is worth and how sure that is; no price of the catalogue is used.

    Quiet, it leaves out steps and charts: the same numbers, for many rows.
    Source: F15 to F20 of the formula reference.

    >>> round(calculate(Inputs()).npv_usd, 1)
    Decimal('372560.2')
    """
    receipt, plan = Receipt(is_quiet=is_quiet), plan_of(inputs)
    roi = explain_gains(plan, inputs, receipt)
    explain_worth(plan, receipt)
    rate = irr(plan, receipt)
    is_unique = plan.changes_of_sign <= 1
    paid_back = payback("payback_years", plan.cash_flows_usd, receipt)
    discounted = payback("discounted_payback_years", plan.discounted_cash_flows_usd, receipt)
    realisation = break_even_realisation(plan, receipt)
    must = must_be_true(plan, rate if is_unique else None, receipt)
    moved = moves(plan, inputs, receipt)
    npvs = simulate(plan, inputs, receipt)
    spread = monte_carlo(npvs, plan, receipt)
    pictures: tuple[Chart, ...] = ()
    if not is_quiet:
        pictures = (
            roi_charts.cumulative_cash(plan, paid_back, discounted),
            *roi_charts.distribution(npvs, spread),
            *([roi_charts.tornado(plan, inputs, moved)] if moved else []),
        )
    return Result(
        npv_usd=plan.npv_usd,
        monte_carlo=spread,
        break_even_realisation_ratio=realisation,
        payback_years=paid_back,
        discounted_payback_years=discounted,
        irr_ratio=rate,
        irr_is_unique=is_unique,
        first_year_roi_ratio=roi,
        gains_usd_per_year=plan.gains_usd_per_year,
        freed_ratio=plan.freed_ratio,
        development_usd=plan.development_usd,
        cash_flows_usd=plan.cash_flows_usd,
        must_be_true=must,
        sensitivity=sensitivity(moved),
        steps=tuple(receipt.steps),
        prices=(),
        warnings=tuple(cautions(plan, inputs, roi)),
        charts=pictures,
    )


def answer(inputs: Inputs, result: Result) -> str:
    """Return the worth of the plan with its range, and what must be true for it to pay."""
    years = years_text(Decimal(len(inputs.adoption_ratio_by_year)))
    spread, rate = result.monte_carlo, shown.percent(inputs.discount_rate_ratio)
    plan = f"Net present value {whole_usd(result.npv_usd)} over {years} at {rate}"
    if spread.p10_usd == spread.p90_usd:
        risk = "; no figure was given a range, so this says nothing of the risk"
    else:
        risk = f"; chance of a loss over the ranges {shown.percent(1 - spread.probability_positive_ratio)}"
    return f"{plan}{risk}. {_condition(inputs, result)}".rstrip()


def _condition(inputs: Inputs, result: Result) -> str:
    needed = result.break_even_realisation_ratio
    if needed is None:
        return ""
    if needed > 1:
        return "Even if all freed time became money, it would not pay."
    if needed <= 0:
        return "It pays even if no freed time becomes money."
    planned = shown.percent(inputs.realisation_ratio)
    least = shown.percent(shown.beyond(needed, "ratio", is_up=True))
    return f"It needs {least} of the freed time to become money; the plan takes {planned}."
