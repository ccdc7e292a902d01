"""Models: small or large, in sequence or routed, by the word, or on your own instances (F11 to F13)."""

from __future__ import annotations

from decimal import Decimal

HOURS_PER_MONTH = 730
SECONDS_PER_HOUR = 3_600
TOKENS_PER_MTOK = Decimal(1_000_000)
WORDS_PRICED = 1_000


def routed_usd_per_request(
    *,
    router_usd_per_request: Decimal,
    small_usd_per_request: Decimal,
    large_usd_per_request: Decimal,
    escalation_ratio: Decimal,
) -> Decimal:
    """Mean cost of a request that a router sends to one of two models.

    Formula: F11
        c = c_r + (1 − q)·c_S + q·c_L
    Symbols:
        c: mean cost of a request, USD
        c_r: cost of the router itself, USD per request
        c_S: cost of the request on the small model, USD
        c_L: cost of the request on the large model, USD
        q: share of the requests that need the large model, 0 to 1
    Valid when: the router knows before it sends; each request is paid on one model only. q is
        measured on your own traffic, wrong choices included.
    Source: RouteLLM, arXiv 2406.18665; algebra.
    Worked example: Claude Haiku 4.5 and Claude Opus 5, a quarter of the requests to the large one.
        >>> routed_usd_per_request(
        ...     router_usd_per_request=Decimal("0.0002"), small_usd_per_request=Decimal("0.0035"),
        ...     large_usd_per_request=Decimal("0.0175"), escalation_ratio=Decimal("0.25"),
        ... )
        Decimal('0.007200')
    """
    kept_ratio = 1 - escalation_ratio
    return router_usd_per_request + kept_ratio * small_usd_per_request + escalation_ratio * large_usd_per_request


def router_break_even_escalation_ratio(
    *, router_usd_per_request: Decimal, small_usd_per_request: Decimal, large_usd_per_request: Decimal
) -> Decimal | None:
    """Share of hard requests below which a router costs less than the large model alone.

    Formula: F11
        q = 1 − c_r / (c_L − c_S)
    Symbols:
        q: share of the requests that need the large model at which both ways cost the same
        c_r: cost of the router itself, USD per request
        c_S: cost of the request on the small model, USD
        c_L: cost of the request on the large model, USD
    Valid when: as for the router. Below 0 the router never pays. None when the large model costs
        no more than the small one.
    Source: c_r + (1 − q)·c_S + q·c_L = c_L solved for q.
    Worked example: a router at $0.0002 between $0.0035 and $0.0175.
        >>> round(router_break_even_escalation_ratio(
        ...     router_usd_per_request=Decimal("0.0002"), small_usd_per_request=Decimal("0.0035"),
        ...     large_usd_per_request=Decimal("0.0175"),
        ... ), 6)
        Decimal('0.985714')
    """
    difference_usd = large_usd_per_request - small_usd_per_request
    return None if difference_usd <= 0 else 1 - router_usd_per_request / difference_usd


def cascade_usd_per_request(
    *,
    small_usd_per_request: Decimal,
    verifier_usd_per_request: Decimal,
    large_usd_per_request: Decimal,
    escalation_ratio: Decimal,
) -> Decimal:
    """Mean cost of a request that tries the small model first.

    Formula: F11
        c = c_S + c_v + q·c_L
    Symbols:
        c: mean cost of a request, USD
        c_S: cost of the request on the small model, USD, paid for every request
        c_v: cost of checking the small model's answer, USD per request
        c_L: cost of the request on the large model, USD
        q: share of the requests whose first answer is rejected, 0 to 1
    Valid when: one step of escalation. A rejected request also waits for the failed attempt. q is
        measured on your own traffic.
    Source: FrugalGPT, arXiv 2305.05176; algebra. The router's formula is often printed for it.
    Worked example: Claude Haiku 4.5 first, a quarter of the answers rejected, then Claude Opus 5.
        >>> cascade_usd_per_request(
        ...     small_usd_per_request=Decimal("0.0035"), verifier_usd_per_request=Decimal("0.0003"),
        ...     large_usd_per_request=Decimal("0.0175"), escalation_ratio=Decimal("0.25"),
        ... )
        Decimal('0.008175')
    """
    return small_usd_per_request + verifier_usd_per_request + escalation_ratio * large_usd_per_request


