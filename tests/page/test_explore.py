"""Ask it yourself: the page's answers in a real browser, from files, against the measures; and the questions that stand ready."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import replace
from io import StringIO
from itertools import combinations

import pandas as pd
import pytest

import browser as chromium
import explore_pages
from helpers import definitions as d
from helpers.editions import Report
from helpers.errors import MaliError, NotInData
from helpers.estimates import intervals
from helpers.page import explore as page
from helpers.story import explore, explore_notes, starters
from helpers.words import asking, inside

pytestmark = pytest.mark.slow

EDITIONS = ("2022-08", "2023-07", "latest")
SEED = 18
READ = """() => {
  const figure = document.querySelector("#fig-explore");
  const text = (name) => figure.querySelector(`.mali-figure__${name}`)?.textContent ?? "";
  return {
    title: text("finding"), subtitle: text("subtitle"), caveat: text("caveat"), citation: text("citation"), source: text("source"),
    interval: figure.dataset.interval ? figure.dataset.interval.split(" ").map(Number) : null,
    code: document.querySelector(".mali-explore__code pre").textContent,
    status: document.querySelector(".mali-explore__status").textContent,
    heads: [...figure.querySelectorAll("thead th")].map((cell) => cell.textContent),
    rows: [...figure.querySelectorAll("tbody tr")].map((row) => [...row.cells].map((cell) => cell.textContent)),
  };
}"""


@pytest.fixture(scope="module")
def reports() -> dict[str, Report]:
    return {name: Report(name) for name in EDITIONS}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("explore")


@contextmanager
def opened(browser, folder, report: Report, language: str = "en", theme: str = "light", **kind) -> Iterator:
    with chromium.visit(browser, **kind) as seen:
        seen.path = explore_pages.write(folder, report, language=language, theme=theme)
        seen.go(seen.path)
        yield seen
        assert (seen.errors, seen.outside) == ([], [])


def told(seen, state: explore.State) -> dict:
    """Open an address on the page and return what it says."""
    seen.page.evaluate("(hash) => { location.hash = hash }", state.address)
    seen.page.wait_for_function(
        "(hash) => document.querySelector('.mali-explore__code a').hash === `#${hash}`", arg=state.address
    )
    return seen.page.evaluate(READ)


def drawn(report: Report, count: int, seed: int = SEED) -> list[explore.State]:
    """Return random states that an edition serves, of every kind of comparison."""
    chance, found = random.Random(seed), []
    against = list(explore.AGAINST)
    while len(found) < count:
        first = pd.Period(f"{chance.randint(1998, 2026)}-{chance.randint(1, 12):02}", "M")
        kind = against[len(found) % len(against)]
        other = {
            "months": str(first - chance.randint(1, 60)),
            "place": chance.choice(list(explore.WHERE)),
            "group": chance.choice(list(explore.WHAT)),
        }.get(kind, "")
        state = explore.State(
            chance.choice(list(explore.WHAT)),
            chance.choice(("events", "fatalities")),
            chance.choice(list(explore.WHERE)),
            chance.choice(list(explore.BY)),
            str(first),
            str(first + chance.choice((0, 2, 5, 8, 11, 11, 17, 30))),
            kind,
            other,
            chance.choice(list(explore.DRAW)),
        )
        try:
            explore.check(report, state)
        except (MaliError, KeyError):
            continue
        if other != state.where and other != state.what:
            found.append(state)
    return found


def credited(report: Report, state: explore.State) -> str:
    """Return the source of an answer as a French page says it: each side's names in English, then what is French."""
    asked = dict.fromkeys([state.what, *([state.other] if state.against == "group" else [])])
    pairs = [inside.credit(explore.known(report)[name].source) for name in asked]
    return " ".join(
        filter(None, (explore_notes.credited(list(side), explore_notes.OWN.fr) for side in zip(*pairs, strict=True)))
    )


def holds(said: dict, report: Report, state: explore.State, language: str) -> None:
    """Hold all that a page says of a state against Python: figures, sentence, interval, table, lines of code."""
    wanted = explore.answer(report, state)

    def two(words):
        return getattr(words, language) if words else ""

    assert said["title"] == two(wanted.title), state.address
    assert (said["subtitle"], said["caveat"]) == (two(wanted.subtitle), two(wanted.caveat)), state.address
    assert (said["code"], said["interval"] is None) == (wanted.code, wanted.interval is None), state.address
    if wanted.interval:
        assert said["interval"] == pytest.approx(wanted.interval, rel=1e-6), state.address
    assert [row[0] for row in said["rows"]] == [two(explore.shown(row[0])) for row in wanted.rows]
    pair = state.against in ("place", "group")
    numbers = [[None if cell == "–" else int(re.sub(r"\D", "", cell)) for cell in row[1:]] for row in said["rows"]]
    if state.by == "region":
        counted = [row[3 : 5 if pair or state.base else 4] for row in wanted.rows]
    else:
        counted = [row[3:] if pair else [sum(row[3:])] for row in wanted.rows]
    if any(row[1] for row in wanted.rows):
        assert said["heads"][-1].startswith({"en": "Months held (of ", "fr": "Mois présents (sur "}[language])
        counted = [
            [*counts, explore.held(report, state, row[0])] for counts, row in zip(counted, wanted.rows, strict=True)
        ]
    assert numbers == counted, state.address
    source = wanted.source if language == "en" else credited(report, state)
    assert said["source"].endswith(f" {source}"), state.address
    assert f" Data: {source.rstrip('.')}. " in said["citation"], state.address
    assert state.address in said["citation"]


def compared(browser, folder, report: Report, count: int) -> None:
    states = drawn(report, count)
    for language in ("en", "fr"):
        with opened(browser, folder, report, language) as seen:
            for state in states:
                holds(told(seen, state), report, state, language)


@pytest.mark.browser
def test_twenty_random_states_are_answered_as_python_does(browser, folder, reports):
    compared(browser, folder, reports["latest"], 20)


@pytest.mark.browser
@pytest.mark.long
@pytest.mark.parametrize("edition", EDITIONS)
def test_a_hundred_random_states_of_each_edition(browser, folder, reports, edition):
    compared(browser, folder, reports[edition], 100)


# ---- the page ----------------------------------------------------------------------------------------------------------


@pytest.mark.browser
@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("edition", EDITIONS)
def test_each_of_the_ten_questions_has_its_answer(browser, folder, reports, edition, language):
    report = reports[edition]
    asked = starters.questions(report)
    with opened(browser, folder, report, language) as seen:
        links = seen.page.locator(".mali-explore__questions a")
        assert links.all_text_contents() == [getattr(one.text, language) for one in asked]
        for link, one in zip(links.all(), asked, strict=True):
            link.click()
            said = told(seen, one.state)
            holds(said, report, one.state, language)
            assert link.get_attribute("aria-current") == "true"
            assert said["status"].strip() == said["title"]


@pytest.mark.browser
@pytest.mark.parametrize(("theme", "language"), [("light", "en"), ("dark", "fr")])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_and_all_fits(browser, folder, reports, theme, language, width):
    report = reports["latest"]
    with opened(browser, folder, report, language, theme, width=width) as seen:
        for state in (starters.questions(report)[1].state, *drawn(report, 4, seed=7)):
            told(seen, state)
            alt = getattr(explore.answer(report, state).alt, language)
            # What prints and what is embedded is the picture of the same answer.
            for picture in ("live", "static"):
                seen.page.wait_for_function(
                    "(asked) => document.querySelector(`.mali-figure__${asked[0]} svg`).ariaLabel === asked[1]",
                    arg=[picture, alt],
                )
            assert seen.overflow() == [], state.address
            assert seen.violations() == [], state.address


