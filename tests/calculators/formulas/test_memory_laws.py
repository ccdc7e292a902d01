"""Laws of GPU memory and speed (F48 to F50): what fits, what batching does, what does not exist."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculators.formulas import memory

COUNTS = st.integers(1, 200)
GIGABYTES = st.decimals("0.01", 1_000, places=2)
BYTES = st.sampled_from([Decimal("0.5"), Decimal(1), Decimal(2), Decimal(4)])
TOLERANCE = Decimal("1e-20")


def fits(gpu: Decimal, weights: Decimal, overhead: Decimal, sequence: Decimal) -> Decimal | None:
    """Sequences that fit at 90% of the memory."""
    return memory.sequences_that_fit(
        gpu_memory_gb=gpu,
        memory_utilisation_ratio=Decimal("0.9"),
        weights_gb=weights,
        overhead_gb=overhead,
        sequence_gb=sequence,
    )


def step(weights: Decimal, sequences: int, sequence: Decimal, bandwidth: Decimal) -> Decimal:
    """A decode step, where it exists."""
    found = memory.decode_step_seconds(
        weights_gb=weights, sequences=sequences, sequence_gb=sequence, gpu_bandwidth_gb_per_second=bandwidth
    )
    assert found is not None
    return found


@given(layers=COUNTS, heads=COUNTS, dimension=COUNTS, each=BYTES)
def test_the_cache_is_proportional_to_every_factor(layers: int, heads: int, dimension: int, each: Decimal) -> None:
    """Twice the layers, heads, head size or bytes: twice the cache."""
    sizes: list[tuple[int, int, int, Decimal]] = [
        (layers, heads, dimension, each),
        (2 * layers, heads, dimension, each),
        (layers, 2 * heads, dimension, each),
        (layers, heads, 2 * dimension, each),
        (layers, heads, dimension, 2 * each),
    ]
    base, *doubled = (
        memory.kv_bytes_per_token(layers=a, kv_heads=b, head_dimension=c, bytes_per_kv=d) for a, b, c, d in sizes
    )

    assert doubled == [2 * base] * 4


@given(gpu=GIGABYTES, weights=GIGABYTES, overhead=GIGABYTES, sequence=GIGABYTES)
def test_what_fits_fits_and_one_more_does_not(
    gpu: Decimal, weights: Decimal, overhead: Decimal, sequence: Decimal
) -> None:
    """None exactly where the weights and the overhead alone are too big."""
    found, usable = fits(gpu, weights, overhead, sequence), gpu * Decimal("0.9")

    assert (found is None) is (weights + overhead > usable)
    if found is not None:
        assert weights + overhead + found * sequence <= usable < weights + overhead + (found + 1) * sequence


@given(weights=GIGABYTES, batch=COUNTS, sequence=GIGABYTES, bandwidth=GIGABYTES)
def test_a_bigger_batch_slows_each_and_speeds_up_all(
    weights: Decimal, batch: int, sequence: Decimal, bandwidth: Decimal
) -> None:
    """The weights are read once for all; the total never passes bandwidth ÷ sequence."""
    here, bigger = (step(weights, count, sequence, bandwidth) for count in (batch, batch + 1))
    total, more = (
        memory.decode_tokens_per_second(sequences=count, decode_step_seconds=each)
        for count, each in ((batch, here), (batch + 1, bigger))
    )
    assert total is not None
    assert more is not None

    assert bigger > here
    assert total < more < bandwidth / sequence


@given(weights=GIGABYTES, batch=COUNTS, sequence=GIGABYTES, bandwidth=GIGABYTES, factor=st.integers(2, 9))
def test_bandwidth_shortens_the_step_in_proportion(
    weights: Decimal, batch: int, sequence: Decimal, bandwidth: Decimal, factor: int
) -> None:
    """Twice the bandwidth, half the time."""
    slow, fast = (step(weights, batch, sequence, each) for each in (bandwidth, factor * bandwidth))

    assert abs(slow - factor * fast) <= TOLERANCE * slow


@given(parameters=st.integers(1, 10**12), tokens=st.integers(0, 10**6), factor=st.integers(2, 9))
def test_prefill_is_linear_in_the_prompt_and_in_the_model(parameters: int, tokens: int, factor: int) -> None:
    """Twice either takes twice as long."""
    once, longer, larger = (
        memory.prefill_seconds(
            parameters=each,
            input_tokens=count,
            gpu_peak_flops=10**14,
            model_flops_utilisation_ratio=Decimal("0.5"),
        )
        for each, count in ((parameters, tokens), (parameters, factor * tokens), (factor * parameters, tokens))
    )

    assert once is not None
    assert longer == larger == factor * once


@given(usd=GIGABYTES, rate=GIGABYTES, per_cent=st.integers(1, 100))
def test_the_tokens_of_an_hour_cost_the_hour(usd: Decimal, rate: Decimal, per_cent: int) -> None:
    """Price per million times the millions that are used."""
    used = Decimal(per_cent) / 100
    found = memory.usd_per_mtok_output(instance_usd_per_hour=usd, tokens_per_second=rate, utilisation_ratio=used)
    assert found is not None

    assert abs(found * rate * used * 3_600 / 1_000_000 - usd) <= TOLERANCE * usd


@pytest.mark.parametrize(("weights", "sequences"), [("20.6", 0), ("20.61", None), ("20.5", 1)])
def test_weights_that_do_not_fit_leave_no_number(weights: str, sequences: int | None) -> None:
    """Exactly full is 0 sequences; above it, nothing runs at all, and no number is negative."""
    assert fits(Decimal(24), Decimal(weights), Decimal(1), Decimal("0.1")) == sequences


def test_without_bandwidth_arithmetic_or_use_there_is_no_answer() -> None:
    """Divisions by zero give None."""
    none, one = Decimal(0), Decimal(1)

    assert fits(Decimal(24), one, one, none) is None
    assert (
        memory.decode_step_seconds(weights_gb=one, sequences=1, sequence_gb=one, gpu_bandwidth_gb_per_second=none)
        is None
    )
    assert memory.decode_tokens_per_second(sequences=1, decode_step_seconds=none) is None
    assert (
        memory.prefill_seconds(parameters=1, input_tokens=1, gpu_peak_flops=0, model_flops_utilisation_ratio=one)
        is None
    )
    assert memory.usd_per_mtok_output(instance_usd_per_hour=one, tokens_per_second=one, utilisation_ratio=none) is None


def test_a_small_share_of_the_arithmetic_still_ends() -> None:
    """Twice 1 parameter × 1 token at half an operation a second takes 4 seconds."""
    found = memory.prefill_seconds(
        parameters=1, input_tokens=1, gpu_peak_flops=1, model_flops_utilisation_ratio=Decimal("0.5")
    )

    assert found == 4
