"""`formula_reference()`: every formula with symbols, validity, source and worked example."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

import calculators
from macros.calculator import page_of
from macros.formula import mathml
from macros.formula_docstring import FormulaEntry, entries, modules
from macros.formula_uses import uses
from macros.markup import block

if TYPE_CHECKING:
    from macros.place import Place

FIRST_WORD = re.compile(r"[a-z][a-z-]*[ ,]")


class FormulaReferenceMacro:
    """The macro, bound to the page that is being rendered."""

    def __init__(self, place: Place) -> None:
        """Keep the page: links to the calculators start from it."""
        self._place = place

    def __call__(self) -> str:
        """Return the reference, made from the docstrings of `calculators.formulas`."""
        found = sorted((each for module in modules() for each in entries(module)), key=_number)
        groups = [(identifier, list(group)) for identifier, group in groupby(found, key=lambda each: each.id)]
        used_by = {each.function: [self._calculator(name) for name in uses(each.function)] for each in found}
        return block("formula_reference.html", groups=groups, used_by=used_by, mathml=mathml, sentence=sentence)

    def _calculator(self, name: str) -> tuple[str, str]:
        """Return a calculator's title and the address of its page."""
        return calculators.calculator(name).TITLE, self._place.link_to(page_of(name))


def sentence(text: str) -> str:
    """Return text that begins with a capital letter, unless it begins with a symbol.

    >>> sentence("one prefix."), sentence("w·(1 − h) + r·h = 1 solved for h."), sentence("saving(n) = 0")
    ('One prefix.', 'w·(1 − h) + r·h = 1 solved for h.', 'saving(n) = 0')
    """
    return text[:1].upper() + text[1:] if FIRST_WORD.match(text) else text


def _number(entry: FormulaEntry) -> int:
    return int(entry.id.removeprefix("F"))
