"""A real Chromium on the built site, served under a sub-path by a server that can be told to fail."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from site_build import ROOT
from site_build.serve import SiteHandler

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

SUB_PATH = "/some/course/"
SITE = ROOT / "site"


class Faults:
    """What the server does wrong: paths that are missing, paths whose bytes are changed, other spoils by path."""

    def __init__(self) -> None:
        self.missing: list[str] = []
        self.damaged: list[str] = []
        self.spoilt: dict[str, Callable[[Handler], None]] = {}

    def spoil(self, path: str) -> Callable[[Handler], None] | None:
        """Return what answers in place of the file."""
        return next((spoil for part, spoil in self.spoilt.items() if part in path), None)


class Handler(SiteHandler):
    """Serves the site under the sub-path, with the faults asked for."""

    faults = Faults()

    def translate_path(self, path: str) -> str:
        """Return the file of a path below the sub-path."""
        return super().translate_path(path.removeprefix(SUB_PATH.rstrip("/")))

    def do_GET(self) -> None:  # noqa: N802 - the name that http.server calls
        """Answer, or fail as asked."""
        if not self.path.startswith(SUB_PATH) or any(part in self.path for part in self.faults.missing):
            self.send_error(404)
        elif spoil := self.faults.spoil(self.path):
            spoil(self)
        elif any(part in self.path for part in self.faults.damaged):
            content = bytearray(Path(self.translate_path(self.path)).read_bytes())
            content[len(content) // 2] ^= 1
            self.send_response(200)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)
        else:
            super().do_GET()


@pytest.fixture
def faults() -> Iterator[Faults]:
    """Fresh faults for one test: none until it adds some."""
    Handler.faults = Faults()
    yield Handler.faults
    Handler.faults = Faults()


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    """The address of the built site."""
    assert (SITE / "index.html").is_file(), "the site is not built: make build"
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(SITE))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}{SUB_PATH}"
        server.shutdown()


@contextmanager
def opened(chromium: Browser, address: str, **options: object) -> Iterator[Page]:
    """Open a page of its own profile and hear what goes wrong on it."""
    context = chromium.new_context(**options)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(address)
    try:
        yield page
    finally:
        context.close()
