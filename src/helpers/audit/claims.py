"""The audit: each statement of the two reports, its recomputed figure, and a verdict by stated rules.

No verdict and no figure is typed by hand: `data/claims.yml` holds what was published, `helpers.audit.questions` what the
data say, and `helpers.audit.rule` turns the two into a verdict with its reason.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache

import pandas as pd

from helpers import definitions as d
from helpers import french as fr
from helpers import limits
from helpers import prose as p
from helpers.audit import rule
from helpers.audit.published import KINDS, REASONS, REPORTS, Claim, Fact, Published, claim, claims
from helpers.audit.questions import OUTCOMES, QUESTIONS, Answer, Quantity, Reading
from helpers.audit.questions.base import lacking
from helpers.audit.rule import meets, near, whole
from helpers.data import Tables
from helpers.editions import Report, find, listed
from helpers.errors import ClaimError
from helpers.estimates import intervals
from helpers.folders import trusted
from helpers.windows import month_name
from helpers.words import Both

__all__ = [
    "COLUMNS",
    "KINDS",
    "REASONS",
    "REPORTS",
    "VERDICTS",
    "VERDICTS_FR",
    "Claim",
    "Fact",
    "Published",
    "Result",
    "Row",
    "audit",
    "claim",
    "claims",
    "due",
    "evaluate",
    "judge",
    "meets",
    "near",
    "reason_of",
    "sources_of",
    "whole",
]

VERDICTS: dict[str, str] = {
    "reproduced": "The likeliest reading gives the published figure, or the statement holds.",
    "close": "Another reading of the words gives it, or a reading misses it by no more than the data are revised.",
    "direction only": "It goes the published way, but no reading of the words gives its size; of two counts compared, their order is the published one.",
    "not reproduced": "No reading of the words gives it, or the statement does not hold.",
    "not measurable": "Our data cannot tell it; what would be needed is said.",
    "borne out": "Later months came to what was projected.",
    "not borne out": "Later months did not come to what was projected.",
    "unsettled": "Later months settle it neither way: chance may explain the change, or the counts are below twenty.",
    "open": "Later months are not in the data yet.",
    "sourced": "A source other than the report states the fact.",
    "unsourced": "No source other than the report was found; that does not make it false.",
    "evidence": "A judgement: shown with the evidence, neither passed nor failed.",
    "mixed": "At least one part of the statement holds and another does not, or is not known to; each has its own verdict.",
}
"""Verdicts, from the best to the worst within each kind, with the rule in words."""

VERDICTS_FR: dict[str, str] = {
    "reproduced": "La lecture la plus probable donne le chiffre publié, ou l’affirmation est vraie.",
    "close": "Une autre lecture du texte le donne, ou l’écart ne dépasse pas celui des révisions des données.",
    "direction only": "Le sens est celui publié, mais aucune lecture du texte n’en donne l’ampleur ; de deux nombres comparés, l’ordre est celui publié.",
    "not reproduced": "Aucune lecture du texte ne le donne, ou l’affirmation n’est pas vraie.",
    "not measurable": "Nos données ne le mesurent pas ; nous disons ce qu’il faudrait.",
    "borne out": "Les mois suivants ont donné ce qui était annoncé.",
    "not borne out": "Les mois suivants n’ont pas donné ce qui était annoncé.",
    "unsettled": "Les mois suivants ne tranchent pas : le hasard peut expliquer la variation, ou les nombres sont inférieurs à vingt.",
    "open": "Les mois suivants ne sont pas encore dans les données.",
    "sourced": "Une source autre que le rapport établit le fait.",
    "unsourced": "Aucune source autre que le rapport n’a été trouvée ; cela ne le rend pas faux.",
    "evidence": "Une appréciation : présentée avec les éléments disponibles, sans être notée.",
    "mixed": "Une partie au moins de l’affirmation est confirmée, une autre ne l’est pas ou reste inconnue ; chacune a son verdict.",
}
"""The same in French."""

# Value at which a figure says "no change": beyond it on the same side, the direction is right.
_NEUTRAL = {"percent": 0.0, "times": 1.0}


@dataclass(frozen=True)
class Row:
    """One audited figure."""

    claim: Claim
    figure: Published | None
    """None for claims without a figure."""
    verdict: str
    reason: str = ""
    """Keys of `VERDICTS` and `REASONS`."""
    computed: float | None = None
    low: float | None = None
    high: float | None = None
    """The main reading and the range over all readings, in the published unit."""
    matches: int = 0
    readings: int = 0
    """How many of the readings give the published figure, to its rounding, and how many there are."""
    definition: str = ""
    """The main reading in words."""
    matching: str = ""
    """The readings that give the published figure, in words."""
    counts: tuple[float, ...] = ()
    """For statements: the count behind the likeliest reading, and the one it is compared with."""
    fact: Fact | None = None
    """The documented fact that the row judges."""
    other: float | None = None
    """Where another reading than the likeliest gives the published figure, or alone comes near it: what that one gives, in
    the published unit."""
    documents: tuple[Reading, ...] = ()
    """What each source other than the report gives, for figures of documented claims."""

    @property
    def name(self) -> str:
        """The part of the statement that the row judges, in a few words."""
        return self.figure.name if self.figure else (self.fact.name if self.fact else "")


@dataclass(frozen=True)
class Result:
    """A claim with its verdict."""

    claim: Claim
    rows: tuple[Row, ...]
    """Figures at the claim's own date."""
    outcomes: tuple[Row, ...]
    """What later months say, for projections."""
    answer: Answer | None
    """The answer at the claim's own date."""
    outcome_answer: Answer | None
    """The answer with later months."""
    tables: Tables
    """Those it was evaluated on."""
    sources: pd.DataFrame = field(repr=False, default_factory=pd.DataFrame)
    """Chronology entries that bear on the claim (all, whatever the edition)."""

    @property
    def deciding(self) -> tuple[Row, ...]:
        """The rows that give the claim its verdict: the outcomes' for projections."""
        return self.outcomes if self.claim.kind == "projection" else self.rows

    @property
    def verdict(self) -> str:
        """The verdict on the claim: that of its parts by `rule.whole`."""
        return whole(row.verdict for row in self.deciding)

    @property
    def reason(self) -> str:
        """Reason code of the weakest part."""
        return reason_of(self.deciding)


