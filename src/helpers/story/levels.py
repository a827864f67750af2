"""Levels of violence that a search finds without being told where to look, held against what it finds in smooth growth."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd

from helpers import charts
from helpers import definitions as d
from helpers import french as f
from helpers import prose as p
from helpers.editions import Report
from helpers.estimates import changepoints
from helpers.estimates import interruptions as it
from helpers.figures import Figure, Table, Words
from helpers.story import turning as t
from helpers.windows import month, month_name
from helpers.words.both import Both

"""First month of the chart of levels; the search begins with the tables."""


def _found(r: Report) -> tuple[pd.Series, list[changepoints.Change]]:
    counts = t.counts_of(r, t.militant(r))
    return counts, changepoints.changes(counts)


def levels(r: Report) -> Figure:
    """Monthly events with the levels that a search finds by itself, and the dates of the reports."""
    counts, found = _found(r)
    edges = [counts.index[0], *(change.month for change in found), counts.index[-1] + 1]
    level = pd.Series(0.0, index=counts.index)
    for a, b in pairwise(edges):
        level.loc[a : b - 1] = float(counts.loc[a : b - 1].mean())
    frame = pd.DataFrame(
        {
            "Month": counts.index.astype(str),
            "Events": counts.astype(int).to_numpy(),
            "Level": d.rounded(level.loc[counts.index], 1).to_numpy(),
        }
    )
    past = _past(r)
    listed = p.listing(f"{month_name(c.month)} ({p.number(c.before)} to {p.number(c.after)} a month)" for c in found)
    listed_fr = f.listing(
        f"{f.month_name(c.month)} ({f.number(c.before)} à {f.number(c.after)} par mois)" for c in found
    )
    luck = changepoints.chance(counts, [month(turn.date) for turn in past], found)
    title, title_fr = _title(len(found), luck, past, found)
    return Figure(
        id="turning-levels",
        title=title,
        subtitle=f"Militant Islamist events by month, Mali, {month_name(counts.index[0])} to {month_name(counts.index[-1])}, and "
        f"levels that last at least {p.word(changepoints.SHORTEST)} months; near means within {p.word(changepoints.REACH)}",
        chart=charts.columns(
            frame,
            "Month",
            "Events",
            level="Level",
            marks={
                turn.date: {"coup-2020": "coup", "wagner": "Wagner"}[turn.id]
                for turn in past
                if turn.id in ("coup-2020", "wagner")
            },
        ),
        frame=frame,
        alt=f"Columns by month with a stepped line; it changes in {listed}.",
        source=r.source("actors"),
        caveat=Both(
            "A search for steps turns a steady rise into a staircase: a change found is a place where the rise was steep, "
            f"not the proof of an event. In {p.number(luck.runs)} simulated series of smooth growth it finds "
            f"{p.spread(luck.low, luck.high)} changes in nine of ten cases.",
            "Chercher des marches fait d’une montée régulière un escalier : une rupture trouvée est un endroit où la montée fut "
            f"raide, non la preuve d’un événement. Dans {f.number(luck.runs)} séries simulées de croissance régulière, elle en "
            f"trouve {f.spread(luck.low, luck.high)} neuf fois sur dix.",
        ),
        fr=Words(
            title=title_fr,
            subtitle=f"Événements impliquant des groupes islamistes armés par mois, Mali, {f.month_name(counts.index[0])} à "
            f"{f.month_name(counts.index[-1])}, et niveaux qui durent au moins {f.word(changepoints.SHORTEST)} mois\u202f; "
            f"proche veut dire à {f.word(changepoints.REACH)} mois près",
            alt=f"Colonnes par mois et ligne en escalier\u202f; elle change en {listed_fr}.",
        ),
    )


def _past(r: Report) -> list[t.Turn]:
    return [turn for turn in t.TURNS if month(turn.date) <= r.as_of]


def _title(
    number: int, luck: changepoints.Chance, past: list[t.Turn], found: list[changepoints.Change]
) -> tuple[str, str]:
    """Set what was found beside what the search finds in smooth growth, in English and French."""
    title = f"a search for changes of level finds {p.word(number)} since 2012, and {p.number(luck.changes, 1)} in smooth growth"
    title_fr = (
        f"une recherche de changements de niveau en trouve {f.word(number)} depuis 2012, et {f.number(luck.changes, 1)} dans une "
        "croissance lisse"
    )
    if not past:
        return title, title_fr
    hits = sum(changepoints.near(month(turn.date), found) is not None for turn in past)
    title += (
        f"; {p.word(hits) if hits else 'none'} of the {p.count(len(past), 'date')} tried above {'lies' if hits < 2 else 'lie'} near "
        f"one, as at least one does in {p.percent(luck.any_near)} of smooth series"
    )
    title_fr += (
        f"\u202f; {f.word(hits, feminine=True) if hits else 'aucune'} des {f.count(len(past), 'date', feminine=True)} essayées plus haut "
        f"{'est proche' if hits < 2 else 'sont proches'} de l’un d’eux, et l’une au moins le serait dans "
        f"{f.percent(luck.any_near)} des séries lisses"
    )
    return title, title_fr


def _apart(months: int) -> str:
    if months == 0:
        return "the same month"
    return f"{p.count(abs(months), 'month')} {'after' if months > 0 else 'before'} the change"


def level_table(r: Report) -> Table:
    """Every change of level that the search finds, and how firm it is."""
    counts, found = _found(r)
    dates = _past(r)
    rows = []
    for change in found:
        at = [
            f"{turn.label} ({_apart((month(turn.date) - change.month).n)})"
            for turn in dates
            if changepoints.near(month(turn.date), [change])
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
        title=f"Changes of level in monthly militant Islamist events, {t.whole(r).label}",
        frame=pd.DataFrame(
            rows, columns=["First month", "Before, a month", "After, a month", "Found at penalties", "Date near it"]
        ),
        source=r.source("actors"),
        note=_note(counts, dates, found),
    )


def _note(counts: pd.Series, dates: list[t.Turn], found: list[changepoints.Change]) -> str:
    luck = changepoints.chance(counts, [month(turn.date) for turn in dates], found)
    text = (
        f"{p.number(luck.runs)} series drawn about smooth growth have {p.number(luck.changes, 1)} changes on average "
        f"({p.spread(luck.low, luck.high)} in nine of ten)"
    )
    if not dates:
        return f"{text}."
    hits = sum(changepoints.near(month(turn.date), found) is not None for turn in dates)
    text += f"; as many of the dates near one as here ({p.word(hits)}), or more, in {p.percent(luck.as_many)} of them."
    return text + (" A change near a date is therefore no evidence for it." if luck.as_many > it.RARE else "")
