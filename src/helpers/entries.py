"""Which dated entries of the chronology a table shows: by place, and a short list that keeps the deadliest.

Examples
--------
>>> from helpers.data import Tables
>>> rows = placed(Tables().chronology(), "centre")
>>> "2019-03-23-ogossagou" in set(told(rows, 12)["id"])
True
"""

from __future__ import annotations

import pandas as pd

from helpers import definitions as d

# Government, partners and critics in the capital belong to the chapter on military rule, whatever the place says.
_CAPITAL = ("politics", "partners", "civic-space", "wagner", "peace-process")


def placed(rows: pd.DataFrame, zone: str) -> pd.DataFrame:
    """Return the entries that belong to a zone's chapter.

    Violence of its regions belongs there, and so does every entry that names a place in them; of what happened in the
    capital only violence does.

    Parameters
    ----------
    rows : DataFrame
        Rows of the `chronology` table.
    zone : str
        `north`, `centre` or `south`.
    """
    inside = rows["region"].isin([*d.ZONES[zone], *(["Taoudenit"] if zone == "north" else [])])
    capital = rows["region"].eq("Bamako") & rows["category"].isin(_CAPITAL)
    return rows[inside & (rows["category"].eq("violence") | rows["place"].ne("")) & ~capital]


def tolls(rows: pd.DataFrame) -> pd.Series:
    """Return the people killed by an entry's count; missing where it gives none.

    What a party claims to have done to its enemy is no count, and a second entry on the same toll at the same place
    (a report on a massacre, say) does not count again.
    """
    counted = rows["unit"].str.contains("killed") & ~rows["unit"].str.contains("claim|attackers")
    found = rows["value"].astype("float64").where(counted)
    again = rows.assign(toll=found).duplicated(["place", "toll"]) & rows["place"].ne("")
    return found.where(~again)


LEADING = 2
"""How many entries that lead a year, and how many of the deadliest, a short list of facts keeps."""


def told(rows: pd.DataFrame, limit: int) -> pd.DataFrame:
    """Return a short list of facts: what leads a year, the deadliest, then the newest.

    Parameters
    ----------
    rows : DataFrame
        Rows of the `chronology` table, in order of date.
    limit : int
        Entries at most.
    """
    deadliest = tolls(rows).dropna().nlargest(LEADING, keep="first").index
    leading = rows.index[rows["lead"].eq("yes")][-LEADING:]
    return rows.loc[sorted([*dict.fromkeys([*leading, *deadliest, *rows.index[::-1]])][:limit])]
