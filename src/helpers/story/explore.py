"""Ask it yourself: a question as a state (what, where, when, against what), and its answer by the book's own rules.

A state stands in the address of the page `explore`; `explore.js` answers it in the browser from counts by month, with the
templates of `WORDS` and the formula of `helpers.estimates.intervals`. This module answers it from the measures: the page's
first figure, the line of Python beside it and the tests rest on it.

Examples
--------
>>> report = Report("2023-07")
>>> answer(report, questions(report)[0].state).title.en
'Events of political violence by all sides in southern Mali rose by 58 percent, from 119 to 188, in the year to June 2023 against the year to June 2022 (95 percent interval of the change: +3 to +142 percent).'
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import Any, cast

import pandas as pd

from helpers import definitions as d
from helpers import faces, french, prose
from helpers.editions import Report
from helpers.errors import MaliError, NotInData, WindowError
from helpers.estimates import intervals
from helpers.measures import catalogue
from helpers.measures.counts import Interval, period_of
from helpers.measures.measure import By, Measure
from helpers.windows import Window, month, window
from helpers.words import judgement, names
from helpers.words.asking import AGAINST, DRAW, WORDS
from helpers.words.both import Both, joined

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

BY: tuple[By, ...] = ("month", "quarter", "half", "year")


@dataclass(frozen=True)
class State:
    """A question, as an address holds it.

    Attributes
    ----------
    what, of, where : str
        Key of `WHAT`; `events` or `fatalities`; key of `WHERE`.
    by, draw : str
        Period, and which months the chart shows (`DRAW`).
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


@dataclass(frozen=True, eq=False)
class Answer:
    """What the page shows for a state.

    Attributes
    ----------
    title, subtitle, alt : Both
    caveat : Both, optional
    interval : tuple of float, or None
        Of the ratio that the title states.
    rows : list
        For each period its key, whether it is held in part, whether provisional, and its counts: in the months counted, in those
        they are held against, in others; or of both measures.
    code : str
        Lines of Python that give the same.
    source : str
    """

    title: Both
    subtitle: Both
    alt: Both
    caveat: Both | None
    interval: tuple[float, float] | None
    rows: list[list[Any]]
    code: str
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

    Raises
    ------
    DataError
        The tables do not tell the place.
    NotInData
        They do not hold the measure.
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


def places(where: str) -> frozenset[str] | None:
    """Return the regions of a place; None for a circle."""
    if where.endswith("km"):
        return None
    return frozenset(d.REGIONS if where == "mali" else d.ZONES.get(where, (where.title(),))) & frozenset(d.REGIONS)


def lie(here: str, there: str) -> str:
    """Return how two places lie to each other: `apart`, `part` (the first in the second), `whole` or `overlap`.

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
    return _sets(places(here), places(there)) if places(here) and places(there) else "overlap"


def _sets(here: Any, there: Any) -> str:
    if not here & there:
        return "apart"
    return "part" if here < there else "whole" if here > there else "overlap"


def share(report: Report, here: str, there: str) -> str:
    """Return how the events of two measures lie to each other, as `lie` does; of two tables nothing is known."""
    one, other = measure(report, here), measure(report, there)
    if one.table != other.table:
        return "overlap"
    return _sets(set(one.rows.index), set(other.rows.index))


def during(when: Window) -> Both:
    """Return a window as an adverb: `in the year to June 2023`, `from July 2021 to March 2022`."""
    said = names.during(when)
    return Both(f"from {said.en.removeprefix('in ')}", said.fr) if " to " in when.label and when.months != 12 else said


def spelled(value: int) -> Both:
    """Return a count that stands without its noun: `none`, `three`, `12`."""
    return Both(prose.none(value), french.word(value) if value else "zéro")


def _change(ratio: float) -> Both:
    return Both(intervals.signed(ratio), french.changed(ratio))


def _tenth(value: float) -> Both:
    return Both(prose.number(value, 1), french.number(value, 1))


def fill(template: Both, **given: Both) -> Both:
    """Put words into a template of `WORDS`."""
    return Both(*(getattr(template, of).format(**{k: getattr(v, of) for k, v in given.items()}) for of in ("en", "fr")))


def check(report: Report, state: State) -> None:
    """Refuse a state that the edition's tables do not serve; the page does not offer it.

    Raises
    ------
    MaliError
        A part of it is unknown, not in the tables or past the edition.
    """
    allowed = {"what": WHAT, "of": ("events", "fatalities"), "where": WHERE, "by": BY, "against": AGAINST, "draw": DRAW}
    for name, options in allowed.items():
        if getattr(state, name) not in options:
            raise MaliError(f"{name}={getattr(state, name)!r}; expected one of {', '.join(options)}.")
    other = counterpart(report, state)
    sides = [measure(report, state.what, state.where, state.of), *([other] if other else [])]
    for one in sides:
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

    Parameters
    ----------
    report : Report
        The edition.
    state : State

    Raises
    ------
    MaliError
        The edition's tables do not serve it (`check`).
    """
    check(report, state)
    here = measure(report, state.what, state.where, state.of)
    other = counterpart(report, state)
    title, caveat, interval = _said(report, state, here, other)
    rows = list(_rows(report, state, here, other))
    subtitle, alternative = _described(state, here, other, rows)
    fresh = report.provisional(here.table, state.now)
    if fresh:
        since = names.prose_month(month(provisional(report, here)))
        caveat = joined([caveat, fill(WORDS["provisional"], since=since)])
    shown, seam = extent(report, state), faces.seam([one.table for one in (here, other) if one], report)
    if seam and shown.first < month(seam) <= shown.last:
        caveat = joined([caveat, WORDS["seam"]])
    source = " ".join(dict.fromkeys(one.source for one in (here, other) if one))
    return Answer(title, subtitle, alternative, caveat, interval, rows, code(report, state), source)


