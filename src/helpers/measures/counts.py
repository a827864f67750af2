"""Counts, shares, ratios, pace, areas and intervals: frame in, number or frame out.

Nothing here knows a chart, a notebook or a claim. Selections (`militant_islamist`, `around_bamako` …) return
rows of the `actors` table; counts take rows and a window.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd
from scipy import special

from helpers import definitions as d
from helpers import prose
from helpers.errors import DataError, NotInData
from helpers.windows import Window, half_of

# --------------------------------------------------------------------------- selections


def involving(rows: pd.DataFrame, groups: Iterable[str]) -> pd.DataFrame:
    """Return violent events with one of the groups on either side.

    Parameters
    ----------
    rows : DataFrame
        Rows of the `actors` table.
    groups : iterable of str
        Group ids.

    Returns
    -------
    DataFrame
        Rows of the three violent event types (`definitions.VIOLENT`).
    """
    wanted = list(groups)
    side = rows["side1"].isin(wanted) | rows["side2"].isin(wanted)
    return rows[side & rows["event_type"].isin(d.VIOLENT)]


def militant_islamist(rows: pd.DataFrame, *, unidentified: bool = False) -> pd.DataFrame:
    """Return militant Islamist events.

    Parameters
    ----------
    rows : DataFrame
        Rows of the `actors` table.
    unidentified : bool
        Count unidentified armed groups as militant Islamist too (an upper bound).
    """
    groups = [*d.MILITANT_ISLAMIST, *(["unidentified"] if unidentified else [])]
    return involving(rows, groups)


def against_civilians(rows: pd.DataFrame, by: Iterable[str] | None = None) -> pd.DataFrame:
    """Return violence against civilians (VAC), all of it or that by some groups.

    Parameters
    ----------
    rows : DataFrame
        Rows of the `actors` table.
    by : iterable of str, optional
        Group ids of the acting side.
    """
    vac = rows[rows["event_type"].eq(d.VAC)]
    return vac if by is None else vac[vac["side1"].isin(list(by))]


def hitting_civilians(rows: pd.DataFrame, by: Iterable[str] | None = None) -> pd.DataFrame:
    """Return violent events whose other side is civilians: VAC and bombs or shelling that hit civilians."""
    hit = rows[rows["side2"].eq("civilians") & rows["event_type"].isin(d.VIOLENT)]
    return hit if by is None else hit[hit["side1"].isin(list(by))]


def between(rows: pd.DataFrame, one: Iterable[str], other: Iterable[str]) -> pd.DataFrame:
    """Return violent events between two sets of groups, whichever side acts."""
    a, b = list(one), list(other)
    met = (rows["side1"].isin(a) & rows["side2"].isin(b)) | (rows["side1"].isin(b) & rows["side2"].isin(a))
    return rows[met & rows["event_type"].isin(d.VIOLENT)]


def with_notes(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows that tell where only the notes name a force; refuse own events without notes (see `data.load`)."""
    if rows.attrs.get("without_notes"):
        raise NotInData(
            "the events came without notes, so it is not known where only the notes name a force.",
            "les événements sont venus sans notes : où les notes seules nomment une force, on ne le sait pas",
        )
    return rows


def with_wagner(rows: pd.DataFrame, *, wide: bool) -> pd.DataFrame:
    """Return violent events of Wagner: named as an actor, or (wide) named anywhere in the record."""
    kinds = ["named", "mentioned"] if wide else ["named"]
    rows = with_notes(rows) if wide else rows
    return rows[rows["wagner"].isin(kinds) & rows["event_type"].isin(d.VIOLENT)]


def wagner_side(rows: pd.DataFrame, *, wide: bool) -> pd.DataFrame:
    """Return violent events in which Wagner is on the acting side.

    Narrow: Wagner is the acting side. Wide: Wagner or, where the record mentions Wagner, Malian state forces.
    """
    acting = rows["side1"].eq("wagner")
    if wide:
        acting |= with_notes(rows)["wagner"].ne("no") & rows["side1"].eq("state")
    return rows[acting & rows["event_type"].isin(d.VIOLENT)]


