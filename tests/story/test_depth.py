"""The pages in depth: complete, worded as strongly as the evidence, and blind to what an edition could not know."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

import story_figures
from conftest import forgetful
from helpers.audit.claims import claims
from helpers.chapters import NotInEdition
from helpers.data import Tables
from helpers.editions import Report
from helpers.estimates import interruptions as it
from helpers.measures import Interval
from helpers.story import (
    departures,
    evidence_northern,
    evidence_power,
    forecast,
    levels,
    method,
    pace_years,
    revisions,
    sources,
    spread,
    spread_classes,
    trends,
    turning,
    uncertainty,
    ways,
    who_whom,
)


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
    table = Tables().vintages()
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
        ("2019-06", "None of the dates lies before"),
    ],
)
def test_dates_too_close_to_the_end_say_so(edition, words):
    assert words in turning.too_early(Report(edition)).en
    assert turning.too_early(Report("2023-07")) is None, "nothing is left out: nothing is said"


def test_nothing_is_said_of_dates_that_lie_after_the_edition():
    early = Report("2019-06")
    for make in (
        turning.effects,
        turning.verdicts,
        turning.courses,
        ways.curves,
        trends.since_coup,
        trends.since_coup_words,
    ):
        with pytest.raises(NotInEdition):
            make(early)
    assert "had not arrived" in trends.wagner_words(early)
    assert "cannot be said yet" in trends.wagner_words(Report("2022-08"))


@pytest.mark.parametrize(
    ("found", "share", "words"),
    [
        (Interval(1.2, 2.0), 0.01, "larger than at 19 of 20 other dates"),
        (Interval(1.2, 2.0), 0.30, "of a size that other dates show too"),
        (Interval(1.2, 2.0), None, "too few other dates"),
        (Interval(0.8, 1.2), 0.01, "not distinguishable from the trend before"),
        (Interval(0.4, 2.5), 0.01, "not distinguishable from the trend before"),
    ],
)
def test_words_are_as_strong_as_the_evidence(found, share, words):
    assert words in it.STRENGTHS[it.strength(found, share)]


def _effect(low: float, high: float) -> it.Effect:
    one = Interval(1, 1)
    return it.Effect(
        pd.Period("2020-08", "M"), 12, (low * high) ** 0.5, Interval(low, high), 1, one, 1, 0.1, 1, 1, 0.3, 32
    )


@pytest.mark.parametrize(
    ("verdicts", "words", "french"),
    [
        (["break", "none", "none", "none"], "one of the four dates is followed by a departure from the trend rare among", "une est suivie"),
        (["break", "common", "none"], "two of the three dates are followed by a departure from the trend, one of them rare", "dont une rare"),
        (["common", "common", "none", "none"], "two of the four dates are followed by a departure from the trend, of a size that", "deux sont suivies"),
        (["alone", "none"], "; too few other dates to say how rare that is", "trop peu d’autres dates"),
        (["none", "none"], "none of the two dates is distinguishable from the trend before; a fall by a third or a rise by half cannot be excluded at any", "aucune ne se distingue"),
        (["none"], "the date is not distinguishable from the trend before", "la date ne se distingue pas"),
    ],
)  # fmt: skip
def test_titles_count_what_was_found(verdicts, words, french):
    ends = [(0.5, 1.7), (0.6, 2.4), (0.5, 1.7), (0.5, 1.7)]
    found = [
        (_effect(*end), it.Judgement(verdict, 30, 0.5, 2.0))
        for verdict, end in zip(verdicts, ends[: len(verdicts)], strict=True)
    ]
    said, said_fr = turning.said(found)
    assert words in said
    assert french in said_fr


def _held(observed: float, low: float, high: float) -> list[trends.Carried]:
    return [trends.Carried(way, it.BEFORE, observed, (low + high) / 2, Interval(low, high)) for way in trends.WAYS]


@pytest.mark.parametrize(
    ("observed", "lies", "words"),
    [
        (1000, "above", "more than the band of either way"),
        (500, "within", "within the band of either way"),
        (100, "below", "fewer than the band of either way"),
    ],
)
def test_a_year_above_within_and_below_the_band_of_the_trend(observed, lies, words):
    found = _held(observed, 300, 800)
    assert {one.lies for one in found} == {lies}
    assert words in trends.judged(found)[0]
    # The ratio's interval holds 1 where the count lies within the band, and only there.
    ratio, over = found[0].ratio
    assert (over.low <= 1 <= over.high) == (lies == "within")
    assert over.low < ratio < over.high


def test_ways_that_disagree_are_said_one_by_one():
    found = [_held(1000, 300, 2000)[0], _held(1000, 300, 800)[1]]
    assert trends.judged(found)[0] == (
        "within the band of the growth rate before the coup, more than the band of as many more each month"
    )
    assert "dans la marge du taux de croissance" in trends.judged(found)[1]


def test_the_last_year_is_held_against_every_length_of_the_trend():
    """983 events of the year to February 2025 lie within the band of a trend whose point lies above them."""
    found = trends.carried(Report("latest"))
    assert {one.before for one in found} == set(it.LENGTHS)
    two = trends.usual(found)
    assert two["straight"].observed == 983
    assert two["straight"].expected > 983
    assert {one.lies for one in two.values()} == {"within"}
    title = trends.since_coup(Report("latest")).title
    assert "983 events, within the band of either way" in title
    assert "eight of eight" in trends.lengths(Report("latest")).title


@pytest.mark.slow
@pytest.mark.parametrize("ratio", [0.8549, 0.8551, 1.2449, 9.996])
def test_a_number_is_rounded_once(monkeypatch, ratio):
    """Rounded to three places for a table and then to two for words, 0.8549 would read 0.86 here and 0.85 there."""
    made = it.effect
    monkeypatch.setattr(
        it, "effect", lambda *a, **k: replace(made(*a, **k), ratio=ratio, interval=Interval(ratio / 2, ratio * 2))
    )
    report = Report("2023-07")
    shown = turning.within(ratio, Interval(ratio / 2, ratio * 2))
    for text in (turning.effects(report).alt, trends.wagner(report).title, trends.since_coup_words(report)):
        assert shown in text
    assert turning.verdicts(report).frame["Effect"].eq(shown).all()


def test_what_was_computed_while_code_was_patched_is_forgotten():
    """The placebo effects of a patched effect stood in memory, and the record of July 2023 differed inside the suite."""
    counts = turning.counts_of(Report("2023-07"), turning.militant(Report("2023-07")))
    date = counts.index[100]
    it._all_effects.cache_clear()
    with forgetful() as patch:
        made = it.effect
        patch.setattr(it, "effect", lambda *a, **k: replace(made(*a, **k), ratio=0.85))
        assert set(it.placebos(counts, date)["ratio"].round(6)) == {0.85}
    assert it.placebos(counts, date)["ratio"].nunique() > 1


def test_later_months_do_not_reach_an_edition():
    """What a figure of an edition rests on is the same in a later edition's table cut at that month."""
    at, later = Report("2022-08"), Report("latest")
    cut = later.actors[later.actors["month"] <= "2022-08"]
    assert len(cut) == len(at.actors)
    assert str(turning.whole(at).last) == "2022-08"
    assert sources._months(at)["month"].max() == "2022-08"


