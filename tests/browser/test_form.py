"""The form in a real browser: what is typed stays, a limit can be put into its input."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from playwright.sync_api import expect

import calculators
from calculators import registry, then_and_now
from calculators.catalogue.book import build
from calculators.catalogue.tables import read_tables
from tests.browser.conftest import opened
from tests.browser.test_calculator import START_MS, edit, element, raw_outputs, wait_ready
from tests.calculators.test_then_and_now import NEW, OLD, with_later_prices

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Worker


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


# Stands between the page and its Worker: while `window.isHeld`, only first answers are asked for.
WITH_HELD_QUESTIONS = """
  const { postMessage: post } = Worker.prototype;
  Worker.prototype.postMessage = function (message, ...more) {
    if (!window.isHeld || message.request?.is_first) post.call(this, message, ...more);
  };
"""


def test_the_numbers_follow_the_typing_ahead_of_their_answer(chromium: Browser, site: str) -> None:
    with opened(chromium, "about:blank") as page:
        page.add_init_script(WITH_HELD_QUESTIONS)
        page.goto(f"{site}calculators/token-cost/")
        edit(page, "requests_per_month", "1000")
        box, sentence = page.locator("[name=requests_per_month]"), page.locator('[data-part="answer"]')
        month, said, whole = page.locator("output[name=usd_per_month]"), sentence.text_content(), raw_outputs(page)
        page.evaluate("window.isHeld = true")
        for typed in ("20", "2000", "2e6"):
            box.fill(typed)
            wanted = calculators.run("token-cost", {"requests_per_month": typed}, text=True)["outputs"]["usd_per_month"]
            expect(month).to_have_attribute("data-value", json.dumps(wanted), timeout=START_MS)
            expect(element(page)).to_have_attribute("data-state", "computing")
            assert sentence.text_content() == said  # a status is not said anew at each key
        told = "The answer below is still for the last inputs that could be computed; only its boxes of numbers are new"
        expect(page.locator('[data-part="stale"]')).to_contain_text(told)
        page.evaluate("window.isHeld = false")
        box.fill("2e6 or so")
        expect(element(page)).to_have_attribute("data-state", "error", timeout=START_MS)
        assert raw_outputs(page) == whole  # numbers never stay beside another answer's words
        edit(page, "requests_per_month", "2e6")
        assert raw_outputs(page)["usd_per_month"] == wanted
        assert sentence.text_content() != said


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


# Stands between the page and its Worker: the Worker knows one snapshot, the page is told of two.
WITH_TWO_SNAPSHOTS = """
  const both = %s;
  const { addEventListener: listen, postMessage: post } = Worker.prototype;
  window.asked = [];
  Worker.prototype.postMessage = function (message) {
    if (!message.request) return post.call(this, message); // The search's own Worker.
    window.asked.push(message.request);
    post.call(this, { ...message, request: { ...message.request, prices: "", taught: "" } });
  };
  Worker.prototype.addEventListener = function (type, heard) {
    listen.call(this, type, type === "message" ? ({ data }) => heard({ data: changed(data) }) : heard);
  };
  function changed(data) {
    if (data.kind !== "answer") return data;
    const reply = JSON.parse(data.reply);
    reply.view.prices_as_of = window.asked.at(-1).prices;
    if (window.asked.at(-1).taught) reply.view.then_and_now = both;
    return { ...data, reply: JSON.stringify(reply) };
  }
