"""The program and the command that stand beside an answer give that answer."""

from __future__ import annotations

import json
import shlex
from typing import Any

import pytest

import calculators
from calculators import command_line
from tests.calculators.test_contract import STATES


@pytest.mark.parametrize(("name", "given"), STATES)
def test_the_program_prints_the_same_outputs_and_warnings(
    name: str, given: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    baked = calculators.bake(name, given)
    told: dict[str, Any] = {}
    exec(baked["view"]["program"], told)  # noqa: S102 - the program is the thing under test
    result = baked["result"]
    assert told["result"] == result
    printed = [f"{key} = {value}" for key, value in result["outputs"].items()]
    assert capsys.readouterr().out.splitlines() == printed + [f"! {each['message']}" for each in result["warnings"]]
    assert max(len(line) for line in baked["view"]["program"].splitlines()) <= 120


@pytest.mark.parametrize(("name", "given"), STATES)
def test_the_command_gives_the_same_result(
    name: str, given: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    baked = calculators.bake(name, given)
    python, *words = shlex.split(baked["view"]["command"])
    assert (python, words[:2]) == ("python", ["-m", "calculators"])
    assert command_line.main([*words[2:], "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == baked["result"]
