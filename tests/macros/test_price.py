"""`price(…)`: the catalogue's figure, unit, day and confidence; never a figure for a misspelt name."""

from __future__ import annotations

import pytest

from calculators import catalogue
from macros.naming import MacroError
from macros.price import price
from tests.macros.html_tree import tree
from tests.macros.rendering import HOSTILE

SONNET = "anthropic.claude-sonnet-5"


def test_it_is_the_row_of_the_price_file() -> None:
    (row,) = [
        each
        for each in catalogue.load().points()
        if (each.item, each.routing, each.meter, each.region) == (SONNET, "global", "input", "")
    ]
    span = tree(price(SONNET, "input", routing="global")).one("span")
    assert span.text == f"${row.usd:.2f} per 1M tokens ({row.as_of}, {row.confidence})"


def test_the_day_can_be_left_out() -> None:
    assert tree(price(SONNET, "input", routing="global", dated=False)).text.endswith("per 1M tokens")


def test_units_other_than_tokens_keep_their_words() -> None:
    assert " per model unit per hour" in tree(price("amazon-nova-canvas", "model_unit_hour_none")).text


def test_a_price_that_is_not_public_is_refused() -> None:
    with pytest.raises(MacroError, match=r"no public figure for amazon.nova-pro-v1:0, cache_write_5m"):
        price("amazon.nova-pro-v1:0", "cache_write_5m", region="us-east-1", routing="in_region_or_geo")


@pytest.mark.parametrize(
    ("item", "meter", "region", "routing", "meant"),
    [
        ("anthropic.claude-sonet-5", "input", "", "global", SONNET),
        (SONNET, "inptu", "", "global", "input"),
        (SONNET, "input", "us-east1", "global", "us-east-1"),
        (SONNET, "input", "us-east-1", "globl", "global"),
    ],
)
def test_a_wrong_name_fails_and_says_which_was_meant(
    item: str, meter: str, region: str, routing: str, meant: str
) -> None:
    with pytest.raises(MacroError, match=f'did you mean "{meant}"'):
        price(item, meter, region=region, routing=routing)


@pytest.mark.usefixtures("hostile_catalogue")
def test_hostile_text_stays_text() -> None:
    page = tree(price(SONNET, "input", routing="global"))
    assert {each.tag for each in page.below()} == {"span", "small"}
    assert page.one("small").text == f"({HOSTILE}, {HOSTILE})"
