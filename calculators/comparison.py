"""Comparison: the answer that a reader kept beside the present one, output by output, with the inputs that differ."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from calculators import registry, shown, view
from calculators.fields import specs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from calculators.entries import Spec

SAME, CHANGED, NOT_GIVEN = "same", "changed", "not given"
SHARES = ("ratio", "availability")  # their differences are told in percentage points
PRICES = "Prices as of"

View = dict[str, Any]


def compare(name: str, kept: Mapping[str, Any], now: View) -> dict[str, Any]:
    """Return what was kept as a sentence, and two tables: outputs kept, now and between, and inputs that differ.

    `kept` holds the `inputs` (name to text) and the `prices` (a snapshot) of the answer kept. Raises InputError.
    """
    inputs = json.dumps(kept.get("inputs", {}), sort_keys=True)
    then = _kept_view(name, inputs, str(kept.get("prices") or "") or None)
    old = {each["name"]: each for each in then["outputs"]}  # one answer may have a part that the other has not
    pairs = [(old[each["name"]], each) for each in now["outputs"] if each["name"] in old]
    outputs = [_output_row(*pair) for pair in pairs if _is_compared(*pair)]
    tables = [
        _table("kept-outputs", "Kept and now", ("Output", "Kept", "Now", "Difference"), outputs),
        _table("kept-inputs", "Inputs that differ", ("Input", "Kept", "Now"), list(_input_rows(name, then, now))),
    ]
    return {"answer": then["answer"], "tables": [each for each in tables if each["rows"]]}


@lru_cache(maxsize=2)
def _kept_view(name: str, inputs_json: str, prices: str | None) -> View:
    """Return the answer kept; it is asked for again at each change of the other."""
    found: View = view.bake(name, json.loads(inputs_json), prices, text=True)["view"]
    return found


def _is_compared(kept: View, now: View) -> bool:
    """Whether an output is worth a row: not a sentence, and not absent from both answers."""
    is_sentence = kept["text"].endswith(".") or now["text"].endswith(".")
    return not is_sentence and not (kept["value"] is None and now["value"] is None)


def _output_row(kept: View, now: View) -> list[str]:
    return [now["label"], kept["text"], now["text"], difference(kept["value"], now["value"], now["unit"])]


def difference(kept: object, now: object, unit: str) -> str:
    """Return how far the present value is from the kept one, as text.

    >>> difference(1000, 1120, "USD"), difference(0.25, 0.5, "ratio"), difference("flex", "batch", "")
    ('+$120.00 (+12%)', '+25 points', 'changed')
    >>> difference(5, 5, "count"), difference(None, 3, "count"), difference(0, 3, "count")
    ('same', 'changed', '+3')
    """
    if kept == now:
        return SAME
    if not _is_number(kept) or not _is_number(now):
        return CHANGED
    old, new = Decimal(str(kept)), Decimal(str(now))
    size, sign = abs(new - old), "+" if new > old else "-"
    if unit in SHARES:
        return f"{sign}{shown.significant(size * 100, 3)} points"
    relative = f" ({sign}{shown.percent(size / old)})" if old > 0 else ""
    return f"{sign}{shown.amount(size, unit)}{relative}"


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _input_rows(name: str, kept: View, now: View) -> Iterator[list[str]]:
    """Yield the inputs whose texts differ, in words, and the day of the prices where that differs."""
    for each, spec in specs(registry.calculator(name).Inputs).items():
        old, new = kept["inputs"][each], now["inputs"][each]
        if old != new:
            yield [spec.label, _in_words(old, spec), _in_words(new, spec)]
    if kept["prices_as_of"] != now["prices_as_of"]:
        yield [PRICES, kept["prices_as_of"], now["prices_as_of"]]


def _in_words(text: str, spec: Spec) -> str:
    if spec.kind == "flag":
        return "yes" if text == "true" else "no"
    choices = spec.choices()
    parts = [choices.get(each, each) for each in text.split(", ")] if choices else [text.replace("\n", "; ")]
    return ", ".join(parts) or NOT_GIVEN


def _table(identifier: str, title: str, labels: tuple[str, ...], rows: list[list[str]]) -> dict[str, Any]:
    columns = [{"label": label, "numeric": False} for label in labels]
    return {"id": identifier, "title": title, "columns": columns, "rows": rows}
