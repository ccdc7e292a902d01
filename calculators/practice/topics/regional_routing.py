"""Regional routing: what staying in a geography or a Region costs, and which route a rule allows."""

from __future__ import annotations

import itertools
from decimal import Decimal
from typing import TYPE_CHECKING

from calculators import shown
from calculators.practice import businesses, market
from calculators.practice.cases import Case, Choice, Form, Given, Slip, Topic, quietly, tell
from calculators.practice.facts import count, percent, usd, who

if TYPE_CHECKING:
    from calculators.catalogue import Catalogue
    from calculators.practice.dice import Dice
    from calculators.practice.market import Route

MTOK = Decimal(10**6)
PREMIUM = Decimal("0.1")
LEAST_APART = Decimal("1.05")
GEOGRAPHIES = {
    "us-east-1": "the United States",
    "us-west-2": "the United States",
    "eu-central-1": "the European Union",
    "eu-west-1": "the European Union",
    "ap-northeast-1": "Japan",
    "ap-southeast-2": "Australia",
}
LOAD = (
    (
        "{who} with {model}, called from {region}: {requests} requests a month of {input} input and {output} output "
        "tokens, without caching. "
    ),
    (
        "{who}. Its application in {region} sends {requests} requests a month to {model}, each of {input} input and "
        "{output} output tokens; nothing is cached. "
    ),
)


def _load(dice: Dice, route: Route) -> tuple[tuple[Given, ...], dict[str, object], tuple[Decimal, Decimal, Decimal]]:
    """Draw a load for a route: the facts, the inputs, and its three numbers."""
    requests, tokens_in, tokens_out = dice.round_amount(4, 6), dice.between(500, 6_000, 100), dice.between(100, 900, 50)
    given = (
        who(dice, businesses.CHATS),
        Given("model", route.name, route.name),
        Given("region", route.region, market.PLACES[route.region]),
        count("requests", requests),
        count("input", tokens_in),
        count("output", tokens_out),
    )
    inputs = {
        **route.inputs,
        "requests_per_month": requests,
        "input_tokens_per_request": tokens_in,
        "output_tokens_per_request": tokens_out,
        "cached_prefix_tokens": 0,
        "cache_ttl": "none",
    }
    return given, inputs, (requests, tokens_in, tokens_out)


def _month(load: tuple[Decimal, Decimal, Decimal], p_in: Decimal, p_out: Decimal) -> Decimal:
    requests, tokens_in, tokens_out = load
    return requests * (tokens_in * p_in + tokens_out * p_out) / MTOK


def _profiles(dice: Dice, catalogue: Catalogue) -> tuple[str, Route, Route | None]:
    """Return a Region, a model's route that stays in its geography, and its global route where it has one."""
    region = dice.pick(tuple(GEOGRAPHIES))
    geo = dice.pick(market.routes(catalogue.snapshot, "input", "output", region=region, routing="in_region_or_geo"))
    anywhere = market.routes(catalogue.snapshot, "input", "output", region=region, routing="global")
    return region, geo, next((each for each in anywhere if each.model_id == geo.model_id), None)


GEO_PRICES = (
    "Through the global profile 1 million tokens cost {global_input} for input and {global_output} for output. A "
    "rule keeps the data in {geography}: the geographic profile costs {premium} more. What does the month cost, in "
    "US dollars?"
)


