"""Judgement: every way to buy judged, priced, and the cheapest of those that fit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from calculators.compute_figures import family
from calculators.compute_options import PURCHASES, Option, rules_against
from calculators.compute_prices import Pricing
from calculators.errors import InputError, Problem

if TYPE_CHECKING:
    from decimal import Decimal

    from calculators.compute_case import Case
    from calculators.compute_purchase import Inputs


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Every way to buy judged and priced, and the one to take."""

    case: Case
    options: tuple[Option, ...]
    recommended: Option
    usd: Decimal  # of the recommended one: a month, or the job

    def option(self, purchase: str) -> Option:
        """Return one way to buy."""
        return next(each for each in self.options if each.purchase == purchase)

    def usd_of(self, option: Option) -> Decimal | None:
        """Return the price that counts: of the job where a job is bought, else of a month."""
        return option.usd_per_job if self.case.is_job else option.usd_per_month


def judge(case: Case) -> Verdict:
    """Judge and price every way to buy. Raises InputError where a price that decides is not public."""
    best, usd = decide(case.quietly())
    pricing = Pricing(case)
    options = tuple(_option(purchase, case, pricing) for purchase in PURCHASES)
    return Verdict(case=case, options=options, recommended=options[list(PURCHASES).index(best)], usd=usd)


def decide(case: Case) -> tuple[str, Decimal]:
    """Return the cheapest way to buy that fits, and its price; at the same price the plainer one."""
    pricing = Pricing(case)
    fitting = []
    for purchase in PURCHASES:
        if next(rules_against(purchase, case), None) is None:
            usd = pricing.per_job(purchase) if case.is_job else pricing.per_month(purchase)
            fitting += [(purchase, usd)] if usd is not None else []
    if not fitting:
        raise InputError([_host_missing(case.inputs)])
    return min(fitting, key=lambda each: each[1])


def _option(purchase: str, case: Case, pricing: Pricing) -> Option:
    reasons = tuple(rule.reason(case) for rule in rules_against(purchase, case))
    return Option(
        purchase=purchase,
        suitable=not reasons,
        usd_per_month=None if case.is_job else pricing.per_month(purchase),
        usd_per_job=pricing.per_job(purchase),
        reasons=reasons or pricing.notes(purchase),
    )


def _host_missing(inputs: Inputs) -> Problem:
    """Say that the one way to buy that fits has no public price."""
    where = f"{family(inputs.instance_type)} in {inputs.region}"
    problem = f"only a Dedicated Host fits, and there is no public price of one for {where}: enter it"
    return Problem("host_usd_per_hour", problem)
