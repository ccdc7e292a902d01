"""Where a source is used: on which pages, and in which tables of the catalogue."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from calculators import catalogue
from macros import pages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculators.catalogue import Catalogue

ONE = re.compile(r"""\bsource\(\s*["']([^"']+)["']\s*\)""")
SEVERAL = re.compile(r"\bsources\(\s*\[(.*?)\]\s*\)", re.DOTALL)
FACT = re.compile(r"""\bfact\(\s*["']([^"']+)["']\s*\)""")
NAME = re.compile(r"""["']([^"']+)["']""")
SERVICES = {"Amazon Bedrock": "Bedrock prices", "Amazon EC2": "EC2 prices"}
OTHER_SERVICES = "prices of other services"


def sources_named(text: str) -> set[str]:
    """Return the sources that the macro calls of a text name.

    >>> sorted(sources_named('{{ source("a") }} {{ sources(["b", "c"]) }}'))
    ['a', 'b', 'c']
    """
    listed = {name for several in SEVERAL.findall(text) for name in NAME.findall(several)}
    return listed | set(ONE.findall(text))


def facts_named(text: str) -> set[str]:
    """Return the facts that the macro calls of a text name.

    >>> facts_named('A warning of {{ fact("spot-notice") }}.')
    {'spot-notice'}
    """
    return set(FACT.findall(text))


def text_of(page: str) -> str:
    """Return the text of a page with that of its questions."""
    file = pages.file_of(page)
    quiz = file.with_name(f"{file.stem}.quiz.toml")
    return file.read_text("utf-8") + (quiz.read_text("utf-8") if quiz.is_file() else "")


def pages_by_source() -> dict[str, list[str]]:
    """Return the pages that name each source, or show a fact that rests on it."""
    facts, found = catalogue.facts(), dict[str, list[str]]()
    for page in pages.course_pages():
        text = text_of(page)
        named = sources_named(text) | {facts[each].source for each in facts_named(text) if each in facts}
        for each in named:
            found.setdefault(each, []).append(page)
    return found


@cache
def tables_by_source() -> dict[str, Counter[str]]:
    """Return how many rows of each table rest on a source."""
    found: dict[str, Counter[str]] = {}
    for source, table in _rows(catalogue.load()):
        found.setdefault(source, Counter())[table] += 1
    return found


def _rows(book: Catalogue) -> Iterator[tuple[str, str]]:
    """Yield the source and the table of every row."""
    for point in book.points():
        table = SERVICES.get(point.service, OTHER_SERVICES)
        yield point.source, table
        yield from ((each, f"{table} confirmed") for each in point.also_confirmed_by)
    yield from ((point.source, "earlier prices") for point in book.history())
    for model in book.models.values():
        yield model.source, "models"
        if model.retirement_source:
            yield model.retirement_source, "last days of models"
        offer = book.offer(model.id)
        named = (offer.card, offer.batch_source, offer.provisioned_source, offer.custom_source)
        yield from ((each, "tier offers") for each in dict.fromkeys(named) if each)
    yield from ((each.source, "instance types") for each in book.instances.values())
    yield from ((each.source, "Spot interruption bands") for each in book.spot_bands.values())
    yield from ((each.source, "distillation pairs") for each in book.distillation_pairs.values())
    yield from ((each.source, "facts") for each in catalogue.facts().values())
