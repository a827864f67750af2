"""Questions on Mopti and Ségou."""

from __future__ import annotations

import pandas as pd

from helpers import definitions as d
from helpers import french as fr
from helpers import measures as m
from helpers import prose as p
from helpers.audit.questions.base import (
    ISLAMIST,
    NOT_YET,
    WITH_UNIDENTIFIED,
    Answer,
    Quantity,
    Reading,
    attacks,
    change_quantity,
    during,
    grown,
    held,
    islamist,
    islamist_wide,
    more,
    moved,
    outcome,
    over,
    quantity,
    question,
    shifted,
    span,
)
from helpers.editions import Report
from helpers.estimates import intervals
from helpers.windows import Window, window, year
from helpers.words import Both
from helpers.words.both import joined, listing


def _central_share(r: Report, when: Window, name: str, words: Both) -> Answer:
    """Return the share of militant Islamist events of a window that lies in Mopti and Segou."""

    def share(rows: pd.DataFrame, value: str = "events") -> float:
        return m.ratio(m.count(m.in_zone(rows, "centre"), when, value), m.count(rows, when, value))

    mi = islamist(r)
    mopti = m.ratio(m.count(m.in_regions(mi, "Mopti"), when), m.count(mi, when))
    events, deaths = share(mi), share(mi, "fatalities")
    said = Both(
        f"Mopti and Ségou saw {p.percent(events)} of Mali's militant Islamist events of {words.en} "
        f"({p.percent(mopti)} in Mopti alone) and {p.percent(deaths)} of the deaths in them.",
        f"Mopti et Ségou réunissent {fr.percent(events)} des {ISLAMIST.fr} au Mali {words.fr} ({fr.percent(mopti)} pour la seule "
        f"région de Mopti) et {fr.percent(deaths)} des morts dans ces événements.",
    )
    found = quantity(
        (ISLAMIST + ", " + span(when), events),
        beside=[
            (WITH_UNIDENTIFIED, share(islamist_wide(r))),
            (Both("share of fatalities", "part des morts"), deaths),
            (
                Both(
                    "attacks on civilians by militant Islamists alone",
                    "attaques de groupes islamistes armés contre des civils seules",
                ),
                share(attacks(r)),
            ),
        ],
    )
    return Answer(said, {name: found})


@question
def central_share(r: Report) -> Answer:
    """Which share of militant Islamist events of the last 12 months lies in Mopti and Segou?"""
    return _central_share(r, r.last_12, "share_12", Both("the last 12 months", "ces 12 derniers mois"))


@question
def central_share_to_date(r: Report) -> Answer:
    """Which share of militant Islamist events of the year so far lies in Mopti and Segou?"""
    now = r.year_to_date
    return _central_share(r, now, "share_to_date", Both(now.label, during(now)))


@question
def central_recent(r: Report) -> Answer:
    """How did central Mali's events of the last months compare with those before?"""
    mi, now, before = m.in_zone(islamist(r), "centre"), r.recent, r.recent_before
    found = intervals.compare(mi, now, before)
    said = Both("Militant Islamist events in central Mali ", f"Au centre du Mali, les {ISLAMIST.fr} ")
    return Answer(
        (said + shifted(found.now, found.before, now, before, found)).sentence(),
        {"change": change_quantity(r, now, before, lambda rows: m.in_zone(rows, "centre"))},
        compared={"change": found},
    )


_RIVALS = {
    "proxy": Both(
        "JNIM in the centre and the south (proxy for FLM)", "le GSIM au centre et au sud (qui tient lieu ici du FLM)"
    ),
    "north": Both("JNIM in the north", "le GSIM au nord"),
    "is": Both("Islamic State Sahel", "l’État islamique au Sahel"),
}


