"""ACLED events to tables by month, region and group.

Input are event files as ACLED or HDX gives them; output holds no event, no identifier, no note and
no single place and day (ACLED's terms forbid giving access to raw data).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from helpers import definitions as d
from helpers.errors import DataError
from helpers.geodesy import great_circle_km
from helpers.windows import half_of

NEEDED = ("event_id_cnty", "event_date", "event_type", "actor1", "admin1", "latitude", "longitude", "fatalities")

# ACLED spells the regions in several ways over its vintages; Taoudenit lies inside Tombouctou in all tables.
REGION_SPELLINGS = {
    "Ménaka": "Menaka", "Ségou": "Segou", "Timbuktu": "Tombouctou", "Taoudenit": "Tombouctou",
    "Taoudenni": "Tombouctou", "Taoudénit": "Tombouctou", "Koulikouro": "Koulikoro",
}  # fmt: skip

# Mob violence and excessive force against protesters: what ACLED's political-violence aggregate
# counts besides the three violent event types.
OTHER_SUB_EVENTS = ("Mob violence", "Excessive force against protesters")

WAGNER_WORDS = re.compile(r"wagner|africa corps|russian (?:forces|mercenar|militar|paramilitar|soldiers)", re.I)
MACINA_WORDS = re.compile(r"katiba macina|macina liberation front|\bFLM\b", re.I)


def read_events(path: Path, first: str = "", last: str = "9999-12") -> pd.DataFrame:
    """Read a dyadic ACLED event file into one common form.

    Parameters
    ----------
    path : Path
        CSV with one row per event. A second line of HXL tags (older HDX exports) is dropped.
    first, last : str
        Months (`YYYY-MM`) to keep.

    Returns
    -------
    DataFrame
        `event_id` str, `date` datetime64, `event_type` str (one of `definitions.EVENT_TYPES`), `actor1`,
        `actor2` str (empty where absent), `region` str, `latitude`, `longitude` float (degrees),
        `fatalities` int, `mentions` str (forces the notes name: `wagner`, `macina`).
        Rows that are not political violence (protests, strategic developments) are left out.

    Raises
    ------
    DataError
        A needed column is missing, a region is unknown, or no event lies in the months asked for.
    """
    raw = pd.read_csv(path, dtype=str, keep_default_na=False)
    missing = [column for column in NEEDED if column not in raw]
    if missing:
        raise DataError(
            f"{path.name}: column {', '.join(missing)} is missing; expected an ACLED event export with "
            f"{', '.join(NEEDED)}. Export again with all columns."
        )
    if raw["event_id_cnty"].str.startswith("#").any() or raw["event_date"].str.startswith("#").any():
        raw = raw[~raw["event_date"].str.startswith("#")]
    raw = raw.assign(event_type=political_violence(raw)).dropna(subset=["event_type"])
    if raw["event_id_cnty"].duplicated().any():
        twice = raw.loc[raw["event_id_cnty"].duplicated(), "event_id_cnty"].iloc[0]
        raise DataError(f"{path.name}: event {twice} stands twice; expected one row per event (dyadic export).")
    region = raw["admin1"].replace(REGION_SPELLINGS)
    unknown = sorted(set(region) - set(d.REGIONS))
    if unknown:
        raise DataError(f"{path.name}: column admin1 holds {unknown[0]!r}; expected one of {', '.join(d.REGIONS)}.")
    frame = pd.DataFrame(
        {
            "event_id": raw["event_id_cnty"],
            "date": pd.to_datetime(raw["event_date"], format="ISO8601"),
            "event_type": raw["event_type"],
            "actor1": raw["actor1"],
            "actor2": raw.get("actor2", pd.Series("", index=raw.index)),
            "region": region,
            "latitude": raw["latitude"].astype(float),
            "longitude": raw["longitude"].astype(float),
            "fatalities": raw["fatalities"].astype(int),
            "mentions": mentions(raw),
        }
    )
    frame = frame[frame["date"].dt.strftime("%Y-%m").between(first, last)]
    if frame.empty:
        raise DataError(f"{path.name}: no political violence between {first} and {last}; expected at least one event.")
    return frame.sort_values(["date", "event_id"], ignore_index=True)


def political_violence(raw: pd.DataFrame) -> pd.Series:
    """Return the event type as `definitions.EVENT_TYPES`, missing where the row is not political violence."""
    kind = raw["event_type"].where(raw["event_type"].isin(d.EVENT_TYPES))
    if "sub_event_type" in raw:
        kind = kind.mask(raw["sub_event_type"].isin(OTHER_SUB_EVENTS), d.OTHER)
    return kind


def mentions(raw: pd.DataFrame) -> pd.Series:
    """Return which forces the notes name, as words separated by blanks: `wagner`, `macina`."""
    if "notes_mention" in raw:
        wagner = raw["notes_mention"].str.contains("wagner", regex=False)
        macina = raw["notes_mention"].str.contains("katiba macina", regex=False)
    elif "notes" in raw:
        wagner = raw["notes"].str.contains(WAGNER_WORDS)
        macina = raw["notes"].str.contains(MACINA_WORDS)
    else:
        return pd.Series("", index=raw.index)
    return (np.where(wagner, "wagner ", "") + pd.Series(np.where(macina, "macina", ""), index=raw.index)).str.strip()


def attribute(events: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Add month, groups, distance band and the two counts of Wagner and of Katiba Macina.

    Parameters
    ----------
    events : DataFrame
        As `read_events` returns it.

    Returns
    -------
    events : DataFrame
        With `month` (`YYYY-MM`), `side1`, `side2` (group ids), `band` (label of the distance band to Bamako),
        `wagner` and `flm`: `named` where the force is coded as an actor, `mentioned` where only the notes
        name it, `no` elsewhere.
    unknown : DataFrame
        `actor`, `events`: names no pattern fits. They are counted under `other`, never dropped.
    """
    month = pd.Series(np.datetime_as_string(events["date"].to_numpy("datetime64[M]")), index=events.index, dtype="str")
    sides = {}
    unknown: list[str] = []
    for side, actor in (("side1", "actor1"), ("side2", "actor2")):
        groups = [d.group_of(name, when) for name, when in zip(events[actor], month, strict=True)]
        unknown += [n for n, g in zip(events[actor], groups, strict=True) if g is None]
        sides[side] = ["other" if group is None else group for group in groups]
    km = great_circle_km(events["latitude"], events["longitude"], *d.BAMAKO)
    out = events.assign(
        month=month,
        **sides,
        band=pd.cut(km, [0, *d.BAMAKO_BANDS_KM, np.inf], labels=list(d.BAND_LABELS), include_lowest=True).astype(str),
    )
    for column, group, word in (("wagner", "wagner", "wagner"), ("flm", "flm", "macina")):
        named = out["side1"].eq(group) | out["side2"].eq(group)
        mentioned = out["mentions"].str.contains(word, regex=False)
        out[column] = np.select([named, mentioned], ["named", "mentioned"], "no")
    listed = pd.Series(unknown, dtype=str).value_counts().rename_axis("actor").reset_index(name="events")
    return out, listed


