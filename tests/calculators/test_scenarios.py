"""The business cases of the course: given its facts, tier selection gives each case's answer.

The figures were worked out by a separate script from list prices of 2026-11. Quotes and model units
marked as assumed are inputs.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from calculators import tier_selection

NO_CACHE: dict[str, Any] = {"cached_prefix_tokens": 0, "cache_ttl": "none"}
NOTHING_WAITS: dict[str, Any] = {"deferrable_ratio": 0, "acceptable_wait": "none"}
UNIT: dict[str, Any] = {
    "unit_usd_per_hour": 20,
    "unit_input_tokens_per_minute": 120_000,
    "unit_output_tokens_per_minute": 24_000,
}
NOVA_PRO: dict[str, Any] = {"model_id": "amazon.nova-pro-v1:0", "routing": "in_region_or_geo"}


def tokens(requests: float, sent: int, answered: int) -> dict[str, Any]:
    return {"requests_per_month": requests, "input_tokens_per_request": sent, "output_tokens_per_request": answered}


PILOT = {"model_id": "anthropic.claude-sonnet-5", **tokens(60_000, 1_800, 350), **NOTHING_WAITS}
ARCHIVE = {
    "model_id": "anthropic.claude-haiku-4-5-20251001-v1:0",
    **tokens(1_200_000, 1_800, 300),
    **NO_CACHE,
    "deferrable_ratio": 1,
}
FULL_RANK = {
    **NOVA_PRO,
    **UNIT,
    **NO_CACHE,
    **NOTHING_WAITS,
    "customization": "full_custom",
    "peak_to_average_ratio": 1,
}
SQL_HELPER = {
    **NOVA_PRO,
    "model_id": "amazon.nova-micro-v1:0",
    **tokens(22_000, 800, 60),
    **NO_CACHE,
    **NOTHING_WAITS,
    "customization": "on_demand_custom",
}
THROTTLED = {
    "model_id": "anthropic.claude-sonnet-5",
    **tokens(300 * 43_800, 1_500, 400),
    **NO_CACHE,
    **NOTHING_WAITS,
    "needs_assured_capacity": True,
}
DISPATCHER = {**NOVA_PRO, **tokens(40_000, 1_200, 300), **NO_CACHE, **NOTHING_WAITS, "needs_lower_latency": True}
# The case counts a month of 30 days: 120 requests a minute for 648 hours and 960 for 72.
BLACK_FRIDAY = {
    "model_id": "amazon.nova-2-lite-v1:0",
    **tokens(120 * 60 * 648 + 960 * 60 * 72, 1_200, 250),
    **NO_CACHE,
    **NOTHING_WAITS,
    **UNIT,
    "peak_to_average_ratio": Decimal(960 * 720) / (120 * 648 + 960 * 72),
}
INSURER = {
    "model_id": "anthropic.claude-sonnet-5",
    "region": "eu-central-1",
    "routing": "in_region_or_geo",
    **tokens(600_000, 1_500, 400),
    **NO_CACHE,
    **NOTHING_WAITS,
}
CONTRACT = {
    **tokens(5_000, 20_000, 200),
    "cached_prefix_tokens": 18_000,
    "cache_hit_ratio": 1,
    "deferrable_ratio": 1,
}
CLAIMS = {
    **tokens(340_000 * 43_800 / 1_000, 1_000, 100),
    **NO_CACHE,
    **NOTHING_WAITS,
    "needs_assured_capacity": True,
    "peak_to_average_ratio": 1 / Decimal("0.85"),
    "reserved_input_usd_per_ktpm_hour": Decimal(90) / 730,
    "reserved_output_usd_per_ktpm_hour": Decimal(450) / 730,
}
OWN_WEIGHTS = {"customization": "imported", **NOTHING_WAITS, "import_units": 2, "import_active_windows_per_month": 600}


def judged(facts: dict[str, Any]) -> tier_selection.Result:
    return tier_selection.calculate(tier_selection.Inputs(**facts))


@pytest.mark.parametrize(
    ("facts", "tier", "usd"),
    [
        pytest.param(PILOT, "standard_cached", "312.96", id="S01"),
        pytest.param(ARCHIVE, "batch", "1980", id="S02"),
        pytest.param(FULL_RANK, "provisioned", "14600", id="S04"),
        pytest.param(SQL_HELPER, "standard", "0.8008", id="S05"),
        pytest.param(DISPATCHER, "priority", "134.40", id="S07"),
        pytest.param(INSURER, "standard", "4620.00", id="S10"),
        pytest.param(CONTRACT, "standard_cached", "72.00", id="S11"),
        pytest.param(CLAIMS, "reserved", "54000", id="S14"),
        pytest.param(OWN_WEIGHTS, "custom_import", "346.98", id="S22"),
    ],
)
def test_the_case_has_its_answer_at_its_price(facts: dict[str, Any], tier: str, usd: str) -> None:
    best = judged(facts).recommended
    assert best.tier == tier
    assert best.usd_per_month is not None
    assert best.usd_per_month.quantize(Decimal("0.0001")) == Decimal(usd).quantize(Decimal("0.0001"))


@pytest.mark.parametrize(
    ("facts", "tier", "usd"),
    [
        pytest.param(PILOT, "standard", "426.00", id="S01 without caching"),
        pytest.param(ARCHIVE, "standard", "3960", id="S02 on demand"),
        pytest.param(DISPATCHER, "standard", "76.80", id="S07 Standard"),
        pytest.param(CONTRACT, "batch", "157.50", id="S11 Batch"),
        pytest.param(CLAIMS, "standard", "67014", id="S14 on demand"),
    ],
)
def test_the_popular_wrong_answer_has_its_price(facts: dict[str, Any], tier: str, usd: str) -> None:
    option = next(each for each in judged(facts).options if each.tier == tier)
    assert option.usd_per_month == pytest.approx(Decimal(usd), rel=Decimal("1e-12"))


def test_s06_stays_on_standard_and_is_told_what_to_do() -> None:
    result = judged(THROTTLED)
    assert result.recommended.tier == "standard"
    warning = next(each for each in result.warnings if each.code == "need-not-met")
    assert "max_tokens" in warning.message


def test_s09_commits_to_nothing_for_a_peak_used_a_fifth_of_the_month() -> None:
    result = judged(BLACK_FRIDAY)
    assert result.recommended.tier == "standard"
    assert result.recommended.usd_per_month == pytest.approx(Decimal(8681), abs=1)
    peak = next(each for each in result.options if each.tier == "provisioned")
    assert peak.utilisation_ratio is not None
    assert peak.utilisation_ratio <= Decimal("0.2125")


def test_s14_breaks_even_at_two_thirds_of_use_and_loses_below() -> None:
    saving = judged(CLAIMS).saving_vs_standard_usd_per_month
    assert saving == pytest.approx(Decimal(67_014 - 54_000), rel=Decimal("1e-9"))
    step = next(each for each in judged(CLAIMS).steps if each.name == "reserved_pays_above")
    assert step.value == pytest.approx(Decimal("0.684932"), abs=Decimal("0.0000005"))
    idle = {**CLAIMS, "requests_per_month": 240_000 * 43_800 / 1_000, "peak_to_average_ratio": 1 / Decimal("0.6")}
    assert judged(idle).saving_vs_standard_usd_per_month == pytest.approx(Decimal(-6696), rel=Decimal("1e-9"))


def test_s10_residency_costs_ten_per_cent() -> None:
    world = judged({**INSURER, "routing": "global"}).recommended.usd_per_month
    assert world == Decimal(4200)
