"""Judge it yourself: states of every box held against a recount of their own, and against the box that they open in."""

from __future__ import annotations

import json
import math
import random
import re
from dataclasses import replace
from functools import cache
from itertools import product
from types import SimpleNamespace

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from helpers import definitions as d
from helpers.audit import choices, options, rule, space, states
from helpers.audit import claims as c
from helpers.editions import Report
from helpers.french import spaced
from helpers.page import judge
from helpers.page.claimbox import ClaimBox

CLAIMS = sorted({one.claim for one in choices.SPACES if states.spaces_of(one.claim)})
DRAWN = 12

groups = cache(states.groups)


# ------------------------------------------------------------------------------ a recount from the keys alone


@cache
def report(claim_id: str) -> Report:
    return Report(c.claim(claim_id).made_in)


@cache
def tally(claim_id: str, who: str, types: str, place: str, counted: str, when: str) -> tuple[float, int]:
    """Count rows as an address names them, and say over how many months."""
    rows = space.select(report(claim_id).actors, space.Pick(who, types, place))
    window = space.span(when)
    inside = rows["month"].between(str(window.first), str(window.last))
    return float(rows.loc[inside, counted].sum()), window.months


@cache
def land(claim_id: str, when: str, types: str, method: str) -> float:
    name, size = method.split("-")
    basis = {"violent": "mi", "vac": "mi-civilian"}[types]
    rows = report(claim_id).areas
    found = rows[
        rows["half"].eq(when) & rows["method"].eq(name) & rows["size"].eq(float(size)) & rows["basis"].eq(basis)
    ]
    return float(found["area_km2"].iloc[0])


def over(above: float, below: float) -> float:
    return above / below if below else math.nan


def recount(one: choices.Space, keys: dict[str, str]) -> float:
    """Return a figure (a share or a ratio, not yet percent) from the keys of an address, without `audit.states`."""
    own = {name: str(getattr(one, name)[0]) for name in ("types", "actors", "place", "counted")}
    if len(one.counted) == 1:
        keys = keys | {"counted": one.counted[0]}
    took = own | keys
    place = took["place"].replace("km", " km")
    first = one.windows[0]
    now, before, by_month = [
        *keys.get("months", f"{first.now}_{first.before}_{'m' * first.per_month}").split("_"),
        "",
        "",
    ][:3]
    if one.measure == "land and people":
        regions = report(one.claim).regions
        inside = regions["region"].isin([region for zone in place.split("+") for region in d.ZONES[zone]])
        return float(regions.loc[inside, took["counted"]].sum() / regions[took["counted"]].sum())
    if one.measure.startswith("area"):
        values = [land(one.claim, when, took["types"], keys["method"]) for when in (now, before)]
        return {"area": values[0], "area before": values[1], "area change": values[0] / values[1] - 1}[one.measure]

    def count(when: str) -> tuple[float, int]:
        return tally(one.claim, took["actors"], took["types"], place, took["counted"], when)

    here, months = count(now)
    if one.measure == "count":
        return here
    if one.measure == "pace":
        return here * 12 / months
    if one.measure == "share":
        part = [
            keys.get(f"part_{name}") or getattr(one, f"part_{name}")[0] or took[name]
            for name in ("actors", "types", "place")
        ]
        return over(tally(one.claim, part[0], part[1], part[2].replace("km", " km"), took["counted"], now)[0], here)
    there, months_before = count(before)
    if one.measure == "count before":
        return there
    ratio = over(here / months, there / months_before) if by_month == "m" else over(here, there)
    return ratio if one.measure == "ratio" else ratio - 1


def every(group: states.Group) -> list[dict[str, str]]:
    """Return the states of a group as the keys that stand in an address, in their order."""
    names = [choice.name for choice in group.choices]
    return [dict(zip(names, keys, strict=True)) for keys in product(*(choice.keys for choice in group.choices))]


def spaces(claim_id: str) -> dict[str, choices.Space]:
    return {one.figure: one for one in choices.SPACES if one.claim == claim_id}


def check(claim_id: str, group: states.Group, number: int, keys: list[dict[str, str]]) -> None:
    """Hold one state of every figure of a group against the recount, and its verdict against the rule."""
    values = {}
    for part in group.parts:
        values[part.figure.quantity] = recount(spaces(claim_id)[part.figure.quantity], keys[number])
    claim = c.claim(claim_id)
    for part in group.parts:
        figure, state = part.figure, part.states[number]
        value = values[figure.quantity]
        where = (claim_id, figure.quantity, keys[number])
        if math.isnan(value):
            assert math.isnan(state.value), where
            assert (state.verdict, state.gives) == ("", False), where
            continue
        shown = figure.convert(value)
        assert state.value == pytest.approx(shown, rel=1e-9), where
        assert state.gives is rule.meets(figure, shown), where
        if state.gives and not figure.needs:
            assert state.verdict == "reproduced", where
        elif figure.needs:
            assert state.verdict == "not measurable", where
        elif rule.near(figure, shown):
            assert state.verdict == "close", where
        else:
            still = {"percent": 0.0, "times": 1.0}.get(figure.unit)
            published, base = figure.published, still
            if still is None and figure.against in values:
                base, other = values[figure.against], claim.figure(figure.against).published
                same = (shown - base) * (published - other) > 0
            else:
                same = still is not None and (shown - still) * (published - still) > 0
            assert state.verdict == ("direction only" if same else "not reproduced"), where
        assert state.low <= state.value <= state.high, where


