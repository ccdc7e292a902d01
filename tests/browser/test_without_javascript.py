"""Without JavaScript, as a reader sees it: the answer, one drawing of each chart, tables, and folds that open.

`test_calculator.py` compares the values themselves with the command line's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

import calculators
from tests.browser.conftest import opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser

WIDTHS = pytest.mark.parametrize("width", [1280, 390])


def options(width: int) -> dict[str, Any]:
    return {"java_script_enabled": False, "viewport": {"width": width, "height": 900}}


@WIDTHS
@pytest.mark.parametrize("name", calculators.names())
def test_answer_charts_and_tables_are_seen_and_nothing_dead_is(
    chromium: Browser, site: str, name: str, width: int
) -> None:
    view = calculators.bake(name)["view"]
    with opened(chromium, f"{site}calculators/{name}/", **options(width)) as page:
        expect(page.locator('[data-part="answer"]')).to_be_visible()
        expect(page.locator('[data-part="answer"]')).to_have_text(view["answer"])
        for chart in view["charts"]:
            figure = page.locator(f'figure[data-chart="{chart["id"]}"]')
            expect(figure.locator("svg:visible")).to_have_count(1)
            expect(figure.locator('[data-part="summary"]')).to_be_visible()
        for table in view["tables"]:
            expect(page.locator(f'[data-table="{table["id"]}"] table')).to_be_visible()
        for field in calculators.form(name)[0]["fields"]:
            expect(page.locator(f"cost-calculator form [name={field['name']}]").first).to_be_visible()
        for dead in ('[data-part="buttons"]', '[data-part="errors"]', '[data-part="stale"]', '[data-part="note"]'):
            expect(page.locator(f"cost-calculator {dead}:visible")).to_have_count(0)
        expect(page.locator("cost-calculator noscript p")).to_be_visible()


@pytest.mark.parametrize("name", calculators.names())
def test_steps_prices_and_command_open(chromium: Browser, site: str, name: str) -> None:
    view = calculators.bake(name)["view"]
    with opened(chromium, f"{site}calculators/{name}/", **options(1280)) as page:
        for part, within, wanted in (
            ("steps", " li", len(view["steps"])),
            ("prices", " tbody tr", len(view["prices"]["rows"])),
            ("command", "", 1),
        ):
            fold = page.locator("cost-calculator details", has=page.locator(f'[data-part="{part}"]'))
            expect(fold.locator(f'[data-part="{part}"]')).to_be_hidden()
            if not wanted:  # an answer that rests on no prices has no fold of them
                expect(fold).to_be_hidden()
                continue
            fold.locator("summary").click()
            expect(fold.locator(f'[data-part="{part}"]{within}:visible')).to_have_count(wanted)


def test_a_guess_is_revealed_and_a_question_answered_in_a_lesson(chromium: Browser, site: str) -> None:
    with opened(chromium, f"{site}modules/2-pricing/token-pricing/", **options(1280)) as page:
        reveal = page.locator("details.question")
        expect(reveal.locator("figure")).to_be_hidden()
        reveal.locator("summary").first.click()
        expect(reveal.locator("figure svg:visible")).to_have_count(1)
        question = page.locator(".cc-question").first
        question.locator("label").first.click()
        expect(question.locator("input:checked")).to_have_count(1)
        question.locator("summary").click()
        expect(question.locator("li").first).to_be_visible()
