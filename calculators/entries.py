"""Entries: what an input may hold, read from text and checked, with what to enter instead."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

LONGEST_SHOWN = 40
LONGEST_NUMBER = 60
SCALES = {"": 0, "k": 3, "m": 6, "bn": 9}  # powers of ten
NUMBER_TEXT = re.compile(  # whole digits or groups of three behind one mark, then decimals, exponent and scale
    r"([-+]? ?(?:[0-9]*|[0-9]{1,3}(?:([, _])[0-9]{3})(?:\2[0-9]{3})*)(?:\.[0-9]*)?(?:e[-+]?[0-9]{1,3})?) ?(k|m|bn)?",
    re.IGNORECASE,
)
POINTS_FOR_THOUSANDS = re.compile(r"([-+]?[0-9]{1,3}(?:\.[0-9]{3})+)(?:,([0-9]+))?")
COMMA_FOR_DECIMALS = re.compile(r"([-+]?[0-9 ]+),([0-9]+)")

Choices = Mapping[str, str]


class Refused(ValueError):  # noqa: N818 - it is caught and told, never seen as an error
    """A value can't be used; the message says what to enter instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spec:
    """One input as everybody sees it: the form, the schema, the errors."""

    kind: str  # number, choice, choices, flag, numbers or rows
    label: str
    help: str
    unit: str
    group: str
    is_whole: bool = False
    is_nullable: bool = False
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    least: int = 0  # how many values a list takes
    most: int = 1
    needs_one_above_0: bool = False
    choices: Callable[[], Choices] = dict

    def check(self, value: object) -> Any:
        """Return the value in the type of its kind, or raise Refused."""
        if isinstance(value, Refused):  # `read` could not make a value of what was typed
            raise value
        if value is None and self.is_nullable:
            return None
        return CHECKS[self.kind](self, value)

    def read(self, text: str) -> Any:
        """Return what a reader typed as a value for `check`, or raise Refused where it is none."""
        typed = text.strip()
        if not typed and self.is_nullable:
            return None
        return READERS[self.kind](self, typed)

    def wanted(self) -> str:
        """Say what number is expected."""
        noun = "a whole number" if self.is_whole else "a number"
        return f"enter {noun} from {_number(self.minimum)} to {_number(self.maximum)}"


