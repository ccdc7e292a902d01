"""Redundancy: what does a second Region buy, what must it save, and which recovery pattern fits?

Availability with shared causes beside the independent figure, the SLA's credit beside the loss, the
price of each hour avoided, and four ways to recover. Formulas F37 to F42.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from calculators import catalogue as prices_and_offers
from calculators import redundancy_charts, redundancy_patterns, redundancy_sla, redundancy_warnings, shown
from calculators.fields import Inputs as BaseInputs
from calculators.fields import number, price, ratio, rows, series, whole
from calculators.ledger import Ledger
from calculators.redundancy_patterns import FOUR_PATTERNS, Pattern, PatternCost
from calculators.redundancy_regions import MOST_REGIONS, Regions
from calculators.results import Result as BaseResult
from calculators.results import exact, output
from calculators.steps import Receipt

if TYPE_CHECKING:
    from decimal import Decimal

    from calculators.catalogue import Catalogue
    from calculators.flips import Flip

NAME = "redundancy"
VERSION = 1
TITLE = "Redundancy"
QUESTION = "What does a second Region buy, what must it save, and which recovery pattern fits?"
OPEN_GROUPS = 3

AVAILABILITY, COST, LOSS, SLA, PATTERNS = (
    "Availability",
    "Cost of a further Region",
    "What an outage costs",
    "An outage under the SLA",
    "Recovery patterns",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs(BaseInputs):
    """One Region's parts, how many Regions, what they cost, and what an outage costs."""

    component_availability_ratios: tuple[Decimal, ...] = series(
        ("0.9999", "0.999", "0.9995"),
        most=20,
        maximum=1,
        label="Availability of each component",
        help="Everything in one Region that must work for a request: model, application, database. "
        "0.999 means 99.9% of the time.",
        unit="ratio",
        group=AVAILABILITY,
    )
    regions: Decimal = whole(
        2,
        label="Regions that can serve",
        help="How many Regions hold a working copy, the first included.",
        unit="Regions",
        minimum=1,
        maximum=MOST_REGIONS,
        group=AVAILABILITY,
    )
    common_cause_ratio: Decimal = ratio(
        "0.05",
        label="Shared causes",
        help="Share of a Region's downtime that hits every Region at once: one deployment, one control plane, "
        "the same model fault, one quota.",
        group=AVAILABILITY,
    )
    extra_region_usd_per_month: Decimal = number(
        4_200,
        label="Each further Region",
        help="Everything it adds to the bill but the replication traffic below.",
        unit="USD per month",
        group=COST,
        maximum=10**9,
    )
    replicated_gb_per_month: Decimal = number(
        0,
        label="Replicated data",
        help="Documents, vectors, logs and state copied to each further Region in a month.",
        unit="GB per month",
        group=COST,
        maximum=10**9,
    )
    transfer_usd_per_gb: Decimal | None = price(
        label="Price of the replication traffic",
        help="Empty: the catalogue's rate from us-east-1 to another Region. Other pairs have other rates.",
        unit="USD per GB",
        group=COST,
        maximum=1_000,
    )
    loss_usd_per_hour: Decimal = number(
        9_000,
        label="An hour down",
        help="Sales lost and people idle while the service is down.",
        unit="USD per hour",
        group=LOSS,
        maximum=10**9,
    )
    data_loss_usd_per_hour: Decimal = number(
        4_000,
        label="An hour of lost data",
        help="To enter again, or to do without, what was written in the last hour before the failure.",
        unit="USD per hour",
        group=LOSS,
        maximum=10**9,
    )
    events_per_year: Decimal = number(
        "0.2",
        label="Regional events",
        help="Failures a year that force a recovery elsewhere. 0.2 is one in five years.",
        unit="events per year",
        group=LOSS,
        maximum=1_000,
    )
    downtime_minutes: Decimal = number(
        872,
        label="Minutes down in a month",
        help="As the SLA defines them, in one Region, in a month of 43,800 minutes.",
        unit="minutes",
        group=SLA,
        maximum=43_800,
    )
    service_bill_usd: Decimal = number(
        18_000,
        label="Bill of that service",
        help="The month's Amazon Bedrock bill of the Region that was down.",
        unit="USD",
        group=SLA,
        maximum=10**9,
    )
    patterns: tuple[Pattern, ...] = rows(
        FOUR_PATTERNS,
        most=8,
        example="Pilot light 900 0.75 0.2",
        label="Patterns",
        help="One a line: name, USD a month, RTO in hours, RPO in hours.",
        group=PATTERNS,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Result(BaseResult):
    """Availability, price and loss, the recovery patterns, and what flips the choice among them."""

    availability_ratio: Decimal = output("Availability, shared causes counted", "availability")
    independent_availability_ratio: Decimal = output("Availability if failures were independent", "availability")
    series_availability_ratio: Decimal = output("Availability of one Region", "availability")
    downtime_minutes_per_month: Decimal = output("Minutes down a month", "minutes per month")
    break_even_loss_usd_per_hour: Decimal | None = output("Pays above a loss an hour of", "USD per hour")
    usd_per_nine: Decimal | None = output("The last Region, for each hour it avoids", "USD per hour")
    transfer_usd_per_month: Decimal = output("Replication traffic", "USD per month")
    sla_uptime_ratio: Decimal = output("Uptime in the month of the outage", "availability")
    sla_credit_usd: Decimal = output("Credit under the SLA", "USD")
    loss_usd: Decimal = output("Loss in that outage", "USD")
    recommended_pattern: str = output("Recovery pattern of least cost")
    patterns: tuple[PatternCost, ...] = output("Recovery patterns, a year")
    flips: tuple[Flip, ...] = output("What flips the pattern")


@exact
def calculate(inputs: Inputs, catalogue: Catalogue | None = None, *, is_quiet: bool = False) -> Result:
    """Return what the Regions buy and must save, what the SLA credits, and the recovery pattern to choose.

    Quiet, it leaves out steps and charts: the same numbers, for many rows. Raises InputError where
    the price of replication is not public. Source: F37 to F42 of the formula reference.

    >>> calculate(Inputs()).recommended_pattern
    'Pilot light'
    """
    ledger, receipt = Ledger(catalogue or prices_and_offers.load()), Receipt(is_quiet=is_quiet)
    regions = Regions(inputs, ledger, receipt)
    availability, independent = regions.availability(), regions.independent_availability()
    downtime, transfer = regions.downtime(), regions.transfer()
    break_even, last = regions.break_even_loss(), regions.last_region_usd_per_hour()
    outage = redundancy_sla.outage(inputs, ledger, receipt)
    patterns = redundancy_patterns.costs(inputs, receipt)
    best = redundancy_patterns.cheapest(patterns)
    found = tuple(redundancy_patterns.flips(inputs))
    for flip in found:
        receipt.step(f"flips.{flip.input}.flips_at", flip.flips_at, "", f"nearest value at which {flip.becomes} wins")
    return Result(
        availability_ratio=availability,
        independent_availability_ratio=independent,
        series_availability_ratio=regions.one_region_ratio,
        downtime_minutes_per_month=downtime,
        break_even_loss_usd_per_hour=break_even,
        usd_per_nine=last,
        transfer_usd_per_month=transfer,
        sla_uptime_ratio=outage.uptime_ratio,
        sla_credit_usd=outage.credit_usd,
        loss_usd=outage.loss_usd,
        recommended_pattern=best.name,
        patterns=patterns,
        flips=found,
        steps=tuple(receipt.steps),
        prices=tuple(ledger.used.values()),
        warnings=tuple(redundancy_warnings.warnings(ledger, regions, outage, best, last)),
        charts=() if is_quiet else tuple(redundancy_charts.charts_all(regions, patterns, best)),
    )


def answer(inputs: Inputs, result: Result) -> str:
    """Return the decision in two sentences: the Regions, then the recovery pattern."""
    best = next(each for each in result.patterns if each.name == result.recommended_pattern)
    pattern = f"Cheapest recovery, losses included: {best.name}, {shown.usd(best.total_usd_per_year)} a year."
    return f"{_regions(inputs, result)} {pattern}"


def _regions(inputs: Inputs, result: Result) -> str:
    """Return what the Regions buy, and whether that is worth their price."""
    minutes = shown.significant(result.downtime_minutes_per_month, 3)
    many = "One Region is" if inputs.regions == 1 else f"{inputs.regions} Regions are"
    state = f"{many} down {minutes} minutes a month"
    if inputs.regions == 1:
        return f"{state}."
    if result.break_even_loss_usd_per_hour is None:
        return f"{state}, as long as one Region alone."
    price, loss = result.break_even_loss_usd_per_hour, inputs.loss_usd_per_hour
    verdict = "it pays" if loss > price else "it does not pay"
    last = result.usd_per_nine
    if loss > price and last is not None and last > loss:
        verdict = f"it pays against one Region, the last one at {shown.usd(last)} an hour does not"
    return f"{state}. An hour avoided costs {shown.usd(price)} and an hour down {shown.usd(loss)}: {verdict}."
