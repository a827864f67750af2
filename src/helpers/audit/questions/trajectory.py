"""Questions on the course of violence in all of Mali."""

from __future__ import annotations

import pandas as pd

from helpers import definitions as d
from helpers import measures as m
from helpers import prose as p
from helpers.audit.questions.base import (
    QUESTIONS,
    Answer,
    Quantity,
    attacks,
    change_quantity,
    islamist,
    islamist_wide,
    outcome,
    quantity,
    question,
    realised_year,
    up,
    up_within,
)
from helpers.editions import Report
from helpers.estimates import intervals
from helpers.windows import Window, complete_years, half, half_before, trailing, window, year


@question
def quarters_above(r: Report) -> Answer:
    """Was each complete quarter after the coup above every quarter before it?"""
    mi = islamist(r)
    quarters = m.series(mi, r.ever, "quarter")
    quarters = quarters[quarters["months"].eq(3)]
    coup = m.period_of(pd.Series([d.COUP_2020]), "quarter")[0]
    after, before = quarters[quarters["period"] > coup], quarters[quarters["period"] < coup]
    if after.empty:
        when = "has not happened yet" if str(r.as_of) < d.COUP_2020 else "has no complete quarter after it"
        return Answer(f"The coup of August 2020 {when} in this edition.")
    upto = quarters[quarters["period"] <= coup]
    quantities: dict[str, Quantity] = {}
    words: list[str] = []
    for value, noun in (("events", "events"), ("fatalities", "deaths")):
        record = before.loc[before[value].idxmax()]
        above = int((after[value] > record[value]).sum())
        whole = p.count(len(after), "complete quarter")
        subject = {0: f"none of the {whole}", len(after): f"all {whole}" if len(after) > 1 else f"the {whole}"}.get(
            above, f"{p.word(above)} of the {whole}"
        )
        part = {0: "none", len(after): "all" if len(after) > 1 else "it"}.get(above, p.word(above))
        name = f"the {('first', 'second', 'third', 'fourth')[int(record['period'][5]) - 1]} quarter of {record['period'][:4]}"
        words.append(
            f"{subject} since the coup of August 2020 had more {noun} than any quarter before it (the highest was {name} "
            f"with {p.number(record[value])})"
            if not words
            else f"by {noun}, {part} did ({name}: {p.number(record[value])})"
        )
        label = f"militant Islamist {noun}: lowest quarter after the coup's over highest before it"
        lowest = after[value].min()
        quantities[noun] = quantity(
            (label, lowest > record[value]),
            (f"{label}, the coup's own quarter counted as before", lowest > upto[value].max()),
            counts=(lowest, record[value]),
        )
    return Answer(p.sentence("; ".join(words)), quantities)


