"""MathML: well-formed, and no letter, digit or sign of the formula is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculators.formulas import tiers, tokens
from macros.formula import mathml
from macros.formula_docstring import entries
from tests.macros.html_tree import tree
from tests.macros.rendering import HOSTILE

LINES = [line for module in (tokens, tiers) for each in entries(module) for line in each.lines]
SIGNS = "+=/<>≥≤×÷"
KNOWN = {"math", "mrow", "mi", "mn", "mo", "msub", "msup", "mtext", "mspace"}


def letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


@pytest.mark.parametrize("line", LINES)
def test_a_formula_of_the_course_keeps_its_letters_signs_and_name(line: str) -> None:
    math = tree(mathml(line)).one("math")
    assert letters(math.text) == letters(line)
    assert math.attributes["aria-label"] == line
    assert [math.text.count(sign) for sign in SIGNS] == [line.count(sign) for sign in SIGNS]


@given(st.text("aZé0 9α_^()'*.,+-−=<>&\"/·\t²", max_size=40))
def test_any_text_is_well_formed_and_keeps_its_letters(text: str) -> None:
    math = tree(mathml(text))
    assert {each.tag for each in math.below()} <= KNOWN
    assert letters(math.text) == letters(text)


def test_subscripts_and_powers_are_structure() -> None:
    math = tree(mathml("c = T_in·p / 10^6"))
    assert [each.text for each in math.one("msub").children if not isinstance(each, str)] == ["T", "in"]
    assert [each.text for each in math.one("msup").children if not isinstance(each, str)] == ["10", "6"]


def test_words_do_not_run_together() -> None:
    math = tree(mathml("cost if cached"))
    assert len(math.all("mspace")) == 2


def test_hostile_text_stays_text() -> None:
    assert "<mo>&lt;</mo>" in mathml("a < b")
    math = tree(mathml(HOSTILE))
    assert {each.tag for each in math.below()} <= KNOWN
    assert math.one("math").attributes["aria-label"] == HOSTILE
