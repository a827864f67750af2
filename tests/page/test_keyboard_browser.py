"""What a reader without a mouse finds: a ring on what has the focus, the order of the screen, a way back from a drawer."""

from __future__ import annotations

from pathlib import Path

import pytest

import browser as chromium
import sample_book

pytestmark = pytest.mark.browser
HEADER = ".bd-header-article button"


@pytest.fixture(scope="module")
def chapters(tmp_path_factory) -> Path:
    folder = sample_book.folder(tmp_path_factory)
    return sample_book.build(folder) / sample_book.EDITION / "chapters"


def test_every_button_of_the_header_shows_that_it_has_the_focus(browser, chapters):
    """The theme took the ring from the first two."""
    with chromium.visit(browser, width=390) as seen:
        seen.go(chapters / "summary.html")
        rings = {}
        for _ in range(12):
            seen.page.keyboard.press("Tab")
            name, ring = seen.page.evaluate(
                """(header) => {
                  const here = document.activeElement, style = getComputedStyle(here);
                  return [here.matches(header) ? here.ariaLabel || here.title : "", `${style.outlineStyle} ${style.outlineWidth}`]; }""",
                HEADER,
            )
            if name:
                rings[name] = ring
        assert {"Menu", "Download this page"} <= set(rings)
        assert set(rings.values()) == {"solid 3px"}


def test_the_theme_names_its_buttons_as_a_reader_would(browser, chapters):
    with chromium.visit(browser, width=390) as seen:
        seen.go(chapters / "summary.html")
        labels = seen.page.locator(HEADER).evaluate_all("all => all.map((one) => one.ariaLabel || one.title)")
        assert {"Menu", "Contents of this page"} <= set(labels)
        assert not any("oggle" in label for label in labels)


def test_the_switch_for_code_is_reached_where_it_is_seen(browser, chapters):
    """It stands over the editions, and came behind them."""
    with chromium.visit(browser) as seen:
        seen.go(chapters / "summary.html")
        parts = seen.page.locator(".mali-switches > *").evaluate_all(
            "all => all.filter((one) => one.checkVisibility()).map((one) => [one.getBoundingClientRect().top, one.getBoundingClientRect().left])"
        )
        assert len(parts) == 3
        assert parts == sorted(parts)


@pytest.mark.parametrize("button", [".primary-toggle", ".secondary-toggle"])
def test_a_drawer_closed_by_a_key_gives_the_focus_back(browser, chapters, button):
    with chromium.visit(browser, width=390) as seen:
        seen.go(chapters / "summary.html")
        seen.page.locator(button).focus()
        for steps in (0, 2):
            seen.page.keyboard.press("Enter")
            seen.page.locator("dialog[open]").wait_for()
            for _ in range(steps):
                seen.page.keyboard.press("Tab")
            seen.page.keyboard.press("Escape")
            seen.page.wait_for_function("(button) => document.activeElement.matches(button)", arg=button)
            assert seen.page.locator("dialog[open]").count() == 0


@pytest.mark.parametrize("width", [360, 390])
def test_the_names_of_neighbours_fit_on_a_phone(browser, chapters, width):
    """An inversion with its question mark is one word: two of them took more than the screen."""
    with chromium.visit(browser, width=width) as seen:
        seen.go(chapters / "summary.html")
        edges = seen.page.evaluate(
            """() => {
              const named = "La guerre s’aggrave\u2011t\u2011elle\u202f?";
              document.querySelector(".prev-next-area").innerHTML = ["left-prev", "right-next"].map((side) =>
                `<a class="${side}" href="#"><div class="prev-next-info"><p class="prev-next-title">${named}</p></div></a>`).join("");
              return [...document.querySelectorAll(".prev-next-title")].map((one) => one.getBoundingClientRect().right); }"""
        )
        assert max(edges) <= width


def test_where_a_finding_stands_breaks_into_lines_on_a_phone(browser, chapters):
    with chromium.visit(browser, width=390) as seen:
        seen.go(f"{(chapters.parent / 'search.html').as_uri()}?q=slider", drawn=False)
        seen.page.locator(".mali-found__where").first.wait_for()
        wide = seen.page.evaluate(
            """() => {
              document.querySelector(".mali-found__where").textContent = "Figure 5, The army, its Russian partners and civilians";
              return document.documentElement.scrollWidth; }"""
        )
    assert wide <= 390
