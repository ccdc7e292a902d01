"""GPU memory and speed: what fits beside the weights, how fast tokens come, what they cost (F48 to F50)."""

from __future__ import annotations

from decimal import ROUND_FLOOR, Decimal

BYTES_PER_GB = Decimal(10**9)
SECONDS_PER_HOUR = 3_600
TOKENS_PER_MTOK = Decimal(1_000_000)


def weights_gb(*, parameters: Decimal | int, bytes_per_weight: Decimal) -> Decimal:
    """Memory that a model's weights take.

    Formula: F48
        weights = N·b_w / 10^9
    Symbols:
        weights: GB of 10^9 bytes
        N: parameters
        b_w: bytes of one weight: 2 in bf16, 1 in FP8 or INT8, 0.5 in INT4
    Valid when: every weight is kept in GPU memory, in the same format.
    Source: definition.
    Worked example: 8.03 thousand million parameters in bf16.
        >>> weights_gb(parameters=8_030_000_000, bytes_per_weight=Decimal(2))
        Decimal('16.06')
    """
    return bytes_per_weight * parameters / BYTES_PER_GB


def kv_bytes_per_token(
    *,
    layers: Decimal | int,
    kv_heads: Decimal | int,
    head_dimension: Decimal | int,
    bytes_per_kv: Decimal,
) -> Decimal:
    """Memory of the attention cache for one token of one sequence.

    Formula: F48
        KV = 2·L·H_kv·D·b_kv
    Symbols:
        KV: bytes a token
        L: layers
        H_kv: key and value heads (grouped-query attention), not query heads
        D: size of one head
        b_kv: bytes of one cached number
    Valid when: a decoder transformer with ordinary or grouped-query attention; sliding windows,
        latent and linear attention need a term of their own.
    Source: vLLM paper, arXiv 2309.06180; example of IETF draft-calabria-bmwg.
    Worked example: a 70B with 80 layers, 8 key and value heads of 128, bf16.
        >>> kv_bytes_per_token(
        ...     layers=80, kv_heads=8, head_dimension=128, bytes_per_kv=Decimal(2)
        ... )
        Decimal('327680')
    """
    return 2 * bytes_per_kv * layers * kv_heads * head_dimension


def sequence_gb(*, kv_bytes_per_token: Decimal, context_tokens: Decimal | int) -> Decimal:
    """Memory of the attention cache for one sequence.

    Formula: F48
        sequence = KV·context / 10^9
    Symbols:
        sequence: GB of 10^9 bytes
        KV: bytes a token
        context: tokens of the sequence, input and output together
    Valid when: as KV; the whole context is reserved or used.
    Source: vLLM paper, arXiv 2309.06180.
    Worked example: 131,072 tokens of the 70B.
        >>> round(sequence_gb(kv_bytes_per_token=Decimal(327_680), context_tokens=131_072), 4)
        Decimal('42.9497')
    """
    return kv_bytes_per_token * context_tokens / BYTES_PER_GB


def sequences_that_fit(
    *,
    gpu_memory_gb: Decimal,
    memory_utilisation_ratio: Decimal,
    weights_gb: Decimal,
    overhead_gb: Decimal,
    sequence_gb: Decimal,
) -> Decimal | None:
    """Sequences that fit into GPU memory beside the weights.

    Formula: F48
        sequences = floor((util·VRAM − weights − overhead) / sequence)
    Symbols:
        util: share of the memory that the server may use, 0 to 1
        VRAM: memory of all GPUs of the instance, GB of 10^9 bytes
        weights: GB
        overhead: memory for everything else, GB
        sequence: cache of one sequence, GB
    Valid when: all GPUs share the model evenly. None when the weights and the overhead alone do
        not fit, or when a sequence takes no memory.
    Source: vLLM paper, arXiv 2309.06180.
    Worked example: 8B in bf16 on a 24 GB GPU, 90% usable, 1 GB overhead.
        >>> sequences_that_fit(
        ...     gpu_memory_gb=Decimal(24), memory_utilisation_ratio=Decimal("0.9"),
        ...     weights_gb=Decimal("16.06"), overhead_gb=Decimal(1),
        ...     sequence_gb=Decimal("0.536870912"),
        ... )
        Decimal('8')
    """
    free_gb = memory_utilisation_ratio * gpu_memory_gb - weights_gb - overhead_gb
    return None if free_gb < 0 or sequence_gb <= 0 else (free_gb / sequence_gb).to_integral_value(ROUND_FLOOR)


