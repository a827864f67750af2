"""Which dated entries a table shows; the frames are made up unless a test says that they are the project's."""

import pandas as pd
import pytest
from bs4 import BeautifulSoup

import story_figures
from helpers import chapters, entries, inert
from helpers.audit import claims
from helpers.chapters import Chapter
from helpers.data import Tables
from helpers.editions import Report
from helpers.errors import DataError
from helpers.figures import Table
from helpers.page import drawing, translate
from helpers.page.bilingual import Bilingual
from helpers.page.frame import Facts
from helpers.page.twins import Tongue
from helpers.story import evidence_power as power
from helpers.story import junta_forces, method, overview, standing, wagner
from helpers.words.both import Both

pytestmark = pytest.mark.slow


def rows(*given):
    """Made-up entries: id, category, place, region, claims, value, unit."""
    names = ["id", "category", "place", "region", "claims", "value", "unit"]
    frame = pd.DataFrame(given, columns=names)
    return frame.assign(
        date=[f"2020-01-{i + 1:02}" for i in range(len(frame))],
        precision="day",
        event="Something happens at a place",
        source="A publisher",
        url="https://example.org/a?b=1&c=2",
    )


def test_a_short_list_never_drops_the_deadliest():
    found = rows(
        ("massacre", "violence", "X", "Mopti", "", 500.0, "people killed (UN, at least)"),
        ("report", "wagner", "X", "Mopti", "", 500.0, "people killed (at least)"),
        ("claim", "violence", "Y", "Mopti", "", 900.0, "soldiers killed (a group's claim)"),
        ("second", "violence", "Z", "Mopti", "", 157.0, "people killed"),
        *((f"n{i}", "violence", "W", "Mopti", "", float(i), "people killed") for i in range(4)),
        ("last", "violence", "", "Mopti", "", 1000.0, "fuel lorries burned"),
    )
    found["lead"] = ""
    # A sum over months is no toll of a day.
    sums = rows(("sum", "wagner", "", "Mopti", "", 2000.0, "civilians killed since December 2021 (ACLED, more than)"))
    assert entries.tolls(sums).isna().all()
    # A report on a massacre is no second toll, and what a party claims is none.
    assert list(entries.told(found, 4)["id"]) == ["massacre", "second", "n3", "last"]
    assert entries.told(found, 99).equals(found)


def facts(edition, *named, **how):
    """Return the rows that `Chapter.facts` shows."""
    with pytest.MonkeyPatch.context() as patch:
        shown = []
        patch.setattr("helpers.chapters.display", shown.append)
        Chapter("central", edition).facts(Both("Facts", "Faits"), *named, **how)
    return [row for one in shown for row in one.rows.to_dict("records")]


def test_a_list_of_facts_keeps_what_leads_the_year_and_the_newest_and_looks_ahead_only_when_told():
    known = Report("latest").chronology
    bamako = known[known["region"].isin(["Bamako", "Koulikoro"])]
    got = facts("latest", "Bamako", "Koulikoro", limit=4)
    assert [row["date"] for row in got] == sorted(row["date"] for row in got)
    assert len(got) == 4
    leading = set(bamako.loc[bamako["lead"].eq("yes")].sort_values("date", kind="stable").tail(2)["id"])
    assert leading <= {row["id"] for row in got}
    day = Report("2023-07").chronology["date"].max()
    assert all(row["date"] <= day for row in facts("2023-07", "Mopti"))
    assert all(row["date"] > day for row in facts("2023-07", "Mopti", later=True))
    assert facts("2019-06", "Nowhere") == []


def test_a_list_of_facts_keeps_the_deadliest_and_says_what_it_leaves_out():
    kept = {row["id"] for row in facts("latest", "Mopti", "Segou", category="violence")}
    assert {"2019-03-23-ogossagou", "2022-03-27-moura"} <= kept
    assert len(kept) == 5
    some = Report("latest").chronology.tail(3)
    short, whole = (Facts(some, Both("Facts", "Faits"), of=of)._repr_mimebundle_()["text/plain"] for of in (26, 3))
    assert (
        short == f"{whole}\n3 of 26 entries: the deadliest, the newest and turning points. The timeline has them all."
    )
    # What gives no toll is not kept for one.
    found = rows(*((f"n{i}", "violence", "", "Gao", "", None, "") for i in range(6)))
    found["lead"] = ""
    assert list(entries.told(found, 2)["id"]) == ["n4", "n5"]


def test_a_list_of_facts_keeps_what_is_named_by_its_id_whatever_has_followed():
    named = ("2024-11-30-fla-founded", "2026-04-25-fla-claims-kidal", "2026-04-27-africa-corps-leaves-kidal")
    without = [row["id"] for row in facts("latest", "R23-05", limit=4)]
    assert not set(named) & set(without)
    got = [row["id"] for row in facts("latest", "R23-05", *named, limit=4)]
    assert set(named) | set(without) == set(got)
    assert len(got) == 7
    assert not set(named) & {row["id"] for row in facts("2023-07", "R23-05", *named, limit=4)}


