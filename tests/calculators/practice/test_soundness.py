"""Ten thousand drawn cases: each is fair, complete in its text, and never ambiguous."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from calculators.practice import asking, soundness
from calculators.practice.topics import TOPICS

if TYPE_CHECKING:
    from calculators.practice.cases import Case

FORMS = [(topic.name, form.name) for topic in TOPICS.values() for form in topic.forms]
CASES = 10_000
EACH = CASES // len(FORMS) + 1


def figures(text: str) -> Decimal:
    """A number as the text writes it, per cent as a ratio."""
    plain = text.replace("$", "").replace(",", "")
    return Decimal(plain.removesuffix("%")) / (100 if plain.endswith("%") else 1)


def check_given(case: Case) -> None:
    for fact in case.given:
        assert fact.text in case.text, fact
        if isinstance(fact.value, Decimal):
            shown = figures(fact.text)
            assert shown == fact.value, fact
    assert "{" not in case.text
    assert case.text.startswith("Example: ")


def check_number(case: Case) -> None:
    tolerance, answer = case.tolerance_ratio, case.answer
    bands = [answer, *(slip.value for slip in case.slips)]
    for place, one in enumerate(bands):
        for other in bands[place + 1 :]:
            low, high = sorted((one, other))
            assert low + tolerance * abs(low) < high - tolerance * abs(high), (case.text, one, other)


@pytest.mark.parametrize(("topic", "form"), FORMS)
def test_every_drawn_case_is_fair(topic: str, form: str) -> None:
    for seed in range(EACH):
        case, _ = asking.draw(topic, form, seed, seed % 7 + 1)
        check_given(case)
        assert case.explanation.endswith(".")
        assert all(slip.why.endswith(".") for slip in case.slips)
        if case.kind == "number":
            check_number(case)
            assert len(case.slips) >= soundness.FEWEST_SLIPS
            continue
        values = [each.value for each in case.choices]
        assert len(set(values)) == len(values)
        assert case.answer not in [slip.value for slip in case.slips]
        if case.kind == "choice":
            assert {case.answer, *(slip.value for slip in case.slips)} == set(values)
        else:
            assert sorted(case.answer) == sorted(values)
