"""Own files: real samples where the machine has them, synthetic ones for every way a file can be wrong."""

import datetime
import errno
import io
import json
import os
import re
import shutil
import signal
import sys
import zipfile
from contextlib import ExitStack, suppress
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import synthetic as syn
import waits
from bookbuild import swaps
from helpers import cli, data
from helpers.data import Tables
from helpers.editions import Report
from helpers.errors import DataError
from helpers.folders import default_folder
from helpers.ingest import acled, boundaries, events, ged, own, own_folder, reasons, rows, seal
from helpers.ingest.account import neutral
from helpers.ingest.place import place
from helpers.tabular import checked
from helpers.windows import span

TODAY = datetime.date(2026, 11, 24)
COUNT = 240


@pytest.fixture(autouse=True)
def fresh_caches():
    yield
    data._load.cache_clear()
    data._package.cache_clear()


def read(*paths, **options):
    return events.read(paths, today=TODAY, **{"until": "2022-12"} | options)


def save(path, content):
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def lines(account, outcome="set aside"):
    frame = account.check().frame()
    return dict(frame[frame["outcome"].eq(outcome)].groupby("reason")["rows"].sum())


def same(one, other):
    keys = ["date", "event_type", "actor1", "actor2", "region", "latitude", "longitude", "fatalities", "mentions"]
    frames = [x.frame.astype({k: "str" for k in keys}).sort_values(keys, ignore_index=True)[keys] for x in (one, other)]
    return frames[0].equals(frames[1])


@pytest.fixture
def good(tmp_path):
    return save(tmp_path / "good.csv", syn.to_csv(syn.events(COUNT)))


# --------------------------------------------------------------------------- what is accepted


