"""Questions on the course of violence in all of Mali."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from helpers import definitions as d
from helpers import french as fr
from helpers import measures as m
from helpers import prose as p
from helpers.audit.questions.base import (
    ISLAMIST,
    LAST_12,
    QUESTIONS,
    WITH_UNIDENTIFIED,
    WITHOUT_DEADLIEST,
    Answer,
    Quantity,
    Reading,
    attacks,
    change_quantity,
    during,
    grown,
    islamist,
    islamist_wide,
    more,
    moved,
    outcome,
    over,
    quantity,
    question,
    realised_year,
    span,
    unfinished,
    up,
    up_within,
)
from helpers.editions import Report
from helpers.estimates import intervals
from helpers.windows import Window, complete_years, half, half_before, trailing, window, year
from helpers.words import NOTHING, Both
from helpers.words.both import joined


@question
def quarters_above(r: Report) -> Answer:
    """Was each complete quarter after the coup above every quarter before it?"""
    mi = islamist(r)
    quarters = m.series(mi, r.ever, "quarter")
    quarters = quarters[quarters["months"].eq(3)]
    coup = m.period_of(pd.Series([d.COUP_2020]), "quarter")[0]
    after, before = quarters[quarters["period"] > coup], quarters[quarters["period"] < coup]
    if after.empty:
        early = str(r.as_of) < d.COUP_2020
        when = "has not happened yet" if early else "has no complete quarter after it"
        return Answer(
            Both(
                f"The coup of August 2020 {when} in this edition.",
                "Dans cette édition, le coup d’État d’août 2020 n’a pas encore eu lieu."
                if early
                else "Dans cette édition, aucun trimestre complet ne suit le coup d’État d’août 2020.",
            )
        )
    upto = quarters[quarters["period"] <= coup]
    quantities: dict[str, Quantity] = {}
    words: list[Both] = []
    for value, noun in (("events", "events"), ("fatalities", "deaths")):
        record = before.loc[before[value].idxmax()]
        above = int((after[value] > record[value]).sum())
        words.append(_above(noun, above, len(after), record["period"], record[value], first=not words))
        what = ISLAMIST if noun == "events" else Both("militant Islamist deaths", f"morts dans les {ISLAMIST.fr}")
        label = what + Both(
            ": lowest quarter after the coup's over highest before it",
            ": trimestre le plus bas après celui du coup d’État par rapport au plus haut qui le précède",
        )
        lowest = after[value].min()
        quantities[noun] = grown(
            more(label, lowest, record[value]),
            more(
                label
                + Both(
                    ", the coup's own quarter counted as before", ", celui du coup d’État compté avec les précédents"
                ),
                lowest,
                upto[value].max(),
            ),
        )
    return Answer(joined(words, "; ").sentence(), quantities)


def _above(noun: str, above: int, total: int, period: str, most: float, *, first: bool) -> Both:
    """Say how many quarters since the coup lay above the highest before it."""
    whole = p.count(total, "complete quarter")
    subject = {0: f"none of the {whole}", total: f"all {whole}" if total > 1 else f"the {whole}"}.get(
        above, f"{p.word(above)} of the {whole}"
    )
    part = {0: "none", total: "all" if total > 1 else "it"}.get(above, p.word(above))
    name = f"the {('first', 'second', 'third', 'fourth')[int(period[5]) - 1]} quarter of {period[:4]}"
    place = fr.long_quarter(period)
    quarters = fr.count(total, "trimestre complet", "trimestres complets")
    sides = {0: f"aucun des {quarters}", total: f"les {quarters}" if total > 1 else "le seul trimestre complet"}
    which = sides.get(above, f"{fr.word(above)} des {quarters}")
    plural = above > 1
    if first:
        had = "ont" if plural else f"{'n’' if not above else ''}a"
        return Both(
            f"{subject} since the coup of August 2020 had more {noun} than any quarter before it (the highest was {name} "
            f"with {p.number(most)})",
            f"{which} depuis le coup d’État d’août 2020 {had} compté plus d’événements que chacun des précédents "
            f"(le plus haut : {place}, avec {fr.number(most)})",
        )
    also = {0: "aucun", total: "tous" if total > 1 else "lui aussi"}.get(above, fr.word(above))
    return Both(
        f"by {noun}, {part} did ({name}: {p.number(most)})",
        f"par le nombre de morts, {also} {'sont' if plural else 'est'} dans ce cas ({place} : {fr.number(most)})"
        if above
        else f"par le nombre de morts, aucun n’est dans ce cas ({place} : {fr.number(most)})",
    )


@question
def fatalities_record(r: Report) -> Answer:
    """Do the fatalities of the year to date exceed every earlier full year?"""
    mi, now = islamist(r), r.year_to_date
    years = [w for w in complete_years(2012, r.as_of) if w.last < now.first]
    totals = {w.label: m.count(mi, w, "fatalities") for w in years}
    record = max(totals, key=lambda name: totals[name])
    here = m.count(mi, now, "fatalities")
    without = m.count_without_deadliest(mi, now)
    vac = attacks(r)
    vac_record = max(m.count(vac, w, "fatalities") for w in years)
    ended = now.months == 12
    if here > totals[record]:
        verb = Both(f"{'' if ended else 'already '}more than in any", f"{'' if ended else 'déjà '}plus que toute")
    else:
        verb = Both("fewer than in the highest", "moins que la plus meurtrière")
    year_before = "année complète antérieure" if here > totals[record] else "des années complètes antérieures"
    said = Both(
        f"militant Islamist events of {now.label} cost {p.number(here)} lives, {verb.en} full year before "
        f"({record}: {p.number(totals[record])}); without the deadliest single event the toll is {p.number(without)}",
        f"{during(now)}, les {ISLAMIST.fr} ont fait {fr.number(here)} morts, {verb.fr} {year_before} "
        f"({record} : {fr.number(totals[record])}) ; sans l’événement le plus meurtrier, le bilan est de {fr.number(without)}",
    )
    return Answer(
        said.sentence(),
        {
            "record": grown(
                more(
                    Both("fatalities of militant Islamist events, ", f"morts dans les {ISLAMIST.fr}, ")
                    + span(now)
                    + Both(", over the highest full year", ", par rapport à l’année complète la plus meurtrière"),
                    here,
                    totals[record],
                ),
                more(WITHOUT_DEADLIEST, without, totals[record], beside=True),
                more(
                    Both("fatalities of attacks on civilians alone", "morts des seules attaques contre des civils"),
                    m.count(vac, now, "fatalities"),
                    vac_record,
                    beside=True,
                ),
            )
        },
    )


def _fatalities_pace(r: Report) -> tuple[Window, Window, float, int]:
    mi, now = islamist(r), r.year_to_date
    before = r.checked(year(now.first.year - 1))
    return now, before, m.pace(m.count(mi, now, "fatalities"), now.months), m.count(mi, before, "fatalities")


@question
def fatalities_projection(r: Report) -> Answer:
    """What would fatalities come to at the year's pace, against the year before?"""
    now, before, pace, base = _fatalities_pace(r)
    mi = islamist(r)
    without = m.pace(m.count_without_deadliest(mi, now), now.months)
    found = intervals.compare(mi, now, before, "fatalities", rates=True)
    if now.months == 12:
        said = Both(
            f"{now.label} had {up_within(found).en} deaths in militant Islamist events than {before.label} "
            f"({p.number(pace)} against {p.number(base)})",
            f"en {now.label}, les {ISLAMIST.fr} ont fait {fr.number(pace)} morts, contre {fr.number(base)} en {before.label} : "
            f"{up_within(found).fr}",
        )
    else:
        said = Both(
            f"at the pace of {now.label}, militant Islamist events of {now.first.year} would cost {p.number(pace)} "
            f"lives, against {p.number(base)} in {before.label}: {up_within(found).en}",
            f"au rythme {fr.of(fr.label(now))}, les {ISLAMIST.fr} feraient {fr.number(pace)} morts en {now.first.year}, contre "
            f"{fr.number(base)} en {before.label} : {up_within(found).fr}",
        )
    return Answer(
        said.sentence(),
        {
            "pace": quantity(
                (Both("pace of ", "rythme, ") + over(now, before), m.change(pace, base)),
                (
                    Both(
                        "last four months' pace for the rest of the year",
                        "rythme des quatre derniers mois pour le reste de l’année",
                    ),
                    m.change(
                        m.count(mi, now, "fatalities")
                        + m.count(mi, trailing(r.as_of, 4), "fatalities") / 4 * (12 - now.months),
                        base,
                    ),
                ),
                beside=[(WITHOUT_DEADLIEST, m.change(without, base))],
            )
        },
        compared={"pace": found},
    )


