"""How a number was made: steps that carry the value they describe.

A calculator computes by taking steps: `receipt.step(...)` returns the value it was given, so an
explanation can't drift away from the number. A quiet receipt keeps nothing and costs nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from calculators import shown

if TYPE_CHECKING:
    from decimal import Decimal

SYMBOL = re.compile(r"[^\W\d]\w*")


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the arithmetic behind a result."""

    name: str
    formula: str
    substituted: str
    value: Decimal | None
    unit: str
    formula_id: str


class Receipt:
    """The steps of one calculation, in the order in which they were taken."""

    def __init__(self, *, is_quiet: bool = False) -> None:
        """Keep each step, or none when quiet."""
        self.is_quiet = is_quiet
        self.steps: list[Step] = []

    def step(
        self, name: str, value: Decimal, unit: str, formula: str, formula_id: str = "", **symbols: Decimal | int | str
    ) -> Decimal:
        """Record how `value` was made and return it.

        `formula` is written in the symbols; each symbol given is replaced by its value.
        """
        if not self.is_quiet:
            self.steps.append(Step(name, formula, substitute(formula, symbols), value, unit, formula_id))
        return value


def substitute(formula: str, symbols: dict[str, Decimal | int | str]) -> str:
    """Return the formula with each known symbol replaced by its value.

    >>> from decimal import Decimal
    >>> substitute("(fresh·p_in)/10^6", {"fresh": Decimal(600), "p_in": Decimal("2.0")})
    '(600·2)/10^6'
    """

    def text(found: re.Match[str]) -> str:
        value = symbols.get(found[0])
        if value is None:
            return found[0]
        return value if isinstance(value, str) else shown.plain(value)

    return SYMBOL.sub(text, formula)
