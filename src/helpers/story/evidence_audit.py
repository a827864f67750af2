"""Tables behind the scorecard: kinds, definitions, checks, a second source, tolls, and what became of projections."""

from __future__ import annotations

import math

import pandas as pd

from helpers import french as fr
from helpers import prose as p
from helpers.audit import beyond, claims, contradictions, null
from helpers.chapters import NotInEdition
from helpers.editions import Report, listed
from helpers.page import claimbox
from helpers.page.bilingual import Bilingual, in_both
from helpers.story import summary
from helpers.story.audited import (
    BLANK,
    CLAIM,
    asked,
    audit_rows,
    checked,
    counted_faces,
    csv,
    due_by,
    line,
    links,
    listing,
    published_source,
    weighed,
)
from helpers.windows import month, month_name
from helpers.words import NOTHING, Both
from helpers.words.both import joined

_KINDS = {
    "measured": Both("measured", "mesurées"),
    "projection": Both("projections", "projections"),
    "documented": Both("documented", "documentées"),
    "assessment": Both("assessments", "appréciations"),
}
"""Kinds of statements, as a line of a table names several."""


def by_kind(r: Report) -> Bilingual:
    """Count the verdicts by report and kind of statement; a word with its number agrees with any number."""
    due_by(r)
    results = summary.judged(r)
    days = {e.report: Both(summary.day(e.report), fr.day_name(e.published)) for e in listed() if e.report}
    lines = []
    for report in summary.reports_of(r):
        for kind in claims.KINDS:
            own = [summary.verdict_then(x) for x in results if (x.claim.report, x.claim.kind) == (report, kind)]
            if own:
                lines.append((days[report] + ": " + _KINDS[kind], len(own), counted_faces(own).upper()))
    heads = (
        Both("Report and kind", "Rapport et genre"), Both("Statements", "Affirmations"), Both("Verdicts", "Verdicts"),
    )  # fmt: skip
    return in_both(
        Both("Verdicts by report and kind of statement", "Verdicts par rapport et par genre d’affirmation"),
        heads,
        lines,
        Both(
            "Measured: a number or comparison that counts could check, of events, people or land; some of it no data hold, so these "
            "are not the statements that event data can recompute. Projection: about months that had not come yet. Documented: a "
            "dated fact. Assessment: a judgement, shown with the evidence and not scored.",
            "Mesurée : un nombre ou une comparaison que des décomptes pourraient vérifier, d’événements, de population ou de surface ; "
            "faute de données pour une partie, ce ne sont pas les affirmations que les données d’événements permettent de recalculer. "
            "Projection : elle portait sur des mois à venir. "
            "Documentée : un fait daté. Appréciation : un jugement, montré avec ses preuves et non noté.",
        ),
    )


def levels(r: Report) -> Bilingual:
    """Explain the levels, with the number of figures on each."""
    counts = weighed(r)["level"].value_counts()
    return in_both(
        Both(
            "How firmly a figure stands among its definitions",
            "Ce que chaque chiffre doit au choix de sa définition",
        ),
        (Both("Level", "Niveau"), Both("Figures", "Chiffres"), Both("Rule", "Règle")),
        [
            (Both(name, null.NAMES_FR[name]).upper(), int(counts.get(name, 0)), Both(rule, null.LEVELS_FR[name]))
            for name, rule in null.LEVELS.items()
        ],
    )


def spaces(r: Report) -> Bilingual:
    """List each figure's definition space."""
    published = {(c.id, f.quantity): f for c in claims.due(r) for f in c.figures}
    names = {name: Both(name, null.NAMES_FR[name]).upper() for name in null.LEVELS}
    lines = []
    for row in weighed(r).itertuples():
        figure = published[row.id, row.figure]
        lines.append(
            (
                Both(f"{row.id} {figure.name}", f"{row.id} {figure.fr}"),
                names[row.level],
                Both(figure.text, figure.text_fr),
                figure.both(row.natural),
                _reach(figure, row.low, row.high),
                Both(
                    f"{p.number(row.exact)} of {p.number(row.definitions)}",
                    f"{fr.number(row.exact)} sur {fr.number(row.definitions)}",
                ),
                row.share,
                None if math.isnan(row.as_well) else row.as_well,
                Both(row.matching, row.matching_fr) if row.matching else Both("none", "aucune"),
            )
        )
    level = Both("Level", "Niveau")
    weight, as_well = (
        Both("Weight of those that give it", "Poids de celles qui le donnent"),
        Both("Given as well", "Aussi bien donnés"),
    )
    heads = (
        Both("Figure", "Chiffre"), level, Both("Published", "Publié"), Both("As the words suggest", "Comme le suggère le texte"),
        Both("Lowest to highest", "Du plus bas au plus haut"), Both("Exactly, of all", "Exactes, sur toutes"),
        weight, as_well, Both("Definitions that give it", "Définitions qui le donnent"),
    )  # fmt: skip
    return in_both(
        Both(
            "How many definitions give each figure, and which",
            "Combien de définitions donnent chaque chiffre, et lesquelles",
        ),
        heads,
        lines,
        Both(
            "Weight: each choice weighs the same. Given as well: of the numbers of the same rounding from two thirds to three "
            "halves of the natural value, the share that definitions give by at least as much weight; there are none for “more than”.",
            "Poids : chaque choix a le même. Aussi bien donnés : parmi les nombres de même arrondi, des deux tiers à une fois et demie la valeur "
            "naturelle, la part que des définitions donnent avec au moins autant de poids ; il n’y en a pas pour « plus de ».",
        ),
        published_source(r, "actors", "areas", "regions"),
        decimals={weight: 2, as_well: 2},
        menus={level: list(names.values())},
        id="scorecard-definitions",
    )


