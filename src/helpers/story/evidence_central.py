"""Evidence on central Mali: figures that verdicts rest on and that the report's chapter no longer shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from helpers import charts, limits
from helpers import definitions as d
from helpers import french as f
from helpers import measures as m
from helpers import prose as p
from helpers.chapters import NotInEdition
from helpers.editions import Report
from helpers.estimates import intervals
from helpers.figures import Figure
from helpers.story.central import central_cercles
from helpers.windows import Window, half
from helpers.words import judgement, names
from helpers.words.both import NOTHING, Both, listing

_RECENT_HALVES = 10

PROXY = "JNIM in centre and south (FLM proxy)"

JNIM_NORTH = "JNIM in the north"

IS_SAHEL = "Islamic State Sahel"

OTHER_MI = "Other, or not told apart"

MI_COLOURS = {"flm": PROXY, "jnim": JNIM_NORTH, "is-sahel": IS_SAHEL, "neutral": OTHER_MI}

NAMING = {
    "ink": "Katiba Macina named as an actor",
    "unidentified": "Katiba Macina in the notes only",
    "pale": "JNIM alone",
    "islamist": "Other militant Islamists",
}


GROUPS_FR = {
    PROXY: "le GSIM au centre et au sud (représentant la katiba Macina)",
    JNIM_NORTH: "le GSIM au nord",
    IS_SAHEL: "l’État islamique au Sahel",
    OTHER_MI: "d’autres groupes, ou indistincts",
}

_FIRST = "2017-01"


def _mi(r: Report) -> pd.DataFrame:
    return m.militant_islamist(r.actors)


def _area_ratios(now: Window, before: Window, parts: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return the ratio of events with its intervals by area, where both windows hold events."""
    rows = []
    for name, part in parts.items():
        here, base = m.count(part, now), m.count(part, before)
        if here and base:
            found = intervals.compare(part, now, before)
            rows.append((name, found.ratio, *found.ends(), here, base))
    return pd.DataFrame(rows, columns=["Area", "Ratio", *intervals.ENDS, now.label, before.label])


def recent_ratios(r: Report) -> Figure:
    """Events of the last months over those before, with intervals that allow for bouts."""
    mi, now, before = _mi(r), r.recent, r.recent_before
    parts = {
        "All Mali": mi,
        "Central Mali": m.in_zone(mi, "centre"),
        "Mopti": m.in_regions(mi, "Mopti"),
        "Ségou": m.in_regions(mi, "Segou"),
        "Northern Mali": m.in_zone(mi, "north"),
        "Southern Mali": m.in_zone(mi, "south"),
    }
    table = _area_ratios(now, before, parts)
    limits.held(
        "Central Mali" in set(table["Area"]),
        "event in central Mali to compare",
        "aucun événement à comparer dans le centre du Mali",
    )
    centre = table.set_index("Area").loc["Central Mali"]
    here, base = int(centre[now.label]), int(centre[before.label])
    step = judgement.verb(here, base, intervals.attempt(parts["Central Mali"], now, before))
    areas_fr = {
        "All Mali": "tout le Mali",
        "Central Mali": "centre du Mali",
        "Northern Mali": "nord du Mali",
        "Southern Mali": "sud du Mali",
    }
    return Figure(
        id="central-recent-ratios",
        title=f"events in central Mali {step.en} ({p.number(base)}, then {p.number(here)})",
        subtitle=f"Militant Islamist events, {now.label} over {before.label}; bars: {intervals.BARS}; dashed line: no "
        "change",
        chart=charts.dots(
            table, "Area", "Ratio", title="Ratio of events", unit="ratio", log=True, inner=intervals.INNER
        ),
        frame=table,
        alt=(
            "Dots with intervals on a logarithmic axis: "
            + p.listing(
                f"{row.Area} {p.number(row.Ratio, 2)} ({p.number(row.Low, 2)} to {p.number(row.High, 2)})"
                for row in table.itertuples()
            )
        ),
        fr=f.words(
            title=f"les {f.MI_EVENTS} dans le centre du Mali {step.fr} ({f.number(base)}, puis {f.number(here)})",
            subtitle=f"{f.MI_EVENTS}, {f.label(now)} {f.against(before)} ; barres : {intervals.BARS_FR} ; tirets : aucun "
            "changement",
            alt="Points avec intervalles sur un axe logarithmique : "
            + f.listing(
                f"{areas_fr.get(row.Area, row.Area)} {f.number(row.Ratio, 2)} ({f.number(row.Low, 2)} à {f.number(row.High, 2)})"
                for row in table.itertuples()
            ),
        ),
        rests_on=(int(centre[now.label]), int(centre[before.label])),
        source=r.source("actors"),
        caveat=Both(
            "The intervals do not cover missed reports or the choice of definition.",
            "Les intervalles ne tiennent compte ni de ce qui n’est pas rapporté ni du choix de la définition.",
        ),
    )


