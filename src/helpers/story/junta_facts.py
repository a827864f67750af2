"""What the chronology knows of military rule by an edition's day: entries, announced terms, lengths of time."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pandas as pd

from helpers import french, prose
from helpers.editions import Report
from helpers.page.frame import day as dated
from helpers.windows import month
from helpers.words import Both, names

COUP = "2020-08-18-coup"
FRENCH_GONE = "2022-08-15-last-french-troops"
UN_GONE = "2023-12-31-minusma-withdrawal-complete"
WAGNER_CAME = "2021-12-23-joint-statement-wagner"
"""Entry on Wagner's coming that does not rest on the audited reports: states condemn the deployment."""
WAGNER_OVER = "2025-06-06-wagner-says-it-leaves"
COMPILED = "Chronology of this project; each entry names its source."
"""Source line of figures made from dated entries."""


@dataclass(frozen=True)
class Term:
    """A term of office that the junta announced."""

    entry: str
    """Entry of the chronology that announces it."""
    first: str
    """Month from which it counts."""
    months: int
    """Its length."""
    label: Both
    """Its name in a chart."""

    @property
    def end(self) -> str:
        """Day on which it has run out."""
        return str((month(self.first) + self.months).start_time.date())


TERMS = (
    Term(
        "2020-09-12-transition-charter",
        "2020-09",
        18,
        Both("Charter of September 2020", "Charte de septembre 2020"),
    ),
    Term("2022-06-06-transition-24-months", "2022-03", 24, Both("Decree of June 2022", "Décret de juin 2022")),
    Term("2025-07-03-five-year-mandate", "2025-07", 60, Both("Mandate of July 2025", "Mandat de juillet 2025")),
)
"""Terms in order of announcement. The decree counts from 26 March 2022."""


def last_day(r: Report) -> str:
    """Return the last day of dated facts in the edition; for `latest`, that of the last entry."""
    return r.edition.facts_to or str(r.chronology["date"].max())


def entry(r: Report, name: str) -> pd.Series | None:
    """Return a chronology entry known at the edition's day, or None."""
    found = r.chronology[r.chronology["id"].eq(name)]
    return None if found.empty else found.iloc[0]


def knows(r: Report, name: str) -> bool:
    """Tell whether an entry of the chronology lies before the edition's day."""
    return entry(r, name) is not None


def since_wagner(r: Report) -> Both | None:
    """Say, to follow a noun and a comma, what the Africa Corps was last said to do; None where nothing of it is known."""
    left, struck = entry(r, "2026-04-27-africa-corps-leaves-kidal"), entry(r, "2026-10-06-fla-leaves-kidal")
    if left is None or struck is None:
        return None
    gone, flew = (names.prose_month(month(str(row["date"])[:7])) for row in (left, struck))
    return Both(
        f"which left Kidal in {gone.en} and flew strikes beside the army in {flew.en} (Reuters)",
        f"qui a quitté Kidal en {gone.fr} et mené des frappes aux côtés de l’armée en {flew.fr} (Reuters)",
    )


def day(date: str) -> Both:
    """Return a day as readers see it: `16 June 2023`."""
    return dated(date, "day")


def months_between(first: str, last: str) -> int:
    """Return the completed months between two days.

    Examples
    --------
    >>> months_between("2020-08-18", "2023-07-17"), months_between("2020-08-18", "2023-07-18")
    (34, 35)
    """
    a, b = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
    return (b.year - a.year) * 12 + b.month - a.month - (b.day < a.day)


def length(months: int) -> Both:
    """Return a time in years and months, small numbers in words as everywhere.

    Examples
    --------
    >>> length(70).en, length(68).en, length(24).fr
    ('five years and 10 months', 'five years and eight months', 'deux ans')
    """
    years, rest = divmod(months, 12)
    parts = [prose.count(years, "year")] if years else []
    return Both(
        prose.listing(parts + ([prose.count(rest, "month")] if rest or not years else [])), french.length(months)
    )


def years_on(months: int) -> Both:
    """Say how long ago power was taken, to open a sentence: to a year, from nine months on to the year that is nearly full.

    Examples
    --------
    >>> [years_on(m).en for m in (5, 10, 24, 30, 34, 73)]
    ['In its first year', 'Nearly one year on', 'Two years on', 'More than two years on', 'Nearly three years on', 'Six years on']
    >>> years_on(34).fr, years_on(30).fr
    ('Après près de trois ans', 'Après plus de deux ans')
    """
    years, rest = divmod(months, 12)
    if rest >= 9:
        return Both(
            f"Nearly {prose.count(years + 1, 'year')} on", f"Après près {french.of(french.count(years + 1, 'an'))}"
        )
    if not years:
        return Both("In its first year", "Dans sa première année")
    en, fr = prose.count(years, "year"), french.count(years, "an")
    if rest >= 3:
        return Both(f"More than {en} on", f"Après plus {french.of(fr)}")
    return Both(f"{en} on", f"Après {fr}").upper()


def announced(r: Report) -> list[Term]:
    """Return the terms announced by the edition's day."""
    return [term for term in TERMS if knows(r, term.entry)]


def outlived(r: Report) -> list[Term]:
    """Return those of them that had run out by the edition's day."""
    return [term for term in announced(r) if term.end <= last_day(r)]


def in_power(r: Report) -> int | None:
    """Return the completed months since the coup of August 2020; None before it."""
    coup = entry(r, COUP)
    return None if coup is None else months_between(coup["date"], last_day(r))
