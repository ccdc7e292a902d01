"""What the chatbot case and the monitoring page say in words is true at the prices of the catalogue."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

import pytest

from calculators import catalogue
from tests.docs.case_states import inputs, outputs

LAUNCH, SCALE, OPTIMIZE, BOARD = (f"case/chatbot/{each}.md" for each in ("launch", "scale", "optimize", "board"))
INDEX, MONITORING = "case/chatbot/index.md", "monitoring/index.md"
CALLS, LAUNCHED, CONVERSATIONS, CONTAINMENT, PERSON_USD = 5, 12_000, 50_000, 0.3, 6.4
HOURS_A_MONTH, MINUTES_A_CONVERSATION = 730, 12


def month(page: str, name: str) -> float:
    return float(outputs(page)[name]["usd_per_month"])


def option(found: dict[str, Any], tier: str) -> dict[str, Any]:
    return next(each for each in found["options"] if each["tier"] == tier)


def retrieval() -> dict[str, Any]:
    return next(each for each in outputs(OPTIMIZE)["knowledge"]["options"] if each["approach"] == "rag")


def pattern(name: str) -> dict[str, Any]:
    return next(each for each in inputs(OPTIMIZE)["recovery"]["patterns"] if each["name"] == name)


def test_five_calls_make_a_conversation_and_the_volume_grows_fourfold() -> None:
    calls = {name: inputs(INDEX)[name]["requests_per_month"] for name in ("launch", "scale", "optimized")}
    assert calls == {"launch": LAUNCHED * CALLS, "scale": CONVERSATIONS * CALLS, "optimized": CONVERSATIONS * CALLS}
    assert round(CONVERSATIONS / LAUNCHED) == 4


def test_the_plans_people_hold_the_conversations_at_the_price_of_a_person() -> None:
    plan = inputs(BOARD)["plan"]
    hours = plan["people"] * plan["hours_per_person_per_month"]
    assert hours * 60 / CONVERSATIONS == MINUTES_A_CONVERSATION
    assert plan["loaded_wage_usd_per_hour"] * MINUTES_A_CONVERSATION / 60 == pytest.approx(PERSON_USD)
    assert outputs(BOARD)["plan"]["freed_ratio"] == pytest.approx(CONTAINMENT, abs=0.0005)


def test_the_plan_counts_half_and_its_running_cost_holds_the_bill() -> None:
    plan, bill = inputs(BOARD)["plan"], retrieval()["usd_per_month"] + pattern("Pilot light")["usd_per_month"]
    assert plan["realisation_ratio"] == 0.5
    assert plan["run_usd_per_year"] > 2 * 12 * bill  # the rest is people
    assert len(plan["adoption_ratio_by_year"]) == 3  # years


def test_nine_of_ten_draws_gain_and_the_plan_takes_more_than_the_studies_measured() -> None:
    plan = outputs(BOARD)["plan"]
    assert plan["monte_carlo"]["p10_usd"] > 0
    assert inputs(BOARD)["plan"]["throughput_gain_ratio"] > 0.34  # NBER w31161: novices
    assert plan["break_even_realisation_ratio"] < 0.5


@pytest.mark.parametrize("tier", ["provisioned", "reserved", "flex", "priority", "batch"])
def test_the_launch_model_offers_standard_only(tier: str) -> None:
    assert not option(outputs(SCALE)["capacity"], tier)["offered"]


def test_caching_alone_makes_the_difference_at_launch_and_a_cold_cache_costs_more_than_none() -> None:
    launch = outputs(LAUNCH)["launch"]
    assert launch["uncached_usd_per_month"] == month(LAUNCH, "prototype")
    assert month(LAUNCH, "cold") > month(LAUNCH, "prototype") > month(LAUNCH, "launch")
    assert inputs(LAUNCH)["cold"]["cache_hit_ratio"] == 0.1


def test_thinking_makes_the_output_three_times_as_long() -> None:
    given = inputs(LAUNCH)
    assert given["thinking"]["output_tokens_per_request"] == 3 * given["launch"]["output_tokens_per_request"]


def test_output_is_the_largest_line_and_the_dearest_meter() -> None:
    meters = {each["meter"]: each for each in outputs(LAUNCH)["launch"]["meters"]}
    for key in ("usd_per_month", "usd_per_mtok"):
        assert max(meters, key=lambda each: meters[each][key]) == "output"


def test_max_tokens_alone_throttles_the_noon() -> None:
    throttled, tuned = outputs(SCALE)["throttled"], outputs(SCALE)["tuned"]
    given = inputs(SCALE)
    assert {name for name in given["tuned"] if given["tuned"][name] != given["throttled"][name]} == {"max_tokens"}
    assert throttled["is_throttled"]
    assert not tuned["is_throttled"]
    assert given["tuned"]["peak_requests_per_second"] * 60 == 60
    assert given["throttled"]["max_tokens"] / (given["throttled"]["input_tokens_per_request"] + 64_000) > 0.95
    for name in ("input_tokens_per_request", "output_tokens_per_request"):
        assert given["tuned"][name] == given["scale"][name]


def test_the_smallest_reservation_is_used_at_about_a_tenth_and_costs_more_than_tokens() -> None:
    reserved = option(outputs(SCALE)["reserved"], "reserved")
    assert reserved["utilisation_ratio"] == pytest.approx(0.1, abs=0.015)
    assert reserved["usd_per_month"] > month(SCALE, "older")
    assert outputs(SCALE)["quoted"]["saving_vs_standard_usd_per_month"] > 0


def test_a_small_model_with_documents_costs_less_than_a_large_one_without() -> None:
    assert month(OPTIMIZE, "small") < month(OPTIMIZE, "optimized") < month(OPTIMIZE, "scale")
    given = inputs(OPTIMIZE)
    retrieved = given["optimized"]["input_tokens_per_request"] - given["small"]["input_tokens_per_request"]
    knowledge = given["knowledge"]
    assert retrieved == knowledge["retrieved_chunks"] * knowledge["chunk_tokens"] == 2000
    assert 0 < retrieval()["usd_per_month"] - month(OPTIMIZE, "optimized") < 0.05 * month(OPTIMIZE, "optimized")


def test_the_saving_is_gone_with_less_than_one_conversation_in_two_hundred_and_a_month_blurs_as_much() -> None:
    """Standard error of the difference of two shares, half of a month's conversations each."""
    saved = (outputs(OPTIMIZE)["scale"]["usd_per_request"] - outputs(OPTIMIZE)["optimized"]["usd_per_request"]) * CALLS
    fall = saved / PERSON_USD
    blur = math.sqrt(2 * CONTAINMENT * (1 - CONTAINMENT) / (CONVERSATIONS / 2))
    assert 1 / 300 < fall < 1 / 200
    assert blur == pytest.approx(fall, rel=0.25)
    assert CONVERSATIONS / 100 == 500
    assert 2 * month(OPTIMIZE, "scale") < 500 * PERSON_USD


