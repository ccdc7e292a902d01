"""Which calculators use a formula: read from their source, so that it can't be out of date."""

from __future__ import annotations

import ast
import inspect
import re
import sys
from functools import cache
from typing import TYPE_CHECKING

import calculators

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType


def uses(function: str) -> list[str]:
    """Return the names of the calculators that call a formula."""
    call = re.compile(rf"\b{function}\b")
    return [name for name in calculators.names() if any(call.search(source) for source in _sources(name))]


@cache
def _sources(name: str) -> list[str]:
    """Return the source of a calculator and of the modules it is made of, formulas left out."""
    start: object = calculators.calculator(name)
    found: dict[str, str] = {}
    waiting = [start]
    while waiting:
        module = waiting.pop()
        if inspect.ismodule(module) and module.__name__ not in found:
            found[module.__name__] = inspect.getsource(module)
            waiting += _imported(module)
    return list(found.values())


def _imported(module: ModuleType) -> Iterator[ModuleType]:
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("calculators"):
            for name in (node.module, *(f"{node.module}.{each.name}" for each in node.names)):
                if name in sys.modules and not name.startswith("calculators.formulas"):
                    yield sys.modules[name]