@outcome
def fatalities_projection_outcome(r: Report) -> Answer:
    """What did the fatalities of the projected year come to?"""
    now, before, pace, base = _fatalities_pace(r)
    rows = m.militant_islamist(r.all_actors)
    whole = realised_year(r, now.first.year)
    if whole is None:
        return unfinished(now.first.year)
    real = m.count(rows, whole, "fatalities")
    found = intervals.compare(rows, whole, before, "fatalities")
    said = Both(
        f"{whole.label} ended with {p.number(real)} deaths, {up_within(found).en} than {before.label}; "
        f"the pace had pointed to {p.number(pace)}",
        f"l’année {whole.label} s’est achevée sur {fr.number(real)} morts, soit {up_within(found).fr} qu’en {before.label} ; le "
        f"rythme en annonçait {fr.number(pace)}",
    )
    return Answer(
        said.sentence(),
        {
            "realised": quantity(
                (over(whole, before), m.change(real, base)),
                beside=[(WITHOUT_DEADLIEST, m.change(m.count_without_deadliest(rows, whole), base))],
            )
        },
        compared={"realised": found},
        until=whole.last,
    )


@question
def recent_events(r: Report) -> Answer:
    """How did events of the last months compare with those just before?"""
    mi, now, before = islamist(r), r.recent, r.recent_before
    found = intervals.compare(mi, now, before)
    same = m.count(mi, now.year_earlier())
    went = moved(found)
    said = Both(
        f"Militant Islamist events {went.en}, from {p.number(found.before)} in {before.label} to "
        f"{p.number(found.now)} in {now.label}; the same months a year earlier had {p.number(same)}.",
        f"Les {ISLAMIST.fr} {went.fr}, de {fr.number(found.before)} {during(before)} à {fr.number(found.now)} "
        f"{during(now)} ; les mêmes mois en avaient compté {fr.number(same)} un an plus tôt.",
    )
    return Answer(
        said,
        {"change": change_quantity(r, now, before, lambda rows: rows)},
        compared={"change": found},
    )


