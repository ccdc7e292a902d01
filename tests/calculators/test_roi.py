"""Return on investment: worked examples, oracles, laws, warnings, refusals, what must be true."""

from __future__ import annotations

import json
import random
import re
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from importlib import import_module
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import calculators
from calculators import InputError, fields, roi, roi_plan, view
from calculators.roi_inputs import UNCERTAIN

NO_DEVELOPMENT: dict[str, Any] = dict.fromkeys(
    ("data_usd", "labelling_usd", "integration_usd", "training_usd", "evaluation_usd"), Decimal(0)
)
MEASURED = {
    "throughput_gain_ratio_low": 0,
    "throughput_gain_ratio_high": 1,
    "realisation_ratio_low": 0,
    "realisation_ratio_high": 1,
    "development_usd_low": 0,
    "development_usd_high": 10**6,
    "run_usd_per_year_low": 0,
    "run_usd_per_year_high": 10**6,
}


def plan(**facts: Any) -> roi.Result:
    facts.setdefault("monte_carlo_runs", 100)
    return roi.calculate(roi.Inputs(**facts))


def codes(**facts: Any) -> set[str]:
    return {each.code for each in plan(**facts).warnings}


def near(value: Decimal | None, wanted: str) -> bool:
    """Whether a value is the one wanted, to the digits in which it is written."""
    digits = len(wanted.partition(".")[2])
    return value is not None and round(value, digits) == Decimal(wanted)


# --- worked examples


def test_f15_to_f19_of_the_120_agents() -> None:
    result = plan()
    assert near(result.freed_ratio, "0.122807")
    assert near(result.gains_usd_per_year, "424421.1")
    assert result.development_usd == 210_000
    assert near(result.first_year_roi_ratio, "0.309942")
    assert near(result.npv_usd, "372560.2")
    assert near(result.irr_ratio, "0.818499")
    assert result.irr_is_unique
    assert near(result.payback_years, "1.25878")
    assert near(result.discounted_payback_years, "1.37086")
    assert near(result.break_even_realisation_ratio, "0.284911")
    first, *years = result.cash_flows_usd
    assert first == -210_000
    assert all(map(near, years, ("140652.6", "267978.9", "310421.1")))


def test_f17_the_rate_is_shown_with_the_flow_of_every_year() -> None:
    result = plan()
    shown = next(each.formula for each in result.steps if each.name == "irr_ratio")
    assert shown == "CF_0 + CF_1/(1 + IRR)^1 + CF_2/(1 + IRR)^2 + CF_3/(1 + IRR)^3 = 0"


def test_f19_a_fifth_more_or_less() -> None:
    moved = {each.input: (each.npv_low_usd, each.npv_high_usd) for each in plan().sensitivity}
    wanted = {
        "throughput_gain_ratio": ("216793.7", "520858.3"),
        "realisation_ratio": ("199347.9", "545772.4"),
        "development_usd": ("330560.2", "414560.2"),
        "run_usd_per_year": ("315859.9", "429260.4"),
    }
    for driver, ends in wanted.items():
        assert all(map(near, moved[driver], ends)), driver


def test_f20_ten_thousand_runs_with_the_ranges_empty_or_entered() -> None:
    entered = {
        "throughput_gain_ratio_low": 0,
        "throughput_gain_ratio_high": Decimal("0.34"),
        "realisation_ratio_low": Decimal("0.2"),
        "realisation_ratio_high": Decimal("0.8"),
        "development_usd_low": 160_000,
        "development_usd_high": 420_000,
        "run_usd_per_year_low": 80_000,
        "run_usd_per_year_high": 240_000,
    }
    for facts in ({}, entered):
        spread = plan(monte_carlo_runs=10_000, **facts).monte_carlo
        assert near(spread.mean_usd, "323678.6")
        assert near(spread.p10_usd, "-235151.6")
        assert near(spread.p50_usd, "290535.5")
        assert near(spread.p90_usd, "941147.5")
        assert spread.probability_positive_ratio == Decimal("0.7465")


