"""Return on investment against other people's programs, exact fractions and probability theory."""

from __future__ import annotations

import json
import math
import random
import subprocess
from decimal import Decimal
from fractions import Fraction
from importlib import import_module
from itertools import islice, pairwise

import pytest

from calculators.formulas import finance, uncertainty, unit_economics
from calculators.formulas.uncertainty import Triangular

CASES = 1_000

MULBERRY32_IN_JAVASCRIPT = """
function mulberry32(a) {
  return function () {
    let t = (a += 0x6d2b79f5);
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
const seeds = JSON.parse(process.argv[1]);
console.log(JSON.stringify(seeds.map((seed) => { const next = mulberry32(seed); return [next(), next(), next()]; })));
"""


def cases() -> random.Random:
    """A thousand cases a test, always the same ones."""
    return random.Random(15_21)  # noqa: S311 - test cases, no secrets


def investment(chance: random.Random) -> list[int]:
    """Money out, then a few years of mostly money in."""
    years = chance.randint(1, 9)
    return [-chance.randint(1, 10**6), *(chance.randint(-(10**4), 10**6) for _ in range(years))]


def decimals(flows: list[int]) -> list[Decimal]:
    return [Decimal(each) for each in flows]


def test_npv_in_exact_fractions() -> None:
    """F16: by Horner's rule from the last year back, not year by year."""
    chance = cases()
    for _ in range(CASES):
        flows, rate = investment(chance), Fraction(chance.randint(0, 3_000), 10_000)
        exact = Fraction(0)
        for flow in reversed(flows):
            exact = exact / (1 + rate) + flow
        npv = finance.npv_usd(
            cash_flows_usd=decimals(flows), discount_rate_ratio=Decimal(float(rate)).quantize(Decimal("0.0001"))
        )
        assert abs(Fraction(npv) - exact) <= Fraction(1, 10**18)


@pytest.mark.native
def test_npv_and_irr_by_numpy_financial_and_pyxirr() -> None:
    """F16, F17: two libraries, one of them in Rust."""
    numpy_financial, pyxirr = map(import_module, ("numpy_financial", "pyxirr"))

    chance = cases()
    found = 0
    for _ in range(CASES):
        flows, rate = investment(chance), chance.randint(0, 3_000) / 10_000
        npv = float(finance.npv_usd(cash_flows_usd=decimals(flows), discount_rate_ratio=Decimal(str(rate))))
        assert npv == pytest.approx(numpy_financial.npv(rate, flows), rel=1e-9, abs=1e-6)
        assert npv == pytest.approx(pyxirr.npv(rate, flows), rel=1e-9, abs=1e-6)
        irr = finance.irr_ratio(cash_flows_usd=decimals(flows))
        if finance.sign_changes(cash_flows_usd=decimals(flows)) != 1:
            continue
        found += 1
        assert irr is not None
        assert float(1 + irr) == pytest.approx(1 + numpy_financial.irr(flows), rel=1e-6)
        assert float(1 + irr) == pytest.approx(1 + (pyxirr.irr(flows) or math.nan), rel=1e-6)
    assert found > CASES / 2


@pytest.mark.native
def test_every_rate_by_the_eigenvalues_of_the_companion_matrix() -> None:
    """F17: all positive roots at once, as numpy finds them, whatever the signs of the flows."""
    np = import_module("numpy")

    chance = cases()
    several = 0
    for _ in range(CASES):
        flows = [chance.randint(-100, 100) or 1 for _ in range(chance.randint(2, 7))]
        roots = np.roots(flows[::-1])
        real = sorted(root.real for root in roots if abs(root.imag) < 1e-6 * abs(root) and root.real > 0)
        if any(after - before < 1e-4 * after for before, after in pairwise(real)):
            continue  # nearly a double root: it is not clear whether it crosses
        factors = finance.zero_npv_discount_factors(cash_flows_usd=decimals(flows))
        assert [float(each) for each in factors] == pytest.approx(real, rel=1e-6)
        several += len(real) > 1
    assert several > CASES / 20


