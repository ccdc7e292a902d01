"""Pages as files: addresses as MkDocs makes them, titles as the files head them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from macros import pages
from tests.docs.pages import headings, name_of, rendered, site_pages, url_of

if TYPE_CHECKING:
    from pathlib import Path

EACH = pytest.mark.parametrize("path", site_pages(), ids=name_of)


def test_all_pages_of_the_site_are_known() -> None:
    assert [f"{each}.md" for each in pages.course_pages()] == sorted(map(name_of, site_pages()), key=lambda n: n[:-3])


@EACH
def test_a_page_has_the_address_that_mkdocs_gives_it(path: Path) -> None:
    assert pages.url_of(name_of(path).removesuffix(".md")) == url_of(path)


@EACH
def test_a_title_is_the_words_of_the_first_heading(path: Path) -> None:
    page = name_of(path).removesuffix(".md")
    assert pages.title_of(page) == rendered(path).all("h1")[0].text.removesuffix("¶").strip()
    assert headings(path.read_text("utf-8"))[0][1].startswith(pages.title_of(page))


def test_a_page_that_is_not_written_is_not_there() -> None:
    assert pages.is_there("reference/prices")
    assert not pages.is_there("reference/prises")
    assert not pages.is_there("reference")
