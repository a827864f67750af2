"""The ledger of forecasts: the project's own forecasts of the next six months, kept as made, and graded when they are over.

A standing forecast is made by the rules of `helpers.estimates.rolling` from every complete month of a series. It is
appended to `standing.csv` once for a series and its last month, and never changed (`helpers.chain`).
"""

from __future__ import annotations

import hashlib

import numpy as np
import pandas as pd

from helpers import chain
from helpers import definitions as d
from helpers.data import Tables
from helpers.errors import MaliError
from helpers.estimates import intervals, rolling
from helpers.estimates.forecast import LEVEL, MONTHS
from helpers.measures.foreseen import SERIES
from helpers.windows import month

TABLE = "standing"
DEADLY = 25
"""Deaths of a month whose probability VIEWS publishes."""
KEY = ["origin", "series", "model"]
_ENDS = np.array([(1 - LEVEL) / 2, (1 + LEVEL) / 2])


def monthly(series: str, tables: Tables, last: str = "") -> tuple[np.ndarray, pd.Period]:
    """Return the counts of a series by month, and the first of these months.

    `series`: a key of `definitions.FORESEEN`. `last`: last month (`YYYY-MM`); the last complete one of the table where
    empty.
    """
    (table, _), counted = d.FORESEEN[series], SERIES[series]
    rows = counted.rows(tables.load(table))
    first, end = month(d.EVER_FROM), month(last) if last else tables.last_month(table)
    return intervals.monthly(rows, end, (end - first).n + 1, counted.value), first


def scored(series: str, tables: Tables, last: str) -> pd.DataFrame:
    """Return the scored forecasts of every rule from every month of a series (see `rolling.table`).

    `series`: a key of `definitions.FORESEEN`. `last`: last month (`YYYY-MM`) whose outcome counts.
    """
    table, what = d.FORESEEN[series]
    if table == "actors":
        return rolling.history(what, last, tables)
    return rolling.table(*monthly(series, tables, last))


def made(tables: Tables, made_on: str) -> pd.DataFrame:
    """Forecast the six months after the last complete month of every series: rows of `standing` without seals."""
    records = []
    for series, (table, _) in d.FORESEEN.items():
        counts, _ = monthly(series, tables)
        reach = tables.reach_of(table)
        end = month(reach.complete_to)
        digest = hashlib.sha256((tables.folder / f"{table}.csv").read_bytes()).hexdigest()[: chain.LETTERS]
        unsure = bool(reach.provisional_from) and reach.provisional_from <= reach.complete_to
        for rule, found in rolling.ahead(counts).items():
            low, high = (round(float(x), 1) for x in found.quantile(_ENDS))
            records.append(
                (made_on, str(end), str(end + 1), str(end + MONTHS), series, rule, round(float(found.quantile(0.5)), 1),
                 low, high, round(found.middle, 6), round(found.scale, 6), found.df, "yes" if unsure else "no",
                 f"{table} {digest}")
            )  # fmt: skip
    columns = ["made_on", "origin", "first", "last", "series", "model", "value", "low", "high", "middle", "scale", "df",
               "provisional", "made_from"]  # fmt: skip
    return pd.DataFrame(records, columns=columns)


def appended(kept: pd.DataFrame, fresh: pd.DataFrame) -> pd.DataFrame:
    """Add to the kept forecasts those that none of the same origin, series and model stands among.

    Returned are all rows, sealed, sorted by the table's key; the kept ones as they were.

    Raises `MaliError`: every one of them has been made, or the day lies before the last one; a kept row was changed
    (`DataError`).
    """
    if not kept.empty:
        chain.hold(kept, TABLE)
        # A day before the last would change what later seals rest on.
        day, last = fresh["made_on"].iloc[0], kept["made_on"].max()
        if day < last:
            raise MaliError(
                f"standing.csv: the last forecast was made on {last}; expected that day or later, not {day}."
            )
        known = pd.MultiIndex.from_frame(kept[KEY])
        fresh = fresh[~pd.MultiIndex.from_frame(fresh[KEY]).isin(known)]
    if fresh.empty:
        raise MaliError(
            "standing.csv: a forecast from the last month of every series stands there already, and is not made again; "
            "nothing was appended. Ingest newer months first."
        )
    rows = pd.concat([kept, fresh], ignore_index=True) if not kept.empty else fresh
    return chain.sealed(rows.sort_values(["made_on", *KEY], ignore_index=True))


def append(tables: Tables, made_on: str) -> pd.DataFrame:
    """Append the forecasts that can be made anew to the `standing` table of a folder; whole or not at all.

    A user's own folder is refused, and what `appended` refuses. Returns the rows appended.
    """
    from helpers.ingest import place
    from helpers.ingest.tables import resealed

    if tables.limits():
        raise MaliError(
            f"{tables.folder}: made from a user's own files; the standing forecasts are the project's alone."
        )
    with place.held(tables.folder) as put:
        kept = tables.load(TABLE)
        rows = appended(kept, made(tables, made_on))
        put(resealed(tables.folder, {TABLE: rows}), None)
    new = ~pd.MultiIndex.from_frame(rows[KEY]).isin(pd.MultiIndex.from_frame(kept[KEY]))
    return rows[new].reset_index(drop=True)


