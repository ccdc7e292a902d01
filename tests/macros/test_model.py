"""`model(…)`: a model's name, wherever it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from calculators import catalogue
from macros.naming import MacroError
from tests.macros.rendering import HOSTILE

if TYPE_CHECKING:
    from calculators.catalogue import Catalogue
    from tests.macros.rendering import Press


def test_every_model_is_called_as_the_catalogue_calls_it(press: Press) -> None:
    models = catalogue.load().models
    page = press.page_of("\n".join(f'- On {{{{ model("{each}") }}}}.' for each in models))
    assert [each.text for each in page.all("li")] == [f"On {each.name}." for each in models.values()]


def test_a_wrong_id_fails_and_says_which_was_meant(press: Press) -> None:
    with pytest.raises(MacroError, match=r'model\("anthropic.claude-sonet-5"\): .*"anthropic.claude-sonnet-5"'):
        press.page_of('{{ model("anthropic.claude-sonet-5") }}')


def test_hostile_text_stays_text(press: Press, hostile_catalogue: Catalogue) -> None:
    page = press.page_of(f'## X {{{{ model("{next(iter(hostile_catalogue.models))}") }}}} {{ #a }}')
    assert page.one("h2", id="a").text.startswith(f"X {HOSTILE}")
    assert page.all("img") == []
