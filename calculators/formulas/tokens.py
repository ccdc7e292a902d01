"""Tokens: what requests cost, and when caching or batch pays (F01, F03, F04, F05)."""

from __future__ import annotations

from decimal import Decimal

TOKENS_PER_MTOK = Decimal(1_000_000)
LEAST_BATCH_RECORDS = 100  # of one Batch job, by the default quota


def cached_prefix_split(*, prefix_tokens: Decimal | int, hit_ratio: Decimal) -> tuple[Decimal, Decimal]:
    """Cache read and cache write tokens of one request.

    Formula: F01
        T_read = h·P
        T_write = (1 − h)·P
    Symbols:
        T_read: tokens read from the cache, mean of one request
        T_write: tokens written to the cache, mean of one request
        P: tokens of the prefix that requests share
        h: cache hit ratio, 0 to 1
    Valid when: one prefix, and each request that misses the cache writes the whole prefix.
    Source: the four token types of AWS "Understanding your Bedrock CUR data"; algebra.
    Worked example: a prefix of 1,200 tokens that 90 of 100 requests find in the cache.
        >>> cached_prefix_split(prefix_tokens=1_200, hit_ratio=Decimal("0.9"))
        (Decimal('1080.0'), Decimal('120.0'))
    """
    read_tokens = hit_ratio * prefix_tokens
    return read_tokens, prefix_tokens - read_tokens


def request_usd(
    *,
    fresh_tokens: Decimal | int,
    cache_read_tokens: Decimal | int,
    cache_write_tokens: Decimal | int,
    output_tokens: Decimal | int,
    input_usd_per_mtok: Decimal,
    cache_read_usd_per_mtok: Decimal,
    cache_write_usd_per_mtok: Decimal,
    output_usd_per_mtok: Decimal,
) -> Decimal:
    """Cost of one request.

    Formula: F01
        c = (T_fresh·p_in + T_read·p_read + T_write·p_write + T_out·p_out) / 10^6
    Symbols:
        c: cost of one request, USD
        T_fresh: uncached input, tokens
        T_read: input read from the cache, tokens
        T_write: input written to the cache, tokens
        T_out: output, reasoning included, tokens
        p_in: input price, USD per 1,000,000 tokens
        p_read: cache read price, USD per 1,000,000 tokens
        p_write: cache write price, USD per 1,000,000 tokens
        p_out: output price, USD per 1,000,000 tokens
    Valid when: an on-demand text model; images, audio, guardrails, knowledge bases and tools
        are extra lines of the bill.
    Source: AWS "Understanding your Bedrock CUR data" (four token types); Converse `TokenUsage`
        fields, botocore 1.44.5.
    Worked example: Claude Sonnet 5, global: 600 fresh, 1,080 read, 120 written, 350 output.
        >>> request_usd(
        ...     fresh_tokens=600, cache_read_tokens=1_080, cache_write_tokens=120,
        ...     output_tokens=350, input_usd_per_mtok=Decimal("2.00"),
        ...     cache_read_usd_per_mtok=Decimal("0.20"),
        ...     cache_write_usd_per_mtok=Decimal("2.50"),
        ...     output_usd_per_mtok=Decimal("10.00"),
        ... )
        Decimal('0.005216')
    """
    micro_usd = (
        input_usd_per_mtok * fresh_tokens
        + cache_read_usd_per_mtok * cache_read_tokens
        + cache_write_usd_per_mtok * cache_write_tokens
        + output_usd_per_mtok * output_tokens
    )
    return micro_usd / TOKENS_PER_MTOK


def month_usd(*, requests_per_month: Decimal | int, usd_per_request: Decimal) -> Decimal:
    """Cost of a month of like requests.

    Formula: F01
        C = N·c
    Symbols:
        C: cost of a month, USD
        N: requests a month
        c: cost of one request, USD
    Valid when: c is the mean cost of the month's requests.
    Source: definition.
    Worked example: 250,000 requests at $0.005216 each.
        >>> month_usd(requests_per_month=250_000, usd_per_request=Decimal("0.005216"))
        Decimal('1304.000000')
    """
    return usd_per_request * requests_per_month


