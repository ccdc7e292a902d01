"""`price_list(services)`: the prices of services around the models, one line a price.

Prices by the token stand at their models (`model_prices`), those of instances at their types
(`instance_prices`); of Amazon Bedrock this lists what is left: units, the Reserved tier, import, training, rules.
With `earlier=True` it lists the figures that no longer count.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from calculators import catalogue, shown
from macros.instance_prices import METERS as INSTANCE_METERS
from macros.markup import block
from macros.model_prices import ALL_METERS as TOKEN_METERS
from macros.naming import find
from macros.price_grid import anchor, place_of
from macros.price_table import ROUTINGS
from macros.source_list import link_to_source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from calculators.catalogue import Catalogue, PricePoint, Source
    from macros.place import Place

METERS = {
    **INSTANCE_METERS,
    "model_unit_hour_none": "model unit, no commitment",
    "model_unit_hour_1_month": "model unit, one month",
    "model_unit_hour_6_months": "model unit, six months",
    "reserved_input_1_month": "Reserved tier, input, one month",
    "reserved_output_1_month": "Reserved tier, output, one month",
    "reserved_input_3_months": "Reserved tier, input, three months",
    "reserved_output_3_months": "Reserved tier, output, three months",
    "import_unit_minute": "imported model, active unit",
    "import_storage_month": "imported model, storage",
    "custom_training": "training by the token",
    "custom_training_hour": "training by the hour",
    "custom_training_image": "training by the image",
    "custom_storage_month": "storage of the customised model",
    "batch": "Batch",
    "flex": "Flex",
    "priority": "Priority",
    "global": "global profile",
}
"""How meters that an item has several of are called; what an item has one of needs no word."""

NO_FIGURE = "no public figure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One price, with the Regions in which it is the same."""

    item: str
    meter: str
    places: tuple[str, ...]
    figure: str
    unit: str
    as_of: str
    confidence: str
    source: Source
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The prices of a service, what is to be said about some of them, and the sources by number."""

    entries: tuple[Entry, ...]

    @property
    def sources(self) -> tuple[Source, ...]:
        """The sources, in the order in which they come up."""
        return tuple({each.source.id: each.source for each in self.entries}.values())

    def number(self, entry: Entry) -> int:
        """Return the number of an entry's source."""
        return self.sources.index(entry.source) + 1

    @property
    def remarks(self) -> tuple[tuple[str, str], ...]:
        """Each remark once, after what it is about."""
        about: dict[str, dict[str, None]] = {}
        for each in self.entries:
            for remark in each.remarks:
                about.setdefault(remark, {})[each.item] = None
        return tuple((", ".join(items), remark) for remark, items in about.items())


class PriceListMacro:
    """The macro, bound to the page that is being rendered."""

    def __init__(self, place: Place) -> None:
        """Keep the page: links to sources start from it."""
        self._place = place

    def __call__(self, services: Sequence[str] | str, *, earlier: bool = False) -> str:
        """Return a table for each service."""
        book, call = catalogue.load(), f"price_list({services!r})"
        points = list(book.history() if earlier else book.points())
        known = {each.service: each.service for each in points}
        names = [find(call, "service", each, known) for each in ([services] if isinstance(services, str) else services)]
        groups = [(anchor(name), name, Table(entries=tuple(_entries(points, name, book)))) for name in names]
        return block(
            "price_list.html",
            groups=groups,
            earlier="-earlier" if earlier else "",
            source_link=lambda each: link_to_source(self._place, each),
        )


def _entries(points: Sequence[PricePoint], service: str, book: Catalogue) -> Iterator[Entry]:
    """Yield the prices of a service; like figures in several Regions are one entry."""
    wanted = [each for each in points if each.service == service and each.meter not in TOKEN_METERS]
    ordered = sorted(wanted, key=_shared)
    yield from (_entry(list(group), book) for _, group in groupby(ordered, key=_shared))


def _shared(point: PricePoint) -> tuple[str, ...]:
    """Return what prices must share to be one entry."""
    words = tuple(METERS)
    place = words.index(point.meter) if point.meter in words else len(words)
    return (
        point.item,
        f"{place:03}",
        point.meter,
        str(point.usd),
        point.as_of,
        point.source,
        point.disagreements,
        point.note,
    )


def _entry(points: Sequence[PricePoint], book: Catalogue) -> Entry:
    first = points[0]
    model = book.models.get(first.item)
    places = dict.fromkeys(map(_place, points))
    return Entry(
        item=model.name if model else item_name(first),
        meter=METERS.get(first.meter, ""),
        places=tuple(sorted(places)),
        figure=shown.price(first.usd) if first.usd is not None else NO_FIGURE,
        unit=first.unit.removeprefix("USD "),
        as_of=first.as_of,
        confidence=min(each.confidence for each in points),
        source=book.sources[first.source],
        remarks=tuple(each for each in (first.note, _disagreement(first, places)) if each),
    )


def _place(point: PricePoint) -> str:
    """Return a Region, the route where no Region is named, or both where a price has both."""
    parts = (point.region, ROUTINGS[point.routing] if point.routing else "")
    return ", ".join(filter(None, parts)) or place_of(point.region, point.routing)


def _disagreement(point: PricePoint, places: Iterable[str]) -> str:
    if not point.disagreements:
        return ""
    which = ", ".join(filter(None, (METERS.get(point.meter, ""), *places)))
    return f"sources disagree ({which}): {point.disagreements}"


def item_name(point: PricePoint) -> str:
    """Return what an item is called: in the words of its source where these say more than the id."""
    _, colon, name = point.item.partition(":")
    if not colon:
        return "All models" if point.item == catalogue.RULE else point.item
    words = point.source_key if anchor(point.source_key) == anchor(name) else name.replace("-", " ")
    return words[:1].upper() + words[1:]
