"""Flips: how far each input is from changing a decision.

Each number is searched outwards from its present value, first in widening steps, then by halving
the step in which the decision changes. Whole numbers are found exactly, others to twelve digits.
The value returned is on the far side: entered, it does change the decision. Where a short number lies
that near to the limit and changes the decision too, it is that number.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from typing import TYPE_CHECKING, Any, TypeVar

from calculators import tracing
from calculators.errors import InputError
from calculators.fields import Inputs, specs
from calculators.results import INPUT_NAME, INPUT_VALUE, output

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from calculators.entries import Spec

WIDENING = tuple(map(Decimal, ("1.05", "1.3", "2", "4", "10", "40", "300", "100000")))
HALVINGS = 60
DIGITS = Decimal("1e-12")
CLEAN = Context(prec=9)  # a limit as a person would write it, if it lies where the search ended
NEXT_TO_NOTHING = Decimal("1e-9")  # where a step ends at 0, its relative size never falls

Given = TypeVar("Given", bound=Inputs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Flip:
    """The nearest value of one input at which the decision is another."""

    input: str = output("Input", INPUT_NAME)
    now: Any = output("Now", INPUT_VALUE)
    flips_at: Any = output("Flips at", INPUT_VALUE)
    becomes: str = output("Becomes")


Told = TypeVar("Told", bound=Flip)

_is_searching: ContextVar[bool] = ContextVar("is_searching", default=True)


@contextmanager
def left_out() -> Iterator[None]:
    """Find no flips inside: for numbers that are wanted before the search is done."""
    before = _is_searching.set(False)
    try:
        yield
    finally:
        _is_searching.reset(before)


@tracing.untraced
def find(
    inputs: Given,
    decide: Callable[[Given], str],
    *,
    searched: Sequence[str],
    switched: Sequence[str] = (),
    kind: type[Told],
    now: Callable[[str], Decimal | None] | None = None,
) -> Iterator[Told]:
    """Yield the nearest flip of each input that can change the decision, in input order.

    `decide` returns the decision for inputs, and may raise InputError where there is none. `searched`
    names numbers, `switched` choices and flags. `now` gives the present value of an input that may be
    empty, None to leave it out; without it, empty inputs are left out. `kind` is Flip or, where a
    decision has words of its own, a class made from it.
    """
    if not _is_searching.get():
        return
    decided, known = decide(inputs), specs(type(inputs))
    found: dict[str, Told] = {}
    for name in switched:
        options = [True, False] if known[name].kind == "flag" else list(known[name].choices())
        trial = _decider(inputs, decide, name)
        nearest = next(((value, other) for value in options if (other := trial(value)) not in (None, decided)), None)
        if nearest and nearest[0] != getattr(inputs, name):
            found[name] = kind(input=name, now=getattr(inputs, name), flips_at=nearest[0], becomes=nearest[1] or "")
    for name in searched:
        present = now(name) if now else getattr(inputs, name)
        if present is not None:
            at = _nearest(present, known[name], _decider(inputs, decide, name), decided)
            if at is not None:
                found[name] = kind(input=name, now=present, flips_at=at[0], becomes=at[1])
    yield from (found[name] for name in known if name in found)


def _decider(inputs: Given, decide: Callable[[Given], str], name: str) -> Callable[[Any], str | None]:
    """Return a function from a value of one input to the decision, None where it can't be entered."""
    known: dict[Any, str | None] = {}

    def decided(value: Any) -> str | None:
        if value not in known:
            changed = inputs.trial(name, value)
            try:
                known[value] = None if changed.conflicts() else decide(changed)
            except InputError:
                known[value] = None
        return known[value]

    return decided


def _nearest(now: Decimal, spec: Spec, decide: Callable[[Any], str | None], decided: str) -> tuple[Decimal, str] | None:
    """Return the nearest value at which the decision changes, and what it becomes."""
    found = [_search(now, points, spec, decide, decided) for points in (_above(now, spec), _below(now, spec))]
    near = [each for each in found if each is not None]
    return min(near, key=lambda each: abs(each[0] - now)) if near else None


def _above(now: Decimal, spec: Spec) -> list[Decimal]:
    assert spec.maximum is not None  # noqa: S101 - every number has limits
    if spec.unit == "ratio":
        return [now + (spec.maximum - now) * step / 16 for step in range(1, 17)]
    start = now or (Decimal(1) if spec.is_whole else Decimal("0.001"))
    points = [start, *(start * factor for factor in WIDENING)]
    return [
        *(each for each in points if now < each < spec.maximum),
        *([spec.maximum] if spec.maximum <= start * 1_000_000 else []),
    ]


def _below(now: Decimal, spec: Spec) -> list[Decimal]:
    assert spec.minimum is not None  # noqa: S101 - every number has limits
    if spec.unit == "ratio":
        return [spec.minimum + (now - spec.minimum) * (16 - step) / 16 for step in range(1, 17)]
    points = [now / factor for factor in WIDENING]
    least = (
        max(spec.minimum, Decimal(1)) if spec.is_whole else spec.minimum
    )  # with nothing to do every choice costs nothing
    return [*(each for each in points if least < each < now), *([least] if now > least else [])]


def _search(
    now: Decimal, points: list[Decimal], spec: Spec, decide: Callable[[Any], str | None], decided: str
) -> tuple[Decimal, str] | None:
    last = now
    for point in points:
        value = point.to_integral_value() if spec.is_whole else point
        if value == last:
            continue
        other = decide(value)
        if other is None:
            return None  # beyond here the inputs don't hold together
        if other != decided:
            return _halve(last, value, spec, decide, decided)
        last = value
    return None


def _halve(
    same: Decimal, other: Decimal, spec: Spec, decide: Callable[[Any], str | None], decided: str
) -> tuple[Decimal, str]:
    """Narrow the step from a value with the same decision to one with another."""
    rounding = ROUND_CEILING if other > same else ROUND_FLOOR
    finest = NEXT_TO_NOTHING if same == 0 else Decimal(0)
    for _ in range(HALVINGS):
        middle = (same + other) / 2
        if spec.is_whole:
            middle = middle.to_integral_value(rounding)
        if middle in (same, other) or abs(other - same) <= max(DIGITS * max(abs(other), abs(same)), finest):
            break
        if decide(middle) == decided:
            same = middle
        else:
            other = middle
    clean = CLEAN.create_decimal(other)
    is_near = abs(clean - other) <= max(10 * DIGITS * abs(other), finest)
    if clean != other and is_near and decide(clean) not in (None, decided):
        other = clean
    return other, decide(other) or ""
