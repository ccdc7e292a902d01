"""Dice: draws that are the same for the same key, on every machine and every version of Python.

The bits are SHA-256 of the key and a counter, so that no library's generator can change them. Each
question has a key of its own: how many questions are asked for changes none of them.
"""

from __future__ import annotations

from decimal import Decimal
from hashlib import sha256
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

T = TypeVar("T")
BYTES = 8
LEADING = tuple(range(10, 100, 5))  # the two leading digits of a round amount


class Dice:
    """A row of draws from one key."""

    def __init__(self, *key: object, attempt: int = 0) -> None:
        """Start at the first draw of a key, and of an attempt at it."""
        self._base = "/".join(map(str, key))
        self._key = f"{self._base}/{attempt}"
        self._drawn = 0

    def wanted(self, values: Sequence[T]) -> T:
        """Return the value that every attempt of this key is to lead to: else the easily drawn ones would prevail."""
        return Dice(self._base, "wanted").pick(values)

    def below(self, limit: int) -> int:
        """Return a whole number from 0 to `limit` - 1; of 2^64 equal draws the bias is too small to be seen.

        >>> [Dice("a", 1).below(6) for _ in range(2)]
        [4, 4]
        """
        self._drawn += 1
        digest = sha256(f"{self._key}#{self._drawn}".encode()).digest()
        return int.from_bytes(digest[:BYTES], "big") % limit

    def pick(self, values: Sequence[T]) -> T:
        """Return one of the values."""
        return values[self.below(len(values))]

    def between(self, low: int, high: int, step: int = 1) -> Decimal:
        """Return low, low + step, … up to high."""
        return Decimal(low + step * self.below((high - low) // step + 1))

    def hundredths(self, low: int, high: int, step: int = 1) -> Decimal:
        """Return a ratio of so many hundredths."""
        return self.between(low, high, step) / 100

    def round_amount(self, low: int, high: int) -> Decimal:
        """Return an amount of two leading digits between two powers of ten: small and large ones alike.

        >>> 1_000 <= Dice("b").round_amount(3, 6) < 1_000_000
        True
        """
        exponent = low + self.below(high - low)
        return Decimal(self.pick(LEADING)) * Decimal(10) ** (exponent - 1)

    def shuffled(self, values: Sequence[T]) -> list[T]:
        """Return the values in a drawn order."""
        left = list(values)
        return [left.pop(self.below(len(left))) for _ in range(len(left))]
