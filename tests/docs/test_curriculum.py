"""Each line of the curriculum is taught under a heading of its own, with the words that it is about."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.docs.pages import lessons, name_of, nav_pages, rendered
from tests.macros.html_tree import Element, tree
from tests.macros.rendering import DOCS

if TYPE_CHECKING:
    from collections.abc import Iterator

LINES: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("curriculum.toml").read_text("utf-8"))["line"]
HEADING = re.compile(r"h[1-6]")


def parts_of(element: Element) -> Iterator[Element | str]:
    """Yield elements and texts in the order of the page."""
    for each in element.children:
        yield each
        if isinstance(each, Element):
            yield from parts_of(each)


def section(page: Element, heading: str) -> str | None:
    """Return the text under a heading, to the next one of its level; None without such a heading."""
    level, found = "", []
    for each in parts_of(page):
        if isinstance(each, str):
            found += [each] if level else []
        elif HEADING.fullmatch(each.tag) and each.attributes.get("id") == heading:
            level = each.tag
        elif level and HEADING.fullmatch(each.tag) and each.tag <= level:
            break
    return " ".join("".join(found).split()) if level else None


@pytest.mark.parametrize("line", LINES, ids=[f"{each['page']}#{each['heading']}" for each in LINES])
def test_a_line_of_the_curriculum_is_taught_where_the_trace_says(line: dict[str, Any]) -> None:
    assert line["page"] in nav_pages()
    text = section(rendered(DOCS / line["page"]), line["heading"])
    assert text is not None, "no such heading"
    assert [each for each in line["words"] if each.casefold() not in text.casefold()] == []


def test_the_trace_uses_every_lesson_and_says_each_line_once() -> None:
    assert {name_of(each) for each in lessons()} <= {each["page"] for each in LINES}
    assert len({each["text"] for each in LINES}) == len(LINES)


def test_a_section_ends_at_the_next_heading_of_its_level() -> None:
    page = tree('<h2 id="a">A</h2><p>one</p><h3 id="b">B</h3><div>two</div><h2 id="c">C</h2><p>three</p>')
    assert section(page, "a") == "AoneBtwo"
    assert section(page, "b") == "Btwo"
    assert section(page, "d") is None
