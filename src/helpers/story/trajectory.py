"""Figures and tables of the chapter on the trajectory of violence in all of Mali."""

from __future__ import annotations

import pandas as pd

from helpers import charts, data, limits
from helpers import definitions as d
from helpers import french as f
from helpers import measures as m
from helpers import prose as p
from helpers.audit import claims
from helpers.chapters import NotInEdition, chronology_table
from helpers.editions import Report
from helpers.estimates import intervals
from helpers.figures import Figure, KeyFigure, KeyFigures, Table
from helpers.windows import Window, complete_years, half, half_before, month, month_name, trailing, window, year

ZONE_COLOURS = {zone: d.ZONE_LABELS[zone] for zone in ("north", "centre", "south")}
BEFORE_COUP = window("2019-08", "2020-07")
COUP_QUARTER = "2020Q3"
QUARTER_MARKS = {COUP_QUARTER: "coup of 2020"}
FOOTPRINT_CLAIM = "R23-04"


def _due(r: Report, claim_id: str) -> bool:
    return claim_id in {row.id for row in claims.due(r)}


def _published(claim_id: str, quantity: str) -> float:
    figure = next(f for f in claims.claim(claim_id).figures if f.quantity == quantity)
    assert figure.published is not None
    return figure.published


def _quarter_name(period: str) -> str:
    order = ("first", "second", "third", "fourth")
    return f"the {order[int(period[5]) - 1]} quarter of {period[:4]}"


def _unfinished(frame: pd.DataFrame, full: int) -> str:
    return ", the last one incomplete" if frame["months"].iloc[-1] < full else ""


def _unfinished_fr(frame: pd.DataFrame, full: int) -> str:
    return ", la dernière période incomplète" if frame["months"].iloc[-1] < full else ""


def _young(now: Window) -> str:
    return (
        ""
        if now.months >= 6
        else (f"The year is young in this edition: its pace rests on {p.count(now.months, 'month')}.")
    )


def _small_note(lowest: float) -> str:
    return (
        ""
        if lowest >= d.SMALL_COUNT
        else (f"Some counts lie below {d.SMALL_COUNT}: one event more or less moves them visibly.")
    )


def key_figures(r: Report) -> KeyFigures:
    """Events, deaths and attacks on civilians of the last 12 months, and the ground touched."""
    mi, now, before = m.militant_islamist(r.actors), r.last_12, r.before_12
    vac = m.against_civilians(r.actors, d.MILITANT_ISLAMIST)
    area = m.area(r.areas, r.half, "cell", d.CELL_DEGREES)
    area_before = m.area(r.areas, half_before(r.half), "cell", d.CELL_DEGREES)

    def counted(rows: pd.DataFrame, value: str, label: str) -> KeyFigure:
        return KeyFigure(
            p.number(m.count(rows, now, value)),
            f"{label}, {now.label}",
            f"{p.number(m.count(rows, before, value))} in the 12 months before",
        )

    return KeyFigures(
        [
            counted(mi, "events", "militant Islamist events"),
            counted(mi, "fatalities", "deaths in militant Islamist events"),
            counted(vac, "events", "attacks on civilians by militant Islamists"),
            KeyFigure(
                f"{p.number(area, -2)} km²",
                f"in cells of {d.CELL_DEGREES:g} degree with a militant Islamist event, {half(r.half).label}",
                f"{p.number(area_before, -2)} km² in the half-year before",
            ),
        ]
    )


# --------------------------------------------------------------------------- quarters


def _by_quarter(r: Report, value: str, noun: str) -> Figure:
    frame = m.series(m.militant_islamist(r.actors), r.ever, "quarter", values=[value])
    complete = frame[frame["months"].eq(3)]
    before, after = complete[complete["period"] < COUP_QUARTER], complete[complete["period"] > COUP_QUARTER]
    compared = complete if after.empty else before
    record = compared.loc[compared[value].idxmax()]
    column = noun.capitalize()
    what = "militant Islamist events" if value == "events" else "deaths in militant Islamist events"
    table = pd.DataFrame({"Quarter": frame["period"], column: frame[value]})
    if after.empty:
        mark = "Highest quarter so far"
        table[mark] = frame["period"].eq(record["period"])
        title = (
            f"{_quarter_name(record['period'])} has the most {what} of all quarters so far: {p.number(record[value])}"
        )
    else:
        mark = "Above every quarter before the coup"
        table[mark] = frame["period"].ge(COUP_QUARTER) & frame[value].gt(record[value])
        above, total = int((after[value] > record[value]).sum()), len(after)
        who = {0: "no complete quarter", total: "every complete quarter" if total > 1 else "the one complete quarter"}
        title = (
            f"{who.get(above, f'{p.word(above)} of {p.word(total)} complete quarters')} since the 2020 coup had more "
            f"{what} than {'any' if above else 'the highest'} quarter before it"
        )
    peak, last = complete.loc[complete[value].idxmax()], complete.iloc[-1]
    what_fr = f"d’{f.MI_EVENTS}" if value == "events" else f"de morts dans les {f.MI_EVENTS}"
    if after.empty:
        title_fr = (
            f"{f.long_quarter(record['period'])} est celui qui compte le plus {what_fr} : {f.number(record[value])}"
        )
        above_fr = "tous les autres"
    else:
        above, total = int((after[value] > record[value]).sum()), len(after)
        who_fr = {
            0: "aucun trimestre complet",
            total: "chaque trimestre complet" if total > 1 else "le trimestre complet",
        }
        title_fr = (
            f"{who_fr.get(above, f'{f.word(above)} des {f.word(total)} trimestres complets')} depuis le coup d’État de 2020 "
            f"{'n’' if not above else ''}{'ont' if 1 < above < total else 'a'} compté plus {what_fr} "
            f"{'qu’aucun trimestre' if above else 'que le plus élevé des trimestres'} d’avant"
        )
        above_fr = "tous ceux d’avant août 2020"
    return Figure(
        id=f"trajectory-{noun}-quarters",
        title=p.sentence(title),
        subtitle=("Militant Islamist events" if value == "events" else "Deaths in militant Islamist events")
        + f" by quarter, Mali, {r.whole.label}{_unfinished(frame, 3)}; in colour where higher than "
        + ("all others" if after.empty else "every quarter before August 2020"),
        chart=charts.columns(table, "Quarter", column, title=column, highlight=mark, marks=QUARTER_MARKS),
        frame=table,
        alt=p.sentence(
            f"Columns by quarter from {complete['period'].iloc[0]} to {frame['period'].iloc[-1]}; the peak is "
            f"{p.number(peak[value])} in {_quarter_name(peak['period'])}, the last complete quarter has "
            f"{p.number(last[value])}"
            + (
                ""
                if after.empty
                else f", the highest before August 2020 was {p.number(record[value])} in {_quarter_name(record['period'])}"
            )
        ),
        fr=f.words(
            title=title_fr,
            subtitle=f"{f.MI_EVENTS if value == 'events' else f'morts dans les {f.MI_EVENTS}'} par trimestre, Mali, "
            f"{f.label(r.whole)}{_unfinished_fr(frame, 3)} ; en couleur s’il dépasse {above_fr}",
            alt=f"Colonnes par trimestre {f.running(complete['period'].iloc[0], frame['period'].iloc[-1])} ; le maximum est de "
            f"{f.number(peak[value])} {f.to(f.long_quarter(peak['period']))}, le dernier trimestre complet en compte "
            f"{f.number(last[value])}"
            + (
                ""
                if after.empty
                else f", le maximum avant août 2020 était de {f.number(record[value])} "
                f"{f.to(f.long_quarter(record['period']))}"
            ),
        ),
        source=r.source("actors"),
        caveat="" if value == "events" else "Deaths are estimates and count fighters, soldiers and civilians alike.",
    )


def events_by_quarter(r: Report) -> Figure:
    """Militant Islamist events by quarter, with the quarters above all before the coup."""
    return _by_quarter(r, "events", "events")


