"""Distillation: what a small student costs to make, and when it has repaid that (F22, F23)."""

from __future__ import annotations

from decimal import Decimal

HOURS_PER_MONTH = 730
TOKENS_PER_MTOK = Decimal(1_000_000)


def labelling_usd(*, training_examples: Decimal | int, teacher_usd_per_request: Decimal) -> Decimal:
    """Cost of letting the teacher answer the training prompts.

    Formula: F22
        C_label = N_label·c_T
    Symbols:
        C_label: cost of the teacher's answers, USD
        N_label: training examples that the teacher answers
        c_T: cost of one teacher request, USD
    Valid when: the training prompts are as long as the requests. Answers of the same teacher
        that are already in the invocation log can be used again, and then nothing is paid.
    Source: AWS model-distillation page (the teacher is billed at its on-demand price).
    Worked example: 10,000 prompts answered by Nova Premier at $0.004125 each.
        >>> labelling_usd(training_examples=10_000, teacher_usd_per_request=Decimal("0.004125"))
        Decimal('41.250000')
    """
    return teacher_usd_per_request * training_examples


def training_usd(
    *,
    training_examples: Decimal | int,
    tokens_per_example: Decimal | int,
    epochs: Decimal | int,
    training_usd_per_mtok: Decimal,
) -> Decimal:
    """Cost of training on examples, billed by the token.

    Formula: F23
        C_train = N·T·epochs·p_train / 10^6
    Symbols:
        C_train: cost of the training run, USD
        N: training examples
        T: tokens of one example, question and answer together
        epochs: times that each example is trained on
        p_train: training price, USD per 1,000,000 trained tokens
    Valid when: customisation of the LoRA kind billed per trained token; tokens are counted with
        the tokeniser of the model that is trained.
    Source: AWS blog 2026-04-16 (Nova Micro, text to SQL), whose figures this reproduces.
    Worked example: 2,000 examples of 800 tokens, 5 epochs, $1 per million trained tokens.
        >>> training_usd(
        ...     training_examples=2_000, tokens_per_example=800, epochs=5,
        ...     training_usd_per_mtok=Decimal(1),
        ... )
        Decimal('8')
    """
    return training_usd_per_mtok * training_examples * tokens_per_example * epochs / TOKENS_PER_MTOK


def fixed_usd(
    *,
    labelling_usd: Decimal,
    training_usd: Decimal,
    evaluations: Decimal | int,
    usd_per_evaluation: Decimal,
    labour_hours: Decimal | int,
    labour_usd_per_hour: Decimal,
) -> Decimal:
    """Cost of making the student, paid once.

    Formula: F22
        F = C_label + C_train + E·p_E + h·w
    Symbols:
        F: cost paid before the student answers its first request, USD
        C_label: cost of the teacher's answers, USD
        C_train: cost of the training run, USD
        E: answers that people rate
        p_E: cost of one rating, USD
        h: hours of work
        w: cost of an hour of work, USD
    Valid when: one run that succeeds. Further runs, and distilling again after the teacher or
        the domain has changed, cost the same once more.
    Source: AWS model-distillation and prerequisites pages; arithmetic.
    Worked example: $41.25 of answers, $21 of training, 500 ratings at $2, 80 hours at $95.
        >>> fixed_usd(
        ...     labelling_usd=Decimal("41.25"), training_usd=Decimal(21), evaluations=500,
        ...     usd_per_evaluation=Decimal(2), labour_hours=80, labour_usd_per_hour=Decimal(95),
        ... )
        Decimal('8662.25')
    """
    people_usd = usd_per_evaluation * evaluations + labour_usd_per_hour * labour_hours
    return labelling_usd + training_usd + people_usd


def error_penalty_usd_per_request(*, extra_error_ratio: Decimal, usd_per_error: Decimal) -> Decimal:
    """What the student's additional errors cost, per request.

    Formula: F22
        penalty = Δe·L
    Symbols:
        penalty: expected cost of additional errors, USD per request
        Δe: share of requests that the student gets wrong and the teacher would not, 0 to 1
        L: cost of one error, USD
    Valid when: Δe was measured on real requests and each error costs the same.
    Source: algebra.
    Worked example: 1.5 points more errors at $0.05 each.
        >>> error_penalty_usd_per_request(
        ...     extra_error_ratio=Decimal("0.015"), usd_per_error=Decimal("0.05")
        ... )
        Decimal('0.00075')
    """
    return extra_error_ratio * usd_per_error


def net_saving_usd_per_request(
    *,
    teacher_usd_per_request: Decimal,
    student_usd_per_request: Decimal,
    error_penalty_usd_per_request: Decimal,
) -> Decimal:
    """What one request saves once its errors are paid for.

    Formula: F22
        net = c_T − c_S − Δe·L
    Symbols:
        net: saving of one request, USD; below 0 the student costs more
        c_T: cost of one teacher request, USD
        c_S: cost of one student request, USD; 0 where the student is paid by the hour
        Δe·L: expected cost of the student's additional errors, USD per request
    Valid when: both models get the same tokens, as counted by their own tokenisers.
    Source: algebra.
    Worked example: Nova Premier to Nova Micro, 900 tokens in and 150 out.
        >>> net_saving_usd_per_request(
        ...     teacher_usd_per_request=Decimal("0.004125"),
        ...     student_usd_per_request=Decimal("0.0000525"),
        ...     error_penalty_usd_per_request=Decimal("0.00075"),
        ... )
        Decimal('0.0033225')
    """
    return teacher_usd_per_request - student_usd_per_request - error_penalty_usd_per_request


