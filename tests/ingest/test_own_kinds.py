"""Own files that look right and are not: releases, pages, filters, cut months, encodings, sister workbooks.

Every row is synthetic.
"""

import datetime
import gzip
import json
import zipfile

import pandas as pd
import pytest

import synthetic as syn
from helpers import changes, chapters, data, limits
from helpers import definitions as d
from helpers.audit import claims
from helpers.audit.questions import QUESTIONS
from helpers.builds import front
from helpers.data import Tables
from helpers.editions import Report
from helpers.errors import DataError, NotInData, PastData
from helpers.ingest import (
    acled,
    boundaries,
    encodings,
    events,
    ged,
    months,
    own,
    own_folder,
    parse,
    reasons,
    releases,
    sums,
)
from helpers.page import bilingual
from helpers.story import came, trajectory, updates
from helpers.windows import span

pytestmark = pytest.mark.slow

TODAY = datetime.date(2026, 11, 24)
ROWS = syn.events(504)
VIOLENT = [row for row in ROWS if row["event_type"] not in ("Protests", "Strategic developments")]


@pytest.fixture(autouse=True)
def fresh_caches():
    yield
    data._load.cache_clear()
    data._package.cache_clear()


def save(path, content):
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def base():
    return {name: Tables().load(name) for name in (*own_folder.KINDS["ucdp"], "ucdp_types")}


def make(tmp_path, table, **options):
    made = own.from_acled([save(tmp_path / "mine.csv", syn.to_csv(table))], today=TODAY, **options)
    out = tmp_path / "mine"
    own_folder.write(made, out, today=TODAY)
    return made, out


# --------------------------------------------------------------------------- UCDP: releases and coverage


def _january(path, *, extra=()):
    rows = [syn.ged(n, date_start=f"2026-01-{n % 28 + 1:02d}", date_end=f"2026-01-{n % 28 + 1:02d}") for n in range(56)]
    return save(path, syn.to_csv([*rows, *extra], syn.GED))


def test_a_name_like_a_final_release_makes_no_year_final(tmp_path):
    late = syn.ged(0, id="42", country="Niger", year="2025", date_start="2025-12-30", date_end="2025-12-30")
    found = ged.read([_january(tmp_path / "ucdp_mali_2026_01.csv", extra=[late])], base(), today=TODAY)
    months = found.tables["ucdp_months"].set_index("month")
    before = Tables().ucdp_months().set_index("month")
    assert months.loc["2026-01", "status"] == "candidate"
    for name in ("2025-01", "2025-12"):
        assert months.loc[name].equals(before.loc[name])
    assert found.tables["ucdp_years"]["year"].max() == Tables().ucdp_years()["year"].max()
    assert (found.years, found.months) == ((), ("2026-01",))
    # Pages print the note: it names no option of the command.
    assert any("count as candidate events" in note and "name it at ingest" in note for note in found.account.notes)
    assert not any("--" in note for note in found.account.notes)


@pytest.mark.parametrize(("name", "said"), [("GEDEvent_v26_0_1.csv", "26.0.1"), ("ged261-csv.csv", "26.1")])
def test_a_file_of_unknown_release_is_told_what_its_name_looks_like(tmp_path, name, said):
    assert f"looks like release {said}. " in releases.untold("a file", tmp_path / name)


def test_a_month_of_which_the_rows_show_nothing_is_not_zero(tmp_path):
    one = syn.ged(0, id="42", country="Niger", date_start="2026-02-02", date_end="2026-02-02")
    found = ged.read([_january(tmp_path / "x.csv", extra=[one])], base(), today=TODAY)
    assert "2026-02" not in set(found.tables["ucdp_months"]["month"])
    told = ged.read([tmp_path / "x.csv"], base(), covers=span("2026-01:2026-02"), today=TODAY)
    february = told.tables["ucdp_months"].set_index("month").loc["2026-02"]
    assert february[["state_based", "non_state", "one_sided", "best"]].tolist() == [0, 0, 0, 0]


@pytest.mark.parametrize(("first", "last"), [(12, 28), (1, 17)])
def test_one_month_that_is_held_in_part_is_not_whole_though_the_file_is_short(tmp_path, first, last):
    rows = [syn.ged(n, date_start=f"2026-01-{n % 28 + 1:02d}", date_end=f"2026-01-{n % 28 + 1:02d}") for n in range(56)]
    part = [row for row in rows if first <= int(row["date_start"][-2:]) <= last]
    path = save(tmp_path / "january.csv", syn.to_csv(part, syn.GED))
    with pytest.raises(DataError, match=r"in a month that the files do not cover.*Say --covers"):
        ged.read([path], base(), today=TODAY)
    assert ged.read([path], base(), covers=span("2026-01:2026-01"), meant=True, today=TODAY).months == ("2026-01",)


@pytest.mark.parametrize(
    ("releases", "message"),
    [
        (["25.1"], "ends with 2024"),
        (["x"], "no release of UCDP"),
        (["26.0"], "no release of UCDP"),
        (["other.csv=26.1"], "no file of this name"),
        (["26.1", "25.1"], "two releases for all files"),
    ],
)
def test_a_release_that_cannot_be_is_refused(tmp_path, releases, message):
    with pytest.raises(DataError, match=message):
        ged.read([_january(tmp_path / "x.csv")], base(), releases=releases, today=TODAY)


def test_a_final_release_gives_whole_years_only(tmp_path):
    rows = [
        syn.ged(n, id=n, year=y, date_start=f"{y}-{m:02d}-{n % 27 + 1:02d}", date_end=f"{y}-{m:02d}-{n % 27 + 1:02d}")
        for y, first in ((2024, 9), (2025, 1))
        for m in range(first, 13)
        for n in range((y - 2024) * 10_000 + m * 100, (y - 2024) * 10_000 + m * 100 + 30)
    ]
    path = save(tmp_path / "final.csv", syn.to_csv(rows, syn.GED))
    found = ged.read([path], base(), releases=["26.1"], meant=True, today=TODAY)
    assert found.years == (2025,)
    months = found.tables["ucdp_months"].set_index("month")
    assert set(months.loc[months.index.str[:4] == "2025", "status"]) == {"final"}
    assert months.loc["2024-10"].equals(Tables().ucdp_months().set_index("month").loc["2024-10"])
    with pytest.raises(DataError, match=r"hold 240 events and 360 deaths; .* has 506 and 2,157\. Too few .*--meant"):
        ged.read([path], base(), releases=["26.1"], today=TODAY)


# --------------------------------------------------------------------------- pages of an API


def test_an_answer_that_is_one_page_of_more_is_refused_until_all_pages_are_there(tmp_path):
    def answer(name, rows, **more):
        return save(tmp_path / name, json.dumps({"status": 200, "count": len(rows), **more, "data": rows}))

    one, two = answer("1.json", ROWS[:300], total_count=504), answer("2.json", ROWS[300:], total_count=504)
    with pytest.raises(DataError, match="504 rows in all, and it holds 300: 204 are missing"):
        events.read([one], today=TODAY)
    half = [answer(f"half{name}.json", ROWS[:252], total_count=504, page=name) for name in (1, 2)]
    with pytest.raises(DataError, match="hold 252 different ones, 252 stand there again: 252 are missing"):
        events.read(half, today=TODAY)
    assert len(events.read([one, two], today=TODAY).frame) == len(VIOLENT)
    ucdp = {
        "TotalCount": 56,
        "TotalPages": 28,
        "NextPageUrl": "https://example.invalid/?page=1",
        "Result": [syn.ged(0)],
    }
    with pytest.raises(DataError, match="55 are missing"):
        ged.read([save(tmp_path / "p.json", json.dumps(ucdp))], base(), today=TODAY)
    following = {"NextPageUrl": "https://example.invalid/?page=1", "Result": [syn.ged(0)]}
    with pytest.raises(DataError, match="names a page that follows"):
        ged.read([save(tmp_path / "p.json", json.dumps(following))], base(), today=TODAY)
    full = answer("3.json", ROWS[:300], limit=300)
    with pytest.raises(DataError, match="or is full, and no other is given"):
        events.read([full], today=TODAY)
    rest = answer("4.json", ROWS[300:], limit=300)
    assert len(events.read([full, rest], today=TODAY).frame) == len(VIOLENT)


