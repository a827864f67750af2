"""Figures and tables of the chapter on Wagner: what it does, where, at which price, and what came with it.

Two ways of counting stand side by side throughout. Narrow: Wagner is one of the recorded actors. Wide: Wagner is named
anywhere in the record, most often in the notes on an event of the army.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

import altair as alt
import pandas as pd

from helpers import charts
from helpers import definitions as d
from helpers import french as fr
from helpers import measures as m
from helpers import prose as p
from helpers.audit import claims
from helpers.audit.questions import QUESTIONS, Quantity
from helpers.chapters import NotInEdition, Shown, chronology_table
from helpers.editions import Report
from helpers.estimates import dyads, intervals
from helpers.figures import Figure, KeyFigure, KeyFigures, Table
from helpers.terms import term
from helpers.windows import Window, month, month_name

WIDE, NARROW = "Named anywhere in the record", "Named as an actor"
WAYS = ((True, WIDE), (False, NARROW))
WAY_COLOURS = {"neutral": WIDE, "wagner": NARROW}
# The narrow count is part of the wide one: stacked, the two add up to it.
NAMING = {"named": NARROW, "mentioned": "Only mentioned"}
NAMING_COLOURS = {"wagner": NAMING["named"], "neutral": NAMING["mentioned"]}
ARRIVAL = {"2020Q3": "coup", "2021Q4": "Wagner arrives"}
CLAIMS = ("R23-14", "R23-15", "R23-16", "R23-17", "R23-18", "R23-19")

CAUSE = "That two things happen in the same place and time does not show that one caused the other."
BOTH = (
    "In most events the army is the recorded actor and only the notes name Wagner; the notes need not say who did what."
)


def _arrived(r: Report) -> Window:
    """Return the months since Wagner's arrival, or say that it had not come."""
    if str(r.as_of) < d.WAGNER_ARRIVAL:
        raise NotInEdition(f"Wagner had not arrived in Mali by {month_name(r.as_of)}; there is nothing to count yet.")
    return r.since(d.WAGNER_ARRIVAL)


def _enough(r: Report) -> Window:
    """Return the months since Wagner's arrival, or say that too few events name it for shares."""
    span = _arrived(r)
    events = m.count(m.with_wagner(r.actors, wide=True), span)
    if events < d.SMALL_COUNT:
        raise NotInEdition(
            f"The data hold {p.count(events, 'event')} that {_name(events)} Wagner by "
            f"{month_name(r.as_of)}: too few for this figure."
        )
    return span


def _name(events: int) -> str:
    return "names" if events == 1 else "name"


def _quiet(make: Callable[[Report], Shown]) -> Callable[[Report], Shown]:
    """Leave the place empty where the section's own sentence has already said why there is nothing to show."""

    @wraps(make)
    def shown(r: Report) -> Shown:
        try:
            return make(r)
        except NotInEdition:
            return ""

    return shown


def _published(r: Report, claim_id: str, quantity: str) -> float | None:
    """Return a figure as published (shares as parts of one) where the claim had been made by the edition's date."""
    for row in claims.due(r):
        if row.id == claim_id:
            figure = next(f for f in row.figures if f.quantity == quantity)
            if figure.published is not None:
                return figure.published / 100 if figure.unit in ("share", "percent") else figure.published
    return None


# --------------------------------------------------------------------------- key figures


def key_figures(r: Report) -> KeyFigures:
    """Events that name Wagner, attacks on civilians among them, the centre's share; attacks by the state and its foes.

    Before Wagner's arrival, and where too few events name it for shares, the figures on it are left out.
    """
    made = []
    if str(r.as_of) >= d.WAGNER_ARRIVAL:
        span = r.since(d.WAGNER_ARRIVAL)
        wide, narrow = (m.with_wagner(r.actors, wide=way) for way, _ in WAYS)
        events = m.count(wide, span)
        made.append(
            KeyFigure(
                p.number(events),
                f"violent event{'' if events == 1 else 's'} that {_name(events)} Wagner, {span.label}",
                f"{p.number(m.count(narrow, span))} with Wagner as an actor",
            )
        )
        if events >= d.SMALL_COUNT:
            vac, centre = m.against_civilians(wide), m.in_zone(wide, "centre")
            made += [
                KeyFigure(
                    p.percent(m.ratio(m.count(rows, span), events)),
                    label,
                    f"{p.number(m.count(rows, span))} of {p.number(events)}",
                )
                for rows, label in (
                    (vac, "of them are violence against civilians"),
                    (centre, "of them lie in central Mali"),
                )
            ]
    state = "state forces or Wagner" if str(r.as_of) >= d.WAGNER_ARRIVAL else "state forces"
    for who, groups in ((state, ("state", "wagner")), ("militant Islamists", d.MILITANT_ISLAMIST)):
        rows = m.against_civilians(r.actors, groups)
        made.append(
            KeyFigure(
                p.number(m.count(rows, r.last_12)),
                f"attacks on civilians by {who}, {r.last_12.label}",
                f"{p.number(m.count(rows, r.before_12))} in the 12 months before",
            )
        )
    return KeyFigures(made)


# --------------------------------------------------------------------------- arrival and price


def presence(r: Report) -> str:
    """Say whether Wagner had come, and for how long it has been there."""
    if str(r.as_of) < d.WAGNER_ARRIVAL:
        return (
            f"By {month_name(r.as_of)}, the month to which this edition runs, Wagner had not arrived in Mali. "
            f"The pages "
            "below show what state forces did without it; the figures on Wagner itself stay empty."
        )
    span = r.since(d.WAGNER_ARRIVAL)
    wide, narrow = (m.with_wagner(r.actors, wide=way) for way, _ in WAYS)
    a, b = m.count(wide, span), m.count(narrow, span)
    when = month_name(span.first) if span.months == 1 else f"the {p.word(span.months)} months from {span.label}"
    if a == 1:
        actor = "it is" if b else "there it is not"
    else:
        actor = f"in {p.word(b)} of them it is" if b else "in none of them is it"
    return f"In {when}, the event data name Wagner in {p.count(a, 'violent event')}; {actor} a recorded actor."


@_quiet
def both_counts(r: Report) -> Table:
    """Return the main numbers of the chapter, narrow and wide."""
    span = _arrived(r)
    lines: dict[str, list[str]] = {}
    for wide, _ in WAYS:
        rows = m.with_wagner(r.actors, wide=wide)
        vac = m.against_civilians(rows)
        events, deaths = m.count(rows, span), m.count(rows, span, "fatalities")
        for label, value in (
            ("Violent events", p.number(events)),
            ("Deaths in them", p.number(deaths)),
            ("Violence against civilians, events", _of(m.count(vac, span), events)),
            ("Violence against civilians, deaths", _of(m.count(vac, span, "fatalities"), deaths)),
            ("Events in central Mali", _of(m.count(m.in_zone(rows, "centre"), span), events)),
            ("Events in northern Mali", _of(m.count(m.in_zone(rows, "north"), span), events)),
            ("Deaths at Moura alone", p.number(m.count(m.moura(rows), span, "fatalities"))),
        ):
            lines.setdefault(label, []).append(value)
    frame = pd.DataFrame([(label, *values) for label, values in lines.items()], columns=["Measure", WIDE, NARROW])
    return Table(
        title=f"Wagner in the event data, {span.label}, by both ways of counting",
        frame=frame,
        source=r.source("actors"),
        note=BOTH,
    )


