"""Words of the glossary on pages: first use only, whole words, where a link can stand, nothing else touched."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.glossary import Term, read_terms
from site_build import terms
from site_build.terms import TermsError, Words
from tests.docs.pages import name_of, site_pages, url_of
from tests.macros.html_tree import tree
from tests.macros.rendering import Press, as_html

if TYPE_CHECKING:
    from pathlib import Path

    from tests.macros.html_tree import Element


def term(identifier: str, *match: str, exact: bool = False, definition: str = "What it is.") -> Term:
    return Term(
        id=identifier,
        term=match[0],
        names=(),
        match=match,
        exact=exact,
        not_on=(),
        definition=definition,
        page="index",
        formula="",
    )


WORDS = Words(
    [
        term("token", "token"),
        term("hit-ratio", "hit ratio", "cache hit ratio"),
        term("cache", "cache"),
        term("spot", "Spot", exact=True),
        term("rag", "RAG", "retrieval-augmented generation", exact=True),
    ]
)
LINK = re.compile(r'<a class="cc-term" href="[^"]*" aria-description="[^"]*">(.*?)</a>', re.DOTALL)


def linked(html: str, words: Words = WORDS) -> str:
    """Return an article with its words linked, each link as [word](id)."""
    page = terms.link(f'<body><article class="x">{html}</article></body>', words, "g/")
    inside = page.removeprefix('<body><article class="x">').removesuffix("</article></body>")
    return re.sub(r'<a class="cc-term" href="g/#([^"]*)" aria-description="[^"]*">([^<]*)</a>', r"[\2](\1)", inside)


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ("<p>A token and a token.</p>", "<p>A [token](token) and a token.</p>"),
        ("<p>Tokens cost.</p><p>A token.</p>", "<p>[Tokens](token) cost.</p><p>A token.</p>"),
        ("<p>The cache hit ratio of a cache.</p>", "<p>The [cache hit ratio](hit-ratio) of a [cache](cache).</p>"),
        ("<p>A hit\nratio.</p>", "<p>A [hit\nratio](hit-ratio).</p>"),
        ("<p>On the spot, on Spot.</p>", "<p>On the spot, on [Spot](spot).</p>"),
        ("<p>A rag, or RAG.</p>", "<p>A rag, or [RAG](rag).</p>"),
        ("<p>Token-based, tokenise, pre-token, my_token.</p>", "<p>Token-based, tokenise, pre-token, my_token.</p>"),
        (
            "<p>The token's price; &quot;cache&quot;.</p>",
            "<p>The [token](token)'s price; &quot;[cache](cache)&quot;.</p>",
        ),
        ("<ul><li><strong>Cache</strong>: x</li></ul>", "<ul><li><strong>[Cache](cache)</strong>: x</li></ul>"),
        ("<p>a<br>token<img alt='token'/> b</p>", "<p>a<br>[token](token)<img alt='token'/> b</p>"),
        ('<p title="a > token">x</p>', '<p title="a > token">x</p>'),
        ("<p>x &token; y</p>", "<p>x &token; y</p>"),
        ("<div>A token outside of text.</div>", "<div>A token outside of text.</div>"),
    ],
)
def test_a_word_is_linked_where_it_is_first_used_whole_and_in_its_case(html: str, wanted: str) -> None:
    assert linked(html) == wanted


@pytest.mark.parametrize(
    "html",
    [
        '<p><a href="x">a token</a></p>',
        "<h2>The token</h2>",
        "<p><code>token</code></p>",
        "<pre><code>token</code></pre>",
        "<ul><li><label>token</label></li></ul>",
        "<li><button>token</button></li>",
        "<details><summary><p>token</p></summary></details>",
        "<figure><p>token</p></figure>",
        '<div class="cc-quiz"><p>token</p></div>',
        '<div class="a cc-wrap b"><form><p>token</p></form></div>',
        "<cost-calculator><p>token</p></cost-calculator>",
        '<p class="admonition-title">token</p>',
        "<table><tr><th><p>token</p></th></tr></table>",
        "<p><script>let a = '<p>token</p>'</script><!-- token --></p>",
        "<li><svg><text>token</text></svg></li>",
        "<p><data value='1'>token</data></p>",
    ],
)
def test_labels_links_headings_code_and_widgets_are_left_alone(html: str) -> None:
    assert linked(html) == html
    assert linked(f"{html}<p>A token.</p>") == f"{html}<p>A [token](token).</p>"


def test_what_stands_in_a_closed_fold_does_not_count_as_read() -> None:
    fold = "<details><summary>Reveal</summary><p>{} or token</p></details>"
    assert linked(fold.format("token") + "<p>token, token</p>" + fold.format("token")) == (
        fold.format("[token](token)") + "<p>[token](token), token</p>" + fold.format("token")
    )


def test_only_the_article_is_touched() -> None:
    page = (
        "<title>token</title><nav><p>token</p></nav><article class='a'><p>x</p></article><footer><p>token</p></footer>"
    )
    assert terms.link(page, WORDS, "g/") == page


def test_a_definition_cannot_break_out_of_its_attribute() -> None:
    words = Words([term("token", "token", definition='A "piece" <b>of</b> text & more')])
    page = tree(terms.link("<article ><p>token</p></article>", words, "g/"))
    link = page.one("a", class_="cc-term")
    assert link.attributes["aria-description"] == 'A "piece" <b>of</b> text & more'
    assert page.all("b") == []


def test_without_terms_nothing_is_linked() -> None:
    assert linked("<p>token</p>", Words([])) == "<p>token</p>"


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("<p>no article</p>", "there is no article"),
        ("<article ><p>a</article>", "<p> is not closed"),
        ("<article ><p><b>a</p></b></article>", "</p> closes nothing, or closes too early"),
    ],
)
def test_a_page_that_does_not_nest_fails_and_says_where(html: str, said: str) -> None:
    with pytest.raises(TermsError, match=re.escape(said)):
        terms.link(html, WORDS, "g/")


@given(
    st.lists(
        st.sampled_from(["token", "tokens", "cache", "Spot", "spot", "<b>", "</b>", " ", "hit ratio", "é", "&amp;"])
    )
)
def test_taking_the_links_out_again_gives_the_page_back(pieces: list[str]) -> None:
    text = "".join(pieces)
    html = f"<article ><p>{text}</p></article>"
    depth = 0
    for each in pieces:
        depth += {"<b>": 1, "</b>": -1}.get(each, 0)
        if depth < 0:
            break
    if depth:
        with pytest.raises(TermsError):
            terms.link(html, WORDS, "g/")
        return
    after = terms.link(html, WORDS, "g/")
    assert LINK.sub(r"\1", after) == html
    assert len(LINK.findall(after)) == len(re.findall(r'#([^"]*)"', after)) == len(set(re.findall(r'#([^"]*)"', after)))


COURSE = [each for each in site_pages() if name_of(each).split("/")[0] in terms.FOLDERS]


@pytest.fixture(scope="module")
def of_the_course() -> Words:
    return Words(read_terms())


def html_of(path: Path) -> str:
    press = Press()
    press.page_of("", url_of(path), path)
    return f"<article >{as_html(press.env.from_string(path.read_text('utf-8')).render())}</article>"


@pytest.mark.parametrize("path", COURSE, ids=name_of)
def test_a_page_of_the_course_keeps_every_byte_but_the_links(path: Path, of_the_course: Words) -> None:
    before = html_of(path)
    after = terms.link(before, of_the_course, "../glossary/")
    assert LINK.sub(r"\1", after) == before
    links = tree(after).all("a", class_="cc-term")
    assert [each for each in links if inside(tree(before), each.text) is None] == []


def inside(page: Element, words: str) -> Element | None:
    """Return an element with these words in its text, or None."""
    return next((each for each in page.below() if words in each.text), None)


def test_pages_of_the_course_are_linked_to_the_glossary_and_others_are_not(tmp_path: Path) -> None:
    pages = {"modules/1/a": "../../../", "case/b": "../../", "calculators": "../", "reference/prices": None}
    for page in pages:
        (tmp_path / page).mkdir(parents=True)
        (tmp_path / page / "index.html").write_text("<article ><p>A token.</p></article>", "utf-8")
    file = tmp_path / "glossary.toml"
    file.write_text('[[term]]\nid = "token"\nterm = "Token"\ndefinition = "It."\npage = "index"\n', "utf-8")
    assert terms.link_all(tmp_path, file) == 3
    for page, up in pages.items():
        links = tree((tmp_path / page / "index.html").read_text("utf-8")).all("a")
        assert [each.attributes["href"] for each in links] == ([f"{up}reference/glossary/#token"] if up else [])


def test_a_word_is_left_alone_on_pages_where_it_means_something_else(tmp_path: Path) -> None:
    for page in ("modules/1/a", "modules/1/b", "case"):
        (tmp_path / page).mkdir(parents=True, exist_ok=True)
        (tmp_path / page / "index.html").write_text("<article ><p>A token.</p></article>", "utf-8")
    file = tmp_path / "glossary.toml"
    row = '[[term]]\nid = "token"\nterm = "Token"\ndefinition = "It."\npage = "index"\n'
    file.write_text(f'{row}not_on = ["modules/1/a", "case/index"]\n', "utf-8")
    assert terms.link_all(tmp_path, file) == 1
    assert "cc-term" in (tmp_path / "modules/1/b/index.html").read_text("utf-8")


def test_a_page_that_can_not_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "case").mkdir()
    (tmp_path / "case" / "index.html").write_text("<p>", "utf-8")
    file = tmp_path / "glossary.toml"
    file.write_text('[[term]]\nid = "token"\nterm = "Token"\ndefinition = "It."\npage = "index"\n', "utf-8")
    with pytest.raises(TermsError, match=r"^case: there is no article$"):
        terms.link_all(tmp_path, file)
