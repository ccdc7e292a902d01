"""Judgement: is a tier offered for this model on this route, and how is that known?

First the model must still be there, then the route must exist, then the tier counts. A model
card decides where one was read. Where none was, a price for the tier is taken as the offer.
Each reason is one sentence for the reader.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from calculators.catalogue.offers import TIERS

if TYPE_CHECKING:
    from calculators.catalogue.book import Catalogue
    from calculators.catalogue.models import Model
    from calculators.catalogue.offers import Offer
    from calculators.catalogue.prices import PricePoint

TIER_WORDS = {
    "standard": "the Standard tier",
    "flex": "the Flex tier",
    "priority": "the Priority tier",
    "batch": "Batch inference",
    "reserved": "the Reserved tier",
    "provisioned": "Provisioned Throughput",
    "custom_on_demand": "on-demand inference of customised models",
    "caching": "prompt caching",
}
TIER_METERS = {
    "standard": "input",
    "flex": "flex_input",
    "priority": "priority_input",
    "batch": "batch_input",
    "reserved": "reserved_input_1_month",
    "custom_on_demand": "custom_on_demand_input",
    "caching": "cache_read",
}
_SUPPORT_LISTS = ("batch", "provisioned")  # tiers for which AWS keeps a list of models
_CUSTOM_REGIONS = ("us-east-1", "us-west-2")
_GEO_REGIONS = {
    "us": ("us-east-", "us-west-"),
    "us-gov": ("us-gov-",),
    "eu": ("eu-",),
    "apac": ("ap-",),
    "au": ("ap-southeast-2", "ap-southeast-4"),
    "jp": ("ap-northeast-1", "ap-northeast-3"),
}


@dataclass(frozen=True, slots=True)
class Offered:
    """Whether a tier is offered, why, and the id of the source that says so."""

    is_offered: bool
    reason: str
    source: str


@dataclass(frozen=True, slots=True)
class _Question:
    """One tier of one model on one route, with what the catalogue holds about it."""

    catalogue: Catalogue
    model: Model
    offer: Offer
    region: str
    routing: str
    tier: str

    @property
    def name(self) -> str:
        return self.model.name

    @property
    def words(self) -> str:
        return TIER_WORDS[self.tier]

    @property
    def route(self) -> str:
        if self.routing == "global":
            return "the global profile"
        return f"In-Region or geographic routing in {self.region}"

    def find_price(self, meter: str) -> PricePoint | None:
        return self.catalogue.find_price(self.model.id, self.region, self.routing, meter)


def judge(catalogue: Catalogue, model_id: str, region: str, routing: str, tier: str) -> Offered:
    """Say whether a model offers a tier on this route, why, and by which source."""
    if tier not in TIERS:
        raise ValueError(f"unknown tier {tier!r}; the tiers are {', '.join(TIERS)}")
    model = catalogue.models.get(model_id)
    if model is None:
        return Offered(is_offered=False, reason="The catalogue does not know this model.", source="")
    asked = _Question(catalogue, model, catalogue.offer(model_id), region, routing, tier)
    return _judge_life(asked) or _judge_route(asked) or _judge_tier(asked)


def _judge_life(asked: _Question) -> Offered | None:
    """Refuse a model that has ended."""
    if not asked.model.has_ended(asked.catalogue.snapshot):
        return None
    reason = f"{asked.name} ended on {asked.model.retirement_date}."
    return Offered(is_offered=False, reason=reason, source=asked.model.retirement_source or "")


def _judge_route(asked: _Question) -> Offered | None:
    """Refuse a route that the card rules out, or that no source read mentions."""
    offer = asked.offer
    if asked.routing == "global" and offer.global_profile is False:
        reason = f"The model card of {asked.name} lists no global profile."
        return Offered(is_offered=False, reason=reason, source=offer.card)
    if asked.find_price("input") or (offer.has_card and _card_covers(asked)):
        return None
    reason = f"No source read lists {asked.name} for {asked.route}."
    return Offered(is_offered=False, reason=reason, source=offer.card or asked.model.source)


def _card_covers(asked: _Question) -> bool:
    """Say whether the card itself names this route."""
    if asked.routing == "global":
        return asked.offer.global_profile is True
    starts = tuple(start for geo in asked.offer.geo for start in _GEO_REGIONS[geo])
    return asked.region == asked.offer.in_region or asked.region.startswith(starts)


def _judge_tier(asked: _Question) -> Offered:
    """Judge the tier itself, on a route that is open."""
    if asked.tier == "caching":
        return _judge_caching(asked)
    if asked.tier == "custom_on_demand" and asked.offer.custom_on_demand is not False:
        return _judge_custom(asked)
    stated = asked.offer.states(asked.tier)
    if stated is not None:
        return _stated(asked, is_offered=stated)
    if asked.tier == "provisioned":
        return _refuse_units(asked)
    return _judge_by_price(asked)


def _stated(asked: _Question, *, is_offered: bool) -> Offered:
    """Repeat what the model card, or AWS's list of supported models, says."""
    if asked.tier in _SUPPORT_LISTS:
        verb = "includes" if is_offered else "does not include"
        reason = f"AWS's list of models for {asked.words} {verb} {asked.name}."
    else:
        verb = "lists" if is_offered else "does not list"
        reason = f"The model card of {asked.name} {verb} {asked.words}."
    return Offered(is_offered=is_offered, reason=reason, source=asked.offer.source(asked.tier))


