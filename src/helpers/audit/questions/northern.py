"""Questions on the north, Islamic State Sahel and the separatists."""

from __future__ import annotations

from helpers import definitions as d
from helpers import measures as m
from helpers import prose as p
from helpers.audit.questions.base import (
    Answer,
    islamist,
    outcome,
    quantity,
    question,
)
from helpers.editions import Report
from helpers.estimates import intervals
from helpers.windows import window, year


@question
def is_deaths(r: Report) -> Answer:
    """How many died in events of Islamic State Sahel in Gao and Menaka, and which share is that?"""
    now = r.year_to_date
    rows = m.in_regions(m.involving(r.actors, ["is-sahel"]), "Gao", "Menaka")
    wide = m.in_regions(m.involving(r.actors, ["is-sahel", "jnim-or-is"]), "Gao", "Menaka")
    here = m.count(rows, now, "fatalities")
    violent = r.actors[r.actors["event_type"].isin(d.VIOLENT)]
    mi_all, everyone = m.count(islamist(r), now, "fatalities"), m.count(violent, now, "fatalities")
    sentence = (
        f"events of Islamic State Sahel in Gao and Ménaka cost {p.number(here)} lives in {now.label}: "
        f"{p.percent(m.ratio(here, mi_all))} of the deaths in militant Islamist events and "
        f"{p.percent(m.ratio(here, everyone))} of all deaths in political violence"
    )
    return Answer(
        p.sentence(sentence),
        {
            "deaths": quantity(
                ("events of Islamic State Sahel in Gao and Ménaka", here),
                ("joint JNIM-or-IS events included", m.count(wide, now, "fatalities")),
                beside=[("without the deadliest single event", m.count_without_deadliest(rows, now))],
            ),
            "share": quantity(
                ("of all deaths in political violence", m.ratio(here, everyone)),
                ("of deaths in militant Islamist events", m.ratio(here, mi_all)),
                beside=[
                    (
                        "of deaths in militant Islamist events, without the deadliest event of each",
                        m.ratio(m.count_without_deadliest(rows, now), m.count_without_deadliest(islamist(r), now)),
                    )
                ],
            ),
        },
    )


@question
def is_civilians(r: Report) -> Answer:
    """Which share of those deaths fell in attacks on civilians?"""
    now = r.year_to_date
    rows = m.in_regions(m.involving(r.actors, ["is-sahel"]), "Gao", "Menaka")
    total = m.count(rows, now, "fatalities")
    if not total:
        return Answer(f"No deaths in events of Islamic State Sahel in Gao and Ménaka are recorded in {now.label}.")
    vac = m.count(m.against_civilians(rows), now, "fatalities")
    hit = m.count(m.hitting_civilians(rows), now, "fatalities")
    return Answer(
        p.sentence(
            f"{p.number(vac)} of these {p.number(total)} deaths, {p.share_word(vac / total)} "
            f"({p.percent(vac / total)}), fell in attacks on civilians"
        ),
        {
            "share": quantity(
                ("fatalities of attacks on civilians", vac / total),
                ("bombs and shelling that hit civilians included", hit / total),
            )
        },
        caveat="ACLED counts deaths by event, not by victim: civilians killed in battles are not in this share, and "
        "attackers killed in attacks on civilians are.",
    )


@question
def is_resurgence(r: Report) -> Answer:
    """Did Islamic State Sahel come back in Menaka after 2021?"""
    rows = m.in_regions(m.involving(r.actors, ["is-sahel"]), "Menaka")
    recent = r.last_12
    base = r.checked(year(2021)) if r.as_of.year > 2021 else r.before_12
    quantities, words, compared = {}, [], {}
    for value, noun in (("events", "events"), ("fatalities", "deaths")):
        here, before = m.count(rows, recent, value), m.count(rows, base, value)
        moved = p.moved(here, before)
        if before:
            compared[value] = intervals.compare(rows, recent, base, value)
            moved = compared[value].moved()
        words.append(f"{noun} {moved}, from {p.number(before)} in {base.label} to {p.number(here)} in {recent.label}")
        quantities[value] = quantity(
            (f"Ménaka, {recent.label} over {base.label}", here > before),
            beside=[
                (
                    "annual mean of the three years before 2021 as the base",
                    here > m.count(rows, window("2018-01", "2020-12"), value) / 3,
                )
            ],
            counts=(here, before),
        )
    return Answer(
        p.sentence(f"events of Islamic State Sahel in Ménaka: {'; '.join(words)}"), quantities, compared=compared
    )


