"""A workbook opened in a real spreadsheet engine: cells changed, answers read."""

from __future__ import annotations

import io
import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl

SCRIPT = Path(__file__).with_name("recalculate.mjs")


@dataclass(frozen=True, slots=True)
class Change:
    """A number put into a cell; rows and columns count from 0."""

    sheet: str
    row: int
    column: int
    value: float


class Book:
    """The sheets of an .xlsx file, as the engine takes them."""

    def __init__(self, content: bytes) -> None:
        """Read cells and formulas, not the values that the file carries along."""
        book = openpyxl.load_workbook(io.BytesIO(content))
        self.sheets = {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}

    def cell(self, sheet: str, row: int, column: int) -> Any:
        """Return what stands in a cell."""
        return self.sheets[sheet][row][column]

    def inputs(self) -> dict[str, int]:
        """Return the row of each numeric input by its name; those of lists have several rows and are left out."""
        names = [str(row[4]) for row in self.sheets["Inputs"]]
        return {
            name: place
            for place, name in enumerate(names)
            if place and names.count(name) == 1 and isinstance(self.cell("Inputs", place, 1), int | float)
        }

    def recalculated(self, trials: list[list[Change]], shown: str = "Answer") -> list[list[list[Any]]]:
        """Return the cells of a sheet after each trial's changes."""
        changes = [
            [dict(zip(("sheet", "row", "column", "value"), _values(each), strict=True)) for each in trial]
            for trial in trials
        ]
        asked = json.dumps({"sheets": self.sheets, "trials": changes, "shown": shown}, default=str)
        run = subprocess.run(
            ["node", str(SCRIPT)], input=asked, capture_output=True, text=True, check=True, timeout=300
        )
        answers: list[list[list[Any]]] = json.loads(run.stdout)
        return answers


def _values(change: Change) -> tuple[str, int, int, float]:
    return change.sheet, change.row, change.column, change.value
