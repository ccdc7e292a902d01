"""Which calculators use a formula: at least those that are seen to call it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import pytest

import calculators
from macros.formula_uses import uses

if TYPE_CHECKING:
    from types import FrameType


def formulas_called(name: str) -> set[str]:
    """Run a calculator and return the public formulas that were called on the way."""
    called = set()

    def note(frame: FrameType, event: str, _: Any) -> None:
        module = frame.f_globals.get("__name__", "")
        if (
            event == "call"
            and module.startswith("calculators.formulas.")
            and not frame.f_code.co_name.startswith(("_", "<"))
        ):
            called.add(frame.f_code.co_name)

    sys.setprofile(note)
    try:
        calculators.run(name)
    finally:
        sys.setprofile(None)
    return called


@pytest.mark.parametrize("name", calculators.names())
def test_a_formula_that_a_calculator_calls_names_it(name: str) -> None:
    called = formulas_called(name)
    assert called
    assert [each for each in called if name not in uses(each)] == []


def test_a_formula_that_nobody_calls_names_nobody() -> None:
    assert uses("no_such_formula") == []


def test_part_of_a_longer_name_is_no_use() -> None:
    (longest,) = sorted(formulas_called("token-cost"), key=len)[-1:]
    assert uses(longest)
    assert uses(longest[:-1]) == []
