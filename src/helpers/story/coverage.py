"""What the stored simulations say of the book's intervals: how often they hold the truth, and what they would have seen."""

from __future__ import annotations

import pandas as pd

from helpers import french
from helpers import prose as p
from helpers.editions import Report
from helpers.estimates import coverage
from helpers.figures import Table
from helpers.story import sources, who_whom
from helpers.story.paces import HEADS
from helpers.windows import half
from helpers.words import names


def covered(r: Report) -> Table:
    """How often every kind of interval of the book held the truth in simulated months."""
    made = coverage.stored()
    rows = []
    dates = made[made["kind"].eq("effect")]
    steady = made["setting"].str.endswith(coverage.STEADY)
    cases = {label: (kind, made["printed"] & made["kind"].eq(kind)) for kind, label in coverage.KINDS.items()}
    beside = {label: (kind, made["kind"].eq(kind)) for kind, label in coverage.BESIDE.items()}
    first, *others = cases.items()
    newest = str(made["series"].str.extract(r", (\d{4}-\d{2})$")[0].max())
    cases = dict([first, ("The same, were growth the same throughout", ("ratio", steady)), *others, *beside.items()])
    for label, (kind, chosen) in cases.items():
        part = made[chosen]
        worst = part.loc[part["coverage"].idxmin()]
        setting = worst["setting"].removesuffix(coverage.STEADY)
        what = f"{_case(kind, worst['series'])}, {FORECAST_RULES.get(setting, setting)}"
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
        note=f"{p.number(coverage.RUNS)} simulated series a case (forecasts half as many, estimates after the last table a quarter), "
        "so that a share is known to within about 2 points, 4 for these. Months are drawn with the dispersion and the carry-over measured in each series, log-normal "
        "levels and Poisson counts. Around dates, every combination of three dispersions and four carry-overs up to "
        f"{p.number(dates['carry'].max(), 1)} is drawn, {p.number(int(dates['runs'].max()))} series each. Centres are those of "
        "half-years drawn from a map that stays, whose regions and cercles move as much as they did over two years. Which cercles "
        "lose a base is drawn anew for each case, as the test supposes; violence there stays or halves. Two series are drawn each "
        "with levels of its own, and with as much in common as theirs had. Intervals by chance alone "
        "are drawn where chance alone is at work: months like Mali's are no such case. "
        "The table is stored with the project, is made by two commands from fixed seeds, and does "
        f"not change with the edition: its newest months are those to {names.period(newest).en}.",
    )


def _case(kind: str, name: str) -> str:
    """Name a case of the stored table for readers."""
    if kind in ("rank", "factor", "direction"):
        return sources.LABELS[name]
    if kind in ("year", "ahead"):
        return HEADS[name]
    if kind == "beyond":
        return f"Militant Islamist events, {name}"
    if kind == "held":
        return f"Militant Islamist events, {FORECAST_RULES[name]}"
    if kind == "departure":
        return f"Truth: {name}"
    if kind == "centre":
        return str(half(name).label)
    if kind in ("share", "lethality"):
        side, count = name.split(", ")
        return f"{who_whom.LABELS[side]}, {count} count"
    stem, _, when = name.rpartition(", ")
    return f"{stem}, {names.period(when).en}" if stem and when[:4].isdigit() else name


def holds_words(r: Report) -> str:
    """Say for which kind of change the printed intervals hold what they promise, and where they fall short."""
    made = coverage.stored()
    ratios = made[made["kind"].eq("ratio")]
    steady = ratios[ratios["setting"].str.endswith(coverage.STEADY)]
    worst = steady.loc[steady["coverage"].idxmin()]
    setting = str(worst["setting"]).removesuffix(coverage.STEADY)
    dates = made[made["kind"].eq("effect")]
    usual, most = dates[dates["carry"] <= 0.5]["coverage"], dates[dates["carry"].eq(dates["carry"].max())]["coverage"]
    centre, year = made[made["kind"].eq("centre")]["coverage"], made[made["kind"].eq("year")]
    two, kept = made[made["kind"].eq("two")]["coverage"], made[made["kind"].eq("ahead")]
    return (
        "The interval of a ratio holds for a jump from one window to the next on a course whose growth may itself change over "
        f"the five years: there it held the truth in {p.percent(ratios.loc[ratios['printed'], 'coverage'].min())} of cases or more. "
        "Were growth one and the same throughout, with every bend the lingering of good and bad months, it would hold "
        f"{p.percent(steady['coverage'].median())} in the median case and {p.percent(worst['coverage'])} in the worst "
        f"({french.lower(_case('ratio', worst['series']))}, {setting}): whole years of a small or a lingering series should be read as somewhat "
        f"wider. The effect of a date held in {p.percent(usual.min())} or more where months carry over by up to 0.5, and in "
        f"{p.percent(most.min())} in the worst case where they do by {p.number(dates['carry'].max(), 1)}. Ranges of a year's pace that "
        f"aim at {p.percent(year['aim'].iloc[0])} held {p.percent(year['coverage'].min())} in the worst case, those of kept forecasts, "
        f"which aim at as much, {p.percent(kept['coverage'].min())}. The interval of a ratio of two series in the same months held in "
        f"{p.percent(two.min())} of cases or more, and in more where good and bad months come to both at once. The radius around a "
        f"centre errs on the safe side ({p.percent(centre.min())} or more), since it takes for chance that some cercles have far "
        "more events than others."
    )


FORECAST_RULES = {
    "pace": "pace",
    "year": "pace of twelve months",
    "seasonal": "seasonal naive",
    "smoothing": "smoothing",
    "trend": "trend",
}


def power_words(r: Report) -> str:
    """Say how large a change would have been seen."""
    made = coverage.stored()
    part = made[made["kind"].eq("ratio") & made["printed"]]
    by = part.groupby("setting")[["power_half", "power_twice"]].median()
    six, year_ = by.loc["six months over six"], by.loc["a year over a year"]
    mi = part[part["series"].str.startswith("Militant Islamist events") & part["setting"].eq("a year over a year")]
    return (
        "An interval that holds no change does not show that nothing changed. In the simulated months a true doubling from "
        f"one half-year to the next would be detected in {p.percent(six['power_twice'])} of cases in the "
        f"median series, a rise by half in {p.percent(six['power_half'])}; from year to year in "
        f"{p.percent(year_['power_twice'])} and {p.percent(year_['power_half'])}. The steadiest series, militant Islamist events by "
        f"year, shows a rise by half in {p.percent(mi['power_half'].max())} of cases."
    )
