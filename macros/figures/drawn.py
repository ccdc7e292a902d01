"""What every figure is made of: a title, a drawing, the sentence it shows, and the same content as a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from macros.chart import drawings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from macros.place import Place
    from macros.state import State

Table = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure, ready to be framed. Drawn lines are hidden from screen readers: they get the sentence and the table."""

    title: str
    drawing: Markup
    summary: str
    table: Table
    note: str = ""
    link: Markup = Markup("")


@dataclass(frozen=True, slots=True)
class Desk:
    """What a figure is drawn with: states of calculators, and the page that links start from."""

    place: Place
    state: Callable[..., State]


def table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]], numeric: Sequence[str] = ()) -> Table:
    """Return texts as a table of a view; `numeric` names the columns of numbers."""
    heads = [{"label": each, "numeric": each in numeric} for each in columns]
    return {"id": "figure-data", "title": title, "columns": heads, "rows": [list(each) for each in rows]}


def text_of(state: State, output: str) -> str:
    """Return an output of a state as the calculator shows it."""
    found: str = next(each["text"] for each in state.shown["outputs"] if each["name"] == output)
    return found


def of_chart(chart: Mapping[str, Any], *, note: str = "", link: str = "") -> Figure:
    """Return a calculator's chart as a figure, with what is assumed in it."""
    drawn = Markup("").join(
        Markup('<div class="cc-chart__{}">{}</div>').format(size, svg) for size, svg in drawings(chart["spec"]).items()
    )
    return Figure(
        title=chart["title"],
        drawing=Markup('<div class="cc-chart__drawing">{}</div>').format(drawn),
        summary=chart["summary"],
        table=chart["table"],
        note=note,
        link=Markup(link),  # noqa: S704 - a link of `State`, escaped there
    )
