"""What module 3 says in words is true at the prices of the catalogue. The states are read from the pages."""

from __future__ import annotations

from functools import cache
from typing import Any

import jinja2
import pytest

import calculators
from calculators import catalogue
from tests.macros.rendering import DOCS

MODULE = DOCS / "modules" / "3-customization"


@cache
def states(page: str) -> dict[str, tuple[str, dict[str, Any]]]:
    """Return the states that a page sets: the calculator's name and the inputs given."""
    lines = [each for each in (MODULE / f"{page}.md").read_text("utf-8").splitlines() if each.startswith("{% set ")]
    names = {"state": lambda name, **given: (name, given)}
    return dict(vars(jinja2.Template("\n".join(lines)).make_module(names)))


def run(page: str, state: str, **changes: Any) -> dict[str, Any]:
    """Return the outputs of a page's state, with some inputs changed."""
    name, given = states(page)[state]
    outputs: dict[str, Any] = calculators.run(name, given | changes)["outputs"]
    return outputs


def inputs(page: str, state: str) -> dict[str, Any]:
    name, given = states(page)[state]
    found: dict[str, Any] = calculators.run(name, given)["inputs"]
    return found


def steps(page: str, state: str) -> dict[str, float]:
    name, given = states(page)[state]
    return {each["name"]: each["value"] for each in calculators.run(name, given)["steps"]}


def cheapest_beyond_the_prompt(state: str) -> str:
    """Return the approach with the least cost of those that are paid by the token and more than a plain prompt."""
    by_token = ("few_shot", "rag", "fine_tuning", "distillation")
    priced = {each["approach"]: each["total_usd"] for each in run("approaches", state)["options"]}
    return min((each for each in by_token if priced[each] is not None), key=lambda each: float(priced[each]))


def test_the_passages_are_by_far_the_largest_line_of_retrieval() -> None:
    found, months = steps("approaches", "desk"), inputs("approaches", "desk")["horizon_months"]
    passages = months * found["options.rag.retrieved_month"]
    others = months * (found["options.rag.store_month"] + found["options.rag.questions_month"])
    assert passages > 10 * (others + found["options.rag.embedding_once"])


def test_fine_tuning_is_labels_and_work_and_then_runs_at_nearly_the_plain_price() -> None:
    found = steps("approaches", "desk")
    machine, people = "options.fine_tuning.training_once", ("labels_once", "work_once")
    assert found[machine] < 0.01 * sum(found[f"options.fine_tuning.{each}"] for each in people)
    plain, tuned = found["options.zero_shot.usd_per_month"], found["options.fine_tuning.usd_per_month"]
    assert plain < tuned < 1.01 * plain < found["options.few_shot.usd_per_month"]


def test_the_desk_sends_too_few_letters_to_repay_a_tuned_model() -> None:
    given = inputs("approaches", "desk")
    sent = given["requests_per_month"] * given["horizon_months"]
    assert 3 * sent < run("approaches", "desk")["few_shot_break_even_requests"]


@pytest.mark.parametrize(
    ("state", "approach"), [("desk", "few_shot"), ("busy", "fine_tuning"), ("taught", "distillation")]
)
def test_the_next_step_is_the_one_that_the_page_names(state: str, approach: str) -> None:
    assert cheapest_beyond_the_prompt(state) == approach


def test_the_busy_desk_has_eight_times_the_letters() -> None:
    few, many = (inputs("approaches", each)["requests_per_month"] for each in ("desk", "busy"))
    assert many == 8 * few


@pytest.mark.parametrize("model", ["nova-micro-v1:0", "nova-lite-v1:0", "nova-pro-v1:0", "nova-2-lite-v1:0"])
def test_an_adapter_on_nova_is_paid_by_the_token(model: str) -> None:
    offered = catalogue.load().offered(f"amazon.{model}", "us-east-1", "in_region_or_geo", "custom_on_demand")
    assert offered.is_offered


def test_an_adapter_is_on_demand_and_full_rank_weights_are_on_units() -> None:
    assert run("approaches", "helper")["recommended"]["tier"] == "standard"
    assert run("approaches", "whole")["recommended"]["tier"].startswith("provisioned")


def test_only_a_store_with_a_floor_lets_the_whole_manual_win() -> None:
    assert run("approaches", "manual")["rag_break_even_requests_per_month"] > 10_000
    without = run("approaches", "manual", vector_store="s3_vectors")["rag_break_even_requests_per_month"]
    assert without is None or without < 1


def test_dearer_errors_sink_the_plan_before_training_does() -> None:
    given = inputs("distillation", "plan")
    listed = float(catalogue.load().price("amazon.nova-micro-v1:0", "us-east-1", "", "custom_training").figure)
    assert run("distillation", "plan", training_usd_per_mtok=10 * listed)["saving_over_horizon_usd"] > 0
    assert run("distillation", "plan", training_examples=10 * given["training_examples"])["roi_ratio"] > 0
    assert run("distillation", "plan", usd_per_error=3 * given["usd_per_error"])["saving_over_horizon_usd"] < 0


def test_the_machine_lines_of_the_making_are_too_small_to_see() -> None:
    found = run("distillation", "plan")
    assert found["labelling_usd"] + found["training_usd"] < 0.01 * found["fixed_usd"]


