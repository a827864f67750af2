"""What the ledger says of sets of forecasts: their names, and how many of them came nearer than the simplest rule."""

from __future__ import annotations

from typing import Any

import pandas as pd

from helpers import french as fr
from helpers import prose as p
from helpers.measures.foreseen import SERIES
from helpers.page.frame import Key
from helpers.windows import month, window
from helpers.words import Both
from helpers.words.both import NOTHING
from helpers.words.names import day as day

BEFOREHAND = ("live", "report")
"""Kinds of forecast made before their months."""
Row = tuple[Both, str, int, float, float]
"""Who forecast what, the kind, how many forecasts, their mean miss, and that of the mean of twelve months."""
VARIANTS = {
    "by month": Both("by month", "par mois"),
    "by year": Both("a whole year", "une année entière"),
    "six months": Both("six months", "six mois"),
    "twelve months": Both("twelve months", "douze mois"),
}
ENOUGH = 12
"""Forecasts of a month that a comparison in the answer needs at least."""


def span(first: str, last: str) -> Both:
    """Return the months of a forecast in words."""
    when = window(first, last)
    return Both(when.label.replace("-", " to ", 1) if first[:4] == last[:4] else when.label, fr.label(when))


def ended(row: pd.Series) -> tuple[str, str] | None:
    """Return the first and the last of a forecast's months that were over on the day it was made; None where none was."""
    last = min(row["last"], str(month(row["made_on"][:7]) - 1))
    return (row["first"], last) if row["first"] <= last else None


def over_by_then(row: pd.Series) -> Both:
    """Name the months that were over when a forecast was made, without their year where all are of one; nothing where none was."""
    past = ended(row)
    if past is None:
        return NOTHING
    year = f" {past[1][:4]}" if row["first"][:4] == row["last"][:4] else ""
    return span(*past).each(lambda text: text.removesuffix(year))


def uncounted(row: pd.Series) -> Both:
    """Say which months of a forecast were over, and not yet counted, when the forecast was made; nothing where none was.

    Examples
    --------
    >>> row = {"first": "2026-06", "last": "2026-11", "made_on": "2026-11-26"}
    >>> uncounted(row).en, uncounted(row | {"made_on": "2026-06-30"}).en
    (', of which June to October were over, and not yet counted, when the forecast was made', '')
    >>> uncounted(row | {"made_on": "2026-07-02"}).fr
    ', dont juin, déjà passé mais pas encore compté quand la prévision a été faite'
    """
    past, when = ended(row), over_by_then(row)
    if past is None:
        return NOTHING
    if past[1] == row["last"]:
        return Both(
            ", all of them over, and not yet counted, when the forecast was made",
            ", tous passés mais pas encore comptés quand la prévision a été faite",
        )
    one = past[0] == past[1]
    return Both(
        f", of which {when.en} {'was' if one else 'were'} over, and not yet counted, when the forecast was made",
        f", dont {when.fr}, déjà {'passé' if one else 'passés'} mais pas encore {'compté' if one else 'comptés'} quand la prévision a été faite",
    )


def of_all(n: int, of: int, one: str, many: str) -> Both:
    """Name a part of a few, as a subject; in French feminine and with the same nouns: `neither of two projections`.

    Examples
    --------
    >>> of_all(0, 2, "projection", "projections").en, of_all(0, 2, "projection", "projections").fr
    ('neither of two projections', 'aucune des deux projections')
    >>> of_all(2, 2, "projection", "projections").en, of_all(1, 3, "projection", "projections").fr
    ('both projections', 'une projection sur trois')
    """
    said = p.of_all(n, of, one, many)
    if of == n > 1:
        return Both(said, f"les {fr.word(of)} {many}")
    dit = f"{fr.word(n, feminine=True)} {many if n > 1 else one} sur {fr.word(of, feminine=True)}"
    if not n:
        dit = f"aucune des {fr.word(of)} {many}" if of > 1 else f"aucune {one} sur une"
    return Both(said, dit)