def reason_of(rows: tuple[Row, ...]) -> str:
    """Return the reason code of the row with the weakest verdict; empty where there are none."""
    order = list(rule.SIDES)
    return max(rows, key=lambda row: order.index(row.verdict)).reason if rows else ""


def judge(claim: Claim, figure: Published, quantity: Quantity, *, other: Quantity | None = None) -> Row:
    """Hold one published figure against its readings.

    Rules, in order: the likeliest reading gives the figure: `reproduced`. Another reading of the words gives it:
    `close` (definition or window). A reading lies within the measured revision of it: `close` (vintage). The likeliest
    reading goes the same way: `direction only`. Else `not reproduced`. What only stands beside the words decides
    nothing. A figure that our sources cannot settle is `not measurable`, whatever its proxy gives.

    `claim`, `figure`: what was published. `quantity`: what the data give. `other`: the quantity of the figure with
    which the report compares this one.
    """
    values = [figure.convert(reading.value) for reading in quantity.readings]
    stated = [figure.convert(reading.value) for reading in quantity.stated]
    matching = [r.label.en for r in quantity.stated if meets(figure, figure.convert(r.value))]
    main, elsewhere = values[0], None
    if figure.needs:
        verdict, reason = "not measurable", figure.reason
    elif meets(figure, main):
        verdict, reason = "reproduced", ""
    elif matching:
        verdict, reason = "close", figure.reason
        elsewhere = next(value for value in stated if meets(figure, value))
    elif any(near(figure, value) for value in stated):
        verdict, reason = "close", "vintage"
        elsewhere = None if near(figure, main) else _nearest(figure, stated)
    elif _same_way(claim, figure, main, other):
        verdict, reason = "direction only", figure.reason
    else:
        verdict, reason = "not reproduced", figure.reason
    return Row(
        claim,
        figure,
        verdict,
        reason,
        computed=main,
        low=min(stated),
        high=max(stated),
        matches=len(matching),
        readings=len(stated),
        definition=quantity.readings[0].label.en,
        matching="; ".join(matching),
        counts=quantity.counts,
        other=elsewhere,
    )