def deaths_by_quarter(r: Report) -> Figure:
    """Deaths in militant Islamist events by quarter, with the quarters above all before the coup."""
    return _by_quarter(r, "fatalities", "deaths")


def totals_by_quarter(r: Report) -> Figure:
    """Political violence by all actors, by quarter, to the end of the totals."""
    end = r.end("totals")
    span = r.checked(Window(month("2012-01"), end), "totals")
    now = trailing(end, 12)
    before = now.before()
    frame = m.series(r.totals, span, "quarter")
    table = pd.DataFrame({"Quarter": frame["period"], "Events": frame["events"], "Deaths": frame["fatalities"]})
    here, base = m.count(r.totals, now), m.count(r.totals, before)
    found = intervals.attempt(r.totals, now, before)
    peak = frame.loc[frame["events"].idxmax()]
    return Figure(
        id="trajectory-all-violence",
        title=p.sentence(
            f"Political violence by all sides {p.moved(here, base)} in the 12 months to {month_name(end)}"
        ),
        subtitle=f"Political-violence events of every actor by quarter, Mali, {span.label}{_unfinished(frame, 3)}; "
        f"counted by region, without actors{intervals.behind(events=found)}",
        chart=charts.columns(table, "Quarter", "Events", title="Events", group="neutral", marks=QUARTER_MARKS),
        frame=table,
        alt=p.sentence(
            f"Columns by quarter from {frame['period'].iloc[0]} to {frame['period'].iloc[-1]}; the peak is "
            f"{p.number(peak['events'])} events in {_quarter_name(peak['period'])}; {now.label} has {p.number(here)}, "
            f"the 12 months before {p.number(base)}"
        ),
        fr=f.words(
            title=f"la violence politique de tous les camps {f.moved(here, base, plural=False)} sur les 12 mois achevés en "
            f"{f.month_name(end)}",
            subtitle=f"{f.ALL_EVENTS} par trimestre, Mali, {f.label(span)}{_unfinished_fr(frame, 3)} ; décompte par région, "
            f"sans les acteurs{f.behind(événements=found)}",
            alt=f"Colonnes par trimestre {f.running(frame['period'].iloc[0], frame['period'].iloc[-1])} ; le maximum est de "
            f"{f.number(peak['events'])} événements {f.to(f.long_quarter(peak['period']))} ; la période {f.of(f.label(now))} "
            f"en compte {f.number(here)}, les 12 mois précédents {f.number(base)}",
        ),
        source=r.source("totals"),
        caveat="The totals count army operations, militias and mob violence too, and do not say who acted. The "
        "newest months are still being revised.",
    )


# --------------------------------------------------------------------------- the last months


def recent_by_region(r: Report) -> Figure:
    """Change of militant Islamist events by region, the last months against those before."""
    mi, now, before = m.militant_islamist(r.actors), r.recent, r.recent_before
    rows = [
        (region, m.count(m.in_regions(mi, region), now), m.count(m.in_regions(mi, region), before))
        for region in d.REGIONS
    ]
    frame = pd.DataFrame(rows, columns=["region", "now", "before"])
    frame = frame[(frame["now"] > 0) | (frame["before"] > 0)]
    frame = frame.assign(change=frame["now"] - frame["before"]).sort_values(["change", "now"], ascending=False)
    table = pd.DataFrame(
        {
            "Region": frame["region"].map(p.region_name),
            "Change in events": frame["change"],
            now.label: frame["now"],
            before.label: frame["before"],
        }
    ).reset_index(drop=True)
    up, down = int((frame["change"] > 0).sum()), int((frame["change"] < 0).sum())
    top, bottom = frame.iloc[0], frame.iloc[-1]
    parts = []
    if top["change"] > 0:
        parts.append(
            f"rose most in {p.region_name(top['region'])} ({p.number(top['before'])} to {p.number(top['now'])})"
        )
    if bottom["change"] < 0:
        parts.append(
            f"fell most in {p.region_name(bottom['region'])} ({p.number(bottom['before'])} to "
            f"{p.number(bottom['now'])})"
        )
    title = f"militant Islamist events {p.listing(parts) or 'stood still in every region'}"
    parts_fr = []
    if top["change"] > 0:
        parts_fr.append(
            f"ont le plus augmenté dans {f.the_region(top['region'])} (de {f.number(top['before'])} à "
            f"{f.number(top['now'])})"
        )
    if bottom["change"] < 0:
        parts_fr.append(
            f"ont le plus diminué dans {f.the_region(bottom['region'])} (de {f.number(bottom['before'])} à "
            f"{f.number(bottom['now'])})"
        )
    return Figure(
        id="trajectory-recent-regions",
        title=p.sentence(title),
        subtitle=f"Change in the number of militant Islamist events, {now.label} against {before.label}, by region; "
        "regions without an event in either are left out",
        chart=charts.diverging(
            table, "Region", "Change in events", title="Change in events", unit="events", group_down="neutral"
        ),
        frame=table,
        alt=p.sentence(
            f"Bars left and right of zero for {p.count(len(table), 'region')}: more events in {p.word(up)}, fewer in "
            f"{p.word(down)}; the largest rise is {p.number(max(top['change'], 0))}, the largest fall "
            f"{p.number(max(-bottom['change'], 0))}"
        ),
        fr=f.words(
            title=f"les {f.MI_EVENTS} {f.listing(parts_fr) or 'n’ont changé dans aucune région'}",
            subtitle=f"Variation du nombre d’{f.MI_EVENTS}, {f.label(now)} {f.against(before)}, par région ; sans "
            "les régions qui n’en comptent dans aucune des périodes",
            alt=f"Barres à gauche et à droite de zéro pour {f.count(len(table), 'région', feminine=True)} ; hausse dans "
            f"{f.word(up, feminine=True)}, baisse dans {f.word(down, feminine=True)} ; la plus forte hausse est de "
            f"{f.number(max(top['change'], 0))}, la plus forte baisse de {f.number(max(-bottom['change'], 0))}",
        ),
        rests_on=tuple(x for row in (top, bottom) if row["change"] for x in (row["now"], row["before"])),
        source=r.source("actors"),
        caveat=_small_note(float(frame[["now", "before"]].min().min())),
    )


def regions_linked(r: Report) -> Figure:
    """Militant Islamist events by region and half-year; choosing a region filters the columns."""
    rows, span = m.militant_islamist(r.actors), r.since("2017-01")
    frame = m.series(rows, span, "half", split="region", values=["events"])
    table = pd.DataFrame(
        {
            "Half-year": frame["period"],
            "Region": frame["region"].map(p.region_name),
            "Zone": frame["region"].map(d.ZONE_OF).map(d.ZONE_LABELS),
            "Events": frame["events"],
        }
    )
    ranked = m.tally(rows, span, "region")
    first, second = ranked.iloc[0], ranked.iloc[1]
    latest = m.tally(rows, r.last_12, "region").iloc[0]
    same = latest["region"] == first["region"]
    title = f"{p.region_name(first['region'])} has had the most militant Islamist events since 2017" + (
        f" and still had the most in the last 12 months ({p.number(latest['events'])})"
        if same
        else f"; in the last 12 months {p.region_name(latest['region'])} had the most ({p.number(latest['events'])})"
    )
    lead_fr = (
        f"et c’est encore elle sur les 12 derniers mois ({f.number(latest['events'])})"
        if same
        else f"mais sur les 12 derniers mois c’est {f.the_region(latest['region'])} ({f.number(latest['events'])})"
    )
    return Figure(
        id="trajectory-regions",
        title=p.sentence(title),
        subtitle=f"Militant Islamist events by region and half-year, {span.label}{_unfinished(frame, 6)}; click a "
        "region to see it alone, double-click to see all",
        chart=charts.linked(table, "Half-year", "Events", "Region", title="Events", colours=ZONE_COLOURS, tint="Zone"),
        frame=table,
        alt=p.sentence(
            f"Bars rank {p.count(len(ranked), 'region')} by their events since 2017, led by "
            f"{p.region_name(first['region'])} ({p.number(first['events'])}) and {p.region_name(second['region'])} "
            f"({p.number(second['events'])}); below, columns by half-year from {table['Half-year'].iloc[0]} to "
            f"{table['Half-year'].iloc[-1]}, coloured by zone"
        ),
        fr=f.words(
            title=f"{f.the_region(first['region'])} compte le plus d’{f.MI_EVENTS} depuis 2017, {lead_fr}",
            subtitle=f"{f.MI_EVENTS} par région et par semestre, {f.label(span)}{_unfinished_fr(frame, 6)} ; un clic sur une "
            "région la montre seule, un double-clic les montre toutes",
            alt=f"Des barres classent {f.count(len(ranked), 'région', feminine=True)} selon leurs événements depuis 2017, avec "
            f"en tête {f.region_name(first['region'])} ({f.number(first['events'])}) et "
            f"{f.region_name(second['region'])} ({f.number(second['events'])}) ; au-dessous, des colonnes par semestre "
            f"{f.running(table['Half-year'].iloc[0], table['Half-year'].iloc[-1])}, aux couleurs des zones",
        ),
        source=r.source("actors"),
    )


