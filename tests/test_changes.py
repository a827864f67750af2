"""The data-diff and the claims-diff: exact on hand-worked and on made-up tables. Tables made here are synthetic."""

import csv
import io
import json

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import BATTLE, rows
from helpers import changes, cli, data
from helpers.chapters import NotInEdition
from helpers.data import Tables
from helpers.editions import Report
from helpers.ingest import seal
from helpers.story import updates

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def fresh_caches():
    yield
    data._load.cache_clear()
    data._package.cache_clear()


def table(*records, columns=("month", "region", "events", "fatalities")):
    return pd.DataFrame(list(records), columns=list(columns))


def test_added_revised_and_removed_by_hand():
    old = table(("2024-01", "Gao", 3, 1), ("2024-01", "Mopti", 5, 2), ("2024-02", "Gao", 4, 0))
    new = table(("2024-02", "Gao", 4, 0), ("2024-01", "Mopti", 6, 7), ("2024-03", "Gao", 1, 9))
    found = changes.row_changes(old, new, ["month", "region"])
    assert [tuple(row) for row in found.itertuples(index=False)] == [
        ("month=2024-01;region=Gao", "removed", "events", "3", ""),
        ("month=2024-01;region=Gao", "removed", "fatalities", "1", ""),
        ("month=2024-01;region=Mopti", "revised", "events", "5", "6"),
        ("month=2024-01;region=Mopti", "revised", "fatalities", "2", "7"),
        ("month=2024-03;region=Gao", "added", "events", "", "1"),
        ("month=2024-03;region=Gao", "added", "fatalities", "", "9"),
    ]


def test_an_empty_value_equals_an_empty_value_and_no_other():
    columns = ("year", "best", "low")
    typed = {"best": "Int64", "low": "float64"}
    old = table((2020, None, None), (2021, 4, 0.5), (2022, None, 1.5), columns=columns).astype(typed)
    new = table((2020, None, None), (2021, None, 0.5), (2022, 7, 1.5), columns=columns).astype(typed)
    found = changes.row_changes(old, new, ["year"])
    assert found[["key", "change", "column", "old", "new"]].to_numpy().tolist() == [
        ["year=2021", "revised", "best", "4", ""],
        ["year=2022", "revised", "best", "", "7"],
    ]


def test_summary_and_totals_by_hand():
    old = {
        "totals": table(("2024-01", "Gao", 3, 1), ("2024-01", "Mopti", 5, 2)),
        "actors": rows(
            ("2024-01", "Mopti", BATTLE, "mi", "state", 2, 1), ("2024-01", "Mopti", BATTLE, "state", "mi", 3, 1)
        ),
        "areas": pd.DataFrame(),
    }
    new = {
        "totals": table(("2024-01", "Gao", 3, 1), ("2024-01", "Mopti", 6, 2), ("2024-02", "Gao", 1, 0)),
        "actors": rows(
            ("2024-01", "Mopti", BATTLE, "mi", "state", 3, 1), ("2024-01", "Mopti", BATTLE, "state", "mi", 2, 1)
        ),
    }
    found = changes.data_diff(old, new)
    counted = found.tables.set_index("table")
    assert counted.loc["totals", ["rows_old", "rows_new", "added", "revised", "removed"]].tolist() == [2, 3, 1, 1, 0]
    assert counted.loc["actors", ["added", "revised", "removed"]].tolist() == [0, 2, 0]
    assert pd.isna(counted.loc["areas", "rows_new"])
    # Two rows of the event table changed, their sum did not.
    # February is not in the old table: unknown there, not zero.
    assert found.totals.astype(object).fillna("unknown").to_numpy().tolist() == [
        ["totals", "2024-01", "Mopti", "events", 5, 6, 1],
        ["totals", "2024-02", "Gao", "events", "unknown", 1, "unknown"],
        ["totals", "2024-02", "Gao", "fatalities", "unknown", 0, "unknown"],
    ]
    assert "unknown" in changes.text(found)
    uncovered = [line for line in changes.to_csv(found).splitlines() if ",uncovered," in line]
    assert uncovered[0] == "total,totals,month=2024-02;region=Gao,uncovered,events,unknown,1"
    assert changes.lines(found) == [
        "totals: rows added 1, revised 1, removed 0",
        "actors: rows added 0, revised 2, removed 0",
        "areas: only in the old tables",
    ]


