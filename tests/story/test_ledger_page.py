"""The page of the ledger: what an edition may know, numbers by hand, and words that fit who was nearer."""

from __future__ import annotations

from html import unescape

import pandas as pd
import pytest

import browser as chromium
import sample_book
from helpers import chain
from helpers import prose as p
from helpers.audit import claims
from helpers.chapters import NotInEdition
from helpers.data import Tables
from helpers.editions import Report
from helpers.estimates import rolling
from helpers.page import bilingual
from helpers.story import foretold, ledger, places
from helpers.story import ledger_figures as figures
from helpers.story import ledger_words as words
from helpers.words import Both

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def latest() -> Report:
    return Report("latest")


def test_an_edition_grades_only_what_its_months_hold():
    early, then, later = Report("2022-08"), Report("2023-07"), Report("2024-06")
    with pytest.raises(NotInEdition, match="had come due"):
        ledger.reports(early)
    assert ledger.over(then) == (["R22-03", "R22-10"], ["R23-01", "R23-02", "R23-29", "R23-30"])
    assert ledger.over(later)[0] == ["R22-03", "R22-10", "R23-01", "R23-02"]
    assert ledger.over(Report("latest")) == (list(ledger.STATEMENTS), [])
    said = str(ledger.reports_later(Report("latest")).english)
    assert said.endswith("the forecast of 26 November 2026: its months end in November 2026.")
    with pytest.raises(NotInEdition):
        ledger.published(then)
    with pytest.raises(NotInEdition, match="kept since 26 November 2026, after this edition"):
        figures.standing(then)


def test_files_that_were_added_later_are_unknown_to_an_edition_of_their_time(latest):
    found = ledger.published_scores(Report("2025-01"))
    assert set(found["status"]) == {"live"}
    # By then six-month files had been made from October to December 2024; each month that was over counts once for each.
    six = found[found["variant"].eq("six months")].iloc[0]
    live = (
        Tables()
        .forecasts()
        .query("variant == 'six months' and status == 'live' and data_to < '2025-01' and target <= '2025-01'")
    )
    assert six["months"] == len(live)
    assert {"live", "backfilled"} == set(ledger.published_scores(latest)["status"])


@pytest.mark.parametrize("edition", ["2022-08", "2023-07", "latest"])
def test_a_table_cites_only_statements_that_it_holds(edition):
    report = Report(edition)
    for ids in ledger.over(report):
        if ids:
            made = ledger._reports(report, ids)
            for text in (made.english.note, made.french.note):
                assert ("R23-01" in text) == ("R23-01" in ids)
            assert "Observé" in made.french.frame


def test_neither_of_two_came_true_and_rules_were_tried_from_each_month():
    then = Report("2023-07")
    made = ledger.reports(then)
    assert made.english.title == "Neither of two projections came true"
    assert made.french.title == "Aucune des deux projections ne s’est réalisée"
    assert figures.graded(then).title.startswith("Both audited projections came nearer")
    said = ledger.answer(then).answer
    assert "both tried from each of 85 months" in said.en
    assert "toutes deux essayées à partir de chacun des 85 mois" in said.fr
    assert "on average" in said.en


def test_every_projection_of_the_reports_that_later_months_settle_is_graded():
    assert set(ledger.STATEMENTS) == {row.id for row in claims.claims() if row.outcome}


def test_numbers_of_the_reports_by_hand(latest):
    foreseen, came, before = ledger.numbers(latest, "R22-10")
    assert (foreseen, came, before) == (15, 13, 10)
    table = ledger.reports(latest).english.frame
    row = table[table["Statement"].str.startswith("R22-10")].iloc[0]
    assert (row["Foreseen"], row["Came"], row["Twelve months before"], row["Nearer than these"]) == (
        "15",
        "13",
        "10",
        "yes",
    )
    # Not the calendar year before, with which the page of the outlook compares.
    assert ledger.reports(latest).english.note.endswith(
        "Twelve months before: September 2021 to August 2022 and July 2022 to June 2023, not the calendar year before."
    )
    bare = table[table["Statement"].str.startswith(("R23-02", "R23-29", "R23-30"))]
    assert bare["Foreseen"].eq("–").all()