def provisional(report: Report, of: Measure) -> str:
    """Return the first provisional month of a measure's table; empty where there is none."""
    return report.tables.reach_of(of.table).provisional_from or ""


def _said(
    report: Report, state: State, here: Measure, other: Measure | None
) -> tuple[Both, Both | None, tuple[float, float] | None]:
    a = int(here.over(state.now))
    words = {"subject": here.phrase, "a": spelled(a), "during": during(state.now)}
    if state.base:
        change = here.compare(state.now, state.base)
        ends = change.ends
        kind = judgement.change(a, change.before, *ends)
        words |= {"moved": judgement.moved(a, change.before, *ends), "base": names.ending(state.base)}
        small = WORDS["small"] if 0 < min(a, change.before) < d.SMALL_COUNT else None
        if kind == "few":
            return fill(WORDS["few"], **words).each(french.upper), small, None
        said = fill(WORDS["change"], **words, low=_change(ends[0]), high=_change(ends[1]))
        return said.each(french.upper), small, ends
    if other is None:
        small = WORDS["small"] if 0 < a < d.SMALL_COUNT else None
        return fill(WORDS["alone"], **words).each(french.upper), small, None
    lies, caveat, found = _pair(report, state, here, other)
    b = int(other.over(state.now))
    if min(a, b) > 0 and min(a, b) < d.SMALL_COUNT:
        caveat = joined([caveat, WORDS["small"]])
    words |= {"other": other.phrase, "b": spelled(b)}
    if lies in ("part", "whole"):
        share_of = a / b if lies == "part" else b / a
        words["percent"] = Both(prose.number(share_of * 100), french.number(share_of * 100))
    if found:
        words |= {"ratio": _tenth(a / b), "low": _tenth(found.low), "high": _tenth(found.high)}
    said = fill(WORDS[lies], **words).each(french.upper)
    return said, caveat, (found.low, found.high) if found else None


def _pair(report: Report, state: State, here: Measure, other: Measure) -> tuple[str, Both | None, Interval | None]:
    """Return the template for two counts of the same months, its caveat, and the interval of their ratio."""
    lies = lie(state.where, state.other) if state.against == "place" else share(report, state.what, state.other)
    a, b, found = here.beside(other, state.now)
    if lies == "overlap":
        return "beside", WORDS["overlap"], None
    if judgement.small(a, b) or found is None:
        return "beside", None, None
    if lies in ("part", "whole"):
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
    if state.draw == "only":
        return Window(early, late)
    return Window(max(first, month(f"{early.year - CONTEXT}-01")) if state.draw == "near" else first, end)


def _rows(report: Report, state: State, here: Measure, other: Measure | None) -> Iterator[list[Any]]:
    shown = extent(report, state)
    frame = here.by("month", shown).frame.rename(columns={"period": "month", "value": "a"})
    frame["b"] = other.by("month", shown).frame["value"].to_numpy() if other else 0
    since = provisional(report, here)
    for key, part in frame.groupby(period_of(frame["month"], state.by), sort=False):
        partial = len(part) < names.MONTHS_IN[state.by]
        fresh = bool(since) and str(names.window_of(str(key)).last) >= since
        if other:
            counts = [part["a"].sum(), part["b"].sum()]
        else:
            inside = [one.contains(part["month"]) if one else part["month"].eq("") for one in (state.now, state.base)]
            counts = [part.loc[which, "a"].sum() for which in (*inside, ~(inside[0] | inside[1]))]
        yield [str(key), partial, fresh, *map(int, counts)]


def _described(state: State, here: Measure, other: Measure | None, rows: list[list[Any]]) -> tuple[Both, Both]:
    top = max(rows, key=lambda row: row[3] if other else sum(row[3:]))
    words = {
        "subject": here.phrase,
        "period": names.PERIODS[state.by].one,
        "first": names.tick(rows[0][0]),
        "last": names.tick(rows[-1][0]),
        "peak": names.tick(top[0]),
        "most": Both(*(form.number(top[3] if other else sum(top[3:])) for form in (prose, french))),
        **({"other": other.phrase} if other else {}),
    }
    told = fill(WORDS["pair" if other else "what"], **words)
    fresh = next((row[0] for row in rows if row[2]), "")
    if any(row[1] for row in rows):
        told += fill(WORDS["left-out" if other else "hollow"], **words)
    if fresh and not other:
        told += fill(WORDS["fresh"], since=names.tick(fresh))
    return told.each(french.upper), fill(WORDS["alt"], **words)


