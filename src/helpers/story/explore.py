"""Ask it yourself: a question as a state (what, where, when, against what), and its answer by the book's own rules.

A state stands in the address of the page `explore`; `explore.js` answers it in the browser from counts by month, with the
templates of `WORDS` and the formula of `helpers.estimates.intervals`. This module answers it from the measures: the page's
first figure, the line of Python beside it and the tests rest on it.

Examples
--------
>>> south = State("totals", "events", "south", "quarter", "2022-07", "2023-06", "before")
>>> answer(Report("2023-07"), south).title.en
'Events of political violence by all sides in southern Mali rose by 58 percent, from 119 to 188, in the year to June 2023 against the year to June 2022 (95 percent interval of the change: +3 to +142 percent).'
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any, cast

from helpers import definitions as d
from helpers import french, prose
from helpers.editions import Report
from helpers.errors import MaliError, NotInData, WindowError
from helpers.estimates import intervals
from helpers.measures import catalogue
from helpers.measures import measure as sets
from helpers.measures.counts import Interval, period_of
from helpers.measures.measure import Measure
from helpers.story import explore_notes
from helpers.windows import Window, month, window
from helpers.words import judgement, names
from helpers.words.asking import AGAINST, ASIDE, DRAW, INCOMPLETE, WORDS, against, during, fill, spelled
from helpers.words.both import NOTHING, Both, joined, listing

CONTEXT = 5
"""Years that a chart shows before the months that are compared."""


@dataclass(frozen=True)
class What:
    """Something that can be counted: the maker of a measure with its arguments, under the heading of its menu."""

    group: str
    maker: str
    args: tuple[Any, ...] = ()
    wide: bool | None = None

    @property
    def code(self) -> str:
        """The call of `helpers.measures.catalogue`, as a notebook writes it."""
        more = [f"{one!r}".replace("'", '"') for one in self.args] + (
            [f"wide={self.wide}"] if self.wide is not None else []
        )
        return f"c.{self.maker}({', '.join(['report', *more])})"

    @property
    def noun(self) -> names.Noun:
        """What it counts, whether the tables hold it or not."""
        name = self.args[0] if self.args else "" if self.maker == "ucdp_deaths" else self.maker
        if self.wide is not None:
            return names.WAGNER[self.wide]
        if self.maker == "attacks_on_civilians":
            return names.attacks(name) if name else names.EVENTS["attacks"]
        if self.maker == "involving":
            return names.involving(name)
        return {"ucdp_deaths": names.UCDP, "fought_by": names.METHODS}.get(self.maker, names.EVENTS)[name]

    def of(self, report: Report) -> Measure:
        """Return the measure in an edition."""
        more = {} if self.wide is None else {"wide": self.wide}
        return cast(Measure, getattr(catalogue, self.maker)(report, *self.args, **more))


WHAT: dict[str, What] = {
    "islamist": What("who", "islamist"),
    **{
        name: What("who", "involving", (name,)) for name in ("jnim", "is-sahel", "state", "militia", "separatist", "un")
    },
    "wagner": What("who", "wagner", wide=False),
    "wagner-wide": What("who", "wagner", wide=True),
    **{
        f"attacks-{name or 'all'}": What("attacks", "attacks_on_civilians", (name,))
        for name in ("", "islamist", "jnim", "is-sahel", "state-side", "state", "wagner", "militia")
    },
    "violent": What("all", "violent"),
    "totals": What("all", "totals"),
    **{f"way-{name}": What("ways", "fought_by", (name,)) for name in names.METHODS},
    **{f"ucdp{'-' * bool(kind)}{kind}": What("ucdp", "ucdp_deaths", (kind,) if kind else ()) for kind in names.UCDP},
}
"""What can be counted, by its name in addresses."""

WHERE: dict[str, str] = {
    "mali": "",
    **{zone: f'.in_zone("{zone}")' for zone in d.ZONES},
    **{region.lower(): f'.in_region("{region}")' for region in d.REGIONS},
    **{f"{km}km": f".within({km})" for km in d.BAMAKO_BANDS_KM},
}
"""Where it can be counted, by name in addresses: the call of a measure's filter."""

