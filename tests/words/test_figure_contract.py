"""What every figure of every edition owes its readers: words in two languages from the same numbers, and caveats."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache

import pytest

import story_figures
from helpers import definitions as d
from helpers.windows import Window
from helpers.words import names

ENGLISH = {
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "twice": 2,
    "both": 2,
}
FRENCH = {"deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9}

every = pytest.mark.parametrize("edition", story_figures.EDITIONS)
module = pytest.mark.parametrize("name", story_figures.NAMES)


def numbers(text: str, words: dict[str, int], thousands: str, point: str) -> set[float]:
    """Return the numbers of a text, whichever way they are written; months in digits count as their year."""
    text = re.sub(r"\b(\d{4})-\d\d\b", r"\1", text)
    text = re.sub(rf"(?<=\d){re.escape(thousands)}(?=\d{{3}})", "", text)
    text = re.sub(rf"(?<=\d){re.escape(point)}(?=\d)", ".", text)
    digits = {float(found) for found in re.findall(r"\d+(?:\.\d+)?", text)}
    spelt = {float(words[w]) for w in re.findall(r"[^\W\d]+", text.lower()) if w in words}
    # "one" and "un" are articles as often as numbers: 1 says nothing either way.
    return (digits | spelt) - {1.0}


def test_numbers_are_read_the_same_in_both_languages():
    assert numbers("1,234.5 events in 2023-06, nine dead", ENGLISH, ",", ".") == {1234.5, 2023.0, 9.0}
    assert numbers("1\u202f234,5 événements en juin 2023, neuf morts", FRENCH, "\u202f", ",") == {1234.5, 2023.0, 9.0}


@every
@module
def test_every_figure_speaks_french_with_the_same_numbers(name, edition):
    for figure in story_figures.figures(name, edition):
        assert figure.fr is not None, f"{figure.id} has no French words"
        for part in ("title", "subtitle", "alt"):
            english, french = getattr(figure, part), getattr(figure.fr, part)
            assert english != french, (figure.id, part)
            assert numbers(french, FRENCH, "\u202f", ",") == numbers(english, ENGLISH, ",", "."), (
                f"{figure.id}, {part}:\n{english}\n{french}"
            )


@every
@module
def test_french_words_are_french(name, edition):
    for figure in story_figures.figures(name, edition):
        text = " ".join([figure.fr.title, figure.fr.subtitle, figure.fr.alt, figure.caveat.fr])
        # Names may be foreign; these words never are.
        english = re.findall(r"\b(?:the|of|and|events|with|from|deaths|percent|January|June|July|August)\b", text)
        assert not english, f"{figure.id}: {english} in {text}"
        # An end of an interval just above or below 1 has three decimals: 1,001 is no thousand.
        assert not re.search(r"\d [%\d]|\d\.\d|(?!\b1,00\d\b|\b0,99\d\b)\b\d+,\d{3}\b", text), (
            f"{figure.id}: not written the French way: {text}"
        )


@every
@module
def test_every_figure_says_what_where_and_on_which_terms(name, edition):
    for figure in story_figures.figures(name, edition):
        assert re.search(r"\d", figure.alt) or re.search(r"\b(?:none|no|one)\b", figure.alt), (
            f"{figure.id}: no number in its alt text"
        )
        assert len(figure.alt) >= 60, f"{figure.id}: {figure.alt}"
        assert re.search(r"(?:19|20)\d\d", figure.subtitle), f"{figure.id}: no date in {figure.subtitle}"
        assert len(figure.subtitle) <= 320, f"{figure.id}: {len(figure.subtitle)} letters of subtitle"
        assert figure.title.endswith("."), figure.id


#: A count below ten in an English title, as a word or as a digit, before the noun it counts.
FEW = re.compile(
    r"(?<![\d.,−-])(?<!\bin )\b(?:one|two|three|four|five|six|seven|eight|nine|[1-9])\s"
    r"(?:(?!(?:one|in|of|and|to|after|months?|years?|quarters?|half-years?|regions?|times|percent|km)\b)[\w-]+\s){0,3}?"
    r"(?:events?|attacks?|battles?|bombings?|deaths?|lives|killed)\b",
    re.IGNORECASE,
)


@every
@module
def test_a_title_that_rests_on_few_events_says_so(name, edition):
    """The figure asks its counts; here its sentence is read, to see that no small count was kept from it."""
    for figure in story_figures.figures(name, edition):
        if FEW.search(figure.title) or any(0 < count < d.SMALL_COUNT for count in figure.rests_on):
            assert re.search(rf"(?:below|ewer than) {d.SMALL_COUNT}", figure.caveat.en), figure.id


NO_TWO_WINDOWS = {"data-vintages"}
"""Figures whose titles say how one month's count in two exports moved."""


