"""A word of the glossary in a real browser: its meaning by pointer, keyboard and touch, never off the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

LESSON = "modules/2-pricing/token-pricing/"
WORD = 'a.cc-term[href$="#hit-ratio"]'
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
WIDTHS = pytest.mark.parametrize("width", [1280, 390])


def is_shown(word: Locator) -> bool:
    """Say whether the meaning is drawn beside the word."""
    style = "each => { const s = getComputedStyle(each, '::after'); return s.content != 'none' && s.display != 'none' }"
    return bool(word.evaluate(style))


def size(page: Page) -> list[int]:
    found: list[int] = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]")
    return found


@WIDTHS
def test_pointing_at_a_word_shows_its_meaning_without_javascript(chromium: Browser, site: str, width: int) -> None:
    viewport = {"width": width, "height": 800}
    with opened(chromium, site + LESSON, viewport=viewport, java_script_enabled=False) as page:
        for word in page.locator("a.cc-term:visible").all():
            word.scroll_into_view_if_needed()
            assert not is_shown(word)
            before = size(page)
            word.hover()
            assert is_shown(word)
            assert size(page) == before  # nothing moves, and nothing sticks out of the page
            page.mouse.move(0, 0)


def test_the_keyboard_shows_a_meaning_and_escape_hides_it(chromium: Browser, site: str) -> None:
    with opened(chromium, site + LESSON) as page:
        word = page.locator(WORD)
        word.focus()
        page.keyboard.press("Shift+Tab")
        assert not is_shown(word)
        page.keyboard.press("Tab")
        expect(word).to_be_focused()
        assert is_shown(word)
        page.keyboard.press("Escape")
        assert not is_shown(word)
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Tab")
        assert is_shown(word)
        page.keyboard.press("Enter")
        page.wait_for_url("**/reference/glossary/#hit-ratio")
        expect(page.locator("#hit-ratio")).to_be_in_viewport()


def test_a_tap_shows_a_meaning_and_the_next_one_leads_to_the_glossary(chromium: Browser, site: str) -> None:
    with opened(chromium, site + LESSON, **PHONE) as page:
        word, other = page.locator(WORD), page.locator('a.cc-term[href$="#prefix"]')
        word.tap()
        assert is_shown(word)
        other.tap()
        assert is_shown(other)
        assert word.get_attribute("data-shown") is None
        page.locator("h1").tap()
        assert other.get_attribute("data-shown") is None
        word.tap()
        word.tap()
        page.wait_for_url("**/reference/glossary/#hit-ratio")


def test_without_javascript_a_tap_leads_to_the_glossary(chromium: Browser, site: str) -> None:
    with opened(chromium, site + LESSON, java_script_enabled=False, **PHONE) as page:
        page.locator(WORD).tap()
        page.wait_for_url("**/reference/glossary/#hit-ratio")


def test_a_screen_reader_is_told_the_meaning(chromium: Browser, site: str) -> None:
    with opened(chromium, site + LESSON) as page:
        expect(page.locator(WORD)).to_have_accessible_name("hit ratio")
        expect(page.locator(WORD)).to_have_accessible_description(
            "The share of requests that find their prefix in the prompt cache."
        )


def test_on_paper_a_word_is_a_word(chromium: Browser, site: str) -> None:
    with opened(chromium, site + LESSON) as page:
        page.emulate_media(media="print")
        page.locator(WORD).focus()
        assert page.locator(WORD).evaluate("each => getComputedStyle(each).textDecorationLine") == "none"
        assert not is_shown(page.locator(WORD))
