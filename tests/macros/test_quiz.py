"""`quiz(…)`: questions that can be read and answered without a script, each option explained."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

import calculators
from macros.naming import MacroError
from tests.macros.rendering import DOCS, LESSON

if TYPE_CHECKING:
    from pathlib import Path

    from tests.macros.html_tree import Element
    from tests.macros.rendering import Press

QUESTIONS = """
[[question]]
text = "What does {{ it.usd('usd_per_month') }} buy?"
[[question.option]]
text = "A month on {{ model('openai.gpt-6-luna') }}"
is_right = true
why = "It does."
[[question.option]]
text = "A day"
is_right = false
why = "It lasts longer."

[[question]]
text = "Which are meters?"
[[question.option]]
text = "Input"
is_right = true
why = "You send it."
[[question.option]]
text = "Output"
is_right = true
why = "It writes it."
[[question.option]]
text = "Quota"
is_right = false
why = "It is a limit."
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A page with a quiz beside it."""
    (tmp_path / "check.quiz.toml").write_text(QUESTIONS, "utf-8")
    return tmp_path / "check.md"


def rendered(press: Press, path: Path, name: str = "check") -> Element:
    return press.page_of(f'{{% set it = state("token-cost") %}}\n{{{{ quiz("{name}") }}}}\n\nEnd.', LESSON, path)


def test_each_option_can_be_chosen_and_is_explained(press: Press, path: Path) -> None:
    page = rendered(press, path)
    one, several = page.all(class_="cc-question")
    assert {each.attributes["type"] for each in one.all("input")} == {"radio"}
    assert {each.attributes["type"] for each in several.all("input")} == {"checkbox"}
    explained = {each.text for question in (one, several) for each in question.one("details").all("li")}
    assert explained == {
        "Right: A month on GPT-6 Luna It does.",
        "Not right: A day It lasts longer.",
        "Right: Input You send it.",
        "Right: Output It writes it.",
        "Not right: Quota It is a limit.",
    }
    labels = {each.attributes["for"]: each.text for each in page.all("label")}
    assert set(labels) == {each.attributes["id"] for each in page.all("input")}
    assert page.children[-1].text == "End."  # type: ignore[union-attr] # an element


def test_macros_and_names_of_the_page_work_in_a_question(press: Press, path: Path) -> None:
    month = next(
        each["text"] for each in calculators.bake("token-cost")["view"]["outputs"] if each["name"] == "usd_per_month"
    )
    assert f"What does {month} buy?" in rendered(press, path).all("legend")[0].text


def test_the_place_of_an_option_tells_nothing_and_never_changes(press: Press) -> None:
    """Over the course's own questions the right option must not always stand first."""
    places = set()
    for each in sorted(DOCS.rglob("*.quiz.toml")):
        markdown = each.with_name(each.name.replace(".quiz.toml", ".md"))
        names = "\n".join(re.findall(r"^\{% set .*$", markdown.read_text("utf-8"), re.MULTILINE))
        text = f'{names}\n{{{{ quiz("{markdown.stem}") }}}}'
        page = press.page_of(text, LESSON, markdown)
        assert page.text == press.page_of(text, LESSON, markdown).text
        for answers in page.all("ul", class_="cc-explained"):
            places.add(next(place for place, item in enumerate(answers.all("li")) if item.has(class_="cc-right")))
    assert len(places) > 1


def test_a_quiz_that_is_not_there_is_named_with_the_nearest(press: Press, path: Path) -> None:
    with pytest.raises(MacroError, match=r'quiz\("chek"\): there is no quiz .*did you mean "check"'):
        rendered(press, path, "chek")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[[question]]", "[[questions]]", "expected .*question.* tables only, found questions"),
        ('text = "Which are meters?"', 'txt = "?"', "question 2: expected option, text, found option, txt"),
        ('why = "It does."', "", "question 1: an option has text, is_right .* and why"),
        ("is_right = true", 'is_right = "yes"', "question 1: an option has text"),
        ("is_right = true", "is_right = false", "question 1: needs two options or more, one of them right"),
        ("it.usd('usd_per_month')", "it.usd('usd_per_moth')", 'did you mean "usd_per_month"'),
    ],
)
def test_a_wrong_file_fails_and_says_where(old: str, new: str, said: str, press: Press, path: Path) -> None:
    path.with_name("check.quiz.toml").write_text(QUESTIONS.replace(old, new), "utf-8")
    with pytest.raises(MacroError, match=said):
        rendered(press, path)
