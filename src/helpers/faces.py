"""What a figure says on its face of how far its data go: their end, provisional months, the seam between exports."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

import pandas as pd

from helpers import french as f
from helpers.editions import Report
from helpers.figures import Figure
from helpers.hollow import hollow
from helpers.reach import MONTHLY
from helpers.windows import half, last_half, month, month_name
from helpers.words.asking import WORDS
from helpers.words.both import Both, joined

HALVES: dict[str, str] = {"areas": "actors", "footprint": "actors", "cercle_halves": "totals"}
"""Tables by half-year, and the monthly table that goes as far as their source."""

YEARS: tuple[str, ...] = ("ucdp_years",)
"""Tables by year."""

SEAMS = ("2017", "2021")
"""Years with which another export of events begins: to 2016 they are of August 2020, to 2020 of mid-2021, then of spring 2025."""

TIMES: dict[str, int] = {"Month": 1, "Quarter": 3, "Half-year": 6, "Year": 12, "Six months to": 1, "12 months to": 1}
"""Columns of figures that hold periods whose names begin with the year, and the months of a period."""

_NAMES = {
    "actors": ("events by actor", "événements par acteur"),
    "totals": ("totals", "totaux"),
    "methods": ("ways of fighting", "manières de combattre"),
    "ucdp": ("UCDP", "UCDP"),
}

_ROLLED = {"Six months to": 5, "12 months to": 11}
"""Columns of months of which each value adds up months before it, and how many."""

_LAST_12 = (
    ("last 12 months", "12 months to {}", month_name),
    ("12 derniers mois", "12 mois achevés en {}", f.month_name),
)


def dated(text: str, r: Report) -> str:
    """Name the month with which "the last 12 months" of the event tables end, where they end before the edition.

    `text`: English or French. `r`: edition.
    """
    if r.as_of >= r.runs_to:
        return text
    for words, put, name in _LAST_12:
        text = text.replace(words, put.format(name(r.as_of)))
    return text


def _dated(figure: Figure, r: Report) -> Figure:
    words = figure.fr
    if words:
        words = replace(words, title=dated(words.title, r), alt=dated(words.alt, r))
    return replace(figure, title=dated(figure.title, r), alt=dated(figure.alt, r), fr=words)


def stated(figure: Figure, r: Report) -> Figure:
    """Return a figure that says where its data end before the edition does, and where it crosses the seam.

    Parameters
    ----------
    figure : Figure
        As a story makes it; its source line knows its tables (`editions.SourceLine`).
    r : Report
        Edition.

    Returns
    -------
    Figure
        With "Data to February 2025" in the subtitle where a table of the figure ends before the edition's month and
        the subtitle does not name that month (a series that ends earlier on purpose says nothing); with `seam_note`
        where it applies; with a last period that the tables know in part drawn in outline; "the last 12 months" are dated
        (`dated`).
    """
    if r.as_of < r.runs_to:
        figure = _dated(figure, r)
    tables = getattr(figure.source, "tables", ())
    figure = _hollow(figure, _in_part(figure.frame, tables, r))
    ends = _shown(figure.frame, _ends(tables, r))
    subtitle, words, caveat = figure.subtitle, figure.fr, figure.caveat
    if ends and not all(month_name(end) in f"{figure.title} {subtitle}" for end in ends.values()):
        subtitle = f"{subtitle.rstrip('.')}. {_said(ends, False)}"
        words = replace(words, subtitle=f"{words.subtitle.rstrip('.')}. {_said(ends, True)}") if words else None
    over = _over(figure, seams(tables, r))
    if over:
        caveat = joined([caveat, seam_note(over)])
    if (subtitle, caveat) == (figure.subtitle, figure.caveat):
        return figure
    return replace(figure, subtitle=subtitle, fr=words, caveat=caveat)


def _in_part(frame: pd.DataFrame, tables: tuple[str, ...], r: Report) -> tuple[str, str, pd.Period] | None:
    """Return the column of quarters, half-years or years, its last period and the month to which it is known in part."""
    column = next((column for column in frame.columns if TIMES.get(column, 1) > 1), None)
    if column is None:
        return None
    period = str(frame[column].astype(str).max())
    last = _last_of(period)
    if last is None:
        return None
    known = [end for table in tables if table in MONTHLY for end in (r.end(table), r.last_known(table))]
    return next(((column, period, end) for end in known if last - TIMES[column] < end < last), None)


def _hollow(figure: Figure, part: tuple[str, str, pd.Period] | None) -> Figure:
    if part is None or "hollow" in figure.subtitle:
        return figure
    column, period, end = part
    chart = hollow(figure.chart, column, period)
    if chart is figure.chart:
        return figure
    words = figure.fr
    if words:
        words = replace(
            words,
            subtitle=f"{words.subtitle.rstrip('.')} ; évidée\u202f: une période connue en partie",
            alt=f"{words.alt.rstrip('.')} ; la dernière période n’est connue que jusqu’en {f.month_name(end)}.",
        )
    return replace(
        figure,
        chart=chart,
        subtitle=f"{figure.subtitle.rstrip('.')}; in outline: a period known in part",
        alt=f"{figure.alt.rstrip('.')}; the last period is known to {month_name(end)} only.",
        fr=words,
    )


def _two_exports(r: Report) -> bool:
    """Tell whether the event tables rest on the project's exports, and not on a user's own."""
    return any(source.name == "acled_newer" for source in r.tables.sources("actors"))


_SPAN = re.compile(r"\b(?:months|quarters|half-years|years) from (?:\w+ )?(\d{4}) to (?:\w+ )?(\d{4})\b")
_ENDS = {"Q": 3, "H": 6}


def _last_of(period: str) -> pd.Period | None:
    """Return the last month of a period written 2024, 2024-03, 2024Q1 or 2024H1."""
    if len(period) == 6 and period[4] in _ENDS and period[:4].isdigit() and period[5].isdigit():
        return month(f"{period[:4]}-{int(period[5]) * _ENDS[period[4]]:02d}")
    if len(period) == 4 and period.isdigit():
        return month(f"{period}-12")
    return month(period) if len(period) == 7 and period[4] == "-" else None


def _shown(frame: pd.DataFrame, ends: dict[str, pd.Period]) -> dict[str, pd.Period]:
    """Return the ends that a figure shows: of a series in time one, and none where it ends earlier on purpose."""
    column = next((column for column in frame.columns if column in TIMES), None)
    if column is None or not ends:
        return ends
    last = _last_of(str(frame[column].astype(str).max()))
    if last is None:
        return ends
    table, end = max(ends.items(), key=lambda item: item[1])
    return {table: min(last, end)} if last + TIMES[column] > end else {}


def seams(tables: Collection[str], r: Report) -> list[str]:
    """Return the first months of the newer of the exports that tables rest on; none where they rest on one."""
    rests = {"actors", "areas", "footprint"} & set(tables) and _two_exports(r)
    return [f"{year}-01" for year in SEAMS] if rests else []


def seam_note(over: Collection[str]) -> Both:
    """Return the caveat of events by actor that cross some seams (`seams`)."""
    return WORDS["-".join(["seam", *sorted({first[:4] for first in over})])]


def covered(frame: pd.DataFrame) -> tuple[str, str] | None:
    """Return the first month and the last year (as text) of a figure's frame that is a series in time.

    Examples
    --------
    >>> covered(pd.DataFrame({"Quarter": ["2020Q4", "2021Q1"]})), covered(pd.DataFrame({"Region": ["Gao", "Kidal"]}))
    (('2020', '2021'), None)
    >>> covered(pd.DataFrame({"Quarter": ["Oct-Dec 2020", "Jan-Mar 2021"]}))
    ('2020', '2021')
    >>> covered(pd.DataFrame({"12 months to": ["2017-06", "2025-02"]}))
    ('2016-07', '2025')
    """
    column = next((column for column in frame.columns if column in TIMES or column == "Year to"), None)
    if column is None:
        return None
    periods = frame[column].astype(str)
    years = periods.str.extract(r"\b(\d{4})", expand=False)
    if not years.notna().any():
        return None
    first = str(periods.min())
    rolled = column in _ROLLED and len(first) == 7
    return str(month(first) - _ROLLED[column]) if rolled else str(years.min()), str(years.max())


def _over(figure: Figure, firsts: Collection[str]) -> list[str]:
    """Return the seams that a figure crosses: by its series in time, or by the years that its subtitle names."""
    found = _SPAN.search(figure.subtitle)
    spans = [covered(figure.frame), (found[1], found[2]) if found else None]
    return [one for one in firsts if any(span and span[0] < one[:4] <= span[1] for span in spans)]


def _ends(tables: tuple[str, ...], r: Report) -> dict[str, pd.Period]:
    """Return the last month of each kind of table that ends before the edition does."""
    out: dict[str, pd.Period] = {}
    for table in tables:
        end = _end(table, r)
        if end is not None:
            name = "ucdp" if table.startswith("ucdp") else HALVES.get(table, table)
            out[name] = max(end, out.get(name, end))
    return out


def _end(table: str, r: Report) -> pd.Period | None:
    to = r.runs_to
    if table in MONTHLY:
        end = r.tables.last_month(table)
        return end if end < to else None
    if table in HALVES:
        known = last_half(r.tables.last_month(HALVES[table]))
        return half(known).last if known < last_half(to) else None
    if table in YEARS:
        known_year = int(r.tables.load(table)["year"].max())
        return month(f"{known_year}-12") if known_year < (to + 1).year - 1 else None
    return None


def _said(ends: dict[str, pd.Period], french: bool) -> str:
    if len(set(ends.values())) == 1:
        end = next(iter(ends.values()))
        return f"Données jusqu’en {f.month_name(end)}" if french else f"Data to {month_name(end)}"
    parts = [
        f"{_NAMES[name][french]} {'jusqu’en ' + f.month_name(end) if french else 'to ' + month_name(end)}"
        for name, end in ends.items()
    ]
    return f"Données\u202f: {f.listing(parts)}" if french else f"Data: {', '.join(parts)}"
