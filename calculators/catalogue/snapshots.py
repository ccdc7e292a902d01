"""Snapshots: the catalogue as it stood on a given day.

A snapshot is named for the date of its main price file. A link or a result that names one finds
the very figures it was made with, however many rows have been added since.
"""

from __future__ import annotations

from datetime import date
from difflib import get_close_matches
from functools import cache

from calculators.catalogue.book import Catalogue, build
from calculators.catalogue.tables import read_tables
from calculators.errors import InputError, Problem

_LONGEST_NAME = 40


@cache
def snapshots() -> tuple[str, ...]:
    """Return the names of all snapshots, oldest first."""
    return read_tables().snapshots()


def load(snapshot: str | None = None) -> Catalogue:
    """Return the catalogue of a snapshot, the newest where none is named."""
    known = snapshots()
    if snapshot is None:
        return _load(known[-1])
    if snapshot not in known:
        raise InputError([unknown_snapshot(snapshot, known)])
    return _load(snapshot)


@cache
def _load(snapshot: str) -> Catalogue:
    return build(read_tables(), snapshot)


def unknown_snapshot(asked: str, known: tuple[str, ...]) -> Problem:
    """Return the problem of a snapshot that does not exist, naming the closest that does."""
    shown = asked if len(asked) <= _LONGEST_NAME else asked[:_LONGEST_NAME] + "…"
    return Problem("prices", f"there is no price snapshot {shown!r}; the closest is {_closest(asked, known)}")


def _closest(asked: str, known: tuple[str, ...]) -> str:
    """Return the snapshot nearest in time, or in spelling where `asked` is no date."""
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        alike = get_close_matches(asked[:_LONGEST_NAME], known, n=1, cutoff=0)
        return alike[0] if alike else known[-1]
    return min(known, key=lambda each: abs(date.fromisoformat(each) - day))