def break_even_requests(*, fixed_usd: Decimal, net_saving_usd_per_request: Decimal) -> Decimal | None:
    """Requests after which the student has repaid its making.

    Formula: F22
        N* = F / (c_T − c_S − Δe·L)
    Symbols:
        N*: requests
        F: cost paid before the student answers its first request, USD
        c_T − c_S − Δe·L: net saving of one request, USD
    Valid when: nothing is paid by the hour or by the month; hosting and storage come on top. None when a
        request saves nothing.
    Source: AWS model-distillation page; algebra.
    Worked example: $8,662.25 repaid at $0.0033225 a request.
        >>> round(break_even_requests(
        ...     fixed_usd=Decimal("8662.25"), net_saving_usd_per_request=Decimal("0.0033225")
        ... ))
        2607148
    """
    if net_saving_usd_per_request <= 0:
        return None
    return fixed_usd / net_saving_usd_per_request


def hosting_usd_per_month(*, hosting_usd_per_hour: Decimal) -> Decimal:
    """Cost of capacity that is held all month.

    Formula: F22
        H = 730·P_h
    Symbols:
        H: cost of a month, USD
        P_h: price of the capacity, USD per hour
    Valid when: the capacity is never released, nights and weekends included.
    Source: definition; a month is 730 hours.
    Worked example: an illustrative model unit at $8 an hour.
        >>> hosting_usd_per_month(hosting_usd_per_hour=Decimal(8))
        Decimal('5840')
    """
    return HOURS_PER_MONTH * hosting_usd_per_hour


def hosting_break_even_requests_per_month(
    *,
    hosting_usd_per_month: Decimal,
    teacher_usd_per_request: Decimal,
    error_penalty_usd_per_request: Decimal,
) -> Decimal | None:
    """Requests a month from which a student paid by the hour costs less than the teacher.

    Formula: F22
        N_month* = H / (c_T − Δe·L)
    Symbols:
        N_month*: requests a month
        H: cost of the student's capacity for a month, USD
        c_T: cost of one teacher request, USD
        Δe·L: expected cost of the student's additional errors, USD per request
    Valid when: the student's tokens are not billed on top and the capacity can serve N_month*. None when
        errors cost as much as the teacher.
    Source: algebra.
    Worked example: $5,840 a month against a teacher at $0.004125 and errors at $0.00075.
        >>> round(hosting_break_even_requests_per_month(
        ...     hosting_usd_per_month=Decimal(5_840), teacher_usd_per_request=Decimal("0.004125"),
        ...     error_penalty_usd_per_request=Decimal("0.00075"),
        ... ))
        1730370
    """
    saved_usd_per_request = teacher_usd_per_request - error_penalty_usd_per_request
    if saved_usd_per_request <= 0:
        return None
    return hosting_usd_per_month / saved_usd_per_request


def error_cost_ceiling_usd(
    *, teacher_usd_per_request: Decimal, student_usd_per_request: Decimal, extra_error_ratio: Decimal
) -> Decimal | None:
    """Cost of one error above which the student never pays.

    Formula: F22
        L* = (c_T − c_S) / Δe
    Symbols:
        L*: cost of one error at which a request saves nothing, USD
        c_T: cost of one teacher request, USD
        c_S: cost of one student request, USD
        Δe: share of requests that the student gets wrong and the teacher would not, 0 to 1
    Valid when: each error costs the same. None when the student makes no additional errors, or when it
        costs more than the teacher.
    Source: algebra.
    Worked example: $0.0040725 saved a request, 1.5 points more errors.
        >>> error_cost_ceiling_usd(
        ...     teacher_usd_per_request=Decimal("0.004125"),
        ...     student_usd_per_request=Decimal("0.0000525"),
        ...     extra_error_ratio=Decimal("0.015"),
        ... )
        Decimal('0.2715')
    """
    gap_usd = teacher_usd_per_request - student_usd_per_request
    if extra_error_ratio <= 0 or gap_usd < 0:
        return None
    return gap_usd / extra_error_ratio


def saving_usd_per_month(
    *,
    requests_per_month: Decimal | int,
    net_saving_usd_per_request: Decimal,
    hosting_usd_per_month: Decimal,
    storage_usd_per_month: Decimal,
) -> Decimal:
    """What the student saves in a month.

    Formula: F22
        S = N·net − H − K
    Symbols:
        S: saving of a month, USD; below 0 the student costs more
        N: requests a month
        net: net saving of one request, USD
        H: cost of capacity paid by the hour, USD per month; 0 on demand
        K: cost of keeping the customised model, USD per month
    Valid when: the traffic is the same every month.
    Source: algebra.
    Worked example: 400,000 requests a month, paid by the token, no storage.
        >>> saving_usd_per_month(
        ...     requests_per_month=400_000, net_saving_usd_per_request=Decimal("0.0033225"),
        ...     hosting_usd_per_month=Decimal(0), storage_usd_per_month=Decimal(0),
        ... )
        Decimal('1329.0000000')
    """
    return net_saving_usd_per_request * requests_per_month - hosting_usd_per_month - storage_usd_per_month


