"""What is said of files that are no whole export: every sentence of `months`, `sums`, `sides` and `completeness`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from helpers.windows import Window, month, month_name

Part = tuple[int, int, str]
"""Number held, number counted by a table, and what is counted."""


def listed(names: Sequence[str], word: str = "or") -> str:
    """Join names as a list."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {word} {names[-1]}"


def span(first: str, last: str) -> str:
    """Name months, as `in May 2022` or `from May 2022 to June 2022`."""
    first, last = (month_name(month(at)) for at in (first, last))
    return f"in {first}" if first == last else f"from {first} to {last}"


# --------------------------------------------------------------------------- months


def unended(covers: Window) -> str:
    """Say that months an owner names are not over."""
    return (
        f"--covers {covers.first}:{covers.last}: {month_name(covers.last)} is not over; expected months that the files hold "
        "whole. Say an earlier last month."
    )


def unheld(covers: Window, first: str, last: str, missed: float) -> str:
    """Say that files hold nothing in months that an owner says they hold whole."""
    first, last = (month_name(month(at)) for at in (first, last))
    return (
        f"--covers {covers.first}:{covers.last}: the files hold no event from {first} to {last}, where about {missed:.0f} were "
        "to be expected; expected months that they hold, since nothing is no zero. Say those, or add the export of the others."
    )


def stretch(first: str, last: str, missed: float) -> str:
    """Name days (`YYYY-MM-DD`) without an event, in part of a sentence."""
    first, last = (f"{int(at[8:])} {month_name(month(at[:7]))}" for at in (first, last))
    return f"from {first} to {last}, where about {missed:.0f} were to be expected"


def stretches(said: Sequence[str]) -> str:
    """Say that days seem to be missing; empty where none are."""
    more = f" and in {len(said) - 3} more stretches" if len(said) > 3 else ""
    return f"They hold no event {'; '.join(said[:3])}{more}: days seem to be missing." if said else ""


def quiet(name: str, here: int, usual: float) -> str:
    """Name a month of few events beside those before it, in part of a sentence."""
    one = "event" if here == 1 else "events"
    return f"{month_name(month(name))} holds {here} {one}, the months before it {usual:.0f} at the median"


def short(name: str, here: int, expected: float) -> str:
    """Name a month of few events beside what the totals lead to expect, in part of a sentence."""
    return f"{month_name(month(name))} holds {here} events, where {expected:.0f} were to be expected"


# --------------------------------------------------------------------------- sums


def amount(parts: Sequence[Part], whose: str) -> str:
    """Say what is held, and what a table counts."""
    mine, theirs = (" and ".join(f"{part[n]:,} {part[2]}" for part in parts) for n in (0, 1))
    return f"They hold {mine}; {whose} {theirs} in the same months"


def too_few(parts: Sequence[Part], whose: str) -> str:
    """Say that clearly less is held than a table counts."""
    mine = " and ".join(f"{here:,} of the {there:,} {name} ({here / max(there, 1):.0%})" for here, there, name in parts)
    return f"They hold {mine} that {whose} in the same months: figures from them are too low by what is missing."


def too_many(said: str) -> str:
    """Say that clearly more is held."""
    return f"{said}: some may be there twice or be spoiled, and figures from them are too high by as much."


def elsewhere(said: str, odd: Sequence[str]) -> str:
    """Say that the sums agree and months or regions do not."""
    return f"{said}, but {' and '.join(odd)} lie in another month or region: dates, regions or deaths may be spoiled."


def shares(parts: Sequence[Part]) -> str:
    """Say which shares are held, in part of a sentence."""
    held = " and ".join(f"{mine / max(theirs, 1):.0%} of the {name}" for mine, theirs, name in parts)
    return f"they hold {held} that ACLED's totals count in the same months"


def uneven(regions: Sequence[str]) -> str:
    """Say of which regions clearly fewer events are held; empty where of none."""
    if not regions:
        return ""
    return f"Clearly fewer events than of other regions are held of {listed(regions, 'and')}: some may be missing."


