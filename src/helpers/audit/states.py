"""Judge it yourself: every state of the choices behind a published figure, with its value and its verdict.

A figure has choices where the audit searches its definitions (`helpers.audit.choices.SPACES`) and there are at least
two: it is a number counted from the tables, and its words leave something open. Figures that a report gives together
(`choices.JOINT`) share their choices, since a definition must give them all. A state is one reading, taken alone, and
judged by the one rule (`helpers.audit.claims.judge`); the first is the book's.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from helpers.audit import claims, options, space
from helpers.audit.choices import JOINT, ONE_WINDOW, SPACES, Months, Space
from helpers.audit.questions import Answer, Quantity, Reading
from helpers.data import Tables
from helpers.editions import Report
from helpers.errors import NotInData
from helpers.words import NOTHING, Both

BOOK, SAME, TOGETHER = -1, -2, -3
"""Why a state's figure is what it is, where no one choice moved it: it is the book's own reading; the figure is the
same; only several choices together move it. Else the place of the choice that moved it most."""


@dataclass(frozen=True)
class Choice:
    """Something that the words of a statement leave open."""

    name: str
    """A key of `options.LABELS`."""
    keys: tuple[str, ...]
    """Its options, the book's first; they stand in addresses."""
    words: tuple[Both, ...]
    """The options as they stand in the sentence."""


@dataclass(frozen=True)
class State:
    """One figure in one state."""

    value: float
    """In the published unit; missing where this reading gives none (a ratio to nothing)."""
    verdict: str
    """What the rule says of this reading alone; empty where there is no value."""
    gives: bool
    """It gives the published figure."""
    low: float
    high: float
    """The values that one more choice makes of it, and itself; missing where there are none."""
    moved: int
    """Place of the choice that, made alone in the book's reading, moves the figure most among those made here; or
    `BOOK`, `SAME`, `TOGETHER`."""


@dataclass(frozen=True)
class Part:
    """A figure of a statement in every state of its choices."""

    figure: claims.Published
    verdict: str
    """The box's own, over all readings of the words."""
    states: tuple[State, ...]
    """In the order of the product of the choices, the last of them fastest."""


@dataclass(frozen=True)
class Group:
    """Figures that share their choices, and the sentence in which these stand."""

    choices: tuple[Choice, ...]
    parts: tuple[Part, ...]
    pieces: tuple[Both | int | str, ...]
    """The sentence: words, the place of a choice, or a sign."""
    acting: bool
    """Attacks on civilians are among the choices, and count where the group acts."""


def spaces_of(claim_id: str) -> list[tuple[Space, ...]]:
    """Return the searches of a claim, those that share their choices together; those without a choice are left out."""
    found = [one for one in SPACES if one.claim == claim_id]
    together = [tuple(found)] if claim_id in JOINT else [(one,) for one in found]
    return [row for row in together if _axes(row)]


def offered(result: claims.Result) -> bool:
    """Tell whether the box of a claim has choices: a figure of its own date is counted in more than one way."""
    counted = {row.figure.quantity for row in result.rows if row.figure and row.computed is not None}
    return any(one.figure in counted for row in spaces_of(result.claim.id) for one in row)


def _given(row: tuple[Space, ...], name: str, methods: list[tuple[str, float]]) -> list[Any]:
    """Return the options of a choice, the natural first; months that no figure tells apart are one."""
    if name == "method":
        return methods
    if name == "months":
        first: dict[Any, Months] = {}
        for when in row[0].windows:
            first.setdefault(_window(row, when), when)
        return list(first.values())
    given = [list(getattr(one, name)) for one in row]
    return max(given, key=len)


def _window(row: tuple[Space, ...], months: Months) -> tuple[Any, ...]:
    if all(one.measure in ONE_WINDOW for one in row):
        return (months.now,)
    return months.now, months.before, months.per_month


def _axes(row: tuple[Space, ...], methods: list[tuple[str, float]] | None = None) -> dict[str, list[Any]]:
    """Return the choices with more than one option, in the order of the sentence."""
    every = {name: _given(row, name, methods or [("", 0.0)]) for name in options.LABELS}
    return {name: given for name, given in every.items() if len(given) > 1}


def _key(name: str, value: Any) -> str:
    if name == "months":
        return "_".join(filter(None, (value.now, value.before, "m" * value.per_month)))
    if name == "method":
        return f"{value[0]}-{value[1]:g}"
    return str(value).replace(" ", "")


def _pieces(row: tuple[Space, ...], axes: dict[str, list[Any]]) -> Iterator[Both | int | str]:
    """Return the sentence of a group: a choice by its place, what is fixed in words, a sign as it is."""
    order, space_before = list(axes), False
    # Figures that share a sentence are named one by one below it.
    measure = row[0].measure if len(row) == 1 or row[0].measure != "pace" else "count"
    for piece in options.sentence(measure):
        if piece == " ":
            space_before = True
            continue
        given = order.index(piece) if piece in axes else _fixed(row, piece) if piece in options.LABELS else piece
        if given is None:
            continue
        if space_before and given != ".":
            yield " "
        space_before = False
        yield given


