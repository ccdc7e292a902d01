"""Provisioned Throughput: model units paid by the hour, for the peak or for a base with overflow."""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property
from math import ceil
from typing import TYPE_CHECKING

from calculators.formulas import tiers
from calculators.tier_workload import HOURS, MINUTES, ONE, TERM_WORDS, ZERO, Cost, Unpriced

if TYPE_CHECKING:
    from calculators.tier_tokens import TokenCosts
    from calculators.tier_workload import Workload


class UnitCosts:
    """What a month costs on model units."""

    def __init__(self, load: Workload, by_token: TokenCosts) -> None:
        """Take the workload and what its tokens cost on demand."""
        self.load, self.by_token = load, by_token

    @cached_property
    def price(self) -> Decimal:
        """The price of one model unit for an hour."""
        return self._figures[0]

    @cached_property
    def serves(self) -> tuple[Decimal, Decimal]:
        """The input and output tokens a minute that one unit serves."""
        return self._figures[1:]

    @cached_property
    def _figures(self) -> tuple[Decimal, Decimal, Decimal]:
        """Price, input and output of one unit; Unpriced names every one that is missing."""
        inputs = self.load.inputs
        figures = {
            "unit_usd_per_hour": self._find_price(),
            "unit_input_tokens_per_minute": inputs.unit_input_tokens_per_minute,
            "unit_output_tokens_per_minute": inputs.unit_output_tokens_per_minute,
        }
        known = tuple(each for each in figures.values() if each is not None)
        if len(known) < len(figures):
            raise Unpriced(*(name for name, value in figures.items() if value is None))
        hourly, served_in, served_out = known
        return hourly, served_in, served_out

    def _find_price(self) -> Decimal | None:
        own, commitment, unit = (
            self.load.inputs.unit_usd_per_hour,
            self.load.inputs.commitment,
            "USD per model unit per hour",
        )
        if own is not None:
            return self.load.book.note_own("Model unit", own, unit)
        words = f"model unit, {TERM_WORDS[commitment]}"
        return self.load.find_row(self.load.inputs.model_id, f"model_unit_hour_{commitment}", words, unit)

    @cached_property
    def demand_units(self) -> tuple[Decimal, ...]:
        """Demand by hour in units: the meter that fills its unit first decides."""
        unit_in, unit_out = self.serves
        tpm_in, tpm_out = (self.load.requests * each / MINUTES for each in (self.load.tokens_in, self.load.tokens_out))
        mean = max(tpm_in / unit_in, tpm_out / unit_out)
        symbols = {
            "N": self.load.requests,
            "T_in": self.load.tokens_in,
            "T_out": self.load.tokens_out,
            "Θ_in": unit_in,
            "Θ_out": unit_out,
        }
        formula = "max(N·T_in / 43800 / Θ_in, N·T_out / 43800 / Θ_out)"
        self.load.receipt.step("mean_demand_units", mean, "count", formula, "F07", **symbols)
        return tuple(mean * level for level in self.load.levels)

    @cached_property
    def mean_units(self) -> Decimal:
        """Mean demand in units."""
        return sum(self.demand_units, ZERO) / len(self.demand_units)

    def for_peak(self) -> Cost:
        """Return units for the highest hour: nothing overflows."""
        peak = max(self.demand_units)
        units = max(ONE, Decimal(ceil(peak)))
        month = self._unit_month("provisioned", units)
        return Cost(month, units, self.load.utilisation("provisioned", self.mean_units, units))

    def with_overflow(self) -> Cost:
        """Return the cheapest number of units, with what does not fit served on demand (F07)."""
        units = Decimal(self.best_units)
        overflow = self.overflow_ratio
        capacity = units * self.price * HOURS
        month = capacity + overflow * self.by_token.on_demand
        symbols = {"n": units, "P": self.price, "o": overflow, "on_demand": self.by_token.on_demand}
        self.load.receipt.step(
            "options.provisioned_mix.usd_per_month", month, "USD per month", "n·P·730 + o·on_demand", "F07", **symbols
        )
        self.load.receipt.step("options.provisioned_mix.units", units, "count", "n", "F07", n=units)
        served = self.mean_units * (1 - overflow)
        utilisation = self.load.utilisation("provisioned_mix", served, units) if units else None
        return Cost(month, units, utilisation, ("calls above the units need your own fallback to on-demand",))

    @cached_property
    def best_units(self) -> int:
        """The number of units at which units and overflow together cost least."""
        mean = self.mean_units
        if not mean or not self.by_token.on_demand:
            return 0
        needed = self.price * HOURS * mean / self.by_token.on_demand
        symbols = {"P": self.price, "d": mean, "on_demand": self.by_token.on_demand}
        self.load.receipt.step("unit_pays_above_utilisation", needed, "ratio", "P·730·d / on_demand", "F06", **symbols)
        units = tiers.best_units(demand_units=self.demand_units, break_even_utilisation_ratio=needed)
        words = "the last unit that is busy for more than needed of the time"
        self.load.receipt.step("best_units", Decimal(units), "count", words, "F07", needed=needed)
        return units

    @cached_property
    def overflow_ratio(self) -> Decimal:
        """The share of the work that the best units leave to on-demand."""
        units, total = self.best_units, sum(self.demand_units)
        overflow = tiers.hourly_overflow_units(demand_units=self.demand_units, units=units) / total if total else ZERO
        return self.load.receipt.step(
            "overflow_ratio", overflow, "ratio", "Σ max(0, d_h − n) / Σ d_h", "F07", n=str(units)
        )

    def _unit_month(self, tier: str, units: Decimal) -> Decimal:
        self.load.receipt.step(
            f"options.{tier}.units", units, "count", "the highest hour's demand, rounded up to whole units", "F10"
        )
        month = units * self.price * HOURS
        return self.load.receipt.step(
            f"options.{tier}.usd_per_month", month, "USD per month", "n·P·730", "F06", n=units, P=self.price
        )
