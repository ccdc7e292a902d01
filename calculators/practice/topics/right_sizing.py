"""Right-sizing: quota, instances, memory and models, each as large as the work needs and no larger."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING, Any

from calculators import capacity_gpu, shown
from calculators.practice import businesses, market, quiet
from calculators.practice.cases import Case, Form, Given, Slip, Topic, tell
from calculators.practice.facts import count, number, percent, who
from calculators.practice.topics.right_sizing_pair import pair

if TYPE_CHECKING:
    from calculators.catalogue import Catalogue
    from calculators.practice.dice import Dice

MINUTE = Decimal(60)

QUOTA = (
    (
        "{who} with {model}. The quota is {quota} tokens a minute. A request has {input} input and {output} output "
        "tokens, and its max_tokens is {most}. "
    ),
    (
        "{who}. For {model} the account may use {quota} tokens a minute. Requests send {input} tokens, get {output} "
        "back, and set max_tokens to {most}. "
    ),
)
QUOTA_QUESTION = (
    "On this model each output token counts {burndown} times against the quota when a request ends. How many "
    "requests a minute does the quota carry, if they are spread evenly?"
)


def quota(dice: Dice, catalogue: Catalogue) -> Case:
    """Ask how many requests a minute a token quota carries."""
    known = [
        each
        for each in market.routes(catalogue.snapshot, "input", "output")
        if (catalogue.offer(each.model_id).output_burndown or 1) > 1
    ]
    route = dice.pick(known)
    burndown = Decimal(catalogue.offer(route.model_id).output_burndown or 1)
    tokens_in, tokens_out = dice.between(500, 6_000, 100), dice.between(100, 900, 50)
    most, limit = (
        dice.pick((Decimal(4_096), Decimal(8_192), Decimal(16_000), Decimal(64_000))),
        dice.between(500_000, 6_000_000, 500_000),
    )
    carried = limit / (tokens_in + burndown * tokens_out)
    given = (
        who(dice, businesses.CHATS),
        Given("model", route.name, route.name),
        count("quota", limit),
        count("input", tokens_in),
        count("output", tokens_out),
        count("most", most),
        count("burndown", burndown),
    )
    slips = (
        Slip(
            limit / (tokens_in + tokens_out), "You counted an output token once. On this model it counts several times."
        ),
        Slip(
            limit / (tokens_in + most),
            (
                "You counted max_tokens. That is only reserved while a request runs; what it really used is counted "
                "at the end."
            ),
        ),
        Slip(
            limit / (burndown * (tokens_in + tokens_out)),
            "You counted the input tokens several times too. Only the output burns down faster.",
        ),
        Slip(carried / MINUTE, "This is requests a second. Asked is a minute."),
        Slip(limit / tokens_in, "You left out the output tokens."),
    )
    return Case(
        kind="number",
        text=tell(dice.pick(QUOTA) + QUOTA_QUESTION, given),
        given=given,
        unit="requests per minute",
        answer=carried,
        slips=slips,
        explanation=f"A request settles {tokens_in:f} + {burndown:f} × {tokens_out:f} = "
        f"{tokens_in + burndown * tokens_out:,f} tokens: the quota carries {shown.significant(carried, 4)} of them a "
        "minute.",
        calculator="capacity",
        inputs={
            "quota_tokens_per_minute": limit,
            "input_tokens_per_request": tokens_in,
            "output_tokens_per_request": tokens_out,
            "max_tokens": most,
            "output_burndown": burndown,
        },
        output="quota_requests_per_minute",
        steps=("settle_tokens", "quota_requests_per_minute"),
    )


FLIGHT = (
    (
        "{who}. At the peak {rate} requests arrive each second. The first token comes after {first} seconds, each "
        "further one after {gap} milliseconds, and an answer has {output} tokens. "
    ),
    (
        "{who} with up to {rate} requests a second. An answer is streamed: {first} seconds until its first token, "
        "then one token every {gap} milliseconds, {output} tokens in all. "
    ),
)


def in_flight(dice: Dice, catalogue: Catalogue) -> Case:
    """Ask how many requests are being answered at the same time."""
    del catalogue  # no price is asked for
    rate, first, gap = dice.between(2, 60), dice.between(3, 15) / 10, dice.between(8, 40)
    tokens = dice.between(100, 900, 50)
    seconds = first + (tokens - 1) * gap / 1000
    flying = rate * seconds
    given = (
        who(dice, businesses.CHATS),
        count("rate", rate),
        number("first", first),
        count("gap", gap),
        count("output", tokens),
    )
    slips = (
        Slip(
            rate * first, "You counted the time to the first token alone. A request is in flight until its last token."
        ),
        Slip(rate * (tokens - 1) * gap / 1000, "You left out the time to the first token."),
        Slip(flying * MINUTE, "You mixed minutes and seconds: rate and time must have the same unit."),
        Slip(seconds, "This is the time of one answer. Multiply it by the requests a second."),
        Slip(rate / seconds, "You divided the rate by the time. By Little's law they are multiplied."),
        Slip(rate * (first + (tokens - 1) * gap), "You took milliseconds for seconds."),
    )
    question = "How many requests are in flight at the same time, on average?"
    return Case(
        kind="number",
        text=tell(dice.pick(FLIGHT) + question, given),
        given=given,
        unit="requests",
        answer=flying,
        slips=slips,
        explanation=f"An answer takes {shown.significant(seconds, 4)} seconds. {rate:f} a second, each for that "
        f"long, are {shown.significant(flying, 4)} at the same time.",
        calculator="capacity",
        inputs={
            "peak_requests_per_second": rate,
            "time_to_first_token_seconds": first,
            "inter_token_seconds": gap / 1000,
            "output_tokens_per_request": tokens,
        },
        output="concurrent_requests",
        steps=("response_seconds", "concurrent_requests"),
    )


FLEET = (
    (
        "{who} hosts a model on instances of its own. One instance sustains {each} requests a second while answers "
        "stay fast enough. The team plans to use {used} of that. "
    ),
    (
        "{who} serves an open model itself. A load test gives {each} requests a second for one instance, and the "
        "plan is to load each instance to {used} at most. "
    ),
)


def fleet(dice: Dice, catalogue: Catalogue) -> Case | None:
    """Ask how many instances of one's own carry the peak."""
    del catalogue  # no price is asked for
    peak, each, used = dice.between(10, 120), dice.between(12, 80) / 10, dice.hundredths(55, 80, 5)
    exact = peak / (each * used)
    needed = exact.to_integral_value(ROUND_CEILING)
    if needed < 4 or {(exact * factor).to_integral_value(ROUND_CEILING) for factor in quiet.NEAR} != {needed}:  # noqa: PLR2004
        return None
    given = (
        Given("who", firm := dice.pick(businesses.FIRMS), firm),
        count("peak", peak),
        number("each", each),
        percent("used", used),
    )
    slips = (
        Slip(
            (peak / each).to_integral_value(ROUND_CEILING),
            "You loaded the instances fully. The plan leaves a reserve for bursts.",
        ),
        Slip(exact.to_integral_value(ROUND_FLOOR), "With so few the plan is exceeded: round up."),
        Slip(
            (peak * used / each).to_integral_value(ROUND_CEILING),
            "You took the reserve off the load. It comes off what an instance may carry.",
        ),
        Slip(
            (peak * each / used).to_integral_value(ROUND_CEILING),
            "You multiplied by the rate of an instance. Divide by it.",
        ),
    )
    question = (
        "At the peak {peak} requests arrive each second. How many instances does it need? Answer with a whole number."
    )
    return Case(
        kind="number",
        text=tell(dice.pick(FLEET) + question, given),
        given=given,
        unit="instances",
        answer=needed,
        slips=slips,
        explanation=f"An instance may carry {shown.significant(each * used, 4)} requests a second. {peak:f} a second "
        f"need {shown.significant(exact, 4)} of them, so {needed:f}.",
        calculator="capacity",
        inputs={
            "peak_requests_per_second": peak,
            "instance_requests_per_second": each,
            "utilisation_target_ratio": used,
            "slots_per_instance": Decimal(100_000),
        },
        output="instances",
        steps=("instances",),
    )


