"""Figures made of words: the map of ways to buy, and the phases of the chatbot."""

from __future__ import annotations

import pytest

import calculators
from calculators import catalogue, compute_options, shown
from macros.figures.purchase_options import CAPACITY, COLUMNS, ROWS, options
from macros.naming import MacroError
from tests.macros.rendering import LESSON, Press

# --- ways to buy EC2 ------------------------------------------------------------------------------


def test_the_map_holds_every_way_to_buy_of_the_calculator_but_their_mix() -> None:
    named = {each["purchase"] for each in options() if "purchase" in each}
    assert named == set(compute_options.PURCHASES) - {"mix"}


def test_aws_takes_back_what_the_calculator_refuses_to_work_that_cannot_stop() -> None:
    refused = {
        each["purchase"]
        for each in calculators.run("compute-purchase", {"interruptible": False})["outputs"]["options"]
        if any("interrupted" in reason for reason in each["reasons"])
    }
    assert refused == {each["purchase"] for each in options() if each["row"] == "taken"}


def test_each_card_stands_in_its_place_with_its_promise_and_its_sourced_discount() -> None:
    figure = Press().page_of('{{ figure("purchase-options") }}', LESSON).one("figure")
    facts, sources = catalogue.facts(), catalogue.load().sources
    for each in options():
        (cell,) = [
            cell
            for cell in figure.all("div", class_=f"cc-map__cell--{each['row']}")
            if cell.has(class_=f"cc-map__cell--{each['column']}")
        ]
        assert cell.one("p", class_="cc-map__place").text == f"{ROWS[each['row']]} {COLUMNS[each['column']]}"
        (card,) = [
            card
            for card in cell.all("div", class_="cc-map__card")
            if card.one(class_="cc-map__name").text == each["name"]
        ]
        assert card.one("p", class_="cc-map__capacity").text == CAPACITY[each["has_capacity"]]
        assert card.has(class_="cc-map__card--held") == each["has_capacity"]
        quoted = [*each.get("facts", ()), *([each["notice"]] if "notice" in each else [])]
        assert [data.attributes["data-source"] for data in card.all("data")] == [facts[name].source for name in quoted]
        for name in each.get("facts", ()):
            assert shown.percent(facts[name].value) in card.one("p", class_="cc-map__discount").text
        assert set(each["sources"]) <= set(sources)
        assert {facts[name].source for name in quoted} <= set(each["sources"])


def test_the_maps_table_says_the_same() -> None:
    figure = Press().page_of('{{ figure("purchase-options") }}', LESSON).one("figure")
    rows = figure.one("table").rows()
    wanted = [
        [each["name"], ROWS[each["row"]], COLUMNS[each["column"]], "yes" if each["has_capacity"] else "no"]
        for each in options()
    ]
    assert [row[:4] for row in rows] == wanted
    caption = figure.one("figcaption").text
    assert all((each["name"] in caption) == (each["has_capacity"] or each["row"] == "taken") for each in options())


# --- the chatbot ------------------------------------------------------------------------------------

CALL = '{{ figure("chatbot-phases", launch=launch, scale=scale, optimize=optimize) }}'
LAUNCH = '{% set launch = state("token-cost", requests_per_month=60000) %}'
SCALE = (
    '{% set scale = state("tier-selection", requests_per_month=3000000, deferrable_ratio=0, acceptable_wait="none") %}'
)
OPTIMIZE = (
    '{% set optimize = state("tier-selection", model_id="amazon.nova-2-lite-v1:0", requests_per_month=3000000,'
    " deferrable_ratio=0.2, cached_prefix_tokens=0) %}"
)


