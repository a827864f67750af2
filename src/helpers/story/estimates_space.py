"""Worked examples of the method page on pairs of sides, space and forecasts: each step with this edition's numbers."""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers import definitions as d
from helpers import french as f
from helpers import limits
from helpers import measures as m
from helpers import prose as p
from helpers.chapters import NotInEdition
from helpers.editions import Report
from helpers.estimates import diffusion, dyads, spread
from helpers.estimates import forecast as fc
from helpers.estimates.dispersion import dispersion_of
from helpers.figures import Table
from helpers.windows import Window, half, half_before

_Z = 1.959964


def _steps(title: str, rows: list[tuple[str, str, str]], note: str = "") -> Table:
    return Table(title=title, frame=pd.DataFrame(rows, columns=["Step", "How", "Value"]), note=note)


def lethality_steps(r: Report) -> Table:
    """Deaths per event of JNIM's acts with their interval, step by step."""
    span = r.last_12
    kept = dyads.violent(r.actors)
    acted = kept[kept["acting"].eq("jnim")]
    rate = dyads.lethality(acted, span)
    if rate is None or rate.low != rate.low:
        raise NotInEdition("JNIM acts in too few months of the last 12 for a worked example.")
    long = dyads.monthly(acted, Window(span.last - (dyads.MEMORY - 1), span.last))
    inside = span.contains(long["month"]).to_numpy().astype(int)
    events, deaths = long["events"].to_numpy(float), long["fatalities"].to_numpy(float)
    moved = dispersion_of(deaths, trend=False, exposure=events)
    variance = moved.variance(rate.value * events[inside == 1])
    error, t = float(np.sqrt(variance)) / rate.counted, moved.student(0.95)
    return _steps(
        f"Deaths per event in acts of JNIM and Katiba Macina, {span.label}",
        [
            ("Events", "E", p.number(rate.events)),
            ("Deaths", "D", p.number(rate.counted)),
            ("Rate", "L = D ÷ E", p.number(rate.value, 3)),
            ("Months with events, of five years", "n", p.number(moved.months)),
            ("Variance of the monthly rate over its square", "α", p.number(moved.alpha, 4)),
            ("Carry-over from month to month", "ρ", p.number(moved.carry, 3)),
            ("Variance of D", "V = D + α · L² · Σ E_g · E_h · ρ^|g − h|", p.number(variance)),
            ("Standard error of log L", "s = √V ÷ D", p.number(error, 4)),
            ("Student's t", f"{p.number(moved.df, 1)} degrees of freedom", p.number(t, 3)),
            ("Low, by hand", "L · exp(s² ÷ 2 − t · s)", p.number(rate.value * np.exp(error**2 / 2 - t * error), 2)),
            ("High, by hand", "L · exp(s² ÷ 2 + t · s)", p.number(rate.value * np.exp(error**2 / 2 + t * error), 2)),
            ("Interval in the chapter", "", f"{p.number(rate.low, 2)} to {p.number(rate.high, 2)}"),
        ],
        "If deaths were independent of one another, s would be 1 ÷ √D = "
        f"{p.number(1 / np.sqrt(rate.counted), 4)}: an interval from it would be far too narrow.",
    )


def share_steps(r: Report) -> Table:
    """Share of acts of state forces against civilians with Wilson's interval, step by step."""
    span = r.last_12
    acted = dyads.acts(r.actors, "state", wide=True)
    months = dyads.monthly(acted, span, m.against_civilians(acted))
    rate = dyads.share(acted, m.against_civilians(acted), span)
    if rate is None:
        raise NotInEdition("State forces act in no event of the last 12 months.")
    n = rate.events / rate.design
    alike, worth = dyads.likeness(months), dyads.months_worth(months)
    from scipy import stats

    t = float(stats.t.ppf(0.975, worth - 1)) if len(months) > 1 else _Z
    middle = (rate.value + t**2 / (2 * n)) / (1 + t**2 / n)
    reach = t / (1 + t**2 / n) * np.sqrt(rate.value * (1 - rate.value) / n + t**2 / (4 * n**2))
    return _steps(
        f"Violence against civilians in acts of state forces, wide count, {span.label}",
        [
            ("Events", "n", p.number(rate.events)),
            ("Against civilians", "x", p.number(rate.counted)),
            ("Share", "q = x ÷ n", p.number(rate.value, 4)),
            ("Months with events", "G", p.number(len(months))),
            ("Likeness of neighbouring months", "r", p.number(alike, 3)),
            (
                "Design effect",
                "f = G ÷ (G − 1) · Σ (x_g − q · n_g)² ÷ (n · q · (1 − q)) · (1 + r) ÷ (1 − r)",
                p.number(rate.design, 3),
            ),
            ("Events it is worth", "k = n ÷ f", p.number(n, 1)),
            ("Months it is worth", "h = G · (1 − r) ÷ (1 + r), at least G ÷ 2", p.number(worth, 1)),
            ("Student's t", "h − 1 degrees of freedom", p.number(t, 3)),
            ("Middle", "(q + t² ÷ 2k) ÷ (1 + t² ÷ k)", p.number(middle, 4)),
            ("Reach", "t ÷ (1 + t² ÷ k) · √(q (1 − q) ÷ k + t² ÷ 4k²)", p.number(reach, 4)),
            ("Interval, by hand", "middle ± reach", f"{p.number(middle - reach, 3)} to {p.number(middle + reach, 3)}"),
            ("Interval in the chapter", "", f"{p.number(rate.low, 3)} to {p.number(rate.high, 3)}"),
        ],
    )


