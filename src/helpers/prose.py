"""Sentences made from numbers: the verb, the comparison and the superlative are chosen here, never typed."""

from __future__ import annotations

import math
from collections.abc import Iterable

import pandas as pd

from helpers.definitions import CERCLE_NAMES, REGION_NAMES, SMALL_COUNT, ZONE_LABELS, round_half_up
from helpers.errors import NotInData

_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def number(value: float, digits: int = 0) -> str:
    """Write a number as readers expect: thousands separated, halves rounded up.

    Examples
    --------
    >>> number(1234.5), number(0.125, 2), number(-3)
    ('1,235', '0.13', '−3')
    """
    rounded = round_half_up(value, digits)
    text = f"{abs(rounded):,.{max(digits, 0)}f}"
    return f"−{text}" if rounded < 0 else text


def word(value: int) -> str:
    """Write a whole number, below ten in words.

    Examples
    --------
    >>> word(2), word(12)
    ('two', '12')
    """
    return _WORDS[value] if 0 <= value < len(_WORDS) else number(value)


def count(value: int, singular: str, plural: str | None = None) -> str:
    """Write a count with its noun, small counts in words.

    Examples
    --------
    >>> count(1, "event"), count(9, "death"), count(12, "event"), count(0, "event")
    ('one event', 'nine deaths', '12 events', 'no events')
    """
    return f"{word(value)} {singular if value == 1 else plural or singular + 's'}"


def percent(share: float, digits: int = 0) -> str:
    """Write a share of one as a percentage.

    Examples
    --------
    >>> percent(0.545), percent(0.054, 1)
    ('55 percent', '5.4 percent')
    """
    return f"{number(share * 100, digits)} percent"


def moved(now: float, before: float) -> str:
    """Choose the verb for a change and say by how much.

    Examples
    --------
    >>> moved(12, 10), moved(8, 10), moved(10, 10), moved(3, 0)
    ('rose by 20 percent', 'fell by 20 percent', 'did not change', 'rose from none')
    """
    if now == before:
        return "did not change"
    if before == 0:
        return "rose from none"
    step = percent(abs(now / before - 1), 0)
    if step == "0 percent":
        return "hardly changed"
    return f"{'rose' if now > before else 'fell'} by {step}"


def shift(now: int, before: int, when_now: str, when_before: str) -> str:
    """Say how a count moved between two windows; a percentage only where the base carries one.

    Examples
    --------
    >>> shift(108, 71, "2023", "2022")
    'rose by 52 percent, from 71 in 2022 to 108 in 2023'
    >>> shift(10, 1, "2023", "2022"), shift(0, 0, "2023", "2022")
    ('went from one in 2022 to 10 in 2023', 'did not change: none in 2022, none in 2023')
    """
    a, b = (word(value) if value else "none" for value in (before, now))
    if now == before:
        return f"did not change: {a} in {when_before}, {b} in {when_now}"
    if before < SMALL_COUNT or now == 0:
        return f"went from {a} in {when_before} to {b} in {when_now}"
    return f"{moved(now, before)}, from {a} in {when_before} to {b} in {when_now}"


def times(ratio: float) -> str:
    """Write a ratio.

    Raises `NotInData`: the count that the other is held against is zero, which only a user's own data can have.

    Examples
    --------
    >>> times(4.06), times(1.0), times(0.5)
    ('4.1 times', '1.0 times', '0.5 times')
    """
    if math.isinf(ratio):
        raise NotInData("they hold nothing to hold a count against: the other is zero.")
    return f"{number(ratio, 1)} times"


def more_or_fewer(now: float, before: float) -> str:
    """Return `more than`, `fewer than` or `as many as`."""
    return "as many as" if now == before else ("more than" if now > before else "fewer than")


def listing(items: Iterable[str]) -> str:
    """Join words as a list.

    Examples
    --------
    >>> listing(["a"]), listing(["a", "b"]), listing(["a", "b", "c"])
    ('a', 'a and b', 'a, b and c')
    """
    words = list(items)
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def spread(low: float, high: float, digits: int = 0, unit: str = "") -> str:
    """Write a range, or the one number where both ends round to it.

    Examples
    --------
    >>> spread(1, 3), spread(0.61, 0.64, 1), spread(3.2, 5.1, 1, " times")
    ('1 to 3', '0.6', '3.2 to 5.1 times')
    """
    a, b = number(low, digits), number(high, digits)
    return f"{a}{unit}" if a == b else f"{a} to {b}{unit}"


