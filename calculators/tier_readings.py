"""Tier readings: what each source that speaks about the offers of this model would answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators import offer_source, shown, tracing
from calculators.catalogue import readings
from calculators.errors import InputError
from calculators.fields import specs
from calculators.offer_source import Reading
from calculators.steps import Receipt
from calculators.tier_judgement import judge
from calculators.tier_options import NEEDS_CARD, not_offered, offer_of
from calculators.tier_rules import TIERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculators.catalogue import Catalogue
    from calculators.tier_judgement import Verdict
    from calculators.tier_selection import Inputs

SAYS = "Model cards decide, then AWS's lists of supported models, then prices."


@tracing.untraced
def found(inputs: Inputs, catalogue: Catalogue, verdict: Verdict) -> Iterator[Reading]:
    """Yield the source that is followed, then today's, then each other one that offers more or less than today's."""
    mine, followed = _answer(inputs, verdict), inputs.offer_source
    today = inputs.trial("offer_source", readings.TODAY)
    for source in sorted(offer_source.TIER_SOURCES, key=lambda each: each != followed):
        other = inputs.trial("offer_source", source)
        says = SAYS if source == readings.TODAY else _differences(today, other, catalogue)
        if source == followed:
            yield _reading(catalogue, source, says or "Nothing else than AWS's pages today.", mine, is_followed=True)
        elif says:
            answer = _judged(other, catalogue)
            yield _reading(catalogue, source, says, "The same." if answer == mine else answer, is_followed=False)


def decisive(found: tuple[Reading, ...], verdict: Verdict) -> tuple[Reading, ...]:
    """Return the readings by which another tier is recommended, or none without a figure."""
    chosen = TIERS[verdict.recommended.tier]
    return tuple(each for each in found if not each.answer.startswith(("The same.", f"{chosen}:")))


def _reading(catalogue: Catalogue, source: str, says: str, answer: str, *, is_followed: bool) -> Reading:
    read = readings.date_of(catalogue, source)
    return Reading(source=source, is_followed=is_followed, read=read, says=says, answer=answer)


def _differences(here: Inputs, there: Inputs, catalogue: Catalogue) -> str:
    """Return, in sentences, what the other source offers or refuses and this one does not."""
    told: dict[str, None] = {}
    for tier in TIERS:
        refused = not_offered(there, catalogue, tier)
        if bool(refused) != bool(not_offered(here, catalogue, tier)):
            told[refused or offer_of(there, catalogue, tier).reason] = None
    return " ".join(f"{each.rstrip('.')}." for each in told)


def _judged(inputs: Inputs, catalogue: Catalogue) -> str:
    try:
        return _answer(inputs, judge(inputs, catalogue, Receipt(is_quiet=True), only_fitting=True))
    except InputError as error:
        return offer_source.refusal(error, specs(type(inputs)))


def _answer(inputs: Inputs, verdict: Verdict) -> str:
    best = verdict.recommended
    told = f"{TIERS[best.tier]}: {shown.usd(best.usd_per_month)} a month."
    if inputs.offer_source != readings.EXAM_GUIDE:
        return told
    unpriced = [each for each in verdict.unpriced if NEEDS_CARD.get(each) == "provisioned"]
    return f"{told} Enter a unit's price and throughput to compare Provisioned Throughput." if unpriced else told
