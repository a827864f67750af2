"""The sides of the page on who acts against whom: their names, and the half-years that it follows them through."""

from __future__ import annotations

import re

import pandas as pd

from helpers import definitions as d
from helpers.editions import Report
from helpers.words.both import Both

LABELS = {
    "jnim": "JNIM",
    "is-sahel": "IS Sahel",
    "islamist": "Other militant Islamists",
    "state": "State forces",
    "wagner": "Wagner",
    "militia": "Militias",
    "separatist": "Separatists",
    "international": "Foreign forces",
    "unidentified": "Unidentified",
    "civilians": "Civilians",
    "neutral": "Others or nobody named",
}
"""Sides as charts name them; Katiba Macina stands with JNIM, northern pro-government groups with militias."""

INSIDE = LABELS | {
    "islamist": "other militant Islamists",
    "state": "state forces",
    "militia": "militias",
    "separatist": "separatists",
    "international": "foreign forces",
    "unidentified": "unidentified groups",
    "civilians": "civilians",
}
"""The same inside a sentence."""

SHORT = LABELS | {
    "is-sahel": "IS",
    "islamist": "Other MI",
    "state": "State",
    "separatist": "Separatists",
    "international": "Foreign",
    "unidentified": "Unknown",
}
"""Sides as the columns of a grid name them, where every label must fit."""

FRENCH = {
    "jnim": "le GSIM",
    "is-sahel": "l’État islamique au Sahel",
    "islamist": "d’autres groupes islamistes armés",
    "state": "les forces de l’État",
    "wagner": "Wagner",
    "militia": "les milices",
    "separatist": "les séparatistes",
    "international": "les forces étrangères",
    "unidentified": "des groupes non identifiés",
    "civilians": "les civils",
}

FIRST = "2017-01"

_HALF = re.compile(r"\d{4}H[12]")

LEAST = 20
"""Acts of a side that a point of a line over time, or a place in a title, needs at least."""
SIDE_NOTE = Both(
    "The acting side is the one that the source lists first; in battles that is not always the attacker.",
    "Le camp agissant est celui que la source cite en premier ; dans un combat, ce n’est pas toujours l’assaillant.",
)
CIVILIANS_NOTE = Both(
    "Acts against civilians include air strikes and bombs, which the type “violence against civilians” leaves out.",
    "Les actes contre des civils comprennent les frappes aériennes et les bombes, que le type « violences contre les civils » laisse "
    "de côté.",
)
DEATHS_NOTE = Both(
    "Deaths are those of both sides and of bystanders: the source gives one number an event.",
    "Les morts sont ceux des deux camps et des passants : la source donne un seul nombre par événement.",
)


def halves_of(r: Report) -> list[str]:
    """Return the half-years that the page follows, complete or not."""
    return [f"{y}H{n}" for y in range(int(FIRST[:4]), r.as_of.year + 1) for n in (1, 2) if f"{y}H{n}" <= r.half]


def marks_of(r: Report) -> dict[str, str]:
    """Return the turning points that an edition knows of."""
    known = {d.COUP_2020: ("2020H2", "coup"), d.WAGNER_ARRIVAL: ("2021H2", "Wagner")}
    return dict(mark for when, mark in known.items() if str(r.as_of) >= when)


def upper(text: str) -> str:
    """Return the text with a capital first letter."""
    return text[0].upper() + text[1:]


def plain_halves(text: str) -> str:
    """Write `2023H1` as `the first half of 2023`."""
    for name in _HALF.findall(text):
        text = text.replace(name, f"the {'first' if name.endswith('1') else 'second'} half of {name[:4]}")
    return text


def mots_halves(text: str) -> str:
    """Write `1er semestre` and `2e semestre` out in words, as the English sentence does."""
    return text.replace("1er semestre", "premier semestre").replace("2e semestre", "second semestre")


def both_ways(cells: pd.DataFrame, one: str, other: str, value: str) -> list[tuple[str, str, int]]:
    """Return pairs of sides with the sum of their two cells, the largest first.

    In a battle the record's first side need not be the attacker: which pair comes first cannot hang on the order in a row.

    Parameters
    ----------
    cells : DataFrame
        A row for each first and other side.
    one, other, value : str
        Columns of the sides and of the counts.

    Returns
    -------
    list of tuple
        The side that comes first in the larger of the cells, the other, and the sum.
    """
    ranked = cells.sort_values([value, one, other], ascending=[False, True, True])
    sums: dict[tuple[str, str], int] = {}
    for first, second, count in ranked[[one, other, value]].itertuples(index=False):
        key = (second, first) if (second, first) in sums else (first, second)
        sums[key] = sums.get(key, 0) + int(count)
    return sorted(((*pair, count) for pair, count in sums.items()), key=lambda row: -row[2])