# --------------------------------------------------------------------------- years and pace


def _year_parts(r: Report, parts: dict[str, pd.Series], rest: float) -> pd.DataFrame:
    """Return years, parts and values in a tidy frame; the rest at the year's pace is a part of the running year."""
    rows = [(str(name), part, value) for part, values in parts.items() for name, value in values.items()]
    if rest:
        rows.append((str(r.as_of.year), "Rest of the year at this pace", rest))
    return pd.DataFrame(rows, columns=["Year", "Part", "Value"]).sort_values("Year", kind="stable", ignore_index=True)


def _present(colours: dict[str, str], table: pd.DataFrame) -> dict[str, str]:
    return {key: part for key, part in colours.items() if part in set(table["Part"])}


def _years(r: Report) -> list[Window]:
    done = complete_years(2012, r.as_of)
    return done if r.as_of.month == 12 else [*done, r.year_to_date]


def deaths_by_year(r: Report) -> Figure:
    """Deaths by year, the deadliest single event apart, with the rest of the running year at its pace."""
    mi, now = m.militant_islamist(r.actors), r.year_to_date
    spans = {w.first.year: w for w in _years(r)}
    totals = pd.Series({y: m.count(mi, w, "fatalities") for y, w in spans.items()})
    without = pd.Series({y: m.count_without_deadliest(mi, w) for y, w in spans.items()})
    pace = m.pace(int(totals.iloc[-1]), now.months)
    past = totals.iloc[:-1]
    record, here = past.idxmax(), totals.iloc[-1]
    rest = d.round_half_up(pace - here) if now.months < 12 else 0
    table = _year_parts(r, {"All other events": without, "Deadliest single event": totals - without}, rest)
    table = table.rename(columns={"Value": "Deaths"})
    colours = {
        "islamist": "All other events",
        "accent": "Deadliest single event",
        "neutral": "Rest of the year at this pace",
    }
    if here > past[record]:
        title = (
            f"the {p.number(here)} deaths of {now.label} {'exceed' if now.months == 12 else 'already exceed'} "
            "those of any full year before"
        )
    elif now.months == 12:
        title = (
            f"{record} remains the year with the most deaths: {p.number(past[record])}, against {p.number(here)} in "
            f"{now.label}"
        )
    else:
        title = (
            f"{record} remains the year with the most deaths; at the pace of {now.label}, {now.first.year} would "
            f"{'pass it' if pace > past[record] else 'stay below it'}"
        )
    span_fr = f.label(now)
    if here > past[record]:
        title_fr = (
            f"les {f.number(here)} morts {f.of(span_fr)} dépassent{'' if now.months == 12 else ' déjà'} le bilan de toute "
            "année complète d’avant"
        )
    elif now.months == 12:
        title_fr = f"{record} reste l’année la plus meurtrière : {f.number(past[record])} morts, contre {f.number(here)} en {span_fr}"
    else:
        title_fr = (
            f"{record} reste l’année la plus meurtrière ; au rythme {f.of(span_fr)}, {now.first.year} "
            f"{'la dépasserait' if pace > past[record] else 'resterait en dessous'}"
        )
    return Figure(
        id="trajectory-deaths-years",
        title=p.sentence(title),
        subtitle=f"Deaths in militant Islamist events by year, Mali, {r.whole.label}; the deadliest event of each "
        "year apart" + (f"; {now.first.year} counted to {month_name(r.as_of)}, then at its pace" if rest else ""),
        chart=charts.stacked(table, "Year", "Deaths", "Part", _present(colours, table), title="Deaths"),
        frame=table,
        alt=p.sentence(
            f"Stacked columns by year from 2012 to {now.first.year}: {p.number(past[record])} deaths in {record}, the "
            f"most of the full years before, and {p.number(here)} in {now.label}, {p.number(without.iloc[-1])} "
            "without the deadliest event" + (f"; its pace points to {p.number(pace)}" if rest else "")
        ),
        fr=f.words(
            title=title_fr,
            subtitle=f"Morts dans les {f.MI_EVENTS} par année, Mali, {f.label(r.whole)} ; l’événement le plus meurtrier de "
            "chaque année à part"
            + (f" ; {now.first.year} jusqu’à {f.month_name(r.as_of)}, puis à son rythme" if rest else ""),
            alt=f"Colonnes empilées par année, de 2012 à {now.first.year} : {f.number(past[record])} morts en {record}, le "
            f"maximum des années complètes d’avant, et {f.number(here)} en {span_fr}, "
            f"{f.number(without.iloc[-1])} sans l’événement le plus meurtrier"
            + (f" ; ce rythme mène à {f.number(pace)}" if rest else ""),
        ),
        source=r.source("actors"),
        caveat="Deaths come in bouts, so a pace drawn from a few months is a poor guide to a year.",
    )


def events_by_year(r: Report) -> Figure:
    """Militant Islamist events by year, with the rest of the running year at its pace."""
    mi, now = m.militant_islamist(r.actors), r.year_to_date
    totals = pd.Series({w.first.year: m.count(mi, w) for w in _years(r)})
    past, here = totals.iloc[:-1], totals.iloc[-1]
    record, pace = past.idxmax(), m.pace(int(here), now.months)
    rest = d.round_half_up(pace - here) if now.months < 12 else 0
    table = _year_parts(r, {"Counted": totals}, rest).rename(columns={"Value": "Events"})
    colours = {"islamist": "Counted", "neutral": "Rest of the year at this pace"}
    interval = m.poisson_interval(int(here))
    low, high = (m.pace(x, now.months) for x in (interval.low, interval.high))
    passes = pace > past[record]
    if now.months == 12:
        title = (
            f"{now.label} had {p.number(here)} militant Islamist events, {p.more_or_fewer(here, past[record])} "
            f"the {p.number(past[record])} of the highest year before, {record}"
        )
    else:
        title = (
            f"at the pace of {now.label}, {now.first.year} would see {p.number(pace)} militant Islamist events, "
            f"{'above' if passes else 'not above'} the {p.number(past[record])} of {record}"
        )
    if now.months == 12:
        title_fr = (
            f"{f.label(now)} a compté {f.number(here)} {f.MI_EVENTS}, {f.more_or_fewer(here, past[record])} les "
            f"{f.number(past[record])} de l’année la plus élevée d’avant, {record}"
        )
    else:
        title_fr = (
            f"au rythme {f.of(f.label(now))}, {now.first.year} compterait {f.number(pace)} {f.MI_EVENTS}, "
            f"{'plus' if passes else 'pas plus'} que les {f.number(past[record])} de {record}"
        )
    return Figure(
        id="trajectory-events-years",
        title=p.sentence(title),
        subtitle=f"Militant Islamist events by year, Mali, {r.whole.label}"
        + (f"; {now.first.year} counted to {month_name(r.as_of)}, then at its pace" if rest else ""),
        chart=charts.stacked(table, "Year", "Events", "Part", _present(colours, table), title="Events"),
        frame=table,
        alt=p.sentence(
            f"Columns by year from 2012 to {now.first.year}: {p.number(past.min())} events in the lowest full year, "
            f"{p.number(past[record])} in the highest before this one ({record}), {p.number(here)} in {now.label}"
            + (f", a pace of {p.number(pace)}" if rest else "")
        ),
        fr=f.words(
            title=title_fr,
            subtitle=f"{f.MI_EVENTS} par année, Mali, {f.label(r.whole)}"
            + (f" ; {now.first.year} jusqu’à {f.month_name(r.as_of)}, puis à son rythme" if rest else ""),
            alt=f"Colonnes par année, de 2012 à {now.first.year} : {f.number(past.min())} événements dans l’année complète la "
            f"plus basse, {f.number(past[record])} dans la plus élevée avant celle-ci ({record}), {f.number(here)} en "
            f"{f.label(now)}" + (f", soit un rythme de {f.number(pace)}" if rest else ""),
        ),
        source=r.source("actors"),
        caveat=(
            f"By chance alone the pace could stand for {p.number(low)} to {p.number(high)} events (95 percent); "
            "the season and the course of the war come on top."
        )
        if rest
        else "",
    )