def test_f17_two_rates_are_told_and_the_smaller_one_shown() -> None:
    """−100, 230, −132 through the form: 100 to build, 330 of gains at full adoption, 100 and 132 to run."""
    gains = {"people": 0, "other_gains_usd_per_year": 362, "run_usd_per_year": 132}
    result = plan(**NO_DEVELOPMENT | {"data_usd": 100}, **gains, adoption_ratio_by_year=(1, 0))
    assert list(result.cash_flows_usd) == [-100, 230, -132]
    assert near(result.irr_ratio, "0.10000000000000000000")
    assert not result.irr_is_unique
    assert "discount_rate_ratio" not in {each.input for each in result.must_be_true}


def test_a_rate_is_no_ceiling_where_nothing_is_spent_first() -> None:
    """0, 100, −110: at more than 10% a year the later loss weighs less, and the plan is worth more."""
    gains = {"people": 0, "other_gains_usd_per_year": 210, "run_usd_per_year": 110}
    below, above = (
        plan(**NO_DEVELOPMENT, **gains, adoption_ratio_by_year=(1, 0), discount_rate_ratio=Decimal(rate))
        for rate in ("0.05", "0.15")
    )
    assert list(below.cash_flows_usd) == [0, 100, -110]
    assert below.irr_is_unique
    assert near(below.irr_ratio, "0.1000000000")
    assert below.npv_usd < 0 < above.npv_usd
    for result in (below, above):
        assert "discount_rate_ratio" not in {each.input for each in result.must_be_true}


# --- oracles


@pytest.mark.native
def test_a_thousand_plans_by_numpy_financial() -> None:
    """NPV, IRR and the sum of the discounted flows, from flows built up hour by hour."""
    finance = import_module("numpy_financial")
    chance = random.Random(1519)  # noqa: S311 - test cases, no secrets
    with_rate = 0
    for _ in range(1_000):
        people, hours, wage = chance.randint(1, 500), chance.randint(1, 170), chance.randint(10, 200)
        gain, realised, rate = (chance.randint(1, 90) / 100 for _ in range(3))
        adoption = [chance.randint(0, 100) / 100 for _ in range(chance.randint(1, 8))]
        build, run, other = (chance.randint(0, 400_000) for _ in range(3))
        inputs = roi.Inputs(
            people=Decimal(people),
            hours_per_person_per_month=Decimal(hours),
            throughput_gain_ratio=Decimal(str(gain)),
            realisation_ratio=Decimal(str(realised)),
            loaded_wage_usd_per_hour=Decimal(wage),
            adoption_ratio_by_year=tuple(Decimal(str(each)) for each in adoption),
            **NO_DEVELOPMENT | {"integration_usd": Decimal(build)},
            run_usd_per_year=Decimal(run),
            other_gains_usd_per_year=Decimal(other),
            discount_rate_ratio=Decimal(str(rate)),
            monte_carlo_runs=Decimal(100),
        )
        result = roi.calculate(inputs, is_quiet=True)
        hours_a_year = people * hours * 12
        saved = hours_a_year - hours_a_year / (1 + gain)  # the same work, done faster
        full = saved * realised * wage + other
        flows = [-build, *(share * full - run for share in adoption)]
        assert float(result.npv_usd) == pytest.approx(finance.npv(rate, flows), rel=1e-9, abs=1e-4)
        assert [float(each) for each in result.cash_flows_usd] == pytest.approx(flows, rel=1e-9, abs=1e-6)
        theirs = finance.irr(flows)
        if result.irr_is_unique and result.irr_ratio is not None and result.irr_ratio > Decimal("-0.9"):
            assert float(1 + result.irr_ratio) == pytest.approx(1 + theirs, rel=1e-6)
            with_rate += 1
    assert with_rate > 500


