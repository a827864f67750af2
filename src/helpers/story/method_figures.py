"""Figures of the method pages: what differs between vintages and sources, the chronology, the groups."""

from __future__ import annotations

import pandas as pd

from helpers import charts, limits
from helpers import definitions as d
from helpers import french as fr
from helpers import measures as m
from helpers import prose as p
from helpers.chapters import NotInEdition
from helpers.editions import Report
from helpers.figures import Figure
from helpers.terms import term
from helpers.windows import month, month_name

_REASON_COLOURS = {"neutral": "Revised after 2020", "north": "Gao-Ménaka border", "accent": "Revised by one or two"}

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
                f"{name[0].lower() + name[1:]} from {p.percent(part['Change'].iloc[0])} for the newest month to "
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
        caveat="One export on one day: how far fresh months are revised varies. The newest month rests on few events.",
    )


_COUNTS = {"neutral": "ACLED", "accent": "UCDP"}


def ucdp_and_acled(r: Report) -> Figure:
    """Compare deaths by year in ACLED and UCDP, with UCDP's low and high estimates."""
    ucdp = r.ucdp_years[r.ucdp_years["type"].eq("all") & r.ucdp_years["year"].ge(2012)].set_index("year")
    if ucdp.empty:
        raise NotInEdition("No year of UCDP from 2012 on is complete at this edition's date.")
    totals = r.totals.assign(year=r.totals["month"].str[:4].astype(int)).groupby("year")["fatalities"].sum()
    limits.held(
        set(ucdp.index) <= set(totals.index),
        "totals of ACLED for the years of UCDP",
        "pas les totaux d’ACLED pour les années d’UCDP",
    )
    records: list[tuple[str, str, int, int, int]] = []
    for year in ucdp.index:
        records.append((str(year), _COUNTS["neutral"], int(totals[year]), int(totals[year]), int(totals[year])))
        best, low, high = (int(ucdp.loc[year, key]) for key in ("best", "low", "high"))
        records.append((str(year), _COUNTS["accent"], best, low, high))
    frame = pd.DataFrame(records, columns=["Year", "Source", "Deaths", "Low", "High"])
    ratio = totals.reindex(ucdp.index) / ucdp["best"]
    last = int(ucdp.index.max())
    above = int((ratio > 1).sum())
    years = f"all {p.word(above)} years" if above == len(ratio) else f"{p.word(above)} of {p.count(len(ratio), 'year')}"
    many = fr.word(len(ratio))
    years_fr = (
        f"dans l’ensemble des {many} années"
        if above == len(ratio)
        else f"dans {fr.word(above, feminine=True)} des {many} années"
    )
    return Figure(
        id="data-ucdp-acled",
        title=f"ACLED counts more deaths than UCDP's best estimate in {years}; in {last} {p.times(ratio[last])} as many",
        subtitle=f"Reported deaths in Mali by year, {ucdp.index.min()} to {last}: all political violence (ACLED "
        "totals) and organised violence (UCDP, best estimate, with the low and high ones as a band)",
        chart=charts.lines(frame, "Year", "Deaths", by="Source", colours=_COUNTS, low="Low", high="High"),
        frame=frame,
        alt=(
            "Two lines: "
            + "; ".join(
                f"{name}, {p.number(part['Deaths'].iloc[0])} in {part['Year'].iloc[0]}, highest "
                f"{p.number(part['Deaths'].max())} in {part.loc[part['Deaths'].idxmax(), 'Year']}, "
                f"{p.number(part['Deaths'].iloc[-1])} in {part['Year'].iloc[-1]}"
                for name, part in frame.groupby("Source", sort=False)
            )
        ),
        fr=fr.words(
            f"ACLED compte plus de morts que la meilleure estimation de l’UCDP {years_fr} ; en {last}, {fr.times(ratio[last])} autant",
            f"Morts signalés au Mali par année, {ucdp.index.min()} à {last} : toute la violence politique (totaux d’ACLED) et la "
            "violence organisée (UCDP, meilleure estimation, avec la basse et la haute en bande)",
            "Deux courbes : "
            + " ; ".join(
                f"{term(name)}, {fr.number(part['Deaths'].iloc[0])} en {part['Year'].iloc[0]}, au plus "
                f"{fr.number(part['Deaths'].max())} en {part.loc[part['Deaths'].idxmax(), 'Year']}, "
                f"{fr.number(part['Deaths'].iloc[-1])} en {part['Year'].iloc[-1]}"
                for name, part in frame.groupby("Source", sort=False)
            ),
        ),
        source=r.source("totals", "ucdp_years"),
        caveat="The two count different things (see the text); neither is a check on the other's single years.",
    )


_CHRONOLOGY = {
    "state": "Politics",
    "international": "Partners",
    "wagner": "Wagner",
    "separatist": "Accord and movements",
    "civilians": "Civic space",
    "islamist": "Violence",
}