@pytest.mark.browser
def test_a_question_is_put_by_keyboard_and_its_address_opens_as_it_was_left(browser, folder, reports):
    report = reports["2023-07"]
    with opened(browser, folder, report, width=390) as seen:
        begun = starters.questions(report)[0].state
        # On a phone the choices are folded, behind the questions.
        seen.page.locator(".mali-explore summary").last.focus()
        assert not seen.page.locator("select[name=what]").is_visible()
        seen.page.keyboard.press("Enter")
        order = []
        for _ in range(8):
            seen.page.keyboard.press("Tab")
            order.append(seen.page.evaluate("document.activeElement.name"))
        assert order == ["what", "where", "of", "by", "first", "last", "against", "draw"]
        seen.page.locator(".mali-explore select[name=where]").focus()
        seen.page.keyboard.press("ArrowDown")
        # Behind the last zone of the menu stands the first region.
        state = replace(begun, where=d.REGIONS[0].lower())
        assert seen.page.evaluate("location.hash") == f"#{state.address}"
        assert seen.page.evaluate("document.activeElement.name") == "where"
        holds(seen.page.evaluate(READ), report, state, "en")
        seen.page.locator("select[name=against]").select_option("place")
        seen.page.locator("select[name=other]").select_option("mopti")
        seen.page.locator("select[name=of]").select_option("fatalities")
        left = replace(state, against="place", other="mopti", of="fatalities")
        assert seen.page.evaluate("location.hash") == f"#{left.address}"
        said = seen.page.evaluate(READ)
        holds(said, report, left, "en")
        seen.page.reload()
        seen.page.wait_for_function(
            "(title) => document.querySelector('.mali-figure__finding').textContent === title", arg=said["title"]
        )
        assert seen.page.evaluate(READ) == said
        with seen.page.expect_download() as found:
            seen.page.get_by_role("button", name=f"Download CSV of: {said['title']}").click()
        text = found.value.path().read_text(encoding="utf-8")
        assert text.splitlines()[0] == f"# Title: {said['title']}"
        assert [line.split(",") for line in text.splitlines()[-len(said["rows"]) :]] == said["rows"]


@pytest.mark.browser
def test_what_cannot_be_had_stays_in_its_menu_and_says_why(browser, folder, reports):
    def out(seen, name: str) -> set[str]:
        options = seen.page.locator(f"select[name={name}] option:disabled")
        return set(options.evaluate_all("(all) => all.map((one) => one.value)"))

    report = reports["latest"]
    circles = {f"{km}km" for km in d.BAMAKO_BANDS_KM}
    with opened(browser, folder, report) as seen:

        def note(name: str) -> str:
            described = seen.page.locator(f"select[name={name}]").get_attribute("aria-describedby")
            return seen.page.locator(f"#{described}").inner_text() if described else ""

        assert out(seen, "where") == circles
        seen.page.locator("select[name=what]").select_option("islamist")
        assert out(seen, "where") == set()
        assert {"2025-03", "2026-03", "2011-12"} <= out(seen, "last")
        assert not {"2025-02", "2012-01"} & out(seen, "last")
        assert (note("where"), "after February 2025" in note("last")) == ("", True)
        seen.page.locator("select[name=what]").select_option("way-air")
        assert out(seen, "where") == circles
        assert "goes by region only" in note("where")
        assert "whole country" not in seen.page.locator(".mali-explore").inner_text()
        seen.page.locator("select[name=what]").select_option("ucdp")
        assert out(seen, "where") == set(explore.WHERE) - {"mali"}
        assert (out(seen, "of"), "place" in out(seen, "against")) == ({"events"}, True)
        # The place and the deaths came with it, and the page says that it changed what was asked.
        assert seen.page.locator("select[name=where]").input_value() == "mali"
        assert seen.page.locator(".mali-explore__status").inner_text().startswith("Changed: ")
        assert "whole country" in note("where")
        # It stands beside the choice that it bars and nowhere else.
        assert [
            text for text in seen.page.locator(".mali-explore__why").all_inner_texts() if "whole country" in text
        ] == [note("where")]


@pytest.mark.browser
def test_a_reason_stands_beside_the_choice_that_it_bars(browser, folder, reports):
    """UCDP bars no answer about JNIM in Mopti; as what it is held against it cannot be had there, and that menu says so."""
    state = explore.State("jnim", "fatalities", "mopti", "quarter", "2024-03", "2025-02", "before")
    with opened(browser, folder, reports["latest"], width=320) as seen:
        for asked, said in ((state, False), (replace(state, against="group", other="state"), True)):
            told(seen, asked)
            notes = seen.page.locator(".mali-explore__why").evaluate_all(
                "all => all.map((one) => [one.id, one.textContent])"
            )
            found = [name for name, text in notes if "UCDP" in text]
            assert found == (["mali-explore-why-other"] if said else []), asked.address
        # What is hidden says nothing.
        told(seen, state)
        assert seen.page.locator("#mali-explore-why-other").text_content() == ""
        assert any("a part of Mali, since its table" in text for _, text in notes)
        assert seen.overflow() == []


@pytest.mark.browser
def test_an_address_of_another_edition_is_mended_and_says_so(browser, folder, reports):
    later = replace(starters.questions(reports["latest"])[2].state, what="nobody")
    with opened(browser, folder, reports["2022-08"], "fr") as seen:
        seen.page.evaluate("(hash) => { location.hash = hash }", later.address)
        seen.page.get_by_text("Modifié").wait_for(timeout=chromium.PATIENCE)
        said = seen.page.evaluate(READ)
        link = seen.page.locator(".mali-explore__code a").get_attribute("href")
        values = dict(part.split("=") for part in link.split("?")[1].split("&"))
        holds(said, reports["2022-08"], explore.State(**values), "fr")
        # A reader is told which choices are not those of the address: the measure, and the months, as many as asked for.
        assert "Quoi, de «\u202fnobody\u202f» à «" in said["status"]
        assert "les mois, de «\u202fsept. 2025-mars 2026\u202f» à «\u202ffévr. 2022-août 2022\u202f»" in said["status"]
        assert (values["what"], values["last"]) == ("totals", "2022-08")


@pytest.mark.browser
def test_a_click_on_the_map_chooses_a_region(browser, folder, reports):
    with opened(browser, folder, reports["2023-07"]) as seen:
        seen.page.locator(".mali-explore__map [data-region=kidal]").click()
        assert seen.page.locator("select[name=where]").input_value() == "kidal"
        assert seen.page.locator(".mali-explore__map .here").get_attribute("data-region") == "kidal"
        assert "the Kidal region" in seen.page.locator(".mali-figure__finding").inner_text()


@pytest.mark.browser
def test_without_a_script_the_first_answer_stands(browser, folder, reports):
    report = reports["2023-07"]
    with opened_plain(browser, folder, report) as seen:
        title = explore.answer(report, starters.questions(report)[0].state).title.en
        assert seen.page.locator(".mali-figure__finding").inner_text() == title
        assert seen.page.locator(".mali-figure__static svg").is_visible()
        assert seen.page.locator("select").count() == 0


@contextmanager
def opened_plain(browser, folder, report: Report) -> Iterator:
    with chromium.visit(browser, java_script_enabled=False) as seen:
        seen.go(explore_pages.write(folder, report), drawn=False)
        yield seen


def moved(seen, **choice: str) -> str:
    """Make choices, one after another, and return what the page says that it changed with the last."""
    for name, value in choice.items():
        seen.page.locator(f"select[name={name}]").select_option(value)
    return seen.page.locator(".mali-explore__moved").inner_text()


def chosen(seen, *names_of: str) -> list[str]:
    return [seen.page.locator(f"select[name={name}]").input_value() for name in names_of]


@pytest.mark.browser
def test_no_choice_moves_silently_and_it_comes_back(browser, folder, reports):
    with opened(browser, folder, reports["latest"]) as seen:
        assert moved(seen, what="islamist") == (
            "Changed: the months, from “Apr 2025-Mar 2026” to “Mar 2024-Feb 2025” (months before January 2012 or after "
            "February 2025, which the tables do not hold in this edition)."
        )
        assert moved(seen, where="150km", against="place", other="100km") == ""
        told = moved(seen, what="totals")
        why = f"({asking.WHY['bands'].en})"
        assert f"Where, from “150 km around Bamako” to “Mali” {why}" in told
        assert f"Which, from “100 km around Bamako” to “Northern Mali” {why}" in told
        assert "Mar 2026" not in told  # months that nobody chose do not come back
        # The data serve them again.
        assert "Where, from “Mali” to “150 km around Bamako” (as chosen before)" in moved(seen, what="islamist")
        assert chosen(seen, "where", "other", "first", "last") == ["150km", "100km", "2024-03", "2025-02"]
        # What the page began with was never chosen: deaths stay where the events of the first question were served again.
        moved(seen, what="ucdp")
        assert "Counted" not in moved(seen, what="totals")
        assert chosen(seen, "of") == ["fatalities"]


