"""The timeline's entries: those an edition knows, and those that came after it."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from helpers import definitions as d
from helpers import entries
from helpers.audit import claims
from helpers.editions import Report
from helpers.forms.maps import towns
from helpers.page.bilingual import Bilingual
from helpers.page.frame import Facts
from helpers.page.listing import Timeline
from helpers.story import standing
from helpers.words import Both, names

CHARTED = (
    "2012-03-22-coup", "2013-01-11-serval", "2015-06-20-algiers-accord-cma", "2017-03-02-jnim-formed", "2020-08-18-coup",
    "2021-12-23-joint-statement-wagner", "2022-08-15-last-french-troops", "2023-12-31-minusma-withdrawal-complete",
    "2025-09-03-fuel-blockade-declared",
)  # fmt: skip
"""Entries behind the dates that charts over time mark (`forms.periods.DATES`)."""
SHOWN = 5


def dates(r: Report) -> Facts:
    """Return the dates of the last 12 months without a count of the rest: all entries follow on the same page."""
    return replace(standing.dates(r), of=0, listed=True)


def marked(r: Report) -> Facts:
    """The dates that the charts mark, the last five that the edition knows."""
    rows = r.chronology[r.chronology["id"].isin(CHARTED)].sort_values("date", kind="stable")
    return Facts(rows.tail(SHOWN), Both("Dates that the charts mark", "Dates marquées sur les graphiques"), listed=True)


_APART = ("Macina", "Mopti-Sévaré")
"""Names of a cercle and of a base that texts give to a group, and to two towns."""


def gazetted(r: Report) -> dict[str, str]:
    """Return the region of every place that entries name: of entries, towns with coordinates, cercles, villages of texts."""
    rows = r.chronology[r.chronology["place"].ne("")]
    cercles = r.cercles.assign(place=r.cercles["cercle"].replace(d.CERCLE_NAMES))
    tables = (cercles, towns(r), rows)
    return dict(entries.VILLAGES) | {
        k: v for one in tables for k, v in zip(one["place"], one["region"], strict=True) if k not in _APART
    }


def _listed(r: Report, rows: pd.DataFrame, id: str) -> Timeline:
    """List entries, each with the regions of all places that it names."""
    known = gazetted(r)
    named = [
        " ".join(sorted({own, *(known.get(one, "") for one in places)} - {""}))
        for own, places in zip(rows["region"], entries.naming(rows, known, detail=False), strict=True)
    ]
    seen = {one for regions in named for one in regions.split()}
    regions = {one: names.short(one) for one in sorted(seen, key=lambda one: names.short(one).en)}
    made = {row.id: Both(row.statement, row.fr) for row in claims.due(r)}
    return Timeline(rows.assign(region=named), id, regions, made)


def known(r: Report) -> Timeline:
    """All entries up to the edition's day."""
    return _listed(r, r.chronology, "known")


def later(r: Report) -> Timeline | Bilingual:
    """Entries after the edition's day; for the section on what happened next only."""
    rows = r.later_chronology
    if rows.empty:
        return Bilingual(
            "No entry of the chronology is later than this edition’s day.",
            "Aucune entrée de la chronologie n’est postérieure à cette édition.",
        )
    return _listed(r, rows, "later")
