"""Figures on turning points: did a date change the course of the violence, beyond the trend before it?"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd

from helpers import charts, charts_effects, data
from helpers import definitions as d
from helpers import french as f
from helpers import measures as m
from helpers import prose as p
from helpers.chapters import NotInEdition
from helpers.editions import Report
from helpers.errors import DataError
from helpers.estimates import changepoints, intervals
from helpers.estimates import interruptions as it
from helpers.figures import Figure, Table, Words
from helpers.windows import Window, month, month_name, window

FIRST = "2012-01"
SHOWN_FROM = "2016-01"
"""First month of the chart of levels; the search begins with the tables."""


@dataclass(frozen=True)
class Turn:
    """A date that the reports treat as a turning point.

    Attributes
    ----------
    id, date : str
        Short name, and month (`YYYY-MM`).
    short : str
        On axes and over panels, where room is scarce.
    label, label_fr : str
        As readers see it, with its month.
    zone : str
        Zone in which it would have worked first; empty for the whole country.
    """

    id: str
    date: str
    short: str
    label: str
    label_fr: str
    zone: str = ""


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

MINUSMA = {
    "Mopti": ("2023-08", "2023-12"),
    "Tombouctou": ("2023-08", "2023-12"),
    "Gao": ("2023-11", "2023-12"),
    "Menaka": ("2023-08", "2023-08"),
    "Kidal": ("2023-10", "2023-10"),
}
"""Regions with the months of MINUSMA's first and last handover of 2023 (table `bases`; a test holds the two together)."""
COMPARISON = ("Kayes", "Koulikoro", "Segou", "Sikasso")
"""Regions in which the table of bases has none of MINUSMA's."""

LINK = " (See [turning points](depth/turning-points.ipynb).)"
"""End of the paragraphs that stand in the chapters; pages in `depth/` leave it out."""

_AXIS = (0.2, 5.0)
"""Effects that the chart of all dates has room for."""

ASSUMPTIONS = (
    "The effect is the ratio of the fitted course to the trend of the two years before, carried on. It is the date's doing "
    "only if nothing else changed then and the trend would have gone on."
)


def _mi(r: Report) -> pd.DataFrame:
    return m.militant_islamist(r.actors)


def _whole(r: Report) -> Window:
    return Window(month(FIRST), r.as_of)


def _counts(r: Report, rows: pd.DataFrame) -> pd.Series:
    return it.counts_of(rows, _whole(r))


def _placed(r: Report, turn: Turn) -> pd.DataFrame:
    return m.in_zone(_mi(r), turn.zone) if turn.zone else _mi(r)


def _where(turn: Turn) -> str:
    return p.zone_name(turn.zone) if turn.zone else "all of Mali"


def _short(turn: Turn) -> str:
    """Return the date and where it is judged, for axes."""
    return f"{turn.short}, {turn.zone or 'Mali'}"


def _ready(r: Report) -> list[Turn]:
    """Return the dates with enough months after them, or say that there is none."""
    counts = _counts(r, _mi(r))
    ready = [t for t in TURNS if month(t.date) <= r.as_of and it.months_after(counts, month(t.date)) >= it.LEAST_AFTER]
    if not ready:
        raise NotInEdition(
            f"By {month_name(r.as_of)} none of the dates that the reports treat as turning points has "
            f"{p.word(it.LEAST_AFTER)} months after it: there is nothing to estimate yet."
        )
    return ready


def _estimate(r: Report, turn: Turn, rows: pd.DataFrame | None = None) -> tuple[it.Effect, float, pd.DataFrame]:
    counts = _counts(r, _placed(r, turn) if rows is None else rows)
    found = it.effect(counts, month(turn.date))
    others = it.placebos(counts, month(turn.date))
    return found, it.share_as_large(found.ratio, others), others


def too_early(r: Report) -> str:
    """Name the dates that lie too close to the end of the edition; empty where there is none."""
    counts = _counts(r, _mi(r))
    if all(month(t.date) > r.as_of for t in TURNS):
        return "None of the dates lies before this edition's month."
    late = [
        f"{t.label} ({p.count(it.months_after(counts, month(t.date)), 'month')} after it)"
        for t in TURNS
        if month(t.date) <= r.as_of and it.months_after(counts, month(t.date)) < it.LEAST_AFTER
    ]
    if not late:
        return "Every date that lies before this edition's month has enough months after it."
    return f"Too few months in this edition, {p.word(it.LEAST_AFTER)} being the least: {p.listing(late)}."


def _said(counted: dict[str, int], total: int) -> str:
    dates = f"the {p.count(total, 'date')}"
    if total == 1:
        return {
            "break": "the date stands out as a break with the trend before",
            "common": "the date departs from the trend before, by no more than other dates do",
            "none": "the date is not seen to depart from the trend before",
            "unclear": "nothing can be said yet of the date",
        }[next(iter(counted))]
    broke, common = counted.get("break", 0), counted.get("common", 0)
    if broke:
        return f"{p.word(broke)} of {dates} {_s('stand', broke)} out as a break with the trend before"
    if common:
        return (
            f"none of {dates} stands out as a break; {p.word(common)} {_s('depart', common)} from the trend before, by no "
            "more than other dates do"
        )
    clear = counted.get("none", 0)
    return (
        f"none of {dates} is seen to depart from the trend before" if clear else f"nothing can be said yet of {dates}"
    )


