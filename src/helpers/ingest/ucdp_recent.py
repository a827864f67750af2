"""UCDP's newest release by month: type of violence, and the dyads that stay inside Mali."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import yaml

from helpers.errors import DataError
from helpers.ingest.ucdp import _PREFIX, _read

MALI = 432
"""Mali's number in Gleditsch and Ward's list of states, which UCDP uses."""

FIRST = "1989-01"
"""Month in which GED begins."""


def reach(meta: Path) -> tuple[str, str, str]:
    """Return the day the release was fetched, its last month, and the first month that is provisional, from its YAML."""
    stated = yaml.safe_load(meta.read_text(encoding="utf-8"))
    try:
        taken, last = str(stated["downloaded"])[:10], str(stated["data_through"])[:7]
        candidates = sorted(str(month) for month in stated["candidate_months"])
    except (KeyError, TypeError) as error:
        raise DataError(
            f"{meta.name}: no word of {error}; expected downloaded, data_through, candidate_months."
        ) from error
    return taken, last, candidates[0] if candidates else ""


def types_table(country_month: Path, meta: Path) -> pd.DataFrame:
    """Return events and deaths in Mali by month and type of violence, every month of the release.

    `country_month`: events and best estimates of deaths by country and month (columns `sb_`, `ns_`, `os_`). `meta`: as
    `reach` reads it: months without an event are zeros only as far as it says. Returns `month`, `type`, `events`,
    `deaths` (best estimate), `provisional` (yes, no).
    """
    columns = tuple(f"{p}_{what}" for p in _PREFIX.values() for what in ("events", "deaths"))
    raw = _read(country_month, ("gwno", "year", "month", "provisional", *columns))
    mali = raw[raw["gwno"].eq(MALI)]
    if mali.empty:
        raise DataError(f"{country_month.name}: no row of Mali ({MALI}) in column gwno.")
    _, last, first_candidate = reach(meta)
    mali = mali.set_index(_months(mali))
    said = mali.index[mali["provisional"].eq(1)]
    if len(said) and said.min() < first_candidate:
        raise DataError(f"{country_month.name}: {said.min()} is provisional there, but not in {meta.name}.")
    months = pd.period_range(FIRST, last, freq="M").astype(str)
    parts = [
        pd.DataFrame(
            {
                "month": months,
                "type": kind,
                "events": mali[f"{prefix}_events"].reindex(months, fill_value=0).to_numpy(),
                "deaths": mali[f"{prefix}_deaths"].reindex(months, fill_value=0).to_numpy(),
                "provisional": ["yes" if first_candidate and m >= first_candidate else "no" for m in months],
            }
        )
        for kind, prefix in _PREFIX.items()
    ]
    return pd.concat(parts, ignore_index=True)


def dyads_table(dyad_month: Path, states: Path, groups: Path) -> pd.DataFrame:
    """Return events and deaths by month of the dyads that stay inside Mali.

    The file is not cut by country. A dyad stays inside where its state is Mali alone, or, between two groups, where
    UCDP lists Mali as its only country. One-sided violence is left out: the file's numbers for it stand in no list of
    names that came with it.

    `dyad_month`: events and deaths by dyad and month. `states`, `groups`: lists of the state-based and the non-state
    dyads (YAML). Returns `month`, `type`, `dyad`, `events`, `deaths`, `provisional`.
    """
    inside = {
        ("sb", row["id"]): row["name"] for row in yaml.safe_load(states.read_text(encoding="utf-8"))
        if row["gwno"]["a"] == [MALI]
    } | {
        ("ns", row["id"]): row["name"] for row in yaml.safe_load(groups.read_text(encoding="utf-8"))
        if row.get("countries") == [MALI]
    }  # fmt: skip
    raw = _read(dyad_month, ("dyad_id", "type", "year", "month", "events", "deaths", "provisional"))
    keys = list(zip(raw["type"], raw["dyad_id"], strict=True))
    rows = raw[[key in inside for key in keys]]
    if rows.empty:
        raise DataError(f"{dyad_month.name}: no dyad of Mali in it; expected UCDP's dyads by month.")
    names = {prefix: kind for kind, prefix in _PREFIX.items()}
    return pd.DataFrame(
        {
            "month": _months(rows),
            "type": rows["type"].map(names),
            "dyad": [inside[key].strip() for key in zip(rows["type"], rows["dyad_id"], strict=True)],
            "events": rows["events"],
            "deaths": rows["deaths"],
            "provisional": rows["provisional"].map({0: "no", 1: "yes"}),
        }
    ).reset_index(drop=True)


def _months(frame: pd.DataFrame) -> pd.Series:
    return frame["year"].astype(str) + "-" + frame["month"].astype(str).str.zfill(2)