_PACE = Both(
    "A pace assumes that the rest of the year is like its beginning.",
    "Un rythme suppose que le reste de l’année ressemble à son début.",
)


@question
def pace_of_events(r: Report) -> Answer:
    """How many events would the year see at its pace?"""
    mi, now = islamist(r), r.year_to_date
    here = m.count(mi, now)
    pace = m.pace(here, now.months)
    said = Both(
        f"{now.label} had {p.number(here)} militant Islamist events",
        f"{during(now)}, on compte {fr.number(here)} {ISLAMIST.fr}",
    )
    if now.months < 12:
        said += Both(f", a pace of {p.number(pace)} a year", f", soit un rythme de {fr.number(pace)} par an")
    return Answer(
        said.sentence(),
        {
            "pace": quantity(
                (Both(f"{now.label} x 12 / {now.months}", f"{fr.label(now)} × 12 / {now.months}"), pace),
                beside=[
                    (WITH_UNIDENTIFIED, m.pace(m.count(islamist_wide(r), now), now.months)),
                    (LAST_12, m.count(mi, r.last_12)),
                ],
            )
        },
        caveat=_PACE if now.months < 12 else NOTHING,
    )


@outcome
def pace_of_events_outcome(r: Report) -> Answer:
    """How many events did the year see?"""
    number = r.year_to_date.first.year
    whole = realised_year(r, number)
    if whole is None:
        return unfinished(number)
    real = m.count(m.militant_islamist(r.all_actors), whole)
    pace = QUESTIONS["pace_of_events"](r).quantities["pace"].value
    return Answer(
        Both(
            f"{number} ended with {p.number(real)} militant Islamist events; the pace had pointed to {p.number(pace)}.",
            f"L’année {number} s’est achevée sur {fr.number(real)} {ISLAMIST.fr} ; le rythme en annonçait {fr.number(pace)}.",
        ),
        {
            "realised": quantity(
                (ISLAMIST + f", {number}", real),
                beside=[
                    (
                        WITH_UNIDENTIFIED,
                        m.count(m.militant_islamist(r.all_actors, unidentified=True), whole),
                    )
                ],
            )
        },
        until=whole.last,
    )


