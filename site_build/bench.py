"""How fast the calculators are: `make bench` runs this file natively and inside Pyodide.

It imports nothing of this room: inside Pyodide there are only the calculators.
"""

from __future__ import annotations

import functools
import json
import statistics
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

REPEATS = 5


def milliseconds(action: Callable[[], object], times: int) -> float:
    """Return the median time of one call, over `REPEATS` rounds of `times` calls."""
    rounds = []
    for _ in range(REPEATS):
        started = time.perf_counter()
        for _ in range(times):
            action()
        rounds.append((time.perf_counter() - started) * 1000 / times)
    return statistics.median(rounds)


def measure() -> dict[str, float]:
    """Return what each thing takes, in milliseconds."""
    started = time.perf_counter()
    import calculators  # noqa: PLC0415 - the import itself is measured
    from calculators import catalogue  # noqa: PLC0415

    imported = time.perf_counter()
    book = catalogue.load()
    loaded = time.perf_counter()
    taken = {
        "import the calculators": (imported - started) * 1000,
        "load the catalogue": (loaded - imported) * 1000,
        "look up a price": milliseconds(
            lambda: book.price("anthropic.claude-sonnet-5", "us-east-1", "global", "input"), times=1000
        ),
    }
    for name in calculators.names():
        taken[f"calculate {name}"] = milliseconds(functools.partial(calculators.run, name, {}), times=20)
    fixed = {"monte_carlo_runs": 100}  # the fewest that are allowed: what is left is the simulation
    simulated = taken["calculate roi"] - milliseconds(functools.partial(calculators.run, "roi", fixed), times=20)
    return {**taken, "simulate 10,000 plans (roi)": simulated, "one row of a batch": _row_of_a_batch()}


def _row_of_a_batch() -> float:
    """Return what a row of token cost takes from text to text, on one core."""
    from calculators.batches import Task  # noqa: PLC0415 - after the import is measured

    task = Task("token-cost", None, is_text=True, kind=".csv")
    chunk: list[Any] = [
        (number, {"requests_per_month": str(number), "cache_hit_ratio": "0.5"}) for number in range(1_000)
    ]
    return milliseconds(lambda: task(chunk), times=1) / len(chunk)


if __name__ == "__main__":
    print(json.dumps(measure()))
