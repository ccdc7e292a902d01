"""Laws of customisation (F22 to F28): break-evens break even, more never costs less, limits are None."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculators.formulas import customization, distillation, pretraining, retrieval

USD = st.decimals(0, 10_000, places=4)
SOME_USD = st.decimals("0.0001", 10_000, places=4)
SMALL_USD = st.decimals(0, 1, places=6)
SOME_SMALL_USD = st.decimals("0.000001", 1, places=6)
RATIOS = st.decimals(0, 1, places=4)
SOME_RATIOS = st.decimals("0.0001", 1, places=4)
COUNTS = st.integers(0, 10**9)
SOME_COUNTS = st.integers(1, 10**9)


def is_close(left: Decimal, right: Decimal) -> bool:
    """Whether two costs agree to 15 digits: a break-even itself is rounded to 28."""
    return abs(left - right) <= Decimal("1e-15") * max(abs(left), abs(right), Decimal("1e-12"))


@given(fixed=USD, net=SOME_SMALL_USD)
def test_at_break_even_the_requests_have_repaid_the_making(fixed: Decimal, net: Decimal) -> None:
    needed = distillation.break_even_requests(fixed_usd=fixed, net_saving_usd_per_request=net)
    assert needed is not None
    assert is_close(needed * net, fixed)


@given(fixed=USD, loss=SMALL_USD)
def test_a_student_that_saves_nothing_never_breaks_even(fixed: Decimal, loss: Decimal) -> None:
    assert distillation.break_even_requests(fixed_usd=fixed, net_saving_usd_per_request=-loss) is None
    assert distillation.payback_months(fixed_usd=fixed, saving_usd_per_month=-loss) is None


@given(teacher=SMALL_USD, student=SMALL_USD, errors=SOME_RATIOS)
def test_at_the_ceiling_an_error_takes_the_whole_saving(teacher: Decimal, student: Decimal, errors: Decimal) -> None:
    ceiling = distillation.error_cost_ceiling_usd(
        teacher_usd_per_request=teacher, student_usd_per_request=student, extra_error_ratio=errors
    )
    if student > teacher:
        assert ceiling is None
        return
    assert ceiling is not None
    penalty = distillation.error_penalty_usd_per_request(extra_error_ratio=errors, usd_per_error=ceiling)
    net = distillation.net_saving_usd_per_request(
        teacher_usd_per_request=teacher, student_usd_per_request=student, error_penalty_usd_per_request=penalty
    )
    assert abs(net) <= Decimal("1e-24")


@given(teacher=SMALL_USD, student=SMALL_USD)
def test_without_more_errors_there_is_no_ceiling(teacher: Decimal, student: Decimal) -> None:
    found = distillation.error_cost_ceiling_usd(
        teacher_usd_per_request=teacher, student_usd_per_request=student, extra_error_ratio=Decimal(0)
    )
    assert found is None


@given(hosting=USD, teacher=SMALL_USD, penalty=SMALL_USD)
def test_at_the_hosting_break_even_the_month_saves_nothing(
    hosting: Decimal, teacher: Decimal, penalty: Decimal
) -> None:
    needed = distillation.hosting_break_even_requests_per_month(
        hosting_usd_per_month=hosting, teacher_usd_per_request=teacher, error_penalty_usd_per_request=penalty
    )
    if penalty >= teacher:
        assert needed is None
        return
    assert needed is not None
    saved = distillation.saving_usd_per_month(
        requests_per_month=needed,
        net_saving_usd_per_request=teacher - penalty,
        hosting_usd_per_month=hosting,
        storage_usd_per_month=Decimal(0),
    )
    assert abs(saved) <= Decimal("1e-15") * max(hosting, Decimal(1))


@given(requests=COUNTS, net=SMALL_USD, hosting=USD, storage=USD)
def test_keeping_the_student_is_paid_out_of_what_it_saves(
    requests: int, net: Decimal, hosting: Decimal, storage: Decimal
) -> None:
    free, kept = (
        distillation.saving_usd_per_month(
            requests_per_month=requests,
            net_saving_usd_per_request=net,
            hosting_usd_per_month=hosting,
            storage_usd_per_month=each,
        )
        for each in (Decimal(0), storage)
    )
    assert is_close(kept + storage, free)


@given(fixed=SOME_USD, saving=SOME_USD)
def test_at_payback_nothing_is_left_and_the_return_is_zero(fixed: Decimal, saving: Decimal) -> None:
    months = distillation.payback_months(fixed_usd=fixed, saving_usd_per_month=saving)
    assert months is not None
    left = distillation.saving_over_horizon_usd(fixed_usd=fixed, saving_usd_per_month=saving, horizon_months=months)
    assert abs(left) <= Decimal("1e-15") * fixed
    assert distillation.return_ratio(fixed_usd=fixed, saving_over_horizon_usd=-fixed) == -1


def test_a_student_made_for_nothing_has_no_return() -> None:
    assert distillation.return_ratio(fixed_usd=Decimal(0), saving_over_horizon_usd=Decimal(5)) is None


@given(examples=COUNTS, size=st.integers(0, 10**6), epochs=st.integers(1, 10), price=USD)
def test_epochs_multiply_training(examples: int, size: int, epochs: int, price: Decimal) -> None:
    once, often = (
        distillation.training_usd(
            training_examples=examples, tokens_per_example=size, epochs=each, training_usd_per_mtok=price
        )
        for each in (1, epochs)
    )
    assert is_close(often, once * epochs)


@given(tokens=COUNTS, chunk=st.integers(1, 10_000), overlap=st.decimals(0, "0.9", places=3), more=SOME_RATIOS)
def test_overlap_and_smaller_chunks_make_more_of_them(tokens: int, chunk: int, overlap: Decimal, more: Decimal) -> None:
    def chunks(size: int, share: Decimal) -> Decimal:
        found = retrieval.index_chunks(tokens=tokens, chunk_tokens=size, overlap_ratio=share)
        assert found is not None
        return found

    base = chunks(chunk, overlap)
    assert chunks(chunk, overlap + (1 - overlap) * more / 2) >= base
    assert chunks(chunk + 1, overlap) <= base
    assert is_close(chunks(chunk, Decimal(0)) * chunk, Decimal(tokens))


@pytest.mark.parametrize(("chunk", "overlap"), [(0, "0"), (400, "1")])
def test_chunks_without_new_tokens_cannot_be_counted(chunk: int, overlap: str) -> None:
    assert retrieval.index_chunks(tokens=1, chunk_tokens=chunk, overlap_ratio=Decimal(overlap)) is None


@given(chunks=COUNTS, dimensions=st.integers(1, 4_096), metadata=st.integers(0, 10_000))
def test_an_index_is_linear_in_its_vectors(chunks: int, dimensions: int, metadata: int) -> None:
    one = retrieval.index_gb(chunks=1, dimensions=dimensions, metadata_bytes=metadata)
    assert one * 10**9 == 4 * dimensions + metadata
    assert is_close(retrieval.index_gb(chunks=chunks, dimensions=dimensions, metadata_bytes=metadata), chunks * one)


@given(store=USD, prompt=st.integers(0, 10**6), price=USD, augmentation=SMALL_USD, query=SMALL_USD)
def test_at_the_retrieval_break_even_both_bills_are_equal(
    store: Decimal, prompt: int, price: Decimal, augmentation: Decimal, query: Decimal
) -> None:
    found = retrieval.break_even_requests_per_month(
        store_usd_per_month=store,
        prompt_tokens=prompt,
        prompt_usd_per_mtok=price,
        augmentation_usd_per_request=augmentation,
        usd_per_query=query,
    )
    whole = price * prompt / 10**6
    if found is None:
        assert whole <= augmentation + query
        return
    assert is_close(found * whole, store + found * (augmentation + query))


@given(cost=USD, examples=SMALL_USD)
def test_at_the_few_shot_break_even_the_examples_have_cost_the_training(cost: Decimal, examples: Decimal) -> None:
    found = customization.few_shot_break_even_requests(fine_tuning_usd=cost, examples_usd_per_request=examples)
    if not examples:
        assert found is None
        return
    assert found is not None
    assert is_close(found * examples, cost)


@given(
    items=st.integers(1, 10**6),
    votes=st.integers(1, 9),
    label=SMALL_USD,
    review=RATIOS,
    expert=USD,
    pilot=RATIOS,
    yielded=SOME_RATIOS,
)
def test_a_usable_label_never_costs_less_than_its_votes(
    *, items: int, votes: int, label: Decimal, review: Decimal, expert: Decimal, pilot: Decimal, yielded: Decimal
) -> None:
    cost = customization.labelling_usd(
        items=items,
        labels_per_item=votes,
        usd_per_label=label,
        review_ratio=review,
        usd_per_review=expert,
        pilot_ratio=pilot,
        labour_usd=Decimal(0),
    )
    usable = customization.label_usd_per_usable_item(labelling_usd=cost, items=items, label_yield_ratio=yielded)
    assert usable is not None
    assert usable >= votes * label * (1 - Decimal("1e-20"))


def test_no_usable_item_has_no_price() -> None:
    found = customization.label_usd_per_usable_item(labelling_usd=Decimal(100), items=10, label_yield_ratio=Decimal(0))
    assert found is None


@given(size=SOME_COUNTS, data=SOME_COUNTS, peak=SOME_COUNTS, share=SOME_RATIOS)
def test_hours_and_utilisation_undo_each_other(size: int, data: int, peak: int, share: Decimal) -> None:
    flop = pretraining.training_flop(parameters=size, training_tokens=data)
    hours = pretraining.gpu_hours(flop=flop, gpu_peak_flops=peak, model_flops_utilisation_ratio=share)
    assert hours is not None
    back = pretraining.model_flops_utilisation_ratio(flop=flop, gpu_peak_flops=peak, gpu_hours=hours)
    assert back is not None
    assert is_close(back, share)


def test_a_gpu_that_does_nothing_takes_no_number_of_hours() -> None:
    assert pretraining.gpu_hours(flop=1, gpu_peak_flops=1, model_flops_utilisation_ratio=Decimal(0)) is None
    assert pretraining.model_flops_utilisation_ratio(flop=1, gpu_peak_flops=1, gpu_hours=0) is None
    found = pretraining.training_run_usd(gpu_hours=1, instance_usd_per_hour=Decimal(1), gpus_per_instance=0)
    assert found is None


def test_the_shortest_run_has_a_utilisation() -> None:
    """0.36 operations fit into a ten-thousandth of an hour at one a second; half of them were done."""
    found = pretraining.model_flops_utilisation_ratio(
        flop=Decimal("0.18"), gpu_peak_flops=1, gpu_hours=Decimal("0.0001")
    )
    assert found == Decimal("0.5")


@given(hours=SOME_COUNTS, price=SOME_USD, gpus=st.integers(1, 16))
def test_an_instance_is_paid_once_however_many_gpus_it_has(hours: int, price: Decimal, gpus: int) -> None:
    cost = pretraining.training_run_usd(gpu_hours=hours * gpus, instance_usd_per_hour=price, gpus_per_instance=gpus)
    assert cost is not None
    assert is_close(cost, hours * price)


@given(
    large=st.integers(2, 10**12), data=st.integers(0, 10**14), share=st.integers(1, 99), longer=st.integers(0, 10**14)
)
def test_after_the_break_even_the_smaller_model_has_taken_fewer_operations(
    large: int, data: int, share: int, longer: int
) -> None:
    small = max(1, large * share // 100)
    found = pretraining.smaller_model_break_even_tokens(
        larger_parameters=large,
        larger_training_tokens=data,
        smaller_parameters=small,
        smaller_training_tokens=longer,
    )
    assert found is not None
    served = max(found, Decimal(0)) * 2 + 1
    before = pretraining.lifetime_flop(parameters=large, training_tokens=data, served_tokens=served)
    after = pretraining.lifetime_flop(parameters=small, training_tokens=longer, served_tokens=served)
    assert after < before


@pytest.mark.parametrize("small", [7, 8])
def test_a_model_that_is_not_smaller_has_no_break_even(small: int) -> None:
    found = pretraining.smaller_model_break_even_tokens(
        larger_parameters=7, larger_training_tokens=1, smaller_parameters=small, smaller_training_tokens=2
    )
    assert found is None
