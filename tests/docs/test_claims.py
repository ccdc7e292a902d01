"""What lessons say in words is true at the prices of the catalogue: a new snapshot can make a sentence wrong."""

from __future__ import annotations

from typing import Any

import pytest

import calculators
from calculators import catalogue

PLAIN: dict[str, Any] = {
    "input_tokens_per_request": 1500,
    "output_tokens_per_request": 400,
    "cached_prefix_tokens": 0,
    "cache_ttl": "none",
}


def cost(**given: Any) -> dict[str, Any]:
    outputs: dict[str, Any] = calculators.run("token-cost", given)["outputs"]
    return outputs


def figure(model: str, meter: str, routing: str, region: str = "") -> float:
    return float(catalogue.load().price(model, region, routing, meter).figure)


def test_token_pricing_the_fewest_tokens_are_the_largest_line() -> None:
    meters = {each["meter"]: each for each in cost()["meters"]}
    assert max(meters.values(), key=lambda each: each["usd_per_month"])["meter"] == "output"
    inputs = calculators.run("token-cost")["inputs"]
    assert inputs["output_tokens_per_request"] < inputs["input_tokens_per_request"] - inputs["cached_prefix_tokens"]


def test_token_pricing_a_seldom_hit_cache_costs_more_than_none() -> None:
    cold = cost(cache_hit_ratio=0.1)
    assert cold["usd_per_month"] > cold["uncached_usd_per_month"]


@pytest.mark.parametrize(("lifetime", "fewest"), [("5m", 2), ("1h", 3)])
def test_token_pricing_two_requests_win_in_five_minutes_and_three_in_an_hour(lifetime: str, fewest: int) -> None:
    """Of n requests within the lifetime, n − 1 hit the cache."""
    saves = [cost(cache_ttl=lifetime, cache_hit_ratio=(n - 1) / n)["cache_saving_ratio"] > 0 for n in range(1, 5)]
    assert saves.index(True) + 1 == fewest
    assert all(saves[fewest - 1 :])


@pytest.mark.parametrize("side", ["input", "output"])
def test_every_token_costs_five_times_as_much_above_haikus_step(side: str) -> None:
    model = "anthropic.claude-haiku-5-5"
    ratio = figure(model, f"long_context_{side}", "global") / figure(model, side, "global")
    assert ratio == pytest.approx(5)


@pytest.mark.parametrize("side", ["input", "output"])
def test_staying_in_a_geography_costs_a_tenth_more(side: str) -> None:
    model = "anthropic.claude-sonnet-5"
    ratio = figure(model, side, "in_region_or_geo", "us-east-1") / figure(model, side, "global")
    assert ratio == pytest.approx(1.1)


def test_model_choice_moves_the_bill_a_hundredfold_and_a_tier_twofold() -> None:
    large = cost(model_id="anthropic.claude-opus-5", **PLAIN)
    small = cost(model_id="amazon.nova-micro-v1:0", routing="in_region_or_geo", **PLAIN)
    assert large["usd_per_request"] / small["usd_per_request"] > 100
    assert float(catalogue.load().find_rule("batch").figure) == 0.5  # type: ignore[union-attr] # the rule is there


def test_reserved_capacity_costs_more_than_its_tokens_at_the_published_price() -> None:
    claims = {
        "requests_per_month": 14_892_000,
        "input_tokens_per_request": 1000,
        "output_tokens_per_request": 100,
        "cached_prefix_tokens": 0,
        "cache_ttl": "none",
        "deferrable_ratio": 0,
        "acceptable_wait": "none",
        "needs_assured_capacity": True,
        "peak_to_average_ratio": 1.17647,
        "reserved_term": "3_months",
    }
    outputs = calculators.run("tier-selection", claims)["outputs"]
    options = {each["tier"]: each for each in outputs["options"]}
    assert outputs["recommended"]["tier"] == "reserved"
    assert not options["provisioned"]["offered"]
    assert options["reserved"]["usd_per_month"] > options["standard"]["usd_per_month"]
