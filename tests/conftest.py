"""What all tests share: how many cases Hypothesis tries, and one Chromium for each process."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

# Fewer cases inside Pyodide, where Python runs at a third of its speed, and on mutants.
settings.register_profile("default", deadline=None)
settings.register_profile("pyodide", deadline=None, max_examples=20)
settings.register_profile(
    "mutation",
    deadline=None,
    max_examples=20,
    database=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],  # a mutant that is noticed need not be explained
    suppress_health_check=list(HealthCheck),  # slow is not wrong
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))

FLAGS = ("--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A real Chromium: one for a process, since Playwright runs only once in each."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - the calculators' tests do without it

    from site_build import browser  # noqa: PLC0415 - the same

    path = browser.find()
    assert path is not None, "no Chromium: python -m site_build.browser"
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield launched
        launched.close()
