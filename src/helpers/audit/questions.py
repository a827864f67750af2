"""The questions that the two reports' statements answer, asked of the data at any date.

Each function takes a `Report` (an edition, or a report recomputed at its own date) and returns an `Answer`: one
sentence made from the numbers, and the quantities behind it. A quantity has one main reading and, where a
statement can be read in several ways, the others beside it. Functions named `*_outcome` look at later months and
may be used only where a page says so.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps

import pandas as pd

from helpers import definitions as d
from helpers import limits
from helpers import measures as m
from helpers import prose as p
from helpers.editions import Report
from helpers.errors import ClaimError
from helpers.estimates import intervals
from helpers.geodesy import great_circle_km
from helpers.windows import Window, complete_years, half, half_before, month_name, trailing, window, year


@dataclass(frozen=True)
class Reading:
    """One way to read a statement, and the figure it gives.

    Attributes
    ----------
    label : str
        Definition and window, in words.
    value : float
        The figure; 1.0 or 0.0 for statements that hold or do not.
    """

    label: str
    value: float


@dataclass(frozen=True)
class Quantity:
    """A figure with all its readings, the main one first.

    Attributes
    ----------
    readings : tuple of Reading
        At least one.
    """

    readings: tuple[Reading, ...]

    @property
    def value(self) -> float:
        """The main reading's figure."""
        return self.readings[0].value

    @property
    def low(self) -> float:
        """Smallest figure of all readings."""
        return min(reading.value for reading in self.readings)

    @property
    def high(self) -> float:
        """Largest figure of all readings."""
        return max(reading.value for reading in self.readings)


@dataclass(frozen=True)
class Answer:
    """What the data say to a question.

    Attributes
    ----------
    sentence : str
        Made from the numbers.
    quantities : dict of str to Quantity
        The figures, by the names that `data/claims.yml` uses.
    caveat : str
        What a reader must know to weigh it; may be empty.
    compared : dict of str to Comparison
        Ratios and changes that the sentence states with their interval, by the quantity they are the main reading of
        where there is one.
    """

    sentence: str
    quantities: dict[str, Quantity] = field(default_factory=dict)
    caveat: str = ""
    compared: dict[str, intervals.Comparison] = field(default_factory=dict)


Question = Callable[[Report], Answer]
QUESTIONS: dict[str, Question] = {}
OUTCOMES: dict[str, Question] = {}


def question(function: Question) -> Question:
    """Register a question under its own name."""
    QUESTIONS[function.__name__] = _answered(function)
    return function


def outcome(function: Question) -> Question:
    """Register what came of a projection, under the question's name."""
    OUTCOMES[function.__name__.removesuffix("_outcome")] = _answered(function)
    return function


def _answered(function: Question) -> Question:
    """Answer that the data cannot support a question where they are a user's own and too short for it."""

    @wraps(function)
    def answer(r: Report) -> Answer:
        try:
            return function(r)
        except limits.SHORTFALLS as error:
            return Answer(limits.why_not(error, r.data_dir))

    return answer


def _quantity(*readings: tuple[str, float | bool]) -> Quantity:
    return Quantity(tuple(Reading(label, float(value)) for label, value in readings))


def _mi(r: Report) -> pd.DataFrame:
    return m.militant_islamist(r.actors)


def _mi_wide(r: Report) -> pd.DataFrame:
    return m.militant_islamist(r.actors, unidentified=True)


def _vac(r: Report) -> pd.DataFrame:
    return m.against_civilians(r.actors, d.MILITANT_ISLAMIST)


def _change_quantity(r: Report, now: Window, before: Window, pick: Callable[[pd.DataFrame], pd.DataFrame]) -> Quantity:
    """Return the relative change of MI events between two windows, with the readings every such claim has."""
    mi, wide = pick(_mi(r)), pick(_mi_wide(r))
    vac = pick(_vac(r))
    label = f"{now.label} over {before.label}"
    readings: list[tuple[str, float]] = [
        (f"militant Islamist events, {label}", m.change(m.count(mi, now), m.count(mi, before))),
        (f"with unidentified armed groups, {label}", m.change(m.count(wide, now), m.count(wide, before))),
    ]
    if m.count(vac, before):
        readings.append((f"attacks on civilians alone, {label}", m.change(m.count(vac, now), m.count(vac, before))))
    return _quantity(*readings)


# --------------------------------------------------------------------------- trajectory


@question
def quarters_above(r: Report) -> Answer:
    """Was each complete quarter after the coup above every quarter before it?"""
    mi = _mi(r)
    quarters = m.series(mi, r.ever, "quarter")
    quarters = quarters[quarters["months"].eq(3)]
    coup = m.period_of(pd.Series([d.COUP_2020]), "quarter")[0]
    after, before = quarters[quarters["period"] > coup], quarters[quarters["period"] < coup]
    if after.empty:
        when = "has not happened yet" if str(r.as_of) < d.COUP_2020 else "has no complete quarter after it"
        return Answer(f"The coup of August 2020 {when} in this edition.")
    upto = quarters[quarters["period"] <= coup]
    readings: list[tuple[str, bool]] = []
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
        readings.append((label, after[value].min() > record[value]))
        readings.append((f"{label}, the coup's own quarter counted as before", after[value].min() > upto[value].max()))
    return Answer(p.sentence("; ".join(words)), {"violence": _quantity(*readings)})


