"""View: a result as the texts that a page or a terminal shows.

Python makes every string, so the page, its live update and the command line can't differ. The
shape is described in docs/decisions/0006-one-view.md.
"""

from __future__ import annotations

import dataclasses
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from calculators import catalogue, equivalents, registry, shown, table_entries
from calculators.entries import quoted
from calculators.errors import InputError, Problem
from calculators.fields import Inputs, read, specs
from calculators.price_table import price_table
from calculators.results import INPUT_NAME, INPUT_VALUE, data, envelope, output_fields, scalars
from calculators.then_and_now import then_and_now

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from calculators.entries import Spec
    from calculators.results import Chart, Result

Table = dict[str, Any]
LIMITS: Mapping[str, Callable[[Any, Decimal], bool]] = {
    "flips_at": lambda row, value: value > row.now,
    "at_least": lambda _row, _value: True,
    "at_most": lambda _row, _value: False,
}
"""Columns that hold a limit, and whether it is reached upwards."""


def bake(
    name: str,
    given: Mapping[str, Any] | None = None,
    prices: str | None = None,
    *,
    page_inputs: Mapping[str, Any] | None = None,
    text: bool = False,
    taught: str | None = None,
    today: str = "",
) -> dict[str, Any]:
    """Return {"result", "view"} for inputs given as plain data. Raises InputError.

    `taught` names the snapshot of the link that was opened: where it is an older one, the view also
    says what has moved since. `today` is the day on the reader's device, to which the ages of prices count.
    """
    module = registry.calculator(name)
    snapshot = catalogue.load(prices)
    inputs = read(module.Inputs, given or {}, text=text)
    page = read(module.Inputs, page_inputs, text=True) if page_inputs is not None else inputs
    result: Result = module.calculate(inputs, snapshot)
    shown_result = {
        "calculator": name,
        "title": module.TITLE,
        "version": module.VERSION,
        "prices_as_of": snapshot.snapshot,
        "answer": module.answer(inputs, result),
        "inputs": {each: control_text(getattr(inputs, each)) for each in specs(type(inputs))},
        "outputs": outputs(result),
        "tables": list(_tables(result, inputs)),
        "steps": [_step(each) for each in result.steps],
        "prices": price_table(result.prices, snapshot.snapshot, today),
        "warnings": data(result.warnings),
        "charts": [_chart(each) for each in result.charts],
        "command": equivalents.command(name, inputs, prices),
        "program": equivalents.program(name, module.TITLE, inputs, snapshot.snapshot),
        "link": link(name, module.VERSION, snapshot.snapshot, inputs, page),
    }
    if taught and taught != catalogue.snapshots()[-1] and result.prices:
        shown_result["then_and_now"] = then_and_now(name, inputs, catalogue.load(taught), catalogue.load())
    return {
        "result": envelope(name, module.VERSION, snapshot.snapshot, inputs.as_mapping(), result),
        "view": shown_result,
    }


def form(name: str) -> list[dict[str, Any]]:
    """Return the groups of a calculator's inputs, each with its fields as a form needs them."""
    groups: dict[str, list[dict[str, Any]]] = {}
    module = registry.calculator(name)
    defaults = module.Inputs()
    for each, spec in specs(module.Inputs).items():
        limits = {"minimum": _limit(spec.minimum), "maximum": _limit(spec.maximum)}
        choices = [{"value": value, "label": label} for value, label in (spec.choices()).items()]
        field: dict[str, Any] = {"name": each, "label": spec.label, "help": spec.help, "unit": spec.unit}
        field |= {"kind": spec.kind, "nullable": spec.is_nullable, "choices": choices, **limits}
        field["default"] = control_text(getattr(defaults, each))
        groups.setdefault(spec.group, []).append(field)
    return [
        {"title": title, "fields": fields, "is_open": number < module.OPEN_GROUPS}
        for number, (title, fields) in enumerate(groups.items())
    ]


def control_text(value: object) -> str:
    """Return a value as it stands in a form control.

    >>> control_text(Decimal(250000)), control_text(Decimal("0.90")), control_text(None), control_text(True)
    ('250,000', '0.9', '', 'true')
    >>> control_text((Decimal(1000), Decimal(250)))
    '1000, 250'
    """
    if isinstance(value, Decimal):
        text = f"{value:,f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    if table_entries.is_table(value):
        return table_entries.as_text(value, "\n")
    if isinstance(value, tuple):
        return ", ".join(control_text(each).replace(",", "") for each in value)  # a comma ends a number of a list
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def link(name: str, version: int, snapshot: str, inputs: Inputs, page: Inputs) -> str:
    """Return the fragment that opens this state: the inputs that differ from the page's."""
    differing = {}
    for each in specs(type(inputs)):
        value = getattr(inputs, each)
        if value != getattr(page, each):
            differing[each] = link_text(value)
    return f"{name}?{urlencode({**differing, 'v': version, 'prices': snapshot}, safe=';')}"