BY: dict[str, Both] = {
    **{name: names.PERIODS[name].one for name in ("month", "quarter", "half", "year")},
    "region": Both("region", "région"),
}
"""What counts are shown by: a calendar period, or the regions, with most first."""


@dataclass(frozen=True)
class State:
    """A question, as an address holds it.

    Attributes
    ----------
    what, of, where : str
        Key of `WHAT`; `events` or `fatalities`; key of `WHERE`.
    by, draw : str
        Key of `BY`, and which months the chart shows (`DRAW`).
    first, last : str
        Months that are counted.
    against : str
        Key of `AGAINST`.
    other : str
        First month, place or measure that it is held against, where `against` asks for one.
    """

    what: str
    of: str
    where: str
    by: str
    first: str
    last: str
    against: str
    other: str = ""
    draw: str = "near"

    @property
    def address(self) -> str:
        """The part of the page's address behind `#`."""
        return "explore?" + "&".join(f"{one.name}={getattr(self, one.name)}" for one in fields(self))

    @property
    def now(self) -> Window:
        """The months that are counted."""
        return window(self.first, self.last)

    @property
    def base(self) -> Window | None:
        """The months that they are held against, where these are others."""
        shift = {"before": self.now.months, "year": 12}.get(self.against)
        if self.against == "months":
            begin = month(self.other)
            return Window(begin, begin + (self.now.months - 1))
        return None if shift is None else Window(self.now.first - shift, self.now.last - shift)

    @property
    def ordered(self) -> tuple[Window, Window | None]:
        """The months as a sentence tells them: the later against the earlier, whichever were chosen first."""
        turned = self.base is not None and self.base.first > self.now.first
        return (cast(Window, self.base), self.now) if turned else (self.now, self.base)


@dataclass(frozen=True, eq=False)
class Answer:
    """What the page shows for a state."""

    title: Both
    subtitle: Both
    alt: Both
    caveat: Both | None
    interval: tuple[float, float] | None
    """Of the ratio that the title states."""
    rows: list[list[Any]]
    """For each period its key, whether it is held in part, whether provisional, and its counts: in the months
    counted, in those they are held against, in others; or of both measures. For each region the same, without other
    months."""
    code: str
    """Lines of Python that give the same."""
    source: str


@lru_cache(maxsize=8)
def known(report: Report) -> dict[str, Measure | NotInData]:
    """Return every measure that an edition knows, or why its tables do not hold it.

    An edition before Wagner's arrival knows no Wagner.
    """
    found: dict[str, Measure | NotInData] = {}
    for name, what in WHAT.items():
        if "wagner" in name and str(report.as_of) < d.WAGNER_ARRIVAL:
            continue
        try:
            found[name] = what.of(report)
        except NotInData as error:
            found[name] = error
    return found


def measure(report: Report, what: str, where: str = "mali", of: str = "events") -> Measure:
    """Return what a state counts.

    Raises `DataError`: the tables do not tell the place. Raises `NotInData`: they do not hold the measure.
    """
    found = known(report)[what]
    if isinstance(found, NotInData):
        raise found
    if where in d.ZONES:
        found = found.in_zone(where)
    elif where.endswith("km"):
        found = found.within(int(where.removesuffix("km")))
    elif where != "mali":
        found = found.in_region(next(one for one in d.REGIONS if one.lower() == where))
    return found.deaths if of == "fatalities" else found


def label(name: str, noun: names.Noun) -> Both:
    """Name something that can be counted as its menu does: where another is called nearly the same, with the difference."""
    said, aside = noun.many.each(french.upper), ASIDE.get(name)
    return said + Both(", ", ", ") + aside if aside else said


def places(where: str) -> frozenset[str] | None:
    """Return the regions of a place; None for a circle."""
    if where.endswith("km"):
        return None
    return frozenset(d.REGIONS if where == "mali" else d.ZONES.get(where, (where.title(),))) & frozenset(d.REGIONS)