def apart(value: float, low: float, high: float) -> int:
    """Return the digits behind the point of a ratio or an end of its interval: more than one where 1.0 would hide a clear change.

    Examples
    --------
    >>> [apart(value, 1.03, 45.09) for value in (1.03, 5.71, 45.09)], apart(0.996, 0.4, 0.996), apart(1.02, 0.98, 1.02)
    ([2, 1, 1], 3, 1)
    """
    if low <= 1 <= high:
        return 1
    return next((digits for digits in (1, 2) if number(value, digits) != number(1, digits)), 3)


def clear_of_zero(ratio: float, low: float, high: float) -> int:
    """Return the digits behind the point of an end of an interval as a change in percent: some where 0 would hide a clear change.

    Examples
    --------
    >>> [clear_of_zero(end, 1.0049, 2.99) for end in (1.0049, 2.99)], clear_of_zero(0.9997, 0.4, 0.9997), clear_of_zero(1.0, 0.9, 1.0)
    ([1, 0], 2, 0)
    """
    if low <= 1 <= high:
        return 0
    return next((digits for digits in (0, 1) if number((ratio - 1) * 100, digits) != number(0, digits)), 2)


def sentence(text: str) -> str:
    """Return the text with a capital first letter and one full stop."""
    text = text.strip()
    text = text[0].upper() + text[1:]
    return text if text.endswith((".", "?", "!")) else f"{text}."


def region_name(region: str) -> str:
    """Return a region as readers see it (`Ménaka`)."""
    return REGION_NAMES.get(region, region)


def cercle_name(cercle: str) -> str:
    """Return a cercle as readers see it (`Ténenkou`)."""
    return CERCLE_NAMES.get(cercle, cercle)


def half_years(frame: pd.DataFrame) -> str:
    """Name the half-years a frame of `measures.series` covers, and say where the last one is incomplete."""
    months = int(frame["months"].iloc[-1])
    tail = "" if months == 6 else f" (the last one: {count(months, 'month')} only)"
    return f"half-years {frame['period'].iloc[0]} to {frame['period'].iloc[-1]}{tail}"


def zone_name(zone: str) -> str:
    """Return a zone as it stands inside a sentence (`northern Mali`)."""
    return ZONE_LABELS[zone][0].lower() + ZONE_LABELS[zone][1:]


def share_word(share: float) -> str:
    """Say where a share stands to one half.

    Examples
    --------
    >>> share_word(0.55), share_word(0.5), share_word(0.4)
    ('more than half', 'half', 'less than half')
    """
    rounded = round_half_up(share, 3)
    return "half" if rounded == 0.5 else ("more than half" if rounded > 0.5 else "less than half")


def none(value: int) -> str:
    """Write a count that stands without its noun.

    Examples
    --------
    >>> none(0), none(3), none(12)
    ('none', 'three', '12')
    """
    return word(value) if value else "none"


def of_all(n: int, of: int, noun: str = "", nouns: str | None = None) -> str:
    """Name a part of a few: `neither of two`, `both`, `all three`; with a noun where one is given.

    Examples
    --------
    >>> of_all(0, 2), of_all(0, 3), of_all(1, 2), of_all(2, 2, "projection"), of_all(3, 3, "series", "series")
    ('neither of two', 'none of three', 'one of two', 'both projections', 'all three series')
    """
    if of == n > 1:
        few = "both" if of == 2 else f"all {word(of)}"
    else:
        few = f"{'neither' if of == 2 and not n else none(n)} of {word(of)}"
    return f"{few} {noun if of == 1 else nouns or noun + 's'}" if noun else few


def incomplete(series: pd.DataFrame, months: int = 6) -> str:
    """Return the words for a last period that the edition does not fill; `series` as `measures.series` gives it."""
    return ", the last one incomplete" if series["months"].iloc[-1] < months else ""


def peak(values: pd.Series, noun: str = "event") -> str:
    """Say where columns by period peak and where they end; the index holds periods.

    Examples
    --------
    >>> peak(pd.Series([12, 3], ["2022Q1", "2022Q2"]))
    'the highest column is 2022Q1 with 12 events, the last, 2022Q2, has 3'
    """
    top, last = values.idxmax(), values.index[-1]
    most = count(int(values.max()), noun)
    if top == last:
        return f"the last column, {last}, is the highest with {most}"
    return f"the highest column is {top} with {most}, the last, {last}, has {number(values.iloc[-1])}"