def link_text(value: object) -> str:
    """Return a value as it stands in a link: without thousands marks, rows between semicolons.

    >>> link_text(Decimal(250000)), link_text((Decimal("0.5"), Decimal("0.9")))
    ('250000', '0.5 0.9')
    """
    if table_entries.is_table(value):
        return table_entries.as_text(value, "; ")
    return control_text(value).replace(", ", " ").replace(",", "")


def check_version(name: str, version: object) -> None:
    """Refuse a link made for a version of the calculator that this release does not have."""
    module = registry.calculator(name)
    if version not in (None, "", module.VERSION, str(module.VERSION)):
        raise InputError(
            [
                Problem(
                    "v",
                    f"this link asks for version {quoted(version)} of the calculator; this page has {module.VERSION}",
                )
            ]
        )


def _limit(value: Decimal | None) -> str | None:
    return None if value is None else control_text(value)


def outputs(result: Result) -> list[dict[str, Any]]:
    """Return each scalar output with its label, its text as shown, its plain value and its unit."""
    return [
        {
            "name": each.name,
            "label": each.label,
            "text": _shown(each.value, each.declared),
            "value": data(each.value),
            "unit": each.declared.metadata["unit"],
        }
        for each in scalars(result)
    ]


def _shown(value: object, declared: dataclasses.Field[Any]) -> str:
    if isinstance(value, tuple):
        return sentences(value)
    words = declared.metadata["words"]()
    return words[value] if isinstance(value, str) and value in words else shown.amount(value, declared.metadata["unit"])


def sentences(reasons: Sequence[str]) -> str:
    """Return reasons as sentences.

    >>> sentences(("no cache in Batch", "It ends soon."))
    'No cache in Batch. It ends soon.'
    """
    return " ".join(f"{each[:1].upper()}{each[1:]}".rstrip(".") + "." for each in reasons)


def _tables(result: Result, inputs: Inputs) -> Iterator[Table]:
    for each in output_fields(result):
        rows = getattr(result, each.name)
        if isinstance(rows, tuple) and rows and dataclasses.is_dataclass(rows[0]):
            declared = [field for field in output_fields(rows[0]) if not _inner_rows(rows, field)]
            columns = [_column(field.metadata["label"], field.metadata["unit"]) for field in declared]
            cells = [[_cell(row, field, inputs, result) for field in declared] for row in rows]
            table = {"id": each.name, "title": each.metadata["label"], "columns": columns, "rows": cells}
            yield {**table, **_puts(rows, declared, inputs)}
            yield from _inner_tables(each, rows)
        elif isinstance(rows, tuple) and rows:
            yield _plain_table(each, rows)


def _plain_table(declared: dataclasses.Field[Any], values: Sequence[object]) -> Table:
    """Return a list of sentences or numbers as a table; numbers stand beside their place, as in the formulas from 0."""
    label, unit = declared.metadata["label"], declared.metadata["unit"]
    table = {"id": declared.name, "title": label}
    if all(isinstance(each, str) for each in values):
        return {**table, "columns": [_column(label)], "rows": [[each] for each in values]}
    rows = [[str(place), shown.amount(each, unit)] for place, each in enumerate(values)]
    return {**table, "columns": [_column("t"), _column(label, unit)], "rows": rows}


def _inner_rows(rows: Sequence[object], field: dataclasses.Field[Any]) -> list[tuple[object, object]]:
    """Return the rows that a field of each row holds, with the row that holds them."""
    held = [(row, getattr(row, field.name)) for row in rows]
    return [
        (row, inner)
        for row, values in held
        if isinstance(values, tuple)
        for inner in values
        if dataclasses.is_dataclass(inner)
    ]


def _inner_tables(outer: dataclasses.Field[Any], rows: Sequence[object]) -> Iterator[Table]:
    """Yield the rows within rows as tables of their own, each line with the first cell of its row."""
    first, *others = output_fields(rows[0])
    for field in others:
        pairs = _inner_rows(rows, field)
        if not pairs:
            continue
        declared = list(output_fields(pairs[0][1]))
        heads = [_column(each.metadata["label"], each.metadata["unit"]) for each in (first, *declared)]
        cells = [
            [_shown(getattr(row, first.name), first), *(_shown(getattr(inner, each.name), each) for each in declared)]
            for row, inner in pairs
        ]
        title = f"{outer.metadata['label']}: {field.metadata['label'].lower()}"
        yield {"id": f"{outer.name}-{field.name}", "title": title, "columns": heads, "rows": cells}


