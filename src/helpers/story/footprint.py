"""The ground that militant Islamist violence covers: maps of cells, areas under many definitions."""

from __future__ import annotations

import pandas as pd

from helpers import charts, limits
from helpers import definitions as d
from helpers import french as f
from helpers import measures as m
from helpers import prose as p
from helpers.audit import claims
from helpers.editions import Report
from helpers.figures import Figure
from helpers.forms.maps import BORDERS
from helpers.windows import complete_years, half, half_before, year
from helpers.words.both import Both, joined

FOOTPRINT_CLAIM = "R23-04"

METHODS = {"cell": "Cells of {:g}°", "buffer": "Discs of {:g} km radius"}


def deaths_two_sources(r: Report) -> Figure:
    """Deaths by year: UCDP with its range, beside ACLED's totals and its militant Islamist events."""
    last = min(int(r.ucdp_years["year"].max()), complete_years(2012, r.as_of)[-1].first.year)
    ucdp = r.ucdp_years[r.ucdp_years["type"].eq("all") & r.ucdp_years["year"].between(2012, last)]
    spans = [year(y) for y in range(2012, last + 1)]
    mi = m.militant_islamist(r.actors)
    names = {
        "neutral": "ACLED, all political violence",
        "islamist": "ACLED, militant Islamist",
        "international": "UCDP",
    }
    columns = ["Year", "Source", "Deaths", "Low", "High"]
    ranges = ucdp.assign(Year=ucdp["year"].astype(str), Source=names["international"])
    parts = [ranges[["Year", "Source", "best", "low", "high"]].set_axis(columns, axis=1)]
    for key, rows in (("neutral", r.totals), ("islamist", mi)):
        sums = [(w.label, names[key], *[m.count(rows, w, "fatalities")] * 3) for w in spans]
        parts.append(pd.DataFrame(sums, columns=columns))
    table = pd.concat(parts, ignore_index=True)
    wide = table.pivot(index="Year", columns="Source", values="Deaths")
    peaks = {key: wide[name].idxmax() for key, name in names.items()}
    end, total = ucdp.iloc[-1], wide[names["neutral"]].iloc[-1]
    same = peaks["neutral"] == peaks["international"]
    title, title_fr = "both sources put the most deaths in", "les deux sources placent le maximum de morts en"
    if not same:
        title = f"UCDP puts the most deaths in {peaks['international']}, ACLED in {peaks['neutral']}; for {last}, "
        title_fr = f"le maximum de morts est de {peaks['international']} pour l’UCDP, de {peaks['neutral']} pour ACLED ; en {last}, "
    elif peaks["international"] == str(last):
        title, title_fr = f"{title} {last}: ", f"{title_fr} {last} : "
    else:
        title += f" {peaks['international']}; for {last}, "
        title_fr += f" {peaks['international']} ; en {last}, "
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
        f"{p.number(wide[names['international']].max())} in {peaks['international']}",
        fr=f.words(
            title=f"{title_fr}ACLED compte {f.number(total)} morts et l’UCDP {f.number(end['best'])}",
            subtitle=f"Morts par année, Mali, de 2012 à {last} : ACLED (violences politiques, tous belligérants, et "
            f"{f.MI_EVENTS}) et meilleure estimation de l’UCDP avec ses valeurs basse et haute",
            alt=f"Trois courbes de 2012 à {last}. En {last}, ACLED compte {f.number(total)} morts, dont "
            f"{f.number(wide[names['islamist']].iloc[-1])} dans les {f.MI_EVENTS} ; l’UCDP en compte {f.number(end['best'])} "
            f"({f.number(end['low'])} à {f.number(end['high'])}). Maximum de l’UCDP : "
            f"{f.number(wide[names['international']].max())} en {peaks['international']}",
        ),
        source=r.source("totals", "actors", "ucdp_years"),
        caveat=joined([_FLOOR, _stops(last) if last < complete_years(2012, r.runs_to)[-1].first.year else None]),
    )


