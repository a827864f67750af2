"""Known issues and what moved: ids that exist, numbers that the tables hold, and a feed as RFC 4287 asks for."""

from __future__ import annotations

import os
import re
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urldefrag
from xml.etree import ElementTree as ET

import nbformat
import pandas as pd
import pytest
from bs4 import BeautifulSoup

from helpers import __version__
from helpers.audit import claims, headline
from helpers.builds import front
from helpers.data import Tables
from helpers.editions import Report
from helpers.figures import MIME
from helpers.page import feed
from helpers.page.register import Entry, Register
from helpers.schemas import SCHEMAS
from helpers.story import revisions

ROOT = Path(__file__).parents[2]
LATER = {"outlook:outlook-published", "central:central-schools", "ledger:ledger-graded", "ledger:ledger-standing"}
"""Figures that the stored chapters need not hold; those of the latest edition do."""
NS = {"a": feed.ATOM}


def number(release: str) -> tuple[int, ...]:
    return tuple(int(part) for part in release.split("."))


def stored(page: str) -> set[str]:
    """Ids of the figures in a stored chapter."""
    cells = nbformat.read(ROOT / "chapters" / f"{page}.ipynb", as_version=4).cells
    specs = [one.get("data", {}).get(MIME) for cell in cells for one in cell.get("outputs", [])]
    return {spec["usermeta"]["mali"]["id"] for spec in specs if spec}


@pytest.mark.slow
def test_every_figure_and_table_of_an_issue_exists():
    story = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src/helpers/story").glob("*.py"))
    for row in Tables().issues().itertuples():
        assert row.tables, row.id
        assert set(row.tables.split(";")) <= set(SCHEMAS), row.id
        for one in filter(None, row.figures.split(";")):
            page, name = one.split(":")
            cells = (ROOT / "chapters" / f"{page}.ipynb").read_text(encoding="utf-8").replace('\\"', '"')
            assert name in stored(page) or (one in LATER and f'"{name}"' in story + cells), f"{row.id}: no figure {one}"


def test_an_issue_names_records_and_releases_that_exist():
    records = set(re.findall(r"^## (\d+)\.", (ROOT / "chapters/method/decisions.md").read_text(encoding="utf-8"), re.M))
    for row in Tables().issues().itertuples():
        found = re.search(r"[Dd]ecision record ([\d and]+)", row.source)
        assert not found or set(re.findall(r"\d+", found[1])) <= records, row.source
        assert number(row.noted) <= number(__version__)
        assert bool(row.mended) == (row.status == "mended"), row.id
        assert not row.mended or number(row.noted) <= number(row.mended) <= number(__version__)
        assert not (row.first and row.last) or row.first <= row.last, row.id


def test_numbers_of_issues_are_those_of_the_tables():
    said = Tables().issues().set_index("id")["detail"]
    months = Tables().load("totals", partial=True).groupby("month")["events"].sum()
    assert months["2026-04"] == 60
    assert months["2026-02"] == months["2026-03"] == 105
    assert "holds 60 events for it, after 105 in each" in said["april-2026-in-part"]
    cells = len(Tables().differences())
    assert f"1,580 cells of region and month, {cells} differ" in said["seam-of-two-exports"]
    closed = Tables().schools().groupby("closed")["schools"].sum()
    assert f"{closed['unreadable']} are slips" in said["unreadable-school-dates"]
    assert f"{closed['not stated']} are not stated" in said["unreadable-school-dates"]
    older = Tables().ucdp_months().query("month.str.startswith('2025')")["best"].sum()
    newer = Tables().ucdp_types().query("month.str.startswith('2025')")["deaths"].sum()
    assert f"{older:,} deaths from candidate files, the newer {newer:,}" in said["ucdp-2025-in-two-releases"]
    named = Tables().chronology().set_index("id")["value"]["2022-06-18-diallassagou"]
    june = Tables().actors().query("month == '2022-06' and region == 'Mopti'")["deadliest"].max()
    assert f"{named:.0f} civilians" in said["diallassagou-village-by-village"]
    assert june < named
    issues = Tables().issues().set_index("id")
    assert issues.at["actors-after-february-2025", "first"] == str(Tables().last_month("actors") + 1)
    assert issues.at["ucdp-candidate-months-of-2026", "first"] == Tables().reach_of("ucdp_types").provisional_from


