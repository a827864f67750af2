"""The UN's mission in Mali: who of it died, and where it stood."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import shapely

from helpers.errors import DataError
from helpers.ingest.ucdp import _read

MISSION = "MINUSMA"

# Geo-PKO's spellings against those of the tables of bases and places.
PLACES = {"Tombouctou (Timbuktu)": "Tombouctou", "Dyabali": "Diabaly", "Leré": "Léré", "Mopti/Sevare": "Mopti-Sévaré"}


def peacekeepers_table(fatalities: Path) -> pd.DataFrame:
    """Count members of MINUSMA who died by month of the incident and cause.

    `fatalities`: the UN's list of deaths in its peace operations, one row a person. Returns `month`, `cause` (as the UN
    classes it, lower case), `deaths`. Soldiers, police and civilians together.
    """
    raw = _read(fatalities, ("incident_date", "mission_acronym", "type_of_casualty", "type_of_incident"))
    ours = raw[raw["mission_acronym"].eq(MISSION) & raw["type_of_casualty"].eq("Fatality")]
    if ours.empty:
        raise DataError(f"{fatalities.name}: no row of {MISSION} in column mission_acronym.")
    frame = pd.DataFrame({"month": ours["incident_date"].str[:7], "cause": ours["type_of_incident"].str.lower()})
    return frame.groupby(["month", "cause"], as_index=False).size().rename(columns={"size": "deaths"})


def bases_table(front: Path, cercles: pd.DataFrame) -> pd.DataFrame:
    """Return the places where MINUSMA had troops, by year.

    Parameters
    ----------
    front : Path
        Geo-PKO's places by mission and year; several observations a year, without months.
    cercles : DataFrame
        As `boundaries.read_cercles` returns it; gives the region.

    Returns
    -------
    DataFrame
        `year`, `place`, `region`, `latitude`, `longitude` (degrees), `observations` (rows of the source; strengths
        repeat in them and are left out).
    """
    raw = _read(front, ("mission", "year", "location", "latitude", "longitude"))
    ours = raw[raw["mission"].eq(MISSION)]
    if ours.empty:
        raise DataError(f"{front.name}: no row of {MISSION} in column mission.")
    keys = ["year", "location", "latitude", "longitude"]
    found = ours.groupby(keys, as_index=False).size().rename(columns={"size": "observations"})
    tree = shapely.STRtree(cercles["geometry"].to_list())
    nearest = tree.nearest(shapely.points(found["longitude"], found["latitude"]))
    return pd.DataFrame(
        {
            "year": found["year"],
            "place": found["location"].replace(PLACES),
            "region": cercles["region"].to_numpy()[nearest],
            "latitude": found["latitude"].round(4),
            "longitude": found["longitude"].round(4),
            "observations": found["observations"],
        }
    )