MODELS = (  # parameters in thousand millions, layers, heads of attention, heads of keys and values, size of a head
    (Decimal(8), Decimal(32), Decimal(32), Decimal(8), Decimal(128)),
    (Decimal(14), Decimal(40), Decimal(40), Decimal(8), Decimal(128)),
    (Decimal(32), Decimal(64), Decimal(40), Decimal(8), Decimal(128)),
    (Decimal(70), Decimal(80), Decimal(64), Decimal(8), Decimal(128)),
)
GPUS = tuple(map(Decimal, (24, 48, 96, 192)))  # GB of one L4, one L40S, four L4, four L40S
FORMATS = {Decimal(2): "16-bit", Decimal(1): "8-bit"}
MEMORY = (
    (
        "{who} loads a model of {parameters} thousand million parameters in {format} numbers, {bytes} bytes each, "
        "on an instance with {memory} GB of GPU memory. The server may use {used} of it, and needs {overhead} GB "
        "for itself. "
    ),
    (
        "{who} has an instance with {memory} GB of GPU memory, of which its server may take {used}; {overhead} GB "
        "of that are overhead. The model has {parameters} thousand million parameters, stored in {format} numbers "
        "of {bytes} bytes. "
    ),
)
MEMORY_QUESTION = (
    "The model has {layers} layers with {kv} heads of keys and values ({heads} heads of attention) of size {size}; "
    "the cache holds numbers of {bytes} bytes too. How many sequences of {context} tokens fit at once? 1 GB is 10^9 "
    "bytes. Answer with a whole number."
)


