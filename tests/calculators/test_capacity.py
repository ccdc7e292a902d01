"""Capacity: worked examples, business cases, steps, flips, warnings, refusals, charts."""

from __future__ import annotations

import math
import re
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

import pytest

from calculators import InputError, capacity
from calculators.fields import specs
from tests.calculators.arithmetic import evaluate

CHATBOT: dict[str, Any] = {}  # the defaults: Claude Sonnet 5 at noon, max_tokens left at 64,000
TUNED = {"max_tokens": 600}
BF16 = {"bytes_per_weight": 2, "bytes_per_kv": 2}
LLAMA_70B = {"parameters": 70_600_000_000, "layers": 80}
FOUR_L40S = {"gpu_memory_gb": 192, "overhead_gb": 4, "context_tokens": 8_192}


def sized(**facts: Any) -> capacity.Result:
    return capacity.calculate(capacity.Inputs(**facts))


def codes(**facts: Any) -> set[str]:
    return {each.code for each in sized(**facts).warnings}


def rounded(value: Decimal | None, digits: int = 6) -> float:
    """Round to the digits in which the examples are printed."""
    assert value is not None
    return float(f"{value:.{digits}g}")


# --- worked examples -----------------------------------------------------------------------------


@pytest.mark.parametrize(("burndown", "per_minute"), [(1, 1052.63), (5, 571.429), (10, 363.636), (15, 266.667)])
def test_f09_two_million_tokens_a_minute_carry_so_many_requests(burndown: int, per_minute: float) -> None:
    assert rounded(sized(output_burndown=burndown).quota_requests_per_minute) == per_minute


@pytest.mark.parametrize(("max_tokens", "at_once"), [(1_000, 1333.33), (64_000, 31.0078)])
def test_f09_max_tokens_decides_how_many_start(max_tokens: int, at_once: float) -> None:
    found = sized(input_tokens_per_request=500, max_tokens=max_tokens)
    assert rounded(found.admission_requests_per_minute) == at_once


def test_f43_f44_a_chat_answer_takes_7_8_seconds_and_12_a_second_keep_93_in_flight() -> None:
    found = sized(peak_requests_per_second=12)
    assert found.response_seconds == Decimal("7.782")
    assert rounded(found.tokens_per_second) == 55.5556
    assert found.concurrent_requests == Decimal("93.384")
    assert sized(output_tokens_per_request=120).response_seconds == Decimal("2.742")


def test_f45_half_a_request_a_second_needs_eight_slots() -> None:
    found = sized(peak_requests_per_second=Decimal("0.5"))
    assert found.slots == 8
    assert rounded(found.wait_probability_ratio) == 0.0514627
    assert rounded(found.mean_wait_seconds) == 0.0974647
    assert rounded(found.tail_probability_ratio) == 0.0179005


@pytest.mark.parametrize(("scale_out_seconds", "spare"), [(525, 4), (258, 2)])
def test_f47_forty_a_second_need_fifteen_instances_and_a_slow_start_four_more(
    scale_out_seconds: int, spare: int
) -> None:
    found = sized(
        peak_requests_per_second=40,
        instance_requests_per_second=4,
        utilisation_target_ratio=Decimal("0.7"),
        ramp_requests_per_second_squared=Decimal("0.02"),
        scale_out_seconds=scale_out_seconds,
    )
    assert found.instances == 15
    assert found.headroom_instances == spare
    assert found.usd_per_month == Decimal("0.9776") * 15 * 730
    headroom = next(each.value for each in found.steps if each.name == "headroom_usd_per_month")
    assert headroom == Decimal("713.648") * spare  # 0.9776 dollars an hour, 730 hours


def test_f48_f49_f50_an_8b_on_an_l4() -> None:
    found = sized(**BF16, input_tokens_per_request=2_000, utilisation_target_ratio=Decimal("0.6"))
    assert found.weights_gb == Decimal("16.06")
    assert found.kv_bytes_per_token == 131_072
    assert found.sequences_that_fit == 8
    assert rounded(found.decode_step_seconds) == 0.0678499
    assert rounded(found.tokens_per_second_per_sequence) == 14.7384
    assert rounded(found.tokens_per_second_total) == 117.907
    assert rounded(found.prefill_seconds) == 0.530909
    assert rounded(found.usd_per_mtok_output) == 3.83854