def test_every_row_of_a_good_file_is_counted_or_left_out_for_a_reason(good):
    found = read(good)
    assert found.account.rows_in == COUNT
    assert found.account.kept == COUNT * 4 // 6 == len(found.frame)
    assert lines(found.account) == {reasons.NOT_VIOLENT.text: COUNT * 2 // 6}
    assert found.has_notes
    assert found.frame["fatalities"].sum() == sum(n % 4 for n in range(COUNT) if n % 6 < 4)
    assert (found.frame["mentions"] == "wagner").sum() == sum(1 for n in range(COUNT) if n % 6 < 4 and n % 5 == 0)


def test_forms_of_one_export_give_the_same_events(tmp_path, good):
    table = syn.events(COUNT)
    tags = syn.to_csv([dict.fromkeys(syn.DYADIC, "") | {"event_date": "#date", "event_id_cnty": "#event"}, *table])
    long_dates = [r | {"event_date": f"{pd.Timestamp(r['event_date']):%d %B %Y}"} for r in table]
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("deep/one.csv", syn.to_csv(table[:100]))
        archive.writestr("two.json", syn.to_json(table[100:]))
    forms = {
        "tags.csv": tags,
        "bom.csv": b"\xef\xbb\xbf" + syn.to_csv(table).encode(),
        "utf16.csv": syn.to_csv(table).encode("utf-16"),
        "crlf.csv": syn.to_csv(table).replace("\n", "\r\n"),
        "semicolon.csv": syn.to_csv(table, delimiter=";"),
        "tabs.csv": syn.to_csv(table, delimiter="\t"),
        "capitals.csv": syn.to_csv(table).replace("event_id_cnty,event_date", "EVENT_ID_CNTY, Event_Date", 1),
        "dates.csv": syn.to_csv(long_dates),
        "api.json": syn.to_json(table),
        "list.json": json.dumps([r | {"fatalities": int(r["fatalities"])} for r in table]),
        "all.zip": zipped.getvalue(),
        "monadic.csv": syn.to_csv(syn.monadic(table), syn.MONADIC),
    }
    for name, content in forms.items():
        found = read(save(tmp_path / name, content))
        assert same(found, read(good)), name
        assert found.account.rows_in == found.account.kept + found.account.set_aside


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_the_size_of_blocks_does_not_matter(tmp_path, good, monkeypatch, size):
    one = read(good)
    json_one = read(save(tmp_path / "good.json", syn.to_json(syn.events(COUNT))))
    monkeypatch.setattr(rows, "BLOCK", size)
    assert same(read(good), one)
    assert read(good).account.frame().equals(one.account.frame())
    assert read(tmp_path / "good.json").account.rows_in == json_one.account.rows_in == COUNT


def test_newer_rows_replace_older_and_deleted_events_go(tmp_path):
    old = save(tmp_path / "old.csv", syn.to_csv(syn.events(120)))
    revised = [syn.event(n, fatalities=9, timestamp=1_800_000_000) for n in (0, 1)]
    new = save(tmp_path / "new.csv", syn.to_csv([*revised, *syn.events(120)[6:]]))
    gone = "event_id_cnty,deleted_timestamp\nSYN7,1800000000\nSYN8,1\nSYN9,\nMLI1,1800000000\n"
    found = read(old, new, deleted=[save(tmp_path / "deleted.csv", gone)], until="2022-02")
    aside = lines(found.account)
    assert aside[reasons.OLDER_VERSION.text] == 2
    # SYN7 and SYN9 stand in both files; SYN8 was entered anew after it was deleted.
    assert aside[reasons.DELETED.text] == 4
    assert aside[reasons.REPEATED.text] == sum(1 for n in range(6, 120) if n % 6 < 4) - 2
    assert (found.frame["fatalities"] == 9).sum() == 2
    assert same(found, read(new, old, deleted=[tmp_path / "deleted.csv"], until="2022-02"))


def test_a_last_month_that_ends_early_is_left_out_unless_asked_for(tmp_path):
    path = save(tmp_path / "cut.csv", syn.to_csv(syn.events(120)))
    found = events.read([path], today=TODAY)
    assert lines(found.account)[reasons.UNFINISHED.text] == sum(1 for n in range(84, 120) if n % 6 < 4)
    assert str(found.frame["date"].max())[:7] == "2022-01"
    assert any("--until 2022-02" in note for note in found.account.notes)
    assert str(read(path, until="2022-02").frame["date"].max())[:7] == "2022-02"


def test_months_of_few_events_may_end_quietly():
    import numpy as np

    assert events.last_whole_month(np.array([0, 20, 40, 50])) == "1970-02"
    assert events.last_whole_month(np.repeat(np.arange(50), 3)) == "1970-01"


def test_unknown_actors_are_counted_listed_and_harmless(tmp_path):
    table = [*syn.events(COUNT), syn.event(COUNT, actor1='=HYPERLINK("http://x")', event_type="Battles")]
    table.append(syn.event(COUNT + 1, actor2="<script>alert(1)</script>", event_type="Battles"))
    made = own.from_acled([save(tmp_path / "odd.csv", syn.to_csv(table))], until="2022-12", today=TODAY)
    assert set(made.unknown["actor"]) == {'\'=HYPERLINK("http://x")', "‹script›alert(1)‹/script›"}
    assert made.tables["actors"]["events"].sum() == made.account.kept
    own_folder.write(made, tmp_path / "out")
    for path in (tmp_path / "out").glob("*.csv"):
        assert "<script" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("text", ["=1+1", "+A1", "-A1", "@SUM(A1)", "\t=1", "\r=1", "＝1", " =1", "%calc"])
def test_neutral_text_starts_no_formula(text):
    assert neutral(text).startswith("'")


# --------------------------------------------------------------------------- single rows that are wrong


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"event_id_cnty": "x1"}, reasons.NO_ID),
        ({"event_date": "01/02/2022"}, reasons.NO_DATE),
        ({"event_date": "44562"}, reasons.NO_DATE),
        ({"event_date": "1-Jan"}, reasons.NO_DATE),
        ({"event_date": "2022-02-30"}, reasons.NO_DATE),
        ({"event_date": "1996-01-01", "year": "1996"}, reasons.NO_DAY),
        ({"event_date": "2031-01-01", "year": "2031"}, reasons.NO_DAY),
        ({"year": "2021"}, reasons.OTHER_YEAR),
        ({"event_type": "Battle"}, reasons.NO_TYPE),
        ({"actor1": ""}, reasons.NO_ACTOR),
        ({"admin1": "Moptii"}, reasons.NO_REGION),
        ({"latitude": "14,5"}, reasons.NO_PLACE),
        ({"latitude": "nan"}, reasons.NO_PLACE),
        ({"latitude": "-4.2", "longitude": "14.5"}, reasons.SWAPPED),
        ({"latitude": "48.9", "longitude": "2.3"}, reasons.OUTSIDE),
        ({"fatalities": "-1"}, reasons.NO_DEATHS),
        ({"fatalities": "many"}, reasons.NO_DEATHS),
        ({"fatalities": "1e3"}, reasons.NO_DEATHS),
        ({"fatalities": "99999"}, reasons.ABSURD),
        ({"timestamp": "1.7E+09"}, reasons.NO_STAMP),
        ({"country": "Niger"}, reasons.ELSEWHERE),
        ({"event_id_cnty": "SYN1", "fatalities": "7", "timestamp": "1700000000"}, reasons.CONFLICT),
        ({"event_id_cnty": "SYN1", "timestamp": "1"}, reasons.OLDER_VERSION),
        # Which of the two is newer cannot be told.
        ({"event_id_cnty": "SYN1", "fatalities": "7", "timestamp": ""}, reasons.CONFLICT),
    ],
)
def test_a_wrong_row_is_set_aside_with_its_reason(tmp_path, good, changes, reason):
    table = [*syn.events(COUNT), syn.event(0, **{"event_id_cnty": "SYN9999"} | changes)]
    found = read(save(tmp_path / "one.csv", syn.to_csv(table)))
    expected = {reasons.NOT_VIOLENT.text: COUNT * 2 // 6, reason.text: 1}
    assert lines(found.account) == expected
    assert same(found, read(good))
    frame = found.account.frame()
    assert frame.loc[frame["reason"].eq(reason.text), "first_row"].item() == COUNT + 2


def test_rows_that_are_not_whole_are_counted_line_by_line(tmp_path, good):
    text = syn.to_csv(syn.events(COUNT))
    spoiled = text + "SYN9998,2022-01-01,too short\n" + text.splitlines()[1] + ",too,long\n"
    spoiled += 'SYN9999,"2022"-01-01\n\n\n'
    found = read(save(tmp_path / "broken.csv", spoiled))
    assert lines(found.account)[reasons.MALFORMED.text] == 3
    assert found.account.rows_in == COUNT + 3
    assert same(found, read(good))


def test_bytes_that_are_not_utf8_set_aside_only_rows_whose_facts_they_touch(tmp_path):
    text = syn.to_csv(syn.events(COUNT)).encode()
    notes = read(save(tmp_path / "notes.csv", text.replace(b"invented;", b"invent\xe9;", 1)))
    assert reasons.UNREADABLE.text not in lines(notes.account)
    actor = read(save(tmp_path / "actor.csv", text.replace(b"Katiba Macina", b"Katiba Macin\xe9", 1)))
    assert lines(actor.account)[reasons.UNREADABLE.text] == 1


# --------------------------------------------------------------------------- files that are wrong as a whole


def _zip(content, name="in.csv", **options):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content, **options)
    return out.getvalue()


