"""UCDP's tables, whole, and what they count in a window, with its range."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from helpers.data import Tables
from helpers.errors import NotInData
from helpers.windows import Window, month, year


@dataclass(frozen=True)
class Estimate:
    """A count, or a ratio of two, with the range of its producer, which a tally does not have."""

    low: float
    best: float
    high: float
    """UCDP's estimates; equal where it gives none."""

    def times(self, factor: float) -> Estimate:
        """Return the estimate scaled."""
        return Estimate(self.low * factor, self.best * factor, self.high * factor)

    def over(self, base: Estimate) -> Estimate:
        """Return the ratio to another estimate, with the widest range that both allow.

        Examples
        --------
        >>> Estimate(8, 10, 12).over(Estimate(4, 5, 5))
        Estimate(low=1.6, best=2.0, high=3.0)
        """
        if not base.low:
            raise NotInData("a ratio to no deaths has no value; choose a window with events.")
        return Estimate(self.low / base.high, self.best / base.best, self.high / base.low)


class Ucdp:
    """UCDP's tables, whole, and counts over windows."""

    def __init__(self, tables: Tables):
        self.months = tables.ucdp_months()
        self.months["events"] = self.months[["state_based", "non_state", "one_sided"]].sum(axis=1)
        self.years = tables.ucdp_years()

    def _inside(self, when: Window) -> pd.DataFrame:
        first, last = (month(str(self.months["month"].agg(end))) for end in ("min", "max"))
        when.check(first, last, "table ucdp_months")
        return self.months[when.contains(self.months["month"])]

    def count(self, when: Window, column: str) -> Estimate:
        """Return events, one-sided events or civilian deaths of a window: counts without a range."""
        number = float(self._inside(when)[column].sum())
        return Estimate(number, number, number)

    def deaths(self, when: Window) -> Estimate:
        """Return deaths of a window; with UCDP's low estimate where the window is a calendar year."""
        inside = self._inside(when)
        best, high = float(inside["best"].sum()), float(inside["high"].sum())
        if when == year(when.first.year):
            row = self.years[self.years["year"].eq(when.first.year) & self.years["type"].eq("all")]
            return Estimate(float(row["low"].iloc[0]), float(row["best"].iloc[0]), float(row["high"].iloc[0]))
        return Estimate(best, best, max(best, high))

    def one_sided(self, number: int, column: str) -> float:
        """Return one-sided deaths of a year by `by_groups` or `by_government`."""
        row = self.years[self.years["year"].eq(number) & self.years["type"].eq("one-sided")]
        return float(row[column].iloc[0])