@question
def fatalities_record(r: Report) -> Answer:
    """Do the fatalities of the year to date exceed every earlier full year?"""
    mi, now = _mi(r), r.year_to_date
    years = [w for w in complete_years(2012, r.as_of) if w.last < now.first]
    totals = {w.label: m.count(mi, w, "fatalities") for w in years}
    record = max(totals, key=lambda name: totals[name])
    here = m.count(mi, now, "fatalities")
    without = m.count_without_deadliest(mi, now)
    ended = now.months == 12
    verb = f"{'' if ended else 'already '}more than in any" if here > totals[record] else "fewer than in the highest"
    vac = _vac(r)
    vac_record = max(m.count(vac, w, "fatalities") for w in years)
    sentence = (
        f"militant Islamist events of {now.label} cost {p.number(here)} lives, {verb} full year before "
        f"({record}: {p.number(totals[record])}); without the deadliest single event the toll is {p.number(without)}"
    )
    return Answer(
        p.sentence(sentence),
        {
            "record": _quantity(
                (
                    f"fatalities of militant Islamist events, {now.label}, over the highest full year",
                    here > totals[record],
                ),
                ("without the deadliest single event", without > totals[record]),
                ("fatalities of attacks on civilians alone", m.count(vac, now, "fatalities") > vac_record),
            )
        },
    )


def _fatalities_pace(r: Report) -> tuple[Window, Window, float, int]:
    mi, now = _mi(r), r.year_to_date
    before = r.checked(year(now.first.year - 1))
    return now, before, m.pace(m.count(mi, now, "fatalities"), now.months), m.count(mi, before, "fatalities")


@question
def fatalities_projection(r: Report) -> Answer:
    """What would fatalities come to at the year's pace, against the year before?"""
    now, before, pace, base = _fatalities_pace(r)
    mi = _mi(r)
    without = m.pace(m.count_without_deadliest(mi, now), now.months)
    found = intervals.compare(mi, now, before, "fatalities", rates=True)
    if now.months == 12:
        sentence = (
            f"{now.label} had {_up_within(found)} deaths in militant Islamist events than {before.label} "
            f"({p.number(pace)} against {p.number(base)})"
        )
    else:
        sentence = (
            f"at the pace of {now.label}, militant Islamist events of {now.first.year} would cost {p.number(pace)} "
            f"lives, against {p.number(base)} in {before.label}: {_up_within(found)}"
        )
    return Answer(
        p.sentence(sentence),
        {
            "pace": _quantity(
                (f"pace of {now.label} over {before.label}", m.change(pace, base)),
                ("without the deadliest single event", m.change(without, base)),
                (
                    "last four months' pace for the rest of the year",
                    m.change(
                        m.count(mi, now, "fatalities")
                        + m.count(mi, trailing(r.as_of, 4), "fatalities") / 4 * (12 - now.months),
                        base,
                    ),
                ),
            )
        },
        compared={"pace": found},
    )


@outcome
def fatalities_projection_outcome(r: Report) -> Answer:
    """What did the fatalities of the projected year come to?"""
    now, before, pace, base = _fatalities_pace(r)
    rows = m.militant_islamist(r.all_actors)
    whole = _realised_year(r, now.first.year)
    if whole is None:
        return Answer(f"The year {now.first.year} is not complete in the data.")
    real = m.count(rows, whole, "fatalities")
    found = intervals.compare(rows, whole, before, "fatalities")
    sentence = (
        f"{whole.label} ended with {p.number(real)} deaths, {_up_within(found)} than {before.label}; "
        f"the pace had pointed to {p.number(pace)}"
    )
    return Answer(
        p.sentence(sentence),
        {
            "realised": _quantity(
                (f"{whole.label} over {before.label}", m.change(real, base)),
                ("without the deadliest single event", m.change(m.count_without_deadliest(rows, whole), base)),
            )
        },
        compared={"realised": found},
    )


def _realised_year(r: Report, number: int) -> Window | None:
    whole = year(number)
    return whole if str(whole.last) <= str(r.all_actors["month"].max()) else None


def _up(change: float) -> str:
    return f"{p.percent(abs(change))} {'more' if change >= 0 else 'fewer'}"


def _up_within(found: intervals.Comparison) -> str:
    return f"{_up(found.ratio - 1)} ({found.change()})"


