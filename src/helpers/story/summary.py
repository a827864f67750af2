"""Findings, figures and the scorecard of the book's first page."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from helpers import definitions as d
from helpers import french as f
from helpers import prose as p
from helpers.audit import claims, headline
from helpers.audit.questions import QUESTIONS
from helpers.chapters import NotInEdition
from helpers.editions import Report, listed
from helpers.estimates import intervals
from helpers.page.bilingual import Bilingual
from helpers.page.frame import opening as opening
from helpers.story import summary_fr as fr
from helpers.story.summary_words import FIXED
from helpers.windows import Window

CHAPTERS: dict[str, str] = {
    "trajectory": "Trajectory",
    "junta": "Politics",
    "wagner": "Wagner",
    "northern": "North",
    "central": "Centre",
    "southern": "South",
}
REPORT_COLOURS = {"neutral": "R22", "accent": "R23"}
UNSETTLED = headline.NOT_YET
NO_STATEMENT = (
    "No statement had been made yet at this edition's date: the first of the two reports is of "
    f"{claims.REPORTS['R22'].rsplit(', ', 1)[1]}.",
    "Aucune affirmation n’avait encore été faite à la date de cette édition : le premier des deux rapports est du "
    f"{f.day_name(next(edition.published for edition in listed() if edition.report == 'R22'))}.",
)
NO_PROJECTION = (
    "No projection had been made at this edition's date.",
    "Aucune projection n’avait été faite à la date de cette édition.",
)


def day(report: str) -> str:
    """Return the day of a report in words."""
    return claims.REPORTS[report].rsplit(", ", 1)[1]


def reports_of(r: Report) -> list[str]:
    """Return the ids of the reports made by an edition's date."""
    return list(dict.fromkeys(row.report for row in claims.due(r)))


def day_fr(report: str) -> str:
    """Return the day of a report in French."""
    return f.day_name(next(edition.published for edition in listed() if edition.report == report))


def _fixed(name: str) -> Bilingual:
    english, french = FIXED[name]
    return Bilingual(english, f.spaced(french))


# --------------------------------------------------------------------------- opening


def about(r: Report) -> Bilingual:
    """Say what this edition is: its date, the months it compares, the statements it holds against the data."""
    due = claims.due(r)
    own = [row for row in due if row.report == r.edition.report]
    rest = len(due) - len(own)
    text = f"it compares {r.recent.label} with {r.recent_before.label}"
    french = f"elle compare {_period_fr(r.recent)} à {_period_fr(r.recent_before)}"
    if own:
        text = (
            f"this edition stands where the report of {day(r.edition.report)} stood: {text}, and holds the "
            f"{p.number(len(own))} statements of that report against the data"
        )
        text += f", with the {p.number(rest)} of the report before it" if rest else ""
        french = (
            f"cette édition se place là où se tenait le rapport du {day_fr(r.edition.report)} : {french}, et confronte aux "
            f"données les {f.number(len(own))} affirmations de ce rapport"
        )
        french += f", avec les {f.number(rest)} du rapport précédent" if rest else ""
    elif due:
        text = (
            f"this edition stands apart from the two reports: {text}, and holds all {p.number(len(due))} "
            "statements made by its date against the data, each at the date at which it was made"
        )
        french = (
            f"cette édition ne suit aucun des deux rapports : {french}, et confronte aux données les "
            f"{f.number(len(due))} affirmations faites avant sa date, chacune à la date où elle a été faite"
        )
    else:
        text = f"this edition lies before the two reports: {text}"
        french = f"cette édition précède les deux rapports : {french}"
    return Bilingual(p.sentence(text), f.spaced(f.sentence(french)))


def _period_fr(span: Window) -> str:
    name = f.label(span)
    return f"la période {f.of(name)}" if " à " in name else name