def test_f48_f50_fp8_fits_46_sequences_and_cuts_the_price_to_a_sixth() -> None:
    found = sized(utilisation_target_ratio=Decimal("0.6"))
    assert found.sequences_that_fit == 46
    assert rounded(found.usd_per_mtok_output) == 0.668329


def test_f48_ten_sequences_of_a_70b_on_four_gpus() -> None:
    found = sized(**LLAMA_70B, **BF16, **FOUR_L40S)
    assert found.weights_gb == Decimal("141.2")
    assert found.kv_bytes_per_token == 327_680
    assert found.sequences_that_fit == 10
    assert sized(**LLAMA_70B, bytes_per_weight=Decimal("0.5")).weights_gb == Decimal("35.3")


# --- business cases ------------------------------------------------------------------------------


def test_s06_the_chatbot_is_throttled_by_max_tokens_and_600_cures_it() -> None:
    """300 requests a minute; the quota carries 364 of them, 31 reservations fit, with 600 there is room for 952."""
    before, after = sized(), sized(**TUNED)
    assert before.is_throttled
    assert not after.is_throttled
    assert rounded(before.quota_requests_per_minute, 3) == rounded(after.quota_requests_per_minute, 3) == 364
    assert rounded(before.admission_requests_per_minute, 2) == 31
    assert rounded(after.admission_requests_per_minute, 3) == 952
    assert math.ceil(before.concurrent_requests) == 39  # the case says about 40
    assert "max_tokens" in capacity.answer(capacity.Inputs(), before)


def test_s06_flips_at_a_sustained_need_of_364_a_minute() -> None:
    limit = Decimal(2_000_000) / 5_500 / 60
    assert not sized(**TUNED, peak_requests_per_second=limit - Decimal("0.001")).is_throttled
    above = sized(**TUNED, peak_requests_per_second=limit + Decimal("0.001"))
    assert above.is_throttled
    assert "quota-too-small" in {each.code for each in above.warnings}


@pytest.mark.parametrize(("quota", "is_throttled"), [(1_392_000, False), (1_391_999, True)])
def test_s09_black_friday_needs_1_392_000_tokens_a_minute(quota: int, *, is_throttled: bool) -> None:
    """960 requests a minute of 1,200 in and 250 out on Nova 2 Lite, whose output burns down once."""
    found = sized(
        peak_requests_per_second=16,
        input_tokens_per_request=1_200,
        output_tokens_per_request=250,
        output_burndown=1,
        max_tokens=250,
        quota_tokens_per_minute=quota,
    )
    assert found.is_throttled is is_throttled


# --- steps that round ----------------------------------------------------------------------------


def redone(substituted: str) -> Decimal:
    """Work out a line with ceil(...) and floor(...): innermost first, then the rest."""
    rounding = {"ceil": ROUND_CEILING, "floor": ROUND_FLOOR}
    while found := re.search(r"(ceil|floor)\(((?:[^()]|\([^()]*\))*)\)", substituted):
        whole = evaluate(found[2]).to_integral_value(rounding[found[1]])
        substituted = substituted.replace(found[0], f"{whole:f}")
    return evaluate(substituted)


@pytest.mark.parametrize("facts", [CHATBOT, BF16, {"slots_per_instance": 3}, {"peak_requests_per_second": 0}])
def test_the_arithmetic_of_rounded_steps_gives_their_value(facts: dict[str, Any]) -> None:
    steps = {each.name: each for each in sized(**facts).steps}
    for name in ("instances", "headroom_instances", "sequences_that_fit"):
        assert redone(steps[name].substituted) == steps[name].value


def test_the_step_of_the_slots_shows_both_sides_of_the_target() -> None:
    found = sized(peak_requests_per_second=Decimal("0.5"))
    step = next(each for each in found.steps if each.name == "slots")
    assert step.substituted == "least 8 with 0.01790052008 ≤ 0.05, for 0.05413810734 > 0.05"