@question
def killed_in_vac(r: Report) -> Answer:
    """How many people did militant Islamists kill in attacks on civilians, against the year before?"""
    vac, now = _vac(r), r.year_to_date
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
        f"{found.times() if here >= base else part} the toll of the whole of "
        f"{before.label} ({p.number(base)})"
    )
    return Answer(
        p.sentence(sentence),
        {
            "ratio": _quantity(
                (f"{now.label} over {before.label}", m.ratio(here, base)),
                ("at an annual pace", m.ratio(m.pace(here, now.months), base)),
                *(
                    [(f"{now.label} over {same.label}", m.ratio(here, m.count(vac, same, "fatalities")))]
                    if m.count(vac, same, "fatalities")
                    else []
                ),
                (
                    "bombs and shelling that hit civilians included",
                    m.ratio(m.count(hit, now, "fatalities"), m.count(hit, before, "fatalities")),
                ),
                (
                    "with unidentified armed groups",
                    m.ratio(m.count(wide, now, "fatalities"), m.count(wide, before, "fatalities")),
                ),
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
    readings, words = [], ""
    for label, rows in (
        ("fatalities of militant Islamist attacks on civilians", _vac(r)),
        ("fatalities of all attacks on civilians", m.against_civilians(r.actors)),
        ("all events that hit civilians, by militant Islamists", m.hitting_civilians(r.actors, d.MILITANT_ISLAMIST)),
    ):
        lowest = min(m.count(rows, w, "fatalities") for w in done)
        record = max(m.count(rows, w, "fatalities") for w in years)
        readings.append((label, lowest > record))
        if not words:
            a, b = (m.count(rows, w, "fatalities") for w in done)
            best = max(years, key=lambda w: m.count(rows, w, "fatalities"))
            words = (
                f"attacks on civilians by militant Islamists cost {p.number(a)} lives in the first quarter of "
                f"{first.year} and {p.number(b)} in the second; the highest full year before was {best.label} "
                f"with {p.number(record)}"
            )
    return Answer(p.sentence(words), {"both_quarters": _quantity(*readings)})


@question
def recent_events(r: Report) -> Answer:
    """How did events of the last months compare with those just before?"""
    mi, now, before = _mi(r), r.recent, r.recent_before
    found = intervals.compare(mi, now, before)
    same = m.count(mi, now.year_earlier())
    sentence = (
        f"militant Islamist events {found.moved()}, from {p.number(found.before)} in {before.label} to "
        f"{p.number(found.now)} in {now.label}; the same months a year earlier had {p.number(same)}"
    )
    return Answer(
        p.sentence(sentence),
        {"change": _change_quantity(r, now, before, lambda rows: rows)},
        compared={"change": found},
    )


@question
def pace_of_events(r: Report) -> Answer:
    """How many events would the year see at its pace?"""
    mi, now = _mi(r), r.year_to_date
    here = m.count(mi, now)
    pace = m.pace(here, now.months)
    noun = f"{now.label} had {p.number(here)} militant Islamist events"
    sentence = noun if now.months == 12 else f"{noun}, a pace of {p.number(pace)} a year"
    return Answer(
        p.sentence(sentence),
        {
            "pace": _quantity(
                (f"{now.label} x 12 / {now.months}", pace),
                ("with unidentified armed groups", m.pace(m.count(_mi_wide(r), now), now.months)),
                ("last 12 months", m.count(mi, r.last_12)),
            )
        },
        caveat="A pace assumes that the rest of the year is like its beginning." if now.months < 12 else "",
    )


@outcome
def pace_of_events_outcome(r: Report) -> Answer:
    """How many events did the year see?"""
    number = r.as_of.year
    whole = _realised_year(r, number)
    if whole is None:
        return Answer(f"The year {number} is not complete in the data.")
    real = m.count(m.militant_islamist(r.all_actors), whole)
    pace = QUESTIONS["pace_of_events"](r).quantities["pace"].value
    return Answer(
        p.sentence(
            f"{number} ended with {p.number(real)} militant Islamist events; the pace had pointed to {p.number(pace)}"
        ),
        {
            "realised": _quantity(
                (f"militant Islamist events, {number}", real),
                (
                    "with unidentified armed groups",
                    m.count(m.militant_islamist(r.all_actors, unidentified=True), whole),
                ),
            )
        },
    )


@question
def passes_record(r: Report) -> Answer:
    """Would the year pass the record of the years before, at its pace?"""
    mi, now = _mi(r), r.year_to_date
    totals = {w.label: m.count(mi, w) for w in complete_years(2012, r.as_of) if w.last < now.first}
    record = max(totals, key=lambda name: totals[name])
    pace = m.pace(m.count(mi, now), now.months)
    wide = _mi_wide(r)
    wide_record = max(m.count(wide, w) for w in complete_years(2012, r.as_of) if w.last < now.first)
    sentence = (
        f"{'the year' if now.months == 12 else 'the pace of ' + now.label} ({p.number(pace)} events) "
        f"{'passes' if pace > totals[record] else 'does not pass'} the highest year before, {record} "
        f"({p.number(totals[record])})"
    )
    return Answer(
        p.sentence(sentence),
        {
            "pace_passes": _quantity(
                ("pace of militant Islamist events over the highest full year", pace > totals[record]),
                ("with unidentified armed groups", m.pace(m.count(wide, now), now.months) > wide_record),
            )
        },
    )


@outcome
def passes_record_outcome(r: Report) -> Answer:
    """Did the year pass the record?"""
    number = r.as_of.year
    whole = _realised_year(r, number)
    if whole is None:
        return Answer(f"The year {number} is not complete in the data.")
    readings, words = [], ""
    for label, rows in (
        ("militant Islamist events", m.militant_islamist(r.all_actors)),
        ("with unidentified armed groups", m.militant_islamist(r.all_actors, unidentified=True)),
    ):
        record = max(m.count(rows, year(y)) for y in range(2012, number))
        real = m.count(rows, whole)
        readings.append((label, real > record))
        words = words or (
            f"{number} had {p.number(real)} militant Islamist events against {p.number(record)} in the highest year "
            f"before: the record was {'passed' if real > record else 'not passed'}"
        )
    return Answer(p.sentence(words), {"realised_passes": _quantity(*readings)})


@question
def since_seizure(r: Report) -> Answer:
    """How does the present pace compare with the time at which the junta took power?"""
    mi, now = _mi(r), r.year_to_date
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
            "ratio": _quantity(
                ("pace over the calendar year 2020", pace / base),
                ("pace over the 12 months before August 2020", pace / before_coup),
                ("pace over January-July 2020, annualised", pace / first_months),
                ("last 12 months over 2020", last_12 / base),
                ("last 12 months over the 12 months before August 2020", last_12 / before_coup),
                ("pace over 2019, the last full year before the coup", pace / m.count(mi, year(2019))),
            )
        },
        compared={"ratio": over_year, "ratio to the 12 months before": over_before},
    )


def _area_moved(change: float) -> str:
    step = _up(change).replace("fewer", "less")
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
        quantities[name] = _quantity(
            *[(what + label[row["method"]].format(f"{row['size']:g}"), row[key]) for row, what in everything]
        )
    quantities["change"] = _quantity(
        *[(what + label[row["method"]].format(f"{row['size']:g}"), row["ratio"] - 1) for row, what in everything]
    )
    main = everything[0][0]
    change = quantities["change"]
    sentence = (
        f"cells of {d.CELL_DEGREES} degree with a militant Islamist event covered {p.number(main['now'], -2)} km² in "
        f"{half(now).label}, {_area_moved(main['ratio'] - 1)} {half(before).label}; "
        f"over {len(everything)} definitions the area runs from {p.number(quantities['area'].low, -1)} to "
        f"{p.number(quantities['area'].high, -3)} km² and the change from {p.number(change.low * 100)} to "
        f"{p.number(change.high * 100)} percent"
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
    vac = _vac(r)
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
            "ratio": _quantity(
                ("attacks on civilians by militant Islamists", here / base),
                ("with unidentified armed groups", m.ratio(m.count(wide, now), m.count(wide, base_window))),
                (
                    "bombs and shelling that hit civilians included",
                    m.ratio(m.count(hit, now), m.count(hit, base_window)),
                ),
                ("against the calendar year 2019", m.ratio(here, m.count(vac, year(2019)))),
                ("against July 2019 to June 2020", m.ratio(here, m.count(vac, window("2019-07", "2020-06")))),
                (
                    "the base raised by today's revision of the fresh months, 2020",
                    here / (base * (1 + d.VINTAGE_TOLERANCE)),
                ),
            )
        },
        compared={"ratio": found},
    )


