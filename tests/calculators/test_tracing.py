"""Tracing: a traced number computes as a plain one, and keeps how it was made."""

from __future__ import annotations

import math
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_EVEN, ROUND_UP, Decimal
from typing import TYPE_CHECKING, Any

import pytest

from calculators import tracing

if TYPE_CHECKING:
    from collections.abc import Callable

VALUES = [Decimal("2.25"), Decimal("-2.25"), Decimal("7.75")]
ROUNDED: dict[str, tuple[str, Callable[[Decimal], int]]] = {
    ROUND_CEILING: ("ceiling", math.ceil),
    ROUND_FLOOR: ("floor", math.floor),
    ROUND_UP: ("up", lambda value: math.ceil(abs(value)) * (1 if value > 0 else -1)),
    ROUND_DOWN: ("down", math.trunc),
    ROUND_HALF_EVEN: ("round", round),
}


@pytest.mark.parametrize("rounding", ROUNDED)
@pytest.mark.parametrize("value", VALUES)
def test_a_rounding_is_kept_by_its_own_name(rounding: str, value: Decimal) -> None:
    name, whole = ROUNDED[rounding]
    with tracing.recording():
        made = tracing.cell(value, "x").to_integral_value(rounding)
    node = tracing.expression(made)
    assert made == whole(value)
    assert node is not None
    assert node.operation == name


@pytest.mark.parametrize(
    "work",
    [
        int,
        float,
        math.trunc,
        math.floor,
        math.ceil,
        lambda value: divmod(value, 2),
        lambda value: value // 2,
        lambda value: value % 2,
        lambda value: value.quantize(Decimal("0.1")),
        lambda value: value.max(Decimal(3)),
        lambda value: value.normalize(),
        lambda value: value.scaleb(2),
    ],
)
@pytest.mark.parametrize("value", VALUES)
def test_what_has_no_formula_gives_the_plain_result_and_holds_for_this_value_only(
    work: Callable[[Decimal], Any], value: Decimal
) -> None:
    with tracing.recording() as recorder:
        made = work(tracing.cell(value, "x"))
    assert made == work(value)
    assert ("=", value) in [(each.relation, each.right) for each in recorder.checks]


@pytest.mark.parametrize("other", [Decimal(3), 3])
@pytest.mark.parametrize(
    ("work", "operation"),
    [
        (lambda one, other: one + other, "+"),
        (lambda one, other: one - other, "-"),
        (lambda one, other: one * other, "*"),
        (lambda one, other: one / other, "/"),
    ],
)
@pytest.mark.parametrize("is_first", [True, False])
def test_arithmetic_keeps_its_operation_and_both_terms_in_their_order(
    work: Callable[[Any, Any], Any], operation: str, other: Any, *, is_first: bool
) -> None:
    with tracing.recording():
        traced = tracing.cell(Decimal(2), "x")
        made = work(traced, other) if is_first else work(other, traced)
    assert made == (work(Decimal(2), other) if is_first else work(other, Decimal(2)))
    node, cell = tracing.expression(made), tracing.expression(traced)
    assert node is not None
    assert node.operation == operation
    assert node.arguments == ((cell, Decimal(3)) if is_first else (Decimal(3), cell))