def test_a_series_has_one_name_and_probabilities_the_months_they_are_of(latest):
    """UCDP's type of fights in which a state is a side; fights between groups are another type."""
    assert ledger.SERIES["deaths-ucdp-state"].short.en == "deaths in fights with the state (UCDP)"
    assert foretold.published(latest).fr.chart["VIEWS, deaths in fights with the state"].startswith("VIEWS, morts dans")
    said = ledger.odds(latest)
    assert "in fights with the state in a month at 91 to 96 percent for 10 months (August 2025 to May 2026)" in said.en
    assert "pour 10 mois (août 2025 à mai 2026)" in said.fr


def test_the_miss_of_views_and_of_twelve_months_by_hand(latest):
    deaths = Tables().ucdp_types().query("type == 'state-based'").set_index("month")["deaths"]
    rows = Tables().forecasts().query("model == 'VIEWS' and variant == 'by month' and target <= '2026-05'")
    theirs = [abs(row.deaths - deaths.get(row.target, 0)) for row in rows.itertuples()]
    mean = {to: deaths[deaths.index <= to].tail(12).mean() for to in set(rows["data_to"])}
    plain = [abs(mean[row.data_to] - deaths.get(row.target, 0)) for row in rows.itertuples()]
    drawn = figures.graded(latest).frame.set_index("Who").loc["VIEWS, by month"]
    assert drawn["Forecasts"] == len(rows) == 32
    assert drawn["Missed by"] == pytest.approx(sum(theirs) / 32)
    assert drawn["Times its miss"] == pytest.approx(sum(theirs) / sum(plain), abs=1e-5)


def test_the_page_computes_no_score_of_its_own(latest):
    drawn = figures.graded(latest).frame.set_index("Who")
    deep = rolling.summary(rolling.history("events", str(latest.as_of), latest.tables)).set_index("rule")
    assert drawn.at["Militant Islamist events", "Missed by"] == pytest.approx(deep.at["pace", "mae"])
    found = rolling.published(Tables().forecasts(), Tables().ucdp_types(), "2026-05")
    assert ledger.published_scores(latest).equals(found)
    shown = ledger.rules(latest).english.frame
    mine = shown[shown["What"].eq("Militant Islamist events")].set_index("Rule")
    assert mine.at["last six", "Log score"] == pytest.approx(deep.at["pace", "log_score"], abs=1e-5)


MEAN, MOYENNE = "the mean of the last twelve months", "la moyenne des douze derniers mois"


@pytest.mark.parametrize(
    ("misses", "said", "dit"),
    [
        (
            [(2, 1)],
            f"The set of published forecasts did not beat {MEAN}",
            f"La série de prévisions publiées n’a pas fait mieux que {MOYENNE}",
        ),
        (
            [(1, 2)],
            f"The set of published forecasts beat {MEAN}",
            f"La série de prévisions publiées a fait mieux que {MOYENNE}",
        ),
        (
            [(2, 1), (1, 1)],
            f"Neither of two sets of published forecasts beat {MEAN}",
            f"Aucune des deux séries de prévisions publiées n’a fait mieux que {MOYENNE}",
        ),
        (
            [(2, 1), (1, 1), (3, 1)],
            f"None of three sets of published forecasts beat {MEAN}",
            f"Aucune des trois séries de prévisions publiées n’a fait mieux que {MOYENNE}",
        ),
        (
            [(1, 2), (2, 1)],
            f"One of two sets of published forecasts beat {MEAN}",
            f"Une série de prévisions publiées sur deux a fait mieux que {MOYENNE}",
        ),
        (
            [(1, 2), (1, 2)],
            f"Both sets of published forecasts beat {MEAN}",
            f"Les deux séries de prévisions publiées ont fait mieux que {MOYENNE}",
        ),
    ],
)
def test_words_fit_who_was_nearer(misses, said, dit):
    made = words.verdict(pd.DataFrame(misses, columns=["mae", "year"]).assign(p=0.5))
    assert (made.en, made.fr) == (said, dit)


