"""The command line: list, schema, run, batch and practice.

Exit status 0, or 2 for bad input: the error object on standard output with `--format json`, plain
sentences on standard error otherwise.
"""

from __future__ import annotations

import argparse
import json
import sys
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from calculators import batches, reports, schemas
from calculators.entries import quoted
from calculators.errors import InputError, Problem
from calculators.fields import typed
from calculators.practice import command as practice
from calculators.registry import calculator, names
from calculators.view import bake

if TYPE_CHECKING:
    from collections.abc import Sequence

BAD_INPUT = 2
LARGEST_INPUT_BYTES = 5_000_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return the exit status."""
    parser = _parser()
    try:
        options = parser.parse_args(arguments)
    except SystemExit as stopped:  # argparse has printed what was wrong, or the help
        return int(stopped.code or 0)
    try:
        return int(options.command(options))
    except InputError as error:
        return _report(error, as_json=getattr(options, "format", "") == "json")
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our output has gone: nothing is left to say
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="genai-cost", description="Cost models for AWS generative-AI services.")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    listed = commands.add_parser("list", help="names and titles of the calculators")
    listed.set_defaults(command=_list)

    schema = commands.add_parser("schema", help="JSON Schema of a calculator's inputs")
    schema.add_argument("name", metavar="NAME")
    schema.set_defaults(command=_schema)

    run = commands.add_parser("run", help="one calculation")
    run.add_argument("name", metavar="NAME")
    run.add_argument("--inputs", metavar="FILE", help="a JSON object of inputs; - reads standard input")
    run.add_argument(
        "--set", metavar="NAME=VALUE", action="append", default=[], help="one input, as typed: 1.2M, 0.9, true"
    )
    run.add_argument("--format", choices=sorted(reports.FORMATS), default="text")
    run.add_argument("--prices", metavar="SNAPSHOT", help="a price snapshot; the newest by default")
    run.set_defaults(command=_run)

    batch = commands.add_parser("batch", help="one result row for each input row")
    batch.add_argument("name", metavar="NAME")
    batch.add_argument("--inputs", metavar="FILE", required=True, help=".csv, .jsonl or .parquet")
    batch.add_argument("--output", metavar="FILE", required=True, help=".csv, .jsonl or .parquet")
    batch.add_argument("--prices", metavar="SNAPSHOT", help="a price snapshot; the newest by default")
    batch.set_defaults(command=_batch)

    practice.add(commands)
    return parser


def _list(_: argparse.Namespace) -> int:
    for name in names():
        module = calculator(name)
        print(f"{name:<16}  {module.TITLE}: {module.QUESTION}")
    return 0


def _schema(options: argparse.Namespace) -> int:
    print(json.dumps(schemas.schema(options.name), indent=2, ensure_ascii=False))
    return 0


def _run(options: argparse.Namespace) -> int:
    given = _file_inputs(options.inputs) if options.inputs else {}
    given |= _set_inputs(options.name, options.set)
    print(reports.FORMATS[options.format](bake(options.name, given, options.prices)))
    return 0


def _batch(options: argparse.Namespace) -> int:
    calculator(options.name)
    target = Path(options.output)
    progress = batches.run(options.name, Path(options.inputs), target, options.prices)
    print(f"{progress.done - progress.refused:,} rows calculated, {progress.refused:,} refused.", file=sys.stderr)
    if progress.refused:
        print(f"{batches.problems_beside(target)} says which rows were refused, and why.", file=sys.stderr)
    return BAD_INPUT if progress.refused else 0


def _file_inputs(path: str) -> dict[str, Any]:
    """Return the JSON object in a file or on standard input."""
    try:
        text = sys.stdin.read(LARGEST_INPUT_BYTES + 1) if path == "-" else _file_text(Path(path))
        if len(text) > LARGEST_INPUT_BYTES:
            raise InputError([Problem("inputs", f"enter at most {LARGEST_INPUT_BYTES:,} characters of JSON")])
        given = json.loads(text, parse_float=Decimal)
    except OSError as error:
        raise InputError([Problem("inputs", f"can't read {path}: {error.strerror}")]) from None
    except (ValueError, RecursionError) as error:
        if isinstance(error, InputError):
            raise
        reason = str(error) if isinstance(error, json.JSONDecodeError) else "it is not JSON text in UTF-8"
        raise InputError([Problem("inputs", f"enter a JSON object; {path} can't be read as one: {reason}")]) from None
    if not isinstance(given, dict):
        raise InputError([Problem("inputs", f"enter an object of input names and values, not {quoted(given)}")])
    return given


def _file_text(path: Path) -> str:
    with path.open(encoding="utf-8") as file:
        return file.read(LARGEST_INPUT_BYTES + 1)


def _set_inputs(name: str, pairs: Sequence[str]) -> dict[str, Any]:
    """Return the values of --set, read as text."""
    module = calculator(name)
    given: dict[str, Any] = {}
    for pair in pairs:
        key, mark, value = pair.partition("=")
        if not mark:
            raise InputError([Problem(quoted(pair)[1:-1], "write --set NAME=VALUE")])
        given[key.strip()] = value
    return typed(module.Inputs, given)


def _report(error: InputError, *, as_json: bool) -> int:
    if as_json:
        print(json.dumps(error.as_dict(), indent=2, ensure_ascii=False))
        return BAD_INPUT
    print(
        "There is a problem." if len(error.problems) == 1 else f"There are {len(error.problems)} problems.",
        file=sys.stderr,
    )
    for each in error.problems:
        print(f"  {each.field}: {each.problem}.", file=sys.stderr)
    return BAD_INPUT
