"""`rule(tier)`: what a tier charges as a multiple of the Standard price."""

from __future__ import annotations

from calculators import catalogue, shown
from macros.markup import inline
from macros.naming import find

MULTIPLIERS = ("batch", "flex", "priority", "global")


def rule(tier: str) -> str:
    """Return the multiple as a plain number: the sentence says of what."""
    points = {each: catalogue.load().find_rule(each) for each in MULTIPLIERS}
    known = {each: point.figure for each, point in points.items() if point is not None}
    return inline(shown.plain(find(f'rule("{tier}")', "rule", tier, known)))
