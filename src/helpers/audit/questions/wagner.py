"""Questions on Wagner and on attacks on civilians since it came."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd

from helpers import definitions as d
from helpers import measures as m
from helpers import prose as p
from helpers.audit.questions.base import (
    Answer,
    Quantity,
    attacks,
    quantity,
    question,
)
from helpers.editions import Report
from helpers.estimates import intervals
from helpers.windows import Window, month_name, window, year


@question
def wagner_cost(r: Report) -> Answer:
    """What has the deployment cost at the published price?"""
    rows = r.chronology[r.chronology["claims"].str.contains("R23-14")]
    # The report's own price is dated to the deployment but was published with the report.
    rows = rows[rows["source_kind"].ne("report") | (str(r.as_of) >= "2023-06")]
    if rows.empty or str(r.as_of) < d.WAGNER_ARRIVAL:
        return Answer("Wagner has not yet come to Mali in this edition.")
    prices = rows[rows["unit"].str.contains("US dollars a month")]
    months = r.since(d.WAGNER_ARRIVAL).months
    low, high = prices["value"].min() * months, prices["value"].max() * months
    sentence = (
        f"at the reported prices of {p.spread(prices['value'].min(), prices['value'].max(), 1)} million US dollars a "
        f"month, {p.count(months, 'month')} from December 2021 on {'comes' if months == 1 else 'come'} to "
        f"{p.spread(low, high)} million"
    )
    return Answer(
        p.sentence(sentence),
        {
            "total": quantity((f"highest price x {months} months", high), ("lowest price", low)),
        },
        caveat="Prices are those reported; no contract has been published.",
    )


def _changes(
    vac: pd.DataFrame, everyone: pd.DataFrame, spans: Sequence[tuple[Window, Window | None, str]]
) -> tuple[list[tuple[str, float]], list[tuple[str, float]]]:
    """Return the change under every reading: in militant Islamist attacks, and beside them in all attacks."""
    changes: list[tuple[str, float]] = []
    others: list[tuple[str, float]] = []
    for now, before, label in spans:
        # The report does not say what rose. Deaths come first: a US statement gives its figure for victims.
        for kind, rows, value in (
            ("deaths in militant Islamist attacks on civilians", vac, "fatalities"),
            ("militant Islamist attacks on civilians", vac, "events"),
            ("deaths in all attacks on civilians", everyone, "fatalities"),
            ("all attacks on civilians", everyone, "events"),
        ):
            # Rates, because one base is a calendar year of another length.
            base = before or year(2020)
            if str(base.first) >= "2012-01" and m.count(rows, base, value):
                change = m.change(m.count(rows, now, value) / now.months, m.count(rows, base, value) / base.months)
                (changes if rows is vac else others).append((f"{kind}, {label}", change))
    return changes, others


@question
def vac_since_2021(r: Report) -> Answer:
    """How far have attacks on civilians risen since 2021, for each plausible reading of that?"""
    vac = attacks(r)
    if str(r.as_of) < d.WAGNER_ARRIVAL:
        return Answer("Wagner has not yet come to Mali in this edition.")
    hit = m.hitting_civilians(r.actors, d.MILITANT_ISLAMIST)
    everyone = m.against_civilians(r.actors)
    since, coup = r.since(d.WAGNER_ARRIVAL), r.since(d.COUP_2020)
    since_2022 = r.since("2022-01") if str(r.as_of) >= "2022-01" else since
    spans = [
        (since, since.before(), "since Wagner's arrival over as many months before"),
        (since_2022, since_2022.before(), "since January 2022 over as many months before"),
        (r.since("2021-01"), r.since("2021-01").before(), "since January 2021 over as many months before"),
        (coup, coup.before(), "since the coup of August 2020 over as many months before"),
        (r.last_12, year(2021), "last 12 months over 2021")
        if r.as_of.year > 2021
        else (r.last_12, r.before_12, "last 12 months over the 12 before"),
        (r.last_12, year(2020), "last 12 months over 2020"),
        (r.since("2021-01"), None, "since January 2021, monthly mean, over the monthly mean of 2020"),
    ]
    deaths, hits = [], []
    changes, others = _changes(vac, everyone, spans)
    for now, label in (
        (since, "since Wagner's arrival"),
        (since_2022, "since January 2022"),
        (r.since("2021-01"), "since January 2021"),
        (coup, "since the coup of August 2020"),
    ):
        deaths.append(
            (f"deaths in attacks on civilians by militant Islamists, {label}", m.count(vac, now, "fatalities"))
        )
        hits.append(
            (f"deaths in events that hit civilians, by militant Islamists, {label}", m.count(hit, now, "fatalities"))
        )
    every = [*changes, *others]
    attacked = intervals.compare(vac, since, since.before())
    dead = intervals.compare(vac, since, since.before(), "fatalities")
    toll, earlier = (m.count(vac, when, "fatalities") for when in (coup, coup.before()))
    sentence = (
        f"attacks on civilians by militant Islamists {attacked.moved()} in the "
        f"{p.count(since.months, 'month')} since Wagner's arrival, against as long before, and the deaths in them "
        f"{dead.moved()}, from {p.number(dead.before)} to {p.number(dead.now)}; since the coup of August 2020 the deaths "
        f"come to {p.number(toll)}, after {p.number(earlier)} in as many months before; over {len(every)} readings of "
        f"“since 2021” the change "
        f"runs from {p.number(min(v for _, v in every) * 100)} to {p.number(max(v for _, v in every) * 100)} percent"
    )
    if since.months < 6:
        sentence = f"by {month_name(r.as_of)} Wagner has been in Mali for too few months to compare"
    return Answer(
        p.sentence(sentence),
        {"change": quantity(*changes, beside=others), "deaths": quantity(*deaths, beside=hits)},
        caveat=""
        if since.months < 6
        else "That violence rose after an arrival does not show that the arrival caused it.",
        compared={"change": dead, "attacks": attacked} if since.months >= 6 else {},
    )


def _wagner_share(r: Report, pick: Callable[[pd.DataFrame], pd.DataFrame], value: str, span: Window) -> Quantity:
    readings = []
    for wide, label in ((True, "Wagner named anywhere"), (False, "Wagner named as an actor")):
        for acting in (False, True):
            rows = (m.wagner_side if acting else m.with_wagner)(r.actors, wide=wide)
            total = m.count(rows, span, value)
            if total:
                readings.append(
                    (f"{label}{', acting side' if acting else ''}", m.count(pick(rows), span, value) / total)
                )
    return quantity(*readings)


@question
def wagner_vac_share(r: Report) -> Answer:
    """Which share of Wagner's events and deaths is violence against civilians?"""
    if str(r.as_of) < d.WAGNER_ARRIVAL:
        return Answer("Wagner has not yet come to Mali in this edition.")
    span = r.since(d.WAGNER_ARRIVAL)
    if not m.count(m.with_wagner(r.actors, wide=True), span):
        return Answer(f"No event of {span.label} names Wagner.")
    events = _wagner_share(r, m.against_civilians, "events", span)
    deaths = _wagner_share(r, m.against_civilians, "fatalities", span)
    wide, narrow = (m.count(m.with_wagner(r.actors, wide=kind), span) for kind in (True, False))
    sentence = (
        f"violence against civilians makes up {p.percent(events.value)} of the {p.count(wide, 'event')} that name Wagner "
        f"since December 2021 and {p.percent(deaths.value)} of their deaths"
    )
    if narrow:
        vac, dead = (
            m.count(m.against_civilians(m.with_wagner(r.actors, wide=False)), span, value)
            for value in ("events", "fatalities")
        )
        fallen = m.count(m.with_wagner(r.actors, wide=False), span, "fatalities")
        sentence += f"; in the {p.count(narrow, 'event')} with Wagner as an actor, {p.percent(vac / narrow)}"
        sentence += f" and {p.percent(dead / fallen)}" if fallen else ""
    if wide < d.SMALL_COUNT:
        sentence = (
            f"the data hold {p.count(wide, 'event')} since December 2021 that {'names' if wide == 1 else 'name'} Wagner"
        )
    return Answer(
        p.sentence(sentence),
        {"events": events, "fatalities": deaths},
        caveat="In most events the army is the recorded actor and only the notes name Wagner.",
    )