@pytest.mark.browser
def test_a_comparison_that_needs_other_months_takes_them_and_says_so(browser, folder, reports):
    with opened(browser, folder, reports["latest"]) as seen:
        assert "to “Apr 2025-Feb 2026” (months before" in moved(seen, against="group")
        assert chosen(seen, "against", "other") == ["group", "way-clashes"]
        assert "to “Apr 2024-Feb 2025” (months before" in moved(seen, other="jnim")
        assert moved(seen, by="region") == ""
        told = moved(seen, what="ucdp")
        assert "Counted, from “events” to “deaths”" in told
        assert (
            "By, from “region” to “quarter” (a part of Mali, since UCDP’s table by month is of the whole country)"
            in told
        )
        assert "By, from “quarter” to “region” (as chosen before)" in moved(seen, what="totals")


@pytest.mark.browser
def test_a_comparison_that_cannot_be_had_gives_way_to_none_and_its_own_reason(browser, folder, reports):
    with opened(browser, folder, reports["latest"]) as seen:
        moved(seen, against="months")
        assert moved(seen, first="1999-01").startswith(
            "Changed: Against, from “other months, as many” to “nothing” (other months, as many, since the table holds "
            "too few before and after)"
        )
        assert chosen(seen, "against") == ["nothing"]
        # With fewer months it comes back, and names which.
        assert re.search(
            r"Against, from “nothing” to “other months, as many, \w+ \d{4}” \(as chosen before\)",
            moved(seen, first="2025-04"),
        )


@pytest.mark.browser
def test_the_question_goes_along_to_the_other_language_and_editions(browser, folder, reports):
    state = turned()
    with opened(browser, folder, reports["latest"]) as seen:
        links = seen.page.locator(".mali-language a, .mali-edition a")
        before = links.evaluate_all("(all) => all.map((one) => one.hash)")
        told(seen, state)
        after = links.evaluate_all("(all) => all.map((one) => [one.pathname.split('/').at(-1), one.hash])")
        assert set(before) == {""}
        asked = f"#{state.address}"
        page_of = seen.path.name
        assert after == [
            [page_of, asked],
            [page_of.replace(".en.", ".fr."), asked],
            ["index.html", ""],
            [page_of, asked],
        ]


@pytest.mark.browser
def test_months_keep_their_number(browser, folder, reports):
    with opened(browser, folder, reports["latest"]) as seen:
        # The end before the beginning takes it along, and the other way round.
        assert "from “Apr 2025-Jun 2020” to “Jul 2019-Jun 2020” (the first month lay after" in moved(
            seen, last="2020-06"
        )
        assert chosen(seen, "first", "last") == ["2019-07", "2020-06"]
        moved(seen, first="2021-01")
        assert chosen(seen, "first", "last") == ["2021-01", "2021-12"]
        # In an address nobody knows which of the two was meant: they change places.
        state = explore.State("totals", "events", "mali", "year", "2022-12", "2022-03", "before")
        seen.page.evaluate("(hash) => { location.hash = hash }", state.address)
        seen.page.get_by_text("“Dec 2022-Mar 2022” to “Mar 2022-Dec 2022”").wait_for(timeout=chromium.PATIENCE)


@pytest.mark.browser
def test_the_two_ends_of_the_months_stand_side_by_side(browser, folder, reports):
    """At 1280 px the second stood alone in the next row."""
    with opened(browser, folder, reports["latest"], width=1280) as seen:
        seen.page.add_style_tag(content="main { max-width: 688px }")  # the book's column
        first, last = (seen.page.locator(f"select[name={name}]").bounding_box() for name in ("first", "last"))
        assert first["y"] == last["y"]
        assert first["x"] + first["width"] < last["x"]


@pytest.mark.browser
def test_a_phone_shows_the_answer_before_the_choices(browser, folder, reports):
    with opened(browser, folder, reports["latest"], width=390) as seen:
        finding = seen.page.locator(".mali-figure__finding")
        assert finding.bounding_box()["y"] < 300
        seen.page.locator(".mali-explore summary").last.click()
        moved(seen, what="totals", where="mopti")
        # Above the open choices stands the same sentence.
        said = seen.page.locator(".mali-explore__said")
        assert said.inner_text().strip() == finding.inner_text()
        assert said.bounding_box()["height"] > 20
        assert said.bounding_box()["y"] < seen.page.locator("select[name=what]").bounding_box()["y"]
        assert seen.violations() == []


@pytest.mark.browser
@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("en", "attacks-on-civilians-by-militant-islamists-in-the-kidal-region-2022-01-2022-12"),
        ("fr", "attaques-des-groupes-islamistes-armes-contre-des-civils-dans-la-region-de-kidal-2022-01-2022-12"),
    ],
)
def test_a_small_count_has_whole_ticks_and_a_download_the_name_of_its_answer(browser, folder, reports, language, name):
    state = explore.State("attacks-islamist", "events", "kidal", "month", "2022-01", "2022-12", "before", draw="only")
    warnings: list[str] = []
    with opened(browser, folder, reports["latest"], language) as seen:
        seen.page.on("console", lambda message: warnings.append(message.text))
        for one in (replace(state, by="region"), replace(state, against="place", other="gao"), state):
            alt = getattr(explore.answer(reports["latest"], one).alt, language)
            told(seen, one)
            seen.page.wait_for_function(
                "(alt) => document.querySelector('.mali-figure__live svg')?.ariaLabel === alt", arg=alt
            )
        ticks = seen.page.locator(".mali-figure__live .role-axis-label text").all_text_contents()
        assert [tick for tick in ticks if len(tick) == 1] == ["0", "1"]
        for kind in ("csv", "svg"):
            with seen.page.expect_download() as found:
                seen.page.locator(f"[data-mali-download={kind}]").click()
            assert found.value.suggested_filename == f"{name}.{kind}"
    # Vega's own word on versions is of every page.
    assert [text for text in warnings if "compiled spec uses Vega" not in text] == []


@pytest.mark.browser
def test_back_returns_to_what_the_address_asks(browser, folder, reports):
    """Without a question the first stands; at another place of the page what stood there does."""
    report = reports["latest"]
    first, second = (one.state for one in starters.questions(report)[:2])
    with opened(browser, folder, report) as seen:
        links = seen.page.locator(".mali-language a, .mali-edition a")
        hashes = "(all) => all.map((one) => one.hash).join()"
        before = links.evaluate_all(hashes)

        def arrives(step: str, state: explore.State) -> None:
            seen.page.evaluate(step)
            link = ".mali-explore__code a"
            seen.page.wait_for_function(
                f"(hash) => document.querySelector('{link}').hash === hash", arg=f"#{state.address}"
            )
            holds(seen.page.evaluate(READ), report, state, "en")
            assert chosen(seen, "what", "where", "first") == [state.what, state.where, state.first]

        seen.page.locator(".mali-explore__questions a").nth(1).click()
        arrives("null", second)
        arrives("history.back()", first)
        assert (seen.page.evaluate("location.hash"), links.evaluate_all(hashes)) == ("", before)
        arrives("history.forward()", second)
        arrives("location.hash = 'fig-explore'", second)
        arrives("history.go(-2)", first)
        arrives("history.go(2)", second)


@pytest.mark.browser
def test_what_is_no_choice_at_all_is_said_too(browser, folder, reports):
    with opened(browser, folder, reports["latest"], "fr") as seen:
        seen.page.evaluate("location.hash = 'explore?foo=bar&by=year'")
        seen.page.get_by_text("Modifié").wait_for(timeout=chromium.PATIENCE)
        said = seen.page.locator(".mali-explore__moved").inner_text().replace("\u202f", " ")
        assert said == "Modifié : « foo=bar » laissé de côté (choix inconnu)."
        assert chosen(seen, "by") == ["year"]


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 390])
def test_a_phone_shows_what_an_address_lost_below_the_bar(browser, folder, reports, width):
    with opened(browser, folder, reports["latest"], width=width) as seen:
        seen.page.evaluate("location.hash = 'explore?what=nobody'")
        seen.page.get_by_text("Changed").wait_for(timeout=chromium.PATIENCE)
        bar = 4 * seen.page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")
        assert seen.page.locator(".mali-explore__moved").bounding_box()["y"] >= bar - 1


@pytest.mark.browser
def test_months_of_every_table_can_be_asked(browser, folder, reports):
    """UCDP's deaths begin in 1989, and the reason for earlier ones is the table's own."""
    report = reports["latest"]
    begins = report.first(explore.measure(report, "ucdp-one-sided").table)
    state = explore.State("ucdp-one-sided", "fatalities", "mali", "year", "1990-01", "1994-12", "nothing", "", "all")
    assert str(begins) < state.first
    with opened(browser, folder, report) as seen:
        holds(told(seen, state), report, state, "en")
        months = seen.page.locator("select[name=last] option:not(:disabled)").evaluate_all(
            "(all) => all.map((one) => one.value)"
        )
        assert min(months) == str(begins)
        notes = " ".join(seen.page.locator(".mali-explore__why").all_inner_texts())
        assert f"before {explore.names.prose_month(begins).en}" in notes or "months before" not in notes


