"""`price_table(models, region=…, routing=…)`: prices with source, date and what speaks against them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from calculators import catalogue, shown
from macros.markup import block
from macros.naming import MacroError, find

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calculators.catalogue import Catalogue, Model, PricePoint

METERS = {
    "input": "Input",
    "output": "Output",
    "cache_read": "Cache read",
    "cache_write_5m": "Cache write, 5 min",
    "cache_write_1h": "Cache write, 1 h",
    "batch_input": "Batch input",
    "batch_output": "Batch output",
    "flex_input": "Flex input",
    "flex_output": "Flex output",
    "priority_input": "Priority input",
    "priority_output": "Priority output",
    "long_context_input": "Long-context input",
    "long_context_output": "Long-context output",
}
ROUTINGS = {"global": "global routing", "in_region_or_geo": "in-Region or geographic routing", "": "any routing"}
NO_FIGURE = "no public figure"
NOT_METERED = "–"


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceLine:
    """One model's row."""

    model: Model
    figures: tuple[str, ...]
    as_of: str
    sources: tuple[str, ...]
    confidence: str
    disagreements: tuple[str, ...]
    last_day: str


def price_table(models: Sequence[str] | str, *, region: str = "us-east-1", routing: str = "in_region_or_geo") -> str:
    """Return the token prices of some models, or of all models of a provider, on one route."""
    call = f"price_table({models!r}, region={region!r}, routing={routing!r})"
    book = catalogue.load()
    find(call, "routing", routing, ROUTINGS)
    find(call, "Region", region, dict.fromkeys((*book.regions, ""), region))
    found = [_points(book, each, region, routing) for each in chosen(call, book, models)]
    meters = [meter for meter in METERS if any(meter in points for _, points in found)]
    if not meters:
        message = f"{call}: the catalogue holds no figure for any of these models on this route"
        raise MacroError(message)
    lines = [_line(each, points, meters, book) for each, points in found]
    headings = [METERS[meter] for meter in meters]
    place = f"{region or 'every Region'}, {ROUTINGS[routing]}"
    return block("price_table.html", lines=lines, headings=headings, place=place, snapshot=book.snapshot)


def chosen(call: str, book: Catalogue, models: Sequence[str] | str) -> list[Model]:
    """Return the models named by id, or those of a provider named by a string."""
    if isinstance(models, str):
        providers = {each.provider: each.provider for each in book.models.values()}
        provider = find(call, "provider", models, providers)
        return [each for each in book.models.values() if each.provider == provider]
    return [find(call, "model", each, book.models) for each in models]


def _points(book: Catalogue, model: Model, region: str, routing: str) -> tuple[Model, dict[str, PricePoint]]:
    found = {meter: book.find_price(model.id, region, routing, meter) for meter in METERS}
    return model, {meter: point for meter, point in found.items() if point is not None}


def _line(model: Model, points: dict[str, PricePoint], meters: Sequence[str], book: Catalogue) -> PriceLine:
    used = points.values()
    without = {meter: NO_FIGURE if meter in ("input", "output") else NOT_METERED for meter in meters}
    figures = {**without, **{meter: shown.price(point.figure) for meter, point in points.items()}}
    return PriceLine(
        model=model,
        figures=tuple(figures[meter] for meter in meters),
        as_of=min((point.as_of for point in used), default=""),
        sources=tuple(dict.fromkeys(book.sources[point.source].title for point in used)),
        # "single source" is the weaker of the two words, and sorts first.
        confidence=min((point.confidence for point in used), default=""),
        disagreements=tuple(dict.fromkeys(point.disagreements for point in used if point.disagreements)),
        last_day=_last_day(model, book),
    )


def _last_day(model: Model, book: Catalogue) -> str:
    disputed = book.disputed_ends.get(model.id)
    return f"{disputed.last_day}, disputed" if disputed else model.retirement_date or "none announced"
