"""What each way to buy costs: a month of the demand, or the job."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from calculators import shown
from calculators.compute_steady import HOURS_PER_MONTH
from calculators.formulas import purchasing, spot

if TYPE_CHECKING:
    from decimal import Decimal

    from calculators.compute_case import Case


class Pricing:
    """The prices of one case, None where a way to buy has none."""

    def __init__(self, case: Case) -> None:
        """Take the case; price nothing yet."""
        self.case = case

    def per_month(self, purchase: str) -> Decimal | None:
        """Return what a month of the demand costs."""
        if purchase == "spot":
            return self._spot_month()
        if purchase == "dedicated_host":
            return self._host_month()
        if purchase == "capacity_block":
            return None
        steady = self.case.steady
        return {
            "on_demand": steady.on_demand_usd_per_month,
            "savings_plan": steady.savings_plan_usd_per_month,
            "mix": steady.mix_usd_per_month,
        }[purchase]

    def per_job(self, purchase: str) -> Decimal | None:
        """Return what the job costs."""
        if purchase == "on_demand":
            return self._on_demand_job()
        if purchase == "spot":
            return self._spot_job()
        return self._block_job() if purchase == "capacity_block" else None

    def notes(self, purchase: str) -> tuple[str, ...]:
        """Return what else to know of a way to buy that fits."""
        case = self.case
        if purchase == "on_demand" and case.inputs.fixed_date and case.is_job:
            return ("it promises no capacity; a Capacity Reservation at the same price does",)
        if purchase == "spot":
            ratio, mean = case.figures.spot_price_ratio, case.job.mean_hours
            missing = [
                *(["spot_price_ratio"] if ratio is None else []),
                *(["monthly_interruption_ratio"] if mean is None else []),
            ]
            return (f"no public figure: enter {' and '.join(missing)}",) if missing else ()
        if purchase == "dedicated_host":
            return self._host_note()
        if purchase == "capacity_block" and case.figures.block_usd_per_hour is None:
            return ("no public figure: enter capacity_block_usd_per_hour",)
        return ()

    def _on_demand_job(self) -> Decimal:
        inputs, price = self.case.inputs, self.case.figures.on_demand_usd_per_hour
        work, n = inputs.job_hours, inputs.instances_in_job
        usd = price * work * n
        return self.case.receipt.step(
            "options.on_demand.usd_per_job", usd, "USD per job", "P·W·n", "F34", P=price, W=work, n=n
        )

    def _spot_job(self) -> Decimal | None:
        ratio, hours = self.case.figures.spot_price_ratio, self.case.job.expected_hours
        if ratio is None or hours is None:
            return None
        price, n = self.case.figures.on_demand_usd_per_hour, self.case.inputs.instances_in_job
        usd = spot.spot_usd(price_ratio=ratio, on_demand_usd_per_hour=price, hours=hours, instances=n)
        symbols = {"s": ratio, "P": price, "n": n, "E": hours}
        return self.case.receipt.step("options.spot.usd_per_job", usd, "USD per job", "s·P·n·E", "F34", **symbols)

    def _spot_month(self) -> Decimal | None:
        """Return the month's demand on Spot, with the overhead of the job."""
        ratio, hours = self.case.figures.spot_price_ratio, self.case.job.expected_hours
        if ratio is None or hours is None:
            return None
        on_demand, work = self.case.steady.on_demand_usd_per_month, self.case.inputs.job_hours
        return self.case.receipt.step(
            "options.spot.usd_per_month",
            ratio * on_demand * hours / work,
            "USD per month",
            "s·on_demand·E / W",
            "F34",
            s=ratio,
            on_demand=on_demand,
            E=hours,
            W=work,
        )

    def _host_month(self) -> Decimal | None:
        price = self.case.figures.host_usd_per_hour
        if price is None:
            return None
        hosts = self.hosts
        symbols = {"hosts": hosts, "P_host": price, "month": HOURS_PER_MONTH}
        usd = hosts * price * HOURS_PER_MONTH
        return self.case.receipt.step(
            "options.dedicated_host.usd_per_month", usd, "USD per month", "hosts·P_host·month", "F32", **symbols
        )

    @cached_property
    def hosts(self) -> Decimal:
        """The hosts that hold the demand at its peak."""
        peak, size = self.case.steady.demand.peak_instances, self.case.inputs.instances_per_host
        hosts = purchasing.hosts_needed(instances=peak, instances_per_host=size)
        return self.case.receipt.step("hosts", hosts, "count", "peak / size, rounded up", "F32", peak=peak, size=size)

    def _host_note(self) -> tuple[str, ...]:
        """Return what an instance on a host costs when all run."""
        price, peak = self.case.figures.host_usd_per_hour, self.case.steady.demand.peak_instances
        assert price is not None  # noqa: S101 - a note is asked for only where a host fits: without a price, none does
        hosts = self.hosts
        each = purchasing.host_usd_per_instance_hour(host_usd_per_hour=price * hosts, instances=peak)
        assert each is not None  # noqa: S101 - there is demand
        symbols = {"P_host": price, "hosts": hosts, "peak": peak}
        self.case.receipt.step(
            "host_usd_per_instance_hour", each, "USD per instance-hour", "P_host·hosts / peak", "F32", **symbols
        )
        count = "1 host" if hosts == 1 else f"{hosts:,f} hosts"
        return (f"{count}, {shown.usd(each)} an hour for each of {shown.significant(peak, 4)} instances",)

    def _block_job(self) -> Decimal | None:
        price, inputs = self.case.figures.block_usd_per_hour, self.case.inputs
        if price is None:
            return None
        days, n = inputs.capacity_block_days, inputs.instances_in_job
        usd = purchasing.capacity_block_usd(block_usd_per_hour=price, days=days, instances=n)
        symbols = {"P_block": price, "days": days, "n": n}
        return self.case.receipt.step(
            "options.capacity_block.usd_per_job", usd, "USD per job", "P_block·24·days·n", "F36", **symbols
        )

    def host_break_even(self) -> Decimal | None:
        """Return the instances from which a host pays, None without a price."""
        host, instance = self.case.figures.host_usd_per_hour, self.case.figures.on_demand_usd_per_hour
        if host is None:
            return None
        least = purchasing.host_break_even_instances(host_usd_per_hour=host, instance_usd_per_hour=instance)
        assert least is not None  # noqa: S101 - the instance costs something
        symbols = {"P_host": host, "P": instance}
        return self.case.receipt.step(
            "host_break_even_instances", least, "count", "P_host / P, rounded up", "F32", **symbols
        )

    def block_break_even(self) -> Decimal | None:
        """Return the use of a block from which it pays, None without a price."""
        block, on_demand = self.case.figures.block_usd_per_hour, self.case.figures.on_demand_usd_per_hour
        if block is None:
            return None
        ratio = purchasing.capacity_block_break_even_utilisation_ratio(
            block_usd_per_hour=block, on_demand_usd_per_hour=on_demand
        )
        assert ratio is not None  # noqa: S101 - On-Demand costs something
        symbols = {"P_block": block, "P": on_demand}
        name = "capacity_block_break_even_utilisation_ratio"
        return self.case.receipt.step(name, ratio, "ratio", "P_block / P", "F36", **symbols)
