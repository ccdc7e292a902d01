"""A limit of a table can be put into its input: the text is the value shown, and entering it keeps its promise."""

from __future__ import annotations

from typing import Any

import pytest

import calculators
from calculators.fields import specs

DECISIONS = {
    "tier-selection": lambda outputs: outputs["recommended"]["tier"],
    "model-choice": lambda outputs: outputs["cheapest"],
    "compute-purchase": lambda outputs: outputs["recommended"],
    "redundancy": lambda outputs: outputs["recommended_pattern"],
    "capacity": lambda outputs: outputs["is_throttled"],
    "roi": lambda outputs: outputs["npv_usd"] < 0,
}
NAMES = [each for each in calculators.names() if each != "token-cost"]  # which decides nothing


def put_rows(name: str) -> list[tuple[dict[str, Any], list[str]]]:
    """Return what each row with a limit puts into the form, with the row's cells."""
    found = [each for each in calculators.bake(name)["view"]["tables"] if "puts" in each]
    return [pair for each in found for pair in zip(each["puts"], each["rows"], strict=True) if pair[0]]


@pytest.mark.parametrize("name", NAMES)
def test_every_limit_of_an_input_can_be_put_into_it(name: str) -> None:
    rows = put_rows(name)
    known = specs(calculators.calculator(name).Inputs)
    assert rows
    for put, cells in rows:
        spec = known[put["input"]]
        assert cells[put["column"]] != "none"
        assert put["label"] == f"into {spec.label}, and compute"
        assert spec.check(spec.read(put["text"])) != spec.check(
            spec.read(calculators.bake(name)["view"]["inputs"][put["input"]])
        )


@pytest.mark.parametrize("name", DECISIONS)
def test_a_limit_put_into_its_input_changes_the_decision(name: str) -> None:
    before = DECISIONS[name](calculators.run(name)["outputs"])
    for put, cells in put_rows(name):
        outputs = calculators.run(name, {put["input"]: put["text"]}, text=True)["outputs"]
        changed = DECISIONS[name](outputs) != before
        assert changed or name == "roi", cells
        if name == "roi":  # the value at which it just pays
            assert outputs["npv_usd"] >= 0, cells
            assert outputs["npv_usd"] < calculators.run("roi")["outputs"]["npv_usd"] / 10, cells


def test_a_row_about_an_output_puts_nothing() -> None:
    table = next(each for each in calculators.bake("roi")["view"]["tables"] if each["id"] == "must_be_true")
    puts = {row[0]: put for row, put in zip(table["rows"], table["puts"], strict=True)}
    assert puts["Development cost"] is None
    assert puts["Running cost"]["column"] == 2
    assert puts["Realisation"]["column"] == 1
