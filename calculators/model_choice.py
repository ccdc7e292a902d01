"""Model choice: a small model, a large one, both together, or your own instances?

A router sends each request to one model; a cascade asks the small one first. The share of requests
that needs the large model is the measure of quality, and decides. Formulas F11 to F13.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from calculators import catalogue as prices_and_offers
from calculators import shown
from calculators.fields import Inputs as BaseInputs
from calculators.fields import chat_models, choice, instance_types, number, price, ratio, regions, whole
from calculators.groups import MODEL, ROUTINGS, WORKLOAD, token_price
from calculators.model_choice_cautions import warnings
from calculators.model_choice_charts import charts_all
from calculators.model_choice_flips import Flip, flips
from calculators.model_choice_ways import WAYS, Ways
from calculators.results import Result as BaseResult
from calculators.results import exact, output
from calculators.steps import Receipt

if TYPE_CHECKING:
    from decimal import Decimal

    from calculators.catalogue import Catalogue

NAME = "model-choice"
VERSION = 1
TITLE = "Model choice"
QUESTION = "A small model, a large one, both together, or your own instances?"
OPEN_GROUPS = 3

BOTH, WORDS, OWN = "Router and cascade", "Tokens per word", "Your own instances"
MOST_USD_PER_REQUEST = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs(BaseInputs):
    """Two models, the workload, how hard it is, and instances that could serve it."""

    small_model_id: str = choice(
        "anthropic.claude-haiku-4-5-20251001-v1:0",
        chat_models,
        label="Small model",
        help="The cheaper model. It answers what is easy.",
        group=MODEL,
    )
    large_model_id: str = choice(
        "anthropic.claude-opus-5",
        chat_models,
        label="Large model",
        help="The better model. It answers what is hard, or everything.",
        group=MODEL,
    )
    region: str = choice(
        "us-east-1",
        regions,
        label="Source Region",
        help="The Region that your application calls, and in which your instances would run.",
        group=MODEL,
    )
    routing: str = choice(
        "global",
        ROUTINGS,
        label="Routing",
        help="Where a request to either model may be answered.",
        group=MODEL,
    )
    requests_per_month: Decimal = whole(
        250_000,
        label="Requests",
        help="Requests of your users in a month. A cascade makes two calls for the hard ones.",
        unit="requests per month",
        group=WORKLOAD,
    )
    input_tokens_per_request: Decimal = whole(
        1_500,
        label="Input tokens",
        help="All tokens sent with one request, without caching. The same count is used for both models.",
        unit="tokens per request",
        group=WORKLOAD,
        maximum=10**8,
    )
    output_tokens_per_request: Decimal = whole(
        400,
        label="Output tokens",
        help="All tokens that a model makes for one request, thinking included.",
        unit="tokens per request",
        group=WORKLOAD,
        maximum=10**8,
    )
    escalation_ratio: Decimal = ratio(
        "0.25",
        label="Share that needs the large model",
        help="Measure it: the share of your test questions that the small model fails. 0 means it passes all of them.",
        group=BOTH,
    )
    verifier_usd_per_request: Decimal = number(
        "0.0003",
        label="Check of the small answer",
        help="Cascade only: what it costs to tell a good answer of the small model from a bad one.",
        unit="USD per request",
        maximum=MOST_USD_PER_REQUEST,
        group=BOTH,
    )
    router_usd_per_request: Decimal = number(
        "0.0002",
        label="The router itself",
        help="Router only: what it costs to decide which model gets the request.",
        unit="USD per request",
        maximum=MOST_USD_PER_REQUEST,
        group=BOTH,
    )
    instance_type: str = choice(
        "g6e.2xlarge",
        instance_types,
        label="Instance type",
        help="An EC2 instance that can run a model as good as the small one.",
        group=OWN,
    )
    instances: Decimal = whole(
        2,
        label="Instances held",
        help="All month, busy or not. Hold two or more, so that one may fail.",
        unit="instances",
        minimum=1,
        maximum=10_000,
        group=OWN,
    )
    requests_per_second_per_instance: Decimal = number(
        "4",
        label="Rate of an instance",
        help="What one instance sustains while answers stay fast enough. Measure it with your prompts.",
        unit="requests per second",
        minimum="0.001",
        maximum=100_000,
        group=OWN,
    )
    instance_usd_per_hour: Decimal | None = price(
        label="Price of an instance",
        help="Empty: the On-Demand price of the type in the Region.",
        unit="USD per hour",
        group=OWN,
    )
    small_tokens_per_word: Decimal = number(
        "1.3",
        label="Small model",
        help="Tokens it makes of a word of your text. Count them: languages and models differ.",
        unit="tokens per word",
        minimum="0.01",
        maximum=100,
        group=WORDS,
    )
    large_tokens_per_word: Decimal = number(
        "1.3",
        label="Large model",
        help="Counted on the same text.",
        unit="tokens per word",
        minimum="0.01",
        maximum=100,
        group=WORDS,
    )
    small_input_usd_per_mtok: Decimal | None = token_price(
        "Small model, input price", "Standard price of 1 million input tokens."
    )
    small_output_usd_per_mtok: Decimal | None = token_price(
        "Small model, output price", "Standard price of 1 million output tokens."
    )
    large_input_usd_per_mtok: Decimal | None = token_price(
        "Large model, input price", "Standard price of 1 million input tokens."
    )
    large_output_usd_per_mtok: Decimal | None = token_price(
        "Large model, output price", "Standard price of 1 million output tokens."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Result(BaseResult):
    """What each way costs, which is the cheapest that serves every request, and what would change that."""

    cheapest: str = output("Cheapest way that serves every request", words=lambda: WAYS)
    small_usd_per_request: Decimal = output("A request on the small model", "USD per request")
    large_usd_per_request: Decimal = output("A request on the large model", "USD per request")
    router_usd_per_request_total: Decimal = output("A request through a router", "USD per request")
    cascade_usd_per_request: Decimal = output("A request through a cascade", "USD per request")
    router_saving_ratio: Decimal | None = output("Saved by a router against the large model", "ratio")
    cascade_saving_ratio: Decimal | None = output("Saved by a cascade against the large model", "ratio")
    cascade_break_even_escalation_ratio: Decimal | None = output(
        "A cascade pays below a share of hard requests of", "ratio"
    )
    small_usd_per_1000_words: Decimal = output("1,000 words of input, small model", "USD per 1,000 words")
    large_usd_per_1000_words: Decimal = output("1,000 words of input, large model", "USD per 1,000 words")
    self_host_usd_per_month: Decimal = output("Own instances, a month", "USD per month")
    self_host_break_even_utilisation_ratio: Decimal | None = output(
        "Break-even load of own instances (100%: one of them full)", "ratio"
    )
    self_host_break_even_requests_per_month: Decimal | None = output(
        "Break-even of own instances, requests a month", "requests per month"
    )
    flips: tuple[Flip, ...] = output("What flips it")


@exact
def calculate(inputs: Inputs, catalogue: Catalogue | None = None, *, is_quiet: bool = False) -> Result:
    """Return what each way costs, and which is the cheapest that answers every request well enough.

    Quiet, it leaves out steps and charts: the same numbers, for many rows. Raises InputError where
    a price is not public or a model is not offered on the route.
    Source: F11 to F13 of the formula reference.

    >>> calculate(Inputs()).router_usd_per_request_total
    Decimal('0.007200')
    """
    catalogue = catalogue or prices_and_offers.load()
    ways = Ways(inputs, catalogue, Receipt(is_quiet=is_quiet))
    ways.months()
    ways.router_break_even()
    ways.full_instance()
    result = replace(_costs(ways), flips=tuple(flips(inputs, catalogue, ways)))
    return replace(
        result,
        steps=tuple(ways.receipt.steps),
        warnings=tuple(warnings(ways, result)),
        charts=() if is_quiet else tuple(charts_all(ways, result)),
    )


def answer(inputs: Inputs, result: Result) -> str:
    """Return the decision in one or two sentences."""
    names = chat_models()
    small, large = names[inputs.small_model_id], names[inputs.large_model_id]
    steps = {step.name: step.value for step in result.steps if step.value is not None}
    usd, small_usd = (shown.usd(steps[f"{way}_usd_per_month"]) for way in (result.cheapest, "small"))
    if result.cheapest == "self_host":
        held = f"{shown.significant(inputs.instances, 6)} × {inputs.instance_type}"
        return f"{held}: {usd} a month, people and storage not counted, against {small_usd} for {small}."
    if result.cheapest == "small":
        return f"{small} alone: {usd} a month. By your own measure it passes every request."
    way = f"{large} alone" if result.cheapest == "large" else f"{WAYS[result.cheapest]} over {small} and {large}"
    saved = {"router": result.router_saving_ratio, "cascade": result.cascade_saving_ratio}.get(result.cheapest)
    less = f", {shown.percent(saved)} less than {large} alone" if saved else ""
    fails = f"{small} alone would cost {small_usd}, but fails {shown.percent(inputs.escalation_ratio)} of the requests"
    return f"{way}: {usd} a month{less}. {fails}."


def _costs(ways: Ways) -> Result:
    """Return every cost and break-even; flips, steps, warnings and charts come after."""
    receipt, usd = ways.receipt, ways.usd_per_request
    return Result(
        cheapest=ways.cheapest(),
        small_usd_per_request=usd["small"],
        large_usd_per_request=usd["large"],
        router_usd_per_request_total=usd["router"],
        cascade_usd_per_request=usd["cascade"],
        router_saving_ratio=ways.saving_ratio("router"),
        cascade_saving_ratio=ways.saving_ratio("cascade"),
        cascade_break_even_escalation_ratio=ways.cascade_break_even(),
        small_usd_per_1000_words=ways.usd_per_1000_words("small"),
        large_usd_per_1000_words=ways.usd_per_1000_words("large"),
        self_host_usd_per_month=ways.self_host_usd_per_month,
        self_host_break_even_utilisation_ratio=ways.hosting.break_even_utilisation_ratio(receipt),
        self_host_break_even_requests_per_month=ways.hosting.break_even_requests_per_month(
            ways.self_host_usd_per_month, receipt
        ),
        flips=(),
        steps=(),
        prices=ways.prices.quotes(),
        warnings=(),
        charts=(),
    )
