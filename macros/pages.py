"""The pages of the course as files: address, title, and what is there by now."""

from __future__ import annotations

import re
from pathlib import Path

DOCS = Path(__file__).resolve().parent.parent / "docs"
NOT_ON_THE_SITE = ("decisions", "overrides")
TITLE = re.compile(r"^# (.+?)(?: *\{[^}]*\})?$", re.MULTILINE)


def course_pages() -> list[str]:
    """Return the names of all pages: their paths below docs/ without ".md"."""
    files = (each.relative_to(DOCS) for each in DOCS.rglob("*.md"))
    return sorted(each.with_suffix("").as_posix() for each in files if each.parts[0] not in NOT_ON_THE_SITE)


def is_there(page: str) -> bool:
    """Say whether a page is written."""
    return file_of(page).is_file()


def file_of(page: str) -> Path:
    """Return the Markdown file of a page."""
    return DOCS / f"{page}.md"


def url_of(page: str) -> str:
    """Return a page's address below the site's root.

    >>> url_of("modules/2-pricing/token-pricing"), url_of("monitoring/index"), url_of("index")
    ('modules/2-pricing/token-pricing/', 'monitoring/', '')
    """
    folder, _, last = page.rpartition("/")
    path = folder if last == "index" else page
    return f"{path}/" if path else ""


def title_of(page: str) -> str:
    """Return a page's title as its Markdown file heads it."""
    found = TITLE.search(file_of(page).read_text("utf-8"))
    if found is None:
        raise ValueError(f"{page}.md has no title")
    return found[1]
