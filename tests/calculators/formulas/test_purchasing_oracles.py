"""Purchasing against second ways of counting: whole cents, enumeration, linear programming."""

from __future__ import annotations

import importlib
from decimal import Decimal
from fractions import Fraction
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculators.formulas import purchasing

CENTS = st.integers(1, 5_000)
PER_CENT = st.integers(0, 100)
HOURS_OF_CENTS = st.lists(st.integers(0, 60), min_size=1, max_size=24)

a_thousand_cases = settings(max_examples=1_000, deadline=None)


@a_thousand_cases
@given(usage=st.lists(st.tuples(st.integers(1, 40), PER_CENT), min_size=1, max_size=6), commitment=st.integers(0, 100))
def test_a_commitment_spent_cent_by_cent(usage: list[tuple[int, int]], commitment: int) -> None:
    """F29: On-Demand dollars stand in a queue, the cheapest to cover first; each takes its plan rate."""
    queue = sorted((ratio, number) for number, (dollars, ratio) in enumerate(usage) for _ in range(dollars))
    purse = 100 * commitment
    left = [Fraction(dollars) for dollars, _ in usage]
    for ratio, number in queue:
        covered = min(Fraction(1), Fraction(purse, ratio)) if ratio else Fraction(1)
        left[number] -= covered
        purse = max(0, purse - ratio)
    found = purchasing.left_on_demand_usd(
        on_demand_usd=[Decimal(dollars) for dollars, _ in usage],
        plan_usd=[Decimal(dollars * ratio) / 100 for dollars, ratio in usage],
        commitment_usd=Decimal(commitment),
    )
    unused = purchasing.unused_commitment_usd(
        plan_usd=[Decimal(dollars * ratio) / 100 for dollars, ratio in usage], commitment_usd=Decimal(commitment)
    )

    assert 100 * unused == purse
    for each, expected in zip(found, left, strict=True):
        assert abs(Fraction(each) - expected) <= Fraction(1, 10**20)


@pytest.mark.native
def test_no_other_way_to_spend_a_commitment_leaves_less() -> None:
    """F29: highest saving first is the optimum of the linear programme."""
    np = importlib.import_module("numpy")  # neither is there in Pyodide
    linprog = importlib.import_module("scipy.optimize").linprog  # not there in Pyodide

    random = np.random.default_rng(29)
    for _ in range(1_000):
        on_demand = random.integers(1, 1_000, size=random.integers(1, 7)) / 10
        plan = np.round(on_demand * random.integers(20, 101, size=on_demand.size) / 100, 3)
        commitment = round(float(random.uniform(0, 1.2) * plan.sum()), 2)
        best = linprog(-on_demand, A_ub=[plan], b_ub=[commitment], bounds=[(0, 1)] * on_demand.size)
        left = purchasing.left_on_demand_usd(
            on_demand_usd=[Decimal(str(each)) for each in on_demand],
            plan_usd=[Decimal(str(each)) for each in plan],
            commitment_usd=Decimal(str(commitment)),
        )

        assert float(sum(left)) == pytest.approx(on_demand.sum() + best.fun, abs=1e-6)


@a_thousand_cases
@given(demand=HOURS_OF_CENTS, discount=PER_CENT)
def test_every_commitment_tried_in_whole_cents(demand: list[int], discount: int) -> None:
    """F30: the cheapest level, the higher one at a tie, and the price of every level."""
    hundredths = {
        level: sum(level * (100 - discount) + 100 * max(0, each - level) for each in demand) for level in range(61)
    }
    cheapest = min(hundredths.values())
    dollars = [Decimal(each) / 100 for each in demand]
    best = purchasing.best_covered_usd_per_hour(demand_usd_per_hour=dollars, discount_ratio=Decimal(discount) / 100)

    # Where a tie leaves a choice, a level that some hour has is taken: with free commitments the peak.
    levels = [level for level in {0, *demand} if hundredths[level] == cheapest]
    assert 100 * best == max(levels)
    for level, cost in hundredths.items():
        day = purchasing.commitment_period_usd(
            demand_usd_per_hour=dollars,
            covered_usd_per_hour=Decimal(level) / 100,
            discount_ratio=Decimal(discount) / 100,
        )
        assert day * 10_000 == cost


@a_thousand_cases
@given(used=st.integers(0, 168), discount=PER_CENT)
def test_a_week_of_always_on_against_the_hours_used(used: int, discount: int) -> None:
    """F31: 168 committed hours at the discount against the hours used at full price."""
    ratio = purchasing.commitment_break_even_utilisation_ratio(discount_ratio=Decimal(discount) / 100)
    committed = sum(100 - discount for _ in range(168))
    on_demand = sum(100 for _ in range(used))

    assert (Fraction(used, 168) > Fraction(ratio)) is (on_demand > committed)


@a_thousand_cases
@given(host=CENTS, instance=CENTS, running=st.integers(1, 60), size=st.integers(1, 30), days=st.integers(1, 14))
def test_hosts_and_blocks_counted_one_by_one(host: int, instance: int, running: int, size: int, days: int) -> None:
    """F32, F36: instances are added until they cost the host; hosts until all fit; hours one by one."""
    enough = next(number for number in count() if number * instance >= host)
    hosts = len(range(0, running, size))
    paid = sum(host for _hour in range(24 * days) for _instance in range(running))
    dollars, each = Decimal(host) / 100, Decimal(instance) / 100
    share = purchasing.host_usd_per_instance_hour(host_usd_per_hour=dollars, instances=running)
    ratio = purchasing.capacity_block_break_even_utilisation_ratio(
        block_usd_per_hour=dollars, on_demand_usd_per_hour=each
    )

    assert purchasing.host_break_even_instances(host_usd_per_hour=dollars, instance_usd_per_hour=each) == enough
    assert purchasing.hosts_needed(instances=Decimal(running), instances_per_host=size) == hosts
    assert 100 * purchasing.capacity_block_usd(block_usd_per_hour=dollars, days=days, instances=running) == paid
    assert share is not None
    assert abs(Fraction(share) - Fraction(host, 100 * running)) < Fraction(1, 10**20)
    assert ratio is not None
    assert abs(Fraction(ratio) - Fraction(host, instance)) < Fraction(1, 10**20)