# --------------------------------------------------------------------------- southern Mali


@question
def flm_drives(r: Report) -> Answer:
    """How much of the violence, and of its growth, in the centre and the south is FLM's?"""
    now, before = r.recent, r.recent_before
    mi = m.in_zone(_mi(r), "centre", "south")
    jnim = m.in_zone(m.involving(r.actors, d.JNIM_WIDE), "centre", "south")
    named = m.naming_flm(mi)
    here, base = m.count(mi, now), m.count(mi, before)
    growth = here - base
    jnim_growth = m.count(jnim, now) - m.count(jnim, before)
    share = m.ratio(m.count(jnim, now), here)
    named_share = m.ratio(m.count(named, now), here)
    named_here = m.count(named, now)
    every = m.count(jnim, now) == here
    part = f"all {p.number(here)}" if every else f"{p.number(m.count(jnim, now))} of {p.number(here)}"
    aside = "" if every else f" ({p.percent(share)})"
    sentence = (
        f"JNIM, the stated proxy for its katiba FLM, is a party to {part} militant Islamist events in the centre and "
        f"the south in {now.label}{aside}; the source names the katiba itself in "
        f"{p.word(named_here) if named_here else 'none'} of them"
    )
    if growth > 0:
        sentence += (
            f". Events there grew by {p.number(growth)} on {before.label}, those with JNIM by {p.number(jnim_growth)}"
        )
    else:
        sentence += f". Events there did not grow on {before.label}, when there were {p.number(base)}"
    quantities = {
        "share": _quantity(
            ("JNIM in the centre and the south as proxy", share),
            ("Katiba Macina named anywhere in the record", named_share),
        )
    }
    if growth > 0:
        quantities["growth_share"] = _quantity(
            ("JNIM's part of the growth over the months before", jnim_growth / growth),
            ("Katiba Macina named", (m.count(named, now) - m.count(named, before)) / growth),
        )
    return Answer(
        p.sentence(sentence),
        quantities,
        caveat="The proxy cannot tell FLM from the rest of JNIM"
        + ("; ACLED has named the katiba in few events from 2022 on." if r.as_of.year > 2021 else "."),
    )


def _bamako(r: Report, km: int = d.BAMAKO_RADIUS_KM) -> pd.DataFrame:
    return m.around_bamako(_mi(r), km)


def _radius_readings(r: Report, number: Callable[[pd.DataFrame], float]) -> Quantity:
    """Return a figure around Bamako for the reports' radius first, then for the others and other definitions."""
    readings = [(f"militant Islamist events within {d.BAMAKO_RADIUS_KM} km", number(_bamako(r)))]
    readings += [
        (f"within {km} km", number(_bamako(r, km)))
        for km in d.BAMAKO_BANDS_KM
        if km != d.BAMAKO_RADIUS_KM and 100 <= km <= 200
    ]
    readings += [
        ("JNIM and Katiba Macina alone", number(m.around_bamako(m.involving(r.actors, d.JNIM_WIDE)))),
        ("with unidentified armed groups", number(m.around_bamako(_mi_wide(r)))),
    ]
    return _quantity(*readings)


@question
def bamako_months(r: Report) -> Answer:
    """How many events around Bamako this year, and when?"""
    near, now, recent = _bamako(r), r.year_to_date, r.recent
    late_window = Window(max(recent.first, now.first), recent.last)
    total, late = m.count(near, now), m.count(near, late_window)
    sentence = f"{now.label} had {p.count(total, 'militant Islamist event')} within {d.BAMAKO_RADIUS_KM} km of Bamako"
    if late_window != now and total > 1:
        part = {0: "none", total: "all"}.get(late, p.word(late))
        sentence += f", {part} of them in {late_window.label}"
    return Answer(
        p.sentence(sentence),
        {
            "year_to_date": _radius_readings(r, lambda rows: m.count(rows, now)),
            "all_recent": _quantity(
                (f"all events of the year lie in {late_window.label}", late == total and total > 0)
            ),
        },
        caveat=_small(total),
    )


def _small(value: float) -> str:
    if value >= d.SMALL_COUNT:
        return ""
    return f"Fewer than {d.SMALL_COUNT} events: one more or less moves the figure visibly."


@question
def bamako_against_last_year(r: Report) -> Answer:
    """How do the year's events around Bamako compare with the whole year before?"""
    near, now = _bamako(r), r.year_to_date
    before = r.checked(year(now.first.year - 1))
    here, base = m.count(near, now), m.count(near, before)
    sentence = (
        f"the whole of {before.label} had {p.count(base, 'such event')}, {now.label} had "
        f"{p.word(here) if here else 'none'}"
    )
    if base == 0:
        return Answer(p.sentence(sentence))
    found = intervals.compare(near, now, before)
    if here > base:
        sentence += f", {found.times()} as many"
    return Answer(
        p.sentence(sentence),
        {"ratio": _radius_readings(r, lambda rows: m.count(rows, now) / max(m.count(rows, before), 1))},
        caveat=_small(base),
        compared={"ratio": found} if here > base else {},
    )


