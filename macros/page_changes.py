"""`page_changes()`: when pages of the course appeared or changed for a reader, from docs/reference/changes.toml."""

from __future__ import annotations

import tomllib
from itertools import groupby
from typing import TYPE_CHECKING, Any

from macros import pages
from macros.markup import block
from macros.naming import MacroError

if TYPE_CHECKING:
    from pathlib import Path

    from macros.place import Place

FILE = pages.DOCS / "reference" / "changes.toml"
KEYS = {"date", "pages", "what"}


class PageChangesMacro:
    """The macro, bound to the page that is being rendered."""

    def __init__(self, place: Place) -> None:
        """Keep the page: links to the pages that changed start from it."""
        self._place = place

    def __call__(self) -> str:
        """Return the changes, the newest day first; a page that is not written yet is left out."""
        days = [
            (day, [entry for each in group if (entry := self._entry(each))])
            for day, group in groupby(read_changes(), key=lambda each: str(each["date"]))
        ]
        return block("page_changes.html", days=[each for each in days if each[1]])

    def _entry(self, row: dict[str, Any]) -> dict[str, Any] | None:
        there = [each for each in row["pages"] if pages.is_there(each)]
        if not there:
            return None
        links = [(pages.title_of(each), self._place.link_to(pages.url_of(each))) for each in there]
        return {"what": row["what"], "links": links}


def read_changes(file: Path = FILE) -> list[dict[str, Any]]:
    """Return the rows of the file, the newest first."""
    rows: list[dict[str, Any]] = tomllib.loads(file.read_text("utf-8"))["change"]
    for each in rows:
        if each.keys() != KEYS:
            raise MacroError(f"changes.toml: each change has {sorted(KEYS)}, not {sorted(each)}")
    return sorted(rows, key=lambda each: str(each["date"]), reverse=True)
