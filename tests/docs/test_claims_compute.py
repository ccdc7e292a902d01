"""What module 1 says in words is true at the prices of the catalogue and at the figures of its examples."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

import calculators
from calculators import catalogue

BLOCK: dict[str, Any] = {
    "instance_type": "p5en.48xlarge",
    "interruptible": True,
    "fixed_date": True,
    "job_hours": 60,
    "instances_in_job": 4,
    "capacity_block_usd_per_hour": 41.61,
    "capacity_block_days": 3,
}
OFFICE: dict[str, Any] = {
    "instance_type": "g6.2xlarge",
    "hours_per_week": 40,
    "savings_plan_discount_ratio": 0.72,
    "savings_plan_term_years": 3,
}
ARCHIVE: dict[str, Any] = {
    "instance_type": "g6e.12xlarge",
    "interruptible": True,
    "mean_hours_between_interruptions": 24,
    "spot_price_ratio": 0.35,
}
GANG: dict[str, Any] = {
    "instance_type": "p5.48xlarge",
    "interruptible": True,
    "instances_in_job": 16,
    "checkpoint_seconds": 300,
    "restart_seconds": 1800,
    "mean_hours_between_interruptions": 24,
}
LICENSED: dict[str, Any] = {"licence_bound": True}


def outputs(**given: Any) -> dict[str, Any]:
    found: dict[str, Any] = calculators.run("compute-purchase", given)["outputs"]
    return found


def usd(found: dict[str, Any], purchase: str, per: str = "usd_per_month") -> float:
    return float(next(each[per] for each in found["options"] if each["purchase"] == purchase))


def flip(found: dict[str, Any], name: str) -> float:
    return float(next(each["flips_at"] for each in found["flips"] if each["input"] == name))


def hour(item: str, meter: str) -> Decimal:
    return catalogue.load().price(item, "us-east-1", "", meter).figure


def profile() -> list[float]:
    inputs = calculators.run("compute-purchase")["inputs"]
    return [float(each) for each in inputs["hourly_demand_instances"]]


def month(level: float) -> float:
    """Return a month with a commitment for so many instances at 40% off, counted hour by hour."""
    price = float(hour("m7i.4xlarge", "on_demand_hour"))
    by_hour = [0.6 * level + max(0.0, each - level) for each in profile()]
    return price * sum(by_hour) * 730 / 24


# --- purchase options -----------------------------------------------------------


def test_a_fixed_date_makes_spot_cheaper_but_unsuitable() -> None:
    found = outputs(**BLOCK)
    assert found["recommended"] == "capacity_block"
    assert usd(found, "spot", "usd_per_job") < 0.6 * usd(found, "capacity_block", "usd_per_job")
    assert outputs(**{**BLOCK, "fixed_date": False})["recommended"] == "spot"


def test_three_years_of_commitment_were_cheaper_than_spot_on_the_day() -> None:
    reserved = hour("m7i.4xlarge", "reserved_3y_hour")
    assert reserved < hour("m7i.4xlarge", "spot_average_hour") < hour("m7i.4xlarge", "reserved_1y_hour")


def test_the_old_price_of_a_p5_was_well_over_one_and_a_half_times_todays() -> None:
    old = next(each for each in catalogue.load().history() if each.item == "p5.48xlarge")
    assert old.usd is not None
    assert Decimal("1.6") < old.usd / hour("p5.48xlarge", "on_demand_hour") < 2


def test_spot_is_the_cheapest_bar_of_the_servers_and_the_mix_the_next() -> None:
    found = outputs()
    priced = sorted((each["usd_per_month"], each["purchase"]) for each in found["options"] if each["usd_per_month"])
    assert [purchase for _, purchase in priced][:2] == ["spot", "mix"]
    assert found["recommended"] == "mix"


def test_a_host_of_list_price_never_pays_without_a_licence() -> None:
    found = outputs(**LICENSED, hourly_demand_instances=[24] * 24)
    places = calculators.run("compute-purchase")["inputs"]["instances_per_host"]
    assert found["host_break_even_instances"] > places
    assert usd(found, "dedicated_host") > usd(found, "on_demand")


# --- matching the workload ------------------------------------------------------


def test_the_best_level_lies_between_the_quietest_hour_and_the_mean() -> None:
    demand = profile()
    levels = {level: month(level) for level in range(int(max(demand)) + 1)}
    best = min(levels, key=levels.__getitem__)
    assert min(demand) < best < sum(demand) / len(demand)
    assert levels[best] == pytest.approx(usd(outputs(), "mix"))


def test_the_peak_the_mean_and_the_quietest_hour_all_cost_more_than_the_best_level() -> None:
    demand, best = profile(), usd(outputs(), "mix")
    for level in (min(demand), sum(demand) / len(demand), max(demand)):
        assert month(level) > 1.01 * best


def test_a_plan_for_the_peak_is_barely_used_enough() -> None:
    used = sum(profile()) / (24 * max(profile()))
    assert 0 < used - outputs()["commitment_break_even_utilisation_ratio"] < 0.05


def test_the_slices_just_above_the_quietest_hour_are_there_nearly_all_day() -> None:
    demand = profile()
    assert sum(each > min(demand) for each in demand) / 24 > 0.8


def test_the_mix_saves_about_half_of_the_discount() -> None:
    assert 0.45 < outputs()["mix_saving_ratio"] / 0.4 < 0.6


def test_office_hours_lose_even_with_the_largest_discount_and_win_with_a_day_more() -> None:
    largest = catalogue.facts()["savings-plan-largest-ec2"].value
    assert Decimal(str(OFFICE["savings_plan_discount_ratio"])) == largest
    assert outputs(**OFFICE)["recommended"] == "on_demand"
    assert outputs(**{**OFFICE, "hours_per_week": 48})["recommended"] == "savings_plan"
    assert 40 / 168 < 0.25 < 1 - float(largest)


def test_the_same_hours_in_another_shape_turn_the_answer() -> None:
    together = outputs(instance_type="g6.2xlarge", hourly_demand_instances=[0] * 8 + [2] * 8 + [0] * 8)
    relay = outputs(instance_type="g6.2xlarge", hourly_demand_instances=[0] * 8 + [1] * 16)
    assert usd(together, "on_demand") == pytest.approx(usd(relay, "on_demand"))
    assert (together["recommended"], relay["recommended"]) == ("on_demand", "savings_plan")


def test_a_prototype_on_tokens_costs_less_than_the_office_machine() -> None:
    prototype = {
        "model_id": "amazon.nova-2-lite-v1:0",
        "requests_per_month": 20_000,
        "input_tokens_per_request": 1500,
        "output_tokens_per_request": 400,
        "cached_prefix_tokens": 0,
        "cache_ttl": "none",
    }
    tokens = calculators.run("token-cost", prototype)["outputs"]["usd_per_month"]
    assert tokens < usd(outputs(**OFFICE), "on_demand")


# --- the risk of Spot -----------------------------------------------------------


def test_an_interruption_a_day_makes_the_archive_only_a_little_longer() -> None:
    found = outputs(**ARCHIVE)
    assert found["recommended"] == "spot"
    assert 0 < found["spot_overhead_ratio"] < 0.05


def test_without_checkpoints_the_archive_takes_more_than_ten_years() -> None:
    found = outputs(**ARCHIVE, checkpoint_seconds=None)
    assert found["spot_expected_hours"] > 10 * 8766
    assert found["recommended"] == "on_demand"


def test_an_interval_wrong_by_half_does_little_harm_and_a_very_short_one_much() -> None:
    """Young's two losses: writing, and half an interval done twice."""
    mean, write, best = 86_400.0, 60.0, outputs(**ARCHIVE)["checkpoint_interval_seconds"]

    def waste(interval: float) -> float:
        return write / interval + interval / (2 * mean)

    assert max(waste(best / 2), waste(best * 1.5)) - waste(best) < 0.01
    assert waste(180) > 0.3


