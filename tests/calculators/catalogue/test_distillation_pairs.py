"""Distillation pairs: sourced rows, and a verdict with its reason for every pair a reader can ask about."""

from __future__ import annotations

import pytest

from calculators import catalogue
from calculators.catalogue.tables import read_tables

TODAY = catalogue.load()
PREMIER, PRO, LITE, MICRO = (f"amazon.nova-{each}-v1:0" for each in ("premier", "pro", "lite", "micro"))
LLAMA_405B, LLAMA_70B, LLAMA_8B = (f"meta.llama3-1-{each}-instruct-v1:0" for each in ("405b", "70b", "8b"))


def judged(teacher: str, student: str, region: str = "us-east-1") -> catalogue.PairJudgement:
    return catalogue.judge_pair(TODAY, teacher, student, region)


def test_every_row_names_models_a_source_and_regions_that_the_catalogue_knows() -> None:
    rows = read_tables().distillation_pairs
    assert len(rows) == len({(row.teacher_id, row.student_id) for row in rows}) == 12
    for row in rows:
        assert {row.teacher_id, row.student_id} <= set(TODAY.models)
        assert row.source in TODAY.sources
        assert row.as_of.startswith(TODAY.sources[row.source].as_of)
        assert set(row.regions.split()) <= set(TODAY.regions)
        assert row.teacher_id != row.student_id


@pytest.mark.parametrize(
    ("teacher", "student"), [(PRO, LITE), (PRO, MICRO), (PREMIER, PRO), (PREMIER, LITE), (PREMIER, MICRO)]
)
def test_the_nova_pairs_are_offered(teacher: str, student: str) -> None:
    assert judged(teacher, student).is_offered


def test_where_aws_disagrees_with_itself_both_are_told_with_dates() -> None:
    premier, pro = judged(PREMIER, MICRO), judged(PRO, MICRO)
    assert "2026-09-14" in premier.doubt
    assert "2026-11-13" in premier.doubt
    assert any(premier.doubt in each for each in premier.reasons)
    assert not pro.doubt


@pytest.mark.parametrize(
    ("teacher", "student", "region", "said"),
    [
        pytest.param(
            "anthropic.claude-sonnet-5", "anthropic.claude-haiku-4-5-20251001-v1:0", "us-east-1", "Anthropic", id="S24"
        ),
        pytest.param("anthropic.claude-sonnet-5", MICRO, "us-east-1", "Anthropic", id="Claude teaches Nova"),
        pytest.param(MICRO, PRO, "us-east-1", "its teachers are", id="the wrong way round"),
        pytest.param(PRO, PREMIER, "us-east-1", "as a teacher of Amazon Nova Lite", id="too large a student"),
        pytest.param(PRO, PRO, "us-east-1", "can't teach itself", id="itself"),
        pytest.param(LLAMA_405B, LLAMA_8B, "us-west-2", "ended on 2026-07-07", id="ended"),
        pytest.param(LLAMA_70B, LLAMA_8B, "us-west-2", "Legacy", id="Legacy"),
        pytest.param(PRO, MICRO, "eu-central-1", "us-east-1 and us-west-2, not in eu-central-1", id="Region"),
    ],
)
def test_what_is_not_offered_says_why(teacher: str, student: str, region: str, said: str) -> None:
    verdict = judged(teacher, student, region)
    assert not verdict.is_offered
    assert any(said in each for each in verdict.reasons)
    assert all(each.endswith(".") for each in verdict.reasons)