def test_a_file_of_a_header_alone_is_called_so(tmp_path):
    with pytest.raises(DataError, match="holds no row below its header; expected an ACLED export"):
        events.read([save(tmp_path / "mine.csv", syn.to_csv([]))], today=TODAY)
    with pytest.raises(DataError, match="holds no row below its header; expected"):
        ged.read([save(tmp_path / "ged.csv", syn.to_csv([], syn.GED))], base(), today=TODAY)


# --------------------------------------------------------------------------- forms of files


def test_gzip_and_a_record_a_line_give_the_events_of_the_plain_file(tmp_path):
    plain = events.read([save(tmp_path / "a.csv", syn.to_csv(ROWS))], today=TODAY)
    forms = {
        "a.csv.gz": gzip.compress(syn.to_csv(ROWS).encode(), mtime=0),
        "a.jsonl": "\n".join(map(json.dumps, ROWS)),
        "a.json": "\n\n" + "\n".join(map(json.dumps, ROWS)) + "\n",
    }
    for name, content in forms.items():
        found = events.read([save(tmp_path / name, content)], today=TODAY)
        pd.testing.assert_frame_equal(found.frame, plain.frame)
        assert found.account.rows_in == 504


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (json.dumps({"type": "FeatureCollection", "features": []}), "GeoJSON, a layer of a map"),
        (json.dumps([{"type": "Feature", "geometry": None, "properties": ROWS[0]}]), "GeoJSON, a layer of a map"),
        (b"PAR1" + b"\x00" * 90, "a Parquet file"),
        (b"%PDF-1.7 \x00", "a PDF"),
        ("<?xml version='1.0'?><kml/>", "an XML file"),
        (gzip.compress(gzip.compress(b"x" * 99, mtime=0), mtime=0), "gzip within an archive"),
        (gzip.compress(syn.to_csv(ROWS).encode(), mtime=0)[:-900], "the archive is damaged"),
        (syn.to_csv(ROWS).encode("utf-32"), "text in UTF-32; expected UTF-8"),
        (
            syn.to_csv(ROWS).replace("\n", ",\n").replace("timestamp,", "timestamp"),
            "holds '25 fields, the header has 24'",
        ),
        ("\n".join(map(json.dumps, ROWS))[:-90], "breaks off or is damaged after record 503"),
        (syn.to_csv(ROWS).replace("event_date", "day", 1), "event_date is missing (found 'event_id_cnty"),
    ],
)
def test_other_forms_are_called_what_they_are(tmp_path, content, message):
    with pytest.raises(DataError) as refused:
        events.read([save(tmp_path / "odd", content)], today=TODAY)
    assert message in str(refused.value)


def test_what_a_mac_puts_into_a_zip_is_no_data(tmp_path):
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("export/mine.csv", syn.to_csv(ROWS))
        archive.writestr("export/.DS_Store", b"\x00\x00\x00\x01Bud1")
        archive.writestr("__MACOSX/export/._mine.csv", b"\x00\x05\x16\x07")
    assert len(events.read([path], today=TODAY).frame) == len(VIOLENT)


def test_a_file_without_a_row_of_mali_is_called_so(tmp_path):
    rows = [syn.ged(n, country="Niger") for n in range(12)]
    with pytest.raises(DataError, match=r"a\.csv: none of 12 rows is of Mali; expected UCDP events"):
        ged.read([save(tmp_path / "a.csv", syn.to_csv(rows, syn.GED))], base(), today=TODAY)


# --------------------------------------------------------------------------- columns that say nothing


def test_notes_that_are_empty_throughout_are_no_notes(tmp_path):
    made, out = make(tmp_path, [row | {"notes": " "} for row in ROWS])
    assert made.without == ("notes",)
    assert any("mentions are missing, not zero" in line for line in Tables(out).limits())
    assert make(tmp_path, ROWS)[0].without == ()


@pytest.mark.parametrize(
    ("places", "said"),
    [
        (
            lambda row: {name: str(round(float(row[name]), 1)) for name in ("latitude", "longitude")},
            "336 of 336 events have coordinates of one decimal or none",
        ),
        (lambda row: {"latitude": "14.4972", "longitude": "-4.1977"}, "Their 336 events lie at 1 place:"),
        (lambda row: {}, ""),
    ],
)
def test_coordinates_too_rough_for_distances_are_named(tmp_path, places, said):
    made = own.from_acled([save(tmp_path / "a.csv", syn.to_csv([row | places(row) for row in ROWS]))], today=TODAY)
    found = [line for line in made.limits if "distances to Bamako" in line]
    assert found == [line for line in made.account.notes if "distances to Bamako" in line]
    assert [line.startswith(said) for line in found] == ([True] if said else [])


def test_events_before_menaka_was_coded_are_no_filter(tmp_path):
    """ACLED's export of July 2020 codes no event as Menaka before January 2020: they stand under Gao."""
    rows = syn.events(84 * 30)
    older = [
        row | {"admin1": "Gao"} if row["admin1"] == "Menaka" and row["event_date"] < "2024-01" else row for row in rows
    ]
    made = own.from_acled([save(tmp_path / "a.csv", syn.to_csv(older))], today=TODAY)
    whole = own.from_acled([save(tmp_path / "b.csv", syn.to_csv(rows))], today=TODAY)
    assert made.tables["actors"].equals(whole.tables["actors"])
    assert made.partial == ""
    never = [row | {"admin1": "Gao"} if row["admin1"] == "Menaka" else row for row in rows]
    assert "no event in Menaka" in own.from_acled([save(tmp_path / "c.csv", syn.to_csv(never))], today=TODAY).partial


def test_a_month_that_is_as_quiet_in_the_totals_is_whole():
    names = [f"2012-{n:02d}" for n in range(1, 13)]
    counts = pd.Series([15] * 11 + [1], names)
    assert months.quiet_months(counts) == ["December 2012 holds 1 event, the months before it 15 at the median"]
    assert months.quiet_months(counts, counts) == []
    assert len(months.quiet_months(counts, counts + 10)) == 1


def test_a_folder_and_standard_input_are_called_what_they_are(tmp_path):
    from pathlib import Path

    for path, message in ((tmp_path, "a folder; expected a data export"), (Path("-"), "not a file on the disk")):
        with pytest.raises(DataError, match=message):
            events.read([path], today=TODAY)


def test_empty_marks_time_stamps_and_turned_ids_are_read_as_meant(tmp_path):
    table = [
        row | {"actor2": row["actor2"] or ("NA", "NaN", "None", "null")[n % 4], "timestamp": f"{row['timestamp']}.0"}
        for n, row in enumerate(ROWS)
    ]
    table += [row | {"event_id_cnty": f"{row['event_id_cnty'][3:]}SYN"} for row in table[:12]]
    found = events.read([save(tmp_path / "a.csv", syn.to_csv(table))], today=TODAY)
    assert len(found.frame) == len(VIOLENT)
    assert set(found.frame["actor2"]) == {"", "Civilians (Mali)", "Military Forces of Mali (2021-)"}


