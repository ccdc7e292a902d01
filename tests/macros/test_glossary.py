"""`glossary()`: each term once, with its definition, its lesson where there is one, and its formula."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

import pytest

from macros import glossary
from macros.formula_docstring import entries, modules
from macros.naming import MacroError
from tests.docs.test_prose import typed
from tests.macros.rendering import DOCS, HOSTILE, target

if TYPE_CHECKING:
    from pathlib import Path

    from tests.macros.rendering import Press

ROWS = tomllib.loads((DOCS / "reference" / "glossary.toml").read_text("utf-8"))["term"]
URL = "reference/glossary/"
EACH = pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])


def file_with(folder: Path, text: str) -> Path:
    file = folder / "glossary.toml"
    file.write_text(text, "utf-8")
    return file


def test_every_term_stands_once_in_the_order_of_the_alphabet(press: Press) -> None:
    page = press.page_of("{{ glossary() }}", URL)
    shown = [each.text.removesuffix("¶").strip() for each in page.all("h3")]
    assert shown == sorted((row["term"] for row in ROWS), key=str.casefold)
    assert {each.attributes["id"] for each in page.all("h3")} == {row["id"] for row in ROWS}
    assert [each.text for each in page.all("h2")] == sorted({row["term"][0].upper() for row in ROWS})


def test_a_term_shows_its_definition_lesson_and_formula(press: Press) -> None:
    page = press.page_of("{{ glossary() }}", URL)
    entries_by_id = {each.one("h3").attributes["id"]: each for each in page.all(class_="cc-entry")}
    for row in ROWS:
        entry = entries_by_id[row["id"]]
        assert entry.one("p").text == row["definition"]
        leads_to = [target(URL, each) for each in entry.all("a") if not each.has(class_="headerlink")]
        lesson = row["page"].removesuffix("index").rstrip("/") + "/"
        wanted = [lesson] if (DOCS / f"{row['page']}.md").is_file() else []
        if "formula" in row:
            wanted.append(f"reference/formulas/#{row['formula'].lower()}")
        assert leads_to == wanted


@EACH
def test_a_definition_is_one_or_two_short_sentences_without_a_number(row: dict[str, str]) -> None:
    text = row["definition"]
    sentences = re.findall(r"[^.]+\.", text)
    assert "".join(sentences) == text
    assert 1 <= len(sentences) <= 2
    assert all(len(each.split()) <= 30 for each in sentences)
    assert typed(text) == []
    assert typed(" ".join([row["term"], *row.get("names", [])])) == []


@EACH
def test_the_lesson_is_a_page_of_the_course_and_the_formula_exists(row: dict[str, str]) -> None:
    for page in (row["page"], *row.get("not_on", [])):
        assert re.fullmatch(r"(modules/[1-4]-[a-z]+|case/chatbot|monitoring|reference)/[a-z-]+", page)
    assert row.get("formula", "F01") in {each.id for module in modules() for each in entries(module)}


def test_ids_and_what_is_linked_are_not_used_twice() -> None:
    ids = [row["id"] for row in ROWS]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", each) and len(each) > 1 for each in ids)
    words = [each for term in glossary.read_terms() for each in dict.fromkeys(term.match)]
    assert len(set(words)) == len(words)


def test_names_that_differ_only_in_capitals_are_shown_once(tmp_path: Path) -> None:
    file = file_with(
        tmp_path,
        '[[term]]\nid = "a"\nterm = "Big Word"\nnames = ["big word", "BW", "small", "Small"]\n'
        'definition = "It."\npage = "index"\n',
    )
    (term,) = glossary.read_terms(file)
    assert term.other_names == ("BW", "small")
    assert term.match == ("Big Word", "big word", "BW", "small", "Small")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('id = "a"\nterm = "A"\npage = "index"', r"glossary.toml, a: missing \['definition'\]"),
        ('id = "a"\nterm = "A"\npage = "index"\ndefinition = "It."\nexakt = true', r"unknown \['exakt'\]"),
    ],
)
def test_a_wrong_row_fails_and_says_what_is_wrong(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(MacroError, match=said):
        glossary.read_terms(file_with(tmp_path, f"[[term]]\n{text}\n"))


def test_hostile_text_stays_text(press: Press, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "\n".join(f"{key} = '''{HOSTILE}'''" for key in ("term", "definition"))
    file = file_with(tmp_path, f'[[term]]\nid = "a"\n{text}\nnames = ["x"]\npage = "index"\n')
    terms = glossary.read_terms(file)
    monkeypatch.setattr(glossary, "read_terms", lambda: terms)
    page = press.page_of("{{ glossary() }}", URL)
    assert page.all("img") == page.all("script") == []
    assert page.one(class_="cc-entry").one("p").text == HOSTILE
