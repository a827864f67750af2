"""Evidence on Wagner and state forces: figures that verdicts rest on and that the report's chapter no longer shows."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from helpers import charts
from helpers import definitions as d
from helpers import french as fr
from helpers import measures as m
from helpers import prose as p
from helpers.audit import claims
from helpers.audit.questions import Quantity
from helpers.audit.questions.wagner import vac_since_2021
from helpers.chapters import NotInEdition, chronology_table, dated_table
from helpers.editions import Report
from helpers.estimates import dyads, intervals
from helpers.figures import Figure, Table
from helpers.page.bilingual import Bilingual
from helpers.story.wagner_ways import (
    BOTH,
    NARROW,
    WAYS,
    WIDE,
    enough,
    how_long,
    naming_quarters,
    quiet,
    since_arrival,
    since_moura,
)
from helpers.terms import term
from helpers.windows import Window, month_name
from helpers.words import Both, judgement

WAY_COLOURS = {"neutral": WIDE, "wagner": NARROW}


def _published(r: Report, claim_id: str, quantity: str) -> float | None:
    """Return a figure as published (shares as parts of one) where the claim had been made by the edition's date."""
    for row in claims.due(r):
        if row.id == claim_id:
            figure = row.figure(quantity)
            if figure.published is not None:
                return figure.published / 100 if figure.unit in ("share", "percent") else figure.published
    return None


@quiet
def both_counts(r: Report) -> Table:
    """Return the main numbers of the chapter, narrow and wide."""
    span = since_arrival(r)
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


def deal(r: Report) -> Bilingual:
    """Dated entries on the deployment and its price."""
    rows = _known(r)[lambda known: known["claims"].str.contains("R23-14")]
    if rows.empty:
        raise NotInEdition(f"The chronology holds no entry on a deployment of Wagner by {month_name(r.as_of)}.")
    return dated_table(
        rows, Both("The deployment and its price: dated entries", "Le déploiement et son prix : entrées datées")
    )


def quarters(r: Report) -> Figure:
    """Events that name Wagner, by quarter, narrow within wide."""
    span = enough(r)
    found = None
    if str(r.recent_before.first) >= d.WAGNER_ARRIVAL:
        found = intervals.attempt(m.with_wagner(r.actors, wide=True), r.recent, r.recent_before)
    return naming_quarters(r.actors, span, "wagner-quarters", _quarters_title(r, span), r, found=found)


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
    step = judgement.verb(a, b, intervals.attempt(wide, now, r.recent_before))
    actor = m.count(narrow, now)
    return (
        p.sentence(
            f"events that name Wagner {step.en} ({p.number(b)} in {r.recent_before.label}, then "
            f"{p.number(a)} in {now.label}); it is an actor in {p.number(actor)} of the latter"
        ),
        f"Les événements qui nomment Wagner {step.fr} ({fr.number(b)} {fr.at(fr.label(r.recent_before))}, puis "
        f"{fr.number(a)} {fr.at(fr.label(now))}) ; il est acteur dans {fr.number(actor)} de ces derniers",
    )


def _share_rows(r: Report, span: Window) -> pd.DataFrame:
    """Return the shares of events and deaths, narrow and wide, with what chance or one operation changes."""
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
    return pd.DataFrame(lines, columns=columns)


def _part(value: float | None) -> str:
    return "none recorded" if value is None else p.percent(value)


def _part_fr(value: float | None) -> str:
    return "aucune part recensée" if value is None else fr.percent(value)


