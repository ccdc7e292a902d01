"""A model unit against the tokens it can serve: a flat line, a rising one, and where they cross."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from calculators import charts, shown
from calculators.tier_workload import HOURS

if TYPE_CHECKING:
    from calculators.results import Chart

POINTS = 10
UNIT, TOKENS = "One model unit", "Its tokens on demand"


def cost_by_utilisation(unit_usd_per_hour: Decimal, break_even: Decimal) -> Chart:
    """Return a month's cost of one unit, and of the tokens it serves, over how busy it is (F06)."""
    unit = unit_usd_per_hour * HOURS
    rows = []
    for point in range(POINTS + 1):
        busy = Decimal(point) / POINTS
        rows += [_row(busy, UNIT, unit), _row(busy, TOKENS, unit * busy / break_even if break_even else Decimal(0))]
    share, month = shown.percent(break_even), shown.usd(unit)
    summary = (
        f"One unit costs {month} a month, busy or idle; above a utilisation of {share} its tokens would cost more."
    )
    if break_even > 1:
        summary = f"One unit costs {month} a month; even when it is never idle, its tokens cost less on demand."
    marks = [{"utilisation_ratio": break_even, "usd_per_month": unit, "label": share}] if break_even <= 1 else []
    return charts.lines(
        "cost-by-utilisation",
        "A model unit pays when it is busy enough",
        summary,
        rows,
        x="utilisation_ratio",
        x_axis={"title": "Utilisation of the unit", "format": "~%", "tickCount": 5},
        series="way",
        names=[UNIT, TOKENS],
        value="usd_per_month",
        axis="USD a month",
        marks=marks,
        label_align="right",
    )


def _row(busy: Decimal, way: str, usd: Decimal) -> charts.Row:
    return {"utilisation_ratio": busy, "way": way, "usd_per_month": usd}
