"""What a calculator's module offers, for the type checker."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from calculators.fields import Inputs
    from calculators.results import Result


class Calculator(Protocol):
    """A module with these names is a calculator."""

    NAME: str
    VERSION: int
    TITLE: str
    QUESTION: str
    Inputs: type[Inputs]
    Result: type[Result]
    calculate: Callable[..., Any]  # (inputs, catalogue=None, *, is_quiet=False) -> Result
    answer: Callable[..., str]
    OPEN_GROUPS: int
