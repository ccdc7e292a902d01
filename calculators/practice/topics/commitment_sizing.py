"""Commitment sizing: how much to commit to, and when a commitment pays at all."""

from __future__ import annotations

import itertools
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from calculators import shown
from calculators.compute_options import PURCHASES
from calculators.practice import businesses, market, quiet
from calculators.practice.cases import Case, Choice, Form, Given, Slip, Topic, tell
from calculators.practice.facts import count, percent, usd

if TYPE_CHECKING:
    from calculators.catalogue import Catalogue
    from calculators.practice.dice import Dice

WEEK, DAY = Decimal(168), 24
NEAR = Decimal("0.05")
LEAST_APART = Decimal("1.05")

PROFILE = (
    (
        "{who} runs its application servers on {type}. Every day {night} instances run for {night_hours} hours, "
        "{day} for {day_hours} hours and {peak} for {peak_hours} hours. "
    ),
    (
        "{who} needs {type} instances around the clock: {night} in {night_hours} hours of each day, {day} in "
        "{day_hours} hours and {peak} in {peak_hours} hours. "
    ),
)
PLAN = "On-Demand an instance costs {price} an hour. A Savings Plan takes {discount} off, and is paid for every hour. "


def _profile(dice: Dice, catalogue: Catalogue) -> tuple[tuple[Given, ...], dict[str, Any], str] | None:
    """Draw a day of three levels: the facts, the inputs and the text, without a question."""
    instance_type = dice.pick(market.general(catalogue.snapshot))
    price = catalogue.price(instance_type, "us-east-1", "", "on_demand_hour").figure
    night = dice.between(4, 30, 2)
    day = night + dice.between(4, 40, 2)
    peak = day + dice.between(4, 40, 2)
    night_hours, peak_hours = dice.between(4, 14), dice.between(2, 10)
    day_hours = DAY - night_hours - peak_hours
    discount = dice.hundredths(20, 60, 2)
    if day_hours < 2 or any(abs(share - (1 - discount)) < NEAR for share in _shares(day_hours, peak_hours)):  # noqa: PLR2004
        return None
    given = (
        Given("who", firm := dice.pick(businesses.FIRMS), firm),
        Given("type", instance_type, instance_type),
        *(count(name, value) for name, value in (("night", night), ("day", day), ("peak", peak))),
        *(
            count(f"{name}_hours", value)
            for name, value in (("night", night_hours), ("day", day_hours), ("peak", peak_hours))
        ),
        usd("price", price),
        percent("discount", discount),
    )
    levels = [night] * int(night_hours) + [day] * int(day_hours) + [peak] * int(peak_hours)
    inputs = {
        "instance_type": instance_type,
        "hourly_demand_instances": tuple(levels),
        "savings_plan_discount_ratio": discount,
    }
    return given, inputs, dice.pick(PROFILE) + PLAN


def _shares(day_hours: Decimal, peak_hours: Decimal) -> tuple[Decimal, Decimal]:
    """Return the shares of the day in which the two upper levels are reached."""
    return (day_hours + peak_hours) / DAY, peak_hours / DAY


def commitment(dice: Dice, catalogue: Catalogue) -> Case | None:
    """Ask for the best commitment in dollars an hour."""
    drawn = _profile(dice, catalogue)
    if drawn is None:
        return None
    given, inputs, text = drawn
    at = {each.name: each.value for each in given}
    steady = quiet.purchase(inputs, catalogue).steady
    best, price, discount = steady.commitment_usd_per_hour, steady.usd_per_hour, steady.discount_ratio
    covered = steady.covered_usd_per_hour / Decimal(at["price"])
    slips = [
        Slip(each * Decimal(at["price"]) * (1 - discount), why)
        for each, why in (
            (Decimal(at["peak"]), "You committed to the peak. It is there too few hours to pay."),
            (Decimal(at["night"]), "You committed to the least demand. A higher level is still there for long enough."),
            (
                Decimal(at["day"]),
                "You committed to the middle level: compare the hours it is reached with 1 less the discount.",
            ),
            (
                sum(price, Decimal(0)) / DAY / Decimal(at["price"]),
                "You committed to the mean. What counts is for how many hours a level is reached.",
            ),
        )
        if each != covered
    ]
    slips.insert(
        0,
        Slip(
            steady.covered_usd_per_hour,
            "This is the demand to cover at On-Demand prices. A commitment is paid at the plan's lower price.",
        ),
    )
    question = "Which commitment, in US dollars an hour, makes the day cheapest? The rest runs On-Demand."
    share = shown.percent(1 - discount)
    return Case(
        kind="number",
        text=tell(text + question, given),
        given=given,
        unit="USD per hour",
        answer=best,
        slips=tuple(slips),
        explanation=f"A level pays if it is reached in at least {share} of the hours. The highest that is, is "
        f"{covered:f} instances: {shown.usd(steady.covered_usd_per_hour)} an hour On-Demand, {shown.usd(best)} as a "
        "commitment.",
        calculator="compute-purchase",
        inputs=inputs,
        output="best_commitment_usd_per_hour",
        steps=("commitment_break_even_utilisation_ratio", "best_covered_usd_per_hour", "best_commitment_usd_per_hour"),
    )


