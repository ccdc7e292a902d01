"""Facts: what a case gives, each with the words in which its text writes it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from calculators import shown
from calculators.practice.cases import Given

if TYPE_CHECKING:
    from calculators.practice.dice import Dice


def who(dice: Dice, phrases: tuple[str, ...]) -> Given:
    """Return a business as the first words of a text."""
    phrase = dice.pick(phrases)
    return Given("who", phrase, phrase)


def count(name: str, value: Decimal) -> Given:
    """Return a count as a fact of a case."""
    return Given(name, value, f"{value:,f}")


def percent(name: str, value: Decimal) -> Given:
    """Return a ratio as a fact of a case, written in per cent."""
    return Given(name, value, shown.percent(value))


def usd(name: str, value: Decimal) -> Given:
    """Return an amount of money as a fact of a case: whole dollars without cents."""
    whole = value == value.to_integral_value()
    return Given(name, value, f"${value:,.0f}" if whole else shown.price(value))


def number(name: str, value: Decimal) -> Given:
    """Return a number with its decimals as a fact of a case."""
    return Given(name, value, shown.significant(value, 10))


def numbers(given: tuple[Given, ...]) -> dict[str, Decimal]:
    """Return the numbers among the facts by name."""
    return {each.name: each.value for each in given if isinstance(each.value, Decimal)}