@question
def flm_most_active(r: Report) -> Answer:
    """Which militant Islamist group is the most active?"""
    when = r.last_12
    mi = islamist(r)
    proxy = m.in_zone(m.involving(r.actors, d.JNIM_WIDE), *d.FLM_PROXY_ZONES)
    rest = m.in_zone(m.involving(r.actors, d.JNIM_WIDE), "north")
    islamic_state = m.involving(r.actors, ["is-sahel"])
    counted = {name: m.count(rows, when) for name, rows in (("proxy", proxy), ("north", rest), ("is", islamic_state))}
    ordered = sorted(counted, key=lambda name: -counted[name])
    named = m.count(m.naming_flm(mi), when)
    others = max(counted["north"], counted["is"])
    first, *behind = ordered
    rest_named = listing(
        Both(f"{_RIVALS[name].en} ({p.number(counted[name])})", f"{_RIVALS[name].fr} ({fr.number(counted[name])})")
        for name in behind
    )
    said = Both(
        f"The most active in {when.label} was {_RIVALS[first].en} with {p.number(counted[first])} events, ahead of "
        f"{rest_named.en}; the source names Katiba Macina itself in {p.none(named)}.",
        f"Le plus actif {during(when)} était {_RIVALS[first].fr}, avec {fr.number(counted[first])} événements, devant "
        f"{rest_named.fr} ; la source nomme la katiba Macina elle-même dans {fr.word(named)} d’entre eux.",
    )
    return Answer(
        said,
        {
            "most_active": grown(
                held(
                    Both("JNIM in the centre and the south as proxy", "le GSIM au centre et au sud, par approximation"),
                    counted[first] == counted["proxy"],
                    counted["proxy"],
                    others,
                ),
                more(Both("Katiba Macina where named", "la katiba Macina, là où elle est nommée"), named, others),
            )
        },
        caveat=Both(
            "The proxy cannot tell FLM from the rest of JNIM in the centre and the south.",
            "L’approximation ne distingue pas le FLM du reste du GSIM au centre et au sud.",
        ),
    )


WAGNER = {
    True: Both("Wagner named anywhere", "Wagner mentionné"),
    False: Both("Wagner named as an actor", "Wagner nommé comme acteur"),
}
"""How an event names Wagner, by whether its notes count too."""
ACTING = Both(", acting side", ", du côté qui agit")


@question
def wagner_central_vac(r: Report) -> Answer:
    """Which share of Wagner's events in central Mali is violence against civilians?"""
    if str(r.as_of) < d.WAGNER_ARRIVAL:
        return Answer(NOT_YET)
    now = r.recent
    readings: list[tuple[Both, float]] = []
    words: list[Both] = []
    for wide, label in WAGNER.items():
        rows = m.in_zone(m.with_wagner(r.actors, wide=wide), "centre")
        acting = m.in_zone(m.wagner_side(r.actors, wide=wide), "centre")
        total = m.count(rows, now)
        vac = m.count(m.against_civilians(rows), now)
        if total:
            readings.append((label + ", " + span(now), vac / total))
            linked = (
                Both("that the record links to Wagner", "que la fiche relie à Wagner")
                if wide
                else Both("with Wagner as a named actor", "où Wagner est nommé comme acteur")
            )
            words.append(
                Both(
                    f"{p.number(vac)} of {p.number(total)} {'event' if total == 1 else 'events'} {linked.en}",
                    f"{fr.number(vac)} {fr.agree(total, 'événement', 'événements')} sur {fr.number(total)} {linked.fr}",
                )
            )
        if m.count(acting, now):
            readings.append(
                (label + ACTING + ", " + span(now), m.count(m.against_civilians(acting), now) / m.count(acting, now))
            )
    if not readings:
        return Answer(
            Both(
                f"No event of {now.label} in central Mali names Wagner.",
                f"Aucun événement au centre du Mali ne mentionne Wagner {during(now)}.",
            )
        )
    said = Both(
        f"In central Mali in {now.label}, violence against civilians made up ",
        f"Au centre du Mali, {during(now)}, les violences contre des civils ont représenté ",
    )
    return Answer(
        (said + listing(words)).sentence(),
        {"share": quantity(*readings)},
    )


_BEFORE_MINUSMA_LEFT = window("2022-07", "2023-06")
_AFTER_MINUSMA_LEFT = window("2024-01", "2024-12")
_BASES = Both("cercles of Mopti and Douentza", "cercles de Mopti et de Douentza")
_COUNTED = {
    "mi_events": ISLAMIST,
    "mi_deaths": Both("deaths in militant Islamist events", f"morts dans les {ISLAMIST.fr}"),
    "events": Both(
        "political violence by all sides, events", "violences politiques, tous belligérants confondus, événements"
    ),
    "deaths": Both(
        "political violence by all sides, deaths", "violences politiques, tous belligérants confondus, morts"
    ),
}


