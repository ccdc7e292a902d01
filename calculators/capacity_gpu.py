"""Capacity, the GPU: what fits into the memory of one instance, how fast it answers, what its tokens cost."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from calculators.formulas import memory

if TYPE_CHECKING:
    from calculators.capacity_hosting import GpuInputs
    from calculators.steps import Receipt

PREFILL_FLOPS_UTILISATION_RATIO = Decimal("0.5")  # what servers reach of the data sheet's peak on long prompts


@dataclass(frozen=True, slots=True, kw_only=True)
class Gpu:
    """What one instance holds and does; None for what it can't do because the model does not fit."""

    weights_gb: Decimal
    kv_bytes_per_token: Decimal
    sequence_gb: Decimal
    sequences_that_fit: Decimal | None = None
    decode_step_seconds: Decimal | None = None
    tokens_per_second_per_sequence: Decimal | None = None
    tokens_per_second_total: Decimal | None = None
    prefill_seconds: Decimal | None = None
    usd_per_mtok_output: Decimal | None = None


def fill(inputs: GpuInputs, receipt: Receipt) -> Gpu:
    """Return what fits into the memory of one instance, and how fast it then answers."""
    weights, per_token, sequence = _memory(inputs, receipt)
    sequences = memory.sequences_that_fit(
        gpu_memory_gb=inputs.gpu_memory_gb,
        memory_utilisation_ratio=inputs.memory_utilisation_ratio,
        weights_gb=weights,
        overhead_gb=inputs.overhead_gb,
        sequence_gb=sequence,
    )
    if sequences is not None:
        symbols = {"util": inputs.memory_utilisation_ratio, "VRAM": inputs.gpu_memory_gb, "sequence": sequence}
        formula = "floor((util·VRAM − weights − overhead) / sequence)"
        symbols |= {"weights": weights, "overhead": inputs.overhead_gb}
        receipt.step("sequences_that_fit", sequences, "sequences", formula, "F48", **symbols)
    if not sequences:
        return Gpu(weights_gb=weights, kv_bytes_per_token=per_token, sequence_gb=sequence, sequences_that_fit=sequences)
    step, each, total = _decode(inputs, weights, sequence, sequences, receipt)
    return Gpu(
        weights_gb=weights,
        kv_bytes_per_token=per_token,
        sequence_gb=sequence,
        sequences_that_fit=sequences,
        decode_step_seconds=step,
        tokens_per_second_per_sequence=each,
        tokens_per_second_total=total,
        prefill_seconds=_prefill(inputs, receipt),
        usd_per_mtok_output=_price(inputs, total, receipt),
    )


def _memory(inputs: GpuInputs, receipt: Receipt) -> tuple[Decimal, Decimal, Decimal]:
    """Return the GB of the weights, the bytes of one cached token and the GB of one sequence."""
    weights = memory.weights_gb(parameters=inputs.parameters, bytes_per_weight=inputs.bytes_per_weight)
    symbols = {"N": inputs.parameters, "b": inputs.bytes_per_weight}
    receipt.step("weights_gb", weights, "GB", "N·b / 10^9", "F48", **symbols)
    per_token = memory.kv_bytes_per_token(
        layers=inputs.layers,
        kv_heads=inputs.kv_heads,
        head_dimension=inputs.head_dimension,
        bytes_per_kv=inputs.bytes_per_kv,
    )
    symbols = {"L": inputs.layers, "H": inputs.kv_heads, "D": inputs.head_dimension, "b": inputs.bytes_per_kv}
    receipt.step("kv_bytes_per_token", per_token, "bytes per token", "2·L·H·D·b", "F48", **symbols)
    sequence = memory.sequence_gb(kv_bytes_per_token=per_token, context_tokens=inputs.context_tokens)
    symbols = {"KV": per_token, "context": inputs.context_tokens}
    receipt.step("sequence_gb", sequence, "GB", "KV·context / 10^9", "F48", **symbols)
    return weights, per_token, sequence


def _decode(
    inputs: GpuInputs, weights: Decimal, sequence: Decimal, sequences: Decimal, receipt: Receipt
) -> tuple[Decimal, Decimal, Decimal]:
    """Return the time of a decode step at full batch, and the tokens a second of each sequence and of all."""
    step = memory.decode_step_seconds(
        weights_gb=weights,
        sequences=sequences,
        sequence_gb=sequence,
        gpu_bandwidth_gb_per_second=inputs.gpu_bandwidth_gb_per_second,
    )
    assert step is not None  # noqa: S101 - there is some bandwidth
    symbols = {"weights": weights, "B": sequences, "sequence": sequence}
    symbols["bandwidth"] = inputs.gpu_bandwidth_gb_per_second
    receipt.step("decode_step_seconds", step, "seconds", "(weights + B·sequence) / bandwidth", "F49", **symbols)
    each = memory.decode_tokens_per_second(sequences=1, decode_step_seconds=step)
    total = memory.decode_tokens_per_second(sequences=sequences, decode_step_seconds=step)
    assert each is not None  # noqa: S101 - weights take time to read
    assert total is not None  # noqa: S101 - the same
    receipt.step("tokens_per_second_per_sequence", each, "tokens per second", "1 / step", "F49", step=step)
    receipt.step("tokens_per_second_total", total, "tokens per second", "B / step", "F49", B=sequences, step=step)
    return step, each, total


def _prefill(inputs: GpuInputs, receipt: Receipt) -> Decimal:
    """Return the time to read the prompt of one request."""
    found = memory.prefill_seconds(
        parameters=inputs.parameters,
        input_tokens=inputs.input_tokens_per_request,
        gpu_peak_flops=inputs.gpu_peak_flops,
        model_flops_utilisation_ratio=PREFILL_FLOPS_UTILISATION_RATIO,
    )
    assert found is not None  # noqa: S101 - there is some arithmetic
    symbols = {"N": inputs.parameters, "T_in": inputs.input_tokens_per_request, "F": inputs.gpu_peak_flops}
    symbols["MFU"] = PREFILL_FLOPS_UTILISATION_RATIO
    return receipt.step("prefill_seconds", found, "seconds", "2·N·T_in / (F·MFU)", "F49", **symbols)


def _price(inputs: GpuInputs, tokens_per_second: Decimal, receipt: Receipt) -> Decimal:
    """Return the price of a million output tokens at full batch and the utilisation aimed at."""
    found = memory.usd_per_mtok_output(
        instance_usd_per_hour=inputs.instance_usd_per_hour,
        tokens_per_second=tokens_per_second,
        utilisation_ratio=inputs.utilisation_target_ratio,
    )
    assert found is not None  # noqa: S101 - some tokens are made
    symbols = {"P": inputs.instance_usd_per_hour, "rate": tokens_per_second, "u": inputs.utilisation_target_ratio}
    return receipt.step("usd_per_mtok_output", found, "USD per 1M tokens", "P·10^6 / (3600·rate·u)", "F50", **symbols)
