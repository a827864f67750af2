r"""What the house sets on every page: print's apostrophe, units at their numbers, French inversions in one piece.

A French page also gets its narrow spaces here, the only place that sees all of it: a text that a template
holds, and a title from which Sphinx takes the spaces that no line may break at.

Sources and code keep a typewriter's signs; readers never see them.

Examples
--------
>>> typeset("<p>Mali's regions&#x27; names</p><code>it's</code>")
"<p>Mali’s regions’ names</p><code>it's</code>"
>>> typeset("<td>+267 %</td><p>19 percent within 150 km, × 1.08</p>")
'<td>+267\u202f%</td><p>19\xa0percent within 150\u202fkm, ×\u202f1.08</p>'
>>> typeset("<h2>La violence s’aggrave-t-elle ?</h2>").count("\N{NON-BREAKING HYPHEN}")
2
>>> typeset('<a title="Que reste-t-il ?">Données : <b>« oui »</b></a><code>a ; b</code>', "fr")
'<a title="Que reste-t-il\u202f?">Données\u202f: <b>«\u202foui\u202f»</b></a><code>a ; b</code>'
"""

from __future__ import annotations

import re
from collections.abc import Callable

from helpers.french import held

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

_SAID = re.compile(r'(?<=\s)((?:title|alt|aria-label|placeholder|label|content)=")([^"]*)(?=")')
"""What a tag says to readers: seen on hover, heard, or shown by search engines and previews."""


def _set(text: str) -> str:
    text = _PARTED.sub(lambda found: "\xa0" if text.startswith("percent", found.end()) else "\u202f", text)
    text = _INVERSION.sub(lambda found: found[0].replace("-", "\N{NON-BREAKING HYPHEN}"), text)
    return _APOSTROPHE.sub("’", text)


def one_line(text: str) -> str:
    r"""Return a text on one line; the narrow space inside French numbers stays, which `str.split` takes for any other.

    Examples
    --------
    >>> one_line(" de 3\u202f868\n  morts ")
    'de 3\u202f868 morts'
    """
    return re.sub(r"[ \t\r\n]+", " ", text).strip(" ")


def typeset(page: str, lang: str = "en") -> str:
    """Return HTML whose text is set as print is; code and attributes stay, but for what a French page says in them.

    Parameters
    ----------
    page, lang : str
        HTML, and the language that it is in. In French no line breaks before a sign or inside quotation marks. Spaces are
        exchanged and none put in: English that stands in between has none there.
    """
    if lang != "fr":
        return _changed(page, _set, str)
    return _changed(
        page, lambda text: held(_set(text)), lambda tag: _SAID.sub(lambda found: found[1] + held(found[2]), tag)
    )


def _changed(page: str, text: Callable[[str], str], tag: Callable[[str], str]) -> str:
    """Return HTML with its text and its tags changed, each as a function does; what holds code stays."""
    parts, at = [], 0
    for found in _APART.finditer(page):
        parts += [
            text(page[at : found.start()]),
            found[0] if found[1] or found[0].startswith("<!--") else tag(found[0]),
        ]
        at = found.end()
    return "".join([*parts, text(page[at:])])
