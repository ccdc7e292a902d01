"""Capacity against other people's programs and fractions, its laws, and any input within its limits."""

from __future__ import annotations

import importlib
import json
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

import calculators
from calculators import InputError, capacity
from calculators.fields import specs

if TYPE_CHECKING:
    from calculators.entries import Spec

COUNTS = st.integers(1, 10**6)
HUNDREDTHS = st.integers(1, 10_000)
LOAD = ("peak_requests_per_second", "output_tokens_per_request", "time_to_first_token_seconds", "inter_token_seconds")


def sized(**facts: Any) -> capacity.Result:
    return capacity.calculate(capacity.Inputs(**facts))


def in_fractions(facts: dict[str, Any]) -> dict[str, Fraction | int | None]:
    """Work out the quota, the memory and the price of tokens a second time, in fractions."""
    f = {name: Fraction(value) for name, value in facts.items()}
    sent, answered = f["input_tokens_per_request"], f["output_tokens_per_request"]
    settle, reserve = sent + f["output_burndown"] * answered, sent + f["max_tokens"]
    is_throttled = 60 * f["peak_requests_per_second"] * max(settle, reserve) > f["quota_tokens_per_minute"]
    weights = f["parameters"] * f["bytes_per_weight"]
    per_token = 2 * f["layers"] * f["kv_heads"] * f["head_dimension"] * f["bytes_per_kv"]
    sequence = per_token * f["context_tokens"]
    free = 10**9 * (f["gpu_memory_gb"] * f["memory_utilisation_ratio"] - f["overhead_gb"]) - weights
    fitting = None if free < 0 else free // sequence
    usd = None
    if fitting:
        seconds = (weights + fitting * sequence) / (f["gpu_bandwidth_gb_per_second"] * 10**9)
        tokens_per_hour = 3_600 * fitting / seconds * f["utilisation_target_ratio"]
        usd = f["instance_usd_per_hour"] / tokens_per_hour * 10**6
    return {
        "quota_requests_per_minute": f["quota_tokens_per_minute"] / settle,
        "admission_requests_per_minute": f["quota_tokens_per_minute"] / reserve,
        "is_throttled": int(is_throttled),
        "weights_gb": weights / 10**9,
        "kv_bytes_per_token": per_token,
        "sequences_that_fit": fitting,
        "usd_per_mtok_output": usd,
    }


def same(found: Any, expected: Any) -> bool:
    """Whether a result is the fraction, to 15 digits."""
    if expected is None or found is None:
        return found is expected
    return abs(Fraction(found) - Fraction(expected)) <= abs(Fraction(expected)) / 10**15


@settings(max_examples=1_000)
@given(
    load=st.tuples(HUNDREDTHS, COUNTS, COUNTS, COUNTS),
    quota=st.tuples(st.integers(1, 10**10), st.sampled_from([1, 5, 10, 15])),
    model=st.tuples(st.integers(10**6, 10**11), st.integers(1, 4), st.integers(1, 200), st.integers(1, 64)),
    memory=st.tuples(st.integers(1, 400), st.integers(50, 100), st.integers(0, 10), st.integers(1, 10**5)),
    price=st.tuples(HUNDREDTHS, st.integers(1, 100)),
)
def test_quota_memory_and_price_equal_an_oracle_in_fractions(
    load: tuple[int, int, int, int],
    quota: tuple[int, int],
    model: tuple[int, int, int, int],
    memory: tuple[int, int, int, int],
    price: tuple[int, int],
) -> None:
    facts = {
        "peak_requests_per_second": Decimal(load[0]) / 100,
        "input_tokens_per_request": load[1],
        "output_tokens_per_request": load[2],
        "max_tokens": load[3],
        "quota_tokens_per_minute": quota[0],
        "output_burndown": quota[1],
        "utilisation_target_ratio": Decimal(price[1]) / 100,
        "instance_usd_per_hour": Decimal(price[0]) / 100,
        "parameters": model[0],
        "bytes_per_weight": Decimal(model[1]) / 2,
        "bytes_per_kv": Decimal(model[1]) / 2,
        "layers": model[2],
        "kv_heads": model[3],
        "head_dimension": 64,
        "context_tokens": memory[3],
        "gpu_memory_gb": memory[0],
        "memory_utilisation_ratio": Decimal(memory[1]) / 100,
        "overhead_gb": memory[2],
        "gpu_bandwidth_gb_per_second": 1_000,
    }
    assume(load[0] * load[2] < 10**9)  # or too many would be in flight
    result = sized(**facts, inter_token_seconds=Decimal("0.0001"))
    expected = in_fractions(facts)
    assert [name for name, value in expected.items() if not same(getattr(result, name), value)] == []


