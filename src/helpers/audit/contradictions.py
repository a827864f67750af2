"""The published figures held against themselves and each other.

Some figures follow from others: a change from two levels, a year from two half-years that overlap with a third count.
Each check below states what some published figures imply for another number, with the room that rounding leaves, and
holds it against what is published or, where the reports do not give it, counted. The verdict follows by rule.
"""

from __future__ import annotations

import math

import pandas as pd

from helpers import definitions as d
from helpers import french as fr
from helpers import limits
from helpers import measures as m
from helpers import prose as p
from helpers.audit import bamako
from helpers.audit.cases import Case as Case
from helpers.audit.cases import Check, Found, in_percent, in_percent_fr
from helpers.audit.spans import VERDICTS as VERDICTS
from helpers.audit.spans import VERDICTS_FR as VERDICTS_FR
from helpers.audit.spans import Span
from helpers.audit.spans import verdict as verdict
from helpers.data import Tables
from helpers.estimates import intervals
from helpers.windows import month_name, trailing, year
from helpers.words.both import Both

# --------------------------------------------------------------------------- the checks


def _area(c: Case) -> Found:
    now, before, change = (c.stated("R23-04", name) for name in ("area", "area_before", "change"))
    implied = Span(now.low / before.high, now.high / before.low)
    exact = c.value("R23-04", "area") / c.value("R23-04", "area_before")
    return Found(
        implied,
        change,
        "area of 2023H1 over 2022H2",
        Both(
            f"{p.number(c.value('R23-04', 'area'))} km² is {p.number((exact - 1) * 100, 1)} percent more than "
            f"{p.number(c.value('R23-04', 'area_before'))} km²",
            f"{fr.number(c.value('R23-04', 'area'))} km² font {fr.percent(exact - 1, 1)} de plus que "
            f"{fr.number(c.value('R23-04', 'area_before'))} km²",
        ),
        Both(
            f"with the rounding of both, {in_percent(implied.low)} to {in_percent(implied.high)}; published as "
            f"{in_percent(c.value('R23-04', 'change'))}",
            f"compte tenu des deux arrondis, de {in_percent_fr(implied.low)} à {in_percent_fr(implied.high)} ; chiffre publié : "
            f"{in_percent_fr(c.value('R23-04', 'change'))}",
        ),
    )


def _base_of_2020(c: Case) -> Found:
    r, mi = c.reports["R23"], c.mi()
    ratio, floor = c.stated("R23-03", "ratio"), c.value("R23-01", "pace")
    pace = m.pace(m.count(mi, r.year_to_date), r.year_to_date.months)
    implied = Span(floor / ratio.high, max(pace, floor) / ratio.low)
    before = m.count(mi, r.window("2019-08", "2020-07"))
    calendar = m.count(mi, year(2020))
    first = m.pace(m.count(mi, r.window("2020-01", "2020-07")), 7)
    numbers = (before, calendar, first)
    return Found(
        implied,
        Span(min(numbers), max(numbers)),
        "events a year when the junta took power",
        Both(
            f"more than {p.number(floor)} events as nearly {p.number(c.value('R23-03', 'ratio'))} times the level of 2020 "
            f"imply {p.spread(implied.low, implied.high)} events a year then (the upper end with our pace of "
            f"{p.number(pace)})",
            f"plus de {fr.number(floor)} événements, près de {fr.number(c.value('R23-03', 'ratio'))} fois le niveau de 2020, en "
            f"supposent alors {fr.spread(implied.low, implied.high)} par an (le haut de la fourchette avec notre rythme de "
            f"{fr.number(pace)})",
        ),
        Both(
            f"our tables hold {p.number(calendar)} in 2020, {p.number(before)} in the 12 months before August 2020 and "
            f"{p.number(m.count(mi, year(2019)))} in 2019",
            f"nos tables en comptent {fr.number(calendar)} en 2020, {fr.number(before)} au cours des 12 mois précédant août 2020 et "
            f"{fr.number(m.count(mi, year(2019)))} en 2019",
        ),
    )


