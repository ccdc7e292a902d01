"""Laws of commitments, hosts and blocks that hold for every input."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculators.formulas import purchasing

USD = st.decimals("0.01", 10_000, places=2)
RATIOS = st.decimals(0, 1, places=4)
DEMAND = st.lists(st.decimals(0, 100, places=2), min_size=1, max_size=24)
USAGE = st.lists(st.tuples(USD, RATIOS), min_size=1, max_size=8)
COUNTS = st.integers(1, 500)


def left_usd(usage: list[tuple[Decimal, Decimal]], commitment: Decimal) -> tuple[Decimal, ...]:
    """What a commitment leaves of usages given as On-Demand cost and plan ratio."""
    return purchasing.left_on_demand_usd(
        on_demand_usd=[on_demand for on_demand, _ in usage],
        plan_usd=[on_demand * ratio for on_demand, ratio in usage],
        commitment_usd=commitment,
    )


def day_usd(demand: list[Decimal], covered: Decimal, discount: Decimal) -> Decimal:
    """Cost of a day under a commitment."""
    return purchasing.commitment_period_usd(
        demand_usd_per_hour=demand, covered_usd_per_hour=covered, discount_ratio=discount
    )


@given(usage=USAGE, commitment=USD, more=USD)
def test_a_larger_commitment_leaves_no_more(
    usage: list[tuple[Decimal, Decimal]], commitment: Decimal, more: Decimal
) -> None:
    """Of any usage; and nothing is ever below 0 or above its On-Demand cost."""
    small, large = left_usd(usage, commitment), left_usd(usage, commitment + more)

    for (on_demand, _), less_covered, more_covered in zip(usage, small, large, strict=True):
        assert 0 <= more_covered <= less_covered <= on_demand


@given(usage=USAGE, commitment=USD)
def test_a_commitment_is_either_spent_or_lost(usage: list[tuple[Decimal, Decimal]], commitment: Decimal) -> None:
    """What was covered, counted at plan rates, and what was lost add up to it."""
    spent = sum(
        (
            (on_demand - left) * ratio
            for (on_demand, ratio), left in zip(usage, left_usd(usage, commitment), strict=True)
        ),
        Decimal(0),
    )
    lost = purchasing.unused_commitment_usd(
        plan_usd=[on_demand * ratio for on_demand, ratio in usage], commitment_usd=commitment
    )

    assert abs(spent + lost - commitment) <= Decimal("1e-20") * commitment


@given(usage=USAGE, commitment=USD)
def test_lower_savings_are_reached_only_after_higher_ones(
    usage: list[tuple[Decimal, Decimal]], commitment: Decimal
) -> None:
    """A usage with a higher saving is fully covered before any of a lower one."""
    left = left_usd(usage, commitment)
    touched = [ratio for (on_demand, ratio), rest in zip(usage, left, strict=True) if rest < on_demand]
    unfinished = [ratio for (_, ratio), rest in zip(usage, left, strict=True) if rest > 0]

    assert not touched or not unfinished or max(touched) <= min(unfinished)


@given(demand=DEMAND, discount=RATIOS)
def test_nothing_covered_is_on_demand(demand: list[Decimal], discount: Decimal) -> None:
    """And everything covered is the peak at plan rates."""
    peak = max(demand)

    assert day_usd(demand, Decimal(0), discount) == sum(demand)
    assert day_usd(demand, peak, discount) == len(demand) * peak * (1 - discount)


@given(demand=DEMAND, discount=RATIOS, other=st.decimals(0, 120, places=2))
def test_no_level_beats_the_best_one(demand: list[Decimal], discount: Decimal, other: Decimal) -> None:
    """Nor any between the hours' own."""
    best = purchasing.best_covered_usd_per_hour(demand_usd_per_hour=demand, discount_ratio=discount)

    assert day_usd(demand, best, discount) <= day_usd(demand, other, discount)


@given(demand=DEMAND, discount=RATIOS, more=RATIOS)
def test_a_higher_discount_covers_no_less(demand: list[Decimal], discount: Decimal, more: Decimal) -> None:
    """And costs no more at its best."""
    low, high = sorted((discount, more))
    small, large = (
        purchasing.best_covered_usd_per_hour(demand_usd_per_hour=demand, discount_ratio=each) for each in (low, high)
    )

    assert small <= large
    assert day_usd(demand, large, high) <= day_usd(demand, small, low)


@given(demand=DEMAND, discount=RATIOS, factor=st.integers(1, 1_000), order=st.randoms(use_true_random=False))
def test_scale_and_order_do_not_matter(demand: list[Decimal], discount: Decimal, factor: int, order: object) -> None:
    """Ten times the demand is ten times the commitment; the hours may come in any order."""
    shuffled = list(demand)
    order.shuffle(shuffled)  # type: ignore[attr-defined]  # a random.Random
    best = purchasing.best_covered_usd_per_hour(demand_usd_per_hour=demand, discount_ratio=discount)
    scaled = purchasing.best_covered_usd_per_hour(
        demand_usd_per_hour=[factor * each for each in shuffled], discount_ratio=discount
    )

    assert scaled == factor * best


