"""The prices of one instance: On-Demand, Spot, host and block, the reader's or the catalogue's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from calculators.catalogue import UNITS
from calculators.ledger import Ledger

if TYPE_CHECKING:
    from decimal import Decimal

    from calculators.catalogue import Catalogue
    from calculators.compute_purchase import Inputs
    from calculators.steps import Receipt


HOST, SPOT = "Dedicated Host", "Spot average of a day"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What an hour costs, None where there is no figure. On-Demand is always known: without it nothing compares."""

    ledger: Ledger
    on_demand_usd_per_hour: Decimal
    spot_price_ratio: Decimal | None
    host_usd_per_hour: Decimal | None
    block_usd_per_hour: Decimal | None


def figures(inputs: Inputs, catalogue: Catalogue, receipt: Receipt) -> Figures:
    """Return the prices that the inputs ask for. Raises InputError without an On-Demand price."""
    ledger = Ledger(catalogue, is_quiet=receipt.is_quiet)
    name, region = inputs.instance_type, inputs.region
    on_demand = ledger.figure(
        "on_demand_usd_per_hour",
        inputs.on_demand_usd_per_hour,
        f"{name}, On-Demand",
        item=name,
        region=region,
        meter="on_demand_hour",
    )
    host = ledger.find_figure(
        inputs.host_usd_per_hour,
        f"{HOST} {family(name)}",
        item=f"dedicated-host-{family(name)}",
        region=region,
        meter="host_on_demand_hour",
    )
    block = inputs.capacity_block_usd_per_hour
    if block is not None:
        ledger.note_own(f"{name}, in a Capacity Block", block, UNITS["instance_hour"])
    return Figures(
        ledger=ledger,
        on_demand_usd_per_hour=on_demand,
        spot_price_ratio=_spot_ratio(inputs, ledger, on_demand, receipt),
        host_usd_per_hour=host,
        block_usd_per_hour=block,
    )


def family(instance_type: str) -> str:
    """Return the family of an instance type.

    >>> family("g6e.12xlarge")
    'g6e'
    """
    return instance_type.partition(".")[0]


def _spot_ratio(inputs: Inputs, ledger: Ledger, on_demand: Decimal, receipt: Receipt) -> Decimal | None:
    """Return the Spot price against the On-Demand price, None where neither is known."""
    if inputs.spot_price_ratio is not None:
        return inputs.spot_price_ratio
    name = inputs.instance_type
    spot = ledger.find_figure(None, f"{name}, {SPOT}", item=name, region=inputs.region, meter="spot_average_hour")
    if spot is None:
        return None
    return receipt.step("spot_price_ratio", spot / on_demand, "ratio", "Spot / P", "F34", Spot=spot, P=on_demand)
