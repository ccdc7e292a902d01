"""Model choice: worked examples, laws, refusals and flips."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import calculators
from calculators import InputError, model_choice
from calculators.fields import specs

HAIKU = "anthropic.claude-haiku-4-5-20251001-v1:0"
# F13: Llama 3.1 8B on Amazon Bedrock against g6e.2xlarge at an assumed 4 requests a second.
LLAMA: dict[str, Any] = {
    "small_model_id": "meta.llama3-1-8b-instruct-v1:0",
    "routing": "in_region_or_geo",
    "input_tokens_per_request": 800,
    "output_tokens_per_request": 200,
    "escalation_ratio": 0,
}


def chosen(**facts: Any) -> model_choice.Result:
    return model_choice.calculate(model_choice.Inputs(**facts))


def six_digits(value: Decimal | None) -> str:
    assert value is not None
    return f"{value:.6g}"


def test_f11_a_quarter_of_the_requests_is_hard() -> None:
    result = chosen()
    assert result.small_usd_per_request == Decimal("0.0035")
    assert result.large_usd_per_request == Decimal("0.0175")
    assert result.cascade_usd_per_request == Decimal("0.008175")
    assert result.router_usd_per_request_total == Decimal("0.0072")
    assert six_digits(result.cascade_saving_ratio) == "0.532857"
    assert six_digits(result.router_saving_ratio) == "0.588571"
    assert six_digits(result.cascade_break_even_escalation_ratio) == "0.782857"
    assert result.cheapest == "router"


def test_f12_an_arabic_paragraph_of_44_words() -> None:
    result = chosen(
        small_input_usd_per_mtok=Decimal("0.80"),
        large_input_usd_per_mtok=1,
        small_tokens_per_word=Decimal(256) / 44,
        large_tokens_per_word=Decimal(81) / 44,
    )
    assert six_digits(result.small_usd_per_1000_words) == "0.00465455"
    assert six_digits(result.large_usd_per_1000_words) == "0.00184091"


@pytest.mark.parametrize(("instances", "load", "requests"), [(1, "0.707727", 7_439_629), (2, "1.41545", 14_879_258)])
def test_f13_llama_on_instances_of_your_own(instances: int, load: str, requests: int) -> None:
    result = chosen(**LLAMA, instances=instances)
    assert result.small_usd_per_request == Decimal("0.00022")
    assert result.self_host_usd_per_month == instances * Decimal("2.24208") * 730
    assert six_digits(result.self_host_break_even_utilisation_ratio) == load
    assert round(result.self_host_break_even_requests_per_month or 0) == requests


@pytest.mark.parametrize(
    ("facts", "way"),
    [
        pytest.param({}, "router", id="some requests are hard"),
        pytest.param({"router_usd_per_request": Decimal("0.002")}, "cascade", id="a dear router"),
        pytest.param({"escalation_ratio": 1}, "large", id="all requests are hard"),
        pytest.param({"escalation_ratio": 0}, "small", id="none is hard"),
        pytest.param({"escalation_ratio": 0, "requests_per_month": 3_000_000}, "self_host", id="none, and many"),
        pytest.param({"escalation_ratio": 0, "requests_per_month": 22_000_000}, "small", id="more than they serve"),
        pytest.param({"requests_per_month": 3_000_000}, "router", id="own instances are no large model"),
        pytest.param({"large_model_id": HAIKU}, "large", id="nothing to save: the simplest"),
        pytest.param({"requests_per_month": 0}, "router", id="no requests: by the request"),
    ],
)
def test_each_way_is_the_cheapest_somewhere(facts: dict[str, Any], way: str) -> None:
    assert chosen(**facts).cheapest == way


PER_MILLE = st.integers(0, 1_000)


@given(hard=st.tuples(PER_MILLE, PER_MILLE))
def test_harder_work_never_costs_less(hard: tuple[int, int]) -> None:
    """Neither on a router nor on a cascade."""
    easier, harder = (chosen(escalation_ratio=Decimal(each) / 1000) for each in sorted(hard))
    assert easier.router_usd_per_request_total <= harder.router_usd_per_request_total
    assert easier.cascade_usd_per_request <= harder.cascade_usd_per_request


@given(hard=PER_MILLE)
def test_a_cascade_saves_exactly_below_its_break_even(hard: int) -> None:
    result = chosen(escalation_ratio=Decimal(hard) / 1000)
    assert result.cascade_saving_ratio is not None
    assert result.cascade_break_even_escalation_ratio is not None
    assert (result.cascade_saving_ratio > 0) == (Decimal(hard) / 1000 < result.cascade_break_even_escalation_ratio)


@given(requests=st.integers(0, 21_000_000))
def test_own_instances_win_exactly_above_their_break_even(requests: int) -> None:
    """With no hard request and within what they can serve."""
    result = chosen(**LLAMA, requests_per_month=requests)
    assert result.self_host_break_even_requests_per_month is not None
    assert (result.cheapest == "self_host") == (requests > result.self_host_break_even_requests_per_month)


@pytest.mark.parametrize(
    ("facts", "fields"),
    [
        ({"small_model_id": "meta.llama3-1-8b-instruct-v1:0"}, ["small_model_id"]),
        ({"large_model_id": "anthropic.claude-3-haiku-20240307-v1:0"}, ["large_model_id"]),
        (
            {
                "small_model_id": "meta.llama3-1-8b-instruct-v1:0",
                "large_model_id": "amazon.nova-micro-v1:0",
                "region": "sa-east-1",
            },
            ["small_model_id", "large_model_id", "instance_usd_per_hour"],
        ),
        (
            {"small_model_id": "meta.llama3-1-8b-instruct-v1:0", "small_input_usd_per_mtok": 1},
            ["small_model_id"],
        ),
    ],
)
def test_what_is_not_offered_or_not_public_is_refused_all_at_once(facts: dict[str, Any], fields: list[str]) -> None:
    with pytest.raises(InputError) as caught:
        chosen(**facts)
    assert [each.field for each in caught.value.problems] == fields


def test_both_prices_entered_stand_for_a_model_on_another_route() -> None:
    """Llama has no global profile; with its In-Region prices entered it can be held against a global model."""
    result = chosen(
        small_model_id="meta.llama3-1-8b-instruct-v1:0",
        small_input_usd_per_mtok=Decimal("0.22"),
        small_output_usd_per_mtok=Decimal("0.22"),
    )
    assert result.small_usd_per_request == Decimal("0.000418")  # 1,900 tokens at 0.22 a million
    assert sorted(each.overridden for each in result.prices) == [False, False, False, True, True]


def test_free_models_leave_nothing_to_save_and_nothing_to_break_even_with() -> None:
    free = dict.fromkeys(["small_input_usd_per_mtok", "small_output_usd_per_mtok"], 0)
    free |= dict.fromkeys(["large_input_usd_per_mtok", "large_output_usd_per_mtok"], 0)
    result = chosen(**free)
    assert result.cascade_saving_ratio is None
    assert result.router_saving_ratio is None
    assert result.cascade_break_even_escalation_ratio is None
    assert result.self_host_break_even_utilisation_ratio is None
    assert result.self_host_break_even_requests_per_month is None
    assert result.cheapest == "large"


def test_a_prompt_above_a_long_context_step_is_priced_there() -> None:
    below, above = (
        chosen(small_model_id="anthropic.claude-haiku-5-5", input_tokens_per_request=count, output_tokens_per_request=0)
        for count in (100_000, 100_001)
    )
    assert below.small_usd_per_request == Decimal("0.01")  # at 0.10 a million
    assert above.small_usd_per_request == Decimal("0.0500005")  # at 0.50 a million


CASES: list[dict[str, Any]] = [
    {},
    {"escalation_ratio": Decimal("0.9"), "router_usd_per_request": Decimal("0.002")},
    {"escalation_ratio": 0},
    {"escalation_ratio": 0, "requests_per_month": 3_000_000},
    {**LLAMA, "requests_per_month": 18_000_000},
    {"large_model_id": HAIKU},
]


@pytest.mark.parametrize("facts", CASES)
def test_each_flip_really_flips_and_not_before(facts: dict[str, Any]) -> None:
    result, known = chosen(**facts), specs(model_choice.Inputs)
    assert result.flips
    for flip in result.flips:
        assert chosen(**{**facts, flip.input: flip.flips_at}).cheapest == flip.becomes != result.cheapest, flip
        if isinstance(flip.flips_at, Decimal) and flip.flips_at != flip.now:
            step = max(abs(flip.flips_at) * Decimal("1e-6"), Decimal("1e-9"))
            nudge = Decimal(1) if known[flip.input].is_whole else step
            nudged = max(Decimal(0), flip.flips_at + (nudge if flip.now > flip.flips_at else -nudge))
            assert chosen(**{**facts, flip.input: nudged}).cheapest == result.cheapest, flip


@pytest.mark.parametrize("facts", CASES)
def test_an_input_left_out_of_the_flips_does_not_flip(facts: dict[str, Any]) -> None:
    """Not at a tenth, a half, the double or ten times of what it is, nor at its limits."""
    result, known = chosen(**facts), specs(model_choice.Inputs)
    inputs = model_choice.Inputs(**facts)
    flipping = {flip.input for flip in result.flips}
    for name, spec in known.items():
        now = getattr(inputs, name)
        if name in flipping or spec.kind != "number" or spec.is_nullable or name.endswith("_per_word"):
            continue
        assert spec.minimum is not None
        assert spec.maximum is not None
        for factor in map(Decimal, ("0.1", "0.5", "2", "10")):
            other = max(spec.minimum, min(spec.maximum, now * factor))
            other = other.to_integral_value() if spec.is_whole else other
            assert chosen(**{**facts, name: other}).cheapest == result.cheapest, (name, other)


def anything() -> st.SearchStrategy[dict[str, Any]]:
    """Return a strategy for every input over the whole of its declared range."""
    parts: dict[str, st.SearchStrategy[Any]] = {}
    for name, spec in specs(model_choice.Inputs).items():
        if spec.kind == "choice":
            parts[name] = st.sampled_from(sorted(spec.choices()))
            continue
        assert spec.minimum is not None
        assert spec.maximum is not None
        ends = st.sampled_from([spec.minimum, spec.maximum])
        inside = (
            st.integers(int(spec.minimum), int(spec.maximum)).map(Decimal)
            if spec.is_whole
            else st.decimals(spec.minimum, spec.maximum, places=9)
        )
        parts[name] = st.one_of(ends, inside, *([st.none()] if spec.is_nullable else []))
    return st.fixed_dictionaries({}, optional=parts)


@given(facts=anything())
@settings(max_examples=300)
def test_every_possible_input_has_an_answer_or_a_refusal(facts: dict[str, Any]) -> None:
    """And each answer is plain JSON without NaN or infinity."""
    try:
        result = calculators.run("model-choice", facts)
    except InputError as refused:
        assert {each.field for each in refused.problems} <= set(specs(model_choice.Inputs))  # noqa: PT017
        return
    json.dumps(result, allow_nan=False)
    inputs = model_choice.Inputs(**facts)
    assert model_choice.answer(inputs, model_choice.calculate(inputs))
