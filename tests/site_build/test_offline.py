"""The list of files for the copy: whole, right, and the same for the same files."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import pytest

from site_build import ROOT, offline

if TYPE_CHECKING:
    from pathlib import Path

SITE = ROOT / "site"


def listed(site: Path) -> dict[str, dict[str, str | int]]:
    """Return what the list says of each file, by address."""
    files = json.loads((site / offline.MANIFEST).read_text("utf-8"))["files"]
    return {each["url"]: each for each in files}


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A site of a few files."""
    for name in ("index.html", "deep/index.html", "assets/js/offline-worker.js", "a.css", "a.css.map", "_headers"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(f"{name}: <span data-offline-size>some</span>", "utf-8")
    offline.prepare(tmp_path)
    return tmp_path


def test_each_file_is_as_the_list_says() -> None:
    stated = listed(SITE)
    for url, each in stated.items():
        path = SITE / url / "index.html" if url == "" or url.endswith("/") else SITE / url
        digest = base64.b64encode(hashlib.sha256(path.read_bytes()).digest()).decode()
        assert (each["integrity"], each["bytes"]) == (f"sha256-{digest}", path.stat().st_size), url


def test_whatever_a_page_names_is_in_the_list() -> None:
    """Pages, styles, scripts and pictures; what scripts ask for is proved in a browser."""
    known = set(listed(SITE)) - {""} | {"./"}
    for path in SITE.rglob("*.html"):
        own = path.relative_to(SITE).as_posix().removesuffix("index.html")
        for address in re.findall(r'(?:src|href)="([^"#?]+)', path.read_text("utf-8")):
            if re.match(r"[a-z]+:|//|/", address):
                continue
            wanted = urljoin(f"/{own}", address).removeprefix("/") or "./"
            assert wanted in known, f"{own} names {address}"


def test_the_worker_is_at_the_root_and_not_in_the_copy(small: Path) -> None:
    offline.write(small)
    assert (small / offline.WORKER).is_file()
    assert set(listed(small)) == {"", "deep/", "a.css"}


def test_a_release_is_named_by_its_files(small: Path) -> None:
    first = offline.write(small)
    assert offline.write(small) == first
    (small / "a.css").write_text("other", "utf-8")
    assert offline.write(small) != first


def test_pages_state_the_size_in_whole_megabytes(small: Path) -> None:
    (small / "a.css").write_bytes(b"x" * 2_500_000)
    offline.write(small)
    assert "<span data-offline-size>3&nbsp;MB</span>" in (small / "index.html").read_text("utf-8")