def actors_table(events: pd.DataFrame) -> pd.DataFrame:
    """Count events and fatalities by month, region, type, sides, band, Wagner and Katiba Macina.

    `events`: as `attribute` returns it. Returns the key columns, `events`, `fatalities` and `deadliest` (fatalities of
    the row's deadliest event, which the "without the largest event" figures need).
    """
    keys = ["month", "region", "event_type", "side1", "side2", "band", "wagner", "flm"]
    grouped = events.groupby(keys, observed=True)["fatalities"]
    return grouped.agg(events="size", fatalities="sum", deadliest="max").reset_index()


def is_mi(events: pd.DataFrame) -> pd.Series:
    """Tell which rows are militant Islamist events: a violent type with an MI group on either side."""
    sides = events["side1"].isin(d.MILITANT_ISLAMIST) | events["side2"].isin(d.MILITANT_ISLAMIST)
    return sides & events["event_type"].isin(d.VIOLENT)


def footprint_table(events: pd.DataFrame) -> pd.DataFrame:
    """Count militant Islamist events by half-year and 0.1-degree cell.

    Returns `half`, `south`, `west` (degrees, the cell's south-west corner), `mi_events`, `mi_civilian_events` (violence
    against civilians by an MI group), `jnim_events` and `is_events` (events with that group on either side).
    """
    mi = events[is_mi(events)]
    size = d.CELL_DEGREES

    def party(groups: Sequence[str]) -> pd.Series:
        return (mi["side1"].isin(groups) | mi["side2"].isin(groups)).astype(int)

    cells = pd.DataFrame(
        {
            "half": half_of(mi["month"]),
            "south": (np.floor(mi["latitude"] / size + 1e-9) * size).round(1),
            "west": (np.floor(mi["longitude"] / size + 1e-9) * size).round(1),
            "mi_events": 1,
            "mi_civilian_events": (mi["event_type"].eq(d.VAC) & mi["side1"].isin(d.MILITANT_ISLAMIST)).astype(int),
            "jnim_events": party(d.JNIM_WIDE),
            "is_events": party(["is-sahel"]),
        }
    )
    return cells.groupby(["half", "south", "west"], as_index=False).sum()
