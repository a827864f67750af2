"""The house's one apostrophe on every page, and French inversions in one piece: sources and code keep the typewriter's signs.

Examples
--------
>>> typeset("<p>Mali's regions&#x27; names</p><code>it's</code>")
"<p>Mali’s regions’ names</p><code>it's</code>"
>>> typeset("<h2>La violence s’aggrave-t-elle ?</h2>").count("\N{NON-BREAKING HYPHEN}")
2
"""

from __future__ import annotations

import re

_APART = re.compile(r"<(script|style|pre|code|textarea)\b.*?</\1\s*>|<!--.*?-->|<[^>]*>", re.DOTALL | re.IGNORECASE)
"""What is no text of a page: elements that hold code, comments, tags with their attributes."""
_APOSTROPHE = re.compile(r"(?<=\w)(?:'|&#x27;|&#39;|&apos;)(?=\w)|(?<=s)(?:'|&#x27;|&#39;|&apos;)(?=\s)")
"""One within a word, or after the s of several; a quotation mark stands before a word or after a sign."""
_INVERSION = re.compile(
    r"(?<=\w)-(?:t-(?:il|elle|on)|(?:ils?|elles?|ce|je|tu|nous|vous)|(?<=[td]-)on)(?![\w-])", re.IGNORECASE
)
"""A pronoun behind its verb, as French asks (`a-t-elle`, `est-ce`): a line must not break there, least of all a heading."""


def _set(text: str) -> str:
    return _INVERSION.sub(lambda found: found[0].replace("-", "\N{NON-BREAKING HYPHEN}"), _APOSTROPHE.sub("’", text))


def typeset(page: str) -> str:
    """Return HTML whose text has the apostrophe of print (’) wherever it had the typewriter's; code and attributes stay.

    The hyphens of French inversions become such as no line breaks at.
    """
    parts, at = [], 0
    for found in _APART.finditer(page):
        parts += [_set(page[at : found.start()]), found[0]]
        at = found.end()
    return "".join([*parts, _set(page[at:])])
