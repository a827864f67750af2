"""The ground that militant Islamist violence covers: maps of cells, areas under many definitions."""

from __future__ import annotations

import pandas as pd

from helpers import charts, palette
from helpers import definitions as d
from helpers import french as f
from helpers import measures as m
from helpers import prose as p
from helpers.audit import claims
from helpers.audit.second import WHY
from helpers.editions import Report
from helpers.figures import Figure
from helpers.windows import complete_years, half, half_before, year
from helpers.words.both import Both, joined

FOOTPRINT_CLAIM = "R23-04"

ACLED, UCDP = palette.SOURCES["ACLED"], palette.SOURCES["UCDP"]
METHODS = {"cell": "Cells of {:g}°", "buffer": "Discs of {:g} km radius"}


def deaths_two_sources(r: Report) -> Figure:
    """Deaths by year: UCDP with its range, beside ACLED's totals and its militant Islamist events."""
    last = min(int(r.ucdp_years["year"].max()), complete_years(2012, r.as_of)[-1].first.year)
    ucdp = r.ucdp_years[r.ucdp_years["type"].eq("all") & r.ucdp_years["year"].between(2012, last)]
    spans = [year(y) for y in range(2012, last + 1)]
    mi = m.militant_islamist(r.actors)
    names = {
        ACLED: "ACLED, all political violence",
        "islamist": "ACLED, militant Islamist",
        UCDP: "UCDP",
    }
    columns = ["Year", "Source", "Deaths", "Low", "High"]
    ranges = ucdp.assign(Year=ucdp["year"].astype(str), Source=names[UCDP])
    parts = [ranges[["Year", "Source", "best", "low", "high"]].set_axis(columns, axis=1)]
    for key, rows in ((ACLED, r.totals), ("islamist", mi)):
        sums = [(w.label, names[key], *[m.count(rows, w, "fatalities")] * 3) for w in spans]
        parts.append(pd.DataFrame(sums, columns=columns))
    table = pd.concat(parts, ignore_index=True)
    wide = table.pivot(index="Year", columns="Source", values="Deaths")
    peaks = {key: wide[name].idxmax() for key, name in names.items()}
    end, total = ucdp.iloc[-1], wide[names[ACLED]].iloc[-1]
    same = peaks[ACLED] == peaks[UCDP]
    title, title_fr = "both sources put the most deaths in", "les deux sources placent le maximum de morts en"
    if not same:
        title = f"UCDP puts the most deaths in {peaks[UCDP]}, ACLED in {peaks[ACLED]}; for {last}, "
        title_fr = f"le maximum de morts est de {peaks[UCDP]} pour l’UCDP, de {peaks[ACLED]} pour ACLED ; en {last}, "
    elif peaks[UCDP] == str(last):
        title, title_fr = f"{title} {last}: ", f"{title_fr} {last} : "
    else:
        title += f" {peaks[UCDP]}; for {last}, "
        title_fr += f" {peaks[UCDP]} ; en {last}, "
    return Figure(
        id="trajectory-deaths-sources",
        title=f"{title}ACLED counts {p.number(total)} and UCDP {p.number(end['best'])}",
        subtitle=f"Deaths by year, Mali, 2012 to {last}: ACLED (political violence of all actors, and militant "
        "Islamist events) and UCDP's best estimate with its low and high",
        chart=charts.lines(table, "Year", "Deaths", by="Source", colours=names, low="Low", high="High"),
        frame=table,
        alt=f"Three lines from 2012 to {last}. In {last} ACLED has {p.number(total)} deaths, "
        f"{p.number(wide[names['islamist']].iloc[-1])} of them in militant Islamist events; UCDP has "
        f"{p.number(end['best'])} ({p.number(end['low'])} to {p.number(end['high'])}). Peak of UCDP: "
        f"{p.number(wide[names[UCDP]].max())} in {peaks[UCDP]}",
        fr=f.words(
            title=f"{title_fr}ACLED compte {f.number(total)} morts et l’UCDP {f.number(end['best'])}",
            subtitle=f"Morts par année, Mali, de 2012 à {last} : ACLED (violences politiques, tous belligérants, et "
            f"{f.MI_EVENTS}) et meilleure estimation de l’UCDP avec ses valeurs basse et haute",
            alt=f"Trois courbes de 2012 à {last}. En {last}, ACLED compte {f.number(total)} morts, dont "
            f"{f.number(wide[names['islamist']].iloc[-1])} dans les {f.MI_EVENTS} ; l’UCDP en compte {f.number(end['best'])} "
            f"({f.number(end['low'])} à {f.number(end['high'])}). Maximum de l’UCDP : "
            f"{f.number(wide[names[UCDP]].max())} en {peaks[UCDP]}",
        ),
        source=r.source("totals", "actors", "ucdp_years"),
        caveat=joined([_FLOOR, _stops(last) if last < complete_years(2012, r.runs_to)[-1].first.year else None]),
    )


