"""Prices: one figure each, with its unit, its day, its source and what speaks against it.

`valid_from` is the day from which the catalogue holds the row: the snapshot that brought it. A
snapshot is named for the date of its main price file; each row has its own `as_of`, the date of
the very source it was read from, which may be older or a little newer.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from calculators.catalogue.tables import PriceRow

_MTOK = "USD per 1,000,000 tokens"
_UNIT_HOUR = "USD per model unit per hour"
_KTPM_HOUR = "USD per hour per 1,000 tokens per minute"
_RULE = "× Standard"
_INSTANCE_HOUR = "USD per instance-hour"
_HOST_HOUR = "USD per host-hour"

UNITS = {
    "input": _MTOK,
    "output": _MTOK,
    "cache_read": _MTOK,
    "cache_write_5m": _MTOK,
    "cache_write_1h": _MTOK,
    "batch_input": _MTOK,
    "batch_output": _MTOK,
    "flex_input": _MTOK,
    "flex_output": _MTOK,
    "priority_input": _MTOK,
    "priority_output": _MTOK,
    "long_context_input": _MTOK,
    "long_context_output": _MTOK,
    "custom_on_demand_input": _MTOK,
    "custom_on_demand_output": _MTOK,
    "model_unit_hour_none": _UNIT_HOUR,
    "model_unit_hour_1_month": _UNIT_HOUR,
    "model_unit_hour_6_months": _UNIT_HOUR,
    "reserved_input_1_month": _KTPM_HOUR,
    "reserved_output_1_month": _KTPM_HOUR,
    "reserved_input_3_months": _KTPM_HOUR,
    "reserved_output_3_months": _KTPM_HOUR,
    "import_unit_minute": "USD per custom model unit per minute",
    "import_storage_month": "USD per custom model unit per month",
    "custom_training": "USD per 1,000,000 trained tokens",
    "custom_training_hour": "USD per training hour",
    "custom_training_image": "USD per image seen",
    "custom_storage_month": "USD per custom model per month",
    "batch": _RULE,
    "flex": _RULE,
    "priority": _RULE,
    "global": "× In-Region or Geo",
    "on_demand_hour": _INSTANCE_HOUR,
    "reserved_1y_hour": _INSTANCE_HOUR,
    "reserved_3y_hour": _INSTANCE_HOUR,
    "spot_average_hour": _INSTANCE_HOUR,
    "instance_hour": _INSTANCE_HOUR,
    "host_on_demand_hour": _HOST_HOUR,
    "host_reserved_1y_hour": _HOST_HOUR,
    "host_reserved_3y_hour": _HOST_HOUR,
    "account_month": "USD per account-month",
    "acu_hour": "USD per ACU-hour",
    "alarm_month": "USD per alarm-month",
    "completed_task": "USD per completed task",
    "gb": "USD per GB",
    "gb_hour": "USD per GB-hour",
    "gb_month": "USD per GB-month",
    "gb_scanned": "USD per GB scanned",
    "gb_second": "USD per GB-second",
    "hour": "USD per hour",
    "image": "USD per image",
    "million_queries": "USD per 1,000,000 queries",
    "million_requests": "USD per 1,000,000 requests",
    "object_per_worker": "USD per object per worker",
    "ocu_hour": "USD per OCU-hour",
    "page": "USD per page",
    "second_of_video": "USD per second of video",
    "tb": "USD per TB",
    "thousand_calls": "USD per 1,000 calls",
    "thousand_events": "USD per 1,000 events",
    "thousand_images": "USD per 1,000 images",
    "thousand_queries": "USD per 1,000 queries",
    "thousand_records_per_month": "USD per 1,000 records per month",
    "thousand_requests": "USD per 1,000 requests",
    "thousand_retrievals": "USD per 1,000 retrievals",
    "thousand_text_units": "USD per 1,000 text units",
    "thousand_transitions": "USD per 1,000 transitions",
    "user_month": "USD per user-month",
    "vcpu_hour": "USD per vCPU-hour",
}
"""The meters that a price row may have, each with its unit."""

CONFIDENCES = ("two sources", "single source")
"""How well a figure is supported, strongest first."""


class MissingPrice(LookupError):  # noqa: N818 - named for what is missing; the public name is fixed
    """The catalogue holds no figure for what was asked."""

    def __init__(self, item: str, region: str, routing: str, meter: str) -> None:
        """Keep what was asked, so that the caller can name the input at fault."""
        self.item = item
        self.region = region
        self.routing = routing
        self.meter = meter
        place = ", ".join(part for part in (region, routing) if part) or "any Region"
        super().__init__(f"no public figure for {item}, {meter}, {place}")


@dataclass(frozen=True, slots=True, kw_only=True)
class PricePoint:
    """One row of the price files."""

    id: str
    service: str
    item: str
    region: str  # "" where one figure holds for all source Regions, or the source names none
    routing: str  # "global", "in_region_or_geo", or "" where routing plays no part
    meter: str
    usd: Decimal | None  # None: no public figure; never to be read as free
    unit: str
    valid_from: str
    as_of: str
    source: str
    source_key: str
    also_confirmed_by: tuple[str, ...]
    confidence: str
    history_only: bool
    disagreements: str
    note: str

    @property
    def figure(self) -> Decimal:
        """The figure, for where there must be one."""
        if self.usd is None:
            raise MissingPrice(self.item, self.region, self.routing, self.meter)
        return self.usd


def make_price_point(row: PriceRow) -> PricePoint:
    """Return the price point that a row describes; its figure never passes through a float."""
    return PricePoint(
        id=row.id,
        service=row.service,
        item=row.item,
        region=row.region,
        routing=row.routing,
        meter=row.meter,
        usd=Decimal(row.usd) if row.usd else None,
        unit=row.unit,
        valid_from=row.valid_from,
        as_of=row.as_of,
        source=row.source,
        source_key=row.source_key,
        also_confirmed_by=tuple(row.also_confirmed_by.split()),
        confidence=row.confidence,
        history_only=row.history_only == "yes",
        disagreements=row.disagreements,
        note=row.note,
    )
