"""The worked examples of response time, queues and scaling (F43 to F47), to the digits published with them."""

from __future__ import annotations

from decimal import Context, Decimal

import pytest

from calculators.formulas import queueing, scaling

SERVICE_SECONDS = Decimal("7.782")
OFFERED_LOAD = Decimal("0.5") * SERVICE_SECONDS


def waits(slots: int, load: Decimal) -> Decimal:
    """Erlang C where it exists."""
    blocking = queueing.erlang_b_ratio(slots=slots, offered_load=load)
    found = queueing.wait_probability_ratio(blocking_ratio=blocking, slots=slots, offered_load=load)
    assert found is not None
    return found


def mean_wait(slots: int, load: Decimal) -> Decimal | None:
    """Mean wait for slots of 7.782 s."""
    return queueing.mean_wait_seconds(
        wait_probability_ratio=waits(slots, load), slots=slots, offered_load=load, service_seconds=SERVICE_SECONDS
    )


def six_digits(value: Decimal | None) -> Decimal:
    """Round to six significant digits, as the examples are printed."""
    assert value is not None
    return Context(prec=6).create_decimal(value)


@pytest.mark.parametrize(("output_tokens", "seconds"), [(400, "7.782"), (120, "2.742")])
def test_f43_cutting_the_answer_beats_a_faster_model(output_tokens: int, seconds: str) -> None:
    """0.6 s to the first token, then one each 18 ms."""
    found = queueing.response_seconds(
        time_to_first_token_seconds=Decimal("0.6"),
        output_tokens=output_tokens,
        inter_token_seconds=Decimal("0.018"),
    )

    assert found == Decimal(seconds)


def test_f43_eighteen_milliseconds_a_token_are_55_tokens_a_second() -> None:
    """The pace of one answer."""
    assert six_digits(queueing.tokens_per_second(inter_token_seconds=Decimal("0.018"))) == Decimal("55.5556")


def test_f44_twelve_requests_a_second_keep_93_in_flight() -> None:
    """And 64 slots sustain 8.2 a second of the same length."""
    in_flight = queueing.concurrent_requests(requests_per_second=12, response_seconds=SERVICE_SECONDS)
    sustained = queueing.sustained_requests_per_second(slots=64, response_seconds=SERVICE_SECONDS)

    assert in_flight == Decimal("93.384")
    assert six_digits(sustained) == Decimal("8.22411")


def test_f45_eight_slots_keep_two_second_waits_below_five_per_cent() -> None:
    """Half a request a second of 7.782 s each: load 3.891 on 8 slots."""
    slots = queueing.slots_needed(
        offered_load=OFFERED_LOAD,
        service_seconds=SERVICE_SECONDS,
        target_wait_seconds=Decimal(2),
        target_wait_probability_ratio=Decimal("0.05"),
    )
    assert slots == 8
    assert OFFERED_LOAD / slots == Decimal("0.486375")

    assert six_digits(waits(slots, OFFERED_LOAD)) == Decimal("0.0514627")
    assert six_digits(mean_wait(slots, OFFERED_LOAD)) == Decimal("0.0974647")


@pytest.mark.parametrize(("slots", "tail"), [(8, "0.0179005"), (7, "0.0541381")])
def test_f45_one_slot_fewer_misses_the_target(slots: int, tail: str) -> None:
    """1.8% wait above two seconds on 8 slots, 5.4% on 7."""
    found = queueing.tail_probability_ratio(
        wait_probability_ratio=waits(slots, OFFERED_LOAD),
        slots=slots,
        offered_load=OFFERED_LOAD,
        service_seconds=SERVICE_SECONDS,
        target_wait_seconds=Decimal(2),
    )

    assert six_digits(found) == Decimal(tail)


def test_f46_two_pools_of_four_wait_almost_three_times_as_long_as_one_of_eight() -> None:
    """Six requests in flight in all."""
    pooled, split = mean_wait(8, Decimal(6)), mean_wait(4, Decimal(3))
    ratio = queueing.pooling_wait_ratio(pools=2, slots_per_pool=4, offered_load=Decimal(6))

    assert (six_digits(pooled), six_digits(split)) == (Decimal("1.38901"), Decimal("3.96442"))
    assert six_digits(ratio) == Decimal("2.85412")


def test_f47_forty_a_second_need_fifteen_instances() -> None:
    """Each serves 4 a second and is kept at 70%."""
    found = scaling.instances_for_rate(
        requests_per_second=40, instance_requests_per_second=4, utilisation_target_ratio=Decimal("0.7")
    )

    assert found == 15


@pytest.mark.parametrize(("scale_out_seconds", "rate", "spare"), [(525, "10.5", 4), (258, "5.16", 2)])
def test_f47_a_faster_start_halves_the_spare_instances(scale_out_seconds: int, rate: str, spare: int) -> None:
    """The load grows by 0.02 requests a second in each second."""
    headroom = scaling.headroom_requests_per_second(
        ramp_requests_per_second_squared=Decimal("0.02"), scale_out_seconds=scale_out_seconds
    )
    found = scaling.instances_for_rate(
        requests_per_second=headroom, instance_requests_per_second=4, utilisation_target_ratio=Decimal("0.7")
    )

    assert headroom == Decimal(rate)
    assert found == spare


def test_f47_two_instances_fewer_save_1427_dollars_a_month() -> None:
    """At $0.9776 an hour."""
    saved = scaling.instances_usd_per_month(instances=4 - 2, instance_usd_per_hour=Decimal("0.9776"))

    assert six_digits(saved) == Decimal("1427.30")


def test_f47_a_step_in_load_leaves_a_backlog_that_drains_in_193_seconds() -> None:
    """From 28 to 40 a second for 258 s, then 56 are served."""
    backlog = scaling.backlog_requests(requests_per_second=40, capacity_requests_per_second=28, seconds=258)
    drained = scaling.drain_seconds(backlog_requests=backlog, requests_per_second=40, capacity_requests_per_second=56)

    assert backlog == 3_096
    assert drained == Decimal("193.5")


def test_f44_a_chatbot_with_max_tokens_of_64_000_holds_twice_its_quota() -> None:
    """5 a second, 7.782 s each: 38.91 run and hold 65,500, 261.09 of the minute have settled 5,500."""
    held = queueing.quota_tokens_held(
        requests_per_second=5, response_seconds=SERVICE_SECONDS, reserve_tokens=65_500, settle_tokens=5_500
    )

    assert held == Decimal("38.91") * 65_500 + Decimal("261.09") * 5_500
    assert held > 2_000_000
