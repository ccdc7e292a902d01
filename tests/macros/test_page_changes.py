"""`page_changes()`: the newest day first, pages that are there, and every page has its day."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest

from macros import page_changes, pages
from macros.naming import MacroError
from tests.docs.test_prose import typed
from tests.macros.rendering import DOCS, HOSTILE, target

if TYPE_CHECKING:
    from pathlib import Path

    from tests.macros.rendering import Press

URL = "reference/changes/"
ROWS = tomllib.loads((DOCS / "reference" / "changes.toml").read_text("utf-8"))["change"]


def test_every_page_of_the_course_has_the_day_on_which_it_appeared() -> None:
    """A page that is added or renamed needs a row in docs/reference/changes.toml."""
    assert set(pages.course_pages()) <= {page for row in ROWS for page in row["pages"]}


def test_days_go_back_in_time_and_hold_the_pages_that_are_there(press: Press) -> None:
    page = press.page_of("{{ page_changes() }}", URL)
    days = [each.attributes["id"].removeprefix("pages-") for each in page.all("h3")]
    assert days == sorted(days, reverse=True)
    assert len(set(days)) == len(days)
    for day, section in zip(days, page.all("section"), strict=True):
        wanted = {
            pages.url_of(name)
            for row in ROWS
            if str(row["date"]) == day
            for name in row["pages"]
            if (DOCS / f"{name}.md").is_file()
        }
        assert {target(URL, each) for each in section.all("ul")[0].all("a")} == wanted


def test_what_changed_is_told_without_numbers() -> None:
    assert [found for row in ROWS for found in typed(row["what"])] == []
    assert all(row["what"].endswith(".") for row in ROWS)


def test_a_page_that_is_not_written_is_left_out(press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [
        {"date": "2026-12-02", "pages": ["no/such-page"], "what": "Nothing."},
        {"date": "2026-12-01", "pages": ["no/such-page", "reference/prices"], "what": HOSTILE},
    ]
    monkeypatch.setattr(page_changes, "read_changes", lambda: rows)
    page = press.page_of("{{ page_changes() }}", URL)
    assert [each.attributes["id"] for each in page.all("h3")] == ["pages-2026-12-01"]
    assert [target(URL, each) for each in page.all("ul")[0].all("a")] == ["reference/prices/"]
    assert page.all("li")[0].text.startswith(HOSTILE)
    assert page.all("img") == []


def test_a_wrong_row_fails_and_says_what_is_needed(tmp_path: Path) -> None:
    file = tmp_path / "changes.toml"
    file.write_text('[[change]]\ndate = 2026-12-01\npage = "a"\nwhat = "It."\n', "utf-8")
    with pytest.raises(MacroError, match=r"changes.toml: each change has \['date', 'pages', 'what'\]"):
        page_changes.read_changes(file)
