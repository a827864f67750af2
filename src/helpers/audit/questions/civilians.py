"""Questions on attacks on civilians in all of Mali."""

from __future__ import annotations

import pandas as pd

from helpers import definitions as d
from helpers import french as fr
from helpers import measures as m
from helpers import prose as p
from helpers.audit.questions.base import (
    HIT_INCLUDED,
    WITH_UNIDENTIFIED,
    Answer,
    Reading,
    attacks,
    during,
    grown,
    more,
    over,
    quantity,
    question,
    times,
)
from helpers.editions import Report
from helpers.estimates import intervals
from helpers.windows import Window, complete_years, window, year
from helpers.words import Both

_ATTACKS_FR = "Les attaques de groupes islamistes armés contre des civils"


@question
def killed_in_vac(r: Report) -> Answer:
    """How many people did militant Islamists kill in attacks on civilians, against the year before?"""
    vac, now = attacks(r), r.year_to_date
    before = r.checked(year(now.first.year - 1))
    here, base = m.count(vac, now, "fatalities"), m.count(vac, before, "fatalities")
    if not base or not m.count(vac, now.year_earlier(), "fatalities"):
        return Answer(
            Both(
                f"Attacks on civilians by militant Islamists cost {p.number(here)} lives in {now.label} "
                f"and {p.number(base)} in the whole of {before.label}.",
                f"{_ATTACKS_FR} ont fait {fr.number(here)} morts {during(now)} et {fr.number(base)} dans toute "
                f"l’année {before.label}.",
            )
        )
    hit = m.hitting_civilians(r.actors, d.MILITANT_ISLAMIST)
    wide = m.against_civilians(r.actors, [*d.MILITANT_ISLAMIST, "unidentified"])
    same = now.year_earlier()
    found = intervals.compare(vac, now, before, "fatalities")
    low, high = found.interval.low * 100, found.interval.high * 100
    if here >= base:
        part = times(found) + Both(" the toll", " le bilan")
    else:
        part = Both(
            f"{p.percent(found.ratio)} ({p.spread(low, high)}) of the toll",
            f"{fr.percent(found.ratio)} ({fr.spread(low, high)}) du bilan",
        )
    said = Both(
        f"Attacks on civilians by militant Islamists cost {p.number(here)} lives in {now.label}, "
        f"{part.en} of the whole of {before.label} ({p.number(base)}).",
        f"{_ATTACKS_FR} ont fait {fr.number(here)} morts {during(now)}, soit {part.fr} de toute l’année "
        f"{before.label} ({fr.number(base)}).",
    )
    return Answer(
        said,
        {
            "ratio": quantity(
                (over(now, before), m.ratio(here, base)),
                (Both("at an annual pace", "au rythme annuel"), m.ratio(m.pace(here, now.months), base)),
                *(
                    [(over(now, same), m.ratio(here, m.count(vac, same, "fatalities")))]
                    if m.count(vac, same, "fatalities")
                    else []
                ),
                beside=[
                    (
                        HIT_INCLUDED,
                        m.ratio(m.count(hit, now, "fatalities"), m.count(hit, before, "fatalities")),
                    ),
                    (
                        WITH_UNIDENTIFIED,
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
        return Answer(
            Both(
                f"The first two quarters of {r.as_of.year} are not complete in this edition.",
                f"Les deux premiers trimestres de {r.as_of.year} ne sont pas complets dans cette édition.",
            )
        )
    years = [w for w in complete_years(2012, r.as_of) if w.last < first]
    readings: list[Reading] = []
    words: Both | None = None
    for label, rows in (
        (
            Both(
                "fatalities of militant Islamist attacks on civilians",
                "morts dans les attaques de groupes islamistes armés contre des civils",
            ),
            attacks(r),
        ),
        (
            Both("fatalities of all attacks on civilians", "morts dans toutes les attaques contre des civils"),
            m.against_civilians(r.actors),
        ),
        (
            Both(
                "all events that hit civilians, by militant Islamists",
                "tous les événements de groupes islamistes armés qui touchent des civils",
            ),
            m.hitting_civilians(r.actors, d.MILITANT_ISLAMIST),
        ),
    ):
        lowest = min(m.count(rows, w, "fatalities") for w in done)
        record = max(m.count(rows, w, "fatalities") for w in years)
        readings.append(more(label, lowest, record, beside=len(readings) > 1))
        if words is None:
            a, b = (m.count(rows, w, "fatalities") for w in done)
            best = max(years, key=lambda w: m.count(rows, w, "fatalities"))
            words = Both(
                f"Attacks on civilians by militant Islamists cost {p.number(a)} lives in the first quarter of "
                f"{first.year} and {p.number(b)} in the second; the highest full year before was {best.label} "
                f"with {p.number(record)}.",
                f"{_ATTACKS_FR} ont fait {fr.number(a)} morts au premier trimestre {first.year} et {fr.number(b)} au deuxième ; "
                f"l’année complète la plus meurtrière jusque-là était {best.label}, avec {fr.number(record)}.",
            )
    assert words is not None
    return Answer(words, {"both_quarters": grown(*readings)})


@question
def vac_against_pre_coup(r: Report) -> Answer:
    """How much more often are civilians attacked than in the year before the junta took power?"""
    base_window = window("2019-08", "2020-07")
    if r.as_of <= base_window.last:
        return Answer(
            Both(
                "The junta has not taken power yet in this edition.",
                "Dans cette édition, la junte n’a pas encore pris le pouvoir.",
            )
        )
    now = r.last_12
    vac = attacks(r)
    wide = m.against_civilians(r.actors, [*d.MILITANT_ISLAMIST, "unidentified"])
    hit = m.hitting_civilians(r.actors, d.MILITANT_ISLAMIST)
    here, base = m.count(vac, now), m.count(vac, base_window)
    found = intervals.compare(vac, now, base_window)
    said = Both(
        f"Militant Islamists attacked civilians {p.number(here)} times in {now.label}, "
        f"{found.times()} the {p.number(base)} attacks of the 12 months before the coup.",
        f"Des groupes islamistes armés ont attaqué des civils {fr.number(here)} fois {during(now)}, soit "
        f"{fr.times_within(found)} les {fr.number(base)} attaques des 12 mois précédant le coup d’État.",
    )
    return Answer(
        said,
        {
            "ratio": quantity(
                (
                    Both(
                        "attacks on civilians by militant Islamists",
                        "attaques de groupes islamistes armés contre des civils",
                    ),
                    here / base,
                ),
                (
                    Both("against the calendar year 2019", "par rapport à l’année 2019"),
                    m.ratio(here, m.count(vac, year(2019))),
                ),
                (
                    Both("against July 2019 to June 2020", "par rapport à juillet 2019 à juin 2020"),
                    m.ratio(here, m.count(vac, window("2019-07", "2020-06"))),
                ),
                beside=[
                    (WITH_UNIDENTIFIED, m.ratio(m.count(wide, now), m.count(wide, base_window))),
                    (
                        HIT_INCLUDED,
                        m.ratio(m.count(hit, now), m.count(hit, base_window)),
                    ),
                ],
            )
        },
        compared={"ratio": found},
    )
