"""The definition space: every plausible way to compute a published figure, and how many of them give it.

How many give it says how far a figure hangs on the definition; `null` makes levels of it. `SPACES` lists, for each measured
figure that is a count, a change, a ratio or a share, the choices that a reader could have made: who counts as militant
Islamist, which events, where, over which months, by which method. `search` computes every combination, `summary` weighs
them. Statements that only hold or do not hold are left to `helpers.audit.claims`.

The first choice on each axis is the natural one: the definition that the report's words suggest and the book uses.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from itertools import product

import pandas as pd

from helpers import definitions as d
from helpers import french, limits
from helpers import measures as m
from helpers import prose as p
from helpers.audit import claims, null
from helpers.audit.choices import ACTORS, COUNTED, GROUPS, ONE_WINDOW, SPACES, TYPES, Months, Space, span
from helpers.audit.options import place as place_of
from helpers.data import Tables
from helpers.editions import Report
from helpers.errors import ClaimError, NotInData, WindowError
from helpers.windows import Window, month_name
from helpers.words.both import NOTHING, Both, joined

# --------------------------------------------------------------------------- selections


@dataclass(frozen=True)
class Pick:
    """A choice on the three axes that select rows: a key to compute it once, named axis by axis, and no measure."""

    actors: str
    types: str
    place: str


def _regions(place: str) -> list[str]:
    return [region for part in place.split("+") for region in d.ZONES.get(part, (part,))]


def _within(rows: pd.DataFrame, place: str) -> pd.DataFrame:
    if place == "Mali":
        return rows
    if place.endswith(" km"):
        return m.around_bamako(rows, int(place.removesuffix(" km")))
    return m.in_regions(rows, *_regions(place))


def _of_actors(rows: pd.DataFrame, actors: str) -> pd.DataFrame:
    if actors == "everyone":
        return rows[rows["event_type"].isin(d.VIOLENT)]
    if actors.startswith("wagner"):
        wide = "wide" in actors
        return m.wagner_side(rows, wide=wide) if actors.endswith("acting") else m.with_wagner(rows, wide=wide)
    if actors.startswith("flm"):
        named = rows["flm"].eq("named") if actors == "flm-named" else m.with_notes(rows)["flm"].ne("no")
        return m.militant_islamist(rows[named])
    return m.involving(rows, GROUPS[actors])


def _of_types(rows: pd.DataFrame, types: str, by: Iterable[str] | None) -> pd.DataFrame:
    if types == "vac":
        return m.against_civilians(rows, by)
    if types == "hit":
        return m.hitting_civilians(rows, by)
    return rows[rows["event_type"].isin([d.BATTLES, d.REMOTE])] if types == "fighting" else rows


def select(rows: pd.DataFrame, pick: Pick) -> pd.DataFrame:
    """Return the rows of the `actors` table that a choice counts.

    Violence against civilians, and events that hit civilians, count where the actors act.
    """
    return _within(_of_types(_of_actors(rows, pick.actors), pick.types, GROUPS.get(pick.actors)), pick.place)


class Counts:
    """Counts of one report, each computed once: definitions share most of them."""

    def __init__(self, report: Report):
        self.report = report
        self._rows: dict[Pick, pd.DataFrame] = {}
        self._sums: dict[tuple[Pick, str, str], int] = {}
        self._spans: dict[str, Window] = {}

    def __call__(self, pick: Pick, text: str, counted: str) -> int:
        """Return what a choice counts in a window (a year, a half-year, `first..last`)."""
        key = (pick, text, counted)
        if key not in self._sums:
            if pick not in self._rows:
                self._rows[pick] = select(self.report.actors, pick)
            self._sums[key] = m.count(self._rows[pick], self.span(text), counted)
        return self._sums[key]

    def span(self, text: str) -> Window:
        """Return a window, refused where it runs past the claim's own month: never a short sum."""
        if text not in self._spans:
            wanted, last = span(text), self.report.runs_to
            # Not what data lack (`PastData`, no value) but a space that asks for what nobody could know: a fault of ours.
            if wanted.last > last:
                raise WindowError(
                    f"the window {wanted.label} runs past the data of a claim made in {month_name(last)}."
                )
            self._spans[text] = self.report.checked(wanted)
        return self._spans[text]


