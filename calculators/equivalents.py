"""Equivalents: the same answer as a command and as a Python program, for the inputs that differ from the defaults."""

from __future__ import annotations

import pprint
import shlex
from typing import TYPE_CHECKING, Any

from calculators import results, table_entries
from calculators.fields import specs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from calculators.fields import Inputs

WIDTH = 88
PROGRAM = '''"""{title}: the answer of the course, calculated again with its prices of {prices}."""

import calculators

result = calculators.run({name!r}, {inputs}, prices={prices!r})

for name, value in result["outputs"].items():
    print(name, "=", value)
for warning in result["warnings"]:
    print("!", warning["message"])
'''


def changed(inputs: Inputs) -> dict[str, Any]:
    """Return the inputs that differ from the defaults."""
    defaults = type(inputs)()
    return {
        each: getattr(inputs, each) for each in specs(type(inputs)) if getattr(inputs, each) != getattr(defaults, each)
    }


def command(name: str, inputs: Inputs, prices: str | None = None) -> str:
    """Return the command that gives the same answer; `prices` where a snapshot was asked for.

    >>> from calculators.token_cost import Inputs
    >>> command("token-cost", Inputs(requests_per_month=1000, cache_ttl="1h"))
    'python -m calculators run token-cost --set requests_per_month=1000 --set cache_ttl=1h'
    """
    words = [f"--set {shlex.quote(f'{key}={_text(value)}')}" for key, value in changed(inputs).items()]
    words += [f"--prices {shlex.quote(prices)}"] if prices else []
    return " ".join(["python -m calculators run", name, *words])


def program(name: str, title: str, inputs: Inputs, prices: str) -> str:
    """Return a Python program that gives the same answer, with the snapshot it was made with."""
    given: Mapping[str, Any] = results.data(changed(inputs))
    written = pprint.pformat(given, indent=4, width=WIDTH, sort_dicts=False)
    if "\n" in written or len(written) > WIDTH // 2:
        lines = [f"    {key!r}: {pprint.pformat(value, width=WIDTH, compact=True)}," for key, value in given.items()]
        written = "\n".join(["{", *lines, "}"])
    return PROGRAM.format(title=title, name=name, inputs=written, prices=prices)


def _text(value: object) -> str:
    """Return a value as `--set` reads it."""
    if table_entries.is_table(value):
        return table_entries.as_text(value, "; ")
    plain = results.data(value)
    if isinstance(plain, list):
        return ",".join(map(str, plain))
    if isinstance(plain, bool):
        return str(plain).lower()
    return "" if plain is None else str(plain)
