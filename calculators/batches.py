"""Batch: one result row for each input row, in constant memory, on every core.

A row that can't be used keeps its place in the output: its line and its problem are in it, and no
number is. It is listed once more in a file beside the output. No row is dropped and none stops the rest.
"""

from __future__ import annotations

import csv
import os
import sys
import time
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self, TextIO

from calculators import batch_files, rows
from calculators.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from concurrent.futures import Future
    from pathlib import Path

    from calculators.batch_files import Answer, Row

CHUNKS_UNDER_WAY = 3  # for each core: enough to keep it busy, few enough to fit in memory
SECONDS_BETWEEN_NEWS = 0.5


@dataclass(slots=True)
class Progress:
    """How many rows are done, told now and then to a person at a terminal."""

    terminal: TextIO | None = None
    done: int = 0
    refused: int = 0
    started: float = field(default_factory=time.monotonic)
    told: float = 0.0

    def count(self, answers: Iterable[Answer]) -> None:
        """Count some rows, and tell."""
        for _, problems, _ in answers:
            self.done += 1
            self.refused += bool(problems)
        now = time.monotonic()
        if self.terminal is not None and now - self.told >= SECONDS_BETWEEN_NEWS:
            self.told = now
            rate = self.done / max(now - self.started, 0.001)
            print(f"\r  {self.done:,} rows, {rate:,.0f} a second", end="", file=self.terminal, flush=True)

    def end(self) -> None:
        """Clear the line."""
        if self.terminal is not None and self.told:
            print("\r" + " " * 60 + "\r", end="", file=self.terminal, flush=True)


def run(name: str, source: Path, target: Path, prices: str | None = None, *, cores: int | None = None) -> Progress:
    """Calculate every row of `source` into `target`; return how many were calculated and refused.

    `cores` is the number of processes, all that there are unless told. Raises InputError when a
    file can't be used at all.
    """
    task = Task(name, prices, batch_files.ending(source, "inputs") == ".csv", batch_files.ending(target, "output"))
    progress = Progress(sys.stderr if sys.stderr.isatty() else None)
    with batch_files.writer(name, target) as outgoing, _Refusals(problems_beside(target)) as refusals:
        for answers in _answered(task, batch_files.chunks(source), cores):
            outgoing.write(answers)
            refusals.write(answers)
            progress.count(answers)
    progress.end()
    return progress


@dataclass(frozen=True, slots=True)
class Task:
    """What is done with each chunk of rows, in this process or in another."""

    name: str
    prices: str | None
    is_text: bool  # the cells are what a reader typed
    kind: str  # of the output

    def __call__(self, chunk: list[Row]) -> list[Answer]:
        """Return the answers to some rows, as their file takes them."""
        return [batch_files.form(self.kind, self.name, line, self._answer(given)) for line, given in chunk]

    def _answer(self, given: Mapping[str, Any] | InputError) -> rows.Answered | InputError:
        if isinstance(given, InputError):
            return given
        try:
            return rows.calculate(self.name, given, self.prices, text=self.is_text)
        except InputError as error:
            return error


def _answered(task: Task, chunks: Iterator[list[Row]], cores: int | None) -> Iterator[list[Answer]]:
    """Yield each chunk's answers in order: in this process for a single chunk, else on every core."""
    first, second = next(chunks, []), next(chunks, None)
    cores = cores or os.cpu_count() or 1
    if second is None or cores == 1:
        yield task(first)
        for chunk in [second] if second else []:
            yield task(chunk)
        yield from map(task, chunks)
        return
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 - WebAssembly has no processes

    with ProcessPoolExecutor(cores) as pool:
        waiting: deque[Future[list[Answer]]] = deque([pool.submit(task, first), pool.submit(task, second)])
        for chunk in chunks:
            waiting.append(pool.submit(task, chunk))
            if len(waiting) >= cores * CHUNKS_UNDER_WAY:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def problems_beside(target: Path) -> Path:
    """Return the file that lists the refused rows of a target.

    >>> from pathlib import PurePath
    >>> problems_beside(PurePath("results.parquet")).name
    'results.problems.csv'
    """
    return target.with_name(f"{target.stem}.problems.csv")


class _Refusals:
    """The file of refused rows: made with the first of them, and removed when a new run has none."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: TextIO | None = None

    def __enter__(self) -> Self:
        self._path.unlink(missing_ok=True)
        return self

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()

    def write(self, answers: Iterable[Answer]) -> None:
        found = [(line, each.field, each.problem) for line, problems, _ in answers for each in problems]
        if not found:
            return
        if self._file is None:
            self._file = self._path.open("w", encoding="utf-8", newline="")
            csv.writer(self._file, lineterminator="\n").writerow(["line", "field", "problem"])
        csv.writer(self._file, lineterminator="\n").writerows(found)
