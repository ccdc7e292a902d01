"""A page as MkDocs makes it: macros first, Markdown after them, with the settings of mkdocs.yml."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urljoin

import jinja2
import markdown
from mkdocs.utils.yaml import yaml_load

from macros import define_env
from tests.macros.html_tree import Element, tree

if TYPE_CHECKING:
    from collections.abc import Callable

    from mkdocs_macros.plugin import MacrosPlugin

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
SETTINGS: dict[str, Any] = yaml_load((ROOT / "mkdocs.yml").read_text("utf-8"))
SITE = "https://example.org/some/course/"
HOME, CALCULATOR, LESSON = "", "calculators/token-cost/", "modules/2-pricing/token-pricing/"
DEPTHS = (HOME, "reference/", CALCULATOR, LESSON)
HOSTILE = "<img src=x onerror=alert(1)> & \"q\" 'a' **b** _c_ `d` [e](javascript:alert(1)) {{ 7 * 7 }} | {#f} </script>"


@dataclass
class _File:
    abs_src_path: str


@dataclass
class _Page:
    url: str
    file: _File


class Press:
    """Stands in for the plugin: it keeps the macros and knows the page being rendered."""

    def __init__(self) -> None:
        """Take the macros as the plugin does, as strict about unknown names."""
        self.env = jinja2.Environment(undefined=jinja2.StrictUndefined)  # noqa: S701 - pages are Markdown, not HTML
        self.page = _Page("", _File(""))
        define_env(cast("MacrosPlugin", self))

    def macro(self, function: Callable[..., str], name: str) -> None:
        """Make a macro known to the pages."""
        self.env.globals[name] = function

    def page_of(self, text: str, url: str = LESSON, path: Path = DOCS / "page.md") -> Element:
        """Return a Markdown text as the page with this address and file."""
        self.page = _Page(url, _File(str(path)))
        return tree(as_html(self.env.from_string(text).render()))


def as_html(text: str) -> str:
    """Return Markdown as HTML, by the extensions of the site."""
    given = [each if isinstance(each, dict) else {each: {}} for each in SETTINGS["markdown_extensions"]]
    settings = {name: options for each in given for name, options in each.items()}
    return markdown.Markdown(extensions=list(settings), extension_configs=settings).convert(text)


def target(url: str, link: Element) -> str:
    """Return where a link on a page leads to, below the root of a site that is served under a sub-path."""
    address = urljoin(SITE + url, link.attributes["href"])
    assert address.startswith(SITE), address
    return address.removeprefix(SITE)


def flat(text: str) -> str:
    """Return a text with single spaces, as a page shows it."""
    return " ".join(text.split())
