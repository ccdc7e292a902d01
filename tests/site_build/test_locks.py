"""The locks: every package by its digest, and no word about where one machine took it from."""

from __future__ import annotations

import json
import re

import pytest

from site_build import ROOT

LOCKS = sorted((ROOT / "requirements").glob("*.txt"))


def test_there_is_a_lock_for_every_list() -> None:
    lists = {path.stem for path in (ROOT / "requirements").glob("*.in")}

    assert lists == {path.stem for path in LOCKS}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_pins_every_package_by_digest_and_names_no_place(lock: object) -> None:
    text = (ROOT / "requirements" / getattr(lock, "name", "")).read_text("utf-8")
    packages = re.split(r"\n(?=[a-z0-9])", re.sub(r"^#.*\n|^ +#.*\n", "", text, flags=re.MULTILINE).strip())

    assert packages
    for package in packages:
        assert re.match(r"[a-z0-9._-]+==\S+", package), package
        assert "--hash=sha256:" in package, package
    assert not re.search(r"://|index-url|find-links|(?<![a-z])/(home|root|tmp|opt)\b", text)


def test_npm_packages_are_pinned_by_digest_and_name_no_place() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"]

    for name, package in packages.items():
        if name:
            assert package["integrity"].startswith("sha512-"), name
            assert "resolved" not in package, name


def test_the_runtime_is_pinned_exactly() -> None:
    wanted = json.loads((ROOT / "package.json").read_text("utf-8"))["dependencies"]

    for name, version in wanted.items():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version), name
