"""`conflict(…)` and `conflicts(…)`: both sides with their dates, which is followed, and what it changes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

import calculators
from calculators import catalogue
from macros.naming import MacroError
from tests.macros.rendering import HOSTILE, LESSON, flat, target

if TYPE_CHECKING:
    from tests.macros.html_tree import Element
    from tests.macros.rendering import Press

REGISTER = "reference/conflicts/"
KNOWN = catalogue.conflicts()


def box(press: Press, identifier: str) -> Element:
    return press.page_of(f'Before.\n\n{{{{ conflict("{identifier}") }}}}\n\nAfter.').one(class_="cc-conflict")


@pytest.mark.parametrize("identifier", KNOWN)
def test_the_box_shows_both_sides_with_each_source_and_its_date(press: Press, identifier: str) -> None:
    found = KNOWN[identifier]
    shown = box(press, identifier)
    sides = shown.all(class_="cc-conflict__side")
    assert len(sides) == len(found.sides)
    for side, drawn in zip(found.sides, sides, strict=True):
        assert flat(side.says) in drawn.text
        assert drawn.text.startswith(side.who)
        known = [catalogue.load().sources[each] for each in side.sources]
        assert [each.attributes["href"] for each in drawn.all("a")] == [each.url for each in known if each.url]
        assert all(f"{each.title} ({each.as_of})" in drawn.text for each in known)
        assert side.dated in drawn.text
    used = [place for place, each in enumerate(sides, start=1) if "data-used" in each.attributes]
    assert used == ([found.uses] if found.uses else [])
    assert flat(found.course) in shown.text
    assert f"What it changes. {flat(found.changes)}" in shown.text


def test_each_state_is_a_link_with_the_answer_of_that_state(press: Press) -> None:
    items = box(press, "batch-newest-claude").all("li")
    for shown, state in zip(items, KNOWN["batch-newest-claude"].states, strict=True):
        answer = calculators.bake(state.calculator, dict(state.inputs))["view"]["answer"]
        assert shown.text == f"{state.words}: {answer}"
        assert target(LESSON, shown.one("a")).startswith("calculators/tier-selection/#tier-selection?model_id=")


def test_a_state_may_show_an_output_with_its_label(press: Press) -> None:
    first, second = (each.text for each in box(press, "opus-4-7-tokeniser").all("li"))
    assert first.partition(": ")[2].startswith("1,000 words")
    assert first.partition(": ")[2] != second.partition(": ")[2]


def test_in_a_lesson_the_box_leads_to_its_entry_in_the_register(press: Press) -> None:
    shown = box(press, "reserved-term")
    assert "id" not in shown.attributes
    assert target(LESSON, shown.all("a")[-1]) == f"{REGISTER}#conflict-reserved-term"
    assert box(press, "provisioned-for-any-model").text.startswith("The exam says / AWS says today")


def test_the_register_holds_every_conflict_once_under_its_own_id(press: Press) -> None:
    text = "\n\n".join(f'{{{{ conflicts("{each}") }}}}' for each in catalogue.GROUPS)
    page = press.page_of(text, REGISTER)
    ids = [each.attributes["id"] for each in page.all(class_="cc-conflict")]
    assert sorted(ids) == sorted(f"conflict-{each}" for each in KNOWN)
    listed = [each.attributes["href"] for every in page.all(class_="cc-conflict-list") for each in every.all("a")]
    assert listed == [f"#{each}" for each in ids]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ('conflict("reserved-terms")', 'there is no conflict "reserved-terms"; did you mean "reserved-term"'),
        ('conflicts("exams")', 'there is no group "exams"; did you mean "exam"'),
    ],
)
def test_a_wrong_name_fails_and_says_which_was_meant(press: Press, call: str, message: str) -> None:
    with pytest.raises(MacroError, match=message):
        press.page_of(f"{{{{ {call} }}}}")


def test_hostile_text_stays_text(press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    found = KNOWN["reserved-term"]
    sides = tuple(replace(each, who=HOSTILE, says=HOSTILE, dated=HOSTILE) for each in found.sides)
    states = tuple(replace(each, words=HOSTILE) for each in found.states)
    spoilt = replace(found, topic=HOSTILE, sides=sides, course=HOSTILE, changes=HOSTILE, states=states)
    monkeypatch.setattr(catalogue, "conflicts", lambda: {"reserved-term": spoilt})
    shown = box(press, "reserved-term")
    assert {each.tag for each in shown.below()} <= {"p", "div", "strong", "small", "span", "a", "ul", "li"}
    assert shown.text.count(flat(HOSTILE)) == 3 + 3 * len(sides) + len(states)