KEYS = st.sampled_from([(f"2024-{month:02d}", region) for month in range(1, 5) for region in ("Gao", "Kidal", "Mopti")])
VERSION = st.dictionaries(KEYS, st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=12)


@given(VERSION, VERSION, st.randoms())
@settings(max_examples=150)
def test_the_diff_is_what_sets_say_it_is_whatever_the_order(old, new, chance):
    def frame(version):
        records = [(*key, *values) for key, values in version.items()]
        chance.shuffle(records)
        return table(*records).astype({"events": "int64", "fatalities": "int64"})

    found = changes.row_changes(frame(old), frame(new), ["month", "region"])
    named = {f"month={month};region={region}": (month, region) for month, region in old | new}
    by_change = {change: {named[key] for key in part["key"]} for change, part in found.groupby("change")}
    assert by_change.get("added", set()) == new.keys() - old.keys()
    assert by_change.get("removed", set()) == old.keys() - new.keys()
    assert by_change.get("revised", set()) == {key for key in old.keys() & new.keys() if old[key] != new[key]}
    # Applying the diff to the old version gives the new one.
    patched = {key: dict(zip(("events", "fatalities"), map(str, values), strict=True)) for key, values in old.items()}
    for row in found.itertuples():
        if row.change == "removed":
            patched.pop(named[row.key], None)
        else:
            patched.setdefault(named[row.key], {})[row.column] = row.new
    assert patched == {key: {"events": str(e), "fatalities": str(f)} for key, (e, f) in new.items()}
    sums = changes.total_changes({"totals": frame(old)}, {"totals": frame(new)})
    moved = {(row.month, row.region, row.measure): row.difference for row in sums.itertuples()}

    def covers(version, month):
        held = {name for name, _ in version}
        return bool(held) and min(held) <= month <= max(held)

    for key in old.keys() | new.keys():
        for place, measure in enumerate(("events", "fatalities")):
            difference = new.get(key, (0, 0))[place] - old.get(key, (0, 0))[place]
            said = moved.pop((*key, measure), 0)
            if covers(old, key[0]) and covers(new, key[0]):
                assert said == difference
            else:
                assert said is pd.NA
    assert not moved


def revise(folder, name, edit) -> None:
    """Change a derived table of a copy as ingest would: rows, then hashes."""
    path = folder / f"{name}.csv"
    frame = pd.read_csv(path, keep_default_na=False)
    frame = edit(frame)
    frame.to_csv(path, index=False, lineterminator="\n")
    seal(folder)
    data._load.cache_clear()
    data._package.cache_clear()


def test_a_folder_does_not_differ_from_its_copy(root, data_copy, capsys):
    found = changes.compare(Tables(root / "data"), Tables(data_copy))
    assert found.nothing
    assert cli.main(["diff", str(root / "data"), str(data_copy)]) == 0
    printed = capsys.readouterr().out
    assert printed.splitlines()[:2] == ["Tables", "no table differs"]
    assert printed.count("none") == 2