_FLOOR = Both(
    "UCDP counts events with at least one death in conflicts of 25 deaths or more a year; ACLED has no such floor.",
    "L’UCDP compte les événements qui ont fait au moins un mort dans des conflits d’au moins 25 morts par an ; ACLED n’a pas "
    "de tel seuil.",
)


def _stops(last: int) -> Both:
    """Say why the chart stops before the edition's last whole year."""
    return Both(
        f"It stops at {last}, the last year that UCDP has checked; its newer months are provisional.",
        f"Il s’arrête à {last}, dernière année que l’UCDP a vérifiée ; ses mois plus récents sont provisoires.",
    )


def _last_halves(r: Report, count: int) -> list[str]:
    names = [r.half]
    while len(names) < count:
        names.insert(0, half_before(names[0]))
    r.checked(half(names[0]))
    return names


_CERCLE_MULTIPLES_CAVEAT = Both(
    "The population figures are labelled 2020 and look low in total: read the order, not the level. In "
    "cercles with few people a handful of events makes a high rate. Totals by district name no actor.",
    "Les chiffres de population sont datés de 2020 et leur total paraît bas : c’est l’ordre qu’il faut "
    "lire, non le niveau. Dans un cercle peu peuplé, une poignée d’événements suffit à un taux élevé. Les "
    "totaux par cercle ne nomment aucun acteur.",
)


def cercle_multiples(r: Report) -> Figure:
    """Map political violence by cercle, per 100,000 people, in each of the last six complete half-years."""
    halves = sorted(r.cercle_halves["half"].unique())[-6:]
    limits.held(len(halves) > 1, *limits.NO_PAIR)
    rates = m.per_100k(r.cercle_halves[r.cercle_halves["half"].isin(halves)], r.cercles, "cercle", "events")
    table = rates.assign(rate=d.rounded(rates["per_100k"], 1))[["cercle", "half", "rate", "events", "fatalities"]]
    table.columns = ["cercle", "Half-year", "Events per 100,000 people", "Events", "Deaths"]
    touched = table[table["Events"].gt(0)].groupby("Half-year").size()
    first, last = halves[0], halves[-1]
    now, before, every = touched[last], touched[first], table["cercle"].nunique()
    tops = table.loc[table.groupby("Half-year")["Events per 100,000 people"].idxmax()].set_index("Half-year")
    lead = tops["cercle"].value_counts()
    often, times = lead.index[0], int(lead.iloc[0])
    ends = [tops.loc[name] for name in (first, last)]
    return Figure(
        id="trajectory-cercle-halves",
        title=f"{p.number(now)} of {p.number(every)} cercles had political violence in {half(last).label}, against "
        f"{p.number(before)} in {half(first).label}; {p.cercle_name(often)} had the highest rate for its people in "
        f"{p.word(times)} of the {p.word(len(halves))} half-years",
        subtitle=f"Political-violence events of all actors per 100,000 people and half-year, by cercle, Mali, "
        f"{half(first).first.year} to {half(last).last.year}, all on one scale; grey: no event",
        chart=charts.choropleth_multiples(
            r.tables.shapes("cercles"),
            table,
            "cercle",
            "Half-year",
            "Events per 100,000 people",
            title="Events per 100,000 people",
            names={name: half(name).label for name in halves},
            tip="Events",
        ),
        frame=table.assign(cercle=table["cercle"].map(p.cercle_name))
        .rename(columns={"cercle": "Cercle"})
        .sort_values(["Half-year", "Events per 100,000 people"], ascending=[True, False], ignore_index=True),
        alt=(
            f"{p.word(len(halves)).capitalize()} maps of Mali's cercles shaded by rate, {half(first).label} to "
            f"{half(last).label}; the highest rate was {p.number(ends[0]['Events per 100,000 people'], 1)} in "
            f"{p.cercle_name(ends[0]['cercle'])} in the first and {p.number(ends[1]['Events per 100,000 people'], 1)} "
            f"in {p.cercle_name(ends[1]['cercle'])} in the last; cercles with an event: "
            + p.listing(f"{p.number(touched[name])} in {half(name).label}" for name in halves)
        ),
        fr=f.words(
            title=f"{f.number(now)} des {f.number(every)} cercles ont connu de la violence politique en "
            f"{f.label(half(last))}, contre {f.number(before)} en {f.label(half(first))} ; le taux par habitant a été le "
            f"plus élevé dans le cercle {f.of(f.cercle_name(often))} pendant {f.word(times)} des {f.word(len(halves))} "
            "semestres",
            subtitle=f"{f.ALL_EVENTS} pour 100\u202f000 habitants et par semestre, par cercle, Mali, de "
            f"{half(first).first.year} à {half(last).last.year}, à la même échelle ; gris : aucun événement",
            alt=f"{f.upper(f.word(len(halves)))} cartes des cercles du Mali teintés selon le taux, de "
            f"{f.label(half(first))} à {f.label(half(last))} ; le taux le plus élevé était de "
            f"{f.number(ends[0]['Events per 100,000 people'], 1)} à {f.cercle_name(ends[0]['cercle'])} sur la première et "
            f"de {f.number(ends[1]['Events per 100,000 people'], 1)} à {f.cercle_name(ends[1]['cercle'])} sur la "
            "dernière ; cercles touchés : "
            + f.listing(f"{f.number(touched[name])} en {f.label(half(name))}" for name in halves),
        ),
        rests_on=tuple(int(row["Events"]) for row in ends),
        source=r.source("cercle_halves", "cercles"),
        caveat=BORDERS + " " + _CERCLE_MULTIPLES_CAVEAT,
    )


