"""`figure(name)`: a figure drawn at build from states of calculators or from the catalogue.

The frame is the same for all: a title, the drawing, one sentence as caption, and the content as a
table. Some figures take states that the page computed: `figure("chatbot-phases", launch=…, …)`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from macros.figures import (
    chatbot_phases,
    customization_cost_performance,
    decision_tree,
    four_meters,
    purchase_options,
    reserved_break_even,
    three_sizes,
)
from macros.figures.drawn import Desk
from macros.markup import block
from macros.naming import MacroError, find

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from macros.figures.drawn import Figure
    from macros.place import Place
    from macros.state import StateMacro

FIGURES: Mapping[str, Callable[..., Figure]] = {
    "decision-tree": decision_tree.draw,
    "purchase-options": purchase_options.draw,
    "four-meters": four_meters.draw,
    "reserved-break-even": reserved_break_even.draw,
    "three-sizes": three_sizes.draw,
    "customization-cost-performance": customization_cost_performance.draw,
    "chatbot-phases": chatbot_phases.draw,
}
STATES: Mapping[str, tuple[str, ...]] = {"chatbot-phases": chatbot_phases.PHASES}
MORE: Mapping[str, tuple[str, ...]] = {"chatbot-phases": chatbot_phases.MORE}


class FigureMacro:
    """The macro, bound to the page that is being rendered."""

    def __init__(self, place: Place, state: StateMacro) -> None:
        """Keep the page and the macro that computes states."""
        self._desk = Desk(place, state)

    def __call__(self, name: str, **given: Any) -> str:
        """Return the figure of this name, drawn from these states where it takes any."""
        call = f'figure("{name}")'
        draw = find(call, "figure", name, FIGURES)
        wanted = STATES.get(name, ())
        if not set(wanted) <= set(given) <= {*wanted, *MORE.get(name, ())}:
            takes = ", ".join(f"{each}=…" for each in wanted) or "nothing else"
            raise MacroError(f"{call}: this figure takes {takes}; it was given {', '.join(given) or 'nothing'}")
        return block("figure.html", name=name, figure=draw(self._desk, **given))
