"""What the audit holds of each statement made by an edition: its figures in words, in rows and in one table."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from functools import cache

import pandas as pd
import yaml

from helpers import french as fr
from helpers import inert, limits
from helpers import prose as p
from helpers.audit import claims, contradictions, headline, null, published, rule, second, space
from helpers.chapters import NotInEdition
from helpers.editions import Report, listed
from helpers.folders import default_folder
from helpers.page import claimbox
from helpers.page.bilingual import Bilingual, in_both
from helpers.story import summary
from helpers.words import inside
from helpers.words.both import Both

CLAIM, VERDICT, CHAPTER = Both("Claim", "Code"), Both("Verdict", "Verdict"), Both("Chapter", "Chapitre")
LINE = (
    CLAIM, Both("Statement", "Affirmation"), Both("Figure", "Chiffre"), VERDICT, Both("Published", "Publié"),
    Both("Computed", "Calculé"), CHAPTER,
)  # fmt: skip
"""Columns of the table of all figures: as many as a page of 1,280 pixels shows; the range over readings is in the box."""
BLANK = Both("–", "–")
_SAID = {
    "documented": Both("a dated fact", "un fait daté"),
    "projection": Both("a projection", "une projection"),
    "assessment": Both("a judgement", "une appréciation"),
}
"""What stands for the published figure of a part that has none, by kind of statement."""
WORDS_CAVEAT = Both(
    "Where a report uses words (most, dozens, two thirds, the driving actor), the number held against it is this "
    "book's reading of the words.",
    "Là où un rapport emploie des mots (la plupart, des dizaines, les deux tiers, le principal acteur), le nombre "
    "qu’on lui oppose est la lecture qu’en fait ce livre.",
)

CLOSE_CAVEAT = Both(
    f"The title counts numbers, whatever their verdict. “Close” is a verdict: {claims.VERDICTS['close'][0].lower()}"
    f"{claims.VERDICTS['close'][1:]}",
    f"Le titre compte des nombres, quel que soit leur verdict. « Proche » est un verdict : {claims.VERDICTS_FR['close'][0].lower()}"
    f"{claims.VERDICTS_FR['close'][1:]}",
)
"""What sets the title of published against computed apart from a verdict of the same word."""


def due_by(r: Report, why: str = "") -> list[claims.Claim]:
    """Return the statements made by the edition's date, or say that there is none; one wording for each section."""
    due = claims.due(r)
    if not due:
        raise NotInEdition(
            *([f"{why}: no statement had been made by this edition's date."] if why else summary.NO_STATEMENT)
        )
    return due


def reports_named(r: Report) -> str:
    """Name the reports made by the edition's date (`the report of 29 August 2022`)."""
    days = [summary.day(report) for report in summary.reports_of(r)]
    return f"the report{'s' if len(days) > 1 else ''} of {p.listing(days)}"


def reports_named_fr(r: Report) -> str:
    """Return the same in French, with its preposition."""
    days = [fr.day_name(e.published) for e in listed() if e.report in summary.reports_of(r)]
    return f"{'des rapports' if len(days) > 1 else 'du rapport'} du {' et du '.join(days)}"


def counted_faces(verdicts: Iterable[str]) -> Both:
    """Count verdicts, the best first: each word before its number, so that it need not agree with it.

    Examples
    --------
    >>> counted_faces(["close", "reproduced", "reproduced"])
    Both(en='holds 2, close 1', fr='confirmé 2, proche 1')
    """
    known = list(verdicts)
    counts = {name: known.count(name) for name in summary.SAID if name in known}
    faces = {name: headline.face(name) for name in counts}
    return Both(
        ", ".join(f"{_small(faces[name][0])} {p.number(many)}" for name, many in counts.items()),
        ", ".join(f"{_small(faces[name][1])} {fr.number(many)}" for name, many in counts.items()),
    )


def _small(text: str) -> str:
    return text[0].lower() + text[1:].replace(",", "")