def payback_months(*, fixed_usd: Decimal, saving_usd_per_month: Decimal) -> Decimal | None:
    """Months until the student has repaid its making.

    Formula: F22
        t* = F / S
    Symbols:
        t*: months
        F: cost paid before the student answers its first request, USD
        S: saving of a month, USD
    Valid when: the saving is the same every month. None when there is no saving.
    Source: definition.
    Worked example: $8,662.25 repaid at $1,329 a month.
        >>> round(payback_months(
        ...     fixed_usd=Decimal("8662.25"), saving_usd_per_month=Decimal(1_329)
        ... ), 5)
        Decimal('6.51787')
    """
    if saving_usd_per_month <= 0:
        return None
    return fixed_usd / saving_usd_per_month


def saving_over_horizon_usd(
    *, fixed_usd: Decimal, saving_usd_per_month: Decimal, horizon_months: Decimal | int
) -> Decimal:
    """What is left at the end of the horizon.

    Formula: F22
        S_n = n·S − F
    Symbols:
        S_n: saving after n months, USD; below 0 the making is not repaid
        n: months of the horizon
        S: saving of a month, USD
        F: cost paid before the student answers its first request, USD
    Valid when: the saving is the same every month and the student lives to the end; no discounting.
    Source: definition.
    Worked example: a year at $1,329 a month after $8,662.25.
        >>> saving_over_horizon_usd(
        ...     fixed_usd=Decimal("8662.25"), saving_usd_per_month=Decimal(1_329), horizon_months=12
        ... )
        Decimal('7285.75')
    """
    return saving_usd_per_month * horizon_months - fixed_usd


def return_ratio(*, fixed_usd: Decimal, saving_over_horizon_usd: Decimal) -> Decimal | None:
    """What is left at the end of the horizon, per dollar put in.

    Formula: F22
        ROI = S_n / F
    Symbols:
        ROI: return on the making of the student, ratio
        S_n: saving at the end of the horizon, the making already taken off, USD
        F: cost paid before the student answers its first request, USD
    Valid when: both are of the same horizon. None when the making costs nothing.
    Source: definition.
    Worked example: $7,285.75 left after $8,662.25 was spent.
        >>> round(return_ratio(
        ...     fixed_usd=Decimal("8662.25"), saving_over_horizon_usd=Decimal("7285.75")
        ... ), 6)
        Decimal('0.841092')
    """
    if fixed_usd <= 0:
        return None
    return saving_over_horizon_usd / fixed_usd


def serving_usd_per_month(
    *,
    requests_per_month: Decimal | int,
    input_tokens: Decimal | int,
    output_tokens: Decimal | int,
    input_usd_per_mtok: Decimal,
    output_usd_per_mtok: Decimal,
) -> Decimal:
    """Cost of a month of answers from a customised model that is paid by the token.

    Formula: F23
        C_serve = N_q·(T_in·p_in + T_out·p_out) / 10^6
    Symbols:
        C_serve: cost of a month, USD
        N_q: requests a month
        T_in: input of one request, tokens
        T_out: output of one request, tokens
        p_in: input price of the base model, USD per 1,000,000 tokens
        p_out: output price of the base model, USD per 1,000,000 tokens
    Valid when: the customised model is deployed on demand, at the price of its base model.
    Source: AWS blog 2026-04-16 (Nova Micro, text to SQL), whose figures this reproduces.
    Worked example: 22,000 questions of 800 tokens in and 60 out, Nova Micro.
        >>> serving_usd_per_month(
        ...     requests_per_month=22_000, input_tokens=800, output_tokens=60,
        ...     input_usd_per_mtok=Decimal("0.035"), output_usd_per_mtok=Decimal("0.14"),
        ... )
        Decimal('0.8008')
    """
    micro_usd = input_usd_per_mtok * input_tokens + output_usd_per_mtok * output_tokens
    return micro_usd * requests_per_month / TOKENS_PER_MTOK


def total_usd(*, upfront_usd: Decimal, usd_per_month: Decimal, horizon_months: Decimal | int) -> Decimal:
    """Cost of a customised model over the horizon.

    Formula: F23
        C_n = C_0 + n·C
    Symbols:
        C_n: cost over n months, USD
        C_0: cost paid once, before the first request, USD
        n: months of the horizon
        C: cost of a month, storage included, USD
    Valid when: every month is alike; no discounting.
    Source: definition.
    Worked example: $8 of training, then $0.8008 of answers and $1.95 of storage for 12 months.
        >>> total_usd(upfront_usd=Decimal(8), usd_per_month=Decimal("2.7508"), horizon_months=12)
        Decimal('41.0096')
    """
    return upfront_usd + usd_per_month * horizon_months
