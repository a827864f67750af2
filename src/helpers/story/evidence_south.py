"""Evidence on southern Mali: figures that verdicts rest on and that the report's chapter no longer shows."""

from __future__ import annotations

import pandas as pd

from helpers import charts
from helpers import definitions as d
from helpers import french as f
from helpers import measures as m
from helpers import prose as p
from helpers.audit import claims
from helpers.editions import Report
from helpers.estimates import intervals
from helpers.figures import MOSTLY_FEW, Figure
from helpers.measures.foreseen import BY_ACTOR
from helpers.windows import Window, complete_years, month_name
from helpers.words import names
from helpers.words.both import Both

_RADIUS = d.BAMAKO_RADIUS_KM
_HALVES = 10


def _mi(r: Report) -> pd.DataFrame:
    return m.militant_islamist(r.actors)


def _near(r: Report, km: int = _RADIUS) -> pd.DataFrame:
    return m.around_bamako(_mi(r), km)


def _signed(number: int) -> str:
    return p.number(number) if number <= 0 else f"+{p.number(number)}"


def _named_fr(name: str) -> str:
    """Put a label of a zone with a group or a reading into French."""
    for english, french in {
        "Central Mali": "centre du Mali",
        "Southern Mali": "sud du Mali",
        "other militant Islamists": "autres groupes islamistes armés",
        "JNIM (FLM proxy)": "GSIM (à la place de la katiba Macina)",
        "proxy": "le GSIM pris pour elle",
        "named": "katiba Macina nommée",
    }.items():
        name = name.replace(english, french)
    return name


def _by_chance(events: int, expected: m.Interval) -> Both:
    return Both(
        f"By chance alone a count of {events} could come from an expected number between {p.number(expected.low, 1)} and "
        f"{p.number(expected.high, 1)} (95 percent).",
        f"Par le seul hasard, un effectif de {events} peut venir d’un nombre attendu de {f.number(expected.low, 1)} à "
        f"{f.number(expected.high, 1)} (95 %).",
    )


def bamako_rolling(r: Report) -> Figure:
    """Show the rolling 12-month count around Bamako beside the highest 12 months before."""
    near = _near(r)
    rolled = m.rolling(near, r.ever, 12)
    # A record is beaten by months that are not part of it: the 12 months compared end before these 12 begin.
    rolled["record"] = rolled["events"].cummax().shift(12)
    rolled = rolled[rolled["month"] >= "2014-01"].astype({"record": int}).reset_index(drop=True)
    now_label, record_label = "Last 12 months", "Highest 12 months before"
    table = pd.concat(
        [
            pd.DataFrame({"Month": rolled["month"], "Count": now_label, "Events": rolled["events"]}),
            pd.DataFrame({"Month": rolled["month"], "Count": record_label, "Events": rolled["record"]}),
        ],
        ignore_index=True,
    )
    last = rolled.iloc[-1]
    best = rolled.loc[rolled["events"].idxmax()]
    interval = m.poisson_interval(int(last["events"]))
    # Twelve months are held against twelve: those that had ended when the last began.
    past = m.rolling(near, Window(r.ever.first, pd.Period(last["month"], "M") - 12), 12)
    top, here = past.loc[past["events"].idxmax()], int(last["events"])
    ended, first, end, peak = (month_name(pd.Period(row["month"], "M")) for row in (top, rolled.iloc[0], last, best))
    title = (
        f"{p.count(here, 'event')} around Bamako in the 12 months to {end}, {p.more_or_fewer(here, top['events'])} "
        f"the {p.word(int(top['events']))} of the highest 12 months before, to {ended}"
    )
    return Figure(
        id="southern-bamako-rolling",
        title=title,
        subtitle=f"Militant Islamist events within {_RADIUS} km of Bamako in the 12 months to each month, and the "
        f"highest such count that ended before them, {first} to {end}",
        chart=charts.lines(
            table,
            "Month",
            "Events",
            title="Events in 12 months",
            by="Count",
            colours={"ink": now_label, "neutral": record_label},
            marks={"2020-08": "coup"},
        ),
        frame=table,
        alt=f"Two lines; the 12-month count peaks at {best['events']} in {peak} and ends at {last['events']} "
        f"in {end}; the record before it ends at {last['record']}",
        fr=f.words(
            title=f"{f.count(here, 'événement')} autour de Bamako au cours des 12 mois achevés en {f.month_name(last['month'])}, "
            f"{f.more_or_fewer(here, top['events'])} les {f.word(int(top['events']))} du maximum précédent sur 12 mois, achevés "
            f"en {f.month_name(top['month'])}",
            subtitle=f"{f.MI_EVENTS} à moins de {_RADIUS} km de Bamako sur 12 mois glissants, et plus haut "
            f"décompte de ce genre achevé avant eux, {f.month_name(rolled['month'].iloc[0])} à {f.month_name(last['month'])}",
            alt=f"Deux courbes ; la somme sur 12 mois culmine à {best['events']} en {f.month_name(best['month'])} et finit à "
            f"{last['events']} en {f.month_name(last['month'])} ; le record précédent finit à {last['record']}",
        ),
        rests_on=(here, int(top["events"])),
        source=r.source("actors"),
        caveat=_by_chance(last["events"], interval),
    )