def _fixed(row: tuple[Space, ...], name: str) -> Both | None:
    if name == "months":
        return options.option(name, row[0].windows[0], row)
    found = dict.fromkeys(getattr(one, name)[0] for one in row)
    words = [options.option(name, value, row) for value in found if value]
    return options.together(words) if words else None


def _definition(one: Space, picked: dict[str, Any]) -> space.Definition:
    """Return the definition of a figure in a state; a choice that its own search does not know leaves it as it is."""

    def taken(name: str) -> Any:
        own = getattr(one, name)
        return picked[name] if picked.get(name) in own else own[0]

    whole = space.Pick(taken("actors"), taken("types"), taken("place"))
    part = space.Pick(
        taken("part_actors") or whole.actors, taken("part_types") or whole.types, taken("part_place") or whole.place
    )
    method, size = picked.get("method", ("", 0.0))
    months = picked.get("months", one.windows[0])
    return space.Definition(months, whole, part, taken("counted"), method, size)


def _raw(counts: space.Counts, one: Space, picked: dict[str, Any]) -> float:
    try:
        return space.MEASURES[one.measure](counts, _definition(one, picked))
    except NotInData:
        return math.nan


def _verdict(claim: claims.Claim, figure: claims.Published, value: float, other: float | None) -> str:
    if math.isnan(value):
        return ""
    compared = None if other is None or math.isnan(other) else Quantity((Reading(NOTHING, other),))
    return claims.judge(claim, figure, Quantity((Reading(NOTHING, value),)), other=compared).verdict


def _moved(values: list[float], places: tuple[int, ...], index: Any, text: Any) -> int:
    """Return the choice that moves the figure most when made alone in the book's reading, or why there is none."""
    if not any(places):
        return BOOK
    here, book = values[index(places)], values[0]
    if text(here) == text(book):
        return SAME
    alone = {
        axis: abs(values[index(tuple(at * (axis == own) for own, at in enumerate(places)))] - book)
        for axis, at in enumerate(places)
        if at
    }
    # A choice that alone gives no figure at all tells nothing of how far.
    known = {axis: move for axis, move in alone.items() if move > 0}
    return max(known, key=lambda axis: known[axis]) if known else TOGETHER


def groups(claim_id: str, tables: Tables | None = None) -> tuple[Group, ...]:
    """Return the choices of a claim's box, with every state of them.

    Empty where the claim has no figure with choices, or the tables hold none.

    Examples
    --------
    >>> one = groups("R23-06")[0]
    >>> [choice.name for choice in one.choices], one.parts[0].states[0].value
    (['types', 'actors', 'place', 'months'], 21.0)
    """
    result = claims.evaluate(claim_id, tables)
    if not offered(result):
        return ()
    report = Report(result.claim.made_in, tables)
    counts = space.Counts(report)
    return tuple(_group(row, result, counts) for row in spaces_of(claim_id))


def _group(row: tuple[Space, ...], result: claims.Result, counts: space.Counts) -> Group:
    axes = _axes(row, space.methods_of(row[0], counts.report))
    choices = tuple(
        Choice(
            name,
            tuple(_key(name, value) for value in given),
            tuple(options.option(name, value, row) for value in given),
        )
        for name, given in axes.items()
    )
    picks = [dict(zip(axes, values, strict=True)) for values in product(*axes.values())]
    raws = {one.figure: [_raw(counts, one, picked) for picked in picks] for one in row}
    verdicts = {entry.figure.quantity: entry.verdict for entry in result.rows if entry.figure}
    sizes = [len(given) for given in axes.values()]
    parts = tuple(
        Part(figure, verdicts[figure.quantity], tuple(_states(result, figure, raws, sizes)))
        for figure in (result.claim.figure(one.figure) for one in row)
    )
    kinds = {value for one in row for value in one.types}
    acting = bool(kinds & {"vac", "hit"}) and row[0].actors[0] in space.GROUPS
    return Group(choices, parts, tuple(_pieces(row, axes)), acting)


def _states(
    result: claims.Result, figure: claims.Published, raws: dict[str, list[float]], sizes: list[int]
) -> Iterator[State]:
    steps = [math.prod(sizes[place + 1 :]) for place in range(len(sizes))]

    def index(places: tuple[int, ...]) -> int:
        return sum(at * step for at, step in zip(places, steps, strict=True))

    values = [figure.convert(raw) for raw in raws[figure.quantity]]
    book = _book(result.answer, figure.against)
    others: Sequence[float | None] = raws.get(figure.against) or [book] * len(values)
    for number, places in enumerate(product(*map(range, sizes))):
        beside = {
            values[number + (to - at) * step]
            for at, size, step in zip(places, sizes, steps, strict=True)
            for to in range(size)
        }
        near = [value for value in beside if not math.isnan(value)] or [math.nan]
        value = values[number]
        yield State(
            value,
            _verdict(result.claim, figure, raws[figure.quantity][number], others[number]),
            not math.isnan(value) and claims.meets(figure, value),
            min(near),
            max(near),
            _moved(values, places, index, figure.number),
        )


def _book(answer: Answer | None, quantity: str) -> float | None:
    found = answer.quantities.get(quantity) if answer else None
    return found.value if found else None
