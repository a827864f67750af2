import hashlib
import json
import re
from urllib.parse import urlsplit

import pandas as pd
import pytest

from helpers import data, inert
from helpers.data import Tables
from helpers.errors import DataError
from helpers.ingest.tables import sha256
from helpers.schemas import COMPILED, SCHEMAS, read_dtypes


@pytest.fixture(autouse=True)
def fresh_caches():
    yield
    data._load.cache_clear()
    data._package.cache_clear()


def reseal(folder, file, text):
    """Write a table and give it a matching hash, as somebody would who wants it to pass."""
    (folder / file).write_text(text, encoding="utf-8")
    package = json.loads((folder / "datapackage.json").read_text())
    for resource in package["resources"]:
        if resource["path"] == file:
            resource["hash"] = f"sha256:{sha256(text.encode())}"
    (folder / "datapackage.json").write_text(json.dumps(package))


@pytest.mark.parametrize("name", list(SCHEMAS))
def test_each_table_loads_typed_and_hands_out_copies(name):
    frame = Tables().load(name)
    assert {column: str(dtype) for column, dtype in frame.dtypes.items()} == read_dtypes(name)
    del frame[frame.columns[0]]
    assert len(Tables().load(name).columns) == len(frame.columns) + 1


def test_every_loader_has_the_name_of_its_table():
    for name in SCHEMAS:
        assert getattr(Tables(), name)().equals(Tables().load(name))


def test_package_describes_every_file_with_its_hash_and_fields(root):
    package = json.loads((root / "data" / "datapackage.json").read_text())
    files = {r["path"]: r for r in package["resources"]}
    on_disk = {p.name for p in (root / "data").iterdir()} - {
        "datapackage.json",
        "LICENSE.md",
        "replies",
        "claims.yml",
        "claims.schema.json",
        "editions.yml",
    }
    assert set(files) == on_disk
    for file, resource in files.items():
        content = (root / "data" / file).read_bytes()
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert resource["bytes"] == len(content), file
        if file.endswith(".csv"):
            header = list(pd.read_csv(root / "data" / file, nrows=0).columns)
            assert header == [field["name"] for field in resource["schema"]["fields"]]
            assert all(field["description"] for field in resource["schema"]["fields"])
            assert resource["derived_from"]
    for source in package["sources"]:
        assert all(source[key] for key in ("title", "version", "licence", "citation", "route", "sha256"))


def test_an_unknown_folder_is_one_sentence(tmp_path):
    with pytest.raises(DataError, match="no such folder"):
        Tables(tmp_path / "nowhere").load("actors")
    with pytest.raises(DataError, match=r"datapackage\.json is missing"):
        Tables(tmp_path).load("actors")


def test_an_unknown_table_is_one_sentence():
    with pytest.raises(DataError, match="no table 'events'"):
        Tables().load("events")


def test_a_missing_table_is_one_sentence(data_copy):
    (data_copy / "actors.csv").unlink()
    with pytest.raises(DataError, match=r"actors\.csv: the table is missing"):
        Tables(data_copy).load("actors")


def test_an_altered_table_is_refused(data_copy):
    path = data_copy / "totals.csv"
    path.write_text(path.read_text().replace("2023-06,Mopti,", "2023-06,Mopti,1", 1))
    with pytest.raises(DataError, match=r"totals\.csv: the file differs from its hash"):
        Tables(data_copy).load("totals")


def test_a_broken_package_is_one_sentence(data_copy):
    (data_copy / "datapackage.json").write_text("{")
    with pytest.raises(DataError, match="not valid JSON"):
        Tables(data_copy).load("totals")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("2023-06,Mopti,", "2023-6,Mopti,", r"column month in row \d+ holds '2023-6'"),
        ("2023-06,Mopti,", "2023-06,Moptii,", r"column region in row \d+ holds 'Moptii'"),
        ("2023-06,Mopti,", "2023-06,Mopti,-", r"column events in row \d+ holds -"),
        ("month,region,events", "month,region,count", "column events is missing"),
    ],
)
def test_values_out_of_schema_name_row_and_column(data_copy, old, new, message):
    text = (data_copy / "totals.csv").read_text().replace(old, new, 1)
    reseal(data_copy, "totals.csv", text)
    with pytest.raises(DataError, match=message):
        Tables(data_copy).load("totals")


def test_check_holds_the_tables_against_each_other(data_copy):
    assert any(line.startswith("actors and totals: equal") for line in data.check(Tables()))
    lines = (data_copy / "totals.csv").read_text().splitlines()
    at = next(i for i, line in enumerate(lines) if line.startswith("2023-06,Mopti,"))
    month, region, events, deaths = lines[at].split(",")
    lines[at] = f"{month},{region},{int(events) + 1},{deaths}"
    reseal(data_copy, "totals.csv", "\n".join(lines) + "\n")
    with pytest.raises(DataError, match=r"differences\.csv does not list"):
        data.check(Tables(data_copy))


