"""`price_changes()`: what a snapshot holds, and how it differs from the one before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from calculators import catalogue
from calculators.catalogue.book import build
from calculators.catalogue.tables import Tables, read_tables
from macros.price_changes import changes
from tests.macros import rows

if TYPE_CHECKING:
    from calculators.catalogue import Catalogue
    from calculators.catalogue.tables import PriceRow
    from tests.macros.rendering import Press

FIRST, SECOND, THIRD = "2026-11-13", "2026-12-01", "2027-01-05"
TODAY = read_tables()


def row(identifier: str, **changed: str) -> PriceRow:
    (found,) = [each for each in TODAY.prices if each.id == identifier]
    return found._replace(**changed)


CHEAPER = row("nova-pro-v1:0/us-east-1/in_region_or_geo/input", valid_from=SECOND, usd="0.7")
GONE = row("nova-pro-v1:0/us-east-1/in_region_or_geo/output", valid_from=SECOND, usd="")
THE_SAME = row("nova-lite-v1:0/us-east-1/in_region_or_geo/input", valid_from=SECOND, as_of=SECOND)
BACK = GONE._replace(valid_from=THIRD, usd="3.1")
NEW = BACK._replace(id="new", region="xx-new-1")


@pytest.fixture
def books(monkeypatch: pytest.MonkeyPatch) -> dict[str, Catalogue]:
    """Three snapshots: in the second one price falls and one goes, in the third that one is back and one is new."""
    tables = Tables(
        prices=(*TODAY.prices, CHEAPER, GONE, THE_SAME, BACK, NEW),
        models=TODAY.models,
        offers=TODAY.offers,
        sources=TODAY.sources,
    )
    made = {day: build(tables, day) for day in tables.snapshots()}
    monkeypatch.setattr(catalogue, "snapshots", lambda: tuple(made))
    monkeypatch.setattr(catalogue, "load", lambda day=THIRD: made[day])
    return made


def test_a_change_says_what_was_and_what_is(books: dict[str, Catalogue]) -> None:
    found = {
        each.meter: (each.item, each.where, each.before, each.after) for each in changes(books[FIRST], books[SECOND])
    }
    place = "us-east-1, in-Region or geographic routing"
    assert found == {
        "input": ("Amazon Nova Pro", place, "$0.80", "$0.70"),
        "output": ("Amazon Nova Pro", place, "$3.20", "withdrawn"),
    }


def test_a_price_that_comes_or_comes_back_is_new(books: dict[str, Catalogue]) -> None:
    found = [(each.where.split(",")[0], each.before, each.after) for each in changes(books[SECOND], books[THIRD])]
    assert found == [("us-east-1", "new", "$3.10"), ("xx-new-1", "new", "$3.10")]


def test_nothing_changes_between_a_snapshot_and_itself(books: dict[str, Catalogue]) -> None:
    assert changes(books[SECOND], books[SECOND]) == []


@pytest.mark.usefixtures("books")
def test_the_newest_snapshot_stands_first(press: Press) -> None:
    page = press.page_of("{{ price_changes() }}")
    assert [each.attributes["id"] for each in page.all("h3")] == [f"snapshot-{day}" for day in (THIRD, SECOND, FIRST)]
    third, second, first = page.all("section")
    assert [each[2:4] for each in second.one("table").rows()] == [["$0.80", "$0.70"], ["$3.20", "withdrawn"]]
    assert len(third.one("table").rows()) == 2
    assert first.all("table") == []
    assert "every figure in it is new" in first.text


def test_a_snapshot_counts_what_it_holds(press: Press) -> None:
    section = press.page_of("{{ price_changes() }}").all("section")[-1]
    shown = {each.one("dt").text: int(each.one("dd").text.replace(",", "")) for each in section.one("dl").all("div")}
    priced = [each for each in rows.prices() if each["usd"]]
    assert shown == {
        "Figures": len(priced),
        "of Amazon Bedrock": sum(each["service"] == "Amazon Bedrock" for each in priced),
        "of Amazon EC2": sum(each["service"] == "Amazon EC2" for each in priced),
        "of other services": sum(each["service"] not in ("Amazon Bedrock", "Amazon EC2") for each in priced),
        "from two sources": sum(each["confidence"] == "two sources" for each in priced),
        "where sources disagree": sum(bool(each["disagreements"]) for each in priced),
        "Models": len(rows.read("models.csv")),
        "Regions with prices of models": len(
            {each["region"] for each in rows.prices() if each["item"] in {m["id"] for m in rows.read("models.csv")}}
            - {""}
        ),
        "EC2 instance types": len(rows.read("instances.csv")),
        "Earlier figures kept": len(rows.prices(earlier=True)),
    }
    assert [each.text for each in section.one("details").all("li")] == [
        each["name"] for each in rows.read("models.csv")
    ]
