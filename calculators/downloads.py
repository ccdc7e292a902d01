"""Downloads: one answer as a file: a program, a table, a document or a workbook."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from calculators import catalogue, equivalents, reports, workbook
from calculators.entries import closest, quoted
from calculators.errors import InputError, Problem
from calculators.fields import read
from calculators.registry import calculator
from calculators.view import bake

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@dataclass(frozen=True, slots=True)
class File:
    """A file to keep: its name, its media type and its bytes."""

    name: str
    media_type: str
    content: bytes


def make(kind: str, name: str, given: Mapping[str, Any], prices: str | None = None, *, text: bool = False) -> File:
    """Return the answer to some inputs as a file. Raises InputError."""
    if kind not in KINDS:
        listed = ", ".join(KINDS)
        raise InputError([Problem("download", f"choose one of {listed}, not {quoted(kind)}{closest(kind, KINDS)}")])
    media_type, written = KINDS[kind]
    snapshot = catalogue.load(prices).snapshot
    return File(f"{name}-{snapshot}.{kind}", media_type, written(name, given, prices, text))


def _program(name: str, given: Mapping[str, Any], prices: str | None, text: bool) -> bytes:  # noqa: FBT001 - one signature for all
    module = calculator(name)
    inputs = read(module.Inputs, given, text=text)
    return equivalents.program(name, module.TITLE, inputs, catalogue.load(prices).snapshot).encode()


def _report(write: Callable[[dict[str, Any]], str]) -> Callable[..., bytes]:
    def written(name: str, given: Mapping[str, Any], prices: str | None, text: bool) -> bytes:  # noqa: FBT001 - the same
        return (write(bake(name, given, prices, text=text)) + "\n").encode()

    return written


def _workbook(name: str, given: Mapping[str, Any], prices: str | None, text: bool) -> bytes:  # noqa: FBT001 - the same
    return workbook.make(name, given, prices, text=text)


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS: Mapping[str, tuple[str, Callable[..., bytes]]] = {
    "py": ("text/x-python", _program),
    "csv": ("text/csv", _report(reports.as_csv)),
    "md": ("text/markdown", _report(reports.as_markdown)),
    "xlsx": (XLSX, _workbook),
}
"""What can be downloaded, by the ending of the file."""
