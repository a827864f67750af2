"""The verdict on one statement, as a box: one line closed; its parts, its measure and what else bears on it opened."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import markupsafe
import pandas as pd

from helpers import french as fr
from helpers import inert, limits
from helpers import prose as p
from helpers.audit import claims, firmness, rule, second, space
from helpers.audit.published import TITLES, Published
from helpers.audit.questions import Answer, Reading
from helpers.audit.replies import replies
from helpers.audit.states import offered
from helpers.editions import Report, listed
from helpers.entries import published_on
from helpers.html_table import html_table, table_data
from helpers.markup import PAGES, piece
from helpers.page.meaning import FEW, UNCLEAR, Two, rule_words
from helpers.windows import month_name
from helpers.words import names
from helpers.words.both import NOTHING, Both, joined

PROXY: Two = ("by a stand-in", "par approximation")
CONSTRUCTION: Two = ("the stand-in settles nothing", "l’approximation ne tranche rien")
DISSENT: Two = ("a source dissents", "une source dit le contraire")
UCDP: Two = ("UCDP differs", "l’UCDP diffère")
SETTLED: Two = ("What came: below", "Ce qui s’est passé depuis : plus bas")
"""Verdict of a projection at its own date on a page that says further down what came of it."""
PROJECTED: Two = ("Projected: ", "Projection : ")
CAME: Two = ("What came:", "Constaté depuis :")
"""Labels of what was projected and of what later months brought."""
COUNTED: dict[bool, Two] = {
    True: ("more, by count alone", "plus, selon le seul décompte"),
    False: ("not more, by count alone", "pas plus, selon le seul décompte"),
}
"""What a reading says of a part that chance, or too small a count, leaves open: the counts, and no answer."""

_HEADS: tuple[Two, ...] = (
    ("Part", "Partie"),
    ("Verdict", "Verdict"),
    ("Published", "Publié"),
    ("We find", "Nous trouvons"),
    ("Range over readings", "Selon les lectures"),
)
_BY_ANOTHER: Two = ("by another reading", "selon une autre lecture")
_BY_NEAREST: Two = ("by the nearest reading", "selon la lecture la plus proche")
_NOTHING: Two = ("–", "")
_NO_SOURCE: Two = ("no other source", "aucune autre source")
_AFTER: Two = ("Published after this edition", "Paru après cette édition")
_LATER: Two = ("Second source, with later months", "Autre source, avec des mois postérieurs")
_AFTER_SOURCES: Two = ("Sources published after this edition", "Sources parues après cette édition")
"""Heads of what an edition could not know."""
_NEEDED: Two = ("What would be needed", "Ce qu’il faudrait")
_LISTED = ("Figure", "Reading", "Kind", "Value", "Gives what was published")
_LISTED_FR = ("Chiffre", "Lecture", "Nature", "Valeur", "Donne ce qui a été publié")
"""Heads of the table of all readings."""


class ClaimBox:
    """The verdict on one claim, as a box beside the text.

    `result`: the evaluated claim. `outcome`: show what later months say, for projections in a section on what happened
    next. `folder`: folder of replies, if not the project's. `day`: last day that the edition knows (`YYYY-MM-DD`);
    what was published later is set apart. Empty for no limit.
    """

    def __init__(
        self,
        result: claims.Result,
        *,
        outcome: bool = False,
        folder: Path | None = None,
        day: str = "",
    ):
        self.result = result
        self.outcome = outcome
        self.folder = folder
        self.day = "" if outcome else day

    @property
    def rows(self) -> tuple[claims.Row, ...]:
        """The parts that the box judges."""
        return self.result.outcomes if self.outcome else self.result.rows

    @property
    def verdict(self) -> str:
        """The verdict on the whole; empty for a projection that no figure of its own date bears on."""
        return claims.whole(row.verdict for row in self.rows)

    @property
    def face(self) -> Two:
        """The verdict as readers see it; of a projection at its own date that its page settles, that it does."""
        return SETTLED if not self.verdict and self.result.outcomes else rule.FACES[self.verdict]

    @property
    def until(self) -> Two | None:
        """The end of the months that the verdict rests on; none where later months are to give it."""
        return until(self.result, outcome=self.outcome) if self.verdict not in ("", "open") else None

    @property
    def answer(self) -> Answer | None:
        """What the data say to the statement's question."""
        return self.result.outcome_answer if self.outcome else self.result.answer

    @property
    def opinions(self) -> list[second.Opinion]:
        """UCDP's answers to the parts of the box."""
        part = "outcome" if self.outcome else "statement"
        return [one for one in second.opinions(self.result.claim.id, self.result.tables) if one.part == part]

    def marks(self) -> list[Two]:
        """Return what a reader must know before opening the box."""
        claim = self.result.claim
        differs = any(one.agrees is False for one in self._safe(lambda: self.opinions) if not _past(one))
        dissent = any(map(self._dissents, self.rows))
        wanted = ((PROXY, claim.proxy), (CONSTRUCTION, claim.construction), (UCDP, differs), (DISSENT, dissent))
        return [mark for mark, applies in wanted if applies]

    def _safe(self, make: Callable[[], list[Any]]) -> list[Any]:
        """Return what own data may be too short for, or nothing."""
        try:
            return make()
        except limits.SHORTFALLS as error:
            limits.why_not(error, self.result.tables)
            return []

    def _html(self) -> str:
        claim = self.result.claim
        verdict = self.verdict
        return PAGES.render(
            "claim.html",
            side=rule.SIDES.get(verdict, "unknown"),
            shade=rule.SHADES.get(verdict),
            anchor=f"claim-{claim.id.lower()}{'-outcome' if self.outcome else ''}",
            face=self.face,
            until=self.until,
            statement=tuple(
                f"{PROJECTED[i] if self.outcome else ''}{one}" for i, one in enumerate((claim.statement, claim.fr))
            ),
            found=found(self.rows, outcome=self.outcome),
            marks=self.marks(),
            id=claim.id,
            judge=not self.outcome and offered(self.result),
            caption=("Verdict on each part", "Verdict sur chaque partie"),
            heads=_HEADS,
            parts=[self._part(row) for row in self.rows if row.figure or row.fact],
            notes=self._notes(),
            replies=[(one, names.day(one.date.isoformat())) for one in replies(claim.id, self.folder)],
            readings=markupsafe.Markup(self._readings()),
        )

    def _known(self, day: str) -> bool:
        """Tell whether what was published on a day was public at the edition's."""
        return not self.day or day <= self.day

    @property
    def _unknown(self) -> set[str]:
        """The sources of the claim's dated entries that were published after the edition's day."""
        found = self.result.sources
        if not len(found):
            return set()
        # A source that names its month alone was not out before the day of what it tells.
        days = found["source"].map(published_on).combine(found["date"].astype(str), max).groupby(found["source"]).min()
        return {source for source, day in days.items() if not self._known(day)}

    @property
    def _addresses(self) -> dict[str, str]:
        """The address of the page behind each source of the claim's dated entries, by the source's name."""
        found = self.result.sources
        return dict(zip(found["source"], found["url"], strict=True)) if len(found) else {}

    def _change(self, row: claims.Row) -> Any:
        """Return the change or the ratio that a part rests on; None where it rests on none."""
        return self.answer.compared.get(row.figure.quantity) if self.answer and row.figure else None

    def _by_count(self) -> list[Two]:
        """Say of each part that holds, or goes its way, by no more than chance could bring, that it does."""
        said: list[Two] = []
        for row in self.rows:
            change = self._change(row)
            if row.figure and row.verdict in ("reproduced", "close", "direction only") and change and change.unclear:
                way = ("more", "en hausse") if change.ratio > 1 else ("fewer", "en baisse")
                said.append(
                    (
                        f"{row.figure.name}: {way[0]} by count; chance may explain it.",
                        f"{row.figure.fr} : {way[1]} d’après le décompte ; le hasard peut l’expliquer.",
                    )
                )
        return said

    def _dissents(self, row: claims.Row) -> bool:
        """Tell whether a source known by the edition's day denies a part, or states another figure."""
        if row.figure and row.figure.denied:
            named = self.result.sources.set_index("id")["source"].reindex(list(row.figure.denied)).dropna()
            return any(self._known(published_on(source)) for source in named)
        return bool(self.answer and row.name in self.answer.dissent)

    def _as_known(self, row: claims.Row) -> claims.Row:
        """Return a part with the range over the sources that were published by the edition's day, if any was."""
        values = [one.value for one in row.documents if one.label.en not in self._unknown]
        if len(values) == len(row.documents) or row.computed is None:
            return row
        values = values or [row.computed]
        return replace(row, low=min(values), high=max(values), readings=len(values))

    def _doubt(self, row: claims.Row) -> Two | None:
        """Return why a part's counts do not answer it, though they differ: chance, or too few; None where they do."""
        change = self._change(row)
        if change and change.unclear:
            return UNCLEAR
        return FEW if row.verdict == "unsettled" else None

    def _part(self, row: claims.Row) -> list[Two]:
        """Return a part's cells; a rise or fall that the interval does not tell from none is called so."""
        cells = _cells(self._as_known(row))
        if row.fact and self.answer and (bodies := self.answer.bodies.get(row.fact.name)):
            # The sentence below counts who says so: the line counts the same.
            cells[3] = p.count(bodies, "body", "bodies"), fr.count(bodies, "instance", feminine=True)
        if self._dissents(row):
            cells[3] = (f"{cells[3][0]}; {DISSENT[0]}", f"{cells[3][1]} ; {DISSENT[1]}")
        if doubt := self._doubt(row):
            cells[3] = (f"{cells[3][0]}: {doubt[0]}", f"{cells[3][1]} : {doubt[1]}")
            if cells[4] != _NOTHING and row.figure and row.figure.test == "true":
                n, of = row.matches, row.readings
                cells[4] = (
                    f"more by count in {p.of_all(n, of)}",
                    f"davantage, selon le seul décompte, dans {fr.word(n, feminine=True)} {'sur' if n else 'des'} {fr.word(of)}",
                )
        return cells

    def _notes(self) -> list[tuple[Two, Two]]:
        claim = self.result.claim
        notes: list[tuple[Two, Two]] = [
            (("Measure", "Mesure"), (_capital(claim.measure), _capital(claim.measure_fr))),
            (("Held against", "Jugé d’après") if self.outcome else ("As of", "À la date de"), self._as_of()),
            (("Published", "Publié"), _published(claim)),
        ]
        if self.verdict:
            words = rule_words(self.verdict, self.rows, map(self._doubt, self.rows), self.result.tables)
            if claim.unsaid:
                words = (f"{words[0]} {claim.unsaid}", f"{words[1]} {claim.unsaid_fr}")
            for said in self._by_count():
                words = (f"{words[0]} {said[0]}", f"{words[1]} {said[1]}")
            notes.append((("What the verdict means", "Ce que dit le verdict"), words))
        why = joined(
            [Both(claim.why, claim.why_fr) if claim.why else None, self._later if self._known(claim.since) else None]
        )
        if why.en:
            notes.append((("How it was read", "Notre lecture"), (why.en, why.fr)))
        needs = dict.fromkeys(
            (row.figure.needs, row.figure.needs_fr) for row in self.rows if row.figure and row.figure.needs
        )
        notes += [(_NEEDED, (p.sentence(text), p.sentence(told))) for text, told in needs]
        answer = self.answer
        if answer and (claim.kind != "documented" or claim.question != "documented"):
            data = joined([answer.said, self._newer(), answer.caveat])
            notes.append((("In the data", "Dans les données"), (data.en, data.fr)))
        named = [row.matching for row in self.rows if (row.fact or row.documents) and row.matching]
        sources = dict.fromkeys(one for text in named for one in _apart(text, self._addresses))
        late = [one for one in sources if one in self._unknown]
        for head, cited in (
            (("Sources", "Sources"), [one for one in sources if one not in late]),
            (_AFTER_SOURCES, late),
        ):
            if cited:
                # No French beside it: a page that is switched writes its French as plain text, which would cost the links.
                notes.append((head, (_cited("; ".join(cited), self._addresses), "")))
        notes += self._safe(self._depth)
        if later := [
            one
            for one in self._safe(lambda: self.opinions)
            if _past(one) and self._known(_whole_year(one, self.result))
        ]:
            past = joined([*(one.sentence for one in later), *_why(later)])
            notes.append((_LATER, (past.en, past.fr)))
        if (after := joined(self._safe(self._after))).en:
            notes.append((_AFTER, (after.en, after.fr)))
        return notes

    @property
    def _later(self) -> Both | None:
        claim = self.result.claim
        return Both(claim.later, claim.later_fr) if claim.later else None

    def _newer(self) -> Both | None:
        """Say how many dated entries bear on a judgement that came after its own month; none of an earlier edition's."""
        claim, found = self.result.claim, self.result.sources
        if claim.kind != "assessment" or found.empty:
            return None
        own = Report(claim.made_in, self.result.tables).as_of
        n = sum(day[:7] > str(own) and self._known(day) for day in found["date"].astype(str))
        if not n:
            return None
        return Both(
            f"{p.sentence(p.count(n, 'entry', 'entries'))[:-1]} came later.",
            f"{fr.upper(fr.count(n, 'entrée est postérieure', 'entrées sont postérieures', feminine=True))}.",
        )

    def _after(self) -> list[Both | None]:
        """Return what bears on the statement and was published after the edition's day: apart from what was known."""
        said = [one.sentence for one in self.opinions if not self._known(_whole_year(one, self.result))]
        return [None if self._known(self.result.claim.since) else self._later, *said]

    def _as_of(self) -> Two:
        if self.outcome:
            last = pd.Period(max(Report(self.result.claim.made_in, self.result.tables).all_actors["month"]), "M")
            to = self.until or ("", "")
            return (
                f"later months{to[0] and ', '}{to[0]}, in tables that end with {month_name(last)}",
                f"les mois suivants{to[1] and ', '}{to[1]}, dans des tables qui s’arrêtent en {fr.month_name(last)}",
            )
        month = Report(self.result.claim.made_in, self.result.tables).as_of
        return (
            f"the end of {month_name(month)}, in today's tables",
            f"fin {fr.month_name(month)}, dans les tables d’aujourd’hui",
        )

    def _depth(self) -> list[tuple[Two, Two]]:
        """Return how much of the definition space gives each figure, and what UCDP says."""
        out: list[tuple[Two, Two]] = []
        searched = {(one.claim, one.figure) for one in space.SPACES}
        for row in () if self.outcome else self.rows:
            if row.figure is None or (row.claim.id, row.figure.quantity) not in searched:
                continue
            if text := firmness.sentence(row.claim.id, row.figure.quantity, self.result.tables):
                out.append((("Beyond the words", "Au-delà du texte"), text))
        if opinions := [one for one in self.opinions if not _past(one)]:
            said = joined([*(one.sentence for one in opinions), *_why(opinions)])
            out.append((("Second source", "Autre source"), (said.en, said.fr)))
        return out

    def _readings(self) -> str:
        """Return the table of all readings of all parts as HTML; empty without any."""
        lines: list[tuple[Both, ...]] = []
        pages: list[str] = []
        for row in self.rows:
            figure = row.figure
            if figure is None:
                continue
            known = self.answer.quantities.get(figure.quantity) if self.answer else None
            late = self._unknown
            said = [(one, _LATE_SOURCE if one.label.en in late else _SOURCE, one.value) for one in row.documents]
            counted = [(one, _kind(row, one), figure.convert(one.value)) for one in (known.readings if known else ())]
            name = Both(figure.name, figure.fr) if figure.name and figure.fr else Both(row.name, row.name)
            for reading, kind, value in (*said, *counted):
                lines.append((name, reading.label, kind, _value(figure, reading, value), self._gives(row, value)))
                pages.append(self._addresses.get(reading.label.en, "") if kind in (_SOURCE, _LATE_SOURCE) else "")
        if not lines:
            return ""
        english, french = (
            table_data(pd.DataFrame([[getattr(one, lang) for one in line] for line in lines], columns=list(heads)))
            for lang, heads in (("en", _LISTED), ("fr", _LISTED_FR))
        )
        told, claim = (f"Toutes les lectures de {self.result.claim.id}", french), self.result.claim
        return html_table(english, caption=f"All readings of {claim.id}", hrefs={"Reading": pages}, told=told)

    def _gives(self, row: claims.Row, value: float) -> Both:
        """Say whether a reading gives what was published: no yes and no no where chance may explain the counts."""
        assert row.figure is not None
        meets = claims.meets(row.figure, value)
        if self._doubt(row) and row.figure.test == "true":
            return Both(*COUNTED[meets])
        return Both("yes", "oui") if meets else Both("no", "non")

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        claim = self.result.claim
        lines = [_line(self._part(row)) for row in self.rows if row.figure or row.fact]
        to = f", {self.until[0]}" if self.until else ""
        head = f"Claim {claim.id} ({claim.kind}): {self.face[0]}{to}."
        return {"text/html": self._html(), "text/plain": " ".join([head, claim.statement, *lines])}