def _of(part: int, whole: int) -> str:
    return f"{p.number(part)} ({p.percent(part / whole)})" if whole else p.number(part)


def _known(r: Report) -> pd.DataFrame:
    """Return the dated entries, without figures of a report that was written after the edition."""
    rows = r.chronology
    made = {row.report for row in claims.due(r)}
    late = [text for key, text in claims.REPORTS.items() if key not in made]
    return rows[~(rows["source_kind"].eq("report") & rows["source"].isin(late))]


def deal(r: Report) -> Table:
    """Dated entries on the deployment and its price."""
    rows = _known(r)
    rows = rows[rows["claims"].str.contains("R23-14")]
    if rows.empty:
        raise NotInEdition(f"The chronology holds no entry on a deployment of Wagner by {month_name(r.as_of)}.")
    return chronology_table(rows, "The deployment and its price: dated entries")


@_quiet
def cost(r: Report) -> Figure:
    """Cumulative cost by month at the reported monthly prices."""
    span = _arrived(r)
    if span.months < 2:
        raise NotInEdition("Wagner had been in Mali for one month: too short for a curve.")
    rows = _known(r)
    prices = rows.loc[rows["claims"].str.contains("R23-14") & rows["unit"].str.contains("US dollars a month"), "value"]
    low, middle, high = float(prices.min()), float(prices.median()), float(prices.max())
    months = pd.period_range(span.first, span.last, freq="M").astype(str)
    count = pd.Series(range(1, len(months) + 1))
    frame = pd.DataFrame(
        {
            "Month": months,
            "At the middle price": (count * middle).round(1),
            "At the lowest price": (count * low).round(1),
            "At the highest price": (count * high).round(1),
        }
    )
    last = frame.iloc[-1]
    said = rows[rows["id"].eq("2023-06-30-us-on-wagner-payments")]
    words = ""
    if len(said):
        paid = p.number(said["value"].iloc[0])
        words = f"; the White House spoke of more than {paid} million paid by the end of June 2023"
    total = p.spread(last["At the lowest price"], last["At the highest price"])
    words_fr = f" ; la Maison-Blanche a parlé de plus de {paid} millions versés à la fin de juin 2023" if words else ""
    total_fr = fr.spread(last["At the lowest price"], last["At the highest price"])
    return Figure(
        id="wagner-cost",
        title=p.sentence(
            f"at the reported prices, {p.count(span.months, 'month')} of Wagner come to {total} "
            f"million US "
            f"dollars{words}"
        ),
        subtitle=f"Cumulative cost, million US dollars, December 2021 to {month_name(span.last)}; line: the "
        f"middle of "
        f"{p.word(len(prices))} reported monthly prices ({p.number(middle, 1)} million), band: from "
        f"{p.number(low, 1)} to {p.number(high, 1)} million",
        chart=charts.lines(
            frame,
            "Month",
            "At the middle price",
            title="Million US dollars",
            low="At the lowest price",
            high="At the highest price",
            group="wagner",
            marks={"2023-06": "United States: over 200 million"} if len(said) else {},
        ),
        frame=frame,
        alt=p.sentence(
            f"a line with a narrow band that grows in even steps, from {p.spread(low, high, 1)} million dollars "
            f"in December "
            f"2021 to {total} million in {month_name(span.last)}{words}"
        ),
        fr=fr.words(
            f"Aux prix rapportés, {fr.count(span.months, 'mois', 'mois')} de Wagner coûtent {total_fr} millions de dollars des "
            f"États-Unis{words_fr}",
            f"Coût cumulé, millions de dollars des États-Unis, décembre 2021 à {fr.month_name(span.last)} ; courbe : le milieu de "
            f"{fr.word(len(prices))} prix mensuels rapportés ({fr.number(middle, 1)} millions), bande : de {fr.number(low, 1)} à "
            f"{fr.number(high, 1)} millions",
            f"Courbe avec une bande étroite qui monte par pas égaux, de {fr.spread(low, high, 1)} millions de dollars en décembre "
            f"2021 à {total_fr} millions en {fr.month_name(span.last)}{words_fr}",
        ),
        source="Prices: the dated entries in the table beside this figure. Own computation.",
        caveat="Reported prices times months; no contract was published, and payments may have stopped, changed "
        "or come "
        "in kind. Access to gold is not in it.",
    )


# --------------------------------------------------------------------------- events


def quarters(r: Report) -> Figure:
    """Events that name Wagner, by quarter, narrow within wide."""
    span = _enough(r)
    found = None
    if str(r.recent_before.first) >= d.WAGNER_ARRIVAL:
        found = intervals.attempt(m.with_wagner(r.actors, wide=True), r.recent, r.recent_before)
    return _naming_quarters(r.actors, span, "wagner-quarters", _quarters_title(r, span), r, found=found)


def _quarters_title(r: Report, span: Window) -> tuple[str, str]:
    """Return the title in both languages."""
    wide, narrow = (m.with_wagner(r.actors, wide=way) for way, _ in WAYS)
    now = r.recent
    if str(r.recent_before.first) < d.WAGNER_ARRIVAL:
        a, b = m.count(wide, span), m.count(narrow, span)
        return (
            p.sentence(f"the data name Wagner in {p.count(a, 'event')} since its arrival, in {p.none(b)} as an actor"),
            f"Les données nomment Wagner dans {fr.count(a, 'événement')} depuis son arrivée, dans {fr.word(b)} comme acteur",
        )
    a, b = m.count(wide, now), m.count(wide, r.recent_before)
    actor = m.count(narrow, now)
    return (
        p.sentence(
            f"events that name Wagner {p.moved(a, b)}, from {p.number(b)} in {r.recent_before.label} to "
            f"{p.number(a)} in {now.label}; it is an actor in {p.number(actor)} of the latter"
        ),
        f"Les événements qui nomment Wagner {fr.moved(a, b)}, de {fr.number(b)} ({fr.label(r.recent_before)}) à "
        f"{fr.number(a)} ({fr.label(now)}) ; il est acteur dans {fr.number(actor)} de ces derniers",
    )


