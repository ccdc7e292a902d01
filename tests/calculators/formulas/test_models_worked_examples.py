"""F11 to F13: the published worked examples, to the digits printed with them."""

from __future__ import annotations

from decimal import Context, Decimal

import pytest

from calculators.formulas import models, tokens

# F11: 1,500 tokens in and 400 out, a quarter of the requests hard, on Claude Haiku 4.5 and Claude Opus 5.
CHECK_USD = Decimal("0.0003")
ROUTER_USD = Decimal("0.0002")
HARD_RATIO = Decimal("0.25")

# F12: an Arabic paragraph of 44 words.
WORDS = 44

# F13: g6e.2xlarge, 4 requests a second of 800 tokens in and 200 out, Llama 3.1 8B at 0.22 and 0.22.
INSTANCE_USD_PER_HOUR = Decimal("2.24208")
API_USD = Decimal("0.00022")


def six_digits(value: Decimal | None) -> Decimal:
    """Round to six significant digits, as the examples are printed."""
    assert value is not None
    return Context(prec=6).create_decimal(value)


def request_usd(sent: int, answered: int, input_usd_per_mtok: str, output_usd_per_mtok: str) -> Decimal:
    """Price a request without a cache."""
    return tokens.request_usd(
        fresh_tokens=sent,
        cache_read_tokens=0,
        cache_write_tokens=0,
        output_tokens=answered,
        input_usd_per_mtok=Decimal(input_usd_per_mtok),
        cache_read_usd_per_mtok=Decimal(0),
        cache_write_usd_per_mtok=Decimal(0),
        output_usd_per_mtok=Decimal(output_usd_per_mtok),
    )


SMALL_USD = request_usd(1_500, 400, "1", "5")
LARGE_USD = request_usd(1_500, 400, "5", "25")


def test_f11_the_two_models_cost_a_third_of_a_cent_and_five_times_that() -> None:
    """c_S and c_L of the example."""
    assert Decimal("0.0035") == SMALL_USD
    assert Decimal("0.0175") == LARGE_USD


def test_f11_a_cascade_saves_53_per_cent() -> None:
    """It pays the small model for every request."""
    cascade = models.cascade_usd_per_request(
        small_usd_per_request=SMALL_USD,
        verifier_usd_per_request=CHECK_USD,
        large_usd_per_request=LARGE_USD,
        escalation_ratio=HARD_RATIO,
    )
    saved = models.saving_ratio(usd_per_request=cascade, large_usd_per_request=LARGE_USD)
    break_even = models.cascade_break_even_escalation_ratio(
        small_usd_per_request=SMALL_USD, verifier_usd_per_request=CHECK_USD, large_usd_per_request=LARGE_USD
    )

    assert cascade == Decimal("0.008175")
    assert six_digits(saved) == Decimal("0.532857")
    assert six_digits(break_even) == Decimal("0.782857")


def test_f11_a_router_saves_59_per_cent() -> None:
    """It pays one model for each request."""
    routed = models.routed_usd_per_request(
        router_usd_per_request=ROUTER_USD,
        small_usd_per_request=SMALL_USD,
        large_usd_per_request=LARGE_USD,
        escalation_ratio=HARD_RATIO,
    )

    assert routed == Decimal("0.0072")
    saved = models.saving_ratio(usd_per_request=routed, large_usd_per_request=LARGE_USD)
    assert six_digits(saved) == Decimal("0.588571")


@pytest.mark.parametrize(
    ("paragraph_tokens", "price", "tokens_per_1000_words", "usd"),
    [(256, "0.80", "5818.18", "0.00465455"), (81, "1.00", "1840.91", "0.00184091")],
)
def test_f12_a_price_per_word_needs_the_tokens_of_the_text(
    paragraph_tokens: int, price: str, tokens_per_1000_words: str, usd: str
) -> None:
    """The old public Claude tokeniser at $0.80 a million, o200k at $1."""
    tokens_per_word = Decimal(paragraph_tokens) / WORDS

    assert six_digits(tokens_per_word * 1_000) == Decimal(tokens_per_1000_words)
    cost = models.usd_per_1000_words(usd_per_mtok=Decimal(price), tokens_per_word=tokens_per_word)
    assert six_digits(cost) == Decimal(usd)


def test_f12_the_model_that_looks_a_fifth_cheaper_costs_two_and_a_half_times_as_much() -> None:
    """Three times the tokens at 0.8 times the price."""
    claude, o200k = (
        models.usd_per_1000_words(usd_per_mtok=Decimal(price), tokens_per_word=Decimal(count) / WORDS)
        for price, count in (("0.80", 256), ("1.00", 81))
    )

    assert six_digits(Decimal(256) / 81) == Decimal("3.16049")
    assert six_digits(claude / o200k) == Decimal("2.52840")


def test_f12_more_tokens_at_the_same_price_are_a_dearer_text() -> None:
    """1.325 times the tokens at $5 a million."""
    assert models.same_text_usd_per_mtok(usd_per_mtok=Decimal(5), tokens_ratio=Decimal("1.325")) == Decimal("6.625")


@pytest.mark.parametrize(("instances", "ratio", "requests"), [(1, "0.707727", 7_439_629), (2, "1.41545", 14_879_258)])
def test_f13_two_instances_need_twice_the_traffic(instances: int, ratio: str, requests: int) -> None:
    """A full instance is worth $3.168 an hour of requests."""
    assert request_usd(800, 200, "0.22", "0.22") == API_USD
    worth = models.instance_hour_value_usd(requests_per_second=4, api_usd_per_request=API_USD)
    load = models.self_host_break_even_utilisation_ratio(
        instances=instances, instance_usd_per_hour=INSTANCE_USD_PER_HOUR, instance_hour_value_usd=worth
    )
    month = models.self_host_month_usd(instances=instances, instance_usd_per_hour=INSTANCE_USD_PER_HOUR)
    volume = models.self_host_break_even_requests_per_month(self_host_month_usd=month, api_usd_per_request=API_USD)
    assert volume is not None

    assert worth == Decimal("3.168")
    assert six_digits(load) == Decimal(ratio)
    assert round(volume) == requests


def test_f13_a_full_instance_has_a_price_per_token() -> None:
    """1,000 tokens a request: $0.1557 a million."""
    price = models.self_host_usd_per_mtok(
        instance_usd_per_hour=INSTANCE_USD_PER_HOUR, requests_per_second=4, tokens_per_request=1_000
    )
    assert price is not None

    assert price.quantize(Decimal("0.0001")) == Decimal("0.1557")
