"""What must be true for the plan to pay: each driver solved backwards at an NPV of 0 (F19)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from calculators.fields import specs
from calculators.formulas import finance
from calculators.results import INPUT_NAME, INPUT_VALUE, output
from calculators.roi_inputs import Inputs
from calculators.roi_plan import DRIVERS, LABOUR, Symbols

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from calculators.roi_plan import Plan
    from calculators.steps import Receipt

# The factors of the labour gains, each with the driver that it is or comes from.
FACTORS = {
    "people": "people",
    "h": "hours_per_person_per_month",
    "f": "throughput_gain_ratio",
    "ρ": "realisation_ratio",
    "w": "loaded_wage_usd_per_hour",
}
MONTHS = 12
YEARLY = "adoption_ratio_by_year"


@dataclass(frozen=True, slots=True, kw_only=True)
class MustBeTrue:
    """The value of one driver at which the NPV is 0 while nothing else changes."""

    input: str = output("What must be true", INPUT_NAME)
    at_least: Any = output("At least", INPUT_VALUE)
    at_most: Any = output("At most", INPUT_VALUE)
    now: Any = output("Planned", INPUT_VALUE)


class Solved(NamedTuple):
    """The value of a driver at an NPV of 0, possible or not, and how it is found."""

    value: Decimal
    formula: str
    symbols: Symbols


def must_be_true(plan: Plan, rate: Decimal | None, receipt: Receipt) -> tuple[MustBeTrue, ...]:
    """Return a row for each driver that some possible value brings to an NPV of 0.

    `rate` is the only internal rate of return, None where there are none or several.
    """
    floors, ceilings = _floors(plan), _ceilings(plan, rate)
    rows = []
    for driver in DRIVERS:
        solved = floors.get(driver) or ceilings.get(driver) or ()
        if not _is_possible(driver, solved):
            continue
        values = [_step(driver, number, each, receipt) for number, each in enumerate(solved, start=1)]
        now = getattr(plan, driver)
        value = tuple(values) if isinstance(now, tuple) else values[0]
        at_least, at_most = (value, None) if driver in floors else (None, value)
        rows.append(MustBeTrue(input=driver, at_least=at_least, at_most=at_most, now=now))
    return tuple(rows)


def _is_possible(driver: str, solved: Sequence[Solved]) -> bool:
    """Whether the values can be entered and ask for anything: at least 0 is no condition."""
    spec = specs(Inputs).get(driver)
    most = spec.maximum if spec else None
    values = [each.value for each in solved]
    return any(values) and all(each >= 0 and (most is None or each <= most) for each in values)


def _step(driver: str, number: int, solved: Solved, receipt: Receipt) -> Decimal:
    spec = specs(Inputs).get(driver)
    name = f"must_be_true.{driver}" + (f".{number}" if driver == YEARLY else "")
    unit = spec.unit if spec else "USD"
    return receipt.step(name, solved.value, unit, solved.formula, "F19", **solved.symbols)


def _floors(plan: Plan) -> dict[str, tuple[Solved, ...]]:
    """Return what each driver of the gains must reach."""
    needed, gains = plan.break_even_gains_usd_per_year, plan.gains_usd_per_year
    if needed is None:
        return {}
    symbols = {**plan.symbols(), "needed": needed, "gains": gains}
    found = dict(_factors(plan, needed - plan.other_gains_usd_per_year, symbols))
    labour = gains - plan.other_gains_usd_per_year
    found["other_gains_usd_per_year"] = (Solved(needed - labour, f"needed − {LABOUR}", symbols),)
    if gains > 0:
        found[YEARLY] = tuple(
            Solved(share * needed / gains, "a_t·needed / gains", {**symbols, "a_t": share})
            for share in plan.adoption_ratio_by_year
        )
    return found


def _factors(plan: Plan, missing_usd: Decimal, symbols: Symbols) -> Iterator[tuple[str, tuple[Solved, ...]]]:
    """Yield the value of each factor at which the labour gains are what is missing."""
    factors = {
        symbol: plan.freed_ratio if symbol == "f" else getattr(plan, driver) for symbol, driver in FACTORS.items()
    }
    for symbol, driver in FACTORS.items():
        others = [each for each in FACTORS if each != symbol]
        rest = Decimal(MONTHS)
        for each in others:
            rest *= factors[each]
        if rest <= 0:
            continue
        exact = missing_usd / rest
        value: Decimal | None = exact
        missing, product = "(needed − other)", f"{MONTHS}·{'·'.join(others)}"
        formula = f"{missing} / ({product})"
        if symbol == "people":
            value, formula = exact.to_integral_value(ROUND_CEILING), f"{formula}, rounded up to a whole person"
        if symbol == "f":
            value = finance.needed_throughput_gain_ratio(freed_ratio=exact)
            formula = f"{missing} / ({product} − {missing})"
        if value is not None:
            yield driver, (Solved(value, formula, symbols),)


def _ceilings(plan: Plan, rate: Decimal | None) -> dict[str, tuple[Solved, ...]]:
    """Return what each driver of the cost may reach."""
    symbols = plan.symbols()
    worth, formula = plan.adoption_factor * plan.gains_usd_per_year, f"S·({LABOUR} + other)"
    run_usd = plan.annuity_factor * plan.run_usd_per_year
    run = (worth - plan.development_usd) / plan.annuity_factor
    found: dict[str, tuple[Solved, ...]] = {
        "development_usd": (Solved(worth - run_usd, f"{formula} − D·run", symbols),),
        "run_usd_per_year": (Solved(run, f"({formula} − development) / D", symbols),),
    }
    if rate is not None and plan.cash_flows_usd[0] < 0:
        found["discount_rate_ratio"] = (Solved(rate, "IRR", {"IRR": rate}),)
    return found
