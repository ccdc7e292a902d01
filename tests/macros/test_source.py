"""`source(…)` and `sources(…)`: title, date and address of what a page rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from calculators import catalogue
from macros.naming import MacroError
from tests.macros.rendering import HOSTILE, flat

if TYPE_CHECKING:
    from tests.macros.rendering import Press


@pytest.mark.parametrize("identifier", sorted(catalogue.load().sources))
def test_a_source_shows_its_title_and_date_and_leads_to_its_address(identifier: str, press: Press) -> None:
    found = catalogue.load().sources[identifier]
    page = press.page_of(f'It says so. {{{{ source("{identifier}") }}}}')
    assert page.text == flat(f"It says so. {found.title} ({found.as_of})")
    assert [each.attributes["href"] for each in page.all("a")] == ([found.url] if found.url else [])


def test_a_list_holds_those_named_in_their_order(press: Press) -> None:
    known = catalogue.load().sources
    items = press.page_of('{{ sources(["tiers", "cur"]) }}\n\nEnd.').one("ul").all("li")
    wanted = [known[each] for each in ("tiers", "cur")]
    assert [each.text for each in items] == [flat(f"{each.title} ({each.as_of}; {each.confidence})") for each in wanted]


def test_without_names_the_list_holds_all(press: Press) -> None:
    assert len(press.page_of("{{ sources() }}").all("li")) == len(catalogue.load().sources)


@pytest.mark.parametrize("call", ['source("tier")', 'sources(["tier"])'])
def test_a_wrong_name_fails_and_says_which_was_meant(call: str, press: Press) -> None:
    with pytest.raises(MacroError, match=r'sources?\("tier"\): there is no source "tier"; did you mean "tiers"'):
        press.page_of(f"{{{{ {call} }}}}")


@pytest.mark.usefixtures("hostile_catalogue")
def test_hostile_text_stays_text(press: Press) -> None:
    page = press.page_of('{{ source("tiers") }}\n\n{{ sources(["tiers"]) }}')
    assert {each.tag for each in page.below()} == {"p", "span", "a", "small", "ul", "li"}
    assert [each.text for each in page.all("a")] == [HOSTILE, HOSTILE]
