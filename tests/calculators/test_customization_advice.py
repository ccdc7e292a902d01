"""Customisation: AWS's own examples, the pictures, and what is said at a limit."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from calculators import catalogue, customization
from calculators.customization_figures import look_up
from calculators.customization_options import Plan
from calculators.customization_sheet import APPROACHES, PAID_BY_TOKEN, in_text
from calculators.steps import Receipt

TODAY = catalogue.load()
HAIKU = "anthropic.claude-haiku-5-5"
STATES: list[dict[str, Any]] = [
    {},
    {"horizon_months": 1},
    {"model_id": "amazon.nova-pro-v1:0", "routing": "in_region_or_geo"},
    {"model_id": "amazon.nova-micro-v1:0", "routing": "in_region_or_geo", "requests_per_month": 30_000},
    {"examples_per_prompt": 0},
]


def inputs(**facts: Any) -> customization.Inputs:
    exact: dict[str, Any] = {key: Decimal(value) if type(value) is int else value for key, value in facts.items()}
    return customization.Inputs(**exact)


def compared(**facts: Any) -> customization.Result:
    return customization.calculate(inputs(**facts))


def plan(**facts: Any) -> Plan:
    given = inputs(**facts)
    return Plan(given, TODAY, look_up(given, TODAY), Receipt(is_quiet=True))


def codes(**facts: Any) -> set[str]:
    return {each.code for each in compared(**facts).warnings}


def chart(result: customization.Result, name: str) -> Any:
    return next(each for each in result.charts if each.id == name)


def rings(drawn: Any) -> list[float]:
    """Return where the rings of the crossings stand."""
    layers = [each["data"]["values"] for each in drawn.spec["layer"] if each["mark"].get("type") == "point"]
    return [row["requests_per_month"] for rows in layers for row in rows]


@pytest.mark.parametrize(
    ("parameters", "units"), [(8 * 10**9, 2), (8 * 10**9 + 1, 8), (70 * 10**9, 8), (70 * 10**9 + 1, None)]
)
def test_units_of_own_weights_are_those_of_awss_two_examples(parameters: int, units: int | None) -> None:
    """Bedrock's pricing page: Llama 3.1 8B takes 2 custom model units, Llama 3.1 70B takes 8."""
    assert plan(parameters=parameters).import_units() == units


def test_beyond_awss_largest_example_hosting_is_unknown() -> None:
    told = {each.code: each.message for each in compared(parameters=71 * 10**9).warnings}
    assert "AWS's examples end at 70 billion parameters" in told["hosting-unknown"]


@pytest.mark.parametrize("facts", STATES)
def test_bars_are_drawn_up_to_twenty_times_the_cheapest_that_is_paid_by_the_token(facts: dict[str, Any]) -> None:
    result = compared(**facts)
    totals = {each.approach: each.total_usd for each in result.options if each.total_usd is not None}
    least = min(total for approach, total in totals.items() if approach in PAID_BY_TOKEN)
    near = {approach: total for approach, total in totals.items() if total <= 20 * least}
    drawn = chart(result, "cost-by-approach")
    rows = [(row["approach"], row["usd"]) for row in drawn.spec["data"]["values"]]
    assert rows == sorted(((APPROACHES[each], float(total)) for each, total in near.items()), key=lambda row: row[1])
    assert ("not drawn" in drawn.summary) == (near != totals)
    for approach in totals.keys() - near.keys():
        assert f"{in_text(approach)} ($" in drawn.summary


@pytest.mark.parametrize("facts", STATES)
def test_the_lines_by_volume_end_soon_after_the_last_thing_they_show(facts: dict[str, Any]) -> None:
    drawn = chart(compared(**facts), "cost-by-volume")
    last = max([2 * float(inputs(**facts).requests_per_month), *rings(drawn)])
    assert last < max(row["requests_per_month"] for row in drawn.spec["data"]["values"]) <= 1.2 * last


def test_lines_that_never_part_do_not_cross() -> None:
    """Without examples the few-shot prompt is the plain one."""
    drawn = chart(compared(examples_per_prompt=0), "cost-by-volume")
    assert [at for at in rings(drawn) if at <= 1] == []
    assert "above 1 request" not in drawn.summary.lower()


@pytest.mark.parametrize(("usable", "is_told"), [("0.575", True), ("0.576", False)])
def test_a_label_is_told_of_from_twice_its_sticker_price(usable: str, *, is_told: bool) -> None:
    """One vote, no review, a pilot of 15%: of a usable share of 57.5% each label costs twice its price."""
    facts = {"labels_per_item": 1, "review_ratio": Decimal(0), "labour_hours": 0, "label_yield_ratio": Decimal(usable)}
    assert ("label-above-sticker" in codes(**facts)) is is_told


