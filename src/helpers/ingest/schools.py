"""Schools of the conflict regions, open or closed: a measure of pressure that does not rest on reports of events."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import pandas as pd

from helpers.errors import DataError

SHEET = "BDD"
HEADER = 2
"""Line of the sheet (from 0) that holds the names of the columns."""

FIRST_YEAR, SURVEYED = 2002, 2023
"""Years a school can have closed in: the oldest date that is a date, and the year of the survey."""

# Cercles of the survey against those of the tables: the cercles of Menaka region are one there.
CERCLES = {
    "Baroueli": "Baraoueli", "Ander": "Menaka", "Inekar": "Menaka", "Tidermene": "Menaka",
}  # fmt: skip

_STATUS = (("non fonctionnelle pour causes d'insécurité", "insecurity"), ("autres causes", "other"))
_YEAR = re.compile(r"(?<!\d)(20\d{2})(?!\d)")


def schools_table(workbook: Path, cercles: pd.DataFrame) -> pd.DataFrame:
    """Count schools by cercle, whether they are open, why they closed and in which year.

    Parameters
    ----------
    workbook : Path
        Survey of schools (OCHA, 2023), one row a school.
    cercles : DataFrame
        With `cercle` and `region`.

    Returns
    -------
    DataFrame
        `cercle`, `region`, `status` (open, insecurity, other), `closed` (year; `unreadable` for dates that are slips,
        as 1905 and 1970, which spreadsheets make of a bare year or nought; `not stated`; empty for open schools),
        `schools`. Cercles that the survey counts within another stand under that one.

    Raises
    ------
    DataError
        A column, a cercle or a status is not as expected.
    """
    raw = pd.read_excel(workbook, sheet_name=SHEET, header=HEADER)
    raw.columns = [re.sub(r"\s+", " ", str(column)).strip() for column in raw.columns]
    names = {column.split("(")[0].strip(): column for column in raw.columns}
    needed = {
        "cercle": "CERCLE",
        "status": "Statut de fonctionnalité de l'école",
        "closed": "Si école fermée, date de fermeture",
    }
    missing = [name for name in needed.values() if name not in names]
    if missing:
        raise DataError(f"{workbook.name}: column {missing[0]!r} is missing from sheet {SHEET}.")
    rows = raw[raw[names[needed["status"]]].notna()]
    cercle = rows[names["CERCLE"]].astype(str).str.strip().str.capitalize().replace(CERCLES)
    cercle = cercle.replace({"Gourma-rharous": "Gourma-Rharous", "Tin-essako": "Tin-Essako"})
    region = cercle.map(cercles.set_index("cercle")["region"])
    if region.isna().any():
        at = region.isna().idxmax()
        raise DataError(f"{workbook.name}: row {at + HEADER + 2}: no cercle is called {cercle[at]!r}.")
    status = rows[names[needed["status"]]].map(_status)
    if status.isna().any():
        at = status.isna().idxmax()
        raise DataError(f"{workbook.name}: row {at + HEADER + 2}: unknown status of a school.")
    closed = rows[names[needed["closed"]]].map(closing_year).where(status.ne("open"), "")
    frame = pd.DataFrame({"cercle": cercle, "region": region, "status": status, "closed": closed})
    keys = list(frame.columns)
    return frame.groupby(keys, as_index=False).size().rename(columns={"size": "schools"})


def _status(text: str) -> str | None:
    if str(text).strip() == "Ecole fonctionnelle":
        return "open"
    return next((name for words, name in _STATUS if words in str(text)), None)


def closing_year(value: object) -> str:
    """Return the year of a closing date, `unreadable` where it is none, `not stated` where the cell is empty.

    Examples
    --------
    >>> closing_year(datetime.datetime(2019, 3, 1)), closing_year("OCTOBRE 2023"), closing_year(2019)
    ('2019', '2023', '2019')
    >>> closing_year(datetime.datetime(1905, 7, 11)), closing_year("3ans de cela"), closing_year(None)
    ('unreadable', 'unreadable', 'not stated')
    """
    if value is None or value is pd.NaT or (isinstance(value, float) and pd.isna(value)):
        return "not stated"
    if isinstance(value, (datetime.date, pd.Timestamp)):
        year = value.year
    elif "insérez la date" in str(value):  # The form's own prompt, left as it was.
        return "not stated"
    else:
        found = _YEAR.search(str(value))
        year = int(found[1]) if found else 0
    return str(year) if FIRST_YEAR <= year <= SURVEYED else "unreadable"
