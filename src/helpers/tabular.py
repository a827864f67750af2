"""Tables as files and frames: read with the dtypes of their schema, checked against it, held against each other.

`data` loads with these functions and `ingest` writes with them; neither knows the other.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pandas as pd
from pandera.errors import SchemaError

from helpers import definitions as d
from helpers.errors import DataError
from helpers.schemas import SCHEMAS, dtype_name, read_dtypes

OLDER_TO = "2016-12"
"""Last month for which the project's event tables rest on the export of August 2020."""


def read_table(path: Path, name: str) -> pd.DataFrame:
    """Read a table's CSV with the dtypes of its schema, unchecked."""
    dtypes = read_dtypes(name)
    try:
        header = pd.read_csv(path, nrows=0, encoding="utf-8").columns
        missing = [column for column in dtypes if column not in header]
        if missing:
            raise DataError(f"{path}: column {', '.join(missing)} is missing; expected {', '.join(dtypes)}.")
        numeric = [column for column, dtype in dtypes.items() if dtype != "str"]
        return pd.read_csv(
            path, dtype=dtypes, encoding="utf-8", keep_default_na=False, na_values={c: [""] for c in numeric}
        )
    except (ValueError, OverflowError, pd.errors.ParserError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: not readable as table {name}: {error}.") from error


def checked(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Sort a table by its key and hold it against its schema.

    Raises `DataError`, which says which table, column and value, and what was expected.
    """
    schema = SCHEMAS[name]
    text = {column: "str" for column, spec in schema.columns.items() if dtype_name(spec) == "str"}
    frame = frame.astype(text).sort_values(list(schema.unique or []), ignore_index=True)
    try:
        return schema.validate(frame)
    except SchemaError as error:
        raise DataError(f"table {name}: {schema_sentence(error)}") from error


def schema_sentence(error: SchemaError) -> str:
    """Say in one sentence what a pandera error means to the owner of the file."""
    column = getattr(error.schema, "name", None)
    cases = error.failure_cases
    if isinstance(cases, pd.DataFrame) and not cases.empty and "index" in cases:
        row = cases.iloc[0]
        where = f" in row {int(row['index']) + 2}" if pd.notna(row["index"]) else ""
        value = getattr(row["failure_case"], "item", lambda: row["failure_case"])()
        wanted = str(getattr(error.check, "error", None) or error.check).replace("_", " ")
        return f"column {column}{where} holds {value!r}; expected {wanted}."
    return str(error).splitlines()[0]


def differences_table(actors: pd.DataFrame, totals: pd.DataFrame, *, own: bool = False) -> pd.DataFrame:
    """List every month and region in which the event tables differ from the HDX totals, with the reason.

    Parameters
    ----------
    actors, totals : DataFrame
        Tables of these names.
    own : bool
        Whether one of them is a user's own: its vintage is another, and a difference of any size is possible.

    Returns
    -------
    DataFrame
        `month`, `region`, `events`, `events_hdx`, `fatalities`, `fatalities_hdx`, `reason`. The reason is
        `Gao-Menaka border` where the two regions' differences in a month cancel out (the same events, placed
        on either side of the border), `revised after 2020` for the months taken from the export of August
        2020, and `revised by one or two` for the rest, which is checked. In own tables the last two are told by
        size alone: `revised by one or two`, and `other vintage` where a cell differs by more.
    """
    keys = ["month", "region"]
    ours = actors.groupby(keys)[["events", "fatalities"]].sum()
    first, last = actors["month"].min(), actors["month"].max()
    hdx_totals = totals[totals["month"].between(first, last)].set_index(keys)
    both = hdx_totals.merge(ours, left_index=True, right_index=True, how="left", suffixes=("_hdx", ""))
    both = both.fillna(0).astype(int)
    gap = both[["events", "fatalities"]].to_numpy() - both[["events_hdx", "fatalities_hdx"]].to_numpy()
    differ = both[(gap != 0).any(axis=1)].reset_index()
    border = differ["region"].isin(["Gao", "Menaka"])
    differ["gap_events"] = differ["events"] - differ["events_hdx"]
    cancels = differ[border].groupby("month")["gap_events"].agg(["size", "sum"])
    pairs = cancels.index[(cancels["size"] == 2) & (cancels["sum"] == 0)]
    older = differ["month"] <= OLDER_TO
    differ["reason"] = "revised by one or two"
    differ.loc[older, "reason"] = "revised after 2020"
    differ.loc[border & differ["month"].isin(pairs), "reason"] = "Gao-Menaka border"
    if own:
        large = (differ["gap_events"].abs() > 2) | ((differ["fatalities"] - differ["fatalities_hdx"]).abs() > 2)
        differ.loc[~differ["reason"].eq("Gao-Menaka border"), "reason"] = "revised by one or two"
        differ.loc[large & ~differ["reason"].eq("Gao-Menaka border"), "reason"] = "other vintage"
    return differ[["month", "region", "events", "events_hdx", "fatalities", "fatalities_hdx", "reason"]]


def stretches(first: str, last: str) -> list[tuple[str, str]]:
    """Return the shortest runs of months within two that weeks (Saturday to Friday) fill exactly.

    Examples
    --------
    >>> stretches("2025-01", "2026-01")
    [('2025-02', '2025-02'), ('2025-03', '2025-10')]
    """
    months = pd.period_range(first, pd.Period(last, "M") + 1, freq="M")
    begins = [month for month in months if month.start_time.day_of_week == 5]
    return [(str(a), str(b - 1)) for a, b in pairwise(begins)]


def method_differences_table(
    methods: pd.DataFrame, actors: pd.DataFrame, totals: pd.DataFrame, complete: str
) -> pd.DataFrame:
    """List every cell in which the table of methods differs from the event tables or the HDX totals.

    Weeks do not end with months, so cells are runs of months that whole weeks fill (`stretches`).

    Parameters
    ----------
    methods, actors, totals : DataFrame
        Tables of these names; the last two with complete months only.
    complete : str
        Last complete month of the table of methods.

    Returns
    -------
    DataFrame
        `against` (actors or totals), `first`, `last`, `region`, `event_type` (or all), `events`, `events_other`,
        `fatalities`, `fatalities_other`, `reason`: `Gao-Menaka border` where the differences of the two regions cancel
        out (the same events, placed on either side of the border), `older export` for events before 2017, else
        `other vintage`.
    """
    kinds = {method: kind for kind, names in d.METHOD_TYPES.items() for method in names}
    ours = methods[methods["method"].isin(kinds)]
    ours = ours.assign(event_type=ours["method"].map(kinds))
    parts = [
        _method_gaps("actors", ours, actors, complete),
        _method_gaps("totals", ours.assign(event_type="all"), totals.assign(event_type="all"), complete),
    ]
    return pd.concat(parts, ignore_index=True)


def _method_gaps(against: str, ours: pd.DataFrame, other: pd.DataFrame, complete: str) -> pd.DataFrame:
    first = max(ours["month"].min(), other["month"].min())
    last = min(complete, other["month"].max())
    keys = ["region", "event_type"]
    parts = []
    for begin, end in stretches(first, last):
        sums = [t[t["month"].between(begin, end)].groupby(keys)[["events", "fatalities"]].sum() for t in (ours, other)]
        both = sums[0].join(sums[1], how="outer", suffixes=("", "_other")).fillna(0).astype("int64").reset_index()
        parts.append(both.assign(first=begin, last=end))
    columns = ["against", "first", "last", *keys, "events", "events_other", "fatalities", "fatalities_other", "reason"]
    if not parts:
        return pd.DataFrame(columns=columns).astype({c: "int64" for c in columns[5:9]})
    cells = pd.concat(parts, ignore_index=True).assign(against=against)
    gap = cells["events"] - cells["events_other"]
    differ = gap.ne(0) | cells["fatalities"].ne(cells["fatalities_other"])
    border = cells["region"].isin(["Gao", "Menaka"]) & gap.ne(0)
    pair = cells.assign(gap=gap.where(border, 0)).groupby(["first", "event_type"])["gap"].transform("sum")
    cells["reason"] = "other vintage"
    cells.loc[cells["first"] <= OLDER_TO, "reason"] = "older export"
    cells.loc[border & pair.eq(0), "reason"] = "Gao-Menaka border"
    cells = cells[differ]
    return cells[columns]
