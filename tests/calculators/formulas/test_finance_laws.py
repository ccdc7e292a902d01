"""Laws of return on investment that hold for every input, and what does not exist."""

from __future__ import annotations

from decimal import Decimal
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculators.formulas import finance, uncertainty, unit_economics
from calculators.formulas.uncertainty import Triangular

USD = st.integers(0, 10**9)
SOME_USD = st.integers(1, 10**9)
FLOWS = st.lists(st.integers(-(10**6), 10**6).map(Decimal), min_size=1, max_size=8)
GAINS = st.decimals("-0.5", 5, places=4)
RATES = st.decimals(0, 2, places=4)
SHARES = st.decimals(0, 1, places=4)
SEEDS = st.integers(0, 2**32 - 1)
UNIFORM = st.floats(0, 1, exclude_max=True)
RANGES = st.lists(st.floats(-1e6, 1e6), min_size=3, max_size=3).map(lambda ends: Triangular(*sorted(ends)))


def is_close(left: Decimal, right: Decimal, scale: Decimal = Decimal(1)) -> bool:
    return abs(left - right) <= Decimal("1e-15") * max(abs(left), abs(right), scale)


# --- F15


@given(gain=GAINS, more=st.decimals("0.0001", 1, places=4))
def test_a_greater_gain_frees_more_but_never_all_of_the_time(gain: Decimal, more: Decimal) -> None:
    less, greater = (finance.freed_time_ratio(throughput_gain_ratio=each) for each in (gain, gain + more))
    assert less is not None
    assert greater is not None
    assert less < greater < 1


@given(gain=st.decimals("0.0001", 5, places=4))
def test_a_gain_always_frees_less_than_itself(gain: Decimal) -> None:
    freed = finance.freed_time_ratio(throughput_gain_ratio=gain)
    assert freed is not None
    assert 0 < freed < gain


@given(gain=GAINS)
def test_the_needed_gain_undoes_the_freed_time(gain: Decimal) -> None:
    freed = finance.freed_time_ratio(throughput_gain_ratio=gain)
    assert freed is not None
    again = finance.needed_throughput_gain_ratio(freed_ratio=freed)
    assert again is not None
    assert is_close(again, gain)


@given(hours=USD, freed=SHARES, realisation=SHARES, wage=st.integers(0, 1_000), factor=st.integers(0, 1_000))
def test_labour_gains_scale_with_each_of_their_factors(
    hours: int, freed: Decimal, realisation: Decimal, wage: int, factor: int
) -> None:
    def gains(hours: int, freed: Decimal, realisation: Decimal, wage: int) -> Decimal:
        return finance.labour_gains_usd_per_year(
            hours_per_year=hours, freed_ratio=freed, realisation_ratio=realisation, wage_usd_per_hour=wage
        )

    scaled = factor * gains(hours, freed, realisation, wage)
    assert gains(hours * factor, freed, realisation, wage) == scaled
    assert gains(hours, freed * factor, realisation, wage) == scaled
    assert gains(hours, freed, realisation * factor, wage) == scaled
    assert gains(hours, freed, realisation, wage * factor) == scaled


@given(gains=USD, cost=SOME_USD, unit=st.integers(1, 1_000))
def test_a_return_does_not_depend_on_the_currency(gains: int, cost: int, unit: int) -> None:
    roi = finance.roi_ratio(gains_usd=Decimal(gains), cost_usd=cost)
    assert roi is not None
    assert roi >= -1
    assert (roi > 0) is (gains > cost)
    assert finance.roi_ratio(gains_usd=Decimal(gains) * unit, cost_usd=cost * unit) == roi


# --- F16


@given(first=FLOWS, rate=RATES, factor=st.integers(-1_000, 1_000))
def test_npv_scales_with_its_flows(first: list[Decimal], rate: Decimal, factor: int) -> None:
    npv = finance.npv_usd(cash_flows_usd=first, discount_rate_ratio=rate)
    scaled = finance.npv_usd(cash_flows_usd=[each * factor for each in first], discount_rate_ratio=rate)
    assert is_close(scaled, npv * factor, Decimal(10**9))