def test_payback_by_walking_through_the_days() -> None:
    """F18: a year of a thousand days, an equal part of its flow on each."""
    chance = cases()
    days = 1_000
    paid_back = 0
    for _ in range(CASES):
        flows = [-chance.randint(1, 10**6), *(chance.randint(0, 10**6) for _ in range(chance.randint(1, 5)))]
        payback = finance.payback_years(cash_flows_usd=decimals(flows))
        owed, day, walked = -flows[0] * days, 0, None
        for flow in flows[1:]:
            for _day in range(days):
                day += 1
                owed -= flow
                if owed <= 0:
                    walked = day
                    break
            if walked:
                break
        assert (payback is None) is (walked is None)
        if payback is not None and walked is not None:
            assert walked - 1 <= payback * days <= walked
            paid_back += 1
    assert paid_back > CASES / 2


def test_break_even_realisation_between_the_npv_of_none_and_of_all() -> None:
    """F15, F19: NPV is a straight line in the realisation; the line crosses 0 at ρ*."""
    chance = cases()
    for _ in range(CASES):
        gain, wage, hours = Decimal(chance.randint(1, 300)) / 100, chance.randint(1, 200), chance.randint(1, 10**6)
        adoption = [Decimal(chance.randint(1, 100)) / 100 for _ in range(chance.randint(1, 6))]
        development, run, other = chance.randint(0, 10**6), chance.randint(0, 10**5), chance.randint(0, 10**5)
        rate = Decimal(chance.randint(0, 40)) / 100

        def npv(realised: int) -> Fraction:
            freed = Fraction(gain) / (1 + Fraction(gain))  # noqa: B023 - called in this turn only
            gains = hours * freed * realised * wage + other  # noqa: B023
            flows = [Fraction(-development), *(Fraction(share) * gains - run for share in adoption)]  # noqa: B023
            return sum((flow / (1 + Fraction(rate)) ** t for t, flow in enumerate(flows)), Fraction(0))  # noqa: B023

        none, every = npv(0), npv(1)
        factors = [
            finance.npv_usd(cash_flows_usd=(Decimal(0), *weights), discount_rate_ratio=rate)
            for weights in (adoption, [Decimal(1)] * len(adoption))
        ]
        gains = finance.break_even_gains_usd_per_year(
            development_usd=development, run_usd_per_year=run, adoption_factor=factors[0], annuity_factor=factors[1]
        )
        freed = finance.freed_time_ratio(throughput_gain_ratio=gain)
        assert gains is not None
        assert freed is not None
        needed = finance.break_even_realisation_ratio(
            break_even_gains_usd_per_year=gains,
            other_gains_usd_per_year=other,
            hours_per_year=hours,
            freed_ratio=freed,
            wage_usd_per_hour=wage,
        )
        assert needed is not None
        assert float(needed) == pytest.approx(float(none / (none - every)), rel=1e-12, abs=1e-12)


def test_a_hundred_conversations_paid_one_by_one() -> None:
    """F21: in hundredths of a cent."""
    chance = cases()
    for _ in range(CASES):
        assistant, human, solved = chance.randint(0, 10_000), chance.randint(1, 200_000), chance.randint(1, 100)
        paid = sum(assistant + (0 if number < solved else human) for number in range(100))
        usd, share = Decimal(assistant) / 10_000, Decimal(solved) / 100
        human_usd = Decimal(human) / 10_000
        conversation = unit_economics.conversation_usd(assistant_usd=usd, human_usd=human_usd, containment_ratio=share)
        assert conversation * 10**6 == paid
        of_a_pass = unit_economics.pass_usd(assistant_usd=usd, containment_ratio=share)
        assert of_a_pass is not None
        assert of_a_pass * solved == pytest.approx(100 * usd, rel=Decimal("1e-20"))
        needed = unit_economics.break_even_containment_ratio(assistant_usd=usd, human_usd=human_usd)
        assert needed is not None
        assert (solved > 100 * needed) is (paid < 100 * human)


