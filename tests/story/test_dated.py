"""Sentences made of dated entries: each part only where its entry is known, each with its source, in order of date."""

from __future__ import annotations

import re
from itertools import product
from types import SimpleNamespace

import pytest

from helpers import definitions as d
from helpers import entries, prose
from helpers.chapters import Chapter
from helpers.data import Tables
from helpers.editions import Report
from helpers.story import dated, ground, trajectory, wagner
from helpers.windows import month, month_name
from helpers.words import Both, facts

pytestmark = pytest.mark.slow

SENTENCES = {name: made for name, made in vars(dated).items() if isinstance(made, dated.Told)}


@pytest.mark.parametrize("edition", ["2019-06", "2021-06", "2022-08", "2023-07", "latest"])
@pytest.mark.parametrize("say", SENTENCES.values(), ids=SENTENCES)
def test_a_part_is_said_from_its_entry_on_and_names_its_source(say, edition):
    r = Report(edition)
    known = r.chronology.set_index("id")
    said = say(r)
    told = [name for name in say.parts if name in known.index]
    for text in (said.en, said.fr):
        assert re.findall(r"\]\((https?://[^)]+)\)", text) == [known.at[name, "url"] for name in told]
        assert text.endswith(".") == bool(told)
        assert ".." not in text
        assert "  " not in text
    for name, part in say.parts.items():
        assert (part.en in said.en) == (part.fr in said.fr) == (name in told), name


@pytest.mark.parametrize("say", SENTENCES.values(), ids=SENTENCES)
def test_the_parts_stand_in_order_of_date_and_the_first_one_opens_the_sentence(say):
    dates = Tables().chronology().set_index("id")["date"]
    found = [dates[name] for name in say.parts]
    assert found == sorted(found)
    first, *others = (part.en for part in say.parts.values())
    assert first[0].isupper()
    assert not any(part[0].isupper() for part in others if not part.startswith("JNIM"))


def test_what_the_un_found_at_moura_stands_in_the_text_as_its_row_has_it():
    """It stood on a card alone."""
    row = Tables().chronology().set_index("id").loc["2023-05-12-ohchr-moura-report"]
    for edition, told in (("2022-08", False), ("2023-07", True), ("latest", True)):
        said = wagner.moura_background(Report(edition))
        assert (row["url"] in said.en) == (row["url"] in said.fr) == told
        assert (f"at least {row['value']:.0f} people" in said.en) == told
        assert (f"au moins {row['value']:.0f} personnes" in said.fr) == told
    assert "Malian troops and foreign military personnel" in row["detail"]


@pytest.mark.parametrize("edition", ["2022-08", "2023-07", "2024-06", "2025-12", "latest"])
def test_whether_the_war_gets_worse_is_answered_for_named_months_and_says_what_lies_after_them(edition):
    r = Report(edition)
    said = trajectory.answer(r).answer
    end = r.end("totals")
    assert f" to {month_name(end)}" in said.en
    rows = r.chronology
    late = rows[rows["lead"].eq("yes") & rows["category"].eq("violence") & rows["date"].str[:7].gt(str(end))]
    assert (
        bool(dated.not_counted(r)) == ("lie after these counts" in said.en) == bool(late["precision"].eq("day").any())
    )
    if edition == "latest":
        # 357 strikes after 164 lie within an interval from less to more: a record, and no clear change.
        assert said.en.endswith("years to March 2026 brought 1,400 to 1,700 violent events. Its places are changing; air and "
                                "drone strikes are at a record, which chance may explain. The attacks of 25 April 2026 lie after "
                                "these counts.")  # fmt: skip
        assert said.fr.endswith("Les attaques du 25 avril 2026 sont postérieures à ces décomptes.")
        assert "2026-04-25" in set(late["date"])


def test_the_words_on_places_and_weapons_follow_the_rule_for_a_clear_change(monkeypatch):
    """The answer said that the war's weapons were changing where the same book says that chance alone may do that."""
    r = Report("latest")

    def said(clear, most_ever, place):
        one = SimpleNamespace(clear=clear, most_ever=most_ever, ratio=2.0)
        monkeypatch.setattr(trajectory, "fought_by", lambda *_: SimpleNamespace(in_a_year=lambda: one))
        region = SimpleNamespace(in_a_year=lambda: SimpleNamespace(clear=place))
        monkeypatch.setattr(trajectory, "totals", lambda _: SimpleNamespace(regions=lambda: [region]))
        return trajectory._ways_and_places(r)

    for clear, most_ever, place in product((True, False), repeat=3):
        text = said(clear, most_ever, place)
        assert ("weapons are changing" in text.en) == ("d’armes" in text.fr) == clear
        assert ("which chance may explain" in text.en) == ("que le hasard peut" in text.fr) == (most_ever and not clear)
        assert ("changed" in text.en) == (not clear and not place)


