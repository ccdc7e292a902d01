"""Customisation: what each approach costs, against how far the course assumes that it specialises a model."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from calculators import charts_spread, shown
from calculators.customization_sheet import APPROACHES
from macros.figures.drawn import of_chart, table

if TYPE_CHECKING:
    from macros.figures.drawn import Desk, Figure

INPUTS = {"model_id": "amazon.nova-micro-v1:0", "routing": "in_region_or_geo"}
ONCE = "Paid once"
ASSUMPTION = Path(__file__).with_suffix(".toml")


@cache
def assumption() -> dict[str, Any]:
    """Return the assumed order of specialisation, and the note that says what it is."""
    return tomllib.loads(ASSUMPTION.read_text("utf-8"))


def draw(desk: Desk) -> Figure:
    """Return what each approach costs once and in all, from the most specialised down to the most general."""
    state = desk.state("customization", **INPUTS)
    options = {each["approach"]: each for each in state.outputs["options"]}
    levels = sorted(assumption()["approach"], key=lambda each: each["level"], reverse=True)
    rows = [
        {
            "approach": f"{APPROACHES[each['id']]}|{each['words']}",
            "once_usd": options[each["id"]]["upfront_usd"],
            "total_usd": options[each["id"]]["total_usd"],
        }
        for each in levels
    ]
    months = state.shown["inputs"]["horizon_months"]
    dearest, cheapest = (_usd(options[each["id"]]["total_usd"]) for each in (levels[0], levels[-1]))
    chart = charts_spread.spans(
        "customization-cost-performance",
        "Customisation: cost against specialisation",
        f"From {cheapest} for a plain prompt to {dearest} for a model of your own, in {months} months: "
        "what trains a model is paid before its first answer.",
        rows,
        category="approach",
        start="once_usd",
        end="total_usd",
        names=(ONCE, f"In all, {months} months"),
        axis="USD, in powers of ten",
        upwards="More specialised (assumed) →",
    )
    heads = ("Approach", "Assumed level", "Assumed to be", ONCE, "A month", f"In all, {months} months")
    cells = [
        [
            APPROACHES[each["id"]],
            str(each["level"]),
            each["words"],
            *(_usd(options[each["id"]][name]) for name in ("upfront_usd", "usd_per_month", "total_usd")),
        ]
        for each in levels
    ]
    shown_chart = {
        "title": chart.title,
        "summary": chart.summary,
        "spec": chart.spec,
        "table": table(chart.title, heads, cells, (heads[1], *heads[3:])),
    }
    return of_chart(shown_chart, note=assumption()["note"], link=state.link("Open it in the calculator"))


def _usd(value: float) -> str:
    return shown.usd(Decimal(str(value)))
