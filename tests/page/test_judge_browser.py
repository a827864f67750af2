"""Judge it yourself in a real browser, from files: by keyboard, in both languages, on a phone, by address."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import parse_qs

import pytest

import browser as chromium
import judge_pages
from helpers.page import judge

pytestmark = pytest.mark.browser
IDS = ("R22-06", "R22-11", "R22-16", "R23-06", "R23-15")
WIDTHS = (1280, 390)


@pytest.fixture(scope="module")
def pages(tmp_path_factory) -> dict[str, Path]:
    """A page in each language with the boxes of some claims, one of them without choices."""
    folder = tmp_path_factory.mktemp("judge")
    return {language: judge_pages.write(folder, *IDS, language=language) for language in ("en", "fr")}


def told(claim_id: str, group: int = 0) -> dict:
    return json.loads(json.dumps(judge.payload(claim_id)))["groups"][group]


def number(group: dict, **keys: str) -> int:
    """Return the place of a state among a group's, from the names of its choices; the rest are the book's."""
    place = 0
    for choice in group["choices"]:
        place = place * len(choice["keys"]) + choice["keys"].index(keys.get(choice["name"], choice["keys"][0]))
    return place


def opened(seen, claim_id: str):
    """Open a box by keyboard and wait for its choices."""
    box = seen.page.locator(f"#claim-{claim_id.lower()}")
    box.locator("> summary").focus()
    seen.page.keyboard.press("Enter")
    box.locator(".mali-judge").first.wait_for(timeout=chromium.PATIENCE)
    return box


def holds(box, group: dict, state: int, two: int, place: int = 0) -> None:
    """Hold what a box shows of a state against the file: figure, range, verdict, and the mark on the strip."""
    fieldset = box.locator(".mali-judge").nth(place)
    for part, line, strip in zip(
        group["parts"], fieldset.locator(".mali-judge__said p").all(), fieldset.locator("svg").all(), strict=True
    ):
        value, low, high = (part["values"][part[name][state]] for name in ("value", "low", "high"))
        assert line.locator(".mali-judge__value").inner_text() == value[two]
        verdict = part["verdicts"][part["verdict"][state]]
        assert line.locator(".mali-judge__verdict strong").inner_text() == verdict[two]
        assert f"mali-judge__verdict--{verdict[2]}" in line.locator(".mali-judge__verdict").get_attribute("class")
        text = line.inner_text()
        assert part["published"][two] in text
        if low[two] != high[two]:
            assert [f"{low[3]} to {high[0]}", f"de {low[4]} à {high[1]}"][two] in text
        assert float(strip.locator(".here").get_attribute("cx").rstrip("%")) == pytest.approx(1.5 + value[2] * 0.97)
        assert value[two] in strip.get_attribute("aria-label")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_choice_made_by_keyboard_changes_all_that_follows(browser, pages, language, width):
    two = ["en", "fr"].index(language)
    group, words = told("R22-06"), judge.payload("R22-06")["words"]
    with chromium.visit(browser, width=width) as seen:
        seen.go(pages[language], drawn=False)
        assert seen.page.locator(".mali-judge").count() == 0
        assert seen.page.evaluate("document.querySelectorAll('head script[src*=\"judge/\"]').length") == 0
        box = opened(seen, "R22-06")
        holds(box, group, 0, two)
        assert words["-1"][two] in box.locator(".mali-judge__said").inner_text()
        # The text of the sentence is that of the file, and the controls stand in it, each with its name.
        selects = box.locator(".mali-judge__sentence select")
        assert [one.get_attribute("aria-label") for one in selects.all()] == [c["label"][two] for c in group["choices"]]
        assert selects.first.locator("option:checked").inner_text() == group["choices"][0]["words"][0][two]
        seen.page.keyboard.press("Tab")
        if box.locator(".mali-table-wrap").first.evaluate("(wrap) => wrap === document.activeElement"):
            seen.page.keyboard.press("Tab")
        assert seen.page.evaluate("document.activeElement.name") == "types"
        seen.page.keyboard.press("Tab")
        seen.page.keyboard.press("ArrowDown")
        chosen = selects.nth(1).input_value()
        assert chosen != group["choices"][1]["keys"][0]
        assert seen.page.evaluate("document.activeElement.name") == "actors"
        state = number(group, actors=chosen)
        holds(box, group, state, two)
        assert parse_qs(seen.page.url.split("?")[1]) == {"actors": [chosen]}
        assert seen.page.url.split("#")[1].startswith("claim-r22-06?")
        # What moved it is named, with the figures that the choice alone turns into each other.
        part = group["parts"][0]
        label = group["choices"][1]["words"][group["choices"][1]["keys"].index(chosen)][two]
        said = box.locator(".mali-judge__said").inner_text()
        assert label in said
        assert part["values"][part["value"][0]][two] in said
        assert box.get_by_role("status").count() == 1
        assert (seen.errors, seen.outside, seen.overflow()) == ([], [], [])


@pytest.mark.parametrize("language", ["en", "fr"])
def test_an_address_opens_the_box_in_its_state_and_a_reload_keeps_it(browser, pages, language):
    two = ["en", "fr"].index(language)
    group = told("R23-15")
    keys = {"actors": "everyone", "counted": "fatalities"}
    state = number(group, **keys)
    with chromium.visit(browser, width=390) as seen:
        seen.go(f"{pages[language].as_uri()}#claim-r23-15?actors=everyone&counted=fatalities", drawn=False)
        box = seen.page.locator("#claim-r23-15")
        for _ in range(2):
            box.locator(".mali-judge__links button:enabled").wait_for(timeout=chromium.PATIENCE)
            assert box.evaluate("(box) => box.open")
            # This page has no bar of switches: the style sheet leaves the room that one takes, seven lines and one.
            assert box.bounding_box()["y"] == pytest.approx(8 * 16, abs=1)
            holds(box, group, state, two)
            assert {
                s.get_attribute("name"): s.input_value() for s in box.locator("select").all()
            }.items() >= keys.items()
            seen.page.reload()
        box.locator(".mali-judge__links button:enabled").wait_for(timeout=chromium.PATIENCE)
        # The link is the address itself; the way back leads to the book's reading and the box's own anchor.
        link = box.locator(".mali-judge__links a").get_attribute("href")
        assert seen.page.url.endswith(link)
        box.locator(".mali-judge__links button").click()
        holds(box, group, 0, two)
        assert seen.page.url.endswith("#claim-r23-15")
        assert seen.errors == []


def test_an_address_with_a_choice_that_is_not_there_is_the_books(browser, pages):
    with chromium.visit(browser) as seen:
        seen.go(f"{pages['en'].as_uri()}#claim-r22-06?actors=nobody&x=1", drawn=False)
        box = seen.page.locator("#claim-r22-06")
        box.locator(".mali-judge").wait_for(timeout=chromium.PATIENCE)
        holds(box, told("R22-06"), 0, 0)
        seen.page.evaluate("location.hash = 'claim-r22-06?actors=jnim'")
        seen.page.wait_for_function(
            "() => document.querySelector('#claim-r22-06 select[name=actors]').value === 'jnim'"
        )
        holds(box, told("R22-06"), number(told("R22-06"), actors="jnim"), 0)
        assert seen.errors == []


@pytest.mark.parametrize("language", ["en", "fr"])
def test_readings_that_give_the_published_figure_are_marked(browser, pages, language):
    """Options stand under what they give, all else as it is; in every other list after each choice."""
    two = ["en", "fr"].index(language)
    group = told("R23-06")
    with chromium.visit(browser) as seen:
        seen.go(pages[language], drawn=False)
        box = opened(seen, "R23-06")
        for keys in ({}, {"place": "100km"}, {"place": "100km", "types": "fighting"}):
            for name, key in keys.items():
                box.locator(f"select[name={name}]").select_option(key)
            for choice in group["choices"]:
                for option in box.locator(f"select[name={choice['name']}] option").all():
                    state = number(group, **keys | {choice["name"]: option.get_attribute("value")})
                    given = sum(part["gives"][state] for part in group["parts"])
                    over = option.evaluate("(one) => one.parentElement.label ?? ''")
                    assert over == group["marks"][given][two] or (not over and not given)
                    place = choice["keys"].index(option.get_attribute("value"))
                    assert option.inner_text() == choice["words"][place][two]
        assert any("✓" in label for label in group["marks"][-1])
        assert re.fullmatch(r"✓ .+", group["marks"][2][two])


def test_two_figures_with_choices_of_their_own_keep_apart(browser, pages):
    deaths, share = told("R22-16", 0), told("R22-16", 1)
    with chromium.visit(browser) as seen:
        seen.go(pages["en"], drawn=False)
        box = opened(seen, "R22-16")
        assert box.locator(".mali-judge").count() == 2
        box.locator("select[name='share.actors']").select_option("mi")
        holds(box, deaths, 0, 0, 0)
        holds(box, share, number(share, **{"share.actors": "mi"}), 0, 1)
        assert parse_qs(seen.page.url.split("?")[1]) == {"share.actors": ["mi"]}


def test_the_language_switch_keeps_the_state(browser, pages):
    group = told("R22-06")
    with chromium.visit(browser) as seen:
        seen.go(pages["en"], drawn=False)
        box = opened(seen, "R22-06")
        box.locator("select[name=actors]").select_option("jnim")
        seen.page.get_by_role("button", name="Français").click()
        seen.page.wait_for_function(
            "() => document.querySelector('.mali-judge legend').textContent.startsWith('Jugez')"
        )
        holds(box, group, number(group, actors="jnim"), 1)


def test_a_box_without_choices_says_nothing_of_them(browser, pages):
    with chromium.visit(browser) as seen:
        seen.go(pages["en"], drawn=False)
        box = seen.page.locator("#claim-r22-11")
        box.locator("> summary").click()
        opened(seen, "R22-06")
        assert box.locator("select, .mali-judge__links").count() == 0


def test_without_a_script_the_box_is_the_books(browser, pages):
    with chromium.visit(browser, java_script_enabled=False) as seen:
        seen.go(pages["en"], drawn=False)
        box = seen.page.locator("#claim-r22-06")
        box.locator("> summary").click()
        assert box.locator("table").first.is_visible()
        assert box.locator("select, svg, .mali-judge").count() == 0


@pytest.mark.parametrize("width", [*WIDTHS, 320])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_axe_finds_nothing_and_all_fits(browser, pages, language, width):
    with chromium.visit(browser, width=width) as seen:
        seen.go(pages[language], drawn=False)
        for claim_id in ("R22-06", "R22-16", "R23-15"):
            opened(seen, claim_id)
        seen.page.locator("#claim-r23-15 select[name=actors]").select_option("everyone")
        assert seen.overflow() == []
        assert seen.violations() == []
        assert (seen.errors, seen.outside) == ([], [])