def test_the_direction_of_deaths_over_a_year_is_said_as_it_is_in_each_edition():
    """In the year to June 2023 deaths rose in ACLED and fell in UCDP; the page says so of its own edition."""
    said = sources.agreement_words(Report("2023-07"))
    assert (
        "ACLED counted 5 percent more deaths than in the 12 months before, UCDP 35 percent fewer: not the same way"
        in said
    )
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
    for text in (trends.weighed(Report("2023-07")), trends.wagner_weighed(Report("2023-07"))):
        assert "ipynb" not in text
    assert trends.since_coup_words(Report("2023-07")).endswith(turning.LINK)


def test_provisional_months_that_a_newer_release_finalised_are_told_beside_it():
    said = sources.provisional_words(Report("latest"))
    assert "June 2025 434 instead of 455 and December 2025 47 instead of 27" in said
    assert "By it they have 2,157 deaths, here 2,168" in said
    assert sources.provisional_words(Report("2023-07")) == ""


def test_a_factor_between_sources_is_not_held_against_a_few_earlier_runs():
    """Of 132 earlier runs 4 lay clearly below the last and 20 above its value: no clause can say "earlier runs"."""
    figure = sources.ratio(Report("latest"))
    assert "earlier" not in figure.title
    assert "antérieur" not in figure.fr.title


def test_provisional_months_are_kept_apart_on_their_page_only():
    assert sources.provisional(Report("latest")).note.endswith("no agreement of this page.")


def test_the_commonest_pair_of_all_years_is_not_called_that_of_the_last_twelve_months():
    figure = who_whom.pairs_by_year(Report("latest"))
    last = figure.frame[figure.frame["Year"].eq("Last 12 months")].set_index("Pair")["Events"]
    assert last.idxmax() == "State – Civilians"
    assert "Since 2017 the commonest pair" in figure.title
    assert (
        f"in the 12 months to February 2025; the commonest then was state forces acting against civilians, with {last.max()}"
        in figure.title
    )
    assert "la plus fréquente est alors les forces de l’État contre les civils" in figure.fr.title


@pytest.mark.parametrize(("edition", "last"), [("latest", "2024"), ("2023-07", "2022/23")])
def test_cells_are_dated_by_the_year_they_stand_for(edition, last):
    if edition != "latest":
        last = spread_classes._year("2022H2", "2023H1")
    figure = spread_classes.classes(Report(edition))
    assert figure.frame["Year"].iloc[-1] == last
    assert f"cells of {last}" in figure.title


@pytest.mark.parametrize(("edition", "verb"), [("latest", "should have brought"), ("2023-07", "should bring")])
def test_a_forecast_of_months_that_are_over_is_told_in_the_past(edition, verb):
    assert verb in forecast.next_range(Report(edition)).title


@pytest.mark.parametrize("edition", ["2019-06", "2022-08", "2023-07", "latest"])
def test_small_counts_are_named_by_the_series_that_has_them(edition):
    figure = pace_years.years(Report(edition))
    small = figure.frame.groupby("Series")["What came"].agg(lambda came: came.lt(10).mean() > 0.5)
    for series, few in small.items():
        assert (series in figure.caveat.en) == few


