"""The tables found in 2026: what they hold, and how they agree with what they overlap."""

from __future__ import annotations

import datetime

import pandas as pd
import pytest
import yaml

from helpers import definitions as d
from helpers.data import Tables
from helpers.ingest import missions, schools, ucdp_recent, weekly
from helpers.tabular import method_differences_table, stretches

# ------------------------------------------------------------------------------- ways of fighting


def test_every_sub_event_type_of_a_violent_event_stands_in_one_class():
    kinds = [sub for subs in d.METHODS.values() for sub in subs]
    assert len(kinds) == len(set(kinds))
    assert not set(kinds) & set(weekly.NO_CLASS)
    assert set(d.VIOLENT_METHODS) < set(d.POLITICAL_METHODS) < set(d.METHODS)
    assert {m for kind in d.VIOLENT for m in d.METHOD_TYPES[kind]} == set(d.VIOLENT_METHODS)


def test_a_week_belongs_to_the_month_in_which_it_ends():
    frame = pd.DataFrame(
        {
            "week": pd.to_datetime(["2022-01-29", "2022-01-22"]), "region": "Mopti", "method": "air",
            "events": [2, 5], "fatalities": [1, 0],
        }
    )  # fmt: skip
    found = weekly.methods_table(frame).set_index("month")["events"].to_dict()
    assert found == {"2022-02": 2, "2022-01": 5}  # The Fridays are 4 February and 28 January.


def test_runs_of_whole_weeks_begin_on_a_saturday_and_end_on_a_friday():
    found = stretches("1997-01", "2026-02")
    for first, last in found:
        assert pd.Period(first, "M").start_time.day_name() == "Saturday"
        assert pd.Period(last, "M").end_time.day_name() == "Friday"
    assert found[-1] == ("2025-03", "2025-10")


def test_methods_equal_the_totals_in_every_run_of_whole_weeks():
    methods, totals = Tables().methods(), Tables().totals()
    violence = methods[methods["method"].isin(d.POLITICAL_METHODS)]
    keys = ["region"]
    runs = stretches("1997-01", "2026-02")
    assert len(runs) > 40
    for first, last in runs:
        sums = [
            t[t["month"].between(first, last)].groupby(keys)[["events", "fatalities"]].sum() for t in (violence, totals)
        ]
        ours, theirs = sums[0], sums[1][sums[1]["events"] > 0]
        pd.testing.assert_frame_equal(ours, theirs, check_dtype=False, obj=f"{first} to {last}")
    last = violence[violence["month"].between("2025-03", "2025-10")]
    assert (last["events"].sum(), last["fatalities"].sum()) == (1017, 2609)


def test_every_difference_from_the_event_tables_is_listed_with_its_reason():
    listed = Tables().method_differences()
    assert listed["reason"].value_counts().to_dict() == {
        "Gao-Menaka border": 22,
        "older export": 14,
        "other vintage": 4,
    }
    assert listed["against"].eq("actors").all()
    assert (listed.loc[listed["reason"].eq("older export"), "last"] < "2017-01").all()
    other = listed[listed["reason"].eq("other vintage")]
    assert (other["events"] - other["events_other"]).abs().max() == 2
    assert (other["fatalities"] - other["fatalities_other"]).abs().max() == 2


def test_a_lost_event_opens_the_ring(tmp_path):
    methods = Tables().methods()
    at = methods.index[methods["month"].eq("2024-03") & methods["method"].eq("clashes")][0]
    spoilt = methods.copy()
    spoilt.loc[at, "events"] -= 1
    listed = Tables().method_differences()
    found = method_differences_table(spoilt, Tables().actors(), Tables().totals(), "2026-02")
    assert len(found) == len(listed) + 2  # One cell against the event tables, one against the totals.


