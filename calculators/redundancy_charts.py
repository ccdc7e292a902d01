"""What a redundancy decision looks like: the price of each further Region, and the recovery patterns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators import charts, shown, tracing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from calculators.redundancy_patterns import PatternCost
    from calculators.redundancy_regions import Regions, Rung
    from calculators.results import Chart

INDEPENDENT = "Independent"
PAID, LOST = "Paid", "Expected loss"


@tracing.untraced
def charts_all(regions: Regions, patterns: Sequence[PatternCost], best: PatternCost) -> Iterator[Chart]:
    """Yield the ladder of Regions, where there is one to climb, and the recovery patterns."""
    if regions.copy_down > 0 and regions.rungs[-1].extra_usd_per_year > 0:
        yield _ladder(regions)
    yield _patterns(patterns, best)


def _ladder(regions: Regions) -> Chart:
    """Return downtime over what each number of Regions costs, with shared causes and without."""
    beta = regions.inputs.common_cause_ratio
    shared = f"{shown.percent(beta)} of causes shared" if beta else INDEPENDENT
    rows = [_point(each, shared, each.unavailability_ratio) for each in regions.rungs]
    if beta:
        rows += [_point(each, INDEPENDENT, each.independent_unavailability_ratio) for each in regions.rungs]
    marks = [{**row, "label": str(row["regions"])} for row in rows[:4]]
    chart = charts.lines(
        "regions-ladder",
        "What 1 to 4 Regions cost, and how long they are down",
        _ladder_summary(regions),
        rows,
        x="usd_per_year",
        x_axis=charts.dollars_axis("USD a year more than one Region"),
        series="causes",
        names=[shared, INDEPENDENT] if beta else [INDEPENDENT],
        value="downtime_minutes_per_month",
        axis={"title": "Minutes down a month, logarithmic", "format": "~g", "grid": True, "tickCount": 6},
        now=regions.here.extra_usd_per_year,
        marks=marks,
    )
    chart.spec["layer"][0]["encoding"]["y"]["scale"] = {"type": "log"}
    return chart


def _point(rung: Rung, causes: str, down: Decimal) -> charts.Row:
    return {
        "causes": causes,
        "regions": rung.regions,
        "usd_per_year": rung.extra_usd_per_year,
        "availability_ratio": 1 - down,
        "downtime_minutes_per_month": down * 43_800,
    }


def _ladder_summary(regions: Regions) -> str:
    one, two, *_, four = (shown.significant(each.downtime_minutes_per_month, 3) for each in regions.rungs)
    floor = "" if regions.shared_down == 0 else " Shared causes are the floor that further Regions do not lower."
    return f"Minutes down a month: {one} in one Region, {two} in two, {four} in four.{floor}"


def _patterns(patterns: Sequence[PatternCost], best: PatternCost) -> Chart:
    """Return each pattern's year: what is paid and what is expected to be lost."""
    rows: list[charts.Row] = []
    for each in patterns:
        rows += [
            {"pattern": each.name, "part": PAID, "order": 0, "usd_per_year": each.usd_per_year},
            {"pattern": each.name, "part": LOST, "order": 1, "usd_per_year": each.expected_loss_usd_per_year},
        ]
    total, lost = shown.usd(best.total_usd_per_year), shown.usd(best.expected_loss_usd_per_year)
    return charts.stacked_bars(
        "patterns",
        "A year of each recovery pattern",
        f"{best.name} costs least: {total} a year, of which {lost} is expected loss.",
        rows,
        category="pattern",
        part="part",
        parts=[PAID, LOST],
        value="usd_per_year",
        axis="USD a year",
    )
