"""Which calculators use a formula: read from their source, so that it can't be out of date."""

from __future__ import annotations

import ast
import importlib
import inspect
import re
import sys
from functools import cache
from pkgutil import iter_modules
from typing import TYPE_CHECKING

import calculators
from calculators import formulas

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType


def uses(function: str) -> list[str]:
    """Return the names of the calculators that call a formula, or another formula that calls it."""
    call = re.compile(rf"\b({'|'.join(_with_callers(function))})\b")
    return [name for name in calculators.names() if any(call.search(source) for source in _sources(name))]


def _with_callers(function: str) -> list[str]:
    """Return a formula and every formula that calls it, directly or through others."""
    found: set[str] = set()
    waiting = {function}
    while waiting:
        name = waiting.pop()
        found.add(name)
        call = re.compile(rf"\b{name}\(")
        waiting |= {each for each, source in _formulas().items() if call.search(source)} - found
    return sorted(found)


@cache
def _formulas() -> dict[str, str]:
    """Return the source of each formula by name."""
    modules = (importlib.import_module(f"{formulas.__name__}.{each.name}") for each in iter_modules(formulas.__path__))
    functions = (pair for module in modules for pair in inspect.getmembers(module, inspect.isfunction))
    return {name: inspect.getsource(function) for name, function in functions}


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
