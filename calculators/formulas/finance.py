"""Finance: what a gain in productivity is worth, and when it repays its cost (F15 to F19)."""

from __future__ import annotations

from decimal import Decimal
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def roi_ratio(*, gains_usd: Decimal, cost_usd: Decimal | int) -> Decimal | None:
    """Return on investment of one period.

    Formula: F15
        ROI = (gains − cost) / cost
    Symbols:
        ROI: return on investment, a ratio (0.31: 31%)
        gains: productivity gains of the period, USD
        cost: development and running cost of the period, USD
    Valid when: one period without discounting; gains in addition to what would have happened
        anyway. None when the cost is 0 or less.
    Source: AIF-C01 task 1.3 (development cost and ROI as business metrics); definition.
    Worked example: gains of $424,421.05, development $210,000 and a year's run $114,000.
        >>> round(roi_ratio(gains_usd=Decimal("424421.0526"), cost_usd=324_000), 6)
        Decimal('0.309942')
    """
    if cost_usd <= 0:
        return None
    return (gains_usd - cost_usd) / cost_usd


def freed_time_ratio(*, throughput_gain_ratio: Decimal) -> Decimal | None:
    """Share of the time that a gain in throughput frees.

    Formula: F15
        f = g / (1 + g)
    Symbols:
        f: share of the time on the task that is freed for the same work done
        g: gain in throughput, work done in an hour (0.14: 14% more an hour)
    Valid when: the amount of work stays the same. Below 0 the task takes longer and f is below 0.
        None when g is -1 or less: then no work is done at all.
    Source: algebra: the same work takes 1/(1 + g) of the time.
    Worked example: support agents who close 14% more issues an hour (NBER working paper 31161).
        >>> round(freed_time_ratio(throughput_gain_ratio=Decimal("0.14")), 6)
        Decimal('0.122807')
    """
    if throughput_gain_ratio <= -1:
        return None
    return throughput_gain_ratio / (1 + throughput_gain_ratio)


def labour_gains_usd_per_year(
    *,
    hours_per_year: Decimal | int,
    freed_ratio: Decimal,
    realisation_ratio: Decimal,
    wage_usd_per_hour: Decimal | int,
) -> Decimal:
    """Money that freed time becomes in a year.

    Formula: F15
        gains = hours·f·ρ·w
        f = g / (1 + g)
    Symbols:
        gains: productivity gains of a year, USD
        hours: hours on the task in a year, of everybody who does it
        f: share of the time that is freed
        g: gain in throughput, work done in an hour
        ρ: realisation, the share of freed time that becomes money, 0 to 1
        w: loaded wage, USD per hour
    Valid when: the gain is measured against people who work without the tool; freed time that
        nobody uses is not money.
    Source: definition.
    Worked example: 120 agents of 150 hours a month, half of the freed time realised, $32 an hour.
        >>> round(labour_gains_usd_per_year(
        ...     hours_per_year=120 * 150 * 12, freed_ratio=Decimal("0.14") / Decimal("1.14"),
        ...     realisation_ratio=Decimal("0.5"), wage_usd_per_hour=32,
        ... ), 1)
        Decimal('424421.1')
    """
    return freed_ratio * hours_per_year * realisation_ratio * wage_usd_per_hour


def npv_usd(*, cash_flows_usd: Sequence[Decimal], discount_rate_ratio: Decimal) -> Decimal:
    """Net present value.

    Formula: F16
        NPV = Σ_{t=0..n} CF_t / (1 + r)^t
    Symbols:
        NPV: net present value, USD
        CF_t: cash flow at the end of year t, USD
        r: discount rate of a year
        t: year, from 0 to n
        n: number of years, the horizon
    Valid when: r is above -1; one rate for all years; flows after tax, and a rate that fits their
        risk. The first flow is not discounted: a spreadsheet's NPV() discounts its first argument.
    Source: standard corporate finance; numpy-financial and R's DescTools also begin at t = 0.
    Worked example: the cash flows of the agents, at 10%.
        >>> flows = tuple(map(Decimal, ("-210000", "140652.6316", "267978.9474", "310421.0526")))
        >>> round(npv_usd(cash_flows_usd=flows, discount_rate_ratio=Decimal("0.1")), 1)
        Decimal('372560.2')
    """
    values = discounted_cash_flows_usd(cash_flows_usd=cash_flows_usd, discount_rate_ratio=discount_rate_ratio)
    return sum(values, Decimal(0))


