"""`offline_copy()`: the element that keeps the course on a device."""

from __future__ import annotations

from macros.offline_copy import offline_copy
from site_build import offline
from tests.macros.rendering import as_html


def test_the_build_finds_the_place_for_the_size() -> None:
    assert offline.SIZE.search(as_html(offline_copy()))


def test_without_javascript_it_says_what_it_needs() -> None:
    assert "<noscript><p>To keep it, this page needs JavaScript.</p></noscript>" in as_html(offline_copy())
