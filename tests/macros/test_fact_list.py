"""`fact_list()`: every fact with its figure, its day and the way to its source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.macros import rows
from tests.macros.html_tree import tree
from tests.macros.rendering import flat, target

if TYPE_CHECKING:
    from tests.macros.rendering import Press

URL = "reference/sources/"


def test_every_fact_is_listed_as_lessons_show_it(press: Press) -> None:
    page = press.page_of("{{ fact_list() }}", URL)
    lines = {each.attributes["id"]: each for each in page.one("tbody").all("tr")}
    assert list(lines) == [f"fact-{each['id']}" for each in rows.read("facts.csv")]
    titles = {each["id"]: flat(each["title"]) for each in rows.read("sources.csv")}
    for row in rows.read("facts.csv"):
        line = lines[f"fact-{row['id']}"]
        quoted = tree(str(press.page_of(f'{{{{ fact("{row["id"]}") }}}}').one("data").text)).text
        what, figure, read, source = [each.text for each in line.below() if each.tag in ("th", "td")]
        assert what.casefold() == flat(row["what"]).casefold()
        assert (figure, read, source) == (quoted, row["as_of"], titles[row["source"]])
        assert target(URL, line.one("a")) == f"reference/sources/#source-{row['source']}"
