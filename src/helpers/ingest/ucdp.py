"""UCDP's country-year, country-month and candidate files to tables on Mali."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from helpers.errors import DataError

TYPES = {1: "state-based", 2: "non-state", 3: "one-sided"}
_PREFIX = {"state-based": "sb", "non-state": "ns", "one-sided": "os"}


def _read(path: Path, needed: tuple[str, ...]) -> pd.DataFrame:
    frame = pd.read_csv(path, low_memory=False)
    missing = [column for column in needed if column not in frame]
    if missing:
        raise DataError(f"{path.name}: column {', '.join(missing)} is missing; expected a UCDP file with it.")
    return frame


def years_table(country_year: Path) -> pd.DataFrame:
    """Return deaths in Mali by year and type of violence.

    `country_year`: UCDP Country-Year Dataset on Organized Violence. Returns `year`, `type` (state-based, non-state,
    one-sided, all), `low`, `best`, `high` (deaths), `civilians` (civilian deaths, best estimate), `by_government` and
    `by_groups` (one-sided deaths by any government and by organised groups; empty for other types).
    """
    raw = _read(country_year, ("country_cy", "year_cy", "sb_total_deaths_best_cy", "os_any_govt_killings_best_cy"))
    mali = raw[raw["country_cy"].eq("Mali")]
    if mali.empty:
        raise DataError(f"{country_year.name}: no row of Mali in column country_cy.")
    parts = []
    for kind, prefix in _PREFIX.items():
        total = f"{prefix}_total_deaths"
        civilians = mali[f"{prefix}_deaths_civilians_cy"] if kind != "one-sided" else mali[f"{total}_best_cy"]
        parts.append(
            pd.DataFrame(
                {
                    "year": mali["year_cy"],
                    "type": kind,
                    "low": mali[f"{total}_low_cy"],
                    "best": mali[f"{total}_best_cy"],
                    "high": mali[f"{total}_high_cy"],
                    "civilians": civilians,
                    "by_government": mali["os_any_govt_killings_best_cy"] if kind == "one-sided" else pd.NA,
                    "by_groups": mali["os_nsgroup_killings_best_cy"] if kind == "one-sided" else pd.NA,
                }
            )
        )
    whole = "cumulative_total_deaths"
    parts.append(
        pd.DataFrame(
            {
                "year": mali["year_cy"],
                "type": "all",
                "low": mali[f"{whole}_in_orgvio_low_cy"],
                "best": mali[f"{whole}_in_orgvio_best_cy"],
                "high": mali[f"{whole}_in_orgvio_high_cy"],
                "civilians": mali[f"{whole}_civilians_in_orgvio_cy"],
                "by_government": pd.NA,
                "by_groups": pd.NA,
            }
        )
    )
    counts = ["low", "best", "high", "civilians", "by_government", "by_groups"]
    out = pd.concat(parts, ignore_index=True).astype(dict.fromkeys(counts, "Int64"))
    return out.sort_values(["year", "type"], ignore_index=True)


def months_table(country_month: Path, candidate: Path) -> pd.DataFrame:
    """Return events and deaths in Mali by month.

    Parameters
    ----------
    country_month : Path
        Country-month totals made from UCDP GED.
    candidate : Path
        UCDP candidate events, in the trimmed form of seven columns.

    Returns
    -------
    DataFrame
        `month`, `status` (`final` or `candidate`), `state_based`, `non_state`, `one_sided` (events), `best`,
        `high` (deaths; `high` empty for candidate months), `civilians` (civilian deaths, empty for candidate).
    """
    panel = _read(country_month, ("country_iso3", "year_month", "ucdp_fatalities_best", "ucdp_civilian_deaths"))
    mali = panel[panel["country_iso3"].eq("MLI")]
    final = pd.DataFrame(
        {
            "month": mali["year_month"],
            "status": "final",
            "state_based": mali["ucdp_state_based_events"],
            "non_state": mali["ucdp_non_state_events"],
            "one_sided": mali["ucdp_one_sided_events"],
            "best": mali["ucdp_fatalities_best"],
            "high": mali["ucdp_fatalities_high"],
            "civilians": mali["ucdp_civilian_deaths"],
        }
    )
    final = final[final["month"] >= "1989-01"]  # GED begins in 1989; the panel pads earlier months with zeros.
    events = _candidate(candidate)
    by_type = events.pivot_table(index="month", columns="type", values="best", aggfunc="size", fill_value=0)
    later = pd.DataFrame(
        {
            "month": by_type.index,
            "status": "candidate",
            "state_based": by_type["state-based"].to_numpy(),
            "non_state": by_type["non-state"].to_numpy(),
            "one_sided": by_type["one-sided"].to_numpy(),
            "best": events.groupby("month")["best"].sum().reindex(by_type.index).to_numpy(),
        }
    )
    counts = ["state_based", "non_state", "one_sided", "best", "high", "civilians"]
    later = later[later["month"] > final["month"].max()]
    out = pd.concat([final, later], ignore_index=True)
    return out.astype(dict.fromkeys(counts, "Int64")).sort_values("month", ignore_index=True)


def dyads_table(country_year: Path, candidate: Path) -> pd.DataFrame:
    """Return which dyads UCDP counts in Mali by year.

    Returns `year`, `type`, `dyad`, `status` (`final` or `candidate`), `events`, `best` (deaths); events and deaths by
    dyad are known for candidate years only, because the country-year file names dyads without figures. A candidate row
    holds the conflict's name.
    """
    raw = _read(country_year, ("country_cy", "year_cy"))
    mali = raw[raw["country_cy"].eq("Mali")]
    parts = []
    for kind, prefix in _PREFIX.items():
        names = mali[["year_cy", f"{prefix}_dyad_names_cy"]].dropna()
        names.columns = pd.Index(["year", "dyad"])
        names = names.assign(type=kind, dyad=names["dyad"].str.split("; ")).explode("dyad")
        parts.append(names.assign(status="final", events=pd.NA, best=pd.NA))
    events = _candidate(candidate)
    later = events.assign(year=events["month"].str[:4].astype(int)).rename(columns={"conflict_name": "dyad"})
    later = later.groupby(["year", "type", "dyad"], as_index=False).agg(events=("best", "size"), best=("best", "sum"))
    out = pd.concat([*parts, later.assign(status="candidate")], ignore_index=True)
    out = out[["year", "type", "dyad", "status", "events", "best"]].astype({"events": "Int64", "best": "Int64"})
    out["dyad"] = out["dyad"].str.strip()
    return out[~out["dyad"].isin(["", "NO_DYAD"])].sort_values(["year", "type", "dyad"], ignore_index=True)


def _candidate(path: Path) -> pd.DataFrame:
    raw = _read(path, ("id", "conflict_name", "country", "best", "type_of_violence", "date"))
    mali = raw[raw["country"].eq("Mali")].copy()
    if mali.empty:
        raise DataError(f"{path.name}: no row of Mali in column country.")
    mali["month"] = mali["date"].astype(str).str[:7]
    mali["type"] = mali["type_of_violence"].map(TYPES)
    return mali