def test_the_advisors_highest_band_held_the_type_and_is_far_rarer_than_once_a_day() -> None:
    band = catalogue.load().spot_bands["g6e.12xlarge", "us-east-1"]
    assert band.from_ratio == catalogue.facts()["spot-top-band"].value
    assert band.to_ratio is None
    found = outputs(instance_type="g6e.12xlarge", interruptible=True)
    assert found["job_mean_hours_between_interruptions"] > 100 * 24


def test_the_gang_takes_nearly_twice_as_long_and_loses_most_of_its_discount() -> None:
    found = outputs(**GANG)
    assert 1.9 < found["spot_expected_hours"] / 200 < 2
    saving = 1 - usd(found, "spot", "usd_per_job") / usd(found, "on_demand", "usd_per_job")
    ratio = float(hour("p5.48xlarge", "spot_average_hour") / hour("p5.48xlarge", "on_demand_hour"))
    assert 0 < saving < (1 - ratio) / 3
    assert GANG["checkpoint_seconds"] > 60 * float(catalogue.facts()["spot-notice"].value)


def test_the_gang_turns_with_a_restart_half_as_long_again_or_a_price_a_fifth_higher() -> None:
    found = outputs(**GANG)
    ratio = float(hour("p5.48xlarge", "spot_average_hour") / hour("p5.48xlarge", "on_demand_hour"))
    assert flip(found, "restart_seconds") / GANG["restart_seconds"] == pytest.approx(1.5, abs=0.02)
    assert 1.1 < flip(found, "spot_price_ratio") / ratio < 1.2


def test_every_boundary_of_the_archive_is_far_away() -> None:
    found = outputs(**ARCHIVE)
    assert flip(found, "instances_in_job") > 100
    assert flip(found, "restart_seconds") > 100 * 360
    assert flip(found, "spot_price_ratio") > 2 * 0.35
    assert flip(found, "mean_hours_between_interruptions") < 24 / 100
