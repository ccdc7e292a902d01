"""The server: the right types, the site's own 404 page, and a plain word when the port is taken."""

from __future__ import annotations

import threading
import urllib.error
import urllib.request
from typing import TYPE_CHECKING

import pytest

from site_build import serve

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    for name in ("index.html", "404.html", "a.mjs", "a.wasm", "a.js", "a.svg"):
        (tmp_path / name).write_text(name, "utf-8")
    with serve.server(tmp_path, port=0) as listening:
        threading.Thread(target=listening.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{listening.server_port}/"
        listening.shutdown()


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("", "text/html"),
        ("a.js", "text/javascript"),
        ("a.mjs", "text/javascript"),
        ("a.wasm", "application/wasm"),
        ("a.svg", "image/svg+xml"),
    ],
)
def test_serves_each_file_with_its_type(address: str, name: str, kind: str) -> None:
    with urllib.request.urlopen(address + name) as response:  # noqa: S310 - our own server
        assert response.headers.get_content_type() == kind
        assert response.headers["Cache-Control"] == "no-cache"


def test_answers_a_missing_page_with_the_sites_own(address: str) -> None:
    with pytest.raises(urllib.error.HTTPError, match="404") as caught:
        urllib.request.urlopen(f"{address}no/such/page/")  # noqa: S310 - our own server

    with caught.value as response:
        assert response.read() == b"404.html"


def test_says_how_to_choose_another_port_when_it_is_taken(tmp_path: Path) -> None:
    with (
        serve.server(tmp_path, port=0) as taken,
        pytest.raises(serve.PortTakenError, match=f"PORT={taken.server_port + 1}"),
    ):
        serve.server(tmp_path, port=taken.server_port)


def test_notices_a_changed_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "ROOT", tmp_path)
    monkeypatch.setattr(serve, "SECONDS_BETWEEN_LOOKS", 0.01)
    (tmp_path / "docs").mkdir()
    stop = threading.Event()
    threading.Timer(0.1, (tmp_path / "docs" / "new.md").touch).start()
    threading.Timer(10, stop.set).start()

    assert next(serve.changes(stop), "nothing noticed") is None