@quiet
def vac_shares(r: Report) -> Figure:
    """Share of violence against civilians in Wagner's events and deaths, narrow and wide, with what chance allows."""
    span = enough(r)
    frame = _share_rows(r, span)
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

    ew, en, dw, dn = pick("Events", WIDE), pick("Events", NARROW), pick("Deaths", WIDE), pick("Deaths", NARROW)

    return Figure(
        id="wagner-vac-shares",
        title=f"violence against civilians makes up {_part(ew)} of the events that name Wagner and {_part(dw)} of their "
        f"deaths; where Wagner is an actor, {_part(en)} and {_part(dn)}",
        subtitle="Share of violence against civilians in Wagner's violent events and in their deaths, Mali, "
        f"{span.label}; bars: for events the 95 percent interval, for deaths the range when the deadliest operation is "
        "left out" + ("; dark tick: as published in July 2023" if reference else ""),
        chart=charts.dots(
            frame,
            "Share of",
            "Share",
            title="Share against civilians",
            unit="share",
            by="Wagner is",
            colours=WAY_COLOURS,
            reference=reference,
        ),
        frame=frame,
        alt=f"dots with intervals: of events {_part(ew)} (wide) and {_part(en)} (narrow), of deaths {_part(dw)} (wide) and "
        f"{_part(dn)} (narrow); over all readings the share runs from {p.percent(frame['Share'].min())} to "
        f"{p.percent(frame['Share'].max())}",
        fr=fr.words(
            f"Les violences contre des civils forment {_part_fr(ew)} des événements qui nomment Wagner et {_part_fr(dw)} de leurs "
            f"morts ; là où Wagner est acteur, {_part_fr(en)} et {_part_fr(dn)}",
            "Part des violences contre des civils dans les événements violents de Wagner et dans leurs morts, Mali, "
            f"{fr.label(span)} ; barres : pour les événements l’intervalle à 95 %, pour les morts l’étendue quand l’opération la plus "
            "meurtrière est laissée de côté"
            + (" ; trait sombre : tel que publié en juillet 2023" if reference else ""),
            f"Points avec intervalles : des événements, {_part_fr(ew)} (large) et {_part_fr(en)} (étroit), des morts, {_part_fr(dw)} "
            f"(large) et {_part_fr(dn)} (étroit) ; sur toutes les lectures la part va de {fr.percent(frame['Share'].min())} à "
            f"{fr.percent(frame['Share'].max())}",
        ),
        rests_on=list(frame["All"]),
        source=r.source("actors"),
        caveat=p.listing(x for x in (BOTH, p.few(frame["All"].min())) if x).replace(". and", "."),
    )


def _zone_shares(r: Report, spans: Sequence[tuple[str, Window]]) -> pd.DataFrame:
    """Return each zone's share in the events that name Wagner, by window and way of counting."""
    lines = []
    for label, when in spans:
        for zone in ("centre", "north", "south"):
            for wide, way in WAYS:
                rows = m.with_wagner(r.actors, wide=wide)
                found = dyads.share(rows, m.in_zone(rows, zone), when)
                if found:
                    name = f"{d.ZONE_LABELS[zone]}, {label}"
                    lines.append((name, way, found.counted, found.events, found.value, found.low, found.high))
    return pd.DataFrame(lines, columns=["Zone", "Wagner is", "Events", "All events", "Share", "Low", "High"])


