"""`formula(…)`: a formula of the reference, applied to the numbers of a page."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from macros.formula_value import formula
from macros.money import Money, money
from macros.naming import MacroError

BURN: dict[str, Any] = {"month_to_date_usd": money(6240), "day": 11}


def test_money_can_be_computed_with() -> None:
    """By hand: 0.035 + 0.38 · 6.50 = 2.505."""
    usd = formula("conversation_usd", assistant_usd=money("0.035"), human_usd=6.5, containment_ratio=0.62)
    assert usd == Money(Decimal("2.505"))


def test_a_day_and_a_share_are_worded_by_the_name() -> None:
    """By hand: 15,000 / (6,240 / 11) = 26.44; 1 − 1,175 / 1,304 = 9.89%."""
    assert formula("exhaustion_day", budget_usd=15000, **BURN) == "26.4"
    assert formula("missing_ratio", usd=money(1304), counted_usd=money(1175)) == "9.9%"


@pytest.mark.parametrize(
    ("name", "symbols", "problem"),
    [
        ("forecast_us", {}, 'did you mean "forecast_usd"'),
        ("forecast_usd", {**BURN, "dais": 30}, 'no symbol "dais"; did you mean "days"'),
        ("forecast_usd", BURN, "needs days"),
        ("forecast_usd", {**BURN, "day": 0, "days": 30}, "no value"),
    ],
)
def test_a_wrong_call_fails_and_says_why(name: str, symbols: dict[str, Any], problem: str) -> None:
    with pytest.raises(MacroError, match=problem):
        formula(name, **symbols)
