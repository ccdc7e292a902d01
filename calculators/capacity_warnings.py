"""Capacity: what an expert adds to the quota, the queue, the fleet and the GPU."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from calculators import cautions, shown, tracing
from calculators.catalogue import UNITS
from calculators.formulas import queueing
from calculators.quotes import PriceBook
from calculators.results import Caution

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculators.capacity import Inputs
    from calculators.capacity_fleet import Fleet
    from calculators.capacity_gpu import Gpu
    from calculators.capacity_queue import Queue
    from calculators.capacity_quota import Quota
    from calculators.catalogue import Catalogue
    from calculators.ledger import Quote

HIGH_UTILISATION_RATIO = Decimal("0.85")
MORE_LOAD = Decimal("1.1")
# The model on Bedrock that an 8B on an instance of one's own is held against, and the instance of the example.
SHARED_MODEL_ID, SHARED_MODEL_REGION, SHARED_MODEL_ROUTING = (
    "meta.llama3-1-8b-instruct-v1:0",
    "us-east-1",
    "in_region_or_geo",
)
SHARED_MODEL_SIZES = (Decimal(4_000_000_000), Decimal(16_000_000_000))
EXAMPLE_INSTANCE = "g6.2xlarge"


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What was found about each of the four."""

    quota: Quota
    queue: Queue
    fleet: Fleet
    gpu: Gpu
    catalogue: Catalogue

    @property
    def saturation_requests_per_second(self) -> Decimal | None:
        """The load that fills every slot; None where requests take no time."""
        return queueing.sustained_requests_per_second(
            slots=self.queue.slots, response_seconds=self.queue.response_seconds
        )


@tracing.untraced
def warnings(inputs: Inputs, found: Findings) -> tuple[tuple[Caution, ...], tuple[Quote, ...]]:
    """Return the warnings that apply, and the prices that they and the result rest on."""
    book = PriceBook(found.catalogue, SHARED_MODEL_ID, SHARED_MODEL_REGION, SHARED_MODEL_ROUTING, {})
    _note_instance_price(inputs, book)
    told = [*_of_quota(inputs, found.quota), *_of_queue(inputs, found.queue), *_of_fleet(inputs, found)]
    told += [*_of_gpu(inputs, found.gpu), *_of_price(inputs, found.gpu, book)]
    told += cautions.price_cautions(book.used.values(), found.catalogue.snapshot)
    return tuple(told), tuple(book.used.values())


def _of_quota(inputs: Inputs, quota: Quota) -> Iterator[Caution]:
    peak = f"{shown.significant(quota.peak_requests_per_minute, 3)} requests a minute"
    if quota.exceeds_admission and not quota.exceeds_steady:
        reserve = f"{inputs.input_tokens_per_request + inputs.max_tokens:,f}"
        yield Caution(
            "max-tokens-throttles",
            f"The tokens fit the quota; max_tokens does not. Each request holds {reserve} tokens of quota while it "
            "runs, however short its answer. Set max_tokens close to the longest answer you need and retry with "
            "back-off: there is nothing to buy.",
        )
        if quota.held_tokens <= inputs.quota_tokens_per_minute:
            yield Caution(
                "burst-admission",
                f"If {peak} come evenly, about {shown.significant(quota.held_tokens, 3)} tokens of the quota are taken "
                "and they pass. It is when they come together that some are refused.",
            )
    if quota.exceeds_steady:
        yield Caution(
            "quota-too-small",
            f"{peak} use more tokens than the quota holds, whatever max_tokens is. Ask for more quota weeks ahead, "
            "shorten the answers, use a profile with more Regions, or a model with a lower burn-down.",
        )
    if inputs.max_tokens < inputs.output_tokens_per_request:
        yield Caution("answers-cut-off", "max_tokens is below the mean output: most answers would end in mid-sentence.")


def _of_queue(inputs: Inputs, queue: Queue) -> Iterator[Caution]:
    if not queue.concurrent_requests:
        return
    if queue.busy_ratio > HIGH_UTILISATION_RATIO:
        yield Caution("queue-near-saturation", _near_saturation(queue))
    yield Caution(
        "random-arrivals-assumed",
        "The waits hold for requests that come at random, answers of very different length and one queue in which "
        "nobody gives up. Bursts wait longer. Answers also slow down as the batch grows: measure the times at this "
        "load.",
    )
    if inputs.context_tokens < inputs.input_tokens_per_request + inputs.output_tokens_per_request:
        yield Caution(
            "request-beyond-context",
            "A request, input and output together, is longer than the context reserved for a sequence: "
            "fewer sequences fit than shown.",
        )


