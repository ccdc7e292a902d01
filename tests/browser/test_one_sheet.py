"""The board's page is printed on one sheet, on the paper of either continent."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PAGE = re.compile(rb"/Type\s*/Page\b")


def sheets(chromium: Browser, address: str, paper: str) -> int:
    with opened(chromium, address) as page:
        return len(PAGE.findall(page.pdf(format=paper)))


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_the_boards_page_fits_one_sheet(chromium: Browser, site: str, paper: str) -> None:
    assert sheets(chromium, f"{site}case/chatbot/board/", paper) == 1


def test_a_longer_page_takes_more(chromium: Browser, site: str) -> None:
    assert sheets(chromium, f"{site}case/chatbot/optimize/", "A4") > 1
