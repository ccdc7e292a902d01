"""Decision records: each whole, numbered without a gap, and listed as it stands."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.docs.pages import name_of
from tests.macros.rendering import DOCS

if TYPE_CHECKING:
    from pathlib import Path

RECORDS = sorted((DOCS / "decisions").glob("[0-9]*.md"))
EACH = pytest.mark.parametrize("path", RECORDS, ids=name_of)
STATUS = r"accepted|proposed|superseded by \d{4}"
OPENING = re.compile(rf"# (\d{{4}}) (.+)\n\nDate: (\d{{4}}-\d\d-\d\d)\. Status: ({STATUS})\.(?: [^\n]+)?\n\n")
PARTS = ["Context", "Decision", "Consequences"]


def opening(path: Path) -> tuple[str, str, str, str]:
    """Return a record's number, title, date and status."""
    found = OPENING.match(path.read_text("utf-8"))
    assert found, "a record starts with its number and title, then its date and status"
    number, title, day, status = found.groups()
    return number, title, day, status


@EACH
def test_a_record_has_date_status_context_decision_and_consequences(path: Path) -> None:
    number, _, day, _ = opening(path)
    assert path.name.startswith(f"{number}-")
    assert date.fromisoformat(day).isoformat() == day
    _, *parts = re.split(r"^## ", path.read_text("utf-8"), flags=re.MULTILINE)
    assert [each.partition("\n")[0] for each in parts] == PARTS
    assert all(each.partition("\n")[2].strip() for each in parts)


@EACH
def test_a_record_is_listed_with_its_title_and_status(path: Path) -> None:
    number, title, _, status = opening(path)
    row = f"| [{number}]({path.name}) | {title} | {status} |"
    assert row in (DOCS / "decisions" / "README.md").read_text("utf-8").splitlines()


def test_numbers_have_no_gap() -> None:
    assert [path.name[:4] for path in RECORDS] == [f"{number:04}" for number in range(1, len(RECORDS) + 1)]


def test_the_list_names_no_record_that_is_not_there() -> None:
    listed = re.findall(r"\]\((\d{4}-[\w-]+\.md)\)", (DOCS / "decisions" / "README.md").read_text("utf-8"))
    assert listed == [path.name for path in RECORDS]
