"""`rule(…)`: the multiple that a tier charges."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from calculators import catalogue
from macros.naming import MacroError
from macros.rule import MULTIPLIERS

if TYPE_CHECKING:
    from tests.macros.rendering import Press


@pytest.mark.parametrize("tier", MULTIPLIERS)
def test_it_is_the_figure_of_the_rules_row(tier: str, press: Press) -> None:
    (row,) = [each for each in catalogue.load().points() if (each.item, each.meter) == (catalogue.RULE, tier)]
    words = press.page_of(f'It is {{{{ rule("{tier}") }}}} times Standard.').one("p").text.split()
    assert Decimal(words[2]) == row.usd


def test_a_wrong_tier_fails_and_says_which_was_meant(press: Press) -> None:
    with pytest.raises(MacroError, match=r'rule\("bacth"\): there is no rule "bacth"; did you mean "batch"'):
        press.page_of('{{ rule("bacth") }}')
