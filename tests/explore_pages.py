"""The page on which readers ask for themselves, bare, with all that it loads, in a folder, for tests in a browser."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import sample_book
from helpers.editions import Report
from helpers.markup import piece
from helpers.page import book, explore, scripts
from helpers.page.drawing import figure_html
from helpers.page.pictures import Pictures
from helpers.page.policy import with_policy
from helpers.page.translate import french
from helpers.page.twins import Tongue
from helpers.palette import css
from helpers.story.starters import questions

STATIC = sample_book.REPOSITORY / "src" / "helpers" / "page" / "static"
SCRIPTS = ("mali-page.js", book.BUNDLE, "mali.js", explore.SCRIPT, explore.DATA)
COLOURS = {
    "light": "text-base:#222832;text-muted:#48566b;link:#176de8;background:#fff;surface:#f3f4f5;border:#d1d5da",
    "dark": "text-base:#ced6dd;text-muted:#9ca4af;link:#66aaff;background:#121212;surface:#202020;border:#48566b",
}


@cache
def bundle() -> str:
    code = Pictures().bundle("globalThis.maliVegaEmbed = vegaEmbed;")
    return f"(function () {{\n{code}\n}})();\n"


def write(folder: Path, report: Report, *, language: str = "en", theme: str = "light") -> Path:
    """Write the page of an edition in one language and theme, under the policy of the book's pages."""
    static = folder / "_static"
    static.mkdir(parents=True, exist_ok=True)
    (static / "mali.css").write_bytes((STATIC / "mali.css").read_bytes())
    scripts.write(static)
    (static / explore.DATA).write_text(explore.script(report), encoding="utf-8")
    (static / book.BUNDLE).write_text(bundle(), encoding="utf-8")
    (static / "mali-palette.css").write_text(css(), encoding="utf-8")
    tokens = ";".join(f"--pst-color-{one}" for one in COLOURS[theme].split(";"))
    ground = "body{font-family:sans-serif;background:var(--pst-color-background);color:var(--pst-color-text-base)}"
    (static / f"{theme}.css").write_text(f":root{{{tokens}}}{ground}a{{color:var(--pst-color-link)}}", encoding="utf-8")
    spec = explore.figure(report, questions(report)[0].state).spec()
    shown = french(spec) if language == "fr" else spec
    figure = figure_html(
        shown,
        anchor="fig-explore",
        citation=f"{shown['usermeta']['mali']['title']} Data: {shown['usermeta']['mali']['source'].rstrip('.')}. {report.edition.id}/chapters/explore.html#fig-explore, sha256:ab",
        edition=report.edition.title,
        tongue=Tongue(language),
    )
    head = "".join(
        f'<link rel="stylesheet" href="_static/{name}">' for name in (f"{theme}.css", "mali.css", "mali-palette.css")
    )
    loaded = "".join(f'<script defer src="_static/{name}"></script>' for name in SCRIPTS)
    uris = {one: f"{report.edition.id}.{one}.{theme}.html" for one in ("en", "fr")}
    name, speaks = uris[language].removesuffix(".html"), Tongue(language)
    items = [(report.edition.id, report.edition.title)]
    links = piece("languages", uris, speaks) + piece("editions", items, report.edition.id, name, "../", speaks)
    page = (
        f'<!doctype html><html lang="{language}" data-theme="{theme}"><head><meta charset="utf-8"><title>Ask</title>'
        f'<meta name="viewport" content="width=device-width">{head}{loaded}</head><body><main><h1>Ask</h1>'
        f"{links}{piece('explore')}{figure}</main></body></html>"
    )
    path = folder / f"{report.edition.id}.{language}.{theme}.html"
    path.write_text(with_policy(page), encoding="utf-8")
    return path
