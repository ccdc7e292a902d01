"""ROI and payback: what freed time is worth, what it cost to make, and when that has come back."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from calculators import shown
from calculators.formulas import customization
from calculators.practice import businesses, quiet
from calculators.practice.cases import Case, Form, Given, Slip, Topic, tell
from calculators.practice.facts import count, percent, usd

if TYPE_CHECKING:
    from calculators.catalogue import Catalogue
    from calculators.practice.dice import Dice
    from calculators.roi_plan import Plan

DEVELOPMENT = ("data", "labelling", "integration", "training", "evaluation")
MONTHS = 12
ORDINALS = ("first", "second", "third", "fourth")
LEAST_PLANS = Decimal("0.05")

GAIN = (
    (
        "{who} gives its {people} {role} an assistant. Each spends {hours} hours a month on the task and, with the "
        "assistant, does {gain} more of it an hour. {realised} of the freed time becomes money. An hour of work "
        "costs {wage}. "
    ),
    (
        "At {who}, {people} {role} each work {hours} hours a month on one task. A trial showed that a model lets "
        "them finish {gain} more an hour. Of the time this frees, {realised} turns into savings; an hour of work "
        "costs {wage}, everything included. "
    ),
)
COSTS = (
    "Making it costs {data} for data, {labelling} for labelling, {integration} for integration, {training} for "
    "training and {evaluation} for evaluation. Running it costs {run} a year. "
)


def _people(dice: Dice) -> tuple[tuple[Given, ...], dict[str, Any]]:
    """Draw who gains how much: the facts, and the inputs of the calculator."""
    firm, role = dice.pick(businesses.TEAMS)
    people, hours = dice.between(20, 300, 10), dice.between(40, 150, 5)
    gain, realised = dice.hundredths(10, 60, 2), dice.hundredths(30, 80, 5)
    wage = dice.between(24, 90, 2)
    given = (
        Given("who", firm, firm),
        Given("role", role, role),
        count("people", people),
        count("hours", hours),
        percent("gain", gain),
        percent("realised", realised),
        usd("wage", wage),
    )
    inputs = {
        "people": people,
        "hours_per_person_per_month": hours,
        "throughput_gain_ratio": gain,
        "realisation_ratio": realised,
        "loaded_wage_usd_per_hour": wage,
        "monte_carlo_runs": Decimal(100),
    }
    return given, inputs


def _costs(dice: Dice, plan: Plan) -> tuple[tuple[Given, ...], dict[str, Any]]:
    """Draw what it costs, in proportion to what it gains: the facts, and the inputs."""
    gains, values = plan.gains_usd_per_year, {}
    for name in DEVELOPMENT:
        values[name] = _thousands(gains * dice.hundredths(3, 18))
    run = _thousands(gains * dice.hundredths(10, 40))
    given = (*(usd(name, value) for name, value in values.items()), usd("run", run))
    return given, {**{f"{name}_usd": value for name, value in values.items()}, "run_usd_per_year": run}


def _thousands(value: Decimal) -> Decimal:
    """Round to whole thousands, one at least."""
    return max(Decimal(1), (value / 1000).to_integral_value()) * 1000


def _text(dice: Dice, rest: str, given: tuple[Given, ...]) -> str:
    return tell(dice.pick(GAIN) + rest, given)


G_FOR_FREED = (
    "You took the gain for the freed share of the time: {gain} more an hour frees {freed} of it, by g / (1 + g)."
)


def _freed_slip(value: Decimal, plan: Plan) -> Slip:
    gain, freed = shown.percent(plan.throughput_gain_ratio), shown.percent(plan.freed_ratio)
    return Slip(value, G_FOR_FREED.format(gain=gain, freed=freed))


def gains(dice: Dice, _: Catalogue) -> Case:
    """Ask what the freed time is worth in a year."""
    given, inputs = _people(dice)
    plan = quiet.plan(inputs)
    year, gain = plan.gains_usd_per_year, plan.throughput_gain_ratio
    slips = (
        _freed_slip(year * (1 + gain), plan),
        Slip(year / plan.realisation_ratio, "You let all the freed time become money. Only a part of it does."),
        Slip(year / MONTHS, "This is a month. Asked is a year."),
        Slip(year / plan.people, "You left out the number of people: this is one person's share."),
        Slip(
            plan.hours_per_year * plan.loaded_wage_usd_per_hour * gain,
            "You took the gain for the freed share, and let all the freed time become money.",
        ),
    )
    return Case(
        kind="number",
        text=_text(dice, "Everybody uses it. How much does it gain in a year, in US dollars, before its cost?", given),
        given=given,
        unit="USD per year",
        answer=year,
        slips=slips,
        explanation=f"{shown.percent(gain)} more an hour frees {shown.percent(plan.freed_ratio)} of "
        f"{plan.hours_per_year:,f} hours a year. The part that becomes money is worth {shown.usd(year)}.",
        calculator="roi",
        inputs=inputs,
        output="gains_usd_per_year",
        steps=("freed_ratio", "gains_usd_per_year"),
    )


def first_year(dice: Dice, _: Catalogue) -> Case | None:
    """Ask for the return of one year at full adoption."""
    given, inputs = _people(dice)
    more, spent = _costs(dice, quiet.plan(inputs))
    given, inputs = (*given, *more), {**inputs, **spent}
    plan = quiet.plan(inputs)
    cost, year = plan.development_usd + plan.run_usd_per_year, plan.gains_usd_per_year
    roi = (year - cost) / cost
    if abs(roi) < LEAST_PLANS:
        return None
    slips = (
        _freed_slip((year * (1 + plan.throughput_gain_ratio) - cost) / cost, plan),
        Slip(
            (year / plan.realisation_ratio - cost) / cost, "You let all the freed time become money. Only a part does."
        ),
        Slip(year / cost, "This is gains divided by cost. A return counts what is left after the cost."),
        Slip(
            (year - plan.development_usd) / plan.development_usd,
            "You left out the running cost. Total cost is development and running.",
        ),
        Slip(
            (year - plan.run_usd_per_year) / plan.run_usd_per_year,
            "You left out the cost of making it. Total cost is development and running.",
        ),
        Slip((year - cost) / year, "You divided by the gains. A return is divided by what was spent."),
        Slip(roi * 100, "You gave per cent without the sign: a return of 30 % is a ratio of 0.3."),
    )
    question = (
        "Everybody uses it from the first day. What is the return on investment of the first year? Answer in per "
        "cent with the sign, or as a ratio."
    )
    return Case(
        kind="number",
        text=_text(dice, COSTS + question, given),
        given=given,
        unit="ratio",
        answer=roi,
        slips=slips,
        explanation=f"Gains of {shown.usd(year)} against a total cost of {shown.usd(cost)}: {shown.percent(roi)}.",
        calculator="roi",
        inputs=inputs,
        output="first_year_roi_ratio",
        steps=("freed_ratio", "gains_usd_per_year", "development_usd", "first_year_roi_ratio"),
    )


def _over_years(dice: Dice, timing: str) -> tuple[tuple[Given, ...], dict[str, Any], str]:
    """Draw a plan of several years with its adoption."""
    given, inputs = _people(dice)
    more, spent = _costs(dice, quiet.plan(inputs))
    years = 3 + dice.below(2)
    shares = [dice.hundredths(40, 70, 10)]
    while len(shares) < years:
        shares.append(min(Decimal(1), shares[-1] + dice.hundredths(10, 30, 10)))
    adoption = tuple(percent(f"year_{at}", share) for at, share in enumerate(shares, 1))
    words = [f"{{year_{at}}} in the {ORDINALS[at - 1]}{' year' if at == 1 else ''}" for at in range(1, years + 1)]
    told = f"{', '.join(words[:-1])} and {words[-1]}"
    text = f"Not everybody uses it at once: {told}. The gains grow with the users. {timing} "
    return (*given, *more, *adoption), {**inputs, **spent, "adoption_ratio_by_year": tuple(shares)}, COSTS + text


def payback(dice: Dice, _: Catalogue) -> Case | None:
    """Ask for the payback time of a plan whose users come step by step."""
    given, inputs, rest = _over_years(dice, "Gains and running cost are spread evenly over each year.")
    plan = quiet.plan(inputs)
    years = _payback(plan.cash_flows_usd)
    at_once = _payback(quiet.plan({**inputs, "adoption_ratio_by_year": (Decimal(1),) * 4}).cash_flows_usd)
    without_run = _payback(quiet.plan({**inputs, "run_usd_per_year": Decimal(0)}).cash_flows_usd)
    gain = {
        **inputs,
        "realisation_ratio": min(Decimal(1), inputs["realisation_ratio"] * (1 + inputs["throughput_gain_ratio"])),
    }
    by_gain = _payback(quiet.plan(gain).cash_flows_usd)
    found = (years, at_once, without_run, by_gain)
    if (
        any(each is None for each in found)
        or years is None
        or not Decimal("0.3") < years < len(plan.adoption_ratio_by_year)
    ):
        return None
    slips = (
        Slip(at_once, "You let everybody use it from the first day. The gains grow with the users."),
        Slip(without_run, "You left out the running cost: a year brings its gains less what it costs to run."),
        _freed_slip(by_gain or years, plan),
        Slip(years * MONTHS, "This is the time in months. Asked are years."),
    )
    question = "After how many years has the development cost come back, without discounting?"
    return Case(
        kind="number",
        text=_text(dice, rest + question, given),
        given=given,
        unit="years",
        answer=years,
        slips=slips,
        explanation=f"Development costs {shown.usd(plan.development_usd)}. The years bring "
        f"{', '.join(shown.usd(each) for each in plan.cash_flows_usd[1:])}: it has come back after "
        f"{shown.significant(years, 3)} years.",
        calculator="roi",
        inputs=inputs,
        output="payback_years",
        steps=("freed_ratio", "gains_usd_per_year", "development_usd", "cash_flows_usd.", "payback_years"),
    )


def _payback(flows: tuple[Decimal, ...]) -> Decimal | None:
    """Return when flows have repaid themselves, None where they never do."""
    left = flows[0]
    for year, flow in enumerate(flows[1:], 1):
        if left + flow >= 0:
            return year - 1 - left / flow
        left += flow
    return None


def npv(dice: Dice, _: Catalogue) -> Case | None:
    """Ask for the net present value of a plan of several years."""
    given, inputs, rest = _over_years(dice, "Gains and running cost fall due at the end of each year.")
    rate = dice.hundredths(6, 15)
    given, inputs = (*given, percent("rate", rate)), {**inputs, "discount_rate_ratio": rate}
    plan = quiet.plan(inputs)
    worth, flows = plan.npv_usd, plan.cash_flows_usd
    if abs(worth) < plan.development_usd * LEAST_PLANS:
        return None
    factor, annuity = plan.adoption_factor, plan.annuity_factor
    gain = plan.throughput_gain_ratio
    slips = (
        _freed_slip(worth + factor * plan.gains_usd_per_year * gain, plan),
        Slip(
            worth / (1 + rate),
            "You discounted the money spent today as well. A spreadsheet's NPV() does that to its first figure.",
        ),
        Slip(sum(flows, Decimal(0)), "You added the years up without discounting them."),
        Slip(worth + annuity * plan.run_usd_per_year, "You left out the running cost."),
        Slip(worth + plan.development_usd, "You left out the development cost, which is paid today."),
        Slip(
            worth + (annuity - factor) * plan.gains_usd_per_year,
            "You let everybody use it from the first day. The gains grow with the users.",
        ),
    )
    question = (
        "Development is paid today. At a discount rate of {rate} a year, what is the net present value, in US dollars?"
    )
    return Case(
        kind="number",
        text=_text(dice, rest + question, given),
        given=given,
        unit="USD",
        answer=worth,
        slips=slips,
        explanation=f"{shown.usd(plan.development_usd)} today, then "
        f"{', '.join(shown.usd(each) for each in flows[1:])} at the ends of the years. At {shown.percent(rate)} that "
        f"is worth {shown.usd(worth)} today.",
        calculator="roi",
        inputs=inputs,
        output="npv_usd",
        steps=("freed_ratio", "gains_usd_per_year", "development_usd", "cash_flows_usd.", "npv_usd"),
    )


LABELS = (
    (
        "{who} has {items} training examples labelled. Each gets {votes} labels at {label} each, and an expert "
        "reviews {reviewed} of the examples at {review} each. Pilot rounds add {pilot} to that. Its own people put "
        "in {hours} hours of work at {wage} an hour. In the end {usable} of the examples can be used. "
    ),
    (
        "{who} prepares data to fine-tune a model: {items} examples, each labelled {votes} times at {label} a "
        "label. Experts look again at {reviewed} of the examples, at {review} an example. Labels and reviews cost "
        "{pilot} more for the pilot rounds. The team's own {hours} hours cost {wage} each. After checks, {usable} "
        "of the examples are usable. "
    ),
)
PILOT = Decimal("0.15")  # the calculator's own


def labels(dice: Dice, _: Catalogue) -> Case:
    """Ask what one usable labelled example costs in the end."""
    items, votes = dice.between(2_000, 30_000, 1_000), dice.between(2, 5)
    label, review = dice.hundredths(6, 40, 2), dice.hundredths(50, 200, 10)
    reviewed, usable = dice.hundredths(5, 25, 5), dice.hundredths(70, 94, 2)
    hours, wage = dice.between(40, 200, 10), dice.between(40, 110, 5)
    firm = dice.pick(businesses.FIRMS)
    given = (
        Given("who", firm, firm),
        count("items", items),
        count("votes", votes),
        usd("label", label),
        percent("reviewed", reviewed),
        usd("review", review),
        percent("pilot", PILOT),
        count("hours", hours),
        usd("wage", wage),
        percent("usable", usable),
    )
    inputs = {
        "training_examples": items,
        "labels_per_item": votes,
        "usd_per_label": label,
        "review_ratio": reviewed,
        "usd_per_review": review,
        "labour_hours": hours,
        "labour_usd_per_hour": wage,
        "label_yield_ratio": usable,
    }
    bought = (items * votes * label + reviewed * items * review) * (1 + PILOT)
    cost = customization.label_usd_per_usable_item(
        labelling_usd=bought + hours * wage, items=items, label_yield_ratio=usable
    )
    assert cost is not None  # noqa: S101 - some examples are usable
    slips = (
        Slip(cost * usable, "You divided by all the examples. Only the usable ones count."),
        Slip(bought / (items * usable), "You left out the work of the firm's own people."),
        Slip(
            cost - (votes - 1) * items * label * (1 + PILOT) / (items * usable),
            "You paid one label for each example. Each is labelled several times.",
        ),
        Slip(cost - reviewed * items * review * (1 + PILOT) / (items * usable), "You left out the reviews."),
        Slip(votes * label, "This is what the labels of one example cost. Reviews, pilot, work and waste come on top."),
        Slip(label, "This is the price of one label. Votes, reviews, pilot, work and waste come on top."),
    )
    text = tell(dice.pick(LABELS) + "What does one usable example cost, in US dollars?", given)
    return Case(
        kind="number",
        text=text,
        given=given,
        unit="USD per example",
        answer=cost,
        slips=slips,
        explanation=f"Labels, reviews and pilot cost {shown.usd(bought)}, the work {shown.usd(hours * wage)}. "
        f"{usable * items:,.0f} usable examples cost {shown.usd(cost)} each, against {shown.usd(label)} for a label.",
        calculator="customization",
        inputs=inputs,
        output="label_usd_per_usable_item",
        steps=("label_usd_per_usable_item", "labels_once"),
    )


TOPIC = Topic(
    "roi-and-payback",
    "ROI and payback",
    (
        Form("gains", "3-customization/development-costs", gains),
        Form("first-year", "3-customization/development-costs", first_year),
        Form("payback", "3-customization/development-costs", payback),
        Form("npv", "3-customization/development-costs", npv),
        Form("labels", "3-customization/development-costs", labels),
    ),
)
