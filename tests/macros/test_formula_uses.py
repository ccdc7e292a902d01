"""Which calculators use a formula: at least those that are seen to call it."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest

import calculators
from macros.formula_docstring import entries, modules
from macros.formula_uses import _formulas_of, uses

if TYPE_CHECKING:
    from pathlib import Path
    from types import FrameType


def formulas_called(name: str) -> set[str]:
    """Run a calculator and return the public formulas that were called on the way."""
    called = set()

    def note(frame: FrameType, event: str, _: Any) -> None:
        if event == "call" and frame.f_globals.get("__name__", "").startswith("calculators.formulas."):
            called.add(frame.f_code.co_qualname)

    sys.setprofile(note)
    try:
        calculators.run(name)
    finally:
        sys.setprofile(None)
    return called & {each.function for module in modules() for each in entries(module)}


@pytest.mark.parametrize("name", calculators.names())
def test_a_formula_that_a_calculator_calls_names_it(name: str) -> None:
    called = formulas_called(name)
    assert called
    assert [each for each in called if name not in uses(each)] == []


def test_a_formula_that_nobody_calls_names_nobody() -> None:
    assert uses("no_such_formula") == []


def test_an_input_or_output_named_like_a_formula_is_no_use_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = (
        "from calculators.formulas import tokens as f",
        "from calculators.formulas.tiers import tier_usd",
        "def answer(inputs):",
        "    cache_saving_ratio = inputs.peak_to_average_ratio",
        "    return f.request_usd(cache_saving_ratio)",
    )
    (tmp_path / "sample_calculator.py").write_text("\n".join(lines), "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    assert sorted(_formulas_of(import_module("sample_calculator"))) == ["request_usd", "tier_usd"]


def test_part_of_a_longer_name_is_no_use() -> None:
    (longest,) = sorted(formulas_called("token-cost"), key=len)[-1:]
    assert uses(longest)
    assert uses(longest[:-1]) == []
