r"""What the house sets on every page: print's apostrophe, units at their numbers, French inversions in one piece.

Sources and code keep a typewriter's signs; readers never see them.

Examples
--------
>>> typeset("<p>Mali's regions&#x27; names</p><code>it's</code>")
"<p>Mali’s regions’ names</p><code>it's</code>"
>>> typeset("<td>+267 %</td><p>19 percent within 150 km, × 1.08</p>")
'<td>+267\u202f%</td><p>19\xa0percent within 150\u202fkm, ×\u202f1.08</p>'
>>> typeset("<h2>La violence s’aggrave-t-elle ?</h2>").count("\N{NON-BREAKING HYPHEN}")
2
"""

from __future__ import annotations

import re

_APART = re.compile(r"<(script|style|pre|code|textarea)\b.*?</\1\s*>|<!--.*?-->|<[^>]*>", re.DOTALL | re.IGNORECASE)
"""What is no text of a page: elements that hold code, comments, tags with their attributes."""
_APOSTROPHE = re.compile(r"(?<=\w)(?:'|&#x27;|&#39;|&apos;)(?=\w)|(?<=s)(?:'|&#x27;|&#39;|&apos;)(?=\s)")
"""One within a word, or after the s of several; a quotation mark stands before a word or after a sign."""
_PARTED = re.compile(r"(?<=[\d)]) (?=(?:%|km²?|percent)(?!\w))|(?<=×) (?=\d)")
"""A space at which a line could end between a number and its unit."""
_INVERSION = re.compile(
    r"(?<=\w)-(?:t-(?:il|elle|on)|(?:ils?|elles?|ce|je|tu|nous|vous)|(?<=[td]-)on)(?![\w-])", re.IGNORECASE
)
"""A pronoun behind its verb, as French asks (`a-t-elle`, `est-ce`): a line must not break there, least of all a heading."""


def _set(text: str) -> str:
    text = _PARTED.sub(lambda found: "\xa0" if text.startswith("percent", found.end()) else "\u202f", text)
    text = _INVERSION.sub(lambda found: found[0].replace("-", "\N{NON-BREAKING HYPHEN}"), text)
    return _APOSTROPHE.sub("’", text)


def typeset(page: str) -> str:
    """Return HTML whose text is set as print is; code and attributes stay."""
    parts, at = [], 0
    for found in _APART.finditer(page):
        parts += [_set(page[at : found.start()]), found[0]]
        at = found.end()
    return "".join([*parts, _set(page[at:])])