@given(flows=FLOWS, rate=RATES)
def test_npv_at_no_interest_is_the_sum_and_a_year_later_it_is_worth_less(flows: list[Decimal], rate: Decimal) -> None:
    assert finance.npv_usd(cash_flows_usd=flows, discount_rate_ratio=Decimal(0)) == sum(flows)
    npv = finance.npv_usd(cash_flows_usd=flows, discount_rate_ratio=rate)
    later = finance.npv_usd(cash_flows_usd=[Decimal(0), *flows], discount_rate_ratio=rate)
    assert is_close(later * (1 + rate), npv, Decimal(10**7))


@given(cost=SOME_USD, income=st.lists(SOME_USD, min_size=1, max_size=8), rate=RATES, more=SHARES)
def test_npv_of_an_investment_falls_with_the_rate(cost: int, income: list[int], rate: Decimal, more: Decimal) -> None:
    flows = tuple(map(Decimal, (-cost, *income)))
    npv = finance.npv_usd(cash_flows_usd=flows, discount_rate_ratio=rate)
    assert finance.npv_usd(cash_flows_usd=flows, discount_rate_ratio=rate + more) <= npv


@given(development=USD, gains=USD, run=USD, adoption=st.lists(SHARES, min_size=1, max_size=10))
def test_the_parts_of_the_npv_are_those_of_its_flows(
    development: int, gains: int, run: int, adoption: list[Decimal]
) -> None:
    """−development + S·gains − D·run, as the break-evens take it."""
    flows = finance.cash_flows_usd(
        development_usd=development,
        gains_usd_per_year=Decimal(gains),
        run_usd_per_year=run,
        adoption_ratio_by_year=adoption,
    )
    rate = Decimal("0.08")
    s, d = (
        finance.npv_usd(cash_flows_usd=(Decimal(0), *weights), discount_rate_ratio=rate)
        for weights in (adoption, [Decimal(1)] * len(adoption))
    )
    npv = finance.npv_usd(cash_flows_usd=flows, discount_rate_ratio=rate)
    assert is_close(npv, s * gains - d * run - development, Decimal(10**10))


# --- F17


@given(flows=FLOWS)
def test_npv_is_zero_at_every_rate_found_and_there_are_no_more_than_descartes_allows(flows: list[Decimal]) -> None:
    factors = finance.zero_npv_discount_factors(cash_flows_usd=flows)
    changes = finance.sign_changes(cash_flows_usd=flows)
    assert list(factors) == sorted(factors)
    assert len(factors) <= changes
    assert (changes - len(factors)) % 2 == 0  # a touching pair would count twice: it is no crossing
    for factor in factors:
        terms: list[Decimal] = [flow * factor**year for year, flow in enumerate(flows)]
        assert abs(sum(terms, Decimal(0))) <= Decimal("1e-20") * max(map(abs, terms))


@given(flows=FLOWS, factor=st.integers(1, 1_000))
def test_irr_does_not_depend_on_the_currency_or_a_change_of_sides(flows: list[Decimal], factor: int) -> None:
    irr = finance.irr_ratio(cash_flows_usd=flows)
    other = finance.irr_ratio(cash_flows_usd=[-each * factor for each in flows])
    assert (irr is None) is (other is None)
    if irr is not None and other is not None:
        assert is_close(1 + irr, 1 + other)


@given(cost=SOME_USD, rate=st.decimals("-0.9", 20, places=4), years=st.integers(1, 10))
def test_irr_of_one_payment_is_its_growth(cost: int, rate: Decimal, years: int) -> None:
    flows = [Decimal(-cost), *[Decimal(0)] * (years - 1), cost * (1 + rate) ** years]
    irr = finance.irr_ratio(cash_flows_usd=flows)
    assert irr is not None
    assert is_close(1 + irr, 1 + rate)


