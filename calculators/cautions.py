"""Warnings that any result with token prices may carry: the model's own traps, and weak prices."""

from __future__ import annotations

from datetime import date
from operator import attrgetter
from typing import TYPE_CHECKING

from calculators.results import Caution

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from calculators.catalogue import Catalogue
    from calculators.groups import WorkloadInputs
    from calculators.ledger import Quote

STALE_DAYS = 90
NEAR_DAYS = 90  # before a disputed last day


def model_cautions(inputs: WorkloadInputs, catalogue: Catalogue) -> Iterator[Caution]:
    """Yield what an expert says about this model and these token counts."""
    model, offer = catalogue.models[inputs.model_id], catalogue.offer(inputs.model_id)
    tokens_in, tokens_out = inputs.input_tokens_per_request, inputs.output_tokens_per_request
    step = model.long_context_threshold_tokens
    if step is not None and tokens_in > step:
        yield Caution(
            "long-context-price",
            f"Above {step:,} input tokens {model.name} charges every token of the request at its long-context price.",
        )
    if model.context_tokens is not None and tokens_in + tokens_out > model.context_tokens:
        yield Caution(
            "beyond-context-window",
            f"{model.name} takes at most {model.context_tokens:,} tokens, input and output together.",
        )
    if model.max_output_tokens is not None and tokens_out > model.max_output_tokens:
        yield Caution("beyond-output-limit", f"{model.name} answers with at most {model.max_output_tokens:,} tokens.")
    if offer.thinking.startswith(("on", "always", "effort")):
        yield Caution(
            "thinking-is-output",
            f"{model.name}: thinking is {offer.thinking}. Thinking tokens are billed as output: count them in.",
        )
    yield from retirement_cautions(inputs.model_id, catalogue)


def retirement_cautions(model_id: str, catalogue: Catalogue) -> Iterator[Caution]:
    """Yield that a model leaves, or may have left although its price is still listed."""
    model, end = catalogue.models[model_id], catalogue.disputed_ends.get(model_id)
    if model.retirement_date is not None:
        tense = "left Bedrock" if model.retirement_date <= catalogue.snapshot else "leaves Bedrock"
        yield Caution(
            "retirement",
            f"By the price file, {model.name} {tense} on {model.retirement_date}. Plan the move and its tests.",
        )

    elif end is not None and _days_before(catalogue.snapshot, end.last_day) <= NEAR_DAYS:
        source, against = catalogue.sources[end.source], catalogue.sources[end.against]
        tense = "was" if end.last_day <= catalogue.snapshot else "is"
        yield Caution(
            "retirement",
            f"{model.name}: its last day {tense} {end.last_day}, by AWS's model card read {source.as_of}; "
            f"the price file of {against.as_of} still lists it. Ask for it in your account before you plan with it.",
        )


def _days_before(today: str, day: str) -> int:
    return (date.fromisoformat(day) - date.fromisoformat(today)).days


def cache_cautions(inputs: WorkloadInputs, catalogue: Catalogue) -> Iterator[Caution]:
    """Yield what spoils the cache as entered."""
    least = catalogue.offer(inputs.model_id).cache_minimum_tokens
    name = catalogue.models[inputs.model_id].name
    if inputs.is_cached and least is not None and inputs.cached_prefix_tokens < least:
        yield Caution(
            "prefix-below-cache-minimum",
            f"{name} caches a prefix of {least:,} tokens or more. A shorter one is not cached: "
            "read the cost without caching.",
        )


def price_cautions(quotes: Iterable[Quote], snapshot: str) -> Iterator[Caution]:
    """Yield the weaknesses of the prices that a result rests on."""
    quotes = [each for each in quotes if not each.overridden]
    today = date.fromisoformat(snapshot)
    old = [each for each in quotes if each.as_of and (today - date.fromisoformat(each.as_of)).days > STALE_DAYS]
    if old:
        old.sort(key=attrgetter("as_of"))  # the one named is the one whose date is told
        figure = "the figure" if len(old) == 1 else "the oldest figure"
        yield Caution(
            "price-older-than-90-days",
            f"{_listed(old)}: {figure} is from {old[0].as_of}, more than {STALE_DAYS} days before "
            f"the snapshot of {snapshot}.",
        )
    single = [each for each in quotes if each.confidence == "single source"]
    if single:
        yield Caution("single-source-price", f"{_listed(single)}: one source only. Check before you commit money.")
    others: dict[str, list[Quote]] = {}
    for each in quotes:
        if each.disagreements:
            others.setdefault(each.disagreements, []).append(each)
    for other, told in others.items():
        yield Caution(
            "sources-disagree",
            f"{_listed(told)}: sources disagree, and the figure shown under the prices is taken. "
            f"{other}, in {told[0].unit}.",
        )


def _listed(quotes: list[Quote]) -> str:
    names = [each.what for each in quotes]
    return names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"
