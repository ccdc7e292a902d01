"""The wheel of `calculators`: `python -m site_build.wheel FOLDER`.

The same sources give the same bytes, whichever front end drives the build: pyodide-build where it can be
installed, the plain PEP 517 front end where it can't. The result says which one it was, and why.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from build import ProjectBuilder
from pyproject_hooks import quiet_subprocess_runner

from site_build import ROOT, cross_build
from site_build.source_date import FIRST_DATE_OF_A_ZIP

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FIRST_PYTHON_OF_PYODIDE_BUILD = (3, 12)

# A fixed date: the wheel, and so its digest, changes only with its contents.
_DATED = {"SOURCE_DATE_EPOCH": str(FIRST_DATE_OF_A_ZIP)}


@dataclass(frozen=True, slots=True)
class Wheel:
    """A built wheel, and what built it."""

    path: Path
    built_with: str


def build(output: Path) -> Wheel:
    """Build the wheel of `calculators` into `output`."""
    obstacle = pyodide_build_obstacle()
    if obstacle is None:
        return Wheel(with_pyodide_build(output), f"pyodide-build {metadata.version('pyodide-build')}")
    return Wheel(with_pep_517(output), f"build {metadata.version('build')}, not pyodide-build: {obstacle}")


def pyodide_build_obstacle() -> str | None:
    """Return why pyodide-build can't drive the build here, or None when it can."""
    if sys.version_info < FIRST_PYTHON_OF_PYODIDE_BUILD:
        return f"it needs Python 3.12, and this is {sys.version_info.major}.{sys.version_info.minor}"
    try:
        metadata.version("pyodide-build")
    except metadata.PackageNotFoundError:
        return "it is not installed"
    if shutil.which("make") is None:
        return "it needs make, which is not on the PATH"
    return None


def with_pyodide_build(output: Path) -> Path:
    """Build the wheel through pyodide-build."""
    with TemporaryDirectory() as folder:
        sources = _copy_sources(Path(folder) / "sources")
        made = Path(folder) / "wheel"
        environment = {
            **os.environ,
            **_DATED,
            "PYODIDE_ROOT": str(cross_build.write(Path(folder) / "cross-build")),
            "SKIP_EMSCRIPTEN_VERSION_CHECK": "1",  # nothing here is compiled
        }
        command = [sys.executable, "-m", "pyodide_cli", "build", str(sources), "--outdir", str(made), "--no-isolation"]
        run = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if run.returncode != 0:
            raise RuntimeError(f"pyodide-build did not build the wheel:\n{run.stdout}{run.stderr}")
        return _move(next(made.glob("*.whl")), output)


def with_pep_517(output: Path) -> Path:
    """Build the wheel through the plain PEP 517 front end."""
    with TemporaryDirectory() as folder:
        sources = _copy_sources(Path(folder) / "sources")
        made = ProjectBuilder(sources, runner=_run_dated).build("wheel", Path(folder) / "wheel")
        return _move(Path(made), output)


def _copy_sources(target: Path) -> Path:
    """Copy what the wheel is made of: a build leaves nothing behind in the repository."""
    ignored = shutil.ignore_patterns("__pycache__", "*.pyc")
    shutil.copytree(ROOT / "calculators", target / "calculators", ignore=ignored)
    for name in ("pyproject.toml", "LICENSE"):
        shutil.copy(ROOT / name, target / name)
    return target


def _run_dated(cmd: Sequence[str], cwd: str | None = None, extra_environ: Mapping[str, str] | None = None) -> None:
    quiet_subprocess_runner(cmd, cwd, {**(extra_environ or {}), **_DATED})


def _move(wheel: Path, output: Path) -> Path:
    output.mkdir(parents=True, exist_ok=True)
    return Path(shutil.move(wheel, output / wheel.name))


def main(arguments: list[str] | None = None) -> int:
    """Build the wheel into the named folder and say what built it."""
    parser = argparse.ArgumentParser(prog="python -m site_build.wheel", description="Build the calculators' wheel.")
    parser.add_argument("output", type=Path, help="the folder for the wheel")
    made = build(parser.parse_args(arguments).output)
    print(f"{made.path.name}, built with {made.built_with}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
