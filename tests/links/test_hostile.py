"""Hostile fragments, read natively: each is refused in words or is no state; none computes, none is a fault of ours."""

from __future__ import annotations

import pytest

from calculators import InputError, links, names
from tests.links import hostile

LONGEST_SENTENCE = 400


def problems(fragment: str) -> list[tuple[str, str]] | None:
    """Return what is wrong with a fragment, or None where it is no state of any calculator."""
    try:
        link = links.parse(fragment)
        if link is None or link.name not in names():
            return None
        links.answer(link)
    except InputError as error:
        return [(each.field, each.problem) for each in error.problems]
    return []


@pytest.mark.parametrize("name", names())
def test_each_is_refused_or_no_state(name: str) -> None:
    found = {fragment: problems(fragment) for fragment in hostile.fragments(name, 250)}
    assert [fragment[:200] for fragment, wrong in found.items() if wrong == []] == []
    told = [each for wrong in found.values() for each in wrong or []]
    assert len(told) > 100
    assert max(len(field) + len(problem) for field, problem in told) < LONGEST_SENTENCE


def test_the_fragments_are_many_and_the_same_each_time() -> None:
    made = [fragment for name in names() for fragment in hostile.fragments(name, 250)]
    assert len(set(made)) > 1_000
    assert made == [fragment for name in names() for fragment in hostile.fragments(name, 250)]


def test_a_link_that_says_a_thing_twice_names_it() -> None:
    with pytest.raises(InputError) as caught:
        links.parse("#roi?people=1&people=1&v=1&v=1")
    assert [each.field for each in caught.value.problems] == ["people", "v"]
