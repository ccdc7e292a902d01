"""Where the browser withholds something, a Worker dies or releases mix, the page says so and keeps its answer."""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from site_build import browser, bundle
from tests.browser import spoils
from tests.browser.conftest import SITE, opened
from tests.browser.test_calculator import START_MS, edit, element, raw_outputs, wait_ready
from tests.browser.test_faults import (
    FIELD,
    FILES,
    PATH,
    SECONDS_TO_TELL,
    answer_to,
    ask,
    assert_says,
    assert_waits,
    messages_heard,
    seconds_without_progress,
    timed,
    try_again,
)
from tests.conftest import FLAGS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page, Worker

    from tests.browser.conftest import Faults

LAST = "for the last inputs that could be computed"
NO_WEBASSEMBLY = "This browser does not run WebAssembly on this page"
STRICT = "default-src 'none'; script-src 'self'; worker-src 'self'; connect-src 'self'"
DIES_MID_SUM = """{
    const tell = self.postMessage.bind(self);
    self.postMessage = (message) => (message?.kind === "answer" ? self.close() : tell(message));
};"""


@pytest.fixture
def keeping_chromium(chromium: Browser) -> Iterator[Browser]:
    """Another Chromium, which keeps the pages that it leaves."""
    launched = chromium.browser_type.launch(
        executable_path=browser.find(), args=list(FLAGS), ignore_default_args=["--disable-back-forward-cache"]
    )
    yield launched
    launched.close()


def fill(page: Page, typed: str) -> None:
    page.locator(f"[name={FIELD}]").fill(typed)


def calculating(page: Page) -> Worker:
    """Return the Worker that runs Python; the search has one of its own."""
    return next(each for each in page.workers if each.url.endswith("/worker.js"))


def test_a_policy_without_webassembly(chromium: Browser, site: str, faults: Faults) -> None:
    faults.spoilt = {FILES["worker"]: spoils.under(STRICT)}
    with opened(chromium, site + PATH) as page:
        fill(page, "300,000")
        assert_says(page, NO_WEBASSEMBLY)
        faults.spoilt = {}
        try_again(page)


def test_webassembly_switched_off(chromium: Browser, site: str, faults: Faults) -> None:
    script = (SITE / "assets/js/worker.js").read_bytes()
    faults.spoilt = {FILES["worker"]: spoils.instead(b"delete self.WebAssembly;" + script)}
    with opened(chromium, site + PATH) as page:
        fill(page, "300,000")
        assert_says(page, NO_WEBASSEMBLY)
        assert page.locator(f"[name={FIELD}]").input_value() == "300,000"


def ask_without_answer(page: Page, typed: str) -> None:
    """Ask, and hear that Python has begun to answer."""
    heard = messages_heard(page)
    ask(page, typed)
    page.wait_for_function("heard => messagesHeard > heard", arg=heard)


def let_a_minute_pass(page: Page) -> None:
    """Wait for a sum that may be long, until it is given up on."""
    page.clock.run_for(55_000)
    assert_waits(page)
    page.clock.run_for(6_000)


def test_a_worker_that_dies_is_replaced_and_one_that_dies_again_is_told_of(
    chromium: Browser, site: str, faults: Faults, capsys: pytest.CaptureFixture[str]
) -> None:
    """A Worker dies in the middle of an answer, without a word, as one does that runs out of memory."""
    script = (SITE / "assets/js/worker.js").read_bytes()
    with timed(chromium, site + PATH) as page:
        ask(page, "200,000")
        wait_ready(page)
        calculating(page).evaluate(DIES_MID_SUM)
        ask_without_answer(page, "300,000")
        let_a_minute_pass(page)
        wait_ready(page)
        assert raw_outputs(page) == answer_to("300000", capsys)

        good = raw_outputs(page)
        calculating(page).evaluate(DIES_MID_SUM)
        faults.spoilt = {FILES["worker"]: spoils.instead(DIES_MID_SUM.encode() + script)}
        ask_without_answer(page, "400,000")
        let_a_minute_pass(page)
        expect(page.locator('[data-part="stale"]')).to_contain_text("Python.", timeout=START_MS)  # a new one starts
        expect(page.locator('[data-part="stale"]')).to_contain_text(
            "Computing.", timeout=START_MS
        )  # and is asked again
        page.clock.run_for(61_000)
        assert_says(page, "Python has not answered for 60 seconds", LAST)
        assert raw_outputs(page) == good
        faults.spoilt = {}
        try_again(page)
        assert raw_outputs(page) == answer_to("400000", capsys)


def test_storage_denied(chromium: Browser, site: str, capsys: pytest.CaptureFixture[str]) -> None:
    deny = """for (const name of ["localStorage", "sessionStorage", "indexedDB", "caches"])
        Object.defineProperty(window, name, {
            configurable: true,
            get() { throw new DOMException("denied", "SecurityError"); },
        });"""
    complaints: list[str] = []
    with opened(chromium, "about:blank") as page:
        page.add_init_script(deny)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(site + PATH)
        edit(page, FIELD, "300,000")
        assert raw_outputs(page) == answer_to("300000", capsys)
    assert complaints == []


def test_without_javascript_the_page_says_what_works(chromium: Browser, site: str) -> None:
    with opened(chromium, site + PATH, java_script_enabled=False) as page:
        expect(element(page)).to_have_attribute("data-state", "baked")
        expect(page.locator("cost-calculator noscript p")).to_contain_text("The answer shown is right for the inputs")
        expect(page.locator('[data-action="retry"]')).to_be_hidden()


