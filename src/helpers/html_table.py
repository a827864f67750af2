"""A frame as rows of plain values, and as an accessible HTML table."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

import pandas as pd

from helpers import inert, keys
from helpers.definitions import half_up
from helpers.markup import PAGES
from helpers.notebook import MIME as MIME
from helpers.windows import MONTHS

_YEAR = re.compile(r"\b(year|date|edition|année|édition)s?\b", re.IGNORECASE)

_MISSING = "–"

#: A hash, a file's name, a pattern: no line breaks at a space of it, so it may break anywhere.
_CODE = re.compile(r"\S{18}")
#: A day or a month as tables write it: it stays on one line.
_DATE = re.compile(
    rf"(?:\d{{1,2}}(?:er)? )?(?:{'|'.join((*MONTHS, *keys.FRENCH_MONTHS))})(?: \d{{1,2}},)? \d{{4}}|\d{{4}}-\d\d-\d\d"
)


def table_data(frame: pd.DataFrame) -> dict[str, list[Any]]:
    """Return a frame as columns and rows of plain values.

    `frame`: any frame; periods and dates become ISO texts, missing values ``None``. Returns ``{"columns": [...],
    "rows": [[...], ...]}``, ready for JSON.
    """
    columns = [_column(frame[name]) for name in frame.columns]
    return {
        "columns": [str(name) for name in frame.columns],
        "rows": [list(row) for row in zip(*columns, strict=True)],
    }


def html_table(
    data: Mapping[str, list[Any]],
    *,
    caption: str,
    decimals: Mapping[str, int] | None = None,
    max_rows: int | None = None,
    hrefs: Mapping[str, Sequence[str]] | None = None,
    french: bool = False,
    told: tuple[str, Mapping[str, list[Any]]] | None = None,
    dated: bool = False,
) -> str:
    """Return columns and rows (see `table_data`) as an accessible HTML table that scrolls inside its own box.

    Columns that `data` names as `shares` (by their places) are written in percent.

    Parameters
    ----------
    caption
        Caption of the table, and the name of its box for screen readers.
    max_rows
        Rows to show at most; a line below says how many were left out.
    hrefs
        Addresses by column name, one for each row.
    french
        Write numbers, yes and no, and the line below as in French.
    told
        Caption, columns and rows in French, which a French page puts in the place of these; what is linked is a name.
    dated
        Write days and months as sentences do; what is sorted by its text keeps their digits.
    """
    rows = data["rows"] if max_rows is None else data["rows"][:max_rows]
    formats = [_in_french(form) if french else form for form in _formatters(data, decimals or {})]
    if dated:
        formats = [_with_dates(form, "fr" if french else "en") for form in formats]
    numeric = [_is_numeric(data, i) for i in range(len(data["columns"]))]
    linked = {data["columns"].index(name): addresses for name, addresses in (hrefs or {}).items()}

    note = ""
    if len(rows) < len(data["rows"]):
        shown, every = f"{len(rows):,}", f"{len(data['rows']):,}"
        note = f"The first {shown} of {every} rows are shown; the CSV download has them all."
        if french:
            note = f"Les {shown} premières lignes sur {every}\u202f; le téléchargement CSV les a toutes."
            note = note.replace(",", "\u202f")
    other, columns, lines = (told[0], told[1]["columns"], told[1]["rows"]) if told else ("", [], [])
    cell = partial(_shown, "fr" if french else "en")
    head = [cell(name, numeric[i], "", columns[i] if told else "") for i, name in enumerate(data["columns"])]
    body = [
        [
            cell(formats[i](value), numeric[i], linked[i][at] if i in linked else "", str(lines[at][i]) if told else "")
            for i, value in enumerate(row)
        ]
        for at, row in enumerate(rows)
    ]
    return PAGES.render("table.html", caption=caption, other=other, head=head, rows=body, note=note)


def _shown(language: str, text: str, number: bool, address: str, told: str) -> tuple[str, str, str, str]:
    """Return a cell as the template takes it: its text, class and address, and its French."""
    text = keys.spelled(text, language, short=True)
    kind = "mali-code" if _CODE.search(text) else ""
    kind = "mali-num" if number else "mali-date" if _DATE.fullmatch(text) else kind
    return text, kind, inert.url(address), told


def _column(series: pd.Series) -> list[Any]:
    dates = pd.api.types.is_datetime64_any_dtype(series)
    whole_days = bool(dates and (series.dropna() == series.dropna().dt.normalize()).all())
    return [_cell(value, whole_days) for value in series.tolist()]


def _cell(value: Any, whole_days: bool) -> Any:
    if value is None or value is pd.NaT or value is pd.NA or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, datetime):  # includes pandas' Timestamp
        return value.strftime("%Y-%m-%d") if whole_days else value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        return _round(value)
    if hasattr(value, "item"):
        return _cell(value.item(), whole_days)
    return str(value)


def _round(value: float) -> float | int | None:
    """Keep six significant digits, and the whole part whatever its length."""
    if not math.isfinite(value):
        return None
    if value == 0:
        return 0
    rounded = round(value, max(0, 5 - math.floor(math.log10(abs(value)))))
    return int(rounded) if rounded.is_integer() and abs(rounded) < 2**53 else rounded


def _is_numeric(data: Mapping[str, list[Any]], index: int) -> bool:
    values = [row[index] for row in data["rows"] if row[index] is not None]
    return bool(values) and all(isinstance(v, int | float) and not isinstance(v, bool) for v in values)


def _with_dates(form: Callable[[Any], str], language: str) -> Callable[[Any], str]:
    return lambda value: keys.dated(value, language) if isinstance(value, str) else form(value)


def _percent(values: list[float]) -> Callable[[Any], str]:
    """Return what writes shares of one in percent, with the decimals that the smallest needs."""
    digits = 1 if any(0 < abs(value) < 0.01 for value in values) else 0

    def form(value: Any) -> str:
        if value is None:
            return _MISSING
        rounded = half_up(100 * value, digits)
        return format(rounded if rounded else abs(rounded), f",.{digits}f").replace("-", "−") + "%"

    return form


def _formatters(data: Mapping[str, list[Any]], decimals: Mapping[str, int]) -> list[Callable[[Any], str]]:
    out: list[Callable[[Any], str]] = []
    for i, name in enumerate(data["columns"]):
        known = [row[i] for row in data["rows"] if row[i] is not None]
        if not _is_numeric(data, i):
            out.append(_format_text)
        elif i in data.get("shares", ()):
            out.append(_percent(known))
        else:
            out.append(_formatter(name, known, decimals.get(name)))
    return out


def _in_french(form: Callable[[Any], str]) -> Callable[[Any], str]:
    def write(value: Any) -> str:
        if isinstance(value, bool):
            return "oui" if value else "non"
        text = form(value)
        # Text is in French already, or is a name.
        return text if isinstance(value, str) else text.replace(",", "\u202f").replace(".", ",").replace("%", "\u202f%")

    return write


def _format_text(value: Any) -> str:
    if value is None:
        return _MISSING
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _formatter(name: str, values: list[float], decimals: int | None) -> Callable[[Any], str]:
    whole = all(float(v).is_integer() for v in values)
    # A year is a name, not a quantity: 2,023 would be misread.
    years = whole and _YEAR.search(name) and all(1900 <= v <= 2100 for v in values)
    comma = "" if years else ","
    if decimals is None:
        top = max(abs(v) for v in values)
        most = 0 if whole else 1 if top >= 100 else 2 if top >= 1 else 3
        # No more than the numbers have: 0.5 and 0.25 need two, not three.
        decimals = next(d for d in range(most + 1) if d == most or all(half_up(v, d) == half_up(v, 6) for v in values))

    def form(value: Any) -> str:
        if value is None:
            return _MISSING
        rounded = half_up(value, decimals)
        # Decimal keeps the sign of a zero; "−0.00" would puzzle a reader.
        return format(rounded if rounded else abs(rounded), f"{comma}f").replace("-", "−")

    return form
