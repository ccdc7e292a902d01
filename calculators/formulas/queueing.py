"""Queueing: how long answers take, how many run at once, who waits and for how long (F43 to F46)."""

from __future__ import annotations

from decimal import Decimal

SECONDS_PER_MINUTE = 60
NEGLIGIBLE = Decimal("1e-32")  # below the last of 28 digits


def response_seconds(
    *, time_to_first_token_seconds: Decimal, output_tokens: Decimal | int, inter_token_seconds: Decimal
) -> Decimal:
    """Time until the last token of a streamed answer.

    Formula: F43
        T = TTFT + max(0, T_out − 1)·ITL
    Symbols:
        T: response time, seconds
        TTFT: time to first token, seconds
        T_out: output, tokens
        ITL: inter-token time, seconds from one token to the next
    Valid when: tokens come at a steady pace; time spent in a queue is not in it.
    Source: AWS runtime metrics (TimeToFirstToken; InvocationLatency ends with the last token).
    Worked example: 0.6 s to the first token, then 18 ms each, 400 tokens.
        >>> response_seconds(
        ...     time_to_first_token_seconds=Decimal("0.6"), output_tokens=400,
        ...     inter_token_seconds=Decimal("0.018"),
        ... )
        Decimal('7.782')
    """
    return time_to_first_token_seconds + inter_token_seconds * max(0, output_tokens - 1)


def tokens_per_second(*, inter_token_seconds: Decimal) -> Decimal | None:
    """Pace at which one answer streams.

    Formula: F43
        OTPS = 1 / ITL
    Symbols:
        OTPS: output tokens a second, of one answer
        ITL: inter-token time, seconds
    Valid when: tokens come at a steady pace. None when no time passes between tokens.
    Source: definition.
    Worked example: a token each 18 ms.
        >>> round(tokens_per_second(inter_token_seconds=Decimal("0.018")), 4)
        Decimal('55.5556')
    """
    return None if inter_token_seconds <= 0 else 1 / inter_token_seconds


def concurrent_requests(*, requests_per_second: Decimal | int, response_seconds: Decimal) -> Decimal:
    """Requests in flight at one time, on average (Little's law).

    Formula: F44
        L = λ·W
    Symbols:
        L: requests in flight
        λ: requests a second
        W: time each stays, seconds
    Valid when: a stable system, averages over a long time, the same boundary for L, λ and W.
    Source: Little 1961.
    Worked example: 12 requests a second of 7.782 s each.
        >>> concurrent_requests(requests_per_second=12, response_seconds=Decimal("7.782"))
        Decimal('93.384')
    """
    return response_seconds * requests_per_second


def sustained_requests_per_second(*, slots: Decimal | int, response_seconds: Decimal) -> Decimal | None:
    """Rate that slots can serve when all of them are busy (Little's law).

    Formula: F44
        λ = c / W
    Symbols:
        λ: requests a second
        c: slots: requests that can run at the same time
        W: time each runs, seconds
    Valid when: as Little's law; at this rate queues grow. None when a request takes no time.
    Source: Little 1961.
    Worked example: 64 slots, 7.782 s each.
        >>> round(sustained_requests_per_second(slots=64, response_seconds=Decimal("7.782")), 5)
        Decimal('8.22411')
    """
    return None if response_seconds <= 0 else Decimal(1) * slots / response_seconds


def quota_tokens_held(
    *,
    requests_per_second: Decimal | int,
    response_seconds: Decimal,
    reserve_tokens: Decimal | int,
    settle_tokens: Decimal | int,
) -> Decimal:
    """Quota that an even load takes up: reserved by what runs, settled by what ended this minute.

    Formula: F44
        held = λ·min(W, 60)·reserve + λ·max(0, 60 − W)·settle
    Symbols:
        held: tokens of a quota per minute that are taken at a time
        λ: requests a second, evenly spread
        W: time each runs, seconds
        reserve: tokens a request holds while it runs
        settle: tokens a request has used when it ends
    Valid when: even arrivals, and a quota that counts the last 60 seconds: an estimate.
    Source: derived: Little's law on the two phases of AWS quotas-token-burndown.
    Worked example: 5 a second of 7.782 s each, 65,500 reserved, 5,500 settled.
        >>> quota_tokens_held(
        ...     requests_per_second=5, response_seconds=Decimal("7.782"),
        ...     reserve_tokens=65_500, settle_tokens=5_500,
        ... )
        Decimal('3984600.000')
    """
    running_seconds = min(response_seconds, Decimal(SECONDS_PER_MINUTE))
    ended_seconds = SECONDS_PER_MINUTE - running_seconds
    return requests_per_second * (running_seconds * reserve_tokens + ended_seconds * settle_tokens)


