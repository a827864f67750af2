"""What the two reports published: their statements and figures, read from `data/claims.yml` and checked."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

import yaml

from helpers import french as fr
from helpers import prose as p
from helpers.audit import rule
from helpers.audit.questions import OUTCOMES, QUESTIONS
from helpers.definitions import round_half_up
from helpers.editions import listed
from helpers.errors import ClaimError
from helpers.folders import default_folder
from helpers.words.both import Both

REPORTS: dict[str, str] = {
    "R22": "Africa Center for Strategic Studies, 29 August 2022",
    "R23": "Africa Center for Strategic Studies, 10 July 2023",
}

TITLES: dict[str, str] = {
    "R22": "Mali’s Militant Islamist Insurgency at Bamako’s Doorstep",
    "R23": "Mali Catastrophe Accelerating under Junta Rule",
}
"""Titles of the reports."""

KINDS = ("measured", "projection", "documented", "assessment")

REASONS: dict[str, str] = {
    "": "",
    "vintage": "Within the share by which ACLED revises fresh months.",
    "rounding": "A source gives nearly the figure; sources round and convert.",
    "definition": "The figure depends on what is counted.",
    "window not stated": "The report does not say which months it compares.",
    "dimension missing": "Our sources lack what the statement speaks of.",
    "arithmetic": "The published figures do not follow from each other.",
}

# Units in which a change or a share is published as a number of percent.
_PERCENT_UNITS = ("percent", "share")

_UNITS: dict[str, tuple[str, str]] = {
    "percent": (" %", " %"),
    "share": (" %", " %"),
    "times": (" times", " fois"),
    "km2": (" km²", " km²"),
    "km": (" km", " km"),
    "events": (" events", " événements"),
    "deaths": (" deaths", " morts"),
    "lorries": (" lorries", " camions"),
    "soldiers": (" soldiers", " soldats"),
    "personnel": (" personnel", " personnes"),
    "men": (" men", " hommes"),
    "incidents": (" incidents", " incidents"),
    "gold sites": (" gold sites", " sites aurifères"),
    "USD million a month": (" million US dollars a month", " millions de dollars par mois"),
}
_ONE: dict[str, tuple[str, str]] = {
    "events": (" event", " événement"),
    "deaths": (" death", " mort"),
    "lorries": (" lorry", " camion"),
    "soldiers": (" soldier", " soldat"),
    "men": (" man", " homme"),
    "incidents": (" incident", " incident"),
    "gold sites": (" gold site", " site aurifère"),
}
"""What stands after one of them."""
"""What stands after a number of each unit, in English and in French."""


@dataclass(frozen=True)
class Published:
    """One figure of a claim as published."""

    quantity: str
    """Key of the answer's quantity."""
    test: str
    """One of `rule.WORDINGS`: the words in which the figure was given."""
    unit: str
    """Unit of the published figure."""
    published: float | None = None
    """The figure; None for statements without one."""
    digits: int = 0
    """Decimals to which it was rounded."""
    reason: str = "definition"
    """Reason code to give where the figure is not reproduced and the vintage does not explain it."""
    needs: str = ""
    needs_fr: str = ""
    """What our sources lack to settle the figure, in English and in French; empty where they can."""
    entries: tuple[str, ...] = ()
    """Chronology entries that state the figure, for documented claims."""
    denied: tuple[str, ...] = ()
    """Chronology entries that state another figure in words."""
    continues: tuple[str, ...] = ()
    """The published count that the figure carries on, as claim and quantity: where ours is that one, no revision parts us."""
    stated: dict[str, float] = field(default_factory=dict)
    """What an entry's text gives for the figure, where its value column holds another number."""
    rests: str = "events"
    """What the computed figure rests on: a key of `rule.REVISIONS`, without `share`."""
    against: str = ""
    """The figure of the same claim with which the report compares it."""
    name: str = ""
    fr: str = ""
    """The figure in a few words, in English and in French."""
    said: tuple[str, ...] = ()
    """The published figure as the report gives it, in English and in French, where it is no number."""

    def convert(self, value: float) -> float:
        """Bring a computed value to the published unit."""
        return value * 100 if self.unit in _PERCENT_UNITS else value

    @property
    def decimals(self) -> int:
        """Decimals with which a page prints values of this figure."""
        return max(self.digits, 1 if self.unit == "times" else 0)

    @property
    def text(self) -> str:
        """The published figure as readers see it."""
        return self._text(0)

    @property
    def text_fr(self) -> str:
        """The same in French."""
        return self._text(1)

    def _text(self, language: int) -> str:
        if self.said:
            return self.said[language]
        if self.published is None:
            return ("statement", "affirmation")[language]
        wording = rule.WORDINGS[self.test]
        return f"{(wording.words, wording.words_fr)[language]}{self._number(self.published, language, max(self.digits, 0))}"

    def number(self, value: float) -> str:
        """Write a value of this figure's unit (already converted)."""
        return self._number(value, 0)

    def number_fr(self, value: float) -> str:
        """The same in French."""
        return self._number(value, 1)

    def both(self, value: float) -> Both:
        """Write it in both languages."""
        return Both(self.number(value), self.number_fr(value))

    def told(self, value: float) -> Both:
        """Write it with a digit more where the page’s would print the bound itself for what lies beside it."""
        bound = math.isinf(rule.WORDINGS[self.test].above) and self.published is not None
        rounded = round_half_up(value, self.decimals) == self.published != value
        more = self.decimals + 1 if bound and rounded else None
        return Both(*(self._number(value, language, more) for language in (0, 1)))

    def span(self, low: float, high: float) -> tuple[str, str]:
        """Write a range, its unit once."""
        first, first_fr = self.bare(low)
        return f"{first} to {self._number(high, 0)}", f"de {first_fr} à {self._number(high, 1)}"

    def bare(self, value: float) -> tuple[str, str]:
        """Write a value without its unit in both languages, as a range begins."""
        first, first_fr = (self._number(value, n).removesuffix(self._after(value)[n]) for n in (0, 1))
        return first, first_fr

    def _number(self, value: float, language: int, digits: int | None = None) -> str:
        if self.test == "true":
            return (("does not hold", "holds"), ("non confirmé", "confirmé"))[language][bool(value)]
        write: Callable[[float, int], str] = (p.number, fr.number)[language]
        sign = "+" if self.unit == "percent" and value > 0 else ""
        return f"{sign}{write(value, self.decimals if digits is None else digits)}{self._after(value)[language]}"

    def _after(self, value: float) -> tuple[str, str]:
        """Return what stands after this very number: one event, not one events; in French none takes the singular too."""
        (en, fr_), whole = self.suffix, round_half_up(value, self.decimals)
        one_en, one_fr = _ONE.get(self.unit, (en, fr_))
        return one_en if whole == 1 else en, one_fr if abs(whole) < 2 else fr_

    @property
    def suffix(self) -> tuple[str, str]:
        """What stands after a number, in English and in French."""
        return _UNITS.get(self.unit, (f" {self.unit}", f" {self.unit}"))


