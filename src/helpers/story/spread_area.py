"""Figures of the page on how far the violence has spread: the area touched, by every definition."""

from __future__ import annotations

import pandas as pd

from helpers import charts
from helpers import definitions as d
from helpers import french as f
from helpers import prose as p
from helpers.audit import claims
from helpers.chapters import NotInEdition
from helpers.editions import Report
from helpers.estimates import diffusion as reach
from helpers.estimates import spread
from helpers.figures import Figure, Words
from helpers.story.footprint import FOOTPRINT_CLAIM, METHODS
from helpers.words.both import Both

CELL_NOTE = Both(
    "Each event stands at the centre of its cell of 0.1 degree, at most 8 km from where it was recorded.",
    "Chaque événement est placé au centre de sa cellule de 0,1 degré, à 8 km au plus du lieu consigné.",
)
FIRST = "2017H1"
"""First half-year of the lines: before it a half-year has too few events for quantiles and centres."""

_PUBLISHED_HALVES = ("2023H1", "2022H2")

_SHORT = {"cell": "Cells {:g}°", "buffer": "Discs {:g} km"}

_BASIS_LABELS = {"mi": "All events", "mi-civilian": "Attacks on civilians"}

BASES = {"mi": "all events", "mi-civilian": "attacks on civilians"}


def half_en(name: str) -> str:
    """Name a half-year in a sentence."""
    return f"the {'first' if name.endswith('1') else 'second'} half of {name[:4]}"


def half_fr(name: str) -> str:
    """Name a half-year in a French sentence."""
    return f"{'premier' if name.endswith('1') else 'second'} semestre {name[:4]}"


def marks_of(r: Report) -> dict[str, str]:
    """Return the turning points that an edition knows of."""
    return {"2020H2": "coup"} if str(r.as_of) >= d.COUP_2020 else {}


