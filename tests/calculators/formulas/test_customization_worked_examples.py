"""The worked examples of customisation (F22 to F28), to the digits that were published with them."""

from __future__ import annotations

from decimal import Context, Decimal

import pytest

from calculators.formulas import customization, distillation, pretraining, retrieval, tokens

TEACHER_USD, STUDENT_USD, PENALTY_USD = Decimal("0.004125"), Decimal("0.0000525"), Decimal("0.00075")
H100_PEAK_FLOPS = 989 * 10**12


def six_digits(value: Decimal | None) -> Decimal:
    """Round to six significant digits, as the examples are printed."""
    assert value is not None
    return Context(prec=6).create_decimal(value)


def request_usd(input_usd_per_mtok: str, output_usd_per_mtok: str) -> Decimal:
    """Price 900 input and 150 output tokens."""
    return tokens.request_usd(
        fresh_tokens=900,
        cache_read_tokens=0,
        cache_write_tokens=0,
        output_tokens=150,
        input_usd_per_mtok=Decimal(input_usd_per_mtok),
        cache_read_usd_per_mtok=Decimal(0),
        cache_write_usd_per_mtok=Decimal(0),
        output_usd_per_mtok=Decimal(output_usd_per_mtok),
    )


def making_usd(*, evaluations: int = 500, hours: int = 80) -> Decimal:
    """Cost of the student of F22, with or without its people."""
    return distillation.fixed_usd(
        labelling_usd=distillation.labelling_usd(training_examples=10_000, teacher_usd_per_request=TEACHER_USD),
        training_usd=distillation.training_usd(
            training_examples=10_000, tokens_per_example=1_050, epochs=2, training_usd_per_mtok=Decimal(1)
        ),
        evaluations=evaluations,
        usd_per_evaluation=Decimal(2),
        labour_hours=hours,
        labour_usd_per_hour=Decimal(95),
    )


def test_f22_premier_teaches_micro() -> None:
    assert request_usd("2.5", "12.5") == TEACHER_USD
    assert request_usd("0.035", "0.14") == STUDENT_USD
    assert round(1 - STUDENT_USD / TEACHER_USD, 6) == Decimal("0.987273")
    assert making_usd() == Decimal("8662.25")
    fifteen_thousand = distillation.labelling_usd(training_examples=15_000, teacher_usd_per_request=TEACHER_USD)
    assert fifteen_thousand == Decimal("61.875")


def test_f22_break_even_is_mostly_people() -> None:
    net = distillation.net_saving_usd_per_request(
        teacher_usd_per_request=TEACHER_USD,
        student_usd_per_request=STUDENT_USD,
        error_penalty_usd_per_request=PENALTY_USD,
    )
    assert net == Decimal("0.0033225")
    with_people = distillation.break_even_requests(fixed_usd=making_usd(), net_saving_usd_per_request=net)
    without = distillation.break_even_requests(
        fixed_usd=making_usd(evaluations=0, hours=0), net_saving_usd_per_request=net
    )
    assert with_people is not None
    assert round(with_people) == 2_607_148
    assert six_digits(without) == Decimal("18735.9")
    assert six_digits(with_people / 400_000) == Decimal("6.51787")


def test_f22_an_hourly_unit_needs_traffic() -> None:
    month = distillation.hosting_usd_per_month(hosting_usd_per_hour=Decimal(8))
    needed = distillation.hosting_break_even_requests_per_month(
        hosting_usd_per_month=month, teacher_usd_per_request=TEACHER_USD, error_penalty_usd_per_request=PENALTY_USD
    )
    assert month == 5_840
    assert six_digits(needed) == Decimal(1_730_370)


def test_f23_a_year_of_text_to_sql_costs_41_dollars() -> None:
    train = distillation.training_usd(
        training_examples=2_000, tokens_per_example=800, epochs=5, training_usd_per_mtok=Decimal(1)
    )
    serve = distillation.serving_usd_per_month(
        requests_per_month=22_000,
        input_tokens=800,
        output_tokens=60,
        input_usd_per_mtok=Decimal("0.035"),
        output_usd_per_mtok=Decimal("0.14"),
    )
    year = distillation.total_usd(upfront_usd=train, usd_per_month=serve + Decimal("1.95"), horizon_months=12)
    assert (train, serve, year) == (Decimal(8), Decimal("0.8008"), Decimal("41.0096"))


def test_f24_augmentation_is_nearly_all_of_the_bill() -> None:
    corpus = retrieval.corpus_tokens(documents=40_000, tokens_per_document=1_200)
    chunks = retrieval.index_chunks(tokens=corpus, chunk_tokens=400, overlap_ratio=Decimal("0.15"))
    assert chunks is not None
    gigabytes = retrieval.index_gb(chunks=chunks, dimensions=1_024, metadata_bytes=1_024)
    embedded = retrieval.embedding_usd(tokens=corpus, embedding_usd_per_mtok=Decimal("0.02"))
    questions = retrieval.embedding_usd(tokens=300_000 * 30, embedding_usd_per_mtok=Decimal("0.02"))
    read = 300_000 * retrieval.augmentation_usd_per_request(
        retrieved_chunks=5, chunk_tokens=400, input_usd_per_mtok=Decimal(2)
    )
    store = retrieval.store_usd_per_month(
        index_gb=gigabytes,
        storage_usd_per_gb_month=Decimal("0.06"),
        queries_per_month=300_000,
        usd_per_query=Decimal("0.0000025"),
        floor_units=0,
        usd_per_unit_hour=Decimal(0),
    )
    month = questions + read + store + Decimal("0.05") * embedded  # a twentieth is embedded again
    assert embedded == Decimal("0.96")
    assert round(chunks, 1) == Decimal("141176.5")
    assert six_digits(gigabytes) == Decimal("0.722824")
    assert questions == Decimal("0.18")
    assert read == 1_200
    assert six_digits(store) == Decimal("0.793369")
    assert six_digits(month) == Decimal("1201.02")
    assert round(read / month, 5) == Decimal("0.99915")
    assert six_digits(month - store + Decimal("700.8")) == Decimal("1901.03")


