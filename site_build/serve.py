"""Builds the site, serves it, and builds again when a source changes: `python -m site_build.serve`."""

from __future__ import annotations

import argparse
import contextlib
import errno
import functools
import http.server
import sys
import threading
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, AnyStr

from site_build import ROOT, content_policy
from site_build.build import SITE, BuildError, build
from site_build.terms import TermsError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from _typeshed import SupportsRead, SupportsWrite

PORT = 8000
SOURCES = ("docs", "macros", "calculators", "mkdocs.yml")
SECONDS_BETWEEN_LOOKS = 1.0


class SiteHandler(http.server.SimpleHTTPRequestHandler):
    """Serves the files of the site as a static host would."""

    extensions_map = {  # noqa: RUF012 - typed by the base class
        **http.server.SimpleHTTPRequestHandler.extensions_map,
        ".js": "text/javascript",
        ".mjs": "text/javascript",
        ".wasm": "application/wasm",
        ".whl": "application/zip",
    }

    def end_headers(self) -> None:
        """Have the browser ask again each time, so that a rebuilt page is seen at once."""
        self.send_header("Cache-Control", "no-cache")
        for name, value in self._stated_headers().items():
            self.send_header(name, value)
        super().end_headers()

    def _stated_headers(self) -> dict[str, str]:
        """Return what the site's headers file says for the file asked for."""
        rules = Path(self.directory) / content_policy.HEADERS
        wanted = Path(self.translate_path(self.path)).relative_to(self.directory).as_posix()
        path = "/" if wanted == "." else f"/{wanted}"
        return content_policy.headers_for(path, rules.read_text("utf-8")) if rules.is_file() else {}

    def copyfile(self, source: SupportsRead[AnyStr], outputfile: SupportsWrite[AnyStr]) -> None:
        """Send a file; a browser that leaves the page before its end is no fault."""
        with contextlib.suppress(ConnectionError):
            super().copyfile(source, outputfile)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer with the site's own page where a page is not found."""
        page = Path(self.directory) / "404.html"
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        content = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
        """Say nothing for each request: the terminal belongs to the builds."""


class PortTakenError(Exception):
    """Another program listens on the port; the message says what to do."""


def server(folder: Path, port: int) -> http.server.ThreadingHTTPServer:
    """Return a server for `folder` on 127.0.0.1; port 0 takes any that is free."""
    handler = functools.partial(SiteHandler, directory=str(folder))
    try:
        return http.server.ThreadingHTTPServer(("127.0.0.1", port), handler)
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        raise PortTakenError(
            f"Port {port} is taken by another program. Choose another one: make serve PORT={port + 1}"
        ) from error


def changes(stop: threading.Event) -> Iterator[None]:
    """Yield each time that a source has changed, until `stop` is set."""
    seen = _newest()
    while not stop.wait(SECONDS_BETWEEN_LOOKS):
        now = _newest()
        if now != seen:
            seen = now
            yield


def _newest() -> tuple[int, int]:
    """Return how many source files there are, and when the newest of them was written."""
    times = []
    for path in (path for name in SOURCES for path in (ROOT / name, *(ROOT / name).rglob("*"))):
        # An editor's temporary file may be gone before it is looked at.
        with contextlib.suppress(FileNotFoundError):
            if path.is_file() and path.suffix != ".pyc":
                times.append(path.stat().st_mtime_ns)
    return len(times), max(times, default=0)


def _rebuild_on_change(stop: threading.Event) -> None:
    for _ in changes(stop):
        print("A source has changed.")
        try:
            build(SITE)
        except Exception as error:  # noqa: BLE001 - whatever went wrong, the next change gets its chance
            print(f"{error}\nThe site from before stays until the next change.", file=sys.stderr)


def main(arguments: list[str] | None = None) -> int:
    """Build and serve the site until Ctrl-C, and return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m site_build.serve", description="Build the site and serve it.")
    parser.add_argument("--port", type=int, default=PORT, help=f"the port on 127.0.0.1 (default: {PORT})")
    port = parser.parse_args(arguments).port
    stop = threading.Event()
    try:
        with server(SITE, port) as listening:
            build(SITE)
            threading.Thread(target=_rebuild_on_change, args=[stop], daemon=True).start()
            print(f"The course is on http://127.0.0.1:{port}/ (Ctrl-C ends it).", flush=True)
            listening.serve_forever()
    except (BuildError, FileNotFoundError, PortTakenError, TermsError) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped.")
    finally:
        stop.set()
    return 0


if __name__ == "__main__":
    sys.exit(main())
