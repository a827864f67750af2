"""A user's own weekly aggregates: forms, faults, account, folder. Every row made here is synthetic."""

from __future__ import annotations

import csv
import datetime
import gzip
import io
import json
import random
import re

import pandas as pd
import pytest

import hostile
import workbooks
from helpers import data, inert
from helpers import definitions as d
from helpers.cli import main
from helpers.data import Tables
from helpers.errors import DataError
from helpers.ingest import own, weekly

TODAY = datetime.date(2026, 11, 24)
HEADER = (
    "WEEK", "REGION", "COUNTRY", "ADMIN1", "EVENT_TYPE", "SUB_EVENT_TYPE", "EVENTS", "FATALITIES", "POPULATION_EXPOSURE",
    "DISORDER_TYPE", "ID", "CENTROID_LATITUDE", "CENTROID_LONGITUDE",
)  # fmt: skip
SUBS = (
    ("Battles", "Armed clash"), ("Explosions/Remote violence", "Air/drone strike"),
    ("Violence against civilians", "Attack"), ("Strategic developments", "Looting/property destruction"),
    ("Strategic developments", "Arrests"),
)  # fmt: skip


def row(week="2024-01-06", country="Mali", admin1="Mopti", sub=0, events=2, fatalities=3):
    kind, name = SUBS[sub] if isinstance(sub, int) else ("Battles", sub)
    return dict(
        zip(
            HEADER,
            (week, "Western Africa", country, admin1, kind, name, events, fatalities, "", "x", 1, 14.5, -4.2),
            strict=True,
        )
    )


def good():
    weeks = pd.date_range("2024-01-06", "2024-03-30", freq="7D").strftime("%Y-%m-%d")
    rows = [row(week, sub=n % 5) for n, week in enumerate(weeks)]
    return [*rows, row("2024-04-06", country="Niger", admin1="Tillaberi")]


def saved(path, rows):
    frame = pd.DataFrame(rows, columns=list(HEADER))
    if path.suffix == ".xlsx":
        frame.assign(WEEK=pd.to_datetime(frame["WEEK"])).to_excel(path, index=False)
    else:
        frame.to_csv(path, index=False)
    return path


def test_csv_and_workbook_give_the_same_table_and_account(tmp_path):
    name = "Africa_aggregated_data_up_to_week_of-2024-04-06"
    one = own.from_any_acled([saved(tmp_path / f"{name}.csv", good())])
    two = own.from_any_acled([saved(tmp_path / f"{name}.xlsx", good())])
    pd.testing.assert_frame_equal(one.tables["methods"], two.tables["methods"])
    for made in (one, two):
        account = made.account
        assert (account.rows_in, account.kept, account.set_aside) == (14, 11, 3)
        reasons = account.frame().set_index("reason")["rows"].to_dict()
        assert reasons == {"counted": 11, weekly.ELSEWHERE.text: 1, weekly.OTHER_KIND.text: 2}
        assert made.tables["methods"]["events"].sum() == 22
        # The newest week of the continent ends on 12 April: March is whole, though Mali's last week ends on 5 April.
        assert made.reach["methods"].complete_to == "2024-03"


def test_a_month_is_whole_once_its_last_friday_is_there(tmp_path):
    ends = {"2024-03-16": "2024-02", "2024-03-23": "2024-03", "2024-03-30": "2024-03"}  # Fridays: 22, 29 March, 5 April
    for week, whole in ends.items():
        rows = [row("2024-01-06"), row(week)]
        assert weekly.read(saved(tmp_path / "w.csv", rows), today=TODAY).complete_to == whole


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"week": "13/01/2024"}, weekly.NO_WEEK),
        ({"week": "2024-01-14"}, weekly.NO_SATURDAY),
        ({"week": "2027-01-02"}, weekly.NO_DAY),
        ({"week": "1990-01-06"}, weekly.NO_DAY),
        ({"admin1": "Nowhere"}, weekly.NO_REGION),
        ({"sub": "Orbital strike"}, weekly.NO_KIND),
        ({"events": 0}, weekly.NO_COUNT),
        ({"events": "2.5"}, weekly.NO_COUNT),
        ({"fatalities": -1}, weekly.NO_DEATHS),
        ({"week": "2024-01-06"}, weekly.REPEATED),
    ],
)
def test_a_wrong_row_is_set_aside_with_its_reason(tmp_path, changes, reason):
    rows = [
        *good(),
        row(**({"week": "2024-02-17", "sub": 1} | changes | ({"sub": 0} if reason is weekly.REPEATED else {}))),
    ]
    found = weekly.read(saved(tmp_path / "w.csv", rows), today=TODAY)
    lines = found.account.frame().set_index("reason")
    assert lines.loc[reason.text, ["rows", "first_row"]].tolist() == [1, 16]
    assert found.account.kept == 11


def test_a_habit_of_the_file_is_refused_with_its_first_row(tmp_path):
    rows = [row(week, sub=0) | {"WEEK": "06/01/2024"} for week in ["2024-01-06"] * 12]
    with pytest.raises(DataError, match=r"w\.csv: row 2, column week holds '06/01/2024'") as error:
        weekly.read(saved(tmp_path / "w.csv", rows), today=TODAY)
    assert "in 12 of 12 rows" in str(error.value)