def cash_flows_usd(
    *,
    development_usd: Decimal | int,
    gains_usd_per_year: Decimal,
    run_usd_per_year: Decimal | int,
    adoption_ratio_by_year: Sequence[Decimal],
) -> tuple[Decimal, ...]:
    """Cash flow now and at the end of each year.

    Formula: F16
        CF_0 = −development
        CF_t = a_t·gains − run
    Symbols:
        CF_0: cash flow now, USD
        CF_t: cash flow at the end of year t, USD
        development: cost before the first year, USD
        gains: gains of a year at full adoption, USD
        run: running cost of a year, USD
        a_t: adoption in year t, share of the people who use it, 0 to 1
        t: year, from 1 to the number of adoption figures
    Valid when: gains grow with adoption and the running cost does not.
    Source: definition.
    Worked example: the agents of F15, adoption 60%, 90% and 100%.
        >>> flows = cash_flows_usd(
        ...     development_usd=210_000, gains_usd_per_year=Decimal("424421.0526"), run_usd_per_year=114_000,
        ...     adoption_ratio_by_year=(Decimal("0.6"), Decimal("0.9"), Decimal(1)),
        ... )
        >>> [float(round(each, 1)) for each in flows]
        [-210000.0, 140652.6, 267978.9, 310421.1]
    """
    years = (adoption * gains_usd_per_year - run_usd_per_year for adoption in adoption_ratio_by_year)
    return (Decimal(0) - development_usd, *years)


def discounted_cash_flows_usd(
    *, cash_flows_usd: Sequence[Decimal], discount_rate_ratio: Decimal
) -> tuple[Decimal, ...]:
    """Cash flows at their value today.

    Formula: F16
        PV_t = CF_t / (1 + r)^t
    Symbols:
        PV_t: value today of the cash flow at the end of year t, USD
        CF_t: cash flow at the end of year t, USD
        r: discount rate of a year
        t: year, from 0
    Valid when: r is above -1; one rate for all years; flows at the end of each year.
    Source: standard corporate finance.
    Worked example: $121 in two years at 10%.
        >>> flows = (Decimal(-100), Decimal(0), Decimal(121))
        >>> [int(each) for each in discounted_cash_flows_usd(
        ...     cash_flows_usd=flows, discount_rate_ratio=Decimal("0.1")
        ... )]
        [-100, 0, 100]
    """
    return tuple(flow / (1 + discount_rate_ratio) ** year for year, flow in enumerate(cash_flows_usd))


def irr_ratio(*, cash_flows_usd: Sequence[Decimal]) -> Decimal | None:
    """Internal rate of return.

    Formula: F17
        Σ CF_t / (1 + IRR)^t = 0
    Symbols:
        IRR: internal rate of return, the discount rate at which the NPV is 0
        CF_t: cash flow at the end of year t, USD
        t: year, from 0
    Valid when: the flows change sign once. With more changes there can be several rates: the
        smallest of 0 or more is returned, or else the greatest below 0, and NPV is the figure to
        quote. None when the NPV crosses 0 at no rate above -1.
    Source: definition.
    Worked example: the cash flows of the agents.
        >>> flows = tuple(map(Decimal, ("-210000", "140652.6316", "267978.9474", "310421.0526")))
        >>> round(irr_ratio(cash_flows_usd=flows), 6)
        Decimal('0.818499')
    """
    rates = [1 / factor - 1 for factor in zero_npv_discount_factors(cash_flows_usd=cash_flows_usd)]
    positive = [rate for rate in rates if rate >= 0]
    return min(positive) if positive else max(rates, default=None)


