"""Figures on turning points: did a date change the course of the violence, beyond the trend before it?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from helpers import charts
from helpers import definitions as d
from helpers import french as f
from helpers import measures as m
from helpers import prose as p
from helpers.chapters import NotInEdition
from helpers.editions import Report
from helpers.errors import NotInData
from helpers.estimates import interruptions as it
from helpers.figures import Figure, Table, Words
from helpers.measures import Interval
from helpers.windows import Window, month, month_name
from helpers.words.both import Both, joined

FIRST = "2012-01"
"""First month of every series: that of the tables."""


@dataclass(frozen=True)
class Turn:
    """A date that the reports treat as a turning point."""

    id: str
    date: str
    """Short name, and month (`YYYY-MM`)."""
    short: str
    """On axes and over panels, where room is scarce."""
    label: str
    label_fr: str
    """As readers see it, with its month."""
    zone: str = ""
    """Zone in which it would have worked first; empty for the whole country."""


TURNS = (
    Turn("coup-2020", d.COUP_2020, "Coup 2020", "Coup, August 2020", "le coup d’État d’août 2020"),
    Turn("coup-2021", d.COUP_2021, "Coup 2021", "Second coup, May 2021", "le second coup d’État, mai 2021"),
    Turn(
        "wagner",
        d.WAGNER_ARRIVAL,
        "Wagner",
        "Wagner arrives, December 2021",
        "l’arrivée de Wagner, décembre 2021",
        "centre",
    ),
    Turn(
        "barkhane",
        "2022-08",
        "Barkhane",
        "Barkhane's last base, August 2022",
        "la dernière base de Barkhane, août 2022",
        "north",
    ),
)

LINK = " (See [turning points](depth/turning-points.ipynb).)"
"""End of the paragraphs that stand in the chapters; pages in `depth/` leave it out."""

_AXIS = (0.2, 5.0)
"""Effects that the chart of all dates has room for."""

ASSUMPTIONS = Both(
    "The effect is the ratio of the fitted course to the trend of the two years before, carried on. It is the "
    "date's doing only if nothing else changed then and the trend would have gone on.",
    "L’effet est le rapport du cours ajusté à la tendance des deux années précédentes, prolongée. Il n’est dû à la "
    "date que si rien d’autre n’a changé alors et s’il est vrai que la tendance se serait poursuivie.",
)


def militant(r: Report) -> pd.DataFrame:
    """Return the militant Islamist events of an edition."""
    return m.militant_islamist(r.actors)


def whole(r: Report) -> Window:
    """Return the months of the series of an edition."""
    return Window(month(FIRST), r.as_of)


def counts_of(r: Report, rows: pd.DataFrame) -> pd.Series:
    """Return monthly events of some rows over `whole`."""
    return it.counts_of(rows, whole(r))


def placed(r: Report, turn: Turn) -> pd.DataFrame:
    """Return the militant Islamist events of the place in which a date would have worked first."""
    return m.in_zone(militant(r), turn.zone) if turn.zone else militant(r)


def where(turn: Turn) -> str:
    """Name the place in which a date is judged."""
    return p.zone_name(turn.zone) if turn.zone else "all of Mali"


def short(turn: Turn) -> str:
    """Return the date and where it is judged, for axes."""
    return f"{turn.short}, {turn.zone or 'Mali'}"


def ready(r: Report) -> list[Turn]:
    """Return the dates with enough months after them, or say that there is none."""
    counts = counts_of(r, militant(r))
    past = [t for t in TURNS if month(t.date) <= r.as_of and it.months_after(counts, month(t.date)) >= it.LEAST_AFTER]
    if not past:
        raise NotInEdition(
            f"By {month_name(r.as_of)} none of the dates that the reports treat as turning points has "
            f"{p.word(it.LEAST_AFTER)} months after it: there is nothing to estimate yet."
        )
    return past


def estimate(r: Report, turn: Turn, rows: pd.DataFrame | None = None) -> tuple[it.Effect, it.Judgement, pd.DataFrame]:
    """Return the effect of a date, what may be said of it, and the effects of other dates."""
    counts = counts_of(r, placed(r, turn) if rows is None else rows)
    found = it.effect(counts, month(turn.date))
    others = it.placebos(counts, month(turn.date))
    return found, it.judge(found, others), others


def too_early(r: Report) -> Both | None:
    """Name the dates that lie too close to the end of the edition; None where there is none."""
    counts = counts_of(r, militant(r))
    if all(month(t.date) > r.as_of for t in TURNS):
        return Both(
            "None of the dates lies before this edition's month.",
            "Aucune des dates ne précède le mois de cette édition.",
        )
    after = {t: it.months_after(counts, month(t.date)) for t in TURNS if month(t.date) <= r.as_of}
    late = {t: months for t, months in after.items() if months < it.LEAST_AFTER}
    if not late:
        return None
    least = Both(*(words.word(it.LEAST_AFTER) for words in (p, f)))
    dates = p.listing(f"{t.label} ({p.count(n, 'month')} after it)" for t, n in late.items())
    dates_fr = f.listing(f"{t.label_fr} ({f.word(n)} mois après)" for t, n in late.items())
    return Both(
        f"Too few months in this edition, {least.en} being the least: {dates}.",
        f"Trop peu de mois dans cette édition (il en faut au moins {least.fr}) : {dates_fr}.",
    )


# --------------------------------------------------------------------------- words

_FALLS = (
    (0.5, "a halving", "une baisse de moitié"),
    (2 / 3, "a fall by a third", "une baisse d’un tiers"),
    (0.75, "a fall by a quarter", "une baisse d’un quart"),
    (0.9, "a fall by a tenth", "une baisse d’un dixième"),
)
_RISES = (
    (2.0, "a doubling", "un doublement"),
    (1.5, "a rise by half", "une hausse de moitié"),
    (1.25, "a rise by a quarter", "une hausse d’un quart"),
    (1.1, "a rise by a tenth", "une hausse d’un dixième"),
)


def unexcluded(found: Interval) -> tuple[str, str]:
    """Say what an interval that holds 1 cannot exclude, in English and French.

    Examples
    --------
    >>> unexcluded(Interval(0.46, 1.69))
    ('a halving or a rise by half cannot be excluded', 'on ne peut exclure ni une baisse de moitié ni une hausse de moitié')
    >>> unexcluded(Interval(0.95, 1.3))[0], unexcluded(Interval(0.95, 1.05))[0]
    ('a rise by a quarter cannot be excluded', 'a change by a tenth can be excluded')
    """
    fall = next((words for factor, *words in _FALLS if found.low <= factor), None)
    rise = next((words for factor, *words in _RISES if found.high >= factor), None)
    if fall and rise:
        return (
            f"{fall[0]} or {rise[0]} cannot be excluded",
            f"on ne peut exclure ni {fall[1]} ni {rise[1]}",
        )
    if fall or rise:
        one = fall or rise or []
        ending = "exclu" if one[1].startswith("un ") else "exclue"
        return f"{one[0]} cannot be excluded", f"{one[1]} ne peut être {ending}"
    return "a change by a tenth can be excluded", "une variation d’un dixième peut être exclue"


def within(value: float, interval: Interval) -> str:
    """Write an estimate with its interval.

    An end that would be printed as 1.00 and is not gets a digit more: it says whether the interval holds no change.

    Examples
    --------
    >>> within(0.89, Interval(0.46, 1.69)), within(1.65, Interval(1.003, 2.71))
    ('0.89 (0.46 to 1.69)', '1.65 (1.003 to 2.71)')
    """
    return f"{x(value)} ({_end(interval.low, x, p.number)} to {_end(interval.high, x, p.number)})"


def _end(value: float, short: Callable[[float], str], number: Callable[..., str]) -> str:
    return number(value, 3) if short(value) == short(1.0) and value != 1 else short(value)


def within_fr(value: float, interval: Interval) -> str:
    """Write an estimate with its interval in French."""
    return f"{x_fr(value)} ({_end(interval.low, x_fr, f.number)} à {_end(interval.high, x_fr, f.number)})"


def x(value: float) -> str:
    """Write a factor: two digits after the point below 10, none above."""
    return p.number(value, 2 if value < 10 else 0)


def x_fr(value: float) -> str:
    """Write a factor in French."""
    return f.number(value, 2 if value < 10 else 0)


def seen(judged: it.Judgement) -> str:
    """Say how large an effect would have been seen in four of five cases."""
    return seen_over(judged.seen, "the trend")


def seen_over(factor: float, base: str) -> str:
    """Say from which factor an effect would have been seen in four of five cases.

    Examples
    --------
    >>> seen_over(2.5, "the trend")
    '2.50 times the trend or more, 0.40 or less'
    """
    return f"{x(factor)} times {base} or more, {x(1 / factor)} or less"


def rank(judged: it.Judgement) -> str:
    """Say at which part of other dates effects are as large, or that there are too few of them."""
    if judged.share is None:
        return f"too few to say ({judged.others})"
    return f"{p.percent(judged.share)} of {judged.others}"


def said(found: list[tuple[it.Effect, it.Judgement]]) -> tuple[str, str]:
    """Say what may be said of several dates together, in English and French.

    `found`: one a date, at least one.

    Notes
    -----
    What cannot be excluded is what no date's interval excludes.
    """
    total = len(found)
    by = {verdict: sum(judged.verdict == verdict for _, judged in found) for verdict in it.STRENGTHS}
    dates = f"the {p.count(total, 'date')}" if total > 1 else "the date"
    dates_fr = f"les {f.count(total, 'date', feminine=True)}" if total > 1 else "la date"
    if by["none"] == total:
        common = Interval(max(e.interval.low for e, _ in found), min(e.interval.high for e, _ in found))
        en, fr = unexcluded(common)
        at, at_fr = (" at any of them", " pour aucune d’elles") if total > 1 else ("", "")
        start = f"none of {dates} is" if total > 1 else f"{dates} is not"
        start_fr = f"parmi {dates_fr}, aucune ne se distingue" if total > 1 else f"{dates_fr} ne se distingue pas"
        return (
            f"{start} distinguishable from the trend before; {en}{at}",
            f"{start_fr} de la tendance antérieure\u202f; {fr}{at_fr}",
        )
    left, left_fr = total - by["none"], f.word(total - by["none"], feminine=True)
    of = f"{p.word(left)} of {dates} {'is' if left == 1 else 'are'}" if total > 1 else "the date is"
    of_fr = (
        f"parmi {dates_fr}, {left_fr} {'est suivie' if left == 1 else 'sont suivies'}"
        if total > 1
        else "la date est suivie"
    )
    if by["break"]:
        more = (
            f", {p.word(by['break'])} of them rare among other dates"
            if left > by["break"]
            else " rare among other dates"
        )
        more_fr = (
            f", dont {f.word(by['break'], feminine=True)} rare parmi les autres dates"
            if left > by["break"]
            else " rare parmi les autres dates"
        )
    elif by["common"]:
        more, more_fr = ", of a size that other dates show too", ", d’une ampleur que d’autres dates montrent aussi"
    else:
        more, more_fr = (
            "; too few other dates to say how rare that is",
            "\u202f; trop peu d’autres dates pour dire si c’est rare",
        )
    return f"{of} followed by a departure from the trend{more}", f"{of_fr} d’un écart à la tendance{more_fr}"


# --------------------------------------------------------------------------- the dates


def _own_effects(turns: Sequence[Turn], found: Sequence[Any]) -> pd.DataFrame:
    """Return the effect of each date, its interval, and what could have been seen."""
    return pd.DataFrame(
        [
            (turn.label, where(turn), e.ratio, *_ends(e.interval), e.growth, e.size, j.seen, j.share, j.others, e.months_after)
            for turn, (e, j, _) in zip(turns, found, strict=True)
        ],
        columns=[
            "Date", "Where", "Effect", "Low", "High", "Yearly growth before", "In standard errors",
            "Seen in 80 percent of cases from", "Share of other dates", "Other dates", "Months after",
        ],
    ).round(6)  # fmt: skip


_WHERE_JUDGED = Both(
    "Wagner's date is judged in the centre, Barkhane's in the north, the coups in all of Mali.",
    "La date de Wagner est jugée dans le centre, celle de Barkhane dans le nord, celles des coups d’État dans tout "
    "le Mali.",
)


def _seen_from(least: float, most: float, dates: int) -> Both:
    """Say which effects would have been seen, at the date where it is seen best and where worst."""
    best = Both(
        f"An effect would have been seen in four of five cases only from {x(least)} times the trend on, or {x(1 / least)} times "
        "and less",
        f"Un effet n’aurait été vu quatre fois sur cinq qu’à partir de {x_fr(least)} fois la tendance, ou jusqu’à "
        f"{x_fr(1 / least)} fois",
    )
    if dates == 1:
        return best + "."
    return best + Both(
        f" (at the date where it is seen best; {x(most)} and {x(1 / most)} where worst).",
        f" (à la date où il se voit le mieux ; {x_fr(most)} et {x_fr(1 / most)} là où il se voit le moins).",
    )


def _beyond(ticks: int) -> Both:
    if ticks == 1:
        return Both("One tick lies beyond the axis.", "Un tiret se trouve au-delà de l’axe.")
    return Both(
        p.sentence(f"{p.count(ticks, 'tick')} lie beyond the axis"), "Plusieurs tirets se trouvent au-delà de l’axe."
    )


def runs_on(frame: pd.DataFrame, axis: Sequence[float]) -> Both | None:
    """Say that intervals (`Low`, `High`) run past the ends of their axis, where one does."""
    if frame["Low"].min() >= axis[0] and frame["High"].max() <= axis[1]:
        return None
    return Both(
        "Lines that reach the edge of the chart run on.",
        "Les traits qui atteignent le bord du graphique vont au-delà.",
    )


def effects(r: Report) -> Figure:
    """Effect of each date with its interval, above the effects of other dates."""
    turns = ready(r)
    found = [estimate(r, turn) for turn in turns]
    own = _own_effects(turns, found)
    ticks = [
        pd.DataFrame({"Turning point": short(turn), "Date": o["month"], "Effect": o["ratio"].round(6)})
        for turn, (*_, o) in zip(turns, found, strict=True)
    ]
    rest = pd.concat(ticks, ignore_index=True)
    beyond = int((~rest["Effect"].between(*_AXIS)).sum())
    title, title_fr = said([(e, j) for e, j, _ in found])
    span, span_fr = whole(r).label, f.label(whole(r))
    each = p.listing(f"{t.label}: {within(e.ratio, e.interval)}" for t, (e, *_) in zip(turns, found, strict=True))
    each_fr = f.listing(
        f"{t.label_fr}\u202f: {within_fr(e.ratio, e.interval)}" for t, (e, *_) in zip(turns, found, strict=True)
    )
    least, most = min(j.seen for _, j, _ in found), max(j.seen for _, j, _ in found)
    return Figure(
        id="turning-effects",
        title=title,
        subtitle="Militant Islamist events in the year after each date over the trend of the two years before, carried on; "
        f"dot and line: the date, with its 95 percent interval; ticks: other dates, {span}; dashed line: no effect",
        chart=charts.among(
            rest,
            own.assign(**{"Turning point": [short(turn) for turn in turns]}),
            "Turning point",
            "Effect",
            "Low",
            "High",
            title="Course over the trend",
            domain=_AXIS,
        ),
        frame=own,
        alt=f"Dots with intervals among ticks: {each}.",
        source=r.source("actors"),
        caveat=joined(
            [
                ASSUMPTIONS,
                _seen_from(least, most, len(found)),
                _WHERE_JUDGED,
                _beyond(beyond) if beyond else None,
                runs_on(own, _AXIS),
            ]
        ),
        fr=Words(
            title=title_fr,
            subtitle="Événements impliquant des groupes islamistes armés de l’année qui suit chaque date, rapportés à la tendance des deux "
            "années antérieures prolongée\u202f; point et trait\u202f: la date et son intervalle à 95\u202f%\u202f; "
            f"tirets\u202f: d’autres dates, {span_fr}",
            alt=f"Points et intervalles parmi des tirets\u202f: {each_fr}.",
        ),
    )


def _ends(interval: Interval) -> tuple[float, float]:
    return interval.low, interval.high


def verdicts(r: Report) -> Table:
    """Each date: trend before, effect, power, other dates, comparison, and what may be said."""
    rows = []
    for turn in ready(r):
        found, judged, _ = estimate(r, turn)
        verdict = it.STRENGTHS[judged.verdict]
        if judged.verdict == "none":
            verdict += f": {unexcluded(found.interval)[0]}"
        rows.append(
            (
                turn.label,
                where(turn),
                within(found.growth, found.growth_interval),
                within(found.ratio, found.interval),
                seen(judged),
                rank(judged),
                _elsewhere(r, turn, found),
                verdict,
            )
        )
    columns = [
        "Date", "Where", "Yearly growth before", "Effect", "Would have been seen in four of five cases",
        "Other dates with as large an effect", "Effect over that in the rest of Mali", "What may be said",
    ]  # fmt: skip
    return Table(
        title="The dates one by one",
        frame=pd.DataFrame(rows, columns=columns),
        source=r.source("actors"),
        note="Growth and effects as factors, with 95 percent intervals that let months carry over. Effects of other dates are "
        f"compared in units of their standard errors; such dates have {it.LEAST_RATE} events a month or more before them, and "
        "none of their months lie around the date. They overlap, so their share is a rank and not a strict probability. A "
        "coup has no region that it left alone: it has no comparison.",
    )


def _elsewhere(r: Report, turn: Turn, found: it.Effect) -> str:
    """Write the effect over that in the rest of Mali at the same date."""
    if not turn.zone:
        return "–"
    rest = militant(r)
    try:
        other = it.effect(counts_of(r, rest[~rest["region"].isin(d.ZONES[turn.zone])]), month(turn.date))
    except NotInData:
        return "too few events"
    return within(*it.difference(found, other))


# --------------------------------------------------------------------------- the courses


_COURSES_CAVEAT = Both(
    "The month of the date itself counts to neither side.",
    "Le mois de la date elle-même ne compte d’aucun côté.",
)


def courses(r: Report) -> Figure:
    """Months before and after each date: counts, trend before carried on, and course after."""
    turns = ready(r)
    parts = []
    for turn in turns:
        counts, date = counts_of(r, placed(r, turn)), month(turn.date)
        found = it.effect(counts, date)
        trend = it.carried_on(counts, date, date + found.months_after)
        relative = np.arange(-it.BEFORE, found.months_after + 1)
        time = np.maximum(relative - 1, 0)
        # The course after: step at the first month, and the slope that gives the mean effect.
        mean_time = (found.months_after - 1) / 2
        slope = (np.log(found.ratio) - np.log(found.step)) / mean_time
        course = trend["steady"].to_numpy() * found.step * np.exp(slope * time)
        parts.append(
            pd.DataFrame(
                {
                    "Turning point": short(turn),
                    "Month": trend["month"],
                    "Months from the date": relative,
                    "Events": trend["observed"].astype(int),
                    "Trend before, carried on": trend["steady"].round(2),
                    "Course after": np.where(relative >= 1, np.round(course, 2), np.nan),
                }
            )
        )
    frame = pd.concat(parts, ignore_index=True)
    before = [it.effect(counts_of(r, placed(r, turn)), month(turn.date)) for turn in turns]
    growing = [turn for turn, one in zip(turns, before, strict=True) if one.growth_interval.low > 1]
    total, first = len(turns), before[0]
    return Figure(
        id="turning-courses",
        title=_growing(growing, total),
        subtitle=f"Militant Islamist events by month, {it.BEFORE} months before and up to {it.AFTER} after each date, Mali, "
        f"{turns[0].date[:4]} to {turns[-1].date[:4]}; dots: counts, dashed: trend before, carried on, line: course after",
        chart=charts.courses(
            frame.drop(columns="Month"),
            "Months from the date",
            "Events",
            "Trend before, carried on",
            "Course after",
            "Turning point",
            title="Events",
        ),
        frame=frame,
        alt=f"Panels for {p.count(total, 'date')} with dots for months and a dashed trend; before the first date, the coup of "
        f"August 2020, the trend is a factor of {within(first.growth, first.growth_interval)} a year.",
        source=r.source("actors"),
        caveat=_COURSES_CAVEAT,
        fr=Words(
            title=_growing_fr(growing, total),
            subtitle=f"Événements impliquant des groupes islamistes armés par mois, {it.BEFORE} mois avant et jusqu’à {it.AFTER} après chaque "
            f"date, Mali, {turns[0].date[:4]} à {turns[-1].date[:4]}\u202f; points\u202f: nombres, tirets\u202f: tendance "
            "antérieure prolongée, ligne\u202f: cours observé ensuite",
            alt=f"Panneaux pour {f.count(total, 'date', feminine=True)}, points pour les mois et tendance en tirets\u202f; "
            f"avant la première date, le coup d’État d’août 2020, la tendance est d’un facteur "
            f"{within_fr(first.growth, first.growth_interval)} par an.",
        ),
    )


def _growing(grown: Sequence[Turn], total: int) -> str:
    """Say before which dates, as the panels name them, the interval of the yearly growth leaves out none."""
    number = len(grown)
    if total == 1:
        return f"Before the date, events were {'' if number else 'not '}growing by more than chance."
    dates = f"the {p.count(total, 'date')}"
    of = (
        f"each of {dates}"
        if number == total
        else f"{p.word(number)} of {dates} ({p.listing(turn.short for turn in grown)})"
    )
    if not number:
        return f"Before none of {dates} were events growing by more than chance."
    return f"Before {of}, events were growing by more than chance."


def _growing_fr(grown: Sequence[Turn], total: int) -> str:
    number = len(grown)
    if total == 1:
        return f"Avant la date, les événements {'' if number else 'n’'}augmentaient {'' if number else 'pas '}plus que par hasard."
    dates = f"des {f.count(total, 'date', feminine=True)}"
    of = (
        f"chacune {dates}"
        if number == total
        else f"{f.word(number, feminine=True)} {dates} ({f.listing(turn.label_fr for turn in grown)})"
    )
    if not number:
        return f"Avant aucune {dates}, la hausse des événements ne dépassait le hasard."
    return f"Avant {of}, les événements augmentaient plus que par hasard."


# --------------------------------------------------------------------------- worked example


def example(r: Report) -> Table:
    """Work the effect of one date through: the coefficients and what is made of them."""
    turn = ready(r)[0]
    counts = counts_of(r, placed(r, turn))
    found, judged, _ = estimate(r, turn)
    log = float(np.log(found.ratio))
    steps = [
        ("Date, where", f"{turn.label}, {where(turn)}"),
        ("Months before, left out, after", f"{it.BEFORE}, 1, {found.months_after}"),
        ("Events before, after", f"{p.number(found.before * it.BEFORE)}, {p.number(found.after * found.months_after)}"),
        ("Dispersion alpha", p.number(found.alpha, 4)),
        ("b: yearly growth before, exp(b)", p.number(found.growth, 3)),
        ("c: step at the first month after, exp(c)", p.number(found.step, 3)),
        ("c + d·mean t", p.number(log, 3)),
        (f"Its standard error, months carrying over by {p.number(it.CARRY, 1)}", p.number(found.error, 3)),
        (f"Degrees of freedom of t, worth as months carry over by {p.number(it.CARRY, 1)}", p.number(found.df, 1)),
        ("Effect, exp(c + d·mean t)", p.number(found.ratio, 3)),
        ("95 percent interval", p.spread(found.interval.low, found.interval.high, 3)),
        ("Size: |c + d·mean t| over its standard error", p.number(found.size, 3)),
        ("Other dates, share with as large a size", rank(judged)),
        (
            "Seen in 80 percent of cases from, up and down",
            f"{p.number(judged.seen, 3)}, {p.number(1 / judged.seen, 3)}",
        ),
        ("What may be said", it.STRENGTHS[judged.verdict]),
        ("Months in the series", p.number(len(counts))),
    ]
    return Table(
        title=f"{turn.label}: the effect step by step",
        frame=pd.DataFrame(steps, columns=["Step", "Value"]),
        source=r.source("actors"),
    )
