"""The rules of tier selection, as data: which ways to pay a need rules out, and why.

`tier_options` judges by them, and `tier_tree` draws them: one list, so that the two can't disagree.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from calculators.formulas import tokens

if TYPE_CHECKING:
    from collections.abc import Callable

    from calculators.tier_selection import Inputs

TIERS = {
    "standard": "Standard",
    "standard_cached": "Standard with prompt caching",
    "flex": "Flex",
    "priority": "Priority",
    "batch": "Batch",
    "provisioned": "Provisioned Throughput for the peak",
    "provisioned_mix": "Provisioned Throughput and overflow",
    "reserved": "Reserved",
    "custom_import": "Custom Model Import",
}
OVERFLOWS = ("provisioned", "provisioned_mix")
NOT_IMPORTED = tuple(each for each in TIERS if each != "custom_import")


@dataclass(frozen=True, slots=True)
class Rule:
    """A reason why some tiers are out for a workload, and the question (`tier_tree`) whose answer decides it."""

    topic: str
    tiers: tuple[str, ...]
    excludes: Callable[[Inputs], bool]
    reason: str

    def is_against(self, tier: str, inputs: Inputs) -> bool:
        """Say whether the rule rules a tier out for a workload."""
        return tier in self.tiers and self.excludes(inputs)


CUSTOMISATION_RULES = (
    Rule(
        "customization",
        ("custom_import",),
        lambda i: i.customization != "imported",
        "it is for model weights of your own",
    ),
    Rule(
        "customization",
        NOT_IMPORTED,
        lambda i: i.customization == "imported",
        "imported weights run on Custom Model Import",
    ),
    Rule(
        "customization",
        tuple(each for each in NOT_IMPORTED if each != "provisioned"),
        lambda i: i.customization == "full_custom",
        "a model with all its weights customised runs on model units only",
    ),
    Rule(
        "customization",
        tuple(each for each in NOT_IMPORTED if each not in ("standard", *OVERFLOWS)),
        lambda i: i.customization == "on_demand_custom",
        "no source read says that it serves customised models",
    ),
)
"""These decide whether a tier is offered at all; the first that applies is told."""
RULES = (
    Rule(
        "wait",
        ("flex", "batch"),
        lambda i: i.deferrable_ratio == 0 or i.acceptable_wait == "none",
        "no part of the work may wait",
    ),
    Rule(
        "wait",
        ("batch",),
        lambda i: i.acceptable_wait in ("minutes", "hours"),
        "Batch may take a day, and the work is due sooner",
    ),
    Rule(
        "wait",
        ("batch",),
        lambda i: 0 < i.requests_per_month * i.deferrable_ratio < tokens.LEAST_BATCH_RECORDS,
        f"a Batch job takes {tokens.LEAST_BATCH_RECORDS} requests or more, and fewer in a month may wait",
    ),
    Rule(
        "wait",
        ("batch",),
        lambda i: not i.independent_requests,
        "Batch takes requests that stand alone, without tools or structured output",
    ),
    Rule(
        "prefix",
        ("standard_cached",),
        lambda i: not i.is_cached,
        "there is no shared prefix to cache, or caching is switched off",
    ),
    Rule(
        "need",
        ("standard", "standard_cached", "flex", "priority", "batch"),
        lambda i: i.needs_assured_capacity,
        "it serves as capacity allows, and the workload needs assured capacity",
    ),
    Rule(
        "need",
        ("standard", "standard_cached", "flex", "batch"),
        lambda i: i.needs_lower_latency,
        "it promises no lower latency",
    ),
)
"""These decide whether an offered tier is suitable; each that applies is told."""
