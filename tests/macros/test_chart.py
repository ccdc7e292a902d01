"""Charts at build: drawn twice from one specification, safe beside others on a page."""

from __future__ import annotations

import json
import re
from typing import Any

import calculators
from macros.chart import WIDTHS, blank_figure, chart_figure, draw
from tests.macros.html_tree import tree
from tests.macros.rendering import HOSTILE

REFERENCE = re.compile(r"url\(#([^)]+)\)|href=\"#([^\"]+)\"")


def chart(identifier: str = "cost-by-meter") -> dict[str, Any]:
    charts = calculators.bake("token-cost", {"compare_model_ids": ["openai.gpt-6-luna"]})["view"]["charts"]
    return next(each for each in charts if each["id"] == identifier)


def test_the_drawing_holds_the_labels_of_the_data() -> None:
    given = chart("cost-by-model")
    for svg in tree(chart_figure(given)).all("svg"):
        for row in given["spec"]["data"]["values"]:
            assert row["model"] in svg.text
            assert row["shown"] in svg.text


def test_it_is_drawn_for_wide_and_for_narrow_columns() -> None:
    figure = tree(chart_figure(chart()))
    widths = [
        float(figure.one(class_=f"cc-chart__{size}").one("svg").attributes["width"]) for size in ("wide", "narrow")
    ]
    assert widths == [WIDTHS["wide"], WIDTHS["narrow"]]
    assert widths[0] > widths[1]


def test_ids_of_charts_on_one_page_differ_and_each_reference_is_met() -> None:
    clipped = [chart(), chart()]
    for height, each in enumerate(clipped, 100):
        each["spec"] |= {"height": height, "mark": {"type": "bar", "clip": True}}
    html = "".join(map(chart_figure, clipped))
    ids = [each.attributes["id"] for each in tree(html).below() if "id" in each.attributes]
    assert len(set(ids)) == len(ids) > 0
    assert [each for each in ids if re.fullmatch(r"clip\d+", each)] == []  # the names that a live drawing gives its own
    assert {one or other for one, other in REFERENCE.findall(html)} == set(ids)


def test_each_colour_can_be_replaced_by_the_theme() -> None:
    html = chart_figure(chart())
    assert 'fill="var(--chart-1f6fb5, #1f6fb5)"' in html
    assert not re.search(r'(fill|stroke)="#', html)


def test_a_screen_reader_hears_the_summary_and_not_the_drawing() -> None:
    figure = tree(chart_figure(chart()))
    assert {each.attributes["aria-hidden"] for each in figure.all("svg")} == {"true"}
    assert figure.one(data_part="summary").text == chart()["summary"]


def test_hostile_text_in_the_data_stays_text() -> None:
    spec = json.loads(json.dumps(chart("cost-by-model")["spec"]).replace("GPT", "<img>"))
    table = {"id": "data", "title": HOSTILE, "columns": [{"label": HOSTILE, "numeric": False}], "rows": [[HOSTILE]]}
    figure = tree(chart_figure({"id": "<b>", "title": HOSTILE, "summary": HOSTILE, "spec": spec, "table": table}))
    assert figure.all("img") == figure.all("b") == figure.all("script") == []
    assert "<img>" in figure.one(class_="cc-chart__wide").text
    assert figure.one(data_part="data").rows() == [[HOSTILE]]


def test_nothing_is_fetched_for_a_drawing() -> None:
    svg = draw(json.dumps(chart()["spec"]), 640)
    assert "http" not in svg.replace("http://www.w3.org/", "")


def test_the_blank_figure_has_each_part_that_a_chart_has() -> None:
    def parts(html: str) -> set[str]:
        return {each.attributes["data-part"] for each in tree(html).below() if "data-part" in each.attributes}

    assert parts(blank_figure()) == parts(chart_figure(chart()))
