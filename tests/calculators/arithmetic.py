"""A second reader of the arithmetic that steps show: what it comes to, counted apart from them.

Grammar
    sum     = product { ("+" | "-" | "−") product }
    product = factor { ("·" | "×" | "*" | "÷" | "/") factor }
    factor  = { "+" | "-" | "−" } power
    power   = atom [ "^" factor ]
    atom    = number | "(" sum ")" | ("min" | "max") "(" sum ", " sum { ", " sum } ")"

A number may have thousands commas ("1,200,000"), decimals, an exponent ("5e-7") and a "$" before
it; a comma between arguments has a space after it. Two values side by side are no product.
Anything else raises ValueError.
"""

from __future__ import annotations

import re
from decimal import Context, Decimal, DecimalException, localcontext

DIGITS_KEPT = 50
DEEPEST_NESTING = 40

TOKEN = re.compile(
    r"""
    (?P<number>
        \$? (?: \d{1,3} (?: ,\d{3} )+ | \d+ ) (?: \.\d+ )? (?: [eE] [-+−]? \d{1,3} )?
        (?! [\w.] | ,\d )    # "1,2", "1.2.3" and "12x" are no numbers
    )
    | (?P<name> min | max )
    | (?P<sign> [-+−·×*÷/^()] | ,(?=\s) )
    | (?P<space> \s+ )
    """,
    re.VERBOSE | re.ASCII,
)
END = ""


def evaluate(text: str) -> Decimal:
    """Work out a substituted formula, to 50 digits.

    >>> evaluate("(600·2 + 1,080·0.2 + 120·2.5 + 350·10) ÷ 10^6")
    Decimal('0.005216')
    >>> evaluate("max(0, $1,775 − $1,304) × 2")
    Decimal('942')
    """
    with localcontext(Context(prec=DIGITS_KEPT)):
        try:
            return +Reader(text).whole()
        except DecimalException as error:
            raise ValueError(f"{text[:80]!r} has no value: {type(error).__name__}") from error


def words(text: str) -> list[str]:
    """Cut the text into numbers, names and signs, and mark its end."""
    found, position = [], 0
    while position < len(text):
        match = TOKEN.match(text, position)
        if match is None:
            raise ValueError(f"cannot read {text[position : position + 20]!r} in {text[:80]!r}")
        if match.lastgroup != "space":
            found.append(match.group())
        position = match.end()
    return [*found, END]


class Reader:
    """Reads one text from left to right, one method for each line of the grammar."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = words(text)
        self.position = 0
        self.depth = 0

    def whole(self) -> Decimal:
        """Read the text to its end."""
        value = self.sum()
        self.expect(END)
        return value

    def sum(self) -> Decimal:
        """Read products that are added or taken away."""
        value = self.product()
        while sign := self.take("+", "-", "−"):
            term = self.product()
            value = value + term if sign == "+" else value - term
        return value

    def product(self) -> Decimal:
        """Read factors that multiply or divide."""
        value = self.factor()
        while sign := self.take("·", "×", "*", "÷", "/"):
            factor = self.factor()
            value = value / factor if sign in ("÷", "/") else value * factor
        return value

    def factor(self) -> Decimal:
        """Read signs, then a power: −2^2 is −4."""
        self.depth += 1
        if self.depth > DEEPEST_NESTING:
            raise ValueError(f"nested deeper than {DEEPEST_NESTING} in {self.text[:80]!r}")
        is_negative = False
        while sign := self.take("+", "-", "−"):
            is_negative ^= sign != "+"
        value = self.power()
        self.depth -= 1
        return -value if is_negative else value

    def power(self) -> Decimal:
        """Read a value and its exponent, if any: 2^3^2 is 2^9."""
        base = self.atom()
        return base ** self.factor() if self.take("^") else base

    def atom(self) -> Decimal:
        """Read a number, a bracket, or the least or greatest of several values."""
        if self.take("("):
            value = self.sum()
            self.expect(")")
            return value
        if name := self.take("min", "max"):
            values = self.arguments()
            return min(values) if name == "min" else max(values)
        return self.number()

    def arguments(self) -> list[Decimal]:
        """Read two or more values in a bracket."""
        self.expect("(")
        values = [self.sum()]
        self.expect(",")
        values.append(self.sum())
        while self.take(","):
            values.append(self.sum())
        self.expect(")")
        return values

    def number(self) -> Decimal:
        """Read a number without its ornaments."""
        word = self.words[self.position]
        if not word.lstrip("$")[:1].isdigit():
            raise ValueError(f"a number is missing before {word!r} in {self.text[:80]!r}")
        self.position += 1
        return Decimal(word.lstrip("$").replace(",", "").replace("−", "-"))

    def take(self, *wanted: str) -> str:
        """Step over the next word and return it if it is one of those wanted."""
        word = self.words[self.position]
        if word not in wanted:
            return END
        self.position += 1
        return word

    def expect(self, wanted: str) -> None:
        """Step over the next word, which must be the one wanted."""
        word = self.words[self.position]
        if word != wanted:
            raise ValueError(f"{wanted or 'the end'!r} expected, not {word!r}, in {self.text[:80]!r}")
        self.position += 1
