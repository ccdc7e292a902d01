"""`price(model, meter, region=…, routing=…)`: one figure of the catalogue, with its date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators import catalogue, shown
from calculators.catalogue import UNITS, MissingPrice
from macros.markup import inline
from macros.naming import MacroError, find

if TYPE_CHECKING:
    from calculators.catalogue import Catalogue, PricePoint

ROUTINGS = ("global", "in_region_or_geo", "")


def price(item: str, meter: str, *, region: str = "", routing: str = "", dated: bool = True) -> str:
    """Return an amount with its unit and, unless `dated` is off, its day and confidence."""
    book, call = catalogue.load(), f'price("{item}", "{meter}")'
    _check_names(call, book, item=item, meter=meter, region=region, routing=routing)
    try:
        point = book.price(item, region, routing, meter)
    except MissingPrice as missing:
        message = f"{call}: {missing}"
        raise MacroError(message) from missing
    text = f"{shown.price(point.figure)} {per(point)}"
    when = f' <small class="cc-asof">({inline(point.as_of)}, {inline(point.confidence)})</small>' if dated else ""
    return f'<span class="cc-price">{inline(text)}{when}</span>'


def per(point: PricePoint) -> str:
    """Return the unit of a price as it follows the amount.

    The unit "USD per 1,000,000 tokens" becomes "per 1M tokens".
    """
    return point.unit.removeprefix("USD ").replace("1,000,000", "1M")


def _check_names(call: str, book: Catalogue, *, item: str, meter: str, region: str, routing: str) -> None:
    """Refuse a name that does not exist: a figure for every Region would answer for a misspelt one too."""
    points = list(book.points())
    regions = {*book.regions, *(each.region for each in points), ""}
    find(call, "item", item, {each.item: each for each in points})
    find(call, "meter", meter, UNITS)
    find(call, "Region", region, dict.fromkeys(sorted(regions)))
    find(call, "routing", routing, dict.fromkeys(ROUTINGS))
