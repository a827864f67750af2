"""How far tables go, and what figures say of it."""

from __future__ import annotations

from dataclasses import replace

import altair as alt
import pandas as pd
import pytest

from helpers import charts, faces, reach
from helpers.data import Tables
from helpers.editions import Report
from helpers.figures import Figure, Words
from helpers.ingest import own

pytestmark = pytest.mark.slow


def test_april_2026_is_partial_and_enters_no_sum():
    whole, full = Tables().totals(), Tables().load("totals", partial=True)
    assert (whole["month"].max(), full["month"].max()) == ("2026-03", "2026-04")
    # The reasons: 60 events, none in Bamako, and no month since 2024 with so few.
    by_month = reach.monthly(full)
    assert by_month["2026-04"] == 60
    assert by_month["2024-01":"2026-03"].min() == 81
    assert reach.low(by_month)
    april = full[full["month"].eq("2026-04") & full["region"].eq("Bamako")]
    assert april["events"].sum() == 0


@pytest.mark.parametrize(
    ("table", "to", "provisional"),
    [
        ("totals", "2026-03", ""), ("actors", "2025-02", ""), ("methods", "2026-02", ""),
        ("ucdp_types", "2026-05", "2026-01"), ("ucdp_months", "2025-12", "2025-01"),
    ],
)  # fmt: skip
def test_every_monthly_table_says_how_far_it_goes(table, to, provisional):
    found = Tables().reach_of(table)
    assert (found.complete_to, found.provisional_from) == (to, provisional)
    assert Tables().load(table)["month"].max() <= to


def test_a_table_shorter_than_its_entry_says_is_taken_at_its_word(data_copy):
    import hashlib
    import json

    from helpers.errors import EditionError

    path, entry = data_copy / "actors.csv", data_copy / "datapackage.json"
    frame = Tables().load("actors")
    frame[frame["month"] <= "2023-03"].to_csv(path, index=False, lineterminator="\n")
    package = json.loads(entry.read_text())
    (actors,) = (r for r in package["resources"] if r["path"] == "actors.csv")
    actors["hash"] = f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"
    entry.write_text(json.dumps(package))
    assert Tables(data_copy).reach_of("actors").complete_to == "2023-03"
    # A report's statements need events to its month; another month's edition gives their last window.
    with pytest.raises(EditionError, match="last complete month of the tables is March 2023"):
        Report("2023-07", data_copy)
    assert str(Report("2024-01", data_copy).as_of) == "2023-03"


def test_the_last_month_of_a_quiet_series_is_not_doubted_without_two_years_before_it():
    months = pd.period_range("2022-01", periods=20, freq="M").astype(str)
    frame = pd.DataFrame({"month": months, "events": [90] * 19 + [10]})
    assert reach.doubted(frame) == months[-1]
    longer = pd.period_range("2020-01", periods=25, freq="M").astype(str)
    frame = pd.DataFrame({"month": longer, "events": [90] * 24 + [10]})
    assert reach.doubted(frame) == longer[-2]


def test_the_users_workbook_is_doubted_unless_its_owner_says_when_it_was_taken(raw_folder):
    path = next((raw_folder / "hdx").glob("*.xlsx"))
    doubted = own.from_hdx(path)
    assert doubted.reach["totals"].complete_to == "2026-03"
    assert any("April 2026" in line and "incomplete" in line for line in doubted.limits)
    assert any("--taken" in note for note in doubted.account.notes)
    assert own.from_hdx(path, taken="2026-04-30").reach["totals"].complete_to == "2026-03"
    sure = own.from_hdx(path, taken="2026-05-02")
    assert sure.reach["totals"].complete_to == "2026-04"
    # Whose totals they are, and that they hold as many events as the project's: no doubt.
    assert [line.split()[0] for line in sure.limits] == ["Totals", "They"]


