"""`source(id)` and `sources([ids])`: where a fact was read, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import escape

from calculators import catalogue
from macros.markup import block, inline
from macros.naming import find

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calculators.catalogue import Source


def source(identifier: str) -> str:
    """Return one reference with its date, as a link where the source has an address."""
    found = _source("source", identifier)
    title = inline(found.title)
    if found.url:
        title = f'<a href="{escape(found.url)}">{title}</a>'
    return f'<span class="cc-source">{title} <small>({inline(found.as_of)})</small></span>'


def sources(identifiers: Sequence[str] | None = None) -> str:
    """Return a list of references with their dates: those named, or all that the catalogue holds."""
    named = catalogue.load().sources if identifiers is None else identifiers
    return block("sources.html", sources=[_source("sources", each) for each in named])


def _source(macro: str, identifier: str) -> Source:
    return find(f'{macro}("{identifier}")', "source", identifier, catalogue.load().sources)
