"""The dates under every way of estimating their effects, and how often such estimates hold the truth."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from helpers import charts
from helpers import definitions as d
from helpers import french as f
from helpers import measures as m
from helpers import prose as p
from helpers.editions import Report
from helpers.estimates import breaks_coverage, specifications
from helpers.figures import Figure, Table, Words
from helpers.story import turning as t
from helpers.windows import month
from helpers.words.both import Both


def _series(r: Report) -> dict[tuple[str, str], pd.Series]:
    """Return monthly counts by outcome and place."""
    outcomes = {
        "militant Islamist events": t.militant(r),
        "their attacks on civilians": m.against_civilians(r.actors, d.MILITANT_ISLAMIST),
        "all political violence": r.actors,
    }
    places = {"Mali": d.ZONES, "centre": ("centre",), "north": ("north",)}
    return {
        (outcome, place): t.counts_of(r, m.in_zone(rows, *zones))
        for outcome, rows in outcomes.items()
        for place, zones in places.items()
    }


def _curves(r: Report) -> list[tuple[t.Turn, pd.DataFrame]]:
    series = _series(r)
    return [(turn, specifications.curve(series, month(turn.date))) for turn in t.ready(r)]


def _sorted_ways(found: Sequence[tuple[t.Turn, pd.DataFrame]]) -> pd.DataFrame:
    """Return every way of estimating every date, sorted by the size of the effect."""
    return pd.concat(
        [
            pd.DataFrame(
                {
                    "Turning point": turn.short,
                    "Rank": np.arange(1, len(one) + 1),
                    "Effect": one["ratio"].round(6),
                    "Low": one["low"].round(6),
                    "High": one["high"].round(6),
                    "Interval": np.where((one["low"] > 1) | (one["high"] < 1), "leaves out 1", "holds 1"),
                    "Outcome": one["outcome"],
                    "Place": one["place"],
                    "Model": one["model"],
                    "Months before": one["before"],
                    "Months after": one["after"],
                }
            )
            for turn, one in found
        ],
        ignore_index=True,
    )


def _agreeing(
    found: Sequence[tuple[t.Turn, pd.DataFrame]], agree: Sequence[t.Turn], total: int
) -> tuple[str, str, str, str]:
    """Say how many dates keep one direction in nine of ten ways, and between which years they lie."""
    first, last = found[0][0].date[:4], found[-1][0].date[:4]
    years = f"{first} to {last}" if first != last else first
    years_fr = f"{first} à {last}" if first != last else first
    none = "no date's" if total > 1 else "the date's"
    title = (
        f"{none} effect has one direction in nine of ten ways of estimating it"
        if not agree and total > 1
        else "the date's effect does not keep one direction in nine of ten ways of estimating it"
        if not agree
        else f"{p.word(len(agree))} of {p.count(total, 'date')} {_s('keep', len(agree))} one direction in nine of ten ways of "
        "estimating the effect"
    )
    title_fr = (
        "selon la manière de l’estimer, l’effet "
        + ("d’aucune des dates ne garde" if total > 1 else "de la date ne garde pas")
        + " le même sens neuf fois sur dix"
        if not agree
        else f"{f.word(len(agree), feminine=True)} date{'s' if len(agree) > 1 else ''} sur {f.word(total, feminine=True)} "
        f"garde{'nt' if len(agree) > 1 else ''} le même sens dans neuf manières sur dix d’estimer l’effet"
    )
    return years, years_fr, title, title_fr


def curves(r: Report) -> Figure:
    """Every date's effect under every combination of months, model, outcome and place, sorted by size."""
    found = _curves(r)
    frame = _sorted_ways(found)
    ranges = [(turn, len(one), specifications.middle(one), _apart(one)) for turn, one in found]
    agree = [turn for turn, _, (low, high), _ in ranges if low > 1 or high < 1]
    total = len(found)
    years, years_fr, title, title_fr = _agreeing(found, agree, total)
    return Figure(
        id="turning-specifications",
        title=title,
        subtitle=f"Effect of each date, {years}, with its 95 percent interval under every combination of months before (18 to "
        "48) and after, model, outcome and place in Mali, sorted by size; dashed line: no effect; logarithmic axis",
        # Only what is drawn: the rest is in the table and would double the page.
        chart=charts.curve(
            frame[["Turning point", "Rank", "Effect", "Low", "High", "Interval"]],
            "Rank",
            "Effect",
            "Low",
            "High",
            "Interval",
            "Turning point",
            title="Course over the trend",
        ),
        frame=frame,
        alt="Curves of sorted effects, nine of ten of them between: "
        + p.listing(
            f"{turn.label}, {t.x(low)} and {t.x(high)} ({p.number(n)} ways, {p.percent(apart)} of intervals leave out 1)"
            for turn, n, (low, high), apart in ranges
        )
        + ".",
        source=r.source("actors"),
        caveat=Both(
            "The ways share most of their months: their number is no measure of evidence. Combinations with too "
            "few events are left out.",
            "Ces manières partagent la plupart de leurs mois : leur nombre ne mesure pas le poids des preuves. Les "
            "combinaisons qui ont trop peu d’événements sont laissées de côté.",
        ),
        fr=Words(
            title=title_fr,
            subtitle=f"Effet de chaque date, {years_fr}, et son intervalle à 95\u202f% pour toutes les combinaisons de mois précédents "
            "(18 à 48) et suivants, de modèle, d’indicateur et de lieu au Mali, par ordre croissant\u202f; tirets\u202f: aucun effet\u202f; axe "
            "logarithmique",
            alt="Courbes d’effets triés, dont neuf sur dix entre\u202f: "
            + f.listing(
                f"{turn.label_fr}, {t.x_fr(low)} et {t.x_fr(high)} ({f.number(n)} manières, {f.percent(apart)} des intervalles "
                "excluent 1)"
                for turn, n, (low, high), apart in ranges
            )
            + ".",
        ),
    )