def batch_split_usd(
    *, on_demand_usd: Decimal, batch_usd: Decimal, batch_ratio: Decimal, retry_ratio: Decimal
) -> Decimal:
    """Cost when part of the traffic moves to batch.

    Formula: F03
        C = C_0·(1 − φ) + φ·(C_batch + ρ·C_0)
        C = C_0·[(1 − φ) + φ·(0.5 + ρ)] where batch is half price
    Symbols:
        C: cost of the split traffic, USD
        C_0: cost of all the traffic on demand, USD
        C_batch: cost of all the traffic in batch, USD
        φ: share of the traffic that may wait and goes to batch, 0 to 1
        ρ: share of batch records run again on demand, 0 to 1
    Valid when: at least 100 records a job (default quota), no tool calling, no structured
        output, no provisioned model, no cache discount inside the job, and a model on the
        batch-inference-supported list.
    Source: AWS batch-inference page and quotas (2026); botocore 1.44.5.
    Worked example: $2,662.50 a month on demand, batch at half, φ = 0.35, ρ = 0.02.
        >>> batch_split_usd(
        ...     on_demand_usd=Decimal("2662.5"), batch_usd=Decimal("1331.25"),
        ...     batch_ratio=Decimal("0.35"), retry_ratio=Decimal("0.02"),
        ... )
        Decimal('2215.20000')
    """
    return on_demand_usd * (1 - batch_ratio) + batch_ratio * (batch_usd + retry_ratio * on_demand_usd)


def batch_beats_cache_below_ratio(
    *,
    input_tokens: Decimal | int,
    output_tokens: Decimal | int,
    input_usd_per_mtok: Decimal,
    output_usd_per_mtok: Decimal,
    cache_read_usd_per_mtok: Decimal,
    batch_input_usd_per_mtok: Decimal,
    batch_output_usd_per_mtok: Decimal,
) -> Decimal | None:
    """Share of input read from the cache below which batch is cheaper.

    Formula: F04
        s* = [T_in·(p_in − b_in) + T_out·(p_out − b_out)] / [T_in·(p_in − p_read)]
        s* = 0.5·(1 + R) / (1 − κ) where batch is half price, with
            R = p_out·T_out / (p_in·T_in) and κ = p_read / p_in
    Symbols:
        s*: share of input tokens read from the cache at which batch and cached on-demand cost
            the same; above it cached on-demand is cheaper
        T_in: input, tokens a request
        T_out: output, tokens a request
        p_in: input price, USD per 1,000,000 tokens
        p_out: output price, USD per 1,000,000 tokens
        p_read: cache read price, USD per 1,000,000 tokens
        b_in: batch input price, USD per 1,000,000 tokens
        b_out: batch output price, USD per 1,000,000 tokens
    Valid when: the model offers both; cache writes are left out, so caching looks its best.
        Above 1 batch always wins. None when there is no input or when a cache read is not
        cheaper than input.
    Source: derived from two AWS rules: batch is half price, and caching is not available in
        batch.
    Worked example: Claude Sonnet 4.6, 20,000 input and 200 output tokens, batch at half.
        >>> share = batch_beats_cache_below_ratio(
        ...     input_tokens=20_000, output_tokens=200,
        ...     input_usd_per_mtok=Decimal(3), output_usd_per_mtok=Decimal(15),
        ...     cache_read_usd_per_mtok=Decimal("0.30"),
        ...     batch_input_usd_per_mtok=Decimal("1.50"),
        ...     batch_output_usd_per_mtok=Decimal("7.50"),
        ... )
        >>> round(share, 6)
        Decimal('0.583333')
    """
    saved_by_reading_all = (input_usd_per_mtok - cache_read_usd_per_mtok) * input_tokens
    if saved_by_reading_all <= 0:
        return None
    saved_by_batch = (input_usd_per_mtok - batch_input_usd_per_mtok) * input_tokens + (
        output_usd_per_mtok - batch_output_usd_per_mtok
    ) * output_tokens
    return saved_by_batch / saved_by_reading_all


def cache_saving_ratio(*, requests: Decimal | int, write_ratio: Decimal, read_ratio: Decimal) -> Decimal | None:
    """Share of the prefix's cost saved by a known number of requests.

    Formula: F05
        saving(n) = 1 − (w + (n − 1)·r) / n
    Symbols:
        saving(n): share saved of what the prefix costs uncached; below 0 caching loses
        n: requests within one cache lifetime, the first of which writes
        w: cache write price ÷ input price (1.25 for 5 minutes, 2 for 1 hour)
        r: cache read price ÷ input price
    Valid when: n is 1 or more; the prefix is identical byte for byte and longer than the
        model's minimum (512 to 4,096 tokens). None when n is below 1.
    Source: AWS agent toolkit break-even table, reproduced exactly.
    Worked example: ten requests, 5-minute writes at 1.25, reads at 0.10.
        >>> cache_saving_ratio(
        ...     requests=10, write_ratio=Decimal("1.25"), read_ratio=Decimal("0.10")
        ... )
        Decimal('0.785')
    """
    if requests < 1:
        return None
    return 1 - (write_ratio + (requests - 1) * read_ratio) / requests