def pace_rule(r: Report) -> Figure:
    """Twice the first half-year against the whole year, for every year complete at the edition."""
    mi = m.militant_islamist(r.actors)
    rows = []
    for whole in complete_years(2012, r.as_of):
        first = Window(whole.first, whole.first + 5)
        counted, real = m.count(mi, first), m.count(mi, whole)
        interval = m.poisson_interval(counted)
        rows.append((whole.label, *(m.pace(x, 6) for x in (counted, interval.low, interval.high)), real))
    names = ["Year", "Pace after six months", "Low", "High", "Whole year"]
    table = pd.DataFrame(rows, columns=names)
    gap = (table["Pace after six months"] / table["Whole year"] - 1).abs()
    near = int((gap <= 0.1).sum())
    recent = gap.iloc[-5:]
    return Figure(
        id="trajectory-pace-rule",
        title=p.sentence(
            f"twice the first half-year came within 10 percent of the whole in {p.word(near) if near else 'none'} of "
            f"{p.word(len(table))} years; the median miss of the last five was {p.percent(recent.median())}"
        ),
        subtitle="Militant Islamist events: twice the first half-year (dot, with its 95 percent interval by chance "
        f"alone) and the whole year (tick), complete years 2012 to {table['Year'].iloc[-1]}",
        chart=charts.dots(
            table, "Year", "Pace after six months", "Low", "High", title="Events", reference="Whole year"
        ),
        frame=table,
        alt=p.sentence(
            f"Dots with intervals for {p.count(len(table), 'year')}; the largest miss is {p.percent(gap.max())} in "
            f"{table['Year'][gap.idxmax()]}, the smallest {p.percent(gap.min())} in {table['Year'][gap.idxmin()]}"
        ),
        fr=f.words(
            title=f"deux fois le premier semestre est tombé à moins de 10 % du total annuel dans {f.count(near, 'année', feminine=True)} "
            f"sur {f.word(len(table))} ; l’écart médian des cinq dernières est de "
            f"{f.percent(recent.median())}",
            subtitle=f"{f.MI_EVENTS} : deux fois le premier semestre (point, avec son {f.BY_CHANCE}) et l’année entière "
            f"(trait), années complètes de 2012 à {table['Year'].iloc[-1]}",
            alt=f"Points avec intervalles pour {f.count(len(table), 'année', feminine=True)} ; le plus grand écart est de "
            f"{f.percent(gap.max())} en {table['Year'][gap.idxmax()]}, le plus petit de {f.percent(gap.min())} en "
            f"{table['Year'][gap.idxmin()]}",
        ),
        source=r.source("actors"),
        caveat="The years before 2017 had few events, so their pace says little.",
    )


def since_seizure(r: Report) -> Figure:
    """Compare the present pace with several bases around the junta's seizure of power."""
    if str(r.as_of) < "2021-01":
        raise NotInEdition("The comparison with the year in which the junta took power needs a later edition.")
    mi, now = m.militant_islamist(r.actors), r.year_to_date
    bases = [
        ("The year 2019", year(2019)),
        ("The 12 months before August 2020", BEFORE_COUP),
        ("January-July 2020", window("2020-01", "2020-07")),
        ("The year 2020", year(2020)),
    ]
    compared = {label: intervals.compare(mi, now, base, rates=True) for label, base in bases}
    rows = [(label, found.ratio, *found.ends()) for label, found in compared.items()]
    table = pd.DataFrame(rows, columns=["Compared with", "Times as many", *intervals.ENDS])
    due = _due(r, "R23-03")
    if due:
        table["As published for 2023"] = _published("R23-03", "ratio")
    low, high = table["Times as many"].min(), table["Times as many"].max()
    bases_fr = {
        "The year 2019": "l’année 2019",
        "The 12 months before August 2020": "les 12 mois avant août 2020",
        "January-July 2020": "janvier-juillet 2020",
        "The year 2020": "l’année 2020",
    }
    return Figure(
        id="trajectory-since-seizure",
        title=p.sentence(
            f"militant Islamist events in {now.label} came {p.spread(low, high, 1)} times as fast as around the "
            "junta's seizure of power, whichever base is taken"
        ),
        subtitle=f"Monthly rate of militant Islamist events in {now.label} over that of four bases, with "
        + intervals.BARS
        + ("; tick: the published ratio, made for 2023" if due else ""),
        chart=charts.dots(
            table,
            "Compared with",
            "Times as many",
            "Low",
            "High",
            title="Times as many",
            unit="ratio",
            reference="As published for 2023" if due else "",
            inner=intervals.INNER,
        ),
        frame=table,
        alt=p.sentence(
            "Dots with intervals: "
            + p.listing(
                f"{found.times()} against {label[0].lower() + label[1:] if label.startswith('The') else label}"
                for label, found in compared.items()
            )
        ),
        fr=f.words(
            title=f"en {f.label(now)}, les {f.MI_EVENTS} se sont produits {f.spread(low, high, 1)} fois aussi souvent qu’autour "
            "de la prise du pouvoir par la junte, quelle que soit la base retenue",
            subtitle=f"Nombre mensuel d’{f.MI_EVENTS} en {f.label(now)} rapporté à celui de quatre bases ; {intervals.BARS_FR}"
            + (" ; trait : le rapport publié, établi pour 2023" if due else ""),
            alt="Points avec intervalles : "
            + f.listing(
                f"{f.times_within(found)} le rythme {f.of(bases_fr[label])}" for label, found in compared.items()
            ),
        ),
        source=r.source("actors"),
        caveat=_young(now),
    )


