"""The key figures at the top of a chapter are the measures' own numbers, in every edition."""

from __future__ import annotations

import re

import pandas as pd
import pytest

import story_figures
from helpers import data
from helpers import definitions as d
from helpers import measures as m
from helpers.audit import claims, headline, pace
from helpers.chapters import NotInEdition
from helpers.editions import Report
from helpers.figures import KeyFigures
from helpers.page.frame import AnswerBox
from helpers.story import central, junta, northern, outlook, overview, scorecard, southern, summary, trajectory, wagner
from test_figure_contract import ENGLISH, FRENCH, numbers

every = pytest.mark.parametrize("edition", [*story_figures.EDITIONS, "2019-01", "2020-08"])


def read(text: str) -> float:
    """Return the first number of a text."""
    return float(re.search(r"\d[\d,]*", text)[0].replace(",", ""))


def both(figures: KeyFigures) -> list[tuple[float, float]]:
    return [(read(key.value), read(key.note)) for key in figures.figures]


def pairs(box: AnswerBox) -> list[tuple[float, float]]:
    """Return the present and the earlier value of every key figure of a chapter's box, the same in both languages."""
    found = []
    for key in box.keys:
        english = (read(key.value.en), spelt(key.judged.en, ENGLISH | {"one": 1, "none": 0}))
        french = FRENCH | {"un": 1, "une": 1, "zéro": 0}
        assert english == (read(key.value.fr.replace("\u202f", "")), spelt(key.judged.fr, french)), (
            key.value,
            key.judged,
        )
        found.append(english)
    return found


def spelt(text: str, words: dict[str, int]) -> float:
    """Return the one number of a judgement, in digits or in words."""
    digits = re.findall(r"\d[\d,\u202f]*", text)
    named = [words[word] for word in re.findall(r"[^\W\d]+", text) if word in words]
    (only,) = [float(x.replace(",", "").replace("\u202f", "")) for x in digits] or named
    return float(only)


def in_a_year(frame: pd.DataFrame, end: pd.Period, value: str = "events") -> tuple[int, int]:
    """Add up the 12 months to a month, and the 12 before, without anything of the package."""
    return tuple(
        int(frame.loc[frame["month"].between(str(end - back - 11), str(end - back)), value].sum()) for back in (0, 12)
    )


def raw(r: Report, table: str) -> tuple[pd.DataFrame, pd.Period]:
    """Return a table up to the edition as it stands in its file, and its last month there."""
    frame = data.load(table)
    frame = frame.assign(month=frame["month"].astype(str))
    last = min(frame["month"].max(), str(r.runs_to))
    return frame[frame["month"].le(last)], pd.Period(last, "M")


ISLAMIST = ("jnim", "flm", "is-sahel", "jnim-or-is", "islamist-other")
VIOLENT = ("Battles", "Explosions/Remote violence", "Violence against civilians")
NORTH = ("Gao", "Kidal", "Menaka", "Tombouctou")


def violent_events(r: Report) -> tuple[pd.DataFrame, pd.Period]:
    rows, end = raw(r, "actors")
    return rows[rows["event_type"].isin(VIOLENT)], end


def met(rows: pd.DataFrame, one: tuple[str, ...], other: tuple[str, ...]) -> pd.DataFrame:
    return rows[
        (rows["side1"].isin(one) & rows["side2"].isin(other)) | (rows["side1"].isin(other) & rows["side2"].isin(one))
    ]


@every
def test_trajectory(edition):
    r = Report(edition)
    (totals, end), (methods, last) = raw(r, "totals"), raw(r, "methods")
    assert pairs(trajectory.answer(r)) == [
        in_a_year(totals, end),
        in_a_year(totals, end, "fatalities"),
        in_a_year(methods[methods["method"].eq("attacks")], last),
    ]


