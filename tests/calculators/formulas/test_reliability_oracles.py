"""F37 to F42 against other ways of counting: every state of a system, minutes, scipy, simulation."""

from __future__ import annotations

import random
from decimal import Decimal
from fractions import Fraction
from importlib import import_module
from itertools import product, repeat
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculators.formulas import recovery, reliability

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

a_thousand_cases = settings(max_examples=1_000, deadline=None)

PER_MILLE = st.integers(0, 1_000)
THOUSANDTHS = st.lists(PER_MILLE, min_size=1, max_size=6)
CENTS = st.integers(0, 10**9)
PATTERNS = st.tuples(st.integers(0, 10_000), st.integers(0, 3_000), st.integers(0, 3_000))


def ratio(per_mille: int) -> Decimal:
    """Write thousandths as a ratio."""
    return Decimal(per_mille) / 1_000


def is_exactly(value: Decimal | None, expected: Fraction) -> bool:
    """Whether a Decimal is the fraction, to what 28 digits leave after sums of parts up to 1."""
    return value is not None and abs(Fraction(value) - expected) <= max(abs(expected), Fraction(1)) / 10**26


def probability(ups: Sequence[int], works: Callable[[Sequence[bool]], bool]) -> Fraction:
    """Add up the states of a system in which it works, in exact fractions."""
    found = Fraction(0)
    for state in product((True, False), repeat=len(ups)):
        if works(state):
            chance = Fraction(1)
            for is_up, up in zip(state, ups, strict=True):
                chance *= Fraction(up if is_up else 1_000 - up, 1_000)
            found += chance
    return found


@a_thousand_cases
@given(ups=THOUSANDTHS, needed=st.integers(0, 7))
def test_every_state_of_a_system_is_counted(ups: list[int], needed: int) -> None:
    """F37: all must work, one must work, k of like copies must work."""
    ratios = [ratio(each) for each in ups]
    series = reliability.series_availability_ratio(component_availability_ratios=ratios)
    parallel = reliability.parallel_availability_ratio(copy_availability_ratios=ratios)
    quorum = reliability.k_of_n_availability_ratio(copy_availability_ratio=ratios[0], needed=needed, copies=len(ups))

    assert is_exactly(series, probability(ups, all))
    assert is_exactly(parallel, probability(ups, any))
    assert is_exactly(quorum, probability([ups[0]] * len(ups), lambda state: sum(state) >= needed))


@pytest.mark.native
def test_k_of_n_is_the_tail_of_scipys_binomial() -> None:
    """F37: 1,000 systems of up to 12 copies."""
    binom: Any = import_module("scipy.stats").binom  # not in Pyodide, where this file is still imported
    draw = random.Random(37)  # noqa: S311 - seeded on purpose
    for _ in range(1_000):
        copies, up = draw.randint(1, 12), draw.randint(0, 1_000)
        needed = draw.randint(0, copies + 1)
        found = reliability.k_of_n_availability_ratio(copy_availability_ratio=ratio(up), needed=needed, copies=copies)

        assert float(found) == pytest.approx(float(binom.sf(needed - 1, copies, up / 1_000)), rel=1e-9, abs=1e-12)


@a_thousand_cases
@given(down=PER_MILLE, shared=PER_MILLE, copies=st.integers(2, 5))
def test_a_shared_cause_is_one_more_component_in_series(down: int, shared: int, copies: int) -> None:
    """F39: the copies' own causes in parallel, the shared one before them, every state counted.

    The β-factor model adds the two; counted exactly they overlap where both strike.
    """
    millionths = 1_000_000
    common, own = Fraction(down * shared, millionths), Fraction(down * (1_000 - shared), millionths)
    states = list(product((True, False), repeat=copies + 1))
    chances = []
    for is_shared_up, *ups in states:
        chance = 1 - common if is_shared_up else common
        for is_up in ups:
            chance *= 1 - own if is_up else own
        chances.append(chance if not (is_shared_up and any(ups)) else Fraction(0))
    both = common * own**copies

    found = reliability.common_cause_unavailability_ratio(
        copy_unavailability_ratio=ratio(down), copies=copies, common_cause_ratio=ratio(shared)
    )
    assert is_exactly(found, sum(chances, Fraction(0)) + both)