def named(row: Any) -> Both:
    """Name a set of published forecasts as no other: who made it, for how many months."""
    kind = VARIANTS[row.variant]
    return Both(f"{row.model} ({kind.en})", f"{row.model} ({kind.fr})")


def verdict(live: pd.DataFrame) -> Both:
    """Say how many sets of forecasts made beforehand came nearer than the mean of the last twelve months, and how many are short.

    `live`: with `mae`, `year` and `p`, which a set with too few vintages to tell skill from luck lacks.
    """
    won, of = int((live["mae"] < live["year"]).sum()), len(live)
    noun = "{} of published forecasts"
    who = of_all(won, of, noun.format("set"), noun.format("sets")).en
    qui = of_all(won, of, "série de prévisions publiées", "séries de prévisions publiées").fr
    if of == 1:
        who, qui = f"the {noun.format('set')}", "la série de prévisions publiées"
    beat = "did not beat" if of == 1 and not won else "beat"
    fait = ("ont" if won > 1 else "a") if won else "n’a pas" if of == 1 else "n’a"
    few = int(live["p"].isna().sum())
    tail = NOTHING
    if few:
        luck = Both("too short to tell skill from luck", "pour distinguer l’habileté du hasard")
        one = Both(f", one of them {luck.en}", f", dont une trop courte {luck.fr}")
        some = Both(f", {p.word(few)} of them {luck.en}", f", dont {fr.word(few)} trop courtes {luck.fr}")
        en = "it is" if of == 1 else "both" if of == 2 else "all"
        elle = "elle est trop courte" if of == 1 else f"{'toutes deux' if of == 2 else 'toutes'} sont trop courtes"
        every = Both(f"; {en} {luck.en}", f" ; {elle} {luck.fr}")
        tail = every if few == of else one if few == 1 else some
    return (
        Both(
            f"{who} {beat} the mean of the last twelve months",
            f"{qui} {fait} fait mieux que la moyenne des douze derniers mois",
        ).upper()
        + tail
    )


def smaller(rows: list[Row]) -> Both:
    """Say how many of the sets with fewer forecasts, made beforehand too, came nearer than the same mean."""
    small = [miss < base for _, kind, n, miss, base in rows if kind in BEFOREHAND and n < ENOUGH]
    if not small:
        return NOTHING
    near, of = sum(small), len(small)
    did = "les deux" if near == of == 2 else fr.word(near, feminine=True)
    fait = "ont" if near > 1 else "a" if near else "n’a"
    beat = {0: "neither", 2: "both"}.get(near, p.none(near)) if of == 2 else p.none(near)
    return Both(
        f"; of {p.count(of, 'smaller set')}, {beat} did",
        f" ; sur {fr.count(of, 'série plus petite', 'séries plus petites', feminine=True)}, {did} {fait} fait mieux",
    )


def standing_key(series: str, row: pd.Series) -> Key:
    """Return the key figure of a standing forecast: what is forecast, for when, and when it was made."""
    when = span(row["first"], row["last"])
    made, past = day(row["made_on"]), over_by_then(row)
    then = (
        Both(f" ({past.en} over, not yet counted)", f" ({past.fr} : déjà passés, pas encore comptés)")
        if past.en
        else NOTHING
    )
    return Key(
        Both(p.number(row["value"]), fr.number(row["value"])),
        Both(
            f"{SERIES[series].short.en} forecast for {when.en}", f"{SERIES[series].short.fr} : prévision pour {when.fr}"
        ),
        Both(
            f"made on {made.en}{then.en}; {p.spread(row['low'], row['high'])}",
            f"faite le {made.fr}{then.fr} ; {fr.spread(row['low'], row['high'])}",
        ),
        subject=Both(
            f"This book’s forecast of {SERIES[series].short.en} in Mali for {when.en}",
            f"Prévision de ce livre : {SERIES[series].short.fr}, au Mali, pour {when.fr}",
        ),
    )
