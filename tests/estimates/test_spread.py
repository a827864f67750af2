"""Space: quantiles, ellipses, cercles and areas worked by hand, and cells held against the raw events."""

import os

import numpy as np
import pandas as pd
import pytest

from helpers import definitions as d
from helpers.data import Tables
from helpers.editions import Report
from helpers.errors import DataError
from helpers.estimates import conflict_cells as cc
from helpers.estimates import diffusion as df
from helpers.estimates import spread as s
from helpers.geodesy import great_circle_km
from helpers.story import spread as story
from helpers.windows import half_of

CERCLES = Tables().shapes("cercles")
REGIONS = Tables().shapes("regions")


def cells(*records):
    """Return synthetic rows of the footprint table: half, south, west, events."""
    frame = pd.DataFrame(records, columns=["half", "south", "west", "mi_events"])
    return frame.assign(mi_civilian_events=0)


def square(name, west, south, east, north, region="Mopti"):
    """Return a synthetic cercle."""
    ring = [[west, south], [west, north], [east, north], [east, south], [west, south]]
    return {
        "type": "Feature",
        "properties": {"cercle": name, "region": region},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def test_quantiles_weigh_by_events():
    assert s.quantiles([30.0, 10.0, 20.0], [2, 1, 1], [0.25, 0.5, 0.75, 1.0]) == [10.0, 20.0, 30.0, 30.0]
    assert s.quantiles([5.0], [9], [0.1, 0.9]) == [5.0, 5.0]


def test_the_ellipse_by_hand():
    # East-west ±2, north-south ±1: variances 2 and 0.5, no covariance; the long axis points east.
    x, y = np.array([2.0, -2.0, 0.0, 0.0]), np.array([0.0, 0.0, 1.0, -1.0])
    major, minor, bearing = s.ellipse(x, y, np.ones(4))
    assert (major, minor, bearing) == pytest.approx((2**0.5, 0.5**0.5, 90.0))
    # A weight counts like so many points.
    twice = s.ellipse(x, y, np.array([2.0, 2.0, 1.0, 1.0]))
    same = s.ellipse(np.append(x, x[:2]), np.append(y, y[:2]), np.ones(6))
    assert twice == pytest.approx(same)


def test_the_centre_lies_where_the_events_are():
    # Three events in one cell and one in another due east of it: a quarter of the way.
    frame = s.centres(cells(("2022H1", 17.0, -4.05, 3), ("2022H1", 17.0, -3.65, 1)), CERCLES, draws=50)
    assert frame["longitude"][0] == pytest.approx(-4.0 + 0.1, abs=1e-3)
    assert frame["latitude"][0] == pytest.approx(17.05, abs=1e-3)
    assert frame["events"][0] == 4
    assert frame["bearing"][0] == pytest.approx(90, abs=0.5)


def test_the_bootstrap_draws_cercles_not_cells():
    """A hundred cells of two districts are two cases: their centre is as unsure as that of two cells."""
    shapes = {"features": [square("West", -5, 14, -4, 15), square("East", -4, 14, -3, 15, "Gao")]}
    few = cells(("2022H1", 14.5, -4.6, 1), ("2022H1", 14.5, -3.6, 1))
    many = cells(*[("2022H1", 14.5, west, 1) for west in (-4.6, -3.6) for _ in range(50)])
    one, other = s.centres(few, shapes), s.centres(many, shapes)
    assert one["error_km"][0] == other["error_km"][0] == s.centres(few, shapes)["error_km"][0]
    # In half of the draws of two from two, both are the same: the centre is half of the way off.
    assert one["error_km"][0] == pytest.approx(54, rel=0.02)


def test_a_ring_closes_and_has_its_axes():
    ring = s.ring(17.0, -4.0, 100.0, 50.0, 90.0)
    assert ring[0] == ring[-1]
    distances = [float(great_circle_km(lat, lon, 17.0, -4.0)) for lon, lat in ring]
    assert max(distances) == pytest.approx(100, rel=0.01)
    assert min(distances) == pytest.approx(50, rel=0.01)


def test_a_cell_goes_to_the_cercle_of_its_centre_or_the_nearest():
    shapes = {"features": [square("West", -5, 14, -4, 15), square("East", -4, 14, -3, 15, "Gao")]}
    rows = s.in_cercles(
        cells(
            ("2022H1", 14.5, -4.1, 2), ("2022H1", 14.5, -4.0, 3), ("2022H1", 14.5, -2.9, 4), ("2022H2", 14.2, -4.5, 1)
        ),
        shapes,
    )
    found = rows.set_index(["half", "cercle"])["events"]
    assert dict(found) == {("2022H1", "West"): 2, ("2022H1", "East"): 7, ("2022H2", "West"): 1}
    assert set(rows["region"]) == {"Mopti", "Gao"}


def test_affected_cercles_by_hand():
    everyone = pd.DataFrame({"half": ["2022H1"] * 3, "cercle": list("abc"), "events": [0, 1, 12]})
    islamist = pd.DataFrame({"half": ["2022H1"] * 2, "cercle": list("bc"), "events": [4, 5]})
    table = s.affected(everyone, islamist, ["2022H1", "2022H2"]).set_index(["half", "basis", "least"])["cercles"]
    assert [table["2022H1", "all", k] for k in (1, 3, 5, 10)] == [2, 1, 1, 1]
    assert [table["2022H1", "mi", k] for k in (1, 3, 5, 10)] == [2, 2, 1, 0]
    assert table["2022H2"].sum() == 0


def test_the_order_of_arrival_is_spearmans_with_the_textbook_value():
    """The common textbook example of ten pairs (IQ and hours of television): rho = -29/165."""
    iq = [86, 97, 99, 100, 101, 103, 106, 110, 112, 113]
    hours = [2, 20, 28, 27, 50, 29, 7, 17, 6, 12]
    table = pd.DataFrame({"km": iq, "first_3": [f"{2000 + x}H1" for x in hours]})
    found = df.order(table)
    assert found.rho == pytest.approx(-29 / 165)
    assert (found.cercles, found.reached) == (10, 10)
    # Cercles never reached come last, all alike.
    strict = df.order(pd.DataFrame({"km": [1, 2, 3, 4], "first_3": ["2015H1", "2016H1", None, None]}))
    assert (strict.rho, strict.reached) == (pytest.approx(0.9487, abs=1e-4), 2)
    assert np.isnan(df.order(pd.DataFrame({"km": [1, 2], "first_3": [None, None]})).rho)


def test_arrivals_of_real_data():
    r = Report("2023-07")
    table = s.reached(s.in_cercles(r.footprint, CERCLES), CERCLES, r.places, ("centre", "south"))
    assert table["cercle"].iloc[0] == "Mopti"
    assert set(table["zone"]) == {"centre", "south"}
    assert len(table) == int(r.cercles["zone"].isin(["centre", "south"]).sum())
    known = table.dropna()
    assert (known["first_1"] <= known["first_3"]).all()
    assert (known["first_5"] <= known["first_10"]).all()


def test_published_areas_by_hand():
    areas = pd.DataFrame(
        [
            (h, "mi", "cell", size, 9, area)
            for size, pair in ((0.1, (110.0, 80.0)), (0.2, (300.0, 300.0)))
            for h, area in zip(("2023H1", "2022H2"), pair, strict=True)
        ],
        columns=["half", "basis", "method", "size", "locations", "area_km2"],
    )
    table = s.published_areas(areas, "2023H1", "2022H2", 100, 100)
    assert list(table["size"]) == [0.1, 0.2]
    assert list(table["off"]) == pytest.approx([0.2, 2.0])
    assert table["ratio"][0] == pytest.approx(1.375)


def test_no_definition_gives_both_published_areas():
    table = s.published_areas(Report("latest").areas, "2023H1", "2022H2", 6150, 5200)
    assert len(table) == 36
    assert table["off"].min() > d.VINTAGE_TOLERANCE
    assert table["ratio"].max() < 6150 / 5200


def test_growth_is_one_at_its_base_and_needs_one():
    areas = Report("2023-07").areas
    base = s.growth(areas, "2017H1").set_index("half").loc["2017H1"]
    assert tuple(base) == (1, 1, 1)
    with pytest.raises(DataError, match="no half-year 1999H1"):
        s.growth(areas, "1999H1")


def test_distances_to_border_and_axes():
    places = Report("latest").places
    bamako = s.spots(cells(("2022H1", 12.6, -8.05, 1)))
    assert s.to_axes(bamako, places)[0] < 1
    # Kayes lies about 50 km from Senegal, Araouane hundreds of kilometres from any border.
    spots = s.spots(cells(("2022H1", 14.4, -11.49, 1), ("2022H1", 18.85, -3.58, 1)))
    kayes, araouane = s.to_border(spots, REGIONS)
    assert 30 < kayes < 80
    assert araouane > 150
    with pytest.raises(DataError, match=r"places\.csv names no Bamako"):
        s.axis_lines(places[places["place"].ne("Bamako")])


def test_land_of_the_zones_adds_up_to_that_of_the_country():
    r = Report("latest")
    land = r.regions.groupby("zone")["area_km2"].sum()
    whole = s.land_shares(CERCLES, r.places)
    parts = [s.land_shares(CERCLES, r.places, (zone,)) for zone in land.index]
    for i in (0, 1):
        mixed = sum(part[i] * size for part, size in zip(parts, land, strict=True)) / land.sum()
        assert mixed == pytest.approx(whole[i], abs=0.005)


def test_an_edition_knows_no_later_half_year():
    early, late = (story.bamako_distance(Report(edition)).frame for edition in ("2022-08", "latest"))
    assert early["Half-year"].iloc[-1] == "2022H1"
    pd.testing.assert_frame_equal(early, late.head(len(early)))


def test_a_published_area_is_named_only_once_it_was_published():
    with pytest.raises(story.NotInEdition, match="states no area"):
        story.area_words(Report("2023-05"))
    assert "None of them gives both 6,150" in story.area_words(Report("2023-07"))


def test_cells_at_equal_numbers_of_events_worked_by_hand():
    # Two, one and one events: of the six pairs one lies in one cell, five touch two.
    assert df.expected_cells(np.array([2, 1, 1]), 2) == pytest.approx(11 / 6)
    assert df.expected_cells(np.array([2, 1, 1]), 4) == pytest.approx(3)
    with pytest.raises(DataError, match="cannot be drawn"):
        df.expected_cells(np.array([2]), 3)
    frame = cells(*[("2017H1", 14.0 + 0.1 * i, -4, n) for i, n in enumerate((2, 1, 1))],
                  *[("2017H2", 14.0 + 0.1 * i, -4, 1) for i in range(2)])  # fmt: skip
    found = df.rarefied(frame, "2017H1").set_index("half")
    assert found.loc["2017H2", "counted"] == pytest.approx(2 / 3)
    assert found.loc["2017H2", "equal"] == pytest.approx(2 / (11 / 6))
    with pytest.raises(DataError, match="no half-year 2016H1"):
        df.rarefied(frame, "2016H1")


def test_the_footprint_grew_far_less_at_equal_numbers_of_events():
    last = df.rarefied(Report("2023-07").footprint, "2017H1").iloc[-1]
    assert (last["counted"], last["equal"]) == (pytest.approx(5.94, abs=0.01), pytest.approx(1.38, abs=0.01))


def test_the_centre_s_move_is_surer_by_cell_than_by_cercle():
    found = df.moved(Report("2023-07").footprint, CERCLES, "2023H1", "2017H1")
    assert found.km == pytest.approx(132.4, abs=0.1)
    assert found.by_cell < 0.05 < 0.1 < found.by_cercle
    assert df.moved(Report("2023-07").footprint, CERCLES, "2023H1", "2017H1") == found


def test_a_move_of_every_district_is_no_luck():
    shapes = {"features": [square(f"C{i}{j}", -5 + i, 14 + j, -4 + i, 15 + j) for i in range(4) for j in range(4)]}
    west = [("2017H1", 14.5 + j, -4.5 + i, 10) for i in (0, 1) for j in range(4)]
    east = [("2022H1", 14.5 + j, -4.5 + i, 10) for i in (2, 3) for j in range(4)]
    found = df.moved(cells(*west, *east), shapes, "2022H1", "2017H1")
    assert found.by_cercle < 0.05


def test_other_origins_order_the_arrivals_as_well_as_mopti():
    r = Report("2023-07")
    table = s.reached(s.in_cercles(r.footprint, CERCLES), CERCLES, r.places, ("centre", "south"))
    tried = df.origins(table, CERCLES)
    mopti = df.order(table).rho
    assert int((tried["rho"].ge(mopti) & tried["cercle"].ne("Mopti")).sum()) == 12
    assert "a gradient from the north" in story.diffusion(r)


def test_density_and_concentration_worked_by_hand():
    # Four corners of a square of 10 km in 400 km²: nearest neighbours 10 apart, at random ½·√100 = 5.
    x, y = np.array([0.0, 0, 10, 10]), np.array([0.0, 10, 0, 10])
    assert cc.classify(x, y, 400) == (0.01, 2.0, "DH")
    # In 2,500 km² they would be 12.5 apart at random, and four events are sparse.
    assert cc.classify(x, y) == (0.0016, pytest.approx(0.8), "CL")
    assert cc.classify(np.append(x, 5.0), np.append(y, 5.0))[2] == "CH"
    assert cc.classify(x[:1], y[:1])[2] == ""
    with pytest.raises(DataError, match="no neighbour"):
        cc.nearest_ratio(x[:1], y[:1], 400)


def test_every_event_stands_in_one_cell_of_the_grid():
    r = Report("2023-07")
    found = cc.cells(r.footprint, ["2022H2", "2023H1"], REGIONS)
    assert found["events"].sum() == r.footprint[r.footprint["half"].isin(["2022H2", "2023H1"])]["mi_events"].sum()
    assert not found[["column", "row"]].duplicated().any()
    assert set(found["kind"]) <= {"", *cc.CLASSES}


@pytest.mark.skipif("MALI_SCDI" not in os.environ, reason="MALI_SCDI names no copy of OECD's SCDiEnd2023_GEO.csv")
@pytest.mark.parametrize("year", [2021, 2022])
def test_the_published_indicator_is_found_again_in_its_own_cells(raw_folder, year):
    """Every cell inside Mali with as many events as ours has the published ratio and class."""
    import pyproj
    import shapely

    from helpers.ingest import RawFiles

    flat = pyproj.Transformer.from_crs(
        "EPSG:4326", "+proj=lcc +lat_1=20 +lat_2=-23 +lat_0=0 +lon_0=25 +ellps=WGS84 +units=km", always_xy=True
    )
    published = pd.read_csv(os.environ["MALI_SCDI"], low_memory=False)
    published = published[published["countries"].eq("Mali")].reset_index(drop=True)
    shapes = shapely.from_wkt(published["WKT"].to_numpy())
    raw = pd.read_csv(RawFiles(raw_folder).path("acled_newer"))
    raw = raw[raw["event_type"].isin(d.VIOLENT) & raw["event_date"].str.startswith(str(year))]
    event, cell = shapely.STRtree(shapes).query(shapely.points(raw["longitude"], raw["latitude"]), predicate="within")
    compared = 0
    for number, part in raw.iloc[event].groupby(cell):
        theirs = published.loc[number]
        if len(part) < 2 or len(part) != theirs[f"evC{year}"]:
            continue
        area = shapely.transform(shapes[number], lambda p: np.column_stack(flat.transform(p[:, 0], p[:, 1])))
        west, south, east, north = area.bounds
        x, y = flat.transform(part["longitude"].to_numpy(), part["latitude"].to_numpy())
        ratio = cc.nearest_ratio(x, y, (east - west) * (north - south))
        assert ratio == pytest.approx(float(theirs[f"NN_I{year}"]), abs=0.02)
        assert cc.classify(x, y, area.area)[2][1] == theirs[f"SCDI{year}"][1]
        assert ("C" if ratio < 1 else "D") == theirs[f"SCDI{year}"][0]
        compared += 1
    assert compared > 90


@pytest.fixture(scope="module")
def events(raw_folder):
    """Raw militant Islamist events of the years of the newer export."""
    from helpers.ingest import RawFiles, acled, tables

    first, last = tables.ACLED_MONTHS["acled_newer"]
    found, _ = acled.attribute(acled.read_events(RawFiles(raw_folder).path("acled_newer"), first, last))
    found = found[acled.is_mi(found)]
    return found.assign(half=half_of(found["month"]))


def test_cells_stand_in_for_the_raw_events(events):
    """Medians from cell centres are within 8 km of those from the events, cercles the same for nine in ten events."""
    import shapely
    from shapely.geometry import shape

    r = Report("latest")
    table = s.distances(r.footprint[r.footprint["half"].ge("2017H1")]).set_index("half")
    exact = events.assign(km=great_circle_km(events["latitude"], events["longitude"], *d.BAMAKO))
    medians = exact.groupby("half")["km"].median().reindex(table.index)
    assert (medians - table["bamako_50"]).abs().max() < 8
    assert (exact.groupby("half").size().reindex(table.index) == table["events"]).all()

    areas = [shape(feature["geometry"]) for feature in CERCLES["features"]]
    names = [feature["properties"]["cercle"] for feature in CERCLES["features"]]
    nearest = shapely.STRtree(areas).nearest(shapely.points(events["longitude"], events["latitude"]))
    true = pd.Series([names[i] for i in nearest], index=events.index)
    corner = pd.DataFrame(
        {
            "south": (np.floor(events["latitude"] / d.CELL_DEGREES + 1e-9) * d.CELL_DEGREES).round(6),
            "west": (np.floor(events["longitude"] / d.CELL_DEGREES + 1e-9) * d.CELL_DEGREES).round(6),
            "mi_events": 1,
        }
    )
    assert s.cercle_of(s.spots(corner), CERCLES).eq(true).mean() > 0.9
