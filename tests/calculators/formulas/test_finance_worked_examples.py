"""The worked examples of return on investment, to the digits that were published with them."""

from __future__ import annotations

import math
from decimal import Context, Decimal

import pytest

from calculators.formulas import finance, uncertainty, unit_economics
from calculators.formulas.uncertainty import Triangular

HOURS_PER_YEAR = 120 * 150 * 12
WAGE_USD_PER_HOUR = 32
DEVELOPMENT_USD = 210_000
RUN_USD_PER_YEAR = 114_000
GAIN_RATIO, REALISATION_RATIO = Decimal("0.14"), Decimal("0.5")
ADOPTION = (Decimal("0.6"), Decimal("0.9"), Decimal(1))
RATE = Decimal("0.1")


def digits(value: Decimal | float | None, count: int) -> Decimal:
    """Round to significant digits, as the examples are printed."""
    assert value is not None
    return Context(prec=count).create_decimal(Decimal(value))


def gains_usd(*, gain: Decimal = GAIN_RATIO, realisation: Decimal = REALISATION_RATIO) -> Decimal:
    """Gains of a year of the 120 agents."""
    freed = finance.freed_time_ratio(throughput_gain_ratio=gain)
    assert freed is not None
    return finance.labour_gains_usd_per_year(
        hours_per_year=HOURS_PER_YEAR,
        freed_ratio=freed,
        realisation_ratio=realisation,
        wage_usd_per_hour=WAGE_USD_PER_HOUR,
    )


def flows_usd(
    *, gains: Decimal | None = None, development: Decimal = Decimal(DEVELOPMENT_USD), run: Decimal = Decimal(114_000)
) -> tuple[Decimal, ...]:
    """Cash flows of the 120 agents over three years."""
    return finance.cash_flows_usd(
        development_usd=development,
        gains_usd_per_year=gains_usd() if gains is None else gains,
        run_usd_per_year=run,
        adoption_ratio_by_year=ADOPTION,
    )


def npv_usd(flows: tuple[Decimal, ...]) -> Decimal:
    """Net present value at 10%, to the tenth of a dollar."""
    return round(finance.npv_usd(cash_flows_usd=flows, discount_rate_ratio=RATE), 1)


def test_f15_fourteen_per_cent_more_an_hour_frees_twelve_per_cent_of_the_time() -> None:
    """And returns 31% of the cost of the first year, not the 49% that g itself would give."""
    assert digits(finance.freed_time_ratio(throughput_gain_ratio=GAIN_RATIO), 6) == Decimal("0.122807")
    assert HOURS_PER_YEAR == 216_000

    gains, cost = gains_usd(), DEVELOPMENT_USD + RUN_USD_PER_YEAR
    assert round(gains, 1) == Decimal("424421.1")
    assert cost == 324_000
    assert round(gains - cost, 1) == Decimal("100421.1")
    assert digits(finance.roi_ratio(gains_usd=gains, cost_usd=cost), 6) == Decimal("0.309942")

    naive = finance.labour_gains_usd_per_year(
        hours_per_year=HOURS_PER_YEAR,
        freed_ratio=GAIN_RATIO,
        realisation_ratio=REALISATION_RATIO,
        wage_usd_per_hour=WAGE_USD_PER_HOUR,
    )
    assert naive == 483_840
    assert digits(finance.roi_ratio(gains_usd=naive, cost_usd=cost), 6) == Decimal("0.493333")


def test_f16_the_first_flow_is_not_discounted() -> None:
    """As a spreadsheet's NPV() would do: it answers a tenth too little at 10%."""
    flows = flows_usd()

    assert [round(each, 1) for each in flows] == [-210_000, *map(Decimal, ("140652.6", "267978.9", "310421.1"))]
    assert npv_usd(flows) == Decimal("372560.2")
    assert npv_usd((Decimal(0), *flows)) == Decimal("338691.1")


def test_f17_one_rate_or_two() -> None:
    """The agents have one; −100, 230, −132 has 10% and 20%."""
    assert digits(finance.irr_ratio(cash_flows_usd=flows_usd()), 6) == Decimal("0.818499")
    assert finance.sign_changes(cash_flows_usd=flows_usd()) == 1

    twice = (Decimal(-100), Decimal(230), Decimal(-132))
    rates = [1 / each - 1 for each in finance.zero_npv_discount_factors(cash_flows_usd=twice)]
    assert [round(each, 24) for each in rates] == [Decimal("0.2"), Decimal("0.1")]
    assert finance.sign_changes(cash_flows_usd=twice) == 2