def test_the_steps_that_a_title_counts_are_drawn():
    figure = levels.levels(Report("latest"))
    assert figure.frame["Month"].iloc[0] == "2012-01"
    assert figure.frame["Level"].diff().ne(0).iloc[1:].sum() == 6
    assert "finds six since 2012" in figure.title


def test_a_zone_without_an_estimate_is_named():
    figure = trends.wagner(Report("latest"))
    assert "Southern Mali: too few attacks on civilians" in figure.caveat.en
    assert "trop peu d’attaques contre des civils" in figure.caveat.fr


def test_the_rank_that_a_title_gives_is_drawn():
    figure = evidence_power.press_freedom(Report("latest"))
    assert '"field": "Rank"' in str(figure.chart.to_dict()).replace("'", '"')
    assert "121 in the edition of 2026" in figure.alt
    assert "121e dans l’édition de 2026" in figure.fr.alt


def test_the_last_half_year_of_a_subtitle_is_cut_in_words():
    assert "(the last to February) with at least 10 deaths" in evidence_northern.is_civilians(Report("latest")).subtitle


def test_days_and_months_of_tables_are_in_words():
    covers = set(method.tables(Report("latest")).frame["Covers"])
    assert not [one for one in covers if "-" in one.replace("January-June", "").replace("July-December", "")]


def test_what_moved_stands_newest_release_first():
    found = [tuple(int(x) for x in one.state.split(".")) for one in revisions.moved(Report("latest")).entries]
    assert found == sorted(found, reverse=True)


def test_a_title_on_some_dates_names_them_as_their_panels_do():
    """One of four dates, and nothing said which."""
    for edition in ("2022-08", "2023-07", "latest"):
        made = story_figures.told(turning.courses, edition)
        heads = {name.split(",")[0] for name in made.frame["Turning point"]}
        named = {head for head in heads if head in made.title}
        words = {f"Before {word} of the ": n for n, word in enumerate(("none", "one", "two", "three"))}
        count = next((n for word, n in words.items() if made.title.startswith(word)), len(named))
        assert len(named) == count, made.title


@pytest.mark.slow
def test_lines_that_run_past_their_chart_are_said_to_and_no_others():
    for make, axis in ((trends.lengths, (0.1, 5)), (trends.wagner, (0.1, 10)), (departures.minusma, (0.1, 20))):
        for edition in ("2022-08", "2023-07", "latest"):
            made = story_figures.told(make, edition)
            if made is not None:
                beyond = made.frame["Low"].min() < axis[0] or made.frame["High"].max() > axis[1]
                assert ("reach the edge of the chart run on" in made.caveat.en) == beyond, (made.id, edition)


def test_a_band_is_drawn_as_far_as_the_title_speaks_of_it():
    made = story_figures.told(trends.since_coup, "latest")
    ends = made.frame.dropna(subset=["Low"]).groupby("Course")["Month"].max()
    assert set(ends) == {made.frame["Month"].max()}


@pytest.mark.slow
def test_a_key_names_only_what_is_drawn():
    made = story_figures.told(ways.curves, "latest")
    (domain,) = {
        tuple(part["encoding"]["color"]["scale"]["domain"])
        for part in made.spec()["spec"]["layer"]
        if "scale" in part.get("encoding", {}).get("color", {})
    }
    assert set(domain) == set(made.frame["Interval"])


def test_first_and_last_place_of_a_way_are_named():
    made = story_figures.told(spread.centre_map, "latest")
    spec = made.spec()
    named = {
        row["place"]
        for layer in spec.get("spec", spec)["layer"]
        if layer["mark"]["type"] == "text" and "data" in layer
        for row in spec["datasets"][layer["data"]["name"]]
        if "20" in row.get("place", "")
    }
    assert named == {"Jan-Jun 2017", "Jul-Dec 2024"}


def test_cercles_that_had_gone_apart_before_the_handovers_are_called_no_safe_comparison():
    r = Report("latest")
    drawn = departures.course(r)
    early = drawn.frame[drawn.frame["Months"].lt(0)]
    outside = early[early["Ratio"].lt(early["Low"]) | early["Ratio"].gt(early["High"])]
    counts = outside.groupby("Bases in")["Months"].apply(list).to_dict()
    assert counts == {"All but Kidal": [-24, -15, -3], "Kidal": [-24]}
    assert "in three of the eight before" in drawn.title
    assert "trois des huit précédents" in drawn.fr.title
    told = departures.minusma(r)
    assert "no safe comparison" in told.title
    assert "pas de comparaison sûre" in told.fr.title
    assert "in three of the eight quarters before the handovers already, in Kidal in one." in told.caveat.en
    rows = departures.minusma_table(r).frame.set_index("Bases in")
    assert list(rows["Quarters before outside the range of chance"]) == [f"{n} of 8" for n in (3, 1, 0, 0, 1, 0)]
    assert list(rows["What may be said"].str.contains("no safe comparison")) == [True, *[False] * 5]
