"""Table entries: an input that is a small table, each row a name and some numbers.

As JSON a list of objects. As text one row a line, or rows between semicolons: the name, then the
numbers, with spaces or commas between them: `Pilot light 900 0.75 0.2`. Between spaces a comma may
mark thousands (2,600); without spaces it separates (Pilot light,900,0.75,0.2).
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeGuard

from calculators.entries import Refused, Spec, closest, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "name"
LONGEST_NAME = 40
LONGEST_ROW = 240
MOST_SAID = 3  # problems of one table that are told at once
NUMBER = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d*)(?:\.\d*)?(?:e[-+]?\d{1,3})?(?:k|m|bn)?", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSpec(Spec):
    """A table as everybody sees it: its rows are of one frozen dataclass, `name` first, then numbers."""

    row_type: type[Any]
    example: str

    @property
    def columns(self) -> dict[str, Spec]:
        """The numbers of a row, in order."""
        return {each.name: each.metadata["spec"] for each in dataclasses.fields(self.row_type) if each.name != NAME}

    def check(self, value: object) -> Any:
        """Return the rows in their own type, or raise Refused, which says what is wrong row by row."""
        if isinstance(value, Refused):
            raise value
        if isinstance(value, str) or not isinstance(value, Sequence):
            raise Refused(f"enter a list of rows, not {quoted(value)}")
        self._check_count(len(value))
        found = [(number, *self._row(each)) for number, each in enumerate(value, start=1)]
        problems = [f"row {number}{said}" for number, _, problems in found for said in problems]
        rows = [(number, row) for number, row, _ in found if row is not None]
        self._tell([*problems, *_repeated(rows)])
        return tuple(row for _, row in rows)

    def read(self, text: str) -> Any:
        """Return what a reader typed as rows for `check`, or raise Refused where they are none."""
        if len(text) > LONGEST_ROW * (self.most + 1):
            raise Refused(f"enter at most {self.most} rows, each shorter than {LONGEST_ROW} characters")
        lines = [line for line in re.split(r"[;\r\n]+", text) if line.strip(" \t,")]
        self._check_count(len(lines))
        return [self._cells(line) for line in lines]

    def _check_count(self, count: int) -> None:
        if not self.least <= count <= self.most:
            raise Refused(f"enter {self.least} to {self.most} rows, not {count}")

    def _tell(self, problems: list[str]) -> None:
        more = len(problems) - MOST_SAID
        if problems:
            raise Refused("; ".join(problems[:MOST_SAID]) + (f"; and {more} more" if more > 0 else ""))

    def _cells(self, line: str) -> Mapping[str, object] | Refused:
        """Return one line of text as name and numbers; what can't be read becomes its own refusal."""
        count, line = len(self.columns), line.strip(" \t,")
        cells = [each.strip(" \t,") for each in line.rsplit(None, count)]
        if len(cells) != count + 1 or not all(map(NUMBER.fullmatch, cells[1:])):
            cells = [each.strip() for each in line.split(",")]
        if len(cells) != count + 1:
            numbers = ", ".join(each.label for each in self.columns.values())
            words = f'write a name and {count} numbers ({numbers}) as in "{self.example}", with a point for decimals'
            return Refused(f"{words}, not {quoted(line)}")
        name, *numbers_typed = cells
        typed = {key: _typed(spec, cell) for (key, spec), cell in zip(self.columns.items(), numbers_typed, strict=True)}
        return {NAME: name, **typed}

    def _row(self, given: object) -> tuple[Any, list[str]]:
        """Return one row in its own type, or None and what is wrong with it."""
        if isinstance(given, Refused):
            return None, [f": {given}"]
        if isinstance(given, self.row_type):
            given = {each: getattr(given, each) for each in (NAME, *self.columns)}
        keys = (NAME, *self.columns)
        if not isinstance(given, Mapping):
            return None, [f": enter an object with {', '.join(keys)}, not {quoted(given)}"]
        problems = [f': there is no "{each}"; give {", ".join(keys)}' for each in keys if each not in given]
        problems += [
            f": there is no place for {quoted(each)}{closest(each, keys)}"
            for each in map(str, given)
            if each not in keys
        ]
        values: dict[str, Any] = {}
        for key in keys:
            if key in given:
                try:
                    values[key] = _name(given[key]) if key == NAME else self.columns[key].check(given[key])
                except Refused as refused:
                    problems.append(f", {self.columns[key].label if key in self.columns else NAME}: {refused}")
        return (None, problems) if problems else (self.row_type(**values), [])


def as_text(rows: Sequence[Any], between: str) -> str:
    """Return rows as they are typed, with `between` from one to the next."""
    return between.join(" ".join(_cell(getattr(row, each.name)) for each in dataclasses.fields(row)) for row in rows)


def is_table(value: object) -> TypeGuard[tuple[Any, ...]]:
    """Whether a value of an input is a table."""
    return isinstance(value, tuple) and bool(value) and dataclasses.is_dataclass(value[0])


def _cell(value: object) -> str:
    text = f"{value:f}" if isinstance(value, Decimal) else str(value)
    return text.rstrip("0").rstrip(".") if isinstance(value, Decimal) and "." in text else text


def _typed(spec: Spec, cell: str) -> Any:
    try:
        return spec.read(cell)
    except Refused as refused:
        return refused


def _name(value: object) -> str:
    name = " ".join(value.split()) if isinstance(value, str) else ""
    if len(name) > LONGEST_NAME:
        raise Refused(f"enter at most {LONGEST_NAME} characters, not {len(name)}")
    if not any(map(str.isalpha, name)):
        raise Refused(f"begin with a name that has a letter in it, not {quoted(value)}")
    if ";" in name or name.strip(",") != name or not name.isprintable():
        raise Refused(f"enter a name without semicolons, line breaks and commas at its ends, not {quoted(name)}")
    return name


def _repeated(rows: Sequence[tuple[int, Any]]) -> Iterator[str]:
    """Yield what is wrong with rows of the same name."""
    first: dict[str, int] = {}
    for number, row in rows:
        if first.setdefault(row.name, number) != number:
            yield f'row {number}, name: "{row.name}" is the name of row {first[row.name]} too'
