"""Prose holds no typed amounts: every number that a reader sees comes from a macro, so it can't go stale.

On a page of the site, and in its questions, digits stand only in names, dates and lists. Small counts are
written in words; an amount of money and a percentage are refused in words too. Decision records, which
are no part of the site, may count in digits, but not price.
"""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

import pytest

from tests.docs.pages import name_of, site_pages
from tests.macros.rendering import DOCS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOT_PROSE = re.compile(
    r"""
    \A---\n.*?^---$                                 # front matter
    | ^[ ]*```.*?^[ ]*```[^\n]*$ | `[^`\n]*`        # code
    | \{%.*?%\} | \{\{.*?\}\} | \{\#.*?\#\}         # macro calls
    | \{[ ]*[\#.:][^}\n]*\}                         # ids and classes
    | \]\([^)\n]*\) | <[^>\n]+> | https?://\S+      # where a link leads, HTML tags
    | ^[ ]*\d+\.[ ] | \*\*\d+[ ]· | \[\^\w+\]        # numbers of list items and footnotes
    | \b(?:[Mm]odule|[Ll]esson|[Qq]uestion|[Ss]tep)[ ]\d+\b
    | \b\d{4}-\d\d(?:-\d\d)?\b                      # dates
    | \b(?:January|February|March|April|May|June|July|August|September|October|November|December)[ ]\d{4}\b
    | \bTask[ ]\d\.\d\b | \b[A-Z]{3}-C\d\d\b        # the exam and its tasks
    | \bCUR[ ]2\.0\b | \bFOCUS[ ]\d\.\d\b           # formats of a bill
    | \b[a-z]{2}(?:-[a-z]+)+-\d\b                   # Regions
    | \bPython[ ]\d[\d.]*\d
    """,
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)
COUNT_WORDS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy"
    "|eighty|ninety|half a|a hundred|[a-z]+ hundred|thousand|million|billion"
)
MONEY_OR_PER_CENT = r"(?:US[ ])?(?:dollars?|cents?|euros?|USD|EUR|per[ ]?cent|percent|percentage[ ]points?)\b"
IN_WORDS = rf"\b(?:{COUNT_WORDS})[ -]{MONEY_OR_PER_CENT}"
ANY_NUMBER = re.compile(rf"(?<![A-Za-z\d])\d[\d.,]*|{IN_WORDS}", re.IGNORECASE)
AMOUNT = re.compile(
    rf"[$€£]\s?\d[\d.,]*|\d[\d.,]*\s?(?:%|{MONEY_OR_PER_CENT})|\d[.,]\d+|\b[1-9]\d{{3,}}\b|{IN_WORDS}",
    re.IGNORECASE,
)
WHOLE = re.compile(r"\bone hundred per cent\b", re.IGNORECASE)  # all of something: a definition, not a figure


def typed(text: str, refused: re.Pattern[str] = ANY_NUMBER) -> list[str]:
    """Return the numbers that are typed into a Markdown text, each with the number of its line."""
    prose = NOT_PROSE.sub(lambda found: "\n" * found[0].count("\n") or "·", text)
    prose = WHOLE.sub("·", prose)
    return [f"line {prose.count(chr(10), 0, found.start()) + 1}: {found[0]}" for found in refused.finditer(prose)]


def strings(value: object) -> Iterator[str]:
    """Yield every text of a quiz file."""
    if isinstance(value, str):
        yield value
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from strings(each)


@pytest.mark.parametrize("path", site_pages(), ids=name_of)
def test_a_page_types_no_number(path: Path) -> None:
    """Take it from a macro, or write a small count in words."""
    assert typed(path.read_text("utf-8")) == []


@pytest.mark.parametrize("path", sorted(DOCS.rglob("*.quiz.toml")), ids=name_of)
def test_a_question_types_no_number(path: Path) -> None:
    texts = list(strings(tomllib.loads(path.read_text("utf-8"))))
    assert [found for text in texts for found in typed(text)] == []


@pytest.mark.parametrize("path", sorted((DOCS / "decisions").glob("*.md")), ids=name_of)
def test_a_decision_types_no_price(path: Path) -> None:
    assert typed(path.read_text("utf-8"), AMOUNT) == []


@pytest.mark.parametrize(
    "violation",
    [
        "A month costs $5.",
        "It costs $1,304.00 a month.",
        "Caching saves 26.5%.",
        "Staying in Europe costs 10 % more.",
        "A discount of 20 per cent.",
        "A request is 0.005216 dollars.",
        "Priority costs 1.75 times as much.",
        "Send 1,800 tokens.",
        "Send 350 tokens.",
        "About €7 an hour.",
        "It is 3x dearer.",
        "It costs twelve dollars an hour.",
        "Half a cent a request.",
        "It saves two hundred dollars and thirty per cent.",
        "| A month | 1304 |",
        "**[5 dollars](price.md)**",
        "## Save 50% { #save }",
        '!!! note "Only 3 USD"',
        "![A bill of 640 dollars](bill.svg)",
        "1. Pay 5.",
        "Between {{ a }} and 7.",
    ],
)
def test_a_typed_amount_is_found(violation: str) -> None:
    """A check that cannot fail is none. The line is told, whatever stands before it."""
    found = typed(f"---\nhide: toc\n---\n\n```\n$1\n```\n{violation}\n")
    assert found
    assert {each.split(":")[0] for each in found} == {"line 8"}


@pytest.mark.parametrize(
    "fine",
    [
        "---\nversion: 1.5\n---\n",
        "```\npython -m calculators run token-cost --set requests_per_month=1000\n```",
        "Set `max_tokens=400` or `$5`.",
        'It costs {{ price("a", "input", routing="global") }} and {{ launch.usd("usd_per_month") }}.',
        "{% set a = state('token-cost', cache_hit_ratio=0.1) %}",
        "## The idea { #idea-2 }",
        "[F01](../../reference/formulas.md#f01) and [the second](#two-2).",
        "Task 2.3 of AIF-C01 names EC2 and S3, in us-east-1.",
        "Read on 2026-11-13, in 2026-09 and in November 2026.",
        "1. First.\n2. Second.\n\n- **1 · [Token-based pricing](a.md)**",
        "Start with lesson 1 of module 2.",
        "Above one hundred per cent it never wins.",
        "Six questions, three lessons, half the price.",
        "Python 3.11 and newer.",
        "CUR 2.0 and FOCUS 1.2.",
        "A note[^1].",
    ],
)
def test_names_dates_code_and_macros_are_no_amounts(fine: str) -> None:
    assert typed(fine) == []


@pytest.mark.parametrize(
    ("text", "is_refused"),
    [
        ("A context of 28 digits.", False),
        ("Older than 90 days.", False),
        ("It costs $5.", True),
        ("It saves 26%.", True),
        ("A ratio of 0.9.", True),
        ("It serves 120000 tokens.", True),
        ("Ten dollars.", True),
    ],
)
def test_a_decision_may_count_but_not_price(text: str, *, is_refused: bool) -> None:
    assert bool(typed(text, AMOUNT)) == is_refused
