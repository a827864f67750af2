"""Questions on Mopti and Ségou."""

from __future__ import annotations

import pandas as pd

from helpers import definitions as d
from helpers import measures as m
from helpers import prose as p
from helpers.audit.questions.base import (
    Answer,
    Quantity,
    attacks,
    change_quantity,
    islamist,
    islamist_wide,
    outcome,
    quantity,
    question,
)
from helpers.editions import Report
from helpers.estimates import intervals
from helpers.windows import Window, window, year


def _central_share(r: Report, when: Window, name: str, words: str) -> Answer:
    """Return the share of militant Islamist events of a window that lies in Mopti and Segou."""

    def share(rows: pd.DataFrame, value: str = "events") -> float:
        return m.ratio(m.count(m.in_zone(rows, "centre"), when, value), m.count(rows, when, value))

    mi = islamist(r)
    mopti = m.ratio(m.count(m.in_regions(mi, "Mopti"), when), m.count(mi, when))
    sentence = (
        f"Mopti and Ségou saw {p.percent(share(mi))} of Mali's militant Islamist events of {words} "
        f"({p.percent(mopti)} in Mopti alone) and {p.percent(share(mi, 'fatalities'))} of the deaths in them"
    )
    found = quantity(
        (f"militant Islamist events, {when.label}", share(mi)),
        beside=[
            ("with unidentified armed groups", share(islamist_wide(r))),
            ("share of fatalities", share(mi, "fatalities")),
            ("attacks on civilians by militant Islamists alone", share(attacks(r))),
        ],
    )
    return Answer(p.sentence(sentence), {name: found})


@question
def central_share(r: Report) -> Answer:
    """Which share of militant Islamist events of the last 12 months lies in Mopti and Segou?"""
    return _central_share(r, r.last_12, "share_12", "the last 12 months")


@question
def central_share_to_date(r: Report) -> Answer:
    """Which share of militant Islamist events of the year so far lies in Mopti and Segou?"""
    return _central_share(r, r.year_to_date, "share_to_date", r.year_to_date.label)


@question
def central_recent(r: Report) -> Answer:
    """How did central Mali's events of the last months compare with those before?"""
    mi, now, before = m.in_zone(islamist(r), "centre"), r.recent, r.recent_before
    found = intervals.compare(mi, now, before)
    moved = intervals.shift(found.now, found.before, now.label, before.label, found)
    return Answer(
        p.sentence(f"militant Islamist events in central Mali {moved}"),
        {"change": change_quantity(r, now, before, lambda rows: m.in_zone(rows, "centre"))},
        compared={"change": found},
    )


@question
def flm_most_active(r: Report) -> Answer:
    """Which militant Islamist group is the most active?"""
    span = r.last_12
    mi = islamist(r)
    proxy = m.in_zone(m.involving(r.actors, d.JNIM_WIDE), *d.FLM_PROXY_ZONES)
    rest = m.in_zone(m.involving(r.actors, d.JNIM_WIDE), "north")
    islamic_state = m.involving(r.actors, ["is-sahel"])
    ranked = {
        "JNIM in the centre and the south (proxy for FLM)": m.count(proxy, span),
        "JNIM in the north": m.count(rest, span),
        "Islamic State Sahel": m.count(islamic_state, span),
    }
    names = sorted(ranked, key=lambda name: -ranked[name])
    named = m.count(m.naming_flm(mi), span)
    others = max(ranked["JNIM in the north"], ranked["Islamic State Sahel"])
    first, *others_named = names
    sentence = (
        f"the most active in {span.label} was {first} with {p.number(ranked[first])} events, ahead of "
        + p.listing(f"{name} ({p.number(ranked[name])})" for name in others_named)
        + f"; the source names Katiba Macina itself in {p.word(named) if named else 'none'}"
    )
    return Answer(
        p.sentence(sentence),
        {
            "most_active": quantity(
                ("JNIM in the centre and the south as proxy", ranked[names[0]] == m.count(proxy, span)),
                ("Katiba Macina where named", named > others),
                counts=(m.count(proxy, span), others),
            )
        },
        caveat="The proxy cannot tell FLM from the rest of JNIM in the centre and the south.",
    )


@question
def wagner_central_vac(r: Report) -> Answer:
    """Which share of Wagner's events in central Mali is violence against civilians?"""
    if str(r.as_of) < d.WAGNER_ARRIVAL:
        return Answer("Wagner has not yet come to Mali in this edition.")
    now = r.recent
    readings, words = [], []
    for wide, label in ((True, "Wagner named anywhere"), (False, "Wagner named as an actor")):
        rows = m.in_zone(m.with_wagner(r.actors, wide=wide), "centre")
        acting = m.in_zone(m.wagner_side(r.actors, wide=wide), "centre")
        total = m.count(rows, now)
        vac = m.count(m.against_civilians(rows), now)
        if total:
            readings.append((f"{label}, {now.label}", vac / total))
            words.append(
                f"{p.number(vac)} of {p.number(total)} {'event' if total == 1 else 'events'} "
                + ("that the record links to Wagner" if wide else "with Wagner as a named actor")
            )
        if m.count(acting, now):
            readings.append(
                (f"{label}, acting side, {now.label}", m.count(m.against_civilians(acting), now) / m.count(acting, now))
            )
    if not readings:
        return Answer(f"No event of {now.label} in central Mali names Wagner.")
    return Answer(
        p.sentence(f"in central Mali in {now.label}, violence against civilians made up {p.listing(words)}"),
        {"share": quantity(*readings)},
    )