@pytest.mark.parametrize(
    ("p_values", "said", "dit"),
    [
        ([0.5, None], ", one of them too short to tell skill from luck", ", dont une trop courte pour distinguer l’habileté du hasard"),
        ([None], "; it is too short to tell skill from luck", "\u202f; elle est trop courte pour distinguer l’habileté du hasard"),
        ([None, None], "; both too short to tell skill from luck", "\u202f; toutes deux sont trop courtes pour distinguer l’habileté du hasard"),
        ([0.5, None, None], ", two of them too short to tell skill from luck", ", dont deux trop courtes pour distinguer l’habileté du hasard"),
    ],
)  # fmt: skip
def test_sets_with_too_few_vintages_are_named_in_the_verdict(p_values, said, dit):
    made = words.verdict(pd.DataFrame({"mae": 2.0, "year": 1.0, "p": pd.array(p_values, "Float64")}))
    assert made.en.endswith(said)
    assert made.fr.endswith(dit)
    assert "série" in made.fr
    assert MOYENNE in made.fr


@pytest.mark.parametrize(
    ("small", "said", "dit"),
    [
        ([], "", ""),
        ([(1, 2, 1)], "; of one smaller set, none did", "sur une série plus petite, aucune n’a fait mieux"),
        (
            [(1, 1, 2), (3, 2, 1)],
            "; of two smaller sets, one did",
            "sur deux séries plus petites, une a fait mieux",
        ),
    ],
)
def test_sets_with_few_forecasts_are_counted_apart(small, said, dit):
    rows = [(Both("x", "x"), kind, n, miss, base) for kind in ("live", "report") for n, miss, base in small[:1]][:1]
    rows += [(Both("x", "x"), "report", n, miss, base) for n, miss, base in small[1:]]
    others = [(Both("x", "x"), kind, n, 1, 2) for kind, n in (("live", 12), ("backfilled", 2), ("rule", 3))]
    made = words.smaller([*rows, *others])
    assert made.en == said
    assert made.fr.endswith(dit)


def test_the_answer_and_the_figure_count_the_same_sets(latest):
    """The figure's title counts every set made beforehand; the answer those that it names and the rest: the same in sum."""
    title, said = figures.graded(latest).title, ledger.answer(latest).answer
    named, rest = ledger.live(latest), [
        row for row in ledger.sets(latest) if row[1] in words.BEFOREHAND and row[2] < words.ENOUGH
    ]  # fmt: skip
    won = int(named["mae"].lt(named["year"]).sum())
    near = sum(miss < base for *_, miss, base in rest)
    assert title.startswith(f"{p.word(won + near)} of {p.word(len(named) + len(rest))} sets".capitalize())
    assert f"of {p.word(len(rest))} smaller sets, {p.word(near)} did" in said.en
    assert "PaCE (six months)" in said.en
    assert "VIEWS (par mois)" in said.fr