def _s(verb: str, number: int) -> str:
    return f"{verb}s" if number == 1 else verb


def _said_fr(counted: dict[str, int], total: int) -> str:
    dates = f"les {f.count(total, 'date', feminine=True)}"
    if total == 1:
        return {
            "break": "la date rompt avec la tendance antérieure",
            "common": "la date s’écarte de la tendance antérieure, sans plus que d’autres dates",
            "none": "la date ne s’écarte pas visiblement de la tendance antérieure",
            "unclear": "rien ne peut encore se dire de la date",
        }[next(iter(counted))]
    broke, common = counted.get("break", 0), counted.get("common", 0)
    if broke:
        verb = "rompt" if broke == 1 else "rompent"
        return f"parmi {dates}, {f.word(broke, feminine=True)} {verb} avec la tendance antérieure"
    if common:
        verb = "s’en écarte" if common == 1 else "s’en écartent"
        return (
            f"parmi {dates}, aucune ne rompt avec la tendance\u202f; {f.word(common, feminine=True)} {verb}, sans plus que "
            "d’autres dates"
        )
    clear = counted.get("none", 0)
    return (
        f"parmi {dates}, aucune ne s’écarte visiblement de la tendance"
        if clear
        else f"rien ne peut encore se dire de {dates}"
    )


def _x(value: float) -> str:
    return p.number(value, 2 if value < 10 else 0)


def _x_fr(value: float) -> str:
    return f.number(value, 2 if value < 10 else 0)


def _within(value: float, low: float, high: float) -> str:
    return f"{_x(value)} ({_x(low)} to {_x(high)})"


def _within_fr(value: float, low: float, high: float) -> str:
    return f"{_x_fr(value)} ({_x_fr(low)} à {_x_fr(high)})"


def effects(r: Report) -> Figure:
    """Effect of each date with its interval, above the effects of all other dates."""
    ready = _ready(r)
    own, placebo = [], []
    counted: dict[str, int] = {}
    for turn in ready:
        found, share, others = _estimate(r, turn)
        verdict = it.strength(found.interval, share)
        counted[verdict] = counted.get(verdict, 0) + 1
        values = (found.ratio, found.interval.low, found.interval.high, found.growth)
        own.append((turn.label, _where(turn), *(round(x, 3) for x in values), round(share, 3), found.months_after))
        # By significant digits: where a trend ran down to nothing, an effect has dozens before the point, and the last
        # of them differ from one processor to the next.
        ratios = [float(f"{x:.4g}") for x in others["ratio"]]
        placebo.append(pd.DataFrame({"category": _short(turn), "Date": others["month"], "Effect": ratios}))
    columns = ["Date", "Where", "Effect", "Low", "High", "Yearly growth before", "Share of other dates", "Months after"]
    frame = pd.DataFrame(own, columns=columns)
    rest = pd.concat(placebo, ignore_index=True)
    beyond = int((~rest["Effect"].between(*_AXIS)).sum())
    largest, smallest = frame["Share of other dates"].max(), frame["Share of other dates"].min()
    total = len(ready)
    span, span_fr = _whole(r).label, f.label(_whole(r))
    each = p.listing(
        f"{row.Date}: {p.number(row.Effect, 2)} ({p.spread(row.Low, row.High, 2)})" for row in frame.itertuples()
    )
    each_fr = f.listing(
        f"{t.label_fr}\u202f: {f.number(row.Effect, 2)} ({f.spread(row.Low, row.High, 2)})"
        for t, row in zip(ready, frame.itertuples(), strict=True)
    )
    among = f"{p.spread(smallest * 100, largest * 100)} percent of other dates"
    among_fr = f"{f.spread(smallest * 100, largest * 100)}\u202f% des autres dates"
    return Figure(
        id="turning-effects",
        title=p.sentence(f"{_said(counted, total)}; effects as large are found at {among}"),
        subtitle="Militant Islamist events in the year after each date over the trend of the two years before, carried on; "
        f"dot and line: the date, with its 95 percent interval; ticks: all other dates, {span}; dashed line: no effect",
        chart=charts_effects.among(
            rest.rename(columns={"category": "Turning point"}),
            frame.assign(**{"Turning point": [_short(turn) for turn in ready]}),
            "Turning point",
            "Effect",
            "Low",
            "High",
            title="Course over the trend",
            domain=_AXIS,
        ),
        frame=frame,
        alt=f"Dots with intervals among ticks: {each}.",
        source=r.source("actors"),
        caveat=ASSUMPTIONS
        + " Wagner's date is judged in the centre, Barkhane's in the north, the coups in all of Mali."
        + (
            " " + p.sentence(f"{p.count(beyond, 'tick')} {'lies' if beyond == 1 else 'lie'} beyond the axis")
            if beyond
            else ""
        ),
        fr=Words(
            title=f.sentence(f"{_said_fr(counted, total)}\u202f; des effets aussi grands se trouvent à {among_fr}"),
            subtitle="Événements islamistes militants de l’année qui suit chaque date, rapportés à la tendance des deux "
            "années antérieures prolongée\u202f; point et trait\u202f: la date et son intervalle à 95\u202f%\u202f; "
            f"tirets\u202f: toutes les autres dates, {span_fr}",
            alt=f"Points et intervalles parmi des tirets\u202f: {each_fr}.",
        ),
    )


