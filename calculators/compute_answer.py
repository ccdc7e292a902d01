"""The recommendation in words that a decision-maker can read aloud."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators import shown
from calculators.compute_options import PLANS, PURCHASES

if TYPE_CHECKING:
    from decimal import Decimal

    from calculators.compute_options import Option
    from calculators.compute_purchase import Inputs, Result


def sentence(inputs: Inputs, result: Result) -> str:
    """Return the recommendation with its price, and what it is held against."""
    best = _option(result, result.recommended)
    opening = f"{PURCHASES[best.purchase]}: {shown.usd(_usd(inputs, best))} {_per(inputs)}"
    if best.purchase == "spot" and result.spot_expected_hours is not None:
        opening += f", in {shown.significant(result.spot_expected_hours, 4)} hours on average"
    if best.purchase in PLANS:
        opening += f", with {shown.usd(result.best_commitment_usd_per_hour)} an hour committed"
    return f"{opening}. {_against(inputs, result)}"


def _against(inputs: Inputs, result: Result) -> str:
    """Return what the recommendation is held against."""
    on_demand = shown.usd(_usd(inputs, _option(result, "on_demand")))
    if inputs.licence_bound:
        return f"On-Demand would be {on_demand}, without a view of the cores."
    if result.recommended != "on_demand":
        return f"On-Demand would be {on_demand}."
    if _is_job(inputs):
        other = _option(result, "capacity_block" if inputs.fixed_date else "spot")
        if other.usd_per_job is None:
            return f"{PURCHASES[other.purchase]} has no price to compare."
        unfit = "" if other.suitable else ", and would not do"
        return f"{PURCHASES[other.purchase]} would be {shown.usd(other.usd_per_job)}{unfit}."
    plan = shown.usd(_usd(inputs, _option(result, "savings_plan")))
    pays = shown.percent(result.commitment_break_even_utilisation_ratio)
    return f"A plan for it would be {plan}: it pays only for what runs more than {pays} of the time."


def _option(result: Result, purchase: str) -> Option:
    return next(each for each in result.options if each.purchase == purchase)


def _is_job(inputs: Inputs) -> bool:
    return (inputs.interruptible or inputs.fixed_date) and not inputs.licence_bound


def _per(inputs: Inputs) -> str:
    return "for the job" if _is_job(inputs) else "a month"


def _usd(inputs: Inputs, option: Option) -> Decimal:
    """Return the price that counts."""
    usd = option.usd_per_job if _is_job(inputs) else option.usd_per_month
    assert usd is not None  # noqa: S101 - only priced options are told
    return usd
