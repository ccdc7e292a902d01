"""Pages: all in the navigation, headings with ids of their own, whole once rendered, links that lead somewhere."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

import pytest

import calculators
from calculators import catalogue, fields, view
from tests.docs.pages import NOT_ON_THE_SITE, headings, name_of, nav_pages, rendered, site_pages, url_of
from tests.macros.html_tree import tree
from tests.macros.rendering import DOCS, target

if TYPE_CHECKING:
    from pathlib import Path

    from tests.macros.html_tree import Element

PAGES = pytest.mark.parametrize("path", site_pages(), ids=name_of)
BLOCKS = {"p", "div", "figure", "table", "details", "fieldset", "ul", "ol", "dl", "pre", "section", "form", "h2", "h3"}


def test_the_navigation_lists_every_page_once_and_no_other() -> None:
    assert sorted(nav_pages()) == sorted(map(name_of, site_pages()))


def test_what_is_not_on_the_site_is_kept_off_it() -> None:
    assert all((DOCS / each).is_dir() for each in NOT_ON_THE_SITE)


@PAGES
def test_a_page_has_one_title_and_an_id_on_each_heading_below_it(path: Path) -> None:
    found = headings(path.read_text("utf-8"))
    assert [words for level, words, _ in found if level == 1] == [found[0][1]]
    assert [words for level, words, written in found if level > 1 and not written] == []
    ids = [written for *_, written in found if written]
    assert len(set(ids)) == len(ids)
    assert [each for each in ids if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", each)] == []


def test_a_heading_without_an_id_is_seen() -> None:
    text = "# Title\n\n```\n## A comment\n```\n\n## With { #with }\n\n### Without\n"
    assert headings(text) == [(1, "Title", ""), (2, "With { #with }", "with"), (3, "Without", "")]


def misplaced(page: Element) -> list[str]:
    """Return blocks inside a paragraph: Markdown has taken a macro's HTML apart."""
    return [each.tag for paragraph in page.all("p") for each in paragraph.below() if each.tag in BLOCKS]


@PAGES
def test_markdown_and_macros_leave_a_page_whole(path: Path) -> None:
    page = rendered(path)
    assert misplaced(page) == []
    ids = [each.attributes["id"] for each in page.below() if "id" in each.attributes]
    assert len(set(ids)) == len(ids)
    assert not re.search(r'class="cc-|\{\{|\{%', page.text)


@PAGES
def test_headings_go_down_one_level_at_a_time(path: Path) -> None:
    levels = [int(each.tag[1]) for each in rendered(path).below() if re.fullmatch("h[1-6]", each.tag)]
    assert [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1] == []


def test_a_block_inside_a_paragraph_is_seen() -> None:
    assert misplaced(tree("<p>The output. <span><figure>It.</figure></span></p>")) == ["figure"]


@PAGES
def test_each_link_that_a_macro_makes_leads_to_a_place_or_opens_a_state(path: Path) -> None:
    """Links between Markdown files are checked by the build; those that macros make are not."""
    pages = {url_of(each): each for each in site_pages()}
    for link in rendered(path).all("a"):
        if link.attributes["href"].startswith(("https://", "#")) or ".md" in link.attributes["href"]:
            continue
        address, _, fragment = target(url_of(path), link).partition("#")
        if "?" in fragment:
            name, query = fragment.split("?")
            state = dict(parse_qsl(query, keep_blank_values=True, strict_parsing=True))
            view.check_version(name, state.pop("v"))
            assert state.pop("prices") in catalogue.snapshots()
            fields.read(calculators.calculator(name).Inputs, state, text=True)  # fails where the page would
            assert address == f"calculators/{name}/"
        assert address in pages
        assert "?" in fragment or not fragment or rendered(pages[address]).all(id=fragment), fragment
