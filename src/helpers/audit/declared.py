"""Readings that a claims file declares: what is counted, where and when, from the catalogue of measures.

A reading is a mapping that `data/claims.schema.json` describes. `quantity` turns one with its alternatives into the
`Quantity` that the rule judges, as a question of `helpers.audit.questions` would.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from helpers.audit.questions import Quantity, Reading
from helpers.editions import Report
from helpers.errors import ClaimError, MaliError, PastData
from helpers.measures import catalogue as c
from helpers.measures import counts
from helpers.measures.measure import Measure, Tally
from helpers.windows import month_name, window
from helpers.words import Both, names

Spec = Mapping[str, Any]

MAKERS: dict[str, Callable[[Report, Spec], Measure]] = {
    "islamist": lambda r, s: c.islamist(r, unidentified=s.get("unidentified", False)),
    "involving": lambda r, s: c.involving(r, s["group"]),
    "attacks_on_civilians": lambda r, s: c.attacks_on_civilians(r, s["group"]),
    "fights": lambda r, s: c.fights(
        r,
        c.MEMBERS.get(s["group"], (s["group"],)),
        c.MEMBERS.get(s["against"], (s["against"],)),
        s["group"],
        s["against"],
    ),
    "violent": lambda r, s: c.violent(r),
    "totals": lambda r, s: c.totals(r),
    "fought_by": lambda r, s: c.fought_by(r, s["method"]),
    "ucdp_deaths": lambda r, s: c.ucdp_deaths(r, s.get("type", "")),
}
"""Measures of the catalogue, by the word that a claims file has for them."""

OPTIONS: dict[str, tuple[str, ...]] = {
    "islamist": ("unidentified",),
    "involving": ("group",),
    "attacks_on_civilians": ("group",),
    "fights": ("group", "against"),
    "fought_by": ("method",),
    "ucdp_deaths": ("type",),
}
"""Fields that only some measures have."""

_OWN = {name for fields in OPTIONS.values() for name in fields}

COMPARED = ("before", "more_than", "share_of")

WHEN = ("since", "to", "value")
"""What the whole of a share takes over from the part."""


class NotYet(PastData):
    """A window ends after the last month of the data at a date."""


def _list(value: str | list[str] | None) -> list[str]:
    return [value] if isinstance(value, str) else list(value or ())


def measure(report: Report, spec: Spec) -> Measure:
    """Return the measure that a reading declares.

    `spec`: a `reading` of the schema. Raises `ClaimError`: a field that the measure does not have. Raises `DataError`:
    the measure's table does not tell what a filter needs.
    """
    what = spec["what"]
    if foreign := sorted(name for name in _OWN & set(spec) if name not in OPTIONS.get(what, ())):
        raise ClaimError(f"{foreign[0]} is no field of {what}; leave it out")
    found = MAKERS[what](report, spec)
    if what == "ucdp_deaths" and spec["value"] != "deaths":
        raise ClaimError("ucdp_deaths counts deaths, not events; write value: deaths")
    if spec["value"] == "deaths":
        found = found.deaths
    if "within" in spec:
        found = found.within(spec["within"])
    if "in_zone" in spec:
        found = found.in_zone(*_list(spec["in_zone"]))
    if "in_region" in spec:
        found = found.in_region(*_list(spec["in_region"]))
    return found


def _count(report: Report, spec: Spec) -> tuple[float, Both]:
    """Return a count and its words."""
    found, asked = measure(report, spec), window(spec["since"], spec["to"])
    if asked.last > found.end:
        raise NotYet(f"{asked.label} ends after {month_name(found.end)}, the last month of the data at that date.")
    tally: Tally = found.over(asked)
    words = tally.measure.phrase + ", " + names.span(tally.window)
    if spec.get("pace"):
        return counts.pace(tally, tally.window.months), words + Both(", as a year's pace", ", au rythme annuel")
    return float(tally), words


def _needed(unit: str, test: str) -> str:
    """Return what a figure is compared with, by its unit; empty for a count."""
    if test == "true":
        return "more_than"
    return {"percent": "before", "times": "before", "share": "share_of"}.get(unit, "")


def reading(report: Report, spec: Spec, unit: str, test: str) -> tuple[Reading, tuple[float, ...]]:
    """Return what a reading gives, in the unit of `Published` before conversion, and the counts behind it.

    Raises `ClaimError`: the reading compares with nothing where its unit needs it, or with what its unit does not have;
    or the count it is compared with is zero.
    """
    needed = _needed(unit, test)
    given = [name for name in COMPARED if name in spec]
    if given != ([needed] if needed else []):
        what = "a statement without a number" if test == "true" else f"the unit {unit}"
        expected = f"{needed}, and no other comparison" if needed else f"none of {', '.join(COMPARED)}"
        raise ClaimError(f"{what} needs {expected}")
    spec = {"value": "deaths" if unit == "deaths" else "events"} | dict(spec)
    first = {key: value for key, value in spec.items() if key not in COMPARED}
    here, words = _count(report, first)
    if not needed:
        return Reading(words, here), (here,)
    if needed == "share_of" and "what" not in spec[needed]:
        raise ClaimError("share_of needs what, since the whole is named in full")
    kept = {key: first[key] for key in ("what", *WHEN)} if needed == "share_of" else first
    base, base_words = _count(report, merged(kept, spec[needed]))
    if test == "true":
        return Reading(words + Both(", against ", ", contre ") + base_words, float(here > base)), (here, base)
    if not base:
        raise ClaimError(f"{needed} counts nothing ({base_words.en}), so there is nothing to compare with")
    value = here / base - 1 if unit == "percent" else here / base
    between = Both(", of ", ", sur ") if unit == "share" else Both(", over ", ", par rapport à ")
    return Reading(words + between + base_words, value), (here, base)


def merged(spec: Spec, changes: Spec) -> Spec:
    """Return a reading with some fields changed; None takes a field away, and a measure must have all of its fields.

    Another measure does not inherit what only the first one has (its group, say).

    Examples
    --------
    >>> merged({"what": "involving", "group": "jnim", "within": 150}, {"what": "violent", "within": None})
    {'what': 'violent'}
    """
    kept = {k: v for k, v in spec.items() if k not in _OWN or changes.get("what", spec["what"]) == spec["what"]}
    found = {key: value for key, value in (kept | dict(changes)).items() if value is not None}
    if gone := [field for field in ("what", "since", "to") if field in spec and field not in found]:
        raise ClaimError(f"{gone[0]} cannot be taken away")
    for field in OPTIONS.get(found["what"], ()):
        if field not in found and field not in ("unidentified", "type"):
            raise ClaimError(f"{found['what']} needs {field}")
    return found


def quantity(report: Report, spec: Spec, others: list[Spec], unit: str, test: str) -> Quantity:
    """Return the quantity of a figure: its likeliest reading, and the others that its words allow.

    Parameters
    ----------
    report : Report
        The data at the statement's date.
    spec : mapping
        The likeliest reading.
    others : list of mapping
        What differs in each other reading; a field that is None is taken away.
    unit, test : str
        As the figure was published.

    Raises
    ------
    ClaimError
        A reading cannot be counted; the message begins with its place.
    """
    found = []
    counted: tuple[float, ...] = ()
    for number, changes in enumerate([{}, *others]):
        place = "count" if not number else f"or[{number - 1}]"
        try:
            one, behind = reading(report, merged(spec, changes), unit, test)
        except MaliError as error:
            # The kind of error decides what follows; only its words gain the place.
            raise type(error)(f"{place}: {error}") from error
        found.append(one)
        counted = counted or behind
    return Quantity(tuple(found), counted if test == "true" else ())