def _naming_quarters(
    actors: pd.DataFrame,
    span: Window,
    name: str,
    titles: tuple[str, str],
    r: Report,
    marks: dict[str, str] | None = None,
    found: intervals.Comparison | None = None,
) -> Figure:
    rows = m.with_wagner(actors, wide=True)
    rows = rows.assign(naming=rows["wagner"].map(NAMING))
    sums = m.series(rows, span, "quarter", split="naming", values=["events"])
    frame = sums.rename(columns={"period": "Quarter", "naming": "Wagner is", "events": "Events"})
    frame = frame[["Quarter", "Wagner is", "Events"]]
    totals = frame.groupby("Quarter", sort=False)["Events"].sum()
    actor = frame[frame["Wagner is"].eq(NARROW)]["Events"].sum()

    def at(name: str) -> str:
        return fr.at(fr.period(name))

    return Figure(
        id=name,
        title=p.sentence(titles[0]),
        subtitle=f"Violent events that name Wagner, Mali, quarters {totals.index[0]} to {totals.index[-1]}"
        f"{p.incomplete(sums, 3)}; both parts together are the wide count, the lower part is the narrow one"
        + intervals.behind(events=found),
        chart=charts.stacked(
            frame, "Quarter", "Events", "Wagner is", NAMING_COLOURS, title="Events", marks=marks or {}
        ),
        frame=frame,
        alt=p.sentence(
            f"stacked columns for {p.count(len(totals), 'quarter')}, from {p.count(int(totals.iloc[0]), 'event')} "
            f"in "
            f"{totals.index[0]} to {p.number(totals.iloc[-1])} in {totals.index[-1]}; the highest quarter is "
            f"{totals.idxmax()} with {p.number(totals.max())}; of {p.number(totals.sum())} in all, Wagner is an "
            f"actor in "
            f"{p.number(actor)}"
        ),
        fr=fr.words(
            titles[1],
            f"Événements violents qui nomment Wagner, Mali, trimestres, {fr.running(totals.index[0], totals.index[-1])}"
            f"{fr.incomplete(sums, 3)} ; les deux parties ensemble forment le décompte large, celle du bas le décompte étroit{fr.behind(événements=found)}",
            f"Colonnes empilées pour {fr.count(len(totals), 'trimestre')}, {fr.of(fr.count(int(totals.iloc[0]), 'événement'))} "
            f"{at(totals.index[0])} à {fr.number(totals.iloc[-1])} {at(totals.index[-1])} ; le trimestre le plus haut est le "
            f"{fr.period(str(totals.idxmax()))} avec {fr.number(totals.max())} ; sur {fr.number(totals.sum())} en tout, Wagner est "
            f"acteur dans {fr.number(actor)}",
        ),
        source=r.source("actors"),
        caveat=BOTH,
    )


def state_vac(r: Report) -> Figure:
    """Violence against civilians by state forces or Wagner, by quarter and by how Wagner is named."""
    labels = {
        "no": "State forces, Wagner not named",
        "mentioned": "State forces, Wagner mentioned",
        "named": "Wagner named as an actor",
    }
    colours = {"state": labels["no"], "neutral": labels["mentioned"], "wagner": labels["named"]}
    rows = m.against_civilians(r.actors, ["state", "wagner"])
    rows = rows.assign(by=m.with_notes(rows)["wagner"].map(labels))
    sums = m.series(rows, r.since("2017-01"), "quarter", split="by", values=["events"])
    frame = sums.rename(columns={"period": "Quarter", "by": "By", "events": "Events"})[["Quarter", "By", "Events"]]
    colours = {key: text for key, text in colours.items() if text in set(frame["By"])}
    totals = frame.groupby("Quarter", sort=False)["Events"].sum()
    now, before = m.count(rows, r.last_12), m.count(rows, r.before_12)
    found = intervals.attempt(rows, r.last_12, r.before_12)
    title = f"attacks on civilians by state forces and their partners {p.moved(now, before)} in the last 12 months"
    if str(r.as_of) < d.WAGNER_ARRIVAL:
        title = f"attacks on civilians by state forces {p.moved(now, before)} in the last 12 months"
    title += f", from {p.number(before)} to {p.number(now)}"
    if str(r.as_of) >= d.WAGNER_ARRIVAL:
        wide = m.count(m.with_notes(rows)[rows["wagner"].ne("no")], r.last_12)
        narrow = m.count(rows[rows["wagner"].eq("named")], r.last_12)
        title += (
            f"; {p.word(wide)} of the latter {_name(wide)} Wagner, {p.none(narrow)} as an actor"
            if wide
            else "; none of the latter names Wagner"
        )
    who = "les forces de l’État" if str(r.as_of) < d.WAGNER_ARRIVAL else "les forces de l’État et leurs partenaires"
    title_fr = (
        f"Le nombre d’attaques contre des civils par {who} {fr.moved(now, before, plural=False)} au cours des 12 derniers "
        f"mois, de {fr.number(before)} à {fr.number(now)}"
    )
    if str(r.as_of) >= d.WAGNER_ARRIVAL:
        title_fr += (
            f" ; parmi ces dernières, {fr.word(wide, feminine=True)} {'nomment' if wide > 1 else 'nomme'} Wagner, "
            f"{fr.word(narrow, feminine=True)} comme acteur"
            if wide
            else " ; aucune de ces dernières ne nomme Wagner"
        )
    return Figure(
        id="wagner-state-vac",
        title=p.sentence(title),
        subtitle=f"Violence against civilians with state forces or Wagner as the acting side, events, Mali, "
        f"quarters "
        f"{totals.index[0]} to {totals.index[-1]}{p.incomplete(sums, 3)}{intervals.behind(events=found)}",
        chart=charts.stacked(frame, "Quarter", "Events", "By", colours, title="Events", marks=ARRIVAL),
        frame=frame,
        alt=p.sentence(
            f"stacked columns by quarter; {p.peak(totals)}; the last 12 months have {p.number(now)} events against "
            f"{p.number(before)} in the 12 before"
        ),
        fr=fr.words(
            title_fr,
            "Violences contre des civils où les forces de l’État ou Wagner agissent, événements, Mali, trimestres, "
            f"{fr.running(totals.index[0], totals.index[-1])}{fr.incomplete(sums, 3)}{fr.behind(événements=found)}",
            f"Colonnes empilées par trimestre ; {fr.peak(totals, 'événement')} ; les 12 derniers mois comptent {fr.number(now)} "
            f"événements contre {fr.number(before)} les 12 mois d’avant",
        ),
        rests_on=[now, before],
        source=r.source("actors"),
        caveat=p.few(min(now, before)),
    )


# --------------------------------------------------------------------------- civilians


