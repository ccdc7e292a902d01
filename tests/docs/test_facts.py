"""A figure that a lesson quotes has its source in the lesson's list of sources."""

from __future__ import annotations

import pytest

from calculators import catalogue
from macros.source_uses import NAME, SEVERAL, facts_named, text_of
from tests.docs.pages import name_of, site_pages

PAGES = [name_of(each).removesuffix(".md") for each in site_pages()]


def without_source(text: str) -> list[str]:
    """Return the facts of a text whose source is in none of its lists of sources."""
    listed = {name for several in SEVERAL.findall(text) for name in NAME.findall(several)}
    facts = catalogue.facts()
    return [f"{each}: {facts[each].source}" for each in sorted(facts_named(text)) if facts[each].source not in listed]


@pytest.mark.parametrize("page", PAGES)
def test_each_fact_of_a_page_and_its_questions_has_its_source_in_the_list(page: str) -> None:
    """Add the source after the colon to the page's `sources([...])`."""
    assert without_source(text_of(page)) == []


def test_a_fact_without_its_source_is_seen() -> None:
    source = catalogue.facts()["spot-notice"].source
    text = '{{ fact("spot-notice") }} {{ source("' + source + '") }} {{ sources(["tiers"]) }}'
    assert without_source(text) == [f"spot-notice: {source}"]
    assert without_source(text.replace('"tiers"', f'"tiers", "{source}"')) == []
