"""What differs between two folders of tables: rows, totals by month and region, and audited figures.

A newer month changes more than the month: the producers revise older ones too, and a figure of the audit may move with
them. The data-diff says which rows, the claims-diff which figures.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from helpers import definitions as d
from helpers import inert
from helpers.audit import claims
from helpers.data import Tables
from helpers.errors import DataError, MaliError
from helpers.schemas import SCHEMAS
from helpers.tabular import read_table

Frames = dict[str, pd.DataFrame]

ROWS = ("table", "key", "change", "column", "old", "new")
TOTALS = ("table", "month", "region", "measure", "old", "new", "difference")
SUMMARY = ("table", "rows_old", "rows_new", "added", "revised", "removed")
CLAIMS = (
    "id", "part", "figure", "change", "computed_old", "computed_new", "low_old", "low_new", "high_old", "high_new",
    "verdict_old", "verdict_new", "note",
)  # fmt: skip

COUNTED: dict[str, tuple[str, ...]] = {
    "totals": ("events", "fatalities"),
    "actors": ("events", "fatalities"),
    "ucdp_months": ("best",),
}
"""Tables whose sums by month, and region where they have one, are compared, with what is summed."""

SHOWN = 40
"""Lines of a section that the printed form shows; the other forms hold all."""


@dataclass(frozen=True)
class Changes:
    """What differs between an old and a new set of tables."""

    tables: pd.DataFrame
    """`SUMMARY`: one row a table; `rows_old` or `rows_new` is empty (Int64) where the table is in one set only."""
    rows: pd.DataFrame
    """`ROWS`: one row for each value that is new, gone or other; texts."""
    totals: pd.DataFrame
    """`TOTALS`: months and regions whose sum moved; region is empty for tables without regions."""
    claims: pd.DataFrame
    """`CLAIMS`: audited figures that moved, in the published unit."""

    @property
    def nothing(self) -> bool:
        """Whether the two sets are the same."""
        return self.rows.empty and self.claims.empty and not self.tables[["rows_old", "rows_new"]].isna().any(axis=None)


def loaded(tables: Tables) -> Frames:
    """Return the tables that a folder holds, each checked against its hash and schema."""
    held = {resource["path"] for resource in tables.package()["resources"]}
    return {name: tables.load(name) for name in SCHEMAS if f"{name}.csv" in held}


def on_disk(folder: Path) -> Frames:
    """Return the readable tables of a folder as they lie there now, unchecked: for a look before they are replaced."""
    found = {}
    for name in SCHEMAS:
        try:
            frame = read_table(folder / f"{name}.csv", name)
        except (DataError, OSError):
            continue
        if not frame.duplicated(list(SCHEMAS[name].unique)).any():
            found[name] = frame
    return found


def _text(value: object) -> str:
    if value is None or value is pd.NA or value != value:
        return ""
    return f"{value:.10g}" if isinstance(value, float) else str(value)


def row_changes(old: pd.DataFrame, new: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    """Return the rows that two versions of a table, whose `keys` identify a row, do not share.

    `key` is `column=value;…`, `change` added, revised or removed. A revised row has a line for each value that differs;
    an added or removed one a line for each value, or one with an empty `column` where the table has nothing but keys.
    An empty value equals an empty value.

    Examples
    --------
    >>> old = pd.DataFrame({"month": ["2024-01", "2024-02"], "events": [3, 5]})
    >>> new = pd.DataFrame({"month": ["2024-02", "2024-03"], "events": [6, 1]})
    >>> row_changes(old, new, ["month"])[["key", "change", "old", "new"]].to_numpy().tolist()
    [['month=2024-01', 'removed', '3', ''], ['month=2024-02', 'revised', '5', '6'], ['month=2024-03', 'added', '', '1']]
    """
    values = [column for column in new if column not in keys]
    versions = []
    for frame in (old, new):
        index = pd.MultiIndex.from_frame(frame[list(keys)].astype(str))
        versions.append(frame[values].set_axis(index))
    before, after = versions
    records = []
    shared = before.index.intersection(after.index, sort=False)
    one, other = before.loc[shared], after.loc[shared]
    for column in values:
        differs = ~(one[column].eq(other[column]).fillna(False) | (one[column].isna() & other[column].isna()))
        for key in shared[differs.to_numpy(dtype=bool)]:
            records.append((key, "revised", column, _text(one.at[key, column]), _text(other.at[key, column])))
    for change, frame, gone in (("removed", before, after.index), ("added", after, before.index)):
        only = frame.loc[~frame.index.isin(gone)]
        for position, key in enumerate(only.index):
            for column in values or [""]:
                value = _text(only[column].iloc[position]) if column else ""
                records.append((key, change, column, *((value, "") if change == "removed" else ("", value))))
    order = {column: place for place, column in enumerate(values)}
    records.sort(key=lambda record: (record[0], record[1], order.get(record[2], 0)))
    named = [(";".join(f"{k}={v}" for k, v in zip(keys, record[0], strict=True)), *record[1:]) for record in records]
    return pd.DataFrame(named, columns=["key", "change", "column", "old", "new"], dtype=str)


def data_diff(old: Mapping[str, pd.DataFrame], new: Mapping[str, pd.DataFrame]) -> Changes:
    """Compare two sets of tables; the claims are left empty.

    `old`, `new`: tables by name.
    """
    summary, rows = [], []
    for name, schema in SCHEMAS.items():
        if name not in old and name not in new:
            continue
        if name not in old or name not in new:
            known = old.get(name, new.get(name))
            assert known is not None
            counts = (len(known), pd.NA) if name in old else (pd.NA, len(known))
            summary.append((name, *counts, 0, 0, 0))
            continue
        found = row_changes(old[name], new[name], schema.unique)
        by_change = found.groupby("change")["key"].nunique()
        counted = [int(by_change.get(change, 0)) for change in ("added", "revised", "removed")]
        summary.append((name, len(old[name]), len(new[name]), *counted))
        rows.append(found.assign(table=name)[list(ROWS)])
    tables = pd.DataFrame(summary, columns=list(SUMMARY)).astype({"rows_old": "Int64", "rows_new": "Int64"})
    return Changes(
        tables=tables,
        rows=pd.concat(rows, ignore_index=True) if rows else pd.DataFrame(columns=list(ROWS)),
        totals=total_changes(old, new),
        claims=pd.DataFrame(columns=list(CLAIMS)),
    )


def total_changes(old: Mapping[str, pd.DataFrame], new: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return the months and regions whose sums moved or are unknown on one side, in the columns of `TOTALS`.

    Within the months that a table covers, what has no row is nothing; a month that it does not cover is unknown: `old`
    or `new` is empty (Int64), and so is the difference.
    """
    parts = []
    for name, measures in COUNTED.items():
        if name not in old or name not in new:
            continue
        keys = [column for column in ("month", "region") if column in new[name]]
        sums = [
            frame[name].groupby(keys)[list(measures)].sum().rename_axis(columns="measure").stack()
            for frame in (old, new)
        ]
        both = pd.concat(sums, axis=1, keys=["old", "new"]).astype("Int64").reset_index()
        for column, tables in (("old", old), ("new", new)):
            first, last = covered(tables[name])
            both[column] = both[column].fillna(0).where(both["month"].between(first, last))
        if "region" not in both:
            both["region"] = ""
        both = both.assign(table=name, difference=both["new"] - both["old"])
        parts.append(both[both["difference"].ne(0).fillna(True)])
    if not parts:
        return pd.DataFrame(columns=list(TOTALS))
    out = pd.concat(parts, ignore_index=True)[list(TOTALS)]
    return out.sort_values(["table", "month", "region", "measure"], ignore_index=True)


