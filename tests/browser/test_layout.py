"""The answer stays in sight on a phone, covers no control, and the way to the numbers keeps the state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

import calculators
from tests.browser.conftest import opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NAMES = calculators.names()
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}


def box(page: Page, selector: str) -> Any:
    """Return where an element is in the window."""
    found = page.locator(selector).first.bounding_box()
    assert found is not None, selector
    return found


@pytest.mark.parametrize("size", [PHONE, DESK])
@pytest.mark.parametrize("name", NAMES)
def test_the_answer_is_in_the_first_screen_and_stays_in_sight(
    chromium: Browser, site: str, name: str, size: dict[str, int]
) -> None:
    with opened(chromium, f"{site}calculators/{name}/", viewport=size, java_script_enabled=False) as page:
        answer = box(page, '[data-part="answer"]')
        assert answer["y"] + answer["height"] < size["height"]
        page.locator("cost-calculator form summary").last.scroll_into_view_if_needed()
        answer = box(page, '[data-part="answer"]')
        assert answer["y"] >= 0
        assert answer["y"] + answer["height"] < size["height"] / 2


@pytest.mark.parametrize("size", [PHONE, DESK])
@pytest.mark.parametrize("name", NAMES)
def test_no_control_with_the_focus_lies_under_the_answer(
    chromium: Browser, site: str, name: str, size: dict[str, int]
) -> None:
    with opened(chromium, f"{site}calculators/{name}/", viewport=size) as page:
        page.locator("cost-calculator form summary").evaluate_all("all => all.forEach(each => each.click())")
        controls = page.locator("cost-calculator form :is(input, select, textarea, summary)").all()
        page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
        for control in reversed(controls):
            control.evaluate("each => each.focus()")
            head, place = box(page, ".cc-head"), control.bounding_box()
            assert place is not None
            assert place["y"] >= head["y"] + head["height"] - 1, control.get_attribute("name")


def test_the_way_to_the_numbers_keeps_the_state(chromium: Browser, site: str) -> None:
    link = "#token-cost?requests_per_month=1000&v=1&prices=2026-11-13"
    with opened(chromium, f"{site}calculators/token-cost/{link}", viewport=PHONE) as page:
        expect(page.locator("cost-calculator")).to_have_attribute("data-state", "ready", timeout=60_000)
        state = page.evaluate("location.hash")
        page.get_by_role("link", name="All numbers").click()
        assert page.evaluate("location.hash") == state
        numbers = page.locator('[data-part="result"]')
        expect(numbers).to_be_focused()
        head = box(page, ".cc-head")
        assert head["y"] + head["height"] <= box(page, '[data-part="result"]')["y"] < PHONE["height"] / 2


@pytest.mark.parametrize("path", [f"calculators/{name}/" for name in NAMES])
def test_a_calculator_does_not_scroll_sideways(chromium: Browser, site: str, path: str) -> None:
    with opened(chromium, site + path, viewport=PHONE) as page:
        page.locator("cost-calculator summary").evaluate_all("all => all.forEach(each => each.click())")
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
