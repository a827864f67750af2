"""Questions on Wagner and on attacks on civilians since it came."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pandas as pd

from helpers import definitions as d
from helpers import french as fr
from helpers import measures as m
from helpers import prose as p
from helpers.audit.questions.base import (
    NOT_YET,
    Answer,
    Quantity,
    Reading,
    attacks,
    by_the_end,
    during,
    moved,
    quantity,
    question,
)
from helpers.audit.questions.central import ACTING, WAGNER
from helpers.editions import Report
from helpers.estimates import intervals
from helpers.windows import Window, month_name, window, year
from helpers.words import Both, joined

_UNITS_FR = {
    "violations by Malian forces, January-March 2022 (MINUSMA)": "violations des forces maliennes, janvier-mars 2022 (MINUSMA)"
}
"""French of what other counts of the chronology than the report's count."""


@question
def wagner_cost(r: Report) -> Answer:
    """What has the deployment cost at the published price?"""
    rows = r.chronology[r.chronology["claims"].str.contains("R23-14")]
    # The report's own price is dated to the deployment but was published with the report.
    rows = rows[rows["source_kind"].ne("report") | (str(r.as_of) >= "2023-06")]
    if rows.empty or str(r.as_of) < d.WAGNER_ARRIVAL:
        return Answer(NOT_YET)
    prices = rows[rows["unit"].str.contains("US dollars a month")]
    months = r.since(d.WAGNER_ARRIVAL).months
    low, high = prices["value"].min() * months, prices["value"].max() * months
    least, most = prices["value"].min(), prices["value"].max()
    said = Both(
        f"At the reported prices of {p.spread(least, most, 1)} million US dollars a "
        f"month, {p.count(months, 'month')} from December 2021 on {'comes' if months == 1 else 'come'} to "
        f"{p.spread(low, high)} million.",
        f"Aux prix rapportés de {fr.spread(least, most, 1)} millions de dollars par mois, {fr.count(months, 'mois', 'mois')} à "
        f"partir de décembre 2021 {fr.agree(months, 'coûte', 'coûtent')} {fr.spread(low, high)} millions.",
    )
    highest = Both(f"highest price x {months} months", f"prix le plus haut × {months} mois")
    return Answer(
        said,
        {"total": quantity((highest, high), (Both("lowest price", "prix le plus bas"), low))},
        caveat=Both(
            "Prices are those reported; no contract has been published.",
            "Les prix sont ceux qui ont été rapportés ; aucun contrat n’a été publié.",
        ),
    )


_ATTACKS = "attaques de groupes islamistes armés contre des civils"
_SINCE = {
    "arrival": Both("since Wagner's arrival", "depuis l’arrivée de Wagner"),
    "2022": Both("since January 2022", "depuis janvier 2022"),
    "2021": Both("since January 2021", "depuis janvier 2021"),
    "coup": Both("since the coup of August 2020", "depuis le coup d’État d’août 2020"),
}
_AS_LONG = Both(" over as many months before", ", par rapport à autant de mois auparavant")


def _changes(vac: pd.DataFrame, everyone: pd.DataFrame, spans: Sequence[tuple[Window, Window, Both, bool]]) -> Quantity:
    """Return the change under every reading: in militant Islamist attacks, and beside them in all attacks.

    The report speaks of violence against civilians, and of the deaths in it apart: attacks come first.
    """
    stated: list[Reading] = []
    beside: list[Reading] = []
    for kind, rows, value in (
        (Both("militant Islamist attacks on civilians", _ATTACKS), vac, "events"),
        (Both("deaths in militant Islamist attacks on civilians", f"morts dans des {_ATTACKS}"), vac, "fatalities"),
        (Both("all attacks on civilians", "toutes les attaques contre des civils"), everyone, "events"),
        (
            Both("deaths in all attacks on civilians", "morts dans toutes les attaques contre des civils"),
            everyone,
            "fatalities",
        ),
    ):
        for now, base, label, named in spans:
            # Rates, because one base is a calendar year of another length.
            if str(base.first) >= "2012-01" and m.count(rows, base, value):
                change = m.change(m.count(rows, now, value) / now.months, m.count(rows, base, value) / base.months)
                own = rows is vac and named
                (stated if own else beside).append(Reading(kind + ", " + label, change, not own))
    return Quantity((*stated, *beside))


