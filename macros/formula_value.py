"""`formula(name, **symbols)`: a formula of the reference applied to a page's own numbers.

For the few formulas that no calculator has, such as the cost of a conversation (F21) or a burn rate (F52).
"""

from __future__ import annotations

import inspect
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from calculators import shown
from macros.formula_docstring import entries, modules
from macros.markup import inline
from macros.money import Money
from macros.naming import MacroError, find

if TYPE_CHECKING:
    from collections.abc import Callable

DIGITS = 3


def formula(name: str, **symbols: Money | float | str) -> Money | str:
    """Return the value: money that can be computed with, or a number as text. The function's name says which."""
    call = f'formula("{name}")'
    function = find(call, "formula", name, _functions())
    known = inspect.signature(function).parameters
    for each in symbols:
        find(call, "symbol", each, known)
    if missing := [each for each in known if each not in symbols]:
        message = f"{call}: needs {', '.join(missing)}"
        raise MacroError(message)
    value = function(**{each: _decimal(given) for each, given in symbols.items()})
    if value is None:
        message = f"{call}: has no value here"
        raise MacroError(message)
    return _worded(name, value)


def _functions() -> dict[str, Callable[..., Any]]:
    return {each.function: vars(module)[each.function] for module in modules() for each in entries(module)}


def _decimal(given: Money | float | str) -> Decimal:
    return given.value if isinstance(given, Money) else Decimal(str(given))


def _worded(name: str, value: Decimal) -> Money | str:
    if name.endswith("_usd") or "_usd_per_" in name:
        return Money(value)
    return inline(shown.percent(value) if name.endswith("_ratio") else shown.significant(value, DIGITS))