@_quiet
def vac_shares(r: Report) -> Figure:
    """Share of violence against civilians in Wagner's events and deaths, narrow and wide, with what chance allows."""
    span = _enough(r)
    lines = []
    for acting in (False, True):
        for wide, way in WAYS:
            rows = (m.wagner_side if acting else m.with_wagner)(r.actors, wide=wide)
            vac = m.against_civilians(rows)
            side = ", acting side only" if acting else ""
            events, part = m.count(rows, span), m.count(vac, span)
            if band := dyads.share(rows, vac, span):
                lines.append((f"Events{side}", way, part, events, part / events, band.low, band.high, "events"))
            if m.count(rows, span, "fatalities"):
                share, low, high = m.share_range_without_deadliest(rows, vac, span)
                lines.append(
                    (
                        f"Deaths{side}",
                        way,
                        m.count(vac, span, "fatalities"),
                        m.count(rows, span, "fatalities"),
                        share,
                        min(low, high, share),
                        max(low, high, share),
                        "fatalities",
                    )
                )
    columns = ["Share of", "Wagner is", "Against civilians", "All", "Share", "Low", "High", "of"]
    frame = pd.DataFrame(lines, columns=columns)
    published = {value: _published(r, "R23-16", value) for value in ("events", "fatalities")}
    reference = ""
    if published["events"] is not None:
        reference = "As published"
        frame[reference] = frame["of"].map(published)
    order = ["Events", "Deaths", "Events, acting side only", "Deaths, acting side only"]
    frame = frame.sort_values("Share of", key=lambda s: s.map(order.index), kind="stable", ignore_index=True)
    frame = frame.drop(columns="of")

    def pick(what: str, way: str) -> float | None:
        found = frame[frame["Share of"].eq(what) & frame["Wagner is"].eq(way)]["Share"]
        return float(found.iloc[0]) if len(found) else None

    def say(value: float | None) -> str:
        return "none recorded" if value is None else p.percent(value)

    ew, en, dw, dn = pick("Events", WIDE), pick("Events", NARROW), pick("Deaths", WIDE), pick("Deaths", NARROW)

    def say_fr(value: float | None) -> str:
        return "aucune part recensée" if value is None else fr.percent(value)

    return Figure(
        id="wagner-vac-shares",
        title=p.sentence(
            f"violence against civilians makes up {say(ew)} of the events that name Wagner and "
            f"{say(dw)} of "
            f"their deaths; where Wagner is an actor, {say(en)} and {say(dn)}"
        ),
        subtitle=f"Share of violence against civilians in Wagner's violent events and in their deaths, Mali, "
        f"{span.label}; "
        "bars: for events the 95 percent interval, for deaths the range when the deadliest operation is "
        "left "
        "out" + ("; dark tick: as published in July 2023" if reference else ""),
        chart=charts.dots(
            frame,
            "Share of",
            "Share",
            "Low",
            "High",
            title="Share against civilians",
            unit="share",
            by="Wagner is",
            colours=WAY_COLOURS,
            reference=reference,
        ),
        frame=frame,
        alt=p.sentence(
            f"dots with intervals: of events {say(ew)} (wide) and {say(en)} (narrow), of deaths "
            f"{say(dw)} (wide) "
            f"and {say(dn)} (narrow); over all readings the share runs from "
            f"{p.percent(frame['Share'].min())} to "
            f"{p.percent(frame['Share'].max())}"
        ),
        fr=fr.words(
            f"Les violences contre des civils forment {say_fr(ew)} des événements qui nomment Wagner et {say_fr(dw)} de leurs "
            f"morts ; là où Wagner est acteur, {say_fr(en)} et {say_fr(dn)}",
            "Part des violences contre des civils dans les événements violents de Wagner et dans leurs morts, Mali, "
            f"{fr.label(span)} ; barres : pour les événements l’intervalle à 95 %, pour les morts l’étendue quand l’opération la plus "
            "meurtrière est laissée de côté"
            + (" ; trait sombre : tel que publié en juillet 2023" if reference else ""),
            f"Points avec intervalles : des événements, {say_fr(ew)} (large) et {say_fr(en)} (étroit), des morts, {say_fr(dw)} "
            f"(large) et {say_fr(dn)} (étroit) ; sur toutes les lectures la part va de {fr.percent(frame['Share'].min())} à "
            f"{fr.percent(frame['Share'].max())}",
        ),
        rests_on=list(frame["All"]),
        source=r.source("actors"),
        caveat=p.listing(x for x in (BOTH, p.few(frame["All"].min())) if x).replace(". and", "."),
    )


@_quiet
def targets(r: Report) -> Figure:
    """Who stands on the other side of the acts of state forces, with and without Wagner."""
    span = _enough(r)
    before = r.checked(span.before())
    acts = r.actors[r.actors["side1"].isin(["state", "wagner"]) & r.actors["event_type"].isin(d.VIOLENT)]
    kinds = dict.fromkeys(d.MILITANT_ISLAMIST, "Militant Islamists")
    kinds |= {"civilians": "Civilians", "separatist": "Separatists"}
    acts = acts.assign(target=acts["side2"].map(kinds).fillna("Others, or none recorded"))
    parts = {
        "Before": (acts, before),
        "Not named": (acts[acts["wagner"].eq("no")], span),
        "Named anywhere": (acts[m.with_notes(acts)["wagner"].ne("no")], span),
        "Named as actor": (acts[acts["wagner"].eq("named")], span),
    }
    colours = {
        "civilians": "Civilians",
        "islamist": "Militant Islamists",
        "separatist": "Separatists",
        "neutral": "Others, or none recorded",
    }
    met = set(acts.loc[before.contains(acts["month"]) | span.contains(acts["month"]), "target"])
    colours = {key: kind for key, kind in colours.items() if kind in met}
    lines, shares, sizes = [], {}, {}
    for label, (rows, when) in parts.items():
        counts = m.tally(rows, when, "target").set_index("target")
        sizes[label] = int(counts["events"].sum())
        shares[label] = float(counts["share"].get("Civilians", 0.0))
        lines += [
            (label, kind, int(counts["events"].get(kind, 0)), float(counts["share"].get(kind, 0.0)))
            for kind in colours.values()
        ]
    frame = pd.DataFrame(lines, columns=["Wagner", "Other side", "Events", "Share"])
    many = "rows: " + p.listing(f"{label} {p.number(n)}" for label, n in sizes.items())
    return Figure(
        id="wagner-targets",
        title=p.sentence(
            f"civilians are the other side in {p.percent(shares['Named anywhere'])} of the acts that name Wagner "
            f"({p.percent(shares['Named as actor'])} where it is an actor) and in "
            f"{p.percent(shares['Not named'])} of the "
            f"state's other acts"
        ),
        subtitle=f"Violent events with state forces or Wagner as the acting side, by the other side, share of "
        f"events, Mali, "
        f'{span.label}; "before" is {before.label}. Events: {many.removeprefix("rows: ")}',
        chart=charts.stacked(frame, "Wagner", "Events", "Other side", colours, title="Share of events", share=True),
        frame=frame,
        alt=p.sentence(
            "four stacked columns; the share with civilians on the other side is "
            + p.listing(
                f"{p.percent(value)} ({label.lower()}, {p.count(sizes[label], 'event')})"
                for label, value in shares.items()
            )
        ),
        fr=fr.words(
            f"Les civils sont en face dans {fr.percent(shares['Named anywhere'])} des actes qui nomment Wagner "
            f"({fr.percent(shares['Named as actor'])} là où il est acteur) et dans {fr.percent(shares['Not named'])} des autres "
            "actes de l’État",
            "Événements violents où les forces de l’État ou Wagner agissent, selon la partie en face, part des événements, Mali, "
            f"{fr.label(span)} ; « avant » : {fr.label(before)}. Événements : "
            + fr.listing(f"{term(label)} {fr.number(n)}" for label, n in sizes.items()),
            "Quatre colonnes empilées ; la part où des civils sont en face est de "
            + fr.listing(
                f"{fr.percent(value)} ({term(label)}, {fr.count(sizes[label], 'événement')})"
                for label, value in shares.items()
            ),
        ),
        rests_on=list(sizes.values()),
        source=r.source("actors"),
        caveat="The records that name Wagner are not a sample of all operations: an abuse is likelier to be "
        "reported with "
        "the names of those involved. " + CAUSE,
    )


# --------------------------------------------------------------------------- place


