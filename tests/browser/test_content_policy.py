"""The strict content policy in a real browser: every kind of page works, nothing is refused, nobody else is asked."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from site_build import serve
from tests.browser.conftest import SITE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

START_MS = 60_000
PAGES = ("", "modules/2-pricing/token-pricing/", "reference/prices/", "reference/formulas/", "reference/offline/")

# Hears what a policy refuses: in the page, and in every Worker by way of the console.
EAR = """
window.refused = [];
document.addEventListener("securitypolicyviolation",
  ({ violatedDirective, blockedURI, sample }) => window.refused.push(`${violatedDirective} ${blockedURI} ${sample}`));
"""


class Watched:
    """A page whose console, refusals and requests are written down."""

    def __init__(self, page: Page, site: str) -> None:
        self.page, self.site = page, site
        self.complaints: list[str] = []
        self.strangers: list[str] = []
        page.add_init_script(EAR)
        page.on("console", lambda line: self._hear(line.type, line.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.context.on("request", lambda request: self._see(request.url))

    def _hear(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"}:
            self.complaints.append(text)

    def _see(self, address: str) -> None:
        if not address.startswith((self.site, "data:", "blob:")):
            self.strangers.append(address)

    def found(self) -> list[str]:
        """Return all that went wrong since the last time."""
        self.complaints += self.page.evaluate("window.refused.splice(0)")
        found, self.complaints = self.complaints, []
        return found


@pytest.fixture
def watched(chromium: Browser, site: str) -> Iterator[Watched]:
    """A page under watch, with the headers that a static host would send."""
    context = chromium.new_context()
    yield Watched(context.new_page(), site)
    context.close()


def test_no_page_is_refused_anything(watched: Watched) -> None:
    page = watched.page
    for path in PAGES:
        answer = page.goto(watched.site + path)
        assert answer is not None
        assert "frame-ancestors 'self'" in answer.headers["content-security-policy"]
        for _ in range(3):  # as the system, light, dark
            page.locator("form[data-md-component=palette] label:visible").click()
        page.locator("input[name=query]").click()
        page.keyboard.type("batch")
        expect(page.locator(".md-search-result__item").first).to_be_visible()
        page.keyboard.press("Escape")
        page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")
        assert watched.found() == [], path
    assert watched.strangers == []


def test_a_calculator_recomputes_draws_and_makes_a_workbook(watched: Watched) -> None:
    page = watched.page
    page.goto(f"{watched.site}calculators/tier-selection/")
    before = page.locator(".cc-chart__drawing").first.inner_html()
    page.locator("[name=deferrable_ratio]").fill("0.8")
    expect(page.locator("cost-calculator")).to_have_attribute("data-state", "computing")
    expect(page.locator("cost-calculator")).to_have_attribute("data-state", "ready", timeout=START_MS)
    expect(page.locator(".cc-chart[data-late]")).to_have_count(0)
    assert page.locator(".cc-chart__drawing").first.inner_html() != before
    with page.expect_download():
        page.locator("[data-kind=xlsx]").click()
    assert watched.found() == []
    assert watched.strangers == []
    script = page.request.get(f"{watched.site}assets/js/worker.js")
    assert "connect-src 'self'" in script.headers["content-security-policy"], "no page's policy reaches its Workers"


def test_the_page_of_an_unknown_address_is_refused_nothing(chromium: Browser) -> None:
    """Its links start at the host's root, so here the site is there."""
    with serve.server(SITE, 0) as host:
        threading.Thread(target=host.serve_forever, daemon=True).start()
        context = chromium.new_context()
        watched = Watched(context.new_page(), f"http://127.0.0.1:{host.server_port}/")
        watched.page.goto(f"{watched.site}no/such/page/")
        expect(watched.page.locator("meta[http-equiv=Content-Security-Policy]")).to_have_count(1)
        assert [each for each in watched.found() if "status of 404" not in each] == []
        assert watched.strangers == []
        context.close()
        host.shutdown()


def test_what_the_page_did_not_bring_does_not_run(watched: Watched) -> None:
    """The watch hears: script and style from elsewhere are refused, and so are requests to others."""
    page = watched.page
    page.goto(watched.site)
    page.evaluate("""async () => {
      const script = document.createElement("script");
      script.textContent = "window.ran = true";
      document.body.append(script);
      document.body.insertAdjacentHTML("beforeend", "<p id=styled style='top: 0' onclick='ran = true'>x</p>");
      document.querySelector("#styled").click();
      await fetch("https://elsewhere.invalid/").catch(() => {});
    }""")
    assert page.evaluate("window.ran") is None
    found = " ".join(watched.found())
    for directive in ("script-src-elem", "script-src-attr", "style-src-attr", "connect-src"):
        assert directive in found, directive
