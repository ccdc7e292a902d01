"""Pre-training: operations, GPU-hours and dollars of a training run, and the best size (F27, F28)."""

from __future__ import annotations

from decimal import Decimal

FLOP_PER_PARAMETER_TRAINED = 6
FLOP_PER_PARAMETER_SERVED = 2
SECONDS_PER_HOUR = 3_600
CHINCHILLA_TOKENS_PER_PARAMETER = 20


def training_flop(*, parameters: Decimal | int, training_tokens: Decimal | int) -> Decimal:
    """Operations of a training run.

    Formula: F27
        FLOP = 6·N·D
    Symbols:
        FLOP: floating-point operations
        N: parameters; of a mixture of experts, those that are active
        D: tokens trained on, each counted as often as it is seen
    Valid when: a dense transformer with D far above N; the operations of attention are left out.
    Source: Hoffmann et al. 2022 (arXiv 2203.15556).
    Worked example: Llama 3.1 with 405 billion parameters on 15.6 trillion tokens.
        >>> f"{training_flop(parameters=405 * 10**9, training_tokens=156 * 10**11):.5E}"
        '3.79080E+25'
    """
    return Decimal(FLOP_PER_PARAMETER_TRAINED) * parameters * training_tokens


def gpu_hours(
    *, flop: Decimal | int, gpu_peak_flops: Decimal | int, model_flops_utilisation_ratio: Decimal
) -> Decimal | None:
    """GPU-hours that a number of operations takes.

    Formula: F27
        h = FLOP / (F·MFU·3600)
    Symbols:
        h: GPU-hours
        FLOP: floating-point operations
        F: peak of one GPU for dense matrices, FLOP per second
        MFU: share of the peak that does useful work, mostly 0.35 to 0.5
    Valid when: F is the dense figure; data sheets also print a sparse one, twice as high. None when the
        GPU does no useful work.
    Source: the model cards of Llama 3.1 and DeepSeek-V3 report hours of this kind; algebra.
    Worked example: 7 billion parameters on a trillion tokens, H100 at 989 TFLOP/s, MFU 0.45.
        >>> round(gpu_hours(
        ...     flop=42 * 10**21, gpu_peak_flops=989 * 10**12,
        ...     model_flops_utilisation_ratio=Decimal("0.45"),
        ... ), 1)
        Decimal('26214.3')
    """
    useful_flop_per_hour = gpu_peak_flops * model_flops_utilisation_ratio * SECONDS_PER_HOUR
    if useful_flop_per_hour <= 0:
        return None
    return flop / useful_flop_per_hour


def model_flops_utilisation_ratio(
    *, flop: Decimal | int, gpu_peak_flops: Decimal | int, gpu_hours: Decimal | int
) -> Decimal | None:
    """Share of the peak that a training run of known length has reached.

    Formula: F27
        MFU = FLOP / (F·h·3600)
    Symbols:
        MFU: share of the peak that did useful work
        FLOP: floating-point operations
        F: peak of one GPU for dense matrices, FLOP per second
        h: GPU-hours of the run
    Valid when: h counts the run itself. None when there are no GPU-hours.
    Source: the relation of F27, solved for MFU.
    Worked example: the 30.84 million H100-hours that the Llama 3.1 405B model card reports.
        >>> round(model_flops_utilisation_ratio(
        ...     flop=37_908 * 10**21, gpu_peak_flops=989 * 10**12, gpu_hours=30_840_000,
        ... ), 6)
        Decimal('0.345237')
    """
    peak_flop = Decimal(1) * gpu_peak_flops * gpu_hours * SECONDS_PER_HOUR
    if peak_flop <= 0:
        return None
    return flop / peak_flop


