"""Marking: whether an answer as a person types it is right, and by which slip it is wrong."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from calculators import shown
from calculators.entries import Refused, Spec, quoted
from calculators.errors import InputError, Problem
from calculators.practice.soundness import overlap
from calculators.results import exact

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MOST = Decimal(10**15)
MONEY = re.compile(r"^(?P<sign>[-−]?)\s*(?:\$|us\$|usd)\s*|\s*(?:\$|usd|us dollars?|dollars?)$", re.IGNORECASE)
FIELD = "answer"


@dataclass(frozen=True, slots=True)
class Mark:
    """What an answer is worth: 1 when right, a part for an order that is partly right."""

    is_right: bool
    points_ratio: Decimal
    slip: str | None
    message: str

    def as_dict(self) -> dict[str, Any]:
        """Return the mark as plain data."""
        return {
            "is_right": self.is_right,
            "points_ratio": float(self.points_ratio),
            "slip": self.slip,
            "message": self.message,
        }


@exact
def mark(question: Mapping[str, Any], given: object) -> dict[str, Any]:
    """Return {"is_right", "points_ratio", "slip", "message"} for an answer to a whole question.

    A number is what a person types: 1,304 or $1.3k or, where a ratio is asked, 26.5%. A choice is its
    value, an order the list of values. Raises InputError, which names `answer`, where it can't be read.
    """
    if question["kind"] == "number":
        return _number(question, given).as_dict()
    if question["kind"] == "choice":
        return _choice(question, given).as_dict()
    return _order(question, given).as_dict()


def answer_text(question: Mapping[str, Any]) -> str:
    """Return the right answer as a reader sees it."""
    return value_text(question, question["answer"])


def value_text(question: Mapping[str, Any], value: Any) -> str:
    """Return an answer, right or wrong, as a reader sees it."""
    labels = {each["value"]: each["label"] for each in question["choices"]}
    if question["kind"] == "number":
        number, is_ratio = decimal(value), question["unit"] == "ratio"
        if is_ratio and overlap(number, 100 * decimal(question["answer"]), Decimal("1e-9")):
            return f"{shown.significant(number, 4)} without the sign"
        return number_text(number, question["unit"])
    if question["kind"] == "choice":
        return str(labels[value])
    return ", ".join(labels[each] for each in value)


def unit_text(unit: str) -> str:
    """Return the words that stand beside the box for an answer.

    >>> unit_text("ratio"), unit_text("USD per month"), unit_text("months")
    ('a ratio from 0 to 1, or per cent with the sign', 'USD per month', 'months')
    """
    return "a ratio from 0 to 1, or per cent with the sign" if unit == "ratio" else unit


def number_text(value: Decimal, unit: str) -> str:
    """Return a number with its unit.

    >>> number_text(Decimal("1304"), "USD per month"), number_text(Decimal("7.5"), "months")
    ('$1,304.00 per month', '7.5 months')
    >>> number_text(Decimal(1), "instances")
    '1 instance'
    >>> number_text(Decimal("0.265352"), "ratio"), number_text(Decimal("70.0515"), "minutes per month")
    ('26.5%', '70.0515 minutes per month')
    """
    text = shown.amount(value, unit)
    rest = unit.removeprefix("USD").strip() if unit.startswith("USD") else unit
    if unit == "ratio" or not rest:
        return text
    return f"{text} {rest.removesuffix('s') if value == 1 and ' ' not in rest else rest}"


def read_number(typed: str, unit: str) -> Decimal:
    """Return a number as a person types it, or raise InputError.

    >>> read_number("$ 1.2k", "USD per month"), read_number("26.5 %", "ratio"), read_number("0.265", "ratio")
    (Decimal('1200'), Decimal('0.265'), Decimal('0.265'))
    """
    text = MONEY.sub(r"\g<sign>", MONEY.sub(r"\g<sign>", typed.strip())).replace("−", "-")
    is_percent = text.endswith("%")
    spec = Spec(kind="number", label="", help="", unit="", group="", minimum=-MOST, maximum=MOST)
    try:
        value: Decimal = spec.check(spec.read(text.removesuffix("%").strip()))
    except Refused as refused:
        problem = str(refused).replace(spec.wanted(), "enter a number").replace(quoted(text), quoted(typed.strip()))
        raise InputError([Problem(FIELD, problem)]) from None
    if is_percent and unit != "ratio":
        raise InputError([Problem(FIELD, f"enter an answer in {unit}, without the % sign")])
    return value / 100 if is_percent else value


def _right(message: str) -> Mark:
    return Mark(is_right=True, points_ratio=Decimal(1), slip=None, message=message)


def _wrong(message: str, slip: str | None = None, points_ratio: Decimal = Decimal(0)) -> Mark:
    return Mark(is_right=False, points_ratio=points_ratio, slip=slip, message=message)


def _number(question: Mapping[str, Any], given: object) -> Mark:
    if not isinstance(given, str | int | float | Decimal) or isinstance(given, bool):
        raise InputError([Problem(FIELD, f"enter a number, not {quoted(given)}")])
    value = read_number(given if isinstance(given, str) else str(given), question["unit"])
    answer, tolerance = decimal(question["answer"]), decimal(question["tolerance_ratio"])
    told = answer_text(question)
    if abs(value - answer) <= tolerance * abs(answer):
        return _right(f"Right: {told}. {question['explanation']}")
    for slip in question["slips"]:
        wrong = decimal(slip["value"])
        if abs(value - wrong) <= tolerance * abs(wrong):
            return _wrong(f"Not right. {slip['why']} The answer is {told}.", slip["why"])
    return _wrong(f"Not right. {_hint(value, answer)}The answer is {told}. {question['explanation']}")


def _hint(value: Decimal, answer: Decimal) -> str:
    """Say in which way a number is off that no known slip leads to.

    >>> _hint(Decimal(-5), Decimal(5)), _hint(Decimal(200), Decimal(2)), _hint(Decimal(3), Decimal(2))
    ('It has the wrong sign. ', 'It is too large by a factor of 100. ', 'It is too high. ')
    """
    if value == -answer:
        return "It has the wrong sign. "
    for power in (10, 100, 1000, 10**6):
        if overlap(value, answer * power, Decimal("0.005")):
            return f"It is too large by a factor of {power:,}. "
        if overlap(value * power, answer, Decimal("0.005")):
            return f"It is too small by a factor of {power:,}. "
    return "It is too high. " if value > answer else "It is too low. "


def _choice(question: Mapping[str, Any], given: object) -> Mark:
    labels = {each["value"]: each["label"] for each in question["choices"]}
    if not isinstance(given, str) or given not in labels:
        raise InputError([Problem(FIELD, f"choose one of the answers, not {quoted(given)}")])
    if given == question["answer"]:
        return _right(f"Right: {labels[given]}. {question['explanation']}")
    why = next((each["why"] for each in question["slips"] if each["value"] == given), None)
    told = f"Not right. {f'{why} ' if why else ''}The answer is {answer_text(question)}. {question['explanation']}"
    return _wrong(told, why)


def _order(question: Mapping[str, Any], given: object) -> Mark:
    answer = list(question["answer"])
    values = list(given) if isinstance(given, list | tuple) else []
    if len(values) != len(answer) or {*map(str, values)} != {*answer}:
        raise InputError([Problem(FIELD, "put each of the answers in order, once")])
    if values == answer:
        return _right(f"Right. {question['explanation']}")
    right, pairs = _pairs_in_order(values, answer)
    why = next((each["why"] for each in question["slips"] if list(each["value"]) == values), None)
    part = f"{right} of {pairs} pairs stand in the right order. "
    told = (
        f"Not right. {f'{why} ' if why else ''}{part}The order is: {answer_text(question)}. {question['explanation']}"
    )
    return _wrong(told, why, Decimal(right) / pairs)


def _pairs_in_order(values: Sequence[str], answer: Sequence[str]) -> tuple[int, int]:
    """Return how many pairs stand in the right order, and how many there are.

    >>> _pairs_in_order(["b", "a", "c"], ["a", "b", "c"])
    (2, 3)
    """
    place = {each: at for at, each in enumerate(values)}
    pairs = [(first, second) for at, first in enumerate(answer) for second in answer[at + 1 :]]
    return sum(place[first] < place[second] for first, second in pairs), len(pairs)


def decimal(value: Any) -> Decimal:
    """Return a number of plain data, digit for digit."""
    return Decimal(str(value))