def test_weeks_equal_the_event_tables_but_for_what_is_known(raw_folder):
    from helpers.ingest import RawFiles, acled

    raw = RawFiles(raw_folder)
    weeks = weekly.read(raw.path("acled_weekly")).frame
    kinds = {method: kind for kind, names in d.METHOD_TYPES.items() for method in names}
    weeks = weeks[weeks["method"].isin(d.VIOLENT_METHODS)]
    weeks = weeks.assign(event_type=weeks["method"].map(kinds))
    events = acled.read_events(raw.path("acled_newer"), "2017-01")
    events = events[events["event_type"].isin(d.VIOLENT) & events["date"].between("2017-01-07", "2025-03-21")]
    saturday = events["date"] - pd.to_timedelta((events["date"].dt.day_of_week + 2) % 7, unit="D")
    keys = ["week", "region", "event_type"]
    theirs = events.assign(week=saturday).groupby(keys)["fatalities"].agg(events="size", fatalities="sum")
    ours = weeks[weeks["week"].between("2017-01-07", "2025-03-15")].groupby(keys)[["events", "fatalities"]].sum()
    both = ours.join(theirs, how="outer", suffixes=("_w", "_e")).fillna(0)
    differ = both[both["events_w"].ne(both["events_e"]) | both["fatalities_w"].ne(both["fatalities_e"])].reset_index()
    border = differ["region"].isin(["Gao", "Menaka"]) & (differ["week"] < "2021-01-01")
    rest = differ[~border]
    assert (len(both), len(differ), len(rest)) == (4048, 47, 3)
    assert {(str(row.week.date())[:4], row.region) for row in rest.itertuples()} == {
        ("2020", "Mopti"), ("2020", "Segou"), ("2022", "Mopti"),
    }  # fmt: skip


# ------------------------------------------------------------------------------- UCDP


def test_the_new_release_equals_the_old_one_in_every_final_month():
    types, months = Tables().ucdp_types(), Tables().ucdp_months().set_index("month")
    by_type = types.pivot(index="month", columns="type", values="events")
    final = months[months["status"].eq("final")]
    for column, kind in (("state_based", "state-based"), ("non_state", "non-state"), ("one_sided", "one-sided")):
        assert (by_type.loc[final.index, kind] == final[column].fillna(0)).all(), column
    deaths = types.groupby("month")["deaths"].sum()
    gap = deaths.loc[final.index] - final["best"].fillna(0)
    assert gap[gap.ne(0)].to_dict() == {"1995-01": 7}  # 26.1 counts 11 deaths where 25.1 has 4.
    later = months[months["status"].eq("candidate")]
    gap = deaths.loc[later.index] - later["best"]
    assert gap[gap.ne(0)].to_dict() == {"2025-06": -21, "2025-07": -6, "2025-10": -5, "2025-11": 1, "2025-12": 20}


def test_the_new_release_ends_in_may_2026_and_says_what_is_provisional():
    types = Tables().ucdp_types()
    year = types[types["month"].str.startswith("2025")]
    assert year.groupby("type")["deaths"].sum().to_dict() == {"state-based": 1357, "non-state": 168, "one-sided": 632}
    assert set(types.loc[types["provisional"].eq("yes"), "month"]) == {f"2026-0{n}" for n in range(1, 6)}
    assert types[types["month"].eq("2026-05")]["deaths"].sum() == 439
    assert len(types) == 3 * types["month"].nunique() == 3 * 449


def test_dyads_stay_inside_mali_but_in_three_months():
    dyads = Tables().ucdp_dyad_months().groupby(["month", "type"])[["events", "deaths"]].sum()
    types = Tables().ucdp_types().set_index(["month", "type"])[["events", "deaths"]]
    over = dyads[(dyads > types.loc[dyads.index]).any(axis=1)].reset_index()
    # May and June 2013: Niger as well; April 2024: one event with three deaths.
    assert over["month"].tolist() == ["2013-05", "2013-06", "2024-04"]
    assert over["type"].eq("state-based").all()