def findings(r: Report) -> Bilingual:
    """List what each chapter finds, as sentences made from the numbers."""
    coup = r.as_of > pd.Period("2020-07", "M")
    rows = [
        ("The country", "Le pays", ["recent_events", "passes_record"]),
        ("Civilians", "Les civils", ["vac_against_pre_coup" if coup else "killed_in_vac"]),
        ("The north", "Le nord", ["is_deaths"]),
        ("The centre", "Le centre", ["central_share"]),
        ("The south", "Le sud", ["southern_growth", "bamako_halves"]),
        ("Wagner", "Wagner", ["wagner_vac_share"] if str(r.as_of) >= d.WAGNER_ARRIVAL else []),
        ("Politics", "La politique", ["exposed_share", *([] if r.referendum.empty else ["referendum"])]),
    ]
    rows = [row for row in rows if row[2]]
    english = [f"* **{label}.** {' '.join(QUESTIONS[name](r).sentence for name in names)}" for label, _, names in rows]
    french = [f"* **{label}.** {' '.join(fr.say(name, r) for name in names)}" for _, label, names in rows]
    return Bilingual(
        "\n".join([*english, "", f"*{intervals.CAVEAT}*"]), "\n".join([*french, "", f"*{intervals.CAVEAT_FR}*"])
    )


def intro(r: Report) -> Bilingual:
    """Say what the book is."""
    return _fixed("intro")


def all_sides(r: Report) -> Bilingual:
    """Lead over to the map of all violence."""
    return _fixed("all_sides")


def verdicts_read(r: Report) -> Bilingual:
    """Say what the verdicts mean."""
    return _fixed("verdicts_read")


def good_score(r: Report) -> Bilingual:
    """Say what a good score does not say."""
    return _fixed("good_score")


def guide(r: Report) -> Bilingual:
    """Guide through the book's pages."""
    return _fixed("guide")


def unknown(r: Report) -> Bilingual:
    """List what the data cannot tell."""
    return _fixed("unknown")


def later(r: Report) -> Bilingual:
    """Say what the last section is."""
    return _fixed("later")


def sources(r: Report) -> Bilingual:
    """Name the sources."""
    return _fixed("sources")


# --------------------------------------------------------------------------- figures


# --------------------------------------------------------------------------- the scorecard


def verdict_then(result: claims.Result) -> str:
    """Return the verdict that needs no later month: for a projection, that on the figures at its own date."""
    return headline.then(result)


def judged(r: Report) -> list[claims.Result]:
    """Evaluate every statement made by an edition's date, or say that there is none."""
    due = claims.due(r)
    if not due:
        raise NotInEdition(*NO_STATEMENT)
    return [claims.evaluate(row.id, str(r.data_dir)) for row in due]


SAID: dict[str, tuple[str, str]] = {
    "reproduced": ("holds by the likeliest reading", "hold by the likeliest reading"),
    "close": ("comes close", "come close"),
    "direction only": ("has the published direction but not its size", "have the published direction but not its size"),
    "mixed": ("holds in part", "hold in part"),
    "not reproduced": ("does not hold", "do not hold"),
    "not measurable": ("cannot be measured", "cannot be measured"),
    "borne out": ("came true", "came true"),
    "not borne out": ("did not come true", "did not come true"),
    "open": ("is still open", "are still open"),
    "sourced": ("is sourced", "are sourced"),
    "unsourced": ("has no other source", "have no other source"),
    "evidence": ("is a judgement", "are judgements"),
    UNSETTLED: ("is for later months to settle", "are for later months to settle"),
}
"""Verdicts as the end of a sentence, for one and for several statements, from the best to the worst."""


def tell(verdicts: list[str]) -> str:
    """Count verdicts in words, the best first."""
    counts = pd.Series(verdicts).value_counts()
    return p.listing(
        f"{p.word(int(counts[name]))} {words[int(counts[name] > 1)]}" for name, words in SAID.items() if name in counts
    )