def test_a_revision_shows_as_rows_totals_and_claims_in_every_form(root, data_copy, capsys, monkeypatch):
    """Half of the militant Islamist events of 2022 and 2023 gone: audited figures and verdicts must move."""

    def edit(frame):
        some = frame["month"].between("2022-01", "2023-06") & frame["side1"].isin(["jnim", "is-sahel", "mi"])
        some &= frame["events"] > 1
        assert some.any()
        frame.loc[some, "events"] //= 2
        return frame

    old = pd.read_csv(data_copy / "actors.csv")
    revise(data_copy, "actors", edit)
    new = pd.read_csv(data_copy / "actors.csv")
    touched = int((old["events"] != new["events"]).sum())
    found = changes.compare(Tables(root / "data"), Tables(data_copy))
    assert changes.lines(found) == [f"actors: rows added 0, revised {touched:,}, removed 0"]
    assert set(found.rows["column"]) == {"events"}
    assert int(found.totals["difference"].sum()) == int(new["events"].sum() - old["events"].sum()) < 0
    assert {"verdict", "figure"} == set(found.claims["change"])
    moved = found.claims.iloc[0]
    assert (moved["computed_old"], moved["verdict_old"]) != (moved["computed_new"], moved["verdict_new"])
    monkeypatch.setattr(changes, "compare", lambda *_: found)

    def printed(form: str) -> str:
        assert cli.main(["diff", str(root / "data"), str(data_copy), "--format", form]) == 0
        return capsys.readouterr().out

    said = json.loads(printed("json"))
    assert [len(said[name]) for name in ("rows", "totals", "claims")] == [
        len(found.rows), len(found.totals), len(found.claims)
    ]  # fmt: skip
    lines = list(csv.DictReader(io.StringIO(printed("csv"))))
    assert sum(line["kind"] == "row" for line in lines) == touched
    assert sum(line["kind"] == "total" for line in lines) == len(found.totals)
    assert {line["key"].split(";")[0] for line in lines if line["kind"] == "claim"} == {
        f"id={name}" for name in found.claims["id"]
    }
    assert all(line["old"] != line["new"] for line in lines)
    shown = printed("table")
    assert f"Audited figures that moved: {len(found.claims)}" in shown
    assert "nan" not in shown.lower().split()


def test_a_claim_that_cannot_be_computed_any_more_says_why(root, data_copy):
    def edit(frame):
        return frame[frame["month"] <= "2023-03"]

    revise(data_copy, "actors", edit)
    found = changes.claims_diff(Tables(root / "data"), Tables(data_copy), ["R23-01"])
    assert not found.empty
    lost = found[found["note"].ne("")].iloc[0]
    assert lost["verdict_new"] == ""
    assert lost["note"].startswith("new: ")


@pytest.mark.parametrize(
    ("old", "message"), [("nowhere", "nowhere: no such folder"), (".", "datapackage.json is missing")]
)
def test_a_folder_without_tables_is_refused(old, message, root, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert cli.main(["diff", old, str(root / "data")]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert message in err


def test_tables_are_read_as_they_lie_there_now(data_copy):
    before = changes.on_disk(data_copy)
    (data_copy / "areas.csv").write_text("half\n")
    after = changes.on_disk(data_copy)
    assert set(before) - set(after) == {"areas"}
    assert changes.on_disk(data_copy / "nowhere") == {}


# --------------------------------------------------------------------------- the page


@pytest.mark.parametrize("edition", ["2019-01", "2022-08", "2023-07", "latest"])
def test_a_book_on_the_projects_own_tables_says_that_there_is_nothing_to_compare(edition):
    for make in (updates.against, updates.tables, updates.months, updates.regions, updates.figures):
        with pytest.raises(NotInEdition, match="the project's own tables"):
            make(Report(edition))


def test_the_page_shows_what_an_edition_may_know_and_nothing_later(data_copy):
    def edit(frame):
        chosen = frame["month"].isin(["2021-05", "2023-09"]) & frame["events"].gt(1)
        frame.loc[chosen, "events"] -= 1
        return frame

    old = Tables().actors()
    revise(data_copy, "actors", edit)
    new = pd.read_csv(data_copy / "actors.csv")
    updates._compared.cache_clear()
    differs = old["events"].to_numpy() != new["events"].to_numpy()
    for edition, months in (("2021-12", {"2021-05"}), ("2023-12", {"2021-05", "2023-09"}), ("2020-01", set())):
        r = Report(edition, data_copy)
        if not months:
            assert "the same as the project's own" in updates.against(r)
            continue
        revised = int((differs & new["month"].isin(months).to_numpy()).sum())
        assert f"no rows added, {revised} revised" in updates.against(r).replace("0 rows added", "no rows added")
        assert set(updates.months(r).frame["Month"]) == months
        listed = updates.tables(r).frame.set_index("Table")
        assert listed.loc["actors", "Revised"] == revised
        assert listed["Revised"].sum() == revised
        less = updates.regions(r).frame["Fewer"].sum()
        assert less == -revised
    at_report = updates.figures(Report("2023-07", data_copy)).frame
    assert not at_report["Figure"].str.contains("outcome").any()
