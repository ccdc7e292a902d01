"""`calculator_cards()`: every calculator with its question, as a link to its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import calculators
from macros.calculator import page_of
from macros.markup import block

if TYPE_CHECKING:
    from macros.place import Place


class CalculatorCardsMacro:
    """The macro, bound to the page that is being rendered."""

    def __init__(self, place: Place) -> None:
        """Keep the page: the links start from it."""
        self._place = place

    def __call__(self) -> str:
        """Return a card for each calculator of the registry, in its order."""
        cards = [
            {
                "title": calculators.calculator(name).TITLE,
                "question": calculators.calculator(name).QUESTION,
                "address": self._place.link_to(page_of(name)),
            }
            for name in calculators.names()
        ]
        return block("calculator_cards.html", cards=cards)
