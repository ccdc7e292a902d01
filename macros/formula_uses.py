"""Which calculators use a formula: read from their source, so that it can't be out of date."""

from __future__ import annotations

import ast
import inspect
import sys
from functools import cache
from typing import TYPE_CHECKING

import calculators
from macros.formula_docstring import modules

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

FORMULAS = "calculators.formulas"


def uses(function: str) -> list[str]:
    """Return the names of the calculators that call a formula, or one that calls it."""
    return [name for name in calculators.names() if function in _called(name)]


@cache
def _called(name: str) -> frozenset[str]:
    """Return the formulas that a calculator calls, and those that they call."""
    bodies = _bodies()
    waiting = {each for module in _modules(name) for each in _formulas_of(module) if each in bodies}
    called: set[str] = set()
    while waiting:
        function = waiting.pop()
        called.add(function)
        waiting |= (bodies[function] & bodies.keys()) - called
    return frozenset(called)


@cache
def _bodies() -> dict[str, frozenset[str]]:
    """Return each function of the formulas with the names that its body holds."""
    found: dict[str, frozenset[str]] = {}
    for module in modules():
        for node in _tree(module).body:
            if isinstance(node, ast.FunctionDef):
                plain = {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
                dotted = {each.attr for each in ast.walk(node) if isinstance(each, ast.Attribute)}
                found[node.name] = frozenset((plain | dotted) - {node.name})
    return found


def _modules(name: str) -> list[ModuleType]:
    """Return a calculator's module and those that it is made of, formulas left out."""
    found: list[ModuleType] = []
    waiting: list[object] = [calculators.calculator(name)]
    while waiting:
        module = waiting.pop()
        if inspect.ismodule(module) and module not in found:
            found.append(module)
            waiting += _imported(module)
    return found


def _imported(module: ModuleType) -> Iterator[ModuleType]:
    for node in ast.walk(_tree(module)):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("calculators"):
            for name in (node.module, *(f"{node.module}.{each.name}" for each in node.names)):
                if name in sys.modules and not name.startswith(FORMULAS):
                    yield sys.modules[name]


def _formulas_of(module: ModuleType) -> Iterator[str]:
    """Yield the formulas that a module names: imported by name, or of a module of formulas."""
    nodes = list(ast.walk(_tree(module)))
    imports = [each for each in nodes if isinstance(each, ast.ImportFrom) and (each.module or "").startswith(FORMULAS)]
    known = {alias.asname or alias.name for each in imports if each.module == FORMULAS for alias in each.names}
    yield from (alias.name for each in imports if each.module != FORMULAS for alias in each.names)
    for each in nodes:
        if isinstance(each, ast.Attribute) and isinstance(each.value, ast.Name) and each.value.id in known:
            yield each.attr


@cache
def _tree(module: ModuleType) -> ast.Module:
    return ast.parse(inspect.getsource(module))
