"""Token cost: worked examples, an independent oracle, laws and refusals."""

from __future__ import annotations

import csv
from decimal import Decimal
from fractions import Fraction
from importlib import resources
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculators import InputError, token_bill, token_cost

ROUTES = ("global", "in_region_or_geo")


BATCH = {"model_id": "anthropic.claude-sonnet-4-6", "tier": "batch"}


def cost(**facts: Any) -> token_cost.Result:
    return token_cost.calculate(token_cost.Inputs(**facts))


def test_f01_the_assistant_on_sonnet_5() -> None:
    result = cost()
    assert result.usd_per_request == Decimal("0.005216")
    assert result.usd_per_month == Decimal(1304)
    assert result.uncached_usd_per_month == Decimal(1775)
    assert result.input_output_only_usd_per_month == Decimal(1175)
    assert result.cache_saving_ratio == pytest.approx(Decimal("0.265352"), abs=Decimal("5e-7"))
    assert result.cache_break_even_hit_ratio == pytest.approx(Decimal("0.217391"), abs=Decimal("5e-7"))


def test_f03_a_third_of_the_work_in_batch() -> None:
    result = cost(
        model_id="anthropic.claude-sonnet-4-6",
        cache_ttl="none",
        batch_ratio=Decimal("0.35"),
        batch_retry_ratio=Decimal("0.02"),
    )
    assert result.batch_split_usd_per_month == Decimal("2215.2")


def test_f04_a_long_contract_is_cheaper_cached_than_in_batch() -> None:
    facts = {
        "model_id": "anthropic.claude-sonnet-4-6",
        "input_tokens_per_request": 20_000,
        "output_tokens_per_request": 200,
        "cached_prefix_tokens": 18_000,
        "cache_hit_ratio": 1,
    }
    result = cost(**facts)
    assert result.usd_per_request == Decimal("0.0144")
    assert result.batch_beats_cache_below_ratio == pytest.approx(Decimal("0.583333"), abs=Decimal("5e-7"))
    assert cost(**facts, tier="batch").usd_per_request == Decimal("0.0315")


def test_f02_nova_pro_at_each_tier() -> None:
    facts: dict[str, Any] = {"model_id": "amazon.nova-pro-v1:0", "routing": "in_region_or_geo", "cache_ttl": "none"}
    months = {tier: cost(**facts, tier=tier).usd_per_month for tier in token_bill.TIERS}
    assert months == {"standard": 640, "flex": 320, "batch": 320, "priority": 1120}


def test_haiku_charges_every_token_more_above_its_step() -> None:
    facts: dict[str, Any] = {
        "model_id": "anthropic.claude-haiku-5-5",
        "cache_ttl": "none",
        "output_tokens_per_request": 500,
    }
    below, above = (cost(**facts, input_tokens_per_request=count) for count in (100_000, 100_001))
    assert below.usd_per_request == Decimal("0.01025")  # 100,000 at 0.10 and 500 at 0.50 a million
    assert above.usd_per_request == Decimal("0.0512505")  # 100,001 at 0.50 and 500 at 2.50
    assert any(each.code == "long-context-price" for each in above.warnings)