@question
def passes_record(r: Report) -> Answer:
    """Would the year pass the record of the years before, at its pace?"""
    mi, now = islamist(r), r.year_to_date
    totals = {w.label: m.count(mi, w) for w in complete_years(2012, r.as_of) if w.last < now.first}
    record = max(totals, key=lambda name: totals[name])
    pace = m.pace(m.count(mi, now), now.months)
    wide = islamist_wide(r)
    wide_record = max(m.count(wide, w) for w in complete_years(2012, r.as_of) if w.last < now.first)
    whole = now.months == 12
    said = Both(
        f"{'the year ' + now.label if whole else 'the pace of ' + now.label} ({p.number(pace)} events) "
        f"{'passes' if pace > totals[record] else 'does not pass'} the highest year before, {record} "
        f"({p.number(totals[record])})",
        f"{'l’année ' + now.label if whole else 'le rythme ' + fr.of(fr.label(now))} ({fr.number(pace)} événements) "
        f"{'dépasse' if pace > totals[record] else 'ne dépasse pas'} le précédent record annuel, celui de {record} "
        f"({fr.number(totals[record])})",
    )
    return Answer(
        said.sentence(),
        {
            "pace_passes": grown(
                more(
                    Both(
                        "pace of militant Islamist events over the highest full year",
                        f"rythme des {ISLAMIST.fr} par rapport à l’année complète la plus haute",
                    ),
                    pace,
                    totals[record],
                ),
                more(WITH_UNIDENTIFIED, m.pace(m.count(wide, now), now.months), wide_record, beside=True),
            )
        },
    )


@outcome
def passes_record_outcome(r: Report) -> Answer:
    """Did the year pass the record?"""
    number = r.year_to_date.first.year
    whole = realised_year(r, number)
    if whole is None:
        return unfinished(number)
    readings: list[Reading] = []
    words: Both | None = None
    for label, rows in (
        (ISLAMIST, m.militant_islamist(r.all_actors)),
        (WITH_UNIDENTIFIED, m.militant_islamist(r.all_actors, unidentified=True)),
    ):
        record = max(m.count(rows, year(y)) for y in range(2012, number))
        real = m.count(rows, whole)
        readings.append(more(label, real, record, beside=bool(readings)))
        words = words or Both(
            f"{number} had {p.number(real)} militant Islamist events against {p.number(record)} in the highest year "
            f"before: the record was {'passed' if real > record else 'not passed'}.",
            f"L’année {number} a compté {fr.number(real)} {ISLAMIST.fr}, contre {fr.number(record)} pour le précédent record "
            f"annuel, qui {'a été battu' if real > record else 'n’a pas été battu'}.",
        )
    assert words is not None
    return Answer(words, {"realised_passes": grown(*readings)}, until=whole.last)


_PACE_OVER = {
    "year": Both("pace over the calendar year 2020", "rythme par rapport à l’année 2020"),
    "before": Both("pace over the 12 months before August 2020", "rythme par rapport aux 12 mois précédant août 2020"),
    "first": Both(
        "pace over January-July 2020, annualised", "rythme par rapport à janvier-juillet 2020, ramené à l’année"
    ),
    "last year": Both("last 12 months over 2020", "12 derniers mois par rapport à 2020"),
    "last before": Both(
        "last 12 months over the 12 months before August 2020",
        "12 derniers mois par rapport aux 12 mois précédant août 2020",
    ),
    "2019": Both(
        "pace over 2019, the last full year before the coup",
        "rythme par rapport à 2019, dernière année complète avant le coup d’État",
    ),
}


