"""Cases: what a topic draws. A business case in words, its answer, and the slips that lead elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

from calculators import catalogue as prices_and_offers
from calculators import registry
from calculators.fields import read

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from calculators.catalogue import Catalogue
    from calculators.fields import Inputs
    from calculators.practice.dice import Dice

T = TypeVar("T")
TOLERANCE = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Given:
    """One fact of the case: its name, its value, and how the text writes it."""

    name: str
    value: Decimal | str
    text: str


@dataclass(frozen=True, slots=True)
class Slip:
    """A wrong answer that a known mistake leads to, and what the mistake was."""

    value: Any
    why: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the answers to choose from, or one of the things to put in order."""

    value: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One drawn case. `answer` is a number, the value of a choice, or the values of choices in order."""

    kind: str  # number, choice or order
    text: str
    given: tuple[Given, ...]
    unit: str
    answer: Any
    slips: tuple[Slip, ...]
    explanation: str
    calculator: str
    inputs: Mapping[str, Any]
    output: str  # the output that holds the answer; of a choice or an order, the number that settles it
    settles: Any = None  # the value of that output, where it is not the answer itself
    steps: tuple[str, ...] = ()  # the steps to show, by the start of their names
    choices: tuple[Choice, ...] = ()
    tolerance_ratio: Decimal = TOLERANCE


@dataclass(frozen=True, slots=True)
class Form:
    """One way to ask about a topic. `draw` returns None where a draw makes no fair question."""

    name: str
    objective: str
    draw: Callable[[Dice, Catalogue], Case | None]


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic of practice and its forms."""

    name: str
    title: str
    forms: tuple[Form, ...] = field(repr=False)

    def form(self, name: str) -> Form | None:
        """Return a form by its name, None where there is none."""
        return next((each for each in self.forms if each.name == name), None)


def tell(template: str, given: Sequence[Given]) -> str:
    """Return a text with each given fact in its place, marked as an example.

    >>> tell("At a bank {people} people work.", [Given("people", Decimal(1200), "1,200")])
    'Example: at a bank 1,200 people work.'
    """
    return f"Example: {template[:1].lower()}{template[1:]}".format(**{each.name: each.text for each in given})


def inputs_of(calculator: str, given: Mapping[str, Any]) -> Inputs:
    """Return the checked inputs of a calculator."""
    return read(registry.calculator(calculator).Inputs, given)


def quietly(calculator: str, given: Mapping[str, Any], catalogue: Catalogue) -> Any:
    """Return a calculator's result without its steps and charts."""
    return registry.calculator(calculator).calculate(inputs_of(calculator, given), catalogue, is_quiet=True)


def prices_of(snapshot: str) -> Catalogue:
    """Return the prices of a snapshot."""
    return prices_and_offers.load(snapshot)
