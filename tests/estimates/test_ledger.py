"""The ledger of forecasts: kept as made, appended once, graded when their months are over; others' on the same months."""

from __future__ import annotations

import hashlib
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

from helpers import chain, cli, data
from helpers import definitions as d
from helpers.data import Tables
from helpers.errors import DataError, MaliError
from helpers.estimates import ledger, rolling

FIRST_DAY = "280986239fbb197f"


@pytest.fixture(autouse=True)
def fresh_caches():
    yield
    data._load.cache_clear()
    data._package.cache_clear()


def fresh(day: str, origin: str = "2030-01") -> pd.DataFrame:
    """Two synthetic forecasts."""
    rows = Tables().standing().head(2).drop(columns="seal")
    return rows.assign(made_on=day, origin=origin, first="2030-02", last="2030-07").reset_index(drop=True)


def test_the_first_forecasts_are_those_of_the_day_they_were_made():
    """Whoever changes one of them changes this number too, in the open."""
    first = Tables().standing().query("made_on == '2026-11-26'")
    assert len(first) == 24
    assert hashlib.sha256("".join(first["seal"]).encode()).hexdigest()[:16] == FIRST_DAY
    assert set(first.groupby("series").size()) == {3}
    assert set(first["series"]) == set(d.FORESEEN)


def test_a_forecast_knows_every_complete_month_and_none_after_it():
    rows = Tables().standing().query("made_on == '2026-11-26'").set_index(["series", "model"])
    for series, (table, _) in d.FORESEEN.items():
        one = rows.loc[(series, "pace")]
        assert one["origin"] == str(Tables().last_month(table))
        assert one["first"] == str(Tables().last_month(table) + 1)
        assert one["last"] == str(Tables().last_month(table) + 6)
    six = Tables().totals().query("'2025-10' <= month <= '2026-03'")
    assert rows.loc[("events-all", "pace"), "value"] == six["events"].sum() == 831
    deaths = Tables().ucdp_types().query("'2025-06' <= month <= '2026-05'")["deaths"].sum()
    assert rows.loc[("deaths-ucdp", "year"), "value"] == deaths / 2 == 1105


def test_the_range_is_that_of_the_distribution_that_is_kept():
    for row in Tables().standing().itertuples():
        low, high = rolling.Predicted(row.middle, row.scale, row.df).quantile(np.array([0.1, 0.9]))
        assert (row.low, row.high) == (pytest.approx(low, abs=0.06), pytest.approx(high, abs=0.06))


def test_what_is_appended_leaves_the_rest_and_a_second_time_is_refused():
    kept = Tables().standing()
    rows = ledger.appended(kept, fresh("2030-03-01"))
    assert rows.head(len(kept)).equals(kept)
    assert len(rows) == len(kept) + 2
    assert chain.held("standing", rows, ledger.KEY) == f"standing: {len(rows)} rows as they were made, none twice"
    with pytest.raises(MaliError, match="stands there already, and is not made again; nothing was appended"):
        ledger.appended(rows, fresh("2030-03-01"))
    # The same day may bring the series whose tables came later.
    again = ledger.appended(rows, fresh("2030-03-01", "2030-02"))
    assert again["seal"].isin(rows["seal"]).sum() == len(rows)
    with pytest.raises(MaliError, match="the last forecast was made on 2030-03-01; expected that day or later"):
        ledger.appended(rows, fresh("2029-12-31", "2029-12"))


@pytest.mark.parametrize(("column", "value"), [("value", 1.0), ("low", 0.0), ("made_on", "2026-11-25"), ("df", 9)])
def test_a_changed_row_is_seen_and_stops_the_next(column, value):
    rows = Tables().standing()
    rows.loc[3, column] = value
    with pytest.raises(DataError, match=r"standing.csv: row \d+ does not fit its seal"):
        chain.hold(rows, "standing")
    with pytest.raises(DataError, match="does not fit its seal"):
        ledger.appended(rows, fresh("2030-03-01"))


def test_a_changed_row_of_an_earlier_day_breaks_the_later_days_even_with_a_new_seal():
    rows = ledger.appended(Tables().standing(), fresh("2030-03-01"))
    forged = rows.copy()
    forged.loc[0, "value"] = 1.0
    early = forged["made_on"].lt("2030")
    forged.loc[early, "seal"] = chain.sealed(forged[early])["seal"]
    with pytest.raises(DataError, match="does not fit its seal"):
        chain.hold(forged, "standing")
    twice = chain.sealed(pd.concat([rows, rows.tail(1).assign(made_on="2030-04-01")], ignore_index=True))
    with pytest.raises(DataError, match="stands there twice; expected once"):
        chain.held("standing", twice, ledger.KEY)


def _older(folder):
    """Take the forecasts of the totals out of a copy, as if that table had just grown by a month."""
    from helpers.ingest import place, tables

    rows = Tables(folder).standing()
    place.place(tables.resealed(folder, {"standing": chain.sealed(rows[~rows["series"].str.endswith("-all")])}), folder)
    data._load.cache_clear()
    data._package.cache_clear()


