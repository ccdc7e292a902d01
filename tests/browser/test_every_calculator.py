"""Each calculator, live: an edit, a wrong input, and the files that the page makes of its answer."""

from __future__ import annotations

import csv
import io
import json
import runpy
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from playwright.sync_api import expect

import calculators
from tests.browser.conftest import opened
from tests.browser.test_calculator import edit, element, from_command_line, raw_outputs, wait_ready

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

START_MS = 60_000
CHANGES = {  # an input, and what a reader types
    "token-cost": ("output_tokens_per_request", "1.2k"),
    "tier-selection": ("requests_per_month", "400,000"),
    "model-choice": ("escalation_ratio", "0.4"),
    "roi": ("people", "90"),
    "distillation-savings": ("requests_per_month", "300000"),
    "customization": ("label_yield_ratio", "0.8"),
    "compute-purchase": ("checkpoint_seconds", "120"),
    "redundancy": ("regions", "3"),
    "capacity": ("peak_requests_per_second", "3.5"),
}


@pytest.fixture(scope="module", params=calculators.names())
def live(chromium: Browser, site: str, request: pytest.FixtureRequest) -> Iterator[tuple[str, Page]]:
    """A calculator's page after one edit: Python has started, and starts once for all tests of the page."""
    name = request.param
    with opened(chromium, f"{site}calculators/{name}/") as page:
        page.evaluate("document.querySelectorAll('.cc-form details').forEach(fold => { fold.open = true })")
        edit(page, *CHANGES[name])
        yield name, page


def numbers(page: Page) -> dict[str, float]:
    """Return the outputs that are numbers."""
    found = raw_outputs(page).items()
    return {name: each for name, each in found if isinstance(each, int | float) and not isinstance(each, bool)}


def downloaded(page: Page, kind: str, folder: Path) -> Path:
    """Press a button of downloads and keep the file."""
    with page.expect_download(timeout=START_MS) as waiting:
        page.locator(f'[data-action="download"][data-kind="{kind}"]').click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def test_an_edit_is_answered_as_the_command_line_does(
    live: tuple[str, Page], capsys: pytest.CaptureFixture[str]
) -> None:
    name, page = live
    field, typed = CHANGES[name]
    assert raw_outputs(page) == from_command_line(name, f"{field}={typed}", capsys=capsys)
    assert raw_outputs(page) != from_command_line(name, capsys=capsys)


def test_each_file_opens_and_holds_the_numbers_of_the_page(
    live: tuple[str, Page], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, page = live
    shown, answer = numbers(page), page.locator('[data-part="answer"]').inner_text()
    table, text, program, workbook = (downloaded(page, kind, tmp_path) for kind in ("csv", "md", "py", "xlsx"))

    head, row = csv.reader(io.StringIO(table.read_text("utf-8")))
    values: dict[str, Any] = dict(zip(head, row, strict=True))
    assert {name: float(values[name]) for name in shown} == shown
    assert answer in text.read_text("utf-8")

    runpy.run_path(str(program))
    printed = capsys.readouterr().out.splitlines()
    assert [
        f"{name} = {each}" for name, each in shown.items() if "." not in name and f"{name} = {each}" not in printed
    ] == []

    lines = [line for sheet in openpyxl.load_workbook(workbook, data_only=True) for line in sheet.values]
    cells = [float(cell) for line in lines for cell in line if isinstance(cell, int | float)]
    assert [name for name, each in shown.items() if not any(cell == pytest.approx(each) for cell in cells)] == []


def test_a_wrong_input_is_told_beside_it_and_the_answer_stays(live: tuple[str, Page]) -> None:
    name, page = live
    field, typed = CHANGES[name]
    control, before = page.locator(f"cost-calculator [name={field}]"), json.dumps(raw_outputs(page))
    control.fill("-1")
    expect(element(page)).to_have_attribute("data-state", "error", timeout=START_MS)
    expect(control).to_have_attribute("aria-invalid", "true")
    expect(page.locator(f'[data-field="{field}"] [data-part="problem"]')).to_contain_text("not -1")
    assert json.dumps(raw_outputs(page)) == before
    control.fill(typed)
    wait_ready(page)