@pytest.mark.parametrize("script", ["/cost-calculator.js", "/engine.js"])
def test_the_pages_own_script_missing(chromium: Browser, site: str, faults: Faults, script: str) -> None:
    faults.spoilt = {script: spoils.missing}
    with opened(chromium, site + PATH) as page:
        told = page.locator(".cc-dead")
        expect(told).to_be_hidden()
        told.evaluate("each => each.getAnimations()[0].currentTime = 9_002")
        expect(told).to_be_visible()
        expect(told).to_contain_text("The answer shown is right for the inputs shown as the page opened.")
    faults.spoilt = {}
    with opened(chromium, site + PATH) as page:
        wait_ready(page)
        assert told_never(page)


def told_never(page: Page) -> bool:
    """Say whether a page whose script has arrived has nothing to tell of it."""
    return bool(page.locator(".cc-dead").evaluate("each => getComputedStyle(each).display === 'none'"))


def test_a_deploy_that_is_half_way(chromium: Browser, site: str, faults: Faults) -> None:
    """The new list of files is there, and the wheel that it names is not yet."""
    manifest = json.loads((SITE / "assets/pyodide/manifest.json").read_text("utf-8"))
    manifest["files"]["wheel"]["url"] = "wheel-0000000000000000/genai_cost_calculators-9.9.9-py3-none-any.whl"
    faults.spoilt = {FILES["manifest"]: spoils.instead(json.dumps(manifest).encode())}
    with opened(chromium, site + PATH) as page:
        fill(page, "300,000")
        assert_says(page, r"The file genai_cost_calculators-9\.9\.9\S+ is missing .+ a new release may be arriving")
        faults.spoilt = {}
        try_again(page)


def next_release(folder: Path) -> tuple[bytes, bytes]:
    """Return the manifest and the wheel of a release whose token cost has another version of its contract."""
    manifest = json.loads((SITE / "assets/pyodide/manifest.json").read_text("utf-8"))
    stated = manifest["files"]["wheel"]
    made = io.BytesIO()
    with (
        zipfile.ZipFile(SITE / "assets/pyodide" / stated["url"]) as before,
        zipfile.ZipFile(made, "w") as after,
    ):
        for each in before.namelist():
            content = before.read(each)
            if each == "calculators/token_cost.py":
                assert b"VERSION = 1" in content
                content = content.replace(b"VERSION = 1", b"VERSION = 2")
            after.writestr(each, content)
    wheel = folder / stated["url"]
    wheel.parent.mkdir()
    wheel.write_bytes(made.getvalue())
    manifest["files"]["wheel"] = bundle.describe(wheel, folder)
    return json.dumps(manifest).encode(), made.getvalue()


def test_a_page_kept_from_an_earlier_release(chromium: Browser, site: str, faults: Faults, tmp_path: Path) -> None:
    manifest, wheel = next_release(tmp_path)
    faults.spoilt = {FILES["manifest"]: spoils.instead(manifest), FILES["wheel"]: spoils.instead(wheel)}
    with opened(chromium, site + PATH) as page:
        baked = raw_outputs(page)
        fill(page, "300,000")
        expect(element(page)).to_have_attribute("data-state", "error", timeout=START_MS)
        assert_says(page, "This page is of an earlier release than the site's calculator: load the page anew")
        assert raw_outputs(page) == baked


def test_back_to_a_page_that_was_left_while_computing(
    keeping_chromium: Browser, site: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with opened(keeping_chromium, site + PATH) as page:
        page.evaluate("window.isTheSame = true")
        edit(page, FIELD, "200,000")  # a page that still fetches is not kept
        fill(page, "300,000")
        page.evaluate("path => { location.href = path }", site)
        page.wait_for_url(site)
        page.go_back(wait_until="commit")
        wait_ready(page)
        assert page.evaluate("window.isTheSame"), "the page was not kept: this proves nothing"
        assert raw_outputs(page) == answer_to("300000", capsys)


def test_on_paper_an_answer_that_is_being_computed_is_marked(chromium: Browser, site: str, faults: Faults) -> None:
    hung = spoils.Hung()
    faults.spoilt = {FILES["wasm"]: hung}
    with timed(chromium, site + PATH) as page:
        fill(page, "300,000")  # not even the pause after an edit is over
        page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        page.emulate_media(media="print")
        stale = page.locator('[data-part="stale"]')
        expect(stale).to_be_visible()
        expect(stale).to_contain_text("The answer below is still the one for the inputs this page opened with.")
        hung.released.set()


def test_a_spreadsheet_whose_library_does_not_come(chromium: Browser, site: str, faults: Faults) -> None:
    hung, library = spoils.Hung(), "/xlsxwriter-"
    with timed(chromium, site + PATH) as page:
        ask(page, "300,000")
        wait_ready(page)
        good, said = raw_outputs(page), page.locator('[data-part="copied"]')
        button = page.locator('[data-action="download"][data-kind="xlsx"]')
        faults.spoilt = {library: spoils.missing}
        button.click()
        expect(said).to_contain_text("No file could be made. The file xlsxwriter-", timeout=START_MS)
        faults.spoilt = {library: hung}
        button.click()
        assert hung.asked.wait(20)
        assert max(seconds_without_progress(page)) == SECONDS_TO_TELL
        expect(said).to_contain_text("No file could be made. Nothing has arrived for 9 seconds")
        expect(element(page)).to_have_attribute("data-state", "ready")
        assert raw_outputs(page) == good
        faults.spoilt = {}
        hung.released.set()
        with page.expect_download(timeout=START_MS) as waiting:
            button.click()
        assert waiting.value.suggested_filename.endswith(".xlsx")
