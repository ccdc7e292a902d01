"""`source_list()`: every source by kind, with its date, how far it is to be trusted, and where it is used."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from calculators import catalogue
from macros import pages
from macros.markup import block
from macros.source_uses import pages_by_source, tables_by_source

if TYPE_CHECKING:
    from calculators.catalogue import Source
    from macros.place import Place

PAGE = "reference/sources"
KINDS = {
    "prices": "Price files, and what else prices rest on",
    "docs": "AWS documentation",
    "aws": "AWS price pages, agreements and articles",
    "papers": "Papers and studies",
    "others": "Articles, packages and measurements",
}
DOCUMENTATION = "docs.aws.amazon.com"
PAPERS = (
    "arxiv.org",
    "dl.acm.org",
    "doi.org",
    "hai.stanford.edu",
    "hal.science",
    "nber.org",
    "openreview.net",
    "science.org",
    "usenix.org",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """A source, and where it is used."""

    source: Source
    pages: tuple[tuple[str, str], ...]  # title and address
    tables: tuple[str, ...]


class SourceListMacro:
    """The macro, bound to the page that is being rendered."""

    def __init__(self, place: Place) -> None:
        """Keep the page: links to the pages that use a source start from it."""
        self._place = place

    def __call__(self) -> str:
        """Return all sources, those of a kind together, in the order of their titles."""
        on_pages, in_tables = pages_by_source(), tables_by_source()
        groups: dict[str, list[Used]] = {kind: [] for kind in KINDS}
        for each in sorted(catalogue.load().sources.values(), key=lambda source: source.title.casefold()):
            tables = in_tables.get(each.id, Counter())
            used = Used(
                source=each,
                pages=tuple(self._page(page) for page in on_pages.get(each.id, ())),
                tables=tuple(f"{table}: {_rows(count)}" for table, count in tables.items()),
            )
            groups[kind_of(each, is_price_file=any("prices" in table for table in tables))].append(used)
        return block("source_list.html", groups=[(kind, KINDS[kind], each) for kind, each in groups.items() if each])

    def _page(self, page: str) -> tuple[str, str]:
        return pages.title_of(page), self._place.link_to(pages.url_of(page))


def link_to_source(place: Place, identifier: str) -> str:
    """Return the address of a source in the list."""
    return place.link_to(f"{pages.url_of(PAGE)}#source-{identifier}")


def kind_of(source: Source, *, is_price_file: bool) -> str:
    """Return the group in which a source is listed."""
    host = urlsplit(source.url or "").hostname or ""
    if is_price_file:
        return "prices"
    if host == DOCUMENTATION:
        return "docs"
    if host.endswith("aws.amazon.com"):
        return "aws"
    return "papers" if any(host == each or host.endswith(f".{each}") for each in PAPERS) else "others"


def _rows(count: int) -> str:
    return f"{count:,} row{'' if count == 1 else 's'}"