def lie(here: str, there: str) -> sets.Lie:
    """Return how two places lie to each other (`helpers.measures.measure.lie`); a circle and a region may overlap.

    Examples
    --------
    >>> lie("mopti", "centre"), lie("north", "south"), lie("150km", "100km"), lie("100km", "south")
    ('part', 'apart', 'whole', 'overlap')
    """
    if here == there:
        return "overlap"
    if here.endswith("km") and there.endswith("km"):
        return "part" if int(here[:-2]) < int(there[:-2]) else "whole"
    if "mali" in (here, there):
        return "part" if there == "mali" else "whole"
    one, other = places(here), places(there)
    return sets.lie(one, other) if one and other else "overlap"


def _change(ratio: float, ends: tuple[float, float]) -> Both:
    digits = prose.clear_of_zero(ratio, *ends)
    return Both(intervals.signed(ratio, digits), french.changed(ratio, digits))


def check(report: Report, state: State) -> None:
    """Refuse a state that the edition's tables do not serve; the page does not offer it.

    Raises `MaliError`: a part of it is unknown, not in the tables or past the edition.
    """
    allowed = {"what": WHAT, "of": ("events", "fatalities"), "where": WHERE, "by": BY, "against": AGAINST, "draw": DRAW}
    for name, options in allowed.items():
        if getattr(state, name) not in options:
            raise MaliError(f"{name}={getattr(state, name)!r}; expected one of {', '.join(options)}.")
    other = counterpart(report, state)
    sides = [measure(report, state.what, state.where, state.of), *([other] if other else [])]
    for one in sides:
        if state.by == "region" and (one.place.km or "region" not in one.rows):
            raise MaliError(
                f"by=region: {one.phrase.en} are not told by region; expected the country, zones or regions."
            )
        if one.names_deaths and state.of == "events":
            raise MaliError(f"{state.what} counts deaths, not events.")
        report.checked(state.now, one.table)
    if state.base:
        report.checked(state.base, sides[0].table)
        if state.base.first <= state.now.last and state.now.first <= state.base.last:
            raise WindowError(f"{state.base.label} and {state.now.label} overlap.")


def counterpart(report: Report, state: State) -> Measure | None:
    """Return the measure that a state holds its own against in the same months, where it does."""
    if state.against == "place":
        return measure(report, state.what, state.other, state.of)
    return measure(report, state.other, state.where, state.of) if state.against == "group" else None


def answer(report: Report, state: State) -> Answer:
    """Answer a question.

    Raises `MaliError`: the edition's tables do not serve it (`check`).
    """
    check(report, state)
    here = measure(report, state.what, state.where, state.of)
    other = counterpart(report, state)
    title, caveat, interval = _said(report, state, here, other)
    rows = _ranked(state, here, other) if state.by == "region" else list(_rows(report, state, here, other))
    subtitle, alternative = _described(state, here, other, rows)
    # Beside a second place or group nobody could tell whose regions are ranked.
    if state.by == "region" and other is None and len(rows) > 1:
        title = joined([title, _clearly(state, here, rows), _first(state, here, rows) if rows[0][3] else None])
        if any(count < d.SMALL_COUNT for count in _leading(rows)):
            caveat = WORDS["small"]
    about = explore_notes.notes(
        report,
        state,
        extent(report, state),
        [here, *([other] if other else [])],
        lambda name: measure(report, name, state.where),
        explore_notes.newest(report, known(report)),
    )
    caveat = joined([caveat, *about])
    source = explore_notes.credited([one.source for one in (here, other) if one], explore_notes.OWN.en)
    return Answer(title, subtitle, alternative, caveat, interval, rows, code(report, state), source)