def _nearest(figure: Published, values: list[float]) -> float:
    """Return the value that lies nearest to a published figure's band."""
    low, high = rule.band(figure)
    return min(values, key=lambda value: max(low - value, value - high))


def _same_way(claim: Claim, figure: Published, main: float, other: Quantity | None) -> bool:
    """Tell whether a change, or a level beside the one it is compared with, goes the published way."""
    if figure.published is None or figure.test == "true":
        return False
    if figure.unit in _NEUTRAL:
        still = _NEUTRAL[figure.unit]
        return (main - still) * (figure.published - still) > 0
    compared = next((f for f in (*claim.figures, *claim.outcome) if f.quantity == figure.against), None)
    if compared is None or compared.published is None or other is None:
        return False
    return (main - compared.convert(other.value)) * (figure.published - compared.published) > 0


def settle(row: Row, found: intervals.Comparison | None = None, other: float | None = None) -> Row:
    """Turn the verdict of an outcome's figure into that of a projection.

    `row`: as `judge` gives it. `found`: the change that the figure's likeliest reading states, where it states one.
    `other`: the count that the report compares the figure with, in its unit.
    Whether it rose or fell, for a statement and for a figure that only goes the published way, is settled only where
    the interval leaves out no change and one of the counts reaches twenty, as in all sentences of this book.
    """
    settled = {"reproduced": "borne out", "close": "borne out", "not reproduced": "not borne out"}
    way = row.verdict == "direction only"
    if row.verdict not in settled and not way:
        return row
    counts = row.counts if len(row.counts) > 1 or other is None or row.computed is None else (row.computed, other)
    few = len(counts) > 1 and max(counts) < 2 * d.SMALL_COUNT and (way or bool(row.counts))
    if few or (found and found.unclear and row.figure and (way or row.figure.test == "true")):
        return replace(row, verdict="unsettled", reason="")
    return row if way else replace(row, verdict=settled[row.verdict])


def sources_of(claim: Claim, chronology: pd.DataFrame) -> pd.DataFrame:
    """Return the chronology's entries that name a claim."""
    return chronology[chronology["claims"].str.split(";").map(lambda ids: claim.id in ids)].reset_index(drop=True)


def evaluate(claim_id: str, tables: Tables | None = None) -> Result:
    """Evaluate a claim at its own date, and its outcome with the months that followed.

    Raises `ClaimError`: a figure of the claim is not among the answer's quantities.
    """
    tables = tables or Tables()
    # The project's own tables stay as they are while a process runs; a user's folder may be written anew.
    return (_once if trusted(tables.folder) else _evaluated)(claim_id, tables)


def _evaluated(claim_id: str, tables: Tables) -> Result:
    row = claim(claim_id)
    found = sources_of(row, tables.chronology())
    outcome_answer = None
    try:
        if row.kind not in ("documented", "assessment"):
            limits.countable(tables, published=True)
        report = Report(row.made_in, tables)
        answer = _answer(row, report, found)
        outcome_answer = OUTCOMES[row.question](report) if row.outcome else None
        if row.kind not in ("documented", "assessment"):
            # Last: that the data lack the months says more.
            limits.enough(tables)
    except limits.SHORTFALLS as error:
        answer = lacking(error, tables)
    short = bool(tables.limits())
    return Result(
        row,
        rows=_rows(row, answer, found, short=short),
        outcomes=tuple(_outcome_rows(row, outcome_answer, short=short)),
        answer=answer,
        outcome_answer=outcome_answer,
        tables=tables,
        sources=found,
    )


_once = cache(_evaluated)


