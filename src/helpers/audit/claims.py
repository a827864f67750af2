"""The audit: each statement of the two reports, its recomputed figure, and a verdict by stated rules.

No verdict and no figure is typed by hand: `data/claims.yml` holds what was published, `helpers.audit.questions` what the
data say, and the rules below turn the two into a verdict with its reason.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

import pandas as pd
import yaml

from helpers import data, limits
from helpers import definitions as d
from helpers import prose as p
from helpers.audit.questions import OUTCOMES, QUESTIONS, Answer, Quantity
from helpers.editions import Report, find, listed
from helpers.errors import ClaimError

REPORTS: dict[str, str] = {
    "R22": "Africa Center for Strategic Studies, 29 August 2022",
    "R23": "Africa Center for Strategic Studies, 10 July 2023",
}

KINDS = ("measured", "projection", "documented", "assessment")

VERDICTS: dict[str, str] = {
    "reproduced": "Equal to the published figure after rounding as published, or the statement holds.",
    "close": "Another stated definition gives the published figure, or the difference lies within the vintage tolerance.",
    "direction only": "The change goes the published way, but no stated definition gives its size.",
    "not reproduced": "No stated definition gives the published figure, or the statement does not hold.",
    "not measurable": "Our data lack the dimension; what would be needed is said.",
    "borne out": "Later months settled the projection in its favour.",
    "not borne out": "Later months settled the projection against it.",
    "open": "Later months are not in the data yet.",
    "sourced": "The chronology holds the fact with a source other than the report.",
    "unsourced": "No source other than the report was found.",
    "evidence": "A judgement: shown with the evidence, neither passed nor failed.",
}
"""Verdicts, from the best to the worst within each kind, with the rule in words."""

REASONS: dict[str, str] = {
    "": "",
    "vintage": "Within the share by which ACLED revises fresh months.",
    "definition": "The figure depends on what is counted.",
    "window not stated": "The report does not say which months it compares.",
    "dimension missing": "Our sources lack what the statement speaks of.",
    "arithmetic": "The published figures do not follow from each other.",
}

TESTS = ("equal", "approx", "more", "true")

# Units in which a change or a share is published as a number of percent.
_PERCENT_UNITS = ("percent", "share")
# Value at which a figure says "no change": beyond it on the same side, the direction is right.
_NEUTRAL = {"percent": 0.0, "times": 1.0}


@dataclass(frozen=True)
class Published:
    """One figure of a claim as published.

    Attributes
    ----------
    quantity : str
        Key of the answer's quantity.
    test : str
        One of `TESTS`.
    unit : str
        Unit of the published figure.
    published : float or None
        The figure; None for statements without one.
    digits : int
        Decimals to which it was rounded.
    reason : str
        Reason code to give where the figure is not reproduced and the vintage does not explain it.
    needs : str
        What our sources lack to settle the figure; empty where they can.
    entries : tuple of str
        Chronology entries that state the figure, for documented claims.
    """

    quantity: str
    test: str
    unit: str
    published: float | None = None
    digits: int = 0
    reason: str = "definition"
    needs: str = ""
    entries: tuple[str, ...] = ()

    def convert(self, value: float) -> float:
        """Bring a computed value to the published unit."""
        return value * 100 if self.unit in _PERCENT_UNITS else value

    @property
    def text(self) -> str:
        """The published figure as readers see it."""
        if self.published is None:
            return "statement"
        return f"{'more than ' if self.test == 'more' else ''}{self.number(self.published)}"

    def number(self, value: float) -> str:
        """Write a value of this figure's unit (already converted)."""
        if self.test == "true":
            return "holds" if value else "does not hold"
        digits = max(self.digits, 1 if self.unit == "times" else 0)
        written = p.number(value, digits)
        sign = "+" if self.unit == "percent" and value > 0 else ""
        suffix = {"percent": " %", "share": " %", "times": " times", "km2": " km²", "km": " km"}.get(
            self.unit, f" {self.unit}"
        )
        return f"{sign}{written}{suffix}"


