r"""The house's one apostrophe on every page, and spaces that hold a number and its unit on one line.

Tables, sources and code keep what a typewriter has; readers never see it.

Examples
--------
>>> typeset("<p>Mali's regions&#x27; names</p><code>it's</code>")
"<p>Mali’s regions’ names</p><code>it's</code>"
>>> typeset("<td>+267 %</td><p>19 percent within 150 km, × 1.08</p>")
'<td>+267\u202f%</td><p>19\xa0percent within 150\u202fkm, ×\u202f1.08</p>'
"""

from __future__ import annotations

import re

_APART = re.compile(r"<(script|style|pre|code|textarea)\b.*?</\1\s*>|<!--.*?-->|<[^>]*>", re.DOTALL | re.IGNORECASE)
"""What is no text of a page: elements that hold code, comments, tags with their attributes."""
_APOSTROPHE = re.compile(r"(?<=\w)(?:'|&#x27;|&#39;|&apos;)(?=\w)|(?<=s)(?:'|&#x27;|&#39;|&apos;)(?=\s)")
"""One within a word, or after the s of several; a quotation mark stands before a word or after a sign."""
_PARTED = re.compile(r"(?<=[\d)]) (?=(?:%|km²?|percent)(?!\w))|(?<=×) (?=\d)")
"""A space at which a line could end between a number and its unit."""


def _text(text: str) -> str:
    joined = _PARTED.sub(lambda found: "\xa0" if text.startswith("percent", found.end()) else "\u202f", text)
    return _APOSTROPHE.sub("’", joined)


def typeset(page: str) -> str:
    """Return HTML whose text has print's apostrophe (’) for the typewriter's and keeps units at their numbers; code and attributes stay."""
    parts, at = [], 0
    for found in _APART.finditer(page):
        parts += [_text(page[at : found.start()]), found[0]]
        at = found.end()
    return "".join([*parts, _text(page[at:])])
