"""The contract: names, units, steps, prices and the same bytes every time."""

from __future__ import annotations

import decimal
import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

import calculators
from tests.calculators.arithmetic import evaluate

if TYPE_CHECKING:
    from collections.abc import Iterator

MODEL = {"model_id", "region", "routing"} | {
    f"{meter}_usd_per_mtok" for meter in ("input", "output", "cache_read", "cache_write")
}
WORKLOAD = {
    "requests_per_month",
    "input_tokens_per_request",
    "output_tokens_per_request",
    "cached_prefix_tokens",
    "cache_hit_ratio",
    "cache_ttl",
}
INPUTS = {
    "token-cost": MODEL | WORKLOAD | {"tier", "batch_ratio", "batch_retry_ratio", "compare_model_ids"},
    "tier-selection": MODEL
    | WORKLOAD
    | {
        "deferrable_ratio",
        "acceptable_wait",
        "independent_requests",
        "needs_assured_capacity",
        "needs_lower_latency",
        "customization",
        "hourly_profile",
        "peak_to_average_ratio",
        "unit_usd_per_hour",
        "unit_input_tokens_per_minute",
        "unit_output_tokens_per_minute",
        "commitment",
        "reserved_term",
        "reserved_input_usd_per_ktpm_hour",
        "reserved_output_usd_per_ktpm_hour",
        "import_units",
        "import_usd_per_unit_minute",
        "import_active_windows_per_month",
    },
}
OUTPUTS = {
    "token-cost": {
        "usd_per_request",
        "usd_per_month",
        "uncached_usd_per_month",
        "cache_saving_ratio",
        "input_output_only_usd_per_month",
        "batch_split_usd_per_month",
        "cache_break_even_hit_ratio",
        "batch_beats_cache_below_ratio",
        "meters",
        "comparison",
    },
    "tier-selection": {
        "options",
        "recommended",
        "runner_up",
        "saving_vs_standard_usd_per_month",
        "break_even_utilisation_ratio",
        "break_even_mtok_per_month",
        "best_units",
        "overflow_ratio",
        "flips",
    },
}
UNIT = {"unit_usd_per_hour": 20, "unit_input_tokens_per_minute": 120_000, "unit_output_tokens_per_minute": 24_000}
STATES: list[tuple[str, dict[str, Any]]] = [
    ("token-cost", {}),
    (
        "token-cost",
        {
            "model_id": "anthropic.claude-sonnet-4-6",
            "batch_ratio": 0.4,
            "compare_model_ids": ["anthropic.claude-opus-5"],
        },
    ),
    (
        "token-cost",
        {"model_id": "amazon.nova-pro-v1:0", "routing": "in_region_or_geo", "cache_ttl": "none", "tier": "flex"},
    ),
    ("tier-selection", {}),
    (
        "tier-selection",
        {"model_id": "amazon.nova-pro-v1:0", "routing": "in_region_or_geo", "cache_ttl": "none", **UNIT},
    ),
    (
        "tier-selection",
        {"model_id": "amazon.nova-2-lite-v1:0", "cache_ttl": "none", "requests_per_month": 90_000_000, **UNIT},
    ),
    ("tier-selection", {"customization": "imported"}),
    ("tier-selection", {"needs_assured_capacity": True, "requests_per_month": 14_000_000}),
]
# Steps whose line is words or a sum over hours: there is no arithmetic to redo on one line.
IN_WORDS = (
    "best_units",
    "overflow_ratio",
    "recommended.usd_per_month",
    "runner_up.usd_per_month",
    "options.provisioned.units",
)


def numbers(value: Any) -> Iterator[float]:
    if isinstance(value, dict):
        for each in value.values():
            yield from numbers(each)
    elif isinstance(value, list):
        for each in value:
            yield from numbers(each)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield value


@pytest.mark.parametrize("name", calculators.names())
def test_inputs_and_outputs_have_the_contracts_names_and_no_other(name: str) -> None:
    result = calculators.run(name)
    assert set(result["inputs"]) == INPUTS[name]
    assert set(result["outputs"]) == OUTPUTS[name]
    parts = ["calculator", "version", "prices_as_of", "inputs", "outputs", "steps", "prices", "warnings", "charts"]
    assert list(result) == parts


@pytest.mark.parametrize(("name", "given"), STATES)
def test_each_number_is_the_value_of_a_step_an_input_or_a_price_used(name: str, given: dict[str, Any]) -> None:
    result = calculators.run(name, given)
    known = {each["value"] for each in result["steps"]} | {each["value"] for each in result["prices"]}
    known |= set(numbers(result["inputs"])) | {0}
    assert [each for each in numbers(result["outputs"]) if each not in known] == []


@pytest.mark.parametrize(("name", "given"), STATES)
def test_the_arithmetic_shown_gives_the_value_shown(name: str, given: dict[str, Any]) -> None:
    redone = 0
    for step in calculators.run(name, given)["steps"]:
        if step["name"] in IN_WORDS or step["name"].startswith("flips.") or step["substituted"].startswith("as above"):
            continue
        assert evaluate(step["substituted"]) == pytest.approx(
            Decimal(str(step["value"])), rel=Decimal("1e-7"), abs=Decimal("1e-9")
        ), step
        redone += 1
    assert redone


@pytest.mark.parametrize(("name", "given"), STATES)
def test_each_price_has_a_source_and_a_date_or_is_the_readers(name: str, given: dict[str, Any]) -> None:
    for price in calculators.run(name, given)["prices"]:
        assert price["source"]
        assert price["overridden"] or len(price["as_of"]) >= len("2026-09")
        assert price["value"] is not None


@pytest.mark.parametrize(("name", "given"), STATES)
def test_the_same_input_gives_the_same_bytes_whatever_the_callers_settings(name: str, given: dict[str, Any]) -> None:
    first = json.dumps(calculators.run(name, given), allow_nan=False)
    with decimal.localcontext(decimal.Context(prec=5, rounding=decimal.ROUND_UP)):
        assert json.dumps(calculators.run(name, given), allow_nan=False) == first


@pytest.mark.parametrize("name", calculators.names())
def test_charts_say_in_a_sentence_what_they_show_and_hold_their_data(name: str) -> None:
    for chart in calculators.run(name)["charts"]:
        assert chart["summary"].endswith(".")
        assert chart["spec"]["data"]["values"]