def cache_break_even_requests(*, write_ratio: Decimal, read_ratio: Decimal) -> Decimal | None:
    """Break-even number of requests in one cache lifetime.

    Formula: F05
        n* = (w − r) / (1 − r)
    Symbols:
        n*: requests in one cache lifetime; the next whole number above it saves
        w: cache write price ÷ input price
        r: cache read price ÷ input price
    Valid when: as for saving(n). None when a read is not cheaper than input (r is 1 or more):
        then no number of requests repays a write.
    Source: saving(n) = 0 solved for n.
    Worked example: 5-minute writes at 1.25, reads at 0.10: from 2 requests it saves.
        >>> round(cache_break_even_requests(
        ...     write_ratio=Decimal("1.25"), read_ratio=Decimal("0.10")
        ... ), 5)
        Decimal('1.27778')
    """
    if read_ratio >= 1:
        return None
    return (write_ratio - read_ratio) / (1 - read_ratio)


def cache_break_even_hit_ratio(*, write_ratio: Decimal, read_ratio: Decimal) -> Decimal | None:
    """Hit ratio above which caching saves.

    Formula: F05
        h* = (w − 1) / (w − r)
    Symbols:
        h*: cache hit ratio at which caching costs the same as not caching
        w: cache write price ÷ input price
        r: cache read price ÷ input price
    Valid when: each miss writes the prefix. At 0 or below caching saves from the first hit, at
        1 or above it never saves. None when a write is not dearer than a read (w ≤ r): then no
        hit ratio has loss below it and saving above it.
    Source: w·(1 − h) + r·h = 1 solved for h.
    Worked example: 5-minute writes at 1.25, reads at 0.10.
        >>> round(cache_break_even_hit_ratio(
        ...     write_ratio=Decimal("1.25"), read_ratio=Decimal("0.10")
        ... ), 6)
        Decimal('0.217391')
    """
    if write_ratio <= read_ratio:
        return None
    return (write_ratio - 1) / (write_ratio - read_ratio)


def cache_price_multiplier(
    *,
    arrivals_per_hour: Decimal | int,
    ttl_hours: Decimal,
    write_ratio: Decimal,
    read_ratio: Decimal,
) -> Decimal:
    """Mean price of a cached prefix under random arrivals, against the input price.

    Formula: F05
        multiplier = r + (w − r)·e^(−λτ)
    Symbols:
        multiplier: mean price of a prefix token ÷ input price; below 1 caching saves
        λ: requests an hour, at random (Poisson)
        τ: cache lifetime, hours, begun anew by each hit
        w: cache write price ÷ input price
        r: cache read price ÷ input price
    Valid when: Poisson arrivals, one prefix, one Region (cross-Region routing adds writes).
    Source: derived: a request misses when the gap before it exceeds τ, which has probability
        e^(−λτ).
    Worked example: six requests an hour, 1-hour writes at 2, reads at 0.10.
        >>> round(cache_price_multiplier(
        ...     arrivals_per_hour=6, ttl_hours=Decimal(1),
        ...     write_ratio=Decimal(2), read_ratio=Decimal("0.10"),
        ... ), 5)
        Decimal('0.10471')
    """
    miss_ratio = (-ttl_hours * arrivals_per_hour).exp()
    return read_ratio + (write_ratio - read_ratio) * miss_ratio


def cache_break_even_arrivals_per_hour(
    *, ttl_hours: Decimal, write_ratio: Decimal, read_ratio: Decimal
) -> Decimal | None:
    """Arrival rate above which caching saves.

    Formula: F05
        λ* = −ln(1 − h*) / τ
        h* = (w − 1) / (w − r)
    Symbols:
        λ*: requests an hour, at random (Poisson), at which the price multiplier is 1
        h*: cache hit ratio at which caching costs the same as not caching
        τ: cache lifetime, hours, begun anew by each hit
        w: cache write price ÷ input price
        r: cache read price ÷ input price
    Valid when: Poisson arrivals, one prefix, one Region. Below 0 caching saves at every rate.
        None when τ is 0 or less, when h* does not exist, or when h* is 1 or more: then no rate
        is enough.
    Source: derived: multiplier = 1 solved for λ.
    Worked example: 5-minute writes at 1.25, reads at 0.10.
        >>> round(cache_break_even_arrivals_per_hour(
        ...     ttl_hours=Decimal(5) / 60,
        ...     write_ratio=Decimal("1.25"), read_ratio=Decimal("0.10"),
        ... ), 5)
        Decimal('2.94147')
    """
    hit_ratio = cache_break_even_hit_ratio(write_ratio=write_ratio, read_ratio=read_ratio)
    if ttl_hours <= 0 or hit_ratio is None or hit_ratio >= 1:
        return None
    return -(1 - hit_ratio).ln() / ttl_hours
