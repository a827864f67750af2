"""Editions: which month a book runs to, what it compares, and the tables cut at that month."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path

import pandas as pd
import yaml

from bookbuild import inputs
from helpers import data, limits
from helpers import definitions as d
from helpers.data import Tables
from helpers.entries import days_named
from helpers.errors import EditionError, NotCovered, NotInEdition
from helpers.folders import default_folder
from helpers.windows import Window, half, last_half, month, month_name, trailing, window, year, year_to_date

FIRST_MONTH = pd.Period("2019-01", "M")
"""First month for which an edition is meaningful: its comparisons reach two years back."""

LEAST_MONTHS = 6
"""Months of a year that must be known before anything is told from them about the year."""


@dataclass(frozen=True)
class Edition:
    """A row of `data/editions.yml`, or one made for any other month."""

    id: str
    """`2022-08`, `2023-07`, `latest`, or any month `YYYY-MM`."""
    title: str
    """As readers see it."""
    as_of: str
    """Last month, or `latest`."""
    compare: int
    """Months that make up "the last months" in comparisons."""
    report: str = ""
    """Id of the report made at that date (`R22`, `R23`), or empty."""
    published: str = ""
    """Day up to which dated facts count (`YYYY-MM-DD`); empty for the end of the `as_of` month."""

    @property
    def facts_to(self) -> str:
        """Last day of dated facts (`YYYY-MM-DD`); empty for no limit."""
        if self.published or self.as_of == "latest":
            return self.published
        return str(month(self.as_of).end_time.date())


def listed() -> list[Edition]:
    """Return the editions of `data/editions.yml`, in order; the title of the latest names the newest month."""
    path = default_folder() / "editions.yml"
    inputs.note("file", path)
    return [replace(row, title=_newest(row.title)) if row.as_of == "latest" else row for row in _listed(path)]


@cache
def _listed(path: Path) -> tuple[Edition, ...]:
    return tuple(Edition(**row) for row in yaml.safe_load(path.read_text(encoding="utf-8")))


def _newest(title: str) -> str:
    # Only chapters of the latest edition depend on the newest month: Report asks for it again.
    with inputs.unrecorded():
        return f"{title} ({month_name(data.project().newest_month())})"


def _day_name(day: str) -> str:
    when = pd.Timestamp(day)
    return f"{when.day} {month_name(when.to_period('M'))}"


COUNTED_LATER = "later: "
"""Before the unit of a dated entry's count that nobody had published by the edition's day."""


def find(edition: str) -> Edition:
    """Return a listed edition, or one for any month from 2019 on.

    `edition`: id of a listed edition, or a month `YYYY-MM`. Raises `EditionError`: the id is neither, or the month is
    too early.
    """
    known = {row.id: row for row in listed()}
    if edition in known:
        return known[edition]
    if not isinstance(edition, str) or not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", edition):
        raise EditionError(
            f"edition {edition!r} does not exist; expected {', '.join(known)}, or a month from {FIRST_MONTH} on, "
            "written YYYY-MM."
        )
    when = month(edition)
    if when < FIRST_MONTH:
        raise EditionError(f"edition {edition} is too early; the first month is {FIRST_MONTH}.")
    return Edition(id=edition, title=month_name(when), as_of=edition, compare=6)


class SourceLine(str):
    """A source line that knows the tables it speaks of."""

    tables: tuple[str, ...]
    """Names of the tables."""

    def __new__(cls, text: str, tables: tuple[str, ...]) -> SourceLine:
        """Make a line."""
        line = super().__new__(cls, text)
        line.tables = tables
        return line


def _up_to(table: str) -> cached_property[pd.DataFrame]:
    """Return the property that holds a monthly table up to the edition's month."""

    def cut(report: Report) -> pd.DataFrame:
        if table == "actors":
            limits.countable(report.tables)
        frame = report.tables.load(table)
        return frame[frame["month"] <= str(report.end(table))].reset_index(drop=True)

    return cached_property(cut)


