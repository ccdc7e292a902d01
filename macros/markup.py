"""From values to HTML that Markdown leaves alone."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import jinja2
from markupsafe import Markup, escape

# Markdown reads these even inside a paragraph's HTML; as entities it does not.
MARKDOWN_MARKS = re.compile(r"[\\`*_{}\[\]|~^$]|(?<=\d)\.(?=\s)")
BETWEEN_LINES = re.compile(r"\s*\n\s*")
KEPT_AS_WRITTEN = re.compile(r"<(pre|textarea)\b.*?</\1>", re.DOTALL)  # here line breaks and indents are text


def block(template: str, **values: object) -> str:
    """Render a template as one block of HTML: one line, so that Markdown takes it whole."""
    html = _environment().get_template(template).render(**values)
    kept = KEPT_AS_WRITTEN.sub(lambda found: found[0].replace("\n", "&#10;"), html)
    return BETWEEN_LINES.sub("\n", kept).strip()


def inline(text: str) -> str:
    """Return text that can stand in a sentence, a heading or a table cell of Markdown.

    >>> inline("a_b | <c>")
    'a&#95;b &#124; &lt;c&gt;'
    """
    return MARKDOWN_MARKS.sub(lambda found: f"&#{ord(found[0])};", str(escape(text)))


def script_json(value: object) -> Markup:
    """Return JSON for a script element that only carries data."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c").replace("&", "\\u0026"))  # noqa: S704 - escaped here


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["script_json"] = script_json
    return environment