# --------------------------------------------------------------------------- rows that are lost


def _neighbours(count):
    return [row | {"event_id_cnty": f"NIR{n}", "country": "Niger"} for n, row in enumerate(syn.events(count))]


def test_the_tenth_that_may_be_set_aside_is_counted_within_mali(tmp_path):
    bad = [row | {"event_date": "12-Jan-20"} if n % 4 == 0 else row for n, row in enumerate(VIOLENT)]
    path = save(tmp_path / "a.csv", syn.to_csv([*bad, *_neighbours(3000)]))
    with pytest.raises(DataError, match=r"holds '12-Jan-20'.* as in 84 of 336 rows on Mali"):
        events.read([path], today=TODAY)
    broken = syn.to_csv([*VIOLENT[:100], *_neighbours(3000)]) + "SYN9,2022-01-01,Mali,too short\n" * 40
    with pytest.raises(DataError, match="not a whole row, as in 40 of 140 rows on Mali"):
        events.read([save(tmp_path / "b.csv", broken)], today=TODAY)
    theirs = syn.to_csv([*VIOLENT[:100], *_neighbours(3000)]) + "NIR9,2022-01-01,Niger,too short\n" * 40
    found = events.read([save(tmp_path / "c.csv", theirs)], until="2022-02", today=TODAY)
    assert found.account.frame().query("reason == 'not a whole row'")["rows"].item() == 40


@pytest.mark.parametrize("country", ["Mali\u200b", "\ufeffMali", "\u00a0Mali ", "MALI"])
def test_a_country_with_signs_that_nobody_sees_is_no_other_country(tmp_path, country):
    """Numbers of another series tell nothing of the country here."""
    rows = [row | {"country": country if n % 2 else "Mali"} for n, row in enumerate(ROWS)]
    found = events.read([save(tmp_path / "a.csv", syn.to_csv(rows))], today=TODAY)
    assert len(found.frame) == len(VIOLENT)


@pytest.mark.parametrize("country", ["", "Malí", "Niger"])
def test_rows_of_mali_whose_country_is_spoiled_are_no_other_countrys(tmp_path, country):
    mine = [row | {"event_id_cnty": row["event_id_cnty"].replace("SYN", "MLI")} for row in VIOLENT]
    bad = [row | {"country": country} if n % 4 == 0 else row for n, row in enumerate(mine)]
    path = save(tmp_path / "a.csv", syn.to_csv([*bad, *_neighbours(3000)]))
    with pytest.raises(DataError, match=r"a number of Mali's, but not its country, as in 84 of 336 rows on Mali"):
        events.read([path], today=TODAY)
    few = [*mine[:-1], mine[-1] | {"country": country}]
    found = events.read([save(tmp_path / "b.csv", syn.to_csv([*few, *_neighbours(9)]))], until="2022-02", today=TODAY)
    aside = found.account.frame().set_index("reason")["rows"]
    assert aside["a number of Mali's, but not its country"] == 1
    assert aside["another country"] == 9


def test_ucdp_rows_without_a_country_are_no_other_countrys(tmp_path):
    table = [
        syn.ged(n, date_start=f"2026-01-{n % 28 + 1:02d}", date_end=f"2026-01-{n % 28 + 1:02d}") for n in range(168)
    ]
    bad = [row | {"country": ""} if row["country"] == "Mali" and n % 4 == 0 else row for n, row in enumerate(table)]
    with pytest.raises(DataError, match="no country, as in 28 of 112 rows on Mali"):
        ged.read([save(tmp_path / "a.csv", syn.to_csv(bad, syn.GED))], base(), today=TODAY)


# --------------------------------------------------------------------------- months that no table has, and events twice


def _new_month(tmp_path, **changes):
    rows = [
        syn.ged(n, country="Mali", date_start=f"2026-01-{n % 28 + 1:02d}", date_end=f"2026-01-{n % 28 + 1:02d}", best=n + 9, high=n + 9)
        | {"adm_1": f"Region {n % 4}"} | changes
        for n in range(60)
    ]  # fmt: skip
    return rows, lambda table: ged.read([save(tmp_path / "x.csv", syn.to_csv(table, [*syn.GED]))], base(), today=TODAY)


def test_a_new_month_of_one_kind_or_one_region_is_noticed(tmp_path):
    rows, read = _new_month(tmp_path)
    assert not [note for note in read(rows).account.notes if "taken the rest" in note or "agree" in note]
    fights = [row | {"type_of_violence": "1"} for row in rows]
    for table, said in (
        (fights, "no one-sided events among 60; in the two years before, 34% were"),
        ([row | {"adm_1": "Mopti region"} for row in rows], "all 60 events in Mopti region, of one region only"),
    ):
        with pytest.raises(DataError, match=f"x.csv: holds {said}.*--meant"):
            read(table)
        notes = ged.read([tmp_path / "x.csv"], base(), meant=True, today=TODAY).account.notes
        assert any(said in note and "their owner says that this is meant" in note for note in notes)
    # Of so few the absence may be chance: it is said, and they count.
    few = read(fights[::5])
    assert any("no one-sided events among 12" in note and "seems to have taken" in note for note in few.account.notes)
    # Who codes no region writes 0 there.
    for none in ("0", "", "NA"):
        notes = read([row | {"adm_1": none} for row in rows]).account.notes
        assert not any("one region" in note for note in notes), none


# --------------------------------------------------------------------------- UCDP held against the newest release

TYPES = Tables().load("ucdp_types")


def _release(first, last, keep=lambda row: True, **changes):
    known = TYPES[TYPES["month"].between(first, last)]
    rows = syn.release(known[["month", "type", "events", "deaths"]].itertuples(index=False, name=None), **changes)
    return syn.to_csv([row for row in rows if keep(row)], syn.GED), known


def test_a_whole_release_agrees_and_both_sums_are_said(tmp_path):
    text, known = _release("2019-01", "2025-12")
    made = own.from_ucdp([save(tmp_path / "g.csv", text)], releases=["26.1"], today=TODAY)
    events, deaths = int(known["events"].sum()), int(known["deaths"].sum())
    said = (
        f"From January 2019 to December 2025 the files hold {events:,} events and {deaths:,} deaths; the project's UCDP "
        f"release has {events:,} and {deaths:,}."
    )
    assert said in made.limits
    assert said in made.account.notes
    out = tmp_path / "out"
    own_folder.write(made, out, today=TODAY)
    assert said in Tables(out).limits()
    noted = pd.read_csv(out / "account.csv").query("outcome == 'note'")
    assert said in set(noted["reason"])
    assert noted["rows"].sum() == 0