def memory(dice: Dice, catalogue: Catalogue) -> Case | None:
    """Ask how many sequences fit into the GPU memory beside the weights."""
    del catalogue  # no price is asked for
    parameters, layers, heads, kv, size = dice.pick(MODELS)
    width, room = dice.pick(tuple(FORMATS)), dice.pick(GPUS)
    used, overhead = dice.hundredths(85, 95, 5), dice.between(1, 4)
    context = dice.pick(tuple(map(Decimal, (2_048, 4_096, 8_192, 16_384))))
    weights, one = parameters * width, 2 * layers * kv * size * width * context / 10**9
    exact = (used * room - weights - overhead) / one
    fits = exact.to_integral_value(ROUND_FLOOR)
    if exact < 3 or any((exact * each).to_integral_value(ROUND_FLOOR) != fits for each in quiet.NEAR):  # noqa: PLR2004
        return None
    given = (
        Given("who", firm := dice.pick(businesses.FIRMS), firm),
        count("parameters", parameters),
        Given("format", FORMATS[width], FORMATS[width]),
        count("bytes", width),
        count("memory", room),
        percent("used", used),
        count("overhead", overhead),
        count("layers", layers),
        count("kv", kv),
        count("heads", heads),
        count("size", size),
        count("context", context),
    )
    inputs: dict[str, Any] = {
        "parameters": parameters * 10**9,
        "bytes_per_weight": width,
        "layers": layers,
        "kv_heads": kv,
        "head_dimension": size,
        "bytes_per_kv": width,
        "context_tokens": context,
        "gpu_memory_gb": room,
        "memory_utilisation_ratio": used,
        "overhead_gb": overhead,
    }
    found = capacity_gpu.fill(quiet.hosting(inputs), quiet.silence()).sequences_that_fit
    free = used * room - weights - overhead
    wrong = (
        (
            free * kv / heads / one,
            "You counted the heads of attention. The cache holds keys and values, which have fewer heads.",
        ),
        (free * 2 / one, "You left out the 2: the cache holds a key and a value for each."),
        ((used * room - overhead) / one, "You left out the weights of the model."),
        ((room - weights - overhead) / one, "You used all of the memory. The server may take only a part of it."),
        ((used * room - weights) / one, "You left out the overhead of the server."),
    )
    slips = tuple(
        Slip(value.to_integral_value(ROUND_FLOOR), why)
        for value, why in wrong
        if value.to_integral_value(ROUND_FLOOR) != fits
    )
    return Case(
        kind="number",
        text=tell(dice.pick(MEMORY) + MEMORY_QUESTION, given).replace("1 bytes", "1 byte"),
        given=given,
        unit="sequences",
        answer=found,
        slips=slips,
        explanation=f"The weights take {weights:f} GB, so {shown.significant(free, 4)} GB are left. A sequence takes "
        f"{shown.significant(one, 4)} GB: {fits:f} fit.",
        calculator="capacity",
        inputs=inputs,
        output="sequences_that_fit",
        steps=("weights_gb", "kv_bytes_per_token", "sequence_gb", "sequences_that_fit"),
    )


TOPIC = Topic(
    "right-sizing",
    "Right-sizing",
    (
        Form("quota", "4-performance/responsiveness", quota),
        Form("in-flight", "4-performance/efficiency-metrics", in_flight),
        Form("fleet", "4-performance/responsiveness", fleet),
        Form("memory", "4-performance/efficiency-metrics", memory),
        Form("pair", "2-pricing/model-choice", pair),
    ),
)