def figure_of(claim_id: str, quantity: str) -> claims.Published:
    """Return a published figure of a claim, or one of its outcome."""
    row = claims.claim(claim_id)
    return next(figure for figure in (*row.figures, *row.outcome) if figure.quantity == quantity)


def figure_name(claim_id: str, quantity: str) -> str:
    """Name a published figure by its claim and in a few words."""
    # The id stands first: on a phone the end of a long label is cut.
    return f"{claim_id} {figure_of(claim_id, quantity).name}"


_VALUE = (
    ("more than half", "plus de la moitié"), ("about ", "environ "), ("nearly ", "près de "), ("more than ", "plus de "),
    ("at least ", "au moins "), (" to ", " à "), (" events", " événements"), (" deaths", " morts"), (" times", " fois"),
)  # fmt: skip


@cache
def chart_words() -> dict[str, str]:
    """Return the French of what charts of the audit say: statements, figures, verdicts, published words, by their English."""
    words = dict(headline.rule.FACES.values())
    words |= {
        f"Report of {summary.day(e.report)}": f"Rapport du {fr.day_name(e.published)}" for e in listed() if e.report
    }
    for claim in published.claims():
        words[claim.statement] = claim.fr
        for one in (*claim.figures, *claim.outcome):
            words[f"{claim.id} {one.name}"] = f"{claim.id} {one.fr}"
            if one.said:
                words[one.said[0]] = one.said[1]
    return words


def said_in_french(cells: Iterable[str]) -> dict[str, str]:
    """Return cells such as `1.9 times to 2.5 times` in French, by their English.

    Examples
    --------
    >>> said_in_french(["about 1,046 events", "1.9 times to 2.5 times", "52 %"])["about 1,046 events"]
    'environ 1\u202f046 événements'
    """
    told = {}
    for cell in dict.fromkeys(cells):
        text = re.sub(r"(?<=\d),(?=\d{3})", "\u202f", cell)
        text = re.sub(r"(?<=\d)\.(?=\d)", ",", text)
        for english, french_ in _VALUE:
            text = text.replace(english, french_)
        told[cell] = chart_words().get(cell, text)
    return told


def published_source(r: Report, *tables: str) -> str:
    """Return the source line of figures that are held against the reports."""
    said = "; ".join(claims.REPORTS[report] for report in summary.reports_of(r))
    return f"{r.source(*tables)}{inside.PUBLISHED}{said}."


def ratio(figure: claims.Published, value: float) -> float:
    """Return a value over the published one; changes in percent are compared through the level they lead to.

    Examples
    --------
    >>> ratio(claims.Published("x", "equal", "events", 16), 20), ratio(claims.Published("x", "equal", "percent", 20), 32)
    (1.25, 1.1)
    """
    assert figure.published is not None
    shift = 100.0 if figure.unit == "percent" else 0.0
    return (value + shift) / (figure.published + shift)


def off(ratio: float) -> float:
    """Return how many times a value is away from 1, up or down; without end at zero.

    Examples
    --------
    >>> off(4), off(0.5), off(0)
    (4, 2.0, inf)
    """
    return max(ratio, 1 / ratio) if ratio else math.inf


def numbers(r: Report) -> pd.DataFrame:
    """Return every published number that event data can recompute, with ours over it.

    Returns `name`, `id`, `statement`, `published`, `computed` and `range` (in words), `ratio`, `low`, `high`,
    `verdict`, `more` (published as a bound); the best verdict first, within it the nearest. What our sources cannot
    settle is left out.
    """
    records = []
    for result in summary.judged(r):
        if result.claim.kind not in ("measured", "projection"):
            continue
        for row in result.rows:
            figure = row.figure
            if figure is None or figure.published is None or row.computed is None or figure.needs:
                continue
            low, high = (row.computed if x is None else x for x in (row.low, row.high))
            records.append(
                {
                    "name": figure_name(row.claim.id, figure.quantity),
                    "id": row.claim.id,
                    "statement": row.claim.statement,
                    "published": figure.text,
                    "computed": figure.number(row.computed),
                    "range": reach(row),
                    "ratio": ratio(figure, row.computed),
                    "low": ratio(figure, low),
                    "high": ratio(figure, high),
                    "verdict": row.verdict,
                    "more": figure.test in ("more", "least"),
                }
            )
    limits.held(
        bool(records), "published number that they can recompute", "aucun nombre publié qu’elles puissent recalculer"
    )
    table = pd.DataFrame(records)
    order = list(claims.VERDICTS)
    return (
        table.assign(_verdict=table["verdict"].map(order.index), _far=table["ratio"].map(off))
        .sort_values(["_verdict", "_far", "name"], ignore_index=True)
        .drop(columns=["_verdict", "_far"])
    )


