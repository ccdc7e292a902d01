"""Money: it computes as a bank does, and reads as the calculators write dollars."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

import calculators
from macros.money import Money, money
from macros.naming import MacroError

if TYPE_CHECKING:
    from tests.macros.rendering import Press

CENTS = st.integers(-(10**12), 10**12).map(lambda each: Money(Decimal(each) / 100))


@given(CENTS, CENTS)
def test_what_is_saved_and_what_is_left_make_the_whole(before: Money, after: Money) -> None:
    assert (before - after) + after == before


@given(CENTS, st.integers(1, 1000))
def test_so_many_parts_make_the_whole(whole: Money, parts: int) -> None:
    assert str((whole / parts) * parts) == str(whole)


def test_it_reads_as_dollars_and_a_share_as_a_percentage() -> None:
    """By hand: 1,304 − 115.20 = 1,188.80, which is 91.17% of 1,304."""
    saved = money(1304) - money("115.2")
    assert str(saved).replace("&#36;", "$") == "$1,188.80"
    assert saved.share_of(money(1304)) == "91.2%"


def test_a_share_of_nothing_fails() -> None:
    with pytest.raises(MacroError, match="share"):
        money(1).share_of(money(0))


def test_a_states_amounts_are_those_of_its_result(press: Press) -> None:
    outputs = calculators.run("token-cost")["outputs"]
    page = press.page_of(
        '{% set it = state("token-cost") %}\n'
        '- {{ it.money("usd_per_month") }}\n'
        '- {{ it.money("meters.usd_per_month", row="input") + it.money("meters.usd_per_month", row="cache_read")'
        ' + it.money("meters.usd_per_month", row="cache_write") + it.money("meters.usd_per_month", row="output") }}\n'
    )
    assert [each.text for each in page.all("li")] == [f"${outputs['usd_per_month']:,.2f}"] * 2


def test_an_input_in_dollars_is_an_amount_too(press: Press) -> None:
    page = press.page_of('{% set it = state("roi", run_usd_per_year=12000) %}\n{{ it.money("run_usd_per_year") / 12 }}')
    assert page.text.strip() == "$1,000.00"


@pytest.mark.parametrize(
    ("call", "problem"),
    [
        ('money("usd_per_moth")', 'did you mean "usd_per_month"'),
        ('money("cache_saving_ratio")', "no amount of dollars"),
        ('money("batch_split_usd_per_month")', "its value is None"),
        ('money("metres.usd_per_month", row="input")', 'did you mean "meters"'),
        ('money("meters.usd_per_month", row="inputs")', 'did you mean "input"'),
        ('money("meters.tokens_per_request", row="input")', "no amount of dollars"),
    ],
)
def test_a_wrong_name_fails_and_says_which_was_meant(call: str, problem: str, press: Press) -> None:
    with pytest.raises(MacroError, match=problem):
        press.page_of(f'{{% set it = state("token-cost") %}}\n{{{{ it.{call} }}}}')
