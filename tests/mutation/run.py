"""Measure how many wrong versions of `calculators/` the tests notice: python -m tests.mutation.run --help.

A mutant inside a function is put into the functions that pytest has already imported, in a process of its own,
and only the tests that call the function run. A mutant outside functions is imported afresh, and so is one that
seems to survive, where it may tell only while the package is imported or in a test that needs processes of its own.
"""

from __future__ import annotations

import argparse
import gc
import multiprocessing
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections import Counter, defaultdict
from itertools import accumulate
from pathlib import Path
from types import CodeType, FrameType, FunctionType
from typing import TypeVar

import pytest
from hypothesis import settings

from tests.mutation.mutants import Mutant, mutants_of

HYPOTHESIS_SETTINGS = "_hypothesis_internal_use_settings"  # what a test asks for itself, whatever the profile
PROCESSES = 2
HANGING_SECONDS = 20
MOST_EXAMPLES = 20
PATIENCE_SECONDS = 30  # of tests for one mutant, the quickest first, as they take on the right code
NOT_TRIED = (
    "*charts*.py",
    "*cautions.py",
    "*warnings.py",
    "__*__.py",
    "workbook*.py",
)  # tests/spreadsheet has the last
ALWAYS = [
    f"tests/calculators/test_{each}.py" for each in ("released_inputs", "words", "contract")
]  # of what is declared while the package is imported, and of every sentence
Function = tuple[str, str]
Thing = TypeVar("Thing")


class Mutation:
    """Takes the place of pytest's test loop: runs the collected tests against one mutant after another."""

    def __init__(self, mutants: list[Mutant]) -> None:
        self.mutants = mutants
        self.survivors: list[Mutant] = []
        self.items: list[pytest.Item] = []
        self.callers: dict[Function, list[tuple[float, int]]] = defaultdict(list)
        self.functions: dict[Function, list[FunctionType]] = defaultdict(list)
        self.caches: list[object] = []
        self.run_at_import: set[Function] = set()
        self.failing: list[str] = []  # on the right code already
        self.has_failed = False

    def pytest_collection(self) -> None:
        """Notice what runs while the tests are imported."""
        sys.setprofile(lambda frame, *_: self.run_at_import.add(_function(frame.f_code)))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Notice a test that fails."""
        self.has_failed = self.has_failed or report.failed

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Find out which tests call what, then try each mutant."""
        global _mutation  # noqa: PLW0603 - how forked processes find what they share
        _mutation = self
        sys.setprofile(None)
        self.items = session.items
        self._look_around()
        fork = multiprocessing.get_context("fork").Pool
        with fork(PROCESSES, maxtasksperchild=1) as pool:
            for calls in pool.imap_unordered(_calls, range(PROCESSES)):
                for seconds, test, functions in calls:
                    if functions is None:
                        self.failing.append(self.items[test].nodeid)
                    for function in functions or ():
                        self.callers[function].append((seconds, test))
        for tests in self.callers.values():
            tests.sort()
        for left_out in self.failing:
            _say(f"left out, it fails on the right code: {left_out}")
        _say(f"{len(self.items)} tests call {len(self.callers)} functions; {len(self.mutants)} mutants to try")
        with fork(PROCESSES, maxtasksperchild=1) as pool:
            for number, is_killed in pool.imap_unordered(_is_killed, range(len(self.mutants))):
                if not is_killed:
                    self.survivors.append(self.mutants[number])
                    _say(f"survived: {self.mutants[number]}")
        return True

    def _look_around(self) -> None:
        for item in self.items:
            test = getattr(item, "obj", None)
            if own := getattr(test, HYPOTHESIS_SETTINGS, None):
                setattr(test, HYPOTHESIS_SETTINGS, settings(own, max_examples=min(own.max_examples, MOST_EXAMPLES)))
        for thing in gc.get_objects():
            if type(thing) is FunctionType:
                self.functions[thing.__code__.co_filename, thing.__code__.co_qualname].append(thing)
            elif type(thing).__name__ == "_lru_cache_wrapper":
                self.caches.append(thing)

    def passes(self, test: int) -> bool:
        """Run one test, and say whether it passed."""
        self.has_failed = False
        item = self.items[test]
        signal.setitimer(signal.ITIMER_VIRTUAL, HANGING_SECONDS, 1)
        item.ihook.pytest_runtest_protocol(item=item, nextitem=None)
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        return not self.has_failed


_mutation: Mutation


def _calls(share: int) -> list[tuple[float, int, set[Function] | None]]:
    """Run a share of the tests on the right code, and note which functions each of them calls."""
    signal.signal(signal.SIGVTALRM, _interrupt)
    root = str(Path("calculators").resolve())
    seen: set[CodeType] = set()

    def notice(frame: FrameType, event: str, _: object) -> None:
        if event == "call":
            seen.add(frame.f_code)

    found: list[tuple[float, int, set[Function] | None]] = []
    for test in range(share, len(_mutation.items), PROCESSES):
        seen.clear()
        started = time.process_time()
        sys.setprofile(notice)
        passes = _mutation.passes(test)
        sys.setprofile(None)
        called = {_function(code) for code in seen if code.co_filename.startswith(root)}
        found.append((time.process_time() - started, test, called if passes else None))
    return found