@pytest.mark.parametrize("claim_id", CLAIMS)
def test_a_draw_of_states_is_what_a_recount_gives(claim_id):
    draw = random.Random(claim_id)
    for group in groups(claim_id):
        keys = every(group)
        assert all(len(part.states) == len(keys) for part in group.parts)
        for number in {0, len(keys) - 1, *draw.sample(range(len(keys)), min(DRAWN, len(keys)))}:
            check(claim_id, group, number, keys)


@pytest.mark.long
@pytest.mark.parametrize("claim_id", CLAIMS)
def test_every_state_is_what_a_recount_gives(claim_id):
    for group in groups(claim_id):
        keys = every(group)
        for number in range(len(keys)):
            check(claim_id, group, number, keys)


@pytest.mark.parametrize("claim_id", CLAIMS)
def test_the_states_are_the_definitions_of_the_search(claim_id):
    """No definition of the search is missing, and none is given another figure; some states are one definition."""
    for group in groups(claim_id):
        for part in group.parts:
            found = space.search(claim_id, part.figure.quantity)["value"].dropna().round(6)
            assert {round(state.value, 6) for state in part.states if not math.isnan(state.value)} == set(found)


# ------------------------------------------------------------------------------ the first state is the box's


@pytest.mark.parametrize("claim_id", CLAIMS)
def test_the_first_state_is_the_books_reading(claim_id):
    rows = {row.figure.quantity: row for row in c.evaluate(claim_id).rows if row.figure}
    for group in groups(claim_id):
        for part in group.parts:
            row, first = rows[part.figure.quantity], part.states[0]
            assert first.value == pytest.approx(row.computed)
            assert first.moved == states.BOOK
            assert part.verdict == row.verdict
            # Only another reading of the words can make the box say more than the book's reading alone.
            if first.verdict != row.verdict:
                assert row.verdict == "close"
                assert judge._box_note(part)[0].startswith("The box says “Close”")
            else:
                assert judge._box_note(part) is None


def test_known_states_by_hand():
    """R22-08: nine events of JNIM within 150 km of Bamako; three choices of place, of months, of events."""
    (group,) = groups("R22-08")
    keys, (part,) = every(group), group.parts
    near = [part.states[number].value for number, key in enumerate(keys) if key["place"] == "100km"]
    assert keys[0] == {"types": "violent", "actors": "jnim", "place": "150km", "months": "2022-01..2022-08"}
    assert (part.states[0].value, part.states[0].verdict, part.states[0].gives) == (9.0, "reproduced", True)
    assert max(near) < 9
    there = keys.index(keys[0] | {"place": "100km"})
    assert group.choices[part.states[there].moved].name == "place"
    assert part.states[there].verdict in ("close", "not reproduced")


# ------------------------------------------------------------------------------ what moved the figure


@pytest.mark.parametrize("claim_id", CLAIMS)
def test_the_choice_named_moves_the_figure_most_when_made_alone(claim_id):
    draw = random.Random(claim_id)
    for group in groups(claim_id):
        keys = every(group)
        for part in group.parts:
            by_keys = {tuple(key.values()): state.value for key, state in zip(keys, part.states, strict=True)}
            book = part.states[0].value
            for number in draw.sample(range(len(keys)), min(40, len(keys))):
                moves = {}
                for axis, (name, key) in enumerate(keys[number].items()):
                    if key != keys[0][name]:
                        value = by_keys[tuple((keys[0] | {name: key}).values())]
                        moves[axis] = 0.0 if math.isnan(value) else abs(value - book)
                moved, state = part.states[number].moved, part.states[number]
                if not moves:
                    assert moved == states.BOOK
                elif part.figure.number(state.value) == part.figure.number(book):
                    assert moved == states.SAME
                elif not any(moves.values()):
                    assert moved == states.TOGETHER
                else:
                    assert moves[moved] == max(moves.values())


@pytest.mark.parametrize("claim_id", CLAIMS)
def test_the_range_is_that_of_one_more_choice(claim_id):
    draw = random.Random(claim_id)
    for group in groups(claim_id):
        keys = every(group)
        for number in draw.sample(range(len(keys)), min(5, len(keys))):
            beside = [
                other for other, key in enumerate(keys) if sum(key[name] != keys[number][name] for name in key) <= 1
            ]
            for part in group.parts:
                values = pd.Series([part.states[other].value for other in beside])
                state = part.states[number]
                assert (state.low, state.high) == pytest.approx((values.min(), values.max()), nan_ok=True)


# ------------------------------------------------------------------------------ which figures have choices


