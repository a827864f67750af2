"""The places that dated entries of the chronology name, and a short list of entries that keeps the deadliest.

Examples
--------
>>> from helpers.data import Tables
>>> rows = Tables().chronology().query("region == 'Mopti'")
>>> "2019-03-23-ogossagou" in set(told(rows, 12)["id"])
True
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

import pandas as pd

from helpers.windows import MONTHS

_DATED = re.compile(rf"(?:\b(\d{{1,2}}) )?\b({'|'.join(MONTHS)}) (\d{{4}})\b")


def days_named(source: str) -> list[str]:
    """Return the days that a source's name holds (`YYYY-MM-DD`), of a bare month the first.

    Examples
    --------
    >>> days_named("RFI, 9 September 2022; AFP via VOA Afrique, September 2022"), days_named("A book")
    (['2022-09-09', '2022-09-01'], [])
    """
    return [f"{year}-{MONTHS.index(month) + 1:02d}-{int(day or 1):02d}" for day, month, year in _DATED.findall(source)]


def published_on(source: str) -> str:
    """Return the last day that a source's name gives for itself (`YYYY-MM-DD`), of a bare month the first; empty for none.

    Examples
    --------
    >>> published_on("Reuters, 13 September 2021; the sum also in The Times, September 2021"), published_on("MINUSMA, mandate page")
    ('2021-09-13', '')
    """
    return max(days_named(source), default="")


VILLAGES: Mapping[str, str] = {
    "Aklaz": "Menaka", "Awakassa": "Menaka", "Bapho": "Segou", "Biriki-Wèrè": "Segou", "Fachoribougou": "Sikasso", "Gomitradougou": "",
    "Inékar": "Menaka", "Insinane": "Menaka", "Kadiana": "Sikasso", "Kaloumba": "Segou", "Kaniéra": "Kayes", "Négala": "Koulikoro",
}  # fmt: skip
"""Places that only the text of entries names, with the region that the entry or its source gives; empty where none does."""


def folded(text: str) -> str:
    """Return a text without accents, letter for letter."""
    return "".join(unicodedata.normalize("NFD", letter)[0] for letter in text)


def naming(rows: pd.DataFrame, known: Mapping[str, str], *, detail: bool = True) -> pd.Series:
    """Find the places that each entry names: its own, and those in its text, with or without accents.

    Parameters
    ----------
    rows : DataFrame
        Rows of the `chronology` table.
    known : mapping of str to str
        Region by place.
    detail : bool
        Whether to read the detail too; what an entry shows is its event.

    Returns
    -------
    Series of list of str
        Names as `known` has them, by the index of the rows.
    """
    plain = {folded(place): place for place in reversed(list(known))}
    found = re.compile(rf"(?<![\w-])(?:{'|'.join(sorted(map(re.escape, plain), key=len, reverse=True))})(?![\w-])")
    text = rows["event"] + (" " + rows["detail"].fillna("") if detail else "")
    return pd.Series(
        [
            list(dict.fromkeys(([own] if own else []) + [plain[one] for one in found.findall(folded(said))]))
            for own, said in zip(rows["place"], text, strict=True)
        ],
        index=rows.index,
        dtype=object,
    )


def tolls(rows: pd.DataFrame) -> pd.Series:
    """Return the people killed by an entry's count; missing where it gives none.

    What a party claims to have done to its enemy is no count; what is told of Wagner sums up months, or another land;
    and a second entry on the same toll at the same place (a report on a massacre, say) does not count again.
    """
    counted = rows["unit"].str.contains(r"killed(?: \(|$)") & ~rows["unit"].str.contains("claim|attackers")
    counted &= rows["category"].ne("wagner")
    found = rows["value"].astype("float64").where(counted)
    again = rows.assign(toll=found).duplicated(["place", "toll"]) & rows["place"].ne("")
    return found.where(~again)


LEADING = 2
"""How many entries that lead a year, and how many of the deadliest, a short list of facts keeps."""


def told(rows: pd.DataFrame, limit: int) -> pd.DataFrame:
    """Return a short list of facts: the newest, what leads a year, the deadliest, then the newest of the rest.

    `rows`: rows of the `chronology` table, in order of date. `limit`: entries at most.
    """
    deadliest = tolls(rows).dropna().nlargest(LEADING, keep="first").index
    leading = rows.index[rows["lead"].eq("yes")][-LEADING:]
    # What leads may be of the newest day itself.
    newest = rows.index[-1:] if rows.loc[leading, "date"].lt(rows["date"].max()).all() else leading[-1:]
    return rows.loc[sorted([*dict.fromkeys([*newest, *leading, *deadliest, *rows.index[::-1]])][:limit])]


KINDS: tuple[tuple[str, ...], ...] = (
    ("violence",), ("politics",), ("partners",), ("civic-space",), ("peace-process", "wagner"),
)  # fmt: skip
"""Categories of the chronology that each give their newest entry to `foremost`, where too few lead."""
FEWEST, MOST = 5, 8
"""Entries that `foremost` fills up to, and those that it stops at."""


def foremost(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the dates of a time that matter most: the newest, the two deadliest, then what leads, the newest of it first.

    Where these are fewer than `FEWEST`, the newest entry of each of `KINDS` follows, then the newest of all. What only
    the two audited reports tell is left out.

    `rows`: rows of the `chronology` table, of one time. Returns the rows chosen, in order of date.
    """
    rows = rows[rows["source_kind"].ne("report")].sort_values("date", kind="stable")
    newest = rows.index[::-1]
    deadliest = tolls(rows).dropna().nlargest(LEADING, keep="first").index
    marked = [*newest[:1], *deadliest, *(at for at in newest if rows.at[at, "lead"] == "yes")]
    of_kinds = (rows.index[rows["category"].isin(kinds)][-1:] for kinds in KINDS)
    fill = [*(at for last in of_kinds for at in last), *newest]
    chosen = list(dict.fromkeys(marked))[:MOST]
    return rows.loc[sorted(list(dict.fromkeys([*chosen, *fill]))[: max(len(chosen), FEWEST)], key=rows.index.get_loc)]
