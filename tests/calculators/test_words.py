"""What is said agrees with what was computed: no word for nothing, no amount that the result does not hold."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

import calculators
from calculators import InputError, catalogue, redundancy, shown, view
from tests.calculators.test_contract import STATES, numbers

if TYPE_CHECKING:
    from collections.abc import Iterator

NOTHING = re.compile(r"\b(None(?!: )|nan|NaN|inf|Infinity|True|False)\b|\bDecimal\(|\s{2}|\s[.,;:]|\.\.$")
AMOUNT = re.compile(r"(\$[\d,]*\d(?:\.\d+)?)( more| less)?")


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for each in value.values():
            yield from texts(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from texts(each)
    elif isinstance(value, str):
        yield value


def said(name: str, given: dict[str, Any]) -> Iterator[str]:
    """Yield the sentences of an answer: the answer itself, warnings, what charts say, reasons."""
    baked = view.bake(name, given)["view"]
    yield baked["answer"]
    yield from texts(baked["warnings"])
    yield from (each["summary"] for each in baked["charts"])
    yield from texts([each["rows"] for each in baked["tables"]])


@pytest.mark.parametrize(("name", "given"), STATES)
def test_no_sentence_says_none(name: str, given: dict[str, Any]) -> None:
    sentences = list(said(name, given))
    assert sentences
    assert [each for each in sentences if NOTHING.search(each)] == []


@pytest.mark.parametrize(("name", "given"), STATES)
def test_each_amount_that_a_sentence_names_is_in_the_result(name: str, given: dict[str, Any]) -> None:
    """Rounded as it is shown, to dollars or to cents; "more" and "less" name a difference of two figures."""
    whole = view.bake(name, given)
    baked, result = whole["view"], whole["result"]
    known = {Decimal(str(each)) for each in numbers([result[key] for key in ("inputs", "outputs", "steps", "prices")])}
    forms = written(known | {Decimal(str(each)) for each in numbers([each["spec"] for each in result["charts"]])})
    outputs = {Decimal(str(each)) for each in numbers(result["outputs"])}
    differences = written({one - other for one in outputs for other in outputs})
    for sentence in [baked["answer"], *(each["summary"] for each in baked["charts"])]:
        for amount, word in AMOUNT.findall(sentence):
            assert amount in (differences if word else forms), sentence


def written(known: set[Decimal]) -> set[str]:
    """Return the ways in which amounts are written, without their sign."""
    return {form for each in map(abs, known) for form in (shown.usd(each), shown.price(each), f"${round(each):,}")}


LARGEST = re.compile(r"(.+) is the largest part(?: of the making: ([\d.,]+)% of|:)")


@pytest.mark.parametrize(("name", "given"), STATES)
def test_the_largest_part_of_a_chart_is_its_largest(name: str, given: dict[str, Any]) -> None:
    for chart in calculators.run(name, given)["charts"]:
        if found := LARGEST.match(chart["summary"]):
            rows = chart["spec"]["data"]["values"]
            label, value = ("meter", "usd_per_month") if "meter" in rows[0] else ("part", "usd")
            first = [each for each in rows if each.get("bill") == rows[0].get("bill")]
            assert found[1] == max(first, key=lambda each: each[value])[label]
            if found[2]:
                share = max(each[value] for each in first) / sum(each[value] for each in first)
                assert float(found[2]) == pytest.approx(100 * share, abs=0.051)


@pytest.mark.parametrize(("name", "given"), STATES)
def test_nothing_is_a_negative_amount_more_or_less(name: str, given: dict[str, Any]) -> None:
    for sentence in said(name, given):
        assert not re.search(r"-(?:\$[\d.,]+|[\d.]+%)(?: a month| a year)? (?:more|less)\b", sentence), sentence


@pytest.mark.parametrize(("name", "given"), STATES)
def test_amounts_in_a_charts_table_are_dollars_and_words_are_not_aligned_as_numbers(
    name: str, given: dict[str, Any]
) -> None:
    for chart in view.bake(name, given)["view"]["charts"]:
        first = chart["spec"]["data"]["values"][0]
        names = [each for each in first if each not in ("order", "shown")]
        for key, column, cell in zip(names, chart["table"]["columns"], chart["table"]["rows"][0], strict=True):
            is_number = isinstance(first[key], int | float) and not isinstance(first[key], bool)
            assert column["numeric"] == is_number, key
            if "usd" in key.split("_"):
                assert "$" in cell
            elif key.endswith("_ratio"):
                assert cell.endswith("%")


@pytest.mark.parametrize(
    ("given", "verdict"),
    [
        ({"loss_usd_per_hour": 100}, "does not pay"),
        ({}, "it pays."),
        ({"regions": 3}, "it pays against one Region, the last one at"),
        ({"regions": 1}, "One Region is down"),
        ({"common_cause_ratio": 1}, "as long as one Region alone"),
    ],
)
def test_redundancy_says_whether_the_last_region_pays(given: dict[str, Any], verdict: str) -> None:
    """By the figures: an hour avoided costs less than an hour down."""
    baked = view.bake("redundancy", given)
    outputs, inputs = baked["result"]["outputs"], baked["result"]["inputs"]
    price, last = outputs["break_even_loss_usd_per_hour"], outputs["usd_per_nine"]
    assert verdict in baked["view"]["answer"]
    if price is not None:
        assert ("it does not pay" in baked["view"]["answer"]) == (inputs["loss_usd_per_hour"] <= price)
        assert ("the last one" in baked["view"]["answer"]) == (price < inputs["loss_usd_per_hour"] < last)


@pytest.mark.parametrize("regions", [2, 3])
def test_a_loss_that_equals_the_price_of_an_hour_does_not_pay(regions: int) -> None:
    price = redundancy.calculate(redundancy.Inputs(regions=Decimal(regions))).break_even_loss_usd_per_hour
    assert price is not None
    even = redundancy.Inputs(regions=Decimal(regions), loss_usd_per_hour=price)
    result = redundancy.calculate(even)
    assert result.break_even_loss_usd_per_hour == price
    assert redundancy.answer(even, result).split(". Cheapest")[0].endswith(": it does not pay")


@pytest.mark.parametrize(
    ("field", "typed", "has_hint"),
    [("cache_hit_ratio", 90, True), ("cache_hit_ratio", -1, False), ("requests_per_month", -90, False)],
)
def test_a_share_above_one_is_told_how_shares_are_entered(field: str, typed: int, *, has_hint: bool) -> None:
    with pytest.raises(InputError) as refused:
        calculators.run("token-cost", {field: typed})
    assert ("(a ratio: 0.9 means 90%)" in str(refused.value)) == has_hint


def test_a_route_is_named_as_it_was_chosen() -> None:
    """No source lists these models on these routes; the sentence names the route asked for."""
    catalogue_today = catalogue.load()
    named = set()
    for model in catalogue_today.models:
        for routing in ("global", "in_region_or_geo"):
            reason = catalogue_today.offered(model, "ap-south-1", routing, "standard").reason
            if reason.startswith("No source read lists"):
                route = "the global profile" if routing == "global" else "In-Region or geographic routing in ap-south-1"
                assert reason.endswith(f" for {route}.")
                named.add(routing)
    assert "in_region_or_geo" in named
