"""Queues against other people's programs, exact fractions and a simulated waiting room."""

from __future__ import annotations

import heapq
import importlib
import math
import random
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculators.formulas import queueing, scaling

a_thousand_cases = settings(max_examples=1_000, deadline=None)
LOADS = st.decimals("0.01", 150, places=2)
SPARE_SLOTS = st.integers(1, 40)
SERVICE = st.decimals("0.05", 60, places=2)
TARGETS = st.decimals("0.1", 10, places=1)
SHARES = st.decimals("0.001", "0.5", places=3)
SIMULATED_REQUESTS = 200_000


def the_other(module: str) -> Any:
    """Import another program: native tests only, and it ships no types."""
    return importlib.import_module(module)


def close(found: Decimal | None, expected: float, tolerance: float = 1e-9) -> bool:
    """Whether a Decimal is a float of another program, to its digits."""
    return found is not None and math.isclose(float(found), expected, rel_tol=tolerance, abs_tol=1e-300)


@a_thousand_cases
@given(load=st.decimals("0.01", 30, places=2), spare=st.integers(1, 12))
def test_erlang_c_from_its_definition_in_exact_fractions(load: Decimal, spare: int) -> None:
    """Powers and factorials, term by term, without rounding."""
    slots = int(load) + spare
    a = Fraction(load)
    last = a**slots / math.factorial(slots) * slots / (slots - a)
    exact = last / (sum(a**k / Fraction(math.factorial(k)) for k in range(slots)) + last)
    blocking = queueing.erlang_b_ratio(slots=slots, offered_load=load)
    found = queueing.wait_probability_ratio(blocking_ratio=blocking, slots=slots, offered_load=load)
    assert found is not None

    assert abs(Fraction(found) - exact) <= exact / 10**24


@pytest.mark.native
@a_thousand_cases
@given(load=LOADS, spare=SPARE_SLOTS)
def test_erlang_b_is_the_poisson_share_of_scipy(load: Decimal, spare: int) -> None:
    """B = P(N = c | N ≤ c) for a Poisson N with mean a."""
    poisson = the_other("scipy.stats").poisson

    slots = int(load) + spare
    expected = float(poisson.pmf(slots, float(load)) / poisson.cdf(slots, float(load)))

    assert close(queueing.erlang_b_ratio(slots=slots, offered_load=load), expected)


@pytest.mark.native
@a_thousand_cases
@given(load=LOADS, spare=SPARE_SLOTS, service=SERVICE, target=TARGETS)
def test_waits_agree_with_pyqueueing(load: Decimal, spare: int, service: Decimal, target: Decimal) -> None:
    """Probability, mean and tail of M/M/c."""
    mmc = the_other("pyqueueing").MMC

    slots = int(load) + spare
    rate = float(load) / float(service)
    model = mmc(arrival_rate=rate, service_rate=1 / float(service), servers=slots)
    waits, mean, tail = waiting(slots, load, service, target)

    assert close(waits, model.prob_wait())
    assert close(mean, model.mean_wait())
    decay = math.exp(-(slots / float(service) - rate) * float(target))
    assert close(tail, model.prob_wait() * decay, 1e-8)


@pytest.mark.native
@a_thousand_cases
@given(load=LOADS, service=SERVICE, target=TARGETS, share=SHARES)
def test_slots_agree_with_pyworkforce(load: Decimal, service: Decimal, target: Decimal, share: Decimal) -> None:
    """Its count of positions for a service level; it begins at the load plus one, so it may not look lower."""
    erlang_c = the_other("pyworkforce.queuing").ErlangC

    room = erlang_c(transactions=float(load / service), aht=float(service), asa=float(target), interval=1)
    theirs = room.required_positions(service_level=1 - float(share))["positions"]
    ours = queueing.slots_needed(
        offered_load=load,
        service_seconds=service,
        target_wait_seconds=target,
        target_wait_probability_ratio=share,
    )
    assert ours is not None
    if ours != theirs:  # it began one above, or float and Decimal part at the threshold itself
        assert ours == theirs - 1 == int(load) + 1 or math.isclose(
            1 - room.service_level(min(ours, theirs)), float(share), rel_tol=1e-9
        )


