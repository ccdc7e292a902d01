"""Whose word counts about the offers: the default changes nothing, and no source makes anything free."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import calculators
from calculators import InputError, catalogue, distillation_savings, shown, tier_selection
from calculators.catalogue import judge_pair
from calculators.offer_source import NAMES, PAIR_SOURCES, TIER_SOURCES
from calculators.tier_options import NEEDS_CARD
from calculators.tier_rules import TIERS

TODAY = catalogue.load()
SONNET_46, SONNET_5, OPUS_5 = "anthropic.claude-sonnet-4-6", "anthropic.claude-sonnet-5", "anthropic.claude-opus-5"
PREMIER, PRO, NOVA_2, MICRO = (
    "amazon.nova-premier-v1:0",
    "amazon.nova-pro-v1:0",
    "amazon.nova-2-lite-v1:0",
    "amazon.nova-micro-v1:0",
)
LLAMA_405B, LLAMA_8B = "meta.llama3-1-405b-instruct-v1:0", "meta.llama3-1-8b-instruct-v1:0"
UNIT = {"unit_usd_per_hour": 20, "unit_input_tokens_per_minute": 120_000, "unit_output_tokens_per_minute": 24_000}
GEO, ASSURED = {"routing": "in_region_or_geo"}, {"needs_assured_capacity": True}
CHAT = sorted(each.id for each in TODAY.models.values() if each.kind == "chat")

states = st.fixed_dictionaries(
    {
        "model_id": st.sampled_from(CHAT),
        "routing": st.sampled_from(["global", "in_region_or_geo"]),
        "requests_per_month": st.integers(200, 10**8),
        "cache_ttl": st.sampled_from(["none", "5m"]),
        "deferrable_ratio": st.sampled_from([Decimal(0), Decimal("0.35"), Decimal(1)]),
        "acceptable_wait": st.sampled_from(["hours", "a_day"]),
        "needs_assured_capacity": st.booleans(),
        "customization": st.sampled_from(["none", "on_demand_custom", "full_custom"]),
        "reserved_term": st.sampled_from(["1_month", "3_months"]),
        "unit_usd_per_hour": st.one_of(st.none(), st.integers(1, 60)),
        "unit_input_tokens_per_minute": st.one_of(st.none(), st.just(120_000)),
        "unit_output_tokens_per_minute": st.one_of(st.none(), st.just(24_000)),
    }
)


def chosen(**facts: Any) -> tier_selection.Result | None:
    """Return the result, or None where there is none."""
    try:
        return tier_selection.calculate(tier_selection.Inputs(**facts), is_quiet=True)
    except InputError:
        return None


def distilled(**facts: Any) -> distillation_savings.Result:
    return distillation_savings.calculate(distillation_savings.Inputs(**facts))


def options(result: tier_selection.Result) -> dict[str, Any]:
    return {each.tier: each for each in result.options}


# --- the default ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "tier", "usd_per_month"),
    [
        ({}, "batch", "1737.3375"),
        ({"model_id": OPUS_5} | GEO, "batch", "3185.11875"),
        ({"model_id": NOVA_2, "acceptable_wait": "hours", "customization": "on_demand_custom"}, "standard", "353.75"),
        ({"model_id": NOVA_2, "customization": "on_demand_custom"} | ASSURED | UNIT, "provisioned", "14600"),
        ({"model_id": "anthropic.claude-3-7-sonnet-20250219-v1:0"} | ASSURED | GEO | UNIT, "batch", "1737.3375"),
    ],
)
def test_without_a_source_the_answers_are_those_from_before_there_was_a_choice(
    facts: dict[str, Any], tier: str, usd_per_month: str
) -> None:
    result = chosen(**facts)
    assert result is not None
    assert (result.recommended.tier, result.recommended.usd_per_month) == (tier, Decimal(usd_per_month))
    assert result.options == chosen(**facts, offer_source="today").options  # type: ignore[union-attr]


@given(facts=states)
@settings(max_examples=60)
def test_by_default_the_catalogue_alone_says_what_is_offered(facts: dict[str, Any]) -> None:
    result = chosen(**facts)
    if result is None or facts["customization"] != "none":
        return
    for tier, option in options(result).items():
        if tier != "custom_import":
            card = "caching" if tier == "standard_cached" else NEEDS_CARD.get(tier, "standard")
            assert option.offered == TODAY.offered(facts["model_id"], "us-east-1", facts["routing"], card).is_offered


@pytest.mark.parametrize(("teacher", "student"), list(product((PREMIER, PRO, LLAMA_405B, SONNET_5), (MICRO, LLAMA_8B))))
def test_by_default_a_pair_is_judged_as_before(teacher: str, student: str) -> None:
    result = distilled(teacher_model_id=teacher, student_model_id=student)
    pair = judge_pair(TODAY, teacher, student, "us-east-1")
    assert (result.allowed, result.reasons) == (pair.is_offered, pair.reasons)


# --- every source --------------------------------------------------------------------------------


@given(facts=states, source=st.sampled_from(sorted(TIER_SOURCES)))
@settings(max_examples=150)
def test_no_source_prices_what_it_does_not_offer_or_makes_anything_free(facts: dict[str, Any], source: str) -> None:
    result = chosen(**facts, offer_source=source)
    if result is None:
        return
    for option in result.options:
        if not option.offered:
            assert (option.suitable, option.usd_per_month) == (False, None)
        elif option.usd_per_month is not None:
            assert option.usd_per_month > 0
    best = options(result)[result.recommended.tier or ""]
    assert best.offered
    assert best.suitable


@given(facts=states, source=st.sampled_from(sorted(TIER_SOURCES)))
@settings(max_examples=80)
def test_a_price_that_two_sources_both_give_is_the_same(facts: dict[str, Any], source: str) -> None:
    """A source says what is offered; what that costs, it does not change."""
    now, then = chosen(**facts), chosen(**facts, offer_source=source)
    if now is None or then is None:
        return
    for tier, here in options(now).items():
        there = options(then)[tier]
        if None not in (here.usd_per_month, there.usd_per_month) and tier in ("standard", "provisioned", "priority"):
            assert here.usd_per_month == there.usd_per_month


@given(facts=states, source=st.sampled_from(sorted(TIER_SOURCES)))
@settings(max_examples=80)
def test_a_unit_without_a_price_has_none_whoever_offers_it(facts: dict[str, Any], source: str) -> None:
    is_known = TODAY.find_price(facts["model_id"], "us-east-1", facts["routing"], "model_unit_hour_none") is not None
    result = chosen(**facts | dict.fromkeys(UNIT), offer_source=source)
    if result is not None and not is_known:
        assert options(result)["provisioned"].usd_per_month is None


def test_what_only_the_guide_offers_is_refused_until_it_has_figures() -> None:
    facts = {"model_id": SONNET_5, "needs_assured_capacity": True, "deferrable_ratio": 0, "offer_source": "exam_guide"}
    with pytest.raises(InputError) as refused:
        tier_selection.calculate(tier_selection.Inputs(**facts))  # type: ignore[arg-type]
    assert {each.field for each in refused.value.problems} == set(UNIT)
    result = chosen(**facts, **UNIT)
    assert result is not None
    # 250,000 × 350 / 43,800 = 1,998 output tokens a minute, twice that at the peak: one unit of 730 h × $20.
    assert (result.recommended.tier, result.recommended.usd_per_month) == ("provisioned", Decimal(14_600))
    assert chosen(**facts | {"offer_source": "today"}, **UNIT).recommended.tier == "standard_cached"  # type: ignore[union-attr]


def test_batch_without_a_price_row_is_gone_where_the_price_files_count() -> None:
    by_list, by_file = (
        chosen(model_id=OPUS_5, deferrable_ratio=1, offer_source=each) for each in ("today", "price_file")
    )
    assert by_list is not None
    assert by_file is not None
    assert (by_list.recommended.tier, by_file.recommended.tier) == ("batch", "standard_cached")
    assert not options(by_file)["batch"].offered


def test_older_material_knows_no_reserved_term_of_three_months() -> None:
    for source, term, is_offered in (
        ("today", "3_months", True),
        ("exam_guide", "3_months", False),
        ("exam_guide", "1_month", True),
        ("price_file", "3_months", True),
    ):
        result = chosen(offer_source=source, reserved_term=term)
        assert result is not None
        assert options(result)["reserved"].offered is is_offered


# --- what each source would answer ---------------------------------------------------------------


@given(facts=states, source=st.sampled_from(sorted(TIER_SOURCES)))
@settings(max_examples=60)
def test_each_reading_tells_what_the_calculator_answers_when_it_is_followed(facts: dict[str, Any], source: str) -> None:
    result = chosen(**facts, offer_source=source)
    if result is None:
        return
    followed, *others = result.readings
    assert (followed.source, followed.is_followed) == (source, True)
    assert source == "today" or "today" in {each.source for each in others}
    for each in result.readings:
        then = chosen(**facts, offer_source=each.source)
        told = followed.answer if each.answer == "The same." else each.answer
        if then is None:
            assert told.startswith("None")
        else:
            best = then.recommended
            assert told.startswith(f"{TIERS[best.tier or '']}: {shown.usd(best.usd_per_month or Decimal(0))} a month.")
        assert each.read
    today = chosen(**facts)
    for silent in set(TIER_SOURCES) - {each.source for each in result.readings}:
        then = chosen(**facts, offer_source=silent)
        assert (then is None) == (today is None)
        if then is not None and today is not None:
            assert [each.offered for each in then.options] == [each.offered for each in today.options]


@pytest.mark.parametrize(
    ("facts", "allowed"),
    [
        ({"offer_source": "today"}, True),
        ({"offer_source": "lifecycle_page"}, False),
        ({"offer_source": "pair_list"}, True),
        ({"teacher_model_id": PRO, "offer_source": "lifecycle_page"}, True),
        ({"teacher_model_id": LLAMA_405B, "student_model_id": LLAMA_8B}, False),
        ({"teacher_model_id": LLAMA_405B, "student_model_id": LLAMA_8B, "offer_source": "pair_list"}, True),
        ({"teacher_model_id": LLAMA_8B, "student_model_id": MICRO, "offer_source": "pair_list"}, False),
    ],
)
def test_a_pair_is_offered_by_the_source_whose_word_counts(facts: dict[str, Any], *, allowed: bool) -> None:
    assert distilled(**facts).allowed is allowed


def test_the_readings_of_a_pair_tell_what_is_answered_when_they_are_followed() -> None:
    result = distilled()
    assert [each.source for each in result.readings] == ["today", "lifecycle_page", "exam_guide"]
    by = {each.source: each.answer for each in result.readings}
    assert by["today"] == "Offered, and repaid after 6.52 months, within the horizon."
    assert by["lifecycle_page"].startswith("Not offered")
    assert by["exam_guide"].startswith("None")


def test_a_student_paid_by_the_token_is_refused_by_older_material_and_an_hour_has_no_price() -> None:
    for facts, field in (({}, "hosting"), ({"hosting": "provisioned"}, "hosting_usd_per_hour")):
        with pytest.raises(InputError) as refused:
            distilled(offer_source="exam_guide", **facts)
        assert [each.field for each in refused.value.problems] == [field]
    assert distilled(offer_source="exam_guide", hosting="provisioned", hosting_usd_per_hour=8) is not None


def test_a_list_that_names_a_pair_gives_it_no_training_price() -> None:
    facts = {"teacher_model_id": LLAMA_405B, "student_model_id": "meta.llama3-3-70b-instruct-v1:0"}
    assert TODAY.find_price(facts["student_model_id"], "us-east-1", "", "custom_training") is None
    with pytest.raises(InputError, match="training_usd_per_mtok"):
        distilled(**facts, offer_source="pair_list")


# --- warnings ------------------------------------------------------------------------------------


def told(name: str, code: str, **facts: Any) -> list[str]:
    return [each["message"] for each in calculators.run(name, facts)["warnings"] if each["code"] == code]


def test_a_source_that_decides_is_told_with_both_answers_and_dates() -> None:
    (by_file,) = told("tier-selection", "offer-source", model_id=OPUS_5, offer_source="price_file")
    assert "2026-11-13" in by_file
    assert "AWS's pages today (2026-09): Batch:" in by_file
    (today,) = told("tier-selection", "offer-source", model_id=OPUS_5)
    assert "the price files alone (2026-11-13): Standard with prompt caching:" in today
    assert told("tier-selection", "offer-source", model_id=SONNET_5) == []  # units without a figure decide nothing


@pytest.mark.parametrize("source", sorted(PAIR_SOURCES))
def test_following_another_source_than_the_course_is_said(source: str) -> None:
    facts = {"hosting": "provisioned", "hosting_usd_per_hour": 2}
    messages = told("distillation-savings", "offer-source", offer_source=source, **facts)
    assert len(messages) == (source != "today")
    assert all(NAMES[source].removeprefix("The ") in each for each in messages)


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("token-cost", {"model_id": PREMIER, "cache_ttl": "none"} | GEO),
        ("token-cost", {"model_id": PRO, "cache_ttl": "none", "compare_model_ids": [PREMIER]} | GEO),
        ("tier-selection", {"model_id": PREMIER} | GEO),
        ("model-choice", {"large_model_id": PREMIER, "small_model_id": MICRO} | GEO),
        ("customization", {"model_id": PREMIER} | GEO),
        ("distillation-savings", {"teacher_model_id": PREMIER, "student_model_id": NOVA_2}),
    ],
)
def test_a_price_of_a_model_that_may_have_left_is_not_silent(name: str, facts: dict[str, Any]) -> None:
    (message,) = told(name, "retirement", **facts)
    assert TODAY.disputed_ends[PREMIER].last_day in message


@pytest.mark.parametrize(("last_day", "is_told"), [("2027-02-11", True), ("2027-02-12", False), ("2026-01-01", True)])
def test_a_disputed_last_day_is_told_from_90_days_before(last_day: str, *, is_told: bool) -> None:
    end = replace(TODAY.disputed_ends[PREMIER], last_day=last_day)
    then = replace(TODAY, disputed_ends={PREMIER: end})
    inputs = tier_selection.Inputs(model_id=PREMIER, routing="in_region_or_geo")
    codes = {each.code for each in tier_selection.calculate(inputs, then).warnings}
    assert ("retirement" in codes) is is_told


def test_a_reading_says_what_its_source_offers_or_refuses() -> None:
    says = {each.source: each.says for each in tier_selection.calculate(tier_selection.Inputs()).readings}
    assert says["exam_guide"].startswith("Older material offers Provisioned Throughput for any model")
    assert says["price_file"] == (
        "The price files list no price of Batch inference for Claude Sonnet 4.6 on this route."
    )
    custom = tier_selection.Inputs(model_id=NOVA_2, customization="on_demand_custom")
    (guide,) = [each for each in tier_selection.calculate(custom).readings if each.source == "exam_guide"]
    assert guide.says == "Older material hosts a customised model on Provisioned Throughput only."