@_quiet
def regions(r: Report) -> Figure:
    """Where the events lie, by region and half-year, wide above narrow."""
    span = _enough(r)
    panels, frames = [], []
    rank = list(m.tally(m.with_wagner(r.actors, wide=True), span, "region")["region"])
    for wide, way in WAYS:
        sums = m.series(m.with_wagner(r.actors, wide=wide), span, "half", split="region", values=["events"])
        grid = pd.MultiIndex.from_product([rank, list(dict.fromkeys(sums["period"]))], names=["region", "period"])
        full = sums.set_index(["region", "period"])["events"].reindex(grid, fill_value=0).reset_index()
        full = full.assign(region=full["region"].map(p.region_name))
        frame = full.rename(columns={"region": "Region", "period": "Half-year", "events": "Events"})
        frames.append(frame.assign(**{"Wagner is": way}))
        title = alt.TitleParams(way, anchor="start", fontSize=12)
        panels.append(charts.heat(frame, "Half-year", "Region", "Events", title="Events").properties(title=title))
    table = pd.concat(frames, ignore_index=True)[["Wagner is", "Region", "Half-year", "Events"]]
    top, second = _region_lines(r, span, True), _region_lines(r, span, False)
    now = m.tally(m.with_wagner(r.actors, wide=True), r.last_12, "region")
    latest = ""
    if len(now) and span.months > 12:
        leader, part = p.region_name(now["region"].iloc[0]), p.percent(now["share"].iloc[0])
        same = leader == top[0]
        latest = f"; in the last 12 months {'it has ' + part if same else leader + ' has most (' + part + ')'}"
    latest_fr = ""
    if latest:
        latest_fr = " ; au cours des 12 derniers mois, " + (
            f"elle en a {fr.percent(now['share'].iloc[0])}"
            if leader == top[0]
            else f"{leader} en a le plus ({fr.percent(now['share'].iloc[0])})"
        )
    return Figure(
        id="wagner-regions",
        title=p.sentence(
            f"{top[0]} holds {p.percent(top[1])} of the events that name Wagner since its arrival{latest}"
        ),
        subtitle=f"Violent events that name Wagner by region and half-year, {span.label}"
        + (", the last half-year incomplete" if span.last.month not in (6, 12) else "")
        + "; above the wide count, below the narrow one. The first half-year has December 2021 alone",
        chart=alt.vconcat(*panels, spacing=22).resolve_scale(color="independent"),
        frame=table,
        alt=p.sentence(
            f"two grids of {p.word(len(rank))} regions by half-year; in the wide count {top[0]} leads with "
            f"{p.number(top[2])} events, in the narrow count "
            + (f"{second[0]} with {p.number(second[2])}" if second[2] else "no region has any")
        ),
        fr=fr.words(
            f"{fr.the_region(top[0])} a {fr.percent(top[1])} des événements qui nomment Wagner depuis son arrivée{latest_fr}",
            f"Événements violents qui nomment Wagner par région et par semestre, {fr.label(span)}"
            + (", le dernier semestre incomplet" if span.last.month not in (6, 12) else "")
            + " ; en haut le décompte large, en bas l’étroit. Le premier semestre ne compte que décembre 2021",
            f"Deux grilles de {fr.word(len(rank))} régions par semestre ; dans le décompte large {top[0]} est en tête avec "
            f"{fr.number(top[2])} événements, dans l’étroit "
            + (f"{second[0]} avec {fr.number(second[2])}" if second[2] else "aucune région n’en a"),
        ),
        rests_on=[top[2]],
        source=r.source("actors"),
        caveat=p.few(float(table["Events"].min())),
    )


def _region_lines(r: Report, span: Window, wide: bool) -> tuple[str, float, int]:
    ranked = m.tally(m.with_wagner(r.actors, wide=wide), span, "region")
    if ranked.empty:
        return "", 0.0, 0
    first = ranked.iloc[0]
    return p.region_name(first["region"]), float(first["share"]), int(first["events"])


@_quiet
def zones(r: Report) -> Figure:
    """Share of each zone in Wagner's events, narrow and wide, since the arrival and in the last 12 months."""
    span = _enough(r)
    spans = [("since arrival", span)]
    if span.months > 12:
        spans.append(("last 12 months", r.last_12))
    lines = []
    for label, when in spans:
        for zone in ("centre", "north", "south"):
            for wide, way in WAYS:
                rows = m.with_wagner(r.actors, wide=wide)
                found = dyads.share(rows, m.in_zone(rows, zone), when)
                if found:
                    name = f"{d.ZONE_LABELS[zone]}, {label}"
                    lines.append((name, way, found.counted, found.events, found.value, found.low, found.high))
    frame = pd.DataFrame(lines, columns=["Zone", "Wagner is", "Events", "All events", "Share", "Low", "High"])
    at = frame.set_index(["Zone", "Wagner is"])["Share"]
    name = d.ZONE_LABELS["centre"]
    anywhere = float(at[f"{name}, since arrival", WIDE])
    narrow = at.get((f"{name}, since arrival", NARROW))
    tail = "" if narrow is None else f" by the wide count and {p.percent(narrow)} by the narrow one"
    last = ""
    if len(spans) > 1 and (f"{name}, last 12 months", WIDE) in at.index:
        last = f"; in the last 12 months it is {p.percent(at[f'{name}, last 12 months', WIDE])} by the wide count"
    tail_fr = "" if narrow is None else f" selon le décompte large et {fr.percent(narrow)} selon l’étroit"
    last_fr = ""
    if last:
        recent = fr.percent(at[f"{name}, last 12 months", WIDE])
        last_fr = f" ; au cours des 12 derniers mois, c’est {recent} selon le décompte large"
    return Figure(
        id="wagner-zones",
        title=p.sentence(f"central Mali has {p.percent(anywhere)} of Wagner's events{tail}{last}"),
        subtitle=f"Share of violent events that name Wagner by zone, {span.label}; bars: 95 percent interval",
        chart=charts.dots(
            frame,
            "Zone",
            "Share",
            "Low",
            "High",
            title="Share of events",
            unit="share",
            by="Wagner is",
            colours=WAY_COLOURS,
        ),
        frame=frame,
        alt=p.sentence(
            "dots with intervals; by the wide count since the arrival "
            + p.listing(
                f"{p.zone_name(zone)} has {p.percent(at[f'{d.ZONE_LABELS[zone]}, since arrival', WIDE])}"
                for zone in ("centre", "north", "south")
            )
            + last
        ),
        fr=fr.words(
            f"Le centre du Mali a {fr.percent(anywhere)} des événements de Wagner{tail_fr}{last_fr}",
            f"Part des événements violents qui nomment Wagner par zone, {fr.label(span)} ; barres : intervalle à 95 %",
            "Points avec intervalles ; selon le décompte large, depuis l’arrivée, "
            + fr.listing(
                f"{fr.ZONES[zone]} a {fr.percent(at[f'{d.ZONE_LABELS[zone]}, since arrival', WIDE])}"
                for zone in ("centre", "north", "south")
            )
            + last_fr,
        ),
        rests_on=list(frame["All events"]),
        source=r.source("actors"),
        caveat=p.few(float(frame["Events"].min())),
    )


# --------------------------------------------------------------------------- deaths and Moura