def tell_fr(verdicts: list[str]) -> str:
    """Count verdicts in words, in French, the best first."""
    counts = pd.Series(verdicts).value_counts()
    clauses = {
        **f.VERDICTS,
        UNSETTLED: ("reste à trancher par les mois suivants", "restent à trancher par les mois suivants"),
    }
    return f.listing(
        f"{f.word(int(counts[name]), feminine=True)} {clauses[name][int(counts[name] > 1)]}"
        for name in SAID
        if name in counts
    )


@dataclass(frozen=True)
class Holding:
    """How the statements of one report fared.

    Attributes
    ----------
    report : str
        Id of the report.
    statements : int
        Number of its statements that can be checked.
    verdicts : dict of str to list of str
        Verdicts by kind of statement.
    fragile : int
        Measured statements counted as reproduced that fail under more than half of the readings tried.
    fresh, other : int
        Measured statements that come close: within the revisions of the data; under another definition.
    elsewhere : list of str
        Verdicts on measured statements about land and people, which event data do not hold.
    """

    report: str
    statements: int
    verdicts: dict[str, list[str]]
    fragile: int
    fresh: int
    other: int
    elsewhere: list[str]


def holdings(r: Report) -> list[Holding]:
    """Return how the statements of each report made by an edition's date fared."""
    results = judged(r)
    out = []
    for report in reports_of(r):
        own = [result for result in results if result.claim.report == report]
        measured = [x for x in own if x.claim.kind == "measured" and headline.rests_on_events(x)]
        elsewhere = [x for x in own if x.claim.kind == "measured" and not headline.rests_on_events(x)]
        fragile = sum(
            any(row.readings and 2 * row.matches < row.readings for row in x.rows)
            for x in measured
            if verdict_then(x) == "reproduced"
        )
        close = [x.reason for x in measured if verdict_then(x) == "close"]
        by_kind = {kind: [verdict_then(x) for x in own if x.claim.kind == kind] for kind in claims.KINDS}
        by_kind["measured"] = [verdict_then(x) for x in measured]
        fresh = close.count("vintage")
        out.append(
            Holding(report, len(own), by_kind, fragile, fresh, len(close) - fresh, [verdict_then(x) for x in elsewhere])
        )
    return out


def how_much_holds(r: Report) -> str:
    """Say in one paragraph per report how many of its statements the data bear out."""
    return "\n\n".join(_held(one) for one in holdings(r))


def score(r: Report) -> Bilingual:
    """Say in one paragraph per report how many of its statements the data bear out, in both languages."""
    return Bilingual(how_much_holds(r), "\n\n".join(_held_fr(one) for one in holdings(r)))


def _held(one: Holding) -> str:
    measured, facts = one.verdicts["measured"], one.verdicts["documented"]
    projections, judgements = one.verdicts["projection"], one.verdicts["assessment"]
    parts = [
        f"of the {p.number(one.statements)} statements of the report of {day(one.report)} that can be checked, "
        f"{p.number(len(measured))} give a figure that event data can recompute; of these, {tell(measured)}"
    ]
    if one.fragile:
        parts.append(
            f"{p.count(one.fragile, 'statement')} that {'holds fails' if one.fragile == 1 else 'hold fail'} under more than "
            "half of the readings that the words allow"
        )
    words = []
    if one.fresh:
        words.append(f"{p.word(one.fresh)} {'lies' if one.fresh == 1 else 'lie'} as near as later revisions explain")
    if one.other:
        words.append(f"{p.word(one.other)} {'needs' if one.other == 1 else 'need'} another reading than the likeliest")
    if words:
        parts.append(f"of those that come close, {p.listing(words)}")
    if one.elsewhere:
        parts.append(
            f"{p.count(len(one.elsewhere), 'statement')} {'is' if len(one.elsewhere) == 1 else 'are'} about land or people, "
            f"which other tables hold: {tell(one.elsewhere)}"
        )
    if facts:
        found = facts.count("sourced")
        parts.append(
            f"of {p.count(len(facts), 'dated fact')}, {p.word(found) if found else 'none'} "
            f"{'has' if found == 1 else 'have'} a source other than the report for every part"
        )
    if projections:
        parts.append(
            f"it makes {p.count(len(projections), 'projection')}: judged by the figures of its own date, {tell(projections)}"
        )
    if judgements:
        parts.append(
            f"{p.count(len(judgements), 'judgement')} {'is' if len(judgements) == 1 else 'are'} shown with the evidence "
            "and not scored"
        )
    return " ".join(p.sentence(part) for part in parts)


