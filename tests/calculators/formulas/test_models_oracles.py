"""F11 to F13 counted a second way: requests paid one by one, exact fractions, root finding, simulation."""

from __future__ import annotations

import importlib
import random
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculators.formulas import models

NANO_USD = 1_000_000_000
NANO_PRICES = st.integers(1, 50_000_000)
PER_MILLE = st.integers(0, 1_000)

a_thousand_cases = settings(max_examples=1_000, deadline=None)


def usd(nano_usd: int) -> Decimal:
    """Write whole nano-dollars as dollars."""
    return Decimal(nano_usd) / NANO_USD


def is_exactly(value: Decimal | None, expected: Fraction) -> bool:
    """Whether a Decimal is the fraction, to the 28 digits that Decimal keeps of the terms it adds."""
    return value is not None and abs(Fraction(value) - expected) <= (1 + abs(expected)) / 10**26


@a_thousand_cases
@given(own=NANO_PRICES, small=NANO_PRICES, large=NANO_PRICES, hard=PER_MILLE)
def test_a_thousand_requests_paid_one_by_one(own: int, small: int, large: int, hard: int) -> None:
    """F11: in whole nano-dollars; `own` is the router's price here and the check's there."""
    routed = cascaded = 0
    for request in range(1_000):
        is_hard = request < hard
        routed += own + (large if is_hard else small)
        cascaded += small + own + (large if is_hard else 0)
    hard_ratio = Decimal(hard) / 1_000

    router = models.routed_usd_per_request(
        router_usd_per_request=usd(own),
        small_usd_per_request=usd(small),
        large_usd_per_request=usd(large),
        escalation_ratio=hard_ratio,
    )
    cascade = models.cascade_usd_per_request(
        small_usd_per_request=usd(small),
        verifier_usd_per_request=usd(own),
        large_usd_per_request=usd(large),
        escalation_ratio=hard_ratio,
    )

    assert router * 1_000 * NANO_USD == routed
    assert cascade * 1_000 * NANO_USD == cascaded


@a_thousand_cases
@given(own=NANO_PRICES, small=NANO_PRICES, large=NANO_PRICES)
def test_break_evens_between_the_costs_at_the_ends(own: int, small: int, large: int) -> None:
    """F11: both costs are straight lines in q, so they cross the large model where interpolation says."""
    cascade = models.cascade_break_even_escalation_ratio(
        small_usd_per_request=usd(small), verifier_usd_per_request=usd(own), large_usd_per_request=usd(large)
    )
    at_none, at_all = small + own, small + own + large
    assert is_exactly(cascade, Fraction(large - at_none, at_all - at_none))

    router = models.router_break_even_escalation_ratio(
        router_usd_per_request=usd(own), small_usd_per_request=usd(small), large_usd_per_request=usd(large)
    )
    at_none, at_all = own + small, own + large
    if large <= small:
        assert router is None
    else:
        assert is_exactly(router, Fraction(large - at_none, at_all - at_none))


def test_simulated_traffic_costs_what_the_formulas_say() -> None:
    """F11: half a million requests drawn with a seed; the mean is within four standard errors."""
    small, large, check, router, hard_ratio = 0.0035, 0.0175, 0.0003, 0.0002, 0.25
    draws = random.Random(20261113)  # noqa: S311 - a seeded simulation, not a secret
    requests = 500_000
    hard = sum(draws.random() < hard_ratio for _ in range(requests))
    error = 4 * (hard_ratio * (1 - hard_ratio) / requests) ** 0.5

    cascade = models.cascade_usd_per_request(
        small_usd_per_request=Decimal(str(small)),
        verifier_usd_per_request=Decimal(str(check)),
        large_usd_per_request=Decimal(str(large)),
        escalation_ratio=Decimal(str(hard_ratio)),
    )
    routed = models.routed_usd_per_request(
        router_usd_per_request=Decimal(str(router)),
        small_usd_per_request=Decimal(str(small)),
        large_usd_per_request=Decimal(str(large)),
        escalation_ratio=Decimal(str(hard_ratio)),
    )

    assert float(cascade) == pytest.approx(small + check + large * hard / requests, abs=large * error)
    assert float(routed) == pytest.approx(
        router + (small * (requests - hard) + large * hard) / requests, abs=(large - small) * error
    )