"""


def test_a_link_of_an_older_day_shows_both_answers_and_what_moved(chromium: Browser, site: str) -> None:
    tables = with_later_prices(read_tables())
    inputs = registry.calculator("token-cost").Inputs()
    both = then_and_now.then_and_now("token-cost", inputs, build(tables, OLD), build(tables, NEW))
    address = f"{site}calculators/token-cost/"
    with opened(chromium, "about:blank") as page:
        page.add_init_script(WITH_TWO_SNAPSHOTS % json.dumps(both))
        built = page.request.get(address).text().replace(f'data-prices="{OLD}"', f'data-prices="{NEW}"')
        page.route(address, lambda route: route.fulfill(body=built, content_type="text/html"))
        page.goto(f"{address}#token-cost?v=1&prices={OLD}")
        panel = page.locator('[data-part="then"]')
        expect(panel).to_contain_text(both["sentence"], timeout=START_MS)
        for which in ("taught", "today"):
            one = panel.locator(f'[data-which="{which}"]')
            expect(one).to_contain_text(both[which]["answer"])
            expect(one).to_contain_text(both[which]["prices_as_of"])
        for cell in both["moved"]["rows"][0]:
            expect(panel.locator("table")).to_contain_text(cell)
        pressed = panel.get_by_role("button", pressed=True)
        expect(pressed).to_have_text("Show all numbers as taught")
        panel.get_by_role("button", name="Show all numbers of today").press("Enter")
        expect(pressed).to_have_text("Show all numbers of today")
        last = page.evaluate("window.asked.at(-1)")
        assert (last["prices"], last["taught"]) == (NEW, OLD)
        edit(page, "requests_per_month", "9k")
        expect(panel).to_be_visible()
        page.locator('[data-action="reset"]').first.click()
        expect(panel).to_be_hidden()


def test_with_one_snapshot_the_panel_is_not_there(chromium: Browser, site: str) -> None:
    with opened(chromium, f"{site}calculators/token-cost/#token-cost?v=1&prices={OLD}") as page:
        wait_ready(page)
        expect(page.locator('[data-part="then"]')).to_be_hidden()


def test_the_age_of_the_prices_is_told_for_the_day_of_the_device(chromium: Browser, site: str) -> None:
    with opened(chromium, "about:blank") as page:
        page.clock.set_fixed_time("2027-07-01T12:00:00Z")
        page.goto(f"{site}calculators/token-cost/")
        table = page.locator('[data-table="prices"]')
        expect(table).to_contain_text(f"Age on {OLD}", use_inner_text=False)
        assert table.locator("tr[data-mark]").count() == 0
        edit(page, "requests_per_month", "1000")
        expect(table).to_contain_text("Age on 2027-07-01", use_inner_text=False)
        expect(table).to_contain_text("over 180, don't rely on it", use_inner_text=False)
        assert table.locator('tr[data-mark="very old"]').count() == table.locator("tbody tr").count()


def test_an_answer_can_be_kept_and_compared_on_a_phone(chromium: Browser, site: str) -> None:
    size = {"width": 390, "height": 844}
    with opened(chromium, f"{site}calculators/token-cost/", viewport=size) as page:
        panel = page.locator('[data-part="kept"]')
        expect(panel).to_be_hidden()
        kept = page.locator('[data-part="answer"]').inner_text()
        page.get_by_role("button", name="Keep for comparison").press("Enter")
        expect(panel).to_contain_text(kept, timeout=START_MS)
        edit(page, "requests_per_month", "500k")
        expect(panel).to_contain_text(kept)
        row = panel.locator("tr", has_text="A month").first
        expect(row.locator("td")).to_have_text(["$1,304.00", "$2,608.00", "+$1,304.00 (+100%)"])
        inputs = panel.locator('[data-table="kept-inputs"] tbody tr')
        expect(inputs).to_have_count(1)
        expect(inputs.locator("td")).to_have_text(["250,000", "500,000"])
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        panel.get_by_role("button", name="Remove").press("Enter")
        expect(panel).to_be_hidden()
        expect(page.get_by_role("button", name="Keep for comparison")).to_be_focused()
        edit(page, "requests_per_month", "600k")
        expect(panel).to_be_hidden()


# Stands between the page and its Worker: while `window.isHeld`, no answer arrives.
WITH_HELD_ANSWERS = """
  const { addEventListener: listen } = Worker.prototype;
  Worker.prototype.addEventListener = function (type, heard) {
    listen.call(this, type, (event) => window.isHeld && event.data?.kind === "answer" ? undefined : heard(event));
  };
"""


def test_a_long_sum_can_be_stopped_and_the_last_answer_stays(chromium: Browser, site: str) -> None:
    with opened(chromium, "about:blank") as page:
        started: list[Worker] = []
        page.add_init_script(WITH_HELD_ANSWERS)
        page.on("worker", lambda worker: started.append(worker))  # noqa: PLW0108 - Playwright marks the function it is given
        page.goto(f"{site}calculators/roi/")
        wait_ready(page)
        good = raw_outputs(page)
        page.evaluate("window.isHeld = true")
        page.locator("[name=monte_carlo_runs]").evaluate("box => box.closest('details')?.setAttribute('open', '')")
        page.locator("[name=monte_carlo_runs]").fill("100k")
        stale = page.locator('[data-part="stale"]')
        stop = stale.get_by_role("button", name="Stop")
        expect(stop).to_be_visible(timeout=START_MS)
        stop.press("Enter")
        expect(stale).to_contain_text("Stopped")
        expect(stop).to_be_hidden()
        assert raw_outputs(page) == good
        assert page.locator("[name=monte_carlo_runs]").input_value() == "100k"
        retry = page.get_by_role("button", name="Try again")
        expect(retry).to_be_focused()
        page.evaluate("window.isHeld = false")
        retry.press("Enter")
        expect(stale).to_be_hidden(timeout=START_MS)
        assert raw_outputs(page)["npv_usd"] == good["npv_usd"]
        assert raw_outputs(page)["monte_carlo.p50_usd"] != good["monte_carlo.p50_usd"]
        assert sum("js/worker.js" in each.url for each in started) == 2


def test_paper_shows_inputs_answer_steps_and_date_in_light_colours(chromium: Browser, site: str) -> None:
    with opened(chromium, f"{site}calculators/token-cost/", color_scheme="dark") as page:
        page.emulate_media(media="print", color_scheme="dark")
        for part in ("form [name=requests_per_month]", '[data-part="answer"]', '[data-part="prices-as-of"]'):
            expect(page.locator(f"cost-calculator {part}")).to_be_visible()
        for part in ('[data-part="steps"] li', '[data-part="prices"] tr', "form details input[type=text]"):
            expect(page.locator(f"cost-calculator {part}").first).to_be_visible()
        for part in ('[data-action="keep"]', '[data-part="then"]', '[data-part="kept"]'):
            expect(page.locator(f"cost-calculator {part}")).to_be_hidden()
        colour = "place => getComputedStyle(document.querySelector(place)).color"
        assert page.evaluate(colour, '[data-part="answer"]') == "rgb(24, 36, 44)"