def test_verdicts_that_moved_are_those_of_the_page_and_of_the_audit_today():
    moves = Tables().moves().query("kind == 'verdict'")
    text = (ROOT / "chapters/method/changes.md").read_text(encoding="utf-8")
    parts = {"": "", ", at its date": "statement", ", outcome": "outcome"}
    rows = re.findall(r"^\| (R\d\d-\d\d)(.*?) \| (.+?) \| (.+?) \| (.+?) \|$", text, re.M)
    told = {(name, parts[part], old, new, why) for name, part, old, new, why in rows}
    assert told == set(moves[["subject", "part", "old", "new", "why"]].itertuples(index=False, name=None))
    newest = moves.sort_values("release", key=lambda x: x.map(number)).groupby(["subject", "part"]).tail(1)
    for row in newest.itertuples():
        result = claims.evaluate(row.subject)
        verdict = headline.then(result) if row.part == "statement" else result.verdict
        assert headline.face(verdict)[0].lower() == row.new, row.subject


def test_corrections_name_the_entries_as_they_stand_today():
    rows = Tables().chronology().set_index("id")
    pages = Tables().moves().query("kind == 'correction'")["page"]
    entries = [page.split(":entry-")[1] for page in pages if ":entry-" in page]
    assert len(entries) == 5
    assert set(entries) <= set(rows.index)
    new = Tables().moves().set_index("subject")["new"]
    assert new["dioura-2025"] == f"23 May 2025 ({rows.at['2025-05-23-dioura-attack', 'value']:.0f})"
    assert rows.at["2023-04-10-tidermene-taken", "date"] == "2023-04-10"
    assert new["census-of-kidal"] == "83,192"


def test_the_page_lists_every_row_and_escapes_what_it_quotes():
    report = Report("latest")
    known, mended, moved = revisions.known(report), revisions.mended(report), revisions.moved(report)
    assert len(known.entries) + len(mended.entries) == len(Tables().issues())
    assert len(moved.entries) == len(Tables().moves())
    ids = [one.id for register in (known, mended, moved) for one in register.entries]
    assert len(ids) == len(set(ids))
    assert "issues are on record" in revisions.words(report)
    assert revisions.feed_words(Report("2023-07")) == ""
    shown = Register("x", [Entry("a", "<b>", "&", "open", ["<i>"], [("p", '../x.html"')])])._repr_mimebundle_()[
        "text/html"
    ]
    assert "<b>" not in shown
    assert "<i>" not in shown
    assert 'href="../x.html&quot;"' in shown


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2025-03", "", "from March 2025 on"),
        ("2026-04", "2026-04", "April 2026"),
        ("2022-06-18", "2022-06-19", "18 June 2022 to 19 June 2022"),
        ("", "2025-02", "to February 2025"),
        ("", "", ""),
    ],
)
def test_months_of_an_issue_in_words(first, last, said):
    assert revisions._when(first, last) == said


# ---- the feed ----------------------------------------------------------------------------------------------


def parsed(base: str = "") -> ET.Element:
    return ET.fromstring(feed.atom(Tables().moves(), title="Mali at war, in figures", author="Makers", base=base))


