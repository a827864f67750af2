"""Sides and cercles of which a filter has left too little, or that stand in every event."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import shapely

from helpers import definitions as d
from helpers.ingest import remarks, traits
from helpers.ingest.chance import SURE, at_most
from helpers.ingest.traits import HALF
from helpers.windows import half_of


def few_of(events: pd.DataFrame, like: pd.DataFrame) -> list[str]:
    """Return the sides that far fewer events name than as many of the same months would, in part of a sentence.

    `events`, `like`: `side1`, `side2`: of the files, one row an event; the project's `actors`, with `events`.
    """
    few = []
    for side in ("jnim", "is-sahel", "state", "civilians"):
        names = d.JNIM_WIDE if side == "jnim" else (side,)
        mine, theirs = (rows["side1"].isin(names) | rows["side2"].isin(names) for rows in (events, like))
        expected, found = len(events) * float(like.loc[theirs, "events"].sum() / like["events"].sum()), int(mine.sum())
        if found < HALF * expected and at_most(found, expected) < SURE:
            few.append((found, round(expected), d.LABELS[side]))
    return [remarks.few_of(few)] if few else []


def in_common(events: pd.DataFrame) -> list[str]:
    """Return what all events have in common that no export without a filter has, in parts of a sentence.

    `events`: as `acled.attribute` returns it.
    """
    out = []
    deadly = events["fatalities"].gt(0)
    if deadly.all() or not deadly.any():
        out.append(f"no event {'without' if deadly.all() else 'with'} deaths")
    pair = {str(events["side1"].iloc[0]), str(events["side2"].iloc[0])} & set(d.LABELS)
    always = [side for side in sorted(pair) if (events["side1"].eq(side) | events["side2"].eq(side)).all()]
    if always:
        said = {"none": "no event with a second actor", "other": "no event without an actor whose name is unknown here"}
        named = [d.LABELS[side] for side in always if side not in said]
        return [
            *out,
            *(said[side] for side in always if side in said),
            *([remarks.none_without(named)] if named else []),
        ]
    if events["wagner"].ne("no").all():
        out.append(remarks.none_without(["Wagner"]))
    militant = events["side1"].isin(d.MILITANT_ISLAMIST) | events["side2"].isin(d.MILITANT_ISLAMIST)
    if militant.all() or not militant.any():
        out.append(f"no event {'without' if militant.all() else 'of'} militant Islamists")
    return out


_LOOKED_AT = (*d.JNIM_WIDE, "is-sahel", "state", "civilians", "none", "other")
"""Sides that `few_of` knows, and those that are none."""

_WAGNER = "Wagner, as an actor or in the notes"


def taken(events: pd.DataFrame, tables: dict[str, pd.DataFrame], cercles: dict[str, Any], *, notes: bool) -> str:
    """Say which sides and cercles are not there, where about as many events are missing; empty where none.

    A filter on groups, Wagner, places, days or deaths leaves every kind and region, so that the sum alone tells that
    some is missing. What it took is named where the project has events of it in the same months, so few had a chance
    below `SURE`, and the totals count at least half as many events more than the files hold: names that a coder changed
    take none away.

    Parameters
    ----------
    events : DataFrame
        As `acled.attribute` returns it.
    tables : dict of str to DataFrame
        The project's `totals`, `actors` and `cercle_halves`.
    cercles : dict
        The project's cercles, as GeoJSON.
    notes : bool
        Whether the files have notes: without them mentions of Wagner are missing anyway.
    """
    first, last = events["month"].min(), events["month"].max()
    like, totals = (rows[rows["month"].between(first, last)] for rows in (tables["actors"], tables["totals"]))
    missing = int(totals["events"].sum()) - int(events["month"].isin(totals["month"]).sum())
    if missing <= 0 or like.empty:
        return ""
    scale = len(events) / float(like["events"].sum())
    out = []
    for side, name in d.LABELS.items():
        if side in _LOOKED_AT or (side == "wagner" and notes):
            continue
        mine, theirs = (rows["side1"].eq(side) | rows["side2"].eq(side) for rows in (events, like))
        out.append((int(mine.sum()), scale * float(like.loc[theirs, "events"].sum()), name))
    if notes:
        theirs = float(like.loc[like["wagner"].ne("no"), "events"].sum())
        out.append((int(events["wagner"].ne("no").sum()), scale * theirs, _WAGNER))
    gone = [(found, round(expected), name) for found, expected, name in out if traits.scarce(found, expected, missing)]
    said = [remarks.unnamed(gone)] if gone else []
    empty, expected = _empty_cercles(events, tables["cercle_halves"], cercles)
    if empty and missing >= HALF * expected:
        said.append(remarks.empty(empty, round(expected)))
    said += traits.left(events, like, missing)
    return remarks.taken(said, missing) if said else traits.even(events, like)


def _empty_cercles(events: pd.DataFrame, halves: pd.DataFrame, cercles: dict[str, Any]) -> tuple[list[str], float]:
    """Return cercles without an event that as many events would not lack, and how many they would hold."""
    there = set(half_of(events["month"]))
    known = halves[halves["half"].isin(there)].groupby("cercle")["events"].sum()
    tree = shapely.STRtree([shapely.geometry.shape(one["geometry"]) for one in cercles["features"]])
    nearest = tree.nearest(shapely.points(events["longitude"], events["latitude"]))
    names = [str(one["properties"]["cercle"]) for one in cercles["features"]]
    held = {names[at] for at in set(nearest.tolist())}
    expected = len(events) * known / max(int(known.sum()), 1)
    empty = [str(name) for name in expected.index if name not in held and math.exp(-expected[name]) < SURE]
    return empty, float(expected[empty].sum())
