"""The rules by which numbers choose words: their properties, and every branch of each reached by an edition or a made-up series.

Editions here are all months from January 2019 to the last of the totals. What an edition lends is the counts of its measures;
where a branch needs intervals of every month, the totals of regions give them.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import definitions as d
from helpers import french, prose
from helpers import measures as m
from helpers.editions import Report
from helpers.measures import Interval
from helpers.measures.catalogue import attacks_on_civilians, fought_by, islamist, totals
from helpers.page import glossary
from helpers.story import central, explore, northern, trajectory, wagner
from helpers.windows import trailing
from helpers.words import judgement as j
from helpers.words import names
from helpers.words.both import Both
from helpers.words.names import Noun

MONTHS = [str(one) for one in pd.period_range("2019-01", "2026-03", freq="M")]
counts = st.integers(0, 5000)
ends = st.tuples(st.floats(0.01, 20), st.floats(0.01, 20)).map(sorted)


@cache
def report(month: str) -> Report:
    return Report(month)


@cache
def changes() -> tuple:
    """Return changes of a year: of all violence and its zones twice a year, of every region in the last month."""
    last = [one.in_a_year() for one in totals(report(MONTHS[-1])).regions()]
    months = [totals(report(month)) for month in MONTHS[::6]]
    return (*last, *(one.in_a_year() for every in months for one in [every, *every.zones()]))


def test_there_are_87_editions():
    assert len(MONTHS) == 87
    assert str(report(MONTHS[-1]).end("totals")) == MONTHS[-1]


# --------------------------------------------------------------------------- change, moved, beside


def test_the_glossary_explains_a_clear_change_in_both_languages_with_the_bounds_of_the_rule():
    (en,), (fr,) = ([x for x in found() if x.id == "clear-change"] for found in (glossary.terms, glossary.french_terms))
    # The intervals allow for attacks that come in waves: what lies outside them is more than chance alone leaves out.
    assert "neither chance nor attacks that come in waves" in en.text
    assert "ni le hasard ni des attaques venant par vagues" in fr.text
    assert en.more.startswith("estimates.html#")
    assert (d.SMALL_COUNT, j.LEVEL) == (10, (0.8, 1.25))
    assert "reach twenty, the smaller ten" in en.text
    assert "atteindre vingt, le plus petit dix" in fr.text
    assert "between a fifth less and a quarter more" in en.text
    for kind in ("rise", "fall", "unclear"):
        label = j.LABELS[kind]
        assert list(glossary.mentions(label.en, frozenset({"clear-change"}))), label
        assert list(glossary.mentions(label.fr, frozenset({"clear-change"}), french=True)), label


def test_the_glossary_says_what_the_totals_hold_beyond_the_three_types_of_violent_events():
    """Sentences on totals spoke of violent events, which the glossary made three types of; the totals hold two more."""
    (en,), (fr,) = (
        [x.text for x in found() if x.id == "violent-event"] for found in (glossary.terms, glossary.french_terms)
    )
    assert "mob violence and excessive force against protesters" in en
    assert "violences de foule et la force excessive contre des manifestants" in fr
    every = Report("2025-02").all_totals
    violent = Report("2025-02").all_actors
    year = slice("2024-03", "2025-02")
    whole, three = (
        int(rows[rows["month"].between(year.start, year.stop)]["events"].sum())
        for rows in (every, violent[violent["event_type"].isin(d.VIOLENT)])
    )
    assert whole > three


@given(now=counts, before=counts, interval=ends)
def test_a_change_is_clear_only_where_its_interval_holds_no_one(now, before, interval):
    low, high = interval
    kind = j.change(now, before, low, high)
    assert (kind == "few") == (min(now, before) < 10 or max(now, before) < 20)
    if kind in ("rise", "fall"):
        assert not low <= 1 <= high
    if kind == "level":
        assert 0.8 <= low <= 1 <= high <= 1.25
    if kind == "unclear":
        assert low <= 1 <= high
        assert low < 0.8 or high > 1.25


@given(now=counts, before=counts, interval=ends, plural=st.booleans())
def test_words_of_a_change_follow_its_kind_in_both_languages(now, before, interval, plural):
    low, high = interval
    kind = j.change(now, before, low, high)
    if kind in ("rise", "fall") and (now == before or (now > before) != (kind == "rise")):
        return  # no interval lies on the other side of its own ratio
    said, beside = j.moved(now, before, low, high, plural=plural), j.beside(now, before, low, high)
    rising = re.search(r"\b(?:rose|doubled|tripled)\b", said.en)
    falling = re.search(r"\b(?:fell|halved)\b", said.en)
    assert bool(rising) == (kind == "rise")
    assert bool(falling) == (kind == "fall")
    assert bool(re.search(r"augment|doubl|tripl|attei(?:gnent|nt)", said.fr)) == (kind == "rise")
    assert bool(re.search(r"recul|diminu", said.fr)) == (kind == "fall")
    assert ("percent" in said.en) <= (kind in ("rise", "fall"))
    assert ("clear rise" in beside.en) == (kind == "rise") == ("nette hausse" in beside.fr)
    assert ("clear fall" in beside.en) == (kind == "fall") == ("net recul" in beside.fr)
    if not plural:
        assert not re.search(r"\b(?:ont|sont|restent|montrent|atteignent)\b", said.fr)
    for text in (said.en, said.fr, beside.en, beside.fr):
        assert "  " not in text
        assert ":" not in text  # the sentence around it may hold one


@pytest.mark.slow
def test_every_kind_of_change_is_met_in_the_editions():
    kinds = {change.kind for change in changes()}
    assert {"rise", "fall", "unclear"} <= kinds
    near = {islamist(report(month)).within(150).in_a_year().kind for month in MONTHS[::12]}
    assert "few" in near
    # No 12 months of a region are known well enough to be called level: a made-up count is.
    assert j.change(1000, 990, 0.9, 1.1) == "level"


@pytest.mark.slow
def test_no_edition_says_rose_over_an_interval_that_holds_one():
    for change in changes():
        low, high = change.ends
        said = change.moved().en
        if re.search(r"\b(?:rose|fell|doubled|halved|tripled)\b", said):
            assert not low <= 1 <= high, (str(change.now.window), said, change.ends)
            assert change.clear
            assert (change.now > change.before) == (low > 1)


@given(st.floats(0.01, 30))
def test_the_verb_of_a_clear_change_says_its_direction_and_size(ratio):
    said = j.by_how_much(ratio).en
    rounded = d.round_half_up(ratio, 3)
    assert bool(re.search(r"fell|halved", said)) == (rounded < 1)
    if "percent" in said:
        step = int(re.search(r"\d+", said)[0]) / 100
        assert step == pytest.approx(abs(ratio - 1), abs=0.006)
    elif "times" in said:
        assert float(re.search(r"[\d.]+", said)[0]) == pytest.approx(ratio, abs=0.06)
    else:
        size = {"halved": 0.5, "doubled": 2, "tripled": 3}
        if said == "more than doubled":
            assert 2.1 < rounded < 2.9
        else:
            assert rounded == pytest.approx(size[said], rel=0.1001)


# --------------------------------------------------------------------------- as often, shares, about


@given(st.floats(0, 50))
def test_as_often_never_contradicts_the_ratio(ratio):
    said = j.as_often(ratio).en
    if "less" in said or "half" in said:
        assert ratio < 0.8
    elif said.startswith("about as"):
        assert 0.8 <= ratio <= 1.25
    else:
        assert ratio > 1.25
    if "times" in said:
        assert float(said.split()[0]) == pytest.approx(ratio, abs=0.06)


@given(st.floats(0, 0.39), st.floats(0, 3), st.booleans())
def test_a_degree_stands_only_where_the_interval_carries_it(ratio, high, known):
    """ "Far less often" stood over "though the order is uncertain"."""
    between = Interval(min(ratio, high), max(ratio, high)) if known else None
    said = j.as_often(ratio, between)
    if "far" in said.en:
        assert not j.open_order(between)
    assert ("far" in said.en) == ("bien" in said.fr) == bool(between and between.high < 0.6)
    assert said.en.endswith("less often than")


@pytest.mark.slow
def test_every_word_for_how_often_is_reached_by_an_edition_or_a_made_up_ratio():
    met = set()
    for month in MONTHS[::6]:
        state, armed = (attacks_on_civilians(report(month), side) for side in ("state-side", "islamist"))
        between = state.beside(armed, state.last_year)[2]
        said = j.as_often(state.over(state.last_year) / armed.over(armed.last_year), between).en
        assert "far" not in said or not j.open_order(between), "a degree that the interval does not carry"
        met.add(said)
    assert len(met) >= 3
    assert "about as often as" in met
    made = {j.as_often(x).en for x in (0.5, 0.7, 1, 1.5, 2, 3)} | {j.as_often(0.1, Interval(0.05, 0.3)).en}
    assert made == {
        "far less often than",
        "about half as often as",
        "less often than",
        "about as often as",
        "more often than",
        "twice as often as",
        "3.0 times as often as",
    }


WORTH = {"one in ten": 0.1, "one in eight": 0.125, "one in five": 0.2, "one in four": 0.25, "one in three": 1 / 3,
         "two in five": 0.4, "half": 0.5, "three in five": 0.6, "two in three": 2 / 3, "three in four": 0.75,
         "four in five": 0.8, "nine in ten": 0.9}  # fmt: skip


@given(st.floats(0, 1))
def test_a_share_in_words_is_within_two_points_of_the_share(value):
    said = j.share(value)
    if said.en.endswith("percent"):
        assert float(said.en.split()[0]) == pytest.approx(100 * value, abs=0.51)
        assert said.fr.endswith("%")
    else:
        assert WORTH[said.en] == pytest.approx(value, abs=0.02)


def test_every_fraction_is_reached_and_fractions_do_not_overlap():
    met = {j.share(x / 1000).en for x in range(1001)}
    assert set(WORTH) <= met
    spans = [(low, high) for low, high, _ in j._SHARES]
    assert all(a[1] + 0.0149 <= b[0] for a, b in pairwise(spans))


@given(st.floats(0, 1), st.booleans())
def test_a_share_of_something_agrees_in_french(value, feminine):
    noun = Noun(Both("school", "école"), Both("schools", "écoles"), feminine=True) if feminine else Noun(
        Both("death", "mort"), Both("deaths", "morts")
    )  # fmt: skip
    said = j.share_of(value, noun)
    assert said.en.endswith(noun.many.en)
    assert "  " not in said.en + said.fr
    one, many = noun.one.fr, noun.many.fr
    if re.match(r"(?:un|une)\b", said.fr):
        assert re.match(rf"{'une' if feminine else 'un'} {one} sur ", said.fr)
    else:
        assert re.search(rf"\b{many}\b", said.fr)
    assert ("half of all" in said.en) == ("la moitié des" in said.fr)


@given(st.integers(0, 20_000))
def test_about_rounds_as_it_says(deaths):
    said = j.about(deaths)
    assert (said.en.startswith("about ")) == (deaths >= 100) == (said.fr.startswith("environ "))
    if deaths >= 100:
        value = int(said.en.removeprefix("about ").replace(",", ""))
        assert abs(value - deaths) <= (50 if deaths >= 1000 else 5)
        assert value % (100 if deaths >= 1000 else 10) == 0
        assert said.fr.removeprefix("environ ").replace("\u202f", "") == str(value)


@given(a=counts, b=counts)
def test_small_is_the_same_in_both_directions(a, b):
    assert j.small(a, b) == j.small(b, a)
    assert j.small(a, b) == (min(a, b) < 10 or (a < 20 and b < 20))


# --------------------------------------------------------------------------- plateau, killers, leader, record


@given(st.lists(st.tuples(st.integers(0, 400), st.booleans()), min_size=2, max_size=9))
def test_a_plateau_is_three_windows_on_one_level_without_a_clear_change(rows):
    totals_, clear = [value for value, _ in rows], [flag for _, flag in rows[1:]]
    found = j.plateau(totals_, clear)
    assert found == 0 or 3 <= found <= len(totals_)

    def level(size: int) -> bool:
        part = totals_[-size:]
        return min(part) > 0 and max(part) / min(part) < 1.25 and not any(clear[len(clear) - size + 1 :])

    if found:
        assert level(found)
        assert found == len(totals_) or not level(found + 1)
    else:
        assert len(totals_) < 3 or not level(3)


@pytest.mark.slow
def test_plateaus_come_and_go_in_the_editions():
    found = {month: trajectory.plateau(report(month))[0] for month in ("2019-06", "2023-07", "2026-03")}
    assert found["2026-03"] >= 3
    assert 0 in found.values()
    every = totals(report("2026-03"))
    years, end = [], every.last_year
    for _ in range(found["2026-03"]):
        years.append(int(every.over(end)))
        end = end.before()
    assert max(years) / min(years) < 1.25


@given(st.fixed_dictionaries({"islamist": counts, "state": counts, "militia": counts}))
def test_killers_are_in_order_and_close_only_within_a_fifth(deaths):
    order, close = j.killers(deaths)
    assert [deaths[side] for side in order] == sorted(deaths.values(), reverse=True)
    first, second = (deaths[side] for side in order[:2])
    assert close == (first > 0 and second >= 0.8 * first)


@pytest.mark.slow
def test_who_killed_most_changes_in_the_editions_and_is_close_in_some():
    first, near = set(), set()
    for month in MONTHS[::3]:
        made = {
            side: attacks_on_civilians(report(month), side).deaths for side in ("state-side", "islamist", "militia")
        }
        order, close = j.killers({side: int(one.over(one.last_year)) for side, one in made.items()})
        first.add(order[0])
        near.add(close)
    assert first == {"state-side", "islamist", "militia"}
    assert near == {True, False}


@cache
def killed(month: str) -> dict[str, int]:
    return {
        side: int(attacks_on_civilians(report(month), of).deaths.over(islamist(report(month)).last_year))
        for side, of in trajectory.SIDES.items()
    }


WITHOUT = "Without its deadliest operation another side would come first."
WITH = "With strikes and bombs on civilians another side would come first."
OTHERS = j.ANOTHER_ORDER.en[1:]


SIDES = st.fixed_dictionaries({"islamist": counts, "state": counts, "militia": counts})


@given(deaths=SIDES, alone=SIDES, strikes=SIDES)
def test_an_order_hinges_on_what_puts_another_side_first(deaths, alone, strikes):
    said = [one.en for one in j.hinges(deaths, alone, strikes)]
    first = j.killers(deaths)[0][0]
    assert (WITHOUT in said) == (j.killers(alone)[0][0] != first)
    assert (WITH in said) == (j.killers(strikes)[0][0] != first)
    assert len(said) <= 2


@given(ends)
def test_others_may_show_another_order_where_the_interval_holds_one(interval):
    low, high = interval
    assert j.another_order(low, high) == (low <= 1 <= high)


@given(ends, ends)
def test_a_ranking_says_that_it_is_not_settled_where_an_interval_of_it_holds_one(one, other):
    said = Both("They killed more", "Ils ont tué plus")
    found = [Interval(*interval) for interval in (one, other)]
    held = any(low <= 1 <= high for low, high in (one, other))
    assert (j.NOT_SETTLED.en in j.ranked(said, *found, None).en) == held
    assert (j.NOT_SETTLED.fr in j.ranked(said, *found).fr) == held
    assert j.ranked(said) == j.ranked(said, None) == said


def _intervals(r, month):
    """Return, of each answer that ranks two sides, the intervals that its ranking words rest on."""
    side = {name: attacks_on_civilians(r, name) for name in ("state-side", "islamist", "militia")}
    span = islamist(r).last_year
    often = side["state-side"].over(span) / side["islamist"].over(span)
    deaths = {name: int(one.deaths.over(span)) for name, one in side.items() if name != "militia"}
    found = [] if 0.8 <= often <= 1.25 else [side["state-side"].beside(side["islamist"], span)[2]]
    if not j.killers(deaths)[1]:
        found.append(side["state-side"].deaths.beside(side["islamist"].deaths, span)[2])
    yield "wagner", wagner.answer(r).answer.en, found
    here = {name: one.in_zone("centre").deaths for name, one in side.items()}
    (top, second, _), close = j.killers({name: int(one.over(span)) for name, one in here.items()})
    found = [] if close else [here[top].beside(here[second], span)[2]]
    told = central.answer(r).answer.en
    regions = [totals(r).in_region(name) for name in ("Mopti", "Segou")]
    title = central.overtaking(*regions).title.en
    lead = [] if "stand close" in title else [regions[0].beside(regions[1], regions[0].last_year)[2]]
    yield "regions", title, lead
    yield (
        "central",
        told.replace("oth orders are uncertain", j.NOT_SETTLED.en),
        found + lead * bool(re.search("overtaken|counted more", told)),
    )


@pytest.mark.slow
def test_every_answer_that_ranks_two_sides_says_where_the_data_do_not_settle_it():
    """The answer on Wagner ranked who killed more over an interval of 0.6 to 14; those of the centre and the north did so too."""
    met = set()
    for month in [*MONTHS[2::8], "2023-06"]:
        r = report(month)
        for name, said, found in _intervals(r, month):
            held = any(one.low <= 1 <= one.high for one in found if one)
            assert (j.NOT_SETTLED.en in said) == held, (month, name, said, found)
            if name == "regions":
                # "Has overtaken, though the order is not settled" contradicts itself.
                assert ("counted more violence than" in said) == held
                assert not (held and re.search("overtaken|has more", said))
            met.add((name, held))
    assert {(name, True) for name in ("wagner", "central", "regions")} <= met
    assert {held for _, held in met} == {True, False}
    north = {e: northern.answer(Report(e)).answer for e in ("2023-07", "latest")}
    assert all("most often" in said.en and j.NOT_SETTLED.en in said.en for said in north.values())
    assert "not the separatists, though" in north["2023-07"].en
    assert j.NOT_SETTLED.fr in north["latest"].fr
    centre = central.answer(Report("latest")).answer
    assert "Ségou counted more violence than Mopti in the year to March 2026. Both orders are uncertain." in centre.en
    assert "Ségou a compté plus de violences que Mopti" in centre.fr


@pytest.mark.slow
def test_the_page_and_the_explorer_say_the_same_of_who_killed_most():
    """The one said "3.3 times as many" and the other that the same difference "can be chance"."""
    said = set()
    for month in MONTHS[2::6]:
        r = report(month)
        order, close = j.killers(killed(month))
        told, caveat = trajectory.who_kills(r).en, trajectory.attackers(r).caveat.en
        top, second = (f"attacks-{trajectory.SIDES[side]}" for side in order[:2])
        when = islamist(r).last_year
        state = explore.State(top, "fatalities", "mali", "month", str(when.first), str(when.last), "group", second)
        answer = explore.answer(r, state).title.en
        assert str(killed(month)[order[0]]) in answer.replace(",", "")
        apart = "clearly more" in answer
        assert apart or OTHERS in answer or "about as many" in answer or "ratio" not in answer, answer
        assert (OTHERS in told) == (OTHERS in answer and not close), (month, told, answer)
        assert (OTHERS in caveat) == (OTHERS in answer), (month, caveat, answer)
        assert ("killed the most" in told) == (not close)
        if OTHERS in answer:
            ratio = killed(month)[order[0]] / killed(month)[order[1]]
            assert f"{prose.number(ratio, 1)} times as many as" in answer
            if not close:
                assert f"{prose.number(ratio, 1)} times as many as" in told
        said.add((close, OTHERS in told))
    assert said >= {(True, False), (False, True)}


@pytest.mark.slow
def test_an_order_that_one_operation_turns_says_so():
    """No edition from 2019 on has one; the property above reaches the words."""
    for month in MONTHS[::4]:
        deaths, when = killed(month), islamist(report(month)).last_year
        order, close = j.killers(deaths)
        rows = attacks_on_civilians(report(month), trajectory.SIDES[order[0]]).rows
        alone = deaths[order[0]] - m.deadliest_operation(rows, when)
        turned = alone < max(deaths[side] for side in order[1:])
        told = trajectory.who_kills(report(month)).en
        assert (WITHOUT in told) == (turned and not close), (month, deaths, alone)
        assert WITH not in told


@given(
    now=st.lists(st.integers(1, 300), min_size=2, max_size=4),
    before=st.lists(st.integers(1, 300), min_size=4, max_size=4),
)
def test_a_leader_leads_by_a_tenth_or_in_both_halves(now, before):
    places = "abcd"[: len(now)]
    here, was = dict(zip(places, now, strict=True)), dict(zip(places, before[: len(now)], strict=True))
    top, overtook = j.leader(here, was, [])
    ranked = sorted(now, reverse=True)
    assert bool(top) == (ranked[0] >= 1.1 * ranked[1])
    if top:
        assert here[top] == ranked[0]
        if was[top] < max(was.values()):
            assert overtook
        if sorted(was.values(), reverse=True)[:2] != [max(was.values())] * 2 and was[top] == max(was.values()):
            assert not overtook
    in_both, _ = j.leader({"a": 100, "b": 99}, {"a": 1, "b": 2}, [{"a": 50, "b": 49}, {"a": 50, "b": 49}])
    assert in_both == "a"


@pytest.mark.slow
def test_the_centre_changes_its_leader_in_the_editions():
    seen = set()
    for month in MONTHS:
        regions = {region: totals(report(month)).in_region(region) for region in ("Mopti", "Segou")}
        span = regions["Mopti"].last_year
        now, before = ({name: int(one.over(w)) for name, one in regions.items()} for w in (span, span.before()))
        seen.add(j.leader(now, before, []))
    assert ("Mopti", False) in seen
    assert ("Segou", True) in seen


@given(now=counts, earlier=st.lists(counts, max_size=6))
def test_a_record_is_above_everything_before_it(now, earlier):
    assert j.record(now, earlier) == (bool(earlier) and all(now > one for one in earlier))


@given(
    now=counts, before=counts, months=st.integers(1, 36), end=st.integers(0, 11), plural=st.booleans()
)  # fmt: skip
def test_a_record_names_the_length_and_the_month_of_its_window(now, before, months, end, plural):
    """It said "in any year before" of half-years too, and of years that overlap a higher one with another last month."""
    window = trailing(pd.Period("2023-01", "M") + end, months)
    name = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
            "November", "December")[end]  # fmt: skip
    said, beside = j.most_ever(now, before, window, plural=plural), j.record_beside(before, window)
    for text in (said, beside):
        assert ("year" in text.en) == ("année" in text.fr) == (months == 12)
        if months > 1:
            span = "year" if months == 12 else f"{prose.none(months)} months"
            assert re.search(rf"\bany (?:earlier )?{span} to {name}\b", text.en)
            assert f"s’achevant en {french.MONTHS[end]}" in text.fr
        assert not re.search(r"\bany (?:earlier )?year\b(?! to )", text.en)
        assert "  " not in text.en + text.fr
    assert said.en.startswith(f"reached {prose.none(now)} after {prose.none(before)}, more than in any earlier ")


@pytest.mark.parametrize(("edition", "month"), [("2023-07", "June"), ("latest", "February")])
def test_a_record_that_another_year_overlaps_names_the_month_of_its_own(edition, month):
    """The year to August 2022 had more deaths than the record year to June 2023; that to July 2024 had 302 events."""
    r, met = Report(edition), 0
    for measure in (
        totals(r).deaths,
        islamist(r),
        *totals(r).regions(),
        *(fought_by(r, way) for way in trajectory.METHODS),
    ):
        change = measure.in_a_year()
        if change.most_ever:
            met += 1
            last = str(change.now.window.last)
            name = pd.Period(last, "M").strftime("%B")
            assert f"than in any earlier year to {name}" in change.moved().en
            assert f"highest of any year to {name};" in change.beside().en
    assert met, month


@pytest.mark.slow
def test_a_half_year_that_is_a_record_is_one_of_half_years():
    met = 0
    for month in MONTHS:
        every = totals(report(month))
        for one in [*every.zones(), *every.regions()]:
            change = one.compare(trailing(every.end, 6), trailing(every.end - 6, 6))
            if change.most_ever:
                met += 1
                name = names.bare_month(every.end)
                assert f"more than in any earlier six months to {name.en}," in change.moved().en
                assert f"période antérieure de six mois s’achevant en {name.fr}," in change.moved().fr
                assert "year" not in change.moved().en + change.beside().en
    assert met > 5


def test_order_and_tense():
    assert j.same_order(["a", "b"], ("a", "b")).en == "points the same way"
    assert j.same_order(["a", "b"], ["b", "a"]).fr == "donne l’ordre inverse"
    for month in MONTHS:
        end = str(report(month).end("actors"))
        assert j.past(end, month) == ((pd.Period(month, "M") - pd.Period(end, "M")).n >= 6)
    assert {j.past(str(report(month).end("actors")), month) for month in MONTHS} == {True, False}


@pytest.mark.parametrize("months", [1, 6, 12])
def test_a_record_beside_a_value_needs_no_brackets_which_others_put_around_it(months):
    said = j.record_beside(407, trailing(pd.Period("2023-06", "M"), months))
    assert "407" in said.en
    assert not set("()") & set(said.en + said.fr)
