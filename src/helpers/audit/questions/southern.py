"""Questions on southern Mali and the surroundings of Bamako."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from helpers import definitions as d
from helpers import french as fr
from helpers import measures as m
from helpers import prose as p
from helpers.audit.questions.base import (
    ISLAMIST,
    WITH_UNIDENTIFIED,
    Answer,
    Quantity,
    Reading,
    as_many,
    change_quantity,
    during,
    grown,
    held,
    islamist,
    islamist_wide,
    more,
    outcome,
    over,
    quantity,
    question,
    realised_year,
    shifted,
    small,
    unfinished,
)
from helpers.editions import Report
from helpers.estimates import intervals
from helpers.geodesy import great_circle_km
from helpers.windows import Window, month_name, trailing, window, year
from helpers.words import NOTHING, Both


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
    quantities = {
        "share": quantity(
            (
                Both("JNIM in the centre and the south as proxy", "le GSIM au centre et au sud, par approximation"),
                share,
            ),
            (Both("Katiba Macina named anywhere in the record", "la katiba Macina nommée dans la fiche"), named_share),
        )
    }
    if growth > 0:
        quantities["growth_share"] = quantity(
            (
                Both(
                    "JNIM's part of the growth over the months before",
                    "part du GSIM dans la hausse sur les mois précédents",
                ),
                jnim_growth / growth,
            ),
            (
                Both("Katiba Macina named", "katiba Macina nommée"),
                (m.count(named, now) - m.count(named, before)) / growth,
            ),
        )
    late = Both(
        "; ACLED has named the katiba in few events from 2022 on.", "; depuis 2022, ACLED ne la nomme que rarement."
    )
    return Answer(
        _driven(now, before, (here, base, m.count(jnim, now), jnim_growth, m.count(named, now))),
        quantities,
        caveat=Both(
            "The proxy cannot tell FLM from the rest of JNIM",
            "L’approximation ne distingue pas la katiba du reste du GSIM",
        )
        + (late if r.as_of.year > 2021 else "."),
    )


def _driven(now: Window, before: Window, counts: tuple[int, int, int, int, int]) -> Both:
    """Say how much of the events, and of their growth, is JNIM's."""
    here, base, jnim, jnim_growth, named = counts
    share = m.ratio(jnim, here)
    if jnim == here:
        part, aside = Both(f"all {p.number(here)}", f"aux {fr.number(here)}"), NOTHING
    else:
        part = Both(f"{p.number(jnim)} of {p.number(here)}", f"à {fr.number(jnim)} des {fr.number(here)}")
        aside = Both(f" ({p.percent(share)})", f" ({fr.percent(share)})")
    said = Both(
        f"JNIM, the stated proxy for its katiba FLM, is a party to {part.en} militant Islamist events in the centre and "
        f"the south in {now.label}{aside.en}; the source names the katiba itself in {p.none(named)} of them.",
        f"Le GSIM, qui tient lieu ici de sa katiba FLM, est partie {part.fr} {ISLAMIST.fr} au centre et au sud "
        f"{during(now)}{aside.fr} ; la source nomme la katiba elle-même dans {'l’un' if named == 1 else fr.word(named)} d’entre eux."
        if named
        else f"Le GSIM, qui tient lieu ici de sa katiba FLM, est partie {part.fr} {ISLAMIST.fr} au centre et au sud "
        f"{during(now)}{aside.fr} ; la source n’y nomme jamais la katiba elle-même.",
    )
    if here > base:
        return said + Both(
            f" Events there grew by {p.number(here - base)} on {before.label}, those with JNIM by {p.number(jnim_growth)}.",
            f" Il y en a eu {fr.number(here - base)} de plus {_than(before)} ; pour ceux du GSIM, {fr.number(abs(jnim_growth))} de {'plus' if jnim_growth >= 0 else 'moins'}.",
        )
    return said + Both(
        f" Events there did not grow on {before.label}, when there were {p.number(base)}.",
        f" Leur nombre n’a pas augmenté : il y en avait {fr.number(base)} {during(before)}.",
    )


def _than(window: Window) -> str:
    """Set a window behind `plus` or `moins`, in French."""
    when = during(window)
    return f"qu’{when}" if when[0] in "aeéiou" else f"que {when}"


def _events(value: int) -> str:
    """Count militant Islamist events, in French."""
    return f"{fr.count(value, 'événement')} impliquant des groupes islamistes armés"


def _bamako(r: Report, km: int = d.BAMAKO_RADIUS_KM) -> pd.DataFrame:
    return m.around_bamako(islamist(r), km)


def _of_jnim(r: Report, when: Window, total: int) -> Both:
    """Say how many of the militant Islamist events around Bamako in a window are JNIM's, of which the FLM is part."""
    jnim = m.count(_jnim_near(r), when)
    part = _part(jnim, total)
    return Both(
        f"{part.en} of them with JNIM, of which the FLM is part", f"{part.fr} avec le GSIM, dont fait partie le FLM"
    )


