"""A grid of prices: nothing lost, equal rows as one, doubts kept."""

from __future__ import annotations

import dataclasses
from decimal import Decimal
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from calculators import catalogue
from macros.price_grid import grid

if TYPE_CHECKING:
    from calculators.catalogue import PricePoint

BOOK = catalogue.load()
METERS = {"input": "In", "output": "Out"}
MODEL = "anthropic.claude-sonnet-5"
FIRST = next(each for each in BOOK.points() if each.item == MODEL and each.meter == "input")


def point(region: str, meter: str, usd: str | None, **changed: str) -> PricePoint:
    price = None if usd is None else Decimal(usd)
    fresh = {"routing": "in_region_or_geo", "disagreements": "", "note": "", "as_of": "2026-11-13", **changed}
    return dataclasses.replace(FIRST, region=region, meter=meter, usd=price, also_confirmed_by=(), **fresh)  # type: ignore[arg-type] # the names are those of the fields


def test_regions_with_equal_figures_share_a_row_and_others_do_not() -> None:
    found = grid(
        [point("eu-west-1", "input", "2"), point("us-east-1", "input", "2"), point("x-1", "input", "3")], METERS, BOOK
    )
    assert [(each.places, each.figures) for each in found.lines] == [
        (("eu-west-1", "us-east-1"), ("$2.00",)),
        (("x-1",), ("$3.00",)),
    ]


def test_equal_figures_of_another_day_or_route_stay_apart() -> None:
    points = [
        point("a-1", "input", "2"),
        point("b-1", "input", "2", as_of="2026-01-01"),
        point("", "input", "2", routing="global"),
    ]
    assert [each.places for each in grid(points, METERS, BOOK).lines] == [("every Region",), ("a-1",), ("b-1",)]
    assert grid(points, METERS, BOOK).read == ""
    assert grid(points[:1], METERS, BOOK).read.startswith("2026-11-13, ")


def test_a_row_has_the_oldest_date_and_the_weakest_confidence() -> None:
    points = [
        point("a-1", "input", "2", confidence="two sources"),
        point("a-1", "output", "3", as_of="2025-12-31", confidence="single source"),
    ]
    (line,) = grid(points, METERS, BOOK).lines
    assert (line.as_of, line.confidence) == ("2025-12-31", "single source")


def test_a_missing_figure_is_a_dash_and_never_nothing() -> None:
    points = [point("a-1", "input", "0"), point("a-1", "output", None), point("b-1", "output", "1")]
    found = grid(points, METERS, BOOK)
    assert found.headings == ("In", "Out")
    assert [each.figures for each in found.lines] == [("$0.00", "–"), ("–", "$1.00")]


def test_what_speaks_against_a_figure_is_said_once_with_its_places() -> None:
    doubts = {"disagreements": "another says 9"}
    points = [point("a-1", "input", "2", **doubts), point("b-1", "output", "3", **doubts), point("c-1", "input", "2")]
    assert grid(points, METERS, BOOK).disagreements == (("In, Out; a-1, b-1", "another says 9"),)


def test_one_more_column_stands_beside_its_regions() -> None:
    points = [point("a-1", "input", "2"), point("b-1", "input", "2")]
    found = grid(points, METERS, BOOK, ("More", {"a-1": "often"}))
    assert found.headings == ("In", "More")
    assert [each.figures for each in found.lines] == [("$2.00", "often"), ("$2.00", "–")]


@given(st.dictionaries(st.tuples(st.sampled_from("abcde"), st.sampled_from(list(METERS))), st.integers(0, 3)))
def test_each_figure_is_found_in_the_row_of_its_region(figures: dict[tuple[str, str], int]) -> None:
    points = [point(region, meter, str(usd)) for (region, meter), usd in figures.items()]
    found = grid(points, METERS, BOOK)
    seen = {
        (place, heading): text
        for line in found.lines
        for place in line.places
        for heading, text in zip(found.headings, line.figures, strict=True)
        if text != "–"
    }
    assert seen == {(region, METERS[meter]): f"${usd}.00" for (region, meter), usd in figures.items()}
    assert len({(each.figures, each.as_of, each.confidence) for each in found.lines}) == len(found.lines)
