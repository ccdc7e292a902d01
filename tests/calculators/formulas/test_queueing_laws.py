"""Laws of queues and scaling (F43 to F47): limits, directions, recursions, and what does not exist."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculators.formulas import queueing, scaling

LOADS = st.decimals("0.001", 400, places=3)
SPARE_SLOTS = st.integers(1, 60)
SECONDS = st.decimals("0.001", 100, places=3)
RATES = st.decimals("0.001", 1_000, places=3)
SHARES = st.decimals("0.0001", 1, places=4)
TOLERANCE = Decimal("1e-20")


def waits(slots: int, load: Decimal) -> Decimal:
    """Erlang C where it exists."""
    blocking = queueing.erlang_b_ratio(slots=slots, offered_load=load)
    found = queueing.wait_probability_ratio(blocking_ratio=blocking, slots=slots, offered_load=load)
    assert found is not None
    return found


def mean_wait(slots: int, load: Decimal, service: Decimal) -> Decimal:
    """Mean wait where it exists."""
    found = queueing.mean_wait_seconds(
        wait_probability_ratio=waits(slots, load), slots=slots, offered_load=load, service_seconds=service
    )
    assert found is not None
    return found


def tail(slots: int, load: Decimal, service: Decimal, target: Decimal) -> Decimal:
    """Share that waits longer than the target, where it exists."""
    found = queueing.tail_probability_ratio(
        wait_probability_ratio=waits(slots, load),
        slots=slots,
        offered_load=load,
        service_seconds=service,
        target_wait_seconds=target,
    )
    assert found is not None
    return found


@given(first=SECONDS, tokens=st.integers(1, 10_000), pace=SECONDS)
def test_each_further_token_adds_one_inter_token_time(first: Decimal, tokens: int, pace: Decimal) -> None:
    """And the first token alone takes the time to first token."""
    shorter, longer = (
        queueing.response_seconds(time_to_first_token_seconds=first, output_tokens=count, inter_token_seconds=pace)
        for count in (tokens, tokens + 1)
    )

    assert longer - shorter == pace
    assert shorter >= first
    assert (shorter == first) is (tokens == 1)


def test_an_answer_without_tokens_is_never_quicker_than_its_first_token() -> None:
    """No output does not take an inter-token time away."""
    found = queueing.response_seconds(
        time_to_first_token_seconds=Decimal("0.6"), output_tokens=0, inter_token_seconds=Decimal("0.018")
    )

    assert found == Decimal("0.6")


@given(rate=RATES, seconds=SECONDS)
def test_little_forwards_and_back(rate: Decimal, seconds: Decimal) -> None:
    """Slots for the requests in flight sustain exactly the rate."""
    in_flight = queueing.concurrent_requests(requests_per_second=rate, response_seconds=seconds)
    back = queueing.sustained_requests_per_second(slots=in_flight, response_seconds=seconds)
    assert back is not None

    assert abs(back - rate) <= TOLERANCE * rate


@given(slots=st.integers(1, 400), load=LOADS)
def test_erlang_b_obeys_its_recursion(slots: int, load: Decimal) -> None:
    """The unrolled sum is the recursion, one slot at a time."""
    fewer = queueing.erlang_b_ratio(slots=slots - 1, offered_load=load)
    found = queueing.erlang_b_ratio(slots=slots, offered_load=load)

    assert abs(found - load * fewer / (slots + load * fewer)) <= TOLERANCE * found
    assert queueing.erlang_b_ratio(slots=0, offered_load=load) == 1


@given(load=st.decimals("0.001", "0.999", places=3))
def test_one_slot_is_busy_as_often_as_a_request_waits(load: Decimal) -> None:
    """M/M/1: C is the utilisation and the mean wait ρ/(1 − ρ) service times."""
    mean = mean_wait(1, load, Decimal(1))

    assert abs(waits(1, load) - load) <= TOLERANCE
    assert abs(mean - load / (1 - load)) <= TOLERANCE * 1_000


@given(load=LOADS, spare=SPARE_SLOTS)
def test_one_more_slot_makes_fewer_wait(load: Decimal, spare: int) -> None:
    """And C lies between B and 1."""
    slots = int(load) + spare
    here, more = waits(slots, load), waits(slots + 1, load)

    assert more < here <= 1
    assert here > queueing.erlang_b_ratio(slots=slots, offered_load=load)


@given(load=LOADS, spare=SPARE_SLOTS, service=SECONDS, target=SECONDS)
def test_the_tail_begins_at_erlang_c_and_falls(load: Decimal, spare: int, service: Decimal, target: Decimal) -> None:
    """Nobody waits longer than t without waiting at all."""
    slots = int(load) + spare

    assert tail(slots, load, service, Decimal(0)) == waits(slots, load)
    assert tail(slots, load, service, target) < waits(slots, load)


@given(load=LOADS, spare=SPARE_SLOTS, service=SECONDS, factor=st.integers(2, 9))
def test_waits_scale_with_the_unit_of_time(load: Decimal, spare: int, service: Decimal, factor: int) -> None:
    """Seconds or milliseconds: the same queue."""
    slots = int(load) + spare
    short, long = mean_wait(slots, load, service), mean_wait(slots, load, service * factor)

    assert abs(long - factor * short) <= TOLERANCE * long
    assert (
        abs(tail(slots, load, service, Decimal(2)) - tail(slots, load, service * factor, Decimal(2 * factor)))
        <= TOLERANCE
    )


@given(load=LOADS, service=SECONDS, target=SECONDS, share=SHARES)
def test_the_slots_needed_meet_the_target_and_one_fewer_does_not(
    load: Decimal, service: Decimal, target: Decimal, share: Decimal
) -> None:
    """The least whole number above the load."""
    slots = queueing.slots_needed(
        offered_load=load,
        service_seconds=service,
        target_wait_seconds=target,
        target_wait_probability_ratio=share,
    )
    assert slots is not None

    assert slots > load
    assert tail(slots, load, service, target) <= share
    assert slots - 1 <= load or tail(slots - 1, load, service, target) > share


@pytest.mark.parametrize("load", [5_000, 10_000])
def test_thousands_of_slots_are_counted_without_overflow(load: int) -> None:
    """Near the square-root rule: a load plus a few times its root."""
    slots = queueing.slots_needed(
        offered_load=Decimal(load),
        service_seconds=Decimal(8),
        target_wait_seconds=Decimal(0),
        target_wait_probability_ratio=Decimal("0.01"),
    )
    assert slots is not None

    assert 2 < (slots - load) / load**0.5 < 3
    assert waits(slots, Decimal(load)) <= Decimal("0.01") < waits(slots - 1, Decimal(load))


@given(pools=st.integers(2, 6), slots=st.integers(1, 12), busy=st.decimals("0.05", "0.95", places=2))
def test_pooling_never_makes_anybody_wait_longer(pools: int, slots: int, busy: Decimal) -> None:
    """Apart, each waits more times longer than there are pools or at least longer."""
    ratio = queueing.pooling_wait_ratio(pools=pools, slots_per_pool=slots, offered_load=busy * pools * slots)
    assert ratio is not None

    assert ratio > 1


@given(rate=RATES, each=RATES, share=SHARES)
def test_instances_carry_the_rate_and_one_fewer_does_not(rate: Decimal, each: Decimal, share: Decimal) -> None:
    """Whole instances, at no more than the utilisation aimed at."""
    found = scaling.instances_for_rate(
        requests_per_second=rate, instance_requests_per_second=each, utilisation_target_ratio=share
    )
    assert found is not None

    assert found * each * share >= rate * (1 - TOLERANCE)
    assert (found - 1) * each * share < rate


@given(ramp=RATES, seconds=st.integers(0, 3_600))
def test_headroom_is_linear_in_both(ramp: Decimal, seconds: int) -> None:
    """Twice the ramp or twice the time needs twice the spare rate."""
    once, steeper, slower = (
        scaling.headroom_requests_per_second(ramp_requests_per_second_squared=each, scale_out_seconds=time)
        for each, time in ((ramp, seconds), (2 * ramp, seconds), (ramp, 2 * seconds))
    )

    assert steeper == slower == 2 * once


@given(rate=RATES, seconds=SECONDS, reserve=st.integers(1, 10**6), settle=st.integers(1, 10**6))
def test_the_quota_held_lies_between_all_settled_and_all_reserved(
    rate: Decimal, seconds: Decimal, reserve: int, settle: int
) -> None:
    """60·λ times the one or the other; from a minute up all are reserved."""
    held = queueing.quota_tokens_held(
        requests_per_second=rate, response_seconds=seconds, reserve_tokens=reserve, settle_tokens=settle
    )
    ends = sorted((60 * rate * settle, 60 * rate * reserve))

    assert ends[0] <= held <= ends[1]
    assert seconds < 60 or held == 60 * rate * reserve


@given(load=RATES, capacity=RATES, seconds=st.integers(0, 3_600))
def test_a_backlog_grows_only_where_capacity_is_short(load: Decimal, capacity: Decimal, seconds: int) -> None:
    """And it drains only where capacity is spare."""
    backlog = scaling.backlog_requests(requests_per_second=load, capacity_requests_per_second=capacity, seconds=seconds)
    drained = scaling.drain_seconds(
        backlog_requests=backlog, requests_per_second=load, capacity_requests_per_second=capacity
    )

    assert (backlog > 0) is (load > capacity and seconds > 0)
    assert (drained is None) is (capacity <= load)


@pytest.mark.parametrize("slots", [3, 4])
def test_a_load_that_fills_every_slot_has_no_mean_wait(slots: int) -> None:
    """The queue grows without end: no number says how long it is."""
    full = Decimal(4)

    known = {"wait_probability_ratio": Decimal(1), "offered_load": full, "service_seconds": Decimal(1)}

    assert queueing.wait_probability_ratio(blocking_ratio=Decimal(1), slots=slots, offered_load=full) is None
    assert queueing.mean_wait_seconds(slots=slots, **known) is None
    assert queueing.tail_probability_ratio(slots=slots, target_wait_seconds=Decimal(1), **known) is None
    assert queueing.wait_quantile_seconds(slots=slots, share_ratio=Decimal("0.5"), **known) is None
    assert queueing.pooling_wait_ratio(pools=2, slots_per_pool=slots, offered_load=full * 2) is None


def test_without_load_nobody_waits_and_one_slot_is_enough() -> None:
    """Nothing is divided by a load of 0."""
    none = Decimal(0)
    slots = queueing.slots_needed(
        offered_load=none,
        service_seconds=none,
        target_wait_seconds=Decimal(2),
        target_wait_probability_ratio=Decimal("0.05"),
    )

    assert slots == 1
    assert waits(1, none) == 0
    assert tail(1, none, none, Decimal(2)) == 0
    assert queueing.erlang_b_ratio(slots=0, offered_load=none) == 1
    assert queueing.pooling_wait_ratio(pools=2, slots_per_pool=1, offered_load=none) is None


def test_what_takes_no_time_has_no_rate_and_a_promise_of_zero_has_no_slots() -> None:
    """Impossible arguments give None."""
    assert queueing.tokens_per_second(inter_token_seconds=Decimal(0)) is None
    assert queueing.sustained_requests_per_second(slots=1, response_seconds=Decimal(0)) is None
    assert (
        scaling.instances_for_rate(
            requests_per_second=1, instance_requests_per_second=0, utilisation_target_ratio=Decimal(1)
        )
        is None
    )
    assert (
        queueing.slots_needed(
            offered_load=Decimal(1),
            service_seconds=Decimal(1),
            target_wait_seconds=Decimal(1),
            target_wait_probability_ratio=Decimal(0),
        )
        is None
    )


@given(load=LOADS, spare=SPARE_SLOTS, service=SECONDS, share=SHARES)
def test_a_quantile_is_exceeded_by_its_own_share(load: Decimal, spare: int, service: Decimal, share: Decimal) -> None:
    """Put back into the tail; 0 where no more than that share waits at all."""
    slots = int(load) + spare
    found = queueing.wait_quantile_seconds(
        wait_probability_ratio=waits(slots, load),
        slots=slots,
        offered_load=load,
        service_seconds=service,
        share_ratio=share,
    )
    assert found is not None

    assert (found == 0) is (waits(slots, load) <= share)
    if found:
        assert abs(tail(slots, load, service, found) - share) <= TOLERANCE


def test_no_wait_is_long_enough_for_nobody() -> None:
    """Under random arrivals somebody always waits longer."""
    found = queueing.wait_quantile_seconds(
        wait_probability_ratio=Decimal("0.5"),
        slots=2,
        offered_load=Decimal(1),
        service_seconds=Decimal(1),
        share_ratio=Decimal(0),
    )

    assert found is None


def test_a_share_that_is_just_met_is_met() -> None:
    """One slot, busy a quarter of the time, makes exactly a quarter wait."""
    found = queueing.slots_needed(
        offered_load=Decimal("0.25"),
        service_seconds=Decimal(1),
        target_wait_seconds=Decimal(0),
        target_wait_probability_ratio=Decimal("0.25"),
    )

    assert found == 1
