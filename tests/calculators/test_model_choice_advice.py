"""Model choice: warnings where they apply and nowhere else, charts and sentences that say what was computed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from calculators import model_choice

LLAMA: dict[str, Any] = {
    "small_model_id": "meta.llama3-1-8b-instruct-v1:0",
    "routing": "in_region_or_geo",
    "input_tokens_per_request": 800,
    "output_tokens_per_request": 200,
    "escalation_ratio": 0,
}
NOVA: dict[str, Any] = {
    "small_model_id": "amazon.nova-lite-v1:0",
    "large_model_id": "amazon.nova-pro-v1:0",
    "routing": "in_region_or_geo",
    "router_usd_per_request": 0,
}


def chosen(**facts: Any) -> model_choice.Result:
    return model_choice.calculate(model_choice.Inputs(**facts))


def codes(**facts: Any) -> set[str]:
    return {each.code for each in chosen(**facts).warnings}


@pytest.mark.parametrize(
    ("code", "there", "not_there"),
    [
        ("large-model-not-dearer", {"large_input_usd_per_mtok": 1, "large_output_usd_per_mtok": 5}, {}),
        ("cascade-does-not-pay", {"escalation_ratio": Decimal("0.79")}, {"escalation_ratio": Decimal("0.78")}),
        ("cascade-does-not-pay", {"verifier_usd_per_request": Decimal("0.0175")}, {}),
        ("router-of-your-own", {}, NOVA),
        ("router-of-your-own", {}, {"escalation_ratio": 1}),
        (
            "words-rank-otherwise",
            {"small_tokens_per_word": 7},
            {"small_tokens_per_word": 6},
        ),
        ("token-counts-differ", {"large_tokens_per_word": Decimal("1.31")}, {}),
        ("no-spare-instance", {"instances": 1}, {"instances": 2}),
        ("break-even-above-one-instance", LLAMA, {**LLAMA, "instances": 1}),
        (
            "self-host-never-pays",
            {**LLAMA, "requests_per_second_per_instance": Decimal("2.83")},
            {**LLAMA, "requests_per_second_per_instance": Decimal("2.84")},
        ),
        ("instances-too-few", {"requests_per_month": 21_024_001}, {"requests_per_month": 21_024_000}),
        ("people-and-storage-not-counted", {"requests_per_month": 935_268}, {"requests_per_month": 935_267}),
        ("no-accelerator", {"instance_type": "m7i.xlarge"}, {"instance_type": "inf2.xlarge"}),
        ("weights-not-published", {}, LLAMA),
        (
            "weights-not-published",
            {"small_model_id": "openai.gpt-6-luna", "routing": "in_region_or_geo"},
            {"small_model_id": "openai.gpt-oss-20b-1:0", "routing": "in_region_or_geo"},
        ),
        ("retirement", LLAMA, {}),
        ("beyond-context-window", {"input_tokens_per_request": 300_000}, {}),
        ("price-older-than-90-days", {}, {"instance_usd_per_hour": 2}),
    ],
)
def test_a_warning_is_there_where_it_applies_and_not_beside_it(
    code: str, there: dict[str, Any], not_there: dict[str, Any]
) -> None:
    assert code in codes(**there)
    assert code not in codes(**not_there)


def test_the_cheaper_token_that_is_the_dearer_word_is_named_with_how_much() -> None:
    """F12: 5.81818·0.80 against 1.84091·1, so 2.53 times."""
    result = chosen(
        small_input_usd_per_mtok=Decimal("0.80"),
        large_input_usd_per_mtok=1,
        small_tokens_per_word=Decimal(256) / 44,
        large_tokens_per_word=Decimal(81) / 44,
    )
    warning = next(each for each in result.warnings if each.code == "words-rank-otherwise")
    assert warning.message.startswith("Claude Haiku 4.5 is cheaper by the token and 2.53 times as dear by the word")


def test_what_both_models_share_is_said_once() -> None:
    pair = dict.fromkeys(["small_model_id", "large_model_id"], "anthropic.claude-opus-5")
    messages = [each.message for each in chosen(**pair).warnings]
    assert len(messages) == len(set(messages))


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({}, "A router over Claude Haiku 4.5 and Claude Opus 5: $1,800.00 a month"),
        ({}, "$1,800.00 a month, 58.9% less than Claude Opus 5 alone"),
        ({}, "Claude Haiku 4.5 alone would cost $875.00, but fails 25% of the requests."),
        ({"escalation_ratio": 1}, "Claude Opus 5 alone: $4,375.00 a month. "),
        ({"escalation_ratio": 0}, "Claude Haiku 4.5 alone: $875.00 a month. By your own measure"),
        (
            {"escalation_ratio": 0, "requests_per_month": 3_000_000},
            "2 × g6e.2xlarge: $3,273.44 a month, people and storage not counted",
        ),
        ({"escalation_ratio": 0, "requests_per_month": 3_000_000}, "against $10,500.00 for Claude Haiku 4.5."),
    ],
)
def test_the_answer_can_be_read_aloud(facts: dict[str, Any], said: str) -> None:
    inputs = model_choice.Inputs(**facts)
    assert said in model_choice.answer(inputs, model_choice.calculate(inputs))


def points(chart: Any, way: str) -> list[dict[str, Any]]:
    return [row for row in chart.spec["data"]["values"] if row["way"] == way]


def labels(chart: Any) -> list[str]:
    """Return the labels of the points that are marked."""
    found = [
        [point["label"] for point in layer["data"]["values"]]
        for layer in chart.spec["layer"]
        if layer["mark"]["type"] == "text"
    ]
    return found[0] if found else []


def test_the_chart_by_volume_marks_where_own_instances_cross() -> None:
    """At 3,273.4368 / 0.0035 and / 0.0072 requests; every line begins at its fixed cost."""
    by_volume, _ = chosen().charts
    assert labels(by_volume) == ["935,268", "454,644"]
    assert [points(by_volume, way)[0]["usd_per_month"] for way in ("Router", "Own instances")] == [0, 3273.4368]
    assert "Own instances cost less than the small model above 935,268." in by_volume.summary


def test_the_line_of_own_instances_ends_where_they_are_full() -> None:
    """A mark beyond it would be a promise that they can't keep."""
    by_volume, _ = chosen(**LLAMA, requests_per_month=15_000_000).charts
    assert points(by_volume, "Own instances")[-1]["requests_per_month"] == 21_024_000
    assert points(by_volume, "Router")[-1]["requests_per_month"] == 30_000_000
    full, _ = chosen(**LLAMA, requests_per_second_per_instance=2, requests_per_month=15_000_000).charts
    assert "even full, cost no less than the small model" in full.summary
    assert "14,879,258" not in labels(full)