def premium(dice: Dice, catalogue: Catalogue) -> Case | None:
    """Ask for the bill of a route that stays in its geography, from the global price."""
    region, geo, anywhere = _profiles(dice, catalogue)
    if anywhere is None or any(geo.usd[each] != anywhere.usd[each] * (1 + PREMIUM) for each in ("input", "output")):
        return None
    given, inputs, load = _load(dice, geo)
    given = (
        *given,
        anywhere.price("input", "global_input"),
        anywhere.price("output", "global_output"),
        Given("geography", GEOGRAPHIES[region], GEOGRAPHIES[region]),
        percent("premium", PREMIUM),
    )
    month, cheap = (
        quietly("token-cost", inputs, catalogue).usd_per_month,
        _month(load, anywhere.usd["input"], anywhere.usd["output"]),
    )
    slips = (
        Slip(cheap, "This is the price of the global profile, which may answer anywhere in the world."),
        Slip(cheap * (1 - PREMIUM), "You took the premium off. The global profile is the cheaper one."),
        Slip(month - cheap, "This is the premium alone. Asked is the whole bill."),
        Slip(month * 1000, "You took the price of 1 million tokens for the price of 1,000."),
        Slip(
            _month(load, geo.usd["input"], geo.usd["input"]),
            "You took the input price for the output tokens. Output has a price of its own.",
        ),
    )
    return Case(
        kind="number",
        text=tell(dice.pick(LOAD) + GEO_PRICES, given),
        given=given,
        unit="USD per month",
        answer=month,
        slips=slips,
        explanation=f"Through the global profile the month costs {shown.usd(cheap)}. Staying in "
        f"{GEOGRAPHIES[region]} adds {shown.usd(month - cheap)}: {shown.usd(month)}.",
        calculator="token-cost",
        inputs=inputs,
        output="usd_per_month",
        steps=("usd_per_request", "usd_per_month"),
    )


LIST_PRICES = (
    "1 million tokens cost, input and output: in {region} {here_input} and {here_output}, in {other} {there_input} "
    "and {there_output}. The data must stay in {region}. What does the month cost, in US dollars?"
)


def list_price(dice: Dice, catalogue: Catalogue) -> Case | None:
    """Ask for the bill in a Region whose list price differs from another's."""
    here, there = dice.shuffled(tuple(market.PLACES))[:2]
    route = dice.pick(market.routes(catalogue.snapshot, "input", "output", region=here, routing="in_region_or_geo"))
    other = next(
        (
            each
            for each in market.routes(catalogue.snapshot, "input", "output", region=there, routing="in_region_or_geo")
            if each.model_id == route.model_id
        ),
        None,
    )
    if other is None or other.usd["input"] == route.usd["input"]:
        return None
    given, inputs, load = _load(dice, route)
    given = (
        *given,
        Given("other", there, market.PLACES[there]),
        route.price("input", "here_input"),
        route.price("output", "here_output"),
        other.price("input", "there_input"),
        other.price("output", "there_output"),
    )
    month = quietly("token-cost", inputs, catalogue).usd_per_month
    p_in, p_out = route.usd["input"], route.usd["output"]
    slips = (
        Slip(
            _month(load, other.usd["input"], other.usd["output"]),
            f"You took the list price of {market.PLACES[there]}. A price holds for its own Region.",
        ),
        Slip(month * 1000, "You took the price of 1 million tokens for the price of 1,000."),
        Slip(
            _month(load, p_in, p_in), "You took the input price for the output tokens. Output has a price of its own."
        ),
        Slip(_month(load, p_out, p_in), "You swapped the two prices: the higher one is for output."),
        Slip(_month(load, p_in, Decimal(0)), "You left out the output tokens."),
    )
    return Case(
        kind="number",
        text=tell(dice.pick(LOAD) + LIST_PRICES, given),
        given=given,
        unit="USD per month",
        answer=month,
        slips=slips,
        explanation=f"At the prices of {market.PLACES[here]} the month costs {shown.usd(month)}; at those of "
        f"{market.PLACES[there]} it would be {shown.usd(_month(load, other.usd['input'], other.usd['output']))}.",
        calculator="token-cost",
        inputs=inputs,
        output="usd_per_month",
        steps=("usd_per_request", "usd_per_month"),
    )


