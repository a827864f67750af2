"""How many events and deaths files hold of those that the project's tables count in the same months."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from helpers.ingest import remarks
from helpers.ingest.chance import SURE, at_most

NEARLY = 0.9
"""Share of ACLED's totals that an export without a filter holds at least; the project's own hold 0.99 and more."""

UNEVEN = 0.8
"""Share of what the others lead to expect below which a region's events count as clearly fewer."""

APART = 0.08
"""Share of ACLED's events or deaths that may lie in another month or region than in the totals: in an export of July 2020,
before Menaka was coded throughout, 0.02 do; where day and month are swapped 0.1."""

ASTRAY = 0.05
"""The same of one region's events and months alone: exports of 2020 and 2025 have at most 0.047; where day and month are
swapped 0.04 to 0.4."""

FEW_ASTRAY = 5
"""Events of a region in another month from which the share counts: revisions move as many in any."""


def amount(held: pd.DataFrame, totals: pd.DataFrame, whose: str = "ACLED's totals through HDX count") -> str:
    """Say how many events and deaths files hold of those that a table counts in the same months; empty without any.

    `held`, `totals`: `month`, `region`, `events`, `fatalities`: of the files, and of the table. `whose`: the table,
    with its verb.
    """
    parts, held, known = _beside(held, totals)
    if not parts:
        return ""
    if _is_few(parts):
        return remarks.too_few(parts, whose)
    said = remarks.amount(parts, whose)
    if any(NEARLY * here > there + 1 for here, there, _ in parts):
        return remarks.too_many(said)
    gaps = zip(_apart(held, known), parts, strict=True)
    if odd := [f"{gap:,} {name}" for gap, (_, there, name) in gaps if gap > APART * there]:
        return remarks.elsewhere(said, odd)
    return f"{said}."


def few(held: pd.DataFrame, totals: pd.DataFrame) -> str:
    """Say that files hold too little of what the totals count for a published figure to be held against it; else empty.

    `held`, `totals`: as of `amount`.
    """
    parts, *_ = _beside(held, totals)
    if not parts or not _is_few(parts):
        return ""
    return remarks.shares(parts)


def _is_few(parts: Sequence[tuple[int, int, str]]) -> bool:
    return any(mine < NEARLY * theirs for mine, theirs, _ in parts)


def _beside(held: pd.DataFrame, totals: pd.DataFrame) -> tuple[list[tuple[int, int, str]], pd.DataFrame, pd.DataFrame]:
    """Return events and deaths held and counted in the months of both, with their names, and the rows of both."""
    known = totals[totals["month"].isin(held["month"])]
    held = held[held["month"].isin(known["month"])]
    names = (("events", "events"), ("fatalities", "deaths"))
    parts = [(int(held[key].sum()), int(known[key].sum()), name) for key, name in names]
    return (parts if parts[0][1] else []), held, known


def _apart(held: pd.DataFrame, known: pd.DataFrame) -> list[int]:
    """Return how many events and deaths would have to change month or region to be as they are known."""
    keys = ["month", "region"]
    both = [
        rows.assign(region=rows["region"].astype(str)).groupby(keys)[["events", "fatalities"]].sum()
        for rows in (held, known)
    ]
    gap = both[0].sub(both[1], fill_value=0).abs().sum() / 2
    return [int(gap["events"]), int(gap["fatalities"])]


def uneven(held: pd.DataFrame, totals: pd.DataFrame) -> str:
    """Say of which regions far fewer events are held than of the others; empty where of none.

    `held`, `totals`: `month`, `region`, `events`: of the files, and of the project's table.
    """
    known = totals[totals["month"].isin(held["month"])]
    mine, theirs = (rows.groupby(rows["region"].astype(str))["events"].sum() for rows in (held, known))
    shares = mine.reindex(theirs.index, fill_value=0) / theirs
    # Half of the events lie in regions of which no more than this share is held.
    order = shares.sort_values()
    usual = float(order[theirs[order.index].cumsum() >= theirs.sum() / 2].iloc[0]) if theirs.sum() else 0.0
    fewer = [
        f"{region} ({mine[region]:,} of {theirs[region]:,})"
        for region in theirs.index.intersection(mine.index)
        if mine[region] < UNEVEN * usual * theirs[region]
        and at_most(int(mine[region]), usual * float(theirs[region])) < SURE
    ]
    return remarks.uneven(fewer)


def astray(held: pd.DataFrame, totals: pd.DataFrame) -> str:
    """Say of which regions events lie in other months than the totals have them in; empty where of none.

    The sum over regions does not tell: what is spoiled in one is little of all.

    `held`, `totals`: `month`, `region`, `events`: of the files, and of the project's table.
    """
    known = totals[totals["month"].isin(held["month"])]
    held = held[held["month"].isin(known["month"])]
    mine, theirs = (rows.groupby([rows["region"].astype(str), "month"])["events"].sum() for rows in (held, known))
    gap = mine.sub(theirs, fill_value=0)
    # What is only missing has not moved: of two months one would hold more than is known.
    moved = pd.concat([gap.clip(lower=0), (-gap).clip(lower=0)], axis=1).groupby(level=0).sum().min(axis=1).astype(int)
    sums = theirs.groupby(level=0).sum()
    odd = [
        f"{region} ({count:,} of {sums[region]:,})"
        for region, count in moved.items()
        if count >= FEW_ASTRAY and count > ASTRAY * sums.get(region, 0)
    ]
    return remarks.astray(odd)
