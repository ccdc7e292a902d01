"""The vocabulary of a page: how Markdown says calculator, value, price table or quiz.

One macro, one file, its Jinja2 template beside it. Macros word and place what `calculators`
knows; they state no fact about cost. A wrong name in a call fails the build (see `naming`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from macros.calculator import CalculatorMacro
from macros.calculator_cards import CalculatorCardsMacro
from macros.conflict import ConflictMacro
from macros.fact import fact
from macros.fact_list import FactListMacro
from macros.figure import FigureMacro
from macros.formula_reference import FormulaReferenceMacro
from macros.formula_value import formula
from macros.glossary import GlossaryMacro
from macros.instance_prices import InstancePricesMacro
from macros.model import model
from macros.model_prices import ModelPricesMacro
from macros.money import money
from macros.offer_table import offer_table
from macros.offline_copy import offline_copy
from macros.page_changes import PageChangesMacro
from macros.place import Place
from macros.price import price
from macros.price_changes import price_changes
from macros.price_list import PriceListMacro
from macros.price_table import price_table
from macros.quiz import QuizMacro
from macros.rule import rule
from macros.source import source, sources
from macros.source_list import SourceListMacro
from macros.state import StateMacro

if TYPE_CHECKING:
    from mkdocs_macros.plugin import MacrosPlugin

PLAIN_MACROS = (
    fact,
    formula,
    model,
    money,
    offer_table,
    offline_copy,
    price,
    price_changes,
    price_table,
    rule,
    source,
    sources,
)
REFERENCE_MACROS = {
    "fact_list": FactListMacro,
    "formula_reference": FormulaReferenceMacro,
    "glossary": GlossaryMacro,
    "instance_prices": InstancePricesMacro,
    "model_prices": ModelPricesMacro,
    "page_changes": PageChangesMacro,
    "price_list": PriceListMacro,
    "source_list": SourceListMacro,
}


def define_env(env: MacrosPlugin) -> None:
    """Give the pages their macros; mkdocs-macros calls this once per build."""
    place = Place(env)
    state = StateMacro(place)
    for each in PLAIN_MACROS:
        env.macro(each, each.__name__)  # type: ignore[no-untyped-call]
    env.macro(CalculatorMacro(place), "calculator")  # type: ignore[no-untyped-call]
    env.macro(CalculatorCardsMacro(place), "calculator_cards")  # type: ignore[no-untyped-call]
    conflict = ConflictMacro(place)
    env.macro(conflict, "conflict")  # type: ignore[no-untyped-call]
    env.macro(conflict.group, "conflicts")  # type: ignore[no-untyped-call]
    env.macro(state, "state")  # type: ignore[no-untyped-call]
    env.macro(FigureMacro(place, state), "figure")  # type: ignore[no-untyped-call]
    env.macro(QuizMacro(place), "quiz")  # type: ignore[no-untyped-call]
    for name, macro in REFERENCE_MACROS.items():
        env.macro(macro(place), name)  # type: ignore[no-untyped-call]