def verdicts(r: Report) -> Table:
    """Each date: trend before, effect, placebo dates, comparison, and what may be said."""
    rows = []
    for turn in _ready(r):
        found, share, others = _estimate(r, turn)
        elsewhere = "–"
        if turn.zone:
            rest = _mi(r)
            rest = rest[~rest["region"].isin(d.ZONES[turn.zone])]
            try:
                other = it.effect(_counts(r, rest), month(turn.date))
                ratio, band = it.difference(found, other)
                elsewhere = f"{p.number(ratio, 2)} ({p.spread(band.low, band.high, 2)})"
            except DataError:
                elsewhere = "too few events"
        rows.append(
            (
                turn.label,
                _where(turn),
                f"{p.number(found.growth, 2)} ({p.spread(found.growth_interval.low, found.growth_interval.high, 2)})",
                f"{p.number(found.ratio, 2)} ({p.spread(found.interval.low, found.interval.high, 2)})",
                f"{p.percent(share)} of {len(others)}",
                elsewhere,
                it.STRENGTHS[it.strength(found.interval, share)],
            )
        )
    columns = [
        "Date", "Where", "Yearly growth before", "Effect", "Other dates with as large an effect",
        "Effect over that in the rest of Mali", "What may be said",
    ]  # fmt: skip
    return Table(
        title="The dates one by one",
        frame=pd.DataFrame(rows, columns=columns),
        source=r.source("actors"),
        note="Growth and effects as factors, with 95 percent intervals (Newey-West). The placebo dates overlap, so their "
        "share is a rank and not a strict probability. A coup has no region that it left alone: it has no comparison.",
    )


