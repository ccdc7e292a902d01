"""Three sizes of model: what the same work costs by volume, both axes in powers of ten."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from calculators import catalogue, charts, shown
from macros.figures.drawn import of_chart, table, text_of

if TYPE_CHECKING:
    from macros.figures.drawn import Desk, Figure

SIZES: dict[str, dict[str, Any]] = {
    "Large": {"model_id": "anthropic.claude-opus-5"},
    "Middle": {"model_id": "anthropic.claude-sonnet-5"},
    "Small": {"model_id": "amazon.nova-micro-v1:0", "routing": "in_region_or_geo"},
}
WORK = {
    "input_tokens_per_request": 1_500,
    "output_tokens_per_request": 400,
    "cached_prefix_tokens": 0,
    "cache_ttl": "none",
}
VOLUMES = (1_000, 10_000, 100_000, 1_000_000, 10_000_000)


def draw(desk: Desk) -> Figure:
    """Return the month's cost of a large, a middle and a small model."""
    states = {
        size: [desk.state("token-cost", **WORK, **model, requests_per_month=volume) for volume in VOLUMES]
        for size, model in SIZES.items()
    }
    models = catalogue.load().models
    names = {size: f"{size}: {models[model['model_id']].name}" for size, model in SIZES.items()}
    rows = [
        {"requests_per_month": volume, "model": names[size], "usd_per_month": state.outputs["usd_per_month"]}
        for size, found in states.items()
        for volume, state in zip(VOLUMES, found, strict=True)
    ]
    large, small = (Decimal(str(states[size][0].outputs["usd_per_request"])) for size in ("Large", "Small"))
    chart = charts.lines(
        "three-sizes",
        "Three sizes of model, by volume",
        f"At every volume the large model costs {shown.significant(large / small, 3)} times the small one: "
        "volume moves the bill along a line, the size of the model moves the line.",
        rows,
        x="requests_per_month",
        x_axis={"title": "Requests a month", "format": "~s", "tickCount": 4},
        series="model",
        names=list(names.values()),
        value="usd_per_month",
        axis={**charts.dollars_axis("USD a month"), "labelExpr": "datum.value < 1 ? '' : datum.label"},
        is_log=True,
    )
    cells = [
        [shown.count(Decimal(volume), 6), *(text_of(states[size][place], "usd_per_month") for size in SIZES)]
        for place, volume in enumerate(VOLUMES)
    ]
    heads = ("Requests a month", *names.values())
    shown_chart = {
        "title": chart.title,
        "summary": chart.summary,
        "spec": chart.spec,
        "table": table(f"{chart.title}: USD a month", heads, cells, heads[1:]),
    }
    tokens = states["Large"][0].shown["inputs"]
    work = f"{tokens['input_tokens_per_request']} input and {tokens['output_tokens_per_request']} output tokens"
    link = states["Large"][-1].link("Open the large model in the calculator")
    return of_chart(shown_chart, note=f"One request is {work}, without a cache; both axes in powers of ten.", link=link)
