"""The choices that could stand behind each published figure, as data: `helpers.audit.space` computes them all.

The first choice on each axis is the natural one: the definition that the report's words suggest and the book uses.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

from helpers import definitions as d
from helpers.windows import Window, half, window, year
from helpers.words.both import Both

ACTORS: dict[str, Both] = {
    "mi": Both("militant Islamist groups", "groupes islamistes armés"),
    "mi+unidentified": Both("unidentified armed groups counted in", "groupes armés non identifiés compris"),
    "jnim": Both("JNIM and Katiba Macina alone", "GSIM (JNIM) et katiba Macina seuls"),
    "flm-mentioned": Both("Katiba Macina named anywhere in the record", "katiba Macina mentionnée dans la fiche"),
    "flm-named": Both("Katiba Macina named as an actor", "katiba Macina nommée comme acteur"),
    "is": Both("Islamic State Sahel", "État islamique au Sahel"),
    "is+joint": Both("joint JNIM-or-IS events counted in", "événements attribués au GSIM ou à l’EI compris"),
    "everyone": Both("all actors", "tous belligérants confondus"),
    "wagner-wide": Both("Wagner named anywhere in the record", "Wagner mentionné dans la fiche"),
    "wagner-wide-acting": Both("Wagner named anywhere, on the acting side", "Wagner mentionné, du côté qui agit"),
    "wagner-narrow": Both("Wagner named as an actor", "Wagner nommé comme acteur"),
    "wagner-narrow-acting": Both(
        "Wagner named as an actor, on the acting side", "Wagner nommé comme acteur, du côté qui agit"
    ),
}
"""Whose events are counted, with the words for it."""

TYPES: dict[str, Both] = {
    "violent": Both("all violent events", "tous les événements violents"),
    "hit": Both("events that hit civilians", "événements qui touchent des civils"),
    "vac": Both("violence against civilians", "violences contre des civils"),
    "fighting": Both("battles and remote violence", "combats et violences à distance"),
}
"""Which events are counted, with the words for it."""

COUNTED: dict[str, Both] = {
    "events": Both("events", "événements"),
    "fatalities": Both("deaths", "morts"),
    "area_km2": Both("land", "surface"),
    "population": Both("people", "habitants"),
}
"""What is added up, with the words for it."""

GROUPS: dict[str, tuple[str, ...]] = {
    "mi": d.MILITANT_ISLAMIST,
    "mi+unidentified": (*d.MILITANT_ISLAMIST, "unidentified"),
    "jnim": d.JNIM_WIDE,
    "is": ("is-sahel",),
    "is+joint": ("is-sahel", "jnim-or-is"),
}

MI = ("mi", "mi+unidentified", "jnim")
FLM = ("jnim", "mi", "mi+unidentified")
ISLAMIC_STATE = ("is", "is+joint")
WAGNER = ("wagner-wide", "wagner-wide-acting", "wagner-narrow", "wagner-narrow-acting")
ANY_EVENT = ("violent", "vac", "fighting")
CIVILIANS = ("vac", "hit")
NEAR_BAMAKO = ("150 km", "100 km", "200 km")


@dataclass(frozen=True)
class Months:
    """A window with the one it is compared with."""

    now: str
    before: str = ""
    """A year (`2022`), a half-year (`2022H2`) or months (`2022-01..2022-08`); `before` may be empty."""
    per_month: bool = False
    """Compare monthly means: for windows of different length."""


ONE_WINDOW = ("count", "pace", "share", "area")
"""Measures that look at one window alone."""


def span(text: str) -> Window:
    """Return the window that a text of `Months` names.

    Examples
    --------
    >>> span("2022").label, span("2022H2").label, span("2022-01..2022-08").label
    ('2022', 'July-December 2022', 'January-August 2022')
    """
    if ".." in text:
        return window(*text.split(".."))
    return half(text) if "H" in text else year(int(text))


def _pairs(*rows: tuple[str, str]) -> tuple[Months, ...]:
    return tuple(Months(*row) for row in rows)


def _rates(*rows: tuple[str, str]) -> tuple[Months, ...]:
    return tuple(Months(*row, per_month=True) for row in rows)


def _alone(*names: str) -> tuple[Months, ...]:
    return tuple(Months(name) for name in names)


# The reports were written with data fetched weeks before: most lists hold a window that ends a month earlier.
_TO_DATE_22 = ("2022-01..2022-08", "2022-01..2022-07", "2022-01..2022-06", "2021-09..2022-08", "2021-08..2022-07")
_LAST_12_23 = ("2022-07..2023-06", "2022-06..2023-05", "2022", "2023H1", "2022-01..2023-06")
_WAGNER_23 = (
    "2021-12..2023-06",
    "2021-12..2023-05",
    "2022-01..2023-06",
    "2022-01..2023-05",
    "2022",
    "2022-07..2023-06",
    "2023H1",
)
_FOUR_MONTHS = (
    *_pairs(
        ("2022-05..2022-08", "2022-01..2022-04"),
        ("2022-04..2022-07", "2021-12..2022-03"),
        ("2022-05..2022-07", "2022-02..2022-04"),
    ),
    *_rates(("2022-05..2022-07", "2022-01..2022-04"), ("2022-06..2022-08", "2022-01..2022-05")),
    *_pairs(("2022-05..2022-08", "2021-05..2021-08")),
)
_OVER_2021 = (
    *_pairs(("2022-01..2022-08", "2021"), ("2022-01..2022-07", "2021"), ("2022-01..2022-06", "2021")),
    *_rates(("2022-01..2022-08", "2021"), ("2022-01..2022-07", "2021"), ("2022-01..2022-06", "2021")),
    *_pairs(
        ("2022-01..2022-08", "2021-01..2021-08"),
        ("2022-01..2022-07", "2021-01..2021-07"),
        ("2021-09..2022-08", "2020-09..2021-08"),
        ("2021-08..2022-07", "2020-08..2021-07"),
    ),
)
_PACE_OVER_2021 = _rates(
    ("2022-01..2022-08", "2021"),
    ("2022-01..2022-07", "2021"),
    ("2022-01..2022-06", "2021"),
    ("2022-05..2022-08", "2021"),
    ("2022-01..2022-08", "2021-01..2021-08"),
    ("2022-01..2022-07", "2021-01..2021-07"),
    ("2021-09..2022-08", "2020-09..2021-08"),
    ("2021-08..2022-07", "2020-08..2021-07"),
)
_BAMAKO_22 = tuple(
    Months(now, before)
    for now in ("2022-01..2022-08", "2022-01..2022-07", "2022-01..2022-06", "2022-05..2022-08")
    for before in ("2017-01..2021-12", "2016-08..2021-07", "2017-05..2022-04")
)
_HALVES_23 = _pairs(
    ("2023H1", "2022H2"),
    ("2023-01..2023-05", "2022H2"),
    ("2023-01..2023-05", "2022-08..2022-12"),
    ("2022-12..2023-05", "2022-06..2022-11"),
    ("2023-02..2023-06", "2022-09..2023-01"),
)
_YEAR_ON_YEAR_23 = (
    *_pairs(
        ("2022-07..2023-06", "2021-07..2022-06"),
        ("2022-06..2023-05", "2021-06..2022-05"),
        ("2022", "2021"),
        ("2023H1", "2022H1"),
        ("2023H1", "2022H2"),
        ("2022-07..2023-06", "2021"),
    ),
    *_rates(("2023H1", "2022")),
)
_SEIZURE = tuple(
    Months(now, before, per_month=True)
    for now in ("2023H1", "2023-01..2023-05", "2022-07..2023-06", "2022")
    for before in ("2020", "2019-08..2020-07", "2020-01..2020-07", "2020H1", "2020H2", "2020-08..2020-08", "2019")
)
_PRE_COUP = tuple(
    Months(now, before)
    for now in ("2022-07..2023-06", "2022-06..2023-05", "2022")
    for before in ("2019-08..2020-07", "2019-07..2020-06", "2019", "2020")
)
_SINCE_2021 = (
    *_pairs(
        ("2021-01..2023-06", "2018-07..2020-12"),
        ("2021-12..2023-06", "2020-05..2021-11"),
        ("2022-01..2023-06", "2020-07..2021-12"),
        ("2020-08..2023-06", "2017-09..2020-07"),
        ("2021-12..2023-05", "2020-06..2021-11"),
        ("2022-01..2023-05", "2020-08..2021-12"),
        ("2021-01..2023-05", "2018-08..2020-12"),
        ("2020-08..2023-05", "2017-10..2020-07"),
    ),
    *_rates(*product(("2021-12..2023-06", "2022-01..2023-06"), ("2019", "2020", "2021", "2019-08..2020-07"))),
    *_rates(*product(("2021-01..2023-06", "2021-01..2022-12"), ("2019", "2020", "2019-08..2020-07"))),
    *_rates(("2023H1", "2021"), ("2023H1", "2020")),
    *_pairs(
        ("2022-07..2023-06", "2021"),
        ("2022-07..2023-06", "2020"),
        ("2022-07..2023-06", "2019-08..2020-07"),
        ("2022-07..2023-06", "2021-07..2022-06"),
        ("2022", "2021"),
        ("2022", "2020"),
        ("2023H1", "2021H1"),
        ("2023H1", "2020H2"),
        ("2023H1", "2020H1"),
    ),
)
_AREA_HALVES = _pairs(("2023H1", "2022H2"), ("2023H1", "2022H1"), ("2022H2", "2022H1"))


@dataclass(frozen=True)
class Space:
    """The choices that could stand behind one published figure; the first on each axis is the natural one."""

    claim: str
    figure: str
    """Claim id, and the figure's `quantity` in `data/claims.yml`."""
    measure: str
    """One of `MEASURES`."""
    windows: tuple[Months, ...] = (Months(""),)
    """Windows; empty for figures of land and people."""
    actors: tuple[str, ...] = ("mi",)
    types: tuple[str, ...] = ("violent",)
    place: tuple[str, ...] = ("Mali",)
    """What is counted (for shares, of what the share is taken)."""
    counted: tuple[str, ...] = ("events",)
    """Columns to add up."""
    part_actors: tuple[str, ...] = ("",)
    part_types: tuple[str, ...] = ("",)
    part_place: tuple[str, ...] = ("",)
    """For shares: how the part differs from the whole; empty where it does not."""


