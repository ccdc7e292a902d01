"""The command `practice`: questions of a seed, for people with the answers at the end, or as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from calculators import shown
from calculators.practice import asking, marking
from calculators.practice.topics import TOPICS

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

COUNT = 10


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to a parser."""
    practice = commands.add_parser("practice", help="practice questions made from a seed")
    practice.add_argument("--seed", metavar="N", required=True, help="the same seed asks the same questions")
    practice.add_argument("--count", metavar="N", default=str(COUNT), help=f"how many questions; {COUNT} by default")
    practice.add_argument("--topic", metavar="NAME", help=f"one of {', '.join(TOPICS)}; all in turn by default")
    practice.add_argument("--format", choices=("text", "json"), default="text")
    practice.set_defaults(command=_practice)


def _practice(options: argparse.Namespace) -> int:
    found = asking.questions(options.seed, options.count, options.topic)
    if options.format == "json":
        print(json.dumps(found, indent=2, ensure_ascii=False, allow_nan=False))
    else:
        print("\n".join(text(found)))
    return 0


def text(found: Sequence[dict[str, Any]]) -> Iterator[str]:
    """Yield the lines of a sheet: the questions first, then the answers."""
    for number, each in enumerate(found, 1):
        yield f"{number}. {each['title']}"
        yield f"   {each['text']}"
        for letter, choice in zip("abcdefghij", each["choices"], strict=False):
            yield f"   {letter}) {choice['label']}"
        if each["unit"]:
            yield f"   Answer in: {marking.unit_text(each['unit'])}"
        yield ""
    yield "Answers"
    for number, each in enumerate(found, 1):
        yield ""
        yield f"{number}. {marking.answer_text(each)}"
        yield f"   {each['explanation']}"
        for step in each["steps"]:
            value = shown.amount(None if step["value"] is None else marking.decimal(step["value"]), step["unit"])
            yield f"   {step['name']} = {step['substituted']} = {value}"
        for slip in each["slips"]:
            yield f"   If you have {marking.value_text(each, slip['value'])}: {slip['why']}"
        yield f"   {each['link']}"