# --- flips ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("facts", [CHATBOT, TUNED, {"quota_tokens_per_minute": 1_000_000, "max_tokens": 500}])
def test_a_flip_does_flip_and_one_step_before_does_not(facts: dict[str, Any]) -> None:
    result = sized(**facts)
    assert result.flips
    for flip in result.flips:
        there = sized(**{**facts, flip.input: flip.flips_at}).is_throttled
        assert there is not result.is_throttled
        assert there is (flip.becomes == "throttled")
        step = Decimal(1) if specs(capacity.Inputs)[flip.input].is_whole else Decimal("1e-9")
        before = flip.flips_at + (step if flip.flips_at < flip.now else -step)
        assert sized(**{**facts, flip.input: before}).is_throttled is result.is_throttled


def test_the_chatbot_is_cured_at_a_max_tokens_of_5166() -> None:
    """2,000,000 ÷ 300 = 6,666.67, less 1,500 of input."""
    flips = {each.input: each for each in sized().flips}
    assert flips["max_tokens"].flips_at == 5_166
    assert flips["quota_tokens_per_minute"].flips_at == 300 * 65_500
    assert "output_burndown" not in flips  # it plays no part while max_tokens is the larger count


# --- warnings ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "shown_for", "not_for"),
    [
        ("max-tokens-throttles", CHATBOT, TUNED),
        ("max-tokens-throttles", CHATBOT, {"peak_requests_per_second": 7}),  # then the quota itself is too small
        ("burst-admission", {"max_tokens": 8_000}, CHATBOT),
        ("burst-admission", {"max_tokens": 8_000}, TUNED),
        ("quota-too-small", {"peak_requests_per_second": 7}, CHATBOT),
        ("answers-cut-off", {"max_tokens": 399}, {"max_tokens": 400}),
        ("queue-near-saturation", {"peak_requests_per_second": 12}, CHATBOT),
        ("random-arrivals-assumed", CHATBOT, {"peak_requests_per_second": 0}),
        ("request-beyond-context", {"context_tokens": 1_899}, {"context_tokens": 1_900}),
        ("no-spare-instance", {"peak_requests_per_second": Decimal("0.5")}, CHATBOT),
        ("more-slots-than-sequences", BF16, CHATBOT),
        ("rate-beyond-bandwidth", {"instance_requests_per_second": 2}, CHATBOT),
        ("weights-do-not-fit", {**LLAMA_70B, **BF16}, {**LLAMA_70B, **BF16, **FOUR_L40S}),
        ("no-sequence-fits", {"context_tokens": 1_000_000}, CHATBOT),
        ("batch-slows-each-token", CHATBOT, {"inter_token_seconds": Decimal("0.07")}),
        ("shared-fleet-is-cheaper", CHATBOT, {"gpu_bandwidth_gb_per_second": 3_350}),
        ("shared-fleet-is-cheaper", CHATBOT, {**LLAMA_70B, **FOUR_L40S}),  # another size: no comparison
        ("price-older-than-90-days", CHATBOT, {"instance_usd_per_hour": 1}),
    ],
)
def test_a_warning_is_shown_where_it_applies_and_only_there(
    code: str, shown_for: dict[str, Any], not_for: dict[str, Any]
) -> None:
    assert code in codes(**shown_for)
    assert code not in codes(**not_for)


def test_near_saturation_says_what_a_tenth_more_load_does() -> None:
    """At 12 a second 100 slots are 93% busy, and 110% of the load is more than they hold."""
    message = next(
        each.message for each in sized(peak_requests_per_second=12).warnings if each.code == "queue-near-saturation"
    )
    assert "without end" in message


def test_a_model_that_does_not_fit_has_no_speed_and_no_price() -> None:
    found = sized(**LLAMA_70B, **BF16)
    for name in (
        "sequences_that_fit",
        "decode_step_seconds",
        "tokens_per_second_per_sequence",
        "tokens_per_second_total",
        "prefill_seconds",
        "usd_per_mtok_output",
    ):
        assert getattr(found, name) is None
    assert found.weights_gb == Decimal("141.2")


def test_quiet_gives_the_same_numbers_without_steps_and_charts() -> None:
    loud, quiet = sized(), capacity.calculate(capacity.Inputs(), is_quiet=True)
    assert (quiet.steps, quiet.charts) == ((), ())
    for name in ("is_throttled", "slots", "mean_wait_seconds", "instances", "usd_per_mtok_output", "flips"):
        assert getattr(quiet, name) == getattr(loud, name)


