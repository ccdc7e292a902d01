"""Regions: how often several of them are down together, and what the further ones cost (F37, F39 to F41)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from calculators.formulas import recovery, reliability

if TYPE_CHECKING:
    from calculators.ledger import Ledger
    from calculators.redundancy import Inputs
    from calculators.steps import Receipt

MOST_REGIONS = 4
TRANSFER = "data-transfer:to-another-aws-region"
TRANSFER_FROM = "us-east-1"  # the one Region whose rate two sources give
TRANSFER_WORDS = "Data transfer to another Region"
ONE, ZERO = Decimal(1), Decimal(0)


@dataclass(frozen=True, slots=True)
class Rung:
    """One number of Regions: how much of the time none works, and what they cost beyond the first."""

    regions: int
    unavailability_ratio: Decimal
    independent_unavailability_ratio: Decimal
    extra_usd_per_year: Decimal

    @property
    def downtime_minutes_per_month(self) -> Decimal:
        """Expected downtime of a month, shared causes counted."""
        return reliability.downtime_minutes(unavailability_ratio=self.unavailability_ratio)


class Regions:
    """The ladder from one Region to four, and the steps up to the number chosen."""

    def __init__(self, inputs: Inputs, ledger: Ledger, receipt: Receipt) -> None:
        """Work out the availability of one Region, from which all else follows."""
        self.inputs, self.receipt = inputs, receipt
        self.chosen = int(inputs.regions)
        self.usd_per_gb = self._usd_per_gb(ledger)
        self.one_region_ratio = self._one_region()
        self.copy_down = receipt.step(
            "one_region_unavailability_ratio",
            1 - self.one_region_ratio,
            "",
            "1 − A_1",
            "F37",
            A_1=self.one_region_ratio,
        )
        self.rungs = tuple(self._rung(number) for number in range(1, MOST_REGIONS + 1))

    @property
    def here(self) -> Rung:
        """The number of Regions chosen."""
        return self.rungs[self.chosen - 1]

    @property
    def shared_down(self) -> Decimal:
        """Unavailability that no number of Regions removes."""
        return self.inputs.common_cause_ratio * self.copy_down

    def availability(self) -> Decimal:
        """Return the availability of the Regions chosen, shared causes counted."""
        down = self.here.unavailability_ratio
        if self.chosen == 1:
            self.receipt.step("unavailability_ratio", down, "", "u", "F39", u=self.copy_down)
        else:
            beta = self.inputs.common_cause_ratio
            self.receipt.step(
                "unavailability_ratio", down, "", "((1 − β)·u)^n + β·u", "F39", β=beta, u=self.copy_down, n=self.chosen
            )
        return self.receipt.step("availability_ratio", 1 - down, "availability", "1 − U", "F39", U=down)

    def independent_availability(self) -> Decimal:
        """Return what the availability would be without shared causes."""
        up = 1 - self.here.independent_unavailability_ratio
        return self.receipt.step(
            "independent_availability_ratio", up, "availability", "1 − u^n", "F37", u=self.copy_down, n=self.chosen
        )

    def downtime(self) -> Decimal:
        """Return the expected downtime of a month."""
        return self.receipt.step(
            "downtime_minutes_per_month",
            self.here.downtime_minutes_per_month,
            "minutes per month",
            "U·t",
            "F37",
            U=self.here.unavailability_ratio,
            t=reliability.MINUTES_PER_MONTH,
        )

    def transfer(self) -> Decimal:
        """Return the month's replication traffic, to each further Region."""
        return self.receipt.step(
            "transfer_usd_per_month",
            (self.chosen - 1) * self._traffic(),
            "USD per month",
            "(n − 1)·G" + ("·r" if self.usd_per_gb is not None else ""),
            "F41",
            n=self.chosen,
            **self._traffic_symbols(),
        )

    def break_even_loss(self) -> Decimal | None:
        """Return the loss of an hour down above which the Regions chosen cost less than they save, against one."""
        if self.chosen == 1:
            return None
        extra = self.receipt.step(
            "extra_usd_per_year",
            self.here.extra_usd_per_year,
            "USD per year",
            f"12·(n − 1)·{self._month_formula()}",
            "F40",
            n=self.chosen,
            c=self.inputs.extra_region_usd_per_month,
            **self._traffic_symbols(),
        )
        hours = self._hours("hours_avoided_per_year", self.rungs[0])
        return self._usd_per_hour("break_even_loss_usd_per_hour", extra, hours)

    def last_region_usd_per_hour(self) -> Decimal | None:
        """Return the extra dollars a year for each hour of downtime that the last Region avoids."""
        if self.chosen == 1:
            return None
        before = self.rungs[self.chosen - 2]
        extra = self.receipt.step(
            "last_region_usd_per_year",
            self.here.extra_usd_per_year - before.extra_usd_per_year,
            "USD per year",
            f"12·{self._month_formula()}",
            "F40",
            c=self.inputs.extra_region_usd_per_month,
            **self._traffic_symbols(),
        )
        hours = self._hours("last_region_hours_avoided_per_year", before)
        return self._usd_per_hour("usd_per_nine", extra, hours)

    def _usd_per_gb(self, ledger: Ledger) -> Decimal | None:
        """Return the rate of replication, None where nothing is replicated and none is needed."""
        if not self.inputs.replicated_gb_per_month:
            return None
        own, item, region = self.inputs.transfer_usd_per_gb, TRANSFER, TRANSFER_FROM
        return ledger.figure("transfer_usd_per_gb", own, TRANSFER_WORDS, item=item, region=region, meter="gb")

    def _one_region(self) -> Decimal:
        """Return the availability of one Region: its components in series."""
        ratios = self.inputs.component_availability_ratios
        symbols = {f"a_{number}": ratio for number, ratio in enumerate(ratios, start=1)}
        chain = reliability.series_availability_ratio(component_availability_ratios=ratios)
        return self.receipt.step(
            "series_availability_ratio", chain, "availability", "·".join(symbols), "F37", **symbols
        )

    def _rung(self, number: int) -> Rung:
        down = reliability.common_cause_unavailability_ratio(
            copy_unavailability_ratio=self.copy_down,
            copies=number,
            common_cause_ratio=self.inputs.common_cause_ratio,
        )
        alone = reliability.common_cause_unavailability_ratio(
            copy_unavailability_ratio=self.copy_down, copies=number, common_cause_ratio=ZERO
        )
        month = self.inputs.extra_region_usd_per_month + self._traffic()
        return Rung(number, down, alone, recovery.MONTHS_PER_YEAR * (number - 1) * month)

    def _traffic(self) -> Decimal:
        if self.usd_per_gb is None:
            return ZERO
        return recovery.replication_usd(gb=self.inputs.replicated_gb_per_month, usd_per_gb=self.usd_per_gb)

    def _month_formula(self) -> str:
        return "c" if self.usd_per_gb is None else "(c + G·r)"

    def _traffic_symbols(self) -> dict[str, Decimal]:
        rate = {} if self.usd_per_gb is None else {"r": self.usd_per_gb}
        return {"G": self.inputs.replicated_gb_per_month, **rate}

    def _hours(self, name: str, before: Rung) -> Decimal:
        """Return the hours a year that the Regions chosen avoid against fewer of them."""
        down, here = before.unavailability_ratio, self.here.unavailability_ratio
        hours = recovery.hours_avoided_per_year(unavailability_before=down, unavailability_after=here)
        formula = "(U_before − U)·h"
        symbols = {"U_before": down, "U": here, "h": recovery.HOURS_PER_YEAR}
        return self.receipt.step(name, hours, "hours per year", formula, "F40", **symbols)

    def _usd_per_hour(self, name: str, extra: Decimal, hours: Decimal) -> Decimal | None:
        found = recovery.break_even_loss_usd_per_hour(extra_usd_per_year=extra, hours_avoided_per_year=hours)
        if found is None:
            return None
        return self.receipt.step(name, found, "USD per hour", "C / H", "F40", C=extra, H=hours)
