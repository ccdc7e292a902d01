"""Options that are paid per token: Standard, cached or not, Flex, Priority and Batch."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from calculators.formulas import tokens
from calculators.tier_options import not_offered, not_suitable
from calculators.tier_workload import MTOK, ZERO, Cost, Unpriced

if TYPE_CHECKING:
    from decimal import Decimal

    from calculators.tier_workload import Workload


class TokenCosts:
    """What a month costs when each token is paid for."""

    def __init__(self, load: Workload) -> None:
        """Take the workload."""
        self.load = load

    @cached_property
    def standard(self) -> Decimal:
        """The month at Standard, nothing cached."""
        p_in, p_out = self.load.book.standard("input"), self.load.book.standard("output")
        return self._plain_month("standard", p_in, p_out)

    @cached_property
    def cached(self) -> Decimal:
        """The month at Standard with the prefix cached: for five minutes, where caching is switched off."""
        ttl = self.load.inputs.cache_ttl
        write_meter = f"cache_write_{'5m' if ttl == 'none' else ttl}"
        p_read, p_write = self.load.book.find_standard("cache_read"), self.load.book.find_standard(write_meter)
        if p_read is None or p_write is None:
            absent = [name for name, p in (("cache_read", p_read), ("cache_write", p_write)) if p is None]
            raise Unpriced(*(f"{name}_usd_per_mtok" for name in absent))
        read, write = tokens.cached_prefix_split(
            prefix_tokens=self.load.inputs.cached_prefix_tokens, hit_ratio=self.load.inputs.cache_hit_ratio
        )
        fresh = self.load.tokens_in - self.load.inputs.cached_prefix_tokens
        symbols = {"fresh": fresh, "read": read, "write": write, "out": self.load.tokens_out, "N": self.load.requests}
        prices = {
            "p_in": self.load.book.standard("input"),
            "p_read": p_read,
            "p_write": p_write,
            "p_out": self.load.book.standard("output"),
        }
        request = tokens.request_usd(
            fresh_tokens=fresh,
            cache_read_tokens=read,
            cache_write_tokens=write,
            output_tokens=self.load.tokens_out,
            input_usd_per_mtok=prices["p_in"],
            cache_read_usd_per_mtok=p_read,
            cache_write_usd_per_mtok=p_write,
            output_usd_per_mtok=prices["p_out"],
        )
        month = tokens.month_usd(requests_per_month=self.load.requests, usd_per_request=request)
        formula = "N·(fresh·p_in + read·p_read + write·p_write + out·p_out) / 10^6"
        return self.load.receipt.step(
            "cached_usd_per_month", month, "USD per month", formula, "F01", **symbols, **prices
        )

    @cached_property
    def on_demand(self) -> Decimal:
        """What the requests that stay on demand cost: the cheaper of with and without the cache."""
        catalogue, tier = self.load.book.catalogue, "standard_cached"
        if not_offered(self.load.inputs, catalogue, tier) or any(
            not_suitable(self.load.inputs.trial_without_needs(), catalogue, tier)
        ):
            return self.standard
        try:
            return min(self.standard, self.cached)
        except Unpriced:
            return self.standard

    def plain(self, tier: str) -> Decimal:
        """Return the month with every token at the tier's price, nothing cached."""
        p_in, p_out = self.load.book.find_tier(tier, "input"), self.load.book.find_tier(tier, "output")
        if p_in is None or p_out is None:
            raise Unpriced("input_usd_per_mtok", "output_usd_per_mtok")
        return self._plain_month(tier, p_in, p_out)

    def whole(self, tier: str, month: Decimal) -> Cost:
        """Return an option that serves every request, at the month already computed."""
        self.load.receipt.step(f"options.{tier}.usd_per_month", month, "USD per month", "month", "F02", month=month)
        return Cost(month)

    def split(self, tier: str) -> Cost:
        """Return the month with the share that may wait at Flex or Batch and the rest on demand (F03)."""
        share, rest, cheap = self.load.inputs.deferrable_ratio, self.on_demand, self.plain(tier)
        month = tokens.batch_split_usd(on_demand_usd=rest, batch_usd=cheap, batch_ratio=share, retry_ratio=ZERO)
        symbols = {"rest": rest, "cheap": cheap, "φ": share}
        self.load.receipt.step(
            f"options.{tier}.usd_per_month", month, "USD per month", "rest·(1 − φ) + cheap·φ", "F03", **symbols
        )
        notes = [] if share == 1 else ["the share that can't wait stays on Standard"]
        if self.load.inputs.is_cached:
            notes.append(
                "no prompt caching in Batch"
                if tier == "batch"
                else "no public cache price for Flex, so counted without caching"
            )
        return Cost(month, notes=tuple(notes))

    def _plain_month(self, tier: str, p_in: Decimal, p_out: Decimal) -> Decimal:
        month = self.load.requests * (self.load.tokens_in * p_in + self.load.tokens_out * p_out) / MTOK
        symbols = {
            "N": self.load.requests,
            "T_in": self.load.tokens_in,
            "T_out": self.load.tokens_out,
            "p_in": p_in,
            "p_out": p_out,
        }
        return self.load.receipt.step(
            f"{tier}_usd_per_month", month, "USD per month", "N·(T_in·p_in + T_out·p_out) / 10^6", "F01", **symbols
        )
