"""Forecasts of two well-kept rivals at every monthly origin, stored: they take minutes, and an edition must not.

`python -m helpers.estimates.rivals` makes `rivals.csv` beside this module from the project's tables. A forecast uses the
months before it alone, so one table serves every edition.
"""

from __future__ import annotations

import warnings
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from helpers.data import Tables
from helpers.estimates import intervals
from helpers.measures.foreseen import BY_ACTOR
from helpers.windows import Window, month

STORED = Path(__file__).with_name("rivals.csv")
FIRST = 24
"""Months that a forecast needs behind it at least."""
AHEAD = 6
"""Months that are forecast together."""
RIVALS = {"theta": "Theta", "ets": "Exponential smoothing, damped"}
"""The rivals, as statsmodels fits them to the logarithm of monthly counts."""


def ahead(months: np.ndarray, rival: str) -> float:
    """Forecast the sum of the next six months by one of `RIVALS`.

    Notes
    -----
    Both forecast log(1 + count) month by month, and the exponentials are summed. Assimakopoulos, V. and Nikolopoulos, K. (2000),
    International Journal of Forecasting 16, pp. 521-530; Hyndman, R. J., Koehler, A. B., Ord, J. K. and Snyder, R. D. (2008),
    Forecasting with Exponential Smoothing, Springer.
    """
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel
    from statsmodels.tsa.forecasting.theta import ThetaModel

    logs = np.log1p(months.astype(float))
    with warnings.catch_warnings():
        # Short and level series do not always satisfy the optimiser; the fit it stops at is the forecast that is judged.
        warnings.simplefilter("ignore")
        if rival == "theta":
            found = ThetaModel(logs, period=1, deseasonalize=False, use_test=False).fit().forecast(AHEAD)
        else:
            found = ETSModel(logs, error="add", trend="add", damped_trend=True).fit(disp=0).forecast(AHEAD)
    return float(np.expm1(np.asarray(found)).clip(0).sum())


def monthly(name: str) -> tuple[Window, np.ndarray]:
    """Return the project's months of a series of `foreseen.BY_ACTOR`, and their counts."""
    actors = Tables().actors()
    whole = Window(month(str(actors["month"].min())), month(str(actors["month"].max())))
    rows, value = BY_ACTOR[name].rows(actors), BY_ACTOR[name].value
    return whole, intervals.monthly(rows, whole.last, whole.months, value)


@cache
def stored() -> pd.DataFrame:
    """Return the stored forecasts.

    Returns `series` (key of `foreseen.BY_ACTOR`), `origin` (last month known, `YYYY-MM`), `known` (sum of the months
    known, by which a user's own data are told apart), `rule` (key of `RIVALS`), `value` (sum of the next six months).
    """
    return pd.read_csv(STORED)


def write(path: Path = STORED) -> None:
    """Make every forecast and store the table."""
    records = []
    for name in BY_ACTOR:
        whole, counts = monthly(name)
        for known in range(FIRST, len(counts) + 1):
            origin = str(whole.first + known - 1)
            for rival in RIVALS:
                value = round(ahead(counts[:known], rival), 2)
                records.append((name, origin, int(counts[:known].sum()), rival, value))
    frame = pd.DataFrame(records, columns=["series", "origin", "known", "rule", "value"])
    frame.to_csv(path, index=False)


if __name__ == "__main__":
    write()