@pytest.mark.parametrize("flows", [[], [0], [-5], [-5, 0, -1], [3, 4], [0, 0]])
def test_flows_of_one_sign_have_no_rate(flows: list[int]) -> None:
    assert finance.irr_ratio(cash_flows_usd=list(map(Decimal, flows))) is None


def test_a_rate_that_only_touches_zero_is_no_crossing_and_a_triple_one_is() -> None:
    """(v − 1)² never changes sign; (v − 1)³ does, at v = 1."""
    assert finance.irr_ratio(cash_flows_usd=list(map(Decimal, (1, -2, 1)))) is None
    assert finance.irr_ratio(cash_flows_usd=list(map(Decimal, (-1, 3, -3, 1)))) == pytest.approx(0, abs=1e-8)


def test_of_several_rates_the_smallest_that_is_not_negative_is_given() -> None:
    """(1 + r) = 0.5, 1.1 or 1.3; and 0.5 or 0.8 where none is positive."""
    three = [Decimal(each) for each in ("-1", "2.9", "-2.63", "0.715")]
    two = [Decimal(each) for each in ("-1", "1.3", "-0.4")]
    assert finance.irr_ratio(cash_flows_usd=three) == pytest.approx(Decimal("0.1"), abs=Decimal("1e-20"))
    assert finance.irr_ratio(cash_flows_usd=two) == pytest.approx(Decimal("-0.2"), abs=Decimal("1e-20"))


@pytest.mark.parametrize("unit", ["0.001", "1", "1000"])
def test_half_of_the_money_comes_back_in_any_unit_of_money(unit: str) -> None:
    """−1 now and 0.5 in a year is a rate of −50%."""
    found = finance.irr_ratio(cash_flows_usd=[-Decimal(unit), Decimal(unit) / 2])
    assert found == pytest.approx(Decimal("-0.5"), abs=Decimal("1e-20"))


def test_a_rate_of_zero_is_not_negative() -> None:
    """1 − 3v + 2v² = (1 − v)·(1 − 2v): the rates are 0% and 100%."""
    assert finance.irr_ratio(cash_flows_usd=list(map(Decimal, (1, -3, 2)))) == pytest.approx(0, abs=1e-20)


@given(flows=FLOWS, years=st.integers(1, 3))
def test_years_without_money_after_the_last_change_no_rate(flows: list[Decimal], years: int) -> None:
    longer = [*flows, *[Decimal(0)] * years]
    assert finance.irr_ratio(cash_flows_usd=longer) == finance.irr_ratio(cash_flows_usd=flows)


# --- F18


@given(cost=SOME_USD, income=st.lists(USD, min_size=1, max_size=8), rate=RATES)
def test_discounting_never_shortens_the_payback(cost: int, income: list[int], rate: Decimal) -> None:
    flows = tuple(map(Decimal, (-cost, *income)))
    plain = finance.payback_years(cash_flows_usd=flows)
    discounted = finance.payback_years(
        cash_flows_usd=finance.discounted_cash_flows_usd(cash_flows_usd=flows, discount_rate_ratio=rate)
    )
    assert (plain is None) is (sum(flows) < 0)
    if discounted is not None:
        assert plain is not None
        assert plain <= discounted + Decimal("1e-20")