def _share_of_vac(c: Case) -> Found:
    r, mi, vac = c.reports["R23"], c.mi(), c.vac()
    attacks, events = c.stated("R23-07", "ratio"), c.stated("R23-03", "ratio")
    implied = Span(attacks.low / events.high, attacks.high / events.low)
    base = r.window("2019-08", "2020-07")
    then, now = (m.count(vac, when) / m.count(mi, when) for when in (base, r.last_12))
    return Found(
        implied,
        Span(now / then, now / then),
        "share of attacks on civilians in all events, now over then",
        Both(
            f"attacks on civilians up {p.number(c.value('R23-07', 'ratio'))} times and all events up "
            f"{p.number(c.value('R23-03', 'ratio'))} times mean that their share grew "
            f"{p.spread(implied.low, implied.high, 1)} times",
            f"des attaques contre des civils multipliées par {fr.number(c.value('R23-07', 'ratio'))} et l’ensemble des événements "
            f"par {fr.number(c.value('R23-03', 'ratio'))} supposent que leur part ait été multipliée par "
            f"{fr.spread(implied.low, implied.high, 1)}",
        ),
        Both(
            f"in our tables it grew {p.times(now / then)}, from {p.percent(then)} to {p.percent(now)}",
            f"dans nos tables elle est passée de {fr.percent(then)} à {fr.percent(now)}, soit {fr.times(now / then)} sa valeur de "
            "départ",
        ),
    )


def _outside_centre(c: Case) -> Found:
    r, mi = c.reports["R22"], c.mi("R22")
    whole, centre = c.stated("R22-06", "change"), c.stated("R22-14", "change")
    share = c.stated("R22-13", "share_to_date")

    def outside(all_: float, inside: float, part: float) -> float:
        """Return the level of change outside the centre, whose share of both windows together is `part`."""
        first = part * (1 + all_) / (1 + inside)
        return (all_ - inside * first) / (1 - first)

    # The larger the centre's share, the less is left for the rest: the lowest share gives the highest change.
    highest = outside(whole.high, centre.low, share.low)
    elsewhere = m.in_zone(mi, "north", "south")
    compared = intervals.compare(elsewhere, r.recent, r.recent_before)
    here, base = compared.now, compared.before
    grown = m.count(mi, r.recent) - m.count(mi, r.recent_before)
    return Found(
        Span(0, highest),
        Span(here / base, here / base),
        "events outside Mopti and Ségou, May-August over January-April",
        Both(
            f"{in_percent(c.value('R22-06', 'change'))} more events in all, {in_percent(c.value('R22-14', 'change'))} more in "
            f"Mopti and Ségou, and more than {p.percent(share.low)} of all events there leave a change of at most "
            f"{in_percent(highest)} for the rest of Mali",
            f"{in_percent_fr(c.value('R22-06', 'change'))} d’événements en plus dans l’ensemble, "
            f"{in_percent_fr(c.value('R22-14', 'change'))} en plus à Mopti et à Ségou, et plus de {fr.percent(share.low)} du total "
            f"dans ces deux régions laissent au reste du Mali une variation d’au plus {in_percent_fr(highest)}",
        ),
        Both(
            f"in our tables events outside the centre {compared.moved()}, from {p.number(base)} to {p.number(here)}; "
            f"{p.number(grown - (here - base))} of the {p.number(grown)} events that came on top were in the centre",
            f"dans nos tables, les événements hors du centre {fr.moved_within(compared)}, passant de {fr.number(base)} à "
            f"{fr.number(here)} ; {fr.number(grown - (here - base))} des {fr.number(grown)} événements supplémentaires ont eu lieu "
            "dans le centre",
        ),
    )


