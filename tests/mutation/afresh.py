"""Run tests in a new process in which one file is a mutant.

That is python -m tests.mutation.afresh FILE NUMBER TESTS…
"""

from __future__ import annotations

import sys
from importlib.machinery import SourceFileLoader
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.mutation.mutants import mutants_of

if TYPE_CHECKING:
    from types import CodeType


def main(file: str, number: str, *tests: str) -> int:
    """Import the mutant wherever the file is imported, and return pytest's exit status."""
    path = Path(file).resolve()
    mutant = mutants_of(path)[int(number)]
    usual = SourceFileLoader.get_code

    def get_code(self: SourceFileLoader, fullname: str) -> CodeType | None:
        is_mutated = Path(self.get_filename(fullname)).resolve() == path
        return mutant.code() if is_mutated else usual(self, fullname)

    SourceFileLoader.get_code = get_code  # type: ignore[assignment,method-assign]
    quiet = ["-x", "-q", "-p", "no:cacheprovider", "--assert=plain"]  # plain: pytest then imports no file its own way
    return int(pytest.main([*quiet, "-m", "not slow", *tests]))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