def astray(regions: Sequence[str]) -> str:
    """Say of which regions events lie in other months than are known; empty where of none."""
    if not regions:
        return ""
    return (
        f"Events of {listed(regions, 'and')} lie in another month than in the totals: their dates may be spoiled (day and "
        "month swapped?)."
    )


# --------------------------------------------------------------------------- what a filter took


def none_of(names: Sequence[str]) -> str:
    """Name kinds that are not there, in part of a sentence."""
    return f"no {listed(names)}"


def none_in(regions: Sequence[str]) -> str:
    """Name regions without an event, in part of a sentence."""
    return f"no event in {listed(regions)}"


def none_without(names: Sequence[str]) -> str:
    """Name what every event has, in part of a sentence."""
    return f"no event without {listed(names)}"


def _of_about(sides: Iterable[Part]) -> str:
    """List sides with the events that name them and those to be expected."""
    return listed([f"{name} ({found:,} of about {expected:,})" for found, expected, name in sides], "and")


def few_of(sides: Iterable[Part]) -> str:
    """Name sides of which far fewer events are held than expected, in part of a sentence."""
    return f"far fewer events than usual of {_of_about(sides)}"


def weekdays(days: Sequence[str], found: int, expected: float) -> str:
    """Name days of the week with hardly an event, in part of a sentence."""
    return f"they hardly hold an event on {listed(days)} ({found:,} of about {expected:,.0f})"


def monthdays(days: Sequence[int], found: int, expected: float) -> str:
    """Count days of the month with hardly an event, in part of a sentence."""
    which = f"day {days[0]} of the month" if len(days) == 1 else f"{len(days)} days of the month, as day {days[0]}"
    return f"they hardly hold an event on {which} ({found:,} of about {expected:,.0f})"


def capped(most: int, expected: float) -> str:
    """Say that no deadlier event is held, in part of a sentence."""
    of = "one death" if most == 1 else f"{most:,} deaths"
    return f"they hold no event of more than {of}, where {expected:,.0f} and more were to be expected"


def placed(name: str, where: str, found: int, expected: float) -> str:
    """Say that a side hardly stands in one of the two places, in part of a sentence."""
    return f"{name} hardly stand as the {where} actor ({found:,} of about {expected:,.0f})"


def sample(share: float) -> str:
    """Say that about the same part of everything is held."""
    return (
        f"They hold about the same part ({share:.0%}) of every month, region, kind and side: a sample, as every second row, "
        "leaves such a part."
    )


def unnamed(sides: Sequence[Part]) -> str:
    """Name sides that are hardly named, in part of a sentence."""
    return f"they hardly name {_of_about(sides)}"


def empty(cercles: Sequence[str], expected: int) -> str:
    """Name cercles without an event, in part of a sentence."""
    names = [*cercles[:5], f"{len(cercles) - 5} more"] if len(cercles) > 6 else cercles
    where = "cercle" if len(cercles) == 1 else "cercles"
    return f"they hold no event in the {where} of {listed(names, 'and')}, where about {expected:,} were to be expected"


def taken(said: Sequence[str], missing: int) -> str:
    """Say what is hardly there, and how many events are missing."""
    text = "; ".join(said)
    return (
        f"{text[:1].upper()}{text[1:]}, and {missing:,} events that the totals count are not there: a filter may have taken "
        "them away."
    )


# --------------------------------------------------------------------------- rows


def alike(count: int, number: int) -> str:
    """Say that events may be counted twice."""
    return (
        f"{count:,} of {number:,} events agree with another in date, kind, actors, place and deaths and have another number: "
        "the same events may be there twice, from two sources or under new numbers. Each is counted."
    )


def rounded(count: int, number: int) -> str:
    """Say that coordinates are rounded."""
    return (
        f"{count:,} of {number:,} events have coordinates of one decimal or none: distances to Bamako and figures by cell may "
        "be off by 11 km and more."
    )


def crowded(number: int, places: int) -> str:
    """Say that events lie at few places."""
    return (
        f"Their {number:,} events lie at {places:,} {'place' if places == 1 else 'places'}: distances to Bamako and figures by "
        "cell are those of these places, not of the events."
    )
