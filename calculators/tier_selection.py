"""Tier selection: on-demand, Batch, reserved or provisioned: which way to pay fits this workload?

The order of judgement: offered by the model → suitable for the wait, the capacity and the latency
→ price. Formulas F02 to F08, F10 and F14.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from calculators import catalogue as prices_and_offers
from calculators import offer_source, shown, tier_charts, tier_readings
from calculators.fields import chat_models, choice, flag, number, numbers, price, ratio, whole
from calculators.groups import MODEL, WorkloadInputs
from calculators.results import Result as BaseResult
from calculators.results import exact, output
from calculators.steps import Receipt
from calculators.tier_flips import Flip, flips
from calculators.tier_judgement import Choice, break_even, choices, judge, mix
from calculators.tier_rules import TIERS

if TYPE_CHECKING:
    from calculators.catalogue import Catalogue
    from calculators.offer_source import Reading
    from calculators.tier_options import Option

NAME = "tier-selection"
VERSION = 1
TITLE = "Tier selection"
QUESTION = "On demand, Batch, Reserved or Provisioned Throughput: which way to pay fits this workload?"
OPEN_GROUPS = 4

WAIT, SOURCES, CAPACITY = "What the work needs", "Where sources disagree", "Load and model units"
RESERVED, IMPORT = "Reserved tier", "Imported model"
WAITS = {
    "none": "Nothing may wait",
    "minutes": "Minutes, no promise needed",
    "hours": "Hours: due within 24 hours",
    "a_day": "A day: 24 hours or more",
}
CUSTOMIZATIONS = {
    "none": "None: the model as it is",
    "on_demand_custom": "Fine-tuned or distilled with adapters (LoRA)",
    "full_custom": "All weights customised",
    "imported": "Your own weights, imported",
}
COMMITMENTS = {"none": "No commitment", "1_month": "1 month", "6_months": "6 months"}
TERMS = {"1_month": "1 month", "3_months": "3 months"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs(WorkloadInputs):
    """A workload, what it needs, and the capacity that could be held for it."""

    model_id: str = choice(
        "anthropic.claude-sonnet-4-6",
        chat_models,
        label="Model",
        help="The model as Amazon Bedrock names it.",
        group=MODEL,
    )
    deferrable_ratio: Decimal = ratio(
        "0.35",
        label="Share that may wait",
        help="Share of the requests for which nobody is waiting: reports, indexing, evaluation.",
        group=WAIT,
    )
    acceptable_wait: str = choice(
        "a_day",
        WAITS,
        label="How long that share may wait",
        help="Batch may take a day; Flex answers late.",
        group=WAIT,
    )
    independent_requests: bool = flag(
        default=True,
        label="Requests stand alone",
        help="Each request can be run by itself, without tools or structured output.",
        group=WAIT,
    )
    needs_assured_capacity: bool = flag(
        default=False,
        label="Needs assured capacity",
        help="A contract or a launch that can't live with throttling.",
        group=WAIT,
    )
    needs_lower_latency: bool = flag(
        default=False, label="Needs lower latency", help="Answers must come faster than Standard gives.", group=WAIT
    )
    customization: str = choice(
        "none", CUSTOMIZATIONS, label="Customisation", help="Customised models can use fewer tiers.", group=WAIT
    )
    offer_source: str = offer_source.offer_source(offer_source.TIER_SOURCES, group=SOURCES)
    hourly_profile: tuple[Decimal, ...] | None = numbers(
        24,
        label="Load by hour",
        help="24 numbers, one per hour of the day; only their proportions count.",
        unit="relative",
        group=CAPACITY,
    )
    peak_to_average_ratio: Decimal = number(
        "2",
        label="Peak to average",
        help="Used without a load by hour.",
        unit="times the average",
        minimum=1,
        maximum=1000,
        group=CAPACITY,
    )
    unit_usd_per_hour: Decimal | None = price(
        label="Price of a model unit",
        help="AWS publishes none for current models: ask your account team.",
        unit="USD per hour",
        group=CAPACITY,
    )
    unit_input_tokens_per_minute: Decimal | None = number(
        None,
        label="Input of a model unit",
        help="AWS tells you on request.",
        unit="tokens per minute",
        is_nullable=True,
        minimum=1,
        group=CAPACITY,
    )
    unit_output_tokens_per_minute: Decimal | None = number(
        None,
        label="Output of a model unit",
        help="AWS tells you on request.",
        unit="tokens per minute",
        is_nullable=True,
        minimum=1,
        group=CAPACITY,
    )
    commitment: str = choice(
        "none", COMMITMENTS, label="Commitment", help="Longer terms have lower hourly prices.", group=CAPACITY
    )
    reserved_term: str = choice(
        "1_month", TERMS, label="Reserved term", help="The term of the reservation.", group=RESERVED
    )
    reserved_input_usd_per_ktpm_hour: Decimal | None = price(
        label="Reserved input",
        help="Price of 1,000 input tokens a minute.",
        unit="USD per hour per 1,000 tokens per minute",
        group=RESERVED,
    )
    reserved_output_usd_per_ktpm_hour: Decimal | None = price(
        label="Reserved output",
        help="Price of 1,000 output tokens a minute.",
        unit="USD per hour per 1,000 tokens per minute",
        group=RESERVED,
    )
    import_units: Decimal = whole(
        2,
        label="Custom model units",
        help="Set by AWS when the weights are imported.",
        unit="units",
        minimum=1,
        maximum=1000,
        group=IMPORT,
    )
    import_usd_per_unit_minute: Decimal | None = price(
        label="Price of a unit minute",
        help="Price of one custom model unit for a minute.",
        unit="USD per unit per minute",
        group=IMPORT,
    )
    import_active_windows_per_month: Decimal = whole(
        600,
        label="Active windows",
        help="5-minute windows with at least one call.",
        unit="windows per month",
        maximum=8_760,
        group=IMPORT,
    )

    def trial_without_needs(self) -> Inputs:
        """Return the same workload with no need of capacity or latency."""
        return self.trial("needs_assured_capacity", value=False).trial("needs_lower_latency", value=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result(BaseResult):
    """The options judged and priced, the recommendation, and what would change it."""

    recommended: Choice = output("Recommended")
    runner_up: Choice = output("Runner-up")
    saving_vs_standard_usd_per_month: Decimal | None = output("Saved against Standard without caching", "USD per month")
    break_even_utilisation_ratio: Decimal | None = output("A model unit pays above a utilisation of", "ratio")
    break_even_mtok_per_month: Decimal | None = output(
        "A model unit pays above, million tokens a month", "million tokens per month"
    )
    best_units: Decimal | None = output("Model units that cost least", "count")
    overflow_ratio: Decimal | None = output("Overflow at that number", "ratio")
    options: tuple[Option, ...] = output("Ways to pay")
    readings: tuple[Reading, ...] = output("What each source would answer")
    flips: tuple[Flip, ...] = output("What flips it")


@exact
def calculate(inputs: Inputs, catalogue: Catalogue | None = None, *, is_quiet: bool = False) -> Result:
    """Return the tier to choose, every option with its price, and how far the choice is from flipping.

    Quiet, it leaves out steps and charts: the same numbers, for many rows. Raises InputError where
    a price that decides is not public, or where the model can't serve the workload at all.
    Source: F02 to F08, F10 and F14 of the formula reference.

    >>> calculate(Inputs()).recommended.tier
    'batch'
    """
    catalogue = catalogue or prices_and_offers.load()
    verdict = judge(inputs, catalogue, Receipt(is_quiet=is_quiet))
    costs, receipt = verdict.costs, verdict.receipt
    saving = None
    if inputs.customization in ("none", "on_demand_custom"):
        saving = costs.by_token.standard - verdict.recommended.usd_per_month
        symbols = {"standard": costs.by_token.standard, "recommended": verdict.recommended.usd_per_month}
        receipt.step(
            "saving_vs_standard_usd_per_month", saving, "USD per month", "standard − recommended", "F02", **symbols
        )
    utilisation, mtok = break_even(costs, receipt)
    units, overflow = mix(costs)
    best, second = choices(verdict)
    found = tuple(flips(inputs, catalogue, verdict))
    for flip in found:
        if isinstance(flip.flips_at, Decimal):
            receipt.step(
                f"flips.{flip.input}.flips_at",
                flip.flips_at,
                "",
                f"nearest value at which {flip.becomes} is recommended",
            )
    read = tuple(tier_readings.found(inputs, catalogue, verdict))
    return Result(
        recommended=best,
        runner_up=second,
        saving_vs_standard_usd_per_month=saving,
        break_even_utilisation_ratio=utilisation,
        break_even_mtok_per_month=mtok,
        best_units=units,
        overflow_ratio=overflow,
        options=verdict.options,
        readings=read,
        flips=found,
        steps=tuple(receipt.steps),
        prices=tuple(costs.load.book.used.values()),
        warnings=tuple(tier_charts.warnings(inputs, catalogue, verdict, utilisation, read)),
        charts=() if is_quiet else tuple(tier_charts.charts_all(inputs, catalogue, verdict, found, utilisation)),
    )


def answer(inputs: Inputs, result: Result) -> str:
    """Return the recommendation in one sentence."""
    best, second = result.recommended, result.runner_up
    assert best.usd_per_month is not None  # noqa: S101 - a recommendation has a price
    sentence = f"{TIERS[best.tier or '']}: {shown.usd(best.usd_per_month)} a month for {chat_models()[inputs.model_id]}"
    if inputs.customization == "imported":
        sentence = f"{TIERS[best.tier or '']}: {shown.usd(best.usd_per_month)} a month"
    if second.tier and second.usd_per_month is not None:
        return f"{sentence}. Next: {TIERS[second.tier]} at {shown.usd(second.usd_per_month)}."
    return f"{sentence}. No other tier fits."