def covered(frame: pd.DataFrame) -> tuple[str, str]:
    """Return the first and last month that a monthly table covers."""
    held = frame.attrs.get("covers") or (frame["month"].min(), frame["month"].max())
    return str(held[0]), str(held[1])


def claims_diff(old: Tables, new: Tables, ids: Iterable[str] | None = None) -> pd.DataFrame:
    """Return the audited figures that differ between two folders of tables.

    `ids`: claims to look at; all where not given. Each is evaluated at its own date. Returns `CLAIMS`. `change` is
    `verdict` where the verdict is another, else `figure`; `note` says why a figure cannot be computed from one of the
    two.
    """
    wanted = [row.id for row in claims.claims()] if ids is None else list(ids)
    records = []
    for claim_id in wanted:
        before, after = _figures(claim_id, old), _figures(claim_id, new)
        for part, figure in dict.fromkeys([*before, *after]):
            one, other = before.get((part, figure), _NONE), after.get((part, figure), _NONE)
            if one == other:
                continue
            change = "verdict" if one.verdict != other.verdict else "figure"
            pairs = [value for pair in zip(one.numbers, other.numbers, strict=True) for value in pair]
            note = "; ".join(f"{when}: {found.why}" for when, found in (("old", one), ("new", other)) if found.why)
            records.append((claim_id, part, figure, change, *pairs, one.verdict, other.verdict, note))
    frame = pd.DataFrame(records, columns=list(CLAIMS))
    numbers = [column for column in CLAIMS if column.startswith(("computed", "low", "high"))]
    return frame.astype(dict.fromkeys(numbers, "float64"))


