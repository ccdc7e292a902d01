"""Quotes: the prices one calculation uses, from the catalogue or from the reader.

A reader's own figure replaces the catalogue's Standard price. Tiers follow it: where the row has a
price for the tier that row counts, where the Standard price is the reader's own, or the row has
none although the model offers the tier, AWS's multiplier for the tier is applied and said.
A figure that does not exist is refused: never 0, never that of another Region.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from calculators.errors import InputError, Problem
from calculators.ledger import Ledger, Quote

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from calculators.catalogue import PricePoint

METER_WORDS = {
    "input": "input",
    "output": "output",
    "cache_read": "cache read",
    "cache_write_5m": "cache write (5 minutes)",
    "cache_write_1h": "cache write (1 hour)",
    "long_context_input": "input above the long-context step",
    "long_context_output": "output above the long-context step",
}
ROUTING_WORDS = {"global": "global", "in_region_or_geo": "in-Region or geographic"}
TOKENS = "USD per 1M tokens"


@dataclass(slots=True)
class PriceBook(Ledger):
    """The prices of one model on one route, each kept once it is used."""

    model_id: str
    region: str
    routing: str
    overrides: Mapping[str, Decimal | None]
    is_long_context: bool = False
    _standard: dict[str, Decimal | None] = field(default_factory=dict)  # one bill asks for the same price many times

    def standard(self, meter: str) -> Decimal:
        """Return the Standard price of a token meter, or refuse.

        `meter` is input, output, cache_read, cache_write_5m or cache_write_1h.
        """
        price = self.find_standard(meter)
        if price is None:
            raise InputError([self.missing(meter)])
        return price

    def find_standard(self, meter: str) -> Decimal | None:
        """Return the Standard price of a token meter, or None where there is no public figure."""
        if meter not in self._standard:
            self._standard[meter] = self._look_up_standard(meter)
        return self._standard[meter]

    def _look_up_standard(self, meter: str) -> Decimal | None:
        own = self.overrides.get(meter[: len("cache_write")] if meter.startswith("cache_write") else meter)
        if own is not None:
            return self.note_own(f"{self._model_name()}, {METER_WORDS[meter]}, Standard", own, TOKENS)
        row = f"long_context_{meter}" if self.is_long_context else meter
        return self.note_model_row(
            self.catalogue.find_price(self.model_id, self.region, self.routing, row), METER_WORDS.get(row, row), TOKENS
        )

    def find_tier(self, tier: str, meter: str) -> Decimal | None:
        """Return the price of a meter at Flex, Priority or Batch, or None without a figure."""
        if self.overrides.get(meter) is None and not self.is_long_context:
            row = self.catalogue.find_price(self.model_id, self.region, self.routing, f"{tier}_{meter}")
            if row is not None:
                return self.note_model_row(row, f"{meter}, {tier.capitalize()}", TOKENS)
        standard, rule = self.find_standard(meter), self.catalogue.find_rule(tier)
        if standard is None or rule is None or rule.usd is None:
            return None
        return self._note_rule(f"{self._model_name()}, {meter}, {tier.capitalize()}", standard, rule)

    def note_model_row(self, row: PricePoint | None, words: str, unit: str) -> Decimal | None:
        """Keep a row about a model as used, in words that name model, meter and route; return its figure."""
        if row is None or row.usd is None:
            return None
        if self.is_quiet:
            return row.usd
        route = f", {ROUTING_WORDS[row.routing]}" if row.routing else ""
        place = f", {row.region}" if row.region else ""
        return self.note_row(row, f"{self._name(row.item)}, {words}{route}{place}", unit)

    def _note_rule(self, what: str, standard: Decimal, rule: PricePoint) -> Decimal:
        assert rule.usd is not None  # noqa: S101 - checked by the caller
        if self.is_quiet:
            return standard * rule.usd
        note = f"No figure of its own in the catalogue: AWS's rule, {rule.usd} × the Standard price."
        source = self.catalogue.sources[rule.source].title
        price = standard * rule.usd
        self.used[what] = Quote(what, price, TOKENS, rule.as_of, source, "AWS's rule applied", note)
        return price

    def missing(self, meter: str) -> Problem:
        """Say that a Standard figure is missing and where to enter one."""
        name = "cache_write" if meter.startswith("cache_write") else meter
        step = " above its long-context step" if self.is_long_context else ""
        where = (
            "the global profile" if self.routing == "global" else f"in-Region or geographic routing from {self.region}"
        )
        words = METER_WORDS.get(meter, meter)
        return Problem(
            f"{name}_usd_per_mtok",
            f"there is no public {words} price for {self._model_name()}{step} on {where}: "
            "enter one, or choose another route",
        )

    def _model_name(self) -> str:
        return self._name(self.model_id)

    def _name(self, item: str) -> str:
        model = self.catalogue.models.get(item)
        return model.name if model else item
