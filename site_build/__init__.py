"""The press: how the site is put together from the pages, the calculators and the Pyodide runtime."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
"""The folder that holds the rooms."""

PYODIDE = ROOT / "node_modules" / "pyodide"
"""The Pyodide runtime as npm installs it."""
