"""Quiet answers: what a case needs of a calculator, from its own parts, without its steps, charts and flips.

A drawn case may be refused and drawn again, so its numbers must cost little. The whole question is
answered by the calculator itself.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from calculators import (
    capacity,
    compute_case,
    compute_judgement,
    distillation_balance,
    model_choice_ways,
    redundancy,
    redundancy_patterns,
    redundancy_regions,
    roi,
    roi_plan,
    tier_judgement,
)
from calculators.errors import InputError
from calculators.ledger import Ledger
from calculators.practice.cases import inputs_of
from calculators.steps import Receipt

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from calculators.catalogue import Catalogue

Given = dict[str, Any]
NEAR = (Decimal("0.95"), Decimal("1.05"))
"""How far a figure may move before the answer to a choice may change."""


def silence() -> Receipt:
    """Return a receipt that keeps nothing."""
    return Receipt(is_quiet=True)


def tiers(given: Given, catalogue: Catalogue) -> tier_judgement.Verdict:
    """Return every way to pay of tier-selection, judged and priced."""
    inputs: Any = inputs_of("tier-selection", given)
    return tier_judgement.judge(inputs, catalogue, silence())


def balance(given: Given, catalogue: Catalogue) -> distillation_balance.Balance:
    """Return both choices of distillation-savings."""
    inputs: Any = inputs_of("distillation-savings", given)
    return distillation_balance.weigh(inputs, catalogue, silence())


def purchase(given: Given, catalogue: Catalogue) -> compute_case.Case:
    """Return the case of compute-purchase, from which demand, job and judgement come."""
    inputs: Any = inputs_of("compute-purchase", given)
    return compute_case.Case(inputs, catalogue, silence())


def purchases(given: Given, catalogue: Catalogue) -> compute_judgement.Verdict:
    """Return every way to buy of compute-purchase, judged and priced."""
    return compute_judgement.judge(purchase(given, catalogue))


def plan(given: Given) -> roi_plan.Plan:
    """Return the plan of roi."""
    inputs: roi.Inputs = inputs_of("roi", given)  # type: ignore[assignment]  # the inputs of that calculator
    return roi_plan.plan_of(inputs)


def regions(given: Given, catalogue: Catalogue) -> redundancy_regions.Regions:
    """Return the ladder of Regions of redundancy."""
    inputs: redundancy.Inputs = inputs_of("redundancy", given)  # type: ignore[assignment]  # the same
    return redundancy_regions.Regions(inputs, Ledger(catalogue, is_quiet=True), silence())


def patterns(given: Given) -> tuple[redundancy_patterns.PatternCost, ...]:
    """Return the yearly cost of each recovery pattern of redundancy."""
    inputs: redundancy.Inputs = inputs_of("redundancy", given)  # type: ignore[assignment]  # the same
    return redundancy_patterns.costs(inputs, silence())


def hosting(given: Given) -> capacity.Inputs:
    """Return the checked inputs of capacity."""
    inputs: capacity.Inputs = inputs_of("capacity", given)  # type: ignore[assignment]  # the same
    return inputs


def ways(given: Given, catalogue: Catalogue) -> model_choice_ways.Ways:
    """Return the ways to serve a workload of model-choice."""
    inputs: Any = inputs_of("model-choice", given)
    return model_choice_ways.Ways(inputs, catalogue, silence(), is_trial=True)


def is_steady(given: Mapping[str, Any], names: Sequence[str], decide: Callable[[Given], str | None]) -> bool:
    """Say whether no named figure, moved by 5 % up or down, changes the decision."""
    decided = decide(dict(given))
    return all(
        _decides(decide, {**given, name: _moved(given[name], factor)}) == decided for name in names for factor in NEAR
    )


def _moved(value: Decimal, factor: Decimal) -> Decimal:
    moved = value * factor
    return moved.to_integral_value() if value == value.to_integral_value() and value > 1 else moved


def _decides(decide: Callable[[Given], str | None], given: Given) -> str | None:
    try:
        return decide(given)
    except InputError:
        return None  # beyond what can be entered
