"""Ledger: the figures that one calculation uses, each with where it comes from.

A figure is the catalogue's or the reader's own. One that does not exist is refused: never 0, never
that of another Region.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from calculators.catalogue import UNITS
from calculators.errors import InputError, Problem

if TYPE_CHECKING:
    from decimal import Decimal

    from calculators.catalogue import Catalogue, PricePoint

OWN_SOURCE = "entered by the reader"


@dataclass(frozen=True, slots=True)
class Quote:
    """One price used in a result, with where it comes from."""

    what: str
    value: Decimal
    unit: str
    as_of: str
    source: str
    confidence: str
    note: str = ""
    disagreements: str = ""
    overridden: bool = False


@dataclass(slots=True)
class Ledger:
    """The figures of one calculation, each kept once it is used."""

    catalogue: Catalogue
    is_quiet: bool = field(default=False, kw_only=True)  # keeps no quotes: for searches that only want the figures
    used: dict[str, Quote] = field(default_factory=dict, kw_only=True)

    def figure(self, name: str, own: Decimal | None, what: str, *, item: str, region: str, meter: str) -> Decimal:
        """Return the reader's own figure or the catalogue's, or refuse.

        `name` is the input that overrides it, `what` says in words what is priced. Raises
        InputError, which names the input to fill in, where the catalogue has no figure.
        """
        found = self.find_figure(own, what, item=item, region=region, meter=meter)
        if found is None:
            place = f" in {region}" if region else ""
            raise InputError([Problem(name, f"there is no public price for {what}{place}: enter one")])
        return found

    def find_figure(self, own: Decimal | None, what: str, *, item: str, region: str, meter: str) -> Decimal | None:
        """Return the reader's own figure or the catalogue's, None where there is neither."""
        if own is not None:
            return self.note_own(what, own, UNITS[meter])
        row = self.catalogue.find_price(item, region, "", meter)
        return self.note_row(row, f"{what}, {region}" if region else what, UNITS[meter])

    def note_row(self, row: PricePoint | None, what: str, unit: str) -> Decimal | None:
        """Keep a catalogue row as used and return its figure."""
        if row is None or row.usd is None:
            return None
        if not self.is_quiet:
            source = self.catalogue.sources[row.source].title
            self.used[what] = Quote(what, row.usd, unit, row.as_of, source, row.confidence, row.note, row.disagreements)
        return row.usd

    def note_own(self, what: str, value: Decimal, unit: str) -> Decimal:
        """Keep a figure that the reader entered and return it."""
        if not self.is_quiet:
            self.used[what] = Quote(what, value, unit, "", OWN_SOURCE, "the reader's own", overridden=True)
        return value
