"""The price rows: each one sourced, dated, in a known unit, exact, and there only once."""

from __future__ import annotations

import csv
import re
from collections import Counter
from datetime import date
from decimal import Decimal
from importlib import resources

import pytest

from calculators import catalogue
from calculators.catalogue.prices import make_price_point
from calculators.catalogue.tables import PRICE_FILES, PriceRow, read_tables

ROWS = read_tables().prices
SOURCES = {row.id: row for row in read_tables().sources}
MULTIPLIERS = ("× Standard", "× In-Region or Geo")


def ids(rows: list[PriceRow]) -> list[str]:
    return [row.id for row in rows]


def test_the_files_hold_rows() -> None:
    """Else every test below would pass on an empty catalogue."""
    assert {row.meter for row in ROWS} == set(catalogue.UNITS)


def test_every_id_occurs_once() -> None:
    assert [each for each, count in Counter(row.id for row in ROWS).items() if count > 1] == []


def test_every_id_is_made_of_what_the_row_is_about() -> None:
    def is_fit(row: PriceRow) -> bool:
        name, *rest = row.id.split("@")[0].split("/")
        return row.item.endswith(name) and rest == [row.region or "any", row.routing or "any", row.meter]

    assert ids([row for row in ROWS if not is_fit(row)]) == []


def test_every_row_names_known_sources() -> None:
    def named(row: PriceRow) -> set[str]:
        return {row.source, *row.also_confirmed_by.split()}

    assert ids([row for row in ROWS if not named(row) <= set(SOURCES)]) == []


def test_no_row_is_confirmed_by_its_own_source() -> None:
    assert ids([row for row in ROWS if row.source in row.also_confirmed_by.split()]) == []


def test_two_sources_means_two() -> None:
    """The tiers' multipliers rest on many rows of several sources, not on one confirmation."""
    claimed = [row for row in ROWS if row.confidence == "two sources" and row.item != catalogue.RULE]
    assert ids([row for row in claimed if not row.also_confirmed_by]) == []


def test_every_confidence_is_a_known_one() -> None:
    assert {row.confidence for row in ROWS} == set(catalogue.CONFIDENCES)


def test_every_row_has_the_date_of_its_source() -> None:
    """A source known only by its year allows any day of that year."""
    assert ids([row for row in ROWS if not row.as_of.startswith(SOURCES[row.source].as_of)]) == []


def test_every_row_is_dated_to_the_day() -> None:
    for row in ROWS:
        date.fromisoformat(row.as_of)
        date.fromisoformat(row.valid_from)


def test_no_row_is_much_newer_than_the_snapshot_that_brought_it() -> None:
    """A snapshot is named for its main file; other sources may be read some days later."""

    def days_ahead(row: PriceRow) -> int:
        return (date.fromisoformat(row.as_of) - date.fromisoformat(row.valid_from)).days

    assert ids([row for row in ROWS if days_ahead(row) > 14]) == []


def test_every_meter_has_its_unit() -> None:
    assert ids([row for row in ROWS if row.unit != catalogue.UNITS[row.meter]]) == []


def test_only_multipliers_are_not_in_dollars() -> None:
    def is_rule(row: PriceRow) -> bool:
        return row.unit in MULTIPLIERS

    assert ids([row for row in ROWS if is_rule(row) != (row.item == catalogue.RULE)]) == []
    assert ids([row for row in ROWS if not is_rule(row) and not row.unit.startswith("USD per ")]) == []


def test_every_figure_is_written_plainly_and_is_0_only_where_the_source_says_free() -> None:
    def is_plain(row: PriceRow) -> bool:
        is_free = row.note == "Published as free."
        return re.fullmatch(r"\d+(\.\d+)?", row.usd) is not None and (Decimal(row.usd) > 0) is not is_free

    assert ids([row for row in ROWS if row.usd and not is_plain(row)]) == []


def test_every_figure_is_read_to_the_last_digit() -> None:
    assert ids([row for row in ROWS if row.usd and str(make_price_point(row).figure) != row.usd]) == []


def test_a_row_has_no_figure_only_for_the_output_of_embedding_models_or_where_its_note_says_why() -> None:
    models = catalogue.load().models

    def is_explained(row: PriceRow) -> bool:
        if row.item in models:
            return row.meter == "output" and models[row.item].kind == "embedding"
        return bool(row.note)

    empty = [row for row in ROWS if not row.usd]
    assert empty
    assert ids([row for row in empty if not is_explained(row)]) == []


def test_a_row_without_a_figure_cannot_be_taken_for_free() -> None:
    point = make_price_point(next(row for row in ROWS if not row.usd))
    assert point.usd is None
    with pytest.raises(catalogue.MissingPrice):
        _ = point.figure


def test_global_rows_hold_for_every_region_and_others_name_theirs() -> None:
    token_rows = [row for row in ROWS if row.meter in {"input", "output", "cache_read", "batch_input"}]
    assert ids([row for row in token_rows if (row.routing == "global") != (row.region == "")]) == []


def test_what_is_called_history_is_marked_as_history() -> None:
    said = [row for row in ROWS if re.search("history only|retired model", row.note, re.IGNORECASE)]
    assert said
    assert ids([row for row in said if row.history_only != "yes"]) == []
    assert {row.history_only for row in ROWS} == {"yes", "no"}


def test_every_model_with_token_prices_is_described() -> None:
    models = catalogue.load().models
    assert {row.item for row in ROWS if row.meter == "input"} == set(models)


@pytest.mark.parametrize("name", [*PRICE_FILES, "models.csv", "offers.csv", "instances.csv", "spot_bands.csv"])
def test_files_are_plain_text_that_compares_well(name: str) -> None:
    """Line feeds only, and one at the end."""
    data = resources.files("calculators.catalogue").joinpath("data", name).read_bytes()
    assert b"\r" not in data
    assert data.endswith(b"\n")
    assert not data.endswith(b"\n\n")


def test_rows_are_in_order() -> None:
    """In each file live rows come before history, each by item, Region and routing."""
    for name in PRICE_FILES:
        text = resources.files("calculators.catalogue").joinpath("data", name).read_text(encoding="utf-8")
        rows = [PriceRow._make(line) for line in csv.reader(text.splitlines())][1:]
        keys = [(row.valid_from, row.history_only, row.item, row.region, row.routing) for row in rows]
        assert keys == sorted(keys)
