"""Questions: the same seed asks the same, everywhere and for as long as the version is kept.

An id, such as `v1.token-bills.cached-month.4711.3`, holds all that a question is made from: the version,
the topic, its form, the seed and the number. A version is bound to a price snapshot and to the forms
as they are; a change of either makes a new version.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from calculators import registry, view
from calculators.entries import Refused, Spec, closest, quoted
from calculators.errors import InputError, Problem
from calculators.practice.cases import inputs_of, prices_of
from calculators.practice.dice import Dice
from calculators.practice.objectives import level
from calculators.practice.soundness import fair
from calculators.practice.topics import TOPICS
from calculators.results import data, exact

if TYPE_CHECKING:
    from collections.abc import Mapping

    from calculators.practice.cases import Case, Form, Topic

VERSION = 1
PRICES = {1: "2026-11-13"}
"""The price snapshot of each version."""
MOST_DRAWS = 500
MOST_QUESTIONS = 500
LARGEST_SEED = 999_999_999
WHOLE = {"kind": "number", "label": "", "help": "", "unit": "", "group": "", "is_whole": True}
ID_PARTS = 5


def whole(field: str, value: object, least: int, most: int) -> int:
    """Return a whole number as it was typed, or raise InputError that names the field."""
    spec = Spec(**WHOLE, minimum=Decimal(least), maximum=Decimal(most))  # type: ignore[arg-type]  # named above
    try:
        return int(spec.check(spec.read(value) if isinstance(value, str) else value))
    except Refused as refused:
        raise InputError([Problem(field, str(refused))]) from None


def topic_of(name: object) -> Topic:
    """Return a topic by its name, or raise InputError."""
    if not isinstance(name, str) or name not in TOPICS:
        near = closest(name, TOPICS) if isinstance(name, str) else ""
        raise InputError([Problem("topic", f"there is no topic {quoted(name)}{near}; known: {', '.join(TOPICS)}")])
    return TOPICS[name]


def ids(seed: object, count: object, topic: object = None) -> list[str]:
    """Return the ids of a seed's questions, of one topic or of all in turn. Raises InputError."""
    topics = [topic_of(topic)] if topic else list(TOPICS.values())
    start = whole("seed", seed, 0, LARGEST_SEED)
    many = whole("count", count, 1, MOST_QUESTIONS)
    return [_id(topics, start, number) for number in range(1, many + 1)]


def _id(topics: list[Topic], seed: int, number: int) -> str:
    """Name one question: topics, and the forms of each, take turns in a drawn order."""
    turn, place = divmod(number - 1, len(topics))
    names = [each.name for each in topics]
    topic = Dice(VERSION, seed, "topics", *names[:1], len(names), turn).shuffled(topics)[place]
    lap, step = divmod(turn, len(topic.forms))
    form = Dice(VERSION, seed, topic.name, "forms", lap).shuffled(topic.forms)[step]
    return name_of(topic.name, form.name, seed, number)


def name_of(topic: str, form: str, seed: int, number: int) -> str:
    """Return the id of a question."""
    return f"v{VERSION}.{topic}.{form}.{seed}.{number}"


def parse(question_id: object) -> tuple[Topic, Form, int, int]:
    """Return what an id holds, or raise InputError."""
    parts = question_id.split(".") if isinstance(question_id, str) else []
    if len(parts) == ID_PARTS and parts[0] == f"v{VERSION}" and parts[1] in TOPICS:
        form = TOPICS[parts[1]].form(parts[2])
        if form is not None and parts[3].isdecimal() and parts[4].isdecimal():
            seed, number = (whole("id", each, 0, LARGEST_SEED) for each in parts[3:])
            return TOPICS[parts[1]], form, seed, number
    raise InputError(
        [Problem("id", f"there is no question {quoted(question_id)} in version {VERSION} of the practice")]
    )


def known(question_id: object) -> str:
    """Return an id that names a question, or raise InputError."""
    topic, form, seed, number = parse(question_id)
    return name_of(topic.name, form.name, seed, number)


def case_of(question_id: str) -> Case:
    """Return the case behind an id: the first fair draw. Raises InputError for an unknown id."""
    topic, form, seed, number = parse(question_id)
    return _drawn(topic.name, form.name, seed, number)


@cache
def _drawn(topic: str, form: str, seed: int, number: int) -> Case:
    return draw(topic, form, seed, number)[0]


@exact
def draw(topic: str, form: str, seed: int, number: int) -> tuple[Case, int]:
    """Return the first fair draw of a form, and how many it took."""
    catalogue = prices_of(PRICES[VERSION])
    asked = TOPICS[topic].form(form)
    assert asked is not None  # noqa: S101 - the caller has parsed the name
    for attempt in range(MOST_DRAWS):
        case = fair(asked.draw(Dice(VERSION, topic, form, seed, number, attempt=attempt), catalogue))
        if case is not None:
            return case, attempt + 1
    raise RuntimeError(f"{topic}, {form}: no fair case in {MOST_DRAWS} draws from seed {seed}, number {number}")


def asked(question_id: str) -> dict[str, Any]:
    """Return a question as it is put to a learner: without its answer, slips and explanation."""
    topic, form, _, _ = parse(question_id)
    case = case_of(question_id)
    return {
        "id": question_id,
        "version": VERSION,
        "topic": topic.name,
        "title": topic.title,
        "objective": form.objective,
        "level": level(form.objective),
        "text": case.text,
        "kind": case.kind,
        "choices": [{"value": each.value, "label": each.label} for each in case.choices],
        "unit": case.unit,
        "given": [{"name": each.name, "value": data(each.value), "text": each.text} for each in case.given],
    }


def question(question_id: str) -> dict[str, Any]:
    """Return a whole question: as asked, with its answer, slips, explanation, steps and link.

    The answer is the calculator's own, with the steps by which it was made.
    """
    case = case_of(question_id)
    snapshot = PRICES[VERSION]
    module = registry.calculator(case.calculator)
    inputs = inputs_of(case.calculator, case.inputs)
    result = module.calculate(inputs, prices_of(snapshot))
    state = view.link(case.calculator, module.VERSION, snapshot, inputs, module.Inputs())
    answer = output_of(result, case.output) if case.kind == "number" else case.answer
    return {
        **asked(question_id),
        "answer": data(answer),
        "tolerance_ratio": data(case.tolerance_ratio) if case.kind == "number" else 0,
        "slips": [{"value": data(each.value), "why": each.why} for each in case.slips],
        "explanation": case.explanation,
        "steps": [data(each) for each in result.steps if _is_shown(each.name, case.steps)],
        "link": f"calculators/{case.calculator}/#{state}",
    }


def _is_shown(name: str, shown: tuple[str, ...]) -> bool:
    """Say whether a step is one of those to show: a name, or the start of several with a dot at its end."""
    return name in shown or name.startswith(tuple(each for each in shown if each.endswith(".")))


def questions(seed: object, count: object, topic: str | None = None) -> list[dict[str, Any]]:
    """Return the questions of a seed, whole. Raises InputError.

    >>> [each["topic"] for each in questions(7, 2, "token-bills")]
    ['token-bills', 'token-bills']
    """
    return [question(each) for each in ids(seed, count, topic)]


def output_of(result: object, name: str) -> Any:
    """Return an output by its full name, parts joined by dots; a part of a list is found by its first field."""
    for part in name.split("."):
        if isinstance(result, tuple):
            result = next(each for each in result if part in _names(each))
        else:
            result = getattr(result, part)
    return result


def _names(row: Any) -> Mapping[str, None]:
    return {value: None for each in row.__dataclass_fields__ if isinstance(value := getattr(row, each), str)}
