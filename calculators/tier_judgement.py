"""Judgement: every way to pay for a workload, judged, priced and put in order."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from calculators import shown
from calculators.errors import InputError, Problem
from calculators.formulas import tiers
from calculators.results import output
from calculators.tier_costs import Costs
from calculators.tier_options import Option, not_offered, not_suitable, price_book, waived
from calculators.tier_rules import TIERS
from calculators.tier_workload import HOURS, MTOK, Unpriced

if TYPE_CHECKING:
    from calculators.catalogue import Catalogue
    from calculators.steps import Receipt
    from calculators.tier_selection import Inputs

TIE_ORDER = tuple(TIERS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A tier, what it costs, and why it stands where it stands. All empty when there is none."""

    tier: str | None = output("Tier", words=lambda: TIERS)
    usd_per_month: Decimal | None = output("A month", "USD per month")
    why: str = output("Why")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Every option judged and priced, best first among those that fit."""

    options: tuple[Option, ...]
    fitting: tuple[Option, ...]
    lost_needs: tuple[str, ...]
    unpriced: tuple[str, ...]
    costs: Costs
    receipt: Receipt

    @property
    def recommended(self) -> Priced:
        """The first of the fitting options."""
        return Priced(self.fitting[0])


class Priced:
    """An option whose price is known."""

    def __init__(self, option: Option) -> None:
        """Take an option with a price."""
        assert option.usd_per_month is not None  # noqa: S101 - only priced options fit
        self.tier, self.usd_per_month = option.tier, option.usd_per_month


def judge(inputs: Inputs, catalogue: Catalogue, receipt: Receipt, *, only_fitting: bool = False) -> Verdict:
    """Judge and price every option; with `only_fitting`, price only those that fit."""
    needed, lost = waived(inputs, catalogue)
    costs = Costs(needed, price_book(inputs, catalogue, is_quiet=receipt.is_quiet), receipt)
    options, unpriced = [], []
    for tier in TIERS:
        option, missing = _option(tier, needed, costs, only_fitting=only_fitting)
        options.append(option)
        unpriced += [tier] if missing and option.suitable else []
    fitting = [each for each in options if each.suitable and each.usd_per_month is not None]
    if not fitting:
        raise InputError(_nothing_fits(inputs, catalogue, unpriced, costs))
    return Verdict(
        tuple(options),
        tuple(sorted(fitting, key=lambda each: _rank(each, inputs))),
        tuple(lost),
        tuple(unpriced),
        costs,
        receipt,
    )


def _rank(option: Option, inputs: Inputs) -> tuple[Decimal, int]:
    """Order options by price; at the same price the plainer first, and Batch before Flex where a day is fine."""
    assert option.usd_per_month is not None  # noqa: S101 - only priced options are ranked
    is_batch = option.tier == "batch" and inputs.acceptable_wait == "a_day"
    return option.usd_per_month, TIE_ORDER.index("flex") - 1 if is_batch else TIE_ORDER.index(option.tier)


def _option(tier: str, needed: Inputs, costs: Costs, *, only_fitting: bool) -> tuple[Option, bool]:
    """Return one option, and whether a price of it is missing."""
    catalogue = costs.load.book.catalogue
    absent = not_offered(needed, catalogue, tier)
    if absent:
        return _bare(tier, offered=False, suitable=False, reasons=(absent,)), False
    unsuitable = not_suitable(needed, catalogue, tier)
    if unsuitable and only_fitting:
        return _bare(tier, offered=True, suitable=False, reasons=()), False
    try:
        cost = costs.of(tier)
    except Unpriced as error:
        reason = f"no public figure: enter {_listed(error.fields)}"
        return _bare(tier, offered=True, suitable=not unsuitable, reasons=(*unsuitable, reason)), True
    if tier == "provisioned_mix":
        unsuitable += _mix_reasons(needed, cost.units or Decimal(0), costs.units.overflow_ratio)
    volume = costs.load.requests * (costs.load.tokens_in + costs.load.tokens_out) / MTOK
    option = Option(
        tier=tier,
        offered=True,
        suitable=not unsuitable,
        usd_per_month=cost.usd_per_month,
        usd_per_mtok=_per_mtok(tier, cost.usd_per_month, volume, costs.load.receipt),
        units=cost.units,
        utilisation_ratio=cost.utilisation_ratio,
        reasons=(*unsuitable, *cost.notes),
    )
    return option, False


def _bare(tier: str, *, offered: bool, suitable: bool, reasons: tuple[str, ...]) -> Option:
    return Option(
        tier=tier,
        offered=offered,
        suitable=suitable,
        usd_per_month=None,
        usd_per_mtok=None,
        units=None,
        utilisation_ratio=None,
        reasons=reasons,
    )


def _per_mtok(tier: str, month: Decimal, volume: Decimal, receipt: Receipt) -> Decimal | None:
    if not volume:
        return None
    return receipt.step(
        f"options.{tier}.usd_per_mtok",
        month / volume,
        "USD per 1M tokens",
        "month / volume",
        "F10",
        month=month,
        volume=volume,
    )


def _mix_reasons(inputs: Inputs, units: Decimal, overflow: Decimal) -> list[str]:
    if not units:
        return ["no unit would be busy enough to pay for itself"]
    if overflow and inputs.needs_assured_capacity:
        return ["its overflow is served as capacity allows, and the workload needs assured capacity"]
    return []


def _nothing_fits(inputs: Inputs, catalogue: Catalogue, unpriced: list[str], costs: Costs) -> list[Problem]:
    """Say what is missing: a price of the reader's own, or another model."""
    if unpriced:
        fields: dict[str, None] = {}
        for tier in unpriced:
            try:
                costs.of(tier)
            except Unpriced as error:
                fields |= dict.fromkeys(error.fields)
        only = _listed([TIERS[tier] for tier in unpriced])
        return [
            Problem(each, f"only {only} can serve this workload, and AWS publishes no such figure for it: enter one")
            for each in fields
        ]
    name = catalogue.models[inputs.model_id].name
    reason = not_offered(inputs, catalogue, "provisioned")
    return [Problem("customization", f"{name} can't be served with this customisation: {reason}")]