def centre_steps(r: Report) -> Table:
    """Centre of mass and ellipse of the last half-year, step by step."""
    limits.held(
        r.footprint["half"].eq(r.half).any(),
        f"place of militant Islamist events in {half(r.half).label}",
        f"aucun lieu d’événements impliquant des groupes islamistes armés au {f.half(r.half)}",
    )
    cells = spread.spots(r.footprint[r.footprint["half"].eq(r.half)])
    cells = cells.assign(cercle=spread.cercle_of(cells, r.tables.shapes("cercles")))
    weight = cells["mi_events"].to_numpy(float)
    mean_x, mean_y = (float(np.average(cells[c], weights=weight)) for c in ("x", "y"))
    a, b = (float(np.average((cells[c] - mean) ** 2, weights=weight)) for c, mean in (("x", mean_x), ("y", mean_y)))
    c = float(np.average((cells["x"] - mean_x) * (cells["y"] - mean_y), weights=weight))
    root = np.sqrt((a - b) ** 2 / 4 + c**2)
    found = spread.centre(cells, r.half)
    return _steps(
        f"Centre of mass and ellipse of militant Islamist events, {half(r.half).label}",
        [
            ("Events and cells", "Σ w, count", f"{p.number(found.events)}, {p.number(found.cells)}"),
            ("Mean east, north (km)", "Σ w x ÷ Σ w, Σ w y ÷ Σ w", f"{p.number(mean_x, 1)}, {p.number(mean_y, 1)}"),
            ("Centre", "back to degrees", f"{p.number(found.latitude, 2)}, {p.number(found.longitude, 2)}"),
            ("Variances, covariance (km²)", "A, B, C", f"{p.number(a)}, {p.number(b)}, {p.number(c)}"),
            (
                "Long half-axis, by hand (km)",
                "√((A + B) ÷ 2 + √((A − B)² ÷ 4 + C²))",
                p.number(np.sqrt((a + b) / 2 + root), 1),
            ),
            (
                "Short half-axis, by hand (km)",
                "√((A + B) ÷ 2 − √((A − B)² ÷ 4 + C²))",
                p.number(np.sqrt((a + b) / 2 - root), 1),
            ),
            (
                "Half-axes, by numpy (km)",
                "eigenvalues",
                f"{p.number(found.major_km, 1)}, {p.number(found.minor_km, 1)}",
            ),
            (
                "Error of the centre (km)",
                f"95 percent of {spread.DRAWS} maps of resampled cercles",
                p.number(found.error_km),
            ),
        ],
        "East and north are kilometres from 17° north, 4° west in the equal-area projection.",
    )


def order_steps(r: Report) -> Table:
    """Return Spearman's rank correlation of distance and arrival, step by step."""
    shapes = r.tables.shapes("cercles")
    table = spread.reached(spread.in_cercles(r.footprint, shapes), shapes, r.places, ("centre", "south"))
    found = diffusion.order(table, 3)
    if found.rho != found.rho:
        raise NotInEdition("Too few cercles had been reached to rank them.")
    near, when = table["km"].rank(), table["first_3"].fillna("9999H9").rank()
    top, low = near - near.mean(), when - when.mean()
    return _steps(
        f"Order of arrival and distance from Mopti, cercles of the centre and the south, to {half(r.half).label}",
        [
            ("Cercles, reached so far", "n", f"{found.cercles}, {found.reached}"),
            ("Products of ranks", "Σ (u − ū)(v − v̄)", p.number(float((top * low).sum()), 1)),
            (
                "Squares of ranks",
                "Σ (u − ū)², Σ (v − v̄)²",
                f"{p.number(float((top**2).sum()), 1)}, {p.number(float((low**2).sum()), 1)}",
            ),
            (
                "By hand",
                "products ÷ √(squares)",
                p.number(float((top * low).sum() / np.sqrt((top**2).sum() * (low**2).sum())), 3),
            ),
            ("By scipy", "spearmanr", p.number(found.rho, 3)),
        ],
        "u ranks distance, v the half-year of the first three events; cercles not reached share the last rank.",
    )