def _part(value: int, total: int) -> Both:
    """Say which part of a number of events is meant."""
    ends = {0: Both("none", "aucun"), total: Both("all", "tous")}
    return ends.get(value, Both(p.word(value), fr.word(value)))


def _jnim_near(r: Report, km: int = d.BAMAKO_RADIUS_KM) -> pd.DataFrame:
    return m.around_bamako(m.involving(r.actors, d.JNIM_WIDE), km)


JNIM = Both("JNIM and Katiba Macina", "GSIM et katiba Macina")
OF_JNIM = Both("events of JNIM and Katiba Macina", "événements du GSIM et de la katiba Macina")
NEAR = f"à moins de {d.BAMAKO_RADIUS_KM} km de Bamako"


def _within(km: int) -> Both:
    return Both(f"within {km} km", f"à moins de {km} km")


def _radii(r: Report, *, flm: bool = False) -> list[tuple[Both, pd.DataFrame, bool]]:
    """Return the events around Bamako under the reports' radius and others: a label, the rows, whether beside the words.

    Where a statement is on the FLM, JNIM, of which it is part, comes first and all militant Islamists second.
    """
    everyone = (ISLAMIST + " " + _within(d.BAMAKO_RADIUS_KM), _bamako(r), False)
    jnim = (JNIM + " " + _within(d.BAMAKO_RADIUS_KM), _jnim_near(r), not flm)
    near = _jnim_near if flm else _bamako
    other = [km for km in d.BAMAKO_BANDS_KM if km != d.BAMAKO_RADIUS_KM and 100 <= km <= 200]
    return [
        *((jnim, everyone) if flm else (everyone, jnim)),
        *((_within(km), near(r, km), True) for km in other),
        (WITH_UNIDENTIFIED, m.around_bamako(islamist_wide(r)), True),
    ]


def _radius_readings(r: Report, number: Callable[[pd.DataFrame], float], *, flm: bool = False) -> Quantity:
    """Return a figure around Bamako under the reports' radius, and beside it under others."""
    return Quantity(tuple(Reading(label, float(number(rows)), beside) for label, rows, beside in _radii(r, flm=flm)))