@question
def mopti_after_minusma(r: Report) -> Answer:
    """How violent was Mopti before MINUSMA's bases closed?"""
    rows, when = m.in_regions(r.totals, "Mopti"), r.last_12
    mi = m.militant_islamist(m.in_regions(r.actors, "Mopti"))
    events, deaths, own, own_deaths = (
        m.count(found, when, value) for found in (rows, mi) for value in ("events", "fatalities")
    )
    return Answer(
        Both(
            f"Mopti had {p.number(events)} political-violence events with {p.number(deaths)} deaths in {when.label}, "
            f"{p.number(own)} of them with militant Islamists, with {p.number(own_deaths)} deaths.",
            f"La région de Mopti a connu {fr.number(events)} événements de violence politique, avec {fr.number(deaths)} morts, "
            f"{during(when)} ; {fr.number(own)} d’entre eux, avec {fr.number(own_deaths)} morts, impliquent des "
            "groupes islamistes armés.",
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
    near = _near_the_bases(r)
    everyone = m.in_regions(r.all_totals, "Mopti")
    for name, rows, value in (
        ("mi_events", mi, "events"),
        ("mi_deaths", mi, "fatalities"),
        ("events", everyone, "events"),
        ("deaths", everyone, "fatalities"),
    ):
        what = _COUNTED[name] + ", " + over(after, before)
        found = intervals.compare(rows, after, before, value)
        a, b = m.count(rows, before, value), m.count(rows, after, value)
        words = [more(Both("Mopti, ", "Mopti, ") + what, b, a)]
        if name in near:
            words.append(more(_BASES + ", " + what, *reversed(near[name])))
        quantities[name] = grown(*words, *_later(r, name, a))
        compared[name] = found
    state = m.against_civilians(actors, ["state", "wagner"])
    fell = intervals.compare(state, after, before)
    compared["state"] = fell
    return Answer(
        _after_minusma(compared, near),
        quantities,
        caveat=Both(
            "ACLED events by actor, and ACLED's totals for all sides; a comparison, not proof of a cause.",
            "Événements d’ACLED par acteur, et totaux d’ACLED, tous belligérants confondus ; une comparaison ne prouve pas une cause.",
        ),
        compared=compared,
        until=after.last,
    )


def _after_minusma(compared: dict[str, intervals.Comparison], near: dict[str, tuple[int, int]]) -> Both:
    """Say how violence moved in Mopti, by militant Islamists, against civilians by the state, by all sides."""
    before, after = _BEFORE_MINUSMA_LEFT, _AFTER_MINUSMA_LEFT

    def went(name: str) -> Both:
        found = compared[name]
        return moved(found) + Both(
            f", from {p.number(found.before)} to {p.number(found.now)}",
            f", passant de {fr.number(found.before)} à {fr.number(found.now)}",
        )

    mi, mi_deaths, state, events, deaths = map(went, ("mi_events", "mi_deaths", "state", "events", "deaths"))
    said = [
        Both(
            f"In {after.label}, against {before.label}, militant Islamist events in Mopti {mi.en}, and the deaths in them "
            f"{mi_deaths.en}.",
            f"{during(after)}, {fr.against(before)}, les {ISLAMIST.fr} dans la région de Mopti {mi.fr}, et les morts "
            f"dans ces événements {mi_deaths.fr}.",
        ),
        Both(
            f"Attacks on civilians by state forces and Wagner there {state.en}; all political violence {events.en} events, "
            f"and its deaths {deaths.en}.",
            f"Les attaques des forces de l’État et de Wagner contre des civils dans cette région {state.fr} ; les événements de "
            f"violence politique (tous belligérants) {events.fr}, et leurs morts {deaths.fr}.",
        ),
    ]
    if near:
        (had, left), (killed, fewer) = near["events"], near["deaths"]
        said.append(
            Both(
                f"The cercles of Mopti and Douentza alone had {p.number(left)} events of it, after {p.number(had)}, and "
                f"{p.number(fewer)} deaths, after {p.number(killed)}.",
                f"Les seuls cercles de Mopti et de Douentza en ont compté {fr.number(left)}, contre {fr.number(had)}, et "
                f"{fr.number(fewer)} morts, contre {fr.number(killed)}.",
            )
        )
    return joined(said).upper()


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


def _later(r: Report, name: str, base: float) -> list[Reading]:
    """Return what the totals add that the events by actor do not reach: a later year, and a region without bases."""
    if name not in ("events", "deaths"):
        return []
    value = "events" if name == "events" else "fatalities"
    mopti, segou = (m.in_regions(r.all_totals, region) for region in ("Mopti", "Segou"))
    later = year(2025)

    def ratio(rows: pd.DataFrame) -> float:
        return m.ratio(m.count(rows, _AFTER_MINUSMA_LEFT, value), m.count(rows, _BEFORE_MINUSMA_LEFT, value))

    return [
        more(
            Both(
                "Mopti against Ségou, each with July 2022 to June 2023 as 100",
                "Mopti face à Ségou, juillet 2022 à juin 2023 valant 100 dans chaque région",
            ),
            100 * ratio(mopti),
            100 * ratio(segou),
            beside=True,
        ),
        more(Both("Mopti, ", "Mopti, ") + span(later), m.count(mopti, later, value), base, beside=True),
    ]
