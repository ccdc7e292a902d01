"""EC2 in the catalogue: types described, hours priced, Spot bands read as AWS prints them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from calculators import catalogue
from calculators.catalogue.tables import read_tables

TODAY = catalogue.load()


def test_every_type_is_described_and_sourced() -> None:
    assert len(TODAY.instances) > 40
    for each in TODAY.instances.values():
        assert each.vcpus > 0
        assert each.memory_gib > 0
        assert each.source in TODAY.sources
        assert (each.accelerator_memory_gib or 0) >= 0


def test_an_hour_is_looked_up_by_type_and_region() -> None:
    """F13's instance, as the AWS price list of July 2026 has it."""
    point = TODAY.price("g6e.2xlarge", "us-east-1", "", "on_demand_hour")
    assert point.usd == Decimal("2.24208")
    assert point.unit == "USD per instance-hour"


def test_a_type_that_is_not_sold_on_demand_in_a_region_has_no_price() -> None:
    with pytest.raises(catalogue.MissingPrice):
        TODAY.price("g6.xlarge", "eu-west-1", "", "on_demand_hour")


def test_spot_and_reservations_cost_less_than_on_demand() -> None:
    live = [row for row in read_tables().prices if row.service == "Amazon EC2" and row.history_only == "no"]
    cheaper = [row for row in live if row.meter in ("reserved_1y_hour", "reserved_3y_hour", "spot_average_hour")]
    assert len(cheaper) > 500
    for row in cheaper:
        on_demand = TODAY.find_price(row.item, row.region, "", "on_demand_hour")
        assert on_demand is None or Decimal(row.usd) < on_demand.figure * Decimal("1.05"), row.id


def test_the_price_cut_of_2025_is_kept_as_history() -> None:
    old = [each for each in TODAY.history() if each.item == "p5.48xlarge"]
    assert [each.usd for each in old] == [Decimal("98.32")]
    assert TODAY.price("p5.48xlarge", "us-east-1", "", "on_demand_hour").usd == Decimal("55.04")


def test_spot_bands_follow_on_each_other() -> None:
    assert TODAY.spot_bands
    for (name, region), band in TODAY.spot_bands.items():
        assert region in TODAY.instance_regions
        assert name in TODAY.instances
        assert 0 <= band.from_ratio < (band.to_ratio or 1) <= 1
        assert band.source in TODAY.sources
