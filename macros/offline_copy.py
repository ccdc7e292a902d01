"""`offline_copy()`: the button that keeps the course on the reader's device."""

from __future__ import annotations

from macros.markup import block


def offline_copy() -> str:
    """Return the element; `site_build.offline` writes into it how much will be kept."""
    return block("offline_copy.html")