def reach(row: claims.Row) -> str:
    """Return the range over the readings of a figure in words; a dash where there is one reading."""
    if row.figure is None or row.readings < 2 or row.low is None or row.high is None or row.figure.test == "true":
        return "–"
    return " to ".join(dict.fromkeys((row.figure.number(row.low), row.figure.number(row.high))))


def audit_rows(r: Report) -> pd.DataFrame:
    """Return the audit of every statement made by the edition's date, each at its own date (`claims.COLUMNS`)."""
    due = {row.id for row in due_by(r, "There is nothing to list")}
    parts = [claims.audit(edition.id, r.tables) for edition in listed() if edition.report]
    rows = pd.concat([part for part in parts if len(part) and set(part["id"]) <= due], ignore_index=True)
    return rows.assign(matches=rows["matches"].astype(int), readings=rows["readings"].astype(int))


def csv(r: Report, title: str, listing: str, rows: pd.DataFrame) -> str:
    """Return rows as CSV under a commented header with source, licence and citation."""
    cff = yaml.safe_load((default_folder().parent / "CITATION.cff").read_text(encoding="utf-8"))
    authors = ", ".join(author["name"] for author in cff["authors"])
    head = [
        ("Title", title),
        ("Edition", f"{r.edition.title}. {r.coverage}"),
        ("Source and licence", published_source(r, "actors", "totals")),
        (
            "Cite as",
            f"{authors} ({str(cff['date-released'])[:4]}): {cff['title']}, version {cff['version']}, edition "
            f"{r.edition.title}, table {listing}.",
        ),
        *(("Cite the data as", source.citation) for source in r.tables.sources("actors")),
    ]
    lines = [f"# {name}: {' '.join(text.split())}\n" for name, text in dict.fromkeys(head)]
    return "".join(lines) + inert.to_csv(rows)


def links(r: Report, *, outcome: bool = False, to: str = "") -> dict[str, str]:
    """Return the address of each claim's box; where only later months speak to a claim, that of its outcome.

    `r`: the report. `outcome`: only claims that later months speak to, at that box. `to`: the way from the page to the
    chapters' folder.
    """
    return {
        row.id: f"{to}{row.chapter}.html#claim-{row.id.lower()}{'-outcome' if outcome or not _at_once(row) else ''}"
        for row in claims.due(r)
        if not outcome or row.outcome
    }


def _at_once(row: claims.Claim) -> bool:
    return bool(row.figures) or row.kind != "projection"


def line(result: claims.Result, row: claims.Row) -> tuple:
    """Return the row of an audited figure in the table of all of them."""
    figure, fact = row.figure, row.fact
    if figure is None:
        what, found = Both(fact.name, fact.fr) if fact else BLANK, BLANK
        said = _SAID.get(row.claim.kind, _SAID["assessment"])
    else:
        what, said = Both(figure.name, figure.fr), Both(figure.text, figure.text_fr)
        ours, ours_fr = claimbox.computed(row)
        found = Both(ours, ours_fr or ours)
    return (
        row.claim.id,
        Both(row.claim.statement, row.claim.fr),
        what,
        Both(*headline.face(row.verdict) if row.figure is None else rule.part_face(row.verdict, row.figure)),
        said,
        found,
        _chapter(row.claim.chapter),
    )


