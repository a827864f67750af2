"""What the ledger says of sets of forecasts: their names, and which of them came nearer than the simplest rule."""

from __future__ import annotations

from typing import Any

import pandas as pd

from helpers import french as fr
from helpers import prose as p
from helpers.words import Both
from helpers.words.both import NOTHING, listing

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


def named(row: Any) -> Both:
    """Name a set of published forecasts as no other: who made it, for how many months."""
    kind = VARIANTS[row.variant]
    return Both(f"{row.model} ({kind.en})", f"{row.model} ({kind.fr})")


def verdict(live: pd.DataFrame) -> Both:
    """Say which sets of forecasts came nearer than the mean of the last twelve months, each by its name."""
    won, lost = ([named(x) for x in live.itertuples() if (x.mae < x.year) == better] for better in (True, False))
    mean = Both("the mean of the last twelve months", "la moyenne des douze derniers mois")
    if won:
        text = listing(won) + Both(" beat ", f" {'ont' if len(won) > 1 else 'a'} battu ") + mean
        if not lost:
            return text
        others = listing(lost)
        return text + Both(f", {others.en} did not", f", mais pas {others.fr}")
    en, dits = p.listing(x.en for x in lost), [x.fr for x in lost]
    if len(lost) == 1:
        return Both(f"{en} did not beat ", f"{dits[0]} n’a pas battu ") + mean
    if len(lost) == 2:
        return Both(f"Neither {en.replace(' and ', ' nor ')} beat ", f"Ni {' ni '.join(dits)} n’ont battu ") + mean
    return Both(f"None of {en} beat ", f"Aucune des séries {fr.listing(dits)} n’a battu ") + mean


def smaller(rows: list[Row]) -> Both:
    """Say how many of the sets with fewer forecasts, made beforehand too, came nearer than the same mean."""
    small = [(n, miss < base) for _, kind, n, miss, base in rows if kind in BEFOREHAND and n < ENOUGH]
    if not small:
        return NOTHING
    low, high = min(n for n, _ in small), max(n for n, _ in small)
    near, of = sum(nearer for _, nearer in small), len(small)
    size = (
        Both(p.count(low, "forecast"), fr.count(low, "prévision", feminine=True))
        if low == high
        else Both(
            f"{p.word(low)} to {p.count(high, 'forecast')}",
            f"{fr.word(low, feminine=True)} à {fr.count(high, 'prévision', feminine=True)}",
        )
    )
    did = fr.word(near, feminine=True) if near else "aucune"
    return Both(
        f"; of {p.count(of, 'smaller set')} ({size.en}) {p.none(near)} beat it",
        f" ; sur {fr.count(of, 'série plus courte', 'séries plus courtes', feminine=True)} ({size.fr}), {did} "
        f"{'l’ont battue' if near > 1 else 'l’a battue' if near else 'ne l’a battue'}",
    )
