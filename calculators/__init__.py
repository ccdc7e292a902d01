"""Cost models for AWS generative-AI services: exact, explained, from dated and sourced prices.

    >>> from calculators import token_cost
    >>> token_cost.calculate(token_cost.Inputs(requests_per_month=1_000)).usd_per_request
    Decimal('0.005216')

`run` takes and returns the plain data of JSON; the command line and the page call it. `bake` adds
the texts in which a result is shown, `form` describes the inputs.
"""

from calculators.errors import InputError, Problem
from calculators.registry import calculator, names, run
from calculators.view import bake, form

__all__ = ["InputError", "Problem", "bake", "calculator", "form", "names", "run"]
__version__ = "0.1.0"
