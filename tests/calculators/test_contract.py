"""The contract: names, units, steps, prices and the same bytes every time."""

from __future__ import annotations

import decimal
import json
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import calculators
from calculators.fields import specs
from tests.calculators.arithmetic import evaluate

if TYPE_CHECKING:
    from collections.abc import Iterator

CONTRACTS = {
    each.stem: tomllib.loads(each.read_text("utf-8"))
    for each in sorted((Path(__file__).parent / "contract").glob("*.toml"))
}
STATES: list[tuple[str, dict[str, Any]]] = [
    (name, state) for name, contract in CONTRACTS.items() for state in [{}, *contract.get("states", [])]
]
LONGEST_ANSWER = 210  # characters


def test_each_calculator_has_its_contract() -> None:
    assert set(CONTRACTS) == set(calculators.names())


def numbers(value: Any) -> Iterator[float]:
    if isinstance(value, dict):
        for each in value.values():
            yield from numbers(each)
    elif isinstance(value, list):
        for each in value:
            yield from numbers(each)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield value


@pytest.mark.parametrize("name", calculators.names())
def test_inputs_and_outputs_have_the_contracts_names_and_no_other(name: str) -> None:
    result = calculators.run(name)
    assert set(result["inputs"]) == set(CONTRACTS[name]["inputs"])
    assert set(result["outputs"]) == set(CONTRACTS[name]["outputs"])
    parts = ["calculator", "version", "prices_as_of", "inputs", "outputs", "steps", "prices", "warnings", "charts"]
    assert list(result) == parts


@pytest.mark.parametrize(("name", "given"), STATES)
def test_each_number_is_the_value_of_a_step_an_input_or_a_price_used(name: str, given: dict[str, Any]) -> None:
    result = calculators.run(name, given)
    known = {each["value"] for each in result["steps"]} | {each["value"] for each in result["prices"]}
    known |= set(numbers(result["inputs"])) | {0}
    assert [each for each in numbers(result["outputs"]) if each not in known] == []


@pytest.mark.parametrize(("name", "given"), STATES)
def test_the_arithmetic_shown_gives_the_value_shown(name: str, given: dict[str, Any]) -> None:
    redone = 0
    for step in calculators.run(name, given)["steps"]:
        if (
            step["name"] in CONTRACTS[name]["steps_in_words"]
            or step["name"].startswith("flips.")
            or step["substituted"].startswith("as above")
        ):
            continue
        assert evaluate(step["substituted"]) == pytest.approx(
            Decimal(str(step["value"])), rel=Decimal("1e-7"), abs=Decimal("1e-9")
        ), step
        redone += 1
    assert redone


@pytest.mark.parametrize(("name", "given"), STATES)
def test_each_price_has_a_source_and_a_date_or_is_the_readers(name: str, given: dict[str, Any]) -> None:
    for price in calculators.run(name, given)["prices"]:
        assert price["source"]
        assert price["overridden"] or len(price["as_of"]) >= len("2026-09")
        assert price["value"] is not None


@pytest.mark.parametrize(("name", "given"), STATES)
def test_the_same_input_gives_the_same_bytes_whatever_the_callers_settings(name: str, given: dict[str, Any]) -> None:
    first = json.dumps(calculators.run(name, given), allow_nan=False)
    with decimal.localcontext(decimal.Context(prec=5, rounding=decimal.ROUND_UP)):
        assert json.dumps(calculators.run(name, given), allow_nan=False) == first


@pytest.mark.parametrize(("name", "given"), STATES)
def test_the_answer_is_short_enough_for_a_telephone(name: str, given: dict[str, Any]) -> None:
    answer = calculators.bake(name, given)["view"]["answer"]
    assert len(answer) <= LONGEST_ANSWER
    assert answer.endswith(".")


@pytest.mark.parametrize("name", calculators.names())
def test_charts_say_in_a_sentence_what_they_show_and_hold_their_data(name: str) -> None:
    for chart in calculators.run(name)["charts"]:
        assert chart["summary"].endswith(".")
        assert chart["spec"]["data"]["values"]


@pytest.mark.parametrize("name", calculators.names())
def test_every_default_keeps_to_its_own_declaration(name: str) -> None:
    """Defaults are not checked again for each of a million rows, so they are checked here."""
    inputs = calculators.calculator(name).Inputs
    for each, spec in specs(inputs).items():
        default = inputs.__dataclass_fields__[each].default
        assert spec.check(default) == default, each
    assert inputs().conflicts() == []
