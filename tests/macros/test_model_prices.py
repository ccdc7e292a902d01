"""`model_prices(…)`: every figure of every model is on a page, as its row in the file says."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from macros.model_prices import ALL_METERS
from macros.naming import MacroError
from macros.price_grid import anchor
from macros.price_table import ROUTINGS
from tests.macros import rows
from tests.macros.rendering import HOSTILE, flat, target

if TYPE_CHECKING:
    from tests.macros.html_tree import Element
    from tests.macros.rendering import Press

PROVIDERS = sorted({each["provider"] for each in rows.read("models.csv")})
URL = "reference/prices/anthropic/"


def cells(section: Element) -> dict[tuple[str, str, str], str]:
    """Return the figures of a model's section by route, Region and heading."""
    found = {}
    for row in section.one("tbody").all("tr"):
        where, *texts = [each for each in row.below() if each.tag in ("th", "td")]
        regions = where.all(class_="cc-brief")
        route = where.text.removesuffix(", ".join(each.text for each in regions)).strip()
        headings = section.one("table").headings()[1:]
        for region in regions:
            for heading, cell in zip(headings, texts, strict=True):
                found[route, region.text, heading] = cell.text
    return found


@pytest.mark.parametrize("provider", PROVIDERS)
def test_each_figure_of_the_file_is_in_the_table_of_its_model(provider: str, press: Press) -> None:
    page = press.page_of(f'{{{{ model_prices("{provider}") }}}}', URL)
    models = [each for each in rows.read("models.csv") if each["provider"] == provider]
    sections = {each.attributes["aria-labelledby"]: each for each in page.all("section")}
    assert list(sections) == [anchor(each["id"]) for each in models]
    for model in models:
        shown = cells(sections[anchor(model["id"])])
        for row in rows.prices():
            if row["item"] == model["id"] and row["meter"] in ALL_METERS and row["usd"]:
                route = ROUTINGS[row["routing"]] if row["routing"] else ""
                region = row["region"] or ("every Region" if row["routing"] == "global" else "no Region named")
                text = shown[route[:1].upper() + route[1:], region, ALL_METERS[row["meter"]]]
                assert Decimal(text.removeprefix("$").replace(",", "")) == Decimal(row["usd"]), row["id"]


def test_a_model_says_its_last_day_its_doubts_and_its_sources(press: Press) -> None:
    page = press.page_of('{{ model_prices("Anthropic") }}', URL)
    titles = {each["id"]: each["title"] for each in rows.read("sources.csv")}
    for model in rows.read("models.csv"):
        if model["provider"] != "Anthropic":
            continue
        section = page.one("section", aria_labelledby=anchor(model["id"]))
        assert f"Last day on Bedrock: {model['retirement_date'] or 'none announced'}" in section.text
        for row in rows.prices():
            if row["item"] == model["id"] and row["meter"] in ALL_METERS:
                assert flat(row["disagreements"]) in section.text
                assert flat(row["note"]) in section.text
                link = next(each for each in section.all("a") if each.text == flat(titles[row["source"]]))
                assert target(URL, link) == f"reference/sources/#source-{row['source']}"


def test_several_providers_are_told_apart(press: Press) -> None:
    page = press.page_of('{{ model_prices(["Cohere", "DeepSeek"]) }}', URL)
    facts = [each.text for each in page.all("ul", class_="cc-model-facts")]
    assert [("Cohere" in each, "DeepSeek" in each) for each in facts] == [(True, False)] * 5 + [(False, True)] * 3


def test_a_wrong_provider_fails_and_says_which_was_meant(press: Press) -> None:
    with pytest.raises(MacroError, match=r'there is no provider "Antropic"; did you mean "Anthropic"'):
        press.page_of('{{ model_prices("Antropic") }}')


@pytest.mark.usefixtures("hostile_catalogue")
def test_hostile_text_stays_text(press: Press) -> None:
    page = press.page_of('{{ model_prices("Anthropic") }}', URL)
    assert page.all("img") == page.all("script") == []
    assert HOSTILE in page.text
