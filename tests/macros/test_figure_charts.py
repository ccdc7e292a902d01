"""Figures of numbers: each is what the calculators answer, drawn and told."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

import calculators
from calculators.customization_sheet import APPROACHES
from macros.figures import customization_cost_performance, four_meters, three_sizes
from macros.figures.customization_cost_performance import assumption
from tests.macros.rendering import LESSON, Press

if TYPE_CHECKING:
    from tests.macros.html_tree import Element


def figure(name: str) -> Element:
    return Press().page_of(f'{{{{ figure("{name}") }}}}', LESSON).one("figure")


def run(name: str, **given: Any) -> dict[str, Any]:
    outputs: dict[str, Any] = calculators.run(name, given)["outputs"]
    return outputs


def number(text: str) -> float:
    return float(re.sub(r"[$,%]", "", text))


# --- four meters --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def meters() -> Element:
    return figure("four-meters")


def test_meters_are_the_shares_of_the_default_request(meters: Element) -> None:
    found = {each["meter"]: each for each in run("token-cost")["meters"]}
    tokens = sum(each["tokens_per_request"] for each in found.values())
    month = sum(each["usd_per_month"] for each in found.values())
    rows = meters.one("table").rows()
    assert [row[0] for row in rows] == ["Input, not cached", "Cache write", "Cache read", "Output"]
    for row, meter in zip(rows, ("input", "cache_write", "cache_read", "output"), strict=True):
        assert number(row[1]) == found[meter]["tokens_per_request"]
        assert number(row[2]) == pytest.approx(found[meter]["tokens_per_request"] / tokens * 100, abs=0.05)
        assert number(row[3]) == pytest.approx(found[meter]["usd_per_month"] / month * 100, abs=0.05)
        assert number(row[4]) == found[meter]["usd_per_month"]


@pytest.mark.parametrize("size", ["wide", "narrow"])
def test_the_two_bars_are_aligned_and_as_high_as_the_shares(size: str, meters: Element) -> None:
    svg = meters.one("div", class_=f"cc-chart__{size}").one("svg")
    rects = svg.all("rect")
    sides = (rects[::2], rects[1::2])
    for column, pieces in zip((2, 3), sides, strict=True):
        shares = [number(row[column]) for row in meters.one("table").rows()]
        heights = [float(each.attributes["height"]) for each in pieces]
        assert heights == pytest.approx([share * four_meters.HEIGHT / 100 for share in shares], abs=0.3)
        for above, below in pairwise(pieces):
            bottom = float(above.attributes["y"]) + float(above.attributes["height"])
            assert float(below.attributes["y"]) == pytest.approx(bottom, abs=0.2)
    assert sides[0][0].attributes["y"] == sides[1][0].attributes["y"]
    for row in meters.one("table").rows():
        assert row[2] in svg.text
        assert row[3] in svg.text


def test_labels_never_touch_and_stay_in_the_drawing() -> None:
    for middles in ([50.0, 51.0, 52.0, 300.0], [44.0, 340.0, 342.0, 343.0], [44.0, 45.0, 46.0, 47.0]):
        found = four_meters._apart(middles)
        assert all(later - earlier >= four_meters.BETWEEN_LABELS - 0.1 for earlier, later in pairwise(found))
        assert max(found) <= four_meters.TOP + four_meters.HEIGHT
        assert min(found) >= four_meters.TOP - four_meters.BETWEEN_LABELS


# --- reserved break-even ------------------------------------------------------------------------


def test_the_unit_pays_below_full_use_and_its_price_is_called_an_assumption() -> None:
    """F06 by hand: 5 / (60·(120,000·0.80 + 24,000·3.20) / 10^6) = 5 / 10.368."""
    drawn = figure("reserved-break-even")
    share = f"{5 / 10.368:.1%}"
    assert share in drawn.one("figcaption").text
    for size in ("wide", "narrow"):
        assert share in drawn.one("div", class_=f"cc-chart__{size}").text
    note = drawn.one("p", class_="cc-figure__note").text
    assert note.startswith("Assumed")
    assert "$5 an hour" in note
    rows = {(row[0], row[1]): number(row[2]) for row in drawn.one("table").rows()}
    assert {usd for (_, way), usd in rows.items() if way == "One model unit"} == {5 * 730}
    assert rows["100%", "Its tokens on demand"] == pytest.approx(10.368 * 730, abs=0.01)


# --- three sizes --------------------------------------------------------------------------------


def test_sizes_cost_what_token_cost_says_at_each_volume() -> None:
    drawn = figure("three-sizes")
    table = drawn.one("table")
    rows = table.rows()
    assert [number(row[0]) for row in rows] == list(three_sizes.VOLUMES)
    each_request = {}
    for column, (size, model) in enumerate(three_sizes.SIZES.items(), 1):
        assert table.headings()[column].startswith(f"{size}: ")
        for row in rows:
            found = run("token-cost", **three_sizes.WORK, **model, requests_per_month=int(number(row[0])))
            assert number(row[column]) == pytest.approx(found["usd_per_month"], rel=1e-3, abs=0.005)
            each_request[size] = found["usd_per_request"]
    assert each_request["Large"] > each_request["Middle"] > each_request["Small"]
    assert f"{each_request['Large'] / each_request['Small']:.0f} times" in drawn.one("figcaption").text


# --- customisation ------------------------------------------------------------------------------


def test_each_approach_has_the_calculators_cost_and_the_assumed_level() -> None:
    drawn = figure("customization-cost-performance")
    found = {
        APPROACHES[each["approach"]]: each
        for each in run("customization", **customization_cost_performance.INPUTS)["options"]
    }
    rows = drawn.one("table").rows()
    assert {row[0] for row in rows} == set(APPROACHES.values())
    for row in rows:
        option = found[row[0]]
        costs = (option["upfront_usd"], option["usd_per_month"], option["total_usd"])
        assert [number(each) for each in row[3:]] == pytest.approx(costs, abs=0.005)
        for size in ("wide", "narrow"):
            assert row[0] in drawn.one("div", class_=f"cc-chart__{size}").text
    levels = [int(row[1]) for row in rows]
    assert levels == sorted(levels, reverse=True)


def test_the_order_is_called_the_courses_assumption() -> None:
    drawn = figure("customization-cost-performance")
    assert "assumption, not a measurement" in drawn.one("p", class_="cc-figure__note").text
    assert "More specialised (assumed)" in drawn.one("div", class_="cc-chart__narrow").text
    assert drawn.one("table").headings()[1:3] == ["Assumed level", "Assumed to be"]
    words = {each["level"]: each["words"] for each in assumption()["approach"]}
    assert all(each["words"] == words[each["level"]] for each in assumption()["approach"])  # a level means one thing
