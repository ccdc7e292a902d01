"""Token bills: what a month of requests costs, with and without a cached prefix."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from calculators import shown
from calculators.practice import businesses, market
from calculators.practice.cases import Case, Choice, Form, Given, Slip, Topic, quietly, tell
from calculators.practice.facts import count, numbers, percent, who

if TYPE_CHECKING:
    from calculators.catalogue import Catalogue
    from calculators.practice.dice import Dice

MTOK = Decimal(10**6)
CACHED = ("input", "output", "cache_read", "cache_write_5m")
THOUSAND_FOR_MILLION = "You took the price of 1 million tokens for the price of 1,000."
LEAST_APART = Decimal("1.05")

WITH_CACHE = (
    (
        "{who} with {model}. A month has {requests} requests. Each sends {input} input tokens, of which {prefix} "
        "are a prefix that all requests share, and gets {output} output tokens. {hit} of the requests read the "
        "prefix from the cache; the others write it there. "
    ),
    (
        "{who}. Every request to {model} starts with the same {prefix} tokens of instructions; with the question it "
        "has {input} input tokens in all. The answer has {output} output tokens. A month has {requests} requests, "
        "and {hit} of them find the instructions in the cache. The others write them to the cache. "
    ),
)
PRICES = (
    "1 million tokens cost {input_price} for input, {cache_read_price} for a cache read, {cache_write_5m_price} for "
    "a cache write and {output_price} for output. "
)


def _cached(dice: Dice, catalogue: Catalogue, question: str) -> tuple[tuple[Given, ...], dict[str, object], str]:
    """Draw a workload with a shared prefix: its facts, the inputs of the calculator, the text."""
    route = dice.pick(market.routes(catalogue.snapshot, *CACHED))
    prefix = dice.between(1_500, 12_000, 500)
    values = {
        "requests": dice.round_amount(4, 6),
        "input": prefix + dice.between(200, 3_000, 100),
        "prefix": prefix,
        "output": dice.between(100, 900, 50),
    }
    hit = dice.hundredths(50, 95, 5)
    given = (
        who(dice, businesses.CHATS),
        Given("model", route.name, route.name),
        *(count(name, value) for name, value in values.items()),
        percent("hit", hit),
        *(route.price(meter) for meter in CACHED),
    )
    inputs = {
        **route.inputs,
        "requests_per_month": values["requests"],
        "input_tokens_per_request": values["input"],
        "cached_prefix_tokens": prefix,
        "output_tokens_per_request": values["output"],
        "cache_hit_ratio": hit,
    }
    return given, inputs, tell(dice.pick(WITH_CACHE) + PRICES + question, given)


def cached_month(dice: Dice, catalogue: Catalogue) -> Case:
    """Ask for the month's bill of a workload with a cached prefix."""
    given, inputs, text = _cached(dice, catalogue, "What does the month cost, in US dollars?")
    at = numbers(given)
    result = quietly("token-cost", inputs, catalogue)
    month = result.usd_per_month
    written = at["requests"] * (1 - at["hit"]) * at["prefix"] / MTOK
    read = at["requests"] * at["hit"] * at["prefix"] / MTOK
    out = at["requests"] * at["output"] / MTOK
    twice = month + (read + written) * at["input_price"]
    slips = (
        Slip(
            result.uncached_usd_per_month,
            "You paid the full input price for every input token. Those read from the cache cost less.",
        ),
        Slip(
            month - written * (at["cache_write_5m_price"] - at["input_price"]),
            "You left out the premium of the cache write: the requests that miss write the prefix, at the write price.",
        ),
        Slip(
            month - read * at["cache_read_price"] - written * at["cache_write_5m_price"],
            "You left out the two cache meters. Reading and writing the prefix costs money too.",
        ),
        Slip(
            month + written * (at["cache_read_price"] - at["cache_write_5m_price"]),
            "You let every request read the cache. Those that miss have to write it first, at the write price.",
        ),
        Slip(
            month - out * (at["output_price"] - at["input_price"]),
            "You took the input price for the output tokens. Output has a price of its own.",
        ),
        Slip(twice, "You counted the prefix twice: the input tokens of a request include it."),
        Slip(month * 1000, THOUSAND_FOR_MILLION),
    )
    return Case(
        kind="number",
        text=text,
        given=given,
        unit="USD per month",
        answer=month,
        slips=slips,
        explanation=f"One request costs {shown.usd(result.usd_per_request)}: four meters, each with its own price. A "
        f"month of {at['requests']:,f} of them costs {shown.usd(month)}.",
        calculator="token-cost",
        inputs=inputs,
        output="usd_per_month",
        steps=("meters.", "usd_per_request", "usd_per_month"),
    )


