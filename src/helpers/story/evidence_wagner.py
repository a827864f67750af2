"""Evidence on Wagner and state forces: figures that verdicts rest on and that the report's chapter no longer shows."""

from __future__ import annotations

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
from helpers.chapters import NotInEdition
from helpers.editions import Report
from helpers.estimates import dyads, intervals
from helpers.figures import Figure, few
from helpers.page.bilingual import Bilingual, in_both
from helpers.story.wagner_ways import (
    NARROW,
    NOTES_ONLY,
    WAYS,
    WIDE,
    enough,
    how_long,
    naming_quarters,
    quiet,
    since_arrival,
)
from helpers.windows import Window, month_name
from helpers.words import inside, judgement
from helpers.words.both import NOTHING, Both

WAY_COLOURS = {"ink": WIDE, "wagner": NARROW}


def _published(r: Report, claim_id: str, quantity: str) -> float | None:
    """Return a figure as published (shares as parts of one) where the claim had been made by the edition's date."""
    for row in claims.due(r):
        if row.id == claim_id:
            figure = row.figure(quantity)
            if figure.published is not None:
                return figure.published / 100 if figure.unit in ("share", "percent") else figure.published
    return None


@quiet
def both_counts(r: Report) -> Bilingual:
    """Return the main numbers of the chapter, narrow and wide."""
    span = since_arrival(r)
    lines: dict[Both, list[Both]] = {}
    for wide, _ in WAYS:
        rows = m.with_wagner(r.actors, wide=wide)
        vac = m.against_civilians(rows)
        events, deaths = m.count(rows, span), m.count(rows, span, "fatalities")
        for label, value in (
            (Both("Violent events", "Événements violents"), _number(events)),
            (Both("Deaths in them", "Leurs morts"), _number(deaths)),
            (
                Both("Violence against civilians, events", "Violences contre des civils, événements"),
                _of(m.count(vac, span), events),
            ),
            (
                Both("Violence against civilians, deaths", "Violences contre des civils, morts"),
                _of(m.count(vac, span, "fatalities"), deaths),
            ),
            (
                Both("Events in central Mali", "Événements dans le centre du Mali"),
                _of(m.count(m.in_zone(rows, "centre"), span), events),
            ),
            (
                Both("Events in northern Mali", "Événements dans le nord du Mali"),
                _of(m.count(m.in_zone(rows, "north"), span), events),
            ),
            (
                Both("Deaths at Moura alone", "Morts de Moura seulement"),
                _number(m.count(m.moura(rows), span, "fatalities")),
            ),
        ):
            lines.setdefault(label, []).append(value)
    return in_both(
        Both(
            f"Wagner in the event data, {span.label}, by both ways of counting",
            f"Wagner dans les données d’événements, {fr.label(span)}, selon les deux façons de compter",
        ),
        (Both("Measure", "Mesure"), *(Both(way, inside.COMMON[way]) for way in (WIDE, NARROW))),
        [(label, *values) for label, values in lines.items()],
        NOTES_ONLY,
        r.source("actors"),
    )


def _number(value: int) -> Both:
    return Both(p.number(value), fr.number(value))


def _of(part: int, whole: int) -> Both:
    few = part < d.SMALL_COUNT or whole < 2 * d.SMALL_COUNT
    share = NOTHING if few else Both(f" ({p.percent(part / whole)})", f" ({fr.percent(part / whole)})")
    return _number(part) + share


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
        "left out" + ("; upright tick: as published in July 2023" if reference else ""),
        chart=charts.dots(
            frame,
            "Share of",
            "Share",
            title="Share against civilians",
            unit="share",
            by="Wagner is",
            colours=WAY_COLOURS,
            reference=reference,
            apart=True,
        ),
        frame=frame,
        alt=f"dots with intervals: of events {_part(ew)} (wide) and {_part(en)} (narrow), of deaths {_part(dw)} (wide) and "
        f"{_part(dn)} (narrow); over all readings the share runs from {p.percent(frame['Share'].min())} to "
        f"{p.percent(frame['Share'].max())}",
        fr=fr.words(
            f"Les violences contre des civils représentent {_part_fr(ew)} des événements qui nomment Wagner et {_part_fr(dw)} de leurs "
            f"morts ; là où Wagner est acteur, {_part_fr(en)} et {_part_fr(dn)}",
            "Part des violences contre des civils dans les événements violents de Wagner et dans leurs morts, Mali, "
            f"{fr.label(span)} ; barres : pour les événements l’intervalle à 95 %, pour les morts l’étendue quand l’opération la plus "
            "meurtrière est laissée de côté"
            + (" ; trait vertical : tel que publié en juillet 2023" if reference else ""),
            f"Points avec intervalles : des événements, {_part_fr(ew)} (mentionné) et {_part_fr(en)} (acteur), des morts, {_part_fr(dw)} "
            f"(mentionné) et {_part_fr(dn)} (acteur) ; selon les lectures, la part va de {fr.percent(frame['Share'].min())} à "
            f"{fr.percent(frame['Share'].max())}",
        ),
        rests_on=list(frame["All"]),
        source=r.source("actors"),
        caveat=few(frame["All"].min()),
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
        kind, _, text = reading.label.en.partition(", ")
        short = (
            text.replace(" over as many months before", " v as long before")
            .replace(
                "since January 2021, monthly mean, over the monthly mean of 2020", "monthly mean since 2021 v 2020"
            )
            .replace(" over ", " v ")
            .replace("the coup of August 2020", "the coup of 2020")
        )
        lines.append((fr.upper(short), *kinds[kind], reading.value))
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