SPACES: tuple[Space, ...] = (
    Space("R22-03", "pace", "change", _PACE_OVER_2021, MI, ANY_EVENT, counted=("fatalities",)),
    Space("R22-04", "ratio", "ratio", _OVER_2021, MI, CIVILIANS, counted=("fatalities",)),
    Space("R22-06", "change", "change", _FOUR_MONTHS, MI, ANY_EVENT),
    Space(
        "R22-08",
        "year_to_date",
        "count",
        _alone("2022-01..2022-08", "2022-01..2022-07", "2022-05..2022-08"),
        FLM,
        ANY_EVENT,
        NEAR_BAMAKO,
    ),
    Space("R22-09", "ratio", "ratio", _OVER_2021, FLM, ANY_EVENT, NEAR_BAMAKO),
    Space("R22-10", "pace", "pace", _BAMAKO_22, FLM, ANY_EVENT, NEAR_BAMAKO),
    Space("R22-10", "five_years", "count before", _BAMAKO_22, FLM, ANY_EVENT, NEAR_BAMAKO),
    Space("R22-11", "share", "land and people", place=("south",), counted=("population",)),
    Space("R22-13", "share_to_date", "share", _alone(*_TO_DATE_22), MI, ANY_EVENT, part_place=("centre",)),
    Space("R22-14", "change", "change", _FOUR_MONTHS, MI, ANY_EVENT, ("centre", "Mopti")),
    Space(
        "R22-16",
        "deaths",
        "count",
        _alone(*_TO_DATE_22),
        ISLAMIC_STATE,
        ("violent", "hit"),
        ("Gao+Menaka", "north"),
        ("fatalities",),
    ),
    Space(
        "R22-16",
        "share",
        "share",
        _alone(*_TO_DATE_22),
        ("everyone", "mi", "mi+unidentified"),
        counted=("fatalities",),
        part_actors=ISLAMIC_STATE,
        part_place=("Gao+Menaka", "north"),
    ),
    Space(
        "R22-17",
        "share",
        "share",
        _alone(*_TO_DATE_22),
        ISLAMIC_STATE,
        place=("Gao+Menaka", "north"),
        counted=("fatalities",),
        part_types=CIVILIANS,
    ),
    Space(
        "R23-01",
        "pace",
        "pace",
        _alone("2023H1", "2023-01..2023-05", "2022-07..2023-06", "2022-06..2023-05", "2023-04..2023-06"),
        MI,
    ),
    Space("R23-03", "ratio", "ratio", _SEIZURE, MI, ANY_EVENT),
    Space("R23-04", "area", "area", _AREA_HALVES, types=("violent", "vac")),
    Space("R23-04", "area_before", "area before", _AREA_HALVES, types=("violent", "vac")),
    Space("R23-04", "change", "area change", _AREA_HALVES, types=("violent", "vac")),
    Space("R23-06", "recent", "count", _HALVES_23, MI, ANY_EVENT, NEAR_BAMAKO),
    Space("R23-06", "before", "count before", _HALVES_23, MI, ANY_EVENT, NEAR_BAMAKO),
    Space("R23-07", "ratio", "ratio", _PRE_COUP, (*MI, "everyone"), CIVILIANS),
    Space("R23-09", "share", "land and people", place=("centre+north", "north"), counted=("area_km2", "population")),
    Space("R23-15", "change", "change", _SINCE_2021, (*MI, "everyone"), CIVILIANS, counted=("events", "fatalities")),
    Space("R23-15", "deaths", "count", _SINCE_2021, (*MI, "everyone"), CIVILIANS, counted=("fatalities",)),
    Space("R23-16", "events", "share", _alone(*_WAGNER_23), WAGNER, part_types=CIVILIANS),
    Space("R23-16", "fatalities", "share", _alone(*_WAGNER_23), WAGNER, counted=("fatalities",), part_types=CIVILIANS),
    Space("R23-18", "share", "share", _alone(*_WAGNER_23), WAGNER, part_place=("centre", "Mopti")),
    Space("R23-22", "share_12", "share", _alone(*_LAST_12_23), MI, ANY_EVENT, part_place=("centre",)),
    Space(
        "R23-25",
        "share",
        "share",
        _alone("2023H1", "2023-01..2023-05", "2022-12..2023-05", "2022-07..2023-06"),
        WAGNER,
        place=("centre", "Mopti"),
        part_types=CIVILIANS,
    ),
    Space("R23-26", "change", "change", _YEAR_ON_YEAR_23, MI, ANY_EVENT, ("south",), ("events", "fatalities")),
    Space("R23-28", "ratio", "ratio", _YEAR_ON_YEAR_23, MI, ANY_EVENT, ("Kayes",), ("events", "fatalities")),
)
"""The definition space of every figure that is a count, a change, a ratio or a share.

R22-07 has none: with its proxy no definition could come out otherwise.
"""

JOINT: tuple[str, ...] = ("R22-10", "R23-04", "R23-06", "R23-15", "R23-16")
"""Claims that give several figures at once: a definition must give all of them."""
