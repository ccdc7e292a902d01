"""The rooms: arrows run one way, and the calculators need nothing but Python."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

ROOT = Path(__file__).resolve().parent.parent


EXTRAS = {"batch_files.py": {"pyarrow"}, "frames.py": {"pandas"}, "workbook.py": {"xlsxwriter"}}
"""Modules that may use a library of an extra (see pyproject.toml), never at the top."""


def _modules(room: str) -> list[Path]:
    return sorted((ROOT / room).rglob("*.py"))


def _imported(path: Path) -> set[str]:
    """Return the packages that a module imports anywhere in its text, lazily or not."""
    nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
    direct = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    from_ = {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom) and node.level == 0}
    return {name.split(".")[0] for name in direct | from_}


def _imported_at_the_top(path: Path) -> set[str]:
    """Return the packages without which the module can't even be imported."""
    nodes = [node for node in ast.parse(path.read_text("utf-8")).body if isinstance(node, ast.Import | ast.ImportFrom)]
    names = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    return {
        name.split(".")[0]
        for name in [*names, *(str(node.module) for node in nodes if isinstance(node, ast.ImportFrom))]
    }


def test_arrows_run_one_way() -> None:
    """The contracts stand in pyproject.toml."""
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == EXIT_STATUS_SUCCESS


@pytest.mark.parametrize("path", _modules("calculators"), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_calculator_imports_the_standard_library_and_its_own_room(path: Path) -> None:
    """Files and frames of other makers need their libraries: extras, imported where they are used."""
    extras = EXTRAS.get(path.name, set())
    assert _imported(path) <= {"calculators", *extras, *sys.stdlib_module_names}
    assert _imported_at_the_top(path).isdisjoint(extras)


def test_the_check_sees_a_foreign_import(tmp_path: Path) -> None:
    """A check that cannot fail is none: it finds a lazy import too."""
    module = tmp_path / "module.py"
    module.write_text("import json\ndef lazily():\n    from numpy.linalg import norm\n", "utf-8")

    assert _imported(module) == {"json", "numpy"}


@pytest.mark.parametrize("path", _modules("macros"), ids=lambda path: str(path.relative_to(ROOT)))
def test_the_vocabulary_never_reaches_for_the_press(path: Path) -> None:
    assert "site_build" not in _imported(path)
