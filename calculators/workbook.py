"""Workbook: a result as an .xlsx file whose cells are live formulas.

The calculation runs once on numbers that remember how they were made (`tracing`). Each number of
the answer becomes a formula over the input and price cells. Where the models choose between rules,
the choice made is kept as a check: change an input so far that another rule applies, and the
answer shows #N/A with a sentence that says so, never a number from the wrong rule.

Needs XlsxWriter: `pip install "genai-cost-calculators[xlsx]"`.
"""

from __future__ import annotations

import dataclasses
import io
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from calculators import catalogue, results, tracing
from calculators.errors import InputError, Problem
from calculators.fields import read, specs
from calculators.flips import Flip
from calculators.registry import calculator
from calculators.tracing import Traced, expression
from calculators.workbook_formulas import Formulas, cells, number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from calculators.catalogue import Catalogue, PricePoint
    from calculators.entries import Spec
    from calculators.fields import Inputs
    from calculators.results import Result
    from calculators.tracing import Node, Recorder

HOLDS = "Checks!$B$1"
UNCHANGED = "Checks!$B$2"
FIRST_CHECK_ROW = 5
AS_DOWNLOADED = "As downloaded"


@dataclass(frozen=True, slots=True)
class Traces:
    """One traced run: the inputs as cells, the result, and the checks of its path."""

    plain: Inputs
    traced: Inputs
    result: Result
    recorder: Recorder
    snapshot: str
    points: Mapping[str, PricePoint]


def make(name: str, given: Mapping[str, Any] | None = None, prices: str | None = None, *, text: bool = False) -> bytes:
    """Return the workbook of a calculator's answer. Raises InputError."""
    module = calculator(name)
    plain = read(module.Inputs, given or {}, text=text)
    traces = trace(module, plain, catalogue.load(prices))
    return _Sheets(module, traces).write()


def trace(module: Any, plain: Inputs, book: Catalogue) -> Traces:
    """Run a calculator on inputs that remember themselves."""
    traced = plain
    for name in specs(type(plain)):
        traced = traced.trial(name, _as_cells(name, getattr(plain, name)))
    prices = _PriceCells()
    with tracing.recording() as recorder:
        if traced.conflicts():  # compares the inputs that must fit together: their checks are wanted too
            raise AssertionError("inputs that were read can't conflict")
        result = module.calculate(traced, dataclasses.replace(book, _found=prices, _judged={}))
    return Traces(plain, traced, result, recorder, book.snapshot, prices.points)


def _as_cells(name: str, value: object) -> object:
    """Return the numbers of an input as cells of their own; words stay words."""
    if isinstance(value, Decimal):
        return tracing.cell(value, f"input:{name}")
    if isinstance(value, tuple):
        return tuple(_as_cells(f"{name}:{place}", each) for place, each in enumerate(value))
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        parts = {each.name: getattr(value, each.name) for each in dataclasses.fields(value)}
        return dataclasses.replace(value, **{key: _as_cells(f"{name}:{key}", each) for key, each in parts.items()})
    return value


class _PriceCells(dict[Any, Any]):
    """What a traced run looks up in the catalogue: each figure becomes a cell."""

    def __init__(self) -> None:
        super().__init__()
        self.points: dict[str, PricePoint] = {}

    def __setitem__(self, asked: Any, point: PricePoint | None) -> None:
        if point is not None and point.usd is not None:
            self.points[f"price:{point.id}"] = point
            point = dataclasses.replace(point, usd=tracing.cell(point.usd, f"price:{point.id}"))
        super().__setitem__(asked, point)


@dataclass(frozen=True, slots=True)
class Line:
    """One number of the answer: its label, value, unit and, if it has one, its expression."""

    label: str
    value: object
    unit: str
    is_found: bool = False  # by a search: it holds only while nothing is changed

    @property
    def node(self) -> Node | None:
        """The expression of the number."""
        return expression(self.value)