_BEFORE_MINUSMA_LEFT = window("2022-07", "2023-06")
_AFTER_MINUSMA_LEFT = window("2024-01", "2024-12")


@question
def mopti_after_minusma(r: Report) -> Answer:
    """How violent was Mopti before MINUSMA's bases closed?"""
    rows, span = m.in_regions(r.totals, "Mopti"), r.last_12
    mi = m.militant_islamist(m.in_regions(r.actors, "Mopti"))
    return Answer(
        p.sentence(
            f"Mopti had {p.number(m.count(rows, span))} political-violence events with "
            f"{p.number(m.count(rows, span, 'fatalities'))} deaths in {span.label}, {p.number(m.count(mi, span))} of them "
            f"with militant Islamists, with {p.number(m.count(mi, span, 'fatalities'))} deaths"
        )
    )


@outcome
def mopti_after_minusma_outcome(r: Report) -> Answer:
    """Did violence in Mopti grow after MINUSMA left, by militant Islamists and by all sides?"""
    before, after = _BEFORE_MINUSMA_LEFT, _AFTER_MINUSMA_LEFT
    actors = m.in_regions(r.all_actors, "Mopti")
    mi = m.militant_islamist(actors)
    quantities: dict[str, Quantity] = {}
    compared: dict[str, intervals.Comparison] = {}
    moved: dict[str, str] = {}
    near = _near_the_bases(r)
    for name, rows, value, what in (
        ("mi_events", mi, "events", "militant Islamist events"),
        ("mi_deaths", mi, "fatalities", "deaths in militant Islamist events"),
        ("events", m.in_regions(r.all_totals, "Mopti"), "events", "political violence by all sides, events"),
        ("deaths", m.in_regions(r.all_totals, "Mopti"), "fatalities", "political violence by all sides, deaths"),
    ):
        found = intervals.compare(rows, after, before, value)
        a, b = m.count(rows, before, value), m.count(rows, after, value)
        words = [(f"Mopti, {what}, {after.label} over {before.label}", b > a)]
        if name in near:
            own = near[name]
            words.append((f"cercles of Mopti and Douentza, {what}, {after.label} over {before.label}", own[1] > own[0]))
        quantities[name] = quantity(*words, beside=_later(r, name, a), counts=(b, a))
        compared[name] = found
        moved[name] = f"{found.moved()}, from {p.number(a)} to {p.number(b)}"
    state = m.against_civilians(actors, ["state", "wagner"])
    fell = intervals.compare(state, after, before)
    compared["state"] = fell
    sentences = [
        f"in {after.label}, against {before.label}, militant Islamist events in Mopti {moved['mi_events']}, and the deaths "
        f"in them {moved['mi_deaths']}",
        f"attacks on civilians by state forces and Wagner there {fell.moved()}, from {p.number(fell.before)} to "
        f"{p.number(fell.now)}; all political violence {moved['events']} events, and its deaths {moved['deaths']}",
    ]
    if near:
        (events, left), (deaths, fewer) = near["events"], near["deaths"]
        sentences.append(
            f"the cercles of Mopti and Douentza alone had {p.number(left)} events of it, after {p.number(events)}, and "
            f"{p.number(fewer)} deaths, after {p.number(deaths)}"
        )
    return Answer(
        " ".join(map(p.sentence, sentences)),
        quantities,
        caveat="ACLED events by actor, and ACLED's totals for all sides; a comparison, not proof of a cause.",
        compared=compared,
        until=after.last,
    )


def _near_the_bases(r: Report) -> dict[str, tuple[int, int]]:
    """Return events and deaths by all sides in the cercles that the mission left, before and after; nothing without any."""
    rows = r.tables.cercle_halves()
    rows = rows[rows["cercle"].isin(["Mopti", "Douentza"])].groupby("half")[["events", "fatalities"]].sum()
    before, after = ["2022H2", "2023H1"], ["2024H1", "2024H2"]
    if not {*before, *after} <= set(rows.index):
        return {}
    return {
        name: (int(rows.loc[before, column].sum()), int(rows.loc[after, column].sum()))
        for name, column in (("events", "events"), ("deaths", "fatalities"))
    }


def _later(r: Report, name: str, base: float) -> list[tuple[str, bool]]:
    """Return what the totals add that the events by actor do not reach: a later year, and a region without bases."""
    if name not in ("events", "deaths"):
        return []
    value = "events" if name == "events" else "fatalities"
    mopti, segou = (m.in_regions(r.all_totals, region) for region in ("Mopti", "Segou"))
    later = year(2025)

    def ratio(rows: pd.DataFrame) -> float:
        return m.ratio(m.count(rows, _AFTER_MINUSMA_LEFT, value), m.count(rows, _BEFORE_MINUSMA_LEFT, value))

    return [
        ("compared with Ségou", ratio(mopti) > ratio(segou)),
        (f"Mopti, {later.label}", m.count(mopti, later, value) > base),
    ]
