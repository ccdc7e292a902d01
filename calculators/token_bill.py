"""One model's bill for a workload: its four meters, and what caching and Batch change."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from calculators import cautions, shown, tracing
from calculators.errors import InputError, Problem
from calculators.formulas import tokens
from calculators.quotes import PriceBook
from calculators.results import Caution, output
from calculators.steps import Receipt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculators.catalogue import Catalogue
    from calculators.token_cost import Inputs

TIERS = {"standard": "Standard", "flex": "Flex", "priority": "Priority", "batch": "Batch"}
METERS = {"input": "Input, not cached", "cache_read": "Cache read", "cache_write": "Cache write", "output": "Output"}
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Meter:
    """One line of the bill."""

    meter: str = output("Meter", words=lambda: METERS)
    tokens_per_request: Decimal = output("Tokens a request", "tokens per request")
    usd_per_mtok: Decimal | None = output("Price of 1M tokens", shown.PRICE)
    usd_per_month: Decimal = output("A month", "USD per month")


class Bill:
    """One model's bill for the workload."""

    def __init__(self, inputs: Inputs, catalogue: Catalogue, model_id: str) -> None:
        """Open the price book; the reader's own prices are for the chosen model only."""
        self.inputs, self.catalogue, self.model_id = inputs, catalogue, model_id
        own = inputs.overrides() if model_id == inputs.model_id else {}
        threshold = catalogue.models[model_id].long_context_threshold_tokens
        is_long = threshold is not None and inputs.input_tokens_per_request > threshold
        self.book = PriceBook(catalogue, model_id, inputs.region, inputs.routing, own, is_long_context=is_long)
        self.is_cached = inputs.is_cached and inputs.tier != "batch"
        self.write_meter = f"cache_write_{inputs.cache_ttl}"
        self.request_usd = ZERO
        self.meters: tuple[Meter, ...] = ()

    def month(self, receipt: Receipt) -> Decimal:
        """Return the month's bill at the chosen tier, meter by meter."""
        self.refuse_tier(self.inputs.tier, "tier")
        usage = self.usage(receipt, is_cached=self.is_cached)
        usd = self.prices(self.inputs.tier, is_cached=self.is_cached)
        self.request_usd = receipt.step(
            "usd_per_request",
            self.request(usage, usd),
            "USD per request",
            "(fresh·p_in + read·p_read + write·p_write + out·p_out) / 10^6",
            "F01",
            fresh=usage["input"],
            read=usage["cache_read"],
            write=usage["cache_write"],
            out=usage["output"],
            p_in=usd["input"] or ZERO,
            p_read=usd["cache_read"] or ZERO,
            p_write=usd["cache_write"] or ZERO,
            p_out=usd["output"] or ZERO,
        )
        self.meters = tuple(self._meter(each, usage[each], usd[each], receipt) for each in METERS)
        return self.per_month("usd_per_month", self.request_usd, receipt)

    def usage(self, receipt: Receipt, *, is_cached: bool) -> dict[str, Decimal]:
        """Return the tokens of one request by meter."""
        inputs = self.inputs
        prefix, hit = inputs.cached_prefix_tokens if is_cached else ZERO, inputs.cache_hit_ratio
        read, write = tokens.cached_prefix_split(prefix_tokens=prefix, hit_ratio=hit)
        fresh = inputs.input_tokens_per_request - prefix
        unit = "tokens per request"
        receipt.step(
            "meters.input.tokens_per_request",
            fresh,
            unit,
            "T_in − P",
            "F01",
            T_in=inputs.input_tokens_per_request,
            P=prefix,
        )
        if is_cached:
            receipt.step("meters.cache_read.tokens_per_request", read, unit, "h·P", "F01", h=hit, P=prefix)
            receipt.step("meters.cache_write.tokens_per_request", write, unit, "(1 − h)·P", "F01", h=hit, P=prefix)
        return {"input": fresh, "cache_read": read, "cache_write": write, "output": inputs.output_tokens_per_request}

    def prices(self, tier: str, *, is_cached: bool) -> dict[str, Decimal | None]:
        """Return the price of each meter at a tier; None for a meter that is not used."""
        usd: dict[str, Decimal | None] = {each: self.price(tier, each) for each in ("input", "output")}
        if (
            is_cached
            and tier != "standard"
            and None in (self.inputs.cache_read_usd_per_mtok, self.inputs.cache_write_usd_per_mtok)
        ):
            words = "set the cache lifetime to no prompt caching, or enter both cache prices"
            raise InputError(
                [Problem("cache_ttl", f"there is no public cache price for the {TIERS[tier]} tier: {words}")]
            )
        usd["cache_read"] = self.book.standard("cache_read") if is_cached else None
        usd["cache_write"] = self.book.standard(self.write_meter) if is_cached else None
        return usd

    def price(self, tier: str, meter: str) -> Decimal:
        """Return the price of input or output at a tier, or refuse."""
        found = self.book.standard(meter) if tier == "standard" else self.book.find_tier(tier, meter)
        if found is None:
            raise InputError([self.book.missing(meter)])
        return found

    def refuse_tier(self, tier: str, field: str) -> None:
        """Raise InputError where the model does not offer the tier."""
        offered = self.catalogue.offered(self.model_id, self.inputs.region, self.inputs.routing, tier)
        if not offered.is_offered:
            raise InputError(
                [
                    Problem(
                        field,
                        f"{self.catalogue.models[self.model_id].name} does not offer {TIERS[tier]}: {offered.reason}",
                    )
                ]
            )

    @staticmethod
    def request(usage: dict[str, Decimal], usd: dict[str, Decimal | None]) -> Decimal:
        """Return F01 for these tokens and prices."""
        return tokens.request_usd(
            fresh_tokens=usage["input"],
            cache_read_tokens=usage["cache_read"],
            cache_write_tokens=usage["cache_write"],
            output_tokens=usage["output"],
            input_usd_per_mtok=usd["input"] or ZERO,
            cache_read_usd_per_mtok=usd["cache_read"] or ZERO,
            cache_write_usd_per_mtok=usd["cache_write"] or ZERO,
            output_usd_per_mtok=usd["output"] or ZERO,
        )

    def per_month(self, name: str, usd: Decimal, receipt: Receipt) -> Decimal:
        """Return the cost of a month of requests of this cost."""
        requests = self.inputs.requests_per_month
        month = tokens.month_usd(requests_per_month=requests, usd_per_request=usd)
        return receipt.step(name, month, "USD per month", "N·c", "F01", N=requests, c=usd)

    def _meter(self, meter: str, count: Decimal, usd: Decimal | None, receipt: Receipt) -> Meter:
        month = self.inputs.requests_per_month * count * (usd or ZERO) / 10**6
        if usd is not None:
            formula = "N·T·p / 10^6"
            receipt.step(
                f"meters.{meter}.usd_per_month",
                month,
                "USD per month",
                formula,
                "F01",
                N=self.inputs.requests_per_month,
                T=count,
                p=usd,
            )
        return Meter(meter=meter, tokens_per_request=count, usd_per_mtok=usd, usd_per_month=month)

    def plain_request(self, tier: str) -> Decimal:
        """Return the cost of one request at a tier without caching."""
        usage = {"input": self.inputs.input_tokens_per_request, "output": self.inputs.output_tokens_per_request}
        usd: dict[str, Decimal | None] = {each: self.price(tier, each) for each in usage}
        return self.request(
            {"cache_read": ZERO, "cache_write": ZERO, **usage}, {"cache_read": None, "cache_write": None, **usd}
        )

    def uncached_month(self, receipt: Receipt) -> Decimal:
        """Return the month's bill at the same tier with every input token at the full price."""
        return self.per_month("uncached_usd_per_month", self.plain_request(self.inputs.tier), receipt)

    def input_output_only(self, receipt: Receipt) -> Decimal:
        """Return what a bill check shows that forgets the two cache meters."""
        usd = {each.meter: each.usd_per_month for each in self.meters}
        month = usd["input"] + usd["output"]
        symbols = {"input": usd["input"], "output": usd["output"]}
        return receipt.step(
            "input_output_only_usd_per_month", month, "USD per month", "input + output", "F01", **symbols
        )

    def batch_split(self, receipt: Receipt) -> Decimal | None:
        """Return the month with a share in Batch and the rest at Standard (F03), None without Batch."""
        if self.inputs.batch_ratio:
            self.refuse_tier("batch", "batch_ratio")
        if not self.catalogue.offered(self.model_id, self.inputs.region, self.inputs.routing, "batch").is_offered:
            return None
        requests, share, retries = (
            self.inputs.requests_per_month,
            self.inputs.batch_ratio,
            self.inputs.batch_retry_ratio,
        )
        standard = requests * self.standard_request()
        batch = requests * self.plain_request("batch")
        split = tokens.batch_split_usd(on_demand_usd=standard, batch_usd=batch, batch_ratio=share, retry_ratio=retries)
        formula = "standard·(1 − φ) + φ·(batch + ρ·standard)"
        symbols = {"standard": standard, "batch": batch, "φ": share, "ρ": retries}
        return receipt.step("batch_split_usd_per_month", split, "USD per month", formula, "F03", **symbols)

    def standard_request(self) -> Decimal:
        """Return one request at Standard, cached as entered."""
        is_cached = self.inputs.is_cached
        usage = self.usage(Receipt(is_quiet=True), is_cached=is_cached)
        return self.request(usage, self.prices("standard", is_cached=is_cached))

    def cache_break_even(self, receipt: Receipt) -> Decimal | None:
        """Return the hit ratio above which caching pays (F05), None without caching."""
        if not self.is_cached:
            return None
        p_in, p_read, p_write = (self.book.standard(each) for each in ("input", "cache_read", self.write_meter))
        if p_in == 0:
            return None
        write, read = p_write / p_in, p_read / p_in
        ratio_needed = tokens.cache_break_even_hit_ratio(write_ratio=write, read_ratio=read)
        if ratio_needed is None:
            return None
        return receipt.step(
            "cache_break_even_hit_ratio", ratio_needed, "ratio", "(w − 1) / (w − r)", "F05", w=write, r=read
        )

    def batch_or_cache(self, receipt: Receipt) -> Decimal | None:
        """Return the cached share of input below which Batch is cheaper (F04), None where there is no choice."""
        inputs = self.inputs
        batch = self.catalogue.offered(self.model_id, inputs.region, inputs.routing, "batch").is_offered
        p_read = self.book.find_standard("cache_read") if self.is_cached and batch else None
        if p_read is None:
            return None
        prices = {"p_in": self.book.standard("input"), "p_out": self.book.standard("output"), "p_read": p_read}
        prices |= {"b_in": self.price("batch", "input"), "b_out": self.price("batch", "output")}
        counts = {"T_in": inputs.input_tokens_per_request, "T_out": inputs.output_tokens_per_request}
        share = tokens.batch_beats_cache_below_ratio(
            input_tokens=counts["T_in"],
            output_tokens=counts["T_out"],
            input_usd_per_mtok=prices["p_in"],
            output_usd_per_mtok=prices["p_out"],
            cache_read_usd_per_mtok=prices["p_read"],
            batch_input_usd_per_mtok=prices["b_in"],
            batch_output_usd_per_mtok=prices["b_out"],
        )
        if share is None:
            return None
        formula = "(T_in·(p_in − b_in) + T_out·(p_out − b_out)) / (T_in·(p_in − p_read))"
        return receipt.step("batch_beats_cache_below_ratio", share, "ratio", formula, "F04", **prices, **counts)

    @tracing.untraced
    def warnings(self) -> Iterator[Caution]:
        """Yield what an expert would say about this bill."""
        inputs = self.inputs
        yield from cautions.model_cautions(inputs, self.catalogue)
        for model_id in inputs.compare_model_ids:
            if model_id != inputs.model_id:
                yield from cautions.retirement_cautions(model_id, self.catalogue)
        yield from cautions.cache_cautions(inputs, self.catalogue)
        if inputs.tier == "batch" and inputs.is_cached:
            yield Caution(
                "batch-has-no-cache",
                "Batch has no prompt caching: every input token is billed in full, at the batch price.",
            )
        share = Decimal(1) if inputs.tier == "batch" else inputs.batch_ratio
        if 0 < inputs.requests_per_month * share < tokens.LEAST_BATCH_RECORDS:
            yield Caution(
                "too-few-for-batch",
                f"A Batch job takes {tokens.LEAST_BATCH_RECORDS} requests or more: fewer in a month can't be sent.",
            )
        yield from cautions.price_cautions(self.book.used.values(), self.catalogue.snapshot)
