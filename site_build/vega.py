"""Makes one script of Vega for the live charts: the packages name each other in a way no browser resolves."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from site_build import ROOT

if TYPE_CHECKING:
    from pathlib import Path

ENTRY = ROOT / "site_build" / "vega.js"
ESBUILD = ROOT / "node_modules" / ".bin" / "esbuild"


def assemble(folder: Path) -> None:
    """Write `vega.js` into `folder`: Vega, Vega-Lite and the interpreter that needs no `eval`."""
    if not ESBUILD.exists():
        raise FileNotFoundError("esbuild is not installed: run `npm ci`")
    output = folder / "vega.js"
    options = ["--bundle", "--format=esm", "--minify", "--target=es2022", "--legal-comments=none", "--log-level=error"]
    subprocess.run([str(ESBUILD), str(ENTRY), *options, f"--outfile={output}"], cwd=ROOT, check=True)
