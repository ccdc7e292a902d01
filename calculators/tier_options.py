"""The ways to pay for one workload on Bedrock: which are offered, which are suitable, what each costs.

Judgement goes in this order: offered by the model → suitable for the wait, the capacity and the
latency → price. The rules are data (`tier_rules`), so that a picture of them can't disagree with them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from calculators.catalogue import readings
from calculators.quotes import PriceBook
from calculators.results import output
from calculators.tier_rules import CUSTOMISATION_RULES, RULES, TIERS

if TYPE_CHECKING:
    from decimal import Decimal

    from calculators.catalogue import Catalogue, Offered
    from calculators.tier_selection import Inputs

ASSURED = ("provisioned", "provisioned_mix", "reserved")
QUICKER = ("priority", *ASSURED)
NEEDS_CARD = {
    "flex": "flex",
    "priority": "priority",
    "batch": "batch",
    "reserved": "reserved",
    "provisioned": "provisioned",
    "provisioned_mix": "provisioned",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One way to pay, judged and priced."""

    tier: str = output("Tier", words=lambda: TIERS)
    offered: bool = output("Offered", "yes or no")
    suitable: bool = output("Suitable", "yes or no")
    usd_per_month: Decimal | None = output("A month", "USD per month")
    usd_per_mtok: Decimal | None = output("1M tokens", "USD per 1M tokens")
    units: Decimal | None = output("Units", "count")
    utilisation_ratio: Decimal | None = output("Utilisation", "ratio")
    reasons: tuple[str, ...] = output("Why")


def not_offered(inputs: Inputs, catalogue: Catalogue, tier: str) -> str:
    """Return why the model can't be had at a tier, or nothing when it can."""
    against = next((rule.reason for rule in CUSTOMISATION_RULES if rule.is_against(tier, inputs)), "")
    if against or tier == "custom_import":
        return against
    if tier == "reserved" and not _is_sold_for_term(inputs):
        return "an older copy of AWS's capacity page sells the Reserved tier for 1 or 6 months"
    offered = offer_of(inputs, catalogue, tier)
    return "" if offered.is_offered else offered.reason


def _is_sold_for_term(inputs: Inputs) -> bool:
    return inputs.offer_source != readings.EXAM_GUIDE or inputs.reserved_term in readings.OLDER_RESERVED_TERMS


def offer_of(inputs: Inputs, catalogue: Catalogue, tier: str) -> Offered:
    """Return whether the model offers a tier, by the source whose word counts."""
    is_custom = inputs.customization == "on_demand_custom" and tier == "standard"
    card = "custom_on_demand" if is_custom else NEEDS_CARD.get(tier, "standard")
    card = "caching" if tier == "standard_cached" else card
    asked = (inputs.model_id, inputs.region, inputs.routing, card)
    return readings.offered(catalogue, inputs.offer_source, asked)


def not_suitable(inputs: Inputs, catalogue: Catalogue, tier: str) -> list[str]:
    """Return each reason why an offered tier doesn't suit the workload."""
    reasons = [rule.reason for rule in RULES if rule.is_against(tier, inputs)]
    least = catalogue.offer(inputs.model_id).cache_minimum_tokens
    if tier == "standard_cached" and inputs.is_cached and least is not None and inputs.cached_prefix_tokens < least:
        reasons.append(f"the model caches a prefix of {least:,} tokens or more")
    return reasons


def waived(inputs: Inputs, catalogue: Catalogue) -> tuple[Inputs, list[str]]:
    """Return the inputs without the needs that no offered tier meets, and those needs in words."""
    lost: list[str] = []
    for need, tiers, words in (
        ("needs_assured_capacity", ASSURED, "assured capacity"),
        ("needs_lower_latency", QUICKER, "lower latency"),
    ):
        if getattr(inputs, need) and all(not_offered(inputs, catalogue, tier) for tier in tiers):
            inputs = inputs.trial(need, value=False)
            lost.append(words)
    return inputs, lost


def price_book(inputs: Inputs, catalogue: Catalogue, *, is_quiet: bool = False) -> PriceBook:
    """Open the price book of the chosen model, at its long-context prices where they apply."""
    threshold = catalogue.models[inputs.model_id].long_context_threshold_tokens
    is_long = threshold is not None and inputs.input_tokens_per_request > threshold
    own = inputs.overrides()
    return PriceBook(
        catalogue, inputs.model_id, inputs.region, inputs.routing, own, is_long_context=is_long, is_quiet=is_quiet
    )
