"""Rows that know what they count: who, what, where and in which table, through every filter.

A `Measure` wraps rows of one table. Filters return measures, `over` a `Tally` (a number that knows its window), `by` a
`Series` (which knows the periods it holds in part), `compare` a `Change` (which knows its interval). Titles, subtitles,
alternative texts and tables take their words from these, so that a changed filter changes all of them.

Examples
--------
>>> from helpers.editions import Report
>>> from helpers.measures.catalogue import islamist
>>> report = Report("2023-07")
>>> near = islamist(report).within(150)
>>> near.over(report.recent), near.phrase.en
(21, 'militant Islamist events within 150 km of Bamako')
>>> near.deaths.in_zone("south").phrase.fr
'morts dans les événements impliquant des groupes islamistes armés dans le sud du Mali, à moins de 150\u202fkm de Bamako'
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from helpers import definitions as d
from helpers.errors import DataError, NotInData
from helpers.measures import counts
from helpers.windows import Window, month, trailing
from helpers.words import judgement, names
from helpers.words.both import NOTHING, Both, listing
from helpers.words.names import MONTHS_IN, Noun, Place

if TYPE_CHECKING:
    from helpers.editions import Report
    from helpers.estimates.intervals import Comparison
    from helpers.measures.counts import Interval

Value = Literal["events", "fatalities"]
By = Literal["month", "quarter", "half", "year"]
Lie = Literal["apart", "part", "whole", "overlap"]


def lie(here: Set[Any], there: Set[Any]) -> Lie:
    """Return how two sets lie to each other: `apart`, `part` (the first in the second), `whole` or `overlap`.

    Examples
    --------
    >>> lie({1}, {1, 2}), lie({1}, {2}), lie({1, 2}, {2, 3})
    ('part', 'apart', 'overlap')
    """
    if not here & there:
        return "apart"
    return "part" if here <= there else "whole" if here >= there else "overlap"


@dataclass(frozen=True, eq=False)
class Measure:
    """Some rows of a monthly table, and the words for them."""

    report: Report
    """The edition."""
    table: str
    """The table the rows come from."""
    rows: pd.DataFrame = field(repr=False)
    """With `month`, `region` where the table has it, and the columns `events` and `fatalities`."""
    noun: Noun
    """What one event of the rows is called."""
    group: str = "neutral"
    """Palette name of the colour: the acting group, or `neutral` for all sides."""
    place: Place = field(default_factory=Place)
    """What the filters by place left."""
    value: Value = "events"
    """What is added up."""
    later: bool = False
    """Whether the rows run past the edition: only for what happened next."""
    names_deaths: bool = False
    """Whether the noun is already one of deaths, as UCDP's are."""

    # ------------------------------------------------------------------ filters

    def _needs(self, column: str, what: str) -> None:
        if column not in self.rows.columns:
            raise DataError(f"the table {self.table} does not tell {what}; take a measure of the table actors.")

    def _at(self, rows: pd.DataFrame, place: Place) -> Measure:
        return replace(self, rows=rows, place=place)

    @property
    def deaths(self) -> Measure:
        """The same rows, their reported fatalities added up."""
        return replace(self, value="fatalities")

    @property
    def events(self) -> Measure:
        """The same rows, their events added up."""
        return replace(self, value="events")

    def within(self, km: int) -> Measure:
        """Return what lies within a great-circle distance of Bamako (`definitions.BAMAKO_BANDS_KM`)."""
        self._needs("band", "how far from Bamako an event was")
        return self._at(counts.around_bamako(self.rows, km), self.place.within(km=km))

    def in_zone(self, *zones: str) -> Measure:
        """Return what happened in one or more zones: `north`, `centre`, `south`."""
        for zone in zones:
            if zone not in d.ZONES:
                raise DataError(f"no zone is called {zone!r}; expected one of {', '.join(d.ZONES)}.")
        self._needs("region", "the region of an event")
        return self._at(counts.in_zone(self.rows, *zones), self.place.within(zones=zones))

    def in_region(self, *regions: str) -> Measure:
        """Return what happened in one or more regions, by the names of `definitions.REGIONS`."""
        for region in regions:
            if region not in d.REGIONS:
                raise DataError(f"no region is called {region!r}; expected one of {', '.join(d.REGIONS)}.")
        self._needs("region", "the region of an event")
        return self._at(counts.in_regions(self.rows, *regions), self.place.within(regions=regions))

    def regions(self) -> list[Measure]:
        """Return one measure a region of the place, in the order of `definitions.ZONES`."""
        zones = self.place.zones or tuple(d.ZONES)
        wanted = self.place.regions or [r for zone in zones for r in d.ZONES[zone] if r in d.REGIONS]
        return [self.in_region(region) for region in wanted]

    def zones(self) -> list[Measure]:
        """Return one measure for the north, the centre and the south."""
        return [self.in_zone(zone) for zone in d.ZONES]

    def against_civilians(self) -> Measure:
        """Return ACLED's violence against civilians among the rows, by the group that acts."""
        self._needs("side1", "who acted")
        if self.group not in names.GROUPS:
            raise DataError("attacks on civilians are counted by the side that acts; choose a group first.")
        acting = d.MILITANT_ISLAMIST if self.group == "islamist" else (self.group,)
        return replace(self, rows=counts.against_civilians(self.rows, acting), noun=names.attacks(self.group))

    # ------------------------------------------------------------------ words

    @property
    def counts_what(self) -> Noun:
        """The noun of what is added up: events, or deaths in them."""
        return self.noun if self.value == "events" or self.names_deaths else names.deaths(self.noun)

    @property
    def short(self) -> Noun:
        """What is added up, for a title whose place and actor stand elsewhere: `event` or `death`."""
        return names.EVENT if self.value == "events" else names.DEATH

    def subject(self, events: Both) -> Both:
        """Turn what a title calls the events into their deaths, where deaths are added up.

        Parameters
        ----------
        events : Both
            A plural subject with its place, as in `Violent events` and `Les événements violents`.
        """
        if self.value == "events" or self.names_deaths:
            return events
        inside = events.each(lambda text: text[:1].lower() + text[1:])
        return Both(f"Deaths in {inside.en}", f"Les morts dans {inside.fr}")

    @property
    def phrase(self) -> Both:
        """What is counted and where, as a subtitle begins: `militant Islamist events in southern Mali`."""
        noun, where = self.counts_what.many, self.place.where
        return Both(f"{noun.en} {where.en}", f"{noun.fr} {where.fr}")

    @property
    def feminine(self) -> bool:
        """The gender of what is counted in French."""
        return self.counts_what.feminine

    @property
    def unit(self) -> Both:
        """One word for an axis: `Events` or `Deaths`."""
        return Both("Events", "Événements") if self.value == "events" else Both("Deaths", "Morts")

    @property
    def source(self) -> str:
        """The source line of the table."""
        return self.report.source(self.table)

    # ------------------------------------------------------------------ numbers

    def over(self, window: Window) -> Tally:
        """Add up a window of whole months; a window that runs past the table is refused.

        Raises
        ------
        PastData
            The window begins before the table or ends after the edition.
        """
        checked = self._checked(window)
        return Tally(counts.count(self.rows, checked, self.value), self, checked)

    def by(self, period: By, window: Window | None = None) -> Series:
        """Add up by calendar period.

        Parameters
        ----------
        window : Window
            Months to cover; the first and last period may be held in part, and the series knows it. All months of the
            measure's table up to the edition's where not given.
        """
        whole = Window(self.report.first(self.table), self.end)
        checked = self._checked(window or whole)
        frame = counts.series(self.rows, checked, period, values=[self.value])
        return Series(self, period, checked, frame.rename(columns={self.value: "value"}))

    @property
    def end(self) -> pd.Period:
        """Last month that the measure covers: of its table in this edition, or of the whole table where `later`."""
        return self.report.last_known(self.table) if self.later else self.report.end(self.table)

    def _checked(self, window: Window) -> Window:
        if not self.later:
            return self.report.checked(window, self.table)
        return window.check(self.report.first(self.table), self.end, f"table {self.table}")

    @property
    def last_year(self) -> Window:
        """The 12 months to the end of the measure's table."""
        return trailing(self.end, 12)

    def since(self, first: str) -> Window:
        """Return the window from a month to the end of the measure's table."""
        return Window(month(first), self.end)

    def in_a_year(self) -> Change:
        """Compare the last 12 months of the measure's table with the 12 before."""
        return self.compare(self.last_year, self.last_year.before())

    def rolling(self, window: Window, months: int = 12) -> pd.Series:
        """Add up the `months` that end with each month (index: months as text)."""
        frame = counts.rolling(self.rows, self._checked(window), months, self.value)
        return frame.set_index("month")[self.value]

    def yearly(self, window: Window) -> Series:
        """Add up the 12 months that end with each month of a window, as a series by month."""
        checked = self._checked(window)
        found = self.rolling(checked)
        if found.empty:
            raise NotInData(f"sums of 12 months need as many, and {checked.label} has {checked.months}.")
        frame = pd.DataFrame({"period": found.index, "months": 1, "value": found.to_numpy()})
        return Series(self, "month", Window(month(str(found.index[0])), checked.last), frame, rolled=12)

    def compare(self, now: Window, before: Window) -> Change:
        """Compare two windows of equal length."""
        # Estimates stand on measures; the interval is asked for where it is needed, not when this module loads.
        from helpers.estimates import intervals

        here, base = self.over(now), self.over(before)
        found = intervals.compare(self.rows, now, before, self.value) if base else None
        return Change(here, base, found)

    def beside(self, other: Measure, window: Window) -> tuple[Tally, Tally, Interval | None]:
        """Add up two measures, with the interval of their ratio (`intervals.beside`).

        No interval where they may share events (`lies`) or a count is too small for a ratio (`judgement.small`).
        """
        from helpers.estimates import intervals

        both = self.over(window), other.over(window)
        if self.lies(other) != "apart" or judgement.small(*both):
            return *both, None
        return *both, intervals.beside(self.rows, other.rows, window, self.value)

    def lies(self, other: Measure) -> Lie:
        """Return how the events of two measures lie to each other (`lie`).

        Two tables may hold the same events, and so may a circle and a region: `overlap`.
        """
        circles = {bool(one.place.km) for one in (self, other) if one.place != Place()}
        if self.table != other.table or len(circles) > 1:
            return "overlap"
        return lie(set(self.rows.index), set(other.rows.index))


