"""A result as text, JSON, Markdown or CSV, all from the one view."""

from __future__ import annotations

import csv
import io
import json
import textwrap
from operator import itemgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

WIDTH = 96
Baked = dict[str, Any]


def as_text(baked: Baked) -> str:
    """Return a report that reads well in a terminal."""
    view = baked["view"]
    lines = [view["title"], "=" * len(view["title"]), "", *textwrap.wrap(view["answer"], WIDTH), ""]
    lines += _pairs([(each["label"], each["text"]) for each in view["outputs"]])
    for table in view["tables"]:
        lines += ["", *_section(table["title"]), *_text_table(table)]
    lines += ["", *_section("How it was made")]
    for step in view["steps"]:
        lines.append(f"{step['name']} = {step['value']}" + (f"   [{step['formula_id']}]" if step["formula_id"] else ""))
        lines += textwrap.wrap(step["substituted"], WIDTH, initial_indent="    = ", subsequent_indent="      ")
    if view["prices"]["rows"]:
        lines += ["", *_section(view["prices"]["title"]), *_prices(view["prices"]["rows"])]
    if view["warnings"]:
        lines += ["", *_section("Before you trust it")]
        for warning in view["warnings"]:
            lines += textwrap.wrap(warning["message"], WIDTH, initial_indent="  ! ", subsequent_indent="    ")
    return "\n".join([*lines, "", f"{_date(view)} Link: #{view['link']}".strip()])


def as_json(baked: Baked) -> str:
    """Return the result object of the contract."""
    return json.dumps(baked["result"], indent=2, ensure_ascii=False, allow_nan=False)


def as_markdown(baked: Baked) -> str:
    """Return a report for a document or a ticket."""
    view = baked["view"]
    parts = [f"# {view['title']}", view["answer"]]
    parts.append(_markdown_table(("Output", "Value"), [(each["label"], each["text"]) for each in view["outputs"]]))
    for table in filter(itemgetter("rows"), (*view["tables"], view["prices"])):
        parts += [f"## {table['title']}", _markdown_table([each["label"] for each in table["columns"]], table["rows"])]
    parts.append("## How it was made")
    rows = [
        (each["name"], each["formula"], each["substituted"], each["value"], each["formula_id"])
        for each in view["steps"]
    ]
    parts.append(_markdown_table(("Step", "Formula", "With numbers", "Value", "Formula id"), rows))
    if view["warnings"]:
        parts += ["## Before you trust it", "\n".join(f"- {each['message']}" for each in view["warnings"])]
    return "\n\n".join([*parts, *filter(None, [_date(view)])])


def as_csv(baked: Baked) -> str:
    """Return one row: each input, then each scalar output, unrounded."""
    row = flat_row(baked)
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(row)
    writer.writerow(row.values())
    return file.getvalue().rstrip("\n")


def flat_row(baked: Baked) -> dict[str, str]:
    """Return the inputs and the scalar outputs of a result by name, as plain texts."""
    row = {name: _cell(value) for name, value in baked["result"]["inputs"].items()}
    return row | {each["name"]: _cell(each["value"]) for each in baked["view"]["outputs"]}


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):  # a row of a table that was entered
        return " ".join(map(_cell, value.values()))
    if isinstance(value, list):
        return ("; " if value and isinstance(value[0], dict) else " ").join(map(_cell, value))
    return str(value)


def _section(title: str) -> list[str]:
    return [title, "-" * len(title)]


def _pairs(pairs: Sequence[tuple[str, str]]) -> Iterator[str]:
    width = max(len(label) for label, _ in pairs) + 2
    for label, text in pairs:
        yield from textwrap.wrap(text, WIDTH, initial_indent=f"{label:<{width}}", subsequent_indent=" " * width) or [
            label
        ]


def _text_table(table: Mapping[str, Any]) -> list[str]:
    """Return aligned columns; a last column of words is wrapped under itself."""
    columns, rows = table["columns"], table["rows"]
    widths = [
        max(len(str(row[n])) for row in [[each["label"] for each in columns], *rows]) for n in range(len(columns))
    ]
    indent = sum(widths[:-1]) + 2 * (len(widths) - 1)
    lines = []
    for row in [[each["label"] for each in columns], *rows]:
        cells = [
            f"{cell:>{width}}" if column["numeric"] else f"{cell:<{width}}"
            for cell, width, column in zip(row, widths, columns, strict=True)
        ]
        head = "  ".join(cells[:-1])
        wrapped = (
            textwrap.wrap(cells[-1].rstrip(), max(WIDTH - indent, 40)) if not columns[-1]["numeric"] else [cells[-1]]
        )
        lines.append(f"{head}  {wrapped[0] if wrapped else ''}".rstrip())
        lines += [" " * (indent) + each for each in wrapped[1:]]
    return lines


def _date(view: Mapping[str, Any]) -> str:
    """Return the date of the prices; an answer that used none has no date."""
    return f"Prices as of {view['prices_as_of']}." if view["prices"]["rows"] else ""


def _prices(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    for what, figure, unit, as_of, _, source, confidence, note in rows:
        yield f"{what}: {figure} {unit}"
        said = f"as of {as_of}, {source} ({confidence})" + (f". {note}" if note else "")
        yield from textwrap.wrap(said, WIDTH, initial_indent="    ", subsequent_indent="    ")


def _markdown_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    def line(cells: Sequence[str]) -> str:
        return "| " + " | ".join(str(each).replace("|", "\\|").replace("\n", " ") for each in cells) + " |"

    return "\n".join([line(head), line(["---"] * len(head)), *map(line, rows)])


FORMATS: Mapping[str, Callable[[Baked], str]] = {
    "text": as_text,
    "json": as_json,
    "markdown": as_markdown,
    "csv": as_csv,
}