def _apart(found: pd.DataFrame) -> float:
    return float(((found["low"] > 1) | (found["high"] < 1)).mean())


def _s(verb: str, number: int) -> str:
    return f"{verb}s" if number == 1 else verb


def choices(r: Report) -> Table:
    """The median effect of each date by what is chosen, and how many intervals leave out 1."""
    columns, order = {}, None
    for turn, one in _curves(r):
        found = specifications.by_choice(one)
        whole_row = pd.DataFrame([("all", "all", len(one), one["ratio"].median(), _apart(one))], columns=list(found))
        found = pd.concat([whole_row, found], ignore_index=True)
        names = found["choice"].replace({"before": "months before", "after": "months after"}) + ": " + found["option"]
        cells = [f"{t.x(row.ratio)} ({row.specifications}; {p.percent(row.apart)})" for row in found.itertuples()]
        columns[turn.label] = pd.Series(cells, index=names.replace("all: all", "all"))
        order = columns[turn.label].index if order is None else order.union(columns[turn.label].index, sort=False)
    frame = pd.DataFrame(columns).reindex(order).fillna("too few events")
    return Table(
        title="The effect by what is chosen: median, number of ways, share of intervals that leave out 1",
        frame=frame.rename_axis("Choice").reset_index(),
        source=r.source("actors"),
    )


# --------------------------------------------------------------------------- coverage


def coverage(r: Report) -> Table:
    """How often intervals hold the truth in simulated months, by how the months carry over; the same in every edition."""
    found = breaks_coverage.coverage()
    kinds = breaks_coverage.KINDS
    grouped = found.groupby("carry")[list(kinds)]
    low, high = grouped.min(), grouped.max()
    rows = [
        (words, *(p.spread(low.at[carry, kind] * 100, high.at[carry, kind] * 100) for carry in low.index))
        for kind, words in kinds.items()
    ]
    columns = ["Share of simulated series, percent", *(f"Carry-over {p.number(carry, 1)}" for carry in low.index)]
    runs = int(found["runs"].iloc[0])
    return Table(
        title="How often the intervals of this page hold the truth",
        frame=pd.DataFrame(rows, columns=columns),
        note=f"Simulated months (synthetic), {p.number(runs)} series for each of {p.number(len(found))} combinations of mean "
        f"({p.spread(found['mean'].min(), found['mean'].max())} events a month), dispersion "
        f"({p.spread(found['alpha'].min(), found['alpha'].max(), 2)}) and carry-over; lowest and highest share of the "
        "combinations with the same carry-over. Wanted: 95, and 80 in the last row.",
    )


def carried(r: Report) -> Table:
    """How the months of the book's own series carry over; measured once, over all their months."""
    found = breaks_coverage.carries()
    top = breaks_coverage.coverage()["carry"].max()
    rows = [
        (
            row.series,
            p.number(row.mean),
            p.number(row.shown_alpha, 2),
            p.number(row.shown_carry, 2),
            f"{p.number(row.carry, 1)}{' or more' if row.carry >= top else ''}",
        )
        for row in found.itertuples()
    ]
    return Table(
        title="Dispersion and carry-over of the series that are held against dates",
        frame=pd.DataFrame(
            rows,
            columns=[
                "Series",
                "Events a month",
                "Dispersion of residuals",
                "Their first autocorrelation",
                "Carry-over",
            ],
        ),
        source=r.source("actors", "totals"),
        note="Measured once, over all months of the tables, later ones than this edition's included. Means over spans of 36 "
        "months, each with a fitted trend, step and slope. Carry-over: that of simulated months "
        f"whose residuals show the same autocorrelation; the median is {p.number(found['carry'].median(), 1)}.",
    )