def test_files_that_are_none_are_refused(tmp_path):
    with pytest.raises(DataError, match="no row of Mali"):
        weekly.read(saved(tmp_path / "w.csv", [row(country="Niger", admin1="Agadez")]), today=TODAY)
    frame = pd.DataFrame(good()).drop(columns="ADMIN1")
    frame.to_excel(tmp_path / "w.xlsx", index=False)
    with pytest.raises(DataError, match="column admin1 is missing"):
        weekly.read(tmp_path / "w.xlsx", today=TODAY)
    (tmp_path / "broken.xlsx").write_bytes(saved(tmp_path / "x.xlsx", good()).read_bytes()[:-400])
    with pytest.raises(DataError):
        weekly.read(tmp_path / "broken.xlsx", today=TODAY)
    with pytest.raises(DataError, match="no complete month"):
        own.from_weekly(saved(tmp_path / "short.csv", [row("2024-01-06")]), today=TODAY)


@pytest.mark.parametrize(
    "shape",
    ["the last cell there is", "row 999,999,999", "a row of a hundred thousand cells", "elements within elements"],
)
def test_a_workbook_that_would_fill_the_memory_is_refused_before_it_is_read(shape, tmp_path):
    sheet = workbooks.sheet([list(row().values())]).replace("Country", "WEEK")
    (tmp_path / "w.xlsx").write_bytes(workbooks.book(workbooks.SHAPES[shape](sheet)))
    for take in (weekly.is_aggregate, weekly.read):
        with pytest.raises(DataError, match="that is no workbook of ACLED's aggregates, and it was not read"):
            take(tmp_path / "w.xlsx")


def test_a_workbook_that_holds_too_much_beside_its_sheet_is_refused(tmp_path):
    more = {"xl__media__x.bin": random.Random(1).randbytes(2**20) * 65}
    (tmp_path / "w.xlsx").write_bytes(workbooks.book(workbooks.sheet([]), **more))
    with pytest.raises(DataError, match="bytes beside its sheets, more than 67,108,864"):
        weekly.read(tmp_path / "w.xlsx")


def wide(**changes):
    """Return a year of synthetic aggregates of every region and every class of ours, three events a row."""
    weeks = pd.date_range("2023-01-07", "2023-12-30", freq="7D").strftime("%Y-%m-%d")
    subs = [names[0] for names in d.METHODS.values()]
    return [
        row(week, admin1=region, sub=subs[(n + m) % len(subs)], events=3) | changes
        for n, week in enumerate(weeks)
        for m, region in enumerate(d.REGIONS)
    ]


def without(key, value, since="2023-01-01"):
    return [each for each in wide() if each[key] != value or each["WEEK"] < since]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (without("ADMIN1", "Mopti"), "no event in Mopti, which"),
        (without("ADMIN1", "Mopti", "2023-04-29"), "no event in Mopti from May 2023 to December 2023, which"),
        (without("SUB_EVENT_TYPE", "Attack", "2023-05-27"), "no “Attack” from June 2023 to December 2023, which"),
        (
            [each for each in wide() if not "2023-02-25" <= each["WEEK"] < "2023-07-29"],
            "from March 2023 to July 2023",
        ),
    ],
)
def test_what_a_filter_took_from_aggregates_is_refused_or_meant(rows, said, tmp_path):
    path = saved(tmp_path / "w.csv", rows)
    with pytest.raises(DataError, match=re.escape(said)) as error:
        own.from_any_acled([path])
    assert "say --meant" in str(error.value)
    made = own.from_any_acled([path], meant=True)
    assert said.removesuffix(", which") in " ".join(made.limits)
    assert made.tables["methods"]["events"].sum() == 3 * len(rows)


def test_whole_aggregates_are_taken_also_packed_or_with_semicolons(tmp_path):
    path = saved(tmp_path / "w.csv", wide())
    made = own.from_any_acled([path])
    assert not any("filter" in line or "no event" in line for line in made.limits)
    assert f"All of their {len(wide()):,} rows are counted." in made.limits
    (tmp_path / "w.csv.gz").write_bytes(gzip.compress(path.read_bytes(), mtime=0))
    (tmp_path / "s.csv").write_text(path.read_text().replace(",", ";"))
    for other in ("w.csv.gz", "s.csv"):
        assert own.from_any_acled([tmp_path / other]).tables["methods"].equals(made.tables["methods"]), other


@pytest.mark.parametrize(
    ("written", "codec", "said"),
    [
        ("", "utf-8", "column admin1 holds '' in 52 rows: unknown region"),
        ("Bamako District", "utf-8", "column admin1 holds 'Bamako District' in 52 rows: unknown region"),
        ("Ménaka", "cp1252", "column admin1 holds 'Ménaka' (Menaka) in windows-1252"),
    ],
)
def test_a_region_of_aggregates_that_nobody_knows_is_not_lost(written, codec, said, tmp_path):
    region = "Menaka" if codec != "utf-8" else "Bamako"
    rows = [each | {"ADMIN1": each["ADMIN1"].replace(region, written)} for each in wide()]
    path = tmp_path / "w.csv"
    path.write_bytes(pd.DataFrame(rows, columns=list(HEADER)).to_csv(index=False).encode(codec))
    with pytest.raises(DataError, match=re.escape(said)):
        own.from_any_acled([path])