def _reach(figure: claims.Published, low: float, high: float) -> Both:
    """Return a range in words, or the one value where both ends round to it."""
    a, b = figure.both(low), figure.both(high)
    return a if a == b else Both(f"{a.en} to {b.en}", f"{a.fr} à {b.fr}")


def checks(r: Report) -> Bilingual:
    """List every check of the published figures against each other, the contradictions first."""
    found = checked(r)
    order = list(contradictions.VERDICTS)[::-1]
    found = found.assign(_order=found["verdict"].map(order.index)).sort_values("_order", kind="stable")
    names = {name: Both(name, contradictions.VERDICTS_FR[name][0]).upper() for name in order}
    verdict = Both("Finding", "Constat")
    heads = (
        Both("Question", "Question"), verdict, Both("What the figures imply", "Ce que supposent les chiffres"),
        Both("What follows", "Ce qui en découle"), Both("Claims", "Affirmations"),
    )  # fmt: skip
    lines = [
        (
            Both(row.asks, row.asks_fr),
            names[row.verdict],
            Both(row.implies, row.implies_fr),
            Both(row.follows, row.follows_fr),
            row.claims.replace(";", ", "),
        )
        for row in found.itertuples()
    ]
    rules = joined(
        Both(
            f"{names[name].en}: {fr.lower(rule)}", f"{names[name].fr} : {fr.lower(contradictions.VERDICTS_FR[name][1])}"
        )
        for name, rule in contradictions.VERDICTS.items()
    )
    return in_both(
        Both(
            "The published figures against themselves and each other",
            "Les chiffres publiés, confrontés à eux-mêmes et entre eux",
        ),
        heads,
        lines,
        rules,
        published_source(r, "actors", "regions"),
        menus={verdict: list(names.values())},
        id="scorecard-checks",
    )


_AGREES = {"yes": Both("yes", "oui"), "no": Both("no", "non"), "": Both("not comparable", "non comparable")}


def _opinion_table(r: Report, found: pd.DataFrame, listing: str, title: Both) -> Bilingual:
    figures = {
        (c.id, part, f.quantity): f
        for c in claims.due(r)
        for part, group in (("statement", c.figures), ("outcome", c.outcome))
        for f in group
    }
    lines = []
    for row in found.itertuples():
        figure = figures[row.id, row.part, row.figure]
        ucdp = figure.both(row.ucdp)
        if row.low != row.high:
            low, high = figure.both(row.low), figure.both(row.high)
            ucdp += Both(f" ({low.en} to {high.en})", f" ({low.fr} à {high.fr})")
        lines.append(
            (
                row.id,
                Both(figure.text, figure.text_fr),
                BLANK if pd.isna(row.ours) else figure.both(row.ours),
                ucdp,
                _AGREES[row.agrees],
                row.sentence,
                row.why,
            )
        )
    same = Both("Same way", "Même sens")
    heads = (
        CLAIM, Both("Published", "Publié"), Both("ACLED", "ACLED"), Both("UCDP", "UCDP"), same,
        Both("In words", "En clair"), Both("Why they differ", "Pourquoi elles diffèrent"),
    )  # fmt: skip
    return in_both(
        title,
        heads,
        lines,
        source=published_source(r, "actors", "ucdp_months", "ucdp_years"),
        menus={same: list(dict.fromkeys(line[4] for line in lines))},
        id=listing,
        links=links(r, to="../"),
    )


