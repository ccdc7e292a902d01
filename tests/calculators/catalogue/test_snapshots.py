"""Snapshots: an old one keeps its figures, a new one has the newer, an unknown one is refused."""

from __future__ import annotations

from datetime import date

import pytest

from calculators import catalogue
from calculators.catalogue.book import Catalogue, build
from calculators.catalogue.snapshots import unknown_snapshot
from calculators.catalogue.tables import ModelRow, OfferRow, PriceRow, Tables
from calculators.errors import InputError

OLD, NEW = "2030-01-01", "2030-07-01"


def price_row(usd: str, valid_from: str, *, history_only: str = "no", meter: str = "input") -> PriceRow:
    where = ("Amazon Bedrock", "m", "r", "global", meter)
    unit = catalogue.UNITS[meter]
    return PriceRow(
        f"{usd}@{valid_from}",
        *where,
        usd,
        unit,
        valid_from,
        valid_from,
        "s",
        "",
        "",
        "single source",
        history_only,
        "",
        "",
    )


def model_row(name: str, valid_from: str) -> ModelRow:
    return ModelRow("m", name, "P", "chat", "", "", "", "", "", valid_from, valid_from, "s", "")


def offer_row(flex: str, valid_from: str) -> OfferRow:
    return OfferRow("m", valid_from, "2030", "c", "yes", flex, *[""] * 15)


def find(book: Catalogue) -> str | None:
    point = book.find_price("m", "r", "global", "input")
    return None if point is None else str(point.usd)


@pytest.mark.parametrize("order", [(OLD, NEW), (NEW, OLD)])
def test_a_later_row_counts_from_its_day_on(order: tuple[str, str]) -> None:
    """Whatever the order of the rows in the file."""
    usd = {OLD: "1", NEW: "2"}
    tables = Tables(prices=tuple(price_row(usd[day], day) for day in order))
    assert tables.snapshots() == (OLD, NEW)
    assert find(build(tables, OLD)) == "1"
    assert find(build(tables, NEW)) == "2"


def test_a_row_that_a_newer_snapshot_leaves_alone_still_counts() -> None:
    tables = Tables(prices=(price_row("1", OLD), price_row("9", NEW, meter="output")))
    assert find(build(tables, NEW)) == "1"


def test_a_row_counts_on_no_day_before_its_own() -> None:
    assert find(build(Tables(prices=(price_row("1", NEW),)), OLD)) is None


@pytest.mark.parametrize("withdrawn", [price_row("1", NEW, history_only="yes"), price_row("", NEW)])
def test_a_later_row_can_withdraw_a_price(withdrawn: PriceRow) -> None:
    tables = Tables(prices=(price_row("1", OLD), withdrawn))
    assert find(build(tables, OLD)) == "1"
    assert find(build(tables, NEW)) is None


def test_history_of_the_same_day_does_not_hide_the_live_row() -> None:
    live, past = price_row("1", OLD), price_row("5", OLD, history_only="yes")
    assert find(build(Tables(prices=(live, past)), OLD)) == "1"
    assert find(build(Tables(prices=(past, live)), OLD)) == "1"


def test_models_and_offers_change_with_the_snapshot_too() -> None:
    tables = Tables(
        prices=(),
        models=(model_row("After", NEW), model_row("Before", OLD)),
        offers=(offer_row("no", OLD), offer_row("yes", NEW)),
    )
    before, after = build(tables, OLD), build(tables, NEW)
    assert (before.models["m"].name, after.models["m"].name) == ("Before", "After")
    assert (before.offer("m").flex, after.offer("m").flex) == (False, True)


def test_the_newest_snapshot_is_loaded_unless_one_is_named() -> None:
    names = catalogue.snapshots()
    assert list(names) == sorted(set(names))
    assert catalogue.load().snapshot == names[-1]
    assert all(catalogue.load(each).snapshot == each for each in names)


def test_snapshots_are_dates() -> None:
    for each in catalogue.snapshots():
        date.fromisoformat(each)


def test_a_catalogue_is_loaded_once() -> None:
    assert catalogue.load() is catalogue.load(catalogue.snapshots()[-1])


@pytest.mark.parametrize(
    ("asked", "closest"),
    [("2029-12-24", OLD), ("2030-06-01", NEW), ("1999-01-01", OLD), ("2099-12-31", NEW), ("2030-7-1", NEW), ("", NEW)],
)
def test_an_unknown_snapshot_names_the_closest(asked: str, closest: str) -> None:
    problem = unknown_snapshot(asked, (OLD, NEW))
    assert problem.field == "prices"
    assert problem.problem.endswith(f"the closest is {closest}")


@pytest.mark.parametrize("asked", ["2020-01-01", "latest", "", "x" * 10_000_000, "<script>"])
def test_an_unknown_snapshot_is_refused_in_a_short_sentence(asked: str) -> None:
    with pytest.raises(InputError) as caught:
        catalogue.load(asked)
    (problem,) = caught.value.problems
    assert problem.field == "prices"
    assert catalogue.snapshots()[-1] in problem.problem
    assert len(problem.problem) < 150


@pytest.mark.parametrize(
    ("asked", "closest"),
    [("2030-01-O1", OLD), ("2030-07-0l", NEW), ("2030-03-31", OLD), ("2030-04-02", NEW), ("latest", NEW)],
)
def test_an_unknown_snapshot_is_answered_with_the_nearest_day_or_the_nearest_spelling(asked: str, closest: str) -> None:
    """Half the way from 1 January to 1 July are 90.5 days: until 1 April."""
    assert unknown_snapshot(asked, (OLD, NEW)).problem.endswith(f"the closest is {closest}")