@pytest.mark.slow
def test_check_holds_cercles_by_month_against_the_totals(data_copy):
    assert "cercle_months and totals: the same sum in every month and region" in data.check(Tables())
    text = (data_copy / "cercle_months.csv").read_text()
    reseal(data_copy, "cercle_months.csv", text.replace("2023-06,Koro,", "2023-06,Bankas,"))
    with pytest.raises(DataError, match=r"cercle_months\.csv names Bankas, which cercles\.csv does not"):
        data.check(Tables(data_copy))
    without = "".join(line for line in text.splitlines(True) if not line.startswith("2023-06,Koro,"))
    reseal(data_copy, "cercle_months.csv", without)
    data._load.cache_clear()
    data._package.cache_clear()
    with pytest.raises(DataError, match=r"cercle_months\.csv and totals\.csv do not sum"):
        data.check(Tables(data_copy))


def test_environment_variable_names_the_folder_unless_one_is_given(data_copy, monkeypatch, root):
    monkeypatch.setenv("MALI_DATA", str(data_copy))
    assert Tables().folder == data_copy.resolve()
    assert Tables(root / "data").folder == root / "data"


def test_sources_of_a_table_name_version_and_licence():
    (first, *_) = Tables().sources("totals")
    assert "Humanitarian Data Exchange" in first.title
    assert first.version
    assert first.licence
    assert Tables().sources("chronology") == []


# --------------------------------------------------------------------------- compiled tables


def test_chronology_has_its_events_and_every_row_its_source():
    table = Tables().chronology()
    assert len(table) >= 60
    assert set(table["category"]) == {"politics", "partners", "wagner", "peace-process", "civic-space", "violence"}
    assert table["date"].min() < "2013"
    assert table["date"].max() > "2025-06"
    assert table["url"].str.match(r"^https?://").all()
    assert (table["id"].str[:7] == table["date"].str[:7]).all()
    assert pd.to_datetime(table["date"]).notna().all()
    for word in (
        "coup",
        "Moura",
        "Barkhane",
        "Takuba",
        "ECOWAS",
        "MINUSMA",
        "constitution",
        "Tinzaouaten",
        "Algiers accord",
        "Wagner",
        "Kidal",
        "fuel",
    ):
        assert table["event"].str.contains(word).any(), word


def test_values_in_the_chronology_say_what_they_count():
    table = Tables().chronology()
    assert ((table["unit"] != "") == table["value"].notna()).all()


# Encyclopaedias anybody edits and their mirrors, machine copies, test sites: nothing in a compiled table rests on them.
REFUSED = (
    *(
        "wikipedia.org",
        "cryer.org.uk",
        "frwiki.wiki",
        "wikimili.com",
        "friendlywiki.com",
        "wikisum.wiki",
        "wikizero.org",
    ),
    *("d1softballnews.com", "whistlebuzz.com", "efinder.lk", "duckdns.org", "susquehannastem.org", "elilami.info"),
    *("wildcatsandblacksheep.com", "tellerreport.com", "headtopics.com", "in-24.com", "pressreview24.com", "report.az"),
    *("earthpressnews.com", "liveafricanews.com", "tippinsights.com", "saqafytimes.com", "stateofthenation.co.zw"),
    *("maroc-leaks.com", "steningsimpson.com.au", "imangahdien.com", "reelleafrique.com", "arcoiris.tv"),
    *("cittadinapoli.com", "goldentimessouthsudan.com", "newstrenders.com", "newsworldstream.com", "richerfin.com"),
    *("solwezitoday.com", "thelawyerdaily.com", "littleafricanews.com", "barbadosgazette.com", "westafricamaps.com"),
    *("cdhrvta.org", "kibaro224.com", "afrikpage.com", "actucameroun.com/2023/", "leprojecteurguinee.com"),
)
# Pages that only carry somebody else's text: the source names whose it is.
CARRIERS = (
    *("afran.ir", "eaglenews.ph", "newsflash.city", "africalibertynews.info", "websuggestion.it", "tolerance.ca"),
    *("optim.biz", "adweknow.com", "zazoom.it", "pressafrik.com", "realnewsmagazine.net", "newspublictrust.com"),
    "buzzsenegal.com",
)


@pytest.mark.parametrize("name", COMPILED)
def test_no_compiled_row_rests_on_a_page_that_nobody_should_cite(name):
    table = Tables().load(name)
    pages = table["url"].map(lambda url: urlsplit(url).netloc.lower() + urlsplit(url).path.lower())
    assert table[pages.map(lambda page: any(refused in page for refused in REFUSED))].empty
    carried = table[pages.map(lambda page: any(carrier in page.split("/")[0] for carrier in CARRIERS))]
    assert carried["source"].str.contains(r"(?:text|note) carried by ", regex=True).all(), carried["source"].tolist()


