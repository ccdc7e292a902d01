"""Capacity: the pictures that carry the decision: quota against peak, waits by load, head-room, memory."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from calculators import charts, shown, tracing
from calculators.formulas import queueing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculators.capacity import Inputs
    from calculators.capacity_fleet import Fleet
    from calculators.capacity_gpu import Gpu
    from calculators.capacity_quota import Quota
    from calculators.capacity_warnings import Findings
    from calculators.results import Chart

PEAK = "Requests at the peak"
MEAN = "Mean wait"
# Of the load that fills every slot: closer together where the curve bends.
PER_CENT_OF_FULL = (0, 50, 60, 70, 76, 80, 84, 87, 90, 92, 94, 95, 96, 97)
RAMP_POINTS = 5
PARTS = ["Weights", "Attention cache", "Overhead", "Usable", "Kept free"]


@tracing.untraced
def charts_all(inputs: Inputs, found: Findings) -> Iterator[Chart]:
    """Yield each chart for which there is something to draw."""
    if found.quota.quota_requests_per_minute is not None:
        yield _quota(found.quota)
    full = found.saturation_requests_per_second
    if full is not None and inputs.peak_requests_per_second:
        yield _waits(inputs, found, full)
    if found.fleet.headroom_requests_per_second:
        yield _headroom(inputs, found.fleet)
    yield _memory(inputs, found.gpu)


def _quota(quota: Quota) -> Chart:
    """Return what arrives at the peak beside what the two counts of the quota allow."""
    started = quota.admission_requests_per_minute
    bars = {
        PEAK: quota.peak_requests_per_minute,
        "Limit: tokens a minute": quota.quota_requests_per_minute,
        "Limit: max_tokens": started,
    }
    rows = [
        {"limit": name, "requests_per_minute": rate, "shown": shown.significant(rate, 3)}
        for name, rate in bars.items()
        if rate is not None
    ]
    limits = [rate for rate in (quota.quota_requests_per_minute, started) if rate is not None]
    peak, least = rows[0]["shown"], shown.significant(min(limits), 3)
    verb = "exceed" if quota.is_throttled else "stay within"
    return charts.bars(
        "quota-against-peak",
        "The peak against the quota",
        f"{peak} requests a minute at the peak {verb} the smaller of the two limits, {least}.",
        rows,
        category="limit",
        value="requests_per_minute",
        axis=charts.plain_axis("Requests a minute"),
        highlight=PEAK,
    )


def _waits(inputs: Inputs, found: Findings, full: Decimal) -> Chart:
    """Return the mean wait and the wait of the unlucky, from no load to nearly full."""
    slots, service = found.queue.slots, found.queue.response_seconds
    unlucky = f"Wait that {shown.percent(inputs.target_wait_probability_ratio)} exceed"
    rows: list[charts.Row] = []
    for per_cent in PER_CENT_OF_FULL:
        mean, long = _waits_at(inputs, slots, service, Decimal(slots) * per_cent / 100)
        rows += [
            {"requests_per_second": full * per_cent / 100, "wait": name, "wait_seconds": seconds}
            for name, seconds in ((MEAN, mean), (unlucky, long))
        ]
    here, busy = shown.significant(found.queue.mean_wait_seconds, 3), shown.percent(found.queue.busy_ratio)
    return charts.lines(
        "waits-by-load",
        f"Waits by load, on {slots:,} slots",
        f"At the peak {busy} of the slots are busy and the mean wait is {here} s; "
        f"at {PER_CENT_OF_FULL[-1]}% it is {shown.significant(mean, 3)} s.",
        rows,
        x="requests_per_second",
        x_axis={"title": "Requests a second (dashed: the peak entered)", "format": "~s", "tickCount": 5},
        series="wait",
        names=[MEAN, unlucky],
        value="wait_seconds",
        axis=charts.plain_axis("Seconds in the queue"),
        now=inputs.peak_requests_per_second,
    )


def _waits_at(inputs: Inputs, slots: int, service: Decimal, load: Decimal) -> tuple[Decimal, Decimal]:
    """Return the mean wait at a load, and the wait that the share allowed exceeds."""
    blocking = queueing.erlang_b_ratio(slots=slots, offered_load=load)
    waits = queueing.wait_probability_ratio(blocking_ratio=blocking, slots=slots, offered_load=load)
    assert waits is not None  # noqa: S101 - the load is below the slots
    mean = queueing.mean_wait_seconds(
        wait_probability_ratio=waits, slots=slots, offered_load=load, service_seconds=service
    )
    long = queueing.wait_quantile_seconds(
        wait_probability_ratio=waits,
        slots=slots,
        offered_load=load,
        service_seconds=service,
        share_ratio=inputs.target_wait_probability_ratio,
    )
    assert mean is not None  # noqa: S101 - the same
    assert long is not None  # noqa: S101 - the same
    return mean, long


def _headroom(inputs: Inputs, fleet: Fleet) -> Chart:
    """Return how far the load climbs while a new instance starts, and what the spare ones carry."""
    spare = fleet.headroom_instances * inputs.instance_requests_per_second * inputs.utilisation_target_ratio
    climbs, carried = "Load that is added", f"{fleet.headroom_instances:,f} spare instances carry"
    rows = []
    for point in range(RAMP_POINTS + 1):
        seconds = inputs.scale_out_seconds * point / RAMP_POINTS
        added = seconds * inputs.ramp_requests_per_second_squared
        rows += [
            {"seconds": seconds, "capacity": name, "requests_per_second": rate}
            for name, rate in ((climbs, added), (carried, spare))
        ]
    growth = shown.significant(fleet.headroom_requests_per_second, 3)
    time = shown.significant(inputs.scale_out_seconds, 3)
    return charts.lines(
        "headroom",
        "While a new instance starts",
        f"In the {time} s until a new instance answers the load grows by {growth} requests a second: "
        f"{fleet.headroom_instances:,f} spare instances carry that.",
        rows,
        x="seconds",
        x_axis=charts.plain_axis("Seconds since the load began to climb"),
        series="capacity",
        names=[climbs, carried],
        value="requests_per_second",
        axis=charts.plain_axis("Requests a second"),
    )


def _memory(inputs: Inputs, gpu: Gpu) -> Chart:
    """Return what the requests of one instance need beside what its memory holds."""
    usable = inputs.gpu_memory_gb * inputs.memory_utilisation_ratio
    cache = gpu.sequence_gb * inputs.slots_per_instance
    needed = gpu.weights_gb + inputs.overhead_gb + cache
    need = f"Needed for {inputs.slots_per_instance:,f} requests"
    bars = [
        (need, "Weights", gpu.weights_gb),
        (need, "Attention cache", cache),
        (need, "Overhead", inputs.overhead_gb),
        ("GPU memory", "Usable", usable),
        ("GPU memory", "Kept free", inputs.gpu_memory_gb - usable),
    ]
    rows = [
        {"memory": bar, "part": part, "order": PARTS.index(part), "gigabytes": gigabytes}
        for bar, part, gigabytes in bars
    ]
    fits = "fit into" if needed <= usable else "do not fit into"
    return charts.stacked_bars(
        "memory",
        "Memory of one instance",
        f"{inputs.slots_per_instance:,f} requests at once need {shown.significant(needed, 3)} GB and {fits} the "
        f"{shown.significant(usable, 3)} GB that the server may use.",
        rows,
        category="memory",
        part="part",
        parts=PARTS,
        value="gigabytes",
        axis=charts.plain_axis("GB"),
    )
