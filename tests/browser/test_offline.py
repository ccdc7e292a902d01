"""The copy for use without a network: whole or not at all, one release at a time, and gone when asked."""

from __future__ import annotations

import re
import threading
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from site_build import offline
from tests.browser.conftest import SITE
from tests.browser.releases import PROBE, Host, hosted, publish

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Locator, Page

MS = 60_000
REGISTRATIONS = "navigator.serviceWorker.getRegistrations().then((all) => all.length)"
CACHES = "caches.keys().then((names) => names.filter((name) => name.startsWith('course ')).length)"

# What a page, its style sheet and its Worker say of their release.
RELEASES = f"""async () => {{
  const site = new URL("./", document.querySelector("link[rel=icon]").href.replace("assets/favicon.svg", "")).href;
  const number = (text) => text.match(/release \\d/)[0];
  const sheet = number(await (await fetch(site + "assets/css/look.css")).text());
  const worker = await new Promise((resolve) => {{
    new Worker(site + "{PROBE}").onmessage = ({{ data }}) => resolve(data);
  }});
  return [number(document.documentElement.outerHTML), sheet, worker];
}}"""

# How much taller the element is without its button, while it waits for its script.
ROOM_LEFT_OVER = """() => {
  const element = document.querySelector("offline-copy");
  const height = element.getBoundingClientRect().height;
  const place = document.createElement("div");
  place.innerHTML = element.outerHTML.replaceAll("offline-copy", "offline-waiting").replace(/ data-state="[a-z]+"/, "");
  place.querySelector(".cc-offline__buttons").remove();
  element.after(place);
  return place.firstElementChild.getBoundingClientRect().height - height;
}"""


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two releases of the built site."""
    folder = tmp_path_factory.mktemp("releases")
    return publish(SITE, folder / "one", 1), publish(SITE, folder / "two", 2)


@pytest.fixture
def host(releases: tuple[Path, Path]) -> Iterator[tuple[Host, str]]:
    """A host with the first release."""
    with hosted(releases[0]) as found:
        yield found


@pytest.fixture
def reader(chromium: Browser) -> Iterator[BrowserContext]:
    """A browser profile of its own."""
    context = chromium.new_context()
    yield context
    context.close()


def copy(page: Page) -> Locator:
    return page.locator("offline-copy:not([data-news])")


def press(page: Page, action: str) -> None:
    page.locator(f'offline-copy [data-action="{action}"]').click()


def open_with_copy(reader: BrowserContext, site: str) -> Page:
    """Open the page about the copy and press its button."""
    page = reader.new_page()
    page.goto(f"{site}reference/offline/")
    press(page, "keep")
    expect(copy(page)).to_have_attribute("data-state", "kept", timeout=MS)
    return page


def end_worker(page: Page) -> None:
    """End the service worker, as a browser does after a while."""
    tools = page.context.new_cdp_session(page)
    tools.send("ServiceWorker.enable")
    tools.send("ServiceWorker.stopAllWorkers")
    tools.detach()


def test_kept_the_course_opens_and_computes_without_a_network(reader: BrowserContext, host: tuple[Host, str]) -> None:
    hosting, site = host
    page = reader.new_page()
    page.goto(site)
    expect(copy(page)).to_have_attribute("data-state", "none")
    page.goto(f"{site}reference/offline/")
    expect(copy(page)).to_contain_text(re.compile(r"calculators, \d+\sMB\."))
    assert page.evaluate(REGISTRATIONS) == 0, "nothing is registered before the button is pressed"
    assert page.evaluate(CACHES) == 0

    press(page, "keep")
    expect(copy(page)).to_have_attribute("data-state", "kept", timeout=MS)
    hosting.is_down = True
    reader.set_offline(True)

    page.goto(f"{site}modules/2-pricing/token-pricing/?from=a-link#trap")
    expect(page.locator("h1")).to_have_text(re.compile("Token-based pricing"))
    page.goto(f"{site}calculators/roi")  # a host would redirect this one
    assert page.url == f"{site}calculators/roi/"
    page.goto(f"{site}calculators/roi/index.html")
    before = page.locator('[data-part="answer"]').inner_text()
    page.locator("[name=people]").fill("240")
    expect(page.locator("cost-calculator")).to_have_attribute("data-state", "computing")
    expect(page.locator("cost-calculator")).to_have_attribute("data-state", "ready", timeout=MS)
    assert page.locator('[data-part="answer"]').inner_text() != before
    expect(page.locator(".cc-chart[data-late]")).to_have_count(0)
    expect(page.locator("cost-calculator figure svg").first).to_be_visible()
    with page.expect_download() as download:
        page.locator("[data-kind=xlsx]").click()
    assert download.value.suggested_filename.endswith(".xlsx")

    page.locator("input[name=query]").click()
    page.keyboard.type("batch")
    expect(page.locator(".md-search-result__item").first).to_be_visible()
    answer = page.goto(f"{site}no/such/page/")
    assert answer is not None
    assert answer.status == 404


@pytest.mark.parametrize("fault", ["damaged", "cut"])
def test_a_spoilt_download_keeps_nothing_and_says_so(
    reader: BrowserContext, host: tuple[Host, str], fault: str
) -> None:
    hosting, site = host
    setattr(hosting, fault, "python_stdlib.zip")
    page = reader.new_page()
    page.goto(f"{site}reference/offline/")
    press(page, "keep")
    expect(copy(page)).to_contain_text("Nothing was kept.", timeout=MS)
    expect(copy(page)).to_contain_text("not the one that was published" if fault == "damaged" else "broke off")
    assert (page.evaluate(REGISTRATIONS), page.evaluate(CACHES)) == (0, 0)

    setattr(hosting, fault, None)
    press(page, "keep")
    expect(copy(page)).to_have_attribute("data-state", "kept", timeout=MS)


def test_the_download_shows_its_bytes_and_can_be_cancelled(reader: BrowserContext, host: tuple[Host, str]) -> None:
    hosting, site = host
    released = threading.Event()
    hosting.held = ("pyodide.asm.wasm", released)
    page = reader.new_page()
    page.goto(f"{site}reference/offline/")
    press(page, "keep")
    expect(page.locator(".cc-offline__bytes")).to_have_text(re.compile(r"^\d+\.\d of \d+\.\d MB$"), timeout=MS)
    assert page.locator("offline-copy progress").get_attribute("max") is not None
    second = reader.new_page()
    second.goto(site)
    expect(copy(second)).to_have_attribute("data-state", "none")
    assert abs(second.evaluate(ROOM_LEFT_OVER)) < 1, "nothing moves when the button comes"
    press(second, "keep")
    expect(copy(second)).to_contain_text("Another tab is at work on it already.")
    press(page, "cancel")
    expect(copy(page)).to_contain_text("Cancelled. Nothing was kept.")
    expect(copy(page)).to_have_attribute("data-state", "none")
    assert (page.evaluate(REGISTRATIONS), page.evaluate(CACHES)) == (0, 0)
    released.set()


def test_two_releases_are_never_mixed(
    reader: BrowserContext, host: tuple[Host, str], releases: tuple[Path, Path]
) -> None:
    hosting, site = host
    page = open_with_copy(reader, site)
    hosting.folder = releases[1]
    page.goto(site)
    assert page.evaluate(RELEASES) == ["release 1"] * 3
    news = page.locator("offline-copy[data-news]")
    expect(news).to_contain_text("A newer version of this course has been published.")

    hosting.damaged = "assets/css/look.css"
    press(page, "renew")
    expect(news).to_contain_text("The version kept before is still whole.", timeout=MS)
    assert page.evaluate(RELEASES) == ["release 1"] * 3
    assert page.evaluate(CACHES) == 2, "the state and the first release"
    hosting.damaged = None

    press(page, "later")
    expect(news).to_have_count(0)
    with page.expect_response(re.compile("offline.json")):
        page.reload()
    expect(news).to_have_count(0)
    page.evaluate("sessionStorage.clear()")
    page.reload()

    other = reader.new_page()
    other.goto(f"{site}calculators/roi/")
    assert other.evaluate(RELEASES) == ["release 1"] * 3
    # A tab that is not reloaded, because it does not hear: it stays what it was.
    deaf = reader.new_page()
    deaf.add_init_script("BroadcastChannel.prototype.addEventListener = () => {}")
    deaf.goto(site)
    hosting.asked.clear()
    with page.expect_navigation(), other.expect_navigation():
        press(page, "renew")
    assert not any("pyodide.asm.wasm" in path for path in hosting.asked), "what is unchanged is not fetched again"
    hosting.is_down = True
    for tab in (page, other):
        assert tab.evaluate(RELEASES) == ["release 2"] * 3
        expect(tab.locator("offline-copy[data-news]")).to_have_count(0)
    assert deaf.evaluate(RELEASES) == ["release 1"] * 3

    # Browsers end an idle worker: what it knows of open pages has to outlive it.
    end_worker(page)
    assert deaf.evaluate(RELEASES) == ["release 1"] * 3
    deaf.close()
    end_worker(page)
    page.reload()
    page.wait_for_function(f"async () => (await {CACHES}) === 2")
    assert page.evaluate(RELEASES) == ["release 2"] * 3


def test_removed_nothing_is_left(reader: BrowserContext, host: tuple[Host, str]) -> None:
    hosting, site = host
    page = open_with_copy(reader, site)
    page.goto(site)
    press(page, "remove")
    expect(copy(page)).to_contain_text("no longer kept on this device")
    assert (page.evaluate(REGISTRATIONS), page.evaluate(CACHES)) == (0, 0)
    hosting.asked.clear()
    page.goto(f"{site}reference/offline/")
    assert any(path.endswith("/reference/offline/") for path in hosting.asked), "it comes from the network again"


def test_the_site_can_end_every_copy(
    reader: BrowserContext, host: tuple[Host, str], releases: tuple[Path, Path]
) -> None:
    _, site = host
    page = open_with_copy(reader, site)
    stop = releases[0] / offline.STOP
    stop.write_text("stop\n", "utf-8")
    try:
        page.goto(site)
        page.wait_for_function(f"async () => (await {REGISTRATIONS}) === 0 && (await {CACHES}) === 0")
    finally:
        stop.unlink()


@pytest.mark.parametrize(
    ("sabotage", "sentence"),
    [
        ("StorageManager.prototype.estimate = async () => ({ quota: 1e6, usage: 0 })", "not enough room"),
        (
            "CacheStorage.prototype.open = async () => { throw new DOMException('', 'SecurityError') }",
            "privacy settings",
        ),
        ("Cache.prototype.put = async () => { throw new DOMException('', 'QuotaExceededError') }", "not enough room"),
        ("ServiceWorkerContainer.prototype.register = async () => { throw new TypeError('no') }", "Nothing was kept"),
        ("Object.defineProperty(Navigator.prototype, 'serviceWorker', { value: undefined })", "can't keep pages here"),
        ("Object.defineProperty(window, 'isSecureContext', { value: false })", "begins with https"),
    ],
)
def test_a_browser_that_cannot_keep_it_says_why(
    chromium: Browser, host: tuple[Host, str], sabotage: str, sentence: str
) -> None:
    _, site = host
    context = chromium.new_context()
    context.add_init_script(sabotage)
    page = context.new_page()
    page.goto(f"{site}reference/offline/")
    expect(copy(page)).to_have_attribute("data-state", "none")
    if page.locator('[data-action="keep"]').count():
        press(page, "keep")
    expect(copy(page)).to_contain_text(sentence, timeout=MS)
    expect(copy(page)).not_to_have_attribute("data-state", "kept")
    context.close()