def test_roi_is_gains_less_costs_divided_by_costs() -> None:
    found, months = run("distillation", "plan"), inputs("distillation", "plan")["horizon_months"]
    gains, costs = months * found["saving_usd_per_month"], found["fixed_usd"]
    assert found["roi_ratio"] == pytest.approx((gains - costs) / costs)


def test_the_cash_flows_are_those_of_the_plan() -> None:
    plan, cash = run("distillation", "plan"), inputs("distillation", "cash")
    assert cash["other_gains_usd_per_year"] == pytest.approx(12 * plan["saving_usd_per_month"])
    assert cash["labelling_usd"] == pytest.approx(plan["labelling_usd"])
    assert cash["training_usd"] == pytest.approx(plan["training_usd"])
    assert run("distillation", "cash")["development_usd"] == pytest.approx(plan["fixed_usd"])
    assert 12 * len(cash["adoption_ratio_by_year"]) == inputs("distillation", "plan")["horizon_months"]
    assert 12 * run("distillation", "cash")["payback_years"] > plan["payback_months"]


def test_above_the_ceiling_no_volume_repays_the_student() -> None:
    ceiling = run("distillation", "plan")["error_cost_ceiling_usd"]
    assert inputs("distillation", "dear")["usd_per_error"] > ceiling
    assert run("distillation", "dear", requests_per_month=10**11)["payback_months"] is None
    assert run("distillation", "plan", usd_per_error=0.99 * ceiling, requests_per_month=10**11)["payback_months"] < 1


def test_the_untaught_student_loses_where_the_taught_one_saves() -> None:
    found, taught = run("distillation", "untaught"), run("distillation", "plan")
    assert found["student_usd_per_request"] == taught["student_usd_per_request"]
    assert found["saving_usd_per_month"] < 0 < taught["saving_usd_per_month"]


def test_the_pairs_are_those_that_the_page_lists() -> None:
    assert run("distillation", "plan")["allowed"] is True
    assert (
        run("distillation", "plan", student_model_id="amazon.nova-lite-v1:0", training_usd_per_mtok=1)["allowed"]
        is True
    )
    assert run("distillation", "claude")["allowed"] is False
    assert run("distillation", "premier")["payback_months"] < run("distillation", "plan")["payback_months"]


def test_a_usable_label_costs_more_than_six_times_its_list_price() -> None:
    listed = inputs("development-costs", "labels")["usd_per_label"]
    assert run("development-costs", "labels")["label_usd_per_usable_item"] > 6 * listed


def test_the_labels_of_the_plan_are_those_of_the_first_box() -> None:
    found, given = steps("development-costs", "labels"), inputs("development-costs", "plan")
    people = found["options.fine_tuning.labels_once"] + found["options.fine_tuning.work_once"]
    assert given["labelling_usd"] == pytest.approx(people)
    parts = ("data_usd", "labelling_usd", "training_usd", "evaluation_usd")
    assert given["integration_usd"] > max(given[each] for each in parts)


def test_the_wrong_plan_frees_as_much_as_the_right_one_gains() -> None:
    wrong, right = (inputs("development-costs", each)["throughput_gain_ratio"] for each in ("direct", "plan"))
    assert wrong / (1 + wrong) == pytest.approx(right)
    assert run("development-costs", "direct")["npv_usd"] > run("development-costs", "plan")["npv_usd"]


def test_a_fine_roi_hides_a_real_chance_of_a_loss() -> None:
    found = run("development-costs", "plan")
    assert found["first_year_roi_ratio"] > 0.3
    assert found["monte_carlo"]["probability_positive_ratio"] < 0.7
    assert run("development-costs", "quarter")["npv_usd"] < 0


def test_development_costs_move_the_result_far_less_than_realisation() -> None:
    found = run("development-costs", "plan")["sensitivity"]
    swing = {each["input"]: each["npv_high_usd"] - each["npv_low_usd"] for each in found}
    assert swing["realisation_ratio"] == max(swing.values())
    assert 3 * swing["development_usd"] < swing["realisation_ratio"]


def test_the_pipeline_works_on_the_desk_of_the_first_lesson() -> None:
    assert inputs("summary", "desk") == inputs("approaches", "desk")
    micro, lite, pro = (run("summary", each)["usd_per_month"] for each in ("micro", "lite", "pro"))
    assert micro < lite < pro
    assert lite == pytest.approx(steps("summary", "desk")["options.zero_shot.usd_per_month"])


def test_trimming_lowers_the_bill_and_no_unit_pays() -> None:
    before, after = (steps("summary", each)["options.rag.usd_per_month"] for each in ("desk", "short"))
    assert after < before
    assert run("summary", "unit")["break_even_utilisation_ratio"] > 1
    assert run("summary", "unit")["recommended"]["tier"] == "standard"


def test_the_smaller_model_drafts_for_less() -> None:
    large, small = (steps("summary", each)["options.rag.usd_per_month"] for each in ("large_drafts", "drafts"))
    assert small < large


def test_the_sorter_repays_and_the_refund_is_above_its_ceiling() -> None:
    sorter = run("summary", "sorter")
    assert 0 < sorter["payback_months"] < inputs("summary", "sorter")["horizon_months"]
    assert inputs("summary", "refund")["usd_per_error"] > sorter["error_cost_ceiling_usd"]
    assert run("summary", "refund")["payback_months"] is None