def _mi_groups(r: Report) -> pd.DataFrame:
    """Return militant Islamist events with a label of the group; events between two of them count once."""
    mi = _mi(r)
    jnim = mi["side1"].isin(d.JNIM_WIDE) | mi["side2"].isin(d.JNIM_WIDE)
    state = mi["side1"].eq("is-sahel") | mi["side2"].eq("is-sahel")
    near = mi["region"].map(d.ZONE_OF).isin(d.FLM_PROXY_ZONES)
    group = pd.Series(OTHER_MI, index=mi.index)
    group[state] = IS_SAHEL
    group[jnim & ~near] = JNIM_NORTH
    group[jnim & near] = PROXY
    return mi.assign(group=group)


def group_lines(r: Report) -> Figure:
    """Militant Islamist groups by half-year."""
    rows = _mi_groups(r)
    rows = rows[rows["group"].ne(OTHER_MI)]
    frame = m.series(rows, r.since(_FIRST), "half", split="group", values=["events", "fatalities"])
    whole = frame[frame["months"].eq(6)]
    table = whole.rename(columns={"period": "Half-year", "group": "Group", "events": "Events", "fatalities": "Deaths"})
    table = table[["Half-year", "Group", "Events", "Deaths"]].reset_index(drop=True)
    wide = table.pivot(index="Half-year", columns="Group", values="Events")
    limits.held(
        PROXY in wide, "event of JNIM in the centre and the south", "aucun événement du GSIM dans le centre et le sud"
    )
    led = int((wide[PROXY] == wide.max(axis=1)).sum())
    peaks = {name: (wide[name].idxmax(), int(wide[name].max())) for name in wide}
    last = wide.index[-1]
    return Figure(
        id="central-group-lines",
        title=f"JNIM in the centre and the south led in {led} of {len(wide)} half-years since {wide.index[0]}",
        subtitle=f"Militant Islamist events by group, Mali, complete half-years {wide.index[0]} to {last}",
        chart=charts.lines(
            table,
            "Half-year",
            "Events",
            by="Group",
            colours={k: v for k, v in MI_COLOURS.items() if v != OTHER_MI},
            marks={"2020H2": "coup"},
        ),
        frame=table,
        alt=(
            "Three lines: "
            + p.listing(
                f"{name} peaks in {when} at {p.number(value)} and ends at {p.number(int(wide.loc[last, name]))}"
                for name, (when, value) in peaks.items()
            )
        ),
        fr=f.words(
            title=f"le GSIM au centre et au sud a été en tête dans {led} {f.agree(led, 'semestre', 'semestres')} sur {len(wide)} "
            f"depuis le {f.half(wide.index[0])}",
            subtitle=f"{f.MI_EVENTS} par groupe, Mali, semestres complets, {f.running(wide.index[0], last)}",
            alt="Trois courbes : "
            + f.listing(
                f"{GROUPS_FR[name]} culmine au {f.half(when)} à {f.number(value)} et finit à "
                f"{f.number(int(wide.loc[last, name]))}"
                for name, (when, value) in peaks.items()
            ),
        ),
        source=r.source("actors"),
    )