class Tally(int):
    """A number that knows what it counts and in which months."""

    measure: Measure
    window: Window

    def __new__(cls, value: int, measure: Measure, window: Window) -> Tally:
        """Make the number."""
        made = super().__new__(cls, value)
        made.measure, made.window = measure, window
        return made

    def part_of(self, every: int) -> float:
        """Return the share that this is of another tally.

        Raises
        ------
        NotInData
            The other is zero.
        """
        return counts.ratio(self, every)

    @property
    def few(self) -> bool:
        """Whether one event more or less moves it visibly."""
        return 0 < self < d.SMALL_COUNT

    @property
    def counted(self) -> Both:
        """The number with its noun, without the place: `21 militant Islamist events`."""
        return self.measure.counts_what.counted(self)

    @property
    def when(self) -> Both:
        """The window as an adverb: `in the first half of 2023`."""
        return names.during(self.window)


@dataclass(frozen=True)
class Change:
    """Two tallies of one measure, and what the change between them is worth."""

    now: Tally
    before: Tally
    found: Comparison | None
    """Ratio and intervals; none where the earlier window is empty."""

    @property
    def ends(self) -> tuple[float, float]:
        """Ends of the 95 percent interval of the ratio; of no information where there is none."""
        return (self.found.interval.low, self.found.interval.high) if self.found else (0.0, float("inf"))

    @property
    def ratio(self) -> float:
        """Later over earlier count; infinite over nothing."""
        return self.now / self.before if self.before else float("inf")

    @property
    def kind(self) -> judgement.Verdict:
        """`rise`, `fall`, `level`, `unclear` or `few` (`judgement.change`)."""
        return judgement.change(self.now, self.before, *self.ends)

    @property
    def clear(self) -> bool:
        """Whether the interval holds no change."""
        return self.kind in ("rise", "fall")

    @property
    def record(self) -> bool:
        """Whether the later window has more than any window of its length that had closed before it began.

        Never of a table that begins after January 2012: "any earlier" would speak of years that it does not have.
        """
        measure, window = self.now.measure, self.now.window
        first = measure.report.first(measure.table)
        if first > month(d.EVER_FROM) or (window.first - 1 - first).n + 1 < 2 * window.months:
            return False
        past = measure.rolling(Window(first, window.first - 1), window.months)
        return judgement.record(int(self.now), [int(x) for x in past])

    @property
    def most_ever(self) -> bool:
        """Whether the change is not clear but the count is a record above its twice ten: then that is what is said."""
        return self.kind == "unclear" and self.now > self.before and self.record

    def moved(self, *, plural: bool = True) -> Both:
        """The verb and by how much (`judgement.moved`); a record, where the change itself is not clear."""
        if self.most_ever:
            return judgement.most_ever(self.now, self.before, self.now.window, plural=plural)
        return self.bare if plural else judgement.moved(self.now, self.before, *self.ends, plural=False)

    @property
    def bare(self) -> Both:
        """The verb for a subject in the plural, records apart."""
        return judgement.moved(self.now, self.before, *self.ends, feminine=self.now.measure.feminine)

    def headline(self) -> Both:
        """The change as a title says it: two numbers at most."""
        if self.clear and "percent" in (step := judgement.by_how_much(self.ratio)).en:
            from helpers import french, prose

            return Both(f"{step.en}, to {prose.number(self.now)}", f"{step.fr}, passant à {french.number(self.now)}")
        return self.moved()

    def beside(self) -> Both:
        """The judgement beside the present value (`judgement.beside`)."""
        if self.most_ever:
            return judgement.record_beside(self.before, self.now.window)
        return judgement.beside(self.now, self.before, *self.ends, months=self.now.window.months)

    @property
    def interval(self) -> Both | None:
        """The interval of the change in percent, for a subtitle: `−8 to +26 percent`."""
        if self.found is None or self.kind == "few":
            return None
        from helpers import french

        return Both(f"{self.found.change()} percent", f"{french.change(self.found)} %")

    @property
    def stated(self) -> Both | None:
        """The interval as a subtitle gives it: none whose end lies beyond every digit, which tells a reader nothing."""
        from helpers.estimates.intervals import WIDEST

        return None if self.found is not None and self.found.interval.high > WIDEST else self.interval


