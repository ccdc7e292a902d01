"""`fact(id)`: a figure that a lesson quotes, from the catalogue's sourced facts."""

from __future__ import annotations

from markupsafe import escape

from calculators import catalogue, shown
from macros.markup import inline
from macros.naming import find


def fact(identifier: str) -> str:
    """Return the figure with its unit. The page's list of sources must name its source; a test sees to it."""
    found = find(f'fact("{identifier}")', "fact", identifier, catalogue.facts())
    told = escape(f"{found.what}; read {found.as_of}")
    opening = f'<data class="cc-fact" value="{found.value}" data-source="{escape(found.source)}" title="{told}">'
    return f"{opening}{inline(words(found))}</data>"


def words(found: catalogue.Fact) -> str:
    """Return a figure worded by its unit."""
    if found.unit == "ratio":
        return shown.percent(found.value)
    if found.unit == "availability":
        return shown.availability(found.value)
    if found.unit.startswith("USD"):
        return shown.price(found.value)
    number = shown.significant(found.value, 10)
    return f"{number} {found.unit}" if found.unit else number