def area_steps(r: Report) -> Table:
    """Area of the cells touched, step by step, for one of the definitions."""
    limits.held(
        r.footprint["half"].eq(r.half).any(),
        f"place of militant Islamist events in {half(r.half).label}",
        f"aucun lieu d’événements impliquant des groupes islamistes armés au {f.half(r.half)}",
    )
    cells = r.footprint[r.footprint["half"].eq(r.half)]
    south = cells["south"]
    one = float(south.iloc[0])
    band = np.sin(np.radians(one + d.CELL_DEGREES)) - np.sin(np.radians(one))
    single = d.EARTH_RADIUS_KM**2 * np.radians(d.CELL_DEGREES) * band
    from helpers.geodesy import cell_area_km2

    whole = float(cell_area_km2(south, d.CELL_DEGREES).sum())
    known = m.area(r.areas, r.half, "cell", d.CELL_DEGREES)
    before = m.area(r.areas, half_before(r.half), "cell", d.CELL_DEGREES)
    return _steps(
        f"Area touched in {half(r.half).label}, cells of {d.CELL_DEGREES:g} degree",
        [
            ("Cells with an event", "n", p.number(len(cells))),
            (
                f"One cell, at {p.number(one, 1)}° north (km²)",
                "R² · Δλ · (sin φ₂ − sin φ₁)",
                p.number(float(single), 1),
            ),
            ("All cells (km²)", "sum over cells", p.number(whole)),
            ("In the table of areas (km²)", "areas.csv", p.number(known)),
            ("Half-year before (km²)", "areas.csv", p.number(before)),
            ("Ratio", "", p.number(known / before, 3)),
        ],
        "φ is latitude, λ longitude, R the mean radius of the Earth, 6,371 km.",
    )


def forecast_steps(r: Report) -> Table:
    """Return the four forecasts of militant Islamist events, step by step."""
    history = fc.history("events", str(r.as_of), r.tables)
    counts = history.series["count"].to_numpy()
    logs = np.log1p(counts)
    errors = (logs[1:] - logs[:-1])[-fc.MEMORY :]
    spread_ = float(np.sqrt(np.mean(errors**2)))
    from scipy import stats

    t = float(stats.t.ppf((1 + fc.LEVEL) / 2, len(errors)))
    made = history.next["pace"]
    trend = history.next["trend"]
    mine = history.skills.set_index("rule")
    return _steps(
        f"Militant Islamist events of {fc.next_window(r.as_of).label}, from {len(counts)} blocks of six months",
        [
            ("Last block, the one before", "y(T), y(T − 1)", f"{p.number(counts[-1])}, {p.number(counts[-2])}"),
            ("Pace", "y(T)", p.number(made.value)),
            (
                "Size of past errors",
                f"s = √(mean of (log(1 + y(t)) − log(1 + y(t − 1)))²), last {fc.MEMORY}",
                p.number(spread_, 4),
            ),
            ("Student's t", f"{p.percent((1 + fc.LEVEL) / 2)} point, {len(errors)} degrees of freedom", p.number(t, 4)),
            ("Low, by hand", "(1 + y(T)) · exp(−t · s) − 1", p.number((1 + counts[-1]) * np.exp(-t * spread_) - 1, 1)),
            ("High, by hand", "(1 + y(T)) · exp(t · s) − 1", p.number((1 + counts[-1]) * np.exp(t * spread_) - 1, 1)),
            ("Range in the chapter", "", f"{p.number(made.low, 1)} to {p.number(made.high, 1)}"),
            ("Trend", "exp(b0), time counted back from the next block", p.number(trend.value, 1)),
            ("Mean absolute error, pace", "mean of |forecast − recorded|", p.number(mine.at["pace", "mae"], 1)),
            (
                "Mean absolute error, naive",
                "the same for six months a year before",
                p.number(mine.at["seasonal", "mae"], 1),
            ),
            ("Skill of the pace", "1 − the one ÷ the other", p.number(mine.at["pace", "skill"], 3)),
        ],
    )