@given(demand=st.lists(st.tuples(st.decimals(0, 100, places=2), st.integers(1, 9)), min_size=1, max_size=9), x=USD)
def test_a_part_of_so_many_hours_is_so_many_hours_alike(demand: list[tuple[Decimal, int]], x: Decimal) -> None:
    """Lengths of 1 to 9 hours against the same hours written out one by one."""
    levels, hours = zip(*demand, strict=True)
    written_out = [level for level, length in demand for _ in range(length)]
    lengths = tuple(map(Decimal, hours))
    discount = Decimal("0.4")

    assert day_usd(written_out, x, discount) == purchasing.commitment_period_usd(
        demand_usd_per_hour=levels, covered_usd_per_hour=x, discount_ratio=discount, hours=lengths
    )
    assert purchasing.best_covered_usd_per_hour(
        demand_usd_per_hour=written_out, discount_ratio=discount
    ) == purchasing.best_covered_usd_per_hour(demand_usd_per_hour=levels, discount_ratio=discount, hours=lengths)


@given(level=st.decimals("0.01", 100, places=2), hours=st.integers(1, 24), discount=RATIOS)
def test_one_level_follows_the_break_even(level: Decimal, hours: int, discount: Decimal) -> None:
    """F30 of a load that is there or not is F31: commit when it runs at least 1 − δ of the hours."""
    demand = [level] * hours + [Decimal(0)] * (24 - hours)
    best = purchasing.best_covered_usd_per_hour(demand_usd_per_hour=demand, discount_ratio=discount)
    break_even = purchasing.commitment_break_even_utilisation_ratio(discount_ratio=discount)

    assert best == (level if hours >= break_even * 24 else 0)


@given(host=USD, instance=USD)
def test_a_host_costs_no_more_from_its_break_even_and_more_below(host: Decimal, instance: Decimal) -> None:
    """n* instances cost at least the host, one fewer less."""
    instances = purchasing.host_break_even_instances(host_usd_per_hour=host, instance_usd_per_hour=instance)

    assert instances is not None
    assert instances * instance >= host
    assert (instances - 1) * instance < host


@given(host=USD, count=COUNTS, more=COUNTS)
def test_more_instances_share_a_host_for_less(host: Decimal, count: int, more: int) -> None:
    """And together they pay for it."""
    few = purchasing.host_usd_per_instance_hour(host_usd_per_hour=host, instances=count)
    many = purchasing.host_usd_per_instance_hour(host_usd_per_hour=host, instances=count + more)

    assert few is not None
    assert many is not None
    assert many < few
    assert abs(few * count - host) <= Decimal("1e-20") * host


@given(count=COUNTS, size=COUNTS)
def test_the_hosts_hold_all_and_one_fewer_would_not(count: int, size: int) -> None:
    """Hosts are bought whole."""
    hosts = purchasing.hosts_needed(instances=Decimal(count), instances_per_host=size)

    assert hosts * size >= count > (hosts - 1) * size


@given(block=USD, on_demand=USD, days=st.integers(1, 182), count=COUNTS)
def test_a_block_costs_the_same_as_on_demand_at_its_break_even(
    block: Decimal, on_demand: Decimal, days: int, count: int
) -> None:
    """u* of the block's hours, On-Demand."""
    ratio = purchasing.capacity_block_break_even_utilisation_ratio(
        block_usd_per_hour=block, on_demand_usd_per_hour=on_demand
    )
    paid = purchasing.capacity_block_usd(block_usd_per_hour=block, days=days, instances=count)

    assert ratio is not None
    assert abs(paid - ratio * on_demand * 24 * days * count) <= Decimal("1e-20") * paid


@pytest.mark.parametrize("nothing", [Decimal(0), Decimal(-1)])
def test_nothing_is_compared_with_a_price_of_nothing(nothing: Decimal) -> None:
    """Break-evens against a free instance, and the share of no instance, do not exist."""
    price = Decimal(5)

    assert purchasing.host_break_even_instances(host_usd_per_hour=price, instance_usd_per_hour=nothing) is None
    assert purchasing.host_usd_per_instance_hour(host_usd_per_hour=price, instances=nothing) is None
    assert (
        purchasing.capacity_block_break_even_utilisation_ratio(block_usd_per_hour=price, on_demand_usd_per_hour=nothing)
        is None
    )


def test_usage_at_a_plan_rate_of_nothing_is_covered_for_nothing() -> None:
    """And usage that costs nothing leaves nothing."""
    left = purchasing.left_on_demand_usd(
        on_demand_usd=(Decimal(3), Decimal(0)), plan_usd=(Decimal(0), Decimal(0)), commitment_usd=Decimal(0)
    )

    assert list(left) == [0, 0]


def test_a_level_that_no_hour_reaches_long_enough_is_not_covered() -> None:
    """At no discount only demand that is always there would break even."""
    demand = (Decimal(0), Decimal(5))

    assert purchasing.best_covered_usd_per_hour(demand_usd_per_hour=demand, discount_ratio=Decimal(0)) == 0


def test_without_a_profile_nothing_is_covered() -> None:
    """A period of no hours has no level to cover."""
    assert purchasing.best_covered_usd_per_hour(demand_usd_per_hour=(), discount_ratio=Decimal("0.4")) == 0


def test_costs_and_lengths_that_do_not_pair_up_are_refused() -> None:
    """A usage without its plan cost, or a part of the period without its length, is never dropped silently."""
    one, two = (Decimal(1),), (Decimal(1), Decimal(2))

    with pytest.raises(ValueError, match="shorter"):
        purchasing.left_on_demand_usd(on_demand_usd=two, plan_usd=one, commitment_usd=Decimal(1))
    with pytest.raises(ValueError, match="shorter"):
        purchasing.commitment_period_usd(
            demand_usd_per_hour=two, covered_usd_per_hour=Decimal(1), discount_ratio=Decimal("0.4"), hours=one
        )
    with pytest.raises(ValueError, match="shorter"):
        purchasing.best_covered_usd_per_hour(demand_usd_per_hour=two, discount_ratio=Decimal("0.4"), hours=one)
