"""A sentence and the figure below it count by one definition and in one place: the centre's civilians, the north's fights."""

from __future__ import annotations

import re

import pytest

from helpers.editions import Report
from helpers.story import central, northern

EDITIONS = ("2022-08", "2023-07", "latest")


def first_numbers(text: str) -> list[str]:
    """Return the figures of a sentence without its years."""
    return [found.replace(",", "") for found in re.findall(r"\d[\d,]*", text) if not re.fullmatch(r"20\d\d", found)]


@pytest.mark.parametrize("edition", EDITIONS)
def test_civilians_attacked_in_the_centre_are_those_of_the_figure(edition):
    r = Report(edition)
    frame = central.who_kills_whom(r).frame
    attacked = frame[frame["Other side"].eq("Civilians")].set_index("Acting side")
    sides = (("JNIM and FLM", "IS Sahel", "Other MI"), ("State forces", "Wagner"), ("Militias",))
    deaths = [int(attacked["Deaths"].reindex(names).fillna(0).sum()) for names in sides]
    events, said = zip(*re.findall(r"(\d[\d,]*) times \((?:about )?([\d,]+) killed\)", central.who(r).en), strict=True)
    assert len(events) == 3
    for shown, ours in zip((int(x.replace(",", "")) for x in said), deaths, strict=True):
        # A sentence rounds to the ten, above a thousand to the hundred. Other groups of a family have no row of their own.
        assert abs(shown - ours) <= (50 if ours >= 1000 else 5)
    assert "Civilians, by bombs" in set(frame["Other side"])
    assert "by bombs" in central.who_kills_whom(r).caveat.lower()


@pytest.mark.parametrize("edition", EDITIONS)
def test_fights_of_the_north_are_counted_in_one_place(edition):
    r = Report(edition)
    title = northern.rivals(r).title
    now, before = re.search(
        r"fought each other (.+?) in the last 12 months, after (.+?) in the 12 before", title
    ).groups()
    said = northern.against_each_other(r).en.lower()
    assert said.startswith(now.removesuffix(" times"))
    assert f"after {before.removesuffix(' times')} in the year before" in said
    war = northern.answer(r).keys[1]
    assert "northern" not in war.label.en
    fought = re.search(r"separatists fought (.+?) in the last 12 months", northern.separatists(r).title)
    assert first_numbers(war.value.en)[:1] == ([fought[1].removesuffix(" times")] if fought else ["0"])