_CATEGORY = {
    "politics": "Politics",
    "partners": "Partners",
    "wagner": "Wagner",
    "peace-process": "Accord and movements",
    "civic-space": "Civic space",
    "violence": "Violence",
}


def chronology_by_year(r: Report) -> Figure:
    """Show entries of the chronology by year and category."""
    rows = r.chronology.assign(year=r.chronology["date"].str[:4], what=r.chronology["category"].map(_CATEGORY))
    years = [str(year) for year in range(2012, int(rows["year"].max()) + 1)]
    index = pd.MultiIndex.from_product([years, list(_CHRONOLOGY.values())], names=["Year", "Category"])
    frame = rows.groupby(["year", "what"]).size().rename_axis(["Year", "Category"]).reindex(index, fill_value=0)
    frame = frame.rename("Entries").reset_index()
    by_year = frame.groupby("Year")["Entries"].sum()
    return Figure(
        id="data-chronology",
        title=f"The chronology is densest in {p.listing(by_year[by_year.eq(by_year.max())].index)}, with "
        f"{p.count(int(by_year.max()), 'entry', 'entries')} of {p.number(len(rows))}",
        subtitle=f"Entries of the chronology by year and category, {years[0]} to {years[-1]}, as known to this edition",
        chart=charts.stacked(frame, "Year", "Entries", "Category", _CHRONOLOGY),
        frame=frame,
        alt=("Stacked columns by year: " + p.listing(f"{n} in {year}" for year, n in by_year.items())),
        fr=fr.words(
            f"La chronologie est la plus dense en {fr.listing(by_year[by_year.eq(by_year.max())].index)}, avec "
            f"{fr.count(int(by_year.max()), 'entrée', feminine=True)} sur {fr.number(len(rows))}",
            f"Entrées de la chronologie par année et par catégorie, {years[0]} à {years[-1]}, telles que connues à cette édition",
            "Colonnes empilées par année : " + fr.listing(f"{n} en {year}" for year, n in by_year.items()),
        ),
        rests_on=[by_year.max()],
        source="Chronology of this project; each entry names its source.",
        caveat="Searched for what the two reports speak of, so it is dense where they look and thin elsewhere. It is "
        "not a sample of what happened.",
    )


def group_events(r: Report) -> Figure:
    """Show the groups by violent events in the last 12 months."""
    labels = {
        "islamist": "Militant Islamist",
        "state": "State",
        "russia": "Wagner / Africa Corps",
        "separatist": "Separatist",
        "militia": "Militias and northern allies",
        "international": "United Nations, France and partners",
        "civilians": "Civilians",
        "unidentified": "Unidentified",
    }
    records = [
        (row.label, labels[row.family], m.count(m.involving(r.actors, [row.id]), r.last_12))
        for row in d.groups_frame().itertuples()
        if row.family in labels
    ]
    frame = pd.DataFrame(records, columns=["Group", "Family", "Events"])
    frame = frame[frame["Events"].gt(0)].sort_values(["Events", "Group"], ascending=[False, True], ignore_index=True)
    armed = frame[frame["Family"].ne(labels["civilians"])]
    top, second = armed.iloc[0], armed.iloc[1]
    return Figure(
        id="definitions-groups",
        title=f"No armed group took part in more violent events of the last 12 months than {top['Group']} "
        f"({p.number(top['Events'])}); {second['Group']} had the next highest number ({p.number(second['Events'])})",
        subtitle=f"Violent events by group on either side, Mali, {r.last_12.label} (ACLED events)",
        chart=charts.bars(
            frame,
            "Group",
            "Events",
            title="Violent events",
            by="Family",
            colours={
                "wagner" if key == "russia" else key: name
                for key, name in labels.items()
                if name in set(frame["Family"])
            },
        ),
        frame=frame,
        alt=(
            "Bars of violent events by group: "
            + p.listing(f"{row.Group} {p.number(row.Events)}" for row in frame.itertuples())
        ),
        fr=fr.words(
            f"Aucun groupe armé n’a pris part à plus d’événements violents au cours des 12 derniers mois que {term(top['Group'])} "
            f"({fr.number(top['Events'])}) ; viennent ensuite, par leur nombre : {term(second['Group'])} ({fr.number(second['Events'])})",
            f"Événements violents par groupe de l’un ou l’autre côté, Mali, {fr.label(r.last_12)} (événements d’ACLED)",
            "Barres des événements violents par groupe : "
            + fr.listing(f"{term(row.Group)} {fr.number(row.Events)}" for row in frame.itertuples()),
        ),
        rests_on=[top["Events"], second["Events"]],
        source=r.source("actors"),
        caveat="An event has two sides and may count for two groups. From 2022 on the source codes nearly all attacks "
        "of Katiba Macina as JNIM."
        if str(r.as_of) >= "2022"
        else "An event has two sides and may count for two groups.",
    )