@question
def bamako_projection(r: Report) -> Answer:
    """How many events around Bamako would the year see at its pace, against the five years before?"""
    near, now = _bamako(r), r.year_to_date
    number = now.first.year
    five = window(f"{number - 5}-01", f"{number - 1}-12")
    pace = m.pace(m.count(near, now), now.months)
    base = m.count(near, five)
    whole = p.count(int(d.round_half_up(pace)), "event")
    words = f"{number} had {whole}" if now.months == 12 else f"at the pace of {now.label}, {number} would see {whole}"
    sentence = (
        f"{words} within {d.BAMAKO_RADIUS_KM} km of Bamako; the five years {five.first.year}-{five.last.year} saw "
        f"{p.number(base)} together"
    )
    return Answer(
        p.sentence(sentence),
        {
            "pace": _radius_readings(r, lambda rows: m.pace(m.count(rows, now), now.months)),
            "five_years": _radius_readings(r, lambda rows: m.count(rows, five)),
        },
        caveat=_small(m.count(near, now)),
    )


@outcome
def bamako_projection_outcome(r: Report) -> Answer:
    """How many events around Bamako did the year see?"""
    number = r.as_of.year
    whole = _realised_year(r, number)
    if whole is None:
        return Answer(f"The year {number} is not complete in the data.")
    near = m.around_bamako(m.militant_islamist(r.all_actors))
    real, base = m.count(near, whole), m.count(near, window(f"{number - 5}-01", f"{number - 1}-12"))
    return Answer(
        p.sentence(
            f"{number} ended with {p.count(real, 'event')} within {d.BAMAKO_RADIUS_KM} km of Bamako, "
            f"{p.more_or_fewer(real, base)} the {p.number(base)} of the five years before together"
        ),
        {
            "realised": _quantity((f"events of {number}", real)),
            "exceeds": _quantity((f"{number} over {number - 5}-{number - 1} together", real > base)),
        },
    )


@question
def southern_population(r: Report) -> Answer:
    """Which share of the population lives in the south?"""
    shares = m.zone_shares(r.regions).set_index("zone")
    south = shares.loc["south"]
    sentence = (
        f"the southern regions hold {p.percent(south['population_share'])} of Mali's people on "
        f"{p.percent(south['area_share'])} of its land"
    )
    return Answer(
        p.sentence(sentence),
        {"share": _quantity(("COD-PS population by cercle", south["population_share"]))},
        caveat="The population table is labelled 2020 and looks low in total: good for shares, not for rates.",
    )


@question
def kati(r: Report) -> Answer:
    """How far is Kati from the capital?"""
    spots = r.places.set_index("place")
    km = float(
        great_circle_km(
            spots.loc["Kati", "latitude"],
            spots.loc["Kati", "longitude"],
            spots.loc["Bamako", "latitude"],
            spots.loc["Bamako", "longitude"],
        )
    )
    return Answer(
        p.sentence(
            f"the town of Kati lies {p.number(km)} km from the centre of Bamako; the presidential palace at "
            "Koulouba stands between the two"
        ),
        {"distance": _quantity(("Kati to the centre of Bamako", km))},
        caveat="We found no published coordinates of the palace: the distance to the city's centre is an upper bound.",
    )


@question
def bamako_halves(r: Report) -> Answer:
    """How many events around Bamako in the last months, against those before?"""
    near, now, before = _bamako(r), r.recent, r.recent_before
    here, base = m.count(near, now), m.count(near, before)
    found = intervals.compare(near, now, before) if here and base else None
    sentence = (
        f"{now.label} had {p.count(here, 'militant Islamist event')} within {d.BAMAKO_RADIUS_KM} km of Bamako, "
        f"after {p.word(base) if base else 'none'} in {before.label}"
    )
    if found:
        sentence += f": {found.times()} as many"
    return Answer(
        p.sentence(sentence),
        {
            "recent": _radius_readings(r, lambda rows: m.count(rows, now)),
            "before": _radius_readings(r, lambda rows: m.count(rows, before)),
        },
        caveat=_small(min(here, base)),
        compared={"recent over before": found} if found else {},
    )


@question
def southern_growth(r: Report) -> Answer:
    """How did the south's events of the last 12 months compare with the 12 before?"""
    return _growth(r, lambda rows: m.in_zone(rows, "south"), "southern Mali", "change")


@question
def kayes_growth(r: Report) -> Answer:
    """How did the events in Kayes of the last 12 months compare with the 12 before?"""
    return _growth(r, lambda rows: m.in_regions(rows, "Kayes"), "the Kayes region", "ratio")


def _growth(r: Report, pick: Callable[[pd.DataFrame], pd.DataFrame], where: str, name: str) -> Answer:
    mi, now, before = pick(_mi(r)), r.last_12, r.before_12
    here, base = m.count(mi, now), m.count(mi, before)
    if base == 0:
        moved = p.shift(here, base, now.label, before.label)
        return Answer(p.sentence(f"militant Islamist events in {where} {moved}"), caveat=_small(base))
    found = intervals.compare(mi, now, before)
    moved = intervals.shift(here, base, now.label, before.label, found)
    sentence = f"militant Islamist events in {where} {moved}"
    # A multiple of a handful says nothing that the two counts do not.
    if name == "ratio" and base >= 5 and here >= 1.5 * base:
        sentence += f", {found.times()} as many"
    half_now, half_before = trailing(r.as_of, 6), trailing(r.as_of, 6).year_earlier()
    changes = [reading for reading in _change_quantity(r, now, before, pick).readings]
    if m.count(mi, half_before):
        changes.append(
            Reading(
                f"{half_now.label} over {half_before.label}", m.change(m.count(mi, half_now), m.count(mi, half_before))
            )
        )
    values = tuple(Reading(c.label, c.value + (1 if name == "ratio" else 0)) for c in changes)
    return Answer(p.sentence(sentence), {name: Quantity(values)}, caveat=_small(base), compared={name: found})


