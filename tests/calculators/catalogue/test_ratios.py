"""The prices against each other: AWS's stated ratios must hold between rows read one by one.

Prices are rounded to the last digit they print, so a ratio holds within half of that digit.
"""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from calculators import catalogue

FIGURES = {
    (each.item, each.region, each.routing, each.meter): each.usd
    for each in catalogue.load().points()
    if each.usd is not None
}
KEYS = sorted(FIGURES)


def half_a_digit(*figures: Decimal) -> Decimal:
    """Half a unit of the last digit that any of the figures prints."""
    places = max(-int(figure.as_tuple().exponent) for figure in figures)
    return Decimal(5).scaleb(-places - 1)


def deviating(meter: str, of: str, ratio: Decimal, item_start: str = "") -> set[tuple[str, str]]:
    """The (item, Region) whose `meter` is not `ratio` times its `of`; fails if none can be compared."""
    compared, off = 0, set()
    for item, region, routing, each in KEYS:
        base = FIGURES.get((item, region, routing, of))
        if each != meter or base is None or not item.startswith(item_start):
            continue
        compared += 1
        figure = FIGURES[item, region, routing, each]
        if abs(figure - ratio * base) > half_a_digit(figure, base):
            off.add((item, region))
    assert compared
    return off


@pytest.mark.parametrize("side", ["input", "output"])
@pytest.mark.parametrize(("tier", "ratio"), [("flex", "0.5"), ("priority", "1.75")])
def test_flex_is_half_and_priority_seven_quarters_of_standard(tier: str, ratio: str, side: str) -> None:
    assert deviating(f"{tier}_{side}", side, Decimal(ratio)) == set()


@pytest.mark.parametrize(
    ("side", "suspect"),
    [
        ("input", {("amazon.titan-embed-text-v2:0", "ap-northeast-1")}),
        ("output", {("amazon.nova-2-lite-v1:0", "eu-central-1")}),
    ],
)
def test_batch_is_half_of_standard_but_for_rows_that_say_so(side: str, suspect: set[tuple[str, str]]) -> None:
    """The two rows are as the price list of 2026-08-20 has them; their notes say to check."""
    assert deviating(f"batch_{side}", side, Decimal("0.5")) == suspect
    for item, region in suspect:
        note = catalogue.load().price(item, region, "in_region_or_geo", f"batch_{side}").note
        assert "check before use" in note


@pytest.mark.parametrize("tier", ["batch", "flex", "priority"])
def test_the_rule_of_a_tier_is_the_commonest_ratio_of_its_rows(tier: str) -> None:
    rule = catalogue.load().find_rule(tier)
    assert rule is not None
    ratios = [
        figure / FIGURES[item, region, routing, "input"]
        for (item, region, routing, meter), figure in FIGURES.items()
        if meter == f"{tier}_input"
    ]
    assert ratios.count(rule.figure) > len(ratios) / 2


@pytest.mark.parametrize("tier", ["batch", "flex", "priority"])
def test_no_row_of_a_tier_was_lost(tier: str) -> None:
    """The note of each rule says on how many rows it was counted when the prices were gathered."""
    rule = catalogue.load().find_rule(tier)
    assert rule is not None
    counted = re.search(r" of (?:the )?(\d+) rows", rule.note)
    assert counted is not None
    assert len([key for key in KEYS if key[3] == f"{tier}_input"]) == int(counted[1])


@pytest.mark.parametrize("meter", ["", "batch_", "flex_", "priority_", "long_context_", "custom_on_demand_"])
def test_chat_models_have_input_and_output_prices_in_pairs(meter: str) -> None:
    models = catalogue.load().models
    sides = [
        {key[:3] for key in KEYS if key[3] == meter + side and models[key[0]].kind == "chat"}
        for side in ("input", "output")
    ]
    assert sides[0]
    assert sides[0] == sides[1]


def test_nova_reads_its_cache_at_a_quarter_of_input() -> None:
    assert deviating("cache_read", "input", Decimal("0.25"), "amazon.nova") == set()


def test_claude_reads_its_cache_at_a_tenth_of_input_and_newest_at_a_twentieth() -> None:
    newest = ("anthropic.claude-opus-5-5", "anthropic.claude-sonnet-5-5")
    off = deviating("cache_read", "input", Decimal("0.1"), "anthropic.")
    assert {item for item, _ in off} == set(newest)
    for item in newest:
        assert deviating("cache_read", "input", Decimal("0.05"), item) == set()


@pytest.mark.parametrize(("meter", "ratio"), [("cache_write_5m", "1.25"), ("cache_write_1h", "2")])
def test_cache_writes_cost_a_quarter_more_or_twice_the_input(meter: str, ratio: str) -> None:
    assert deviating(meter, "input", Decimal(ratio)) == set()


def test_claude_from_4_5_costs_a_tenth_more_off_the_global_profile() -> None:
    """Claude Sonnet 4 is the one older Claude with a global profile: it costs the same."""
    compared, off = 0, set()
    for item, region, routing, meter in KEYS:
        base = FIGURES.get((item, "", "global", meter))
        if base is None or routing != "in_region_or_geo" or not item.startswith("anthropic."):
            continue
        compared += 1
        if FIGURES[item, region, routing, meter] != base * Decimal("1.1"):
            off.add(item)
    assert compared
    assert off == {"anthropic.claude-sonnet-4-20250514-v1:0"}


@pytest.mark.parametrize("side", ["input", "output"])
def test_one_month_reserved_at_full_use_costs_what_standard_costs(side: str) -> None:
    """1,000 tokens a minute are 60,000 an hour: 0.06 million at the Standard price; 3 months: 10 % less."""
    reserved = [key for key in KEYS if key[3] == f"reserved_{side}_1_month"]
    assert reserved
    for item, region, routing, meter in reserved:
        where = "" if routing == "global" else "us-east-1"
        month = FIGURES[item, region, routing, meter]
        assert month == FIGURES[item, where, routing, side] * Decimal("0.06")
        assert FIGURES[item, region, routing, f"reserved_{side}_3_months"] == month * Decimal("0.9")


def test_a_longer_commitment_never_costs_more() -> None:
    terms = ("model_unit_hour_none", "model_unit_hour_1_month", "model_unit_hour_6_months")
    units = {key[:3] for key in KEYS if key[3] == terms[2]}
    assert units
    for unit in units:
        prices = [FIGURES[(*unit, term)] for term in terms if (*unit, term) in FIGURES]
        assert prices == sorted(prices, reverse=True)


@pytest.mark.parametrize(
    ("item", "input_usd", "output_usd"),
    [
        ("openai.gpt-6-luna", "0.1", "0.5"),
        ("anthropic.claude-sonnet-5", "2", "10"),
        ("amazon.nova-2-lite-v1:0", "0.3", "2.5"),
    ],
)
def test_global_prices_are_those_published(item: str, input_usd: str, output_usd: str) -> None:
    """GPT-6 Luna: printed in its AWS model card. The others: as quoted in the course's fact base."""
    assert FIGURES[item, "", "global", "input"] == Decimal(input_usd)
    assert FIGURES[item, "", "global", "output"] == Decimal(output_usd)
