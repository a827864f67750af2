"""The key figures at the top of a chapter are the measures' own numbers, in every edition."""

from __future__ import annotations

import re
from html import unescape

import pandas as pd
import pytest

import story_figures
from helpers import definitions as d
from helpers.audit import claims, headline
from helpers.chapters import NotInEdition
from helpers.data import Tables
from helpers.editions import Report
from helpers.estimates import intervals, pace
from helpers.page.frame import AnswerBox
from helpers.story import (
    central,
    dated,
    evidence_audit,
    explore,
    junta,
    junta_departures,
    junta_facts,
    junta_forces,
    junta_press,
    junta_vote,
    northern,
    outlook,
    overview,
    scorecard,
    southern,
    summary,
    trajectory,
    wagner,
)
from helpers.windows import month, trailing
from helpers.words import names
from test_figure_contract import ENGLISH, FRENCH, numbers

every = pytest.mark.parametrize("edition", [*story_figures.EDITIONS, "2019-01", "2020-08"])


def read(text: str) -> float:
    """Return the first number of a text."""
    return float(re.search(r"\d[\d,]*", text)[0].replace(",", ""))


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
    frame = Tables().load(table)
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


@every
def test_junta(edition):
    r = Report(edition)
    box = junta.answer(r)
    assert len(box.keys) == 3

    def one(label: str):
        return next((key for key in box.keys if label in key.label.en), None)

    known = set(r.chronology["id"])
    # Wagner and the Africa Corps are one force under two names: nobody has left while either is there.
    there = {
        name: last in known for name, kind, first, last in junta_forces.FORCES if first in known and kind == "foreign"
    }
    russians = [last in known for _, kind, first, last in junta_forces.FORCES if first in known and kind == "russian"]
    gone, forces = sum(there.values()) + (bool(russians) and all(russians)), len(there) + bool(russians)
    assert one("foreign forces have left").value.en == f"{gone} of {forces}"
    assert bool(one("in power")) == ("2020-08-18-coup" in known)
    if one("in power"):
        at = junta_facts.last_day(r)
        whole = (int(at[:4]) - 2020) * 12 + int(at[5:7]) - 8 - (int(at[8:]) < 18)
        assert numbers(one("in power").value.en, ENGLISH, ",", ".") <= {float(whole)}
    rank = junta_press.known_indices(r, "rsf-rank")["value"].iloc[-1]
    assert read(one("press-freedom").value.en) == rank
    for key in box.keys:
        english, french = (
            " ".join(getattr(part, lang) for part in (key.value, key.label, key.judged)) for lang in ("en", "fr")
        )
        assert numbers(english, ENGLISH, ",", ".") == numbers(french, FRENCH, "\u202f", ",")


@every
def test_bases_and_turnout_of_the_junta_chapter(edition):
    r = Report(edition)
    shown = junta_forces.bases_map(r)
    shared = r.bases.assign(un=r.bases["mission"].eq("MINUSMA")).drop_duplicates(["un", "place"])
    north = int(shared["region"].isin(["Gao", "Kidal", "Menaka", "Tombouctou"]).sum())
    if len(shared):
        assert numbers(shown.title, ENGLISH, ",", ".") == (
            {float(len(shared)), float(north)} if north < len(shared) else {float(north)}
        )
        closed = shown.frame[shown.frame["Closed"].ne("")]
        # A row for each site that the title counts, and no more of a date than its source gives.
        assert len(closed) == len(shared)
        assert all(r.bases["date"].str.startswith(date).any() for date in closed["Closed"])
        assert set(r.bases["place"]) == set(closed["Site"])
    else:
        assert "closed" not in shown.title
    if r.referendum.empty:
        assert junta_vote.said(r) is None
        return
    final = r.referendum["stated_by"].str.contains("final").any()
    assert ("38.2 percent" if final else "39.4 percent") in junta_vote.said(r).en
    assert junta_vote.turnout(r).title == f"Officially {38 if final else 39} percent voted, observers counted 27 to 31."


@every
def test_clear_changes_after_handovers_are_the_counts_of_the_table(edition):
    r = Report(edition)
    try:
        figure = junta_departures.events_around_handovers(r)
    except NotInEdition:
        assert junta_departures.followed(r) is None
        return
    here = figure.frame[figure.frame["Where"].eq("Region of the base")]
    rises = (here["Low"] > 1) & (here[["Events before", "Events after"]].min(axis=1) >= d.SMALL_COUNT)
    assert (here["Judgement"] == "clear rise").equals(
        rises & (here[["Events before", "Events after"]].max(axis=1) >= 20)
    )
    for row in here[here["Handover"].str.startswith("Kidal, Oct 2023")].itertuples(index=False):
        kidal = r.totals[r.totals["region"].eq("Kidal")]
        counted = [
            int(kidal[kidal["month"].between(*span)]["events"].sum())
            for span in (("2022-10", "2023-09"), ("2023-10", "2024-09"))
        ]
        assert [row[5], row[6]] == counted


