"""The timeline in a real browser, from a file: filters by mouse and keyboard, both languages, and no script at all."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import browser as chromium
import sample_book
from helpers.editions import Report
from helpers.markup import piece
from helpers.page import scripts
from helpers.story import timeline

pytestmark = pytest.mark.browser
STATIC = sample_book.REPOSITORY / "src" / "helpers" / "page" / "static"


@pytest.fixture(scope="module")
def page(tmp_path_factory) -> Path:
    """A bare page with the timeline of an edition, its script, the style sheet and the language switch."""
    folder = tmp_path_factory.mktemp("timeline")
    path = folder / "timeline.html"
    scripts.write(folder)
    list_ = timeline.known(Report("2023-07")).html()
    path.write_text(
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Timeline</title>'
        f'<link rel="stylesheet" href="{(STATIC / "mali.css").as_uri()}"></head><body><main><h1>Timeline</h1>'
        f"{piece('switch')}<h2>All entries</h2>{list_}</main>"
        f'<script src="mali-page.js"></script>'
        f'<script src="mali-timeline.js"></script></body></html>',
        encoding="utf-8",
    )
    return path


def entries(seen) -> list[dict[str, str]]:
    """Entries that a reader sees."""
    return seen.page.evaluate(
        """() => [...document.querySelectorAll(".mali-timeline__year li")].filter((li) => li.offsetParent)
             .map((li) => ({...li.dataset, id: li.id}))"""
    )


def test_filters_narrow_the_list_and_say_so(browser, page):
    rows = Report("2023-07").chronology
    with chromium.visit(browser) as seen:
        seen.go(page, drawn=False)
        assert len(entries(seen)) == len(rows)
        assert seen.page.get_by_role("status").inner_text() == "All entries are shown."
        seen.page.get_by_label("Category").select_option("politics")
        shown = entries(seen)
        assert all("politics" in one["category"].split() for one in shown)
        assert len(shown) == rows["category"].eq("politics").sum()
        assert seen.page.get_by_role("status").inner_text() == f"{len(shown)} entries match."
        seen.page.get_by_label("Category").select_option("violence")
        seen.page.get_by_label("Region").select_option("Segou")
        listed = timeline.known(Report("2023-07")).rows["region"].str.split()
        both = rows["category"].eq("violence") & listed.map(lambda regions: "Segou" in regions)
        assert (both & rows["region"].ne("Segou")).any(), "entries of Mopti that name Niono"
        assert {one["id"] for one in entries(seen)} == {f"entry-{one}" for one in rows.loc[both, "id"]}
        years = seen.page.locator(".mali-timeline__year:visible .mali-timeline__head").all_inner_texts()
        assert years == sorted({date[:4] for date in rows.loc[both, "date"]}, reverse=True)
        assert seen.page.locator(".mali-timeline__years a:visible").all_inner_texts() == years
        seen.page.get_by_role("button", name="Show all").click()
        seen.page.wait_for_function(
            "(all) => [...document.querySelectorAll('.mali-timeline__year li:not([hidden])')].length === all",
            arg=len(rows),
        )
        claim = "R22-15"
        seen.page.get_by_label("Claim of a report").select_option(claim)
        named = rows["claims"].str.split(";").map(lambda ids: claim in ids)
        assert len(entries(seen)) == named.sum() > 0
        assert seen.errors == []


def test_who_asks_for_wagner_finds_what_it_did_whatever_else_an_entry_is(browser, page):
    rows = Report("2023-07").chronology
    named = rows["event"].str.contains("Wagner|Africa Corps")
    assert (named & rows["category"].ne("wagner")).any(), "pages that promoted Wagner"
    with chromium.visit(browser) as seen:
        seen.go(page, drawn=False)
        seen.page.get_by_label("Category").select_option("wagner")
        wanted = rows.loc[named | rows["category"].eq("wagner"), "id"]
        assert {one["id"] for one in entries(seen)} == {f"entry-{one}" for one in wanted}
        tags = seen.page.locator(".mali-timeline__year li:visible").evaluate_all(
            "(all) => all.map((one) => [...one.querySelectorAll('.mali-timeline__tag')].map((tag) => tag.textContent))"
        )
        assert all("Wagner and Africa Corps" in one for one in tags), "each says why it is shown"


def test_the_keyboard_alone_is_enough(browser, page):
    with chromium.visit(browser) as seen:
        seen.go(page, drawn=False)
        seen.page.get_by_label("Category").focus()
        seen.page.keyboard.press("ArrowDown")
        assert {one["category"].split()[0] for one in entries(seen)} == {"violence"}
        reached = []
        for _ in range(3):
            seen.page.keyboard.press("Tab")
            reached.append(seen.page.evaluate("document.activeElement.name || document.activeElement.type"))
        assert reached == ["region", "claim", "reset"]
        seen.page.keyboard.press("Enter")
        seen.page.wait_for_function("() => !document.querySelector('.mali-timeline__year li[hidden]')")


def test_the_list_speaks_french(browser, page):
    with chromium.visit(browser) as seen:
        seen.go(page, drawn=False)
        seen.page.get_by_role("button", name="Français").click()
        assert seen.page.get_by_label("Catégorie").is_visible()
        seen.page.wait_for_function(
            "() => document.querySelector('.mali-timeline__said').textContent === 'Toutes les entrées sont affichées.'"
        )
        first = seen.page.locator(".mali-timeline__year li").first.inner_text()
        assert re.match(r"\d{1,2} juillet 2023", first), first
        assert seen.page.locator(".mali-timeline__year li span[lang=en]").first.is_visible()


def test_without_a_script_the_whole_list_stands_there(browser, page):
    with chromium.visit(browser, java_script_enabled=False) as seen:
        seen.go(page, drawn=False)
        items = seen.page.locator(".mali-timeline__year li")
        assert items.count() == len(Report("2023-07").chronology)
        assert items.first.is_visible()
        assert items.last.is_visible()
        assert not seen.page.locator(".mali-timeline__filters").is_visible()
        assert seen.page.locator(".mali-timeline__years a").first.get_attribute("href") == "#known-2023"


def test_axe_finds_nothing_and_the_page_fits_a_phone(browser, page):
    with chromium.visit(browser, width=320) as seen:
        seen.go(page, drawn=False)
        assert seen.overflow() == []
        assert seen.violations() == []


def test_a_link_to_a_hidden_entry_shows_it(browser, page):
    rows = Report("2023-07").chronology
    entry = rows.loc[rows["category"].eq("violence"), "id"].iloc[-1]
    with chromium.visit(browser) as seen:
        seen.go(page, drawn=False)
        seen.page.get_by_label("Category").select_option("politics")
        target = seen.page.locator(f"#entry-{entry}")
        assert not target.is_visible()
        seen.page.evaluate("(id) => { location.hash = id; }", f"entry-{entry}")
        target.wait_for(state="visible", timeout=chromium.PATIENCE)
