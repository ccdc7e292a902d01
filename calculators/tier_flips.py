"""Tier flips: how far each input is from changing the recommended tier."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from calculators import flips as search
from calculators.results import output
from calculators.steps import Receipt
from calculators.tier_judgement import judge
from calculators.tier_rules import TIERS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from calculators.catalogue import Catalogue
    from calculators.tier_judgement import Verdict
    from calculators.tier_selection import Inputs

SEARCHED = (
    "deferrable_ratio",
    "requests_per_month",
    "input_tokens_per_request",
    "output_tokens_per_request",
    "cached_prefix_tokens",
    "cache_hit_ratio",
    "peak_to_average_ratio",
    "unit_usd_per_hour",
    "unit_input_tokens_per_minute",
    "unit_output_tokens_per_minute",
    "reserved_input_usd_per_ktpm_hour",
    "reserved_output_usd_per_ktpm_hour",
    "import_usd_per_unit_minute",
    "import_active_windows_per_month",
    "input_usd_per_mtok",
    "output_usd_per_mtok",
    "cache_read_usd_per_mtok",
    "cache_write_usd_per_mtok",
)
SWITCHED = (
    "acceptable_wait",
    "independent_requests",
    "needs_assured_capacity",
    "needs_lower_latency",
    "cache_ttl",
    "routing",
    "commitment",
    "reserved_term",
    "customization",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Flip(search.Flip):
    """The nearest value of one input at which another tier is recommended."""

    becomes: str = output("Becomes", words=lambda: TIERS)


def flips(inputs: Inputs, catalogue: Catalogue, verdict: Verdict) -> Iterator[Flip]:
    """Yield the nearest flip of each input that can change the recommended tier, in input order."""

    def decide(changed: Inputs) -> str:
        return judge(changed, catalogue, Receipt(is_quiet=True), only_fitting=True).recommended.tier

    def now(name: str) -> Decimal | None:
        return _now(inputs, name, verdict)

    yield from search.find(inputs, decide, searched=SEARCHED, switched=SWITCHED, kind=Flip, now=now)


def _now(inputs: Inputs, name: str, verdict: Verdict) -> Decimal | None:
    """Return the present value of a searched input; for an empty price, the catalogue's figure."""
    value = getattr(inputs, name)
    if name == "peak_to_average_ratio" and inputs.hourly_profile is not None:
        return None
    if value is not None or not name.endswith("_usd_per_mtok"):
        return value  # type: ignore[no-any-return]  # a searched input holds a number
    meter = name.removesuffix("_usd_per_mtok")
    if meter.startswith("cache"):
        if not inputs.is_cached:
            return None
        meter = f"cache_write_{inputs.cache_ttl}" if meter == "cache_write" else meter
    return verdict.costs.load.book.find_standard(meter)
