"""`price_table(…)`: every figure with its source and date, and a word where there is none."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from calculators import catalogue
from macros.naming import MacroError
from macros.price_table import METERS
from tests.macros.rendering import HOSTILE, flat

if TYPE_CHECKING:
    from tests.macros.rendering import Press

MODELS = ["anthropic.claude-sonnet-5", "amazon.nova-pro-v1:0", "anthropic.claude-haiku-4-5-20251001-v1:0"]
ROUTE = ("us-east-1", "in_region_or_geo")
CALL = f'{{{{ price_table({MODELS}, region="{ROUTE[0]}", routing="{ROUTE[1]}") }}}}'


def rows(press: Press, call: str = CALL) -> list[dict[str, str]]:
    return press.page_of(f"{call}\n\nEnd.").records()


def test_each_figure_is_that_of_its_row(press: Press) -> None:
    points = {
        (each.item, each.meter): each for each in catalogue.load().points() if (each.region, each.routing) == ROUTE
    }
    for model, row in zip(MODELS, rows(press), strict=True):
        assert row["Model"].endswith(model)
        for meter, heading in METERS.items():
            point = points.get((model, meter))
            if point and point.usd is not None:
                assert Decimal(row[heading].removeprefix("$").replace(",", "")) == point.usd
            else:
                assert row.get(heading, "–") == "–"


def test_each_row_has_its_source_date_and_what_speaks_against_it(press: Press) -> None:
    book = catalogue.load()
    for model, row in zip(MODELS, rows(press), strict=True):
        points = [
            each
            for each in book.points()
            if (each.item, each.region, each.routing) == (model, *ROUTE) and each.meter in METERS
        ]
        assert row["As of"].startswith(min(each.as_of for each in points))
        assert any(row.get("Confidence", row["As of"]).endswith(each.confidence) for each in points)
        assert row["Last day on Bedrock"] == (book.models[model].retirement_date or "none announced")
        for point in points:
            assert flat(book.sources[point.source].title) in row["Source"]
            assert flat(point.disagreements) in row["Source"]


def test_a_model_without_a_figure_is_shown_and_says_so(press: Press) -> None:
    call = '{{ price_table(["anthropic.claude-sonnet-5", "amazon.nova-pro-v1:0"], routing="global") }}'
    assert rows(press, call)[1]["Input"] == "no public figure"


def test_a_provider_stands_for_all_its_models(press: Press) -> None:
    names = [each.name for each in catalogue.load().models.values() if each.provider == "Anthropic"]
    shown = rows(press, '{{ price_table("Anthropic", routing="global") }}')
    assert [row["Model"].startswith(name) for row, name in zip(shown, names, strict=True)] == [True] * len(names)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ('price_table(["anthropic.claude-sonet-5"])', 'did you mean "anthropic.claude-sonnet-5"'),
        ('price_table("Antropic")', 'there is no provider "Antropic"; did you mean "Anthropic"'),
        ('price_table("Anthropic", region="us-east1")', 'did you mean "us-east-1"'),
        ('price_table("Anthropic", routing="globl")', 'did you mean "global"'),
        (
            'price_table(["amazon.nova-pro-v1:0"], routing="global")',
            "holds no figure for any of these models on this route",
        ),
    ],
)
def test_a_wrong_call_fails_and_says_what_was_meant(call: str, said: str, press: Press) -> None:
    with pytest.raises(MacroError, match=said):
        press.page_of(f"{{{{ {call} }}}}")


@pytest.mark.usefixtures("hostile_catalogue")
def test_hostile_text_stays_text(press: Press) -> None:
    page = press.page_of(CALL)
    assert page.all("img") == page.all("script") == page.all("a") == []
    (row, *_) = rows(press)
    assert row["Model"].startswith(HOSTILE)
    assert row["As of"].startswith(HOSTILE)
    assert row["Source"].count(HOSTILE) == 2


def test_a_last_day_that_sources_dispute_is_shown_as_disputed(press: Press) -> None:
    (row,) = rows(press, '{{ price_table(["amazon.nova-premier-v1:0"]) }}')
    assert row["Last day on Bedrock"] == "2026-09-14, disputed"