GOOD = syn.to_csv(syn.events(COUNT))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "the file is empty"),
        (b" \n\n ", "the file is empty"),
        (
            "Country;Year;Month;Region;Cercle;Events;Deaths\nMali;2023;1;Gao;Gao;1;1\n",
            "(found 'country', 'year', 'month', 'region' and 3 more); expected an ACLED export",
        ),
        (GOOD.replace("admin1", "admin_1", 1), "column admin1 is missing (found 'admin_1' instead)"),
        (GOOD.replace("admin2", "admin1", 1), "column admin1 stands twice"),
        (GOOD.replace(",", "|"), "separated by commas"),
        (GOOD[: len(GOOD) - 60], "cut off"),
        (GOOD + '"SYN99', "never closed"),
        ("<!DOCTYPE html><html>Log in</html>", "a web page, not data"),
        (b"\x00\x01\x02\x03" * 50, "not a text file"),
        ('{"status": 401, "message": "unauthorized"}', "without data (status 401)"),
        ('{"status": 200, "count": 0, "data": []}', "holds no rows"),
        (syn.to_json(syn.events(9))[:-400], "breaks off"),
        (syn.to_json(syn.events(9)).replace('"count": 9', '"count": 90'), "says that it holds 90 rows but holds 9"),
        (syn.to_json(syn.events(9)).replace('"admin1"', '"adm1"'), "column admin1 is missing"),
        (syn.to_csv([r | {"country": "Niger"} for r in syn.events(COUNT)]), "'another country'"),
        (
            syn.to_csv([r | {"event_date": "1/2/22"} for r in syn.events(COUNT)]),
            "row 2, column event_date holds '1/2/22'",
        ),
        (syn.to_csv(syn.events(COUNT)).replace("Mopti", "Moptii"), "unknown region, as in"),
        (syn.to_csv(syn.events(COUNT)[:60] + syn.events(COUNT)[200:]), "add the export of the months between"),
        (_zip(b"0" * 30_000_000), "claims to unpack to 30,000,000"),
        (_zip(GOOD)[:-30], "the zip cannot be opened"),
        (_zip("", "empty.csv"), "the file is empty"),
        (_zip(GOOD, "[Content_Types].xml"), "an Excel workbook"),
        (_zip(GOOD).replace(b"PK\x03\x04", b"PK\x03\x05"), "cannot be opened"),
    ],
)
def test_a_wrong_file_is_refused_in_one_sentence_and_nothing_is_written(tmp_path, content, message, capsys):
    path = save(tmp_path / "bad.csv", content)
    out = tmp_path / "out"
    assert cli.main(["ingest", "acled", str(path), "--out", str(out), "--until", "2022-12"]) == 2
    error = capsys.readouterr().err.strip().splitlines()[-1]
    assert error.startswith("error: ")
    assert message.lower() in error.lower()
    assert not out.exists()
    assert [p.name for p in tmp_path.iterdir()] == ["bad.csv"]


def test_a_zip_that_lies_about_its_size_is_refused(tmp_path):
    honest = _zip(GOOD)
    size = len(GOOD.encode()).to_bytes(4, "little")
    lying = honest.replace(size, (100).to_bytes(4, "little"))
    assert lying != honest
    with pytest.raises(DataError, match=r"damaged|cut off|more than"):
        read(save(tmp_path / "lying.zip", lying))


def test_a_damaged_zip_is_refused(tmp_path):
    content = bytearray(_zip(GOOD))
    content[len(content) // 2] ^= 0xFF
    with pytest.raises(DataError, match=r"damaged|cut off"):
        read(save(tmp_path / "damaged.zip", bytes(content)))


def test_a_missing_file_and_the_projects_own_folder_are_refused(tmp_path, good, root):
    with pytest.raises(DataError, match="no such file"):
        read(tmp_path / "nowhere.csv")
    made = own.from_acled([good], until="2022-12", today=TODAY)
    with pytest.raises(DataError, match="the project's own tables"):
        own_folder.write(made, root / "data")


# --------------------------------------------------------------------------- UCDP


def _ged(path, count=30, **changes):
    return save(path, syn.to_csv([syn.ged(n, **changes) for n in range(count)], syn.GED))


def _base():
    return {name: Tables().load(name) for name in (*own_folder.KINDS["ucdp"], "ucdp_types")}


def test_candidate_files_extend_the_months_and_keep_the_rest(tmp_path):
    found = ged.read([_ged(tmp_path / "GEDEvent_v26_0_1.csv", 10)], _base(), today=TODAY)
    months = found.tables["ucdp_months"].set_index("month")
    mali = [n for n in range(10) if n % 3 != 2]
    assert months.loc["2026-01", "status"] == "candidate"
    assert months.loc["2026-01", "best"] == sum(n % 3 + 1 for n in mali)
    assert months.loc["2026-01", ["state_based", "non_state", "one_sided"]].tolist() == [3, 2, 2]
    assert set(Tables().ucdp_months()["month"]) | {"2026-01"} == set(months.index)
    assert lines(found.account, "kept") == {
        "counted": sum(1 for n in mali if n % 5 + 1 < 4),
        "counted; place known to the region or country only (where_prec 4-7)": sum(1 for n in mali if n % 5 + 1 >= 4),
    }


def test_final_files_replace_years_and_order_does_not_matter(tmp_path):
    table = [syn.ged(n) for n in range(120)]
    earlier = [
        {key: value.replace("2026-", "2025-") for key, value in row.items()} | {"id": f"8{row['id']}", "year": "2025"}
        for row in table
    ]
    final = save(tmp_path / "GEDEvent_v27_1.csv", syn.to_csv([*earlier, *table], syn.GED))
    candidate = _ged(tmp_path / "GEDEvent_v26_0_3.csv", 30)
    one, other = (
        ged.read(
            p,
            _base(),
            releases=["GEDEvent_v27_1.csv=27.1", "GEDEvent_v26_0_3.csv=26.0.3"],
            covers=span("2025-01:2026-12"),
            meant=True,
            today=datetime.date(2027, 6, 1),
        )
        for p in ([final, candidate], [candidate, final])
    )
    for name, frame in one.tables.items():
        pd.testing.assert_frame_equal(frame.reset_index(drop=True), other.tables[name].reset_index(drop=True))
    years = one.tables["ucdp_years"].query("year == 2026").set_index("type")
    mali = [n for n in range(120) if n % 3 != 2]
    assert years.loc["all", "best"] == sum(n % 3 + 1 for n in mali)
    assert lines(one.account)[ged.OLDER_RELEASE.text] == 20
    months = one.tables["ucdp_months"]
    assert months.loc[months["month"].str[:4].eq("2026"), "status"].eq("final").all()


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"id": "x"}, ged.NO_ID),
        ({"type_of_violence": "4"}, ged.NO_KIND),
        ({"date_start": "1/2/2026"}, ged.NO_DATE),
        ({"date_end": "2025-01-01"}, ged.NO_ORDER),
        ({"where_prec": "8"}, ged.NO_PRECISION),
        ({"latitude": "-4.2", "longitude": "14.5"}, reasons.SWAPPED),
        ({"latitude": "50"}, reasons.OUTSIDE),
        ({"low": "9"}, ged.NO_DEATHS),
        ({"best": "30000", "high": "30000"}, ged.ABSURD),
    ],
)
def test_a_wrong_ucdp_row_is_set_aside(tmp_path, changes, reason):
    table = [*(syn.ged(n) for n in range(10)), syn.ged(0, **{"id": "9999999"} | changes)]
    found = ged.read([save(tmp_path / "GEDEvent_v26_0_1.csv", syn.to_csv(table, syn.GED))], _base(), today=TODAY)
    assert lines(found.account)[reason.text] == 1
    assert found.account.kept == 7


