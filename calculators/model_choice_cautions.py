"""What an expert adds to a choice of model: quality, tokens, and what own instances leave out."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from calculators import cautions, shown, tracing
from calculators.groups import WorkloadInputs
from calculators.model_choice_prices import SIZES
from calculators.results import Caution

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculators.model_choice import Result
    from calculators.model_choice_ways import Ways

# Providers that publish no weights of the models they sell on Amazon Bedrock; OpenAI publishes its gpt-oss models.
CLOSED_PROVIDERS = ("Amazon", "Anthropic", "OpenAI")
OPEN_NAME = "gpt-oss"
# The families within which Amazon Bedrock's own prompt router chooses.
ROUTED_FAMILIES = ("amazon.nova", "meta.llama")


@tracing.untraced
def warnings(ways: Ways, result: Result) -> Iterator[Caution]:
    """Yield what an expert would say about this choice."""
    yield from _of_both_models(ways, result)
    yield from _of_words(ways, result)
    yield from _of_own_instances(ways, result)
    inputs, catalogue = ways.inputs, ways.prices.catalogue
    seen = set()
    for size in SIZES:
        workload = WorkloadInputs(
            model_id=ways.prices.books[size].model_id,
            input_tokens_per_request=inputs.input_tokens_per_request,
            output_tokens_per_request=inputs.output_tokens_per_request,
            cached_prefix_tokens=Decimal(0),
        )
        for each in cautions.model_cautions(workload, catalogue):
            if each not in seen:
                yield each
            seen.add(each)
    yield from cautions.price_cautions(result.prices, catalogue.snapshot)


def _of_both_models(ways: Ways, result: Result) -> Iterator[Caution]:
    """Yield what spoils a router or a cascade."""
    inputs, break_even = ways.inputs, result.cascade_break_even_escalation_ratio
    small, large = map(ways.prices.model_name, SIZES)
    if result.large_usd_per_request <= result.small_usd_per_request:
        yield Caution(
            "large-model-not-dearer",
            f"For this request {large} costs no more than {small}: there is nothing to save by asking {small}.",
        )
    elif break_even is not None and inputs.escalation_ratio >= break_even:
        at = f"only below {shown.percent(break_even)} of hard requests" if break_even > 0 else "at no share"
        yield Caution(
            "cascade-does-not-pay",
            f"A cascade pays {at}: it pays {small} and the check for every request, also where {large} answers.",
        )
    ids = [ways.prices.books[size].model_id for size in SIZES]
    is_one_family = any(all(each.startswith(family) for each in ids) for family in ROUTED_FAMILIES)
    if result.cheapest == "router" and not is_one_family:
        yield Caution(
            "router-of-your-own",
            "Amazon Bedrock's own prompt routing chooses only within the Nova or the Llama family, in English. "
            "For this pair you build, run and test the router yourself.",
        )


def _of_words(ways: Ways, result: Result) -> Iterator[Caution]:
    """Yield where a price per token misleads about the price of a text."""
    inputs = ways.inputs
    tokens = [inputs.small_tokens_per_word, inputs.large_tokens_per_word]
    if tokens[0] == tokens[1]:
        return
    by_token = [ways.prices.usd_per_mtok[size]["input"] for size in SIZES]
    by_word = [result.small_usd_per_1000_words, result.large_usd_per_1000_words]
    if (by_token[0] - by_token[1]) * (by_word[0] - by_word[1]) < 0:
        cheap = 0 if by_token[0] < by_token[1] else 1
        times = shown.significant(by_word[cheap] / by_word[1 - cheap], 3)
        yield Caution(
            "words-rank-otherwise",
            f"{ways.prices.model_name(SIZES[cheap])} is cheaper by the token and {times} times as dear by the word: "
            "it makes more tokens of the same text. Compare the prices of 1,000 words.",
        )
    times, (small, large) = shown.significant(tokens[1] / tokens[0], 4), map(ways.prices.model_name, SIZES)
    yield Caution(
        "token-counts-differ",
        f"{large} makes {times} times as many tokens of your text as {small}. "
        "The costs of a request here use one count for both: read them with that in mind.",
    )


def _of_own_instances(ways: Ways, result: Result) -> Iterator[Caution]:
    """Yield what the cost of own instances leaves out, and where they can't win or can't serve."""
    inputs, load = ways.inputs, result.self_host_break_even_utilisation_ratio
    if inputs.instances == 1:
        yield Caution(
            "no-spare-instance",
            "One instance has no spare: when it fails or is replaced, nothing answers. Hold two or more.",
        )
    if load is not None and load > inputs.instances:
        yield Caution(
            "self-host-never-pays",
            f"Even full, day and night, these instances cost {shown.significant(load / inputs.instances, 3)} times "
            "what the small model charges for the same requests.",
        )
    elif load is not None and load > 1:
        yield Caution(
            "break-even-above-one-instance",
            f"Own instances break even at the load of {shown.significant(load, 3)} full instances: "
            "the spare is needed to pay for itself, and then it is no spare.",
        )
    if not ways.prices.catalogue.instances[inputs.instance_type].accelerators:
        yield Caution(
            "no-accelerator",
            f"{inputs.instance_type} has no accelerator. A language model runs on it slowly or not at all: "
            "measure the rate before you believe it.",
        )
    if not ways.has_room:
        most = shown.significant(ways.capacity_requests_per_month, 6)
        yield Caution(
            "instances-too-few",
            f"These instances serve at most {most} requests a month, and that only without peaks. "
            "Own instances are not among the ways compared.",
        )
    if ways.self_host_usd_per_month < ways.usd_per_month("small"):
        yield Caution(
            "people-and-storage-not-counted",
            "The cost of own instances leaves out people, storage and load balancing. "
            "One share of an on-call rota usually costs more than the instances.",
        )
    model = ways.prices.catalogue.models[inputs.small_model_id]
    if model.provider in CLOSED_PROVIDERS and OPEN_NAME not in model.name:
        yield Caution(
            "weights-not-published",
            f"{model.provider} publishes no weights of {model.name}. Own instances would run another model: "
            "the break-even holds only if your test finds it as good.",
        )