@given(
    facts=st.fixed_dictionaries(
        {
            "people": st.integers(1, 10_000),
            "throughput_gain_ratio": st.decimals("0.01", 2, places=2),
            "realisation_ratio": st.decimals("0.01", 1, places=2),
            "run_usd_per_year": st.integers(0, 10**6),
            "integration_usd": st.integers(1, 10**6),
            "other_gains_usd_per_year": st.integers(0, 10**5),
            "discount_rate_ratio": st.decimals(0, 1, places=2),
            "adoption_ratio_by_year": st.lists(st.decimals("0.01", 1, places=2), min_size=1, max_size=8).map(tuple),
        }
    )
)
@settings(max_examples=1000)
def test_entered_what_must_be_true_brings_the_npv_to_zero(facts: dict[str, Any]) -> None:
    """The solver is checked by the calculator run forwards, in exact fractions for the scale."""
    inputs = roi.Inputs(monte_carlo_runs=Decimal(100), **facts)
    result = roi.calculate(inputs, is_quiet=True)
    scale = sum(map(abs, result.cash_flows_usd)) + 1
    assert result.must_be_true or result.npv_usd < 0
    for row in result.must_be_true:
        assert (row.at_least is None) is not (row.at_most is None)
        value = row.at_most if row.at_least is None else row.at_least
        if row.input == "development_usd":
            change: dict[str, Any] = {name: getattr(inputs, name) * value / row.now for name in NO_DEVELOPMENT}
            assert row.now == result.development_usd
        else:
            change = {row.input: value}
            assert row.now == getattr(inputs, row.input)
        npv = roi_plan.plan_of(replace(inputs, **change)).npv_usd
        if row.input == "people":  # whole people: as many pay, one fewer do not
            fewer = roi_plan.plan_of(replace(inputs, people=value - 1)).npv_usd
            assert fewer < Decimal("1e-12") * scale
            assert npv > -Decimal("1e-12") * scale
        else:
            assert abs(npv) <= Decimal("1e-12") * scale * max(1, value if isinstance(value, Decimal) else 1), row


def test_what_must_be_true_is_left_out_where_nothing_possible_does_it() -> None:
    hopeless = plan(run_usd_per_year=10**9)
    # No wage up to 10,000, no share up to 1, no number of hours: only that many people, other gains or a lower cost.
    assert [each.input for each in hopeless.must_be_true] == ["people", "other_gains_usd_per_year", "run_usd_per_year"]
    assert hopeless.break_even_realisation_ratio is not None
    assert hopeless.break_even_realisation_ratio > 1
    assert "would not pay" in roi.answer(roi.Inputs(run_usd_per_year=Decimal(10**9)), hopeless)
    assert plan(adoption_ratio_by_year=(0, 0)).must_be_true == ()


# --- laws


@given(
    more=st.sampled_from(["people", "hours_per_person_per_month", "throughput_gain_ratio", "realisation_ratio"]),
    share=st.decimals("0.1", "0.9", places=2),
)
def test_more_of_what_gains_never_makes_it_worth_less(more: str, share: Decimal) -> None:
    full = roi.Inputs(monte_carlo_runs=Decimal(100))
    value = getattr(full, more) * share
    less = replace(full, **{more: value.to_integral_value() if more == "people" else value})
    assert roi.calculate(less, is_quiet=True).npv_usd < roi.calculate(full, is_quiet=True).npv_usd


@given(factor=st.integers(1, 1_000))
def test_money_in_another_unit_is_the_same_plan(factor: int) -> None:
    money = {name: spec for name, spec in fields.specs(roi.Inputs).items() if spec.unit.startswith("USD")}
    base = roi.Inputs(monte_carlo_runs=Decimal(100), other_gains_usd_per_year=Decimal(10_000))
    scaled = replace(
        base,
        **{name: getattr(base, name) * factor / 10 for name in money if getattr(base, name) is not None},
    )
    first, second = (roi.calculate(each, is_quiet=True) for each in (base, scaled))
    assert abs(second.npv_usd - first.npv_usd * factor / 10) <= Decimal("1e-15") * abs(second.npv_usd)
    assert second.irr_ratio == pytest.approx(first.irr_ratio)
    assert second.payback_years == pytest.approx(first.payback_years)
    assert second.break_even_realisation_ratio == pytest.approx(first.break_even_realisation_ratio)
    assert second.monte_carlo.probability_positive_ratio == first.monte_carlo.probability_positive_ratio


@given(seed=st.integers(0, 2**32 - 1))
def test_percentiles_are_in_order_and_the_seed_decides(seed: int) -> None:
    first, again = (plan(seed=seed).monte_carlo for _ in range(2))
    assert first == again
    assert first.p10_usd <= first.p50_usd <= first.p90_usd


