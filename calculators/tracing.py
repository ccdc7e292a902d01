"""Tracing: numbers that remember how they were made, so that a workbook can make them again.

A `Traced` is a Decimal with the expression that gave it. Run a calculation on traced inputs, and
each result carries its formula over them. Where the code compares two traced numbers, the path it
took is kept as a check: the formulas hold as long as every check does.

Nothing is traced outside `recording`, nor inside `paused`: a search or a simulation has no formula
worth a cell.
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_UP, Context, Decimal
from functools import wraps
from typing import TYPE_CHECKING, Any, ParamSpec, Self, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Given = ParamSpec("Given")
Made = TypeVar("Made")
ROUNDINGS = {ROUND_CEILING: "ceiling", ROUND_FLOOR: "floor", ROUND_UP: "up", ROUND_DOWN: "down"}


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """One operation on earlier nodes and constants, or a named cell."""

    operation: str
    arguments: tuple[Node | Decimal, ...] = ()
    cell: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """A comparison that came out true or false on the path that was taken."""

    relation: str
    left: Node | Decimal
    right: Node | Decimal
    is_true: bool


@dataclass(slots=True)
class Recorder:
    """The checks of one run."""

    checks: list[Check] = field(default_factory=list)
    is_on: bool = True


_recorders: list[Recorder] = []


def is_on() -> bool:
    """Say whether numbers are being traced."""
    return bool(_recorders) and _recorders[-1].is_on


@contextmanager
def recording() -> Iterator[Recorder]:
    """Trace what is computed inside."""
    recorder = Recorder()
    _recorders.append(recorder)
    try:
        yield recorder
    finally:
        _recorders.pop()


@contextmanager
def paused() -> Iterator[None]:
    """Trace nothing inside: for searches and simulations."""
    before = [each.is_on for each in _recorders]
    for each in _recorders:
        each.is_on = False
    try:
        yield
    finally:
        for each, was_on in zip(_recorders, before, strict=True):
            each.is_on = was_on


def untraced(work: Callable[Given, Made]) -> Callable[Given, Made]:
    """Have a function trace nothing: a search, a simulation, a chart. What it yields comes as a tuple."""

    @wraps(work)
    def aside(*args: Given.args, **kwargs: Given.kwargs) -> Made:
        with paused():
            made = work(*args, **kwargs)
            return tuple(made) if isinstance(made, Generator) else made  # type: ignore[return-value]  # still iterable

    return aside


class Traced(Decimal):
    """A Decimal that knows the expression it came from."""

    node: Node

    def __new__(cls, value: Decimal, node: Node) -> Self:
        """Return the number with its expression."""
        made = super().__new__(cls, value)
        made.node = node
        return made

    def to_integral_value(self, rounding: str | None = None, context: Context | None = None) -> Decimal:
        """Round to a whole number; a rounding to the nearest is kept as such."""
        whole: Decimal = _made(
            super().to_integral_value(rounding, context), ROUNDINGS.get(rounding or "", "round"), self
        )
        return whole


def cell(value: Decimal, name: str) -> Traced:
    """Return a number that stands in a cell of its own."""
    return Traced(value, Node("cell", cell=name))


def expression(value: object) -> Node | None:
    """Return the expression of a number, None for one that was not traced."""
    return value.node if isinstance(value, Traced) else None


def _made(value: Any, operation: str, *arguments: Decimal) -> Any:
    """Return a plain result with the expression that made it, while recording."""
    if not is_on() or not isinstance(value, Decimal):
        return value
    return Traced(value, Node(operation, tuple(map(_term, arguments))))


def _term(value: Decimal) -> Node | Decimal:
    return value.node if isinstance(value, Traced) else Decimal(value)


def _note(relation: str, left: Decimal, right: Decimal, *, is_true: bool) -> None:
    if is_on():
        _recorders[-1].checks.append(Check(relation, _term(left), _term(right), is_true))


def _arithmetic(name: str, operation: str) -> Callable[..., Any]:
    plain = getattr(Decimal, name)

    def traced(self: Traced, other: Any = None, *rest: Any) -> Any:
        if other is None:
            return _made(plain(self), operation, self)
        value = plain(self, other, *rest)
        if value is NotImplemented or not isinstance(other, Decimal | int):
            return value
        pair = (Decimal(other), self) if name.startswith("__r") else (self, other)
        return _made(value, operation, *(each if isinstance(each, Decimal) else Decimal(each) for each in pair))

    return traced


def _comparison(name: str, relation: str) -> Callable[[Traced, Any], Any]:
    plain = getattr(Decimal, name)

    def compared(self: Traced, other: Any) -> Any:
        outcome = plain(self, other)
        if isinstance(outcome, bool) and isinstance(other, Decimal | int):
            _note(relation, self, other if isinstance(other, Decimal) else Decimal(other), is_true=outcome)
        return outcome

    return compared


def _truth(self: Traced) -> bool:
    outcome = Decimal.__bool__(self)
    _note("=", self, Decimal(0), is_true=not outcome)
    return outcome


def _frozen(name: str) -> Callable[..., Any]:
    """Return a method without a formula of its own: the path beyond holds for this very value only."""
    plain = getattr(Decimal, name)

    def fixed(self: Traced, *arguments: Any) -> Any:
        for each in (self, *arguments):
            if isinstance(each, Traced):
                _note("=", each, Decimal(each), is_true=True)
        return plain(self, *arguments)

    return fixed


BINARY = {"add": "+", "sub": "-", "mul": "*", "truediv": "/", "pow": "^"}
UNARY = {"__neg__": "negative", "__pos__": "same", "__abs__": "abs", "exp": "exp", "ln": "ln", "sqrt": "sqrt"}
RELATIONS = {"lt": "<", "le": "<=", "gt": ">", "ge": ">=", "eq": "=", "ne": "<>"}
WITHOUT_FORMULA = (
    *(f"__{each}__" for each in ("int", "float", "round", "trunc", "floor", "ceil", "divmod", "rdivmod")),
    *(f"__{each}__" for each in ("floordiv", "rfloordiv", "mod", "rmod")),
    *("quantize", "fma", "max", "min", "compare", "log10", "scaleb", "remainder_near", "to_integral", "normalize"),
)
for _word, _sign in BINARY.items():
    setattr(Traced, f"__{_word}__", _arithmetic(f"__{_word}__", _sign))
    setattr(Traced, f"__r{_word}__", _arithmetic(f"__r{_word}__", _sign))
for _word, _sign in UNARY.items():
    setattr(Traced, _word, _arithmetic(_word, _sign))
for _word, _sign in RELATIONS.items():
    setattr(Traced, f"__{_word}__", _comparison(f"__{_word}__", _sign))
for _word in WITHOUT_FORMULA:
    setattr(Traced, _word, _frozen(_word))
setattr(Traced, "__bool__", _truth)  # noqa: B010 - set like its neighbours
setattr(Traced, "__hash__", Decimal.__hash__)  # noqa: B010 - a class that defines __eq__ loses it
