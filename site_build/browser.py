"""Finds a Chromium for the browser tests, or installs one: `python -m site_build.browser`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
"""What the system's own Chromium or Chrome may be called."""


def find() -> Path | None:
    """Return the system's Chromium, else Playwright's, else None."""
    for name in NAMES:
        found = shutil.which(name)
        if found:
            return Path(found)
    return _playwright_browser()


def _playwright_browser() -> Path | None:
    # Imported here: only the tests need Playwright.
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    return path if path.is_file() else None


def install() -> None:
    """Install Chromium: as the system's package where that needs no password, else as Playwright's download."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        print("No Chromium found: installing the system's package (apt-get install chromium) …", flush=True)
        if _run("apt-get", "update", "-q") and _run("apt-get", "install", "-qy", "chromium"):
            return
        print("The system has no such package.", flush=True)
    print("No Chromium found: downloading Playwright's (about 150 MB) …", flush=True)
    _run(sys.executable, "-m", "playwright", "install", "chromium")


def _run(*command: str) -> bool:
    return subprocess.run(command, check=False).returncode == 0


def main() -> int:
    """Make sure that there is a Chromium, say where, and return the exit status."""
    if find() is None:
        install()
    found = find()
    if found is None:
        print("There is no Chromium, and none could be installed. Install Chromium or Chrome.", file=sys.stderr)
        return 1
    print(f"Chromium for the browser tests: {found}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