@given(cost=SOME_USD, income=SOME_USD)
def test_an_even_income_pays_back_after_cost_over_income(cost: int, income: int) -> None:
    years = -(-cost // income)
    if years <= 50:
        flows = [Decimal(-cost), *[Decimal(income)] * years]
        payback = finance.payback_years(cash_flows_usd=flows)
        assert payback is not None
        assert is_close(payback, Decimal(cost) / income)


@pytest.mark.parametrize(
    ("flows", "years"), [([], None), ([-1], None), ([-2, 1], None), ([0, 5], 0), ([-4, 4], 1), ([-4, 2, 4], "1.5")]
)
def test_a_payback_is_never_or_now_or_at_the_end(flows: list[int], years: int | str | None) -> None:
    found = finance.payback_years(cash_flows_usd=list(map(Decimal, flows)))
    assert found == (None if years is None else Decimal(years))


# --- F19


@given(
    development=SOME_USD,
    run=USD,
    adoption=st.lists(SHARES, min_size=1, max_size=6),
    rate=RATES,
    hours=st.integers(1, 10**6),
    freed=st.decimals("0.01", "0.9", places=3),
    wage=st.integers(1, 300),
    other=USD,
)
def test_npv_is_zero_at_the_break_even_realisation(
    *,
    development: int,
    run: int,
    adoption: list[Decimal],
    rate: Decimal,
    hours: int,
    freed: Decimal,
    wage: int,
    other: int,
) -> None:
    s, d = (
        finance.npv_usd(cash_flows_usd=(Decimal(0), *weights), discount_rate_ratio=rate)
        for weights in (adoption, [Decimal(1)] * len(adoption))
    )
    gains = finance.break_even_gains_usd_per_year(
        development_usd=development, run_usd_per_year=run, annuity_factor=d, adoption_factor=s
    )
    assert (gains is None) is (not any(adoption))
    if gains is None:
        return
    needed = finance.break_even_realisation_ratio(
        break_even_gains_usd_per_year=gains,
        other_gains_usd_per_year=other,
        hours_per_year=hours,
        freed_ratio=freed,
        wage_usd_per_hour=wage,
    )
    assert needed is not None
    labour = finance.labour_gains_usd_per_year(
        hours_per_year=hours, freed_ratio=freed, realisation_ratio=needed, wage_usd_per_hour=wage
    )
    flows = finance.cash_flows_usd(
        development_usd=development,
        gains_usd_per_year=labour + other,
        run_usd_per_year=run,
        adoption_ratio_by_year=adoption,
    )
    npv = finance.npv_usd(cash_flows_usd=flows, discount_rate_ratio=rate)
    assert abs(npv) <= Decimal("1e-12") * (development + len(adoption) * (run + other) + 1)


@pytest.mark.parametrize(("hours", "freed", "wage"), [(0, "0.1", 30), (10, "0", 30), (10, "0.1", 0), (10, "-0.1", 30)])
def test_nothing_freed_has_no_break_even_realisation(hours: int, freed: str, wage: int) -> None:
    found = finance.break_even_realisation_ratio(
        break_even_gains_usd_per_year=Decimal(5),
        other_gains_usd_per_year=0,
        hours_per_year=hours,
        freed_ratio=Decimal(freed),
        wage_usd_per_hour=wage,
    )
    assert found is None


def test_a_little_freed_has_a_break_even_realisation() -> None:
    """An hour a year, a tenth of it freed, at $5: $0.50, all of which $0.50 needs."""
    found = finance.break_even_realisation_ratio(
        break_even_gains_usd_per_year=Decimal("0.5"),
        other_gains_usd_per_year=0,
        hours_per_year=1,
        freed_ratio=Decimal("0.1"),
        wage_usd_per_hour=5,
    )
    assert found == 1


@pytest.mark.parametrize("gain", ["-1", "-2"])
def test_where_no_work_is_done_nothing_is_freed(gain: str) -> None:
    assert finance.freed_time_ratio(throughput_gain_ratio=Decimal(gain)) is None


@pytest.mark.parametrize("freed", ["1", "1.5"])
def test_no_gain_frees_all_of_the_time(freed: str) -> None:
    assert finance.needed_throughput_gain_ratio(freed_ratio=Decimal(freed)) is None


@pytest.mark.parametrize("cost", [0, -1])
def test_no_cost_has_no_return(cost: int) -> None:
    assert finance.roi_ratio(gains_usd=Decimal(100), cost_usd=cost) is None


# --- F20


@given(seed=SEEDS)
def test_the_same_seed_gives_the_same_numbers_and_they_stay_from_0_to_1(seed: int) -> None:
    first, again = (list(islice(uncertainty.uniform_numbers(seed=seed), 50)) for _ in range(2))
    assert first == again
    assert all(0 <= each < 1 for each in first)
    assert len(set(first)) > 45


@given(triangle=RANGES, uniform=UNIFORM, more=UNIFORM)
def test_a_draw_stays_in_its_range_and_rises_with_the_number_drawn(
    triangle: Triangular, uniform: float, more: float
) -> None:
    low, high = sorted((uniform, more))
    below, above = (uncertainty.triangular_value(uniform=each, triangle=triangle) for each in (low, high))
    slack = 1e-9 * (triangle.high - triangle.low)
    assert triangle.low - slack <= below <= above + slack <= triangle.high + 2 * slack


@given(value=st.floats(-1e9, 1e9), uniform=UNIFORM)
def test_a_range_without_width_does_not_vary(value: float, uniform: float) -> None:
    assert uncertainty.triangular_value(uniform=uniform, triangle=Triangular(value, value, value)) == value


@given(seed=SEEDS, gain=st.floats(0, 2), realisation=st.floats(0, 1), development=st.floats(0, 1e9))
def test_without_ranges_every_run_is_the_single_answer(
    seed: int, gain: float, realisation: float, development: float
) -> None:
    npvs = uncertainty.simulated_npvs_usd(
        seed=seed,
        runs=7,
        throughput_gain_ratio=Triangular(gain, gain, gain),
        realisation_ratio=Triangular(realisation, realisation, realisation),
        development_usd=Triangular(development, development, development),
        run_usd_per_year=Triangular(1e4, 1e4, 1e4),
        hours_wage_usd_per_year=5e6,
        other_gains_usd_per_year=2e3,
        adoption_factor=1.9,
        annuity_factor=2.4,
    )
    single = 1.9 * (5e6 * realisation * gain / (1 + gain) + 2e3) - development - 2.4e4
    assert npvs == [pytest.approx(single, rel=1e-12, abs=1e-3)] * 7


@given(outcomes=st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=40), share=st.decimals("0.001", 1, places=3))
def test_a_percentile_is_an_outcome_that_so_many_do_not_exceed(outcomes: list[float], share: Decimal) -> None:
    outcomes.sort()
    found = uncertainty.percentile(ordered=outcomes, share=share)
    assert found in outcomes
    assert sum(each <= found for each in outcomes) >= share * len(outcomes)
    assert sum(each < found for each in outcomes) < share * len(outcomes)