@pytest.mark.native
def test_the_generator_is_the_one_of_javascript() -> None:
    """F20: three numbers of a thousand seeds, bit for bit, from a JavaScript engine."""
    chance = cases()
    seeds = [0, 1, 2**31 - 1, 2**31, 2**32 - 1, *(chance.getrandbits(32) for _ in range(CASES - 5))]
    command = ["node", "-e", MULBERRY32_IN_JAVASCRIPT, json.dumps(seeds)]
    theirs = json.loads(subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout)
    ours = [list(islice(uncertainty.uniform_numbers(seed=seed), 3)) for seed in seeds]
    assert ours == theirs


@pytest.mark.native
def test_the_triangle_by_scipy() -> None:
    """F20: the quantile function of scipy's triangular distribution."""
    stats = import_module("scipy.stats")

    chance = cases()
    for _ in range(CASES):
        low, mode, high = sorted(chance.uniform(-1e6, 1e6) for _ in range(3))
        uniform = chance.random()
        theirs = stats.triang.ppf(uniform, (mode - low) / (high - low), loc=low, scale=high - low)
        ours = uncertainty.triangular_value(uniform=uniform, triangle=Triangular(low, mode, high))
        assert ours == pytest.approx(theirs, rel=1e-9, abs=1e-6)


@pytest.mark.native
def test_percentiles_by_numpy() -> None:
    """F20: the inverse of the empirical distribution function."""
    np = import_module("numpy")

    chance = cases()
    for _ in range(CASES):
        outcomes = sorted(chance.gauss(0, 1e5) for _ in range(chance.randint(1, 60)))
        share = Decimal(chance.randint(1, 1_000)) / 1_000
        theirs = np.quantile(np.array(outcomes), float(share), method="inverted_cdf")
        # At a whole rank numpy's float product can step over it by one; the share must hold all the same.
        ours = uncertainty.percentile(ordered=outcomes, share=share)
        assert ours == theirs or share * len(outcomes) % 1 == 0


@pytest.mark.native
def test_the_mean_of_the_draws_is_the_one_of_probability_theory() -> None:
    """F20: independent drivers, so the mean of the product is the product of the means.

    E[g/(1+g)] from 2,000 quantiles of scipy, the other means as (low + mode + high)/3. The mean of
    the runs stays within five standard errors of it in every one of a thousand cases.
    """
    np, stats = map(import_module, ("numpy", "scipy.stats"))
    shares = (np.arange(2_000) + 0.5) / 2_000

    chance = cases()
    runs = 400
    for _ in range(CASES):
        gain, realisation = (Triangular(*sorted(chance.uniform(0, 0.9) for _ in range(3))) for _ in range(2))
        development, run = (Triangular(*sorted(chance.uniform(0, 1e5) for _ in range(3))) for _ in range(2))
        npvs = uncertainty.simulated_npvs_usd(
            seed=chance.getrandbits(32),
            runs=runs,
            throughput_gain_ratio=gain,
            realisation_ratio=realisation,
            development_usd=development,
            run_usd_per_year=run,
            hours_wage_usd_per_year=1e6,
            other_gains_usd_per_year=500,
            adoption_factor=2.0,
            annuity_factor=2.5,
        )
        width = gain.high - gain.low
        drawn = stats.triang.ppf(shares, (gain.mode - gain.low) / width, loc=gain.low, scale=width)
        freed = float((drawn / (1 + drawn)).mean())
        mean = 2.0 * (1e6 * sum(realisation) / 3 * freed + 500) - sum(development) / 3 - 2.5 * sum(run) / 3
        spread = math.sqrt(sum((each - mean) ** 2 for each in npvs) / runs)
        assert abs(math.fsum(npvs) / runs - mean) <= 5 * spread / math.sqrt(runs)
