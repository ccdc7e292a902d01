"""`figure(…)`: the frame that all figures share, and what every drawing must keep to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from macros.figure import FIGURES
from macros.naming import MacroError
from tests.macros.rendering import DEPTHS, LESSON, Press, target

if TYPE_CHECKING:
    from tests.macros.html_tree import Element

STATES = (
    '{% set launch = state("token-cost", requests_per_month=60000) %}'
    '{% set scale = state("tier-selection", requests_per_month=3000000) %}'
    '{% set optimize = state("tier-selection", requests_per_month=3000000, model_id="amazon.nova-2-lite-v1:0") %}\n'
)
LEAST_FONT = 12
CALLS = {
    name: f'{{{{ figure("{name}", launch=launch, scale=scale, optimize=optimize) }}}}'
    if name == "chatbot-phases"
    else f'{{{{ figure("{name}") }}}}'
    for name in FIGURES
}
EACH = pytest.mark.parametrize("name", FIGURES)


@pytest.fixture(scope="module")
def page() -> Element:
    """A page with every figure, between two paragraphs."""
    calls = "\n\n".join(CALLS.values())
    return Press().page_of(f"{STATES}\nBefore.\n\n{calls}\n\nAfter.\n")


@EACH
def test_it_has_a_title_a_drawing_a_sentence_and_its_content_as_a_table(name: str, page: Element) -> None:
    figure = page.one("figure", data_figure=name)
    assert figure.one("p", class_="cc-chart__title").text
    assert figure.one("div", class_="cc-figure__drawing").text
    assert re.fullmatch(r"[A-Z].{20,250}\.", figure.one("figcaption").text)
    fold = figure.one("details")
    assert fold.one("summary").text == "The figure as a table"
    assert len(fold.one("table").rows()) >= 3
    assert "open" not in fold.attributes


@EACH
def test_a_drawing_of_lines_is_hidden_from_screen_readers_and_words_are_not(name: str, page: Element) -> None:
    figure = page.one("figure", data_figure=name)
    assert all(each.attributes.get("aria-hidden") == "true" for each in figure.all("svg"))
    if not figure.all("svg"):
        assert figure.one("div", class_="cc-figure__drawing").all(aria_hidden="true") in (
            [],
            figure.all("p", class_="cc-map__axis"),  # the places of the map are named in each of its cells
        )


@EACH
def test_no_style_stands_on_an_element_and_each_colour_is_the_themes_to_replace(name: str, page: Element) -> None:
    figure = page.one("figure", data_figure=name)
    for each in figure.below():
        assert "style" not in each.attributes
        assert each.tag not in ("style", "script")
        for paint in ("fill", "stroke"):
            assert not each.attributes.get(paint, "").startswith("#")


@EACH
def test_text_is_large_enough_in_the_narrow_drawing(name: str, page: Element) -> None:
    """A narrow drawing is 330 units wide and at least as many pixels on a phone of 390."""
    for drawing in page.one("figure", data_figure=name).all("div", class_="cc-chart__narrow"):
        svg = drawing.one("svg")
        assert float(svg.attributes["width"]) <= 330
        sizes = [each.attributes["font-size"] for each in (svg, *svg.below()) if "font-size" in each.attributes]
        assert sizes
        assert min(float(size.removesuffix("px")) for size in sizes) >= LEAST_FONT


def test_ids_are_unique_on_a_page_with_every_figure_and_text_goes_on_after_them(page: Element) -> None:
    ids = [each.attributes["id"] for each in page.below() if "id" in each.attributes]
    assert len(set(ids)) == len(ids)
    assert [page.children[0].text, page.children[-1].text] == ["Before.", "After."]  # type: ignore[union-attr]


@pytest.mark.parametrize("url", DEPTHS)
def test_links_start_from_the_page(url: str, press: Press) -> None:
    figure = press.page_of(CALLS["purchase-options"], url)
    assert [target(url, each) for each in figure.all("a")] == ["calculators/compute-purchase/"]


@pytest.mark.parametrize(
    ("call", "problem"),
    [
        ('figure("decision-tre")', 'there is no figure "decision-tre"; did you mean "decision-tree"'),
        (
            'figure("chatbot-phases")',
            r"takes launch=…, scale=…, optimize=…; it was given nothing",
        ),
        ('figure("four-meters", launch=1)', "takes nothing else; it was given launch"),
    ],
)
def test_a_wrong_call_says_what_is_wrong(call: str, problem: str, press: Press) -> None:
    with pytest.raises(MacroError, match=problem):
        press.page_of(f"{{{{ {call} }}}}", LESSON)