def test_distillation_does_not_repay_in_the_year_but_with_four_times_the_calls() -> None:
    distilled, larger, given = outputs(OPTIMIZE)["distilled"], outputs(OPTIMIZE)["larger"], inputs(OPTIMIZE)
    assert distilled["allowed"]
    assert distilled["payback_months"] > 12 > larger["payback_months"]
    assert given["larger"]["requests_per_month"] == 4 * given["distilled"]["requests_per_month"]
    assert (distilled["labelling_usd"] + distilled["training_usd"]) / distilled["fixed_usd"] < 0.05
    assert [each["becomes"] for each in distilled["flips"] if each["input"] == "requests_per_month"] == ["pays"]


def test_a_pilot_light_is_back_within_the_hour_and_sales_figure_decides_it() -> None:
    assert outputs(OPTIMIZE)["recovery"]["recommended_pattern"] == "Pilot light"
    assert pattern("Pilot light")["rto_hours"] <= 1
    assert outputs(OPTIMIZE)["labour_only"]["recommended_pattern"] != "Pilot light"
    extra_work = CONVERSATIONS / HOURS_A_MONTH * CONTAINMENT * PERSON_USD
    assert inputs(OPTIMIZE)["labour_only"]["loss_usd_per_hour"] == round(extra_work)


def test_most_of_the_saving_buys_the_second_region_and_the_bill_still_falls() -> None:
    saving = month(OPTIMIZE, "scale") - retrieval()["usd_per_month"]
    assert saving / 2 < pattern("Pilot light")["usd_per_month"] < saving


def test_one_input_changes_at_each_step_of_the_bill_check_and_the_route_adds_most() -> None:
    names = ("estimate", "calls", "misses", "longer", "billed")
    given, months = inputs(MONITORING), [month(MONITORING, each) for each in names]
    changed = [{key for key in given[now] if given[now][key] != given[before][key]} for before, now in pairwise(names)]
    assert changed == [{"requests_per_month"}, {"cache_hit_ratio"}, {"output_tokens_per_request"}, {"routing"}]
    steps = [now - before for before, now in pairwise(months)]
    assert max(steps) == steps[-1]
    assert min(steps) > 0


def test_the_budget_of_the_billed_month_breaks_late_and_the_rate_tells_on_day_eleven() -> None:
    budget, spent = 1500, month(MONITORING, "billed") * 11 / 30
    assert spent < budget < month(MONITORING, "billed")
    assert 25 < budget / (spent / 11) < 30


def test_a_month_on_the_monitoring_page_is_the_cases() -> None:
    assert inputs(MONITORING)["estimate"] == inputs(SCALE)["scale"]


def test_the_example_names_of_usage_types_are_models_of_the_catalogue() -> None:
    names = {each.name for each in catalogue.load().models.values()}
    assert {"Claude Sonnet 4.6", "Amazon Nova 2 Lite"} <= names