def test_f18_payback_in_years_and_months() -> None:
    flows = flows_usd()
    plain = finance.payback_years(cash_flows_usd=flows)
    discounted = finance.payback_years(
        cash_flows_usd=finance.discounted_cash_flows_usd(cash_flows_usd=flows, discount_rate_ratio=RATE)
    )

    assert plain is not None
    assert discounted is not None
    assert (digits(plain, 6), digits(12 * plain, 6)) == (Decimal("1.25878"), Decimal("15.1053"))
    assert (digits(discounted, 6), digits(12 * discounted, 6)) == (Decimal("1.37086"), Decimal("16.4503"))


@pytest.mark.parametrize(
    ("factor", "gain", "realisation", "development", "run"),
    [
        ("0.8", "216793.7", "199347.9", "414560.2", "429260.4"),
        ("1.2", "520858.3", "545772.4", "330560.2", "315859.9"),
    ],
)
def test_f19_a_fifth_more_or_less_of_each_driver(
    factor: str, gain: str, realisation: str, development: str, run: str
) -> None:
    by = Decimal(factor)

    assert npv_usd(flows_usd(gains=gains_usd(gain=GAIN_RATIO * by))) == Decimal(gain)
    assert npv_usd(flows_usd(gains=gains_usd(realisation=REALISATION_RATIO * by))) == Decimal(realisation)
    assert npv_usd(flows_usd(development=DEVELOPMENT_USD * by)) == Decimal(development)
    assert npv_usd(flows_usd(run=RUN_USD_PER_YEAR * by)) == Decimal(run)


def test_f19_the_realisation_that_breaks_even() -> None:
    gains = finance.break_even_gains_usd_per_year(
        development_usd=DEVELOPMENT_USD,
        run_usd_per_year=RUN_USD_PER_YEAR,
        annuity_factor=finance.npv_usd(cash_flows_usd=(Decimal(0), *[Decimal(1)] * 3), discount_rate_ratio=RATE),
        adoption_factor=finance.npv_usd(cash_flows_usd=(Decimal(0), *ADOPTION), discount_rate_ratio=RATE),
    )
    assert gains is not None
    needed = finance.break_even_realisation_ratio(
        break_even_gains_usd_per_year=gains,
        other_gains_usd_per_year=0,
        hours_per_year=HOURS_PER_YEAR,
        freed_ratio=GAIN_RATIO / (1 + GAIN_RATIO),
        wage_usd_per_hour=WAGE_USD_PER_HOUR,
    )

    assert digits(needed, 6) == Decimal("0.284911")
    assert needed is not None
    assert npv_usd(flows_usd(gains=gains_usd(realisation=needed))) == 0


def test_f20_ten_thousand_draws_from_the_seed_20261123() -> None:
    """The same as the JavaScript that they were published with."""
    assert digits(next(uncertainty.uniform_numbers(seed=20261123)), 6) == Decimal("0.900721")

    npvs = uncertainty.simulated_npvs_usd(
        seed=20261123,
        runs=10_000,
        throughput_gain_ratio=Triangular(0, 0.14, 0.34),
        realisation_ratio=Triangular(0.2, 0.5, 0.8),
        development_usd=Triangular(160_000, 210_000, 420_000),
        run_usd_per_year=Triangular(80_000, 114_000, 240_000),
        hours_wage_usd_per_year=float(HOURS_PER_YEAR * WAGE_USD_PER_HOUR),
        other_gains_usd_per_year=0,
        adoption_factor=0.6 / 1.1 + 0.9 / 1.21 + 1 / 1.331,
        annuity_factor=1 / 1.1 + 1 / 1.21 + 1 / 1.331,
    )
    shares = [uncertainty.percentile(ordered=npvs, share=Decimal(share)) for share in ("0.1", "0.5", "0.9")]

    assert [digits(each, 7) for each in shares] == [Decimal("-235151.6"), Decimal("290535.5"), Decimal("941147.5")]
    assert digits(math.fsum(npvs) / len(npvs), 7) == Decimal("323678.6")
    assert sum(each > 0 for each in npvs) == 7_465


def test_f21_a_conversation_that_is_solved_in_62_of_100_cases() -> None:
    assistant, human, solved = Decimal("0.035"), Decimal("6.50"), Decimal("0.62")
    usd = unit_economics.conversation_usd(assistant_usd=assistant, human_usd=human, containment_ratio=solved)

    assert usd == Decimal("2.505")
    assert human - usd == Decimal("3.995")
    needed = unit_economics.break_even_containment_ratio(assistant_usd=assistant, human_usd=human)
    assert digits(needed, 6) == Decimal("0.00538462")
    usd_of_a_pass = unit_economics.pass_usd(assistant_usd=assistant, containment_ratio=solved)
    assert digits(usd_of_a_pass, 6) == Decimal("0.0564516")
