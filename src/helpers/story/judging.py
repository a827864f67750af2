"""The rule of the audit as a reader sees it: words, verdicts, kinds and reasons, from the same tables that decide."""

from __future__ import annotations

import pandas as pd

from helpers import french as fr
from helpers import prose as p
from helpers.audit import claims, headline, rule
from helpers.editions import Report
from helpers.figures import Table
from helpers.page.bilingual import Bilingual

KINDS = {
    "measured": "A number or comparison that counts could check, of events, people or land. Where data hold it, it is computed "
    "at the report's own date and under every stated definition.",
    "projection": "It spoke of months that had not happened yet. Later months settle it.",
    "documented": "A dated fact that event data do not hold. The chronology is searched for a source other than the "
    "report.",
    "assessment": "A judgement. The evidence is shown; no number passes or fails it.",
}


def verdicts(r: Report) -> Bilingual:
    """List the verdicts as readers see them, with their rules."""

    def table(language: int) -> Table:
        meant = (claims.VERDICTS, claims.VERDICTS_FR)[language]
        rows = [(headline.face(name)[language], rule_) for name, rule_ in meant.items()]
        return Table(
            title=("Verdicts, from the best to the worst within each kind", "Verdicts, du meilleur au moins bon")[
                language
            ],
            frame=pd.DataFrame(rows, columns=[("Verdict", "Rule"), ("Verdict", "Règle")][language]),
            note=(
                "Each part of a statement has a verdict of its own. Where all stand on one side, the weaker names the whole; "
                "where one holds and another does not, it is mixed; where none holds, the best that could be judged names it. "
                "What no other source carries, or no table holds, is not counted as false.",
                "Chaque partie d’une affirmation a son propre verdict. Quand toutes sont du même côté, le plus faible vaut pour "
                "l’ensemble ; quand l’une tient et l’autre non, il est en partie confirmé ; quand aucune ne tient, la meilleure "
                "vaut. Ce qu’aucune autre source ne porte, ou "
                "qu’aucune table ne contient, n’est pas compté comme faux.",
            )[language],
        )

    return Bilingual(table(0), table(1))


def kinds(r: Report) -> Table:
    """List the kinds of claims with how many there are at this edition."""
    found = pd.Series([row.kind for row in claims.due(r)], dtype=str).value_counts()
    frame = pd.DataFrame(
        {
            "Kind": list(claims.KINDS),
            "What it is": [KINDS[kind] for kind in claims.KINDS],
            "Claims": [int(found.get(kind, 0)) for kind in claims.KINDS],
        }
    )
    return Table(title="Kinds of claims", frame=frame)


def reasons(r: Report) -> Table:
    """List the reason codes."""
    rows = {code: text for code, text in claims.REASONS.items() if code}
    return Table(
        title="Reasons for a figure that is not reproduced",
        frame=pd.DataFrame({"Reason": list(rows), "Meaning": list(rows.values())}),
    )


def words(r: Report) -> Bilingual:
    """List how each published word is read, as `helpers.audit.rule` has it, with how many figures it decides."""
    used = pd.Series(
        [figure.test for row in claims.claims() for figure in (*row.figures, *row.outcome)], dtype=str
    ).value_counts()

    def table(language: int) -> Table:
        rows = [
            ((w.said, w.said_fr)[language], (w.band, w.band_fr)[language], int(used.get(name, 0)))
            for name, w in rule.WORDINGS.items()
        ]
        heads = (["Published as", "Read as", "Figures"], ["Publié sous la forme", "Lu comme", "Chiffres"])[language]
        return Table(
            title=("How each published word is read", "Comment chaque mot publié est lu")[language],
            frame=pd.DataFrame(rows, columns=heads),
            note=(
                "The band is the same for every statement and for every reading of it. A figure is held against it as the page "
                "prints it.",
                "La marge est la même pour chaque affirmation et pour chacune de ses lectures. Un chiffre lui est comparé tel "
                "que la page l’imprime.",
            )[language],
        )

    return Bilingual(table(0), table(1))


_RESTS: dict[str, tuple[str, str, str, str]] = {
    "events": (
        "events and deaths",
        "événements et morts",
        "what militant Islamist events of 2020 gained from the export of August 2020 to today's",
        "ce que les événements de 2020 impliquant des groupes islamistes armés ont gagné de l’export d’août 2020 à celui d’aujourd’hui",
    ),
    "share": (
        "shares of events and deaths",
        "parts d’événements et de morts",
        "what their share of all events moved by in the same months",
        "ce dont leur part dans tous les événements a bougé dans les mêmes mois",
    ),
    "documents": ("documents", "documents", "sources round and convert", "les sources arrondissent et convertissent"),
    "land and people": ("land and people", "terres et population", "not revised", "non révisées"),
    "area": ("the area touched", "la surface touchée", "no table holds it twice", "aucune table ne la donne deux fois"),
    "one export": (
        "what came of a projection",
        "ce qu’est devenue une projection",
        "both years come from one export",
        "les deux années viennent du même export",
    ),
}
"""What a figure rests on, and where the room for its revision comes from, by key of `rule.REVISIONS`."""


def revisions(r: Report) -> Bilingual:
    """List how far beyond its band a figure may lie and still be close, with what was measured."""

    def table(language: int) -> Table:
        write = (p.percent, fr.percent)[language]
        rows = [
            (_RESTS[name][language], write(room) if room else ("none", "aucune")[language], _RESTS[name][2 + language])
            for name, room in rule.REVISIONS.items()
        ]
        heads = (["A figure of", "Room", "Because"], ["Un chiffre sur", "Marge", "Parce que"])[language]
        return Table(
            title=("Room for revisions, the same for every reading", "Marge de révision, la même pour chaque lecture")[
                language
            ],
            frame=pd.DataFrame(rows, columns=heads),
            note=(
                "A change of so many percent is compared through the level it leads to.",
                "Une variation en pour cent est comparée par le niveau auquel elle mène.",
            )[language],
        )

    return Bilingual(table(0), table(1))
