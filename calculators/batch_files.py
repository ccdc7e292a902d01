"""The files of a batch: rows read from and written to .csv, .jsonl and .parquet, a chunk at a time.

Text files need nothing but Python. Parquet needs pyarrow: `pip install "genai-cost-calculators[batch]"`.
"""

from __future__ import annotations

import csv
import json
from contextlib import contextmanager
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, Any, Protocol, TextIO

from calculators import rows
from calculators.errors import InputError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

ENDINGS = (".csv", ".jsonl", ".parquet")
LINE = "line"
LONGEST_CELL = 1_000_000
ROWS_IN_A_CHUNK = 2_000

Row = tuple[int, "Mapping[str, Any] | InputError"]
Answer = tuple[int, tuple[Problem, ...], Any]  # the line, what is wrong with it, and the row as its file takes it


def ending(path: Path, field: str) -> str:
    """Return the kind of a file by its name, or refuse."""
    found = path.suffix.lower()
    if found not in ENDINGS:
        listed = f"{', '.join(ENDINGS[:-1])} or {ENDINGS[-1]}"
        raise InputError([Problem(field, f"name a file that ends in {listed}, not {path.name}")])
    return found


def chunks(path: Path) -> Iterator[list[Row]]:
    """Yield the rows of a file, at most `ROWS_IN_A_CHUNK` at once."""
    read = {".csv": _csv_rows, ".jsonl": _json_rows, ".parquet": _parquet_rows}[ending(path, "inputs")]
    found = read(path)
    while chunk := list(islice(found, ROWS_IN_A_CHUNK)):
        yield chunk


def _csv_rows(path: Path) -> Iterator[Row]:
    """Yield each row's cells as a reader typed them; an empty cell means the default."""
    csv.field_size_limit(LONGEST_CELL)
    with opened(path, "inputs", "r") as file:
        reader = csv.DictReader(file, restkey="", restval="")
        for row in reader:
            if "" in row:
                yield reader.line_num, rows.too_long()
            else:
                yield reader.line_num, {key: value for key, value in row.items() if value.strip()}


def _json_rows(path: Path) -> Iterator[Row]:
    with opened(path, "inputs", "r") as file:
        for line, text in enumerate(file, start=1):
            if not text.strip():
                continue
            try:
                given = json.loads(text, parse_float=Decimal)
            except (ValueError, RecursionError) as error:
                yield line, InputError([Problem("row", f"enter a JSON object on one line: {error}")])
            else:
                yield line, given


def _parquet_rows(path: Path) -> Iterator[Row]:
    """Yield each row with its number, from 1; a null means the default."""
    _, parquet = _arrow()
    try:
        file = parquet.ParquetFile(path)
    except (OSError, ValueError) as error:  # pyarrow's own errors are of these kinds
        raise InputError([Problem("inputs", f"can't read {path} as Parquet: {error}")]) from None
    with file:
        line = 0
        for batch in file.iter_batches(batch_size=ROWS_IN_A_CHUNK):
            for row in batch.to_pylist():
                line += 1
                yield line, {key: value for key, value in row.items() if value is not None}


class Writer(Protocol):
    """Writes formed answers in their order."""

    def write(self, answers: Iterable[Answer]) -> None:
        """Write some rows."""


def form(kind: str, name: str, line: int, answer: rows.Answered | InputError) -> Answer:
    """Return an answer as the writer of this kind of file takes it; made where the row is calculated."""
    problems = answer.problems if isinstance(answer, InputError) else ()
    if kind == ".jsonl":
        told = answer.as_dict() if isinstance(answer, InputError) else answer.outputs()
        return line, problems, json.dumps({LINE: line, **told}, ensure_ascii=False, allow_nan=False)
    cells = rows.refused(answer) if isinstance(answer, InputError) else answer.cells()
    if kind == ".csv":
        return line, problems, [line, *(_text(cells.get(each)) for each in rows.columns(name))]
    kinds = rows.kinds(name)
    return line, problems, {each: value if value is None else kinds[each](value) for each, value in cells.items()}


@contextmanager
def writer(name: str, path: Path) -> Iterator[Writer]:
    """Open the file for a calculator's rows."""
    kind = ending(path, "output")
    if kind == ".parquet":
        with _parquet_writer(name, path) as made:
            yield made
        return
    with opened(path, "output", "w") as file:
        yield _JsonWriter(file) if kind == ".jsonl" else _CsvWriter(name, file)


class _JsonWriter:
    def __init__(self, file: TextIO) -> None:
        self._file = file

    def write(self, answers: Iterable[Answer]) -> None:
        self._file.writelines(f"{formed}\n" for _, _, formed in answers)


class _CsvWriter:
    def __init__(self, name: str, file: TextIO) -> None:
        self._writer = csv.writer(file, lineterminator="\n")
        self._writer.writerow([LINE, *rows.columns(name)])

    def write(self, answers: Iterable[Answer]) -> None:
        self._writer.writerows(formed for _, _, formed in answers)


@contextmanager
def _parquet_writer(name: str, path: Path) -> Iterator[Writer]:
    pa, parquet = _arrow()
    types = {float: pa.float64(), bool: pa.bool_(), str: pa.string()}
    kinds = rows.kinds(name)
    schema = pa.schema([(LINE, pa.int64()), *((each, types[kinds[each]]) for each in rows.columns(name))])

    class ParquetWriter:
        def write(self, answers: Iterable[Answer]) -> None:
            table = [{LINE: line, **formed} for line, _, formed in answers]
            file.write_batch(pa.RecordBatch.from_pylist(table, schema=schema))

    try:
        file = parquet.ParquetWriter(path, schema)
    except OSError as error:
        raise InputError([Problem("output", f"can't open {path}: {error.strerror or error}")]) from None
    with file:
        yield ParquetWriter()


def _text(value: rows.Cell) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _arrow() -> tuple[Any, Any]:
    try:
        import pyarrow as pa  # noqa: PLC0415 - an extra: only Parquet needs it
        from pyarrow import parquet  # noqa: PLC0415 - the same
    except ImportError:
        advice = 'Parquet needs pyarrow: pip install "genai-cost-calculators[batch]"'
        raise InputError([Problem("inputs", advice)]) from None
    return pa, parquet


@contextmanager
def opened(path: Path, field: str, mode: str) -> Iterator[TextIO]:
    """Open a text file, or refuse with the reason."""
    try:
        file = path.open(mode, encoding="utf-8", newline="")
    except OSError as error:
        raise InputError([Problem(field, f"can't open {path}: {error.strerror}")]) from None
    with file:
        yield file  # type: ignore[misc]  # a file opened as text
