"""Links to a state in a real browser: hostile ones do nothing, and Back and Forward walk through what was shown."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import opened
from tests.browser.test_calculator import START_MS, edit, element, raw_outputs, wait_ready
from tests.links import hostile

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog, Page, Request

COUNT = 600  # for each calculator
FOLLOW = """async (fragments) => {
    const calculator = document.querySelector("cost-calculator");
    const outputs = () => JSON.stringify([...calculator.querySelectorAll("output")].map((each) => each.dataset.value));
    const [before, title] = [outputs(), document.title];
    const waited = (ms) => new Promise((done) => setTimeout(done, ms));
    const wrong = [];
    let told = 0;
    for (const fragment of fragments) {
        const name = calculator.getAttribute("name");
        const changed = new Promise((done) => addEventListener("hashchange", done, { once: true }));
        const from = location.href;
        location.hash = fragment;
        if (location.href !== from) await changed;
        for (let i = 0; calculator.dataset.state === "computing" && i < 2000; i++) await waited(1);
        const isState = location.hash.startsWith(`#${name}?`);
        if (isState) told++;
        const errors = calculator.querySelector('[data-part="errors"]');
        if (isState && (calculator.dataset.state !== "error" || errors.hidden)) wrong.push(["not refused", fragment]);
        if (outputs() !== before) wrong.push(["another answer", fragment]);
        const planted = "img, iframe, object, embed, form script, form svg, form b, [onerror], [onload], [onclick]";
        if (calculator.querySelector(planted)) wrong.push(["planted", fragment]);
        if (document.title !== title || {}.polluted !== undefined) wrong.push(["changed", fragment]);
        if (wrong.length > 5) break;
    }
    return { wrong: wrong.map(([what, which]) => [what, which.slice(0, 200)]), told };
}"""


def hear_request(heard: list[str], request: Request) -> None:
    """Keep a request; the site's own icon is asked for by the browser at each step of its history."""
    if not request.url.endswith("/assets/favicon.svg"):
        heard.append(f"request {request.url}")


def hear_dialog(heard: list[str], dialog: Dialog) -> None:
    heard.append(f"dialog {dialog.message}")
    dialog.dismiss()


def hear(page: Page, heard: list[str]) -> None:
    """Keep all that a hostile link could bring about."""
    page.on("dialog", partial(hear_dialog, heard))
    page.on("request", partial(hear_request, heard))
    page.on("pageerror", lambda error: heard.append(f"error {error}"))
    page.on("console", lambda line: heard.append(f"console {line.text}") if line.type in ("error", "warning") else None)
    page.on("popup", lambda popup: heard.append(f"popup {popup.url}"))
    page.on("framenavigated", lambda frame: heard.append(f"left for {frame.url}") if "#" not in frame.url else None)


@pytest.mark.parametrize("name", ["token-cost", "customization"])
def test_hostile_links_change_nothing_but_an_error(chromium: Browser, site: str, name: str) -> None:
    heard: list[str] = []
    with opened(chromium, f"{site}calculators/{name}/") as page:
        wait_ready(page)
        baked = raw_outputs(page)
        hear(page, heard)
        outcome: dict[str, Any] = page.evaluate(FOLLOW, hostile.fragments(name, COUNT))
        assert outcome["wrong"] == []
        assert outcome["told"] > COUNT / 2
        assert raw_outputs(page) == baked
        assert heard == []
        page.locator('[data-action="reset"]').click()
        wait_ready(page)
        expect(page.locator('[data-part="errors"]')).to_be_hidden()
        assert raw_outputs(page) == baked


def requests_of(page: Page) -> str:
    return page.locator("[name=requests_per_month]").input_value()


def go(page: Page, steps: int, requests: str) -> None:
    """Walk through the history; the form and the answer follow."""
    page.evaluate("steps => history.go(steps)", steps)
    expect(page.locator("[name=requests_per_month]")).to_have_value(requests, timeout=START_MS)
    wait_ready(page)


def test_back_and_forward_walk_through_the_states(chromium: Browser, site: str) -> None:
    with opened(chromium, f"{site}calculators/token-cost/") as page:
        wait_ready(page)
        first, own, entries = raw_outputs(page), requests_of(page), page.evaluate("history.length")
        page.evaluate("location.hash = '#token-cost?requests_per_month=2000&v=1'")
        wait_ready(page)
        expect(page.locator("[name=requests_per_month]")).to_have_value("2000")
        edit(page, "requests_per_month", "3000")
        edit(page, "requests_per_month", "4000")
        edited = raw_outputs(page)
        assert page.evaluate("history.length") == entries + 1, "an edit makes no entry, a followed link makes one"
        page.evaluate("location.hash = '#token-cost?requests_per_month=many'")
        expect(element(page)).to_have_attribute("data-state", "error")
        go(page, -1, "4000")
        assert raw_outputs(page) == edited
        expect(page.locator('[data-part="errors"]')).to_be_hidden()
        go(page, -1, own)
        assert raw_outputs(page) == first
        go(page, 1, "4000")
        assert raw_outputs(page) == edited


def test_a_heading_followed_on_the_page_keeps_the_state(chromium: Browser, site: str) -> None:
    with opened(chromium, f"{site}calculators/token-cost/#token-cost?requests_per_month=2000") as page:
        wait_ready(page)
        shown = raw_outputs(page)
        page.evaluate("location.hash = document.querySelector('h2[id]').id")
        expect(element(page)).to_have_attribute("data-state", "ready")
        assert raw_outputs(page) == shown
        assert requests_of(page) == "2000"
        edit(page, "requests_per_month", "3000")
        go(page, -1, "2000")
        assert raw_outputs(page) == shown
        page.reload()
        wait_ready(page)
        assert raw_outputs(page) == shown
