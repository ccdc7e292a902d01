"""The rooms: arrows run one way, and the calculators need nothing but Python."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

from calculators import registry

# Extras of the package, each imported by the one function that needs it: docs/decisions/0010-many-rows.md.
EXTRAS = {"batch_files.py": {"pyarrow"}, "frames.py": {"pandas"}, "workbook.py": {"xlsxwriter"}}
ROOT = Path(__file__).resolve().parent.parent


def _modules(room: str) -> list[Path]:
    return sorted((ROOT / room).rglob("*.py"))


def _imported(path: Path, *, at_once: bool = False) -> set[str]:
    """Return the packages that a module imports: anywhere in its text, lazily or not, or when it is imported itself."""
    text = ast.parse(path.read_text("utf-8"))
    nodes = text.body if at_once else list(ast.walk(text))
    direct = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    from_ = {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom) and node.level == 0}
    return {name.split(".")[0] for name in direct | from_}


def test_arrows_run_one_way() -> None:
    """The contracts stand in pyproject.toml."""
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == EXIT_STATUS_SUCCESS


@pytest.mark.parametrize("path", _modules("calculators"), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_calculator_imports_the_standard_library_and_its_own_room(path: Path) -> None:
    """Files and frames of other makers need their libraries: extras, imported where they are used."""
    known = {"calculators", *sys.stdlib_module_names}
    assert _imported(path) - EXTRAS.get(path.name, set()) <= known
    assert _imported(path, at_once=True) <= known


def test_the_check_sees_a_foreign_import(tmp_path: Path) -> None:
    """A check that cannot fail is none: it finds a lazy import too."""
    module = tmp_path / "module.py"
    module.write_text("import json\ndef lazily():\n    from numpy.linalg import norm\n", "utf-8")

    assert _imported(module) == {"json", "numpy"}
    assert _imported(module, at_once=True) == {"json"}


@pytest.mark.parametrize("path", _modules("macros"), ids=lambda path: str(path.relative_to(ROOT)))
def test_the_vocabulary_never_reaches_for_the_press(path: Path) -> None:
    assert "site_build" not in _imported(path)


def _without_mirror(room: str) -> list[str]:
    """Return the modules of a room that no test file is named for."""
    names = {path.stem for path in (ROOT / room).glob("*.py") if not path.stem.startswith("__")}
    return sorted(name for name in names if not (ROOT / "tests" / room / f"test_{name}.py").is_file())


def test_every_macro_and_every_calculator_has_its_tests() -> None:
    assert _without_mirror("macros") == []
    calculators_without = set(_without_mirror("calculators")) & set(registry.MODULES.values())
    assert calculators_without == set()