def _deaths_of_2021(c: Case) -> Found:
    mi = c.mi("R22")
    deaths, share, growth = c.value("R22-16", "deaths"), c.stated("R22-16", "share"), c.stated("R22-03", "pace")
    room = 0.5 * 10.0 ** -c.figure("R22-16", "deaths").digits
    months = c.reports["R22"].year_to_date.months
    to_date = Span(deaths / share.high, (deaths + room) / share.low)
    implied = Span(m.pace(to_date.low, months) / growth.high, m.pace(to_date.high, months) / growth.low)
    counted = m.count(mi, year(2021), "fatalities")
    return Found(
        implied,
        Span(counted, counted),
        "deaths in militant Islamist events in 2021",
        Both(
            f"just over {p.number(deaths)} deaths as about {p.percent(c.value('R22-16', 'share'))} of all make "
            f"{p.spread(to_date.low, to_date.high, -1)} by August 2022, and a projected rise of "
            f"{in_percent(c.value('R22-03', 'pace'))} puts 2021 at {p.spread(implied.low, implied.high, -1)}",
            f"un peu plus de {fr.number(deaths)} morts, environ {fr.percent(c.value('R22-16', 'share'))} du total, en supposent "
            f"{fr.spread(to_date.low, to_date.high, -1)} jusqu’en août 2022, et une hausse projetée de "
            f"{in_percent_fr(c.value('R22-03', 'pace'))} situe 2021 entre {fr.number(implied.low, -1)} et {fr.number(implied.high, -1)}",
        ),
        Both(f"our tables hold {p.number(counted)}", f"nos tables en comptent {fr.number(counted)}"),
    )


def _quarters_and_year(c: Case) -> Found:
    vac, ratio = c.vac("R22"), c.stated("R22-04", "ratio")
    # Two quarters, each above the record, are more than twice the record, and no more than the year to date.
    implied = Span(0, ratio.high / 2)
    years = {number: m.count(vac, year(number), "fatalities") for number in range(2012, 2022)}
    highest = max(years, key=lambda number: years[number])
    counted = years[highest] / years[2021]
    return Found(
        implied,
        Span(counted, counted),
        "highest year of civilian deaths before 2022, over 2021",
        Both(
            f"two quarters of 2022 that each exceed every earlier year, in a year to date of about "
            f"{p.number(c.value('R22-04', 'ratio'))} times 2021, allow no earlier year above {p.times(implied.high)} 2021",
            f"deux trimestres de 2022 dépassant chacun toute année antérieure, dans un début d’année à environ "
            f"{fr.number(c.value('R22-04', 'ratio'))} fois 2021, n’admettent aucune année antérieure au-delà de "
            f"{fr.times(implied.high)} 2021",
        ),
        Both(
            f"in our tables the highest year for attacks by militant Islamists was {highest}, with "
            f"{p.number(years[highest])} deaths",
            f"dans nos tables, l’année la plus meurtrière pour les attaques de groupes islamistes armés est {highest}, avec "
            f"{fr.number(years[highest])} morts",
        ),
    )


def _record_and_projection(c: Case) -> Found:
    mi, growth = c.mi("R22"), c.stated("R22-03", "pace")
    months = c.reports["R22"].year_to_date.months
    implied = Span(growth.low * months / 12, growth.high * months / 12)
    years = {number: m.count(mi, year(number), "fatalities") for number in range(2012, 2022)}
    highest = max(years, key=lambda number: years[number])
    needed = years[highest] / years[2021]
    return Found(
        implied,
        Span(needed, math.inf),
        "deaths of January-August 2022 over those of 2021, to be a record",
        Both(
            f"a year on course for {in_percent(c.value('R22-03', 'pace'))} more than 2021 has "
            f"{p.spread(implied.low, implied.high, 1)} times the deaths of 2021 by August",
            f"une année partie pour {in_percent_fr(c.value('R22-03', 'pace'))} de plus que 2021 compte dès août "
            f"{fr.spread(implied.low, implied.high, 1)} fois les morts de 2021",
        ),
        Both(
            f"to pass the highest year before, {highest}, our tables ask for {p.times(needed)}",
            f"pour dépasser l’année la plus meurtrière jusque-là, {highest}, il faut {fr.times(needed)} ces morts d’après nos tables",
        ),
    )