def regions_in_order(dice: Dice, catalogue: Catalogue) -> Case | None:
    """Ask for the order of three Regions by the bill of one load on one model."""
    names = dice.shuffled(tuple(market.PLACES))[:3]
    model_id = dice.pick(
        ("amazon.nova-lite-v1:0", "amazon.nova-micro-v1:0", "amazon.nova-pro-v1:0", "openai.gpt-oss-120b-1:0")
    )
    found = {
        region: next(
            (
                each
                for each in market.routes(
                    catalogue.snapshot, "input", "output", region=region, routing="in_region_or_geo"
                )
                if each.model_id == model_id
            ),
            None,
        )
        for region in names
    }
    routes = {region: each for region, each in found.items() if each is not None}
    if len(routes) < len(names):
        return None
    given, inputs, load = _load(dice, routes[names[0]])
    bills = {region: _month(load, each.usd["input"], each.usd["output"]) for region, each in routes.items()}
    ranked = sorted(names, key=lambda each: bills[each])
    if any(bills[dear] < bills[cheap] * LEAST_APART for cheap, dear in itertools.pairwise(ranked)):
        return None
    inputs |= routes[ranked[0]].inputs
    cheapest = quietly("token-cost", inputs, catalogue).usd_per_month
    facts: list[Given] = []
    words = []
    for at, region in enumerate(names, 1):
        facts += [
            Given(f"region_{at}", region, market.PLACES[region]),
            routes[region].price("input", f"input_{at}"),
            routes[region].price("output", f"output_{at}"),
        ]
        words.append(f"in {{region_{at}}} {{input_{at}}} and {{output_{at}}}")
    given = (*(each for each in given if each.name != "region"), *facts)
    text = (
        f"{{who}} with {{model}}: {{requests}} requests a month of {{input}} input and {{output}} output tokens, "
        "without caching. The application may run in any of three Regions. 1 million tokens cost, input and output: "
        f"{', '.join(words)}. Put the Regions in order of the month's bill, the cheapest first."
    )
    told = ", ".join(f"{market.PLACES[each]} {shown.usd(bills[each])}" for each in ranked)
    slips = (
        Slip(tuple(ranked[::-1]), "This is the order from the dearest down. The cheapest comes first."),
        Slip((ranked[0], ranked[2], ranked[1]), "The cheapest is right. Compare the other two once more."),
        Slip((ranked[1], ranked[0], ranked[2]), "The dearest is right. Compare the other two once more."),
    )
    return Case(
        kind="order",
        text=tell(text, given),
        given=given,
        unit="",
        answer=tuple(ranked),
        slips=slips,
        choices=tuple(Choice(each, market.PLACES[each]) for each in names),
        explanation=f"The month's bills: {told}.",
        calculator="token-cost",
        inputs=inputs,
        output="usd_per_month",
        settles=cheapest,
        steps=("usd_per_request", "usd_per_month"),
    )


RULES = {
    "global": (
        "No rule says where the data may be read. ",
        "The texts are public, and may be processed anywhere in the world. ",
    ),
    "geo": (
        "By contract the data must not leave {geography}; within it any Region will do. ",
        "A regulator allows every Region of {geography}, and none outside. ",
    ),
}
PROFILE_PRICES = (
    "1 million tokens cost {global_input} and {global_output} (input and output) through the global profile, and "
    "{geo_input} and {geo_output} through the geographic profile of {geography}. Which route is the cheapest that "
    "the rule allows?"
)