def wait_probability_ratio(*, blocking_ratio: Decimal, slots: int, offered_load: Decimal) -> Decimal | None:
    """Share of requests that wait for a slot (Erlang C).

    Formula: F45
        C = [a^c / c! · c/(c − a)] / [Σ_k a^k / k! + a^c / c! · c/(c − a)]
        C = B / (1 − a/c·(1 − B))
    Symbols:
        C: probability that a request waits
        c: slots
        a: offered load, requests in flight (λ·S)
        k: each whole number from 0 to c − 1
        B: blocking probability of c slots (Erlang B)
    Valid when: random (Poisson) arrivals, exponential service times, one queue, nobody gives up.
        None when the load fills every slot (c ≤ a).
    Source: Erlang C as in Allen 1978.
    Worked example: 8 slots, 3.891 in flight.
        >>> round(wait_probability_ratio(
        ...     blocking_ratio=Decimal("0.027111121"), slots=8, offered_load=Decimal("3.891")
        ... ), 7)
        Decimal('0.0514627')
    """
    if slots <= offered_load:
        return None
    return blocking_ratio / (1 - offered_load / slots * (1 - blocking_ratio))


def erlang_b_ratio(*, slots: int, offered_load: Decimal) -> Decimal:
    """Share of requests that find every slot busy where none may wait (Erlang B).

    Formula: F45
        B(c,a) = a·B(c−1,a) / (c + a·B(c−1,a)), B(0,a) = 1
    Symbols:
        B: blocking probability; the step on the way to Erlang C
        c: slots
        a: offered load, requests in flight (λ·S)
    Valid when: requests arrive at random (Poisson) and leave when no slot is free.
    Source: Erlang 1917; unrolled to 1/B = 1 + c/a + c·(c−1)/a^2 + …, where nothing cancels.
    Worked example: 8 slots, 3.891 in flight.
        >>> round(erlang_b_ratio(slots=8, offered_load=Decimal("3.891")), 7)
        Decimal('0.0271111')
    """
    if offered_load <= 0:
        return Decimal(0 if slots else 1)
    total = term = Decimal(1)
    for busy in range(slots, 0, -1):
        term = term * busy / offered_load
        total += term
        if term < total * NEGLIGIBLE:
            break
    return 1 / total


def mean_wait_seconds(
    *, wait_probability_ratio: Decimal, slots: int, offered_load: Decimal, service_seconds: Decimal
) -> Decimal | None:
    """Mean time in the queue, over all requests.

    Formula: F45
        W_q = C·S / (c − a)
    Symbols:
        W_q: mean wait before a slot is free, seconds; those who don't wait count as 0
        C: probability that a request waits (Erlang C)
        S: service time, seconds (1/μ)
        c: slots
        a: offered load, requests in flight (λ·S)
    Valid when: as Erlang C. None when the load fills every slot.
    Source: Erlang C as in Allen 1978; W_q = C/(cμ − λ).
    Worked example: 8 slots, 0.5 a second of 7.782 s each.
        >>> round(mean_wait_seconds(
        ...     wait_probability_ratio=Decimal("0.051462660"), slots=8, offered_load=Decimal("3.891"),
        ...     service_seconds=Decimal("7.782"),
        ... ), 7)
        Decimal('0.0974647')
    """
    return None if slots <= offered_load else wait_probability_ratio * service_seconds / (slots - offered_load)


def tail_probability_ratio(
    *,
    wait_probability_ratio: Decimal,
    slots: int,
    offered_load: Decimal,
    service_seconds: Decimal,
    target_wait_seconds: Decimal,
) -> Decimal | None:
    """Share of requests that wait longer than a target.

    Formula: F45
        P(wait > t) = C·e^(−δ·t)
        δ = (c − a) / S
    Symbols:
        P: probability of a wait longer than t
        t: target wait, seconds
        δ: free slots by service time: requests a second that leave beyond those that come
        C: probability that a request waits at all (Erlang C)
        c: slots
        a: offered load, requests in flight (λ·S)
        S: service time, seconds
    Valid when: as Erlang C, first come first served. None when the load fills every slot.
    Source: Erlang C as in Allen 1978; δ = cμ − λ.
    Worked example: 8 slots, 0.5 a second of 7.782 s each, wait above 2 s.
        >>> round(tail_probability_ratio(
        ...     wait_probability_ratio=Decimal("0.051462660"), slots=8, offered_load=Decimal("3.891"),
        ...     service_seconds=Decimal("7.782"), target_wait_seconds=Decimal(2),
        ... ), 7)
        Decimal('0.0179005')
    """
    if slots <= offered_load:
        return None
    if service_seconds <= 0:
        return wait_probability_ratio
    return wait_probability_ratio * (-(slots - offered_load) * target_wait_seconds / service_seconds).exp()


