"""Charts of spread: a tornado of single moves, a histogram of many runs, spans from one figure to another."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from calculators.charts import BLUE, GREY, INK, ORANGE, Row, Spec, canvas, dollars_axis
from calculators.results import Chart, data

if TYPE_CHECKING:
    from collections.abc import Sequence


def tornado(
    id: str,  # noqa: A002 - the word of the contract
    title: str,
    summary: str,
    rows: Sequence[Row],
    *,
    category: str,
    value: str,
    base: Decimal,
    axis: str,
) -> Chart:
    """Return bars that start at a common base, two for each category, in the order of the rows.

    Each row holds the category, the value it moves to and `shown`, the words at the bar's end.
    """
    spec = canvas(rows, 30 * len({row[category] for row in rows}))
    labels = {"title": None, "ticks": False, "domain": False}
    spec["encoding"] = {
        "y": {"field": category, "type": "nominal", "sort": None, "axis": labels},
        "x": {"field": value, "type": "quantitative", "axis": dollars_axis(axis), "scale": _padded(rows, value)},
    }
    is_less = f"datum[{value!r}] < {data(base)}"
    colour = {"condition": {"test": is_less, "value": ORANGE}, "value": BLUE}
    spec["layer"] = [
        {"mark": {"type": "bar", "height": {"band": 0.6}}, "encoding": {"x2": {"datum": data(base)}, "color": colour}},
        _words(is_less, "right"),
        _words(f"!({is_less})", "left"),
        _upright([{value: data(base)}], value, {"color": INK, "strokeWidth": 1.5}),
    ]
    return Chart(id, title, summary, spec)


def _padded(rows: Sequence[Row], value: str) -> Spec:
    """Return a scale with room for the words at both ends."""
    least, most = min(row[value] for row in rows), max(row[value] for row in rows)
    room = (most - least) * Decimal("0.35")  # for four letters on a narrow screen
    return {"domain": [data(least - room), data(most + room)], "nice": False, "zero": False} if room else {}


def _words(test: str, align: str) -> Spec:
    mark = {"type": "text", "align": align, "dx": -5 if align == "right" else 5}
    return {"transform": [{"filter": test}], "mark": mark, "encoding": {"text": {"field": "shown", "type": "nominal"}}}


def _upright(rows: Sequence[Row], field: str, look: Spec) -> Spec:
    """Return upright lines through the whole height."""
    x = {"field": field, "type": "quantitative"}
    return {"data": {"values": list(rows)}, "mark": {"type": "rule", **look}, "encoding": {"x": x, "y": None}}


def histogram(
    id: str,  # noqa: A002
    title: str,
    summary: str,
    rows: Sequence[Row],
    *,
    start: str,
    end: str,
    count: str,
    axis: str,
    marks: Sequence[Row],
) -> Chart:
    """Return upright bars from `start` to `end`, those below 0 set apart, with named lines.

    `marks` are rows that hold `start`, the place of a line, and its `label`.
    """
    spec = canvas(rows, 220)
    below = {"test": f"datum[{end!r}] <= 0", "value": ORANGE}
    spec["layer"] = [
        {
            "mark": {"type": "bar", "binSpacing": 1},
            "encoding": {
                "x": {
                    "field": start,
                    "type": "quantitative",
                    "bin": {"binned": True},
                    "axis": dollars_axis(axis),
                    "scale": {"nice": False, "zero": False},
                },
                "x2": {"field": end},
                "y": {"field": count, "type": "quantitative", "axis": {"title": "Runs", "tickCount": 4}},
                "color": {"condition": below, "value": BLUE},
            },
        },
        _upright(data(list(marks)), start, {"color": INK, "strokeDash": [5, 3], "strokeWidth": 1.5}),
        {
            "data": {"values": data(list(marks))},
            "mark": {"type": "text", "dy": -8, "fontWeight": "bold", "color": INK},
            "encoding": {
                "x": {"field": start, "type": "quantitative"},
                "y": {"value": 0},
                "text": {"field": "label", "type": "nominal"},
            },
        },
    ]
    return Chart(id, title, summary, spec)


def spans(
    id: str,  # noqa: A002
    title: str,
    summary: str,
    rows: Sequence[Row],
    *,
    category: str,
    start: str,
    end: str,
    names: tuple[str, str],
    axis: str,
    upwards: str,
) -> Chart:
    """Return a bar at `start`, a disc at `end` and a line between them for each category, dollars in powers of ten.

    A start of nothing has no place on such an axis: the disc stands alone. `names` say what the two are,
    `upwards` what the order of the rows means. In a category, | starts a second line.
    """
    spec = canvas(rows, 46 * len(rows))
    labels = {"title": upwards, "ticks": False, "domain": False, "grid": True, "labelExpr": "split(datum.label, '|')"}
    along = {"title": axis, "format": "$~s", "grid": True, "tickCount": 4}
    x = {"type": "quantitative", "scale": {"type": "log"}, "axis": along}
    named = {"type": "nominal", "scale": {"domain": list(names), "range": [ORANGE, BLUE]}}
    shapes = {**named, "scale": {"domain": list(names), "range": ["M-0.24,-1.8H0.24V1.8H-0.24Z", "circle"]}}
    spec["config"]["legend"]["columns"] = 1
    positive = [{"filter": f"datum[{start!r}] > 0"}]
    spec["encoding"] = {"y": {"field": category, "type": "nominal", "sort": None, "axis": labels}}
    spec["layer"] = [
        {
            "transform": positive,
            "mark": {"type": "rule", "color": GREY, "strokeWidth": 2},
            "encoding": {"x": {**x, "field": start}, "x2": {"field": end}},
        },
        *(
            {
                "transform": [*positive, *_named(name)] if field == start else _named(name),
                "mark": {"type": "point", "filled": True, "size": 150, "opacity": 1},
                "encoding": {
                    "x": {**x, "field": field},
                    "color": {**named, "field": "part"},
                    "shape": {**shapes, "field": "part"},
                },
            }
            for field, name in zip((start, end), names, strict=True)
        ),
    ]
    return Chart(id, title, summary, spec)


def _named(name: str) -> list[Spec]:
    return [{"calculate": repr(name), "as": "part"}]
