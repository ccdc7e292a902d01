"""F11 to F13: laws that hold for every input, and where a figure does not exist."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculators.formulas import models

USD = st.decimals("0.000001", 10, places=6)
FREE_OR_USD = st.decimals(0, 10, places=6)
RATIOS = st.decimals(0, 1, places=4)
TOKENS_PER_WORD = st.decimals("0.1", 20, places=3)
RATES = st.decimals("0.01", 1_000, places=2)
INSTANCES = st.integers(1, 1_000)


def cascade(small: Decimal, check: Decimal, large: Decimal, ratio: Decimal) -> Decimal:
    return models.cascade_usd_per_request(
        small_usd_per_request=small,
        verifier_usd_per_request=check,
        large_usd_per_request=large,
        escalation_ratio=ratio,
    )


def routed(router: Decimal, small: Decimal, large: Decimal, ratio: Decimal) -> Decimal:
    return models.routed_usd_per_request(
        router_usd_per_request=router,
        small_usd_per_request=small,
        large_usd_per_request=large,
        escalation_ratio=ratio,
    )


def is_close(left: Decimal, right: Decimal) -> bool:
    """Whether two costs agree to 15 digits: a break-even itself is rounded to 28."""
    return abs(left - right) <= Decimal("1e-15") * max(abs(left), abs(right))


@given(small=USD, check=FREE_OR_USD, large=USD, ratios=st.tuples(RATIOS, RATIOS))
def test_more_hard_requests_never_cost_a_cascade_less(
    small: Decimal, check: Decimal, large: Decimal, ratios: tuple[Decimal, Decimal]
) -> None:
    """Each one pays the large model on top."""
    easier, harder = sorted(ratios)

    assert cascade(small, check, large, easier) <= cascade(small, check, large, harder)


@given(small=USD, check=FREE_OR_USD, large=USD)
def test_a_cascade_begins_at_the_small_model_and_ends_above_the_large_one(
    small: Decimal, check: Decimal, large: Decimal
) -> None:
    """With no hard request it is the small model and the check, with only such it is both models."""
    assert cascade(small, check, large, Decimal(0)) == small + check
    assert cascade(small, check, large, Decimal(1)) == small + check + large


@given(router=FREE_OR_USD, small=USD, large=USD, ratio=RATIOS)
def test_a_routed_request_costs_between_the_two_models(
    router: Decimal, small: Decimal, large: Decimal, ratio: Decimal
) -> None:
    """Plus the router itself."""
    assert min(small, large) <= routed(router, small, large, ratio) - router <= max(small, large)


@given(router=FREE_OR_USD, small=USD, large=USD, ratio=RATIOS)
def test_a_router_treats_the_two_models_alike(router: Decimal, small: Decimal, large: Decimal, ratio: Decimal) -> None:
    """Exchange the models and the shares: the cost is the same."""
    assert routed(router, small, large, ratio) == routed(router, large, small, 1 - ratio)


@given(own=FREE_OR_USD, small=USD, large=USD, ratio=RATIOS)
def test_a_cascade_costs_a_router_plus_the_small_attempts_that_failed(
    own: Decimal, small: Decimal, large: Decimal, ratio: Decimal
) -> None:
    """With a check and a router of the same price."""
    assert cascade(small, own, large, ratio) - routed(own, small, large, ratio) == ratio * small


@given(small=USD, check=FREE_OR_USD, large=USD)
def test_a_cascade_breaks_even_at_its_break_even(small: Decimal, check: Decimal, large: Decimal) -> None:
    """q* put back into the cost gives the cost of the large model, also where q* is below 0."""
    ratio = models.cascade_break_even_escalation_ratio(
        small_usd_per_request=small, verifier_usd_per_request=check, large_usd_per_request=large
    )
    assert ratio is not None

    assert is_close(cascade(small, check, large, ratio), large)
    assert (ratio < 0) == (small + check > large)


@given(router=FREE_OR_USD, small=USD, dearer=USD)
def test_a_router_breaks_even_at_its_break_even(router: Decimal, small: Decimal, dearer: Decimal) -> None:
    """And above it costs more than the large model alone."""
    large = small + dearer
    ratio = models.router_break_even_escalation_ratio(
        router_usd_per_request=router, small_usd_per_request=small, large_usd_per_request=large
    )
    assert ratio is not None

    assert is_close(routed(router, small, large, ratio), large)
    assert routed(router, small, large, ratio + Decimal("0.01")) > large


@given(usd=FREE_OR_USD, large=USD, factor=st.integers(1, 1_000))
def test_a_saving_is_a_share_whatever_the_currency(usd: Decimal, large: Decimal, factor: int) -> None:
    """All prices times k: the same share."""
    here = models.saving_ratio(usd_per_request=usd, large_usd_per_request=large)
    there = models.saving_ratio(usd_per_request=usd * factor, large_usd_per_request=large * factor)
    assert here is not None
    assert there is not None

    assert is_close(1 - here, 1 - there)
    assert (here > 0) == (usd < large)


@given(first=st.tuples(USD, TOKENS_PER_WORD), second=st.tuples(USD, TOKENS_PER_WORD))
def test_words_rank_two_models_by_price_times_tokens(
    first: tuple[Decimal, Decimal], second: tuple[Decimal, Decimal]
) -> None:
    """Neither the price nor the tokens alone decide."""
    costs = [models.usd_per_1000_words(usd_per_mtok=price, tokens_per_word=count) for price, count in (first, second)]
    products = [price * count for price, count in (first, second)]

    assert (costs[0] < costs[1]) == (products[0] < products[1])


@given(price=USD, tokens_per_word=TOKENS_PER_WORD, factor=st.decimals("0.1", 10, places=3))
def test_words_cost_what_the_same_text_costs(price: Decimal, tokens_per_word: Decimal, factor: Decimal) -> None:
    """More tokens a word at one price, or the same tokens at the effective price."""
    effective = models.same_text_usd_per_mtok(usd_per_mtok=price, tokens_ratio=factor)
    by_tokens = models.usd_per_1000_words(usd_per_mtok=price, tokens_per_word=tokens_per_word * factor)

    assert by_tokens == models.usd_per_1000_words(usd_per_mtok=effective, tokens_per_word=tokens_per_word)


@given(instances=INSTANCES, usd=USD, rate=RATES, request=USD)
def test_own_instances_break_even_in_both_measures_at_once(
    instances: int, usd: Decimal, rate: Decimal, request: Decimal
) -> None:
    """N* is u* of what one instance serves in a month, and costs the API what the instances cost."""
    month = models.self_host_month_usd(instances=instances, instance_usd_per_hour=usd)
    worth = models.instance_hour_value_usd(requests_per_second=rate, api_usd_per_request=request)
    load = models.self_host_break_even_utilisation_ratio(
        instances=instances, instance_usd_per_hour=usd, instance_hour_value_usd=worth
    )
    volume = models.self_host_break_even_requests_per_month(self_host_month_usd=month, api_usd_per_request=request)
    one = models.self_host_capacity_requests_per_month(instances=1, requests_per_second=rate)
    assert load is not None
    assert volume is not None

    assert is_close(volume, load * one)
    assert is_close(volume * request, month)


@given(first=INSTANCES, second=INSTANCES, usd=USD, rate=RATES)
def test_instances_add_up(first: int, second: int, usd: Decimal, rate: Decimal) -> None:
    """In cost and in what they can serve."""
    cost = [
        models.self_host_month_usd(instances=count, instance_usd_per_hour=usd)
        for count in (first, second, first + second)
    ]
    room = [
        models.self_host_capacity_requests_per_month(instances=count, requests_per_second=rate)
        for count in (first, second, first + second)
    ]

    assert cost[0] + cost[1] == cost[2]
    assert room[0] + room[1] == room[2]


@given(usd=USD, rate=RATES, tokens_per_request=st.integers(1, 100_000))
def test_a_full_instance_sells_its_hour_in_tokens(usd: Decimal, rate: Decimal, tokens_per_request: int) -> None:
    """The price of its tokens times the tokens of an hour is its price an hour."""
    price = models.self_host_usd_per_mtok(
        instance_usd_per_hour=usd, requests_per_second=rate, tokens_per_request=tokens_per_request
    )
    worth = models.instance_hour_value_usd(
        requests_per_second=rate, api_usd_per_request=(price or Decimal(0)) * tokens_per_request / 1_000_000
    )

    assert is_close(worth, usd)


@pytest.mark.parametrize(("large", "break_even"), [("0", None), ("-1", None), ("0.5", Decimal(-1)), ("4", "0.75")])
def test_a_large_model_that_costs_nothing_leaves_nothing_to_save(large: str, break_even: str | None) -> None:
    """q* and the saving divide by its price; below 0 the cascade never pays."""
    found = models.cascade_break_even_escalation_ratio(
        small_usd_per_request=Decimal("0.75"),
        verifier_usd_per_request=Decimal("0.25"),
        large_usd_per_request=Decimal(large),
    )
    saved = models.saving_ratio(usd_per_request=Decimal(1), large_usd_per_request=Decimal(large))

    assert found == (None if break_even is None else Decimal(break_even))
    assert saved == found


@pytest.mark.parametrize(("large", "break_even"), [("1", None), ("0.9", None), ("1.25", Decimal(0)), ("1.1", "-1.5")])
def test_a_router_needs_a_dearer_model_to_avoid(large: str, break_even: str | None) -> None:
    """Between models of the same price nothing is gained."""
    found = models.router_break_even_escalation_ratio(
        router_usd_per_request=Decimal("0.25"), small_usd_per_request=Decimal(1), large_usd_per_request=Decimal(large)
    )

    assert found == (None if break_even is None else Decimal(break_even))


@pytest.mark.parametrize(("rate", "request_usd"), [("0", "1"), ("1", "0"), ("-1", "1"), ("1", "-1")])
def test_an_instance_that_replaces_nothing_has_no_break_even(rate: str, request_usd: str) -> None:
    """Neither in load nor, where the API is free, in requests."""
    worth = models.instance_hour_value_usd(requests_per_second=Decimal(rate), api_usd_per_request=Decimal(request_usd))
    load = models.self_host_break_even_utilisation_ratio(
        instances=1, instance_usd_per_hour=Decimal(2), instance_hour_value_usd=worth
    )
    volume = models.self_host_break_even_requests_per_month(
        self_host_month_usd=Decimal(1_460), api_usd_per_request=Decimal(request_usd)
    )

    assert load is None
    assert volume == (1_460 if Decimal(request_usd) > 0 else None)


@pytest.mark.parametrize(("rate", "tokens_per_request"), [(0, 1_000), (4, 0), (-1, 1_000)])
def test_an_instance_that_serves_no_tokens_has_no_price_per_token(rate: int, tokens_per_request: int) -> None:
    """Idle capacity has a price an hour and none a token."""
    assert (
        models.self_host_usd_per_mtok(
            instance_usd_per_hour=Decimal(2), requests_per_second=rate, tokens_per_request=tokens_per_request
        )
        is None
    )


def test_an_instance_that_serves_a_token_in_ten_thousand_seconds_still_has_a_price_per_token() -> None:
    """0.36 tokens an hour at $0.36 an hour: a dollar a token."""
    found = models.self_host_usd_per_mtok(
        instance_usd_per_hour=Decimal("0.36"), requests_per_second=Decimal("0.0001"), tokens_per_request=1
    )

    assert found == 1_000_000
