"""Figures of the method pages: what differs between vintages and sources, the chronology, the groups."""

from __future__ import annotations

import pandas as pd

from helpers import charts
from helpers import definitions as d
from helpers import french as fr
from helpers import measures as m
from helpers import prose as p
from helpers.chapters import NotInEdition
from helpers.editions import Report
from helpers.figures import Figure
from helpers.terms import term
from helpers.windows import month, month_name
from helpers.words.both import Both

_REASON_COLOURS = {"neutral": "Revised after 2020", "north": "Gao-Ménaka border", "ink": "Revised by one or two"}

_REASON_LABELS = {
    "revised after 2020": "Revised after 2020",
    "Gao-Menaka border": "Gao-Ménaka border",
    "revised by one or two": "Revised by one or two",
    "other vintage": "Other vintage",
}


def differences_by_year(r: Report) -> Figure:
    """Show differing cells by year and reason."""
    listed = r.tables.differences()
    if listed.empty:
        raise NotInEdition("No cell of month and region differs from the totals.")
    rows = listed.assign(year=listed["month"].str[:4], why=listed["reason"].map(_REASON_LABELS))
    colours = _REASON_COLOURS
    if listed["reason"].eq("other vintage").any():
        colours = colours | {"islamist": _REASON_LABELS["other vintage"]}
    last = r.tables.last_month("actors")
    years = [str(year) for year in range(int(rows["year"].min()), last.year + 1)]
    index = pd.MultiIndex.from_product([years, list(colours.values())], names=["Year", "Reason"])
    frame = rows.groupby(["year", "why"]).size().rename_axis(["Year", "Reason"]).reindex(index, fill_value=0)
    frame = frame.rename("Cells").reset_index()
    by_year = frame.groupby("Year")["Cells"].sum()
    top = by_year[by_year.eq(by_year.max())].index
    clean = [year for year, number in by_year.items() if not number]
    return Figure(
        id="data-differences",
        title=(
            f"{p.number(len(rows))} cells of month and region differ from the totals, most in {p.listing(top)} "
            f"({p.number(by_year.max())})" + (f"; none in {p.listing(clean)}" if clean else "")
        ),
        subtitle="Cells in which the event tables and the totals differ in events or deaths, by year and reason, Mali, "
        f"{years[0]} to {month_name(last)}",
        chart=charts.stacked(frame, "Year", "Cells", "Reason", colours),
        frame=frame,
        alt=("Stacked columns by year: " + p.listing(f"{n} in {year}" for year, n in by_year.items())),
        fr=fr.words(
            f"{fr.number(len(rows))} cases de mois et de région diffèrent des totaux, le plus en {fr.listing(top)} "
            f"({fr.number(by_year.max())})" + (f" ; aucune en {fr.listing(clean)}" if clean else ""),
            "Cases où les tables d’événements et les totaux diffèrent en événements ou en morts, par année et par raison, Mali, "
            f"{years[0]} à {fr.month_name(last)}",
            "Colonnes empilées par année : " + fr.listing(f"{n} en {year}" for year, n in by_year.items()),
        ),
        source=r.source("differences"),
    )


_AGES = (
    ("newest month", 0, 0),
    ("1-2 months", 1, 2),
    ("3-6 months", 3, 6),
    ("7-12 months", 7, 12),
    ("13-24 months", 13, 24),
    ("over 24 months", 25, 999),
)

_REVISED = {
    "events": "Political-violence events",
    "fatalities": "Deaths in them",
    "mi_events": "Militant Islamist events",
    "mi_civilian_events": "Attacks on civilians by them",
}


def _by_age(r: Report) -> pd.DataFrame:
    """Sum the two vintages by how old a month was when the older export was made."""
    rows = r.tables.vintages()
    last = month(str(rows["month"].max()))
    age = pd.Series([(last - month(str(value))).n for value in rows["month"]], index=rows.index)
    records = []
    for label, low, high in _AGES:
        part = rows[age.between(low, high)]
        for column, name in _REVISED.items():
            then, now = int(part[f"{column}_then"].sum()), int(part[f"{column}_now"].sum())
            records.append((label, name, then, now, m.change(now, then)))
    return pd.DataFrame(records, columns=["Age of the month", "Measure", "In August 2020", "Today", "Change"])


def vintages(r: Report) -> Figure:
    """Show how far months were revised, by how fresh they were."""
    frame = _by_age(r)
    own = frame[frame["Measure"].eq(_REVISED["mi_events"])].set_index("Age of the month")
    mi = own["Change"]
    freshest, oldest = mi.iloc[0], mi.iloc[-1]
    shown = frame.assign(Label=frame["Change"].clip(lower=0))
    table = frame.rename(columns={"Change": "Change (share)"})
    older = f"by {p.percent(oldest)}" if d.round_half_up(oldest, 2) > 0 else "hardly at all"
    older_fr = f"de {fr.percent(oldest)}" if d.round_half_up(oldest, 2) > 0 else "à peine"
    return Figure(
        id="data-vintages",
        title="Fresh months gain most: militant Islamist events of the newest month have grown by "
        f"{p.percent(freshest)}, those of months over two years old {older}",
        subtitle="Change from ACLED's export of August 2020 to today's tables, by the age of the month when the export "
        "was made; Mali, January 2017 to July 2020; falls are drawn as no change",
        chart=charts.heat(shown, "Age of the month", "Measure", "Label", title="Change", unit="share"),
        frame=table,
        alt=(
            "Grid of changes by age of the month: "
            + "; ".join(
                f"{fr.lower(name)} from {p.percent(part['Change'].iloc[0])} for the newest month to "
                f"{p.percent(part['Change'].iloc[-1])} for months over two years old"
                for name, part in frame.groupby("Measure", sort=False)
            )
        ),
        fr=fr.words(
            "Les mois récents gagnent le plus : les événements impliquant des groupes islamistes armés du mois le plus récent ont augmenté de "
            f"{fr.percent(freshest)}, ceux des mois de plus de deux ans {older_fr}",
            "Variation entre l’export d’ACLED d’août 2020 et les tables d’aujourd’hui, selon l’âge du mois au moment de l’export ; "
            "Mali, janvier 2017 à juillet 2020 ; les baisses sont dessinées comme une absence de changement",
            "Grille des variations selon l’âge du mois : "
            + " ; ".join(
                f"{term(name)}, de {fr.percent(part['Change'].iloc[0])} pour le mois le plus récent à "
                f"{fr.percent(part['Change'].iloc[-1])} pour les mois de plus de deux ans"
                for name, part in frame.groupby("Measure", sort=False)
            ),
        ),
        rests_on=own[["In August 2020", "Today"]].iloc[0].tolist(),
        source=r.source("vintages"),
        caveat=Both(
            "One export on one day: how far fresh months are revised varies. The newest month rests on few events.",
            "Un seul export, un seul jour : l’ampleur des révisions des mois récents varie. Le dernier mois repose "
            "sur peu d’événements.",
        ),
    )
