"""Capacity, the fleet: how many instances of one's own carry the peak, how many spare, and what they cost."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING

from calculators.formulas import scaling

if TYPE_CHECKING:
    from calculators.capacity_hosting import FleetInputs
    from calculators.steps import Receipt


@dataclass(frozen=True, slots=True, kw_only=True)
class Fleet:
    """Instances for the peak, spare ones for the ramp, and the month's bill of the former."""

    instances: Decimal
    headroom_requests_per_second: Decimal
    headroom_instances: Decimal
    usd_per_month: Decimal


def size(inputs: FleetInputs, slots: int, receipt: Receipt) -> Fleet:
    """Return the instances that carry the peak's rate and hold its slots, whichever are more."""
    each, used = inputs.instance_requests_per_second, inputs.utilisation_target_ratio
    for_rate = _instances(inputs, inputs.peak_requests_per_second)
    for_slots = (Decimal(slots) / inputs.slots_per_instance).to_integral_value(ROUND_CEILING)
    instances = max(for_rate, for_slots)
    receipt.step(
        "instances",
        instances,
        "instances",
        "max(ceil(λ / (ρ·u)), ceil(c / k))",
        "F47",
        λ=inputs.peak_requests_per_second,
        ρ=each,
        u=used,
        c=slots,
        k=inputs.slots_per_instance,
    )
    headroom = receipt.step(
        "headroom_requests_per_second",
        scaling.headroom_requests_per_second(
            ramp_requests_per_second_squared=inputs.ramp_requests_per_second_squared,
            scale_out_seconds=inputs.scale_out_seconds,
        ),
        "requests per second",
        "ramp·t",
        "F47",
        ramp=inputs.ramp_requests_per_second_squared,
        t=inputs.scale_out_seconds,
    )
    spare = _instances(inputs, headroom)
    receipt.step("headroom_instances", spare, "instances", "ceil(h / (ρ·u))", "F47", h=headroom, ρ=each, u=used)
    month = _month(inputs, instances, "usd_per_month", receipt)
    _month(inputs, spare, "headroom_usd_per_month", receipt)
    return Fleet(
        instances=instances,
        headroom_requests_per_second=headroom,
        headroom_instances=spare,
        usd_per_month=month,
    )


def _instances(inputs: FleetInputs, requests_per_second: Decimal) -> Decimal:
    """Return the instances that serve a rate at the utilisation aimed at."""
    found = scaling.instances_for_rate(
        requests_per_second=requests_per_second,
        instance_requests_per_second=inputs.instance_requests_per_second,
        utilisation_target_ratio=inputs.utilisation_target_ratio,
    )
    assert found is not None  # noqa: S101 - an instance serves something
    return found


def _month(inputs: FleetInputs, instances: Decimal, name: str, receipt: Receipt) -> Decimal:
    """Return what instances cost that run all month."""
    usd = scaling.instances_usd_per_month(instances=instances, instance_usd_per_hour=inputs.instance_usd_per_hour)
    return receipt.step(name, usd, "USD per month", "730·n·P", "F47", n=instances, P=inputs.instance_usd_per_hour)
