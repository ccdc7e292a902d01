"""Availability: what a chain of parts, a second Region and a recovery pattern are worth."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from calculators import redundancy_sla, shown
from calculators.practice import businesses, quiet
from calculators.practice.cases import Case, Choice, Form, Given, Slip, Topic, tell
from calculators.practice.facts import count, number, usd
from calculators.redundancy_patterns import FOUR_PATTERNS

if TYPE_CHECKING:
    from calculators.catalogue import Catalogue
    from calculators.practice.dice import Dice

MINUTES, MONTHS, YEAR_HOURS = Decimal(43_800), Decimal(12), Decimal(8_766)
LEVELS = tuple(map(Decimal, ("0.99", "0.995", "0.998", "0.999", "0.9995", "0.9998", "0.9999")))
PARTS = ("the model", "the application", "the database", "the search index", "the sign-in service", "the network")
LEAST_APART = Decimal("1.05")


def _availability(name: str, value: Decimal) -> Given:
    return Given(name, value, shown.availability(value))


CHAIN = (
    "{who} answers customers with an assistant in one Region. For a request {list} must all work. ",
    "At {who}, each answer of the assistant needs {list}, all in the same Region; if one fails, there is no answer. ",
)
MINUTES_QUESTION = (
    "How many minutes a month is the service down on average? Failures are independent; a month has 43,800 minutes."
)


def _chain(dice: Dice) -> tuple[tuple[Given, ...], tuple[Decimal, ...], str]:
    """Draw parts in a chain: the facts, their availabilities, and the text."""
    parts = dice.shuffled(PARTS)[: 3 + dice.below(2)]
    levels = tuple(dice.pick(LEVELS) for _ in parts)
    given = (
        Given("who", firm := dice.pick(businesses.FIRMS), firm),
        *(_availability(f"part_{at}", level) for at, level in enumerate(levels, 1)),
    )
    words = [f"{part} ({{part_{at}}} available)" for at, part in enumerate(parts, 1)]
    return given, levels, dice.pick(CHAIN).replace("{list}", f"{', '.join(words[:-1])} and {words[-1]}")


def chain(dice: Dice, catalogue: Catalogue) -> Case:
    """Ask for the downtime of parts in a chain."""
    given, levels, text = _chain(dice)
    inputs = {"component_availability_ratios": levels, "regions": Decimal(1)}
    regions = quiet.regions(inputs, catalogue)
    down = regions.copy_down * MINUTES
    all_down = Decimal(1)
    for level in levels:
        all_down *= 1 - level
    slips = (
        Slip(all_down * MINUTES, "You counted the parts as if one were enough. In a chain all of them have to work."),
        Slip((1 - min(levels)) * MINUTES, "You counted the weakest part alone. The others fail too, at other times."),
        Slip(
            (1 - sum(levels, Decimal(0)) / len(levels)) * MINUTES,
            "You took the mean of the parts. In a chain their downtimes add up.",
        ),
        Slip(down * MONTHS, "This is the downtime of a year. Asked is a month."),
        Slip(down / 60, "This is the downtime in hours. Asked are minutes."),
    )
    return Case(
        kind="number",
        text=tell(text + MINUTES_QUESTION, given),
        given=given,
        unit="minutes per month",
        answer=down,
        slips=slips,
        explanation=f"All together work {shown.availability(regions.one_region_ratio)} of the time: the "
        f"availabilities are multiplied. What is missing to 100% is {shown.significant(down, 4)} minutes of a month.",
        calculator="redundancy",
        inputs=inputs,
        output="downtime_minutes_per_month",
        steps=("series_availability_ratio", "one_region_unavailability_ratio", "downtime_minutes_per_month"),
    )


SECOND = (
    (
        "{who} runs the same service in two Regions; one alone is {one} available. {shared} of a Region's downtime "
        "has a cause that hits both at once, such as a bad release. "
    ),
    (
        "A second Region stands ready at {who}. Each Region works {one} of the time. Of the time that one is down, "
        "{shared} is due to causes that take both down, such as a shared deployment. "
    ),
)


def second(dice: Dice, catalogue: Catalogue) -> Case:
    """Ask for the downtime of two Regions with shared causes."""
    one, shared = dice.pick(LEVELS[:5]), dice.hundredths(2, 20)
    given = (
        Given("who", firm := dice.pick(businesses.FIRMS), firm),
        _availability("one", one),
        Given("shared", shared, shown.percent(shared)),
    )
    inputs = {"component_availability_ratios": (one,), "regions": Decimal(2), "common_cause_ratio": shared}
    down = quiet.regions(inputs, catalogue).here.downtime_minutes_per_month
    alone = 1 - one
    slips = (
        Slip(
            alone * alone * MINUTES,
            "You let the Regions fail independently of each other. The shared causes are most of what is left.",
        ),
        Slip(alone * MINUTES, "This is one Region alone."),
        Slip(alone / 2 * MINUTES, "Two Regions do not halve the downtime: both have to be down at once."),
        Slip((1 - one * one) * MINUTES, "You counted the Regions as a chain. One of them is enough."),
        Slip(down * MONTHS, "This is the downtime of a year. Asked is a month."),
        Slip((1 - shared) * alone * MINUTES, "You took away the shared part. It is the part that remains."),
    )
    question = (
        "How many minutes a month is the service down, with both Regions? Other causes are independent; a month has "
        "43,800 minutes."
    )
    return Case(
        kind="number",
        text=tell(dice.pick(SECOND) + question, given),
        given=given,
        unit="minutes per month",
        answer=down,
        slips=slips,
        explanation=f"One Region is down {shown.significant(alone * MINUTES, 4)} minutes a month. Both are down "
        f"together by shared causes {shown.significant(shared * alone * MINUTES, 4)} minutes, and by chance hardly "
        f"ever: {shown.significant(down, 4)} minutes.",
        calculator="redundancy",
        inputs=inputs,
        output="downtime_minutes_per_month",
        steps=("unavailability_ratio", "availability_ratio", "downtime_minutes_per_month"),
    )


WORTH = (
    (
        "{who} thinks of a second Region for {cost} a month. One Region is {one} available; {shared} of its "
        "downtime has causes that would hit both. "
    ),
    (
        "For {cost} a month more, {who} could serve from a second Region. Today's Region works {one} of the time, "
        "and {shared} of its downtime comes from causes that a second Region shares. "
    ),
)


def worth(dice: Dice, catalogue: Catalogue) -> Case:
    """Ask from which loss an hour a second Region pays."""
    one, shared = dice.pick(LEVELS[:5]), dice.hundredths(2, 25)
    cost = dice.between(1_000, 12_000, 200)
    given = (
        Given("who", firm := dice.pick(businesses.FIRMS), firm),
        usd("cost", cost),
        _availability("one", one),
        Given("shared", shared, shown.percent(shared)),
    )
    inputs = {
        "component_availability_ratios": (one,),
        "regions": Decimal(2),
        "common_cause_ratio": shared,
        "extra_region_usd_per_month": cost,
    }
    regions = quiet.regions(inputs, catalogue)
    loss = regions.break_even_loss()
    assert loss is not None  # noqa: S101 - two Regions avoid some downtime
    alone = 1 - one
    avoided = regions.rungs[0].unavailability_ratio - regions.here.unavailability_ratio
    slips = (
        Slip(loss / MONTHS, "You set a month of cost against a year of downtime."),
        Slip(
            MONTHS * cost / (YEAR_HOURS * alone),
            "You let the second Region remove all downtime. The shared causes stay.",
        ),
        Slip(
            MONTHS * cost / (YEAR_HOURS * regions.here.unavailability_ratio),
            "You divided by the downtime that stays. Divide by what is avoided.",
        ),
        Slip(loss / 60, "This is the loss of a minute. Asked is an hour."),
        Slip(MONTHS * cost, "This is what the Region costs in a year. Divide it by the hours that it avoids."),
    )
    question = "From which loss per hour of downtime does the second Region pay, in US dollars? A year has 8,766 hours."
    return Case(
        kind="number",
        text=tell(dice.pick(WORTH) + question, given),
        given=given,
        unit="USD per hour",
        answer=loss,
        slips=slips,
        explanation=f"A year costs {shown.usd(MONTHS * cost)} more and avoids "
        f"{shown.significant(avoided * YEAR_HOURS, 4)} hours of downtime: {shown.usd(loss)} for each.",
        calculator="redundancy",
        inputs=inputs,
        output="break_even_loss_usd_per_hour",
        steps=(
            "one_region_unavailability_ratio",
            "unavailability_ratio",
            "extra_usd_per_year",
            "hours_avoided_per_year",
            "break_even_loss_usd_per_hour",
        ),
    )


CREDIT = (
    (
        "{who} pays {bill} a month for Amazon Bedrock in one Region. In a month of 43,800 minutes it was down for "
        "{down} minutes; an hour of that cost the firm {loss} of business. "
    ),
    (
        "In the Region of {who} Amazon Bedrock was down for {down} minutes of a month (43,800 minutes). The month's "
        "Bedrock bill there is {bill}, and the firm lost {loss} for each hour. "
    ),
)
CREDIT_STEPS = (
    "The service level agreement credits 10% of the bill below 99.9% uptime, 25% below 99% and 100% below 95%. How "
    "much does it credit, in US dollars?"
)


def credit(dice: Dice, catalogue: Catalogue) -> Case | None:
    """Ask for the credit of the SLA after an outage."""
    del catalogue  # the steps of the agreement are in the text
    down, bill = dice.between(20, 2_600, 10), dice.between(2_000, 60_000, 500)
    loss = dice.between(1_000, 20_000, 500)
    share = _credited(down)
    if not share or any(_credited(down * each) != share for each in quiet.NEAR):
        return None
    given = (
        Given("who", firm := dice.pick(businesses.FIRMS), firm),
        usd("bill", bill),
        count("down", down),
        usd("loss", loss),
    )
    others = {Decimal("0.1"), Decimal("0.25"), Decimal(1)} - {share}
    slips = (
        Slip(
            loss * down / 60, "This is what the outage cost. The agreement gives back a part of the bill, not the loss."
        ),
        *(
            Slip(
                each * bill,
                f"You took the step of {shown.percent(each)}. Compare the uptime of the month with the three limits.",
            )
            for each in sorted(others)
        ),
        Slip(
            bill * down / MINUTES,
            "You gave back the bill for the minutes of the outage. The agreement has three steps.",
        ),
        Slip(share * loss * down / 60, "You took the share of the loss. It is a share of the bill."),
    )
    return Case(
        kind="number",
        text=tell(dice.pick(CREDIT) + CREDIT_STEPS, given),
        given=given,
        unit="USD",
        answer=share * bill,
        slips=slips,
        explanation=f"Uptime was {shown.availability(1 - down / MINUTES)}, so the credit is {shown.percent(share)} "
        f"of the bill: {shown.usd(share * bill)}, against a loss of {shown.usd(loss * down / 60)}.",
        calculator="redundancy",
        inputs={"downtime_minutes": down, "service_bill_usd": bill, "loss_usd_per_hour": loss},
        output="sla_credit_usd",
        steps=("sla_uptime_ratio", "sla_credit_ratio", "sla_credit_usd", "loss_usd"),
    )


def _credited(down: Decimal) -> Decimal:
    return redundancy_sla.credit_ratio(1 - down / MINUTES)


RECOVERY = (
    (
        "{who} expects {events} regional failures a year. While it is down it loses {down} an hour; each hour of "
        "lost data costs {data}. "
    ),
    (
        "At {who} an hour of downtime costs {down}, and what was written in a lost hour costs {data} to enter "
        "again. A failure of the Region is expected {events} times a year. "
    ),
)
PATTERNS = "Four ways to recover: {table}. Which costs least in a year, losses included?"
ROWS = {
    1: "{name} costs {cost_#} a month, works again after {rto_#} hours and loses {rpo_#} hours of data",
    2: "{name} {cost_#}, {rto_#} hours and {rpo_#} hours",
}


def pattern(dice: Dice, catalogue: Catalogue) -> Case | None:
    """Ask for the recovery pattern of least yearly cost."""
    del catalogue  # the costs of the patterns are in the text
    names = tuple(each.name for each in FOUR_PATTERNS)
    wanted = dice.wanted(names)
    events, down = dice.pick(tuple(map(Decimal, ("0.1", "0.2", "0.25", "0.5", "2", "3")))), dice.round_amount(3, 6)
    data = dice.round_amount(3, 5)
    monthly = sorted(dice.round_amount(2, 4) + step for step in (100, 700, 2_000, 5_000))
    rto = (
        dice.between(12, 36, 6),
        dice.pick(tuple(map(Decimal, ("0.5", "0.75", "1.25", "1.5")))),
        dice.hundredths(10, 30, 5),
        dice.hundredths(2, 5),
    )
    rpo = (dice.between(4, 24, 2), dice.hundredths(10, 50, 10), dice.hundredths(1, 5), Decimal(0))
    rows = tuple(zip(names, monthly, rto, rpo, strict=True))
    inputs: dict[str, Any] = {
        "events_per_year": events,
        "loss_usd_per_hour": down,
        "data_loss_usd_per_hour": data,
        "patterns": [dict(zip(("name", "usd_per_month", "rto_hours", "rpo_hours"), row, strict=True)) for row in rows],
    }
    totals = {each.name: each.total_usd_per_year for each in quiet.patterns(inputs)}
    best, *others = sorted(totals, key=lambda each: totals[each])
    if best != wanted or totals[others[0]] < totals[best] * LEAST_APART:
        return None
    moved = ("events_per_year", "loss_usd_per_hour", "data_loss_usd_per_hour")
    if not quiet.is_steady(inputs, moved, _cheapest):
        return None
    facts: list[Given] = []
    words = []
    for at, (name, cost, hours, lost) in enumerate(rows, 1):
        facts += [usd(f"cost_{at}", cost), number(f"rto_{at}", hours), number(f"rpo_{at}", lost)]
        words.append(ROWS[min(at, 2)].replace("#", str(at)).replace("{name}", name.lower()))
    given = (
        Given("who", firm := dice.pick(businesses.FIRMS), firm),
        number("events", events),
        usd("down", down),
        usd("data", data),
        *facts,
    )
    text = dice.pick(RECOVERY) + PATTERNS.replace("{table}", "; ".join(words))
    told = ", ".join(f"{each.lower()} {shown.usd(totals[each])}" for each in (best, *others))
    return Case(
        kind="choice",
        text=tell(text, given),
        given=given,
        unit="",
        answer=best,
        slips=tuple(Slip(each, _why(each, rows, totals, best)) for each in names if each != best),
        choices=tuple(Choice(each, each) for each in names),
        explanation=f"A year costs, losses included: {told}.",
        calculator="redundancy",
        inputs=inputs,
        output="recommended_pattern",
        settles=best,
        steps=tuple(f"patterns.{each}." for each in names),
    )


def _cheapest(inputs: dict[str, Any]) -> str:
    return min(quiet.patterns(inputs), key=lambda each: each.total_usd_per_year).name


def _why(name: str, rows: tuple[Any, ...], totals: dict[str, Decimal], best: str) -> str:
    cost = {row[0]: row[1] for row in rows}
    more = shown.usd(totals[name] - totals[best])
    if cost[name] < cost[best]:
        return f"It is cheaper to hold, but the losses to be expected make it {more} a year dearer."
    return f"It recovers sooner, but that is not worth its price: {more} a year more."


TOPIC = Topic(
    "availability",
    "Availability",
    (
        Form("chain", "4-performance/regional-redundancy", chain),
        Form("second", "4-performance/regional-redundancy", second),
        Form("worth", "4-performance/regional-redundancy", worth),
        Form("credit", "4-performance/regional-redundancy", credit),
        Form("pattern", "4-performance/regional-redundancy", pattern),
    ),
)
