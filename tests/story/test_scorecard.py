"""The scorecard: one row a figure, nothing from later months, a table that can be narrowed down and taken away."""

import inspect
import io
import json
import re

import nbformat
import pandas as pd
import pytest
from bs4 import BeautifulSoup

import browser as chromium
from helpers import french as fr
from helpers import prose as p
from helpers.audit import claims, contradictions, headline, null, second, space
from helpers.chapters import NotInEdition
from helpers.editions import Report
from helpers.errors import DataError
from helpers.figures import Figure, Listing, Table
from helpers.page import scripts
from helpers.page.bilingual import Bilingual
from helpers.story import audited, came, evidence_audit, fared, ranks, scorecard, summary, trajectory
from helpers.words import Both

pytestmark = pytest.mark.slow

SHOWN = [
    scorecard.verdicts,
    scorecard.in_numbers,
    scorecard.faults,
    scorecard.number_by_number,
    scorecard.against_published,
    scorecard.firm_or_luck,
    scorecard.space_shares,
    scorecard.second_source,
    scorecard.directions,
    scorecard.against_themselves,
    audited.every_figure,
    evidence_audit.by_kind,
    evidence_audit.levels,
    evidence_audit.spaces,
    evidence_audit.checks,
    evidence_audit.opinions,
    evidence_audit.outcomes,
    evidence_audit.later_opinions,
]
ALWAYS = [scorecard.left_out, evidence_audit.beyond_in_short, evidence_audit.tolls, ranks.ranking]


@pytest.fixture(scope="module")
def r22() -> Report:
    return Report("2022-08")


@pytest.fixture(scope="module")
def r23() -> Report:
    return Report("2023-07")


def words(shown) -> str:
    if isinstance(shown, str):
        return shown
    if isinstance(shown, Both):
        return f"{shown.en} {shown.fr}"
    if isinstance(shown, Bilingual):
        return f"{words(shown.english)} {words(shown.french)}"
    if isinstance(shown, Figure):
        return f"{shown.title} {shown.subtitle} {shown.alt} {shown.source} {shown.frame.to_csv()}"
    return f"{shown.title} {shown.note} {shown.frame.to_csv()} {getattr(shown, 'csv', '')}"


@pytest.mark.parametrize("make", SHOWN, ids=lambda f: f.__name__)
def test_before_the_first_report_nothing_had_been_said(make):
    with pytest.raises(NotInEdition, match=r"[Nn]o statement had been made"):
        make(Report("2021-12"))


@pytest.mark.parametrize("edition", ["2019-03", "2021-12"])
@pytest.mark.parametrize("make", ALWAYS, ids=lambda f: f.__name__)
def test_what_needs_no_report_is_there_from_the_start(make, edition):
    assert words(make(Report(edition)))


@pytest.mark.parametrize("make", SHOWN, ids=lambda f: f.__name__)
def test_the_first_reports_edition_does_not_know_the_second(make, r22):
    said = words(make(r22))
    assert "R23-" not in said
    assert "July 2023" not in said


@pytest.mark.parametrize("make", [*SHOWN, *ALWAYS], ids=lambda f: f.__name__)
def test_everything_works_in_the_latest_edition(make):
    shown = make(Report("latest"))
    assert "nan" not in words(shown).split()
    assert not isinstance(shown, Bilingual) or shown._repr_mimebundle_() == make(Report("latest"))._repr_mimebundle_()


def test_a_ratio_compares_changes_through_their_level():
    figure = claims.Published("x", "equal", "percent", 50)
    assert audited.ratio(figure, 50) == 1
    assert audited.ratio(figure, -25) == 0.5
    assert audited.ratio(claims.Published("x", "equal", "share", 50), 25) == 0.5