def _said(
    report: Report, state: State, here: Measure, other: Measure | None
) -> tuple[Both, Both | None, tuple[float, float] | None]:
    now, base = state.ordered
    a = int(here.over(now))
    words = {"subject": here.phrase, "a": spelled(a, feminine=here.feminine), "during": during(now)}
    if base:
        change = here.compare(now, base)
        ends = change.ends
        kind = judgement.change(a, change.before, *ends)
        words |= {"moved": change.bare, "base": against(base), "then": during(base)}
        words["before"] = spelled(change.before, feminine=here.feminine)
        small = WORDS["small"] if 0 < min(a, change.before) < d.SMALL_COUNT else None
        if kind == "few":
            return fill(WORDS["few" if a or change.before else "neither"], **words).each(french.upper), small, None
        said = fill(WORDS["change"], **words, low=_change(ends[0], ends), high=_change(ends[1], ends))
        return said.each(french.upper), small, ends
    if other is None:
        small = WORDS["small"] if 0 < a < d.SMALL_COUNT else None
        return fill(WORDS["alone"], **words).each(french.upper), small, None
    if _swapped(state, here, other):
        here, other = other, here
    lies, caveat, found = _pair(state, here, other)
    a, b = int(here.over(state.now)), int(other.over(state.now))
    if min(a, b) > 0 and min(a, b) < d.SMALL_COUNT:
        caveat = joined([caveat, WORDS["small"]])
    spelt = {"a": spelled(a, feminine=here.feminine), "b": spelled(b, feminine=other.feminine)}
    words |= {"subject": here.phrase, "other": other.phrase, **spelt}
    if lies in ("part", "whole"):
        share_of = a / b if lies == "part" else b / a
        words["percent"] = Both(prose.number(share_of * 100), french.number(share_of * 100))
    if found:
        ends = found.low, found.high
        for name, value in (("ratio", a / b), ("low", ends[0]), ("high", ends[1])):
            words[name] = Both(*(form.number(value, prose.apart(value, *ends)) for form in (prose, french)))
    said = fill(WORDS[lies], **words).each(french.upper)
    return said, caveat, (found.low, found.high) if found else None


def _lies(state: State, here: Measure, other: Measure) -> sets.Lie:
    return lie(state.where, state.other) if state.against == "place" else here.lies(other)


def _swapped(state: State, here: Measure, other: Measure) -> bool:
    """Tell whether an answer names the second of two measures first: nobody reads `0.3 times as many`."""
    return _lies(state, here, other) == "apart" and int(here.over(state.now)) < int(other.over(state.now))


def _pair(state: State, here: Measure, other: Measure) -> tuple[str, Both | None, Interval | None]:
    """Return the template for two counts of the same months, its caveat, and the interval of their ratio."""
    a, b, found = here.beside(other, state.now)
    lies = _lies(state, here, other)
    if lies == "overlap":
        return "beside", WORDS["overlap"], None
    if judgement.small(a, b):
        return "beside", None, None
    if found is None:
        return lies, None, None
    return judgement.change(a, b, found.low, found.high), WORDS["apart"], found


def extent(report: Report, state: State) -> Window:
    """Return the months that the chart of a state shows: the years before, or all, or those compared; to the table's end."""
    other = counterpart(report, state)
    tables = [measure(report, state.what, state.where, state.of), *([other] if other else [])]
    first = max(report.first(one.table) for one in tables)
    end = min(one.end for one in tables)
    windows = [state.now, *([state.base] if state.base else [])]
    early, late = min(one.first for one in windows), max(one.last for one in windows)
    if state.draw == "only" or state.by == "region":
        return Window(early, late)
    return Window(max(first, month(f"{early.year - CONTEXT}-01")) if state.draw == "near" else first, end)


def held(report: Report, state: State, key: str) -> int:
    """Return how many months of a period, by its key, an answer has."""
    whole, seen = names.window_of(key), extent(report, state)
    return Window(max(whole.first, seen.first), min(whole.last, seen.last)).months


def _rows(report: Report, state: State, here: Measure, other: Measure | None) -> Iterator[list[Any]]:
    months = extent(report, state)
    frame = here.by("month", months).frame.rename(columns={"period": "month", "value": "a"})
    frame["b"] = other.by("month", months).frame["value"].to_numpy() if other else 0
    since = explore_notes.provisional(report, *(one for one in (here, other) if one))
    for key, part in frame.groupby(period_of(frame["month"], state.by), sort=False):
        partial = len(part) < names.MONTHS_IN[state.by]
        fresh = bool(since) and str(names.window_of(str(key)).last) >= since
        if other:
            counts = [part["a"].sum(), part["b"].sum()]
        else:
            inside = [one.contains(part["month"]) if one else part["month"].eq("") for one in (state.now, state.base)]
            counts = [part.loc[which, "a"].sum() for which in (*inside, ~(inside[0] | inside[1]))]
        yield [str(key), partial, fresh, *map(int, counts)]