def _giving(r: Report, every: list[float], published: float | None) -> Both:
    """Say how many readings give the published figure; nothing where it is not judged at this edition's date."""
    # In a later edition the readings move on.
    if published is None or r.edition.report != "R23":
        return NOTHING
    rows = claims.evaluate("R23-15", r.tables).rows
    figure = next(row.figure for row in rows if row.figure and row.figure.quantity == "change")
    hits = sum(claims.meets(figure, figure.convert(value)) for value in every)
    return Both(
        f"; {p.word(hits) if hits else 'none'} of the {p.word(len(every))} readings {'give' if hits > 1 else 'gives'} the "
        f"published {_signed(published)} percent",
        f" ; {fr.word(hits, feminine=True)} des {fr.word(len(every))} lectures "
        f"{'donnent' if hits > 1 else 'donne' if hits else 'ne donne'} les {_signed_fr(published)} % publiés",
    )


@quiet
def readings(r: Report) -> Figure:
    """All readings of the rise of attacks on civilians since 2021, with the published figure where it was made."""
    if not claims.is_due(r, "R23-15"):
        raise NotInEdition(
            "The statement was made after this edition.", "L’affirmation a été faite après cette édition."
        )
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
    words = _giving(r, every, published)
    return Figure(
        id="wagner-readings",
        title=f"violence against civilians changed by {reach} percent, depending on the attacker, the months and on "
        f"counting attacks or deaths{words.en}",
        subtitle=f"Change of attacks on civilians and of the deaths in them under "
        f"{p.word(len(quantity.readings))} readings "
        f"of "
        f"“since 2021”, Mali, to {month_name(r.as_of)}"
        + ("; upright tick: as published in July 2023" if published is not None else ""),
        # One scale for both panels: attacks and deaths are read against the same published figure.
        chart=alt.vconcat(*panels, spacing=14).resolve_scale(x="shared"),
        frame=table,
        alt=f"dots for {p.word(len(quantity.readings))} readings, from {reach} percent; the first reading, attacks "
        f"by militant Islamists since January 2021 against as long before, gives {_signed(quantity.value)} "
        "percent",
        fr=fr.words(
            f"La variation des violences contre des civils va {reach_fr}, selon l’assaillant, les mois et selon que l’on compte les attaques ou les "
            f"morts{words.fr}",
            f"Variation des attaques contre des civils et de leurs morts selon {fr.word(len(quantity.readings))} lectures de "
            f"« depuis 2021 », Mali, jusqu’en {fr.month_name(r.as_of)}"
            + (" ; trait vertical : tel que publié en juillet 2023" if published is not None else ""),
            f"Points pour {fr.word(len(quantity.readings))} lectures, {reach_fr} ; la première, les attaques des groupes "
            f"islamistes armés depuis janvier 2021 contre autant de mois auparavant, donne {_signed_fr(quantity.value)} %",
        ),
        source=r.source("actors"),
        caveat=Both(
            "The report does not say which months it compares, nor whether it counts attacks or victims.",
            "Le rapport ne dit ni quels mois il compare, ni s’il compte des attaques ou des victimes.",
        ),
    )


def _signed(share: float) -> str:
    text = p.number(share * 100)
    return f"+{text}" if share > 0 else text