def test_every_published_number_has_a_dot(r23):
    table = audited.numbers(r23)
    wanted = {
        (row.id, figure.text)
        for row in claims.due(r23)
        if row.kind in ("measured", "projection")
        for figure in row.figures
        if figure.published is not None and not figure.needs
    }
    assert set(zip(table["id"], table["published"], strict=True)) == wanted
    assert table["name"].is_unique
    assert (table["low"].le(table["ratio"]) & table["ratio"].le(table["high"])).all()
    order = list(claims.VERDICTS)
    assert table["verdict"].map(order.index).is_monotonic_increasing
    # By hand: 21 events against 16, and 25.1 percent more against 20 percent more.
    assert table.set_index("name")["ratio"]["R23-06 Near Bamako, half-year"] == pytest.approx(21 / 16)
    change = table.set_index("name")["ratio"]["R22-06 Events, last four months"]
    assert change == pytest.approx(1.250847 / 1.2, abs=1e-5)
    near = int(table["ratio"].between(0.92, 1.08).sum())
    assert scorecard.against_published(r23).title.startswith(f"{near} of {len(table)} published numbers")
    # By hand: 1.6 is the farthest, eight events for five.
    assert "R23-06 is farthest off: 5 events published, 8 events found" in scorecard.number_by_number(r23).en


def test_every_figure_is_listed_with_its_verdict(r23):
    frame = audited.every_figure(r23).english.frame
    assert set(frame["Claim"]) == {row.id for row in claims.due(r23)}
    assert len(frame) == sum(len(x.rows) or 1 for x in summary.judged(r23))
    assert frame.loc[frame["Claim"].eq("R23-29"), "Verdict"].item() == "For later months"
    assert not set(frame["Verdict"]) & {"Came true", "Did not come true"}, "that would be known only later"


def test_the_lists_of_verdicts_say_to_which_months_they_hold(r22, r23):
    assert audited.every_figure(r22).english.note.startswith("Verdicts rest on data to August 2022 for R22. ")
    assert "data to August 2022 for R22 and to June 2023 for R23. " in audited.every_figure(r23).english.note
    note = evidence_audit.outcomes(r23).english.note
    assert "to December 2022 for R22-03" in note
    assert "to December 2024 for R23-29 and to June 2024 for R23-30. " in note


def test_counts_of_verdicts_agree_with_any_number(r22, r23):
    """The table said “8 holds” and “4 judgement”, and was English on the French page."""
    for r in (r22, r23):
        for table, number in (
            (evidence_audit.by_kind(r).english, p.number),
            (evidence_audit.by_kind(r).french, fr.number),
        ):
            for said, whole in zip(table.frame.iloc[:, 2], table.frame.iloc[:, 1], strict=True):
                parts = re.findall(r"(?:^|, )([^\d,]+) (\d+)", said)
                assert sum(int(many) for _, many in parts) == whole
                assert ", ".join(f"{face} {number(int(many))}" for face, many in parts) == said
        assert "Confirmé" in evidence_audit.by_kind(r).french.frame.to_csv()
    one = next(f for c in claims.due(r23) for f in c.figures if f.unit == "events" and f.test != "true")
    assert [one.number(x) for x in (0, 1, 2)] == ["0 events", "1 event", "2 events"]
    assert [one.number_fr(x) for x in (0, 1, 2)] == ["0 événement", "1 événement", "2 événements"]


def test_counts_are_those_of_the_headline(r22, r23):
    for r in (r22, r23):
        results = summary.judged(r)
        assert evidence_audit.by_kind(r).english.frame["Statements"].sum() == len(results)
        assert len(scorecard.verdicts(r).frame) == len(results)
        verdicts = [summary.verdict_then(x) for x in results]
        known = [x for x in verdicts if x not in headline.UNCHECKED]
        firm, close = sum(x in headline.FIRM for x in known), known.count("close")
        found = headline.headline(results)
        assert (found.judged, found.firm, found.all["close"]) == (len(known), firm, close)
        assert scorecard.verdicts(r).title.startswith(f"Of {len(known)} statements that could be checked, {firm} hold")
        text = scorecard.answer(r).answer.en
        assert f"of {len(known)} statements that could be checked, {firm} hold" in text
        assert f"{close} come close" in text
        assert f"Of {found.checked} statements that event data can recompute" in scorecard.in_numbers(r).en