@pytest.mark.browser
def test_what_was_never_chosen_does_not_come_back(browser, folder, reports):
    with opened(browser, folder, reports["latest"]) as seen:
        moved(seen, where="mali", against="place")
        assert chosen(seen, "where", "other") == ["mali", "north"]
        assert moved(seen, where="gao") == ""
        assert chosen(seen, "other") == ["north"]


# ---- what Python says --------------------------------------------------------------------------------------------------


def printed(code: str) -> list[str]:
    """Run a script as it is copied and return what it prints, by line."""
    with redirect_stdout(StringIO()) as out:
        exec(code, {})
    return out.getvalue().splitlines()


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_lines_of_python_print_what_the_page_says(reports, edition):
    for state in [*(one.state for one in starters.questions(reports[edition])), *drawn(reports[edition], 12, seed=3)]:
        said = explore.answer(reports[edition], state)
        first, *rest = printed(said.code)
        pair = state.against in ("place", "group")
        counts = re.findall(r"\d+", first)[: 2 if pair or state.base else 1]
        for count in map(int, counts):
            assert f"{count:,}" in said.title.en or asking.spelled(count).en in said.title.en
        assert first.endswith("no interval") == (said.interval is None) or not (pair or state.base)
        assert not re.search(r"None|Interval|[{}=<]", "".join([first, *rest])), (
            "words, and no representation of an object"
        )
        if pair and said.interval:
            low, high = said.interval
            assert first.endswith(f" {explore.Interval(low, high)}")
        elif said.interval:
            assert first.endswith(" to ".join(intervals.signed(end) for end in said.interval) + " percent")
        columns = (3, 4) if pair else (3,)
        region = state.by == "region"
        shown = [{row[0]: row[at] if pair or region else sum(row[3:]) for row in said.rows} for at in columns]
        tables: list[dict[str, int]] = []
        keys = {key.lower(): f" in {explore.names.region(key).en}" for key in d.REGIONS}
        counted: list[tuple[str, int]] = []
        for line in rest:
            if region:
                name, count = line.rsplit(": ", 1)
                counted.append((next(key for key, named in keys.items() if name.endswith(named)), int(count)))
            elif "period" in line:
                tables.append({})
            else:
                _, key, _, count = line.split()
                tables[-1][key] = int(count)
        if region:
            assert sorted(one for one in counted if one[1]) == sorted(
                each for one in shown for each in one.items() if each[1]
            ), state.address
            continue
        assert tables in (shown, shown[::-1]), state.address


def test_one_rule_for_the_page_and_for_python_where_events_may_be_the_same(reports):
    report = reports["latest"]
    jnim, sahel = (explore.measure(report, name, "menaka") for name in ("jnim", "is-sahel"))
    when = explore.window("2024-03", "2025-02")
    # They fight each other there: an event of one is one of the other.
    assert (jnim.lies(sahel), jnim.beside(sahel, when)[2]) == ("overlap", None)
    attacks = explore.State(
        "attacks-is-sahel", "fatalities", "menaka", "year", "2022-01", "2022-12", "group", "attacks-jnim"
    )
    said = explore.answer(report, attacks)
    here, there = (
        explore.measure(report, name, "menaka", "fatalities") for name in ("attacks-is-sahel", "attacks-jnim")
    )
    assert here.lies(there) == "apart"
    assert (said.interval is None) == (here.beside(there, attacks.now)[2] is None)
    # A circle and a region may hold the same events, and two tables too; a part has a share, no ratio.
    near, centre = explore.measure(report, "islamist", "150km"), explore.measure(report, "islamist", "centre")
    assert (near.lies(centre), near.lies(explore.measure(report, "islamist"))) == ("overlap", "part")
    assert explore.measure(report, "totals").lies(explore.measure(report, "islamist")) == "overlap"


ALL_SIDES = ("violent", "totals", "attacks-all", *(f"way-{name}" for name in d.METHODS))


@pytest.mark.parametrize("edition", EDITIONS)
def test_two_measures_of_nearly_the_same_are_told_apart_in_their_menu(reports, edition):
    """Of all sides and from two tables: where one name holds the other or a year's counts agree, both say what differs."""
    report, year = reports[edition], explore.window("2021-01", "2021-12")
    made = {name: explore.measure(report, name) for name in ALL_SIDES}
    near: set[str] = set()
    for one, other in combinations(ALL_SIDES, 2):
        a, b = made[one], made[other]
        within = a.noun.many.en in b.noun.many.en or b.noun.many.en in a.noun.many.en
        if a.table != b.table and (within or abs(a.over(year) / b.over(year) - 1) < 0.05):
            near |= {one, other}
    assert near == set(asking.ASIDE)
    labels = [one["label"] for one in page.payload(report)["what"].values()]
    assert all(len({label[at] for label in labels}) == len(labels) for at in (0, 1))
    menu = page.payload(report)["what"]
    assert menu["violent"]["label"][0] == "Violent events by all sides, without mob violence"
    assert menu["totals"]["label"][1].endswith(", violences de foule comprises")


@pytest.mark.parametrize("by", ["quarter", "year"])
def test_a_line_names_the_periods_that_it_draws(reports, by):
    """The last quarter, or year, of these tables is held in part: the line, its subtitle and its alternative text leave it out."""
    state = explore.State("jnim", "events", "mali", by, "2024-03", "2025-02", "group", "is-sahel")
    said = explore.answer(reports["latest"], state)
    last = said.rows[-1]
    assert last[1], "held in part"
    drawn_last = explore.shown(said.rows[-2][0])
    assert f" to {drawn_last.en}; a {by} held in part is left out" in said.subtitle.en
    assert f" à {drawn_last.fr}\u202f; hors de la ligne" in said.subtitle.fr
    for words in (said.alt.en, said.subtitle.en):
        assert explore.shown(last[0]).en not in words.replace(drawn_last.en, "")
    # Two series, two highest; that of the second is no part of the first.
    whole = [row for row in said.rows if not row[1]]
    for at in (3, 4):
        top = max(whole, key=lambda row: row[at])
        assert f"highest {explore.shown(top[0]).en} with {top[at]:,}" in said.alt.en
        assert f"maximum\u202f: {explore.french.number(top[at])} ({explore.shown(top[0]).fr})" in said.alt.fr


def test_too_few_whole_periods_are_points_and_none_is_said_to_be_left_out(reports):
    state = explore.State("jnim", "events", "mali", "year", "2024-03", "2024-08", "group", "is-sahel", "only")
    said = explore.answer(reports["latest"], state)
    assert [row[1] for row in said.rows] == [True]
    assert said.subtitle.en.endswith(", by year, 2024; a year may be held in part")
    rows = next(iter(page.figure(reports["latest"], state).chart.to_dict()["datasets"].values()))
    assert {row["alone"] for row in rows} == {True}


def test_the_text_of_a_chart_by_region_tells_the_longest_of_both(reports):
    report = reports["latest"]
    months = explore.State("totals", "fatalities", "mali", "region", "2025-04", "2026-03", "before")
    groups = replace(months, against="group", what="jnim", other="is-sahel", first="2024-03", last="2025-02")
    for state in (months, groups):
        said = explore.answer(report, state)
        for at in (3, 4):
            top = max(said.rows, key=lambda row: row[at])
            assert re.search(rf"{explore.shown(top[0]).en} with {top[at]:,}\b", said.alt.en)
            assert f"{explore.shown(top[0]).fr} ({explore.french.number(top[at])})" in said.alt.fr


def test_the_larger_of_two_counts_is_said_first(reports):
    state = explore.State(
        "attacks-islamist", "fatalities", "mali", "year", "2024-03", "2025-02", "group", "attacks-state-side"
    )
    said = explore.answer(reports["latest"], state)
    assert "Russian partners in Mali: 1,025, in the year to February 2025, 3.3 times as many as deaths" in said.title.en
    assert ": 1\u202f025, dans" in said.title.fr
    assert "soit 3,3 fois les morts" in said.title.fr
    turned = explore.answer(reports["latest"], replace(state, what=state.other, other=state.what))
    assert (turned.title, turned.interval) == (said.title, said.interval)


