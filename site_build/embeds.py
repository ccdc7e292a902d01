"""Embeds: each calculator alone on a page for an `<iframe>`, taken from its page in the built site.

It reads HTML only, so it works on the pages of any site generator.
"""

from __future__ import annotations

import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

import jinja2
from markupsafe import Markup

import calculators

if TYPE_CHECKING:
    from collections.abc import Mapping

FOLDER = "embed"
"""Where the embeds are. `embed/NAME/` is as deep as `calculators/NAME/`: addresses through the root stay right."""

# A link inside the calculator stays in the frame; all others open a new tab, by <base>.
LINK_WITHIN = re.compile(r'<a (?=[^>]*\bhref="#)')
TEXT_OF_H1 = re.compile(r"<h1\b[^>]*>\s*([^<]+?)\s*<")


class EmbedError(Exception):
    """An embed can't be made; the message says which and why."""


class _Head(HTMLParser):
    """Hears which links a page has in its head."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[Mapping[str, str | None]] = []
        self.feed(page.partition("</head>")[0])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "link":
            self.links.append(dict(attrs))

    def all(self, rel: str) -> list[str]:
        """Return the addresses of one kind of link, in order."""
        return [each["href"] or "" for each in self.links if each.get("rel") == rel]


def assemble(site: Path) -> None:
    """Write the embed of every calculator into the built site."""
    course = _heading(site / "index.html")
    for name in calculators.names():
        source = site / "calculators" / name / "index.html"
        target = site / FOLDER / name / "index.html"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(embed(name, source.read_text("utf-8"), course), "utf-8")


def embed(name: str, page: str, course: str) -> str:
    """Return the embed of a calculator, from its page and the name of the course."""
    found = re.search(rf'<cost-calculator name="{name}".*?</cost-calculator>', page, re.DOTALL)
    if not found:
        raise EmbedError(f"the page of {name} has no calculator of that name to embed")
    head = _Head(page)
    full_page = f"../../calculators/{name}/"
    return _template().render(
        name=name,
        title=calculators.calculator(name).TITLE,
        course=course,
        stylesheets=head.all("stylesheet"),
        icons=head.all("icon"),
        full_page=full_page,
        canonical=(head.all("canonical") or [full_page])[0],
        calculator=Markup(LINK_WITHIN.sub('<a target="_self" ', found[0])),  # noqa: S704 - escaped by the build before
    )


def _heading(path: Path) -> str:
    found = TEXT_OF_H1.search(path.read_text("utf-8"))
    if not found:
        raise EmbedError(f"{path.name} has no title from which an embed could take the name of the course")
    return str(Markup(found[1]).unescape())  # noqa: S704 - only unescaped


@cache
def _template() -> jinja2.Template:
    loader = jinja2.FileSystemLoader(Path(__file__).parent)
    environment = jinja2.Environment(loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True)
    return environment.get_template("embed.html")