def test_aggregates_stand_alone_and_take_no_option_of_events(tmp_path):
    path = saved(tmp_path / "w.csv", good())
    with pytest.raises(DataError, match="beside other files"):
        own.from_any_acled([path, saved(tmp_path / "v.csv", good())])
    with pytest.raises(DataError, match="take no --until"):
        own.from_any_acled([path], until="2024-01")


def test_the_folder_holds_the_projects_rest_and_says_so(tmp_path, capsys):
    path = saved(tmp_path / "Africa_aggregated_data_up_to_week_of-2024-04-06.csv", good())
    out = tmp_path / "my"
    assert main(["ingest", "acled", str(path), "--out", str(out)]) == 0
    assert "14 rows in = 11 kept + 3 set aside" in capsys.readouterr().out
    assert "cercle_halves and totals: the same sum in every region" in data.check(Tables(out))
    assert Tables(out).methods()["month"].max() == "2024-03"
    assert Tables(out).load("methods", partial=True)["month"].max() == "2024-04"
    said = " ".join(Tables(out).limits())
    assert "name no actors" in said
    assert "The project's own: events by actor" in said
    pd.testing.assert_frame_equal(Tables(out).actors(), Tables().actors(), check_like=True)
    package = json.loads((out / "datapackage.json").read_text())
    (methods,) = (r for r in package["resources"] if r["name"] == "methods")
    assert (methods["own"], methods["complete_to"], methods["derived_from"]) == (
        "acled_weekly", "2024-03", ["own_acled_weekly"],
    )  # fmt: skip


HOSTILE = ("=1+1", "<b>", "\x00", "", "nan", "1e9", "é", '"', "-1", "2024-01-07", "Niger", "99999999999", "\u202e")


def _fuzz(seed):
    r = random.Random(seed)
    rows = [dict(line) for line in good()] * r.choice((1, 1, 2))
    for _ in range(r.choice((1, 3, 20))):
        rows[r.randrange(len(rows))][r.choice(HEADER)] = r.choice(HOSTILE)
    out = io.StringIO()
    writer = csv.DictWriter(out, list(HEADER), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    content = bytearray(out.getvalue().encode(r.choice(("utf-8", "utf-8-sig", "cp1252")), "replace"))
    if r.random() < 0.5:
        for _ in range(r.choice((1, 8))):
            content[r.randrange(len(content))] = r.choice(b'",\n\x00\xff')
    return bytes(content)


def test_mutated_files_give_an_account_or_one_sentence(tmp_path):
    path, counted, refused = tmp_path / "w.csv", 0, []
    for seed in range(300):
        path.write_bytes(_fuzz(seed))
        try:
            found = weekly.read(path, today=TODAY)
        except DataError as error:
            refused.append(str(error))
        else:
            assert found.account.rows_in == found.account.kept + found.account.set_aside
            assert found.frame["events"].sum() >= found.account.kept
            counted += 1
    assert counted > 20
    assert len(refused) > 20
    assert not [sentence for sentence in refused if "\n" in sentence or "fault of ingest" in sentence]


@pytest.mark.parametrize(
    "columns", [("COUNTRY", "REGION", "DISORDER_TYPE", "ID"), ("WEEK", "ADMIN1", "EVENT_TYPE"), ("SUB_EVENT_TYPE",)]
)
def test_hostile_text_in_any_column_is_letters_wherever_it_is_said(columns, tmp_path, capsys):
    """In every field, and in the name of the file: screen, account, descriptor and tables hold letters and no more."""
    name = "=x {{7*7}} `[j](javascript:alert(1))` _up_to_week_of-2024-04-06.csv"
    weeks = pd.date_range("2023-01-07", "2024-03-30", freq="7D").strftime("%Y-%m-%d")
    rows = [row(week, admin1=region) for week in weeks for region in d.REGIONS]
    before = iter(pd.date_range(end="2022-12-31", periods=200, freq="7D").strftime("%Y-%m-%d"))
    rows += [{**row(next(before)), column: text} for column in columns for text in hostile.TEXTS]
    out = tmp_path / "out"
    code = main(["ingest", "acled", str(saved(tmp_path / name, rows)), "--out", str(out), "--meant"])
    told = capsys.readouterr()
    assert inert.lines(told.out + told.err) == told.out + told.err
    assert code == 0, told.err
    assert [line for line in Tables(out).limits() if inert.text(line) != line] == []
    for path in out.glob("*.csv"):
        cells = [cell for line in csv.reader(path.read_text(encoding="utf-8").splitlines()) for cell in line]
        assert [cell for cell in cells if inert.cell(cell) != cell] == [], path.name