@every
def test_central(edition):
    r = Report(edition)
    totals, end = raw(r, "totals")
    mopti, segou = (totals[totals["region"].eq(region)] for region in ("Mopti", "Segou"))
    assert pairs(central.answer(r)) == [
        in_a_year(mopti, end),
        in_a_year(segou, end),
        in_a_year(pd.concat([mopti, segou]), end, "fatalities"),
    ]


@every
def test_southern(edition):
    r = Report(edition)
    (totals, end), (violent, last) = raw(r, "totals"), violent_events(r)
    mi = violent[violent["side1"].isin(ISLAMIST) | violent["side2"].isin(ISLAMIST)]
    assert pairs(southern.answer(r)) == [
        in_a_year(totals[totals["region"].isin(["Bamako", "Kayes", "Koulikoro", "Sikasso"])], end),
        in_a_year(mi[mi["band"].isin(["0-50", "50-100", "100-150"])], last),
        in_a_year(totals[totals["region"].eq("Kayes")], end),
    ]


@every
def test_summary_in_both_languages(edition):
    r = Report(edition)
    (totals, end), (methods, last) = raw(r, "totals"), raw(r, "methods")
    assert pairs(overview.answer(r)) == [
        in_a_year(totals, end),
        in_a_year(totals, end, "fatalities"),
        in_a_year(methods[methods["method"].eq("air")], last),
    ]
    for key in overview.answer(r).keys:
        english, french = (
            " ".join(getattr(part, language) for part in (key.value, key.label, key.judged))
            for language in ("en", "fr")
        )
        assert numbers(english, ENGLISH, ",", ".") == numbers(french, FRENCH, "\u202f", ",")


def values(figures: KeyFigures) -> list[list[float]]:
    """Return every number of the values, as they stand."""
    return [
        [float(x.replace(",", "")) for x in re.findall(r"\d[\d,]*(?:\.\d+)?", key.value)] for key in figures.figures
    ]


@every
def test_junta(edition):
    r = Report(edition)
    found = junta.key_figures(r).figures

    def one(label: str):
        return next((key for key in found if label in key.label), None)

    known = set(r.chronology["id"])
    # Wagner and the Africa Corps are one force under two names: nobody has left while either is there.
    there = {name: last in known for name, kind, first, last in junta.FORCES if first in known and kind != "wagner"}
    russians = [last in known for _, kind, first, last in junta.FORCES if first in known and kind == "wagner"]
    gone, forces = sum(there.values()) + (bool(russians) and all(russians)), len(there) + bool(russians)
    assert one("foreign forces have left").value == f"{gone} of {forces}"
    assert bool(one("in power")) == ("2020-08-18-coup" in known)
    if one("in power"):
        at = junta.last_day(r)
        whole = (int(at[:4]) - 2020) * 12 + int(at[5:7]) - 8 - (int(at[8:]) < 18)
        assert numbers(one("in power").value, ENGLISH, ",", ".") <= {float(whole)}
    assert bool(one("bases")) == (len(r.bases) > 0)
    if one("bases"):
        shared = r.bases.assign(un=r.bases["mission"].eq("MINUSMA")).drop_duplicates(["un", "place"])
        north = shared["region"].isin(["Gao", "Kidal", "Menaka", "Tombouctou"]).sum()
        assert both(KeyFigures([one("bases"), found[0]]))[0] == (len(shared), north)
    assert read(one("press-freedom").value) == junta.known_indices(r, "rsf-rank")["value"].iloc[-1]
    assert bool(one("turnout")) == (len(r.referendum) > 0)
    if one("turnout"):
        final = r.referendum["stated_by"].str.contains("final").any()
        assert one("turnout").value == ("38.2 percent" if final else "39.4 percent")


@every
def test_wagner(edition):
    r = Report(edition)
    rows, end = raw(r, "actors")
    vac = rows[rows["event_type"].eq("Violence against civilians")]
    state, armed = (vac[vac["side1"].isin(side)] for side in (("state", "wagner"), ISLAMIST))
    assert pairs(wagner.answer(r)) == [
        in_a_year(state, end),
        in_a_year(state, end, "fatalities"),
        in_a_year(armed, end),
    ]
    # Nobody is named before they came.
    assert ("Russian" in wagner.answer(r).answer.en) == (str(r.as_of) >= "2021-12")