# --- prices, refusals, pictures ------------------------------------------------------------------


def test_the_example_instance_has_the_catalogues_price_and_another_price_is_the_readers() -> None:
    example = next(each for each in sized().prices if "g6.2xlarge" in each.what)
    assert not example.overridden
    assert example.as_of
    own = next(each for each in sized(instance_usd_per_hour=Decimal("4.5")).prices if each.what == "Instance")
    assert own.overridden
    assert own.value == Decimal("4.5")


def test_a_load_beyond_any_fleet_is_refused() -> None:
    with pytest.raises(InputError, match="peak_requests_per_second: at this load more than 100,000"):
        capacity.Inputs(peak_requests_per_second=Decimal(20_000))


def test_a_missing_price_is_refused_not_taken_as_0() -> None:
    with pytest.raises(InputError, match="instance_usd_per_hour: enter a number from 0 to 1000000, not nothing"):
        capacity.Inputs(instance_usd_per_hour=None)  # type: ignore[arg-type]  # what JSON may hold


@pytest.mark.parametrize(
    ("facts", "ids"),
    [
        (CHATBOT, ["quota-against-peak", "waits-by-load", "headroom", "memory"]),
        ({"peak_requests_per_second": 0}, ["quota-against-peak", "headroom", "memory"]),
        ({"ramp_requests_per_second_squared": 0}, ["quota-against-peak", "waits-by-load", "memory"]),
    ],
)
def test_a_chart_is_drawn_where_there_is_something_to_draw(facts: dict[str, Any], ids: list[str]) -> None:
    assert [each.id for each in sized(**facts).charts] == ids


def test_the_chart_of_waits_rises_with_the_load_and_passes_through_the_answer() -> None:
    """The mean wait at the peak lies between its neighbours on the curve."""
    result = sized()
    chart = next(each for each in result.charts if each.id == "waits-by-load")
    curve = [
        (row["requests_per_second"], row["wait_seconds"])
        for row in chart.spec["data"]["values"]
        if row["wait"] == "Mean wait"
    ]
    waits = [wait for _load, wait in curve]
    assert waits == sorted(waits)
    below = max(wait for load, wait in curve if load <= 5)
    above = min(wait for load, wait in curve if load >= 5)
    assert below <= result.mean_wait_seconds <= above


@pytest.mark.parametrize(("facts", "words"), [(CHATBOT, "fit into"), (BF16, "do not fit into")])
def test_the_chart_of_memory_says_whether_the_requests_fit(facts: dict[str, Any], words: str) -> None:
    assert words in next(each.summary for each in sized(**facts).charts if each.id == "memory")


@pytest.mark.parametrize(
    ("facts", "begins"),
    [
        (CHATBOT, "Throttled by max_tokens: 300 requests a minute at the peak; max_tokens of 64,000 lets 30.5"),
        (TUNED, "Not throttled: 300 requests a minute at the peak; the quota carries 364."),
        ({"peak_requests_per_second": 7}, "Throttled by tokens a minute: 420 requests a minute at the peak; the"),
        (
            {
                "input_tokens_per_request": 0,
                "output_tokens_per_request": 0,
                "max_tokens": 1,
                "quota_tokens_per_minute": 0,
            },
            "Throttled by max_tokens: 300 requests a minute at the peak; max_tokens of 1 lets 0 start at once.",
        ),
        (
            {"input_tokens_per_request": 0, "output_tokens_per_request": 0, "max_tokens": 1},
            "Not throttled: 300 requests a minute at the peak. On",
        ),
    ],
)
def test_the_answer_begins_with_the_verdict_on_the_quota(facts: dict[str, Any], begins: str) -> None:
    inputs = capacity.Inputs(**facts)
    assert capacity.answer(inputs, capacity.calculate(inputs)).startswith(begins)


@pytest.mark.parametrize("facts", [{"parameters": 70_600_000_000}, {"context_tokens": 1_000_000}])
def test_the_answer_offers_no_instances_that_cannot_hold_the_model(facts: dict[str, Any]) -> None:
    inputs = capacity.Inputs(**facts)
    said = capacity.answer(inputs, capacity.calculate(inputs))
    assert said.endswith("The model does not fit the instance entered.")
    assert "Own instances" not in said