@every
def test_the_junta_chapter_speaks_only_of_entries_that_the_edition_knows(edition):
    r = Report(edition)
    known = set(r.chronology["id"])
    text = " ".join(
        said.en
        for said in (
            junta.answer(r).answer, junta.terms(r), junta_vote.said(r), junta_forces.who_left(r), junta_forces.who_came(r),
            junta.accord(r), junta_press.critics(r), junta_press.influence(r),
        )
        if said is not None
    )  # fmt: skip
    for words, entry in (
        ("dissolved", "2025-05-13-parties-dissolved"),
        ("renewable", "2025-07-03-five-year-mandate"),
        ("18 months", "2020-09-12-transition-charter"),
        ("amnesty", "2023-06-18-constitutional-referendum"),
        ("Africa Corps", "2025-06-06-wagner-says-it-leaves"),
        ("have been in Mali since", "2021-12-23-joint-statement-wagner"),
        ("declared the accord ended", "2024-01-25-algiers-accord-ended"),
        ("had died in Mali", "2023-12-31-minusma-withdrawal-complete"),
        ("Human Rights Watch", "2022-08-11-hrw-civic-space"),
        ("Facebook", "2020-12-15-facebook-removals"),
    ):
        assert entry in known or words not in text, (words, entry)
    # Wagner is past once it has said that it leaves.
    assert not ("2025-06-06-wagner-says-it-leaves" in known and "have been in Mali since" in text)
    assert "because" not in text


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
        in_a_year(war, last),  # in all of Mali, as the charts and the boxes of the chapter count them
        in_a_year(violent[sides & violent["region"].isin(["Gao", "Menaka"])], last, "fatalities"),
    ]


@every
def test_what_the_souths_rise_consists_of_is_counted_and_each_kind_leads_to_its_question(edition):
    r = Report(edition)
    methods, end = raw(r, "methods")
    south = methods[methods["region"].isin(["Bamako", "Kayes", "Koulikoro", "Sikasso"])]
    said = southern.consists(r)
    told = re.findall(r'<a href="explore\.html#([^"]+)">[^<]+</a> \((\d+), then (\d+)\)', said.en)
    assert [link[0] for link in told] == re.findall(r'href="explore\.html#([^"]+)"', said.fr)
    found = []
    for address, before, now in told:
        state = explore.State(**dict(re.findall(r"(\w+)=([^&]*)", unescape(address))))
        explore.check(r, state)
        assert state.address == unescape(address)
        way = state.what.removeprefix("way-")
        assert in_a_year(south[south["method"].eq(way)], end) == (int(now), int(before))
        found.append((int(before) - int(now), way))
    ways = ("clashes", "attacks", "abductions", "air", "shelling", "bombs", "mobs")
    sums = {way: in_a_year(south[south["method"].eq(way)], end) for way in ways}
    assert found == sorted((b - a, way) for way, (a, b) in sums.items() if a > b)[:4]
    violent, last = violent_events(r)
    here = violent[violent["region"].isin(["Bamako", "Kayes", "Koulikoro", "Sikasso"])]
    (jnim,) = re.findall(r"(\d+) involved JNIM", said.en) or ["0"]
    assert (
        int(jnim) == in_a_year(here[here["side1"].isin(["jnim", "flm"]) | here["side2"].isin(["jnim", "flm"])], last)[0]
    )