@question
def wagner_central(r: Report) -> Answer:
    """Which share of Wagner's events lies in central Mali?"""
    if str(r.as_of) < d.WAGNER_ARRIVAL:
        return Answer("Wagner has not yet come to Mali in this edition.")
    span = r.since(d.WAGNER_ARRIVAL)
    if not m.count(m.with_wagner(r.actors, wide=True), span):
        return Answer(f"No event of {span.label} names Wagner.")
    share = _wagner_share(r, lambda rows: m.in_zone(rows, "centre"), "events", span)
    recent = r.last_12
    rows = m.with_wagner(r.actors, wide=True)
    now = m.ratio(m.count(m.in_zone(rows, "centre"), recent), m.count(rows, recent)) if m.count(rows, recent) else None
    tail = ""
    if now is not None and span.months > 12:
        tail = f"; in the last 12 months it is {p.percent(now)} by the wide count"
    narrow = m.with_wagner(r.actors, wide=False)
    if m.count(narrow, span):
        own = m.ratio(m.count(m.in_zone(narrow, "centre"), span), m.count(narrow, span))
        tail = f" ({p.percent(own)} of those with Wagner as an actor)" + tail
    sentence = (
        f"{p.percent(share.value)} of the events that name Wagner since December 2021 took place in central Mali{tail}"
    )
    if m.count(rows, span) < d.SMALL_COUNT:
        sentence = f"too few events name Wagner by {month_name(r.as_of)} to say where it operates"
    return Answer(p.sentence(sentence), {"share": share})