def _killed_since(vac: pd.DataFrame, hit: pd.DataFrame, starts: Mapping[str, Window]) -> Quantity:
    """Return the deaths in attacks on civilians since each start; those in all events that hit civilians stand beside the words."""
    killed = Both("deaths in attacks on civilians by militant Islamists, ", f"morts dans des {_ATTACKS}, ")
    struck = Both(
        "deaths in events that hit civilians, by militant Islamists, ",
        "morts dans des événements de groupes islamistes armés qui touchent des civils, ",
    )
    return Quantity(
        tuple(
            Reading(words + _SINCE[name], float(m.count(rows, when, "fatalities")), rows is hit or name == "coup")
            for words, rows in ((killed, vac), (struck, hit))
            for name, when in starts.items()
        )
    )


@question
def vac_since_2021(r: Report) -> Answer:
    """How far have attacks on civilians risen since 2021, for each plausible reading of that?"""
    vac = attacks(r)
    if str(r.as_of) < d.WAGNER_ARRIVAL:
        return Answer(NOT_YET)
    hit = m.hitting_civilians(r.actors, d.MILITANT_ISLAMIST)
    everyone = m.against_civilians(r.actors)
    late = r.since("2022-01") if str(r.as_of) >= "2022-01" else r.since(d.WAGNER_ARRIVAL)
    starts = {
        "2021": r.since("2021-01"),
        "arrival": r.since(d.WAGNER_ARRIVAL),
        "2022": late,
        "coup": r.since(d.COUP_2020),
    }
    year_before = (
        (year(2021), Both("last 12 months over 2021", "12 derniers mois par rapport à 2021"))
        if r.as_of.year > 2021
        else (r.before_12, Both("last 12 months over the 12 before", "12 derniers mois par rapport aux 12 précédents"))
    )
    spans = [
        *((when, when.before(), _SINCE[name] + _AS_LONG, name != "coup") for name, when in starts.items()),
        (r.last_12, *year_before, True),
        (r.last_12, year(2020), Both("last 12 months over 2020", "12 derniers mois par rapport à 2020"), True),
        (
            starts["2021"],
            year(2020),
            Both(
                "since January 2021, monthly mean, over the monthly mean of 2020",
                "depuis janvier 2021, moyenne mensuelle, par rapport à celle de 2020",
            ),
            True,
        ),
    ]
    since = starts["2021"]
    changes = _changes(vac, everyone, spans)
    quantities = {"change": changes, "deaths": _killed_since(vac, hit, starts)}
    attacked = intervals.compare(vac, since, since.before())
    dead = intervals.compare(vac, starts["arrival"], starts["arrival"].before(), "fatalities")
    if starts["arrival"].months < 6:
        said = by_the_end(r.as_of) + Both(
            " Wagner has been in Mali for too few months to compare",
            ", Wagner est au Mali depuis trop peu de mois pour comparer",
        )
        return Answer(said.sentence(), quantities)
    return Answer(
        _since_2021(attacked, dead, starts, changes, m.count(vac, since, "fatalities")),
        quantities,
        caveat=joined([_from_each(vac, starts), _NO_CAUSE]),
        compared={"change": attacked, "deaths since Wagner's arrival": dead},
    )


_NO_CAUSE = Both(
    "That violence rose after an arrival does not show that the arrival caused it.",
    "Que la violence ait augmenté après une arrivée ne montre pas que cette arrivée en soit la cause.",
)


def _from_each(vac: pd.DataFrame, starts: Mapping[str, Window]) -> Both:
    """Say what each beginning that the words allow gives for both numbers: the change, of attacks and of deaths, and the toll."""
    told = []
    for name in ("2021", "arrival"):
        when = starts[name]
        (attacks_now, attacks_then), (deaths, deaths_then) = (
            (m.count(vac, when, value), m.count(vac, when.before(), value)) for value in ("events", "fatalities")
        )
        if attacks_then and deaths_then:
            told.append(
                Both(
                    f"since {month_name(when.first)} attacks {p.moved(attacks_now, attacks_then)} and deaths in them "
                    f"{p.moved(deaths, deaths_then)}, to {p.number(deaths)}",
                    f"depuis {fr.month_name(when.first)}, les attaques {fr.moved(attacks_now, attacks_then)} et leurs morts "
                    f"{fr.moved(deaths, deaths_then)}, passant à {fr.number(deaths)}",
                )
            )
    return joined(told, "; ").sentence()


