"""Months drawn with the dispersion and the carry-over of Mali's own series (synthetic): what intervals are tried on."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from helpers import definitions as d
from helpers import measures as m
from helpers.estimates.dispersion import Dispersion, movement_of

SEED = 20230710
"""Seed of every simulation of coverage; each row of the table draws from its own stream."""


def series(actors: pd.DataFrame) -> dict[str, tuple[pd.DataFrame, str]]:
    """Return the series whose ratios the book prints: rows and column by name."""
    mi = m.militant_islamist(actors)
    vac = m.against_civilians(actors, d.MILITANT_ISLAMIST)
    return {
        "Militant Islamist events": (mi, "events"),
        "Attacks on civilians": (vac, "events"),
        "Events in the north": (m.in_zone(mi, "north"), "events"),
        "Events in the centre": (m.in_zone(mi, "centre"), "events"),
        "Events in the south": (m.in_zone(mi, "south"), "events"),
        "Events around Bamako": (m.around_bamako(mi), "events"),
        "Deaths in militant Islamist events": (mi, "fatalities"),
        "Deaths in attacks on civilians": (vac, "fatalities"),
    }


def movement(rng: np.random.Generator, runs: int, months: int, carry: float) -> np.ndarray:
    """Draw autoregressions of order one with normal marginals (runs x months)."""
    return _moving(rng.normal(size=(runs, months)), carry)


def _moving(noise: np.ndarray, carry: float) -> np.ndarray:
    months = noise.shape[1]
    out = np.empty_like(noise)
    out[:, 0] = noise[:, 0]
    for t in range(1, months):
        out[:, t] = carry * out[:, t - 1] + np.sqrt(1 - carry**2) * noise[:, t]
    return out


def levels(rng: np.random.Generator, runs: int, months: int, alpha: float, carry: float) -> np.ndarray:
    """Draw levels with mean 1 and variance alpha (log-normal), whose logarithms carry over (runs x months)."""
    spread = np.log1p(alpha)
    return np.exp(np.sqrt(spread) * movement(rng, runs, months, carry) - spread / 2)


def counts(rng: np.random.Generator, runs: int, trend: np.ndarray, found: Dispersion) -> np.ndarray:
    """Draw monthly counts whose levels move around a trend (runs x months)."""
    return rng.poisson(trend * levels(rng, runs, len(trend), found.alpha, found.carry)).astype(float)


def together(
    rng: np.random.Generator, runs: int, courses: Sequence[tuple[np.ndarray, Dispersion]], common: float
) -> list[np.ndarray]:
    """Draw two series of monthly counts as `counts` does, what moves their levels having so much in common (a correlation)."""
    noise = rng.normal(size=(2, runs, len(courses[0][0])))
    noise[1] = common * noise[0] + np.sqrt(1 - common**2) * noise[1]
    drawn = []
    for own, (trend, found) in zip(noise, courses, strict=True):
        spread = np.log1p(found.alpha)
        level = np.exp(np.sqrt(spread) * _moving(own, found.carry) - spread / 2)
        drawn.append(rng.poisson(trend * level).astype(float))
    return drawn


def course(real: np.ndarray, bend: bool) -> tuple[np.ndarray, Dispersion]:
    """Return a smooth trend through monthly counts, and how they move around it.

    `bend`: whether growth may change at a steady rate (a parabola of the logarithm) or is one and the same throughout.
    Around a straight line, what is a bend looks like months that linger: the second is the harder case.
    """
    import statsmodels.api as sm

    time = np.linspace(-1, 1, len(real))
    design = np.vander(time, 3 if bend else 2)
    trend = np.asarray(sm.GLM(real, design, family=sm.families.Poisson()).fit().mu)
    return trend, movement_of(real, trend, design)


def streams(kind: str, *names: str) -> np.random.Generator:
    """Return the source of chance of one row of the table."""
    return np.random.default_rng([SEED, *(ord(x) for x in kind + "".join(names))])


def first_autocorrelation(values: pd.Series) -> float:
    """Return the first autocorrelation, corrected for a short series."""
    return float((np.nan_to_num(values.autocorr(1)) + 1 / len(values)) / (1 - 4 / len(values)))


def pair(
    rng: np.random.Generator, scale: float, carry: float, own: float, alike: float, means: tuple[float, float]
) -> Callable[[int, int], list[np.ndarray]]:
    """Return a maker of pairs of series that share one movement and have one of their own each."""

    def draw(number: int, length: int) -> list[np.ndarray]:
        both = scale * movement(rng, number, length, carry)
        level = (scale**2 + own**2) / 2
        return [rng.poisson(x * np.exp(both + own * movement(rng, number, length, alike) - level)) for x in means]

    return draw