@question
def moura(r: Report) -> Answer:
    """What do the event data and the UN say of Moura?"""
    rows = r.chronology[r.chronology["claims"].str.contains("R23-17")]
    wagner = m.with_wagner(r.actors, wide=True)
    if str(r.as_of) < "2022-03":
        return Answer("The killings at Moura lie after this edition.")
    dead = m.count(m.moura(wagner), window("2022-03", "2022-03"), "fatalities")
    killed = rows[rows["id"].str.contains("moura") & rows["unit"].str.contains("killed")]
    # The report's own count vouches for nothing; the UN's is of violations by Malian forces in one quarter.
    incidents = rows[rows["value"].ge(300) & ~rows["unit"].str.contains("killed") & rows["source_kind"].ne("report")]
    share = m.ratio(dead, m.count(wagner, r.since(d.WAGNER_ARRIVAL), "fatalities"))
    quantities = {}
    if len(killed):
        quantities["moura"] = quantity(("ACLED, sum of three daily events", dead))
    if len(incidents):
        quantities["incidents"] = quantity(
            *[(f"{row.unit}; {row.source}", row.value) for row in incidents.itertuples()]
        )
    return Answer(
        p.sentence(
            f"ACLED counts {p.number(dead)} people killed at Moura from 27 to 31 March 2022, in three daily events with the army "
            f"as the actor and Wagner in the notes: {p.percent(share)} of all deaths in events that name Wagner by "
            f"{month_name(r.as_of)}, and none of those in events with Wagner as an actor"
            + (
                f"; the UN human rights office speaks of at least {p.number(killed['value'].max())}"
                if killed["id"].eq("2023-05-12-ohchr-moura-report").any()
                else ""
            )
        ),
        quantities,
    )
