"""Right-sizing a model: the cheapest way to answer every request well with a small model and a large one."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from calculators import shown
from calculators.practice import businesses, market, quiet
from calculators.practice.cases import Case, Choice, Given, Slip, tell
from calculators.practice.facts import count, percent, usd, who

if TYPE_CHECKING:
    from collections.abc import Mapping

    from calculators.catalogue import Catalogue
    from calculators.practice.dice import Dice
    from calculators.practice.market import Route

MTOK = Decimal(10**6)
LEAST_APART = Decimal("1.05")
TOGETHER = ("large", "router", "cascade")
PAIR = (
    (
        "{who}. {share} of the {requests} requests a month are too hard for {small}; {large} answers them all well. "
        "A request has {input} input and {output} output tokens on either model. "
    ),
    (
        "{who} with {requests} requests a month of {input} input and {output} output tokens. By the team's own test "
        "{small} fails {share} of them, and {large} none. "
    ),
)
PAIR_QUESTION = (
    "1 million tokens cost {small_input} (input) and {small_output} (output) on {small}, {large_input} and "
    "{large_output} on {large}. A router that picks the model first costs {router} a request. A cascade asks "
    "{small} first and checks the answer for {check}. Which way that answers every request well costs least?"
)


WHY_NOT = {
    "small": "It fails the hard requests.",
    "large": "It pays the large model for the easy requests too.",
    "router": "Every request pays the router.",
    "cascade": "Every request pays the small model and the check, and the hard ones the large model on top.",
}
MOVED = (
    "escalation_ratio",
    "router_usd_per_request",
    "verifier_usd_per_request",
    "input_tokens_per_request",
    "output_tokens_per_request",
)
"""The figures that may lie 5 % off without another way becoming the cheapest."""


def pair(dice: Dice, catalogue: Catalogue) -> Case | None:
    """Ask for the cheapest way to answer with a small and a large model."""
    wanted = dice.wanted(TOGETHER)
    small, large = dice.shuffled(market.routes(catalogue.snapshot, "input", "output", routing="global"))[:2]
    inputs = _workload(dice, small, large)
    usd_per_month = _bills(inputs, catalogue)
    if usd_per_month is None or min(TOGETHER, key=lambda each: usd_per_month[each]) != wanted:
        return None
    if not quiet.is_steady(inputs, MOVED, lambda changed: quiet.ways(changed, catalogue).cheapest()):
        return None
    given = _facts(dice, small, large, inputs)
    labels = {
        "large": f"{large.name} for everything",
        "router": "A router",
        "cascade": "A cascade",
        "small": f"{small.name} for everything",
    }
    return Case(
        kind="choice",
        text=tell(dice.pick(PAIR) + PAIR_QUESTION, given),
        given=given,
        unit="",
        answer=wanted,
        slips=_slips(wanted, usd_per_month, labels),
        choices=tuple(Choice(each, label) for each, label in labels.items()),
        explanation=f"A month costs: {_told(usd_per_month, labels)}.",
        calculator="model-choice",
        inputs=inputs,
        output="cheapest",
        settles=wanted,
        steps=(
            "small_usd_per_request",
            "large_usd_per_request",
            "router_usd_per_request_total",
            "cascade_usd_per_request",
            *(f"{each}_usd_per_month" for each in labels),
        ),
    )


def _workload(dice: Dice, small: Route, large: Route) -> dict[str, Any]:
    """Draw the inputs of model-choice for two models."""
    requests, share = dice.round_amount(4, 6), dice.hundredths(5, 95, 5)
    tokens_in, tokens_out = dice.between(500, 5_000, 100), dice.between(100, 900, 50)
    whole = (tokens_in * large.usd["input"] + tokens_out * large.usd["output"]) / MTOK
    router, check = ((whole * dice.hundredths(1, 30)).quantize(Decimal("0.00001")) for _ in range(2))
    return {
        "small_model_id": small.model_id,
        "large_model_id": large.model_id,
        "region": small.region,
        "routing": small.routing,
        "requests_per_month": requests,
        "input_tokens_per_request": tokens_in,
        "output_tokens_per_request": tokens_out,
        "escalation_ratio": share,
        "router_usd_per_request": router,
        "verifier_usd_per_request": check,
    }


def _bills(inputs: Mapping[str, Any], catalogue: Catalogue) -> dict[str, Decimal] | None:
    """Return what each way that answers well costs in a month; None where the case is not clear."""
    ways = quiet.ways(dict(inputs), catalogue)
    usd_per_month = {each: ways.usd_per_month(each) for each in TOGETHER}
    least, second, _ = sorted(usd_per_month.values())
    is_small = ways.usd_per_request["small"] * 2 < ways.usd_per_request["large"]
    has_fees = inputs["router_usd_per_request"] and inputs["verifier_usd_per_request"]
    return usd_per_month if is_small and has_fees and second >= least * LEAST_APART else None


def _facts(dice: Dice, small: Route, large: Route, inputs: Mapping[str, Any]) -> tuple[Given, ...]:
    return (
        who(dice, businesses.CHATS),
        Given("small", small.name, small.name),
        Given("large", large.name, large.name),
        count("requests", inputs["requests_per_month"]),
        percent("share", inputs["escalation_ratio"]),
        count("input", inputs["input_tokens_per_request"]),
        count("output", inputs["output_tokens_per_request"]),
        *(
            each.price(meter, f"{role}_{meter}")
            for role, each in (("small", small), ("large", large))
            for meter in ("input", "output")
        ),
        usd("router", inputs["router_usd_per_request"]),
        usd("check", inputs["verifier_usd_per_request"]),
    )


def _slips(best: str, usd_per_month: Mapping[str, Decimal], labels: Mapping[str, str]) -> tuple[Slip, ...]:
    """Return why each other way is not the answer, with what it costs more where it answers well too."""
    more = {
        each: f" It costs {shown.usd(amount - usd_per_month[best])} a month more."
        for each, amount in usd_per_month.items()
    }
    return tuple(Slip(each, WHY_NOT[each] + more.get(each, "")) for each in labels if each != best)


def _told(usd_per_month: Mapping[str, Decimal], labels: Mapping[str, str]) -> str:
    """Return the bills in words, the least first; a model keeps its capital letter within a sentence."""
    words = {each: label if each == "large" else f"{label[:1].lower()}{label[1:]}" for each, label in labels.items()}
    return ", ".join(
        f"{words[each]} {shown.usd(usd_per_month[each])}" for each in sorted(TOGETHER, key=usd_per_month.__getitem__)
    )
