"""Checks of the published counts of events around Bamako against each other."""

from __future__ import annotations

import math

import pandas as pd

from helpers import french as fr
from helpers import measures as m
from helpers import prose as p
from helpers.audit.cases import Case, Found
from helpers.audit.spans import Span
from helpers.windows import Window, month_name, window
from helpers.words.both import Both


def _overlap_in_data(c: Case) -> tuple[Window, Window, int]:
    """Return July-August 2022, September-December 2022, and the events around Bamako in the first."""
    both = window("2022-07", "2022-08")
    return both, window("2022-09", "2022-12"), c.near_bamako(both)


def overlap(c: Case) -> Found:
    """Hold the second report's half-year against what the first had counted by August."""
    both, _, inside = _overlap_in_data(c)
    nine, five = c.value("R22-08", "year_to_date"), c.stated("R23-06", "before")
    return Found(
        Span(inside, math.inf),
        five,
        "events around Bamako in July-December 2022",
        Both(
            f"of the first report's {p.word(int(nine))} events around Bamako, our tables put {p.word(inside)} in "
            f"{both.label}",
            f"des {fr.word(int(nine))} événements du premier rapport autour de Bamako, nos tables en placent {fr.word(inside)} "
            f"{fr.at(fr.label(both))}",
        ),
        Both(
            f"the whole half-year cannot have had fewer; the second report gives it "
            f"{p.word(int(c.value('R23-06', 'before')))}",
            f"le semestre entier ne peut en compter moins ; le second rapport lui en donne "
            f"{fr.word(int(c.value('R23-06', 'before')))}",
        ),
    )


def rest_of_half(c: Case) -> Found:
    """Hold what is left for September to December against our count."""
    _, rest, inside = _overlap_in_data(c)
    five = int(c.value("R23-06", "before"))
    left, counted = five - inside, c.near_bamako(rest)
    return Found(
        Span(left, left),
        Span(counted, counted),
        f"events around Bamako in {rest.label}",
        Both(
            f"{p.word(five)} events around Bamako in July-December 2022, {p.word(inside)} of them by August, leave "
            f"{p.word(left)} for the {p.word(rest.months)} months that follow",
            f"{fr.word(five)} événements autour de Bamako en juillet-décembre 2022, dont {fr.word(inside)} jusqu’en août, "
            f"{fr.agree(left, 'n’en laissent' if not left else 'en laissent', 'en laissent')} {fr.word(left)} aux "
            f"{fr.word(rest.months)} mois suivants",
        ),
        Both(
            f"our tables hold {p.word(counted)}: {p.word(counted + inside)} in the half-year",
            f"nos tables en comptent {fr.number(counted)}, soit {fr.number(counted + inside)} sur le semestre",
        ),
    )


def whole_year(c: Case) -> Found:
    """Hold the year that both reports' counts make against the projected one."""
    _, _, inside = _overlap_in_data(c)
    nine, five = c.value("R22-08", "year_to_date"), c.value("R23-06", "before")
    total = nine + five - inside
    projected = c.stated("R22-10", "pace")
    return Found(
        Span(total, total),
        projected,
        "events around Bamako in 2022",
        Both(
            f"{p.word(int(nine))} by August and {p.word(int(five))} from July on make {p.number(nine)} to "
            f"{p.number(nine + five)} in 2022 whatever the overlap, and {p.number(total)} with the {p.word(inside)} that "
            "our tables find in both",
            f"{fr.word(int(nine))} jusqu’en août et {fr.word(int(five))} à partir de juillet font, quel que soit le recoupement, "
            f"de {fr.number(nine)} à {fr.number(nine + five)} événements en 2022, et {fr.number(total)} si l’on retire ce que nos "
            f"tables trouvent dans les deux ({fr.number(inside)})",
        ),
        Both(
            f"by the second report's own count the {p.number(c.value('R22-10', 'pace'))} that the first projected "
            f"{'were reached' if total >= projected.low else 'were not reached'}",
            f"d’après le décompte du second rapport, les {fr.number(c.value('R22-10', 'pace'))} que projetait le premier "
            f"{'ont été atteints' if total >= projected.low else 'n’ont pas été atteints'}",
        ),
    )


