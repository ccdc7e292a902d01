"""Inputs: how one is declared, read from text, checked and described.

A calculator's inputs are one frozen dataclass whose fields are declared with the functions below
(`whole`, `amount`, `ratio`, `price`, `choice`, `flag`, `model`, …). The declaration is the only
description of an input: the form, the command line, the JSON Schema and the errors all read it.
"""

from __future__ import annotations

import dataclasses
import difflib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar, Self, TypeVar

from calculators import catalogue
from calculators.errors import InputError, Problem

LONGEST_SHOWN = 40
LONGEST_NUMBER = 60
SCALES = {"k": 1_000, "m": 1_000_000, "bn": 1_000_000_000}
NUMBER_TEXT = re.compile(r"([-+]?[0-9]*\.?[0-9]*(?:e[-+]?[0-9]{1,3})?)(k|m|bn)?", re.IGNORECASE)

Choices = Mapping[str, str]
T = TypeVar("T", bound="Inputs")


class Refused(ValueError):  # noqa: N818 - it is caught and told, never seen as an error
    """A value can't be used; the message says what to enter instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spec:
    """One input as everybody sees it: the form, the schema, the errors."""

    kind: str  # number, choice, choices, flag or numbers
    label: str
    help: str
    unit: str
    group: str
    is_whole: bool = False
    is_nullable: bool = False
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    most: int = 1
    exactly: int | None = None
    choices: Callable[[], Choices] = dict

    def check(self, value: object) -> Any:
        """Return the value in the type of its kind, or raise Refused."""
        if isinstance(value, Refused):  # `read` could not make a value of what was typed
            raise value
        if value is None and self.is_nullable:
            return None
        return CHECKS[self.kind](self, value)

    def read(self, text: str) -> Any:
        """Return what a reader typed as a value, or raise Refused."""
        typed = text.strip()
        if not typed and self.is_nullable:
            return None
        return self.check(READERS[self.kind](self, typed))

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
    return number.to_integral_value() if spec.is_whole else number + 0  # + 0 makes -0 a 0


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
    if isinstance(value, str) or not isinstance(value, Sequence):
        raise Refused(f"enter {spec.exactly} numbers, not {quoted(value)}")
    if len(value) != spec.exactly:
        raise Refused(f"enter {spec.exactly} numbers, not {len(value)}")
    numbers = tuple(_check_number(spec, each) for each in value)
    if not any(numbers):
        raise Refused("enter at least one number above 0")
    return numbers


def _read_number(spec: Spec, text: str) -> Decimal:
    squeezed = re.sub(r"(?<=[0-9])[,\s_](?=[0-9])", "", text[: LONGEST_NUMBER + 1]).strip()
    found = NUMBER_TEXT.fullmatch(squeezed.replace(" ", ""))
    if len(text) > LONGEST_NUMBER or not found or not found[1]:
        raise Refused(f"{spec.wanted()}, not {quoted(text) if text else 'nothing'}")
    try:
        return Decimal(found[1]) * SCALES.get((found[2] or "").lower(), 1)
    except InvalidOperation:
        raise Refused(f"{spec.wanted()}, not {quoted(text)}") from None


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
    "numbers": lambda spec, text: [_read_number(spec, part) for part in _read_list(text, spec.exactly or 0)],
}


# --- declaring an input -------------------------------------------------------------------------


def _declare(default: object, spec: Spec) -> Any:
    return dataclasses.field(default=default, metadata={"spec": spec})


def number(
    default: Decimal | int | str | None,
    *,
    label: str,
    help: str,  # noqa: A002 - the word of the contract
    unit: str,
    group: str,
    minimum: Decimal | int | str = 0,
    maximum: Decimal | int | str = 10**12,
    is_whole: bool = False,
    is_nullable: bool = False,
) -> Any:
    """Declare a number with its limits."""
    spec = Spec(
        kind="number",
        label=label,
        help=help,
        unit=unit,
        group=group,
        is_whole=is_whole,
        is_nullable=is_nullable,
        minimum=Decimal(minimum),
        maximum=Decimal(maximum),
    )
    return _declare(None if default is None else Decimal(default), spec)


def whole(default: int, **words: Any) -> Any:
    """Declare a whole number."""
    return number(default, is_whole=True, **words)


def ratio(default: str, **words: Any) -> Any:
    """Declare a share from 0 to 1, never per cent."""
    return number(default, unit="ratio", maximum=1, **words)


def price(*, maximum: int = 10**6, **words: Any) -> Any:
    """Declare a price that is the catalogue's unless a number is entered."""
    return number(None, maximum=maximum, is_nullable=True, **words)