def _near_saturation(queue: Queue) -> str:
    """Say what a tenth more load does to the waits."""
    busy, load = shown.percent(queue.busy_ratio), queue.concurrent_requests * MORE_LOAD
    blocking = queueing.erlang_b_ratio(slots=queue.slots, offered_load=load)
    waits = queueing.wait_probability_ratio(blocking_ratio=blocking, slots=queue.slots, offered_load=load)
    if waits is None:
        then = "a tenth more load fills them, and the queue grows without end"
    else:
        mean = waits * queue.response_seconds / (queue.slots - load)
        times = shown.significant(mean / queue.mean_wait_seconds, 2)
        then = f"a tenth more load makes the mean wait {times} times as long"
    return f"{busy} of the slots are busy. Near full, queues explode: {then}."


def _of_fleet(inputs: Inputs, found: Findings) -> Iterator[Caution]:
    if found.fleet.instances == 1:
        yield Caution("no-spare-instance", "One instance has no stand-in: it fails or is updated, and nothing answers.")
    fitting, total = found.gpu.sequences_that_fit, found.gpu.tokens_per_second_total
    if fitting and inputs.slots_per_instance > fitting:
        yield Caution(
            "more-slots-than-sequences",
            f"An instance is to run {inputs.slots_per_instance:,f} requests at once, but {fitting:,f} sequences fit "
            "into its memory: shorten the context, or use fewer bytes for weights and cache.",
        )
    asked = inputs.instance_requests_per_second * inputs.output_tokens_per_request
    if total is not None and asked > total:
        yield Caution(
            "rate-beyond-bandwidth",
            f"An instance is to make {shown.significant(asked, 3)} tokens a second; its memory bandwidth allows "
            f"{shown.significant(total, 3)}. More instances are needed than shown: measure the rate of one.",
        )


def _of_gpu(inputs: Inputs, gpu: Gpu) -> Iterator[Caution]:
    if gpu.sequences_that_fit is None:
        usable = inputs.gpu_memory_gb * inputs.memory_utilisation_ratio
        needed = shown.significant(gpu.weights_gb + inputs.overhead_gb, 4)
        yield Caution(
            "weights-do-not-fit",
            f"Weights and overhead take {needed} GB and the instance has {shown.significant(usable, 4)} GB to use: "
            "the model does not run there. Take more or larger GPUs, or fewer bytes for each weight.",
        )
    elif gpu.sequences_that_fit == 0:
        yield Caution(
            "no-sequence-fits",
            f"The weights fit, but one sequence takes {shown.significant(gpu.sequence_gb, 3)} GB of cache and finds "
            "no room: shorten the context.",
        )
    step = gpu.decode_step_seconds
    if step is not None and step > inputs.inter_token_seconds:
        here, entered = shown.significant(step, 3), shown.significant(inputs.inter_token_seconds, 3)
        yield Caution(
            "batch-slows-each-token",
            f"With {gpu.sequences_that_fit:,f} sequences at once this instance takes {here} s for a token, not the "
            f"{entered} s entered. A batch makes more tokens in all, and each user waits longer for theirs: enter the "
            "times of the server you plan with.",
        )


def _of_price(inputs: Inputs, gpu: Gpu, book: PriceBook) -> Iterator[Caution]:
    """Hold a model of about 8B against the same size on the shared fleet."""
    least, most = SHARED_MODEL_SIZES
    if gpu.usd_per_mtok_output is None or not least <= inputs.parameters <= most:
        return
    shared = book.find_standard("output")
    if shared is not None and gpu.usd_per_mtok_output > shared:
        name = book.catalogue.models[SHARED_MODEL_ID].name
        yield Caution(
            "shared-fleet-is-cheaper",
            f"1M output tokens cost {shown.usd(gpu.usd_per_mtok_output)} here at best; Bedrock lists {name} at "
            f"{shown.usd(shared)}. One small GPU rarely beats the shared fleet on price.",
        )


def _note_instance_price(inputs: Inputs, book: PriceBook) -> None:
    """Keep the instance's price: the catalogue's row where it is the example's, else the reader's own."""
    row = book.catalogue.find_price(EXAMPLE_INSTANCE, SHARED_MODEL_REGION, "", "on_demand_hour")
    if row is not None and row.usd == inputs.instance_usd_per_hour:
        book.note_row(row, f"{EXAMPLE_INSTANCE}, On-Demand, {SHARED_MODEL_REGION}", UNITS["on_demand_hour"])
    else:
        book.note_own("Instance", inputs.instance_usd_per_hour, UNITS["on_demand_hour"])