def flm_naming(r: Report) -> Figure:
    """How often the source names Katiba Macina in the centre and the south."""
    mi = m.in_zone(_mi(r), *d.FLM_PROXY_ZONES)
    jnim = mi["side1"].isin(d.JNIM_WIDE) | mi["side2"].isin(d.JNIM_WIDE)
    kind = pd.Series(NAMING["islamist"], index=mi.index)
    kind[jnim] = NAMING["pale"]
    kind[m.with_notes(mi)["flm"].eq("mentioned")] = NAMING["unidentified"]
    kind[mi["flm"].eq("named")] = NAMING["ink"]
    frame = m.series(mi.assign(kind=kind), r.since("2015-01"), "half", split="kind", values=["events"])
    wide = frame[frame["months"].eq(6)].pivot(index="period", columns="kind", values="events")
    wide = wide.reindex(columns=list(NAMING.values()), fill_value=0)
    named = wide[NAMING["ink"]] + wide[NAMING["unidentified"]]
    share = named / wide.sum(axis=1)
    # A handful of events in the first years would make the peak: only half-years that carry a percentage count.
    share = share[wide.sum(axis=1) >= 5 * d.SMALL_COUNT]
    if share.empty:
        raise NotInEdition(
            "Too few events in the centre and the south to show how the source names them.",
            "Trop peu d’événements au centre et au sud pour montrer comment la source les nomme.",
        )
    peak, last = share.idxmax(), share.index[-1]
    table = frame.rename(columns={"period": "Half-year", "kind": "Record", "events": "Events"})
    table = table[["Half-year", "Record", "Events"]]
    here = f"{p.number(int(named[last])) if named[last] else 'none'} of {p.number(int(wide.loc[last].sum()))}"
    title = f"The source names Katiba Macina in {here} events of {last}"
    if peak != last:
        title += f"; in {peak} it did so in {p.percent(share[peak])} of them"
    title_fr = (
        f"la source {'' if named[last] else 'ne '}nomme la katiba Macina dans {f.number(int(named[last])) if named[last] else 'aucun'} des {f.number(int(wide.loc[last].sum()))} "
        f"événements du {f.half(last)}"
    )
    if peak != last:
        title_fr += f" ; au {f.half(peak)}, elle la nommait dans {f.percent(share[peak])} d’entre eux"
    return Figure(
        id="central-flm-naming",
        title=title,
        subtitle=f"Militant Islamist events by how the record names the group, centre and south, {p.half_years(frame)}",
        chart=charts.stacked(table, "Half-year", "Events", "Record", NAMING),
        frame=table,
        alt=f"Stacked columns from {table['Half-year'].iloc[0]} to {table['Half-year'].iloc[-1]}; Katiba Macina is "
        f"named in {p.percent(share[peak])} of the events at most, in {peak}, and in {p.percent(share[last])} in "
        f"{last}, when JNIM alone stands in {p.number(int(wide.loc[last, NAMING['pale']]))} events",
        fr=f.words(
            title=title_fr,
            subtitle=f"{f.MI_EVENTS} selon la façon dont la source nomme le groupe, centre et sud, {f.half_years(frame)}",
            alt=f"Colonnes empilées {f.running(table['Half-year'].iloc[0], table['Half-year'].iloc[-1])} ; la katiba Macina est "
            f"nommée dans {f.percent(share[peak])} des événements au plus, au {f.half(peak)}, et dans "
            f"{f.percent(share[last])} au {f.half(last)}, quand le GSIM figure seul dans "
            f"{f.number(int(wide.loc[last, NAMING['pale']]))} événements",
        ),
        rests_on=(int(named[last]), int(wide.loc[last].sum())),
        source=r.source("actors"),
        caveat=Both(
            "What moves here is how the source codes a group, not what the group does.",
            "Ce qui bouge ici, c’est la façon dont la source code un groupe, non ce que fait le groupe.",
        ),
    )