def moura_background(r: Report) -> str:
    """Say what happened at Moura, in editions that end after it."""
    try:
        _moura(r)
    except NotInEdition:
        return ""
    return (
        "One operation weighs more than any other in these numbers. Over five days in March 2022 soldiers and "
        "foreign military personnel held the town of Moura in the Mopti region. The army spoke of a blow to "
        "militants; United Nations investigators were not let in. Shares of deaths that include Moura and shares "
        "that leave it out answer different questions, so both are given."
    )


def _moura(r: Report) -> tuple[Window, int]:
    """Return the months since Wagner's arrival and the deaths at Moura, or say that they lie after the edition."""
    span = _enough(r)
    dead = m.count(m.moura(r.actors), span, "fatalities")
    if not dead:
        raise NotInEdition("The killings at Moura lie after this edition.")
    return span, dead


@_quiet
def deaths(r: Report) -> Figure:
    """Deaths by quarter in events that name Wagner, Moura apart."""
    span, dead = _moura(r)
    rows = m.with_wagner(r.actors, wide=True)
    moura = "Moura, March 2022 (only mentioned)"
    rows = rows.assign(naming=rows["wagner"].map(NAMING).mask(rows.index.isin(m.moura(rows).index), moura))
    sums = m.series(rows, span, "quarter", split="naming", values=["fatalities"])
    frame = sums.rename(columns={"period": "Quarter", "naming": "Deaths in", "fatalities": "Deaths"})
    frame = frame[["Quarter", "Deaths in", "Deaths"]]
    order = list(dict.fromkeys(frame["Quarter"]))
    total = m.count(rows, span, "fatalities")
    narrow = m.count(m.with_wagner(r.actors, wide=False), span, "fatalities")
    return Figure(
        id="wagner-deaths",
        title=p.sentence(
            f"the killings at Moura account for {p.percent(dead / total)} of the {p.number(total)} "
            f"deaths in "
            f"events that name Wagner, and for none of the {p.number(narrow)} in events with it as "
            f"an actor"
        ),
        subtitle=f"Deaths in violent events that name Wagner, Mali, quarters {order[0]} to "
        f"{order[-1]}{p.incomplete(sums, 3)}; "
        "all parts together are the wide count, the lowest is the narrow one",
        chart=charts.stacked(
            frame,
            "Quarter",
            "Deaths",
            "Deaths in",
            {"wagner": NARROW, "neutral": NAMING["mentioned"], "accent": moura},
            title="Deaths",
        ),
        frame=frame,
        alt=p.sentence(
            f"stacked columns for {p.count(len(order), 'quarter')}; of {p.number(total)} deaths in all, "
            f"{p.number(dead)} "
            f"fell at Moura in the first quarter of 2022 and {p.number(narrow)} in events with Wagner as an actor"
        ),
        fr=fr.words(
            f"Les tueries de Moura font {fr.percent(dead / total)} des {fr.number(total)} morts des événements qui nomment Wagner, "
            f"et aucun des {fr.number(narrow)} morts de ceux où il est acteur",
            f"Morts dans les événements violents qui nomment Wagner, Mali, trimestres, {fr.running(order[0], order[-1])}"
            f"{fr.incomplete(sums, 3)} ; toutes les parties ensemble forment le décompte large, la plus basse le décompte étroit",
            f"Colonnes empilées pour {fr.count(len(order), 'trimestre')} ; sur {fr.number(total)} morts en tout, {fr.number(dead)} "
            f"sont tombés à Moura au premier trimestre de 2022 et {fr.number(narrow)} dans des événements où Wagner est acteur",
        ),
        rests_on=[total, narrow],
        source=r.source("actors"),
        caveat="ACLED counts deaths by event, on all sides; a battle that Wagner lost adds its own dead. The toll "
        "of Moura is "
        "ACLED's; other counts stand in the entries below.",
    )


@_quiet
def without_moura(r: Report) -> Figure:
    """Deaths in all events and in attacks on civilians, with and without Moura, wide and narrow."""
    span, dead = _moura(r)
    lines = []
    for wide, way in WAYS:
        every = m.with_wagner(r.actors, wide=wide)
        for what, rows in (("all events", every), ("civilians attacked", m.against_civilians(every))):
            whole = m.count(rows, span, "fatalities")
            less = whole - m.count(m.moura(rows), span, "fatalities")
            label = what[0].upper() + what[1:] if wide else f"Actor: {what}"
            lines.append((label, way, whole))
            if less != whole:
                lines.append((f"{label}, less Moura", way, less))
    frame = pd.DataFrame(lines, columns=["Events", "Wagner is", "Deaths"])
    by = dict(zip(frame["Events"], frame["Deaths"], strict=True))
    share = m.ratio(by["Civilians attacked"], by["All events"])
    share_less = m.ratio(by["Civilians attacked, less Moura"], by["All events, less Moura"])
    narrow = ""
    if by["Actor: all events"]:
        own = by["Actor: civilians attacked"] / by["Actor: all events"]
        narrow = f"; where Wagner is an actor it is {p.percent(own)}"
    own_fr = f" ; là où Wagner est acteur, elle est de {fr.percent(own)}" if narrow else ""
    return Figure(
        id="wagner-without-moura",
        title=p.sentence(
            f"without Moura, the share of attacks on civilians in the deaths of events that name "
            f"Wagner is "
            f"{p.percent(share_less)} instead of {p.percent(share)}{narrow}"
        ),
        subtitle=f"Deaths in violent events that name Wagner, Mali, {span.label}, with and without the "
        f"{p.number(dead)} deaths "
        "that ACLED counts at Moura; no event at Moura has Wagner as an actor",
        chart=charts.bars(frame, "Events", "Deaths", title="Deaths", by="Wagner is", colours=WAY_COLOURS),
        frame=frame,
        alt=p.sentence(
            "bars: " + p.listing(f"{label[0].lower()}{label[1:]} {p.number(value)}" for label, value in by.items())
        ),
        fr=fr.words(
            "Sans Moura, la part des attaques contre des civils dans les morts des événements qui nomment Wagner est de "
            f"{fr.percent(share_less)} au lieu de {fr.percent(share)}{own_fr}",
            f"Morts dans les événements violents qui nomment Wagner, Mali, {fr.label(span)}, avec et sans les {fr.number(dead)} "
            "morts qu’ACLED compte à Moura ; aucun événement de Moura n’a Wagner comme acteur",
            "Barres : " + fr.listing(f"{term(label)} {fr.number(value)}" for label, value in by.items()),
        ),
        rests_on=list(by.values()),
        source=r.source("actors"),
        caveat=p.few(float(frame["Deaths"].min())),
    )


# --------------------------------------------------------------------------- militant Islamist attacks on civilians