def training_run_usd(
    *, gpu_hours: Decimal | int, instance_usd_per_hour: Decimal, gpus_per_instance: Decimal | int
) -> Decimal | None:
    """Cost of a training run.

    Formula: F27
        C = h·P / G
    Symbols:
        C: cost of the run, USD
        h: GPU-hours
        P: price of one instance, USD per hour
        G: GPUs in one instance
    Valid when: one final run. Failed runs, trials, data and people are not in it. P is the price of an
        instance, not of a GPU: multiplying GPU-hours by it counts each instance G times. None when an
        instance has no GPU.
    Source: arithmetic; list prices of EC2.
    Worked example: 26,214.3 GPU-hours on instances of 8 GPUs at $55.04.
        >>> round(training_run_usd(
        ...     gpu_hours=Decimal("26214.3"), instance_usd_per_hour=Decimal("55.04"),
        ...     gpus_per_instance=8,
        ... ), 1)
        Decimal('180354.4')
    """
    if gpus_per_instance <= 0:
        return None
    return instance_usd_per_hour * gpu_hours / gpus_per_instance


def chinchilla_tokens(*, parameters: Decimal | int) -> Decimal:
    """Training tokens that suit a model when training compute is all that counts.

    Formula: F27
        D ≈ 20·N
    Symbols:
        D: tokens to train on
        N: parameters
    Valid when: only the training run is paid for. Where much is served, train a smaller model for longer
        (F28).
    Source: Hoffmann et al. 2022 (arXiv 2203.15556).
    Worked example: 7 billion parameters.
        >>> f"{chinchilla_tokens(parameters=7 * 10**9):,}"
        '140,000,000,000'
    """
    return Decimal(CHINCHILLA_TOKENS_PER_PARAMETER) * parameters


def lifetime_flop(
    *, parameters: Decimal | int, training_tokens: Decimal | int, served_tokens: Decimal | int
) -> Decimal:
    """Operations of training a model and of serving it.

    Formula: F28
        FLOP = 6·N·D + 2·N·T_inf
    Symbols:
        FLOP: floating-point operations over the life of the model
        N: parameters
        D: tokens trained on
        T_inf: tokens served, input and output together
    Valid when: a dense transformer; the operations of attention are left out.
    Source: Sardana et al. 2023 (arXiv 2401.00448).
    Worked example: 7 billion parameters on 1.2 trillion tokens, nothing served yet.
        >>> f"{lifetime_flop(parameters=7 * 10**9, training_tokens=12 * 10**11, served_tokens=0):.2E}"
        '5.04E+22'
    """
    trained = training_flop(parameters=parameters, training_tokens=training_tokens)
    return trained + Decimal(FLOP_PER_PARAMETER_SERVED) * parameters * served_tokens


def smaller_model_break_even_tokens(
    *,
    larger_parameters: Decimal | int,
    larger_training_tokens: Decimal | int,
    smaller_parameters: Decimal | int,
    smaller_training_tokens: Decimal | int,
) -> Decimal | None:
    """Served tokens after which the smaller model, trained for longer, has taken fewer operations.

    Formula: F28
        T* = (6·N_2·D_2 − 6·N_1·D_1) / (2·(N_1 − N_2))
    Symbols:
        T*: tokens served; at 0 or below the smaller model takes fewer from the start
        N_1: parameters of the larger model
        D_1: tokens that the larger model is trained on
        N_2: parameters of the smaller model
        D_2: tokens that the smaller model is trained on
    Valid when: both models answer equally well, by a scaling law or by your own evaluation. None when the
        second model is not the smaller one.
    Source: Sardana et al. 2023 (arXiv 2401.00448).
    Worked example: 13 billion parameters on 260 billion tokens, or 7 billion on 1.2 trillion.
        >>> smaller_model_break_even_tokens(
        ...     larger_parameters=13 * 10**9, larger_training_tokens=260 * 10**9,
        ...     smaller_parameters=7 * 10**9, smaller_training_tokens=1_200 * 10**9,
        ... )
        Decimal('2510000000000')
    """
    if larger_parameters <= smaller_parameters:
        return None
    larger_flop = training_flop(parameters=larger_parameters, training_tokens=larger_training_tokens)
    smaller_flop = training_flop(parameters=smaller_parameters, training_tokens=smaller_training_tokens)
    fewer_flop_per_token = FLOP_PER_PARAMETER_SERVED * (larger_parameters - smaller_parameters)
    return (smaller_flop - larger_flop) / fewer_flop_per_token
