"""Whole questions: the calculator's own answer, its steps, and a link that leads to the same number."""

from __future__ import annotations

import json
from hashlib import sha256

import pytest

from calculators import links, practice
from calculators.practice import asking, exams
from calculators.practice.objectives import OBJECTIVES
from calculators.practice.topics import TOPICS
from calculators.results import data

FORMS = [(topic.name, form.name) for topic in TOPICS.values() for form in topic.forms]


@pytest.mark.parametrize(("topic", "form"), FORMS)
def test_the_answer_is_the_calculators_and_its_link_reproduces_it(topic: str, form: str) -> None:
    for number in (1, 2):
        name = asking.name_of(topic, form, 20_261, number)
        question, case = practice.question(name), asking.case_of(name)
        json.dumps(question, allow_nan=False)
        fragment = question["link"].partition("#")[2]
        link = links.parse(fragment)
        assert link is not None
        outputs = links.answer(link)["result"]["outputs"]
        for part in case.output.split("."):
            outputs = outputs[part]
        expected = case.answer if case.kind == "number" else case.settles
        assert outputs == (
            pytest.approx(float(expected), rel=1e-9) if isinstance(outputs, float | int) else data(expected)
        )
        if case.kind == "number":
            assert question["answer"] == pytest.approx(float(case.answer), rel=1e-9)
            assert any(step["value"] == question["answer"] for step in question["steps"])
        assert practice.mark(question, answer_of(question))["is_right"]
        for slip in question["slips"]:
            marked = practice.mark(question, str(slip["value"]) if case.kind == "number" else slip["value"])
            assert not marked["is_right"]
            assert marked["slip"] == slip["why"]


def answer_of(question: dict[str, object]) -> object:
    return str(question["answer"]) if question["kind"] == "number" else question["answer"]


def test_same_seed_same_questions() -> None:
    assert practice.questions(7, 3) == practice.questions("7", "3")
    assert practice.ids(7, 5)[:3] == practice.ids(7, 3)
    assert practice.ids(7, 3) != practice.ids(8, 3)


def test_published_seeds_keep_their_questions() -> None:
    asked = [(each, asking.case_of(each).text, str(asking.case_of(each).answer)) for each in practice.ids(4711, 44)]
    assert sha256(repr(asked).encode()).hexdigest()[:16] == "6163c392506a0ddb"


def test_every_objective_is_asked_for() -> None:
    assert set(exams.FORMS) == set(OBJECTIVES)
    objectives = [practice.asked(each)["objective"] for each in practice.exam_ids(3, 12)]
    assert sorted(objectives) == sorted(OBJECTIVES)
