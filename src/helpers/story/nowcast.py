"""What militant Islamists have done since the last table by actor: estimated where the estimate was right before."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pandas as pd

from helpers import data
from helpers import definitions as d
from helpers import prose as p
from helpers.chapters import NotInEdition
from helpers.editions import Report
from helpers.errors import DataError
from helpers.estimates import nowcast
from helpers.figures import Table
from helpers.windows import Window, month

_LABEL = "An estimate, not a count: it enters no other figure, no audit and no record of this book."


@cache
def _made(folder: Path, actors_to: str, methods_to: str) -> pd.DataFrame:
    actors, methods = data.actors(folder), data.methods(folder)
    return nowcast.table(methods[methods["month"].le(methods_to)], actors[actors["month"].le(actors_to)])


def _table(r: Report) -> pd.DataFrame:
    try:
        return _made(r.data_dir, str(r.end("actors")), str(r.end("methods")))
    except DataError as error:
        raise NotInEdition(
            "The ways of fighting do not reach a year beyond the table by actor in this edition: there is nothing to estimate."
        ) from error


def _when(row: pd.Series) -> str:
    return Window(month(row["first"]), month(row["last"])).label


def _name(row: pd.Series) -> str:
    return f"{nowcast.MEASURES[row['measure']]}, {d.ZONE_LABELS[row['zone']]}"


def estimates(r: Report) -> Table:
    """Return the estimates that earned their place."""
    found = _table(r)
    chosen = found[~found["known"] & found["shown"]]
    if chosen.empty:
        raise NotInEdition("No estimate held in the stretches that were left out; none is shown.")
    before = found[found["known"]].groupby(["zone", "measure"]).tail(1).set_index(["zone", "measure"])
    frame = pd.DataFrame(
        {
            "Militant Islamist": [_name(row) for _, row in chosen.iterrows()],
            "Estimate": [p.number(x) for x in chosen["value"]],
            "Range": [p.spread(low, high) for low, high in zip(chosen["low"], chosen["high"], strict=True)],
            "Counted in the twelve months before": [
                p.number(before.at[(row["zone"], row["measure"]), "actual"]) for _, row in chosen.iterrows()
            ],
        }
    )
    return Table(
        title=f"Estimated, not counted: {_when(chosen.iloc[0])}",
        frame=frame,
        source=r.source("methods", "actors"),
        note=f"{_LABEL} Ranges aim to hold {p.percent(nowcast.LEVEL)} of outcomes. Only zones and measures are shown for which all that "
        "was left out was held as often as that.",
    )


def tried(r: Report) -> Table:
    """Return every stretch that was left out, with what was estimated and what was counted."""
    known = _table(r)[lambda x: x["known"]]
    frame = pd.DataFrame(
        {
            "Militant Islamist": [_name(row) for _, row in known.iterrows()],
            "Left out": [_when(row) for _, row in known.iterrows()],
            "Estimate": [p.number(x) for x in known["value"]],
            "Range": [p.spread(low, high) for low, high in zip(known["low"], known["high"], strict=True)],
            "Counted": [p.number(x) for x in known["actual"]],
            "In the range": known["low"]
            .le(known["actual"])
            .mul(known["actual"].le(known["high"]))
            .map({True: "yes", False: "no"}),
        }
    )
    return Table(
        title="The same estimate for twelve months that are known, each left out in turn",
        frame=frame,
        source=r.source("methods", "actors"),
        note=f"Ranges aim to hold {p.percent(nowcast.LEVEL)}. Fitted from {nowcast.FIRST} on, on all other months; the range comes from the "
        "errors that the remaining stretches would have had.",
    )


def words(r: Report) -> str:
    """Say what was tried, what held, and what is shown."""
    found = _table(r)
    known, ahead = found[found["known"]], found[~found["known"]]
    inside = known["low"].le(known["actual"]) & known["actual"].le(known["high"])
    kept, dropped = ahead[ahead["shown"]], ahead[~ahead["shown"]]
    text = (
        "ACLED's events by actor end in "
        f"{p.listing([Window(r.end('actors'), r.end('actors')).label])}; ways of fighting by region reach a year further. In each zone the "
        "militant Islamist part of each way was fitted on the months that are known by both, and four stretches of twelve months "
        f"were left out in turn: {int(inside.sum())} of {len(inside)} counts lay in ranges that aim to hold "
        f"{p.percent(nowcast.LEVEL)}."
    )
    names = [f"{nowcast.MEASURES[x.measure].lower()} in the {x.zone}" for x in kept.itertuples()]
    text += f" An estimate is shown for {p.listing(names)}" if names else " No estimate is shown"
    missed = [f"{nowcast.MEASURES[x.measure].lower()} in the {x.zone}" for x in dropped.itertuples()]
    text += f"; for {p.listing(missed)} the ranges held too few, and none is." if missed else "."
    far = [
        f"{nowcast.MEASURES[x.measure].lower()} in the {x.zone}"
        for x in kept.itertuples()
        if x.value > 1.5 * known[known["zone"].eq(x.zone) & known["measure"].eq(x.measure)]["actual"].max()
    ]
    if far:
        text += (
            f" That for {p.listing(far)} lies far beyond any twelve months it was tried on: if others than militant Islamists did more of "
            "what is counted than before, it is too high, and its range does not know it."
        )
    return text