def test_f24_a_classic_collection_needs_87600_requests_a_month() -> None:
    floor = retrieval.store_usd_per_month(
        index_gb=Decimal(0),
        storage_usd_per_gb_month=Decimal(0),
        queries_per_month=0,
        usd_per_query=Decimal(0),
        floor_units=4,
        usd_per_unit_hour=Decimal("0.24"),
    )
    found = retrieval.break_even_requests_per_month(
        store_usd_per_month=floor,
        prompt_tokens=60_000,
        prompt_usd_per_mtok=Decimal("0.2"),
        augmentation_usd_per_request=Decimal("0.004"),
        usd_per_query=Decimal(0),
    )
    assert floor == Decimal("700.8")
    assert found == 87_600


@pytest.mark.parametrize(
    ("price", "requests"),
    [
        pytest.param("0.035", "23968254", id="Nova Micro"),
        pytest.param("2", "419444.4", id="Sonnet 5"),
        pytest.param("0.2", "4194444", id="Sonnet 5, cached"),
    ],
)
def test_f25_examples_or_training(price: str, requests: str) -> None:
    examples = customization.examples_usd_per_request(
        examples_per_prompt=8, tokens_per_example=180, input_usd_per_mtok=Decimal(price)
    )
    found = customization.few_shot_break_even_requests(
        fine_tuning_usd=Decimal(1_208), examples_usd_per_request=examples
    )
    assert found is not None
    assert round(found, 1 if "." in requests else 0) == Decimal(requests)


def test_f26_a_label_of_ten_cents_costs_67() -> None:
    cost = customization.labelling_usd(
        items=20_000,
        labels_per_item=3,
        usd_per_label=Decimal("0.10"),
        review_ratio=Decimal("0.1"),
        usd_per_review=Decimal("0.5"),
        pilot_ratio=Decimal("0.15"),
        labour_usd=Decimal(60 * 70),
    )
    usable = customization.label_usd_per_usable_item(
        labelling_usd=cost, items=20_000, label_yield_ratio=Decimal("0.92")
    )
    assert cost == 12_250
    assert cost / 20_000 == Decimal("0.6125")
    assert six_digits(usable) == Decimal("0.665761")


def test_f27_llama_405b() -> None:
    flop = pretraining.training_flop(parameters=405 * 10**9, training_tokens=156 * 10**11)
    hours = pretraining.gpu_hours(
        flop=flop, gpu_peak_flops=H100_PEAK_FLOPS, model_flops_utilisation_ratio=Decimal("0.4")
    )
    implied = pretraining.model_flops_utilisation_ratio(flop=flop, gpu_peak_flops=H100_PEAK_FLOPS, gpu_hours=30_840_000)
    assert six_digits(flop) == Decimal("3.79080e25")
    assert hours is not None
    assert round(hours) == 26_617_796
    assert six_digits(implied) == Decimal("0.345237")
    at_two_dollars = pretraining.training_run_usd(
        gpu_hours=30_840_000, instance_usd_per_hour=Decimal(16), gpus_per_instance=8
    )
    at_list = pretraining.training_run_usd(
        gpu_hours=30_840_000, instance_usd_per_hour=Decimal("55.04"), gpus_per_instance=8
    )
    assert at_two_dollars == 61_680_000
    assert at_list == 212_179_200


@pytest.mark.parametrize(("instance", "usd"), [("98.32", "322173.5"), ("55.04", "180354.3")])
def test_f27_seven_billion_on_a_trillion_tokens(instance: str, usd: str) -> None:
    flop = pretraining.training_flop(parameters=7 * 10**9, training_tokens=10**12)
    hours = pretraining.gpu_hours(
        flop=flop, gpu_peak_flops=H100_PEAK_FLOPS, model_flops_utilisation_ratio=Decimal("0.45")
    )
    assert hours is not None
    assert round(hours, 1) == Decimal("26214.3")
    assert round(hours / 256, 1) == Decimal("102.4")
    cost = pretraining.training_run_usd(gpu_hours=hours, instance_usd_per_hour=Decimal(instance), gpus_per_instance=8)
    assert cost is not None
    assert round(cost, 1) == Decimal(usd)


def test_f27_the_widely_copied_page_counts_each_instance_eight_times() -> None:
    cost = pretraining.training_run_usd(
        gpu_hours=Decimal("26214.3"), instance_usd_per_hour=Decimal("98.32"), gpus_per_instance=8
    )
    assert cost is not None
    assert round(8 * cost / 1_000) == round(2_577_388 / 1_000)


def test_f27_chinchilla_and_f28_the_smaller_model() -> None:
    assert pretraining.chinchilla_tokens(parameters=7 * 10**9) == 140_000_000_000
    large = pretraining.lifetime_flop(parameters=13 * 10**9, training_tokens=260 * 10**9, served_tokens=0)
    small = pretraining.lifetime_flop(parameters=7 * 10**9, training_tokens=1_200 * 10**9, served_tokens=0)
    assert (six_digits(large), six_digits(small)) == (Decimal("2.02800e22"), Decimal("5.04000e22"))
    found = pretraining.smaller_model_break_even_tokens(
        larger_parameters=13 * 10**9,
        larger_training_tokens=260 * 10**9,
        smaller_parameters=7 * 10**9,
        smaller_training_tokens=1_200 * 10**9,
    )
    assert found == 2_510_000_000_000
