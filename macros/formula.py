"""Formulas as MathML: made at build from the plain text of a docstring, without a script."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

TOKEN = re.compile(
    r"(?P<number>\d[\d,]*(?:\.\d+)?)"
    r"|(?P<name>(?:[α-ωΑ-Ω]|[^\W\d_α-ωΑ-Ω]+)'?\*?(?:_\w+)?)"
    r"|(?P<power>\^(?:\([^)]*\)|-?\w+))"
    r"|(?P<space>\s+)"
    r"|(?P<operator>.)",
)
OPERATORS = {"-": "−", "*": "·"}


def mathml(text: str, display: str = "block") -> Markup:
    """Return one line of a formula as MathML.

    >>> mathml("c = T_in·p / 10^6")  # doctest: +ELLIPSIS
    Markup('<math ...><mrow><mi>c</mi><mo>=</mo><msub><mi>T</mi><mtext>in</mtext></msub>...
    """
    parts: list[str] = []
    for found in TOKEN.finditer(text):
        kind, piece = str(found.lastgroup), found[0]
        if kind == "power" and parts:
            parts.append(f"<msup>{parts.pop()}{_raised(piece[1:])}</msup>")
        elif kind != "space":
            parts.append(_element(kind, piece))
        elif len(piece) > 1 or _is_between_words(text, found):
            parts.append('<mspace width="0.5em"></mspace>')
    label = escape(text)
    return Markup(f'<math display="{display}" aria-label="{label}"><mrow>{"".join(parts)}</mrow></math>')  # noqa: S704 - escaped


def _element(kind: str, piece: str) -> str:
    if kind == "number":
        return f"<mn>{piece}</mn>"
    if kind == "name":
        base, _, below = piece.partition("_")
        name = f"<mi>{escape(base)}</mi>"
        return f"<msub>{name}<mtext>{escape(below)}</mtext></msub>" if below else name
    return f"<mo>{escape(OPERATORS.get(piece, piece))}</mo>"


def _raised(piece: str) -> str:
    inner = "".join(
        _element(str(found.lastgroup), found[0])
        for found in TOKEN.finditer(piece.strip("()"))
        if found.lastgroup != "space"
    )
    return f"<mrow>{inner}</mrow>"


def _is_between_words(text: str, found: re.Match[str]) -> bool:
    """Say whether a space keeps two words apart: without it they would run together."""
    before, after = text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]
    return before.isalnum() and after.isalnum()