def ways_in_order(dice: Dice, catalogue: Catalogue) -> Case | None:
    """Ask for the order of three ways to buy a day of three levels."""
    drawn = _profile(dice, catalogue)
    if drawn is None:
        return None
    given, inputs, text = drawn
    steady = quiet.purchase(inputs, catalogue).steady
    bills = {
        "on_demand": steady.on_demand_usd_per_month,
        "savings_plan": steady.savings_plan_usd_per_month,
        "mix": steady.mix_usd_per_month,
    }
    ranked = sorted(bills, key=lambda each: bills[each])
    if any(bills[dear] < bills[cheap] * LEAST_APART for cheap, dear in itertools.pairwise(ranked)):
        return None
    labels = {
        "on_demand": "All On-Demand",
        "savings_plan": "A Savings Plan for the peak",
        "mix": "A Savings Plan of the best size, the rest On-Demand",
    }
    told = ", ".join(f"{labels[each][:1].lower()}{labels[each][1:]} {shown.usd(bills[each])}" for each in ranked)
    slips = (
        Slip(tuple(ranked[::-1]), "This is the order from the dearest down. The cheapest comes first."),
        Slip(
            ("savings_plan", "mix", "on_demand"),
            "A plan for the peak is paid in the quiet hours too, when it stands idle.",
        ),
        Slip(
            ("on_demand", "mix", "savings_plan"),
            "On-Demand pays the full price in every hour, also for what runs day and night.",
        ),
    )
    question = "Put three ways to buy in order of the month's cost, the cheapest first."
    return Case(
        kind="order",
        text=tell(text + question, given),
        given=given,
        unit="",
        answer=tuple(ranked),
        slips=slips,
        choices=tuple(Choice(each, labels[each]) for each in dice.shuffled(tuple(bills))),
        explanation=f"A month costs: {told}.",
        calculator="compute-purchase",
        inputs=inputs,
        output="mix_saving_ratio",
        settles=steady.mix_saving_ratio,
        steps=(
            "instance_hours_per_month",
            "best_commitment_usd_per_hour",
            *(f"options.{each}.usd_per_month" for each in bills),
        ),
    )


MACHINE = (
    (
        "{who} has one {type} for its data scientists. It runs {hours} hours a week, always in the same hours, and "
        "is switched off otherwise. "
    ),
    (
        "A test machine of {who}, one {type}, is switched on for {hours} hours each week and stopped for the rest. "
        "Nothing else in the account could use a plan meanwhile. "
    ),
    ("{who} runs one {type} instance for its reports, {hours} hours a week in all. It stops by schedule. "),
)
MACHINE_PLAN = (
    "On-Demand it costs {price} an hour. A Savings Plan for one year takes {discount} off. The work can't be "
    "interrupted. Which way to buy costs least?"
)
WAYS = ("on_demand", "savings_plan", "spot", "dedicated_host")