def test_events_dated_to_the_year_alone_enter_no_month(tmp_path):
    found = ged.read([_ged(tmp_path / "GEDEvent_v26_0_1.csv", 10, date_prec=5)], _base(), today=TODAY)
    assert found.tables["ucdp_months"].query("month == '2026-01'")["best"].item() == 0
    assert found.tables["ucdp_dyads"].query("year == 2026")["events"].sum() == 7


def test_a_gap_or_a_year_that_is_final_is_refused(tmp_path):
    late = [syn.ged(n, date_start="2026-03-01", date_end="2026-03-01") for n in range(10)]
    with pytest.raises(DataError, match="from January of that year on"):
        ged.read([save(tmp_path / "GEDEvent_v26_0_3.csv", syn.to_csv(late, syn.GED))], _base(), today=TODAY)
    past = [syn.ged(n, date_start="2023-03-01", date_end="2023-03-01", year=2023) for n in range(10)]
    with pytest.raises(DataError, match="whose final data are there"):
        ged.read([save(tmp_path / "GEDEvent_v23_0_3.csv", syn.to_csv(past, syn.GED))], _base(), today=TODAY)


# --------------------------------------------------------------------------- the workbook


def _workbook(path, months=("January", "February"), **changes):
    table = pd.DataFrame(
        [
            {"Country": "Mali", "Admin1": "Mopti", "Admin2": c, "Month": m, "Year": 2022, "Events": 1, "Fatalities": 2}
            for m in months
            for c in ("Koro", "Bankass")
        ]
    )
    for column, value in changes.items():
        table[column] = table[column].astype(object)
        table.loc[1, column] = value
    table.to_excel(path, sheet_name="Data", index=False)
    return path


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"Events": "x"}, "row 3, column Events holds 'x'"),
        ({"Fatalities": -1}, "row 3, column Fatalities holds '-1'"),
        ({"Month": "Janvier"}, "row 3, column Month and Year"),
        ({"Admin1": "Moptii"}, "row 3, column Admin1"),
        ({"Admin2": "=1+1"}, "row 3, column Admin2"),
        ({"Country": "Niger"}, "rows of Niger"),
        ({"months": ("January", "March")}, "months are missing"),
    ],
)
def test_a_wrong_workbook_is_refused(tmp_path, changes, message):
    with pytest.raises(DataError, match=message):
        own.from_hdx(_workbook(tmp_path / "book.xlsx", **changes))


