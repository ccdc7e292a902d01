"""Flips of a choice of model: how far each input is from making another way the cheapest."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from calculators import flips as search
from calculators.model_choice_ways import WAYS, Ways
from calculators.results import output
from calculators.steps import Receipt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculators.catalogue import Catalogue
    from calculators.model_choice import Inputs

ALWAYS = (
    "input_tokens_per_request",
    "output_tokens_per_request",
    "escalation_ratio",
    "small_input_usd_per_mtok",
    "small_output_usd_per_mtok",
    "large_input_usd_per_mtok",
    "large_output_usd_per_mtok",
)
# With hard requests own instances are no way to serve them all; without any, small alone beats small and a check.
WITH_HARD_REQUESTS = ("verifier_usd_per_request", "router_usd_per_request")
WITHOUT_HARD_REQUESTS = (
    "requests_per_month",
    "instance_usd_per_hour",
    "instances",
    "requests_per_second_per_instance",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Flip(search.Flip):
    """The nearest value of one input at which another way is the cheapest."""

    becomes: str = output("Becomes", words=lambda: WAYS)


def flips(inputs: Inputs, catalogue: Catalogue, ways: Ways) -> Iterator[Flip]:
    """Yield the nearest flip of each input that can change the cheapest way, in input order, and record it."""

    def decide(changed: Inputs) -> str:
        return Ways(changed, catalogue, Receipt(is_quiet=True), is_trial=True).cheapest()

    def now(name: str) -> Decimal:
        value: Decimal | None = getattr(inputs, name)
        return ways.prices.entered_or_found(name) if value is None else value

    searched = (*ALWAYS, *(WITH_HARD_REQUESTS if inputs.escalation_ratio else WITHOUT_HARD_REQUESTS))
    for flip in search.find(inputs, decide, searched=searched, switched=("routing",), kind=Flip, now=now):
        if isinstance(flip.flips_at, Decimal):
            words = f"nearest value at which it becomes: {WAYS[flip.becomes].lower()}"
            ways.receipt.step(f"flips.{flip.input}.flips_at", flip.flips_at, "", words)
        yield flip
