"""Ingest: synthetic files small enough to check by eye, and the committed tables against a fresh run."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from helpers import data
from helpers import definitions as d
from helpers import measures as m
from helpers.data import Tables
from helpers.errors import DataError
from helpers.geodesy import cell_area_km2, cells_within, centre_of, footprint_areas, great_circle_km
from helpers.ingest import RawFiles, acled, boundaries, derive, hdx, seal, ucdp, write_tables
from helpers.ingest.tables import ACLED_MONTHS, SOURCES, sha256
from helpers.schemas import SCHEMAS

HEADER = "event_id_cnty,event_date,event_type,sub_event_type,actor1,actor2,admin1,location,latitude,longitude,fatalities,notes"
# Synthetic events: no row of them is real.
EVENTS = f"""{HEADER}
#event+code,#date,#event+type,,#group+1,#group+2,#adm1,#loc,#geo+lat,#geo+lon,#affected,#description
SYN1,2022-06-01,Battles,Armed clash,JNIM: Group for Support of Islam and Muslims,Military Forces of Mali (2021-),Mopti,A,14.50,-4.20,5,army with Wagner fighters
SYN2,2022-06-03,Violence against civilians,Attack,Military Forces of Mali (2021-),Civilians (Mali),Mopti,B,14.51,-4.21,4,"Wagner and army"
SYN3,2022-06-05,Riots,Mob violence,Rioters (Mali),Civilians (Mali),Bamako,C,12.65,-8.00,1,
SYN4,2022-06-06,Riots,Violent demonstration,Rioters (Mali),,Bamako,C,12.65,-8.00,0,
SYN5,2022-07-07,Explosions/Remote violence,Remote explosive,Katiba Macina,,Timbuktu,D,16.77,-3.01,0,
SYN6,2022-07-08,Battles,Armed clash,A name nobody has seen,Wagner Group,Segou,E,13.44,-6.26,2,
"""


@pytest.fixture
def events_file(tmp_path: Path) -> Path:
    path = tmp_path / "events.csv"
    path.write_text(EVENTS, encoding="utf-8")
    return path


def test_events_are_read_without_tags_and_without_what_is_no_political_violence(events_file):
    events = acled.read_events(events_file)
    assert list(events["event_id"]) == ["SYN1", "SYN2", "SYN3", "SYN5", "SYN6"]
    assert dict(zip(events["event_id"], events["event_type"], strict=True))["SYN3"] == d.OTHER
    assert set(events["region"]) == {"Mopti", "Bamako", "Tombouctou", "Segou"}
    assert list(events["mentions"]) == ["wagner", "wagner", "", "", ""]


def test_attribution_names_groups_bands_wagner_and_unknown_actors(events_file):
    events, unknown = acled.attribute(acled.read_events(events_file))
    by_id = events.set_index("event_id")
    assert by_id.loc["SYN1", ["side1", "side2"]].tolist() == ["jnim", "state"]
    assert by_id["wagner"].to_dict() == {
        "SYN1": "mentioned",
        "SYN2": "mentioned",
        "SYN3": "no",
        "SYN5": "no",
        "SYN6": "named",
    }
    assert by_id.loc["SYN5", ["side1", "side2", "flm"]].tolist() == ["flm", "none", "named"]
    assert by_id.loc["SYN3", "band"] == "0-50"
    assert by_id.loc["SYN6", "side1"] == "other"
    assert unknown.to_dict("records") == [{"actor": "A name nobody has seen", "events": 1}]


def test_tables_count_every_event_once_and_keep_the_deadliest(events_file):
    events, _ = acled.attribute(acled.read_events(events_file))
    table = acled.actors_table(events)
    assert table["events"].sum() == len(events)
    assert table["fatalities"].sum() == 12
    assert (table["deadliest"] <= table["fatalities"]).all()
    footprint = acled.footprint_table(events)
    assert footprint[["half", "south", "west", "mi_events"]].to_numpy().tolist() == [
        ["2022H1", 14.5, -4.2, 1],
        ["2022H2", 16.7, -3.1, 1],
    ]
    mi = events[acled.is_mi(events)]
    for column, groups in (("jnim_events", ["jnim", "flm"]), ("is_events", ["is-sahel"])):
        assert footprint[column].sum() == (mi["side1"].isin(groups) | mi["side2"].isin(groups)).sum()
    assert footprint["jnim_events"].sum() >= 1


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda t: t.replace("admin1", "region"), "column admin1 is missing"),
        (lambda t: t.replace(",Mopti,", ",Moptii,"), "admin1 holds 'Moptii'"),
        (lambda t: t.replace("SYN2", "SYN1"), "stands twice"),
    ],
)
def test_bad_event_files_give_one_sentence(tmp_path, spoil, message):
    path = tmp_path / "bad.csv"
    path.write_text(spoil(EVENTS), encoding="utf-8")
    with pytest.raises(DataError, match=message) as error:
        acled.read_events(path)
    assert str(error.value).startswith("bad.csv:")


def test_no_event_in_the_months_asked_for_is_an_error(events_file):
    with pytest.raises(DataError, match="no political violence between 2030-01"):
        acled.read_events(events_file, "2030-01", "2030-12")


def test_hdx_aggregate_refuses_gaps_and_other_countries(tmp_path):
    good = pd.DataFrame(
        [
            {
                "Country": "Mali",
                "Admin1": region,
                "Admin2": cercle,
                "Month": month,
                "Year": 2022,
                "Events": 1,
                "Fatalities": 2,
            }
            for month in ("January", "February")
            for region, cercle in (("Mopti", "Koro"), ("Menaka", "Inekar"), ("Menaka", "Menaka"))
        ]
    )
    path = tmp_path / "hdx.xlsx"
    good.to_excel(path, sheet_name="Data", index=False)
    aggregate = hdx.read_aggregate(path)
    assert hdx.totals_table(aggregate)["events"].tolist() == [2, 1, 2, 1]
    halves = hdx.cercle_halves_table(aggregate)
    assert halves[["cercle", "months", "events"]].to_numpy().tolist() == [["Menaka", 2, 4], ["Koro", 2, 2]]
    months = hdx.cercle_months_table(aggregate)
    assert months.to_numpy().tolist() == [
        ["2022-01", "Koro", 1], ["2022-01", "Menaka", 2], ["2022-02", "Koro", 1], ["2022-02", "Menaka", 2],
    ]  # fmt: skip
    quiet = aggregate.assign(events=aggregate["events"].where(aggregate["cercle"].ne("Koro"), 0))
    assert hdx.cercle_months_table(quiet)["cercle"].tolist() == ["Menaka", "Menaka"]
    early = aggregate.assign(month=aggregate["month"].str.replace("2022", "2016"))
    assert hdx.cercle_months_table(early).empty
    good.iloc[1:].to_excel(path, sheet_name="Data", index=False)
    with pytest.raises(DataError, match="incomplete"):
        hdx.read_aggregate(path)
    good.assign(Country="Niger").to_excel(path, sheet_name="Data", index=False)
    with pytest.raises(DataError, match="rows of Niger"):
        hdx.read_aggregate(path)
    good.to_excel(path, sheet_name="Other", index=False)
    with pytest.raises(DataError, match="sheet 'Data' is missing"):
        hdx.read_aggregate(path)


def test_ucdp_refuses_a_file_without_mali(tmp_path):
    path = tmp_path / "ucdp.csv"
    path.write_text("country_cy,year_cy,sb_total_deaths_best_cy,os_any_govt_killings_best_cy\nNiger,2022,1,0\n")
    with pytest.raises(DataError, match="no row of Mali"):
        ucdp.years_table(path)
    path.write_text("country_cy\nMali\n")
    with pytest.raises(DataError, match="column year_cy"):
        ucdp.years_table(path)


def test_great_circle_and_cell_area_against_known_values():
    assert great_circle_km(0.0, 0.0, 0.0, 1.0) == pytest.approx(111.195, abs=0.001)
    assert great_circle_km(90.0, 0.0, -90.0, 0.0) == pytest.approx(np.pi * 6371.0088)
    assert cell_area_km2(pd.Series([0.0]), 1.0)[0] == pytest.approx(12_364, abs=1)
    whole = cell_area_km2(pd.Series(np.arange(-90.0, 90.0)), 1.0).sum() * 360
    assert whole == pytest.approx(4 * np.pi * 6371.0088**2)


def test_the_middle_of_an_area_is_that_of_its_largest_ring():
    square = [[0, 0], [4, 0], [4, 2], [0, 2], [0, 0]]
    islet = [[9, 9], [10, 9], [10, 10], [9, 10], [9, 9]]
    assert centre_of({"geometry": {"type": "Polygon", "coordinates": [square]}}) == (1.0, 2.0)
    assert centre_of({"geometry": {"type": "MultiPolygon", "coordinates": [[islet], [square]]}}) == (1.0, 2.0)


def test_footprint_area_of_one_and_of_two_distant_points():
    one = pd.DataFrame({"latitude": [14.51, 14.51], "longitude": [-4.21, -4.21]})
    two = pd.DataFrame({"latitude": [14.51, 16.0], "longitude": [-4.21, -1.0]})
    first, second = (footprint_areas(p, (0.1,), (5,)).set_index("method")["area_km2"] for p in (one, two))
    assert first["buffer"] == pytest.approx(np.pi * 25, rel=0.001)
    assert second["buffer"] == pytest.approx(2 * np.pi * 25, rel=0.001)
    assert first["cell"] == pytest.approx(119.7, abs=0.5)


def test_cells_within_a_shape_are_those_whose_centre_it_holds():
    square = {
        "features": [{"geometry": {"type": "Polygon", "coordinates": [[[0, 0], [0, 1], [1, 1], [1, 0], [0, 0]]]}}]
    }
    cells = pd.DataFrame({"south": [0.0, 0.9, 0.96, 2.0], "west": [0.0, 0.9, 0.5, 0.0]})
    assert cells_within(cells, square, 0.1)[["south", "west"]].to_numpy().tolist() == [[0.0, 0.0], [0.9, 0.9]]


def test_menaka_takes_in_only_what_lies_inside_it(raw_folder):
    raw = RawFiles(raw_folder)
    cercles = boundaries.read_cercles(raw.path("boundaries"), raw.path("population"))
    events = pd.DataFrame(
        {"region": ["Gao", "Gao", "Mopti"], "latitude": [15.92, 16.27, 15.92], "longitude": [2.40, -0.04, 2.40]}
    )
    assert boundaries.move_to_menaka(events, cercles)["region"].tolist() == ["Menaka", "Gao", "Mopti"]


# --------------------------------------------------------------------------- the committed tables


def test_committed_tables_are_what_ingest_derives_byte_for_byte(raw_folder, root, tmp_path):
    raw = RawFiles(raw_folder)
    derived = derive(raw)
    assert derived.unknown_actors.empty, "an actor of the raw files fits no pattern of helpers.definitions"
    written = write_tables(derived, raw, tmp_path / "out", root / "data")
    for path in written:
        assert path.read_bytes() == (root / "data" / path.name).read_bytes(), f"{path.name} differs from a fresh ingest"
    assert {p.name for p in written} == {f"{n}.csv" for n in SCHEMAS} | {
        "regions.geojson",
        "cercles.geojson",
        "taoudenit.geojson",
        "datapackage.json",
    }


def test_hashes_of_the_raw_files_are_those_recorded(raw_folder, root):
    package = json.loads((root / "data" / "datapackage.json").read_text())
    for source in package["sources"]:
        path = raw_folder / SOURCES[source["name"]].path
        assert sha256(path.read_bytes()) == source["sha256"], source["name"]
        for further in source.get("also", []):
            (also,) = (p for p in SOURCES[source["name"]].also if Path(p).name == further["file"])
            assert sha256((raw_folder / also).read_bytes()) == further["sha256"], further["file"]


def test_nothing_raw_is_in_the_tables(root):
    for path in filter(Path.is_file, (root / "data").rglob("*")):
        text = path.read_text(encoding="utf-8")
        assert "MLI1" not in text
        assert "event_id_cnty" not in text
    assert "latitude" not in pd.read_csv(root / "data" / "actors.csv", nrows=0).columns


def test_event_tables_equal_hdx_totals_but_for_the_cells_listed_by_name():
    events = Tables().actors().groupby(["month", "region"])[["events", "fatalities"]].sum()
    totals = Tables().totals().set_index(["month", "region"])
    totals = totals[totals.index.get_level_values("month") <= Tables().actors()["month"].max()]
    totals = totals[totals.index.get_level_values("month") >= Tables().actors()["month"].min()]
    both = (
        totals.merge(events, left_index=True, right_index=True, how="left", suffixes=("", "_events"))
        .fillna(0)
        .astype(int)
    )
    differ = both[(both["events"] != both["events_events"]) | (both["fatalities"] != both["fatalities_events"])]
    listed = Tables().differences().set_index(["month", "region"])
    assert set(differ.index) == set(listed.index)
    # No cell of the events stands outside the totals.
    assert set(events.index) <= set(totals.index)


def test_every_listed_difference_has_the_reason_it_is_given():
    table = Tables().differences()
    border = table[table["reason"].eq("Gao-Menaka border")]
    assert set(border["region"]) == {"Gao", "Menaka"}
    sums = border.groupby("month")[["events", "events_hdx"]].sum()
    assert (sums["events"] == sums["events_hdx"]).all()
    small = table[table["reason"].eq("revised by one or two")]
    assert ((small["events"] - small["events_hdx"]).abs() <= 2).all()
    assert ((small["fatalities"] - small["fatalities_hdx"]).abs() <= 2).all()
    older = table[table["reason"].eq("revised after 2020")]
    assert (older["month"] <= ACLED_MONTHS["acled_older"][1]).all()


def test_by_month_nearly_all_event_counts_equal_the_totals():
    events = Tables().actors().groupby("month")[["events", "fatalities"]].sum()
    totals = Tables().totals().groupby("month")[["events", "fatalities"]].sum()
    newer = events[events.index >= ACLED_MONTHS["acled_newer"][0]]
    equal = (newer == totals.loc[newer.index]).all(axis=1)
    assert len(equal) == 98
    assert sorted(equal.index[~equal]) == ["2020-05", "2020-07", "2020-10", "2022-08"]


def test_shapes_names_areas_and_population_fit():
    cercles, regions = Tables().cercles(), Tables().regions()
    assert len(cercles) == 50
    assert cercles["population"].sum() == regions["population"].sum()
    # Mali's area is 1,240,192 km² by the World Bank's and UN's figure; simplified shapes come close.
    assert regions["area_km2"].sum() == pytest.approx(1_240_000, rel=0.02)
    for level in ("regions", "cercles"):
        names = {f["properties"][level[:-1]] for f in Tables().shapes(level)["features"]}
        assert names == set(Tables().load(level)[level[:-1]])


def test_ucdp_months_add_up_to_its_years():
    months = Tables().ucdp_months()
    final = months[months["status"].eq("final")]
    sums = final.groupby(final["month"].str[:4].astype(int))["best"].sum()
    years = Tables().ucdp_years().query("type == 'all'").set_index("year")["best"]
    for year in range(2012, 2025):
        assert sums[year] == years[year], year


def test_moura_is_the_deadliest_month_of_the_totals():
    by_month = Tables().totals().groupby("month")["fatalities"].sum()
    assert by_month.idxmax() == "2022-03"


def test_every_table_of_a_schema_has_rows():
    for name in SCHEMAS:
        assert len(Tables().load(name)) > 0


def test_seal_refuses_a_bad_row_and_leaves_the_folder_as_it_was(data_copy):
    path = data_copy / "chronology.csv"
    before = (data_copy / "datapackage.json").read_bytes()
    path.write_text(path.read_text().replace("2020-08-18,day,politics", "18.8.2020,day,politics", 1))
    with pytest.raises(DataError, match=r"column date in row \d+ holds '18.8.2020'"):
        seal(data_copy)
    assert (data_copy / "datapackage.json").read_bytes() == before


def test_seal_renews_the_hash_of_an_edited_table(data_copy):
    path = data_copy / "bases.csv"
    path.write_text(path.read_text().replace("Transferred to the Malian army", "Handed to the Malian army", 1))
    with pytest.raises(DataError, match="differs from its hash"):
        Tables(data_copy).load("bases")
    seal(data_copy)
    data._load.cache_clear()
    data._package.cache_clear()
    assert Tables(data_copy).load("bases")["note"].str.startswith("Handed to").any()


def test_militant_islamist_share_of_the_tables_is_plausible():
    actors = Tables().actors()
    mi = m.militant_islamist(actors)
    assert 0.4 < mi["events"].sum() / actors["events"].sum() < 0.8
