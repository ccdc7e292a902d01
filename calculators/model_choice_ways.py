"""The ways to serve a workload with a small and a large model: what each costs, and which is the cheapest that does."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from calculators.formulas import models, tokens
from calculators.model_choice_hosting import Hosting
from calculators.model_choice_prices import METERS, SIZES, Prices

if TYPE_CHECKING:
    from calculators.catalogue import Catalogue
    from calculators.model_choice import Inputs
    from calculators.steps import Receipt

# In the order in which equals are preferred: what is simpler comes first.
WAYS = {
    "small": "The small model alone",
    "large": "The large model alone",
    "router": "A router",
    "cascade": "A cascade",
    "self_host": "Own instances",
}
PER_REQUEST = "USD per request"
ZERO = Decimal(0)


class Ways:
    """The workload priced on the small and the large model, on both together and on own instances."""

    def __init__(self, inputs: Inputs, catalogue: Catalogue, receipt: Receipt, *, is_trial: bool = False) -> None:
        """Price every way; a trial keeps no prices. Raises InputError where one is not public or not offered."""
        self.inputs, self.receipt = inputs, receipt
        self.prices = Prices(inputs, catalogue, is_quiet=is_trial)
        self.usd_per_request = {size: self._on_one_model(size) for size in SIZES}
        self._both_models()
        self.hosting = Hosting(
            instances=inputs.instances,
            instance_usd_per_hour=self.prices.instance_usd_per_hour,
            requests_per_second=inputs.requests_per_second_per_instance,
            api_usd_per_request=self.usd_per_request["small"],
        )
        self.self_host_usd_per_month = self.hosting.usd_per_month(self.receipt)
        self.capacity_requests_per_month = self.hosting.capacity_requests_per_month(self.receipt)

    def usd_per_month(self, way: str, requests_per_month: Decimal | None = None) -> Decimal:
        """Return the cost of a month on one way, of the workload or of another number of requests."""
        if way == "self_host":
            return self.self_host_usd_per_month
        requests = self.inputs.requests_per_month if requests_per_month is None else requests_per_month
        return tokens.month_usd(requests_per_month=requests, usd_per_request=self.usd_per_request[way])

    def at_share(self, escalation_ratio: Decimal) -> dict[str, Decimal]:
        """Return the cost of a request on each model and on both together, at a share of hard requests (F11)."""
        small, large = self.usd_per_request["small"], self.usd_per_request["large"]
        routed = models.routed_usd_per_request(
            router_usd_per_request=self.inputs.router_usd_per_request,
            small_usd_per_request=small,
            large_usd_per_request=large,
            escalation_ratio=escalation_ratio,
        )
        cascaded = models.cascade_usd_per_request(
            small_usd_per_request=small,
            verifier_usd_per_request=self.inputs.verifier_usd_per_request,
            large_usd_per_request=large,
            escalation_ratio=escalation_ratio,
        )
        return {"small": small, "large": large, "router": routed, "cascade": cascaded}

    def fitting(self) -> list[str]:
        """Return the ways that answer every request as well as the reader's own test asks.

        The share that needs the large model is that test: above 0, the small model alone fails it,
        and so do instances that run a model like the small one.
        """
        together = ["large", "router", "cascade"]
        if self.inputs.escalation_ratio > 0:
            return together
        return ["small", *together, *(["self_host"] if self.has_room else [])]

    @property
    def has_room(self) -> bool:
        """Whether the instances can serve the workload, if it is spread evenly over the month."""
        return self.inputs.requests_per_month <= self.capacity_requests_per_month

    def cheapest(self) -> str:
        """Return the cheapest of the ways that fit; without requests, the cheapest by the request."""

        def rank(way: str) -> tuple[Decimal, Decimal, int]:
            return self.usd_per_month(way), self.usd_per_request.get(way, ZERO), list(WAYS).index(way)

        return min(self.fitting(), key=rank)

    def months(self) -> None:
        """Record what a month costs on each way that is paid by the request."""
        for way, usd in self.usd_per_request.items():
            symbols = {"N": self.inputs.requests_per_month, "c": usd}
            self.receipt.step(f"{way}_usd_per_month", self.usd_per_month(way), "USD per month", "N·c", "F01", **symbols)

    def saving_ratio(self, way: str) -> Decimal | None:
        """Return what a router or a cascade saves against the large model alone; None where that costs nothing."""
        usd, large = self.usd_per_request[way], self.usd_per_request["large"]
        saved = models.saving_ratio(usd_per_request=usd, large_usd_per_request=large)
        if saved is None:
            return None
        return self.receipt.step(f"{way}_saving_ratio", saved, "ratio", "1 − c / c_L", "F11", c=usd, c_L=large)

    def cascade_break_even(self) -> Decimal | None:
        """Return the share of hard requests below which a cascade beats the large model alone."""
        small, large = self.usd_per_request["small"], self.usd_per_request["large"]
        own = self.inputs.verifier_usd_per_request
        found = models.cascade_break_even_escalation_ratio(
            small_usd_per_request=small, verifier_usd_per_request=own, large_usd_per_request=large
        )
        if found is None:
            return None
        formula, symbols = "1 − (c_S + c_v) / c_L", {"c_v": own, "c_S": small, "c_L": large}
        return self.receipt.step("cascade_break_even_escalation_ratio", found, "ratio", formula, "F11", **symbols)

    def router_break_even(self) -> Decimal | None:
        """Return the share of hard requests below which a router beats the large model alone."""
        small, large = self.usd_per_request["small"], self.usd_per_request["large"]
        own = self.inputs.router_usd_per_request
        found = models.router_break_even_escalation_ratio(
            router_usd_per_request=own, small_usd_per_request=small, large_usd_per_request=large
        )
        if found is None:
            return None
        formula, symbols = "1 − c_r / (c_L − c_S)", {"c_r": own, "c_S": small, "c_L": large}
        return self.receipt.step("router_break_even_escalation_ratio", found, "ratio", formula, "F11", **symbols)

    def full_instance(self) -> None:
        """Record the price of a million tokens on an instance that is never idle."""
        inputs = self.inputs
        self.hosting.full_usd_per_mtok(inputs.input_tokens_per_request + inputs.output_tokens_per_request, self.receipt)

    def usd_per_1000_words(self, size: str) -> Decimal:
        """Return what 1,000 words of input cost on a model."""
        symbols = {"p": self.prices.usd_per_mtok[size]["input"], "τ": getattr(self.inputs, f"{size}_tokens_per_word")}
        cost = models.usd_per_1000_words(usd_per_mtok=symbols["p"], tokens_per_word=symbols["τ"])
        name, unit = f"{size}_usd_per_1000_words", "USD per 1,000 words"
        return self.receipt.step(name, cost, unit, "p·τ·1000 / 10^6", "F12", **symbols)

    def _on_one_model(self, size: str) -> Decimal:
        sent, answered = self.inputs.input_tokens_per_request, self.inputs.output_tokens_per_request
        p_in, p_out = (self.prices.usd_per_mtok[size][each] for each in METERS)
        usd = tokens.request_usd(
            fresh_tokens=sent,
            cache_read_tokens=ZERO,
            cache_write_tokens=ZERO,
            output_tokens=answered,
            input_usd_per_mtok=p_in,
            cache_read_usd_per_mtok=ZERO,
            cache_write_usd_per_mtok=ZERO,
            output_usd_per_mtok=p_out,
        )
        symbols = {"T_in": sent, "T_out": answered, "p_in": p_in, "p_out": p_out}
        formula = "(T_in·p_in + T_out·p_out) / 10^6"
        return self.receipt.step(f"{size}_usd_per_request", usd, PER_REQUEST, formula, "F01", **symbols)

    def _both_models(self) -> None:
        """Price the router and the cascade at the share entered."""
        at_share, share = self.at_share(self.inputs.escalation_ratio), self.inputs.escalation_ratio
        symbols = {"q": share, "c_S": self.usd_per_request["small"], "c_L": self.usd_per_request["large"]}
        for way, name, formula in (
            ("router", "router_usd_per_request_total", "c_r + (1 − q)·c_S + q·c_L"),
            ("cascade", "cascade_usd_per_request", "c_S + c_v + q·c_L"),
        ):
            own = {"c_r": self.inputs.router_usd_per_request, "c_v": self.inputs.verifier_usd_per_request}
            usd = self.receipt.step(name, at_share[way], PER_REQUEST, formula, "F11", **symbols, **own)
            self.usd_per_request[way] = usd
