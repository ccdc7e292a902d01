"""The content policy: strict, in every page, with a hash for each script that the build wrote into one."""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from site_build import ROOT, content_policy
from site_build.content_policy import PolicyError

if TYPE_CHECKING:
    from pathlib import Path

SITE = ROOT / "site"
PAGES = sorted(SITE.rglob("*.html"))
DATA = {"application/json", "application/ld+json"}


class Found(HTMLParser):
    """What a page holds that a policy speaks of, read by a parser that is not the build's."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.policies: list[str] = []
        self.before_policy: list[str] = []
        self.hashes: set[str] = set()
        self.refused: list[str] = []
        self._script: str | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note policies, scripts, and whatever no strict policy lets pass."""
        given = dict(attrs)
        if (given.get("http-equiv") or "").lower() == "content-security-policy":
            self.policies.append(given["content"] or "")
        elif not self.policies and tag not in {"html", "head", "meta"}:
            self.before_policy.append(tag)
        self._script = "" if tag == "script" and "src" not in given and given.get("type") not in DATA else None
        sources = [given.get(name) or "" for name in ("src", "href", "action")]
        if tag == "style" or "style" in given or any(name.startswith("on") for name in given):
            self.refused.append(self.get_starttag_text() or "")
        if tag != "a" and given.get("rel") != "canonical" and any(re.match(r"(https?:)?//", each) for each in sources):
            self.refused.append(self.get_starttag_text() or "")
        if any(each.lower().startswith("javascript:") for each in sources):
            self.refused.append(self.get_starttag_text() or "")

    def handle_data(self, data: str) -> None:
        """Gather the text of a script."""
        if self._script is not None:
            self._script += data

    def handle_endtag(self, tag: str) -> None:
        """Hash a script at its end."""
        if tag == "script" and self._script:
            digest = base64.b64encode(hashlib.sha256(self._script.encode()).digest()).decode()
            self.hashes.add(f"'sha256-{digest}'")
        self._script = None


def directives(policy: str) -> dict[str, list[str]]:
    """Return the sources that a policy allows, by directive."""
    return {name: sources for name, *sources in (part.split() for part in policy.split("; "))}


def test_every_page_has_one_strict_policy_that_fits_it() -> None:
    assert PAGES, "the site is not built: make build"
    needed: set[str] = set()
    policies: set[str] = set()
    for path in PAGES:
        found = Found(path.read_text("utf-8"))
        assert len(found.policies) == 1, path
        assert (found.before_policy, found.refused) == ([], []), path
        assert found.hashes <= set(directives(found.policies[0])["script-src"]), path
        needed |= found.hashes
        policies |= set(found.policies)

    (policy,) = policies
    allowed = directives(policy)
    assert allowed.pop("script-src") == ["'self'", "'wasm-unsafe-eval'", *sorted(needed)]
    assert allowed.pop("img-src") == ["'self'", "data:"]
    assert {name for name, sources in allowed.items() if sources == ["'none'"]} == {
        "default-src", "object-src", "base-uri",
    }  # fmt: skip
    assert all(sources in (["'none'"], ["'self'"]) for sources in allowed.values())
    assert "frame-ancestors" not in allowed, "a browser ignores it in a page, with a warning"


def test_the_headers_file_has_one_rule_for_each_file() -> None:
    rules = (SITE / content_policy.HEADERS).read_text("utf-8")
    starts = [line for line in rules.splitlines() if line.startswith("/")]
    for path in (each for each in SITE.rglob("*") if each.is_file() and each.name != content_policy.HEADERS):
        address = f"/{path.relative_to(SITE).as_posix()}"
        matching = [each for each in starts if address == each or (each[-1] == "*" and address.startswith(each[:-1]))]
        assert len(matching) == 1, f"{address}: {matching}"
    policy = content_policy.headers_for("/assets/js/worker.js", rules)["Content-Security-Policy"]
    (page,) = Found((SITE / "index.html").read_text("utf-8")).policies
    assert policy == f"{page}; frame-ancestors 'self'"
    assert content_policy.headers_for("/", rules)["Content-Security-Policy"] == policy


def test_other_sites_may_frame_embeds_and_nothing_else(tmp_path: Path) -> None:
    for name in ("embed", "modules"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.html").write_text("<head></head>", "utf-8")
    content_policy.write(tmp_path)
    rules = (tmp_path / content_policy.HEADERS).read_text("utf-8")

    for path, framed_by in {"/embed/index.html": "*", "/modules/index.html": "'self'", "/": "'self'"}.items():
        policy = content_policy.headers_for(path, rules)["Content-Security-Policy"]
        assert directives(policy)["frame-ancestors"] == [framed_by], path


def test_written_twice_it_is_the_same(tmp_path: Path) -> None:
    for name in ("index.html", "404.html", "modules/1-compute/index.html"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(SITE / name, tmp_path / name)
    first = content_policy.write(tmp_path)
    once = {path: path.read_bytes() for path in tmp_path.rglob("*.html")}

    assert content_policy.write(tmp_path) == first
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.html")} == once


def test_a_changed_script_changes_the_policy(tmp_path: Path) -> None:
    page = tmp_path / "index.html"
    page.write_text("<head><meta charset='utf-8'></head><script>one</script>", "utf-8")
    first = content_policy.write(tmp_path)
    page.write_text(page.read_text("utf-8").replace("one", "two"), "utf-8")

    assert content_policy.write(tmp_path) != first
    assert page.read_text("utf-8").count("http-equiv") == 1
    assert page.read_text("utf-8").startswith("<head><meta charset='utf-8'><meta http-equiv=")


def test_a_page_without_a_head_is_refused(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<p>no head</p>", "utf-8")
    with pytest.raises(PolicyError, match=r"index\.html: the page has no <head>"):
        content_policy.write(tmp_path)