def cascade_break_even_escalation_ratio(
    *, small_usd_per_request: Decimal, verifier_usd_per_request: Decimal, large_usd_per_request: Decimal
) -> Decimal | None:
    """Share of rejected answers below which a cascade costs less than the large model alone.

    Formula: F11
        q* = 1 − (c_S + c_v) / c_L
    Symbols:
        q*: share of the requests that need the large model at which both ways cost the same
        c_S: cost of the request on the small model, USD
        c_v: cost of checking the small model's answer, USD per request
        c_L: cost of the request on the large model, USD
    Valid when: as for the cascade. Below 0 the cascade never pays. None when the large model
        costs nothing.
    Source: c_S + c_v + q·c_L = c_L solved for q.
    Worked example: $0.0035 and a check of $0.0003 before $0.0175.
        >>> round(cascade_break_even_escalation_ratio(
        ...     small_usd_per_request=Decimal("0.0035"), verifier_usd_per_request=Decimal("0.0003"),
        ...     large_usd_per_request=Decimal("0.0175"),
        ... ), 6)
        Decimal('0.782857')
    """
    if large_usd_per_request <= 0:
        return None
    return 1 - (small_usd_per_request + verifier_usd_per_request) / large_usd_per_request


def saving_ratio(*, usd_per_request: Decimal, large_usd_per_request: Decimal) -> Decimal | None:
    """Share saved against sending every request to the large model.

    Formula: F11
        saving = 1 − c / c_L
    Symbols:
        saving: share saved; below 0 it costs more
        c: mean cost of a request on the cascade or the router, USD
        c_L: cost of the request on the large model, USD
    Valid when: the answers are as good either way; measure that. None when the large model costs
        nothing.
    Source: definition.
    Worked example: a router at $0.0072 against $0.0175.
        >>> round(saving_ratio(
        ...     usd_per_request=Decimal("0.0072"), large_usd_per_request=Decimal("0.0175")
        ... ), 6)
        Decimal('0.588571')
    """
    return None if large_usd_per_request <= 0 else 1 - usd_per_request / large_usd_per_request


def usd_per_1000_words(*, usd_per_mtok: Decimal, tokens_per_word: Decimal) -> Decimal:
    """Cost of 1,000 words of text, whatever a model's tokens are.

    Formula: F12
        cost = p·τ·1000 / 10^6
    Symbols:
        cost: cost of 1,000 words, USD
        p: price of the tokens, USD per 1,000,000 tokens
        τ: tokens per word of the same text with this model's tokeniser
    Valid when: τ is counted on the same text for each model compared, in the mix of languages of
        production. The length of an answer changes with the tokeniser too.
    Source: AWS count-tokens page; counts with npm @lenml/tokenizers 3.7.2.
    Worked example: an Arabic paragraph of 44 words that makes 81 tokens, at $1 per million.
        >>> round(usd_per_1000_words(usd_per_mtok=Decimal(1), tokens_per_word=Decimal(81) / 44), 8)
        Decimal('0.00184091')
    """
    return usd_per_mtok * tokens_per_word * WORDS_PRICED / TOKENS_PER_MTOK


def same_text_usd_per_mtok(*, usd_per_mtok: Decimal, tokens_ratio: Decimal) -> Decimal:
    """Price of a million tokens of the old text after a change of tokeniser.

    Formula: F12
        p_eff = p·k
    Symbols:
        p_eff: price of the text that used to be a million tokens, USD
        p: price of the new tokens, USD per 1,000,000 tokens
        k: new tokens ÷ old tokens of the same text
    Valid when: k is counted on text like that of production.
    Source: definition.
    Worked example: the same $5 for tokens of which the text now makes 1.325 times as many.
        >>> same_text_usd_per_mtok(usd_per_mtok=Decimal(5), tokens_ratio=Decimal("1.325"))
        Decimal('6.625')
    """
    return usd_per_mtok * tokens_ratio


def self_host_month_usd(*, instances: Decimal | int, instance_usd_per_hour: Decimal) -> Decimal:
    """Cost of holding instances for a month.

    Formula: F13
        C = n·P_inst·730
    Symbols:
        C: cost of a month, USD
        n: instances held (2 for availability)
        P_inst: price of an instance, USD per hour
    Valid when: the instances run all month. Storage, load balancing and people are extra; one
        share of an on-call rota usually costs more than the GPU.
    Source: EC2 list price; algebra.
    Worked example: two g6e.2xlarge.
        >>> self_host_month_usd(instances=2, instance_usd_per_hour=Decimal("2.24208"))
        Decimal('3273.43680')
    """
    return instance_usd_per_hour * instances * HOURS_PER_MONTH


