"""Preview images: what a link to a page shows where people share it.

Each page gets a card of 600 by 315 pixels (the least that is shown wide; it is drawn on 1200 by 630) with the book, the edition, the
page's name and its first chart with its finding, or, where the page has no chart, the book's card; and the tags of the Open
Graph protocol (ogp.me) that name it. Their addresses are relative unless `html_baseurl` says where the book is published.
"""

from __future__ import annotations

import json
import re
import textwrap
from html import escape
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from helpers.borrowed import vl_convert
from helpers.page import book, french_pages
from helpers.page.pictures import Pictures
from helpers.page.twins import SUFFIX, tongue
from helpers.palette import INK, MUTED, colour

WIDTH, HEIGHT = 1200, 630
FOLDER = "_static/preview"
_MARGIN = 56
_FONT = "DejaVu Sans, Verdana, Helvetica, Arial, sans-serif"


def card(book_title: str, edition: str, page: str, text: str, chart: str = "") -> str:
    """Return a card as SVG.

    Parameters
    ----------
    book_title, edition, page
        Titles, shortest last.
    text
        The finding of the chart, or the page's description.
    chart
        SVG of a chart to set below the text.
    """
    lines = [_line(f"{book_title} · {edition}" if edition else book_title, 44 + 22, 22, MUTED)]
    y = 110.0
    for line in textwrap.wrap(page, 40)[:2]:
        y += 46
        lines.append(_line(line, y - 24, 42, INK, bold=True))
    for line in _lines(text, 84, 2 if chart else 6):
        y += 32
        lines.append(_line(line, y - 18, 24, INK))
    if chart:
        wide, high = vl_convert.size(chart)
        room = HEIGHT - y - 36
        lines.append(
            f'<svg x="{_MARGIN}" y="{y:.0f}" width="{WIDTH - 2 * _MARGIN}" height="{room:.0f}" '
            f'viewBox="0 0 {wide} {high}" preserveAspectRatio="xMinYMid meet">{chart}</svg>'
        )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}"><rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>'
        f'<rect width="14" height="{HEIGHT}" fill="{colour("islamist")}"/>{"".join(lines)}</svg>'
    )


def _lines(text: str, letters: int, most: int) -> list[str]:
    wrapped = textwrap.wrap(text, letters)
    if len(wrapped) > most:
        wrapped = [*wrapped[: most - 1], textwrap.shorten(" ".join(wrapped[most - 1 :]), letters, placeholder=" …")]
    return wrapped


def _line(text: str, y: float, size: int, fill: str, *, bold: bool = False) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{_MARGIN}" y="{y:.0f}" font-family="{_FONT}" font-size="{size}"{weight} fill="{fill}">'
        f"{escape(text)}</text>"
    )


def tags(title: str, text: str, site: str, image: str, alt: str = "") -> str:
    """Return the tags of the Open Graph protocol for a page; `alt` says what its card shows, if not its title."""
    properties = {
        "og:type": "article",
        "og:site_name": site,
        "og:title": title,
        "og:description": text,
        "og:image": image,
        "og:image:width": str(WIDTH // 2),
        "og:image:height": str(HEIGHT // 2),
        "og:image:alt": alt or title,
    }
    lines = [f'<meta property="{name}" content="{escape(value)}" />' for name, value in properties.items() if value]
    return "\n".join(["", *lines, '<meta name="twitter:card" content="summary_large_image" />'])


def add_preview(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any) -> None:
    """Draw the card of a page and name it in the page's head (Sphinx's `html-page-context`)."""
    if doctree is None or app.builder.name != "html":
        return
    figure = next(doctree.findall(book.mali_figure), None)
    title = str(context.get("title", "")) or app.config.html_title
    speaks = tongue(app.env, pagename)
    site = french_pages.book(app.config.html_title, speaks)
    edition = french_pages.edition(book.edition_title(app.config), speaks)
    plain = re.sub(r"<[^>]+>", "", title)
    pictures = Pictures(app.config.mali_pictures)
    text, name, drawn = "", f"book{SUFFIX if speaks.name == 'fr' else ''}.png", card(edition, "", site, "")
    if figure is not None:
        spec = json.loads(figure["spec"])
        text, name = spec["usermeta"]["mali"]["title"], f"{pagename.replace('/', '-')}.png"
        drawn = card(site, edition, plain, text, book.static_svg(spec, "preview", width=960, pictures=pictures))
    folder = Path(app.outdir) / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(pictures.card(drawn))
    base = app.config.html_baseurl.rstrip("/")
    image = f"{base}/{FOLDER}/{name}" if base else "../" * pagename.count("/") + f"{FOLDER}/{name}"
    described = book.description(doctree) or text
    alt = "" if figure is not None else site
    context["metatags"] = context.get("metatags", "") + tags(plain, described, site, image, alt)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension; `helpers.page.book` loads it."""
    app.connect("html-page-context", add_preview, priority=950)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
