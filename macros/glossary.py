"""`glossary()`: the words of the course, from docs/reference/glossary.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from macros import pages
from macros.markup import block
from macros.naming import MacroError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from macros.place import Place

FILE = pages.DOCS / "reference" / "glossary.toml"
PAGE = "reference/glossary"
FORMULAS = "reference/formulas"
NEEDED = {"id", "term", "definition", "page"}
KEYS = NEEDED | {"names", "match", "exact", "not_on", "formula"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One word of the course."""

    id: str
    term: str
    names: tuple[str, ...]
    match: tuple[str, ...]  # what is linked on pages
    exact: bool  # linked only in exactly this case
    not_on: tuple[str, ...]  # pages on which the word means something else
    definition: str
    page: str  # the lesson that teaches it, written by now or not
    formula: str

    @property
    def other_names(self) -> tuple[str, ...]:
        """The names that are more than the term in other letters."""
        by_letters = {each.casefold(): each for each in reversed(self.names) if each.casefold() != self.term.casefold()}
        return tuple(reversed(by_letters.values()))

    @property
    def letter(self) -> str:
        """The letter under which the glossary lists it."""
        return self.term[0].upper()


def read_terms(file: Path = FILE) -> tuple[Term, ...]:
    """Return the terms in the order of the alphabet."""
    rows = tomllib.loads(file.read_text("utf-8"))["term"]
    return tuple(sorted(map(_term, rows), key=lambda each: each.term.casefold()))


def _term(row: Mapping[str, object]) -> Term:
    missing, unknown = NEEDED - row.keys(), row.keys() - KEYS
    if missing or unknown:
        raise MacroError(
            f"glossary.toml, {row.get('id', row)}: missing {sorted(missing) or 'nothing'}, "
            f"unknown {sorted(unknown) or 'nothing'}"
        )
    names = tuple(map(str, _list(row.get("names"))))
    matched = _list(row["match"]) if "match" in row else [row["term"], *names]
    return Term(
        id=str(row["id"]),
        term=str(row["term"]),
        names=names,
        match=tuple(map(str, matched)),
        exact=bool(row.get("exact")),
        not_on=tuple(map(str, _list(row.get("not_on")))),
        definition=str(row["definition"]),
        page=str(row["page"]),
        formula=str(row.get("formula", "")),
    )


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


class GlossaryMacro:
    """The macro, bound to the page that is being rendered."""

    def __init__(self, place: Place) -> None:
        """Keep the page: links to lessons start from it."""
        self._place = place

    def __call__(self) -> str:
        """Return every term with its definition, under its letter."""
        groups = [(letter, list(group)) for letter, group in groupby(read_terms(), key=lambda each: each.letter)]
        return block("glossary.html", groups=groups, lesson=self._lesson, formula=self._formula)

    def _lesson(self, term: Term) -> tuple[str, str] | None:
        """Return the title and address of the page that teaches a term, where it is written by now."""
        if not pages.is_there(term.page):
            return None
        return pages.title_of(term.page), self._place.link_to(pages.url_of(term.page))

    def _formula(self, term: Term) -> str:
        """Return the address of a term's formula."""
        return self._place.link_to(f"{pages.url_of(FORMULAS)}#{term.formula.lower()}")