_FLOOR = joined([WHY["threshold"], Both("ACLED has no such floor.", "ACLED n’a pas de tel seuil.")])


def _stops(last: int) -> Both:
    """Say why the chart stops before the edition's last whole year."""
    return Both(
        f"It stops at {last}, the last whole year of the UCDP release used here.",
        f"Il s’arrête à {last}, dernière année complète de la version de l’UCDP retenue ici.",
    )


def _method_fr(row: pd.Series, before: str = "des") -> str:
    """Name a definition of the footprint in French, after `des` or `à`."""
    link = "aux" if before == "à" else before
    if row["method"] == "cell":
        return f"{link} cellules de {_plain_fr(row['size'])}°"
    return f"{link} disques de {_plain_fr(row['size'])} km de rayon"


def _plain_fr(size: float) -> str:
    return f"{size:g}".replace(".", ",")


def _definitions(r: Report) -> pd.DataFrame:
    table = m.area_changes(r.areas, r.half, half_before(r.half))
    table = table.sort_values(["now", "method"], ignore_index=True)
    return table.assign(label=[METHODS[row.method].format(row.size) for row in table.itertuples()])


def footprint_levels(r: Report) -> Figure:
    """Show the area touched under every definition, in the last half-year and the one before."""
    rows, due = _definitions(r), claims.is_due(r, FOOTPRINT_CLAIM)
    now, before = half(r.half).label, half(half_before(r.half)).label
    table = pd.DataFrame(
        {
            "Definition": rows["label"],
            now: rows["now"],
            before: rows["before"],
            "Smaller": rows[["now", "before"]].min(axis=1),
            "Larger": rows[["now", "before"]].max(axis=1),
        }
    )
    words = note = words_fr = note_fr = ""
    if due:
        published = claims.printed(FOOTPRINT_CLAIM, "area")
        table["As published for H1 2023"] = published
        gap = (rows["now"] / published - 1).abs()
        nearest = rows.loc[gap.idxmin()]
        note = f"; tick: the {p.number(published)} km² published for the first half of 2023"
        note_fr = f" ; trait : les {f.number(published)} km² publiés pour le premier semestre 2023"
        if r.half == "2023H1":
            words = f"; the published {p.number(published)} km² is nearest to {f.lower(nearest['label'])}"
            words_fr = f" ; les {f.number(published)} km² publiés sont les plus proches {_method_fr(nearest)}"
    low, high = rows.iloc[0], rows.iloc[-1]
    now_fr, before_fr = (f.label(half(name)) for name in (r.half, half_before(r.half)))
    return Figure(
        id="trajectory-footprint-levels",
        title=f"depending on the definition, the area touched in {now} is {p.number(low['now'], -1)} to "
        f"{p.number(high['now'], -3)} km²{words}",
        subtitle=f"Area with militant Islamist events, km² (logarithmic scale), Mali: {now} (dot) and the way from "
        f"{before} (bar), under {p.number(len(rows))} definitions{note}",
        chart=charts.dots(
            table,
            "Definition",
            now,
            "Smaller",
            "Larger",
            title="km²",
            log=True,
            reference="As published for H1 2023" if due else "",
        ),
        frame=table.drop(columns=["Smaller", "Larger"]),
        alt=f"Dots on a logarithmic scale for {p.number(len(rows))} definitions, from {low['label']} "
        f"({p.number(low['now'])} km²) to {high['label']} ({p.number(high['now'])} km²)",
        fr=f.words(
            title=f"selon la définition, la surface touchée en {now_fr} va de {f.number(low['now'], -1)} à "
            f"{f.number(high['now'], -3)} km²{words_fr}",
            subtitle=f"Surface où des {f.MI_EVENTS} ont eu lieu, km² (échelle logarithmique), Mali : {now_fr} (point) et chemin "
            f"depuis {before_fr} (barre), selon {f.number(len(rows))} définitions{note_fr}",
            alt=f"Points sur une échelle logarithmique pour {f.number(len(rows))} définitions, {_method_fr(low)} "
            f"({f.number(low['now'])} km²) {_method_fr(high, 'à')} ({f.number(high['now'])} km²)",
        ),
        source=r.source("areas"),
        caveat=Both(
            "No published area says how it was measured; none of these definitions is that of a report by any statement.",
            "Aucune surface publiée ne dit comment elle a été mesurée ; rien n’indique que l’une de ces définitions soit celle "
            "d’un rapport.",
        ),
    )