@a_thousand_cases
@given(price=st.integers(1, 100_000), text_tokens=st.integers(1, 1_000), words=st.integers(1, 500))
def test_a_text_of_so_many_words_bought_by_the_token(price: int, text_tokens: int, words: int) -> None:
    """F12: price in thousandths of a dollar per million is whole nano-dollars a token."""
    paid_for_the_text = price * text_tokens  # nano-dollars for `words` words
    cost = models.usd_per_1000_words(usd_per_mtok=Decimal(price) / 1_000, tokens_per_word=Decimal(text_tokens) / words)

    assert abs(Fraction(cost) * NANO_USD - Fraction(1_000 * paid_for_the_text, words)) <= Fraction(1, 10**12)


@a_thousand_cases
@given(
    instances=st.integers(1, 20),
    instance_micro_usd=st.integers(1, 100_000_000),
    rate_hundredths=st.integers(1, 10_000),
    request=NANO_PRICES,
    tokens_per_request=st.integers(1, 100_000),
)
def test_a_month_of_hours_in_fractions(
    instances: int, instance_micro_usd: int, rate_hundredths: int, request: int, tokens_per_request: int
) -> None:
    """F13: hours and seconds counted out, every figure an exact fraction."""
    hourly, rate = Fraction(instance_micro_usd, 10**6), Fraction(rate_hundredths, 100)
    day = 24 * instances * hourly
    month = 30 * day + 10 * instances * hourly  # 730 hours are 30 days and 10 hours
    served_an_hour = rate * 60 * 60
    worth_an_hour = served_an_hour * Fraction(request, NANO_USD)
    per_hour, per_second = Decimal(instance_micro_usd) / 10**6, Decimal(rate_hundredths) / 100

    cost = models.self_host_month_usd(instances=instances, instance_usd_per_hour=per_hour)
    worth = models.instance_hour_value_usd(requests_per_second=per_second, api_usd_per_request=usd(request))
    load = models.self_host_break_even_utilisation_ratio(
        instances=instances, instance_usd_per_hour=per_hour, instance_hour_value_usd=worth
    )
    volume = models.self_host_break_even_requests_per_month(self_host_month_usd=cost, api_usd_per_request=usd(request))
    price = models.self_host_usd_per_mtok(
        instance_usd_per_hour=per_hour, requests_per_second=per_second, tokens_per_request=tokens_per_request
    )

    assert is_exactly(cost, month)
    assert is_exactly(worth, worth_an_hour)
    assert is_exactly(load, month / 730 / worth_an_hour)
    assert is_exactly(volume, month / Fraction(request, NANO_USD))
    assert is_exactly(price, hourly / (served_an_hour * tokens_per_request) * 10**6)
    room = models.self_host_capacity_requests_per_month(instances=instances, requests_per_second=per_second)
    assert is_exactly(room, served_an_hour * 730 * instances)


@pytest.mark.native
def test_break_evens_are_where_a_root_finder_finds_them() -> None:
    """Brent's method on the difference of two costs: 1,000 seeded cases of F11 and of F13."""
    brentq = importlib.import_module("scipy.optimize").brentq  # not installed inside Pyodide
    draws = random.Random(11)  # noqa: S311 - seeded cases, not a secret
    for _ in range(1_000):
        small, check, large = draws.uniform(1e-5, 0.01), draws.uniform(0, 0.001), draws.uniform(0.02, 0.2)
        root = brentq(lambda q, s=small, v=check, c=large: s + v + q * c - c, -1, 2, xtol=1e-15)
        found = models.cascade_break_even_escalation_ratio(
            small_usd_per_request=Decimal(small),
            verifier_usd_per_request=Decimal(check),
            large_usd_per_request=Decimal(large),
        )
        assert float(found or 0) == pytest.approx(root, rel=1e-9)

        hourly, instances = draws.uniform(0.5, 100), draws.randint(1, 8)
        root = brentq(lambda n, p=hourly, k=instances, s=small: n * s - k * p * 730, 0, 1e12, xtol=1e-6)
        volume = models.self_host_break_even_requests_per_month(
            self_host_month_usd=models.self_host_month_usd(instances=instances, instance_usd_per_hour=Decimal(hourly)),
            api_usd_per_request=Decimal(small),
        )
        assert float(volume or 0) == pytest.approx(root, rel=1e-9)
