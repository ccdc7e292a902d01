"""Price table: each price of an answer with its figure, source, date, age and confidence, as texts."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from calculators import shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calculators.ledger import Quote

OLD_DAYS, VERY_OLD_DAYS = 90, 180
OLD, VERY_OLD = "old", "very old"
YOURS = "yours"  # the age of a figure that the reader entered


def price_table(quotes: Sequence[Quote], snapshot: str, today: str = "") -> dict[str, Any]:
    """Return the prices used as a table, with a mark for each row that has grown old.

    Ages count to `today` where the reader's device gives a day later than the snapshot, else to the snapshot.
    """
    day = max(snapshot, today) if is_date(today) else snapshot
    labels = ("Price", "Figure", "Unit", "As of", f"Age on {day}", "Source", "Confidence", "Note")
    ages = [_age(each, day) for each in quotes]
    rows = [
        [
            each.what,
            figure(each),
            each.unit,
            each.as_of or "today",
            _age_text(age),
            each.source,
            each.confidence,
            " ".join(filter(None, (each.note, each.disagreements))),
        ]
        for each, age in zip(quotes, ages, strict=True)
    ]
    columns = [{"label": label, "numeric": label == "Figure"} for label in labels]
    marks = [mark(age) for age in ages]
    return {"id": "prices", "title": "Prices used", "columns": columns, "rows": rows, "marks": marks}


def figure(quote: Quote) -> str:
    """Return the figure of a price as it is shown, not rounded where it is in dollars."""
    is_usd = quote.unit.startswith("USD")
    return shown.price(quote.value) if is_usd else shown.amount(quote.value, quote.unit)


def mark(age: int | None) -> str:
    """Return the word for an age in days that a reader should notice, or nothing.

    >>> mark(90), mark(91), mark(181), mark(None)
    ('', 'old', 'very old', '')
    """
    if age is None or age <= OLD_DAYS:
        return ""
    return OLD if age <= VERY_OLD_DAYS else VERY_OLD


def is_date(text: str) -> bool:
    """Whether a text is a day in the form 2026-11-13.

    >>> is_date("2026-11-13"), is_date("2026-13-11"), is_date("")
    (True, False, False)
    """
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _age(quote: Quote, day: str) -> int | None:
    """Return how many days old a price is, None for the reader's own."""
    if not quote.as_of:
        return None
    return max(0, (date.fromisoformat(day) - date.fromisoformat(quote.as_of)).days)


def _age_text(age: int | None) -> str:
    """Return an age in words, with what to do about an old one."""
    if age is None:
        return YOURS
    days = f"{age} day{'' if age == 1 else 's'}"
    remarks = {"": "", OLD: f": over {OLD_DAYS}, check it", VERY_OLD: f": over {VERY_OLD_DAYS}, don't rely on it"}
    return days + remarks[mark(age)]
