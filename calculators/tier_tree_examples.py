"""Worked examples for the decision tree: one for each way in which offer and price can decide."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

NO_WAIT = {"deferrable_ratio": 0, "acceptable_wait": "none"}
NO_PREFIX = {"cached_prefix_tokens": 0, "cache_ttl": "none"}
PLAIN = {**NO_WAIT, **NO_PREFIX}
NOVA_PRO = {"model_id": "amazon.nova-pro-v1:0", "routing": "in_region_or_geo"}
# Of an assumed model unit: AWS publishes no such figures for current models.
UNIT = {"unit_usd_per_hour": 20, "unit_input_tokens_per_minute": 120_000, "unit_output_tokens_per_minute": 24_000}
FLAT = {"requests_per_month": 6_000_000, "input_tokens_per_request": 800, "output_tokens_per_request": 160}
CLAIMS = {
    "requests_per_month": 14_892_000,
    "input_tokens_per_request": 1_000,
    "output_tokens_per_request": 100,
    "peak_to_average_ratio": "1.17647",
    "reserved_term": "3_months",
}
# An assumed quote: the published price of the Reserved tier is from one source.
QUOTE = {"reserved_input_usd_per_ktpm_hour": "0.1232877", "reserved_output_usd_per_ktpm_hour": "0.6164384"}
PILOT = {
    "model_id": "anthropic.claude-sonnet-5",
    "requests_per_month": 60_000,
    "input_tokens_per_request": 1_800,
    "output_tokens_per_request": 350,
    "cached_prefix_tokens": 1_200,
}
CONTRACT = {
    "requests_per_month": 5_000,
    "input_tokens_per_request": 20_000,
    "output_tokens_per_request": 200,
    "cached_prefix_tokens": 18_000,
    "cache_hit_ratio": "0.99",
    "deferrable_ratio": 1,
}
ARCHIVE = {
    "model_id": "anthropic.claude-haiku-4-5-20251001-v1:0",
    "requests_per_month": 1_200_000,
    "input_tokens_per_request": 1_800,
    "output_tokens_per_request": 300,
    "deferrable_ratio": 1,
}
HELPER = {
    "model_id": "amazon.nova-micro-v1:0",
    "routing": "in_region_or_geo",
    "requests_per_month": 22_000,
    "input_tokens_per_request": 800,
    "output_tokens_per_request": 60,
}
DISPATCH = {"requests_per_month": 40_000, "input_tokens_per_request": 1_200, "output_tokens_per_request": 300}
REPORTS = {"requests_per_month": 1_000_000, "input_tokens_per_request": 1_200, "output_tokens_per_request": 300}


@dataclass(frozen=True, slots=True)
class Example:
    """A workload: when its outcome is the one to expect, what it is, and its inputs."""

    when: str
    what: str
    inputs: Mapping[str, Any]
    is_assumed: bool = False


def _example(when: str, what: str, *parts: Mapping[str, Any], is_assumed: bool = False, **more: object) -> Example:
    merged = {name: value for part in (*parts, more) for name, value in part.items()}
    return Example(when, what, MappingProxyType(merged), is_assumed)


EXAMPLES = (
    _example("in any case", "a model of your own, used in bursts", customization="imported"),
    _example(
        "in any case",
        "a bank's own Nova Pro",
        NOVA_PRO,
        UNIT,
        FLAT,
        PLAIN,
        is_assumed=True,
        customization="full_custom",
    ),
    _example(
        "if the model offers model units",
        "a customised Nova Pro",
        *(NOVA_PRO, UNIT, FLAT, PLAIN),
        is_assumed=True,
        customization="on_demand_custom",
        needs_assured_capacity=True,
    ),
    _example(
        "if its Region serves it by the token",
        "a helper that writes SQL",
        HELPER,
        PLAIN,
        customization="on_demand_custom",
    ),
    _example("if the model offers Reserved", "automated claims", CLAIMS, PLAIN, needs_assured_capacity=True),
    _example(
        "if it offers model units",
        "a flat load on Nova Pro",
        *(NOVA_PRO, UNIT, FLAT, PLAIN),
        is_assumed=True,
        needs_assured_capacity=True,
    ),
    _example(
        "if it offers neither, the need stays unmet",
        "a pilot on Claude Sonnet 5",
        PILOT,
        NO_WAIT,
        needs_assured_capacity=True,
    ),
    _example(
        "if the model offers Priority", "an ambulance dispatcher", NOVA_PRO, DISPATCH, PLAIN, needs_lower_latency=True
    ),
    _example("if it offers only Reserved", "the course's default case", NO_WAIT, needs_lower_latency=True),
    _example("if the prefix is a small part of the bill", "the course's default case"),
    _example("if the prefix is most of the prompt", "questions about one contract", CONTRACT),
    _example("if the model offers Batch", "summaries of an archive", ARCHIVE, NO_PREFIX),
    _example("if the model offers caching", "the default case, due in hours", acceptable_wait="hours"),
    _example(
        "if the model offers Flex", "nightly reports on Nova Pro", NOVA_PRO, REPORTS, NO_PREFIX, acceptable_wait="hours"
    ),
    _example("if the model offers caching", "a shop's support pilot", PILOT, NO_WAIT),
    _example("if the load goes up and down, or is small", "the same pilot without a prefix", PILOT, PLAIN),
    _example(
        "if the load is flat and large, and the quote is low",
        "automated claims",
        CLAIMS,
        QUOTE,
        PLAIN,
        is_assumed=True,
    ),
    _example(
        "if a base load fills model units at a low quote",
        "office hours on Nova Pro",
        *(NOVA_PRO, UNIT, FLAT, PLAIN),
        is_assumed=True,
        unit_usd_per_hour=5,
    ),
)
