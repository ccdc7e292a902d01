"""The pages of the course: as files, as the navigation lists them, and rendered."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from tests.macros.rendering import DOCS, SETTINGS, Press

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.macros.html_tree import Element

NOT_ON_THE_SITE = ("decisions", "overrides")
NOT_LESSONS = ("index.md", "summary.md")
FENCED = re.compile(r"^[ ]*```.*?^[ ]*```[^\n]*$", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^(#{1,6}) +(.*?) *$", re.MULTILINE)
EXPLICIT_ID = re.compile(r"\{[^}]*#([^\s}]+)[^}]*\}$")


def site_pages() -> list[Path]:
    """Return the Markdown files that become pages of the site."""
    return sorted(each for each in DOCS.rglob("*.md") if each.relative_to(DOCS).parts[0] not in NOT_ON_THE_SITE)


def lessons() -> list[Path]:
    """Return the lessons: the pages of a module, its opening page and its summary left out."""
    pages = [each for each in site_pages() if each.relative_to(DOCS).parts[0] == "modules"]
    return [each for each in pages if each.name not in NOT_LESSONS]


def name_of(path: Path) -> str:
    """Return a page's name below docs/, as mkdocs.yml writes it."""
    return path.relative_to(DOCS).as_posix()


def url_of(path: Path) -> str:
    """Return a page's address below the root of the site."""
    address = name_of(path).removesuffix(".md").removesuffix("index")
    return f"{address.rstrip('/')}/" if address else ""


def listed(nav: list[Any]) -> Iterator[str]:
    """Yield the pages that a navigation lists."""
    for each in nav:
        for value in each.values() if isinstance(each, dict) else [each]:
            yield from listed(value) if isinstance(value, list) else [value]


def nav_pages() -> list[str]:
    """Return the pages that mkdocs.yml lists."""
    return list(listed(SETTINGS["nav"]))


def headings(text: str) -> list[tuple[int, str, str]]:
    """Return each heading of a Markdown text: its level, its words and the id written on it."""
    found = []
    for marks, words in HEADING.findall(FENCED.sub("", text)):
        written = EXPLICIT_ID.search(words)
        found.append((len(marks), words, written[1] if written else ""))
    return found


@cache
def rendered(path: Path) -> Element:
    """Return a page as it is built."""
    return Press().page_of(path.read_text("utf-8"), url_of(path), path)