def _grew(rows: pd.DataFrame, change: pd.Series) -> tuple[str, str]:
    """Say how the area changed over all definitions, in both languages."""
    ups, size = int((change > 0).sum()), change.abs() * 100
    if ups in (0, len(rows)):
        return (
            f"{'grew' if ups else 'shrank'} under every definition, by {p.spread(size.min(), size.max())} percent",
            f"a {'augmenté' if ups else 'diminué'} selon toutes les définitions, de {f.spread(size.min(), size.max())} %",
        )
    low, high = change.min() * 100, change.max() * 100
    return (
        f"grew under {p.word(ups)} of {p.number(len(rows))} definitions; the change runs from {p.number(low)} to "
        f"{p.number(high)} percent",
        f"a augmenté selon {f.word(ups, feminine=True)} des {f.number(len(rows))} définitions ; la variation va de "
        f"{f.number(low)} à {f.number(high)} %",
    )


def footprint_ratios(r: Report) -> Figure:
    """Show the change of the area touched under every definition."""
    rows, due = _definitions(r), claims.is_due(r, FOOTPRINT_CLAIM)
    now, before = half(r.half).label, half(half_before(r.half)).label
    change = rows["ratio"] - 1
    table = pd.DataFrame({"Definition": rows["label"], "Change": change, "From": 0.0, "To": change})
    table["Smaller"], table["Larger"] = table[["From", "To"]].min(axis=1), table[["From", "To"]].max(axis=1)
    words = note = words_fr = note_fr = ""
    if due:
        published = claims.printed(FOOTPRINT_CLAIM, "change") / 100
        table["As published for H1 2023"] = published
        note = f"; tick: the {p.percent(published)} published for the first half of 2023 over the half-year before"
        note_fr = f" ; trait : les {f.percent(published)} publiés pour le premier semestre 2023 par rapport au semestre précédent"
        if r.half == "2023H1":
            reached = int((change.map(lambda v: d.round_half_up(v, 2)) >= published).sum())
            words = (
                f"; {p.word(reached) if reached else 'none'} of {p.number(len(rows))} "
                f"{'reaches' if reached < 2 else 'reach'} the published {p.percent(published)}"
            )
            words_fr = (
                f" ; {f.word(reached, feminine=True)} des {f.number(len(rows))} {'n’' if not reached else ''}"
                f"{f.agree(reached, 'atteint', 'atteignent')} les {f.percent(published)} publiés"
            )
    same, same_fr = _grew(rows, change)
    now_fr, before_fr = (f.label(half(name)) for name in (r.half, half_before(r.half)))
    return Figure(
        id="trajectory-footprint-ratios",
        title=f"from {before} to {now} the area touched {same}{words}",
        subtitle=f"Change of the area with militant Islamist events, {now} over {before}, Mali, by definition{note}",
        chart=charts.dots(
            table,
            "Definition",
            "Change",
            "Smaller",
            "Larger",
            unit="share",
            reference="As published for H1 2023" if due else "",
        ),
        frame=table.drop(columns=["From", "To", "Smaller", "Larger"]),
        alt=f"Dots with a bar from zero for {p.number(len(rows))} definitions; the change runs from "
        f"{p.percent(change.min())} to {p.percent(change.max())}, "
        f"{p.percent(change[rows['label'].eq(METHODS['cell'].format(d.CELL_DEGREES))].iloc[0])} for cells of "
        f"{d.CELL_DEGREES:g} degree",
        fr=f.words(
            title=f"entre {before_fr} et {now_fr}, la surface touchée {same_fr}{words_fr}",
            subtitle=f"Variation de la surface où des {f.MI_EVENTS} ont eu lieu, {now_fr} par rapport à {before_fr}, Mali, par "
            f"définition{note_fr}",
            alt=f"Points avec une barre depuis zéro pour {f.number(len(rows))} définitions ; la variation va de "
            f"{f.percent(change.min())} à {f.percent(change.max())}, "
            f"{f.percent(change[rows['label'].eq(METHODS['cell'].format(d.CELL_DEGREES))].iloc[0])} pour les cellules de "
            f"{f.number(d.CELL_DEGREES, 1)} degré",
        ),
        source=r.source("areas"),
    )
