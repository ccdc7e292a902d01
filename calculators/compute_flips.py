"""Compute flips: how far each input is from changing the recommended way to buy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from calculators import flips as search
from calculators.compute_case import Case
from calculators.compute_job import monthly_ratio
from calculators.compute_judgement import decide
from calculators.compute_options import PURCHASES
from calculators.results import output
from calculators.steps import Receipt

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from calculators.compute_purchase import Inputs

NEEDS = ("interruptible", "fixed_date", "licence_bound")
OF_THE_DEMAND = ("savings_plan_discount_ratio", "hours_per_week")
OF_SPOT = (
    "spot_price_ratio",
    "job_hours",
    "instances_in_job",
    "checkpoint_seconds",
    "restart_seconds",
    "monthly_interruption_ratio",
    "mean_hours_between_interruptions",
)
OF_A_BLOCK = (
    "on_demand_usd_per_hour",
    "job_hours",
    "instances_in_job",
    "capacity_block_usd_per_hour",
    "capacity_block_days",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Flip(search.Flip):
    """The nearest value of one input at which another way to buy is recommended."""

    becomes: str = output("Becomes", words=lambda: PURCHASES)


def flips(case: Case) -> Iterator[Flip]:
    """Yield the nearest flip of each input that can change the recommendation, in input order."""

    def decided(changed: Inputs) -> str:
        return decide(Case(changed, case.catalogue, Receipt(is_quiet=True)))[0]

    def now(name: str) -> Decimal | None:
        return _now(case, name)

    yield from search.find(case.inputs, decided, searched=_searched(case), switched=_switched(case), kind=Flip, now=now)


def _switched(case: Case) -> tuple[str, ...]:
    """Return the needs whose other value leaves what is bought: a job is not compared with the steady demand."""

    def switched(name: str) -> Case:
        other = case.inputs.trial(name, value=not getattr(case.inputs, name))
        return Case(other, case.catalogue, Receipt(is_quiet=True))

    return tuple(name for name in NEEDS if switched(name).is_job == case.is_job)


def _searched(case: Case) -> tuple[str, ...]:
    """Return the numbers that bear on the decision: those of what is bought."""
    if case.inputs.licence_bound:
        return ()
    if not case.is_job:
        return OF_THE_DEMAND
    return OF_A_BLOCK if case.inputs.fixed_date else OF_SPOT


def _now(case: Case, name: str) -> Decimal | None:
    """Return the present value of a searched input; for an empty one, the catalogue's figure."""
    if name == "on_demand_usd_per_hour":
        return case.figures.on_demand_usd_per_hour
    if name == "spot_price_ratio":
        return case.figures.spot_price_ratio
    if name == "monthly_interruption_ratio":
        is_measured = case.inputs.mean_hours_between_interruptions is not None
        return None if is_measured else monthly_ratio(case.inputs, case.catalogue)
    value: Decimal | None = getattr(case.inputs, name)
    return value
