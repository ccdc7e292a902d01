"""The catalogue's tables: CSV files that people edit, one fact or one price point a row.

Every row carries `valid_from`, the snapshot that brought it. It counts from that day on, until a
later row of the same key does. Rows are added, never changed, so an old snapshot can be read again.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

PRICE_FILES = ("bedrock_tokens.csv", "bedrock_capacity.csv", "ec2.csv", "services.csv")


class PriceRow(NamedTuple):
    """One row of a price file as written: every cell is text."""

    id: str
    service: str
    item: str
    region: str
    routing: str
    meter: str
    usd: str
    unit: str
    valid_from: str
    as_of: str
    source: str
    source_key: str
    also_confirmed_by: str
    confidence: str
    history_only: str
    disagreements: str
    note: str


class ModelRow(NamedTuple):
    """One row of models.csv as written."""

    id: str
    name: str
    provider: str
    kind: str
    context_tokens: str
    max_output_tokens: str
    long_context_threshold_tokens: str
    retirement_date: str
    retirement_source: str
    valid_from: str
    as_of: str
    source: str
    note: str


class OfferRow(NamedTuple):
    """One row of offers.csv as written: yes, no, or empty for not known."""

    model_id: str
    valid_from: str
    as_of: str
    card: str
    standard: str
    flex: str
    priority: str
    batch: str
    reserved: str
    provisioned: str
    custom_on_demand: str
    batch_source: str
    provisioned_source: str
    custom_source: str
    in_region: str
    geo: str
    global_profile: str
    output_burndown: str
    cache_minimum_tokens: str
    thinking: str
    lifecycle: str


class InstanceRow(NamedTuple):
    """One row of instances.csv as written."""

    id: str
    vcpus: str
    memory_gib: str
    accelerators: str
    accelerator_memory_gib: str
    valid_from: str
    as_of: str
    source: str


class SpotBandRow(NamedTuple):
    """One row of spot_bands.csv as written; an empty `to_ratio` leaves the band open."""

    instance_type: str
    region: str
    from_ratio: str
    to_ratio: str
    valid_from: str
    as_of: str
    source: str


class DistillationPairRow(NamedTuple):
    """One row of distillation_pairs.csv as written; `regions` are separated by spaces."""

    teacher_id: str
    student_id: str
    regions: str
    valid_from: str
    as_of: str
    source: str
    doubt: str


class DisputedEndRow(NamedTuple):
    """One row of disputed_ends.csv as written; `against` still carries the model."""

    model_id: str
    last_day: str
    valid_from: str
    source: str
    against: str


class FactRow(NamedTuple):
    """One row of facts.csv as written."""

    id: str
    what: str
    value: str
    unit: str
    source: str
    as_of: str
    note: str


class SourceRow(NamedTuple):
    """One row of sources.csv as written."""

    id: str
    title: str
    url: str
    as_of: str
    confidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """The rows of all days, from which the catalogue of one snapshot is made."""

    prices: tuple[PriceRow, ...]
    models: tuple[ModelRow, ...] = ()
    offers: tuple[OfferRow, ...] = ()
    sources: tuple[SourceRow, ...] = ()
    instances: tuple[InstanceRow, ...] = ()
    spot_bands: tuple[SpotBandRow, ...] = ()
    distillation_pairs: tuple[DistillationPairRow, ...] = ()
    disputed_ends: tuple[DisputedEndRow, ...] = ()

    def snapshots(self) -> tuple[str, ...]:
        """Return the days on which rows came in, oldest first."""
        days = {row.valid_from for row in self.prices}
        days.update(row.valid_from for row in self.models)
        days.update(row.valid_from for row in self.offers)
        return tuple(sorted(days))


@cache
def read_tables() -> Tables:
    """Return the tables that come with this package."""
    return Tables(
        prices=tuple(row for name in PRICE_FILES for row in map(PriceRow._make, _read(name, PriceRow._fields))),
        models=tuple(map(ModelRow._make, _read("models.csv", ModelRow._fields))),
        offers=tuple(map(OfferRow._make, _read("offers.csv", OfferRow._fields))),
        sources=tuple(map(SourceRow._make, _read("sources.csv", SourceRow._fields))),
        instances=tuple(map(InstanceRow._make, _read("instances.csv", InstanceRow._fields))),
        spot_bands=tuple(map(SpotBandRow._make, _read("spot_bands.csv", SpotBandRow._fields))),
        distillation_pairs=tuple(
            map(DistillationPairRow._make, _read("distillation_pairs.csv", DistillationPairRow._fields))
        ),
        disputed_ends=tuple(map(DisputedEndRow._make, _read("disputed_ends.csv", DisputedEndRow._fields))),
    )


def read_facts() -> tuple[FactRow, ...]:
    """Return the rows of facts.csv, which no calculator needs."""
    return tuple(map(FactRow._make, _read("facts.csv", FactRow._fields)))


def _read(name: str, fields: tuple[str, ...]) -> Iterable[list[str]]:
    """Return the lines of one file below its heading, which must name `fields` in that order."""
    text = resources.files("calculators.catalogue").joinpath("data", name).read_text(encoding="utf-8")
    lines = csv.reader(text.splitlines(), strict=True)
    heading = tuple(next(lines))
    if heading != fields:
        raise ValueError(f"{name}: the columns are {heading}, not {fields}")
    return lines
