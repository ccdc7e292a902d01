"""The wheel and the bundle, built once for the tests of this room."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from site_build import bundle, wheel

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def built_wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return wheel.build(tmp_path_factory.mktemp("wheel")).path


@pytest.fixture(scope="session")
def built_bundle(built_wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A whole bundle; a test that spoils it works on a copy."""
    folder = tmp_path_factory.mktemp("bundle") / "pyodide"
    bundle.assemble(built_wheel, folder)
    return folder