def test_each_statement_that_does_not_hold_has_a_line(r23):
    wanted = [x.claim.id for x in summary.judged(r23) if summary.verdict_then(x) in scorecard.FAULTS]
    text = scorecard.faults(r23)
    assert re.findall(r"R2[23]-\d\d", text.en) == re.findall(r"R2[23]-\d\d", text.fr) == wanted
    # By hand: what was published and what is found.
    assert "Events since the coup: nearly 3 times published, 1.9 times found" in text.en
    assert "**R23-24**, mixed (the rest holds). That it was the FLM: no other source." in text.en
    # The lorries of the sources burned at Hombori on the day before: neither the place nor the day holds.
    assert (
        "**R22-15**, mixed (the rest holds). That it was the FLM, near Boni and on 3 August: no other source."
        in text.en
    )
    assert "Le FLM comme auteur, près de Boni et le 3 août" in text.fr


def test_who_else_kills_is_the_trajectorys_own_sentence(r23):
    assert scorecard.left_out(r23).en.startswith(trajectory.who_kills(r23, whole=False).en)


def test_the_download_is_the_audit_under_a_header_with_source_and_citation(r23):
    text = audited.every_figure(r23).english.csv
    head = [line for line in text.splitlines() if line.startswith("# ")]
    for name in ("Title", "Edition", "Source and licence", "Cite as", "Cite the data as"):
        assert any(line.startswith(f"# {name}: ") for line in head), name
    assert "edition July 2023" in next(line for line in head if line.startswith("# Cite as"))
    rows = pd.read_csv(io.StringIO(text), comment="#")
    assert tuple(rows.columns) == claims.COLUMNS
    assert set(rows["part"]) == {"statement"}
    audit = pd.concat([claims.audit("2022-08"), claims.audit("2023-07")])
    audit = audit[audit["part"].eq("statement")]
    assert list(rows["id"]) == list(audit["id"])
    assert rows["computed"].dropna().tolist() == audit["computed"].dropna().tolist()
    later = pd.read_csv(io.StringIO(evidence_audit.outcomes(r23).english.csv), comment="#")
    assert set(later["part"]) == {"outcome"}


def test_each_claim_leads_to_its_box_in_its_chapter(r23, root):
    links = [(root / "chapters", link) for link in audited.every_figure(r23).english.links.values()]
    # The other tables stand on a page one folder down.
    for make in (evidence_audit.opinions, evidence_audit.outcomes, evidence_audit.later_opinions):
        links += [(root / "chapters/evidence", link) for link in make(r23).english.links.values()]
    assert links
    for folder, link in links:
        page, anchor = link.split("#")
        notebook = nbformat.read(folder / page.replace(".html", ".ipynb"), as_version=4)
        html = [o["data"].get("text/html", "") for c in notebook.cells for o in c.get("outputs", []) if "data" in o]
        assert any(f'id="{anchor}"' in text for text in html), link


def test_the_definition_space_is_that_of_the_statements_made(r22, r23):
    both, first = evidence_audit.spaces(r23).english.frame, evidence_audit.spaces(r22).english.frame
    varied = [row for row in space.SPACES if len(space.search(row.claim, row.figure)) > 1]
    assert len(both) == len(varied)
    assert len(first) == sum(row.claim.startswith("R22") for row in varied)
    counts = evidence_audit.levels(r23).english.frame.set_index("Level")["Figures"]
    held = space.summary()["level"].value_counts().reindex(list(null.LEVELS), fill_value=0)
    assert {name.lower(): int(number) for name, number in counts.items()} == held.to_dict()
    shares = scorecard.space_shares(r23).frame
    assert shares["Share of definitions"].between(0, 1).all()
    row = shares.set_index("Figure").loc["R23-06 Near Bamako, half-year"]
    assert row["Share of definitions"] == pytest.approx((row["Exactly"] + row["Nearly"]) / row["Definitions"], abs=5e-4)
    # A ratio to nothing was tried and has no value: such combinations are told nowhere, in the sentence as in the table.
    values = [space.search(one.claim, one.figure)["value"] for one in varied]
    computed = sum(int(found.notna().sum()) for found in values)
    assert computed == shares["Definitions"].sum()
    assert f"{computed:,} combinations" in scorecard.firm_or_luck(r23).en