def _ranked(state: State, here: Measure, other: Measure | None) -> list[list[Any]]:
    """Return a row for each region of a state's places, that with most first; None where a place does not hold it."""
    wanted = [places(state.where) or frozenset(), places(state.other if state.against == "place" else state.where)]
    sides = [(here, state.now), (other or here, state.now if other else state.base)]
    rows: list[list[Any]] = []
    for region in d.REGIONS:
        if any(region in one for one in wanted if one):
            counts = [
                (int(side.in_region(region).over(when)) if when else 0) if region in (one or ()) else None
                for one, (side, when) in zip(wanted, sides, strict=True)
            ]
            rows.append([region.lower(), False, False, *counts])
    return sorted(rows, key=lambda row: (1, -row[4]) if row[3] is None else (0, -row[3]))


def _leading(rows: list[list[Any]]) -> list[int]:
    """Return the counts that `_first` tells: the highest, and the next where one region alone has it."""
    some = [row[3] for row in rows if row[3]]
    return some[: 1 if some[:1] == some[1:2] else 2]


def _first(state: State, here: Measure, rows: list[list[Any]]) -> Both:
    """Say which regions have most, those with as many together; nothing of those that have none."""
    some = [row for row in rows if row[3]]
    first, *later = ([*group] for _, group in itertools.groupby(some, key=lambda row: row[3]))
    turned = state.ordered[0] != state.now  # the sentence before names other months first
    words = {"when": NOTHING, "first": _level(first)}
    if turned:
        words["when"] = fill(Both(" {during}", " {during}"), during=during(state.now))
    if not later:
        return fill(WORDS["most-alone" if len(some) < len(rows) else "most-tied"], **words).sentence()
    if len(first) > 1:
        return fill(WORDS["most-tied"], **words).sentence()  # as many each: no order to doubt
    said = fill(WORDS["most"], **words, second=_level(later[0]))
    if first[0][3] < d.SMALL_COUNT:
        return (said + judgement.OPEN).sentence()
    one, two = (here.in_region(group[0][0].title()).rows for group in (first, later[0]))
    return judgement.ranked(said, intervals.beside(one, two, state.now, here.value)).sentence()


def _clearly(state: State, here: Measure, rows: list[list[Any]]) -> Both | None:
    """Name the regions where the count clearly rose or fell, between the months that the sentence before compares."""
    now, base = state.ordered
    if base is None:
        return None
    kinds = {row[0]: here.in_region(row[0].title()).compare(now, base).kind for row in rows}
    told = [
        fill(WORDS[f"{kind}s"], regions=listing(shown(key) for key in found))
        for kind in ("rise", "fall")
        if (found := [key for key in kinds if kinds[key] == kind])
    ]
    return joined(told, "; ").sentence() if told else None


def _level(rows: list[list[Any]]) -> Both:
    """Name regions that have as many, with their count."""
    name = "ranks" if len(rows) > 1 else "rank"
    return fill(WORDS[name], regions=listing(shown(row[0]) for row in rows), a=spelled(rows[0][3]))


def shown(key: str) -> Both:
    """Name a row of an answer: a region, or a period by its key."""
    return names.short(key.title()) if key.title() in d.REGIONS else names.tick(key)


def drawn(state: State, rows: list[list[Any]]) -> list[list[Any]]:
    """Return the rows that a chart draws: lines leave out a period held in part, where two whole ones are left."""
    if state.against not in ("place", "group"):
        return rows
    return rows if alone(state, rows) else [row for row in rows if not row[1]]


def alone(state: State, rows: list[list[Any]]) -> bool:
    """Tell whether a chart of two measures has too few whole periods for a line."""
    return state.against in ("place", "group") and sum(not row[1] for row in rows) < 2


