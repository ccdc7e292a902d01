"""Break-even: from which load, share or number another way to pay is the cheaper one."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING, Any

from calculators import shown
from calculators.practice import businesses, market, quiet
from calculators.practice.cases import Case, Form, Given, Slip, Topic, tell
from calculators.practice.facts import count, usd, who

if TYPE_CHECKING:
    from calculators.catalogue import Catalogue
    from calculators.practice.dice import Dice

MTOK = Decimal(10**6)
HOURS, MINUTES = Decimal(730), Decimal(60)
NEAR_ONE = Decimal("0.05")
LEAST_INSTANCES = 3

UNIT = (
    (
        "{who} with {model}. The account team offers a model unit of Provisioned Throughput at {unit} an hour; it "
        "serves {unit_input} input and {unit_output} output tokens a minute. "
    ),
    (
        "{who}. For {model} a quote is on the table: {unit} an hour for a model unit that takes up to {unit_input} "
        "input tokens and {unit_output} output tokens each minute. "
    ),
)
UNIT_PRICES = "On demand, 1 million tokens cost {input_price} for input and {output_price} for output. "


def _unit(dice: Dice, catalogue: Catalogue, question: str) -> tuple[tuple[Given, ...], dict[str, Any], str]:
    """Draw a model unit and its price: the facts, the inputs and the text."""
    route = dice.pick(market.routes(catalogue.snapshot, "input", "output", tier="provisioned"))
    served_in, served_out = dice.between(60_000, 400_000, 20_000), dice.between(10_000, 60_000, 5_000)
    full = MINUTES * (served_in * route.usd["input"] + served_out * route.usd["output"]) / MTOK
    price = max(Decimal("0.5"), (full * dice.hundredths(25, 92)).quantize(Decimal("0.1")))
    given = (
        who(dice, businesses.CHATS),
        Given("model", route.name, route.name),
        usd("unit", price),
        count("unit_input", served_in),
        count("unit_output", served_out),
        route.price("input"),
        route.price("output"),
    )
    inputs = {
        **route.inputs,
        "unit_usd_per_hour": price,
        "unit_input_tokens_per_minute": served_in,
        "unit_output_tokens_per_minute": served_out,
        "deferrable_ratio": Decimal(0),
        "cached_prefix_tokens": Decimal(0),
        "cache_ttl": "none",
    }
    return given, inputs, tell(dice.pick(UNIT) + UNIT_PRICES + question, given)


def _figures(given: tuple[Given, ...]) -> tuple[Decimal, Decimal, Decimal, Decimal, Decimal]:
    """Return price, input and output of the unit, and the two prices of tokens."""
    names = ("unit", "unit_input", "unit_output", "input_price", "output_price")
    at = {each.name: each.value for each in given}
    price, served_in, served_out, p_in, p_out = (Decimal(at[name]) for name in names)
    return price, served_in, served_out, p_in, p_out


def unit_utilisation(dice: Dice, catalogue: Catalogue) -> Case | None:
    """Ask from which utilisation a model unit costs less than tokens on demand."""
    question = "From which utilisation of the unit does it cost less than on-demand tokens?"
    given, inputs, text = _unit(dice, catalogue, question)
    price, served_in, served_out, p_in, p_out = _figures(given)
    full = MINUTES * (served_in * p_in + served_out * p_out) / MTOK
    used = price / full
    if abs(used - 1) < NEAR_ONE:
        return None
    slips = (
        Slip(used * MINUTES, "You compared an hour of the unit with one minute of tokens."),
        Slip(1 / used, "You divided the wrong way round: it is the unit's price over the value of what it serves."),
        Slip(
            price / (MINUTES * (served_in + served_out) * p_in / MTOK),
            "You took the input price for the output tokens.",
        ),
        Slip(price / (MINUTES * served_in * p_in / MTOK), "You left out the output tokens that the unit serves."),
        Slip(used * 100, "You gave per cent without the sign: as a ratio it lies between 0 and 1."),
        Slip(1 - used, "This is the share of the time for which it may stand idle."),
    )
    return Case(
        kind="number",
        text=text,
        given=given,
        unit="ratio",
        answer=used,
        slips=slips,
        explanation=f"Full, the unit serves tokens worth {shown.usd(full)} an hour on demand, for "
        f"{shown.usd(price)}: it pays above {shown.percent(used)}.",
        calculator="tier-selection",
        inputs=inputs,
        output="break_even_utilisation_ratio",
        steps=("unit_hour_value_usd", "break_even_utilisation_ratio"),
    )


def unit_volume(dice: Dice, catalogue: Catalogue) -> Case:
    """Ask from which volume of tokens a month a model unit costs less than on demand."""
    question = (
        "Your traffic has input and output in the same proportion as the unit. From how many million tokens a "
        "month, input and output together, does the unit cost less? A month has 730 hours."
    )
    given, inputs, text = _unit(dice, catalogue, question)
    price, served_in, served_out, p_in, p_out = _figures(given)
    blend = (served_in * p_in + served_out * p_out) / (served_in + served_out)
    volume = HOURS * price / blend
    slips = (
        Slip(HOURS * price / p_in, "You paid the input price for all tokens. The output tokens cost more."),
        Slip(
            HOURS * price / ((p_in + p_out) / 2),
            "You took the plain mean of both prices. There is far more input than output.",
        ),
        Slip(volume * 160 / HOURS, "You paid for office hours only. A unit is paid for 24 hours a day, 7 days a week."),
        Slip(volume * 720 / HOURS, "You counted 720 hours, a month of 30 days. A month has 730 hours."),
        Slip(volume * MTOK, "This is the number of tokens. Asked are millions of tokens."),
        Slip(HOURS * price / p_out, "You paid the output price for all tokens. The input tokens cost less."),
    )
    return Case(
        kind="number",
        text=text,
        given=given,
        unit="million tokens per month",
        answer=volume,
        slips=slips,
        explanation=f"The unit costs {shown.usd(HOURS * price)} a month, busy or not. A million tokens of this "
        f"mixture cost {shown.usd(blend)} on demand: they cost the same at {shown.significant(volume, 6)} million "
        "tokens a month.",
        calculator="tier-selection",
        inputs=inputs,
        output="break_even_mtok_per_month",
        steps=("unit_hour_value_usd", "blended_usd_per_mtok", "break_even_mtok_per_month"),
        tolerance_ratio=Decimal("0.005"),
    )


HOST = (
    (
        "{who} runs software that is licensed by physical core. A Dedicated Host of the {family} family costs "
        "{host} an hour in {region}. On shared hardware an instance of type {type} costs {instance} an hour, and "
        "its licence would cost {licence} an hour more; on the host the firm uses licences that it owns. "
    ),
    (
        "In {region}, {who} pays {instance} an hour for each {type}, and {licence} an hour for the licence on it. "
        "The firm owns licences by physical core: on a Dedicated Host of the {family} family, at {host} an hour, it "
        "would pay neither these instances nor another licence. "
    ),
)
HOST_QUESTION = "From how many such instances does the host cost less? Answer with a whole number."


def host(dice: Dice, catalogue: Catalogue) -> Case | None:
    """Ask from how many instances a Dedicated Host costs less."""
    instance_type, region, price, host_price = dice.pick(market.hosts(catalogue.snapshot))
    licence = (price * dice.hundredths(20, 90, 5)).quantize(Decimal("0.01"))
    each = price + licence
    exact, without = host_price / each, host_price / price
    least = exact.to_integral_value(ROUND_CEILING)
    moved = {(exact * factor).to_integral_value(ROUND_CEILING) for factor in quiet.NEAR}
    if moved != {least} or least < LEAST_INSTANCES:
        return None
    family = instance_type.partition(".")[0]
    firm = dice.pick(businesses.FIRMS)
    given = (
        Given("who", firm, firm),
        Given("type", instance_type, instance_type),
        Given("family", family, family),
        Given("region", region, market.PLACES[region]),
        usd("host", host_price),
        usd("instance", price),
        usd("licence", licence),
    )
    inputs = {
        "licence_bound": True,
        "instance_type": instance_type,
        "region": region,
        "on_demand_usd_per_hour": each,
    }
    slips = (
        Slip(exact.to_integral_value(ROUND_FLOOR), "With so few, single instances still cost less: round up."),
        Slip(without.to_integral_value(ROUND_CEILING), "You left out the licence that an instance saves on the host."),
        Slip(
            (host_price / licence).to_integral_value(ROUND_CEILING),
            "You counted the licence alone. The instance itself is saved too.",
        ),
    )
    text = tell(dice.pick(HOST) + HOST_QUESTION, given)
    return Case(
        kind="number",
        text=text,
        given=given,
        unit="instances",
        answer=least,
        slips=slips,
        explanation=f"One instance with its licence costs {shown.price(each)} an hour. The host costs "
        f"{shown.price(host_price)}: {shown.significant(exact, 4)} times as much, so it pays from {least:f} "
        "instances.",
        calculator="compute-purchase",
        inputs=inputs,
        output="host_break_even_instances",
        steps=("host_break_even_instances",),
    )


FEW_SHOT = (
    (
        "{who} with {model}. The prompt carries {shots} examples of {tokens} tokens each, without caching. "
        "Fine-tuning would make them needless: {items} training examples of {tokens} tokens, {epochs} epochs, at "
        "{training} for 1 million trained tokens, and {hours} hours of work at {wage} an hour. "
    ),
    (
        "{who}. So far {shots} worked examples stand in each prompt to {model}, {tokens} tokens each; nothing is "
        "cached. A fine-tuned model needs none of them. Training it takes {items} examples of {tokens} tokens in "
        "{epochs} epochs, at {training} for 1 million trained tokens, plus {hours} hours of people at {wage} each. "
    ),
)
FEW_SHOT_QUESTION = (
    "1 million input tokens cost {input_price}, for both. After how many requests has fine-tuning cost less than "
    "the examples in the prompt?"
)


def few_shot(dice: Dice, catalogue: Catalogue) -> Case:
    """Ask after how many requests fine-tuning costs less than examples in the prompt."""
    route = dice.pick(market.tunable(catalogue.snapshot))
    training = catalogue.price(route.model_id, route.region, route.routing, "custom_training").figure
    shots, tokens = dice.between(4, 20), dice.between(80, 400, 20)
    items, epochs = dice.between(5_000, 40_000, 1_000), dice.between(2, 6)
    hours, wage = dice.between(5, 40, 5), dice.between(40, 120, 5)
    price = route.usd["input"]
    tuning = items * tokens * epochs * training / MTOK + hours * wage
    saved = shots * tokens * price / MTOK
    requests = tuning / saved
    given = (
        who(dice, businesses.BULKS),
        Given("model", route.name, route.name),
        count("shots", shots),
        count("tokens", tokens),
        count("items", items),
        count("epochs", epochs),
        usd("training", training),
        count("hours", hours),
        usd("wage", wage),
        route.price("input"),
    )
    inputs = {
        **route.inputs,
        "examples_per_prompt": shots,
        "tokens_per_example": tokens,
        "training_examples": items,
        "epochs": epochs,
        "labels_per_item": Decimal(0),
        "review_ratio": Decimal(0),
        "labour_hours": hours,
        "labour_usd_per_hour": wage,
        "cached_prefix_tokens": Decimal(0),
    }
    slips = (
        Slip(
            hours * wage / saved + items * tokens * training / MTOK / saved,
            "You trained for one epoch. Each epoch is paid.",
        ),
        Slip((tuning - hours * wage) / saved, "You left out the people's work. It is a large part of the cost."),
        Slip(requests * shots, "You counted one example in each prompt."),
        Slip(requests / 1000, "You took the price of 1 million tokens for the price of 1,000."),
        Slip(tuning, "This is what fine-tuning costs, in dollars. Asked is the number of requests that save as much."),
    )
    return Case(
        kind="number",
        text=tell(dice.pick(FEW_SHOT) + FEW_SHOT_QUESTION, given),
        given=given,
        unit="requests",
        answer=requests,
        slips=slips,
        explanation=f"Fine-tuning costs {shown.usd(tuning)}, and each request without the examples saves "
        f"{shown.usd(saved)}: {requests:,.0f} requests repay it.",
        calculator="customization",
        inputs=inputs,
        output="few_shot_break_even_requests",
        steps=("few_shot_break_even_requests",),
    )


CASCADE = (
    (
        "{who}. Each request goes to {small} first. A check at {check} a request decides whether its answer is good "
        "enough; if not, {large} answers as well. A request has {input} input and {output} output tokens on either "
        "model. "
    ),
    (
        "{who} with {large}. The team thinks of a cascade: {small} answers first, a check for {check} a request "
        "looks at the answer, and only what fails goes on to {large}. Both need {input} input and {output} output "
        "tokens a request. "
    ),
)
CASCADE_QUESTION = (
    "1 million tokens cost {small_input} (input) and {small_output} (output) on {small}, {large_input} and "
    "{large_output} on {large}. Up to which share of requests passed on is the cascade cheaper than {large} alone?"
)


def cascade(dice: Dice, catalogue: Catalogue) -> Case | None:
    """Ask up to which share of hard requests a cascade costs less than the large model alone."""
    small, large = dice.shuffled(market.routes(catalogue.snapshot, "input", "output", routing="global"))[:2]
    tokens_in, tokens_out = dice.between(500, 5_000, 100), dice.between(100, 900, 50)
    cost = {
        each.name: (tokens_in * each.usd["input"] + tokens_out * each.usd["output"]) / MTOK for each in (small, large)
    }
    check = (cost[large.name] * dice.hundredths(2, 12)).quantize(Decimal("0.00001"))
    share = 1 - (cost[small.name] + check) / cost[large.name]
    if not Decimal("0.2") < share < Decimal("0.94") or not check:
        return None
    given = (
        who(dice, businesses.CHATS),
        Given("small", small.name, small.name),
        Given("large", large.name, large.name),
        usd("check", check),
        count("input", tokens_in),
        count("output", tokens_out),
        small.price("input", "small_input"),
        small.price("output", "small_output"),
        large.price("input", "large_input"),
        large.price("output", "large_output"),
    )
    inputs = {
        "small_model_id": small.model_id,
        "large_model_id": large.model_id,
        "region": small.region,
        "routing": small.routing,
        "input_tokens_per_request": tokens_in,
        "output_tokens_per_request": tokens_out,
        "verifier_usd_per_request": check,
    }
    slips = (
        Slip(1 - cost[small.name] / cost[large.name], "You left out the check, which every request pays."),
        Slip(
            1 - share,
            "This is the cost of small model and check as a share of the large model's. What is left may be passed on.",
        ),
        Slip(
            1 - check / (cost[large.name] - cost[small.name]),
            "You used the rule of a router. In a cascade every request pays the small model too.",
        ),
        Slip(share * 100, "You gave per cent without the sign: as a ratio it lies between 0 and 1."),
    )
    return Case(
        kind="number",
        text=tell(dice.pick(CASCADE) + CASCADE_QUESTION, given),
        given=given,
        unit="ratio",
        answer=share,
        slips=slips,
        explanation=f"{small.name} costs {shown.usd(cost[small.name])} a request, the check {shown.usd(check)}, "
        f"{large.name} {shown.usd(cost[large.name])}. The cascade is cheaper while fewer than {shown.percent(share)} "
        "are passed on.",
        calculator="model-choice",
        inputs=inputs,
        output="cascade_break_even_escalation_ratio",
        steps=("small_usd_per_request", "large_usd_per_request", "cascade_break_even_escalation_ratio"),
    )


TOPIC = Topic(
    "break-even",
    "Break-even",
    (
        Form("unit-utilisation", "2-pricing/reserved-capacity", unit_utilisation),
        Form("unit-volume", "2-pricing/reserved-capacity", unit_volume),
        Form("host", "1-compute/purchase-options", host),
        Form("few-shot", "3-customization/approaches", few_shot),
        Form("cascade", "2-pricing/model-choice", cascade),
    ),
)