def price_rows() -> dict[tuple[str, str, str, str], Fraction]:
    """Read the price file again, without the catalogue."""
    text = (resources.files("calculators.catalogue") / "data" / "bedrock_tokens.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return {(r["item"], r["region"], r["routing"], r["meter"]): Fraction(r["usd"]) for r in rows if r["usd"]}


PRICES = price_rows()
CACHED = sorted(
    (item, region, routing)
    for item, region, routing, meter in PRICES
    if meter == "cache_write_5m" and (item, region, routing, "long_context_input") not in PRICES
)


@given(
    route=st.sampled_from(CACHED),
    requests=st.integers(0, 10**9),
    counts=st.tuples(st.integers(0, 60_000), st.integers(0, 60_000), st.integers(0, 8_000)),
    hits=st.integers(0, 1000),
)
@settings(max_examples=1000)
def test_the_bill_equals_an_oracle_in_fractions(
    route: tuple[str, str, str], requests: int, counts: tuple[int, int, int], hits: int
) -> None:
    item, region, routing = route
    prefix, fresh, out = counts
    try:
        result = cost(
            model_id=item,
            region=region or "us-east-1",
            routing=routing,
            requests_per_month=requests,
            input_tokens_per_request=prefix + fresh,
            output_tokens_per_request=out,
            cached_prefix_tokens=prefix,
            cache_hit_ratio=Decimal(hits) / 1000,
        )
    except InputError as refused:
        assert "ended on" in str(refused)  # noqa: PT017 - a model that has left Bedrock is refused, whatever its price
        return
    read = Fraction(prefix * hits, 1000)
    usd = {meter: PRICES[item, region, routing, meter] for meter in ("input", "output", "cache_read", "cache_write_5m")}
    parts = [
        fresh * usd["input"],
        read * usd["cache_read"],
        (prefix - read) * usd["cache_write_5m"],
        out * usd["output"],
    ]
    wanted = sum(parts, Fraction(0)) * requests / 10**6
    if not prefix:
        assert {each.meter: each.usd_per_mtok for each in result.meters}["cache_read"] is None
    assert abs(Fraction(result.usd_per_month) - wanted) <= abs(wanted) / 10**20
    assert sum(each.usd_per_month for each in result.meters) == pytest.approx(
        result.usd_per_month, rel=Decimal("1e-20")
    )


counts = st.integers(0, 50_000)


@given(sent=counts, answered=counts, more=st.integers(1, 10_000))
def test_more_tokens_never_cost_less(sent: int, answered: int, more: int) -> None:
    facts: dict[str, Any] = {"cache_ttl": "none", "cached_prefix_tokens": 0}
    base = cost(**facts, input_tokens_per_request=sent, output_tokens_per_request=answered).usd_per_request
    longer = cost(**facts, input_tokens_per_request=sent + more, output_tokens_per_request=answered).usd_per_request
    wordier = cost(**facts, input_tokens_per_request=sent, output_tokens_per_request=answered + more).usd_per_request
    assert base < min(longer, wordier)


@given(prefix=st.integers(1, 1_800), ttl=st.sampled_from(["5m", "1h"]))
def test_a_cache_that_is_never_hit_never_saves(prefix: int, ttl: str) -> None:
    saving = cost(cached_prefix_tokens=prefix, cache_hit_ratio=0, cache_ttl=ttl).cache_saving_ratio
    assert saving is not None
    assert saving < 0


@given(hits=st.integers(0, 1000))
def test_caching_saves_exactly_above_its_break_even(hits: int) -> None:
    result = cost(cache_hit_ratio=Decimal(hits) / 1000)
    assert result.cache_saving_ratio is not None
    assert result.cache_break_even_hit_ratio is not None
    assert (result.cache_saving_ratio > 0) == (Decimal(hits) / 1000 > result.cache_break_even_hit_ratio)


def test_a_price_of_the_readers_own_replaces_the_standard_one_and_moves_the_tiers() -> None:
    facts: dict[str, Any] = {
        "model_id": "anthropic.claude-haiku-4-5-20251001-v1:0",
        "cache_ttl": "none",
        "input_usd_per_mtok": Decimal("0.8"),
        "tier": "batch",
    }
    result = cost(**facts)
    assert {each.meter: each.usd_per_mtok for each in result.meters}["input"] == Decimal("0.4")
    assert any(each.overridden for each in result.prices)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"tier": "batch"}, "tier"),
        ({"tier": "flex"}, "tier"),
        ({"batch_ratio": 1}, "batch_ratio"),
        ({"model_id": "amazon.nova-pro-v1:0"}, "tier"),
        ({"model_id": "amazon.nova-pro-v1:0", "routing": "in_region_or_geo"}, "cache_write_usd_per_mtok"),
        ({"model_id": "amazon.nova-pro-v1:0", "routing": "in_region_or_geo", "tier": "priority"}, "cache_ttl"),
        ({"model_id": "meta.llama3-1-405b-instruct-v1:0", "routing": "in_region_or_geo"}, "tier"),
    ],
)
def test_what_is_not_offered_or_not_public_is_refused_by_name(facts: dict[str, Any], field: str) -> None:
    with pytest.raises(InputError) as caught:
        cost(**facts)
    assert [each.field for each in caught.value.problems] == [field]


def test_other_models_stand_beside_with_a_reason_where_they_cannot() -> None:
    result = cost(compare_model_ids=("anthropic.claude-opus-5", "amazon.nova-pro-v1:0"))
    opus, nova = result.comparison
    assert opus.usd_per_request == Decimal("0.01304")  # 600·5 + 1080·0.5 + 120·6.25 + 350·25, a million
    assert not nova.offered
    assert nova.usd_per_month is None
    assert "global" in nova.reason


@pytest.mark.parametrize(("requests", "expected"), [(0, set()), (199, {"too-few-for-batch"}), (200, set())])
def test_a_batch_of_fewer_than_100_requests_is_warned_of(requests: int, expected: set[str]) -> None:
    facts = {"model_id": "anthropic.claude-sonnet-4-6", "batch_ratio": Decimal("0.5")}
    codes = {each.code for each in cost(**facts, requests_per_month=requests).warnings}
    assert codes & {"too-few-for-batch"} == expected


@pytest.mark.parametrize(("tokens", "is_short"), [(100, True), (1200, False)])
def test_the_answer_claims_no_saving_from_a_prefix_too_short_to_be_cached(tokens: int, *, is_short: bool) -> None:
    inputs = token_cost.Inputs(cached_prefix_tokens=Decimal(tokens))
    result = token_cost.calculate(inputs)
    said = token_cost.answer(inputs, result)
    assert ("too short: expect $1,775.00" in said) == is_short
    assert ("less than without caching" in said) != is_short


@pytest.mark.parametrize("facts", [{}, {"cache_ttl": "none"}, {"cache_ttl": "1h"}, {"cached_prefix_tokens": 0}, BATCH])
def test_the_bars_add_up_to_the_bill_with_and_without_caching(facts: dict[str, Any]) -> None:
    result = cost(**facts)
    chart = next(each for each in result.charts if each.id == "cost-by-meter")
    bills: dict[str, dict[str, float]] = {}
    for row in chart.spec["data"]["values"]:
        bills.setdefault(row["bill"], {})[row["meter"]] = row["usd_per_month"]
    is_cached = any(each.meter == "cache_read" and each.usd_per_mtok is not None for each in result.meters)
    assert list(bills) == (["With caching", "Without caching"] if is_cached else ["This bill"])
    months = [result.usd_per_month, result.uncached_usd_per_month]
    for bill, month in zip(bills.values(), months, strict=False):
        assert sum(bill.values()) == pytest.approx(float(month), rel=1e-12)
    if is_cached:
        assert set(bills["Without caching"]) == {"Input, not cached", "Output"}
    assert is_cached == (facts in ({}, {"cache_ttl": "1h"}))