@dataclass(frozen=True)
class Claim:
    """A statement of one of the two reports.

    Attributes
    ----------
    id, report, chapter, kind, statement, question
        As in `data/claims.yml`.
    fr : str
        The statement in French.
    measure, measure_fr : str
        What is counted, where and when: the claim's own measure, the same when it was made and when it is settled.
    unsaid, unsaid_fr : str
        What the verdict does not say, where its words could be read to say it.
    why, why_fr : str
        What decided how the claim is read, where that needs saying.
    since, later, later_fr : str
        What bears on it and was published after the report, and on which day.
    proxy : bool
        The measure stands in for what the claim speaks of.
    construction : bool
        With that proxy the statement could hardly have come out otherwise.
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
    fr: str = ""
    measure: str = ""
    measure_fr: str = ""
    unsaid: str = ""
    unsaid_fr: str = ""
    why: str = ""
    why_fr: str = ""
    since: str = ""
    later: str = ""
    later_fr: str = ""
    proxy: bool = False
    construction: bool = False
    figures: tuple[Published, ...] = ()
    outcome: tuple[Published, ...] = ()
    facts: tuple[Fact, ...] = ()

    def figure(self, quantity: str) -> Published:
        """Return what was published of a quantity."""
        return next(figure for figure in self.figures if figure.quantity == quantity)

    @property
    def made_in(self) -> str:
        """Id of the edition in which the claim was made."""
        return next(edition.id for edition in listed() if edition.report == self.report)

    @property
    def entries(self) -> tuple[str, ...]:
        """Chronology entries that state the claim's facts."""
        return tuple(entry for fact in self.facts for entry in fact.entries)