def test_regions_stand_with_most_first_and_the_sentence_names_two(reports):
    report = reports["latest"]
    state = explore.State("totals", "fatalities", "mali", "region", "2025-04", "2026-03", "before")
    said = explore.answer(report, state)
    whole = explore.measure(report, "totals", of="fatalities")
    assert {row[0]: row[3] for row in said.rows} == {
        one.place.regions[0].lower(): int(one.over(state.now)) for one in whole.regions()
    }
    assert [row[3] for row in said.rows] == sorted((row[3] for row in said.rows), reverse=True)
    assert sum(row[4] for row in said.rows) == whole.over(state.base)
    assert said.title.en.endswith("Most: Ségou, 970; then Mopti, 700, though the order is uncertain.")
    assert page.figure(report, state).frame["April 2025 to March 2026"].sum() == whole.over(state.now)
    # Beside a second place or group the bars are of both, and a ranking would be of one.
    for where, against, other in (("gao", "place", "mali"), ("south", "place", "mali"), ("mali", "group", "way-air")):
        beside = replace(state, first="2025-03", last="2026-02", where=where, against=against, other=other)
        beside = explore.answer(report, beside).title
        assert ("Most" in beside.en, "En tête" in beside.fr) == (False, False)
    for wrong in ({"where": "150km", "what": "islamist", "last": "2025-02", "first": "2024-03"}, {"what": "ucdp"}):
        with pytest.raises(MaliError, match="by region"):
            explore.check(report, replace(state, **wrong))


def turned(**more) -> explore.State:
    """Return a question whose other months lie after the chosen ones."""
    return replace(
        explore.State("totals", "events", "mali", "year", "2012-01", "2012-12", "months", "2025-01", "only"), **more
    )


def test_the_later_months_are_told_against_the_earlier(reports):
    report = reports["latest"]
    state = turned()
    said = explore.answer(report, state)
    assert (", from 172 to 1,595, in 2025 against 2012 (95" in said.title.en, "fell" in said.title.en) == (True, False)
    # The months stand before the verb: what doubles "from September to March" is not read as doubling within them.
    assert said.title.fr.startswith("En 2025, par rapport à 2012, les événements ")
    assert ", passant de 172 à 1\u202f595 (" in said.title.fr
    forth = explore.answer(report, turned(first="2025-01", last="2025-12", other="2012-01"))
    assert (said.title, said.interval) == (forth.title, forth.interval)
    # Small counts are in time too; what is ranked says of which months.
    few = explore.answer(report, turned(where="segou")).title
    assert re.search(r"^Events .* came to \d+, after \w+, in 2025 against 2012\.$", few.en), few.en
    assert re.search(r"^Événements .*\u202f: \d+, en 2025, contre \w+, en 2012\.$", few.fr), few.fr
    assert " Most in 2012: " in explore.answer(report, turned(by="region")).title.en
    assert " En tête en 2012\u202f: " in explore.answer(report, turned(by="region")).title.fr


@pytest.mark.parametrize(
    ("where", "first", "last", "said", "dit"),
    [
        ("kidal", "2024-09", "2025-01", " came to one, after two, from ", "\u202f: une, de septembre 2024 à janvier 2025, contre deux, en avril-août 2024."),
        ("koulikoro", "2024-01", "2024-12", " came to eight, after one, in 2024 against 2023.", "\u202f: huit, en 2024, contre une, en 2023."),
        ("menaka", "2024-09", "2025-01", ": none, from September 2024 to January 2025, as in April-August 2024.", "\u202f: zéro, de septembre 2024 à janvier 2025, comme en avril-août 2024."),
        ("mali", "2024-09", "2025-02", "", "De septembre 2024 à février 2025, par rapport à la période de septembre 2023 à février 2024, les manifestations "),
    ],
)  # fmt: skip
def test_few_of_a_feminine_noun_and_none_twice(reports, where, first, last, said, dit):
    """French said `au nombre de zéro, contre un` of protests, `au nombre de zéro, contre zéro`, `contre septembre 2023 à …`."""
    found = explore.answer(reports["latest"], protests(where, first, last)).title
    assert said in found.en
    assert dit in found.fr


def protests(where: str, first: str, last: str) -> explore.State:
    against = "before" if last == "2025-01" else "year"
    return replace(
        turned(), what="way-protests", where=where, first=first, last=last, against=against, other="", draw="near"
    )


@pytest.mark.browser
def test_a_french_answer_is_cited_and_saved_with_its_own_source(browser, folder, reports):
    state = turned(what="ucdp", of="fatalities", against="nothing", other="")
    with opened(browser, folder, reports["latest"], "fr") as seen:
        holds(told(seen, state), reports["latest"], state, "fr")
        seen.page.wait_for_function(
            "(alt) => document.querySelector('.mali-figure__live svg')?.ariaLabel === alt",
            arg=explore.answer(reports["latest"], state).alt.fr,
        )
        with seen.page.expect_download() as found:
            seen.page.locator("[data-mali-download=csv]").click()
        head = [line for line in found.value.path().read_text(encoding="utf-8").splitlines() if line.startswith("# ")]
        named = [line for line in head if line.startswith(("# Source et licence: ", "# Citer ainsi: "))]
        assert ["UCDP" in line and "Nos calculs" in line for line in named] == [True, True]
        assert "Own computation" not in "".join(head)


@pytest.mark.browser
@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_page_tells_the_later_months_against_the_earlier(browser, folder, reports, language):
    aside = [turned(where=one, by="region", against="place", other="mali") for one in ("gao", "south")]
    with opened(browser, folder, reports["latest"], language) as seen:
        for state in (
            turned(),
            turned(where="kayes"),
            turned(by="region"),
            *aside,
            turned(first="2012-03", last="2012-05"),
            protests("kidal", "2024-09", "2025-01"),
            protests("menaka", "2024-09", "2025-01"),
            protests("mali", "2024-08", "2025-02"),
        ):
            holds(told(seen, state), reports["latest"], state, language)


def test_an_answer_about_wagner_says_until_when_it_is_about_wagner(reports):
    state = next(one.state for one in starters.questions(reports["latest"]) if "Wagner" in one.text.en)
    said = explore.answer(reports["latest"], state)
    assert "Wagner said in June 2025 that its mission in Mali was over" in said.caveat.en
    assert "These counts end in February 2025." in said.caveat.en
    # What nobody knew then is not said.
    assert explore_notes.note(reports["2023-07"], "attacks-wagner") is None
    assert explore_notes.note(reports["2023-07"], "way-air") == asking.WORDS["ways"]
    assert explore_notes.note(reports["2023-07"], "way-property").en.endswith(
        "counts of different years compare poorly."
    )
    # Two measures of one table say it once.
    two = explore.State("way-air", "events", "mali", "year", "2022-01", "2022-12", "group", "way-bombs")
    assert explore.answer(reports["latest"], two).caveat.en.count("does not tell who acted") == 1


def test_the_narrow_count_of_wagner_says_what_it_leaves_out_and_when_wagner_was_not_there(reports):
    report = reports["latest"]
    state = explore.State("attacks-wagner", "events", "mali", "quarter", "2021-12", "2022-05", "before")
    wide = int(explore.measure(report, "wagner-wide").over(state.now))
    narrow = int(explore.measure(report, "wagner").over(state.now))
    assert wide > narrow
    said = explore.answer(report, state).caveat
    assert "Counted only where the record names Wagner as an actor. More events only mention it." in said.en
    # Attacks on civilians stand beside no number of all events; the narrow count beside the wide one of the same.
    assert "record names Wagner anywhere" not in said.en
    alone = explore.answer(report, replace(state, what="wagner")).caveat.en
    assert f"Events whose record names Wagner anywhere in Mali: {wide}, " in alone
    asked = replace(state, what="wagner", of="fatalities", first="2022-03", last="2022-08")
    deaths = int(explore.measure(report, "wagner-wide", of="fatalities").over(asked.now))
    dead = explore.answer(report, asked).caveat
    assert f"Deaths in events whose record names Wagner anywhere in Mali: {deaths}, " in dead.en
    assert "Events whose record" not in dead.en
    assert "Wagner was not yet in Mali then (June-November 2021): it came in December 2021." in said.en
    assert "Wagner n’était alors pas encore au Mali (juin-novembre 2021)" in said.fr
    # Months that begin before its arrival and end after it are not before it, nor is the wide count narrow.
    later = replace(state, what="wagner-wide", first="2022-06", last="2022-11")
    other = explore.answer(report, later).caveat.en
    assert ("not yet in Mali" in other, "Counted only" in other) == (False, False)
    beside = replace(state, what="state", against="group", other="wagner")
    assert "Counted only where" in explore.answer(report, beside).caveat.en


