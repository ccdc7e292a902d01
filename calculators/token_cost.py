"""Token cost: what does one request cost, and a month of them?

Four meters make the bill: input, output, cache read, cache write. The tier, the route and the
length of the prompt change their prices. Formulas F01 to F05.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from calculators import catalogue as prices_and_offers
from calculators import charts, shown, tracing
from calculators.errors import InputError
from calculators.fields import chat_models, choice, ratio, some
from calculators.groups import WorkloadInputs
from calculators.results import Chart, exact, output
from calculators.results import Result as BaseResult
from calculators.steps import Receipt
from calculators.token_bill import METERS, TIERS, Bill, Meter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculators.catalogue import Catalogue

NAME = "token-cost"
VERSION = 1
TITLE = "Token cost"
QUESTION = "What does one request cost, and a month of them?"

OPEN_GROUPS = 2
TIER = "Tier and batch"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs(WorkloadInputs):
    """A workload, the tier that serves it, and models to hold it against."""

    tier: str = choice(
        "standard",
        TIERS,
        label="Tier",
        help="Flex and Batch cost half and may take longer; Priority costs 1.75 times as much and is served first.",
        group=TIER,
    )
    batch_ratio: Decimal = ratio(
        "0", label="Share moved to Batch", help="Share of the requests that can wait a day.", group=TIER
    )
    batch_retry_ratio: Decimal = ratio(
        "0",
        label="Batch retries",
        help="Share of the batch records that fail and are sent again on demand.",
        group=TIER,
    )
    compare_model_ids: tuple[str, ...] = some(
        chat_models,
        most=24,
        label="Compare with",
        help="The same workload on other models, at the same tier and route.",
        group="Other models",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The same workload on another model."""

    model_id: str = output("Model", words=chat_models)
    usd_per_request: Decimal | None = output("One request", "USD per request")
    usd_per_month: Decimal | None = output("A month", "USD per month")
    offered: bool = output("Offered", "yes or no")
    reason: str = output("Why not")


@dataclass(frozen=True, slots=True, kw_only=True)
class Result(BaseResult):
    """The bill of one request and of a month."""

    usd_per_request: Decimal = output("One request", "USD per request")
    usd_per_month: Decimal = output("A month", "USD per month")
    uncached_usd_per_month: Decimal = output("A month without caching", "USD per month")
    cache_saving_ratio: Decimal | None = output("Saved by caching", "ratio")
    input_output_only_usd_per_month: Decimal = output("A month, if the cache meters are forgotten", "USD per month")
    batch_split_usd_per_month: Decimal | None = output("A month with that share in Batch", "USD per month")
    cache_break_even_hit_ratio: Decimal | None = output("Caching pays above a hit ratio of", "ratio")
    batch_beats_cache_below_ratio: Decimal | None = output("Batch beats caching below a cached share of", "ratio")
    meters: tuple[Meter, ...] = output("The four meters")
    comparison: tuple[Comparison, ...] = output("Other models")


@exact
def calculate(inputs: Inputs, catalogue: Catalogue | None = None, *, is_quiet: bool = False) -> Result:
    """Return the bill of one request and of a month, at the prices of the catalogue.

    Quiet, it leaves out steps and charts: the same numbers, for many rows. Raises InputError where
    the model does not offer the tier or a price is not public.
    Source: F01 to F05 of the formula reference.

    >>> calculate(Inputs()).usd_per_month
    Decimal('1304.000000')
    """
    catalogue = catalogue or prices_and_offers.load()
    bill = Bill(inputs, catalogue, inputs.model_id)
    receipt = Receipt(is_quiet=is_quiet)
    month = bill.month(receipt)
    others = tuple(_compare(inputs, catalogue, each, receipt) for each in inputs.compare_model_ids)
    uncached = bill.uncached_month(receipt)
    saving = 1 - month / uncached if uncached else None
    if saving is not None:
        receipt.step(
            "cache_saving_ratio", saving, "ratio", "1 − month / uncached", "F01", month=month, uncached=uncached
        )
    result = Result(
        usd_per_request=bill.request_usd,
        usd_per_month=month,
        uncached_usd_per_month=uncached,
        cache_saving_ratio=saving,
        input_output_only_usd_per_month=bill.input_output_only(receipt),
        batch_split_usd_per_month=bill.batch_split(receipt),
        cache_break_even_hit_ratio=bill.cache_break_even(receipt),
        batch_beats_cache_below_ratio=bill.batch_or_cache(receipt),
        meters=bill.meters,
        comparison=others,
        steps=(),
        prices=(),
        warnings=tuple(bill.warnings()),
        charts=(),
    )
    return _complete(result, inputs, bill, receipt)


