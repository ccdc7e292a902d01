"""What the page and the terminal get: marks, reports, keys, and errors that say what to do."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from calculators import command_line, page, practice
from calculators.practice.objectives import LEVELS, OBJECTIVES


def ask(**request: Any) -> dict[str, Any]:
    reply: dict[str, Any] = json.loads(page.answer("practice", json.dumps(request)))
    return reply


def test_questions_are_put_without_answers() -> None:
    found = ask(do="questions", seed="12", count=5, topic="availability")["questions"]
    assert {each["topic"] for each in found} == {"availability"}
    assert all(not {"answer", "slips", "explanation"} & set(each) for each in found)


@pytest.mark.parametrize(
    ("typed", "is_right"), [("1,304", True), ("$1304.00", True), ("1.31k", True), ("1330", False), ("-1304", False)]
)
def test_numbers_are_read_as_people_type_them(typed: str, is_right: bool) -> None:  # noqa: FBT001 - a table of cases
    question = {"kind": "number", "unit": "USD per month", "answer": 1304, "tolerance_ratio": 0.01}
    question |= {"slips": [], "choices": [], "explanation": "So."}
    assert practice.mark(question, typed)["is_right"] is is_right


@pytest.mark.parametrize("typed", ["", "abc", "<b>", "12%", "NaN"])
def test_what_cannot_be_read_is_an_error_of_the_answer(typed: str) -> None:
    name = ask(do="questions", seed=1, count=1, topic="distillation")["questions"][0]["id"]
    name = name.replace(name.split(".")[2], "payback")
    assert ask(do="mark", id=name, answer=typed)["errors"][0]["field"] == "answer"


def test_per_cent_is_read_where_a_ratio_is_asked() -> None:
    question = {"kind": "number", "unit": "ratio", "answer": 0.265, "tolerance_ratio": 0.01, "explanation": "So."}
    question |= {"slips": [{"value": 26.5, "why": "Per cent."}], "choices": []}
    assert practice.mark(question, "26.5 %")["is_right"]
    assert practice.mark(question, "26.5")["slip"] == "Per cent."


def test_an_order_is_partly_right() -> None:
    question: dict[str, Any] = {
        "kind": "order",
        "answer": ["a", "b", "c"],
        "slips": [],
        "explanation": "So.",
        "unit": "",
    }
    question |= {"choices": [{"value": each, "label": each} for each in "abc"]}
    marked = practice.mark(question, ["b", "a", "c"])
    assert not marked["is_right"]
    assert marked["points_ratio"] == pytest.approx(2 / 3)


def test_the_key_opens_with_its_code_only() -> None:
    code = ask(do="key_code", seed=12)["code"]
    assert code == practice.key_code("12") != practice.key_code(13)
    sheet = ask(do="key", seed=12, count=3, code=code.upper().replace("-", " "))
    assert all(each["answer_text"] for each in sheet["questions"])
    assert ask(do="key", seed=12, count=3, code="no")["errors"][0]["field"] == "code"


def test_the_report_counts_by_objective() -> None:
    marks = [{"objective": "1-compute/spot-risk", "points_ratio": each} for each in (1, 1, 1, 1, 0)]
    told = ask(do="report", marks=marks)
    row = told["by_objective"][0]
    assert (row["asked"], row["right"], row["points_ratio"], row["is_mastered"]) == (5, 4, 0.8, True)
    assert len(told["not_asked"]) == len(OBJECTIVES) - 1
    assert not ask(do="report", marks=marks[1:])["total"]["is_mastered"]
    assert "errors" in ask(do="report", marks=[{"objective": "x", "points_ratio": 1}])


@pytest.mark.parametrize(
    ("request_", "field"),
    [
        ({"do": "nothing"}, "do"),
        ({"do": "questions", "seed": "x", "count": 1}, "seed"),
        ({"do": "questions", "seed": 1, "count": 0}, "count"),
        ({"do": "questions", "seed": 1, "count": 1, "topic": "tiers"}, "topic"),
        ({"do": "questions", "seed": 1, "count": 1, "topic": ["tiers"]}, "topic"),
        ({"do": "question", "id": "v1.token-bills.nothing.1.1"}, "id"),
    ],
)
def test_errors_name_the_field(request_: dict[str, Any], field: str) -> None:
    assert ask(**request_)["errors"][0]["field"] == field


def test_the_command_prints_the_contracts_json(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["practice", "--seed", "5", "--count", "2", "--topic", "token-bills"]
    assert command_line.main([*words, "--format", "json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed == practice.questions(5, 2, "token-bills")
    names = {"id", "topic", "text", "kind", "choices", "unit", "answer", "tolerance_ratio", "slips", "steps", "link"}
    assert names <= set(printed[0])
    assert command_line.main(words) == 0
    assert "Answers" in capsys.readouterr().out
    assert command_line.main(["practice", "--seed", "-1"]) == 2


@pytest.mark.native
def test_objectives_are_those_of_the_course() -> None:
    course = tomllib.loads((Path(__file__).parents[2] / "docs" / "objectives.toml").read_text("utf-8"))
    assert {f"{each['module']}/{each['lesson']}": each["text"] for each in course["objective"]} == OBJECTIVES
    assert {each["folder"]: each["difficulty"] for each in course["module"]} == LEVELS
