"""Distillation savings: its worked example and case, a second counting, laws, warnings, refusals, flips."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from importlib import resources
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import calculators
from calculators import InputError, catalogue, distillation_savings
from calculators.distillation_balance import payback_again, weigh
from calculators.fields import specs
from calculators.steps import Receipt

TODAY = catalogue.load()
PREMIER, PRO, LITE, MICRO = (f"amazon.nova-{each}-v1:0" for each in ("premier", "pro", "lite", "micro"))
SONNET, HAIKU = "anthropic.claude-sonnet-5", "anthropic.claude-haiku-4-5-20251001-v1:0"
LLAMA_70B, LLAMA_8B = "meta.llama3-1-70b-instruct-v1:0", "meta.llama3-1-8b-instruct-v1:0"
CHAT = sorted(each.id for each in TODAY.models.values() if each.kind == "chat")


def distilled(**facts: Any) -> distillation_savings.Result:
    return distillation_savings.calculate(distillation_savings.Inputs(**facts))


def quietly(**facts: Any) -> distillation_savings.Result:
    """Return the result without its steps and charts."""
    return distillation_savings.calculate(distillation_savings.Inputs(**facts), is_quiet=True)


def codes(**facts: Any) -> set[str]:
    return {each.code for each in distilled(**facts).warnings}


# --- worked examples -----------------------------------------------------------------------------


def test_f22_premier_teaches_micro() -> None:
    result = distilled()
    assert result.teacher_usd_per_request == Decimal("0.004125")
    assert result.student_usd_per_request == Decimal("0.0000525")
    assert result.cost_cut_ratio == pytest.approx(Decimal("0.987273"), abs=Decimal("5e-7"))
    assert result.labelling_usd == Decimal("41.25")
    assert result.training_usd == 21
    assert result.fixed_usd == Decimal("8662.25")
    assert result.error_penalty_usd_per_request == Decimal("0.00075")
    assert result.net_saving_usd_per_request == Decimal("0.0033225")
    assert result.saving_usd_per_month == 1329
    assert result.break_even_requests == pytest.approx(Decimal(2_607_148), abs=Decimal("0.5"))
    assert result.payback_months == pytest.approx(Decimal("6.51787"), abs=Decimal("5e-6"))
    assert result.error_cost_ceiling_usd == Decimal("0.2715")
    assert result.hosting_break_even_requests_per_month is None


def test_f22_without_people_and_at_the_cap_of_synthesis() -> None:
    alone = distilled(evaluations=0, labour_hours=0)
    assert alone.break_even_requests == pytest.approx(Decimal("18735.9"), abs=Decimal("0.05"))
    assert distilled(training_examples=15_000).labelling_usd == Decimal("61.875")


def test_f22_an_hourly_unit_is_paid_instead_of_tokens() -> None:
    result = distilled(hosting="provisioned", hosting_usd_per_hour=8)
    needed = result.hosting_break_even_requests_per_month
    assert needed == pytest.approx(Decimal(1_730_370), abs=Decimal("0.5"))
    assert result.student_usd_per_request == 0
    assert result.saving_usd_per_month == Decimal("0.003375") * 400_000 - 5_840
    at_break_even = distilled(hosting="provisioned", hosting_usd_per_hour=8, requests_per_month=1_730_371)
    assert 0 < at_break_even.saving_usd_per_month < Decimal("0.01")


def test_a_unit_price_is_told_what_it_needs_even_where_tokens_are_paid() -> None:
    result = distilled(hosting_usd_per_hour=8)
    assert result.hosting_break_even_requests_per_month == pytest.approx(Decimal(1_730_370), abs=Decimal("0.5"))
    assert result.saving_usd_per_month == 1329


def test_an_imported_student_is_counted_as_one_unit_awake_all_month() -> None:
    """$0.05718 a minute for 43,800 minutes, by hand."""
    result = distilled(hosting="imported", requests_per_month=0)
    assert result.saving_usd_per_month == -Decimal("0.05718") * 43_800


# --- the case ------------------------------------------------------------------------------------


def test_s24_claude_cannot_be_distilled_into_claude() -> None:
    result = distilled(teacher_model_id=SONNET, student_model_id=HAIKU)
    assert not result.allowed
    assert "not available for Anthropic models" in result.reasons[0]
    assert result.training_usd is None
    assert result.payback_months is None
    assert result.cumulative == ()
    assert result.teacher_usd_per_request > result.student_usd_per_request > 0
    said = distillation_savings.answer(
        distillation_savings.Inputs(teacher_model_id=SONNET, student_model_id=HAIKU), result
    )
    assert said.startswith("Bedrock does not distil Claude Sonnet 5 into Claude Haiku 4.5")


def test_s24_the_nova_pair_returns_in_half_a_year_and_never_with_dear_errors() -> None:
    assert distilled().allowed
    dear = distilled(usd_per_error=Decimal("0.2716"))
    assert dear.payback_months is None
    assert dear.break_even_requests is None
    assert "Stay with" in distillation_savings.answer(
        distillation_savings.Inputs(usd_per_error=Decimal("0.2716")), dear
    )


def test_where_aws_disagrees_about_the_teacher_the_answer_says_so() -> None:
    asked = distillation_savings.Inputs()
    assert "AWS's pages disagree" in distillation_savings.answer(asked, distilled())
    assert "2026-09-14" in distilled().reasons[1]
    asked = distillation_savings.Inputs(teacher_model_id=PRO)
    assert "disagree" not in distillation_savings.answer(asked, distilled(teacher_model_id=PRO))


# --- a second counting ---------------------------------------------------------------------------


def price_rows() -> dict[tuple[str, str, str, str], Fraction]:
    """Read the price files again, without the catalogue."""
    found: dict[tuple[str, str, str, str], Fraction] = {}
    for name in ("bedrock_tokens.csv", "bedrock_capacity.csv"):
        text = (resources.files("calculators.catalogue") / "data" / name).read_text(encoding="utf-8")
        rows = [row for row in csv.DictReader(text.splitlines()) if row["usd"] and row["history_only"] == "no"]
        found |= {(r["item"], r["region"], r["routing"], r["meter"]): Fraction(r["usd"]) for r in rows}
    return found


PRICES = price_rows()


@given(
    teacher=st.sampled_from([PREMIER, PRO]),
    counts=st.tuples(st.integers(0, 50_000), st.integers(0, 5_000), st.integers(0, 10**7)),
    examples=st.tuples(st.integers(0, 50_000), st.integers(0, 5_000), st.integers(1, 10)),
    people=st.tuples(st.integers(0, 2_000), st.integers(0, 500)),
    errors=st.tuples(st.integers(0, 1_000), st.integers(0, 200)),
    months=st.integers(1, 60),
)
@settings(max_examples=1000)
def test_two_purses_paid_month_by_month(
    *,
    teacher: str,
    counts: tuple[int, int, int],
    examples: tuple[int, int, int],
    people: tuple[int, int],
    errors: tuple[int, int],
    months: int,
) -> None:
    """One purse stays with the teacher, one makes the student; both are paid in exact fractions."""
    sent, answered, requests = counts
    token = {
        (model, meter): PRICES[model, "us-east-1", "in_region_or_geo", meter] / 10**6
        for model in (teacher, MICRO)
        for meter in ("input", "output")
    }
    answer = {model: sent * token[model, "input"] + answered * token[model, "output"] for model in (teacher, MICRO)}
    training = PRICES[MICRO, "us-east-1", "", "custom_training"] / 10**6
    wrong = Fraction(errors[0], 1_000) * Fraction(errors[1], 100)
    stay, distil = Fraction(0), Fraction(examples[0]) * answer[teacher]
    distil += examples[0] * examples[1] * examples[2] * training + people[0] * 2 + people[1] * 95
    for _ in range(months):
        stay += requests * answer[teacher]
        distil += requests * (answer[MICRO] + wrong)
    result = quietly(
        teacher_model_id=teacher,
        input_tokens_per_request=sent,
        output_tokens_per_request=answered,
        requests_per_month=requests,
        training_examples=examples[0],
        tokens_per_example=examples[1],
        epochs=examples[2],
        evaluations=people[0],
        labour_hours=people[1],
        extra_error_ratio=Decimal(errors[0]) / 1_000,
        usd_per_error=Decimal(errors[1]) / 100,
        horizon_months=months,
    )
    left, last = result.saving_over_horizon_usd, result.cumulative[-1]
    assert left is not None
    slack = (stay + distil) / 10**20
    assert abs(Fraction(left) - (stay - distil)) <= slack
    assert last.month == months
    assert abs(Fraction(last.stay_usd) - stay) <= slack
    assert abs(Fraction(last.distil_usd) - distil) <= slack


# --- laws ----------------------------------------------------------------------------------------

plans = st.fixed_dictionaries(
    {
        "teacher_model_id": st.sampled_from([PREMIER, PRO]),
        "requests_per_month": st.integers(0, 10**8),
        "input_tokens_per_request": st.integers(0, 50_000),
        "output_tokens_per_request": st.integers(0, 5_000),
        "training_examples": st.integers(0, 20_000),
        "evaluations": st.integers(0, 5_000),
        "labour_hours": st.integers(0, 1_000),
        "extra_error_ratio": st.integers(0, 100).map(lambda n: Decimal(n) / 1_000),
        "usd_per_error": st.integers(0, 300).map(lambda n: Decimal(n) / 100),
        "horizon_months": st.integers(1, 60),
    }
)


@given(facts=plans, more=st.integers(1, 5_000))
@settings(max_examples=100)
def test_more_people_never_shorten_payback_and_never_change_the_month(facts: dict[str, Any], more: int) -> None:
    before, after = quietly(**facts), quietly(**{**facts, "evaluations": facts["evaluations"] + more})
    assert after.saving_usd_per_month == before.saving_usd_per_month
    assert (after.payback_months is None) == (before.payback_months is None)
    if before.payback_months is not None and after.payback_months is not None:
        assert after.payback_months > before.payback_months


@given(facts=plans)
@settings(max_examples=100)
def test_payback_lies_within_the_horizon_exactly_when_something_is_left(facts: dict[str, Any]) -> None:
    result = quietly(**facts)
    left, months = result.saving_over_horizon_usd, result.payback_months
    assert left is not None
    if months is not None:
        assert (months <= facts["horizon_months"]) == (left >= 0)
    else:
        assert left <= 0


@given(facts=plans)
@settings(max_examples=100)
def test_above_the_error_ceiling_it_never_pays_and_below_it_does(facts: dict[str, Any]) -> None:
    ceiling = quietly(**facts).error_cost_ceiling_usd
    if ceiling is None or ceiling == 0 or not facts["requests_per_month"]:
        return
    below, above = (
        quietly(**{**facts, "usd_per_error": ceiling * factor}) for factor in (Decimal("0.999"), Decimal("1.001"))
    )
    assert below.payback_months is not None
    assert above.payback_months is None


@given(facts=plans)
@settings(max_examples=100)
def test_logged_answers_save_exactly_the_labelling(facts: dict[str, Any]) -> None:
    asked, logged = quietly(**facts), quietly(**facts, labels_from_logs=True)
    assert asked.fixed_usd is not None
    assert logged.labelling_usd == 0
    assert logged.fixed_usd == asked.fixed_usd - asked.labelling_usd


@given(facts=plans, hosting=st.sampled_from(["on_demand", "provisioned"]), logged=st.booleans())
@settings(max_examples=300)
def test_the_search_weighs_as_the_balance_does(facts: dict[str, Any], hosting: str, *, logged: bool) -> None:
    """Flips are searched with a shorter sum: it gives the same payback."""
    plan = {**facts, "hosting": hosting, "hosting_usd_per_hour": 3, "labels_from_logs": logged}
    like = distillation_savings.Inputs(teacher_model_id=plan["teacher_model_id"], hosting=hosting)
    like = like.trial("hosting_usd_per_hour", Decimal(3))
    balance = weigh(like, TODAY, Receipt(is_quiet=True))
    found = payback_again(distillation_savings.Inputs(**plan), balance)
    told = quietly(**plan).payback_months
    assert (found is None) == (told is None)
    if found is not None:
        assert found == pytest.approx(told, rel=Decimal("1e-20"))


# --- warnings ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "shown", "hidden"),
    [
        ("pair-not-offered", {"teacher_model_id": SONNET, "student_model_id": HAIKU}, {}),
        ("sources-disagree", {}, {"teacher_model_id": PRO}),
        ("labels-need-logging", {"labels_from_logs": True}, {}),
        ("synthesis-is-capped", {"training_examples": 15_001}, {"training_examples": 15_000}),
        ("not-evaluated", {"evaluations": 0}, {}),
        ("people-not-tokens", {}, {"evaluations": 0, "labour_hours": 0}),
        ("errors-cost-nothing", {"extra_error_ratio": 0}, {}),
        ("errors-cost-nothing", {"usd_per_error": 0}, {}),
        ("errors-eat-the-saving", {"usd_per_error": 1}, {}),
        ("student-is-dearer", {"student_input_usd_per_mtok": 99}, {}),
        (
            "hosting-eats-the-saving",
            {"hosting": "provisioned", "hosting_usd_per_hour": 8},
            {"hosting": "provisioned", "hosting_usd_per_hour": 8, "requests_per_month": 10**7},
        ),
        ("idle-is-paid", {"hosting": "provisioned", "hosting_usd_per_hour": 8}, {}),
        ("import-takes-open-weights", {"hosting": "imported"}, {}),
        ("storage-not-counted", {}, {"storage_usd_per_month": Decimal("1.95")}),
        (
            "caching-not-counted",
            {},
            {
                "teacher_model_id": LLAMA_70B,
                "student_model_id": LLAMA_8B,
                "region": "us-west-2",
                "training_usd_per_mtok": 1,
            },
        ),
        ("hosting-not-offered", {"hosting": "provisioned", "hosting_usd_per_hour": 8, "student_model_id": HAIKU}, {}),
        (
            "teacher-retires",
            {"teacher_model_id": LLAMA_70B, "student_model_id": LLAMA_8B, "region": "us-west-2"},
            {"teacher_model_id": LLAMA_70B, "student_model_id": LLAMA_8B, "region": "us-west-2", "horizon_months": 3},
        ),
        ("student-retires", {"student_model_id": LLAMA_8B}, {}),
        ("price-older-than-90-days", {}, {"training_usd_per_mtok": 1}),
        ("single-source-price", {}, {"training_usd_per_mtok": 1}),
        (
            "long-context-price",
            {
                "teacher_model_id": "anthropic.claude-haiku-5-5",
                "input_tokens_per_request": 100_001,
                "routing": "global",
                "student_input_usd_per_mtok": 1,
                "student_output_usd_per_mtok": 1,
            },
            {},
        ),
    ],
)
def test_a_warning_is_there_where_it_applies_and_only_there(
    code: str, shown: dict[str, Any], hidden: dict[str, Any]
) -> None:
    assert code in codes(**shown)
    assert code not in codes(**hidden)


# --- refusals ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"teacher_model_id": PRO, "student_model_id": LITE}, "training_usd_per_mtok"),
        ({"region": "us-west-2"}, "training_usd_per_mtok"),
        ({"hosting": "provisioned"}, "hosting_usd_per_hour"),
        ({"hosting": "imported", "region": "eu-west-1"}, "teacher_input_usd_per_mtok"),
        ({"storage_usd_per_month": None}, "storage_usd_per_month"),
        ({"routing": "global"}, "teacher_input_usd_per_mtok"),
        ({"horizon_months": 0}, "horizon_months"),
        ({"extra_error_ratio": 2}, "extra_error_ratio"),
    ],
)
def test_what_is_not_public_or_not_possible_is_refused_by_name(facts: dict[str, Any], field: str) -> None:
    with pytest.raises(InputError) as caught:
        distilled(**facts)
    assert [each.field for each in caught.value.problems] == [field]


def test_a_price_of_the_readers_own_is_used_and_said() -> None:
    result = distilled(teacher_model_id=PRO, student_model_id=LITE, training_usd_per_mtok=2)
    assert result.training_usd == 42
    assert [each.value for each in result.prices if each.overridden] == [2]


# --- flips ---------------------------------------------------------------------------------------

CASES: list[dict[str, Any]] = [
    {},
    {"requests_per_month": 100_000},
    {"hosting": "provisioned", "hosting_usd_per_hour": 8},
    {"region": "eu-central-1", "teacher_model_id": PRO},
]


def decision(**facts: Any) -> str | None:
    try:
        result = distilled(**facts)
    except InputError:
        return None
    if not result.allowed:
        return "not_offered"
    horizon = distillation_savings.Inputs(**facts).horizon_months
    return "pays" if result.payback_months is not None and result.payback_months <= horizon else "does_not_pay"


@pytest.mark.parametrize("facts", CASES)
def test_each_flip_really_flips_and_not_before(facts: dict[str, Any]) -> None:
    result, known = distilled(**facts), specs(distillation_savings.Inputs)
    assert result.flips
    for flip in result.flips:
        assert decision(**{**facts, flip.input: flip.flips_at}) == flip.becomes, flip
        if isinstance(flip.flips_at, Decimal):
            step = max(abs(flip.flips_at) * Decimal("1e-6"), Decimal("1e-9"))
            nudge = Decimal(1) if known[flip.input].is_whole else step
            nudged = max(Decimal(0), flip.flips_at + (nudge if flip.now > flip.flips_at else -nudge))
            assert decision(**{**facts, flip.input: nudged}) == decision(**facts), flip


# --- the whole input space -----------------------------------------------------------------------


def any_value(spec: Any) -> st.SearchStrategy[Any]:
    """Draw any value that an input takes, its limits often."""
    if spec.kind == "flag":
        return st.booleans()
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
        {name: any_value(spec) for name, spec in specs(distillation_savings.Inputs).items()}
    )
)
@settings(max_examples=300, deadline=None)
def test_any_possible_input_has_a_result_or_a_refusal(given_inputs: dict[str, Any]) -> None:
    try:
        result = calculators.run("distillation-savings", given_inputs)
    except InputError as refused:
        assert refused.problems  # noqa: PT017 - the refusal names its inputs
        return
    json.dumps(result, allow_nan=False)


# --- time ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("day", "is_told"), [(487, True), (488, False)])
def test_a_model_that_leaves_on_the_last_day_of_the_horizon_is_told(day: int, *, is_told: bool) -> None:
    """16 months of 365.25 / 12 days are 487 days."""
    leaves = date.fromisoformat(TODAY.snapshot) + timedelta(days=day)
    leaving = replace(TODAY.models[PREMIER], retirement_date=leaves.isoformat())
    then = replace(TODAY, models={**TODAY.models, PREMIER: leaving})
    result = distillation_savings.calculate(distillation_savings.Inputs(horizon_months=Decimal(16)), then)
    assert ("teacher-retires" in {each.code for each in result.warnings}) is is_told


def test_a_time_in_words_has_three_digits() -> None:
    """F22 repays after 6.51787 months: beyond a horizon of 6, within one of 7."""
    for horizon in (6, 7):
        chart = next(each for each in distilled(horizon_months=horizon).charts if each.id == "cumulative-cost")
        assert re.findall(r"after ([\d.]+) months", chart.summary)[0] == "6.52"
