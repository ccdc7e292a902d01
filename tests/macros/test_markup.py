"""From values to HTML: any text reads on the page as it was given."""

from __future__ import annotations

import json
from types import SimpleNamespace

from hypothesis import given, settings
from hypothesis import strategies as st

from macros.markup import block, inline, script_json
from tests.macros.html_tree import tree
from tests.macros.rendering import HOSTILE, as_html, flat

PIECES = [
    "a",
    "_",
    "*",
    "`",
    "[",
    "](x)",
    "|",
    "<b>",
    "&amp;",
    "&",
    "{ #x }",
    "$",
    "^",
    "~~",
    "1. ",
    "\\",
    "![",
    "==",
    "#",
    "http://a.b",
    '"',
    "'",
    " ",
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)


@given(TEXTS)
@settings(max_examples=60)
def test_any_text_reads_as_given_in_a_sentence_and_in_a_cell(text: str) -> None:
    page = tree(as_html(f"It says {inline(text)} so.\n\n| A |\n|---|\n| x{inline(text)}x |\n"))
    assert page.one("p").text == flat(f"It says {text} so.")
    assert page.one("td").text == flat(f"x{text}x")


def test_a_script_can_carry_any_text_and_is_never_left_early() -> None:
    carried = {"a": [HOSTILE, "<!--", "]]>", "\u2028"]}
    script = tree(f'<script type="application/json">{script_json(carried)}</script>').one("script")
    assert json.loads(script.raw) == carried


def test_a_block_holds_no_blank_or_indented_line_that_would_end_it() -> None:
    lines = block("sources.html", sources=[]).splitlines()
    assert lines == [line.strip() for line in lines if line.strip()]


def test_a_block_keeps_the_lines_and_indents_of_a_program() -> None:
    program = "for a in b:\n    if a:\n\n        print(a)\n"
    entry = SimpleNamespace(title="T", lines=(), symbols=(), valid_when="", source="", example="", code=program)
    entry.function = "f"
    values = {"groups": [("F99", [entry])], "used_by": {"f": []}, "mathml": str, "sentence": str}
    page = tree(as_html(f"Before.\n\n{block('formula_reference.html', **values)}\n\nAfter."))
    assert page.one("pre").raw == program
    assert [each.text for each in page.children if not isinstance(each, str)][-1] == "After."
