"""Questions on southern Mali and the surroundings of Bamako."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pandas as pd

from helpers import definitions as d
from helpers import measures as m
from helpers import prose as p
from helpers.audit.questions.base import (
    Answer,
    Quantity,
    Reading,
    change_quantity,
    islamist,
    islamist_wide,
    outcome,
    quantity,
    question,
    realised_year,
    small,
)
from helpers.editions import Report
from helpers.estimates import intervals
from helpers.geodesy import great_circle_km
from helpers.windows import Window, month_name, trailing, window, year


@question
def flm_drives(r: Report) -> Answer:
    """How much of the violence, and of its growth, in the centre and the south is FLM's?"""
    now, before = r.recent, r.recent_before
    mi = m.in_zone(islamist(r), "centre", "south")
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
        "share": quantity(
            ("JNIM in the centre and the south as proxy", share),
            ("Katiba Macina named anywhere in the record", named_share),
        )
    }
    if growth > 0:
        quantities["growth_share"] = quantity(
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
    return m.around_bamako(islamist(r), km)


def _of_jnim(r: Report, when: Window, total: int) -> str:
    """Say how many of the militant Islamist events around Bamako in a window are JNIM's, of which the FLM is part."""
    jnim = m.count(_jnim_near(r), when)
    part = {0: "none", total: "all"}.get(jnim, p.word(jnim))
    return f"{part} of them with JNIM, of which the FLM is part"


def _jnim_near(r: Report, km: int = d.BAMAKO_RADIUS_KM) -> pd.DataFrame:
    return m.around_bamako(m.involving(r.actors, d.JNIM_WIDE), km)


def _radius_readings(r: Report, number: Callable[[pd.DataFrame], float], *, flm: bool = False) -> Quantity:
    """Return a figure around Bamako under the reports' radius, and beside it under others.

    Where a statement is on the FLM, JNIM, of which it is part, comes first and all militant Islamists second.
    """
    everyone = (f"militant Islamist events within {d.BAMAKO_RADIUS_KM} km", number(_bamako(r)))
    jnim = (f"JNIM and Katiba Macina within {d.BAMAKO_RADIUS_KM} km", number(_jnim_near(r)))
    near = _jnim_near if flm else _bamako
    beside = [
        (f"within {km} km", number(near(r, km)))
        for km in d.BAMAKO_BANDS_KM
        if km != d.BAMAKO_RADIUS_KM and 100 <= km <= 200
    ]
    beside.append(("with unidentified armed groups", number(m.around_bamako(islamist_wide(r)))))
    if flm:
        return quantity(jnim, everyone, beside=beside)
    return quantity(everyone, beside=[jnim, *beside])


@question
def bamako_months(r: Report) -> Answer:
    """How many events around Bamako this year, and when?"""
    near, jnim, now, recent = _bamako(r), _jnim_near(r), r.year_to_date, r.recent
    late_window = Window(max(recent.first, now.first), recent.last)
    total, late = m.count(near, now), m.count(near, late_window)
    sentence = f"{now.label} had {p.count(total, 'militant Islamist event')} within {d.BAMAKO_RADIUS_KM} km of Bamako"
    if late_window != now and total > 1:
        part = {0: "none", total: "all"}.get(late, p.word(late))
        sentence += f", {part} of them in {late_window.label}"
    if total > 1:
        sentence += f" and {_of_jnim(r, now, total)}" if late_window != now else f", {_of_jnim(r, now, total)}"

    def all_late(rows: pd.DataFrame) -> bool:
        return 0 < m.count(rows, now) == m.count(rows, late_window)

    return Answer(
        p.sentence(sentence),
        {
            "year_to_date": _radius_readings(r, lambda rows: m.count(rows, now), flm=True),
            "all_recent": quantity(
                (f"all of JNIM's events of the year lie in {late_window.label}", all_late(jnim)),
                (f"all militant Islamist events of the year lie in {late_window.label}", all_late(near)),
                counts=(m.count(jnim, late_window),),
            ),
        },
        caveat=small(total),
    )


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
        {"ratio": _radius_readings(r, lambda rows: m.count(rows, now) / max(m.count(rows, before), 1), flm=True)},
        caveat=small(base),
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
    jnim = m.count(_jnim_near(r), five)
    if jnim != base:
        sentence += f", {p.number(jnim)} of them with JNIM, of which the FLM is part"
    return Answer(
        p.sentence(sentence),
        {
            "pace": _radius_readings(r, lambda rows: m.pace(m.count(rows, now), now.months), flm=True),
            "five_years": _radius_readings(r, lambda rows: m.count(rows, five), flm=True),
        },
        caveat=small(m.count(near, now)),
    )


@outcome
def bamako_projection_outcome(r: Report) -> Answer:
    """How many events around Bamako did the year see?"""
    number = r.year_to_date.first.year
    whole = realised_year(r, number)
    if whole is None:
        return Answer(f"The year {number} is not complete in the data.")
    five = window(f"{number - 5}-01", f"{number - 1}-12")
    everyone = m.around_bamako(m.militant_islamist(r.all_actors))
    jnim = m.around_bamako(m.involving(r.all_actors, d.JNIM_WIDE))
    (real, base), (all_real, all_base) = ((m.count(rows, whole), m.count(rows, five)) for rows in (jnim, everyone))
    sentence = (
        f"{number} ended with {p.count(real, 'event')} of JNIM, of which the FLM is part, within "
        f"{d.BAMAKO_RADIUS_KM} km of Bamako, {p.more_or_fewer(real, base)} the {p.number(base)} of the five years before "
        f"together; with all militant Islamists it is {p.number(all_real)} and {p.number(all_base)}"
    )
    label = f"{number} over {number - 5}-{number - 1} together"
    return Answer(
        p.sentence(sentence),
        {
            "realised": quantity(
                (f"events of JNIM and Katiba Macina, {number}", real), (f"militant Islamist events, {number}", all_real)
            ),
            "five_years": quantity(("events of JNIM and Katiba Macina in the five years before", base)),
            "exceeds": quantity(
                (f"JNIM and Katiba Macina, {label}", real > base),
                (f"militant Islamist events, {label}", all_real > all_base),
                counts=(real, base),
            ),
        },
        until=whole.last,
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
        {"share": quantity(("COD-PS population by cercle", south["population_share"]))},
        caveat="The population table is labelled 2020 and looks low in total: good for shares, not for rates.",
    )


@question
def kati(r: Report) -> Answer:
    """How far is Kati from the capital?"""
    km = float(great_circle_km(*r.tables.spot("Kati"), *r.tables.spot("Bamako")))
    return Answer(
        p.sentence(
            f"the town of Kati lies {p.number(km)} km from the centre of Bamako; the presidential palace at "
            "Koulouba stands between the two"
        ),
        {"distance": quantity(("Kati to the centre of Bamako", km))},
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
        caveat=small(min(here, base)),
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
    mi, now, before = pick(islamist(r)), r.last_12, r.before_12
    here, base = m.count(mi, now), m.count(mi, before)
    if base == 0:
        moved = p.shift(here, base, now.label, before.label)
        return Answer(p.sentence(f"militant Islamist events in {where} {moved}"), caveat=small(base))
    found = intervals.compare(mi, now, before)
    moved = intervals.shift(here, base, now.label, before.label, found)
    sentence = f"militant Islamist events in {where} {moved}"
    # A multiple of a handful says nothing that the two counts do not.
    if name == "ratio" and base >= 5 and here >= 1.5 * base:
        sentence += f", {found.times()} as many"
    half_now, half_before = trailing(r.as_of, 6), trailing(r.as_of, 6).year_earlier()
    changes = [reading for reading in change_quantity(r, now, before, pick).readings]
    if m.count(mi, half_before):
        changes.append(
            Reading(
                f"{half_now.label} over {half_before.label}",
                m.change(m.count(mi, half_now), m.count(mi, half_before)),
                beside=True,
            )
        )
    values = tuple(Reading(c.label, c.value + (1 if name == "ratio" else 0), c.beside) for c in changes)
    return Answer(p.sentence(sentence), {name: Quantity(values)}, caveat=small(base), compared={name: found})


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

    held = replace(_radius_readings(r, holds), counts=(here, float(record["events"])))
    return Answer(p.sentence(sentence), {"record": held}, caveat=small(here))
