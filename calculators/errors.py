"""What a reader can get wrong, said so that it can be put right.

InputError          one or more inputs can't be used; each Problem names its input.
MissingPrice        the catalogue holds no figure for what was asked (see `catalogue`).

Every other exception is a fault of the project and is left to crash.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Problem:
    """One input at fault: its name, and what to do about it."""

    field: str
    problem: str


class InputError(ValueError):
    """The inputs can't be used; `problems` names every one at fault."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Keep the problems in the order given."""
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{each.field}: {each.problem}" for each in self.problems))

    def as_dict(self) -> dict[str, list[dict[str, str]]]:
        """Return the error object of the contract.

        >>> InputError([Problem("seed", "enter a whole number")]).as_dict()
        {'errors': [{'field': 'seed', 'problem': 'enter a whole number'}]}
        """
        return {"errors": [{"field": each.field, "problem": each.problem} for each in self.problems]}
