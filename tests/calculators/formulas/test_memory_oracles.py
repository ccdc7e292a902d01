"""GPU memory and speed against whole bytes and exact fractions (F48 to F50)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from calculators.formulas import memory

a_thousand_cases = settings(max_examples=1_000, deadline=None)
GB = 10**9
HALF_BYTES = st.sampled_from([1, 2, 4, 8])  # INT4, INT8, bf16, fp32 in halves of a byte


def is_exactly(value: Decimal | None, expected: Fraction) -> bool:
    """Whether a Decimal is the fraction, to the 28 digits that Decimal keeps."""
    return value is not None and abs(Fraction(value) - expected) <= abs(expected) / 10**25


@a_thousand_cases
@given(
    shape=st.tuples(st.integers(1, 6), st.integers(1, 4), st.integers(1, 8)),
    half_bytes=HALF_BYTES,
    context=st.integers(1, 5_000),
)
def test_the_cache_filled_number_by_number(shape: tuple[int, int, int], half_bytes: int, context: int) -> None:
    """A key and a value for each layer, head and place in the head."""
    layers, heads, dimension = shape
    halves = 0
    for _ in range(layers):
        for _ in range(heads):
            halves += (dimension + dimension) * half_bytes
    per_token = memory.kv_bytes_per_token(
        layers=layers, kv_heads=heads, head_dimension=dimension, bytes_per_kv=Decimal(half_bytes) / 2
    )

    assert 2 * per_token == halves
    sequence = memory.sequence_gb(kv_bytes_per_token=per_token, context_tokens=context)
    assert is_exactly(sequence, Fraction(halves * context, 2 * GB))


@a_thousand_cases
@given(
    memory_mb=st.integers(1_000, 40_000),
    weights_mb=st.integers(1, 40_000),
    overhead_mb=st.integers(0, 4_000),
    sequence_mb=st.integers(50, 5_000),
    per_cent=st.integers(50, 100),
)
def test_sequences_loaded_one_after_another(
    memory_mb: int, weights_mb: int, overhead_mb: int, sequence_mb: int, per_cent: int
) -> None:
    """In hundredths of a megabyte, until the next one is too big."""
    free = memory_mb * per_cent - 100 * (weights_mb + overhead_mb)
    loaded: int | None = None
    if free >= 0:
        loaded = 0
        while free >= 100 * sequence_mb:
            free -= 100 * sequence_mb
            loaded += 1
    found = memory.sequences_that_fit(
        gpu_memory_gb=Decimal(memory_mb) / 1_000,
        memory_utilisation_ratio=Decimal(per_cent) / 100,
        weights_gb=Decimal(weights_mb) / 1_000,
        overhead_gb=Decimal(overhead_mb) / 1_000,
        sequence_gb=Decimal(sequence_mb) / 1_000,
    )

    assert found == loaded


@a_thousand_cases
@given(
    parameters=st.integers(1, 10**12),
    half_bytes=HALF_BYTES,
    batch=st.tuples(st.integers(1, 500), st.integers(0, 5_000)),
    bandwidth=st.integers(1, 20_000),
    hour=st.tuples(st.integers(1, 10_000), st.integers(1, 100)),
)
def test_an_hour_of_decoding_in_exact_fractions(
    parameters: int, half_bytes: int, batch: tuple[int, int], bandwidth: int, hour: tuple[int, int]
) -> None:
    """Bytes read for one step, steps in an hour, tokens of an hour, dollars for a million of them."""
    (sequences, sequence_mb), (cents, per_cent) = batch, hour
    read = Fraction(parameters * half_bytes, 2) + sequences * sequence_mb * Fraction(10**6)
    steps_per_hour = 3_600 * bandwidth * GB / read
    usd = Fraction(cents, 100) / (steps_per_hour * sequences * Fraction(per_cent, 100)) * 10**6
    weights = memory.weights_gb(parameters=parameters, bytes_per_weight=Decimal(half_bytes) / 2)
    step = memory.decode_step_seconds(
        weights_gb=weights,
        sequences=sequences,
        sequence_gb=Decimal(sequence_mb) / 1_000,
        gpu_bandwidth_gb_per_second=Decimal(bandwidth),
    )
    assert step is not None
    rate = memory.decode_tokens_per_second(sequences=sequences, decode_step_seconds=step)
    assert rate is not None
    found = memory.usd_per_mtok_output(
        instance_usd_per_hour=Decimal(cents) / 100, tokens_per_second=rate, utilisation_ratio=Decimal(per_cent) / 100
    )

    assert is_exactly(step, read / (bandwidth * GB))
    assert is_exactly(found, usd)


@a_thousand_cases
@given(
    parameters=st.integers(1, 10**12),
    tokens=st.integers(0, 10**6),
    teraflops=st.integers(1, 5_000),
    per_cent=st.integers(1, 100),
)
def test_a_prompt_multiplied_through(parameters: int, tokens: int, teraflops: int, per_cent: int) -> None:
    """One multiplication and one addition for each weight and token."""
    operations = tokens * (parameters + parameters)
    found = memory.prefill_seconds(
        parameters=parameters,
        input_tokens=tokens,
        gpu_peak_flops=teraflops * 10**12,
        model_flops_utilisation_ratio=Decimal(per_cent) / 100,
    )

    assert is_exactly(found, Fraction(operations * 100, teraflops * 10**12 * per_cent))