def lines(result: Result) -> Iterator[Line]:
    """Yield every output, scalar ones first, then each cell of each list."""
    for scalar in results.scalars(result):
        yield Line(scalar.label, scalar.value, scalar.declared.metadata["unit"])
    for declared in results.output_fields(result):
        rows = getattr(result, declared.name)
        if isinstance(rows, tuple):
            for place, row in enumerate(rows, start=1):
                yield from _row_lines(f"{declared.metadata['label']} {place}", row, declared.metadata["unit"])


def _row_lines(label: str, row: object, unit: str) -> Iterator[Line]:
    if not dataclasses.is_dataclass(row):
        yield Line(label, row, unit)
        return
    parts = [(each, getattr(row, each.name)) for each in results.output_fields(row)]
    is_found = isinstance(row, Flip) or any(_is_untraced(value) for _, value in parts)
    for each, value in parts:
        yield Line(f"{label}: {each.metadata['label']}", value, each.metadata["unit"], is_found)


def _is_untraced(value: object) -> bool:
    return isinstance(value, Decimal) and expression(value) is None and bool(value)


class _Sheets:
    """Writes the sheets: the answer, inputs and prices to change, steps, checks, and long parts."""

    def __init__(self, module: Any, traces: Traces) -> None:
        self._module, self._traces = module, traces
        self._file = io.BytesIO()
        self._book = _xlsxwriter().Workbook(self._file, {"in_memory": True})
        self._book.set_properties({"title": module.TITLE, "created": datetime.fromisoformat(traces.snapshot)})
        self._looks = {key: self._book.add_format(look) for key, look in LOOKS.items()}
        self._sheets = {name: self._book.add_worksheet(name) for name in SHEETS}
        self._lines = list(lines(traces.result))
        self._cells: dict[str, str] = {}
        self._limits: list[str] = []
        self._formulas = Formulas(self._cells)

    def write(self) -> bytes:
        """Return the bytes of the file."""
        checks = self._traces.recorder.checks
        roots = [line.node for line in self._lines if line.node is not None]
        roots += [step.value.node for step in self._traces.result.steps if isinstance(step.value, Traced)]
        roots += [term for each in checks for term in (each.left, each.right) if not isinstance(term, Decimal)]
        changes = [*self._write_inputs(), *self._write_prices(cells(roots))]
        self._formulas.count(roots)
        self._write_steps()
        self._write_answer()
        self._write_checks(changes)
        self._write_working()
        for name in ("Answer", "Steps"):
            self._sheets[name].set_column(BARE, BARE, 20, None, {"hidden": True})
        self._book.close()
        return self._file.getvalue()

    def _write_inputs(self) -> list[str]:
        """Write the inputs, numbers as cells to change; return a formula for each that says "unchanged"."""
        sheet, row, same = self._sheets["Inputs"], 1, []
        self._head("Inputs", ("Input", "Value", "Unit", "What it is", "Name"), (34, 20, 26, 80, 34))
        for name, spec in specs(type(self._traces.plain)).items():
            for label, value, key in _flat(spec.label, getattr(self._traces.plain, name), f"input:{name}"):
                sheet.write_row(row, 0, [label])
                sheet.write_row(row, 2, [spec.unit, spec.help, name])
                reference = f"Inputs!$B${row + 1}"
                if isinstance(value, Decimal):
                    sheet.write_number(row, 1, float(value), self._looks["input"])
                    self._cells[key] = reference
                    self._limits += _limits(spec, reference)
                    same.append(f"{reference}={number(value)}")
                else:
                    shown = "" if value is None else str(value)
                    sheet.write_string(row, 1, shown, self._looks["fixed"])
                    same.append(f'{reference}&""={_quoted(shown)}')
                row += 1
        sheet.freeze_panes(1, 0)
        return same

    def _write_prices(self, used: set[str]) -> list[str]:
        sheet, row, same = self._sheets["Prices"], 1, []
        self._head("Prices", ("Price", "Figure", "Unit", "As of", "Source", "Confidence"), (60, 14, 30, 12, 60, 16))
        said = {
            each.cell: quote for quote in self._traces.result.prices if (each := expression(quote.value)) is not None
        }
        sources = catalogue.load(self._traces.snapshot).sources
        for key in sorted(each for each in used if each.startswith("price:")):
            point, quote = self._traces.points[key], said.get(key)
            what = quote.what if quote else point.id
            sheet.write_row(row, 0, [what])
            sheet.write_number(row, 1, float(point.figure), self._looks["input"])
            sheet.write_row(row, 2, [point.unit, point.as_of, sources[point.source].title, point.confidence])
            self._cells[key] = f"Prices!$B${row + 1}"
            same.append(f"Prices!$B${row + 1}={number(point.figure)}")
            row += 1
        sheet.freeze_panes(1, 0)
        return same

    def _write_steps(self) -> None:
        sheet = self._sheets["Steps"]
        self._head(
            "Steps", ("Step", "Value", "Unit", "Formula", "With numbers", "Formula id"), (48, 20, 26, 60, 80, 12)
        )
        for row, step in enumerate(self._traces.result.steps, start=1):
            sheet.write_row(row, 0, [step.name])
            self._write_number("Steps", row, Line(step.name, step.value, step.unit))
            sheet.write_row(row, 2, [step.unit])
            for column, said in enumerate((step.formula, step.substituted, step.formula_id), start=3):
                sheet.write_string(row, column, said)
        sheet.freeze_panes(1, 0)

    def _write_answer(self) -> None:
        sheet, module, traces = self._sheets["Answer"], self._module, self._traces
        for column, width in enumerate((56, 22, 28, 22)):
            sheet.set_column(column, column, width)
        sheet.write_string(0, 0, module.TITLE, self._looks["title"])
        sheet.write_string(1, 0, f"As downloaded: {module.answer(traces.plain, traces.result)}", self._looks["wrap"])
        change = "Change the yellow cells on Inputs"
        dated = f"Prices as of {traces.snapshot}. {change} and Prices."
        sheet.write_string(2, 0, dated if traces.result.prices else f"{change}.")
        sheet.write_formula(3, 0, f'=IF({HOLDS},"{VALID}","{INVALID}")', self._looks["bold"], VALID)
        sheet.write_row(5, 0, ["Answer", "Now", "Unit", AS_DOWNLOADED], self._looks["head"])
        for row, line in enumerate(self._lines, start=6):
            sheet.write_string(row, 0, line.label)
            self._write_number("Answer", row, line)
            sheet.write_string(row, 2, line.unit)
            if isinstance(line.value, Decimal):
                sheet.write_number(row, 3, float(line.value))
            else:
                sheet.write_string(row, 3, _words(line.value))
        sheet.activate()

    def _write_number(self, name: str, row: int, line: Line) -> None:
        """Write a number as its formula; one without a formula holds only while nothing is changed."""
        sheet, node = self._sheets[name], line.node
        if node is not None and not line.is_found:
            value = float(line.value)  # type: ignore[arg-type]  # a number with an expression
            sheet.write_formula(row, BARE, f"={self._formulas.text(node)}", None, value)
            self._formulas.place(node, f"{name}!${BARE_LETTER}${row + 1}")
            sheet.write_formula(row, 1, f"=IF({HOLDS},{BARE_LETTER}{row + 1},NA())", None, value)
        elif isinstance(line.value, int) and not isinstance(line.value, bool):
            sheet.write_formula(row, 1, f"=IF({HOLDS},{line.value},NA())", None, line.value)  # a place in a list
        elif isinstance(line.value, Decimal):
            sheet.write_formula(row, 1, f"=IF({UNCHANGED},{number(line.value)},NA())", None, float(line.value))
        else:
            words = _words(line.value)
            holds = UNCHANGED if line.is_found or any(each.isdigit() for each in words) else HOLDS
            sheet.write_formula(row, 1, f"=IF({holds},{_quoted(words)},NA())", None, words)

    def _write_checks(self, changes: list[str]) -> None:
        sheet = self._sheets["Checks"]
        sheet.set_column(0, 0, 100)
        formulas = list(dict.fromkeys(map(self._formulas.check, self._traces.recorder.checks)))
        fixed = [*self._limits, *(each for each in changes if '&""=' in each)]
        last = FIRST_CHECK_ROW + max(len(formulas) + len(fixed), 1)
        sheet.write_string(0, 0, "All checks below hold: the models would take the same path")
        sheet.write_formula(0, 1, f"=AND($B${FIRST_CHECK_ROW + 1}:$B${last})", value=True)
        sheet.write_string(1, 0, "Nothing is changed: numbers that a search or a simulation found still hold")
        sheet.write_formula(1, 1, f"=AND($B${last + 1}:$B${last + max(len(changes), 1)})", value=True)
        rows = [*formulas, *fixed] or ["TRUE"]
        for row, formula in enumerate([*rows, *(changes or ["TRUE"])], start=FIRST_CHECK_ROW):
            sheet.write_string(row, 0, formula[:200])
            sheet.write_formula(row, 1, f"={formula}", value=True)

    def _write_working(self) -> None:
        for row, formula in enumerate(self._formulas.working):
            self._sheets["Working"].write_formula(row, 0, f"={formula}")
        self._sheets["Working"].hide()

    def _head(self, name: str, titles: tuple[str, ...], widths: tuple[int, ...]) -> None:
        sheet = self._sheets[name]
        sheet.write_row(0, 0, titles, self._looks["head"])
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)


