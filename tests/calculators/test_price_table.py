"""The prices used: each with source, day, confidence and an age that is told in words once it is old."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculators import catalogue, page
from calculators.ledger import Quote
from calculators.price_table import price_table

DAY = date(2026, 11, 13)


def quote(as_of: str) -> Quote:
    """Return a price of that day."""
    return Quote("Input", Decimal(2), "USD per 1M tokens", as_of, "A page", "two sources")


def aged(days: int, snapshot: str = DAY.isoformat(), today: str = "") -> tuple[str, str]:
    """Return the age and the mark of a price that was so old on the day."""
    table = price_table([quote((DAY - timedelta(days)).isoformat())], snapshot, today)
    age = next(at for at, each in enumerate(table["columns"]) if each["label"].startswith("Age"))
    return table["rows"][0][age], table["marks"][0]


@pytest.mark.parametrize(
    ("days", "text", "mark"),
    [
        (-1, "0 days", ""),
        (0, "0 days", ""),
        (1, "1 day", ""),
        (90, "90 days", ""),
        (91, "91 days: over 90, check it", "old"),
        (180, "180 days: over 90, check it", "old"),
        (181, "181 days: over 180, don't rely on it", "very old"),
    ],
)
def test_an_old_price_is_marked_in_words(days: int, text: str, mark: str) -> None:
    assert aged(days) == (text, mark)


@given(days=st.integers(0, 3000))
def test_ages_count_to_the_readers_day_where_that_is_later(days: int) -> None:
    today = (DAY + timedelta(days)).isoformat()
    assert aged(0, today=today) == aged(days)
    assert aged(5, today=(DAY - timedelta(days)).isoformat()) == aged(5)


@pytest.mark.parametrize("today", ["", "tomorrow", "2026-13-40", "20270101", "<b>"])
def test_a_day_that_is_none_counts_for_nothing(today: str) -> None:
    assert aged(5, today=today) == aged(5)


def test_the_readers_own_price_has_no_age() -> None:
    table = price_table([quote("")], DAY.isoformat())
    assert table["rows"][0][3:5] == ["today", "yours"]
    assert table["marks"] == [""]


def test_the_page_hears_the_age_on_the_readers_day() -> None:
    def labels(**request: Any) -> list[str]:
        reply = json.loads(page.answer("token-cost", json.dumps({"inputs": {}, **request})))
        return [each["label"] for each in reply["view"]["prices"]["columns"]]

    snapshot = catalogue.load().snapshot
    assert f"Age on {snapshot}" in labels()
    assert "Age on 2031-01-02" in labels(today="2031-01-02")