@question
def since_seizure(r: Report) -> Answer:
    """How does the present pace compare with the time at which the junta took power?"""
    mi, now = islamist(r), r.year_to_date
    pace = m.pace(m.count(mi, now), now.months)
    last_12 = m.count(mi, r.last_12)
    if r.as_of < pd.Period("2020-12", "M"):
        return Answer(
            Both(
                "The year in which the junta took power, 2020, is not complete in this edition.",
                "L’année 2020, où la junte a pris le pouvoir, n’est pas complète dans cette édition.",
            )
        )
    if now.first.year == 2020:
        return Answer(
            Both(
                f"This edition ends with the year in which the junta took power, which had {p.number(last_12)} events.",
                "Cette édition s’arrête à l’année où la junte a pris le pouvoir, qui a compté "
                f"{fr.number(last_12)} événements.",
            )
        )
    base = m.count(mi, year(2020))
    before_coup = m.count(mi, window("2019-08", "2020-07"))
    first_months = m.pace(m.count(mi, window("2020-01", "2020-07")), 7)
    over_year = intervals.compare(mi, now, year(2020), rates=True)
    over_before = intervals.compare(mi, now, window("2019-08", "2020-07"), rates=True)
    if now.months == 12:
        said = Both(
            f"The {p.number(pace)} events of {now.label} are",
            f"Les {fr.number(pace)} événements de {now.label} représentent",
        )
    else:
        said = Both(
            f"The pace of {now.label} ({p.number(pace)} events a year) is",
            f"Le rythme {fr.of(fr.label(now))} ({fr.number(pace)} événements par an) représente",
        )
    said += Both(
        f" {over_year.times()} the {p.number(base)} events of 2020 and {over_before.times()} those of the "
        f"12 months before the coup ({p.number(before_coup)}).",
        f" {fr.times_within(over_year)} les {fr.number(base)} événements de 2020 et {fr.times_within(over_before)} ceux des "
        f"12 mois précédant le coup d’État ({fr.number(before_coup)}).",
    )
    return Answer(
        said,
        {
            "ratio": quantity(
                (_PACE_OVER["year"], pace / base),
                (_PACE_OVER["before"], pace / before_coup),
                (_PACE_OVER["first"], pace / first_months),
                (_PACE_OVER["last year"], last_12 / base),
                (_PACE_OVER["last before"], last_12 / before_coup),
                beside=[(_PACE_OVER["2019"], pace / m.count(mi, year(2019)))],
            )
        },
        compared={"ratio": over_year, "ratio to the 12 months before": over_before},
    )


def _area_moved(change: float) -> Both:
    step = up(change)
    if step.en.startswith("0 percent"):
        return Both("about as much as in", "à peu près autant qu’")
    return Both(f"{step.en.replace('fewer', 'less')} than in", f"{step.fr} qu’")


@question
def footprint_area(r: Report) -> Answer:
    """How large is the area touched, against the half-year before, under every definition?"""
    now, before = r.half, half_before(r.half)
    table = m.area_changes(r.areas, now, before)
    civilian = m.area_changes(r.areas, now, before, "mi-civilian")
    everything = [
        *[(row, ISLAMIST) for row in table.to_dict("records")],
        *[(row, Both("attacks on civilians", "attaques contre des civils")) for row in civilian.to_dict("records")],
    ]
    # The main definition is the cell of the footprint table, whose map the book shows.
    everything.sort(
        key=lambda item: not (item[1] == ISLAMIST and item[0]["method"] == "cell" and item[0]["size"] == d.CELL_DEGREES)
    )
    quantities = {}
    for name, key in (("area", "now"), ("area_before", "before")):
        quantities[name] = quantity(*[(what + ", " + _shape(row), row[key]) for row, what in everything])
    quantities["change"] = quantity(*[(what + ", " + _shape(row), row["ratio"] - 1) for row, what in everything])
    main = everything[0][0]
    change = quantities["change"]
    went, area = _area_moved(main["ratio"] - 1), quantities["area"]
    said = Both(
        f"Cells of {d.CELL_DEGREES} degree with a militant Islamist event covered {p.number(main['now'], -2)} km² in "
        f"{half(now).label}, {went.en} {half(before).label}; over {len(everything)} definitions "
        f"the area runs from {p.number(area.low, -1)} to {p.number(area.high, -3)} km² and "
        f"the change from {p.number(change.low * 100)} to {p.number(change.high * 100)} percent.",
        f"Les cellules de {fr.number(d.CELL_DEGREES, 1)} degré où s’est produit un événement impliquant des groupes islamistes "
        f"armés couvraient {fr.number(main['now'], -2)} km² {during(half(now))}, {went.fr}{during(half(before))} ; "
        f"selon {len(everything)} définitions, la surface va de {fr.number(area.low, -1)} à {fr.number(area.high, -3)} km² et "
        f"la variation de {fr.number(change.low * 100)} à {fr.number(change.high * 100)} %.",
    )
    return Answer(
        said,
        quantities,
        caveat=Both(
            "The area depends far more on the definition than on the half-year.",
            "La surface dépend bien plus de la définition que du semestre.",
        ),
    )


def _shape(row: Mapping[Hashable, Any]) -> Both:
    """Write how the area is drawn around events."""
    size = f"{row['size']:g}"
    if row["method"] == "cell":
        return Both(f"cells of {size} degree", f"cellules de {size.replace('.', ',')} degré")
    return Both(f"discs of {size} km", f"disques de {size.replace('.', ',')} km")
