"""Customisation (F22 to F28) counted a second way: month by month, document by document, root by root."""

from __future__ import annotations

import random
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate, repeat

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculators.formulas import customization, distillation, pretraining, retrieval

a_thousand_cases = settings(max_examples=1_000, deadline=None)

CENTS = st.integers(0, 2_000_000)
NANO_USD = st.integers(0, 10_000_000)
PER_MILLE = st.integers(0, 1_000)


def is_exactly(value: Decimal | None, expected: Fraction) -> bool:
    """Whether a Decimal is the fraction, to the 28 digits that Decimal keeps."""
    return value is not None and abs(Fraction(value) - expected) <= abs(expected) / 10**26


@a_thousand_cases
@given(fixed=CENTS, saving=st.integers(1, 200_000), horizon=st.integers(1, 60))
def test_money_counted_month_by_month(fixed: int, saving: int, horizon: int) -> None:
    """F22: the running total in whole cents passes zero in the month that payback names."""
    running = list(accumulate(repeat(saving, horizon), initial=-fixed))
    repaid_in = next((month for month, total in enumerate(running) if total >= 0), None)
    months = distillation.payback_months(fixed_usd=Decimal(fixed) / 100, saving_usd_per_month=Decimal(saving) / 100)
    left = distillation.saving_over_horizon_usd(
        fixed_usd=Decimal(fixed) / 100, saving_usd_per_month=Decimal(saving) / 100, horizon_months=horizon
    )
    assert left * 100 == running[-1]
    assert months is not None
    if repaid_in is None:
        assert months > horizon
    else:
        assert repaid_in - 1 < months <= repaid_in


@a_thousand_cases
@given(
    teacher=NANO_USD,
    student=NANO_USD,
    wrong=PER_MILLE,
    error_cents=st.integers(0, 500),
    fixed=CENTS,
    requests=st.integers(0, 10**6),
)
def test_requests_answered_by_both_models(
    *, teacher: int, student: int, wrong: int, error_cents: int, fixed: int, requests: int
) -> None:
    """F22: what both models cost for so many requests, errors included, in fractions."""
    error = Fraction(error_cents, 100)
    stay = Fraction(teacher * requests, 10**9)
    distil = Fraction(fixed, 100) + Fraction(student * requests, 10**9) + Fraction(wrong, 1_000) * requests * error
    penalty = distillation.error_penalty_usd_per_request(
        extra_error_ratio=Decimal(wrong) / 1_000, usd_per_error=Decimal(error_cents) / 100
    )
    net = distillation.net_saving_usd_per_request(
        teacher_usd_per_request=Decimal(teacher) / 10**9,
        student_usd_per_request=Decimal(student) / 10**9,
        error_penalty_usd_per_request=penalty,
    )
    assert Fraction(net) * requests - Fraction(fixed, 100) == stay - distil
    needed = distillation.break_even_requests(fixed_usd=Decimal(fixed) / 100, net_saving_usd_per_request=net)
    if needed is None:
        assert stay <= distil
    elif requests not in (int(needed), int(needed) + 1):
        assert (requests > needed) == (stay > distil)


@a_thousand_cases
@given(
    examples=st.integers(0, 100_000),
    size=st.integers(0, 5_000),
    epochs=st.integers(1, 10),
    price=st.integers(0, 100_000),
    evaluations=st.integers(0, 5_000),
    hours=st.integers(0, 500),
)
def test_a_bill_in_whole_nano_dollars(
    *, examples: int, size: int, epochs: int, price: int, evaluations: int, hours: int
) -> None:
    """F22, F23: tokens seen times the price of a token, in integers."""
    training = distillation.training_usd(
        training_examples=examples,
        tokens_per_example=size,
        epochs=epochs,
        training_usd_per_mtok=Decimal(price) / 1_000,
    )
    assert training * 10**9 == examples * size * epochs * price
    fixed = distillation.fixed_usd(
        labelling_usd=Decimal(price),
        training_usd=training,
        evaluations=evaluations,
        usd_per_evaluation=Decimal("0.21"),
        labour_hours=hours,
        labour_usd_per_hour=Decimal("95.5"),
    )
    assert Fraction(fixed) == Fraction(training) + price + Fraction(21 * evaluations, 100) + Fraction(191 * hours, 2)