def sign_changes(*, cash_flows_usd: Sequence[Decimal]) -> int:
    """How often the cash flows turn from out to in or back.

    Formula: F17
        changes = number of t with CF_t·CF_s below 0, s the last year before t that is not 0
    Symbols:
        changes: changes of sign; with more than one there can be more than one IRR
        CF_t: cash flow at the end of year t, USD
        CF_s: the flow before it that is not 0, USD
        t: year, from 1
    Valid when: always; flows of 0 are passed over.
    Source: Descartes' rule of signs.
    Worked example: money out, in, and out again.
        >>> sign_changes(cash_flows_usd=(Decimal(-100), Decimal(230), Decimal(-132)))
        2
    """
    signs = [flow > 0 for flow in cash_flows_usd if flow]
    return sum(before != after for before, after in pairwise(signs))


def zero_npv_discount_factors(*, cash_flows_usd: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """Every discount factor of one year at which the NPV changes its sign, smallest first.

    Formula: F17
        Σ CF_t·v^t = 0
        v = 1 / (1 + IRR)
    Symbols:
        CF_t: cash flow at the end of year t, USD
        v: discount factor of one year, above 0
        IRR: internal rate of return
        t: year, from 0
    Valid when: always; a rate at which the NPV touches 0 without crossing it is passed over.
    Source: between two turning points a polynomial crosses 0 at most once, and its turning points
        are where its derivative crosses 0; bisection, to the digits that Decimal keeps.
    Worked example: -100, 230, -132 has the rates 20% and 10%.
        >>> factors = zero_npv_discount_factors(cash_flows_usd=(Decimal(-100), Decimal(230), Decimal(-132)))
        >>> [round(1 / each - 1, 6) for each in factors]
        [Decimal('0.200000'), Decimal('0.100000')]
    """
    years = [year for year, flow in enumerate(cash_flows_usd) if flow]
    flows = cash_flows_usd[years[0] : years[-1] + 1] if years else ()
    changes = sign_changes(cash_flows_usd=flows)
    if not changes:
        return ()

    def _value(factor: Decimal) -> Decimal:
        *_, last = accumulate(reversed(flows), lambda total, flow: total * factor + flow)
        return last

    def _crossing(low: Decimal, high: Decimal) -> Decimal:
        is_rising = _value(high) > 0
        while (middle := (low + high) / 2) not in (low, high):
            low, high = (low, middle) if (_value(middle) > 0) is is_rising else (middle, high)
        return middle

    slopes = [year * flow for year, flow in enumerate(flows)][1:]
    turns = zero_npv_discount_factors(cash_flows_usd=slopes) if changes > 1 else ()
    farthest = 1 + max(abs(flow / flows[-1]) for flow in flows)  # Cauchy: no root lies beyond
    edges = pairwise((Decimal(0), *turns, farthest))
    return tuple(_crossing(low, high) for low, high in edges if _value(low) * _value(high) < 0)


def payback_years(*, cash_flows_usd: Sequence[Decimal]) -> Decimal | None:
    """Time until the cumulative cash flow is no longer negative.

    Formula: F18
        payback = (t − 1) + (−K_{t−1}) / CF_t
        K_t = CF_0 + … + CF_t
    Symbols:
        payback: years until the money spent has come back
        t: the first year at whose end K_t is 0 or more
        K_t: cumulative cash flow at the end of year t, USD
        CF_t: cash flow at the end of year t, USD; discounted ones give the discounted payback
    Valid when: the cumulative flow changes sign once; money comes in evenly within a year. What
        comes after the payback is not seen: report it beside the NPV. None when the cumulative
        flow stays below 0 to the end.
    Source: definition.
    Worked example: the cash flows of the agents: 15.1 months.
        >>> flows = tuple(map(Decimal, ("-210000", "140652.6316", "267978.9474", "310421.0526")))
        >>> round(payback_years(cash_flows_usd=flows), 5)
        Decimal('1.25878')
    """
    before = Decimal(0)
    for year, cumulative in enumerate(accumulate(cash_flows_usd)):
        if cumulative >= 0:
            return year - 1 - before / (cumulative - before) if year else Decimal(0)
        before = cumulative
    return None


def break_even_realisation_ratio(
    *,
    break_even_gains_usd_per_year: Decimal,
    other_gains_usd_per_year: Decimal | int,
    hours_per_year: Decimal | int,
    freed_ratio: Decimal,
    wage_usd_per_hour: Decimal | int,
) -> Decimal | None:
    """Share of freed time that must become money for an NPV of 0.

    Formula: F19
        ρ* = (gains* − other) / (hours·f·w)
    Symbols:
        ρ*: realisation at which the NPV is 0; above 1 none is enough, at 0 or below none is needed
        gains*: gains of a year at full adoption at which the NPV is 0, USD
        other: gains of a year that are not freed time, USD
        hours: hours on the task in a year, of everybody who does it
        f: share of the time that is freed
        w: loaded wage, USD per hour
    Valid when: as for the NPV. None when no time worth money is freed (hours·f·w is 0 or less).
    Source: NPV = 0 solved for the realisation.
    Worked example: the agents of F15.
        >>> round(break_even_realisation_ratio(
        ...     break_even_gains_usd_per_year=Decimal("241844.62"), other_gains_usd_per_year=0,
        ...     hours_per_year=216_000, freed_ratio=Decimal("0.14") / Decimal("1.14"), wage_usd_per_hour=32,
        ... ), 6)
        Decimal('0.284911')
    """
    freed_usd_per_year = freed_ratio * hours_per_year * wage_usd_per_hour
    if freed_usd_per_year <= 0:
        return None
    return (break_even_gains_usd_per_year - other_gains_usd_per_year) / freed_usd_per_year


def break_even_gains_usd_per_year(
    *,
    development_usd: Decimal | int,
    run_usd_per_year: Decimal | int,
    annuity_factor: Decimal,
    adoption_factor: Decimal,
) -> Decimal | None:
    """Gains of a year at full adoption at which the NPV is 0.

    Formula: F19
        gains* = (development + D·run) / S
        D = Σ_{t=1..n} 1 / (1 + r)^t
        S = Σ_{t=1..n} a_t / (1 + r)^t
    Symbols:
        gains*: gains of a year at full adoption at which the NPV is 0, USD
        development: cost before the first year, USD
        run: running cost of a year, USD
        D: value today of 1 USD a year
        S: value today of 1 USD a year times adoption
        r: discount rate of a year
        a_t: adoption in year t, 0 to 1
    Valid when: as for the NPV. None when S is 0 or less: nobody ever uses it.
    Source: NPV = 0 solved for the gains.
    Worked example: the agents' cost at 10%, adoption 60%, 90% and 100%.
        >>> round(break_even_gains_usd_per_year(
        ...     development_usd=210_000, run_usd_per_year=114_000,
        ...     annuity_factor=Decimal("2.4868520"), adoption_factor=Decimal("2.0405710"),
        ... ), 1)
        Decimal('241844.6')
    """
    if adoption_factor <= 0:
        return None
    return (development_usd + annuity_factor * run_usd_per_year) / adoption_factor


def needed_throughput_gain_ratio(*, freed_ratio: Decimal) -> Decimal | None:
    """Gain in throughput that frees a share of the time.

    Formula: F19
        g = f / (1 − f)
    Symbols:
        g: gain in throughput, work done in an hour
        f: share of the time that is freed
    Valid when: f is below 1. None when f is 1 or more: no gain frees all of the time.
    Source: f = g/(1 + g) solved for g.
    Worked example: freeing a fifth of the time needs a gain of a quarter.
        >>> needed_throughput_gain_ratio(freed_ratio=Decimal("0.2"))
        Decimal('0.25')
    """
    if freed_ratio >= 1:
        return None
    return freed_ratio / (1 - freed_ratio)