@every
@module
def test_a_title_that_states_a_change_in_percent_gives_its_interval(name, edition):
    for figure in story_figures.figures(name, edition):
        if figure.id in NO_TWO_WINDOWS:
            continue
        for part, said, interval in (
            (figure, r"\b(?:rose|fell) by \d|hardly changed", r"intervals?\b|\([−+\d]+ to "),
            (figure.fr, r"(?:augmenté|diminué) de \d|à peine changé", r"intervalles?\b|\([−+\d]+ à "),
        ):
            if part and re.search(said, part.title):
                assert re.search(interval, part.title + part.subtitle), f"{figure.id}: {part.title} {part.subtitle}"


def encodings(node) -> Iterator[tuple[str, dict]]:
    """Give the channels of colour and of size in a chart's specification, however deep, with their names."""
    if isinstance(node, list):
        for part in node:
            yield from encodings(part)
    elif isinstance(node, dict):
        channels = node.get("encoding", {})
        yield from (
            ("size" if name == "size" else "colour", channels[name])
            for name in ("color", "fill", "stroke", "size")
            if "scale" in channels.get(name, {})
        )
        for key in ("layer", "concat", "hconcat", "vconcat", "spec"):
            yield from encodings(node.get(key))


@every
@module
def test_what_shares_a_scale_shares_its_legend(name, edition):
    # Vega draws one legend of it, and warns in the reader's browser where one channel has it and another forbids it.
    for figure in story_figures.figures(name, edition):
        found: dict[str, set[bool]] = {}
        for kind, channel in encodings(story_figures.spec(figure)):
            found.setdefault(kind + json.dumps(channel["scale"]), set()).add(channel.get("legend", "") is None)
        assert all(len(ways) == 1 for ways in found.values()), figure.id


def test_legends_at_odds_are_seen():
    scale = {"domain": ["a"]}
    layer = [{"encoding": {"color": {"scale": scale}, "stroke": {"scale": scale, "legend": None}}}]
    assert [(kind, "legend" in channel) for kind, channel in encodings({"layer": layer})] == [
        ("colour", False),
        ("colour", True),
    ]


@every
def test_ids_are_unique_in_an_edition(edition):
    both: dict[str, list] = {"functions": [], "pages": []}
    for name in story_figures.NAMES:
        both["pages" if name.startswith("page ") else "functions"].extend(story_figures.figures(name, edition))
    for made in both.values():
        ids = [figure.id for figure in made]
        assert len(ids) == len(set(ids)), edition
    made, shown = ({figure.id: figure for figure in made} for made in both.values())
    assert len(made | shown) > 80, edition
    # A page that makes figures of its own shows those of functions beside them: under one id they are one figure,
    # whose words the page may complete by the months that its data reach.
    for identity in made.keys() & shown.keys():
        assert made[identity].frame.equals(shown[identity].frame), identity


@cache
def _spans() -> dict[str, list[Window]]:
    """Return the windows of every quarter, half-year and year by the name that a table gives them."""
    found: dict[str, list[Window]] = {}
    for year in range(2012, 2027):
        for key in (str(year), *(f"{year}H{n}" for n in (1, 2)), *(f"{year}Q{n}" for n in (1, 2, 3, 4))):
            found.setdefault(names.tick(key).en, []).append(names.window_of(key))
    return found


@every
@pytest.mark.parametrize("page", story_figures.PAGES)
def test_a_title_counts_whole_drawn_periods_or_its_figure_names_the_months(page, edition):
    for figure, finding in story_figures.made(page, edition):
        spans = [_spans().get(str(name)) for name in figure.frame.iloc[:, 0]]
        if not all(spans) or not figure.frame.iloc[:, 0].is_unique:  # no chart over time; maps repeat their half-years
            continue
        rows = [span for (span,) in spans]
        values = figure.frame.iloc[:, 1:].select_dtypes("number")
        tallies = [*finding.rests_on, *(tally for change in finding.changes for tally in (change.now, change.before))]
        for tally in tallies:
            inside = [tally.window.first <= row.first and row.first <= tally.window.last for row in rows]
            drawn = values[inside].sum()
            if int(tally) in {*drawn, drawn.sum()} and any(row.first == tally.window.first for row in rows):
                continue
            assert names.span(tally.window).en in figure.caveat.en, (figure.id, figure.title, figure.caveat)
            assert names.span(tally.window).fr in figure.caveat.fr, (figure.id, figure.caveat)


def test_the_months_of_a_title_that_cut_a_quarter_are_named_and_whole_ones_are_not():
    by_id = {figure.id: figure for figure, _ in story_figures.made("southern", "latest")}
    assert "The title counts March 2024 to February 2025 and March 2023 to February 2024, across quarters" in (
        by_id["southern-bamako-quarters"].caveat.en
    )
    assert "à cheval sur des trimestres" in by_id["southern-bamako-quarters"].caveat.fr
    assert "The title counts" not in by_id["southern-totals"].caveat.en