def _chapter(name: str) -> Both:
    english = summary.CHAPTERS[name]
    return Both(english, inside.COMMON.get(english, english))


def listing(
    r: Report, title: Both, lines: list[tuple], note: Both, *, id: str, links: Mapping[str, str], csv: str
) -> Bilingual:
    """Return audited figures as a table that can be searched, with the verdicts in their order."""
    kept = [i for i in range(len(LINE)) if any(line[i] != BLANK for line in lines)]
    return in_both(
        title,
        [LINE[i] for i in kept],
        [tuple(line[i] for i in kept) for line in lines],
        note,
        published_source(r, "actors", "totals"),
        menus={
            VERDICT: [Both(*face) for name in (*summary.SAID, *claims.VERDICTS) for face in headline.faces(name)],
            CHAPTER: list(dict.fromkeys(line[-1] for line in lines)),
        },
        id=id,
        links=links,
        csv=csv,
    )


def every_figure(r: Report) -> Bilingual:
    """List every audited figure with its verdict, to be searched, narrowed down and taken away."""
    due_by(r, "There is nothing to list")
    lines = []
    for result in summary.judged(r):
        unsettled = claims.Row(result.claim, None, summary.UNSETTLED)
        lines += [line(result, row) for row in result.rows or (unsettled,)]
    rows = audit_rows(r)
    title = Both(
        "Every figure of every statement, held against the data",
        "Chaque chiffre de chaque affirmation, confronté aux données",
    )
    until = {result.claim.report: claimbox.until(result, outcome=False) for result in summary.judged(r)}
    note = Both(
        f"Verdicts rest on data {p.listing(f'{to[0]} for {report}' for report, to in until.items())}. One row a figure; a statement "
        "with several parts has several rows, and is mixed where one holds and another does not. The claim's number leads to its box, which lists every "
        "reading and their range. ",
        f"Les verdicts reposent sur des données {fr.listing(f'{to[1]} pour {report}' for report, to in until.items())}. Une "
        "ligne par chiffre ; une affirmation en plusieurs parties a plusieurs lignes et n’est confirmée qu’en partie "
        "si l’une tient et l’autre non. Le code mène à la fiche de l’affirmation, qui donne toutes les lectures et leur étendue. ",
    )
    return listing(
        r,
        title,
        lines,
        note + WORDS_CAVEAT,
        id="scorecard-audit",
        links=links(r),
        csv=csv(r, title.en, "scorecard-audit", rows[rows["part"].eq("statement")]),
    )


def weighed(r: Report) -> pd.DataFrame:
    """Return `space.summary` for the statements made by the edition's date, the firmest first."""
    due = {row.id for row in due_by(r, "There is nothing to weigh")}
    table = space.summary(r.tables)
    table = table[table["id"].isin(due)]
    table["name"] = [figure_name(*key) for key in zip(table["id"], table["figure"], strict=True)]
    table["reached"] = (table["exact"] + table["near"]) / table["definitions"]
    order = list(null.LEVELS)
    return (
        table.assign(_level=table["level"].map(order.index))
        .sort_values(["_level", "reached", "name"], ascending=[True, False, True], ignore_index=True)
        .drop(columns="_level")
    )


def checked(r: Report) -> pd.DataFrame:
    """Return the checks of published figures against each other that need only what the edition knows."""
    due = {row.id for row in due_by(r, "There is nothing to hold against each other")}
    found = contradictions.check_all(r.tables)
    return found[found["claims"].str.split(";").map(lambda ids: set(ids) <= due)].reset_index(drop=True)


def asked(r: Report, *, later: bool) -> pd.DataFrame:
    """Return what UCDP says to the statements made by the edition, at their own dates or with later months."""
    due = {row.id for row in due_by(r, "There is nothing to ask a second source about")}
    found = second.table(r.tables)
    return found[found["id"].isin(due) & found["later"].eq(later)].reset_index(drop=True)