@_quiet
def islamist_vac(r: Report) -> Figure:
    """Attacks on civilians by militant Islamists by quarter, before and after Wagner's arrival."""
    span = _arrived(r)
    if span.months < 6:
        raise NotInEdition(f"Wagner had been in Mali for {_months(span)}: too short for a comparison.")
    before = r.checked(span.before())
    vac = m.against_civilians(r.actors, d.MILITANT_ISLAMIST)
    sums = m.series(vac, r.since("2017-01"), "quarter")
    first = m.period_of(pd.Series([d.WAGNER_ARRIVAL]), "quarter")[0]
    frame = pd.DataFrame(
        {
            "Quarter": sums["period"],
            "Events": sums["events"],
            "Deaths": sums["fatalities"],
            "Since the arrival": sums["period"] >= first,
        }
    )
    a, b = m.count(vac, span), m.count(vac, before)
    found = intervals.attempt(vac, span, before)
    spell = f"{fr.word(span.months)} mois"
    return Figure(
        id="wagner-islamist-vac",
        title=p.sentence(
            f"militant Islamists attacked civilians {p.number(a)} times in the {_months(span)} since "
            f"Wagner's "
            f"arrival, {p.number(b)} times in "
            f"{'the month' if span.months == 1 else 'as many months'} before"
        ),
        subtitle=f"Violence against civilians by militant Islamists, events, Mali, quarters "
        f"{frame['Quarter'].iloc[0]} to "
        f"{frame['Quarter'].iloc[-1]}{p.incomplete(sums, 3)}; coloured from the quarter of the arrival on",
        chart=charts.columns(frame, "Quarter", "Events", title="Events", highlight="Since the arrival", marks=ARRIVAL),
        frame=frame,
        alt=p.sentence(
            f"columns by quarter; {p.peak(frame.set_index('Quarter')['Events'])}; events {found.moved() if found else p.moved(a, b)} from the "
            f"{_months(span)} before Wagner's arrival to those since"
        ),
        fr=fr.words(
            f"Les groupes islamistes militants ont attaqué des civils {fr.number(a)} fois dans les {spell} depuis l’arrivée de "
            f"Wagner, {fr.number(b)} fois dans autant de mois auparavant",
            "Violences contre des civils par les groupes islamistes militants, événements, Mali, trimestres, "
            f"{fr.running(frame['Quarter'].iloc[0], frame['Quarter'].iloc[-1])}{fr.incomplete(sums, 3)} ; en couleur à partir du "
            "trimestre de l’arrivée",
            f"Colonnes par trimestre ; {fr.peak(frame.set_index('Quarter')['Events'], 'événement')} ; entre les {spell} d’avant "
            f"l’arrivée de Wagner et ceux d’après, les événements {fr.moved_within(found) if found else fr.moved(a, b)}",
        ),
        rests_on=[a, b],
        source=r.source("actors"),
        caveat=CAUSE + " French and European troops left in the same months.",
    )


def _months(span: Window) -> str:
    return "one month" if span.months == 1 else f"{p.word(span.months)} months"


def _readings(r: Report, name: str) -> Quantity:
    span = _enough(r)
    if span.months < 6:
        raise NotInEdition(f"Wagner had been in Mali for {_months(span)}: too short for a comparison.")
    return QUESTIONS["vac_since_2021"](r).quantities[name]


@_quiet
def readings(r: Report) -> Figure:
    """All readings of the rise of attacks on civilians since 2021, with the published figure where it was made."""
    quantity = _readings(r, "change")
    attacks, dead = "Attacks on civilians", "Deaths in attacks on civilians"
    kinds = {
        "militant Islamist attacks on civilians": (attacks, "By militant Islamists"),
        "all attacks on civilians": (attacks, "By anyone"),
        "deaths in militant Islamist attacks on civilians": (dead, "By militant Islamists"),
        "deaths in all attacks on civilians": (dead, "By anyone"),
    }
    lines = []
    for reading in quantity.readings:
        kind, _, text = reading.label.partition(", ")
        short = (
            text.replace(" over as many months before", " v as long before")
            .replace(
                "since January 2021, monthly mean, over the monthly mean of 2020", "monthly mean since 2021 v 2020"
            )
            .replace(" over ", " v ")
        )
        lines.append((short[0].upper() + short[1:], *kinds[kind], reading.value))
    frame = pd.DataFrame(lines, columns=["Reading", "Counted", "By", "Change"])
    frame["Low"] = frame["High"] = frame["Change"]
    published = _published(r, "R23-15", "change")
    table = frame.drop(columns=["Low", "High"])
    if published is not None:
        frame["As published"] = published
        table["As published"] = published
    panels = [
        charts.dots(
            part,
            "Reading",
            "Change",
            "Low",
            "High",
            title="Change",
            unit="share",
            by="By",
            reference="As published" if published is not None else "",
            colours={"islamist": "By militant Islamists", "neutral": "By anyone"},
        ).properties(title=alt.TitleParams(what, anchor="start", fontSize=12))
        for what, part in frame.groupby("Counted", sort=False)
    ]
    reach = f"{_signed(quantity.low)} to {_signed(quantity.high)}"
    words = ""
    if published is not None:
        row = next(
            row
            for row in claims.evaluate("R23-15", str(r.data_dir)).rows
            if row.figure and row.figure.quantity == "change"
        )
        # The claim is judged at its own date; in a later edition the readings move on.
        here = r.edition.report == "R23"
        if here:
            many = f"{p.word(row.matches)} of the" if row.matches else "none of the"
            verb = "give" if row.matches > 1 else "gives"
            words = f"; {many} {p.word(row.readings)} readings {verb} the published {_signed(published)} percent"

    def signed_fr(share: float) -> str:
        return f"{'+' if share > 0 else ''}{fr.number(share * 100)}"

    reach_fr = f"de {signed_fr(quantity.low)} à {signed_fr(quantity.high)} %"
    words_fr = ""
    if words and published is not None:
        verb_fr = "donnent" if row.matches > 1 else ("donne" if row.matches else "ne donne")
        words_fr = (
            f" ; {fr.word(row.matches, feminine=True)} des {fr.word(row.readings)} lectures {verb_fr} les "
            f"{signed_fr(published)} % publiés"
        )
    return Figure(
        id="wagner-readings",
        title=p.sentence(
            f"violence against civilians changed by {reach} percent, depending on the months and on counting attacks or "
            f"deaths{words}"
        ),
        subtitle=f"Change of attacks on civilians and of the deaths in them under "
        f"{p.word(len(quantity.readings))} readings "
        f"of "
        f'"since 2021", Mali, to {month_name(r.as_of)}'
        + ("; dark tick: as published in July 2023" if published is not None else ""),
        # One scale for both panels: attacks and deaths are read against the same published figure.
        chart=alt.vconcat(*panels, spacing=14).resolve_scale(x="shared"),
        frame=table,
        alt=p.sentence(
            f"dots for {p.word(len(quantity.readings))} readings, from {reach} percent; the first "
            f"reading, by "
            f"militant Islamists since Wagner's arrival against as long before, gives "
            f"{_signed(quantity.value)} percent"
        ),
        fr=fr.words(
            f"Les violences contre des civils ont changé {reach_fr}, selon les mois et selon que l’on compte les attaques ou les "
            f"morts{words_fr}",
            f"Variation des attaques contre des civils et de leurs morts selon {fr.word(len(quantity.readings))} lectures de "
            f"« depuis 2021 », Mali, jusqu’en {fr.month_name(r.as_of)}"
            + (" ; trait sombre : tel que publié en juillet 2023" if published is not None else ""),
            f"Points pour {fr.word(len(quantity.readings))} lectures, {reach_fr} ; la première, par les groupes islamistes "
            f"militants depuis l’arrivée de Wagner contre autant de mois auparavant, donne {signed_fr(quantity.value)} %",
        ),
        source=r.source("actors"),
        caveat="The report does not say which months it compares, nor whether it counts attacks or victims.",
    )