@a_thousand_cases
@given(
    requests=st.integers(0, 10**7),
    sent=st.integers(0, 10**5),
    answered=st.integers(0, 10**4),
    prices=st.tuples(st.integers(0, 10**5), st.integers(0, 10**5)),
    months=st.integers(0, 60),
)
def test_a_customised_model_served_for_months(
    requests: int, sent: int, answered: int, prices: tuple[int, int], months: int
) -> None:
    """F23: nano-dollars a token, month after month."""
    month = distillation.serving_usd_per_month(
        requests_per_month=requests,
        input_tokens=sent,
        output_tokens=answered,
        input_usd_per_mtok=Decimal(prices[0]) / 1_000,
        output_usd_per_mtok=Decimal(prices[1]) / 1_000,
    )
    paid = requests * (sent * prices[0] + answered * prices[1])
    assert month * 10**9 == paid
    total = distillation.total_usd(upfront_usd=Decimal(8), usd_per_month=month, horizon_months=months)
    assert Fraction(total) == 8 + sum(repeat(Fraction(paid, 10**9), months), Fraction(0))


@a_thousand_cases
@given(step=st.integers(1, 200), overlap=st.integers(0, 200), tokens=st.integers(1, 20_000))
def test_a_window_slid_over_the_text(step: int, overlap: int, tokens: int) -> None:
    """F24: windows laid one after another until the text is covered, the overlap kept from each."""
    size = step + overlap
    windows, covered = 0, 0
    while covered < tokens:
        windows, covered = windows + 1, covered + step
    chunks = retrieval.index_chunks(tokens=tokens, chunk_tokens=size, overlap_ratio=Decimal(overlap) / Decimal(size))
    assert chunks is not None
    assert abs(chunks - windows) < 1 + Decimal("1e-9")


@a_thousand_cases
@given(
    vectors=st.integers(0, 10**7),
    dimensions=st.integers(1, 4_096),
    metadata=st.integers(0, 4_096),
    queries=st.integers(0, 10**7),
    units=st.integers(0, 10),
    prices=st.tuples(st.integers(0, 10_000), st.integers(0, 10_000), st.integers(0, 10_000)),
)
def test_a_store_paid_in_bytes_calls_and_hours(
    *, vectors: int, dimensions: int, metadata: int, queries: int, units: int, prices: tuple[int, int, int]
) -> None:
    """F24: exact fractions of a dollar."""
    gigabytes = retrieval.index_gb(chunks=vectors, dimensions=dimensions, metadata_bytes=metadata)
    held = Fraction(vectors * (4 * dimensions + metadata), 10**9)
    assert is_exactly(gigabytes, held)
    cost = retrieval.store_usd_per_month(
        index_gb=gigabytes,
        storage_usd_per_gb_month=Decimal(prices[0]) / 1_000,
        queries_per_month=queries,
        usd_per_query=Decimal(prices[1]) / 10**9,
        floor_units=units,
        usd_per_unit_hour=Decimal(prices[2]) / 1_000,
    )
    expected = held * Fraction(prices[0], 1_000) + Fraction(queries * prices[1], 10**9)
    assert is_exactly(cost, expected + 730 * units * Fraction(prices[2], 1_000))


@a_thousand_cases
@given(
    items=st.integers(1, 200),
    votes=st.integers(1, 5),
    reviewed=st.integers(0, 200),
    usable=st.integers(1, 200),
    cents=st.tuples(st.integers(0, 500), st.integers(0, 5_000)),
    pilot=PER_MILLE,
)
def test_labels_bought_item_by_item(
    *, items: int, votes: int, reviewed: int, usable: int, cents: tuple[int, int], pilot: int
) -> None:
    """F26: each item pays its votes and, if it is reviewed, the expert."""
    reviewed, usable = min(reviewed, items), min(usable, items)
    paid = sum(votes * cents[0] + (cents[1] if item < reviewed else 0) for item in range(items))
    cost = customization.labelling_usd(
        items=items,
        labels_per_item=votes,
        usd_per_label=Decimal(cents[0]) / 100,
        review_ratio=Decimal(reviewed) / items,
        usd_per_review=Decimal(cents[1]) / 100,
        pilot_ratio=Decimal(pilot) / 1_000,
        labour_usd=Decimal(70),
    )
    expected = Fraction(paid, 100) * Fraction(1_000 + pilot, 1_000) + 70
    assert abs(Fraction(cost) - expected) <= expected / 10**24
    each = customization.label_usd_per_usable_item(
        labelling_usd=cost, items=items, label_yield_ratio=Decimal(usable) / items
    )
    assert each is not None
    assert abs(Fraction(each) - expected / usable) <= expected / 10**24