def week(dice: Dice, catalogue: Catalogue) -> Case | None:
    """Ask whether to commit to a machine that runs some hours a week."""
    wanted = dice.wanted(("on_demand", "savings_plan"))
    instance_type = dice.pick(market.accelerated(catalogue.snapshot))
    price = catalogue.price(instance_type, "us-east-1", "", "on_demand_hour").figure
    hours, discount = dice.between(30, 164, 2), dice.hundredths(20, 60, 5)
    if abs(hours / WEEK - (1 - discount)) < NEAR:
        return None
    inputs = {
        "instance_type": instance_type,
        "hours_per_week": hours,
        "savings_plan_discount_ratio": discount,
        "hourly_demand_instances": None,
    }
    verdict = quiet.purchases(inputs, catalogue)
    if verdict.recommended.purchase != wanted:
        return None
    steady = verdict.case.steady
    given = (
        Given("who", firm := dice.pick(businesses.FIRMS), firm),
        Given("type", instance_type, instance_type),
        count("hours", hours),
        usd("price", price),
        percent("discount", discount),
    )
    plan, on_demand = steady.savings_plan_usd_per_month, steady.on_demand_usd_per_month
    why = {
        "on_demand": f"It runs {shown.percent(hours / WEEK)} of the time, which is enough for a plan.",
        "savings_plan": "A plan is paid for all 168 hours of the week, also while the machine is off.",
        "spot": "The work can't be interrupted.",
        "dedicated_host": "Nothing ties the work to a physical server.",
    }
    return Case(
        kind="choice",
        text=tell(dice.pick(MACHINE) + MACHINE_PLAN, given),
        given=given,
        unit="",
        answer=wanted,
        slips=tuple(Slip(each, why[each]) for each in WAYS if each != wanted),
        choices=tuple(Choice(each, PURCHASES[each].removesuffix(" for the peak")) for each in WAYS),
        explanation=f"It runs {shown.percent(hours / WEEK)} of the time, and a plan pays above "
        f"{shown.percent(1 - discount)}. A month costs {shown.usd(on_demand)} On-Demand and {shown.usd(plan)} with a "
        "plan.",
        calculator="compute-purchase",
        inputs=inputs,
        output="commitment_break_even_utilisation_ratio",
        settles=steady.break_even_utilisation_ratio,
        steps=(
            "commitment_break_even_utilisation_ratio",
            "instance_hours_per_month",
            "options.on_demand.usd_per_month",
            "options.savings_plan.usd_per_month",
        ),
    )


def saving(dice: Dice, catalogue: Catalogue) -> Case | None:
    """Ask which share of the On-Demand bill the best commitment saves."""
    drawn = _profile(dice, catalogue)
    if drawn is None:
        return None
    given, inputs, text = drawn
    steady = quiet.purchase(inputs, catalogue).steady
    saved, whole = steady.mix_saving_ratio, steady.on_demand_usd_per_month
    price = steady.usd_per_hour
    slips = (
        Slip(
            steady.discount_ratio,
            "This is the discount itself. It is not taken off what runs On-Demand, and idle hours cost.",
        ),
        Slip(
            1 - steady.savings_plan_usd_per_month / whole,
            "You committed to the peak. It is there too few hours to pay.",
        ),
        Slip(
            1 - steady.usd_per_month(min(price)) / whole, "You committed to the least demand. A higher level pays too."
        ),
        Slip(saved * 100, "You gave per cent without the sign: as a ratio it lies between 0 and 1."),
        Slip(1 - saved, "This is the share of the bill that is left. Asked is the share that is saved."),
    )
    question = (
        "Which share of the On-Demand bill does the best commitment save? Answer in per cent with the sign, or as a "
        "ratio."
    )
    return Case(
        kind="number",
        text=tell(text + question, given),
        given=given,
        unit="ratio",
        answer=saved,
        slips=tuple(each for each in slips if each.value > 0),
        explanation=f"A month costs {shown.usd(whole)} On-Demand and {shown.usd(steady.mix_usd_per_month)} with the "
        f"best commitment of {shown.usd(steady.commitment_usd_per_hour)} an hour.",
        calculator="compute-purchase",
        inputs=inputs,
        output="mix_saving_ratio",
        steps=(
            "instance_hours_per_month",
            "options.on_demand.usd_per_month",
            "best_commitment_usd_per_hour",
            "options.mix.usd_per_month",
            "mix_saving_ratio",
        ),
    )


TOPIC = Topic(
    "commitment-sizing",
    "Commitment sizing",
    (
        Form("commitment", "1-compute/matching-the-workload", commitment),
        Form("saving", "1-compute/matching-the-workload", saving),
        Form("week", "1-compute/matching-the-workload", week),
        Form("ways-in-order", "1-compute/purchase-options", ways_in_order),
    ),
)