@question
def fatalities_record(r: Report) -> Answer:
    """Do the fatalities of the year to date exceed every earlier full year?"""
    mi, now = islamist(r), r.year_to_date
    years = [w for w in complete_years(2012, r.as_of) if w.last < now.first]
    totals = {w.label: m.count(mi, w, "fatalities") for w in years}
    record = max(totals, key=lambda name: totals[name])
    here = m.count(mi, now, "fatalities")
    without = m.count_without_deadliest(mi, now)
    ended = now.months == 12
    verb = f"{'' if ended else 'already '}more than in any" if here > totals[record] else "fewer than in the highest"
    vac = attacks(r)
    vac_record = max(m.count(vac, w, "fatalities") for w in years)
    sentence = (
        f"militant Islamist events of {now.label} cost {p.number(here)} lives, {verb} full year before "
        f"({record}: {p.number(totals[record])}); without the deadliest single event the toll is {p.number(without)}"
    )
    return Answer(
        p.sentence(sentence),
        {
            "record": quantity(
                (
                    f"fatalities of militant Islamist events, {now.label}, over the highest full year",
                    here > totals[record],
                ),
                beside=[
                    ("without the deadliest single event", without > totals[record]),
                    ("fatalities of attacks on civilians alone", m.count(vac, now, "fatalities") > vac_record),
                ],
                counts=(here, totals[record]),
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
        sentence = (
            f"{now.label} had {up_within(found)} deaths in militant Islamist events than {before.label} "
            f"({p.number(pace)} against {p.number(base)})"
        )
    else:
        sentence = (
            f"at the pace of {now.label}, militant Islamist events of {now.first.year} would cost {p.number(pace)} "
            f"lives, against {p.number(base)} in {before.label}: {up_within(found)}"
        )
    return Answer(
        p.sentence(sentence),
        {
            "pace": quantity(
                (f"pace of {now.label} over {before.label}", m.change(pace, base)),
                (
                    "last four months' pace for the rest of the year",
                    m.change(
                        m.count(mi, now, "fatalities")
                        + m.count(mi, trailing(r.as_of, 4), "fatalities") / 4 * (12 - now.months),
                        base,
                    ),
                ),
                beside=[("without the deadliest single event", m.change(without, base))],
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
        return Answer(f"The year {now.first.year} is not complete in the data.")
    real = m.count(rows, whole, "fatalities")
    found = intervals.compare(rows, whole, before, "fatalities")
    sentence = (
        f"{whole.label} ended with {p.number(real)} deaths, {up_within(found)} than {before.label}; "
        f"the pace had pointed to {p.number(pace)}"
    )
    return Answer(
        p.sentence(sentence),
        {
            "realised": quantity(
                (f"{whole.label} over {before.label}", m.change(real, base)),
                beside=[("without the deadliest single event", m.change(m.count_without_deadliest(rows, whole), base))],
            )
        },
        compared={"realised": found},
        until=whole.last,
    )


@question
def killed_in_vac(r: Report) -> Answer:
    """How many people did militant Islamists kill in attacks on civilians, against the year before?"""
    vac, now = attacks(r), r.year_to_date
    before = r.checked(year(now.first.year - 1))
    here, base = m.count(vac, now, "fatalities"), m.count(vac, before, "fatalities")
    if not base or not m.count(vac, now.year_earlier(), "fatalities"):
        return Answer(
            p.sentence(
                f"attacks on civilians by militant Islamists cost {p.number(here)} lives in {now.label} "
                f"and {p.number(base)} in the whole of {before.label}"
            )
        )
    hit = m.hitting_civilians(r.actors, d.MILITANT_ISLAMIST)
    wide = m.against_civilians(r.actors, [*d.MILITANT_ISLAMIST, "unidentified"])
    same = now.year_earlier()
    found = intervals.compare(vac, now, before, "fatalities")
    part = f"{p.percent(found.ratio)} ({p.spread(found.interval.low * 100, found.interval.high * 100)}) of"
    sentence = (
        f"attacks on civilians by militant Islamists cost {p.number(here)} lives in {now.label}, "
        f"{found.times() if here >= base else part} the toll of the whole of {before.label} ({p.number(base)})"
    )
    return Answer(
        p.sentence(sentence),
        {
            "ratio": quantity(
                (f"{now.label} over {before.label}", m.ratio(here, base)),
                ("at an annual pace", m.ratio(m.pace(here, now.months), base)),
                *(
                    [(f"{now.label} over {same.label}", m.ratio(here, m.count(vac, same, "fatalities")))]
                    if m.count(vac, same, "fatalities")
                    else []
                ),
                beside=[
                    (
                        "bombs and shelling that hit civilians included",
                        m.ratio(m.count(hit, now, "fatalities"), m.count(hit, before, "fatalities")),
                    ),
                    (
                        "with unidentified armed groups",
                        m.ratio(m.count(wide, now, "fatalities"), m.count(wide, before, "fatalities")),
                    ),
                ],
            )
        },
        compared={"ratio": found},
    )


@question
def civilian_quarters(r: Report) -> Answer:
    """Did each of the year's first two quarters exceed every earlier full year in civilian fatalities?"""
    first = pd.Period(year=r.as_of.year, month=1, freq="M")
    quarters = [Window(first, first + 2), Window(first + 3, first + 5)]
    done = [w for w in quarters if w.last <= r.as_of]
    if len(done) < 2:
        return Answer(f"The first two quarters of {r.as_of.year} are not complete in this edition.")
    years = [w for w in complete_years(2012, r.as_of) if w.last < first]
    readings: list[tuple[str, bool]] = []
    counts: tuple[float, ...] = ()
    words = ""
    for label, rows in (
        ("fatalities of militant Islamist attacks on civilians", attacks(r)),
        ("fatalities of all attacks on civilians", m.against_civilians(r.actors)),
        ("all events that hit civilians, by militant Islamists", m.hitting_civilians(r.actors, d.MILITANT_ISLAMIST)),
    ):
        lowest = min(m.count(rows, w, "fatalities") for w in done)
        record = max(m.count(rows, w, "fatalities") for w in years)
        readings.append((label, lowest > record))
        counts = counts or (lowest, record)
        if not words:
            a, b = (m.count(rows, w, "fatalities") for w in done)
            best = max(years, key=lambda w: m.count(rows, w, "fatalities"))
            words = (
                f"attacks on civilians by militant Islamists cost {p.number(a)} lives in the first quarter of "
                f"{first.year} and {p.number(b)} in the second; the highest full year before was {best.label} "
                f"with {p.number(record)}"
            )
    return Answer(p.sentence(words), {"both_quarters": quantity(*readings[:2], beside=readings[2:], counts=counts)})


@question
def recent_events(r: Report) -> Answer:
    """How did events of the last months compare with those just before?"""
    mi, now, before = islamist(r), r.recent, r.recent_before
    found = intervals.compare(mi, now, before)
    same = m.count(mi, now.year_earlier())
    sentence = (
        f"militant Islamist events {found.moved()}, from {p.number(found.before)} in {before.label} to "
        f"{p.number(found.now)} in {now.label}; the same months a year earlier had {p.number(same)}"
    )
    return Answer(
        p.sentence(sentence),
        {"change": change_quantity(r, now, before, lambda rows: rows)},
        compared={"change": found},
    )


@question
def pace_of_events(r: Report) -> Answer:
    """How many events would the year see at its pace?"""
    mi, now = islamist(r), r.year_to_date
    here = m.count(mi, now)
    pace = m.pace(here, now.months)
    noun = f"{now.label} had {p.number(here)} militant Islamist events"
    sentence = noun if now.months == 12 else f"{noun}, a pace of {p.number(pace)} a year"
    return Answer(
        p.sentence(sentence),
        {
            "pace": quantity(
                (f"{now.label} x 12 / {now.months}", pace),
                beside=[
                    ("with unidentified armed groups", m.pace(m.count(islamist_wide(r), now), now.months)),
                    ("last 12 months", m.count(mi, r.last_12)),
                ],
            )
        },
        caveat="A pace assumes that the rest of the year is like its beginning." if now.months < 12 else "",
    )


@outcome
def pace_of_events_outcome(r: Report) -> Answer:
    """How many events did the year see?"""
    number = r.year_to_date.first.year
    whole = realised_year(r, number)
    if whole is None:
        return Answer(f"The year {number} is not complete in the data.")
    real = m.count(m.militant_islamist(r.all_actors), whole)
    pace = QUESTIONS["pace_of_events"](r).quantities["pace"].value
    return Answer(
        p.sentence(
            f"{number} ended with {p.number(real)} militant Islamist events; the pace had pointed to {p.number(pace)}"
        ),
        {
            "realised": quantity(
                (f"militant Islamist events, {number}", real),
                beside=[
                    (
                        "with unidentified armed groups",
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
    sentence = (
        f"{'the year ' + now.label if now.months == 12 else 'the pace of ' + now.label} ({p.number(pace)} events) "
        f"{'passes' if pace > totals[record] else 'does not pass'} the highest year before, {record} "
        f"({p.number(totals[record])})"
    )
    return Answer(
        p.sentence(sentence),
        {
            "pace_passes": quantity(
                ("pace of militant Islamist events over the highest full year", pace > totals[record]),
                beside=[("with unidentified armed groups", m.pace(m.count(wide, now), now.months) > wide_record)],
                counts=(pace, totals[record]),
            )
        },
    )


@outcome
def passes_record_outcome(r: Report) -> Answer:
    """Did the year pass the record?"""
    number = r.year_to_date.first.year
    whole = realised_year(r, number)
    if whole is None:
        return Answer(f"The year {number} is not complete in the data.")
    readings: list[tuple[str, bool]] = []
    counts: tuple[float, ...] = ()
    words = ""
    for label, rows in (
        ("militant Islamist events", m.militant_islamist(r.all_actors)),
        ("with unidentified armed groups", m.militant_islamist(r.all_actors, unidentified=True)),
    ):
        record = max(m.count(rows, year(y)) for y in range(2012, number))
        real = m.count(rows, whole)
        readings.append((label, real > record))
        counts = counts or (real, record)
        words = words or (
            f"{number} had {p.number(real)} militant Islamist events against {p.number(record)} in the highest year "
            f"before: the record was {'passed' if real > record else 'not passed'}"
        )
    passes = quantity(readings[0], beside=readings[1:], counts=counts)
    return Answer(p.sentence(words), {"realised_passes": passes}, until=whole.last)


@question
def since_seizure(r: Report) -> Answer:
    """How does the present pace compare with the time at which the junta took power?"""
    mi, now = islamist(r), r.year_to_date
    pace = m.pace(m.count(mi, now), now.months)
    last_12 = m.count(mi, r.last_12)
    if r.as_of < pd.Period("2020-12", "M"):
        return Answer("The year in which the junta took power, 2020, is not complete in this edition.")
    if now.first.year == 2020:
        return Answer(
            f"This edition ends with the year in which the junta took power, which had {p.number(last_12)} events."
        )
    base = m.count(mi, year(2020))
    before_coup = m.count(mi, window("2019-08", "2020-07"))
    first_months = m.pace(m.count(mi, window("2020-01", "2020-07")), 7)
    over_year = intervals.compare(mi, now, year(2020), rates=True)
    over_before = intervals.compare(mi, now, window("2019-08", "2020-07"), rates=True)
    sentence = (
        (
            f"the {p.number(pace)} events of {now.label} are"
            if now.months == 12
            else f"the pace of {now.label} ({p.number(pace)} events a year) is"
        )
        + f" {over_year.times()} the {p.number(base)} events of 2020 and {over_before.times()} those of the "
        f"12 months before the coup ({p.number(before_coup)})"
    )
    return Answer(
        p.sentence(sentence),
        {
            "ratio": quantity(
                ("pace over the calendar year 2020", pace / base),
                ("pace over the 12 months before August 2020", pace / before_coup),
                ("pace over January-July 2020, annualised", pace / first_months),
                ("last 12 months over 2020", last_12 / base),
                ("last 12 months over the 12 months before August 2020", last_12 / before_coup),
                beside=[("pace over 2019, the last full year before the coup", pace / m.count(mi, year(2019)))],
            )
        },
        compared={"ratio": over_year, "ratio to the 12 months before": over_before},
    )


def _area_moved(change: float) -> str:
    step = up(change).replace("fewer", "less")
    return "about as much as in" if step.startswith("0 percent") else f"{step} than in"


@question
def footprint_area(r: Report) -> Answer:
    """How large is the area touched, against the half-year before, under every definition?"""
    now, before = r.half, half_before(r.half)
    table = m.area_changes(r.areas, now, before)
    civilian = m.area_changes(r.areas, now, before, "mi-civilian")
    label = {"cell": "cells of {} degree", "buffer": "discs of {} km"}
    everything = [
        *[(row, "militant Islamist events, ") for row in table.to_dict("records")],
        *[(row, "attacks on civilians, ") for row in civilian.to_dict("records")],
    ]
    # The main definition is the cell of the footprint table, whose map the book shows.
    everything.sort(
        key=lambda item: (
            not (item[1].startswith("militant") and item[0]["method"] == "cell" and item[0]["size"] == d.CELL_DEGREES)
        )
    )
    quantities = {}
    for name, key in (("area", "now"), ("area_before", "before")):
        quantities[name] = quantity(
            *[(what + label[row["method"]].format(f"{row['size']:g}"), row[key]) for row, what in everything]
        )
    quantities["change"] = quantity(
        *[(what + label[row["method"]].format(f"{row['size']:g}"), row["ratio"] - 1) for row, what in everything]
    )
    main = everything[0][0]
    change = quantities["change"]
    sentence = (
        f"cells of {d.CELL_DEGREES} degree with a militant Islamist event covered {p.number(main['now'], -2)} km² in "
        f"{half(now).label}, {_area_moved(main['ratio'] - 1)} {half(before).label}; over {len(everything)} definitions "
        f"the area runs from {p.number(quantities['area'].low, -1)} to {p.number(quantities['area'].high, -3)} km² and "
        f"the change from {p.number(change.low * 100)} to {p.number(change.high * 100)} percent"
    )
    return Answer(
        p.sentence(sentence), quantities, caveat="The area depends far more on the definition than on the half-year."
    )


@question
def vac_against_pre_coup(r: Report) -> Answer:
    """How much more often are civilians attacked than in the year before the junta took power?"""
    base_window = window("2019-08", "2020-07")
    if r.as_of <= base_window.last:
        return Answer("The junta has not taken power yet in this edition.")
    now = r.last_12
    vac = attacks(r)
    wide = m.against_civilians(r.actors, [*d.MILITANT_ISLAMIST, "unidentified"])
    hit = m.hitting_civilians(r.actors, d.MILITANT_ISLAMIST)
    here, base = m.count(vac, now), m.count(vac, base_window)
    found = intervals.compare(vac, now, base_window)
    sentence = (
        f"militant Islamists attacked civilians {p.number(here)} times in {now.label}, "
        f"{found.times()} the {p.number(base)} attacks of the 12 months before the coup"
    )
    return Answer(
        p.sentence(sentence),
        {
            "ratio": quantity(
                ("attacks on civilians by militant Islamists", here / base),
                ("against the calendar year 2019", m.ratio(here, m.count(vac, year(2019)))),
                ("against July 2019 to June 2020", m.ratio(here, m.count(vac, window("2019-07", "2020-06")))),
                beside=[
                    ("with unidentified armed groups", m.ratio(m.count(wide, now), m.count(wide, base_window))),
                    (
                        "bombs and shelling that hit civilians included",
                        m.ratio(m.count(hit, now), m.count(hit, base_window)),
                    ),
                ],
            )
        },
        compared={"ratio": found},
    )