def _since_2021(
    attacked: intervals.Comparison,
    dead: intervals.Comparison,
    starts: Mapping[str, Window],
    changes: Quantity,
    toll: int,
) -> Both:
    """Say how attacks on civilians moved since 2021, the deaths since Wagner came, and how far readings differ."""
    rose, died = moved(attacked), moved(dead)
    low, high = changes.low * 100, changes.high * 100
    readings, months, short = len(changes.stated), starts["2021"].months, starts["arrival"].months
    return Both(
        f"Attacks on civilians by militant Islamists {rose.en} in the {p.count(months, 'month')} since January 2021, against "
        f"as long before, from {p.number(attacked.before)} to {p.number(attacked.now)}, and cost {p.number(toll)} lives; in "
        f"the {p.count(short, 'month')} since Wagner's arrival the deaths in them {died.en}, from {p.number(dead.before)} to "
        f"{p.number(dead.now)}; over {readings} readings of “since 2021” the change runs from {p.number(low)} to "
        f"{p.number(high)} percent.",
        f"Au cours des {fr.count(months, 'mois', 'mois')} écoulés depuis janvier 2021, les {_ATTACKS} {rose.fr} par rapport à une "
        f"même durée auparavant, passant de {fr.number(attacked.before)} à {fr.number(attacked.now)}, et ont fait {fr.number(toll)} "
        f"morts ; au cours des {fr.count(short, 'mois', 'mois')} qui ont suivi l’arrivée de Wagner, les morts dans ces attaques "
        f"{died.fr}, passant de {fr.number(dead.before)} à {fr.number(dead.now)} ; selon {readings} lectures de « depuis 2021 », la "
        f"variation va de {fr.number(low)} à {fr.number(high)} %.",
    )


def _unnamed(span: Window) -> Both:
    return Both(f"No event of {span.label} names Wagner.", f"Aucun événement ne mentionne Wagner {during(span)}.")


def _wagner_share(r: Report, pick: Callable[[pd.DataFrame], pd.DataFrame], value: str, span: Window) -> Quantity:
    readings = []
    for wide, label in WAGNER.items():
        for acting in (False, True):
            rows = (m.wagner_side if acting else m.with_wagner)(r.actors, wide=wide)
            total = m.count(rows, span, value)
            if total:
                readings.append((label + ACTING if acting else label, m.count(pick(rows), span, value) / total))
    return quantity(*readings)


@question
def wagner_vac_share(r: Report) -> Answer:
    """Which share of Wagner's events and deaths is violence against civilians?"""
    if str(r.as_of) < d.WAGNER_ARRIVAL:
        return Answer(NOT_YET)
    span = r.since(d.WAGNER_ARRIVAL)
    if not m.count(m.with_wagner(r.actors, wide=True), span):
        return Answer(_unnamed(span))
    events = _wagner_share(r, m.against_civilians, "events", span)
    deaths = _wagner_share(r, m.against_civilians, "fatalities", span)
    wide, narrow = (m.count(m.with_wagner(r.actors, wide=kind), span) for kind in (True, False))
    said = Both(
        f"violence against civilians makes up {p.percent(events.value)} of the {p.count(wide, 'event')} that name Wagner "
        f"since December 2021 and {p.percent(deaths.value)} of their deaths",
        f"les violences contre des civils représentent {fr.percent(events.value)} des {fr.count(wide, 'événement')} qui "
        f"mentionnent Wagner depuis décembre 2021, et {fr.percent(deaths.value)} de leurs morts",
    )
    if narrow:
        vac, dead = (
            m.count(m.against_civilians(m.with_wagner(r.actors, wide=False)), span, value)
            for value in ("events", "fatalities")
        )
        fallen = m.count(m.with_wagner(r.actors, wide=False), span, "fatalities")
        said += Both(
            f"; in the {p.count(narrow, 'event')} with Wagner as an actor, {p.percent(vac / narrow)}",
            f"; là où Wagner figure comme acteur ({fr.count(narrow, 'événement')}), {fr.percent(vac / narrow)}",
        )
        if fallen:
            said += Both(f" and {p.percent(dead / fallen)}", f" et {fr.percent(dead / fallen)}")
    if wide < d.SMALL_COUNT:
        said = Both(
            f"the data hold {p.count(wide, 'event')} since December 2021 that {'names' if wide == 1 else 'name'} Wagner",
            f"les données comptent {fr.count(wide, 'événement')} depuis décembre 2021 qui "
            f"{fr.agree(wide, 'mentionne', 'mentionnent')} Wagner",
        )
    return Answer(
        said.sentence(),
        {"events": events, "fatalities": deaths},
        caveat=Both(
            "In most events the army is the recorded actor and only the notes name Wagner.",
            "Dans la plupart des événements, l’acteur enregistré est l’armée, et seules les notes mentionnent Wagner.",
        ),
    )


