"""`source_list()`: every source once, under its kind, with an anchor and where it is used."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from calculators import catalogue
from macros.source_list import KINDS, kind_of
from macros.source_uses import pages_by_source
from tests.macros import rows
from tests.macros.rendering import HOSTILE, flat, target

if TYPE_CHECKING:
    from tests.macros.html_tree import Element
    from tests.macros.rendering import Press

URL = "reference/sources/"
SOURCES = {each["id"]: each for each in rows.read("sources.csv")}


@pytest.fixture(scope="module")
def page(press: Press) -> Element:
    return press.page_of("{{ source_list() }}", URL)


def test_every_source_stands_once_with_its_date_and_confidence(page: Element) -> None:
    items = {each.attributes["id"].removeprefix("source-"): each for each in page.all("li") if "id" in each.attributes}
    assert set(items) == set(SOURCES)
    assert len(page.all("ul", class_="cc-sources")) == len(KINDS)
    for identifier, row in SOURCES.items():
        assert items[identifier].text.startswith(flat(f"{row['title']} ({row['as_of']}; {row['confidence']})")), (
            identifier
        )
        if row["url"]:
            assert items[identifier].all("a")[0].attributes["href"] == row["url"]


def test_a_source_leads_to_the_pages_that_use_it(page: Element) -> None:
    for identifier, names in pages_by_source().items():
        item = page.one("li", id=f"source-{identifier}")
        links = [target(URL, each) for each in item.all("a") if not each.attributes["href"].startswith("http")]
        assert len(links) == len(names)


def test_a_source_says_how_many_rows_rest_on_it(page: Element) -> None:
    (spot,) = {each["source"] for each in rows.read("spot_bands.csv")}
    count = len(rows.read("spot_bands.csv"))
    assert f"in Spot interruption bands: {count} rows" in page.one("li", id=f"source-{spot}").text


@pytest.mark.parametrize(
    ("identifier", "kind"),
    [
        ("tiers", "docs"),
        ("bedrock-sla", "aws"),
        ("vllm", "papers"),
        ("orca", "papers"),
        ("outage", "others"),
        ("price-list-2026-08-20", "prices"),
    ],
)
def test_a_source_stands_under_its_kind(identifier: str, kind: str, page: Element) -> None:
    section = page.one("section", aria_labelledby=f"kind-{kind}")
    assert section.all("li", id=f"source-{identifier}")


def test_a_host_that_only_looks_like_one_of_aws_is_none() -> None:
    source = catalogue.Source(
        id="x", title="X", url="https://docs.aws.amazon.com.example.org/", as_of="2026", confidence=""
    )
    assert kind_of(source, is_price_file=False) == "others"


@pytest.mark.usefixtures("hostile_catalogue")
def test_hostile_text_stays_text(press: Press) -> None:
    page = press.page_of("{{ source_list() }}", URL)
    assert page.all("img") == page.all("script") == []
    assert HOSTILE in page.one("li", id="source-tiers").text
