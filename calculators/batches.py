"""Batch: one result row for each input row, streamed from .csv or .jsonl to .csv or .jsonl.

A row that can't be used keeps its place in the output: its line and its problems are in it, and no
number is. No row is dropped and none stops the rest.
"""

from __future__ import annotations

import csv
import json
from contextlib import contextmanager
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TextIO

from calculators.errors import InputError, Problem
from calculators.fields import typed
from calculators.registry import calculator
from calculators.reports import flat_row
from calculators.view import bake

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

LINE, PROBLEM = "line", "problem"
ENDINGS = (".csv", ".jsonl")
LONGEST_CELL = 1_000_000

Row = tuple[int, "Mapping[str, Any] | InputError"]


def run(name: str, source: Path, target: Path, prices: str | None = None) -> tuple[int, int]:
    """Calculate every row of `source` into `target`; return how many were calculated and refused.

    Raises InputError when a file can't be used at all.
    """
    for path, field in ((source, "inputs"), (target, "output")):
        if path.suffix.lower() not in ENDINGS:
            raise InputError([Problem(field, f"name a file that ends in {' or '.join(ENDINGS)}, not {path.name}")])
    counts = {True: 0, False: 0}
    with _opened(source, "inputs", "r") as incoming, _opened(target, "output", "w") as outgoing:
        write = _writer(name, target, outgoing, prices)
        for line, given in _rows(name, source, incoming):
            baked = _calculated(name, given, prices)
            write(line, baked)
            counts[not isinstance(baked, InputError)] += 1
    return counts[True], counts[False]


@contextmanager
def _opened(path: Path, field: str, mode: str) -> Iterator[TextIO]:
    try:
        file = path.open(mode, encoding="utf-8", newline="")
    except OSError as error:
        raise InputError([Problem(field, f"can't open {path}: {error.strerror}")]) from None
    with file:
        yield file  # type: ignore[misc]  # a file opened as text


def _rows(name: str, source: Path, file: TextIO) -> Iterator[Row]:
    return _csv_rows(name, file) if source.suffix.lower() == ".csv" else _json_rows(file)


def _csv_rows(name: str, file: TextIO) -> Iterator[Row]:
    """Yield each row's cells as a reader typed them; an empty cell means the default."""
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.DictReader(file, restkey="", restval="")
    inputs_type = calculator(name).Inputs
    for row in reader:
        if "" in row:
            yield reader.line_num, InputError([Problem("row", "it has more cells than the first line has names")])
        else:
            yield reader.line_num, typed(inputs_type, {key: value for key, value in row.items() if value.strip()})


def _json_rows(file: TextIO) -> Iterator[Row]:
    for line, text in enumerate(file, start=1):
        if not text.strip():
            continue
        try:
            given = json.loads(text, parse_float=Decimal)
        except (ValueError, RecursionError) as error:
            yield line, InputError([Problem("row", f"enter a JSON object on one line: {error}")])
        else:
            yield line, given


def _calculated(name: str, given: Mapping[str, Any] | InputError, prices: str | None) -> dict[str, Any] | InputError:
    if isinstance(given, InputError):
        return given
    try:
        return bake(name, given, prices)
    except InputError as error:
        return error


def _writer(
    name: str, target: Path, file: TextIO, prices: str | None
) -> Callable[[int, dict[str, Any] | InputError], None]:
    """Return the function that writes one row in the form of the target."""
    if target.suffix.lower() == ".jsonl":
        return lambda line, baked: print(json.dumps({LINE: line, **_plain(baked)}, ensure_ascii=False), file=file)
    columns = [LINE, *flat_row(bake(name, {}, prices)), PROBLEM]
    writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
    writer.writeheader()
    return lambda line, baked: writer.writerow(
        {LINE: line, **(_refused(baked) if isinstance(baked, InputError) else flat_row(baked))}
    )


def _plain(baked: dict[str, Any] | InputError) -> dict[str, Any]:
    if isinstance(baked, InputError):
        return baked.as_dict()
    kept = ("inputs", "outputs", "warnings", "prices_as_of")
    return {each: baked["result"][each] for each in kept}


def _refused(error: InputError) -> dict[str, str]:
    return {PROBLEM: str(error)}
