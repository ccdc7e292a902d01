"""A table as an input, in a real browser: one row a line, opened from a link, wrong rows told beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.conftest import opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser

START_MS = 60_000
STATE = "redundancy?patterns=Pilot+light+900+0.75+0.2;+Standby+800+0.1+0&v=1&prices=2026-11-13"


def test_a_link_opens_a_table_one_row_a_line_and_an_edit_is_answered(chromium: Browser, site: str) -> None:
    with opened(chromium, f"{site}calculators/redundancy/#{STATE}") as page:
        calculator, table = page.locator("cost-calculator"), page.locator("textarea[name=patterns]")
        problem = page.locator('[data-field="patterns"] [data-part="problem"]')
        expect(calculator).to_have_attribute("data-state", "ready", timeout=START_MS)
        assert table.input_value() == "Pilot light 900 0.75 0.2\nStandby 800 0.1 0"
        expect(page.locator('output[name="recommended_pattern"]')).to_have_text("Standby")
        assert "patterns=Pilot+light+900+0.75+0.2;+Standby+800+0.1+0&" in page.url

        expect(table).to_be_visible()  # the link opened the fold that holds it
        table.fill("Pilot light 900 0.75 0.2\nStandby 8,000 x 0")
        expect(problem).to_contain_text("row 2: write a name and 3 numbers", timeout=START_MS)
        expect(table).to_have_attribute("aria-invalid", "true")

        table.fill("Pilot light 900 0.75 0.2\nStandby 8,000 0.1 0")
        expect(calculator).to_have_attribute("data-state", "ready", timeout=START_MS)
        expect(problem).to_be_hidden()
        expect(page.locator('output[name="recommended_pattern"]')).to_have_text("Pilot light")
        assert "Standby+8000+0.1+0&" in page.url
        expect(page.locator('[data-part="command"]')).to_contain_text(
            "--set 'patterns=Pilot light 900 0.75 0.2; Standby 8000 0.1 0'"
        )