def test_checks_use_only_figures_that_had_been_published(r22, r23):
    assert len(evidence_audit.checks(r23).english.frame) == len(contradictions.CHECKS)
    assert 0 < len(evidence_audit.checks(r22).english.frame) < len(contradictions.CHECKS)
    found = contradictions.check_all()
    odd = found[found["verdict"].isin(["contradiction", "at odds"])]
    said = scorecard.against_themselves(r23).en
    assert (
        f"find them consistent, and {['none', 'one', 'two', 'three', 'four'][int(found['verdict'].eq('tension').sum())]} find"
        in said
    )
    # Its items hold commas: semicolons part them, in both languages.
    ends = len(odd) - 1
    assert said.count("); ") == scorecard.against_themselves(r23).fr.count(")\u202f; ") == ends
    for row in odd.itertuples():
        assert row.claims.replace(";", ", ") in said
        assert row.id in scorecard.ASKS, "a check that does not meet is told in words"


def test_a_second_opinion_that_needs_later_months_stands_apart(r23):
    now, later = evidence_audit.opinions(r23).english.frame, evidence_audit.later_opinions(r23).english.frame
    assert len(now) + len(later) == len(second.table())
    assert "R22-04" in set(later["Claim"]) - set(now["Claim"])
    changes = scorecard.directions(r23).frame
    assert set(changes["Source"]) == set(scorecard.SOURCE_COLOURS.values())
    ucdp = changes[changes["Source"].eq("UCDP")]
    assert (ucdp["Low"].le(ucdp["Times as many"]) & ucdp["Times as many"].le(ucdp["High"])).all()


def test_the_regions_of_a_half_year_share_all_events(r23):
    frame = ranks.ranking(r23).frame
    assert frame.groupby("Half-year")["Share of events"].sum().round(2).eq(1).all()
    assert frame["Half-year"].nunique() == 6


# --------------------------------------------------------------------------- the table's controls


FRAME = pd.DataFrame({"Claim": ["A-1", "A-2", "A-3"], "Place": ["Ménaka", "Gao", "Gao"], "Events": [1, 22, 3]})


def listing(**changes) -> Listing:
    given = {
        "id": "a-listing",
        "title": "A table",
        "frame": FRAME,
        "filters": ("Place",),
        "csv": "# Title: A\nClaim\nA-1\n",
    }
    return Listing(**(given | changes))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"id": "Not a slug"}, "needs an id"),
        ({"filters": ("Time",)}, "no column 'Time'"),
        ({"csv": "a</script>"}, "would end the element"),
    ],
)
def test_a_listing_refuses_what_would_not_work(changes, message):
    with pytest.raises(DataError, match=message):
        listing(**changes)


def test_a_listing_is_a_plain_table_with_what_the_controls_need():
    html = listing(links={"A-1": "page.html#a"}).html()
    assert html == listing(links={"A-1": "page.html#a"}).html()
    assert html.count("<tr>") == 4
    assert "<select" not in html, "controls without JavaScript would do nothing"
    menus = re.search(r'data-menus="([^"]*)"', html)[1].replace("&quot;", '"')
    assert json.loads(menus) == {"Place": ["Ménaka", "Gao"]}
    assert isinstance(listing(), Table)
    ordered = FRAME.assign(Place=pd.Categorical(FRAME["Place"], ["Gao", "Kidal", "Ménaka"]))
    assert "[&quot;Gao&quot;, &quot;Ménaka&quot;]" in listing(frame=ordered).html()


ENGLISH = re.compile(
    r"\b(?:the|of|and|by|with|from|than|to|in|is|not|more|less|both|events?|deaths|holds?|close|statements?|"
    r"civilians|times|years?|months?|January|February|May|July|December|does|every|which|what|yes|no|true)\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize(
    "make",
    [
        audited.every_figure,
        evidence_audit.spaces,
        evidence_audit.checks,
        evidence_audit.opinions,
        evidence_audit.outcomes,
        evidence_audit.later_opinions,
        evidence_audit.beyond_in_short,
    ],
    ids=lambda f: f.__name__,
)
@pytest.mark.parametrize("edition", ["2022-08", "2023-07", "latest"])
def test_a_french_table_has_no_english_word_nor_another_number(make, edition):
    made = make(Report(edition))
    if isinstance(made.french, str):
        assert not ENGLISH.search(made.french)
        return
    soup = BeautifulSoup(made.french.html(french=True), "html.parser")
    for apart in soup.select("[lang=en], script"):
        apart.decompose()
    menus = soup.select_one(".mali-listing")["data-menus"]
    text = re.sub("CC BY|Candidate Events|Country-Year", "", f"{soup.get_text(' ')} {menus}")  # names of sources stay
    assert [found[0] for found in ENGLISH.finditer(text)] == []
    assert json.loads(menus).keys() == dict.fromkeys(made.french.filters).keys() != set()
    one, other = made.english.frame, made.french.frame
    assert one.shape == other.shape
    assert [len(one[a].cat.categories) for a in made.english.filters] == [
        len(other[a].cat.categories) for a in made.french.filters
    ]