@every
def test_the_north_names_whom_the_state_fought_in_order_of_fights_and_nobody_whom_it_did_not(edition):
    r = Report(edition)
    violent, last = violent_events(r)
    north = violent[violent["region"].isin(NORTH)]
    sides = {"JNIM": ("jnim", "flm"), "Islamic State Sahel": ("is-sahel",), "the separatists": ("separatist",)}
    fought = {name: in_a_year(met(north, ("state", "wagner"), side), last)[0] for name, side in sides.items()}
    said, toll = northern.answer(r).answer.en.removesuffix("."), northern.toll(r)
    said, _, kidal = said.partition(". ")
    entries = r.tables.load("chronology").set_index("id")["date"]
    held = [name for name, text in dated.KIDAL.items() if text.en.removesuffix(".") == kidal]
    known = entries.index[entries <= ("9999" if edition == "latest" else f"{edition}-31")]
    turns = ("2023-11-14-army-takes-kidal", "2026-04-25-fla-claims-kidal", "2026-10-06-fla-leaves-kidal")
    assert held == [name for name in turns if name in known][-1:]
    foes, rivalry = said.replace(", though the order is uncertain", "").split("; ")
    foes, *denied = foes.split(", but not ")
    named = sorted((name for name in sides if name in foes), key=foes.index)
    assert named == sorted((name for name in sides if fought[name] >= 10), key=lambda name: -fought[name])
    assert denied == (["the separatists"] if named and not fought["the separatists"] else [])
    dead = {name: in_a_year(met(north, ("state", "wagner"), sides[name]), last, "fatalities")[0] for name in named}
    deadliest = sorted(named, key=lambda name: -dead[name])
    told = [
        (who, int(n))
        for who, n in re.findall(r"(JNIM|Islamic State Sahel|the separatists) \((\d+)\)", toll.en if toll else "")
    ]
    assert told == ([(name, dead[name]) for name in deadliest] if deadliest != named else [])
    rivals = in_a_year(met(north, ("jnim", "flm"), ("is-sahel",)), last)[0]
    assert rivalry.split("Islamic State Sahel ")[1] == (
        "fought each other too"
        if rivals >= 10
        else "seldom fought each other"
        if rivals
        else "did not fight each other"
    )


def keys(box) -> list[list[float]]:
    return [[float(x.replace(",", "")) for x in re.findall(r"\d[\d,]*(?:\.\d+)?", key.value.en)] for key in box.keys]


def counted(r: Report) -> dict[object, list[tuple[pd.DataFrame, pd.Period, str]]]:
    """Return what each key figure of the six chapters counts: rows as they stand in their files, last month, column."""
    (totals, end), (methods, fought), (actors, last) = raw(r, "totals"), raw(r, "methods"), raw(r, "actors")
    violent, _ = violent_events(r)
    mi = violent[violent["side1"].isin(ISLAMIST) | violent["side2"].isin(ISLAMIST)]
    sahel = violent["side1"].eq("is-sahel") | violent["side2"].eq("is-sahel")
    vac = actors[actors["event_type"].eq("Violence against civilians")]
    state, armed = (vac[vac["side1"].isin(side)] for side in (("state", "wagner"), ISLAMIST))
    war = met(violent, ("state", "wagner"), ("separatist",))

    def here(*regions: str) -> pd.DataFrame:
        return totals[totals["region"].isin(regions)]

    return {
        trajectory: [
            (totals, end, "events"), (totals, end, "fatalities"), (methods[methods["method"].eq("attacks")], fought, "events"),
        ],
        central: [(here("Mopti"), end, "events"), (here("Segou"), end, "events"), (here("Mopti", "Segou"), end, "fatalities")],
        southern: [
            (here("Bamako", "Kayes", "Koulikoro", "Sikasso"), end, "events"),
            (mi[mi["band"].isin(["0-50", "50-100", "100-150"])], last, "events"),
            (here("Kayes"), end, "events"),
        ],
        northern: [
            (here(*NORTH), end, "events"), (war, last, "events"),
            (violent[sahel & violent["region"].isin(["Gao", "Menaka"])], last, "fatalities"),
        ],
        wagner: [(state, last, "events"), (state, last, "fatalities"), (armed, last, "events")],
        overview: [
            (totals, end, "events"), (totals, end, "fatalities"), (methods[methods["method"].eq("air")], fought, "events"),
        ],
    }  # fmt: skip


def years_before(r: Report, table: str, rows: pd.DataFrame, end: pd.Period, value: str) -> list[int]:
    """Add up every 12 months that had closed before the last 12 began, of a table whose first month is known."""
    first = pd.Period(str(Tables().load(table)["month"].min()), "M")
    monthly = rows.groupby("month")[value].sum()
    span = pd.period_range(first, end - 12, freq="M").astype(str)
    return [int(x) for x in monthly.reindex(span, fill_value=0).rolling(12).sum().dropna()]


KINDS = {
    "clear rise from": "nette hausse (",
    "clear fall from": "net recul (",
    "held level (": "stable (",
    "no clear change (": "pas d’évolution nette (",
    "highest of any year to ": "record d’une année s’achevant en ",
    "after ": "contre ",
}
"""How each judgement of a key figure begins, in English and in French (`judgement.beside`, `judgement.record_beside`)."""