SHEETS = ("Answer", "Inputs", "Prices", "Steps", "Checks", "Working")
BARE, BARE_LETTER = 6, "G"  # a hidden column of the formulas as they are; what is shown waits for the checks
LONGEST_TEXT = 120  # a formula takes texts of 255 characters, quotes doubled
VALID = "The formulas hold for these inputs."
INVALID = "One change leads to another rule of the model: calculate it on the site, or download a new workbook."
LOOKS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 16},
    "bold": {"bold": True},
    "wrap": {"text_wrap": False},
    "head": {"bold": True, "bottom": 1},
    "input": {"bg_color": "#FFF2CC", "border": 1, "border_color": "#D6B656"},
    "fixed": {"font_color": "#6B7280"},
}


def _limits(spec: Spec, reference: str) -> Iterator[str]:
    """Yield what an input must keep to, as formulas."""
    if spec.minimum is not None and spec.maximum is not None:
        yield f"AND({reference}>={number(spec.minimum)},{reference}<={number(spec.maximum)})"
    if spec.is_whole:
        yield f"{reference}=INT({reference})"


def _flat(label: str, value: object, key: str) -> Iterator[tuple[str, object, str]]:
    """Yield an input's numbers and words, each with the name of its cell."""
    if isinstance(value, tuple) and value and not isinstance(value[0], str):
        for place, each in enumerate(value):
            yield from _flat(f"{label} {place + 1}", each, f"{key}:{place}")
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for part in dataclasses.fields(value):
            yield from _flat(f"{label}: {part.name}", getattr(value, part.name), f"{key}:{part.name}")
    elif isinstance(value, tuple):
        yield label, ", ".join(map(str, value)), key
    else:
        yield label, value, key


def _quoted(words: str) -> str:
    """Return a text as a formula holds it, in pieces that a formula takes."""
    pieces = [words[start : start + LONGEST_TEXT] for start in range(0, len(words), LONGEST_TEXT)] or [""]
    return "&".join('"' + each.replace('"', '""') + '"' for each in pieces)


def _words(value: object) -> str:
    plain = results.data(value)
    if isinstance(plain, list):
        return " ".join(map(str, plain))
    if isinstance(plain, bool):
        return "yes" if plain else "no"
    return "none" if plain is None else str(plain)


def _xlsxwriter() -> Any:
    try:
        import xlsxwriter  # noqa: PLC0415 - an extra: only workbooks need it
    except ImportError:
        advice = 'a workbook needs XlsxWriter: pip install "genai-cost-calculators[xlsx]"'
        raise InputError([Problem("format", advice)]) from None
    return xlsxwriter
