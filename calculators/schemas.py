"""JSON Schema of a calculator's inputs, made from their declaration."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from calculators.fields import specs
from calculators.registry import calculator
from calculators.results import data
from calculators.table_entries import NAME, TableSpec

if TYPE_CHECKING:
    from calculators.entries import Spec


def schema(name: str) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a calculator's inputs, with units and defaults.

    >>> schema("token-cost")["properties"]["cache_hit_ratio"]["maximum"]
    1
    """
    module = calculator(name)
    defaults = module.Inputs()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": module.TITLE,
        "description": module.QUESTION,
        "type": "object",
        "additionalProperties": False,
        "properties": {each: _property(spec, getattr(defaults, each)) for each, spec in specs(module.Inputs).items()},
    }


def _property(spec: Spec, default: object) -> dict[str, Any]:
    described = {"title": spec.label, "description": spec.help, "unit": spec.unit, "default": data(default)}
    return {**described, **_type(spec)}


def _type(spec: Spec) -> dict[str, Any]:
    if isinstance(spec, TableSpec):
        return _rows(spec)
    number = {
        "type": "integer" if spec.is_whole else "number",
        "minimum": data(spec.minimum),
        "maximum": data(spec.maximum),
    }
    choices = list(spec.choices())
    shape: dict[str, dict[str, Any]] = {
        "number": number,
        "flag": {"type": "boolean"},
        "choice": {"type": "string", "enum": choices},
        "choices": {"type": "array", "items": {"type": "string", "enum": choices}, "maxItems": spec.most},
        "numbers": {"type": "array", "items": number, "minItems": spec.least, "maxItems": spec.most},
    }
    kind = shape[spec.kind]
    return {**kind, "type": [kind["type"], "null"]} if spec.is_nullable else kind


def _rows(spec: TableSpec) -> dict[str, Any]:
    """Return a table as an array of objects, each number described like an input."""
    columns = {
        name: {"title": each.label, "description": each.help, "unit": each.unit, **_type(each)}
        for name, each in spec.columns.items()
    }
    row = {
        "type": "object",
        "additionalProperties": False,
        "required": [NAME, *columns],
        "properties": {NAME: {"title": "Name", "type": "string"}, **columns},
    }
    return {"type": "array", "items": row, "minItems": spec.least, "maxItems": spec.most}
