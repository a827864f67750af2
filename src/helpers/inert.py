r"""The one door through which text from a file, a service or an error passes before anyone is shown it.

A name in a workbook may be any text: a template, a role of MyST, markup, a formula, an escape sequence. Behind this door
it is letters and nothing else. `text` takes away what any of our readers could act on, whatever it is put into later;
`markdown` is for text that is set into it as it is (templates escape what becomes HTML); `cell` is the rule of every CSV that the
project writes or lets download (`mali.js` holds the same rule, and a test holds one against the other); `line` is for
terminals.

What comes from the project's own folder is trusted, as its code is, and does not pass here (`helpers.data`).

Examples
--------
>>> text("{{7*7}} <img onerror=x> [a](javascript:b)")
'｛｛7＊7｝｝ ‹img onerror=x› ［a］(javascript:b)'
>>> cell("=1+1"), cell("-12.5"), cell("Kidal; +cmd")
("'=1+1", '-12.5', "Kidal; '+cmd")
"""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

MOST = 1000
"""Letters of one text; what is longer is cut."""

INVISIBLE = (
    r"\s\u0000-\u001f\u007f-\u00a0\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f"
    r"\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb"
)
"""What a spreadsheet may pass over before a formula: blanks, control signs, letters without a shape."""

_SIGNS = r"=+\-@|%＝＋－＠"
_NUMBER = r"[+-]?(?:\d[\d.,\u00a0\u202f ]*|\.\d+)(?:[eE][+-]?\d+)?\s*%?"
# At the start of a cell, and after what another reader than ours may take for the end of one.
_FORMULA = re.compile(
    rf"((?:^(?![{INVISIBLE}]*{_NUMBER}\s*\Z)|[;\t\n](?![{INVISIBLE}]*{_NUMBER}\s*(?:[;\t\n]|\Z)))[{INVISIBLE}]*)([{_SIGNS}])"
)

_LOOK_ALIKE = str.maketrans("<{}[]`*|\\~^$#", "‹｛｝［］｀＊｜＼～＾＄＃")
_COLONS = re.compile(r":{3,}")
_TARGET = re.compile(r"\)=")
# Between blanks it is a sign of order, and ends nothing, since nothing can begin.
_CLOSING = re.compile(r"(?<! )>|>(?! )")
_MARKS = re.compile(r"[\\`*_{}\[\]<>|~^$#&!]")
_URL = re.compile(r"https?://[A-Za-z0-9.-]+(?::\d+)?(?:[/?#][A-Za-z0-9._~:/?#@!$&'()*+,;=%-]*)?")


class Plain(str):
    """A sentence that is shown as it stands: nothing in it counts as Markdown."""


def line(text: str, most: int = 0) -> str:
    r"""Return text as one line without control signs, signs of direction and invisible letters.

    Examples
    --------
    >>> line("a\x1b[31mb\u202ec\n d")
    'a [31mb c d'
    """
    if not text.isprintable():
        text = "".join(sign if sign.isprintable() or unicodedata.category(sign) == "Zs" else " " for sign in text)
        text = re.sub(r" {2,}", " ", text)
    text = text.strip()
    return text if not most or len(text) <= most else f"{text[: most - 1]}…"


def lines(text: str) -> str:
    """Return text for a terminal: its lines and their indents stay, control signs and signs of direction go."""
    return "\n".join(
        part if part.isprintable() else " " * (len(part) - len(part.lstrip(" "))) + line(part)
        for part in text.split("\n")
    )


def text(text: str, most: int = MOST) -> str:
    """Return foreign text in which nothing can be markup, a template, a role, a reference, an escape or two lines."""
    plain = _CLOSING.sub("›", line(text)).translate(_LOOK_ALIKE)
    plain = _TARGET.sub(")＝", _COLONS.sub(lambda found: "：" * len(found[0]), plain))
    return plain if len(plain) <= most else f"{plain[: most - 1]}…"


def markdown(text: str) -> str:
    r"""Return text that Markdown shows as it is.

    Examples
    --------
    >>> print(markdown("{download}`x` *a* 2.5"))
    \{download\}\`x\` \*a\* 2.5
    """
    return _MARKS.sub(r"\\\g<0>", line(text))


def cell(text: str) -> str:
    """Return a cell of a CSV that no spreadsheet runs, whether it reads commas, semicolons or tabs.

    Numbers stay numbers; before what begins a formula stands an apostrophe, as spreadsheets themselves mark text.
    """
    # A lone carriage return would end a row for some readers, quoted or not.
    return _FORMULA.sub(r"\1'\2", re.sub(r"\r\n?", "\n", text))


def url(text: str) -> str:
    """Return an address of the web, or nothing where it is none.

    Examples
    --------
    >>> url("https://example.org/a?b=1"), url("javascript:alert(1)"), url("https://x/ onload=1")
    ('https://example.org/a?b=1', '', '')
    """
    return text if _URL.fullmatch(text) else ""


def tree(value: Any) -> Any:
    """Return a JSON value with every text in it, and every name of a field, passed through `text`."""
    if isinstance(value, str):
        return text(value)
    if isinstance(value, list):
        return [tree(item) for item in value]
    if isinstance(value, dict):
        return {text(str(key)): tree(item) for key, item in value.items()}
    return value


def frame(found: pd.DataFrame) -> pd.DataFrame:
    """Return a table with every text in it passed through `text`; a column `url` through `url`."""
    # Here and below: what prints an error needs no pandas.
    import pandas as pd

    changed = {
        name: found[name].map(url if name == "url" else text).astype(found[name].dtype)
        for name in found.columns
        if pd.api.types.is_string_dtype(found[name].dtype)
    }
    return found.assign(**changed)


def to_csv(found: pd.DataFrame) -> str:
    """Return a table as CSV, every text of it passed through `cell`: the one way in which the project writes CSV."""
    import pandas as pd

    columns = {}
    # Tables repeat their texts: of the million cells of a large one some dozens differ.
    once = functools.cache(cell)
    for name in found.columns:
        column = found[name]
        if not (pd.api.types.is_numeric_dtype(column.dtype) or pd.api.types.is_datetime64_any_dtype(column.dtype)):
            column = column.map(lambda value: once(value) if isinstance(value, str) else value)
        columns[cell(str(name))] = column
    return pd.DataFrame(columns, index=found.index).to_csv(index=False, lineterminator="\n")
