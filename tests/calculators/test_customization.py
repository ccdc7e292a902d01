"""Customisation: worked examples and a case, a second counting, laws, warnings, refusals, flips."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from fractions import Fraction
from importlib import resources
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import calculators
from calculators import InputError, catalogue, customization
from calculators.customization_figures import look_up
from calculators.customization_options import Plan
from calculators.customization_sheet import APPROACHES, PAID_BY_TOKEN
from calculators.fields import specs
from calculators.steps import Receipt

if TYPE_CHECKING:
    from calculators.customization_sheet import Option

TODAY = catalogue.load()
SONNET = "anthropic.claude-sonnet-5"
MICRO: dict[str, Any] = {"model_id": "amazon.nova-micro-v1:0", "routing": "in_region_or_geo"}
PRO: dict[str, Any] = {"model_id": "amazon.nova-pro-v1:0", "routing": "in_region_or_geo"}
NO_TOKENS: dict[str, Any] = {
    "input_tokens_per_request": 0,
    "output_tokens_per_request": 0,
    "cached_prefix_tokens": 0,
}


def compared(**facts: Any) -> customization.Result:
    return customization.calculate(customization.Inputs(**facts))


def quietly(**facts: Any) -> customization.Result:
    """Return the result without its steps and charts."""
    return customization.calculate(customization.Inputs(**facts), is_quiet=True)


def priced(**facts: Any) -> dict[str, Option]:
    """Return the approaches as `calculate` prices them, without its search for flips."""
    inputs = customization.Inputs(**facts)
    plan = Plan(inputs, TODAY, look_up(inputs, TODAY), Receipt(is_quiet=True))
    return {each.approach: each for each in plan.options()}


def option(result: customization.Result, approach: str) -> Option:
    return next(each for each in result.options if each.approach == approach)


def lines(result: customization.Result, approach: str) -> dict[str, Decimal]:
    """Return the amounts of an approach by line."""
    return {
        each.what: each.upfront_usd if each.upfront_usd is not None else each.usd_per_month or Decimal(0)
        for each in option(result, approach).breakdown
    }


def codes(**facts: Any) -> set[str]:
    return {each.code for each in compared(**facts).warnings}


# --- worked examples -----------------------------------------------------------------------------


def test_the_seven_approaches_are_all_there_in_order() -> None:
    assert [each.approach for each in compared().options] == list(APPROACHES)


def test_f24_retrieval_on_s3_vectors() -> None:
    result = compared(model_id=SONNET, **NO_TOKENS)
    rag = option(result, "rag")
    assert rag.upfront_usd == Decimal("0.96")
    assert rag.usd_per_month == pytest.approx(Decimal("1201.02"), abs=Decimal("0.005"))
    assert result.rag_chunks == pytest.approx(Decimal("141176.5"), abs=Decimal("0.05"))
    assert result.rag_index_gb == pytest.approx(Decimal("0.722824"), abs=Decimal("5e-7"))
    assert lines(result, "rag")["Retrieved tokens"] == 1_200
    assert lines(result, "rag")["Embedding of the questions"] == Decimal("0.18")
    assert lines(result, "rag")["Vector store"] == pytest.approx(Decimal("0.793369"), abs=Decimal("5e-7"))


def test_f24_a_classic_collection_costs_its_floor() -> None:
    result = compared(model_id=SONNET, vector_store="opensearch_serverless", **NO_TOKENS)
    assert lines(result, "rag")["Vector store"] == Decimal("700.8")
    assert option(result, "rag").usd_per_month == pytest.approx(Decimal("1901.03"), abs=Decimal("0.005"))


def test_f24_a_manual_of_60000_tokens_is_better_sent_whole_below_87600_requests() -> None:
    facts = {"model_id": SONNET, "vector_store": "opensearch_serverless", "documents": 50}
    assert compared(**facts).rag_break_even_requests_per_month == 87_600
    assert "documents-do-not-fit" not in codes(**facts)


def test_a_corpus_beyond_the_context_has_no_break_even() -> None:
    result = compared(model_id=SONNET)
    assert result.rag_break_even_requests_per_month is None
    assert "documents-do-not-fit" in {each.code for each in result.warnings}


@pytest.mark.parametrize(
    ("facts", "requests"),
    [
        pytest.param(MICRO, "23968254", id="Nova Micro"),
        pytest.param({"model_id": SONNET}, "419444.4", id="Sonnet 5"),
        pytest.param({"model_id": SONNET, "cache_ttl": "5m", "cache_hit_ratio": 1}, "4194444", id="cached"),
    ],
)
def test_f25_examples_or_training(facts: dict[str, Any], requests: str) -> None:
    """$1,208 of fine-tuning: here all of it is work."""
    spent = {"training_examples": 0, "labour_hours": 1, "labour_usd_per_hour": 1_208, "training_usd_per_mtok": 1}
    found = compared(**facts, **spent).few_shot_break_even_requests
    assert found == pytest.approx(Decimal(requests), abs=Decimal("0.5"))


def test_f26_a_usable_label_costs_more_than_six_times_its_sticker_price() -> None:
    result = compared()
    assert result.label_usd_per_usable_item == pytest.approx(Decimal("0.665761"), abs=Decimal("5e-7"))
    assert lines(result, "fine_tuning")["Labels"] + lines(result, "fine_tuning")["Work"] == 12_250
    said = next(each.message for each in result.warnings if each.code == "label-above-sticker")
    assert "6.7 times" in said


@pytest.mark.parametrize(("price", "usd"), [("98.32", "322173.5"), ("55.04", "180354.3")])
def test_f27_an_instance_is_paid_once_and_not_for_each_gpu(price: str, usd: str) -> None:
    result = compared(instance_usd_per_hour=Decimal(price))
    assert result.pretraining_flop == 42 * 10**21
    assert result.pretraining_gpu_hours == pytest.approx(Decimal("26214.3"), abs=Decimal("0.05"))
    assert result.pretraining_usd == pytest.approx(Decimal(usd), abs=Decimal("0.05"))
    assert option(result, "pretraining").upfront_usd == result.pretraining_usd


def test_f27_llama_405b() -> None:
    result = compared(
        parameters=405 * 10**9,
        training_tokens=156 * 10**11,
        model_flops_utilisation_ratio=Decimal("0.4"),
        instance_usd_per_hour=16,
    )
    assert result.pretraining_gpu_hours == pytest.approx(Decimal(26_617_796), abs=1)
    assert result.pretraining_usd == pytest.approx(2 * Decimal(26_617_796), abs=2)


def test_f14_a_copy_of_own_weights_that_never_sleeps() -> None:
    assert lines(compared(), "pretraining")["Hosting, one copy awake all month"] == Decimal("5008.968")


# --- the case ------------------------------------------------------------------------------------

SQL_HELPER: dict[str, Any] = {
    **MICRO,
    "requests_per_month": 22_000,
    "input_tokens_per_request": 800,
    "output_tokens_per_request": 60,
    "cached_prefix_tokens": 0,
    "training_examples": 2_000,
    "tokens_per_example": 800,
    "epochs": 5,
}


def test_s05_a_fine_tuned_micro_is_paid_by_the_token() -> None:
    result = compared(**SQL_HELPER)
    assert option(result, "fine_tuning").usd_per_month == Decimal("0.8008")
    assert lines(result, "fine_tuning")["Training"] == 8
    assert option(result, "fine_tuning").where == "Bedrock fine-tuning, paid by the token"
    assert "storage-not-counted" in {each.code for each in result.warnings}


# --- where each approach lives -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "approach", "said"),
    [
        ({"model_id": SONNET}, "fine_tuning", "Not on Bedrock"),
        ({"model_id": SONNET}, "distillation", "not available for Anthropic models"),
        ({}, "fine_tuning", "Bedrock fine-tuning"),
        ({}, "distillation", "neither as a teacher nor as a student"),
        (MICRO, "distillation", "Amazon Nova Pro teaches Amazon Nova Micro"),
        (PRO, "distillation", "Amazon Nova Pro teaches Amazon Nova Micro"),
        ({**PRO, "region": "eu-central-1"}, "fine_tuning", "only in us-east-1 and us-west-2"),
        ({"model_id": "meta.llama3-3-70b-instruct-v1:0", "routing": "in_region_or_geo"}, "fine_tuning", "Legacy"),
        ({"vector_store": "aurora_pgvector"}, "rag", "Aurora PostgreSQL"),
        ({}, "continued_pretraining", "SageMaker AI, not Bedrock"),
    ],
)
def test_where_it_lives(facts: dict[str, Any], approach: str, said: str) -> None:
    assert said in option(compared(**facts), approach).where


def test_what_is_not_offered_has_no_figures_and_is_never_the_cheapest() -> None:
    result = compared(model_id=SONNET)
    for approach in ("fine_tuning", "distillation"):
        assert option(result, approach).total_usd is None
        assert option(result, approach).breakdown == ()
    assert "a plain prompt costs least" in customization.answer(customization.Inputs(model_id=SONNET), result)


def test_the_answer_says_that_quality_decides_and_names_the_next_step() -> None:
    said = customization.answer(customization.Inputs(), compared())
    assert "if it is good enough" in said
    assert "Next: examples in the prompt" in said
    said = customization.answer(customization.Inputs(**PRO), compared(**PRO))
    assert "distillation costs least" in said
    assert "Next: a plain prompt" in said


# --- a second counting ---------------------------------------------------------------------------


def price_rows() -> dict[tuple[str, str, str, str], Fraction]:
    """Read the price files again, without the catalogue."""
    found: dict[tuple[str, str, str, str], Fraction] = {}
    for name in ("bedrock_tokens.csv", "bedrock_capacity.csv", "services.csv"):
        text = (resources.files("calculators.catalogue") / "data" / name).read_text(encoding="utf-8")
        rows = [row for row in csv.DictReader(text.splitlines()) if row["usd"] and row["history_only"] == "no"]
        found |= {(r["item"], r["region"], r["routing"], r["meter"]): Fraction(r["usd"]) for r in rows}
    return found


PRICES = price_rows()
LOCAL = ("us-east-1", "in_region_or_geo")


@given(
    load=st.tuples(st.integers(0, 10**7), st.integers(0, 20_000), st.integers(0, 5_000)),
    shots=st.tuples(st.integers(0, 50), st.integers(0, 2_000)),
    corpus=st.tuples(st.integers(0, 10**5), st.integers(0, 5_000), st.integers(50, 2_000), st.integers(0, 20)),
    taught=st.tuples(st.integers(0, 50_000), st.integers(1, 10)),
    labels=st.tuples(st.integers(0, 9), st.integers(0, 300), st.integers(0, 100), st.integers(0, 1_000)),
    work=st.integers(0, 500),
    months=st.integers(1, 60),
)
@settings(max_examples=1000)
def test_micro_month_by_month_in_fractions(
    *,
    load: tuple[int, int, int],
    shots: tuple[int, int],
    corpus: tuple[int, int, int, int],
    taught: tuple[int, int],
    labels: tuple[int, int, int, int],
    work: int,
    months: int,
) -> None:
    """Five approaches on Nova Micro, each paid month after month from the price files."""
    requests, sent, answered = load
    p_in, p_out = (PRICES["amazon.nova-micro-v1:0", *LOCAL, meter] / 10**6 for meter in ("input", "output"))
    t_in, t_out = (PRICES["amazon.nova-pro-v1:0", *LOCAL, meter] / 10**6 for meter in ("input", "output"))
    embed = PRICES["amazon.titan-embed-text-v2:0", *LOCAL, "input"] / 10**6
    trained = PRICES["amazon.nova-micro-v1:0", "us-east-1", "", "custom_training"] / 10**6
    gigabyte = PRICES["amazon-s3-vectors:vector-storage", "us-east-1", "", "gb_month"]
    query = PRICES["amazon-s3-vectors:query-requests", "us-east-1", "", "million_queries"] / 10**6
    plain = requests * (sent * p_in + answered * p_out)
    corpus_tokens = corpus[0] * corpus[1]
    index = Fraction(corpus_tokens, corpus[2]) / Fraction(85, 100) * (4 * 1_024 + 1_024) / 10**9
    examples, epochs = taught
    votes, label_cents, reviewed, review_cents = labels
    training = examples * shots[1] * epochs * trained
    labelling = examples * (Fraction(votes * label_cents, 100) + Fraction(reviewed * review_cents, 10**4))
    once = {
        "zero_shot": Fraction(0),
        "few_shot": Fraction(0),
        "rag": corpus_tokens * embed,
        "fine_tuning": labelling * Fraction(115, 100) + 70 * work + training,
        "distillation": examples * (sent * t_in + answered * t_out) + 70 * work + training,
    }
    month = {
        "zero_shot": plain,
        "few_shot": plain + requests * shots[0] * shots[1] * p_in,
        "rag": plain
        + requests * (corpus[3] * corpus[2] * p_in + 30 * embed + query)
        + index * gigabyte
        + corpus_tokens * embed / 20,
        "fine_tuning": plain,
        "distillation": plain,
    }
    result = priced(
        **MICRO,
        requests_per_month=requests,
        input_tokens_per_request=sent,
        output_tokens_per_request=answered,
        cached_prefix_tokens=0,
        examples_per_prompt=shots[0],
        tokens_per_example=shots[1],
        documents=corpus[0],
        tokens_per_document=corpus[1],
        chunk_tokens=corpus[2],
        retrieved_chunks=corpus[3],
        training_examples=examples,
        epochs=epochs,
        labels_per_item=votes,
        usd_per_label=Decimal(label_cents) / 100,
        review_ratio=Decimal(reviewed) / 100,
        usd_per_review=Decimal(review_cents) / 100,
        labour_hours=work,
        horizon_months=months,
    )
    for approach in PAID_BY_TOKEN:
        wanted = once[approach] + sum([month[approach]] * months, Fraction(0))
        told = result[approach].total_usd
        assert told is not None
        assert abs(Fraction(told) - wanted) <= wanted / 10**20, approach


# --- laws ----------------------------------------------------------------------------------------

loads = st.fixed_dictionaries(
    {
        "requests_per_month": st.integers(0, 10**8),
        "input_tokens_per_request": st.integers(1_200, 50_000),
        "output_tokens_per_request": st.integers(0, 5_000),
        "examples_per_prompt": st.integers(0, 100),
        "retrieved_chunks": st.integers(0, 50),
        "training_examples": st.integers(0, 100_000),
        "horizon_months": st.integers(1, 60),
        "vector_store": st.sampled_from(
            ["s3_vectors", "opensearch_serverless", "aurora_pgvector", "managed_knowledge_base"]
        ),
    }
)


@given(facts=loads)
@settings(max_examples=100)
def test_lines_add_up_to_their_approach(facts: dict[str, Any]) -> None:
    for each in priced(**MICRO, **facts).values():
        if each.total_usd is None:
            continue
        upfront = sum(line.upfront_usd or 0 for line in each.breakdown)
        month = sum(line.usd_per_month or 0 for line in each.breakdown)
        assert each.upfront_usd == upfront
        assert each.usd_per_month == month
        assert each.total_usd == upfront + facts["horizon_months"] * month


@given(facts=loads)
@settings(max_examples=100)
def test_on_one_model_nothing_costs_less_than_the_plain_prompt(facts: dict[str, Any]) -> None:
    result = priced(**MICRO, **facts)
    plain = result["zero_shot"].total_usd
    assert plain is not None
    for approach in ("few_shot", "rag", "fine_tuning", "distillation"):
        cost = result[approach].total_usd
        assert cost is not None
        assert cost >= plain


@given(facts=loads, more=st.integers(1, 10**6))
@settings(max_examples=100)
def test_more_requests_never_cost_less(facts: dict[str, Any], more: int) -> None:
    before = priced(**MICRO, **facts)
    after = priced(**MICRO, **{**facts, "requests_per_month": facts["requests_per_month"] + more})
    for approach in APPROACHES:
        less, dearer = before[approach].total_usd, after[approach].total_usd
        assert less is not None
        assert dearer is not None
        assert dearer >= less


@given(facts=loads)
@settings(max_examples=30)
def test_the_calculator_prices_as_the_plan_does(facts: dict[str, Any]) -> None:
    assert quietly(**MICRO, **facts).options == tuple(priced(**MICRO, **facts).values())


@given(votes=st.integers(1, 9), price=st.integers(1, 1_000), usable=st.integers(1, 100))
@settings(max_examples=50)
def test_a_usable_label_never_costs_less_than_its_votes(votes: int, price: int, usable: int) -> None:
    sticker = Decimal(price) / 100
    found = quietly(
        labels_per_item=votes, usd_per_label=sticker, label_yield_ratio=Decimal(usable) / 100
    ).label_usd_per_usable_item
    assert found is not None
    assert found >= votes * sticker


def test_a_long_prompt_is_priced_at_its_long_context_price() -> None:
    """Haiku 5.5 charges five times as much above 100,000 tokens: the examples push the prompt over the step."""
    facts = {
        "model_id": "anthropic.claude-haiku-5-5",
        "input_tokens_per_request": 99_000,
        "requests_per_month": 1_000,
        "cached_prefix_tokens": 0,
        "output_tokens_per_request": 0,
    }
    result = quietly(**facts)
    assert lines(result, "zero_shot")["Answers"] == Decimal("9.9")  # 99 million tokens at $0.10
    assert lines(result, "few_shot")["Answers"] == Decimal("49.5")  # the same at $0.50


# --- warnings ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "shown", "hidden"),
    [
        ("not-offered", {"model_id": SONNET}, MICRO),
        ("no-public-price", PRO, MICRO),
        ("no-public-price", {"region": "eu-central-1"}, {}),
        ("sources-disagree", {**PRO, "model_id": "amazon.nova-premier-v1:0"}, PRO),
        ("hosting-unknown", {"parameters": 71 * 10**9}, {}),
        ("own-weights-hosting", {}, {"parameters": 71 * 10**9}),
        ("documents-do-not-fit", {}, {"documents": 10}),
        ("retrieved-tokens-dominate", {}, {"vector_store": "opensearch_serverless", "requests_per_month": 1_000}),
        ("classic-floor", {"vector_store": "opensearch_serverless"}, {}),
        ("agentic-retrieval-extra", {"vector_store": "managed_knowledge_base"}, {}),
        ("store-extras", {}, {"vector_store": "managed_knowledge_base"}),
        (
            "label-above-sticker",
            {},
            {"labels_per_item": 1, "review_ratio": 0, "labour_hours": 0, "label_yield_ratio": 1},
        ),
        ("pipeline-work-not-counted", {}, {"labour_hours": 0}),
        ("storage-not-counted", MICRO, {}),
        (
            "custom-has-no-cache",
            {"cache_ttl": "5m", "cache_write_usd_per_mtok": Decimal("0.3")},
            {},
        ),
        ("thinking-is-output", {"model_id": SONNET}, {}),
        ("beyond-context-window", {"input_tokens_per_request": 2_000_000}, {}),
    ],
)
def test_a_warning_is_there_where_it_applies_and_only_there(
    code: str, shown: dict[str, Any], hidden: dict[str, Any]
) -> None:
    assert code in codes(**shown)
    assert code not in codes(**hidden)


def test_own_pre_training_always_says_that_it_is_the_final_run() -> None:
    assert "final-run-only" in codes()


def test_the_share_of_the_retrieved_tokens_is_of_what_retrieval_adds() -> None:
    """F24: $1,200 of $1,201.02 a month, where the answers cost nothing."""
    result = quietly(model_id=SONNET, **NO_TOKENS)
    said = next(each.message for each in result.warnings if each.code == "retrieved-tokens-dominate")
    assert said.startswith("99.9% of what retrieval adds")


# --- caching -------------------------------------------------------------------------------------


def test_a_customised_model_pays_for_its_whole_prompt_also_where_others_read_it_from_a_cache() -> None:
    load = {"requests_per_month": 100_000, "input_tokens_per_request": 2_000, "output_tokens_per_request": 100}
    prefix = {"cache_ttl": "5m", "cached_prefix_tokens": 1_500, "cache_write_usd_per_mtok": Decimal("0.3")}
    own = {"input_usd_per_mtok": 1, "output_usd_per_mtok": 5}
    result = quietly(**load, **prefix, **own, cache_read_usd_per_mtok=Decimal("0.1"))
    assert lines(result, "fine_tuning")["Answers"] == 200 * 1 + 10 * 5  # millions of tokens
    assert lines(result, "zero_shot")["Answers"] < 250


def test_a_cache_price_is_asked_for_only_where_something_is_cached() -> None:
    """Neither a prefix nor examples: the missing price of a cache write decides nothing."""
    nothing: dict[str, Any] = {"cached_prefix_tokens": 0, "examples_per_prompt": 0}
    assert priced(cache_ttl="5m", **nothing)["zero_shot"] == priced(cache_ttl="none", **nothing)["zero_shot"]
    for kept in nothing:
        with pytest.raises(InputError, match="cache_write_usd_per_mtok"):
            priced(cache_ttl="5m", **{key: 0 for key in nothing if key != kept})


# --- refusals ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"model_id": "amazon.nova-pro-v1:0"}, "input_usd_per_mtok"),
        ({"cache_ttl": "5m"}, "cache_write_usd_per_mtok"),
        ({"overlap_ratio": Decimal("0.95")}, "overlap_ratio"),
        ({"gpus_per_instance": 0}, "gpus_per_instance"),
        ({"model_flops_utilisation_ratio": 40}, "model_flops_utilisation_ratio"),
        ({"vector_store": "notebook"}, "vector_store"),
        ({"cached_prefix_tokens": 9_000}, "cached_prefix_tokens"),
    ],
)
def test_what_is_not_public_or_not_possible_is_refused_by_name(facts: dict[str, Any], field: str) -> None:
    with pytest.raises(InputError) as caught:
        compared(**facts)
    assert [each.field for each in caught.value.problems] == [field]


def test_a_training_price_of_the_readers_own_opens_fine_tuning() -> None:
    result = compared(**PRO, training_usd_per_mtok=8)
    assert lines(result, "fine_tuning")["Training"] == 8 * 18  # 18 million trained tokens
    assert any(each.overridden and each.value == 8 for each in result.prices)


# --- flips ---------------------------------------------------------------------------------------

CASES: list[dict[str, Any]] = [{}, PRO, {"requests_per_month": 3_000_000}, {**MICRO, "retrieved_chunks": 2}]


def next_step(**facts: Any) -> str | None:
    try:
        result = quietly(**facts)
    except InputError:
        return None
    return next(each.approach for each in customization.by_cost(result.options) if each.approach != "zero_shot")


@pytest.mark.parametrize("facts", CASES)
def test_each_flip_really_flips_and_not_before(facts: dict[str, Any]) -> None:
    result, known = compared(**facts), specs(customization.Inputs)
    assert result.flips
    for flip in result.flips:
        assert next_step(**{**facts, flip.input: flip.flips_at}) == flip.becomes, flip
        if isinstance(flip.flips_at, Decimal):
            step = max(abs(flip.flips_at) * Decimal("1e-6"), Decimal("1e-9"))
            nudge = Decimal(1) if known[flip.input].is_whole else step
            nudged = max(Decimal(0), flip.flips_at + (nudge if flip.now > flip.flips_at else -nudge))
            assert next_step(**{**facts, flip.input: nudged}) == next_step(**facts), flip


def test_the_crossings_drawn_are_where_both_totals_meet() -> None:
    result = compared(**PRO)
    chart = next(each for each in result.charts if each.id == "cost-by-volume")
    rings = next(layer["data"]["values"] for layer in chart.spec["layer"] if layer["mark"].get("type") == "point")
    assert rings
    for ring in rings:
        at = quietly(**PRO, requests_per_month=round(ring["requests_per_month"]))
        totals = [float(each.total_usd) for each in at.options if each.total_usd is not None]
        near = [each for each in totals if abs(each - ring["usd"]) <= 1e-4 * ring["usd"]]
        assert len(near) >= 2


@pytest.mark.parametrize("facts", [{}, PRO])
def test_the_lines_by_volume_are_drawn_beyond_twice_now_and_beyond_every_crossing(facts: dict[str, Any]) -> None:
    chart = next(each for each in compared(**facts).charts if each.id == "cost-by-volume")
    rings = next(layer["data"]["values"] for layer in chart.spec["layer"] if layer["mark"].get("type") == "point")
    drawn: dict[str, list[float]] = {}
    for row in chart.spec["data"]["values"]:
        drawn.setdefault(row["approach"], []).append(row["requests_per_month"])
    needed = max([2 * 300_000, *(ring["requests_per_month"] for ring in rings)])
    for name, volumes in drawn.items():
        assert min(volumes) == 0, name
        assert max(volumes) > needed, name


# --- the whole input space -----------------------------------------------------------------------


def any_value(spec: Any) -> st.SearchStrategy[Any]:
    """Draw any value that an input takes, its limits often."""
    if spec.kind == "choice":
        return st.sampled_from(sorted(spec.choices()))
    low, high = spec.minimum, spec.maximum
    ends = st.sampled_from([low, high])
    if spec.is_whole:
        drawn = ends | st.integers(int(low), int(high)) | st.integers(int(low), min(int(high), int(low) + 1_000))
    else:
        drawn = ends | st.decimals(low, high, places=6) | st.decimals(low, min(high, low + 1), places=6)
    return st.none() | drawn if spec.is_nullable else drawn


@given(
    given_inputs=st.fixed_dictionaries(
        {},
        optional={name: any_value(spec) for name, spec in specs(customization.Inputs).items()},
    )
)
@settings(max_examples=300, deadline=None)
def test_any_possible_input_has_a_result_or_a_refusal(given_inputs: dict[str, Any]) -> None:
    try:
        result = calculators.run("customization", given_inputs)
    except InputError as refused:
        assert refused.problems  # noqa: PT017 - the refusal names its inputs
        return
    json.dumps(result, allow_nan=False)


def test_the_lines_of_each_approach_are_a_table_of_their_own() -> None:
    """The view takes rows within rows out of their table and puts each below, with the row it belongs to."""
    tables = {each["id"]: each for each in calculators.bake("customization")["view"]["tables"]}
    lines_shown = [tuple(row[:2]) for row in tables["options-breakdown"]["rows"]]
    assert lines_shown == [
        (APPROACHES[each.approach], line.what) for each in compared().options for line in each.breakdown
    ]
    assert all(len(row) == len(tables["options"]["columns"]) for row in tables["options"]["rows"])
    assert "Made of" not in [each["label"] for each in tables["options"]["columns"]]