def since_first(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows from the first half-year of the lines on."""
    return frame[frame["half"].ge(FIRST)].reset_index(drop=True)


def area_growth(r: Report) -> Figure:
    """Area touched over that of the first half of 2017, under every definition."""
    frame = since_first(spread.growth(r.areas, FIRST))
    table = pd.DataFrame(
        {
            "Half-year": frame["half"],
            "Median of all definitions": frame["middle"].round(6),
            "Least": frame["low"].round(6),
            "Most": frame["high"].round(6),
        }
    )
    last, before = frame.iloc[-1], frame.iloc[-2]
    number = len(r.areas[["method", "size"]].drop_duplicates())
    top = frame.loc[frame["middle"].idxmax()]
    return Figure(
        id="spread-area-growth",
        title=f"in {half_en(last['half'])} the area touched was {p.spread(last['low'], last['high'], 1, ' times')} "
        f"that of {half_en(FIRST)}, depending on the definition",
        subtitle=f"Area with militant Islamist events over that of {half_en(FIRST)}, Mali, half-years of {FIRST[:4]} "
        f"to {last['half'][:4]}: median (line) and range (band) of {number} definitions",
        chart=charts.lines(
            table,
            "Half-year",
            "Median of all definitions",
            title="Times the first half of 2017",
            low="Least",
            high="Most",
            marks=marks_of(r),
            unit="ratio",
        ),
        frame=table,
        alt=f"A line with a band; the median ends at {p.number(last['middle'], 1)} after "
        f"{p.number(before['middle'], 1)} "
        f"in the half-year before; it is highest in {half_en(top['half'])}, at {p.number(top['middle'], 1)}",
        source=r.source("areas"),
        caveat=Both(
            "Coarse cells and wide discs fill up and grow less; fine ones follow the number of places with an event.",
            "Les grandes cellules et les disques larges se remplissent et croissent moins ; les petits suivent le "
            "nombre de lieux où il y a eu un événement.",
        ),
        fr=Words(
            title=f"au {half_fr(last['half'])}, la surface touchée était "
            f"{f.spread(last['low'], last['high'], 1, ' fois')} celle du {half_fr(FIRST)}, selon la définition",
            subtitle="Surface où des événements impliquant des groupes islamistes armés ont eu lieu, rapportée au "
            f"{half_fr(FIRST)}, Mali, semestres de {FIRST[:4]} à {last['half'][:4]}\u202f: médiane (ligne) et étendue "
            f"(bande) de {number} définitions",
            alt=f"Une ligne avec une bande, dont la médiane finit à {f.number(last['middle'], 1)}, contre "
            f"{f.number(before['middle'], 1)} au semestre précédent et culmine au {half_fr(top['half'])} à "
            f"{f.number(top['middle'], 1)}",
        ),
    )


def as_published(r: Report) -> tuple[pd.DataFrame, float, float]:
    """Return how far each definition is from the published areas, and the two areas (km²)."""
    if not claims.is_due(r, FOOTPRINT_CLAIM):
        raise NotInEdition("What had been published by this edition's date states no area.")
    known = {x.quantity: float(x.published) for x in claims.claim(FOOTPRINT_CLAIM).figures if x.published is not None}
    area, before = known["area"], known["area_before"]
    return spread.published_areas(r.areas, *_PUBLISHED_HALVES, area, before), area, before


def definition_name(row: pd.Series) -> str:
    """Name a definition of the area in a sentence."""
    return f"{METHODS[row['method']].format(row['size'])}, {BASES[row['basis']]}"


def _nearness(near: pd.DataFrame) -> pd.DataFrame:
    """Return how far each definition is from the two published areas."""
    return pd.DataFrame(
        {
            "Definition": [_SHORT[row.method].format(row.size) for row in near.itertuples(name="Row")],
            "Events": near["basis"].map(_BASIS_LABELS),
            "First half of 2023": (1 + near["off_now"]).round(6),
            "Second half of 2022": (1 + near["off_before"]).round(6),
            "Smaller": (1 + near[["off_now", "off_before"]].min(axis=1)).round(6),
            "Larger": (1 + near[["off_now", "off_before"]].max(axis=1)).round(6),
        }
    )


_AREA_PUBLISHED_CAVEAT = Both(
    "The report does not say how its area was measured. Later revisions of the events move it by a few "
    "percent, not by this much.",
    "Le rapport ne dit pas comment sa surface a été mesurée. Les révisions ultérieures des événements la "
    "déplacent de quelques pour cent, non d’autant.",
)


def area_published(r: Report) -> Figure:
    """Show how far every definition of the footprint is from both published areas."""
    frame, area, before = as_published(r)
    near = frame[(1 + frame[["off_now", "off_before"]]).apply(lambda x: x.between(0.2, 5)).all(axis=1)]
    near = near.sort_values("now", ignore_index=True)
    table = _nearness(near)
    best = frame.iloc[0]
    within = int(frame["off"].le(d.VINTAGE_TOLERANCE).sum())
    one = int(
        (frame["off_now"].abs().le(d.VINTAGE_TOLERANCE) | frame["off_before"].abs().le(d.VINTAGE_TOLERANCE)).sum()
    )
    few = p.word(within).capitalize() if within else "None"
    title = (
        f"{few} of {len(frame)} definitions {'gives' if within < 2 else 'give'} both published areas within "
        f"{p.percent(d.VINTAGE_TOLERANCE)}; the nearest misses one by {p.percent(best['off'])}"
    )
    titre = (
        f"{f.upper(f.word(within, feminine=True)) if within else 'Aucune'} des {len(frame)} définitions "
        f"{f.agree(within, 'donne', 'donnent') if within else 'ne donne'} les "
        f"surfaces publiées à {f.percent(d.VINTAGE_TOLERANCE)} près\u202f; la plus proche s’écarte de l’une d’elles de "
        f"{f.percent(best['off'])}"
    )
    return Figure(
        id="spread-area-published",
        title=title.replace("both published areas", "the published areas"),
        subtitle=f"Computed over published area (logarithmic scale; dashed: equal): {p.number(area)} km² for the first "
        f"half of 2023 (dot) and {p.number(before)} km² for the second half of 2022 (other end of the bar), Mali; "
        "definitions between a fifth and five times",
        chart=charts.dots(
            table,
            "Definition",
            "First half of 2023",
            "Smaller",
            "Larger",
            title="Computed over published",
            unit="ratio",
            log=True,
            by="Events",
            colours={"ink": _BASIS_LABELS["mi"], "neutral": _BASIS_LABELS["mi-civilian"]},
            tips=["Events", "First half of 2023", "Second half of 2022"],
        ),
        frame=table.drop(columns=["Smaller", "Larger"]),
        alt=f"Dots with bars for {len(near)} definitions; {f.lower(definition_name(best))}, the nearest, is "
        f"off by {p.percent(abs(best['off_now']))} and {p.percent(abs(best['off_before']))}; definitions within "
        f"{p.percent(d.VINTAGE_TOLERANCE)} of one area only: {one}",
        source=r.source("areas"),
        caveat=_AREA_PUBLISHED_CAVEAT,
        fr=Words(
            title=titre,
            subtitle="Surface calculée rapportée à la surface publiée (échelle logarithmique, tirets\u202f: égalité)\u202f: "
            f"{f.number(area)}\u202fkm² pour le premier semestre 2023 (point) et {f.number(before)}\u202fkm² pour le "
            "second semestre 2022 (autre bout), Mali, définitions entre un cinquième et cinq fois",
            alt=f"Points avec barres pour {len(near)} définitions, dont la plus proche ({_fr_name(best)}) s’écarte de "
            f"{f.percent(abs(best['off_now']))} et {f.percent(abs(best['off_before']))}\u202f; définitions à "
            f"{f.percent(d.VINTAGE_TOLERANCE)} près d’une seule surface\u202f: {one}",
        ),
    )


def _fr_name(row: pd.Series) -> str:
    size = f"{row['size']:g}".replace(".", ",")
    what = f"cellules de {size}°" if row["method"] == "cell" else f"disques de {size}\u202fkm de rayon"
    return f"{what}, {'tous les événements' if row['basis'] == 'mi' else 'attaques contre des civils'}"


def rarefied(r: Report) -> Figure:
    """Cells touched over those of the first half of 2017, as counted and at equal numbers of events."""
    frame = since_first(reach.rarefied(r.footprint, FIRST))
    counted, equal = "As counted", "At equal numbers of events"
    table = pd.concat(
        [
            pd.DataFrame({"Half-year": frame["half"], "Line": name, "Times": frame[column].round(6)})
            for name, column in ((counted, "counted"), (equal, "equal"))
        ],
        ignore_index=True,
    )
    last = frame.iloc[-1]
    a, b = p.number(last["counted"], 1), p.number(last["equal"], 1)
    fa, fb = f.number(last["counted"], 1), f.number(last["equal"], 1)
    return Figure(
        id="spread-rarefied",
        title=f"in {half_en(last['half'])} {a} times as many cells had an event as in {half_en(FIRST)}; at equal numbers of "
        f"events it would be {b} times",
        subtitle=f"Cells of 0.1 degree with a militant Islamist event over those of {half_en(FIRST)}, Mali, half-years of "
        f"{FIRST[:4]} to {last['half'][:4]}: as counted, and for as many events as the poorer half-year of each pair has",
        chart=charts.lines(
            table,
            "Half-year",
            "Times",
            title="Times the first half of 2017",
            by="Line",
            colours={"neutral": counted, "ink": equal},
            marks=marks_of(r),
            unit="ratio",
            legend=True,
        ),
        frame=table,
        alt=f"Two lines; the counted one ends at {a}, the one at equal numbers of events at {b}, between "
        f"{p.number(frame['equal'].min(), 1)} and {p.number(frame['equal'].max(), 1)} all along",
        source=r.source("footprint"),
        caveat=Both(
            "More events touch more cells by chance alone. The second line is what would be expected if events "
            "were drawn at random, so many from each half-year; it is spread in the narrow sense.",
            "Plus d’événements touchent plus de cellules par le seul hasard. La seconde courbe est ce que l’on "
            "attendrait d’un même nombre d’événements tirés au hasard dans chaque semestre ; c’est l’extension au "
            "sens strict.",
        ),
        fr=Words(
            title=f"au {half_fr(last['half'])}, {fa} fois plus de cellules ont connu un événement qu’au {half_fr(FIRST)}\u202f; à "
            f"nombre égal d’événements, ce serait {fb} fois",
            subtitle=f"Cellules de 0,1 degré où un événement impliquant des groupes islamistes armés a eu lieu, rapportées au {half_fr(FIRST)}, Mali, "
            f"semestres de {FIRST[:4]} à {last['half'][:4]}\u202f: telles que comptées, et pour autant d’événements qu’en a le "
            "semestre qui en compte le moins",
            alt=f"Deux lignes\u202f; la première finit à {fa}, celle à nombre égal d’événements à {fb}, entre "
            f"{f.number(frame['equal'].min(), 1)} et {f.number(frame['equal'].max(), 1)} tout du long",
        ),
    )