def five_years(c: Case) -> Found:
    """Hold the four years that the published counts leave against ours."""
    nine, ratio, five = c.value("R22-08", "year_to_date"), c.stated("R22-09", "ratio"), c.stated("R22-10", "five_years")
    # Events are whole: 9 over 1.5 to 2.5 leaves four, five or six.
    last = Span(math.ceil(nine / ratio.high), math.floor(nine / ratio.low))
    dozen = round(c.value("R22-10", "five_years"))
    implied = Span(math.ceil(five.low) - last.high, math.floor(five.high) - last.low)
    span = window("2017-01", "2020-12")
    counted = c.near_bamako(span)
    return Found(
        implied,
        Span(counted, counted),
        "events around Bamako in 2017-2020",
        Both(
            f"{p.word(int(nine))} events as about twice those of 2021 make {p.spread(last.low, last.high)} in 2021, and "
            f"{dozen} in five years leave {p.spread(implied.low, implied.high)} for the four years before it",
            f"{fr.word(int(nine))} événements, environ le double de 2021, en supposent {fr.spread(last.low, last.high)} en 2021, et "
            f"{dozen} en cinq ans en laissent {fr.spread(implied.low, implied.high)} aux quatre années précédentes",
        ),
        Both(
            f"our tables hold {p.word(counted)} in 2017-2020",
            f"nos tables en comptent {fr.number(counted)} de 2017 à 2020",
        ),
    )


def pace_of_nine(c: Case) -> Found:
    """Hold the pace of the nine events against the projection."""
    nine, projected = c.value("R22-08", "year_to_date"), c.stated("R22-10", "pace")
    months = c.reports["R22"].year_to_date.months
    pace = m.pace(nine, months)
    first, last = (_day(nine * 12 / bound) for bound in (projected.high, projected.low))
    return Found(
        Span(pace, pace),
        projected,
        "events around Bamako in 2022 at the pace of the nine",
        Both(
            f"{p.word(int(nine))} events in {p.word(months)} months are a pace of {p.number(pace, 1)} a year",
            f"{fr.word(int(nine))} événements en {fr.word(months)} mois font un rythme de {fr.number(pace, 1)} par an",
        ),
        Both(
            f"to reach {p.number(c.value('R22-10', 'pace'))} the count must have stopped between {first.en} and {last.en} 2022",
            f"pour arriver à {fr.number(c.value('R22-10', 'pace'))}, le décompte doit s’être arrêté entre le {first.fr} et le "
            f"{last.fr} 2022",
        ),
    )


def _day(months: float) -> Both:
    """Return the day on which so many months of 2022 are over."""
    whole = int(months)
    start = pd.Period(year=2022, month=whole + 1, freq="M").start_time
    when = start + pd.Timedelta(days=int((months - whole) * start.days_in_month))
    named = fr.day_name(str(when.date())).rsplit(" ", 1)[0]
    return Both(f"{when.day} {month_name(pd.Period(when, 'M')).split()[0]}", named)


def record(c: Case) -> Found:
    """Hold the first half of 2023 against the most that any year before can have had."""
    nine, five = c.value("R22-08", "year_to_date"), c.value("R23-06", "before")
    most = max(nine + five, c.value("R22-10", "five_years"))
    recent = c.value("R23-06", "recent")
    return Found(
        Span(most + 1, math.inf),
        c.stated("R23-06", "recent"),
        "events around Bamako in 2023H1, to be a record",
        Both(
            f"by the reports' own counts 2022 had at most {p.number(nine + five)} events around Bamako, and the five years "
            f"before it together {p.number(c.value('R22-10', 'five_years'))}",
            f"d’après les décomptes des rapports, 2022 a connu au plus {fr.number(nine + five)} événements autour de Bamako, et les "
            f"cinq années précédentes {fr.number(c.value('R22-10', 'five_years'))} ensemble",
        ),
        Both(
            f"the {p.number(recent)} of six months are {'' if recent > most else 'not '}more than any of these calendar "
            "years can have had",
            f"les {fr.number(recent)} de six mois {'dépassent' if recent > most else 'ne dépassent pas'} ce qu’a pu connaître "
            "chacune de ces années civiles",
        ),
    )