def _figure(r, *tables, subtitle="Events by quarter, Mali", frame=None):
    frame = pd.DataFrame({"Region": ["Gao"], "Events": [1]}) if frame is None else frame
    return Figure(
        id="synthetic", title="A finding", subtitle=subtitle, chart=alt.Chart(frame).mark_bar(), frame=frame, alt="Bars.",
        source=r.source(*tables), fr=Words(title="Un constat", subtitle="Événements, Mali", alt="Barres."),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("tables", "said", "french"),
    [
        (("actors",), "Data to February 2025", "Données jusqu’en février 2025"),
        (("totals",), "Data to March 2026", "Données jusqu’en mars 2026"),
        (("areas",), "Data to December 2024", "Données jusqu’en décembre 2024"),
        (("ucdp_years",), "Data to December 2024", "Données jusqu’en décembre 2024"),
        (("actors", "totals"), "Data: events by actor to February 2025, totals to March 2026", "Données"),
    ],
)
def test_a_figure_that_ends_before_the_edition_says_so(tables, said, french):
    r = Report("latest")
    found = faces.stated(_figure(r, *tables), r)
    assert found.subtitle == f"Events by quarter, Mali. {said}"
    assert french in found.fr.subtitle


def test_a_figure_says_nothing_where_it_need_not():
    r, old = Report("latest"), Report("2023-07")
    for report, figure in (
        (old, _figure(old, "actors", "areas", "ucdp_years")),
        (r, _figure(r, "ucdp_types")),
        (r, _figure(r, "places")),
        (r, _figure(r, "actors", subtitle="Events, Mali, January 2017 to February 2025")),
    ):
        found = faces.stated(figure, report)
        assert (found.title, found.subtitle, found.caveat) == (figure.title, figure.subtitle, figure.caveat)


def test_the_last_12_months_are_dated_where_the_event_tables_end_before_the_edition():
    late, old = Report("2025-12"), Report("2023-07")
    text = "events fell in the last 12 months; les événements des 12 derniers mois"
    assert faces.dated(text, old) == text
    assert faces.dated(text, late) == (
        "events fell in the 12 months to February 2025; les événements des 12 mois achevés en février 2025"
    )


@pytest.mark.parametrize(
    ("column", "last", "said"),
    [
        ("Quarter", "2025Q1", "Data to February 2025"),  # The table ends within it.
        ("Half-year", "2024H2", "Data to December 2024"),  # The next one is not complete.
        ("Year", "2024", "Data to December 2024"),
        ("Month", "2025-02", "Data to February 2025"),
        ("Month", "2022-12", ""),  # Ends earlier on purpose.
        ("Year", "2022", ""),
    ],
)
def test_a_series_states_its_own_end_where_the_data_set_it(column, last, said):
    r = Report("latest")
    frame = pd.DataFrame({column: [last], "Events": [1]})
    found = faces.stated(_figure(r, "actors", frame=frame), r)
    assert found.subtitle == "Events by quarter, Mali" + (f". {said}" if said else "")


def test_a_series_by_actor_across_the_seam_says_so():
    r = Report("2023-07")
    frame = pd.DataFrame({"Quarter": ["2020Q4", "2021Q1"], "Events": [1, 2]})
    found = faces.stated(_figure(r, "actors", frame=frame), r)
    note = faces.seam_note(["2021-01"])
    assert note.en == "Events to 2020: a file that ACLED gave out in 2021; later ones: one of 2025."
    assert note.en in found.caveat.en
    assert note.fr in found.caveat.fr
    # The forms of the report name periods in words, and areas rest on the same exports.
    for periods, table in ((["Oct-Dec 2020", "Jan-Mar 2021"], "actors"), (["2020H2", "2021H1"], "areas")):
        column = "Quarter" if table == "actors" else "Half-year"
        named = _figure(r, table, frame=pd.DataFrame({column: periods, "Events": [1, 2]}))
        assert note.en in faces.stated(named, r).caveat.en
    # So do cells of the ground; lines may stand in a chart whose table holds sums, and a year may be named by its end.
    ground = _figure(r, "footprint", frame=pd.DataFrame({"Half-year": ["2020H2", "2021H1"], "Events": [1, 2]}))
    lines = _figure(r, "actors", subtitle="Events; lines: half-years from January 2017 to December 2022")
    ends = _figure(r, "actors", frame=pd.DataFrame({"Year to": ["June 2020", "June 2021"], "Events": [1, 2]}))
    mixed = _figure(r, "actors", frame=pd.DataFrame({"Year": ["2020", "2021", "last 12 months"], "Events": [1, 2, 3]}))
    for figure in (ground, lines, ends, mixed):
        assert note.en in faces.stated(figure, r).caveat.en
    for other in (_figure(r, "totals", frame=frame), _figure(r, "actors", frame=frame.tail(1))):
        assert faces.stated(other, r) is other