def footprint_multiples(r: Report) -> Figure:
    """Map the last four half-years, one panel each."""
    names = _last_halves(r, 4)
    rows = r.footprint[r.footprint["half"].isin(names) & r.footprint["mi_events"].gt(0)]
    table = pd.DataFrame(
        {"Half-year": rows["half"], "south": rows["south"], "west": rows["west"], "Events": rows["mi_events"]}
    ).sort_values(["Half-year", "south", "west"], ignore_index=True)
    cells = table.groupby("Half-year").size()
    now, first = int(cells[names[-1]]), int(cells[names[0]])
    return Figure(
        id="trajectory-footprint-halves",
        title=f"cells with militant Islamist events: {p.number(now)} in {half(names[-1]).label}, after {p.number(first)} in "
        f"{half(names[0]).label}",
        subtitle=f"Militant Islamist events by cell of {d.CELL_DEGREES:g} degree, Mali, half-years {names[0]} to "
        f"{names[-1]}, all on one scale",
        chart=charts.cell_multiples(
            r.tables.shapes("regions"),
            table.assign(**{"Half-year": table["Half-year"].map(lambda name: half(name).label)}),
            "Events",
            "Half-year",
            title="Events",
        ),
        frame=table.rename(columns={"south": "Southern edge (degrees north)", "west": "Western edge (degrees east)"}),
        alt=(
            "Four maps of Mali with circles by cell: "
            + p.listing(f"{p.number(cells[name])} cells in {half(name).label}" for name in names)
        ),
        fr=f.words(
            title=f"cellules touchées par des {f.MI_EVENTS} : {f.number(now)} {f.at(f.label(half(names[-1])))}, après "
            f"{f.number(first)} {f.at(f.label(half(names[0])))}",
            subtitle=f"{f.MI_EVENTS} par cellule de {f.number(d.CELL_DEGREES, 1)} degré, Mali, "
            f"{f.running(names[0], names[-1])}, à la même échelle",
            alt="Quatre cartes du Mali avec des cercles par cellule : "
            + f.listing(f"{f.number(cells[name])} cellules en {f.label(half(name))}" for name in names),
        ),
        source=r.source("footprint", "regions"),
        caveat=BORDERS
        + " "
        + Both(
            "More events reach more cells: the count alone does not say that violence spread.",
            "Plus d’événements touchent plus de cellules : leur nombre seul ne dit pas que la violence s’est étendue.",
        ),
    )


