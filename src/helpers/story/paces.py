"""Paces of a year: the series and rules that are tried, and the range that past errors put on a pace."""

from __future__ import annotations

import pandas as pd

from helpers import measures as m
from helpers.audit import claims
from helpers.editions import Report
from helpers.estimates import pace
from helpers.measures.foreseen import BY_ACTOR
from helpers.windows import MONTHS, year

RULES = {"pace": "Pace", "naive": "Year before", "rest": "Mix of both"}
"""The rules of `helpers.estimates.pace`, as short as a chart's labels must be; the page explains them."""
HUES = {
    "pace": "finding",
    "year": "ink",
    "naive": "neutral",
    "rest": "ink",
    "theta": "neutral",
    "smoothing": "unidentified",
    "trend": "ink",
}
"""Colour of each rule that foretells: no rule is an actor, so all but the pace have inks; what came is a tick."""
RULE_COLOURS = {HUES[rule]: label for rule, label in RULES.items()}
HEADS = {name: one.label.upper().en for name, one in BY_ACTOR.items()}
"""The series as rows and panels name them."""
UNITS = {"events": "Events", "deaths": "Deaths", "vac": "Attacks", "bamako": "Events"}
PROJECTED = {"R22-03": "deaths", "R22-10": "bamako", "R23-01": "events"}
"""Projections that published a number, and the series they speak of."""
SHARE = 0.8
"""Share of outcomes that a range should hold: a wider one would take more past forecasts than there are."""
ENOUGH = 6
"""Past forecasts that a range needs at least; with fewer than nine it is that of their extremes, and holds a little less."""


def rows_of(frame: pd.DataFrame) -> list[dict]:
    """Return the rows of a frame as dicts."""
    return frame.to_dict("records")


def january(r: Report, name: str, months: int) -> pd.DataFrame:
    """Return the forecasts of calendar years that every rule could make."""
    table = pace.history(r, name, months)
    calendar = table[table["window"].str.startswith(MONTHS[0])]
    return calendar.dropna(subset=list(RULES)).reset_index(drop=True)


def projected(claim_id: str) -> claims.Published:
    """Return the published figure of a projection."""
    return claims.claim(claim_id).figure("pace")


def level_of(claim_id: str, base: float) -> float:
    """Return a published projection as a level: a change is applied to the year before."""
    figure = projected(claim_id)
    assert figure.published is not None
    return base * (1 + figure.published / 100) if figure.unit == "percent" else figure.published


def pace_range(r: Report, name: str) -> dict[str, float] | None:
    """Return the pace of the year to date with the range past errors put on it; None where nothing can be said."""
    now = r.year_to_date
    counted = BY_ACTOR[name].of(r)
    base, to_date = (m.count(counted.rows, when, counted.value) for when in (year(now.first.year - 1), now))
    past = pace.history(r, name, now.months)
    judged = int((past["pace"] > 0).sum())
    if not base or not to_date or judged < ENOUGH:
        return None
    forecast = m.pace(to_date, now.months)
    band = pace.band(past, forecast, SHARE)
    return {"to_date": to_date, "pace": forecast, "low": band.low, "high": band.high, "base": base, "past": judged}


def made_at(r: Report, claim_id: str) -> Report:
    """Return the edition at whose date a statement was made."""
    return Report(claims.claim(claim_id).made_in, r.tables)