def _held_fr(one: Holding) -> str:
    measured, facts = one.verdicts["measured"], one.verdicts["documented"]
    projections, judgements = one.verdicts["projection"], one.verdicts["assessment"]
    parts = [
        f"sur les {f.number(one.statements)} affirmations vérifiables du rapport du {day_fr(one.report)}, "
        f"{f.number(len(measured))} {f.agree(len(measured), 'donne', 'donnent')} un chiffre que les données d’événements "
        f"permettent de recalculer ; parmi elles, {tell_fr(measured)}"
    ]
    if one.fragile:
        parts.append(
            f"{f.count(one.fragile, 'affirmation', feminine=True)} {f.agree(one.fragile, 'vraie', 'vraies')} selon la "
            f"lecture la plus probable {f.agree(one.fragile, 'échoue', 'échouent')} selon plus de la moitié des lectures que "
            "permettent les mots"
        )
    words = []
    if one.fresh:
        words.append(
            f"{f.word(one.fresh, feminine=True)} {f.agree(one.fresh, 'est', 'sont')} à une distance que les révisions "
            "ultérieures expliquent"
        )
    if one.other:
        words.append(
            f"{f.word(one.other, feminine=True)} {f.agree(one.other, 'demande', 'demandent')} une autre lecture que "
            "la plus probable"
        )
    if words:
        parts.append(f"parmi celles qui sont proches, {f.listing(words)}")
    if one.elsewhere:
        parts.append(
            f"{f.count(len(one.elsewhere), 'affirmation', feminine=True)} {f.agree(len(one.elsewhere), 'porte', 'portent')} "
            f"sur les terres ou la population, que d’autres tables contiennent : {tell_fr(one.elsewhere)}"
        )
    if facts:
        found = facts.count("sourced")
        parts.append(
            f"sur {f.count(len(facts), 'fait daté', 'faits datés')}, {f.word(found)} {'' if found else 'n’'}"
            f"{f.agree(found, 'a', 'ont')} une source autre que le rapport pour chacune de leurs parties"
        )
    if projections:
        parts.append(
            f"il fait {f.count(len(projections), 'projection', feminine=True)} : d’après les chiffres de sa propre date, "
            f"{tell_fr(projections)}"
        )
    if judgements:
        parts.append(
            f"{f.count(len(judgements), 'appréciation', feminine=True)} "
            f"{f.agree(len(judgements), 'est présentée', 'sont présentées')} avec les éléments disponibles, sans être "
            f"{f.agree(len(judgements), 'notée', 'notées')}"
        )
    return " ".join(f.spaced(f.sentence(part)) for part in parts)


# --------------------------------------------------------------------------- what happened next


def outcomes_in_short(r: Report) -> Bilingual:
    """Count the projections that later months bore out."""
    settled = [x.verdict for x in judged(r) if x.outcomes]
    if not settled:
        raise NotInEdition(*NO_PROJECTION)
    made = p.count(len(settled), "projection")
    made_fr = f.count(len(settled), "projection", feminine=True)
    return Bilingual(
        p.sentence(f"of {made} made by this edition's date, {tell(settled)}"),
        f.spaced(
            f.sentence(
                f"sur {made_fr} {f.agree(len(settled), 'faite', 'faites')} avant la date de cette édition, {tell_fr(settled)}"
            )
        ),
    )
