"""`price_changes()`: what each price snapshot brought, changed and withdrew, the newest first."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from calculators import catalogue, shown
from macros.markup import block
from macros.price_grid import place_of
from macros.price_table import ROUTINGS

if TYPE_CHECKING:
    from decimal import Decimal

    from calculators.catalogue import Catalogue, PricePoint

WITHDRAWN = "withdrawn"
NEW = "new"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One figure that is not what it was."""

    item: str
    meter: str
    where: str
    before: str
    after: str
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """One snapshot: how much it holds, and how it differs from the one before."""

    day: str
    is_first: bool
    holds: tuple[tuple[str, str], ...]
    models: tuple[str, ...]  # those that came in
    changes: tuple[Change, ...]


def price_changes() -> str:
    """Return the snapshots of the catalogue."""
    books = [catalogue.load(day) for day in catalogue.snapshots()]
    first = _snapshot(None, books[0])
    later = [_snapshot(before, after) for before, after in pairwise(books)]
    return block("price_changes.html", snapshots=[first, *later][::-1])


def _snapshot(before: Catalogue | None, after: Catalogue) -> Snapshot:
    came = [name for name in after.models if before is None or name not in before.models]
    return Snapshot(
        day=after.snapshot,
        is_first=before is None,
        holds=tuple(_holds(after)),
        models=tuple(after.models[each].name for each in came),
        changes=() if before is None else tuple(changes(before, after)),
    )


def _holds(book: Catalogue) -> list[tuple[str, str]]:
    priced = [each for each in book.points() if each.usd is not None]
    services = Counter(each.service for each in priced)
    doubted = sum(bool(each.disagreements) for each in priced)
    confirmed = sum(each.confidence == "two sources" for each in priced)
    others = sum(count for name, count in services.items() if name not in ("Amazon Bedrock", "Amazon EC2"))
    counts = {
        "Figures": len(priced),
        "of Amazon Bedrock": services["Amazon Bedrock"],
        "of Amazon EC2": services["Amazon EC2"],
        "of other services": others,
        "from two sources": confirmed,
        "where sources disagree": doubted,
        "Models": len(book.models),
        "Regions with prices of models": len(book.regions),
        "EC2 instance types": len(book.instances),
        "Earlier figures kept": len(list(book.history())),
    }
    return [(name, f"{count:,}") for name, count in counts.items()]


def changes(before: Catalogue, after: Catalogue) -> list[Change]:
    """Return the figures of two snapshots that differ, in the order of their items."""
    old, new = _figures(before), _figures(after)
    apart = sorted(key for key in old.keys() | new.keys() if _usd(old.get(key)) != _usd(new.get(key)))
    return [_change(old.get(key), new.get(key), after) for key in apart]


def _figures(book: Catalogue) -> dict[tuple[str, str, str, str], PricePoint]:
    return {(each.item, each.routing, each.region, each.meter): each for each in book.points()}


def _usd(point: PricePoint | None) -> Decimal | None:
    return None if point is None else point.usd


def _change(old: PricePoint | None, new: PricePoint | None, book: Catalogue) -> Change:
    point = new or old
    if point is None:
        raise ValueError("nothing has changed")
    model = book.models.get(point.item)
    was, now = _usd(old), _usd(new)
    return Change(
        item=model.name if model else point.item,
        meter=point.meter.replace("_", " "),
        where=", ".join(
            filter(None, (place_of(point.region, point.routing), ROUTINGS[point.routing] if point.routing else ""))
        ),
        before=NEW if was is None else shown.price(was),
        after=WITHDRAWN if now is None else shown.price(now),
        unit=point.unit.removeprefix("USD "),
    )
