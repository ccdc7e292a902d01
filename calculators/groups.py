"""Inputs that several calculators share: the model and its route, the workload."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from calculators.fields import Conflict, Inputs, chat_models, choice, price, ratio, regions, whole

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

MODEL = "Model and route"
WORKLOAD = "Workload"
PRICES = "Prices (empty: the catalogue's)"

ROUTINGS = {
    "global": "Global profile: any Region may answer",
    "in_region_or_geo": "In-Region or geographic profile: stays in the Region or its geography",
}
TTLS = {"none": "No prompt caching", "5m": "5 minutes", "1h": "1 hour"}


def token_price(label: str, help: str) -> Decimal | None:  # noqa: A002 - the word of the contract
    """Declare the price of a token meter at the Standard tier."""
    declared: Decimal | None = price(label=label, help=help, unit="USD per 1M tokens", group=PRICES)
    return declared


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelInputs(Inputs):
    """Which model answers, from where, and at which Standard prices."""

    model_id: str = choice(
        "anthropic.claude-sonnet-5",
        chat_models,
        label="Model",
        help="The model as Amazon Bedrock names it.",
        group=MODEL,
    )
    region: str = choice(
        "us-east-1",
        regions,
        label="Source Region",
        help="The Region that your application calls. With a global profile the price is the same everywhere.",
        group=MODEL,
    )
    routing: str = choice(
        "global",
        ROUTINGS,
        label="Routing",
        help="Where a request may be answered. For Claude 4.5 and later, staying in a geography costs 10% more.",
        group=MODEL,
    )
    input_usd_per_mtok: Decimal | None = token_price(
        "Input price", "Standard price of 1 million uncached input tokens."
    )
    output_usd_per_mtok: Decimal | None = token_price("Output price", "Standard price of 1 million output tokens.")
    cache_read_usd_per_mtok: Decimal | None = token_price(
        "Cache read price", "Price of 1 million input tokens read from the cache."
    )
    cache_write_usd_per_mtok: Decimal | None = token_price(
        "Cache write price", "Price of 1 million input tokens written to the cache."
    )

    def overrides(self) -> Mapping[str, Decimal | None]:
        """Return the entered price of each token meter, None for the catalogue's."""
        return {
            "input": self.input_usd_per_mtok,
            "output": self.output_usd_per_mtok,
            "cache_read": self.cache_read_usd_per_mtok,
            "cache_write": self.cache_write_usd_per_mtok,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkloadInputs(ModelInputs):
    """How many requests a month, and of which tokens."""

    requests_per_month: Decimal = whole(
        250_000,
        label="Requests",
        help="Calls to the model in a month, retries included.",
        unit="requests per month",
        group=WORKLOAD,
    )
    input_tokens_per_request: Decimal = whole(
        1_800,
        label="Input tokens",
        help="All tokens sent with one request, the cached prefix included: instructions, documents, question.",
        unit="tokens per request",
        group=WORKLOAD,
        maximum=10**8,
    )
    output_tokens_per_request: Decimal = whole(
        350,
        label="Output tokens",
        help="All tokens that the model makes for one request. Thinking is output, and is billed as output.",
        unit="tokens per request",
        group=WORKLOAD,
        maximum=10**8,
    )
    cached_prefix_tokens: Decimal = whole(
        1_200,
        label="Shared prefix",
        help="The start of the prompt that many requests share word for word, and that can be cached.",
        unit="tokens per request",
        group=WORKLOAD,
        maximum=10**8,
    )
    cache_hit_ratio: Decimal = ratio(
        "0.9",
        label="Cache hit ratio",
        help="Share of requests that find the prefix in the cache. The others write it.",
        group=WORKLOAD,
    )
    cache_ttl: str = choice(
        "5m", TTLS, label="Cache lifetime", help="How long the prefix is kept after its last use.", group=WORKLOAD
    )

    def conflicts(self) -> list[Conflict]:
        """A prefix is part of its prompt."""
        if self.cached_prefix_tokens <= self.input_tokens_per_request:
            return []
        pair = ("cached_prefix_tokens", "input_tokens_per_request")
        longest = f"{self.input_tokens_per_request:f}"
        return [
            Conflict(
                pair, f"enter at most the {longest} input tokens of the whole prompt, not {self.cached_prefix_tokens:f}"
            )
        ]

    @property
    def is_cached(self) -> bool:
        """Whether a prefix is to be cached at all."""
        return self.cache_ttl != "none" and self.cached_prefix_tokens > 0