@every
@pytest.mark.parametrize("module", [trajectory, central, southern, northern, wagner, overview])
def test_a_key_figure_says_rise_or_fall_as_its_numbers_do(module, edition):
    r = Report(edition)
    box = module.answer(r)
    for (now, before), key, (rows, end, value) in zip(pairs(box), box.keys, counted(r)[module], strict=True):
        said = key.judged.en
        (kind,) = [start for start in KINDS if said.startswith(start)]
        assert key.judged.fr.startswith(KINDS[kind]), key.judged
        assert (now, before) == in_a_year(rows, end, value)
        few = min(now, before) < 10 or max(now, before) < 20
        assert (kind == "after ") == few, (now, before, said)
        if few:
            continue
        found = intervals.compare(rows, trailing(end, 12), trailing(end - 12, 12), value)
        low, high = found.interval.low, found.interval.high
        assert (kind == "clear rise from") == (low > 1), (said, low, high)
        assert (kind == "clear fall from") == (high < 1), (said, low, high)
        assert low <= now / before <= high
        level = 0.8 <= low <= 1 <= high <= 1.25
        assert (kind == "held level (") == level, (said, low, high)
        # A record is said only where the change itself is not clear, and then always.
        table = "methods" if "method" in rows else "actors" if "side1" in rows else "totals"
        past = years_before(r, table, rows, end, value)
        record = len(past) > 12 and now > max(past)
        unclear = low <= 1 <= high and not level
        assert (kind == "highest of any year to ") == (unclear and now > before and record), (said, now, past)
        # The explorer calls such a change unclear: a record beside it does not hide that.
        assert ("no clear change" in said) == unclear, said
        assert (kind == "no clear change (") == (unclear and not (now > before and record)), (said, now, past)


@every
def test_outlook(edition):
    r = Report(edition)
    box = outlook.answer(r)
    table = pace.history(r).dropna(subset=["pace_error"])
    fair = table.dropna(subset=["naive_error", "rest_error"])
    assert keys(box)[:2] == [
        [d.round_half_up(100 * fair["pace_error"].abs().mean())],
        [(table["pace_error"].abs() <= 0.1).sum(), len(table)],
    ]
    # What became of the projections is told at the top of the latest edition alone.
    assert len(box.keys) == (3 if edition == "latest" else 2)
    if edition == "latest":
        verdicts = [claims.evaluate(row.id).verdict for row in claims.due(r) if row.outcome]
        assert keys(box)[2] == [verdicts.count("borne out"), len(verdicts) - verdicts.count("open")]


def test_scorecard():
    with pytest.raises(NotInEdition, match="No statement had been made"):
        scorecard.answer(Report("2021-12"))
    for edition in ("2022-08", "2023-07"):
        r = Report(edition)
        box = scorecard.answer(r)
        holding, facts, firm = keys(box)
        then = [(x, summary.verdict_then(x)) for x in summary.judged(r)]
        checked = [(x, verdict) for x, verdict in then if verdict not in headline.UNCHECKED]
        events = [(x, v) for x, v in checked if x.claim.kind != "documented" and headline.rests_on_events(x)]
        assert holding == [sum(v == "reproduced" for _, v in events), len(events)]
        proxy = sum(x.claim.proxy and v in (*headline.FIRM, "close") for x, v in events)
        assert read(box.keys[0].judged.en) == proxy
        documents = [v for x, v in checked if x.claim.kind == "documented"]
        assert facts == [documents.count("sourced"), len(documents)]
        # Land and people, which no event data hold, are counted nowhere among events.
        assert {x.claim.id for x, _ in events}.isdisjoint({"R22-11", "R23-09"})
        levels = evidence_audit.levels(r).english.frame.set_index("Level")["Figures"]
        assert firm == [levels["Robust"], levels.sum()]
        assert not evidence_audit.checks(r).english.frame["Finding"].eq("Contradiction").any()


def test_months_in_the_words_on_kidal_and_the_capital_are_those_of_their_entries():
    dates = Report("latest").tables.load("chronology").set_index("id")["date"]
    for name, said in (dated.KIDAL | dated.CAPITAL).items():
        when = names.prose_month(month(dates[name][:7]))
        assert when.en in said.en, name
        assert when.fr in said.fr, name
    assert "from April to October 2026" in [*dated.KIDAL.values()][-1].en
    assert dates[[*dated.KIDAL][-2]].startswith("2026-04")
    near = {dates[name][:7] for name in dated.NEAR}
    assert near == {"2026-04"}
    assert "April 2026" in southern.around(Report("latest")).en
