"""Instances: what an EC2 instance type is made of, and how often Spot took it back."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from calculators.catalogue.tables import InstanceRow, SpotBandRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Instance:
    """One EC2 instance type."""

    id: str
    vcpus: Decimal
    memory_gib: Decimal
    accelerators: Decimal
    accelerator_memory_gib: Decimal | None
    as_of: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SpotBand:
    """The share of Spot instances of a type that AWS took back within a trailing month, as AWS's band."""

    from_ratio: Decimal
    to_ratio: Decimal | None  # None: the band is open, "more than 20%"
    as_of: str
    source: str


def make_instance(row: InstanceRow) -> Instance:
    """Return the instance type that a row describes."""
    return Instance(
        id=row.id,
        vcpus=Decimal(row.vcpus),
        memory_gib=Decimal(row.memory_gib),
        accelerators=Decimal(row.accelerators or 0),
        accelerator_memory_gib=Decimal(row.accelerator_memory_gib) if row.accelerator_memory_gib else None,
        as_of=row.as_of,
        source=row.source,
    )


def make_spot_band(row: SpotBandRow) -> SpotBand:
    """Return the band that a row describes."""
    return SpotBand(
        from_ratio=Decimal(row.from_ratio),
        to_ratio=Decimal(row.to_ratio) if row.to_ratio else None,
        as_of=row.as_of,
        source=row.source,
    )
