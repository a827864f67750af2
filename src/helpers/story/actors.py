"""Who fights: a card a group, what each does in the data, and who acts against whom."""

from __future__ import annotations

from collections.abc import Sequence

from helpers import french, prose
from helpers.editions import Report
from helpers.errors import DataError
from helpers.forms import Finding, Form
from helpers.forms.strip import Row, strip
from helpers.measures import counts
from helpers.measures.catalogue import attacks_on_civilians, involving
from helpers.measures.measure import Measure
from helpers.page.cards import Card, Cards
from helpers.story import who_whom
from helpers.story.junta_facts import knows
from helpers.story.profiles import BACKGROUND, PROFILES, Profile, Said
from helpers.story.sides import both_ways
from helpers.words import NOTHING, Both, joined, judgement, names

GROUPS: dict[str, str] = {
    "jnim": "jnim",
    "is-sahel": "is-sahel",
    "state": "state",
    "wagner": "wagner",
    "separatist": "separatist",
    "platform": "militia",
    "militia": "militia",
    "un": "international",
    "france-partners": "international",
    "unidentified": "unidentified",
}
"""Groups of the strip, and the palette name of each."""
SINCE = "2017-01"
FACTS = 3
"""Dated facts on a card, at most."""
FOREIGN = Both("foreign armies", "les armées étrangères")
"""France and its partners once the last French soldiers have left: those who stay are the armies of neighbours."""
FRENCH_LEFT = "2022-08"
PART, LEAST = 0.1, 2
"""A region is named in a row of the strip with this part of the group's events, and so many of them, or more."""


# --------------------------------------------------------------------------- cards


def _holds(r: Report, said: Said) -> bool:
    return (not said.since or knows(r, said.since)) and not (said.until and knows(r, said.until))


def _counts(r: Report, group: str) -> Both | None:
    if not group:
        return None
    events, attacks = involving(r, group), attacks_on_civilians(r, group)
    span = events.last_year
    n, hits, killed = events.over(span), attacks.over(span), attacks.deaths.over(span)
    when = names.during(span)
    if not n:
        return Both(f"{when.en}: no event.", f"{when.fr} : aucun événement.").upper()
    text = Both(f"{when.en}: {prose.count(n, 'event')}", f"{when.fr} : {french.count(n, 'événement')}").upper()
    if not hits:
        return text + "."
    dead = judgement.about(int(killed))
    fr = f"{dead.fr} {'mort' if killed < 2 else 'morts'}"
    toll = f"{'a' if hits == 1 else 'ont'} fait {fr}" if killed else f"n’{'a' if hits == 1 else 'ont'} fait aucun mort"
    return text + Both(
        f"; {prose.count(hits, 'attack')} on civilians, in which {dead.en} {'was' if killed == 1 else 'were'} killed.",
        f" ; {french.count(hits, 'attaque', feminine=True)} contre des civils, qui {toll}.",
    )


def card(r: Report, profile: Profile) -> Card | None:
    """Return a card as an edition may show it; none before its group was there.

    Only sentences whose entry of the chronology lies before the edition's day stand on it, and the newest of its
    dated facts.
    """
    if profile.since and not knows(r, profile.since):
        return None
    held = [said for said in profile.text if _holds(r, said)]
    text = joined(held)
    if not text.en:
        return None
    rows = r.chronology[r.chronology["id"].isin(profile.entries)].sort_values("date", kind="stable").tail(FACTS)
    return Card(
        profile.id,
        [said for said in profile.title if _holds(r, said)][-1],
        text,
        counts=_counts(r, profile.group),
        rows=rows,
        sources=[*profile.sources, *(said.source for said in held if said.source)],
        colour=profile.colour,
    )


def cards(r: Report) -> Cards:
    """Return the cards of the groups that an edition knows."""
    return Cards([made for profile in PROFILES if (made := card(r, profile))])


def background(r: Report) -> Cards:
    """Return the background boxes, the same in every edition."""
    return Cards([made for profile in BACKGROUND if (made := card(r, profile))])


# --------------------------------------------------------------------------- the strip


def rows(r: Report) -> list[Row]:
    """Return one row a group with an event in the last 12 months, the most events first."""
    made = []
    for group, colour in GROUPS.items():
        events, attacks = involving(r, group), attacks_on_civilians(r, group)
        span = events.last_year
        count = events.over(span)
        if not count:
            continue
        series = events.by("half", events.since(SINCE))
        label = names.group_label(group)
        if group == "france-partners" and str(span.last) > FRENCH_LEFT:
            label = _FOREIGN_LABEL
        made.append(Row(colour, label, series, count, attacks.deaths.over(span), _regions(events)))
    return sorted(made, key=lambda row: -int(row.events))


_FOREIGN_LABEL = Both("Foreign armies", "Armées étrangères")


def _regions(events: Measure) -> Sequence[Both]:
    found = [(int(one.over(one.last_year)), one.place.regions[0]) for one in events.regions()]
    least = max(LEAST, PART * events.over(events.last_year))
    return [names.short(region) for n, region in sorted(found, key=lambda pair: (-pair[0], pair[1])) if n >= least]


def strip_form(found: Sequence[Row]) -> Form:
    """Draw the rows."""
    return strip(
        found,
        Both("events in which each group took part, Mali", "événements auxquels chaque groupe a pris part, Mali"),
    )


