"""The worked examples of GPU memory and speed (F48 to F50), to the digits published with them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Context, Decimal

import pytest

from calculators.formulas import memory

PARAMETERS_8B, PARAMETERS_70B = 8_030_000_000, 70_600_000_000


@dataclass(frozen=True)
class Format:
    """An 8B model on a 24 GB L4, in one number format; contexts of 4,096 tokens."""

    bytes_each: int

    @property
    def weights_gb(self) -> Decimal:
        """Weights of 8.03 thousand million parameters."""
        return memory.weights_gb(parameters=PARAMETERS_8B, bytes_per_weight=Decimal(self.bytes_each))

    @property
    def sequence_gb(self) -> Decimal:
        """32 layers, 8 key and value heads of 128."""
        per_token = memory.kv_bytes_per_token(
            layers=32, kv_heads=8, head_dimension=128, bytes_per_kv=Decimal(self.bytes_each)
        )
        return memory.sequence_gb(kv_bytes_per_token=per_token, context_tokens=4_096)

    @property
    def sequences(self) -> Decimal | None:
        """90% of the memory, less 1 GB."""
        return memory.sequences_that_fit(
            gpu_memory_gb=Decimal(24),
            memory_utilisation_ratio=Decimal("0.9"),
            weights_gb=self.weights_gb,
            overhead_gb=Decimal(1),
            sequence_gb=self.sequence_gb,
        )

    def step_seconds(self, sequences: Decimal | int) -> Decimal:
        """At 300 GB a second."""
        found = memory.decode_step_seconds(
            weights_gb=self.weights_gb,
            sequences=sequences,
            sequence_gb=self.sequence_gb,
            gpu_bandwidth_gb_per_second=Decimal(300),
        )
        assert found is not None
        return found


BF16, FP8 = Format(2), Format(1)


def six_digits(value: Decimal | None) -> Decimal:
    """Round to six significant digits, as the examples are printed."""
    assert value is not None
    return Context(prec=6).create_decimal(value)


def kv_of_70b(heads: int) -> Decimal:
    """80 layers, heads of 128, bf16."""
    return memory.kv_bytes_per_token(layers=80, kv_heads=heads, head_dimension=128, bytes_per_kv=Decimal(2))


def test_f48_a_70b_keeps_327_680_bytes_a_token() -> None:
    """1.34 GB at 4,096 tokens, 42.9 GB at 131,072."""
    assert kv_of_70b(8) == 327_680
    assert memory.sequence_gb(kv_bytes_per_token=kv_of_70b(8), context_tokens=4_096) == Decimal("1.342177280")
    found = memory.sequence_gb(kv_bytes_per_token=kv_of_70b(8), context_tokens=131_072)
    assert six_digits(found) == Decimal("42.9497")


def test_f48_query_heads_give_eight_times_too_much() -> None:
    """The hidden size of 8,192 is 64 query heads of 128."""
    wrong = memory.sequence_gb(kv_bytes_per_token=kv_of_70b(64), context_tokens=131_072)

    assert six_digits(wrong) == Decimal("343.597")
    assert wrong == 8 * memory.sequence_gb(kv_bytes_per_token=kv_of_70b(8), context_tokens=131_072)


def test_f48_an_8b_in_bf16_leaves_room_for_eight_sequences_on_24_gb() -> None:
    """16.06 GB of weights, 0.537 GB a sequence of 4,096."""
    assert BF16.weights_gb == Decimal("16.06")
    assert six_digits(BF16.sequence_gb) == Decimal("0.536871")
    assert BF16.sequences == 8


def test_f48_fp8_makes_it_46() -> None:
    """Half the weights and half the cache."""
    assert FP8.sequences == 46


@pytest.mark.parametrize(("bytes_per_weight", "gb"), [("2", "141.2"), ("0.5", "35.3")])
def test_f48_weights_of_a_70b(bytes_per_weight: str, gb: str) -> None:
    """In bf16 and in INT4."""
    found = memory.weights_gb(parameters=PARAMETERS_70B, bytes_per_weight=Decimal(bytes_per_weight))

    assert found == Decimal(gb)


def test_f48_ten_sequences_of_a_70b_on_four_gpus_of_48_gb() -> None:
    """2.68 GB each at 8,192 tokens; 1 GB overhead on each GPU."""
    each = memory.sequence_gb(kv_bytes_per_token=kv_of_70b(8), context_tokens=8_192)
    found = memory.sequences_that_fit(
        gpu_memory_gb=Decimal(4 * 48),
        memory_utilisation_ratio=Decimal("0.9"),
        weights_gb=Decimal("141.2"),
        overhead_gb=Decimal(4),
        sequence_gb=each,
    )

    assert six_digits(each) == Decimal("2.68435")
    assert found == 10


def test_f49_a_single_sequence_gets_18_tokens_a_second() -> None:
    """With the cache still empty: the weights alone are read."""
    step = memory.decode_step_seconds(
        weights_gb=BF16.weights_gb, sequences=1, sequence_gb=Decimal(0), gpu_bandwidth_gb_per_second=Decimal(300)
    )
    assert step is not None

    assert six_digits(memory.decode_tokens_per_second(sequences=1, decode_step_seconds=step)) == Decimal("18.6800")


def test_f49_eight_sequences_get_14_tokens_a_second_each_and_118_together() -> None:
    """The step grows by a quarter, the total by eight."""
    step = BF16.step_seconds(8)
    each = memory.decode_tokens_per_second(sequences=1, decode_step_seconds=step)
    together = memory.decode_tokens_per_second(sequences=8, decode_step_seconds=step)

    assert six_digits(step) == Decimal("0.0678499")
    assert six_digits(each) == Decimal("14.7384")
    assert six_digits(together) == Decimal("117.907")


def test_f49_a_prompt_of_2_000_tokens_is_read_in_half_a_second() -> None:
    """At half of 121 TFLOP/s."""
    found = memory.prefill_seconds(
        parameters=PARAMETERS_8B,
        input_tokens=2_000,
        gpu_peak_flops=121 * 10**12,
        model_flops_utilisation_ratio=Decimal("0.5"),
    )

    assert six_digits(found) == Decimal("0.530909")


@pytest.mark.parametrize(("form", "usd"), [(BF16, "3.83854"), (FP8, "0.668329")])
def test_f50_a_million_output_tokens_on_an_l4(form: Format, usd: str) -> None:
    """$0.9776 an hour, 60% used, as many sequences as fit."""
    assert form.sequences is not None
    rate = memory.decode_tokens_per_second(
        sequences=form.sequences, decode_step_seconds=form.step_seconds(form.sequences)
    )
    assert rate is not None
    found = memory.usd_per_mtok_output(
        instance_usd_per_hour=Decimal("0.9776"), tokens_per_second=rate, utilisation_ratio=Decimal("0.6")
    )

    assert six_digits(found) == Decimal(usd)
