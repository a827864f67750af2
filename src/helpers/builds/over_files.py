"""The files of the pages over the editions of a site, and by what they are known; without what making them needs."""

from __future__ import annotations

import re
from pathlib import Path

NAMES = {"glance": "editions", "compare": "compare"}
"""Names of the pages, without language and suffix."""
FILES = tuple(f"{name}{suffix}.html" for suffix in ("", ".fr") for name in NAMES.values())
"""Their files in a site."""
MADE = '<meta name="generator" content="mali-executable-report">'
"""What each of them holds."""


def without(front: str) -> str:
    """Return the front page without its links to these pages."""
    return re.sub(r"<!--over-->.*?<!--/over-->", "", front)


def is_one(path: Path) -> bool:
    """Tell whether a file of a site is one of these pages, as a build has made it."""
    try:
        return path.is_file() and not path.is_symlink() and MADE in path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return False