# --------------------------------------------------------------------------- one value for each definition


@dataclass(frozen=True)
class Definition:
    """One point of a space."""

    months: Months
    whole: Pick
    part: Pick
    counted: str
    method: str = ""
    size: float = 0.0


def _level(counts: Counts, one: Definition, when: str) -> float:
    number = counts(one.whole, when, one.counted)
    return number / counts.span(when).months if one.months.per_month else float(number)


def _count(counts: Counts, one: Definition) -> float:
    return float(counts(one.whole, one.months.now, one.counted))


def _count_before(counts: Counts, one: Definition) -> float:
    return float(counts(one.whole, one.months.before, one.counted))


def _pace(counts: Counts, one: Definition) -> float:
    return m.pace(_count(counts, one), counts.span(one.months.now).months)


def _ratio(counts: Counts, one: Definition) -> float:
    return m.ratio(_level(counts, one, one.months.now), _level(counts, one, one.months.before))


def _change(counts: Counts, one: Definition) -> float:
    return _ratio(counts, one) - 1


def _share(counts: Counts, one: Definition) -> float:
    return m.ratio(counts(one.part, one.months.now, one.counted), _count(counts, one))


def _growth_share(counts: Counts, one: Definition) -> float:
    grown = _count(counts, one) - _count_before(counts, one)
    if grown <= 0:
        raise NotInData("no growth to share out.")
    return (counts(one.part, one.months.now, one.counted) - counts(one.part, one.months.before, one.counted)) / grown


def _area_of(counts: Counts, one: Definition, when: str) -> float:
    counts.span(when)
    basis = "mi" if one.whole.types == "violent" else "mi-civilian"
    return m.area(counts.report.areas, when, one.method, one.size, basis)


def _area(counts: Counts, one: Definition) -> float:
    return _area_of(counts, one, one.months.now)


def _area_before(counts: Counts, one: Definition) -> float:
    return _area_of(counts, one, one.months.before)


def _area_change(counts: Counts, one: Definition) -> float:
    return m.change(_area(counts, one), _area_before(counts, one))


def _land_and_people(counts: Counts, one: Definition) -> float:
    regions = counts.report.regions
    return float(m.in_regions(regions, *_regions(one.whole.place))[one.counted].sum() / regions[one.counted].sum())


MEASURES: dict[str, Callable[[Counts, Definition], float]] = {
    "count": _count,
    "count before": _count_before,
    "pace": _pace,
    "ratio": _ratio,
    "change": _change,
    "share": _share,
    "growth share": _growth_share,
    "area": _area,
    "area before": _area_before,
    "area change": _area_change,
    "land and people": _land_and_people,
}
"""How a definition becomes a number, by the name that `Space.measure` uses."""


def methods_of(space: Space, report: Report) -> list[tuple[str, float]]:
    """Return the ways to measure land (name and size), the natural one first; one without a name for other figures."""
    if not space.measure.startswith("area"):
        return [("", 0.0)]
    rows = report.areas[["method", "size"]].drop_duplicates().sort_values(["method", "size"])
    methods = [(str(row.method), float(row.size)) for row in rows.itertuples(index=False)]
    # The cell of the book's map is the natural definition.
    return sorted(methods, key=lambda item: item != ("cell", d.CELL_DEGREES))


def definitions(space: Space, report: Report) -> list[Definition]:
    """Return every definition of a space, the natural one first."""
    out = []
    for months, actors, types, place, counted, who, what, where, (method, size) in product(
        space.windows,
        space.actors,
        space.types,
        space.place,
        space.counted,
        space.part_actors,
        space.part_types,
        space.part_place,
        methods_of(space, report),
    ):
        out.append(
            Definition(
                months,
                Pick(actors, types, place),
                Pick(who or actors, what or types, where or place),
                counted,
                method,
                size,
            )
        )
    return out


