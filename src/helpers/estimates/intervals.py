"""Intervals for ratios and changes that allow for events coming in bouts: rows and two windows in, estimate out.

A plain Poisson interval asks what chance alone would do to independent events. Attacks are not independent: months
differ more than chance explains, and neighbouring months resemble each other. `dispersion` measures both around a steady
trend of the five years up to the later window; `compare` widens the exact Poisson interval by what it finds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from helpers import measures as m
from helpers import prose as p
from helpers.errors import NotInData
from helpers.estimates.dispersion import Dispersion, breslow, dispersion_of, labels
from helpers.measures import Interval
from helpers.windows import Window, trailing
from helpers.words import judgement

YEARS = 5
"""Years up to the later window in which the dispersion of monthly counts is measured."""
BOOTSTRAPS = 1999
"""Resamples of the block bootstrap."""
BOOTSTRAP_BLOCK = 3
"""Months in a block of the bootstrap."""
SEED = 20230710
"""Seed of every resampling in the book."""

WIDEST = 101
"""Ends of an interval above this ratio are written as `over +10,000 percent`: their digits say nothing."""

BARS = "95 percent intervals that allow for attacks in waves (thick part: chance alone)"
"""What the bars beside ratios stand for in charts of `charts.dots` with inner bars."""
BARS_FR = (
    "intervalles à 95\u202f% qui tiennent compte d’événements venant par vagues (partie épaisse\u202f: le seul hasard)"
)
"""The same in French."""
ENDS = ("Low", "High", "Low, chance alone", "High, chance alone")
"""Columns of the ends of both intervals, in the order of `Comparison.ends`."""
INNER = (ENDS[2], ENDS[3])
"""Columns of the plain Poisson interval, drawn inside the other."""


__all__ = [
    "Comparison",
    "Dispersion",
    "beside",
    "breslow",
    "compare",
    "dispersion",
    "dispersion_of",
    "interval",
    "verdict",
]


@dataclass(frozen=True)
class Comparison:
    """A ratio of two windows with its intervals."""

    now: int
    before: int
    """Counts."""
    ratio: float
    """Of the counts, or of the monthly rates where `rates`."""
    poisson: Interval
    """By chance alone, exact."""
    interval: Interval
    """With overdispersion and carry-over."""
    dispersion: Dispersion
    """As measured up to the later window."""
    months_now: int
    months_before: int
    """Months of the windows."""
    rates: bool
    """Whether the ratio is one of monthly rates."""
    counts: tuple[float, ...] = ()
    """Monthly counts that the dispersion was measured in."""

    def around(self, block: int) -> Comparison:
        """Return the comparison with the dispersion measured around blocks of so many months instead of a trend.

        `block`: months of a block; 0 returns the comparison itself.
        """
        if not block:
            return self
        found = dispersion_of(np.array(self.counts), labels(len(self.counts), block=block), trend=False)
        wide = interval(self.now, self.before, self.months_now, self.months_before, found)
        scale = 1.0 if self.rates else self.months_now / self.months_before
        return replace(self, interval=Interval(wide.low * scale, wide.high * scale), dispersion=found)

    def ends(self) -> tuple[float, float, float, float]:
        """Return the ends of both intervals, the wider one first (columns `ENDS`)."""
        return self.interval.low, self.interval.high, self.poisson.low, self.poisson.high

    def times(self) -> str:
        """Write the ratio with its interval, as in `4.7 times (3.2 to 5.1)`."""
        return f"{p.times(self.ratio)} ({self.spread()})"

    def spread(self, digits: int = 1) -> str:
        """Write the interval of the ratio."""
        return p.spread(self.interval.low, self.interval.high, digits)

    def change(self) -> str:
        """Write the interval of the change in percent, with signs: `+2 to +57`."""
        ends = self.interval.low, self.interval.high
        return " to ".join(signed(end, p.clear_of_zero(end, *ends)) for end in ends)

    def moved(self) -> str:
        """Choose the verb and say by how much, with the interval: `rose by 26 percent (+1 to +78)`.

        A verb of direction stands only where the interval leaves out no change; else `did not clearly change (+26
        percent; −11 to +78)`.
        """
        text = p.moved(self.ratio, 1)
        if not text.endswith("percent"):
            return f"{text} ({self.change()})" if text == "hardly changed" else text
        if self.unclear:
            return f"did not clearly change ({signed(self.ratio)} percent; {self.change()})"
        return f"{text} ({self.change()})"

    @property
    def unclear(self) -> bool:
        """Whether the interval holds no change."""
        return self.interval.low <= 1 <= self.interval.high


def attempt(rows: pd.DataFrame, now: Window, before: Window, value: str = "events") -> Comparison | None:
    """Compare two windows (`compare`) where the earlier one has events; else return nothing."""
    return compare(rows, now, before, value) if m.count(rows, before, value) else None


def behind(**found: Comparison | None) -> str:
    """End a subtitle with the intervals of the changes that the title states.

    `found` (Comparison): by noun, in the title's order; without an earlier event there is no change to bound. One
    comparison needs no noun. Returns words as in `; 95 percent interval of the change: −3 to +45 percent`, or nothing.
    """
    known = {noun: one for noun, one in found.items() if one}
    if not known:
        return ""
    if len(found) == 1:
        return f"; 95 percent interval of the change: {next(iter(known.values())).change()} percent"
    named = ", ".join(f"{noun} {one.change()} percent" for noun, one in known.items())
    return f"; 95 percent intervals of the changes: {named}"


def signed(ratio: float, digits: int = 0) -> str:
    """Write a ratio as a change in percent with its sign; one that bounds nothing any more ends at `WIDEST`.

    Examples
    --------
    >>> signed(1.26), signed(0.9), signed(1.001), signed(1.0049, 1), signed(25385)
    ('+26', '−10', '0', '+0.5', 'over +10,000')
    """
    if ratio > WIDEST:
        return f"over +{p.number((WIDEST - 1) * 100)}"
    text = p.number((ratio - 1) * 100, digits)
    return text if text.startswith("−") or text == "0" else f"+{text}"


def shift(now: int, before: int, when_now: str, when_before: str, found: Comparison) -> str:
    """Say how a count moved (`prose.shift`), with the interval where it states a percentage (`Comparison.moved`)."""
    text = p.shift(now, before, when_now, when_before)
    said, percent, rest = text.partition(" percent,")
    if not percent:
        return text
    if found.unclear:
        return f"did not clearly change ({signed(now / before)} percent; {found.change()}),{rest}"
    return f"{said}{percent[:-1]} ({found.change()}),{rest}"


def monthly(rows: pd.DataFrame, end: pd.Period, months: int, value: str = "events") -> np.ndarray:
    """Return the counts of the months up to one, zeros included.

    `rows`: with `month` and the column.
    """
    return m.series(rows, trailing(end, months), "month", values=[value])[value].to_numpy(float)


def dispersion(rows: pd.DataFrame, end: pd.Period, value: str = "events", windows: Sequence[Window] = ()) -> Dispersion:
    """Measure the dispersion of monthly counts in the five years up to a month.

    `rows`: with `month` and the column. `end`: last month; later ones are not looked at. `windows`: windows that depart
    from the trend of the five years, each by a level of its own.
    """
    return _around(monthly(rows, end, YEARS * 12, value), end, windows)


def _around(counts: np.ndarray, end: pd.Period, windows: Sequence[Window]) -> Dispersion:
    last = len(counts) - 1
    places = [(last - (end - when.first).n, last - (end - when.last).n) for when in windows]
    return dispersion_of(counts, labels(len(counts), places))


def interval(now: int, before: int, months_now: int, months_before: int, found: Dispersion) -> Interval:
    """Return the 95 percent interval of the ratio of two monthly rates, given how monthly counts vary.

    `months_now`, `months_before`: months of the windows. `found`: as `dispersion` returns it.

    Notes
    -----
    Each count is divided by the inflation of its variance, as if so many independent events had been seen, and the
    exact conditional interval of `measures.poisson_ratio_interval` is taken of the two. Without overdispersion it is
    that interval. With it, the dispersion is an estimate, and Student's t takes the place of the normal law.
    """
    wide_now, wide_before = found.inflation(now, months_now), found.inflation(before, months_before)
    plain = m.poisson_ratio_interval(
        now / wide_now,  # type: ignore[arg-type]  # the beta law takes fractions
        before / wide_before,  # type: ignore[arg-type]
        months_now,
        months_before,
        found.level(0.95) if found.alpha else 0.95,
    )
    scale = wide_now / wide_before
    return Interval(plain.low * scale, plain.high * scale, 0.95)


def compare(
    rows: pd.DataFrame, now: Window, before: Window, value: str = "events", *, rates: bool = False
) -> Comparison:
    """Compare two windows: ratio, plain interval, and the interval that allows for overdispersion.

    Parameters
    ----------
    rows : DataFrame
        With `month` and the column.
    now, before : Window
        Windows; the dispersion is measured up to the end of the later one.
    rates : bool
        Compare monthly rates instead of counts, for windows of different length.

    Raises
    ------
    NotInData
        The earlier window has no events.

    Examples
    --------
    >>> from helpers.data import Tables
    >>> from helpers.windows import window
    >>> rows = m.militant_islamist(Tables().actors())
    >>> compare(rows, window("2023-01", "2023-06"), window("2022-07", "2022-12")).moved()
    'did not clearly change (+4 percent; −28 to +50)'
    """
    here, base = m.count(rows, now, value), m.count(rows, before, value)
    if base == 0:
        raise NotInData(f"a ratio to no {value} in {before.label} has no value; choose a window with {value}.")
    end = max(now.last, before.last)
    counts = monthly(rows, end, YEARS * 12, value)
    found = _around(counts, end, (now, before))
    wide = interval(here, base, now.months, before.months, found)
    plain = m.poisson_ratio_interval(here, base, now.months, before.months)
    scale = 1.0 if rates else now.months / before.months
    return Comparison(
        here,
        base,
        here / base * (before.months / now.months if rates else 1.0),
        Interval(plain.low * scale, plain.high * scale),
        Interval(wide.low * scale, wide.high * scale),
        found,
        now.months,
        before.months,
        rates,
        tuple(counts.tolist()),
    )


def verdict(found: Comparison | None) -> judgement.Verdict:
    """Judge a change; there is nothing to tell where the earlier window has none (None)."""
    if found is None:
        return "few"
    return judgement.change(found.now, found.before, found.interval.low, found.interval.high)


def beside(rows: pd.DataFrame, others: pd.DataFrame, when: Window, value: str = "events") -> Interval | None:
    """Return the interval of the ratio of two counts of one window that share no event.

    `rows`, `others`: with `month` and the column. `when`: the dispersion of each is measured in the five years up to
    its end, the window at a level of its own. Returns None where the second count is zero.

    Notes
    -----
    `interval` with a dispersion for each count. The two are taken as independent: where good and bad months come to both
    at once, the interval is too wide rather than too narrow; where what is good for one is bad for the other, too narrow.
    """
    here, base = m.count(rows, when, value), m.count(others, when, value)
    if not base:
        return None
    found = [dispersion(part, when.last, value, [when]) for part in (rows, others)]
    return of_two(here, base, when.months, (found[0], found[1]))


def of_two(here: int, base: int, months: int, found: tuple[Dispersion, Dispersion]) -> Interval:
    """Return the interval of `beside`, given both counts of so many months and how the months of each vary."""
    wide = [one.inflation(count, months) for one, count in zip(found, (here, base), strict=True)]
    level = max(one.level(0.95) if one.alpha else 0.95 for one in found)
    plain = m.poisson_ratio_interval(here / wide[0], base / wide[1], level=level)  # type: ignore[arg-type]
    return Interval(plain.low * wide[0] / wide[1], plain.high * wide[0] / wide[1])


def _resample(now: np.ndarray, before: np.ndarray, block: int, resamples: int, level: float) -> Interval:
    """Return the percentile interval of a ratio, months drawn in circular blocks (Politis and Romano 1992)."""
    rng = np.random.default_rng(SEED)

    def means(counts: np.ndarray) -> np.ndarray:
        starts = rng.integers(0, len(counts), size=(resamples, -(-len(counts) // block)))
        places = (starts[:, :, None] + np.arange(block)) % len(counts)
        return counts[places.reshape(resamples, -1)[:, : len(counts)]].mean(axis=1)

    here, base = means(now), means(before)
    # A resample without any event in the base has no ratio: it stands for an infinite one.
    ratios = np.divide(here, base, out=np.full(resamples, np.inf), where=base > 0)
    tail = (1 - level) / 2
    low, high = np.quantile(ratios, [tail, 1 - tail], method="inverted_cdf")
    return Interval(float(low), float(high), level)


def middles(series: dict[str, tuple[pd.DataFrame, str]], ends: Sequence[pd.Period]) -> pd.DataFrame:
    """Hold the kinds of interval against half-years that should lie between their neighbours.

    Parameters
    ----------
    series : dict of str to (DataFrame, str)
        Rows and column by name.
    ends : sequence of Period
        Last months of the third of three half-years.

    Returns
    -------
    DataFrame
        `series`, `end`, `ratio` (monthly rate of the middle half-year over that of its two neighbours together), and
        whether the interval holds 1: `poisson`, `bootstrap`, `trend` (bool). Half-years without an event are left out.

    Raises
    ------
    NotInData
        No half-year has events.

    Notes
    -----
    On a steady course the middle half-year has the mean of its neighbours. Where an interval leaves out 1 in more than
    about one case in twenty, it is too narrow for months like these; unlike odd and even months, neighbouring half-years
    share hardly anything that lingers from one month to the next.
    """
    records = []
    for name, (rows, value) in series.items():
        for end in ends:
            months = monthly(rows, end, YEARS * 12, value)
            middle, beside = months[-12:-6], np.r_[months[-18:-12], months[-6:]]
            now, before = int(middle.sum()), int(beside.sum())
            if not now or not before:
                continue
            places = [(len(months) - back, len(months) - back + 5) for back in (6, 12, 18)]
            found = dispersion_of(months, labels(len(months), places))
            bands = {
                "poisson": m.poisson_ratio_interval(now, before, 6, 12),
                "bootstrap": _resample(middle, beside, BOOTSTRAP_BLOCK, BOOTSTRAPS, 0.95),
                "trend": interval(now, before, 6, 12, found),
            }
            held = {kind: bool(band.low <= 1 <= band.high) for kind, band in bands.items()}
            records.append({"series": name, "end": str(end), "ratio": 2 * now / before, **held})
    if not records:
        raise NotInData("no half-year has events; choose a series with events.")
    return pd.DataFrame(records)