def test_ranges_of_no_width_leave_the_single_answer() -> None:
    held: dict[str, Any] = {
        f"{driver}_{end}": value
        for driver, value in (
            ("throughput_gain_ratio", Decimal("0.14")),
            ("realisation_ratio", Decimal("0.5")),
            ("development_usd", 210_000),
            ("run_usd_per_year", 114_000),
        )
        for end in ("low", "high")
    }
    result = plan(**held)
    spread = result.monte_carlo
    assert spread.p10_usd == spread.p90_usd == pytest.approx(result.npv_usd, rel=Decimal("1e-12"))
    assert spread.probability_positive_ratio == 1
    assert [each.id for each in result.charts] == ["cumulative-cash", "npv-by-figure"]
    assert "no figure was given a range" in roi.answer(roi.Inputs(**held), result)


def test_the_table_of_moves_is_sorted_and_no_share_is_moved_above_all() -> None:
    result = plan(realisation_ratio=1, sensitivity_ratio=Decimal("0.5"))
    swings = [round(each.npv_high_usd - each.npv_low_usd, 2) for each in result.sensitivity]
    assert all(before >= after for before, after in pairwise(swings))
    assert all(each.npv_low_usd <= result.npv_usd <= each.npv_high_usd for each in result.sensitivity)
    realisation = next(each for each in result.sensitivity if each.input == "realisation_ratio")
    assert realisation.npv_high_usd == result.npv_usd
    assert "other_gains_usd_per_year" not in {each.input for each in result.sensitivity}  # at 0 it can't be moved


# --- what does not exist


def test_what_never_pays_has_no_payback_and_no_rate() -> None:
    result = plan(people=0)
    assert (result.irr_ratio, result.payback_years, result.discounted_payback_years) == (None, None, None)
    assert result.break_even_realisation_ratio is None
    assert result.irr_is_unique
    assert "does not come back" in result.charts[0].summary


@pytest.mark.parametrize(
    ("burdens", "said"),
    [
        ({}, "It needs"),
        ({"other_gains_usd_per_year": Decimal(10**9)}, "even if no freed time"),
        ({"run_usd_per_year": Decimal(10**9)}, "it would not pay"),
    ],
)
def test_the_answer_says_how_much_freed_time_must_become_money(burdens: dict[str, Any], said: str) -> None:
    """Some of it; none of it, where other gains carry the plan; more than there is, where it is too dear to run."""
    result = plan(**burdens)
    needed = result.break_even_realisation_ratio
    assert needed is not None
    assert said in roi.answer(roi.Inputs(**burdens), result)
    assert (0 < needed <= 1) is (said == "It needs")


def test_the_answer_asks_for_at_least_what_is_needed_and_for_what_the_table_says() -> None:
    """At the rounded share the plan pays; the table of what must be true shows the same share."""
    baked = view.bake("roi", {"people": 200, "realisation_ratio": 0.4, "adoption_ratio_by_year": [0.4, 0.7, 0.85]})
    said = re.search(r"It needs ([\d.]+)% of", baked["view"]["answer"])
    assert said is not None
    assert Decimal(said[1]) / 100 >= Decimal(str(baked["result"]["outputs"]["break_even_realisation_ratio"]))
    table = next(each for each in baked["view"]["tables"] if each["id"] == "must_be_true")
    assert next(each for each in table["rows"] if each[0] == "Realisation")[1] == f"{said[1]}%"


def test_what_costs_nothing_has_no_return_ratio() -> None:
    result = plan(**NO_DEVELOPMENT, run_usd_per_year=0)
    assert result.first_year_roi_ratio is None
    assert result.irr_ratio is None
    assert result.payback_years == 0
    assert result.break_even_realisation_ratio == 0
    assert "even if no freed time" in roi.answer(roi.Inputs(**NO_DEVELOPMENT, run_usd_per_year=Decimal(0)), result)


def test_paid_back_but_not_at_its_value_today() -> None:
    result = plan(realisation_ratio=Decimal("0.27"))
    assert result.payback_years is not None
    assert result.discounted_payback_years is None
    assert "not at its value today" in result.charts[0].summary