def _method_name(one: Definition) -> Both:
    if not one.method:
        return NOTHING
    shape = {"cell": Both("cells", "carrés"), "buffer": Both("discs", "disques")}[one.method]
    unit = {"cell": Both("degree", "degré"), "buffer": Both("km", "km")}[one.method]
    size = f"{one.size:g}"
    return Both(f"{shape.en} of {size} {unit.en}", f"{shape.fr} de {size.replace('.', ',')} {unit.fr}")


def _when(text: str) -> Both:
    return Both(span(text).label, french.label(span(text))) if text else NOTHING


def _part_name(one: Definition) -> Both:
    differs = [
        words
        for words, mine, other in (
            (ACTORS[one.part.actors], one.part.actors, one.whole.actors),
            (TYPES[one.part.types], one.part.types, one.whole.types),
            (place_of(one.part.place, inside=False), one.part.place, one.whole.place),
        )
        if mine != other
    ]
    return joined(differs, ", ")


AXES = ("actors", "types", "place", "part", "counted", "method", "window", "before", "basis")
"""Columns of `search` that say how a definition counts."""

COLUMNS = (*AXES, "definition", "definition_fr", "choices", "natural", "value", "match", "near")

_OTHER_WINDOW = ("count before", "area before")
_MONTHLY = Both("monthly mean", "moyenne mensuelle")
NATURAL = Both("as the words suggest", "comme le suggère le texte")
"""What the definition is called that departs in no choice."""


def _axes(one: Definition, measure: str) -> dict[str, Both]:
    """Describe a definition; windows that the measure does not look at are left blank."""
    now, before = _when(one.months.now), _when(one.months.before)
    if measure in ONE_WINDOW:
        before = NOTHING
    elif measure in _OTHER_WINDOW:
        now, before = before, NOTHING
    basis = NOTHING
    if before.en:
        basis = _MONTHLY if one.months.per_month else Both("as counted", "tel que compté")
    return dict(
        zip(
            AXES,
            (
                ACTORS[one.whole.actors],
                TYPES[one.whole.types],
                place_of(one.whole.place, inside=False),
                _part_name(one),
                COUNTED[one.counted],
                _method_name(one),
                now,
                before,
                basis,
            ),
            strict=True,
        )
    )


def _departures(axes: dict[str, Both], natural: dict[str, Both]) -> list[Both]:
    """Say in which choices a definition departs from the natural one; its months are one choice."""
    words = [
        axes[name] for name in ("actors", "types", "place", "part", "counted", "method") if axes[name] != natural[name]
    ]
    if any(axes[name] != natural[name] for name in ("window", "before", "basis")):
        months, before = axes["window"], axes["before"]
        if before.en:
            months += Both(f" over {before.en}", f" par rapport à {french.stretch(before.fr)}")
        if axes["basis"] == _MONTHLY:
            months += Both(", by the month", ", par mois")
        words.append(months)
    return words


# --------------------------------------------------------------------------- the search


def space_of(claim_id: str, figure: str) -> Space:
    """Return the space of a figure; one without is refused."""
    for row in SPACES:
        if (row.claim, row.figure) == (claim_id, figure):
            return row
    raise ClaimError(f"no definition space for {figure!r} of claim {claim_id}; see helpers.audit.space.SPACES.")


def _value(counts: Counts, one: Definition, measure: str, published: claims.Published) -> float:
    try:
        return published.convert(MEASURES[measure](counts, one))
    except NotInData:
        return float("nan")


def _tests(published: claims.Published, value: float) -> dict[str, bool]:
    known = not math.isnan(value)
    return {"match": known and claims.meets(published, value), "near": known and claims.near(published, value)}


def explore(space: Space, published: claims.Published, report: Report) -> pd.DataFrame:
    """Compute every definition of a space at a report's date.

    Returns `COLUMNS`: one row a definition, in both languages, the natural one first; `choices` says in how many it
    departs from that one; `value` in the published unit, missing where the definition has none (a ratio to zero, a
    share of no growth). Raises `WindowError`: a window runs past the report's month.
    """
    counts = Counts(report)
    records: list[dict] = []
    natural: dict[str, Both] = {}
    seen = set()
    for one in definitions(space, report):
        axes = _axes(one, space.measure)
        natural = natural or axes
        # Choices that make no difference to this measure are one definition.
        if (key := tuple(axes.values())) in seen:
            continue
        seen.add(key)
        departs = _departures(axes, natural)
        value = _value(counts, one, space.measure, published)
        words = joined(departs, "; ") if departs else NATURAL
        records.append(
            {name: axis.en for name, axis in axes.items()}
            | {
                "definition": words.en,
                "definition_fr": words.fr,
                "choices": len(departs),
                "natural": not departs,
                "value": value,
            }
            | _tests(published, value)
        )
    return pd.DataFrame(records, columns=list(COLUMNS))


