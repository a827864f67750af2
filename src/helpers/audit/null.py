"""How much it means that some definition gives a published figure: its curve, and the same for other numbers.

With enough definitions to choose from, some will give almost any number near the natural value. So a figure's curve
(every distinct value, with the weight of the definitions that give it) is held against other numbers of the same
rounding: how many of those would have been "reproduced" too, and how many by as much weight.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from helpers import definitions as d
from helpers.audit import rule
from helpers.audit.published import Published

AXES: tuple[tuple[str, ...], ...] = (
    ("actors",),
    ("types",),
    ("place",),
    ("part",),
    ("counted",),
    ("method",),
    ("window", "before", "basis"),
)
"""Columns of a search that make one choice each; a window and the one it is compared with are one."""

REACH = (2 / 3, 3 / 2)
"""How far from the natural value the other numbers lie."""

SUPPORT = 0.5
"""Share of the other ways to make a choice that must give a figure; of every choice, to call it robust."""

TELLING = 0.1
"""Share of the other numbers that may do as well, at most, to call a figure that others than the natural give no luck."""

FEWEST = 5
"""Other numbers that there must be to tell luck from more."""

NAMES_FR: dict[str, str] = {
    "robust": "robuste",
    "fragile": "fragile",
    "rival": "rival",
    "undecided": "indécis",
    "weak match": "peu probant",
    "none": "sans définition exacte",
}
"""The levels' names in French."""

LEVELS_FR: dict[str, str] = {
    "robust": "La définition que suggère le texte donne le chiffre ; si l’on change un seul de ses choix, quel qu’il "
    "soit, au moins la moitié des autres possibilités le donnent encore.",
    "fragile": "La définition que suggère le texte donne le chiffre, mais pour un choix au moins, la plupart des autres "
    "possibilités ne le donnent pas : le chiffre tient à ce choix.",
    "rival": "La définition que suggère le texte ne le donne pas, mais d’autres le donnent, avec plus de poids qu’elles n’en donnent "
    "à neuf autres nombres voisins sur dix : le rapport a peut-être compté autrement qu’il ne le dit.",
    "undecided": "La définition que suggère le texte ne le donne pas et d’autres le donnent, mais il y a trop peu d’autres nombres "
    "voisins pour distinguer le hasard du reste.",
    "weak match": "La définition que suggère le texte ne le donne pas. D’autres le donnent, mais plus d’un autre nombre voisin "
    "sur dix aurait été obtenu aussi facilement : une concordance ne prouve pas grand-chose.",
    "none": "Aucune définition ne le donne.",
}
"""The same in French."""

LEVELS: dict[str, str] = {
    "robust": "The definition that the words suggest gives the figure; change any one of its choices, and at least half of the "
    "alternatives still give it.",
    "fragile": "The definition that the words suggest gives the figure, but for at least one choice most of the alternatives do not: "
    "the figure hangs on that choice.",
    "rival": "The definition that the words suggest misses it, but others give it, with more weight than they give to "
    "nine in ten other numbers as near: the report may have counted otherwise than it says.",
    "undecided": "The definition that the words suggest misses it and others give it, but there are too few other numbers as "
    "near to tell luck from more.",
    "weak match": "The definition that the words suggest misses it. Others give it, but more than one in ten other numbers as near "
    "would have been met as easily: a match proves little.",
    "none": "No definition gives it.",
}
"""How firmly a figure stands in its definition space, with the rule in words. Only figures given count, none nearly."""


def weights(found: pd.DataFrame) -> pd.Series:
    """Return the weight of each definition with a value: on every axis each choice weighs the same; together they make 1."""
    weight = pd.Series(1.0, index=found.index)
    for axis in AXES:
        columns = [column for column in axis if column in found]
        if columns:
            weight /= found.groupby(columns, sort=False)[columns[0]].transform("size")
    return weight / weight.sum()


