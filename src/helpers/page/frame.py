"""The frame of a chapter: the question with its answer in one sentence and three key figures, and dated facts.

Everything here is words in two languages. Text that comes from a table (a dated fact, its source) is escaped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from markupsafe import Markup

from helpers import entries, french, inert, prose
from helpers.editions import Report
from helpers.errors import DataError
from helpers.markup import piece
from helpers.measures.measure import Change
from helpers.page.bilingual import MIME, Bilingual, halves
from helpers.windows import month
from helpers.words import facts, names
from helpers.words.both import Both, listing


@dataclass(frozen=True)
class Key:
    """One of the three numbers that a chapter turns on."""

    value: Both
    """The number as readers see it."""
    label: Both
    """What is counted, with its period by its end."""
    judged: Both
    """`clear rise from 175`, `no clear change`, `after eight`, or what the number is held against."""
    change: Change | None = None
    """What the words were made from, where they compare a count with that of the year before."""
    subject: Both | None = None
    """The head of a row of its own, where the label only goes on from the number: who or what it is of. A date stands
    last."""


def key(change: Change) -> Key:
    """Return a change as a key figure: its present value, what it counts, and the judgement."""
    now, noun = change.now, change.now.measure.counts_what
    where, when = now.measure.place.where, now.when
    en, fr = noun.one.en if now == 1 else noun.many.en, french.agree(now, noun.one.fr, noun.many.fr)
    return Key(
        Both(prose.number(now), french.number(now)),
        Both(f"{en} {where.en} {when.en}", f"{fr} {where.fr} {when.fr}"),
        change.beside(),
        change,
    )


@dataclass(frozen=True)
class AnswerBox:
    """A chapter's question, its answer and its key figures, in a box at the head of the page."""

    question: Both
    answer: Both
    """One sentence each."""
    keys: Sequence[Key]
    """Two to four."""

    def __post_init__(self) -> None:
        if not 2 <= len(self.keys) <= 4:
            raise DataError(f"A chapter opens with two to four key figures, not {len(self.keys)}.")

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        said = [f"{k.value.en}: {k.label.en}; {k.judged.en}" for k in self.keys]
        en, fr = (piece("answer", self, language) for language in ("en", "fr"))
        return two_languages(en, fr, "\n".join([self.question.en, self.answer.en, *said]))


def two_languages(en: str, fr: str, plain: str) -> dict[str, Any]:
    """Return the output of a piece of a page in two languages, given as HTML."""
    return {MIME: {"kind": "text/html", "en": en, "fr": fr}, "text/html": halves(en, fr), "text/plain": plain}


@dataclass(frozen=True, eq=False)
class Facts:
    """Dated facts, newest first, one line each with its source."""

    rows: pd.DataFrame
    """Rows of the `chronology` table."""
    title: Both
    """What they are about."""
    of: int = 0
    """How many entries there are in all, where not all are shown; 0 says nothing."""
    who: Both | None = None
    """Who those are that they name by abbreviations."""
    listed: bool = False
    """Whether the same page lists all entries: there each has its address, and none here."""
    by_field: bool = False
    """Whether a short list is filled with the newest of each field (`entries.foremost`), else with the newest of all."""

    @property
    def _rest(self) -> Both | None:
        """Say that entries are left out and where they stand; nothing where all are shown."""
        shown = len(self.rows)
        if self.of <= shown:
            return None
        deadly, leading = entries.tolls(self.rows).notna(), self.rows["lead"].eq("yes")
        newest = Both("the newest", "les plus récentes")
        if self.by_field and (~deadly & ~leading).sum() > 1:
            newest = Both("the newest by field", "les plus récentes par domaine")
        which = listing(
            text
            for text, there in (
                (Both("the deadliest", "les plus meurtrières"), deadly.any()),
                (newest, True),
                (Both("turning points", "les tournants"), leading.any()),
            )
            if there
        )
        return Both(
            f"{prose.number(shown)} of {prose.number(self.of)} entries: {which.en}. The timeline has them all.",
            f"{french.number(shown)} entrées sur {french.number(self.of)} : {which.fr}. La chronologie les a toutes.",
        )

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        rows = self.rows.sort_values("date", ascending=False, kind="stable")
        rest = self._rest
        items = told(rows)
        en, fr = (piece("facts", self.title, self.who, items, rest, lang, listed=self.listed) for lang in ("en", "fr"))
        plain = [f"{day(row.date, row.precision).en}: {row.event} ({row.source})" for row in rows.itertuples()]
        around = [[one.en] if one else [] for one in (self.who, rest)]
        return two_languages(en, fr, "\n".join([self.title.en, *around[0], *plain, *around[1]]))


def told(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """Return what a list says of each of some dated facts: its row, its day, its sentence, and the address of its source."""
    return [
        {"row": row, "day": day(row.date, row.precision), "said": facts.told(row), "address": inert.url(row.url)}
        for row in rows.itertuples()
    ]  # fmt: skip


def opening(report: Report, limits: Sequence[str] = ()) -> Bilingual:
    """Say which edition this is, to which month its figures run and to which day its dated facts: those go on where these end.

     `limits`: what a user's own tables lack, in English: a French page says in French whose data these are, and quotes
    it.
    """
    facts_to = _last_fact(report)
    tail = (
        Both(f", dated facts to {facts_to.en}.", f", les faits datés jusqu’{facts_to.fr}.")
        if facts_to
        else Both(".", ".")
    )
    english = " ".join([f"Edition {report.edition.title}. {report.coverage.removesuffix('.')}{tail.en}", *limits])
    when = report.edition.published or report.edition.as_of
    newest = f"Dernière édition ({french.month_name(report.runs_to)})"
    name = newest if when == "latest" else f"Édition {french.of(french.month_name(when[:7]))}"
    events, totals = french.month_name(report.end("actors")), french.month_name(report.end("totals"))
    later = f", jusqu’en {french.month_name(report.runs_to)} selon l’UCDP" if report.ucdp_later else ""
    covers = (
        f"Les chiffres vont jusqu’en {events}{tail.fr}"
        if events == totals
        else f"Les chiffres vont jusqu’en {events} par acteur, jusqu’en {totals} par région{later}{tail.fr}"
    )
    own = (
        " Les données sont celles d’un utilisateur, et non celles du projet ; ce qu’elles portent, en anglais : "
        + piece("quoted", Markup(" ".join(limits)))
        if limits
        else ""
    )
    return Bilingual(f"*{english}*", f"*{name}. {covers}{own}*")


def _last_fact(report: Report) -> Both | None:
    """Return the day up to which dated facts count, of the latest edition the newest one's; none where there are none."""
    if last := report.edition.facts_to:
        date, precision = last, "day"
    elif report.chronology.empty:
        return None
    else:
        date, precision = report.chronology.sort_values("date", kind="stable").iloc[-1][["date", "precision"]]
    said = day(date, precision)
    return Both(said.en, f"{'au' if precision == 'day' else 'en'} {said.fr}")


def day(date: str, precision: str) -> Both:
    """Return a date to the precision that is known of it."""
    if precision == "year":
        return Both(date[:4], date[:4])
    when = month(date[:7])
    if precision == "month":
        return names.prose_month(when)
    return names.day(date)