@a_thousand_cases
@given(
    outages=st.lists(st.tuples(st.integers(0, 44_639), st.integers(1, 3_000)), max_size=6),
    days=st.sampled_from([28, 29, 30, 31]),
    bill_cents=CENTS,
    cents_per_minute=st.integers(0, 10**6),
)
def test_a_month_walked_through_minute_by_minute(
    outages: list[tuple[int, int]], days: int, bill_cents: int, cents_per_minute: int
) -> None:
    """F37, F38: minutes down are marked, counted and compared as whole numbers."""
    month = days * 24 * 60
    marked = {minute for start, length in outages for minute in range(start, start + length) if minute < month}
    up = month - len(marked)
    if 1_000 * up < 950 * month:
        credit_cents = Fraction(bill_cents)
    elif 1_000 * up < 990 * month:
        credit_cents = Fraction(bill_cents, 4)
    elif 1_000 * up < 999 * month:
        credit_cents = Fraction(bill_cents, 10)
    else:
        credit_cents = Fraction(0)
    bedrock = {Decimal("0.999"): Decimal("0.10"), Decimal("0.99"): Decimal("0.25"), Decimal("0.95"): Decimal(1)}

    uptime = reliability.sla_uptime_ratio(downtime_minutes=len(marked), period_minutes=month)
    assert uptime is not None
    credit = reliability.sla_credit_ratio(uptime_ratio=uptime, credits_below=bedrock)
    usd = reliability.sla_credit_usd(credit_ratio=credit, service_bill_usd=Decimal(bill_cents) / 100)
    loss = reliability.outage_loss_usd(
        downtime_minutes=len(marked), loss_usd_per_hour=Decimal(60 * cents_per_minute) / 100
    )

    assert is_exactly(uptime, Fraction(up, month))
    assert 100 * Fraction(usd) == credit_cents
    assert 100 * Fraction(loss) == sum(cents_per_minute for _ in marked)
    assert round(reliability.downtime_minutes(unavailability_ratio=1 - uptime, period_minutes=month)) == len(marked)


@a_thousand_cases
@given(
    downs=st.tuples(PER_MILLE, PER_MILLE).filter(lambda pair: pair[0] != pair[1]),
    cents=st.integers(1, 10**9),
)
def test_the_break_even_loss_is_found_between_too_little_and_too_much(downs: tuple[int, int], cents: int) -> None:
    """F40: the straight line from a loss of nothing to a loss of $1 an hour is followed to the cost."""
    after, before = sorted(downs)
    hours_down = [Fraction(365 * 4 + 1, 4) * 24 * Fraction(each, 1_000) for each in (before, after)]
    saved_at_one_dollar = hours_down[0] - hours_down[1]
    hours = recovery.hours_avoided_per_year(unavailability_before=ratio(before), unavailability_after=ratio(after))
    loss = recovery.break_even_loss_usd_per_hour(extra_usd_per_year=Decimal(cents) / 100, hours_avoided_per_year=hours)

    assert is_exactly(hours, saved_at_one_dollar)
    assert is_exactly(loss, Fraction(cents, 100) / saved_at_one_dollar)


@a_thousand_cases
@given(
    patterns=st.tuples(PATTERNS, PATTERNS),
    events=st.integers(1, 200),
    losses=st.tuples(st.integers(0, 20_000), st.integers(0, 20_000)),
)
def test_a_century_of_disasters_is_lived_through(
    patterns: tuple[tuple[int, int, int], tuple[int, int, int]], events: int, losses: tuple[int, int]
) -> None:
    """F42: `events` a century, each with its hours in thousandths, month after month in milli-dollars."""
    down, data = losses
    for usd_per_month, rto, rpo in patterns:
        century = sum(repeat(1_000 * usd_per_month, 1_200)) + sum(repeat(rto * down + rpo * data, events))
        loss = recovery.expected_loss_usd_per_year(
            events_per_year=Decimal(events) / 100,
            rto_hours=ratio(rto),
            rpo_hours=ratio(rpo),
            loss_usd_per_hour=Decimal(down),
            data_loss_usd_per_hour=Decimal(data),
        )
        total = recovery.recovery_usd_per_year(usd_per_month=Decimal(usd_per_month), expected_loss_usd_per_year=loss)
        assert 100_000 * total == century


@a_thousand_cases
@given(gb=st.integers(0, 500), millis=st.integers(0, 200))
def test_traffic_paid_gigabyte_by_gigabyte(gb: int, millis: int) -> None:
    """F41: in thousandths of a dollar."""
    assert 1_000 * recovery.replication_usd(gb=gb, usd_per_gb=ratio(millis)) == sum(repeat(millis, gb))


@pytest.mark.parametrize("shared", ["0", "0.05", "0.5"])
def test_two_regions_simulated_hour_by_hour(shared: str) -> None:
    """F37, F39, F40: 400,000 hours with a common cause and two of each Region's own, seeded."""
    down, hours, beta = 0.2, 400_000, float(shared)
    draw = random.Random(20251020)  # noqa: S311 - seeded on purpose
    both_down = 0
    for _ in range(hours):
        is_common = draw.random() < beta * down
        are_own = [draw.random() < (1 - beta) * down for _region in range(2)]
        both_down += is_common + all(are_own)  # as the model does, a double strike counts twice
    found = reliability.common_cause_unavailability_ratio(
        copy_unavailability_ratio=Decimal(str(down)), copies=2, common_cause_ratio=Decimal(shared)
    )

    assert float(found) == pytest.approx(both_down / hours, abs=5 * (0.25 / hours) ** 0.5)