def quoted(value: object) -> str:
    """Return a wrong value short enough to be shown beside its input."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f'"{value}"' if len(value) <= LONGEST_SHOWN else f'"{value[:LONGEST_SHOWN]}…"'
    if isinstance(value, int | float | Decimal):
        return _number(value)
    return "a list" if isinstance(value, Sequence) else "an object"


def _number(value: float | Decimal | None) -> str:
    """Return a number for an error: whole numbers whole, huge and tiny ones with an exponent."""
    number = Decimal(str(value)) if isinstance(value, float) else Decimal(value or 0)
    if not number.is_finite():
        return str(number)
    if -LONGEST_SHOWN < number.adjusted() < LONGEST_SHOWN:
        text = format(number, "f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    return f"{number:.6E}"


def closest(name: str, known: Iterable[str]) -> str:
    """Return '; did you mean "…"?' for the nearest known name, or nothing."""
    near = difflib.get_close_matches(name[:LONGEST_NUMBER].lower(), list(known), n=1, cutoff=0.6)
    return f'; did you mean "{near[0]}"?' if near else ""


def _check_number(spec: Spec, value: object) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise Refused(f"{spec.wanted()}, not {quoted(value)}")
    number = Decimal(str(value)) if isinstance(value, float) else Decimal(value)
    if not number.is_finite():
        raise Refused(f"{spec.wanted()}, not {quoted(number)}")
    if not _is_within(spec, number) or (spec.is_whole and number != number.to_integral_value()):
        hint = " (a ratio: 0.9 means 90%)" if spec.unit == "ratio" and number > 1 else ""
        raise Refused(f"{spec.wanted()}, not {quoted(number)}{hint}")
    if number.is_zero():
        return Decimal(0)  # -0 too
    return number.to_integral_value() if spec.is_whole else number


def _is_within(spec: Spec, number: Decimal) -> bool:
    return (spec.minimum is None or number >= spec.minimum) and (spec.maximum is None or number <= spec.maximum)


def _check_choice(spec: Spec, value: object) -> str:
    known = spec.choices()
    if not isinstance(value, str) or value not in known:
        near = closest(value, known) if isinstance(value, str) else ""
        listed = ", ".join(known) if len(known) <= spec.most else "the listed values"
        raise Refused(f"choose one of {listed}, not {quoted(value)}{near}")
    return value


def _check_choices(spec: Spec, value: object) -> tuple[str, ...]:
    if isinstance(value, str) or not isinstance(value, Sequence):
        raise Refused(f"enter a list, not {quoted(value)}")
    if len(value) > spec.most:
        raise Refused(f"enter at most {spec.most} values, not {len(value)}")
    return tuple(dict.fromkeys(_check_choice(spec, each) for each in value))


def _check_flag(_: Spec, value: object) -> bool:
    if not isinstance(value, bool):
        raise Refused(f"enter true or false, not {quoted(value)}")
    return value


def _check_numbers(spec: Spec, value: object) -> tuple[Decimal, ...]:
    many = f"{spec.most}" if spec.least == spec.most else f"{spec.least} to {spec.most}"
    if isinstance(value, str) or not isinstance(value, Sequence):
        raise Refused(f"enter {many} numbers, not {quoted(value)}")
    if not spec.least <= len(value) <= spec.most:
        raise Refused(f"enter {many} numbers, not {len(value)}")
    numbers = tuple(_check_number(spec, each) for each in value)
    if spec.needs_one_above_0 and not any(numbers):
        raise Refused("enter at least one number above 0")
    return numbers


def _read_number(spec: Spec, text: str) -> Decimal:
    typed = " ".join(text[: LONGEST_NUMBER + 1].split())  # no-break and thin spaces are spaces too
    found = NUMBER_TEXT.fullmatch(typed)
    if len(text) > LONGEST_NUMBER or not found or not found[1]:
        raise Refused(f"{spec.wanted()}, not {quoted(text) if text else 'nothing'}{_how_to_write(typed)}")
    try:
        number = Decimal(re.sub("[, _]", "", found[1])).as_tuple()
    except InvalidOperation:
        raise Refused(f"{spec.wanted()}, not {quoted(text)}") from None
    # Put together by digits: a product would round by the caller's decimal context.
    exponent = int(number.exponent) + SCALES[(found[3] or "").lower()]
    zeros = (0,) * max(exponent, 0)
    return Decimal((number.sign, number.digits + zeros, min(exponent, 0)))


def _how_to_write(typed: str) -> str:
    """Return how to write a number whose marks can be read in two ways, or nothing.

    >>> _how_to_write("1.200.000"), _how_to_write("1,5")
    ('; if the points mark thousands, write 1,200,000', '; if the comma marks decimals, write 1.5')
    """
    if points := POINTS_FOR_THOUSANDS.fullmatch(typed):
        decimals = f".{points[2]}" if points[2] else ""
        return f"; if the points mark thousands, write {points[1].replace('.', ',')}{decimals}"
    if comma := COMMA_FOR_DECIMALS.fullmatch(typed):
        return f"; if the comma marks decimals, write {comma[1].replace(' ', '')}.{comma[2]}"
    if re.fullmatch(r"[-+]?[0-9][0-9., _]*", typed):
        return "; write thousands as 1,200,000 or 1 200 000 and decimals with a point, as in 1.5"
    return ""


def _read_flag(_: Spec, text: str) -> bool:
    known = {"true": True, "yes": True, "on": True, "1": True, "false": False, "no": False, "off": False, "0": False}
    if text.lower() not in known:
        raise Refused(f"enter true or false, not {quoted(text)}")
    return known[text.lower()]


def _read_list(text: str, most: int) -> list[str]:
    parts = [part for part in re.split(r"[,;\s]+", text[: (LONGEST_NUMBER + 1) * (most + 2)]) if part]
    if len(text) > (LONGEST_NUMBER + 1) * (most + 2):
        raise Refused(f"enter at most {most} values, separated by commas")
    return parts


CHECKS: Mapping[str, Callable[[Spec, object], Any]] = {
    "number": _check_number,
    "choice": _check_choice,
    "choices": _check_choices,
    "flag": _check_flag,
    "numbers": _check_numbers,
}
READERS: Mapping[str, Callable[[Spec, str], Any]] = {
    "number": _read_number,
    "choice": lambda _, text: text,
    "choices": lambda spec, text: _read_list(text, spec.most),
    "flag": _read_flag,
    "numbers": lambda spec, text: [_read_number(spec, part) for part in _read_list(text, spec.most)],
}