def busiest(found: Sequence[Row]) -> Finding:
    """Title of the strip: who takes part in most events, and whose attacks on civilians kill most people."""
    first = max(found, key=lambda row: int(row.events))
    killer = max(found, key=lambda row: int(row.killed))
    who, by = (_subject(row) for row in (first, killer))
    many = _many(by.fr)
    attacks = (
        Both("their attacks" if many else "its attacks", "leurs attaques" if many else "ses attaques")
        if first is killer
        else Both(f"attacks by {by.en}", f"les attaques {names.of_each(by.fr)}")
    )
    title = Both(
        f"{who.en} took part in most events; {attacks.en} on civilians killed more people than any other group's",
        f"{who.fr} {'ont' if _many(who.fr) else 'a'} pris part au plus grand nombre d’événements ; {attacks.fr} contre des "
        "civils ont fait plus de morts que celles d’aucun autre groupe",
    )
    caveat = Both(
        "An event between two groups counts for both; attacks on civilians count for the side that the source lists first",
        "Un événement entre deux groupes compte pour les deux ; une attaque contre des civils compte pour le camp que la "
        "source cite en premier",
    )
    if any(row.label == _FOREIGN_LABEL for row in found):
        caveat += Both(
            ". Foreign armies: France and its partners until August 2022, since then those of neighbouring countries",
            ". Armées étrangères : la France et ses partenaires jusqu’en août 2022 ; depuis, celles des pays voisins",
        )
    caveat += _wagner_too(found)
    others = sorted((row.killed for row in found if row is not killer), key=int)
    top = killer.killed
    between = top.measure.beside(others[-1].measure, top.window)[2] if others else None
    return Finding(judgement.ranked(title.upper(), between), rests_on=[first.events, top], caveat=caveat)


def _wagner_too(found: Sequence[Row]) -> Both:
    """Say how many attacks by state forces name Wagner in the record's notes, which the strip draws as the state's alone."""
    killed = next((row.killed for row in found if row.label == names.group_label("state")), None)
    if killed is None:
        return NOTHING
    rows = killed.measure.rows
    attacks = killed.measure.events.over(killed.window)
    both = counts.count(rows[rows["wagner"].eq("mentioned")], killed.window)
    if rows.attrs.get("without_notes") or not both:
        return NOTHING
    return Both(
        f". In {prose.number(both)} of the {prose.count(attacks, 'attack')} by state forces the record mentions Wagner",
        f". Dans {french.number(both)} des {french.count(attacks, 'attaque', feminine=True)} des forces de l’État, la fiche mentionne "
        "Wagner",
    )


def _subject(row: Row) -> Both:
    label = row.label
    return next(who for who in (*names.GROUPS.values(), FOREIGN) if names_same(who, label))


def names_same(who: Both, label: Both) -> bool:
    """Tell whether a group's name inside a sentence is that of a legend."""
    return french.upper(who.en) == label.en


def _many(who: str) -> bool:
    return who.startswith(("les ", "leurs ", "des ")) or " et " in who


# --------------------------------------------------------------------------- who acts against whom


_NAMED: dict[str, Both] = {side: Both(who_whom.INSIDE[side], who_whom.FRENCH[side]) for side in who_whom.FRENCH} | {
    "jnim": Both("JNIM", "le GSIM (JNIM)"),
    "islamist": Both("other militant Islamists", "d’autres groupes islamistes armés"),
}
_SHORT = {
    "JNIM": "GSIM",
    "IS": "EI",
    "IS Sahel": "EI Sahel",
    "Other MI": "Autres isl.",
    "Other militant Islamists": "Autres islamistes armés",
    "State": "État",
    "State forces": "Forces de l’État",
    "Militias": "Milices",
    "Separatists": "Séparatistes",
    "Foreign": "Étrangers",
    "Foreign forces": "Forces étrangères",
    "Unknown": "Inconnus",
    "Unidentified": "Non identifiés",
    "Civilians": "Civils",
    "Others": "Autres",
    "Acting side": "Camp agissant",
    "Other side": "Autre camp",
    "Events": "Événements",
    "Deaths": "Morts",
}
"""Words of the grid and its table."""


def pairs(r: Report) -> Form:
    """The grid of the page on who does what to whom: rows act, columns are hit."""
    made = who_whom.matrix_events(r)
    words = made.fr
    if words is None:
        raise DataError("the grid of who acts against whom has no French words.")
    return Form(
        made.chart,
        made.frame,
        Both(made.subtitle, words.subtitle),
        Both(made.alt.rstrip("."), words.alt.rstrip(".")),
        made.source,
        _SHORT,
    )


def commonest(form: Form) -> Finding:
    """Title of the grid: the two commonest pairs."""
    keys = {label: side for side, label in who_whom.LABELS.items()}
    said = []
    for one, two, count in both_ways(form.frame, "Acting side", "Other side", "Events")[:2]:
        pair = [_NAMED[keys[side]] for side in (one, two)]
        said.append(
            Both(
                f"{pair[0].en} against {pair[1].en} ({prose.number(count)})",
                f"{pair[0].fr} contre {pair[1].fr} ({french.number(count)})",
            )
        )
    return Finding(
        Both(
            f"Most often it is {said[0].en}, then {said[1].en}",
            f"Face-à-face les plus fréquents : {said[0].fr}, puis {said[1].fr}",
        ),
        rests_on=[],
        caveat=Both(
            "The acting side is the one that the source lists first; in battles that is not always the attacker, so the title counts "
            "both cells of a pair. Acts against civilians include air strikes and bombs, which the attacks on the cards leave out",
            "Le camp agissant est celui que la source cite en premier ; dans les combats, ce n’est pas toujours l’assaillant : le titre "
            "compte les deux cases d’un face-à-face. Les actes contre des civils comprennent les frappes aériennes et les bombes, que les attaques des fiches laissent de côté",
        ),
    )
