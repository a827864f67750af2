"""The summary's findings in French, made from the same numbers as the answers of `helpers.audit.questions`.

Each function answers the question of its name with the measures that the English answer uses; a test holds the
numbers of both against each other for many editions.
"""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from helpers import definitions as d
from helpers import french as f
from helpers import measures as m
from helpers.audit.questions import QUESTIONS
from helpers.editions import Report
from helpers.estimates import intervals
from helpers.windows import complete_years, window, year

ANSWERS: dict[str, Callable[[Report], str]] = {}
"""French sentences by the name of the question in `helpers.audit.questions`."""

BEFORE_COUP = window("2019-08", "2020-07")
STATED_BY = {
    "AIGE (provisional)": "l’AIGE (provisoire)",
    "Constitutional Court (final)": "la Cour constitutionnelle (définitif)",
    "MODELE (close of voting)": "la MODELE (clôture du vote)",
    "MODELE (press conference)": "la MODELE (conférence de presse)",
}
"""Who counted the referendum's turnout, by their name in the table `referendum`."""


def answer(function: Callable[[Report], str]) -> Callable[[Report], str]:
    """Register a French sentence under the name of its question."""
    ANSWERS[function.__name__] = function
    return function


def say(name: str, r: Report) -> str:
    """Return the French sentence on a question, typeset.

    Parameters
    ----------
    name : str
        Name of the question in `helpers.audit.questions`.
    """
    return f.spaced(f.sentence(ANSWERS[name](r)))


def _mi(r: Report) -> pd.DataFrame:
    return m.militant_islamist(r.actors)


def _vac(r: Report) -> pd.DataFrame:
    return m.against_civilians(r.actors, d.MILITANT_ISLAMIST)


@answer
def recent_events(r: Report) -> str:
    """Compare the events of the last months with those just before."""
    mi, now, before = _mi(r), r.recent, r.recent_before
    found = intervals.compare(mi, now, before)
    return (
        f"les {f.MI_EVENTS} {f.moved_within(found)}, de {f.number(found.before)} {f.placed(f.label(before))} à "
        f"{f.number(found.now)} {f.placed(f.label(now))} ; les mêmes mois de l’année d’avant en comptaient "
        f"{f.number(m.count(mi, now.year_earlier()))}"
    )


@answer
def passes_record(r: Report) -> str:
    """Hold the pace of the year against the highest year before."""
    mi, now = _mi(r), r.year_to_date
    totals = {w.label: m.count(mi, w) for w in complete_years(2012, r.as_of) if w.last < now.first}
    record = max(totals, key=lambda name: totals[name])
    pace = m.pace(m.count(mi, now), now.months)
    return (
        f"{'l’année ' + f.label(now) if now.months == 12 else 'le rythme ' + f.of(f.label(now))} ({f.number(pace)} événements) "
        f"{'dépasse' if pace > totals[record] else 'ne dépasse pas'} l’année la plus élevée d’avant, {record} "
        f"({f.number(totals[record])})"
    )


@answer
def vac_against_pre_coup(r: Report) -> str:
    """Compare attacks on civilians with the year before the junta took power."""
    now, vac = r.last_12, _vac(r)
    found = intervals.compare(vac, now, BEFORE_COUP)
    return (
        f"les groupes islamistes militants ont attaqué des civils {f.number(found.now)} fois {f.at(f.label(now))}, soit "
        f"{f.times_within(found)} les {f.number(found.before)} attaques des 12 mois d’avant le coup d’État"
    )


@answer
def killed_in_vac(r: Report) -> str:
    """Count the people killed in attacks on civilians, against the year before."""
    vac, now = _vac(r), r.year_to_date
    before = r.checked(year(now.first.year - 1))
    here, base = m.count(vac, now, "fatalities"), m.count(vac, before, "fatalities")
    lead = f"les {f.VAC} ont coûté {f.number(here)} vies {f.at(f.label(now))}"
    if "ratio" not in QUESTIONS["killed_in_vac"](r).quantities:
        return f"{lead} et {f.number(base)} sur l’ensemble de {f.label(before)}"
    found = intervals.compare(vac, now, before, "fatalities")
    spread = f.spread(found.interval.low * 100, found.interval.high * 100)
    size = f.times_within(found) if here >= base else f"{f.percent(found.ratio)} ({spread}) du"
    return f"{lead}, {size}{' le' if here >= base else ''} bilan de l’ensemble de {f.label(before)} ({f.number(base)})"


@answer
def is_deaths(r: Report) -> str:
    """Count the deaths in events of Islamic State Sahel in Gao and Ménaka, and their shares."""
    shares = QUESTIONS["is_deaths"](r).quantities
    every, mi = (reading.value for reading in shares["share"].readings[:2])
    return (
        f"les événements liés à l’État islamique au Sahel à Gao et à Ménaka ont coûté {f.number(shares['deaths'].value)} "
        f"vies {f.at(f.label(r.year_to_date))} : {f.percent(mi)} des morts dans les {f.MI_EVENTS} et "
        f"{f.percent(every)} de tous les morts de la violence politique"
    )


