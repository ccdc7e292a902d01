"""Capacity, the quota: does the shared fleet throttle the peak, and by which of its two counts?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from calculators import flips as search
from calculators.formulas import queueing, quotas
from calculators.results import output
from calculators.steps import Receipt

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from calculators.capacity_demand import QuotaInputs

SECONDS_PER_MINUTE = 60
PER_MINUTE = "requests per minute"
THROTTLED = {"throttled": "Throttled", "not_throttled": "Not throttled"}
SEARCHED = (
    "peak_requests_per_second",
    "input_tokens_per_request",
    "output_tokens_per_request",
    "max_tokens",
    "quota_tokens_per_minute",
    "output_burndown",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Flip(search.Flip):
    """The nearest value of one input at which the peak is throttled, or no longer."""

    becomes: str = output("Becomes", words=lambda: THROTTLED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """What the quota carries, against what arrives."""

    peak_requests_per_minute: Decimal
    quota_requests_per_minute: Decimal | None  # settled: a steady load; None: requests without tokens
    admission_requests_per_minute: Decimal | None  # reserved: what can start at once
    held_tokens: Decimal  # by the peak, evenly spread

    @property
    def exceeds_steady(self) -> bool:
        """Whether the tokens themselves are too many, whatever max_tokens is."""
        return _is_above(self.peak_requests_per_minute, self.quota_requests_per_minute)

    @property
    def exceeds_admission(self) -> bool:
        """Whether the reservations for max_tokens are too many when a minute's requests come together."""
        return _is_above(self.peak_requests_per_minute, self.admission_requests_per_minute)

    @property
    def is_throttled(self) -> bool:
        """Whether either count is passed."""
        return self.exceeds_steady or self.exceeds_admission


def judge(inputs: QuotaInputs, receipt: Receipt) -> Quota:
    """Return what the quota carries, against what arrives."""
    reserve, settle = _tokens(inputs, receipt)
    peak, quota = inputs.peak_requests_per_second, inputs.quota_tokens_per_minute
    peak_per_minute = receipt.step(
        "peak_requests_per_minute", peak * SECONDS_PER_MINUTE, PER_MINUTE, "60·λ", "F09", λ=peak
    )
    carried, started = (
        quotas.quota_requests_per_minute(quota_tokens_per_minute=quota, tokens_per_request=each)
        for each in (settle, reserve)
    )
    if carried is not None:
        receipt.step("quota_requests_per_minute", carried, PER_MINUTE, "TPM / settle", "F09", TPM=quota, settle=settle)
    if started is not None:
        receipt.step(
            "admission_requests_per_minute", started, PER_MINUTE, "TPM / reserve", "F09", TPM=quota, reserve=reserve
        )
    held = queueing.quota_tokens_held(
        requests_per_second=peak,
        response_seconds=inputs.response_seconds,
        reserve_tokens=reserve,
        settle_tokens=settle,
    )
    receipt.step(
        "quota_tokens_held",
        held,
        "tokens",
        "λ·(min(W, 60)·reserve + max(0, 60 − W)·settle)",
        "F44",
        λ=peak,
        W=inputs.response_seconds,
        reserve=reserve,
        settle=settle,
    )
    return Quota(
        peak_requests_per_minute=peak_per_minute,
        quota_requests_per_minute=carried,
        admission_requests_per_minute=started,
        held_tokens=held,
    )


def flips(inputs: QuotaInputs, receipt: Receipt) -> Iterator[Flip]:
    """Yield the nearest value of each input at which the answer is the other one."""
    for each in search.find(inputs, _decide, searched=SEARCHED, kind=Flip):
        formula = f"nearest value at which the peak is {THROTTLED[each.becomes].lower()}"
        receipt.step(f"flips.{each.input}.flips_at", each.flips_at, "", formula, "F09")
        yield each


def _tokens(inputs: QuotaInputs, receipt: Receipt) -> tuple[Decimal, Decimal]:
    """Return what a request reserves while it runs and what it has used when it ends."""
    sent, burndown, answered = (
        inputs.input_tokens_per_request,
        inputs.output_burndown,
        inputs.output_tokens_per_request,
    )
    reserve = quotas.quota_reserve_tokens(input_tokens=sent, max_tokens=inputs.max_tokens)
    settle = quotas.quota_settle_tokens(
        input_tokens=sent, cache_write_tokens=0, output_tokens=answered, output_burndown=burndown
    )
    receipt.step(
        "reserve_tokens", reserve, "tokens", "T_in + max_tokens", "F09", T_in=sent, max_tokens=inputs.max_tokens
    )
    receipt.step("settle_tokens", settle, "tokens", "T_in + b·T_out", "F09", T_in=sent, b=burndown, T_out=answered)
    return reserve, settle


def _decide(inputs: QuotaInputs) -> str:
    """Return whether a minute of the peak is more than the quota, by the larger of its two counts."""
    minute = inputs.peak_requests_per_second * SECONDS_PER_MINUTE * max(_tokens(inputs, Receipt(is_quiet=True)))
    return "throttled" if minute > inputs.quota_tokens_per_minute else "not_throttled"


def _is_above(rate: Decimal, limit: Decimal | None) -> bool:
    return limit is not None and rate > limit