def profile(dice: Dice, catalogue: Catalogue) -> Case | None:
    """Ask for the cheapest route that a rule about the data allows."""
    wanted = dice.wanted(tuple(RULES))
    region, geo, anywhere = _profiles(dice, catalogue)
    if anywhere is None:
        return None
    given, inputs, load = _load(dice, geo if wanted == "geo" else anywhere)
    bills = {
        "geo": _month(load, geo.usd["input"], geo.usd["output"]),
        "global": _month(load, anywhere.usd["input"], anywhere.usd["output"]),
    }
    if bills["geo"] < bills["global"] * LEAST_APART:
        return None
    given = (
        *given,
        *(anywhere.price(each, f"global_{each}") for each in ("input", "output")),
        *(geo.price(each, f"geo_{each}") for each in ("input", "output")),
        Given("geography", GEOGRAPHIES[region], GEOGRAPHIES[region]),
    )
    more = shown.usd(bills["geo"] - bills["global"])
    foreign = next(each for each in dict.fromkeys(GEOGRAPHIES.values()) if each != GEOGRAPHIES[region])
    labels = {
        "global": "The global profile",
        "geo": f"The geographic profile of {GEOGRAPHIES[region]}",
        "foreign": f"The geographic profile of {foreign}",
        "copies": "The global profile, called from two Regions",
    }
    why = {
        "global": "The global profile may answer from any Region in the world: the rule forbids that.",
        "geo": f"Nothing asks for it, and it costs {more} a month more.",
        "foreign": "A geographic profile serves the calls of its own geography.",
        "copies": "A second Region to call from changes neither the price nor where an answer may come from.",
    }
    text = dice.pick(LOAD) + dice.pick(RULES[wanted]) + PROFILE_PRICES
    return Case(
        kind="choice",
        text=tell(text, given),
        given=given,
        unit="",
        answer=wanted,
        slips=tuple(Slip(each, why[each]) for each in labels if each != wanted),
        choices=tuple(Choice(each, label) for each, label in labels.items()),
        explanation=f"A month costs {shown.usd(bills['global'])} through the global profile and "
        f"{shown.usd(bills['geo'])} through the geographic one. "
        + ("The rule leaves only the latter." if wanted == "geo" else "Without a rule the cheaper one is right."),
        calculator="token-cost",
        inputs=inputs,
        output="usd_per_month",
        settles=bills[wanted],
        steps=("usd_per_request", "usd_per_month"),
    )


COPIES = (
    (
        "{who} serves from {regions} Regions and copies {gb} GB of documents, vectors and logs a month from the "
        "first to each of the others. "
    ),
    (
        "From its main Region {who} replicates {gb} GB a month to each further Region; it serves from {regions} "
        "Regions in all. "
    ),
)


def copies(dice: Dice, catalogue: Catalogue) -> Case:
    """Ask what the replication between Regions costs."""
    del catalogue  # the rate is in the text
    regions, gb = dice.between(2, 4), dice.between(500, 20_000, 500)
    rate = dice.pick(tuple(map(Decimal, ("0.01", "0.02", "0.08"))))
    month = (regions - 1) * gb * rate
    given = (
        Given("who", firm := dice.pick(businesses.FIRMS), firm),
        count("regions", regions),
        count("gb", gb),
        usd("rate", rate),
    )
    slips = (
        Slip(regions * gb * rate, "You counted the first Region too. It copies to the others, not to itself."),
        Slip((regions - 1) * gb * rate * 12, "This is a year. Asked is a month."),
        Slip(regions * (regions - 1) * gb * rate, "You let every Region copy to every other. Only the first one does."),
        Slip(gb * rate / 1000, "You took the price of a GB for the price of a TB."),
    )
    question = "A GB copied to another Region costs {rate}. What does the replication cost in a month, in US dollars?"
    return Case(
        kind="number",
        text=tell(dice.pick(COPIES) + question, given),
        given=given,
        unit="USD per month",
        answer=month,
        slips=slips,
        explanation=f"{regions - 1:f} × {gb:,f} GB at {shown.price(rate)} cost {shown.usd(month)} a month.",
        calculator="redundancy",
        inputs={"regions": regions, "replicated_gb_per_month": gb, "transfer_usd_per_gb": rate},
        output="transfer_usd_per_month",
        steps=("transfer_usd_per_month",),
    )


TOPIC = Topic(
    "regional-routing",
    "Regional routing",
    (
        Form("premium", "4-performance/regional-redundancy", premium),
        Form("list-price", "4-performance/regional-redundancy", list_price),
        Form("regions-in-order", "4-performance/regional-redundancy", regions_in_order),
        Form("profile", "4-performance/regional-redundancy", profile),
        Form("copies", "4-performance/regional-redundancy", copies),
    ),
)