def code(report: Report, state: State) -> str:
    """Return lines of Python that give an answer's numbers in a notebook.

    Parameters
    ----------
    report : Report
        The edition.
    state : State
    """
    deaths = ".deaths" * (state.of == "fatalities" and WHAT[state.what].group != "ucdp")
    here = WHAT[state.what].code + WHERE[state.where] + deaths

    def when(one: Window) -> str:
        return f'window("{one.first}", "{one.last}")'

    other = []
    if state.base:
        last = f"here.compare({when(state.now)}, {when(state.base)})"
    elif state.against in ("place", "group"):
        place = state.against == "place"
        there = WHAT[state.what if place else state.other].code + WHERE[state.other if place else state.where]
        other, last = [f"there = {there}{deaths}"], f"here.beside(there, {when(state.now)})"
    else:
        last = f"here.over({when(state.now)})"
    lines = [
        "from helpers.editions import Report",
        "from helpers.measures import catalogue as c",
        "from helpers.windows import window",
        "",
        f'report = Report("{report.edition.id}")',
        f"here = {here}",
        *other,
        last,
        f'here.by("{state.by}", {when(extent(report, state))})',
    ]
    return "\n".join(lines)


# --------------------------------------------------------------------------- ten questions


@dataclass(frozen=True)
class Question:
    """A question that stands ready, in two languages, with its state."""

    text: Both
    state: State


def _asked(report: Report) -> Iterator[Question]:
    """Yield the questions, the reserves last; what an edition cannot know, it does not ask."""

    def ends(what: str) -> pd.Period:
        found = known(report)[what]
        return report.end("actors") if isinstance(found, NotInData) else found.end

    def asked(
        text: Both, what: str, of: str, where: str, against: str = "before", other: str = "", by: str = "quarter"
    ) -> Question:
        end = ends(what)
        return Question(text, State(what, of, where, by, str(end - 11), str(end), against, other))

    def since(first: str, one: Question) -> Iterator[Question]:
        last = min(month(first) + 11, ends(one.state.what))
        if last >= month(first) + 2:
            yield replace(one, state=replace(one.state, first=first, last=str(last)))

    yield asked(Both("Is the south getting worse?", "Le sud va-t-il plus mal ?"), "totals", "events", "south")
    text = Both(
        "Who kills civilians: militant Islamists or the state and its partners?",
        "Qui tue des civils : les groupes islamistes, ou l’État et ses partenaires ?",
    )
    yield asked(text, "attacks-islamist", "fatalities", "mali", "group", "attacks-state-side")
    text = Both("What came after the fuel blockade of September 2025?", "Et après le blocus de septembre 2025 ?")
    yield from since("2025-09", asked(text, "totals", "events", "south", "before", by="month"))
    text = Both("Is there more violence near Bamako?", "Y a-t-il plus de violences près de Bamako ?")
    yield asked(text, "islamist", "events", "150km")
    text = Both(
        "Is JNIM or Islamic State Sahel more active?", "Du GSIM ou de l’État islamique, qui est le plus actif ?"
    )
    yield asked(text, "jnim", "events", "mali", "group", "is-sahel")
    text = Both(
        "Did state forces and their partners kill more civilians once Wagner had come?",
        "Les forces de l’État et leurs partenaires ont-ils tué plus de civils une fois Wagner arrivé ?",
    )
    yield from since(d.WAGNER_ARRIVAL, asked(text, "attacks-state-side", "fatalities", "mali"))
    text = Both("Are there more air and drone strikes?", "Y a-t-il plus de frappes aériennes et de drones ?")
    yield asked(text, "way-air", "events", "mali")
    text = Both("What came after the coup of August 2020?", "Et après le coup d’État d’août 2020 ?")
    yield from since("2020-09", asked(text, "islamist", "events", "mali"))
    text = Both("How much of it happens in the centre?", "Quelle part se passe au centre ?")
    yield asked(text, "islamist", "events", "centre", "place", "mali")
    text = Both("Do the deaths that UCDP counts rise too?", "Les morts que recense l’UCDP augmentent-ils aussi ?")
    yield asked(text, "ucdp", "fatalities", "mali")
    text = Both("Are there more roadside bombs in the centre?", "Y a-t-il plus d’engins explosifs au centre ?")
    yield asked(text, "way-bombs", "events", "centre")
    text = Both("Do militant Islamists attack more civilians?", "Les islamistes attaquent-ils plus de civils ?")
    yield asked(text, "attacks-islamist", "events", "mali")
    text = Both("Is there more in the north than in the centre?", "Y en a-t-il plus au nord qu’au centre ?")
    yield asked(text, "islamist", "events", "north", "place", "centre")


def questions(report: Report) -> list[Question]:
    """Return ten questions about Mali that an edition can answer; fewer where a user's tables are short.

    Parameters
    ----------
    report : Report
        The edition.
    """
    found = []
    for one in _asked(report):
        try:
            check(report, one.state)
        except MaliError:
            continue
        found.append(one)
    return found[:10]
