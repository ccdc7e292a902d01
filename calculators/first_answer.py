"""First answer: the numbers of an answer without what has to be searched, drawn or simulated.

The page shows them while the reader types; the whole answer, which holds the same numbers, follows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from calculators import catalogue, flips, registry, view
from calculators.fields import read, specs

if TYPE_CHECKING:
    from collections.abc import Mapping

RUNS, SIMULATED = "monte_carlo_runs", "monte_carlo."


def outputs(name: str, given: Mapping[str, Any], prices: str | None = None) -> list[dict[str, Any]]:
    """Return the scalar outputs as `view.bake` shows them, but for those that a simulation makes.

    `given` is text as a reader types it. Raises InputError.
    """
    module = registry.calculator(name)
    inputs = read(module.Inputs, given, text=True)
    if RUNS in specs(module.Inputs):
        inputs = inputs.trial(RUNS, specs(module.Inputs)[RUNS].minimum)  # as few as may be: their numbers come later
    with flips.left_out():
        result = module.calculate(inputs, catalogue.load(prices), is_quiet=True)
    return [each for each in view.outputs(result) if not each["name"].startswith(SIMULATED)]
