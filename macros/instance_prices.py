"""`instance_prices(kind)`: EC2 instance types or Dedicated Hosts in every Region, by way of buying."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from calculators import catalogue, shown
from macros.markup import block
from macros.naming import find
from macros.price_grid import Grid, anchor, grid
from macros.source_list import link_to_source

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from calculators.catalogue import Catalogue, Instance, PricePoint, SpotBand
    from macros.place import Place

METERS = {
    "on_demand_hour": "On-Demand",
    "reserved_1y_hour": "Reserved, 1 year",
    "reserved_3y_hour": "Reserved, 3 years",
    "spot_average_hour": "Spot, average",
}
HOST_METERS = {
    "host_on_demand_hour": "On-Demand",
    "host_reserved_1y_hour": "Reserved, 1 year",
    "host_reserved_3y_hour": "Reserved, 3 years",
}
TAKEN_BACK = "Spot taken back in a month"
HOST = "dedicated-host-"
KINDS = {
    "accelerated": "USD per instance-hour",
    "plain": "USD per instance-hour",
    "hosts": "USD per host-hour",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class InstancePrices:
    """One instance type or host family."""

    name: str
    anchor: str
    facts: tuple[str, ...]
    grid: Grid


class InstancePricesMacro:
    """The macro, bound to the page that is being rendered."""

    def __init__(self, place: Place) -> None:
        """Keep the page: links to sources start from it."""
        self._place = place

    def __call__(self, kind: str) -> str:
        """Return the prices of the types with accelerators, of those without, or of hosts."""
        unit = find(f'instance_prices("{kind}")', "kind", kind, KINDS)
        return block(
            "instance_prices.html",
            items=list(_items(kind, catalogue.load())),
            unit=unit,
            kind=kind,
            source_link=lambda each: link_to_source(self._place, each),
        )


def _items(kind: str, book: Catalogue) -> Iterator[InstancePrices]:
    meters = HOST_METERS if kind == "hosts" else METERS
    points: dict[str, list[PricePoint]] = {}
    for each in book.points():
        if each.service == "Amazon EC2" and each.meter in meters and kind_of(each.item, book) == kind:
            points.setdefault(each.item, []).append(each)
    for name in sorted(points):
        yield InstancePrices(
            name=name.removeprefix(HOST),
            anchor=anchor(name),
            facts=tuple(_facts(book.instances[name])) if name in book.instances else (),
            grid=_grid(name, points[name], meters, book),
        )


def _grid(name: str, points: Sequence[PricePoint], meters: Mapping[str, str], book: Catalogue) -> Grid:
    """Return the figures of an item, with AWS's bands of interruptions beside them."""
    bands = {region: each for (item, region), each in book.spot_bands.items() if item == name}
    words = {region: _band(each) for region, each in bands.items()}
    # What is said of every reserved and every Spot price stands once, on the page.
    said = {each.note for each in points if each.meter == "on_demand_hour" and each.note}
    read = {f"{TAKEN_BACK}: AWS's bands as of {each.as_of}." for each in bands.values()}
    found = grid(points, meters, book, (TAKEN_BACK, words) if words else None)
    return replace(found, notes=(*sorted(said), *sorted(read)))


def kind_of(item: str, book: Catalogue) -> str:
    """Return where an item is listed; a type of which nothing more is known has accelerators."""
    if item.startswith(HOST):
        return "hosts"
    known = book.instances.get(item)
    return "plain" if known is not None and not known.accelerators else "accelerated"


def _facts(instance: Instance) -> Iterator[str]:
    yield f"{shown.plain(instance.vcpus)} vCPUs"
    yield f"{shown.plain(instance.memory_gib)} GiB of memory"
    if instance.accelerators:
        memory = instance.accelerator_memory_gib
        beside = f" with {shown.plain(memory)} GiB together" if memory else ""
        word = "accelerator" if instance.accelerators == 1 else "accelerators"
        yield f"{shown.plain(instance.accelerators)} {word}{beside}"


def _band(band: SpotBand) -> str:
    """Return AWS's band of interruptions."""
    if band.to_ratio is None:
        return f"above {shown.percent(band.from_ratio)}"
    return f"{shown.percent(band.from_ratio)} to {shown.percent(band.to_ratio)}"