@a_thousand_cases
@given(size=st.integers(1, 10**12), data=st.integers(1, 10**14), peak=st.integers(1, 10**16), share=st.integers(1, 100))
def test_a_run_in_whole_operations(size: int, data: int, peak: int, share: int) -> None:
    """F27: a forward pass of 2 and a backward pass of 4 operations for each parameter and token."""
    flop = pretraining.training_flop(parameters=size, training_tokens=data)
    assert is_exactly(flop, Fraction((2 + 4) * size * data))
    hours = pretraining.gpu_hours(
        flop=(2 + 4) * size * data, gpu_peak_flops=peak, model_flops_utilisation_ratio=Decimal(share) / 100
    )
    expected = Fraction(6 * size * data * 100, 3_600 * peak * share)
    assert hours is not None
    assert abs(Fraction(hours) - expected) <= expected / 10**25


def test_a_small_network_counted_multiplication_by_multiplication() -> None:
    """F27: 6·N·D is what a stack of square matrices takes, forward and backward, counted in loops."""
    random_numbers = random.Random(27)  # noqa: S311 - a test picks sizes, it guards no secret
    for _ in range(1_000):
        width, layers, batch = (random_numbers.randint(1, 40) for _ in range(3))
        per_matrix = 0
        for _row in range(width):
            per_matrix += 2 * width  # a multiplication and an addition for each weight of the row
        forward = layers * batch * per_matrix
        backward = 2 * forward  # one product for the weights, one for what came in
        flop = pretraining.training_flop(parameters=layers * width * width, training_tokens=batch)
        assert flop == forward + backward


@pytest.mark.native
def test_break_evens_are_the_roots_that_scipy_finds() -> None:
    """F22, F24, F28: where the difference of both bills is zero, found numerically."""
    from scipy.optimize import brentq  # type: ignore[import-untyped,unused-ignore]  # noqa: PLC0415 - not in Pyodide

    random_numbers = random.Random(22)  # noqa: S311 - a test picks prices, it guards no secret
    for _ in range(1_000):
        fixed, teacher = random_numbers.uniform(1, 10_000), random_numbers.uniform(0.002, 0.1)
        student, store = teacher * random_numbers.uniform(0.01, 0.9), random_numbers.uniform(1, 2_000)
        root = brentq(lambda n: fixed + n * student - n * teacher, 0, 1e12)  # noqa: B023 - called at once
        found = distillation.break_even_requests(
            fixed_usd=Decimal(fixed), net_saving_usd_per_request=Decimal(teacher) - Decimal(student)
        )
        assert float(found or 0) == pytest.approx(root, rel=1e-6)
        root = brentq(lambda n: store + n * student - n * teacher, 0, 1e12)  # noqa: B023
        cheaper = retrieval.break_even_requests_per_month(
            store_usd_per_month=Decimal(store),
            prompt_tokens=1_000_000,
            prompt_usd_per_mtok=Decimal(teacher),
            augmentation_usd_per_request=Decimal(student),
            usd_per_query=Decimal(0),
        )
        assert float(cheaper or 0) == pytest.approx(root, rel=1e-6)


@pytest.mark.native
def test_the_horizon_is_a_net_present_value_at_no_interest() -> None:
    """F22: numpy-financial's NPV of the same flows at a rate of 0."""
    import numpy_financial  # type: ignore[import-untyped,unused-ignore]  # noqa: PLC0415 - not in Pyodide

    random_numbers = random.Random(16)  # noqa: S311 - a test picks flows, it guards no secret
    for _ in range(1_000):
        fixed, saving = random_numbers.randint(0, 10**6), random_numbers.randint(-(10**4), 10**5)
        months = random_numbers.randint(1, 60)
        left = distillation.saving_over_horizon_usd(
            fixed_usd=Decimal(fixed), saving_usd_per_month=Decimal(saving), horizon_months=months
        )
        assert float(left) == pytest.approx(numpy_financial.npv(0, [-fixed, *[saving] * months]), abs=1e-6)
