"""One workload on its way through the options: its inputs, its prices and its demand over the day.

Demand over the day is a list of levels, one per hour, whose mean is 1. With a profile they are the
profile's; with only a peak-to-average ratio the load is taken as on or off: at its peak for
1 / ratio of the time, off for the rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from math import ceil
from typing import TYPE_CHECKING

from calculators import tracing

if TYPE_CHECKING:
    from calculators.quotes import PriceBook
    from calculators.steps import Receipt
    from calculators.tier_selection import Inputs

ZERO, ONE, MTOK = Decimal(0), Decimal(1), Decimal(10**6)
HOURS, MINUTES = Decimal(730), Decimal(43_800)
TERM_WORDS = {"none": "no commitment", "1_month": "1 month", "6_months": "6 months", "3_months": "3 months"}


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


@dataclass(frozen=True)
class Workload:
    """The inputs, the prices and the receipt that every option is computed with."""

    inputs: Inputs
    book: PriceBook
    receipt: Receipt

    @property
    def requests(self) -> Decimal:
        """Requests a month."""
        return self.inputs.requests_per_month

    @property
    def tokens_in(self) -> Decimal:
        """Input tokens of one request."""
        return self.inputs.input_tokens_per_request

    @property
    def tokens_out(self) -> Decimal:
        """Output tokens of one request."""
        return self.inputs.output_tokens_per_request

    @property
    def levels(self) -> tuple[Decimal, ...]:
        """Demand by hour relative to its mean."""
        return day_levels(self.inputs.hourly_profile, self.inputs.peak_to_average_ratio)

    def find_row(self, item: str, meter: str, words: str, unit: str) -> Decimal | None:
        """Return a figure of the catalogue and keep it as used, or None where there is none."""
        row = self.book.catalogue.find_price(item, self.inputs.region, self.inputs.routing, meter)
        return self.book.note_model_row(row, words, unit)

    def utilisation(self, tier: str, used: Decimal, held: Decimal) -> Decimal:
        """Return the share of what is held that is used."""
        name = f"options.{tier}.utilisation_ratio"
        return self.receipt.step(name, used / held, "ratio", "used / held", "F10", used=used, held=held)


def day_levels(profile: tuple[Decimal, ...] | None, peak: Decimal) -> tuple[Decimal, ...]:
    """Return demand by hour relative to its mean, from a profile or from its peak alone."""
    # What is kept was made in another run: a traced run makes its own.
    return _day_levels.__wrapped__(profile, peak) if tracing.is_on() else _day_levels(profile, peak)


@lru_cache(maxsize=64)
def _day_levels(profile: tuple[Decimal, ...] | None, peak: Decimal) -> tuple[Decimal, ...]:
    if profile is not None:
        mean = sum(profile, ZERO) / len(profile)
        return tuple(each / mean for each in profile)
    bins = 24 * ceil(peak / 24)
    busy = int(bins / peak)
    levels = [peak] * busy + [bins - busy * peak] + [ZERO] * (bins - busy - 1)
    return tuple(levels[:bins])
