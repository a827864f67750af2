"""The policy of every page (CSP): what a browser may run and load, said in the page itself, so that it holds offline too.

Scripts are the book's own files, and the few lines that the theme and `layout.html` write into a page, by their hashes.
They are looked for outside of the article only: a script inside it, should a text ever become one, has no hash here and
does not run. Vega interprets its expressions (`ast` in `mali.js`), so nothing needs `eval`; styles may stand in the page,
because charts and the theme set them on elements. Nothing comes from, or goes to, another host.
"""

from __future__ import annotations

import base64
import hashlib
import html
import re
from collections.abc import Iterator
from pathlib import Path

from sphinx.application import Sphinx

from helpers.markup import piece

_HEAD = re.compile(r"<head\b[^>]*>", re.IGNORECASE)
_LEADS = re.compile(r"\s*<meta\b[^>]*\brefresh\b", re.IGNORECASE)
_TAG = re.compile(r'\s*<meta http-equiv="Content-Security-Policy"')
_SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script>", re.IGNORECASE | re.DOTALL)
_HANDLER = re.compile(r"""<[a-z][^<>]*?\son[a-z]+=(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
# Data in a script element is not run, so it needs no hash.
_DATA = re.compile(r"\btype=[\"']?(?!text/javascript|module|application/javascript)", re.IGNORECASE)


def _frame(page: str) -> tuple[str, str]:
    """Return what stands before and after a page's article: the template's own."""
    begin = re.search(r"<article\b", page)
    end = list(re.finditer("</article>", page))
    return (page, "") if begin is None or not end else (page[: begin.start()], page[end[-1].start() :])


def inline(page: str) -> Iterator[tuple[str, str]]:
    """Return the scripts and handlers that a page's template holds, as (`script` or `handler`, code)."""
    for part in _frame(page):
        for attributes, code in _SCRIPT.findall(part):
            if code.strip() and "src=" not in attributes and not _DATA.search(attributes):
                yield "script", code
        for twice, once in _HANDLER.findall(_SCRIPT.sub("", part)):
            yield "handler", html.unescape(twice or once)


def _hashed(code: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"


def policy(page: str) -> str:
    """Return the policy of a page, given as HTML."""
    found = list(inline(page))
    hashes = sorted({_hashed(code) for _, code in found})
    handlers = ["'unsafe-hashes'"] if any(kind == "handler" for kind, _ in found) else []
    # `file:` beside 'self': browsers differ in whether a page opened from a folder is of one origin with its files.
    own = "'self' file:"
    return "; ".join(
        (
            "default-src 'none'",
            " ".join(["script-src", own, *handlers, *hashes]),
            f"style-src {own} 'unsafe-inline'",
            f"img-src {own} data: blob:",
            f"font-src {own} data:",
            "connect-src 'self'",
            f"form-action {own}",
            "base-uri 'none'",
        )
    )


def with_policy(page: str) -> str:
    """Return a page with its policy as the first thing in its head; a piece of a page stays as it is.

    A page that only leads to another may have no head of its own: browsers make one of what it begins with.
    """
    head = _HEAD.search(page)
    begin = head.end() if head else 0
    if (head is None and not _LEADS.match(page)) or _TAG.match(page, begin):
        return page
    return f"{page[:begin]}\n{piece('policy', policy(page))}{page[begin:]}".lstrip()


def write_policies(app: Sphinx, error: Exception | None) -> None:
    """Put its policy into every page of a built book (Sphinx's `build-finished`)."""
    if error is not None or app.builder.name != "html":
        return
    for path in sorted(Path(app.outdir).rglob("*.html")):
        if "_static" in path.relative_to(app.outdir).parts:
            continue
        page = path.read_text(encoding="utf-8")
        path.write_text(with_policy(page), encoding="utf-8")