@dataclass(frozen=True)
class Claim:
    """A statement of one of the two reports.

    Attributes
    ----------
    id, report, chapter, kind, statement, question
        As in `data/claims.yml`.
    figures : tuple of Published
        What was published and event data or the chronology can be held against.
    outcome : tuple of Published
        What later months are held against, for projections.
    entries : tuple of str
        Chronology entries that state the fact, for documented claims.
    """

    id: str
    report: str
    chapter: str
    kind: str
    statement: str
    question: str
    figures: tuple[Published, ...] = ()
    outcome: tuple[Published, ...] = ()
    entries: tuple[str, ...] = ()

    @property
    def made_in(self) -> str:
        """Id of the edition in which the claim was made."""
        return next(edition.id for edition in listed() if edition.report == self.report)


@cache
def claims() -> tuple[Claim, ...]:
    """Return all claims of `data/claims.yml`, checked.

    Raises
    ------
    ClaimError
        A claim names an unknown kind, question, test or reason.
    """
    path = data.default_folder() / "claims.yml"
    out = []
    for row in yaml.safe_load(path.read_text(encoding="utf-8")):
        figures, outcome = (tuple(_published(figure) for figure in row.pop(key, [])) for key in ("figures", "outcome"))
        entries = tuple(row.pop("entries", ()))
        claim = Claim(**row, figures=figures, outcome=outcome, entries=entries)
        if claim.kind not in KINDS or claim.question not in QUESTIONS or claim.report not in REPORTS:
            raise ClaimError(f"{path.name}: claim {claim.id} names an unknown kind, question or report.")
        for figure in (*claim.figures, *claim.outcome):
            if figure.test not in TESTS or figure.reason not in REASONS:
                raise ClaimError(f"{path.name}: claim {claim.id} names an unknown test or reason.")
        if claim.kind == "projection" and claim.question not in OUTCOMES:
            raise ClaimError(f"{path.name}: projection {claim.id} has no outcome in helpers.audit.questions.")
        out.append(claim)
    return tuple(out)


def _published(figure: dict) -> Published:
    return Published(**figure | {"entries": tuple(figure.get("entries", ()))})


def claim(claim_id: str) -> Claim:
    """Return one claim by its id."""
    for row in claims():
        if row.id == claim_id:
            return row
    raise ClaimError(f"no claim {claim_id!r} in claims.yml.")


@dataclass(frozen=True)
class Row:
    """One audited figure.

    Attributes
    ----------
    claim : Claim
    figure : Published or None
        None for claims without a figure.
    computed, low, high : float or None
        The main reading and the range over all readings, in the published unit.
    matches, readings : int
        How many of the readings give the published figure, to its rounding, and how many there are: a figure that
        one reading in thirty gives is matched by luck.
    verdict, reason : str
        Keys of `VERDICTS` and `REASONS`.
    definition : str
        The main reading in words.
    matching : str
        The readings that give the published figure, in words.
    """

    claim: Claim
    figure: Published | None
    verdict: str
    reason: str = ""
    computed: float | None = None
    low: float | None = None
    high: float | None = None
    matches: int = 0
    readings: int = 0
    definition: str = ""
    matching: str = ""


@dataclass(frozen=True)
class Result:
    """A claim with its verdict.

    Attributes
    ----------
    claim : Claim
    rows : tuple of Row
        Figures at the claim's own date.
    outcomes : tuple of Row
        What later months say, for projections.
    answer : Answer or None
        The answer at the claim's own date.
    outcome_answer : Answer or None
        The answer with later months.
    sources : DataFrame
        Chronology entries that bear on the claim (all, whatever the edition).
    """

    claim: Claim
    rows: tuple[Row, ...]
    outcomes: tuple[Row, ...]
    answer: Answer | None
    outcome_answer: Answer | None
    sources: pd.DataFrame = field(repr=False, default_factory=pd.DataFrame)

    @property
    def verdict(self) -> str:
        """The claim's verdict: the weakest of its figures', or the outcomes' for projections."""
        return weakest(self.outcomes if self.claim.kind == "projection" else self.rows)

    @property
    def reason(self) -> str:
        """Reason code of the row that sets the verdict."""
        return reason_of(self.outcomes if self.claim.kind == "projection" else self.rows)


def weakest(rows: Iterable[Row]) -> str:
    """Return the weakest verdict among rows, by the order of `VERDICTS`; empty where there are none."""
    order = list(VERDICTS)
    return max((row.verdict for row in rows), key=order.index, default="")


