"""Workbooks: live formulas that give Python's digits, or say that they don't hold."""

from __future__ import annotations

import random
from decimal import Decimal
from typing import Any

import pytest

import calculators
from calculators import InputError, catalogue, workbook
from calculators.fields import specs
from calculators.results import data
from tests.spreadsheet.engine import Book, Change

pytestmark = pytest.mark.native

FIRST_LINE = 6  # of the sheet Answer
NEAR = 1e-9
FACTORS = (0.5, 0.9, 0.99, 0.999, 1.001, 1.01, 1.1, 2)
TRIALS = 120


def python_lines(name: str, given: dict[str, Any]) -> dict[str, Any] | None:
    """Return the answer's values by the models, by label; None where they refuse."""
    module = calculators.calculator(name)
    try:
        result = module.calculate(module.Inputs(**given), catalogue.load())
    except InputError:
        return None
    return {line.label: data(line.value) for line in workbook.lines(result)}


def shown_lines(sheet: list[list[Any]]) -> dict[str, Any]:
    return {row[0]: row[1] for row in sheet[FIRST_LINE:]}


def is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def trials_of(name: str, book: Book, seed: int) -> list[tuple[dict[str, Any], list[Change]]]:
    """Return inputs of one or two changed numbers, with the cells to change."""
    draw = random.Random(seed)  # noqa: S311 - cases, not secrets
    known, rows = specs(calculators.calculator(name).Inputs), book.inputs()
    made = []
    for number in range(TRIALS):
        given, changes = {}, []
        for each in draw.sample(sorted(rows), k=min(len(rows), 1 + number % 2)):
            spec, now = known[each], book.cell("Inputs", rows[each], 1)
            value = now * draw.choice(FACTORS) if now else draw.choice((0.01, 0.1, 1))
            value = round(value) if spec.is_whole else round(value, 9)
            value = min(max(value, float(spec.minimum or 0)), float(spec.maximum or value))
            given[each] = Decimal(str(value))
            changes.append(Change("Inputs", rows[each], 1, float(value)))
        made.append((given, changes))
    return made


@pytest.mark.parametrize("name", calculators.names())
def test_opened_and_left_alone_it_shows_the_answer(name: str) -> None:
    book = Book(workbook.make(name))
    (sheet,) = book.recalculated([[]])
    expected = python_lines(name, {})
    assert expected is not None
    assert sheet[3][0] == workbook.VALID
    shown = shown_lines(sheet)
    assert list(shown) == list(expected)
    for label, wanted in expected.items():
        if is_number(wanted):
            assert shown[label] == pytest.approx(wanted, rel=NEAR, abs=1e-12), label


@pytest.mark.parametrize("name", calculators.names())
def test_a_changed_cell_gives_the_digits_of_the_models_or_no_number(name: str) -> None:
    """Never a number from the wrong rule: each is Python's to 1e-9, or #N/A."""
    book = Book(workbook.make(name))
    trials = trials_of(name, book, seed=7)
    live, compared = 0, 0
    for (given, _), sheet in zip(trials, book.recalculated([changes for _, changes in trials]), strict=True):
        expected = python_lines(name, given)
        live += sheet[3][0] == workbook.VALID
        shown = shown_lines(sheet)
        for label, now in shown.items():
            if isinstance(now, dict):
                assert now == {"error": "#N/A"}, (given, label)
                continue
            assert expected is not None, f"{label} shows {now} where the models refuse {given}"
            assert is_number(now) == is_number(expected[label]), (given, label)
            if is_number(now):
                assert now == pytest.approx(expected[label], rel=NEAR, abs=1e-9), (given, label)
                compared += 1
    assert live > TRIALS / 3, "most small changes should stay on the same path"
    assert compared > TRIALS


@pytest.mark.parametrize("name", calculators.names())
def test_the_same_answer_is_the_same_file(name: str) -> None:
    assert workbook.make(name) == workbook.make(name)


def test_a_price_can_be_changed_too() -> None:
    book = Book(workbook.make("token-cost"))
    row = next(place for place, cells in enumerate(book.sheets["Prices"]) if "output" in str(cells[0]))
    (sheet,) = book.recalculated([[Change("Prices", row, 1, 20.0)]])
    wanted = calculators.run("token-cost", {"output_usd_per_mtok": 20})["outputs"]["usd_per_request"]
    assert shown_lines(sheet)["One request"] == pytest.approx(wanted, rel=NEAR)


def test_a_changed_word_takes_every_number_away() -> None:
    book = Book(workbook.make("token-cost"))
    row = next(place for place, cells in enumerate(book.sheets["Inputs"]) if cells[4] == "cache_ttl")
    changes: Any = [[Change("Inputs", row, 1, "none")]]  # type: ignore[arg-type]  # a word, as a reader may type
    (sheet,) = book.recalculated(changes)
    assert sheet[3][0] == workbook.INVALID
    assert all(isinstance(each, dict) for each in shown_lines(sheet).values())
