"""Readings: what is offered by each source, where AWS's pages, the exam guide and price files disagree.

`today` is the course's own reading: model cards and AWS's lists of supported models, and a price
where no card was read. Each other reading changes what its source states, and nothing else. A
reading offers; it never prices: what has no public figure has none under any reading.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.catalogue.judgement import TIER_METERS, TIER_WORDS, Offered

if TYPE_CHECKING:
    from collections.abc import Callable

    from calculators.catalogue.book import Catalogue

TODAY, EXAM_GUIDE, PRICE_FILE, LIFECYCLE, PAIRS = "today", "exam_guide", "price_file", "lifecycle_page", "pair_list"
DATED_BY = {TODAY: "pt-sup", EXAM_GUIDE: "aif-d2", PRICE_FILE: "litellm-1.109.1", LIFECYCLE: "c-npremier"}
DATED_BY |= {PAIRS: "distil-pre"}
"""The source whose date is the date of each reading."""

OLDER_RESERVED_TERMS = ("1_month", "6_months")  # an older copy of AWS's capacity page
_UNIT_METERS = ("model_unit_hour_none", "model_unit_hour_1_month", "model_unit_hour_6_months")
_PRICED_TIERS = ("flex", "priority", "batch", "reserved", "provisioned")

Asked = tuple[str, str, str, str]


def offered(catalogue: Catalogue, reading: str, asked: Asked) -> Offered:
    """Say whether a model offers a tier on a route by one reading; `asked` is model, Region, routing and tier."""
    found = catalogue.offered(*asked)
    return found if reading == TODAY else _READERS[reading](catalogue, found, asked)


def date_of(catalogue: Catalogue, reading: str) -> str:
    """Return the date at which the source of a reading was read."""
    return catalogue.sources[DATED_BY[reading]].as_of


def ended(catalogue: Catalogue, model_id: str) -> Offered | None:
    """Return the refusal of a model whose disputed last day is past, None for any other."""
    end = catalogue.disputed_ends.get(model_id)
    if end is None or end.last_day > catalogue.snapshot:
        return None
    page, read = "AWS's model card and lifecycle page", catalogue.sources[end.source].as_of
    reason = f"{page}, read {read}, give {end.last_day} as the last day of {catalogue.models[model_id].name}."
    return Offered(is_offered=False, reason=reason, source=end.source)


def _by_exam_guide(catalogue: Catalogue, found: Offered, asked: Asked) -> Offered:
    """Offer Provisioned Throughput for every model that is there, and host customised models on it alone."""
    model_id, region, routing, tier = asked
    name = catalogue.models[model_id].name
    if (
        tier == "provisioned"
        and not found.is_offered
        and catalogue.offered(model_id, region, routing, "standard").is_offered
    ):
        reason = f"Older material offers Provisioned Throughput for any model, so for {name} too."
        return Offered(is_offered=True, reason=reason, source=DATED_BY[EXAM_GUIDE])
    if tier == "custom_on_demand" and found.is_offered:
        reason = "Older material hosts a customised model on Provisioned Throughput only."
        return Offered(is_offered=False, reason=reason, source=DATED_BY[EXAM_GUIDE])
    return found


def _by_price_file(catalogue: Catalogue, found: Offered, asked: Asked) -> Offered:
    """Offer a tier where a price of it is listed for the route, and nowhere else."""
    model_id, region, routing, tier = asked
    if tier not in _PRICED_TIERS or not catalogue.offered(model_id, region, routing, "standard").is_offered:
        return found
    meters = _UNIT_METERS if tier == "provisioned" else (TIER_METERS[tier],)
    asked_for = (catalogue.find_price(model_id, region, routing, meter) for meter in meters)
    points = [point for point in asked_for if point is not None]
    words, name = TIER_WORDS[tier], catalogue.models[model_id].name
    reason = f"The price files list {'a' if points else 'no'} price of {words} for {name} on this route."
    return Offered(is_offered=bool(points), reason=reason, source=points[0].source if points else DATED_BY[PRICE_FILE])


def _by_lifecycle_page(catalogue: Catalogue, found: Offered, asked: Asked) -> Offered:
    return ended(catalogue, asked[0]) or found


_READERS: dict[str, Callable[[Catalogue, Offered, Asked], Offered]] = {
    EXAM_GUIDE: _by_exam_guide,
    PRICE_FILE: _by_price_file,
    LIFECYCLE: _by_lifecycle_page,
    PAIRS: lambda _catalogue, found, _asked: found,
}
