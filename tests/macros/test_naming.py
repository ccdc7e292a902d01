"""Wrong names: they fail the build, and the message says which was meant."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import yaml

from macros.naming import MacroError, find
from tests.macros.rendering import ROOT, SETTINGS

if TYPE_CHECKING:
    from pathlib import Path


def test_a_near_name_is_offered() -> None:
    with pytest.raises(MacroError, match=r'^x\("batsh"\): there is no tier "batsh"; did you mean "batch"\?$'):
        find('x("batsh")', "tier", "batsh", {"batch": 1, "flex": 2})


def test_far_from_all_the_known_ones_are_listed() -> None:
    with pytest.raises(MacroError, match=r'there is no tier "zzz"; known: batch, flex$'):
        find('x("zzz")', "tier", "zzz", {"batch": 1, "flex": 2})


def test_a_name_that_exists_gives_its_value() -> None:
    assert find('x("flex")', "tier", "flex", {"batch": 1, "flex": 2}) == 2


def built(folder: Path, text: str) -> subprocess.CompletedProcess[str]:
    """Build a site of one page with the macros and the settings of the course."""
    (folder / "docs").mkdir()
    (folder / "docs" / "index.md").write_text(text, "utf-8")
    for room in ("macros", "calculators"):
        (folder / room).symlink_to(ROOT / room)
    settings = {
        "site_name": "One page",
        "plugins": SETTINGS["plugins"],
        "markdown_extensions": SETTINGS["markdown_extensions"],
    }
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(settings), "utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "true"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_a_page_with_a_right_name_is_built(tmp_path: Path) -> None:
    run = built(tmp_path, '# A page\n\n{{ model("openai.gpt-6-luna") }}\n')
    assert run.returncode == 0, run.stderr
    assert "GPT-6 Luna" in (tmp_path / "site" / "index.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("call", "said"),
    [('model("openai.gpt-6-lune")', 'did you mean "openai.gpt-6-luna"?'), ("modle", "'modle' is undefined")],
)
def test_a_wrong_name_fails_the_build(call: str, said: str, tmp_path: Path) -> None:
    run = built(tmp_path, f"# A page\n\n{{{{ {call} }}}}\n")
    assert run.returncode != 0
    assert said in run.stdout + run.stderr
