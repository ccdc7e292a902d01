"""Prose is plain: short sentences and short words. Pyphen counts the syllables."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyphen
import pytest

from tests.docs.pages import lessons, name_of, rendered, site_pages
from tests.macros.html_tree import tree

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.macros.html_tree import Element

LONGEST_MEAN_SENTENCE = 20  # words
LONGEST_SENTENCE = 45
LEAST_READING_EASE = 70  # Flesch, by places to hyphenate, which are fewer than syllables: plain English is at 75 to 95
FEWEST_WORDS, MOST_WORDS = 600, 1300  # of a lesson, without its questions and the boxes of the register
BESIDE_THE_LESSON = ("cc-question", "cc-conflict")
LISTS_OF_NAMES = ("cc-conflict-list", "cc-sources", "cc-names")
NOT_PROSE = {"table", "figure", "svg", "form", "cost-calculator", "script", "pre", "code", "h1", "h2", "h3", "nav"}
ENDS = re.compile(r"(?<=[.!?:])[\"”)*]*\s+(?=[\"“(A-Z$\d])")
WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")
SYLLABLES = pyphen.Pyphen(lang="en_GB")


def words_of(element: Element) -> str:
    """Return an element's own text, without that of blocks and of code in it."""
    return "".join(
        each if isinstance(each, str) else "" if each.tag in NOT_PROSE | {"ul", "ol", "p"} else words_of(each)
        for each in element.children
    )


def paragraphs(element: Element, without: tuple[str, ...] = ()) -> Iterator[str]:
    """Yield the text of each paragraph and list item, except in elements of these classes."""
    for each in element.children:
        if (
            isinstance(each, str)
            or each.tag in NOT_PROSE
            or any(each.has(class_=name) for name in (*LISTS_OF_NAMES, *without))
        ):
            continue
        if each.tag in ("p", "li"):
            yield " ".join(words_of(each).split())
        yield from paragraphs(each, without)


def sentences(page: Element, without: tuple[str, ...] = ()) -> list[list[str]]:
    """Return the words of each sentence; what has fewer than four is a label, not a sentence."""
    parts = [WORD.findall(each) for text in paragraphs(page, without) for each in ENDS.split(text)]
    return [words for words in parts if len(words) > 3]


def syllables(word: str) -> int:
    return len(SYLLABLES.positions(word)) + 1


def reading_ease(found: list[list[str]]) -> float:
    """Return Flesch's reading ease."""
    words = [word for sentence in found for word in sentence]
    return 206.835 - 1.015 * len(words) / len(found) - 84.6 * sum(map(syllables, words)) / len(words)


PAGES = pytest.mark.parametrize("path", [each for each in site_pages() if sentences(rendered(each))], ids=name_of)


@PAGES
def test_sentences_are_short(path: Path) -> None:
    found = sentences(rendered(path))
    assert sum(map(len, found)) / len(found) <= LONGEST_MEAN_SENTENCE
    assert [" ".join(each) for each in found if len(each) > LONGEST_SENTENCE] == []


@PAGES
def test_words_are_plain(path: Path) -> None:
    assert reading_ease(sentences(rendered(path))) >= LEAST_READING_EASE


@pytest.mark.parametrize("path", lessons(), ids=name_of)
def test_a_lesson_takes_its_half_hour(path: Path) -> None:
    assert FEWEST_WORDS <= sum(map(len, sentences(rendered(path), BESIDE_THE_LESSON))) <= MOST_WORDS


def test_a_long_sentence_and_a_long_word_are_seen() -> None:
    plain = sentences(tree("<p>The model reads a text. It costs you <code>x</code> less than before.</p>"))
    hard = sentences(tree("<ul><li>Organisational interoperability considerations necessitate harmonisation</li></ul>"))
    assert [len(each) for each in plain] == [5, 6]
    assert reading_ease(hard) < LEAST_READING_EASE < reading_ease(plain)
