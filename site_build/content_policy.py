"""The content security policy: read off the built pages, written into each of them and into a headers file.

Only scripts of this site run, and of those written into a page only the ones that the build put there, by their
sha256. A `<meta>` policy cannot say who may frame a page, and does not reach Workers: both take the headers file.
"""

from __future__ import annotations

import base64
import hashlib
import re
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

HEADERS = "_headers"
"""The file from which static hosts take the headers that they send."""

EMBEDS = "embed"
"""The folder of the pages that other sites may frame."""

POLICY_NAME = "Content-Security-Policy"

SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script>", re.DOTALL | re.IGNORECASE)
SCRIPT_TYPE = re.compile(r"""\btype\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
RUN_TYPES = frozenset({"", "module", "text/javascript", "application/javascript"})
META = re.compile(rf'<meta http-equiv="{POLICY_NAME}"[^>]*>\n?')
# The policy holds for what follows it; the charset has to be in the first 1,024 bytes.
HEAD = re.compile(r"<head>\s*(?:<meta charset=[^>]*>\s*)?", re.IGNORECASE)


class PolicyError(Exception):
    """A page can't have the policy; the message says which and why."""


def write(site: Path) -> str:
    """Give every page of the built site the policy, write the headers file, and return the policy."""
    pages = {path: META.sub("", path.read_text("utf-8")) for path in sorted(site.rglob("*.html"))}
    found = policy(hash_ for page in pages.values() for hash_ in script_hashes(page))
    for path, page in pages.items():
        try:
            path.write_text(with_policy(page, found), "utf-8")
        except PolicyError as error:
            raise PolicyError(f"{path.relative_to(site)}: {error}") from None
    (site / HEADERS).write_text(headers(site, found), "utf-8")
    return found


def script_hashes(page: str) -> Iterator[str]:
    """Yield the hash of each script that is written into the page and that a browser would run."""
    for attributes, content in SCRIPT.findall(page):
        kind = SCRIPT_TYPE.search(attributes)
        if content.strip() and (kind[1].lower() if kind else "") in RUN_TYPES:
            digest = hashlib.sha256(content.encode()).digest()
            yield f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def policy(hashes: Iterable[str]) -> str:
    """Return the policy that lets these scripts run, and those in files of the site."""
    return "; ".join((
        "default-src 'none'",
        " ".join(("script-src 'self' 'wasm-unsafe-eval'", *sorted(set(hashes)))),
        "style-src 'self'",
        "img-src 'self' data:",  # the theme's icons are data in its style sheet
        "font-src 'self'",
        "connect-src 'self'",
        "worker-src 'self'",
        "manifest-src 'self'",
        "frame-src 'self'",  # a page that shows how an embed looks
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
    ))  # fmt: skip


def with_policy(page: str, policy: str) -> str:
    """Return the page with the policy as its first order; a page that has one gets this one instead."""
    page = META.sub("", page)
    head = HEAD.search(page)
    if not head:
        raise PolicyError("the page has no <head>, so no policy can be written into it")
    tag = f'<meta http-equiv="{POLICY_NAME}" content="{escape(policy, quote=False)}">\n'
    return f"{page[: head.end()]}{tag}{page[head.end() :]}"


def headers(site: Path, policy: str) -> str:
    """Return the headers file.

    Each path has one rule: where two match, hosts send both policies, and the stricter one wins.
    """
    names = sorted({f"{path.name}/*" if path.is_dir() else path.name for path in site.iterdir()} - {HEADERS})
    rules = []
    for name in ("", *names):
        framed_by = "*" if name == f"{EMBEDS}/*" else "'self'"
        rules += [f"/{name}", f"  {POLICY_NAME}: {policy}; frame-ancestors {framed_by}"]
        rules += ["  X-Content-Type-Options: nosniff", ""]
    return "\n".join(rules)


def headers_for(path: str, rules: str) -> dict[str, str]:
    """Return what a headers file says for a path below the site's root, as a static host reads it."""
    found: dict[str, str] = {}
    matches = False
    for line in rules.splitlines():
        if line.startswith("/"):
            matches = path.startswith(line[:-1]) if line.endswith("*") else path == line
        elif matches and line.strip():
            name, _, value = line.strip().partition(": ")
            found[name] = value
    return found