def _past(opinion: second.Opinion) -> bool:
    """Tell whether a second source's figure rests on months after those of the statement that it stands beside."""
    return opinion.later and opinion.part == "statement"


def _why(opinions: Iterable[second.Opinion]) -> list[Both]:
    """Return why the two sources differ, once for all parts."""
    return [second.WHY[reason] for reason in dict.fromkeys(code for one in opinions for code in one.reasons)]


def _whole_year(opinion: second.Opinion, result: claims.Result) -> str:
    """Return the day from which a second source's figure could be known: of later months, the end of their year."""
    year = Report(result.claim.made_in, result.tables).as_of.year
    return f"{year}-12-31" if _past(opinion) else ""


def until(result: claims.Result, *, outcome: bool) -> Two:
    """Return the end of the months that a verdict rests on: the statement's own, or those that settled a projection."""
    answer, last = result.answer, Report(result.claim.made_in, result.tables).as_of
    if outcome:
        answer = result.outcome_answer
    if answer and answer.until is not None:
        last = answer.until
    return f"to {month_name(last)}", f"jusqu’en {fr.month_name(last)}"


def _published(claim: claims.Claim) -> Two:
    """Return the title, the publisher and the day of a statement's report; no address of it is certain to last."""
    title, said = TITLES[claim.report], claims.REPORTS[claim.report]
    day = fr.day_name(next(e.published for e in listed() if e.report == claim.report))
    return f"“{title}”, {said}", f"«\u202f{title}\u202f», {said.split(', ')[0]}, {day}"