@pytest.mark.native
@settings(max_examples=1_000)
@given(
    peak=st.decimals("0.01", 20, places=2),
    answered=st.integers(1, 800),
    target=st.decimals("0.1", 8, places=1),
    late=st.decimals("0.001", "0.4", places=3),
)
def test_the_queue_agrees_with_pyworkforce(peak: Decimal, answered: int, target: Decimal, late: Decimal) -> None:
    found = sized(
        peak_requests_per_second=peak,
        output_tokens_per_request=answered,
        target_wait_seconds=target,
        target_wait_probability_ratio=late,
    )
    room = importlib.import_module("pyworkforce.queuing").ErlangC(
        transactions=float(peak), aht=float(found.response_seconds), asa=float(target), interval=1
    )
    slots = int(found.slots)
    assert float(found.wait_probability_ratio) == pytest.approx(room.waiting_probability(slots), rel=1e-9)
    assert float(found.tail_probability_ratio) == pytest.approx(1 - room.service_level(slots), rel=1e-6, abs=1e-12)
    assert 1 - room.service_level(slots) <= float(late) * (1 + 1e-9)
    fewer = slots - 1
    assert fewer <= found.concurrent_requests or 1 - room.service_level(fewer) > float(late) * (1 - 1e-9)


@given(
    peak=st.decimals("0.1", 50, places=1),
    each=st.decimals("0.1", 20, places=1),
    used=st.decimals("0.05", 1, places=2),
    at_once=st.integers(1, 200),
)
def test_instances_carry_the_rate_and_the_slots_and_one_fewer_does_not(
    peak: Decimal, each: Decimal, used: Decimal, at_once: int
) -> None:
    found = sized(
        peak_requests_per_second=peak,
        instance_requests_per_second=each,
        utilisation_target_ratio=used,
        slots_per_instance=at_once,
    )

    def carries(instances: Decimal) -> bool:
        return instances * each * used >= peak and instances * at_once >= found.slots

    assert carries(found.instances)
    assert not carries(found.instances - 1)


@given(quota=st.integers(0, 10**8), most=st.integers(1, 10**5))
def test_more_quota_or_a_smaller_max_tokens_never_throttles(quota: int, most: int) -> None:
    here = sized(quota_tokens_per_minute=quota, max_tokens=most).is_throttled
    assert sized(quota_tokens_per_minute=2 * quota, max_tokens=most).is_throttled <= here
    assert sized(quota_tokens_per_minute=quota, max_tokens=most // 2 or 1).is_throttled <= here


def anything(name: str, spec: Spec) -> st.SearchStrategy[Decimal]:
    """Draw a limit, the default, or a number of any size between the limits."""
    least, most = spec.minimum, spec.maximum
    assert least is not None
    assert most is not None
    sizes = st.tuples(st.integers(0, 99), st.integers(0, 20)).map(
        lambda drawn: least + (most - least) * drawn[0] / 100 / Decimal(10) ** drawn[1]
    )
    values = st.one_of(st.sampled_from([least, most, getattr(capacity.Inputs(), name)]), sizes)
    if name in LOAD:  # else nearly every load would be refused as too great
        values = st.one_of(
            st.just(getattr(capacity.Inputs(), name)), st.just(least), sizes.map(lambda each: each / 1_000)
        )
    return values.map(lambda each: each.to_integral_value() if spec.is_whole else each)


@settings(max_examples=300)
@given(facts=st.fixed_dictionaries({name: anything(name, spec) for name, spec in specs(capacity.Inputs).items()}))
def test_any_input_within_its_limits_gives_a_result_or_a_refusal(facts: dict[str, Decimal]) -> None:
    try:
        result = calculators.run("capacity", facts)
    except InputError as refused:
        event("refused")
        assert "would run at the same time" in str(refused)  # noqa: PT017 - the only reason to refuse
        return
    event("answered")
    json.dumps(result, allow_nan=False)
    outputs = result["outputs"]
    assert all(value is None or value >= 0 for name, value in outputs.items() if name != "flips")
    assert outputs["slots"] > outputs["concurrent_requests"]
    assert outputs["tail_probability_ratio"] <= facts["target_wait_probability_ratio"] * (1 + Decimal("1e-12"))


def test_the_answer_gives_its_figures_in_three_digits() -> None:
    """0.20025 requests a second are 12.015 a minute, and a quota of 20,000 tokens carries 3.6363 of 5,500 tokens."""
    inputs = capacity.Inputs(
        target_wait_seconds=Decimal("1.2345"),
        peak_requests_per_second=Decimal("0.20025"),
        quota_tokens_per_minute=Decimal(20_000),
    )
    told = capacity.answer(inputs, capacity.calculate(inputs))
    assert "wait over 1.23 s." in told
    assert "12 requests a minute at the peak; the quota carries 3.64." in told
