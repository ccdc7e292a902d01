"""Links and fragments of the built site lead somewhere: lychee reads every page."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from site_build import ROOT

if TYPE_CHECKING:
    from subprocess import CompletedProcess

SITE = ROOT / "site"
STATES = r"#[a-z-]+\?"  # test_pages reads them: their fragment is no anchor


def lychee(site: Path) -> CompletedProcess[str]:
    """Read the pages of a site without touching the network."""
    program = shutil.which("lychee", path=Path(sys.executable).parent)
    assert program is not None
    options = ["--offline", "--include-fragments", "--no-progress", "--index-files", "index.html", "--exclude", STATES]
    return subprocess.run(
        [program, *options, "--root-dir", str(site), f"{site}/**/*.html"], capture_output=True, text=True, check=False
    )


def test_each_link_and_fragment_of_the_site_leads_somewhere() -> None:
    found = lychee(SITE)
    assert found.returncode == 0, found.stdout
    assert " 0 Errors" in found.stdout


def test_a_broken_link_and_a_missing_fragment_are_seen(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text('<h2 id="here">A</h2><a href="gone/">B</a><a href="#nowhere">C</a>')
    assert " 2 Errors" in lychee(tmp_path).stdout
