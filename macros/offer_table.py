"""`offer_table(models)`: which model offers which tier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators import catalogue
from macros.markup import block
from macros.price_table import chosen

if TYPE_CHECKING:
    from collections.abc import Sequence

TIERS = {
    "standard": "Standard",
    "flex": "Flex",
    "priority": "Priority",
    "batch": "Batch",
    "reserved": "Reserved",
    "provisioned": "Provisioned Throughput",
    "custom_on_demand": "Custom model on demand",
}
ANSWERS = {True: "yes", False: "no", None: "not known"}


def offer_table(models: Sequence[str] | str) -> str:
    """Return the tiers of some models, or of all models of a provider, with the day of the card."""
    book = catalogue.load()
    lines = []
    for each in chosen(f"offer_table({models!r})", book, models):
        offer = book.offer(each.id)
        answers = [ANSWERS[offer.states(tier)] for tier in TIERS]
        card = book.sources[offer.card].title if offer.card else "no model card read"
        lines.append({"name": each.name, "answers": answers, "as_of": offer.as_of or "–", "source": card})
    return block("offer_table.html", lines=lines, headings=list(TIERS.values()))
