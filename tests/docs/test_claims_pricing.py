"""What module two says in words is true at the prices of the catalogue, for the very states its pages show."""

from __future__ import annotations

import ast
import re
from typing import Any

import pytest

import calculators
from calculators import catalogue
from macros.figures import reserved_break_even
from tests.macros.rendering import DOCS

MODULE = DOCS / "modules" / "2-pricing"
HOURS = 730
SECONDS = HOURS * 3600


def written_state(page: str, name: str) -> tuple[str, dict[str, Any]]:
    """Return the calculator and the inputs of a state that a page names with `set`."""
    text = (MODULE / f"{page}.md").read_text("utf-8")
    written = re.search(rf"{{% set {name} = state\((.*)\) %}}", text)
    assert written, name
    call = ast.parse(re.sub(r"=(true|false)\b", lambda found: f"={found[1].title()}", f"state({written[1]})")).body[0]
    assert isinstance(call, ast.Expr)
    assert isinstance(call.value, ast.Call)
    given = {each.arg: ast.literal_eval(each.value) for each in call.value.keywords if each.arg}
    return ast.literal_eval(call.value.args[0]), given


def outputs(page: str, name: str) -> dict[str, Any]:
    """Return what the calculator answers to a state that a page names with `set`."""
    answer: dict[str, Any] = calculators.run(*written_state(page, name))["outputs"]
    return answer


def option(answer: dict[str, Any], tier: str) -> dict[str, Any]:
    return next(each for each in answer["options"] if each["tier"] == tier)


def test_batch_halves_the_contract_and_the_cache_beats_it() -> None:
    cached, batch = outputs("token-pricing", "contract"), outputs("token-pricing", "contract_batch")
    assert batch["usd_per_month"] == pytest.approx(cached["uncached_usd_per_month"] / 2)
    assert cached["usd_per_month"] < batch["usd_per_month"]


def test_output_costs_five_times_input_on_claude_and_three_or_more_on_most_others() -> None:
    book = catalogue.load()
    standard: dict[str, dict[str, float]] = {}
    for each in book.points():
        if each.item in book.models and each.meter in ("input", "output") and each.usd:
            standard.setdefault(each.item, {})[each.meter] = float(each.figure)
    ratios = {name: prices["output"] / prices["input"] for name, prices in standard.items() if len(prices) == 2}
    claude = {name: ratio for name, ratio in ratios.items() if "claude" in name}
    others = [ratio for name, ratio in ratios.items() if name not in claude]
    assert claude
    assert set(claude.values()) == {5.0}
    assert sum(each >= 3 for each in others) > len(others) / 2


def test_thinking_is_on_unless_switched_off_and_on_a_few_always() -> None:
    thinking = {each: catalogue.load().offer(f"anthropic.claude-{each}").thinking for each in ("sonnet-5", "opus-5-5")}
    assert thinking == {"sonnet-5": "on by default", "opus-5-5": "always on"}


def test_the_claims_system_has_reserved_and_neither_units_nor_priority() -> None:
    claims = outputs("reserved-capacity", "claims")
    assert [option(claims, each)["offered"] for each in ("reserved", "provisioned", "priority")] == [True, False, False]
    assert option(claims, "standard")["usd_per_month"] < claims["recommended"]["usd_per_month"]
    assert outputs("reserved-capacity", "quoted")["saving_vs_standard_usd_per_month"] > 0


def test_the_quoted_reservation_pays_above_about_two_thirds_of_use() -> None:
    """Busy all the time, the same reservation would replace the tokens of a load as much larger."""
    quoted = outputs("reserved-capacity", "quoted")
    reserved = option(quoted, "reserved")
    tokens_when_full = option(quoted, "standard")["usd_per_month"] / reserved["utilisation_ratio"]
    assert reserved["usd_per_month"] / tokens_when_full == pytest.approx(2 / 3, abs=0.03)


def test_the_lesson_takes_the_unit_of_the_figure_at_a_higher_price() -> None:
    _, lesson = written_state("reserved-capacity", "unit")
    price = "unit_usd_per_hour"
    assert {**lesson, price: 0} == {**reserved_break_even.INPUTS, price: 0}
    assert lesson[price] > reserved_break_even.INPUTS[price]


@pytest.mark.parametrize("model", ["opus-4-8", "opus-5-5", "sonnet-5", "sonnet-5-5", "haiku-5-5"])
def test_newest_claude_models_have_standard_alone(model: str) -> None:
    offer = catalogue.load().offer(f"anthropic.claude-{model}")
    assert {each for each in ("flex", "priority", "batch", "reserved", "provisioned") if offer.states(each)} == set()