@pytest.mark.parametrize(
    ("keep", "said"),
    [
        (lambda row: int(row["id"]) % 2, r"state-based events, \d+ of 1,\d+ \(\d\d%\)"),
        (lambda row: row["type_of_violence"] != "3", r"one-sided events, 0 of 691 \(0%\)"),
        (lambda row: row["adm_1"] == "Mopti region", r"one-sided events, 8\d of 691 \(1\d%\)"),
        (lambda row: row["date_start"][:7] < "2024-01" or row["date_start"][8:] < "09", r"2024 events, \d\d\d? of 447 "),
        (lambda row: row["event_clarity"] == "1", r"only rows with event_clarity 1 \(2,\d\d\d of all countries\)"),
        (lambda row: row["date_prec"] == "1", r"only rows with date_prec 1 \([12],\d\d\d of all countries\)"),
    ],
)  # fmt: skip
def test_a_release_that_a_filter_shortened_is_refused_with_its_shares_unless_meant(tmp_path, keep, said):
    text, _ = _release("2019-01", "2025-12", keep)
    path = save(tmp_path / "g.csv", text)
    with pytest.raises(DataError, match=rf"g\.csv: .*{said}.*--meant"):
        own.from_ucdp([path], releases=["26.1"], today=TODAY)
    made = own.from_ucdp([path], releases=["26.1"], meant=True, today=TODAY)
    assert any("their owner says that this is meant" in line for line in made.limits)


def test_deaths_that_are_capped_are_held_against_the_release_too(tmp_path):
    text, _ = _release("2019-01", "2025-12", best=2, low=2, high=2)
    with pytest.raises(DataError, match=r"has 2,330 and 13,889\. Too few .*one-sided deaths, 1,382 of 4,400 \(31%\)"):
        own.from_ucdp([save(tmp_path / "g.csv", text)], releases=["26.1"], today=TODAY)


def test_a_half_month_within_a_release_is_named_with_its_number(tmp_path):
    text, known = _release("2019-01", "2025-12", lambda row: not "2024-03-16" <= row["date_start"] <= "2024-03-31")
    made = own.from_ucdp([save(tmp_path / "g.csv", text)], releases=["26.1"], today=TODAY)
    whole = int(known.loc[known["month"].eq("2024-03"), "events"].sum())
    months = made.tables["ucdp_months"].set_index("month")
    held = int(months.loc["2024-03", ["state_based", "non_state", "one_sided"]].sum())
    assert held < 0.6 * whole
    assert any(f"March 2024 events, {held} of {whole} (" in line for line in made.limits)


def test_candidates_may_differ_from_the_final_release_as_far_as_real_ones_do(tmp_path):
    """October 2023's candidate file had 15 of 19 one-sided events and 69 percent of their deaths: no alarm."""
    text, _ = _release("2025-01", "2025-12", lambda row: int(row["id"]) % 5)
    made = own.from_ucdp([save(tmp_path / "g.csv", text)], today=TODAY)
    held = int(
        made.tables["ucdp_months"].query("month >= '2025-01'")[["state_based", "non_state", "one_sided"]].sum().sum()
    )
    assert any(f"the files hold {held} events" in line and "has 506 and 2,157." in line for line in made.limits)
    assert not any("Clearly fewer" in line for line in made.limits)
    half, _ = _release("2025-01", "2025-12", lambda row: int(row["id"]) % 2)
    with pytest.raises(DataError, match=r"hold 25\d events and 1,\d{3} deaths; .* has 506 and 2,157\. Too few"):
        own.from_ucdp([save(tmp_path / "h.csv", half)], today=TODAY)


def test_provisional_months_of_the_project_say_what_is_fewer_and_refuse_nothing(tmp_path):
    text, _ = _release("2026-01", "2026-05", lambda row: int(row["id"]) % 2)
    made = own.from_ucdp([save(tmp_path / "g.csv", text)], covers=span("2026-01:2026-05"), today=TODAY)
    (said,) = (line for line in made.limits if "provisional there" in line)
    assert "the files hold 146 events and" in said
    assert "has 292 and 873. Clearly fewer are" in said


def test_months_that_the_project_does_not_have_raise_no_alarm(tmp_path):
    known = TYPES[TYPES["month"].between("2025-01", "2025-04")]
    rows = [
        (month.replace("2025", "2027"), *rest)
        for month, *rest in known[["month", "type", "events", "deaths"]].to_numpy().tolist()
    ]
    path = save(tmp_path / "g.csv", syn.to_csv(syn.release(rows), syn.GED))
    later = datetime.date(2027, 11, 24)
    with pytest.raises(DataError, match="no month between"):
        own.from_ucdp([path], covers=span("2027-01:2027-04"), today=later)


def test_the_same_events_under_other_numbers_are_named(tmp_path):
    rows, read = _new_month(tmp_path)
    again = [row | {"id": str(int(row["id"]) + 10**6)} for row in rows[:20]]
    assert any(note.startswith("20 of 80 events agree with another") for note in read([*rows, *again]).account.notes)
    table = [row | {"fatalities": str(n)} for n, row in enumerate(VIOLENT)]
    twice = [row | {"event_id_cnty": f"SYN9{n:05d}"} for n, row in enumerate(table[:80])]
    made, out = make(tmp_path, [*table, *twice])
    note = f"80 of {made.account.kept} events agree with another"
    assert any(line.startswith(note) for line in Tables(out).limits())
    plain, _ = make(tmp_path, table)
    assert not any("agree with another" in line for line in plain.account.sentences())


@pytest.mark.parametrize("codec", ["cp1252", "mac_roman", "cp850"])
def test_a_region_that_an_encoding_spoiled_is_refused_with_its_name(tmp_path, codec):
    table = [row | {"admin1": row["admin1"].replace("Segou", "Ségou")} for row in ROWS]
    with pytest.raises(DataError, match=rf"'Ségou' \(Segou\) in {encodings.ONE_BYTE[codec]}; expected UTF-8"):
        events.read([save(tmp_path / "a.csv", syn.to_csv(table).encode(codec))], today=TODAY)


@pytest.mark.parametrize("text", ["SÃ©gou", "S?gou", "S\ufffdgou", "S__gou"])
def test_a_region_that_another_program_spoiled_is_refused_too(tmp_path, text):
    table = [row | {"admin1": row["admin1"].replace("Segou", text)} for row in ROWS]
    with pytest.raises(DataError, match=r"\(Segou\) in "):
        events.read([save(tmp_path / "a.csv", syn.to_csv(table))], today=TODAY)


def test_a_name_that_an_encoding_spoiled_again_and_again_is_refused(tmp_path):
    table = [row | {"actor1": "Milice d’autodéfense"} if n % 60 == 0 else row for n, row in enumerate(ROWS)]
    with pytest.raises(DataError, match=r"column actor1 holds 'Milice d’autodéfense', as in 9 rows, in windows-1252"):
        events.read([save(tmp_path / "a.csv", syn.to_csv(table).encode("cp1252"))], today=TODAY)


def test_a_region_or_a_month_that_faults_take_away_is_a_refusal(tmp_path):
    for changed, part in (
        ([row | {"latitude": "x"} if n % 40 in (14, 15, 34) else row for n, row in enumerate(ROWS)], "Kidal"),
        ([row | {"fatalities": "x"} if row["event_date"][5:7] == "03" and n % 3 else row for n, row in enumerate(syn.events(1008))], "March 2022"),
    ):  # fmt: skip
        with pytest.raises(DataError, match=f"rows of {part} would be lost"):
            events.read([save(tmp_path / "a.csv", syn.to_csv(changed))], today=TODAY)


def test_rows_of_mali_with_faults_are_named_and_not_the_export(tmp_path):
    few = [row | {"event_date": "1/2/22"} for row in VIOLENT[:1]]
    with pytest.raises(DataError, match="column event_date holds '1/2/22'") as refused:
        events.read([save(tmp_path / "a.csv", syn.to_csv([*few, *_neighbours(30)]))], today=TODAY)
    assert "Export Mali" not in str(refused.value)


# --------------------------------------------------------------------------- months and filters


