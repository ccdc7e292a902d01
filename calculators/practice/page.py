"""What the page's Worker asks of the practice: plain data in, plain data out.

The page calls `calculators.page.answer("practice", request_json)`. The request names what to do; every
answer is an object, {"errors": [{"field", "problem"}]} where the request can't be used. Nothing is
counted on the page: it shows the texts that it gets.

topics      {"do": "topics"}
            -> {"version", "topics": [{"name", "title", "objectives": […]}],
                "objectives": [{"objective", "text", "level"}]}
questions   {"do": "questions", "seed", "count", "topic": a name or "" for all}
            -> {"seed", "questions": [ASKED]}
exam        {"do": "exam", "seed", "count"}                 -> {"seed", "questions": [ASKED]}
question    {"do": "question", "id"}                        -> {"question": ASKED}
mark        {"do": "mark", "id", "answer": text, the value of a choice, or the list of values in order}
            -> {"mark": {"is_right", "points_ratio", "slip": text or null, "message"},
                "answer_text", "explanation", "objective", "link",
                "steps": [{"name", "formula", "substituted", "value": text, "unit", "formula_id"}]}
            An empty or unreadable answer is an error of the field `answer`.
key         {"do": "key", "seed", "count", "of": "exam" or "questions", "topic", "code"}
            -> {"seed", "questions": [ASKED with "answer_text", "explanation", "slips": [{"text", "why"}],
                "link"]}; an error of the field `code` where it is not that of the seed
key_code    {"do": "key_code", "seed"}                      -> {"seed", "code"}
report      {"do": "report", "marks": [{"objective", "points_ratio"}, …]}
            -> {"by_objective": [{"objective", "text", "level", "asked", "right", "points_ratio",
                "is_mastered", "text_of_result"}], "total": {…}, "not_asked": [{"objective", "text"}]}

ASKED is {"id", "version", "topic", "title", "objective", "level", "text", "kind", "unit", "unit_text",
"choices": [{"value", "label"}], "given": [{"name", "value", "text"}]}: no answer is in it. `seed` is text or
a number, and comes back as a number. `link` is relative to the root of the site.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from calculators import shown
from calculators.entries import closest, quoted
from calculators.errors import InputError, Problem
from calculators.practice import asking, exams, marking
from calculators.practice.objectives import OBJECTIVES, level
from calculators.practice.topics import TOPICS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Request = dict[str, Any]


def answer(request: object) -> dict[str, Any]:
    """Return what a request asks for. Raises InputError."""
    if not isinstance(request, dict):
        raise InputError([Problem("do", "enter an object that says what to do")])
    asked = request.get("do")
    if not isinstance(asked, str) or asked not in DOES:
        near = closest(asked, DOES) if isinstance(asked, str) else ""
        raise InputError([Problem("do", f"choose one of {', '.join(DOES)}, not {quoted(asked)}{near}")])
    return DOES[asked](request)


def _topics(_: Request) -> dict[str, Any]:
    topics = [
        {
            "name": each.name,
            "title": each.title,
            "objectives": list(dict.fromkeys(form.objective for form in each.forms)),
        }
        for each in TOPICS.values()
    ]
    told = [{"objective": each, "text": text, "level": level(each)} for each, text in OBJECTIVES.items()]
    return {"version": asking.VERSION, "topics": topics, "objectives": told}


def _ids(request: Request, of: str) -> list[str]:
    seed, count = request.get("seed"), request.get("count", exams.COUNT)
    if of == "exam":
        return exams.exam_ids(seed, count)
    return asking.ids(seed, count, request.get("topic") or None)


def _questions(request: Request) -> dict[str, Any]:
    return {"seed": _seed(request), "questions": [_asked(each) for each in _ids(request, "questions")]}


def _exam(request: Request) -> dict[str, Any]:
    return {"seed": _seed(request), "questions": [_asked(each) for each in _ids(request, "exam")]}


def _question(request: Request) -> dict[str, Any]:
    return {"question": _asked(request.get("id"))}


def _mark(request: Request) -> dict[str, Any]:
    whole = asking.question(asking.known(request.get("id")))
    marked = marking.mark(whole, request.get("answer"))
    steps = [{**each, "value": shown.amount(marking.decimal(each["value"]), each["unit"])} for each in whole["steps"]]
    kept = {name: whole[name] for name in ("explanation", "objective", "link")}
    return {"mark": marked, "answer_text": marking.answer_text(whole), **kept, "steps": steps}


def _key(request: Request) -> dict[str, Any]:
    exams.check_key(request.get("seed"), request.get("code"))
    sheets = [_sheet(each) for each in _ids(request, str(request.get("of", "questions")))]
    return {"seed": _seed(request), "questions": sheets}


def _key_code(request: Request) -> dict[str, Any]:
    return {"seed": _seed(request), "code": exams.key_code(request.get("seed"))}


def _report(request: Request) -> dict[str, Any]:
    return exams.report(request.get("marks"))


def _seed(request: Request) -> int:
    return asking.whole("seed", request.get("seed"), 0, asking.LARGEST_SEED)


def _asked(question_id: Any) -> dict[str, Any]:
    asked = asking.asked(asking.known(question_id))
    return {**asked, "unit_text": marking.unit_text(asked["unit"])}


def _sheet(question_id: str) -> dict[str, Any]:
    whole = asking.question(question_id)
    slips = [{"text": marking.value_text(whole, each["value"]), "why": each["why"]} for each in whole["slips"]]
    answer_text = marking.answer_text(whole)
    kept = {name: whole[name] for name in ("explanation", "link")}
    return {**_asked(question_id), "answer_text": answer_text, **kept, "slips": slips}


DOES: Mapping[str, Callable[[Request], dict[str, Any]]] = {
    "topics": _topics,
    "questions": _questions,
    "exam": _exam,
    "question": _question,
    "mark": _mark,
    "key": _key,
    "key_code": _key_code,
    "report": _report,
}
