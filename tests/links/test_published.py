"""Every address that was ever published leads where it led: to a page, a place on it, or an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from calculators import links, names
from site_build import permalinks
from site_build.build import SITE

if TYPE_CHECKING:
    from pathlib import Path

PUBLISHED = permalinks.read()
STATES = sorted(each for each in PUBLISHED if "?" in each)


def test_each_page_and_anchor_is_there() -> None:
    assert len(PUBLISHED) > 700
    assert permalinks.lost(PUBLISHED, SITE) == []


@pytest.mark.parametrize("name", names())
def test_each_link_to_a_state_is_answered_on_the_page_of_its_calculator(name: str) -> None:
    own = [each for each in STATES if each.partition("#")[2].startswith(f"{name}?")]
    assert own
    for address in own:
        page, _, fragment = address.partition("#")
        assert page == f"/calculators/{name}/"
        link = links.parse(fragment)
        assert link is not None
        assert link.version, address
        assert links.answer(link)["view"]["prices_as_of"] == link.prices, address


def test_every_state_is_one_of_a_calculator() -> None:
    assert {each.partition("#")[2].partition("?")[0] for each in STATES} <= set(names())


def write(folder: Path, path: str, text: str) -> None:
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text(text, "utf-8")


def test_the_list_grows_and_loses_nothing(tmp_path: Path) -> None:
    site, kept = tmp_path / "site", tmp_path / "published.txt"
    write(site, "index.html", '<h1 id="top">A</h1><a href="b/#deep">B</a><a href="b/#x?y=1&amp;v=1">C</a>')
    write(site, "b/index.html", '<p id="deep"></p><p id="unlinked"></p><a href="https://other.example/#z">D</a>')
    write(site, "404.html", '<h1 id="gone">Gone</h1>')
    assert permalinks.add(site, kept) == 5
    assert permalinks.read(kept) == {"/", "/#top", "/b/", "/b/#deep", "/b/#x?y=1&v=1"}
    write(site, "index.html", '<h1 id="other">A</h1>')
    write(site, "b/index.html", "<p>The anchor is gone.</p>")
    assert permalinks.add(site, kept) == 1
    assert permalinks.lost(permalinks.read(kept), site) == ["/#top", "/b/#deep"]
    (site / "b/index.html").unlink()
    assert permalinks.lost(permalinks.read(kept), site) == ["/#top", "/b/", "/b/#deep", "/b/#x?y=1&v=1"]
