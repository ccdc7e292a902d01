"""The built site: the same bytes twice, whole, and left alone by a build that fails."""

from __future__ import annotations

import filecmp
from typing import TYPE_CHECKING

import pytest

from site_build import build, bundle

if TYPE_CHECKING:
    from pathlib import Path


def _differences(comparison: filecmp.dircmp[str]) -> list[str]:
    """Return the files that the two folders do not share byte for byte."""
    apart = [*comparison.left_only, *comparison.right_only, *comparison.funny_files]
    _, unlike, unread = filecmp.cmpfiles(comparison.left, comparison.right, comparison.common_files, shallow=False)
    below = [name for each in comparison.subdirs.values() for name in _differences(each)]
    return [f"{comparison.left}/{name}" for name in (*apart, *unlike, *unread)] + below


@pytest.mark.slow
def test_is_the_same_bytes_when_built_again(tmp_path: Path) -> None:
    build.build(tmp_path / "once")
    build.build(tmp_path / "again")

    assert _differences(filecmp.dircmp(tmp_path / "once", tmp_path / "again")) == []
    assert bundle.faults(tmp_path / "once" / "assets" / "pyodide") == []
    assert (tmp_path / "once" / "index.html").is_file()


def test_the_comparison_sees_one_changed_byte(tmp_path: Path) -> None:
    """A check that cannot fail is none."""
    for name, content in {"once": "a", "again": "b"}.items():
        (tmp_path / name / "deep").mkdir(parents=True)
        (tmp_path / name / "deep" / "page.html").write_text(content, "utf-8")

    assert _differences(filecmp.dircmp(tmp_path / "once", tmp_path / "again")) == [f"{tmp_path}/once/deep/page.html"]


@pytest.fixture
def broken_pages(tmp_path: Path) -> Path:
    """A folder with one page, which links to a page that is not there."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text("[gone](gone.md)\n", "utf-8")
    (tmp_path / "mkdocs.yml").write_text("site_name: Broken\n", "utf-8")
    return tmp_path


def test_fails_on_a_broken_link_and_leaves_the_site_that_was_there(broken_pages: Path) -> None:
    output = broken_pages / "site"
    output.mkdir()
    (output / "index.html").write_text("the site from before", "utf-8")

    with pytest.raises(build.BuildError, match=r"gone\.md"):
        build.build(output, root=broken_pages)

    assert (output / "index.html").read_text("utf-8") == "the site from before"
    assert {path.name for path in broken_pages.iterdir()} == {"docs", "mkdocs.yml", "site"}
