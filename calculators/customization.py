"""Customisation: what do seven ways to adapt a model cost, and where does each one live on AWS?

From a plain prompt to a model of one's own: each approach is priced once, each month and over the
horizon. Formulas F22 to F28.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from calculators import catalogue as prices_and_offers
from calculators import customization_advice, flips, shown
from calculators.customization_figures import Figures, look_up
from calculators.customization_inputs import Inputs
from calculators.customization_options import Plan
from calculators.customization_sheet import APPROACHES, PAID_BY_TOKEN, Option, in_text
from calculators.formulas import customization, pretraining, retrieval
from calculators.results import Result as BaseResult
from calculators.results import exact, output
from calculators.steps import Receipt

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from calculators.catalogue import Catalogue

__all__ = ["NAME", "OPEN_GROUPS", "QUESTION", "TITLE", "VERSION", "Inputs", "Result", "answer", "calculate"]

NAME = "customization"
VERSION = 1
TITLE = "Customisation"
QUESTION = "What do seven ways to adapt a model cost, and where does each one live on AWS?"
OPEN_GROUPS = 3

SEARCHED = (
    "requests_per_month",
    "horizon_months",
    "examples_per_prompt",
    "tokens_per_example",
    "chunk_tokens",
    "retrieved_chunks",
    "training_examples",
    "usd_per_label",
    "labour_hours",
)
SWITCHED = ("vector_store",)
STEPS = tuple(each for each in PAID_BY_TOKEN if each != "zero_shot")  # beyond the plain prompt


@dataclass(frozen=True, slots=True, kw_only=True)
class Flip(flips.Flip):
    """The nearest value of one input at which another approach beyond the plain prompt costs least."""

    becomes: str = output("Cheapest beyond the plain prompt", words=lambda: APPROACHES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result(BaseResult):
    """The seven approaches, and the points at which one overtakes another."""

    few_shot_break_even_requests: Decimal | None = output("Fine-tuning beats examples after, requests", "requests")
    rag_break_even_requests_per_month: Decimal | None = output(
        "Retrieval beats sending all documents each time above, requests a month", "requests per month"
    )
    rag_chunks: Decimal = output("Chunks in the index", "count")
    rag_index_gb: Decimal = output("Size of the index, GB", "count")
    label_usd_per_usable_item: Decimal | None = output("One usable label", "USD")
    pretraining_flop: Decimal = output("Own pre-training, operations", "count")
    pretraining_gpu_hours: Decimal = output("Own pre-training, GPU-hours", "count")
    pretraining_usd: Decimal = output("Own pre-training, GPUs of the final run", "USD")
    options: tuple[Option, ...] = output("Approaches")
    flips: tuple[Flip, ...] = output("What flips the cheapest step beyond the plain prompt")


@exact
def calculate(inputs: Inputs, catalogue: Catalogue | None = None, *, is_quiet: bool = False) -> Result:
    """Return the seven approaches with their costs, and what would change their order.

    Quiet, it leaves out steps and charts: the same numbers, for many rows. Raises InputError where
    the model has no public price. An approach that is not offered, or has no public price, has no
    figures. Source: F22 to F28 of the formula reference.

    >>> calculate(Inputs()).rag_chunks.quantize(Decimal("0.1"))
    Decimal('141176.5')
    """
    catalogue = catalogue or prices_and_offers.load()
    receipt, figures = Receipt(is_quiet=is_quiet), look_up(inputs, catalogue)
    plan = Plan(inputs, catalogue, figures, receipt)
    options = plan.options()
    chunks, gigabytes = _index(plan)
    flop, hours, cost = _own_training(inputs, receipt)
    result = Result(
        few_shot_break_even_requests=_few_shot_break_even(plan),
        rag_break_even_requests_per_month=_retrieval_break_even(plan, gigabytes, catalogue),
        rag_chunks=chunks,
        rag_index_gb=gigabytes,
        label_usd_per_usable_item=_usable_label(plan),
        pretraining_flop=flop,
        pretraining_gpu_hours=hours,
        pretraining_usd=cost,
        options=options,
        flips=tuple(_flips(inputs, catalogue, figures, receipt)),
        steps=(),
        prices=figures.quotes,
        warnings=(),
        charts=(),
    )
    return replace(
        result,
        steps=tuple(receipt.steps),
        warnings=tuple(customization_advice.warnings(inputs, catalogue, figures, result)),
        charts=() if is_quiet else tuple(customization_advice.charts_all(inputs, catalogue, figures, result)),
    )


def answer(inputs: Inputs, result: Result) -> str:
    """Return the order of the approaches in two sentences."""
    priced = by_cost(result.options)
    best = priced[0]
    assert best.total_usd is not None  # noqa: S101 - the plain prompt always has a price
    cost, months = shown.usd(best.total_usd), shown.months(inputs.horizon_months)
    way = in_text(best.approach)
    first = f"Over {months} {way} costs least of what is paid by the token, {cost}, if it is good enough."
    if len(priced) == 1:
        return first
    second = priced[1]
    assert second.total_usd is not None  # noqa: S101 - only priced ones are in the list
    more = shown.usd(second.total_usd - best.total_usd)
    return f"{first} Next: {in_text(second.approach)}, {more} more."


def by_cost(options: Sequence[Option]) -> list[Option]:
    """Return the approaches that are paid by the token and priced, the cheapest over the horizon first.

    Weights of one's own run on copies that are held: how many a load needs is not known here.
    """
    known = [each for each in options if each.approach in PAID_BY_TOKEN]
    priced = [(each.total_usd, place, each) for place, each in enumerate(known) if each.total_usd is not None]
    return [each for _, _, each in sorted(priced, key=lambda row: row[:2])]


def _index(plan: Plan) -> tuple[Decimal, Decimal]:
    chunks, gigabytes = plan.index()
    inputs, receipt = plan.inputs, plan.receipt
    symbols = {"T": inputs.corpus_tokens, "s": inputs.chunk_tokens, "o": inputs.overlap_ratio}
    receipt.step("rag_chunks", chunks, "count", "T / (s·(1 − o))", "F24", **symbols)
    symbols = {"chunks": chunks, "d": inputs.embedding_dimensions}
    receipt.step("rag_index_gb", gigabytes, "GB", "chunks·(4·d + 1024) / 10^9", "F24", **symbols)
    return chunks, gigabytes


def _own_training(inputs: Inputs, receipt: Receipt) -> tuple[Decimal, Decimal, Decimal]:
    """Return operations, GPU-hours and dollars of the final run of a model made from nothing."""
    flop = pretraining.training_flop(parameters=inputs.parameters, training_tokens=inputs.training_tokens)
    symbols = {"P": inputs.parameters, "D": inputs.training_tokens}
    receipt.step("pretraining_flop", flop, "FLOP", "6·P·D", "F27", **symbols)
    peak, share = inputs.gpu_peak_flops, inputs.model_flops_utilisation_ratio
    hours = pretraining.gpu_hours(flop=flop, gpu_peak_flops=peak, model_flops_utilisation_ratio=share)
    assert hours is not None  # noqa: S101 - the limits of the inputs see to it
    symbols = {"FLOP": flop, "F": peak, "MFU": share}
    receipt.step("pretraining_gpu_hours", hours, "GPU-hours", "FLOP / (F·MFU·3600)", "F27", **symbols)
    price, gpus = inputs.instance_usd_per_hour, inputs.gpus_per_instance
    cost = pretraining.training_run_usd(gpu_hours=hours, instance_usd_per_hour=price, gpus_per_instance=gpus)
    assert cost is not None  # noqa: S101 - an instance has a GPU
    symbols = {"h": hours, "usd": price, "G": gpus}
    return flop, hours, receipt.step("pretraining_usd", cost, "USD", "h·usd / G", "F27", **symbols)


def _few_shot_break_even(plan: Plan) -> Decimal | None:
    """Return the requests from which fine-tuning costs less than examples, None without a price or examples."""
    inputs, tuning, price = plan.inputs, plan.fine_tuning_usd(), plan.example_usd_per_mtok()
    if tuning is None:
        return None
    examples = customization.examples_usd_per_request(
        examples_per_prompt=inputs.examples_per_prompt,
        tokens_per_example=inputs.tokens_per_example,
        input_usd_per_mtok=price,
    )
    found = customization.few_shot_break_even_requests(fine_tuning_usd=tuning, examples_usd_per_request=examples)
    if found is None:
        return None
    symbols = {"F_ft": tuning, "shots": inputs.examples_per_prompt, "T": inputs.tokens_per_example, "p": price}
    name, formula = "few_shot_break_even_requests", "F_ft / (shots·T·p / 10^6)"
    return plan.receipt.step(name, found, "requests", formula, "F25", **symbols)


def _retrieval_break_even(plan: Plan, gigabytes: Decimal, catalogue: Catalogue) -> Decimal | None:
    """Return the requests from which retrieval beats a prompt with all documents in it.

    None where the documents don't fit into the model's context, where they are no longer than what
    is retrieved, or where the store has no public price.
    """
    inputs, figures, store = plan.inputs, plan.figures, plan.figures.store
    if store is None or not customization_advice.fits(inputs, catalogue):
        return None
    held = retrieval.store_usd_per_month(
        index_gb=gigabytes,
        storage_usd_per_gb_month=store.usd_per_gb_month,
        queries_per_month=0,
        usd_per_query=store.usd_per_query,
        floor_units=store.floor_units,
        usd_per_unit_hour=store.usd_per_unit_hour,
    )
    price = figures.at(inputs.input_tokens_per_request + inputs.retrieved_tokens).input
    read = retrieval.augmentation_usd_per_request(
        retrieved_chunks=inputs.retrieved_chunks, chunk_tokens=inputs.chunk_tokens, input_usd_per_mtok=price
    )
    found = retrieval.break_even_requests_per_month(
        store_usd_per_month=held,
        prompt_tokens=inputs.corpus_tokens,
        prompt_usd_per_mtok=figures.long_prompt_usd_per_mtok,
        augmentation_usd_per_request=read,
        usd_per_query=store.usd_per_query,
    )
    if found is None:
        return None
    symbols = {"GB": gigabytes, "p_GB": store.usd_per_gb_month, "U": store.floor_units, "p_U": store.usd_per_unit_hour}
    symbols |= {"T": inputs.corpus_tokens, "p_read": figures.long_prompt_usd_per_mtok, "k": inputs.retrieved_chunks}
    symbols |= {"s": inputs.chunk_tokens, "p_in": price, "p_q": store.usd_per_query}
    formula = "(GB·p_GB + 730·U·p_U) / (T·p_read / 10^6 − k·s·p_in / 10^6 − p_q)"
    return plan.receipt.step(
        "rag_break_even_requests_per_month", found, "requests per month", formula, "F24", **symbols
    )


def _usable_label(plan: Plan) -> Decimal | None:
    """Return what one usable label costs, work included; None without usable labels."""
    inputs = plan.inputs
    labels, work = plan.labels_usd(), inputs.labour_hours * inputs.labour_usd_per_hour
    found = customization.label_usd_per_usable_item(
        labelling_usd=labels + work, items=inputs.training_examples, label_yield_ratio=inputs.label_yield_ratio
    )
    if found is None:
        return None
    symbols = {"labels": labels, "work": work, "N": inputs.training_examples, "y": inputs.label_yield_ratio}
    return plan.receipt.step("label_usd_per_usable_item", found, "USD", "(labels + work) / (N·y)", "F26", **symbols)


def _flips(inputs: Inputs, catalogue: Catalogue, figures: Figures, receipt: Receipt) -> Iterator[Flip]:
    """Yield the nearest flip of each input that changes the cheapest step beyond the plain prompt."""
    has_step = figures.threshold_tokens is not None

    def decide(changed: Inputs) -> str:
        is_like = not has_step and changed.vector_store == inputs.vector_store
        plan = Plan(changed, catalogue, figures if is_like else look_up(changed, catalogue), Receipt(is_quiet=True))
        return by_cost(plan.options(STEPS))[0].approach

    for flip in flips.find(inputs, decide, searched=SEARCHED, switched=SWITCHED, kind=Flip):
        if isinstance(flip.flips_at, Decimal):
            words = f"nearest value at which the next step is: {in_text(flip.becomes)}"
            receipt.step(f"flips.{flip.input}.flips_at", flip.flips_at, "", words)
        yield flip