def test_dyads_and_their_names_are_those_of_the_release(raw_folder):
    """Read anew from the release, by the names alone: every month, event and death of the dyads of the table."""
    made = Tables().ucdp_dyad_months()
    folder = raw_folder / "ucdp/wopr"
    release = pd.read_csv(folder / "dyad-month.csv")
    release["month"] = [f"{year}-{month:02}" for year, month in zip(release["year"], release["month"], strict=True)]
    parts = []
    for type_, short, file in (("state-based", "sb", "dyads.yaml"), ("non-state", "ns", "nonstate.yaml")):
        names = {row["id"]: row["name"] for row in yaml.safe_load((folder / file).read_text(encoding="utf-8"))}
        found = release[release["type"].eq(short)].assign(type=type_)
        found["dyad"] = found["dyad_id"].map(names)
        parts.append(found[found["dyad"].isin(set(made["dyad"]))])
        ours = found["dyad"].str.startswith("Government of Mali - ")
        assert set(found.loc[ours, "dyad"]) <= set(made["dyad"])
    key = ["month", "type", "dyad"]
    whole = pd.concat(parts).groupby(key)[["events", "deaths"]].sum().sort_index()
    held = made.set_index(key)[["events", "deaths"]].sort_index()
    pd.testing.assert_frame_equal(whole, held, check_dtype=False, check_index_type=False)


def test_pace_forecasts_are_those_of_the_files(raw_folder):
    made = Tables().forecasts()
    made = made[made["model"].eq("PaCE")]
    live = pd.read_csv(raw_folder / "forecasts/pace_live_mali_6month_vs_ucdp.csv")
    live = live.assign(made=live["file"].str[:7], deaths=live["pace"])
    year = pd.read_csv(raw_folder / "forecasts/pace_mali_h12_all_vintages.csv")
    before = (pd.PeriodIndex(year["file_month"], freq="M") - 1).astype(str)
    year = year.assign(made=before, deaths=year["pace_mean"])
    for variant, frame in (("six months", live), ("twelve months", year)):
        held = made[made["variant"].eq(variant)].set_index(["data_to", "target"])["deaths"]
        assert dict(held) == dict(zip(zip(frame["made"], frame["month"], strict=True), frame["deaths"], strict=True))


def test_what_the_new_tables_say_of_the_war_was_counted_by_hand_too():
    """Counted once with other code from the raw files; weeks count where they end, so years differ from ACLED's by days."""
    methods = Tables().methods()
    air = methods[methods["method"].eq("air")]
    by_year = air.groupby(air["month"].str[:4])["events"].sum()
    assert [int(by_year[str(year)]) for year in range(2021, 2026)] == [42, 82, 129, 169, 326]
    actors = Tables().actors()
    remote = actors[actors["event_type"].eq(d.REMOTE) & actors["side1"].eq("state")]
    by_year = remote.groupby(remote["month"].str[:4])["events"].sum()
    assert (by_year["2020"], by_year["2024"]) == (3, 159)
    totals = Tables().totals()
    sikasso = totals[totals["region"].eq("Sikasso")]
    assert sikasso.loc[sikasso["month"].between("2025-07", "2025-09"), "events"].sum() == 28
    assert sikasso.loc[sikasso["month"].between("2025-10", "2025-12"), "events"].sum() == 98


def test_a_candidate_month_that_the_release_calls_final_is_refused(tmp_path):
    meta = tmp_path / "meta.yaml"
    meta.write_text("downloaded: '2026-07-16'\ndata_through: '2026-02-28'\ncandidate_months: ['2026-02']\n")
    table = tmp_path / "country-month.csv"
    header = "gwno,year,month,sb_events,sb_deaths,ns_events,ns_deaths,os_events,os_deaths,provisional\n"
    table.write_text(header + "432,2026,1,1,2,0,0,0,0,1\n")
    with pytest.raises(Exception, match="2026-01 is provisional there"):
        ucdp_recent.types_table(table, meta)
    table.write_text(header + "432,2026,2,1,2,0,0,0,0,1\n436,2026,2,9,9,0,0,0,0,1\n")
    found = ucdp_recent.types_table(table, meta)
    assert found["deaths"].sum() == 2
    assert found["month"].max() == "2026-02"


# ------------------------------------------------------------------------------- schools, peacekeepers, places


