"""`model_prices(providers)`: every model of some providers in every Region, with what speaks against a figure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from calculators import catalogue
from macros.markup import block
from macros.offer_table import TIERS
from macros.price_grid import Grid, anchor, grid
from macros.price_table import METERS, chosen
from macros.source_list import link_to_source

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calculators.catalogue import Catalogue, Model, PricePoint
    from macros.place import Place

ALL_METERS = {
    **METERS,
    "custom_on_demand_input": "Customised, input",
    "custom_on_demand_output": "Customised, output",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelPrices:
    """One model: what it is, until when, which tiers, and its figures."""

    model: Model
    anchor: str
    context: str
    tiers: str
    tiers_as_of: str
    grid: Grid


class ModelPricesMacro:
    """The macro, bound to the page that is being rendered."""

    def __init__(self, place: Place) -> None:
        """Keep the page: links to sources start from it."""
        self._place = place

    def __call__(self, providers: Sequence[str] | str) -> str:
        """Return the prices of all models of a provider, or of several."""
        book, call = catalogue.load(), f"model_prices({providers!r})"
        names = [providers] if isinstance(providers, str) else providers
        points: dict[str, list[PricePoint]] = {}
        for point in book.points():
            points.setdefault(point.item, []).append(point)
        models = [
            _prices(model, points.get(model.id, []), book) for each in names for model in chosen(call, book, each)
        ]
        return block(
            "model_prices.html",
            models=models,
            snapshot=book.snapshot,
            shows_provider=len(names) > 1,
            source_link=lambda each: link_to_source(self._place, each),
        )


def _prices(model: Model, points: Sequence[PricePoint], book: Catalogue) -> ModelPrices:
    offer = book.offer(model.id)
    offered = [name for tier, name in TIERS.items() if offer.states(tier)]
    return ModelPrices(
        model=model,
        anchor=anchor(model.id),
        context=f"{model.context_tokens:,}" if model.context_tokens else "",
        tiers=", ".join(offered),
        tiers_as_of=offer.as_of,
        grid=grid(points, ALL_METERS, book),
    )
