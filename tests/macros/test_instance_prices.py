"""`instance_prices(…)`: every EC2 price in the table of its type, AWS's bands beside it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from macros.instance_prices import HOST, HOST_METERS, METERS
from macros.naming import MacroError
from macros.price_grid import anchor
from tests.macros import rows

if TYPE_CHECKING:
    from tests.macros.html_tree import Element
    from tests.macros.rendering import Press

KINDS = ("accelerated", "plain", "hosts")


@pytest.fixture(scope="module")
def sections(press: Press) -> dict[str, dict[str, Element]]:
    """The sections of each kind by the id of their heading."""
    return {
        kind: {
            each.attributes["aria-labelledby"]: each
            for each in press.page_of(f'{{{{ instance_prices("{kind}") }}}}').all("section")
        }
        for kind in KINDS
    }


def test_each_type_is_where_its_accelerators_put_it(sections: dict[str, dict[str, Element]]) -> None:
    with_none = {anchor(each["id"]) for each in rows.read("instances.csv") if each["accelerators"] in ("", "0")}
    items = {anchor(each["item"]) for each in rows.prices() if each["service"] == "Amazon EC2"}
    hosts = {each for each in items if each.startswith(HOST)}
    assert set(sections["hosts"]) == hosts
    assert set(sections["plain"]) == with_none & items
    assert set(sections["accelerated"]) == items - hosts - with_none


@pytest.mark.parametrize("kind", KINDS)
def test_each_figure_of_the_file_is_shown(kind: str, sections: dict[str, dict[str, Element]]) -> None:
    names = HOST_METERS if kind == "hosts" else METERS
    shown = {
        (item, region, heading): text
        for item, section in sections[kind].items()
        for record in section.records()
        for region in record["Where"].split(", ")
        for heading, text in record.items()
    }
    found = 0
    for row in rows.prices():
        if anchor(row["item"]) in sections[kind] and row["meter"] in names and row["usd"]:
            text = shown[anchor(row["item"]), row["region"], names[row["meter"]]]
            assert Decimal(text.removeprefix("$").replace(",", "")) == Decimal(row["usd"]), row["id"]
            found += 1
    assert found > 300


@pytest.mark.parametrize(
    ("region", "words"), [("us-east-1", "15% to 20%"), ("us-west-2", "above 20%"), ("eu-west-1", "5% to 10%")]
)
def test_the_band_of_interruptions_stands_beside_its_region(
    region: str, words: str, sections: dict[str, dict[str, Element]]
) -> None:
    section = sections["accelerated"]["g4dn-xlarge"]
    (record,) = [each for each in section.records() if region in each["Where"].split(", ")]
    assert record["Spot taken back in a month"] == words
    assert "as of 2025-06-28" in section.text


def test_a_type_says_what_it_is_made_of(sections: dict[str, dict[str, Element]]) -> None:
    facts = [each.text for each in sections["accelerated"]["p5-48xlarge"].one("ul", class_="cc-model-facts").all("li")]
    (row,) = [each for each in rows.read("instances.csv") if each["id"] == "p5.48xlarge"]
    assert facts == [
        f"{row['vcpus']} vCPUs",
        f"{row['memory_gib']} GiB of memory",
        f"{row['accelerators']} accelerators with {row['accelerator_memory_gib']} GiB together",
    ]


def test_a_wrong_kind_fails_and_says_which_was_meant(press: Press) -> None:
    with pytest.raises(MacroError, match=r'there is no kind "host"; did you mean "hosts"'):
        press.page_of('{{ instance_prices("host") }}')
