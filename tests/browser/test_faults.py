"""Whatever a network or a host does to a file, the page says so, keeps its answer and what is typed, and starts afresh.

Time is the page's own clock: it stands still but for where a test moves it on, as a reader would wait. So however
busy the machine is, no timer of the page runs out by itself.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser import spoils
from tests.browser.test_calculator import START_MS, element, from_command_line, raw_outputs, wait_ready

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

    from tests.browser.conftest import Faults, Handler

PATH = "calculators/token-cost/"
FIELD = "requests_per_month"
FILES = {
    "wasm": "/pyodide.asm.wasm",
    "module": "/pyodide.asm.mjs",
    "loader": "/pyodide.mjs",
    "library": "/python_stdlib.zip",
    "wheel": "/genai_cost_",
    "manifest": "/manifest.json",
    "worker": "/worker.js",
    "worker's module": "/checked-files.js",
}
SCRIPT_FAULT = "The calculator's own script can't be loaded."
MISSING = r"The file \S+ is missing \(status 404\): a new release may be arriving"
DAMAGED = r"The file \S+ is damaged: it is not the one that was published"
BROKEN_OFF = r"The file \S+ (broke off|can't be fetched): is there a connection"
UNREADABLE = "The list of the calculator's files can't be read"
STILL = "Nothing has arrived for 9 seconds: is there a connection"
SECONDS_TO_TELL = 10
QUIET_MS = 200  # past the pause after an edit: the question is asked
SLOW_MS = 500  # past what a reader does not feel: the page says that it waits
COUNTS_MESSAGES = """
    window.messagesHeard = 0;
    window.Worker = class extends Worker {
        constructor(...all) {
            super(...all);
            this.addEventListener("message", () => (window.messagesHeard += 1));
        }
    };"""


def fault(file: str, kind: str) -> str:
    """Return what the page must say."""
    if kind == "hung":
        return STILL
    if file.startswith("worker"):
        return SCRIPT_FAULT
    if file == "manifest" and kind in ("truncated", "corrupt", "reset"):
        return UNREADABLE
    return {"missing": MISSING, "truncated": DAMAGED, "corrupt": DAMAGED, "reset": BROKEN_OFF}[kind]


@contextmanager
def timed(chromium: Browser, address: str) -> Iterator[Page]:
    """Open a page whose clock only the test moves on."""
    context = chromium.new_context()
    page = context.new_page()
    now = datetime.now(UTC)
    page.clock.install(time=now)
    page.clock.pause_at(now + timedelta(minutes=1))
    page.add_init_script(COUNTS_MESSAGES)
    page.goto(address)
    try:
        yield page
    finally:
        context.close()


def ask(page: Page, typed: str) -> None:
    """Type into the field and pause, so that Python is asked."""
    page.locator(f"[name={FIELD}]").fill(typed)
    page.clock.run_for(QUIET_MS)


def answer_to(typed: str, capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    return from_command_line("token-cost", f"{FIELD}={typed}", capsys=capsys)


def assert_says(page: Page, sentence: str, whose: str = "the one for the inputs this page opened with") -> None:
    """Check the state that every fault must end in."""
    expect(element(page)).to_have_attribute("data-state", "error", timeout=SECONDS_TO_TELL * 1000)
    note = page.locator('[data-part="note"]')
    expect(note).to_be_visible()
    expect(note).to_contain_text(re.compile(sentence))
    expect(note).to_contain_text(f"The answer shown is {whose}.")
    expect(note).to_contain_text("What you typed stays")
    expect(page.locator('[data-part="stale"]')).to_be_visible()
    expect(page.locator('[data-part="stale"]')).to_contain_text("Not up to date")
    expect(page.locator('[data-action="retry"]')).to_be_visible()


def messages_heard(page: Page) -> int:
    """Return how often a Worker has given the page a sign of life."""
    heard: int = page.evaluate("messagesHeard")
    return heard


def seconds_without_progress(page: Page) -> Iterator[int]:
    """Move the clock of the page on to ten seconds after a Worker's last sign of life."""
    still, heard = 0, messages_heard(page)
    while still < SECONDS_TO_TELL:
        page.clock.run_for(1_000)
        before, heard = heard, messages_heard(page)
        still = still + 1 if heard == before else 0
        yield still


def assert_tells_in_time(page: Page) -> None:
    """Let the clock of the page run: it waits, then it has told within ten seconds."""
    for still in seconds_without_progress(page):
        if still == SECONDS_TO_TELL // 2:
            assert_waits(page)


def assert_waits(page: Page) -> None:
    assert element(page).get_attribute("data-state") == "computing"
    assert "The answer below is still" in (page.locator('[data-part="stale"]').text_content() or "")


