"""Dated entries after an edition's last report, by lane, and the events by zone under them."""

from __future__ import annotations

import pandas as pd

from helpers import definitions as d
from helpers import measures as m
from helpers.audit import claims
from helpers.chapters import NotInEdition
from helpers.editions import Report, listed
from helpers.windows import Window, month
from helpers.words import facts

_LANES = {
    "R23-31": "The state and its capital",
    "R23-29": "Mopti and Douentza",
    "R23-30": "War in the north",
    "R23-11": "Accord and movements",
}
"""Lanes of the calendar after the second report: the statement and its name."""


def last_report(r: Report) -> tuple[str, str] | None:
    """Return the last report made by the edition's date, and its day."""
    made = {row.report for row in claims.due(r)}
    known = [(e.report, e.published) for e in listed() if e.report in made]
    return max(known, key=lambda item: item[1]) if known else None


def entries(r: Report) -> tuple[pd.DataFrame, list[str], str]:
    """Return the dated entries after the last report (one row a lane), the lanes' names and the report's day."""
    last = last_report(r)
    if last is None:
        raise NotInEdition(
            "No projection had been made at this edition's date, so no calendar follows one.",
            "Aucune projection n’avait été faite à la date de cette édition : aucun calendrier n’en suit.",
        )
    report, day = last
    rows = r.tables.chronology()
    rows = rows[rows["date"] > day]
    if report == "R23":
        parts = [
            rows[rows["claims"].str.split(";").map(lambda ids, claim_id=claim_id: claim_id in ids)].assign(lane=name)
            for claim_id, name in _LANES.items()
        ]
        return pd.concat(parts, ignore_index=True), list(_LANES.values()), day
    # The first report spoke of tolls and of the south: the dated violence of the two years after it, by zone.
    until = str(month(day[:7]) + 24)
    rows = rows[rows["category"].eq("violence") & rows["region"].ne("") & (rows["date"].str[:7] <= until)]
    lanes = rows["region"].map(d.ZONE_OF).map(d.ZONE_LABELS)
    return rows.assign(lane=lanes).dropna(subset=["lane"]).reset_index(drop=True), list(d.ZONE_LABELS.values()), day


def zone_months(r: Report, span: Window) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the totals with their zone, and the events by month and zone."""
    totals = r.all_totals.assign(zone=r.all_totals["region"].map(d.ZONE_OF).map(d.ZONE_LABELS))
    months = m.series(totals, span, "month", split="zone", values=["events"])
    months = months.rename(columns={"period": "Month", "zone": "Zone", "events": "Events"})[["Month", "Zone", "Events"]]
    return totals, months


def mover(totals: pd.DataFrame, early: Window, late: Window) -> tuple[dict[str, list[float]], str]:
    """Return each zone's part in two windows, and the zone whose part moved most."""
    counts = {
        zone: [m.count(totals[totals["zone"].eq(zone)], when) / m.count(totals, when) for when in (early, late)]
        for zone in d.ZONE_LABELS.values()
    }
    mover = max(counts, key=lambda zone: abs(counts[zone][1] - counts[zone][0]))
    return counts, mover


def entries_told(rows: pd.DataFrame) -> tuple[pd.Series, dict[str, str]]:
    """Return the sentences of entries by month, and the French of each and of each month."""
    said = [facts.both(row.id, row.event) for row in rows.itertuples()]
    told = pd.DataFrame(
        {"month": rows["date"].str[:7].to_numpy(), "en": [x.en for x in said], "fr": [x.fr for x in said]}
    )
    lines = told.groupby("month").agg({"en": "; ".join, "fr": "\u202f; ".join})
    words = dict(zip([*lines["en"], *told["en"]], [*lines["fr"], *told["fr"]], strict=True))
    return lines["en"], words
