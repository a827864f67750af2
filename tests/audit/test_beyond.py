"""Beyond the reports: each table on synthetic rows, and sums that must hold in every edition."""

import pandas as pd
import pytest

from conftest import BATTLE, VAC, rows
from helpers import measures as m
from helpers.audit import beyond as b
from helpers.editions import Report
from helpers.story import evidence_audit
from helpers.windows import window

EDITIONS = ["2020-06", "2022-08", "2023-07", "latest"]


def report(frame: pd.DataFrame, as_of: str = "2022-08") -> Report:
    """A report whose `actors` table is synthetic."""
    made = Report("2022-08").at(as_of, 4)
    made.__dict__["actors"] = frame
    return made


@pytest.fixture
def made():
    """Synthetic: in Gao, battles of Islamic State with 90 and 10 deaths and an attack with 40; in Mopti, attacks."""
    return report(
        rows(
            ("2020-01", "Gao", BATTLE, "is-sahel", "state", 1, 1),
            ("2021-06", "Gao", BATTLE, "is-sahel", "state", 2, 50, 30),
            ("2022-03", "Gao", BATTLE, "is-sahel", "state", 2, 100, 90),
            ("2022-04", "Gao", VAC, "is-sahel", "civilians", 1, 40),
            ("2022-05", "Mopti", VAC, "jnim", "civilians", 3, 20, 10),
            ("2022-06", "Mopti", VAC, "state", "civilians", 2, 30, 20, "250+", "mentioned"),
            ("2022-07", "Mopti", VAC, "wagner", "civilians", 1, 5, None, "250+", "named"),
            ("2022-08", "Mopti", VAC, "militia", "civilians", 1, 5),
        )
    )


def test_tolls_without_their_largest_event(made):
    table = b.without_largest(made).set_index("claims")
    whole = table.loc["R22-02;R22-03"]
    assert (whole["deaths"], whole["largest"], whole["without"]) == (160, 90, 70)
    assert (whole["month"], whole["region"]) == ("2022-03", "Gao")
    assert table.loc["R22-16", "deaths"] == 140
    assert table.loc["R22-17", "without"] == 0
    assert table.loc["R22-04;R22-05", "share"] == pytest.approx(40 / 60)


def test_moura_counts_as_one_operation():
    # Synthetic: three entries of one operation with 100, 80 and 20 deaths, and a battle with 150.
    frame = rows(
        ("2021-01", "Mopti", BATTLE, "jnim", "state", 1, 1),
        ("2022-03", "Mopti", VAC, "state", "civilians", 3, 200, 100, "250+", "mentioned"),
        ("2022-04", "Mopti", BATTLE, "jnim", "wagner", 1, 150, None, "250+", "named"),
    )
    wagner = b.without_largest(report(frame)).set_index("toll").loc["deaths in events that name Wagner"]
    assert (wagner["deaths"], wagner["largest"], wagner["without"], wagner["month"]) == (350, 200, 150, "2022-03")


def test_who_kills_civilians(made):
    table = b.killers(made, window("2022-01", "2022-08")).set_index("group")
    assert table.loc["Islamic State Sahel", "deaths"] == 40
    assert table.loc["State forces, Wagner mentioned", "deaths"] == 30
    assert table.loc["State forces", "deaths"] == 0
    assert table.loc["Wagner / Africa Corps", "share_deaths"] == 0.05
    camps = b.by_family(made, window("2022-01", "2022-08")).set_index("camp")["deaths"]
    assert list(camps) == [60, 35, 5]


def test_ranking_moves(made):
    table = b.ranking(made, halves=2)
    assert list(table["half"].unique()) == ["2021H2", "2022H1"]
    last = table[table["half"].eq("2022H1")].set_index("region")
    # Gao and Mopti have three events each: they share the first rank, and all others the third.
    assert list(last.loc[["Gao", "Mopti", "Kayes"], "rank"]) == [1, 1, 3]
    assert list(last.loc[["Gao", "Kayes"], "moved"]) == [0, -2]
    assert table.loc[table["half"].eq("2021H2"), "moved"].isna().all()


@pytest.mark.parametrize("edition", EDITIONS)
def test_sums_hold_in_every_edition(edition):
    r = Report(edition)
    table = b.killers(r)
    vac = m.against_civilians(r.actors)
    assert table["deaths"].sum() == m.count(vac, r.last_12, "fatalities")
    assert table["events"].sum() == m.count(vac, r.last_12)
    assert table["share_deaths"].sum() == pytest.approx(1)
    assert b.by_family(r)["share_deaths"].sum() == pytest.approx(1)
    ranked = b.ranking(r)
    assert ranked.groupby("half")["share"].sum().to_list() == pytest.approx([1.0] * b.RANKED_HALVES)
    tolls = b.without_largest(r)
    assert (tolls["without"] + tolls["largest"] == tolls["deaths"]).all()
    assert (tolls["largest"] > 0).all()


@pytest.mark.parametrize("edition", EDITIONS)
def test_sentences_are_whole(edition):
    texts = b.sentences(Report(edition))
    assert len(texts) == 3
    for text in (said for both in texts for said in (both.en, both.fr)):
        assert text.endswith(".")
        for flaw in ("nan", "None", "  ", "Menaka", "Segou", "100,000", "100\u202f000"):
            assert flaw not in text


def test_a_massacre_in_several_villages_is_said_to_be_more_than_one_event(raw_folder):
    """The chronology has 132 dead around Diallassagou, the table of tolls no such event: ACLED enters each village."""
    note = evidence_audit.tolls(Report("2022-08")).english.note
    assert "around Diallassagou, 132 dead by the government’s count, is more than one here" in note
    events = pd.read_csv(raw_folder / "acled" / "acled_mali_events_2017-01_2025-03.csv", low_memory=False)
    day = events[events["event_date"].eq("2022-06-18") & events["admin1"].eq("Mopti") & events["fatalities"].gt(3)]
    assert sorted(day["fatalities"]) == [33, 41, 57]
    assert set(day["location"]) == {"Deguessagou", "Diallassagou", "Dianwely"}
