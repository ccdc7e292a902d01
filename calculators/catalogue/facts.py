"""Facts: figures that no calculator counts with, such as a notice period or a study's result, dated and sourced."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from calculators.catalogue.tables import FactRow, read_facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One figure that a lesson quotes.

    `unit` is "ratio" or "availability" (both 0 to 1), starts with "USD", or is the word that follows the figure;
    it may be empty.
    """

    id: str
    what: str
    value: Decimal
    unit: str
    source: str
    as_of: str


@cache
def facts() -> dict[str, Fact]:
    """Return every fact by its id."""
    return {row.id: _fact(row) for row in read_facts()}


def _fact(row: FactRow) -> Fact:
    return Fact(id=row.id, what=row.what, value=Decimal(row.value), unit=row.unit, source=row.source, as_of=row.as_of)
