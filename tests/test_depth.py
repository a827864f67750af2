"""The pages in depth: complete, worded as strongly as the evidence, and blind to what an edition could not know."""

from __future__ import annotations

import pytest

from helpers import data
from helpers.audit.claims import claims
from helpers.chapters import NotInEdition
from helpers.editions import Report
from helpers.estimates import interruptions as it
from helpers.measures import Interval
from helpers.story import sources, turning, uncertainty


def test_every_published_ratio_of_counts_is_in_the_chart():
    """R23-04 is a ratio of areas, which depends on the definition and not on counts."""
    published = {
        claim.id
        for claim in claims()
        for figure in claim.figures
        if figure.published is not None and figure.unit in ("percent", "times")
    }
    shown = {stated.claim for stated in uncertainty.stated(Report("latest"))}
    assert shown == published - {"R23-04"} | {"R23-06"}
    assert shown == set(uncertainty._LABELS)


def test_ratios_are_those_of_the_reports_made_by_the_edition():
    assert {stated.claim[:3] for stated in uncertainty.stated(Report("2022-08"))} == {"R22"}
    with pytest.raises(NotInEdition, match="Neither of the two reports"):
        uncertainty.ratios(Report("2021-12"))


def test_a_published_change_is_a_ratio_of_one_more():
    by_id = {stated.claim: stated for stated in uncertainty.stated(Report("2022-08"))}
    assert by_id["R22-03"].published == 2.5  # nearly 150 percent more
    assert by_id["R22-09"].published == 2.0  # twice as many


def test_the_vintage_factor_is_a_ratio_of_ratios():
    report = Report("2023-07")
    table = data.vintages()
    late, early = table.tail(6), table.iloc[-12:-6]
    then = late["mi_events_then"].sum() / early["mi_events_then"].sum()
    now = late["mi_events_now"].sum() / early["mi_events_now"].sum()
    assert uncertainty._vintage_factor(report, 6, 6, 0, "mi_events") == pytest.approx(then / now)
    assert uncertainty._vintage_factor(report, 12, 40, 0, "mi_events") is None


@pytest.mark.parametrize(
    ("edition", "words"),
    [
        ("2020-12", "Coup, August 2020 (four months after it)"),
        ("2021-12", "Second coup, May 2021 (seven months after it) and Wagner arrives, December 2021"),
        ("2022-08", "Wagner arrives, December 2021 (eight months after it)"),
        ("2023-07", "has enough months after it"),
        ("2019-06", "None of the dates lies before"),
    ],
)
def test_dates_too_close_to_the_end_say_so(edition, words):
    assert words in turning.too_early(Report(edition))


def test_nothing_is_said_of_dates_that_lie_after_the_edition():
    early = Report("2019-06")
    for make in (turning.effects, turning.verdicts, turning.courses, turning.since_coup, turning.since_coup_words):
        with pytest.raises(NotInEdition):
            make(early)
    assert "had not arrived" in turning.wagner_words(early)
    assert "cannot be said yet" in turning.wagner_words(Report("2022-08"))


@pytest.mark.parametrize(
    ("found", "share", "words"),
    [
        (Interval(1.2, 2.0), 0.01, "a break with the trend before"),
        (Interval(1.2, 2.0), 0.30, "of a size that other dates show too"),
        (Interval(0.8, 1.2), 0.01, "no departure"),
        (Interval(0.4, 2.5), 0.01, "too uncertain"),
    ],
)
def test_words_are_as_strong_as_the_evidence(found, share, words):
    assert words in it.STRENGTHS[it.strength(found, share)]


@pytest.mark.parametrize(
    ("counted", "total", "words"),
    [
        ({"break": 1, "none": 3}, 4, "one of the four dates stands out as a break"),
        ({"common": 2, "none": 2}, 4, "two depart from the trend before, by no more than other dates do"),
        ({"none": 3, "unclear": 1}, 4, "none of the four dates is seen to depart"),
        ({"unclear": 2}, 2, "nothing can be said yet of the two dates"),
        ({"none": 1}, 1, "the date is not seen to depart"),
    ],
)
def test_titles_count_what_was_found(counted, total, words):
    assert words in turning._said(counted, total)


def test_a_year_above_below_and_in_line_with_the_trend(monkeypatch):
    report = Report("2023-07")
    observed = turning._weighed(report)["observed"]
    for factors, judged in (
        ((0.3, 0.4), "above"),
        ((2.0, 3.0), "below"),
        ((0.9, 2.0), "between"),
        ((1.05, 1.1), "between"),
    ):
        sums = {"observed": observed, "steady": observed * factors[0], "straight": observed * factors[1]}
        monkeypatch.setattr(turning, "_weighed", lambda _, sums=sums: sums)
        assert turning._judged(report) == judged


def test_later_months_do_not_reach_an_edition():
    """What a figure of an edition rests on is the same in a later edition's table cut at that month."""
    at, later = Report("2022-08"), Report("latest")
    cut = later.actors[later.actors["month"] <= "2022-08"]
    assert len(cut) == len(at.actors)
    assert str(turning._whole(at).last) == "2022-08"
    assert sources._months(at)["month"].max() == "2022-08"


def test_the_direction_of_deaths_over_a_year_is_said_as_it_is_in_each_edition():
    """In the year to June 2023 deaths rose in ACLED and fell in UCDP; the page says so of its own edition."""
    said = sources.agreement_words(Report("2023-07"))
    assert "rose by 5 percent in ACLED and fell by 35 percent in UCDP: not the same way" in said
    assert "can be tested on either source" not in said
    table = sources.directions(Report("2023-07")).frame
    deaths = table[table["Counted"].eq("Deaths in all violence")].set_index("Over")["Share"]
    assert dict(deaths) == {"One month": "73 percent", "A quarter": "83 percent", "Half a year": "87 percent", "A year": "83 percent"}  # fmt: skip
    assert ": the same way" in sources.agreement_words(Report("latest"))


def test_the_factor_does_not_fall_when_the_month_of_moura_leaves_its_window():
    found = sources.ratio(Report("latest")).frame.set_index("Month")
    step = found.loc["2024-03"] / found.loc["2024-02"]
    assert step["Sum over sum"] > 1.12
    assert step["Factor"] < 1.06


def test_provisional_months_are_shown_apart_and_only_there():
    latest = Report("latest")
    assert sources._months(latest)["month"].max() == "2024-12"
    assert "January 2025" in set(sources.provisional(latest).frame["Month"])
    with pytest.raises(NotInEdition, match="all its months are final"):
        sources.provisional(Report("2023-07"))


def test_pages_in_depth_do_not_link_to_themselves():
    for text in (turning.weighed(Report("2023-07")), turning.wagner_weighed(Report("2023-07"))):
        assert "ipynb" not in text
    assert turning.since_coup_words(Report("2023-07")).endswith(turning.LINK)
