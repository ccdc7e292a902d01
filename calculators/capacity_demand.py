"""What the capacity calculator asks about demand: the load, the quota of the shared fleet, the waiting target."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from calculators.fields import Conflict, Inputs, number, ratio, whole
from calculators.formulas import queueing

if TYPE_CHECKING:
    from decimal import Decimal

LOAD = "Load and response time"
QUOTA = "Quota on Amazon Bedrock"
WAIT = "Waiting"
MOST_IN_FLIGHT = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadInputs(Inputs):
    """What arrives at the peak, and how long an answer takes."""

    peak_requests_per_second: Decimal = number(
        5,
        label="Peak load",
        help="Requests a second in the busiest minute: 300 a minute are 5.",
        unit="requests per second",
        group=LOAD,
        maximum=100_000,
    )
    input_tokens_per_request: Decimal = whole(
        1_500,
        label="Input tokens",
        help="Tokens sent with one request that are not read from a cache: cache reads don't count against the quota.",
        unit="tokens per request",
        group=LOAD,
        maximum=10**8,
    )
    output_tokens_per_request: Decimal = whole(
        400,
        label="Output tokens",
        help="Tokens that the model makes for one request, thinking included.",
        unit="tokens per request",
        group=LOAD,
        maximum=10**8,
    )
    time_to_first_token_seconds: Decimal = number(
        "0.6",
        label="Time to first token",
        help="Measured at the load you plan for. CloudWatch calls it TimeToFirstToken (in milliseconds).",
        unit="seconds",
        group=LOAD,
        maximum=3_600,
    )
    inter_token_seconds: Decimal = number(
        "0.018",
        label="Time between tokens",
        help="Seconds from one output token to the next: 0.018 is about 56 tokens a second.",
        unit="seconds per token",
        group=LOAD,
        maximum=60,
    )

    @property
    def response_seconds(self) -> Decimal:
        """How long one answer takes, without a queue."""
        return queueing.response_seconds(
            time_to_first_token_seconds=self.time_to_first_token_seconds,
            output_tokens=self.output_tokens_per_request,
            inter_token_seconds=self.inter_token_seconds,
        )

    @property
    def in_flight(self) -> Decimal:
        """Requests that run at the same time: the offered load of the queue."""
        return queueing.concurrent_requests(
            requests_per_second=self.peak_requests_per_second, response_seconds=self.response_seconds
        )

    def conflicts(self) -> list[Conflict]:
        """A load beyond any fleet is a slip of the pen."""
        if self.in_flight <= MOST_IN_FLIGHT:
            return []
        names = ("peak_requests_per_second", "output_tokens_per_request", "time_to_first_token_seconds")
        problem = (
            f"at this load more than {MOST_IN_FLIGHT:,} requests would run at the same time: "
            "enter a lower load, shorter answers or shorter times"
        )
        return [Conflict((*names, "inter_token_seconds"), problem)]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaInputs(LoadInputs):
    """How much of the shared fleet the account may use."""

    max_tokens: Decimal = whole(
        64_000,
        label="max_tokens of a request",
        help="The limit on output that each request asks for. Left out, it is the model's maximum. "
        "Bedrock holds that much quota while the request runs.",
        unit="tokens per request",
        group=QUOTA,
        minimum=1,
        maximum=10**8,
    )
    quota_tokens_per_minute: Decimal = whole(
        2_000_000,
        label="Token quota",
        help="Tokens per minute of the model in your Region, from the Service Quotas console.",
        unit="tokens per minute",
        group=QUOTA,
    )
    output_burndown: Decimal = whole(
        10,
        label="Burn-down of output",
        help="Tokens of quota that one output token uses: 15, 10, 5 or 1 by model. AWS lists it; "
        "it changed twice in 2026. It is not billing: the bill counts each token once.",
        unit="per output token",
        group=QUOTA,
        minimum=1,
        maximum=100,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitInputs(QuotaInputs):
    """How long a request may wait before it is served."""

    target_wait_seconds: Decimal = number(
        2,
        label="Longest wait",
        help="Wait in the queue, before the first token is worked on.",
        unit="seconds",
        group=WAIT,
        maximum=3_600,
    )
    target_wait_probability_ratio: Decimal = ratio(
        "0.05",
        label="Share that may wait longer",
        help="0.05: at most one request in 20 waits longer than that.",
        group=WAIT,
        minimum="0.000001",
    )
