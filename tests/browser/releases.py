"""Two releases of the site, and a server that switches between them, cuts connections and damages files."""

from __future__ import annotations

import shutil
import threading
from contextlib import contextmanager
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

from site_build import offline
from site_build.serve import SiteHandler
from tests.browser.conftest import SUB_PATH

if TYPE_CHECKING:
    from collections.abc import Iterator

MARKED = ("index.html", "calculators/roi/index.html", "assets/css/look.css", "assets/js/worker.js")
"""What differs between the releases: pages, and what they and their Workers ask for."""

PROBE = "assets/js/probe.js"


class Host:
    """What is published, and what goes wrong on its way."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.is_down = False
        self.cut: str | None = None
        self.damaged: str | None = None
        self.held: tuple[str, threading.Event] | None = None
        self.asked: list[str] = []


class HostHandler(SiteHandler):
    """Serves the published release under the sub-path."""

    host: Host

    def translate_path(self, path: str) -> str:
        """Return the file of a path below the sub-path."""
        self.directory = str(self.host.folder)
        return super().translate_path(path.removeprefix(SUB_PATH.rstrip("/")))

    def do_GET(self) -> None:  # noqa: N802 - the name that http.server calls
        """Answer, or fail as asked."""
        host = self.host
        host.asked.append(self.path)
        if host.held and host.held[0] in self.path:
            host.held[1].wait(20)
        if host.is_down:
            self.close_connection = True
        elif host.cut and host.cut in self.path:
            self._send(lambda content: content[: len(content) // 2])
        elif host.damaged and host.damaged in self.path:
            self._send(lambda content: content[:-1] + bytes([content[-1] ^ 1]))
        else:
            super().do_GET()

    def _send(self, spoil: object) -> None:
        content = Path(self.translate_path(self.path)).read_bytes()
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(spoil(content))  # type: ignore[operator]
        self.close_connection = True


@contextmanager
def hosted(folder: Path) -> Iterator[tuple[Host, str]]:
    """Serve a release; yields the host and the site's address."""
    host = Host(folder)
    handler = type("Handler", (HostHandler,), {"host": host})
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield host, f"http://127.0.0.1:{server.server_port}{SUB_PATH}"
        server.shutdown()


def publish(site: Path, folder: Path, number: int) -> Path:
    """Make a release of the built site whose pages, styles and scripts say its number."""
    shutil.copytree(site, folder)
    for name in MARKED:
        path = folder / name
        content = path.read_text("utf-8")
        if path.suffix == ".html":
            content = content.replace("</body>", f"<!-- release {number} --></body>")
        else:
            content += f"/* release {number} */\n"
        path.write_text(content, "utf-8")
    (folder / PROBE).write_text(
        "fetch('../css/look.css').then((r) => r.text()).then((t) => postMessage(t.match(/release \\d/)[0]));\n"
        f"// release {number}\n",
        "utf-8",
    )
    offline.write(folder)
    return folder