def _deaths_since(c: Case) -> Found:
    r, vac = c.reports["R23"], c.vac()
    stated = c.stated("R23-15", "deaths")
    late, early = r.since(d.WAGNER_ARRIVAL), r.since("2021-01")
    low, high = (m.count(vac, when, "fatalities") for when in (late, early))
    back = 1
    while m.count(vac, trailing(r.as_of, back), "fatalities") < c.value("R23-15", "deaths") and back < 120:
        back += 1
    start = trailing(r.as_of, back).first
    earlier = str(start) < "2021-01"
    return Found(
        stated,
        Span(low, high),
        "deaths in attacks on civilians by militant Islamists since 2021",
        Both(
            f"{p.number(c.value('R23-15', 'deaths'))} deaths since 2021",
            f"{fr.number(c.value('R23-15', 'deaths'))} morts depuis 2021",
        ),
        Both(
            f"our tables hold {p.number(low)} from December 2021 and {p.number(high)} from January 2021 on; the published "
            f"toll is reached by counting from {month_name(start)}{', before that year' if earlier else ''}",
            f"nos tables en comptent {fr.number(low)} à partir de décembre 2021 et {fr.number(high)} à partir de janvier 2021 ; on "
            f"atteint le bilan publié en comptant depuis {fr.month_name(start)}{', avant cette année-là' if earlier else ''}",
        ),
    )


def _deadlier(c: Case) -> Found:
    r = c.reports["R23"]
    events, deaths = c.stated("R23-16", "events"), c.stated("R23-16", "fatalities")

    def odds(share: float) -> float:
        return share / (1 - share)

    implied = Span(odds(deaths.low) / odds(events.high), odds(deaths.high) / odds(events.low))
    span = r.since(d.WAGNER_ARRIVAL)
    rows = m.with_wagner(r.actors, wide=True)
    vac = m.against_civilians(rows)
    part, whole = ([m.count(x, span, value) for value in ("fatalities", "events")] for x in (vac, rows))
    counted = (part[0] / part[1]) / ((whole[0] - part[0]) / (whole[1] - part[1]))
    return Found(
        implied,
        Span(counted, counted),
        "deaths an event, attacks on civilians over Wagner's other events",
        Both(
            f"{p.percent(c.value('R23-16', 'events'))} of Wagner's events and {p.percent(c.value('R23-16', 'fatalities'))} "
            f"of the deaths mean that an attack on civilians cost {p.spread(implied.low, implied.high, 1)} times as many "
            "lives as its other events",
            f"{fr.percent(c.value('R23-16', 'events'))} des événements de Wagner et {fr.percent(c.value('R23-16', 'fatalities'))} "
            f"des morts supposent qu’une attaque contre des civils ait fait {fr.spread(implied.low, implied.high, 1)} fois plus de "
            "morts que ses autres événements",
        ),
        Both(f"in our tables it is {p.times(counted)}", f"dans nos tables, c’est {fr.times(counted)}"),
    )


def _south_without_kayes(c: Case) -> Found:
    r, mi = c.reports["R23"], c.mi()
    south, kayes = c.stated("R23-26", "change"), c.stated("R23-28", "ratio")
    south_rows, kayes_rows = m.in_zone(mi, "south"), m.in_regions(mi, "Kayes")
    before, part = m.count(south_rows, r.before_12), m.count(kayes_rows, r.before_12)
    share = part / before
    implied = Span((south.low - kayes.high * share) / (1 - share), (south.high - kayes.low * share) / (1 - share))
    compared = intervals.compare(south_rows[south_rows["region"].ne("Kayes")], r.last_12, r.before_12)
    counted = compared.ratio
    return Found(
        implied,
        Span(counted, counted),
        "events in the south outside Kayes, over the 12 months before",
        Both(
            f"{p.number(c.value('R23-28', 'ratio'))} times as many events in Kayes, in a south up "
            f"{in_percent(c.value('R23-26', 'change'))}: with the {p.percent(share)} of the south's events that Kayes had "
            f"before, the other regions changed by {in_percent(implied.low)} to {in_percent(implied.high)}",
            f"{fr.number(c.value('R23-28', 'ratio'))} fois plus d’événements à Kayes, dans un sud en hausse de "
            f"{in_percent_fr(c.value('R23-26', 'change'))} : avec les {fr.percent(share)} des événements du sud que Kayes comptait "
            f"avant, les autres régions ont varié de {in_percent_fr(implied.low)} à {in_percent_fr(implied.high)}",
        ),
        Both(
            f"in our tables events there {compared.moved()}",
            f"dans nos tables, les événements y {fr.moved_within(compared)}",
        ),
    )


