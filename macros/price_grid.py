"""The prices of one thing in all its places: Regions as rows, meters as columns, equal rows as one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from calculators import shown
from macros.price_table import NOT_METERED, ROUTINGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from calculators.catalogue import Catalogue, PricePoint, Source

EVERYWHERE = "every Region"
NOWHERE_NAMED = "no Region named"
NOT_IN_AN_ID = re.compile(r"[^a-z0-9]+")


class Row(NamedTuple):
    """What rows must share to be shown as one."""

    routing: str
    figures: tuple[str, ...]
    as_of: str
    confidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row: the places in which these figures hold, with the oldest date and the weakest confidence of them."""

    route: str
    places: tuple[str, ...]
    figures: tuple[str, ...]
    as_of: str
    confidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """All figures of one model, instance type or host, and what is to be said about them."""

    headings: tuple[str, ...]
    lines: tuple[Line, ...]
    disagreements: tuple[tuple[str, str], ...]  # where, and what the other source says
    notes: tuple[str, ...]
    sources: tuple[Source, ...]

    @property
    def read(self) -> str:
        """The date and confidence that all rows share; empty where they differ."""
        shared = {f"{each.as_of}, {each.confidence}" for each in self.lines}
        return shared.pop() if len(shared) == 1 else ""


def grid(
    points: Iterable[PricePoint],
    meters: Mapping[str, str],
    book: Catalogue,
    extra: tuple[str, Mapping[str, str]] | None = None,
) -> Grid:
    """Return the figures of one item; `extra` is one more column: its heading, and its text by Region."""
    named = [each for each in points if each.meter in meters]
    priced = [each for each in named if each.usd is not None]
    used = [meter for meter in meters if any(each.meter == meter for each in priced)]
    rows: dict[Row, list[str]] = {}
    for (routing, region), each in _by_place(priced).items():
        beside = (extra[1].get(region, NOT_METERED),) if extra else ()
        rows.setdefault(_row(routing, each, used, beside), []).append(place_of(region, routing))
    return Grid(
        headings=(*(meters[meter] for meter in used), *([extra[0]] if extra else [])),
        lines=tuple(_line(row, places) for row, places in rows.items()),
        disagreements=tuple(_disagreements(named, meters)),
        notes=tuple(dict.fromkeys(each.note for each in named if each.note)),
        sources=tuple(
            book.sources[each]
            for each in dict.fromkeys(name for point in priced for name in (point.source, *point.also_confirmed_by))
        ),
    )


def anchor(identifier: str) -> str:
    """Return an id for a heading.

    >>> anchor("anthropic.claude-haiku-4-5-20251001-v1:0")
    'anthropic-claude-haiku-4-5-20251001-v1-0'
    """
    return NOT_IN_AN_ID.sub("-", identifier.lower()).strip("-")


def place_of(region: str, routing: str) -> str:
    """Return a Region, or what stands in its place: without one, a figure holds everywhere only if it is global."""
    return region or (EVERYWHERE if routing == "global" else NOWHERE_NAMED)


def _by_place(points: Sequence[PricePoint]) -> dict[tuple[str, str], dict[str, PricePoint]]:
    """Return the points of each routing and Region by meter, the global profile first."""
    order = list(ROUTINGS)
    found: dict[tuple[str, str], dict[str, PricePoint]] = {}
    for each in sorted(points, key=lambda point: (order.index(point.routing), point.region)):
        found.setdefault((each.routing, each.region), {})[each.meter] = each
    return found


def _row(routing: str, points: Mapping[str, PricePoint], meters: Sequence[str], beside: tuple[str, ...]) -> Row:
    figures = (shown.price(points[meter].figure) if meter in points else NOT_METERED for meter in meters)
    return Row(
        routing=routing,
        figures=(*figures, *beside),
        as_of=min(each.as_of for each in points.values()),
        # "single source" is the weaker of the two words, and sorts first.
        confidence=min(each.confidence for each in points.values()),
    )


def _line(row: Row, places: Sequence[str]) -> Line:
    route = ROUTINGS[row.routing] if row.routing else ""
    return Line(
        route=route[:1].upper() + route[1:],
        places=tuple(places),
        figures=row.figures,
        as_of=row.as_of,
        confidence=row.confidence,
    )


def _disagreements(points: Sequence[PricePoint], meters: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    """Yield each thing that another source says, with the meters and places that it is about."""
    doubted = sorted((each for each in points if each.disagreements), key=lambda point: point.disagreements)
    for says, group in groupby(doubted, key=lambda point: point.disagreements):
        about = list(group)
        columns = dict.fromkeys(meters[each.meter] for each in about)
        places = dict.fromkeys(place_of(each.region, each.routing) for each in about)
        yield f"{', '.join(columns)}; {', '.join(places)}", says
