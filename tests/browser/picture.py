"""Takes the picture of README: `make picture`, after `make build`."""

from __future__ import annotations

import sys
import threading
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from site_build import ROOT, browser
from site_build.build import SITE
from site_build.serve import server

if TYPE_CHECKING:
    from pathlib import Path

PICTURE = ROOT / "docs" / "assets" / "pictures" / "tier-selection.png"
FLAGS = ("--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync")


def take(page_path: str, target: Path) -> None:
    """Photograph the first screen of a page of the built site."""
    with server(SITE, port=0) as listening, sync_playwright() as playwright:
        threading.Thread(target=listening.serve_forever, daemon=True).start()
        chromium = playwright.chromium.launch(executable_path=browser.find(), args=list(FLAGS))
        page = chromium.new_page(viewport={"width": 1280, "height": 860})
        page.goto(f"http://127.0.0.1:{listening.server_port}/{page_path}")
        page.locator("cost-calculator").wait_for()
        target.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=target)
        chromium.close()
        listening.shutdown()


if __name__ == "__main__":
    take("calculators/tier-selection/", PICTURE)
    sys.exit(0)
