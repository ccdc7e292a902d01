"""README, CONTRIBUTING and CHANGELOG: what they name is there."""

from __future__ import annotations

import re
from importlib.util import find_spec
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from tests.docs.pages import site_pages, url_of
from tests.macros.rendering import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FILES = [ROOT / "CONTRIBUTING.md", ROOT / "README.md"]
EACH = pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
ROOMS = ("calculators", "docs", "macros", "site_build", "tests", "requirements", ".ci")
MADE = ("site", "build", ".venv", ".cache", "node_modules")  # what make makes: not there in a fresh clone
PLACEHOLDER = re.compile(r"(?<![A-Z])(?:NAME|MODULE)(?![A-Z])")  # calculators/NAME.py
LINK = re.compile(r"\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
PATH = re.compile(r"[\w.*-]+/[\w./*-]*")
FILE_NAME = re.compile(r"[\w.*-]+\.(?:py|md|toml|csv|yml|json|mjs|js|html|css|txt)")


def code(text: str) -> Iterator[str]:
    """Yield what a text says in code, line by line."""
    for fence in FENCE.findall(text):
        yield from fence.splitlines()[1:-1]
    yield from re.findall(r"`([^`\n]+)`", FENCE.sub("", text))


def named_paths(text: str) -> Iterator[str]:
    """Yield the files and folders that a text names: in commands those of a room, else every one."""
    fenced = "\n".join(FENCE.findall(text))
    yield from (each for each in PATH.findall(fenced) if each.split("/")[0] in ROOMS)
    for piece in code(FENCE.sub("", text)):
        for word in piece.split():
            if (PATH.fullmatch(word) and word.split("/")[0] not in MADE) or FILE_NAME.fullmatch(word):
                yield word


def is_there(name: str) -> bool:
    """Say whether a file, folder or page is there; NAME stands for any name, a name without a folder for any place."""
    if (ROOT / name).exists() or name in map(url_of, site_pages()):
        return True
    pattern = PLACEHOLDER.sub("*", name.rstrip("/"))
    if "/" in pattern:
        return any(ROOT.glob(pattern))
    return any(any((ROOT / room).rglob(pattern)) for room in ROOMS)


@EACH
def test_relative_links_lead_to_files(path: Path) -> None:
    links = [each.partition("#")[0] for each in LINK.findall(FENCE.sub("", path.read_text("utf-8")))]
    assert [each for each in links if each and "://" not in each and not (ROOT / each).exists()] == []


@EACH
def test_files_named_are_there(path: Path) -> None:
    named = list(named_paths(path.read_text("utf-8")))
    assert named
    assert [each for each in named if not is_there(each)] == []


@EACH
def test_commands_named_exist(path: Path) -> None:
    lines = list(code(path.read_text("utf-8")))
    targets = {found[1] for line in lines if (found := re.match(r"make ([a-z-]+)", line))}
    known = set(re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert targets
    assert targets <= known
    modules = set(re.findall(r"python -m ([\w.]+)", "\n".join(lines)))
    assert [each for each in modules if find_spec(each) is None] == []


def test_what_is_missing_is_seen() -> None:
    text = "See `calculators/nothing.py`, `no_such_rows.csv`, `macros/NAME.py` and\n```\npytest tests/nowhere\n```\n"
    missing = [each for each in named_paths(text) if not is_there(each)]
    assert missing == ["tests/nowhere", "calculators/nothing.py", "no_such_rows.csv"]


def test_the_changelog_has_unreleased_on_top_and_newer_versions_before_older() -> None:
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    first, *released = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert first.strip("[]") == "Unreleased"
    versions = [re.search(r"(\d+)\.(\d+)\.(\d+).*(\d{4}-\d\d-\d\d)", each) for each in released]
    order = [tuple(map(int, each.groups()[:3])) for each in versions if each]
    assert len(order) == len(released)
    assert all(newer > older for newer, older in pairwise(order))
    kinds = set(re.findall(r"^### (.+)$", text, re.MULTILINE))
    assert kinds <= {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
