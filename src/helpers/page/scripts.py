"""The scripts of pages: files by purpose in `js/`, joined into the few that pages ask for.

A page that is opened from a disk loads no modules, so each script is one function around its parts. Functions of one page
have names of their own, wherever they stand (`tests/project`).
"""

from __future__ import annotations

from pathlib import Path
from textwrap import indent

FOLDER = Path(__file__).with_name("js")
PARTS = {
    "mali-page.js": ("words", "unpack", "language", "terms", "page"),
    "mali.js": (
        *("words", "views", "legends", "labels", "fit", "draw", "pictures", "downloads"),
        *("listing", "figures"),
    ),
    "mali-sort.js": ("words", "sort"),
    "mali-timeline.js": ("words", "timeline"),
    "mali-search.js": ("words", "search"),
    "judge.js": ("words", "strip", "judge"),
    "explore.js": (
        *("words", "numbers", "months", "beta", "dispersion", "judgement", "answer", "choices"),
        *("shown", "menus", "explorer"),
    ),
}
"""Parts of each script in their order, the shared ones first."""


def joined(name: str) -> str:
    """Return a script that pages load.

    `name`: one of `PARTS`.
    """
    parts = [(FOLDER / f"{part}.js").read_text(encoding="utf-8") for part in PARTS[name]]
    return f'(() => {{\n  "use strict";\n\n{indent("".join(parts), "  ")}}})();\n'


def write(folder: Path) -> None:
    """Write all scripts into a folder."""
    for name in PARTS:
        (folder / name).write_text(joined(name), encoding="utf-8")