def test_a_ranking_of_regions_says_where_these_data_do_not_settle_it(reports):
    report, hedge = reports["latest"], "the order is uncertain"
    state = explore.State("totals", "events", "mali", "region", "2025-04", "2026-03", "nothing")
    assert explore.answer(report, state).title.en.endswith(f"Most: Ségou, 350; then Mopti, 251, though {hedge}.")
    assert explore.answer(report, state).title.fr.endswith("même si l’ordre reste incertain.")
    seen = set()
    for year in range(2013, 2026):
        asked = replace(state, first=f"{year}-01", last=f"{year}-12")
        said = explore.answer(report, asked)
        one, two = (explore.measure(report, "totals", row[0]) for row in said.rows[:2])
        found = one.beside(two, asked.now)[2]
        wanted = found is not None and found.low <= 1 <= found.high
        assert (hedge in said.title.en) == wanted
        seen.add(wanted)
    assert seen == {True, False}


def test_every_series_that_ends_before_the_newest_says_where(reports):
    report = reports["latest"]
    state = explore.State("violent", "fatalities", "150km", "year", "2024-03", "2025-02", "nothing")
    assert explore.answer(report, state).caveat.en.count("These counts end in February 2025.") == 1
    assert "Ces nombres s’arrêtent en février 2025." in explore.answer(report, state).caveat.fr
    last = max(one.end for one in explore.known(report).values())
    for what, one in explore.known(report).items():
        asked = replace(state, what=what, where="mali")
        said = explore.answer(report, asked).caveat
        assert ("These counts end" in (said.en if said else "")) == (one.end < last)
    # The shorter of two tables ends what is drawn of both.
    both = explore.answer(report, replace(state, where="mali", against="group", other="ucdp")).caveat.en
    assert both.count("These counts end") == 1


@pytest.mark.parametrize("of", ["en", "fr"])
def test_a_period_held_in_part_is_called_incomplete_in_its_gender(reports, of):
    state = explore.State("violent", "events", "mali", "year", "2023-01", "2023-12", "place", "centre")
    said = getattr(explore.answer(reports["latest"], state).subtitle, of)
    wanted = {"en": "; a year held in part is left out of the line", "fr": "hors de la ligne : année incomplète"}
    assert wanted[of] in said.replace("\u202f", " ")


@pytest.mark.browser
def test_an_unknown_choice_of_an_address_stands_as_it_was_typed(browser, folder, reports):
    begun = starters.questions(reports["latest"])[0].state
    typed = replace(begun, of="country", by="half-year", first="2022-13").address
    with opened(browser, folder, reports["latest"], "fr") as seen:
        seen.page.evaluate("(hash) => { location.hash = hash }", typed)
        seen.page.get_by_text("Modifié").wait_for(timeout=chromium.PATIENCE)
        said = seen.page.evaluate(READ)["status"].replace("\u202f", " ")
    assert "Compté, de « country » à « événements » (choix inconnu)" in said
    assert re.search(r"Par, de « half-year » à « \w+ » \(choix inconnu\)", said)
    assert "les mois, de « 2022-13-" in said
    with opened(browser, folder, Report("2021-06"), "en") as seen:
        asked = replace(starters.questions(Report("2021-06"))[0].state, what="attacks-wagner").address
        seen.page.evaluate("(hash) => { location.hash = hash }", asked)
        seen.page.get_by_text("Changed").wait_for(timeout=chromium.PATIENCE)
        assert "“attacks-wagner”" in (said := seen.page.evaluate(READ)["status"])
        assert "(not in this edition)" in said


INCOMPLETE = explore.State("way-clashes", "events", "south", "year", "2025-03", "2026-02", "before")
CLEAR = explore.State("attacks-militia", "fatalities", "mali", "year", "2019-01", "2019-12", "group", "attacks-state")
RANKS = {
    ("way-air", "2012-01", "2012-03"): (
        "Kidal, two; none in the other regions.",
        "Kidal, deux\u202f; zéro dans les autres régions.",
    ),
    ("way-air", "2018-01", "2018-12"): (
        "Most: Gao, Ménaka and Tombouctou, two each.",
        "En tête\u202f: Gao, Ménaka et Tombouctou, deux par région.",
    ),
    ("attacks-militia", "2015-01", "2015-12"): (
        "Gao and Mopti, one each; none in the other regions.",
        "Gao et Mopti, un par région\u202f; zéro dans les autres régions.",
    ),
    ("way-bombs", "2019-01", "2019-12"): (
        "Most: Mopti, 52; then Kidal, eight.",
        "En tête\u202f: Mopti, 52\u202f; puis Kidal, huit.",
    ),
}


def test_a_table_says_how_many_months_it_holds_of_a_period(reports):
    frame = page.figure(reports["latest"], INCOMPLETE).frame
    assert frame["Months held (of 12)"].tolist()[-3:] == [12, 12, 2]
    whole = page.figure(reports["latest"], replace(INCOMPLETE, first="2024-01", last="2024-12", draw="only")).frame
    assert list(whole) == ["Year", "Events"]


@pytest.mark.browser
def test_a_csv_says_how_many_months_it_holds_and_nothing_of_a_charts_look(browser, folder, reports):
    with opened(browser, folder, reports["latest"]) as seen:
        told(seen, INCOMPLETE)
        seen.page.wait_for_function(
            "() => document.querySelector('.mali-figure__static svg')?.ariaLabel.startsWith('Columns')"
        )
        with seen.page.expect_download() as found:
            seen.page.locator("[data-mali-download=csv]").click()
        lines = found.value.path().read_text(encoding="utf-8").splitlines()
    measure = next(line for line in lines if line.startswith("# Measure: "))
    assert measure.endswith(", by year, 2019 to 2026")
    assert not re.search("hollow|pale|dashed", " ".join(lines))
    assert (lines[-9], lines[-1].split(",")[::2]) == ("Year,Events,Months held (of 12)", ["2026", "2"])


@pytest.mark.browser
@pytest.mark.parametrize("kind", ["en", "fr"])
def test_the_lines_under_a_picture_lie_within_it(browser, folder, reports, kind):
    """The address of an answer is long, and its letters are wider than those of a text."""
    state = replace(INCOMPLETE, by="quarter")
    with opened(browser, folder, reports["latest"], kind) as seen:
        told(seen, state)
        alt = getattr(explore.answer(reports["latest"], state).alt, kind)
        seen.page.wait_for_function(
            "(alt) => document.querySelector('.mali-figure__static svg')?.ariaLabel === alt", arg=alt
        )
        with seen.page.expect_download() as found:
            seen.page.locator("[data-mali-download=svg]").click()
        drawn_svg = found.value.path().read_text(encoding="utf-8")
        ends = seen.page.evaluate(
            """(text) => {
              const box = document.createElement("div");
              box.innerHTML = text;
              document.body.append(box);
              const svg = box.querySelector("svg");
              const right = svg.getBoundingClientRect().right;
              const lines = [...svg.querySelectorAll(":scope > text")];
              return [lines.map((one) => one.textContent).join(""), Math.max(...lines.map((one) => one.getBoundingClientRect().right)) - right];
            }""",
            drawn_svg,
        )
    assert state.address in ends[0]
    assert ends[1] <= 0


@pytest.mark.parametrize("language", ["en", "fr"])
def test_regions_with_as_many_stand_together_and_none_is_no_rank(reports, language):
    for (what, first, last), words in RANKS.items():
        state = explore.State(what, "events", "mali", "region", first, last, "nothing")
        title = getattr(explore.answer(reports["latest"], state).title, language)
        assert title.endswith(f". {words[language == 'fr']}"), title


def test_a_clear_interval_never_reads_as_one(reports):
    said = explore.answer(reports["latest"], CLEAR)
    assert said.title.en.endswith(
        "clearly more than deaths in attacks on civilians by state forces in Mali, 84 (5.7 times as many; 95 percent interval: 1.03 to 45.1)."
    )
    assert "5,7 fois autant\u202f; intervalle à 95\u202f% : 1,03 à 45,1" in said.title.fr.replace("%\u202f:", "% :")
    assert str(explore.Interval(*said.interval)) == "95% interval of the ratio: 1.03 to 45.1"
    assert str(explore.Interval(0.4, 0.996)) == "95% interval of the ratio: 0.4 to 0.996"
    assert str(explore.Interval(0.98, 1.02)) == "95% interval of the ratio: 1.0 to 1.0"


