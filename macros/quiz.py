"""`quiz(name)`: check questions from the TOML file beside the lesson.

    [[question]]
    text = "What does one request cost?"
    [[question.option]]
    text = "{{ launch.usd('usd_per_request') }}"
    is_right = true
    why = "The four meters, added up."

Texts are rendered with the macros of the pages and with the names that `set` gave on this page.
A question with more than one right option asks for all of them. The options of a question are mixed,
in the same way at each build, so that their place tells nothing.
"""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import jinja2
from markupsafe import Markup

from macros.markup import block
from macros.naming import MacroError, find

if TYPE_CHECKING:
    from pathlib import Path

    from jinja2.runtime import Context

    from macros.place import Place

ENDING = ".quiz.toml"
QUESTION_KEYS = {"text", "option"}
OPTION_KEYS = {"text", "is_right", "why"}
FEWEST_OPTIONS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One answer to choose, and why it is right or wrong."""

    text: Markup
    is_right: bool
    why: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question with its options."""

    text: Markup
    options: tuple[Option, ...]

    @property
    def is_multiple(self) -> bool:
        """Say whether more than one option is right."""
        return sum(each.is_right for each in self.options) > 1


class QuizMacro:
    """The macro, bound to the page that is being rendered."""

    def __init__(self, place: Place) -> None:
        """Keep the page: the questions lie beside it."""
        self._place = place

    @jinja2.pass_context
    def __call__(self, context: Context, name: str) -> str:
        """Return the questions as lists to tick, each with its foldable answer."""
        beside = {each.name.removesuffix(ENDING): each for each in sorted(self._place.folder.glob(f"*{ENDING}"))}
        path = find(f'quiz("{name}")', "quiz beside this page named", name, beside)
        reader = _Reader(path, self._place.pages, context)
        return block("quiz.html", name=name, questions=reader.questions())


class _Reader:
    """Reads one file and renders its texts."""

    def __init__(self, path: Path, pages: jinja2.Environment, context: Context) -> None:
        self._path = path
        self._pages = pages
        self._names = context.get_all()

    def questions(self) -> list[Question]:
        """Return the questions of the file, at least one."""
        content = tomllib.loads(self._path.read_text(encoding="utf-8"))
        if set(content) != {"question"}:
            raise self._wrong(f"expected [[question]] tables only, found {', '.join(content) or 'nothing'}")
        return [self._question(number, each) for number, each in enumerate(content["question"], 1)]

    def _question(self, number: int, given: dict[str, Any]) -> Question:
        if set(given) != QUESTION_KEYS:
            raise self._wrong(
                f"question {number}: expected {', '.join(sorted(QUESTION_KEYS))}, found {', '.join(sorted(given))}"
            )
        options = tuple(self._option(number, each) for each in given["option"])
        if len(options) < FEWEST_OPTIONS or not any(each.is_right for each in options):
            raise self._wrong(f"question {number}: needs two options or more, one of them right")
        places = [_place(given["text"], each["text"]) for each in given["option"]]
        mixed = tuple(option for _, option in sorted(zip(places, options, strict=True), key=itemgetter(0)))
        return Question(text=self._rendered(given["text"]), options=mixed)

    def _option(self, number: int, given: dict[str, Any]) -> Option:
        if set(given) != OPTION_KEYS or not isinstance(given["is_right"], bool):
            raise self._wrong(f"question {number}: an option has text, is_right (true or false) and why")
        return Option(text=self._rendered(given["text"]), is_right=given["is_right"], why=self._rendered(given["why"]))

    def _rendered(self, text: str) -> Markup:
        """Return a text with its macro calls carried out; it may hold HTML, as a page may."""
        html = self._pages.from_string(text.strip()).render(self._names)
        return Markup(html)  # noqa: S704 - written by the course's authors

    def _wrong(self, problem: str) -> MacroError:
        return MacroError(f"{self._path.name}: {problem}")


def _place(question: str, option: str) -> str:
    """Return what puts an option into its place: a digest, as good as a draw and never another."""
    return hashlib.sha256(f"{question}\n{option}".encode()).hexdigest()
