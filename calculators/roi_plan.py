"""The plan: one figure for each driver, the cash flows that follow, and what they are worth today."""

from __future__ import annotations

from dataclasses import dataclass, fields
from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING

from calculators import tracing
from calculators.formulas import finance

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calculators.roi_inputs import Inputs
    from calculators.steps import Receipt

ZERO = Decimal(0)
LABOUR = "people·h·12·f·ρ·w"
NPV = f"S·({LABOUR} + other) − development − D·run"

Symbols = dict[str, Decimal | int | str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The drivers of a return, the least known first; each can be moved by itself."""

    realisation_ratio: Decimal
    throughput_gain_ratio: Decimal
    adoption_ratio_by_year: tuple[Decimal, ...]
    loaded_wage_usd_per_hour: Decimal
    hours_per_person_per_month: Decimal
    people: Decimal
    other_gains_usd_per_year: Decimal
    run_usd_per_year: Decimal
    development_usd: Decimal
    discount_rate_ratio: Decimal

    @property
    def hours_per_year(self) -> Decimal:
        """Hours on the task in a year, of everybody."""
        return self.people * self.hours_per_person_per_month * 12

    @property
    def freed_ratio(self) -> Decimal:
        """Share of the time that is freed (F15)."""
        freed = finance.freed_time_ratio(throughput_gain_ratio=self.throughput_gain_ratio)
        assert freed is not None  # noqa: S101 - a gain can't be entered at -1 or below
        return freed

    @property
    def gains_usd_per_year(self) -> Decimal:
        """Gains of a year at full adoption (F15)."""
        labour = finance.labour_gains_usd_per_year(
            hours_per_year=self.hours_per_year,
            freed_ratio=self.freed_ratio,
            realisation_ratio=self.realisation_ratio,
            wage_usd_per_hour=self.loaded_wage_usd_per_hour,
        )
        return labour + self.other_gains_usd_per_year

    @property
    def cash_flows_usd(self) -> tuple[Decimal, ...]:
        """Cash flow now and at the end of each year (F16)."""
        return finance.cash_flows_usd(
            development_usd=self.development_usd,
            gains_usd_per_year=self.gains_usd_per_year,
            run_usd_per_year=self.run_usd_per_year,
            adoption_ratio_by_year=self.adoption_ratio_by_year,
        )

    @property
    def discounted_cash_flows_usd(self) -> tuple[Decimal, ...]:
        """The cash flows at their value today (F16)."""
        return finance.discounted_cash_flows_usd(
            cash_flows_usd=self.cash_flows_usd, discount_rate_ratio=self.discount_rate_ratio
        )

    @property
    def npv_usd(self) -> Decimal:
        """Net present value (F16)."""
        return self.worth_today(self.cash_flows_usd)

    @property
    def adoption_factor(self) -> Decimal:
        """Value today of 1 USD a year times adoption."""
        return self.worth_today((ZERO, *self.adoption_ratio_by_year))

    @property
    def annuity_factor(self) -> Decimal:
        """Value today of 1 USD a year."""
        return self.worth_today((ZERO, *[Decimal(1)] * len(self.adoption_ratio_by_year)))

    @property
    def changes_of_sign(self) -> int:
        """How often the cash flows change sign (F17)."""
        return finance.sign_changes(cash_flows_usd=self.cash_flows_usd)

    @property
    def break_even_gains_usd_per_year(self) -> Decimal | None:
        """Gains of a year at full adoption at which the NPV is 0 (F19)."""
        return finance.break_even_gains_usd_per_year(
            development_usd=self.development_usd,
            run_usd_per_year=self.run_usd_per_year,
            annuity_factor=self.annuity_factor,
            adoption_factor=self.adoption_factor,
        )

    def worth_today(self, yearly: Sequence[Decimal]) -> Decimal:
        """Return what flows from now on are worth today."""
        return finance.npv_usd(cash_flows_usd=yearly, discount_rate_ratio=self.discount_rate_ratio)

    def symbols(self) -> Symbols:
        """Return the symbols in which every step about the plan is written."""
        return {
            "people": self.people,
            "h": self.hours_per_person_per_month,
            "f": self.freed_ratio,
            "ρ": self.realisation_ratio,
            "w": self.loaded_wage_usd_per_hour,
            "other": self.other_gains_usd_per_year,
            "development": self.development_usd,
            "run": self.run_usd_per_year,
            "S": self.adoption_factor,
            "D": self.annuity_factor,
        }


DRIVERS = tuple(each.name for each in fields(Plan))


def plan_of(inputs: Inputs) -> Plan:
    """Return the plan that the inputs describe."""
    return Plan(**{name: getattr(inputs, name) for name in DRIVERS})


def explain_gains(plan: Plan, inputs: Inputs, receipt: Receipt) -> Decimal | None:
    """Record how freed time becomes money and return the ROI of one year at full adoption."""
    receipt.step("freed_ratio", plan.freed_ratio, "ratio", "g / (1 + g)", "F15", g=plan.throughput_gain_ratio)
    formula = f"{LABOUR} + other"
    receipt.step("gains_usd_per_year", plan.gains_usd_per_year, "USD per year", formula, "F15", **plan.symbols())
    parts: Symbols = {
        "data": inputs.data_usd,
        "labelling": inputs.labelling_usd,
        "integration": inputs.integration_usd,
        "training": inputs.training_usd,
        "evaluation": inputs.evaluation_usd,
    }
    receipt.step("development_usd", plan.development_usd, "USD", " + ".join(parts), "F15", **parts)
    cost = plan.development_usd + plan.run_usd_per_year
    roi = finance.roi_ratio(gains_usd=plan.gains_usd_per_year, cost_usd=cost)
    if roi is None:
        return None
    formula = "(gains − development − run) / (development + run)"
    symbols: Symbols = {"gains": plan.gains_usd_per_year, **plan.symbols()}
    return receipt.step("first_year_roi_ratio", roi, "ratio", formula, "F15", **symbols)


def explain_worth(plan: Plan, receipt: Receipt) -> None:
    """Record the cash flows, their value today, and the two factors of the NPV."""
    years = range(1, len(plan.adoption_ratio_by_year) + 1)
    flows: Symbols = {f"CF_{year}": flow for year, flow in enumerate(plan.cash_flows_usd)}
    adoption: Symbols = {f"a_{year}": share for year, share in enumerate(plan.adoption_ratio_by_year, start=1)}
    symbols: Symbols = {**plan.symbols(), **flows, **adoption, "r": plan.discount_rate_ratio}
    symbols["gains"] = plan.gains_usd_per_year
    receipt.step("cash_flows_usd.0", plan.cash_flows_usd[0], "USD", "−development", "F16", **symbols)
    for year in years:
        formula = f"a_{year}·gains − run"
        receipt.step(f"cash_flows_usd.{year}", plan.cash_flows_usd[year], "USD", formula, "F16", **symbols)
    npv = " + ".join(["CF_0", *(f"CF_{year}/(1 + r)^{year}" for year in years)])
    receipt.step("npv_usd", plan.npv_usd, "USD", npv, "F16", **symbols)
    adopted = " + ".join(f"a_{year}/(1 + r)^{year}" for year in years)
    receipt.step("value_today_of_1_usd_a_year_times_adoption", plan.adoption_factor, "S", adopted, "F19", **symbols)
    each_year = " + ".join(f"1/(1 + r)^{year}" for year in years)
    receipt.step("value_today_of_1_usd_a_year", plan.annuity_factor, "D", each_year, "F19", **symbols)


@tracing.untraced
def irr(plan: Plan, receipt: Receipt) -> Decimal | None:
    """Return the internal rate of return (F17), None where there is none."""
    rate = finance.irr_ratio(cash_flows_usd=plan.cash_flows_usd)
    if rate is None:
        return None
    flows: Symbols = {f"CF_{year}": flow for year, flow in enumerate(plan.cash_flows_usd)}
    terms = (f"CF_{year}/(1 + IRR)^{year}" for year in range(1, len(flows)))
    formula = " + ".join(["CF_0", *terms]) + " = 0"
    return receipt.step("irr_ratio", rate, "ratio", formula, "F17", **flows, IRR=rate)


def payback(name: str, flows: Sequence[Decimal], receipt: Receipt) -> Decimal | None:
    """Return the time until these flows have repaid themselves (F18), None where they never do."""
    years = finance.payback_years(cash_flows_usd=flows)
    if years is None:
        return None
    last = int(years.to_integral_value(ROUND_CEILING))
    if last == 0:
        return receipt.step(name, years, "years", "0", "F18")
    symbols: Symbols = {"t": last, "owed": -sum(flows[:last], ZERO), "CF_t": flows[last]}
    return receipt.step(name, years, "years", "t − 1 + owed / CF_t", "F18", **symbols)


def break_even_realisation(plan: Plan, receipt: Receipt) -> Decimal | None:
    """Return the realisation at which the NPV is 0 (F19), None where it plays no part."""
    needed = plan.break_even_gains_usd_per_year
    if needed is None:
        return None
    formula = "(development + D·run) / S"
    receipt.step("needed_gains_usd_per_year", needed, "USD per year", formula, "F19", **plan.symbols())
    realisation = finance.break_even_realisation_ratio(
        break_even_gains_usd_per_year=needed,
        other_gains_usd_per_year=plan.other_gains_usd_per_year,
        hours_per_year=plan.hours_per_year,
        freed_ratio=plan.freed_ratio,
        wage_usd_per_hour=plan.loaded_wage_usd_per_hour,
    )
    if realisation is None:
        return None
    formula = "(needed − other) / (people·h·12·f·w)"
    symbols: Symbols = {"needed": needed, **plan.symbols()}
    return receipt.step("break_even_realisation_ratio", realisation, "ratio", formula, "F19", **symbols)