def test_points_of_periods_held_in_part_are_told_in_plain_french(reports):
    state = explore.State("jnim", "events", "mali", "half", "2024-03", "2024-08", "group", "is-sahel", "only")
    said = explore.answer(reports["latest"], state).subtitle.fr
    assert said.endswith("\u202f; les périodes montrées peuvent être incomplètes")


@pytest.mark.browser
@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_page_hedges_ranks_and_notes_wagner_as_python_does(browser, folder, reports, language):
    report, chance = reports["latest"], random.Random(SEED)
    states = [
        explore.State("attacks-wagner", "events", "mali", "quarter", "2021-12", "2022-05", "before"),
        explore.State("wagner", "fatalities", "centre", "year", "2021-07", "2021-12", "year"),
        explore.State("wagner", "fatalities", "mali", "year", "2022-03", "2022-08", "before"),
        CLEAR,
        INCOMPLETE,
        *(explore.State(what, "events", "mali", "region", first, last, "nothing") for what, first, last in RANKS),
    ]
    told_before = len(states)
    for _ in range(12):
        first = pd.Period(f"{chance.randint(2013, 2023)}-{chance.randint(1, 12):02}", "M")
        what, of = chance.choice(("totals", "violent", "islamist", "jnim")), chance.choice(("events", "fatalities"))
        where = chance.choice(("mali", "centre", "north"))
        states.append(explore.State(what, of, where, "region", str(first), str(first + 11), "nothing"))
    ranked = [explore.answer(report, state).title.en for state in states[told_before:]]
    assert len({"is uncertain" in title for title in ranked}) == 2
    with opened(browser, folder, report, language) as seen:
        for state in states:
            holds(told(seen, state), report, state, language)


@pytest.mark.parametrize("edition", [*EDITIONS, "2019-03", "2020-01"])
def test_ten_questions_stand_ready_and_none_knows_what_came_later(edition):
    report = Report(edition)
    found = starters.questions(report)
    assert len({one.text for one in found}) == 10
    end = str(report.runs_to)
    assert all(one.state.last <= end for one in found)
    text = " ".join(one.text.en for one in found)
    assert ("Wagner" in text) == (end >= "2022-02")
    assert ("blockade" in text) == (edition == "latest")


@pytest.mark.parametrize("edition", EDITIONS)
def test_no_month_after_the_edition_is_in_its_data(reports, edition):
    report = reports[edition]
    found = page.payload(report)
    for name, one in found["what"].items():
        assert one["end"] == str(report.end(one["table"])) <= str(report.runs_to)
        months = (pd.Period(one["end"], "M") - pd.Period(one["first"], "M")).n + 1
        assert all(text.count(",") < months for pair in one["counts"].values() for text in pair), name
    # Sums of the tables' own columns, no finer than month, place and measure.
    regions = {key.lower() for key in d.REGIONS}
    cells = {key for one in found["what"].values() for key in one["counts"]}
    assert cells <= regions | set(d.BAND_LABELS) | {"mali"}


def test_a_chart_without_provisional_months_has_no_part_without_rows(reports):
    # Of a layer that draws nothing Vega warns, in the reader's browser, that its extent is infinite.
    asked = {one.state.what: one.state for one in reversed(starters.questions(reports["latest"]))}
    for what, fresh in (("totals", False), ("ucdp", True)):
        spec = page.figure(reports["latest"], asked[what]).chart.to_dict()
        ((rows,), layers) = spec["datasets"].values(), spec["layer"]
        assert any(row["fresh"] for row in rows) == fresh, what
        assert ["transform" in layer for layer in layers] == [False], what


def test_counts_of_the_data_are_those_of_the_measures(reports):
    report = reports["latest"]
    found = page.payload(report)["what"]
    for name, one in found.items():
        whole = explore.measure(report, name).by("month").frame["value"].sum()
        at = int(one["deaths"])
        cells = [pair[at] for key, pair in one["counts"].items() if "-" not in key or key in explore.WHERE]
        assert sum(int(n or 0) for text in cells for n in text.split(",")) == whole, name


def _partial(*_, **__) -> None:
    raise NotInData("these events are a part, and this needs all events.")


@pytest.mark.browser
def test_what_a_users_own_tables_lack_is_out_of_reach(browser, folder, reports, monkeypatch):
    whole = page.payload(reports["2023-07"])["what"]
    monkeypatch.setattr("helpers.limits.countable", _partial)
    report = Report("2023-07")
    found = page.payload(report)["what"]
    lacking = {name for name, one in found.items() if one.get("missing")}
    assert lacking == {
        name for name, what in explore.WHAT.items() if what.group in ("who", "attacks") or name == "violent"
    }
    # Each keeps its name in the menu.
    assert {name: one["label"] for name, one in found.items()} == {name: one["label"] for name, one in whole.items()}
    with opened(browser, folder, report) as seen:
        out = seen.page.locator("select[name=what] option:disabled").evaluate_all(
            "(all) => all.map((one) => one.value)"
        )
        assert set(out) == lacking
        assert "do not hold it" in seen.page.locator("#mali-explore-why-what").inner_text()
        holds(told(seen, starters.questions(report)[0].state), report, starters.questions(report)[0].state, "en")


def test_a_state_past_the_edition_or_of_another_table_is_refused(reports):
    good = starters.questions(reports["2023-07"])[0].state
    for wrong in ({"last": "2023-07"}, {"where": "paris"}, {"what": "ucdp"}, {"against": "months", "other": "2022-01"}):
        with pytest.raises(MaliError):
            explore.check(reports["2023-07"], replace(good, **wrong))


def test_two_counts_that_vary_like_chance_have_the_exact_interval():
    months = [str(m) for m in pd.period_range("2015-01", "2020-12", freq="M")]
    rows = pd.DataFrame({"month": months, "events": [5, 5, 5, 5, 5, 5] * 12})
    when = explore.window("2020-01", "2020-12")
    exact = explore.catalogue.counts.poisson_ratio_interval(60, 60)
    assert explore.intervals.beside(rows, rows, when) == exact
    # Months that vary more than chance widen it.
    wild = rows.assign(events=[0, 0, 0, 0, 0, 30] * 12)
    found = explore.intervals.beside(wild, rows, when)
    assert found.low < exact.low < exact.high < found.high
    assert explore.intervals.beside(rows, rows.assign(events=0), when) is None


# ---- two sides, each with its own --------------------------------------------------------------------------------------

UCDP = explore.State(
    "ucdp", "fatalities", "mali", "quarter", "2025-10", "2026-03", "group", "totals"
)  # of tables whose newest months differ


def test_the_lines_of_python_count_deaths_of_each_side(reports):
    """UCDP's measure counts deaths by itself, ACLED's does not, whichever stands first."""
    state = replace(UCDP, by="year", first="2024-01", last="2024-12")
    for asked in (state, replace(state, what="totals", other="ucdp")):
        said = explore.answer(reports["latest"], asked)
        counts = [int(n) for n in re.findall(r"\d+", printed(said.code)[0])[:2]]
        assert all(f"{count:,}" in said.title.en for count in counts), said.title.en
        assert said.code.count("c.totals(report).deaths") == 1
        assert "ucdp_deaths(report).deaths" not in said.code


def test_provisional_months_are_named_as_the_table_s_own_and_a_source_says_once_that_we_computed(reports):
    for asked in (UCDP, replace(UCDP, what="totals", other="ucdp")):
        said = explore.answer(reports["latest"], asked)
        since = explore_notes.provisional(reports["latest"], explore.measure(reports["latest"], "ucdp"))
        assert f"UCDP’s months from {explore.names.prose_month(explore.month(since)).en} on are prov" in said.caveat.en
        assert "Les mois de l’UCDP à partir de " in said.caveat.fr
        assert (said.source.count("Own computation."), said.source.endswith("Own computation.")) == (1, True)
        assert ("UCDP" in said.source, "ACLED" in said.source) == (True, True)
    # The later months count, whichever were chosen first; those that a chart of one shows besides stand in its subtitle.
    early = replace(UCDP, first="2012-01", last="2012-03", against="months", other="2026-01")
    assert "UCDP’s months" in explore.answer(reports["latest"], early).caveat.en
    settled = replace(UCDP, first="2024-01", last="2024-03", against="before", other="")
    assert "UCDP’s months" not in explore.answer(reports["latest"], settled).caveat.en