# --------------------------------------------------------------------------- deaths in two sources


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
    parts = [
        pd.DataFrame(
            {
                "Year": ucdp["year"].astype(str),
                "Source": names["international"],
                "Deaths": ucdp["best"],
                "Low": ucdp["low"],
                "High": ucdp["high"],
            }
        )
    ]
    for key, rows in (("neutral", r.totals), ("islamist", mi)):
        sums = [m.count(rows, w, "fatalities") for w in spans]
        parts.append(
            pd.DataFrame(
                {"Year": [w.label for w in spans], "Source": names[key], "Deaths": sums, "Low": sums, "High": sums}
            )
        )
    table = pd.concat(parts, ignore_index=True)
    wide = table.pivot(index="Year", columns="Source", values="Deaths")
    peaks = {key: wide[name].idxmax() for key, name in names.items()}
    end, total = ucdp.iloc[-1], wide[names["neutral"]].iloc[-1]
    same = peaks["neutral"] == peaks["international"]
    said = f"ACLED counts {p.number(total)} and UCDP {p.number(end['best'])}"
    if not same:
        title = (
            f"UCDP puts the most deaths in {peaks['international']}, ACLED in {peaks['neutral']}; for {last}, {said}"
        )
    elif peaks["international"] == str(last):
        title = f"both sources put the most deaths in {last}: {said}"
    else:
        title = f"both sources put the most deaths in {peaks['international']}; for {last}, {said}"
    said_fr = f"ACLED compte {f.number(total)} morts et l’UCDP {f.number(end['best'])}"
    if not same:
        title_fr = (
            f"le maximum de morts est de {peaks['international']} pour l’UCDP, de {peaks['neutral']} pour ACLED ; en {last}, "
            f"{said_fr}"
        )
    elif peaks["international"] == str(last):
        title_fr = f"les deux sources placent le maximum de morts en {last} : {said_fr}"
    else:
        title_fr = f"les deux sources placent le maximum de morts en {peaks['international']} ; en {last}, {said_fr}"
    return Figure(
        id="trajectory-deaths-sources",
        title=p.sentence(title),
        subtitle=f"Deaths by year, Mali, 2012 to {last}: ACLED (political violence of all actors, and militant "
        "Islamist events) and UCDP's best estimate with its low and high",
        chart=charts.lines(table, "Year", "Deaths", title="Deaths", by="Source", colours=names, low="Low", high="High"),
        frame=table,
        alt=p.sentence(
            f"Three lines from 2012 to {last}. In {last} ACLED has {p.number(total)} deaths, "
            f"{p.number(wide[names['islamist']].iloc[-1])} of them in militant Islamist events; UCDP has "
            f"{p.number(end['best'])} ({p.number(end['low'])} to {p.number(end['high'])}). Peak of UCDP: "
            f"{p.number(wide[names['international']].max())} in {peaks['international']}"
        ),
        fr=f.words(
            title=title_fr,
            subtitle=f"Morts par année, Mali, de 2012 à {last} : ACLED (violence politique de tous les acteurs, et "
            f"{f.MI_EVENTS}) et meilleure estimation de l’UCDP avec ses valeurs basse et haute",
            alt=f"Trois courbes de 2012 à {last}. En {last}, ACLED compte {f.number(total)} morts, dont "
            f"{f.number(wide[names['islamist']].iloc[-1])} dans les {f.MI_EVENTS} ; l’UCDP en compte {f.number(end['best'])} "
            f"({f.number(end['low'])} à {f.number(end['high'])}). Maximum de l’UCDP : "
            f"{f.number(wide[names['international']].max())} en {peaks['international']}",
        ),
        source=r.source("totals", "actors", "ucdp_years"),
        caveat="UCDP counts events with at least one death in conflicts of 25 deaths or more a year; ACLED has no "
        "such floor.",
    )


# --------------------------------------------------------------------------- civilians


def civilian_deaths_by_quarter(r: Report) -> Figure:
    """Deaths in attacks on civilians by quarter against the highest full year until then."""
    vac, span = m.against_civilians(r.actors, d.MILITANT_ISLAMIST), r.since("2017-01")
    frame = m.series(vac, span, "quarter", values=["fatalities"])
    yearly = {w.first.year: m.count(vac, w, "fatalities") for w in complete_years(2012, r.as_of)}
    level = "Highest full year until then"
    table = pd.DataFrame({"Quarter": frame["period"], "Deaths": frame["fatalities"]})
    table[level] = [max(v for y, v in yearly.items() if y < int(q[:4])) for q in table["Quarter"]]
    table["Above it"] = table["Deaths"] > table[level]
    above = table[table["Above it"]]
    if above.empty:
        title = (
            "since 2017, no single quarter has had more deaths in attacks on civilians than the highest full year "
            "until then"
        )
    elif len(above) == 1:
        title = (
            f"{_quarter_name(above['Quarter'].iloc[0])} alone had more deaths in attacks on civilians than any "
            "full year until then"
        )
    elif len(above) == 2:
        title = (
            f"{p.listing(_quarter_name(q) for q in above['Quarter'])} each had more deaths in attacks on "
            "civilians than any full year until then"
        )
    else:
        title = (
            f"{p.word(len(above))} quarters since 2017, the last of them "
            f"{_quarter_name(above['Quarter'].iloc[-1])}, had more deaths in attacks on civilians than any full "
            "year until then"
        )
    worst = m.deadliest(vac, span)
    peak = table.loc[table["Deaths"].idxmax()]
    than_fr = "plus de morts dans des attaques contre des civils qu’aucune année complète jusque-là"
    if above.empty:
        title_fr = (
            "depuis 2017, aucun trimestre n’a compté à lui seul plus de morts dans des attaques contre des civils que "
            "l’année complète la plus meurtrière jusque-là"
        )
    elif len(above) == 1:
        title_fr = f"{f.long_quarter(above['Quarter'].iloc[0])} a compté à lui seul {than_fr}"
    elif len(above) == 2:
        title_fr = f"{f.listing(f.long_quarter(q) for q in above['Quarter'])} ont compté chacun {than_fr}"
    else:
        title_fr = (
            f"{f.word(len(above))} trimestres depuis 2017, dont {f.long_quarter(above['Quarter'].iloc[-1])} en dernier, ont "
            f"compté chacun {than_fr}"
        )
    return Figure(
        id="trajectory-civilian-deaths",
        title=p.sentence(title),
        subtitle="Deaths in attacks on civilians by militant Islamists, by quarter, Mali, "
        f"{span.label}{_unfinished(frame, 3)}; line: the highest calendar year completed before",
        chart=charts.columns(
            table, "Quarter", "Deaths", title="Deaths", highlight="Above it", level=level, marks=QUARTER_MARKS
        ),
        frame=table,
        alt=p.sentence(
            f"Columns by quarter from {table['Quarter'].iloc[0]} to {table['Quarter'].iloc[-1]} with a stepped line; "
            f"the peak is {p.number(peak['Deaths'])} deaths in {_quarter_name(peak['Quarter'])}, when the line stood "
            f"at {p.number(peak[level])}; the last quarter has {p.number(table['Deaths'].iloc[-1])}"
        ),
        fr=f.words(
            title=title_fr,
            subtitle=f"Morts dans les {f.VAC}, par trimestre, Mali, {f.label(span)}{_unfinished_fr(frame, 3)} ; ligne : l’année "
            "civile la plus élevée déjà achevée",
            alt=f"Colonnes par trimestre {f.running(table['Quarter'].iloc[0], table['Quarter'].iloc[-1])} avec une ligne en "
            f"escalier ; le maximum est de {f.number(peak['Deaths'])} morts {f.to(f.long_quarter(peak['Quarter']))}, la ligne "
            f"étant alors à {f.number(peak[level])} ; le dernier trimestre en compte {f.number(table['Deaths'].iloc[-1])}",
        ),
        source=r.source("actors"),
        caveat=f"The deadliest single event shown, in {month_name(month(worst['month']))} in "
        f"{p.region_name(worst['region'])}, counts {p.number(worst['deadliest'])} deaths.",
    )