def test_a_first_month_that_begins_late_is_left_out_unless_its_owner_says_so(tmp_path):
    late = [row for row in ROWS if row["event_date"] >= "2022-01-20"]
    path = save(tmp_path / "a.csv", syn.to_csv(late))
    found = events.read([path], today=TODAY)
    assert str(found.covers.first) == "2022-02"
    assert any("--covers 2022-01:2022-06" in note for note in found.account.notes)
    assert reasons.UNBEGUN.text in set(found.account.frame()["reason"])
    told = events.read([path], covers=span("2022-01:2022-06"), today=TODAY)
    assert len(told.frame) == sum(row["event_date"] >= "2022-01-20" for row in VIOLENT)


def test_a_month_at_an_end_that_holds_too_little_of_the_totals_is_short():
    names = [f"2022-{n:02d}" for n in range(1, 9)]
    totals = pd.Series([100] * 8, names)
    assert months.short_ends(pd.Series([90, 92, 90, 91, 90, 90, 93, 90], names), totals) == (False, False)
    assert months.short_ends(pd.Series([30, 92, 90, 91, 90, 90, 93, 20], names), totals) == (True, True)


@pytest.mark.parametrize(
    ("keep", "said"),
    [
        (lambda row: row["event_type"] == "Battles", "no explosions or violence against civilians"),
        (lambda row: row["admin1"] in ("Mopti", "Segou", "Bamako", "Sikasso", "Kayes", "Koulikoro"), "no event in Gao"),
        (lambda row: row["fatalities"] != "0", "no event without deaths"),
        (lambda row: "JNIM" in row["actor1"] or row["event_type"] == "Protests", "no event without JNIM"),
    ],
)
def test_a_filter_is_noticed_named_and_counted_only_where_it_is_meant(tmp_path, keep, said):
    part = [row for row in syn.events(1008) if keep(row)]
    made, out = make(tmp_path, part)
    assert said in made.partial
    assert any(said in line for line in Tables(out).limits())
    report = Report("2022-10", out)
    with pytest.raises(NotInData, match="needs all events"):
        _ = report.actors
    assert QUESTIONS["recent_events"](report).sentence.startswith("Not in these data: the files hold no ")
    data._load.cache_clear(), data._package.cache_clear()
    own_folder.write(own.from_acled([tmp_path / "mine.csv"], meant=True, today=TODAY), out, today=TODAY)
    assert Report("2022-10", out).actors["events"].sum() == made.account.kept - _after(out, "2022-10")
    assert any("their owner says that this is meant" in line for line in Tables(out).limits())
    # A published figure is of all events, whatever its reader means.
    assert claims.evaluate("R22-04", Tables(out)).verdict == "not measurable"


def _after(out, last):
    frame = Tables(out).actors()
    return int(frame.loc[frame["month"] > last, "events"].sum())


def test_a_whole_export_is_no_filter(tmp_path):
    made, out = make(tmp_path, ROWS)
    assert made.partial == ""
    assert Tables(out).partial() == ("", False)
    said = " ".join(Tables(out).limits())
    assert "from January 2022 to June 2022" in said
    assert "Of their 504 rows 168 were set aside: 168 no political violence" in said


def _later(row, first):
    return row["event_date"] >= first


@pytest.mark.parametrize(
    ("keep", "said"),
    [
        (lambda row: row["admin1"] != "Mopti" or not _later(row, "2022-04"), "no event in Mopti from April 2022 to "),
        (
            lambda row: not row["event_type"].startswith("Expl") or not "2022-02" <= row["event_date"] < "2022-06",
            "no explosions from February 2022 to May 2022",
        ),
        (lambda row: row["event_type"] != "Riots", "no event without militant Islamists"),
        (lambda row: row["fatalities"] == "0", "no event with deaths"),
    ],
)  # fmt: skip
def test_a_filter_of_some_months_of_groups_or_of_deaths_is_partial(tmp_path, keep, said):
    made = own.from_acled([save(tmp_path / "a.csv", syn.to_csv([row for row in ROWS if keep(row)]))], today=TODAY)
    assert said in made.partial
    assert any(said in line and "a filter seems to have taken events away" in line for line in made.limits)
    assert own.from_acled([save(tmp_path / "b.csv", syn.to_csv(ROWS))], today=TODAY).partial == ""


def test_a_month_between_of_which_a_page_is_missing_is_named(tmp_path):
    long = syn.events(84 * 12)
    held = [row for n, row in enumerate(long) if row["event_date"][:7] != "2022-06" or n % 7 == 0]
    made = own.from_acled([save(tmp_path / "a.csv", syn.to_csv(held))], today=TODAY)
    here = sum(
        row["event_date"][:7] == "2022-06" and row["event_type"] not in ("Protests", "Strategic developments")
        for row in held
    )
    assert any(f"June 2022 holds {here} events, where " in line and "may not be whole" in line for line in made.limits)
    totals = Tables().totals().query("'2022-01' <= month <= '2022-12'").groupby("month")["events"].sum()
    assert months.short_months(totals, totals) == []
    short = totals.copy()
    short["2022-05"] //= 3
    assert [line[:8] for line in months.short_months(short, totals)] == ["May 2022"]


def test_far_fewer_events_than_the_totals_count_are_said_to_be_missing():
    totals = Tables().totals().query("'2022-01' <= month <= '2022-12'")
    events, deaths = int(totals["events"].sum()), int(totals["fatalities"].sum())
    assert sums.amount(totals, totals) == (
        f"They hold {events:,} events and {deaths:,} deaths; ACLED's totals through HDX count {events:,} events and "
        f"{deaths:,} deaths in the same months."
    )
    halved = totals.iloc[::2]
    held, died = int(halved["events"].sum()), int(halved["fatalities"].sum())
    assert sums.amount(halved, totals) == (
        f"They hold {held:,} of the {events:,} events ({held / events:.0%}) and {died:,} of the {deaths:,} deaths "
        f"({died / deaths:.0%}) that ACLED's totals through HDX count in the same months: figures from them are too low by "
        "what is missing."
    )
    capped = totals.assign(fatalities=totals["fatalities"].clip(upper=9))
    assert f"{events:,} of the {events:,} events (100%) and" in sums.amount(capped, totals)


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ("event_date", lambda old: f"{old}T00:00:00+00:00"),
        ("event_date", lambda old: f"{old} 00:00:00+00:00"),
        ("event_date", lambda old: old.replace("-", "/")),
        ("timestamp", lambda old: f"{old}000"),
        ("timestamp", lambda old: pd.Timestamp(int(old), unit="s").strftime("%Y-%m-%dT%H:%M:%S+00:00")),
        ("iso", lambda old: f"{old}.0"),
    ],
)  # fmt: skip
def test_what_data_frames_make_of_dates_and_numbers_reads_the_same(tmp_path, change, text):
    bare = [{key: value for key, value in row.items() if key != "country"} for row in ROWS]
    columns = [name for name in syn.DYADIC if name != "country"]
    read = [
        own.from_acled([save(tmp_path / "a.csv", syn.to_csv(table, columns))], today=TODAY)
        for table in (bare, [row | {change: text(row[change])} for row in bare])
    ]
    assert read[0].tables["actors"].equals(read[1].tables["actors"])
    assert [one.account.kept for one in read] == [len(VIOLENT)] * 2


def test_names_hold_no_half_signs_which_some_frames_cannot_hold():
    names = parse.Codes()
    assert names["Ans\udce9r"] == names["Ans\udce9r"] == 0
    assert names["Ménaka"] == 1
    assert names.names == ["Ans?r", "Ménaka"]


