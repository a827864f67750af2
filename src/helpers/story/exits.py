"""What followed the departure of the United Nations, region by region: a year after against the year before."""

from __future__ import annotations

import pandas as pd

from helpers import charts
from helpers import definitions as d
from helpers import french as fr
from helpers import measures as m
from helpers import prose as p
from helpers.audit import claims
from helpers.editions import Report
from helpers.estimates import intervals
from helpers.figures import Figure
from helpers.story.paces import rows_of
from helpers.windows import window, year
from helpers.words import NOTHING, Both, judgement
from helpers.words.both import joined, listing

BEFORE_EXIT, AFTER_EXIT, NEXT_YEAR = window("2022-07", "2023-06"), year(2024), year(2025)
"""The windows of the question `mopti_after_minusma`: here for every region."""


def _ratios(r: Report) -> tuple:
    """Return the ratio of events after the exit by region, and the regions with too few before it."""
    records, left_out = [], []
    for region in r.all_totals["region"].unique():
        rows = m.in_regions(r.all_totals, region)
        base, here, later = (m.count(rows, when) for when in (BEFORE_EXIT, AFTER_EXIT, NEXT_YEAR))
        if base < d.SMALL_COUNT:
            left_out.append(f"{p.region_name(region)} ({p.number(base)} to {p.number(here)})")
            continue
        one = intervals.compare(rows, AFTER_EXIT, BEFORE_EXIT)
        died, dead = (m.count(rows, when, "fatalities") for when in (BEFORE_EXIT, AFTER_EXIT))
        toll = intervals.attempt(rows, AFTER_EXIT, BEFORE_EXIT, "fatalities")
        judged = judgement.LABELS[intervals.verdict(toll)].en
        records.append((p.region_name(region), one.ratio, *one.ends(), base, here, later, died, dead, judged))
    counts = [f"Events {when.label}" for when in (BEFORE_EXIT, AFTER_EXIT, NEXT_YEAR)]
    tolls = [f"Deaths in {when.label}" for when in (BEFORE_EXIT, AFTER_EXIT)]
    frame = pd.DataFrame(records, columns=["Region", "Ratio", *intervals.ENDS, *counts, *tolls, "Deaths, change"])
    frame = frame.sort_values("Ratio", ascending=False, ignore_index=True)
    return left_out, counts, frame


def _title(frame: pd.DataFrame, counts: list[str]) -> Both:
    """Say where events changed clearly, or that not even the largest ratio is clear; then where deaths did."""
    events = _clearly(frame["Region"], frame["Low"].gt(1), frame["High"].lt(1))
    told = (frame["Deaths, change"].eq(judgement.LABELS[kind].en) for kind in ("rise", "fall"))
    deaths = _clearly(frame["Region"], *told)
    most, even = frame.iloc[0], NOTHING
    if most["Ratio"] > 2:
        a, b = most[counts[:2]]
        even = Both(
            f", not even in {most['Region']} ({p.number(a)}, then {p.number(b)})",
            f", pas même à {most['Region']} ({fr.number(a)}, puis {fr.number(b)})",
        )
    text = Both(
        "in 2024, against the year to June 2023, events ",
        "en 2024, par rapport à l’année qui s’achève en juin 2023, les événements ",
    )
    text += events or Both("changed clearly in no region", "n’ont nettement évolué dans aucune région") + even
    return text + Both("; deaths ", " ; les morts ") + deaths if deaths else text


def _clearly(regions: pd.Series, up: pd.Series, down: pd.Series) -> Both | None:
    """Say in which regions something clearly rose and fell; None where in none."""
    verbs = (Both("clearly rose", "ont nettement augmenté"), Both("clearly fell", "ont nettement diminué"))
    found = [
        Both(f"{verb.en} in {p.listing(regions[rows])}", f"{verb.fr} à {fr.listing(regions[rows])}")
        for verb, rows in zip(verbs, (up, down), strict=True)
        if rows.any()
    ]
    return listing(found) if found else None


_NO_CAUSE = Both(
    "Totals name no actor. The chart shows what came after the exit, not what it caused.",
    "Les totaux ne nomment aucun acteur. Le graphique montre ce qui a suivi le départ, non ce qu’il a causé.",
)


def _left_out(names: list[str]) -> Both:
    return Both(
        f"Left out, with fewer than {d.SMALL_COUNT} events before: {p.listing(names)}.",
        f"Laissés de côté, avec moins de {d.SMALL_COUNT} événements avant : {fr.listing(names)}.",
    )


def exit_regions(r: Report) -> Figure | str:
    """Compare every region's political violence of 2024 with the 12 months before MINUSMA was asked to go."""
    if not claims.is_due(r, "R23-29"):
        return ""
    left_out, counts, frame = _ratios(r)
    title = _title(frame, counts).sentence()
    return Figure(
        id="outlook-exit-regions",
        title=title.en,
        subtitle=f"Political-violence events of all actors, {AFTER_EXIT.label} over {BEFORE_EXIT.label}, by region (totals "
        f"by region); bars: {intervals.BARS}; dashed line: no change",
        chart=charts.dots(
            frame,
            "Region",
            "Ratio",
            title="Ratio of events",
            unit="ratio",
            log=True,
            group="neutral",
            inner=intervals.INNER,
        ),
        frame=frame,
        alt=(
            "Dots with intervals: "
            + "; ".join(
                f"{row['Region']} {p.number(row['Ratio'], 2)} ({p.spread(row['Low'], row['High'], 2)}, "
                f"{p.number(row[counts[0]])} to {p.number(row[counts[1]])} events)"
                for row in rows_of(frame)
            )
        ),
        fr=fr.words(
            title.fr,
            f"Événements de violence politique (tous belligérants), {fr.label(AFTER_EXIT)} {fr.against(BEFORE_EXIT)}, par région "
            f"(totaux par région) ; barres : {intervals.BARS_FR} ; tireté : aucun changement",
            "Points avec intervalles : "
            + " ; ".join(
                f"{row['Region']} {fr.number(row['Ratio'], 2)} ({fr.spread(row['Low'], row['High'], 2)}, "
                f"{fr.number(row[counts[0]])} à {fr.number(row[counts[1]])} événements)"
                for row in rows_of(frame)
            ),
            {label.en: label.fr for label in judgement.LABELS.values()},
        ),
        source=r.source("totals"),
        caveat=joined([_NO_CAUSE, _left_out(left_out) if left_out else None]),
    )
