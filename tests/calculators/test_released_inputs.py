"""A released input keeps its meaning: a link leaves out what stands at its default.

A changed default gives old links another answer, and a narrower limit refuses them. `released_inputs.toml`
holds both as they were released; whoever widens a limit or adds an input writes it there.
"""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import calculators
from calculators import schemas

RELEASED: dict[str, dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("released_inputs.toml").read_text("utf-8"), parse_float=Decimal
)


def declared(name: str) -> dict[str, Any]:
    """Return what a calculator declares of its inputs, as its schema publishes it."""
    properties = schemas.schema(name)["properties"]
    return {each: facts_of(facts) for each, facts in properties.items()}


def facts_of(facts: dict[str, Any]) -> dict[str, Any]:
    kept: dict[str, Any] = {
        key: facts[key] for key in ("default", "minimum", "maximum", "minItems", "maxItems") if key in facts
    }
    items = facts.get("items", {})
    kept.update({f"item_{key}": items[key] for key in ("minimum", "maximum") if key in items})
    return {key: exact(value) for key, value in kept.items() if value is not None}


def exact(value: Any) -> Any:
    """Return numbers as TOML reads them, exactly."""
    if isinstance(value, list):
        return [exact(each) for each in value]
    if isinstance(value, dict):
        return {key: exact(each) for key, each in value.items()}
    return Decimal(str(value)) if isinstance(value, float) else value


def test_every_calculator_is_released() -> None:
    assert set(RELEASED) == set(calculators.names())


def test_every_calculator_is_at_its_first_version() -> None:
    """A link carries the version, and is refused by another one: it rises only on purpose."""
    assert {name: calculators.run(name)["version"] for name in calculators.names()} == dict.fromkeys(RELEASED, 1)


@pytest.mark.parametrize("name", calculators.names())
def test_defaults_and_limits_are_those_that_were_released(name: str) -> None:
    assert declared(name) == RELEASED[name]


@pytest.mark.parametrize("name", calculators.names())
def test_the_defaults_entered_one_by_one_are_the_empty_form(name: str) -> None:
    empty = calculators.run(name)
    assert calculators.run(name, {key: value for key, value in empty["inputs"].items() if value is not None}) == empty