@pytest.mark.browser
def test_the_controls_of_a_french_table_speak_french(browser, tmp_path):
    page = tmp_path / "page.html"
    french = FRAME.rename(columns={"Claim": "Code", "Place": "Lieu", "Events": "Ratio"}).assign(
        Ratio=["12,5 fois", "1\u202f250 fois", "2,25 fois"]
    )
    body = listing(title="Un tableau", frame=french, filters=("Lieu",)).html(french=True)
    loaded = "".join(f"<script>{scripts.joined(name)}</script>" for name in ("mali.js", "mali-sort.js"))
    page.write_text(
        f'<!doctype html><html lang="fr" data-language="fr"><meta charset="utf-8"><body>{body}{loaded}</body>', "utf-8"
    )
    with chromium.visit(browser) as seen:
        seen.go(page, drawn=False)
        assert seen.page.get_by_role("status").inner_text() == "3 lignes"
        seen.page.get_by_label("Rechercher").fill("menaka")
        assert seen.page.get_by_role("status").inner_text() == "Lignes affichées\u202f: 1 sur 3"
        seen.page.get_by_role("button", name="Tout afficher").click()
        assert seen.page.get_by_label("Lieu").locator("option").all_inner_texts() == ["Tout", "Ménaka", "Gao"]
        form = seen.page.locator("form")
        assert form.get_attribute("aria-label") == "Filtrer\u202f: Un tableau"
        assert not ENGLISH.search(form.inner_text())
        assert "(en anglais)" in form.inner_text(), "the file is in English and says so"
        seen.page.get_by_role("button", name="Ratio", exact=True).click()
        assert seen.page.locator("tbody td:last-child").all_inner_texts() == [
            "2,25 fois", "12,5 fois", "1\u202f250 fois",
        ]  # fmt: skip
        assert seen.errors == []


@pytest.mark.browser
def test_a_listing_can_be_searched_narrowed_down_and_taken_away(browser, tmp_path, root):
    page = tmp_path / "page.html"
    script = scripts.joined("mali.js")
    body = listing(links={"A-1": "other.html#claim-a-1"}).html()
    page.write_text(f'<meta charset="utf-8"><body>{body}<script>{script}</script></body>', encoding="utf-8")
    with chromium.visit(browser) as seen:
        seen.go(page, drawn=False)
        status, rows = seen.page.get_by_role("status"), seen.page.locator("tbody tr:visible")
        assert status.inner_text() == "3 rows"
        seen.page.get_by_label("Search").fill("menaka")
        assert (status.inner_text(), rows.count()) == ("1 of 3 rows", 1)
        seen.page.get_by_role("button", name="Show all").click()
        seen.page.wait_for_function("() => document.querySelector('[role=status]').textContent === '3 rows'")
        seen.page.get_by_label("Place").select_option("Gao")
        assert (status.inner_text(), rows.count()) == ("2 of 3 rows", 2)
        assert seen.page.locator("tbody a").first.get_attribute("href") == "other.html#claim-a-1"
        with seen.page.expect_download() as waiting:
            seen.page.get_by_role("button", name="Download CSV of: A table").click()
        waiting.value.save_as(tmp_path / "taken.csv")
        assert waiting.value.suggested_filename == "a-listing.csv"
        assert (tmp_path / "taken.csv").read_text() == "# Title: A\nClaim\nA-1\n"
        assert seen.errors == []
        assert seen.outside == []