def _peaks(columns: list[list[int]], rows: list[list[Any]]) -> dict[str, Both]:
    """Return the highest of each series of a chart and where it lies, as words of `WORDS`."""
    said = {}
    for number, counts in zip(("", "2"), columns, strict=False):
        top = max(range(len(rows)), key=lambda at: -1 if counts[at] is None else counts[at])
        said[f"peak{number}"] = shown(rows[top][0])
        said[f"most{number}"] = Both(*(form.number(counts[top]) for form in (prose, french)))
    return said


def _reach(first: str, last: str) -> Both:
    """Name the periods of a chart by the first and the last, or the one that it has."""
    return shown(first) if first == last else fill(WORDS["reach"], first=shown(first), last=shown(last))


def _described(state: State, here: Measure, other: Measure | None, rows: list[list[Any]]) -> tuple[Both, Both]:
    regions, seen = state.by == "region", drawn(state, rows)
    two = other is not None or (regions and state.base is not None)
    columns = [[row[at] for row in seen] for at in (3, 4)] if two else [[sum(row[3:]) for row in seen]]
    words = {
        "subject": here.phrase,
        "period": BY[state.by],
        "incomplete": INCOMPLETE.get(state.by, BY[state.by]),
        "reach": _reach(seen[0][0], seen[-1][0]),
        "span": names.span(state.now),
        **({"other": other.phrase} if other else {}),
        **({"base": names.span(state.base)} if state.base else {}),
        **_peaks(columns, seen),
    }
    if regions:
        kind = "alt-pair-regions" if other else "alt-regions-months" if two else "alt-regions"
        told = fill(WORDS["pair-regions" if other else "what-regions"], **words)
        return told.each(french.upper), fill(WORDS[kind], **words)
    told = fill(WORDS["pair" if other else "what"], **words)
    fresh = next((row[0] for row in seen if row[2]), "")
    if any(row[1] for row in rows):
        told += fill(WORDS["hollow" if not other else "in-part" if seen is rows else "left-out"], **words)
    if fresh:
        how = "fresh" if other is None else "fresh-table" if alone(state, rows) else "fresh-line"
        told += fill(WORDS[how], since=names.tick(fresh))
    return told.each(french.upper), fill(WORDS["alt-pair" if other else "alt"], **words)


def code(report: Report, state: State) -> str:
    """Return a script that prints an answer's numbers, whole: it runs as it is copied."""

    def made(what: str, where: str) -> str:
        deaths = ".deaths" if state.of == "fatalities" and WHAT[what].group != "ucdp" else ""
        return WHAT[what].code + WHERE[where] + deaths

    def when(one: Window) -> str:
        return f'window("{one.first}", "{one.last}")'

    sides, now = [made(state.what, state.where)], when(state.now)
    later, earlier = state.ordered
    other = counterpart(report, state)
    if other:
        place = state.against == "place"
        sides.append(made(state.what if place else state.other, state.other if place else state.where))
        if _swapped(state, measure(report, state.what, state.where, state.of), other):
            sides.reverse()
        told = [f"a, b, interval = here.beside(there, {now})", 'print(a, b, interval or "no interval")']
    elif earlier:
        told = [
            f"change = here.compare({when(later)}, {when(earlier)})",
            'print(change.now, change.before, change.interval.en if change.interval else "no interval")',
        ]
    else:
        told = [f"print(here.over({now}))"]
    for name in ("here", "there")[: len(sides)]:
        if state.by == "region":
            told += [f"for one in {name}.regions():", f'    print(one.phrase.en, one.over({now}), sep=": ")']
        else:
            told.append(f'print({name}.by("{state.by}", {when(extent(report, state))}).frame.to_string())')
    lines = [
        "from helpers.editions import Report",
        "from helpers.measures import catalogue as c",
        "from helpers.windows import window",
        "",
        f'report = Report("{report.edition.id}")',
        *(f"{name} = {side}" for name, side in zip(("here", "there"), sides, strict=False)),
        *told,
    ]
    return "\n".join(lines)