def test_each_phase_shows_the_bill_the_tier_and_the_model_of_its_state() -> None:
    figure = Press().page_of(f"{LAUNCH}{SCALE}{OPTIMIZE}\n{CALL}", LESSON).one("figure")
    launch = calculators.run("token-cost", {"requests_per_month": 60000})["outputs"]
    common = {"requests_per_month": 3000000}
    scale = calculators.run("tier-selection", {**common, "deferrable_ratio": 0, "acceptable_wait": "none"})["outputs"]
    small = {"model_id": "amazon.nova-2-lite-v1:0", "deferrable_ratio": 0.2, "cached_prefix_tokens": 0}
    optimize = calculators.run("tier-selection", {**common, **small})["outputs"]
    bills = [
        launch["usd_per_month"],
        scale["recommended"]["usd_per_month"],
        optimize["recommended"]["usd_per_month"],
    ]
    panels = figure.all("li", class_="cc-phase")
    assert [each.one("p", class_="cc-phase__bill").text for each in panels] == [f"${usd:,.2f} a month" for usd in bills]
    widths = [float(each.all("rect")[1].attributes["width"]) for each in panels]
    assert widths == pytest.approx([usd / max(bills) * 200 for usd in bills], abs=0.06)
    rows = figure.one("table").rows()
    assert [row[0] for row in rows] == ["Launch", "Scale", "Optimise"]
    assert [row[1] for row in rows] == [f"${usd:,.2f}" for usd in bills]
    assert rows[0][2:4] == ["Standard with prompt caching", "Claude Sonnet 5"]
    assert rows[1][2:4] == ["Standard with prompt caching", "Claude Sonnet 4.6"]
    assert rows[2][3] == "Amazon Nova 2 Lite"
    assert [each.one("a").attributes["href"].split("?")[0] for each in panels] == [
        "../../../calculators/token-cost/#token-cost",
        "../../../calculators/tier-selection/#tier-selection",
        "../../../calculators/tier-selection/#tier-selection",
    ]


def test_what_changed_is_every_input_that_differs_and_no_other() -> None:
    figure = Press().page_of(f"{LAUNCH}{SCALE}{OPTIMIZE}\n{CALL}", LESSON).one("figure")
    start, scaled, optimized = (row[4] for row in figure.one("table").rows())
    assert start == "Requests: 60,000; Input tokens: 1,800; Output tokens: 350; Shared prefix: 1,200"
    assert scaled == "Model: Claude Sonnet 5 → Claude Sonnet 4.6; Requests: 60,000 → 3,000,000"
    assert optimized == (
        "Model: Claude Sonnet 4.6 → Amazon Nova 2 Lite; Shared prefix: 1,200 → 0; Share that may wait: 0% → 20%; "
        "How long that share may wait: Nothing may wait → A day: 24 hours or more"
    )


def test_many_changes_are_counted_in_the_panel_and_told_in_the_table() -> None:
    many = (
        '{% set scale = state("token-cost", requests_per_month=1, input_tokens_per_request=2000, region="eu-central-1",'
        ' routing="in_region_or_geo", output_tokens_per_request=2, cached_prefix_tokens=1500, cache_hit_ratio=0.5,'
        ' cache_ttl="1h") %}'
    )
    figure = Press().page_of(f"{LAUNCH}{many}{OPTIMIZE}\n{CALL}", LESSON).one("figure")
    panel = figure.all("li", class_="cc-phase")[1]
    assert len(panel.all("li")) == 6
    assert panel.all("li")[-1].text == "and 3 more, in the table"
    assert figure.one("table").rows()[1][4].count("→") == 8


def test_a_state_without_a_bill_is_refused() -> None:
    other = '{% set scale = state("roi") %}'
    with pytest.raises(MacroError, match="scale is a state of roi, which has no monthly bill"):
        Press().page_of(f"{LAUNCH}{other}{OPTIMIZE}\n{CALL}", LESSON)


def test_a_page_may_give_the_whole_bill_and_say_what_no_state_counts() -> None:
    """The state is then a part of the bill, and is linked as such."""
    more = ' optimize_bill="4000.5", optimize_also=["A second Region stands ready"]) }}'
    call = CALL.replace(") }}", "," + more)
    figure = Press().page_of(f"{LAUNCH}{SCALE}{OPTIMIZE}\n{call}", LESSON).one("figure")
    panel = figure.all("li", class_="cc-phase")[2]
    assert panel.one("p", class_="cc-phase__bill").text == "$4,000.50 a month"
    alone = Press().page_of(f"{LAUNCH}{SCALE}{OPTIMIZE}\n{CALL}", LESSON).one("figure")
    part = alone.one("table").rows()[2][1]
    assert panel.one("a").text == part
    assert panel.all("li")[-1].text == "A second Region stands ready"
    row = figure.one("table").rows()[2]
    assert row[1] == "$4,000.50"
    assert row[4].endswith("; A second Region stands ready")
    assert "$4,000.50 when optimised" in figure.one("figcaption").text
