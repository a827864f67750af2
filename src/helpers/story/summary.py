"""Findings, figures and the scorecard of the book's first page."""

from __future__ import annotations

import pandas as pd

from helpers import french as f
from helpers import prose as p
from helpers.audit import claims, headline
from helpers.chapters import NotInEdition
from helpers.editions import Report, listed
from helpers.page.frame import opening as opening

CHAPTERS: dict[str, str] = {
    "trajectory": "Trajectory",
    "junta": "Politics",
    "wagner": "Wagner",
    "northern": "North",
    "central": "Centre",
    "southern": "South",
}
REPORT_COLOURS = {"neutral": "R22", "ink": "R23"}
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


# --------------------------------------------------------------------------- the scorecard


def verdict_then(result: claims.Result) -> str:
    """Return the verdict that needs no later month: for a projection, that on the figures at its own date."""
    return headline.then(result)


def judged(r: Report) -> list[claims.Result]:
    """Evaluate every statement made by an edition's date, or say that there is none."""
    due = claims.due(r)
    if not due:
        raise NotInEdition(*NO_STATEMENT)
    return [claims.evaluate(row.id, r.tables) for row in due]


SAID: dict[str, tuple[str, str]] = {
    "reproduced": ("holds by the likeliest reading", "hold by the likeliest reading"),
    "close": ("comes close", "come close"),
    "direction only": ("has the published direction but not its size", "have the published direction but not its size"),
    "mixed": ("holds in part", "hold in part"),
    "not reproduced": ("does not hold", "do not hold"),
    "not measurable": ("cannot be measured", "cannot be measured"),
    "borne out": ("came true", "came true"),
    "not borne out": ("did not come true", "did not come true"),
    "unsettled": ("is not settled", "are not settled"),
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


# --------------------------------------------------------------------------- what happened next
