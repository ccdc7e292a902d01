"""The calculators in a real browser: right at once, live after a change, honest when something fails."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

import calculators
from calculators import command_line
from tests.browser.conftest import opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog, Error, Page, Request

    from tests.browser.conftest import Faults

NAMES = calculators.names()
START_MS = 60_000


def hear_error(complaints: list[str], error: Error) -> None:
    """Keep what went wrong on a page."""
    complaints.append(str(error))


def element(page: Page) -> Any:
    return page.locator("cost-calculator")


def raw_outputs(page: Page) -> dict[str, Any]:
    """Return the unrounded value of each output on the page."""
    script = "all => all.map(each => [each.name, JSON.parse(each.dataset.value)])"
    return dict(page.locator("cost-calculator output").evaluate_all(script))


def from_command_line(name: str, *settings: str, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """Return the scalar outputs that the command line prints as JSON."""
    flags = [word for setting in settings for word in ("--set", setting)]
    assert command_line.main(["run", name, "--format", "json", *flags]) == 0
    outputs = json.loads(capsys.readouterr().out)["outputs"]
    return dict(_scalars(outputs))


def _scalars(outputs: dict[str, Any], prefix: str = "") -> Any:
    for name, value in outputs.items():
        if isinstance(value, dict):
            yield from _scalars(value, f"{prefix}{name}.")
        elif not isinstance(value, list):
            yield f"{prefix}{name}", value


def wait_ready(page: Page) -> None:
    expect(element(page)).to_have_attribute("data-state", "ready", timeout=START_MS)


def edit(page: Page, name: str, text: str) -> None:
    """Type into a control and wait for the new answer."""
    page.locator(f"cost-calculator [name={name}]").fill(text)
    expect(element(page)).to_have_attribute("data-state", "computing")
    wait_ready(page)


@pytest.mark.parametrize("name", NAMES)
def test_without_javascript_the_page_shows_the_right_answer(
    chromium: Browser, site: str, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with opened(chromium, f"{site}calculators/{name}/", java_script_enabled=False) as page:
        expect(element(page)).to_have_attribute("data-state", "baked")
        names = page.locator("cost-calculator output").all()
        shown = {each.get_attribute("name"): json.loads(each.get_attribute("data-value") or "") for each in names}
        assert shown == from_command_line(name, capsys=capsys)
        inputs = page.locator('cost-calculator [data-part="page"]').text_content()
        first = page.locator("cost-calculator form input[type=text]:not([value=''])").first
        assert first.input_value() == json.loads(inputs or "")["inputs"][first.get_attribute("name")]
        for part in ("figure svg", "table", '[data-part="steps"] li', '[data-part="prices"] table'):
            assert page.locator(f"cost-calculator {part}").count() > 0, part


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("token-cost", ("output_tokens_per_request", "1.2k", "output_tokens_per_request=1200")),
        ("tier-selection", ("deferrable_ratio", "0.8", "deferrable_ratio=0.8")),
        ("tier-selection", ("requests_per_month", "400,000", "requests_per_month=400000")),
    ],
)
def test_an_edited_input_gives_the_command_lines_digits(
    chromium: Browser, site: str, name: str, change: tuple[str, str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    field, typed, setting = change
    with opened(chromium, f"{site}calculators/{name}/") as page:
        before = raw_outputs(page)
        edit(page, field, typed)
        assert raw_outputs(page) == from_command_line(name, setting, capsys=capsys)
        assert raw_outputs(page) != before
        assert setting in page.evaluate("decodeURIComponent(location.hash)")


def test_a_link_opens_its_state(chromium: Browser, site: str, capsys: pytest.CaptureFixture[str]) -> None:
    link = "#tier-selection?requests_per_month=400000&deferrable_ratio=0&v=1&prices=2026-11-13"
    with opened(chromium, f"{site}calculators/tier-selection/{link}") as page:
        wait_ready(page)
        settings = ("requests_per_month=400000", "deferrable_ratio=0")
        assert raw_outputs(page) == from_command_line("tier-selection", *settings, capsys=capsys)
        assert page.locator("[name=requests_per_month]").input_value() == "400000"


def test_a_wrong_input_is_named_and_the_last_good_answer_stays(chromium: Browser, site: str) -> None:
    with opened(chromium, f"{site}calculators/token-cost/") as page:
        edit(page, "requests_per_month", "1000")
        good = raw_outputs(page)
        page.locator("[name=requests_per_month]").fill("many")
        page.locator("[name=cache_hit_ratio]").fill("90")
        expect(element(page)).to_have_attribute("data-state", "error", timeout=START_MS)
        summary = page.locator('[data-part="errors"]')
        expect(summary).to_contain_text("There is a problem")
        expect(summary.locator("li")).to_have_count(2)
        for name in ("requests_per_month", "cache_hit_ratio"):
            expect(page.locator(f"[name={name}]")).to_have_attribute("aria-invalid", "true")
        assert page.locator("[name=requests_per_month]").input_value() == "many"
        assert raw_outputs(page) == good
        expect(page.locator('[data-part="stale"]')).to_contain_text("Not up to date")
        page.locator("[name=cache_hit_ratio]").fill("0.9")
        edit(page, "requests_per_month", "2000")
        expect(summary).to_be_hidden()
        assert raw_outputs(page)["usd_per_month"] == good["usd_per_month"] * 2


@pytest.mark.parametrize(
    "fragment",
    [
        "requests_per_month=-1",
        "requests_per_month=NaN",
        "no_such_input=1",
        "model_id=%3Cimg%20src=x%20onerror=alert(1)%3E",
        "cached_prefix_tokens=5000",
        "requests_per_month=" + "9" * 5000,
        "prices=1999-01-01",
        "v=99",
    ],
)
def test_a_hostile_or_wrong_link_changes_nothing_but_an_error(chromium: Browser, site: str, fragment: str) -> None:
    with opened(chromium, f"{site}calculators/token-cost/") as page:
        alerts: list[str] = []

        def hear(dialog: Dialog) -> None:
            alerts.append(dialog.message)
            dialog.dismiss()

        page.on("dialog", hear)
        good = raw_outputs(page)
        page.evaluate("text => { location.hash = text }", f"#token-cost?{fragment}")
        expect(element(page)).to_have_attribute("data-state", "error", timeout=START_MS)
        expect(page.locator('[data-part="errors"] li')).not_to_have_count(0)
        assert raw_outputs(page) == good
        assert page.locator("cost-calculator img").count() == 0
        assert alerts == []


@pytest.mark.parametrize(
    ("missing", "damaged"),
    [([".wasm"], []), ([".whl"], []), (["manifest.json"], []), (["worker.js"], []), ([], [".whl"]), ([], [".wasm"])],
)
def test_when_python_cannot_start_the_built_answer_stays_with_a_sentence(
    chromium: Browser, site: str, faults: Faults, missing: list[str], damaged: list[str]
) -> None:
    faults.missing, faults.damaged = missing, damaged
    with opened(chromium, f"{site}calculators/tier-selection/") as page:
        baked = raw_outputs(page)
        page.locator("[name=requests_per_month]").fill("400000")
        expect(element(page)).to_have_attribute("data-state", "error", timeout=20_000)
        note = page.locator('[data-part="note"]')
        expect(note).to_contain_text("The calculator can't recompute now.")
        assert raw_outputs(page) == baked
        assert page.locator("[name=requests_per_month]").input_value() == "400000"
        faults.missing, faults.damaged = [], []
        page.locator('[data-action="retry"]').click()
        wait_ready(page)
        assert raw_outputs(page) != baked


def test_nothing_is_asked_of_another_host_and_no_error_is_logged(chromium: Browser, site: str) -> None:
    asked: list[Request] = []
    complaints: list[str] = []
    with opened(chromium, "about:blank") as page:
        page.on("request", lambda request: asked.append(request))  # noqa: PLW0108 - Playwright marks the function it is given
        page.on("console", lambda line: complaints.append(line.text) if line.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"{site}calculators/tier-selection/")
        edit(page, "requests_per_month", "300000")
        expect(page.locator('figure[data-chart="cost-by-option"]')).not_to_have_attribute("data-late", "")
    assert {each.url.split("/", 3)[2] for each in asked} == {site.split("/", 3)[2]}
    assert complaints == []


def test_the_live_chart_shows_the_new_answer(chromium: Browser, site: str) -> None:
    with opened(chromium, f"{site}calculators/tier-selection/") as page:
        figure = page.locator('figure[data-chart="cost-by-option"]')
        drawing = figure.locator('[data-part="drawing"]')
        before = drawing.text_content()
        edit(page, "requests_per_month", "500000")
        expect(figure.locator('[data-part="late"]')).to_be_hidden(timeout=START_MS)
        assert drawing.text_content() != before
        batch = page.locator('output[name="recommended.usd_per_month"]').inner_text()
        assert batch in (drawing.text_content() or "")
        assert batch in (figure.locator("table").text_content() or "")


def test_all_pages_open_without_a_fault(chromium: Browser, site: str) -> None:
    pages = [
        "",
        "modules/2-pricing/",
        "modules/2-pricing/token-pricing/",
        "modules/2-pricing/reserved-capacity/",
        "modules/2-pricing/model-choice/",
        "modules/2-pricing/summary/",
        "calculators/",
        "reference/prices/",
        "reference/formulas/",
        "reference/sources/",
    ]
    for path in pages:
        with opened(chromium, "about:blank", viewport={"width": 390, "height": 844}) as page:
            complaints: list[str] = []
            page.on("pageerror", partial(hear_error, complaints))
            answer = page.goto(site + path)
            assert answer is not None
            assert answer.ok, path
            assert complaints == [], path
            assert page.evaluate("document.documentElement.scrollWidth") <= 390, f"{path} scrolls sideways"