def decode_step_seconds(
    *,
    weights_gb: Decimal,
    sequences: Decimal | int,
    sequence_gb: Decimal,
    gpu_bandwidth_gb_per_second: Decimal,
) -> Decimal | None:
    """Shortest time of one decode step: one more token for every sequence of the batch.

    Formula: F49
        step = (weights + B·KV) / bandwidth
    Symbols:
        step: seconds
        weights: GB, read once for the whole batch
        B: sequences in the batch
        KV: cache of one sequence, GB
        bandwidth: memory bandwidth of all GPUs of the instance, GB per second
    Valid when: reading memory is the limit, as it is in small batches; scheduling and traffic
        between GPUs are left out, so it is a lower bound of the time. None when there is no
        bandwidth.
    Source: memory-bandwidth roofline (definition); L4 data sheet for the example.
    Worked example: 8B in bf16 on an L4 (300 GB/s), 8 sequences of 4,096 tokens.
        >>> round(decode_step_seconds(
        ...     weights_gb=Decimal("16.06"), sequences=8, sequence_gb=Decimal("0.536870912"),
        ...     gpu_bandwidth_gb_per_second=Decimal(300),
        ... ), 7)
        Decimal('0.0678499')
    """
    if gpu_bandwidth_gb_per_second <= 0:
        return None
    return (weights_gb + sequence_gb * sequences) / gpu_bandwidth_gb_per_second


def decode_tokens_per_second(*, sequences: Decimal | int, decode_step_seconds: Decimal) -> Decimal | None:
    """Most tokens a second of a batch; of one sequence where the batch counts as one.

    Formula: F49
        tokens/s = B / step
    Symbols:
        tokens/s: output tokens a second
        B: sequences in the batch; 1 for the pace of a single sequence
        step: time of one decode step of the whole batch, seconds
    Valid when: as the decode step. None when a step takes no time.
    Source: definition: each step makes one token for every sequence.
    Worked example: 8 sequences, a step of 0.0678499 s.
        >>> round(decode_tokens_per_second(
        ...     sequences=8, decode_step_seconds=Decimal("0.067849857")
        ... ), 3)
        Decimal('117.907')
    """
    return None if decode_step_seconds <= 0 else Decimal(1) * sequences / decode_step_seconds


def prefill_seconds(
    *,
    parameters: Decimal | int,
    input_tokens: Decimal | int,
    gpu_peak_flops: Decimal | int,
    model_flops_utilisation_ratio: Decimal,
) -> Decimal | None:
    """Time to read a prompt before the first token.

    Formula: F49
        prefill = 2·N·T / (F·MFU)
    Symbols:
        prefill: seconds
        N: parameters
        T: input, tokens
        F: peak floating-point operations a second of all GPUs of the instance, dense
        MFU: share of the peak that is reached, 0 to 1
    Valid when: arithmetic is the limit, as it is with long prompts; the quadratic part of
        attention is left out. None when no operations are done.
    Source: roofline (definition): two operations for each weight and token.
    Worked example: 8B, 2,000 tokens, an L4 at half of 121 TFLOP/s.
        >>> round(prefill_seconds(
        ...     parameters=8_030_000_000, input_tokens=2_000, gpu_peak_flops=121 * 10**12,
        ...     model_flops_utilisation_ratio=Decimal("0.5"),
        ... ), 6)
        Decimal('0.530909')
    """
    flops = model_flops_utilisation_ratio * gpu_peak_flops
    return None if flops <= 0 else Decimal(2) * parameters * input_tokens / flops


def usd_per_mtok_output(
    *, instance_usd_per_hour: Decimal, tokens_per_second: Decimal, utilisation_ratio: Decimal
) -> Decimal | None:
    """Price of a million output tokens on an instance of one's own.

    Formula: F50
        p = P·10^6 / (3600·tokens/s·u)
    Symbols:
        p: USD per 1,000,000 output tokens
        P: price of the instance, USD per hour
        tokens/s: output tokens a second at full batch
        u: share of that output which is used, 0 to 1
    Valid when: all cost is put on output and the time to read prompts is left out. None when no
        tokens are made.
    Source: algebra on F49.
    Worked example: $0.9776 an hour, 117.907 tokens a second, 60% used.
        >>> round(usd_per_mtok_output(
        ...     instance_usd_per_hour=Decimal("0.9776"), tokens_per_second=Decimal("117.90739"),
        ...     utilisation_ratio=Decimal("0.6"),
        ... ), 5)
        Decimal('3.83854')
    """
    used_tokens_per_hour = utilisation_ratio * tokens_per_second * SECONDS_PER_HOUR
    return None if used_tokens_per_hour <= 0 else instance_usd_per_hour * TOKENS_PER_MTOK / used_tokens_per_hour