def test_the_feed_has_what_rfc_4287_asks_for():
    made = parsed()
    assert made.tag == f"{{{feed.ATOM}}}feed"
    entries = made.findall("a:entry", NS)
    assert len(entries) == len(Tables().moves())
    for one in (made, *entries):
        for tag in ("id", "title", "updated"):
            (found,) = one.findall(f"a:{tag}", NS)
            assert (found.text or "").strip(), tag
        # An IRI, in its normal form, and a moment by RFC 3339.
        assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", one.find("a:id", NS).text)
        assert re.fullmatch(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z", one.find("a:updated", NS).text)
    assert made.find("a:author/a:name", NS).text == "Makers"
    assert [x.get("rel") for x in made.findall("a:link", NS)] == ["self", "alternate"]
    assert made.find("a:updated", NS).text == max(one.find("a:updated", NS).text for one in entries)
    for one in entries:
        # Without content an entry needs a link to what it speaks of.
        (link,) = one.findall("a:link", NS)
        assert link.get("rel") == "alternate"
        assert re.match(r"chapters/[a-z/-]+\.html", link.get("href"))
    ids = [one.find("a:id", NS).text for one in (made, *entries)]
    assert len(ids) == len(set(ids))


def test_names_in_the_feed_never_change_and_no_address_is_invented():
    made = parsed()
    first = {one.find("a:title", NS).text: one.find("a:id", NS).text for one in made.findall("a:entry", NS)}
    told = "Correction: People of Kidal in the census of 2022: 83,194 → 83,192"
    assert first[told] == "urn:uuid:4f8a07b8-f670-5023-b35d-962bd7e032b4"
    other = parsed("https://example.org/mali/latest")
    assert [x.text for x in other.iter(f"{{{feed.ATOM}}}id")] == [x.text for x in made.iter(f"{{{feed.ATOM}}}id")]
    assert other.get("{http://www.w3.org/XML/1998/namespace}base") == "https://example.org/mali/latest/"
    addresses = [x.get("href") for x in made.iter(f"{{{feed.ATOM}}}link")]
    assert not [x for x in addresses if ":" in x]
    assert "R22-03, what came of it: borne out → right way, wrong size" in " ".join(first)


def test_corrections_are_named_as_such_and_hostile_text_stays_text():
    entries = parsed().findall("a:entry", NS)
    kinds = pd.Series([one.find("a:category", NS).get("term") for one in entries])
    titles = pd.Series([one.find("a:title", NS).text for one in entries])
    assert titles.str.startswith("Correction: ").eq(kinds.eq("correction")).all()
    assert kinds.eq("correction").sum() >= 9
    row = Tables().moves().head(1).assign(why="a\x08<b>&\ud800 x", new="\x1b[31m]]>")
    made = ET.fromstring(feed.atom(row, title="<t>", author="&"))
    assert made.find("a:title", NS).text == "<t>: what moved"
    assert "<b>&" in made.find("a:entry/a:summary", NS).text


def test_only_the_latest_edition_of_the_projects_own_tables_has_a_feed(tmp_path):
    config = {"mali_data": "", "html_title": "Book", "author": "Makers", "html_baseurl": ""}
    for edition in ("2023-07", "latest"):
        folder = tmp_path / edition
        folder.mkdir()
        feed.write(SimpleNamespace(outdir=folder, config=SimpleNamespace(mali_edition=edition, **config)))
    assert not (tmp_path / "2023-07" / feed.FILE).exists()
    assert ET.parse(tmp_path / "latest" / feed.FILE).getroot().find("a:title", NS).text == "Book: what moved"


@pytest.mark.slow
def test_the_front_page_names_the_feed_where_there_is_one():
    from helpers import editions

    listed = editions.listed()
    for shown, there in ((listed, True), ([row for row in listed if row.id != "latest"], False)):
        for page in front.front_pages(shown).values():
            soup = BeautifulSoup(page, "html.parser")
            assert bool(soup.find("link", href="latest/feed.xml", type="application/atom+xml", hreflang="en")) == there


@pytest.mark.site
def test_every_link_of_the_feed_leads_to_a_place_in_the_built_site():
    whole = Path(os.environ.get("MALI_SITE", ROOT / "site"))
    site = whole / "latest"
    path = site / feed.FILE
    if not path.is_file():
        pytest.skip(f"no feed in {site}: build the latest edition first")
    for link in ET.parse(path).getroot().iter(f"{{{feed.ATOM}}}link"):
        page, anchor = urldefrag(link.get("href"))
        target = site / page
        assert target.is_file(), link.get("href")
        assert not anchor or f'id="{anchor}"' in target.read_text(encoding="utf-8"), link.get("href")
    for row in Tables().issues().itertuples():
        for one in filter(None, row.figures.split(";")):
            page, name = one.split(":")
            pages = [path.read_text(encoding="utf-8") for path in whole.glob(f"*/chapters/{page}.html")]
            assert any(f'id="fig-{name}"' in text for text in pages), one


def test_figures_that_moved_with_version_0_4_are_those_of_today():
    from helpers import measures as m
    from helpers.story import scorecard, scores, summary
    from helpers.windows import window

    report = Report("2023-07")
    rows = Tables().moves().query("release == '0.4.0'").set_index("subject")
    assert set(rows["kind"]) == {"figure"}
    totals = Tables().totals().query("region == 'Mopti'")
    assert rows.at["R23-29", "new"] == f"{m.count(totals, window('2022-07', '2023-06'), 'fatalities'):,}"
    levels = scorecard.space_shares(report).frame["Level"]
    assert (len(levels), str(levels.eq("Robust").sum())) == (30, rows.at["figures-that-stand-firm", "new"])
    skill = scores.skill(report).frame.query("Rule == 'Pace, twelve months'").set_index("Series")["p"]
    assert (len(skill), str(skill.lt(0.05).sum())) == (4, rows.at["pace-of-twelve-months", "new"])
    assert f"{skill['Deaths']:.3f}, after" in rows.at["pace-of-twelve-months", "why"]
    found = headline.headline(summary.judged(report))
    assert str(found.proxy) == rows.at["statements-by-proxy", "new"]