STATIC = "src/helpers/page/static"


@pytest.mark.browser
def test_a_listing_is_sorted_by_its_heads_from_the_keyboard(browser, tmp_path, root):
    page = tmp_path / "page.html"
    frame = pd.DataFrame(
        {"Claim": ["A-1", "A-2", "A-3"], "Place": ["Ségou", "Gao", "Gao"], "Found": ["+9 %", "–", "−12 %"]}
    )
    loaded = "".join(f"<script>{scripts.joined(name)}</script>" for name in ("mali.js", "mali-sort.js"))
    body = listing(frame=frame, links={"A-1": "other.html"}).html()
    page.write_text(f'<meta charset="utf-8"><body>{body}{loaded}</body>', encoding="utf-8")
    with chromium.visit(browser) as seen:
        seen.go(page, drawn=False)

        def order() -> list[str]:
            return seen.page.locator("tbody tr:visible th, tbody tr:visible td:first-child").all_inner_texts()

        head = seen.page.get_by_role("button", name="Found", exact=True)
        head.focus()
        seen.page.keyboard.press("Enter")
        # By hand: what has no number stands last, whichever way.
        assert order() == ["A-3", "A-1", "A-2"]
        assert seen.page.locator('th[aria-sort="ascending"]').inner_text() == "Found"
        seen.page.keyboard.press("Space")
        assert order() == ["A-1", "A-3", "A-2"]
        seen.page.get_by_role("button", name="Place", exact=True).click()
        assert order() == ["A-1", "A-2", "A-3"], "a column with a menu is in the menu's order"
        seen.page.get_by_label("Search").fill("gao")
        assert order() == ["A-2", "A-3"], "sorted and narrowed down at once"
        assert seen.errors == []


@pytest.mark.browser
@pytest.mark.parametrize("language", ["english", "french"])
def test_the_table_of_all_figures_shows_every_column_at_1280_and_widens_no_phone(
    browser, tmp_path, root, r23, language
):
    page = tmp_path / "page.html"
    head = f'<meta charset="utf-8"><style>{(root / STATIC / "mali.css").read_text("utf-8")}</style>'
    loaded = "".join(f"<script>{scripts.joined(name)}</script>" for name in ("mali.js", "mali-sort.js"))
    table = getattr(audited.every_figure(r23), language)
    # 688 pixels are what the theme leaves to an article of a window of 1,280.
    body = f'<main style="max-width: 688px">{table.html(french=language == "french")}</main>'
    page.write_text(
        f'{head}<body style="margin: 0; font-family: DejaVu Sans, sans-serif">{body}{loaded}</body>', "utf-8"
    )
    for width, whole in ((1280, True), (390, False)):
        with chromium.visit(browser, width=width) as seen:
            seen.go(page, drawn=False)
            shown, needed, across = seen.page.evaluate(
                "() => { const box = document.querySelector('.mali-table-wrap');"
                " return [box.clientWidth, box.scrollWidth, document.documentElement.scrollWidth]; }"
            )
            assert across <= width
            assert needed <= shown or not whole, "a column is hidden"


def test_what_could_not_be_checked_is_no_failure(r23):
    results = {x.claim.id: x for x in summary.judged(r23)}
    # By hand: Kati, Boni, the calls for independence, Wagner's gold, the UN's incidents, Sévaré.
    wanted = {"R22-12", "R22-15", "R23-11", "R23-14", "R23-17", "R23-24"}
    assert {name for name, x in results.items() if headline.holds_where_checked(x)} == wanted
    assert not any(headline.holds_where_checked(results[name]) for name in ("R22-01", "R23-04", "R22-16"))
    text = scorecard.answer(r23).answer
    assert "Six more hold or come close in every part checked" in text.en
    assert "Six autres se vérifient ou s’en approchent dans chaque partie vérifiable" in text.fr
    lines = [line for line in scorecard.faults(r23).en.splitlines() if "mixed (the rest " in line]
    assert {re.search(r"R2[23]-\d\d", line)[0] for line in lines} == wanted
    # The price of Wagner was said to hold, where its own table calls it close.
    near = {name for name in wanted if any(row.verdict == "close" for row in results[name].rows)}
    assert "R23-14" in near
    assert {re.search(r"R2[23]-\d\d", line)[0] for line in lines if "(the rest is close)" in line} == near
    assert "en partie confirmé (le reste est proche)" in scorecard.faults(r23).fr