def courses(r: Report) -> Figure:
    """Months before and after each date: counts, trend before carried on, and course after."""
    ready = _ready(r)
    parts = []
    for turn in ready:
        counts, date = _counts(r, _placed(r, turn)), month(turn.date)
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
                    "Turning point": _short(turn),
                    "Month": trend["month"],
                    "Months from the date": relative,
                    "Events": trend["observed"].astype(int),
                    "Trend before, carried on": trend["steady"].round(2),
                    "Course after": np.where(relative >= 1, np.round(course, 2), np.nan),
                }
            )
        )
    frame = pd.concat(parts, ignore_index=True)
    growing = sum(it.effect(_counts(r, _placed(r, t)), month(t.date)).growth > 1 for t in ready)
    total = len(ready)
    first = it.effect(_counts(r, _placed(r, ready[0])), month(ready[0].date))
    return Figure(
        id="turning-courses",
        title=f"Before {_each(growing, total)}, events were already growing.",
        subtitle=f"Militant Islamist events by month, {it.BEFORE} months before and up to {it.AFTER} after each date, Mali, "
        f"{ready[0].date[:4]} to {ready[-1].date[:4]}; dots: counts, dashed: trend before, carried on, line: course after",
        chart=charts_effects.courses(
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
        f"August 2020, events grew by a factor of {p.number(first.growth, 2)} a year.",
        source=r.source("actors"),
        caveat="The month of the date itself counts to neither side.",
        fr=Words(
            title=f"Avant {_each_fr(growing, total)}, les événements augmentaient déjà.",
            subtitle=f"Événements islamistes militants par mois, {it.BEFORE} mois avant et jusqu’à {it.AFTER} après chaque "
            f"date, Mali, {ready[0].date[:4]} à {ready[-1].date[:4]}\u202f; points\u202f: nombres, tirets\u202f: tendance "
            "antérieure prolongée, ligne\u202f: cours observé ensuite",
            alt=f"Panneaux pour {f.count(total, 'date', feminine=True)}, points pour les mois et tendance en tirets\u202f; "
            f"avant la première date, le coup d’État d’août 2020, les événements augmentaient d’un facteur "
            f"{f.number(first.growth, 2)} par an.",
        ),
    )


def _each(number: int, total: int) -> str:
    if total == 1:
        return "the date" if number else "none of the dates"
    dates = f"the {p.count(total, 'date')}"
    return f"each of {dates}" if number == total else f"{p.word(number) if number else 'none'} of {dates}"


def _each_fr(number: int, total: int) -> str:
    if total == 1:
        return "la date" if number else "aucune des dates"
    dates = f"des {f.count(total, 'date', feminine=True)}"
    return f"chacune {dates}" if number == total else f"{f.word(number, feminine=True)} {dates}"


# --------------------------------------------------------------------------- the junta and the trend before it


def _since_coup(r: Report) -> pd.DataFrame:
    counts, date = _counts(r, _mi(r)), month(d.COUP_2020)
    if date > r.as_of:
        raise NotInEdition("The junta has not taken power yet in this edition: there is no course since to weigh.")
    if (r.as_of - date).n < it.AFTER:
        raise NotInEdition(
            f"By {month_name(r.as_of)} fewer than {it.AFTER} months had passed since the coup of August 2020: too few to "
            "hold them against the trend before it."
        )
    return it.carried_on(counts, date, r.as_of)


def _weighed(r: Report) -> dict[str, float]:
    """Return the last 12 months as observed and as two ways of carrying the trend on would have them."""
    last = _since_coup(r).tail(12)
    return {name: float(last[name].sum()) for name in ("observed", "steady", "straight")}


def _judged(r: Report) -> str:
    """Tell whether the last 12 months lie above or below both ways of carrying the trend on, or in line with it."""
    sums = _weighed(r)
    low, high = sorted((sums["steady"], sums["straight"]))
    # What a year's count varies by from bouts alone: an observed sum so close to a course is in line with it.
    found = intervals.dispersion(_mi(r), r.as_of)
    reach = 1.96 * np.sqrt(sums["observed"] * found.inflation(sums["observed"], 12))
    if sums["observed"] - reach > high:
        return "above"
    return "below" if sums["observed"] + reach < low else "between"


_JUDGED = {
    "above": (
        "more than either way of carrying the trend before the coup on would have brought",
        "plus que ne l’aurait donné la tendance d’avant le coup, prolongée de l’une ou l’autre façon",
    ),
    "between": (
        "in line with the trend before the coup, carried on one way or the other",
        "en ligne avec la tendance d’avant le coup, prolongée de l’une ou l’autre façon",
    ),
    "below": (
        "fewer than either way of carrying the trend before the coup on would have brought",
        "moins que ne l’aurait donné la tendance d’avant le coup, prolongée de l’une ou l’autre façon",
    ),
}


def since_coup(r: Report) -> Figure:
    """Monthly events since 2018, with the trend before the coup of 2020 carried on in two ways."""
    found = _since_coup(r)
    sums, judged = _weighed(r), _judged(r)
    top = float(found["observed"].max()) * 1.6
    labels = {"islamist": "Observed", "neutral": "The same growth rate", "state": "As many more each month"}
    parts = []
    for label, column in (
        (labels["neutral"], "steady"), (labels["state"], "straight"), (labels["islamist"], "observed"),
    ):  # fmt: skip
        part = found[found[column] <= top]
        # The trend is drawn as far as it stays on the chart: a growth rate of this kind cannot go on.
        parts.append(pd.DataFrame({"Month": part["month"], "Course": label, "Events": part[column].round(1)}))
    frame = pd.concat(parts, ignore_index=True)
    cut = bool((found["steady"] > top).any())
    start, end = found["month"].iloc[0], found["month"].iloc[-1]
    o, s, t = (p.number(sums[x]) for x in ("observed", "steady", "straight"))
    of, sf, tf = (f.number(sums[x]) for x in ("observed", "steady", "straight"))
    return Figure(
        id="turning-since-coup",
        title=p.sentence(f"the last 12 months had {o} events, {_JUDGED[judged][0]}"),
        subtitle=f"Militant Islamist events by month, Mali, {month_name(month(start))} to {month_name(month(end))}, and the "
        f"trend of the {it.BEFORE} months before August 2020 carried on at the same yearly rate or by the same number",
        chart=charts.lines(
            frame,
            "Month",
            "Events",
            title="Events a month",
            by="Course",
            colours=labels,
            legend=True,
            marks={d.COUP_2020: "coup of 2020"},
        ),
        frame=frame,
        alt=f"Three lines from {start[:4]} on; over the last 12 months {o} events were observed, against {s} at the growth "
        f"rate before the coup and {t} with as many more each month.",
        source=r.source("actors"),
        caveat="A trend carried on for years is a yardstick, not a forecast."
        + (" The line of the growth rate is cut where it leaves the chart." if cut else ""),
        fr=Words(
            title=f.sentence(f"les 12 derniers mois comptent {of} événements, {_JUDGED[judged][1]}"),
            subtitle=f"Événements islamistes militants par mois, Mali, {f.month_name(start)} à {f.month_name(end)}, et "
            f"tendance des {it.BEFORE} mois d’avant août 2020, prolongée au même taux annuel ou du même nombre",
            alt=f"Trois lignes depuis {start[:4]}\u202f; sur les 12 derniers mois, {of} événements observés, contre {sf} au "
            f"taux de croissance d’avant le coup et {tf} en ajoutant chaque mois autant.",
        ),
    )


def since_coup_words(r: Report) -> str:
    """Weigh "since the junta took power" against the trend before it, in one paragraph."""
    found = _since_coup(r)
    sums = _weighed(r)
    counts = _counts(r, _mi(r))
    ratio = intervals.compare(_mi(r), r.last_12, window("2019-08", "2020-07"))
    effect = it.effect(counts, month(d.COUP_2020))
    share = it.share_as_large(effect.ratio, it.placebos(counts, month(d.COUP_2020)))
    years = p.number((len(found) - it.BEFORE - 1) / 12, 1)
    text = (
        f"Since the junta took power, militant Islamist events have come to {ratio.times()} those of the 12 months "
        f"before the coup, from {p.number(ratio.before)} to {p.number(ratio.now)}. They were growing before it by a "
        f"factor of {p.number(effect.growth, 2)} a year "
        f"({p.spread(effect.growth_interval.low, effect.growth_interval.high, 2)}). Carried on for {years} years, that rate "
        f"would have given {p.number(sums['steady'])} in the last 12 months, and the same number more each month "
        f"{p.number(sums['straight'])}: what came is {_JUDGED[_judged(r)][0]}. In the first "
        f"{p.count(effect.months_after, 'month')} after the coup, events stood at {p.number(effect.ratio, 2)} times the "
        f"trend ({p.spread(effect.interval.low, effect.interval.high, 2)}); effects as large are found at {p.percent(share)} "
        "of other dates. "
    )
    ends = {
        "above": "The rise since is more than a trend of before, but the coup is only one of the things that came in between.",
        "between": '"Since the junta took power" is true as a date; the figures do not show that the rise is owed to it.',
        "below": '"Since the junta took power" is true as a date; the rise is less than the trend before it promised.',
    }
    return text + ends[_judged(r)] + LINK


def weighed(r: Report) -> str:
    """Weigh "since the junta took power" against the trend before it, for the page on turning points itself."""
    return since_coup_words(r).removesuffix(LINK)


# --------------------------------------------------------------------------- Wagner


def wagner(r: Report) -> Figure:
    """Effect at Wagner's arrival by zone, for events and for attacks on civilians."""
    turn = next(t for t in TURNS if t.id == "wagner")
    if month(turn.date) > r.as_of:
        raise NotInEdition("Wagner has not yet come to Mali in this edition.")
    if turn not in _ready_or_none(r):
        raise NotInEdition(
            f"By {month_name(r.as_of)} fewer than {p.word(it.LEAST_AFTER)} months had passed since Wagner's arrival: too few "
            "to hold them against the trend before it."
        )
    rows = []
    vac = m.against_civilians(r.actors, d.MILITANT_ISLAMIST)
    kinds = {"islamist": "Militant Islamist events", "civilians": "Their attacks on civilians"}
    for label, part in zip(kinds.values(), (_mi(r), vac), strict=True):
        for zone in ("centre", "north", "south"):
            try:
                found, share, _ = _estimate(r, turn, m.in_zone(part, zone))
            except DataError:
                continue
            values = (found.ratio, found.interval.low, found.interval.high)
            rows.append((d.ZONE_LABELS[zone], label, *(round(x, 3) for x in values), round(share, 3)))
    frame = pd.DataFrame(rows, columns=["Zone", "Counted", "Effect", "Low", "High", "Share of other dates"])
    centre = frame.iloc[0]
    sure = int(((frame["Low"] > 1) | (frame["High"] < 1)).sum())
    total = len(frame)
    return Figure(
        id="turning-wagner",
        title=f"In the year after Wagner's arrival events in the centre stood at {p.number(centre['Effect'], 2)} times the "
        f"trend before it ({p.spread(centre['Low'], centre['High'], 2)}).",
        subtitle="Militant Islamist events and attacks on civilians after December 2021 over the trend of the two years "
        "before, carried on, by zone; lines: 95 percent intervals; dashed line: no effect; logarithmic axis",
        chart=charts_effects.intervals(
            frame,
            "Zone",
            "Effect",
            "Low",
            "High",
            "Counted",
            kinds,
            title="Course over the trend",
            domain=(0.1, 10),
        ),
        frame=frame,
        alt=f"Dots with intervals for {p.count(total, 'series', 'series')}; {p.word(sure) if sure else 'none'} of the intervals "
        f"{'leave' if sure > 1 else 'leaves'} out 1; in the centre, events stand at {p.number(centre['Effect'], 2)} times the trend.",
        source=r.source("actors"),
        caveat=ASSUMPTIONS + " Lines that reach the edge of the chart run on.",
        fr=Words(
            title="Dans l’année qui suit l’arrivée de Wagner, les événements du centre se situent à "
            f"{f.number(centre['Effect'], 2)} fois la tendance antérieure ({f.spread(centre['Low'], centre['High'], 2)}).",
            subtitle="Événements islamistes militants et attaques contre des civils après décembre 2021, rapportés à la "
            "tendance des deux années antérieures prolongée, par zone\u202f; traits\u202f: intervalles à 95\u202f%\u202f; "
            "axe logarithmique",
            alt=f"Points et intervalles pour {f.count(total, 'série', feminine=True)}\u202f; "
            f"{f.word(sure) + ' des intervalles excluent' if sure > 1 else 'un des intervalles exclut' if sure else 'aucun des intervalles n’exclut'} 1\u202f; dans le centre, les événements sont à "
            f"{f.number(centre['Effect'], 2)} fois la tendance.",
        ),
    )


def wagner_weighed(r: Report) -> str:
    """Weigh Wagner's arrival against the trend before it, for the page on turning points itself."""
    return wagner_words(r).removesuffix(LINK).replace(", given above,", "")


def _ready_or_none(r: Report) -> list[Turn]:
    try:
        return _ready(r)
    except NotInEdition:
        return []


def wagner_words(r: Report) -> str:
    """Weigh Wagner's arrival against the trend before it, for the chapter on Wagner."""
    turn = next(t for t in TURNS if t.id == "wagner")
    if month(turn.date) > r.as_of:
        return "By this edition's month Wagner had not arrived: there is no course after it to hold against the trend."
    if turn not in _ready_or_none(r):
        after = it.months_after(_counts(r, _mi(r)), month(turn.date))
        return (
            f"Whether violence left its trend at Wagner's arrival cannot be said yet: this edition has "
            f"{p.count(after, 'month')} after it, and {p.word(it.LEAST_AFTER)} are the least."
        )
    words = []
    vac = m.against_civilians(r.actors, d.MILITANT_ISLAMIST)
    for noun, rows in (("militant Islamist events in central Mali", m.in_zone(_mi(r), "centre")),
                       ("attacks on civilians in the whole country", vac)):  # fmt: skip
        found, share, _ = _estimate(r, turn, rows)
        words.append(
            f"{noun} stood at {p.number(found.ratio, 2)} times the trend of the two years before "
            f"({p.spread(found.interval.low, found.interval.high, 2)}), "
            f"{it.STRENGTHS[it.strength(found.interval, share)]}; effects as large are found at {p.percent(share)} of other "
            "dates"
        )
    counted, _, _ = _estimate(r, turn, m.in_zone(_mi(r), "centre"))
    return (
        f"In the {p.count(counted.months_after, 'month')} after Wagner's arrival, {words[0]}. {p.sentence(words[1])} The rise "
        "or fall against as long before, given above, is therefore to be read together with the trend it continued."
        + LINK
    )


# --------------------------------------------------------------------------- levels


def _levels(r: Report) -> tuple[pd.Series, list[changepoints.Change]]:
    counts = _counts(r, _mi(r))
    return counts, changepoints.changes(counts)


def levels(r: Report) -> Figure:
    """Monthly events with the levels that a search finds by itself, and the dates of the reports."""
    counts, found = _levels(r)
    edges = [counts.index[0], *(change.month for change in found), counts.index[-1] + 1]
    level = pd.Series(0.0, index=counts.index)
    for a, b in pairwise(edges):
        level.loc[a : b - 1] = float(counts.loc[a : b - 1].mean())
    shown = counts.loc[month(SHOWN_FROM) :]
    frame = pd.DataFrame(
        {
            "Month": shown.index.astype(str),
            "Events": shown.astype(int).to_numpy(),
            "Level": level.loc[shown.index].round(1).to_numpy(),
        }
    )
    past = [t for t in TURNS if month(t.date) <= r.as_of]
    hits = [t for t in past if changepoints.near(month(t.date), found)]
    luck = changepoints.chance(counts, found)
    steps = [change for change in found if change.month >= month(SHOWN_FROM)]
    listed = p.listing(f"{month_name(c.month)} ({p.number(c.before)} to {p.number(c.after)} a month)" for c in steps)
    listed_fr = f.listing(
        f"{f.month_name(c.month)} ({f.number(c.before)} à {f.number(c.after)} par mois)" for c in steps
    )
    title = f"a search for changes of level finds {p.number(len(steps))} since 2016"
    title_fr = f"une recherche de changements de niveau en trouve {f.number(len(steps))} depuis 2016"
    if past:
        title += (
            f"; {p.word(len(hits)) if hits else 'none'} of the reports' {p.count(len(past), 'date')} "
            f"{'lies' if len(hits) < 2 else 'lie'} near one, where chance would hit {p.percent(luck)}"
        )
        title_fr += (
            f"\u202f; {f.word(len(hits), feminine=True) if hits else 'aucune'} des {f.count(len(past), 'date', feminine=True)} des "
            f"rapports {'est proche' if len(hits) < 2 else 'sont proches'} de l’un d’eux, et le hasard en toucherait "
            f"{f.percent(luck)}"
        )
    return Figure(
        id="turning-levels",
        title=p.sentence(title),
        subtitle=f"Militant Islamist events by month, Mali, {month_name(shown.index[0])} to {month_name(shown.index[-1])}, and "
        f"levels that last at least {p.word(changepoints.SHORTEST)} months; near means within {p.word(changepoints.REACH)}",
        chart=charts.columns(
            frame,
            "Month",
            "Events",
            title="Events",
            level="Level",
            marks={
                t.date: {"coup-2020": "coup", "wagner": "Wagner"}[t.id] for t in past if t.id in ("coup-2020", "wagner")
            },
        ),
        frame=frame,
        alt=f"Columns by month with a stepped line; it changes in {listed}.",
        source=r.source("actors"),
        caveat="A search for steps turns a steady rise into a staircase: a change found is a place where the rise was steep, "
        "not the proof of an event.",
        fr=Words(
            title=f.sentence(title_fr),
            subtitle=f"Événements islamistes militants par mois, Mali, {f.month_name(shown.index[0])} à "
            f"{f.month_name(shown.index[-1])}, et niveaux qui durent au moins {f.word(changepoints.SHORTEST)} mois\u202f; "
            f"proche veut dire à {f.word(changepoints.REACH)} mois près",
            alt=f"Colonnes par mois et ligne en escalier\u202f; elle change en {listed_fr}.",
        ),
    )


def _apart(months: int) -> str:
    if months == 0:
        return "the same month"
    return f"{p.count(abs(months), 'month')} {'after' if months > 0 else 'before'} the change"


def level_table(r: Report) -> Table:
    """Every change of level that the search finds, and how firm it is."""
    counts, found = _levels(r)
    dates = [t for t in TURNS if month(t.date) <= r.as_of]
    rows = []
    for change in found:
        at = [
            f"{t.label} ({_apart((month(t.date) - change.month).n)})"
            for t in dates
            if changepoints.near(month(t.date), [change])
        ]
        firm = f"{change.firmness} of {len(changepoints.PENALTIES)}"
        rows.append(
            (
                month_name(change.month),
                p.number(change.before, 1),
                p.number(change.after, 1),
                firm,
                "; ".join(at) or "–",
            )
        )
    return Table(
        title=f"Changes of level in monthly militant Islamist events, {_whole(r).label}",
        frame=pd.DataFrame(
            rows, columns=["First month", "Before, a month", "After, a month", "Found at penalties", "Date near it"]
        ),
        source=r.source("actors"),
        note=f"{p.percent(changepoints.chance(counts, found))} of all months lie within {p.word(changepoints.REACH)} months of "
        "a change: a date drawn at random would be near one so often.",
    )


# --------------------------------------------------------------------------- MINUSMA: what happened next


def _closures(r: Report) -> pd.DataFrame:
    """Return the effect of MINUSMA's closures by region, itself and over the regions without bases."""
    rows = data.totals(r.data_dir)
    whole = Window(month(FIRST), data.last_month("totals", r.data_dir))
    base = it.counts_of(m.in_regions(rows, *COMPARISON), whole)
    records = []
    for region, (first, last) in MINUSMA.items():
        counts, gap = it.counts_of(m.in_regions(rows, region), whole), (month(last) - month(first)).n + 1
        own, other = it.effect(counts, month(first), gap=gap), it.effect(base, month(first), gap=gap)
        ratio, band = it.difference(own, other)
        others = it.placebos(counts, month(first), gap=gap, base=base)
        share = it.share_as_large(ratio, others)
        records.append(
            {
                "region": region, "first": first, "last": last, "growth": own.growth, "own": own.ratio,
                "own_low": own.interval.low, "own_high": own.interval.high, "over": ratio, "low": band.low,
                "high": band.high, "share": share, "others": len(others), "before": own.before, "after": own.after,
                "strength": it.strength(band, share),
            }
        )  # fmt: skip
    return pd.DataFrame(records)


def minusma(r: Report) -> Figure:
    """Political violence after MINUSMA's closures, region by region, over the trend and over regions without bases."""
    found = _closures(r)
    kinds = {"neutral": "Over its own trend", "islamist": "Over other regions too"}
    parts = []
    for row in found.itertuples():
        name = p.region_name(row.region)
        parts.append((name, kinds["neutral"], row.own, row.own_low, row.own_high))
        parts.append((name, kinds["islamist"], row.over, row.low, row.high))
    frame = pd.DataFrame(parts, columns=["Region", "Compared", "Effect", "Low", "High"]).round(3)
    broke = found[found["strength"].eq("break")]
    mopti = found.set_index("region").loc["Mopti"]
    names = p.listing(p.region_name(x) for x in broke["region"]) or "no region"
    names_fr = f.listing(f.region_name(x) for x in broke["region"]) or "aucune région"
    last = data.last_month("totals", r.data_dir)
    return Figure(
        id="turning-minusma",
        title=f"After MINUSMA's bases closed, {names} broke with the trend before; Mopti stood at "
        f"{p.number(mopti['over'], 2)} times what trend and other regions would give ({p.spread(mopti['low'], mopti['high'], 2)}).",
        subtitle="Political-violence events of all actors in the 12 months after the last handover of 2023 over the trend of "
        f"the 24 months before the first, by region; lines: 95 percent intervals; dashed line: no effect; totals to {month_name(last)}",
        chart=charts_effects.intervals(
            frame,
            "Region",
            "Effect",
            "Low",
            "High",
            "Compared",
            kinds,
            title="Course over the trend",
            domain=(0.1, 100),
        ),
        frame=frame,
        alt="Dots with intervals on a logarithmic axis, over trend and other regions: "
        + p.listing(f"{p.region_name(x.region)} {_within(x.over, x.low, x.high)}" for x in found.itertuples())
        + ".",
        source=r.source("totals", "bases"),
        caveat="Handovers, the army's advance on Kidal and the war with separatists fall in the same months: their effects "
        f"cannot be told apart. Regions without bases: {p.listing(p.region_name(x) for x in COMPARISON)}.",
        fr=Words(
            title=f"Après la fermeture des bases de la MINUSMA, rompt avec la tendance\u202f: {names_fr}\u202f; Mopti se situe "
            f"à {f.number(mopti['over'], 2)} fois ce que donneraient tendance et autres régions "
            f"({f.spread(mopti['low'], mopti['high'], 2)}).",
            subtitle="Violences politiques de tous les acteurs dans les 12 mois après la dernière remise de 2023, rapportées à "
            f"la tendance des 24 mois d’avant la première, par région\u202f; traits\u202f: intervalles à 95\u202f%\u202f; "
            f"totaux jusqu’en {f.month_name(last)}",
            alt="Points et intervalles sur un axe logarithmique, par rapport à la tendance et aux autres régions\u202f: "
            + f.listing(f"{f.region_name(x.region)} {_within_fr(x.over, x.low, x.high)}" for x in found.itertuples())
            + ".",
        ),
    )


def _closing(first: str, last: str) -> str:
    a, b = month_name(month(first)), month_name(month(last))
    return a if first == last else f"{a.split()[0]}-{b}"


def minusma_table(r: Report) -> Table:
    """Region by region: means before and after, trend, effect, comparison, placebo dates, conclusion."""
    found = _closures(r)
    rows = [
        (
            p.region_name(x.region),
            _closing(x.first, x.last),
            f"{p.number(x.before, 1)} to {p.number(x.after, 1)}",
            p.number(x.growth, 2),
            _within(x.own, x.own_low, x.own_high),
            _within(x.over, x.low, x.high),
            f"{p.percent(x.share)} of {x.others}",
            it.STRENGTHS[x.strength],
        )
        for x in found.itertuples()
    ]
    columns = [
        "Region", "Handovers", "Events a month, before and after", "Yearly growth before", "Effect over own trend",
        "Over regions without bases", "Other dates with as large an effect", "What may be said",
    ]  # fmt: skip
    return Table(
        title="MINUSMA's closures, region by region",
        frame=pd.DataFrame(rows, columns=columns),
        source=r.source("totals", "bases"),
        note="The months from the first to the last handover count to neither side.",
    )


def _region_words(r: Report, *regions: str) -> str:
    found = _closures(r).set_index("region")
    words = []
    for region in regions:
        x = found.loc[region]
        words.append(
            f"{p.region_name(region)} ({p.number(x['before'], 1)} events a month before, {p.number(x['after'], 1)} after) stood "
            f"at {_x(x['over'])} times what its own trend and the regions without bases would give "
            f"({_x(x['low'])} to {_x(x['high'])}): {it.STRENGTHS[x['strength']]}"
        )
    return (
        f"In the 12 months after the last handover of MINUSMA's bases in 2023, {'; '.join(words)}. Political violence of all "
        "actors. The handovers, the army's advance and the war with separatists fall in the same months." + LINK
    )


def minusma_centre(r: Report) -> str:
    """Say what the closures in Mopti were followed by, for the chapter on central Mali."""
    return _region_words(r, "Mopti")


def minusma_north(r: Report) -> str:
    """Say what the closures in the north were followed by, for the chapter on northern Mali."""
    return _region_words(r, "Tombouctou", "Gao", "Menaka", "Kidal")


# --------------------------------------------------------------------------- worked example


def example(r: Report) -> Table:
    """Work the effect of one date through: the coefficients and what is made of them."""
    turn = _ready(r)[0]
    counts = _counts(r, _placed(r, turn))
    found, share, others = _estimate(r, turn)
    log = float(np.log(found.ratio))
    steps = [
        ("Date, where", f"{turn.label}, {_where(turn)}"),
        ("Months before, left out, after", f"{it.BEFORE}, 1, {found.months_after}"),
        ("Events before, after", f"{p.number(found.before * it.BEFORE)}, {p.number(found.after * found.months_after)}"),
        ("Dispersion alpha", p.number(found.alpha, 4)),
        ("b: yearly growth before, exp(b)", p.number(found.growth, 3)),
        ("c: step at the first month after, exp(c)", p.number(found.step, 3)),
        ("c + d·mean t", p.number(log, 3)),
        ("Its standard error (Newey-West, lag 3)", p.number(found.error, 3)),
        ("Effect, exp(c + d·mean t)", p.number(found.ratio, 3)),
        ("95 percent interval", p.spread(found.interval.low, found.interval.high, 3)),
        ("Placebo dates, share with as large an effect", f"{len(others)}, {p.percent(share)}"),
        ("What may be said", it.STRENGTHS[it.strength(found.interval, share)]),
        ("Months in the series", p.number(len(counts))),
    ]
    return Table(
        title=f"{turn.label}: the effect step by step",
        frame=pd.DataFrame(steps, columns=["Step", "Value"]),
        source=r.source("actors"),
    )
