"""What is said of weak prices: each caution names the figure that it tells of."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from calculators.cautions import price_cautions
from calculators.ledger import Quote

SNAPSHOT = "2026-11-13"


def quote(what: str, **facts: Any) -> Quote:
    given = {"as_of": SNAPSHOT, "confidence": "two sources"} | facts
    return Quote(what=what, value=Decimal(3), unit="USD per 1M tokens", source="a list", **given)


def told(*quotes: Quote) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for each in price_cautions(quotes, SNAPSHOT):
        found.setdefault(each.code, []).append(each.message)
    return found


def test_the_old_figure_that_is_named_is_the_one_whose_date_is_told() -> None:
    (message,) = told(quote("A", as_of="2026-08-02"), quote("B", as_of="2026-07-24"))["price-older-than-90-days"]
    assert message.startswith("B and 1 more: the oldest figure is from 2026-07-24,")
    (message,) = told(quote("A", as_of="2026-08-02"))["price-older-than-90-days"]
    assert message.startswith("A: the figure is from 2026-08-02,")


def test_one_disagreement_is_told_once_with_its_unit() -> None:
    other = "a file says 2 input, 4 output"
    (message,) = told(quote("A, input", disagreements=other), quote("A, output", disagreements=other))[
        "sources-disagree"
    ]
    assert message.startswith("A, input and 1 more: sources disagree")
    assert message.endswith(f"{other}, in USD per 1M tokens.")
    apart = told(quote("A", disagreements="one says 2"), quote("B", disagreements="one says 4"))
    assert len(apart["sources-disagree"]) == 2


def test_prices_of_the_readers_own_and_of_today_are_not_questioned() -> None:
    assert told(quote("A")) == {}
    own = quote("B", as_of="2020-01-01", confidence="single source", disagreements="one says 2", overridden=True)
    assert told(own) == {}