def _answer(row: Claim, report: Report, found: pd.DataFrame) -> Answer:
    if row.question not in ("documented", "evidence"):
        return QUESTIONS[row.question](report)
    return Answer(_dated(found, report.as_of))


def _dated(found: pd.DataFrame, to: pd.Period) -> Both:
    """Say how many entries bear on a judgement, to the end of its own month; a box of a later edition adds the rest."""
    known = found[found["date"].astype(str).str[:7].le(str(to))]
    until = Both(
        f"To the end of {month_name(to)} the chronology holds ", f"Jusqu’à fin {fr.month_name(to)}, la chronologie "
    )
    if known.empty:
        return until + Both("no dated entry on this.", "ne contient aucune entrée datée à ce sujet.")
    elsewhere = int(known["source_kind"].ne("report").sum())
    held = until + Both(
        f"{p.count(len(known), 'dated entry', 'dated entries')} on this, ",
        f"contient {fr.count(len(known), 'entrée datée', 'entrées datées', feminine=True)} à ce sujet, ",
    )
    if elsewhere == len(known) > 1:
        return held + Both("all from sources other than the reports.", "toutes d’autres sources que les rapports.")
    apart = fr.agree(elsewhere, "vient d’une autre source", "viennent d’autres sources")
    return held + Both(
        f"{p.word(elsewhere)} from sources other than the reports.",
        f"dont {fr.word(elsewhere, feminine=True)} {apart} que les rapports.",
    )


def _sourced(row: Claim, answer: Answer, found: pd.DataFrame, *, short: bool = False) -> list[Row]:
    """Judge a documented claim: its facts first, then each figure, by entries not taken from the report itself."""
    missing = (set(row.entries) | {e for f in row.figures for e in (*f.entries, *f.denied)}) - set(found["id"])
    if missing:
        raise ClaimError(f"claim {row.id}: chronology entry {sorted(missing)[0]!r} does not exist or does not name it.")
    independent = found[found["source_kind"].ne("report")].set_index("id")
    rows = []
    for fact in row.facts:
        named = [entry for entry in fact.entries if entry in independent.index]
        rows.append(
            Row(
                row,
                None,
                "sourced" if named else "unsourced",
                matches=len(named),
                readings=len(fact.entries),
                matching="; ".join(independent.loc[named, "source"]),
                fact=fact,
            )
        )
    for figure in row.figures:
        if figure.needs and figure.quantity not in answer.quantities and short:
            rows.append(Row(row, figure, "not measurable", "dimension missing", definition=answer.sentence))
        elif figure.needs:
            rows.append(judge(row, figure, answer.quantities[figure.quantity]))
        else:
            rows.append(_in_documents(row, figure, found.set_index("id")))
    return rows


def _in_documents(row: Claim, figure: Published, found: pd.DataFrame) -> Row:
    """Judge a figure by what the entries other than the report's own give for it."""
    said = found.loc[list(figure.entries)]
    said = said[said["source_kind"].ne("report")]
    values = [figure.stated.get(entry, float(said.loc[entry, "value"])) for entry in said.index]
    readings = [Reading(Both(source, source), value) for source, value in zip(said["source"], values, strict=True)]
    exact = [r for r in readings if meets(figure, r.value)]
    close = [r for r in readings if near(figure, r.value)]
    if exact or close:
        verdict, reason = ("sourced", "") if exact else ("close", "rounding")
    else:
        verdict, reason = "unsourced", "dimension missing"
    best = next(iter(exact or close), None)
    return Row(
        row,
        figure,
        verdict,
        reason,
        computed=best.value if best else None,
        low=min(values, default=None),
        high=max(values, default=None),
        matches=len(exact or close),
        readings=len(readings),
        definition=best.label.en if best else "",
        matching="; ".join(r.label.en for r in exact or close),
        documents=tuple(readings),
    )


