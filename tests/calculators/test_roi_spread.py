"""The spread of a return: plans so plain that the spread is known beforehand."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from calculators import roi
from calculators.fields import specs
from calculators.roi_inputs import UNCERTAIN
from calculators.roi_plan import DRIVERS

COSTS = ("data_usd", "labelling_usd", "integration_usd", "training_usd", "evaluation_usd")


def plan(**facts: Any) -> roi.Result:
    return roi.calculate(roi.Inputs(**{"monte_carlo_runs": Decimal(100), **facts}))


def narrow(**facts: Any) -> dict[str, Any]:
    """Return ranges without width, at the planned figures."""
    planned = roi.Inputs(**facts)
    return {f"{driver}_{end}": getattr(planned, driver) for driver in UNCERTAIN for end in ("low", "high")}


def test_a_plan_that_neither_costs_nor_gains_has_no_chance_of_a_gain() -> None:
    """Zero is no gain, in every run."""
    facts: dict[str, Any] = dict.fromkeys(
        (*COSTS, "run_usd_per_year", "people", "other_gains_usd_per_year"), Decimal(0)
    )
    spread = plan(**facts, **narrow(**facts)).monte_carlo
    assert spread.probability_positive_ratio == 0
    assert spread.p10_usd == spread.p90_usd == spread.mean_usd == 0


@pytest.mark.parametrize(("gained", "chance"), [("1", 1), ("-1", 0)])
def test_a_dollar_more_or_less_decides_every_run_that_has_no_spread(gained: str, chance: int) -> None:
    facts: dict[str, Any] = dict.fromkeys(
        (*COSTS, "run_usd_per_year", "people", "other_gains_usd_per_year"), Decimal(0)
    )
    facts |= {"other_gains_usd_per_year": Decimal(gained)} if chance else {"run_usd_per_year": Decimal(1)}
    assert plan(**facts, **narrow(**facts)).monte_carlo.probability_positive_ratio == chance


def test_factors_of_one_product_move_it_alike_and_keep_their_order() -> None:
    """People, hours and wage are factors of the same gain: the plan's order decides between them."""
    told = [each.input for each in plan().sensitivity]
    factors = [each for each in DRIVERS if each in ("people", "hours_per_person_per_month", "loaded_wage_usd_per_hour")]
    swings = {each.input: each.npv_high_usd - each.npv_low_usd for each in plan().sensitivity}
    assert len({round(swings[each], 6) for each in factors}) == 1
    assert [each for each in told if each in factors] == factors
    widths = [round(swings[each], 6) for each in told]
    assert widths == sorted(widths, reverse=True)


def test_a_year_without_adoption_still_belongs_to_what_must_be_true() -> None:
    """Nobody in the first year, all in the second: a smaller share of both years, the first one still 0."""
    adoption = (Decimal(0), Decimal(1), Decimal(1))
    row = next(
        each for each in plan(adoption_ratio_by_year=adoption).must_be_true if each.input == "adoption_ratio_by_year"
    )
    needed = row.at_least
    assert isinstance(needed, tuple)
    assert needed[0] == 0
    assert needed[1] == needed[2]
    assert abs(plan(adoption_ratio_by_year=needed).npv_usd) < Decimal("1e-6")


def test_what_must_be_true_is_the_same_list_in_millions() -> None:
    """A plan written in millions of dollars asks for the same figures, and for the same people and hours."""
    known = specs(roi.Inputs)
    planned = {name: getattr(roi.Inputs(), name) for name, spec in known.items() if spec.unit.startswith("USD")}
    millions = {name: value / 10**6 for name, value in planned.items() if value is not None}
    rows, told = ({each.input: each for each in plan(**facts).must_be_true} for facts in ({}, millions))
    assert list(told) == list(rows)
    assert {"people", "hours_per_person_per_month", "throughput_gain_ratio"} <= set(told)
    assert told["people"].at_least == rows["people"].at_least


def test_all_of_the_freed_time_is_still_a_plan() -> None:
    """A plan that needs exactly all of it would pay then."""
    result = plan()
    told = [
        roi.answer(roi.Inputs(), replace(result, break_even_realisation_ratio=Decimal(needed)))
        for needed in ("1", "1.0001", "0", "0.0004")  # the last is told rounded up
    ]
    said = ("It needs 100% of the freed time", "it would not pay.", "even if no freed time", "It needs 0.1% of")
    assert all(words in each for words, each in zip(said, told, strict=True))
