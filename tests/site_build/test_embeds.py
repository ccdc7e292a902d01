"""Embeds: the whole calculator and nothing around it, from the HTML of a built page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin

import pytest

import calculators
from site_build import ROOT, embeds
from tests.macros.html_tree import tree

if TYPE_CHECKING:
    from pathlib import Path

    from tests.macros.html_tree import Element

SITE = ROOT / "site"
EACH = pytest.mark.parametrize("name", calculators.names())

# As another generator might write it: attributes in another order, no theme, an absolute canonical address.
HEAD = (
    '<html><head><link href="../../theme.css" rel="stylesheet"><link rel="prefetch" href="x">'
    '<link rel="canonical" href="https://example.org/calculators/roi/"></head>'
)
CALCULATOR = (
    '<cost-calculator name="roi"><a class="a" href="#roi-numbers">b</a><a href="../../c/#f01">d</a></cost-calculator>'
)
PAGE = f"{HEAD}<body><nav>menu</nav>{CALCULATOR}<p>after</p></body></html>"


def parsed(name: str) -> Element:
    text = (SITE / "embed" / name / "index.html").read_text("utf-8")
    return tree(text.removeprefix("<!doctype html>\n"))


def addresses(page: Element) -> list[str]:
    """Return what the page loads and links to, without fragments of its own."""
    found = [each.attributes.get(kind, "") for each in page.below() for kind in ("href", "src", "data-formulas")]
    return [each for each in found if each and not each.startswith("#")]


def missing(site: Path, page: str, found: list[str]) -> list[str]:
    """Return the addresses that lead to no file of the site."""
    gone = []
    for each in found:
        path = unquote(urljoin(f"https://host/some/course/{page}", each).partition("#")[0])
        below = site / path.removeprefix("https://host/some/course/")
        if not path.startswith("https://host/some/course/") or not (
            below.is_file() or (below / "index.html").is_file()
        ):
            gone.append(each)
    return gone


@EACH
def test_it_is_the_calculator_of_the_full_page_and_nothing_around_it(name: str) -> None:
    """Apart from the links that it keeps in the frame, byte for byte."""
    whole = (SITE / "calculators" / name / "index.html").read_text("utf-8")
    alone = (SITE / "embed" / name / "index.html").read_text("utf-8")
    (calculator,) = re.findall(r"<cost-calculator.*?</cost-calculator>", alone, re.DOTALL)
    assert calculator.replace('<a target="_self" ', "<a ") in whole
    page = parsed(name)
    inside = [each.tag for part in ("body", "main") for each in page.one(part).children if not isinstance(each, str)]
    assert inside == ["header", "main", "p", "script", "div"]
    assert page.all("nav") == page.all("input", data_md_toggle="search") == []


@EACH
def test_its_ids_are_its_own_and_it_has_no_style_in_it(name: str) -> None:
    page = parsed(name)
    ids = [each.attributes["id"] for each in page.below() if "id" in each.attributes]
    assert len(ids) == len(set(ids)) > 0
    assert [each.tag for each in page.below() if "style" in each.attributes or each.tag == "style"] == []
    written = [each for each in page.all("script") if "src" not in each.attributes]
    assert {each.attributes.get("type") for each in written} == {"application/json"}


@EACH
def test_what_it_loads_and_links_to_is_there_below_any_folder(name: str) -> None:
    found = addresses(parsed(name))
    assert {"../../assets/js/embed.js", "../../assets/js/cost-calculator.js", "../../assets/css/calculator.css"} <= {
        *found
    }
    assert missing(SITE, f"embed/{name}/", found) == []
    assert missing(SITE, f"embed/{name}/", ["../gone.css", "https://other.example/a.js"]) == [
        "../gone.css",
        "https://other.example/a.js",
    ]


@EACH
def test_it_names_the_full_page_and_the_course_and_stays_out_of_search(name: str) -> None:
    page, title = parsed(name), calculators.calculator(name).TITLE
    course = "Cost tradeoffs of AWS generative-AI services"
    assert page.one("title").text == f"{title} · {course}"
    assert page.one("h1").text == title
    (way,) = page.one("header").all("a")
    assert way.attributes["href"] == f"../../calculators/{name}/"
    assert (way.attributes["target"], way.attributes["rel"]) == ("_blank", "noopener")
    assert course in page.one("header").text
    assert page.one("meta", name="robots").attributes["content"] == "noindex"
    assert page.one("link", rel="canonical").attributes["href"].endswith(f"calculators/{name}/")
    assert f"embed/{name}/" not in (SITE / "sitemap.xml").read_text("utf-8")


def test_it_reads_the_page_of_any_generator() -> None:
    page = tree(embeds.embed("roi", PAGE, "A <course>").removeprefix("<!doctype html>\n"))
    styles = [each.attributes["href"] for each in page.all("link", rel="stylesheet")]
    assert styles == ["../../theme.css", "../../assets/css/embed.css"]
    assert page.one("link", rel="canonical").attributes["href"] == "https://example.org/calculators/roi/"
    assert page.one("cost-calculator").text == "bd"
    assert [each.attributes.get("target") for each in page.one("cost-calculator").all("a")] == ["_self", None]
    assert "A <course>" in page.one("header").text
    assert "menu" not in page.text
    assert "after" not in page.text


def test_a_page_without_its_calculator_and_a_course_without_a_name_are_refused(tmp_path: Path) -> None:
    with pytest.raises(embeds.EmbedError, match="capacity"):
        embeds.embed("capacity", PAGE, "A course")
    (tmp_path / "index.html").write_text("<h1></h1>", "utf-8")
    with pytest.raises(embeds.EmbedError, match="name of the course"):
        embeds.assemble(tmp_path)
