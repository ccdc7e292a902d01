"""`calculator_cards()`: every calculator, by its question, one link away from any page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import calculators
from calculators import token_cost
from tests.macros.rendering import DEPTHS, HOSTILE, target

if TYPE_CHECKING:
    from tests.macros.rendering import Press


@pytest.mark.parametrize("url", DEPTHS)
def test_each_calculator_has_its_title_its_question_and_a_link_to_its_page(url: str, press: Press) -> None:
    cards = press.page_of("{{ calculator_cards() }}\n\nEnd.", url).all("li")
    modules = [calculators.calculator(name) for name in calculators.names()]
    assert [card.text for card in cards] == [f"{each.TITLE} {each.QUESTION}" for each in modules]
    assert [target(url, card.one("a")) for card in cards] == [f"calculators/{name}/" for name in calculators.names()]


def test_hostile_text_stays_text(press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(token_cost, "QUESTION", HOSTILE)
    assert HOSTILE in press.page_of("{{ calculator_cards() }}").text
