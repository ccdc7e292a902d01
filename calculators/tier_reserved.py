"""The Reserved tier: tokens a minute held by the month, overflow at Standard."""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property
from math import ceil
from typing import TYPE_CHECKING

from calculators import shown
from calculators.formulas import tokens
from calculators.tier_workload import HOURS, MINUTES, MTOK, TERM_WORDS, ZERO, Cost, Unpriced

if TYPE_CHECKING:
    from calculators.tier_tokens import TokenCosts
    from calculators.tier_workload import Workload


LEAST_INPUT_KTPM, LEAST_OUTPUT_KTPM = Decimal(100), Decimal(10)


class ReservedCosts:
    """What a month costs with tokens a minute reserved."""

    def __init__(self, load: Workload, by_token: TokenCosts) -> None:
        """Take the workload and what its tokens cost on demand."""
        self.load, self.by_token = load, by_token

    @cached_property
    def prices(self) -> tuple[Decimal, Decimal]:
        """The hourly price of 1,000 input and of 1,000 output tokens a minute."""
        sides = {f"reserved_{side}_usd_per_ktpm_hour": self._find_price(side) for side in ("input", "output")}
        known = tuple(each for each in sides.values() if each is not None)
        if len(known) < len(sides):
            raise Unpriced(*(name for name, value in sides.items() if value is None))
        p_in, p_out = known
        return p_in, p_out

    def _find_price(self, side: str) -> Decimal | None:
        inputs, unit = self.load.inputs, "USD per hour per 1,000 tokens per minute"
        own, words = (
            getattr(inputs, f"reserved_{side}_usd_per_ktpm_hour"),
            f"Reserved {side}, {TERM_WORDS[inputs.reserved_term]}",
        )
        if own is not None:
            return self.load.book.note_own(words, own, unit)
        return self.load.find_row(inputs.model_id, f"reserved_{side}_{inputs.reserved_term}", words, unit)

    @cached_property
    def cache_reads(self) -> Decimal:
        """Tokens of one request that are read from the cache, and so need no reserved input."""
        if self.by_token.on_demand == self.by_token.standard:
            return ZERO
        prefix, hit = self.load.inputs.cached_prefix_tokens, self.load.inputs.cache_hit_ratio
        return tokens.cached_prefix_split(prefix_tokens=prefix, hit_ratio=hit)[0]

    @cached_property
    def reads_usd(self) -> Decimal:
        """The month's cache reads. No source says how Reserved bills them; here as on Standard."""
        if not self.cache_reads:
            return ZERO
        price = self.load.book.standard("cache_read")
        month, symbols = (
            self.load.requests * self.cache_reads * price / MTOK,
            {"N": self.load.requests, "T": self.cache_reads, "p": price},
        )
        return self.load.receipt.step(
            "cache_reads_usd_per_month", month, "USD per month", "N·T·p / 10^6", "F01", **symbols
        )

    @cached_property
    def demand(self) -> tuple[Decimal, Decimal]:
        """Mean demand in 1,000 tokens a minute. AWS sizes the input by uncached and cache-write tokens."""
        return self._mean("input", self.load.tokens_in - self.cache_reads), self._mean("output", self.load.tokens_out)

    def _mean(self, side: str, count: Decimal) -> Decimal:
        mean = self.load.requests * count / MINUTES / 1000
        name, unit = f"mean_{side}_ktpm", "1,000 tokens per minute"
        return self.load.receipt.step(name, mean, unit, "N·T / 43800 / 1000", "F08", N=self.load.requests, T=count)

    @cached_property
    def pays_above(self) -> Decimal | None:
        """The utilisation above which a reserved token costs less than one on demand (u* of F08)."""
        (p_in, p_out), (mean_in, mean_out) = self.prices, self.demand
        worth = self.by_token.on_demand - self.reads_usd
        if worth <= 0:
            return None
        needed = HOURS * (mean_in * p_in + mean_out * p_out) / worth
        symbols = {"in_": mean_in, "out": mean_out, "p_in": p_in, "p_out": p_out, "on_demand": self.by_token.on_demand}
        formula = "730·(in_·p_in + out·p_out) / (on_demand − reads)"
        return self.load.receipt.step(
            "reserved_pays_above", needed, "ratio", formula, "F08", **symbols, reads=self.reads_usd
        )

    def held(self) -> Cost:
        """Return tokens a minute held for the base load, the rest at Standard (F08).

        Held for the peak where capacity must be assured; otherwise for the highest level that
        demand reaches in at least the share of hours in which a reserved token pays.
        """
        if self.load.inputs.needs_assured_capacity:
            return self._at(max(self.load.levels))
        hours = len(self.load.levels)
        busy = ceil(self.pays_above * hours) if self.pays_above is not None else hours + 1
        return self._at(sorted(self.load.levels, reverse=True)[max(busy, 1) - 1] if busy <= hours else ZERO)

    def _at(self, level: Decimal) -> Cost:
        (p_in, p_out), (mean_in, mean_out) = self.prices, self.demand
        held_in, held_out = max(LEAST_INPUT_KTPM, level * mean_in), max(LEAST_OUTPUT_KTPM, level * mean_out)
        covered = min(_level_of(held_in, mean_in), _level_of(held_out, mean_out))
        overflow = sum((each - covered for each in self.load.levels if each > covered), ZERO) / len(self.load.levels)
        symbols = {"in_": held_in, "out": held_out, "p_in": p_in, "p_out": p_out, "o": overflow}
        symbols |= {"on_demand": self.by_token.on_demand, "reads": self.reads_usd}
        paid = held_in * p_in + held_out * p_out
        month = HOURS * paid + overflow * self.by_token.on_demand + (1 - overflow) * self.reads_usd
        formula = "730·(in_·p_in + out·p_out) + o·on_demand + (1 − o)·reads"
        step = self.load.receipt.step
        step("options.reserved.usd_per_month", month, "USD per month", formula, "F08", **symbols)
        step("options.reserved.units", held_in + held_out, "count", "in_ + out", "F08", in_=held_in, out=held_out)
        used = (1 - overflow) * (mean_in * p_in + mean_out * p_out)
        utilisation = self.load.utilisation("reserved", used, paid) if paid else None
        return Cost(month, held_in + held_out, utilisation, self._notes(held_in, held_out, overflow))

    def _notes(self, held_in: Decimal, held_out: Decimal, overflow: Decimal) -> tuple[str, ...]:
        notes = [f"holds {held_in:,.0f} thousand input and {held_out:,.0f} thousand output tokens a minute"]
        if held_in == LEAST_INPUT_KTPM or held_out == LEAST_OUTPUT_KTPM:
            notes.append("the smallest order is 100 thousand input and 10 thousand output")
        if self.pays_above is not None:
            never = ": never" if self.pays_above > 1 else ""
            notes.append(f"it pays above a utilisation of {shown.percent(self.pays_above)}{never}")
        if overflow:
            notes.append("overflow goes to Standard by itself")
        if self.cache_reads:
            notes.append("cache reads need no reservation; no source says how they are billed: here as on Standard")
        return tuple(notes)


def _level_of(held: Decimal, mean: Decimal) -> Decimal:
    """Return the level of demand, relative to its mean, that fits into what is held."""
    return held / mean if mean else Decimal("Infinity")