def records_together(changes: Mapping[Both, Change]) -> Both:
    """Say of several records of one window that they are (`Change.most_ever`): each with both counts, the past once.

    Parameters
    ----------
    changes : dict of Both to Change
        The changes by what is counted, in the plural; two or more.
    """
    from helpers import french, prose

    said: list[Both] = []
    for noun, change in changes.items():
        reached = NOTHING if said else Both("reached ", "atteignent ")
        said.append(
            Both(
                f"{noun.en} {reached.en}{prose.number(change.now)} after {prose.number(change.before)}",
                f"les {noun.fr} {reached.fr}{french.number(change.now)} (contre {french.number(change.before)})",
            )
        )
    listed, past = listing(said), judgement.earlier(next(iter(changes.values())).now.window)
    return Both(
        f"{listed.en}, each more than {past.en}, though chance may explain the differences",
        f"{listed.fr}, chaque fois plus que {past.fr}, même si le hasard peut expliquer les écarts",
    )


@dataclass(frozen=True, eq=False)
class Series:
    """A measure by calendar period."""

    measure: Measure
    period: By
    """`month`, `quarter`, `half` or `year`."""
    window: Window
    frame: pd.DataFrame
    """`period` (key of the period), `months` (how many of its months the window holds), `value` (int)."""
    rolled: int = 1
    """Months that each value adds up, where a value is one of the last months and not of the period alone."""

    @property
    def partial(self) -> list[str]:
        """Keys of the periods that the window holds in part, first or last."""
        full = MONTHS_IN[self.period]
        return list(self.frame.loc[self.frame["months"].lt(full), "period"])

    @property
    def provisional(self) -> list[str]:
        """Keys of the periods with months that the producer of the table still calls provisional."""
        report, table = self.measure.report, self.measure.table
        return [key for key in self.frame["period"] if report.provisional(table, names.window_of(key))]

    @property
    def whole(self) -> pd.DataFrame:
        """The frame without the periods held in part."""
        return self.frame[~self.frame["period"].isin(self.partial)]

    @property
    def covers(self) -> Both:
        """What the series counts by and its span, for a subtitle; says which period is held in part."""
        noun = names.PERIODS[self.period]
        spans = names.span(self.window)
        if self.rolled > 1:
            return Both(
                f"sums of the {self.rolled} months to each month, {spans.en}",
                f"sommes sur {self.rolled} mois glissants, {spans.fr}",
            )
        text = Both(f"by {noun.one.en}, {spans.en}", f"par {noun.one.fr}, {spans.fr}")
        for key in self.partial:
            if key == self.frame["period"].iloc[-1]:
                to = names.prose_month(self.window.last)
                which = "dernière" if noun.feminine else "dernier"
                text += Both(
                    f"; the last {noun.one.en} holds the months to {to.en} only (hollow)",
                    f" ; {'la' if noun.feminine else 'le'} {which} ne va que jusqu’en {to.fr} (évidé)",
                )
        return text

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        """Draw the series in a notebook, as columns."""
        from helpers.forms import columns

        return columns(self)._repr_mimebundle_()

    @property
    def peak(self) -> tuple[str, int]:
        """Key and value of the highest period."""
        top = self.frame.loc[self.frame["value"].idxmax()]
        return str(top["period"]), int(top["value"])

    @property
    def ebb(self) -> tuple[Tally, Tally] | None:
        """The highest period of all and the last, where the first lies in the last year and the last has at most half of it.

        Of equal periods the first counts. None where the series ends at or near its height, or has been higher before:
        what a year says of the series then holds for its last periods too. Below `SMALL_COUNT` nothing is a height.
        """
        key, top = self.peak
        when, last = names.window_of(key), names.window_of(str(self.frame["period"].iloc[-1]))
        low = int(self.frame["value"].iloc[-1])
        if top < d.SMALL_COUNT or 2 * low > top or when.last <= last.last - 12:
            return None
        return Tally(top, self.measure, when), Tally(low, self.measure, last)