def test_what_is_no_workbook_is_refused(tmp_path):
    whole = _workbook(tmp_path / "book.xlsx").read_bytes()
    for n in range(0, len(whole), len(whole) // 25):
        spoiled = bytearray(whole)
        spoiled[n] ^= 0xFF
        # Flipped bytes that matter to no cell may pass; whatever else happens is one sentence.
        with suppress(DataError):
            own.from_hdx(save(tmp_path / "spoiled.xlsx", bytes(spoiled)))
    for content in (b"", whole[:300], GOOD.encode()):
        with pytest.raises(DataError, match=r"not (readable as )?an Excel workbook"):
            own.from_hdx(save(tmp_path / "none.xlsx", content))


# --------------------------------------------------------------------------- a whole folder


def test_a_folder_of_own_tables_passes_every_check_and_says_where_each_comes_from(tmp_path, good, capsys, monkeypatch):
    out = tmp_path / "my-data"

    class Day(datetime.date):
        @classmethod
        def today(cls):
            return cls(2026, 3, 1)

    monkeypatch.setattr(own_folder, "datetime", SimpleNamespace(date=Day))
    assert cli.main(["ingest", "acled", str(good), "--out", str(out), "--until", "2022-12"]) == 0
    printed = capsys.readouterr().out
    assert f"{COUNT} rows in = 160 kept + 80 set aside" in printed
    assert cli.main(["check", "--data", str(out)]) == 0
    package = json.loads((out / "datapackage.json").read_text())
    origin = {r["name"]: r.get("own") or r.get("taken_from", "") for r in package["resources"]}
    assert origin["actors"] == "acled"
    assert origin["totals"] == "the project's own tables"
    source = next(s for s in package["sources"] if s["name"] == "own_acled")
    assert source["sha256"] == rows.sha256_of(good)
    assert source["file"] == "good.csv"
    assert source["date"] == "2026-03-01"
    account = pd.read_csv(out / "account.csv")
    assert account["rows"].sum() == COUNT
    (out / "mine.txt").write_text("a note of the user")
    before = {p.name: p.read_bytes() for p in out.iterdir()}
    assert cli.main(["ingest", "ucdp", str(_ged(tmp_path / "GEDEvent_v26_0_1.csv", 10)), "--out", str(out)]) == 0
    assert cli.main(["check", "--data", str(out)]) == 0
    assert (out / "actors.csv").read_bytes() == before["actors.csv"]
    assert (out / "mine.txt").read_text() == "a note of the user"
    assert set(pd.read_csv(out / "account.csv")["source"]) == {"acled", "ucdp"}
    assert cli.main(["ingest", "acled", str(good), "--out", str(out), "--until", "2022-12"]) == 0
    assert (out / "ucdp_months.csv").read_bytes() != (default_folder() / "ucdp_months.csv").read_bytes()
    assert "MLI" not in (out / "account.csv").read_text() + (out / "datapackage.json").read_text()
    assert "SYN1" not in (out / "account.csv").read_text()


def test_what_the_data_lack_is_said_in_place(tmp_path, monkeypatch, root):
    from helpers import chapters, limits, measures
    from helpers.audit import another, claims
    from helpers.audit.questions import QUESTIONS

    bare = syn.to_csv(syn.events(COUNT), tuple(c for c in syn.DYADIC if c != "notes"))
    out = tmp_path / "my-data"
    own_folder.write(own.from_acled([save(tmp_path / "bare.csv", bare)], until="2022-03", today=TODAY), out)
    report = Report("2022-03", out)
    assert "Not in these data" in QUESTIONS["recent_events"](report).sentence
    audit = claims.audit("2022-08", Tables(out))
    assert "not measurable" in set(audit["verdict"])
    other = another.audit(root / "tests/invented_report.yml", tables=Tables(out)).set_index(["id", "name"])
    assert other.loc[("INV1-01", "Events"), "verdict"] == "not measurable"
    assert "Not in these data: " in other.loc[("INV1-01", "Events"), "definition"]
    assert other.loc[("INV1-04", "2023"), "verdict"] == "open"
    shown = []
    monkeypatch.setattr(chapters, "display", shown.append)
    chapter = chapters.Chapter("trajectory", "2022-03", str(out))
    chapter.opening()
    assert "without notes" in shown[0].english
    chapter.show(lambda r: str(r.window("2017-01", "2022-03")))
    assert "this needs January 2017 to March 2022" in shown[1].sentence
    with pytest.raises(DataError, match="without notes"):
        measures.with_wagner(report.actors, wide=True)
    with pytest.raises(KeyError):
        limits.why_not(KeyError("a fault"), Tables())


# --------------------------------------------------------------------------- whole or nothing

_STEPS = frozenset(
    {"open", "os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.listdir", "os.scandir", "os.link", "os.utime"}
    | {"os.chmod", "os.truncate", "fcntl.flock", "fcntl.lockf", "ctypes.call_function", "shutil.rmtree"}
)
"""What Python tells of as it happens, of all that putting files into a folder does."""


def _killed_before(step: int, content: dict[str, bytes], out: Path) -> bool:
    """Put files into a folder in a process that is killed before a step of it; tell whether there was such a step."""
    child = os.fork()
    if not child:
        left = [step]

        def watch(event: str, _: object) -> None:
            if event in _STEPS:
                left[0] -= 1
                if left[0] < 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        try:
            sys.addaudithook(watch)
            place(content, out)
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


def test_a_kill_at_any_step_leaves_the_old_tables_or_the_new_ones(tmp_path):
    """No chosen moment: one process for each step that placing files takes, killed before it."""
    out = tmp_path / "out"
    place({f"{n}.csv": b"old" * 5_000 for n in range(4)}, out)
    (out / "note.txt").write_text("stays")
    seen = set()
    for step in range(1000):
        new = b"v%03d" % step
        killed = _killed_before(step, {f"{n}.csv": new * 5_000 for n in range(4)}, out)
        held = {path.read_bytes() for path in out.glob("*.csv")}
        assert len(held) == 1, f"a mixed folder after a kill before step {step}"
        (whole,) = held
        assert len(whole) in (15_000, 20_000)
        assert len(list(out.glob("*.csv"))) == 4
        assert (out / "note.txt").read_text() == "stays"
        seen.add(whole[:4] == new)
        if not killed:
            break
    assert step > 20, "every step of placing files was tried"
    assert seen == {True, False}
    assert whole[:4] == new
    place({"0.csv": b"last"}, out)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_where_folders_cannot_be_exchanged_in_one_step_two_renames_do(tmp_path, monkeypatch):
    out = tmp_path / "out"
    place({"a.csv": b"1"}, out)
    (out / "note.txt").write_text("stays")
    monkeypatch.setattr(swaps, "exchange", lambda *_: False)
    place({"a.csv": b"2"}, out)
    assert {path.name: path.read_text() for path in out.iterdir()} == {"a.csv": "2", "note.txt": "stays"}
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def _saver(monkeypatch, after, *acts):
    """Let a user act on the folder just before or just after the swap, as if at the same time."""
    real = swaps.exchange

    def exchange(staged, folder):
        if not after:
            for act in acts:
                act(folder)
        done = real(staged, folder)
        for act in acts if after else ():
            act(staged)  # where the old folder lies now: a program that had it open writes there
        return done

    monkeypatch.setattr(swaps, "exchange", exchange)


def _replace(folder, name, text):
    (folder / ".tmp").write_text(text)
    os.replace(folder / ".tmp", folder / name)


def test_folders_of_others_keep_their_modes(tmp_path):
    out = tmp_path / "out"
    place({"a.csv": b"old"}, out)
    for name, mode in (("secret", 0o700), ("sealed/deep", 0o750), ("sealed", 0o555), ("empty", 0o711)):
        (out / name).mkdir(parents=True, exist_ok=True)
        if name != "empty" and mode != 0o555:
            (out / name / "x.txt").write_text("mine")
        (out / name).chmod(mode)
    before = {path: path.stat().st_mode for path in out.rglob("*/")}
    place({"a.csv": b"new"}, out)
    assert {path: path.stat().st_mode for path in out.rglob("*/")} == before
    assert (out / "sealed" / "deep" / "x.txt").read_text() == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("linked", [True, False])
def test_what_is_saved_while_ingest_runs_is_kept(tmp_path, monkeypatch, after, linked):
    out = tmp_path / "out"
    place({"a.csv": b"old", "b.csv": b"old"}, out)
    for name in ("first.txt", "second.txt", "third.txt"):
        (out / name).write_text("early")
    if not linked:
        monkeypatch.setattr(swaps, "link", lambda source, target: shutil.copy2(source, target))
    _saver(
        monkeypatch, after,
        lambda folder: (folder / "new.txt").write_text("late"),
        lambda folder: (folder / "sub").mkdir(),
        lambda folder: (folder / "sub" / "deep.txt").write_text("late"),
        lambda folder: _replace(folder, "first.txt", "late"),
        lambda folder: (folder / "second.txt").write_text("later"),
        lambda folder: _replace(folder, "b.csv", "the user's"),
    )  # fmt: skip
    place({"a.csv": b"new", "b.csv": b"new"}, out)
    texts = {str(path.relative_to(out)): path.read_text() for path in out.rglob("*") if path.is_file()}
    assert texts == {
        "a.csv": "new", "b.csv": "new", "b.csv.saved": "the user's", "new.txt": "late", "sub/deep.txt": "late",
        "first.txt": "late", "second.txt": "later", "third.txt": "early",
    }  # fmt: skip
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_what_was_saved_is_found_even_after_a_kill(tmp_path, monkeypatch):
    out = tmp_path / "out"
    place({"a.csv": b"old"}, out)
    child = os.fork()
    if not child:
        _saver(
            monkeypatch,
            True,
            lambda folder: (folder / "new.txt").write_text("late"),
            lambda folder: os.kill(os.getpid(), 9),
        )
        try:
            place({"a.csv": b"new"}, out)
        finally:
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -9
    assert [path.name for path in out.iterdir()] == ["a.csv"]
    place({"b.csv": b"newer"}, out)
    assert {p.name: p.read_text() for p in out.iterdir()} == {"a.csv": "new", "b.csv": "newer", "new.txt": "late"}
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize(
    ("command", "name"),
    [
        ("acled", "actors.csv"),
        ("acled", "places.csv"),
        ("acled", "account.csv"),
        ("acled", "bases.csv"),
        ("all", "actors.csv"),
    ],
)
def test_a_users_own_files_of_the_same_names_are_not_replaced(tmp_path, good, capsys, request, command, name):
    source = good if command == "acled" else request.getfixturevalue("raw_folder")
    out = tmp_path / "out"
    out.mkdir()
    (out / name).write_text("mine\n")
    assert cli.main(["ingest", command, str(source), "--out", str(out)]) == 2
    assert f"{out / name}: a file that this program did not make" in capsys.readouterr().err
    assert {path.name: path.read_text() for path in out.iterdir()} == {name: "mine\n"}
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_dir()) == ["out"]


