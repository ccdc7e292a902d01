"""The calculators by name, and the one call that runs them on plain data."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from calculators import catalogue, results
from calculators.entries import closest, quoted
from calculators.errors import InputError, Problem
from calculators.fields import read

if TYPE_CHECKING:
    from collections.abc import Mapping

    from calculators.protocol import Calculator

MODULES = {
    "token-cost": "token_cost",
    "tier-selection": "tier_selection",
    "model-choice": "model_choice",
    "roi": "roi",
    "distillation-savings": "distillation_savings",
    "customization": "customization",
    "compute-purchase": "compute_purchase",
    "redundancy": "redundancy",
    "capacity": "capacity",
}


def names() -> tuple[str, ...]:
    """Return the names of the calculators."""
    return tuple(MODULES)


def calculator(name: str) -> Calculator:
    """Return the module of a calculator, or raise InputError for an unknown name."""
    if name not in MODULES:
        problem = f"there is no calculator {quoted(name)}{closest(name, MODULES)}; known: {', '.join(MODULES)}"
        raise InputError([Problem("calculator", problem)])
    module: Any = importlib.import_module(f"calculators.{MODULES[name]}")
    return module  # type: ignore[no-any-return]  # a module fits the protocol by its names


def run(
    name: str, mapping: Mapping[str, Any] | None = None, prices: str | None = None, *, text: bool = False
) -> dict[str, Any]:
    """Return the result object of a calculator for inputs given as plain data.

    `mapping` holds the inputs that differ from the defaults; `prices` names a price snapshot;
    with `text`, strings are what a reader typed. Raises InputError, which names every input at fault.

    >>> run("token-cost", {"requests_per_month": 1000})["outputs"]["usd_per_month"]
    5.216
    """
    module = calculator(name)
    snapshot = catalogue.load(prices)
    inputs = read(module.Inputs, {} if mapping is None else mapping, text=text)
    result = module.calculate(inputs, snapshot)
    return results.envelope(name, module.VERSION, snapshot.snapshot, inputs.as_mapping(), result)
