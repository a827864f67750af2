"""Bare pages with the boxes of claims, their choices and all that these load, in a folder, for tests in a browser."""

from __future__ import annotations

from pathlib import Path

import sample_book
from helpers.audit import claims
from helpers.markup import piece
from helpers.page import judge, scripts
from helpers.page.claimbox import ClaimBox
from helpers.page.policy import with_policy

STATIC = sample_book.REPOSITORY / "src" / "helpers" / "page" / "static"


def boxes(*ids: str) -> str:
    """The boxes as a chapter shows them."""
    return "".join(ClaimBox(claims.evaluate(name))._repr_mimebundle_()["text/html"] for name in ids)


def write(folder: Path, *ids: str, language: str = "en") -> Path:
    """Write a page with the boxes of some claims, under the policy of the book's pages."""
    static = folder / "_static"
    (static / judge.FOLDER).mkdir(parents=True, exist_ok=True)
    (static / "mali.css").write_bytes((STATIC / "mali.css").read_bytes())
    scripts.write(static)
    for name in ids:
        (static / judge.FOLDER / f"{name}.js").write_text(judge.script(name), encoding="utf-8")
    (static / "colours.css").write_text(
        ":root{--pst-color-text-base:#222832;--pst-color-text-muted:#48566b;--pst-color-link:#176de8;"
        "--pst-color-background:#fff;--pst-color-surface:#f3f4f5;--pst-color-border:#d1d5da}body{font-family:sans-serif}",
        encoding="utf-8",
    )
    head = "".join(f'<link rel="stylesheet" href="_static/{name}">' for name in ("colours.css", "mali.css"))
    loaded = "".join(f'<script defer src="_static/{name}"></script>' for name in ("mali-page.js", judge.SCRIPT))
    switch = piece("switch") if language == "en" else ""
    page = (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>Claims</title>'
        f'<meta name="viewport" content="width=device-width">{head}{loaded}</head><body><main><h1>Claims</h1>{switch}'
        f"{boxes(*ids)}</main></body></html>"
    )
    path = folder / f"claims.{language}.html"
    path.write_text(with_policy(page), encoding="utf-8")
    return path
