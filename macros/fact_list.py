"""`fact_list()`: every figure that lessons quote and no calculator counts with, with its source and date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators import catalogue
from macros.fact import words
from macros.markup import block
from macros.source_list import link_to_source

if TYPE_CHECKING:
    from macros.place import Place


class FactListMacro:
    """The macro, bound to the page that is being rendered."""

    def __init__(self, place: Place) -> None:
        """Keep the page: links to sources start from it."""
        self._place = place

    def __call__(self) -> str:
        """Return the facts as a table."""
        sources = catalogue.load().sources
        lines = [
            {
                "id": each.id,
                "what": each.what[:1].upper() + each.what[1:],
                "figure": words(each),
                "as_of": each.as_of,
                "source": sources[each.source],
            }
            for each in catalogue.facts().values()
        ]
        return block("fact_list.html", lines=lines, source_link=lambda each: link_to_source(self._place, each))