def test_what_comes_close_says_in_which_way(r23):
    # By hand: R22-16, R23-07 and R23-25 by another reading; R22-06, R22-10, R22-14, R23-15, R23-22 and R23-26 by revisions.
    said = scorecard.in_numbers(r23)
    assert "nine come close" in said.en
    assert "three are so by another reading, six only within the room for revisions" in said.en
    assert "trois le sont selon une autre lecture" in said.fr


def test_a_level_has_one_name_in_french_on_box_chart_and_text():
    from helpers.audit import null
    from helpers.terms import TERMS
    from helpers.words.inside import COMMON

    for level, name in null.NAMES_FR.items():
        label = level.capitalize() if level != "none" else "None exactly"
        stem = name.rstrip("s") if name != "rival" else "riv"
        if level != "none":
            assert COMMON[label] == name.capitalize()
        assert TERMS["Level: " + label].startswith(stem)


def test_counts_on_the_page_add_up(r23):
    said = scorecard.in_numbers(r23)
    assert "41 could be checked (29 + 10 + 2); 21 hold (16 + 4 + 1)" in said.en
    assert "41 étaient vérifiables (29 + 10 + 2)\u202f; 21 tiennent (16 + 4 + 1)" in said.fr
    checks = scorecard.against_themselves(r23)
    assert "Of 17 checks" in checks.en
    assert "10 find them consistent, and four find a tension. Three find what" in checks.en
    assert "Trois relèvent un désaccord" in checks.fr


SINGULAR = {
    "en": re.compile(
        r"\b[Oo]ne (?:more )?(?:statement |figure |check |number |projection )?(?:could not be checked and )?"
        r"(?:fit|hold|hang|do|stand|come|find|rest|lie|are|have|were)\b"
    ),
    "fr": re.compile(
        r"\b[Uu]ne? (?:autres? )?(?:affirmation |chiffre |contrôle |projection )?"
        r"(?:ne )?(?:suivent|tiennent|restent|trouvent|relèvent|sont|ont|reposent)\b"
    ),
}


@pytest.mark.parametrize("edition", ["2022-08", "2023-07", "latest"])
def test_a_count_of_one_has_its_verb_in_the_singular(edition):
    r, found = Report(edition), 0
    for module in (scorecard, fared, came):
        for name, make in vars(module).items():
            if getattr(make, "__annotations__", {}).get("return") not in ("Both", "Both | None", "AnswerBox"):
                continue
            if name.startswith("_") or list(inspect.signature(make).parameters) != ["r"]:
                continue
            try:
                said = make(r)
            except NotInEdition:
                continue
            said = getattr(said, "answer", said)
            if said is not None:
                found += 1
                assert not SINGULAR["en"].search(said.en), said.en
                assert not SINGULAR["fr"].search(said.fr), said.fr
    assert found >= 5


@pytest.mark.parametrize("count", [1, 2])
@pytest.mark.parametrize("level", list(scorecard.LEVELS))
def test_what_a_level_says_agrees_with_its_count(level, count):
    said = scorecard._agreed(scorecard.LEVELS[level], count)
    assert bool(SINGULAR["en"].search(said.en)) is False
    assert said.en.split()[1].endswith("s") == (count == 1)
    assert any(verb in said.fr for verb in ("restent", "dépendent", "correspondent")) == (count > 1)


def test_facts_that_only_later_sources_carry_are_counted_as_such():
    """R23-08's only source is of 24 July 2023, after the edition; the page of R23-10's provisional turnout is of 21 July."""
    from helpers.story import fared

    assert {edition: fared.late(Report(edition)) for edition in ("2022-08", "2023-07", "latest")} == {
        "2022-08": 0,
        "2023-07": 2,
        "latest": 0,
    }
    assert fared.sourced_late(2).en == "two of them, in part, only in sources published after this edition"
    assert "event data" in fared.sourced_late(0).en
