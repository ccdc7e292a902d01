"""What each way to pay costs a month for one workload.

Demand over the day is a list of levels, one per hour, whose mean is 1. With a profile they are the
profile's; with only a peak-to-average ratio the load is taken as on or off: at its peak for
1 / ratio of the time, off for the rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from math import ceil
from typing import TYPE_CHECKING

from calculators.formulas import tiers, tokens
from calculators.tier_options import not_offered, not_suitable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from calculators.catalogue import PricePoint
    from calculators.quotes import PriceBook
    from calculators.steps import Receipt
    from calculators.tier_selection import Inputs

ZERO, ONE, MTOK = Decimal(0), Decimal(1), Decimal(10**6)
HOURS, MINUTES = Decimal(730), Decimal(43_800)
LEAST_INPUT_KTPM, LEAST_OUTPUT_KTPM = Decimal(100), Decimal(10)
COMMITMENT_WORDS = {"none": "no commitment", "1_month": "1 month", "6_months": "6 months", "3_months": "3 months"}


@dataclass(frozen=True, slots=True)
class Cost:
    """The month's cost of an option, with the capacity it holds where it holds any."""

    usd_per_month: Decimal
    units: Decimal | None = None
    utilisation_ratio: Decimal | None = None
    notes: tuple[str, ...] = ()


class Unpriced(LookupError):  # noqa: N818 - it is caught and told, never seen as an error
    """A price of this option is not public; the names are the inputs that take the reader's own."""

    def __init__(self, *fields: str) -> None:
        """Keep the names of the inputs."""
        self.fields = fields
        super().__init__(*fields)


@lru_cache(maxsize=64)
def day_levels(profile: tuple[Decimal, ...] | None, peak: Decimal) -> tuple[Decimal, ...]:
    """Return demand by hour relative to its mean, from a profile or from its peak alone."""
    if profile is not None:
        mean = sum(profile, ZERO) / len(profile)
        return tuple(each / mean for each in profile)
    bins = 24 * ceil(peak / 24)
    busy = int(bins / peak)
    levels = [peak] * busy + [bins - busy * peak] + [ZERO] * (bins - busy - 1)
    return tuple(levels[:bins])