@every
def test_northern(edition):
    r = Report(edition)
    (totals, end), (violent, last) = raw(r, "totals"), violent_events(r)
    war = met(violent, ("state", "wagner"), ("separatist",))
    sides = violent["side1"].eq("is-sahel") | violent["side2"].eq("is-sahel")
    assert pairs(northern.answer(r)) == [
        in_a_year(totals[totals["region"].isin(NORTH)], end),
        in_a_year(war[war["region"].isin(NORTH)], last),
        in_a_year(violent[sides & violent["region"].isin(["Gao", "Menaka"])], last, "fatalities"),
    ]


@every
@pytest.mark.parametrize("module", [trajectory, central, southern, northern, wagner, overview])
def test_a_key_figure_says_rise_or_fall_as_its_numbers_do(module, edition):
    for (now, before), key in zip(
        pairs(module.answer(Report(edition))), module.answer(Report(edition)).keys, strict=True
    ):
        said = key.judged.en
        kinds = [
            word for word in ("clear rise", "clear fall", "held level", "no clear change", "after") if word in said
        ]
        assert len(kinds) == 1, said
        assert (kinds[0] == "after") == (min(now, before) < 10 or max(now, before) < 20), (now, before, said)
        if kinds[0] in ("clear rise", "clear fall"):
            assert (now > before) == (kinds[0] == "clear rise")


@every
def test_outlook(edition):
    r = Report(edition)
    mi, now = m.militant_islamist(r.actors), r.year_to_date
    found = outlook.key_figures(r)
    table = pace.history(r).dropna(subset=["pace_error"])
    fair = table.dropna(subset=["naive_error", "rest_error"])
    assert values(found)[:3] == [
        [d.round_half_up(m.count(mi, now) * 12 / now.months)],
        [d.round_half_up(100 * fair["pace_error"].abs().mean())],
        [(table["pace_error"].abs() <= 0.1).sum(), len(table)],
    ]
    # What became of the projections is told at the top of the latest edition alone.
    assert len(found.figures) == (4 if edition == "latest" else 3)
    if edition == "latest":
        verdicts = [claims.evaluate(row.id).verdict for row in claims.due(r) if row.outcome]
        assert values(found)[3] == [verdicts.count("borne out"), len(verdicts) - verdicts.count("open")]


def test_scorecard():
    with pytest.raises(NotInEdition, match="No statement had been made"):
        scorecard.key_figures(Report("2021-12"))
    for edition in ("2022-08", "2023-07"):
        r = Report(edition)
        holding, proxy, facts, unchecked, firm = values(scorecard.key_figures(r))
        then = [(x, summary.verdict_then(x)) for x in summary.judged(r)]
        checked = [(x, verdict) for x, verdict in then if verdict not in headline.UNCHECKED]
        events = [(x, v) for x, v in checked if x.claim.kind != "documented" and headline.rests_on_events(x)]
        assert holding == [sum(v == "reproduced" for _, v in events), len(events)]
        assert proxy == [sum(x.claim.proxy and v in scorecard.HOLDS for x, v in events)]
        documents = [v for x, v in checked if x.claim.kind == "documented"]
        assert facts == [documents.count("sourced"), len(documents)]
        assert unchecked == [len(then) - len(checked)]
        # Land and people, which no event data hold, are counted nowhere among events.
        assert {x.claim.id for x, _ in events}.isdisjoint({"R22-11", "R23-09"})
        levels = scorecard.levels(r).frame.set_index("Level")["Figures"]
        assert firm == [levels["Robust"], levels.sum()]
        assert not scorecard.checks(r).frame["Finding"].eq("Contradiction").any()