def opinions(r: Report) -> Bilingual:
    """List UCDP's answer to each statement it has the dimension for, at the statement's date."""
    title = Both("What UCDP says to the same statements", "Ce que dit l’UCDP des mêmes affirmations")
    return _opinion_table(r, asked(r, later=False), "scorecard-ucdp", title)


def beyond_in_short(r: Report) -> Bilingual:
    """List what the reports could have said with the same data."""
    labels = (
        Both("One event", "Un seul événement"), Both("Deaths by side", "Les morts par camp"),
        Both("Which region", "Quelle région"),
    )  # fmt: skip
    lines = joined(
        (
            Both(f"* **{label.en}.** {text.en}", f"* **{label.fr}.** {text.fr}")
            for label, text in zip(labels, beyond.sentences(r), strict=True)
        ),
        "\n",
    )
    return Bilingual(lines.en, lines.fr)


def tolls(r: Report) -> Bilingual:
    """List death tolls with and without their deadliest event."""
    table = beyond.without_largest(r)
    if table.empty:
        raise NotInEdition(
            "No deaths are recorded in this edition's windows.",
            "Aucun mort n’est recensé dans les périodes de cette édition.",
        )
    lines = []
    for row in table.itertuples():
        where, when = p.region_name(row.region), month(row.month)
        lines.append(
            (
                Both(row.toll, row.toll_fr).upper(),
                Both(row.window, row.window_fr),
                row.deaths,
                row.largest,
                Both(f"{where}, {month_name(when)}", f"{where}, {fr.month_name(when)}"),
                row.without,
                Both(p.percent(row.share), fr.percent(row.share)),
            )
        )
    heads = (
        Both("Toll", "Bilan"), Both("Months", "Mois"), Both("Deaths", "Morts"),
        Both("Deadliest event", "Événement le plus meurtrier"), Both("Where and when", "Où et quand"),
        Both("Without it", "Sans lui"), Both("Its share", "Sa part"),
    )  # fmt: skip
    title = Both(
        "Death tolls with and without the deadliest event", "Les bilans avec et sans l’événement le plus meurtrier"
    )
    note = Both(
        "“Of these” belongs to the line above it. The killings at Moura, three entries in the data, count as one event.",
        "« Dont » se rapporte à la ligne précédente. Les tueries de Moura, trois entrées dans les données, comptent pour "
        "un seul événement.",
    )
    return in_both(title, heads, lines, note + _by_village(r), r.source("actors"))


def _by_village(r: Report) -> Both:
    """Say why a massacre of the chronology is no single event of the tables, where the edition holds it."""
    row = r.chronology[r.chronology["id"].eq("2022-06-18-diallassagou")]
    if row.empty:
        return NOTHING
    deaths = int(row["value"].iloc[0])
    return Both(
        f" Elsewhere an attack on several villages is one event a village: that of June 2022 around Diallassagou, "
        f"{p.number(deaths)} dead by the government’s count, is more than one here.",
        f" Ailleurs, une attaque de plusieurs villages est un événement par village : celle de juin 2022 autour de "
        f"Diallassagou, {fr.number(deaths)} morts selon le gouvernement, en fait ici plusieurs.",
    )


def outcomes(r: Report) -> Bilingual:
    """List what later months say to each projection, figure by figure."""
    due_by(r, "There is nothing to settle")
    settled = [x for x in summary.judged(r) if x.outcomes]
    rows = audit_rows(r)
    title = Both("The projections against what came", "Les projections, confrontées à la suite")
    known = [(claimbox.until(x, outcome=True), x.claim.id) for x in settled if x.verdict != "open"]
    note = Both(
        f"Verdicts rest on data {p.listing(f'{to[0]} for {claim}' for to, claim in known)}. One row a part; a projection is mixed "
        "where one part came true and another did not, or is not settled.",
        f"Les verdicts reposent sur des données {fr.listing(f'{to[1]} pour {claim}' for to, claim in known)}. Une ligne par "
        "partie ; une projection n’est confirmée qu’en partie si l’une de ses parties s’est réalisée et l’autre non, ou n’est pas "
        "tranchée.",
    )
    return listing(
        r,
        title,
        [line(x, row) for x in settled for row in x.outcomes],
        note,
        id="scorecard-outcomes",
        links=links(r, outcome=True, to="../"),
        csv=csv(r, title.en, "scorecard-outcomes", rows[rows["part"].eq("outcome")]),
    )


def later_opinions(r: Report) -> Bilingual:
    """List UCDP's answers that rest on months after the statement was made."""
    title = Both("What UCDP says with the months that followed", "Ce que dit l’UCDP avec les mois qui ont suivi")
    return _opinion_table(r, asked(r, later=True), "scorecard-ucdp-later", title)
