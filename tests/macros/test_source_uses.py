"""Where a source is used: the pages that name it, and the rows that rest on it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from calculators import catalogue
from macros import pages, source_uses
from macros.source_uses import facts_named, pages_by_source, sources_named, tables_by_source
from tests.macros import rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pytest

OTHER_TABLES = {
    "models.csv": "models",
    "instances.csv": "instance types",
    "spot_bands.csv": "Spot interruption bands",
    "distillation_pairs.csv": "distillation pairs",
    "facts.csv": "facts",
}


def test_each_way_to_name_a_source_is_seen() -> None:
    text = """{{ source("a") }} {{source('b')}} {{ sources(["c",
    "d"]) }} {{ sources() }} "e" [source("f")]: resource("g")"""
    assert sources_named(text) == {"a", "b", "c", "d", "f"}
    assert facts_named('{{ fact("a-b") }} and {{ fact( \'c\' ) }}, artefact("d")') == {"a-b", "c"}


def test_a_page_uses_the_sources_that_it_its_quiz_and_its_facts_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "lesson.md").write_text('{{ source("cur") }} {{ fact("spot-notice") }}', "utf-8")
    (tmp_path / "lesson.quiz.toml").write_text("text = '{{ source(\"tiers\") }}'", "utf-8")
    (tmp_path / "other.md").write_text('{{ sources(["cur"]) }}', "utf-8")
    monkeypatch.setattr(pages, "DOCS", tmp_path)
    fact_source = catalogue.facts()["spot-notice"].source
    assert pages_by_source() == {"cur": ["lesson", "other"], "tiers": ["lesson"], fact_source: ["lesson"]}


def rows_by_table() -> Iterator[tuple[str, str]]:
    """Yield the source and the table of every row of the files."""
    for row in rows.prices():
        service = {"Amazon Bedrock": "Bedrock prices", "Amazon EC2": "EC2 prices"}
        table = service.get(row["service"], "prices of other services")
        yield row["source"], table
        yield from ((each, f"{table} confirmed") for each in row["also_confirmed_by"].split())
    for row in rows.read("offers.csv"):
        named = {row["card"], row["batch_source"], row["provisioned_source"], row["custom_source"]}
        yield from ((each, "tier offers") for each in named)
    yield from ((row["retirement_source"], "last days of models") for row in rows.read("models.csv"))
    yield from ((row["source"], "earlier prices") for row in rows.prices(earlier=True))
    for name, table in OTHER_TABLES.items():
        yield from ((row["source"], table) for row in rows.read(name))


def test_rows_are_counted_by_source_and_table() -> None:
    wanted: dict[str, Counter[str]] = {}
    for source, table in rows_by_table():
        if source:
            wanted.setdefault(source, Counter())[table] += 1
    source_uses.tables_by_source.cache_clear()
    assert tables_by_source() == wanted