def curve(found: pd.DataFrame) -> pd.DataFrame:
    """Return every distinct `value` (published unit) that the definitions give, lowest first, with its `weight` (sum 1).

    Definitions that give one value are one point; `definitions` counts them.
    """
    known = found.dropna(subset="value")
    known = known.assign(weight=weights(known), value=known["value"].round(6))
    table = known.groupby("value").agg(weight=("weight", "sum"), definitions=("weight", "size"))
    return table.reset_index()


def others(figure: Published, natural: float) -> list[float]:
    """Return the other numbers of a figure's rounding from two thirds to three halves of the natural value.

    Examples
    --------
    >>> others(Published("x", "equal", "events", 9), 8)
    [6.0, 7.0, 8.0, 10.0, 11.0, 12.0]
    """
    if figure.published is None or not natural > 0 or not math.isfinite(natural):
        return []
    step = 10.0**-figure.digits
    first, last = math.ceil(natural * REACH[0] / step - 1e-9), math.floor(natural * REACH[1] / step + 1e-9)
    own = d.round_half_up(figure.published, figure.digits)
    numbers = (d.round_half_up(k * step, figure.digits) for k in range(first, last + 1))
    return [number for number in numbers if number != own]


@dataclass(frozen=True)
class Null:
    """How a published figure compares with other numbers."""

    numbers: int
    """Other numbers tried."""
    reached: float
    """Share of them that at least one definition gives; missing where none can be tried."""
    as_well: float
    """Share of them that definitions of as much weight give as give the published figure; missing where none does."""
    weight: float
    """Weight of the definitions that give the published figure."""


def against_others(figure: Published, found: pd.DataFrame) -> Null:
    """Hold a figure against other numbers of the same rounding.

    `figure`: a bound ("more than 50 percent") has no other numbers: any lower one holds too. `found`: as `space.search`
    returns it, the natural definition first.
    """
    points = curve(found)
    heavy = points["weight"].to_numpy()
    # Other numbers of a rounding are held against the same values: each is rounded once.
    held = np.array([rule.held(figure, value) for value in points["value"]])

    def weight(one: Published) -> float:
        low, high = rule.ends(one)
        return float(heavy[(low <= held) & (held <= high)].sum())

    own = weight(figure)
    bound = math.isinf(rule.WORDINGS[figure.test].above)
    tried = [] if bound or found.empty else others(figure, float(found["value"].iloc[0]))
    if not tried:
        return Null(0, math.nan, math.nan, own)
    if not own:
        reached = [weight(replace(figure, published=number)) > 0 for number in tried]
        return Null(len(tried), float(np.mean(reached)), math.nan, own)
    theirs = np.array([weight(replace(figure, published=number)) for number in tried])
    return Null(len(tried), float((theirs > 0).mean()), float((theirs >= own - 1e-9).mean()), own)


def support(found: pd.DataFrame) -> pd.Series:
    """Return, for each choice that can be made otherwise, the share of the other ways to make it that give the figure.

    A share over all choices at once would let many like windows outvote every other answer to who counts. The natural
    definition stands first in `found`; the shares are by the first column of an axis (`AXES`).
    """
    known = found.dropna(subset="value")
    beside = known[known["choices"].eq(1)]
    axis = pd.Series("", index=beside.index)
    for columns in AXES:
        held = [column for column in columns if column in found]
        axis[beside[held].ne(found[held].iloc[0]).any(axis=1)] = columns[0]
    return beside["match"].groupby(axis).mean()


def level(found: pd.DataFrame, null: Null) -> str:
    """Return the level of a searched figure: one of `LEVELS`.

    Examples
    --------
    >>> level(pd.DataFrame({"choices": [0, 1, 1], "value": [9.0, 9.0, 4.0], "match": [True, True, False]}),
    ...       Null(6, 0.5, 0.2, 0.7))
    'robust'
    """
    known = found.dropna(subset="value")
    match = known["match"]
    if match[known["choices"].eq(0)].any():
        return "robust" if support(found).ge(SUPPORT).all() else "fragile"
    if not match.any():
        return "none"
    if null.numbers < FEWEST:
        return "undecided"
    return "rival" if null.as_well <= TELLING else "weak match"