@dataclass(frozen=True)
class _Figure:
    """Computed, low, high and verdict of one audited figure, or why there is none."""

    numbers: tuple[float | None, float | None, float | None] = (None, None, None)
    verdict: str = ""
    why: str = ""


_NONE = _Figure()


def _rounded(value: float | None) -> float | None:
    return None if value is None else d.round_half_up(value, 4)


def _figures(claim_id: str, tables: Tables) -> dict[tuple[str, str], _Figure]:
    try:
        result = claims.evaluate(claim_id, tables)
    except MaliError as why:
        return {("statement", ""): _Figure(why=str(why))}
    found = {}
    for part, rows in (("statement", result.rows), ("outcome", result.outcomes)):
        for row in rows:
            figure = row.figure.quantity if row.figure else row.name
            numbers = (_rounded(row.computed), _rounded(row.low), _rounded(row.high))
            found[part, figure] = _Figure(numbers, row.verdict)
    return found


def compare(old: Tables, new: Tables) -> Changes:
    """Compare two folders of tables: data-diff and claims-diff.

    Raises `DataError`: a folder, a table or a value is not as expected.
    """
    found = data_diff(loaded(old), loaded(new))
    return Changes(found.tables, found.rows, found.totals, claims_diff(old, new))


# --------------------------------------------------------------------------- forms


def lines(found: Changes) -> list[str]:
    """Return the data-diff in a few lines: a line a table that differs, or one that says that nothing does."""
    out = []
    for row in found.tables.itertuples():
        if pd.isna(row.rows_old) or pd.isna(row.rows_new):
            out.append(f"{row.table}: only in the {'new' if pd.isna(row.rows_old) else 'old'} tables")
        elif row.added or row.revised or row.removed:
            out.append(f"{row.table}: rows added {row.added:,}, revised {row.revised:,}, removed {row.removed:,}")
    return out or ["no table differs"]


def text(found: Changes) -> str:
    """Return the changes for a terminal."""
    sections = [("Tables", "\n".join(lines(found)))]
    newest = found.totals.sort_values("month", ascending=False, kind="stable")
    for title, frame in (
        ("Months and regions whose totals moved", _unknown_said(newest)),
        ("Audited figures that moved", found.claims),
    ):
        if frame.empty:
            sections.append((title, "none"))
            continue
        shown = frame.head(SHOWN).dropna(axis=1, how="all")
        body = shown.to_string(index=False, na_rep="", float_format=lambda value: f"{value:,.4g}")
        more = len(frame) - len(shown)
        sections.append((f"{title}: {len(frame):,}", body + (f"\n… and {more:,} more (--format csv)" if more else "")))
    return "\n\n".join(f"{title}\n{body}" for title, body in sections) + "\n"


UNKNOWN = "unknown"
"""What stands for the sum of a month that a table does not cover."""


def _unknown_said(totals: pd.DataFrame) -> pd.DataFrame:
    """Write what is unknown, and put the months that both sides cover first."""
    known = totals["difference"].notna()
    shown = pd.concat([totals[known], totals[~known]])
    return shown.astype(dict.fromkeys(("old", "new", "difference"), object)).fillna(UNKNOWN)


def to_csv(found: Changes) -> str:
    """Return all changes as one CSV: `kind` (row, total, claim), then what each kind has."""
    totals = _unknown_said(found.totals)
    parts = [
        found.rows.assign(kind="row"),
        totals.assign(
            kind="total", key="month=" + totals["month"] + ";region=" + totals["region"],
            change=["uncovered" if value == UNKNOWN else "revised" for value in totals["difference"]],
            column=totals["measure"],
        ),
        pd.DataFrame(
            [
                ("claim", "claims", f"id={row['id']};part={row['part']};figure={row['figure']}", row["change"], column,
                 _text(row[f"{column}_old"]), _text(row[f"{column}_new"]))
                for row in found.claims.to_dict("records")
                for column in ("computed", "low", "high", "verdict")
                if _text(row[f"{column}_old"]) != _text(row[f"{column}_new"])
            ],
            columns=["kind", *ROWS],
        ),
    ]  # fmt: skip
    frame = pd.concat([part[["kind", *ROWS]].astype(str) for part in parts], ignore_index=True)
    return inert.to_csv(frame)


def to_json(found: Changes) -> str:
    """Return all changes as JSON: `tables`, `rows`, `totals`, `claims`, each a list of records."""
    parts = {}
    for name in ("tables", "rows", "totals", "claims"):
        parts[name] = json.loads(getattr(found, name).to_json(orient="records", double_precision=10))
    return json.dumps(parts, indent=2, ensure_ascii=False) + "\n"
