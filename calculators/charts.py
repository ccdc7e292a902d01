"""Charts as Vega-Lite specifications with their data inside.

One palette, chosen to be told apart by readers with colour-blindness and to keep 3:1 against the
page; the site maps each colour to a variable of its own for the dark theme. Nothing is shown by
colour alone: bars and lines are labelled, and each chart's data can be read as a table.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from calculators.results import Chart, data

if TYPE_CHECKING:
    from collections.abc import Sequence

BLUE, ORANGE, GREEN, PURPLE, GREY, INK, LINE = (
    "#1f6fb5",
    "#b85c00",
    "#14804a",
    "#8a4fb0",
    "#6b7280",
    "#1b2430",
    "#d5dae1",
)
SERIES = (BLUE, ORANGE, GREEN, PURPLE, GREY)
WIDTH = 440
LEGEND_LETTERS = 34  # of two names beside each other on a phone
REMARK_BELOW = "split(replace(datum.label, ' (', '|('), '|')"  # a remark in brackets gets a line of its own
FONT = "system-ui, sans-serif"

Row = dict[str, Any]
Spec = dict[str, Any]


def canvas(rows: Sequence[Row], height: int) -> Spec:
    """Return a specification with the data, the size and the look that all charts share."""
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "background": "transparent",
        "width": WIDTH,
        "height": height,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "data": {"values": data(list(rows))},
        "config": {
            "font": FONT,
            "axis": {
                "labelColor": INK,
                "titleColor": INK,
                "gridColor": LINE,
                "domainColor": GREY,
                "tickColor": GREY,
                "labelFontSize": 12,
                "titleFontSize": 12,
                "titleFontWeight": "normal",
                "labelLimit": 190,
            },
            "legend": {
                "labelColor": INK,
                "titleColor": INK,
                "labelFontSize": 12,
                "orient": "bottom",
                "title": None,
                "columns": 2,
            },
            "view": {"stroke": None},
            "text": {"color": INK, "fontSize": 12},
        },
    }


def dollars_axis(title: str) -> Spec:
    """Return an axis in dollars with short labels."""
    zero = "datum.value == 0 ? '$0' : datum.label"  # by itself it would be "$0k"
    return {"title": title, "format": "$~s", "grid": True, "tickCount": 5, "labelExpr": zero}


def plain_axis(title: str) -> Spec:
    """Return an axis in numbers with short labels."""
    return {"title": title, "format": "~s", "grid": True, "tickCount": 5}


def _axis(axis: str | Spec) -> Spec:
    return dollars_axis(axis) if isinstance(axis, str) else axis


def bars(
    id: str,  # noqa: A002 - the word of the contract
    title: str,
    summary: str,
    rows: Sequence[Row],
    *,
    category: str,
    value: str,
    axis: str | Spec,
    highlight: str = "",
) -> Chart:
    """Return labelled horizontal bars, in the order of the rows, one of them marked.

    `axis` is the title of an axis in dollars, or an axis of its own.
    """
    spec = canvas(rows, 34 * len(rows))
    names = {"title": None, "ticks": False, "domain": False, "labelExpr": REMARK_BELOW}
    y = {"field": category, "type": "nominal", "sort": None, "axis": names}
    x = {"field": value, "type": "quantitative", "axis": {**_axis(axis), "grid": False}}
    test = f"datum[{category!r}] === {highlight!r}"
    colour = {"condition": {"test": test, "value": GREEN}, "value": BLUE} if highlight else {"value": BLUE}
    label = {"text": {"field": "shown", "type": "nominal"}}
    spec["encoding"] = {"y": y, "x": x}
    spec["layer"] = [
        {"mark": {"type": "bar", "height": {"band": 0.62}}, "encoding": {"color": colour}},
        {"mark": {"type": "text", "align": "left", "dx": 5}, "encoding": label},
    ]
    spec["config"]["axisX"] = {"labelFlush": True}
    most = max((Decimal(row[value]) for row in rows), default=Decimal(0))  # its label stands beyond the scale
    x["scale"] = {"domain": [0, data(most) or 1], "nice": False}
    return Chart(id, title, summary, spec)


def stacked_bars(
    id: str,  # noqa: A002
    title: str,
    summary: str,
    rows: Sequence[Row],
    *,
    category: str,
    part: str,
    parts: Sequence[str],
    value: str,
    axis: str | Spec,
) -> Chart:
    """Return horizontal bars divided into parts, with a legend in the order of the parts."""
    spec = canvas(rows, 46 * len({row[category] for row in rows}))
    spec["mark"] = {"type": "bar", "height": {"band": 0.62}}
    spec["encoding"] = {
        "y": {
            "field": category,
            "type": "nominal",
            "sort": None,
            "axis": {"title": None, "ticks": False, "domain": False},
        },
        "x": {"field": value, "type": "quantitative", "stack": "zero", "axis": _axis(axis)},
        "color": {
            "field": part,
            "type": "nominal",
            "scale": {"domain": list(parts), "range": list(SERIES[: len(parts)])},
        },
        "order": {"field": "order", "type": "quantitative"},
    }
    return Chart(id, title, summary, spec)


def lines(
    id: str,  # noqa: A002
    title: str,
    summary: str,
    rows: Sequence[Row],
    *,
    x: str,
    x_axis: Spec,
    series: str,
    names: Sequence[str],
    value: str,
    axis: str | Spec,
    now: Decimal | None = None,
    marks: Sequence[Row] = (),
    label_align: str = "center",
    is_log: bool = False,
) -> Chart:
    """Return a line for each series over x, with a rule at the present value of x.

    `axis` is the title of an axis in dollars, or an axis of its own. `marks` are points worth a
    name, such as crossings: rows that hold x, the value and a `label`, which ends at its point where
    `label_align` is "right". `is_log` draws both axes
    in powers of ten.
    """
    spec = canvas(rows, 240)
    scale = {"type": "log", "nice": False} if is_log else {}
    spec["encoding"] = {"x": {"field": x, "type": "quantitative", "axis": x_axis, "scale": {"nice": False, **scale}}}
    dashes = [[1, 0], [6, 3], [2, 2], [8, 3, 2, 3], [12, 5]]
    colour = {"field": series, "type": "nominal", "scale": {"domain": list(names), "range": list(SERIES[: len(names)])}}
    dash = {"field": series, "type": "nominal", "scale": {"domain": list(names), "range": dashes[: len(names)]}}
    y = {"field": value, "type": "quantitative", "axis": _axis(axis), **({"scale": scale} if scale else {})}
    line = {"mark": {"type": "line", "strokeWidth": 2.5}, "encoding": {"y": y, "color": colour, "strokeDash": dash}}
    spec["layer"] = [line]
    _fit_legend(spec, names)
    if now is not None:
        here = {"data": {"values": [{x: data(now)}]}, "mark": {"type": "rule", "strokeDash": [3, 3], "color": GREY}}
        spec["layer"].append(here)
    if marks:
        spec["layer"] += _named_points(marks, value, label_align)
    return Chart(id, title, summary, spec)


def _fit_legend(spec: Spec, names: Sequence[str]) -> None:
    """Set long names below each other: beside each other a phone would cut them off."""
    beside = sum(max(map(len, column), default=0) for column in (names[::2], names[1::2]))
    if beside > LEGEND_LETTERS:
        spec["config"]["legend"]["columns"] = 1


def _named_points(marks: Sequence[Row], value: str, align: str) -> list[Spec]:
    """Return a ring at each mark and its label above it."""
    points, y = {"values": data(list(marks))}, {"field": value, "type": "quantitative"}
    ring = {"type": "point", "size": 90, "strokeWidth": 2.5, "color": INK, "filled": False}
    words = {"type": "text", "align": align, "dy": -14, "fontWeight": "bold", "color": INK}
    label = {"field": "label", "type": "nominal"}
    return [
        {"data": points, "mark": ring, "encoding": {"y": y}},
        {"data": points, "mark": words, "encoding": {"y": y, "text": label}},
    ]