@quiet
def zones(r: Report) -> Figure:
    """Share of each zone in Wagner's events, narrow and wide, since the arrival and in the last 12 months."""
    span = enough(r)
    spans = [("since arrival", span)]
    if span.months > 12:
        spans.append(("last 12 months", r.last_12))
    frame = _zone_shares(r, spans)
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
        title=f"central Mali has {p.percent(anywhere)} of Wagner's events{tail}{last}",
        subtitle=f"Share of violent events that name Wagner by zone, {span.label}; bars: 95 percent interval",
        chart=charts.dots(
            frame, "Zone", "Share", title="Share of events", unit="share", by="Wagner is", colours=WAY_COLOURS
        ),
        frame=frame,
        alt=(
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


@quiet
def without_moura(r: Report) -> Figure:
    """Deaths in all events and in attacks on civilians, with and without Moura, wide and narrow."""
    span, dead = since_moura(r)
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
        title="without Moura, the share of attacks on civilians in the deaths of events that name Wagner is "
        f"{p.percent(share_less)} instead of {p.percent(share)}{narrow}",
        subtitle=f"Deaths in violent events that name Wagner, Mali, {span.label}, with and without the "
        f"{p.number(dead)} deaths that ACLED counts at Moura; no event at Moura has Wagner as an actor",
        chart=charts.bars(frame, "Events", "Deaths", by="Wagner is", colours=WAY_COLOURS),
        frame=frame,
        alt=("bars: " + p.listing(f"{label[0].lower()}{label[1:]} {p.number(value)}" for label, value in by.items())),
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


def _readings(r: Report, name: str) -> Quantity:
    span = enough(r)
    if span.months < 6:
        raise NotInEdition(f"Wagner had been in Mali for {how_long(span)}: too short for a comparison.")
    # The bare question: what own data lack for it, the chapter says in its place, with the months.
    return vac_since_2021(r).quantities[name]


def _readings_table(r: Report) -> tuple[Quantity, pd.DataFrame]:
    """Return each reading of the rise as a row: the months, what is counted, by whom, and the change."""
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
    return quantity, frame


def _signed_fr(share: float) -> str:
    return f"{'+' if share > 0 else ''}{fr.number(share * 100)}"


def _panels(frame: pd.DataFrame, published: float | None) -> list[alt.LayerChart]:
    """Draw the readings of attacks and of deaths, one panel each."""
    return [
        charts.dots(
            part,
            "Reading",
            "Change",
            unit="share",
            by="By",
            reference="As published" if published is not None else "",
            colours={"islamist": "By militant Islamists", "neutral": "By anyone"},
        ).properties(title=alt.TitleParams(what, anchor="start", fontSize=12))
        for what, part in frame.groupby("Counted", sort=False)
    ]


@quiet
def readings(r: Report) -> Figure:
    """All readings of the rise of attacks on civilians since 2021, with the published figure where it was made."""
    quantity, frame = _readings_table(r)
    frame["Low"] = frame["High"] = frame["Change"]
    published = _published(r, "R23-15", "change")
    table = frame.drop(columns=["Low", "High"])
    if published is not None:
        frame["As published"] = published
        table["As published"] = published
    panels = _panels(frame, published)
    every = [reading.value for reading in quantity.readings]
    reach = f"{_signed(min(every))} to {_signed(max(every))}"
    reach_fr = f"de {_signed_fr(min(every))} à {_signed_fr(max(every))} %"
    words = words_fr = ""
    # The claim is judged at its own date; in a later edition the readings move on.
    if published is not None and r.edition.report == "R23":
        rows = claims.evaluate("R23-15", r.tables).rows
        figure = next(row.figure for row in rows if row.figure and row.figure.quantity == "change")
        hits = sum(claims.meets(figure, figure.convert(value)) for value in every)
        words = (
            f"; {p.word(hits) if hits else 'none'} of the {p.word(len(every))} readings {'give' if hits > 1 else 'gives'} the "
            f"published {_signed(published)} percent"
        )
        words_fr = (
            f" ; {fr.word(hits, feminine=True)} des {fr.word(len(every))} lectures "
            f"{'donnent' if hits > 1 else 'donne' if hits else 'ne donne'} les {_signed_fr(published)} % publiés"
        )
    return Figure(
        id="wagner-readings",
        title=f"violence against civilians changed by {reach} percent, depending on the months and on counting attacks or "
        f"deaths{words}",
        subtitle=f"Change of attacks on civilians and of the deaths in them under "
        f"{p.word(len(quantity.readings))} readings "
        f"of "
        f'"since 2021", Mali, to {month_name(r.as_of)}'
        + ("; dark tick: as published in July 2023" if published is not None else ""),
        # One scale for both panels: attacks and deaths are read against the same published figure.
        chart=alt.vconcat(*panels, spacing=14).resolve_scale(x="shared"),
        frame=table,
        alt=f"dots for {p.word(len(quantity.readings))} readings, from {reach} percent; the first reading, deaths in "
        f"attacks by militant Islamists since Wagner's arrival against as long before, gives {_signed(quantity.value)} "
        "percent",
        fr=fr.words(
            f"Les violences contre des civils ont changé {reach_fr}, selon les mois et selon que l’on compte les attaques ou les "
            f"morts{words_fr}",
            f"Variation des attaques contre des civils et de leurs morts selon {fr.word(len(quantity.readings))} lectures de "
            f"« depuis 2021 », Mali, jusqu’en {fr.month_name(r.as_of)}"
            + (" ; trait sombre : tel que publié en juillet 2023" if published is not None else ""),
            f"Points pour {fr.word(len(quantity.readings))} lectures, {reach_fr} ; la première, les morts dans les attaques des groupes "
            f"islamistes armés depuis l’arrivée de Wagner contre autant de mois auparavant, donne {_signed_fr(quantity.value)} %",
        ),
        source=r.source("actors"),
        caveat="The report does not say which months it compares, nor whether it counts attacks or victims.",
    )


def _signed(share: float) -> str:
    text = p.number(share * 100)
    return f"+{text}" if share > 0 else text


@quiet
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
    low, high = int(frame["Deaths"].min()), int(frame["Deaths"].max())
    if published is not None:
        frame["As published"] = int(published)
    return Figure(
        id="wagner-vac-deaths",
        title=f"attacks on civilians by militant Islamists cost {p.number(low)} to {p.number(high)} lives, depending "
        "on the month from which one counts and on whether shelling is included",
        subtitle=f"Deaths in events in which militant Islamists hit civilians, Mali, to {month_name(r.as_of)}, "
        f"{p.word(frame['Reading'].nunique())} starting months and two definitions"
        + (f"; dark tick: {p.number(published)}, as published in July 2023" if published is not None else ""),
        chart=charts.dots(
            frame,
            "Reading",
            "Deaths",
            by="Counted",
            reference="As published" if published is not None else "",
            colours={
                "islamist": kinds["deaths in attacks on civilians by militant Islamists"],
                "neutral": "With bombs and shelling that hit civilians",
            },
        ),
        frame=frame.drop(columns=["Low", "High"]),
        alt=f"dots for {p.word(len(quantity.readings))} readings, from {p.number(low)} to {p.number(high)} deaths; "
        f"{quantity.readings[0].label}: {p.number(quantity.value)}",
        fr=fr.words(
            f"Les attaques contre des civils par les groupes islamistes armés ont fait {fr.number(low)} à "
            f"{fr.number(high)} morts, selon le mois à partir duquel on compte et selon que l’on y inclut ou non les tirs "
            "d’obus et les bombes",
            "Morts dans les événements où des groupes islamistes armés frappent des civils, Mali, jusqu’en "
            f"{fr.month_name(r.as_of)}, {fr.word(frame['Reading'].nunique())} mois de départ et deux définitions"
            + (
                f" ; trait sombre : {fr.number(published)}, tel que publié en juillet 2023"
                if published is not None
                else ""
            ),
            f"Points pour {fr.word(len(quantity.readings))} lectures, de {fr.number(low)} à {fr.number(high)} "
            "morts ; dans les attaques contre des civils par ces groupes depuis l’arrivée de Wagner : "
            f"{fr.number(quantity.value)}",
        ),
        source=r.source("actors"),
        caveat="Deaths in these events, on any side; civilians killed in battles are not among them.",
    )


@quiet
def victims(r: Report) -> str:
    """Say how the toll of attacks on civilians changed, by anyone and by each side, since the arrival."""
    span = enough(r)
    if span.months < 6:
        raise NotInEdition(f"Wagner had been in Mali for {how_long(span)}: too short for a comparison of tolls.")
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
        f"counted in deaths instead of attacks, between the {how_long(span)} before Wagner's arrival and those since, "
        f"the toll of attacks on civilians {'; '.join(words)}"
    )


def _entries(rows: pd.DataFrame, title: str) -> Table:
    """Return dated entries with their detail, which holds who counted what."""
    table = chronology_table(rows, title)
    frame = table.frame.drop(columns="Where")
    frame.insert(2, "In detail", rows["detail"].to_numpy())
    return Table(title=title, frame=frame, hrefs=table.hrefs)


def vac_entries(r: Report) -> Table:
    """Return what others said of violence against civilians since the arrival."""
    rows = _known(r)[lambda known: known["claims"].str.contains("R23-15")]
    if rows.empty:
        raise NotInEdition("The chronology holds no figure of another body for this rise by this edition's day.")
    return _entries(rows, "Another body's figure for violence against civilians since the arrival")
