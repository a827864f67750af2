"""Rows that may be added and never changed: each carries a seal over itself and over all rows of earlier days.

Who changes, removes or inserts a row of the past breaks the seals of every later day; a test holds those of the first.
"""

from __future__ import annotations

import hashlib

import pandas as pd

from helpers import inert
from helpers.errors import DataError

DAY, SEAL, LETTERS = "made_on", "seal", 16


def sealed(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with their seals.

    `rows`: with `made_on` (`YYYY-MM-DD`); a column `seal` is made anew. Returns the same rows in the same order, and
    `seal`: the first 16 letters of the SHA-256 of the row as CSV after all seals of earlier days, in order.
    """
    texts = inert.to_csv(rows.drop(columns=SEAL, errors="ignore")).splitlines()[1:]
    seals = pd.Series("", index=rows.index, dtype="str")
    for day in sorted(set(rows[DAY])):
        before = "".join(sorted(seals[rows[DAY].lt(day)]))
        for place in (i for i, one in enumerate(rows[DAY]) if one == day):
            seals.iloc[place] = hashlib.sha256(f"{before}{texts[place]}".encode()).hexdigest()[:LETTERS]
    return rows.drop(columns=SEAL, errors="ignore").assign(**{SEAL: seals})


def hold(rows: pd.DataFrame, table: str) -> None:
    """Refuse rows that were changed after they were made.

    Raises `DataError`: a row does not fit its seal.
    """
    wrong = rows[SEAL].ne(sealed(rows)[SEAL])
    if wrong.any():
        row = int(wrong.to_numpy().argmax()) + 2
        raise DataError(
            f"{table}.csv: row {row} does not fit its seal, so it, or one of an earlier day, was changed after it was "
            f"made; expected rows as they were made. Restore the file (git checkout)."
        )


def held(table: str, rows: pd.DataFrame, key: list[str]) -> str:
    """Hold a table against its seals and its key; return what passed in a line.

    Parameters
    ----------
    table : str
        Name of the table.
    rows : DataFrame
        Its rows.
    key : list of str
        Columns that name a row whatever the day it was made.

    Raises
    ------
    DataError
        A row was changed, or stands there twice.
    """
    hold(rows, table)
    if rows.duplicated(key).any():
        twice = ", ".join(rows[rows.duplicated(key)].iloc[0][key])
        raise DataError(f"{table}.csv: {twice} stands there twice; expected once. Restore the file (git checkout).")
    return f"{table}: {len(rows):,} rows as they were made, none twice"