def cercle_heat(r: Report) -> Figure:
    """Political violence by cercle and half-year, the last ten complete half-years."""
    rows = central_cercles(r)
    halves = sorted(rows["half"].unique())[-_RECENT_HALVES:]
    limits.held(len(halves) > 1, *limits.NO_PAIR)
    rows = rows[rows["half"].isin(halves)]
    order = list(rows.groupby("cercle")["events"].sum().sort_values(ascending=False).index)
    rows = rows.assign(rank=rows["cercle"].map(order.index)).sort_values(["rank", "half"], ignore_index=True)
    table = pd.DataFrame(
        {
            "Cercle": rows["cercle"].map(p.cercle_name),
            "Half-year": rows["half"],
            "Events": rows["events"],
            "Deaths": rows["fatalities"],
        }
    )
    peak = rows.loc[rows["events"].idxmax()]
    last = rows[rows["half"].eq(halves[-1])].set_index("cercle")["events"]
    last_fr = f.half(halves[-1])
    title, counts = _years_apart(r, order, halves)
    if not title.en:
        title, counts = _leads(last, halves[-1]), (int(last.max()),)
    return Figure(
        id="central-cercle-heat",
        title=title.en,
        subtitle=f"Political-violence events of all actors by district (cercle), Mopti and Ségou, complete half-years {halves[0]} "
        f"to {halves[-1]}; cercles by their sum",
        chart=charts.heat(table, "Half-year", "Cercle", "Events"),
        frame=table,
        alt=f"Grid of {len(order)} cercles by {len(halves)} half-years; the darkest cell is "
        f"{p.cercle_name(peak['cercle'])} in {peak['half']} with {peak['events']} events; in {halves[-1]} "
        f"{p.cercle_name(last.idxmax())} leads with {last.max()}",
        fr=f.words(
            title=title.fr,
            subtitle=f"{f.ALL_EVENTS} par cercle, Mopti et Ségou, semestres complets, {f.running(halves[0], halves[-1])} ; "
            "cercles classés selon leur somme",
            alt=f"Grille de {len(order)} cercles par {len(halves)} semestres ; la case la plus foncée est "
            f"{f.cercle_name(peak['cercle'])} au {f.half(peak['half'])} avec {peak['events']} événements ; au {last_fr}, "
            f"{f.cercle_name(last.idxmax())} vient en tête avec {last.max()}",
        ),
        rests_on=counts,
        source=r.source("cercle_halves"),
        caveat=Both(
            "Totals by district name no actor: they hold all political violence. Whole years are compared, since half-years have "
            "their seasons; of many cercles one may seem to change by chance alone.",
            "Les totaux par cercle ne nomment aucun acteur : ils comptent toute la violence politique. Ce sont des années entières "
            "qui sont comparées, les semestres ayant leurs saisons ; sur tant de cercles, un peut sembler changer par le seul hasard.",
        ),
    )


def _years_apart(r: Report, cercles: Sequence[str], halves: Sequence[str]) -> tuple[Both, tuple[int, ...]]:
    """Say which cercles changed clearly from the first to the last year of some half-years, and return their counts.

    Nothing where the months by cercle do not reach back so far, or the half-years hold no two years.
    """
    months = r.tables.cercle_months()
    now = Window(half(halves[-1]).last - 11, half(halves[-1]).last)
    before = Window(half(halves[0]).first, half(halves[0]).first + 11)
    if before.last >= now.first or str(before.first) < str(months["month"].min()):
        return NOTHING, ()
    found: dict[str, list[tuple[str, int, int]]] = {"rise": [], "fall": []}
    for cercle in cercles:
        one = intervals.attempt(months[months["cercle"].eq(cercle)], now, before)
        kind = intervals.verdict(one)
        if one and kind in found:
            found[kind].append((cercle, one.before, one.now))
    said = []
    for kind, verb in (("rise", Both("rose", "augmenté")), ("fall", Both("fell", "diminué"))):
        listed = sorted(found[kind], key=lambda row: -abs(row[2] - row[1]))
        if listed:
            en = p.listing(f"{p.cercle_name(c)} ({p.number(a)} to {p.number(b)} events)" for c, a, b in listed)
            fr = f.listing(
                f"dans le cercle {f.of(f.cercle_name(c))} (de {f.number(a)} à {f.number(b)} événements)"
                for c, a, b in listed
            )
            said.append(Both(f"clearly {verb.en} in {en}", f"a nettement {verb.fr} {fr}"))
    none = Both("changed clearly in no cercle of the centre", "n’a nettement changé dans aucun cercle du centre")
    moved = listing(said) if said else none
    when = names.during(now)
    title = Both(
        f"against {before.label}, political violence {when.en} {moved.en}",
        f"{when.fr}, la violence politique {moved.fr}, {f.against(before)}",
    )
    return title, tuple(count for rows in found.values() for row in rows for count in row[1:])


def _leads(last: pd.Series, name: str) -> Both:
    """Say which cercle has most events in a half-year."""
    top, most = last.idxmax(), int(last.max())
    return Both(
        f"in {name} {p.cercle_name(top)} had the most political violence of the centre ({p.count(most, 'event')})",
        f"au {f.half(name)}, le cercle {f.of(f.cercle_name(top))} a connu le plus de violence politique du centre "
        f"({f.count(most, 'événement')})",
    )
