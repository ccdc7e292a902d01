"""What the glossary says of prices in words is true at the prices of the catalogue."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from statistics import median

import pytest

from tests.macros import rows


def by_place() -> list[dict[str, Decimal]]:
    """Return the token prices of each model, route and Region, by meter."""
    found: dict[tuple[str, str, str], dict[str, Decimal]] = defaultdict(dict)
    for row in rows.prices():
        if row["service"] == "Amazon Bedrock" and row["usd"]:
            found[row["item"], row["routing"], row["region"]][row["meter"]] = Decimal(row["usd"])
    return list(found.values())


def ratios(above: str, below: str) -> list[Decimal]:
    return [each[above] / each[below] for each in by_place() if above in each and each.get(below)]


def test_an_output_token_costs_several_times_as_much_as_an_input_token_for_most_models() -> None:
    assert median(ratios("output", "input")) > 3


@pytest.mark.parametrize("lifetime", ["cache_write_5m", "cache_write_1h"])
def test_a_cache_write_costs_more_than_plain_input(lifetime: str) -> None:
    assert min(ratios(lifetime, "input")) > 1


def test_a_cache_read_costs_a_fraction_of_plain_input() -> None:
    assert max(ratios("cache_read", "input")) < Decimal("0.6")


@pytest.mark.parametrize(("tier", "is_cheaper"), [("batch", True), ("flex", True), ("priority", False)])
@pytest.mark.parametrize("side", ["input", "output"])
def test_batch_and_flex_cost_less_per_token_and_priority_more(tier: str, side: str, *, is_cheaper: bool) -> None:
    found = ratios(f"{tier}_{side}", side)
    assert found
    assert all((each < 1) == is_cheaper for each in found)


def test_long_context_costs_more_for_every_token() -> None:
    assert min(ratios("long_context_input", "input") + ratios("long_context_output", "output")) > 1


def test_a_wider_route_costs_less_for_many_models() -> None:
    prices = {
        (row["item"], row["routing"], row["region"]): row["usd"] for row in rows.prices() if row["meter"] == "input"
    }
    cheaper = [
        item
        for (item, routing, _), usd in prices.items()
        if routing == "global"
        and any(
            Decimal(other) > Decimal(usd)
            for (name, route, _), other in prices.items()
            if name == item and route == "in_region_or_geo"
        )
    ]
    assert len(cheaper) > 10
