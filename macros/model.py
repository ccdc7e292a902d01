"""`model(id)`: what a model is called."""

from __future__ import annotations

from calculators import catalogue
from macros.markup import inline
from macros.naming import find


def model(identifier: str) -> str:
    """Return the name of a model by its Bedrock id."""
    return inline(find(f'model("{identifier}")', "model", identifier, catalogue.load().models).name)
