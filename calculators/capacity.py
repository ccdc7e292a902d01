"""Capacity: does the quota carry the peak, how many slots and instances does it need, does the model fit?

Three things are kept apart: the quota of the shared fleet, the queue before the slots, and the
GPU of an instance of one's own. Formulas F09 and F43 to F50.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from calculators import capacity_charts, capacity_fleet, capacity_gpu, capacity_queue, capacity_quota, shown
from calculators import catalogue as prices_and_offers
from calculators.capacity_hosting import GpuInputs
from calculators.capacity_warnings import Findings, warnings
from calculators.results import Result as BaseResult
from calculators.results import exact, output
from calculators.steps import Receipt

if TYPE_CHECKING:
    from calculators.catalogue import Catalogue

NAME = "capacity"
VERSION = 1
TITLE = "Capacity"
QUESTION = "Does the quota carry the peak, how long do requests wait, and what would instances of your own need?"
OPEN_GROUPS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs(GpuInputs):
    """The peak, the quota, the waiting target, and the instances that could serve the peak instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result(BaseResult):
    """The quota, the queue, the fleet and the GPU; None where nothing runs."""

    is_throttled: bool = output("Throttled by the quota at the peak", "yes or no")
    quota_requests_per_minute: Decimal | None = output("Requests a minute that the quota carries", "per minute")
    admission_requests_per_minute: Decimal | None = output("Requests that max_tokens lets start at once", "per minute")
    response_seconds: Decimal = output("Response time without a queue, seconds", "seconds")
    tokens_per_second: Decimal | None = output("Pace of one answer, tokens a second", "tokens per second")
    concurrent_requests: Decimal = output("Requests in flight at the peak", "requests")
    slots: Decimal = output("Slots that meet the waiting target", "slots")
    wait_probability_ratio: Decimal = output("Requests that wait at all", "ratio")
    mean_wait_seconds: Decimal = output("Mean wait, seconds", "seconds")
    tail_probability_ratio: Decimal = output("Requests that wait longer than the target", "ratio")
    instances: Decimal = output("Instances for the peak", "instances")
    headroom_instances: Decimal = output("Spare instances while the load climbs", "instances")
    usd_per_month: Decimal = output("The instances for the peak, all month", "USD per month")
    weights_gb: Decimal = output("Weights, GB", "GB")
    kv_bytes_per_token: Decimal = output("Attention cache of one token, bytes", "bytes per token")
    sequences_that_fit: Decimal | None = output("Sequences that fit beside the weights", "sequences")
    decode_step_seconds: Decimal | None = output("One token for each of them, seconds at least", "seconds")
    tokens_per_second_per_sequence: Decimal | None = output("Each sequence, tokens a second at most", "per second")
    tokens_per_second_total: Decimal | None = output("The instance, tokens a second at most", "per second")
    prefill_seconds: Decimal | None = output("Time to read one prompt, seconds", "seconds")
    usd_per_mtok_output: Decimal | None = output("1M output tokens on the instance, at least", "USD per 1M tokens")
    flips: tuple[capacity_quota.Flip, ...] = output("What decides about throttling")


@exact
def calculate(inputs: Inputs, catalogue: Catalogue | None = None, *, is_quiet: bool = False) -> Result:
    """Return what the peak needs of the quota, of slots, of instances and of a GPU.

    Quiet, it leaves out steps and charts. Source: F09 and F43 to F50 of the formula reference.

    >>> result = calculate(Inputs())
    >>> result.is_throttled, result.slots, result.instances
    (True, Decimal('46'), Decimal('6'))
    """
    receipt = Receipt(is_quiet=is_quiet)
    quota, queue = capacity_quota.judge(inputs, receipt), capacity_queue.serve(inputs, receipt)
    found = Findings(
        quota=quota,
        queue=queue,
        fleet=capacity_fleet.size(inputs, queue.slots, receipt),
        gpu=capacity_gpu.fill(inputs, receipt),
        catalogue=catalogue or prices_and_offers.load(),
    )
    flips = tuple(capacity_quota.flips(inputs, receipt))
    told, prices = warnings(inputs, found)
    drawn = () if is_quiet else tuple(capacity_charts.charts_all(inputs, found))
    return replace(_result(found), flips=flips, steps=tuple(receipt.steps), prices=prices, warnings=told, charts=drawn)


@exact
def answer(inputs: Inputs, result: Result) -> str:
    """Return the quota's verdict, then what instances of one's own would take."""
    late, target = shown.percent(result.tail_probability_ratio), shown.significant(inputs.target_wait_seconds, 3)
    slots = f"{result.slots:,f} slot{'' if result.slots == 1 else 's'}"
    waits = f"On {slots} {late} of the requests wait over {target} s"
    own = f"Own instances for the peak: {result.instances:,f}, {shown.usd(result.usd_per_month)} a month."
    if not result.sequences_that_fit:
        own = "The model does not fit the instance entered."
    return f"{_verdict(inputs)} {waits}. {own}"


def _verdict(inputs: Inputs) -> str:
    """Say whether the quota throttles the peak, and by which count."""
    quota = capacity_quota.judge(inputs, Receipt(is_quiet=True))
    peak = f"{shown.significant(quota.peak_requests_per_minute, 3)} requests a minute at the peak"
    carried, started = quota.quota_requests_per_minute, quota.admission_requests_per_minute
    carries = "" if carried is None else f"; the quota carries {shown.significant(carried, 3)}"
    if quota.exceeds_steady:
        return f"Throttled by tokens a minute: {peak}{carries}."
    if quota.exceeds_admission and started is not None:
        only = f"max_tokens of {inputs.max_tokens:,f} lets {shown.significant(started, 3)} start at once"
        return f"Throttled by max_tokens: {peak}; {only}."
    return f"Not throttled: {peak}{carries}."


def _result(found: Findings) -> Result:
    """Return the outputs, without what explains them."""
    quota, queue, fleet, gpu = found.quota, found.queue, found.fleet, found.gpu
    return Result(
        is_throttled=quota.is_throttled,
        quota_requests_per_minute=quota.quota_requests_per_minute,
        admission_requests_per_minute=quota.admission_requests_per_minute,
        response_seconds=queue.response_seconds,
        tokens_per_second=queue.tokens_per_second,
        concurrent_requests=queue.concurrent_requests,
        slots=Decimal(queue.slots),
        wait_probability_ratio=queue.wait_probability_ratio,
        mean_wait_seconds=queue.mean_wait_seconds,
        tail_probability_ratio=queue.tail_probability_ratio,
        instances=fleet.instances,
        headroom_instances=fleet.headroom_instances,
        usd_per_month=fleet.usd_per_month,
        weights_gb=gpu.weights_gb,
        kv_bytes_per_token=gpu.kv_bytes_per_token,
        sequences_that_fit=gpu.sequences_that_fit,
        decode_step_seconds=gpu.decode_step_seconds,
        tokens_per_second_per_sequence=gpu.tokens_per_second_per_sequence,
        tokens_per_second_total=gpu.tokens_per_second_total,
        prefill_seconds=gpu.prefill_seconds,
        usd_per_mtok_output=gpu.usd_per_mtok_output,
        flips=(),
        steps=(),
        prices=(),
        warnings=(),
        charts=(),
    )