def _judge_by_price(asked: _Question) -> Offered:
    """Take a price for the tier on this route as the offer, where no card says more."""
    point = asked.find_price(TIER_METERS[asked.tier])
    if point is None:
        reason = f"No source read says that {asked.name} offers {asked.words} on this route."
        return Offered(is_offered=False, reason=reason, source=asked.offer.card or asked.model.source)
    card = "does not say" if asked.offer.has_card else "was not read"
    reason = f"{asked.name} offers {asked.words} by the price file; its model card {card}."
    return Offered(is_offered=True, reason=reason, source=point.source)


def _judge_caching(asked: _Question) -> Offered:
    """Caching is offered where a cache-read price is known for the route, or the card describes it."""
    point = asked.find_price(TIER_METERS["caching"])
    if point is not None:
        reason = f"The price file has a cache-read price for {asked.name} on this route."
        return Offered(is_offered=True, reason=reason, source=point.source)
    if asked.offer.cache_minimum_tokens is None:
        return _judge_by_price(asked)
    reason = (
        f"The model card of {asked.name} describes prompt caching, "
        "but no source read gives its cache-read price on this route."
    )
    return Offered(is_offered=True, reason=reason, source=asked.offer.card)


def _judge_custom(asked: _Question) -> Offered:
    """Allow a customised model to be paid per token in the two Regions where AWS does."""
    is_stated = asked.offer.custom_on_demand is True
    if not is_stated and asked.find_price(TIER_METERS["custom_on_demand"]) is None:
        return _judge_by_price(asked)
    regions = " and ".join(_CUSTOM_REGIONS)
    if asked.region not in _CUSTOM_REGIONS:
        reason = f"A customised model is paid per token only in {regions}."
        return Offered(is_offered=False, reason=reason, source="od-custom")
    if not is_stated:
        return _judge_by_price(asked)
    limit = ", but a Legacy model takes no new customisation" if asked.offer.lifecycle.startswith("Legacy") else ""
    reason = f"A customised {asked.name} can be paid per token in {regions}{limit}."
    return Offered(is_offered=True, reason=reason, source=asked.offer.source("custom_on_demand"))


def _refuse_units(asked: _Question) -> Offered:
    """Refuse model units where no list says yes; an old unit price alone is no offer."""
    if asked.model.retirement_date is not None:
        reason = f"{asked.name} ends on {asked.model.retirement_date}, and a Legacy model takes no new model units."
        return Offered(is_offered=False, reason=reason, source="life-old")
    reason = f"No source read says that {asked.name} still takes new model units."
    return Offered(is_offered=False, reason=reason, source="pt-sup")
