"""Capacity by the hour against tokens on demand: a flat line, a rising one, and where they cross."""

from __future__ import annotations

from typing import TYPE_CHECKING

from macros.figures.drawn import of_chart

if TYPE_CHECKING:
    from macros.figures.drawn import Desk, Figure

INPUTS = {
    "model_id": "amazon.nova-pro-v1:0",
    "routing": "in_region_or_geo",
    "requests_per_month": 6_000_000,
    "input_tokens_per_request": 800,
    "output_tokens_per_request": 160,
    "cached_prefix_tokens": 0,
    "cache_ttl": "none",
    "deferrable_ratio": 0,
    "acceptable_wait": "none",
    "unit_usd_per_hour": 5,
    "unit_input_tokens_per_minute": 120_000,
    "unit_output_tokens_per_minute": 24_000,
}


def draw(desk: Desk) -> Figure:
    """Return the cost of one model unit and of its tokens over how busy it is."""
    state = desk.state("tier-selection", **INPUTS)
    chart = next(each for each in state.shown["charts"] if each["id"] == "cost-by-utilisation")
    price, served_in, served_out = (
        state.shown["inputs"][f"unit_{each}"]
        for each in ("usd_per_hour", "input_tokens_per_minute", "output_tokens_per_minute")
    )
    note = (
        f"Assumed, because AWS publishes neither: a unit of Amazon Nova Pro at ${price} an hour "
        f"that serves {served_in} input and {served_out} output tokens a minute. "
    )
    return of_chart(chart, note=note, link=state.link("Put in your own quote"))
