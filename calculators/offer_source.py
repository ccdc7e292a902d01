"""Offer source: whose word counts about what is offered, and what each of the others would answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from calculators.catalogue import readings
from calculators.fields import choice
from calculators.results import Caution, output

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from calculators.entries import Spec
    from calculators.errors import InputError

NAMES = {
    readings.TODAY: "AWS's pages today",
    readings.EXAM_GUIDE: "The exam guide and older material",
    readings.PRICE_FILE: "The price files alone",
    readings.PAIRS: "AWS's list of pairs alone",
    readings.LIFECYCLE: "The card and the lifecycle page",
}
TIER_SOURCES = {
    readings.TODAY: "AWS's pages today: model cards and lists of supported models",
    readings.EXAM_GUIDE: "Exam guide and older material: Provisioned Throughput for any model",
    readings.PRICE_FILE: "Price files alone: a tier counts where they list its price",
    readings.LIFECYCLE: "Card and lifecycle page: a model is gone after its last day there",
}
PAIR_SOURCES = {
    readings.TODAY: "AWS's pages today, as the course weighs them",
    readings.PAIRS: "AWS's list of pairs alone, whatever has ended",
    readings.LIFECYCLE: "Card and lifecycle page: a model is gone after its last day there",
    readings.EXAM_GUIDE: "Exam guide and older material: a student runs on Provisioned Throughput",
}


def offer_source(choices: Mapping[str, str], *, group: str) -> Any:
    """Declare whose word counts about what is offered."""
    return choice(
        readings.TODAY,
        choices,
        label="Source of the offers",
        help="Sources disagree about what is offered. Choose whose word counts, and see what each would answer.",
        group=group,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one source says about the offers, and the answer that follows from it."""

    source: str = output("Source", words=lambda: NAMES)
    answer: str = output("The answer by it")
    is_followed: bool = output("Followed", "yes or no")
    read: str = output("Dated")
    says: str = output("It says")


def refusal(error: InputError, known: Mapping[str, Spec]) -> str:
    """Return the answer where a source leads to none: what has to be entered first, or why nothing helps."""
    if all(known[each.field].is_nullable for each in error.problems):
        labels = ", ".join(f"“{known[each.field].label}”" for each in error.problems)
        return f"None yet: enter {labels}."
    return f"None: {error.problems[0].problem.rstrip('.')}."


def caution(found: Sequence[Reading], decisive: Sequence[Reading] = ()) -> Caution | None:
    """Return the word of warning where another source is followed, or `decisive` ones would answer otherwise."""
    followed, *others = found
    if followed.source != readings.TODAY:
        today = [each for each in others if each.source == readings.TODAY]
        told = " ".join(map(_told, today)) or "AWS's pages today say the same here."
        text = f"This follows another source than the course: {_named(followed)}. {told}"
        return Caution("offer-source", text)
    if not decisive:
        return None
    told = " ".join(map(_told, decisive))
    return Caution("offer-source", f"Sources disagree about what is offered, and it decides. {told}")


def _told(reading: Reading) -> str:
    return f"By {_named(reading)}: {reading.answer}"


def _named(reading: Reading) -> str:
    return f"{NAMES[reading.source].replace('The ', 'the ', 1)} ({reading.read})"