@question
def bamako_record(r: Report) -> Answer:
    """Did the last months see more events around Bamako than any 12 months that ended before them?"""
    now = r.recent

    def beats(rows: pd.DataFrame) -> tuple[int, pd.Series]:
        past = m.rolling(rows, Window(r.ever.first, now.first - 1), 12)
        return m.count(rows, now), past.loc[past["events"].idxmax()]

    here, record = beats(_bamako(r))
    sentence = (
        f"the {p.word(now.months)} months of {now.label} had {p.count(here, 'event')} within {d.BAMAKO_RADIUS_KM} km of "
        f"Bamako, {p.more_or_fewer(here, record['events'])} the {p.word(record['events'])} of the highest 12 months "
        f"before them, which ended in {month_name(pd.Period(record['month'], 'M'))}"
    )

    def holds(rows: pd.DataFrame) -> float:
        count, best = beats(rows)
        return float(count > best["events"])

    return Answer(p.sentence(sentence), {"record": _radius_readings(r, holds)}, caveat=_small(here))


# --------------------------------------------------------------------------- central Mali


@question
def central_share(r: Report) -> Answer:
    """Which share of militant Islamist events lies in Mopti and Segou?"""

    def share(rows: pd.DataFrame, span: Window, value: str = "events") -> float:
        return m.ratio(m.count(m.in_zone(rows, "centre"), span, value), m.count(rows, span, value))

    mi, wide = _mi(r), _mi_wide(r)
    year_span, span = r.year_to_date, r.last_12
    mopti = m.ratio(m.count(m.in_regions(mi, "Mopti"), span), m.count(mi, span))
    sentence = (
        f"Mopti and Ségou saw {p.percent(share(mi, span))} of Mali's militant Islamist events of the last 12 months "
        f"({p.percent(mopti)} in Mopti alone) and {p.percent(share(mi, span, 'fatalities'))} of the deaths in them"
    )

    def readings(when: Window) -> Quantity:
        return _quantity(
            (f"militant Islamist events, {when.label}", share(mi, when)),
            ("with unidentified armed groups", share(wide, when)),
            ("share of fatalities", share(mi, when, "fatalities")),
            ("attacks on civilians by militant Islamists alone", share(_vac(r), when)),
        )

    return Answer(p.sentence(sentence), {"share_to_date": readings(year_span), "share_12": readings(span)})


@question
def central_recent(r: Report) -> Answer:
    """How did central Mali's events of the last months compare with those before?"""
    mi, now, before = m.in_zone(_mi(r), "centre"), r.recent, r.recent_before
    found = intervals.compare(mi, now, before)
    moved = intervals.shift(found.now, found.before, now.label, before.label, found)
    return Answer(
        p.sentence(f"militant Islamist events in central Mali {moved}"),
        {"change": _change_quantity(r, now, before, lambda rows: m.in_zone(rows, "centre"))},
        compared={"change": found},
    )


@question
def flm_most_active(r: Report) -> Answer:
    """Which militant Islamist group is the most active?"""
    span = r.last_12
    mi = _mi(r)
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
            "most_active": _quantity(
                ("JNIM in the centre and the south as proxy", ranked[names[0]] == m.count(proxy, span)),
                ("Katiba Macina where named", named > others),
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
        {"share": _quantity(*readings)},
    )


@question
def mopti_after_minusma(r: Report) -> Answer:
    """How violent was Mopti before MINUSMA's bases closed?"""
    rows, span = m.in_regions(r.actors, "Mopti"), r.last_12
    return Answer(
        p.sentence(
            f"Mopti had {p.number(m.count(rows, span))} political-violence events with {p.number(m.count(rows, span, 'fatalities'))} "
            f"deaths in {span.label}"
        )
    )


@outcome
def mopti_after_minusma_outcome(r: Report) -> Answer:
    """Did violence in Mopti grow after MINUSMA left, more than in a region without its bases?"""
    before, after = window("2022-07", "2023-06"), window("2024-01", "2024-12")
    rows = r.all_totals
    quantities: dict[str, Quantity] = {}
    words: list[str] = []
    compared: dict[str, intervals.Comparison] = {}
    for value, name, noun in (("events", "events", "events"), ("fatalities", "deaths", "deaths")):
        mopti, segou = (m.in_regions(rows, region) for region in ("Mopti", "Segou"))
        here, there = (intervals.compare(region, after, before, value) for region in (mopti, segou))
        compared |= {name: here, f"{name} in Ségou": there}
        a, b = m.count(mopti, before, value), m.count(mopti, after, value)
        x, y = m.count(segou, before, value), m.count(segou, after, value)
        aside = "" if words else ", where our list has no base of MINUSMA,"
        words.append(
            f"{noun} in Mopti {here.moved()}, from {p.number(a)} to {p.number(b)}; in Ségou{aside} they "
            f"{there.moved()}, from {p.number(x)} to {p.number(y)}"
        )
        later = window("2025-01", "2025-12")
        quantities[name] = _quantity(
            (f"Mopti, {after.label} over {before.label}", b > a),
            ("compared with Ségou", b / a > y / x),
            (f"Mopti, {later.label} over {before.label}", m.count(mopti, later, value) > a),
        )
    return Answer(
        " ".join(p.sentence(text) for text in (f"in {after.label}, against {before.label}, {words[0]}", words[1])),
        quantities,
        caveat="Political violence by all actors (ACLED through HDX); a comparison, not proof of a cause.",
        compared=compared,
    )