def attacks_on_civilians(r: Report) -> Figure:
    """Attacks on civilians over 12 months, against the 12 months before August 2020."""
    vac = m.against_civilians(r.actors, d.MILITANT_ISLAMIST)
    sums = m.rolling(vac, Window(month("2016-01"), r.as_of), 12)
    sums = sums[sums["month"] >= "2017-01"]
    after = r.as_of > BEFORE_COUP.last
    names = {"islamist": "Last 12 months", "neutral": "12 months before the coup"}
    frame = pd.DataFrame({"Month": sums["month"], "Line": names["islamist"], "Attacks": sums["events"]})
    here, peak = int(sums["events"].iloc[-1]), sums.loc[sums["events"].idxmax()]
    top = month_name(month(peak["month"]))
    within = within_fr = ""
    if after:
        found = intervals.compare(vac, r.last_12, BEFORE_COUP)
        base, ratio = found.before, found.ratio
        within = f"; 95 percent interval of the ratio: {found.spread()}"
        within_fr = f" ; intervalle à 95 % du rapport : {f.spread(found.interval.low, found.interval.high, 1)}"
        level = sums[sums["month"] >= str(BEFORE_COUP.last)]
        frame = pd.concat(
            [frame, pd.DataFrame({"Month": level["month"], "Line": names["neutral"], "Attacks": base})],
            ignore_index=True,
        )
        title = (
            f"in the 12 months to {month_name(r.as_of)} militant Islamists attacked civilians {p.times(ratio)} "
            "as often as in the 12 months before the coup"
        )
        tail = f"; the 12 months to July 2020 had {p.number(base)}"
    else:
        title = (
            f"in the 12 months to {month_name(r.as_of)} militant Islamists attacked civilians {p.number(here)} times"
        )
        tail = ""
    until_fr = (
        f"sur les 12 mois achevés en {f.month_name(r.as_of)}, les groupes islamistes militants ont attaqué des civils"
    )
    if after:
        title_fr = f"{until_fr} {f.times(ratio)} aussi souvent que sur les 12 mois d’avant le coup d’État"
        tail_fr = f" ; les 12 mois achevés en juillet 2020 en comptaient {f.number(base)}"
    else:
        title_fr, tail_fr = f"{until_fr} {f.number(here)} fois", ""
    return Figure(
        id="trajectory-civilian-attacks",
        title=p.sentence(title),
        subtitle="Attacks on civilians by militant Islamists in the 12 months to each month, Mali, January 2017 to "
        f"{month_name(r.as_of)}" + ("; level line: the 12 months before August 2020" if after else "") + within,
        chart=charts.lines(
            frame,
            "Month",
            "Attacks",
            title="Attacks",
            by="Line",
            marks={"2020-08": "coup of 2020"},
            colours=names if after else {"islamist": names["islamist"]},
        ),
        frame=frame,
        alt=p.sentence(
            f"A line of 12-month sums from {p.number(sums['events'].iloc[0])} in January 2017 to {p.number(here)} in "
            f"{month_name(r.as_of)}, with its peak of {p.number(peak['events'])} in the 12 months to {top}{tail}"
        ),
        fr=f.words(
            title=title_fr,
            subtitle=f"{f.VAC} sur les 12 mois achevés à chaque mois, Mali, janvier 2017 à {f.month_name(r.as_of)}"
            + (" ; ligne de niveau : les 12 mois avant août 2020" if after else "")
            + within_fr,
            alt=f"Une courbe de sommes sur 12 mois, de {f.number(sums['events'].iloc[0])} en janvier 2017 à {f.number(here)} en "
            f"{f.month_name(r.as_of)}, avec un maximum de {f.number(peak['events'])} sur les 12 mois achevés en "
            f"{f.month_name(peak['month'])}{tail_fr}",
        ),
        rests_on=(here, base) if after else (here,),
        source=r.source("actors"),
    )


# --------------------------------------------------------------------------- footprint


def _last_halves(r: Report, count: int) -> list[str]:
    names = [r.half]
    while len(names) < count:
        names.insert(0, half_before(names[0]))
    r.checked(half(names[0]))
    return names


def _since(r: Report, first: str = "2017H1") -> dict[str, str]:
    """Return the half-years from one to the last complete one, with their labels."""
    names = [r.half]
    while names[0] > first:
        names.insert(0, half_before(names[0]))
    return {name: half(name).label for name in names}


