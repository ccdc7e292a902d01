"""`formula_reference()`: every formula with symbols, validity, source and worked example."""

from __future__ import annotations

import importlib
import pkgutil
from itertools import groupby

from calculators import formulas
from macros.formula import mathml
from macros.formula_docstring import FormulaEntry, entries
from macros.formula_uses import uses
from macros.markup import block

MODULES = tuple(
    importlib.import_module(f"{formulas.__name__}.{each.name}") for each in pkgutil.iter_modules(formulas.__path__)
)


def formula_reference() -> str:
    """Return the reference, made from the docstrings of `calculators.formulas`."""
    found = sorted((each for module in MODULES for each in entries(module)), key=_number)
    groups = [(identifier, list(group)) for identifier, group in groupby(found, key=lambda each: each.id)]
    used_by = {each.function: uses(each.function) for each in found}
    return block("formula_reference.html", groups=groups, used_by=used_by, mathml=mathml)


def _number(entry: FormulaEntry) -> int:
    return int(entry.id.removeprefix("F"))