def answer(inputs: Inputs, result: Result) -> str:
    """Return the result in one sentence."""
    saved = result.cache_saving_ratio
    cached = f", {shown.percent(saved)} less than without caching" if saved else ""
    if saved is not None and saved < 0:
        cached = f", {shown.percent(-saved)} more than without caching"
    if any(each.code == "prefix-below-cache-minimum" for each in result.warnings):
        cached = f" if the prefix were cached. It is too short: expect {shown.usd(result.uncached_usd_per_month)}"
    model = chat_models()[inputs.model_id]
    request, month = shown.usd(result.usd_per_request), shown.usd(result.usd_per_month)
    return f"{model}, {TIERS[inputs.tier]}: {request} a request, {month} a month{cached}."


def _complete(result: Result, inputs: Inputs, bill: Bill, receipt: Receipt) -> Result:
    """Add what can only be told once every figure has been used."""
    return replace(
        result,
        steps=tuple(receipt.steps),
        prices=tuple(bill.book.used.values()),
        charts=() if receipt.is_quiet else tuple(_charts(result, inputs)),
    )


def _compare(inputs: Inputs, catalogue: Catalogue, model_id: str, receipt: Receipt) -> Comparison:
    """Return the same workload on another model, or the reason why it can't be had."""
    bill = Bill(inputs, catalogue, model_id)
    try:
        month = bill.month(Receipt(is_quiet=True))
    except InputError as error:
        reason = error.problems[0].problem
        return Comparison(model_id=model_id, usd_per_request=None, usd_per_month=None, offered=False, reason=reason)
    receipt.step(
        f"comparison.{model_id}.usd_per_request",
        bill.request_usd,
        "USD per request",
        "as above, at this model's prices",
        "F01",
    )
    bill.per_month(f"comparison.{model_id}.usd_per_month", bill.request_usd, receipt)
    return Comparison(model_id=model_id, usd_per_request=bill.request_usd, usd_per_month=month, offered=True, reason="")


@tracing.untraced
def _charts(result: Result, inputs: Inputs) -> Iterator[Chart]:
    """Yield where the money goes and, with other models, what they would cost."""
    bars = (
        ["With caching", "Without caching"]
        if any(each.meter == "cache_read" and each.usd_per_mtok is not None for each in result.meters)
        else ["This bill"]
    )
    rows = [_part(bars[0], each.meter, each.usd_per_month) for each in result.meters if each.usd_per_mtok is not None]
    largest = max(result.meters, key=lambda each: each.usd_per_month)
    if len(bars) > 1:
        out = next(each.usd_per_month for each in result.meters if each.meter == "output")
        rows += [_part(bars[1], "input", result.uncached_usd_per_month - out), _part(bars[1], "output", out)]
    part, month = shown.usd(largest.usd_per_month), shown.usd(result.usd_per_month)
    summary = f"{METERS[largest.meter]} is the largest part: {part} of {month} a month."
    yield charts.stacked_bars(
        "cost-by-meter",
        "Where the month's money goes",
        summary,
        rows,
        category="bill",
        part="meter",
        parts=list(METERS.values()),
        value="usd_per_month",
        axis="USD a month",
    )
    priced = [each for each in result.comparison if each.usd_per_month is not None]
    if priced:
        yield _comparison_chart(result, inputs, priced)


def _part(bill: str, meter: str, usd: Decimal) -> dict[str, object]:
    return {"bill": bill, "meter": METERS[meter], "order": list(METERS).index(meter), "usd_per_month": usd}


def _comparison_chart(result: Result, inputs: Inputs, priced: list[Comparison]) -> Chart:
    names = chat_models()
    rows = [{"model": names[inputs.model_id], "usd_per_month": result.usd_per_month}]
    rows += [{"model": names[each.model_id], "usd_per_month": each.usd_per_month} for each in priced]
    rows = sorted(rows, key=lambda row: Decimal(str(row["usd_per_month"])))
    rows = [{**row, "shown": shown.usd(Decimal(str(row["usd_per_month"])))} for row in rows]
    cheapest, dearest = rows[0], rows[-1]
    least, most = (
        f"{cheapest['model']} costs least, {cheapest['shown']}",
        f"{dearest['model']} most, {dearest['shown']}",
    )
    summary = f"{least} a month; {most}."
    return charts.bars(
        "cost-by-model",
        "The same workload on each model",
        summary,
        rows,
        category="model",
        value="usd_per_month",
        axis="USD a month",
        highlight=names[inputs.model_id],
    )
