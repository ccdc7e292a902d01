"""Recovery patterns: what each costs in a year with the loss to be expected, and what flips the choice (F42)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from calculators import flips as search
from calculators.fields import number
from calculators.formulas import recovery
from calculators.results import output

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculators.redundancy import Inputs
    from calculators.steps import Receipt

SEARCHED = ("loss_usd_per_hour", "data_loss_usd_per_hour", "events_per_year")
USD_PER_YEAR = "USD per year"
TEN_YEARS_HOURS = 87_600


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """One way to recover, as entered."""

    name: str
    usd_per_month: Decimal = number(
        0, label="USD a month", help="All that the pattern costs in a month.", unit="USD per month", group=""
    )
    rto_hours: Decimal = number(
        0,
        label="RTO hours",
        help="Time until the service works again.",
        unit="hours",
        group="",
        maximum=TEN_YEARS_HOURS,
    )
    rpo_hours: Decimal = number(
        0, label="RPO hours", help="Hours of data lost.", unit="hours", group="", maximum=TEN_YEARS_HOURS
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PatternCost:
    """One way to recover, and what it costs in a year."""

    name: str = output("Pattern")
    usd_per_year: Decimal = output("Paid for it", USD_PER_YEAR)
    expected_loss_usd_per_year: Decimal = output("Expected loss", USD_PER_YEAR)
    total_usd_per_year: Decimal = output("Total a year", USD_PER_YEAR)


def _pattern(name: str, usd_per_month: int, rto_hours: str, rpo_hours: str) -> Pattern:
    rto, rpo = Decimal(rto_hours), Decimal(rpo_hours)
    return Pattern(name=name, usd_per_month=Decimal(usd_per_month), rto_hours=rto, rpo_hours=rpo)


# Hours inside the classes of AWS Well-Architected REL13-BP02; the costs are assumed, to be replaced.
FOUR_PATTERNS = (
    _pattern("Backup and restore", 150, "24", "12"),
    _pattern("Pilot light", 900, "0.75", "0.2"),
    _pattern("Warm standby", 2_600, "0.15", "0.01"),
    _pattern("Active/active", 6_200, "0.02", "0"),
)


def costs(inputs: Inputs, receipt: Receipt) -> tuple[PatternCost, ...]:
    """Return each pattern's yearly cost, in the order entered."""
    return tuple(_cost(inputs, each, receipt) for each in inputs.patterns)


def cheapest(found: tuple[PatternCost, ...]) -> PatternCost:
    """Return the pattern of least total cost, the first entered of several."""
    return min(found, key=lambda each: each.total_usd_per_year)


def flips(inputs: Inputs) -> Iterator[search.Flip]:
    """Yield the nearest value of each input at which another pattern costs least."""

    def decide(changed: Inputs) -> str:
        return min(changed.patterns, key=lambda each: _total(each, _expected_loss(changed, each))).name

    yield from search.find(inputs, decide, searched=SEARCHED, kind=search.Flip)


def _expected_loss(inputs: Inputs, pattern: Pattern) -> Decimal:
    return recovery.expected_loss_usd_per_year(
        events_per_year=inputs.events_per_year,
        rto_hours=pattern.rto_hours,
        rpo_hours=pattern.rpo_hours,
        loss_usd_per_hour=inputs.loss_usd_per_hour,
        data_loss_usd_per_hour=inputs.data_loss_usd_per_hour,
    )


def _total(pattern: Pattern, loss: Decimal) -> Decimal:
    return recovery.recovery_usd_per_year(usd_per_month=pattern.usd_per_month, expected_loss_usd_per_year=loss)


def _cost(inputs: Inputs, pattern: Pattern, receipt: Receipt) -> PatternCost:
    step, loss = f"patterns.{pattern.name}", _expected_loss(inputs, pattern)
    paid, total = recovery.MONTHS_PER_YEAR * pattern.usd_per_month, _total(pattern, loss)
    receipt.step(f"{step}.usd_per_year", paid, USD_PER_YEAR, "12·c", "F42", c=pattern.usd_per_month)
    receipt.step(
        f"{step}.expected_loss_usd_per_year",
        loss,
        USD_PER_YEAR,
        "λ·(RTO·L_down + RPO·L_data)",
        "F42",
        λ=inputs.events_per_year,
        RTO=pattern.rto_hours,
        RPO=pattern.rpo_hours,
        L_down=inputs.loss_usd_per_hour,
        L_data=inputs.data_loss_usd_per_hour,
    )
    receipt.step(f"{step}.total_usd_per_year", total, USD_PER_YEAR, "paid + loss", "F42", paid=paid, loss=loss)
    return PatternCost(name=pattern.name, usd_per_year=paid, expected_loss_usd_per_year=loss, total_usd_per_year=total)