def _signed(share: float) -> str:
    text = p.number(share * 100)
    return f"+{text}" if share > 0 else text


@_quiet
def vac_deaths(r: Report) -> Figure:
    """All readings of the deaths in attacks on civilians by militant Islamists, with the published figure."""
    quantity = _readings(r, "deaths")
    kinds = {
        "deaths in attacks on civilians by militant Islamists": "Attacks on civilians",
        "deaths in events that hit civilians, by militant Islamists": "With bombs and shelling that hit civilians",
    }
    lines = []
    for reading in quantity.readings:
        what, _, when = reading.label.rpartition(", ")
        lines.append((when[0].upper() + when[1:], kinds[what], int(reading.value)))
    frame = pd.DataFrame(lines, columns=["Reading", "Counted", "Deaths"])
    frame["Low"] = frame["High"] = frame["Deaths"]
    published = _published(r, "R23-15", "deaths")
    if published is not None:
        frame["As published"] = int(published)
    return Figure(
        id="wagner-vac-deaths",
        title=p.sentence(
            f"attacks on civilians by militant Islamists cost {p.number(quantity.low)} to "
            f"{p.number(quantity.high)} lives, "
            f"depending on the month from which one counts and on whether shelling is included"
        ),
        subtitle=f"Deaths in events in which militant Islamists hit civilians, Mali, to {month_name(r.as_of)}, "
        f"{p.word(frame['Reading'].nunique())} starting months and two definitions"
        + (f"; dark tick: {p.number(published)}, as published in July 2023" if published is not None else ""),
        chart=charts.dots(
            frame,
            "Reading",
            "Deaths",
            "Low",
            "High",
            title="Deaths",
            by="Counted",
            reference="As published" if published is not None else "",
            colours={
                "islamist": kinds["deaths in attacks on civilians by militant Islamists"],
                "neutral": "With bombs and shelling that hit civilians",
            },
        ),
        frame=frame.drop(columns=["Low", "High"]),
        alt=p.sentence(
            f"dots for {p.word(len(quantity.readings))} readings, from {p.number(quantity.low)} to "
            f"{p.number(quantity.high)} deaths; {quantity.readings[0].label}: "
            f"{p.number(quantity.value)}"
        ),
        fr=fr.words(
            f"Les attaques contre des civils par les groupes islamistes militants ont coûté {fr.number(quantity.low)} à "
            f"{fr.number(quantity.high)} vies, selon le mois à partir duquel on compte et selon que l’on y inclut ou non les tirs "
            "d’obus et les bombes",
            "Morts dans les événements où des groupes islamistes militants frappent des civils, Mali, jusqu’en "
            f"{fr.month_name(r.as_of)}, {fr.word(frame['Reading'].nunique())} mois de départ et deux définitions"
            + (
                f" ; trait sombre : {fr.number(published)}, tel que publié en juillet 2023"
                if published is not None
                else ""
            ),
            f"Points pour {fr.word(len(quantity.readings))} lectures, de {fr.number(quantity.low)} à {fr.number(quantity.high)} "
            "morts ; dans les attaques contre des civils par ces groupes depuis l’arrivée de Wagner : "
            f"{fr.number(quantity.value)}",
        ),
        source=r.source("actors"),
        caveat="Deaths in these events, on any side; civilians killed in battles are not among them.",
    )


# --------------------------------------------------------------------------- what happened next


@_quiet
def victims(r: Report) -> str:
    """Say how the toll of attacks on civilians changed, by anyone and by each side, since the arrival."""
    span = _enough(r)
    if span.months < 6:
        raise NotInEdition(f"Wagner had been in Mali for {_months(span)}: too short for a comparison of tolls.")
    before = r.checked(span.before())
    words = []
    for who, groups in (
        ("anyone", None),
        ("militant Islamists", d.MILITANT_ISLAMIST),
        ("state forces or Wagner", ("state", "wagner")),
    ):
        rows = m.against_civilians(r.actors, groups)
        a, b = m.count(rows, span, "fatalities"), m.count(rows, before, "fatalities")
        moura = m.count(m.moura(rows), span, "fatalities") if groups and "state" in groups else 0
        tail = f", {p.number(moura)} of them at Moura" if moura else ""
        found = intervals.attempt(rows, span, before, "fatalities")
        words.append(f"by {who} {found.moved() if found else p.moved(a, b)}, from {p.number(b)} to {p.number(a)}{tail}")
    return p.sentence(
        f"counted in deaths instead of attacks, between the {_months(span)} before Wagner's arrival "
        f"and "
        f"those since, the toll of attacks on civilians {'; '.join(words)}"
    )


def _entries(rows: pd.DataFrame, title: str) -> Table:
    """Return dated entries with their detail, which holds who counted what."""
    table = chronology_table(rows, title)
    frame = table.frame.drop(columns="Where")
    frame.insert(2, "In detail", rows["detail"].to_numpy())
    return Table(title=title, frame=frame)


def vac_entries(r: Report) -> Table:
    """Return what others said of violence against civilians since the arrival."""
    rows = _known(r)
    rows = rows[rows["claims"].str.contains("R23-15")]
    if rows.empty:
        raise NotInEdition("The chronology holds no figure of another body for this rise by this edition's day.")
    return _entries(rows, "Another body's figure for violence against civilians since the arrival")


def later_entries(r: Report) -> Table:
    """Dated entries on Wagner after the edition's day."""
    rows = r.later_chronology
    named = rows["claims"].str.split(";").map(lambda ids: bool(set(ids) & set(CLAIMS)))
    rows = rows[named | rows["category"].eq("wagner")]
    if rows.empty:
        raise NotInEdition("The chronology holds no entry on Wagner after this edition's day.")
    return _entries(rows, "Wagner in Mali after this edition's day: dated entries")


def later_quarters(r: Report) -> Figure:
    """Events that name Wagner by quarter to the end of the tables."""
    later = r.later()
    if later is None or str(later.last) < d.WAGNER_ARRIVAL:
        raise NotInEdition("The event tables hold no months after this edition.")
    span = Window(month(d.WAGNER_ARRIVAL), later.last)
    wide, narrow = (m.with_wagner(r.all_actors, wide=way) for way, _ in WAYS)
    a, b = m.count(wide, later), m.count(narrow, later)
    titles = (
        p.sentence(
            f"after this edition, to {month_name(later.last)}, the data name Wagner in {p.count(a, 'event')}, in "
            f"{p.none(b)} as an actor"
        ),
        f"Après cette édition, jusqu’en {fr.month_name(later.last)}, les données nomment Wagner dans "
        f"{fr.count(a, 'événement')}, dans {fr.word(b)} comme acteur",
    )
    end = m.period_of(pd.Series([str(r.as_of)]), "quarter")[0]
    return _naming_quarters(r.all_actors, span, "wagner-later-quarters", titles, r, {end: "this edition"})
