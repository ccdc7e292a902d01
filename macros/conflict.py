"""`conflict(id)` and `conflicts(group)`: two sources that disagree, both dated, and what the course does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from calculators import catalogue
from macros.markup import block, inline
from macros.naming import find
from macros.source import source
from macros.state import StateMacro

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculators.catalogue import Conflict, Side
    from macros.place import Place

REGISTER_PAGE = "reference/conflicts/"
TITLES = {"exam": "The exam says / AWS says today"}


class ConflictMacro:
    """The macro, bound to the page that is being rendered."""

    def __init__(self, place: Place) -> None:
        """Keep the page: links to states and to the register start from it."""
        self._place, self._state = place, StateMacro(place)

    def __call__(self, identifier: str) -> str:
        """Return the box of one conflict, with a link to its entry in the register."""
        found = find(f'conflict("{identifier}")', "conflict", identifier, catalogue.conflicts())
        register = self._place.link_to(f"{REGISTER_PAGE}#conflict-{found.id}")
        return block("conflict.html", boxes=[self._box(found)], register=register)

    def group(self, name: str) -> str:
        """Return every box of a group of the register, each under the id that links lead to."""
        find(f'conflicts("{name}")', "group", name, catalogue.GROUPS)
        boxes = [self._box(each) for each in catalogue.conflicts().values() if each.group == name]
        return block("conflict.html", boxes=boxes, register="")

    def _box(self, found: Conflict) -> dict[str, Any]:
        return {
            "id": found.id,
            "title": TITLES.get(found.group, "Sources disagree"),
            "topic": found.topic,
            "sides": [_side(each, is_used=found.uses == place) for place, each in enumerate(found.sides, start=1)],
            "course": found.course,
            "changes": found.changes,
            "states": list(self._states(found)),
        }

    def _states(self, found: Conflict) -> Iterator[dict[str, Markup]]:
        """Yield each state's link and what it answers. Everything in them is escaped where it is made."""
        for each in found.states:
            state = self._state(each.calculator, **each.inputs)
            told = state.answer if each.shows == "answer" else state.labelled(each.shows) if each.shows else ""
            yield {"link": Markup(state.link(each.words)), "told": Markup(told)}  # noqa: S704


def _side(side: Side, *, is_used: bool) -> dict[str, Any]:
    named = [source(each) for each in side.sources]
    if side.dated:
        named.append(f'<span class="cc-source"><small>({escape(side.dated)})</small></span>')
    return {
        "who": side.who,
        "says": Markup(inline(side.says)),  # noqa: S704 - escaped there
        "sources": [Markup(each) for each in named],  # noqa: S704 - escaped where they are made
        "is_used": is_used,
    }
