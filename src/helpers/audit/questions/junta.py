"""Questions on the land and people exposed, the referendum, documents and evidence."""

from __future__ import annotations

import pandas as pd

from helpers import french as fr
from helpers import measures as m
from helpers import prose as p
from helpers.audit.questions.base import (
    Answer,
    quantity,
    question,
)
from helpers.editions import Report
from helpers.errors import ClaimError
from helpers.words import Both, names


@question
def exposed_share(r: Report) -> Answer:
    """Which share of the land and of the people lies in the north and the centre?"""
    shares = m.zone_shares(r.regions).set_index("zone")
    north, centre = shares.loc["north"], shares.loc["centre"]
    land, people = (north[share] + centre[share] for share in ("area_share", "population_share"))
    own_land, own_people = north["area_share"], north["population_share"]
    said = Both(
        f"The north and the centre hold {p.percent(land)} of Mali's land and {p.percent(people)} of its people; the north "
        f"alone {p.percent(own_land)} of the land and {p.percent(own_people)} of the people.",
        f"Le nord et le centre réunissent {fr.percent(land)} du territoire du Mali et {fr.percent(people)} de sa population ; "
        f"le nord seul, {fr.percent(own_land)} du territoire et {fr.percent(own_people)} de la population.",
    )
    return Answer(
        said,
        {
            "share": quantity(
                (Both("land of the north and the centre", "territoire du nord et du centre"), land),
                (Both("people of the north and the centre", "population du nord et du centre"), people),
                beside=[(Both("land of the north alone", "territoire du nord seul"), own_land)],
            )
        },
    )


@question
def referendum(r: Report) -> Answer:
    """What was the referendum's turnout, and by whose count?"""
    rows = r.referendum
    turnout = rows[rows["area"].eq("national") & rows["measure"].eq("turnout")]
    if turnout.empty:
        return Answer(
            Both(
                "The constitutional referendum of June 2023 lies after this edition.",
                "Le référendum constitutionnel de juin 2023 est postérieur à cette édition.",
            )
        )
    # Partial counts, single ballots and second-hand figures stand in the chapter's table, not in the sentence.
    partial = turnout["stated_by"].str.contains(";|13:00|quoted")
    body = turnout["stated_by"].str.split(" (", regex=False).str[0]
    latest = turnout[~partial].sort_values("date").groupby(body[~partial], sort=False).tail(1)
    official = latest[latest["stated_by"].str.startswith("AIGE")]
    ordered = pd.concat([official, latest.drop(official.index).sort_values("date")])
    by = [(row.value, _stated(row.stated_by)) for row in ordered.itertuples()]
    stated = p.listing(f"{p.number(value, 1)} percent by {who.en}" for value, who in by)
    stated_fr = fr.listing(
        f"{fr.number(value, 1)} % selon {'l’' if who.fr.startswith('AIGE') else ''}{who.fr}" for value, who in by
    )
    held = rows[rows["area"].eq("Kidal") & rows["measure"].eq("vote-held") & rows["unit"].eq("0/1")]
    said = Both(
        f"Turnout at the constitutional referendum of 18 June 2023 is put at {stated}",
        f"La participation au référendum constitutionnel du 18 juin 2023 est donnée à {stated_fr}",
    )
    dissent: tuple[str, ...] = ()
    bodies = {}
    if len(held):
        # A body that says it twice is one body.
        who = held["stated_by"].str.split(" (", regex=False).str[0]
        no, yes = (int(who[held["value"].eq(said)].nunique()) for said in (0, 1))
        bodies = {"No vote in Kidal": no}
        said += Both(
            f"; {p.count(no, 'body says', 'bodies say')} that Kidal did not vote",
            f"; {fr.count(no, 'instance dit', 'instances disent', feminine=True)} que Kidal n’a pas voté",
        )
        if yes:
            dissent = ("No vote in Kidal",)
            said += Both(f", {p.word(yes)} that it did", f", {fr.word(yes, feminine=True)} qu’on y a voté")
    readings = [
        (_stated(row.stated_by) + names.day(row.date).each(lambda when: f", {when}"), row.value / 100)
        for row in ordered.itertuples()
    ]
    return Answer(said.sentence(), {"turnout": quantity(*readings)}, dissent=dissent, bodies=bodies)


_HOW = {"provisional": "provisoire", "press conference": "conférence de presse"}


def _stated(by: str) -> Both:
    """Return who stated a result; how they did is put into French."""
    body, _, how = by.rstrip(")").partition(" (")
    return Both(by, f"{body} ({_HOW.get(how, how)})" if how else by)


@question
def documented(r: Report) -> Answer:
    """Answer from the chronology alone: the claim's own entries are added by the caller."""
    raise ClaimError("a documented claim is answered from its chronology entries; use helpers.audit.claims.evaluate.")


@question
def evidence(r: Report) -> Answer:
    """Gather evidence for an assessment: the claim's own entries are added by the caller."""
    raise ClaimError("an assessment is answered from its chronology entries; use helpers.audit.claims.evaluate.")
