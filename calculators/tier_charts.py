"""What a tier decision looks like, and what an expert adds to it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from calculators import cautions, charts, offer_source, shown, tier_readings, tracing
from calculators.errors import InputError
from calculators.results import Caution, Chart
from calculators.steps import Receipt
from calculators.tier_judgement import judge
from calculators.tier_rules import TIERS
from calculators.tier_unit_chart import cost_by_utilisation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculators.catalogue import Catalogue
    from calculators.offer_source import Reading
    from calculators.tier_flips import Flip
    from calculators.tier_judgement import Verdict
    from calculators.tier_selection import Inputs

POINTS = 16
MOST_TIMES = 5  # a bar beyond so many times the best would flatten the rest
SHORT = {
    "standard": "Standard",
    "standard_cached": "Standard, cached",
    "flex": "Flex for what may wait",
    "priority": "Priority",
    "batch": "Batch for what may wait",
    "provisioned": "Provisioned, for the peak",
    "provisioned_mix": "Provisioned + overflow",
    "reserved": "Reserved",
    "custom_import": "Custom Model Import",
}


@tracing.untraced
def warnings(
    inputs: Inputs,
    catalogue: Catalogue,
    verdict: Verdict,
    break_even: Decimal | None,
    readings: tuple[Reading, ...],
) -> Iterator[Caution]:
    """Yield what an expert would say about this decision."""
    told = offer_source.caution(readings, tier_readings.decisive(readings, verdict))
    if told is not None:
        yield told
    if verdict.lost_needs:
        yield Caution(
            "need-not-met",
            f"No tier of this model gives {' or '.join(verdict.lost_needs)}. Set max_tokens, retry with back-off, "
            "ask for more quota, or change the model.",
        )
    for tier in verdict.unpriced:
        yield Caution(
            "no-public-price",
            f"{TIERS[tier]} would fit too, but AWS publishes no price for it here: enter yours to compare.",
        )
    if break_even is not None and break_even > 1:
        yield Caution(
            "unit-never-pays",
            f"A model unit costs {shown.significant(break_even, 3)} times the tokens it can serve: "
            "on price it never wins, however busy.",
        )
    tier = verdict.recommended.tier
    if tier in ("provisioned", "provisioned_mix"):
        yield Caution(
            "commitment-does-not-cap",
            "Provisioned Throughput fixes the bill; it doesn't cap demand. Calls above it are throttled or cost extra.",
        )
        yield Caution("idle-is-paid", "A model unit is billed by the hour until you delete it, at night too.")
    if tier in ("flex", "batch") and inputs.deferrable_ratio > 0:
        yield Caution("no-promise", f"{TIERS[tier]} promises no finishing time. Send only what may wait.")
    if inputs.customization != "imported":
        yield from cautions.model_cautions(inputs, catalogue)
        yield from cautions.cache_cautions(inputs, catalogue)
    yield from cautions.price_cautions(verdict.costs.load.book.used.values(), catalogue.snapshot)


def charts_of_options(verdict: Verdict) -> Chart:
    """Return the month's cost of each priced option, the recommended one marked."""
    best = verdict.recommended
    priced = [each for each in verdict.options if each.usd_per_month is not None]
    ordered = sorted(priced, key=lambda each: (each.usd_per_month or Decimal(0), each.tier))
    drawn = [each for each in ordered if (each.usd_per_month or Decimal(0)) <= best.usd_per_month * MOST_TIMES]
    rows = [
        {
            "option": SHORT[each.tier] + ("" if each.suitable else " (unsuitable)"),
            "usd_per_month": each.usd_per_month,
            "suitable": "yes" if each.suitable else "no",
            "shown": shown.usd(each.usd_per_month or Decimal(0)),
        }
        for each in drawn
    ]
    summary = f"{TIERS[best.tier]} is the cheapest that fits: {shown.usd(best.usd_per_month)} a month."
    beyond = [
        f"{TIERS[each.tier]} ({shown.usd(each.usd_per_month or Decimal(0))})" for each in ordered if each not in drawn
    ]
    if beyond:
        summary += f" Far dearer, and not drawn: {', '.join(beyond)}."
    title = "What each way to pay costs"
    return charts.bars(
        "cost-by-option",
        title,
        summary,
        rows,
        category="option",
        value="usd_per_month",
        axis="USD a month",
        highlight=SHORT[best.tier],
    )


def charts_by_volume(inputs: Inputs, catalogue: Catalogue, verdict: Verdict, flips: tuple[Flip, ...]) -> Chart | None:
    """Return the cost of the cheapest options over the number of requests, None where volume plays no part."""
    best = verdict.recommended.usd_per_month
    near = [
        each.tier for each in verdict.fitting if each.usd_per_month is None or each.usd_per_month <= best * MOST_TIMES
    ]
    drawn = near[: len(charts.SERIES)]
    if not inputs.requests_per_month or inputs.customization == "imported":
        return None
    flip = next((each for each in flips if each.input == "requests_per_month"), None)
    most = inputs.requests_per_month * 2
    if (
        flip is not None
        and isinstance(flip.flips_at, Decimal)
        and most < flip.flips_at <= inputs.requests_per_month * 20
    ):
        most = flip.flips_at * Decimal("1.25")
    rows = []
    for point in range(POINTS + 1):
        changed = inputs.trial("requests_per_month", (most * point / POINTS).to_integral_value())
        try:
            options = judge(changed, catalogue, Receipt(is_quiet=True), only_fitting=True).options
        except InputError:
            continue
        rows += [
            {
                "requests_per_month": changed.requests_per_month,
                "option": SHORT[each.tier],
                "usd_per_month": each.usd_per_month,
            }
            for each in options
            if each.tier in drawn and each.usd_per_month is not None
        ]
    if flip is None:
        summary = f"{TIERS[verdict.recommended.tier]} stays the cheapest at every volume tried."
    else:
        there = f"at {shown.amount(flip.flips_at, 'count')} requests a month it becomes {TIERS[flip.becomes]}"
        summary = f"{TIERS[verdict.recommended.tier]} is the cheapest here; {there}."
    return charts.lines(
        "cost-by-volume",
        "Cost by volume",
        summary,
        rows,
        x="requests_per_month",
        x_axis={"title": "Requests a month (dashed: now)", "format": "~s", "tickCount": 5},
        series="option",
        names=[SHORT[each] for each in drawn],
        value="usd_per_month",
        axis="USD a month",
        now=inputs.requests_per_month,
    )


@tracing.untraced
def charts_all(
    inputs: Inputs, catalogue: Catalogue, verdict: Verdict, found: tuple[Flip, ...], break_even: Decimal | None
) -> Iterator[Chart]:
    """Yield the options side by side, then their cost by volume, then a model unit by how busy it is."""
    yield charts_of_options(verdict)
    by_volume = charts_by_volume(inputs, catalogue, verdict, found)
    if by_volume is not None:
        yield by_volume
    if break_even:
        yield cost_by_utilisation(verdict.costs.units.price, break_even)
