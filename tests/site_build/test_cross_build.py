"""The cross-build environment names the runtime that npm has locked."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from site_build import cross_build

if TYPE_CHECKING:
    from pathlib import Path


def test_states_the_python_and_the_platform_of_the_runtime(tmp_path: Path) -> None:
    root = cross_build.write(tmp_path)

    printed = subprocess.run(
        ["make", "--no-print-directory", "-f", str(root / "Makefile.envs"), ".output_vars"],
        env={"PYODIDE_ROOT": str(root), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()

    assert "PYODIDE_VERSION=314.0.7" in printed
    assert "PYMINOR=14" in printed
    assert f"CPYTHONINSTALL={root}/cpython" in printed
