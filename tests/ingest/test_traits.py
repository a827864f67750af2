"""What a filter leaves behind that no kind, region or side tells, on events made from the project's own counts."""

import numpy as np
import pandas as pd
import pytest

from helpers.data import Tables
from helpers.ingest import sums, traits

ACTORS = Tables().load("actors").query("'2019-01' <= month <= '2024-12'")


@pytest.fixture(scope="module")
def whole():
    """As many events as the table counts, on any day of their month; the first of a cell is its deadliest."""
    rows = ACTORS.loc[ACTORS.index.repeat(ACTORS["events"])].drop(columns="events")
    first = ~rows.index.duplicated()
    rows = rows.assign(fatalities=rows["deadliest"].where(first, 0))
    days = np.random.default_rng(1).integers(0, 28, len(rows))
    rows["date"] = pd.to_datetime(rows["month"] + "-01") + pd.to_timedelta(days, "D")
    return rows.sort_values("date", ignore_index=True)


def said(rows, whole):
    missing = len(whole) - len(rows)
    return "; ".join(traits.left(rows, ACTORS, missing)) or traits.even(rows, ACTORS)


@pytest.mark.parametrize(
    ("keep", "told"),
    [
        (lambda rows: rows[rows["date"].dt.day_of_week < 5], "they hardly hold an event on Saturdays or Sundays (0 of about 1,"),
        (lambda rows: rows[rows["date"].dt.day % 2 == 1], "they hardly hold an event on 14 days of the month, as day 2 (0 of"),
        (lambda rows: rows[rows["fatalities"] < 10], "they hold no event of more than 9 deaths, where "),
        (lambda rows: rows[rows["side1"] != "state"], "state forces hardly stand as the first actor (0 of about "),
        (lambda rows: rows[rows["side2"] != "state"], "state forces hardly stand as the second actor (0 of about "),
        (lambda rows: rows[::2], "They hold about the same part (50%) of every month, region, kind and side: a sample"),
        (lambda rows: rows[::3], "They hold about the same part (33%) of every"),
        (lambda rows: rows[rows["event_type"] == "Battles"], ""),
        (lambda rows: rows[rows["region"].isin(["Mopti", "Segou"])], ""),
    ],
    ids=["weekdays", "odd days", "under ten deaths", "state first", "state second", "second", "third", "battles", "regions"],
)  # fmt: skip
def test_a_filter_is_named_by_what_it_left(whole, keep, told):
    found = said(keep(whole), whole)
    assert told.lower() in found.lower()
    assert bool(told) or "sample" not in found


def test_whole_events_and_spoiled_ones_of_which_none_is_missing_have_no_trait_of_a_filter(whole):
    assert said(whole, whole) == ""
    assert said(whole.assign(date=whole["date"].dt.to_period("M").dt.to_timestamp()), whole) == ""
    assert said(whole.assign(fatalities=whole["fatalities"].clip(upper=9)), whole) == ""


def test_no_random_thinning_is_taken_for_a_filter(whole):
    rng, samples = np.random.default_rng(2), 0
    for part in np.linspace(0.1, 0.85, 12):
        found = said(whole[rng.random(len(whole)) < part], whole)
        assert found == "" or "a sample" in found, found
        samples += bool(found)
    assert samples >= 9


@pytest.mark.parametrize("keep", [lambda rows: rows[::2], lambda rows: rows[rows["date"].dt.day_of_week < 5], lambda rows: rows[rows["fatalities"] < 10], lambda rows: rows[rows["side1"] != "state"]])  # fmt: skip
def test_each_of_these_leaves_too_little_for_a_verdict(whole, keep):
    """What `short` says withholds every verdict (see `test_own_kinds`), whether or not the filter has a name."""
    totals = whole.assign(events=1).groupby(["month", "region"], as_index=False)[["events", "fatalities"]].sum()
    assert sums.few(keep(whole).assign(events=1), totals)
    assert sums.few(whole.assign(events=1), totals) == ""
