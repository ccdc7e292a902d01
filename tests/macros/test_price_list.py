"""`price_list(…)`: every price that belongs to no token and no instance, with its source and what is said of it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from macros.instance_prices import HOST_METERS
from macros.instance_prices import METERS as INSTANCE_METERS
from macros.model_prices import ALL_METERS
from macros.naming import MacroError
from tests.macros import rows
from tests.macros.rendering import flat, target

if TYPE_CHECKING:
    from tests.macros.html_tree import Element
    from tests.macros.rendering import Press

URL = "reference/prices/services/"
SERVICES = sorted({each["service"] for each in rows.prices()} - {"Amazon EC2"})
ELSEWHERE = {*ALL_METERS, *INSTANCE_METERS, *HOST_METERS}


def section(press: Press, service: str, more: str = "") -> Element:
    return press.page_of(f'{{{{ price_list("{service}"{more}) }}}}', URL).one("section")


@pytest.mark.parametrize("service", SERVICES)
def test_each_figure_of_the_file_is_shown_with_date_unit_and_source(service: str, press: Press) -> None:
    found = section(press, service)
    titles = {each["id"]: flat(each["title"]) for each in rows.read("sources.csv")}
    listed = {
        (record["USD"], record["Unit"], region, record["As of"])
        for record in found.records()
        for region in record["Where"].split(", ")
    }
    for row in rows.prices():
        if row["service"] != service or row["meter"] in ELSEWHERE:
            continue
        figures = {each[0] for each in listed if row["region"] in ("", each[2]) and each[3].startswith(row["as_of"])}
        amounts = {Decimal(each.removeprefix("$").replace(",", "")) for each in figures if each.startswith("$")}
        assert Decimal(row["usd"]) in amounts if row["usd"] else "no public figure" in figures, row["id"]
        assert any(each[1] == row["unit"].removeprefix("USD ") for each in listed)
        assert titles[row["source"]] in [each.text for each in found.all("a")]
        assert flat(row["note"]) in found.text
        assert flat(row["disagreements"]) in found.text


def test_a_number_leads_to_its_source(press: Press) -> None:
    found = section(press, "Bedrock Knowledge Bases")
    numbers = {each.text: target(URL, each) for each in found.one("tbody").all("a")}
    listed = [target(URL, each) for each in found.one("ol").all("a")]
    assert numbers == {f"[{place}]": address for place, address in enumerate(listed, 1)}


def test_equal_figures_of_several_regions_are_one_line(press: Press) -> None:
    records = section(press, "Aurora PostgreSQL (pgvector)").records()
    same = [each["Where"] for each in records if each["USD"] == "$0.20" and "ACU" in each["What"]]
    assert same == ["ap-southeast-1, ap-southeast-2"]


def test_a_route_stands_where_no_region_is_named(press: Press) -> None:
    records = section(press, "Amazon Bedrock").records()
    reserved = [each for each in records if each["What"] == "Claude Haiku 4.5Reserved tier, input, one month"]
    assert [each["Where"] for each in reserved] == ["global routing", "in-Region or geographic routing"]


@pytest.mark.parametrize("service", ["Amazon Bedrock", "Amazon EC2"])
def test_earlier_figures_are_those_kept_as_history(service: str, press: Press) -> None:
    found = section(press, service, ", earlier=true")
    shown = sum(len(each[3].split(", ")) for each in found.one("table").rows())
    kept = [each for each in rows.prices(earlier=True) if each["service"] == service]
    assert (
        shown == len([each for each in kept if each["meter"] not in ALL_METERS]) if service == "Amazon Bedrock" else 2
    )
    for row in kept:
        assert flat(row["note"]) in found.text
    assert found.attributes["aria-labelledby"].endswith("-earlier")


def test_a_wrong_service_fails_and_says_which_was_meant(press: Press) -> None:
    with pytest.raises(MacroError, match=r'there is no service "Amazon S3 Vector"; did you mean "Amazon S3 Vectors"'):
        press.page_of('{{ price_list("Amazon S3 Vector") }}')


@pytest.mark.usefixtures("hostile_catalogue")
def test_hostile_text_stays_text(press: Press) -> None:
    found = section(press, "Bedrock Guardrails")
    assert found.all("img") == found.all("script") == []