def test_a_period_held_in_part_is_hollow_though_it_is_provisional_too(reports):
    state = replace(UCDP, first="2025-06", last="2026-05", against="before", other="")
    drawn_of = page.figure(reports["latest"], state).chart.to_dict()
    rows = next(iter(drawn_of["datasets"].values()))
    assert [row["key"] for row in rows if row["part"] and row["fresh"]] == ["2026Q2"]
    looks = drawn_of["layer"][0]["encoding"]["fillOpacity"]["condition"]
    first = next(one["value"] for one in looks if one["test"] in ("datum.part", "datum.fresh"))
    assert (looks[0]["test"], first) == ("datum.part", 0)
    assert (
        "with dashed edges, from Jan-Mar 2026 on: provisional" in explore.answer(reports["latest"], state).subtitle.en
    )


def test_a_line_of_provisional_months_is_dashed_and_says_so(reports):
    """Columns had dashed edges for them; two lines showed nothing."""
    state = replace(UCDP, by="month", draw="only", other="ucdp-one-sided", first="2025-01", last="2026-05")
    said, drawn_of = explore.answer(reports["latest"], state), page.figure(reports["latest"], state).chart.to_dict()
    rows = next(iter(drawn_of["datasets"].values()))
    assert {row["fresh"] for row in rows} == {True, False}
    first = next(row for row in rows if row["fresh"])["name"]
    assert f"; dashed from {first} on: provisional" in said.subtitle.en
    assert "en tirets à partir de" in said.subtitle.fr
    dashed, whole = (one for one in drawn_of["layer"] if one["mark"]["type"] == "line")
    assert dashed["mark"]["strokeDash"]
    assert [one["filter"] for one in whole["transform"]] == ["!datum.part", "!datum.fresh"]
    assert "strokeDash" not in whole["mark"]


def test_regions_named_with_a_small_count_carry_its_note(reports):
    few = asking.WORDS["small"].en
    for first in ("2012-01", "2013-01", "2015-01", "2016-01"):
        state = explore.State("islamist", "events", "south", "region", first, f"{first[:4]}-12", "nothing")
        said = explore.answer(reports["latest"], state)
        counts = explore._leading(said.rows)
        assert (few in (said.caveat.en if said.caveat else "")) == any(count < 10 for count in counts)
        assert all(str(count) in said.title.en or explore.spelled(count).en in said.title.en for count in counts)


CLEAR_OF_ZERO = explore.State("way-bombs", "fatalities", "mali", "quarter", "2021-10", "2023-09", "before")


def test_a_clear_change_has_no_end_of_zero(reports):
    said = explore.answer(reports["latest"], CLEAR_OF_ZERO)
    assert said.interval[0] > 1
    assert "interval of the change: +0.5 to +199 percent" in said.title.en
    assert "+0,5 à +199" in said.title.fr
    assert "+0.5 to +199 percent" in printed(said.code)[0]


@pytest.mark.browser
@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_page_says_the_same_of_two_sides_and_of_a_clear_change(browser, folder, reports, language):
    report = reports["latest"]
    turned_round = replace(UCDP, what="totals", other="ucdp")
    with opened(browser, folder, report, language) as seen:
        for state in (UCDP, turned_round, replace(UCDP, other="ucdp-one-sided"), CLEAR_OF_ZERO):
            holds(told(seen, state), report, state, language)


@pytest.mark.browser
def test_a_span_held_in_part_is_cut_and_one_not_held_moved(browser, folder, reports):
    with opened(browser, folder, reports["latest"]) as seen:
        begun = explore.State("ucdp", "fatalities", "mali", "year", "2012-01", "2026-05", "nothing")
        told(seen, begun)
        assert "“Jan 2012-May 2026” to “Jan 2012-Mar 2026”" in moved(seen, what="totals")
        assert chosen(seen, "first", "last") == ["2012-01", "2026-03"]
        told(seen, replace(begun, first="2024-06"))
        assert "to “Jun 2024-Mar 2026”" in moved(seen, what="totals")
        told(seen, replace(begun, first="2026-04"))
        assert "to “Feb 2026-Mar 2026”" in moved(seen, what="totals")


@pytest.mark.browser
def test_another_group_is_first_one_of_the_same_kind_of_count(browser, folder, reports):
    with opened(browser, folder, reports["2023-07"]) as seen:
        for what, other in (
            ("attacks-islamist", "attacks-all"),
            ("islamist", "jnim"),
            ("attacks-all", "attacks-islamist"),
        ):
            moved(seen, what=what)
            moved(seen, against="group")
            assert chosen(seen, "other") == [other]
            moved(seen, against="nothing")


@pytest.mark.browser
def test_a_mended_address_stands_in_the_bar(browser, folder, reports):
    with opened(browser, folder, reports["latest"]) as seen:
        seen.page.evaluate("location.hash = 'explore?what=zzz&of=events&where=mali'")
        seen.page.get_by_text("Changed").wait_for(timeout=chromium.PATIENCE)
        link = seen.page.locator(".mali-explore__code a").get_attribute("href")
        assert (seen.page.evaluate("location.hash"), "zzz" in link) == (link, False)


OUTSIDE = explore.State("totals", "fatalities", "north", "region", "2024-01", "2024-12", "place", "centre")


def test_a_region_outside_a_place_has_no_count_there_rather_than_none(reports):
    report = reports["latest"]
    said = explore.answer(report, OUTSIDE)
    north, centre = ({one.lower() for one in explore.places(zone)} for zone in ("north", "centre"))
    assert {row[0] for row in said.rows if row[3] is not None} == north
    assert {row[0] for row in said.rows if row[4] is not None} == centre
    # That with most first, of the first place and then of the second.
    shown = [(row[3] is None, -(row[4] if row[3] is None else row[3])) for row in said.rows]
    assert shown == sorted(shown)
    figure = page.figure(report, OUTSIDE)
    rows = next(iter(figure.chart.to_dict()["datasets"].values()))
    assert len(rows) == len(said.rows)
    assert sum(row.count(None) for row in figure.spec()["usermeta"]["mali"]["table"]["rows"]) == len(said.rows)
    # A part of a place has its regions in both; no event is a zero.
    part = explore.answer(report, replace(OUTSIDE, other="mali"))
    assert {row[0] for row in part.rows if row[3] is not None} == north
    assert all(row[4] is not None for row in part.rows)


@pytest.mark.browser
@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_page_shows_a_dash_for_a_region_outside_a_place(browser, folder, reports, language):
    with opened(browser, folder, reports["latest"], language) as seen:
        for state in (OUTSIDE, replace(OUTSIDE, where="kidal"), replace(OUTSIDE, other="mali")):
            said = told(seen, state)
            holds(said, reports["latest"], state, language)
        assert "–" in [cell for row in told(seen, OUTSIDE)["rows"] for cell in row]


SIKASSO = explore.State("way-bombs", "events", "mali", "region", "2025-03", "2026-02", "year")
FELL = explore.State("totals", "events", "mali", "region", "2015-01", "2015-12", "months", "2012-01")


def test_regions_that_clearly_changed_are_named_whatever_their_rank(reports):
    report = reports["latest"]
    said = explore.answer(report, SIKASSO).title
    assert " Clear rise: Sikasso. Most: " in said.en
    assert " Nette hausse : Sikasso. En tête" in said.fr.replace("\u202f", " ")
    whole = explore.measure(report, "totals")
    seen = set()
    for year in range(2013, 2026):
        asked = replace(SIKASSO, what="totals", first=f"{year}-01", last=f"{year}-12")
        title = explore.answer(report, asked).title.en
        for kind, words in (("rise", "lear rise: "), ("fall", "lear fall: ")):
            told = re.search(rf"{words}([^.;]+)[.;]", title)
            wanted = {one.place.name.en for one in whole.regions() if one.compare(asked.now, asked.base).kind == kind}
            named = set(re.split(", | and ", told[1])) if told else set()
            assert len(named) == len(wanted), title
            assert all(any(one in name for name in wanted) for one in named), (title, wanted)
            seen |= {kind} if named else set()
    assert seen == {"rise", "fall"}
    # Of one region the sentence itself says it.
    assert "Clear" not in explore.answer(report, replace(SIKASSO, where="sikasso")).title.en


@pytest.mark.browser
@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_page_names_the_same_regions_that_clearly_changed(browser, folder, reports, language):
    with opened(browser, folder, reports["latest"], language) as seen:
        for year in ("2013", "2018", "2021", "2025"):
            state = replace(SIKASSO, what="totals", first=f"{year}-01", last=f"{year}-12")
            holds(told(seen, state), reports["latest"], state, language)
        for state in (SIKASSO, FELL, replace(SIKASSO, where="sikasso")):
            holds(told(seen, state), reports["latest"], state, language)
