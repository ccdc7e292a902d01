"""Places: a link leads to the same page from every depth, under any sub-path."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urljoin

import pytest

from macros.place import Place
from tests.macros.rendering import DEPTHS, SITE

if TYPE_CHECKING:
    from tests.macros.rendering import Press

TARGETS = ("reference/formulas/", "reference/formulas/#f01", "calculators/token-cost/#token-cost?a=1&b=c%2Fd", "")


@pytest.mark.parametrize("url", DEPTHS)
@pytest.mark.parametrize("target", TARGETS)
def test_a_link_is_relative_and_leads_there(url: str, target: str, press: Press) -> None:
    press.page.url = url
    link = Place(press).link_to(target)  # type: ignore[arg-type] # stands in for the plugin
    assert not link.startswith(("/", "http"))
    assert urljoin(SITE + url, link) == SITE + target
