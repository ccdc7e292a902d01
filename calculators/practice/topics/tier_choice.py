"""Tier choice: offered by the model, suitable for the work, and only then the price."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from calculators import shown
from calculators.practice import businesses, market, quiet
from calculators.practice.cases import Case, Choice, Form, Given, Slip, Topic, tell
from calculators.practice.facts import count, percent, usd, who
from calculators.tier_rules import TIERS

if TYPE_CHECKING:
    from calculators.catalogue import Catalogue
    from calculators.practice.dice import Dice
    from calculators.practice.market import Route
    from calculators.tier_judgement import Verdict

LEAST_APART = Decimal("1.05")
LEAST_PREFIX = 4_500  # every model of the catalogue caches so long a prefix
CHOICES = ("standard", "standard_cached", "flex", "priority", "batch")
ASSURED = ("standard", "priority", "batch", "reserved", "provisioned")
OFFERS = {
    "flex": "Flex",
    "priority": "Priority",
    "batch": "Batch",
    "reserved": "Reserved",
    "provisioned": "Provisioned Throughput",
}
WRONG = {
    "standard": "Standard serves at once and at the full price.",
    "standard_cached": "Prompt caching lowers the price of tokens that are read again, not the wait.",
    "flex": "Flex is for work that may wait some minutes or longer.",
    "priority": "Priority costs more than Standard, for faster answers.",
    "batch": "Batch may take a day, and takes requests that stand alone.",
    "reserved": "Reserved holds tokens a minute, by the month.",
    "provisioned": "Provisioned Throughput holds model units, by the hour.",
}
REQUESTS = (
    "{who} with {model}. A month has {requests} requests of {input} input and {output} output tokens. ",
    "{who}. {model} answers {requests} requests a month; each has {input} input and {output} output tokens. ",
)
PREFIX = (
    "The first {prefix} input tokens are the same each time; with caching, {hit} of the requests read them from the "
    "cache and the others write them. "
)
NO_PREFIX = "No two requests begin with the same words. "
CACHE_PRICES = "A cache read costs {cache_read_price}, a cache write {cache_write_5m_price}. "
ON_DEMAND_PRICES = "On demand, 1 million tokens cost {input_price} for input and {output_price} for output. "
RULE = "Flex and Batch cost half of Standard, Priority 1.75 times as much. "
QUESTION = "Which way to pay fits best?"


def _load(dice: Dice, route: Route, *, phrases: tuple[str, ...]) -> tuple[list[Given], dict[str, Any], str]:
    """Draw who sends how much to a model, with a shared prefix where the model has cache prices."""
    values = {"requests": dice.round_amount(4, 6), "output": dice.between(100, 900, 50)}
    prefix, rest, hit = (
        dice.between(LEAST_PREFIX, 14_000, 500),
        dice.between(300, 4_000, 100),
        dice.hundredths(4, 96, 4),
    )
    is_shared = route.has("cache_read", "cache_write_5m")
    values["input"] = rest + prefix if is_shared else rest
    given = [who(dice, phrases), Given("model", route.name, route.name), route.price("input"), route.price("output")]
    given += [count(name, value) for name, value in values.items()]
    inputs: dict[str, Any] = {
        **route.inputs,
        "requests_per_month": values["requests"],
        "input_tokens_per_request": values["input"],
        "output_tokens_per_request": values["output"],
        "cached_prefix_tokens": prefix if is_shared else Decimal(0),
        "cache_ttl": "5m" if is_shared else "none",
        "deferrable_ratio": Decimal(0),
        "acceptable_wait": "none",
    }
    text = dice.pick(REQUESTS)
    text += PREFIX if is_shared else NO_PREFIX
    if is_shared:
        inputs["cache_hit_ratio"] = hit
        given += [
            count("prefix", prefix),
            percent("hit", hit),
            route.price("cache_read"),
            route.price("cache_write_5m"),
        ]
    return given, inputs, text


def _offers(route: Route, catalogue: Catalogue) -> str:
    """Say which tiers the model offers on the route."""
    known = [words for tier, words in OFFERS.items() if catalogue.offered(*_asked(route), tier).is_offered]
    caching = ["prompt caching"] if route.has("cache_read", "cache_write_5m") else []
    *most, last = ["Standard", *caching, *known]
    return f"This model offers {', '.join(most)} and {last}. " if most else f"This model offers {last} alone. "


def _asked(route: Route) -> tuple[str, str, str]:
    return route.model_id, route.region, route.routing


def _prices(inputs: dict[str, Any]) -> str:
    return ON_DEMAND_PRICES + (CACHE_PRICES if inputs["cache_ttl"] != "none" else "") + RULE


def _case(
    inputs: dict[str, Any],
    given: list[Given],
    text: str,
    *,
    wanted: str,
    choices: tuple[str, ...],
    catalogue: Catalogue,
) -> Case | None:
    """Return the case if the calculator recommends what was wanted, clearly."""
    verdict = quiet.tiers(inputs, catalogue)
    best = verdict.fitting[0]
    assert best.usd_per_month is not None  # noqa: S101 - what fits has a price
    second = next((each.usd_per_month for each in verdict.fitting[1:]), None)
    if best.tier != wanted or (second is not None and second < best.usd_per_month * LEAST_APART):
        return None
    moved = ["input_tokens_per_request", "output_tokens_per_request", "requests_per_month"]
    moved += ["cache_hit_ratio", "cached_prefix_tokens"] if inputs["cache_ttl"] != "none" else []
    if not quiet.is_steady(inputs, moved, lambda changed: quiet.tiers(changed, catalogue).fitting[0].tier):
        return None
    return Case(
        kind="choice",
        text=tell(text, given),
        given=tuple(given),
        unit="",
        answer=best.tier,
        slips=tuple(Slip(tier, _why(tier, verdict)) for tier in choices if tier != best.tier),
        choices=tuple(Choice(tier, TIERS[tier]) for tier in choices),
        explanation=_explanation(verdict, choices),
        calculator="tier-selection",
        inputs=inputs,
        output="recommended.usd_per_month",
        settles=best.usd_per_month,
        steps=(
            "recommended.usd_per_month",
            *(f"options.{each.tier}.usd_per_month" for each in verdict.fitting if each.tier in choices),
        ),
    )


def _why(tier: str, verdict: Verdict) -> str:
    """Say what speaks against a tier: not offered, not suitable, or dearer."""
    option = next(each for each in verdict.options if each.tier == tier)
    best = verdict.recommended
    if not option.offered:
        return f"{WRONG[tier]} This model does not offer it."
    if not option.suitable:
        return f"{option.reasons[0][:1].upper()}{option.reasons[0][1:]}."
    assert option.usd_per_month is not None  # noqa: S101 - what fits has a price
    dearer = shown.usd(option.usd_per_month - best.usd_per_month)
    return f"{WRONG[tier]} It would do, but costs {dearer} a month more."


def _explanation(verdict: Verdict, choices: tuple[str, ...]) -> str:
    best, *others = (each for each in verdict.fitting if each.tier in choices)
    assert best.usd_per_month is not None  # noqa: S101 - what fits has a price
    told = f"{TIERS[best.tier]} costs {shown.usd(best.usd_per_month)} a month"
    if not others:
        return f"{told}, and is the only way that is offered and suits the work."
    assert others[0].usd_per_month is not None  # noqa: S101 - the same
    return f"{told}; the next that suits, {TIERS[others[0].tier]}, costs {shown.usd(others[0].usd_per_month)}."


WAITING = (
    "People wait for each answer; the usual pace of the model is good enough. ",
    "Every request comes from somebody at a screen, who is content with the model's usual pace. ",
)
HURRY = (
    "People wait for each answer, and it must come faster than Standard gives; that is worth paying for. ",
    "Each answer is read out in a live call: it has to come faster than Standard makes it. ",
)


def live(dice: Dice, catalogue: Catalogue) -> Case | None:
    """Ask for the tier of work that people wait for."""
    wanted = dice.wanted(("standard", "standard_cached", "priority"))
    tier = "priority" if wanted == "priority" else ""
    route = dice.pick(market.routes(catalogue.snapshot, "input", "output", tier=tier))
    given, inputs, text = _load(dice, route, phrases=businesses.CHATS)
    inputs["needs_lower_latency"] = wanted == "priority"
    need = dice.pick(HURRY if wanted == "priority" else WAITING)
    text += need + _offers(route, catalogue) + _prices(inputs) + QUESTION
    return _case(inputs, given, text, wanted=wanted, choices=CHOICES, catalogue=catalogue)


DUE = {
    "a_day": (
        "The results are due two days later. ",
        "It runs at the weekend, and nobody looks at the results before Monday evening. ",
    ),
    "hours": (
        "The results are due four hours after the data arrive. ",
        "The data come in at midnight, and the results must be there at six in the morning. ",
    ),
    "minutes": (
        "A result may be some minutes late; no time is promised. ",
        "Nobody minds if a result takes ten minutes more. ",
    ),
}
ALONE = {
    True: "Each request stands alone, without tools. ",
    False: "The model calls tools while it works on a request. ",
}


def archive(dice: Dice, catalogue: Catalogue) -> Case | None:
    """Ask for the tier of work that nobody waits for."""
    wanted = dice.wanted(("batch", "flex", "standard_cached", "standard"))
    tier = wanted if wanted in ("batch", "flex") else ""
    route = dice.pick(market.routes(catalogue.snapshot, "input", "output", tier=tier))
    given, inputs, text = _load(dice, route, phrases=businesses.BULKS)
    wait, is_alone = dice.pick(tuple(DUE)), bool(dice.below(3))
    inputs |= {"deferrable_ratio": Decimal(1), "acceptable_wait": wait, "independent_requests": is_alone}
    text += dice.pick(DUE[wait]) + ALONE[is_alone] + _offers(route, catalogue) + _prices(inputs) + QUESTION
    return _case(inputs, given, text, wanted=wanted, choices=CHOICES, catalogue=catalogue)


PENALTY = (
    "A contract sets a penalty for refused or slow answers, so the capacity must be assured. ",
    "Throttling at the peak is not acceptable: the capacity must be there at every minute. ",
)
UNIT = "A model unit is quoted at {unit} an hour for {unit_input} input and {unit_output} output tokens a minute. "
HELD = (
    "The account team quotes, for 1,000 tokens a minute held, {held_input} an hour for input and {held_output} an "
    "hour for output. "
)


def assured(dice: Dice, catalogue: Catalogue) -> Case | None:
    """Ask for the tier of work that needs assured capacity."""
    wanted = dice.wanted(("reserved", "provisioned"))
    route = dice.pick(market.routes(catalogue.snapshot, "input", "output", tier=wanted))
    given, inputs, text = _load(dice, route, phrases=businesses.CHATS)
    inputs |= {"needs_assured_capacity": True, "cached_prefix_tokens": Decimal(0), "cache_ttl": "none"}
    inputs.pop("cache_hit_ratio", None)
    given = [each for each in given if each.name not in ("prefix", "hit", "cache_read_price", "cache_write_5m_price")]
    text = text.replace(PREFIX, "").replace(NO_PREFIX, "")
    if wanted == "reserved":
        share = dice.hundredths(55, 80, 5)
        held = {side: (route.usd[side] * share * 60 / 1000).quantize(Decimal("0.001")) for side in ("input", "output")}
        given += [usd(f"held_{side}", value) for side, value in held.items()]
        inputs |= {f"reserved_{side}_usd_per_ktpm_hour": value for side, value in held.items()}
        quote = HELD
    else:
        served_in, served_out = dice.between(60_000, 300_000, 20_000), dice.between(10_000, 60_000, 5_000)
        price = dice.between(4, 40)
        given += [usd("unit", price), count("unit_input", served_in), count("unit_output", served_out)]
        inputs |= {
            "unit_usd_per_hour": price,
            "unit_input_tokens_per_minute": served_in,
            "unit_output_tokens_per_minute": served_out,
        }
        quote = UNIT
    text += dice.pick(PENALTY) + _offers(route, catalogue) + ON_DEMAND_PRICES + quote + QUESTION
    return _case(inputs, given, text, wanted=wanted, choices=ASSURED, catalogue=catalogue)


TOPIC = Topic(
    "tier-choice",
    "Tier choice",
    (
        Form("live", "2-pricing/reserved-capacity", live),
        Form("archive", "2-pricing/reserved-capacity", archive),
        Form("assured", "2-pricing/reserved-capacity", assured),
    ),
)
