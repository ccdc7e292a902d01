"""Quotas: what one request takes from the tokens a minute that an account may use (F09)."""

from __future__ import annotations

from decimal import Decimal


def quota_reserve_tokens(*, input_tokens: Decimal | int, max_tokens: Decimal | int) -> Decimal:
    """Quota that a request holds while it runs.

    Formula: F09
        reserve = T_input + max_tokens
    Symbols:
        reserve: tokens taken from the quota when the request starts
        T_input: input, cache writes included and cache reads not, tokens
        max_tokens: the request's limit on output, tokens
    Valid when: bedrock-runtime; bedrock-mantle keeps separate input and output quotas.
    Source: AWS quotas-token-burndown (autumn 2026 copy).
    Worked example: AWS's request of 4,000 such input tokens with max_tokens 32,000.
        >>> quota_reserve_tokens(input_tokens=4_000, max_tokens=32_000)
        Decimal('36000')
    """
    return Decimal(0) + input_tokens + max_tokens


def quota_settle_tokens(
    *,
    input_tokens: Decimal | int,
    cache_write_tokens: Decimal | int,
    output_tokens: Decimal | int,
    output_burndown: Decimal | int,
) -> Decimal:
    """Quota that a request has used when it ends.

    Formula: F09
        settle = T_in + T_write + b·T_out
    Symbols:
        settle: tokens taken from the quota once the output is known
        T_in: uncached input, tokens
        T_write: input written to the cache, tokens
        T_out: output, reasoning included, tokens
        b: burn-down rate of output (1, 5, 10 or 15 by model)
    Valid when: bedrock-runtime; b is read from the current AWS page. Cache reads do not count.
        Quota only: billing uses the tokens themselves.
    Source: AWS quotas-token-burndown (autumn 2026 copy).
    Worked example: AWS's request of 3,000 in, 1,000 written and 1,000 out at b = 5.
        >>> quota_settle_tokens(
        ...     input_tokens=3_000, cache_write_tokens=1_000, output_tokens=1_000,
        ...     output_burndown=5,
        ... )
        Decimal('9000')
    """
    return Decimal(0) + input_tokens + cache_write_tokens + Decimal(1) * output_burndown * output_tokens


def quota_requests_per_minute(
    *, quota_tokens_per_minute: Decimal | int, tokens_per_request: Decimal | int
) -> Decimal | None:
    """Rate of requests that a token quota allows.

    Formula: F09
        RPM_max = TPM / settle
        admission = TPM / reserve
    Symbols:
        RPM_max: requests a minute over a steady load
        admission: requests a minute that can start in a burst
        TPM: quota, tokens per minute
        settle: tokens a request has used when it ends
        reserve: tokens a request holds while it runs
    Valid when: no quota of requests a minute binds first. None when a request takes no tokens.
    Source: AWS quotas-token-burndown (autumn 2026 copy).
    Worked example: 2,000,000 tokens a minute, 1,500 in and 400 out at b = 5.
        >>> round(quota_requests_per_minute(
        ...     quota_tokens_per_minute=2_000_000, tokens_per_request=3_500
        ... ), 3)
        Decimal('571.429')
    """
    if tokens_per_request <= 0:
        return None
    return Decimal(1) * quota_tokens_per_minute / tokens_per_request