@dataclass(frozen=True)
class Fact:
    """A dated fact that a documented claim states."""

    name: str
    fr: str
    """The fact in a few words."""
    entries: tuple[str, ...] = ()
    """Chronology entries that state it; empty where none does."""


@cache
def claims() -> tuple[Claim, ...]:
    """Return all claims of `data/claims.yml`, checked.

    Raises `ClaimError`: a claim names an unknown field, kind, question, test, reason or figure.
    """
    path = default_folder() / "claims.yml"
    return tuple(_claim(row, path.name) for row in yaml.safe_load(path.read_text(encoding="utf-8")))


def _claim(row: dict, name: str) -> Claim:
    label = f"{name}: claim {row.get('id', '(without id)')}"
    given = _spread(row, ("measure", "unsaid", "why", "later"))
    try:
        figures, outcome = (tuple(_figure(figure) for figure in given.pop(key, [])) for key in ("figures", "outcome"))
        facts = tuple(Fact(**fact | {"entries": tuple(fact.get("entries", ()))}) for fact in given.pop("facts", []))
        claim = Claim(**given, figures=figures, outcome=outcome, facts=facts)
    except TypeError as error:
        raise ClaimError(f"{label} has a field that is not known or lacks one: {error}.") from error
    if claim.kind not in KINDS or claim.question not in QUESTIONS or claim.report not in REPORTS:
        raise ClaimError(f"{label} names an unknown kind, question or report.")
    for figure in (*figures, *outcome):
        if figure.test not in rule.WORDINGS or figure.reason not in REASONS or figure.rests not in rule.REVISIONS:
            raise ClaimError(f"{label} names an unknown test or reason, or something unknown that a figure rests on.")
    if bool(claim.since) != bool(claim.later):
        raise ClaimError(f"{label} gives a day without what was published then, or that without its day.")
    known = {figure.quantity for figure in figures}
    if missing := {figure.against for figure in figures if figure.against} - known:
        raise ClaimError(f"{label} compares a figure with {sorted(missing)[0]!r}, which it does not publish.")
    if claim.kind == "projection" and claim.question not in OUTCOMES:
        raise ClaimError(f"{name}: projection {claim.id} has no outcome in helpers.audit.questions.")
    return claim


def _figure(figure: dict) -> Published:
    given = _spread(figure, ("name", "needs"))
    given |= {"fr": given.pop("name_fr", "")}
    return Published(
        **given | {key: tuple(given[key]) for key in ("entries", "denied", "continues", "said") if key in given}
    )


def _spread(row: dict, pairs: tuple[str, ...]) -> dict:
    """Spread words in two languages over a field for each."""
    out = dict(row)
    for key in pairs:
        if key in out:
            out[key], out[f"{key}_fr"] = out[key]
    return out


def claim(claim_id: str) -> Claim:
    """Return one claim by its id."""
    for row in claims():
        if row.id == claim_id:
            return row
    raise ClaimError(f"no claim {claim_id!r} in claims.yml.")