def test_the_north_tells_how_kidal_was_taken_before_it_tells_that_it_was_given_up():
    (shown,) = [one for one in story_figures.shown("northern", "latest") if isinstance(one, Facts) and one.title.en == "Towns and blockades"]  # fmt: skip
    told = list(shown.rows["event"])
    order = [next(i for i, said in enumerate(told) if text in said) for text in (
        "Azawad Liberation Front (FLA)", "FLA says it has taken Kidal in a joint offensive with JNIM", "Africa Corps confirms",
        "FLA gives up Kidal",
    )]  # fmt: skip
    assert order == sorted(order)


def test_the_source_of_an_entry_is_a_link_and_nothing_else_becomes_one():
    found = rows(("a", "violence", "", "Mopti", "", None, ""), ("b", "violence", "", "Mopti", "", None, ""))
    found["source"] = "A <b>publisher</b>"
    found.loc[1, "url"] = ""
    html = Table(title="T", frame=found[["source"]], hrefs={"source": tuple(found["url"])}).html()
    assert html.count("<a ") == 1
    assert 'href="https://example.org/a?b=1&amp;c=2" rel="noopener">A &lt;b&gt;publisher&lt;/b&gt;</a>' in html
    frame = pd.DataFrame({"Source": ["x"]})
    for address in ("javascript:alert(1)", 'https://a.org/"onclick=x', "//a.org", "data:text/html,x", "https:// a"):
        assert "<a " not in Table(title="T", frame=frame, hrefs={"Source": (address,)}).html()
    with pytest.raises(DataError, match="one address a row"):
        Table(title="T", frame=frame, hrefs={"Source": ()})


@pytest.mark.parametrize("edition", ["2022-08", "2023-07", "latest"])
def test_every_source_cell_of_every_table_is_a_link(edition):
    r = Report(edition)
    routes = method.sources(r)
    assert routes.html().count("<a ") == len(routes.frame)
    for make in (power.press_freedom, power.vdem):
        figure = make(r)
        assert all(map(inert.url, figure.hrefs["Read in"]))
        for tongue, spec in ((Tongue("en"), figure.spec()), (Tongue("fr"), translate.french(figure.spec()))):
            shown = min(len(figure.frame), drawing.TABLE_ROWS)
            made = drawing.figure_html(spec, anchor="fig", citation="", edition="", tongue=tongue)
            links = BeautifulSoup(made, "html.parser").select("table a")
            assert len(links) == shown


def test_a_shared_base_is_one_base():
    frame = junta_forces.sites(Report("latest").bases)
    assert not frame.duplicated(["mission", "place"]).any()
    assert list(frame.loc[frame["place"].eq("Ménaka"), "mission"]) == ["French-led", "MINUSMA"]


def test_who_rules_the_north_is_shown_by_dated_evidence_from_many_places():
    """One entry was all once; rule by armed groups is judged from towns taken, taxes, punishments and roads closed."""
    rows = claims.sources_of(claims.claim("R23-05"), Tables().chronology())
    assert {
        "2021-05-02-tin-hama-amputations",
        "2022-09-06-talataye",
        "2023-04-12-tidermene-zakat",
        "2024-02-26-menaka-convoy",
        "2024-10-is-sahel-menaka",
        "2026-10-06-fla-leaves-kidal",
    } <= set(rows["id"])
    assert rows["place"].nunique() >= 9


def test_a_text_in_two_languages_is_shown_as_one(monkeypatch):
    shown = []
    monkeypatch.setattr(chapters, "display", shown.append)
    Chapter("wagner", "2023-07").show(wagner.moura_background)
    assert isinstance(shown[0], Bilingual)
    assert (shown[0].english[:3], shown[0].french[:3]) == ("One", "Une")


def test_an_edition_lists_the_turning_points_of_its_year_and_says_how_its_dates_are_chosen():
    then, now = (standing.dates(Report(edition)) for edition in ("2022-08", "2023-07"))
    assert "2022-08-15-last-french-troops" in set(then.rows["id"])
    assert {"2023-06-18-constitutional-referendum", "2023-06-30-resolution-2690"} <= set(now.rows["id"])
    assert set(now.rows["id"]) == set(overview.foremost(Report("2023-07"))["id"])
    # The first holds the newest of politics and of partners, which are neither the deadliest nor the newest of all.
    said = [one._repr_mimebundle_()["text/plain"] for one in (then, now)]
    assert "5 of 75 entries: the deadliest, the newest by field and turning points." in said[0]
    assert "6 of 68 entries: the deadliest, the newest and turning points." in said[1]