def test_closing_dates_give_years_or_say_what_they_are():
    assert schools.closing_year(datetime.datetime(2019, 3, 1)) == "2019"
    assert schools.closing_year("22/10//2021") == "2021"
    assert schools.closing_year(datetime.datetime(1905, 7, 11)) == "unreadable"
    assert schools.closing_year("S'il vous plait,  insérez la date ici") == "not stated"
    assert schools.closing_year(float("nan")) == "not stated"


def test_schools_sum_to_the_survey():
    table = Tables().schools()
    assert table["schools"].sum() == 9141
    assert table.groupby("status")["schools"].sum().to_dict() == {"insecurity": 1550, "open": 7419, "other": 172}
    bankass = table[table["cercle"].eq("Bankass")].groupby("status")["schools"].sum()
    assert (bankass["insecurity"], bankass.sum()) == (202, 352)
    assert table.loc[table["status"].eq("open"), "closed"].eq("").all()
    assert set(table["cercle"]) <= set(Tables().cercles()["cercle"])
    regions = Tables().cercles().set_index("cercle")["region"]
    assert (table["region"] == table["cercle"].map(regions)).all()


def test_peacekeepers_by_cause():
    table = Tables().peacekeepers()
    assert table.groupby("cause")["deaths"].sum().to_dict() == {
        "accident": 38, "illness": 88, "malicious act": 174, "to be determined": 9, "unknown": 2,
    }  # fmt: skip
    hostile = table[table["cause"].eq("malicious act")]
    by_year = hostile.groupby(hostile["month"].str[:4])["deaths"].sum()
    assert by_year.tolist() == [4, 28, 12, 27, 24, 11, 22, 6, 20, 15, 5]


def test_places_of_the_mission_are_named_as_the_bases_are():
    table = Tables().un_bases()
    assert not set(missions.PLACES) & set(table["place"])
    counts = table.groupby("year")["place"].nunique()
    assert counts.loc[2014:2023].between(12, 15).all()
    assert counts.loc[2024] == 2
    assert table.groupby("place")[["latitude", "longitude"]].nunique().eq(1).all(axis=None)


def test_forecasts_say_what_they_forecast_and_whether_they_were_public_in_time():
    table = Tables().forecasts()
    assert set(zip(table["model"], table["outcome"], strict=True)) == {
        ("VIEWS", "UCDP state-based deaths"), ("PaCE", "UCDP deaths"),
    }  # fmt: skip
    year = table[table["target"].eq("2025")]
    assert year["deaths"].round().tolist() == [2053]
    twelve = table[table["variant"].eq("twelve months") & table["status"].eq("live")]
    assert twelve["data_to"].min() == "2026-03"
    months = table[table["target"].str.len().eq(7)]
    assert (months["target"] > months["data_to"]).all()
    # One vintage of VIEWS gave the probability of a month with 25 deaths or more.
    given = table[table["p25"].notna()]
    assert set(zip(given["model"], given["data_to"], strict=True)) == {("VIEWS", "2025-07")}
    assert len(given) == 36


def test_outcomes_of_the_forecasts_are_the_table_of_ucdp(raw_folder):
    frame = pd.read_csv(raw_folder / "forecasts/pace_live_mali_6month_vs_ucdp.csv")
    deaths = Tables().ucdp_types().groupby("month")["deaths"].sum()
    assert (frame["ucdp"] == frame["month"].map(deaths)).all()


# ---------------------------------------------------------------------------------------- Taoudenit


def test_the_approximate_taoudenit_lies_in_tombouctou_and_moves_no_area():
    import shapely

    (feature,) = Tables().shapes("taoudenit")["features"]
    assert feature["properties"]["approximate"] is True
    shape = shapely.make_valid(shapely.geometry.shape(feature["geometry"]))
    regions = {
        f["properties"]["region"]: shapely.geometry.shape(f["geometry"]) for f in Tables().shapes("regions")["features"]
    }
    inside = shape.intersection(shapely.make_valid(regions["Tombouctou"])).area / shape.area
    assert inside > 0.95
    assert "Taoudenit" not in set(Tables().regions()["region"])
    assert Tables().regions().set_index("region").loc["Tombouctou", "area_km2"] == 499269.9
