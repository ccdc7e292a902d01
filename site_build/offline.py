"""The course for use without a network: the list of its files, from which the page keeps a copy on a reader's device.

    offline.json        every file that a page can ask for, each with its digest, and a name for all of them together
    offline-worker.js   the service worker that answers from the copy; at the site's root, so that it sees all pages

The name of a release is the digest of its files, so two builds of the same sources are one release.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
import shutil
from typing import TYPE_CHECKING

from site_build.bundle import describe
from site_build.content_policy import HEADERS

if TYPE_CHECKING:
    from pathlib import Path

MANIFEST = "offline.json"
WORKER = "offline-worker.js"
STOP = "offline-stop.txt"
"""Published by hand, with the word `stop`: the worker then removes itself and all it kept."""

NEVER_ASKED_FOR = (
    HEADERS,
    MANIFEST,
    WORKER,
    STOP,
    "*.map",  # for whoever debugs the theme
    "*.gz",
    "sitemap.xml",
    "assets/javascripts/lunr/**/*",  # search in other languages
    "assets/js/offline-worker.js",
)
SIZE = re.compile(r"(<[a-z]+ data-offline-size>)[^<]*")


def prepare(site: Path) -> None:
    """Put the worker where it sees the whole site, so that what reads the site's files sees it there."""
    shutil.copyfile(site / "assets" / "js" / WORKER, site / WORKER)
    (site / MANIFEST).touch()


def write(site: Path) -> str:
    """Tell the pages how large the copy is, write the list of the files, and return the release's name."""
    _state_size(site)
    described = [describe(path, site) for path in kept_files(site)]
    files = [{**each, "url": _asked_for_as(str(each["url"]))} for each in described]
    together = "".join(f"{each['url']} {each['integrity']}\n" for each in files)
    release = hashlib.sha256(together.encode()).hexdigest()[:16]
    listed = {"release": release, "bytes": sum(int(each["bytes"]) for each in files), "files": files}
    (site / MANIFEST).write_text(json.dumps(listed, separators=(",", ":")) + "\n", "utf-8")
    return release


def kept_files(site: Path) -> list[Path]:
    """Return every file that a page can ask for."""
    left_out = {path for pattern in NEVER_ASKED_FOR for path in site.glob(pattern)} | set(site.rglob("*.map"))
    return sorted(path for path in site.rglob("*") if path.is_file() and path not in left_out)


def _asked_for_as(url: str) -> str:
    # A host answers a page at its folder's address; many redirect from `index.html` to it.
    return url.removesuffix("index.html") if url == "index.html" or url.endswith("/index.html") else url


def _state_size(site: Path) -> None:
    # A whole number of megabytes: the sentence itself does not change the size that it states.
    size = f"{math.ceil(sum(path.stat().st_size for path in kept_files(site)) / 1e6)}&nbsp;MB"
    for path in site.rglob("*.html"):
        page = path.read_text("utf-8")
        if SIZE.search(page):
            path.write_text(SIZE.sub(rf"\g<1>{size}", page), "utf-8")
