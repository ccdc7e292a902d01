"""`price(model, meter, region=…, routing=…)`: one figure of the catalogue, with its date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators import catalogue, shown
from calculators.catalogue import MissingPrice
from macros.markup import inline
from macros.naming import MacroError

if TYPE_CHECKING:
    from calculators.catalogue import PricePoint


def price(item: str, meter: str, *, region: str = "", routing: str = "", dated: bool = True) -> str:
    """Return an amount with its unit and, unless `dated` is off, its day and confidence."""
    try:
        point = catalogue.load().price(item, region, routing, meter)
    except MissingPrice as missing:
        message = f'price("{item}", "{meter}"): {missing}'
        raise MacroError(message) from missing
    text = f"{shown.usd(point.figure)} {per(point)}"
    when = f' <small class="cc-asof">({inline(point.as_of)}, {inline(point.confidence)})</small>' if dated else ""
    return f'<span class="cc-price">{inline(text)}{when}</span>'


def per(point: PricePoint) -> str:
    """Return the unit of a price as it follows the amount.

    The unit "USD per 1,000,000 tokens" becomes "per 1M tokens".
    """
    return point.unit.removeprefix("USD ").replace("1,000,000", "1M")