def wait_quantile_seconds(
    *,
    wait_probability_ratio: Decimal,
    slots: int,
    offered_load: Decimal,
    service_seconds: Decimal,
    share_ratio: Decimal,
) -> Decimal | None:
    """Wait that only a given share of requests exceeds.

    Formula: F45
        t = max(0, S / (c − a)·ln(C / p))
    Symbols:
        t: wait, seconds
        p: share of requests that wait longer, 0 to 1
        S: service time, seconds
        c: slots
        a: offered load, requests in flight (λ·S)
        C: probability that a request waits at all (Erlang C)
    Valid when: as Erlang C, first come first served. None when the load fills every slot, or when
        p is 0 or less.
    Source: P(wait > t) = p solved for t.
    Worked example: 7 slots, 0.5 a second of 7.782 s each: one in 20 waits longer than 2 seconds.
        >>> round(wait_quantile_seconds(
        ...     wait_probability_ratio=Decimal("0.1203680"), slots=7, offered_load=Decimal("3.891"),
        ...     service_seconds=Decimal("7.782"), share_ratio=Decimal("0.0541381"),
        ... ), 4)
        Decimal('2.0000')
    """
    if slots <= offered_load or share_ratio <= 0:
        return None
    if wait_probability_ratio <= share_ratio:
        return Decimal(0)
    return service_seconds / (slots - offered_load) * (wait_probability_ratio / share_ratio).ln()


def slots_needed(
    *,
    offered_load: Decimal,
    service_seconds: Decimal,
    target_wait_seconds: Decimal,
    target_wait_probability_ratio: Decimal,
) -> int | None:
    """Fewest slots with which few enough requests wait too long.

    Formula: F45
        c = least whole number above a with P(wait > t) ≤ p
    Symbols:
        c: slots
        a: offered load, requests in flight (λ·S)
        P: probability of a wait longer than t, for c slots
        t: target wait, seconds
        p: share of requests that may wait longer than t
    Valid when: as Erlang C. None when p is 0 or less: no number of slots is enough.
    Source: F45 evaluated from the offered load upwards.
    Worked example: 0.5 a second of 7.782 s each, at most 5% wait above 2 s.
        >>> slots_needed(
        ...     offered_load=Decimal("3.891"), service_seconds=Decimal("7.782"),
        ...     target_wait_seconds=Decimal(2), target_wait_probability_ratio=Decimal("0.05"),
        ... )
        8
    """
    if target_wait_probability_ratio <= 0:
        return None
    slots = int(offered_load) + 1
    if offered_load <= 0:
        return slots
    decay = (-target_wait_seconds / service_seconds).exp()
    patience = (-(slots - offered_load) * target_wait_seconds / service_seconds).exp()
    blocking = erlang_b_ratio(slots=slots, offered_load=offered_load)
    while patience * blocking / (1 - offered_load / slots * (1 - blocking)) > target_wait_probability_ratio:
        slots += 1
        patience *= decay
        blocking = offered_load * blocking / (slots + offered_load * blocking)
    return slots


def pooling_wait_ratio(*, pools: int, slots_per_pool: int, offered_load: Decimal) -> Decimal | None:
    """How many times longer requests wait in separate pools than in one of the same size.

    Formula: F46
        ratio = W_q(c, a/n) / W_q(n·c, a)
    Symbols:
        ratio: mean wait in the pools ÷ mean wait in the pool of all slots
        n: pools, which share the load evenly
        c: slots of one pool
        a: offered load of all pools together, requests in flight
    Valid when: as Erlang C. None when there is no load or when it fills every slot.
    Source: F45 evaluated twice.
    Worked example: two pools of 4 slots against one of 8, 6 in flight.
        >>> round(pooling_wait_ratio(pools=2, slots_per_pool=4, offered_load=Decimal(6)), 5)
        Decimal('2.85412')
    """
    waits: list[Decimal] = []
    for slots, load in ((slots_per_pool, offered_load / pools), (pools * slots_per_pool, offered_load)):
        blocking = erlang_b_ratio(slots=slots, offered_load=load)
        share = wait_probability_ratio(blocking_ratio=blocking, slots=slots, offered_load=load)
        if not share:
            return None
        waits.append(share / (slots - load))
    return waits[0] / waits[1]