def cercle_multiples(r: Report) -> Figure:
    """Map political violence by cercle, per 100,000 people, in each of the last six complete half-years."""
    halves = sorted(r.cercle_halves["half"].unique())[-6:]
    rows = r.cercle_halves[r.cercle_halves["half"].isin(halves)]
    rates = m.per_100k(rows, r.cercles, "cercle", "events").assign(rate=lambda frame: frame["per_100k"].round(1))
    table = pd.DataFrame(
        {
            "cercle": rates["cercle"],
            "Half-year": rates["half"],
            "Events per 100,000 people": rates["rate"],
            "Events": rates["events"],
            "Deaths": rates["fatalities"],
        }
    )
    touched = table[table["Events"].gt(0)].groupby("Half-year").size()
    first, last = halves[0], halves[-1]
    now, before, every = int(touched[last]), int(touched[first]), table["cercle"].nunique()
    tops = table.loc[table.groupby("Half-year")["Events per 100,000 people"].idxmax()].set_index("Half-year")
    lead = tops["cercle"].value_counts()
    often, times = lead.index[0], int(lead.iloc[0])
    title = (
        f"{p.number(now)} of {p.number(every)} cercles had political violence in {half(last).label}, against "
        f"{p.number(before)} in {half(first).label}; {p.cercle_name(often)} had the highest rate for its people in "
        f"{p.word(times)} of the {p.word(len(halves))} half-years"
    )
    ends = [tops.loc[name] for name in (first, last)]
    return Figure(
        id="trajectory-cercle-halves",
        title=p.sentence(title),
        subtitle=f"Political-violence events of all actors per 100,000 people and half-year, by cercle, Mali, "
        f"{half(first).first.year} to {half(last).last.year}, all on one scale; grey: no event",
        chart=charts.choropleth_multiples(
            data.shapes("cercles", r.data_dir),
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
        alt=p.sentence(
            f"{p.word(len(halves)).capitalize()} maps of Mali's cercles shaded by rate, {half(first).label} to "
            f"{half(last).label}; the highest rate was {p.number(ends[0]['Events per 100,000 people'], 1)} in "
            f"{p.cercle_name(ends[0]['cercle'])} in the first and "
            f"{p.number(ends[1]['Events per 100,000 people'], 1)} in {p.cercle_name(ends[1]['cercle'])} in the last; "
            "cercles with an event: " + p.listing(f"{p.number(touched[name])} in {half(name).label}" for name in halves)
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
        caveat=charts.BORDER_NOTE + " The population figures are labelled 2020 and look low in total: read the order, "
        "not the level. In cercles with few people a handful of events makes a high rate. Totals by cercle name no actor.",
    )


def footprint_map(r: Report) -> Figure:
    """Cells with militant Islamist events, by number of events, one half-year at a time."""
    names = _since(r)
    every = r.footprint[r.footprint["half"].isin(list(names)) & r.footprint["mi_events"].gt(0)]
    table = (
        pd.DataFrame(
            {
                "Half-year": every["half"],
                "south": every["south"],
                "west": every["west"],
                "Events": every["mi_events"],
            }
        )
        .sort_values(["Half-year", "Events", "south", "west"], ascending=[False, False, True, True])
        .reset_index(drop=True)
    )
    here = table[table["Half-year"].eq(r.half)].reset_index(drop=True)
    total, top = int(here["Events"].sum()), here.iloc[0]
    ranked = here["Events"].cumsum()
    needed = int((ranked < total / 2).sum()) + 1
    name = half(r.half).label
    return Figure(
        id="trajectory-footprint-map",
        title=p.sentence(
            f"half of the militant Islamist events of {name} fell in {p.number(needed)} of the {p.number(len(here))} "
            "cells that had any"
        ),
        subtitle=f"Militant Islamist events by cell of {d.CELL_DEGREES:g} degree (about 11 km), Mali, {name}; the "
        "area of a circle grows with the number of events; the slider goes back to 2017",
        chart=charts.cells_slider(
            data.shapes("regions", r.data_dir),
            table,
            "Events",
            "Half-year",
            title="Events",
            names=names,
            places=r.places[r.places["rank"] <= 6],
        ),
        frame=table.rename(columns={"south": "Southern edge (degrees north)", "west": "Western edge (degrees east)"}),
        alt=p.sentence(
            f"Map of Mali with {p.count(len(here), 'circle')} for {p.number(total)} events; the largest stands for "
            f"{p.number(top['Events'])} events in the cell at {p.number(top['south'], 1)} degrees north, "
            f"{p.number(abs(top['west']), 1)} degrees {'west' if top['west'] < 0 else 'east'}"
        ),
        fr=f.words(
            title=f"la moitié des {f.MI_EVENTS} {f.of(f.label(half(r.half)))} s’est produite dans {f.number(needed)} des "
            f"{f.number(len(here))} cellules qui en comptent",
            subtitle=f"{f.MI_EVENTS} par cellule de {f.number(d.CELL_DEGREES, 1)} degré (environ 11 km), Mali, "
            f"{f.label(half(r.half))} ; l’aire d’un cercle croît avec le nombre ; le curseur remonte à 2017",
            alt=f"Carte du Mali avec {f.count(len(here), 'cercle')} pour {f.number(total)} événements ; le plus grand en "
            f"représente {f.number(top['Events'])}, dans la cellule à {f.number(top['south'], 1)} degrés nord et "
            f"{f.number(abs(top['west']), 1)} degrés {'ouest' if top['west'] < 0 else 'est'}",
        ),
        source=r.source("footprint", "regions"),
        caveat=charts.BORDER_NOTE + " Many events are placed at the nearest known town.",
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
        title=p.sentence(
            f"the number of cells with militant Islamist events {p.moved(now, first)} from {half(names[0]).label} to "
            f"{half(names[-1]).label}, from {p.number(first)} to {p.number(now)}"
        ),
        subtitle=f"Militant Islamist events by cell of {d.CELL_DEGREES:g} degree, Mali, half-years {names[0]} to "
        f"{names[-1]}, all on one scale",
        chart=charts.cell_multiples(
            data.shapes("regions", r.data_dir),
            table.assign(**{"Half-year": table["Half-year"].map(lambda name: half(name).label)}),
            "Events",
            "Half-year",
            title="Events",
        ),
        frame=table.rename(columns={"south": "Southern edge (degrees north)", "west": "Western edge (degrees east)"}),
        alt=p.sentence(
            "Four maps of Mali with circles by cell: "
            + p.listing(f"{p.number(cells[name])} cells in {half(name).label}" for name in names)
        ),
        fr=f.words(
            title=f"le nombre de cellules touchées par des {f.MI_EVENTS} {f.moved(now, first, plural=False)} entre "
            f"{f.label(half(names[0]))} et {f.label(half(names[-1]))}, de {f.number(first)} à {f.number(now)}",
            subtitle=f"{f.MI_EVENTS} par cellule de {f.number(d.CELL_DEGREES, 1)} degré, Mali, "
            f"{f.running(names[0], names[-1])}, à la même échelle",
            alt="Quatre cartes du Mali avec des cercles par cellule : "
            + f.listing(f"{f.number(cells[name])} cellules en {f.label(half(name))}" for name in names),
        ),
        source=r.source("footprint", "regions"),
        caveat=charts.BORDER_NOTE,
    )


def footprint_over_time(r: Report) -> Figure:
    """Area of the cells with militant Islamist events, by half-year."""
    rows = r.areas[r.areas["basis"].eq("mi") & r.areas["method"].eq("cell") & r.areas["size"].eq(d.CELL_DEGREES)]
    rows = rows.sort_values("half")
    table = pd.DataFrame({"Half-year": rows["half"], "Area (km²)": rows["area_km2"]}).reset_index(drop=True)
    peak, last = table.loc[table["Area (km²)"].idxmax()], table.iloc[-1]
    limits.held(len(table) > 1, "half-year before this one")
    base = table.iloc[-2]
    highest = peak["Half-year"] == last["Half-year"]
    title = (
        f"the area touched {p.moved(last['Area (km²)'], base['Area (km²)'])} from {half(base['Half-year']).label} to "
        f"{half(last['Half-year']).label}"
        + (", the largest so far" if highest else f"; it was largest in {half(peak['Half-year']).label}")
    )
    return Figure(
        id="trajectory-footprint-area",
        title=p.sentence(title),
        subtitle=f"Area of the cells of {d.CELL_DEGREES:g} degree with at least one militant Islamist event, km², "
        f"Mali, half-years {table['Half-year'].iloc[0]} to {last['Half-year']}",
        chart=charts.columns(table, "Half-year", "Area (km²)", title="km²", marks={"2020H2": "coup of 2020"}),
        frame=table,
        alt=p.sentence(
            f"Columns by half-year; from {p.number(table['Area (km²)'].iloc[0], -2)} km² in "
            f"{table['Half-year'].iloc[0]} to {p.number(last['Area (km²)'], -2)} km² in {last['Half-year']}, with a "
            f"peak of {p.number(peak['Area (km²)'], -2)} km² in {peak['Half-year']}"
        ),
        fr=f.words(
            title=f"la surface touchée {f.moved(last['Area (km²)'], base['Area (km²)'], plural=False)} entre "
            f"{f.label(half(base['Half-year']))} et {f.label(half(last['Half-year']))}"
            + (
                ", la plus grande jusqu’ici"
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
        caveat="A cell counts in full once a single event falls in it, so the area overstates the ground that was "
        "fought over.",
    )


_METHODS = {"cell": "Cells of {:g}°", "buffer": "Discs of {:g} km radius"}


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
    return table.assign(label=[_METHODS[row.method].format(row.size) for row in table.itertuples()])


def footprint_levels(r: Report) -> Figure:
    """Show the area touched under every definition, in the last half-year and the one before."""
    rows, due = _definitions(r), _due(r, FOOTPRINT_CLAIM)
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
    words, note = "", ""
    if due:
        published = _published(FOOTPRINT_CLAIM, "area")
        table["As published for H1 2023"] = published
        gap = (rows["now"] / published - 1).abs()
        nearest = rows.loc[gap.idxmin()]
        words = (
            f"; the published {p.number(published)} km² is nearest to "
            f"{nearest['label'][0].lower() + nearest['label'][1:]}"
            if r.half == "2023H1"
            else ""
        )
        note = f"; tick: the {p.number(published)} km² published for the first half of 2023"
    low, high = rows.iloc[0], rows.iloc[-1]
    now_fr, before_fr = (f.label(half(name)) for name in (r.half, half_before(r.half)))
    words_fr = note_fr = ""
    if due:
        note_fr = f" ; trait : les {f.number(published)} km² publiés pour le premier semestre 2023"
        if words:
            words_fr = f" ; les {f.number(published)} km² publiés sont les plus proches {_method_fr(nearest)}"
    return Figure(
        id="trajectory-footprint-levels",
        title=p.sentence(
            f"depending on the definition, the area touched in {now} is {p.number(low['now'], -1)} to "
            f"{p.number(high['now'], -3)} km²{words}"
        ),
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
        alt=p.sentence(
            f"Dots on a logarithmic scale for {p.number(len(rows))} definitions, from {low['label']} "
            f"({p.number(low['now'])} km²) to {high['label']} ({p.number(high['now'])} km²)"
        ),
        fr=f.words(
            title=f"selon la définition, la surface touchée en {now_fr} va de {f.number(low['now'], -1)} à "
            f"{f.number(high['now'], -3)} km²{words_fr}",
            subtitle=f"Surface où des {f.MI_EVENTS} ont eu lieu, km² (échelle logarithmique), Mali : {now_fr} (point) et chemin "
            f"depuis {before_fr} (barre), selon {f.number(len(rows))} définitions{note_fr}",
            alt=f"Points sur une échelle logarithmique pour {f.number(len(rows))} définitions, {_method_fr(low)} "
            f"({f.number(low['now'])} km²) {_method_fr(high, 'à')} ({f.number(high['now'])} km²)",
        ),
        source=r.source("areas"),
        caveat="The reports do not say how their area was measured; none of these definitions is theirs by any "
        "statement.",
    )


def footprint_ratios(r: Report) -> Figure:
    """Show the change of the area touched under every definition."""
    rows, due = _definitions(r), _due(r, FOOTPRINT_CLAIM)
    now, before = half(r.half).label, half(half_before(r.half)).label
    change = rows["ratio"] - 1
    table = pd.DataFrame({"Definition": rows["label"], "Change": change, "From": 0.0, "To": change})
    table["Smaller"], table["Larger"] = table[["From", "To"]].min(axis=1), table[["From", "To"]].max(axis=1)
    words, note = "", ""
    if due:
        published = _published(FOOTPRINT_CLAIM, "change") / 100
        table["As published for H1 2023"] = published
        note = f"; tick: the {p.percent(published)} published for the first half of 2023 over the half-year before"
        if r.half == "2023H1":
            reached = int((change.map(lambda v: d.round_half_up(v, 2)) >= published).sum())
            words = (
                f"; {p.word(reached) if reached else 'none'} of {p.number(len(rows))} "
                f"{'reaches' if reached < 2 else 'reach'} the published {p.percent(published)}"
            )
    ups = int((change > 0).sum())
    if ups in (0, len(rows)):
        verb = "grew" if ups else "shrank"
        size = change.abs() * 100
        same = f"{verb} under every definition, by {p.spread(size.min(), size.max())} percent"
    else:
        same = (
            f"grew under {p.word(ups)} of {p.number(len(rows))} definitions; the change runs from "
            f"{p.number(change.min() * 100)} to {p.number(change.max() * 100)} percent"
        )
    now_fr, before_fr = (f.label(half(name)) for name in (r.half, half_before(r.half)))
    words_fr = note_fr = ""
    if due:
        note_fr = f" ; trait : les {f.percent(published)} publiés pour le premier semestre 2023 par rapport au semestre d’avant"
        if words:
            words_fr = (
                f" ; {f.word(reached, feminine=True)} des {f.number(len(rows))} {'n’' if not reached else ''}"
                f"{f.agree(reached, 'atteint', 'atteignent')} les {f.percent(published)} publiés"
            )
    if ups in (0, len(rows)):
        same_fr = f"a {'augmenté' if ups else 'diminué'} selon toutes les définitions, de {f.spread(size.min(), size.max())} %"
    else:
        same_fr = (
            f"a augmenté selon {f.word(ups, feminine=True)} des {f.number(len(rows))} définitions ; la variation va de "
            f"{f.number(change.min() * 100)} à {f.number(change.max() * 100)} %"
        )
    return Figure(
        id="trajectory-footprint-ratios",
        title=p.sentence(f"from {before} to {now} the area touched {same}{words}"),
        subtitle=f"Change of the area with militant Islamist events, {now} over {before}, Mali, by definition{note}",
        chart=charts.dots(
            table,
            "Definition",
            "Change",
            "Smaller",
            "Larger",
            title="Change",
            unit="share",
            reference="As published for H1 2023" if due else "",
        ),
        frame=table.drop(columns=["From", "To", "Smaller", "Larger"]),
        alt=p.sentence(
            f"Dots with a bar from zero for {p.number(len(rows))} definitions; the change runs from "
            f"{p.percent(change.min())} to {p.percent(change.max())}, "
            f"{p.percent(change[rows['label'].eq(_METHODS['cell'].format(d.CELL_DEGREES))].iloc[0])} for cells of "
            f"{d.CELL_DEGREES:g} degree"
        ),
        fr=f.words(
            title=f"entre {before_fr} et {now_fr}, la surface touchée {same_fr}{words_fr}",
            subtitle=f"Variation de la surface où des {f.MI_EVENTS} ont eu lieu, {now_fr} par rapport à {before_fr}, Mali, par "
            f"définition{note_fr}",
            alt=f"Points avec une barre depuis zéro pour {f.number(len(rows))} définitions ; la variation va de "
            f"{f.percent(change.min())} à {f.percent(change.max())}, "
            f"{f.percent(change[rows['label'].eq(_METHODS['cell'].format(d.CELL_DEGREES))].iloc[0])} pour les cellules de "
            f"{f.number(d.CELL_DEGREES, 1)} degré",
        ),
        source=r.source("areas"),
    )


# --------------------------------------------------------------------------- what happened next


def later_totals(r: Report) -> Figure:
    """Political violence by quarter from two years before the edition to the end of the totals."""
    end = month(str(r.all_totals["month"].max()))
    if r.edition.as_of == "latest" or end <= r.as_of:
        raise NotInEdition("The tables hold no month after this edition.")
    after = Window(r.as_of + 1, end)
    first = r.as_of - 23
    frame = m.series(r.all_totals, Window(first, end), "month")
    table = pd.DataFrame(
        {
            "Month": frame["period"],
            "Events": frame["events"],
            "Deaths": frame["fatalities"],
            "After this edition": frame["period"] > str(r.as_of),
        }
    )
    year_after = Window(after.first, min(after.first + 11, end))
    base = Window(r.as_of - year_after.months + 1, r.as_of)
    here, before = m.count(r.all_totals, year_after), m.count(r.all_totals, base)
    found = intervals.attempt(r.all_totals, year_after, base)
    peak = table[table["After this edition"]]
    peak = peak.loc[peak["Events"].idxmax()]
    last_12 = Window(end - 11, end)
    return Figure(
        id="trajectory-later-totals",
        title=p.sentence(
            f"in the {p.word(year_after.months)} months after this edition political violence by all sides "
            f"{p.moved(here, before)} against as many months before it"
        ),
        subtitle=f"Political-violence events of every actor by month, Mali, {Window(first, end).label}; in colour "
        f"after {month_name(r.as_of)}; totals by region, without actors{intervals.behind(events=found)}",
        chart=charts.columns(table, "Month", "Events", title="Events", group="accent", highlight="After this edition"),
        frame=table,
        alt=p.sentence(
            f"Columns by month from {month_name(first)} to {month_name(end)}: {p.number(before)} events in "
            f"{base.label}, {p.number(here)} in {year_after.label}, {p.number(m.count(r.all_totals, last_12))} in "
            f"{last_12.label}; the highest month after this edition is {month_name(month(peak['Month']))} with "
            f"{p.number(peak['Events'])}"
        ),
        fr=f.words(
            title=f"dans les {f.word(year_after.months)} mois qui ont suivi cette édition, la violence politique de tous les "
            f"camps {f.moved(here, before, plural=False)} par rapport au même nombre de mois d’avant",
            subtitle=f"{f.ALL_EVENTS} par mois, Mali, {f.label(Window(first, end))} ; en couleur après "
            f"{f.month_name(r.as_of)} ; totaux par région, sans les acteurs{f.behind(événements=found)}",
            alt=f"Colonnes par mois, de {f.month_name(first)} à {f.month_name(end)} : {f.number(before)} événements pour "
            f"{f.label(base)}, {f.number(here)} {f.at(f.label(year_after))}, "
            f"{f.number(m.count(r.all_totals, last_12))} {f.at(f.label(last_12))} ; le mois le plus élevé après cette édition "
            f"est {f.month_name(peak['Month'])} avec {f.number(peak['Events'])}",
        ),
        source=r.source("totals"),
        caveat="The totals count the violence of all sides, army operations among them, and do not say who acted. "
        "The newest months are still being revised.",
    )


def later_entries(r: Report) -> Table:
    """Dated entries after the edition that bear on the statement about Mali's collapse."""
    if not _due(r, "R23-31"):
        raise NotInEdition("The statement on Mali's collapse had not been made at this edition's date.")
    rows = r.later_chronology
    rows = rows[rows["claims"].str.split(";").map(lambda named: "R23-31" in named)]
    if rows.empty:
        raise NotInEdition("The chronology holds no later dated entry on this statement.")
    return chronology_table(rows, "Dated entries after this edition that bear on the statement about Mali's collapse")
