"""Releases of UCDP and the months and years that a file covers: by its rows and by what its owner says, never by name.

What `helpers fetch` wrote beside a file that it made counts as said, while the file is unchanged.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from helpers.errors import DataError
from helpers.fetch.pages import read_account
from helpers.ingest.account import neutral
from helpers.ingest.months import first_whole_month, last_whole_month
from helpers.windows import Window, month

LATE_SHARE = 0.1
"""A candidate file covers a month where it holds at least this share of the events of its fullest month; the rest
are late additions to earlier months."""

FEW = 5
"""Rows of all countries from which a month counts as covered; with fewer only a file's fullest month does."""

_RELEASE = re.compile(r"v?(\d{2})[._](\d{1,2})(?:[._](\d{1,2}))?(?:[._](\d{1,2}))?")
_NAMED = re.compile(r"GEDEvent_v(\d{2}_\d{1,2}(?:_\d{1,2}){0,2})(?!\d)|ged(\d{2})(\d)", re.I)

Days = dict[int, int]
"""Rows of all countries by day (days since 1970)."""


def release_of(text: str) -> tuple[int, bool]:
    """Return a release as a number that grows, and whether it is final: `25.1` is, `26.0.3` and `25.01.25.12` are not.

    Examples
    --------
    >>> release_of("25.1"), release_of("26.0.1")
    ((251200, True), (260001, False))
    """
    found = _RELEASE.fullmatch(text.strip())
    if not found or (found[3] is None and int(found[2]) == 0):
        raise DataError(
            f"--release {neutral(text, 40)}: no release of UCDP; expected one as 25.1 (final) or 26.0.3 (candidate)."
        )
    year, part, third, fourth = int(found[1]), int(found[2]), found[3], found[4]
    if third is None:
        return year * 10_000 + part * 1_000 + 200, True
    return year * 10_000 + int(fourth or third), False


class Releases:
    """Releases as the owner of the files names them.

    `told`: one release for all files, or `FILE=RELEASE` for each.
    """

    def __init__(self, told: Sequence[str]):
        pairs = [text.rpartition("=") for text in told]
        self._of = {name: release_of(value) for name, _, value in pairs}
        if len(told) > 1 and "" in self._of and len(self._of) < len(told):
            raise DataError("--release: two releases for all files; expected one, or FILE=RELEASE for each.")
        self._used: set[str] = set()

    def of(self, path: Path) -> tuple[int, bool] | None:
        """Return the release of a file, or None where nothing tells it."""
        for key in (path.name, str(path), ""):
            if key in self._of:
                self._used.add(key)
                return self._of[key]
        # What fetch wrote beside a file it made says which release it asked for; it holds while the file is unchanged.
        source = str(read_account(path).get("source", ""))
        return release_of(source.removeprefix("UCDP ")) if source.startswith("UCDP ") else None

    def check(self) -> None:
        """Refuse a name that no file bears."""
        for name in self._of.keys() - self._used:
            raise DataError(
                f"--release {neutral(name, 80)}=…: no file of this name is given; expected one of the files."
            )


def release_by_rows(days: Days) -> tuple[int, bool]:
    """Return where a file stands among others whose release nothing tells: by its last month, as candidate releases."""
    last = pd.Timestamp(max(days, default=0), unit="D")
    return (last.year % 100) * 10_000 + last.month, False


def untold(name: str, path: Path) -> str:
    """Say that nothing tells a file's release, and what its name looks like."""
    looks = _NAMED.search(path.name)
    like = (looks[1] or f"{looks[2]}_{looks[3]}").replace("_", ".") if looks else ""
    said = f"Its name looks like release {like}. " if like else ""
    return (
        f"{name}: nothing tells its release, so that its rows count as candidate events. {said}To count them "
        f"as a release’s, name it at ingest, as {like or '26.1'}."
    )


def refuse_later(name: str, release: int, days: Days) -> None:
    """Refuse a final release that holds a year later than the one it closes."""
    closes, last = 2000 + release // 10_000 - 1, pd.Timestamp(max(days, default=0), unit="D").year
    if last > closes:
        raise DataError(
            f"{name}: holds rows of {last}, but a final release {release // 10_000}.{release % 10_000 // 1000} ends with "
            f"{closes}; expected the release that the file is of. Say another --release."
        )


def months_of(days: Days) -> set[int]:
    """Return the months that the rows of a candidate file show to be covered.

    A month counts where it holds `LATE_SHARE` of the fullest month's rows, and `FEW` of them or more than any other
    month; not where the file begins or ends within it.
    """
    counts: dict[int, int] = {}
    for day, count in days.items():
        key = int(month_of(np.array([day]))[0])
        counts[key] = counts.get(key, 0) + count
    most = max(counts.values(), default=0)
    alone = list(counts.values()).count(most) == 1
    held = {k for k, n in counts.items() if n >= LATE_SHARE * most and (n >= FEW or (n == most and alone))}
    if not held:
        return set()
    mine = np.repeat(*(np.array(part) for part in zip(*days.items(), strict=True)))
    mine = mine[np.isin(month_of(mine), list(held))]
    first, last = (month(edge(mine)).ordinal for edge in (first_whole_month, last_whole_month))
    return {key for key in held if first <= key <= last}


def years_of(days: Days) -> set[int]:
    """Return the years that the rows of final files show to be covered: none that they begin or end within."""
    if not days:
        return set()
    every = np.repeat(*(np.array(part) for part in zip(*days.items(), strict=True)))
    first, last = month(first_whole_month(every)), month(last_whole_month(every))
    return {year for year in np.unique(year_of(every)).tolist() if whole_year(year, Window(first, max(first, last)))}


def whole_year(year: int, held: Window) -> bool:
    """Tell whether a window holds a whole calendar year."""
    return held.first <= pd.Period(f"{year}-01", "M") and held.last >= pd.Period(f"{year}-12", "M")


def month_of(day: np.ndarray) -> np.ndarray:
    """Return the months (since January 1970) of days since 1970."""
    return day.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)


def year_of(day: np.ndarray) -> np.ndarray:
    """Return the calendar years of days since 1970."""
    return day.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970
