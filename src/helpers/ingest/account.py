"""The account of an ingest: rows in = rows kept + rows set aside, by file and reason, and what was seen there."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from helpers import inert
from helpers.errors import DataError

COLUMNS = ("source", "file", "outcome", "reason", "rows", "first_row", "column", "example")


def neutral(text: str, most: int = 80) -> str:
    r"""Return foreign text so that no spreadsheet runs it and no browser reads it as markup.

    See `helpers.inert`: `text`, then `cell`.

    Examples
    --------
    >>> neutral("=SUM(A1)"), neutral("<b>JNIM</b>"), neutral("JNIM")
    ("'=SUM(A1)", '‹b›JNIM‹/b›', 'JNIM')
    """
    return inert.cell(seen(text, most))


def seen(text: str, most: int = 40) -> str:
    """Return foreign text for a message in a terminal: one line, no control characters, no markup, not too long."""
    return inert.text(text, most)


@dataclass(frozen=True)
class Reason:
    """Why a row is set aside."""

    text: str
    """As the account says it."""
    column: str = ""
    """Column that decides."""
    expected: str = ""
    """What was expected, with what to do; empty where nothing is wrong with the row."""

    @property
    def fault(self) -> bool:
        """Whether something is wrong with such a row (else it is only not what the tables count)."""
        return bool(self.expected)


@dataclass
class _Line:
    rows: int = 0
    first: int = 0
    column: str = ""
    example: str = ""


@dataclass
class Account:
    """Counts rows as they are read, kept and set aside."""

    source: str
    """`acled`, `ucdp` or `hdx`."""
    seen: dict[str, int] = field(default_factory=dict)
    lines: dict[tuple[str, str, str], _Line] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def saw(self, file: str, rows: int) -> None:
        """Add rows that were read from a file."""
        self.seen[file] = self.seen.get(file, 0) + rows

    def _add(self, outcome: str, file: str, reason: str, rows: int, first: int, column: str, example: str) -> None:
        if rows <= 0:
            return
        line = self.lines.setdefault((file, outcome, reason), _Line())
        if not line.rows or first < line.first:
            line.first, line.column, line.example = first, column, neutral(example)
        line.rows += rows

    def keep(self, file: str, rows: int, how: str = "counted", first: int = 0) -> None:
        """Add rows that are counted."""
        self._add("kept", file, how, rows, first, "", "")

    def aside(self, file: str, reason: Reason, rows: int, first: int = 0, example: str = "") -> None:
        """Add rows that are set aside for one reason; `first` is the number of the first of them."""
        self._add("set aside", file, reason.text, rows, first, reason.column, example)

    def note(self, sentence: str) -> None:
        """Add what the owner of the files should know beyond single rows."""
        if sentence not in self.notes:
            self.notes.append(sentence)

    def _sum(self, outcome: str, file: str | None = None) -> int:
        return sum(
            line.rows for (name, what, _), line in self.lines.items() if what == outcome and file in (None, name)
        )

    @property
    def rows_in(self) -> int:
        """Rows read from all files."""
        return sum(self.seen.values())

    @property
    def kept(self) -> int:
        """Rows counted."""
        return self._sum("kept")

    @property
    def set_aside(self) -> int:
        """Rows not counted."""
        return self._sum("set aside")

    def check(self) -> Account:
        """Return the account, or refuse it where a file's rows do not add up.

        Raises `DataError`: rows in are not rows kept and rows set aside: a fault of ingest itself.
        """
        for file, rows in self.seen.items():
            kept, aside = self._sum("kept", file), self._sum("set aside", file)
            if rows != kept + aside:
                raise DataError(
                    f"{file}: {rows} rows in, but {kept} kept and {aside} set aside; this is a fault of ingest, "
                    "nothing was written. Please report it."
                )
        return self

    def said_aside(self) -> str:
        """Say in one sentence for the pages how many rows were set aside and why, the commonest reasons first."""
        reasons: dict[str, int] = {}
        for (_, outcome, reason), line in self.lines.items():
            if outcome == "set aside":
                reasons[reason] = reasons.get(reason, 0) + line.rows
        if not reasons:
            return f"All of their {self.rows_in:,} rows are counted."
        named = sorted(reasons.items(), key=lambda item: (-item[1], item[0]))
        listed = "; ".join(f"{rows:,} {reason}" for reason, rows in named)
        return f"Of their {self.rows_in:,} rows {self.set_aside:,} were set aside: {listed}."

    def frame(self, *, notes: bool = False) -> pd.DataFrame:
        """Return the account as a table (columns: `COLUMNS`), by file, kept first; with the notes, of no rows, if wanted."""
        records = [
            (self.source, file, outcome, reason, line.rows, line.first, line.column, line.example)
            for (file, outcome, reason), line in self.lines.items()
        ]
        if notes:
            records += [
                (self.source, "", "note", inert.cell(inert.text(said, 1000)), 0, 0, "", "") for said in self.notes
            ]
        frame = pd.DataFrame(records, columns=list(COLUMNS))
        return frame.sort_values(["file", "outcome", "reason"], ignore_index=True)

    def sentences(self) -> list[str]:
        """Return the account as lines for a terminal."""
        out = [f"{self.rows_in:,} rows in = {self.kept:,} kept + {self.set_aside:,} set aside"]
        for row in self.frame().itertuples():
            where = f"; first in row {row.first_row}" if row.first_row else ""
            shown = f", {row.column} {row.example!r}" if row.column and row.example else ""
            out.append(f"  {row.file}: {row.rows:,} {row.outcome}: {row.reason}{where}{shown}")
        return [*out, *(f"note: {note}" for note in self.notes)]


def sorted_rows(rows: pd.DataFrame) -> pd.DataFrame:
    """Return an account's rows in the order of its file."""
    return rows.sort_values(["source", "file", "outcome", "reason"], ignore_index=True)


def after(path: Path, mine: pd.DataFrame, kind: str) -> pd.DataFrame:
    """Return the rows of an account's file with those of one kind of source replaced.

    Parameters
    ----------
    path : Path
        An `account.csv` of ingest.
    mine : DataFrame
        The new rows, as `Account.frame` gives them with notes.
    kind : str
        The kind of source whose rows they take the place of.

    Raises
    ------
    DataError
        The file is no account of ingest.
    """
    try:
        texts = dict.fromkeys(mine.columns, "str") | {"rows": "int64", "first_row": "int64"}
        before = pd.read_csv(path, dtype=texts, keep_default_na=False)
        return sorted_rows(pd.concat([before[before["source"] != kind][list(mine.columns)], mine]))
    except (ValueError, KeyError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: not an account of ingest ({error}). Remove it or give another --out.") from error
