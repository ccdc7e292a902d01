"""The form in a real browser: what is typed stays, a limit can be put into its input."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

import calculators
from tests.browser.conftest import opened
from tests.browser.test_calculator import START_MS, edit, element, raw_outputs, wait_ready

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def test_numbers_are_taken_as_typed_and_stay_so(chromium: Browser, site: str) -> None:
    with opened(chromium, f"{site}calculators/token-cost/") as page:
        box = page.locator("[name=requests_per_month]")
        edit(page, "requests_per_month", "1 200 000")
        spaced = raw_outputs(page)
        for typed in ("1,200,000", "1.2M"):
            edit(page, "requests_per_month", typed)
            assert raw_outputs(page) == spaced
            assert box.input_value() == typed
        box.fill("1.200.000")
        expect(element(page)).to_have_attribute("data-state", "error", timeout=START_MS)
        beside = page.locator("#token-cost-requests_per_month-problem")
        expect(beside).to_contain_text("if the points mark thousands, write 1,200,000")
        assert box.input_value() == "1.200.000"
        assert raw_outputs(page) == spaced


def test_a_limit_goes_into_its_input_by_keyboard(chromium: Browser, site: str) -> None:
    with opened(chromium, f"{site}calculators/roi/") as page:
        wage = page.locator("[name=loaded_wage_usd_per_hour]")
        people = page.locator("[name=people]")
        edit(page, "people", "0.12k")
        button = page.locator('.cc-put[data-input="loaded_wage_usd_per_hour"]')
        limit = button.get_attribute("data-text") or ""
        button.focus()
        page.keyboard.press("Enter")
        wait_ready(page)
        expect(wage).to_have_value(limit)
        expect(wage).to_be_focused()
        assert people.input_value() == "0.12k"  # nothing else that was typed is touched
        assert (
            raw_outputs(page)["npv_usd"]
            == calculators.run("roi", {"loaded_wage_usd_per_hour": limit}, text=True)["outputs"]["npv_usd"]
        )
        adoption = page.locator('.cc-put[data-input="adoption_ratio_by_year"]')
        text = adoption.get_attribute("data-text") or ""
        adoption.click()
        expect(page.locator("[name=adoption_ratio_by_year]")).to_have_value(text)
        wait_ready(page)


def test_a_limit_that_is_a_choice_or_a_flag_goes_into_it_too(chromium: Browser, site: str) -> None:
    with opened(chromium, f"{site}calculators/tier-selection/") as page:
        page.locator('.cc-put[data-input="needs_assured_capacity"]').click()
        wait_ready(page)
        expect(page.locator("[name=needs_assured_capacity]")).to_be_checked()
        assert raw_outputs(page)["recommended.tier"] == "reserved"
        page.locator('[data-action="reset"]').first.click()
        wait_ready(page)
        page.locator('.cc-put[data-input="acceptable_wait"]').click()
        wait_ready(page)
        expect(page.locator("[name=acceptable_wait]")).to_have_value("none")


def test_without_javascript_a_limit_is_plain_text(chromium: Browser, site: str) -> None:
    with opened(chromium, f"{site}calculators/roi/", java_script_enabled=False) as page:
        buttons = page.locator(".cc-put")
        assert buttons.count() > 3
        assert all(each.is_disabled() for each in buttons.all())