@pytest.mark.parametrize(
    ("column", "first", "last", "said"),
    [
        ("Year", "2016", "2023", "Events to 2016: a file that ACLED gave out in 2020; 2017 to 2020: one of 2021; later ones: one of 2025."),
        ("Month", "2012-01", "2020-12", "Events to 2016: a file that ACLED gave out in 2020; later ones: one of 2021."),
        ("12 months to", "2017-12", "2023-06", "Events to 2020: a file that ACLED gave out in 2021; later ones: one of 2025."),
        ("12 months to", "2017-06", "2023-06", "Events to 2016: a file that ACLED gave out in 2020; 2017 to 2020: one of 2021; later ones: one of 2025."),
    ],
)  # fmt: skip
def test_the_note_on_exports_follows_from_the_first_month_of_a_figure(column, first, last, said):
    r = Report("2023-07")
    frame = pd.DataFrame({column: [first, last], "Events": [1, 2]})
    assert faces.stated(_figure(r, "actors", frame=frame), r).caveat.en.endswith(said)


def _over(r: Report, column: str, last: str, draw):
    frame = pd.DataFrame(
        {column: ["2019Q4" if column == "Quarter" else "2019H2", last], "Place": "Gao", "Events": [3, 1]}
    )
    return replace(_figure(r, "actors", frame=frame), chart=draw(frame))


@pytest.mark.parametrize(
    ("column", "part", "whole"), [("Quarter", "2025Q1", "2024Q4"), ("Half-year", "2025H1", "2024H2")]
)
@pytest.mark.parametrize(
    ("draw", "channel"),
    [
        (lambda f: charts.columns(f, f.columns[0], "Events", title="Events"), "fillOpacity"),
        (lambda f: charts.stacked(f, f.columns[0], "Events", "Place", {"islamist": "Gao"}, title="E"), "fillOpacity"),
        (lambda f: charts.multiples(f, f.columns[0], "Events", "Place", title="Place"), "fillOpacity"),
        (lambda f: charts.heat(f, f.columns[0], "Place", "Events", title="Events"), "strokeWidth"),
    ],
)
def test_a_period_known_in_part_is_drawn_in_outline(column, part, whole, draw, channel):
    r = Report("latest")
    found = faces.stated(_over(r, column, part, draw), r)
    view = found.chart.to_dict()
    view = view["layer"][0] if "layer" in view else view.get("spec", view)
    condition = view["encoding"][channel]["condition"]
    assert condition["test"] == f"datum['{column}'] === '{part}'"
    assert "in outline: a period known in part" in found.subtitle
    assert "évidée" in found.fr.subtitle
    assert found.alt == "Bars; the last period is known to February 2025 only."
    assert found.fr.alt == "Barres\u202f; la dernière période n’est connue que jusqu’en février 2025."
    same = _over(r, column, whole, draw)
    assert faces.stated(same, r).chart is same.chart
    # In an edition that ends with the period, it is whole.
    old = Report("2024-12")
    assert (
        faces.stated(_over(old, column, whole, draw), old).chart.to_dict()
        == draw(_over(old, column, whole, draw).frame).to_dict()
    )