def _two_thirds(c: Case) -> Found:
    shares = m.zone_shares(c.reports["R23"].regions).set_index("zone")
    stated = c.stated("R23-09", "share")
    implied = Span(0, 1 - c.value("R22-11", "share"))
    land = shares["area_share"]
    return Found(
        implied,
        stated,
        "share of Mali's people in the north and the centre",
        Both(
            f"if the south holds more than {p.percent(c.value('R22-11', 'share'))} of the people, the north and the centre "
            f"hold less than {p.percent(implied.high)}",
            f"si le sud réunit plus de {fr.percent(c.value('R22-11', 'share'))} des habitants, le nord et le centre en réunissent "
            f"moins de {fr.percent(implied.high)}",
        ),
        Both(
            f"the two thirds of the country said to be imperilled {'cannot' if implied.high < stated.low else 'can'} be "
            f"its people; of its land the north and the centre are {p.percent(land['north'] + land['centre'])}, the north "
            f"alone {p.percent(land['north'])}",
            f"les deux tiers du pays dits menacés {'ne peuvent pas être' if implied.high < stated.low else 'peuvent être'} sa "
            f"population ; de ses terres, le nord et le centre représentent {fr.percent(land['north'] + land['centre'])}, le nord seul "
            f"{fr.percent(land['north'])}",
        ),
    )


