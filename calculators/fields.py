"""Inputs: how one is declared, and how a set of them is read and described.

A calculator's inputs are one frozen dataclass whose fields are declared with the functions below
(`whole`, `ratio`, `price`, `choice`, `flag`, `series`, …). The declaration is the only
description of an input: the form, the command line, the JSON Schema and the errors all read it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any, ClassVar, Self, TypeVar

from calculators import catalogue
from calculators.entries import Choices, Refused, Spec, closest, quoted
from calculators.errors import InputError, Problem
from calculators.table_entries import TableSpec

T = TypeVar("T", bound="Inputs")


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


def numbers(exactly: int, *, default: tuple[str, ...] | None = None, **words: Any) -> Any:
    """Declare a list of exactly so many numbers, one at least above 0, or nothing."""
    spec = Spec(
        kind="numbers",
        least=exactly,
        most=exactly,
        needs_one_above_0=True,
        is_nullable=True,
        minimum=Decimal(0),
        maximum=Decimal(10**12),
        **words,
    )
    return _declare(None if default is None else tuple(map(Decimal, default)), spec)


def series(default: tuple[str, ...], *, most: int, maximum: Decimal | int, least: int = 1, **words: Any) -> Any:
    """Declare a list of numbers whose length is the reader's: years, components.

    >>> series(("0.6", "0.9"), most=10, maximum=1, label="Adoption", help="", unit="ratio", group="").default
    (Decimal('0.6'), Decimal('0.9'))
    """
    spec = Spec(kind="numbers", least=least, most=most, minimum=Decimal(0), maximum=Decimal(maximum), **words)
    return _declare(tuple(map(Decimal, default)), spec)


def rows(default: tuple[Any, ...], *, most: int, example: str, **words: Any) -> Any:
    """Declare a small table: rows of one frozen dataclass, a name and some numbers each."""
    spec = TableSpec(kind="rows", row_type=type(default[0]), example=example, least=1, most=most, unit="", **words)
    return _declare(default, spec)


@cache
def chat_models() -> Choices:
    """Return the models that answer text, by id."""
    return {each.id: each.name for each in catalogue.load().models.values() if each.kind == "chat"}


@cache
def embedding_models() -> Choices:
    """Return the models that turn text into vectors, by id."""
    return {each.id: each.name for each in catalogue.load().models.values() if each.kind == "embedding"}


@cache
def instance_types() -> Choices:
    """Return the EC2 instance types that the catalogue describes."""
    return {each: each for each in catalogue.load().instances}


@cache
def instance_regions() -> Choices:
    """Return the Regions for which the catalogue holds EC2 prices."""
    return {each: each for each in catalogue.load().instance_regions}


@cache
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
        declared = self.__dataclass_fields__
        for name, spec in specs(type(self)).items():
            value = getattr(self, name)
            if value is declared[name].default:  # known to be good: of a million rows most inputs are defaults
                continue
            try:
                object.__setattr__(self, name, spec.check(value))
            except Refused as refused:
                problems.append(Problem(name, str(refused)))
                object.__setattr__(self, name, declared[name].default)
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


def specs(inputs_type: type[Inputs]) -> Mapping[str, Spec]:
    """Return the declaration of each input, in order."""
    return _specs(inputs_type)  # type: ignore[arg-type]  # a class can be hashed


@cache
def _specs(inputs_type: type[Any]) -> Mapping[str, Spec]:
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
