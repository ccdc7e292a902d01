"""Conflicts: where two sources that a reader may meet disagree, with both dates and what the course does.

The figures here are what each source prints. They are shown, never counted with.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

GROUPS = {
    "exam": "The exam and AWS today",
    "offers": "What is offered",
    "limits": "Limits and behaviour",
    "prices": "Prices and bills",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """What one source says; `dated` stands in where no row of sources.csv gives the date."""

    who: str
    says: str
    sources: tuple[str, ...] = ()
    dated: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownBy:
    """A calculator state that shows what a conflict changes: by its answer, or by the output that `shows` names."""

    calculator: str
    words: str
    inputs: Mapping[str, Any]
    shows: str = "answer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Two sources that disagree; `uses` is the side that the course follows, from 1, or 0 for neither."""

    id: str
    group: str
    topic: str
    sides: tuple[Side, ...]
    uses: int
    course: str
    changes: str
    states: tuple[ShownBy, ...]


@cache
def conflicts() -> dict[str, Conflict]:
    """Return every conflict by its id, in the order of the register."""
    text = resources.files("calculators.catalogue").joinpath("data", "conflicts.toml").read_text(encoding="utf-8")
    return {row["id"]: _conflict(row) for row in tomllib.loads(text)["conflict"]}


def _conflict(row: dict[str, Any]) -> Conflict:
    sides = tuple(Side(**{**each, "sources": tuple(each.get("sources", ()))}) for each in row.pop("side"))
    states = tuple(ShownBy(**each) for each in row.pop("state", ()))
    return Conflict(**row, sides=sides, states=states)
