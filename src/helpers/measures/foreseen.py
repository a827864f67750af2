"""The series that the reports projected and the project forecasts: who, what, where and in which table, once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

import pandas as pd

from helpers import definitions as d
from helpers.measures import counts
from helpers.measures.measure import Measure, Value
from helpers.words import names
from helpers.words.both import Both
from helpers.words.names import Noun, Place

if TYPE_CHECKING:
    from helpers.editions import Report

Rows = Callable[[pd.DataFrame], pd.DataFrame]


@dataclass(frozen=True)
class Foreseen:
    """A measure before its edition is known: a back-test makes it of the same table cut at many months."""

    noun: Noun
    """What one event of the rows is called, or one death where the table counts deaths alone."""
    rows: Rows
    """Select the rows of the table."""
    short: Both
    """The series in a list of all of them, where the noun is too long."""
    brief: Both
    """The series inside a sentence that has said whose events it means."""
    label: Both
    """The series as a row or a panel names it."""
    value: Value = "events"
    """What is added up."""
    place: Place = field(default_factory=Place)
    """Where."""

    def of(self, report: Report, *, later: bool = False) -> Measure:
        """Return the measure of a series by actor in an edition, or (later) of the whole table."""
        rows = self.rows(report.all_actors if later else report.actors)
        return Measure(report, "actors", rows, self.noun, "islamist", self.place, self.value, later)


def _all(rows: pd.DataFrame) -> pd.DataFrame:
    return rows


def _ucdp(rows: pd.DataFrame, kind: str = "") -> pd.DataFrame:
    rows = rows.rename(columns={"deaths": "fatalities"})
    return rows[rows["type"].eq(kind)] if kind else rows


def _near(rows: pd.DataFrame) -> pd.DataFrame:
    return counts.around_bamako(counts.militant_islamist(rows))


def _all_sides(noun: Noun, rows: Rows, value: Value, en: str, fr: str) -> Foreseen:
    name = Both(en, fr)
    return Foreseen(noun, rows, name, name, name, value)


_ISLAMIST, _TOTALS, _ATTACKS = names.EVENTS["islamist"], names.EVENTS["totals"], names.attacks("islamist")
_DEATHS = names.deaths(_ISLAMIST).many.en

SERIES: dict[str, Foreseen] = {
    "events-all": _all_sides(
        _TOTALS, _all, "events", "violent events, all sides", "événements violents (tous belligérants)"
    ),
    "deaths-all": _all_sides(_TOTALS, _all, "fatalities", "deaths, all sides", "morts (tous belligérants)"),
    "deaths-ucdp": _all_sides(names.UCDP[""], _ucdp, "fatalities", "deaths as UCDP counts them", "morts selon l’UCDP"),
    "deaths-ucdp-state": _all_sides(
        names.UCDP["state-based"],
        partial(_ucdp, kind="state-based"),
        "fatalities",
        names.UCDP["state-based"].many.en,
        names.UCDP["state-based"].many.fr,
    ),
    "events-islamist": Foreseen(
        _ISLAMIST,
        counts.militant_islamist,
        short=Both(_ISLAMIST.many.en, "événements impliquant des groupes islamistes armés"),
        brief=_ISLAMIST.many,
        label=names.EVENT.many,
    ),
    "deaths-islamist": Foreseen(
        _ISLAMIST,
        counts.militant_islamist,
        short=Both(_DEATHS, "morts dans les événements impliquant des groupes islamistes armés"),
        brief=Both(_DEATHS, names.deaths(_ISLAMIST).many.fr),
        label=names.DEATH.many,
        value="fatalities",
    ),
    "attacks-islamist": Foreseen(
        _ATTACKS,
        partial(counts.against_civilians, by=d.MILITANT_ISLAMIST),
        short=Both(_ATTACKS.many.en, "attaques de groupes islamistes armés contre des civils"),
        brief=names.METHODS["attacks"].many,
        label=names.METHODS["attacks"].many,
    ),
    "events-bamako": Foreseen(
        _ISLAMIST,
        _near,
        short=Both(
            "militant Islamist events around Bamako",
            "événements impliquant des groupes islamistes armés autour de Bamako",
        ),
        brief=Both("events around Bamako", "événements autour de Bamako"),
        label=Both("around Bamako", "autour de Bamako"),
        place=Place(km=d.BAMAKO_RADIUS_KM),
    ),
}
"""What is forecast, by key of `definitions.FORESEEN`, in the order of pages."""

BY_ACTOR: dict[str, Foreseen] = {what: SERIES[key] for key, (table, what) in d.FORESEEN.items() if table == "actors"}
"""What the reports projected or could have, by the short key that back-tests and their stored tables have."""