# --- warnings


@pytest.mark.parametrize(
    ("code", "shown", "hidden"),
    [
        (
            "gain-without-control-group",
            {"throughput_gain_ratio": Decimal("0.16")},
            {"throughput_gain_ratio": Decimal("0.15")},
        ),
        ("all-freed-time-is-money", {"realisation_ratio": 1}, {"realisation_ratio": Decimal("0.99")}),
        ("gain-is-not-freed-time", {"realisation_ratio": Decimal("0.27")}, {"realisation_ratio": Decimal("0.29")}),
        ("gain-is-not-freed-time", {"realisation_ratio": Decimal("0.27")}, {"realisation_ratio": Decimal("0.24")}),
        ("no-ramp-up", {"adoption_ratio_by_year": (Decimal("0.91"),)}, {"adoption_ratio_by_year": (Decimal("0.9"),)}),
        ("one-year-roi-hides-ramp-up", {}, {"adoption_ratio_by_year": (1, 1)}),
        ("horizon-over-5-years", {"adoption_ratio_by_year": (1,) * 6}, {"adoption_ratio_by_year": (1,) * 5}),
        ("no-discount-rate", {"discount_rate_ratio": 0}, {"discount_rate_ratio": Decimal("0.01")}),
        ("irr-not-unique", {"adoption_ratio_by_year": (1, 0)}, {"adoption_ratio_by_year": (0, 1)}),
        ("paid-back-then-lost", {"adoption_ratio_by_year": (1, 0, 0)}, {}),
        ("no-running-cost", {"run_usd_per_year": 0}, {"run_usd_per_year": 1}),
        ("realisation-not-measured", {}, MEASURED),
        ("assumed-range", {}, MEASURED),
        ("few-runs", {"monte_carlo_runs": 999}, {"monte_carlo_runs": 1_000}),
    ],
)
def test_a_warning_shows_where_it_applies_and_only_there(
    code: str, shown: dict[str, Any], hidden: dict[str, Any]
) -> None:
    assert code in codes(**shown)
    assert code not in codes(**hidden)


def test_a_worked_warning_names_the_figure_of_the_wrong_formula() -> None:
    """S·(hours·g·ρ·w) − D·run − development = 2.040571 × 6,912,000 × 0.14 × 0.27 − 493,501."""
    found = {each.code: each.message for each in plan(realisation_ratio=Decimal("0.27")).warnings}
    wrong = Fraction(216_000 * 32) * Fraction(14, 100) * Fraction(27, 100)
    adopted = sum(Fraction(share, 10) / Fraction(11, 10) ** year for year, share in ((1, 6), (2, 9), (3, 10)))
    cost = 210_000 + 114_000 * sum(1 / Fraction(11, 10) ** year for year in (1, 2, 3))
    assert f"${float(wrong * adopted - cost):,.2f}" in found["gain-is-not-freed-time"]


# --- refusals


