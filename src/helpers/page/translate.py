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

from collections.abc import Mapping
from typing import Any

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
    }
)
LOCALE = "fr-FR"
"""Number format of charts on French pages, by vl-convert's name."""


def french(spec: Mapping[str, Any]) -> dict[str, Any]:
    """Return a figure's specification with its French words.

    Parameters
    ----------
    spec : mapping
        As `Figure.spec` gives it; `usermeta["mali"]["fr"]` holds the words, `chart` in it those inside the chart.

    Returns
    -------
    dict
        A new specification. What has no French stays as it is.
    """
    meta = spec["usermeta"]["mali"]
    own = meta.get("fr", {})
    words = own.get("chart", {})
    made = {key: _walk(value, words, key) for key, value in spec.items() if key != "usermeta"}
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
    return made


def _word(text: str, words: Mapping[str, str]) -> str:
    return words.get(text) or tick_fr(text)


def _walk(value: Any, words: Mapping[str, str], key: str = "") -> Any:
    if isinstance(value, dict):
        return {name: _walk(part, words, name) for name, part in value.items()}
    if isinstance(value, list):
        return [_walk(part, words, key) for part in value]
    if isinstance(value, str) and key not in _CODE:
        return _word(value, words)
    return value
