"""Sources: where a figure or a fact was read, when, and how far it is to be trusted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from calculators.catalogue.tables import SourceRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One document, package or copy that rows of the catalogue rest on.

    `as_of` is a day, or only a month or a year where the source tells no more; pages that AWS
    leaves undated have the earliest month in which the copy can have been taken.
    """

    id: str
    title: str
    url: str | None
    as_of: str
    confidence: str


def make_source(row: SourceRow) -> Source:
    """Return the source that a row of sources.csv describes."""
    return Source(id=row.id, title=row.title, url=row.url or None, as_of=row.as_of, confidence=row.confidence)