@cache
def _search(claim_id: str, figure: str, tables: Tables) -> pd.DataFrame:
    row = claims.claim(claim_id)
    return explore(space_of(claim_id, figure), _published(claim_id, figure), Report(row.made_in, tables))


def _published(claim_id: str, figure: str) -> claims.Published:
    return claims.claim(claim_id).figure(figure)


def search(claim_id: str, figure: str, tables: Tables | None = None) -> pd.DataFrame:
    """Compute a published figure under every plausible definition, at the claim's own date.

    `figure`: the figure's `quantity`. Columns as of `explore`.

    Examples
    --------
    >>> found = search("R23-06", "recent")
    >>> found["definition"][0], float(found["value"][0])
    ('as the words suggest', 21.0)
    """
    return _search(claim_id, figure, tables or Tables()).copy()


@cache
def chance(claim_id: str, figure: str, tables: Tables) -> null.Null:
    """Weigh the numbers near ours that could have been published instead, once for every box and the summary."""
    return null.against_others(_published(claim_id, figure), _search(claim_id, figure, tables))


# --------------------------------------------------------------------------- the summary

MATCHING_SHOWN = 3
"""How many matching definitions a summary names."""


def _matching(found: pd.DataFrame) -> Both:
    chosen = found[found["match"]].sort_values("choices", kind="stable")
    shown = chosen.head(MATCHING_SHOWN)
    more = len(chosen) - MATCHING_SHOWN
    if chosen.empty:
        return NOTHING
    words = [Both(row.definition, row.definition_fr) for row in shown.itertuples()]
    told = Both("; or: ".join(one.en for one in words), " ; ou : ".join(one.fr for one in words))
    return (
        told + Both(f" and {p.number(more)} more", f" et {french.count(more, 'autre', feminine=True)}")
        if more > 0
        else told
    )


def summary(tables: Tables | None = None) -> pd.DataFrame:
    """Weigh every searched figure.

    Returns
    -------
    DataFrame
        One row a figure with more than one definition: `id`, `figure`, `published` (as readers see it), `unit`, `natural` (value of the natural
        definition), `definitions` (how many have a value), `exact`, `near` (within the tolerance, exact ones left
        out), `low`, `high`, `share` (weight of the definitions that give it, each choice weighing the same), `others`,
        `reached`, `as_well` (as `null.Null`), `level`, `matching` (in words, in French too, the
        least far-fetched first; empty where none).
    """
    tables = tables or Tables()
    limits.countable(tables, published=True)
    limits.enough(tables)
    records = []
    for space in SPACES:
        found = search(space.claim, space.figure, tables)
        published = _published(space.claim, space.figure)
        known = found.dropna(subset="value")
        if len(known) == 1:
            continue  # nothing was varied: no level can be told
        if known.empty:
            # A user's own data may lack the months of every definition.
            limits.why_not(NotInData(f"{space.claim}: no definition can be counted."), tables)
            continue
        exact = int(known["match"].sum())
        others, matching = chance(space.claim, space.figure, tables), _matching(known)
        records.append(
            {
                "id": space.claim,
                "figure": space.figure,
                "published": published.text,
                "unit": published.unit,
                "natural": float(found["value"].iloc[0]),
                "definitions": len(known),
                "exact": exact,
                "near": int((known["near"] & ~known["match"]).sum()),
                "low": float(known["value"].min()),
                "high": float(known["value"].max()),
                "share": others.weight,
                "others": others.numbers,
                "reached": others.reached,
                "as_well": others.as_well,
                "level": null.level(found, others),
                "matching": matching.en,
                "matching_fr": matching.fr,
            }
        )
    return pd.DataFrame(records)
