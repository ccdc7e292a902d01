"""Soundness: whether a drawn case makes a fair question, and which of its slips can be told apart."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calculators.practice.cases import Case, Slip

FEWEST_SLIPS = 2
LEAST_ANSWER = Decimal("0.001")


def fair(case: Case | None) -> Case | None:
    """Return the case with the slips that can be told apart, None where it makes no fair question."""
    if case is None:
        return None
    if case.kind == "number":
        return _fair_number(case)
    known = {each.value for each in case.choices}
    slips = _distinct(case, [each for each in case.slips if each.value != case.answer])
    wrong = len(known) - 1 if case.kind == "choice" else 1
    return replace(case, slips=slips) if len(slips) >= wrong else None


def overlap(left: Decimal, right: Decimal, tolerance_ratio: Decimal) -> bool:
    """Say whether one number could be taken for both: whether their bands of tolerance touch.

    >>> overlap(Decimal(100), Decimal(102), Decimal("0.01")), overlap(Decimal(100), Decimal(103), Decimal("0.01"))
    (True, False)
    """
    return abs(left - right) <= tolerance_ratio * (abs(left) + abs(right))


def _fair_number(case: Case) -> Case | None:
    """Refuse an answer too small to be typed, or one that a slip would be taken for."""
    tolerance = case.tolerance_ratio
    if abs(case.answer) < LEAST_ANSWER or any(overlap(case.answer, each.value, tolerance) for each in case.slips):
        return None
    kept: list[Slip] = []
    for slip in case.slips:
        if slip.value and not any(overlap(slip.value, each.value, tolerance) for each in kept):
            kept.append(slip)
    return replace(case, slips=tuple(kept)) if len(kept) >= FEWEST_SLIPS else None


def _distinct(_: Case, slips: Sequence[Slip]) -> tuple[Slip, ...]:
    """Keep the first of the slips that say the same."""
    return tuple({each.value: each for each in reversed(slips)}.values())[::-1]
