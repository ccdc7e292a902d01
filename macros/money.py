"""Money: a calculator's amount that a page may add, subtract and compare. In a sentence it reads as dollars."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from calculators import shown
from macros.markup import inline
from macros.naming import MacroError


@dataclass(frozen=True, slots=True)
class Money:
    """An amount of US dollars. Nothing is rounded before it is shown.

    >>> before, after = Money(Decimal(1304)), Money(Decimal("115.2"))
    >>> (before - after).share_of(before)
    '91.2%'
    """

    value: Decimal

    def __str__(self) -> str:
        """Return the amount as the calculators show it."""
        return inline(shown.usd(self.value))

    def __add__(self, other: Money) -> Money:
        """Return both amounts together."""
        return Money(self.value + other.value)

    def __sub__(self, other: Money) -> Money:
        """Return what is left, below 0 if the other amount is larger."""
        return Money(self.value - other.value)

    def __mul__(self, times: int) -> Money:
        """Return the amount so many times."""
        return Money(self.value * times)

    def __truediv__(self, parts: int) -> Money:
        """Return one of so many equal parts."""
        return Money(self.value / parts)

    def share_of(self, whole: Money) -> str:
        """Return this amount as a percentage of another."""
        if whole.value == 0:
            message = f"{self}: nothing is a share of $0"
            raise MacroError(message)
        return inline(shown.percent(self.value / whole.value))


def money(usd: float | str) -> Money:
    """Return an amount that the page assumes; the page must call it an assumption."""
    return Money(Decimal(str(usd)))
