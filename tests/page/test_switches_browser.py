"""The bar of switches over a page: what it covers, and whose language it speaks."""

from __future__ import annotations

from pathlib import Path

import pytest

import browser as chromium
import sample_book
from helpers.builds import bar, front
from helpers.editions import Report

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def chapters(tmp_path_factory) -> Path:
    folder = sample_book.folder(tmp_path_factory)
    return sample_book.build(folder) / sample_book.EDITION / "chapters"


def test_a_visit_to_a_french_page_asks_for_no_french_titles_on_an_english_one(browser, chapters):
    with chromium.visit(browser) as seen:
        seen.go(chapters / "summary.html")
        seen.page.evaluate("localStorage.setItem('mali-language', 'fr')")
        seen.go(chapters / "summary.html")
        assert seen.page.locator("#fig-line .mali-figure__finding").inner_text() == sample_book.line().title
        assert seen.page.locator("[data-mali-language=en]").get_attribute("aria-pressed") == "true"


@pytest.mark.parametrize("width", [390, 1280])
def test_an_anchor_stands_below_the_bar_of_switches(browser, chapters, width):
    """Also where the bar takes many lines, and where a note on the language stands under it."""
    with chromium.visit(browser, width=width) as seen:
        seen.go(chapters / "summary.html")
        seen.page.locator("[data-mali-language=fr]").click()
        for lines in (1, 6):
            seen.page.evaluate(
                """(lines) => {
                  document.body.style.paddingBottom = "2000px";
                  document.querySelector(".mali-edition").style.height = `${lines * 1.6}rem`; }""",
                lines,
            )
            seen.after(100)
            place = seen.page.evaluate(
                """() => {
                  location.hash = ""; location.hash = "fig-line";
                  const bar = document.querySelector(".mali-switches");
                  return { sticky: getComputedStyle(bar).position, bar: bar.getBoundingClientRect().bottom,
                           top: document.querySelector("#fig-line").getBoundingClientRect().top,
                           note: document.querySelector(".mali-language__note").getBoundingClientRect().bottom }; }"""
            )
            assert place["sticky"] == "sticky"
            assert place["bar"] <= place["top"] < place["bar"] + 150, place
            assert place["note"] < place["bar"], "the note scrolls away"


def test_on_a_phone_the_switches_stay_in_sight_on_one_line(browser, chapters):
    """The page's own edition, the other language beside it, and nothing that is cut at the edge of the screen."""
    with chromium.visit(browser, width=390) as seen:
        seen.go(chapters / "summary.html")
        place = seen.page.evaluate(
            """() => {
              document.body.style.paddingBottom = "2000px"; window.scrollTo(0, 600);
              const box = (query) => document.querySelector(query).getBoundingClientRect();
              const own = box(".mali-edition__open"), other = box(".mali-language :not([aria-current], [aria-pressed=true])");
              return { own: own.toJSON(), other: other.toJSON(), list: box(".mali-edition").toJSON(), wide: document.documentElement.scrollWidth }; }"""
        )
    assert place["wide"] == 390
    assert place["own"]["left"] == pytest.approx(place["list"]["left"], abs=2)
    assert 40 < place["own"]["top"] < 100, "in sight below the theme's bar"
    assert abs(place["own"]["top"] - place["other"]["top"]) < 8
    assert place["list"]["right"] <= place["other"]["left"] < place["other"]["right"] <= 390


@pytest.mark.parametrize("width", [320, 360, 390, 420])
def test_on_a_phone_no_edition_is_cut_and_each_is_reached_by_touch(browser, tmp_path, width):
    """French names of editions ran into the other language; what is long opens from the bar, at the foot of the screen."""
    ids = ["2022-08", "2023-07", "latest"]
    titles = {one: front.titled(Report(one).edition, Report(one).tables) for one in ids}
    with chromium.visit(browser, width=width) as seen:
        for lang in ("en", "fr"):
            named = [(one, getattr(title, lang)) for one, title in titles.items()]
            for current in (bar.INDEX, *ids):
                shown = bar.bar(lang, named, front.NAMES, current)
                page = tmp_path / f"{current}.{lang}.html"
                page.write_text(
                    f'<!DOCTYPE html><meta charset="utf-8"><style>body {{ margin: 0; font: 17px sans-serif; }}{bar.look()}</style>'
                    f'<div class="mali-switches">{shown}</div>'
                )
                seen.go(page)
                assert _cut(seen, ".mali-switches :is(.mali-edition__open, .mali-language a)") == []
                seen.page.locator(".mali-edition__open").click()
                assert seen.page.locator(".mali-edition li a").count() == 4
                assert _cut(seen, ".mali-edition li a", 40) == []
                own = seen.page.locator(".mali-edition li a[aria-current]").inner_text()
                assert seen.page.locator(".mali-edition__open").inner_text() == own
        seen.resize(1280)
        assert seen.page.locator(".mali-edition__open").is_hidden()
        assert seen.page.locator(".mali-edition li a").first.is_visible()


def _cut(seen, query: str, high: int = 30) -> list[str]:
    """Return what is cut, lies over another or is too low for a finger, of what is shown."""
    return seen.page.evaluate(
        """([query, high]) => {
          const shown = [...document.querySelectorAll(query)].filter((one) => one.checkVisibility());
          const boxes = shown.map((one) => one.getBoundingClientRect());
          const apart = (a, b) => a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
          return shown.filter((one, at) => one.scrollWidth > one.clientWidth + 1 && one.clientWidth || boxes[at].height < high
            || boxes[at].left < 0 || boxes[at].right > innerWidth || boxes[at].bottom > innerHeight
            || boxes.some((box, other) => other !== at && !apart(box, boxes[at]))).map((one) => one.textContent); }""",
        [query, high],
    )
