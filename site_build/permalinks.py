"""Lists every address that the site publishes: `python -m site_build.permalinks --add`.

A published address never breaks. The list only grows: pages, the anchors of their headings and of
what is linked to, and the links that open a state of a calculator.
"""

from __future__ import annotations

import argparse
import sys
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from site_build import ROOT
from site_build.build import SITE

if TYPE_CHECKING:
    from pathlib import Path

LIST = ROOT / "tests" / "links" / "published.txt"
"""Where the list is kept."""

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
NOT_A_PAGE = frozenset(("/404.html",))
HOST = "https://site.invalid"  # links are resolved below it


class _Page(HTMLParser):
    """The ids and the links of one page."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.heading_ids: set[str] = set()
        self.links: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if identifier := given.get("id"):
            self.ids.add(identifier)
            if tag in HEADINGS:
                self.heading_ids.add(identifier)
        if tag == "a" and (address := given.get("href")):
            self.links.add(address)


def pages(site: Path) -> dict[str, _Page]:
    """Return the pages of a built site by address: "/" is its root."""
    found = {}
    for path in sorted(site.rglob("*.html")):
        name = f"/{path.relative_to(site).as_posix()}"
        if name in NOT_A_PAGE:
            continue
        page = _Page()
        page.feed(path.read_text("utf-8"))
        found[name.removesuffix("index.html") if path.name == "index.html" else name] = page
    return found


def published(site: Path) -> set[str]:
    """Return every address of a built site that a reader may keep."""
    found = pages(site)
    addresses = set(found)
    for address, page in found.items():
        addresses |= {f"{address}#{each}" for each in page.heading_ids if not each.startswith("__")}
        for link in page.links:
            target, fragment = urldefrag(urljoin(f"{HOST}{address}", link))
            place = unquote(urlsplit(target).path)
            if target.startswith(f"{HOST}/") and place in found and fragment and not fragment.startswith("__"):
                addresses.add(f"{place}#{fragment}")
    return addresses


def lost(addresses: set[str], site: Path) -> list[str]:
    """Return the addresses that a built site no longer has; of the link to a state, its page is looked for."""
    found = pages(site)
    return sorted(each for each in addresses if not _leads_somewhere(each, found))


def _leads_somewhere(address: str, found: dict[str, _Page]) -> bool:
    place, _, fragment = address.partition("#")
    if place not in found:
        return False
    return not fragment or "?" in fragment or fragment in found[place].ids


def read(path: Path = LIST) -> set[str]:
    """Return the addresses of the list."""
    return set(path.read_text("utf-8").splitlines()) if path.is_file() else set()


def add(site: Path, path: Path = LIST) -> int:
    """Add what a built site publishes to the list, which loses nothing; return how many are new."""
    before = read(path)
    together = before | published(site)
    path.write_text("".join(f"{each}\n" for each in sorted(together)), "utf-8")
    return len(together) - len(before)


def main(arguments: list[str] | None = None) -> int:
    """Say what the built site has lost, or add to the list what is new, and return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m site_build.permalinks", description=main.__doc__)
    parser.add_argument("--add", action="store_true", help="add the addresses of the built site to the list")
    if parser.parse_args(arguments).add:
        print(f"{add(SITE)} new addresses are in {LIST.relative_to(ROOT)}.")
    gone = lost(read(), SITE)
    for each in gone:
        print(f"lost: {each}", file=sys.stderr)
    return 1 if gone else 0


if __name__ == "__main__":
    sys.exit(main())
