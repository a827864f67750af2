"""A figure's specification in French: its words, those inside the chart, and those of its table.

Examples
--------
>>> spec = {"mark": "bar", "encoding": {"y": {"title": "Events"}}, "usermeta": {"mali": {"title": "Two events.",
...     "table": {"columns": ["Events"], "rows": [["Jul-Sep 2023"]]}, "fr": {"title": "Deux.", "chart": {"Events": "N"}}}}}
>>> made = french(spec)
>>> made["encoding"]["y"]["title"], made["usermeta"]["mali"]["title"], made["usermeta"]["mali"]["table"]["rows"]
('N', 'Deux.', [['juil.-sept. 2023']])
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping
from typing import Any

from helpers import room
from helpers.french import MONTHS, held, spaced
from helpers.keys import french_expression
from helpers.words.inside import COMMON, PARTS
from helpers.words.names import tick_fr

#: Keys of a specification whose text is for the program and not for the reader.
_CODE = frozenset(
    {
        "field",
        "type",
        "mark",
        "$schema",
        "name",
        "as",
        "groupby",
        "filter",
        "calculate",
        "test",
        "aggregate",
        "expr",
        "op",
        "fold",
        "fields",
        "flatten",
        "impute",
        "key",
        "lookup",
        "on",
        "param",
        "pivot",
        "select",
        "encodings",
    }
)
_JOINS = frozenset({"key"})
"""Columns of a chart's data that join its marks; a column `name` is read by people, in a tooltip."""
_ACCESS = re.compile(r"""\[\s*(["']).*?\1\s*\]""")
_COUNTED = re.compile(r"(.+): ([\d,]+) ([^\W\d].*)")
"""What a chart says of a period: `January-June 2023: 523 events`."""
LOCALE: dict[str, Any] = {
    "number": {
        "decimal": ",",
        "thousands": "\u202f",
        "grouping": [3],
        "currency": ["", "\u202f€"],
        "percent": "\u202f%",
    },
    "time": {
        "dateTime": "%A %-d %B %Y à %X",
        "date": "%d/%m/%Y",
        "time": "%H:%M:%S",
        "periods": ["AM", "PM"],
        "days": ["dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"],
        "shortDays": ["dim.", "lun.", "mar.", "mer.", "jeu.", "ven.", "sam."],
        "months": list(MONTHS),
        "shortMonths": [
            "janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.",
        ],
    },
}  # fmt: skip
"""Format of numbers and dates in charts: a part of the specification, so that page, picture and download have it."""


def french(spec: Mapping[str, Any]) -> dict[str, Any]:
    """Return a figure's specification with its French words.

    `spec`: as `Figure.spec` gives it; `usermeta["mali"]["fr"]` holds the words, `chart` in it those inside the chart.
    Returns a new specification. Words inside the chart that have no French stay as they are.
    """
    meta = spec["usermeta"]["mali"]
    own = meta.get("fr", {})
    words = _words(spec, own)
    made = _walk({key: value for key, value in spec.items() if key != "usermeta"}, words)
    made["config"] = {**made.get("config", {}), "locale": LOCALE}
    if "title" in spec and own:
        title, subtitle = (
            textwrap.wrap(own["title"], 76),
            textwrap.wrap(own.get("subtitle", meta.get("subtitle", "")), 96),
        )
        made["title"] = {**spec["title"], "text": title, "subtitle": subtitle}
    table = meta["table"]
    said = {
        "table": {
            **table,
            "columns": [_word(name, words) for name in table["columns"]],
            "rows": [[_word(x, words) if isinstance(x, str) else x for x in row] for row in table["rows"]],
        },
        **{key: text for key, text in own.items() if key != "chart"},
        "lang": "fr",
    }
    made["usermeta"] = {**spec["usermeta"], "mali": {k: v for k, v in meta.items() if k != "fr"} | said}
    room.give(made)
    return made


def _words(spec: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, str]:
    """Return a figure's own French and the common words, but for those that an expression of the chart compares with."""
    # `datum['Deaths']` names a column; `datum.side == 'Others'` compares with a word that must stay as it is.
    compared = _ACCESS.sub("", "\n".join(_expressions(spec)))
    kept = {word for word in COMMON if f"'{word}'" in compared or f'"{word}"' in compared}
    return {word: told for word, told in COMMON.items() if word not in kept} | own.get("chart", {})


def _expressions(value: Any, key: str = "") -> list[str]:
    if isinstance(value, dict):
        return [text for name, part in value.items() if name != "usermeta" for text in _expressions(part, name)]
    if isinstance(value, list):
        return [text for part in value for text in _expressions(part, key)]
    return [value] if isinstance(value, str) and (key in _CODE or key.endswith("Expr")) else []


def _word(text: str, words: Mapping[str, str]) -> str:
    if counted := _COUNTED.fullmatch(text):
        label, number, noun = counted.groups()
        if told := words.get(noun[:1].upper() + noun[1:]):
            number = number.replace(",", LOCALE["number"]["thousands"])
            return f"{words.get(label) or tick_fr(label)}\u202f: {number} {told[:1].lower() + told[1:]}"
    if text in words:
        return spaced(words[text])
    for pattern, told in PARTS:
        if found := pattern.fullmatch(text):
            return spaced(told.format(*(_word(part, words) for part in found.groups())))
    return held(tick_fr(text))


def _walk(value: Any, words: Mapping[str, str], key: str = "", code: frozenset[str] = _CODE) -> Any:
    if isinstance(value, dict):
        made = {name: _walk(part, words, name, _JOINS if name == "datasets" else code) for name, part in value.items()}
        # The name of a control is its label.
        return made | {"name": _word(value["name"], words)} if "input" in value and "name" in value else made
    if isinstance(value, list):
        return [_walk(part, words, key, code) for part in value]
    if isinstance(value, str) and key == "labelExpr":
        return french_expression(value)
    if isinstance(value, str) and key not in code:
        return _word(value, words)
    return value
