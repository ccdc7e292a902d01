"""The second reader itself: what it reads, what it refuses, and Fractions beside it."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.calculators.arithmetic import DEEPEST_NESTING, evaluate


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("0", "0", id="number"),
        pytest.param(" 1,200,000.50 ", "1200000.5", id="thousands commas"),
        pytest.param("1200000", "1200000", id="no commas"),
        pytest.param("5e-7", "0.0000005", id="exponent"),
        pytest.param("5E−7", "0.0000005", id="exponent with a minus sign"),
        pytest.param("$0.25 + $1,000", "1000.25", id="dollars"),
        pytest.param("1 − 2 - 3", "-4", id="from left to right, both minus signs"),
        pytest.param("8 ÷ 4 / 2", "1", id="both division signs"),
        pytest.param("2·3×4*5", "120", id="three multiplication signs"),
        pytest.param("2 + 3·4", "14", id="products first"),
        pytest.param("(2 + 3)·4", "20", id="brackets first"),
        pytest.param("2·3^2", "18", id="powers before products"),
        pytest.param("2^3^2", "512", id="powers from the right"),
        pytest.param("−2^2", "-4", id="sign after power"),
        pytest.param("10^−2", "0.01", id="negative exponent"),
        pytest.param("10^-(1 + 1)", "0.01", id="exponent in brackets"),
        pytest.param("4^0.5", "2", id="root"),
        pytest.param("2·−3", "-6", id="sign after a product sign"),
        pytest.param("--2", "2", id="two signs"),
        pytest.param("min(3, 1, 2)", "1", id="least"),
        pytest.param("max(0, 2.9 − 3)", "0", id="greatest"),
        pytest.param("max(1,000, min(2,500, 2,400)) ÷ 8", "300", id="commas of both kinds"),
        pytest.param("400·90 + 40·450", "54000", id="a step of F08"),
    ],
)
def test_reads(text: str, value: str) -> None:
    """The arithmetic that steps show."""
    assert evaluate(text) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "()", "(1", "1)", ")", "1 +", "· 2", "1 2", "2(3)", "(2)(3)", "2 min(1, 2)"),
        *("1,2", "1,20", "1,2000", "12,34,567", "1,234,5", ",1", "1,", "1.2.3", ".5", "5.", "1_000"),
        *("min(1)", "min()", "min(1,2)", "min(100,200)", "min 1, 2", "min(1, )", "average(1, 2)"),
        *("x", "2x", "0x10", "1e", "1e+", "1e9999", "e^2", "nan", "Infinity", "½", "٣", "1%", "€1"),
        *("$", "$ 1", "$$1", "1$", "2**3", "2//3", "1 = 1", "1 < 2", "__import__('os')", "1;2", "<b>1</b>"),
        *("1 ÷ 0", "0 / 0", "0^0", "(−8)^0.5", "9^9^9^9", "10^1000000000"),
    ],
)
def test_refuses(text: str) -> None:
    """Whatever is not that arithmetic, or has no value."""
    with pytest.raises(ValueError, match=r"cannot read|missing|expected|no value"):
        evaluate(text)


def test_reads_brackets_to_a_depth_and_no_deeper() -> None:
    """A text cannot exhaust the stack."""
    inside = DEEPEST_NESTING - 1
    assert evaluate("(" * inside + "7" + ")" * inside) == 7

    for text in ("(" * 100_000 + "7", "2^" * 100_000 + "2"):
        with pytest.raises(ValueError, match="nested deeper"):
            evaluate(text)
    assert evaluate("-" * 100_001 + "7") == -7


def test_keeps_more_digits_than_the_calculators() -> None:
    """So that a difference is the calculators'."""
    assert evaluate("1 ÷ 3") == Decimal("0." + "3" * 50)


NUMBERS = st.decimals(0, 10**7, places=4).map(lambda value: (f"{value:,}", Fraction(value))) | st.integers(
    1, 10**6
).map(lambda value: (str(value), Fraction(value)))


def joined(parts: st.SearchStrategy[tuple[str, Fraction]]) -> st.SearchStrategy[tuple[str, Fraction]]:
    """Two texts joined by a sign, in brackets, with what they come to."""
    return st.tuples(parts, st.sampled_from("+-−·×*÷/<>"), parts).map(lambda drawn: join(*drawn))


def join(left: tuple[str, Fraction], sign: str, right: tuple[str, Fraction]) -> tuple[str, Fraction]:
    """Write the text and work out the fraction."""
    (left_text, a), (right_text, b) = left, right
    if sign in "<>":
        name, value = ("min", min(a, b)) if sign == "<" else ("max", max(a, b))
        return f"{name}({left_text}, {right_text})", value
    if sign in "÷/" and b == 0:
        sign = "+"
    results = {"+": a + b, "-": a - b, "−": a - b, "·": a * b, "×": a * b, "*": a * b}
    return f"({left_text} {sign} {right_text})", results[sign] if sign in results else a / b


@given(st.recursive(NUMBERS, joined, max_leaves=8))
def test_agrees_with_exact_fractions(drawn: tuple[str, Fraction]) -> None:
    """Drawn texts, with their value worked out as they were written."""
    text, expected = drawn
    # Sums of unlike sizes may cancel, so the slack is that of the largest part.
    slack = Fraction(1, 10**20) * (1 + abs(expected))

    assert abs(Fraction(evaluate(text)) - expected) <= slack