def waiting(slots: int, load: Decimal, service: Decimal, target: Decimal) -> tuple[Decimal, Decimal, Decimal]:
    """Return the share that waits, the mean wait and the share that waits too long, by the formulas."""
    blocking = queueing.erlang_b_ratio(slots=slots, offered_load=load)
    waits = queueing.wait_probability_ratio(blocking_ratio=blocking, slots=slots, offered_load=load)
    assert waits is not None
    mean = queueing.mean_wait_seconds(
        wait_probability_ratio=waits, slots=slots, offered_load=load, service_seconds=service
    )
    tail = queueing.tail_probability_ratio(
        wait_probability_ratio=waits,
        slots=slots,
        offered_load=load,
        service_seconds=service,
        target_wait_seconds=target,
    )
    assert mean is not None
    assert tail is not None
    return waits, mean, tail


def simulated(slots: int, service: float, rate: float, target: float, seed: int) -> tuple[float, float, float]:
    """Return the share that waits, the mean wait and the share that waits too long, of a simulated day."""
    chance = random.Random(seed)  # noqa: S311 - a simulation, not a secret
    free_at = [0.0] * slots
    now, seen = 0.0, []
    for _ in range(SIMULATED_REQUESTS):
        now += chance.expovariate(rate)
        start = max(now, heapq.heappop(free_at))  # the first slot to be free takes the next request
        heapq.heappush(free_at, start + chance.expovariate(1 / service))
        seen.append(start - now)
    seen = seen[SIMULATED_REQUESTS // 20 :]  # the room was empty at first
    return (
        sum(each > 0 for each in seen) / len(seen),
        sum(seen) / len(seen),
        sum(each > target for each in seen) / len(seen),
    )


@pytest.mark.parametrize(("slots", "rate"), [(8, "0.5"), (5, "0.5"), (46, "5")])
def test_a_simulated_queue_waits_as_long_as_the_formula_says(slots: int, rate: str) -> None:
    """Requests of 7.782 s each, come and gone one by one."""
    service, target = Decimal("7.782"), Decimal(2)
    load = Decimal(rate) * service
    days = [simulated(slots, float(service), float(rate), float(target), seed) for seed in range(5)]
    share, mean, late = (sum(each) / len(days) for each in zip(*days, strict=True))

    found = waiting(slots, load, service, target)
    for ours, theirs, tolerance in zip(found, (share, mean, late), (0.04, 0.06, 0.08), strict=True):
        assert float(ours) == pytest.approx(theirs, rel=tolerance)


@a_thousand_cases
@given(
    rate=st.integers(1, 500),
    each=st.integers(1, 40),
    per_cent=st.integers(1, 100),
)
def test_instances_counted_up_one_by_one(rate: int, each: int, per_cent: int) -> None:
    """F47: add instances until the rate is served, in whole hundredths."""
    counted = 0
    while counted * each * per_cent < rate * 100:
        counted += 1
    found = scaling.instances_for_rate(
        requests_per_second=rate,
        instance_requests_per_second=each,
        utilisation_target_ratio=Decimal(per_cent) / 100,
    )

    assert found == counted


@a_thousand_cases
@given(load=st.integers(1, 100), capacity=st.integers(1, 100), short=st.integers(0, 300), later=st.integers(0, 200))
def test_a_backlog_played_second_by_second(load: int, capacity: int, short: int, later: int) -> None:
    """F47: what arrives less what is served, then the same with more capacity until nobody waits."""
    waiting = 0
    for _ in range(short):
        waiting = max(0, waiting + load - capacity)
    found = scaling.backlog_requests(requests_per_second=load, capacity_requests_per_second=capacity, seconds=short)
    assert found == waiting

    drain = scaling.drain_seconds(
        backlog_requests=waiting, requests_per_second=load, capacity_requests_per_second=load + later
    )
    if later:
        assert drain is not None
        assert waiting - later * int(drain) >= 0 >= waiting - later * math.ceil(drain)
    else:
        assert drain is None
