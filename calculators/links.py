"""Links: a state of a calculator in a fragment, #name?input=value&…&v=1&prices=2026-11-13, read back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from calculators import view
from calculators.entries import quoted
from calculators.errors import InputError, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

REPEATED = "the link gives this more than once: enter what is meant"


@dataclass(frozen=True, slots=True)
class Link:
    """What a link asks for, unchecked."""

    name: str
    inputs: Mapping[str, str]
    version: str
    prices: str


def parse(fragment: str) -> Link | None:
    """Return what a fragment asks for, None where it is no state, or raise InputError where it says a thing twice.

    >>> parse("#token-cost?requests_per_month=1000&v=1&prices=2026-11-13")
    Link(name='token-cost', inputs={'requests_per_month': '1000'}, version='1', prices='2026-11-13')
    >>> parse("#a-heading") is None
    True
    """
    name, mark, query = fragment.removeprefix("#").partition("?")
    if not mark:
        return None
    given: dict[str, str] = {}
    repeated: dict[str, None] = {}
    for key, value in parse_qsl(query, keep_blank_values=True):
        if key in given:
            repeated[key] = None
        given[key] = value
    if repeated:
        raise InputError([Problem(quoted(key)[1:-1], REPEATED) for key in repeated])
    version, prices = given.pop("v", ""), given.pop("prices", "")
    return Link(name, given, version, prices)


def answer(link: Link) -> dict[str, Any]:
    """Return the {"result", "view"} that the page shows for a link, or raise InputError."""
    view.check_version(link.name, link.version)
    return view.bake(link.name, link.inputs, link.prices or None, text=True)
