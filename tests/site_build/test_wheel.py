"""The wheel: whole, pure, and the same bytes every time and by either front end."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest

from site_build import wheel

if TYPE_CHECKING:
    from pathlib import Path


def test_holds_the_calculators_with_their_data_and_no_other_room(built_wheel: Path) -> None:
    names = zipfile.ZipFile(built_wheel).namelist()

    assert built_wheel.name == "genai_cost_calculators-0.1.0-py3-none-any.whl"
    assert "calculators/page.py" in names
    assert any(name.startswith("calculators/catalogue/") and name.endswith(".csv") for name in names)
    assert {name.split("/")[0] for name in names} == {"calculators", "genai_cost_calculators-0.1.0.dist-info"}


def test_needs_nothing_but_python(built_wheel: Path) -> None:
    with zipfile.ZipFile(built_wheel) as archive:
        metadata = archive.read("genai_cost_calculators-0.1.0.dist-info/METADATA").decode()

    assert "Requires-Python: >=3.11" in metadata
    needed = [line for line in metadata.splitlines() if line.startswith("Requires-Dist")]
    assert [line for line in needed if "extra ==" not in line] == []


def test_runs_straight_from_the_wheel(built_wheel: Path, tmp_path: Path) -> None:
    """A zip on the path is what Pyodide's site-packages amounts to: data files must be found there too."""
    program = "import calculators; print(calculators.__file__); print(*calculators.names())"
    run = subprocess.run(
        [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, {str(built_wheel)!r}); {program}"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )

    place, names = run.stdout.splitlines()
    assert place.startswith(str(built_wheel))
    assert "tier-selection" in names.split()


def test_is_the_same_bytes_when_built_again(tmp_path: Path) -> None:
    once, again = wheel.build(tmp_path / "once").path, wheel.build(tmp_path / "again").path

    assert once.read_bytes() == again.read_bytes()


def test_is_the_same_bytes_through_pyodide_build_and_through_pep_517(tmp_path: Path) -> None:
    obstacle = wheel.pyodide_build_obstacle()
    if obstacle:
        pytest.skip(f"pyodide-build can't run here: {obstacle}")

    through_pyodide_build = wheel.with_pyodide_build(tmp_path / "pyodide-build")
    through_pep_517 = wheel.with_pep_517(tmp_path / "pep-517")

    assert through_pyodide_build.read_bytes() == through_pep_517.read_bytes()


def test_says_what_built_it_and_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wheel, "pyodide_build_obstacle", lambda: "the moon is full")

    assert wheel.build(tmp_path).built_with.endswith("not pyodide-build: the moon is full")
