"""What a reader of an own question must know of what it counts: the notes under its answer, which `answer.js` gives too."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from helpers import definitions as d
from helpers import faces, french
from helpers.editions import Report
from helpers.errors import NotInData
from helpers.measures.measure import Measure
from helpers.story.junta_facts import entry
from helpers.windows import Window, month
from helpers.words import inside, names
from helpers.words.asking import WORDS, during, fill, spelled
from helpers.words.both import Both, joined

if TYPE_CHECKING:
    from helpers.story.explore import State

LEFT = "2025-06-06-wagner-says-it-leaves"
NARROW = ("wagner", "attacks-wagner")
"""What counts only events that name Wagner as an actor."""
WIDE = "wagner-wide"
OWN = Both("Own computation.", inside.SOURCES["Own computation."])


def provisional(report: Report, *sides: Measure) -> str:
    """Return the first provisional month of the tables of measures; empty where there is none."""
    return next(filter(None, (report.tables.reach_of(one.table).provisional_from for one in sides)), "")


def credited(lines: list[str], own: str) -> str:
    """Join source lines; that what is computed is our own stands once, behind the last.

    Examples
    --------
    >>> credited(["UCDP. Own computation.", "ACLED. Own computation."], OWN.en)
    'UCDP. ACLED. Own computation.'
    """
    lines = list(dict.fromkeys(filter(None, lines)))
    told = any(line.endswith(own) for line in lines)
    return " ".join(filter(None, [*(line.removesuffix(own).rstrip() for line in lines), own * told]))


def note(report: Report, what: str) -> Both | None:
    """Return what a reader must know of a measure in any months: what its table does not tell, or that its actor left."""
    if what.startswith("way-"):
        return joined([WORDS["ways"], names.UNEVEN.sentence() if what == "way-property" else None])
    left = entry(report, LEFT) if "wagner" in what or what.startswith("attacks-state") else None
    return fill(WORDS["left"], left=names.prose_month(month(left["date"][:7]))) if left is not None else None


def newest(report: Report, known: Mapping[str, Measure | NotInData]) -> str:
    """Return the last month that any measure of an edition holds, or in which Wagner is known to have left."""
    left = entry(report, LEFT)
    ends = [str(one.end) for one in known.values() if isinstance(one, Measure)]
    return max([*ends, *([left["date"][:7]] if left is not None else [])])


def _wagner(state: State, counted: Sequence[str], placed: Callable[[str], Measure]) -> list[Both]:
    """Say what the narrow count of Wagner leaves out, and where months lie before its arrival."""
    now, base = state.ordered
    said = []
    if any(what in NARROW for what in counted):
        said.append(WORDS["narrow"])
        narrow, wide = (placed(name) for name in ("wagner", WIDE))
        if wide.over(now) > narrow.over(now):
            said.append(WORDS["mentions"])
            # Only beside the same of the narrow count: its attacks on civilians are a part of its events.
            if "wagner" in counted:
                wide = wide.deaths if state.of == "fatalities" else wide
                words = {
                    "subject": wide.phrase,
                    "a": spelled(int(wide.over(now)), feminine=wide.feminine),
                    "during": during(now),
                }
                said.append(fill(WORDS["alone"], **words).each(french.upper))
    early = base or now
    if str(early.last) < d.WAGNER_ARRIVAL and any("wagner" in what for what in counted):
        arrival = names.prose_month(month(d.WAGNER_ARRIVAL))
        said.append(fill(WORDS["arrival"], span=names.span(early), arrival=arrival))
    return said


def notes(
    report: Report, state: State, shown: Window, sides: Sequence[Measure], placed: Callable[[str], Measure], last: str
) -> list[Both]:
    """Return the notes under an answer.

    Parameters
    ----------
    report : Report
        The edition.
    shown : Window
        Months of the chart.
    sides : sequence of Measure
        What is counted, one or two.
    placed : callable
        Gives a measure's events by its name, in the place of the state.
    last : str
        What `newest` returns.
    """
    counted = (state.what, state.other) if state.against == "group" else (state.what,)
    said = list(dict.fromkeys(one for what in counted if (one := note(report, what))))
    said += _wagner(state, counted, placed)
    end = min(one.end for one in sides)
    if str(end) < last:
        said.append(fill(WORDS["ends"], end=names.prose_month(end)))
    since, latest = provisional(report, *sides), shown.last if len(sides) > 1 else state.ordered[0].last
    if since and str(latest) >= since:
        said.append(fill(WORDS["provisional"], since=names.prose_month(month(since))))
    over = [one for one in faces.seams([one.table for one in sides], report) if shown.first < month(one) <= shown.last]
    if over:
        said.append(faces.seam_note(over))
    return said