def instance_hour_value_usd(*, requests_per_second: Decimal | int, api_usd_per_request: Decimal) -> Decimal:
    """Value of one full instance-hour at the price of the API.

    Formula: F13
        V_h = 3600·ρ·c_req
    Symbols:
        V_h: value of one full instance-hour, USD per hour
        ρ: requests one instance sustains within the latency objective, requests per second
        c_req: price of the same request on the API, USD
    Valid when: the same model and quality on both sides; ρ is measured and constant.
    Source: algebra.
    Worked example: 4 requests a second that cost $0.00022 each on Amazon Bedrock.
        >>> instance_hour_value_usd(requests_per_second=4, api_usd_per_request=Decimal("0.00022"))
        Decimal('3.16800')
    """
    return SECONDS_PER_HOUR * requests_per_second * api_usd_per_request


def self_host_capacity_requests_per_month(*, instances: Decimal | int, requests_per_second: Decimal | int) -> Decimal:
    """Requests that the instances can serve in a month without a pause.

    Formula: F13
        N_max = n·3600·ρ·730
    Symbols:
        N_max: requests a month at full use
        n: instances held
        ρ: requests one instance sustains within the latency objective, requests per second
    Valid when: the load is flat; a real day with peaks serves far fewer.
    Source: algebra.
    Worked example: two instances of 4 requests a second.
        >>> self_host_capacity_requests_per_month(instances=2, requests_per_second=4)
        Decimal('21024000')
    """
    return Decimal(1) * instances * SECONDS_PER_HOUR * requests_per_second * HOURS_PER_MONTH


def self_host_break_even_utilisation_ratio(
    *, instances: Decimal | int, instance_usd_per_hour: Decimal, instance_hour_value_usd: Decimal
) -> Decimal | None:
    """Load at which own instances cost the same as the API, in full instances.

    Formula: F13
        u* = n·P_inst / (3600·ρ·c_req)
    Symbols:
        u*: load at which both cost the same, as a share of what one instance can serve
        n: instances held
        P_inst: price of an instance, USD per hour
        ρ: requests one instance sustains within the latency objective, requests per second
        c_req: price of the same request on the API, USD
    Valid when: the same model and quality on both sides. Above 1 the load that pays needs more
        than one instance; above n own instances never pay. None when the instance or the request
        is worth 0 or less.
    Source: EC2 list price; algebra.
    Worked example: two g6e.2xlarge against $3.168 of requests an hour.
        >>> round(self_host_break_even_utilisation_ratio(
        ...     instances=2, instance_usd_per_hour=Decimal("2.24208"),
        ...     instance_hour_value_usd=Decimal("3.168"),
        ... ), 5)
        Decimal('1.41545')
    """
    if instance_hour_value_usd <= 0:
        return None
    return instance_usd_per_hour * instances / instance_hour_value_usd


def self_host_break_even_requests_per_month(
    *, self_host_month_usd: Decimal, api_usd_per_request: Decimal
) -> Decimal | None:
    """Requests a month above which own instances cost less than the API.

    Formula: F13
        N* = n·P_inst·730 / c_req
    Symbols:
        N*: requests a month at which both cost the same
        n: instances held
        P_inst: price of an instance, USD per hour
        c_req: price of the same request on the API, USD
    Valid when: the instances can serve N* requests a month. None when a request on the API costs
        nothing.
    Source: EC2 list price; algebra.
    Worked example: two g6e.2xlarge against $0.00022 a request.
        >>> round(self_host_break_even_requests_per_month(
        ...     self_host_month_usd=Decimal("3273.4368"), api_usd_per_request=Decimal("0.00022")
        ... ))
        14879258
    """
    return None if api_usd_per_request <= 0 else self_host_month_usd / api_usd_per_request


def self_host_usd_per_mtok(
    *, instance_usd_per_hour: Decimal, requests_per_second: Decimal | int, tokens_per_request: Decimal | int
) -> Decimal | None:
    """Price of a million tokens on a full instance.

    Formula: F13
        p = P_inst·10^6 / (3600·ρ·T_req)
    Symbols:
        p: price of tokens, input and output alike, USD per 1,000,000 tokens
        P_inst: price of an instance, USD per hour
        ρ: requests one instance sustains within the latency objective, requests per second
        T_req: input and output, tokens per request
    Valid when: the instance is full all the time. None when it serves no tokens.
    Source: algebra.
    Worked example: a g6e.2xlarge that serves 4 requests a second of 1,000 tokens.
        >>> round(self_host_usd_per_mtok(
        ...     instance_usd_per_hour=Decimal("2.24208"), requests_per_second=4, tokens_per_request=1_000
        ... ), 4)
        Decimal('0.1557')
    """
    tokens_per_hour = Decimal(SECONDS_PER_HOUR) * requests_per_second * tokens_per_request
    return None if tokens_per_hour <= 0 else instance_usd_per_hour * TOKENS_PER_MTOK / tokens_per_hour