def _cell(row: object, field: dataclasses.Field[Any], inputs: Inputs, result: Result) -> str:
    """Return one cell of a table; a row about an input is shown in that input's own words.

    Such a row may also name an output that inputs add up to.
    """
    value = getattr(row, field.name)
    if field.metadata["unit"] not in (INPUT_NAME, INPUT_VALUE):
        return _shown(value, field)
    name = row.input  # type: ignore[attr-defined]  # such rows name their input
    spec = specs(type(inputs)).get(name)
    declared: Mapping[str, Any] = next((each.metadata for each in output_fields(result) if each.name == name), {})
    if field.metadata["unit"] == INPUT_NAME:
        return spec.label if spec else declared["label"]
    choices, unit = (spec.choices(), spec.unit) if spec else ({}, declared["unit"])
    value = _rounded(row, field.name, unit)
    if isinstance(value, tuple):
        return ", ".join(shown.amount(each, unit) for each in value)
    return choices[value] if isinstance(value, str) and value in choices else shown.amount(value, unit)


def _rounded(row: Any, name: str, unit: str) -> Any:
    """Return a value of a row; a limit as it is shown, so that typing it is still on the limit's own side."""
    value = getattr(row, name)
    if name not in LIMITS:
        return value
    if isinstance(value, tuple):
        return tuple(shown.beyond(each, unit, is_up=LIMITS[name](row, each)) for each in value)
    return shown.beyond(value, unit, is_up=LIMITS[name](row, value)) if isinstance(value, Decimal) else value


def _puts(rows: Sequence[Any], declared: Sequence[dataclasses.Field[Any]], inputs: Inputs) -> Table:
    """Return, for a table of limits, {"puts": row by row the input and the text that its limit puts into it}."""
    limits = [(at, each.name) for at, each in enumerate(declared) if each.metadata["unit"] == INPUT_VALUE]
    limits = [(at, name) for at, name in limits if name in LIMITS]
    return {"puts": [_put(row, limits, specs(type(inputs))) for row in rows]} if limits else {}


def _put(row: Any, limits: Sequence[tuple[int, str]], known: Mapping[str, Spec]) -> Table | None:
    """Return what a press on a row's limit enters; None where no control holds it: the row is about an output."""
    place, name = next(((at, each) for at, each in limits if getattr(row, each) is not None), (None, ""))
    if place is None or row.input not in known:
        return None
    spec = known[row.input]
    text = control_text(_rounded(row, name, spec.unit))
    return {"column": place, "input": row.input, "text": text, "label": f"into {spec.label}, and compute"}


def _column(label: str, unit: str = "") -> dict[str, Any]:
    return {"label": label, "numeric": unit not in ("", "yes or no", INPUT_NAME, INPUT_VALUE)}


def _step(step: Any) -> dict[str, Any]:
    value = shown.amount(step.value, step.unit)
    return {
        "name": step.name,
        "formula": step.formula,
        "substituted": step.substituted,
        "value": value,
        "unit": step.unit,
        "formula_id": step.formula_id,
    }


def _chart(chart: Chart) -> dict[str, Any]:
    return {**data(chart), "table": _chart_table(chart)}


def _chart_table(chart: Chart) -> Table:
    """Return the data of a chart as a table; columns that only order or label are left out."""
    rows = chart.spec["data"]["values"]
    names = [each for each in rows[0] if each not in ("order", "shown")] if rows else []
    units = {each: _unit_of(each, rows[0][each]) for each in names}
    columns = [_column(_heading(each), units[each]) for each in names]
    cells = [[_chart_cell(row[each], units[each]) for each in names] for row in rows]
    return {"id": f"{chart.id}-data", "title": chart.title, "columns": columns, "rows": cells}


def _heading(name: str) -> str:
    """Return a column's name as words.

    >>> _heading("usd_per_month"), _heading("availability_ratio")
    ('USD a month', 'Availability')
    """
    words = name.removesuffix("_ratio").replace("_per_", " a ").replace("_", " ")
    return words.capitalize().replace("Usd", "USD").replace(" usd", " USD")


def _unit_of(name: str, value: object) -> str:
    """Return the unit in which a column of a chart's data is shown, by its name."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return ""
    if name.endswith("availability_ratio"):
        return "availability"
    return "USD" if "usd" in name.split("_") else "ratio" if name.endswith("_ratio") else "count"


def _chart_cell(value: object, unit: str) -> str:
    number = Decimal(str(value)) if isinstance(value, int | float) and not isinstance(value, bool) else value
    return shown.amount(number, unit)
