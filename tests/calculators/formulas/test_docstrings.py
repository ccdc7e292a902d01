"""Each formula says the same things in the same order: the reference page is made from that."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
from typing import TYPE_CHECKING, Any

import pytest

from calculators import formulas

if TYPE_CHECKING:
    from collections.abc import Callable

HEADINGS = ("Formula", "Symbols", "Valid when", "Source", "Worked example")
MODULES = [
    importlib.import_module(f"{formulas.__name__}.{each.name}") for each in pkgutil.iter_modules(formulas.__path__)
]
FUNCTIONS = [
    function
    for module in MODULES
    for name, function in inspect.getmembers(module, inspect.isfunction)
    if function.__module__ == module.__name__ and not name.startswith("_")
]


def sections(function: Callable[..., Any]) -> dict[str, str]:
    """Split a docstring at its headings, in the order in which they stand."""
    text = inspect.getdoc(function) or ""
    found = re.split(rf"^({'|'.join(HEADINGS)}): ?", text, flags=re.MULTILINE)[1:]
    return dict(zip(found[::2], found[1::2], strict=True))


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.__name__)
def test_a_docstring_has_every_heading_in_order(function: Callable[..., Any]) -> None:
    """With an identifier, a symbol list and a doctest in their places."""
    found = sections(function)

    assert tuple(found) == HEADINGS
    assert re.match(r"F\d\d\n {4}\S", found["Formula"])
    assert all(": " in line for line in found["Symbols"].splitlines() if line[4:5].strip())
    assert ">>> " in found["Worked example"]


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.__name__)
def test_a_formula_that_may_not_exist_says_when(function: Callable[..., Any]) -> None:
    """A function that can return None names the case under "Valid when", and no other does."""
    returns_none = "None" in str(inspect.signature(function).return_annotation)

    assert ("None when" in " ".join(sections(function)["Valid when"].split())) is returns_none


def test_each_formula_is_here_in_one_module() -> None:
    """F01 to F53, none twice in two fields."""
    modules: dict[str, set[str]] = {}
    for function in FUNCTIONS:
        modules.setdefault(sections(function)["Formula"][:3], set()).add(function.__module__)

    assert [number for number, found in modules.items() if len(found) > 1] == []
    assert set(modules) == {f"F{number:02}" for number in range(1, 54)}


def test_no_formula_forgets_where_a_number_came_from() -> None:
    """`Decimal(x)` makes a new number; `Decimal(1) * x` keeps the expression that workbooks are made of."""

    def is_conversion(node: ast.AST) -> bool:
        is_decimal = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Decimal"
        return is_decimal and isinstance(node.args[0], ast.Name) and not node.args[0].id.isupper()  # type: ignore[attr-defined]

    found = [
        f"{module.__name__}:{node.lineno}"  # type: ignore[attr-defined]
        for module in MODULES
        for node in ast.walk(ast.parse(inspect.getsource(module)))
        if is_conversion(node)
    ]
    assert found == []