def cache_saving(dice: Dice, catalogue: Catalogue) -> Case | None:
    """Ask which share of the bill a cached prefix saves."""
    question = (
        "Which share of the bill without caching does the cache save? Answer in per cent with the sign, or as a ratio."
    )
    given, inputs, text = _cached(dice, catalogue, question)
    at = numbers(given)
    result = quietly("token-cost", inputs, catalogue)
    saving, plain = result.cache_saving_ratio, result.uncached_usd_per_month
    if saving < Decimal("0.05"):
        return None
    written = at["requests"] * (1 - at["hit"]) * at["prefix"] / MTOK
    at_read_price = result.usd_per_month + written * (at["cache_read_price"] - at["cache_write_5m_price"])
    slips = (
        Slip(
            1 - result.input_output_only_usd_per_month / plain,
            "You left out the two cache meters. Reading and writing the prefix costs money too.",
        ),
        Slip(
            saving + written * (at["cache_write_5m_price"] - at["input_price"]) / plain,
            "You left out the premium of the cache write.",
        ),
        Slip(
            1 - at_read_price / plain,
            "You let every request read the cache. Those that miss have to write it first, at the write price.",
        ),
        Slip(
            at["hit"] * at["prefix"] / at["input"],
            "This is the share of the input tokens that is read from the cache, not the share of the money saved.",
        ),
        Slip(saving * 100, "You gave per cent without the sign: as a ratio it lies between 0 and 1."),
        Slip(1 - saving, "This is the share of the bill that is left. Asked is the share that is saved."),
    )
    return Case(
        kind="number",
        text=text,
        given=given,
        unit="ratio",
        answer=saving,
        slips=slips,
        explanation=f"Without caching the month costs {shown.usd(plain)}, with it {shown.usd(result.usd_per_month)}: "
        f"{shown.percent(saving)} less.",
        calculator="token-cost",
        inputs=inputs,
        output="cache_saving_ratio",
        steps=("usd_per_request", "usd_per_month", "uncached_usd_per_month", "cache_saving_ratio"),
    )


CONVERSATIONS = (
    (
        "{who} with {model}, without caching. There are {conversations} conversations a month of {turns} turns "
        "each, and every turn is one request. On average a request has {input} input tokens and {output} output "
        "tokens. "
    ),
    (
        "{who}. Each month {conversations} people talk to {model}. A talk takes {turns} requests. On average a "
        "request sends {input} tokens and gets {output} back; nothing is cached. "
    ),
)


def conversations(dice: Dice, catalogue: Catalogue) -> Case:
    """Ask for the month's bill of conversations of several turns."""
    route = dice.pick(market.routes(catalogue.snapshot, "input", "output"))
    talks, turns = dice.round_amount(3, 5), dice.between(3, 12)
    tokens_in, tokens_out = dice.between(600, 6_000, 100), dice.between(80, 700, 20)
    given = (
        who(dice, businesses.CHATS),
        Given("model", route.name, route.name),
        count("conversations", talks),
        count("turns", turns),
        count("input", tokens_in),
        count("output", tokens_out),
        route.price("input"),
        route.price("output"),
    )
    prices = "1 million input tokens cost {input_price}, 1 million output tokens {output_price}. "
    text = tell(dice.pick(CONVERSATIONS) + prices + "What does the month cost, in US dollars?", given)
    inputs = {
        **route.inputs,
        "requests_per_month": talks * turns,
        "input_tokens_per_request": tokens_in,
        "output_tokens_per_request": tokens_out,
        "cached_prefix_tokens": 0,
        "cache_ttl": "none",
    }
    result = quietly("token-cost", inputs, catalogue)
    month, p_in, p_out = result.usd_per_month, route.usd["input"], route.usd["output"]
    requests = talks * turns
    slips = (
        Slip(month / turns, "You counted one request for each conversation. Every turn is a request."),
        Slip(month * 1000, THOUSAND_FOR_MILLION),
        Slip(
            requests * (tokens_in + tokens_out) * p_in / MTOK,
            "You took the input price for the output tokens. Output has a price of its own.",
        ),
        Slip(requests * tokens_in * p_in / MTOK, "You left out the output tokens."),
        Slip(
            requests * (tokens_in * p_out + tokens_out * p_in) / MTOK,
            "You swapped the two prices: the higher one is for output.",
        ),
        Slip(month * 12, "This is the bill of a year. Asked is a month."),
    )
    return Case(
        kind="number",
        text=text,
        given=given,
        unit="USD per month",
        answer=month,
        slips=slips,
        explanation=f"{requests:,f} requests a month at {shown.usd(result.usd_per_request)} each: {shown.usd(month)}.",
        calculator="token-cost",
        inputs=inputs,
        output="usd_per_month",
        steps=("usd_per_request", "usd_per_month"),
    )


