"""The rule by which a published figure is judged: one table of words, fixed before any figure was computed.

Each way in which a report gives a figure ("20 percent", "about 40 percent", "nearly five times", "two thirds") is read
as a band, the same for every statement and for every other reading of it. What is known of revisions widens the band
by a measured share, again for every reading. The method page prints these tables; nothing else decides a verdict.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from helpers import definitions as d

if TYPE_CHECKING:
    from helpers.audit.published import Published

ROOM = 0.10
"""Share of a figure that a word such as "about" or "nearly" leaves; our convention, the same for all words."""


@dataclass(frozen=True)
class Wording:
    """How one way of giving a figure is read."""

    said: str
    said_fr: str
    """Words as a report would use them."""
    band: str
    band_fr: str
    """The band, in words."""
    below: float
    above: float
    """Room under and over the figure, as a share of it; infinite for none, 0 for rounding alone."""
    words: str = ""
    words_fr: str = ""
    """What stands before the number where a page prints the figure."""


WORDINGS: dict[str, Wording] = {
    "equal": Wording(
        "a plain number: nine events, 20 percent",
        "un nombre sans réserve : neuf événements, 20 %",
        "equal after rounding to the digits that were published",
        "égal après arrondi aux chiffres publiés",
        0,
        0,
    ),
    "about": Wording(
        "about, roughly, approximately",
        "environ, à peu près",
        "from a tenth below to a tenth above",
        "d’un dixième au-dessous à un dixième au-dessus",
        ROOM,
        ROOM,
        "about ",
        "environ ",
    ),
    "fraction": Wording(
        "a fraction or a multiple in words: two thirds, tripling",
        "une fraction ou un multiple en mots : deux tiers, triplement",
        "as about: from a tenth below to a tenth above",
        "comme environ : d’un dixième au-dessous à un dixième au-dessus",
        ROOM,
        ROOM,
    ),
    "nearly": Wording(
        "nearly, almost",
        "près de, presque",
        "from a tenth below up to the figure, not above it",
        "d’un dixième au-dessous jusqu’au chiffre, sans le dépasser",
        ROOM,
        0,
        "nearly ",
        "près de ",
    ),
    "more": Wording(
        "more than, over, most, exceeds",
        "plus de, la plupart, dépasse",
        "above the figure",
        "au-dessus du chiffre",
        0,
        math.inf,
        "more than ",
        "plus de ",
    ),
    "least": Wording(
        "at least; dozens (24 or more)",
        "au moins ; des dizaines (24 ou plus)",
        "the figure or above it",
        "le chiffre ou plus",
        0,
        math.inf,
        "at least ",
        "au moins ",
    ),
    "true": Wording(
        "a statement without a number",
        "une affirmation sans nombre",
        "it holds, or it does not; the counts behind it are printed",
        "elle est vraie ou non ; les décomptes sont donnés",
        0,
        0,
    ),
}
"""Every way in which the reports give a figure, with the band it is read as."""

REVISIONS: dict[str, float] = {
    "events": d.VINTAGE_TOLERANCE,
    "share": 0.03,
    "documents": ROOM,
    "land and people": 0.0,
    "area": 0.0,
    "one export": 0.0,
}
"""How far beyond the band a figure may lie and still be close, by what it rests on.

