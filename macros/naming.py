"""Names in a macro call: a wrong one fails the build and says which was meant."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping

Value = TypeVar("Value")


class MacroError(ValueError):
    """A macro was called with something that does not exist; the page's author can put it right."""


def find(call: str, kind: str, name: str, known: Mapping[str, Value]) -> Value:
    """Return the value of a name, or fail with the nearest name that exists.

    >>> find('model("nova")', "model", "nova", {"nova-pro": 1})
    Traceback (most recent call last):
    macros.naming.MacroError: model("nova"): there is no model "nova"; did you mean "nova-pro"?
    """
    if name in known:
        return known[name]
    near = difflib.get_close_matches(str(name), list(known), n=1, cutoff=0.4)
    hint = f'; did you mean "{near[0]}"?' if near else f"; known: {', '.join(known) or 'none'}"
    raise MacroError(f'{call}: there is no {kind} "{name}"{hint}')