def naming_flm(rows: pd.DataFrame) -> pd.DataFrame:
    """Return events in which Katiba Macina is named anywhere in the record."""
    return rows[with_notes(rows)["flm"].ne("no")]


def moura(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the killings at Moura, 27-31 March 2022.

    ACLED enters them as three events, one a day (27, 29 and 31 March). They are the only events of that month in Mopti
    in which state forces act against civilians and the record mentions Wagner, so these rows hold them and no other.
    """
    here = with_notes(rows)["month"].eq("2022-03") & rows["region"].eq("Mopti") & rows["event_type"].eq(d.VAC)
    return rows[here & rows["side1"].eq("state") & rows["wagner"].eq("mentioned")]


def in_zone(rows: pd.DataFrame, *zones: str) -> pd.DataFrame:
    """Return rows of one or more zones (north, centre, south)."""
    regions = [region for zone in zones for region in d.ZONES[zone]]
    return rows[rows["region"].isin(regions)]


def in_regions(rows: pd.DataFrame, *regions: str) -> pd.DataFrame:
    """Return rows of some regions."""
    return rows[rows["region"].isin(regions)]


def around_bamako(rows: pd.DataFrame, km: int = d.BAMAKO_RADIUS_KM) -> pd.DataFrame:
    """Return rows within a distance of Bamako.

    Parameters
    ----------
    km : int
        One of `definitions.BAMAKO_BANDS_KM`.

    Raises
    ------
    DataError
        The tables hold no band with that edge.
    """
    if km not in d.BAMAKO_BANDS_KM:
        raise DataError(f"no band ends at {km} km; expected one of {', '.join(map(str, d.BAMAKO_BANDS_KM))}.")
    inside = d.BAND_LABELS[: d.BAMAKO_BANDS_KM.index(km) + 1]
    return rows[rows["band"].isin(inside)]


# --------------------------------------------------------------------------- counts


def count(rows: pd.DataFrame, window: Window, value: str = "events") -> int:
    """Sum a column over a window.

    Parameters
    ----------
    rows : DataFrame
        With `month` and the column.
    window : Window
        Whole months; checking it against the data is the caller's part (`Report.window`).
    """
    return int(rows.loc[window.contains(rows["month"]), value].sum())


def count_without_deadliest(rows: pd.DataFrame, window: Window) -> int:
    """Sum the fatalities of a window without its single deadliest event."""
    inside = rows[window.contains(rows["month"])]
    return int(inside["fatalities"].sum() - (inside["deadliest"].max() if len(inside) else 0))


def deadliest(rows: pd.DataFrame, window: Window) -> pd.Series:
    """Return the row that holds the deadliest single event of a window."""
    inside = rows[window.contains(rows["month"])]
    if inside.empty:
        raise NotInData(f"no events in {window.label}; there is no deadliest one.")
    return inside.loc[inside["deadliest"].idxmax()]


_FREQUENCIES = {"month": "M", "quarter": "Q", "half": "6M", "year": "Y"}


def period_of(months: pd.Series, by: str) -> pd.Series:
    """Return the label of the calendar period each month lies in: `2023-06`, `2023Q2`, `2023H1` or `2023`."""
    if by == "month":
        return months
    year, number = months.str[:4], months.str[5:].astype(int)
    if by == "quarter":
        return year + "Q" + ((number + 2) // 3).astype(str)
    if by == "half":
        return half_of(months)
    if by == "year":
        return year
    raise ValueError(f"by={by!r}; expected one of {', '.join(_FREQUENCIES)}")


def series(
    rows: pd.DataFrame,
    window: Window,
    by: str = "month",
    split: str | None = None,
    values: Iterable[str] = ("events", "fatalities"),
) -> pd.DataFrame:
    """Sum columns by calendar period, with zeros where nothing happened.

    Parameters
    ----------
    rows : DataFrame
        With `month` and the columns.
    split : str, optional
        Column to split by; every value gets every period.

    Returns
    -------
    DataFrame
        `period`, `months` (how many of the period's months lie in the window), the split column where given,
        and the sums (int).
    """
    columns = list(values)
    calendar = pd.Series(pd.period_range(window.first, window.last, freq="M").astype(str))
    periods = period_of(calendar, by).value_counts(sort=False)
    inside = rows[window.contains(rows["month"])]
    keyed = inside.assign(period=period_of(inside["month"], by))
    if split is None:
        sums = keyed.groupby("period")[columns].sum().reindex(periods.index, fill_value=0)
        out = sums.rename_axis("period").reset_index()
    else:
        index = pd.MultiIndex.from_product([periods.index, sorted(rows[split].unique())], names=["period", split])
        out = keyed.groupby(["period", split])[columns].sum().reindex(index, fill_value=0).reset_index()
    out.insert(1, "months", out["period"].map(periods))
    return out.astype(dict.fromkeys(columns, int))


def rolling(rows: pd.DataFrame, window: Window, months: int, value: str = "events") -> pd.DataFrame:
    """Sum a column over every run of `months` months inside a window.

    Returns
    -------
    DataFrame
        `month` (the run's last month), the sum.
    """
    monthly = series(rows, window, "month", values=[value])
    sums = monthly[value].rolling(months).sum()
    return pd.DataFrame({"month": monthly["period"], value: sums}).dropna().astype({value: int}).reset_index(drop=True)


def pace(count_to_date: float, months: int) -> float:
    """Return the annual figure that a count would reach at its pace: count x 12 / months elapsed."""
    return count_to_date * 12 / months


def tally(rows: pd.DataFrame, window: Window, by: str | list[str], value: str = "events") -> pd.DataFrame:
    """Sum a column over a window by others, largest first, with each row's share (missing where all is zero)."""
    inside = rows[window.contains(rows["month"])]
    keys = [by] if isinstance(by, str) else by
    sums = inside.groupby(keys, as_index=False)[[value]].sum()
    whole = sums[value].sum()
    sums["share"] = sums[value] / whole if whole else float("nan")
    return sums.sort_values([value, *keys], ascending=[False, *[True] * len(keys)], ignore_index=True)


# --------------------------------------------------------------------------- comparisons


def ratio(numerator: float, denominator: float) -> float:
    """Divide, and say so where it cannot be done.

    Raises
    ------
    DataError
        The denominator is zero.
    """
    if denominator == 0:
        raise NotInData(
            "a ratio to zero events has no value; choose a window with events.",
            "un rapport à zéro événement n’a pas de valeur",
        )
    return numerator / denominator


def change(now: float, before: float) -> float:
    """Return the relative change, 0.2 for an increase of 20 percent."""
    return ratio(now, before) - 1


@dataclass(frozen=True)
class Interval:
    """A range with its level."""

    low: float
    high: float
    """Bounds."""
    level: float = 0.95
    """Coverage, 0.95 for 95 percent."""

    def __str__(self) -> str:
        low, high = (prose.number(end, prose.apart(end, self.low, self.high)) for end in (self.low, self.high))
        ends = f"{low} to {high}" if self.high < float("inf") else f"{low} or more"
        return f"{self.level:.0%} interval of the ratio: {ends}"


def poisson_ratio_interval(
    now: int, before: int, months_now: float = 1, months_before: float = 1, level: float = 0.95
) -> Interval:
    """Return the exact conditional interval of a ratio of Poisson rates, (now / months_now) / (before / months_before).

    It allows for chance alone: events that come in bouts make the true uncertainty wider.

    Notes
    -----
    Given the sum, `now` is binomial; its Clopper-Pearson bounds are carried over to the ratio.
    Przyborowski, J. and Wilenski, H. (1940), Biometrika 31, pp. 313-323.

    Examples
    --------
    >>> interval = poisson_ratio_interval(16, 5)
    >>> round(interval.low, 2), round(interval.high, 2)
    (1.12, 11.17)
    """
    tail = (1 - level) / 2
    exposure = months_before / months_now
    # special.*inv are the quantiles of the beta and gamma laws; scipy.stats would triple the import time.
    low_p = special.betaincinv(now, before + 1, tail) if now else 0.0
    high_p = special.betaincinv(now + 1, before, 1 - tail) if before else 1.0
    low = low_p / (1 - low_p) * exposure
    high = high_p / (1 - high_p) * exposure if high_p < 1 else float("inf")
    return Interval(float(low), float(high), level)


def poisson_interval(number: int) -> Interval:
    """Return the exact 95 percent interval of a Poisson mean (Garwood 1936, Biometrika 28, pp. 437-442)."""
    low = special.gammaincinv(number, 0.025) if number else 0.0
    return Interval(float(low), float(special.gammaincinv(number + 1, 0.975)), 0.95)


def deadliest_operation(rows: pd.DataFrame, window: Window) -> int:
    """Return the deaths of the deadliest single event of a window, or of Moura, which ACLED enters as three."""
    inside = rows[window.contains(rows["month"])]
    # Without notes Moura cannot be told from other killings of that month; its deadliest day then stands for it.
    together = 0 if rows.attrs.get("without_notes") else count(moura(rows), window, "fatalities")
    return int(max(inside["deadliest"].max() if len(inside) else 0, together))


def share_range_without_deadliest(rows: pd.DataFrame, part: pd.DataFrame, window: Window) -> tuple[float, float, float]:
    """Return the part's share of fatalities, and it without the part's deadliest operation, and without that of the rest.

    Notes
    -----
    Deaths come in bouts, not one by one: an interval that treats each as a draw of its own would be far too narrow.
    """
    rest = rows.drop(part.index)
    a, b = count(part, window, "fatalities"), count(rest, window, "fatalities")
    a_less, b_less = a - deadliest_operation(part, window), b - deadliest_operation(rest, window)
    return ratio(a, a + b), a_less / max(a_less + b, 1), a / max(a + b_less, 1)


# --------------------------------------------------------------------------- space


def area(areas: pd.DataFrame, name: str, method: str, size: float, basis: str = "mi") -> float:
    """Return the footprint's area (km²) in a half-year under one definition.

    Parameters
    ----------
    name : str
        Half-year, `2023H1`.

    Raises
    ------
    DataError
        The table holds no such definition or half-year.
    """
    match = areas[
        areas["half"].eq(name) & areas["method"].eq(method) & areas["size"].eq(size) & areas["basis"].eq(basis)
    ]
    if len(match) != 1:
        raise NotInData(f"areas: no single row for {name}, {basis}, {method} {size}.")
    return float(match["area_km2"].iloc[0])


def area_changes(areas: pd.DataFrame, now: str, before: str, basis: str = "mi") -> pd.DataFrame:
    """Compare two half-years (km²) under every definition of the footprint; both must be in the table."""
    chosen = areas[areas["basis"].eq(basis) & areas["half"].isin([now, before])]
    if missing := {now, before} - set(chosen["half"]):
        raise NotInData(f"areas: no half-year {min(missing)} to compare.")
    wide = chosen.pivot(index=["method", "size"], columns="half", values="area_km2").reset_index()
    out = wide.rename(columns={now: "now", before: "before"})[["method", "size", "now", "before"]]
    out.columns.name = None
    return out.assign(ratio=out["now"] / out["before"])


def zone_shares(regions: pd.DataFrame) -> pd.DataFrame:
    """Return each zone's share of area and of population (`zone`, `area_share`, `population_share`)."""
    sums = regions.groupby("zone")[["area_km2", "population"]].sum()
    shares = sums / sums.sum()
    return shares.rename(columns={"area_km2": "area_share", "population": "population_share"}).reset_index()
