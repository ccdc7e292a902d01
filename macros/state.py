"""`state(name, **inputs)`: one computed state of a calculator, for use in prose."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from markupsafe import escape

from calculators import shown
from macros.calculator import FORMULAS_PAGE, bake, output_labels, page_of
from macros.chart import chart_figure
from macros.markup import block, inline
from macros.money import Money
from macros.naming import MacroError, find

if TYPE_CHECKING:
    from collections.abc import Mapping

    from macros.place import Place


class StateMacro:
    """The macro, bound to the page that is being rendered."""

    def __init__(self, place: Place) -> None:
        """Keep the page: links to other pages start from it."""
        self._place = place

    def __call__(self, name: str, **inputs: object) -> State:
        """Return the state of a calculator for the inputs that differ from its defaults."""
        return State(name, bake("state", name, inputs, page_inputs={}), self._place)


class State:
    """A calculator's answer to some inputs. Every method returns what the calculator shows."""

    def __init__(self, name: str, baked: Mapping[str, Any], place: Place) -> None:
        """Keep the answer; nothing is computed here."""
        self.name = name
        self._view: Mapping[str, Any] = baked["view"]
        self._result: Mapping[str, Any] = baked["result"]
        self._place = place

    @property
    def answer(self) -> str:
        """The answer in one sentence."""
        return inline(self._view["answer"])

    @property
    def outputs(self) -> Mapping[str, Any]:
        """The outputs as plain data: a figure draws the numbers behind the texts."""
        found: Mapping[str, Any] = self._result["outputs"]
        return found

    @property
    def shown(self) -> Mapping[str, Any]:
        """Everything as the calculator shows it, unescaped: for templates, which escape."""
        return self._view

    @property
    def address(self) -> str:
        """The address that opens this state on the calculator's own page."""
        return self._place.link_to(f"{page_of(self.name)}#{self._view['link']}")

    def text(self, output: str) -> str:
        """Return an output as the calculator shows it."""
        return inline(self._output("text", output)["text"])

    def labelled(self, output: str) -> str:
        """Return an output with its label, as the calculator shows both."""
        found = self._output("labelled", output)
        return f"{inline(found['label'])}: {inline(found['text'])}"

    def usd(self, output: str) -> str:
        """Return an amount of dollars as the calculator shows it."""
        text: str = self._output("usd", output)["text"]
        if "$" not in text:
            message = f'{self._call("usd", output)}: this output is no amount of dollars, it shows as "{text}"'
            raise MacroError(message)
        return inline(text)

    def money(self, output: str, row: str = "") -> Money:
        """Return an output or an input to compute with; for a table, "table.column" and the row's first value."""
        inputs = self._result["inputs"]
        if row:
            found = self._cell(output, row)
        else:
            found = inputs[output] if output in inputs else self._output("money", output)["value"]
        if "usd" not in output or not isinstance(found, int | float):
            message = f"{self._call('money', output)}: this is no amount of dollars, its value is {found!r}"
            raise MacroError(message)
        return Money(Decimal(str(found)))

    def ratio(self, output: str) -> str:
        """Return a ratio as a percentage."""
        value = self._output("ratio", output)["value"]
        if not output.endswith("_ratio") or not isinstance(value, int | float):
            message = f"{self._call('ratio', output)}: this output is no ratio, its value is {value!r}"
            raise MacroError(message)
        return inline(shown.percent(Decimal(str(value))))

    def about(self, output: str) -> str:
        """Return a plain number to three significant digits: a sentence needs no more."""
        value = self._output("about", output)["value"]
        if (
            output.endswith("_ratio")
            or "usd" in output
            or isinstance(value, bool)
            or not isinstance(value, int | float)
        ):
            message = f"{self._call('about', output)}: this output is no plain number, its value is {value!r}"
            raise MacroError(message)
        return inline(shown.significant(Decimal(str(value)), 3))

    def input(self, name: str) -> str:
        """Return an input as it stands in the form."""
        return inline(find(self._call("input", name), "input", name, self._view["inputs"]))

    def given(self, name: str) -> str:
        """Return an input as a sentence has it: ratios as percentages, an amount with its dollar sign."""
        text = find(self._call("given", name), "input", name, self._view["inputs"])
        if not text:
            message = f"{self._call('given', name)}: this input was left out"
            raise MacroError(message)
        if name.endswith("_ratio") or "_ratio_by_" in name:
            return inline(", ".join(shown.percent(Decimal(each)) for each in text.split(", ")))
        return inline(shown.price(Decimal(text.replace(",", ""))) if "usd" in name else text)

    def step(self, name: str) -> str:
        """Return the arithmetic of a step with the values put in."""
        step = self._named("step", "steps", "name", name)
        return f'<code class="cc-arithmetic">{inline(step["substituted"])} = {inline(step["value"])}</code>'

    def link(self, words: str) -> str:
        """Return a link that opens this state on the calculator's own page."""
        return f'<a class="cc-link" href="{escape(self.address)}">{inline(words)}</a>'

    def steps(self) -> str:
        """Return every step: formula, the same with values, and the value."""
        link = self._place.link_to(FORMULAS_PAGE)
        return block(
            "state_steps.html", steps=self._view["steps"], labels=output_labels(self._view), formulas_link=link
        )

    def table(self, identifier: str) -> str:
        """Return one of the answer's tables."""
        return block("state_table.html", table_data=self._named("table", "tables", "id", identifier))

    def chart(self, identifier: str) -> str:
        """Return one of the answer's charts, with its summary and its data."""
        return chart_figure(self._named("chart", "charts", "id", identifier))

    def flips(self) -> str:
        """Return what would change the answer, and where."""
        return self.table("flips")

    def _cell(self, path: str, row: str) -> object:
        call, (table, _, column) = self._call("money", path), path.partition(".")
        tables = {name: rows for name, rows in self._result["outputs"].items() if isinstance(rows, list)}
        rows = {str(next(iter(each.values()))): each for each in find(call, "table", table, tables)}
        return find(call, "column", column, find(call, "row", row, rows))

    def _output(self, method: str, name: str) -> Mapping[str, Any]:
        return self._named(method, "outputs", "name", name)

    def _named(self, method: str, part: str, key: str, name: str) -> Mapping[str, Any]:
        known = {each[key]: each for each in self._view[part]}
        return find(self._call(method, name), f"{part[:-1]} of {self.name}", name, known)

    def _call(self, method: str, name: str) -> str:
        return f'state("{self.name}").{method}("{name}")'