def test_times_are_read_with_their_zone():
    stamps = parse.Stamps()
    assert stamps["2024-05-01T12:00:00+02:00"] == stamps["2024-05-01T10:00:00Z"] == 1714557600
    assert stamps["2024-05-01 05:30:00-0430"] == stamps["1714557600"] == stamps["1714557600000"]


@pytest.mark.parametrize("orient", ["columns", "split", "values", "index"])
def test_json_that_holds_no_record_for_each_row_is_named(tmp_path, orient):
    content = pd.DataFrame(ROWS[:12]).to_json(orient=orient)
    with pytest.raises(DataError, match=r"not a record for each row|without data"):
        own.from_acled([save(tmp_path / "a.json", content)], today=TODAY)


# --------------------------------------------------------------------------- claims that reach back, and faults of ours


def test_claims_that_reach_back_before_the_data_are_not_measurable(tmp_path):
    _, out = make(tmp_path, syn.events(84 * 20), until="2023-07")
    report = Report("2023-06", out)
    with pytest.raises(PastData, match="January 2012 to June 2023 runs past the data"):
        _ = report.ever
    for name in ("R22-01", "R22-02", "R23-27"):
        assert claims.evaluate(name, Tables(out)).verdict == "not measurable", name
    assert "needs January 2012 to" in QUESTIONS["bamako_record"](report).sentence
    # What came of a projection is known; it is the months before it that these data lack.
    came = claims.evaluate("R22-10", Tables(out)).outcomes
    assert {row.verdict for row in came} == {"not measurable"}
    assert all("this needs January 2017 to December 2021" in row.definition for row in came)


def test_a_pace_that_has_no_past_forecasts_in_own_data_is_not_in_these_data(tmp_path):
    _, out = make(tmp_path, syn.events(84 * 20), until="2023-07")
    for made in (came.foreseen, came.simple_rule, came.running_deaths):
        with pytest.raises(NotInData):
            made(Report("2023-07", out))


def test_a_fault_of_ours_is_never_called_missing_data(tmp_path, monkeypatch):
    _, out = make(tmp_path, ROWS)
    monkeypatch.setattr(chapters, "display", lambda made: None)
    chapter = chapters.Chapter("trajectory", "2022-06", str(out))
    for fault in (ValueError("cast"), TypeError("none"), KeyError("month"), AssertionError()):
        with pytest.raises(type(fault)):
            chapter.show(lambda r, fault=fault: (_ for _ in ()).throw(fault))
    with pytest.raises(DataError):
        chapter.show(lambda r: (_ for _ in ()).throw(DataError("a damaged table")))
    assert limits.why_not(NotInData("No events in June."), Tables(out)) == "Not in these data: no events in June."


@pytest.mark.parametrize("fault", [ZeroDivisionError, ValueError, TypeError, KeyError, IndexError, AttributeError])
def test_a_fault_inside_a_measure_stops_every_door(tmp_path, monkeypatch, fault):
    """Planted where each measure reads its rows: boxes, answers, verdicts and the front page fail, and none says why not."""
    _, out = make(tmp_path, syn.events(84 * 9))
    shown = []
    monkeypatch.setattr(chapters, "display", shown.append)

    def planted(*_):
        raise fault("planted")

    for table in ("actors", "totals"):
        monkeypatch.setattr(Report, table, property(planted))
    chapter = chapters.Chapter("trajectory", "2022-09", str(out))
    doors = (
        lambda: chapter.show(trajectory.who_kills),
        lambda: chapter.answer(trajectory.answer),
        lambda: chapter.say(trajectory.attackers),
        lambda: chapter.claim("R22-04"),
        lambda: claims.evaluate("R22-04", Tables(out)),
        lambda: front.plan(["2022-09"], [], Tables(out)),
    )
    for door in doors:
        with pytest.raises(fault, match="planted"):
            door()
    assert shown == []


def test_each_place_says_its_reason(tmp_path, monkeypatch):
    _, out = make(tmp_path, ROWS)
    shown = []
    monkeypatch.setattr(chapters, "display", shown.append)
    chapter = chapters.Chapter("trajectory", "2022-06", str(out))
    for _ in range(2):
        chapter.show(lambda r: str(r.window("2017-01", "2022-06")))
    assert ["this needs January 2017 to June 2022" in one.sentence for one in shown] == [True, True]


# --------------------------------------------------------------------------- what was not covered


def test_months_that_own_data_do_not_cover_are_unknown_on_the_updates_page(tmp_path):
    _, out = make(tmp_path, ROWS)
    frame = updates.months(Report("2022-06", out)).frame
    mine = frame[frame["Table"].eq("Events by actor") & frame["Counts"].eq("Events")].set_index("Month")
    assert mine.loc["2012-01 to 2021-12", ["Here", "Difference"]].tolist() == ["unknown", "unknown"]
    project = Tables().actors().query("month == '2022-03'")["events"].sum()
    synthetic = sum(row["event_date"].startswith("2022-03") for row in VIOLENT)
    assert mine.loc["2022-03", "Difference"] == str(synthetic - project).replace("-", "−")
    assert changes.covered(Tables(out).actors()) == ("2022-01", "2022-06")


# --------------------------------------------------------------------------- sister workbooks


def _workbook(path, share, *, sheet="Data", later=0, without="", deadly=1.0, quiet="", **sheets):
    totals = Tables().totals().query("'2019-01' <= month <= '2020-12' and region != @without")
    when = pd.to_datetime(totals["month"]) + pd.DateOffset(years=later)
    frame = pd.DataFrame(
        {
            "Country": "Mali", "Admin1": totals["region"], "Admin2": totals["region"], "Month": when.dt.month_name(),
            "Year": when.dt.year, "Events": (totals["events"] * share).round().astype(int).mask(totals["month"].eq(quiet), 0),
            "Fatalities": (totals["fatalities"] * share * deadly).round().astype(int),
        }
    )  # fmt: skip
    with pd.ExcelWriter(path, engine="openpyxl") as book:
        frame.to_excel(book, sheet_name=sheet, index=False)
        for name, text in sheets.items():
            pd.DataFrame({text: []}).to_excel(book, sheet_name=name, index=False)
    return path