class Costs:
    """The month's cost of each option, computed on demand and once."""

    def __init__(self, inputs: Inputs, book: PriceBook, receipt: Receipt) -> None:
        """Take the workload, its prices and the receipt that keeps the steps."""
        self.inputs, self.book, self.receipt = inputs, book, receipt
        self.requests = inputs.requests_per_month
        self.tokens_in, self.tokens_out = inputs.input_tokens_per_request, inputs.output_tokens_per_request

    def of(self, tier: str) -> Cost:
        """Return the cost of an option, or raise Unpriced or InputError."""
        ways: Mapping[str, Callable[[], Cost]] = {
            "standard": lambda: Cost(self._month("standard", self.standard)),
            "standard_cached": lambda: Cost(self._month("standard_cached", self.cached)),
            "flex": lambda: self.split("flex"),
            "batch": lambda: self.split("batch"),
            "priority": lambda: Cost(self._month("priority", self.plain("priority"))),
            "provisioned": self.provisioned,
            "provisioned_mix": self.provisioned_mix,
            "reserved": self.reserved,
            "custom_import": self.custom_import,
        }
        return ways[tier]()

    @property
    def levels(self) -> tuple[Decimal, ...]:
        """Demand by hour relative to its mean."""
        return day_levels(self.inputs.hourly_profile, self.inputs.peak_to_average_ratio)

    # --- paid per token ---

    @cached_property
    def standard(self) -> Decimal:
        """The month at Standard, nothing cached."""
        p_in, p_out = self.book.standard("input"), self.book.standard("output")
        return self._plain_month("standard", p_in, p_out)

    @cached_property
    def cached(self) -> Decimal:
        """The month at Standard with the prefix cached."""
        write_meter = f"cache_write_{self.inputs.cache_ttl}"
        p_read, p_write = self.book.find_standard("cache_read"), self.book.find_standard(write_meter)
        if p_read is None or p_write is None:
            absent = [name for name, p in (("cache_read", p_read), ("cache_write", p_write)) if p is None]
            raise Unpriced(*(f"{name}_usd_per_mtok" for name in absent))
        read, write = tokens.cached_prefix_split(
            prefix_tokens=self.inputs.cached_prefix_tokens, hit_ratio=self.inputs.cache_hit_ratio
        )
        fresh = self.tokens_in - self.inputs.cached_prefix_tokens
        symbols = {"fresh": fresh, "read": read, "write": write, "out": self.tokens_out, "N": self.requests}
        prices = {
            "p_in": self.book.standard("input"),
            "p_read": p_read,
            "p_write": p_write,
            "p_out": self.book.standard("output"),
        }
        request = tokens.request_usd(
            fresh_tokens=fresh,
            cache_read_tokens=read,
            cache_write_tokens=write,
            output_tokens=self.tokens_out,
            input_usd_per_mtok=prices["p_in"],
            cache_read_usd_per_mtok=p_read,
            cache_write_usd_per_mtok=p_write,
            output_usd_per_mtok=prices["p_out"],
        )
        month = tokens.month_usd(requests_per_month=self.requests, usd_per_request=request)
        formula = "N·(fresh·p_in + read·p_read + write·p_write + out·p_out) / 10^6"
        return self.receipt.step("cached_usd_per_month", month, "USD per month", formula, "F01", **symbols, **prices)

    @cached_property
    def on_demand(self) -> Decimal:
        """What the requests that stay on demand cost: the cheaper of with and without the cache."""
        catalogue, tier = self.book.catalogue, "standard_cached"
        if not_offered(self.inputs, catalogue, tier) or any(
            not_suitable(self.inputs.trial_without_needs(), catalogue, tier)
        ):
            return self.standard
        try:
            return min(self.standard, self.cached)
        except Unpriced:
            return self.standard

    def plain(self, tier: str) -> Decimal:
        """Return the month with every token at the tier's price, nothing cached."""
        p_in, p_out = self.book.find_tier(tier, "input"), self.book.find_tier(tier, "output")
        if p_in is None or p_out is None:
            raise Unpriced("input_usd_per_mtok", "output_usd_per_mtok")
        return self._plain_month(tier, p_in, p_out)

    def split(self, tier: str) -> Cost:
        """Return the month with the share that may wait at Flex or Batch and the rest on demand (F03)."""
        share, rest, cheap = self.inputs.deferrable_ratio, self.on_demand, self.plain(tier)
        month = tokens.batch_split_usd(on_demand_usd=rest, batch_usd=cheap, batch_ratio=share, retry_ratio=ZERO)
        symbols = {"rest": rest, "cheap": cheap, "φ": share}
        self.receipt.step(
            f"options.{tier}.usd_per_month", month, "USD per month", "rest·(1 − φ) + cheap·φ", "F03", **symbols
        )
        notes = [] if share == 1 else ["the share that can't wait stays on Standard"]
        if self.inputs.is_cached:
            notes.append(
                "no prompt caching in Batch"
                if tier == "batch"
                else "no public cache price for Flex, so counted without caching"
            )
        return Cost(month, notes=tuple(notes))

    def _plain_month(self, tier: str, p_in: Decimal, p_out: Decimal) -> Decimal:
        month = self.requests * (self.tokens_in * p_in + self.tokens_out * p_out) / MTOK
        symbols = {"N": self.requests, "T_in": self.tokens_in, "T_out": self.tokens_out, "p_in": p_in, "p_out": p_out}
        return self.receipt.step(
            f"{tier}_usd_per_month", month, "USD per month", "N·(T_in·p_in + T_out·p_out) / 10^6", "F01", **symbols
        )

    def _month(self, tier: str, usd: Decimal) -> Decimal:
        return self.receipt.step(f"options.{tier}.usd_per_month", usd, "USD per month", "month", "F02", month=usd)

    # --- paid by the hour: model units ---

    @cached_property
    def unit_price(self) -> Decimal:
        """The price of one model unit for an hour."""
        own = self.inputs.unit_usd_per_hour
        if own is not None:
            return self.book.note_own("Model unit", own, "USD per model unit per hour")
        commitment = self.inputs.commitment
        words = f"model unit, {COMMITMENT_WORDS[commitment]}"
        found = self._row(self.inputs.model_id, f"model_unit_hour_{commitment}", words, "USD per model unit per hour")
        if found is None:
            raise Unpriced("unit_usd_per_hour")
        return found

    @cached_property
    def unit_tokens(self) -> tuple[Decimal, Decimal]:
        """The input and output tokens a minute that one unit serves."""
        given = {
            name: getattr(self.inputs, name)
            for name in ("unit_input_tokens_per_minute", "unit_output_tokens_per_minute")
        }
        absent = [name for name, value in given.items() if not value]
        if absent:
            raise Unpriced(*absent)
        return given["unit_input_tokens_per_minute"], given["unit_output_tokens_per_minute"]

    @cached_property
    def demand_units(self) -> tuple[Decimal, ...]:
        """Demand by hour in units: the meter that fills its unit first decides."""
        unit_in, unit_out = self.unit_tokens
        tpm_in, tpm_out = (self.requests * each / MINUTES for each in (self.tokens_in, self.tokens_out))
        mean = max(tpm_in / unit_in, tpm_out / unit_out)
        symbols = {
            "N": self.requests,
            "T_in": self.tokens_in,
            "T_out": self.tokens_out,
            "Θ_in": unit_in,
            "Θ_out": unit_out,
        }
        formula = "max(N·T_in / 43800 / Θ_in, N·T_out / 43800 / Θ_out)"
        self.receipt.step("mean_demand_units", mean, "count", formula, "F07", **symbols)
        return tuple(mean * level for level in self.levels)

    @cached_property
    def mean_units(self) -> Decimal:
        """Mean demand in units."""
        return sum(self.demand_units, ZERO) / len(self.demand_units)

    def provisioned(self) -> Cost:
        """Return units for the highest hour: nothing overflows."""
        peak = max(self.demand_units)
        units = max(ONE, Decimal(ceil(peak)))
        month = self._unit_month("provisioned", units)
        return Cost(month, units, self._utilisation("provisioned", self.mean_units, units))

    def provisioned_mix(self) -> Cost:
        """Return the cheapest number of units, with what does not fit served on demand (F07)."""
        units = Decimal(self.best_units)
        overflow = self.overflow_ratio
        capacity = units * self.unit_price * HOURS
        month = capacity + overflow * self.on_demand
        symbols = {"n": units, "P": self.unit_price, "o": overflow, "on_demand": self.on_demand}
        self.receipt.step(
            "options.provisioned_mix.usd_per_month", month, "USD per month", "n·P·730 + o·on_demand", "F07", **symbols
        )
        self.receipt.step("options.provisioned_mix.units", units, "count", "n", "F07", n=units)
        served = self.mean_units * (1 - overflow)
        utilisation = self._utilisation("provisioned_mix", served, units) if units else None
        return Cost(month, units, utilisation, ("calls above the units need your own fallback to on-demand",))

    @cached_property
    def best_units(self) -> int:
        """The number of units at which units and overflow together cost least."""
        mean = self.mean_units
        if not mean or not self.on_demand:
            return 0
        needed = self.unit_price * HOURS * mean / self.on_demand
        symbols = {"P": self.unit_price, "d": mean, "on_demand": self.on_demand}
        self.receipt.step("unit_pays_above_utilisation", needed, "ratio", "P·730·d / on_demand", "F06", **symbols)
        units = tiers.best_units(demand_units=self.demand_units, break_even_utilisation_ratio=needed)
        words = "the last unit that is busy for more than needed of the time"
        self.receipt.step("best_units", Decimal(units), "count", words, "F07", needed=needed)
        return units

    @cached_property
    def overflow_ratio(self) -> Decimal:
        """The share of the work that the best units leave to on-demand."""
        units, total = self.best_units, sum(self.demand_units)
        overflow = tiers.hourly_overflow_units(demand_units=self.demand_units, units=units) / total if total else ZERO
        return self.receipt.step("overflow_ratio", overflow, "ratio", "Σ max(0, d_h − n) / Σ d_h", "F07", n=str(units))

    def _unit_month(self, tier: str, units: Decimal) -> Decimal:
        self.receipt.step(
            f"options.{tier}.units", units, "count", "the highest hour's demand, rounded up to whole units", "F10"
        )
        month = units * self.unit_price * HOURS
        return self.receipt.step(
            f"options.{tier}.usd_per_month", month, "USD per month", "n·P·730", "F06", n=units, P=self.unit_price
        )

    def _utilisation(self, tier: str, used: Decimal, held: Decimal) -> Decimal:
        return self.receipt.step(
            f"options.{tier}.utilisation_ratio", used / held, "ratio", "used / held", "F10", used=used, held=held
        )

    # --- paid by the month: Reserved ---

    @cached_property
    def reserved_prices(self) -> tuple[Decimal, Decimal]:
        """The hourly price of 1,000 input and 1,000 output tokens a minute."""
        unit = "USD per hour per 1,000 tokens per minute"
        found = {}
        for side in ("input", "output"):
            name = f"reserved_{side}_usd_per_ktpm_hour"
            own, words = getattr(self.inputs, name), f"Reserved {side}, {COMMITMENT_WORDS[self.inputs.reserved_term]}"
            row = f"reserved_{side}_{self.inputs.reserved_term}"
            found[name] = (
                self.book.note_own(words, own, unit)
                if own is not None
                else self._row(self.inputs.model_id, row, words, unit)
            )
        absent = [name for name, value in found.items() if value is None]
        if absent:
            raise Unpriced(*absent)
        p_in, p_out = found.values()
        assert p_in is not None  # noqa: S101 - absent ones were refused above
        assert p_out is not None  # noqa: S101
        return p_in, p_out

    def reserved(self) -> Cost:
        """Return tokens per minute held for the base load, the rest at Standard (F08).

        Held for the peak where capacity must be assured; otherwise for the level of demand at which
        a reserved token is still used often enough to pay.
        """
        level = max(self.levels) if self.inputs.needs_assured_capacity else self._reserved_level()
        return self._reserved_at(level)

    @cached_property
    def reserved_demand(self) -> tuple[Decimal, Decimal, Decimal]:
        """Mean demand in 1,000 tokens a minute, input and output, and the month's cache reads in USD.

        AWS sizes the input by uncached and cache-write tokens. Cache reads don't count; no source
        says how they are billed, so they are billed here as on Standard.
        """
        counted, reads = self.tokens_in, ZERO
        if self.on_demand < self.standard:
            read, _ = tokens.cached_prefix_split(
                prefix_tokens=self.inputs.cached_prefix_tokens, hit_ratio=self.inputs.cache_hit_ratio
            )
            counted, reads = self.tokens_in - read, self.requests * read * self.book.standard("cache_read") / MTOK
        ktpm_in, ktpm_out = (self.requests * each / MINUTES / 1000 for each in (counted, self.tokens_out))
        for side, value, count in (("input", ktpm_in, counted), ("output", ktpm_out, self.tokens_out)):
            self.receipt.step(
                f"mean_{side}_ktpm",
                value,
                "1,000 tokens per minute",
                "N·T / 43800 / 1000",
                "F08",
                N=self.requests,
                T=count,
            )
        return ktpm_in, ktpm_out, reads

    def _reserved_level(self) -> Decimal:
        (p_in, p_out), (mean_in, mean_out, reads) = self.reserved_prices, self.reserved_demand
        worth = self.on_demand - reads
        if worth <= 0:
            return ZERO
        needed = (mean_in * p_in + mean_out * p_out) * HOURS / worth
        # A level pays while demand reaches it in at least that share of the hours.
        held = int(needed * len(self.levels)) + (needed * len(self.levels) % 1 > 0)
        return sorted(self.levels, reverse=True)[max(held, 1) - 1] if held <= len(self.levels) else ZERO

    def _reserved_at(self, level: Decimal) -> Cost:
        (p_in, p_out), (mean_in, mean_out, reads) = self.reserved_prices, self.reserved_demand
        held_in, held_out = max(LEAST_INPUT_KTPM, level * mean_in), max(LEAST_OUTPUT_KTPM, level * mean_out)
        covered = min(_level_of(held_in, mean_in), _level_of(held_out, mean_out))
        above = (each - covered for each in self.levels if each > covered)
        overflow = sum(above, ZERO) / len(self.levels)
        month = HOURS * (held_in * p_in + held_out * p_out) + overflow * self.on_demand + (1 - overflow) * reads
        symbols = {
            "in_": held_in,
            "out": held_out,
            "p_in": p_in,
            "p_out": p_out,
            "o": overflow,
            "on_demand": self.on_demand,
            "reads": reads,
        }
        formula = "730·(in_·p_in + out·p_out) + o·on_demand + (1 − o)·reads"
        self.receipt.step("options.reserved.usd_per_month", month, "USD per month", formula, "F08", **symbols)
        units = self.receipt.step(
            "options.reserved.units", held_in + held_out, "count", "in_ + out", "F08", in_=held_in, out=held_out
        )
        used = (1 - overflow) * (mean_in * p_in + mean_out * p_out)
        paid = held_in * p_in + held_out * p_out
        return Cost(
            month,
            units,
            self._utilisation("reserved", used, paid) if paid else None,
            self._reserved_notes(held_in, held_out, overflow),
        )

    def _reserved_notes(self, held_in: Decimal, held_out: Decimal, overflow: Decimal) -> tuple[str, ...]:
        notes = [f"holds {held_in:,.0f} thousand input and {held_out:,.0f} thousand output tokens a minute"]
        if held_in == LEAST_INPUT_KTPM or held_out == LEAST_OUTPUT_KTPM:
            notes.append("the smallest order is 100 thousand input and 10 thousand output")
        if overflow:
            notes.append("overflow goes to Standard by itself")
        return tuple(notes)

    # --- your own weights ---

    def custom_import(self) -> Cost:
        """Return imported weights, billed for each 5-minute window in which a copy is awake (F14)."""
        inputs, unit = self.inputs, "USD per custom model unit per minute"
        own = inputs.import_usd_per_unit_minute
        item = "custom-model-unit-v1.0"
        price = (
            self.book.note_own("Custom model unit", own, unit)
            if own is not None
            else self._row(item, "import_unit_minute", "minute", unit)
        )
        storage = self._row(item, "import_storage_month", "storage", "USD per unit per month")
        if price is None or storage is None:
            raise Unpriced("import_usd_per_unit_minute")
        symbols = {
            "units": inputs.import_units,
            "rate": price,
            "windows": inputs.import_active_windows_per_month,
            "storage": storage,
        }
        month = tiers.import_month_usd(
            copies=1,
            units=symbols["units"],
            usd_per_unit_minute=price,
            active_windows=symbols["windows"],
            storage_usd_per_unit_month=storage,
        )
        formula = "1·units·rate·5·windows + units·storage"
        self.receipt.step("options.custom_import.usd_per_month", month, "USD per month", formula, "F14", **symbols)
        self.receipt.step(
            "options.custom_import.units", inputs.import_units, "count", "units", "F14", units=inputs.import_units
        )
        awake = self._utilisation("custom_import", 5 * symbols["windows"], MINUTES)
        return Cost(
            month,
            inputs.import_units,
            awake,
            ("billed in 5-minute windows; the first call after a pause waits for a cold start",),
        )

    def _row(self, item: str, meter: str, words: str, unit: str) -> Decimal | None:
        row: PricePoint | None = self.book.catalogue.find_price(item, self.inputs.region, self.inputs.routing, meter)
        return self.book.note_row(row, words, unit)


def _level_of(held: Decimal, mean: Decimal) -> Decimal:
    """Return the level of demand, relative to its mean, that fits into what is held."""
    return held / mean if mean else Decimal("Infinity")
