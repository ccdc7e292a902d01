"""Results: what a calculator returns, and how it becomes the plain data of the contract.

A result is one frozen dataclass whose fields are declared with `output`: a label and a unit.
Rows of a list and parts of a nested output are such dataclasses themselves.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Context, Decimal, localcontext
from functools import cache, wraps
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

if TYPE_CHECKING:
    from calculators.ledger import Quote
    from calculators.steps import Step

P = ParamSpec("P")
R = TypeVar("R")
Words = Callable[[], Mapping[str, str]]
RECEIPT = ("steps", "prices", "warnings", "charts")
PRECISION = 28
INPUT_NAME, INPUT_VALUE = "input name", "input value"  # units of a row about an input
PLAIN = (Decimal, str, bool, int)  # what a scalar output may hold, besides nothing
LARGEST_EXACT_INTEGER = 2**53


@dataclass(frozen=True, slots=True)
class Caution:
    """Something the reader should know before trusting the number."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A declarative chart (Vega-Lite) with the sentence that says what it shows."""

    id: str
    title: str
    summary: str
    spec: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What every result carries beside its outputs."""

    steps: tuple[Step, ...]
    prices: tuple[Quote, ...]
    warnings: tuple[Caution, ...]
    charts: tuple[Chart, ...]


def output(label: str, unit: str = "", words: Words | None = None) -> Any:
    """Declare an output: what it is called, its unit, and the words in which its values are shown."""
    return field(metadata={"label": label, "unit": unit, "words": words or dict})


def exact(function: Callable[P, R]) -> Callable[P, R]:
    """Run a calculation in a decimal context of its own, so that no caller's setting reaches it."""

    @wraps(function)
    def calculated(*args: P.args, **kwargs: P.kwargs) -> R:
        with localcontext(Context(prec=PRECISION)):
            return function(*args, **kwargs)

    return calculated


def output_fields(result: object) -> tuple[dataclasses.Field[Any], ...]:
    """Return the declared outputs of a result, a row or a nested output."""
    return _declared(type(result))  # type: ignore[arg-type]  # a class can be hashed


@cache
def _declared(kind: type[Any]) -> tuple[dataclasses.Field[Any], ...]:
    return tuple(each for each in dataclasses.fields(kind) if each.name not in RECEIPT)


def data(value: object) -> Any:
    """Return a value as plain JSON data: numbers unrounded, whole ones whole.

    >>> data({"a": (Decimal("0.20"), Decimal("1304.00"), None)})
    {'a': [0.2, 1304, None]}
    """
    if isinstance(value, Decimal):
        is_whole = value == value.to_integral_value() and abs(value) < LARGEST_EXACT_INTEGER
        return int(value) if is_whole else float(value)
    if isinstance(value, Mapping):
        return {key: data(each) for key, each in value.items()}
    if isinstance(value, tuple | list):
        return [data(each) for each in value]
    if dataclasses.is_dataclass(value):
        return {each.name: data(getattr(value, each.name)) for each in dataclasses.fields(value)}
    return value


@dataclass(frozen=True, slots=True)
class Scalar:
    """One single-valued output: its full name (nested ones with dots), label, value and declaration."""

    name: str
    label: str
    value: Any
    declared: dataclasses.Field[Any]


def scalars(result: object, name: str = "", label: str = "") -> Iterator[Scalar]:
    """Yield each scalar output of a result, those of nested outputs included."""
    for each in output_fields(result):
        value, words = getattr(result, each.name), each.metadata["label"]
        if isinstance(value, tuple):
            continue
        if dataclasses.is_dataclass(value):
            yield from scalars(value, f"{name}{each.name}.", f"{label}{words}: ")
        else:
            yield Scalar(f"{name}{each.name}", f"{label}{words.lower() if label else words}", value, each)


def scalar_values(result: object, name: str = "") -> Iterator[tuple[str, Any]]:
    """Yield the full name and the value of each scalar output: for many rows, without labels."""
    for each in output_fields(result):
        value = getattr(result, each.name)
        if isinstance(value, PLAIN) or value is None:
            yield f"{name}{each.name}", value
        elif not isinstance(value, tuple):
            yield from scalar_values(value, f"{name}{each.name}.")


def envelope(name: str, version: int, snapshot: str, inputs: Mapping[str, Any], result: Result) -> dict[str, Any]:
    """Return the result object of the contract."""
    return {
        "calculator": name,
        "version": version,
        "prices_as_of": snapshot,
        "inputs": data(inputs),
        "outputs": {each.name: data(getattr(result, each.name)) for each in output_fields(result)},
        **{part: data(getattr(result, part)) for part in RECEIPT},
    }
