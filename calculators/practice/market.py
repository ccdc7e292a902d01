"""Market: the models and instances that cases are drawn from, with the prices of their rows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from calculators import catalogue as prices_and_offers
from calculators import shown
from calculators.practice.cases import Given

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from calculators.catalogue import Catalogue

METERS = ("input", "output", "cache_read", "cache_write_5m", "batch_input", "batch_output")
ROUTINGS = {"global": "its global profile", "in_region_or_geo": "in-Region or geographic routing"}
PLACES = {
    "us-east-1": "Northern Virginia",
    "us-west-2": "Oregon",
    "eu-central-1": "Frankfurt",
    "eu-west-1": "Ireland",
    "eu-west-2": "London",
    "ap-northeast-1": "Tokyo",
    "ap-southeast-2": "Sydney",
}
"""Regions in words."""


@dataclass(frozen=True, slots=True)
class Route:
    """One model on one route, with its public prices by meter."""

    model_id: str
    name: str
    region: str
    routing: str
    usd: Mapping[str, Decimal]

    @property
    def inputs(self) -> dict[str, str]:
        """The inputs of a calculator that name this route."""
        return {"model_id": self.model_id, "region": self.region, "routing": self.routing}

    def price(self, meter: str, name: str = "") -> Given:
        """Return a price as a fact of a case."""
        return Given(name or f"{meter}_price", self.usd[meter], shown.price(self.usd[meter]))

    def has(self, *meters: str) -> bool:
        """Say whether the catalogue has a price for each of the meters."""
        return all(meter in self.usd for meter in meters)


@cache
def _routes(snapshot: str) -> tuple[Route, ...]:
    catalogue = prices_and_offers.load(snapshot)
    found = []
    for model in sorted(catalogue.models.values(), key=lambda each: each.id):
        is_taught = catalogue.offer(model.id).has_card and model.kind == "chat" and model.retirement_date is None
        if not is_taught:
            continue
        for region in PLACES:
            for routing in ROUTINGS:
                if not catalogue.offered(model.id, region, routing, "standard").is_offered:
                    continue
                rows = {meter: catalogue.find_price(model.id, region, routing, meter) for meter in METERS}
                usd = {meter: row.usd for meter, row in rows.items() if row is not None and row.usd is not None}
                found.append(Route(model.id, model.name.removeprefix("Amazon "), region, routing, usd))
    return tuple(found)


@cache
def routes(
    catalogue_snapshot: str, *meters: str, region: str = "us-east-1", routing: str = "", tier: str = ""
) -> tuple[Route, ...]:
    """Return the routes of a Region that have a price for each of the meters, and offer the tier where one is named."""
    catalogue = prices_and_offers.load(catalogue_snapshot)
    return tuple(
        each
        for each in _routes(catalogue_snapshot)
        if each.region == region
        and each.routing == (routing or each.routing)
        and each.has(*meters)
        and (not tier or catalogue.offered(each.model_id, region, each.routing, tier).is_offered)
    )


def on_demand_usd(catalogue: Catalogue, instance_type: str, region: str = "us-east-1") -> Decimal | None:
    """Return the On-Demand price of an instance type, None where the catalogue has none."""
    row = catalogue.find_price(instance_type, region, "", "on_demand_hour")
    return row.usd if row is not None else None


@cache
def hosts(catalogue_snapshot: str) -> tuple[tuple[str, str, Decimal, Decimal], ...]:
    """Return instance type, Region, On-Demand price and host price where the catalogue has both."""
    catalogue = prices_and_offers.load(catalogue_snapshot)
    found = []
    for instance_type in sorted(catalogue.instances):
        for region in PLACES:
            price = on_demand_usd(catalogue, instance_type, region)
            family = instance_type.partition(".")[0]
            host = catalogue.find_price(f"dedicated-host-{family}", region, "", "host_on_demand_hour")
            if price is not None and host is not None and host.usd is not None:
                found.append((instance_type, region, price, host.usd))
    return tuple(found)


@cache
def tunable(catalogue_snapshot: str) -> tuple[Route, ...]:
    """Return the routes whose model can be fine-tuned at a public price and is then paid by the token."""
    catalogue = prices_and_offers.load(catalogue_snapshot)
    return tuple(
        each
        for each in routes(catalogue_snapshot, "input", "output", tier="custom_on_demand")
        if catalogue.find_price(each.model_id, each.region, each.routing, "custom_training") is not None
    )


BLOCK_FAMILIES = ("p4", "p5", "p6", "trn")


@cache
def accelerated(catalogue_snapshot: str, *, is_in_blocks: bool = False) -> tuple[str, ...]:
    """Return the instance types with accelerators that have an On-Demand and a Spot price in us-east-1."""
    catalogue = prices_and_offers.load(catalogue_snapshot)
    return tuple(
        each
        for each in sorted(catalogue.instances)
        if catalogue.instances[each].accelerators
        and all(
            (row := catalogue.find_price(each, "us-east-1", "", meter)) is not None and row.usd is not None
            for meter in ("on_demand_hour", "spot_average_hour")
        )
        and (not is_in_blocks or each.startswith(BLOCK_FAMILIES))
    )


@cache
def general(catalogue_snapshot: str) -> tuple[str, ...]:
    """Return the instance types without accelerators that have an On-Demand price in us-east-1."""
    catalogue = prices_and_offers.load(catalogue_snapshot)
    return tuple(
        each
        for each in sorted(catalogue.instances)
        if not catalogue.instances[each].accelerators and on_demand_usd(catalogue, each) is not None
    )
