"""Embeds in a real browser: in the frame of another site that is denied storage, in sandboxes, without JavaScript."""

from __future__ import annotations

import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError
from playwright.sync_api import expect

import calculators
from site_build import ROOT
from tests.browser.conftest import opened
from tests.conftest import FLAGS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Frame, Locator, Page

START_MS = 90_000
STATE = "token-cost?requests_per_month=400000&v=1&prices=2026-11-13"
ANSWER = calculators.bake("token-cost", {"requests_per_month": 400_000})["view"]["answer"]
BAKED = calculators.bake("token-cost")["view"]["answer"]
DENIED = {"profile": {"block_third_party_cookies": True, "cookie_controls_mode": 1}}


class Host(BaseHTTPRequestHandler):
    """Another site: one page, whose HTML a test sets."""

    page = ""

    def do_GET(self) -> None:
        """Answer with the page."""
        content = f"<!doctype html><title>Another site</title>{self.page}".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
        """Say nothing."""


@pytest.fixture(scope="module")
def host() -> Iterator[str]:
    """The address of the other site; to a browser, localhost and 127.0.0.1 are strangers."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Host) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="module")
def denying(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrowserContext]:
    """A browser whose reader lets frames of other sites store nothing."""
    from site_build import browser  # noqa: PLC0415 - as tests/conftest.py

    profile = tmp_path_factory.mktemp("profile")
    (profile / "Default").mkdir()
    (profile / "Default" / "Preferences").write_text(json.dumps(DENIED), "utf-8")
    context = chromium.browser_type.launch_persistent_context(
        str(profile), executable_path=browser.find(), args=list(FLAGS), viewport={"width": 390, "height": 844}
    )
    yield context
    context.close()


def documented_listener(site: str) -> str:
    """Return the script that the page for trainers gives, for this site."""
    text = (ROOT / "docs" / "reference" / "linking.md").read_text("utf-8")
    (script,) = re.findall(r"<script>.*?</script>", text, re.DOTALL)
    return str(script).replace("https://COURSE", site.partition("/some/")[0])


def documented_sandbox() -> str:
    text = (ROOT / "docs" / "reference" / "linking.md").read_text("utf-8")
    (found,) = re.findall(r'^sandbox="([^"]+)"$', text, re.MULTILINE)
    return str(found)


TEXT = '<div style="height: 400px">Text of the other site</div>'
HEARD = "<script>window.heard = []; addEventListener('message', ({data}) => heard.push(data))</script>"


def framed(context: BrowserContext, host: str, page: str) -> Page:
    """Open a page of the other site."""
    Host.page = page
    opened_page = context.new_page()
    opened_page.goto(host)
    return opened_page


def frame(page: Page, number: int = 0) -> Frame:
    found = page.locator("iframe").nth(number).element_handle().content_frame()
    assert found is not None
    return found


def wait_answer(place: Frame, answer: str) -> Locator:
    expect(place.locator("cost-calculator")).to_have_attribute("data-state", "ready", timeout=START_MS)
    expect(place.locator('[data-part="answer"]')).to_have_text(answer)
    return place.locator("cost-calculator")


def height_of(place: Frame) -> Any:
    return place.evaluate("Math.ceil(document.documentElement.getBoundingClientRect().height)")


@pytest.fixture(scope="module")
def code(chromium: Browser, site: str) -> str:
    """What *Copy embed code* puts on the clipboard for an edited calculator."""
    context = chromium.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{site}calculators/token-cost/#{STATE}")
    expect(page.locator("cost-calculator")).to_have_attribute("data-state", "ready", timeout=START_MS)
    page.get_by_role("button", name="Copy embed code").click()
    expect(page.locator('[data-part="copied"]')).to_have_text("Embed code copied.")
    copied = str(page.evaluate("navigator.clipboard.readText()"))
    context.close()
    return copied


def test_the_copied_code_is_a_frame_with_the_state(code: str, site: str) -> None:
    assert code == (
        f'<iframe src="{site}embed/token-cost/#{STATE.replace("&", "&amp;")}" title="Calculator: Token cost" '
        'width="100%" height="640" loading="lazy" allow="clipboard-write"></iframe>'
    )


def test_a_frame_of_another_site_without_storage_answers_and_tells_its_height(
    denying: BrowserContext, host: str, site: str, code: str
) -> None:
    page = framed(denying, host, f"{HEARD}{documented_listener(site)}{TEXT}{code}")
    place = frame(page)
    assert "denied" in place.evaluate(
        "(() => { try { return localStorage.length } catch (error) { return String(error) } })()"
    )
    wait_answer(place, ANSWER)
    assert page.evaluate("scrollY") == 0, "the state of the link moved the page around the frame"
    assert place.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.wait_for_function("height => heard.at(-1)?.height === height", arg=height_of(place))
    expect(page.locator("iframe")).to_have_attribute("height", str(height_of(place)))
    before = height_of(place)
    place.locator("summary", has_text="How each number is made").click()
    page.wait_for_function("before => heard.at(-1).height > before", arg=before)
    expect(page.locator("iframe")).to_have_attribute("height", str(height_of(place)))
    heard = page.evaluate("heard")
    assert {(tuple(each), each["type"], each["name"]) for each in heard} == {
        (("type", "name", "height"), "genai-cost:height", "token-cost")
    }
    page.evaluate(
        "frames[0].postMessage({type: 'genai-cost:height', inputs: {requests_per_month: '1'}, height: 1}, '*')"
    )
    place.locator("[name=requests_per_month]").fill("many")
    expect(place.locator("cost-calculator")).to_have_attribute("data-state", "error")
    place.locator("[name=requests_per_month]").fill("400,000")
    wait_answer(place, ANSWER)
    with page.context.expect_page() as tab:
        place.get_by_role("link", name="Open the full page").click()
    assert tab.value.url == f"{site}calculators/token-cost/#{STATE}"
    tab.value.close()
    page.close()


def test_sandboxes_with_their_own_origin_answer_and_one_without_says_so(
    denying: BrowserContext, host: str, site: str
) -> None:
    address = f"{site}embed/token-cost/#{STATE}"
    sandboxes = ("allow-scripts allow-same-origin", documented_sandbox(), "allow-scripts allow-popups")
    frames = [f'<iframe src="{address}" sandbox="{each}" width="390" height="640"></iframe>' for each in sandboxes]
    page = framed(denying, host, HEARD + "".join(frames))
    least, full, refused = (frame(page, number) for number in range(3))
    note = refused.locator('[data-part="refused"]')
    expect(note).to_be_visible()
    expect(note).to_contain_text("The calculator can't start here")
    expect(note).to_contain_text(f"{site}calculators/token-cost/#{STATE}")
    expect(note.get_by_role("link")).to_have_attribute("href", f"{site}calculators/token-cost/#{STATE}")
    expect(refused.locator('[data-part="answer"]')).to_have_text(BAKED)
    expect(refused.get_by_role("button", name="Copy link")).to_be_hidden()
    page.wait_for_function("height => heard.some(each => each.height === height)", arg=height_of(refused))
    for place in (least, full):
        wait_answer(place, ANSWER)
        expect(place.locator('[data-part="refused"]')).to_be_hidden()
    assert saved_csv(page, full).endswith(".csv")
    page.close()


def saved_csv(page: Page, place: Frame) -> str:
    """Press CSV, and again where the file came later than a frame may save one after a press: a few seconds."""
    button = place.get_by_role("button", name="CSV")
    for _ in range(3):
        try:
            with page.expect_download(timeout=15_000) as download:
                button.click()
        except PlaywrightTimeoutError:
            continue
        return download.value.suggested_filename
    raise AssertionError("no file was saved")


def test_without_javascript_each_embed_shows_the_right_answer_on_a_phone(chromium: Browser, site: str) -> None:
    with opened(chromium, "about:blank", java_script_enabled=False, viewport={"width": 390, "height": 844}) as page:
        for name in calculators.names():
            page.goto(f"{site}embed/{name}/")
            view = calculators.bake(name)["view"]
            expect(page.locator('[data-part="answer"]')).to_have_text(view["answer"])
            expect(page.locator("figure svg:visible")).to_have_count(len(view["charts"]))
            expect(page.locator("noscript p").first).to_be_visible()
            for dead in ('[data-part="buttons"]', '[data-part="refused"]', "header nav", ".md-header"):
                expect(page.locator(f"{dead}:visible")).to_have_count(0)
            page.locator("a.cc-jump").click()
            assert page.url == f"{site}embed/{name}/#{name}-numbers"


def test_it_is_as_high_as_its_content_in_any_frame_and_follows_the_system_into_the_dark(
    chromium: Browser, site: str
) -> None:
    with opened(chromium, f"{site}embed/roi/", color_scheme="dark", viewport={"width": 1280, "height": 400}) as page:
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
        low = height_of(page.main_frame)
        page.set_viewport_size({"width": 1280, "height": low + 2000})
        assert height_of(page.main_frame) == low
        page.emulate_media(color_scheme="light")
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "default")


def test_a_browser_that_refuses_to_copy_shows_the_code(chromium: Browser, site: str) -> None:
    with opened(chromium, "about:blank") as page:
        page.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new Error('no'))")
        page.goto(f"{site}embed/roi/")
        page.get_by_role("button", name="Copy embed code").click()
        expect(page.locator('[data-part="copied"] code')).to_contain_text(f'<iframe src="{site}embed/roi/#roi?v=1')