def test_a_folder_made_by_an_earlier_version_is_taken_and_an_edited_account_is_not(tmp_path, good, capsys):
    out = tmp_path / "my-data"
    command = ["ingest", "acled", str(good), "--out", str(out), "--until", "2022-12"]
    assert cli.main(command) == 0
    package = json.loads((out / "datapackage.json").read_text())
    assert package.pop("made").keys() == {"account.csv", "unknown_actors.csv"}
    (out / "datapackage.json").write_text(json.dumps(package))
    assert cli.main(command) == 0
    with (out / "account.csv").open("a") as file:
        file.write("acled,mine.csv,kept,counted,1,1\n")
    before = (out / "account.csv").read_bytes()
    capsys.readouterr()
    assert cli.main(command) == 2
    assert "account.csv: a file that this program did not make, or that was changed since" in capsys.readouterr().err
    assert (out / "account.csv").read_bytes() == before


def test_ingest_into_the_folder_one_stands_in_is_refused(tmp_path, good, monkeypatch, capsys):
    (tmp_path / "here" / "below").mkdir(parents=True)
    for place_, name in (("here", "."), ("here/below", "..")):
        monkeypatch.chdir(tmp_path / place_)
        assert cli.main(["ingest", "acled", str(good), "--out", name]) == 2
        assert "the current folder lies in it" in capsys.readouterr().err
        assert os.listdir(tmp_path / "here") == ["below"]


def test_the_home_folder_and_what_holds_it_are_not_replaced(tmp_path, good, monkeypatch, capsys):
    home = tmp_path / "users" / "me"
    home.mkdir(parents=True)
    (home / "theirs.txt").write_text("stays")
    monkeypatch.setenv("HOME", str(home))
    for out in ("~", str(home), str(home.parent)):
        assert cli.main(["ingest", "acled", str(good), "--out", out]) == 2
        assert "the home folder is or lies in it" in capsys.readouterr().err
    assert os.listdir(home) == ["theirs.txt"]
    assert cli.main(["ingest", "acled", str(good), "--out", str(home / "mine")]) == 0


@pytest.mark.parametrize("command", [["ingest", "acled", "FILE", "--out", "loop"], ["build", "--site", "loop"]])
def test_a_link_that_leads_back_to_itself_is_one_sentence(tmp_path, good, monkeypatch, capsys, command):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "loop").symlink_to("loop")
    assert cli.main([str(good) if part == "FILE" else part for part in command]) == 2
    assert capsys.readouterr().err.rstrip().splitlines()[-1].startswith("error: ")