def graded(rows: pd.DataFrame, tables: Tables, ends: dict[str, str]) -> pd.DataFrame:
    """Hold standing forecasts against what came, where their months are over.

    `rows`: rows of the `standing` table. `ends`: last month (`YYYY-MM`) that counts, by table. Returns the rows with
    `actual`, `crps`, `log_score`, `interval_score` (Float64, missing while months are to come) and `covered` (boolean).
    """
    records = []
    for row in rows.itertuples():
        end = ends[d.FORESEEN[row.series][0]]
        if row.last > end:
            records.append((pd.NA,) * 5)
            continue
        counts, first = monthly(row.series, tables, row.last)
        actual = float(counts[(month(row.first) - first).n :].sum())
        found = rolling.Predicted(row.middle, row.scale, row.df)
        scores = (found.crps(actual), found.log_score(actual), found.interval_score(actual))
        records.append((actual, *scores, row.low <= actual <= row.high))
    names = ["actual", "crps", "log_score", "interval_score", "covered"]
    found = pd.DataFrame(records, columns=names, index=rows.index)
    return rows.join(found.astype(dict.fromkeys(names[:4], "Float64") | {"covered": "boolean"}))


def awaited(forecasts: pd.DataFrame, outcome: str, first: str, last: str) -> pd.DataFrame:
    """Return what others forecast live for the same months: each model's newest vintage that speaks of all of them.

    `outcome`: what they forecast, as that table names it. `first`, `last`: months (`YYYY-MM`). Returns `model`,
    `variant`, `data_to`, `deaths` (sum over the months).
    """
    months = pd.period_range(first, last, freq="M").astype(str)
    live = forecasts[
        forecasts["status"].eq("live") & forecasts["outcome"].eq(outcome) & forecasts["target"].isin(months)
    ]
    sums = live.groupby(["model", "variant", "data_to"], as_index=False).agg(
        deaths=("deaths", "sum"), months=("target", "nunique")
    )
    whole = sums[sums["months"].eq(len(months)) & sums["data_to"].lt(first)]
    return whole.sort_values("data_to").drop_duplicates("model", keep="last").drop(columns="months")


def by_year(forecasts: pd.DataFrame, types: pd.DataFrame, last: str) -> pd.DataFrame:
    """Hold live forecasts of whole years, made before they began, against what UCDP recorded.

    `forecasts`, `types`: the `forecasts` and `ucdp_types` tables. `last`: last month whose outcome counts. Returns
    `model`, `variant`, `data_to`, `target` (the year), `forecast`, `recorded`, `year` (deaths of the 12 months to
    `data_to`: the simplest rule).
    """
    yearly = forecasts[forecasts["target"].str.len().eq(4) & forecasts["status"].eq("live")]
    yearly = yearly[yearly["data_to"].str[:4].lt(yearly["target"]) & (yearly["target"] + "-12").le(last)]
    records = []
    for row in yearly.itertuples():
        deaths = rolling.recorded(types, state_based="state-based" in row.outcome)
        before = deaths[deaths.index <= row.data_to].tail(12)
        came = deaths[deaths.index.str[:4] == row.target]
        records.append(
            (row.model, row.variant, row.data_to, row.target, row.deaths, int(came.sum()), int(before.sum()))
        )
    return pd.DataFrame(
        records, columns=["model", "variant", "data_to", "target", "forecast", "recorded", "year"]
    ).reset_index(drop=True)


def brier(forecasts: pd.DataFrame, types: pd.DataFrame, last: str) -> pd.DataFrame:
    """Score the published probabilities of a month with 25 deaths or more, beside the share of such months in the year before.

    Parameters
    ----------
    forecasts, types : DataFrame
        The `forecasts` and `ucdp_types` tables.
    last : str
        Last month (`YYYY-MM`) whose outcome counts.

    Returns
    -------
    DataFrame
        By `model` and `data_to`: `first` and `last` month scored, `months` scored, `came` (months with 25 deaths or more), `least` and `most` (probabilities),
        `brier` and `year` (mean squared difference to what came: theirs, and that of the share among the last twelve months).

    Notes
    -----
    Brier, G. W. (1950), Monthly Weather Review 78, pp. 1-3. Low is good; 0 is certainty that was right.
    """
    rows = forecasts[forecasts["p25"].notna() & forecasts["target"].le(last)]
    records = []
    for (model, data_to), part in rows.groupby(["model", "data_to"]):
        deaths = rolling.recorded(types, state_based=part["outcome"].str.contains("state-based").all())
        known = pd.period_range(month(str(data_to)) - 11, str(data_to), freq="M").astype(str)
        share = float(deaths.reindex(known, fill_value=0).ge(DEADLY).mean())
        came = deaths.reindex(part["target"], fill_value=0).ge(DEADLY).to_numpy(float)
        given = part["p25"].to_numpy()
        scores = (float(np.mean((given - came) ** 2)), float(np.mean((share - came) ** 2)))
        records.append(
            (
                model,
                data_to,
                part["target"].min(),
                part["target"].max(),
                len(part),
                int(came.sum()),
                given.min(),
                given.max(),
                *scores,
            )
        )
    return pd.DataFrame(
        records, columns=["model", "data_to", "first", "last", "months", "came", "least", "most", "brier", "year"]
    )