@question
def wagner_central(r: Report) -> Answer:
    """Which share of Wagner's events lies in central Mali?"""
    if str(r.as_of) < d.WAGNER_ARRIVAL:
        return Answer(NOT_YET)
    span = r.since(d.WAGNER_ARRIVAL)
    if not m.count(m.with_wagner(r.actors, wide=True), span):
        return Answer(_unnamed(span))
    share = _wagner_share(r, lambda rows: m.in_zone(rows, "centre"), "events", span)
    recent = r.last_12
    rows = m.with_wagner(r.actors, wide=True)
    now = m.ratio(m.count(m.in_zone(rows, "centre"), recent), m.count(rows, recent)) if m.count(rows, recent) else None
    said = Both(
        f"{p.percent(share.value)} of the events that name Wagner since December 2021 took place in central Mali",
        f"{fr.percent(share.value)} des événements qui mentionnent Wagner depuis décembre 2021 ont eu lieu au centre du Mali",
    )
    narrow = m.with_wagner(r.actors, wide=False)
    if m.count(narrow, span):
        own = m.ratio(m.count(m.in_zone(narrow, "centre"), span), m.count(narrow, span))
        said += Both(
            f" ({p.percent(own)} of those with Wagner as an actor)",
            f" ({fr.percent(own)} de ceux où Wagner figure comme acteur)",
        )
    if now is not None and span.months > 12:
        said += Both(
            f"; in the last 12 months it is {p.percent(now)} by the wide count",
            f"; au cours des 12 derniers mois, {fr.percent(now)} de ceux qui le mentionnent",
        )
    if m.count(rows, span) < d.SMALL_COUNT:
        said = Both(
            f"too few events name Wagner by {month_name(r.as_of)} to say where it operates",
            f"jusqu’en {fr.month_name(r.as_of)}, trop peu d’événements mentionnent Wagner pour dire où il opère",
        )
    return Answer(said.sentence(), {"share": share})


@question
def moura(r: Report) -> Answer:
    """What do the event data and the UN say of Moura?"""
    rows = r.chronology[r.chronology["claims"].str.contains("R23-17")]
    wagner = m.with_wagner(r.actors, wide=True)
    if str(r.as_of) < "2022-03":
        return Answer(
            Both(
                "The killings at Moura lie after this edition.",
                "Les tueries de Moura sont postérieures à cette édition.",
            )
        )
    dead = m.count(m.moura(wagner), window("2022-03", "2022-03"), "fatalities")
    killed = rows[rows["id"].str.contains("moura") & rows["unit"].str.contains("killed")]
    # The report's own count vouches for nothing; the UN's is of violations by Malian forces in one quarter.
    incidents = rows[rows["value"].ge(300) & ~rows["unit"].str.contains("killed") & rows["source_kind"].ne("report")]
    share = m.ratio(dead, m.count(wagner, r.since(d.WAGNER_ARRIVAL), "fatalities"))
    quantities = {}
    if len(killed):
        quantities["moura"] = quantity(
            (Both("ACLED, sum of three daily events", "ACLED, somme de trois événements journaliers"), dead)
        )
    if len(incidents):
        quantities["incidents"] = quantity(
            *[
                (Both(f"{row.unit}; {row.source}", f"{_UNITS_FR[row.unit]} ; {row.source}"), row.value)
                for row in incidents.itertuples()
            ]
        )
    said = Both(
        f"ACLED counts {p.number(dead)} people killed at Moura from 27 to 31 March 2022, in three daily events with the army "
        f"as the actor and Wagner in the notes: {p.percent(share)} of all deaths in events that name Wagner by "
        f"{month_name(r.as_of)}, and none of those in events with Wagner as an actor",
        f"ACLED compte {fr.number(dead)} personnes tuées à Moura du 27 au 31 mars 2022, dans trois événements journaliers où "
        f"l’acteur est l’armée et où les notes mentionnent Wagner : {fr.percent(share)} de tous les morts des événements qui "
        f"mentionnent Wagner jusqu’en {fr.month_name(r.as_of)}, et aucun de ceux où Wagner figure comme acteur",
    )
    if killed["id"].eq("2023-05-12-ohchr-moura-report").any():
        most = killed["value"].max()
        said += Both(
            f"; the UN human rights office speaks of at least {p.number(most)}",
            f"; le Haut-Commissariat de l’ONU aux droits de l’homme parle d’au moins {fr.number(most)}",
        )
    return Answer(said.sentence(), quantities)