def test_two_files_ingested_at_once_are_both_in_the_folder(tmp_path, good):
    out = tmp_path / "out"
    ged_file = _ged(tmp_path / "GEDEvent_v26_0_1.csv", 10)
    with ExitStack() as both:
        running = [
            both.enter_context(
                waits.running(
                    [sys.executable, "-m", "helpers", "ingest", kind, str(path), "--out", str(out)],
                    tmp_path / f"{kind}.log",
                    cwd=tmp_path,
                    env=dict(os.environ),
                )
            )
            for kind, path in (("acled", good), ("ucdp", ged_file))
        ]
        assert [process.wait() for process in running] == [0, 0], (tmp_path / "acled.log").read_text()
    assert {"acled", "ucdp"} <= json.loads((out / "datapackage.json").read_text())["limits"].keys()
    assert data.check(Tables(out))


def test_check_passes_on_every_folder_that_ingest_has_made(tmp_path, good):
    made = {
        "acled": own.from_acled([good], until="2022-12", today=TODAY),
        "ucdp": own.from_ucdp([_ged(tmp_path / "GEDEvent_v26_0_1.csv", 10)], today=TODAY),
    }
    for kinds in (["acled"], ["ucdp"], ["ucdp", "acled"], ["acled", "ucdp"]):
        out = tmp_path / "-".join(kinds)
        for kind in kinds:
            for step in ("write", "seal"):
                _ = own_folder.write(made[kind], out, today=TODAY) if step == "write" else seal(out)
                data._load.cache_clear()
                data._package.cache_clear()
                assert len(data.check(Tables(out))) > 20
            assert Tables(out).limits()


@pytest.mark.parametrize("what", ["a link", "another user's folder", "a link as lock"])
def test_a_planted_workroom_is_not_entered(tmp_path, good, monkeypatch, what):
    out, victim = tmp_path / "out", tmp_path / "victim"
    victim.mkdir()
    (victim / "theirs.txt").write_text("stays")
    scratch = swaps.scratch_of(out, "mali")
    if what == "a link":
        scratch.symlink_to(victim)
    else:
        scratch.mkdir()
    if what == "a link as lock":
        (scratch / "lock").symlink_to(victim / "theirs.txt")
    if what == "another user's folder":
        monkeypatch.setattr(os, "geteuid", lambda: 12345)
    with pytest.raises(DataError, match="Remove it, and see who made it"):
        place({"a.csv": b"1"}, out)
    assert (victim / "theirs.txt").read_text() == "stays"
    assert not out.exists()


def test_a_planted_old_folder_is_not_put_in_place(tmp_path):
    out, victim = tmp_path / "out", tmp_path / "victim"
    victim.mkdir()
    (victim / "a.csv").write_text("planted")
    scratch = swaps.scratch_of(out, "mali")
    scratch.mkdir()
    (scratch / "old").symlink_to(victim)
    (scratch / "note.json").write_text(json.dumps({"inode": victim.stat().st_ino, "staged": "old", "seen": {}}))
    place({"b.csv": b"1"}, out)
    assert [path.name for path in out.iterdir()] == ["b.csv"]
    assert not out.is_symlink()
    assert (victim / "a.csv").read_text() == "planted"


@pytest.mark.parametrize("staged", ["../victim", "{0}", "work/../../victim", "beside/victim", "."])
@pytest.mark.parametrize("there", [True, False])
def test_a_note_that_came_with_a_folder_moves_nothing_outside_of_the_workroom(tmp_path, staged, there):
    """A folder that somebody sends may have a workroom beside it; its note had any folder of the user's emptied into it."""
    out, victim = tmp_path / "out", tmp_path / "victim"
    victim.mkdir()
    (victim / "theirs.txt").write_text("stays")
    scratch = swaps.scratch_of(out, "mali")
    scratch.mkdir()
    (scratch / "beside").symlink_to(tmp_path)
    if there:
        out.mkdir()
    note = {"inode": victim.stat().st_ino, "staged": staged.format(victim), "seen": {}}
    (scratch / "note.json").write_text(json.dumps(note))
    place({"b.csv": b"1"}, out)
    assert (victim / "theirs.txt").read_text() == "stays"
    assert [path.name for path in out.iterdir()] == ["b.csv"]


@pytest.mark.parametrize(
    "note", [{"inode": 1, "staged": 2, "seen": {}}, {"inode": 1, "staged": "old", "seen": []}, [], 3]
)
def test_a_note_of_another_form_counts_for_nothing(tmp_path, note):
    scratch = swaps.scratch_of(tmp_path / "out", "mali")
    scratch.mkdir()
    (scratch / "note.json").write_text(json.dumps(note))
    assert [path.name for path in place({"b.csv": b"1"}, tmp_path / "out")] == ["b.csv"]


def test_a_file_in_the_folders_place_is_one_sentence(tmp_path, good):
    made = own.from_acled([good], until="2022-12", today=TODAY)
    with pytest.raises(DataError, match="expected a folder"):
        own_folder.write(made, save(tmp_path / "taken", "x"))


@pytest.mark.parametrize("code", [errno.EROFS, errno.ENOSPC, errno.EACCES])
@pytest.mark.parametrize("where", ["private", "swap", "carry"])
def test_a_disk_that_takes_nothing_leaves_the_folder_as_it_was(tmp_path, monkeypatch, code, where):
    out = tmp_path / "out"
    place({"a.csv": b"old"}, out)

    def fails(*_):
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(swaps, where, fails)
    with pytest.raises(DataError, match=rf"{re.escape(str(out))}: cannot be written \({os.strerror(code)}\)"):
        place({"a.csv": b"new"}, out)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert {path.name: path.read_text() for path in out.iterdir()} == {"a.csv": "old"}


# --------------------------------------------------------------------------- properties

_CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "fatalities": st.sampled_from(["0", "7", "-1", "x", "5000"]),
        "timestamp": st.sampled_from(["1", "1700000000", "1900000000", "", "?"]),
        "event_date": st.sampled_from(["2022-01-05", "5 January 2022", "05/01/2022", ""]),
        "country": st.sampled_from(["Mali", "Niger"]),
        "actor1": st.text(max_size=8),
        "admin1": st.sampled_from(["Ségou", "GAO", "Nowhere"]),
    },
)
_TABLE = st.lists(st.tuples(st.integers(0, 20), _CHANGES), min_size=1, max_size=25)


@settings(max_examples=60)
@given(_TABLE, st.integers(1, 3))
@example([(0, {"actor1": "\r"})], 1)
@example([(0, {"actor1": "a\r\nb"}), (1, {"actor1": "\n"})], 2)
def test_account_is_exact_and_order_of_files_is_irrelevant(tmp_path, table, parts):
    made = [syn.event(n, **changes) for n, changes in table]
    frame = [*syn.events(84)[:40], *made]
    cut = max(1, len(frame) // parts)
    paths = [save(tmp_path / f"part{i}.csv", syn.to_csv(frame[i : i + cut])) for i in range(0, len(frame), cut)]
    try:
        one = read(*paths, until="2022-01")
    except DataError as error:
        with pytest.raises(DataError, match="^" + re.escape(str(error)) + "$"):
            read(*reversed(paths), until="2022-01")
        return
    other = read(*reversed(paths), until="2022-01")
    again = read(*paths, paths[0], until="2022-01")
    assert one.account.rows_in == len(frame) == one.account.kept + one.account.set_aside
    assert same(one, other)
    assert one.account.frame().equals(other.account.frame())
    assert same(one, again)


@settings(max_examples=25)
@given(_TABLE)
def test_an_update_given_twice_changes_nothing_more(tmp_path, table):
    base = save(tmp_path / "base.csv", syn.to_csv(syn.events(84)))
    made = [syn.event(n, **{"timestamp": "1900000000"} | changes) for n, changes in table]
    update = save(tmp_path / "update.csv", syn.to_csv([*made, *syn.events(84)[40:]]))
    twice = save(tmp_path / "update2.csv", update.read_bytes() + b"\n")
    try:
        once = read(base, update, until="2022-01")
    except DataError:
        return
    assert same(once, read(base, update, twice, until="2022-01"))


# --------------------------------------------------------------------------- the real samples


def test_the_real_sample_of_2025_gives_the_projects_own_rows(raw_folder):
    path = raw_folder / "acled" / "acled_mali_events_2017-01_2025-03.csv"
    found = events.read([path])
    whole = checked("actors", acled.actors_table(acled.attribute(found.frame)[0]))
    pd.testing.assert_frame_equal(whole, Tables().actors().query("month >= '2017-01'").reset_index(drop=True))
    assert found.account.rows_in == 8464
    # The areas are dear to compute: two years of them are enough.
    made = own.from_acled([path], until="2018-12")
    for name in ("footprint", "areas"):
        part = Tables().load(name).query("'2017H1' <= half <= '2018H2'").reset_index(drop=True)
        pd.testing.assert_frame_equal(made.tables[name], part)
    assert made.unknown.empty


def test_the_real_monadic_export_pairs_to_the_events_of_the_dyadic_one(raw_folder):
    one = events.read([raw_folder / "acled" / "acled_mali_events_2017-01_2020-12_monadic.csv"])
    other = events.read([raw_folder / "acled" / "acled_mali_events_2017-01_2025-03.csv"], until="2020-12")
    assert one.account.rows_in == 6214
    keys = ["month", "region", "event_type", "side1", "side2", "band"]
    tables = [acled.actors_table(acled.attribute(x.frame)[0]) for x in (one, other)]
    sums = [t.astype({k: "str" for k in keys}).groupby(keys)[["events", "fatalities"]].sum() for t in tables]
    pd.testing.assert_frame_equal(*sums)


def test_the_real_hdx_export_of_2020_is_read_with_its_tags(raw_folder):
    found = events.read([raw_folder / "acled" / "acled_mali_events_1997-01_2020-07.csv"])
    assert lines(found.account)[reasons.TAG.text] == 1
    assert found.account.rows_in == 3991
    assert str(found.frame["date"].max())[:10] == "2020-07-31"


def test_the_real_samples_together_give_the_projects_first_years_too(raw_folder):
    found = events.read(sorted((raw_folder / "acled").glob("acled_mali_events*.csv")))
    actors = acled.actors_table(acled.attribute(boundaries.in_menaka(found.frame, data.project().shapes("regions")))[0])
    ours = Tables().actors().query("month < '2017-01'").reset_index(drop=True)
    mine = checked("actors", actors).query("month < '2017-01'").reset_index(drop=True)
    pd.testing.assert_frame_equal(mine, ours)


def test_the_real_candidate_files_of_ucdp(raw_folder):
    folder = raw_folder / "ucdp"
    found = ged.read([folder / "GEDEvent_v26_0_1.csv"], _base())
    january = found.tables["ucdp_months"].query("month == '2026-01'")
    assert january[["state_based", "non_state", "one_sided"]].to_numpy().tolist() == [[43, 5, 8]]
    assert lines(found.account, "kept")["counted; place known to the region or country only (where_prec 4-7)"] == 14
    with pytest.raises(DataError, match="nothing new on Mali is left of 2,391 rows"):
        ged.read([folder / "GEDEvent_v23_0_10.csv"], _base())
    assert rows.files_of(folder / "GEDEvent_v26_0_1.csv")[0].size > 1_000_000


def test_the_real_workbook_gives_the_projects_totals(raw_folder):
    made = own.from_hdx(next((raw_folder / "hdx").glob("*.xlsx")))
    pd.testing.assert_frame_equal(made.tables["totals"], Tables().load("totals", partial=True))
    pd.testing.assert_frame_equal(made.tables["cercle_halves"], Tables().cercle_halves())
    pd.testing.assert_frame_equal(made.tables["cercle_months"], Tables().load("cercle_months", partial=True))
    assert made.account.rows_in == made.account.kept == 18656