def radius_heat(r: Report) -> Figure:
    """Events by radius around Bamako and half-year."""
    rows = []
    for km in d.BAMAKO_BANDS_KM:
        part = m.series(_near(r, km), r.since("2012-01"), "half", values=["events"])
        part = part[part["months"].eq(6)].tail(_HALVES)
        rows.append(part.assign(radius=f"within {km} km", km=km))
    frame = pd.concat(rows, ignore_index=True)
    table = frame.rename(columns={"radius": "Distance to Bamako", "period": "Half-year", "events": "Events"})
    table = table[["Distance to Bamako", "Half-year", "Events"]]
    # The numbers of the title are cells of the grid: its last column against the one before.
    last, before_last = r.last_half, r.last_half.before()
    pairs = {km: (m.count(_near(r, km), last), m.count(_near(r, km), before_last)) for km in d.BAMAKO_BANDS_KM}
    grew = [km for km, (now, before) in pairs.items() if now > before]
    said = p.listing(f"{km} km: {now} after {before}" for km, (now, before) in pairs.items())
    if len(grew) == len(pairs):
        lead, lead_fr = "every radius holds more events in", "tous les rayons comptent plus d’événements"
    elif not grew:
        lead, lead_fr = "no radius holds more events in", "aucun rayon ne compte plus d’événements"
    else:
        verb = f.agree(len(grew), "compte", "comptent")
        lead = (
            f"{p.word(len(grew))} of {p.word(len(pairs))} radii {'hold' if len(grew) > 1 else 'holds'} more events in"
        )
        lead_fr = f"{f.word(len(grew))} des {f.word(len(pairs))} rayons {verb} plus d’événements"
    now, before = pairs[_RADIUS]
    found = intervals.attempt(_near(r, _RADIUS), last, before_last)
    sure = found is None or not found.interval.low <= 1 <= found.interval.high
    return Figure(
        id="southern-radius",
        title=(
            f"{lead} {last.label} than in the half-year before; within {_RADIUS} km it is {p.number(now)} after "
            f"{p.number(before)}" + ("" if sure else ", no clear change")
        ),
        subtitle=f"Militant Islamist events by great-circle distance to Bamako (each radius holds the smaller ones), "
        f"complete half-years {table['Half-year'].iloc[0]} to {table['Half-year'].iloc[-1]}",
        chart=charts.heat(table, "Half-year", "Distance to Bamako", "Events"),
        frame=table,
        alt=f"Grid of five radii by {table['Half-year'].nunique()} half-years; {last.label} against {before_last.label}: "
        f"{said}",
        fr=f.words(
            title=f"{lead_fr} {names.during(last).fr} qu’au semestre précédent ; à moins de {_RADIUS} km, {f.number(now)} contre "
            f"{f.number(before)}" + ("" if sure else ", sans évolution nette"),
            subtitle=f"{f.MI_EVENTS} selon la distance à vol d’oiseau de Bamako (chaque rayon contient les plus petits), "
            f"semestres complets, {f.running(table['Half-year'].iloc[0], table['Half-year'].iloc[-1])}",
            alt=f"Grille de cinq rayons par {table['Half-year'].nunique()} semestres ; {f.label(last)} par rapport à "
            f"{f.label(before_last)} : "
            + f.listing(f"{km} km ({now} contre {before})" for km, (now, before) in pairs.items()),
        ),
        rests_on=[count for pair in pairs.values() for count in pair],
        source=r.source("actors"),
        caveat=Both(
            "The smaller the radius, the more a single event moves the figure.",
            "Plus le rayon est petit, plus un seul événement change le chiffre.",
        ),
    )


def _almost_all_jnim(share: float) -> Both:
    return Both(
        f"JNIM holds {p.percent(share)} of the events here, so almost any change is JNIM's: the figure cannot show which of its "
        "parts drives it.",
        f"Le GSIM réunit {f.percent(share)} des événements ici : presque tout changement est le sien, et la figure ne peut "
        "montrer lequel de ses groupes en est l’auteur.",
    )