@pytest.mark.slow
def test_the_command_appends_what_is_new_whole_and_the_tables_still_hold(data_copy, capsys):
    _older(data_copy)
    before = Tables(data_copy).standing()
    assert cli.main(["forecast", "--append", "--data", str(data_copy)]) == 0
    assert capsys.readouterr().out.count("-all,") == 6
    data._load.cache_clear()
    data._package.cache_clear()
    after = Tables(data_copy).standing()
    assert len(after) == len(before) + 6
    assert set(before["seal"]) <= set(after["seal"])
    assert any(line.startswith("standing: 24 rows as they were made") for line in data.check(Tables(data_copy)))
    left = {path.name: path.read_bytes() for path in data_copy.iterdir() if path.is_file()}
    assert cli.main(["forecast", "--append", "--data", str(data_copy)]) == 2
    assert "nothing was appended" in capsys.readouterr().err
    assert left == {path.name: path.read_bytes() for path in data_copy.iterdir() if path.is_file()}


@pytest.mark.slow
def test_two_at_once_make_one_set(data_copy):
    _older(data_copy)
    call = [sys.executable, "-m", "helpers", "forecast", "--append", "--data", str(data_copy)]
    both = [subprocess.Popen(call, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    said = [one.communicate()[1] for one in both]
    assert sorted(one.returncode for one in both) == [0, 2], said
    assert len(Tables(data_copy).standing()) == 24


def test_a_changed_file_is_refused_by_the_command_and_by_seal(data_copy, capsys):
    path = data_copy / "standing.csv"
    path.write_text(path.read_text().replace(",831.0,", ",931.0,", 1))
    changed = path.read_bytes()
    assert cli.main(["forecast", "--append", "--data", str(data_copy)]) == 2
    assert "differs from its hash" in capsys.readouterr().err
    assert cli.main(["seal", "--data", str(data_copy)]) == 2
    assert "does not fit its seal" in capsys.readouterr().err
    assert path.read_bytes() == changed


def test_grades_wait_for_the_last_month_and_then_are_the_scores_by_hand():
    rows = Tables().standing().query("series == 'events-all'").reset_index(drop=True)
    ends = {"totals": "2026-03"}
    open_ = ledger.graded(rows, Tables(), ends)
    assert open_[["actual", "crps", "log_score", "interval_score", "covered"]].isna().all(axis=None)
    # As if it had been made a year earlier: April to September 2025 is over.
    early = rows.assign(origin="2025-03", first="2025-04", last="2025-09")
    found = ledger.graded(early, Tables(), ends)
    came = Tables().totals().query("'2025-04' <= month <= '2025-09'")["events"].sum()
    assert (found["actual"] == came).all()
    for row in found.itertuples():
        made = rolling.Predicted(row.middle, row.scale, row.df)
        assert row.crps == pytest.approx(made.crps(came))
        assert row.log_score == pytest.approx(made.log_score(came))
        assert row.interval_score == pytest.approx(made.interval_score(came))
        assert row.covered == (row.low <= came <= row.high)
    held_back = ledger.graded(early, Tables(), {"totals": "2025-08"})
    assert held_back["actual"].isna().all()


def test_a_forecast_ahead_is_the_one_that_the_back_test_would_score():
    counts, first = ledger.monthly("events-all", Tables())
    scored = rolling.table(counts, first)
    ahead = rolling.ahead(counts[:-6])
    last = scored[scored["origin"].eq(scored["origin"].max())].set_index("rule")
    for rule, made in ahead.items():
        assert last.at[rule, "value"] == pytest.approx(float(made.quantile(0.5)))
        assert last.at[rule, "crps"] == pytest.approx(made.crps(float(counts[-6:].sum())))
    with pytest.raises(MaliError, match="months are too few to forecast"):
        rolling.ahead(counts[:20])


def test_others_live_forecasts_of_the_same_months_and_of_years():
    found = ledger.awaited(Tables().forecasts(), "UCDP deaths", "2026-06", "2026-11")
    assert found[["model", "data_to"]].to_numpy().tolist() == [["PaCE", "2026-05"]]
    rows = Tables().forecasts().query("model == 'PaCE' and data_to == '2026-05' and variant == 'twelve months'")
    assert found["deaths"].iloc[0] == pytest.approx(rows["deaths"].head(6).sum())
    assert ledger.awaited(Tables().forecasts(), "UCDP deaths", "2027-01", "2027-06").empty
    year = ledger.by_year(Tables().forecasts(), Tables().ucdp_types(), "2026-05").iloc[0]
    assert (year["target"], round(year["forecast"]), year["recorded"]) == ("2025", 2053, 1357)
    assert ledger.by_year(Tables().forecasts(), Tables().ucdp_types(), "2025-11").empty


def test_the_brier_score_of_published_probabilities_by_hand():
    found = ledger.brier(Tables().forecasts(), Tables().ucdp_types(), "2026-05").iloc[0]
    rows = Tables().forecasts().query("p25.notna() and target <= '2026-05'")
    deaths = Tables().ucdp_types().query("type == 'state-based'").set_index("month")["deaths"]
    assert (rows["target"].map(deaths) >= 25).all()
    assert (found["months"], found["came"], found["year"]) == (10, 10, 0)
    assert found["brier"] == pytest.approx(((1 - rows["p25"]) ** 2).mean())
    # A month below 25 costs the square of what was promised.
    types = Tables().ucdp_types()
    types.loc[types["month"].eq("2025-12") & types["type"].eq("state-based"), "deaths"] = 24
    other = ledger.brier(Tables().forecasts(), types, "2026-05").iloc[0]
    december = rows.set_index("target")["p25"]["2025-12"]
    assert other["came"] == 9
    assert other["brier"] - found["brier"] == pytest.approx((december**2 - (1 - december) ** 2) / 10)