# --------------------------------------------------------------------------- northern Mali


@question
def is_deaths(r: Report) -> Answer:
    """How many died in events of Islamic State Sahel in Gao and Menaka, and which share is that?"""
    now = r.year_to_date
    rows = m.in_regions(m.involving(r.actors, ["is-sahel"]), "Gao", "Menaka")
    wide = m.in_regions(m.involving(r.actors, ["is-sahel", "jnim-or-is"]), "Gao", "Menaka")
    here = m.count(rows, now, "fatalities")
    violent = r.actors[r.actors["event_type"].isin(d.VIOLENT)]
    mi_all, everyone = m.count(_mi(r), now, "fatalities"), m.count(violent, now, "fatalities")
    sentence = (
        f"events of Islamic State Sahel in Gao and Ménaka cost {p.number(here)} lives in {now.label}: "
        f"{p.percent(m.ratio(here, mi_all))} of the deaths in militant Islamist events and "
        f"{p.percent(m.ratio(here, everyone))} of all deaths in political violence"
    )
    return Answer(
        p.sentence(sentence),
        {
            "deaths": _quantity(
                ("events of Islamic State Sahel in Gao and Ménaka", here),
                ("joint JNIM-or-IS events included", m.count(wide, now, "fatalities")),
                ("without the deadliest single event", m.count_without_deadliest(rows, now)),
            ),
            "share": _quantity(
                ("of deaths in militant Islamist events", m.ratio(here, mi_all)),
                ("of all deaths in political violence", m.ratio(here, everyone)),
                (
                    "without the deadliest event of each",
                    m.ratio(m.count_without_deadliest(rows, now), m.count_without_deadliest(_mi(r), now)),
                ),
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
            "share": _quantity(
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
        quantities[value] = _quantity(
            (f"Ménaka, {recent.label} over {base.label}", here > before),
            (
                "annual mean of the three years before 2021 as the base",
                here > m.count(rows, window("2018-01", "2020-12"), value) / 3,
            ),
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
            name.lower(): _quantity(
                (f"clashes in {name}, {span.label}", places[name] > 0),
                (f"clashes in {name}, {recent.label}", m.count(m.in_regions(rows, name), recent) > 0),
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
            "state_separatist": _quantity(
                (f"{after.label} over {before.label}", b > a),
                (f"{second.label} over {before.label}", m.count(rows, second) > a),
            ),
            "menaka": _quantity(
                (f"militant Islamist events in Ménaka, {after.label} over {before.label}", y > x),
                ("their deaths", m.count(menaka, after, "fatalities") > m.count(menaka, before, "fatalities")),
                (f"{second.label} over {before.label}", m.count(menaka, second) > x),
            ),
        },
        compared={"menaka": found},
    )


# --------------------------------------------------------------------------- Wagner


@question
def wagner_cost(r: Report) -> Answer:
    """What has the deployment cost at the published price?"""
    rows = r.chronology[r.chronology["claims"].str.contains("R23-14")]
    # The report's own price is dated to the deployment but was published with the report.
    rows = rows[rows["source_kind"].ne("report") | (str(r.as_of) >= "2023-06")]
    if rows.empty or str(r.as_of) < d.WAGNER_ARRIVAL:
        return Answer("Wagner has not yet come to Mali in this edition.")
    prices = rows[rows["unit"].str.contains("US dollars a month")]
    men = rows[rows["unit"].str.contains("Wagner men")]
    months = r.since(d.WAGNER_ARRIVAL).months
    low, high = prices["value"].min() * months, prices["value"].max() * months
    sentence = (
        f"at the reported prices of {p.spread(prices['value'].min(), prices['value'].max(), 1)} million US dollars a "
        f"month, {p.count(months, 'month')} from December 2021 on {'comes' if months == 1 else 'come'} to "
        f"{p.spread(low, high)} million"
    )
    ordered = prices.sort_values("value", ascending=False)
    if men.empty:
        return Answer(p.sentence(sentence), caveat="Prices are those reported; no contract has been published.")
    return Answer(
        p.sentence(sentence),
        {
            "men": _quantity(*[(row.source, row.value) for row in men.itertuples()]),
            "monthly": _quantity(*[(row.source, row.value) for row in ordered.itertuples()]),
            "total": _quantity((f"highest price x {months} months", high), ("lowest price", low)),
        },
        caveat="Prices are those reported; no contract has been published.",
    )


@question
def vac_since_2021(r: Report) -> Answer:
    """How far have attacks on civilians risen since 2021, for each plausible reading of that?"""
    vac = _vac(r)
    if str(r.as_of) < d.WAGNER_ARRIVAL:
        return Answer("Wagner has not yet come to Mali in this edition.")
    hit = m.hitting_civilians(r.actors, d.MILITANT_ISLAMIST)
    everyone = m.against_civilians(r.actors)
    since = r.since(d.WAGNER_ARRIVAL)
    since_2022 = r.since("2022-01") if str(r.as_of) >= "2022-01" else since
    spans = [
        (since, since.before(), "since Wagner's arrival over as many months before"),
        (since_2022, since_2022.before(), "since January 2022 over as many months before"),
        (r.since("2021-01"), r.since("2021-01").before(), "since January 2021 over as many months before"),
        (
            r.since(d.COUP_2020),
            r.since(d.COUP_2020).before(),
            "since the coup of August 2020 over as many months before",
        ),
        (r.last_12, year(2021), "last 12 months over 2021")
        if r.as_of.year > 2021
        else (r.last_12, r.before_12, "last 12 months over the 12 before"),
        (r.last_12, year(2020), "last 12 months over 2020"),
        (r.since("2021-01"), None, "since January 2021, monthly mean, over the monthly mean of 2020"),
    ]
    changes, deaths = [], []
    for now, before, label in spans:
        for kind, rows, value in (
            ("militant Islamist attacks on civilians", vac, "events"),
            ("all attacks on civilians", everyone, "events"),
            ("deaths in militant Islamist attacks on civilians", vac, "fatalities"),
            ("deaths in all attacks on civilians", everyone, "fatalities"),
        ):
            # Rates, because one base is a calendar year of another length.
            base = before or year(2020)
            if str(base.first) >= "2012-01" and m.count(rows, base, value):
                change = m.change(m.count(rows, now, value) / now.months, m.count(rows, base, value) / base.months)
                changes.append((f"{kind}, {label}", change))
    for now, label in (
        (since, "since Wagner's arrival"),
        (since_2022, "since January 2022"),
        (r.since("2021-01"), "since January 2021"),
        (r.since(d.COUP_2020), "since the coup of August 2020"),
    ):
        deaths.append(
            (f"deaths in attacks on civilians by militant Islamists, {label}", m.count(vac, now, "fatalities"))
        )
        deaths.append(
            (f"deaths in events that hit civilians, by militant Islamists, {label}", m.count(hit, now, "fatalities"))
        )
    # The first reading follows the sentence the figure stands in: the section on Wagner.
    found = intervals.compare(vac, since, since.before())
    sentence = (
        f"attacks on civilians by militant Islamists {found.moved()} in the "
        f"{p.count(since.months, 'month')} since Wagner's arrival, against as long before, and cost "
        f'{p.number(m.count(vac, since, "fatalities"))} lives; over {len(changes)} readings of "since 2021" the change '
        f"runs from {p.number(min(v for _, v in changes) * 100)} to {p.number(max(v for _, v in changes) * 100)} percent"
    )
    if since.months < 6:
        sentence = f"by {month_name(r.as_of)} Wagner has been in Mali for too few months to compare"
    return Answer(
        p.sentence(sentence),
        {"change": _quantity(*changes), "deaths": _quantity(*deaths)},
        caveat=""
        if since.months < 6
        else "That violence rose after an arrival does not show that the arrival caused it.",
        compared={"change": found} if since.months >= 6 else {},
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
    return _quantity(*readings)


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
    incidents = rows[rows["value"].ge(300) & ~rows["unit"].str.contains("killed")]
    share = m.ratio(dead, m.count(wagner, r.since(d.WAGNER_ARRIVAL), "fatalities"))
    quantities = {}
    if len(killed):
        quantities["moura"] = _quantity(
            *[(row.source, row.value) for row in killed.itertuples()], ("ACLED, sum of three daily events", dead)
        )
    if len(incidents):
        quantities["incidents"] = _quantity(*[(row.source, row.value) for row in incidents.itertuples()])
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


# --------------------------------------------------------------------------- junta politics


@question
def exposed_share(r: Report) -> Answer:
    """Which share of the land and of the people lies in the north and the centre?"""
    shares = m.zone_shares(r.regions).set_index("zone")
    north, centre = shares.loc["north"], shares.loc["centre"]
    sentence = (
        f"the north and the centre hold {p.percent(north['area_share'] + centre['area_share'])} of Mali's land and "
        f"{p.percent(north['population_share'] + centre['population_share'])} of its people; the north alone "
        f"{p.percent(north['area_share'])} of the land and {p.percent(north['population_share'])} of the people"
    )
    return Answer(
        p.sentence(sentence),
        {
            "share": _quantity(
                ("land of the north and the centre", north["area_share"] + centre["area_share"]),
                ("land of the north alone", north["area_share"]),
                ("people of the north and the centre", north["population_share"] + centre["population_share"]),
            )
        },
    )


@question
def referendum(r: Report) -> Answer:
    """What was the referendum's turnout, and by whose count?"""
    rows = r.referendum
    turnout = rows[rows["area"].eq("national") & rows["measure"].eq("turnout")]
    if turnout.empty:
        return Answer("The constitutional referendum of June 2023 lies after this edition.")
    # Partial counts, single ballots and second-hand figures stand in the chapter's table, not in the sentence.
    partial = turnout["stated_by"].str.contains(";|13:00|quoted")
    body = turnout["stated_by"].str.split(" (", regex=False).str[0]
    latest = turnout[~partial].sort_values("date").groupby(body[~partial], sort=False).tail(1)
    official = latest[latest["stated_by"].str.startswith("AIGE")]
    ordered = pd.concat([official, latest.drop(official.index).sort_values("date")])
    stated = p.listing(f"{p.number(row.value, 1)} percent by {row.stated_by}" for row in ordered.itertuples())
    held = rows[rows["area"].eq("Kidal") & rows["measure"].eq("vote-held") & rows["unit"].eq("0/1")]
    sentence = f"turnout at the constitutional referendum of 18 June 2023 is put at {stated}"
    if len(held):
        no = int(held["value"].eq(0).sum())
        sentence += f"; {p.word(no)} of {p.word(len(held))} sources say that Kidal did not vote"
    return Answer(
        p.sentence(sentence),
        {"turnout": _quantity(*[(f"{row.stated_by}, {row.date}", row.value / 100) for row in ordered.itertuples()])},
    )


# --------------------------------------------------------------------------- documents and evidence


@question
def documented(r: Report) -> Answer:
    """Answer from the chronology alone: the claim's own entries are added by the caller."""
    raise ClaimError("a documented claim is answered from its chronology entries; use helpers.audit.claims.evaluate.")


@question
def evidence(r: Report) -> Answer:
    """Gather evidence for an assessment: the claim's own entries are added by the caller."""
    raise ClaimError("an assessment is answered from its chronology entries; use helpers.audit.claims.evaluate.")
