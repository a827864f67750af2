"""Tables behind the scorecard: kinds, definitions, checks, a second source, tolls, and what became of projections."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import pandas as pd

from helpers import french as fr
from helpers import prose as p
from helpers.audit import beyond, claims, contradictions, null
from helpers.chapters import NotInEdition
from helpers.editions import Report, listed
from helpers.figures import Listing, Table
from helpers.page import claimbox
from helpers.page.bilingual import Bilingual
from helpers.story import summary
from helpers.story.audited import (
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
            "Measured: event data can recompute it. Projection: about months that had not come yet. Documented: a dated "
            "fact. Assessment: a judgement, shown with the evidence and not scored.",
            "Mesurée : les données d’événements permettent de la recalculer. Projection : elle portait sur des mois à venir. "
            "Documentée : un fait daté. Appréciation : un jugement, montré avec ses preuves et non noté.",
        ),
    )


def in_both(
    title: Both, heads: Sequence[Both], lines: Sequence[tuple[Any, ...]], note: Both = NOTHING, source: str = ""
) -> Bilingual:
    """Make a table twice from the same lines, whose words are pairs."""

    def made(language: str) -> Table:
        rows = [[getattr(cell, language) if isinstance(cell, Both) else cell for cell in line] for line in lines]
        frame = pd.DataFrame(rows, columns=[getattr(head, language) for head in heads])
        return Table(getattr(title, language), frame, source, getattr(note, language))

    return Bilingual(made("en"), made("fr"))


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


def _matching(words: str) -> str:
    return "; or: ".join(words.split(" | ")).replace("; or: and ", " and ") or "none"


def spaces(r: Report) -> Listing:
    """List each figure's definition space."""
    table = weighed(r)
    published = {(c.id, f.quantity): f for c in claims.due(r) for f in c.figures}
    lines = []
    for row in table.itertuples():
        figure = published[row.id, row.figure]
        lines.append(
            (
                row.name,
                fr.upper(row.level),
                figure.text,
                figure.number(row.natural),
                " to ".join(dict.fromkeys((figure.number(row.low), figure.number(row.high)))),
                row.definitions,
                row.exact,
                row.share,
                None if math.isnan(row.as_well) else row.as_well,
                _matching(row.matching),
            )
        )
    frame = pd.DataFrame(
        lines,
        columns=[
            "Figure",
            "Level",
            "Published",
            "As the words suggest",
            "Lowest to highest",
            "Definitions",
            "Exactly",
            "Weight of those that give it",
            "Given as well",
            "Definitions that give it",
        ],
    )
    frame["Level"] = pd.Categorical(frame["Level"], [fr.upper(name) for name in null.LEVELS])
    return Listing(
        id="scorecard-definitions",
        title="How many definitions give each figure, and which",
        frame=frame,
        filters=("Level",),
        decimals={"Weight of those that give it": 2, "Given as well": 2},
        source=published_source(r, "actors", "areas", "regions"),
        note="Weight: each choice weighs the same. Given as well: of the numbers of the same rounding from two thirds to three "
        "halves of the natural value, the share that definitions give by at least as much weight; there are none for “more than”.",
    )


def checks(r: Report) -> Listing:
    """List every check of the published figures against each other, the contradictions first."""
    found = checked(r)
    order = list(contradictions.VERDICTS)[::-1]
    found = found.assign(_order=found["verdict"].map(order.index)).sort_values("_order", kind="stable")
    frame = pd.DataFrame(
        {
            "Question": found["asks"],
            "Finding": pd.Categorical(found["verdict"].map(fr.upper), [fr.upper(name) for name in order]),
            "What the figures imply": found["implies"],
            "What follows": found["follows"],
            "Claims": found["claims"].str.replace(";", ", "),
        }
    )
    rules = " ".join(
        f"{fr.upper(name)}: {rule[0].lower() + rule[1:]}" for name, rule in contradictions.VERDICTS.items()
    )
    return Listing(
        id="scorecard-checks",
        filters=("Finding",),
        title="The published figures against themselves and each other",
        frame=frame,
        note=rules,
        source=published_source(r, "actors", "regions"),
    )


def _opinion_table(r: Report, found: pd.DataFrame, listing: str, title: str) -> Listing:
    figures = {
        (c.id, part, f.quantity): f
        for c in claims.due(r)
        for part, group in (("statement", c.figures), ("outcome", c.outcome))
        for f in group
    }
    lines = []
    for row in found.itertuples():
        figure = figures[row.id, row.part, row.figure]
        span = "" if row.low == row.high else f" ({figure.number(row.low)} to {figure.number(row.high)})"
        lines.append(
            (
                row.id,
                figure.text,
                "–" if pd.isna(row.ours) else figure.number(row.ours),
                f"{figure.number(row.ucdp)}{span}",
                row.agrees or "not comparable",
                row.sentence,
                row.why,
            )
        )
    frame = pd.DataFrame(
        lines, columns=["Claim", "Published", "ACLED", "UCDP", "Same way", "In words", "Why they differ"]
    )
    source = published_source(r, "actors", "ucdp_months", "ucdp_years")
    return Listing(id=listing, title=title, frame=frame, filters=("Same way",), links=links(r), source=source)


def opinions(r: Report) -> Listing:
    """List UCDP's answer to each statement it has the dimension for, at the statement's date."""
    return _opinion_table(r, asked(r, later=False), "scorecard-ucdp", "What UCDP says to the same statements")


def beyond_in_short(r: Report) -> str:
    """List what the reports could have said with the same data."""
    labels = ("One event", "For the people who live there", "Who kills civilians", "Which region")
    return "\n".join(f"* **{label}.** {text}" for label, text in zip(labels, beyond.sentences(r), strict=True))


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
        "« Dont » se rapporte à la ligne précédente. Le massacre de Moura, trois entrées dans les données, compte pour un "
        "événement.",
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


def outcomes(r: Report) -> Listing:
    """List what later months say to each projection, figure by figure."""
    due_by(r, "There is nothing to settle")
    settled = [x for x in summary.judged(r) if x.outcomes]
    rows = audit_rows(r)
    title = "The projections against what came"
    lines = [line(x, row) for x in settled for row in x.outcomes]
    known = (x for x in settled if x.verdict != "open")
    ends = p.listing(f"{claimbox.until(x, outcome=True)[0]} for {x.claim.id}" for x in known)
    return listing(
        r,
        lines,
        id="scorecard-outcomes",
        title=title,
        links=links(r, outcome=True),
        csv=csv(r, title, "scorecard-outcomes", rows[rows["part"].eq("outcome")]),
        note=f"Verdicts rest on data {ends}. One row a part; a projection is mixed where its parts differ.",
    )


def later_opinions(r: Report) -> Listing:
    """List UCDP's answers that rest on months after the statement was made."""
    found = asked(r, later=True)
    return _opinion_table(r, found, "scorecard-ucdp-later", "What UCDP says with the months that followed")