def reason_of(rows: tuple[Row, ...]) -> str:
    """Return the reason code of the row with the weakest verdict; empty where there are none."""
    verdict = weakest(rows)
    return next((row.reason for row in rows if row.verdict == verdict), "")


def meets(figure: Published, value: float) -> bool:
    """Tell whether a value, in the published unit, gives the published figure."""
    if figure.test == "true":
        return bool(value)
    assert figure.published is not None
    if figure.test == "more":
        return value > figure.published
    return d.round_half_up(value, figure.digits) == d.round_half_up(figure.published, figure.digits)


def near(figure: Published, value: float) -> bool:
    """Tell whether a value lies within the vintage tolerance of the published figure."""
    if figure.test == "true" or figure.published is None:
        return False
    # A change of x percent is compared through its level, 1 + x, which is what a revision of counts moves.
    shift = 100.0 if figure.unit == "percent" else 0.0
    gap = abs(value - figure.published) / abs(figure.published + shift)
    return gap <= d.VINTAGE_TOLERANCE


def judge(claim: Claim, figure: Published, quantity: Quantity) -> Row:
    """Hold one published figure against its readings.

    Rules, in order: the main reading gives the figure: `reproduced`. The main reading lies within
    `definitions.VINTAGE_TOLERANCE` of it: `close` (vintage). Another stated reading gives it: `close` (definition or
    window). The main reading goes the same way: `direction only`. Else `not reproduced`.
    """
    values = [figure.convert(reading.value) for reading in quantity.readings]
    matching = [r.label for r, value in zip(quantity.readings, values, strict=True) if meets(figure, value)]
    main = values[0]
    if meets(figure, main):
        verdict, reason = "reproduced", ""
    elif near(figure, main):
        verdict, reason = "close", "vintage"
    elif matching:
        verdict, reason = "close", figure.reason
    elif (
        figure.unit in _NEUTRAL
        and figure.published is not None
        and figure.test != "true"
        and ((main - _NEUTRAL[figure.unit]) * (figure.published - _NEUTRAL[figure.unit]) > 0)
    ):
        verdict, reason = "direction only", figure.reason
    else:
        verdict, reason = "not reproduced", figure.reason
    return Row(
        claim,
        figure,
        verdict,
        reason,
        computed=main,
        low=min(values),
        high=max(values),
        matches=len(matching),
        readings=len(values),
        definition=quantity.readings[0].label,
        matching="; ".join(matching),
    )


def _settle(row: Row) -> Row:
    """Turn the verdict of an outcome's figure into that of a projection."""
    verdict = "borne out" if row.verdict in ("reproduced", "close") else "not borne out"
    # A statement that only some readings confirm is not settled in its favour.
    if row.figure and row.figure.test == "true" and not row.computed:
        verdict = "not borne out"
    return Row(**{**vars(row), "verdict": verdict})


def sources_of(claim: Claim, chronology: pd.DataFrame) -> pd.DataFrame:
    """Return the chronology's entries that name a claim."""
    return chronology[chronology["claims"].str.split(";").map(lambda ids: claim.id in ids)].reset_index(drop=True)


def evaluate(claim_id: str, data_dir: str | None = None) -> Result:
    """Evaluate a claim at its own date, and its outcome with the months that followed.

    Parameters
    ----------
    claim_id : str
        Id in `data/claims.yml`.
    data_dir : str, optional
        Folder of tables.

    Returns
    -------
    Result

    Raises
    ------
    ClaimError
        A figure of the claim is not among the answer's quantities.
    """
    row = claim(claim_id)
    found = sources_of(row, data.chronology(data_dir))
    outcome_answer = None
    try:
        if row.kind not in ("documented", "assessment"):
            limits.countable(data_dir, published=True)
        report = Report(row.made_in, data_dir)
        answer = _answer(row, report, found)
        outcome_answer = OUTCOMES[row.question](report) if row.outcome else None
    except limits.SHORTFALLS as error:
        answer = Answer(limits.why_not(error, data_dir))
    short = bool(data.limits(data_dir))
    return Result(
        row,
        rows=_rows(row, answer, found, short=short),
        outcomes=tuple(_outcome_rows(row, outcome_answer, short=short)),
        answer=answer,
        outcome_answer=outcome_answer,
        sources=found,
    )