def test_the_road_was_closed_again_in_one_month_wherever_it_is_said():
    """The text had August 2023 and the timeline September: a report of the time dates it to 28 August."""
    rows = Tables().chronology().set_index("id")
    closed = month_name(month(rows.at["2023-08-28-rn16-closed", "date"][:7]))
    lifted = rows.loc["2025-03-boni-blockade-lifted"]
    assert f"closed again in {closed}" in dated.road(Report("latest")).en
    assert f"in force since {closed} " in lifted["event"]
    assert "depuis août 2023" in facts.both("2025-03-boni-blockade-lifted", lifted["event"]).fr


def test_the_latest_edition_says_what_the_reports_say_and_lists_had_lost():
    r = Report("latest")
    assert "cut off a hand and a foot of three men at Tin-Hama" in dated.punishments(r).en
    assert "executed at least 47 people" in dated.punishments(r).en
    assert "Katiba Serma, a unit of JNIM, closed the road at Boni" in dated.road(r).en
    assert "71 percent named an abuse" in dated.recruits(r).en
    assert "the chief of the general staff has his office" in dated.kati(r).en
    assert "grounded its flights" in dated.curbs(r).en


def test_an_edition_before_the_first_entry_says_nothing():
    assert not dated.curbs(Report("2021-06")).en
    assert not dated.recruits(Report("2022-08")).en


@pytest.mark.parametrize("edition", ["2019-06", "2023-07", "latest"])
def test_whose_ground_is_whose_by_the_table(edition):
    r = Report(edition)
    rows = r.actors[r.actors["month"].gt(str(r.end("actors") - 12)) & r.actors["event_type"].isin(d.VIOLENT)]
    shares = []
    for members in (["is-sahel"], list(d.JNIM_WIDE)):
        part = rows[rows["side1"].isin(members) | rows["side2"].isin(members)]
        here = part[part["region"].isin(["Gao", "Menaka"])]
        shares.append(prose.percent(here["events"].sum() / part["events"].sum()))
    said = ground.whose(r)
    assert (
        f"{shares[0]} of Islamic State Sahel’s events lay in Gao and Ménaka, against {shares[1]} of JNIM’s;" in said.en
    )
    assert said.fr.count("%") == 2


def test_where_no_fact_is_later_than_the_edition_those_after_its_counts_are_told(monkeypatch):
    shown = []
    monkeypatch.setattr("helpers.chapters.display", shown.append)
    chapter = Chapter("junta", "latest")
    end = f"{chapter.report.end('totals')}-31"
    assert chapter.report.later_chronology.empty
    chapter.facts(Both("Later facts", "Faits postérieurs"), "R23-17", limit=3, later=True)
    chapter.facts(Both("Later facts", "Faits postérieurs"), "no-such-entry", limit=6, later=True)
    asked, leading = (one.rows for one in shown)
    assert len(asked)
    assert asked["date"].gt(end).all()
    assert asked["claims"].str.contains("R23-17").all()
    assert len(leading)
    assert leading["date"].gt(end).all()
    assert leading["lead"].eq("yes").all()


def test_the_supply_of_the_capital_is_dated_to_what_is_known_of_its_end():
    r = Report("latest")
    known = r.chronology.set_index("id")
    last = [*dated.supply.parts][-1]
    after = known[known["date"].gt(known.at[last, "date"])]
    # A source that dates the end of the blockade, or tells of fuel since, belongs into the sentence.
    assert not after["event"].str.contains("fuel|tanker|blockade of Bamako|queues", case=False).any()
    assert "On 3 September 2025 JNIM declared a blockade" in dated.supply(r).en
    assert dated.supply(r).en.endswith("dates an end of either blockade, or tells how fuel has come since.")
    assert not dated.supply(Report("2023-07")).en


@pytest.mark.parametrize("limit", [3, 4, 5])
def test_a_short_list_keeps_the_newest_fact_as_it_says(limit):
    r = Report("latest")
    south = r.chronology[r.chronology["region"].isin(d.ZONES["south"])]
    assert entries.told(south, limit)["date"].max() == south["date"].max()
