"""`formula_reference()`: every formula is there, under the id that links use."""

from __future__ import annotations

import doctest
import inspect
import pkgutil
from importlib import import_module
from typing import TYPE_CHECKING

import pytest

import calculators
from calculators import formulas

if TYPE_CHECKING:
    from types import FunctionType

    from tests.macros.html_tree import Element
    from tests.macros.rendering import Press


@pytest.fixture(scope="module")
def page(press: Press) -> Element:
    return press.page_of("{{ formula_reference() }}\n\nEnd.", "reference/formulas/")


def public_functions() -> list[FunctionType]:
    """Return each formula of `calculators.formulas`."""
    modules = [import_module(f"calculators.formulas.{each.name}") for each in pkgutil.iter_modules(formulas.__path__)]
    return [
        function
        for each in modules
        for name, function in inspect.getmembers(each, inspect.isfunction)
        if function.__module__ == each.__name__ and not name.startswith("_") and "Formula:" in (function.__doc__ or "")
    ]


def test_every_formula_of_every_module_is_shown(page: Element) -> None:
    shown = [each.attributes["aria-label"].removeprefix("Formula: ") for each in page.all(class_="cc-formula__math")]
    titles = [(each.__doc__ or "").splitlines()[0].rstrip(".") for each in public_functions()]
    assert sorted(shown) == sorted(titles)
    assert len(page.all(class_="cc-formula__part")) == len(shown)


def test_each_has_symbols_validity_source_use_and_example(page: Element) -> None:
    for part in page.all(class_="cc-formula__part"):
        assert part.all("math")
        assert part.one("table").rows()
        facts = dict(zip([each.text for each in part.all("dt")], [each.text for each in part.all("dd")], strict=True))
        assert set(facts) == {"Valid when", "Source", "Used by", "Worked example"}
        assert all(facts.values())


def test_the_code_of_an_example_can_be_run_as_it_stands(page: Element) -> None:
    parser = doctest.DocTestParser()
    shown = [each for code in page.all("code") if ">>>" in code.raw for each in parser.get_examples(code.raw)]
    written = [each for function in public_functions() for each in parser.get_examples(inspect.getdoc(function) or "")]
    assert sorted((each.source, each.want) for each in shown) == sorted((each.source, each.want) for each in written)


@pytest.mark.parametrize("name", calculators.names())
def test_each_formula_id_that_a_step_names_has_its_place(name: str, page: Element) -> None:
    places = {each.attributes["id"] for each in page.all("section")}
    used = {each["formula_id"].lower() for each in calculators.run(name)["steps"]} - {""}
    assert used
    assert used <= places


def test_ids_are_unique_and_numbers_rise(page: Element) -> None:
    ids = [each.attributes["id"] for each in page.below() if "id" in each.attributes]
    assert len(set(ids)) == len(ids)
    numbers = [int(each.attributes["id"].removeprefix("f")) for each in page.all("section")]
    assert numbers == sorted(set(numbers))
    assert page.children[-1].text == "End."  # type: ignore[union-attr] # an element
