"""Keys of half-years and quarters (`2023H1`, `2023Q3`) as readers see them: by their months, and never as codes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from helpers.windows import MONTHS

KEY = re.compile(r"\b(\d{4})([HQ])([1-4])\b")
MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])")
_OF_MONTHS = "split(utcFormat(toDate(datum.label + '-15'), '%b|%Y'), '|')"
"""Expression that names a month (`2023-06`) at an axis, over its year; the locale of the chart has its name."""
_SPANS = {("H", n): (6 * n - 6, 6 * n - 1) for n in (1, 2)} | {("Q", n): (3 * n - 3, 3 * n - 1) for n in (1, 2, 3, 4)}
FRENCH_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
SHORT = {
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    "fr": ("janv.", "févr.", "mars", "avril", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."),
}
_LONG = {"en": MONTHS, "fr": FRENCH_MONTHS}


def _named(months: tuple[str, ...] | list[str], kind: str, number: int) -> str:
    first, last = _SPANS[kind, number]
    return f"{months[first]}-{months[last]}"


def spelled(text: str, language: str = "en", *, short: bool = False) -> str:
    """Return a text with its keys of periods as months.

    Examples
    --------
    >>> spelled("half-years 2017H1 to 2023H2"), spelled("2023Q3", short=True), spelled("2023Q3", "fr")
    ('half-years January-June 2017 to July-December 2023', 'Jul-Sep 2023', 'juillet-septembre 2023')
    """
    months = (SHORT if short else _LONG)[language]

    def told(found: re.Match[str]) -> str:
        kind, number = found[2], int(found[3])
        return f"{_named(months, kind, number)} {found[1]}" if (kind, number) in _SPANS else found[0]

    return KEY.sub(told, text)


DAY = re.compile(r"(\d{4})-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?")


def dated(text: str, language: str = "en") -> str:
    """Return a day or a month (`YYYY-MM-DD`, `YYYY-MM`) as sentences write it; any other text as it is.

    Examples
    --------
    >>> dated("2020-08-18"), dated("2023-07-01", "fr"), dated("2023-07"), dated("R23-07")
    ('18 August 2020', '1er juillet 2023', 'July 2023', 'R23-07')
    """
    found = DAY.fullmatch(text)
    if not found:
        return text
    told = f"{_LONG[language][int(found[2]) - 1]} {found[1]}"
    if not found[3]:
        return told
    number = int(found[3])
    return f"{'1er' if number == 1 and language == 'fr' else number} {told}"


def words(said: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a figure says (`usermeta["mali"]`) without keys, its table's cells too."""
    made = {name: spelled(text) if isinstance(text, str) and name != "id" else text for name, text in said.items()}
    table = said["table"]
    rows = [[spelled(cell, short=True) if isinstance(cell, str) else cell for cell in row] for row in table["rows"]]
    made["table"] = {**table, "columns": [spelled(name, short=True) for name in table["columns"]], "rows": rows}
    if "fr" in said:
        made["fr"] = {name: spelled(text, "fr") if isinstance(text, str) else text for name, text in said["fr"].items()}
    return made


def _expression(lines: bool) -> str:
    """Return the expression that names a key at an axis, its year on a line of its own where `lines` says so."""
    text = "datum.label"
    for kind, number in _SPANS:
        name = f"{_named(SHORT['en'], kind, number)}{'|' if lines else ' '}$1"
        text = f"replace({text}, /(\\d{{4}}){kind}{number}/, '{name}')"
    return f"split({text}, '|')" if lines else text


def french_expression(expression: str) -> str:
    """Return an axis's expression with French months."""
    for kind, number in _SPANS:
        english, told = (_named(SHORT[language], kind, number) for language in ("en", "fr"))
        expression = re.sub(rf"\b{english}(?=[| ])", told, expression)
    return expression


_PLAIN = "datum.label"
"""An expression that leaves labels as they are."""