def flm_growth(r: Report) -> Figure:
    """Change in events of the centre and the south by zone and group: JNIM as the proxy for FLM, and others."""
    mi, now, before = m.in_zone(_mi(r), *d.FLM_PROXY_ZONES), r.recent, r.recent_before
    jnim = mi["side1"].isin(d.JNIM_WIDE) | mi["side2"].isin(d.JNIM_WIDE)
    rows = []
    for zone in d.FLM_PROXY_ZONES:
        for name, mask in (("JNIM (FLM proxy)", jnim), ("other militant Islamists", ~jnim)):
            part = m.in_zone(mi[mask], zone)
            here, base = m.count(part, now), m.count(part, before)
            rows.append((f"{d.ZONE_LABELS[zone]}: {name}", here - base, here, base))
    table = pd.DataFrame(rows, columns=["Zone and group", "Change", now.label, before.label])
    proxy = [row for row in rows if "FLM" in row[0]]
    growth, all_growth = sum(row[1] for row in proxy), sum(row[1] for row in rows)
    held = m.ratio(sum(row[2] for row in proxy), m.count(mi, now))
    if all_growth > 0:
        title = (
            f"Events in the centre and the south changed by {_signed(all_growth)}; those with JNIM, the proxy for "
            f"Katiba Macina, by {_signed(growth)}"
        )
        title_fr = (
            f"{f.signed(all_growth)} événements dans le centre et le sud ; {f.signed(growth)} pour le GSIM, qui tient lieu de "
            "katiba Macina"
        )
    else:
        title = (
            f"There is no rise to explain: events in the centre and the south changed by {_signed(all_growth)}, "
            f"those with JNIM by {_signed(growth)}"
        )
        title_fr = (
            f"pas de hausse à expliquer : {f.signed(all_growth)} événements dans le centre et le sud, {f.signed(growth)} pour "
            "le GSIM"
        )
    return Figure(
        id="southern-flm-growth",
        title=title,
        subtitle=f"Change in the number of militant Islamist events by zone and group, {now.label} against "
        f"{before.label}",
        chart=charts.diverging(table, "Zone and group", "Change", title="Change in events"),
        frame=table,
        alt=(
            "Bars left and right of zero: "
            + p.listing(
                f"{f.lower(row[0])} {_signed(row[1])} ({p.number(row[3])} to {p.number(row[2])})" for row in rows
            )
        ),
        fr=f.words(
            title=title_fr,
            subtitle=f"Variation du nombre d’{f.MI_EVENTS} par zone et par groupe, {f.label(now)} {f.against(before)}",
            alt="Barres à gauche et à droite de zéro : "
            + f.listing(
                f"{_named_fr(row[0])} {f.signed(row[1])} (de {f.number(row[3])} à {f.number(row[2])})" for row in rows
            ),
        ),
        source=r.source("actors"),
        caveat=_almost_all_jnim(held),
    )


_RECORD_FROM = 2017
"""First year with five years before it in the tables."""


def bamako_record(r: Report) -> Figure | str:
    """Hold every year's events around Bamako against the five years before it together."""
    if not claims.is_due(r, "R22-10"):
        return ""
    near = BY_ACTOR["bamako"].rows(r.actors)
    done = complete_years(_RECORD_FROM, r.end("actors"))
    sums = [m.count(near, when) for when in done]
    five = [m.count(near, Window(when.first - 60, when.first - 1)) for when in done]
    level = "The five years before, together"
    frame = pd.DataFrame({"Year": [when.label for when in done], "Events": sums, level: five})
    frame["Above them"] = frame["Events"] > frame[level]
    above = list(frame.loc[frame["Above them"], "Year"])
    peak = frame.loc[frame["Events"].idxmax()]
    return Figure(
        id="outlook-bamako-record",
        title=f"{p.word(len(above)) if above else 'no'} {'year' if len(above) < 2 else 'years'} had more events around Bamako than the five "
        "years before together",
        subtitle=f"Militant Islamist events within {d.BAMAKO_RADIUS_KM} km of Bamako by year (columns) and in the five "
        f"years before each, together (line); complete years from {_RECORD_FROM - 5} to {frame['Year'].iloc[-1]}",
        chart=charts.columns(frame, "Year", "Events", level=level, highlight="Above them"),
        frame=frame,
        alt=(
            "Columns with a stepped line: "
            + "; ".join(f"{row['Year']} {row['Events']} against {row[level]}" for row in frame.to_dict("records"))
            + f"; the highest year is {peak['Year']} with {peak['Events']}"
        ),
        fr=f.words(
            f"{f.word(len(above), feminine=True) if above else 'aucune'} {'année' if len(above) < 2 else 'années'} "
            f"{'n’a' if not above else 'a' if len(above) == 1 else 'ont'} compté plus d’événements autour de Bamako que les cinq années précédentes réunies",
            f"Événements impliquant des groupes islamistes armés à moins de {d.BAMAKO_RADIUS_KM} km de Bamako par année (colonnes) et dans les cinq "
            f"années précédentes, réunies (ligne) ; années complètes de {_RECORD_FROM - 5} à {frame['Year'].iloc[-1]}",
            "Colonnes avec une ligne en escalier : "
            + " ; ".join(f"en {row['Year']}, {row['Events']} contre {row[level]}" for row in frame.to_dict("records"))
            + f" ; l’année la plus haute est {peak['Year']} avec {peak['Events']}",
        ),
        source=r.source("actors"),
        caveat=MOSTLY_FEW,
    )