def _rows(row: Claim, answer: Answer, found: pd.DataFrame, *, short: bool = False) -> tuple[Row, ...]:
    if row.kind == "assessment":
        return (Row(row, None, "evidence"),)
    rows = []
    if row.kind == "documented":
        return tuple(_sourced(row, answer, found, short=short))
    for figure in row.figures:
        quantity = answer.quantities.get(figure.quantity)
        if quantity is None and short:
            rows.append(Row(row, figure, "not measurable", "dimension missing", definition=answer.sentence))
            continue
        if quantity is None:
            raise ClaimError(f"claim {row.id}: the question {row.question} gives no {figure.quantity!r} at its date.")
        rows.append(judge(row, figure, quantity, other=answer.quantities.get(figure.against)))
    return tuple(rows)


def _outcome_rows(row: Claim, answer: Answer | None, *, short: bool = False) -> list[Row]:
    if answer is None:
        return [Row(row, figure, "not measurable", "dimension missing") for figure in row.outcome] if short else []
    rows = []
    for figure in row.outcome:
        quantity = answer.quantities.get(figure.quantity)
        if quantity is None and answer.lacking:
            # What came is known to others: it is these data that begin too late to tell it.
            rows.append(Row(row, figure, "not measurable", "dimension missing", definition=answer.sentence))
            continue
        against = answer.quantities.get(figure.against)
        rows.append(
            Row(row, figure, "open")
            if quantity is None
            else settle(
                judge(row, figure, quantity, other=against),
                answer.compared.get(figure.quantity),
                figure.convert(against.value) if against else None,
            )
        )
    return rows


def due(report: Report, chapter: str | None = None) -> list[Claim]:
    """Return the claims already made at an edition's date, in order.

    `chapter`: only this chapter's.
    """
    made = {edition.report: edition for edition in listed() if edition.report}
    out = []
    for row in claims():
        when = made[row.report].as_of
        if str(report.as_of) >= when and chapter in (None, row.chapter):
            out.append(row)
    return out


def is_due(report: Report, claim_id: str) -> bool:
    """Tell whether a claim had been made by an edition's date."""
    return claim_id in {row.id for row in due(report)}


def printed(claim_id: str, quantity: str) -> float:
    """Return the number that a report prints."""
    number = claim(claim_id).figure(quantity).published
    assert number is not None
    return number


COLUMNS = (
    "id",
    "report",
    "chapter",
    "kind",
    "statement",
    "figure",
    "name",
    "published",
    "unit",
    "computed",
    "low",
    "high",
    "matches",
    "readings",
    "verdict",
    "reason",
    "definition",
    "matching",
    "part",
)


def audit(edition: str, tables: Tables | None = None) -> pd.DataFrame:
    """Return the audit as rows, one per figure.

    Parameters
    ----------
    edition : str
        An edition with a report: that report's claims. Any other edition: the claims of all reports made by then.

    Returns
    -------
    DataFrame
        `COLUMNS`; figures in the published unit, rounded to four decimals; `part` is `statement` for the claim at its
        own date and `outcome` for what followed.

    Raises
    ------
    ClaimError
        A claim cannot be evaluated.
    """
    wanted = find(edition)
    chosen = [c for c in claims() if c.report == wanted.report] if wanted.report else due(Report(edition, tables))
    records = []
    for row in chosen:
        result = evaluate(row.id, tables)
        for part, rows in (("statement", result.rows), ("outcome", result.outcomes)):
            records += [record(entry, part) for entry in rows]
    return pd.DataFrame(records, columns=list(COLUMNS))


def record(row: Row, part: str) -> dict:
    def rounded(value: float | None) -> float | None:
        return None if value is None else d.round_half_up(value, 4)

    figure = row.figure
    return {
        "id": row.claim.id,
        "report": row.claim.report,
        "chapter": row.claim.chapter,
        "kind": row.claim.kind,
        "statement": row.claim.statement,
        "figure": figure.quantity if figure else "",
        "name": row.name,
        "published": figure.published if figure else None,
        "unit": figure.unit if figure else "",
        "computed": rounded(row.computed),
        "low": rounded(row.low),
        "high": rounded(row.high),
        "matches": row.matches,
        "readings": row.readings,
        "verdict": row.verdict,
        "reason": row.reason,
        "definition": row.definition,
        "matching": row.matching,
        "part": part,
    }
