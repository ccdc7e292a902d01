"""The worked examples of F29 to F32 and F36, to the digits that were published with them."""

from __future__ import annotations

from decimal import Context, Decimal

import pytest

from calculators.formulas import purchasing

# One hour of AWS's example: four r5.4xlarge, one m5.24xlarge, 400 Fargate vCPU and 1,600 Fargate GB,
# a million Lambda requests and their 1.5 million GB-seconds; On-Demand and at Compute plan rates.
ON_DEMAND_USD = tuple(map(Decimal, ("4", "10", "16", "6.4", "0.2", "22.5")))
PLAN_USD = tuple(map(Decimal, ("2.8", "8.2", "12", "4.8", "0.2", "19.125")))

# A day with mean 36.3333, least 16 and peak 58, at or above 28 in 15 of 24 hours.
DAY = (16, 16, 16, 16, 18, 20, 22, 26, 36, 44, 52, 56, 58, 56, 52, 54, 56, 52, 46, 40, 36, 30, 28, 26)
DEMAND = tuple(map(Decimal, DAY))
DISCOUNT = Decimal("0.40")


def six_digits(value: Decimal | float | None) -> Decimal:
    """Round to six significant digits, as the examples are printed."""
    assert value is not None
    return Context(prec=6).create_decimal(value)


def left_usd(commitment: str) -> tuple[Decimal, ...]:
    """What a commitment leaves On-Demand of AWS's example."""
    return purchasing.left_on_demand_usd(
        on_demand_usd=ON_DEMAND_USD, plan_usd=PLAN_USD, commitment_usd=Decimal(commitment)
    )


def day_usd(covered: int) -> Decimal:
    """Cost of the day with so much covered."""
    return purchasing.commitment_period_usd(
        demand_usd_per_hour=DEMAND, covered_usd_per_hour=Decimal(covered), discount_ratio=DISCOUNT
    )


def test_f29_fifty_dollars_cover_everything() -> None:
    """AWS prints $47.13 used; On-Demand the hour costs $59.10."""
    assert sum(ON_DEMAND_USD) == Decimal("59.1")
    assert sum(left_usd("50")) == 0

    unused = purchasing.unused_commitment_usd(plan_usd=PLAN_USD, commitment_usd=Decimal(50))
    assert 50 - unused == Decimal("47.125")


def test_f29_two_dollars_go_to_the_highest_saving() -> None:
    """The r5 instances save 30%, more than any other usage."""
    left = left_usd("2")

    assert six_digits(sum(left, Decimal(0))) == Decimal("56.2429")
    assert six_digits(left[0]) == Decimal("1.14286")
    assert left[1:] == ON_DEMAND_USD[1:]


def test_f29_nineteen_sixty_covers_r5_and_fargate() -> None:
    """30% and 25% come first; 18%, 15% and 0% are left."""
    left = left_usd("19.60")

    assert sum(left) == Decimal("32.7")
    assert list(left) == [0, 10, 0, 0, Decimal("0.2"), Decimal("22.5")]


def test_f30_the_best_commitment_covers_28_dollars_an_hour() -> None:
    """Neither the least demand nor the peak."""
    best = purchasing.best_covered_usd_per_hour(demand_usd_per_hour=DEMAND, discount_ratio=DISCOUNT)
    on_demand = sum(DEMAND)

    assert best == 28
    assert purchasing.commitment_usd_per_hour(covered_usd_per_hour=best, discount_ratio=DISCOUNT) == Decimal("16.8")
    assert six_digits(on_demand / 24) == Decimal("36.3333")
    assert on_demand == day_usd(0) == 872
    assert day_usd(28) == Decimal("679.2")
    assert six_digits(1 - day_usd(28) / on_demand) == Decimal("0.221101")
    assert day_usd(min(DAY)) == Decimal("718.4")
    assert day_usd(max(DAY)) == Decimal("835.2")
    assert sum(demand >= best for demand in DEMAND) == 15
    enough = purchasing.commitment_break_even_utilisation_ratio(discount_ratio=DISCOUNT)
    assert enough * 24 == Decimal("14.4")


@pytest.mark.parametrize(("discount", "utilisation"), [("0.40", "0.6"), ("0.66", "0.34"), ("0.72", "0.28")])
def test_f31_a_commitment_pays_above_one_minus_the_discount(discount: str, utilisation: str) -> None:
    """The two highest discounts that AWS states, and one of the usual size."""
    found = purchasing.commitment_break_even_utilisation_ratio(discount_ratio=Decimal(discount))

    assert found == Decimal(utilisation)


def test_f31_a_box_of_40_hours_a_week_stays_on_demand() -> None:
    """$23.8095 of each $100 of always-on price, against $60 committed."""
    used = Decimal(40) / 168
    break_even = purchasing.commitment_break_even_utilisation_ratio(discount_ratio=DISCOUNT)

    assert six_digits(used) == Decimal("0.238095")
    assert six_digits(100 * used) == Decimal("23.8095")
    assert 100 * break_even == 60


def test_f32_a_host_pays_from_14_instances() -> None:
    """$5.50 against $0.40 each; with a licence worth $0.12 from 11."""
    host = Decimal("5.50")

    def instances(usd: str) -> Decimal | None:
        return purchasing.host_break_even_instances(host_usd_per_hour=host, instance_usd_per_hour=Decimal(usd))

    assert instances("0.40") == 14
    assert instances("0.52") == 11
    assert purchasing.host_usd_per_instance_hour(host_usd_per_hour=host, instances=20) == Decimal("0.275")
    assert purchasing.host_usd_per_instance_hour(host_usd_per_hour=host, instances=10) == Decimal("0.55")


def test_f36_a_block_of_p5en_pays_above_66_per_cent() -> None:
    """Four weeks at $41.61, a price reported in January 2026, against $63.296 On-Demand."""
    block, on_demand = Decimal("41.61"), Decimal("63.296")
    ratio = purchasing.capacity_block_break_even_utilisation_ratio(
        block_usd_per_hour=block, on_demand_usd_per_hour=on_demand
    )

    assert six_digits(ratio) == Decimal("0.657388")
    assert six_digits(purchasing.capacity_block_usd(block_usd_per_hour=block, days=28, instances=1)) == Decimal(
        "27961.9"
    )
    assert six_digits(28 * 24 * on_demand) == Decimal("42534.9")
