"""The page's engine in a real Chromium: it answers, and whatever breaks ends in a sentence, never in a wait."""

from __future__ import annotations

import functools
import http.server
import json
import shutil
import threading
import time
from typing import TYPE_CHECKING

import pytest

from calculators import page as calculators_page
from site_build import ROOT
from site_build.serve import SiteHandler

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'"
ASK = """async (request) => {
    const { answer } = await import("./assets/js/engine.js");
    return answer("token-cost", request).then((reply) => ({ reply }), (error) => ({ sentence: error.message }));
}"""


class _Host(SiteHandler):
    """A static host under a strict policy, which can be told to leave a file hanging."""

    policy = POLICY
    hangs_on = "\0"

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", self.policy)
        super().end_headers()

    def do_GET(self) -> None:  # noqa: N802 - the base class names it so
        if self.path.endswith(self.hangs_on):
            time.sleep(15)
        super().do_GET()


class _QuietServer(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that hangs up on a spoilt file is part of the test."""


@pytest.fixture
def site(built_bundle: Path, tmp_path: Path) -> Path:
    """The least site that has the engine, below a folder of the host as a project's pages are."""
    course = tmp_path / "any" / "folder"
    (course / "assets" / "js").mkdir(parents=True)
    for name in ("engine.js", "worker.js", "checked-files.js"):
        shutil.copy(ROOT / "docs" / "assets" / "js" / name, course / "assets" / "js")
    shutil.copytree(built_bundle, course / "assets" / "pyodide")
    (course / "index.html").write_text("<!doctype html><title>Engine</title>", "utf-8")
    return course


@pytest.fixture
def open_page(site: Path, chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The page, from a host that behaves as the test's parameter says."""
    host = type("Host", (_Host,), getattr(request, "param", {}))
    handler = functools.partial(host, directory=str(site.parent.parent))
    with _QuietServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page = chromium.new_page()
        page.goto(f"http://127.0.0.1:{server.server_port}/any/folder/index.html")
        yield page
        page.close()
        server.shutdown()


def _file(site: Path, role: str) -> Path:
    folder = site / "assets" / "pyodide"
    return folder / str(json.loads((folder / "manifest.json").read_text("utf-8"))["files"][role]["url"])


def _sentence(page: Page) -> str:
    outcome = page.evaluate(ASK, {"inputs": {}, "page_inputs": {}})
    assert "sentence" in outcome, outcome
    return str(outcome["sentence"])


def test_answers_as_python_answers_here(open_page: Page) -> None:
    request = {"inputs": {"requests_per_month": "1,234,567"}, "page_inputs": {}}

    reply = open_page.evaluate(ASK, request)["reply"]

    # Compared as JSON text of the view: every string that a reader sees.
    here = json.loads(calculators_page.answer("token-cost", json.dumps(request)))
    assert reply["view"] == here["view"]


def test_fetches_each_file_once_and_only_from_its_own_host(open_page: Page) -> None:
    addresses: list[str] = []
    open_page.context.on("request", lambda request: addresses.append(request.url))
    open_page.evaluate(ASK, {"inputs": {}, "page_inputs": {}})

    host = open_page.url.split("/any/")[0]
    assert addresses
    assert all(address.startswith(f"{host}/any/folder/assets/") for address in addresses)


def test_names_each_field_at_fault(open_page: Page) -> None:
    reply = open_page.evaluate(ASK, {"inputs": {"requests_per_month": "-1"}, "page_inputs": {}})["reply"]

    assert [problem["field"] for problem in reply["errors"]] == ["requests_per_month"]


def test_shows_how_far_it_has_come(open_page: Page) -> None:
    stages = open_page.evaluate("""async () => {
        const { onprogress, warm } = await import("./assets/js/engine.js");
        const heard = [];
        onprogress((progress) => heard.push(progress));
        await warm();
        return heard;
    }""")

    fetching = [each for each in stages if each["stage"] == "fetching"]
    assert fetching[-1]["bytes"] == fetching[-1]["totalBytes"] > 10_000_000
    assert sum(each["stage"] == "starting" for each in stages) > 2  # Python itself is heard to move
    assert list(dict.fromkeys(each["stage"] for each in stages)) == ["fetching", "starting", "unpacking", "ready"]


@pytest.mark.parametrize("role", ["loader", "module", "wasm", "library", "wheel"])
def test_names_a_missing_file(site: Path, open_page: Page, role: str) -> None:
    path = _file(site, role)
    path.unlink()

    assert _sentence(open_page).startswith(f"The file {path.name} is missing (status 404): ")


@pytest.mark.parametrize(
    "spoil", [lambda content: content[:-1], lambda content: content + b"\0", lambda content: content[::-1]]
)
@pytest.mark.parametrize("role", ["wasm", "library", "wheel"])
def test_refuses_a_damaged_file(site: Path, open_page: Page, role: str, spoil: functools.partial[bytes]) -> None:
    path = _file(site, role)
    path.write_bytes(spoil(path.read_bytes()))

    assert _sentence(open_page) == f"The file {path.name} is damaged: it is not the one that was published."


def test_says_when_the_list_of_files_is_not_one(site: Path, open_page: Page) -> None:
    (site / "assets" / "pyodide" / "manifest.json").write_text("<!doctype html>", "utf-8")

    assert _sentence(open_page) == "The list of the calculator's files can't be read."


def test_says_when_its_own_script_is_missing(site: Path, open_page: Page) -> None:
    (site / "assets" / "js" / "worker.js").unlink()

    assert _sentence(open_page) == "The calculator's own script can't be loaded."


@pytest.mark.parametrize("open_page", [{"policy": POLICY.replace(" 'wasm-unsafe-eval'", "")}], indirect=True)
def test_says_when_webassembly_is_switched_off(open_page: Page) -> None:
    assert _sentence(open_page) == "This browser does not run WebAssembly on this page."


@pytest.mark.parametrize("open_page", [{"hangs_on": ".wasm"}], indirect=True)
def test_gives_up_on_a_file_that_never_comes(open_page: Page) -> None:
    assert _sentence(open_page) == "Nothing has arrived for 9 seconds: is there a connection?"


def test_starts_after_a_failure_once_the_cause_is_gone(site: Path, open_page: Page) -> None:
    path = _file(site, "wheel")
    aside = path.rename(path.with_suffix(".aside"))
    assert "missing" in _sentence(open_page)

    aside.rename(path)

    assert "reply" in open_page.evaluate(ASK, {"inputs": {}, "page_inputs": {}})


def test_starts_again_when_the_worker_dies(open_page: Page) -> None:
    """The question that was open is asked again, and answered."""
    outcome = open_page.evaluate("""async () => {
        const made = [];
        const Original = Worker;
        globalThis.Worker = class extends Original {
            constructor(...all) { super(...all); made.push(this); }
        };
        const { answer, warm } = await import("./assets/js/engine.js");
        await warm();
        const open = answer("token-cost", { inputs: {}, page_inputs: {} });
        made[0].dispatchEvent(new Event("error", { cancelable: true }));
        return { hasView: "view" in await open, workers: made.length };
    }""")

    assert outcome == {"hasView": True, "workers": 2}