def test_a_far_dearer_way_leaves_the_chart_before_it_flattens_the_others() -> None:
    """gpt-oss-20b beside Sonnet 4.6: more than twenty times as dear."""
    facts = {"small_model_id": "openai.gpt-oss-20b-1:0", "large_model_id": "anthropic.claude-sonnet-4-6"}
    by_volume, _ = chosen(**{**LLAMA, **facts, "requests_per_month": 3_000_000}).charts
    highest = {way: points(by_volume, way)[-1] for way in ("Cascade", "Own instances", "Large model alone")}
    others = max(highest[way]["usd_per_month"] for way in ("Cascade", "Own instances"))
    assert highest["Large model alone"]["usd_per_month"] == pytest.approx(2.5 * others)
    assert highest["Large model alone"]["requests_per_month"] < highest["Cascade"]["requests_per_month"]


def test_marks_that_would_cover_each_other_are_one() -> None:
    """Without hard requests a router costs little more than the small model."""
    by_volume, _ = chosen(escalation_ratio=0, requests_per_month=3_000_000).charts
    assert labels(by_volume) == ["935,268"]


def test_the_chart_by_share_marks_q_star_only_where_there_is_one() -> None:
    _, by_share = chosen().charts
    assert labels(by_share) == ["q* 78.3%"]
    assert points(by_share, "Cascade")[0]["usd_per_1000_requests"] == pytest.approx(3.8)
    assert points(by_share, "Cascade")[-1]["usd_per_1000_requests"] == pytest.approx(21.3)
    _, never = chosen(verifier_usd_per_request=Decimal("0.02")).charts
    assert labels(never) == []
    assert never.summary == "A cascade costs no less than the large model alone at any share of hard requests."
