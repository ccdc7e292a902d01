"""Links the words of the glossary where a page first uses them.

It reads the rendered pages and puts `<a class="cc-term" href="…" aria-description="…">` around a word;
every other byte stays. The description is what screen readers say and what the style sheet shows.
"""

from __future__ import annotations

import re
from html import escape
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from macros.glossary import PAGE, read_terms
from macros.pages import url_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from macros.glossary import Term

FOLDERS = ("modules", "case", "monitoring", "calculators")
"""The pages whose words are linked, by the first part of their address."""

# A comment, a tag, or a sign by its name; of scripts, styles and text areas the content too, which is no text.
MARKUP = re.compile(
    r"<!--.*?-->|<(script|style|textarea)\b.*?</\1\s*>|<(?:\"[^\"]*\"|'[^']*'|[^>\"'])*>|&[#\w]+;",
    re.DOTALL | re.IGNORECASE,
)
TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)")
CLASSES = re.compile(r"\bclass=\"([^\"]*)\"")
ARTICLE = re.compile(r"(?<=<article )[^>]*>(.*?)</article>", re.DOTALL)

VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
TEXT = frozenset(["p", "li", "td", "dd"])
"""Words are linked in these, however deep."""

LINKS_AND_LABELS = ("a", "abbr", "caption", "dt", "label", "legend", "nav", "summary", "th")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
CONTROLS = ("button", "cost-calculator", "fieldset", "form", "option", "output", "select")
CODE = ("code", "data", "kbd", "pre", "samp", "time", "var")
PICTURES = ("audio", "figure", "iframe", "math", "noscript", "object", "svg", "video")
LEFT_ALONE = frozenset({*LINKS_AND_LABELS, *HEADINGS, *CONTROLS, *CODE, *PICTURES})
"""Never in these."""

WIDGETS = frozenset(["admonition-title", "cc-quiz", "cc-scroll", "cc-sources", "cc-source", "cc-price", "cc-wrap"])
"""Never in elements of these classes, which macros make."""


class TermsError(Exception):
    """The words of a page can't be linked; the message says why."""


class Words:
    """What to look for: every form of every term, the longest first."""

    def __init__(self, terms: Sequence[Term]) -> None:
        """Make one pattern of all forms, each a group of its own."""
        forms = sorted(((form, term) for term in terms for form in term.match), key=lambda each: -len(each[0]))
        self._terms = [term for _, term in forms]
        choices = "|".join(f"({_pattern(form, exact=term.exact)})" for form, term in forms) or "(?!)"
        self.pattern = re.compile(rf"(?<![\w#/.-])(?:{choices})(?![\w-])")

    def term(self, found: re.Match[str]) -> Term:
        """Return the term whose word was found."""
        return self._terms[(found.lastindex or 0) - 1]


def _pattern(form: str, *, exact: bool) -> str:
    """Return the pattern of a form: with its plural, across a line's end, and unless `exact` with a capital too."""
    first = form[0] if exact else f"[{form[0].upper()}{form[0].lower()}]"
    return first + re.escape(form[1:]).replace(r"\ ", r"\s+") + "s?"


class _Page:
    """One page on its way through: which elements are open, which terms are linked."""

    def __init__(self, words: Words, glossary_url: str) -> None:
        self._words = words
        self._glossary = glossary_url
        self._open: list[tuple[str, bool]] = []  # each with whether it is to be left alone
        self._linked: set[str] = set()
        self._linked_in_folds: set[str] = set()

    def linked(self, html: str) -> Iterator[str]:
        """Yield the pieces of the text of an article, words linked."""
        end = 0
        for markup in MARKUP.finditer(html):
            yield self._text(html[end : markup.start()])
            yield markup[0]
            self._see(markup[0])
            end = markup.end()
        yield self._text(html[end:])
        if self._open:
            raise TermsError(f"<{self._open[-1][0]}> is not closed")

    def _see(self, markup: str) -> None:
        found = TAG.match(markup)
        if found is None or found[2].lower() in {"script", "style", "textarea"}:
            return
        name = found[2].lower()
        if not found[1] and name not in VOID and not markup.endswith("/>"):
            classes = CLASSES.search(markup)
            is_widget = classes is not None and not WIDGETS.isdisjoint(classes[1].split())
            self._open.append((name, is_widget or name in LEFT_ALONE))
        elif found[1] and name not in VOID:
            if not self._open or self._open[-1][0] != name:
                raise TermsError(f"</{name}> closes nothing, or closes too early")
            self._open.pop()

    def _text(self, text: str) -> str:
        if any(left_alone for _, left_alone in self._open) or TEXT.isdisjoint(name for name, _ in self._open):
            return text
        return self._words.pattern.sub(self._link, text)

    def _link(self, found: re.Match[str]) -> str:
        term = self._words.term(found)
        # What stands in a closed fold is not yet read: it counts for the folds alone.
        in_fold = any(name == "details" for name, _ in self._open)
        if term.id in self._linked or (in_fold and term.id in self._linked_in_folds):
            return found[0]
        (self._linked_in_folds if in_fold else self._linked).add(term.id)
        told = escape(term.definition)
        return f'<a class="cc-term" href="{self._glossary}#{term.id}" aria-description="{told}">{found[0]}</a>'


def link(html: str, words: Words, glossary_url: str) -> str:
    """Return a page with each term linked where its text first uses it."""
    found = ARTICLE.search(html)
    if found is None:
        raise TermsError("there is no article")
    text = "".join(_Page(words, glossary_url).linked(found[1]))
    return html[: found.start(1)] + text + html[found.end(1) :]


def link_all(site: Path, glossary_file: Path) -> int:
    """Link the words on the pages of a built site, and return how many links that made."""
    terms, count = read_terms(glossary_file), 0
    for page in sorted(each for folder in FOLDERS for each in (site / folder).rglob("index.html")):
        below = PurePosixPath(page.relative_to(site).as_posix()).parent
        words = Words([each for each in terms if f"{below}/" not in map(url_of, each.not_on)])
        before = page.read_text("utf-8")
        try:
            after = link(before, words, "../" * len(below.parts) + url_of(PAGE))
        except TermsError as error:
            raise TermsError(f"{below}: {error}") from error
        page.write_text(after, "utf-8")
        count += after.count('<a class="cc-term"')
    return count