def test_the_workbook_of_civilian_targeting_is_refused_by_its_totals_or_its_title(tmp_path):
    with pytest.raises(DataError, match=r"the project's workbook of political violence has .*civilian targeting"):
        own.from_hdx(_workbook(tmp_path / "a.xlsx", 0.45))
    with pytest.raises(DataError, match="bears the title 'Civilian targeting'"):
        own.from_hdx(_workbook(tmp_path / "b.xlsx", 1.0, **{"Civilian targeting": "x"}))
    with pytest.raises(DataError, match=r"sheet 'Data' is missing; found Sheet1. Give the sheet its name again"):
        own.from_hdx(_workbook(tmp_path / "d.xlsx", 1.0, sheet="Sheet1"))
    with pytest.raises(DataError, match=r"holds no month in which the project's table has events .* nothing tells"):
        own.from_hdx(_workbook(tmp_path / "e.xlsx", 1.0, later=40))
    dead = Tables().totals().query("'2019-01' <= month <= '2020-12'")["fatalities"].sum()
    with pytest.raises(
        DataError, match=rf"holds 0 deaths where the project's workbook of political violence has {dead:,}"
    ):
        own.from_hdx(_workbook(tmp_path / "f.xlsx", 1.0, deadly=0))
    with pytest.raises(DataError, match=r"holds .* deaths where the project's workbook"):
        own.from_hdx(_workbook(tmp_path / "h.xlsx", 1.0, deadly=0.83))
    for share in (0.83, 1.17):
        with pytest.raises(DataError, match=r"and its regions and months differ by"):
            own.from_hdx(_workbook(tmp_path / "i.xlsx", share))
    assert "too low" not in " ".join(own.from_hdx(_workbook(tmp_path / "j.xlsx", 0.95)).limits)
    with pytest.raises(DataError, match=r"not an Excel workbook; expected the workbook .* not saved as another kind"):
        own.from_hdx(
            save(tmp_path / "mali_hrp_political_violence.csv", "Country,Admin1,Admin2,Month,Year,Events,Fatalities")
        )
    known = Tables().totals().query("'2019-01' <= month <= '2020-12'")
    part = known[known["region"] == "Kidal"]["events"].sum()
    with pytest.raises(DataError, match=rf"holds no row of Kidal \({part} events\).*expected all regions"):
        own.from_hdx(_workbook(tmp_path / "g.xlsx", 1.0, without="Kidal"))
    made = own.from_hdx(_workbook(tmp_path / "c.xlsx", 1.0))
    events, deaths = int(known["events"].sum()), int(known["fatalities"].sum())
    said = f"They hold {events:,} events and {deaths:,} deaths; the project's workbook counts {events:,} events and"
    assert any(line.startswith(said) for line in made.limits)
    assert any(line.startswith(said) for line in made.account.notes)
    assert any("No row names " in line and "zero there is not what was counted" in line for line in made.limits)
    assert made.limits[0] == "Totals by region are the user's own workbook's, from January 2019 to December 2020."


def test_a_month_of_a_workbook_without_an_event_is_named(tmp_path):
    there = Tables().totals().query("month == '2019-06'")["events"].sum()
    made = own.from_hdx(_workbook(tmp_path / "a.xlsx", 1.0, quiet="2019-06"))
    assert f"June 2019 holds 0 events, where {there} were to be expected" in " ".join(made.limits)
    assert made.account.notes == [line for line in made.limits if line in made.account.notes]
    assert "were to be expected" not in " ".join(own.from_hdx(_workbook(tmp_path / "b.xlsx", 1.0)).limits)


def test_ucdp_rows_of_one_number_or_of_precise_places_only_are_refused(tmp_path):
    rows = [
        syn.ged(n, date_start=f"2026-01-{n % 28 + 1:02d}", date_end=f"2026-01-{n % 28 + 1:02d}") for n in range(168)
    ]
    with pytest.raises(DataError, match="same event in one release, other content, as in 111 of 112 rows on Mali"):
        ged.read(
            [save(tmp_path / "a.csv", syn.to_csv([row | {"id": "5"} for row in rows], syn.GED))], base(), today=TODAY
        )
    near = [row for row in rows if row["where_prec"] in ("1", "2", "3")]
    path = save(tmp_path / "b.csv", syn.to_csv(near, syn.GED))
    with pytest.raises(DataError, match=rf"only rows with where_prec up to 3 \({len(near)} of all countries\)"):
        ged.read([path], base(), today=TODAY)
    assert ged.read([path], base(), meant=True, today=TODAY).months == ("2026-01",)


# --------------------------------------------------------------------------- sums that agree, and rows that do not


@pytest.fixture(scope="module")
def whole():
    """Synthetic events, as many and as deadly in each month and region of 2022 as ACLED's totals count."""
    counted = Tables().totals().query("'2022-01' <= month <= '2022-12' and events > 0")
    return syn.as_counted(counted[["month", "region", "events", "fatalities"]].itertuples(index=False))


def limits_of(tmp_path, table, **options):
    made = own.from_acled([save(tmp_path / "mine.csv", syn.to_csv(table))], today=TODAY, **options)
    return made, " ".join(made.limits)


def _swapped(row):
    year, month, day = row["event_date"].split("-")
    return row | {"event_date": f"{year}-{day}-{month}" if int(day) <= 12 else row["event_date"]}


def test_whole_events_agree_with_the_totals(tmp_path, whole):
    made, said = limits_of(tmp_path, whole)
    deaths = sum(int(row["fatalities"]) for row in whole)
    assert (
        f"They hold {len(whole):,} events and {deaths:,} deaths; ACLED's totals through HDX count {len(whole):,}"
        in said
    )
    for word in ("missing", "spoiled", "fewer", "no event"):
        assert word not in said
    assert (made.partial, made.short) == ("", "")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda rows: [row | {"fatalities": f"{row['fatalities']}0"} for row in rows], "figures from them are too high"),
        (lambda rows: rows + [row | {"event_id_cnty": f"NEW{n}"} for n, row in enumerate(rows[::5])], "may be there twice"),
        (lambda rows: [*map(_swapped, rows)], "lie in another month or region"),
        (lambda rows: [_swapped(row) if row["admin1"] == "Segou" else row for row in rows], "Events of Segou ("),
        (lambda rows: rows[:1] + [row | {"fatalities": one["fatalities"]} for row, one in zip(rows[1:], rows[::-1], strict=False)], "deaths lie in another month or region"),
        (lambda rows: [row for row in rows if not "2022-05-11" <= row["event_date"] <= "2022-05-20"], "no event from 11 May 2022 to 20 May 2022, where about"),
        (lambda rows: [row for n, row in enumerate(rows) if row["admin1"] != "Mopti" or n % 3 == 0], "of other regions are held of Mopti ("),
        (lambda rows: [row | {"event_date": row["event_date"][:8] + "01"} for row in rows], "and in 7 more stretches"),
    ],
    ids=["deaths tenfold", "twice", "day and month", "day and month of a region", "deaths moved", "ten days", "part of a region", "first of the month"],
)  # fmt: skip
def test_what_the_sum_does_not_tell_is_told(tmp_path, whole, spoil, said):
    assert said in limits_of(tmp_path, spoil(whole))[1]


def test_a_side_that_a_filter_took_away_is_named(tmp_path, whole):
    """A filter on groups leaves all types and regions: here the rows of one group bear another's name."""
    others = {"JNIM: Group for Support of Islam and Muslims", "Katiba Macina"}
    kept = [
        row | ({"actor1": "Islamic State Sahel Province (ISSP)"} if row["actor1"] in others else {}) for row in whole
    ]
    made, said = limits_of(tmp_path, kept)
    assert made.partial.startswith("The files hold far fewer events than usual of JNIM (0 of about ")
    assert made.partial.rstrip(".") in said


def test_what_a_filter_on_a_force_or_on_towns_took_is_named_where_it_is_missing(tmp_path, whole):
    without = [row for row in whole if "Wagner" not in row["notes"]]
    _, said = limits_of(tmp_path, without)
    assert "Wagner, as an actor or in the notes (0 of about " in said
    assert f"and {len(whole) - len(without):,} events that the totals count are not there: a filter may have" in said
    _, said = limits_of(tmp_path, whole[::2])
    assert "hold no event in the cercles of Ansongo, " in said
    assert f"and {len(whole) - len(whole[::2]):,} events that the totals count are not there" in said
    _, said = limits_of(tmp_path, [row for row in whole for _ in range("Wagner" in row["notes"])])
    assert "no event without Wagner: a filter seems to have taken events away" in said


