"""SLA: what Amazon Bedrock's gives back for an outage, beside what the outage cost (F38)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from calculators import shown
from calculators.formulas import reliability
from calculators.ledger import Quote

if TYPE_CHECKING:
    from calculators.ledger import Ledger
    from calculators.redundancy import Inputs
    from calculators.steps import Receipt

SOURCE = "bedrock-sla"
CREDITS_BELOW = {Decimal("0.999"): Decimal("0.1"), Decimal("0.99"): Decimal("0.25"), Decimal("0.95"): Decimal(1)}
MINUTES_PER_DAY = 24 * reliability.MINUTES_PER_HOUR
SHORTEST_MONTH, LONGEST_MONTH = 28 * MINUTES_PER_DAY, 31 * MINUTES_PER_DAY


@dataclass(frozen=True, slots=True)
class Outage:
    """One month's outage: uptime, credit and loss."""

    uptime_ratio: Decimal
    credit_usd: Decimal
    loss_usd: Decimal


def outage(inputs: Inputs, ledger: Ledger, receipt: Receipt) -> Outage:
    """Return what the SLA credits for the month's outage, and what the outage cost."""
    down = inputs.downtime_minutes
    uptime = _uptime(down, reliability.MINUTES_PER_MONTH)
    receipt.step("sla_uptime_ratio", uptime, "availability", "1 − down / t", "F38", down=down, t=43_800)
    share = credit_ratio(uptime)
    if down:
        _note(ledger)
    receipt.step("sla_credit_ratio", share, "ratio", "the credit of the lowest threshold that uptime is below", "F38")
    credit = reliability.sla_credit_usd(credit_ratio=share, service_bill_usd=inputs.service_bill_usd)
    receipt.step("sla_credit_usd", credit, "USD", "κ·B", "F38", κ=share, B=inputs.service_bill_usd)
    loss = reliability.outage_loss_usd(downtime_minutes=down, loss_usd_per_hour=inputs.loss_usd_per_hour)
    receipt.step("loss_usd", loss, "USD", "L·down / 60", "F38", L=inputs.loss_usd_per_hour, down=down)
    return Outage(uptime, credit, loss)


def credit_ratio(uptime_ratio: Decimal) -> Decimal:
    """Return the share of the bill that Bedrock's SLA credits."""
    return reliability.sla_credit_ratio(uptime_ratio=uptime_ratio, credits_below=CREDITS_BELOW)


def credits_by_month(down: Decimal) -> tuple[Decimal, Decimal]:
    """Return the credited share in the shortest month and in the longest."""
    short, long = (credit_ratio(_uptime(min(down, Decimal(each)), each)) for each in (SHORTEST_MONTH, LONGEST_MONTH))
    return short, long


def _uptime(down: Decimal, minutes: int) -> Decimal:
    uptime = reliability.sla_uptime_ratio(downtime_minutes=down, period_minutes=minutes)
    assert uptime is not None  # noqa: S101 - every month has minutes
    return uptime


def _note(ledger: Ledger) -> None:
    """Keep the SLA's steps among the figures used."""
    if ledger.is_quiet:
        return
    source = ledger.catalogue.sources[SOURCE]
    for below, credit in CREDITS_BELOW.items():
        what = f"Amazon Bedrock SLA, credit below {shown.availability(below)} uptime"
        ledger.used[what] = Quote(what, credit, "share of the bill", source.as_of, source.title, "single source")
