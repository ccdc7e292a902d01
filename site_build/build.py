"""Builds the whole site: `python -m site_build.build [--output site]`."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from site_build import ROOT, bundle, content_policy, embeds, offline, terms, vega, wheel
from site_build.source_date import source_date_epoch

if TYPE_CHECKING:
    from collections.abc import Iterator

SITE = ROOT / "site"
"""Where the finished site goes unless told otherwise."""

EXTRA_WHEELS = ROOT / ".cache" / "page-wheels"
"""Libraries that the page loads into Pyodide when a reader asks for what needs them."""


class BuildError(Exception):
    """The site can't be built; the message says why."""


def build(output: Path = SITE, root: Path = ROOT) -> None:
    """Build the site into `output`; a build that fails leaves the site that was there."""
    started = time.monotonic()
    # Beside the output, so that the finished site moves into place in one step.
    output.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=f".{output.name}-", dir=output.parent) as folder:
        pages = Path(folder) / "site"
        with _step("Wheel of the calculators"):
            made = wheel.build(Path(folder))
        print(f"      {made.path.name}, built with {made.built_with}")
        with _step("Pages"):
            _build_pages(pages, root)
        with _step("Words of the glossary"):
            terms.link_all(pages, root / "docs" / "reference" / "glossary.toml")
        with _step("Embeds"):
            embeds.assemble(pages)
        with _step("Pyodide bundle"):
            bundle.assemble(made.path, pages / "assets" / "pyodide", extras=extra_wheels())
        with _step("Charts"):
            vega.assemble(pages / "assets" / "vega")
        # What follows reads the finished site; the list of its files comes last.
        with _step("Content policy and offline copy"):
            offline.prepare(pages)
            content_policy.write(pages)
            offline.write(pages)
        if output.exists():
            output.rename(Path(folder) / "before")
        pages.rename(output)
    print(f"The site is in {_shown(output)}: {_size(output)}, {time.monotonic() - started:.1f} s.")


def extra_wheels(folder: Path = EXTRA_WHEELS) -> dict[str, Path]:
    """Return the wheels that some requests of the page need, by package."""
    found = {path.name.split("-")[0].lower(): path for path in sorted(folder.glob("*.whl"))}
    if "xlsxwriter" not in found:
        raise FileNotFoundError(f"{folder} has no XlsxWriter: run make build, which fetches it")
    return found


def _build_pages(output: Path, root: Path) -> None:
    # Never with --quiet: it hides the warnings that --strict counts.
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(output)]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(source_date_epoch()), "NO_MKDOCS_2_WARNING": "true"}
    run = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    if run.returncode != 0:
        raise BuildError(f"MkDocs did not build the pages:\n{run.stdout}{run.stderr}")


@contextmanager
def _step(name: str) -> Iterator[None]:
    print(f"  {name} …", end="", flush=True)
    started = time.monotonic()
    try:
        yield
    except BaseException:
        print(" failed")
        raise
    print(f" {time.monotonic() - started:.1f} s")


def _shown(path: Path) -> str:
    return f"{path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path}/"


def _size(folder: Path) -> str:
    files = [path for path in folder.rglob("*") if path.is_file()]
    megabytes = sum(path.stat().st_size for path in files) / 1e6
    return f"{len(files)} files, {megabytes:.1f} MB"


def main(arguments: list[str] | None = None) -> int:
    """Build the site and return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m site_build.build", description="Build the whole site.")
    parser.add_argument("--output", type=Path, default=SITE, help="the folder for the finished site (default: site)")
    output = parser.parse_args(arguments).output.resolve()
    try:
        build(output)
    except (BuildError, FileNotFoundError, terms.TermsError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
