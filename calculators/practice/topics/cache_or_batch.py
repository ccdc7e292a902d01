"""Cache or Batch: one halves every token, the other cuts those that are read again. Not both at once."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from calculators import shown
from calculators.practice import businesses, market, quiet
from calculators.practice.cases import Case, Choice, Form, Given, Slip, Topic, quietly, tell
from calculators.practice.facts import count, numbers, percent, who

if TYPE_CHECKING:
    from calculators.catalogue import Catalogue
    from calculators.practice.dice import Dice

MTOK = Decimal(10**6)
BOTH = ("input", "output", "cache_read", "cache_write_5m", "batch_input", "batch_output")
LEAST_PREFIX = 4_500  # every model of the catalogue caches so long a prefix
LEAST_APART = Decimal("1.05")
WAYS = {
    "standard": "On demand, without caching",
    "standard_cached": "On demand, with prompt caching",
    "batch": "Batch",
}

WHICH = (
    (
        "{who} with {model}. It is {requests} requests a month, and the results are due in two days. Each request "
        "sends {input} input tokens and gets {output} output tokens. The first {prefix} input tokens are the same "
        "in every request; sent back to back, {hit} of the requests would read them from the cache. "
    ),
    (
        "{who}. The job runs on {model} at the end of each month, and nobody waits for it: two days are fine. It "
        "has {requests} requests, each with {input} input and {output} output tokens. They share the same {prefix} "
        "tokens of instructions and examples. With caching on, {hit} of the requests would find these in the cache. "
    ),
)
WHICH_PRICES = (
    "1 million tokens cost on demand {input_price} for input, {cache_read_price} for a cache read, "
    "{cache_write_5m_price} for a cache write and {output_price} for output; in Batch {batch_input_price} for input "
    "and {batch_output_price} for output. Each request stands alone. Which way costs least?"
)


def which(dice: Dice, catalogue: Catalogue) -> Case | None:
    """Ask for the cheapest of plain on-demand, caching and Batch."""
    route = dice.pick(
        [each for each in market.routes(catalogue.snapshot, *BOTH, tier="batch") if _has_no_flex(each, catalogue)]
    )
    prefix = dice.between(LEAST_PREFIX, 20_000, 500)
    tokens_in = prefix + dice.between(300, 6_000, 100)
    wanted = dice.wanted(("standard_cached", "batch"))  # so that neither answer is the likely one
    values = {
        "requests": dice.round_amount(3, 6),
        "input": tokens_in,
        "output": dice.between(100, 1_500, 100),
        "prefix": prefix,
    }
    hit = dice.hundredths(10, 98, 4)
    inputs = {
        **route.inputs,
        "requests_per_month": values["requests"],
        "input_tokens_per_request": tokens_in,
        "cached_prefix_tokens": prefix,
        "output_tokens_per_request": values["output"],
        "cache_hit_ratio": hit,
        "deferrable_ratio": Decimal(1),
        "acceptable_wait": "a_day",
    }
    verdict = quiet.tiers(inputs, catalogue)
    usd = {each.tier: each.usd_per_month for each in verdict.fitting if each.tier in WAYS}
    if len(usd) < len(WAYS):
        return None
    best, *others = sorted((value, tier) for tier, value in usd.items() if value is not None)
    if best[1] != wanted or others[0][0] < best[0] * LEAST_APART:
        return None
    moved = ("input_tokens_per_request", "cached_prefix_tokens", "output_tokens_per_request", "cache_hit_ratio")
    if not quiet.is_steady(inputs, moved, lambda changed: quiet.tiers(changed, catalogue).fitting[0].tier):
        return None
    told = ", ".join(f"{WAYS[tier][:1].lower()}{WAYS[tier][1:]} {shown.usd(value)}" for value, tier in (best, *others))
    given = (
        who(dice, businesses.BULKS),
        Given("model", route.name, route.name),
        *(count(name, value) for name, value in values.items()),
        percent("hit", hit),
        *(route.price(meter) for meter in BOTH),
    )
    why = {
        "batch": (
            "Batch halves the price of every token, but it has no cache: the shared prefix is paid again each time."
        ),
        "standard_cached": "Caching cuts only the tokens that are read again, and writing them costs more than input.",
        "standard": "Nothing is saved this way, though the requests can wait and share a prefix.",
    }
    return Case(
        kind="choice",
        text=tell(dice.pick(WHICH) + WHICH_PRICES, given),
        given=given,
        unit="",
        answer=best[1],
        slips=tuple(Slip(tier, why[tier]) for tier in WAYS if tier != best[1]),
        choices=tuple(Choice(tier, label) for tier, label in WAYS.items()),
        explanation=f"A month costs: {told}.",
        calculator="tier-selection",
        inputs=inputs,
        output="recommended.usd_per_month",
        settles=best[0],
        steps=("options.standard.", "options.standard_cached.", "options.batch.", "recommended.", "runner_up."),
    )


def _has_no_flex(route: market.Route, catalogue: Catalogue) -> bool:
    return not catalogue.offered(route.model_id, route.region, route.routing, "flex").is_offered


THRESHOLD = (
    (
        "{who} with {model}. A request has {input} input and {output} output tokens. Part of the input can be read "
        "from the cache. "
    ),
    (
        "{who}. On {model} each request sends {input} input tokens, some of which the cache could hold, and gets "
        "{output} output tokens. "
    ),
)
THRESHOLD_PRICES = (
    "1 million tokens cost on demand {input_price} for input, {cache_read_price} for a cache read and "
    "{output_price} for output; in Batch {batch_input_price} for input and {batch_output_price} for output, without "
    "a cache. Leave the cost of cache writes aside. Up to which share of the input tokens read from the cache is "
    "Batch the cheaper way?"
)


def threshold(dice: Dice, catalogue: Catalogue) -> Case | None:
    """Ask for the cached share of the input below which Batch is cheaper."""
    route = dice.pick(market.routes(catalogue.snapshot, *BOTH, tier="batch"))
    tokens_in = dice.between(3_000, 40_000, 500)
    tokens_out = dice.between(100, 1_500, 50)
    inputs = {
        **route.inputs,
        "input_tokens_per_request": tokens_in,
        "output_tokens_per_request": tokens_out,
        "cached_prefix_tokens": tokens_in,
    }
    share = quietly("token-cost", inputs, catalogue).batch_beats_cache_below_ratio
    if share is None or share > Decimal("0.95"):
        return None
    given = (
        who(dice, businesses.BULKS),
        Given("model", route.name, route.name),
        count("input", tokens_in),
        count("output", tokens_out),
        *(route.price(meter) for meter in BOTH if meter != "cache_write_5m"),
    )
    at = numbers(given)
    saved_in, saved_out = at["input_price"] - at["batch_input_price"], at["output_price"] - at["batch_output_price"]
    by_reading = at["input_price"] - at["cache_read_price"]
    slips = (
        Slip(saved_in / by_reading, "You left out the output tokens: Batch halves them too, the cache does not."),
        Slip(
            (tokens_in * saved_in + tokens_out * saved_out) / (tokens_in * at["input_price"]),
            "You took a cache read for free. It costs a part of the input price.",
        ),
        Slip(share * 100, "You gave per cent without the sign: as a ratio it lies between 0 and 1."),
        Slip(1 - share, "This is the share that is not read from the cache."),
        Slip(
            (tokens_in * saved_in + tokens_out * saved_in) / (tokens_in * by_reading),
            "You took the input price for the output tokens. Output has a price of its own.",
        ),
    )
    return Case(
        kind="number",
        text=tell(dice.pick(THRESHOLD) + THRESHOLD_PRICES, given),
        given=given,
        unit="ratio",
        answer=share,
        slips=slips,
        explanation="Batch saves on every token, the cache only on those read again: they save the same where "
        f"{shown.percent(share)} of the input comes from the cache. Above it, caching is cheaper.",
        calculator="token-cost",
        inputs=inputs,
        output="batch_beats_cache_below_ratio",
        steps=("batch_beats_cache_below_ratio",),
    )


SPLIT = (
    (
        "{who} with {model}, at {requests} requests a month of {input} input and {output} output tokens, without "
        "caching. {share} of the requests may wait and move to Batch; {retry} of those fail there and are sent "
        "again on demand. "
    ),
    (
        "{who}. {model} gets {requests} requests a month, each of {input} input and {output} output tokens, and "
        "nothing is cached. The team moves the {share} that can wait a day to Batch. Of these, {retry} come back "
        "with an error and run again on demand. "
    ),
)
SPLIT_PRICES = (
    "1 million tokens cost on demand {input_price} for input and {output_price} for output, in Batch "
    "{batch_input_price} and {batch_output_price}. What does the month cost, in US dollars?"
)


def split(dice: Dice, catalogue: Catalogue) -> Case:
    """Ask for the month with a share in Batch, some of which is run again."""
    route = dice.pick(market.routes(catalogue.snapshot, "input", "output", "batch_input", "batch_output", tier="batch"))
    requests, share, retry = dice.round_amount(4, 6), dice.hundredths(20, 80, 5), dice.hundredths(4, 12)
    tokens_in, tokens_out = dice.between(500, 8_000, 100), dice.between(100, 1_000, 50)
    inputs = {
        **route.inputs,
        "requests_per_month": requests,
        "input_tokens_per_request": tokens_in,
        "output_tokens_per_request": tokens_out,
        "cached_prefix_tokens": 0,
        "cache_ttl": "none",
        "batch_ratio": share,
        "batch_retry_ratio": retry,
    }
    result = quietly("token-cost", inputs, catalogue)
    month, standard = result.batch_split_usd_per_month, result.usd_per_month
    batch = requests * (tokens_in * route.usd["batch_input"] + tokens_out * route.usd["batch_output"]) / MTOK
    slips = (
        Slip(month - share * retry * standard, "You left out the requests that are sent again: they are paid twice."),
        Slip(
            share * standard + (1 - share) * batch + (1 - share) * retry * standard,
            "You moved the other part to Batch: the share named is the one that may wait.",
        ),
        Slip(batch + retry * standard, "You moved everything to Batch. Only a part of the requests may wait."),
        Slip(standard, "This is the month without Batch."),
        Slip((1 - share) * standard, "You left out what Batch itself costs: half of the on-demand price, not nothing."),
        Slip(month * 1000, "You took the price of 1 million tokens for the price of 1,000."),
    )
    given = (
        who(dice, businesses.BULKS),
        Given("model", route.name, route.name),
        count("requests", requests),
        count("input", tokens_in),
        count("output", tokens_out),
        percent("share", share),
        percent("retry", retry),
        *(route.price(meter) for meter in ("input", "output", "batch_input", "batch_output")),
    )
    return Case(
        kind="number",
        text=tell(dice.pick(SPLIT) + SPLIT_PRICES, given),
        given=given,
        unit="USD per month",
        answer=month,
        slips=slips,
        explanation=f"On demand the month costs {shown.usd(standard)}, all in Batch {shown.usd(batch)}. With "
        f"{shown.percent(share)} in Batch and {shown.percent(retry)} of that run again it costs {shown.usd(month)}.",
        calculator="token-cost",
        inputs=inputs,
        output="batch_split_usd_per_month",
        steps=("usd_per_request", "usd_per_month", "batch_split_usd_per_month"),
        tolerance_ratio=Decimal("0.005"),
    )


TOPIC = Topic(
    "cache-or-batch",
    "Cache or Batch",
    (
        Form("which", "2-pricing/token-pricing", which),
        Form("threshold", "2-pricing/token-pricing", threshold),
        Form("split", "2-pricing/token-pricing", split),
    ),
)