def _function(code: CodeType) -> Function:
    return code.co_filename, code.co_qualname.split(".<locals>")[0]


def _is_killed(number: int) -> tuple[int, bool]:
    signal.signal(signal.SIGVTALRM, _interrupt)
    mutant = _mutation.mutants[number]
    tests = _quickest(_mutation.callers[str(mutant.path), mutant.function])
    if mutant.function:
        wrong = _inside(mutant.code(), mutant.function)
        for function in _mutation.functions[str(mutant.path), mutant.function]:
            function.__code__ = wrong
        for cache in _mutation.caches:
            cache.cache_clear()  # type: ignore[attr-defined]
        if not all(map(_mutation.passes, tests)):
            return number, True
    runs_at_import = (str(mutant.path), mutant.function) in _mutation.run_at_import
    is_afresh = not mutant.function or runs_at_import or _has_native_tests(mutant.path)
    return number, is_afresh and _is_killed_afresh(mutant)


def _inside(code: CodeType, function: str) -> CodeType:
    todo = [code]
    while todo:
        code = todo.pop()
        if code.co_qualname == function:
            return code
        todo += [inner for inner in code.co_consts if isinstance(inner, CodeType)]
    raise LookupError(function)


def _is_killed_afresh(mutant: Mutant) -> bool:
    """Import the mutant in a new process, for the test files that call anything in it and those that name it."""
    of_file = {pair for (path, _), pairs in _mutation.callers.items() if path == str(mutant.path) for pair in pairs}
    files: Counter[str] = Counter()
    for seconds, test in of_file:
        files[_mutation.items[test].nodeid.partition("::")[0]] += seconds  # type: ignore[assignment]
    quickest = _quickest(sorted((seconds, file) for file, seconds in files.items()))
    chosen = [*dict.fromkeys([*ALWAYS, *_named_for(mutant.path), *quickest])]
    command = [sys.executable, "-m", "tests.mutation.afresh", str(mutant.path), str(mutant.number), *chosen]
    command += [f"--deselect={test}" for test in _mutation.failing]
    return subprocess.run(command, check=False, capture_output=True).returncode == 1


def _named_for(path: Path) -> list[str]:
    """Return the test files of a module, however slow: those of its first word, and those that name it."""
    first_word, name = path.stem.split("_")[0], re.compile(rf"\b{path.stem}\b")
    return [
        str(each)
        for each in sorted(Path("tests/calculators").rglob("test_*.py"))
        if each.stem.startswith(f"test_{first_word}") or name.search(each.read_text("utf-8"))
    ]


def _has_native_tests(path: Path) -> bool:
    """Whether a file of tests with processes of their own names a module: a forked process can't run them."""
    return any("pytestmark = pytest.mark.native" in Path(file).read_text("utf-8") for file in _named_for(path))


def _quickest(timed: list[tuple[float, Thing]]) -> list[Thing]:
    """Take what comes first, until patience ends."""
    ends = accumulate(seconds for seconds, _ in timed)
    return [thing for end, (_, thing) in zip(ends, timed, strict=True) if end <= PATIENCE_SECONDS]


def _interrupt(_: int, __: FrameType | None) -> None:
    raise TimeoutError


def _say(line: str) -> None:
    print(line, file=sys.__stdout__, flush=True)


def _chosen(files: list[Path], sample: int | None, seed: int) -> list[Mutant]:
    paths = [path.resolve() for file in files for path in (sorted(file.rglob("*.py")) if file.is_dir() else [file])]
    mutants = [mutant for path in paths if not any(map(path.match, NOT_TRIED)) for mutant in mutants_of(path)]
    dice = random.Random(seed)  # noqa: S311 - draws a sample, guards nothing
    return dice.sample(mutants, min(sample, len(mutants))) if sample else mutants


def _score(tried: Counter[Path], alive: Counter[Path]) -> None:
    for path, count in sorted(tried.items()):
        _say(f"{count - alive[path]:5} of {count:5} killed  {path.relative_to(Path.cwd())}")
    count, killed = tried.total(), tried.total() - alive.total()
    _say(f"{killed:5} of {count:5} killed: {killed / count:.1%}")


def main() -> int:
    """Choose the mutants, try them, and print the score by file."""
    options = argparse.ArgumentParser(description=main.__doc__)
    options.add_argument("files", nargs="*", type=Path, default=[Path("calculators")], help="Python files or folders")
    options.add_argument("--sample", type=int, help="how many mutants to draw; all where not given")
    options.add_argument("--seed", type=int, default=1, help="which sample")
    options.add_argument("--tests", nargs="*", default=["calculators", "tests/calculators"], help="for pytest")
    given = options.parse_args()
    mutation = Mutation(_chosen(given.files, given.sample, given.seed))
    os.environ.setdefault("HYPOTHESIS_PROFILE", "mutation")
    quiet = ["-p", "no:terminal", "-p", "no:cacheprovider", "--capture=sys", "--assert=plain"]
    quiet += ["-o", "addopts=--import-mode=importlib --doctest-modules"]  # without the options of the terminal
    pytest.main([*quiet, "-m", "not slow and not native", *given.tests], plugins=[mutation])
    if not mutation.callers:
        _say("pytest ran no test: nothing was measured")
        return 1
    _score(*(Counter(mutant.path for mutant in mutants) for mutants in (mutation.mutants, mutation.survivors)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