def _numbered(source: str) -> bool:
    """Tell whether a source is an official document named by its number: S/2023/611, A/HRC/52/81, 2023-0401/PT-RM."""
    return bool(re.search(r"\b[A-Z]+/[\w/.-]*\d|\b\d{4}-\d{3,}/[\w-]+", source))


@pytest.mark.parametrize("name", COMPILED)
def test_every_compiled_row_has_the_address_of_its_source_or_the_number_of_a_document(name):
    table = Tables().load(name)
    bare = table[table["url"].map(inert.url).eq("")]
    assert bare["source"].map(_numbered).all(), bare["source"].tolist()
    assert _numbered("UN Secretary-General, S/2023/611")
    assert not _numbered("Africa Center, 10 July 2023")


def test_dated_faults_stay_mended():
    """Each was wrong once and has a source in its row."""
    table = Tables().chronology().set_index("id")
    for name, value in (
        ("2025-05-23-dioura-attack", 41),
        ("2023-09-07-boat-and-bamba-attacks", 64),
        ("2023-04-18-nara-ambush", 4),
        ("2019-03-23-ogossagou", 157),
        ("2023-07-24-us-sanctions-officers", 278),
        ("2023-09-12-bourem-attack", 10),
        ("2026-09-10-dioura-attack", 100),
    ):
        assert table.loc[name, "value"] == value
    assert "fatalities" in table.loc["2023-07-24-us-sanctions-officers", "unit"]
    assert "at least 120 dead on the boat" in table.loc["2023-09-07-boat-and-bamba-attacks", "detail"]
    assert "two soldiers and two civilians" in table.loc["2023-04-18-nara-ambush", "detail"]
    assert table.loc["2022-09-14-kayes-governor-convoy", "precision"] == "day"
    assert table.loc["2023-04-10-tidermene-taken", "date"] == "2023-04-10"
    assert table.loc["2021-12-15-us-on-wagner-price", "date"] == "2021-12-15"
    assert not table["place"].eq("Menaka").any()
    # Who holds Kidal is told to its last known turn.
    kidal = table[table["place"].eq("Kidal") & table["date"].gt("2026")]
    assert kidal.index[-1] == "2026-10-06-fla-leaves-kidal"


def test_the_entries_drawn_and_checked_are_forty_of_the_table(root):
    text = (root / "docs" / "chronology-draw.md").read_text(encoding="utf-8")
    drawn = re.findall(r"^\| `([^`]+)` \| (.+) \|$", text, re.MULTILINE)
    assert len(dict(drawn)) == 40
    assert set(dict(drawn)) <= set(Tables().chronology()["id"])
    assert f"{sum('the page itself not' not in found for _, found in drawn)} of the 40 pages were found" in text


def test_what_was_not_read_itself_says_so():
    """From June 2026 on pages are known from somebody's list or summary only: each row says so, and each toll its teller."""
    table = Tables().chronology()
    newest = table[table["date"].ge("2026-06")]
    assert newest["source"].str.contains(r"\(as (?:cited|summed up) in a public ", regex=True).all(), newest[
        "source"
    ].tolist()
    tolls = newest.loc[newest["unit"].str.contains("killed"), "unit"]
    assert tolls.str.contains(r"\(.+\)", regex=True).all()


def test_entries_that_lead_are_few_and_reach_the_newest_dates():
    table = Tables().chronology()
    leads = table[table["lead"].eq("yes")]
    assert 5 <= len(leads) <= 12
    # Three turning points of the years that the audited reports write about, and the newest.
    assert list(leads["date"].sort_values())[:3] == ["2022-08-15", "2023-06-18", "2023-06-30"]
    assert sorted(leads["date"])[3] >= "2025-07"
    assert leads["date"].max() == "2026-10-06"


def test_the_terms_say_how_many_rows_hold_a_single_event(root):
    """What can be read from the tables is said, and said rightly."""
    text = " ".join((root / "data" / "LICENSE.md").read_text(encoding="utf-8").split())
    single = (
        *(("actors", "events", "rows"), ("footprint", "mi_events", "cells"), ("cercle_months", "events", "rows")),
        *(("methods", "events", "rows"), ("ucdp_dyad_months", "events", "rows")),
    )
    for name, column, noun in single:
        counts = pd.read_csv(root / "data" / f"{name}.csv")[column]
        ones, share = int(counts.eq(1).sum()), round(100 * counts.eq(1).mean())
        assert f"{ones:,} of {len(counts):,} {noun} of `{name}` ({share} percent" in text
    # Every table in which a quarter of the rows counts one event is among them.
    for path in (root / "data").glob("*.csv"):
        table = pd.read_csv(path)
        for column in {"events", "mi_events"} & set(table):
            assert table[column].eq(1).mean() < 0.25 or path.stem in {name for name, *_ in single}, path.name