@question
def bamako_months(r: Report) -> Answer:
    """How many events around Bamako this year, and when?"""
    near, jnim, now, recent = _bamako(r), _jnim_near(r), r.year_to_date, r.recent
    late_window = Window(max(recent.first, now.first), recent.last)
    total, late = m.count(near, now), m.count(near, late_window)
    said = Both(
        f"{now.label} had {p.count(total, 'militant Islamist event')} within {d.BAMAKO_RADIUS_KM} km of Bamako",
        f"{during(now)}, {_events(total)} {fr.agree(total, 's’est produit', 'se sont produits')} {NEAR}"
        if total
        else f"{during(now)}, aucun événement impliquant ces groupes ne s’est produit {NEAR}",
    )
    if late_window != now and total > 1:
        part = _part(late, total)
        said += Both(f", {part.en} of them in {late_window.label}", f", {part.fr} {during(late_window)}")
    if total > 1:
        said += Both(" and ", " et ") if late_window != now else ", "
        said += _of_jnim(r, now, total)

    def all_late(rows: pd.DataFrame) -> bool:
        return 0 < m.count(rows, now) == m.count(rows, late_window)

    return Answer(
        said.sentence(),
        {
            "year_to_date": _radius_readings(r, lambda rows: m.count(rows, now), flm=True),
            "all_recent": grown(
                held(
                    Both(
                        f"all of JNIM's events of the year lie in {late_window.label}",
                        f"tous ceux du GSIM dans l’année : {during(late_window)}",
                    ),
                    all_late(jnim),
                    m.count(jnim, late_window),
                ),
                held(
                    Both(
                        f"all militant Islamist events of the year lie in {late_window.label}",
                        f"tous ceux de l’année : {during(late_window)}",
                    ),
                    all_late(near),
                    late,
                ),
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
    said = Both(
        f"the whole of {before.label} had {p.count(base, 'such event')}, {now.label} had {p.none(here)}",
        f"toute l’année {before.label} en a compté {fr.none(base)}, et il y en a eu {fr.none(here)} {during(now)}",
    )
    if base == 0:
        return Answer(said.sentence())
    found = intervals.compare(near, now, before)
    if here > base:
        said = said + ", " + as_many(found)
    return Answer(
        said.sentence(),
        {"ratio": _radius_readings(r, lambda rows: m.count(rows, now) / max(m.count(rows, before), 1), flm=True)},
        caveat=small(base),
        compared={"ratio": found},
    )


@question
def bamako_projection(r: Report) -> Answer:
    """How many events around Bamako would the year see at its pace, against the five years before?"""
    near, now = _bamako(r), r.year_to_date
    number = now.first.year
    five = window(f"{number - 5}-01", f"{number - 1}-12")
    pace = m.pace(m.count(near, now), now.months)
    base = m.count(near, five)
    rounded = int(d.round_half_up(pace))
    whole, whole_fr = p.count(rounded, "event"), fr.count(rounded, "événement")
    if now.months == 12:
        words = Both(f"{number} had {whole}", f"l’année {number} a compté {whole_fr}")
    else:
        words = Both(
            f"at the pace of {now.label}, {number} would see {whole}",
            f"au rythme {fr.of(fr.label(now))}, l’année {number} compterait {whole_fr}",
        )
    years = f"{five.first.year}-{five.last.year}"
    said = words + Both(
        f" within {d.BAMAKO_RADIUS_KM} km of Bamako; the five years {years} saw {p.number(base)} together",
        f" {NEAR} ; les cinq années {years} en ont compté {fr.number(base)} ensemble",
    )
    jnim = m.count(_jnim_near(r), five)
    if jnim != base:
        said += Both(
            f", {p.number(jnim)} of them with JNIM, of which the FLM is part",
            f", dont {fr.number(jnim)} avec le GSIM, dont fait partie le FLM",
        )
    return Answer(
        said.sentence(),
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
        return unfinished(number)
    five = window(f"{number - 5}-01", f"{number - 1}-12")
    everyone = m.around_bamako(m.militant_islamist(r.all_actors))
    jnim = m.around_bamako(m.involving(r.all_actors, d.JNIM_WIDE))
    (real, base), (all_real, all_base) = ((m.count(rows, whole), m.count(rows, five)) for rows in (jnim, everyone))
    than = "autant que les" if real == base else f"{'plus' if real > base else 'moins'} que les"
    same = (
        Both(f"it is {p.number(all_real)} on either side", f"on en compte {fr.number(all_real)} de part et d’autre")
        if all_real == all_base
        else Both(
            f"it is {p.number(all_real)} against {p.number(all_base)}",
            f"on en compte {fr.number(all_real)}, contre {fr.number(all_base)}",
        )
    )
    said = Both(
        f"{number} ended with {p.count(real, 'event')} of JNIM, of which the FLM is part, within "
        f"{d.BAMAKO_RADIUS_KM} km of Bamako, {p.more_or_fewer(real, base)} the {p.number(base)} of the five years before "
        f"together; with all militant Islamists {same.en}",
        f"l’année {number} s’est achevée sur {fr.count(real, 'événement')} du GSIM, dont fait partie le FLM, {NEAR}, "
        f"{than} {fr.number(base)} des cinq années précédentes ensemble ; avec tous les groupes islamistes armés, "
        f"{same.fr}",
    )
    label = Both(
        f"{number} over {number - 5}-{number - 1} together",
        f"{number} par rapport à {number - 5}-{number - 1} ensemble",
    )
    return Answer(
        said.sentence(),
        {
            "realised": quantity((OF_JNIM + f", {number}", real), (ISLAMIST + f", {number}", all_real)),
            "five_years": quantity((OF_JNIM + Both(" in the five years before", " des cinq années précédentes"), base)),
            "exceeds": grown(more(JNIM + ", " + label, real, base), more(ISLAMIST + ", " + label, all_real, all_base)),
        },
        until=whole.last,
    )


@question
def southern_population(r: Report) -> Answer:
    """Which share of the population lives in the south?"""
    shares = m.zone_shares(r.regions).set_index("zone")
    south = shares.loc["south"]
    people, land = south["population_share"], south["area_share"]
    said = Both(
        f"the southern regions hold {p.percent(people)} of Mali's people on {p.percent(land)} of its land",
        f"les régions du sud réunissent {fr.percent(people)} de la population du Mali sur {fr.percent(land)} de son territoire",
    )
    return Answer(
        said.sentence(),
        {"share": quantity((Both("COD-PS population by cercle", "population par cercle (COD-PS)"), people))},
        caveat=Both(
            "The population table is labelled 2020 and looks low in total: good for shares, not for rates.",
            "La table de population est datée de 2020 et son total paraît bas : elle vaut pour des parts, non pour des taux.",
        ),
    )


@question
def kati(r: Report) -> Answer:
    """How far is Kati from the capital?"""
    km = float(great_circle_km(*r.tables.spot("Kati"), *r.tables.spot("Bamako")))
    return Answer(
        Both(
            f"The town of Kati lies {p.number(km)} km from the centre of Bamako; the presidential palace at "
            "Koulouba stands between the two.",
            f"La ville de Kati est à {fr.number(km)} km du centre de Bamako ; le palais présidentiel de Koulouba se trouve "
            "entre les deux.",
        ),
        {"distance": quantity((Both("Kati to the centre of Bamako", "de Kati au centre de Bamako"), km))},
        caveat=Both(
            "We found no published coordinates of the palace: the distance to the city's centre is an upper bound.",
            "Nous n’avons trouvé aucune coordonnée publiée du palais : la distance au centre-ville est un maximum.",
        ),
    )


@question
def bamako_halves(r: Report) -> Answer:
    """How many events around Bamako in the last months, against those before?"""
    near, now, before = _bamako(r), r.recent, r.recent_before
    here, base = m.count(near, now), m.count(near, before)
    found = intervals.compare(near, now, before) if here and base else None
    said = Both(
        f"{now.label} had {p.count(here, 'militant Islamist event')} within {d.BAMAKO_RADIUS_KM} km of Bamako, "
        f"after {p.none(base)} in {before.label}",
        f"{during(now)}, on compte {_events(here)} {NEAR}, contre {fr.word(base)} {during(before)}",
    )
    if found:
        said += Both(f": {as_many(found).en}", f", {as_many(found).fr}")
    return Answer(
        said.sentence(),
        {
            "recent": _radius_readings(r, lambda rows: m.count(rows, now)),
            "before": _radius_readings(r, lambda rows: m.count(rows, before)),
        },
        caveat=small(min(here, base)),
        compared={"recent": found} if found else {},
    )


@question
def southern_growth(r: Report) -> Answer:
    """How did the south's events of the last 12 months compare with the 12 before?"""
    return _growth(r, lambda rows: m.in_zone(rows, "south"), Both("southern Mali", "dans le sud du Mali"), "change")


@question
def kayes_growth(r: Report) -> Answer:
    """How did the events in Kayes of the last 12 months compare with the 12 before?"""
    return _growth(
        r, lambda rows: m.in_regions(rows, "Kayes"), Both("the Kayes region", "dans la région de Kayes"), "ratio"
    )


def _growth(r: Report, pick: Callable[[pd.DataFrame], pd.DataFrame], where: Both, name: str) -> Answer:
    mi, now, before = pick(islamist(r)), r.last_12, r.before_12
    here, base = m.count(mi, now), m.count(mi, before)
    found = intervals.compare(mi, now, before) if base else None
    said = Both(f"militant Islamist events in {where.en} ", f"les {ISLAMIST.fr} {where.fr} ")
    said += shifted(here, base, now, before, found)
    if found is None:
        return Answer(said.sentence(), caveat=small(base))
    # A multiple of a handful says nothing that the two counts do not.
    if name == "ratio" and base >= 5 and here >= 1.5 * base:
        said = said + ", " + as_many(found)
    half_now, half_before = trailing(r.as_of, 6), trailing(r.as_of, 6).year_earlier()
    changes = [reading for reading in change_quantity(r, now, before, pick).readings]
    if m.count(mi, half_before):
        changes.append(
            Reading(
                over(half_now, half_before),
                m.change(m.count(mi, half_now), m.count(mi, half_before)),
                beside=True,
            )
        )
    values = tuple(Reading(c.label, c.value + (1 if name == "ratio" else 0), c.beside) for c in changes)
    return Answer(said.sentence(), {name: Quantity(values)}, caveat=small(base), compared={name: found})


@question
def bamako_record(r: Report) -> Answer:
    """Did the last months see more events around Bamako than any 12 months that ended before them?"""
    now = r.recent

    def best(rows: pd.DataFrame) -> pd.Series:
        past = m.rolling(rows, Window(r.ever.first, now.first - 1), 12)
        return past.loc[past["events"].idxmax()]

    here, record = m.count(_bamako(r), now), best(_bamako(r))
    most, ended = int(record["events"]), pd.Period(record["month"], "M")
    than = "autant que" if here == most else f"{'plus' if here > most else 'moins'} que"
    said = Both(
        f"the {p.word(now.months)} months of {now.label} had {p.count(here, 'event')} within {d.BAMAKO_RADIUS_KM} km of "
        f"Bamako, {p.more_or_fewer(here, most)} the {p.word(most)} of the highest 12 months "
        f"before them, which ended in {month_name(ended)}",
        f"en {fr.word(now.months)} mois ({fr.label(now)}), on compte {fr.count(here, 'événement')} {NEAR}, {than} les "
        f"{fr.word(most)} des 12 mois consécutifs les plus chargés jusque-là, achevés en {fr.month_name(ended)}",
    )

    readings = [
        more(label, m.count(rows, now), best(rows)["events"], beside=beside) for label, rows, beside in _radii(r)
    ]
    return Answer(said.sentence(), {"record": grown(*readings)}, caveat=small(here))