ORDERED = (
    "{who}. The team compares three models for {requests} requests a month of {input} input tokens each, without "
    "caching. They differ in price and in how much they write, thinking included. {first}: {first_input} for 1 "
    "million input tokens, {first_output} for 1 million output tokens, {first_tokens} output tokens a request. "
    "{second}: {second_input}, {second_output} and {second_tokens}. {third}: {third_input}, {third_output} and "
    "{third_tokens}. Put the models in order of the month's bill, the cheapest first."
)
PLACES = ("first", "second", "third")


def models_in_order(dice: Dice, catalogue: Catalogue) -> Case | None:
    """Ask for the order of three models, each with output of its own length, by the bill of one workload."""
    routes = dice.shuffled(market.routes(catalogue.snapshot, "input", "output", routing="in_region_or_geo"))[:3]
    requests, tokens_in = dice.round_amount(4, 6), dice.between(300, 4_000, 100)
    written = [dice.between(100, 2_500, 50) for _ in PLACES]
    states = [
        {
            **each.inputs,
            "requests_per_month": requests,
            "input_tokens_per_request": tokens_in,
            "output_tokens_per_request": tokens_out,
            "cached_prefix_tokens": 0,
            "cache_ttl": "none",
        }
        for each, tokens_out in zip(routes, written, strict=True)
    ]
    bills = [quietly("token-cost", state, catalogue).usd_per_month for state in states]
    ranked = sorted(range(len(routes)), key=lambda at: bills[at])
    by_price = sorted(range(len(routes)), key=lambda at: (routes[at].usd["output"], at))
    by_length = sorted(range(len(routes)), key=lambda at: (written[at], at))
    is_close = any(bills[dear] < bills[cheap] * LEAST_APART for cheap, dear in pairwise(ranked))
    if is_close or ranked in (by_price, by_length) or len({each.model_id for each in routes}) < len(routes):
        return None
    given = [who(dice, businesses.BULKS), count("requests", requests), count("input", tokens_in)]
    for place, each, tokens_out in zip(PLACES, routes, written, strict=True):
        given += [Given(place, each.model_id, each.name), count(f"{place}_tokens", tokens_out)]
        given += [each.price("input", f"{place}_input"), each.price("output", f"{place}_output")]
    slips = (
        Slip(_named(routes, ranked[::-1]), "This is the order from the dearest down. The cheapest comes first."),
        Slip(_named(routes, by_price), "This is the order by price. A cheap model that writes much can cost more."),
        Slip(_named(routes, by_length), "This is the order by length. A short answer at a high price can cost more."),
    )
    told = ", ".join(f"{routes[at].name} {shown.usd(bills[at])}" for at in ranked)
    return Case(
        kind="order",
        text=tell(ORDERED, given),
        given=tuple(given),
        unit="",
        answer=_named(routes, ranked),
        slips=slips,
        choices=tuple(Choice(each.model_id, each.name) for each in routes),
        explanation=f"The month's bills: {told}.",
        calculator="token-cost",
        inputs=states[ranked[0]],
        output="usd_per_month",
        settles=bills[ranked[0]],
        steps=("usd_per_request", "usd_per_month"),
    )


def _named(routes: list[market.Route], order: list[int]) -> tuple[str, ...]:
    """Return the ids of the models in an order."""
    return tuple(routes[at].model_id for at in order)


TOPIC = Topic(
    "token-bills",
    "Token bills",
    (
        Form("cached-month", "2-pricing/token-pricing", cached_month),
        Form("cache-saving", "2-pricing/token-pricing", cache_saving),
        Form("conversations", "2-pricing/token-pricing", conversations),
        Form("models-in-order", "2-pricing/model-choice", models_in_order),
    ),
)