Events: the seven months of 2020 held 287 militant Islamist events in the export of August 2020 and hold 310 today
(table `vintages`), eight percent more; attacks on civilians by them rose as far. Share: in the same months the share of
militant Islamist events among all moved by three percent of itself. A test holds both. Documents: sources round and convert,
so theirs are read as "about". Land and people are not revised; no table holds an area in two vintages; and an outcome
is counted in the same export as the year it is compared with: no room for any of these.
"""

SIDES: dict[str, str] = {
    "reproduced": "holds",
    "sourced": "holds",
    "borne out": "holds",
    "close": "holds",
    "direction only": "partly",
    "mixed": "partly",
    "not reproduced": "fails",
    "not borne out": "fails",
    "not measurable": "unknown",
    "unsettled": "unknown",
    "unsourced": "unknown",
    "open": "unknown",
    "evidence": "unknown",
}

SHADES: dict[str, str] = {
    "reproduced": "firm",
    "sourced": "firm",
    "borne out": "firm",
    "close": "near",
    "direction only": "partial",
    "mixed": "partial",
    "not reproduced": "missed",
    "not borne out": "missed",
}
"""Names in `palette.JUDGED` of the colours of verdicts, in charts and on boxes."""
"""On which side a verdict stands, the best first: what nobody else reports or no table holds is not false."""

MIXED = "mixed"

FACES: dict[str, tuple[str, str]] = {
    "reproduced": ("Holds", "Confirmé"),
    "close": ("Close", "Proche"),
    "direction only": ("Right way, wrong size", "Bonne direction, mauvaise ampleur"),
    "not reproduced": ("Does not hold", "Non confirmé"),
    "not measurable": ("Cannot be measured", "Non mesurable"),
    "borne out": ("Came true", "S’est réalisé"),
    "not borne out": ("Did not come true", "Ne s’est pas réalisé"),
    "unsettled": ("Not settled", "Non tranché"),
    "open": ("Open", "En suspens"),
    "sourced": ("Sourced", "Étayé par une source"),
    "unsourced": ("No other source", "Aucune autre source trouvée"),
    "evidence": ("Judgement", "Appréciation, non notée"),
    MIXED: ("Mixed", "En partie confirmé"),
    "": ("For later months", "Aux mois suivants"),
}
"""Verdicts as readers see them, in English and in French; the empty one is a projection at its own date."""

ORDERED = ("Right order, wrong size", "Bon ordre, mauvaise ampleur")
"""What "direction only" is called of a level that a report sets against another: alone it has no way."""


def part_face(verdict: str, figure: Published | None) -> tuple[str, str]:
    """Return the verdict on a part as readers see it, in English and in French.

    Examples
    --------
    >>> from helpers.audit.published import Published
    >>> part_face("direction only", Published("x", "equal", "events", 5, against="y"))[0]
    'Right order, wrong size'
    >>> part_face("direction only", Published("x", "equal", "percent", 20))[0]
    'Right way, wrong size'
    """
    return ORDERED if verdict == "direction only" and figure and figure.against else FACES[verdict]


def level(unit: str, value: float) -> float:
    """Return what a revision of counts moves: for a change of x percent the level it leads to, 100 + x.

    Examples
    --------
    >>> level("percent", 20), level("events", 20)
    (120.0, 20)
    """
    return value + 100.0 if unit == "percent" else value


def band(figure: Published) -> tuple[float, float]:
    """Return the values that give a published figure, both ends included, to the digits that the page prints.

    `figure`: a figure with a number.

    Examples
    --------
    >>> from helpers.audit.published import Published
    >>> band(Published("x", "nearly", "times", 5)), band(Published("x", "fraction", "share", 66.7))
    ((4.5, 5.0), (60.0, 73.0))
    >>> band(Published("x", "equal", "percent", 20)), band(Published("x", "more", "share", 50))
    ((19.5, 20.5), (50, inf))
    """
    assert figure.published is not None
    wording = WORDINGS[figure.test]
    if figure.test == "equal":
        half = 0.5 * 10.0**-figure.digits
        return figure.published - half, figure.published + half
    if math.isinf(wording.above):
        return figure.published, math.inf
    low, high = figure.published * (1 - wording.below), figure.published * (1 + wording.above)
    return d.round_half_up(low, figure.decimals), d.round_half_up(high, figure.decimals)


def held(figure: Published, value: float) -> float:
    """Return what a figure is held against, whatever its number: a value as the page prints it; under a bound, the value."""
    if figure.test == "true":
        return float(bool(value))
    if math.isinf(WORDINGS[figure.test].above):
        return value
    return d.round_half_up(value, figure.digits if figure.test == "equal" else figure.decimals)


def ends(figure: Published) -> tuple[float, float]:
    """Return the lowest and the highest value, as `held` returns it, that gives the published figure."""
    if figure.test == "true":
        return 1.0, 1.0
    assert figure.published is not None
    if figure.test == "equal":
        own = d.round_half_up(figure.published, figure.digits)
        return own, own
    low, high = band(figure)
    return math.nextafter(low, math.inf) if figure.test == "more" else low, high


def meets(figure: Published, value: float) -> bool:
    """Tell whether a value, in the published unit, gives the published figure.

    A figure read as a band is held against the value as the page prints it, so that a reader needs nothing else.
    """
    low, high = ends(figure)
    return low <= held(figure, value) <= high


def tolerance(figure: Published) -> float:
    """Return the share by which a figure may lie beyond its band and still be close."""
    if figure.rests == "events" and figure.unit == "share":
        return REVISIONS["share"]
    return REVISIONS[figure.rests]


def near(figure: Published, value: float) -> bool:
    """Tell whether a value lies within the measured revision of the band of a published figure."""
    room = tolerance(figure)
    if figure.test == "true" or figure.published is None or not room:
        return False
    low, high = (level(figure.unit, end) for end in band(figure))
    return low / (1 + room) <= level(figure.unit, value) <= high * (1 + room)


def near_but_for_export(figure: Published, value: float) -> bool:
    """Tell whether the room for revisions that what came of a projection does not get would have brought a value close."""
    return figure.rests == "one export" and near(replace(figure, rests="events"), value)


def whole(verdicts: Iterable[str]) -> str:
    """Return the verdict of a statement from those of its parts.

    Parts on one side (`SIDES`) give the weaker of their verdicts. Parts on different sides make it mixed where one of
    them holds; where none does, nothing of the statement is confirmed, and the weakest of the parts that could be
    judged decides.

    Examples
    --------
    >>> whole(["reproduced", "close"]), whole(["borne out", "not borne out"]), whole(["sourced", "unsourced"])
    ('close', 'mixed', 'mixed')
    >>> whole(["direction only", "unsettled"]), whole(["not measurable", "not reproduced"])
    ('direction only', 'not reproduced')
    """
    found = set(verdicts)
    if not found:
        return ""
    sides = {SIDES[name] for name in found}
    if len(sides) > 1 and "holds" in sides:
        return MIXED
    judged = {name for name in found if SIDES[name] != "unknown"} or found
    return max(judged, key=list(SIDES).index)