def footprint_over_time(r: Report) -> Figure:
    """Area of the cells with militant Islamist events, by half-year."""
    rows = r.areas[r.areas["basis"].eq("mi") & r.areas["method"].eq("cell") & r.areas["size"].eq(d.CELL_DEGREES)]
    rows = rows.sort_values("half")
    table = pd.DataFrame({"Half-year": rows["half"], "Area (km²)": rows["area_km2"]}).reset_index(drop=True)
    limits.held(len(table) > 1, "half-year before this one", "aucun semestre avant celui-ci")
    peak, last = table.loc[table["Area (km²)"].idxmax()], table.iloc[-1]
    base = table.iloc[-2]
    highest = peak["Half-year"] == last["Half-year"]
    title = (
        f"the area touched was {p.number(last['Area (km²)'], -2)} km² in {half(last['Half-year']).label}, after "
        f"{p.number(base['Area (km²)'], -2)} km² in {half(base['Half-year']).label}"
        + ("; never before was it larger" if highest else f"; it was largest in {half(peak['Half-year']).label}")
    )
    return Figure(
        id="trajectory-footprint-area",
        title=title,
        subtitle=f"Area of the cells of {d.CELL_DEGREES:g} degree with at least one militant Islamist event, km², "
        f"Mali, half-years {table['Half-year'].iloc[0]} to {last['Half-year']}",
        chart=charts.columns(table, "Half-year", "Area (km²)", title="km²", marks={"2020H2": "coup of 2020"}),
        frame=table,
        alt=f"Columns by half-year; from {p.number(table['Area (km²)'].iloc[0], -2)} km² in "
        f"{table['Half-year'].iloc[0]} to {p.number(last['Area (km²)'], -2)} km² in {last['Half-year']}, with a "
        f"peak of {p.number(peak['Area (km²)'], -2)} km² in {peak['Half-year']}",
        fr=f.words(
            title=f"la surface touchée est de {f.number(last['Area (km²)'], -2)} km² {f.at(f.label(half(last['Half-year'])))}, "
            f"contre {f.number(base['Area (km²)'], -2)} km² {f.at(f.label(half(base['Half-year'])))}"
            + (
                " ; elle n’a jamais été plus grande"
                if highest
                else f" ; elle a été la plus grande en {f.label(half(peak['Half-year']))}"
            ),
            subtitle=f"Surface des cellules de {f.number(d.CELL_DEGREES, 1)} degré touchées par au moins un des {f.MI_EVENTS}, "
            f"km², Mali, {f.running(table['Half-year'].iloc[0], last['Half-year'])}",
            alt=f"Colonnes par semestre ; de {f.number(table['Area (km²)'].iloc[0], -2)} km² "
            f"{f.at(f.half(table['Half-year'].iloc[0]))} à {f.number(last['Area (km²)'], -2)} km² "
            f"{f.at(f.half(last['Half-year']))}, avec un maximum de {f.number(peak['Area (km²)'], -2)} km² "
            f"{f.at(f.half(peak['Half-year']))}",
        ),
        source=r.source("areas"),
        caveat=Both(
            "A cell counts in full once a single event falls in it, so the area overstates the ground that was "
            "fought over.",
            "Une cellule compte en entier dès qu’un seul événement y tombe : la surface dépasse donc celle où l’on "
            "s’est battu.",
        ),
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
            "The reports do not say how their area was measured; none of these definitions is theirs by any statement.",
            "Les rapports ne disent pas comment leur surface a été mesurée ; rien n’indique que l’une de ces "
            "définitions soit la leur.",
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
