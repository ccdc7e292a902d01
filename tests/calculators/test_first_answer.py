"""The first answer: the whole answer's own numbers, without its searches."""

from __future__ import annotations

import json
from typing import Any

import pytest

from calculators import InputError, first_answer, flips, page, view
from tests.calculators.test_contract import STATES


@pytest.mark.parametrize(("name", "state"), STATES)
def test_its_numbers_are_those_of_the_whole_answer(
    name: str, state: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = view.bake(name, state)["view"]
    monkeypatch.setattr(flips, "_search", lambda *_: pytest.fail("it searched"))
    first = first_answer.outputs(name, whole["inputs"])
    assert first == [each for each in whole["outputs"] if not each["name"].startswith("monte_carlo.")]


def test_flips_are_found_again_after_one_was_left_out() -> None:
    with flips.left_out():
        assert view.bake("redundancy")["result"]["outputs"]["flips"] == []
    assert view.bake("redundancy")["result"]["outputs"]["flips"]


def test_the_page_gets_it_where_it_asks_first() -> None:
    request = {"inputs": {"requests_per_month": "1.2M"}, "is_first": True}
    outputs = json.loads(page.answer("token-cost", json.dumps(request)))["outputs"]
    whole = json.loads(page.answer("token-cost", json.dumps({**request, "is_first": False})))
    assert outputs == whole["view"]["outputs"]
    wrong = {"inputs": {"requests_per_month": "many"}, "is_first": True}
    assert json.loads(page.answer("token-cost", json.dumps(wrong)))["errors"][0]["field"] == "requests_per_month"
    with pytest.raises(InputError):
        first_answer.outputs("token-cost", {"requests_per_month": "many"})
