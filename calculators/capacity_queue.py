"""Capacity, the queue: how many requests run at once, how many slots they need, and who waits."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from calculators import tracing
from calculators.formulas import queueing

if TYPE_CHECKING:
    from calculators.capacity_demand import WaitInputs
    from calculators.steps import Receipt

EULER = Decimal("2.718281828459045235360287471")


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """Slots for the peak, and the waits on them."""

    response_seconds: Decimal
    tokens_per_second: Decimal | None
    concurrent_requests: Decimal
    slots: int
    wait_probability_ratio: Decimal
    mean_wait_seconds: Decimal
    tail_probability_ratio: Decimal

    @property
    def busy_ratio(self) -> Decimal:
        """Share of the slots that is busy at the peak."""
        return self.concurrent_requests / self.slots


def serve(inputs: WaitInputs, receipt: Receipt) -> Queue:
    """Return the slots that the peak needs, and the waits on them."""
    service, load = _load(inputs, receipt)
    pace = queueing.tokens_per_second(inter_token_seconds=inputs.inter_token_seconds)
    if pace is not None:
        receipt.step("tokens_per_second", pace, "tokens per second", "1 / ITL", "F43", ITL=inputs.inter_token_seconds)
    slots = _fewest_slots(inputs)
    waits, late = _waits(inputs, slots, load, receipt)
    mean = queueing.mean_wait_seconds(
        wait_probability_ratio=waits, slots=slots, offered_load=load, service_seconds=service
    )
    assert mean is not None  # noqa: S101 - there are more slots than load
    receipt.step("mean_wait_seconds", mean, "seconds", "C·S / (c − a)", "F45", C=waits, S=service, c=slots, a=load)
    return Queue(
        response_seconds=service,
        tokens_per_second=pace,
        concurrent_requests=load,
        slots=slots,
        wait_probability_ratio=waits,
        mean_wait_seconds=mean,
        tail_probability_ratio=late,
    )


def _load(inputs: WaitInputs, receipt: Receipt) -> tuple[Decimal, Decimal]:
    """Return how long an answer takes, and how many run at once."""
    service = receipt.step(
        "response_seconds",
        inputs.response_seconds,
        "seconds",
        "TTFT + max(0, T_out − 1)·ITL",
        "F43",
        TTFT=inputs.time_to_first_token_seconds,
        T_out=inputs.output_tokens_per_request,
        ITL=inputs.inter_token_seconds,
    )
    load = receipt.step(
        "concurrent_requests",
        inputs.in_flight,
        "requests",
        "λ·W",
        "F44",
        λ=inputs.peak_requests_per_second,
        W=service,
    )
    return service, load


@tracing.untraced
def _fewest_slots(inputs: WaitInputs) -> int:
    """Return the fewest slots that meet the waiting target."""
    slots = queueing.slots_needed(
        offered_load=inputs.in_flight,
        service_seconds=inputs.response_seconds,
        target_wait_seconds=inputs.target_wait_seconds,
        target_wait_probability_ratio=inputs.target_wait_probability_ratio,
    )
    assert slots is not None  # noqa: S101 - the share that may wait is above 0
    return slots


def _waits(inputs: WaitInputs, slots: int, load: Decimal, receipt: Receipt) -> tuple[Decimal, Decimal]:
    """Return the share that waits at all and the share that waits longer than the target."""
    fewer = queueing.erlang_b_ratio(slots=slots - 1, offered_load=load)
    blocking = queueing.erlang_b_ratio(slots=slots, offered_load=load)
    formula = "a·B_fewer / (c + a·B_fewer)"
    receipt.step("blocking_ratio", blocking, "ratio", formula, "F45", a=load, c=slots, B_fewer=fewer)
    waits = _wait_probability(slots, load, blocking)
    formula = "B / (1 − a/c·(1 − B))"
    receipt.step("wait_probability_ratio", waits, "ratio", formula, "F45", B=blocking, a=load, c=slots)
    late = _tail(inputs, slots, load, waits)
    _show_slots(inputs, slots, load, (fewer, late), receipt)
    receipt.step(
        "tail_probability_ratio",
        late,
        "ratio",
        "C·e^(−(c − a)·t/S)" if inputs.response_seconds else "C",
        "F45",
        C=waits,
        e=EULER,
        c=slots,
        a=load,
        t=inputs.target_wait_seconds,
        S=inputs.response_seconds,
    )
    return waits, late


def _show_slots(
    inputs: WaitInputs, slots: int, load: Decimal, found: tuple[Decimal, Decimal], receipt: Receipt
) -> None:
    """Show that the slots meet the target and one fewer does not."""
    (blocking_fewer, late), allowed = found, inputs.target_wait_probability_ratio
    assert late <= allowed  # noqa: S101 - by the search; a workbook checks it again
    symbols = {"c": Decimal(slots), "a": load, "P_c": late, "p": allowed}
    if slots - 1 > load:
        fewer = _tail(inputs, slots - 1, load, _wait_probability(slots - 1, load, blocking_fewer))
        assert fewer > allowed  # noqa: S101 - the same
        formula = "least c with P_c ≤ p, for P_fewer > p"
        symbols["P_fewer"] = fewer
    else:
        formula = "least c above a, and P_c ≤ p"
    receipt.step("slots", Decimal(slots), "slots", formula, "F45", **symbols)


def _wait_probability(slots: int, load: Decimal, blocking: Decimal) -> Decimal:
    """Return the share that waits at all."""
    found = queueing.wait_probability_ratio(blocking_ratio=blocking, slots=slots, offered_load=load)
    assert found is not None  # noqa: S101 - there are more slots than load
    return found


def _tail(inputs: WaitInputs, slots: int, load: Decimal, waits: Decimal) -> Decimal:
    """Return the share that waits longer than the target."""
    found = queueing.tail_probability_ratio(
        wait_probability_ratio=waits,
        slots=slots,
        offered_load=load,
        service_seconds=inputs.response_seconds,
        target_wait_seconds=inputs.target_wait_seconds,
    )
    assert found is not None  # noqa: S101 - there are more slots than load
    return found
