"""Capacity, the queue: how many requests run at once, how many slots they need, and who waits."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

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
    slots = _slots(inputs, load, receipt)
    blocking = _blocking(slots, load, receipt)
    waits = _waits(slots, load)
    mean = queueing.mean_wait_seconds(
        wait_probability_ratio=waits, slots=slots, offered_load=load, service_seconds=service
    )
    assert mean is not None  # noqa: S101 - there are more slots than load
    late = _tail(inputs, slots, load)
    receipt.step("wait_probability_ratio", waits, "ratio", "B / (1 − a/c·(1 − B))", "F45", B=blocking, a=load, c=slots)
    receipt.step("mean_wait_seconds", mean, "seconds", "C·S / (c − a)", "F45", C=waits, S=service, c=slots, a=load)
    symbols = {"C": waits, "e": EULER, "c": Decimal(slots), "a": load, "t": inputs.target_wait_seconds, "S": service}
    formula = "C·e^(−(c − a)·t/S)" if service else "C"
    receipt.step("tail_probability_ratio", late, "ratio", formula, "F45", **symbols)
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


def _slots(inputs: WaitInputs, load: Decimal, receipt: Receipt) -> int:
    """Return the fewest slots that meet the waiting target."""
    slots = queueing.slots_needed(
        offered_load=load,
        service_seconds=inputs.response_seconds,
        target_wait_seconds=inputs.target_wait_seconds,
        target_wait_probability_ratio=inputs.target_wait_probability_ratio,
    )
    assert slots is not None  # noqa: S101 - the share that may wait is above 0
    symbols = {
        "c": Decimal(slots),
        "a": load,
        "P_c": _tail(inputs, slots, load),
        "p": inputs.target_wait_probability_ratio,
    }
    if slots - 1 > load:
        formula = "least c with P_c ≤ p, for P_fewer > p"
        symbols["P_fewer"] = _tail(inputs, slots - 1, load)
    else:
        formula = "least c above a, and P_c ≤ p"
    receipt.step("slots", Decimal(slots), "slots", formula, "F45", **symbols)
    return slots


def _blocking(slots: int, load: Decimal, receipt: Receipt) -> Decimal:
    """Return Erlang B, the step on the way to Erlang C."""
    found = queueing.erlang_b_ratio(slots=slots, offered_load=load)
    fewer = queueing.erlang_b_ratio(slots=slots - 1, offered_load=load)
    return receipt.step(
        "blocking_ratio", found, "ratio", "a·B_fewer / (c + a·B_fewer)", "F45", a=load, c=slots, B_fewer=fewer
    )


def _waits(slots: int, load: Decimal) -> Decimal:
    """Return the share that waits at all."""
    found = queueing.wait_probability_ratio(slots=slots, offered_load=load)
    assert found is not None  # noqa: S101 - there are more slots than load
    return found


def _tail(inputs: WaitInputs, slots: int, load: Decimal) -> Decimal:
    """Return the share that waits longer than the target."""
    found = queueing.tail_probability_ratio(
        wait_probability_ratio=_waits(slots, load),
        slots=slots,
        offered_load=load,
        service_seconds=inputs.response_seconds,
        target_wait_seconds=inputs.target_wait_seconds,
    )
    assert found is not None  # noqa: S101 - there are more slots than load
    return found