@question
def rivals(r: Report) -> Answer:
    """Do Islamic State Sahel and JNIM fight each other, and where?"""
    rows, span = m.between(r.actors, ["is-sahel"], d.JNIM_WIDE), r.last_12
    places = {region: m.count(m.in_regions(rows, region), span) for region in ("Gao", "Menaka", "Tombouctou")}
    total = m.count(rows, span)
    where = p.listing(f"{p.number(n)} in {p.region_name(region)}" for region, n in places.items())
    sentence = (
        f"the data hold {p.count(total, 'clash', 'clashes')} between JNIM and Islamic State Sahel in {span.label}"
    )
    if total:
        elsewhere = total - sum(places.values())
        sentence += f": {where}" + (f", {p.word(elsewhere)} elsewhere" if elsewhere else "")
    recent = r.recent
    return Answer(
        p.sentence(sentence),
        {
            name.lower(): quantity(
                (f"clashes in {name}, {span.label}", places[name] > 0),
                beside=[(f"clashes in {name}, {recent.label}", m.count(m.in_regions(rows, name), recent) > 0)],
                counts=(places[name],),
            )
            for name in ("Gao", "Tombouctou")
        },
    )


@question
def war_in_the_north(r: Report) -> Answer:
    """How much did state and separatists fight in the last 12 months?"""
    rows = m.between(r.actors, ["state", "wagner"], ["separatist"])
    here = m.count(rows, r.last_12)
    state = "state forces or Wagner" if str(r.as_of) >= d.WAGNER_ARRIVAL else "state forces"
    return Answer(
        p.sentence(f"the data hold {p.count(here, 'event')} between {state} and separatists in {r.last_12.label}")
    )


@outcome
def war_in_the_north_outcome(r: Report) -> Answer:
    """Did state and separatists fight after mid-2023, and what came to Menaka?"""
    before, after = window("2022-07", "2023-06"), window("2023-07", "2024-06")
    second = window("2024-01", "2024-12")
    rows = m.between(r.all_actors, ["state", "wagner"], ["separatist"])
    menaka = m.in_regions(m.militant_islamist(r.all_actors), "Menaka")
    a, b = m.count(rows, before), m.count(rows, after)
    x, y = m.count(menaka, before), m.count(menaka, after)
    found = intervals.compare(menaka, after, before)
    sentence = (
        f"events between the state or Wagner and separatists: {p.word(a) if a else 'none'} in {before.label}, {p.number(b)} with "
        f"{p.number(m.count(rows, after, 'fatalities'))} deaths in {after.label}; militant Islamist events in Ménaka "
        f"{found.moved()}, from {p.number(x)} to {p.number(y)}"
    )
    return Answer(
        p.sentence(sentence),
        {
            "state_separatist": quantity(
                (f"{after.label} over {before.label}", b > a),
                (f"{second.label} over {before.label}", m.count(rows, second) > a),
                counts=(b, a),
            ),
            "menaka": quantity(
                (f"militant Islamist events in Ménaka, {after.label} over {before.label}", y > x),
                ("their deaths", m.count(menaka, after, "fatalities") > m.count(menaka, before, "fatalities")),
                (f"{second.label} over {before.label}", m.count(menaka, second) > x),
                counts=(y, x),
            ),
        },
        compared={"menaka": found},
        until=after.last,
    )
