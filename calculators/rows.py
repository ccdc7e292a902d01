"""Rows: one calculation for each row of a table, as flat columns.

A row goes through the very inputs and the very `calculate` of a single run, quietly: without steps
and charts. So a table holds the same digits as the page and the command line.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from calculators import catalogue, results, table_entries
from calculators.errors import InputError, Problem
from calculators.fields import read, specs
from calculators.registry import calculator

if TYPE_CHECKING:
    from collections.abc import Mapping

    from calculators.fields import Inputs

WARNINGS, PROBLEM = "warnings", "problem"

Cell = float | int | bool | str | None


@dataclass(frozen=True, slots=True)
class Answered:
    """One row that could be calculated."""

    inputs: Inputs
    result: results.Result

    def cells(self) -> dict[str, Cell]:
        """Return the row's inputs, scalar outputs and warning codes by name; lists as text."""
        found = {name: _cell(value) for name, value in self.inputs.as_mapping().items()}
        found |= {name: _cell(value) for name, value in results.scalar_values(self.result)}
        found[WARNINGS] = " ".join(dict.fromkeys(each.code for each in self.result.warnings))
        return found

    def outputs(self) -> dict[str, Any]:
        """Return inputs, outputs and warnings as the plain data of a result."""
        outputs = {
            each.name: results.data(getattr(self.result, each.name)) for each in results.output_fields(self.result)
        }
        warnings = results.data(self.result.warnings)
        return {"inputs": results.data(self.inputs.as_mapping()), "outputs": outputs, "warnings": warnings}


def calculate(name: str, given: Mapping[str, Any], prices: str | None = None, *, text: bool = False) -> Answered:
    """Return one row's answer. Raises InputError, which names every input at fault."""
    module, book = calculator(name), catalogue.load(prices)
    inputs = read(module.Inputs, given, text=text)
    return Answered(inputs, module.calculate(inputs, book, is_quiet=True))


@cache
def columns(name: str) -> tuple[str, ...]:
    """Return the names of a row's columns: inputs, scalar outputs, warnings and the problem of a refused row."""
    return (*calculate(name, {}).cells(), PROBLEM)


@cache
def kinds(name: str) -> dict[str, type]:
    """Return the type of each column: float, bool or str."""
    module = calculator(name)
    found: dict[str, type] = {each: KINDS[spec.kind] for each, spec in specs(module.Inputs).items()}
    for each in results.scalars(calculate(name, {}).result):
        declared = str(each.declared.type)
        found[each.name] = bool if "bool" in declared else float if "Decimal" in declared or "int" in declared else str
    return found | {WARNINGS: str, PROBLEM: str}


KINDS: dict[str, type] = {"number": float, "flag": bool, "choice": str, "choices": str, "numbers": str, "rows": str}


def refused(error: InputError) -> dict[str, Cell]:
    """Return the cells of a row that can't be used: its problem, and no number."""
    return {PROBLEM: str(error)}


def too_long() -> InputError:
    """Return the problem of a row with more cells than there are columns."""
    return InputError([Problem("row", "it has more cells than the first line has names")])


def _cell(value: object) -> Cell:
    if value is None or isinstance(value, str | bool):
        return value
    if isinstance(value, Decimal):
        return results.data(value)  # type: ignore[no-any-return]  # a number of JSON
    if table_entries.is_table(value):
        return table_entries.as_text(value, "; ")
    plain = results.data(value)
    if isinstance(plain, list):
        return " ".join(str(each).lower() if isinstance(each, bool) else str(each) for each in plain)
    return plain  # type: ignore[no-any-return]  # a scalar of JSON
