"""The house's one apostrophe on every page: tables, sources and code keep the typewriter's, readers never see it.

Examples
--------
>>> typeset("<p>Mali's regions&#x27; names</p><code>it's</code>")
"<p>Mali’s regions’ names</p><code>it's</code>"
"""

from __future__ import annotations

import re

_APART = re.compile(r"<(script|style|pre|code|textarea)\b.*?</\1\s*>|<!--.*?-->|<[^>]*>", re.DOTALL | re.IGNORECASE)
"""What is no text of a page: elements that hold code, comments, tags with their attributes."""
_APOSTROPHE = re.compile(r"(?<=\w)(?:'|&#x27;|&#39;|&apos;)(?=\w)|(?<=s)(?:'|&#x27;|&#39;|&apos;)(?=\s)")
"""One within a word, or after the s of several; a quotation mark stands before a word or after a sign."""


def typeset(page: str) -> str:
    """Return HTML whose text has the apostrophe of print (’) wherever it had the typewriter's; code and attributes stay."""
    parts, at = [], 0
    for found in _APART.finditer(page):
        parts += [_APOSTROPHE.sub("’", page[at : found.start()]), found[0]]
        at = found.end()
    return "".join([*parts, _APOSTROPHE.sub("’", page[at:])])