def choice(default: str, choices: Choices | Callable[[], Choices], **words: Any) -> Any:
    """Declare a choice among named values."""
    known = choices if callable(choices) else lambda: choices
    return _declare(default, Spec(kind="choice", choices=known, unit="", most=12, **words))


def some(choices: Callable[[], Choices], *, most: int, **words: Any) -> Any:
    """Declare a list of named values, empty at first."""
    return _declare((), Spec(kind="choices", choices=choices, unit="", most=most, **words))


def flag(*, default: bool, **words: Any) -> Any:
    """Declare a yes or no."""
    return _declare(default, Spec(kind="flag", unit="yes or no", **words))


def numbers(exactly: int, **words: Any) -> Any:
    """Declare a list of exactly so many numbers, or nothing."""
    spec = Spec(kind="numbers", exactly=exactly, is_nullable=True, minimum=Decimal(0), maximum=Decimal(10**12), **words)
    return _declare(None, spec)


def chat_models() -> Choices:
    """Return the models that answer text, by id."""
    return {each.id: each.name for each in catalogue.load().models.values() if each.kind == "chat"}


def regions() -> Choices:
    """Return the Regions that the catalogue knows."""
    return {each: each for each in catalogue.load().regions}


# --- the inputs of one calculator ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Conflict:
    """Inputs that are each possible but not together. The first one named gets the message."""

    fields: tuple[str, ...]
    problem: str


class Inputs:
    """Base of every calculator's inputs: a frozen dataclass that can't hold a wrong value."""

    __slots__ = ()
    __dataclass_fields__: ClassVar[dict[str, dataclasses.Field[Any]]]

    def __post_init__(self) -> None:
        """Check every field, then every pair, and raise one error that names all at fault."""
        problems: list[Problem] = []
        for name, spec in specs(type(self)).items():
            try:
                object.__setattr__(self, name, spec.check(getattr(self, name)))
            except Refused as refused:
                problems.append(Problem(name, str(refused)))
                object.__setattr__(self, name, self.__dataclass_fields__[name].default)
        wrong = {each.field for each in problems}
        pairs = [each for each in self.conflicts() if wrong.isdisjoint(each.fields)]
        problems += [Problem(each.fields[0], each.problem) for each in pairs]
        if problems:
            raise InputError(problems)

    def conflicts(self) -> list[Conflict]:
        """Return the pairs that can't hold together; none unless a calculator says so."""
        return []

    def trial(self, name: str, value: object) -> Self:
        """Return a copy with one value changed, unchecked: for searches over known good values."""
        copy = object.__new__(type(self))
        for each in self.__dataclass_fields__:
            object.__setattr__(copy, each, getattr(self, each))
        object.__setattr__(copy, name, value)
        return copy

    def as_mapping(self) -> dict[str, Any]:
        """Return every input by name."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


def specs(inputs_type: type[Inputs]) -> dict[str, Spec]:
    """Return the declaration of each input, in order."""
    return {name: field.metadata["spec"] for name, field in inputs_type.__dataclass_fields__.items()}


def read(inputs_type: type[T], given: object, *, text: bool = False) -> T:
    """Return the inputs, or raise one InputError that names every input at fault.

    With `text`, strings are what a reader typed ("1.2M", "" for nothing).
    """
    if not isinstance(given, Mapping):
        raise InputError([Problem("inputs", f"enter an object of input names and values, not {quoted(given)}")])
    known = specs(inputs_type)
    unknown = [name for name in given if name not in known]
    problems = [
        Problem(quoted(name)[1:-1], f"there is no input of this name{closest(name, known)}")
        for name in map(str, unknown)
    ]
    values = {name: value for name, value in (typed(inputs_type, given) if text else given).items() if name in known}
    try:
        inputs = inputs_type(**values)
    except InputError as error:
        raise InputError([*problems, *error.problems]) from None
    if problems:
        raise InputError(problems)
    return inputs


def typed(inputs_type: type[Inputs], given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the mapping with each string read as what a reader typed.

    What can't be read becomes its own refusal, which the check of the inputs raises with the others.
    """
    known = specs(inputs_type)
    return {
        name: _typed(known[name], value) if name in known and isinstance(value, str) else value
        for name, value in given.items()
    }


def _typed(spec: Spec, text: str) -> Any:
    try:
        return spec.read(text)
    except Refused as refused:
        return refused
