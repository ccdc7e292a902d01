"""Short words for the tests of compute purchase."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from calculators import catalogue, compute_purchase
from calculators.compute_case import Case
from calculators.compute_judgement import Verdict, judge
from calculators.steps import Receipt

if TYPE_CHECKING:
    from calculators.compute_options import Option

Result = compute_purchase.Result


def result(**given: Any) -> Result:
    """Return the result for inputs; numbers as text are exact."""
    return compute_purchase.calculate(_inputs(given))


def judged(**given: Any) -> Verdict:
    """Return the result without flips and charts, which are most of its time."""
    return judge(Case(_inputs(given), catalogue.load(), Receipt()))


def _inputs(given: dict[str, Any]) -> compute_purchase.Inputs:
    values: dict[str, Any] = {name: Decimal(value) if _is_number(value) else value for name, value in given.items()}
    return compute_purchase.Inputs(**values)


def _is_number(value: Any) -> bool:
    return isinstance(value, str) and value.replace(".", "", 1).isdigit()


def option(found: Result | Verdict, purchase: str) -> Option:
    """Return one way to buy."""
    return next(each for each in found.options if each.purchase == purchase)


def usd(found: Result | Verdict, purchase: str) -> Decimal:
    """Return what a month costs."""
    month = option(found, purchase).usd_per_month
    assert month is not None
    return month


def codes(found: Result) -> set[str]:
    """Return the codes of the warnings."""
    return {each.code for each in found.warnings}