def _apart(text: str, addresses: dict[str, str]) -> list[str]:
    """Return the sources that a text names one after the other; the name of one may hold a semicolon."""
    known = [name for name in sorted(addresses, key=len, reverse=True) if name in text]
    found = re.findall("|".join(map(re.escape, known)), text) if known else []
    return found or [text]


def _cited(text: str, addresses: dict[str, str]) -> markupsafe.Markup:
    """Return sources named one after the other, each as a link to its page."""
    names = "|".join(re.escape(name) for name in sorted(addresses, key=len, reverse=True))
    if not names:
        return markupsafe.escape(text)
    parts = re.split(f"({names})", text)
    return markupsafe.Markup("").join(
        markupsafe.Markup(piece("link", part, address)) if (address := inert.url(addresses.get(part, ""))) else part
        for part in parts
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def computed(row: claims.Row) -> Two:
    """Return what we find for a part: a number, the counts behind a statement, a source; in English and in French.

    Where our sources cannot settle a figure, the range stands for it: no single value of a proxy is ours. Where another
    reading than the likeliest gives the published figure, or alone comes near it, it stands beside ours.
    """
    figure = row.figure
    if figure is None:
        return (row.matching, row.matching) if row.matching else _NO_SOURCE
    if row.verdict == "unsourced":
        return _NO_SOURCE
    if row.computed is None or row.low is None or row.high is None:
        return _NOTHING
    if figure.needs and (row.low == row.high or figure.test == "true"):
        return _agreeing(row) if row.low < row.high else _NOTHING
    if figure.needs:
        return figure.span(row.low, row.high)
    if figure.test == "true":
        unit, unit_fr = figure.suffix
        first, *rest = row.counts
        against = _against(rest[0]) if rest else ("", "")
        return f"{p.number(first)}{unit}{against[0]}", f"{fr.number(first)}{unit_fr}{against[1]}"
    ours = figure.number(row.computed), figure.number_fr(row.computed)
    if row.other is None:
        return ours
    # One that only comes near gives another figure than the published one, and is not called as one that gives it.
    by, selon = _BY_NEAREST if row.reason == "vintage" else _BY_ANOTHER
    return f"{ours[0]}, {by} {figure.number(row.other)}", f"{ours[1]}, {selon} {figure.number_fr(row.other)}"


def _agreeing(row: claims.Row) -> Two:
    return (
        f"{p.number(row.matches)} of {p.number(row.readings)} {'agrees' if row.matches == 1 else 'agree'}",
        f"{fr.number(row.matches)} sur {fr.number(row.readings)} {fr.agree(row.matches, 'concorde', 'concordent')}",
    )


def found(rows: tuple[claims.Row, ...], *, outcome: bool = False) -> Two:
    """Return our figures on a box's one line, as found or as what came (`outcome`); nothing where only documents speak."""
    kept = [row for row in rows if row.figure and not _misleads(row) and row.verdict != "unsourced"]
    if not kept:
        return "", ""
    documents = all(row.claim.kind == "documented" for row in kept)
    begin, begin_fr = ("Sources give", "Les sources donnent") if documents else ("We find", "Nous trouvons")
    if outcome:
        begin, begin_fr = CAME
    pairs = Counter(row.figure.suffix for row in kept if row.figure and _pair(row))
    said, said_fr = (_once(words) for words in zip(*(_told(row, pairs) for row in kept), strict=True))
    # French finds no noun without its article: a part's name stands behind a colon.
    first = kept[0].figure
    named = " :" if not outcome and first and _pair(kept[0]) and pairs[first.suffix] > 1 else ""
    return f"{begin} {'; '.join(said)}", f"{begin_fr}{named} {' ; '.join(said_fr)}"


def _once(words: Iterable[str]) -> list[str]:
    """Return what is said, without what another says and more: of `13 events` and `13 events against 12` the second."""
    said = list(dict.fromkeys(words))
    return [one for one in said if not any(other.startswith(f"{one} ") for other in said)]


def _pair(row: claims.Row) -> bool:
    """Tell whether what is found is one count set against another."""
    figure = row.figure
    return bool(figure and not figure.needs and figure.test == "true" and len(row.counts) > 1)


def _told(row: claims.Row, pairs: Mapping[Two, int]) -> Two:
    """Return what we find for a part, named where a second pair of the same unit stands beside it."""
    said = computed(row)
    if row.figure is None or not _pair(row) or pairs[row.figure.suffix] < 2:
        return said
    names = (row.figure.name, row.figure.fr)
    # Of "Deaths in them: 961 deaths" the unit is said once.
    bare = [
        text.replace(unit, "", 1) if unit.strip() in name.lower() else text
        for text, unit, name in zip(said, row.figure.suffix, names, strict=True)
    ]
    first, first_fr = (name if name[:2].isupper() else name[0].lower() + name[1:] for name in names)
    return f"{first}: {bare[0]}", f"{first_fr} : {bare[1]}"


def _misleads(row: claims.Row) -> bool:
    """Tell whether a part's value answers another question: that of a proxy by construction, or of another place."""
    return bool(row.figure and row.figure.needs) and (row.claim.construction or row.low == row.high)


def _range(row: claims.Row) -> Two:
    figure = row.figure
    if figure is None or figure.needs or row.readings < 2 or row.low is None or row.high is None:
        return _NOTHING
    if figure.test == "true":
        return _agreeing(row)
    if row.low == row.high:
        return _NOTHING
    return figure.span(row.low, row.high)


def _cells(row: claims.Row) -> list[Two]:
    if row.fact:
        names, said = (row.fact.name, row.fact.fr), ("a dated fact", "un fait daté")
        n = row.matches
        ours = (p.count(n, "source"), fr.count(n, "source", feminine=True)) if n else _NO_SOURCE
    else:
        assert row.figure is not None
        names, said = (row.figure.name, row.figure.fr), (row.figure.text, row.figure.text_fr)
        ours = computed(row)
    return [names, rule.part_face(row.verdict, row.figure), said, ours, _range(row)]


def _line(cells: list[Two]) -> str:
    """Return one part as a line of plain text: published, found, range, verdict."""
    name, verdict, said, ours, spread = (words[0] for words in cells)
    text = f"{name}: published {said}; we find {ours}"
    return f"{text}{f' ({spread})' if spread != '–' else ''}: {verdict.lower()}."


def _value(figure: Published, reading: Reading, value: float) -> Both:
    """Write what a reading gives: of a statement the counts behind it, of a number as many digits as set it off a bound."""
    if figure.test != "true":
        return figure.told(value)
    if not reading.counts:
        return Both(_NOTHING[0], _NOTHING[0])
    first, *rest = reading.counts
    return Both(p.number(first), fr.number(first)) + (Both(*_against(rest[0])) if rest else NOTHING)


def _against(base: float) -> Two:
    """Return the count that another is set against; none in a word."""
    return f" against {p.number(base) if base else 'none'}", f" contre {fr.number(base) if base else 'zéro'}"


_SOURCE = Both("source", "source")
_LATE_SOURCE = Both("source, after this edition", "source, après cette édition")


def _kind(row: claims.Row, reading: Reading) -> Both:
    """Say what a figure is to the statement's words: one of their readings, or something else that is shown."""
    if row.figure and row.figure.needs:
        return Both("stand-in", "approximation")
    if row.claim.kind == "documented":
        return Both("another count", "autre décompte")
    if reading.beside:
        return Both("beside the words", "hors du texte")
    return Both("reading of the words", "lecture du texte")
