"""The reference is whole: every model, Region, instance type and service of the catalogue is on a page, each once."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from macros.price_grid import anchor
from tests.docs.pages import name_of, rendered, site_pages
from tests.macros import rows
from tests.macros.html_tree import tree
from tests.macros.rendering import DOCS

if TYPE_CHECKING:
    from pathlib import Path

    from tests.macros.html_tree import Element

PRICES = sorted((DOCS / "reference" / "prices").glob("*.md"))
REFERENCE = [each for each in site_pages() if name_of(each).startswith("reference/")]
MOST_BYTES = 300_000
AROUND_A_PAGE = 45_000  # what the theme puts around a page


def headings() -> Counter[str]:
    """Return how often each heading's id is on the pages of prices."""
    return Counter(
        each.attributes["id"]
        for path in PRICES
        for each in rendered(path).below()
        if each.tag in ("h2", "h3") and "id" in each.attributes
    )


def test_every_model_is_on_one_page_of_prices() -> None:
    found = headings()
    assert {each["id"]: found[anchor(each["id"])] for each in rows.read("models.csv")} == {
        each["id"]: 1 for each in rows.read("models.csv")
    }


def test_every_instance_type_and_every_service_is_on_one_page_of_prices() -> None:
    found = headings()
    wanted = {row["item"] if row["service"] == "Amazon EC2" else row["service"] for row in rows.prices()}
    assert {each: found[anchor(each)] for each in wanted} == dict.fromkeys(wanted, 1)


def test_every_region_with_a_price_is_named() -> None:
    text = " ".join(rendered(path).text for path in PRICES)
    assert [each for each in sorted({row["region"] for row in rows.prices()}) if each not in text] == []


def test_the_page_of_prices_leads_to_all_others() -> None:
    text = (DOCS / "reference" / "prices.md").read_text("utf-8")
    assert [path.name for path in PRICES if f"](prices/{path.name})" not in text] == []


def size(page: Element) -> int:
    """Return how many bytes of HTML a page is, nearly: tags, attributes and text."""
    tags = sum(
        2 * len(each.tag) + 5 + sum(len(f' {k}="{v}"') for k, v in each.attributes.items()) for each in page.below()
    )
    return tags + len(page.raw.encode())


@pytest.mark.parametrize("path", [each for each in REFERENCE if each.stem != "formulas"], ids=name_of)
def test_a_page_of_the_reference_is_light_enough_for_a_phone(path: Path) -> None:
    assert size(rendered(path)) + AROUND_A_PAGE < MOST_BYTES


def test_the_size_of_a_page_is_that_of_its_html() -> None:
    html = '<div class="a"><p id="b">Words – and <b>more</b>.</p></div>'
    assert size(tree(html)) == len(html.encode())