@pytest.mark.parametrize(
    ("facts", "field", "said"),
    [
        ({"throughput_gain_ratio_low": 0.2}, "throughput_gain_ratio_low", "at most the planned 0.14, not 0.2"),
        ({"throughput_gain_ratio_high": 0.1}, "throughput_gain_ratio_high", "at least the planned 0.14, not 0.1"),
        ({"realisation_ratio_low": 0.6}, "realisation_ratio_low", "at most the planned 0.5"),
        ({"development_usd_high": 200_000}, "development_usd_high", "at least the planned 210000"),
        ({"run_usd_per_year_low": 120_000}, "run_usd_per_year_low", "at most the planned 114000"),
        ({"throughput_gain_ratio": 14}, "throughput_gain_ratio", "0.9 means 90%"),
        ({"adoption_ratio_by_year": []}, "adoption_ratio_by_year", "1 to 20 numbers"),
        ({"adoption_ratio_by_year": [0.5, 1.2]}, "adoption_ratio_by_year", "from 0 to 1"),
        ({"monte_carlo_runs": 10**6}, "monte_carlo_runs", "from 100 to 100000"),
        ({"seed": -1}, "seed", "whole number from 0"),
        ({"people": None}, "people", "nothing"),
    ],
)
def test_a_range_holds_its_plan_and_a_number_its_limits(facts: dict[str, Any], field: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        calculators.run("roi", facts)
    assert [each.field for each in caught.value.problems] == [field]
    assert said in caught.value.problems[0].problem


def test_another_plan_never_meets_a_range_that_nobody_entered() -> None:
    """An empty range moves with the plan, up to what can be entered."""
    result = plan(throughput_gain_ratio=4, realisation_ratio=1, run_usd_per_year=10**12, data_usd=10**12)
    assert result.monte_carlo.p10_usd <= result.monte_carlo.p90_usd


# --- the whole space of inputs


def numbers(name: str, spec: Any) -> st.SearchStrategy[Any]:
    low, high = spec.minimum, spec.maximum
    if name == "monte_carlo_runs":
        return st.integers(100, 150)
    if spec.kind == "numbers":
        return st.lists(st.decimals(low, high, places=6), min_size=spec.least, max_size=spec.most).map(tuple)
    each = st.integers(int(low), int(high)) if spec.is_whole else st.decimals(low, high, places=6)
    return st.one_of(each, st.sampled_from([low, high]), *([st.none()] if spec.is_nullable else []))


SPACE = {name: numbers(name, spec) for name, spec in fields.specs(roi.Inputs).items()}


@given(facts=st.fixed_dictionaries({}, optional=SPACE))
@settings(max_examples=300)
def test_every_input_within_its_limits_has_an_answer(facts: dict[str, Any]) -> None:
    defaults = roi.Inputs().as_mapping()
    for driver, parts in UNCERTAIN.items():  # a range holds its plan
        planned = sum(facts.get(each, defaults[each]) for each in parts)
        for end, nearer in (("low", min), ("high", max)):
            if facts.get(f"{driver}_{end}") is not None:
                facts[f"{driver}_{end}"] = nearer(facts[f"{driver}_{end}"], planned)
    facts.setdefault("monte_carlo_runs", 100)
    result = roi.calculate(roi.Inputs(**facts))
    assert result.monte_carlo.p10_usd <= result.monte_carlo.p50_usd <= result.monte_carlo.p90_usd
    baked = view.bake("roi", facts)
    json.dumps(baked, allow_nan=False)
    assert baked["view"]["answer"].endswith(".")


# --- how it is shown


def test_a_row_about_a_sum_and_a_row_about_years_are_shown_in_words() -> None:
    tables = {each["id"]: each["rows"] for each in view.bake("roi")["view"]["tables"]}
    rows = {row[0]: row[1:] for row in tables["must_be_true"]}
    assert rows["Adoption by year"] == ["34.2%, 51.3%, 57%", "none", "60%, 90%, 100%"]
    assert rows["Development cost"] == ["none", "$582,560.16", "$210,000.00"]


def test_the_distribution_counts_every_run_and_sets_losses_apart() -> None:
    for seed in range(30):
        result = plan(seed=seed, monte_carlo_runs=1_000)
        chart = next(each for each in result.charts if each.id == "npv-distribution")
        bars = chart.spec["data"]["values"]
        assert sum(each["runs"] for each in bars) == 1_000
        assert all(before["to_usd"] == after["from_usd"] for before, after in pairwise(bars))
        gains = sum(each["runs"] for each in bars if each["from_usd"] >= 0)
        assert gains == 1_000 * result.monte_carlo.probability_positive_ratio


def test_the_payback_is_ringed_where_the_money_is_back() -> None:
    chart = plan().charts[0]
    rings = next(each["data"]["values"] for each in chart.spec["layer"] if each["mark"]["type"] == "point")
    assert [round(each["year"], 5) for each in rings] == [1.25878, 1.37086]


def test_quiet_gives_the_same_numbers_without_steps_and_charts() -> None:
    loud, quiet = (roi.calculate(roi.Inputs(), is_quiet=is_quiet) for is_quiet in (False, True))
    assert replace(quiet, steps=loud.steps, charts=loud.charts) == loud
    assert not quiet.steps
    assert not quiet.charts
