"""Own instances: what holding them costs, what they can serve, and when they beat the price of an API (F13)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from calculators.formulas import models

if TYPE_CHECKING:
    from decimal import Decimal

    from calculators.steps import Receipt


@dataclass(frozen=True, slots=True, kw_only=True)
class Hosting:
    """Instances that serve a model like the small one, all month."""

    instances: Decimal
    instance_usd_per_hour: Decimal
    requests_per_second: Decimal  # what one instance sustains
    api_usd_per_request: Decimal  # the same request on the small model's API

    def usd_per_month(self, receipt: Receipt) -> Decimal:
        """Return what the instances cost, busy or not."""
        month = models.self_host_month_usd(instances=self.instances, instance_usd_per_hour=self.instance_usd_per_hour)
        symbols = {"n": self.instances, "P": self.instance_usd_per_hour}
        return receipt.step("self_host_usd_per_month", month, "USD per month", "n·P·730", "F13", **symbols)

    def capacity_requests_per_month(self, receipt: Receipt) -> Decimal:
        """Return the most that all of them serve in a month without a pause."""
        most = models.self_host_capacity_requests_per_month(
            instances=self.instances, requests_per_second=self.requests_per_second
        )
        name, unit = "self_host_capacity_requests_per_month", "requests per month"
        symbols = {"n": self.instances, "ρ": self.requests_per_second}
        return receipt.step(name, most, unit, "n·3600·ρ·730", "F13", **symbols)

    def break_even_utilisation_ratio(self, receipt: Receipt) -> Decimal | None:
        """Return the load, in full instances, at which they cost what the API does; None where it costs nothing."""
        worth = models.instance_hour_value_usd(
            requests_per_second=self.requests_per_second, api_usd_per_request=self.api_usd_per_request
        )
        load = models.self_host_break_even_utilisation_ratio(
            instances=self.instances, instance_usd_per_hour=self.instance_usd_per_hour, instance_hour_value_usd=worth
        )
        if load is None:
            return None
        symbols = {"n": self.instances, "P": self.instance_usd_per_hour}
        symbols |= {"ρ": self.requests_per_second, "c_S": self.api_usd_per_request}
        name, formula = "self_host_break_even_utilisation_ratio", "n·P / (3600·ρ·c_S)"
        return receipt.step(name, load, "ratio", formula, "F13", **symbols)

    def break_even_requests_per_month(self, usd_per_month: Decimal, receipt: Receipt) -> Decimal | None:
        """Return the requests at which they cost what the API does; None where it costs nothing."""
        volume = models.self_host_break_even_requests_per_month(
            self_host_month_usd=usd_per_month, api_usd_per_request=self.api_usd_per_request
        )
        if volume is None:
            return None
        symbols = {"C": usd_per_month, "c_S": self.api_usd_per_request}
        name, unit = "self_host_break_even_requests_per_month", "requests per month"
        return receipt.step(name, volume, unit, "C / c_S", "F13", **symbols)

    def full_usd_per_mtok(self, tokens_per_request: Decimal, receipt: Receipt) -> Decimal | None:
        """Return the price of a million tokens on an instance that is never idle; None without tokens."""
        price = models.self_host_usd_per_mtok(
            instance_usd_per_hour=self.instance_usd_per_hour,
            requests_per_second=self.requests_per_second,
            tokens_per_request=tokens_per_request,
        )
        if price is None:
            return None
        symbols = {"P": self.instance_usd_per_hour, "ρ": self.requests_per_second, "T": tokens_per_request}
        name, formula = "self_host_full_usd_per_mtok", "P·10^6 / (3600·ρ·T)"
        return receipt.step(name, price, "USD per 1M tokens", formula, "F13", **symbols)
