"""The browser for the tests: the system's own first, Playwright's next, else installed and said."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest

from site_build import browser

if TYPE_CHECKING:
    from pathlib import Path


def test_takes_the_systems_browser_from_the_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chromium = tmp_path / "chromium-browser"
    chromium.write_text("", "utf-8")
    chromium.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))

    assert browser.find() == chromium


@pytest.mark.parametrize(
    ("user", "expected"), [(0, ["apt-get", "apt-get"]), (1000, ["-m playwright install chromium"])]
)
def test_installs_as_the_user_may(
    user: int, expected: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    commands: list[str] = []
    monkeypatch.setattr(os, "geteuid", lambda: user)
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")

    def run(*command: str) -> bool:
        commands.append(" ".join(command))
        return True

    monkeypatch.setattr(browser, "_run", run)

    browser.install()

    assert len(commands) == len(expected)
    assert all(part in command for part, command in zip(expected, commands, strict=True))
    assert "No Chromium found" in capsys.readouterr().out


def test_says_so_when_there_is_none_to_be_had(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(browser, "find", lambda: None)
    monkeypatch.setattr(browser, "install", lambda: None)

    assert browser.main() == 1
    assert "none could be installed" in capsys.readouterr().err
