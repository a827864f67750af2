"""What a chapter's notebook calls: open an edition, ask, show a figure, show a claim's verdict.

A chapter tells the story in Markdown and makes one call a cell. Every call displays what it has to say and returns
nothing, so that a cell of an edition without it stays empty instead of breaking.

Examples
--------
>>> chapter = Chapter("central", "2023-07")
>>> chapter.report.recent.label
'January-June 2023'
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from html import escape

import pandas as pd
from IPython import get_ipython
from IPython.display import Markdown, display

from helpers import data, entries, faces, limits
from helpers import prose as p
from helpers.audit import claims, second, space
from helpers.audit.questions import OUTCOMES, QUESTIONS, Answer
from helpers.editions import Report
from helpers.errors import EditionError
from helpers.errors import NotInEdition as NotInEdition
from helpers.estimates import intervals
from helpers.figures import Figure, KeyFigures, Table, html_table, table_data
from helpers.forms.form import Finding, Form, figure
from helpers.page.bilingual import Bilingual
from helpers.page.frame import AnswerBox, Facts, opening
from helpers.schemas import SCHEMAS
from helpers.words.both import Both, joined

Shown = Figure | KeyFigures | Table | Bilingual | str


class ClaimBox:
    """The verdict on one claim, as a box beside the text.

    Parameters
    ----------
    result : claims.Result
        The evaluated claim.
    outcome : bool
        Show what later months say, for projections in a section on what happened next.
    data_dir : str, optional
        Folder of tables.
    """

    def __init__(self, result: claims.Result, *, outcome: bool = False, data_dir: str | None = None):
        self.result = result
        self.outcome = outcome
        self.data_dir = data_dir

    @property
    def _verdict(self) -> str:
        result = self.result
        if result.claim.kind == "projection" and not self.outcome:
            return claims.weakest(result.rows) or "projection"
        return result.verdict

    @property
    def _rows(self) -> tuple[claims.Row, ...]:
        return self.result.outcomes if self.outcome else self.result.rows

    def _html(self, lines: list[str]) -> str:
        c = self.result.claim
        reason = claims.REASONS[claims.reason_of(self._rows)]
        rule = claims.VERDICTS.get(self._verdict, "A statement about months that had not happened yet.")
        anchor = f"claim-{c.id.lower()}{'-outcome' if self.outcome else ''}"
        said = f'<span class="mali-claim__source">({escape(claims.REPORTS[c.report])})</span>'
        deeper = [f"{rule} {reason}".strip(), *_depth(self.result, self.outcome, self.data_dir)]
        parts = [
            f'<div class="mali-claim mali-claim--{self._verdict.replace(" ", "-")}" id="{anchor}">',
            f'<p class="mali-claim__head"><span class="mali-claim__verdict">{escape(self._verdict)}</span> '
            f'<span class="mali-claim__id">{c.id} · {c.kind}</span></p>',
            f'<p class="mali-claim__statement">{escape(c.statement, quote=False)} {said}</p>',
            *(["<ul>", *[f"<li>{escape(line, quote=False)}</li>" for line in lines], "</ul>"] if lines else []),
            "<details><summary>Why, and other readings</summary>",
            *[f"<p>{escape(text, quote=False)}</p>" for text in deeper],
            _readings_table(self.result, self._rows, self.outcome),
            "</details>",
            "</div>",
        ]
        return "\n".join(part for part in parts if part)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        c = self.result.claim
        lines = [line for row in self._rows if (line := figure_line(row))]
        plain = " ".join([f"Claim {c.id} ({c.kind}): {self._verdict}.", c.statement, *lines])
        return {"text/html": self._html(lines), "text/plain": plain}


def figure_line(row: claims.Row) -> str:
    """Return one audited figure as a line: published, computed, range."""
    figure = row.figure
    if figure is None:
        if row.verdict in ("sourced", "unsourced"):
            return (
                f"Fact: {row.verdict}"
                + (f" ({row.matching})" if row.matching else ", no source other than the report found")
                + "."
            )
        return ""
    if row.computed is None:
        if row.definition:
            return f"Published {figure.text}: {row.verdict}. {row.definition}"
        return f"{figure.quantity.replace('_', ' ')}: {row.verdict}."
    what = "Statement" if figure.test == "true" else f"Published {figure.text}"
    verb = "in the sources" if row.claim.kind == "documented" else "computed"
    line = f"{what}; {verb} {figure.number(row.computed)}"
    if row.readings > 1 and row.low is not None and row.high is not None and row.low < row.high:
        if figure.test == "true":
            line += f" ({row.matches} of {row.readings} readings agree)"
        else:
            line += f" ({figure.number(row.low)} to {figure.number(row.high)} over {row.readings} readings)"
    return f"{line}: {row.verdict}."


def _depth(result: claims.Result, outcome: bool, data_dir: str | None) -> list[str]:
    """Return what else bears on a verdict: how much of the definition space gives the figure, and what UCDP says."""
    part = "outcome" if outcome else "statement"
    lines = []
    try:
        if not outcome:
            searched = {(found.claim, found.figure) for found in space.SPACES}
            lines += [
                f"Definition space: {space.sentence(result.claim.id, row.figure.quantity, data_dir)}"
                for row in result.rows
                if row.figure and (result.claim.id, row.figure.quantity) in searched
            ]
        for opinion in second.opinions(result.claim.id, data_dir):
            if opinion.part == part:
                lines.append(f"Second opinion, UCDP: {opinion.sentence} {opinion.why}")
    except limits.SHORTFALLS as error:
        lines.append(limits.why_not(error, data_dir))
    return lines


def _readings_table(result: claims.Result, rows: tuple[claims.Row, ...], outcome: bool) -> str:
    answer = result.outcome_answer if outcome else result.answer
    lines = []
    for row in rows:
        if row.figure is None:
            continue
        quantity = answer.quantities.get(row.figure.quantity) if answer else None
        if quantity is None:
            continue
        for reading in quantity.readings:
            value = row.figure.convert(reading.value)
            mark = "yes" if claims.meets(row.figure, value) else "no"
            lines.append((row.figure.quantity.replace("_", " "), reading.label, row.figure.number(value), mark))
    if not lines:
        return ""
    frame = pd.DataFrame(lines, columns=["Figure", "Reading", "Value", "Gives the published figure"])
    return html_table(table_data(frame), caption=f"All readings of {result.claim.id}")


PARAMETERS = ("edition", "data_dir")
"""What a chapter may be told."""


def _refuse_unknown_parameters() -> None:
    """Refuse names in the cell that papermill puts into a notebook: it takes any, and would run the default edition."""
    shell = get_ipython()
    for cell in shell.user_ns.get("In", []) if shell is not None else []:
        if not cell.startswith("# Parameters\n"):
            continue
        for node in ast.walk(ast.parse(cell)):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node.id not in PARAMETERS:
                raise EditionError(f"no chapter has a parameter {node.id!r}; expected {' or '.join(PARAMETERS)}.")


class Chapter:
    """A chapter opened for an edition.

    Parameters
    ----------
    name : str
        Name of the chapter, as in `data/claims.yml`.
    edition : str
        Edition id.
    data_dir : str, optional
        Folder of tables; the project's own where empty.

    Raises
    ------
    EditionError
        papermill was given a parameter that no chapter has, or the edition does not exist.
    """

    def __init__(self, name: str, edition: str = "latest", data_dir: str = ""):
        _refuse_unknown_parameters()
        self.name = name
        self.report = Report(edition, data_dir or None)
        self.data_dir = data_dir or None
        self._told: set[str] = set()
        if data.limits(self.data_dir):
            # A spoiled table must stop the chapter; after this only what the data lack can go wrong.
            for table in SCHEMAS:
                data.load(table, self.data_dir)

    def opening(self) -> None:
        """Say which edition this is and to which month its figures run."""
        display(opening(self.report, data.limits(self.data_dir)))

    def ask(self, *names: str) -> None:
        """Answer questions of `helpers.audit.questions` at the edition's date, one paragraph for all of them."""
        answers = [QUESTIONS[name](self.report) for name in names]
        self._say(answers)

    def next(self, *names: str) -> None:
        """Say what came of projections; only under a heading that says that it looks at later months."""
        wanted = [row for row in claims.due(self.report) if row.question in names and row.outcome]
        seen: dict[str, Answer] = {}
        for row in wanted:
            try:
                answer = OUTCOMES[row.question](Report(row.made_in, self.data_dir))
            except limits.SHORTFALLS as error:
                answer = Answer(limits.why_not(error, self.data_dir))
            seen.setdefault(row.question, answer)
        if seen:
            self._say(list(seen.values()))
        else:
            display(Markdown("No projection of the two reports on this had been made at this edition's date."))

    def _say(self, answers: list[Answer]) -> None:
        text = " ".join(answer.sentence for answer in answers)
        caveats = list(dict.fromkeys(answer.caveat for answer in answers if answer.caveat))
        if intervals.CAVEAT not in self._told and any(answer.compared for answer in answers):
            # Once on a page: it holds for every range that follows.
            self._told.add(intervals.CAVEAT)
            caveats.append(intervals.CAVEAT)
        display(Markdown(text + ("\n\n*" + " ".join(caveats) + "*" if caveats else "")))

    def show(self, make: Callable[[Report], Shown]) -> None:
        """Show what a function of `helpers.story` makes of the edition: a figure, a table or a text.

        Where the edition cannot support it, the sentence that says why stands in its place, once for each reason.
        """
        try:
            made = make(self.report)
            if isinstance(made, Figure):
                made = faces.stated(made, self.report)
            self._drawn(made)
        except NotInEdition as why:
            made = self._once(f"*{why}*", f"*{why.french}*" if why.french else "")
        except limits.SHORTFALLS as error:
            made = self._once(f"*{limits.why_not(error, self.data_dir)}*")
        if made == "":
            return
        display(Markdown(made) if isinstance(made, str) else made)

    def answer(self, make: Callable[[Report], AnswerBox]) -> None:
        """Show the chapter's question, its answer in one sentence, and its key figures."""
        with self:
            display(make(self.report))

    def say(self, *makes: Callable[[Report], Both | None]) -> None:
        """Show a paragraph in both languages: what each function says of the edition, those that say nothing left out."""
        with self:
            text = joined([make(self.report) for make in makes])
            if text.en:
                display(Bilingual(text.en, text.fr))

    def figure(self, id: str, form: Form, finding: Finding) -> None:
        """Show a form with its finding, under an id that never changes."""
        display(figure(id, form, finding))

    def facts(self, title: Both, *claims_or_places: str, category: str = "", limit: int = 5) -> None:
        """Show the newest dated facts that name one of some claims, places or regions, up to the edition's day.

        Parameters
        ----------
        title : Both
            What they are about.
        claims_or_places : str
            Ids of claims, places or regions of the chronology.
        category : str
            Only entries of this category of the chronology.
        limit : int
            Lines at most.
        """
        rows = self.report.chronology
        rows = rows[rows["category"].eq(category)] if category else rows
        wanted = set(claims_or_places)
        found = rows["claims"].str.split(";").map(lambda named: bool(set(named) & wanted))
        found |= rows["place"].isin(wanted) | rows["region"].isin(wanted)
        if found.any():
            display(Facts(rows[found].sort_values("date", kind="stable").tail(limit), title))

    def __enter__(self) -> Report:
        """Open a cell that makes a figure: what the edition cannot have is said in its place."""
        return self.report

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> bool:
        """Show the reason where the edition, or a user's own tables, lack what the cell asks for; errors stay errors."""
        if isinstance(error, NotInEdition):
            made = self._once(f"*{error}*", f"*{error.french}*" if error.french else "")
        elif isinstance(error, limits.SHORTFALLS):
            made = self._once(f"*{limits.why_not(error, self.data_dir)}*")
        else:
            return False
        if made:
            display(Markdown(made) if isinstance(made, str) else made)
        return True

    def _once(self, why: str, french: str = "") -> Bilingual | str:
        """Return a reason, or nothing where the chapter has given it already."""
        told = why in self._told
        self._told.add(why)
        return "" if told else Bilingual(why, french) if french else why

    def _drawn(self, made: object) -> None:
        """Draw what own data gave while a failure can still be answered with a sentence."""
        if data.limits(self.data_dir) and not isinstance(made, str):
            made._repr_mimebundle_()  # type: ignore[attr-defined]

    def _box(self, claim_id: str, *, outcome: bool = False) -> None:
        box: ClaimBox | Markdown
        try:
            box = ClaimBox(claims.evaluate(claim_id, self.data_dir), outcome=outcome, data_dir=self.data_dir)
            self._drawn(box)
        except limits.SHORTFALLS as error:
            box = Markdown(f"*Claim {claim_id}. {limits.why_not(error, self.data_dir)}*")
        display(box)

    def claim(self, *ids: str) -> None:
        """Show the verdict on claims that had been made by the edition's date, each at its own date."""
        made = {row.id for row in claims.due(self.report)}
        for claim_id in ids:
            if claim_id in made:
                self._box(claim_id)

    def settled(self, *ids: str) -> None:
        """Show what became of projections made by the edition's date."""
        made = {row.id for row in claims.due(self.report)}
        for claim_id in ids:
            if claim_id in made and claims.claim(claim_id).outcome:
                self._box(claim_id, outcome=True)

    def evidence(self, *ids: str, title: str = "", limit: int = 0, place: str = "") -> None:
        """Show the dated entries that bear on claims, up to the edition's day, newest last.

        Parameters
        ----------
        ids : str
            Claims.
        title : str
            Caption of the table.
        limit : int
            Show only the last so many, and the deadliest of the others; all where 0.
        place : str
            Show violence at this place as well, whatever claim it bears on.
        """
        known = self.report.chronology
        there = known["place"].eq(place) & known["category"].eq("violence") & bool(place)
        rows = known[there | known.index.isin(entries.about(known, *ids).index)]
        if rows.empty:
            display(Markdown("*The chronology holds no dated entry on this before this edition's day.*"))
            return
        display(chronology_table(rows, title or "Dated entries that bear on this", last=limit))


def chronology_table(rows: pd.DataFrame, title: str, *, last: int = 0) -> Table:
    """Return dated entries as a table for readers (date, what happened, where, source as a link).

    Parameters
    ----------
    rows : DataFrame
        Rows of the `chronology` table, in order of date.
    title : str
        Caption; it says so where the table is shortened.
    last : int
        Show only the last so many, and the deadliest of the others; all where 0.
    """
    title, rows = entries.caption(title, rows, last), entries.shortened(rows, last)
    frame = pd.DataFrame(
        {
            "Date": [
                date if precision == "day" else date[:7]
                for date, precision in zip(rows["date"], rows["precision"], strict=True)
            ],
            "What happened": rows["event"].to_numpy(),
            "Where": [
                ", ".join(x for x in dict.fromkeys((place, p.region_name(region) if region else "")) if x)
                for place, region in zip(rows["place"], rows["region"], strict=True)
            ],
            "Source": rows["source"].to_numpy(),
        }
    )
    return Table(title=title, frame=frame, hrefs={"Source": tuple(rows["url"])})
