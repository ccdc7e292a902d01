"""Formula docstrings: read by heading; one that misses a heading is refused."""

from __future__ import annotations

import pytest

from macros.formula_docstring import read


def sample() -> None:
    """Cost of one thing.

    Formula: F99
        c = n·p
        c' = 2·c
    Symbols:
        n: how many,
            in pieces
        p: price: USD a piece
    Valid when: always,
        and later.
    Source: a book.
    Worked example: two at 3 dollars
        are 6.

        >>> 2 * 3
        6
    """


def without_source() -> None:
    """Cost of one thing.

    Formula: F99
        c = n
    Symbols:
        n: how many
    Valid when: always.
    Worked example: none.
    """


def test_each_part_is_read() -> None:
    entry = read("sample", sample)
    assert (entry.id, entry.function, entry.title) == ("F99", "sample", "Cost of one thing")
    assert entry.lines == ("c = n·p", "c' = 2·c")
    assert entry.symbols == (("n", "how many, in pieces"), ("p", "price: USD a piece"))
    assert (entry.valid_when, entry.source) == ("always, and later.", "a book.")
    assert entry.example == "two at 3 dollars are 6."
    assert entry.code == ">>> 2 * 3\n6"


def test_a_missing_heading_is_named() -> None:
    with pytest.raises(ValueError, match=r"without_source: .*expected Formula, Symbols, Valid when, Source, Worked"):
        read("without_source", without_source)
