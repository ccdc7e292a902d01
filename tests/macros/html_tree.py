"""HTML as a tree, read by the standard library's parser; tags that do not nest are an error."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


@dataclass(eq=False)
class Element:
    """One element with what stands in it."""

    tag: str
    attributes: dict[str, str]
    children: list[Element | str] = field(default_factory=list)

    def below(self) -> Iterator[Element]:
        """Yield every element in this one, in the order of the page."""
        for each in self.children:
            if isinstance(each, Element):
                yield each
                yield from each.below()

    def all(self, tag: str = "", **wanted: str) -> list[Element]:
        """Return the elements with this tag and these attributes: `data_part="x"` is data-part, `class_` one class."""
        return [each for each in self.below() if tag in ("", each.tag) and each.has(**wanted)]

    def one(self, tag: str = "", **wanted: str) -> Element:
        """Return the only such element."""
        (found,) = self.all(tag, **wanted)
        return found

    def has(self, **wanted: str) -> bool:
        """Say whether the element has these attributes."""
        classes = self.attributes.get("class", "").split()
        return all(
            value in classes if name == "class_" else self.attributes.get(name.replace("_", "-")) == value
            for name, value in wanted.items()
        )

    @property
    def text(self) -> str:
        """The text in the element, with single spaces."""
        return " ".join(self.raw.split())

    @property
    def raw(self) -> str:
        """The text in the element as it is written."""
        return "".join(each if isinstance(each, str) else each.raw for each in self.children)

    def rows(self) -> list[list[str]]:
        """Return the cells of a table's body as text."""
        body = self.one("tbody").all("tr")
        return [[cell.text for cell in row.below() if cell.tag in ("th", "td")] for row in body]

    def records(self) -> list[dict[str, str]]:
        """Return the rows of the tables in it as mappings, those of several tables joined row by row."""
        joined: list[dict[str, str]] = []
        for table in self.all("table"):
            rows = [dict(zip(table.headings(), cells, strict=True)) for cells in table.rows()]
            joined = [later | earlier for earlier, later in zip(joined, rows, strict=True)] if joined else rows
        return joined

    def headings(self) -> list[str]:
        """Return the headings of a table's columns."""
        return [each.text for each in self.one("thead").all("th")]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("page", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        assert len(element.attributes) == len(attrs), f"<{tag}> has an attribute twice"
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def tree(html: str) -> Element:
    """Return the tree of a page or of a part of one."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    (page,) = reader.open
    return page
