"""What module four says in words is true at the calculators' figures and by the catalogue."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

import calculators
from calculators import catalogue, redundancy_sla
from tests.docs.pages import rendered
from tests.macros.rendering import DOCS

if TYPE_CHECKING:
    from decimal import Decimal

    from tests.macros.html_tree import Element

MODULE = DOCS / "modules" / "4-performance"
TUNED = {"max_tokens": 600}
SEVENTY = {
    "parameters": 70_600_000_000,
    "layers": 80,
    "bytes_per_weight": 2,
    "bytes_per_kv": 2,
    "gpu_memory_gb": 192,
    "overhead_gb": 4,
    "context_tokens": 8192,
}
MODEL_UNIT_USD_PER_MONTH = 20 * 730
PROFILES = {"us": "US", "eu": "EU", "jp": "Japan", "au": "Australia", "apac": "Asia Pacific", "us-gov": "US government"}
IN_REGION = {
    "none": "no",
    "mantle only": "no",
    "some": "some Regions",
    "many": "many Regions",
    "eu-west-2": "London only",
}


def outputs(calculator: str, **given: Any) -> dict[str, Any]:
    found: dict[str, Any] = calculators.run(calculator, given)["outputs"]
    return found


def nines(availability: float) -> int:
    """Return how many nines an availability starts with."""
    return len(re.match(r"0\.(9*)", f"{availability:.10f}")[1])  # type: ignore[index] # it always matches


def totals(**given: Any) -> dict[str, float]:
    return {each["name"]: each["total_usd_per_year"] for each in outputs("redundancy", **given)["patterns"]}


def price(item: str, meter: str, region: str, routing: str) -> Decimal:
    return catalogue.load().price(item, region, routing, meter).figure


def model_ids() -> dict[str, str]:
    return {each.name: each.id for each in catalogue.load().models.values()}


def cells(row: Element, tag: str) -> list[str]:
    return [each.text.strip() for each in row.all(tag)]


def table_with(page: str, heading: str) -> list[list[str]]:
    """Return the rows of the one table on a page that has this heading."""
    [table] = [each for each in rendered(MODULE / f"{page}.md").all("table") if heading in cells(each, "th")]
    return [cells(row, "td") for row in table.all("tr") if row.all("td")]


def test_two_regions_promise_five_nines_and_shared_causes_leave_four() -> None:
    assert nines(outputs("redundancy", common_cause_ratio=0)["availability_ratio"]) == 5
    assert nines(outputs("redundancy")["availability_ratio"]) == 4


def test_shared_causes_are_nearly_all_of_what_is_left_and_a_third_region_barely_lowers_it() -> None:
    one, two, three = (outputs("redundancy", regions=n)["downtime_minutes_per_month"] for n in (1, 2, 3))
    assert one * 0.05 / two > 0.9
    assert (one - two) / one > 0.9
    assert (two - three) / two < 0.05


def test_the_second_region_pays_and_the_third_does_not() -> None:
    inputs = calculators.run("redundancy")["inputs"]
    assert outputs("redundancy")["break_even_loss_usd_per_hour"] < inputs["loss_usd_per_hour"]
    assert outputs("redundancy", regions=3)["usd_per_nine"] > 100 * inputs["loss_usd_per_hour"]


def test_backups_lose_most_and_two_serving_regions_cost_more_than_the_losses_they_avoid() -> None:
    found = outputs("redundancy")
    patterns = {each["name"]: each for each in found["patterns"]}
    both, backups = patterns["Active/active"], patterns["Backup and restore"]
    assert both["usd_per_year"] > backups["expected_loss_usd_per_year"] > 10 * backups["usd_per_year"]
    assert found["recommended_pattern"] == "Pilot light"


def test_the_pattern_flips_only_far_away() -> None:
    assert calculators.run("redundancy")["inputs"]["events_per_year"] == pytest.approx(1 / 5)
    flips = {each["input"]: each for each in outputs("redundancy")["flips"]}
    assert flips["loss_usd_per_hour"]["flips_at"] > 10 * flips["loss_usd_per_hour"]["now"]
    assert flips["events_per_year"]["flips_at"] < flips["events_per_year"]["now"] / 5
    assert flips["events_per_year"]["becomes"] == "Backup and restore"
    busy = {"loss_usd_per_hour": 90_000, "data_loss_usd_per_hour": 40_000, "events_per_year": 1}
    assert outputs("redundancy", **busy)["recommended_pattern"] != "Pilot light"


def test_a_unit_in_the_spare_region_costs_what_the_page_puts_in() -> None:
    """The page adds one assumed unit, all month, to what active/active costs on tokens."""
    active = next(
        each for each in calculators.run("redundancy")["inputs"]["patterns"] if each["name"].startswith("Act")
    )
    rows = re.findall(
        r"Active/active, \w[^\\\"]*? (\d+) 0\.02 0", (MODULE / "regional-redundancy.md").read_text("utf-8")
    )
    assert [int(each) for each in rows] == [active["usd_per_month"], active["usd_per_month"] + MODEL_UNIT_USD_PER_MONTH]


def test_the_credit_covers_a_few_hundredths_of_the_loss() -> None:
    found = outputs("redundancy")
    assert 0.01 < found["sla_credit_usd"] / found["loss_usd"] < 0.05


def test_the_thresholds_that_the_page_quotes_are_those_that_the_calculator_applies() -> None:
    facts = {name: each.value for name, each in catalogue.facts().items() if name.startswith("sla-bedrock-")}
    steps = ("first", "second", "third")
    quoted = {facts[f"sla-bedrock-{each}-threshold"]: facts[f"sla-bedrock-{each}-credit"] for each in steps}
    assert quoted == redundancy_sla.CREDITS_BELOW


def test_the_event_of_the_page_is_the_one_that_the_calculator_opens_with() -> None:
    minutes = (24 + 14) * 60 + 20 - (23 * 60 + 48)
    assert catalogue.facts()["outage-us-east-1-october-2025"].value == minutes
    assert calculators.run("redundancy")["inputs"]["downtime_minutes"] == minutes


def test_other_pairs_of_regions_cost_several_times_as_much() -> None:
    item = "data-transfer:to-another-aws-region"
    assert price(item, "gb", "sa-east-1", "") > 3 * price(item, "gb", "us-east-1", "")


def test_routes_in_the_table_are_those_of_the_cards() -> None:
    book, models, lines = catalogue.load(), model_ids(), table_with("regional-redundancy", "Global")
    assert len(lines) == 6
    for name, in_region, geographic, worldwide in lines:
        offer = book.offer(models[name])
        assert in_region == IN_REGION[offer.in_region]
        assert geographic.split(", ") == [PROFILES[each] for each in offer.geo]
        assert worldwide == ("yes" if offer.global_profile else "no")


def test_a_geography_costs_more_than_the_world() -> None:
    plain = {"cached_prefix_tokens": 0, "cache_ttl": "none"}
    for model in ("anthropic.claude-sonnet-5", "anthropic.claude-sonnet-4-6"):
        stays = {"model_id": model, "region": "eu-central-1", "routing": "in_region_or_geo", **plain}
        assert (
            outputs("token-cost", **stays)["usd_per_month"]
            > outputs("token-cost", model_id=model, **plain)["usd_per_month"]
        )


def test_ten_times_the_load_needs_less_than_six_times_the_slots_and_split_pools_need_more() -> None:
    tenth, whole = (outputs("capacity", peak_requests_per_second=each, **TUNED)["slots"] for each in (0.5, 5))
    assert whole < 6 * tenth
    assert 10 * tenth > 1.5 * whole
    in_flight = outputs("capacity", **TUNED)["concurrent_requests"]
    assert in_flight / whole > in_flight / 10 / tenth


def test_requests_in_flight_grow_in_step_with_demand_and_slots_more_slowly() -> None:
    loads = (0.5, 5, 10, 20)
    found = [outputs("capacity", peak_requests_per_second=each, **TUNED) for each in loads]
    assert [each["concurrent_requests"] / load for each, load in zip(found, loads, strict=True)] == pytest.approx(
        [found[0]["concurrent_requests"] / loads[0]] * 4
    )
    per_load = [each["slots"] / load for each, load in zip(found, loads, strict=True)]
    assert per_load == sorted(per_load, reverse=True)
    assert min(each["instances"] for each in found) == 1


def test_shorter_answers_do_more_than_a_model_twice_as_fast() -> None:
    here = calculators.run("capacity")["inputs"]["inter_token_seconds"]
    plain = outputs("capacity", **TUNED)["response_seconds"]
    faster = outputs("capacity", inter_token_seconds=here / 2, **TUNED)["response_seconds"]
    short = outputs("capacity", output_tokens_per_request=120, max_tokens=200)["response_seconds"]
    assert here / 2 == pytest.approx(0.009)
    assert short < faster < plain


def test_nearly_all_of_an_answer_is_writing() -> None:
    inputs = calculators.run("capacity")["inputs"]
    assert inputs["time_to_first_token_seconds"] / outputs("capacity")["response_seconds"] < 0.1


def test_a_full_batch_is_cheap_and_slow_and_half_the_bytes_hold_several_times_as_many() -> None:
    alone = outputs("capacity", memory_utilisation_ratio=0.39, **TUNED)
    full = outputs("capacity", **TUNED)
    sixteen = outputs("capacity", bytes_per_weight=2, bytes_per_kv=2, **TUNED)
    assert alone["sequences_that_fit"] == 1
    assert alone["tokens_per_second_per_sequence"] > 2 * full["tokens_per_second_per_sequence"]
    assert alone["usd_per_mtok_output"] > 10 * full["usd_per_mtok_output"]
    assert full["tokens_per_second_total"] > alone["tokens_per_second_total"]
    assert full["sequences_that_fit"] > 3 * sixteen["sequences_that_fit"]
    pace = full["tokens_per_second_per_sequence"] / sixteen["tokens_per_second_per_sequence"]
    assert pace == pytest.approx(1, abs=0.05)


def test_query_heads_give_eight_times_the_cache() -> None:
    right, wrong = (outputs("capacity", **SEVENTY, kv_heads=each)["kv_bytes_per_token"] for each in (8, 64))
    assert wrong == 8 * right


def test_the_shared_fleet_is_cheaper_than_one_small_gpu() -> None:
    shared = price("meta.llama3-1-8b-instruct-v1:0", "output", "us-east-1", "in_region_or_geo")
    assert outputs("capacity", **TUNED)["usd_per_mtok_output"] > 2 * float(shared)


def test_the_gpu_filled_day_and_night_is_dearer_than_the_shared_fleet_and_slower_than_the_worked_answer() -> None:
    full = outputs("capacity", utilisation_target_ratio=1, **TUNED)
    shared = price("meta.llama3-1-8b-instruct-v1:0", "output", "us-east-1", "in_region_or_geo")
    assert full["usd_per_mtok_output"] > float(shared)
    alone = outputs("capacity", memory_utilisation_ratio=0.39, **TUNED)
    assert alone["sequences_that_fit"] == 1
    assert alone["tokens_per_second_per_sequence"] < full["tokens_per_second"]


def test_the_prompt_is_read_at_half_of_the_gpus_peak() -> None:
    given = calculators.run("capacity", TUNED)["inputs"]
    operations = 2 * given["parameters"] * given["input_tokens_per_request"]
    assert outputs("capacity", **TUNED)["prefill_seconds"] == pytest.approx(
        operations / (0.5 * given["gpu_peak_flops"])
    )


def test_the_wave_needs_as_many_spare_instances_as_the_peak_and_twice_with_the_slower_start() -> None:
    ramp = {"ramp_requests_per_second_squared": 0.02, **TUNED}
    steep, cold = outputs("capacity", **ramp), outputs("capacity", scale_out_seconds=525, **ramp)
    assert steep["headroom_instances"] == steep["instances"]
    assert cold["headroom_instances"] == 2 * steep["headroom_instances"]


def test_the_starts_of_the_page_are_those_that_aws_measured() -> None:
    facts, inputs = catalogue.facts(), calculators.run("capacity")["inputs"]
    assert facts["scale-out-with-caching"].value == inputs["scale_out_seconds"]
    assert facts["scale-out-without-caching"].value == 525


def test_the_noon_chatbot_is_refused_by_max_tokens_only() -> None:
    noon, tuned = outputs("capacity"), outputs("capacity", **TUNED)
    assert noon["is_throttled"]
    assert noon["quota_requests_per_minute"] > 300 > noon["admission_requests_per_minute"]
    assert not tuned["is_throttled"]


def test_only_the_highest_burndown_is_refused_at_noon() -> None:
    throttled = {each: outputs("capacity", output_burndown=each, **TUNED)["is_throttled"] for each in (1, 5, 10, 15)}
    assert throttled == {1: False, 5: False, 10: False, 15: True}


def test_models_stand_in_the_line_of_their_burndown() -> None:
    book, models, lines = catalogue.load(), model_ids(), table_with("responsiveness", "Throttled at noon")
    named = [(int(each[0]), models[name]) for each in lines for name in each[1].split(", ")]
    assert len(named) == 7
    assert [(factor, model) for factor, model in named if book.offer(model).output_burndown != factor] == []


def test_a_cache_and_shorter_answers_let_the_quota_carry_more() -> None:
    rate = "quota_requests_per_minute"
    tuned, cached = outputs("capacity", **TUNED)[rate], outputs("capacity", input_tokens_per_request=300, **TUNED)[rate]
    short = outputs("capacity", output_tokens_per_request=120, max_tokens=200)[rate]
    assert tuned < cached < short


def test_the_quota_of_the_three_days_holds_the_normal_load() -> None:
    days = {
        "input_tokens_per_request": 1200,
        "output_tokens_per_request": 250,
        "max_tokens": 400,
        "output_burndown": 1,
        "quota_tokens_per_minute": 200_000,
    }
    assert not outputs("capacity", peak_requests_per_second=2, **days)["is_throttled"]
    assert outputs("capacity", peak_requests_per_second=16, **days)["is_throttled"]


def test_the_exercise_is_refused_by_max_tokens_and_cured_by_it() -> None:
    case = {
        "peak_requests_per_second": 10,
        "input_tokens_per_request": 1200,
        "output_tokens_per_request": 300,
        "output_burndown": 5,
    }
    wide, close = outputs("capacity", max_tokens=4096, **case), outputs("capacity", max_tokens=500, **case)
    assert wide["quota_requests_per_minute"] > 600 > wide["admission_requests_per_minute"]
    assert not close["is_throttled"]
    assert catalogue.load().offer("anthropic.claude-sonnet-4-6").output_burndown == 5


def test_the_exercise_pilot_light_is_cheaper_than_a_second_region_that_takes_over_at_once() -> None:
    loss = {"loss_usd_per_hour": 20_000, "events_per_year": 0.25, "data_loss_usd_per_hour": 2_000}
    found = outputs("redundancy", **loss)
    assert found["recommended_pattern"] == min(totals(**loss), key=totals(**loss).__getitem__) == "Pilot light"
    assert found["break_even_loss_usd_per_hour"] < loss["loss_usd_per_hour"]
    extra = calculators.run("redundancy")["inputs"]["extra_region_usd_per_month"]
    assert 12 * extra > totals(**loss)["Pilot light"]


def test_the_larger_model_is_dearer_on_bedrock_and_does_not_fit_the_small_gpu() -> None:
    large, small = "meta.llama3-3-70b-instruct-v1:0", "meta.llama3-1-8b-instruct-v1:0"
    route = ("output", "us-east-1", "in_region_or_geo")
    assert price(large, *route) > price(small, *route)
    given = {"parameters": 70_600_000_000, "layers": 80, "bytes_per_weight": 2, "bytes_per_kv": 2}
    assert outputs("capacity", **given)["sequences_that_fit"] is None