def test_labels_without_a_price_have_no_sticker_to_be_above() -> None:
    assert "label-above-sticker" not in codes(usd_per_label=Decimal(0), usd_per_review=Decimal(3))


@pytest.mark.parametrize(("sent", "meter"), [(98_560, "input"), (98_561, "long_context_input")])
def test_examples_cost_what_the_whole_prompt_costs(sent: int, meter: str) -> None:
    """Eight examples of 180 tokens make the prompt end at the step of 100,000 tokens, or one token above it."""
    found = plan(
        model_id=HAIKU,
        routing="global",
        cache_ttl="none",
        input_tokens_per_request=sent,
        examples_per_prompt=8,
        tokens_per_example=180,
    )
    assert found.example_usd_per_mtok() == TODAY.price(HAIKU, "us-east-1", "global", meter).usd


def test_examples_in_a_cached_prompt_are_read_nine_times_in_ten_and_else_written() -> None:
    found = plan(
        cache_ttl="5m",
        cache_hit_ratio=Decimal("0.9"),
        cache_read_usd_per_mtok=Decimal(1),
        cache_write_usd_per_mtok=Decimal(11),
    )
    assert found.example_usd_per_mtok() == 2


def test_a_managed_knowledge_base_is_paid_by_the_thousand_retrievals() -> None:
    """300,000 of them, and the gigabytes of the index."""
    result = compared(vector_store="managed_knowledge_base", requests_per_month=300_000)
    rag = next(each for each in result.options if each.approach == "rag")
    paid = next(each.usd_per_month for each in rag.breakdown if each.what == "Vector store")
    rows = {
        name: TODAY.price(f"bedrock-knowledge-bases:{name}", "us-east-1", "", meter).usd
        for name, meter in (("standard-retrieval", "thousand_requests"), ("managed-index-storage", "gb_month"))
    }
    assert None not in rows.values()
    assert paid == 300 * (rows["standard-retrieval"] or 0) + result.rag_index_gb * (rows["managed-index-storage"] or 0)


def test_every_price_that_distillation_counts_is_listed() -> None:
    """Of the teacher, of the student, and of its training."""
    result = compared(model_id="amazon.nova-pro-v1:0", routing="in_region_or_geo")
    taught = next(each for each in result.options if each.approach == "distillation")
    assert taught.total_usd is not None
    teacher, student = taught.where.removeprefix("Bedrock Model Distillation: ").split(" teaches ")
    listed = [each.what for each in result.prices]
    assert teacher != student
    assert [each for each in listed if each.startswith(f"Training of {student}, ")]
    for name in (teacher, student):
        for meter in ("input", "output"):
            assert [each for each in listed if each.startswith(f"{name}, ") and f" {meter}" in each], (name, meter)


@pytest.mark.parametrize("facts", [STATES[0], STATES[2]])
def test_at_a_ring_the_cheaper_of_two_approaches_changes_from_one_request_to_the_next(facts: dict[str, Any]) -> None:
    drawn = chart(compared(**facts), "cost-by-volume")

    def ranked(requests: int) -> list[str]:
        options = plan(**{**facts, "requests_per_month": requests}).options(PAID_BY_TOKEN)
        priced = [each for each in options if each.total_usd is not None]
        return [each.approach for each in sorted(priced, key=lambda each: each.total_usd or 0)]

    assert rings(drawn)
    for at in rings(drawn):
        assert ranked(int(at)) != ranked(int(at) + 1)


def test_of_two_approaches_the_dearer_one_is_the_next() -> None:
    """Where nothing else has a price: 1,440 tokens of examples in 300,000 prompts a month, for a year at $2."""
    there = inputs(model_id="anthropic.claude-sonnet-5", region="eu-west-1", cache_ttl="none")
    result = customization.calculate(there)
    assert [each.approach for each in customization.by_cost(result.options)] == ["zero_shot", "few_shot"]
    assert TODAY.price(there.model_id, "eu-west-1", there.routing, "input").usd == 2
    assert customization.answer(there, result).endswith(" Next: examples in the prompt, $10,368.00 more.")


def test_a_student_without_a_training_price_is_told_as_such() -> None:
    """Bedrock distils Nova Premier into Nova Lite; no source gives a price for it until one is entered."""
    facts: dict[str, Any] = {"model_id": "amazon.nova-lite-v1:0", "routing": "in_region_or_geo"}
    options = {each.approach: each for each in compared(**facts).options}
    said = "Not on Bedrock. There is no public training price for the student: enter one to compare"
    assert (options["distillation"].where, options["distillation"].total_usd) == (said, None)
    entered = {each.approach: each for each in compared(**facts, training_usd_per_mtok=2).options}
    assert entered["distillation"].total_usd is not None