def test_the_cheapest_unit_of_the_catalogue_never_pays_on_the_smallest_model() -> None:
    units = [each for each in catalogue.load().points() if each.meter.startswith("model_unit_hour")]
    cheapest = float(min(each.figure for each in units))
    answer = outputs("reserved-capacity", "small_unit")
    assert option(answer, "provisioned")["usd_per_month"] == pytest.approx(cheapest * HOURS)
    assert answer["recommended"]["tier"] == "standard"
    assert answer["runner_up"]["tier"] == "provisioned"
    assert answer["break_even_utilisation_ratio"] > 1
    assert answer["break_even_utilisation_ratio"] > outputs("reserved-capacity", "unit")["break_even_utilisation_ratio"]


def test_max_tokens_lets_thirty_requests_in_and_then_thirty_times_as_many() -> None:
    before, after = outputs("reserved-capacity", "throttled"), outputs("reserved-capacity", "tuned")
    assert before["admission_requests_per_minute"] == pytest.approx(30, abs=3)
    assert after["admission_requests_per_minute"] / before["admission_requests_per_minute"] == pytest.approx(30, abs=3)
    assert [each["is_throttled"] for each in (before, after)] == [True, False]


@pytest.mark.parametrize("model", ["micro", "lite", "pro", "2-lite"])
def test_customised_nova_models_are_paid_by_the_token(model: str) -> None:
    assert catalogue.load().offer(f"amazon.nova-{model}-v1:0").custom_on_demand


def test_steps_between_models_are_about_ten_and_fifty_and_more_than_a_hundred() -> None:
    large = outputs("model-choice", "opus")
    others = {each["model_id"]: each["usd_per_request"] for each in large["comparison"]}
    for model, times in (("amazon.nova-2-lite-v1:0", 10), ("anthropic.claude-haiku-5-5", 50)):
        assert large["usd_per_request"] / others[model] == pytest.approx(times, rel=0.25)
    assert large["usd_per_request"] / outputs("model-choice", "micro")["usd_per_request"] > 100


def test_a_router_costs_less_than_a_cascade_and_both_less_than_the_large_model() -> None:
    both = outputs("model-choice", "both")
    names = (
        "small_usd_per_request",
        "router_usd_per_request_total",
        "cascade_usd_per_request",
        "large_usd_per_request",
    )
    costs = [both[each] for each in names]
    assert costs == sorted(costs)
    assert calculators.run("model-choice")["inputs"]["escalation_ratio"] == 0.25


def test_own_instances_break_even_beyond_what_they_serve() -> None:
    given = calculators.run("model-choice")["inputs"]
    most = given["instances"] * given["requests_per_second_per_instance"] * SECONDS
    assert given["instances"] == 2
    assert outputs("model-choice", "own")["self_host_break_even_requests_per_month"] > most


def test_routes_of_the_models_named_for_europe_and_london() -> None:
    offers = {each: catalogue.load().offer(each) for each in ("openai.gpt-6-luna", "anthropic.claude-sonnet-5")}
    assert "eu" not in offers["openai.gpt-6-luna"].geo
    assert "eu" in offers["anthropic.claude-sonnet-5"].geo
    assert offers["anthropic.claude-sonnet-5"].in_region == "mantle only"
    assert catalogue.load().offer("anthropic.claude-sonnet-4-6").in_region == "eu-west-2"


@pytest.mark.parametrize(
    ("name", "best", "next_best"),
    [
        ("archive", "batch", "standard"),
        ("evening", "flex", "standard"),
        ("handbook", "standard_cached", "batch"),
        ("flat", "reserved", None),
        ("tuned_helper", "standard", "provisioned"),
    ],
)
def test_the_practice_cases_have_the_answer_that_is_marked_right(name: str, best: str, next_best: str | None) -> None:
    answer = outputs("summary", name)
    assert (answer["recommended"]["tier"], answer["runner_up"]["tier"]) == (best, next_best)


def test_what_the_practice_cases_say_of_their_prices() -> None:
    assert outputs("summary", "pilot")["cache_saving_ratio"] > 0
    assert (
        option(flat := outputs("summary", "flat"), "standard")["usd_per_month"] < flat["recommended"]["usd_per_month"]
    )
    assert outputs("summary", "europe")["usd_per_month"] < outputs("summary", "london")["usd_per_month"]
    helper = outputs("summary", "tuned_helper")
    assert helper["runner_up"]["usd_per_month"] / helper["recommended"]["usd_per_month"] > 1000
    refused = outputs("summary", "refused")
    assert refused["is_throttled"]
    assert refused["quota_requests_per_minute"] > 2 * 60


def test_no_claude_card_lists_flex_or_priority_and_nova_2_lite_no_reserved() -> None:
    book = catalogue.load()
    claude = [book.offer(each) for each in book.models if each.startswith("anthropic.") and book.offer(each).card]
    assert claude
    assert [each.model_id for each in claude if each.flex or each.priority] == []
    assert book.offer("amazon.nova-2-lite-v1:0").reserved is False