def _answer(row: Claim, report: Report, found: pd.DataFrame) -> Answer:
    if row.question not in ("documented", "evidence"):
        return QUESTIONS[row.question](report)
    elsewhere = found[found["source_kind"].ne("report")]
    words = (
        f"the chronology holds {p.count(len(found), 'dated entry', 'dated entries')} on this, "
        f"{p.word(len(elsewhere))} from sources other than the reports"
    )
    return Answer(p.sentence(words))


def _sourced(row: Claim, answer: Answer, found: pd.DataFrame, *, short: bool = False) -> list[Row]:
    """Judge a documented claim: the fact first, then each figure, by entries not taken from the report itself."""
    missing = (set(row.entries) | {e for f in row.figures for e in f.entries}) - set(found["id"])
    if missing:
        raise ClaimError(f"claim {row.id}: chronology entry {sorted(missing)[0]!r} does not exist or does not name it.")
    independent = found[found["source_kind"].ne("report")].set_index("id")
    named = [entry for entry in row.entries if entry in independent.index]
    rows = [
        Row(
            row,
            None,
            "sourced" if named else "unsourced",
            matches=len(named),
            readings=len(row.entries),
            matching="; ".join(independent.loc[named, "source"]),
        )
    ]
    for figure in row.figures:
        if figure.needs and figure.quantity not in answer.quantities and short:
            rows.append(Row(row, figure, "not measurable", "dimension missing", definition=answer.sentence))
            continue
        if figure.needs:
            bound = answer.quantities[figure.quantity].value
            rows.append(
                Row(
                    row,
                    figure,
                    "not measurable",
                    figure.reason,
                    bound,
                    bound,
                    bound,
                    0,
                    1,
                    answer.quantities[figure.quantity].readings[0].label,
                )
            )
            continue
        said = found[found["id"].isin(figure.entries)].set_index("id").loc[list(figure.entries)]
        values = said["value"]
        agree = said[
            values.map(lambda v, figure=figure: meets(figure, v) or near(figure, v)) & said["source_kind"].ne("report")
        ]
        rows.append(
            Row(
                row,
                figure,
                "sourced" if len(agree) else "unsourced",
                "" if len(agree) else "dimension missing",
                computed=float((values.loc[agree.index] if len(agree) else values).iloc[0]),
                low=float(values.min()),
                high=float(values.max()),
                matches=len(agree),
                readings=len(said),
                definition=said["source"].iloc[0],
                matching="; ".join(agree["source"]),
            )
        )
    return rows


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
        rows.append(judge(row, figure, quantity))
    return tuple(rows)


def _outcome_rows(row: Claim, answer: Answer | None, *, short: bool = False) -> list[Row]:
    if answer is None:
        return [Row(row, figure, "not measurable", "dimension missing") for figure in row.outcome] if short else []
    rows = []
    for figure in row.outcome:
        quantity = answer.quantities.get(figure.quantity)
        rows.append(Row(row, figure, "open") if quantity is None else _settle(judge(row, figure, quantity)))
    return rows


def due(report: Report, chapter: str | None = None) -> list[Claim]:
    """Return the claims already made at an edition's date, in order.

    Parameters
    ----------
    report : Report
        The edition.
    chapter : str, optional
        Only this chapter's.
    """
    made = {edition.report: edition for edition in listed() if edition.report}
    out = []
    for row in claims():
        when = made[row.report].as_of
        if str(report.as_of) >= when and chapter in (None, row.chapter):
            out.append(row)
    return out


COLUMNS = (
    "id",
    "report",
    "chapter",
    "kind",
    "statement",
    "figure",
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


def audit(edition: str, data_dir: str | None = None) -> pd.DataFrame:
    """Return the audit as rows, one per figure.

    Parameters
    ----------
    edition : str
        An edition with a report: that report's claims. Any other edition: the claims of all reports made by then.
    data_dir : str, optional
        Folder of tables.

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
    chosen = [c for c in claims() if c.report == wanted.report] if wanted.report else due(Report(edition, data_dir))
    records = []
    for row in chosen:
        result = evaluate(row.id, data_dir)
        for part, rows in (("statement", result.rows), ("outcome", result.outcomes)):
            records += [_record(entry, part) for entry in rows]
    return pd.DataFrame(records, columns=list(COLUMNS))


def _record(row: Row, part: str) -> dict:
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