def try_again(page: Page) -> None:
    page.locator('[data-action="retry"]').click()
    expect(element(page)).to_have_attribute("data-state", "ready", timeout=START_MS)
    for part in ("note", "stale"):
        expect(page.locator(f'[data-part="{part}"]')).to_be_hidden()


def go_through_faults(page: Page, faults: Faults, file: str, typed: str) -> None:
    """Type once, meet every fault of one file in turn, and try again after each."""
    hung = spoils.Hung()
    kinds: dict[str, Callable[[Handler], None]] = {
        "missing": spoils.missing,
        "truncated": spoils.truncated,
        "corrupt": spoils.corrupt,
        "reset": spoils.reset,
        "hung": hung,
    }
    baked, box = raw_outputs(page), page.locator(f"[name={FIELD}]")
    for kind, spoil in kinds.items():
        faults.spoilt = {FILES[file]: spoil}
        if kind == "missing":
            ask(page, typed)
        else:
            page.locator('[data-action="retry"]').click()
        if kind == "hung":
            assert hung.asked.wait(20), file
            assert_tells_in_time(page)
        assert_says(page, fault(file, kind))
        assert raw_outputs(page) == baked, (file, kind)
        assert box.input_value() == typed
    hung.released.set()


@pytest.mark.parametrize("files", [("wasm", "module", "loader", "library"), tuple(FILES)[4:]])
def test_a_file_that_does_not_come_right(
    chromium: Browser, site: str, faults: Faults, files: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    faults.spoilt = {FILES[files[0]]: spoils.missing}
    with timed(chromium, site + PATH) as page:
        for number, file in enumerate(files, start=1):
            go_through_faults(page, faults, file, f"{number}00,000")
        faults.spoilt = {}
        try_again(page)
        assert raw_outputs(page) == answer_to(f"{len(files)}00000", capsys)


def test_scripts_of_a_wrong_type_are_refused_and_other_files_work_with_any(
    chromium: Browser, site: str, faults: Faults, capsys: pytest.CaptureFixture[str]
) -> None:
    with timed(chromium, site + PATH) as page:
        for number, (file, sentence) in enumerate(
            {
                "loader": r"The file pyodide.mjs can't be run: the site must serve it as JavaScript",
                "module": r"The file pyodide.asm.mjs can't be run: the site must serve it as JavaScript",
                "worker": SCRIPT_FAULT,
                "worker's module": SCRIPT_FAULT,
            }.items(),
            start=1,
        ):
            faults.spoilt = {FILES[file]: spoils.mistyped}
            page.reload()
            ask(page, f"{number}00,000")
            assert_says(page, sentence)
        faults.spoilt = {FILES[file]: spoils.mistyped for file in ("wasm", "library", "wheel", "manifest")}
        try_again(page)
        assert raw_outputs(page) == answer_to("400000", capsys)


def test_a_slow_line_is_waited_for_and_its_bytes_are_shown(
    chromium: Browser, site: str, faults: Faults, capsys: pytest.CaptureFixture[str]
) -> None:
    slow = spoils.Slow()
    faults.spoilt = {FILES[file]: slow for file in ("loader", "module", "wasm", "library", "wheel")}
    with timed(chromium, site + PATH) as page:
        ask(page, "300,000")
        page.clock.run_for(SLOW_MS)
        shown = []
        stale = page.locator('[data-part="stale"]')
        for _ in range(5):  # fifteen seconds
            before = stale.text_content()
            slow.go_on()
            expect(stale).not_to_have_text(before or "", timeout=20_000)
            expect(stale).to_contain_text(re.compile(r"Fetching Python: \d+\.\d of \d+\.\d MB\. The answer below is"))
            page.wait_for_timeout(300)  # what is on its way arrives
            shown.append(float((stale.text_content() or "").split()[2]))
            page.clock.run_for(3_000)
            expect(element(page)).to_have_attribute("data-state", "computing")
        assert shown == sorted(set(shown))
        slow.open()
        wait_ready(page)
        assert raw_outputs(page) == answer_to("300000", capsys)


def test_a_fault_that_the_browser_kept_is_fetched_anew_without_a_word(
    chromium: Browser, site: str, faults: Faults, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[str] = []

    def corrupt_once(handler: Handler) -> None:
        asked.append(handler.headers.get("Cache-Control", ""))
        faults.spoilt = {}
        spoils.corrupt(handler)

    faults.spoilt = {FILES["wheel"]: corrupt_once}
    with timed(chromium, site + PATH) as page:
        ask(page, "300,000")
        wait_ready(page)
        assert raw_outputs(page) == answer_to("300000", capsys)
        assert len(asked) == 1
