"""The states that a page sets at its top, computed without the macros."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import jinja2

import calculators
from tests.macros.rendering import DOCS

SETTING = re.compile(r"^\{% set (\w+) = (state\(.*\)) %\}$", re.MULTILINE)


def settings(page: str) -> dict[str, str]:
    """Return the states of a page as it writes them."""
    return dict(SETTING.findall((DOCS / page).read_text("utf-8")))


@cache
def runs(page: str) -> dict[str, dict[str, Any]]:
    """Return what the calculators answer to each state of a page."""
    environment = jinja2.Environment(undefined=jinja2.StrictUndefined)  # noqa: S701 - no HTML is made
    environment.globals["state"] = lambda name, **given: calculators.run(name, given)
    answers: dict[str, Any] = {
        name: environment.compile_expression(written)() for name, written in settings(page).items()
    }
    return answers


def outputs(page: str) -> dict[str, dict[str, Any]]:
    """Return the outputs of each state of a page."""
    return {name: each["outputs"] for name, each in runs(page).items()}


def inputs(page: str) -> dict[str, dict[str, Any]]:
    """Return the inputs of each state of a page, defaults included."""
    return {name: each["inputs"] for name, each in runs(page).items()}
