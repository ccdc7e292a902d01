"""Tier offers: what AWS's model cards and lists of supported models say that a model offers.

The AWS pages were read as of September and October 2026; they are undated, so `as_of` is the
earlier month. None is an answer: the page does not say, or no card was read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from calculators.catalogue.models import whole

if TYPE_CHECKING:
    from calculators.catalogue.tables import OfferRow

TIERS = (
    "standard",
    "flex",
    "priority",
    "batch",
    "reserved",
    "provisioned",
    "custom_on_demand",
    "caching",
)
"""The ways to pay for a model that the catalogue can judge."""

_ANSWERS = {"yes": True, "no": False, "": None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What one model offers; True, False, or None for not known."""

    model_id: str
    card: str = ""  # the source id of the model card; "" where none was read
    as_of: str = ""
    standard: bool | None = None
    flex: bool | None = None
    priority: bool | None = None
    batch: bool | None = None
    reserved: bool | None = None
    provisioned: bool | None = None
    custom_on_demand: bool | None = None
    batch_source: str = ""
    provisioned_source: str = ""
    custom_source: str = ""
    in_region: str = ""  # "none", "some", "many", "mantle only", or the one Region
    geo: tuple[str, ...] = ()
    global_profile: bool | None = None
    output_burndown: int | None = None
    cache_minimum_tokens: int | None = None
    thinking: str = ""
    lifecycle: str = ""

    @property
    def has_card(self) -> bool:
        """Whether the model's card was read."""
        return bool(self.card)

    def states(self, tier: str) -> bool | None:
        """Return what the sources say about a tier; about caching they give no yes or no."""
        stated: dict[str, bool | None] = {
            "standard": self.standard,
            "flex": self.flex,
            "priority": self.priority,
            "batch": self.batch,
            "reserved": self.reserved,
            "provisioned": self.provisioned,
            "custom_on_demand": self.custom_on_demand,
        }
        return stated.get(tier)

    def source(self, tier: str) -> str:
        """Return the source id of what is stated about a tier."""
        named = {
            "batch": self.batch_source,
            "provisioned": self.provisioned_source,
            "custom_on_demand": self.custom_source,
        }
        return named.get(tier) or self.card


def make_offer(row: OfferRow) -> Offer:
    """Return the offer that a row of offers.csv describes."""
    return Offer(
        model_id=row.model_id,
        card=row.card,
        as_of=row.as_of,
        standard=_ANSWERS[row.standard],
        flex=_ANSWERS[row.flex],
        priority=_ANSWERS[row.priority],
        batch=_ANSWERS[row.batch],
        reserved=_ANSWERS[row.reserved],
        provisioned=_ANSWERS[row.provisioned],
        custom_on_demand=_ANSWERS[row.custom_on_demand],
        batch_source=row.batch_source,
        provisioned_source=row.provisioned_source,
        custom_source=row.custom_source,
        in_region=row.in_region,
        geo=tuple(row.geo.split()),
        global_profile=_ANSWERS[row.global_profile],
        output_burndown=whole(row.output_burndown),
        cache_minimum_tokens=whole(row.cache_minimum_tokens),
        thinking=row.thinking,
        lifecycle=row.lifecycle,
    )
