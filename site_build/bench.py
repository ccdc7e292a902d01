"""How fast the calculators are: `make bench` runs this file natively and inside Pyodide.

It imports nothing of this room: inside Pyodide there are only the calculators.
"""

from __future__ import annotations

import functools
import json
import statistics
import time
from typing import TYPE_CHECKING

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
    return taken


if __name__ == "__main__":
    print(json.dumps(measure()))
