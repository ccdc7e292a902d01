"""The prices that a choice of model rests on: two models on one route, and an instance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.errors import InputError, Problem
from calculators.ledger import Ledger, Quote
from calculators.quotes import PriceBook

if TYPE_CHECKING:
    from decimal import Decimal

    from calculators.catalogue import Catalogue
    from calculators.model_choice import Inputs

SIZES = ("small", "large")
METERS = ("input", "output")


class Prices:
    """The figures for one state of the inputs, the reader's own or the catalogue's."""

    def __init__(self, inputs: Inputs, catalogue: Catalogue, *, is_quiet: bool) -> None:
        """Find every figure. Raises one InputError that names all that is not public or not offered."""
        self.catalogue = catalogue
        self.books = {size: _book(inputs, catalogue, size, is_quiet=is_quiet) for size in SIZES}
        self.ledger = Ledger(catalogue, is_quiet=is_quiet)
        self.usd_per_mtok: dict[str, dict[str, Decimal]] = {}
        problems: list[Problem] = []
        for size, book in self.books.items():
            found = {meter: book.find_standard(meter) for meter in METERS}
            self.usd_per_mtok[size] = {meter: usd for meter, usd in found.items() if usd is not None}
            problems += _problems(size, book, found)
        try:
            self.instance_usd_per_hour = self._instance(inputs)
        except InputError as error:
            problems += error.problems
        if problems:
            raise InputError(problems)

    def model_name(self, size: str) -> str:
        """Return the name of the small or the large model."""
        return self.catalogue.models[self.books[size].model_id].name

    def entered_or_found(self, name: str) -> Decimal:
        """Return the figure that stands behind a price input, entered or not."""
        if name == "instance_usd_per_hour":
            return self.instance_usd_per_hour
        size, meter = name.removesuffix("_usd_per_mtok").split("_")
        return self.usd_per_mtok[size][meter]

    def quotes(self) -> tuple[Quote, ...]:
        """Return every price used, each once."""
        ledgers = (*self.books.values(), self.ledger)
        return tuple(dict.fromkeys(quote for each in ledgers for quote in each.used.values()))

    def _instance(self, inputs: Inputs) -> Decimal:
        return self.ledger.figure(
            "instance_usd_per_hour",
            inputs.instance_usd_per_hour,
            f"{inputs.instance_type}, On-Demand",
            item=inputs.instance_type,
            region=inputs.region,
            meter="on_demand_hour",
        )


def _book(inputs: Inputs, catalogue: Catalogue, size: str, *, is_quiet: bool) -> PriceBook:
    """Return the prices of the small or the large model, above its long-context step where the prompt is."""
    model_id: str = getattr(inputs, f"{size}_model_id")
    threshold = catalogue.models[model_id].long_context_threshold_tokens
    return PriceBook(
        catalogue,
        model_id,
        inputs.region,
        inputs.routing,
        {each: getattr(inputs, f"{size}_{each}_usd_per_mtok") for each in METERS},
        is_long_context=threshold is not None and inputs.input_tokens_per_request > threshold,
        is_quiet=is_quiet,
    )


def _problems(size: str, book: PriceBook, found: dict[str, Decimal | None]) -> list[Problem]:
    """Return what keeps a model from being priced: it is not offered on the route, or a price is not public.

    With both prices entered there is nothing to refuse: so two models can be compared that need
    different routes.
    """
    if None not in book.overrides.values():
        return []
    offered = book.catalogue.offered(book.model_id, book.region, book.routing, "standard")
    if not offered.is_offered:
        advice = "Choose another model or route, or enter both its prices."
        return [Problem(f"{size}_model_id", f"{offered.reason} {advice}")]
    missing = [book.missing(meter) for meter, usd in found.items() if usd is None]
    return [Problem(f"{size}_{each.field}", each.problem) for each in missing]
