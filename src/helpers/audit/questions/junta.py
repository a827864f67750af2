"""Questions on the land and people exposed, the referendum, documents and evidence."""

from __future__ import annotations

import pandas as pd

from helpers import measures as m
from helpers import prose as p
from helpers.audit.questions.base import (
    Answer,
    quantity,
    question,
)
from helpers.editions import Report
from helpers.errors import ClaimError


@question
def exposed_share(r: Report) -> Answer:
    """Which share of the land and of the people lies in the north and the centre?"""
    shares = m.zone_shares(r.regions).set_index("zone")
    north, centre = shares.loc["north"], shares.loc["centre"]
    sentence = (
        f"the north and the centre hold {p.percent(north['area_share'] + centre['area_share'])} of Mali's land and "
        f"{p.percent(north['population_share'] + centre['population_share'])} of its people; the north alone "
        f"{p.percent(north['area_share'])} of the land and {p.percent(north['population_share'])} of the people"
    )
    return Answer(
        p.sentence(sentence),
        {
            "share": quantity(
                ("land of the north and the centre", north["area_share"] + centre["area_share"]),
                ("people of the north and the centre", north["population_share"] + centre["population_share"]),
                beside=[("land of the north alone", north["area_share"])],
            )
        },
    )


@question
def referendum(r: Report) -> Answer:
    """What was the referendum's turnout, and by whose count?"""
    rows = r.referendum
    turnout = rows[rows["area"].eq("national") & rows["measure"].eq("turnout")]
    if turnout.empty:
        return Answer("The constitutional referendum of June 2023 lies after this edition.")
    # Partial counts, single ballots and second-hand figures stand in the chapter's table, not in the sentence.
    partial = turnout["stated_by"].str.contains(";|13:00|quoted")
    body = turnout["stated_by"].str.split(" (", regex=False).str[0]
    latest = turnout[~partial].sort_values("date").groupby(body[~partial], sort=False).tail(1)
    official = latest[latest["stated_by"].str.startswith("AIGE")]
    ordered = pd.concat([official, latest.drop(official.index).sort_values("date")])
    stated = p.listing(f"{p.number(row.value, 1)} percent by {row.stated_by}" for row in ordered.itertuples())
    held = rows[rows["area"].eq("Kidal") & rows["measure"].eq("vote-held") & rows["unit"].eq("0/1")]
    sentence = f"turnout at the constitutional referendum of 18 June 2023 is put at {stated}"
    if len(held):
        # A body that says it twice is one body.
        who = held["stated_by"].str.split(" (", regex=False).str[0]
        no, yes = (int(who[held["value"].eq(said)].nunique()) for said in (0, 1))
        sentence += f"; {p.count(no, 'body says', 'bodies say')} that Kidal did not vote"
        sentence += f", {p.word(yes)} that it did" if yes else ""
    return Answer(
        p.sentence(sentence),
        {"turnout": quantity(*[(f"{row.stated_by}, {row.date}", row.value / 100) for row in ordered.itertuples()])},
    )


@question
def documented(r: Report) -> Answer:
    """Answer from the chronology alone: the claim's own entries are added by the caller."""
    raise ClaimError("a documented claim is answered from its chronology entries; use helpers.audit.claims.evaluate.")


@question
def evidence(r: Report) -> Answer:
    """Gather evidence for an assessment: the claim's own entries are added by the caller."""
    raise ClaimError("an assessment is answered from its chronology entries; use helpers.audit.claims.evaluate.")
