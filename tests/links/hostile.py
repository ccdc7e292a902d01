"""Fragments as an attacker, a broken mail program or a clumsy editor would write them: the same ones in every run."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING
from urllib.parse import quote

from calculators import calculator
from calculators.fields import specs

if TYPE_CHECKING:
    from collections.abc import Callable

SEED = 20261125
KINDS = ("number", "choice", "flag", "numbers")
TEXTS = (
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    '"><svg onload=alert(1)>',
    "'-alert(1)-'",
    "<iframe srcdoc='<script>parent.alert(1)</script>'>",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "//evil.example/x.js",
    "{{ 7 * 7 }}",
    "${alert(1)}",
    "__import__('os').system('id')",
    "'; DROP TABLE prices; --",
    "../../../etc/passwd",
    "..%2f..%2fmanifest.json",
    "\x00\x01\x02",
    "\u202e000,1",
    "\ufeff\u200b1\u200d",
    "٣٤٥",
    "１２３",
    "𝟙𝟚𝟛",
    "e\u0301" * 50,
    "😀" * 40,
    "NaN",
    "Infinity",
    "-Infinity",
    "1e999",
    "-1e999",
    "1e-999999999",
    "9" * 5_000,
    "0x10",
    "0b1",
    "--1",
    "1..2",
    "[1]",
    '{"a": 1}',
    "A" * 10_000,
    "<b>" * 3_000,
    "%" * 500,
    "\n\r\n\t1;2|3",
)
NAMES = (
    "__proto__",
    "__proto__[polluted]",
    "constructor",
    "constructor.prototype.polluted",
    "prototype",
    "toString",
    "hasOwnProperty",
    "valueOf",
    "__defineGetter__",
    "__class__",
    "__dict__",
    "inputs",
    "page_inputs",
    "download",
    "name",
    "V",
    "price",
    "<b>bold</b>",
    "onclick",
    "requests per month",
    "requests_per_month\x00",
    "é",
    "K" * 10_000,
)
VERSIONS = ("0", "2", "-1", "1.0", "1e0", "one", "99999999999999999999", "<b>1</b>", "1;", "__proto__", "１")
SNAPSHOTS = (
    "1999-01-01",
    "2026-11-14",
    "2026-13-45",
    "2026-11-13/../../x",
    "..%2F..%2Fdata",
    "/etc/passwd",
    "latest",
    "2026-11-13\x00",
    "__proto__",
    "<script>alert(1)</script>",
    "9" * 10_000,
    "２０２６-11-13",
)
OTHERS = ("%E0%A4%A", "%", "%00", "?", "??=&&", "&&&=", "#", "/", "%2F%3F", "=", "<img src=x onerror=alert(1)>")


def fragments(name: str, count: int) -> list[str]:
    """Return so many hostile fragments for a calculator; none opens a state."""
    chance = random.Random(f"{SEED} {name}")  # noqa: S311 - nobody is kept out by it
    makers: tuple[Callable[[random.Random, str], str], ...] = (_value, _value, _value, _name, _pair, _twice, _elsewhere)
    return [makers[place % len(makers)](chance, name) for place in range(count)]


def _input(chance: random.Random, name: str) -> str:
    known = specs(calculator(name).Inputs)
    return chance.choice([each for each, spec in known.items() if spec.kind in KINDS])


def _written(chance: random.Random, text: str) -> str:
    """Return a text as a link holds it: encoded, or nearly."""
    return quote(text, safe=chance.choice(("", "<>/'\"()", ":/;,")))


def _value(chance: random.Random, name: str) -> str:
    return f"{name}?{_input(chance, name)}={_written(chance, chance.choice(TEXTS))}&v=1&prices=2026-11-13"


def _name(chance: random.Random, name: str) -> str:
    return f"{name}?{_written(chance, chance.choice(NAMES))}={_written(chance, chance.choice((*TEXTS, '1')))}"


def _pair(chance: random.Random, name: str) -> str:
    key, values = chance.choice((("v", VERSIONS), ("prices", SNAPSHOTS)))
    return f"{name}?{key}={_written(chance, chance.choice(values))}"


def _twice(chance: random.Random, name: str) -> str:
    key = chance.choice((_input(chance, name), "v", "prices", "__proto__"))
    return f"{name}?{key}=1&{key}={chance.choice(('1', '2'))}"


def _elsewhere(chance: random.Random, name: str) -> str:
    """Return a fragment for no calculator that there is."""
    other = chance.choice((f"{name}%3F", name.upper(), f"{name}/", f" {name}", "__proto__", "constructor", "nothing"))
    return chance.choice((f"{other}?v=1", f"{other}?{chance.choice(OTHERS)}", f"x{chance.choice(OTHERS)}"))
