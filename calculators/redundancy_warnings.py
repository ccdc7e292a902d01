"""What an expert says about redundancy before its numbers are trusted."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from calculators import cautions, redundancy_sla, shown, tracing
from calculators.redundancy_regions import TRANSFER, TRANSFER_FROM
from calculators.results import Caution

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculators.catalogue import Catalogue
    from calculators.ledger import Ledger
    from calculators.redundancy import Inputs
    from calculators.redundancy_patterns import PatternCost
    from calculators.redundancy_regions import Regions
    from calculators.redundancy_sla import Outage

SLA_FIGURES = set(map(Decimal, ("0.9999", "0.9995", "0.999", "0.995", "0.99", "0.95")))
RARE = Decimal("0.1")
NEAREST_PAIR = "data-transfer:between-us-east-1-and-us-east-2"


@tracing.untraced
def warnings(
    ledger: Ledger,
    regions: Regions,
    outage: Outage,
    best: PatternCost,
    last_usd_per_hour: Decimal | None,
) -> Iterator[Caution]:
    """Yield what spoils a redundancy decision, the gravest first."""
    inputs = regions.inputs
    if regions.chosen == 1:
        yield Caution(
            "one-control-plane",
            "Availability Zones share the control planes of their Region. What takes those down takes the Region, "
            "as in us-east-1 in October 2025.",
        )
    else:
        yield from _shared_causes(regions)
        yield from _further_region(inputs, regions, last_usd_per_hour)
        yield from _readiness(inputs, regions, ledger.catalogue)
    yield from _figures(inputs, regions)
    yield from _credit(inputs, outage)
    yield from _patterns(inputs, best)
    yield from cautions.price_cautions(ledger.used.values(), ledger.catalogue.snapshot)


def _shared_causes(regions: Regions) -> Iterator[Caution]:
    beta, shared, left = regions.inputs.common_cause_ratio, regions.shared_down, regions.here.unavailability_ratio
    if beta == 1:
        yield Caution(
            "nothing-is-independent", "Every failure hits all Regions at once: further Regions avoid nothing."
        )
    elif beta == 0:
        yield Caution(
            "independence-assumed",
            "No shared cause is counted. One deployment, one global control plane, one model fault or one quota for "
            "all Regions is enough to make this availability too good.",
        )
    elif shared * 2 > left:
        share = shown.percent(shared / left)
        yield Caution(
            "shared-causes-set-the-floor",
            f"Shared causes are {share} of the downtime that is left: one deployment, one control plane, one model "
            "fault. No further Region removes them; separate deployments do.",
        )


def _further_region(inputs: Inputs, regions: Regions, usd_per_hour: Decimal | None) -> Iterator[Caution]:
    loss = inputs.loss_usd_per_hour
    if regions.chosen > 2 and usd_per_hour is not None and usd_per_hour > loss:  # noqa: PLR2004 - a third Region
        yield Caution(
            "further-region-adds-little",
            f"The last Region avoids downtime at {shown.usd(usd_per_hour)} an hour; an hour costs {shown.usd(loss)}. "
            "Fewer Regions are enough.",
        )


def _readiness(inputs: Inputs, regions: Regions, catalogue: Catalogue) -> Iterator[Caution]:
    yield Caution(
        "failover-untested",
        "The availability counts a failover that works at once. One that was never tested counts as one that fails.",
    )
    yield Caution(
        "quota-per-region",
        "Quotas are per Region: raise them beforehand, or the spare Region throttles. Cross-Region inference spreads "
        "model calls only; application and data stay behind.",
    )
    if not inputs.replicated_gb_per_month:
        yield Caution(
            "replication-not-counted",
            "No replication traffic is counted. Documents, vectors and logs that the further Region needs are billed "
            "by the GB.",
        )
    elif inputs.transfer_usd_per_gb is None and regions.usd_per_gb is not None:
        least, most = map(shown.usd, _rates(catalogue))
        yield Caution(
            "replication-rate-of-one-region",
            f"Replication is priced from {TRANSFER_FROM}. Other pairs of Regions cost {least} to {most} a GB: "
            "enter yours.",
        )


def _rates(catalogue: Catalogue) -> tuple[Decimal, Decimal]:
    """Return the lowest and the highest rate between Regions that the catalogue knows."""
    rows = [catalogue.find_price(TRANSFER, region, "", "gb") for region in catalogue.regions]
    rows.append(catalogue.find_price(NEAREST_PAIR, TRANSFER_FROM, "", "gb"))
    found = [row.usd for row in rows if row is not None and row.usd is not None]
    return min(found), max(found)


def _figures(inputs: Inputs, regions: Regions) -> Iterator[Caution]:
    if set(inputs.component_availability_ratios) <= SLA_FIGURES:
        yield Caution(
            "sla-is-no-forecast",
            "These availabilities look like SLA figures. An SLA is a threshold for refunds, not a forecast: use what "
            "you have measured.",
        )
    if regions.copy_down > RARE:
        yield Caution(
            "failures-are-not-rare",
            f"One Region is down {shown.percent(regions.copy_down)} of the time. The model of shared causes holds for "
            "rare failures: read the result as a rough one.",
        )


def _credit(inputs: Inputs, outage: Outage) -> Iterator[Caution]:
    if not inputs.downtime_minutes:
        return
    covered = ""
    if outage.loss_usd > outage.credit_usd:
        covered = f" It covers {shown.percent(outage.credit_usd / outage.loss_usd)} of the loss."
    if outage.credit_usd:
        yield Caution(
            "credit-must-be-claimed",
            f"The credit must be claimed, and only lowers later bills of that Region.{covered}",
        )
    elif outage.loss_usd:
        yield Caution(
            "no-credit", f"The SLA gives nothing back for this outage, which costs {shown.usd(outage.loss_usd)}."
        )
    short, long = redundancy_sla.credits_by_month(inputs.downtime_minutes)
    if short != long:
        yield Caution(
            "credit-depends-on-the-month",
            f"The SLA counts the calendar month: {shown.percent(short)} of the bill in one of 28 days, "
            f"{shown.percent(long)} in one of 31.",
        )


def _patterns(inputs: Inputs, best: PatternCost) -> Iterator[Caution]:
    events = inputs.events_per_year
    if not events:
        yield Caution(
            "no-events-expected",
            "With no event expected nothing is lost, and the pattern that costs least by the month always wins.",
        )
        return
    event = shown.usd(best.expected_loss_usd_per_year / events)
    yield Caution(
        "patterns-are-classes",
        "RTO and RPO are classes of what a pattern can reach, not promises: only a tested recovery shows yours. The "
        f"loss is a mean of many years: one event costs {event} at once with {best.name}.",
    )