def test_of_the_real_export_a_filter_on_wagner_or_on_towns_is_named_and_nothing_else(raw_folder, tmp_path):
    path = raw_folder / "acled" / "acled_mali_events_2017-01_2025-03.csv"
    rows = pd.read_csv(path, dtype=str, keep_default_na=False)
    wagner = (rows["actor1"] + rows["actor2"] + rows["notes_mention"]).str.contains("agner")
    often = rows.groupby("admin1")["location"].transform(lambda names: names.isin(names.value_counts().index[:3]))
    for keep, named in (
        (~wagner, "Wagner, as an actor or in the notes (0 of about 856)"),
        (often, "7 more, where about 564"),
    ):
        export = save(tmp_path / "mine.csv", rows[keep].to_csv(index=False))
        assert named in " ".join(own.from_acled([export], today=TODAY).limits)
    whole = own.from_acled([path], today=TODAY)
    assert "a filter" not in " ".join(whole.limits)


def test_day_and_month_swapped_in_one_region_of_the_real_export_are_named_and_no_other(raw_folder):
    totals, shapes = Tables().totals(), data.project().shapes("regions")
    read = events.read([raw_folder / "acled" / "acled_mali_events_2017-01_2025-03.csv"], totals=totals, today=TODAY)
    rows = acled.attribute(boundaries.in_menaka(read.frame, shapes))[0].assign(events=1)
    assert sums.astray(rows, totals) == ""
    day, where = pd.to_datetime(rows["date"]).dt, rows["region"].astype(str)
    swapped = day.strftime("%Y-%d").where(day.day.le(12), rows["month"])
    for name in d.REGIONS:
        said = sums.astray(rows.assign(month=rows["month"].where(where.ne(name), swapped)), totals)
        assert said.startswith(f"Events of {name} ("), name
        assert " and " not in said.partition(")")[0], said


def test_no_verdict_rests_on_events_of_which_a_tenth_is_missing(tmp_path, whole):
    made, out = make(tmp_path, whole[::2])
    half, died = len(whole[::2]) / len(whole), sum(int(row["fatalities"]) for row in whole[::2])
    all_died = sum(int(row["fatalities"]) for row in whole)
    assert made.short == (
        f"they hold {half:.0%} of the events and {died / all_died:.0%} of the deaths that ACLED's totals count in the same months"
    )
    result = claims.evaluate("R22-04", Tables(out))
    assert result.verdict == "not measurable"
    data._load.cache_clear(), data._package.cache_clear()
    made, out = make(tmp_path, whole)
    assert made.short == Tables(out).short() == ""


def test_months_that_an_owner_says_the_files_hold_must_hold_something(tmp_path, whole):
    path = [save(tmp_path / "mine.csv", syn.to_csv(whole))]
    held = own.from_acled(path, covers=span("2022-01:2022-12"), today=TODAY)
    assert held.covers["actors"] == ("2022-01", "2022-12")
    with pytest.raises(DataError, match=r"no event from January 2012 to .* nothing is no zero"):
        own.from_acled(path, covers=span("2010-01:2022-12"), today=TODAY)
    with pytest.raises(DataError, match=r"no event from January 2023 to January 2023, where about"):
        own.from_acled(path, covers=span("2022-01:2023-12"), today=TODAY)
    gone = [save(tmp_path / "b.csv", syn.to_csv([row for row in whole if row["event_date"][:7] != "2022-05"]))]
    with pytest.raises(DataError, match="no event from May 2022 to May 2022, where about"):
        own.from_acled(gone, covers=span("2022-01:2022-12"), today=TODAY)
    for late in ("2022-01:2026-11", "2022-01:2030-01"):
        with pytest.raises(DataError, match="is not over; expected months that the files hold whole"):
            own.from_acled(path, covers=span(late), today=TODAY)
    with pytest.raises(DataError, match="June 2027 is not over"):
        ged.read([_january(tmp_path / "g.csv")], base(), covers=span("2026-01:2027-06"), today=TODAY)


def test_rows_of_one_number_that_contradict_each_other_are_a_habit_of_the_file(tmp_path, whole):
    same = [row | {"event_id_cnty": "MLI1", "timestamp": "1700000000"} for row in whole]
    with pytest.raises(
        DataError, match=rf"same event and time stamp, other content, as in {len(whole) - 1:,} of {len(whole):,}"
    ):
        own.from_acled([save(tmp_path / "a.csv", syn.to_csv(same))], today=TODAY)
    slips = whole + [row | {"fatalities": "9"} for row in whole[:20]]
    assert own.from_acled([save(tmp_path / "b.csv", syn.to_csv(slips))], today=TODAY).account.kept == len(whole)


def test_until_a_month_before_the_files_names_what_was_asked_for(tmp_path, whole):
    with pytest.raises(
        DataError, match=r"set aside as 'outside the months asked for'.*those asked for, or say --covers"
    ):
        own.from_acled([save(tmp_path / "a.csv", syn.to_csv(whole))], until="2016-01", today=TODAY)


@pytest.mark.parametrize("more", [{"next": "https://example.invalid/?page=2"}, {"next_page": 2}, {"has_more": True}])
def test_an_answer_that_names_more_pages_in_another_way_is_refused(tmp_path, more):
    one = save(tmp_path / "1.json", json.dumps({"status": 200, "data": ROWS[:300], **more}))
    with pytest.raises(DataError, match="names a page that follows"):
        events.read([one], today=TODAY)
    last = save(tmp_path / "2.json", json.dumps({"status": 200, "data": ROWS[300:], **dict.fromkeys(more)}))
    assert len(events.read([one, last], today=TODAY).frame) == len(VIOLENT)


def test_columns_that_name_nobody_are_said_in_words(tmp_path, whole):
    made, _ = limits_of(tmp_path, [row | {"actor2": ""} for row in whole])
    assert "no event with a second actor" in made.partial
    made, said = limits_of(tmp_path, [row | {"actor1": "A", "actor2": "B"} for row in whole])
    assert "no event without an actor whose name is unknown here" in made.partial
    assert f"Actors that no pattern fits count as others: 2 names, {2 * len(whole):,} times." in said


def test_a_french_page_says_in_french_what_these_data_lack_and_whose_they_are(tmp_path, monkeypatch):
    _, out = make(tmp_path, ROWS)
    shown = []
    monkeypatch.setattr(chapters, "display", lambda made: shown.append(made._repr_mimebundle_()[bilingual.MIME]))
    chapter = chapters.Chapter("trajectory", "2022-06", str(out))
    chapter.opening()
    chapter.show(lambda r: str(r.window("2017-01", "2022-06")))
    chapter.show(lambda r: limits.held(False, "complete year", "aucune année complète"))
    chapter.show(lambda r: (_ for _ in ()).throw(NotInData("They hold no such thing.")))
    own_data, past, none, other = shown
    assert "Les données sont celles d’un utilisateur" in own_data["fr"]
    assert "Of their 504 rows 168 were set aside" in own_data["en"]
    assert "Of their 504 rows 168 were set aside" in own_data["fr"].split('<span lang="en">')[1]
    assert past["fr"] == (
        '<p class="mali-told"><em>Absent de ces données\u202f: il faudrait janvier 2017 à juin 2022, et elles vont sur '
        "janvier-juin 2022.</em></p>"
    )
    assert past["en"] == (
        '<p class="mali-told"><em>Not in these data: this needs January 2017 to June 2022, and they run from January '
        "2022 to June 2022.</em></p>"
    )
    assert "Absent de ces données\u202f: elles n’ont aucune année complète." in none["fr"]
    assert other["fr"].startswith('<p class="mali-told">Absent de ces données, pour cette raison')
    assert '<em lang="en">they hold no such thing.</em>' in other["fr"]
