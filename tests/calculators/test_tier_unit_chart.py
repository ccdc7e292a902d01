"""A model unit by how busy it is: a flat line, a line through nothing, and their crossing."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from calculators import tier_selection
from calculators.tier_unit_chart import TOKENS, UNIT, cost_by_utilisation

PRICED: dict[str, Any] = {
    "model_id": "amazon.nova-pro-v1:0",
    "routing": "in_region_or_geo",
    "cache_ttl": "none",
    "unit_input_tokens_per_minute": Decimal(120_000),
    "unit_output_tokens_per_minute": Decimal(24_000),
}


def lines_of(spec: dict[str, Any]) -> dict[str, dict[float, float]]:
    found: dict[str, dict[float, float]] = {UNIT: {}, TOKENS: {}}
    for row in spec["data"]["values"]:
        found[row["way"]][row["utilisation_ratio"]] = row["usd_per_month"]
    return found


@pytest.mark.parametrize("hourly", [1, 5, 10])
def test_the_lines_cross_where_the_calculator_says(hourly: int) -> None:
    """A full unit of Nova Pro serves 60·(120,000·0.80 + 24,000·3.20) / 10^6 = 10.368 dollars of tokens an hour."""
    result = tier_selection.calculate(tier_selection.Inputs(**PRICED, unit_usd_per_hour=Decimal(hourly)))
    chart = next(each for each in result.charts if each.id == "cost-by-utilisation")
    lines = lines_of(chart.spec)
    assert set(lines[UNIT].values()) == {hourly * 730}
    assert lines[TOKENS][0] == 0
    assert lines[TOKENS][1] == pytest.approx(10.368 * 730)
    (mark,) = chart.spec["layer"][1]["data"]["values"]
    assert mark["utilisation_ratio"] == pytest.approx(hourly / 10.368)
    assert mark["usd_per_month"] == pytest.approx(lines[TOKENS][1] * mark["utilisation_ratio"])


def test_a_unit_that_never_pays_has_no_crossing() -> None:
    chart = cost_by_utilisation(Decimal(20), Decimal("1.929"))
    assert len(chart.spec["layer"]) == 1
    assert "even when it is never idle" in chart.summary
    assert "$14,600.00" in chart.summary


def test_without_a_price_of_a_unit_there_is_no_such_chart() -> None:
    result = tier_selection.calculate(tier_selection.Inputs())
    assert "cost-by-utilisation" not in [each.id for each in result.charts]
