"""Secrets, and how they are struck out of what a service says back, in whatever encoding it says it."""

from __future__ import annotations

import base64
import binascii
import html
import json
import re
from collections.abc import Iterable
from functools import cache
from typing import NoReturn
from urllib.parse import quote, quote_plus, unquote_plus

HIDDEN = "(hidden)"
_STRUCK = "\ufffe"
WITHHELD = "(an answer that holds a credential)"
"""Stands for a text in which a secret is encoded in a way that cannot be cut out of it."""

_ENCODED = re.compile(r"[A-Za-z0-9+/_=-]{6,}")
_ESCAPED = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))")


class Secret:
    """A password or token that no `print`, `repr`, format or pickle gives away.

    Examples
    --------
    >>> word = Secret("open sesame")
    >>> print(word, repr(word), f"{word}")
    (hidden) (hidden) (hidden)
    """

    __slots__ = ("_value",)

    def __init__(self, value: str):
        self._value = value

    def reveal(self) -> str:
        """Return the value, for the one place that sends it."""
        return self._value

    def __repr__(self) -> str:
        return HIDDEN

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is not written anywhere")


@cache
def _forms(value: str) -> tuple[str, ...]:
    """Return the ways in which services and libraries write a text, the longest first."""
    raw = value.encode()
    found = {value, quote(value), quote(value, safe=""), quote_plus(value), html.escape(value), raw.hex()}
    found |= {json.dumps(value)[1:-1], json.dumps(value, ensure_ascii=False)[1:-1], repr(value)[1:-1]}
    found |= {quote(each, safe="") for each in (quote(value, safe=""), quote_plus(value))}
    for encode in (base64.b64encode, base64.urlsafe_b64encode):
        found.add(encode(raw).decode())
        found.add(encode(raw).decode().rstrip("="))
    return tuple(sorted(filter(None, found), key=len, reverse=True))


def _decoded(text: str) -> Iterable[str]:
    """Return what a text may stand for: its escapes resolved, up to three times, and the base64 and hexadecimals in it."""
    for _ in range(3):
        yield text
        for word in _ENCODED.findall(text):
            plain = word.replace("-", "+").replace("_", "/").rstrip("=")
            with_padding = plain + "=" * (-len(plain) % 4)
            for decode in (base64.b64decode, bytes.fromhex):
                try:
                    yield decode(with_padding if decode is base64.b64decode else word).decode("utf-8", "ignore")
                except (ValueError, binascii.Error):
                    continue
        text = html.unescape(unquote_plus(_ESCAPED.sub(_resolved, text)))


def _resolved(found: re.Match[str]) -> str:
    digits = found[1] or found[2]
    return chr(int(digits, 16)) if digits else found[3]


def strike(text: str, secrets: Iterable[Secret]) -> str:
    """Return a text without the secrets, in the encodings known; one that holds them in another is withheld whole.

    Examples
    --------
    >>> strike("no user pa55%20w0rd", [Secret("pa55 w0rd")])
    'no user (hidden)'
    """
    values = [secret.reveal() for secret in secrets if secret.reveal()]
    # One sign first: tokens are the service's to choose, and those that are in the word itself would make it grow.
    text = text.replace(_STRUCK, " ")
    for value in values:
        for form in _forms(value):
            text = re.sub(re.escape(form), _STRUCK, text, flags=re.IGNORECASE)
    text = text.replace(_STRUCK, HIDDEN)
    # A word of three letters is found by chance in any text that is decoded.
    long = [value.casefold() for value in values if len(value) > 3]
    if any(value in plain.casefold() for plain in _decoded(text) for value in long):
        return WITHHELD
    return text
