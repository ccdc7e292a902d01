"""Formula docstrings: the fixed headings of a formula, read into their parts."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from calculators import formulas

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import ModuleType

HEADINGS = ("Formula", "Symbols", "Valid when", "Source", "Worked example")
HEADING = re.compile(rf"^({'|'.join(HEADINGS)}):[ ]?(.*)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class FormulaEntry:
    """One function of `calculators.formulas`, as its docstring describes it."""

    id: str
    function: str
    title: str
    lines: tuple[str, ...]
    symbols: tuple[tuple[str, str], ...]
    valid_when: str
    source: str
    example: str
    code: str


@cache
def modules() -> tuple[ModuleType, ...]:
    """Return the modules of `calculators.formulas`."""
    names = [each.name for each in pkgutil.iter_modules(formulas.__path__)]
    return tuple(importlib.import_module(f"{formulas.__name__}.{each}") for each in names)


def entries(module: ModuleType) -> Iterator[FormulaEntry]:
    """Yield the formulas of a module in the order in which they are written."""
    for name, function in vars(module).items():
        is_own = inspect.isfunction(function) and function.__module__ == module.__name__
        if is_own and not name.startswith("_") and "Formula:" in (function.__doc__ or ""):
            yield read(name, function)


def read(name: str, function: Callable[..., object]) -> FormulaEntry:
    """Return the parts of one docstring; a missing heading is an error."""
    text = inspect.getdoc(function) or ""
    title, _, rest = text.partition("\n")
    parts = _parts(rest)
    if tuple(parts) != HEADINGS:
        found, wanted = ", ".join(parts), ", ".join(HEADINGS)
        raise ValueError(f"{function.__module__}.{name}: the docstring has the headings {found}; expected {wanted}")
    example, code = _split_code(parts["Worked example"])
    return FormulaEntry(
        id=parts["Formula"][0],
        function=name,
        title=title.rstrip("."),
        lines=tuple(parts["Formula"][1:]),
        symbols=tuple(_symbols(parts["Symbols"])),
        valid_when=" ".join(parts["Valid when"]),
        source=" ".join(parts["Source"]),
        example=example,
        code=code,
    )


def _parts(text: str) -> dict[str, list[str]]:
    """Return the lines under each heading; what follows the heading on its line comes first."""
    parts: dict[str, list[str]] = {}
    heading = ""
    for line in text.splitlines():
        found = HEADING.match(line)
        if found:
            heading = found[1]
            parts[heading] = [found[2].strip()] if found[2].strip() else []
        elif line.strip() and heading:
            parts[heading].append(line.strip() if heading != "Worked example" else line)
    return parts


def _symbols(lines: list[str]) -> Iterator[tuple[str, str]]:
    """Yield each symbol with its meaning; a line without a colon goes on with the one before."""
    found: list[list[str]] = []
    for line in lines:
        symbol, colon, meaning = line.partition(": ")
        if colon and " " not in symbol:
            found.append([symbol, meaning])
        elif found:
            found[-1][1] += f" {line}"
    yield from ((symbol, meaning) for symbol, meaning in found)


def _split_code(lines: list[str]) -> tuple[str, str]:
    """Return the sentence and the doctest below it."""
    start = next((number for number, line in enumerate(lines) if line.strip().startswith(">>>")), len(lines))
    sentence = " ".join(line.strip() for line in lines[:start])
    return sentence, inspect.cleandoc("\n" + "\n".join(lines[start:]))
