"""Mutants: one change each, in the code and never in its words; and each is a program."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.mutation.mutants import mutants_of

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM = '''
"""Words: 1 + 1."""

RATE = 2


def total(count: int, price: int = 3) -> int:
    """Count times price, if there is any."""
    if count < 0:
        raise ValueError(f"{count - 1} is below 0")
    return count * price
'''


def test_each_mutant_makes_one_change_and_words_have_none(tmp_path: Path) -> None:
    path = tmp_path / "program.py"
    path.write_text(PROGRAM, encoding="utf-8")

    changes = [(mutant.function, mutant.change) for mutant in mutants_of(path)]

    assert changes == [
        ("", "2  =>  3"),
        ("", "3  =>  4"),
        ("total", "count < 0  =>  count <= 0"),
        ("total", "0  =>  1"),
        ("total", "return count * price  =>  return None"),
        ("total", "count * price  =>  count / price"),
    ]


def test_a_mutant_compiles_to_the_program_with_its_change(tmp_path: Path) -> None:
    path = tmp_path / "program.py"
    path.write_text(PROGRAM, encoding="utf-8")
    right: dict[str, Any] = {}
    exec(compile(PROGRAM, path, "exec"), right)  # noqa: S102 - the program above

    found = []
    for mutant in mutants_of(path):
        wrong: dict[str, Any] = {}
        exec(mutant.code(), wrong)  # noqa: S102 - the program above with one change
        found.append((wrong["RATE"], wrong["total"](6)))

    assert (right["RATE"], right["total"](6)) == (2, 18)
    assert found == [(3, 18), (2, 24), (2, 18), (2, 18), (2, None), (2, 2)]
