"""Disputed ends: the last day that one source gives for a model which another source still carries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from calculators.catalogue.tables import DisputedEndRow


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputedEnd:
    """A model's last day by one source, and the source that speaks against it."""

    model_id: str
    last_day: str
    source: str
    against: str


def make_disputed_end(row: DisputedEndRow) -> DisputedEnd:
    """Return the disputed end that a row of disputed_ends.csv describes."""
    return DisputedEnd(model_id=row.model_id, last_day=row.last_day, source=row.source, against=row.against)
