"""The catalogue of one snapshot: prices, models, tier offers and sources, looked up by name."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from calculators.catalogue.disputed_ends import make_disputed_end
from calculators.catalogue.distillation import make_pair
from calculators.catalogue.instances import make_instance, make_spot_band
from calculators.catalogue.judgement import judge
from calculators.catalogue.models import make_model
from calculators.catalogue.offers import Offer, make_offer
from calculators.catalogue.prices import MissingPrice, make_price_point
from calculators.catalogue.sources import make_source
from calculators.catalogue.tables import (
    DisputedEndRow,
    DistillationPairRow,
    InstanceRow,
    ModelRow,
    OfferRow,
    SpotBandRow,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from calculators.catalogue.disputed_ends import DisputedEnd
    from calculators.catalogue.distillation import DistillationPair
    from calculators.catalogue.instances import Instance, SpotBand
    from calculators.catalogue.judgement import Offered
    from calculators.catalogue.models import Model
    from calculators.catalogue.prices import PricePoint
    from calculators.catalogue.sources import Source
    from calculators.catalogue.tables import PriceRow, Tables

_Dated = TypeVar("_Dated", ModelRow, OfferRow, InstanceRow, SpotBandRow, DistillationPairRow, DisputedEndRow)

RULE = "rule"
"""The item under which the tiers' multipliers are kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """What was known on the day of one snapshot."""

    snapshot: str
    regions: tuple[str, ...]
    models: Mapping[str, Model]
    sources: Mapping[str, Source]
    instances: Mapping[str, Instance]
    instance_regions: tuple[str, ...]
    spot_bands: Mapping[tuple[str, str], SpotBand]  # by instance type and Region
    distillation_pairs: Mapping[tuple[str, str], DistillationPair]  # by teacher and student
    disputed_ends: Mapping[str, DisputedEnd]  # by model
    _offers: Mapping[str, Offer]
    _rows: Mapping[tuple[str, str, str, str], PriceRow]
    _history: tuple[PriceRow, ...]
    # What was looked up before: a decision asks for the same few figures hundreds of times.
    _found: dict[tuple[str, str, str, str], PricePoint | None] = field(default_factory=dict, compare=False, repr=False)
    _judged: dict[tuple[str, str, str, str], Offered] = field(default_factory=dict, compare=False, repr=False)

    def find_price(self, item: str, region: str, routing: str, meter: str) -> PricePoint | None:
        """Return the price of a meter, or None where there is no public figure.

        A row for this Region and routing counts first, then one for every Region, then one
        without routing. A row of another Region never counts.
        """
        asked = (item, region, routing, meter)
        if asked not in self._found:
            self._found[asked] = self._look_up(*asked)
        return self._found[asked]

    def _look_up(self, item: str, region: str, routing: str, meter: str) -> PricePoint | None:
        row = (
            self._rows.get((item, region, routing, meter))
            or self._rows.get((item, "", routing, meter))
            or self._rows.get((item, region, "", meter))
            or self._rows.get((item, "", "", meter))
        )
        return make_price_point(row) if row is not None and row.usd else None

    def price(self, item: str, region: str, routing: str, meter: str) -> PricePoint:
        """Return the price of a meter, or raise MissingPrice where there is no public figure."""
        point = self.find_price(item, region, routing, meter)
        if point is None:
            raise MissingPrice(item, region, routing, meter)
        return point

    def find_rule(self, tier: str) -> PricePoint | None:
        """Return what a tier charges as a multiple of Standard; `usd` holds the multiple."""
        return self.find_price(RULE, "", "", tier)

    def points(self) -> Iterator[PricePoint]:
        """Yield every row that counts on this day, rows without a figure included."""
        return map(make_price_point, self._rows.values())

    def history(self) -> Iterator[PricePoint]:
        """Yield the rows that are kept as history and never answer a look-up."""
        return map(make_price_point, self._history)

    def offer(self, model_id: str) -> Offer:
        """Return the tiers that a model's card offers; all unknown where no card was read."""
        return self._offers.get(model_id) or Offer(model_id=model_id)

    def offered(self, model_id: str, region: str, routing: str, tier: str) -> Offered:
        """Say whether a model offers a tier on this route, why, and by which source."""
        asked = (model_id, region, routing, tier)
        if asked not in self._judged:
            self._judged[asked] = judge(self, *asked)
        return self._judged[asked]


def build(tables: Tables, snapshot: str) -> Catalogue:
    """Return the catalogue that `tables` make on the day of `snapshot`."""
    models = {row.id: row for row in _until(snapshot, tables.models)}
    offers = {row.model_id: row for row in _until(snapshot, tables.offers)}
    rows = _current_prices(tables.prices, snapshot)
    return Catalogue(
        snapshot=snapshot,
        regions=tuple(sorted({row.region for row in rows.values() if row.item in models} - {""})),
        models=MappingProxyType({key: make_model(row) for key, row in models.items()}),
        sources=MappingProxyType({row.id: make_source(row) for row in tables.sources}),
        instances=MappingProxyType({row.id: make_instance(row) for row in _until(snapshot, tables.instances)}),
        instance_regions=tuple(sorted({row.region for row in rows.values() if row.meter == "on_demand_hour"})),
        spot_bands=MappingProxyType(
            {(row.instance_type, row.region): make_spot_band(row) for row in _until(snapshot, tables.spot_bands)}
        ),
        distillation_pairs=MappingProxyType(
            {(row.teacher_id, row.student_id): make_pair(row) for row in _until(snapshot, tables.distillation_pairs)}
        ),
        disputed_ends=MappingProxyType(
            {row.model_id: make_disputed_end(row) for row in _until(snapshot, tables.disputed_ends)}
        ),
        _offers=MappingProxyType({key: make_offer(row) for key, row in offers.items()}),
        _rows=MappingProxyType(rows),
        _history=tuple(row for row in tables.prices if row.history_only == "yes" and row.valid_from <= snapshot),
    )


def _until(snapshot: str, rows: Iterable[_Dated]) -> list[_Dated]:
    """Return the rows that had come in by the day of `snapshot`, oldest first."""
    return sorted((row for row in rows if row.valid_from <= snapshot), key=lambda row: row.valid_from)


def _current_prices(rows: Iterable[PriceRow], snapshot: str) -> dict[tuple[str, str, str, str], PriceRow]:
    """Return the row that counts for each item, Region, routing and meter.

    A later row takes the place of an earlier one, also where it is kept as history only: that
    withdraws the price. Of the same day, a live row stands before history.
    """
    current: dict[tuple[str, str, str, str], PriceRow] = {}
    for row in rows:
        if row.valid_from > snapshot:
            continue
        key = (row.item, row.region, row.routing, row.meter)
        rival = current.get(key)
        if rival is None or _rank(row) > _rank(rival):
            current[key] = row
    return {key: row for key, row in current.items() if row.history_only != "yes"}


def _rank(row: PriceRow) -> tuple[str, bool]:
    return row.valid_from, row.history_only != "yes"