CHECKS: tuple[Check, ...] = (
    Check(
        "area",
        ("R23-04",),
        Both("Do the two areas give the published change?", "Les deux surfaces donnent-elles la variation publiée ?"),
        _area,
        published=True,
    ),
    Check(
        "bamako-overlap",
        ("R22-08", "R23-06"),
        Both(
            "Does the half-year have room for the events already counted by August?",
            "Le semestre laisse-t-il place aux événements déjà comptés jusqu’en août ?",
        ),
        bamako.overlap,
    ),
    Check(
        "bamako-rest",
        ("R22-08", "R23-06"),
        Both("What is left for the rest of that half-year?", "Que reste-t-il pour la fin de ce semestre ?"),
        bamako.rest_of_half,
    ),
    Check(
        "bamako-year",
        ("R22-08", "R22-10", "R23-06"),
        Both(
            "Did the projected year come, by the reports' own counts?",
            "La projection pour l’année s’est-elle réalisée, d’après les décomptes des rapports ?",
        ),
        bamako.whole_year,
    ),
    Check(
        "bamako-five-years",
        ("R22-08", "R22-09", "R22-10"),
        Both(
            "Do the counts of 2021 and of five years fit together?",
            "Les décomptes de 2021 et de cinq ans s’accordent-ils ?",
        ),
        bamako.five_years,
    ),
    Check(
        "bamako-pace",
        ("R22-08", "R22-10"),
        Both(
            "Is the projection the pace of the events to date?",
            "La projection est-elle le rythme des événements à sa date ?",
        ),
        bamako.pace_of_nine,
        published=True,
    ),
    Check(
        "bamako-record",
        ("R22-08", "R22-10", "R23-06", "R23-27"),
        Both(
            "Is the first half of 2023 a record by the reports' own counts?",
            "Le premier semestre 2023 est-il un record d’après les décomptes des rapports ?",
        ),
        bamako.record,
        published=True,
    ),
    Check(
        "base-2020",
        ("R23-01", "R23-03"),
        Both(
            "Which level of 2020 does the rise since then imply?",
            "Quel niveau de 2020 la hausse depuis lors suppose-t-elle ?",
        ),
        _base_of_2020,
    ),
    Check(
        "share-of-attacks",
        ("R23-03", "R23-07"),
        Both(
            "Do the rises of all events and of attacks on civilians fit together?",
            "Les hausses de tous les événements et des attaques contre des civils s’accordent-elles ?",
        ),
        _share_of_vac,
    ),
    Check(
        "outside-centre",
        ("R22-06", "R22-13", "R22-14"),
        Both("What is left for Mali outside the centre?", "Que reste-t-il pour le Mali hors du centre ?"),
        _outside_centre,
    ),
    Check(
        "deaths-2021",
        ("R22-03", "R22-16"),
        Both("Which toll of 2021 do the deaths of 2022 imply?", "Quel bilan de 2021 les morts de 2022 supposent-ils ?"),
        _deaths_of_2021,
    ),
    Check(
        "quarters-and-year",
        ("R22-04", "R22-05"),
        Both(
            "Do the record quarters fit the toll of the year?",
            "Les trimestres records s’accordent-ils avec le bilan de l’année ?",
        ),
        _quarters_and_year,
    ),
    Check(
        "record-and-projection",
        ("R22-02", "R22-03"),
        Both(
            "Is a year on the projected course a record by August?",
            "Une année sur la trajectoire projetée est-elle un record dès août ?",
        ),
        _record_and_projection,
    ),
    Check(
        "deaths-since",
        ("R23-15",),
        Both(
            "From when on must deaths be counted to reach the published toll?",
            "À partir de quand faut-il compter les morts pour atteindre le bilan publié ?",
        ),
        _deaths_since,
    ),
    Check(
        "wagner-odds",
        ("R23-16",),
        Both(
            "Do the share of events and the share of deaths fit together?",
            "La part des événements et celle des morts s’accordent-elles ?",
        ),
        _deadlier,
    ),
    Check(
        "south-and-kayes",
        ("R23-26", "R23-28"),
        Both("What is left for the south outside Kayes?", "Que reste-t-il pour le sud hors de Kayes ?"),
        _south_without_kayes,
    ),
    Check(
        "two-thirds",
        ("R22-11", "R23-09"),
        Both("Can two thirds of the country be its people?", "Les deux tiers du pays peuvent-ils être sa population ?"),
        _two_thirds,
    ),
)
"""Every check, in the order of the chapters."""


def check_all(tables: Tables | None = None) -> pd.DataFrame:
    """Run every check.

    Returns one row a check: `id`, `claims`, `asks`, `measure`, `implies` (what the published figures imply), `follows`
    (what that means; `asks`, `implies` and `follows` in French too), `implied_low`, `implied_high`, `against_low`,
    `against_high`, `verdict`, `sentence`; changes stand as levels (1.18 for +18 percent), shares as parts of one.
    """
    tables = tables or Tables()
    limits.countable(tables, published=True)
    limits.enough(tables)
    case = Case(tables)
    records = []
    for check in CHECKS:
        found = check.run(case)
        implies, follows = found.implies.sentence(), found.follows.sentence()
        records.append(
            {
                "id": check.id,
                "claims": ";".join(check.claims),
                "asks": check.asks.en,
                "asks_fr": check.asks.fr,
                "measure": found.measure,
                "implies": implies.en,
                "implies_fr": implies.fr,
                "follows": follows.en,
                "follows_fr": follows.fr,
                "implied_low": found.implied.low,
                "implied_high": found.implied.high,
                "against_low": found.against.low,
                "against_high": found.against.high,
                "verdict": verdict(found.implied, found.against, published=check.published),
                "sentence": (found.implies + "; " + found.follows).sentence().en,
            }
        )
    return pd.DataFrame(records)