class Report:
    """An edition opened on a folder of tables: the one object a chapter works with.

    Parameters
    ----------
    edition : str
        Id of the edition (see `find`).
    tables : Tables, str or Path, optional
        Tables, or their folder; the project's own where empty.

    Attributes
    ----------
    edition : Edition
    tables : Tables
    """

    def __init__(self, edition: str = "latest", tables: Tables | str | Path | None = None):
        self.edition = find(edition)
        self.tables = tables if isinstance(tables, Tables) else Tables(tables)
        if self.edition.as_of == "latest":
            data.project().newest_month()
        # What a report said is audited on events: there they must reach its month. Other editions go as far as totals.
        reach = ("actors",) if self.edition.report else ("actors", "totals")
        last = max(self.tables.last_month(table) for table in reach)
        first = self.first()
        if self.edition.as_of != "latest" and month(self.edition.as_of) < first:
            raise NotCovered(
                f"edition {edition} runs to {month_name(month(self.edition.as_of))}, but the event tables begin in "
                f"{month_name(first)}; take a later month, or 'latest'."
            )
        if self.edition.as_of != "latest" and month(self.edition.as_of) > last:
            raise NotCovered(
                f"edition {edition} runs to {month_name(month(self.edition.as_of))}, but the last complete month of the "
                f"tables is {month_name(last)}; take an earlier month, or 'latest'."
            )

    def at(self, as_of: str, compare: int) -> Report:
        """Return this report as it would have been at another month (used to recompute a claim at its own date)."""
        other = object.__new__(Report)
        other.edition = Edition(id=as_of, title=month_name(month(as_of)), as_of=as_of, compare=compare)
        other.tables = self.tables
        return other

    def end(self, table: str = "actors") -> pd.Period:
        """Return the last month that a monthly table covers in this edition."""
        last = self.tables.last_month(table)
        return last if self.edition.as_of == "latest" else min(month(self.edition.as_of), last)

    def first(self, table: str = "actors") -> pd.Period:
        """Return the first month of a monthly table."""
        return self.tables.first_month(table)

    def last_known(self, table: str = "actors") -> pd.Period:
        """Return the last complete month of a monthly table, whatever the edition: for what happened next only."""
        return self.tables.last_month(table)

    @property
    def as_of(self) -> pd.Period:
        """Last month of the event tables in this edition; all windows by actor count back from it."""
        return self.end("actors")

    @property
    def runs_to(self) -> pd.Period:
        """Month to which the edition runs, whatever single tables hold; of the latest, the newest month of any."""
        latest = self.edition.as_of == "latest"
        return self.tables.newest_month() if latest else month(self.edition.as_of)

    def provisional(self, table: str, window: Window) -> bool:
        """Tell whether a window holds months that the producer of a table still calls provisional."""
        since = self.tables.reach_of(table).provisional_from
        return bool(since) and str(window.last) >= since

    @property
    def compare(self) -> int:
        """Months that make up "the last months"."""
        return self.edition.compare

    # ------------------------------------------------------------------ tables, cut at the edition's month

    actors = _up_to("actors")
    totals = _up_to("totals")
    ucdp_months = _up_to("ucdp_months")
    methods = _up_to("methods")
    ucdp_types = _up_to("ucdp_types")
    ucdp_dyad_months = _up_to("ucdp_dyad_months")

    @cached_property
    def ucdp_years(self) -> pd.DataFrame:
        """The `ucdp_years` table: years complete at the edition's month."""
        frame = self.tables.ucdp_years()
        if self.edition.as_of == "latest":
            return frame
        end = self.runs_to
        return frame[frame["year"] <= (end.year if end.month == 12 else end.year - 1)].reset_index(drop=True)

    @cached_property
    def areas(self) -> pd.DataFrame:
        """The `areas` table: half-years complete at the edition's month."""
        limits.countable(self.tables)
        frame = self.tables.areas()
        return frame[frame["half"] <= last_half(self.as_of)].reset_index(drop=True)

    @cached_property
    def footprint(self) -> pd.DataFrame:
        """The `footprint` table: half-years complete at the edition's month."""
        limits.countable(self.tables)
        frame = self.tables.footprint()
        return frame[frame["half"] <= last_half(self.as_of)].reset_index(drop=True)

    @cached_property
    def cercle_halves(self) -> pd.DataFrame:
        """The `cercle_halves` table: half-years complete at the edition's month (of the totals)."""
        frame = self.tables.cercle_halves()
        return frame[frame["half"] <= last_half(self.end("totals"))].reset_index(drop=True)

    def _dated(self, table: str) -> pd.DataFrame:
        frame = self.tables.load(table)
        last = self.edition.facts_to
        return frame[frame["date"] <= last].reset_index(drop=True) if last else frame

    @cached_property
    def chronology(self) -> pd.DataFrame:
        """Dated events up to the edition's day; for `latest`, all of them.

        What only one of the two reports states was not known before that report, whatever day it speaks of. A count whose
        first source is of a later day was not known either: its `unit` begins with `COUNTED_LATER`, and no list tells it.
        """
        frame = self._dated("chronology")
        last = self.edition.facts_to
        if not last:
            return frame
        told = frame["source_kind"].eq("report")
        unknown = pd.Series(False, index=frame.index)
        for edition in listed():
            if edition.published and edition.published > last:
                unknown |= told & frame["source"].str.contains(_day_name(edition.published), regex=False)
        late = frame["source"].map(lambda name: min(days_named(name), default="")).gt(last) & frame["unit"].ne("")
        return frame.assign(unit=frame["unit"].mask(late, COUNTED_LATER + frame["unit"]))[~unknown].reset_index(
            drop=True
        )

    @cached_property
    def bases(self) -> pd.DataFrame:
        """Bases handed over or closed up to the edition's day."""
        return self._dated("bases")

    @cached_property
    def referendum(self) -> pd.DataFrame:
        """Figures of the constitutional referendum stated up to the edition's day."""
        return self._dated("referendum")

    @cached_property
    def indices(self) -> pd.DataFrame:
        """Indices whose edition year is not after the edition's year."""
        frame = self.tables.indices()
        if self.edition.as_of == "latest":
            return frame
        return frame[frame["year"] <= self.runs_to.year].reset_index(drop=True)

    @cached_property
    def later_chronology(self) -> pd.DataFrame:
        """Dated events after the edition's day: for "What happened next" only."""
        frame = self.tables.chronology()
        return frame[~frame["id"].isin(self.chronology["id"])].reset_index(drop=True)

    @cached_property
    def all_actors(self) -> pd.DataFrame:
        """The whole `actors` table, later months included: for "What happened next" only."""
        limits.countable(self.tables)
        return self.tables.actors()

    @cached_property
    def all_totals(self) -> pd.DataFrame:
        """The whole `totals` table, later months included: for "What happened next" only."""
        return self.tables.totals()

    @cached_property
    def regions(self) -> pd.DataFrame:
        """The `regions` table."""
        return self.tables.regions()

    @cached_property
    def cercles(self) -> pd.DataFrame:
        """The `cercles` table."""
        return self.tables.cercles()

    @cached_property
    def places(self) -> pd.DataFrame:
        """The `places` table."""
        return self.tables.places()

    # ------------------------------------------------------------------ windows

    def window(self, first: str | pd.Period, last: str | pd.Period, table: str = "actors") -> Window:
        """Return a window, refused where it runs past this edition's data."""
        return self.checked(window(first, last), table)

    def checked(self, wanted: Window, table: str = "actors") -> Window:
        """Return the window, refused where it runs past this edition's data.

        Raises `PastData`: the window begins before the table or ends after the edition's month.
        """
        return wanted.check(self.first(table), self.end(table), f"edition {self.edition.id}, table {table}")

    @property
    def recent(self) -> Window:
        """The last months: as many as the edition compares."""
        return self.checked(trailing(self.as_of, self.compare))

    @property
    def recent_before(self) -> Window:
        """The months just before `recent`, as many."""
        return self.checked(self.recent.before())

    @property
    def year_to_date(self) -> Window:
        """January to the edition's month; while fewer than six months of the year are known, the year before."""
        if self.as_of.month < LEAST_MONTHS:
            return self.checked(year(self.as_of.year - 1))
        return self.checked(year_to_date(self.as_of))

    @property
    def last_12(self) -> Window:
        """The 12 months to the edition's month."""
        return self.checked(trailing(self.as_of, 12))

    @property
    def before_12(self) -> Window:
        """The 12 months before `last_12`."""
        return self.checked(self.last_12.before())

    @property
    def whole(self) -> Window:
        """All months of the event tables in this edition."""
        return Window(self.first(), self.as_of)

    @property
    def ever(self) -> Window:
        """All months that "any earlier", "never before" and "a record" speak of: January 2012 to the edition's month.

        Raises `PastData`: the event tables begin later, so that what came before is unknown.
        """
        return self.since(d.EVER_FROM)

    def since(self, first: str) -> Window:
        """Return the window from a month to the edition's month."""
        return self.window(first, self.as_of)

    @property
    def half(self) -> str:
        """Name of the last half-year that is complete in this edition."""
        return last_half(self.as_of)

    @property
    def last_half(self) -> Window:
        """The last half-year that is complete in this edition."""
        return half(self.half)

    def later_months(self, table: str = "actors") -> Window:
        """Return the months of a table after this edition.

        Raises `NotInEdition`: there are none.
        """
        end, last = self.end(table), self.last_known(table)
        if last <= end:
            raise NotInEdition(
                "The tables hold no months after this edition.",
                "Les tables ne contiennent aucun mois après cette édition.",
            )
        return Window(end + 1, last)

    def later(self) -> Window | None:
        """Return the months of the event tables after this edition, or None where there are none."""
        last = self.tables.last_month("actors")
        return Window(self.as_of + 1, last) if last > self.as_of else None

    # ------------------------------------------------------------------ words

    @property
    def coverage(self) -> str:
        """One sentence: to which month each kind of figure runs."""
        events, totals = month_name(self.end("actors")), month_name(self.end("totals"))
        if events == totals:
            return f"Figures run to {events}."
        later = f", by UCDP’s count to {month_name(self.runs_to)}" if self.ucdp_later else ""
        return f"Figures run to {events} by actor, to {totals} by region{later}."

    @property
    def ucdp_later(self) -> bool:
        """Whether UCDP's newest deaths are of a month that the totals by region do not hold."""
        return self.runs_to == self.end("ucdp_types") > self.end("totals")

    def source(self, *tables: str, final: bool = False) -> SourceLine:
        """Return the source line of a figure: what its tables rest on, in which version, under which terms.

        `final`: name no candidate events, for a figure that takes final months of UCDP only.
        """
        by_terms: dict[str, list[str]] = {}
        for table in tables or ("actors",):
            for citation in self.tables.sources(table):
                if final and citation.label.startswith("UCDP Candidate"):
                    continue
                labels = by_terms.setdefault(citation.terms, [])
                if citation.label not in labels:
                    labels.append(citation.label)
        parts = [f"{', '.join(labels)} ({terms})" for terms, labels in by_terms.items()]
        line = "; ".join(parts) + ". Own computation." if parts else "Compiled from sources named in each row."
        return SourceLine(line, tables or ("actors",))
