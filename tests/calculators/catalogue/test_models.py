"""Models: described once, with plausible limits and sources."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from calculators import catalogue

TODAY = catalogue.load()


def test_every_model_is_of_a_known_kind_and_sourced() -> None:
    for model in TODAY.models.values():
        assert model.kind in {"chat", "embedding"}
        assert model.source in TODAY.sources
        assert model.name
        assert model.provider


def test_every_retirement_has_a_day_and_a_source() -> None:
    dated = [each for each in TODAY.models.values() if each.retirement_date]
    assert dated
    for model in dated:
        date.fromisoformat(model.retirement_date or "")
        assert model.retirement_source in TODAY.sources


def test_a_model_has_ended_from_its_last_day_on() -> None:
    model = TODAY.models["meta.llama3-3-70b-instruct-v1:0"]  # its AWS card: end of life 2027-03-30
    assert [model.has_ended(day) for day in ("2027-03-29", "2027-03-30", "2027-03-31")] == [False, True, True]


def test_a_model_without_a_last_day_has_not_ended() -> None:
    assert not TODAY.models["amazon.nova-pro-v1:0"].has_ended("9999-12-31")


def test_a_step_for_long_prompts_lies_inside_the_context_and_has_prices() -> None:
    """Or at its end: Claude Sonnet 4 and 4.5 are listed with a context of 200,000 tokens."""
    stepped = {each.id for each in TODAY.models.values() if each.long_context_threshold_tokens}
    assert stepped == {point.item for point in TODAY.points() if point.meter == "long_context_input"}
    for model_id in stepped:
        model = TODAY.models[model_id]
        assert (model.long_context_threshold_tokens or 0) <= (model.context_tokens or 0)


def test_no_model_writes_more_than_its_context() -> None:
    for model in TODAY.models.values():
        if model.context_tokens and model.max_output_tokens:
            assert 0 < model.max_output_tokens <= model.context_tokens


def test_what_is_loaded_cannot_be_changed() -> None:
    model = TODAY.models["amazon.nova-pro-v1:0"]
    with pytest.raises(dataclasses.FrozenInstanceError):
        model.name = "x"  # type: ignore[misc]
    with pytest.raises(TypeError):
        TODAY.models["x"] = model  # type: ignore[index]


def test_every_source_is_titled_dated_and_weighed() -> None:
    for source in TODAY.sources.values():
        assert source.title
        assert source.as_of[:4].isdigit()
        assert source.confidence in {"high", "medium", "low"}
        assert source.url is None or source.url.startswith("https://")
