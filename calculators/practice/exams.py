"""Exams: a spread of questions over the objectives, the report by objective, and the key of a seed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from calculators import shown
from calculators.entries import quoted
from calculators.errors import InputError, Problem
from calculators.practice import asking
from calculators.practice.dice import Dice
from calculators.practice.objectives import OBJECTIVES, level
from calculators.practice.topics import TOPICS
from calculators.results import exact

if TYPE_CHECKING:
    from collections.abc import Mapping

COUNT = 20
MASTERED = Decimal("0.8")
LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # none that can be taken for another
KEY_LETTERS = 8
KEY_GROUP = 4


def exam_ids(seed: object, count: object = COUNT) -> list[str]:
    """Return the ids of an exam: objectives take turns in a drawn order, and so do the forms of each.

    Raises InputError. With 12 questions or more every objective is asked for.
    """
    start = asking.whole("seed", seed, 0, asking.LARGEST_SEED)
    many = asking.whole("count", count, 1, asking.MOST_QUESTIONS)
    named = [_named(start, number) for number in range(1, many + 1)]
    return [asking.name_of(topic, form, start, number) for number, (topic, form) in enumerate(named, 1)]


def _named(seed: int, number: int) -> tuple[str, str]:
    """Return the topic and the form of one question of an exam."""
    turn, place = divmod(number - 1, len(FORMS))
    objective = Dice(asking.VERSION, seed, "exam", turn).shuffled(tuple(FORMS))[place]
    lap, step = divmod(turn, len(FORMS[objective]))
    return Dice(asking.VERSION, seed, "exam", objective, lap).shuffled(FORMS[objective])[step]


def exam(seed: object, count: object = COUNT) -> list[dict[str, Any]]:
    """Return the questions of an exam, whole. Raises InputError."""
    return [asking.question(each) for each in exam_ids(seed, count)]


def _forms() -> dict[str, list[tuple[str, str]]]:
    """Return the topics and forms that ask for each objective, in the order of the course."""
    found: dict[str, list[tuple[str, str]]] = {each: [] for each in OBJECTIVES}
    for topic in TOPICS.values():
        for form in topic.forms:
            found[form.objective].append((topic.name, form.name))
    return {objective: forms for objective, forms in found.items() if forms}


FORMS = _forms()


def key_code(seed: object) -> str:
    """Return the code that opens the key sheet of a seed. Raises InputError.

    A fence, not a lock: whoever reads this file can make it.

    >>> key_code(4711) == key_code("4,711"), len(key_code(4711))
    (True, 9)
    """
    start = asking.whole("seed", seed, 0, asking.LARGEST_SEED)
    rest = int.from_bytes(sha256(f"key sheet/{start}".encode()).digest(), "big")
    letters = []
    for _ in range(KEY_LETTERS):
        rest, at = divmod(rest, len(LETTERS))
        letters.append(LETTERS[at])
    text = "".join(letters)
    return f"{text[:KEY_GROUP]}-{text[KEY_GROUP:]}"


def check_key(seed: object, code: object) -> None:
    """Raise InputError unless the code is that of the seed, however it is spaced."""
    plain = "".join(each for each in str(code).lower() if each.isalnum())
    if plain != key_code(seed).replace("-", ""):
        raise InputError(
            [Problem("code", f"{quoted(code)} does not open the key sheet of this seed: copy the code of its key link")]
        )


@dataclass(slots=True)
class Tally:
    """The marks of one objective."""

    asked: int = 0
    right: int = 0
    points: Decimal = Decimal(0)


@exact
def report(marks: object) -> dict[str, Any]:
    """Return the result of an exam by objective, from [{"objective", "points_ratio"}, …]. Raises InputError.

    Fixed questions count as generated ones do: 1 for a right answer, a part for one partly right.
    """
    if not isinstance(marks, list) or not marks:
        raise InputError([Problem("marks", "enter a list of marks, each with an objective and points_ratio")])
    tallies = {each: Tally() for each in OBJECTIVES}
    for each in marks:
        objective, points = _read_mark(each)
        tallies[objective].asked += 1
        tallies[objective].points += points
        tallies[objective].right += points == 1
    asked = [(objective, tally) for objective, tally in tallies.items() if tally.asked]
    every = Tally(len(marks), sum(each.right for _, each in asked), sum((each.points for _, each in asked), Decimal(0)))
    return {
        "by_objective": [
            {"objective": objective, "text": OBJECTIVES[objective], "level": level(objective), **_told(tally)}
            for objective, tally in asked
        ],
        "total": _told(every),
        "not_asked": [
            {"objective": each, "text": OBJECTIVES[each]} for each, tally in tallies.items() if not tally.asked
        ],
    }


def _told(tally: Tally) -> Mapping[str, Any]:
    ratio = tally.points / tally.asked
    return {
        "asked": tally.asked,
        "right": tally.right,
        "points_ratio": float(ratio),
        "is_mastered": ratio >= MASTERED,
        "text_of_result": f"{tally.right} of {tally.asked} right, {shown.percent(ratio)} of the points",
    }


def _read_mark(each: Any) -> tuple[str, Decimal]:
    """Return the objective and the points of one mark, or raise InputError."""
    objective = each.get("objective") if isinstance(each, dict) else None
    if objective not in OBJECTIVES:
        raise InputError([Problem("marks", f"there is no objective {quoted(objective)}")])
    points = each.get("points_ratio")
    if isinstance(points, bool) or not isinstance(points, int | float | Decimal) or not 0 <= points <= 1:
        raise InputError([Problem("marks", f"enter points_ratio from 0 to 1, not {quoted(points)}")])
    return objective, Decimal(str(points))
