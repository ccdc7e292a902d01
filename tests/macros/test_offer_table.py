"""`offer_table(…)`: yes, no or not known for each tier, as the model's card says."""

from __future__ import annotations

import csv
from importlib import resources
from typing import TYPE_CHECKING

import pytest

from calculators import catalogue
from macros.naming import MacroError
from macros.offer_table import TIERS
from tests.macros.rendering import HOSTILE

if TYPE_CHECKING:
    from tests.macros.rendering import Press

WITHOUT_A_CARD = "ai21.jamba-1-5-mini-v1:0"


def rows(press: Press, models: list[str]) -> list[dict[str, str]]:
    return press.page_of(f"{{{{ offer_table({models}) }}}}\n\nEnd.").records()


def cards() -> dict[str, dict[str, str]]:
    """Read the file of offers again, without the catalogue; a later row stands before an earlier one."""
    text = (resources.files("calculators.catalogue") / "data" / "offers.csv").read_text("utf-8")
    return {
        each["model_id"]: each
        for each in sorted(csv.DictReader(text.splitlines()), key=lambda each: each["valid_from"])
    }


def test_each_answer_is_that_of_the_card(press: Press) -> None:
    offers = cards()
    for (model, card), row in zip(offers.items(), rows(press, list(offers)), strict=True):
        assert row["Model"] == catalogue.load().models[model].name
        assert {tier: row[heading] for tier, heading in TIERS.items()} == {
            tier: card[tier] or "not known" for tier in TIERS
        }
        assert row["As of"] == card["as_of"]
        assert row["Source"] == catalogue.load().sources[card["card"]].title


def test_where_no_card_was_read_nothing_is_claimed(press: Press) -> None:
    assert WITHOUT_A_CARD not in cards()
    (row,) = rows(press, [WITHOUT_A_CARD])
    assert {row[heading] for heading in TIERS.values()} == {"not known"}
    assert row["Source"] == "no model card read"


def test_a_wrong_model_fails_and_says_which_was_meant(press: Press) -> None:
    with pytest.raises(MacroError, match=r'offer_table\(.*did you mean "anthropic.claude-sonnet-5"'):
        rows(press, ["anthropic.claude-sonet-5"])


@pytest.mark.usefixtures("hostile_catalogue")
def test_hostile_text_stays_text(press: Press) -> None:
    (row,) = rows(press, ["anthropic.claude-sonnet-5"])
    assert row["Model"] == row["Source"] == HOSTILE
