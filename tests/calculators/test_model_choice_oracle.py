"""Model choice against an oracle of its own: the price file read again, exact fractions, whole numbers."""

from __future__ import annotations

import csv
from decimal import Decimal
from fractions import Fraction
from importlib import resources
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from calculators import catalogue, model_choice


def price_rows() -> dict[tuple[str, str, str, str], Fraction]:
    """Read the price file again, without the catalogue."""
    text = (resources.files("calculators.catalogue") / "data" / "bedrock_tokens.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return {(r["item"], r["region"], r["routing"], r["meter"]): Fraction(r["usd"]) for r in rows if r["usd"]}


PRICES = price_rows()
METERS = ("input", "output")
CHAT = {each.id for each in catalogue.load().models.values() if each.kind == "chat" and not each.retirement_date}
GLOBAL = sorted(
    item
    for item, region, routing, meter in PRICES
    if item in CHAT and (region, routing, meter) == ("", "global", "input")
    if (item, "", "global", "long_context_input") not in PRICES
)
PER_MILLE = st.integers(0, 1_000)
HOURS = 24 * Fraction(365, 12)


class Case(NamedTuple):
    """A workload in whole numbers."""

    small: str
    large: str
    requests: int
    sent: int
    answered: int
    hard_per_mille: int
    router_micro_usd: int
    check_micro_usd: int
    instances: int
    hour_milli_usd: int
    tenths_per_second: int

    def inputs(self) -> model_choice.Inputs:
        """Return the case as a reader enters it."""
        return model_choice.Inputs(
            small_model_id=self.small,
            large_model_id=self.large,
            requests_per_month=Decimal(self.requests),
            input_tokens_per_request=Decimal(self.sent),
            output_tokens_per_request=Decimal(self.answered),
            escalation_ratio=Decimal(self.hard_per_mille) / 1000,
            router_usd_per_request=Decimal(self.router_micro_usd) / 10**6,
            verifier_usd_per_request=Decimal(self.check_micro_usd) / 10**6,
            instances=Decimal(self.instances),
            instance_usd_per_hour=Decimal(self.hour_milli_usd) / 1000,
            requests_per_second_per_instance=Decimal(self.tenths_per_second) / 10,
        )

    def request(self, item: str) -> Fraction:
        """Price a request on one model from the file."""
        usd_in, usd_out = (PRICES[item, "", "global", meter] for meter in METERS)
        return (self.sent * usd_in + self.answered * usd_out) / 10**6

    def requests_usd(self) -> dict[str, Fraction]:
        """Pay a thousand requests in two heaps, the easy and the hard ones."""
        small, large, hard = self.request(self.small), self.request(self.large), self.hard_per_mille
        routed = 1000 * Fraction(self.router_micro_usd, 10**6) + (1000 - hard) * small + hard * large
        cascaded = 1000 * (small + Fraction(self.check_micro_usd, 10**6)) + hard * large
        return {"small": small, "large": large, "router": routed / 1000, "cascade": cascaded / 1000}

    def hosting_usd(self) -> Fraction:
        """Pay a month of instance-hours."""
        return self.instances * HOURS * Fraction(self.hour_milli_usd, 1000)

    def one_serves(self) -> Fraction:
        """Count the requests that one instance serves in a month."""
        return HOURS * 3600 * Fraction(self.tenths_per_second, 10)

    def months_usd(self) -> dict[str, Fraction]:
        """Pay the month on every way that serves every request well enough."""
        months = {way: usd * self.requests for way, usd in self.requests_usd().items()}
        if self.hard_per_mille:
            del months["small"]
        elif self.requests <= self.instances * self.one_serves():
            months["self_host"] = self.hosting_usd()
        return months


CASES_IN_WHOLE_NUMBERS = st.builds(
    Case,
    small=st.sampled_from(GLOBAL),
    large=st.sampled_from(GLOBAL),
    requests=st.integers(0, 10**8),
    sent=st.integers(0, 50_000),
    answered=st.integers(0, 4_000),
    hard_per_mille=st.one_of(st.just(0), PER_MILLE),
    router_micro_usd=st.integers(0, 5_000),
    check_micro_usd=st.integers(0, 5_000),
    instances=st.integers(1, 9),
    hour_milli_usd=st.integers(1, 50_000),
    tenths_per_second=st.integers(1, 500),
)


def is_near(found: Decimal | None, wanted: Fraction) -> bool:
    return found is not None and abs(Fraction(found) - wanted) <= wanted / 10**20


@given(case=CASES_IN_WHOLE_NUMBERS)
@settings(max_examples=1000)
def test_every_cost_equals_an_oracle_in_fractions(case: Case) -> None:
    """Prices read again from the file, every sum in whole numbers and exact fractions."""
    result, wanted = model_choice.calculate(case.inputs(), is_quiet=True), case.requests_usd()
    assert is_near(result.small_usd_per_request, wanted["small"])
    assert is_near(result.large_usd_per_request, wanted["large"])
    assert is_near(result.router_usd_per_request_total, wanted["router"])
    assert is_near(result.cascade_usd_per_request, wanted["cascade"])
    assert is_near(result.self_host_usd_per_month, case.hosting_usd())
    if wanted["small"]:
        volume = case.hosting_usd() / wanted["small"]
        assert is_near(result.self_host_break_even_requests_per_month, volume)
        assert is_near(result.self_host_break_even_utilisation_ratio, volume / case.one_serves())
    months = case.months_usd()
    assert months[result.cheapest] <= min(months.values()) * (1 + Fraction(1, 10**20))
