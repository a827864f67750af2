"""The PDF of an edition, as far as it is this book's own: its first page, its style, and what of its pages paper leaves out."""

from __future__ import annotations

import base64
import re
from pathlib import Path
from typing import TYPE_CHECKING

import yaml
from markupsafe import Markup

from bookbuild.pdf import Cover, Press
from helpers import __version__, palette
from helpers.folders import MARK
from helpers.markup import piece
from helpers.page.lean import lean

if TYPE_CHECKING:
    from helpers.editions import Edition

_STATIC = Path(__file__).parents[1] / "page" / "static"
_CHART = re.compile(r'(?<=<div class="mali-figure__static">)(<svg\b.*?</svg>)(?=</div>)', re.DOTALL)


def pictures(html: str) -> str:
    """Return a joined book with each chart as a picture: Chromium tags each mark of one that is part of the page."""
    return _CHART.sub(_picture, html)


def _picture(chart: re.Match[str]) -> str:
    head = chart[1].split(">", 1)[0]
    said = dict(re.findall(r' (aria-label|width|height)="([^"]*)"', head))
    # A pair of letters drawn closer than others costs as much as a word.
    drawn = lean(chart[1], edges=False).replace(
        "<svg ", '<svg style="font-kerning:none;font-variant-ligatures:none" ', 1
    )
    data = base64.b64encode(drawn.encode()).decode()
    label = Markup(said["aria-label"])
    return piece("picture", label, said["width"], said["height"], data)


_ONLINE = (
    "explore", "depth/spread", "evidence/audit", "method/estimates-space", "method/decisions", "method/issues", "method/rerun", "method/change", "method/another-report", "method/fetch",
    "method/updates", "method/benchmarks", "method/changes", "method/status",
)  # fmt: skip
"""Pages that paper leaves out: those for who runs, changes or fetches, registers, and figures that only an expert asks for."""
_LEFT_OUT = ", ".join(f'[id="document-chapters/{name}"] + section' for name in _ONLINE)
# Downloads and switches are of a screen, and so is the French twin; a verdict is no disclosure on paper.
PRESS = Press(
    MARK,
    sheets=(_STATIC / "mali.css", _STATIC / "pdf.css"),
    letters=palette.css,
    screen_only=f".mali-figure__downloads, .mali-screen, [lang=fr], {_LEFT_OUT}",
    opened=".mali-claim",
    charts=pictures,
)


def cover(root: Path, edition: Edition) -> Cover:
    """Return the first page's words for an edition of the project in a folder."""
    settings = yaml.safe_load((root / "_config.yml").read_text(encoding="utf-8"))
    author, title = settings["author"], settings["title"]
    return Cover(
        title,
        edition.title,
        f"{author} ({settings['copyright']}): {title}. Edition {edition.title}, version {__version__}. Cite the data "
        "too: ACLED (acleddata.com) and UCDP (ucdp.uu.se).",
        (
            "Data: ACLED and the Humanitarian Data Exchange (ACLED terms, non-commercial); UCDP, geoBoundaries and OCHA "
            "COD-PS (CC BY); Natural Earth (public domain). Versions stand under each figure. Prose and charts: "
            "CC BY-NC 4.0. Borders and names on maps imply no opinion on the status of any territory.",
            "Data tables, code, other readings of each statement, live charts, the explorer, the audit figure by figure, known "
            "issues and how to run the book stand in the online edition.",
        ),
    )