def test_which_boxes_have_choices():
    """Those with a figure that the search counts in more than one way; the rest say nothing of it."""
    searched = {one.claim for one in choices.SPACES}
    for claim in c.claims():
        html = ClaimBox(c.evaluate(claim.id))._html()
        box = BeautifulSoup(html, "html.parser").details
        assert box.get("data-judge") == (claim.id if claim.id in CLAIMS else None)
        if claim.outcome:
            assert "data-judge" not in ClaimBox(c.evaluate(claim.id), outcome=True)._html()
    # One definition alone: the people of the south, as the table has them.
    assert searched - set(CLAIMS) == {"R22-11"}
    assert groups("R22-11") == ()
    assert groups("R22-12") == ()


def test_every_box_has_two_to_four_choices_in_two_languages():
    for claim_id in CLAIMS:
        for group in groups(claim_id):
            assert 2 <= len(group.choices) <= 4
            assert sorted(piece for piece in group.pieces if isinstance(piece, int)) == list(range(len(group.choices)))
            for choice in group.choices:
                assert len(set(choice.keys)) == len(set(choice.words)) == len(choice.keys) > 1


def test_every_choice_of_the_search_has_words():
    assert set(options.ACTORS) == set(choices.ACTORS)
    assert set(options.TYPES) == set(choices.TYPES)
    assert set(options.COUNTED) == set(choices.COUNTED)


# ------------------------------------------------------------------------------ the file that a box loads


@pytest.mark.parametrize("claim_id", CLAIMS)
def test_the_file_says_what_the_states_are(claim_id):
    data, unjudged = judge.payload(claim_id), judge._two(judge.WORDS["unjudged"])
    assert [len(group["choices"]) for group in data["groups"]] == [len(group.choices) for group in groups(claim_id)]
    names = [choice["name"] for group in data["groups"] for choice in group["choices"]]
    assert len(names) == len(set(names))
    for told, group in zip(data["groups"], groups(claim_id), strict=True):
        for said, part in zip(told["parts"], group.parts, strict=True):
            figure = part.figure
            places = [value[2] for value in said["values"] if value[2] is not None]
            assert 0 <= min(places) <= max(places) <= 100
            assert 0 <= said["band"][0] <= said["band"][1] <= 100
            for number, state in enumerate(part.states):
                value = said["values"][said["value"][number]]
                if math.isnan(state.value):
                    assert value == ["no figure", "aucun chiffre", None, "no figure", "aucun chiffre"]
                else:
                    assert value[:2] == [figure.number(state.value), spaced(figure.number_fr(state.value))]
                face = said["verdicts"][said["verdict"][number]]
                assert face[:2] == list(rule.part_face(state.verdict, figure) if state.verdict else unjudged)
                assert said["gives"][number] == state.gives
                assert said["moved"][number] == state.moved
                least, most = (said["values"][said[end][number]] for end in ("low", "high"))
                if not math.isnan(state.low):
                    assert (least[0], most[0]) == (figure.number(state.low), figure.number(state.high))
                    # As a range they say their unit once.
                    both = figure.span(state.low, state.high)
                    assert (f"{least[3]} to {most[0]}", f"de {least[4]} à {most[1]}") == (both[0], spaced(both[1]))


@pytest.mark.slow
def test_the_files_of_an_edition_are_small():
    sizes = [len(judge.script(claim_id).encode()) for claim_id in CLAIMS]
    assert sum(sizes) < 500_000
    assert max(sizes) < 80_000


def test_a_book_gets_the_files_that_its_pages_ask_for(tmp_path):
    def app(name: str, folder: str) -> SimpleNamespace:
        (tmp_path / folder / "chapters").mkdir(parents=True)
        boxes = "".join(ClaimBox(c.evaluate(name))._html() for name in ("R22-11", "R23-09"))
        (tmp_path / folder / "chapters" / "page.html").write_text(boxes, encoding="utf-8")
        made = SimpleNamespace(builder=SimpleNamespace(name=name), outdir=str(tmp_path / folder))
        made.config = SimpleNamespace(mali_data="", mali_changed=[])
        return made

    judge.write(app("html", "site"), None)
    (made,) = (tmp_path / "site" / "_static" / "judge").iterdir()
    assert made.name == "R23-09.js"
    found = re.fullmatch(r"mali\.judge\((.*)\);\n", made.read_text(encoding="utf-8"))
    assert json.loads(found[1]) == judge.payload("R23-09")
    judge.write(app("singlehtml", "joined"), None)
    judge.write(app("html", "failed"), ValueError("no book"))
    assert not list(tmp_path.glob("[jf]*/_static"))


def test_own_tables_without_the_months_leave_the_box_as_it_is(monkeypatch):
    """A figure that own data cannot count has no choices, and its file none either."""
    whole = c.evaluate("R22-06")
    short = replace(whole, rows=tuple(replace(row, computed=None) for row in whole.rows))
    monkeypatch.setattr(c, "evaluate", lambda *_: short)
    assert "data-judge" not in ClaimBox(short)._html()
    assert judge.payload("R22-06")["groups"] == []
