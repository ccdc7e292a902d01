"""Distillation pairs: which teacher Amazon Bedrock Model Distillation offers for which student.

A pair has to be on AWS's list, both models have to be there still and take new customisation jobs,
and the Region has to be one of the list's. Each reason is one sentence for the reader.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from calculators.catalogue import readings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculators.catalogue.book import Catalogue
    from calculators.catalogue.models import Model
    from calculators.catalogue.tables import DistillationPairRow

_NOT_ANTHROPIC = "AWS states that Model Distillation is not available for Anthropic models, and gives no date."


@dataclass(frozen=True, slots=True, kw_only=True)
class DistillationPair:
    """A teacher and a student that AWS lists together."""

    teacher_id: str
    student_id: str
    regions: tuple[str, ...]
    as_of: str
    source: str
    doubt: str  # where AWS's own pages disagree about the pair, both, with their dates


@dataclass(frozen=True, slots=True)
class PairJudgement:
    """Whether a teacher and a student can be had together, and why."""

    is_offered: bool
    reasons: tuple[str, ...]
    doubt: str = ""


def make_pair(row: DistillationPairRow) -> DistillationPair:
    """Return the pair that a row of distillation_pairs.csv describes."""
    return DistillationPair(
        teacher_id=row.teacher_id,
        student_id=row.student_id,
        regions=tuple(row.regions.split()),
        as_of=row.as_of,
        source=row.source,
        doubt=row.doubt,
    )


def judge_pair(
    catalogue: Catalogue, teacher_id: str, student_id: str, region: str, reading: str = readings.TODAY
) -> PairJudgement:
    """Say whether Bedrock distils this teacher into this student in a Region by one reading, and why."""
    against = tuple(_against(catalogue, teacher_id, student_id, region, reading))
    if against:
        return PairJudgement(is_offered=False, reasons=against)
    pair = catalogue.distillation_pairs[teacher_id, student_id]
    teacher, student = catalogue.models[teacher_id].name, catalogue.models[student_id].name
    listed = f"AWS's list of pairs, read {pair.as_of}, names {teacher} as a teacher of {student}."
    return PairJudgement(
        is_offered=True, reasons=(listed, *((f"{pair.doubt}.",) if pair.doubt else ())), doubt=pair.doubt
    )


def _against(catalogue: Catalogue, teacher_id: str, student_id: str, region: str, reading: str) -> Iterator[str]:
    """Yield each reason why the pair can't be had."""
    teacher, student = catalogue.models[teacher_id], catalogue.models[student_id]
    if teacher_id == student_id:
        yield f"{teacher.name} can't teach itself."
        return
    if "Anthropic" in (teacher.provider, student.provider):
        yield _NOT_ANTHROPIC
        return
    pair = catalogue.distillation_pairs.get((teacher_id, student_id))
    if pair is None:
        yield _not_listed(catalogue, teacher_id, student_id)
        return
    if reading != readings.PAIRS:
        for model in (teacher, student):
            yield from _past_its_time(catalogue, model, reading)
    if region not in pair.regions:
        yield f"AWS lists this pair in {' and '.join(pair.regions)}, not in {region}."


def _past_its_time(catalogue: Catalogue, model: Model, reading: str) -> Iterator[str]:
    """Yield why a model takes no new customisation jobs, nothing where it takes them."""
    if model.has_ended(catalogue.snapshot):
        yield f"{model.name} ended on {model.retirement_date}."
    elif model.retirement_date is not None:
        yield (
            f"{model.name} is a Legacy model and ends on {model.retirement_date}: "
            "it takes no new customers and no new customisation jobs."
        )
    elif reading == readings.LIFECYCLE and (refused := readings.ended(catalogue, model.id)) is not None:
        yield refused.reason


def _not_listed(catalogue: Catalogue, teacher_id: str, student_id: str) -> str:
    """Say what AWS's list has instead of a pair that is not on it."""
    names = {key: model.name for key, model in catalogue.models.items()}
    students = [
        names[each.student_id] for each in catalogue.distillation_pairs.values() if each.teacher_id == teacher_id
    ]
    start = f"AWS's list of pairs does not name {names[teacher_id]} as a teacher of {names[student_id]}"
    if students:
        return f"{start}; it names it as a teacher of {', '.join(students)}."
    teachers = dict.fromkeys(names[each.teacher_id] for each in catalogue.distillation_pairs.values())
    return f"{start}; its teachers are {', '.join(teachers)}."
