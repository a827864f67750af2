"""Questions on the north, Islamic State Sahel and the separatists."""

from __future__ import annotations

from helpers import definitions as d
from helpers import french as fr
from helpers import measures as m
from helpers import prose as p
from helpers.audit.questions.base import (
    HIT_INCLUDED,
    ISLAMIST,
    WITHOUT_DEADLIEST,
    Answer,
    Quantity,
    during,
    grown,
    held,
    islamist,
    more,
    moved,
    outcome,
    over,
    quantity,
    question,
    span,
)
from helpers.editions import Report
from helpers.estimates import intervals
from helpers.windows import window, year
from helpers.words import Both
from helpers.words.both import joined


@question
def is_deaths(r: Report) -> Answer:
    """How many died in events of Islamic State Sahel in Gao and Menaka, and which share is that?"""
    now = r.year_to_date
    rows = m.in_regions(m.involving(r.actors, ["is-sahel"]), "Gao", "Menaka")
    wide = m.in_regions(m.involving(r.actors, ["is-sahel", "jnim-or-is"]), "Gao", "Menaka")
    here = m.count(rows, now, "fatalities")
    violent = r.actors[r.actors["event_type"].isin(d.VIOLENT)]
    mi_all, everyone = m.count(islamist(r), now, "fatalities"), m.count(violent, now, "fatalities")
    of_mi, of_all = m.ratio(here, mi_all), m.ratio(here, everyone)
    said = Both(
        f"Events of Islamic State Sahel in Gao and Ménaka cost {p.number(here)} lives in {now.label}: "
        f"{p.percent(of_mi)} of the deaths in militant Islamist events and {p.percent(of_all)} of all deaths in political "
        "violence.",
        f"Les événements de l’État islamique au Sahel dans les régions de Gao et de Ménaka ont fait {fr.number(here)} morts "
        f"{during(now)} : {fr.percent(of_mi)} des morts dans les {ISLAMIST.fr} et {fr.percent(of_all)} de tous les "
        "morts de la violence politique.",
    )
    of_deaths = Both("of deaths in militant Islamist events", f"des morts dans les {ISLAMIST.fr}")
    own = Both(
        "events of Islamic State Sahel in Gao and Ménaka", "événements de l’État islamique au Sahel à Gao et Ménaka"
    )
    return Answer(
        said,
        {
            "deaths": quantity(
                (own, here),
                (
                    Both(
                        "joint JNIM-or-IS events included",
                        "événements du GSIM ou de l’État islamique au Sahel, sans distinction, compris",
                    ),
                    m.count(wide, now, "fatalities"),
                ),
                beside=[(WITHOUT_DEADLIEST, m.count_without_deadliest(rows, now))],
            ),
            "share": quantity(
                (Both("of all deaths in political violence", "de tous les morts de la violence politique"), of_all),
                (of_deaths, of_mi),
                beside=[
                    (
                        of_deaths
                        + Both(
                            ", without the deadliest event of each",
                            ", sans l’événement le plus meurtrier de chaque ensemble",
                        ),
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
        return Answer(
            Both(
                f"No deaths in events of Islamic State Sahel in Gao and Ménaka are recorded in {now.label}.",
                "Aucun mort n’est recensé dans des événements de l’État islamique au Sahel à Gao et Ménaka "
                f"{during(now)}.",
            )
        )
    vac = m.count(m.against_civilians(rows), now, "fatalities")
    hit = m.count(m.hitting_civilians(rows), now, "fatalities")
    return Answer(
        Both(
            f"{p.number(vac)} of these {p.number(total)} deaths, {p.share_word(vac / total)} "
            f"({p.percent(vac / total)}), fell in attacks on civilians.",
            f"Sur ces {fr.number(total)} morts, {fr.number(vac)}, soit {_HALVES[p.share_word(vac / total)]} "
            f"({fr.percent(vac / total)}), sont dus à des attaques contre des civils.",
        ),
        {
            "share": quantity(
                (Both("fatalities of attacks on civilians", "morts dans des attaques contre des civils"), vac / total),
                (HIT_INCLUDED, hit / total),
            )
        },
        caveat=Both(
            "ACLED counts deaths by event, not by victim: civilians killed in battles are not in this share, and "
            "attackers killed in attacks on civilians are.",
            "ACLED compte les morts par événement, non par victime : les civils tués dans des combats n’entrent pas dans cette "
            "part ; les assaillants tués dans des attaques contre des civils y entrent.",
        ),
    )


_HALVES = {"more than half": "plus de la moitié", "half": "la moitié", "less than half": "moins de la moitié"}


@question
def is_resurgence(r: Report) -> Answer:
    """Did Islamic State Sahel come back in Menaka after 2021?"""
    rows = m.in_regions(m.involving(r.actors, ["is-sahel"]), "Menaka")
    recent = r.last_12
    base = r.checked(year(2021)) if r.as_of.year > 2021 else r.before_12
    quantities: dict[str, Quantity] = {}
    words: list[Both] = []
    compared: dict[str, intervals.Comparison] = {}
    for value, noun in (("events", Both("events", "les événements")), ("fatalities", Both("deaths", "les morts"))):
        here, before = m.count(rows, recent, value), m.count(rows, base, value)
        went = Both(p.moved(here, before), fr.moved(here, before))
        if before:
            compared[value] = intervals.compare(rows, recent, base, value)
            went = moved(compared[value])
        words.append(
            Both(
                f"{noun.en} {went.en}, from {p.number(before)} in {base.label} to {p.number(here)} in {recent.label}",
                f"{noun.fr} {went.fr}, passant de {fr.number(before)} {during(base)} à {fr.number(here)} {during(recent)}",
            )
        )
        quantities[value] = grown(
            more(Both("Ménaka, ", "Ménaka, ") + over(recent, base), here, before),
            more(
                Both(
                    "annual mean of the three years before 2021 as the base",
                    "par rapport à la moyenne annuelle des trois années précédant 2021",
                ),
                here,
                m.count(rows, window("2018-01", "2020-12"), value) / 3,
                beside=True,
            ),
        )
    head = Both("Islamic State Sahel in Ménaka: ", "L’État islamique au Sahel à Ménaka : ")
    return Answer((head + joined(words, "; ")).sentence(), quantities, compared=compared)


@question
def rivals(r: Report) -> Answer:
    """Do Islamic State Sahel and JNIM fight each other, and where?"""
    rows, when = m.between(r.actors, ["is-sahel"], d.JNIM_WIDE), r.last_12
    places = {region: m.count(m.in_regions(rows, region), when) for region in ("Gao", "Menaka", "Tombouctou")}
    total = m.count(rows, when)
    said = Both(
        f"the data hold {p.count(total, 'clash', 'clashes')} between JNIM and Islamic State Sahel in {when.label}",
        f"les données comptent {fr.count(total, 'affrontement')} du GSIM avec l’État islamique au Sahel {during(when)}",
    )
    if total:
        elsewhere = total - sum(places.values())
        where = p.listing(f"{p.number(n)} in {p.region_name(region)}" for region, n in places.items())
        where_fr = fr.listing(f"{fr.number(n)} à {fr.region_name(region)}" for region, n in places.items())
        said += Both(f": {where}", f" : {where_fr}")
        if elsewhere:
            said += Both(f", {p.word(elsewhere)} elsewhere", f", {fr.word(elsewhere)} ailleurs")
    recent = r.recent
    return Answer(
        said.sentence(),
        {
            name.lower(): grown(
                held(
                    Both(f"clashes in {name}, ", f"affrontements à {name}, ") + span(when),
                    places[name] > 0,
                    places[name],
                ),
                held(
                    Both(f"clashes in {name}, ", f"affrontements à {name}, ") + span(recent),
                    (late := m.count(m.in_regions(rows, name), recent)) > 0,
                    late,
                    beside=True,
                ),
            )
            for name in ("Gao", "Tombouctou")
        },
    )


@question
def war_in_the_north(r: Report) -> Answer:
    """How much did state and separatists fight in the last 12 months?"""
    rows = m.between(r.actors, ["state", "wagner"], ["separatist"])
    here = m.count(rows, r.last_12)
    state = Both("state forces", "les forces de l’État")
    if str(r.as_of) >= d.WAGNER_ARRIVAL:
        state += Both(" or Wagner", " ou Wagner")
    return Answer(
        Both(
            f"The data hold {p.count(here, 'event')} between {state.en} and separatists in {r.last_12.label}.",
            f"Les données comptent {fr.count(here, 'événement')} opposant {state.fr} à des séparatistes "
            f"{during(r.last_12)}."
            if here
            else f"Les données ne comptent aucun événement opposant {state.fr} à des séparatistes {during(r.last_12)}.",
        )
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
    deaths = m.count(rows, after, "fatalities")
    said = Both(
        f"Events between the state or Wagner and separatists: {p.none(a)} in {before.label}, {p.number(b)} with "
        f"{p.number(deaths)} deaths in {after.label}; militant Islamist events in Ménaka "
        f"{found.moved()}, from {p.number(x)} to {p.number(y)}.",
        f"Événements opposant l’État ou Wagner à des séparatistes : {fr.word(a)} {during(before)}, {fr.number(b)}, avec "
        f"{fr.number(deaths)} morts, {during(after)} ; les {ISLAMIST.fr} à Ménaka {fr.moved_within(found)}, passant de "
        f"{fr.number(x)} à {fr.number(y)}.",
    )
    menaka_label = Both("militant Islamist events in Ménaka, ", f"{ISLAMIST.fr} à Ménaka, ")
    return Answer(
        said,
        {
            "state_separatist": grown(
                more(over(after, before), b, a), more(over(second, before), m.count(rows, second), a)
            ),
            "menaka": grown(
                more(menaka_label + over(after, before), y, x),
                more(
                    Both("their deaths", "leurs morts"),
                    m.count(menaka, after, "fatalities"),
                    m.count(menaka, before, "fatalities"),
                ),
                more(over(second, before), m.count(menaka, second), x),
            ),
        },
        compared={"menaka": found},
        until=after.last,
    )