@answer
def central_share(r: Report) -> str:
    """Give the centre's share of events and of deaths."""
    mi, span = _mi(r), r.last_12
    events, _, deaths, _ = (reading.value for reading in QUESTIONS["central_share"](r).quantities["share_12"].readings)
    mopti = m.ratio(m.count(m.in_regions(mi, "Mopti"), span), m.count(mi, span))
    return (
        f"Mopti et Ségou ont connu {f.percent(events)} des {f.MI_EVENTS} du Mali des 12 derniers mois "
        f"({f.percent(mopti)} pour la seule région de Mopti) et {f.percent(deaths)} des morts dans ceux-ci"
    )


@answer
def southern_growth(r: Report) -> str:
    """Compare the south's events of the last 12 months with the 12 before."""
    mi = m.in_zone(_mi(r), "south")
    here, base = m.count(mi, r.last_12), m.count(mi, r.before_12)
    text = f.shift(here, base, f.label(r.last_12), f.label(r.before_12))
    if base:
        text = text.replace("%,", f"% ({f.change(intervals.compare(mi, r.last_12, r.before_12))}),", 1)
    return f"les {f.MI_EVENTS} dans le sud du Mali {text}"


@answer
def bamako_halves(r: Report) -> str:
    """Compare the last months around Bamako with those before."""
    near = m.around_bamako(_mi(r))
    here, base = m.count(near, r.recent), m.count(near, r.recent_before)
    one = f.agree(here, "lié", "liés")
    text = (
        f"on {'compte' if here else 'ne compte'} {f.count(here, 'événement')} {one} aux groupes islamistes militants à moins de {d.BAMAKO_RADIUS_KM} km de "
        f"Bamako {f.at(f.label(r.recent))}, contre {f.word(base)} {f.at(f.label(r.recent_before))}"
    )
    if here and base:
        text += f" : {f.times_within(intervals.compare(near, r.recent, r.recent_before))} ce nombre"
    return text


@answer
def wagner_vac_share(r: Report) -> str:
    """Give the share of violence against civilians among the events that name Wagner."""
    span = r.since(d.WAGNER_ARRIVAL)
    wide, narrow = (m.with_wagner(r.actors, wide=kind) for kind in (True, False))
    all_wide, all_narrow = m.count(wide, span), m.count(narrow, span)
    if not all_wide:
        return f"aucun événement {f.of(f.label(span))} ne cite Wagner"
    if all_wide < d.SMALL_COUNT:
        return (
            f"les données contiennent {f.count(all_wide, 'événement')} depuis décembre 2021 qui "
            f"{f.agree(all_wide, 'cite', 'citent')} Wagner"
        )
    shares = QUESTIONS["wagner_vac_share"](r).quantities
    text = (
        f"les violences contre des civils forment {f.percent(shares['events'].value)} des "
        f"{f.count(all_wide, 'événement')} qui citent Wagner depuis décembre 2021 et "
        f"{f.percent(shares['fatalities'].value)} de leurs morts"
    )
    if all_narrow:
        vac = m.against_civilians(narrow)
        text += (
            f" ; parmi {'le seul' if all_narrow == 1 else f'les {f.word(all_narrow)}'} "
            f"{f.agree(all_narrow, 'événement', 'événements')} où Wagner est un acteur, "
            f"{f.percent(m.count(vac, span) / all_narrow)}"
        )
        fallen = m.count(narrow, span, "fatalities")
        text += f" et {f.percent(m.count(vac, span, 'fatalities') / fallen)}" if fallen else ""
    return text


@answer
def exposed_share(r: Report) -> str:
    """Give the share of land and people of the north and the centre."""
    shares = m.zone_shares(r.regions).set_index("zone")
    both = shares.loc[["north", "centre"]].sum(numeric_only=True)
    north = shares.loc["north"]
    return (
        f"le nord et le centre réunissent {f.percent(both['area_share'])} des terres du Mali et "
        f"{f.percent(both['population_share'])} de ses habitants ; le nord à lui seul {f.percent(north['area_share'])} "
        f"des terres et {f.percent(north['population_share'])} des habitants"
    )


@answer
def referendum(r: Report) -> str:
    """Give the referendum's turnout, and by whose count."""
    found = QUESTIONS["referendum"](r).quantities
    if "turnout" not in found:
        return "le référendum constitutionnel de juin 2023 est postérieur à cette édition"
    by = [(reading.value, reading.label.rsplit(", ", 1)[0]) for reading in found["turnout"].readings]
    stated = f.listing(f"{f.percent(value, 1)} selon {STATED_BY.get(name, name)}" for value, name in by)
    text = f"le taux de participation au référendum constitutionnel du 18 juin 2023 est estimé à {stated}"
    rows = r.referendum
    held = rows[rows["area"].eq("Kidal") & rows["measure"].eq("vote-held") & rows["unit"].eq("0/1")]
    if len(held):
        no = int(held["value"].eq(0).sum())
        text += (
            f" ; {f.word(no, feminine=True)} des {f.word(len(held))} sources {f.agree(no, 'dit', 'disent')} que Kidal n’a "
            "pas voté"
        )
    return text