def _own(layers: Any) -> frozenset[str]:
    """Return the channels of which one of some layers has labels of its own: layers share an axis, and so its labels."""
    return frozenset(
        channel
        for layer in layers or ()
        for channel in ("x", "y")
        if ((layer.get("encoding", {}).get(channel) or {}).get("axis") or {}).get("labelExpr", _PLAIN) != _PLAIN
    )


def name_ticks(
    spec: Any, rows: Any = (), root: Mapping[str, Any] | None = None, own: frozenset[str] = frozenset()
) -> None:
    """Let axes name periods by their months where their values are keys or months; changes the specification.

    Parameters
    ----------
    spec : dict or list
        A Vega-Lite specification, or a part of one.
    rows : sequence of dict
        Data of the view around it.
    root : dict, optional
        The whole specification, which holds the data by name.
    own : frozenset of str
        Channels whose labels another layer of the view gives.
    """
    if isinstance(spec, list):
        for part in spec:
            name_ticks(part, rows, root, own)
        return
    if not isinstance(spec, dict):
        return
    root = spec if root is None else root
    data = spec.get("data")
    if isinstance(data, dict):
        rows = data.get("values") or root.get("datasets", {}).get(data.get("name"), ())
    for channel, guide in (("x", "axis"), ("y", "axis"), ("row", "header"), ("column", "header"), ("facet", "header")):
        one = spec.get("encoding", {}).get(channel)
        if (
            channel in own
            or not isinstance(one, dict)
            or one.get("type") not in ("ordinal", "nominal")
            or one.get(guide, {}) is None
        ):
            continue
        values = {str(row.get(one.get("field"))) for row in rows if isinstance(row, dict)} if rows else set()
        # An expression of its own knows what it does with the values; `datum.label` does nothing.
        plain = one.get(guide, {}).get("labelExpr", _PLAIN) == _PLAIN
        if values and all(KEY.search(value) for value in values) and plain:
            one[guide] = {**one.get(guide, {}), "labelExpr": _expression(channel == "x")}
        elif values and all(MONTH.fullmatch(value) for value in values) and plain:
            one[guide] = {**one.get(guide, {}), "labelExpr": _OF_MONTHS}
    for name in ("layer", "vconcat", "hconcat", "concat", "spec"):
        if name in spec:
            name_ticks(spec[name], rows, root, own | _own(spec.get("layer")))


def name_tips(spec: dict[str, Any]) -> None:
    """Let tooltips name periods and days by their months where the data hold keys; changes the specification.

    Parameters
    ----------
    spec : dict
        A Vega-Lite specification. Rows get a column with the words of each column of keys that a tooltip shows, and
        numbers without a format get one.
    """
    rows = [row for values in spec.get("datasets", {}).values() for row in values if isinstance(row, dict)]
    tips = [tip for tip in _tips(spec) if "format" not in tip and "aggregate" not in tip and "field" in tip]
    for tip in tips:
        name = str(tip["field"])
        if tip.get("type") == "quantitative":
            # A year is a name: 2,023 would be misread.
            tip.update({} if name.startswith("Year") else {"format": ",.2~f"})
            continue
        values = {row[name] for row in rows if row.get(name) is not None}
        if not any(isinstance(x, str) and (KEY.search(x) or DAY.fullmatch(x)) for x in values):
            continue
        tip.update(field=f"{name} in words", title=tip.get("title", name))
        for row in rows:
            if row.get(name) is not None:
                row[f"{name} in words"] = dated(spelled(str(row[name]), short=True))


def _tips(node: Any) -> Iterator[dict[str, Any]]:
    """Yield what tooltips of a specification show."""
    if isinstance(node, list):
        for part in node:
            yield from _tips(part)
    elif isinstance(node, dict):
        shown = node.get("encoding", {}).get("tooltip", [])
        yield from (one for one in (shown if isinstance(shown, list) else [shown]) if isinstance(one, dict))
        for name in ("layer", "vconcat", "hconcat", "concat", "spec"):
            yield from _tips(node.get(name, []))