def test_no_outcomes_have_no_percentile() -> None:
    assert uncertainty.percentile(ordered=[], share=Decimal("0.5")) is None
    assert uncertainty.percentile(ordered=[4.0, 5.0], share=Decimal(0)) == 4.0


# --- F21


@given(assistant=st.decimals(0, 5, places=3), human=SOME_USD, solved=SHARES, more=SHARES)
def test_an_assistant_pays_exactly_above_its_break_even(
    assistant: Decimal, human: int, solved: Decimal, more: Decimal
) -> None:
    usd = unit_economics.conversation_usd(assistant_usd=assistant, human_usd=human, containment_ratio=solved)
    better = unit_economics.conversation_usd(
        assistant_usd=assistant, human_usd=human, containment_ratio=min(solved + more, Decimal(1))
    )
    needed = unit_economics.break_even_containment_ratio(assistant_usd=assistant, human_usd=human)
    assert needed is not None
    assert better <= usd
    assert (usd < human) is (solved > needed)


@pytest.mark.parametrize("human", [0, -1])
def test_people_who_cost_nothing_are_never_beaten(human: int) -> None:
    assert unit_economics.break_even_containment_ratio(assistant_usd=Decimal(1), human_usd=human) is None


@pytest.mark.parametrize("solved", ["0", "-0.1"])
def test_what_is_never_solved_has_no_cost_of_a_pass(solved: str) -> None:
    assert unit_economics.pass_usd(assistant_usd=Decimal(1), containment_ratio=Decimal(solved)) is None