def test_the_answer_says_who_how_much_how_many_and_what_stands(latest):
    box = ledger.answer(latest)
    assert box.answer.en.startswith(
        f"Neither of two sets of published forecasts beat {MEAN}; both too short to tell skill from luck. PaCE (six months) missed by 64 deaths a month "
        "(the mean by 59), VIEWS (by month) by "
    )
    assert (
        "PaCE (six mois) s’est trompé de 64 morts par mois (la moyenne, de 59), VIEWS (par mois) de " in box.answer.fr
    )
    assert "66 forecasts of a month" in box.keys[0].judged.en
    assert "up to 12 months ahead; [Who foresaw what?](ledger.ipynb) keeps them apart" in foretold.words(latest).en
    # Five of its six months were over on the day on which it was made.
    assert (box.keys[-1].value.en, box.keys[-1].value.fr) == ("1,105", "1\u202f105")
    assert "made on 26 November 2026 (June to October over, not yet counted)" in box.keys[-1].judged.en
    assert "June to October 2026" in ledger.standing_words(latest).en
    assert "of which June to October were over" in figures.standing(latest).title
    assert 2 <= len(box.keys) <= 4
    assert "Of three simple rules" in ledger.answer(Report("2023-07")).answer.en


def test_standing_forecasts_are_graded_on_the_page_once_their_months_are_over(latest, monkeypatch):
    rows = Tables().standing()
    assert "None can be graded yet" in ledger.standing_words(latest).en
    assert ledger.standing_table(latest).english.frame["Came"].eq("–").all()
    mine = rows["series"].str.endswith("-all")
    rows.loc[mine, ["origin", "first", "last"]] = ["2025-03", "2025-04", "2025-09"]
    made = chain.sealed(rows)
    monkeypatch.setattr(Tables, "standing", lambda _: made.copy())
    came = Tables().totals().query("'2025-04' <= month <= '2025-09'")["events"].sum()
    table = ledger.standing_table(latest).english.frame
    graded = table[table["What"].eq("Violent events, all sides")]
    assert graded["Came"].eq(f"{came:,}").all()
    assert graded["CRPS"].ne("–").all()
    assert "Six of 24 are over" in ledger.standing_words(latest).en


def test_the_standing_figure_shows_what_is_in_the_table_and_who_else_told_the_same_months(latest):
    figure = figures.standing(latest)
    rows = Tables().standing().set_index(["series", "model"])
    best = ledger._best(latest, "deaths-ucdp")
    drawn = figure.frame.set_index("Series").loc["Deaths as UCDP counts them"]
    assert drawn["Forecast"] == round(rows.at[("deaths-ucdp", best), "value"])
    others = Tables().forecasts().query("model == 'PaCE' and data_to == '2026-05' and '2026-06' <= target <= '2026-11'")
    assert drawn["Others, sum"] == round(others["deaths"].sum())
    assert len(figure.frame) == 8
    assert "made before them" in figure.subtitle


STYLES = sample_book.REPOSITORY / "src" / "helpers" / "page" / "static" / "mali.css"


@pytest.mark.browser
@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_table_of_the_page_is_wider_than_its_text_and_long_ones_open_on_a_click(browser, latest, tmp_path, language):
    """The text of a page is 688 px wide at 1280: all columns of a table fit into it; the browser's widest common letters."""
    made = [
        make(latest) for make in (ledger.reports, ledger.published, ledger.rules, ledger.standing_table, places.table)
    ]
    html = "\n".join(one._repr_mimebundle_()[bilingual.MIME][language] for one in made)
    page = tmp_path / "tables.html"
    page.write_text(
        f'<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="{STYLES.as_uri()}">'
        f'<body style="width:688px;font:16px/1.65 DejaVu Sans, sans-serif">{html}',
        encoding="utf-8",
    )
    with chromium.visit(browser, width=1280) as seen:
        seen.go(page, drawn=False)
        folds = seen.page.locator("details.mali-fold")
        rows = {"en": "(24 rows)", "fr": "(24 lignes)"}[language]
        assert [unescape(text)[-len(rows) :] for text in folds.locator("summary").all_text_contents()] == [rows] * 2
        assert not seen.page.locator("details[open]").count()
        folds.evaluate_all("all => all.forEach((one) => (one.open = true))")
        wide = seen.page.locator(".mali-table-wrap").evaluate_all(
            "all => all.map((box) => box.scrollWidth - box.clientWidth)"
        )
        assert len(wide) == len(made)
        assert max(wide) <= 0, wide
