"""What the stored simulations say of the book's intervals: how often they hold the truth, and what they would have seen."""

from __future__ import annotations

import pandas as pd

from helpers import prose as p
from helpers.editions import Report
from helpers.estimates import coverage
from helpers.figures import Table
from helpers.story import sources, who_whom


def covered(r: Report) -> Table:
    """How often every kind of interval of the book held the truth in simulated months."""
    made = coverage.stored()
    rows = []
    for kind, label in coverage.KINDS.items():
        part = made[made["kind"].eq(kind) & made["printed"]]
        worst = part.loc[part["coverage"].idxmin()]
        what = f"{_case(kind, worst['series'])}, {FORECAST_RULES.get(worst['setting'], worst['setting'])}"
        rows.append(
            (
                label,
                p.percent(worst["aim"]),
                len(part),
                p.percent(part["coverage"].median()),
                p.percent(worst["coverage"]),
                what,
            )
        )
    return Table(
        title="How often the intervals of this book hold the truth, in simulated months",
        frame=pd.DataFrame(
            rows, columns=["Interval", "Promised", "Cases", "Held, median", "Held, worst case", "Worst case"]
        ),
        source=r.source("actors", "ucdp_months"),
        note=f"{p.number(int(made['runs'].max()))} simulated series a case (forecasts half as many), so that a share is known to "
        "within about 2 points. Months are drawn with the dispersion and the carry-over measured in each series, log-normal "
        "levels and Poisson counts. The table is stored with the project, is made by one command from one seed, and does "
        "not change with the edition.",
    )


def _case(kind: str, name: str) -> str:
    """Name a case of the stored table for readers."""
    if kind in ("rank", "factor"):
        return sources.LABELS[name]
    if kind in ("share", "lethality"):
        side, count = name.split(", ")
        return f"{who_whom.LABELS[side]}, {count} count"
    return name


FORECAST_RULES = {"pace": "pace", "seasonal": "seasonal naive", "smoothing": "smoothing", "trend": "trend"}


def power_words(r: Report) -> str:
    """Say how large a change would have been seen."""
    made = coverage.stored()
    part = made[made["kind"].eq("ratio") & made["printed"]]
    by = part.groupby("setting")[["power_half", "power_twice"]].median()
    six, year_ = by.loc["six months over six"], by.loc["a year over a year"]
    mi = part[part["series"].str.startswith("Militant Islamist events") & part["setting"].eq("a year over a year")]
    return (
        "An interval that holds no change does not show that nothing changed. In the simulated months a true doubling from "
        f"one half-year to the next would have been told from no change in {p.percent(six['power_twice'])} of cases in the "
        f"median series, a rise by half in {p.percent(six['power_half'])}; from year to year in "
        f"{p.percent(year_['power_twice'])} and {p.percent(year_['power_half'])}. The steadiest series, militant Islamist events by "
        f"year, shows a rise by half in {p.percent(mi['power_half'].max())} of cases."
    )
