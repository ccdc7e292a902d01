"""Models: what a Bedrock model is called, what it takes, and until when it is there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from calculators.catalogue.tables import ModelRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """One Bedrock model; None where no source read gives the figure."""

    id: str
    name: str
    provider: str
    kind: str  # "chat" or "embedding"
    context_tokens: int | None
    max_output_tokens: int | None
    long_context_threshold_tokens: int | None
    retirement_date: str | None
    retirement_source: str | None
    as_of: str
    source: str
    note: str

    def has_ended(self, day: str) -> bool:
        """Say whether the model's last day is `day` or lies before it."""
        return self.retirement_date is not None and self.retirement_date <= day


def make_model(row: ModelRow) -> Model:
    """Return the model that a row of models.csv describes."""
    return Model(
        id=row.id,
        name=row.name,
        provider=row.provider,
        kind=row.kind,
        context_tokens=whole(row.context_tokens),
        max_output_tokens=whole(row.max_output_tokens),
        long_context_threshold_tokens=whole(row.long_context_threshold_tokens),
        retirement_date=row.retirement_date or None,
        retirement_source=row.retirement_source or None,
        as_of=row.as_of,
        source=row.source,
        note=row.note,
    )


def whole(text: str) -> int | None:
    """Return the whole number in a cell, or None where the cell is empty."""
    return int(text) if text else None
