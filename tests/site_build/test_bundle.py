"""The bundle: every file stated with its digest, found by a relative address, refused when it is spoilt."""

from __future__ import annotations

import base64
import hashlib
import json
import shutil
from typing import TYPE_CHECKING

import pytest

from site_build import bundle

if TYPE_CHECKING:
    from pathlib import Path


def _stated(folder: Path) -> dict[str, dict[str, str | int]]:
    files: dict[str, dict[str, str | int]] = json.loads((folder / "manifest.json").read_text("utf-8"))["files"]
    return files


@pytest.fixture
def copy(built_bundle: Path, tmp_path: Path) -> Path:
    return shutil.copytree(built_bundle, tmp_path / "copy")


def test_states_the_digest_and_size_of_every_file(built_bundle: Path) -> None:
    """Worked out another way: each file on disk is named once, with the digest that hashlib gives it."""
    stated = {each["url"]: each for each in _stated(built_bundle).values()}
    files = {path.relative_to(built_bundle).as_posix(): path for path in built_bundle.rglob("*") if path.is_file()}
    files.pop("manifest.json")

    assert stated.keys() == files.keys()
    for url, path in files.items():
        algorithm, _, digest = str(stated[url]["integrity"]).partition("-")
        assert algorithm == "sha256"
        assert base64.b64decode(digest) == hashlib.sha256(path.read_bytes()).digest()
        assert stated[url]["bytes"] == path.stat().st_size


def test_names_no_host_and_no_absolute_path(built_bundle: Path) -> None:
    for stated in _stated(built_bundle).values():
        assert not str(stated["url"]).startswith("/")
        assert "://" not in str(stated["url"])


def test_a_changed_wheel_moves_to_a_new_address_and_leaves_the_runtime(built_wheel: Path, tmp_path: Path) -> None:
    changed = tmp_path / built_wheel.name
    changed.write_bytes(built_wheel.read_bytes() + b"\n")
    before = bundle.assemble(built_wheel, tmp_path / "before")["files"]
    after = bundle.assemble(changed, tmp_path / "after")["files"]

    assert before["wheel"]["url"] != after["wheel"]["url"]
    assert before["wasm"] == after["wasm"]


def test_is_the_same_bytes_when_assembled_again(built_wheel: Path, built_bundle: Path, tmp_path: Path) -> None:
    bundle.assemble(built_wheel, tmp_path / "again")

    assert (tmp_path / "again" / "manifest.json").read_bytes() == (built_bundle / "manifest.json").read_bytes()


def test_finds_nothing_wrong_with_a_whole_bundle(built_bundle: Path) -> None:
    assert bundle.faults(built_bundle) == []


@pytest.mark.parametrize("role", ["loader", "module", "wasm", "library", "wheel"])
def test_refuses_a_file_with_one_byte_changed(copy: Path, role: str) -> None:
    path = copy / str(_stated(copy)[role]["url"])
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)

    assert bundle.faults(copy) == [f"{path.relative_to(copy)} is not the file that the manifest states"]


def test_refuses_a_missing_file(copy: Path) -> None:
    path = copy / str(_stated(copy)["wasm"]["url"])
    path.unlink()

    assert bundle.faults(copy) == [f"{path.relative_to(copy)} is missing"]


def test_says_what_to_run_when_the_runtime_is_not_installed(built_wheel: Path, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="run npm ci"):
        bundle.assemble(built_wheel, tmp_path / "out", runtime=tmp_path)
