"""Ask it yourself: the page's answers in a real browser, from files, against the measures; and the questions that stand ready."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from contextlib import contextmanager

import pandas as pd
import pytest

import browser as chromium
import explore_pages
from helpers.editions import Report
from helpers.errors import MaliError
from helpers.story import explore
from helpers.words import names

EDITIONS = ("2022-08", "2023-07", "latest")
SEED = 18
READ = """() => {
  const figure = document.querySelector("#fig-explore");
  const text = (name) => figure.querySelector(`.mali-figure__${name}`)?.textContent ?? "";
  return {
    title: text("finding"), subtitle: text("subtitle"), caveat: text("caveat"), citation: figure.dataset.citation,
    interval: figure.dataset.interval ? figure.dataset.interval.split(" ").map(Number) : null,
    code: document.querySelector(".mali-explore__code pre").textContent,
    status: document.querySelector(".mali-explore__status").textContent,
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
            chance.choice(explore.BY),
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
    assert [row[0] for row in said["rows"]] == [two(names.tick(row[0])) for row in wanted.rows]
    pair = state.against in ("place", "group")
    numbers = [[int(re.sub(r"\D", "", cell)) for cell in row[1:]] for row in said["rows"]]
    assert numbers == [row[3:] if pair else [sum(row[3:])] for row in wanted.rows], state.address
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