def _listed(names: Any) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


def choices(verdict: Verdict) -> tuple[Choice, Choice]:
    """Return the recommendation and the runner-up, each with its reason."""
    best, *others = verdict.fitting
    receipt, month = verdict.receipt, verdict.recommended.usd_per_month
    receipt.step("recommended.usd_per_month", month, "USD per month", "the lowest price of the options that fit", "")
    lost = f"No tier of this model gives {_listed(verdict.lost_needs)}. " if verdict.lost_needs else ""
    if not others:
        why = f"{lost}The only option that is offered, fits and has a price."
        return Choice(tier=best.tier, usd_per_month=month, why=why), Choice(
            tier=None, usd_per_month=None, why="No other option fits."
        )
    second = others[0]
    assert second.usd_per_month is not None  # noqa: S101 - only priced options fit
    receipt.step(
        "runner_up.usd_per_month",
        second.usd_per_month,
        "USD per month",
        "the second lowest price of the options that fit",
        "",
    )
    gap = second.usd_per_month - month
    cheaper = (
        f"{shown.usd(gap)} a month less than {TIERS[second.tier]}"
        if gap
        else f"the same price as {TIERS[second.tier]}, and simpler"
    )
    why = f"{lost}The cheapest of {len(verdict.fitting)} options that fit: {cheaper}."
    return (
        Choice(tier=best.tier, usd_per_month=month, why=why),
        Choice(
            tier=second.tier, usd_per_month=second.usd_per_month, why=f"It fits too, at {shown.usd(gap)} a month more."
        ),
    )


def break_even(costs: Costs, receipt: Receipt) -> tuple[Decimal | None, Decimal | None]:
    """Return u* and V* of F06 for one model unit, None without its figures."""
    try:
        hourly, (unit_in, unit_out) = costs.units.price, costs.units.serves
    except Unpriced:
        return None, None
    p_in, p_out = costs.load.book.standard("input"), costs.load.book.standard("output")
    value = tiers.unit_hour_value_usd(
        unit_input_tokens_per_minute=unit_in,
        unit_output_tokens_per_minute=unit_out,
        input_usd_per_mtok=p_in,
        output_usd_per_mtok=p_out,
    )
    symbols = {"Θ_in": unit_in, "Θ_out": unit_out, "p_in": p_in, "p_out": p_out}
    receipt.step("unit_hour_value_usd", value, "USD per hour", "60·(Θ_in·p_in + Θ_out·p_out) / 10^6", "F06", **symbols)
    blend = value * MTOK / (60 * (unit_in + unit_out))
    receipt.step(
        "blended_usd_per_mtok", blend, "USD per 1M tokens", "V·10^6 / (60·(Θ_in + Θ_out))", "F06", V=value, **symbols
    )
    utilisation = tiers.break_even_utilisation_ratio(unit_usd_per_hour=hourly, unit_hour_value_usd=value)
    mtok = tiers.break_even_mtok_per_month(unit_usd_per_hour=hourly, usd_per_mtok=blend)
    if utilisation is None or mtok is None:
        return None, None
    receipt.step("break_even_utilisation_ratio", utilisation, "ratio", "P / V", "F06", P=hourly, V=value)
    receipt.step(
        "break_even_mtok_per_month",
        mtok,
        "million tokens per month",
        f"{HOURS}·P / blend",
        "F06",
        P=hourly,
        blend=blend,
    )
    return utilisation, mtok


def mix(costs: Costs) -> tuple[Decimal | None, Decimal | None]:
    """Return the cheapest number of units and its overflow, None where units can't be mixed or priced."""
    if not_offered(costs.load.inputs, costs.load.book.catalogue, "provisioned_mix"):
        return None, None
    try:
        return Decimal(costs.units.best_units), costs.units.overflow_ratio
    except Unpriced:
        return None, None
