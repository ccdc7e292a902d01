"""Distillation: a plan small enough to be counted on paper, its limits, and what is said at them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from calculators import catalogue, distillation_savings

HAIKU, HAIKU_STEP = "anthropic.claude-haiku-5-5", 100_000
# 20 hours at $1, of which 1 is the training of 1 million tokens at $1. A request of 1 million tokens costs the teacher
# $3 and the student $1: two of them a month save $4, and $20 are repaid in 5 months.
PAPER: dict[str, Any] = {
    "teacher_model_id": "amazon.nova-premier-v1:0",
    "student_model_id": "amazon.nova-lite-v1:0",
    "input_tokens_per_request": 10**6,
    "output_tokens_per_request": 0,
    "requests_per_month": 2,
    "training_examples": 1_000,
    "tokens_per_example": 1_000,
    "epochs": 1,
    "training_usd_per_mtok": 1,
    "labels_from_logs": True,
    "evaluations": 0,
    "usd_per_evaluation": 0,
    "labour_hours": 19,
    "labour_usd_per_hour": 1,
    "extra_error_ratio": 0,
    "usd_per_error": 1,
    "storage_usd_per_month": 0,
    "horizon_months": 5,
    "teacher_input_usd_per_mtok": 3,
    "student_input_usd_per_mtok": 1,
    "teacher_output_usd_per_mtok": 0,
    "student_output_usd_per_mtok": 0,
}


def inputs(**facts: Any) -> distillation_savings.Inputs:
    exact: dict[str, Any] = {
        key: Decimal(value) if type(value) is int else value for key, value in {**PAPER, **facts}.items()
    }
    return distillation_savings.Inputs(**exact)


def distilled(**facts: Any) -> distillation_savings.Result:
    return distillation_savings.calculate(inputs(**facts))


def answer(**facts: Any) -> str:
    return distillation_savings.answer(inputs(**facts), distilled(**facts))


def codes(**facts: Any) -> set[str]:
    return {each.code for each in distilled(**facts).warnings}


def chart(name: str, **facts: Any) -> Any:
    return next(each for each in distilled(**facts).charts if each.id == name)


def marks(name: str, **facts: Any) -> list[dict[str, Any]]:
    layers = chart(name, **facts).spec["layer"]
    return [row for each in layers if each["mark"].get("type") == "point" for row in each["data"]["values"]]


def test_the_plan_on_paper() -> None:
    found = distilled()
    assert found.fixed_usd == 20
    assert found.saving_usd_per_month == 4
    assert found.payback_months == 5
    assert found.saving_over_horizon_usd == found.roi_ratio == 0
    assert found.break_even_requests == 10
    assert [each.month for each in found.cumulative] == list(range(6))
    assert all(each.stay_usd == 6 * each.month for each in found.cumulative)
    assert all(each.distil_usd == 20 + 2 * each.month for each in found.cumulative)


def test_repaid_in_the_last_month_of_the_horizon_is_within_it() -> None:
    assert "is repaid after 5 months; after 5 months the student has saved $0.00." in chart("cumulative-cost").summary
    assert [(each["month"], each["usd"]) for each in marks("cumulative-cost")] == [(5, 30)]
    assert "repays it in 5 months" in answer()
    assert "repays it in 3.33 months" in answer(requests_per_month=3)  # $20 at $6 a month
    beyond = chart("cumulative-cost", horizon_months=4)
    assert beyond.summary == "The lines meet after 5 months, beyond the horizon of 4."
    assert marks("cumulative-cost", horizon_months=4) == []
    assert answer(horizon_months=4).endswith("takes 5 months to repay, not 4 months.")


def test_a_loss_is_told_as_what_the_student_would_cost_more() -> None:
    """The student saves $4 a month and its storage costs $10."""
    assert "would cost $6.00 a month more" in answer(storage_usd_per_month=10)
    assert "saves nothing" in answer(storage_usd_per_month=4)
    assert "never repays" in chart("cumulative-cost", storage_usd_per_month=10).summary


def test_flips_of_the_plan_on_paper_stand_at_their_limits() -> None:
    """Everything is at its limit: one request less, or a trace of any cost more, and it is not repaid in time."""
    flips = {each.input: each for each in distilled().flips}
    assert (flips["requests_per_month"].flips_at, flips["horizon_months"].flips_at) == (1, 4)
    for name, limit in (
        ("labour_hours", 19),
        ("labour_usd_per_hour", 1),
        ("training_usd_per_mtok", 1),
        ("extra_error_ratio", 0),
        ("storage_usd_per_month", 0),
    ):
        assert 0 < flips[name].flips_at - limit <= Decimal("2e-9"), name
    assert 0 < 3 - flips["teacher_input_usd_per_mtok"].flips_at <= Decimal("1e-10")
    assert flips["training_examples"].flips_at == 1_001
    assert {each.becomes for name, each in flips.items() if name not in ("region", "hosting")} == {"does_not_pay"}


@pytest.mark.parametrize(("training_usd", "is_told"), [("1", True), ("1.01", False), ("9", False)])
def test_people_are_told_of_from_nine_tenths_of_the_making(training_usd: str, *, is_told: bool) -> None:
    """$9 of work beside $1 of training, and not beside more."""
    facts = {"labour_hours": 9, "training_usd_per_mtok": Decimal(training_usd)}
    assert ("people-not-tokens" in codes(**facts)) is is_told
    if is_told:
        message = next(each.message for each in distilled(**facts).warnings if each.code == "people-not-tokens")
        assert message.startswith("People are 90% of the making.")


@pytest.mark.parametrize("training_usd", ["0.5", "30"])
def test_the_parts_of_the_making_add_up_and_the_largest_is_named(training_usd: str) -> None:
    facts: dict[str, Any] = {
        "training_usd_per_mtok": Decimal(training_usd),
        "labels_from_logs": False,
        "training_examples": 1_000,
        "input_tokens_per_request": 1_000,
        "evaluations": 2,
        "usd_per_evaluation": 2,
    }
    parts = {"Teacher's answers": 3, "Training": float(training_usd), "Ratings by people": 4, "Work": 19}
    drawn = chart("making-cost", **facts)
    assert {row["part"]: row["usd"] for row in drawn.spec["data"]["values"]} == parts
    total, largest = sum(parts.values()), max(parts, key=lambda part: parts[part])
    assert distilled(**facts).fixed_usd == Decimal(str(total))
    share = f"{100 * parts[largest] / total:.1f}".removesuffix(".0")
    assert drawn.summary == f"{largest} is the largest part of the making: {share}% of ${total:.2f}."


@pytest.mark.parametrize(("sent", "is_long"), [(HAIKU_STEP - 1, False), (HAIKU_STEP, False), (HAIKU_STEP + 1, True)])
def test_above_its_step_and_not_at_it_a_model_charges_its_long_context_price(sent: int, *, is_long: bool) -> None:
    facts = {
        "teacher_model_id": "anthropic.claude-sonnet-5",
        "student_model_id": HAIKU,
        "routing": "global",
        "input_tokens_per_request": sent,
        "student_input_usd_per_mtok": None,
        "student_output_usd_per_mtok": None,
    }
    found = distilled(**facts)
    row = catalogue.load().price(HAIKU, "us-east-1", "global", "long_context_input" if is_long else "input")
    assert row.usd is not None
    assert found.student_usd_per_request == sent * row.usd / 10**6
    told = [each.message for each in found.warnings if each.code == "long-context-price"]
    assert bool(told) is is_long
    assert all(each.startswith("Above 100,000 input tokens Claude Haiku 5.5 ") for each in told)
