"""The three pictures of a return: the money over time, each figure moved, all figures drawn."""

from __future__ import annotations

from bisect import bisect_left
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from calculators import charts, charts_spread, shown, tracing
from calculators.fields import specs
from calculators.roi_inputs import Inputs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from calculators.results import Chart
    from calculators.roi_plan import Plan
    from calculators.roi_spread import MonteCarlo, Moved

PLAIN, DISCOUNTED = "As it flows", "At its value today"
BARS = 32
ZERO = Decimal(0)


def whole_usd(value: Decimal) -> str:
    """Return dollars without cents: a forecast has none.

    >>> whole_usd(Decimal("-235151.61"))
    '-$235,152'
    """
    return shown.usd(value.quantize(Decimal(1)) + 0).removesuffix(".00")


@tracing.untraced
def cumulative_cash(plan: Plan, payback: Decimal | None, discounted_payback: Decimal | None) -> Chart:
    """Return the money that is still out, or has come in, at the end of each year."""
    named = ((PLAIN, plan.cash_flows_usd, payback), (DISCOUNTED, plan.discounted_cash_flows_usd, discounted_payback))
    rows = [
        {"year": Decimal(year), "money": name, "cumulative_usd": usd}
        for name, flows, _ in named
        for year, usd in enumerate(accumulate(flows))
    ]
    marks = [{"year": years, "cumulative_usd": ZERO, "label": ""} for _, _, years in named if years]
    years, last = len(plan.adoption_ratio_by_year), rows[len(rows) // 2 - 1]["cumulative_usd"]
    end = f"after {years_text(Decimal(years))} it stands at {whole_usd(Decimal(str(last)))}"
    if payback is None:
        summary = f"The money does not come back: {end}."
    elif discounted_payback is None:
        summary = f"The money is back after {years_text(payback)}, but not at its value today; {end}."
    else:
        summary = (
            f"The money is back after {years_text(payback)}, at its value today after "
            f"{years_text(discounted_payback)}; {end}."
        )
    return charts.lines(
        "cumulative-cash",
        "When the money comes back (ringed)",
        summary,
        rows,
        x="year",
        x_axis={"title": "End of year", "tickMinStep": 1, "format": "d", "grid": False},
        series="money",
        names=[PLAIN, DISCOUNTED],
        value="cumulative_usd",
        axis="Cumulative USD",
        marks=marks,
    )


def years_text(years: Decimal) -> str:
    """Return a time in words.

    >>> years_text(Decimal("1.25878")), years_text(Decimal(1)), years_text(Decimal(0))
    ('1.3 years', '1 year', '0 years')
    """
    text = shown.significant(round(years, 1), 3)
    return f"{text} year{'' if text == '1' else 's'}"


@tracing.untraced
def tornado(plan: Plan, inputs: Inputs, moved: Sequence[Moved]) -> Chart:
    """Return how far each figure moves the NPV by itself."""
    names, by = specs(Inputs), shown.percent(inputs.sensitivity_ratio)
    rows = []
    for each in moved:
        label = names[each.driver].label if each.driver in names else "Development cost"
        for sign, usd in (("−", each.npv_with_less_usd), ("+", each.npv_with_more_usd)):
            rows.append({"figure": label, "change": f"{sign}{by}", "npv_usd": usd, "shown": f"{sign}{by}"})
    most = rows[0]["figure"]
    low, high = sorted((moved[0].npv_with_less_usd, moved[0].npv_with_more_usd))
    summary = f"Nothing moves the NPV more than “{most}”: {by} either way, from {whole_usd(low)} to {whole_usd(high)}."
    losing = sum(min(each.npv_with_less_usd, each.npv_with_more_usd) < 0 for each in moved)
    if plan.npv_usd > 0:
        summary += f" {losing or 'No'} single move{'s' * (losing > 1)} would turn it into a loss."
    return charts_spread.tornado(
        "npv-by-figure",
        f"NPV when one figure moves by {by}",
        summary,
        rows,
        category="figure",
        value="npv_usd",
        base=plan.npv_usd,
        axis="Net present value, USD",
    )


@tracing.untraced
def distribution(npvs: Sequence[float], found: MonteCarlo) -> Iterator[Chart]:
    """Yield how the runs spread, unless they all end at the same place."""
    edges = _edges(Decimal(str(npvs[0])), Decimal(str(npvs[-1])))
    if not edges:
        return
    counts = [bisect_left(npvs, float(high)) - bisect_left(npvs, float(low)) for low, high in pairwise(edges)]
    rows = [
        {"from_usd": low, "to_usd": high, "runs": Decimal(count)}
        for (low, high), count in zip(pairwise(edges), counts, strict=True)
    ]
    percentiles = (("P10", found.p10_usd), ("P50", found.p50_usd), ("P90", found.p90_usd))
    summary = (
        f"{whole_usd(found.p10_usd)} (P10), {whole_usd(found.p50_usd)} (P50), {whole_usd(found.p90_usd)} (P90); "
        f"{shown.percent(found.probability_positive_ratio)} of the runs end with a gain."
    )
    yield charts_spread.histogram(
        "npv-distribution",
        f"NPV of {len(npvs):,} runs, losses set apart",
        summary,
        rows,
        start="from_usd",
        end="to_usd",
        count="runs",
        axis="Net present value, USD",
        marks=[{"from_usd": usd, "label": label} for label, usd in percentiles],
    )


def _edges(least: Decimal, most: Decimal) -> list[Decimal]:
    """Return round edges of about so many bars, one of them at 0 where the runs end on both sides of it."""
    if least == most:
        return []
    rough = (most - least) / BARS
    power = Decimal(1).scaleb(rough.adjusted())
    width = next(power * step for step in (1, 2, 5, 10) if power * step >= rough)
    first = (least / width).to_integral_value(ROUND_FLOOR)
    last = (most / width).to_integral_value(ROUND_CEILING)
    last += last * width == most  # a run at the last edge belongs to a bar of its own
    return [number * width for number in range(int(first), int(last) + 1)]
