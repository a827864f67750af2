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
from contextlib import suppress
from typing import Any

from IPython import get_ipython
from IPython.display import Markdown, display

from bookbuild.borrowed import ipykernel, papermill
from helpers import entries, faces, inert, limits
from helpers.audit import claims
from helpers.data import Tables
from helpers.editions import Report
from helpers.errors import DataError, EditionError, NotInData
from helpers.errors import NotInEdition as NotInEdition
from helpers.figures import Figure, Table
from helpers.forms.form import Finding, Form, figure
from helpers.markup import piece
from helpers.page.bilingual import Bilingual
from helpers.page.cards import Cards
from helpers.page.claimbox import ClaimBox
from helpers.page.frame import AnswerBox, Facts, opening, two_languages
from helpers.page.listing import Gazetteer, Timeline
from helpers.page.register import Register
from helpers.schemas import SCHEMAS
from helpers.words.both import Both, joined

Shown = Figure | Table | Bilingual | Both | Facts | Cards | Timeline | Gazetteer | Register | str


class Told:
    """A sentence that stands in a figure's place: a text node, whatever is in it.

    `sentence`: as readers see it. `french`: the same in French; where empty, a French page says so in front of the
    English.
    """

    def __init__(self, sentence: str, french: str = ""):
        self.sentence = inert.line(sentence)
        self.french = inert.line(french)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        french = piece("told", self.french)
        if not self.french:
            french = piece("told_in_english", self.sentence.replace(limits.LACKING, "", 1))
        return two_languages(piece("told", self.sentence), french, self.sentence)


PARAMETERS = ("edition", "data_dir")
"""What a chapter may be told."""


def _refuse_unknown_parameters() -> None:
    """Refuse names in the cell that papermill puts into a notebook: it takes any, and would run the default edition."""
    shell = get_ipython()
    for cell in shell.user_ns.get(ipykernel.RUN, []) if shell is not None else []:
        if not papermill.is_injected(cell):
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
    data_dir : str or Tables, optional
        Folder of tables; the project's own where empty.

    Raises
    ------
    EditionError
        papermill was given a parameter that no chapter has, or the edition does not exist.
    """

    def __init__(self, name: str, edition: str = "latest", data_dir: Tables | str = ""):
        _refuse_unknown_parameters()
        self.name = name
        self.report = Report(edition, data_dir)
        self.tables = self.report.tables
        self._told: set[str] = set()
        if self.tables.limits():
            # A spoiled table must stop the chapter; after this only what the data lack can go wrong.
            for table in SCHEMAS:
                with suppress(NotInData):
                    self.tables.load(table)

    def opening(self) -> None:
        """Say which edition this is and to which month its figures run."""
        display(opening(self.report, [inert.markdown(line) for line in self.tables.limits()]))

    def show(self, make: Callable[[Report], Shown]) -> None:
        """Show what a function of `helpers.story` makes of the edition: a figure, a table or a text.

        Where the edition cannot support it, the sentence that says why stands in its place, once for each reason.
        """
        try:
            made = make(self.report)
            if isinstance(made, Both):
                made = Bilingual(made.en, made.fr)
            if isinstance(made, Figure):
                if made.fr is None:
                    raise DataError(
                        f"Figure {made.id} has English words only; give the French too (helpers.figures.Words)."
                    )
                made = faces.stated(made, self.report)
            elif isinstance(made, str):
                made = faces.dated(made, self.report)
            elif isinstance(made, Bilingual) and isinstance(made.english, str) and isinstance(made.french, str):
                made = Bilingual(*(faces.dated(text, self.report) for text in (made.english, made.french)))
            self._drawn(made)
        except (NotInEdition, *limits.SHORTFALLS) as error:
            self._missing(error)
            return
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
        display(faces.stated(figure(id, form, finding), self.report))

    def facts(
        self, title: Both, *claims_or_places: str, category: str = "", limit: int = 5, later: bool = False
    ) -> None:
        """Show the newest dated facts that name one of some claims, places or regions, up to the edition's day.

        Entries named by their ids all stay, and so do what leads an edition's year and the deadliest of the rest,
        however much has followed them; where entries are left out, the list says how many there are.

        Parameters
        ----------
        title : Both
            What they are about.
        claims_or_places : str
            Ids of claims or of entries, places or regions of the chronology.
        category : str
            Only entries of this category of the chronology.
        limit : int
            Lines at most, beside the entries named by their ids.
        later : bool
            Facts after the edition's day instead; only under a heading that says that it looks at later months. Where none is
            later, those after the last month of the totals, the leading ones if none names what is asked for.
        """
        rows = self.report.later_chronology if later else self.report.chronology
        counted = later and rows.empty
        if counted:
            known = self.report.chronology
            rows = known[known["date"].gt(f"{self.report.end('totals')}-31")]
        rows = rows[rows["category"].eq(category)] if category else rows
        wanted = set(claims_or_places)
        found = rows["claims"].str.split(";").map(lambda named: bool(set(named) & wanted))
        found |= rows["place"].isin(wanted) | rows["region"].isin(wanted) | rows["id"].isin(wanted)
        if counted and not found.any():
            found = rows["lead"].eq("yes")
        if found.any():
            chosen = rows[found].sort_values("date", kind="stable")
            named = chosen["id"].isin(wanted)
            kept = named | chosen.index.isin(entries.told(chosen[~named], limit).index)
            display(Facts(chosen[kept], title, of=len(chosen)))

    def __enter__(self) -> Report:
        """Open a cell that makes a figure: what the edition cannot have is said in its place."""
        return self.report

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> bool:
        """Show the reason where the edition, or a user's own tables, lack what the cell asks for; errors stay errors."""
        if not isinstance(error, (NotInEdition, *limits.SHORTFALLS)):
            return False
        self._missing(error)
        return True

    def _missing(self, error: Exception) -> None:
        """Say why something is not shown, once for each reason; nothing that the reason quotes is markup."""
        if not isinstance(error, NotInEdition):
            why: str = limits.why_not(error, self.tables)
            shown: Bilingual | Markdown | Told = Told(why, limits.in_french(error))
        else:
            why, french = (f"*{inert.markdown(text)}*" if text else "" for text in (str(error), error.french))
            shown = Bilingual(why, french) if french else Markdown(why)
        # Of own data each place says its reason; of the project's, once a page is enough.
        if why not in self._told or self.tables.limits():
            self._told.add(why)
            display(shown)

    def _drawn(self, made: object) -> None:
        """Draw what own data gave while a failure can still be answered with a sentence."""
        if self.tables.limits() and not isinstance(made, str):
            made._repr_mimebundle_()  # type: ignore[attr-defined]

    def _box(self, claim_id: str, *, outcome: bool = False) -> None:
        box: ClaimBox | Told
        try:
            day = self.report.edition.facts_to
            box = ClaimBox(claims.evaluate(claim_id, self.tables), outcome=outcome, day=day)
            self._drawn(box)
        except limits.SHORTFALLS as error:
            french = limits.in_french(error)
            box = Told(
                f"Claim {claim_id}. {limits.why_not(error, self.tables)}",
                f"Affirmation {claim_id}. {french}" if french else "",
            )
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
